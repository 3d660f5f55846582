(** Local minimizers of losses of unit vectors are second-order points: along circles, whose rational parameters need no square root. *)
From mathcomp Require Import ssreflect ssrfun ssrbool eqtype ssrnat seq fintype bigop.
From mathcomp Require Import order ssralg ssrnum zmodp matrix mxalgebra ring.
From rankscape Require Import expansions landscape forms feasible unit_vectors second_order.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import Order.Theory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Section Bounds.
Variables (F : realFieldType) (n p : nat).

(** A bound of the pairing with products of rows, from bounds of their entries. *)
Definition reach (S : 'M[F]_n) (A B : 'M[F]_(n, p)) : F := \sum_i \sum_j `|S i j| * \sum_a A i a * B j a.

Lemma pairing_reach S (A B A' B' : 'M[F]_(n, p)) : (forall i a, `|A i a| <= A' i a) -> (forall i a, `|B i a| <= B' i a) ->
  `|pairing S (inner_rows A B)| <= reach S A' B'.
Proof.
move=> hA hB; apply: le_trans (ler_norm_sum _ _ _) _; apply: ler_sum => i _.
apply: le_trans (ler_norm_sum _ _ _) _; apply: ler_sum => j _; rewrite normrM ler_wpmul2l //.
apply: le_trans (ler_norm_sum _ _ _) _; apply: ler_sum => a _; rewrite normrM; exact: ler_pmul.
Qed.

Lemma pairing_rows_of S (A B : 'M[F]_(n, p)) : pairing S (inner_rows A B) = \sum_i inner_rows A (S *m B) i i.
Proof.
apply: eq_bigr => i _; rewrite /inner_rows; under eq_bigr => j _ do rewrite mulr_sumr.
rewrite exchange_big; apply: eq_bigr => a _; rewrite mxE mulr_sumr; apply: eq_bigr => j _; exact: mulrCA.
Qed.

Lemma inner_rowsC (A B : 'M[F]_(n, p)) i j : inner_rows A B i j = inner_rows B A j i.
Proof. by apply: eq_bigr => a _; rewrite mulrC. Qed.

Lemma products_ge0 (A : 'M[F]_(n, p)) i : 0 <= products A i i.
Proof. by apply: sumr_ge0 => a _; rewrite -expr2 sqr_ge0. Qed.
End Bounds.

(** ** Circles *)

Section Circles.
Variables (F : realFieldType) (n p : nat) (W Z : 'M[F]_(n, p)).
Hypothesis unit_W : unit_rows W.
Hypothesis tangent_Z : tangent_rows W Z.
Let s i := products Z i i.
Let q t i := 1 + t ^+ 2 * s i.

(** The row ((1 - t^2 s) w + 2 t z)/(1 + t^2 s) is w plus t times this one. *)
Definition chord t : 'M[F]_(n, p) := \matrix_(i, a) ((2%:R * Z i a - 2%:R * t * s i * W i a) / q t i).
Definition chord_rest t : 'M[F]_(n, p) := \matrix_(i, a) (- (2%:R * s i * W i a + 2%:R * t * s i * Z i a) / q t i).

Let s0 i : 0 <= s i. Proof. exact: products_ge0. Qed.

Lemma q_ge1 t i : 1 <= q t i.
Proof. by rewrite ler_addl mulr_ge0 ?sqr_ge0. Qed.

Let q0 t i : 0 < q t i. Proof. exact: lt_le_trans ltr01 (q_ge1 t i). Qed.
Let qn t i : q t i != 0. Proof. exact: lt0r_neq0. Qed.

Lemma inner_chord t (B : 'M[F]_(n, p)) i :
  inner_rows (chord t) B i i = (2%:R * inner_rows Z B i i - 2%:R * t * s i * inner_rows W B i i) / q t i.
Proof.
have e a : chord t i a = (2%:R * Z i a - 2%:R * t * s i * W i a) / q t i by rewrite mxE.
rewrite /inner_rows; under eq_bigr => a _ do rewrite e.
move: (s i) (q t i)^-1 => u v; rewrite !mulr_sumr -sumrB mulr_suml; apply: eq_bigr => a _.
by move: (Z i a) (W i a) (B i a) => x y z; ring.
Qed.

Lemma chord_unit t : unit_rows (W + t *: chord t).
Proof.
move=> i; rewrite products_line unit_W.
have e1 : inner_rows (chord t) W i i = - (2%:R * t * s i) / q t i.
  by rewrite inner_chord [inner_rows Z W i i]inner_rowsC tangent_Z unit_W mulr0 mulr1 sub0r.
have e2 : inner_rows (chord t) (chord t) i i = 4%:R * s i / q t i.
  rewrite inner_chord [inner_rows Z _ i i]inner_rowsC [inner_rows W _ i i]inner_rowsC e1 inner_chord tangent_Z mulr0 subr0 -/(s i).
  have := qn t i; rewrite /q; move: (s i) => u d; field; exact: d.
rewrite e1 e2; have := qn t i; move: (q t i) (s i) => v u d; field; exact: d.
Qed.

Lemma chord_split t : chord t = 2%:R *: Z + t *: chord_rest t.
Proof.
apply/matrixP => i a; rewrite !mxE; have := qn t i; rewrite /q; move: (s i) (Z i a) (W i a) => u x y d; field; exact: d.
Qed.

Definition chord_bound : 'M[F]_(n, p) := \matrix_(i, a) (2%:R * `|Z i a| + 2%:R * s i * `|W i a|).
Definition rest_bound : 'M[F]_(n, p) := \matrix_(i, a) (2%:R * s i * `|W i a| + 2%:R * s i * `|Z i a|).

Let shrunk (a b : F) t i : `|a| <= b -> `|a / q t i| <= b.
Proof.
move=> h; have b0 := le_trans (normr_ge0 a) h.
rewrite normrM normfV (gtr0_norm (q0 t i)) ler_pdivr_mulr //; apply: le_trans h _.
by rewrite ler_pemulr ?q_ge1 //.
Qed.

Let times_t (x y t : F) : 0 < t -> t <= 1 -> 0 <= y -> `|2%:R * t * y * x| <= 2%:R * y * `|x|.
Proof.
move=> t0 t1 y0; rewrite !normrM (gtr0_norm t0) (ger0_norm y0) ger0_norm ?ler0n //.
by rewrite ler_wpmul2r // ler_wpmul2r // ler_pimulr ?ler0n.
Qed.

Lemma chord_le t i a : 0 < t -> t <= 1 -> `|chord t i a| <= chord_bound i a.
Proof.
move=> t0 t1; rewrite !mxE; apply: shrunk; apply: le_trans (ler_norm_sub _ _) _; apply: ler_add; last exact: times_t.
by rewrite normrM ger0_norm ?ler0n.
Qed.

