(** A loss that is a polynomial of degree 2 with a Hessian that is nowhere negative has its least value where it has no
    gradient. *)
From Coq Require Import ZArith PeanoNat List.
From mathcomp Require Import ssreflect ssrfun ssrbool eqtype ssrnat seq fintype bigop.
From mathcomp Require Import order ssralg ssrnum ssrint ssrZ zmodp matrix mxalgebra ring.
From rankscape Require Import program parametricity scalars certificate convexity constrained asymptotics expansions.
From rankscape Require Import landscape forms evidence soundness bounds bounds_sound convexity_sound.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import Order.Theory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Section Exact.
Variables (F : realFieldType) (n : nat).
Notation toF := (@toF F).

Definition exact_of (a : exact) (f : 'rV[F]_n -> F) : Prop := known a -> forall w, f w = jet_function (value_jet a) w.

Lemma is_affineP j (w : 'rV[F]_n) : is_affine j -> expansions.quadratic (jet_quadratic j) w = 0.
Proof. by rewrite /is_affine; case: (jet_quadratic j). Qed.

Lemma is_numberP j (w : 'rV[F]_n) : is_number j ->
  expansions.quadratic (jet_quadratic j) w = 0 /\ linear (jet_linear j) w = 0.
Proof. by case/andP=> /is_affineP->; case: (jet_linear j). Qed.

Lemma exacts_respected : respected exacts exact_of.
Proof.
split=> /=.
- by move=> a f g e h k w; rewrite -e h.
- by move=> z _ w; rewrite /jet_function /= !addr0.
- by move=> z a f h k w; rewrite jet_scale_sound h.
- by move=> a b f g ha hb /andP[ka kb] w; rewrite jet_plus_sound ha ?hb.
- by move=> a b f g ha hb /andP[ka kb] w; rewrite jet_plus_sound jet_scale_sound toFN1 mulN1r ha ?hb.
move=> [ka [u g h]] [kb [v g' h']] f f' ha hb /and3P[/= ta tb deg] w; rewrite (ha ta) (hb tb) /jet_function /=.
rewrite toFM linear_plus_sound !quadratic_plus_sound outer_sound !linear_scale_sound !quadratic_scale_sound.
case/or3P: deg => [/andP[/(is_affineP w) /= -> /(is_affineP w) /= ->]|/(is_numberP w)[/= -> ->]|/(is_numberP w)[/= -> ->]]; ring.
Qed.

Lemma exact_coordinate_sound n1 d (i : nat) : Z.lt Z0 d ->
  fraction_of exact_of (d, Exact true (Jet n1 [:: (i, d)] [::])) (fun w => ratF F (n1, d) + coordinate w i).
Proof.
move=> d0; split=> //= _ w; rewrite /jet_function /= !addr0.
by rewrite mulrDr [X in X + _]mulrCA divff ?mulr1 // lt0r_neq0 // toF_gt0.
Qed.

(** The jet of an exact jet is the one that is computed without it. *)
Definition same_jet (a : Z * exact) (b : Z * jet) : Prop := a.1 = b.1 /\ value_jet a.2 = b.2.

Lemma same_combine f g a b u v : (forall x y, value_jet (f x y) = g (value_jet x) (value_jet y)) ->
  same_jet a u -> same_jet b v -> same_jet (combine exacts f a b) (combine jets g u v).
Proof.
case: a => [d [k j]]; case: b => [d' [k' j']]; case: u => [e i]; case: v => [e' i'] h [/= <- <-] [/= <- <-].
by rewrite /combine; case: ifP => _; [|case: ifP => _; [|case: ifP => _]]; split=> //=; rewrite h.
Qed.

Lemma same_value inputs p out x y : wf inputs p -> (forall i, same_jet (x i) (y i)) ->
  same_jet (value_of (fractions exacts) inputs p out x) (value_of (fractions jets) inputs p out y).
Proof.
apply: R_value => //.
- by move=> a b u v; exact: same_combine.
- by move=> a b u v; exact: same_combine.
by move=> [d [k j]] [e i] [d' [k' j']] [e' i'] [/= <- <-] [/= <- <-].
Qed.

End Exact.

(** Such a loss is the sum of its value, and half the form of its Hessian. *)
Lemma quadratic_expansion (F : realFieldType) (c : certificate) a : well_formed c -> analyse c = Some a ->
  vanishes (gradient_part a) -> is_quadratic c -> forall w, let d := toF F (over a) in
  @loss F c (point F c + w) = @loss F c (point F c) + form (d^-1 *: toM F (dimension c) (dimension c) (hessian_part a)) w / 2%:R.
Proof.
move=> wfc E vg iq w /=.
have wfp : wf (inputs c) (instructions c) by case/and5P: wfc.
have dp : all wf_number (flatten (weights c)) by case/and5P: wfc => _ _ _ _ /andP[].
have [d0 vx _ _ _] := analyse_sound F wfc E; have [g [h [ev _ _ _ gh]]] := analyse_parts F E.
set p := flatten (weights c) in dp.
pose x0 (i : nat) := let q := coordinate_of p i in (q.2, Exact true (Jet q.1 [:: (i, q.2)] [::])).
have ex i : fraction_of (@exact_of F (dimension c)) (x0 i) (fun w => ratF F (coordinate_of p i) + coordinate w i).
  exact: exact_coordinate_sound (positive_denominator i dp).
have [] := fraction_value (@exacts_respected F (dimension c)) (loss_position c) wfp ex.
have [] : same_jet (value_of (fractions exacts) (inputs c) (instructions c) (loss_position c) x0) (over a, Jet (value_part a) g h).
  by rewrite -ev; apply: same_value.
move: iq; rewrite /is_quadratic -/p -/x0; case: (value_of _ _ _ _ _) => d [k j] /= kt -> -> _ /(_ kt) jf.
have Lw := jf w; rewrite -(loss_at wfc) in Lw.
have [lg fq] := gh w; have dn0 := lt0r_neq0 (toF_gt0 F d0).
apply: (mulfI dn0); rewrite Lw vx /jet_function /= lg big1 => [|i _]; last by rewrite vanishesP // toF0 mul0r.
rewrite formZ fq; move: (quadratic h w) => q; field; exact: dn0.
Qed.

Theorem check_convex_sound (F : realFieldType) (c : certificate) a e : well_formed c -> analyse c = Some a ->
  vanishes (gradient_part a) -> check_convex c a e -> forall y, @loss F c (point F c) <= @loss F c y.
Proof.
move=> wfc E vg /andP[iq sd] y; have [d0 _ _ _ _] := analyse_sound F wfc E.
have -> : y = point F c + (y - point F c) by rewrite addrC subrK.
rewrite (quadratic_expansion wfc E vg iq) ler_addl divr_ge0 ?ler0n // formZ mulr_ge0 //.
  by rewrite invr_ge0 ltW // toF_gt0.
exact: (over_denominator_sound d0 sd).
Qed.
