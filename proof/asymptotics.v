(** Numbers of a certificate in an ordered field, and functions of a displacement up to terms of an order. *)
From Coq Require Import ZArith.
From mathcomp Require Import ssreflect ssrfun ssrbool eqtype ssrnat seq fintype bigop.
From mathcomp Require Import order ssralg ssrnum ssrint ssrZ ring.
From rankscape Require Import program.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import Order.Theory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Section Numbers.
Variable F : realFieldType.

Definition toF (z : Z) : F := (int_of_Z z)%:~R.

Lemma toFD a b : toF (Z.add a b) = toF a + toF b.
Proof. by rewrite /toF -rmorphD; congr (_%:~R); exact: (raddfD ZInstances.int_of_Z_additive). Qed.

Lemma toFB a b : toF (Z.sub a b) = toF a - toF b.
Proof. by rewrite /toF -rmorphB; congr (_%:~R); exact: (raddfB ZInstances.int_of_Z_additive). Qed.

Lemma toFM a b : toF (Z.mul a b) = toF a * toF b.
Proof. by rewrite /toF -rmorphM; congr (_%:~R); exact: (rmorphM ZInstances.int_of_Z_rmorphism). Qed.

Lemma toF0 : toF Z0 = 0. Proof. by []. Qed.
Lemma toF1 : toF (Zpos xH) = 1. Proof. by []. Qed.
Lemma toFN1 : toF (Zneg xH) = -1. Proof. by []. Qed.

Lemma toF_gt0 z : Z.lt Z0 z -> 0 < toF z.
Proof. by case: z => // p _; rewrite /toF /= ltr0n; apply/ssrnat.ltP; exact: Pos2Nat.is_pos. Qed.

Lemma toF_lt a b : Z.lt a b -> toF a < toF b.
Proof. by move=> h; rewrite -subr_gt0 -toFB; apply: toF_gt0; exact/Z.lt_0_sub. Qed.

Lemma toF_le a b : Z.le a b -> toF a <= toF b.
Proof. by case/Z.le_lteq => [/toF_lt/ltW | ->]. Qed.

Lemma toF_eq0 z : toF z = 0 -> z = Z0.
Proof.
case: (Z.lt_trichotomy z Z0) => [h|[//|h]] e.
  by have := toF_lt h; rewrite e toF0 ltxx.
by have := toF_lt h; rewrite e toF0 ltxx.
Qed.

(** The operations of the field, and of functions into it. *)
Definition field_operations : operations F :=
  {| constant := fun n d => toF n / toF d; plus := +%R; minus := fun a b => a - b; times := *%R |}.

Definition function_operations (W : Type) : operations (W -> F) :=
  {| constant := fun n d _ => toF n / toF d;
     plus := fun f g w => f w + g w;
     minus := fun f g w => f w - g w;
     times := fun f g w => f w * g w |}.

End Numbers.

(** f = O(|w|^k) near 0, for a size N of displacements. *)
Section Order.
Variables (F : realFieldType) (W : Type) (N : W -> F).
Hypothesis N_ge0 : forall w, 0 <= N w.
Implicit Types f g : W -> F.

Definition bigO (k : nat) f :=
  exists C d : F, [/\ 0 <= C, 0 < d, d <= 1 & forall w, N w <= d -> `|f w| <= C * N w ^+ k].

Lemma bigO_ext k f g : f =1 g -> bigO k f -> bigO k g.
Proof. by move=> e [C [d [C0 d0 d1 h]]]; exists C, d; split=> // w /h; rewrite e. Qed.

Lemma bigO0 k : bigO k (fun=> 0).
Proof. by exists 0, 1; split; rewrite ?ltr01 // => w _; rewrite normr0 mul0r. Qed.

Lemma bigOD k f g : bigO k f -> bigO k g -> bigO k (fun w => f w + g w).
Proof.
move=> [C [d [C0 d0 d1 h]]] [C' [d' [C0' d0' d1' h']]]; exists (C + C'), (Num.min d d').
split; rewrite ?addr_ge0 ?lt_minr ?d0 ?le_minl ?d1 // => w; rewrite le_minr => /andP[/h a /h' b].
by rewrite mulrDl (le_trans (ler_norm_add _ _)) ?ler_add.
Qed.

Lemma bigOM j k f g : bigO j f -> bigO k g -> bigO (j + k) (fun w => f w * g w).
Proof.
move=> [C [d [C0 d0 d1 h]]] [C' [d' [C0' d0' d1' h']]]; exists (C * C'), (Num.min d d').
split; rewrite ?mulr_ge0 ?lt_minr ?d0 ?le_minl ?d1 // => w; rewrite le_minr => /andP[/h a /h' b].
by rewrite exprD normrM mulrACA ler_pmul.
Qed.

Lemma bigO_weak j k f : (j <= k)%N -> bigO k f -> bigO j f.
Proof.
move=> jk [C [d [C0 d0 d1 h]]]; exists C, d; split=> // w wd.
by rewrite (le_trans (h w wd)) // ler_wpmul2l // ler_wiexpn2l // (le_trans wd).
Qed.

Lemma bigO_cst (c : F) : bigO 0 (fun=> c).
Proof. by exists `|c|, 1; split; rewrite ?ltr01 // => w _; rewrite mulr1. Qed.

Lemma bigO_scale k c f : bigO k f -> bigO k (fun w => c * f w).
Proof. by move=> h; exact: (bigOM (bigO_cst c) h). Qed.

Lemma bigOB k f g : bigO k f -> bigO k g -> bigO k (fun w => f w - g w).
Proof.
move=> hf hg; apply: bigO_ext (bigOD hf (bigO_scale (-1) hg)) => w.
by rewrite mulN1r.
Qed.

Lemma bigO_le k f : (forall w, `|f w| <= N w ^+ k) -> bigO k f.
Proof. by move=> h; exists 1, 1; split; rewrite ?ltr01 ?ler01 // => w _; rewrite mul1r. Qed.

(** Products modulo O(|w|^k), of bounded functions. *)
Lemma bigO_times k f g a b : bigO 0 a -> bigO 0 b ->
  bigO k (fun w => f w - a w) -> bigO k (fun w => g w - b w) -> bigO k (fun w => f w * g w - a w * b w).
Proof.
move=> ha hb fa gb.
have gb' := bigOM ha gb; have fa' := bigOM hb fa; have fg := bigOM fa gb.
have fg' := bigO_weak (leq_addr k k) fg.
apply: bigO_ext (bigOD (bigOD gb' fa') fg') => w /=.
ring.
Qed.

Lemma bigO_at0 k f w : N w = 0 -> bigO k.+1 f -> f w = 0.
Proof.
move=> w0 [C [d [_ d0 _ /(_ w)]]]; rewrite w0 expr0n mulr0 normr_le0 => h.
by apply/eqP/h/ltW.
Qed.

End Order.
