(** Losses <C, V V^T> of unit vectors v_1, .., v_n, the rows of V: that every second-order point is a global minimizer, where there are few
    vectors, or where the slack is well conditioned. *)
From mathcomp Require Import ssreflect ssrfun ssrbool eqtype ssrnat seq fintype finfun bigop.
From mathcomp Require Import order ssralg ssrnum zmodp matrix mxalgebra ring.
From rankscape Require Import expansions landscape forms kyfan.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import Order.Theory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Section Pairings.
Variables (F : realFieldType) (n : nat).
Implicit Types (M : 'M[F]_n) (Y : 'I_n -> 'I_n -> F).

Definition pairing M Y : F := \sum_i \sum_j M i j * Y i j.

Definition inner_rows p (V W : 'M[F]_(n, p)) (i j : 'I_n) : F := \sum_a V i a * W j a.
Notation products V := (inner_rows V V).

Lemma eq_pairing M Y Y' : (forall i j, Y i j = Y' i j) -> pairing M Y = pairing M Y'.
Proof. by move=> e; apply: eq_bigr => i _; apply: eq_bigr => j _; rewrite e. Qed.

Lemma pairingD M Y Y' : pairing M (fun i j => Y i j + Y' i j) = pairing M Y + pairing M Y'.
Proof. by rewrite -big_split; apply: eq_bigr => i _; rewrite -big_split; apply: eq_bigr => j _; rewrite mulrDr. Qed.

Lemma pairingZ M c Y : pairing M (fun i j => c * Y i j) = c * pairing M Y.
Proof. by rewrite mulr_sumr; apply: eq_bigr => i _; rewrite mulr_sumr; apply: eq_bigr => j _; rewrite mulrCA. Qed.

Lemma pairing_sum M (I : finType) (Y : I -> 'I_n -> 'I_n -> F) : pairing M (fun i j => \sum_k Y k i j) = \sum_k pairing M (Y k).
Proof.
rewrite [RHS]exchange_big; apply: eq_bigr => i _; rewrite exchange_big; apply: eq_bigr => j _; exact: mulr_sumr.
Qed.

Lemma pairing_swap M Y : M^T = M -> pairing M Y = pairing M (fun i j => Y j i).
Proof. by move=> s; rewrite /pairing exchange_big; apply: eq_bigr => i _; apply: eq_bigr => j _; rewrite -{1}s mxE. Qed.

Lemma pairing_linear M N a b Y : pairing (a *: M + b *: N) Y = a * pairing M Y + b * pairing N Y.
Proof.
rewrite !mulr_sumr -big_split; apply: eq_bigr => i _; rewrite !mulr_sumr -big_split; apply: eq_bigr => j _ /=.
by rewrite !mxE mulrDl !mulrA.
Qed.

