(** Second-order points of a loss under constraints; those of sums of inner products of unit vectors, whose constraints are combinations of
    the squares of the lengths. *)
From mathcomp Require Import ssreflect ssrfun ssrbool eqtype ssrnat seq fintype bigop.
From mathcomp Require Import order ssralg ssrnum zmodp matrix mxalgebra ring.
From rankscape Require Import expansions landscape forms feasible unit_vectors.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import Order.Theory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

(** y is feasible and has multipliers, and the Hessian of their Lagrangian is nowhere negative on tangent vectors. *)
Definition second_order_on (F : realFieldType) n m (f : 'rV[F]_n -> F) (c : 'rV[F]_n -> 'rV[F]_m) (y : 'rV[F]_n) : Prop :=
  exists mu A (J : 'M[F]_(m, n)),
    [/\ critical_on f c y mu A, derivative_on c y J & forall w : 'rV[F]_n, w *m J^T = 0 -> 0 <= form A w].

Definition local_min_on (F : realFieldType) n m (f : 'rV[F]_n -> F) (c : 'rV[F]_n -> 'rV[F]_m) (y : 'rV[F]_n) : Prop :=
  c y = 0 /\ exists2 d : F, 0 < d & forall w, norm1 w <= d -> c (y + w) = 0 -> f y <= f (y + w).

(** ** Along a line *)

Section Lines.
Variable F : realFieldType.

Lemma squeezed (a K d : F) : 0 < d -> (forall t, 0 < t -> t <= d -> `|a| <= K * t) -> a = 0.
Proof.
move=> d0 h; apply/eqP; apply: contraT => a0; have n0 : 0 < `|a| by rewrite normr_gt0.
have k0 : 0 < `|K| + 1 by rewrite ltr_paddl.
pose t := Num.min d (`|a| / (2%:R * (`|K| + 1))).
have t0 : 0 < t by rewrite lt_minr d0 divr_gt0 // mulr_gt0 ?ltr0n.
have le : `|a| <= (`|K| + 1) * t.
  apply: le_trans (h t t0 _) _; first by rewrite le_minl lexx.
  by rewrite ler_pmul2r // (le_trans (ler_norm K)) // ler_addl ler01.
have le2 : 2%:R * ((`|K| + 1) * t) <= `|a|.
  by rewrite mulrA mulrC -ler_pdivl_mulr ?mulr_gt0 ?ltr0n // le_minl lexx orbT.
have le3 : 2%:R * `|a| <= `|a| by apply: le_trans le2; rewrite ler_pmul2l ?ltr0n.
by move: le3; rewrite mulr_natl mulr2n ger_addl leNgt n0.
Qed.

Lemma on_line n (g : 'rV[F]_n -> F) k w : (exists C d : F, 0 < d /\ forall v, norm1 v <= d -> g v <= C * norm1 v ^+ k) ->
  exists K e : F, [/\ 0 <= K, 0 < e, e <= 1 & forall t, 0 < t -> t <= e -> g (t *: w) <= K * t ^+ k].
Proof.
case=> C [d [d0 h]]; have s0 : 0 < norm1 w + 1 by rewrite ltr_paddl ?norm1_ge0 ?ltr01.
exists (`|C| * norm1 w ^+ k), (Num.min (d / (norm1 w + 1)) 1); split.
- by rewrite mulr_ge0 ?exprn_ge0 ?norm1_ge0.
- by rewrite lt_minr ltr01 divr_gt0.
- by rewrite le_minl lexx orbT.
move=> t t0; rewrite le_minr ler_pdivl_mulr // => /andP[td _].
have e : norm1 (t *: w) = t * norm1 w by rewrite norm1Z gtr0_norm.
have tw : norm1 (t *: w) <= d by rewrite e (le_trans _ td) // ler_pmul2l // ler_addl ler01.
apply: le_trans (h _ tw) _; rewrite e exprMn -[X in _ <= X]mulrA [X in _ <= _ * X]mulrC ler_wpmul2r ?ler_norm //.
by rewrite mulr_ge0 ?exprn_ge0 ?norm1_ge0 // ltW.
Qed.

(** Coefficients that are smaller than their powers allow are 0. *)
Lemma first_coefficient (a b K e : F) : 0 < e -> e <= 1 -> (forall t, 0 < t -> t <= e -> `|t * a + t ^+ 2 * b| <= K * t ^+ 2) -> a = 0.
Proof.
move=> e0 e1 h; apply: (@squeezed _ (K + `|b|) e) => // t t0 te; rewrite -(ler_pmul2l t0).
have -> : t * `|a| = `|t * a| by rewrite normrM gtr0_norm.
have -> : t * a = (t * a + t ^+ 2 * b) - t ^+ 2 * b by rewrite addrK.
apply: le_trans (ler_norm_sub _ _) _; rewrite normrM [`|t ^+ 2|]ger0_norm ?exprn_ge0 ?(ltW t0) //.
apply: le_trans (ler_add (h _ t0 te) (lexx _)) _; rewrite le_eqVlt; apply/orP; left; apply/eqP; move: `|b| => B; ring.
Qed.

Lemma second_coefficient (b K e : F) : 0 < e -> (forall t, 0 < t -> t <= e -> `|t ^+ 2 * b| <= K * t ^+ 3) -> b = 0.
Proof.
move=> e0 h; apply: (@squeezed _ K e) => // t t0 te; have t2 : 0 < t ^+ 2 by exact: exprn_gt0.
rewrite -(ler_pmul2l t2); have -> : t ^+ 2 * `|b| = `|t ^+ 2 * b| by rewrite normrM gtr0_norm.
by apply: le_trans (h _ t0 te) _; rewrite le_eqVlt; apply/orP; left; apply/eqP; ring.
Qed.
End Lines.

(** ** Unit vectors *)

Section UnitLosses.
Variables (F : realFieldType) (N n p : nat) (f : 'rV[F]_N -> F) (c : 'rV[F]_N -> 'rV[F]_n).
Variables (V : 'rV[F]_N -> 'M[F]_(n, p)) (U : 'M[F]_(n, p) -> 'rV[F]_N) (C R : 'M[F]_n) (k : F).
Hypothesis VD : forall y w, V (y + w) = V y + V w.
Hypothesis VZ : forall t w, V (t *: w) = t *: V w.
Hypothesis VU : forall Z, V (U Z) = Z.
Hypothesis Cs : C^T = C.
Hypothesis loss : forall y, f y = k + pairing C (products (V y)).
Hypothesis lengths : forall y i, \sum_j R i j * c y 0 j = products (V y) i i - 1.

Lemma feasible_unit y : c y = 0 -> unit_rows (V y).
Proof.
move=> cy i; apply/eqP; rewrite -subr_eq0 -lengths big1 // => j _; by rewrite cy mxE mulr0.
Qed.

Lemma constraints_of_lengths y0 : c y0 = 0 -> exists R' : 'M[F]_n, forall y j, c y 0 j = \sum_i R' j i * (products (V y) i i - 1).
Proof.
move=> /feasible_unit unit0; have Rf : row_free R.
  apply: free_from_kernel => u uR; apply/rowP => i; rewrite [RHS]mxE.
  have : \sum_l u 0 l * (products (V (U (\matrix_(l, a) ((if l == i then 2%:R else 1) * V y0 l a)))) l l - 1) = 0.
    under eq_bigr => l _ do rewrite -lengths mulr_sumr.
    rewrite exchange_big big1 // => j _; under eq_bigr => l _ do rewrite mulrA.
    by rewrite -mulr_suml; have := congr1 (fun r : 'rV_n => r 0 j) uR; rewrite !mxE => ->; rewrite mul0r.
  rewrite VU (bigD1 i) //= [X in _ + X]big1 => [|l /negPf li].
    rewrite addr0 /inner_rows; under eq_bigr => a _ do rewrite !mxE eqxx mulrACA.
    rewrite -mulr_sumr -/(inner_rows _ _ i i) unit0 => /eqP; rewrite mulf_eq0 => /orP[/eqP//|/eqP e].
    have : 3%:R = 0 :> F by rewrite -[RHS]e; ring.
    by move/eqP; rewrite pnatr_eq0.
  rewrite /inner_rows; under eq_bigr => a _ do rewrite !mxE li !mul1r.
  by rewrite -/(inner_rows _ _ l l) unit0 subrr mulr0.
have Ru : R \in unitmx by rewrite -row_free_unit.
exists (invmx R) => y j; have e : R *m (c y)^T = \col_i (products (V y) i i - 1).
  by apply/colP => i; rewrite !mxE -lengths; apply: eq_bigr => l _; rewrite mxE.
have : (c y)^T = invmx R *m \col_i (products (V y) i i - 1) by rewrite -e mulKmx.
move/matrixP/(_ j 0); rewrite !mxE => ->; by apply: eq_bigr => i _; rewrite mxE.
Qed.

Lemma products_line (W Z : 'M[F]_(n, p)) t i j :
  products (W + t *: Z) i j = products W i j + (t * (inner_rows Z W i j + inner_rows Z W j i) + t ^+ 2 * products Z i j).
Proof.
rewrite /inner_rows -big_split !mulr_sumr -!big_split; apply: eq_bigr => a _; rewrite !mxE /=.
by move: (W i a) (W j a) (Z i a) (Z j a) => x y z s; ring.
Qed.

(** With multipliers of the lengths. *)
Definition slack_at y : Prop := exists2 mu : 'I_n -> F, unit_rows (V y) &
  second_order_slack (\matrix_(i, j) (C i j - (if i == j then mu i else 0))) (V y).

Lemma second_order_slack_at y : second_order_on f c y -> slack_at y.
Proof.
case=> nu [A [J [[cy [_ ex]] dj so]]]; have unit0 := feasible_unit cy; have [R' cR] := constraints_of_lengths cy.
pose mu i := \sum_j nu 0 j * R' j i; exists mu => //.
set S := \matrix_(i, j) _; have Ss : S^T = S.
  apply/matrixP => i j; rewrite !mxE eq_sym; have := congr1 (fun M : 'M_n => M i j) Cs; rewrite mxE => ->.
  by case: eqP => [->|].
have lag z : lagrangian_of f c nu z = k + \sum_i mu i + pairing S (products (V z)).
  have -> : pairing S (products (V z)) = pairing C (products (V z)) - \sum_i mu i * products (V z) i i.
    rewrite /pairing -sumrB; apply: eq_bigr => i _.
    have -> : mu i * products (V z) i i = \sum_j (if i == j then mu i else 0) * products (V z) i j.
      by rewrite (bigD1 i) //= eqxx big1 ?addr0 // => j ji; rewrite eq_sym (negPf ji) mul0r.
    by rewrite -sumrB; apply: eq_bigr => j _; rewrite mxE mulrBl.
  rewrite /lagrangian_of loss; have -> : (c z *m nu^T) 0 0 = \sum_i mu i * products (V z) i i - \sum_i mu i.
    rewrite -sumrB mxE; under eq_bigr => j _ do rewrite cR mxE mulr_suml.
    rewrite exchange_big; apply: eq_bigr => i _; rewrite -[X in _ - X]mulr1 -mulrBr mulr_suml; apply: eq_bigr => j _.
    by rewrite mulrC mulrA.
  by move: (pairing _ _) (\sum_i mu i * _) (\sum_i mu i) => x z1 z2; ring.
have line w t : lagrangian_of f c nu (y + t *: w) - lagrangian_of f c nu y =
    t * (2%:R * pairing S (inner_rows (V w) (V y))) + t ^+ 2 * pairing S (products (V w)).
  rewrite !lag VD VZ (@eq_pairing _ _ _ _ _ (products_line _ _ _)) pairingD pairingD !pairingZ pairingD.
  rewrite -(pairing_swap (fun i j => inner_rows (V w) (V y) i j) Ss).
  by move: (pairing S (products (V y))) (pairing S _) (pairing S _) (\sum_i mu i) => x1 x2 x3 x4; ring.
have coefficients w : pairing S (inner_rows (V w) (V y)) = 0 /\ pairing S (products (V w)) = form A w / 2%:R.
  have [K [e [K0 e0 e1 h]]] := on_line w ex.
  set P := pairing S (inner_rows _ _); set Q := pairing S _.
  have {}h t : 0 < t -> t <= e -> `|t * (2%:R * P) + t ^+ 2 * (Q - form A w / 2%:R)| <= K * t ^+ 3.
    move=> t0 te; have := h t t0 te; rewrite trmx0 mulmx0 [(0 : 'M_1) 0 0]mxE subr0 line -/P -/Q form_scale.
    by congr (`|_| <= _); move: (form A w) => x; field.
  have P0 : 2%:R * P = 0.
    apply: (@first_coefficient _ _ (Q - form A w / 2%:R) K e e0 e1) => t t0 te; apply: le_trans (h t t0 te) _.
    by rewrite ler_wpmul2l // ler_wiexpn2l ?(ltW t0) ?(le_trans te).
  split; first by apply/eqP; move/eqP: P0; rewrite mulf_eq0 pnatr_eq0.
  apply/eqP; rewrite -subr_eq0; apply/eqP; apply: (@second_coefficient _ _ K e e0) => t t0 te.
  by have := h t t0 te; rewrite P0 mulr0 add0r.
split=> //.
  apply/matrixP => i a; have [e _] := coefficients (U (delta_mx i a)); rewrite VU in e; rewrite [RHS]mxE -[RHS]e.
  rewrite /pairing (bigD1 i) //= [X in _ + X]big1 => [|l /negPf li].
    rewrite addr0 mxE; apply: eq_bigr => j _; rewrite /inner_rows (bigD1 a) //= [X in _ + X]big1 => [|b /negPf ba].
      by rewrite addr0 [delta_mx _ _ _ _]mxE !eqxx mul1r.
    by rewrite [delta_mx _ _ _ _]mxE ba andbF mul0r.
  by apply: big1 => j _; rewrite /inner_rows big1 ?mulr0 // => b _; rewrite [delta_mx _ _ _ _]mxE li mul0r.
move=> Z tZ; have [_ e] := coefficients (U Z); rewrite VU in e; rewrite e divr_ge0 ?ler0n // so //.
apply/rowP => j; rewrite [RHS]mxE.
rewrite /derivative_on in dj; have [K [e1 [K0 e0 e11 h]]] := on_line (U Z) dj.
apply/eqP; rewrite -oppr_eq0; apply/eqP; apply: (@first_coefficient _ _ (\sum_i R' j i * products Z i i) K e1 e0 e11) => t t0 te.
apply: le_trans (h t t0 te); set q := c _ - _ - _; have := norm1_coordinate q j; rewrite coordinateE.
apply: le_trans; rewrite le_eqVlt; apply/orP; left; apply/eqP; congr `|_|.
rewrite /q cy subr0 -scalemxAl ![in RHS]mxE cR VD VZ VU addrC; congr (_ + _); last by rewrite -mulrN mxE.
rewrite mulr_sumr; apply: eq_bigr => i _; rewrite products_line unit0.
have -> : inner_rows Z (V y) i i = 0 by rewrite -[RHS](tZ i); apply: eq_bigr => a _; rewrite mulrC.
by move: (products Z i i) => x; ring.
Qed.

(** The loss is a constant plus the pairing with any matrix that differs on the diagonal alone. *)
Lemma loss_off_diagonal (S : 'M[F]_n) (g : 'I_n -> F) y : (forall i j, S i j = C i j - (if i == j then g i else 0)) -> unit_rows (V y) ->
  f y = k + \sum_i g i + pairing S (products (V y)).
Proof.
move=> e unit_y; rewrite loss -addrA; congr (_ + _); rewrite -big_split; apply: eq_bigr => i _.
have eg : \sum_j (if i == j then g i else 0) * products (V y) i j = g i.
  by rewrite (bigD1 i) //= eqxx unit_y mulr1 big1 ?addr0 // => j ji; rewrite eq_sym (negPf ji) mul0r.
by rewrite -[X in _ = X + _]eg -big_split; apply: eq_bigr => j _; rewrite e /= -mulrDl addrC subrK.
Qed.

Theorem few_benign y : (n < 2 * p)%N -> slack_at y -> global_min_on f c y.
Proof.
move=> np so z /feasible_unit unit_z; have [mu unit_y slack] := so.
set S := \matrix_(i, j) _ in slack.
have eS i j : S i j = C i j - (if i == j then mu i else 0) by rewrite mxE.
rewrite (loss_off_diagonal eS unit_y) (loss_off_diagonal eS unit_z) ler_add2l.
have psd := few_vectors np slack; have [_ SV _] := slack; rewrite (pairing_null SV).
exact: (pairing_gram (fun a i => V z i a)).
Qed.

Section Conditioned.
Variables (x d : 'I_n -> F) (L : 'M[F]_n) (least greatest : F).
Hypothesis signs : forall i, x i * x i = 1.
Hypothesis Loff : forall i j, i != j -> L i j = x i * (C i j * x j).
Hypothesis L1 : forall i, \sum_j L i j = 0.
Hypothesis d0 : forall i, 0 < d i.
Hypothesis d1 : \sum_i d i = 1.
Hypothesis above : forall w, 0 <= form (L - least *: spread_of d) w.
Hypothesis below : forall w, 0 <= form (greatest *: spread_of d - L) w.
Hypothesis ratio : greatest < p%:R * least.

Let turn (Z : 'M[F]_(n, p)) : 'M[F]_(n, p) := \matrix_(i, a) (x i * Z i a).

Let turn_products Z i j : products (turn Z) i j = x i * x j * products Z i j.
Proof. by rewrite /inner_rows mulr_sumr; apply: eq_bigr => a _; rewrite !mxE mulrACA. Qed.

Let turn_unit Z : unit_rows Z -> unit_rows (turn Z).
Proof. by move=> u i; rewrite turn_products signs u mul1r. Qed.

Theorem conditioned_benign y : slack_at y ->
  global_min_on f c y /\ exists2 u : 'I_p -> F, \sum_a u a * u a = 1 & forall i a, V y i a = x i * u a.
Proof.
move=> [mu unit_y [Ss SV S2]]; set S := \matrix_(i, j) _ in Ss SV S2.
pose T : 'M[F]_n := \matrix_(i, j) (x i * (S i j * x j)).
have slack : second_order_slack T (turn (V y)).
  split.
  - apply/matrixP => i j; rewrite mxE [LHS]mxE [RHS]mxE; have := congr1 (fun M : 'M_n => M i j) Ss; rewrite [in X in X -> _]mxE => ->.
    by move: (S i j) => q; ring.
  - apply/matrixP => i a; have := congr1 (fun M : 'M_(n, p) => M i a) SV; rewrite /= mxE [RHS]mxE => e.
    rewrite mxE [RHS]mxE -[RHS](mulr0 (x i)) -[in RHS]e mulr_sumr; apply: eq_bigr => j _.
    rewrite [T _ _]mxE [turn _ _ _]mxE -!mulrA; congr (_ * (_ * _)); by rewrite mulrA signs mul1r.
  move=> Z tZ; have := S2 (turn Z); rewrite (_ : pairing S _ = pairing T (products Z)).
    apply=> i; rewrite -[RHS](tZ i); apply: eq_bigr => a _; by rewrite !mxE mulrCA mulrA.
  apply: eq_bigr => i _; apply: eq_bigr => j _; rewrite turn_products [T _ _]mxE.
  by move: (S i j) (products Z i j) => q z; ring.
have TL i j : T i j = L i j - (if i == j then L i i - T i i else 0).
  case: eqP => [<-|/eqP ij]; first by rewrite subKr.
  by rewrite subr0 Loff // mxE [S _ _]mxE (negPf ij) subr0.
have unit_W := turn_unit unit_y.
split; last first.
  exists (fun a => \sum_i d i * turn (V y) i a); first exact: (mean_is_unit unit_W slack TL L1 d0 d1 above below ratio).
  move=> i a; rewrite -(conditioned unit_W slack TL L1 d0 d1 above below ratio i a) mxE mulrA signs mul1r //.
move=> z /feasible_unit unit_z.
have le := conditioned_least unit_W slack TL L1 d0 d1 above below ratio (turn_unit unit_z).
pose S' : 'M[F]_n := \matrix_(i, j) (x i * (L i j * x j)).
have eS i j : S' i j = C i j - (if i == j then C i i - L i i else 0).
  rewrite mxE; case: eqP => [<-|/eqP ij]; first by rewrite subKr mulrCA signs mulr1.
  by rewrite Loff // subr0 -mulrA -[C i j * _ * _]mulrA signs mulr1 mulrA signs mul1r.
have turned w : pairing S' (products (V w)) = pairing L (products (turn (V w))).
  apply: eq_bigr => i _; apply: eq_bigr => j _; rewrite turn_products mxE.
  by move: (L i j) (products _ i j) => q z'; ring.
by rewrite (loss_off_diagonal eS unit_y) (loss_off_diagonal eS unit_z) ler_add2l !turned.
Qed.
End Conditioned.
End UnitLosses.
