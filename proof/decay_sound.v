(** Bounds by shrinkage hold for all weights. *)
From Coq Require Import ZArith PeanoNat List.
From mathcomp Require Import ssreflect ssrfun ssrbool eqtype ssrnat seq fintype bigop.
From mathcomp Require Import order ssralg ssrnum ssrint ssrZ zmodp matrix mxalgebra ring.
From rankscape Require Import program parametricity scalars certificate convexity traces decay asymptotics expansions landscape.
From rankscape Require Import forms kyfan shrinkage matrices evidence bounds bounds_sound soundness convexity_sound traces_sound.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import Order.Theory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Local Arguments zero_scalar : simpl never.
Local Arguments Z.eqb : simpl never.
Local Arguments Z.mul : simpl never.

Section Decay.
Variables (F : realFieldType) (c : certificate).
Hypothesis wfc : well_formed c.
Notation ops := (field_operations F).
Notation toF := (@toF F).
Notation computedM := (Forall2 (Forall2 (@computed F))).

Lemma c_scaled a v (m : matrix (Z * Z)) u : computed a v -> computedM m u ->
  computedM (mapm (times rationals a) m) (mapm (times ops v) u).
Proof. by move=> av; apply: R_mapm => b w; exact: c_times. Qed.

Lemma c_fraction n d : Z.lt Z0 d -> computed (d, n) (toF n / toF d).
Proof. by move=> h; exact: (@c_constant F n d h). Qed.

Lemma c_integer n : computed (Zpos xH, n) (toF n).
Proof. by have := @c_fraction n (Zpos xH) (erefl : Z.lt Z0 (Zpos xH)); rewrite toF1 divr1. Qed.

Lemma c_decay_formula y u t v g g' q q' e e' k k' : computedM y u -> computedM t v -> computed g g' -> computed q q' ->
  computed e e' -> computed k k' -> computed (decay_formula rationals y t g q e k) (decay_formula ops u v g' q' e' k').
Proof.
move=> hy ht hg hq he hk; apply: c_minus; first by apply: c_times hg _; exact: c_inner.
by apply: c_times hq _; apply: c_minus; [exact: c_inner | apply: c_times hk _; exact: c_times].
Qed.

Lemma decay_formula_mat r N (Y : 'M[F]_(r, N)) (D : 'M[F]_r) g q e k : D^T = D ->
  decay_formula ops (mat Y) (mat D) g q e k = g * \tr (Y *m Y^T) - q * (\tr (D *m D) - k * (e * e)).
Proof. by move=> Ds; rewrite /decay_formula /sum_of_squares !mat_dot Ds. Qed.

