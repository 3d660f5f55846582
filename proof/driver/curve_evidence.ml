(* Curves under constraints that are feasible to the order of a claim (proof/constrained_curves.v): the claimed one without its multipliers,
   corrected term by term with the inverse of some columns of the derivative of the constraints. Nothing of it is believed. *)

open Checker
open Nearest_evidence

let feasible (k : constrained) (e : curve_evidence) =
  let c = k.lagrangian in
  let n = List.length (List.concat_map (fun (w : rational_matrix) -> List.concat w.entries) c.weights) in
  let follow (_, constraints) (columns, inverse) =
    let order = Big.to_int e.order in
    let claimed = of_rational e.curve in
    let row j = if j < rows claimed then Array.sub claimed.(j) 0 n else Array.make n Rational.zero in
    let curve = Array.init order row in
    let columns = Array.of_list (List.map Big.to_int columns) in
    let inverse = of_rational inverse in
    let term j (d, s) = match List.nth_opt s j with Some z -> Rational.make z d | None -> Rational.zero in
    for j = 1 to order do
      let there = position (results_along c (order + 1) (rows_of (to_rational curve))) constraints in
      let violation = Array.of_list (List.map (fun q -> [| term j q |]) (List.concat there)) in
      let change = inverse *** violation in
      Array.iteri (fun i column -> curve.(j - 1).(column) <- Rational.sub curve.(j - 1).(column) change.(i).(0)) columns
    done;
    to_rational curve in
  match (parts c, k.regular) with
  | Some (results, _), Some regular when Big.sign e.order > 0 && Big.to_int e.order <= 128 -> (
      try Some (follow results regular) with Failure _ | Invalid_argument _ | Division_by_zero | Not_found | Z.Overflow -> None)
  | _ -> None
