(** Bounds of what is convex in the squared distance of a product from a given matrix, and in the squares of its two factors, the
    first of which has a bounded rank. What runs. *)
From Coq Require Import ZArith PeanoNat.
From mathcomp Require Import ssreflect ssrfun ssrbool eqtype ssrnat seq.
From rankscape Require Import program scalars certificate convexity traces.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Local Open Scope Z_scope.

Section Formulas.
Variables (T : Type) (o : operations T).
Implicit Types (y t : matrix T).

(** g (||y||^2 - (||t||^2 - k e^2)/c), the quotient g/c given *)
Definition decay_formula y t (g quotient e k : T) : T :=
  minus o (times o g (sum_of_squares o y)) (times o quotient (minus o (sum_of_squares o t) (times o k (times o e e)))).

(** (t + c I)^2 - c y y^T *)
Definition decay_cover (n : nat) y t (c : T) : matrix T :=
  let s := map22 (plus o) t (multiple_of_one o n c) in
  map22 (minus o) (multiply o s s) (mapm (times o c) (multiply o y (transpose o y))).
End Formulas.

Definition decay_test (c : certificate) (leaves : Z * Z * Z) (t : cover) (g : seq Z) : option (Z * Z) :=
  let: (q, a, b) := leaves in
  let p := instructions c in
  let vals := results_at_point c in
  let o := rationals in
  match g, distance c q with
  | [:: gq; ga; gb], Some (m, y', y) =>
    if factors p vals m is Some (u, v) then
      match shaped vals u, shaped vals v with
      | Some (r, i), Some (i', N) =>
        let d := embed o (covering t) in
        let e := at_rationals (separator t) in
        if [&& Nat.eqb i i', one_by_one vals q, certificate.same_shape (shaped vals m) (Some (r, N)), certificate.same_shape (shaped vals y') (Some (r, N)),
               is_norm p vals a u, is_norm p vals b v, Z.ltb 0 gq, Z.ltb 0 ga, Z.ltb 0 gb, nonnegative_number (separator t),
               wf_matrix (covering t), shaped_as r r d, same_numbers (transpose o d) d,
               semidefinite r (map22 (minus o) d (multiple_of_one o r e)) (cover_psd t) &
               semidefinite r (decay_cover o r y d (gq * gq, ga * gb)) (rest_psd t)]
        then Some (decay_formula o y d (1, gq) (ga * gb, gq * (gq * gq)) e (1, Z.of_nat (r - rank_of c depth_of_ranks u)%N))
        else None
      | _, _ => None
      end
    else None
  | _, _ => None
  end.

Definition decay_bound (c : certificate) (k : Z) (leaves : Z * Z * Z) (t : cover) : option number :=
  convex_from c k [:: leaves.1.1; leaves.1.2; leaves.2] (fun _ g => decay_test c leaves t g).
