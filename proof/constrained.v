(** Points of a loss f under constraints c = 0: certificates whose loss is the Lagrangian f - <mu, c>, with the multipliers
    mu at the point among the data. What runs. *)
From Coq Require Import ZArith PeanoNat.
From mathcomp Require Import ssreflect ssrfun ssrbool eqtype ssrnat seq.
From rankscape Require Import program scalars certificate bounds convexity.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Local Open Scope Z_scope.

(** In [lagrangian] the value is that of f, [better] is feasible, and the inertia is that of the bordered Hessian
    [A, -J^T; -J, 0], A the Hessian of the Lagrangian, J the derivative of c. *)
Record constrained := Constrained {
  lagrangian : certificate;
  regular : option (seq Z * rational_matrix);  (* columns of J that are independent, and their inverse *)
  convex_lagrangian : option psd }.                    (* f - <mu, c> is of degree 2 and convex *)

(** f, c and the multipliers: the last result is f - <mu, c>. *)
Definition parts (c : certificate) : option (Z * Z * rational_matrix) :=
  let p := instructions c in
  if step p (loss_position c) is Some (Subtract a d) then
    if step p d is Some (Dot u b) then
      if step p u is Some (Input k) then
        if nth (Weight 0 0) (inputs c) (Z.to_nat k) is Data m then Some (a, b, m) else None
      else None
    else None
  else None.

(** ** The derivative of the constraints: a row for each, over its denominator *)

Definition jets_at_point (c : certificate) : seq (matrix (Z * jet)) :=
  let p := flatten (weights c) in
  eval (fractions jets)
       (fill (fractions jets) (fun i => let q := coordinate_of p i in (q.2, Jet q.1 [:: (i, q.2)] [::])) 0 (inputs c))
       (instructions c).

Fixpoint gradients (n : nat) (s : seq (Z * jet)) : option (seq (Z * seq Z)) :=
  match s with
  | [::] => Some [::]
  | (d, j) :: s' =>
    if dense 0 n (jet_linear j) is Some g then if gradients n s' is Some r then Some ((d, g) :: r) else None else None
  end.

Definition no_gradient : Z * seq Z := (1, [::]).

(** The inverse of some columns of J. *)
Definition is_regular (s : seq (Z * seq Z)) (e : seq Z * rational_matrix) : bool :=
  let m := size s in
  wf_matrix e.2 &&
  all (fun i => let r := nth no_gradient s i in
    all (fun j => Z.eqb (idot [seq nth 0 r.2 (Z.to_nat k) | k <- take m e.1] [seq nth 0 q j | q <- entries e.2])
                        (if Nat.eqb i j then r.1 * denominator e.2 else 0)) (iota 0 m)) (iota 0 m).

(** ** The bordered Hessian, over one denominator *)

Definition common_denominator (d : Z) (s : seq (Z * seq Z)) : Z :=
  foldr (fun r D => if Z.eqb (Z.modulo D r.1) 0 then D else D * r.1) d s.

Definition divides (D d : Z) : bool := Z.eqb (D / d * d) D.

Definition bordered_hessian (n : nat) (D d : Z) (h : matrix Z) (s : seq (Z * seq Z)) : matrix Z :=
  [seq [seq entry h i j * (D / d) | j <- iota 0 n] ++ [seq - (nth 0 r.2 i * (D / r.1)) | r <- s] | i <- iota 0 n] ++
  [seq [seq - (nth 0 r.2 j * (D / r.1)) | j <- iota 0 n] ++ nseq (size s) 0 | r <- s].

Definition check_bordered (n : nat) (a : analysis) (s : seq (Z * seq Z)) (e : inertia_evidence) : bool :=
  let D := common_denominator (over a) s in
  [&& Z.ltb 0 D, divides D (over a), all (fun r => divides D r.1) s &
      check_inertia (n + size s) (bordered_hessian n D (over a) (hessian_part a) s) e].

