(** Lower bounds of a squared distance from a matrix of bounded rank, or from a Gram matrix of bounded rank. What runs. *)
From Coq Require Import ZArith PeanoNat.
From mathcomp Require Import ssreflect ssrfun ssrbool eqtype ssrnat seq.
From rankscape Require Import program scalars certificate convexity.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Local Open Scope Z_scope.

(** ** Formulas, at any scalars *)

Section Formulas.
Variables (T : Type) (o : operations T).
Implicit Types (a t y z x : matrix T) (s : T).

Definition multiple_of_one (n : nat) s : matrix T := [seq [seq if Nat.eqb i j then s else zero_scalar o | j <- iota 0 n] | i <- iota 0 n].
Definition sum_of_squares a : T := total o [seq dot o r.1 r.2 | r <- zip a a].
Definition trace_of (n : nat) a : T := total o [seq dot o r.1 r.2 | r <- zip a (multiple_of_one n (constant o 1 1))].

(** t - a + s I *)
Definition uncovered (n : nat) t a s : matrix T := map22 (plus o) (map22 (minus o) t a) (multiple_of_one n s).

Definition rank_bound_formula (n : nat) y t s (k : T) : T := minus o (sum_of_squares y) (plus o (times o s k) (trace_of n t)).
Definition gram_bound_formula (n : nat) y t s (k : T) : T :=
  minus o (sum_of_squares y) (plus o (plus o (sum_of_squares t) (times o (constant o 2 1) (times o s (trace_of n t)))) (times o (times o s s) k)).

End Formulas.

(** ** Nodes that are the same for all weights *)

Section Fixed.
Variable c : certificate.

Definition results_fixed : seq (matrix (Z * tangent)) :=
  eval (fractions tangents) (fill (fractions tangents) (fun=> (1, Tangent Unknown 0 [::])) 0 (inputs c)) (instructions c).

Definition fixed_value (k : Z) : option (matrix (Z * Z)) :=
  let m := position results_fixed k in
  if all (all (fun a => is_fixed a.2)) m then Some [seq [seq (a.1, tangent_value a.2) | a <- r] | r <- m] else None.

(** Programs do not divide: 1 divided by a node is a datum, if the node is the same for all weights. *)
Definition is_reciprocal (r : Z * Z) : bool :=
  match fixed_value r.1, nth (Weight 0 0) (inputs c) (Z.to_nat r.2) with
  | Some [:: [:: a]], Data m => if entries m is [:: [:: z]] then Z.eqb (a.2 * z) (a.1 * denominator m) else false
  | _, _ => false
  end.

(** ** Ranks *)

Let p := instructions c.
Let vals := results_at_point c.

(** No value of node k has a greater rank. *)
Fixpoint rank_of (fuel : nat) (k : Z) : nat :=
  match shaped vals k with
  | Some (r, q) =>
    let most := minn r q in
    if fuel is S fuel' then
      match step p k with
      | Some (Multiply a b) =>
        match shaped vals a, shaped vals b with
        | Some (r1, q1), Some (r2, q2) =>
          if [&& Nat.eqb r1 r, Nat.eqb q1 r2 & Nat.eqb q2 q] then minn most (minn (rank_of fuel' a) (rank_of fuel' b)) else most
        | _, _ => most
        end
      | Some (Add a b) =>
        match shaped vals a, shaped vals b with
        | Some (r1, q1), Some (r2, q2) =>
          if [&& Nat.eqb r1 r, Nat.eqb q1 q, Nat.eqb r2 r & Nat.eqb q2 q] then minn most (rank_of fuel' a + rank_of fuel' b) else most
        | _, _ => most
        end
      | _ => most
      end
    else most
  | None => 0
  end.

Definition depth_of_ranks : nat := 12.

(** ** Bounds *)

Definition root (k : Z) : option Z :=
  match step p k with
  | Some (Dot a _) | Some (Multiply a _) | Some (Hadamard a _) | Some (ScalarMultiply a _) => if is_norm p vals k a then Some a else None
  | _ => None
  end.

