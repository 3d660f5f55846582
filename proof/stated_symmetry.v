(** The sentences of [rankscape classify --coq] on a local minimizer modulo a symmetry of the loss. The value and the Hessian are those of
    stated.v, as the certificate without the symmetry is checked too. *)
From mathcomp Require Import ssreflect ssrfun ssrbool.
From mathcomp Require Import order ssralg ssrnum zmodp matrix.
From rankscape Require Import program certificate checker symmetry landscape soundness symmetry_sound.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Lemma symmetric_checked k : check_symmetric k -> check (without k).
Proof. by case/and5P. Qed.

Section Stated.
Variables (F : archiFieldType) (k : symmetric).
Notation L := (@loss F (without k)).
Notation x := (point F (without k)).

Definition symmetric_sentence : Prop :=
  match concluded k with
  | GlobalMinimizer => critical_point L x /\ global_min L x
  | LocalMinimizer => [/\ critical_point L x, local_min L x & ~ global_min L x]
  | _ => critical_point L x /\ local_min L x
  end.

Theorem stated_symmetric_verdict : check_symmetric k -> symmetric_sentence.
Proof.
by case/(check_symmetric_sound F)=> _ cr mn; rewrite /symmetric_sentence; case: (concluded k).
Qed.

End Stated.
