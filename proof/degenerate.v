(** Local minimizers where the Hessian also vanishes along directions in which only terms of order 4 decide. Where these have the weight
    1, and all others 2, the loss has no terms of a weight below 4 but its value, and those of weight 4 are positive definite. Along fields
    nothing is asked of it. What runs: the loss is multiplied out, as a polynomial in coordinates. *)
From Coq Require Import ZArith PeanoNat.
From mathcomp Require Import ssreflect ssrfun ssrbool eqtype ssrnat seq.
From rankscape Require Import program scalars certificate convexity traces checker symmetry.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Local Open Scope Z_scope.

(** The fields; how many directions have the weight 1; a basis, which has the coordinates of fields first, then of these directions; the
    coordinates of displacements; products of two of these directions, beside squares; a Gram matrix, and what it exceeds. *)
Record degenerate := Degenerate {
  along_fields : symmetry;
  light : nat;
  basis : rational_matrix;
  back : rational_matrix;
  mixed : seq (nat * nat);
  gram_of : rational_matrix;
  margin : number;
  gram_psd : psd }.

Section Degenerate.
Variables (c : certificate) (e : degenerate).
Let o := rationals.
Let n := dimension c.
Let m := size (fields (along_fields e)).
Let q := light e.

Definition is_light (i : nat) : bool := Nat.leb m i && Nat.ltb i (m + q).
Definition weight_of (a : monomial) : nat := foldr (fun i k => ((if is_light i then 1 else 2) + k)%nat) 0%nat a.
Definition is_empty (a : monomial) : bool := if a is [::] then true else false.

(** Coordinate i of the weights, in the coordinates of the basis. *)
Definition placed (T : Type) (p : operations T) (v : nat -> T) (i : nat) : T :=
  plus p (constant p (coordinate_of (flatten (weights c)) i).1 (coordinate_of (flatten (weights c)) i).2)
       (total p [seq times p (constant p (entry (entries (basis e)) k i) (denominator (basis e))) (v k) | k <- iota 0 n]).

Definition expanded : Z * dual :=
  value_of (fractions duals) (inputs c) (instructions c) (loss_position c) (placed (fractions duals) variable).

Definition of_weight4 (p : poly) : poly := [seq t <- p | negb (is_empty t.1) && Nat.eqb (weight_of t.1) 4].

Definition squares_first : seq monomial :=
  [seq [:: i; i] | i <- iota m q] ++ [seq [:: i] | i <- iota (m + q) (n - (m + q))].
Definition monomials : seq monomial := squares_first ++ [seq [:: ij.1; ij.2] | ij <- mixed e].

Definition gram_poly : poly :=
  foldr poly_plus [::] [seq poly_scale (entry (entries (gram_of e)) ab.1 ab.2)
                                       [:: (monomial_times (nth [::] monomials ab.1) (nth [::] monomials ab.2), 1)]
                       | ab <- [seq (a, b) | a <- iota 0 (size monomials), b <- iota 0 (size monomials)]].

Definition check_degenerate : bool :=
  let: (d, x) := expanded in
  let p := rest x in
  let g := embed o (gram_of e) in
  let s := at_rationals (margin e) in
  let count := size monomials in
  [&& wf_matrix (basis e), wf_matrix (back e), wf_matrix (gram_of e), shaped_as n n (embed o (basis e)), shaped_as n n (embed o (back e)),
      same_numbers (multiply o (embed o (back e)) (embed o (basis e))) (multiple_of_one o n (constant o 1 1)),
      check_symmetry c (along_fields e),
      all (fun k => all (fun j => equals (total o [seq times o (velocity_here c (nth [::] (fields (along_fields e)) k) i)
                                                             (constant o (entry (entries (back e)) i j) (denominator (back e))) | i <- iota 0 n])
                                         (if Nat.eqb k j then 1 else 0)) (iota 0 m)) (iota 0 m),
      all (fun t => is_empty t.1 || Nat.leb 4 (weight_of t.1)) p,
      (if poly_plus (poly_scale (denominator (gram_of e)) (of_weight4 p)) (poly_scale (- d) gram_poly) is [::] then true else false),
      shaped_as count count g, Z.ltb 0 (margin e).1, wf_number (margin e) &
      semidefinite count (map22 (minus o) g (multiple_of_one o count s)) (gram_psd e)].

End Degenerate.

(** A certificate, with the verdict. *)
Record quartic := Quartic { apart : certificate; evidence_of : degenerate; outcome : verdict }.

Definition leading_verdict (k : quartic) : verdict :=
  match verdict_of (apart k) with
  | SecondOrder => if some (better (apart k)) then LocalMinimizer else SecondOrder
  | v => v
  end.

Definition check_leading (k : quartic) : bool :=
  [&& check (apart k), critical (apart k), check_degenerate (apart k) (evidence_of k) &
      same_verdict (outcome k) (leading_verdict k)].
