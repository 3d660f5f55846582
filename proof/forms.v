(** Linear algebra: dominance, inertia by counting dimensions, lower bounds of positive definite forms. *)
From mathcomp Require Import ssreflect ssrfun ssrbool eqtype ssrnat seq fintype bigop.
From mathcomp Require Import order ssralg ssrnum zmodp matrix mxalgebra ring.
From rankscape Require Import asymptotics expansions landscape.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import Order.Theory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Section Forms.
Variables (F : realFieldType) (n : nat).
Implicit Types (A : 'M[F]_n) (w : 'rV[F]_n).

Lemma form0 A : form A 0 = 0.
Proof. by rewrite /form !mul0mx mxE. Qed.

Lemma formN A w : form (- A) w = - form A w.
Proof. by rewrite /form mulmxN mulNmx mxE. Qed.

Lemma formB A B w : form (A - B) w = form A w - form B w.
Proof. by rewrite /form mulmxBr mulmxBl !mxE. Qed.

Lemma formZ A c w : form (c *: A) w = c * form A w.
Proof. by rewrite /form -scalemxAr -scalemxAl mxE. Qed.

Lemma form_scale A c w : form A (c *: w) = c ^+ 2 * form A w.
Proof. by rewrite /form linearZ /= -scalemxAr -!scalemxAl !mxE mulrA. Qed.

Lemma form_frame A k (V : 'M[F]_(k, n)) (u : 'rV[F]_k) : form A (u *m V) = form (V *m A *m V^T) u.
Proof. by rewrite /form trmx_mul !mulmxA. Qed.

Lemma form_sum k (G : 'M[F]_k) (u : 'rV[F]_k) : form G u = \sum_i \sum_j u 0 i * G i j * u 0 j.
Proof.
rewrite /form mxE exchange_big /=; apply: eq_bigr => j _.
by rewrite mxE mxE mulr_suml.
Qed.

(** Displacements in the null space do not change the form. *)
Lemma form_null A z w : A^T = A -> z *m A = 0 -> form A (z + w) = form A w.
Proof.
move=> s h; have h' : A *m z^T = 0 by rewrite -{1}s -trmx_mul h trmx0.
by rewrite /form mulmxDl h add0r linearD /= mulmxDr -mulmxA h' mulmx0 add0r.
Qed.

Lemma free_from_kernel k (U : 'M[F]_(k, n)) : (forall u : 'rV[F]_k, u *m U = 0 -> u = 0) -> row_free U.
Proof.
move=> h; rewrite -kermx_eq0; apply/eqP/row_matrixP => i; rewrite row0.
by apply: h; rewrite -row_mul mulmx_ker row0.
Qed.

Lemma row_free_eq0 k (U : 'M[F]_(k, n)) (u : 'rV[F]_k) : row_free U -> u *m U = 0 -> u = 0.
Proof. by move=> h e; apply: (row_free_inj h); rewrite e mul0mx. Qed.