(** Node k is ||m - y||^2 with y the same for all weights. *)
Definition distance (k : Z) : option (Z * Z * matrix (Z * Z)) :=
  if root k is Some r then
    if step p r is Some (Subtract a b) then
      match fixed_value b, fixed_value a with
      | Some y, _ => Some (a, b, y)
      | None, Some y => Some (b, a, y)
      | None, None => None
      end
    else None
  else None.

Definition same_numbers (a b : matrix (Z * Z)) : bool :=
  all (fun r => all (fun x => equal_numbers (swap x.1) (swap x.2)) (zip r.1 r.2)) (zip a b).

Definition shaped_as (r q : nat) (T : Type) (m : matrix T) : bool := certificate.same_shape (shape_of m) (Some (r, q)).

Definition nonnegative_number (s : number) : bool := wf_number s && Z.leb 0 s.1.

Definition at_rationals (s : number) : Z * Z := (s.2, s.1).

(** t and t - a + s I are positive semidefinite, s >= 0. *)
Definition covers (n : nat) (t : cover) (a : matrix (Z * Z)) : bool :=
  let m := embed rationals (covering t) in
  [&& nonnegative_number (separator t), wf_matrix (covering t), shaped_as n n m, semidefinite n m (cover_psd t) &
      semidefinite n (uncovered rationals n m a (at_rationals (separator t))) (rest_psd t)].

Definition rank_value (n : nat) (y : matrix (Z * Z)) (t : cover) (k : Z) : number :=
  swap (rank_bound_formula rationals n y (embed rationals (covering t)) (at_rationals (separator t))
                           (1, Z.of_nat (rank_of depth_of_ranks k))).

Definition gram_value (n : nat) (y : matrix (Z * Z)) (t : cover) (k : Z) : number :=
  swap (gram_bound_formula rationals n y (embed rationals (covering t)) (at_rationals (separator t))
                           (1, Z.of_nat (rank_of depth_of_ranks k))).

(** ||P - Y||^2 or, with a solution Z of X X^T Z = X Y^T, ||P X - Y||^2, from below; squares of anything else are at least 0. *)
Definition rank_bound (k : Z) (t : cover) (solution : option rational_matrix) : option number :=
  match distance k, solution with
  | Some (m, y', y), None =>
    if shaped vals m is Some (n, N) then
      if certificate.same_shape (shaped vals y') (Some (n, N)) && covers n t (multiply rationals y (transpose rationals y))
      then Some (rank_value n y t m) else None
    else None
  | Some (m, y', y), Some solved =>
    if step p m is Some (Multiply a b) then
      match fixed_value b, shaped vals a, shaped vals b with
      | Some x, Some (n, i), Some (i', N) =>
        let z := embed rationals solved in
        let xy := multiply rationals x (transpose rationals y) in
        if [&& Nat.eqb i i', certificate.same_shape (shaped vals y') (Some (n, N)), wf_matrix solved, shaped_as i n z,
               certificate.same_shape (shaped vals m) (Some (n, N)),
               same_numbers (multiply rationals (multiply rationals x (transpose rationals x)) z) xy &
               covers n t (multiply rationals (transpose rationals z) xy)]
        then Some (rank_value n y t a) else None
      | _, _, _ => None
      end
    else None
  | None, _ => if root k is Some _ then Some (0, 1) else None
  end.

(** ||U U^T - Y||^2 from below. *)
Definition gram_bound (k : Z) (t : cover) : option number :=
  if distance k is Some (m, y', y) then
    if gram_rows p vals m is Some n then
      if [&& certificate.same_shape (shaped vals y') (Some (n, n)), certificate.same_shape (shaped vals m) (Some (n, n)) &
             covers n t y]
      then Some (gram_value n y t m)
      else None
    else None
  else None.

End Fixed.
