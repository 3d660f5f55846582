(** What is proved of a point, as sentences; `rankscape classify --coq` writes theorems that say them of one certificate. *)
From Coq Require Import ZArith List.
From mathcomp Require Import ssreflect ssrfun ssrbool eqtype ssrnat seq.
From mathcomp Require Import order ssralg ssrnum zmodp matrix mxalgebra.
From rankscape Require Import program scalars certificate checker expansions landscape local evidence feasible soundness theorem.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import Order.Theory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Section Stated.
Variables (F : realFieldType) (c : certificate).
Notation L := (@loss F c).
Notation x := (point F c).

Definition sentence : Prop :=
  match claimed c with
  | NotCritical => exists g A, expansion L x g A /\ g != 0
  | GlobalMinimizer => critical_point L x /\ global_min L x
  | Undecided => critical_point L x
  | LocalMaximizer => critical_point L x /\ strict_local_max L x
  | StrictSaddle => critical_point L x /\ ~ local_min L x
  | LocalMinimizer => [/\ critical_point L x, strict_local_min L x & ~ global_min L x]
  | NonStrictSaddle => critical_point L x /\ ~ local_min L x
  | SecondOrder => exists A, expansion L x 0 A /\ (forall w, 0 <= form A w)
  end.

Hypothesis checked : check c.

Theorem stated_reciprocals r : List.In r (reciprocals c) -> is_one_over F c r.
Proof. by move: r; case: (check_sound F checked). Qed.

Theorem stated_value : L x = evidence.ratF F (value c).
Proof. by case: (check_sound F checked). Qed.

Theorem stated_verdict : sentence.
Proof.
have [_ _ _ _ _ _ _] := check_sound F checked; rewrite /sentence /meaning; case: (claimed c) => //.
  by move=> [A [ex _ /descends_not_min]]; split=> //; exists A.
by move=> [A [ex _ /descends_not_min]]; split=> //; exists A.
Qed.

Theorem stated_hessian : on (hessian_inertia c) (fun e =>
  exists g A, expansion L x g A /\ inertia A (Z.to_nat (neg e)) (Z.to_nat (zero e)) (Z.to_nat (pos e))).
Proof.
have [_ _ [g [A [ex _ [hi _ _]]]] _ _ _ _ _] := check_sound F checked.
by case: (hessian_inertia c) hi => //= e hi; exists g, A.
Qed.

(** The Hessian is positive on as many dimensions as there are. *)
Definition definite : bool :=
  if hessian_inertia c is Some e then critical c && Nat.eqb (Z.to_nat (pos e)) (dimension c) else false.

Theorem stated_strict_min : definite -> critical_point L x /\ strict_local_min L x.
Proof.
have [_ _ [g [A [ex cg [hi _ _]]]] _ _ _ _ _] := check_sound F checked.
rewrite /definite; case: (hessian_inertia c) hi => //= e hi /andP[cr /NateqP pn].
have g0 : g = 0 by apply/cg.
rewrite g0 in ex; split; first by exists A.
have As : A^T = A by case: ex.
case: hi => _ _; rewrite pn => -[U [Uf pU]] _ _.
have [|mu mu0 co] := @definite_coercive F _ A As; last exact: (coercive_min ex mu0 co).
move=> u u0; have /submxP[v ev] : (u <= U)%MS by rewrite submx_full // row_full_unit -row_free_unit.
by rewrite ev; apply: pU; apply: contraNneq u0 => v0; rewrite ev v0 mul0mx.
Qed.

End Stated.