Lemma negative_free A k (U : 'M[F]_(k, n)) : negative_on A U -> row_free U.
Proof.
move=> h; apply: free_from_kernel => u e; apply/eqP; apply: contraT => /h.
by rewrite e form0 ltxx.
Qed.

Lemma positive_free A k (U : 'M[F]_(k, n)) : positive_on A U -> row_free U.
Proof.
move=> h; apply: free_from_kernel => u e; apply/eqP; apply: contraT => /h.
by rewrite e form0 ltxx.
Qed.

Lemma positive_ge0 A k (U : 'M[F]_(k, n)) u : positive_on A U -> 0 <= form A (u *m U).
Proof. by move=> h; have [->|/h/ltW//] := eqVneq u 0; rewrite mul0mx form0. Qed.

Lemma null_positive_free A c b (Z : 'M[F]_(c, n)) (P : 'M[F]_(b, n)) :
  A^T = A -> Z *m A = 0 -> row_free Z -> positive_on A P -> row_free (col_mx Z P).
Proof.
move=> s h zf p; apply: free_from_kernel => u; rewrite -[u]hsubmxK mul_row_col => e.
have q : form A (rsubmx u *m P) = 0.
  by rewrite -(form_null (rsubmx u *m P) s (_ : lsubmx u *m Z *m A = 0)) ?e ?form0 // -mulmxA h mulmx0.
have r0 : rsubmx u = 0 by apply/eqP; apply: contraT => /p; rewrite q ltxx.
have l0 : lsubmx u = 0 by apply: (row_free_eq0 zf); move: e; rewrite r0 mul0mx addr0.
by rewrite r0 l0 row_mx0.
Qed.

(** Spaces where the form is negative, null and positive have dimensions that add up to n at most. *)
Lemma dimensions A k c b (U : 'M[F]_(k, n)) (Z : 'M[F]_(c, n)) (P : 'M[F]_(b, n)) :
  A^T = A -> negative_on A U -> Z *m A = 0 -> row_free Z -> positive_on A P -> (k + (c + b) <= n)%N.
Proof.
move=> s ng h zf p; have qf := null_positive_free s h zf p.
have uf := negative_free ng.
have cap : (U :&: col_mx Z P)%MS = 0.
  apply/eqP/rowV0P => v; rewrite sub_capmx => /andP[/submxP[u ->] /submxP[q e]].
  have [->|u0] := eqVneq u 0; first by rewrite mul0mx.
  have := ng u u0; rewrite e -[q]hsubmxK mul_row_col form_null //; last by rewrite -mulmxA h mulmx0.
  by rewrite ltNge positive_ge0.
have := mxrank_sum_cap U (col_mx Z P); rewrite cap mxrank0 addn0 (eqP uf) (eqP qf) => <-.
exact: rank_leq_col.
Qed.

Lemma negative_onN A k (U : 'M[F]_(k, n)) : negative_on (- A) U <-> positive_on A U.
Proof. by split=> h u /h; rewrite formN oppr_lt0. Qed.

Lemma positive_onN A k (U : 'M[F]_(k, n)) : positive_on (- A) U <-> negative_on A U.
Proof. by split=> h u /h; rewrite formN oppr_gt0. Qed.

Theorem inertia_frame A a c b (U : 'M[F]_(a, n)) (Z : 'M[F]_(c, n)) (P : 'M[F]_(b, n)) :
  A^T = A -> negative_on A U -> Z *m A = 0 -> row_free Z -> positive_on A P -> (a + (c + b))%N = n ->
  inertia A a c b.
Proof.
move=> s ng h zf p e.
have sN : (- A)^T = - A by rewrite linearN /= s.
have hN : Z *m - A = 0 by rewrite mulmxN h oppr0.
split.
- by exists U; split=> //; exact: negative_free ng.
- move=> k V _ hV; have le := dimensions s hV h zf p; by rewrite -(leq_add2r (c + b)) e.
- by exists P; split=> //; exact: positive_free p.
- move=> k V _ /negative_onN hV; have /positive_onN ng' := ng.
  have le := dimensions sN hV hN zf ng'.
  have e' : (b + (c + a))%N = n by rewrite -e addnA addnC [(b + c)%N]addnC.
  by rewrite -(leq_add2r (c + a)) e'.
- apply/eqP; rewrite eqn_leq; apply/andP; split.
    have kf : row_free (row_base (kermx A)) by exact: row_base_free.
    have kA : row_base (kermx A) *m A = 0 by apply: sub_kermxP; rewrite eq_row_base.
    have le := dimensions s ng kA kf p; by rewrite -(leq_add2r b) -(leq_add2l a) e.
  by rewrite -(eqP zf); apply: mxrankS; apply/sub_kermxP.
Qed.

(** The form is nowhere negative when null and positive vectors span. *)
Lemma semidefinite_frame A c b (Z : 'M[F]_(c, n)) (P : 'M[F]_(b, n)) :
  A^T = A -> Z *m A = 0 -> row_free Z -> positive_on A P -> (c + b)%N = n -> forall w, 0 <= form A w.
Proof.
move=> s h zf p e w; have qf := null_positive_free s h zf p.
have : (w <= col_mx Z P)%MS by apply: submx_full; rewrite -col_leq_rank (eqP qf) e.
case/submxP=> q ->; rewrite -[q]hsubmxK mul_row_col form_null ?positive_ge0 //.
by rewrite -mulmxA h mulmx0.
Qed.

(** ** Dominance *)

Definition dominant m (G : 'M[F]_m) : Prop :=
  (forall i, 0 < G i i) /\ forall i j, i != j -> (m%:R * G i j) ^+ 2 <= G i i * G j j.

Lemma product_bound (a b p : F) : 0 <= a -> 0 <= b -> p ^+ 2 <= a * b -> - (a + b) <= 2%:R * p.
Proof.
move=> a0 b0 h; rewrite -subr_ge0 opprK; have [p0|p0] := lerP 0 p.
  by rewrite addr_ge0 ?mulr_ge0 ?ler0n ?addr_ge0.
rewrite addrC -[2%:R * p]opprK subr_ge0 -ler_sqr ?nnegrE ?addr_ge0 //; last first.
  by rewrite oppr_ge0 pmulr_rle0 ?ltr0n // ltW.
rewrite sqrrN exprMn (le_trans (ler_wpmul2l _ h)) ?exprn_ge0 ?ler0n // -subr_ge0.
have -> : (a + b) ^+ 2 - 2%:R ^+ 2 * (a * b) = (a - b) ^+ 2 by ring.
exact: sqr_ge0.
Qed.

Lemma dominant_bound m (G : 'M[F]_m) (u : 'rV[F]_m) : dominant G -> \sum_i G i i * u 0 i ^+ 2 <= m%:R * form G u.
Proof.
move=> [d h]; set a := fun i => G i i * u 0 i ^+ 2.
have a0 i : 0 <= a i by rewrite mulr_ge0 ?sqr_ge0 // ltW.
have bound i j : - (a i + a j) + (if i == j then (2%:R * m%:R + 2%:R) * a i else 0) <= 2%:R * m%:R * (u 0 i * G i j * u 0 j).
  case: eqP => [<-|/eqP ij].
    by rewrite le_eqVlt; apply/orP; left; apply/eqP; rewrite /a; ring.
  rewrite addr0 -mulrA; apply: product_bound => //.
  have -> : (m%:R * (u 0 i * G i j * u 0 j)) ^+ 2 = (m%:R * G i j) ^+ 2 * (u 0 i ^+ 2 * u 0 j ^+ 2) by ring.
  have -> : a i * a j = G i i * G j j * (u 0 i ^+ 2 * u 0 j ^+ 2) by rewrite /a; ring.
  by rewrite ler_wpmul2r ?h // mulr_ge0 ?sqr_ge0.
have le : \sum_i \sum_j (- (a i + a j) + (if i == j then (2%:R * m%:R + 2%:R) * a i else 0)) <=
          \sum_i \sum_j 2%:R * m%:R * (u 0 i * G i j * u 0 j).
  by apply: ler_sum => i _; apply: ler_sum => j _; exact: bound.
have e1 : \sum_i \sum_j (- (a i + a j) + (if i == j then (2%:R * m%:R + 2%:R) * a i else 0)) = 2%:R * \sum_i a i.
  have row i : \sum_j (- (a i + a j) + (if i == j then (2%:R * m%:R + 2%:R) * a i else 0)) =
               (m%:R + 2%:R) * a i - \sum_j a j.
    have only : \sum_j (if i == j then (2%:R * m%:R + 2%:R) * a i else 0) = (2%:R * m%:R + 2%:R) * a i.
      by rewrite (bigD1 i) //= eqxx big1 ?addr0 // => j /negPf ji; rewrite eq_sym ji.
    rewrite big_split /= only sumrN big_split /= sumr_const card_ord.
    by rewrite -[a i *+ m]mulr_natl; move: (\sum_j a j) => s; ring.
  under eq_bigr do rewrite row.
  by rewrite big_split /= sumrN sumr_const card_ord -mulr_sumr -[(\sum_j a j) *+ m]mulr_natl; move: (\sum_j a j) => s; ring.
have e2 : \sum_i \sum_j 2%:R * m%:R * (u 0 i * G i j * u 0 j) = 2%:R * (m%:R * form G u).
  rewrite form_sum mulrA mulr_sumr; apply: eq_bigr => i _; by rewrite mulr_sumr.
by move: le; rewrite e1 e2 ler_pmul2l ?ltr0n.
Qed.

Lemma sum_squares_gt0 m (g : 'I_m -> F) (u : 'rV[F]_m) : (forall i, 0 < g i) -> u != 0 -> 0 < \sum_i g i * u 0 i ^+ 2.
Proof.
move=> g0; case/rV0Pn=> i ui; rewrite (bigD1 i) //= ltr_paddr //; last by rewrite mulr_gt0 // exprn_even_gt0.
by apply: sumr_ge0 => j _; rewrite mulr_ge0 ?sqr_ge0 // ltW.
Qed.

Lemma dominant_positive m (G : 'M[F]_m) (u : 'rV[F]_m) : dominant G -> u != 0 -> 0 < form G u.
Proof.
move=> d u0; have := dominant_bound u d; have := sum_squares_gt0 d.1 u0.
move=> /lt_le_trans h /h; case: m G u d u0 {h} => [|m] G u d; first by rewrite (thinmx0 u) eqxx.
by rewrite pmulr_rgt0 ?ltr0n.
Qed.

Lemma dominant_on A m (V : 'M[F]_(m, n)) : dominant (V *m A *m V^T) -> positive_on A V.
Proof. by move=> d u u0; rewrite form_frame; apply: dominant_positive. Qed.

(** ** A dominant basis bounds the form from below by the square of the norm *)

Lemma norm1_eq0 w : (norm1 w == 0) = (w == 0).
Proof.
apply/idP/eqP => [h|->]; last by rewrite /norm1 big1 // => i _; rewrite mxE normr0.
apply/rowP => i; rewrite mxE; apply/eqP; rewrite -normr_le0.
by rewrite -(eqP h) -(coordinateE w i) norm1_coordinate.
Qed.

Lemma norm1_gt0 w : w != 0 -> 0 < norm1 w.
Proof. by rewrite lt_def norm1_eq0 => ->; exact: norm1_ge0. Qed.

Lemma norm1Z c w : norm1 (c *: w) = `|c| * norm1 w.
Proof. by rewrite /norm1 mulr_sumr; apply: eq_bigr => i _; rewrite mxE normrM. Qed.

Lemma cauchy m (u : 'rV[F]_m) : norm1 u ^+ 2 <= m%:R * \sum_i u 0 i ^+ 2.
Proof.
rewrite expr2 {1}/norm1 mulr_suml.
apply: le_trans (_ : \sum_i \sum_j (u 0 i ^+ 2 + u 0 j ^+ 2) / 2%:R <= _).
  apply: ler_sum => i _; rewrite /norm1 mulr_sumr; apply: ler_sum => j _.
  rewrite ler_pdivl_mulr ?ltr0n // -(real_normK (num_real (u _ i))) -(real_normK (num_real (u _ j))) -subr_ge0.
  have -> : `|u ord0 i| ^+ 2 + `|u ord0 j| ^+ 2 - `|u ord0 i| * `|u ord0 j| * 2%:R = (`|u ord0 i| - `|u ord0 j|) ^+ 2 by ring.
  exact: sqr_ge0.
set s := \sum_i u 0 i ^+ 2.
have row i : \sum_j (u 0 i ^+ 2 + u 0 j ^+ 2) / 2%:R = (m%:R * u 0 i ^+ 2 + s) / 2%:R.
  by rewrite -mulr_suml big_split /= sumr_const card_ord mulr_natl.
under eq_bigr do rewrite row.
rewrite -mulr_suml big_split /= -mulr_sumr sumr_const card_ord -/s -[s *+ m]mulr_natl.
by rewrite -mulr2n -[_ *+ 2]mulr_natr mulfK ?pnatr_eq0.
Qed.

Lemma norm1_mul m (u : 'rV[F]_m) (V : 'M[F]_(m, n)) : norm1 (u *m V) <= norm1 u * \sum_i \sum_j `|V i j|.
Proof.
rewrite mulr_sumr {1}/norm1.
apply: le_trans (_ : \sum_j \sum_i `|u 0 i| * `|V i j| <= _).
  apply: ler_sum => j _; rewrite mxE (le_trans (ler_norm_sum _ _ _)) // ler_sum // => i _; by rewrite normrM.
rewrite exchange_big /=; apply: ler_sum => i _; rewrite -mulr_sumr ler_wpmul2r ?sumr_ge0 //.
have := norm1_coordinate u i; by rewrite coordinateE.
Qed.

Lemma below_all m (g : 'I_m -> F) : (forall i, 0 < g i) -> exists2 c, 0 < c & forall i, c <= g i.
Proof.
move=> g0; have [t ht] : exists c, 0 < c /\ forall i, i \in enum 'I_m -> c <= g i.
  elim: (enum 'I_m) => [|i s [c [c0 ih]]]; first by exists 1; rewrite ltr01.
  exists (Num.min c (g i)); split=> [|j]; first by rewrite lt_minr c0 g0.
  by rewrite inE le_minl => /orP[/eqP-> | /ih ->] //; rewrite lexx orbT.
by exists t; [exact: ht.1 | move=> i; apply: ht.2; rewrite mem_enum].
Qed.

Lemma coercive_rows A m (V : 'M[F]_(m, n)) : dominant (V *m A *m V^T) ->
  exists2 mu : F, 0 < mu & forall u : 'rV_m, mu * norm1 (u *m V) ^+ 2 <= form A (u *m V).
Proof.
move=> d; have vf := positive_free (dominant_on d).
have [g g0 hg] := below_all d.1.
set K := \sum_i \sum_j `|V i j|.
have K0 : 0 <= K by rewrite sumr_ge0 // => i _; rewrite sumr_ge0.
have c0 : 0 < (m.+1)%:R * (m.+1)%:R * (K + 1) ^+ 2 by rewrite !mulr_gt0 ?ltr0n ?exprn_gt0 // ltr_paddl.
exists (g / ((m.+1)%:R * (m.+1)%:R * (K + 1) ^+ 2)); first by rewrite divr_gt0.
move=> u; rewrite form_frame mulrAC ler_pdivr_mulr // mulrC.
set f := form _ _.
have b1 : norm1 (u *m V) ^+ 2 <= m%:R * (K + 1) ^+ 2 * \sum_i u 0 i ^+ 2.
  rewrite [_ * (K + 1) ^+ 2]mulrC -mulrA.
  apply: le_trans (_ : (K + 1) ^+ 2 * norm1 u ^+ 2 <= _); last by rewrite ler_wpmul2l ?sqr_ge0 // cauchy.
  rewrite -exprMn ler_sqr ?nnegrE ?norm1_ge0 ?mulr_ge0 ?norm1_ge0 ?addr_ge0 //.
  apply: le_trans (norm1_mul u V) _; rewrite -/K mulrC; apply: ler_wpmul2l; first exact: norm1_ge0.
  by rewrite ler_addl.
have b2 : g * (\sum_i u 0 i ^+ 2) <= m%:R * f.
  apply: le_trans (dominant_bound u d); rewrite mulr_sumr; apply: ler_sum => i _.
  by rewrite ler_wpmul2r ?sqr_ge0.
have f0 : 0 <= f by rewrite /f -form_frame positive_ge0 //; apply: dominant_on.
have s0 : 0 <= \sum_i u 0 i ^+ 2 by rewrite sumr_ge0 // => i _; rewrite sqr_ge0.
have m1 : m%:R <= (m.+1)%:R :> F by rewrite ler_nat.
apply: le_trans (ler_wpmul2r (ltW g0) b1) _.
have -> : m%:R * (K + 1) ^+ 2 * (\sum_i u 0 i ^+ 2) * g = m%:R * (K + 1) ^+ 2 * (g * (\sum_i u 0 i ^+ 2)).
  by move: (\sum_i _) => s; ring.
apply: le_trans (_ : m%:R * (K + 1) ^+ 2 * (m%:R * f) <= _).
  by rewrite ler_wpmul2l // mulr_ge0 ?ler0n ?sqr_ge0.
have -> : m%:R * (K + 1) ^+ 2 * (m%:R * f) = f * (m%:R * m%:R * (K + 1) ^+ 2) by move: (K + 1) => K'; ring.
by rewrite !ler_wpmul2l // ler_wpmul2r ?sqr_ge0 // ler_pmul ?ler0n.
Qed.

Lemma coercive_basis A m (V : 'M[F]_(m, n)) : dominant (V *m A *m V^T) -> m = n ->
  exists2 mu : F, 0 < mu & forall w, mu * norm1 w ^+ 2 <= form A w.
Proof.
move=> d e; have vf := positive_free (dominant_on d); have [mu mu0 h] := coercive_rows d; exists mu => // w.
have : (w <= V)%MS by apply: submx_full; rewrite -col_leq_rank (eqP vf) e.
by case/submxP=> u ->.
Qed.

End Forms.
