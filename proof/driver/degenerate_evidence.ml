(* Evidence for local minimizers where terms of order 4 decide, from what certificates show of a map (proof/degenerate.v): a basis, and a
   Gram matrix of all terms of weight 4, found by elimination. Nothing of it is believed. *)

open Checker
open Exact_matrices

(* Columns in which rows are independent. *)
let pivots x =
  let a = Array.map Array.copy x in
  List.init (rows a) (fun i ->
      match List.find_opt (fun j -> Rational.sign a.(i).(j) <> 0) (List.init (cols a) Fun.id) with
      | None -> raise Not_found_here
      | Some j ->
          for k = i + 1 to rows a - 1 do
            let q = Rational.div a.(k).(j) a.(i).(j) in
            a.(k) <- Array.mapi (fun l y -> Rational.sub y (Rational.mul q a.(i).(l))) a.(k)
          done;
          j)

let minor a columns = Array.map (fun r -> Array.of_list (List.map (fun j -> r.(j)) columns)) a

(* A matrix without rows is one for the checker too. *)
let to_rational a = if rows a = 0 then { denominator = Big.one; entries = [] } else to_rational a

(* The map: powers, each with a direction; the Gram matrix of the leading form: exponents and the matrix, of a map of one parameter none. *)
let degenerate c fields ~powers ~directions ~gram ~columns ~inverse:shown : degenerate =
  let n = parameters c.weights in
  let value f i = (fun (d, z) -> Rational.make z d) (velocity_here c f i) in
  let x = Array.of_list (List.map (fun f -> Array.init n (value f)) fields) in
  let directions = of_rational directions in
  let q = List.length (List.hd powers) in
  let m = rows x in
  let degree = List.fold_left ( + ) 0 in
  let direction power = List.find_opt (fun (p, _) -> p = power) (List.mapi (fun i p -> (p, directions.(i))) powers) in
  let unit i = List.init q (fun k -> if k = i then 1 else 0) in
  let pair i j = List.map2 ( + ) (unit i) (unit j) in
  if List.exists (fun p -> degree p < 1 || degree p > 2) powers || List.length (List.sort_uniq compare powers) <> List.length powers
     || rows directions <> List.length powers || Array.exists (fun d -> Array.length d <> n) directions
  then raise Not_found_here;
  let along = Array.init q (fun i -> match direction (unit i) with Some (_, d) -> d | None -> raise Not_found_here) in
  let vectors = Array.append x along in
  if (minor vectors columns *** of_rational shown) <> multiple_of_one (m + q) Rational.one then raise Not_found_here;
  let others = List.filter (fun j -> not (List.mem j columns)) (List.init n Fun.id) in
  let rest = Array.of_list (List.map (fun j -> Array.init n (fun k -> if j = k then Rational.one else Rational.zero)) others) in
  let b = Array.append vectors rest in
  let back = inverse b in
  let chosen = pivots x in
  let along_fields =
    { fields; columns = List.map Big.of_int chosen; inverse = to_rational (if m = 0 then [||] else inverse (minor x chosen)) } in
  let nothing = { denominator = Big.one; entries = [] } in
  let without mixed gram_of margin gram_psd =
    { along_fields; light = q; basis = to_rational b; back = to_rational back; mixed; gram_of; margin; gram_psd } in
  let d, expansion = expanded c (without [] nothing (Big.one, Big.one) { scaled_by = Big.one; squares = []; factor = [] }) in
  let coefficient monomial =
    match List.find_opt (fun (a, _) -> a = monomial) expansion.rest with Some (_, z) -> Rational.make z d | None -> Rational.zero in
  let descending l = List.sort (fun i j -> compare j i) l in
  let r = n - (m + q) in
  let light i = m + i and heavy i = m + q + i in
  let pairs = List.concat_map (fun j -> List.init j (fun i -> (j, i))) (List.init q Fun.id) in
  let products = List.init q (fun i -> (i, i)) @ pairs in
  let between i j = Rational.mul half (coefficient (descending [ heavy i; heavy j ])) in
  let quadratic = init r r (fun i j -> if i = j then coefficient [ heavy i; heavy i ] else between i j) in
  let cross = Array.of_list (List.map (fun (j, i) -> Array.init r (fun k -> Rational.mul half (coefficient (descending [ heavy k; light j; light i ])))) products) in
  (* where the gradient is small along the map, it goes where the loss is least across it *)
  let least = times Rational.minus_one (cross *** inverse quadratic) in
  let bends =
    Array.of_list (List.map (fun (j, i) -> match direction (pair i j) with
      | Some (_, w) -> Array.sub ([| w |] *** back).(0) (m + q) r
      | None -> Array.make r Rational.zero) products) in
  if r > 0 && bends <> least then raise Not_found_here;
  let form =
    match gram with
    | None -> if q = 1 then [| [| coefficient [ light 0; light 0; light 0; light 0 ] |] |] else raise Not_found_here
    | Some (exponents, matrix) ->
        let s = of_rational matrix in
        let place (j, i) = List.find_opt (fun (e, _) -> e = pair i j) (List.mapi (fun k e -> (e, k)) exponents) in
        let h = Array.of_list (List.map (fun a -> Array.of_list (List.map (fun b -> match (place a, place b) with
          | Some (_, i), Some (_, j) -> s.(i).(j)
          | _ -> raise Not_found_here) products)) products) in
        if r = 0 then h else h +++ (cross *** inverse quadratic *** transpose cross) in
  (* squares, what is across, products *)
  let order = List.init q (fun i -> `Light i) @ List.init r (fun i -> `Heavy i) @ List.mapi (fun i _ -> `Light (q + i)) pairs in
  let entry a b =
    match (a, b) with
    | `Light i, `Light j -> form.(i).(j)
    | `Heavy i, `Heavy j -> quadratic.(i).(j)
    | `Light i, `Heavy j | `Heavy j, `Light i -> cross.(i).(j) in
  let s = Array.of_list (List.map (fun a -> Array.of_list (List.map (entry a) order)) order) in
  let rec margin k =
    if k > 60 then raise Not_found_here;
    let e = Rational.make Big.one (Big.shift_left Big.one k) in
    match psd_of (s --- multiple_of_one (rows s) e) with
    | p -> ((e.num, e.den), p)
    | exception Not_found_here -> margin (k + 1) in
  let margin, gram_psd = margin 0 in
  without (List.map (fun (j, i) -> (light j, light i)) pairs) (to_rational s) margin gram_psd
