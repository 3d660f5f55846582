(** Bounds of what is a polynomial of degree 2 in one node, a matrix of bounded rank or U D U^T, and grows there as a weighted square at
    least. What runs. Of the evidence nothing is believed: lower bounds of distances need no eigenvalues (closest.v). *)
From Coq Require Import ZArith PeanoNat.
From mathcomp Require Import ssreflect ssrfun ssrbool eqtype ssrnat seq.
From rankscape Require Import program scalars certificate convexity traces constrained.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Local Open Scope Z_scope.

Definition map_entries (A B : Type) (f : A -> B) (m : matrix A) : matrix B := [seq [seq f a | a <- r] | r <- m].

(** A value displaced by a variable, and the variable alone. *)
Definition displaced_exactly (a : Z * tangent) : Z * exact :=
  (a.1, Exact (is_exact a.2) (Jet (tangent_value a.2) (slope a.2) [::])).
Definition displacement (a : Z * tangent) : Z * exact := (a.1, Exact (is_exact a.2) (Jet 0 (slope a.2) [::])).

Definition inner (T : Type) (o : operations T) (a b : matrix T) : T := total o [seq dot o x.1 x.2 | x <- zip a b].
Definition twice (T : Type) (o : operations T) (a : matrix T) : matrix T := map22 (plus o) a a.

Section Nearest.
Variable c : certificate.
Let o := rationals.
Let ins := inputs c.
Let vals := results_at_point c.

(** Node k less <D, A D B>, D the displacement of node p: its value, gradient and Hessian, if it is of degree 2 in D. *)
Definition parabola (k p : Z) (a b : matrix (Z * Z)) : option analysis :=
  let e := fractions exacts in
  let leaf := displaced 0 (position vals p) in
  let moved := fill e (fun=> (1, Exact false (Jet 0 [::] [::]))) 0 ins ++ [:: map_entries displaced_exactly leaf] in
  let lift := map_entries (fun q : Z * Z => constant e q.2 q.1) in
  let delta := map_entries displacement leaf in
  let: (d, x) := minus e (scalar e (position (eval e moved (cut_all [:: p] (size ins) 0 (instructions c))) k))
                         (inner e (multiply e (multiply e (lift a) delta) (lift b)) delta) in
  let: Jet v g h := value_jet x in
  let n := size (seq.flatten (position vals p)) in
  if known x && inputs_before (size ins) (instructions c) then
    if dense 0 n g is Some g' then
      if dense [::] n h is Some h' then
        if dense_rows n h' is Some m then Some (Analysis d v g' (symmetrize n m)) else None
      else None
    else None
  else None.

(** Node k grows at node p as <D, A D B> at least; the gradient. *)
Definition grows (k p : Z) (r q : nat) (a b : matrix (Z * Z)) (e : psd) : option (number * matrix (Z * Z)) :=
  if parabola k p a b is Some s then
    if semidefinite (r * q) (over_denominator (over s) (hessian_part s)) e
    then Some ((value_part s, over s), over_denominator (over s) (in_rows r q (gradient_part s))) else None
  else None.

(** ** Bounded rank *)

(** A symmetric matrix that is positive semidefinite. *)
Definition nonnegative_matrix (n : nat) (m : rational_matrix) (e : psd) : bool :=
  let a := embed o m in [&& wf_matrix m, shaped_as n n a, same_numbers (transpose o a) a & semidefinite n a e].

(** a t a + s a - a x b x^T a *)
Definition rank_rest (a t b x : matrix (Z * Z)) (s : Z * Z) : matrix (Z * Z) :=
  let ax := multiply o a x in
  map22 (minus o) (map22 (plus o) (multiply o (multiply o a t) a) (mapm (times o s) a))
        (multiply o (multiply o (multiply o ax b) (transpose o x)) a).

Definition nearest_of_rank (k p : Z) (e : nearest_rank) : option number :=
  if shaped vals p is Some (r, q) then
    let: (a, b) := (embed o (left_weight e), embed o (right_weight e)) in
    let: (x, t) := (embed o (rank_target e), embed o (covering (rank_cover e))) in
    let s := at_rationals (separator (rank_cover e)) in
    let here := position vals p in
    let ahb := multiply o (multiply o a here) b in
    if grows k p r q a b (rank_growth e) is Some (v, g) then
      if [&& nonnegative_matrix r (left_weight e) (left_psd e), nonnegative_matrix q (right_weight e) (right_psd e),
             nonnegative_matrix r (covering (rank_cover e)) (cover_psd (rank_cover e)),
             wf_matrix (rank_target e), shaped_as r q x, nonnegative_number (separator (rank_cover e)),
             same_numbers (map22 (plus o) g (twice o (multiply o (multiply o a x) b))) (twice o ahb),
             semidefinite r (rank_rest a t b x s) (rest_psd (rank_cover e)) &
             Z.leb 0 (minus o (minus o (inner o ahb here) (inner o g here))
                            (plus o (inner o t a) (times o s (1, Z.of_nat (rank_of c depth_of_ranks p))))).2]
      then Some v else None
    else None
  else None.

