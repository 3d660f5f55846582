(** A loss f under constraints c = 0: the terms of the statements, and strict minima on the feasible set from a form that is
    definite on the null space of the derivative of c. *)
From mathcomp Require Import ssreflect ssrfun ssrbool eqtype ssrnat seq fintype bigop.
From mathcomp Require Import order ssralg ssrnum zmodp matrix mxalgebra ring.
From rankscape Require Import asymptotics expansions landscape forms local bordered.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import Order.Theory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Section Terms.
Variables (F : realFieldType) (n m : nat) (f : 'rV[F]_n -> F) (c : 'rV[F]_n -> 'rV[F]_m).
Implicit Types (x w : 'rV[F]_n) (A : 'M[F]_n) (J : 'M[F]_(m, n)) (mu : 'rV[F]_m).

(** f - <mu, c> *)
Definition lagrangian_of mu (y : 'rV[F]_n) : F := f y - (c y *m mu^T) 0 0.

(** x is feasible, and the Lagrangian has no gradient there; A is its Hessian. *)
Definition critical_on x mu A : Prop := c x = 0 /\ expansion (lagrangian_of mu) x 0 A.

(** The rows of J are the gradients of the constraints. *)
Definition derivative_on x J : Prop := exists C d : F, 0 < d /\
  forall w, norm1 w <= d -> norm1 (c (x + w) - c x - w *m J^T) <= C * norm1 w ^+ 2.

Definition strict_min_on x : Prop :=
  exists2 d : F, 0 < d & forall w, w != 0 -> norm1 w <= d -> c (x + w) = 0 -> f x < f (x + w).
Definition strict_max_on x : Prop :=
  exists2 d : F, 0 < d & forall w, w != 0 -> norm1 w <= d -> c (x + w) = 0 -> f (x + w) < f x.
Definition global_min_on x : Prop := forall y, c y = 0 -> f x <= f y.

Lemma lagrangian_feasible mu y : c y = 0 -> lagrangian_of mu y = f y.
Proof. by rewrite /lagrangian_of => ->; rewrite mul0mx [(0 : 'M_1) 0 0]mxE subr0. Qed.

End Terms.

(** ** Definite forms are coercive *)

Section Coercive.
Variable F : realFieldType.

Lemma norm1D n (v w : 'rV[F]_n) : norm1 (v + w) <= norm1 v + norm1 w.
Proof. by rewrite /norm1 -big_split; apply: ler_sum => i _; rewrite mxE ler_norm_add. Qed.

Lemma norm1N n (w : 'rV[F]_n) : norm1 (- w) = norm1 w.
Proof. by apply: eq_bigr => i _; rewrite mxE normrN. Qed.

Lemma cross_sym n (A : 'M[F]_n) (v w : 'rV[F]_n) : A^T = A -> (v *m A *m w^T) 0 0 = (w *m A *m v^T) 0 0.
Proof. by move=> s; rewrite -[in RHS](trmxK (w *m _ *m _)) [in RHS]mxE !trmx_mul !trmxK s mulmxA. Qed.

Lemma form_plus n (A : 'M[F]_n) (v w : 'rV[F]_n) : A^T = A ->
  form A (v + w) = form A v + 2%:R * (w *m A *m v^T) 0 0 + form A w.
Proof.
move=> s; rewrite /form trD !mulmxDl !mulmxDr !plus00 (cross_sym v w s).
by move: ((v *m A *m v^T) 0 0) ((w *m A *m v^T) 0 0) ((w *m A *m w^T) 0 0) => x y z; ring.
Qed.

Lemma cross_bound n (A : 'M[F]_n) (v w : 'rV[F]_n) : `|(v *m A *m w^T) 0 0| <= norm1 v * norm1 w * \sum_i \sum_j `|A i j|.
Proof.
have -> : norm1 v * norm1 w * (\sum_i \sum_j `|A i j|) = \sum_j \sum_i norm1 v * norm1 w * `|A i j|.
  by rewrite exchange_big mulr_sumr; apply: eq_bigr => i _; rewrite mulr_sumr.
rewrite mxE; apply: le_trans (ler_norm_sum _ _ _) _; apply: ler_sum => j _.
rewrite mxE mulr_suml; apply: le_trans (ler_norm_sum _ _ _) _; apply: ler_sum => i _.
rewrite mxE !normrM mulrAC; apply: ler_wpmul2r => //.
have := norm1_coordinate v i; have := norm1_coordinate w j; rewrite !coordinateE => hw hv.
exact: ler_pmul.
Qed.

Lemma cauchy_schwarz n (A : 'M[F]_n) (v w : 'rV[F]_n) : A^T = A -> (forall u, u != 0 -> 0 < form A u) ->
  (v *m A *m w^T) 0 0 ^+ 2 <= form A v * form A w.
Proof.
move=> s pos; have [->|w0] := eqVneq w 0; first by rewrite trmx0 mulmx0 [(0 : 'M_1) 0 0]mxE form0 mulr0 expr0n.
have fw := pos w w0; set b := (v *m A *m w^T) 0 0.
have : 0 <= form A (form A w *: v + (- b) *: w).
  by have [->|/pos/ltW] := eqVneq (form A w *: v + (- b) *: w) 0; rewrite ?form0.
rewrite form_plus // !form_scale -!scalemxAl trZ -scalemxAr !scale00 (cross_sym w v s) -/b.
have -> : form A w ^+ 2 * form A v + 2%:R * (- b * (form A w * b)) + (- b) ^+ 2 * form A w =
          form A w * (form A v * form A w - b ^+ 2) by ring.
by rewrite pmulr_rge0 // subr_ge0.
Qed.

Lemma definite_coercive n (A : 'M[F]_n) : A^T = A -> (forall u, u != 0 -> 0 < form A u) ->
  exists2 mu : F, 0 < mu & forall u, mu * norm1 u ^+ 2 <= form A u.
Proof.
move=> s pos; have Au : A \in unitmx.
  rewrite -row_free_unit; apply: free_from_kernel => u e; apply/eqP; apply: contraT => /pos.
  by rewrite /form e mul0mx [(0 : 'M_1) 0 0]mxE ltxx.
have psd u : 0 <= form A u by have [->|/pos/ltW//] := eqVneq u 0; rewrite form0.
set H := invmx A; have Hs : H^T = H by rewrite /H trmx_inv s.
pose S := \sum_i form A (row i H).
have S0 : 0 <= S by apply: sumr_ge0.
have each (u : 'rV[F]_n) (i : 'I_n) : u 0 i ^+ 2 <= form A u * form A (row i H).
  have := cauchy_schwarz u (row i H) s pos.
  by rewrite tr_row Hs colE mulmxA mulmxK // -colE mxE.
have k0 : 0 < n%:R * S + 1 :> F by rewrite ltr_paddl ?ltr01 ?mulr_ge0 ?ler0n.
exists (n%:R * S + 1)^-1; first by rewrite invr_gt0.
move=> u; rewrite mulrC ler_pdivr_mulr //; apply: le_trans (cauchy u) _.
apply: le_trans (_ : n%:R * (form A u * S) <= _); last first.
  by rewrite mulrDr mulr1 mulrCA ler_addl.
by rewrite ler_wpmul2l ?ler0n // mulr_sumr ler_sum.
Qed.

End Coercive.

(** ** Minima on the feasible set *)

Section Minima.
Variables (F : realFieldType) (n m : nat) (A : 'M[F]_n) (J : 'M[F]_(m, n)).
Hypothesis As : A^T = A.
Hypothesis Jf : row_free J.

Lemma coercive_on k (U : 'M[F]_(k, n)) : (k + m)%N = n -> row_free U -> U *m J^T = 0 -> positive_on A U ->
  exists2 mu : F, 0 < mu & forall w : 'rV[F]_n, w *m J^T = 0 -> mu * norm1 w ^+ 2 <= form A w.
Proof.
move=> e Uf UJ pU; have [|u|mu mu0 co] := @definite_coercive F k (U *m A *m U^T).
- by rewrite !trmx_mul trmxK As mulmxA.
- by rewrite -form_frame; exact: pU.
set K := \sum_i \sum_j `|U i j|; have K0 : 0 <= K by rewrite sumr_ge0 // => i _; rewrite sumr_ge0.
have k0 : 0 < (K + 1) ^+ 2 by rewrite exprn_gt0 // ltr_paddl ?ltr01.
exists (mu / (K + 1) ^+ 2); first by rewrite divr_gt0.
move=> w wJ; have : (w <= U)%MS.
  have le : (U <= kermx J^T)%MS by apply/sub_kermxP.
  have full : (kermx J^T <= U)%MS.
    rewrite -(mxrank_leqif_sup le).2 (eqP Uf) mxrank_ker mxrank_tr (eqP Jf).
    by apply/eqP; have := congr1 (subn^~ m) e; rewrite /= addnK.
  by apply: submx_trans full; apply/sub_kermxP.
case/submxP=> u ->; rewrite form_frame; apply: le_trans (co u).
rewrite mulrAC ler_pdivr_mulr // -mulrA ler_wpmul2l ?(ltW mu0) // -exprMn ler_sqr ?nnegrE ?norm1_ge0 //; last first.
  by rewrite mulr_ge0 ?norm1_ge0 // addr_ge0.
apply: le_trans (norm1_mul u U) _; rewrite -/K ler_wpmul2l ?norm1_ge0 // ler_addl; exact: ler01.
Qed.

(** Where w is tangent up to C |w|^2. *)
Lemma coercive_nearly mu C : 0 < mu -> (forall w : 'rV[F]_n, w *m J^T = 0 -> mu * norm1 w ^+ 2 <= form A w) ->
  exists D d : F, 0 < d /\ forall w : 'rV[F]_n, norm1 w <= d -> norm1 (w *m J^T) <= C * norm1 w ^+ 2 ->
    mu / 4%:R * norm1 w ^+ 2 - D * norm1 w ^+ 3 <= form A w.
Proof.
move=> mu0 co; have [R RJ] := right_inverse Jf.
set KR := \sum_i \sum_j `|R i j|; set KA := \sum_i \sum_j `|A i j|.
have KR0 : 0 <= KR by rewrite sumr_ge0 // => i _; rewrite sumr_ge0.
have KA0 : 0 <= KA by rewrite sumr_ge0 // => i _; rewrite sumr_ge0.
set B := `|C| * KR; have B0 : 0 <= B by rewrite mulr_ge0.
have b0 : 0 < 2%:R * (B + 1) by rewrite mulr_gt0 ?ltr0n // ltr_paddl ?ltr01.
exists (4%:R * KA * B + KA * B ^+ 2), (2%:R * (B + 1))^-1; split=> [|w wd wJ]; first by rewrite invr_gt0.
set N := norm1 w in wd wJ *; have N0 : 0 <= N by exact: norm1_ge0.
have BN : 2%:R * (B * N) + 2%:R * N <= 1.
  by move: wd; rewrite -[_^-1]mul1r ler_pdivl_mulr //; apply: le_trans; rewrite le_eqVlt; apply/orP; left; apply/eqP; ring.
have BN0 : 0 <= B * N by rewrite mulr_ge0.
have N1 : N <= 1.
  apply: le_trans BN; rewrite -subr_ge0.
  have -> : 2%:R * (B * N) + 2%:R * N - N = 2%:R * (B * N) + N by ring.
  by rewrite addr_ge0 // mulr_ge0 ?ler0n.
set s := w *m J^T *m R; set t := w - s.
have tJ : t *m J^T = 0 by rewrite mulmxBl -[s *m J^T]mulmxA RJ mulmx1 subrr.
have sN : norm1 s <= B * N ^+ 2.
  apply: le_trans (norm1_mul _ _) _; rewrite -/KR /B [`|C| * KR]mulrC -mulrA [X in _ <= X]mulrC.
  apply: ler_wpmul2r => //; apply: le_trans wJ _; rewrite ler_wpmul2r ?exprn_ge0 ?ler_norm //.
have sN' : norm1 s <= N / 2%:R.
  apply: le_trans sN _; rewrite ler_pdivl_mulr ?ltr0n // -subr_ge0.
  have -> : N - B * N ^+ 2 * 2%:R = N * (1 - (2%:R * (B * N) + 2%:R * N)) + 2%:R * N ^+ 2 by ring.
  by rewrite addr_ge0 ?mulr_ge0 ?subr_ge0 ?ler0n ?exprn_ge0.
have tlow : N / 2%:R <= norm1 t.
  have : N <= norm1 t + norm1 s by rewrite /N -[in norm1 w](subrK s w); exact: norm1D.
  move=> h; rewrite -subr_ge0; have -> : norm1 t - N / 2%:R = (norm1 t + norm1 s - N) + (N / 2%:R - norm1 s) by field.
  by rewrite addr_ge0 ?subr_ge0.
have tup : norm1 t <= 2%:R * N.
  apply: le_trans (norm1D _ _) _; rewrite norm1N -/N -subr_ge0.
  have -> : 2%:R * N - (N + norm1 s) = (N / 2%:R - norm1 s) + N / 2%:R by field.
  by rewrite addr_ge0 ?subr_ge0 // divr_ge0 ?ler0n.
have ft : mu / 4%:R * N ^+ 2 <= form A t.
  apply: le_trans (co t tJ); have -> : mu / 4%:R * N ^+ 2 = mu * (N / 2%:R) ^+ 2 by field.
  by rewrite ler_wpmul2l ?(ltW mu0) // ler_sqr ?nnegrE ?norm1_ge0 // divr_ge0 ?ler0n.
have fs : - (KA * B ^+ 2 * N ^+ 3) <= form A s.
  have : `|form A s| <= KA * B ^+ 2 * N ^+ 3.
    apply: le_trans (cross_bound A s s) _; rewrite -/KA.
    have -> : KA * B ^+ 2 * N ^+ 3 = B * N ^+ 2 * (B * N) * KA by ring.
    rewrite ler_wpmul2r // ler_pmul ?norm1_ge0 //; apply: le_trans sN _.
    by rewrite expr2 mulrA ler_pimulr.
  by rewrite ler_norml => /andP[].
have cr : - (2%:R * KA * B * N ^+ 3) <= (s *m A *m t^T) 0 0.
  have : `|(s *m A *m t^T) 0 0| <= 2%:R * KA * B * N ^+ 3.
    apply: le_trans (cross_bound A s t) _; rewrite -/KA.
    have -> : 2%:R * KA * B * N ^+ 3 = B * N ^+ 2 * (2%:R * N) * KA by ring.
    by rewrite ler_wpmul2r // ler_pmul ?norm1_ge0.
  by rewrite ler_norml => /andP[].
have -> : form A w = form A t + 2%:R * (s *m A *m t^T) 0 0 + form A s by rewrite -form_plus // subrK.
move: ft fs cr; move: (form A t) (form A s) ((s *m A *m t^T) 0 0) => a b e.
rewrite -subr_ge0 => h1; rewrite -subr_ge0 => h2; rewrite -subr_ge0 => h3; rewrite -subr_ge0.
have -> : a + 2%:R * e + b - (mu / 4%:R * N ^+ 2 - (4%:R * KA * B + KA * B ^+ 2) * N ^+ 3) =
  (a - mu / 4%:R * N ^+ 2) + (b - - (KA * B ^+ 2 * N ^+ 3)) + 2%:R * (e - - (2%:R * KA * B * N ^+ 3)) by ring.
by rewrite addr_ge0 ?mulr_ge0 ?ler0n // addr_ge0.
Qed.

Theorem coercive_min_on (f : 'rV[F]_n -> F) (c : 'rV[F]_n -> 'rV[F]_m) x nu mu :
  critical_on f c x nu A -> derivative_on c x J -> 0 < mu ->
  (forall w : 'rV[F]_n, w *m J^T = 0 -> mu * norm1 w ^+ 2 <= form A w) -> strict_min_on f c x.
Proof.
move=> [cx [_ [C0 [d0 [d00 h0]]]]] [C1 [d1 [d10 h1]]] mu0 co.
have [D [d2 [d20 h2]]] := coercive_nearly C1 mu0 co.
set E := `|D| / 2%:R + `|C0|; have E0 : 0 <= E by rewrite addr_ge0 ?divr_ge0 ?ler0n.
have e0 : 0 < E + 1 by rewrite ltr_paddl ?ltr01.
exists (Num.min d0 (Num.min d1 (Num.min d2 (mu / 8%:R / (E + 1))))).
  by rewrite !lt_minr d00 d10 d20 !divr_gt0 ?ltr0n.
move=> w w0; rewrite !le_minr ler_pdivl_mulr // => /andP[/h0 b0 /andP[/h1 b1 /andP[wd2 small]]] cw.
move: b0; rewrite !lagrangian_feasible // trmx0 mulmx0 [(0 : 'M_1) 0 0]mxE subr0 ler_norml => /andP[b0 _].
have near : norm1 (w *m J^T) <= C1 * norm1 w ^+ 2 by move: b1; rewrite cw cx subrr sub0r norm1N.
have := h2 w wd2 near; have N0 := norm1_gt0 w0; move: b0 small; set N := norm1 w in N0 *.
move: (f x) (f (x + w)) (form A w) => u v a b0 small b2; rewrite -subr_gt0.
apply: lt_le_trans (_ : N ^+ 2 * (mu / 8%:R - E * N) <= _).
  rewrite mulr_gt0 ?exprn_gt0 // subr_gt0; apply: lt_le_trans small.
  by rewrite mulrDr mulr1 [N * E]mulrC ltr_addl.
rewrite -subr_ge0; move: b0 b2; rewrite -subr_ge0 => b0; rewrite -subr_ge0 => b2.
have -> : v - u - N ^+ 2 * (mu / 8%:R - E * N) =
  (v - u - a / 2%:R - - (C0 * N ^+ 3)) + (a - (mu / 4%:R * N ^+ 2 - D * N ^+ 3)) / 2%:R +
  N ^+ 3 * ((`|D| - D) / 2%:R + (`|C0| - C0)) by rewrite /E; move: `|D| `|C0| => p q; field.
apply: addr_ge0; first by apply: addr_ge0 => //; rewrite divr_ge0 ?ler0n.
apply: mulr_ge0; first by rewrite exprn_ge0 // ltW.
by rewrite addr_ge0 ?divr_ge0 ?ler0n ?subr_ge0 ?ler_norm.
Qed.

End Minima.