Lemma rest_le t i a : 0 < t -> t <= 1 -> `|chord_rest t i a| <= rest_bound i a.
Proof.
move=> t0 t1; rewrite !mxE; apply: shrunk; rewrite normrN; apply: le_trans (ler_norm_add _ _) _; apply: ler_add; last exact: times_t.
by rewrite !normrM (ger0_norm (s0 i)) ger0_norm ?ler0n.
Qed.

End Circles.

(** ** Local minimizers *)

Section LocalMinimizers.
Variables (F : realFieldType) (N n p : nat) (f : 'rV[F]_N -> F) (c : 'rV[F]_N -> 'rV[F]_n).
Variables (V : 'rV[F]_N -> 'M[F]_(n, p)) (U : 'M[F]_(n, p) -> 'rV[F]_N) (C R : 'M[F]_n) (k : F).
Hypothesis VD : forall y w, V (y + w) = V y + V w.
Hypothesis VU : forall Z, V (U Z) = Z.
Hypothesis U_le : forall Z, norm1 (U Z) <= \sum_i \sum_a `|Z i a|.
Hypothesis Cs : C^T = C.
Hypothesis loss : forall y, f y = k + pairing C (products (V y)).
Hypothesis lengths : forall y i, \sum_j R i j * c y 0 j = products (V y) i i - 1.

