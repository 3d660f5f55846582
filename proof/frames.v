(** Matrices with orthonormal columns: how far apart two of them are, weighed by multipliers, and the trace of one that reverses
    orientation. *)
From mathcomp Require Import ssreflect ssrfun ssrbool eqtype ssrnat seq fintype bigop.
From mathcomp Require Import order ssralg ssrnum zmodp matrix mxalgebra ring.
From rankscape Require Import landscape forms kyfan.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import Order.Theory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Section Frames.
Variable F : realFieldType.

(** Of two matrices with orthonormal columns, D the multipliers. *)
Lemma frames_apart n k (X Y : 'M[F]_(n, k)) (D : 'M[F]_k) : X^T *m X = 1%:M -> Y^T *m Y = 1%:M ->
  n = k \/ (forall w, 0 <= form D w) ->
  \tr ((Y - X)^T *m (X *m D *m X^T) *m (Y - X)) <= \tr (D *m ((Y - X)^T *m (Y - X))).
Proof.
move=> XX YY cases; set T := X *m D *m X^T.
have trT : \tr T = \tr D by rewrite /T mxtrace_mulC mulmxA XX mul1mx.
have cov : \tr (Y *m Y^T *m T) <= \tr D.
  case: cases => [e|Dp].
    by subst k; rewrite (mulmx1C YY) mul1mx trT.
  rewrite -trT; apply: trace_projected.
  - by rewrite trmx_mul trmxK.
  - by rewrite mulmxA -[Y *m Y^T *m Y]mulmxA YY mulmx1.
  move=> w; have := Dp (w *m X); rewrite /form /T trmx_mul !mulmxA; exact.
have e1 : \tr ((Y - X)^T *m T *m (Y - X)) = \tr (Y *m Y^T *m T) - \tr (D *m X^T *m Y) - \tr (Y^T *m X *m D) + \tr D.
  rewrite [(Y - X)^T]linearB /= mulmxBl mulmxBr !mulmxBl !linearB /=.
  have -> : X^T *m T *m Y = D *m X^T *m Y by rewrite /T !mulmxA XX mul1mx.
  have -> : Y^T *m T *m X = Y^T *m X *m D by rewrite /T -!mulmxA XX mulmx1.
  have -> : X^T *m T *m X = D by rewrite /T !mulmxA XX mul1mx -mulmxA XX mulmx1.
  have -> : \tr (Y^T *m T *m Y) = \tr (Y *m Y^T *m T) by rewrite mxtrace_mulC mulmxA.
  by move: (\tr (Y *m Y^T *m T)) (\tr (D *m X^T *m Y)) (\tr (Y^T *m X *m D)) (\tr D) => a b c d; ring.
have e2 : \tr (D *m ((Y - X)^T *m (Y - X))) = \tr D - \tr (D *m X^T *m Y) - \tr (Y^T *m X *m D) + \tr D.
  rewrite [(Y - X)^T]linearB /= mulmxBl !mulmxBr !linearB /= XX YY mulmx1.
  have -> : \tr (D *m (Y^T *m X)) = \tr (Y^T *m X *m D) by rewrite mxtrace_mulC.
  rewrite mulmxA; move: (\tr (D *m X^T *m Y)) (\tr (Y^T *m X *m D)) (\tr D) => b c d; ring.
by rewrite e1 e2 ler_add2r !ler_add2r.
Qed.

(** ** Orientation *)

