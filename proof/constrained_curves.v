(** Points under constraints and curves along which the loss falls or rises: the claim is of the Lagrangian, with the multipliers free;
    beside it a curve of the point alone, feasible to more than the order of the claim. What runs. *)
From Coq Require Import ZArith PeanoNat.
From mathcomp Require Import ssreflect ssrfun ssrbool eqtype ssrnat seq.
From rankscape Require Import program scalars certificate convexity constrained constrained_symmetry.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Local Open Scope Z_scope.

(** The claims are in the Lagrangian; the curves are those that are feasible to the order needed. *)
Record constrained_curves := ConstrainedCurves {
  of_point : constrained;
  falling : option rational_matrix;
  rising : option rational_matrix;
  conclusion : verdict }.

Definition results_along (c : certificate) (k : nat) (v : seq (seq number)) : seq (matrix (Z * seq Z)) :=
  let p := flatten (weights c) in
  eval (fractions (series k))
       (fill (fractions (series k))
             (fun i => combine (series k) series_plus ((coordinate_of p i).2, [:: (coordinate_of p i).1])
                               (shift (direction_series v i))) 0 (inputs c))
       (instructions c).

(** Along the curve with the rows v the first coefficient of result a, from degree 1 on, is the one claimed, of the order claimed, and
    result b is 0 to that order; the coefficient's numerator. *)
Definition along_feasible (c : certificate) (a b : Z) (e : curve_evidence) (v : rational_matrix) : option Z :=
  let k := Z.to_nat (order e) in
  let there := results_along c k.+1 (rows_of v) in
  let: (d, s) := scalar (fractions (series k.+1)) (position there a) in
  let: (k', z) := leading (behead s) in
  if [&& rows_fit (dimension c) v, Nat.eqb k k'.+1,
         all (fun q => vanishes q.2) (seq.flatten (position there b)),
         wf_number (nth (0, 1) (coefficients e) k) & equal_numbers (nth (0, 1) (coefficients e) k) (z, d)]
  then Some z else None.

Definition check_feasible (sign : option Z -> bool) (c : certificate) (a b : Z) (mu : rational_matrix) (v : option rational_matrix)
    (e : curve_evidence) : bool :=
  if v is Some w then some (check_curve (freed c mu) e) && sign (along_feasible c a b e w) else false.

Definition curves_verdict (m : nat) (k : constrained_curves) : verdict :=
  match constrained_verdict m (of_point k) with
  | SecondOrder => if some (descent (lagrangian (of_point k))) then NonStrictSaddle else SecondOrder
  | v => v
  end.

Definition check_constrained_curves (k : constrained_curves) : bool :=
  let c := lagrangian (of_point k) in
  check_constrained (of_point k) &&
  if parts c is Some (a, b, mu) then
    if derivative c b is Some s then
      let n := dimension c in
      let c' := freed c mu in
      [&& multipliers_last c, well_formed c', Nat.eqb (dimension c') (n + size s), all (fun r => Nat.eqb (size r) 1) (entries mu) &
          independent c' n a && independent c' n b] &&
      [&& check_option (check_feasible is_less c a b mu (falling k)) (descent c),
          check_option (check_feasible is_greater c a b mu (rising k)) (ascent c) &
          same_verdict (conclusion k) (curves_verdict (size s) k)]
    else false
  else false.
