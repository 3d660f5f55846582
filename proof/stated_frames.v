(** The sentences of [rankscape classify --coq] on one matrix with orthonormal columns, or, of positive determinant, among such: those of
    stated_constraints.v, with the determinant of the points that count. *)
From Coq Require Import ZArith.
From mathcomp Require Import ssreflect ssrfun ssrbool eqtype ssrnat seq.
From mathcomp Require Import order ssralg ssrnum zmodp matrix mxalgebra.
From rankscape Require Import program certificate constrained orthonormal landscape feasible soundness theorem.
From rankscape Require Import constrained_sound constrained_theorem orthonormal_sound stated_constraints.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import Order.Theory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Lemma frames_checked k : check_on_frames k -> check_constrained (besides k).
Proof. by case/andP. Qed.

Section Stated.
Variables (F : realFieldType) (k : on_frames) (a b : Z) (mu : rational_matrix) (m : nat).
Notation c := (lagrangian (besides k)).
Notation f := (@objective F c a).
Notation g := (@constraints F c b m).
Notation x := (point F c).
Notation nu := (multipliers F mu m).

Hypothesis checked : check_on_frames k.
Hypothesis read : reads_as c a b mu m.

Lemma frames_parts : exists n q,
  [/\ frame_shape c = Some (n, q),
      on (rotations k) (fun _ => 0 < \det (frame_at n n x) /\
        on (better c) (fun w => 0 < \det (frame_at n n (vector F c (head [::] (rows_of w)))))),
      on (frames k) (fun _ => forall y, g y = 0 -> (some (rotations k) -> 0 < \det (frame_at n n y)) -> f x <= f y) &
      settled k = if some (frames k) then GlobalMinimizer else claimed c].
Proof.
have [_ [a' [b' [mu' [m' [n [q [[pc fs] sz ro fr se]]]]]]]] := check_on_frames_sound F checked.
case: read => pc'; rewrite pc' in pc; case: pc => ea eb em; subst a' b' mu' => sm.
have wfc : well_formed c by case/andP: (frames_checked checked).
have em : m' = m by rewrite -(sz x) (constraints_size wfc).
by subst m'; exists n, q; split=> //; case: (rotations k) ro => //= _ [].
Qed.

(** Where only the constraints count. *)
Theorem stated_frames_verdict : some (frames k) -> rotations k = None -> stationary_on f g x nu /\ global_min_on f g x.
Proof.
have [A [J [_ [cr _] _ _]]] := constrained_parts F (frames_checked checked) read.
have [n [q [_ _ fr _]]] := frames_parts; case: (frames k) fr => //= e fr _ nr; split; first by exists A.
by move=> y gy; apply: fr; rewrite // nr.
Qed.

(** ** Among n x n matrices of positive determinant *)

Variable n : nat.
Hypothesis turns : some (rotations k) /\ frame_shape c = Some (n, n).

Definition rotation_sentence (v : verdict) : Prop :=
  match v with
  | GlobalMinimizer => stationary_on f g x nu /\ (forall y, g y = 0 -> 0 < \det (frame_at n n y) -> f x <= f y)
  | LocalMinimizer => [/\ stationary_on f g x nu, strict_min_on f g x &
                          exists y, [/\ g y = 0, 0 < \det (frame_at n n y) & f y < f x]]
  | _ => constrained_sentence F (besides k) a b mu m v
  end.

Theorem stated_rotation : 0 < \det (frame_at n n x).
Proof.
have [n' [q [fs ro _ _]]] := frames_parts; case: turns => sr; rewrite fs => -[en _]; subst n'.
by case: (rotations k) sr ro => //= e _ [].
Qed.

Theorem stated_rotation_verdict : rotation_sentence (settled k).
Proof.
have V := stated_constrained_verdict F (frames_checked checked) read.
have [A [J [_ [cr _] _ _]]] := constrained_parts F (frames_checked checked) read.
have st : stationary_on f g x nu by exists A.
have [n' [q [fs ro fr se]]] := frames_parts; case: turns => sr; rewrite fs => -[en _]; subst n'.
rewrite se; case: (frames k) fr => [e|] /= fr; first by split=> // y gy dy; apply: fr.
have better_there : claimed c = LocalMinimizer -> exists y, [/\ g y = 0, 0 < \det (frame_at n n y) & f y < f x].
  move=> cl; case: (check_constrained_sound F (frames_checked checked)) => a' [b' [mu' [m' [J' [A' [[_ pc sz] _ _ _ [be _]]]]]]].
  case: read => pc'; rewrite pc' in pc; case: pc => ea eb em; subst a' b' mu' => sm.
  have wfc : well_formed c by case/andP: (frames_checked checked).
  have em : m' = m by rewrite -(sz x) (constraints_size wfc).
  subst m'; have sb : some (better c).
    move: (frames_checked checked) cl; rewrite /check_constrained => /andP[_]; case: (parts c) => [[[? ?] ?]|] //; case: (analyse c) => // ?.
    case: (derivative c _) => // s /and5P[_ _ _ _ /and5P[_ _ _ _ /and3P[_ _ /same_verdictP ->]]].
    rewrite /constrained_verdict; case: (convex_lagrangian _) => [?|] //=; case: (hessian_inertia c) => [e|] //=.
    by case: ifP => // _; case: ifP => // _; case: ifP => // /andP[].
  case: (rotations k) sr ro => //= r _ [_]; case: (better c) sb be => //= w _ [gy lt] dw.
  by exists (vector F c (head [::] (rows_of w))).
move: V better_there; rewrite /constrained_sentence /rotation_sentence; case: (claimed c) => //=.
  by move=> [s gl] _; split=> // y gy _; apply: gl.
by move=> [s lm _] h; split=> //; apply: h.
Qed.

End Stated.