(** With a Gram matrix, also one of entrywise products of vectors. *)
Lemma pairing_gram M (I : finType) (g : I -> 'I_n -> F) : (forall w, 0 <= form M w) -> 0 <= pairing M (fun i j => \sum_k g k i * g k j).
Proof.
move=> h; rewrite pairing_sum; apply: sumr_ge0 => k _; have := h (\row_i g k i); rewrite form_sum; congr (0 <= _).
by apply: eq_bigr => i _; apply: eq_bigr => j _; rewrite !mxE; ring.
Qed.

Lemma pairing_schur M p q (V : 'M[F]_(n, p)) (W : 'M[F]_(n, q)) : (forall w, 0 <= form M w) ->
  0 <= pairing M (fun i j => products V i j * products W i j).
Proof.
move=> h; rewrite (@eq_pairing _ _ (fun i j => \sum_k V i k.1 * W i k.2 * (V j k.1 * W j k.2))); last first.
  by move=> i j; rewrite big_distrlr pair_big; apply: eq_bigr => k _; rewrite mulrACA.
exact: (pairing_gram (fun (k : 'I_p * 'I_q) i => V i k.1 * W i k.2)).
Qed.

End Pairings.
Notation products V := (inner_rows V V).

Section UnitVectors.
Variables (F : realFieldType) (n p : nat).

Definition unit_rows (V : 'M[F]_(n, p)) : Prop := forall i, products V i i = 1.

(** z_i is orthogonal to v_i for each i. *)
Definition tangent_rows (V Z : 'M[F]_(n, p)) : Prop := forall i, inner_rows V Z i i = 0.

(** V is a second-order point of <S, V V^T> + constant: S is C less the multipliers on its diagonal. *)
Definition second_order_slack (S : 'M[F]_n) (V : 'M[F]_(n, p)) : Prop :=
  [/\ S^T = S, S *m V = 0 & forall Z, tangent_rows V Z -> 0 <= pairing S (products Z)].

Lemma pairing_trace (S : 'M[F]_n) (Z : 'M[F]_(n, p)) : pairing S (products Z) = \tr (Z^T *m S *m Z).
Proof.
rewrite pairing_sum; apply: eq_bigr => a _; rewrite mxE; rewrite /pairing exchange_big; apply: eq_bigr => j _.
by rewrite mxE mulr_suml; apply: eq_bigr => i _; rewrite !mxE mulrA [S _ _ * _]mulrC.
Qed.

Lemma pairing_null (S : 'M[F]_n) (V : 'M[F]_(n, p)) : S *m V = 0 -> pairing S (products V) = 0.
Proof. by move=> e; rewrite pairing_trace -mulmxA e mulmx0 linear0. Qed.

(** ** Few vectors: 2 p > n *)

(** w, not 0, and G with u_i <v_i, w> + v_i^T G v_i = 0 for all i. *)
Lemma tangent_change (V : 'M[F]_(n, p)) (u : 'rV[F]_n) : (n < 2 * p)%N ->
  exists (w : 'rV[F]_p) (G : 'M[F]_p), w != 0 /\ tangent_rows V (u^T *m w + V *m G).
Proof.
move=> np; have [f [D BD]] : exists (f : 'I_(\rank V) -> 'I_n) (D : 'M[F]_(p, \rank V)), rowsub f V *m D = 1%:M.
  by exists (fun k => maxrankfun V k); apply/row_freeP; exact: maxrowsub_free.
have tangent (w : 'rV[F]_p) (G : 'M[F]_p) : (forall i, u 0 i * (row i V *m w^T) 0 0 + form G (row i V) = 0) -> tangent_rows V (u^T *m w + V *m G).
  move=> h i; transitivity (u 0 i * (\sum_a V i a * w 0 a) + \sum_a V i a * (V *m G) i a).
    rewrite mulr_sumr -big_split; apply: eq_bigr => a _ /=; rewrite mxE [(u^T *m w) i a]mxE big_ord1 [u^T _ _]mxE.
    by move: (V i a) (u 0 i) (w 0 a) ((V *m G) i a) => x y z t; ring.
  rewrite -[RHS](h i); congr (_ * _ + _); first by rewrite [RHS]mxE; apply: eq_bigr => a _; rewrite !mxE.
  by rewrite /form -row_mul [RHS]mxE; apply: eq_bigr => a _; rewrite mulrC; congr (_ * _); rewrite !mxE.
have [lt|ge] := ltnP (\rank V) p.
  have : kermx V^T != 0 by rewrite -mxrank_eq0 mxrank_ker mxrank_tr subn_eq0 -ltnNge.
  case/rowV0Pn=> w /sub_kermxP wV w0; exists w, 0; split=> //; apply: tangent => i.
  rewrite /form mulmx0 mul0mx [X in _ + X]mxE addr0; have : V *m w^T = 0 by apply: trmx_inj; rewrite trmx_mul trmxK trmx0.
  by move=> e; rewrite -row_mul e !mxE mulr0.
pose B : 'M[F]_(\rank V, n) := \matrix_(k, i) (V *m D) i k ^+ 2.
  pose W : 'M[F]_(p, n) := \matrix_(a, i) (u 0 i * V i a).
  have [q q0 qK] : exists2 q : 'rV[F]_(\rank V + p), q != 0 & q *m col_mx B W = 0.
    have : kermx (col_mx B W) != 0.
      rewrite -mxrank_eq0 mxrank_ker subn_eq0 -ltnNge; apply: leq_ltn_trans (rank_leq_col _) _.
      by apply: leq_trans np _; rewrite mul2n -addnn leq_add2r.
    by case/rowV0Pn=> q /sub_kermxP qK q0; exists q.
  set s := lsubmx q; set w := rsubmx q; have {}qK : s *m B + w *m W = 0 by rewrite -mul_row_col hsubmxK.
  exists w, (D *m diag_mx s *m D^T); split.
    apply: contraNneq q0 => w0; rewrite -[q]hsubmxK -/s -/w w0 in qK *; rewrite mul0mx addr0 in qK.
    suff -> : s = 0 by rewrite row_mx0.
    apply/rowP => j; have := congr1 (fun r : 'rV_n => r 0 (f j)) qK; rewrite mxE [RHS]mxE => e; rewrite [RHS]mxE -[RHS]e.
    have VD k : (V *m D) (f j) k = (j == k)%:R.
      have := congr1 (fun M : 'M_(\rank V) => M j k) BD; rewrite [RHS]mxE => <-; rewrite !mxE.
      by apply: eq_bigr => a _; rewrite mxE.
    rewrite (bigD1 j) //= big1 => [|k kj]; rewrite [B _ _]mxE VD; first by rewrite eqxx expr1n mulr1 addr0.
    by rewrite eq_sym (negPf kj) expr0n mulr0.
  apply: tangent => i; have := congr1 (fun r : 'rV_n => r 0 i) qK; rewrite [RHS]mxE => e; rewrite -[RHS]e [RHS]mxE [RHS]addrC; congr (_ + _); last first.
    rewrite /form !mulmxA -mulmxA -trmx_mul -row_mul [LHS]mxE [RHS]mxE; apply: eq_bigr => k _.
    by rewrite mul_mx_diag !mxE; ring.
  by rewrite !mxE mulr_sumr; apply: eq_bigr => a _; rewrite !mxE; ring.
Qed.

Theorem few_vectors (S : 'M[F]_n) (V : 'M[F]_(n, p)) : (n < 2 * p)%N -> second_order_slack S V -> forall u, 0 <= form S u.
Proof.
move=> np [s SV so] u; have [w [G [w0 /so]]] := tangent_change V u np.
rewrite pairing_trace -mulmxA mulmxDr [S *m (V *m G)]mulmxA SV mul0mx addr0.
have VS : V^T *m S = 0 by rewrite -{1}s -trmx_mul SV trmx0.
rewrite linearD /= mulmxDl !trmx_mul trmxK !mulmxA -[G^T *m V^T *m S]mulmxA VS mulmx0 !mul0mx addr0.
have e : u *m S *m u^T = (form S u)%:M by exact: mx11_scalar.
rewrite -[w^T *m u *m S]mulmxA -[w^T *m (u *m S) *m u^T]mulmxA e mul_mx_scalar -scalemxAl linearZ /= mxtrace_mulC trace_mx11.
rewrite pmulr_lge0 // lt0r; apply/andP; split; first by apply: contra w0 => /eqP/square_eq0 ->.
by have := trace_square_ge0 w; rewrite trace_mx11.
Qed.

(** ** A condition number *)

Section Conditioned.
Variables (T L : 'M[F]_n) (W : 'M[F]_(n, p)) (slope : 'I_n -> F) (d : 'I_n -> F) (least greatest : F).
Hypothesis Wu : unit_rows W.
Hypothesis so : second_order_slack T W.
Hypothesis TL : forall i j, T i j = L i j - (if i == j then slope i else 0).
Hypothesis L1 : forall i, \sum_j L i j = 0.
Hypothesis d0 : forall i, 0 < d i.
Hypothesis d1 : \sum_i d i = 1.

(** diag(d) - d d^T *)
Definition spread_of : 'M[F]_n := \matrix_(i, j) ((if i == j then d i else 0) - d i * d j).

Hypothesis above : forall w, 0 <= form (L - least *: spread_of) w.
Hypothesis below : forall w, 0 <= form (greatest *: spread_of - L) w.
Hypothesis ratio : greatest < p%:R * least.

Notation X := (products W).
Let m a := \sum_i d i * W i a.
Let r := \sum_a m a * m a.
Let c i := \sum_a m a * W i a.
Let V : 'M[F]_(n, p) := \matrix_(i, a) (W i a - m a).

Let Ls : L^T = L.
Proof.
case: so => s _ _; apply/matrixP => i j; rewrite mxE; have := congr1 (fun M : 'M_n => M i j) s; rewrite mxE !TL.
by rewrite [j == i]eq_sym; case: eqP => [->|_]; rewrite ?subr0.
Qed.

Lemma pairing_T Y : pairing T Y = pairing L Y - \sum_i slope i * Y i i.
Proof.
rewrite /pairing -sumrB; apply: eq_bigr => i _.
have -> : slope i * Y i i = \sum_j (if i == j then slope i else 0) * Y i j.
  by rewrite (bigD1 i) //= eqxx big1 ?addr0 // => j ji; rewrite eq_sym (negPf ji) mul0r.
by rewrite -sumrB; apply: eq_bigr => j _; rewrite TL mulrBl.
Qed.

Lemma pairing_rows (g : 'I_n -> F) : pairing L (fun i j => g i) = 0.
Proof. by apply: big1 => i _; rewrite -mulr_suml L1 mul0r. Qed.

Lemma TW0 i a : \sum_j T i j * W j a = 0.
Proof. by case: so => _ /matrixP/(_ i a); rewrite !mxE. Qed.

Lemma pairing_gradient (g : 'I_n -> F) : pairing T (fun i j => g i * X i j) = 0.
Proof.
apply: big1 => i _; transitivity (\sum_a g i * W i a * \sum_j T i j * W j a).
  under eq_bigr => j _ do rewrite /inner_rows !mulr_sumr.
  rewrite exchange_big; apply: eq_bigr => a _; rewrite mulr_sumr; apply: eq_bigr => j _; ring.
by apply: big1 => a _; rewrite TW0 mulr0.
Qed.

Lemma slope_sum : pairing L X = \sum_i slope i.
Proof.
have := pairing_gradient (fun=> 1); rewrite (@eq_pairing _ _ _ _ X) => [|i j]; last by rewrite mul1r.
by rewrite pairing_T => /eqP; rewrite subr_eq0 => /eqP->; apply: eq_bigr => i _; rewrite Wu mulr1.
Qed.

Lemma slope_mean : pairing L (fun i j => c i * X i j) = 0.
Proof.
have := pairing_gradient c; rewrite pairing_T => /eqP; rewrite subr_eq0 => /eqP->.
have : pairing T (fun i j => c j) = 0.
  apply: big1 => i _; transitivity (\sum_a m a * \sum_j T i j * W j a).
    under eq_bigr => j _ do rewrite mulr_sumr.
    by rewrite exchange_big; apply: eq_bigr => a _; rewrite mulr_sumr; apply: eq_bigr => j _; rewrite mulrCA.
  by apply: big1 => a _; rewrite TW0 mulr0.
rewrite pairing_T (pairing_swap _ Ls) pairing_rows sub0r => /eqP; rewrite oppr_eq0 => /eqP e.
by rewrite -[RHS]e; apply: eq_bigr => i _; rewrite Wu mulr1.
Qed.

(** The Hessian along the directions e_b - <e_b, w_i> w_i, summed over b. *)
Lemma averaged : (p%:R - 1) * pairing L X <= pairing L (fun i j => X i j * X i j).
Proof.
pose Z b : 'M[F]_(n, p) := \matrix_(i, a) ((a == b)%:R - W i b * W i a).
have : 0 <= \sum_b pairing T (products (Z b)).
  apply: sumr_ge0 => b _; case: so => _ _; apply=> i.
  rewrite /inner_rows; under eq_bigr => a _ do rewrite mxE mulrBr mulrCA.
  rewrite sumrB -mulr_sumr -/(inner_rows W W i i) Wu mulr1 (bigD1 b) //= eqxx mulr1 big1 ?addr0 ?subrr // => a /negPf ->.
  by rewrite mulr0.
rewrite -pairing_sum (@eq_pairing _ _ _ _ (fun i j => (p%:R - 2%:R) + X i j * X i j)); last first.
  move=> i j; transitivity (\sum_(b < p) (1 - W i b * W i b - W j b * W j b + W i b * W j b * X i j)).
    apply: eq_bigr => b _; rewrite /inner_rows.
    transitivity (\sum_a ((a == b)%:R * (a == b)%:R - (a == b)%:R * (W j b * W j a) - (a == b)%:R * (W i b * W i a) + W i b * W j b * (W i a * W j a))).
      by apply: eq_bigr => a _; rewrite !mxE; move: (_ == _)%:R (W i b) (W i a) (W j b) (W j a) => x y z s t; ring.
    rewrite big_split !sumrB /= -mulr_sumr; congr (_ + _).
    have at_b (g : 'I_p -> F) : \sum_a (a == b)%:R * g a = g b.
      by rewrite (bigD1 b) //= eqxx mul1r big1 ?addr0 // => a /negPf ->; rewrite mul0r.
    by rewrite !at_b eqxx addrAC.
  rewrite big_split !sumrB /= sumr_const card_ord -mulr_suml -!/(inner_rows W W _ _) !Wu.
  by move: (X i j) => x; ring.
rewrite pairing_T pairingD.
have -> : pairing L (fun _ _ => p%:R - 2%:R) = 0 by exact: (pairing_rows (fun=> p%:R - 2%:R)).
have -> : \sum_i slope i * (p%:R - 2%:R + X i i * X i i) = (p%:R - 1) * \sum_i slope i.
  by rewrite mulr_sumr; apply: eq_bigr => i _; rewrite Wu; ring.
by rewrite slope_sum add0r subr_ge0.
Qed.

Lemma centred i j : products V i j = X i j - c i - c j + r.
Proof.
rewrite /inner_rows /c /r -!sumrB -big_split; apply: eq_bigr => a _; rewrite !mxE /=.
by move: (W i a) (W j a) (m a) => x y z; ring.
Qed.

Lemma averaged_centred : (p%:R - 1 + r) * pairing L X <= pairing L (fun i j => X i j * products V i j).
Proof.
have -> : pairing L (fun i j => X i j * products V i j) =
  pairing L (fun i j => X i j * X i j + (-1 * (c i * X i j) + (-1 * (c j * X j i) + r * X i j))).
  apply: eq_pairing => i j; rewrite centred; have -> : X j i = X i j by apply: eq_bigr => a _; rewrite mulrC.
  by move: (X i j) (c i) (c j) => x y z; ring.
rewrite !pairingD !pairingZ slope_mean -(pairing_swap (fun i j => c i * X i j) Ls) slope_mean !mulr0 !add0r mulrDl.
by rewrite ler_add2r; exact: averaged.
Qed.

Lemma mean_c : \sum_i d i * c i = r.
Proof.
rewrite /r; transitivity (\sum_a m a * \sum_i d i * W i a) => //.
under [RHS]eq_bigr => a _ do rewrite mulr_sumr.
by rewrite exchange_big; apply: eq_bigr => i _; rewrite mulr_sumr; apply: eq_bigr => a _; rewrite mulrCA.
Qed.

Lemma spread_pairing Y : pairing spread_of Y = \sum_i d i * Y i i - \sum_i \sum_j d i * d j * Y i j.
Proof.
rewrite -sumrB; apply: eq_bigr => i _; rewrite (_ : d i * Y i i = \sum_j (if i == j then d i else 0) * Y i j); last first.
  by rewrite (bigD1 i) //= eqxx big1 ?addr0 // => j ji; rewrite eq_sym (negPf ji) mul0r.
by rewrite -sumrB; apply: eq_bigr => j _; rewrite mxE mulrBl.
Qed.

Lemma spread_products : pairing spread_of X = 1 - r.
Proof.
rewrite spread_pairing; congr (_ - _); first by rewrite -[RHS]d1; apply: eq_bigr => i _; rewrite Wu mulr1.
rewrite -mean_c; apply: eq_bigr => i _; rewrite /c.
transitivity (d i * \sum_a W i a * m a); last by congr (_ * _); apply: eq_bigr => a _; rewrite mulrC.
under eq_bigr => j _ do rewrite -mulrA; rewrite -mulr_sumr; congr (_ * _).
under eq_bigr => j _ do rewrite mulr_sumr; rewrite exchange_big; apply: eq_bigr => a _.
by rewrite mulr_sumr; apply: eq_bigr => j _; rewrite mulrCA.
Qed.

(** The distances from the mean. *)
Lemma spread_distances : \sum_i d i * products V i i = 1 - r.
Proof.
transitivity (\sum_i (d i - 2%:R * (d i * c i) + r * d i)).
  by apply: eq_bigr => i _; rewrite centred Wu; move: (c i) (d i) => x y; ring.
rewrite big_split sumrB /= -!mulr_sumr mean_c d1; ring.
Qed.

Let V0 a : \sum_j d j * V j a = 0.
Proof. by under eq_bigr => j _ do rewrite mxE mulrBr; rewrite sumrB -mulr_suml d1 mul1r subrr. Qed.

Let rest_V i : \sum_j d j * products V i j = 0.
Proof.
transitivity (\sum_a V i a * \sum_j d j * V j a); last by apply: big1 => a _; rewrite V0 mulr0.
under [RHS]eq_bigr => a _ do rewrite mulr_sumr; rewrite exchange_big; apply: eq_bigr => j _.
by rewrite mulr_sumr; apply: eq_bigr => a _; rewrite mulrCA.
Qed.

(** The second moments of the distances, as those of Q = sum of d_i (w_i - m)(w_i - m)^T. *)
Let Q (a b : 'I_p) := \sum_i d i * (V i a * V i b).

Lemma spread_second : \sum_i \sum_j d i * d j * (X i j * products V i j) = \sum_a \sum_b Q a b * Q a b.
Proof.
transitivity (\sum_i \sum_j d i * d j * (products V i j * products V i j)).
  have vanish (g h : 'I_n -> F) : \sum_i \sum_j (g i + h j) * (d i * (d j * products V i j)) = 0.
    transitivity (\sum_i g i * d i * (\sum_j d j * products V i j) + \sum_j h j * d j * (\sum_i d i * products V j i)).
      under [X in _ = X + _]eq_bigr => i _ do rewrite mulr_sumr.
      under [X in _ = _ + X]eq_bigr => i _ do rewrite mulr_sumr.
      rewrite [X in _ = _ + X]exchange_big -big_split; apply: eq_bigr => i _; rewrite -big_split; apply: eq_bigr => j _ /=.
      have -> : products V j i = products V i j by apply: eq_bigr => a _; rewrite mulrC.
      move: (products V i j) => x; ring.
    by rewrite big1 ?add0r => [|i _]; [rewrite big1 // => i _|]; rewrite rest_V mulr0.
  apply/eqP; rewrite -subr_eq0; apply/eqP; rewrite -[RHS](vanish c (fun j => c j - r)) -sumrB; apply: eq_bigr => i _.
  by rewrite -sumrB; apply: eq_bigr => j _; rewrite !centred; move: (X i j) (c i) (c j) (d i) (d j) => x y z s t; ring.
transitivity (\sum_i \sum_j \sum_a \sum_b d i * (V i a * V i b) * (d j * (V j a * V j b))).
  apply: eq_bigr => i _; apply: eq_bigr => j _; rewrite big_distrlr mulr_sumr; apply: eq_bigr => a _; rewrite mulr_sumr.
  by apply: eq_bigr => b _ /=; ring.
under eq_bigr => i _ do rewrite exchange_big; rewrite exchange_big; apply: eq_bigr => a _.
under eq_bigr => i _ do rewrite exchange_big; rewrite exchange_big; apply: eq_bigr => b _.
by rewrite big_distrlr.
Qed.

Lemma trace_Q : \sum_a Q a a = 1 - r.
Proof. by rewrite -spread_distances exchange_big; apply: eq_bigr => i _; rewrite mulr_sumr. Qed.

Lemma second_bound : (1 - r) ^+ 2 <= p%:R * \sum_a \sum_b Q a b * Q a b.
Proof.
rewrite -trace_Q; apply: (@le_trans _ _ (p%:R * \sum_a Q a a * Q a a)); last first.
  rewrite ler_wpmul2l ?ler0n //; apply: ler_sum => a _; rewrite (bigD1 a) //= ler_addl sumr_ge0 // => b _.
  by rewrite -expr2 sqr_ge0.
have -> : \sum_a Q a a * Q a a = \sum_a (\row_a Q a a) 0 a ^+ 2 by apply: eq_bigr => a _; rewrite mxE expr2.
apply: le_trans (cauchy _); rewrite -[X in X <= _]real_normK ?num_real // ler_sqr ?nnegrE ?norm1_ge0 ?normr_ge0 //.
by apply: le_trans (ler_norm_sum _ _ _) _; apply: ler_sum => a _; rewrite mxE.
Qed.

Lemma r_ge0 : 0 <= r.
Proof. by apply: sumr_ge0 => a _; rewrite -expr2 sqr_ge0. Qed.

Lemma r_le1 : 0 <= 1 - r.
Proof.
rewrite -spread_distances; apply: sumr_ge0 => i _; rewrite mulr_ge0 ?(ltW (d0 i)) //.
by apply: sumr_ge0 => a _; rewrite -expr2 sqr_ge0.
Qed.

Lemma pairing_least Y : pairing (L - least *: spread_of) Y = pairing L Y - least * pairing spread_of Y.
Proof. by have := pairing_linear L spread_of 1 (- least) Y; rewrite scale1r scaleNr mul1r mulNr. Qed.

Lemma pairing_greatest Y : pairing (greatest *: spread_of - L) Y = greatest * pairing spread_of Y - pairing L Y.
Proof. by have := pairing_linear spread_of L greatest (-1) Y; rewrite scaleN1r mulN1r. Qed.

Lemma spread_ge0 w : 0 <= form spread_of w.
Proof.
pose mu := \sum_i d i * w 0 i.
have -> : form spread_of w = \sum_i d i * (w 0 i - mu) ^+ 2; last by apply: sumr_ge0 => i _; rewrite mulr_ge0 ?sqr_ge0 // ltW.
have -> : form spread_of w = pairing spread_of (fun i j => w 0 i * w 0 j).
  by rewrite form_sum; apply: eq_bigr => i _; apply: eq_bigr => j _; move: (spread_of i j) (w 0 i) (w 0 j) => x y z; ring.
rewrite spread_pairing; transitivity (\sum_i d i * (w 0 i * w 0 i) - mu * mu).
  congr (_ - _); rewrite big_distrlr; apply: eq_bigr => i _; apply: eq_bigr => j _ /=; move: (w 0 i) (w 0 j) (d i) (d j) => x y z t; ring.
transitivity (\sum_i (d i * (w 0 i * w 0 i) - 2%:R * mu * (d i * w 0 i) + mu ^+ 2 * d i)); last by apply: eq_bigr => i _; move: (w 0 i) (d i) => x y; ring.
rewrite big_split sumrB /= -!mulr_sumr d1 -/mu; ring.
Qed.

(** Where the variance t is not 0. *)
Lemma bounds_positive t x : 0 < p%:R :> F -> 0 < t -> least * t <= x -> x <= greatest * t ->
  [/\ 0 < least, 0 < greatest & 0 < p%:R - 1 :> F].
Proof.
move=> p0 t0 lo hi; have lg : least <= greatest by rewrite -(ler_pmul2r t0); exact: le_trans lo hi.
have k0 : 0 <= p%:R - 1 :> F by rewrite subr_ge0 ler1n -(ltr0n F).
have kl : 0 < (p%:R - 1) * least by rewrite mulrBl mul1r subr_gt0; exact: le_lt_trans lg ratio.
have l0 : 0 < least by rewrite ltNge; apply: contraL kl => l0; rewrite -leNgt mulr_ge0_le0.
split=> //; first exact: lt_le_trans l0 lg.
by rewrite lt0r k0 andbT; apply: contraTneq kl => ->; rewrite mul0r ltxx.
Qed.

Lemma mean_is_unit : r = 1.
Proof.
have := r_le1; rewrite le0r subr_eq0 => /orP[/eqP//|s0]; exfalso.
have lo := pairing_gram (fun a i => W i a) above; rewrite pairing_least -/(inner_rows W W) spread_products subr_ge0 in lo.
have hi := pairing_gram (fun a i => W i a) below; rewrite pairing_greatest -/(inner_rows W W) spread_products subr_ge0 in hi.
have := pairing_schur W V below; rewrite pairing_greatest spread_pairing spread_second subr_ge0.
under [X in _ * (X - _)]eq_bigr => i _ do rewrite Wu mul1r.
rewrite spread_distances; have := second_bound; have := averaged_centred.
move: (pairing L (fun i j => X i j * products V i j)) (pairing L _) lo hi (\sum_a \sum_b _) r_ge0 => l' l lo hi q r0 h1 h2 h3.
set s := 1 - r in s0 lo hi h2 h3 *.
have p0 : 0 < p%:R :> F.
  by rewrite lt0r ler0n andbT; apply: contraTneq h2 => ->; rewrite mul0r -ltNge exprn_gt0.
have [l0 g0 k1] := bounds_positive p0 s0 lo hi.
have t0 : 0 < p%:R - 1 + r by rewrite ltr_paddr.
have : 0 < s * (p%:R - 1 + r) * (p%:R * least - greatest) by rewrite !mulr_gt0 // subr_gt0.
rewrite ltNge => /negP; apply; rewrite -oppr_ge0.
have -> : - (s * (p%:R - 1 + r) * (p%:R * least - greatest)) =
  p%:R * (p%:R - 1 + r) * (l - least * s) + p%:R * (l' - (p%:R - 1 + r) * l) + p%:R * (greatest * (s - q) - l') +
  greatest * (p%:R * q - s ^+ 2) by rewrite /s; ring.
have pt : 0 <= p%:R * (p%:R - 1 + r) by rewrite mulr_ge0 // ltW.
apply: addr_ge0; last by rewrite mulr_ge0 ?(ltW g0) // subr_ge0.
apply: addr_ge0; last by rewrite mulr_ge0 ?(ltW p0) // subr_ge0.
apply: addr_ge0; last by rewrite mulr_ge0 ?(ltW p0) // subr_ge0.
by apply: mulr_ge0; rewrite // subr_ge0.
Qed.

(** All vectors are their mean. *)
Theorem conditioned i a : W i a = m a.
Proof.
have e : \sum_i d i * products V i i == 0 by rewrite spread_distances mean_is_unit subrr.
move: e; rewrite psumr_eq0 => [/allP|j _]; last first.
  rewrite mulr_ge0 ?(ltW (d0 j)) //; apply: sumr_ge0 => b _; rewrite -expr2 sqr_ge0 //.
move/(_ i (mem_index_enum i)); rewrite mulf_eq0 (negPf (lt0r_neq0 (d0 i))) /= psumr_eq0 => [/allP|b _]; last by rewrite -expr2 sqr_ge0.
by move/(_ a (mem_index_enum a)); rewrite mulf_eq0 orbb mxE subr_eq0 => /eqP.
Qed.

(** The form of the slack is nowhere negative on Gram matrices of unit vectors, and 0 there. *)
Theorem conditioned_least (Y : 'M[F]_(n, p)) : unit_rows Y -> pairing L (products W) <= pairing L (products Y).
Proof.
have -> : pairing L (products W) = 0.
  rewrite (@eq_pairing _ _ _ _ (fun _ _ => r)) ?(pairing_rows (fun=> r)) // => i j.
  by apply: eq_bigr => a _; rewrite !conditioned.
move=> Yu.
have lo := pairing_gram (fun a i => Y i a) above; rewrite pairing_least -/(inner_rows Y Y) subr_ge0 in lo.
have hi := pairing_gram (fun a i => Y i a) below; rewrite pairing_greatest -/(inner_rows Y Y) subr_ge0 in hi.
have t0 : 0 <= pairing spread_of (products Y) by exact: (pairing_gram (fun a i => Y i a) spread_ge0).
move: t0 lo hi; rewrite le0r => /orP[/eqP->|t0] lo hi; first by rewrite mulr0 in lo.
have p0 : 0 < p%:R :> F.
  rewrite ltr0n lt0n; apply/negP => /eqP p0; have := mean_is_unit; rewrite /r big1 => [/eqP|a _]; first by rewrite eq_sym oner_eq0.
  by exfalso; move: (ltn_ord a); rewrite {2}p0.
by have [l0 _ _] := bounds_positive p0 t0 lo hi; apply: le_trans lo; rewrite mulr_ge0 ?(ltW l0) ?(ltW t0).
Qed.

End Conditioned.
End UnitVectors.