Lemma trace_le_n n (R : 'M[F]_n) : R *m R^T = 1%:M -> \tr R <= n%:R.
Proof.
move=> RR; have -> : n%:R = \sum_(i < n) 1 :> F by rewrite sumr_const card_ord.
apply: ler_sum => i _.
have h : \sum_j R i j * R i j = 1.
  by have := congr1 (fun M : 'M_n => M i i) RR; rewrite !mxE eqxx => e; apply: etrans e; apply: eq_bigr => j _; rewrite mxE.
have le : R i i ^+ 2 <= 1 by rewrite expr2 -h (bigD1 i) //= ler_addl sumr_ge0 // => j _; rewrite -expr2 sqr_ge0.
by apply: le_trans (ler_norm _) _; rewrite -(@expr_le1 _ 2) // real_normK ?num_real.
Qed.

Definition mirror n (e : 'rV[F]_n) : 'M[F]_n := 1%:M - (2%:R / (e *m e^T) 0 0) *: (e^T *m e).

Section Mirror.
Variables (n : nat) (e : 'rV[F]_n).
Hypothesis e0 : (e *m e^T) 0 0 != 0.
Let N := (e *m e^T) 0 0.

Let eeE : e *m e^T = N%:M. Proof. exact: mx11_scalar. Qed.

Lemma mirror_sym : (mirror e)^T = mirror e.
Proof. by rewrite /mirror linearB /= linearZ /= trmx1 trmx_mul trmxK. Qed.

Lemma mirror_twice : mirror e *m mirror e = 1%:M.
Proof.
rewrite /mirror mulmxBl !mulmxBr !mul1mx mulmx1 -!scalemxAl -!scalemxAr.
have -> : e^T *m e *m (e^T *m e) = N *: (e^T *m e) by rewrite mulmxA -[e^T *m e *m e^T]mulmxA eeE mul_mx_scalar scalemxAl.
have N0 : N != 0 by [].
rewrite -/N; apply/matrixP => i j; rewrite !mxE; move: (_ == _)%:R (N : F) N0 (\sum_l _) => b a a0 m.
by field.
Qed.

Lemma mirror_trace : \tr (mirror e) = n%:R - 2%:R.
Proof. by rewrite /mirror -/N linearB linearZ /= mxtrace1 mxtrace_mulC eeE mxtrace_scalar mulr1n divfK. Qed.

Lemma mirror_det : \det (mirror e) = -1.
Proof.
pose a := (2%:R / N) *: e^T.
pose M : 'M[F]_(n + 1) := block_mx 1%:M a e 1%:M.
pose L : 'M[F]_(n + 1) := block_mx 1%:M 0 (- e) 1%:M.
have dL : \det L = 1 by rewrite det_lblock !det1 mulr1.
have h1 : \det (L *m M) = \det (1%:M - e *m a).
  by rewrite mulmx_block !mul1mx !mul0mx !addr0 mulmx1 addNr det_ublock det1 mul1r mulNmx addrC.
have h2 : \det (M *m L) = \det (1%:M - a *m e).
  by rewrite mulmx_block !mulmx1 !mulmx0 !add0r mul1mx addrN det_ublock det1 mulr1 mulmxN.
have -> : mirror e = 1%:M - a *m e by rewrite /mirror /a -scalemxAl.
rewrite -h2 det_mulmx mulrC -det_mulmx h1 /a -scalemxAr eeE -/N scale_scalar_mx divfK //.
by rewrite [1%:M - _](_ : _ = (-1)%:M) ?det_scalar1 //; rewrite -raddfB /=; congr (_%:M); ring.
Qed.

End Mirror.

Lemma orthogonal_det n (X : 'M[F]_n) : X^T *m X = 1%:M -> 0 < \det X -> \det X = 1.
Proof.
move=> XX X0; have := congr1 determinant XX; rewrite det_mulmx det_tr det1 -expr2 => /eqP.
by rewrite sqrf_eq1 => /orP[/eqP//|/eqP e]; move: X0; rewrite e ltr0N1.
Qed.

(** An orthogonal matrix that reverses orientation. *)
Lemma reversing_trace n (R : 'M[F]_n) : R *m R^T = 1%:M -> \det R = -1 -> \tr R <= n%:R - 2%:R.
Proof.
move=> RR dR; have d0 : \det (R + 1%:M) = 0.
  have : \det (R + 1%:M) = - \det (R + 1%:M).
    rewrite -[in RHS]det_tr -mulN1r -dR -det_mulmx; congr (\det _).
    by rewrite linearD /= trmx1 mulmxDr RR mulmx1 addrC.
  by move/eqP; rewrite -subr_eq0 opprK -mulr2n -mulr_natl mulf_eq0 pnatr_eq0 /= => /eqP.
have [v v0 vR] : exists2 v : 'rV[F]_n, v != 0 & v *m (R + 1%:M) = 0 by apply/det0P; apply/eqP.
have {}vR : v *m R = - v by apply/eqP; rewrite -subr_eq0 opprK; apply/eqP; rewrite -vR mulmxDr mulmx1.
have N0 : (v *m v^T) 0 0 != 0 by apply: contra v0 => /eqP/square_eq0 ->.
have := @trace_le_n n (R *m mirror v).
rewrite trmx_mul mirror_sym mulmxA -[R *m mirror v *m _]mulmxA mirror_twice // mulmx1 => /(_ RR).
have -> : \tr (R *m mirror v) = \tr R + 2%:R.
  rewrite /mirror mulmxBr mulmx1 linearB /= -scalemxAr linearZ /= mulmxA mxtrace_mulC mulmxA vR mulNmx linearN /=.
  by set N := (v *m v^T) 0 0 in N0 *; rewrite (mx11_scalar (v *m v^T)) -/N mxtrace_scalar mulr1n mulrN opprK divfK.
by rewrite -ler_subr_addr.
Qed.

(** Two rotations, and a reflection F: <F, (Y - X)^T (Y - X)> is not negative. *)
Lemma rotations_apart n (X Y : 'M[F]_n) (e : 'rV[F]_n) : X^T *m X = 1%:M -> Y^T *m Y = 1%:M -> 0 < \det X -> 0 < \det Y ->
  (e *m e^T) 0 0 != 0 -> 0 <= \tr (mirror e *m ((Y - X)^T *m (Y - X))).
Proof.
move=> XX YY dX dY e0; have tr1 : \tr (mirror e *m (X^T *m Y)) = \tr (mirror e *m (Y^T *m X)).
  by rewrite -mxtrace_tr !trmx_mul trmxK mirror_sym mxtrace_mulC.
have le : \tr (mirror e *m (Y^T *m X)) <= n%:R - 2%:R.
  apply: reversing_trace.
    rewrite !trmx_mul trmxK mirror_sym -!mulmxA [X *m (_ *m _)]mulmxA (mulmx1C XX) mul1mx [Y^T *m (_ *m _)]mulmxA YY mul1mx.
    exact: mirror_twice.
  by rewrite !det_mulmx det_tr (mirror_det e0) (orthogonal_det XX dX) (orthogonal_det YY dY) !mulr1.
rewrite [(Y - X)^T]linearB /= mulmxBl !mulmxBr !linearB /= XX YY mulmx1 mirror_trace // tr1.
move: le; rewrite -subr_ge0; move: (\tr _) => t h.
have -> : n%:R - 2%:R - t - (t - (n%:R - 2%:R)) = 2%:R * (n%:R - 2%:R - t) by ring.
by rewrite mulr_ge0 ?ler0n.
Qed.

End Frames.