(** ** Polynomials of degree 2: jets that are the function itself *)

Record exact := Exact { known : bool; value_jet : jet }.

Definition is_affine (j : jet) : bool := if jet_quadratic j is [::] then true else false.
Definition is_number (j : jet) : bool := is_affine j && (if jet_linear j is [::] then true else false).

Definition exact_times (a b : exact) : exact :=
  let: (j, k) := (value_jet a, value_jet b) in
  Exact [&& known a, known b & [|| is_affine j && is_affine k, is_number j | is_number k]] (jet_times j k).

Definition exacts : numerators exact :=
  {| inject := fun z => Exact true (Jet z [::] [::]);
     scale := fun z a => Exact (known a) (jet_scale z (value_jet a));
     nplus := fun a b => Exact (known a && known b) (jet_plus (value_jet a) (value_jet b));
     nminus := fun a b => Exact (known a && known b) (jet_minus (value_jet a) (value_jet b));
     ntimes := exact_times |}.

Definition is_quadratic (c : certificate) : bool :=
  let p := flatten (weights c) in
  known (value_of (fractions exacts) (inputs c) (instructions c) (loss_position c)
                  (fun i => let q := coordinate_of p i in (q.2, Exact true (Jet q.1 [:: (i, q.2)] [::])))).2.

Definition check_convex (c : certificate) (a : analysis) (e : psd) : bool :=
  is_quadratic c && semidefinite (dimension c) (over_denominator (over a) (hessian_part a)) e.

(** ** Everything *)

Definition entries_vanish (m : matrix (Z * Z)) : bool := all (fun v => Z.eqb v.2 0) (seq.flatten m).

Definition results_of (c : certificate) (p : seq number) : seq (matrix (Z * Z)) :=
  eval rationals (fill rationals (fun i => constant rationals (coordinate_of p i).1 (coordinate_of p i).2) 0 (inputs c))
       (instructions c).

(** The numbers of dimensions for m constraints. *)
Definition less_constraints (m : nat) (z : Z) : nat := Z.to_nat z - m.

Definition constrained_verdict (m : nat) (k : constrained) : verdict :=
  let c := lagrangian k in
  if some (convex_lagrangian k) then GlobalMinimizer
  else if hessian_inertia c is Some e then
    let: (a, b) := (less_constraints m (neg e), less_constraints m (pos e)) in
    if [&& Nat.eqb b 0, Nat.ltb 0 a & Z.eqb (zero e) 0] then LocalMaximizer
    else if Nat.ltb 0 a then StrictSaddle
    else if some (better c) && Z.eqb (zero e) 0 then LocalMinimizer
    else SecondOrder
  else Undecided.

(** The constraints of a certificate, their derivative at the point. *)
Definition derivative (c : certificate) (b : Z) : option (seq (Z * seq Z)) :=
  gradients (dimension c) (seq.flatten (position (jets_at_point c) b)).

Definition check_constrained (k : constrained) : bool :=
  let c := lagrangian k in
  well_formed c &&
  if parts c is Some (a, b, mu) then
    if analyse c is Some an then
      if derivative c b is Some s then
        let here := results_at_point c in
        [&& critical c, vanishes (gradient_part an), equal_numbers (value c) (value_part an, over an),
            one_by_one here a, certificate.same_shape (shape_of (embed rationals mu)) (shaped here b), entries_vanish (position here b),
            check_option (is_regular s) (regular k),
            check_option (fun e => some (regular k) && check_bordered (dimension c) an s e) (hessian_inertia c),
            check_option (fun w => let q := head [::] (rows_of w) in
                                   [&& rows_fit (dimension c) w, entries_vanish (position (results_of c q) b) &
                                       less_numbers (swap (value_at c q)) (value c)]) (better c),
            check_option (check_convex c an) (convex_lagrangian k) &
            same_verdict (claimed c) (constrained_verdict (size s) k)]
      else false
    else false
  else false.