Lemma decay_test_sound (y : 'rV[F]_(dimension c)) leaves t g b : decay_test c leaves t g = Some b ->
  exists2 v, computed b v & v <= pairing g (entries_of [seq position (results_at y) a | a <- [:: leaves.1.1; leaves.1.2; leaves.2]]).
Proof.
case: leaves => [[q a] b']; rewrite /decay_test; case: g => [|gq [|ga [|gb [|]]]] //.
case D: (distance c q) => [[[m y'] v0]|] //; case Ef: (factors _ _ m) => [[u v]|] //.
case Eu: (shaped _ u) => [[r i]|] //; case Ev: (shaped _ v) => [[i' N]|] //.
case: ifP => // /and5P[/NateqP ei oq /shapedE Em /shapedE Ey /and5P[na nb /Z.ltb_spec0 q0 /Z.ltb_spec0 a0 /and5P[/Z.ltb_spec0 b0]]].
case/andP=> ws s0 wc sc /and3P[sn sd sf] /Some_inj <-; subst i'.
set R := results_at y; have same := results_shape wfc y.
have [r0 _ [U eU]] := shaped_sound same Eu; have [_ N0 [V eV]] := shaped_sound same Ev.
have eP := factors_sound same Eu Ev Ef eU eV.
have [Y [cY eq]] := distance_sound wfc D Em Ey eP.
have [T eT] := @embedded F r r _ wc sc; have cT := @c_embed F _ wc; rewrite eT in cT.
have cTt := c_transpose cT; rewrite (mat_transpose _ r0) in cTt.
have Ts : T^T = T := same_numbers_sound cTt cT sn.
have q1 := toF_gt0 F q0; have a1 := toF_gt0 F a0; have b1 := toF_gt0 F b0.
have qn := lt0r_neq0 q1; have an := lt0r_neq0 a1; have bn := lt0r_neq0 b1.
set e := ratF F (separator t); have ce : computed (at_rationals (separator t)) e := @c_number F _ ws.
have e0 : 0 <= e by exact: ratF_ge0.
set cc := (toF gb / toF gq) * (toF ga / toF gq).
have ccc : computed (Z.mul gq gq, Z.mul ga gb) cc.
  have := @c_fraction (Z.mul ga gb) (Z.mul gq gq) (Z.mul_pos_pos _ _ q0 q0); rewrite !toFM.
  by rewrite (_ : _ / _ = cc) // /cc; move: (toF ga) (toF gb) (toF gq) qn => x z s sn'; field.
have De w : 0 <= form (T - e%:M) w.
  by apply: semidefinite_mat sd w; rewrite -mat_subtract -mat_multiple; apply: c_map22_minus => //; exact: c_multiple.
have QY w : 0 <= form ((T + cc%:M) *m (T + cc%:M) - cc *: (Y *m Y^T)) w.
  apply: semidefinite_mat sf w; rewrite -mat_subtract -mat_scale -(mat_multiply _ _ N0) -(mat_transpose _ r0) -(mat_multiply _ _ r0) -mat_add -mat_multiple.
  apply: c_map22_minus; first by apply: c_multiply; apply: c_map22_plus => //; exact: c_multiple.
  by apply: c_scaled => //; apply: c_multiply => //; exact: c_transpose.
have rk : (\rank U <= rank_of c depth_of_ranks u)%N by exact: rank_of_sound Eu eU.
have := shrinkage V (divr_gt0 b1 q1) (divr_gt0 a1 q1) e0 rk Ts De QY.
set lower := _ - _ => low.
have quo : Z.lt Z0 (Z.mul ga gb) by exact: Z.mul_pos_pos.
exists (toF gq * lower).
  have := c_decay_formula cY cT (c_integer gq) (c_fraction (Z.mul gq (Z.mul gq gq)) quo) ce (@c_natural F (r - rank_of c depth_of_ranks u)).
  rewrite decay_formula_mat // !toFM; congr (computed _ _); rewrite /lower /cc.
  move: (\tr (Y *m _)) (\tr (T *m T)) (_%:R * _) (toF ga) (toF gb) (toF gq) qn an bn => p1 p2 p3 x z s s0' x0 z0; field.
  by rewrite s0' x0 z0.
have nq : position R q = [:: [:: \tr ((U *m V - Y) *m (U *m V - Y)^T)]].
  by have [z ez] := one_by_one_sound same oq; move: eq; rewrite ez /scalar /= => ->.
rewrite /= nq (is_norm_sound same Eu eU na) (is_norm_sound same Ev eV nb) /entries_of /= !addr0.
move: low; rewrite -(ler_pmul2l q1); move: (toF gq * lower) => l low; apply: le_trans low _.
rewrite le_eqVlt; apply/orP; left; apply/eqP.
by move: (\tr _) (\tr (U *m _)) (\tr (V *m _)) (toF ga) (toF gb) (toF gq) qn => x z s p1 p2 p3 *; field.
Qed.

Theorem decay_bound_sound k leaves t q : decay_bound c k leaves t = Some q -> @node_bound F c (k, q).
Proof. by apply: (convex_from_sound wfc) => y d g b _; exact: decay_test_sound. Qed.

End Decay.
