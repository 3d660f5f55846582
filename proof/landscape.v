(** The terms of the statements: what a theorem of the checker says of a loss L at a point x, over an ordered field. *)
From mathcomp Require Import ssreflect ssrfun ssrbool eqtype ssrnat seq fintype bigop.
From mathcomp Require Import order ssralg ssrnum zmodp matrix mxalgebra.
From rankscape Require Import expansions.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import Order.Theory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Section Landscape.
Variables (F : realFieldType) (n : nat).
Implicit Types (L : 'rV[F]_n -> F) (x w : 'rV[F]_n) (A : 'M[F]_n).

(** The quadratic form w A w^T. *)
Definition form A w : F := (w *m A *m w^T) 0 0.

(** g is the gradient and A the Hessian of L at x (norm1: the sum of absolute values). *)
Definition expansion L x (g : 'rV[F]_n) A : Prop :=
  A^T = A /\
  exists C d : F, 0 < d /\
    forall w, norm1 w <= d -> `|L (x + w) - L x - (w *m g^T) 0 0 - form A w / 2%:R| <= C * norm1 w ^+ 3.

Definition critical_point L x : Prop := exists A, expansion L x 0 A.

Definition local_min L x : Prop := exists2 d : F, 0 < d & forall w, norm1 w <= d -> L x <= L (x + w).
Definition local_max L x : Prop := exists2 d : F, 0 < d & forall w, norm1 w <= d -> L (x + w) <= L x.
Definition strict_local_min L x : Prop :=
  exists2 d : F, 0 < d & forall w, w != 0 -> norm1 w <= d -> L x < L (x + w).
Definition strict_local_max L x : Prop :=
  exists2 d : F, 0 < d & forall w, w != 0 -> norm1 w <= d -> L (x + w) < L x.
Definition global_min L x : Prop := forall y, L x <= L y.

(** Values below (above) that of x arbitrarily near x. *)
Definition descends L x : Prop := forall d : F, 0 < d -> exists2 w, norm1 w <= d & L (x + w) < L x.
Definition ascends L x : Prop := forall d : F, 0 < d -> exists2 w, norm1 w <= d & L x < L (x + w).

(** a is the greatest dimension of a space on which the form is negative off 0, b the same for positive, and the
    null space {w : w A = 0} has dimension c. *)
Definition negative_on A k (U : 'M[F]_(k, n)) : Prop := forall u : 'rV[F]_k, u != 0 -> form A (u *m U) < 0.
Definition positive_on A k (U : 'M[F]_(k, n)) : Prop := forall u : 'rV[F]_k, u != 0 -> 0 < form A (u *m U).

Record inertia A (a c b : nat) : Prop := Inertia {
  inertia_neg : exists U : 'M[F]_(a, n), row_free U /\ negative_on A U;
  inertia_neg_max : forall k (U : 'M[F]_(k, n)), row_free U -> negative_on A U -> (k <= a)%N;
  inertia_pos : exists U : 'M[F]_(b, n), row_free U /\ positive_on A U;
  inertia_pos_max : forall k (U : 'M[F]_(k, n)), row_free U -> positive_on A U -> (k <= b)%N;
  inertia_null : (\rank (kermx A) = c)%N }.

Lemma descends_not_min L x : descends L x -> ~ local_min L x.
Proof. by move=> h [d /h [w wd lt] /(_ w wd)]; rewrite leNgt lt. Qed.

Lemma ascends_not_max L x : ascends L x -> ~ local_max L x.
Proof. by move=> h [d /h [w wd lt] /(_ w wd)]; rewrite leNgt lt. Qed.

Lemma strict_min_min L x : strict_local_min L x -> local_min L x.
Proof.
move=> [d d0 h]; exists d => // w wd; have [->|w0] := eqVneq w 0; first by rewrite addr0.
by apply/ltW/h.
Qed.

End Landscape.
