(** A quadratic form on the null space of a matrix J, and the form with J as its border: the inertia of one follows from
    that of the other, as m hyperbolic planes split off. *)
From mathcomp Require Import ssreflect ssrfun ssrbool eqtype ssrnat seq fintype bigop.
From mathcomp Require Import order ssralg ssrnum zmodp matrix mxalgebra ring.
From rankscape Require Import expansions landscape forms kyfan.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import Order.Theory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Lemma plus00 (R : ringType) (X Y : 'M[R]_1) : (X + Y) 0 0 = X 0 0 + Y 0 0. Proof. by rewrite mxE. Qed.
Lemma opp00 (R : ringType) (X : 'M[R]_1) : (- X) 0 0 = - X 0 0. Proof. by rewrite mxE. Qed.
Lemma scale00 (R : ringType) c (X : 'M[R]_1) : (c *: X) 0 0 = c * X 0 0. Proof. by rewrite mxE. Qed.

Lemma trD (R : ringType) a b (X Y : 'M[R]_(a, b)) : (X + Y)^T = X^T + Y^T. Proof. exact: linearD. Qed.
Lemma trZ (R : comRingType) a b c (X : 'M[R]_(a, b)) : (c *: X)^T = c *: X^T. Proof. exact: linearZ. Qed.

Section Bordered.
Variables (F : realFieldType) (n m : nat) (A : 'M[F]_n) (J : 'M[F]_(m, n)).
Hypothesis As : A^T = A.
Hypothesis Jf : row_free J.

Definition bordered : 'M[F]_(n + m) := block_mx A (- J^T) (- J) 0.

Lemma bordered_sym : bordered^T = bordered.
Proof. by rewrite /bordered tr_block_mx As !linearN /= trmxK trmx0. Qed.

Lemma form_bordered (w : 'rV[F]_n) (v : 'rV[F]_m) :
  form bordered (row_mx w v) = form A w - 2%:R * (w *m J^T *m v^T) 0 0.
Proof.
have flip : (v *m J *m w^T) 0 0 = (w *m J^T *m v^T) 0 0.
  by rewrite -[in RHS](trmxK (w *m _ *m _)) [in RHS]mxE !trmx_mul !trmxK mulmxA.
rewrite /form mul_row_block mulmx0 addr0 tr_row_mx mul_row_col mulmxDl !mulmxN !mulNmx !plus00 !opp00 flip; ring.
Qed.

Lemma right_inverse : exists R : 'M[F]_(m, n), R *m J^T = 1%:M.
Proof. by have /row_freeP[B e] := Jf; exists B^T; rewrite -trmx_mul e trmx1. Qed.

(** A space in the null space of J, and m more dimensions. *)
Lemma lift e k (V : 'M[F]_(k, n)) : V *m J^T = 0 -> exists U : 'M[F]_(k + m, n + m),
  forall (v : 'rV_k) (s : 'rV_m), form bordered (row_mx v s *m U) = form A (v *m V) - 2%:R * e * (s *m s^T) 0 0.
Proof.
move=> VJ; have [R RJ] := right_inverse.
exists (block_mx V (V *m A *m R^T) R (e%:M + 2%:R^-1 *: (R *m A *m R^T))) => v s.
rewrite mul_row_block form_bordered mulmxDl -[v *m V *m _]mulmxA VJ mulmx0 add0r -[s *m R *m J^T]mulmxA RJ mulmx1.
set a := v *m V; set r := s *m R.
have -> : v *m (V *m A *m R^T) = a *m A *m R^T by rewrite !mulmxA.
have -> : s *m (e%:M + 2%:R^-1 *: (R *m A *m R^T)) = e *: s + 2%:R^-1 *: (r *m A *m R^T).
  by rewrite mulmxDr mul_mx_scalar -scalemxAr !mulmxA.
have -> : form A (a + r) = form A a + 2%:R * (r *m A *m a^T) 0 0 + form A r.
  rewrite /form trD !mulmxDl !mulmxDr !plus00.
  have -> : (a *m A *m r^T) 0 0 = (r *m A *m a^T) 0 0.
    by rewrite -[in RHS](trmxK (r *m _ *m _)) [in RHS]mxE !trmx_mul !trmxK As mulmxA.
  by move: ((a *m A *m a^T) 0 0) ((r *m A *m a^T) 0 0) ((r *m A *m r^T) 0 0) => x y z; ring.
rewrite !trD !trZ !mulmxDr -!scalemxAr.
have -> : s *m (a *m A *m R^T)^T = r *m A *m a^T by rewrite !trmx_mul trmxK As !mulmxA.
have -> : s *m (r *m A *m R^T)^T = r *m A *m r^T by rewrite !trmx_mul trmxK As !mulmxA.
rewrite /form !plus00 !scale00.
move: ((a *m A *m a^T) 0 0) ((r *m A *m a^T) 0 0) ((r *m A *m r^T) 0 0) ((s *m s^T) 0 0) => x y z t.
by field.
Qed.

Lemma square_positive k (s : 'rV[F]_k) : s != 0 -> 0 < (s *m s^T) 0 0.
Proof.
move=> s0; have h : 0 <= (s *m s^T) 0 0 by rewrite mxE sumr_ge0 // => i _; rewrite mxE -expr2 sqr_ge0.
rewrite lt_def h andbT; apply: contra s0 => /eqP/square_eq0 ->; exact: eqxx.
Qed.

Lemma lift_negative k (V : 'M[F]_(k, n)) : V *m J^T = 0 -> negative_on A V -> exists U : 'M[F]_(k + m, n + m), negative_on bordered U.
Proof.
move=> VJ ng; have [U h] := lift 1 VJ; exists U => u; rewrite -[u]hsubmxK h => u0.
move: (lsubmx u) (rsubmx u) u0 => v s u0; rewrite mulr1; have [v0|vn] := eqVneq v 0.
  have sn : s != 0 by apply: contraNneq u0 => ->; rewrite v0 row_mx0.
  by rewrite v0 mul0mx form0 sub0r oppr_lt0 mulr_gt0 ?ltr0n ?square_positive.
have [->|sn] := eqVneq s 0; first by rewrite mul0mx [(0 : 'M_1) 0 0]mxE mulr0 subr0; exact: ng.
by rewrite subr_lt0 (lt_trans (ng v vn)) // mulr_gt0 ?ltr0n ?square_positive.
Qed.

(** The part of a space where the form is negative that lies over the null space of J. *)
Lemma drop_negative a (U : 'M[F]_(a, n + m)) : negative_on bordered U ->
  exists r (V : 'M[F]_(r, n)), [/\ V *m J^T = 0, negative_on A V & (a <= r + m)%N].
Proof.
move=> ng; set B := lsubmx U *m J^T.
exists (\rank (kermx B)), (row_base (kermx B) *m lsubmx U); split.
- by rewrite -mulmxA; apply/sub_kermxP; rewrite eq_row_base.
- move=> u u0; have kb : row_base (kermx B) *m B = 0 by apply/sub_kermxP; rewrite eq_row_base.
  have un : u *m row_base (kermx B) != 0 by apply: contra_neq u0; exact: row_free_eq0 (row_base_free _).
  have := ng _ un; rewrite -[U in form _ (_ *m U)]hsubmxK mul_mx_row form_bordered.
  rewrite -[_ *m lsubmx U *m J^T]mulmxA -/B -[_ *m row_base _ *m B]mulmxA kb mulmx0 mul0mx [(0 : 'M_1) 0 0]mxE mulr0 subr0 -[_ *m lsubmx U]mulmxA; exact.
by rewrite mxrank_ker addnC -leq_subLR leq_sub2l // rank_leq_col.
Qed.

Lemma negative_max a k (V : 'M[F]_(k, n)) :
  (forall r (U : 'M[F]_(r, n + m)), row_free U -> negative_on bordered U -> (r <= a)%N) ->
  V *m J^T = 0 -> negative_on A V -> (k + m <= a)%N.
Proof. by move=> h VJ ng; have [U nu] := lift_negative VJ ng; exact: h (negative_free nu) nu. Qed.

Lemma negative_exists a (U : 'M[F]_(a, n + m)) :
  (forall r (U : 'M[F]_(r, n + m)), row_free U -> negative_on bordered U -> (r <= a)%N) ->
  negative_on bordered U -> exists V : 'M[F]_(a - m, n), V *m J^T = 0 /\ negative_on A V.
Proof.
move=> h /drop_negative[r [V [VJ nV le]]]; have ge := negative_max h VJ nV.
have e : a = (r + m)%N by apply/eqP; rewrite eqn_leq le ge.
by rewrite e addnK; exists V.
Qed.

(** The null space of the bordered matrix is that of the form. *)
Lemma null_exists : exists (Z : 'M[F]_(\rank (kermx bordered), n)) (nu : 'M[F]_(\rank (kermx bordered), m)),
  [/\ row_free Z, Z *m J^T = 0 & Z *m A = nu *m J].
Proof.
set K := row_base (kermx bordered).
have : K *m bordered = 0 by apply/sub_kermxP; rewrite eq_row_base.
rewrite -[K]hsubmxK mul_row_block mulmx0 addr0 !mulmxN => e.
have e1 : lsubmx K *m A = rsubmx K *m J.
  by apply/eqP; rewrite -subr_eq0; apply/eqP; have := congr1 lsubmx e; rewrite row_mxKl linear0.
have e2 : lsubmx K *m J^T = 0.
  by apply/eqP; rewrite -oppr_eq0; apply/eqP; have := congr1 rsubmx e; rewrite row_mxKr linear0.
exists (lsubmx K), (rsubmx K); split=> //; apply: free_from_kernel => u u0.
have r0 : u *m rsubmx K = 0.
  by apply: (row_free_eq0 Jf); rewrite -mulmxA -e1 mulmxA u0 mul0mx.
by apply: (row_free_eq0 (row_base_free (kermx bordered))); rewrite -/K -[K]hsubmxK mul_mx_row u0 r0 row_mx0.
Qed.

Lemma null_max k (Z : 'M[F]_(k, n)) (nu : 'M[F]_(k, m)) : row_free Z -> Z *m J^T = 0 -> Z *m A = nu *m J ->
  (k <= \rank (kermx bordered))%N.
Proof.
move=> zf ZJ ZA; have f : row_free (row_mx Z nu).
  apply: free_from_kernel => u; rewrite mul_mx_row => e; apply: (row_free_eq0 zf).
  by have := congr1 lsubmx e; rewrite row_mxKl linear0.
rewrite -(eqP f); apply: mxrankS; apply/sub_kermxP.
by rewrite mul_row_block mulmx0 addr0 !mulmxN ZJ ZA subrr oppr0 row_mx0.
Qed.

End Bordered.

(** On the null space of J, a is the greatest dimension of a space where the form is negative off 0, b of one where it is
    positive, and {w : w A is in the row space of J} has dimension c. *)
Record inertia_on (F : realFieldType) n m (A : 'M[F]_n) (J : 'M[F]_(m, n)) (a c b : nat) : Prop := InertiaOn {
  on_neg : exists U : 'M[F]_(a, n), [/\ row_free U, U *m J^T = 0 & negative_on A U];
  on_neg_max : forall k (U : 'M[F]_(k, n)), row_free U -> U *m J^T = 0 -> negative_on A U -> (k <= a)%N;
  on_pos : exists U : 'M[F]_(b, n), [/\ row_free U, U *m J^T = 0 & positive_on A U];
  on_pos_max : forall k (U : 'M[F]_(k, n)), row_free U -> U *m J^T = 0 -> positive_on A U -> (k <= b)%N;
  on_null : exists (Z : 'M[F]_(c, n)) nu, [/\ row_free Z, Z *m J^T = 0 & Z *m A = nu *m J];
  on_null_max : forall k (Z : 'M[F]_(k, n)) nu, row_free Z -> Z *m J^T = 0 -> Z *m A = nu *m J -> (k <= c)%N }.

Section Inertia.
Variables (F : realFieldType) (n m : nat) (A : 'M[F]_n) (J : 'M[F]_(m, n)).
Hypothesis As : A^T = A.
Hypothesis Jf : row_free J.

Lemma borderedN : - bordered A J = bordered (- A) (- J).
Proof. by rewrite /bordered opp_block_mx oppr0; congr block_mx; rewrite [(- J)^T]linearN. Qed.

Lemma bordered_dimensions a c b : inertia (bordered A J) a c b -> (m <= a)%N /\ (m <= b)%N.
Proof.
case=> _ nmax _ pmax _.
have none (B : 'M[F]_n) : negative_on B (0 : 'M[F]_(0, n)) by move=> u; rewrite (thinmx0 u) eqxx.
have nmaxN r (U' : 'M[F]_(r, n + m)) : row_free U' -> negative_on (bordered (- A) (- J)) U' -> (r <= b)%N.
  by rewrite -borderedN => fU /negative_onN; exact: pmax.
split; first exact: (negative_max As Jf nmax (mul0mx _ _) (none A)).
have AsN : (- A)^T = - A by rewrite linearN /= As.
have JfN : row_free (- J) by rewrite /row_free mxrank_opp.
exact: (negative_max AsN JfN nmaxN (mul0mx _ _) (none (- A))).
Qed.

Theorem inertia_bordered a c b : inertia (bordered A J) a c b -> inertia_on A J (a - m) c (b - m).
Proof.
case=> [[U [_ nU]] nmax [P [_ pP]] pmax nul].
have AsN : (- A)^T = - A by rewrite linearN /= As.
have JfN : row_free (- J) by rewrite /row_free mxrank_opp.
have tJ k (V : 'M[F]_(k, n)) : V *m (- J)^T = 0 <-> V *m J^T = 0.
  by rewrite linearN /= mulmxN; split=> [/eqP|->]; rewrite ?oppr0 // oppr_eq0 => /eqP.
have nmaxN r (U' : 'M[F]_(r, n + m)) : row_free U' -> negative_on (bordered (- A) (- J)) U' -> (r <= b)%N.
  by rewrite -borderedN => fU /negative_onN; exact: pmax.
split.
- have [V [VJ nV]] := negative_exists As Jf nmax nU; exists V; split=> //; exact: negative_free nV.
- by move=> k V _ VJ nV; rewrite -(addnK m k) leq_sub2r // (negative_max As Jf nmax VJ nV).
- have nP : negative_on (bordered (- A) (- J)) P by rewrite -borderedN; exact/negative_onN.
  have [V [VJ nV]] := negative_exists AsN JfN nmaxN nP; exists V; split; [|exact/tJ|exact/negative_onN]; exact: negative_free nV.
- move=> k V _ VJ /negative_onN nV; have VJ' : V *m (- J)^T = 0 by exact/tJ.
  by rewrite -(addnK m k) leq_sub2r // (negative_max AsN JfN nmaxN VJ' nV).
- by move: (null_exists A Jf); rewrite nul => -[Z [nu h]]; exists Z, nu.
by move=> k Z nu; rewrite -nul; exact: null_max.
Qed.

End Inertia.
