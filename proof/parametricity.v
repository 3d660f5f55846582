(** The one lemma about programs: a relation respected by the four scalar operations is respected by every program. *)
From Coq Require Import ZArith List.
From mathcomp Require Import ssreflect ssrfun ssrbool eqtype ssrnat seq.
From rankscape Require Import program.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Section Lists.
Variables (A B : Type) (R : A -> B -> Prop).

Lemma F2_nth a b x y k : Forall2 R a b -> R x y -> R (nth x a k) (nth y b k).
Proof. by move=> h; elim: h k => [|u v a' b' uv _ ih] [|k] xy //=; apply: ih. Qed.

Lemma F2_head a b x y : Forall2 R a b -> R x y -> R (head x a) (head y b).
Proof. by case. Qed.

Lemma F2_size a b : Forall2 R a b -> size a = size b.
Proof. by elim=> //= u v a' b' _ _ ->. Qed.

Lemma F2_rcons a b x y : Forall2 R a b -> R x y -> Forall2 R (rcons a x) (rcons b y).
Proof. by move=> h; elim: h => [|u v a' b' uv _ ih] xy /=; constructor=> //; apply: ih. Qed.

Lemma F2_map (C : Type) (f : C -> A) (g : C -> B) (s : seq C) :
  (forall c, R (f c) (g c)) -> Forall2 R (map f s) (map g s).
Proof. by move=> h; elim: s => //= c s ih; constructor. Qed.

End Lists.

Lemma F2_map2 (A B C D : Type) (R : A -> B -> Prop) (Q : C -> D -> Prop) (f : A -> C) (g : B -> D) a b :
  (forall x y, R x y -> Q (f x) (g y)) -> Forall2 R a b -> Forall2 Q (map f a) (map g b).
Proof. by move=> h; elim=> //= u v a' b' uv _ ih; constructor=> //; apply: h. Qed.

Section Parametricity.
Variables (A B : Type) (oa : operations A) (ob : operations B) (R : A -> B -> Prop).
Hypothesis R_constant : forall n d, (0 < d)%Z -> R (constant oa n d) (constant ob n d).
Hypothesis R_plus : forall a b c d, R a b -> R c d -> R (plus oa a c) (plus ob b d).
Hypothesis R_minus : forall a b c d, R a b -> R c d -> R (minus oa a c) (minus ob b d).
Hypothesis R_times : forall a b c d, R a b -> R c d -> R (times oa a c) (times ob b d).

Let RV := Forall2 R.
Let RM := Forall2 RV.
Let RS := Forall2 RM.

Lemma R_zero : R (zero_scalar oa) (zero_scalar ob).
Proof. exact: R_constant. Qed.

Lemma R_map2 f g a b c d :
  (forall x y z w, R x y -> R z w -> R (f x z) (g y w)) -> RV a b -> RV c d -> RV (map2 f a c) (map2 g b d).
Proof.
move=> h ab; elim: ab c d => [|x y a' b' xy _ ih] c d; first by constructor.
by case=> [|z w c' d' zw cd] /=; constructor; [apply: h | apply: ih].
Qed.

Lemma R_map22 f g a b c d :
  (forall x y z w, R x y -> R z w -> R (f x z) (g y w)) -> RM a b -> RM c d -> RM (map22 f a c) (map22 g b d).
Proof.
move=> h ab; elim: ab c d => [|x y a' b' xy _ ih] c d; first by constructor.
by case=> [|z w c' d' zw cd] /=; constructor; [apply: R_map2 | apply: ih].
Qed.

Lemma R_dot a b c d : RV a b -> RV c d -> R (dot oa a c) (dot ob b d).
Proof.
move=> ab; elim: ab c d => [|x y a' b' xy _ ih] c d; first by move=> _; exact: R_zero.
case=> [|z w c' d' zw cd] /=; first exact: R_zero.
by apply: R_plus; [apply: R_times | apply: ih].
Qed.

Lemma R_total a b : RV a b -> R (total oa a) (total ob b).
Proof. by elim=> [|x y a' b' xy _ ih] /=; [apply: R_zero | apply: R_plus]. Qed.

