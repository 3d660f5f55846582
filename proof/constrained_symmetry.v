(** Points under constraints with a symmetry: fields along which the Lagrangian is constant, of the point and the multipliers together.
    What runs. *)
From Coq Require Import ZArith PeanoNat.
From mathcomp Require Import ssreflect ssrfun ssrbool eqtype ssrnat seq.
From rankscape Require Import program scalars certificate convexity constrained symmetry.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Local Open Scope Z_scope.

(** The multipliers are the last input. *)
Definition multipliers_last (c : certificate) : bool :=
  let p := instructions c in
  if step p (loss_position c) is Some (Subtract _ d) then
    if step p d is Some (Dot u _) then
      if step p u is Some (Input k) then Nat.eqb (S (Z.to_nat k)) (size (inputs c)) else false
    else false
  else false.

(** The same, with the multipliers free: weights, after the others. *)
Definition freed (c : certificate) (mu : rational_matrix) : certificate :=
  {| inputs := rcons (take (size (inputs c)).-1 (inputs c))
                     (Weight (Z.of_nat (size (entries mu))) (Z.of_nat (size (head [::] (entries mu)))));
     weights := rcons (weights c) mu;
     instructions := instructions c;
     reciprocals := [::];
     value := value c; critical := critical c; hessian_inertia := None; lambda_min := None; lambda_max := None;
     descent := None; ascent := None; better := None; global := None; claimed := claimed c |}.

(** Does a result depend on coordinates from n on? *)
Definition truths : operations bool :=
  {| constant := fun _ _ => true; plus := andb; minus := andb; times := andb |}.

Definition independent (c : certificate) (n : nat) (k : Z) : bool :=
  all (all id) (position (eval truths (fill truths (fun i => Nat.ltb i n) 0 (inputs c)) (instructions c)) k).

(** The first n velocities do not depend on coordinates from n on; coordinate N is 1. *)
Definition moves_apart (n N : nat) (fs : seq field) : bool :=
  all (all (fun e : Z * Z * Z => let: (i, j) := (Z.to_nat e.1.1, Z.to_nat e.1.2) in
                                 [|| Nat.leb n i, Nat.ltb j n | Nat.eqb j N])) fs.

Record constrained_symmetric := ConstrainedSymmetric { under : constrained; orbit : symmetry; ending : verdict }.

(** m: the number of constraints. *)
Definition ending_verdict (m : nat) (k : constrained_symmetric) : verdict :=
  match constrained_verdict m (under k), hessian_inertia (lagrangian (under k)) with
  | (SecondOrder | StrictSaddle | LocalMinimizer | LocalMaximizer), Some e =>
    if Nat.eqb (less_constraints m (neg e)) 0 then
      if some (better (lagrangian (under k))) then LocalMinimizer else SecondOrder
    else LocalMaximizer
  | v, _ => v
  end.

Definition check_constrained_symmetric (k : constrained_symmetric) : bool :=
  let c := lagrangian (under k) in
  check_constrained (under k) &&
  match parts c, analyse c, hessian_inertia c with
  | Some (a, b, mu), Some an, Some e =>
    if derivative c b is Some s then
      let n := dimension c in
      let m := size s in
      let c' := freed c mu in
      [&& multipliers_last c, all (fun r => Nat.eqb (size r) 1) (entries mu), well_formed c', Nat.eqb (dimension c') (n + m), independent c' n a, independent c' n b,
          moves_apart n (n + m) (fields (orbit k)),
          check_along c' (orbit k) (bordered_hessian n (common_denominator (over an) s) (over an) (hessian_part an) s),
          Nat.eqb (Z.to_nat (zero e)) (size (fields (orbit k))),
          Nat.eqb (less_constraints m (neg e)) 0 || Nat.eqb (less_constraints m (pos e)) 0 &
          same_verdict (ending k) (ending_verdict m k)]
    else false
  | _, _, _ => false
  end.
