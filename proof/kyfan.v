(** How near a matrix of bounded rank comes to a given one: bounds by a matrix that covers what is large (Ky Fan). *)
From mathcomp Require Import ssreflect ssrfun ssrbool eqtype ssrnat seq fintype bigop.
From mathcomp Require Import order ssralg ssrnum zmodp matrix mxalgebra ring.
From rankscape Require Import landscape forms.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import Order.Theory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Section KyFan.
Variable F : realFieldType.

Lemma trace_form k n (S : 'M[F]_n) (V : 'M[F]_(k, n)) : (forall w, 0 <= form S w) -> 0 <= \tr (V *m S *m V^T).
Proof.
move=> h; apply: sumr_ge0 => i _; have := h (row i V); rewrite /form -row_mul !mxE.
by congr (0 <= _); apply: eq_bigr => j _; rewrite !mxE.
Qed.

Lemma trace_square_ge0 k n (A : 'M[F]_(k, n)) : 0 <= \tr (A *m A^T).
Proof. by apply: sumr_ge0 => i _; rewrite mxE; apply: sumr_ge0 => j _; rewrite mxE -expr2 sqr_ge0. Qed.

Lemma square_eq0 n (u : 'rV[F]_n) : (u *m u^T) 0 0 = 0 -> u = 0.
Proof.
rewrite mxE => /eqP; rewrite psumr_eq0 => [/allP h|i _]; last by rewrite mxE -expr2 sqr_ge0.
by apply/rowP => i; have := h i (mem_index_enum i); rewrite !mxE mulf_eq0 orbb => /eqP.
Qed.

(** The orthogonal projection onto the range of P. *)
Lemma projection m n (P : 'M[F]_(m, n)) : exists Q : 'M[F]_m,
  [/\ Q^T = Q, Q *m Q = Q, Q *m P = P & \tr Q = (\rank P)%:R].
Proof.
have : (P^T <= row_base P^T)%MS by rewrite eq_row_base submx_refl.
move: (row_base P^T) (row_base_free P^T) => B Bf /submxP[D e].
have Gu : B *m B^T \in unitmx.
  rewrite -row_free_unit; apply: free_from_kernel => u eu; apply: (row_free_eq0 Bf); apply: square_eq0.
  by rewrite trmx_mul mulmxA -[u *m B *m B^T]mulmxA eu mul0mx mxE.
exists (B^T *m invmx (B *m B^T) *m B); split.
- by rewrite !trmx_mul trmxK trmx_inv trmx_mul trmxK mulmxA.
- by rewrite !mulmxA -[_ *m B *m B^T]mulmxA mulmxKV.
- have eP : P = B^T *m D^T by apply: trmx_inj; rewrite trmx_mul !trmxK.
  rewrite [X in _ *m X = _]eP [RHS]eP.
  by rewrite -!mulmxA [B *m (B^T *m _)]mulmxA mulKmx.
by rewrite mxtrace_mulC mulmxA mulmxV // mxtrace1 mxrank_tr.
Qed.

Section Covers.
Variables (m : nat) (Q T : 'M[F]_m) (k : nat) (s : F).
Hypotheses (Qt : Q^T = Q) (QQ : Q *m Q = Q) (Qr : \tr Q <= k%:R).
Hypothesis Tp : forall w, 0 <= form T w.

Lemma trace_projected : \tr (Q *m T) <= \tr T.
Proof.
have q1 : (1%:M - Q) *m (1%:M - Q) = 1%:M - Q by rewrite mulmxBl !mulmxBr !mulmx1 mul1mx QQ subrr subr0.
have qt : (1%:M - Q)^T = 1%:M - Q by rewrite linearB /= trmx1 Qt.
have := trace_form (1%:M - Q) Tp; rewrite qt mxtrace_mulC mulmxA q1.
by rewrite mulmxBl mul1mx linearB /= subr_ge0.
Qed.

Lemma trace_covered (A : 'M[F]_m) : 0 <= s -> (forall w, 0 <= form (T - A + s%:M) w) -> \tr (Q *m A) <= s * k%:R + \tr T.
Proof.
move=> s0 h; have := trace_form Q h; rewrite Qt mxtrace_mulC mulmxA QQ mulmxDr mulmxBr mul_mx_scalar.
rewrite linearD linearB /= linearZ /= => h'; have sq : s * \tr Q <= s * k%:R by exact: ler_wpmul2l.
have tt := trace_projected; rewrite -subr_ge0.
have -> : s * k%:R + \tr T - \tr (Q *m A) = (\tr (Q *m T) - \tr (Q *m A) + s * \tr Q) + ((s * k%:R - s * \tr Q) + (\tr T - \tr (Q *m T))).
  by move: (\tr (Q *m A)) (\tr (Q *m T)) (\tr Q) (\tr T) => a b q t; ring.
by rewrite addr_ge0 // addr_ge0 ?subr_ge0.
Qed.

End Covers.

Theorem rank_trace m n N (P : 'M[F]_(m, n)) (X : 'M[F]_(n, N)) (Y : 'M[F]_(m, N)) (Z : 'M[F]_(n, m)) (T : 'M[F]_m) s k :
  X *m X^T *m Z = X *m Y^T -> (\rank P <= k)%N -> 0 <= s -> (forall w, 0 <= form T w) ->
  (forall w, 0 <= form (T - Z^T *m (X *m Y^T) + s%:M) w) ->
  \tr (Y *m Y^T) - (s * k%:R + \tr T) <= \tr ((P *m X - Y) *m (P *m X - Y)^T).
Proof.
move=> ez rk s0 Tp h; have [Q [Qt QQ QP Qr]] := projection P.
have Qk : \tr Q <= k%:R by rewrite Qr ler_nat.
have cov := trace_covered Qt QQ Qk Tp s0 h.
have pos := trace_square_ge0 (P *m X - Q *m Z^T *m X).
have PtQ : P^T *m Q = P^T by rewrite -{1}Qt -trmx_mul QP.
have cross : \tr (P *m X *m Y^T) = \tr (Y *m X^T *m P^T).
  by rewrite -mxtrace_tr !trmx_mul trmxK mulmxA.
have ezt : Z^T *m X *m X^T = Y *m X^T by have := congr1 trmx ez; rewrite !trmx_mul !trmxK mulmxA.
have e : \tr ((P *m X - Q *m Z^T *m X) *m (P *m X - Q *m Z^T *m X)^T) =
         \tr (P *m X *m X^T *m P^T) - (\tr (Y *m X^T *m P^T) + \tr (Y *m X^T *m P^T)) + \tr (Q *m (Z^T *m (X *m Y^T))).
  rewrite linearB /= mulmxBl !mulmxBr !trmx_mul !trmxK Qt !mulmxA !linearB /=.
  have -> : \tr (P *m X *m X^T *m Z *m Q) = \tr (Y *m X^T *m P^T).
    by rewrite -[P *m X *m X^T]mulmxA -[P *m (X *m X^T) *m Z]mulmxA ez mxtrace_mulC !mulmxA QP.
  have -> : \tr (Q *m Z^T *m X *m X^T *m P^T) = \tr (Y *m X^T *m P^T).
    rewrite -[Q *m Z^T *m X]mulmxA -[Q *m (Z^T *m X) *m X^T]mulmxA ezt -mulmxA mxtrace_mulC -[_ *m P^T *m Q]mulmxA.
    by rewrite PtQ.
  have -> : \tr (Q *m Z^T *m X *m X^T *m Z *m Q) = \tr (Q *m Z^T *m X *m Y^T).
    rewrite mxtrace_mulC !mulmxA QQ -!mulmxA [X *m (X^T *m Z)]mulmxA ez; by rewrite !mulmxA.
  by move: (\tr (P *m X *m X^T *m P^T)) (\tr (Y *m X^T *m P^T)) (\tr (Q *m Z^T *m X *m Y^T)) => a b d; ring.
have e' : \tr ((P *m X - Y) *m (P *m X - Y)^T) =
          \tr (P *m X *m X^T *m P^T) - (\tr (Y *m X^T *m P^T) + \tr (Y *m X^T *m P^T)) + \tr (Y *m Y^T).
  rewrite linearB /= mulmxBl !mulmxBr !trmx_mul !mulmxA !linearB /= cross.
  by move: (\tr (P *m X *m X^T *m P^T)) (\tr (Y *m X^T *m P^T)) (\tr (Y *m Y^T)) => a b d; ring.
rewrite e' -subr_ge0; rewrite e in pos; move: pos cov.
move: (\tr (P *m _ *m _ *m _)) (\tr (Y *m X^T *m P^T)) (\tr (Y *m Y^T)) (\tr (Q *m _)) (s * k%:R + \tr T) => a b d q t pos cov.
have -> : a - (b + b) + d - (d - t) = (a - (b + b) + q) + (t - q) by ring.
by rewrite addr_ge0 ?subr_ge0.
Qed.

Theorem gram_trace m q (U : 'M[F]_(m, q)) (Y T : 'M[F]_m) s k :
  (\rank (U *m U^T) <= k)%N -> 0 <= s -> (forall w, 0 <= form T w) -> (forall w, 0 <= form (T - Y + s%:M) w) ->
  \tr (Y *m Y^T) - (\tr (T *m T^T) + 2%:R * (s * \tr T) + s * s * k%:R) <= \tr ((U *m U^T - Y) *m (U *m U^T - Y)^T).
Proof.
move=> rk s0 Tp h; set P := U *m U^T; have [Q [Qt QQ QP Qr]] := projection P.
have Qk : \tr Q <= k%:R by rewrite Qr ler_nat.
have Pt : P^T = P by rewrite /P trmx_mul trmxK.
have PQ : P *m Q = P by rewrite -Pt -{1}Qt -trmx_mul QP.
set C := T + s%:M; pose D := Q *m C *m Q.
have cover : \tr (P *m Y) <= \tr (P *m C).
  have := trace_form U^T h; rewrite trmxK mxtrace_mulC !mulmxA -/P => h'.
  rewrite -subr_ge0 -linearB -mulmxBr; apply: le_trans h' _; rewrite le_eqVlt; apply/orP; left; apply/eqP.
  by congr (\tr (P *m _)); rewrite /C addrAC.
have pos := trace_square_ge0 (P - D).
have e : \tr ((P - D) *m (P - D)^T) = \tr (P *m P) - (\tr (P *m C) + \tr (P *m C)) + \tr (D *m D^T).
  rewrite linearB /= Pt mulmxBl !mulmxBr !linearB /=.
  have -> : \tr (D *m P) = \tr (P *m C) by rewrite /D -[Q *m C *m Q *m P]mulmxA QP mxtrace_mulC mulmxA PQ.
  have -> : \tr (P *m D^T) = \tr (P *m C).
    by rewrite -mxtrace_tr trmx_mul trmxK Pt /D -[Q *m C *m Q *m P]mulmxA QP mxtrace_mulC mulmxA PQ.
  by move: (\tr (P *m P)) (\tr (P *m C)) (\tr (D *m D^T)) => a b d; ring.
have small : \tr (D *m D^T) <= \tr (T *m T^T) + 2%:R * (s * \tr T) + s * s * k%:R.
  set A := Q *m T *m Q; have eD : D = A + s *: Q by rewrite /D /C mulmxDr mulmxDl mul_mx_scalar -scalemxAl QQ.
  have At : A^T = Q *m T^T *m Q by rewrite /A !trmx_mul Qt mulmxA.
  have eA : \tr (A *m Q) = \tr (Q *m T) by rewrite /A -[Q *m T *m Q *m Q]mulmxA QQ mxtrace_mulC mulmxA QQ.
  have eA' : \tr (Q *m A^T) = \tr (Q *m T) by rewrite -eA -mxtrace_tr trmx_mul trmxK Qt.
  have eAA : \tr (A *m A^T) = \tr (T *m A^T).
    rewrite At /A !mulmxA -[Q *m T *m Q *m Q]mulmxA QQ mxtrace_mulC !mulmxA QQ.
    by rewrite -!mulmxA mxtrace_mulC -!mulmxA.
  have eT : \tr (A *m A^T) <= \tr (T *m T^T).
    have := trace_square_ge0 (T - A); rewrite linearB /= mulmxBl !mulmxBr !linearB /= eAA.
    have -> : \tr (A *m T^T) = \tr (T *m A^T) by rewrite -mxtrace_tr trmx_mul trmxK.
    by rewrite subrr subr0 subr_ge0.
  rewrite eD linearD linearZ /= Qt mulmxDl !mulmxDr -!scalemxAr -!scalemxAl QQ !linearD /= !linearZ /= eA eA'.
  have tt := trace_projected Qt QQ Tp; rewrite -subr_ge0.
  move: eT tt Qk; rewrite -subr_ge0 => eT; rewrite -subr_ge0 => tt; rewrite -subr_ge0 => qk.
  set a := \tr (A *m A^T) in eT *.
  have -> : \tr (T *m T^T) + 2%:R * (s * \tr T) + s * s * k%:R - (a + s * \tr (Q *m T) + (s * \tr (Q *m T) + s * (s * \tr Q))) =
            (\tr (T *m T^T) - a) + 2%:R * (s * (\tr T - \tr (Q *m T))) + s * (s * (k%:R - \tr Q)).
    by move: (\tr (T *m T^T)) (\tr T) (\tr (Q *m T)) (\tr Q) => b t u v; ring.
  have x1 : 0 <= 2%:R * (s * (\tr T - \tr (Q *m T))) by rewrite mulr_ge0 ?ler0n ?mulr_ge0.
  have x2 : 0 <= s * (s * (k%:R - \tr Q)) by rewrite mulr_ge0 ?mulr_ge0.
  exact: (addr_ge0 (addr_ge0 eT x1) x2).
have e' : \tr ((P - Y) *m (P - Y)^T) = \tr (P *m P) - (\tr (P *m Y) + \tr (P *m Y)) + \tr (Y *m Y^T).
  rewrite linearB /= Pt mulmxBl !mulmxBr !linearB /=.
  have -> : \tr (Y *m P) = \tr (P *m Y) by rewrite mxtrace_mulC.
  have -> : \tr (P *m Y^T) = \tr (P *m Y) by rewrite -mxtrace_tr trmx_mul trmxK Pt mxtrace_mulC.
  by move: (\tr (P *m P)) (\tr (P *m Y)) (\tr (Y *m Y^T)) => a b d; ring.
rewrite e' -subr_ge0; rewrite e in pos; move: pos small cover.
move: (\tr (P *m P)) (\tr (P *m C)) (\tr (P *m Y)) (\tr (D *m D^T)) (\tr (Y *m Y^T)) (\tr (T *m T^T) + 2%:R * (s * \tr T) + s * s * k%:R) => a b y d yy t pos small cover.
have -> : a - (y + y) + yy - (yy - t) = (a - (b + b) + d) + (t - d) + (b - y) + (b - y) by ring.
have x1 : 0 <= t - d by rewrite subr_ge0.
have x2 : 0 <= b - y by rewrite subr_ge0.
exact: (addr_ge0 (addr_ge0 (addr_ge0 pos x1) x2) x2).
Qed.

End KyFan.
