(* Matrices of rational numbers, with which evidence is found that certificates lack, and what they show looked at. Nothing of it is
   believed: what is found wrong proves nothing. *)

module Big = Z
module Rational = Q
open Checker

exception Not_found_here

type matrix = Rational.t array array

let init r c f = Array.init r (fun i -> Array.init c (f i))
let rows = Array.length
let cols a = if rows a = 0 then 0 else Array.length a.(0)
let transpose a = init (cols a) (rows a) (fun i j -> a.(j).(i))
let sum n f = List.fold_left (fun s k -> Rational.add s (f k)) Rational.zero (List.init n Fun.id)
let ( *** ) a b = init (rows a) (cols b) (fun i j -> sum (cols a) (fun k -> Rational.mul a.(i).(k) b.(k).(j)))
let ( +++ ) a b = init (rows a) (cols a) (fun i j -> Rational.add a.(i).(j) b.(i).(j))
let times q a = Array.map (Array.map (Rational.mul q)) a
let ( --- ) a b = a +++ times Rational.minus_one b
let multiple_of_one n q = init n n (fun i j -> if i = j then q else Rational.zero)
let trace a = sum (rows a) (fun i -> a.(i).(i))
let half = Rational.of_ints 1 2

let of_rational (m : rational_matrix) = Array.of_list (List.map (fun r -> Array.of_list (List.map (fun z -> Rational.make z m.denominator) r)) m.entries)
let of_fractions l = Array.of_list (List.map (fun r -> Array.of_list (List.map (fun (d, z) -> Rational.make z d) r)) l)
let fractions a = Array.to_list (Array.map (fun r -> Array.to_list (Array.map (fun (q : Rational.t) -> (q.den, q.num)) r)) a)
let of_number (n, d) = Rational.make n d

let to_rational a : rational_matrix =
  let common = Array.fold_left (Array.fold_left (fun l (q : Rational.t) -> Big.lcm l q.den)) Big.one a in
  let whole (q : Rational.t) = Big.mul q.num (Big.divexact common q.den) in
  { denominator = common; entries = Array.to_list (Array.map (fun r -> Array.to_list (Array.map whole r)) a) }

(* a is the sum of all e m^T m, (e, m) in the list, as far as pivots are on the diagonal. *)
let rec diagonalized a =
  let n = rows a in
  match List.find_opt (fun i -> Rational.sign a.(i).(i) <> 0) (List.init n Fun.id) with
  | None -> if Array.for_all (Array.for_all (fun q -> Rational.sign q = 0)) a then [] else raise Not_found_here
  | Some i ->
      let pivot = a.(i).(i) in
      let row = Array.map (fun q -> Rational.div q pivot) a.(i) in
      (pivot, row) :: diagonalized (init n n (fun j k -> Rational.sub a.(j).(k) (Rational.mul a.(j).(i) row.(k))))

let psd_of a : psd =
  let terms = diagonalized a in
  if List.exists (fun (e, _) -> Rational.sign e < 0) terms then raise Not_found_here;
  let common = List.fold_left (fun l ((e : Rational.t), _) -> Big.lcm l e.den) Big.one terms in
  let m = to_rational (Array.of_list (List.map snd terms)) in
  let whole ((e : Rational.t), _) = Big.mul (Big.of_int 2) (Big.mul e.num (Big.divexact common e.den)) in
  { scaled_by = Big.mul common (Big.mul m.denominator m.denominator); squares = List.map whole terms; factor = m.entries }

let inverse a =
  let n = rows a in
  let m = Array.init n (fun i -> Array.append (Array.copy a.(i)) (multiple_of_one n Rational.one).(i)) in
  for i = 0 to n - 1 do
    (match List.find_opt (fun k -> k >= i && Rational.sign m.(k).(i) <> 0) (List.init n Fun.id) with
    | None -> raise Not_found_here
    | Some k -> let r = m.(i) in m.(i) <- m.(k); m.(k) <- r);
    let pivot = m.(i).(i) in
    m.(i) <- Array.map (fun q -> Rational.div q pivot) m.(i);
    Array.iteri (fun k r -> if k <> i then (let q = r.(i) in m.(k) <- Array.mapi (fun j x -> Rational.sub x (Rational.mul q m.(i).(j))) r)) m
  done;
  Array.map (fun r -> Array.sub r n n) m

(* Of what a certificate shows: S = M^T diag(e) M with e >= 0; the inertia of a matrix. *)
let is_sum_of_squares s (e : psd) = semidefinite (rows s) (fractions s) e

let has_inertia a (e : inertia_evidence) = check_inertia (rows a) (to_rational a).entries e

(* The number of entries of all weights. *)
let parameters (weights : rational_matrix list) =
  List.fold_left (fun n (m : rational_matrix) -> n + List.fold_left (fun k r -> k + List.length r) 0 m.entries) 0 weights
