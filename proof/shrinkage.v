(** How near a product of two factors comes to a given matrix, where the squares of the factors cost: a bound by a matrix that covers
    what is shrunk. *)
From mathcomp Require Import ssreflect ssrfun ssrbool eqtype ssrnat seq fintype bigop.
From mathcomp Require Import order ssralg ssrnum zmodp matrix mxalgebra ring.
From rankscape Require Import landscape forms kyfan.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import Order.Theory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Section Shrinkage.
Variables (F : realFieldType) (m q n : nat) (U : 'M[F]_(m, q)) (V : 'M[F]_(q, n)) (Y : 'M[F]_(m, n)) (D : 'M[F]_m) (e a b : F) (k : nat).
Hypotheses (a0 : 0 < a) (b0 : 0 < b) (e0 : 0 <= e) (rk : (\rank U <= k)%N) (Ds : D^T = D).
Hypothesis De : forall w, 0 <= form (D - e%:M) w.
Let c := a * b.
Let Q := D + c%:M.
Hypothesis QY : forall w, 0 <= form (Q *m Q - c *: (Y *m Y^T)) w.

Let an : a != 0. Proof. exact: lt0r_neq0. Qed.
Let c0 : 0 < c. Proof. exact: mulr_gt0. Qed.

(** I + U U^T/a, and its inverse. *)
Let S : 'M[F]_m := 1%:M + a^-1 *: (U *m U^T).

Lemma S_sym : S^T = S.
Proof. by rewrite /S linearD linearZ /= trmx1 trmx_mul trmxK. Qed.

