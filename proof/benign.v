(** All second-order points of a loss that is a constant plus a sum of inner products of unit vectors, by constraints c = 0 that are
    combinations of the squares of their lengths: that they are global minimizers. A claim about the loss, not about a point. What runs. *)
From Coq Require Import ZArith PeanoNat.
From mathcomp Require Import ssreflect ssrfun ssrbool eqtype ssrnat seq.
From rankscape Require Import program scalars certificate bounds convexity traces constrained orthonormal.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Local Open Scope Z_scope.

(** The vectors x_i v_i, x the signs: with C the cost, L has the entries x_i C_ij x_j beside its diagonal and rows of sum 0, and is between
    [lower_factor] and [upper_factor] times diag(d) - d d^T, d the [shares]. *)
Record condition := Condition {
  signs : seq Z;
  shares : seq number;
  lower_factor : number;
  upper_factor : number;
  above_psd : psd;
  below_psd : psd }.

(** As many vectors as constraints, of [extent] coordinates each: which parameters these are, vector by vector. [lengths_by] times c are
    the squares of the lengths, less 1. Of [costs] nothing is believed. *)
Record benign := Benign {
  extent : Z;
  positions : seq Z;
  lengths_by : rational_matrix;
  costs : rational_matrix;
  well_conditioned : option condition }.

Definition places (e : benign) : seq nat := [seq Z.to_nat k | k <- positions e].

(** ** The loss and the lengths *)

Section Vectors.
Variables (T : Type) (o : operations T) (p : nat) (at_ : seq nat) (x : nat -> T).

Definition vector_of (i : nat) : seq T := [seq x (nth 0%nat at_ (i * p + a)) | a <- iota 0 p].
Definition between (i j : nat) : T := dot o (vector_of i) (vector_of j).

(** The square of a length, less 1 and less a combination of constraints. *)
Definition length_gap (row constraints : seq T) (i : nat) : T :=
  minus o (minus o (between i i) (constant o 1 1)) (dot o row constraints).

(** The loss, less the inner products. *)
Definition loss_gap (n : nat) (cost : matrix T) (loss : T) : T :=
  minus o loss (total o [seq dot o (nth [::] cost i) [seq between i j | j <- iota 0 n] | i <- iota 0 n]).
End Vectors.

Fixpoint are_distinct (s : seq nat) : bool :=
  if s is k :: s' then all (fun j => negb (Nat.eqb k j)) s' && are_distinct s' else true.

Definition check_lengths (c : certificate) (b : Z) (n p : nat) (e : benign) : bool :=
  let o := fractions exacts in
  let constraints := seq.flatten (position (exact_results c) b) in
  let rows := embed o (lengths_by e) in
  [&& Nat.eqb (size (places e)) (n * p), all (fun k => Nat.ltb k (dimension c)) (places e), are_distinct (places e),
      wf_matrix (lengths_by e) &
      all (fun i => is_nought (dimension c) (length_gap o p (places e) (exact_coordinate c) (nth [::] rows i) constraints i).2) (iota 0 n)].

Definition is_symmetric (n : nat) (m : matrix Z) : bool :=
  all (fun i => all (fun j => Z.eqb (entry m i j) (entry m j i)) (iota 0 n)) (iota 0 n).

Definition exact_loss (c : certificate) (a : Z) : Z * exact := scalar (fractions exacts) (position (exact_results c) a).

Definition check_costs (c : certificate) (a : Z) (n p : nat) (e : benign) : bool :=
  let o := fractions exacts in
  let g := loss_gap o p (places e) (exact_coordinate c) n (embed o (costs e)) (exact_loss c a) in
  [&& wf_matrix (costs e), is_symmetric n (entries (costs e)) &
      is_nought (dimension c) (minus o g (constant o (jet_value (value_jet g.2)) g.1)).2].

(** The costs, if there are any: half the second derivatives by the first coordinates of the vectors. *)
Definition costs_of (c : certificate) (a : Z) (n p : nat) (at_ : seq nat) : rational_matrix :=
  let (d, j) := exact_loss c a in
  let N := dimension c in
  let h := if dense [::] N (jet_quadratic (value_jet j)) is Some r then
             if dense_rows N r is Some m then symmetrize N m else [::]
           else [::] in
  let first i := nth 0%nat at_ (i * p) in
  RationalMatrix (2 * d) [seq [seq entry h (first i) (first j) | j <- iota 0 n] | i <- iota 0 n].

(** ** The condition *)

Section Conditions.
Variables (T : Type) (o : operations T) (n : nat) (x d : nat -> T) (cost : nat -> nat -> T).

Definition signed_cost (i j : nat) : T := times o (x i) (times o (cost i j) (x j)).

Definition slack_entry (i j : nat) : T :=
  if Nat.eqb i j then
    minus o (zero_scalar o) (total o [seq if Nat.eqb i k then zero_scalar o else signed_cost i k | k <- iota 0 n])
  else signed_cost i j.

Definition spread_entry (i j : nat) : T := minus o (if Nat.eqb i j then d i else zero_scalar o) (times o (d i) (d j)).

Definition square_matrix (f : nat -> nat -> T) : matrix T := [seq [seq f i j | j <- iota 0 n] | i <- iota 0 n].
End Conditions.

Definition share (k : condition) (i : nat) : Z * Z := at_rationals (coordinate_of (shares k) i).

Definition check_condition (n p : nat) (m : rational_matrix) (k : condition) : bool :=
  let o := rationals in
  let l := slack_entry o n (fun i => constant o (nth 0 (signs k) i) 1) (fun i j => (denominator m, entry (entries m) i j)) in
  let pi := spread_entry o (share k) in
  let total_share := total o [seq share k i | i <- iota 0 n] in
  [&& all (fun i => let s := nth 0 (signs k) i in Z.eqb (s * s) 1) (iota 0 n),
      all (fun i => let q := coordinate_of (shares k) i in wf_number q && Z.ltb 0 q.1) (iota 0 n),
      Z.eqb total_share.1 total_share.2,
      wf_number (lower_factor k), wf_number (upper_factor k),
      less_numbers (upper_factor k) (Z.of_nat p * (lower_factor k).1, (lower_factor k).2),
      semidefinite n (square_matrix n (fun i j => minus o (l i j) (times o (at_rationals (lower_factor k)) (pi i j)))) (above_psd k) &
      semidefinite n (square_matrix n (fun i j => minus o (times o (at_rationals (upper_factor k)) (pi i j)) (l i j))) (below_psd k)].

(** ** Everything *)

Definition check_benign (c : certificate) (e : benign) : bool :=
  well_formed c &&
  if parts c is Some (a, b, _) then
    let n := size (seq.flatten (position (results_at_point c) b)) in
    let p := Z.to_nat (extent e) in
    [&& check_lengths c b n p e, check_costs c a n p e &
        if well_conditioned e is Some k then check_condition n p (costs e) k else Nat.ltb n (2 * p)]
  else false.
