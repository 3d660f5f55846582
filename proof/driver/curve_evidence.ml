(* Curves under constraints that are feasible to the order of a claim (proof/constrained_curves.v): the claimed one without its multipliers,
   corrected term by term with the inverse of some columns of the derivative of the constraints. Nothing of it is believed. The orders to
   which the format asks for the claimed curve are looked at here, too; the theorem does not need them. *)

open Checker
open Exact_matrices

let term j (d, s) = match List.nth_opt s j with Some z -> Rational.make z d | None -> Rational.zero

(* The first j below the limit, or the limit. *)
let rec first limit holds j = if j >= limit || holds j then j else first limit holds (j + 1)

(* Of a claim of order k along (x(t), mu(t)): c = O(t^e), the gradient of the Lagrangian by x is O(t^d), k <= e - 1 + min(d, e). Its entry
   i is the coefficient of t^N where t^N is added to entry i of x(t). *)
let orders_fit c constraints mu n k claimed =
  let point = Array.map (fun r -> Array.sub r 0 n) claimed in
  let violation = List.concat (position (results_along c (k + 1) (rows_of (to_rational point))) constraints) in
  let e = first (k + 1) (fun j -> List.exists (fun q -> Rational.sign (term j q) <> 0) violation) 0 in
  let d = k - e + 1 in
  let size = Array.length claimed.(0) in
  let lagrangian curve = series_along (freed c mu) (2 * d) (rows_of (to_rational curve)) in
  let moved i =
    Array.init (max d (rows claimed)) (fun j ->
        let r = if j < rows claimed then claimed.(j) else Array.make size Rational.zero in
        if j = d - 1 then Array.mapi (fun l q -> if l = i then Rational.add q Rational.one else q) r else r) in
  let still base i =
    let there = lagrangian (moved i) in
    List.for_all (fun j -> Rational.equal (term (d + j) there) (term (d + j) base)) (List.init d Fun.id) in
  e >= 2 && (d <= 0 || (e >= d && List.for_all (still (lagrangian claimed)) (List.init n Fun.id)))

let feasible (k : constrained) (e : curve_evidence) =
  let c = k.lagrangian in
  let n = parameters c.weights in
  let follow (_, constraints) mu (columns, inverse) =
    let order = Big.to_int e.order in
    let claimed = of_rational e.curve in
    let row j = if j < rows claimed then Array.sub claimed.(j) 0 n else Array.make n Rational.zero in
    let curve = Array.init order row in
    let columns = Array.of_list (List.map Big.to_int columns) in
    let inverse = of_rational inverse in
    if not (orders_fit c constraints mu n order claimed) then raise Not_found;
    for j = 1 to order do
      let there = position (results_along c (order + 1) (rows_of (to_rational curve))) constraints in
      let violation = Array.of_list (List.map (fun q -> [| term j q |]) (List.concat there)) in
      let change = inverse *** violation in
      Array.iteri (fun i column -> curve.(j - 1).(column) <- Rational.sub curve.(j - 1).(column) change.(i).(0)) columns
    done;
    to_rational curve in
  match (parts c, k.regular) with
  | Some (results, mu), Some regular when Big.sign e.order > 0 && Big.to_int e.order <= 128 -> (
      try Some (follow results mu regular) with Failure _ | Invalid_argument _ | Division_by_zero | Not_found | Big.Overflow -> None)
  | _ -> None
