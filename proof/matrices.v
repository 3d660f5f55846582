(** Matrices as lists of rows, which programs compute with, and MathComp's. *)
From Coq Require Import ZArith.
From mathcomp Require Import ssreflect ssrfun ssrbool eqtype ssrnat seq fintype bigop.
From mathcomp Require Import order ssralg ssrnum zmodp matrix mxalgebra.
From rankscape Require Import program asymptotics.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import Order.Theory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Local Arguments zero_scalar : simpl never.

Section Matrices.
Variable F : realFieldType.
Notation ops := (field_operations F).

(** A matrix as a list of rows. *)
Definition mat r c (A : 'M[F]_(r, c)) : matrix F := [seq [seq A i j | j <- enum 'I_c] | i <- enum 'I_r].

Let zero : zero_scalar ops = 0. Proof. by rewrite /zero_scalar /= toF0 mul0r. Qed.

Lemma dot_sum (I : Type) (s : seq I) (f g : I -> F) : dot ops [seq f i | i <- s] [seq g i | i <- s] = \sum_(i <- s) f i * g i.
Proof. by elim: s => [|i s ih] /=; rewrite ?big_nil ?big_cons ?zero // ih. Qed.

Lemma total_sum (I : Type) (s : seq I) (f : I -> F) : total ops [seq f i | i <- s] = \sum_(i <- s) f i.
Proof. by elim: s => [|i s ih] /=; rewrite ?big_nil ?big_cons ?zero // ih. Qed.

Lemma mat_transpose r c (A : 'M[F]_(r, c)) : (0 < r)%N -> transpose ops (mat A) = mat A^T.
Proof.
case: r A => // r A _; rewrite /transpose.
have -> : size (head [::] (mat A)) = c by rewrite /mat enum_ordSl /= size_map size_enum_ord.
rewrite [RHS]/mat -val_enum_ord -map_comp; apply: eq_map => j /=.
rewrite /mat -map_comp; apply: eq_map => i /=.
by rewrite (nth_map j) ?size_enum_ord // nth_ord_enum mxE.
Qed.

Lemma mat_multiply r k c (A : 'M[F]_(r, k)) (B : 'M[F]_(k, c)) : (0 < k)%N ->
  multiply ops (mat A) (mat B) = mat (A *m B).
Proof.
move=> k0; rewrite /multiply (mat_transpose _ k0) /mat -map_comp; apply: eq_map => i /=.
rewrite -map_comp; apply: eq_map => j /=; rewrite dot_sum mxE big_enum /=.
by apply: eq_bigr => l _; rewrite mxE.
Qed.

Lemma map2_map (I : Type) (s : seq I) (f g : I -> F) h : map2 h [seq f i | i <- s] [seq g i | i <- s] = [seq h (f i) (g i) | i <- s].
Proof. by elim: s => //= i s ->. Qed.

Lemma map22_map (I J : Type) (s : seq I) (t : seq J) (f g : I -> J -> F) h :
  map22 h [seq [seq f i j | j <- t] | i <- s] [seq [seq g i j | j <- t] | i <- s] = [seq [seq h (f i j) (g i j) | j <- t] | i <- s].
Proof. by elim: s => //= i s ->; rewrite map2_map. Qed.

Lemma mat_subtract r c (A B : 'M[F]_(r, c)) : map22 (minus ops) (mat A) (mat B) = mat (A - B).
Proof. by rewrite /mat map22_map; apply: eq_map => i; apply: eq_map => j; rewrite !mxE. Qed.

Lemma mat_dot r c (A B : 'M[F]_(r, c)) :
  total ops [seq dot ops x.1 x.2 | x <- zip (mat A) (mat B)] = \tr (A *m B^T).
Proof.
rewrite /mat zip_map -map_comp total_sum big_enum /mxtrace; apply: eq_bigr => i _ /=.
by rewrite dot_sum big_enum mxE; apply: eq_bigr => j _; rewrite mxE.
Qed.

End Matrices.