Lemma S_form (w : 'rV[F]_m) : form S w = (w *m w^T) 0 0 + a^-1 * ((w *m U) *m (w *m U)^T) 0 0.
Proof. by rewrite /form mulmxDr mulmxDl mulmx1 -scalemxAr -scalemxAl mxE [X in _ + X]mxE trmx_mul !mulmxA. Qed.

Lemma square_row_ge0 j (w : 'rV[F]_j) : 0 <= (w *m w^T) 0 0.
Proof. by rewrite mxE sumr_ge0 // => i _; rewrite mxE -expr2 sqr_ge0. Qed.

Lemma S_unit : S \in unitmx.
Proof.
rewrite -row_free_unit; apply: free_from_kernel => u us; apply: square_eq0; apply/eqP; rewrite eq_le square_row_ge0 andbT.
have : form S u = 0 by rewrite /form us mul0mx mxE.
rewrite S_form => /eqP; rewrite addr_eq0 => /eqP ->; rewrite oppr_le0 mulr_ge0 ?invr_ge0 ?(ltW a0) //; exact: square_row_ge0.
Qed.

Let M := invmx S.
Let M_sym : M^T = M. Proof. by rewrite /M trmx_inv S_sym. Qed.
Let SM : S *m M = 1%:M. Proof. exact: mulmxV S_unit. Qed.
Let MS : M *m S = 1%:M. Proof. exact: mulVmx S_unit. Qed.

Lemma trace_ge0 j (A : 'M[F]_j) i (B : 'M[F]_(j, i)) : (forall w, 0 <= form A w) -> 0 <= \tr (B^T *m A *m B).
Proof. by move=> h; have := trace_form B^T h; rewrite trmxK. Qed.

(** The best second factor. *)
Lemma over_second : \tr (M *m (Y *m Y^T)) <= \tr ((U *m V - Y) *m (U *m V - Y)^T) + a * \tr (V *m V^T).
Proof.
pose Z := M *m Y.
have h1 := trace_square_ge0 (U *m V - Y + Z).
have h2 := trace_square_ge0 (a *: V - U^T *m Z).
have zz : \tr (Z *m Z^T) + a^-1 * \tr (U^T *m Z *m (U^T *m Z)^T) = \tr (Z *m Y^T).
  have -> : Y^T = (S *m Z)^T by rewrite /Z mulmxA SM mul1mx.
  rewrite [(S *m Z)^T]trmx_mul S_sym mulmxDr mulmx1 mulmxDr linearD /=; congr (_ + _).
  rewrite -!scalemxAr linearZ /= trmx_mul trmxK; congr (_ * _).
  by rewrite mulmxA [LHS]mxtrace_mulC [in RHS]mulmxA [RHS]mxtrace_mulC !mulmxA.
have e1 : \tr ((U *m V - Y + Z) *m (U *m V - Y + Z)^T) = \tr ((U *m V - Y) *m (U *m V - Y)^T) + 2%:R * \tr ((U *m V - Y) *m Z^T) + \tr (Z *m Z^T).
  move: (U *m V - Y) => W; rewrite [(W + Z)^T]linearD /= mulmxDl !mulmxDr !linearD /=.
  have -> : \tr (Z *m W^T) = \tr (W *m Z^T) by rewrite -mxtrace_tr trmx_mul trmxK.
  by move: (\tr _) (\tr (W *m Z^T)) (\tr _) => x y z; ring.
have e2 : \tr ((a *: V - U^T *m Z) *m (a *: V - U^T *m Z)^T) = a * (a * \tr (V *m V^T)) - 2%:R * (a * \tr (U *m V *m Z^T)) + \tr (U^T *m Z *m (U^T *m Z)^T).
  set W := U^T *m Z; rewrite [(a *: V - W)^T]linearB linearZ /= mulmxBl !mulmxBr -!scalemxAl -!scalemxAr !linearB /= !linearZ /=.
  have -> : \tr (W *m V^T) = \tr (U *m V *m Z^T).
    by rewrite -mxtrace_tr trmx_mul trmxK /W trmx_mul trmxK mulmxA mxtrace_mulC mulmxA.
  have -> : \tr (V *m W^T) = \tr (U *m V *m Z^T) by rewrite /W trmx_mul trmxK mulmxA mxtrace_mulC mulmxA.
  by move: (\tr _) (\tr (U *m V *m _)) (\tr _) => x y z; ring.
have e3 : \tr ((U *m V - Y) *m Z^T) = \tr (U *m V *m Z^T) - \tr (Z *m Y^T).
  by rewrite mulmxBl linearB /=; congr (_ - _); rewrite -mxtrace_tr trmx_mul trmxK.
have e4 : \tr (M *m (Y *m Y^T)) = \tr (Z *m Y^T) by rewrite mulmxA.
have ai : 0 <= a^-1 by rewrite invr_ge0 ltW.
have h3 := mulr_ge0 ai h2; move: h1 h3 zz; rewrite e1 e2 e3 e4 !mulrDr mulrN !mulKf //.
move: (\tr (U^T *m Z *m (U^T *m Z)^T)) (\tr (U *m V *m Z^T)) (\tr (Z *m Y^T)) (\tr (Z *m Z^T)) (\tr (V *m V^T)) (\tr (_ *m _)) => s y z t v x h1 h3 zz.
rewrite -subr_ge0.
have -> : x + a * v - z = (x + (2%:R * y - 2%:R * z) + t) + (a * v + a^-1 * - (2%:R * (a * y)) + a^-1 * s) - (t + a^-1 * s - z).
  by field; exact: an.
by rewrite zz subrr subr0 addr_ge0.
Qed.

(** The square of the first factor. *)
Lemma first_factor : b * \tr (U *m U^T) = c * \tr S - c * m%:R.
Proof. by rewrite /S linearD linearZ /= mxtrace1 /c; move: (\tr _) => u; field; exact: an. Qed.

Theorem shrinkage : \tr (Y *m Y^T) - (\tr (D *m D) - (m - k)%:R * (e * e)) / c <=
  \tr ((U *m V - Y) *m (U *m V - Y)^T) + b * \tr (U *m U^T) + a * \tr (V *m V^T).
Proof.
have cn := lt0r_neq0 c0.
have [N [Nt NN NU trN Np]] : exists N : 'M[F]_m, [/\ N^T = N, N *m N = N, N *m U = 0, \tr N = m%:R - (\rank U)%:R & forall w, form N w <= (w *m w^T) 0 0].
  have [P [Pt PP PU Pr]] := projection U; exists (1%:M - P); split.
  - by rewrite linearB /= trmx1 Pt.
  - by rewrite mulmxBl !mulmxBr !mulmx1 mul1mx PP subrr subr0.
  - by rewrite mulmxBl mul1mx PU subrr.
  - by rewrite linearB /= mxtrace1 Pr.
  move=> w; have := square_row_ge0 (w *m P); rewrite trmx_mul Pt mulmxA -[w *m P *m P]mulmxA PP => hp.
  by rewrite /form mulmxBr mulmx1 mulmxBl mxE ger_addl mxE oppr_le0.
have NS : N *m S = N by rewrite /S mulmxDr mulmx1 -scalemxAr mulmxA NU mul0mx scaler0 addr0.
have NM : N *m M = N by rewrite -{1}NS -mulmxA SM mulmx1.
have [A eA0] : exists A, A = M *m Q - c%:M by eexists.
have Qs : Q^T = Q by rewrite /Q linearD /= Ds tr_scalar_mx.
(* on the complement of the range of U *)
have Sp w : 0 <= form (S - N) w.
  rewrite formB S_form subr_ge0; apply: le_trans (_ : (w *m w^T) 0 0 <= _); last first.
    rewrite ler_addl mulr_ge0 ?invr_ge0 ?(ltW a0) //; exact: square_row_ge0.
  exact: Np.
have onN : \tr (N *m (D *m D)) <= \tr (A^T *m S *m A).
  have := trace_ge0 A Sp; rewrite mulmxBr mulmxBl linearB /= subr_ge0; congr (_ <= _).
  have NA : N *m A = N *m D by rewrite eA0 mulmxBr mulmxA NM /Q mulmxDr addrK.
  have -> : A^T *m N *m A = (N *m A)^T *m (N *m A) by rewrite trmx_mul Nt !mulmxA -[A^T *m N *m N]mulmxA NN.
  by rewrite NA trmx_mul Ds Nt [in LHS]mulmxA -[D *m N *m N]mulmxA NN [LHS]mxtrace_mulC [in LHS]mulmxA [LHS]mxtrace_mulC.
have D2 w : 0 <= form (D *m D - (e * e)%:M) w.
  have -> : D *m D - (e * e)%:M = (D - e%:M) *m (D - e%:M) + (2%:R * e) *: (D - e%:M).
    rewrite mulmxBl !mulmxBr !mul_scalar_mx !mul_mx_scalar scale_scalar_mx scalerBr.
    move: (D *m D) => DD; apply/matrixP => i j; rewrite !mxE; move: (D i j) (DD i j) => x y; case: (i == j); rewrite ?mulr1n ?mulr0n; ring.
  have Es : (D - e%:M)^T = D - e%:M by rewrite linearB /= Ds tr_scalar_mx.
  rewrite /form mulmxDr mulmxDl mxE addr_ge0 //; last first.
    by rewrite -scalemxAr -scalemxAl mxE mulr_ge0 ?mulr_ge0 ?ler0n //; exact: De.
  by have := square_row_ge0 (w *m (D - e%:M)); rewrite trmx_mul Es !mulmxA.
have large : (m - k)%:R * (e * e) <= \tr (N *m (D *m D)).
  have NTN (T : 'M[F]_m) : \tr (N *m T *m N) = \tr (N *m T) by rewrite mxtrace_mulC mulmxA NN.
  have := trace_ge0 N D2; rewrite Nt NTN mulmxBr linearB /= mul_mx_scalar linearZ /= subr_ge0 => h.
  apply: le_trans h; rewrite mulrC ler_wpmul2l ?mulr_ge0 // trN.
  have rm : (\rank U <= m)%N by exact: rank_leq_row.
  by rewrite -natrB // ler_nat leq_sub2l.
have eA : \tr (A^T *m S *m A) = \tr (M *m (Q *m Q)) - 2%:R * (c * \tr Q) + c * c * \tr S.
  have SA : S *m A = Q - c *: S by rewrite eA0 mulmxBr mulmxA SM mul1mx mul_mx_scalar.
  have eAt : A^T = Q *m M - c%:M by rewrite eA0 [(M *m Q - _)^T]linearB /= trmx_mul M_sym Qs tr_scalar_mx.
  rewrite -mulmxA SA eAt mulmxBl !mulmxBr !mul_scalar_mx !linearB /=.
  rewrite -!scalemxAr !linearZ /= -[Q *m M *m S]mulmxA MS mulmx1.
  have -> : \tr (Q *m M *m Q) = \tr (M *m (Q *m Q)) by rewrite mxtrace_mulC !mulmxA mxtrace_mulC mulmxA.
  by move: (\tr (M *m _)) (\tr Q) (\tr S) => x y z; ring.
have cover : c * (\tr (Y *m Y^T) - \tr (M *m (Y *m Y^T))) <= \tr (Q *m Q) - \tr (M *m (Q *m Q)).
  pose B := M *m (S - 1%:M).
  have eK : 1%:M - M = B *m B^T + a^-1 *: ((M *m U) *m (M *m U)^T).
    have -> : a^-1 *: ((M *m U) *m (M *m U)^T) = B *m M.
      rewrite /B trmx_mul M_sym /S addrAC subrr add0r -scalemxAr -!scalemxAl; congr (_ *: _); by rewrite !mulmxA.
    have -> : B^T = (S - 1%:M) *m M by rewrite /B trmx_mul M_sym linearB /= S_sym trmx1.
    rewrite mulmxA -mulmxDl; have -> : B *m (S - 1%:M) + B = B *m S by rewrite mulmxBr mulmx1 subrK.
    by rewrite -mulmxA SM mulmx1 /B mulmxBr MS mulmx1.
  have h1 := trace_ge0 B QY; have h2 := trace_ge0 (M *m U) QY; move: h1 h2; set T := _ - _ => h1 h2.
  have : 0 <= \tr ((1%:M - M) *m T).
    rewrite eK mulmxDl linearD /= -scalemxAl linearZ /= addr_ge0 //.
      by rewrite -mulmxA mxtrace_mulC.
    by rewrite mulr_ge0 ?invr_ge0 ?(ltW a0) // -mulmxA mxtrace_mulC.
  rewrite mulmxBl mul1mx linearB /= /T !linearB /= !linearZ /=.
  move: (\tr (Q *m Q)) (\tr (M *m (Q *m Q))) (\tr (Y *m _)) (\tr (M *m (Y *m _))) => x y z t h.
  by rewrite -subr_ge0; apply: le_trans h _; rewrite le_eqVlt; apply/orP; left; apply/eqP; ring.
have ff := first_factor; have os := over_second.
have eQ : \tr (Q *m Q) = \tr (D *m D) + 2%:R * (c * \tr D) + c * c * m%:R.
  rewrite /Q mulmxDl !mulmxDr !mul_scalar_mx !mul_mx_scalar !linearD /= !linearZ /= mxtrace_scalar -mulr_natr.
  by move: (\tr (D *m D)) (\tr D) => x y; ring.
have eQ1 : \tr Q = \tr D + c * m%:R by rewrite /Q linearD /= mxtrace_scalar -mulr_natr.
rewrite -(ler_pmul2l c0); move: onN large cover; rewrite eA eQ eQ1.
rewrite -(ler_pmul2l c0) in os; move: os ff.
move: (\tr (U *m U^T)) (\tr (V *m V^T)) (\tr ((_ - _) *m _)) (\tr (M *m (Y *m _))) (\tr (Y *m Y^T)) => u v x my y.
move: (\tr (N *m _)) (\tr (M *m (Q *m Q))) (\tr D) (\tr (D *m D)) (\tr S) (m%:R : F) ((m - k)%:R * (e * e)) => nd mq d dd s mm g.
rewrite -subr_ge0 => os ff; rewrite -subr_ge0 => on; rewrite -subr_ge0 => la; rewrite -subr_ge0 => co; rewrite -subr_ge0.
have -> : c * (x + b * u + a * v) - c * (y - (dd - g) / c) =
  (c * (x + a * v) - c * my) + (dd + 2%:R * (c * d) + c * c * mm - mq - c * (y - my)) +
  (mq - 2%:R * (c * (d + c * mm)) + c * c * s - nd) + (nd - g) + c * (b * u - (c * s - c * mm)).
  by field.
rewrite ff subrr mulr0 addr0; apply: addr_ge0; [apply: addr_ge0; [apply: addr_ge0|]|]; [exact: os|exact: co|exact: on|exact: la].
Qed.
End Shrinkage.