Theorem local_slack_at y : local_min_on f c y -> slack_at V C y.
Proof.
case=> cy [d d0 low]; have unit_W := feasible_unit lengths cy; have [R' cR] := constraints_of_lengths VU lengths cy.
set W := V y in unit_W *.
pose mu i := \sum_j C i j * products W i j; exists mu => //.
set S := \matrix_(i, j) _; have Ss : S^T = S.
  apply/matrixP => i j; rewrite !mxE eq_sym; have := congr1 (fun M : 'M_n => M i j) Cs; rewrite mxE => ->.
  by case: eqP => [->|].
have eS i j : S i j = C i j - (if i == j then mu i else 0) by rewrite mxE.
(* along a circle *)
have along Z : tangent_rows W Z -> exists2 e, 0 < e & e <= 1 /\ forall t, 0 < t -> t <= e ->
    0 <= t * (2%:R * pairing S (inner_rows (chord W Z t) W)) + t ^+ 2 * pairing S (products (chord W Z t)).
  move=> tZ; set M := \sum_i \sum_a chord_bound W Z i a.
  have M0 : 0 <= M.
    apply: sumr_ge0 => i _; apply: sumr_ge0 => a _; exact: le_trans (normr_ge0 _) (chord_le W Z i a ltr01 (lexx 1)).
  have m0 : 0 < M + 1 by exact: ltr_paddl M0 ltr01.
  exists (Num.min (d / (M + 1)) 1); first by rewrite lt_minr ltr01 divr_gt0.
  split=> [|t t0]; first by rewrite le_minl lexx orbT.
  rewrite le_minr ler_pdivl_mulr // => /andP[td t1].
  set D := chord W Z t; have VW : V (y + U (t *: D)) = W + t *: D by rewrite VD VU.
  have unit_D : unit_rows (W + t *: D) by exact: chord_unit.
  have small : norm1 (U (t *: D)) <= d.
    apply: le_trans (U_le _) _; apply: le_trans td; apply: (@le_trans _ _ (t * M)); last by rewrite ler_pmul2l // ler_addl ler01.
    rewrite mulr_sumr; apply: ler_sum => i _; rewrite mulr_sumr; apply: ler_sum => a _.
    by rewrite mxE normrM gtr0_norm // ler_pmul2l // chord_le.
  have feasible : c (y + U (t *: D)) = 0.
    by apply/rowP => j; rewrite cR VW mxE big1 // => i _; rewrite unit_D subrr mulr0.
  have := low _ small feasible; rewrite (loss_off_diagonal loss eS unit_W) (loss_off_diagonal (y := y + _) loss eS) ?VW //.
  rewrite ler_add2l -/W (eq_pairing _ (products_line _ _ _)) pairingD pairingD !pairingZ pairingD.
  rewrite -(pairing_swap (fun i j => inner_rows D W i j) Ss) -subr_ge0; congr (0 <= _).
  by move: (pairing S (products W)) (pairing S _) (pairing S _) => x1 x2 x3; ring.
(* no gradient *)
have SW : S *m W = 0.
  set G := S *m W; have tG : tangent_rows W (- G).
    move=> i; rewrite inner_rowsC; have -> : inner_rows (- G) W i i = - \sum_j S i j * products W i j.
      rewrite /inner_rows; under [in RHS]eq_bigr => j _ do rewrite mulr_sumr.
      rewrite exchange_big -sumrN; apply: eq_bigr => a _; rewrite !mxE mulNr mulr_suml; congr (- _); apply: eq_bigr => j _.
      by rewrite mulrAC mulrA.
    apply/eqP; rewrite oppr_eq0; under eq_bigr => j _ do rewrite eS mulrBl.
    rewrite sumrB; have -> : \sum_j (if i == j then mu i else 0) * products W i j = mu i.
      by rewrite (bigD1 i) //= eqxx unit_W mulr1 big1 ?addr0 // => j ji; rewrite eq_sym (negPf ji) mul0r.
    by rewrite subrr.
  have [e e0 [e1 h]] := along _ tG; set s := fun i => products (- G) i i.
  have s0 i : 0 <= s i by exact: products_ge0.
  pose sigma := \sum_i s i / (1 + s i).
  have sg0 : sigma = 0.
    apply: (@squeezed _ _ (reach S (chord_bound W (- G)) (chord_bound W (- G))) e) => // t t0 te.
    have t1 := le_trans te e1; have := h t t0 te; set P := pairing S (inner_rows _ W).
    have Q := pairing_reach S (fun i a => chord_le W (- G) i a t0 t1) (fun i a => chord_le W (- G) i a t0 t1).
    have pP : 2%:R * sigma <= - P.
      rewrite /P pairing_rows_of -/G -sumrN mulr_sumr; apply: ler_sum => i _; rewrite inner_chord -/(s i).
      have -> : inner_rows (- G) G i i = - s i.
        by rewrite /s /inner_rows -sumrN; apply: eq_bigr => a _; rewrite [(- G) i a]mxE; move: (G i a) => g; ring.
      have -> : inner_rows W G i i = 0.
        by apply/eqP; rewrite -oppr_eq0 -[X in _ == X](tG i) -sumrN; apply/eqP; apply: eq_bigr => a _; rewrite [(- G) i a]mxE mulrN.
      rewrite mulr0 subr0 mulrN mulNr opprK -mulrA ler_wpmul2l ?ler0n // ler_wpmul2l //.
      have q1 : 1 + t ^+ 2 * s i <= 1 + s i by rewrite ler_add2l ler_pimull // expr_le1 // ltW.
      by rewrite lef_pinv // posrE; [rewrite ltr_paddr ?ltr01 | apply: lt_le_trans ltr01 (q_ge1 _ _ _)].
    have sge : 0 <= sigma by apply: sumr_ge0 => i _; rewrite divr_ge0 // addr_ge0 ?ler01.
    rewrite ger0_norm // => pos; move: pP Q; set K := reach _ _ _; set Q := pairing S _ in pos * => pP /(le_trans (ler_norm Q)) QK.
    rewrite -(ler_pmul2l t0) -subr_ge0; have -> : t * (K * t) - t * sigma =
        (t * (2%:R * P) + t ^+ 2 * Q) + (t ^+ 2 * (K - Q) + (t * (2%:R * (- P - 2%:R * sigma)) + t * (3%:R * sigma))) by ring.
    have t0' := ltW t0; apply: addr_ge0 => //; apply: addr_ge0; first by rewrite mulr_ge0 ?sqr_ge0 ?subr_ge0.
    by apply: addr_ge0; rewrite !mulr_ge0 ?ler0n ?subr_ge0.
  have z i : s i = 0.
    have := sg0; rewrite /sigma => /eqP; rewrite psumr_eq0 => [/allP/(_ i (mem_index_enum i))|j _].
      rewrite mulf_eq0 invr_eq0 => /orP[/eqP//|/eqP e']; have : 0 < 1 + s i by rewrite ltr_paddr ?ltr01.
      by rewrite e' ltxx.
    by rewrite divr_ge0 // addr_ge0 ?ler01.
  apply/matrixP => i a; rewrite [RHS]mxE; have := z i; rewrite /s /inner_rows => /eqP; rewrite psumr_eq0 => [/allP|b _]; last by rewrite -expr2 sqr_ge0.
  by move/(_ a (mem_index_enum a)); rewrite mulf_eq0 orbb mxE oppr_eq0 => /eqP.
split=> // Z tZ; have [e e0 [e1 h]] := along _ tZ; rewrite leNgt; apply/negP => neg.
suff : pairing S (products Z) = 0 by move=> e'; rewrite e' ltxx in neg.
apply: (@squeezed _ _ (4%:R * reach S (rest_bound W Z) (chord_bound W Z) + reach S (rest_bound W Z) (rest_bound W Z)) e) => // t t0 te.
have t1 := le_trans te e1; have := h t t0 te; rewrite pairing_rows_of SW big1 => [|i _]; last first.
  by rewrite /inner_rows big1 // => a _; rewrite [X in _ * X]mxE mulr0.
rewrite !mulr0 add0r pmulr_rge0 ?exprn_gt0 // chord_split (eq_pairing _ (products_line _ _ _)) pairingD pairingD !pairingZ pairingD.
set E := chord_rest W Z t; set Z2 := 2%:R *: Z.
rewrite -(pairing_swap (fun i j => inner_rows E Z2 i j) Ss).
have -> : pairing S (products Z2) = 4%:R * pairing S (products Z).
  rewrite -pairingZ; apply: eq_pairing => i j; rewrite /inner_rows mulr_sumr; apply: eq_bigr => a _; rewrite !mxE.
  by move: (Z i a) (Z j a) => u v; ring.
have leZ i a : `|Z2 i a| <= chord_bound W Z i a.
  by rewrite !mxE normrM ger0_norm ?ler0n // ler_addl !mulr_ge0 ?ler0n ?products_ge0.
have h1 := pairing_reach S (fun i a => rest_le W Z i a t0 t1) leZ.
have h2 := pairing_reach S (fun i a => rest_le W Z i a t0 t1) (fun i a => rest_le W Z i a t0 t1).
have K10 := le_trans (normr_ge0 _) h1; have K20 := le_trans (normr_ge0 _) h2.
move: {h1} (le_trans (ler_norm _) h1) {h2} (le_trans (ler_norm _) h2) K10 K20; rewrite -/E ltr0_norm //.
move: neg; move: (reach _ _ _) (reach _ _ (chord_bound _ _)) (pairing S _) (pairing S (inner_rows E Z2)) (pairing S (products Z)).
move=> K2 K1 B A P neg h1 h2 K10 K20 pos; rewrite -subr_ge0.
have -> : (4%:R * K1 + K2) * t - - P = (4%:R * P + (t * (A + A) + t ^+ 2 * B)) +
  (2%:R * (t * (K1 - A)) + (t ^+ 2 * (K2 - B) + (2%:R * (t * K1) + (t * (1 - t) * K2 + 3%:R * (- P))))) by ring.
have t0' := ltW t0; apply: addr_ge0 => //; apply: addr_ge0; first by rewrite !mulr_ge0 ?ler0n ?subr_ge0.
apply: addr_ge0; first by rewrite mulr_ge0 ?sqr_ge0 ?subr_ge0.
apply: addr_ge0; first by rewrite !mulr_ge0 ?ler0n.
by apply: addr_ge0; rewrite !mulr_ge0 ?ler0n ?subr_ge0 ?oppr_ge0 ?(ltW neg).
Qed.
End LocalMinimizers.
