(** The sentences of [rankscape classify --coq] on a point under constraints: f and g are the loss and the constraints, x the point, mu the
    multipliers; what is said holds where g is 0. *)
From Coq Require Import ZArith.
From mathcomp Require Import ssreflect ssrfun ssrbool eqtype ssrnat seq.
From mathcomp Require Import order ssralg ssrnum zmodp matrix mxalgebra.
From rankscape Require Import program scalars certificate constrained constrained_symmetry expansions landscape evidence bordered feasible feasible_orbits soundness.
From rankscape Require Import theorem constrained_sound constrained_theorem constrained_symmetry_sound.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import Order.Theory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

(** The last result of the program is f - <mu, g>, f is result a and g result b, which has m entries. *)
Definition reads_as (c : certificate) (a b : Z) (mu : rational_matrix) (m : nat) : Prop :=
  parts c = Some (a, b, mu) /\ size (seq.flatten (position (results_at_point c) b)) = m.

(** The gradient of f is a combination of those of the constraints. *)
Definition stationary_on (F : realFieldType) n m (f : 'rV[F]_n -> F) (g : 'rV[F]_n -> 'rV[F]_m) x mu : Prop :=
  exists A, critical_on f g x mu A.

Section Stated.
Variables (F : realFieldType) (k : constrained) (a b : Z) (mu : rational_matrix) (m : nat).
Notation c := (lagrangian k).
Notation f := (@objective F c a).
Notation g := (@constraints F c b m).
Notation x := (point F c).
Notation nu := (multipliers F mu m).

(** A is the Hessian of f - <mu, g>, the rows of J are the gradients of the constraints, and independent. *)
Definition constrained_sentence (v : verdict) : Prop :=
  match v with
  | GlobalMinimizer => stationary_on f g x nu /\ global_min_on f g x
  | LocalMaximizer => stationary_on f g x nu /\ strict_max_on f g x
  | LocalMinimizer => [/\ stationary_on f g x nu, strict_min_on f g x & ~ global_min_on f g x]
  | StrictSaddle => exists A J, [/\ critical_on f g x nu A, derivative_on g x J, row_free J &
                                  exists w, w *m J^T = 0 /\ form A w < 0]
  | SecondOrder => exists A J, [/\ critical_on f g x nu A, derivative_on g x J, row_free J &
                                 forall w, w *m J^T = 0 -> 0 <= form A w]
  | _ => stationary_on f g x nu
  end.

Hypothesis checked : check_constrained k.
Hypothesis read : reads_as c a b mu m.

Lemma constrained_parts : exists (A : 'M[F]_(dimension c)) (J : 'M[F]_(m, dimension c)),
  [/\ f x = evidence.ratF F (value c), critical_on f g x nu A /\ derivative_on g x J,
      on (hessian_inertia c) (fun e =>
        row_free J /\ inertia_on A J (Z.to_nat (neg e) - m) (Z.to_nat (zero e)) (Z.to_nat (pos e) - m)) &
      constrained_meaning a b x J A (claimed c)].
Proof.
case: (check_constrained_sound F checked) => a' [b' [mu' [m' [J [A [[_ pc sz] vx cd [_ hi] [_ me]]]]]]].
case: read => pc'; rewrite pc' in pc; case: pc => ea eb em; subst a' b' mu' => sm.
have wfc : well_formed c by case/andP: checked.
have em : m' = m by rewrite -(sz x) (constraints_size wfc).
by subst m'; exists A, J.
Qed.

Theorem stated_constrained_value : g x = 0 /\ f x = evidence.ratF F (value c).
Proof. by have [A [J [vx [[gx _] _] _ _]]] := constrained_parts. Qed.

Theorem stated_constrained_hessian : on (hessian_inertia c) (fun e =>
  exists A J, [/\ critical_on f g x nu A, derivative_on g x J, row_free J &
                 inertia_on A J (Z.to_nat (neg e) - m) (Z.to_nat (zero e)) (Z.to_nat (pos e) - m)]).
Proof.
have [A [J [_ [cr de] hi _]]] := constrained_parts.
by case: (hessian_inertia c) hi => //= e [Jf ion]; exists A, J.
Qed.


Theorem stated_constrained_verdict : constrained_sentence (claimed c).
Proof.
have [A [J [_ [cr de] hi me]]] := constrained_parts.
have st : stationary_on f g x nu by exists A.
have Jf : claimed c = StrictSaddle \/ claimed c = SecondOrder -> row_free J.
  move: checked; rewrite /check_constrained => /andP[_]; case: (parts c) => [[[? ?] ?]|] //; case: (analyse c) => // ?.
  case: (derivative c _) => // s /and5P[_ _ _ _ /and5P[_ _ _ _ /and3P[_ _ /same_verdictP ->]]].
  rewrite /constrained_verdict; case: (convex_lagrangian k) => [? [] //|]; case: (hessian_inertia c) hi => [e /= [rf _] _|_ [] //].
  exact: rf.
rewrite /constrained_sentence; case: (claimed c) Jf me => //= Jf me.
- by exists A, J; split=> //; apply: Jf; left.
- by case: me.
by exists A, J; split=> //; apply: Jf; right.
Qed.

(** The Hessian is positive on as many dimensions as there are tangent to the constraints. *)
Definition definite_on : bool :=
  if hessian_inertia c is Some e then Nat.eqb (Z.to_nat (pos e) - m + m) (dimension c) else false.

Theorem stated_strict_min_on : definite_on -> stationary_on f g x nu /\ strict_min_on f g x.
Proof.
have [A [J [_ [cr de] hi _]]] := constrained_parts.
rewrite /definite_on; case: (hessian_inertia c) hi => //= e [Jf [_ _ [U [Uf UJ pU]] _ _ _]] /NateqP full.
split; first by exists A.
have As : A^T = A by case: cr => _ [].
have [l l0 co] := coercive_on As Jf full Uf UJ pU.
exact: (coercive_min_on As Jf cr de l0 co).
Qed.

End Stated.

(** ** With a symmetry *)

Lemma orbit_checked k : check_constrained_symmetric k -> check_constrained (under k).
Proof. by case/andP. Qed.

Section Orbit.
Variables (F : archiFieldType) (k : constrained_symmetric) (a b : Z) (mu : rational_matrix) (m : nat).
Notation c := (lagrangian (under k)).
Notation f := (@objective F c a).
Notation g := (@constraints F c b m).
Notation x := (point F c).
Notation nu := (multipliers F mu m).

Definition orbit_sentence (v : verdict) : Prop :=
  match v with
  | GlobalMinimizer => stationary_on f g x nu /\ global_min_on f g x
  | LocalMaximizer => stationary_on f g x nu /\ local_max_on f g x
  | LocalMinimizer => [/\ stationary_on f g x nu, local_min_on f g x & ~ global_min_on f g x]
  | SecondOrder => stationary_on f g x nu /\ local_min_on f g x
  | _ => stationary_on f g x nu
  end.

Theorem stated_orbit_verdict : check_constrained_symmetric k -> reads_as c a b mu m -> orbit_sentence (ending k).
Proof.
move=> ck read; have [A [J [_ [cr _] _ _]]] := constrained_parts F (orbit_checked ck) read.
have st : stationary_on f g x nu by exists A.
have wfc : well_formed c by case/andP: (orbit_checked ck).
have [_ h] := check_constrained_symmetric_sound F ck; case: read => pc sm.
have := h a b mu m pc (fun y => etrans (constraints_size wfc b y) sm).
by rewrite /orbit_sentence; case: (ending k) => //= -[].
Qed.

End Orbit.
