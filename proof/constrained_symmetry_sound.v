(** The theorem of points under constraints with a symmetry. *)
From Coq Require Import ZArith PeanoNat List.
From mathcomp Require Import ssreflect ssrfun ssrbool eqtype ssrnat seq fintype bigop.
From mathcomp Require Import order ssralg ssrnum ssrint ssrZ zmodp matrix mxalgebra ring.
From rankscape Require Import program parametricity scalars certificate convexity traces constrained symmetry constrained_symmetry.
From rankscape Require Import asymptotics expansions landscape forms local evidence bounds bounds_sound soundness convexity_sound.
From rankscape Require Import theorem traces_sound bordered feasible orbits quadratic_sound constrained_sound constrained_theorem.
From rankscape Require Import symmetry_sound feasible_orbits.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import Order.Theory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Local Arguments zero_scalar : simpl never.
Local Arguments Z.eqb : simpl never.

(** ** Inputs, when the last is free *)

Section Inputs.
Variables (T : Type) (o : operations T).

Lemma fill_rcons (y : nat -> T) k s i : fill o y k (rcons s i) = fill o y k s ++ fill o y (k + coordinates s) [:: i].
Proof.
elim: s k => [|[m|r c] s ih] k /=; first by rewrite addn0.
  by rewrite ih.
by rewrite ih addnA.
Qed.

Lemma size_fill (y : nat -> T) k s : size (fill o y k s) = size s.
Proof. by elim: s k => [|[m|r c] s ih] k //=; rewrite ih. Qed.

Lemma fill_ext (y z : nat -> T) k s : (forall i, (i < k + coordinates s)%N -> y i = z i) -> fill o y k s = fill o z k s.
Proof.
elim: s k => [|[m|r c] s ih] k //= h; first by rewrite ih.
congr (_ :: _); last by apply: ih => i lt; apply: h; rewrite addnA.
apply/eq_in_map => i; rewrite mem_iota add0n => /andP[_ ir]; apply/eq_in_map => j; rewrite mem_iota add0n => /andP[_ jc].
apply: h; apply: leq_trans (_ : (k + Z.to_nat r * Z.to_nat c <= _)%N); last by rewrite leq_add2l leq_addr.
rewrite -addnA ltn_add2l mulnC; apply: leq_trans (_ : (j * Z.to_nat r + Z.to_nat r <= _)%N).
  by rewrite mulnC ltn_add2l.
by rewrite addnC -mulSn leq_mul2r jc orbT.
Qed.

End Inputs.

Lemma coordinates_rcons s i : coordinates (rcons s i) = (coordinates s + coordinates [:: i])%N.
Proof. by elim: s => [|[m|r c] s ih] //=; rewrite ih addnA. Qed.

Section Freed.
Variables (F : archiFieldType) (k : constrained_symmetric).
Let c := lagrangian (under k).
Notation ops := (field_operations F).
Notation n := (dimension c).
Variables (a b : Z) (mu : rational_matrix) (m : nat).
Let c' := freed c mu.
Hypothesis wfc : well_formed c.
Hypothesis wfc' : well_formed c'.
Hypothesis pc : parts c = Some (a, b, mu).
Hypothesis last_ : multipliers_last c.
Hypothesis dim : dimension c' = (n + m)%N.

Let ins := take (size (inputs c)).-1 (inputs c).
Let free := Weight (Z.of_nat (size (entries mu))) (Z.of_nat (size (head [::] (entries mu)))).

(** The program over a field, at coordinates. *)
Definition results_of_coordinates (y : nat -> F) : seq (matrix F) :=
  eval ops (fill ops y 0 (inputs c')) (instructions c).

Lemma inputs_split : inputs c = rcons ins (Data mu).
Proof.
move: pc last_; rewrite /parts /multipliers_last.
case: (step _ _) => [[| | |a' d| | | | | |]|] //; case: (step _ d) => [[| | | | | |u b'| | |]|] //.
case: (step _ u) => [[q| | | | | | | | |]|] //; case E: (nth _ _ _) => [mm|] // [_ _ e] /andP[_ /NateqP s]; subst mm.
rewrite /ins -s /= -[in LHS](cat_take_drop (Z.to_nat q) (inputs c)) -cats1; congr (_ ++ _).
by rewrite (drop_nth (Weight Z0 Z0)) -?s // E drop_oversize // -s.
Qed.

Lemma instructions_freed : exists u d q, [/\ step (instructions c) (loss_position c) = Some (Subtract a d),
  step (instructions c) d = Some (Dot u b), step (instructions c) u = Some (Input q) & Z.to_nat q = size ins].
Proof.
move: pc last_; rewrite /parts /multipliers_last.
case E1: (step _ _) => [[| | |a' d| | | | | |]|] //; case E2: (step _ d) => [[| | | | | |u b'| | |]|] //.
case E3: (step _ u) => [[q| | | | | | | | |]|] //; case E: (nth _ _ _) => [mm|] // [ea eb e] /andP[_ /NateqP s]; subst.
by exists u, d, q; split=> //; rewrite /ins size_take -s /= ltnSn.
Qed.

Lemma dimension_ins : coordinates ins = n.
Proof. by rewrite /dimension inputs_split coordinates_rcons /= addn0. Qed.


End Freed.