(** ** Bounded signature *)

(** Node k is the product of two numbers. *)
Definition numbers (k : Z) : option (Z * Z) :=
  if factors (instructions c) vals k is Some (a, b) then if one_by_one vals a && one_by_one vals b then Some (a, b) else None else None.

(** What node k is times the number x, in either order, if that is the same for all weights. *)
Definition multiple_of_number (k x : Z) : option (matrix (Z * Z)) :=
  if numbers k is Some (a, b) then
    if Z.eqb a x then fixed_value c b else if Z.eqb b x then fixed_value c a else None
  else None.

(** x and a, the same for all weights, of a node a x^2, x a number. *)
Definition square_of_number (p : Z) : option (Z * matrix (Z * Z)) :=
  if numbers p is Some (a, b) then
    if multiple_of_number b a is Some m then Some (a, m) else omap (pair b) (multiple_of_number a b)
  else None.

(** U and D, the same for all weights, of a node U D U^T of matrices. *)
Definition congruence_of_matrices (p : Z) : option (Z * matrix (Z * Z)) :=
  if step (instructions c) p is Some (Multiply a b) then
    if step (instructions c) b is Some (Transpose u) then
      match step (instructions c) a with
      | Some (Multiply u' m) => if Z.eqb u' u then omap (pair u) (fixed_value c m) else None
      | Some (ScalarMultiply s u') =>
        if Z.eqb u' u && one_by_one vals s then
          match fixed_value c s, shaped vals u with
          | Some m, Some (_, w) => Some (u, multiple_of_one o w (scalar o m))
          | _, _ => None
          end
        else None
      | _ => None
      end
    else None
  else None.

Definition congruence (p : Z) : option (Z * matrix (Z * Z)) :=
  if square_of_number p is Some s then Some s else congruence_of_matrices p.

(** m + l^T l *)
Definition plus_squares (n : nat) (m l : matrix (Z * Z)) : matrix (Z * Z) :=
  [seq [seq plus o (nth (1, 0) (nth [::] m i) j) (total o [seq times o (nth (1, 0) r i) (nth (1, 0) r j) | r <- l])
       | j <- iota 0 n] | i <- iota 0 n].

Definition negated (m : matrix (Z * Z)) : matrix (Z * Z) := mapm (times o (1, -1)) m.

(** d is nowhere negative where the rows of [vanishing] vanish; on the range of [within] the target is as far below 0 as [fitted]. *)
Definition side_holds (n w : nat) (target d : matrix (Z * Z)) (e : side) : bool :=
  let: (p, y) := (embed o (within e), embed o (fitted e)) in
  let l := at_rationals (level e) in
  [&& wf_matrix (vanishing e), semidefinite w (plus_squares w d (embed o (vanishing e))) (signature_psd e),
      wf_matrix (within e), shaped_as n n p, same_numbers (transpose o p) p, same_numbers (multiply o p p) p,
      nonnegative_matrix n (fitted e) (fitted_psd e), same_numbers (multiply o p y) y, nonnegative_number (level e),
      semidefinite n (map22 (minus o) (mapm (times o l) y) (multiply o y y)) (level_psd e) &
      semidefinite n (multiply o (multiply o p (map22 (minus o) (negated target) y)) p) (beyond_psd e)].

Definition side_value (e : side) : Z * Z :=
  let y := embed o (fitted e) in
  let l := at_rationals (level e) in
  minus o (inner o y y) (times o (times o l l) (1, Z.of_nat (size (entries (vanishing e))))).

Definition nearest_of_signature (k p : Z) (e : nearest_signature) : option number :=
  match shaped vals p, congruence p with
  | Some (n, n'), Some (u, d) =>
    if shaped vals u is Some (_, w) then
      let s := at_rationals (unit_weight e) in
      let x := embed o (signature_target e) in
      let here := position vals p in
      let off := map22 (minus o) here x in
      if grows k p n n (multiple_of_one o n s) (multiple_of_one o n (constant o 1 1)) (signature_growth e) is Some (v, g) then
        if [&& Nat.eqb n n', shaped_as w w d, same_numbers (transpose o d) d, nonnegative_number (unit_weight e),
               wf_matrix (signature_target e), shaped_as n n x, same_numbers (transpose o x) x,
               same_numbers (map22 (plus o) g (transpose o g)) (mapm (times o s) (twice o (twice o off))),
               side_holds n w x d (below_zero e), side_holds n w (negated x) (negated d) (above_zero e) &
               Z.leb 0 (minus o (plus o (side_value (below_zero e)) (side_value (above_zero e))) (inner o off off)).2]
        then Some v else None
      else None
    else None
  | _, _ => None
  end.

End Nearest.