Lemma R_head_row a b : RM a b -> RV (head [::] a) (head [::] b).
Proof. by move=> h; apply: F2_head => //; constructor. Qed.

Lemma R_transpose a b : RM a b -> RM (transpose oa a) (transpose ob b).
Proof.
move=> h; rewrite /transpose (F2_size (R_head_row h)).
apply: F2_map => i; apply: F2_map2 h => x y xy; apply: F2_nth => //; exact: R_zero.
Qed.

Lemma R_multiply a b c d : RM a b -> RM c d -> RM (multiply oa a c) (multiply ob b d).
Proof.
move=> ab cd; apply: F2_map2 ab => x y xy.
by apply: F2_map2 (R_transpose cd) => z w zw; apply: R_dot.
Qed.

Lemma R_mapm f g a b : (forall x y, R x y -> R (f x) (g y)) -> RM a b -> RM (mapm f a) (mapm g b).
Proof. by move=> h ab; apply: F2_map2 ab => x y xy; apply: F2_map2 xy. Qed.

Lemma R_scalar a b : RM a b -> R (scalar oa a) (scalar ob b).
Proof. by move=> h; apply: F2_head (R_head_row h) _; exact: R_zero. Qed.

Lemma R_embed m : wf_matrix m -> RM (embed oa m) (embed ob m).
Proof.
move=> /Z.ltb_spec0 h; apply: F2_map => r; apply: F2_map => z; exact: R_constant.
Qed.

Lemma R_position s t k : RS s t -> RM (position s k) (position t k).
Proof. by move=> h; apply: F2_nth => //; constructor. Qed.

Lemma R_execute s t u v i : wf_instruction i -> RS s t -> RS u v -> RM (execute oa s u i) (execute ob t v i).
Proof.
case: i => [k|m|a b|a b|a b|a b|a b|n d a|c a|a] /= w st uv.
- exact: R_position.
- exact: R_embed.
- by apply: R_map22 => //; apply: R_position.
- by apply: R_map22 => //; apply: R_position.
- by apply: R_multiply; apply: R_position.
- by apply: R_map22 => //; apply: R_position.
- constructor=> //; constructor=> //; apply: R_total.
  move: (position u b) (position v b) (R_position b uv) => c d.
  elim: (R_position a uv) c d => [|x y a' b' xy _ ih] c d; first by case=> *; constructor.
  by case=> [|z w' c' d' zw cd] /=; constructor; [apply: R_dot | apply: ih].
- move/Z.ltb_spec0: w => w; apply: R_mapm; last exact: R_position.
  by move=> x y; apply: R_times; apply: R_constant.
- apply: R_mapm; last exact: R_position.
  by move=> x y; apply: R_times; apply: R_scalar; apply: R_position.
- by apply: R_transpose; apply: R_position.
Qed.

Lemma R_run s t p u v : all wf_instruction p -> RS s t -> RS u v -> RS (run oa s u p) (run ob t v p).
Proof.
elim: p u v => [|i p ih] u v //= /andP[wi wp] st uv.
by apply: ih => //; apply: F2_rcons => //; apply: R_execute.
Qed.

Lemma R_fill x y k s : all wf_input s -> (forall i, R (x i) (y i)) -> RS (fill oa x k s) (fill ob y k s).
Proof.
move=> ws xy; elim: s k ws => [|[m|r c] s ih] k /=; first by constructor.
  by case/andP=> wi ws; constructor; [apply: R_embed | apply: ih].
by move=> ws; constructor; [apply: F2_map => i; apply: F2_map | apply: ih].
Qed.

Theorem R_value inputs p out x y :
  wf inputs p -> (forall i, R (x i) (y i)) -> R (value_of oa inputs p out x) (value_of ob inputs p out y).
Proof.
case/andP=> wi wp xy; apply: R_scalar; apply: R_position; apply: R_run => //; exact: R_fill.
Qed.

Theorem R_result inputs p k x y :
  wf inputs p -> (forall i, R (x i) (y i)) ->
  RM (position (eval oa (fill oa x 0 inputs) p) k) (position (eval ob (fill ob y 0 inputs) p) k).
Proof.
case/andP=> wi wp xy; apply: R_position; apply: R_run => //; exact: R_fill.
Qed.

End Parametricity.
