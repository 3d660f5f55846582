(** A quadratic loss of one matrix X with orthonormal columns, by constraints c = 0: that it is nowhere smaller; and points whose
    determinant is positive. What runs. *)
From Coq Require Import ZArith PeanoNat.
From mathcomp Require Import ssreflect ssrfun ssrbool eqtype ssrnat seq.
From rankscape Require Import program scalars certificate bounds convexity traces constrained.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Local Open Scope Z_scope.

(** [relations] times c are the entries of X^T X - I on and above the diagonal, row by row; D are [multipliers_of]. *)
Record orthonormal := Orthonormal {
  relations : rational_matrix;
  multipliers_of : rational_matrix;
  whole_psd : psd;                              (* of L + 2 (I (x) X D X^T - D (x) I) - s F (x) I *)
  multipliers_psd : option psd;                 (* of D *)
  reflection : option (number * seq Z) }.       (* s and e, F = I - 2 e e^T/(e^T e) *)

(** X times [unit_lower] times [unit_upper], both with ones on the diagonal, is lower triangular: elimination. *)
Record orientation := Orientation { unit_lower : rational_matrix; unit_upper : rational_matrix }.

(** What is claimed besides; that only points of positive determinant count, evidence for the point and for [better]. *)
Record on_frames := OnFrames {
  besides : constrained;
  rotations : option (orientation * option orientation);
  frames : option orthonormal;
  settled : verdict }.

Definition at_entry (m : matrix (Z * Z)) (i j : nat) : Z * Z := nth (1, 0) (nth [::] m i) j.

(** ** The columns are orthonormal *)

Definition exact_coordinate (c : certificate) (i : nat) : Z * exact :=
  let q := coordinate_of (flatten (weights c)) i in (q.2, Exact true (Jet q.1 [:: (i, q.2)] [::])).

Definition exact_results (c : certificate) : seq (matrix (Z * exact)) :=
  eval (fractions exacts) (fill (fractions exacts) (exact_coordinate c) 0 (inputs c)) (instructions c).

(** The polynomial of an exact jet is 0. *)
Definition is_nought (n : nat) (a : exact) : bool :=
  let j := value_jet a in
  [&& known a, Z.eqb (jet_value j) 0, all (fun x => Z.eqb x.2 0) (jet_linear j) &
      if dense [::] n (jet_quadratic j) is Some h then
        if dense_rows n h is Some m then all vanishes (symmetrize n m) else false
      else false].

Section Entries.
Variables (T : Type) (o : operations T) (n : nat) (x : nat -> T).

Definition column (j : nat) : seq T := [seq x (j * n + i)%N | i <- iota 0 n].

(** Entry i, j of X^T X - I, less a combination of constraints. *)
Definition gap (i j : nat) (row constraints : seq T) : T :=
  minus o (minus o (dot o (column i) (column j)) (constant o (if Nat.eqb i j then 1 else 0) 1)) (dot o row constraints).
End Entries.

(** The row of [relations] for entry i, j. *)
Definition row_for (k i j : nat) : nat := (sumn [seq (k - l)%N | l <- iota 0 i] + (j - i))%N.

Definition are_orthonormal (c : certificate) (n k : nat) (b : Z) (m : rational_matrix) : bool :=
  let o := fractions exacts in
  let constraints := seq.flatten (position (exact_results c) b) in
  let rows := embed o m in
  wf_matrix m &&
  all (fun i => all (fun j =>
    Nat.ltb j i || is_nought (dimension c) (gap o n (exact_coordinate c) i j (nth [::] rows (row_for k i j)) constraints).2)
      (iota 0 k)) (iota 0 k).

(** ** The loss, more convex on such matrices *)

Definition matrix_at (q : seq number) (n k : nat) : matrix (Z * Z) :=
  [seq [seq at_rationals (coordinate_of q (j * n + i)) | j <- iota 0 k] | i <- iota 0 n].

Definition square_of (e : seq Z) : Z := idot e e.

(** s F *)
Definition turned (r : option (number * seq Z)) (i j : nat) : Z * Z :=
  if r is Some (s, e) then
    let N := square_of e in (s.2 * N, s.1 * ((if Nat.eqb i j then N else 0) - 2 * (nth 0 e i * nth 0 e j)))
  else (1, 0).

Definition is_reflection (k : nat) (r : option (number * seq Z)) : bool :=
  if r is Some (s, e) then [&& nonnegative_number s, Nat.eqb (size e) k & Z.ltb 0 (square_of e)] else true.

Section Whole.
Variables (n k : nat) (d : Z) (h : matrix Z) (xdx ds : matrix (Z * Z)) (r : option (number * seq Z)).
Let o := rationals.

(** Entry (j, i), (j', i'): the rows i of column j. *)
Definition whole_entry (j i j' i' : nat) : Z * Z :=
  let twice := times o (constant o 2 1) in
  plus o (d, entry h (j * n + i)%N (j' * n + i')%N)
    (minus o (if Nat.eqb j j' then twice (at_entry xdx i i') else constant o 0 1)
             (if Nat.eqb i i' then plus o (twice (at_entry ds j j')) (turned r j j') else constant o 0 1)).

Definition in_blocks (T : Type) (f : nat -> nat -> T) : seq T := seq.flatten [seq [seq f j i | i <- iota 0 n] | j <- iota 0 k].

Definition whole : matrix (Z * Z) := in_blocks (fun j i => in_blocks (fun j' i' => whole_entry j i j' i')).
End Whole.

Definition check_orthonormal (c : certificate) (an : analysis) (b : Z) (n k : nat) (e : orthonormal) : bool :=
  let x := matrix_at (flatten (weights c)) n k in
  let d := embed rationals (multipliers_of e) in
  let xdx := multiply rationals (multiply rationals x d) (transpose rationals x) in
  [&& is_quadratic c, are_orthonormal c n k b (relations e), wf_matrix (multipliers_of e), shaped_as k k d,
      is_reflection k (reflection e),
      semidefinite (dimension c) (whole n k (over an) (hessian_part an) xdx d (reflection e)) (whole_psd e) &
      if multipliers_psd e is Some f then semidefinite k d f else Nat.eqb n k].

(** ** Positive determinants *)

Definition is_lower (n : nat) (m : matrix (Z * Z)) : bool :=
  all (fun i => all (fun j => Nat.leb j i || Z.eqb (at_entry m i j).2 0) (iota 0 n)) (iota 0 n).

Definition has_ones (n : nat) (m : matrix (Z * Z)) : bool :=
  all (fun i => let a := at_entry m i i in Z.eqb a.1 a.2) (iota 0 n).

Definition positive_determinant (n : nat) (q : seq number) (e : orientation) : bool :=
  let o := rationals in
  let: (l, u) := (embed o (unit_lower e), embed o (unit_upper e)) in
  let t := multiply o (multiply o (matrix_at q n n) l) u in
  [&& wf_matrix (unit_lower e), shaped_as n n l, is_lower n l, has_ones n l,
      wf_matrix (unit_upper e), shaped_as n n u, is_lower n (transpose o u), has_ones n u, is_lower n t &
      Z.ltb 0 (foldr (fun i z => (at_entry t i i).2 * z) 1 (iota 0 n))].

(** ** Everything *)

(** Rows and columns of the one weight. *)
Definition frame_shape (c : certificate) : option (nat * nat) := if weights c is [:: m] then rectangle m else None.

Definition are_rotations (c : certificate) (n k : nat) (e : orientation * option orientation) : bool :=
  [&& Nat.eqb n k, positive_determinant n (flatten (weights c)) e.1 &
      match better c, e.2 with
      | Some w, Some f => positive_determinant n (head [::] (rows_of w)) f
      | Some _, None => false
      | None, _ => true
      end].

Definition check_on_frames (k : on_frames) : bool :=
  let c := lagrangian (besides k) in
  check_constrained (besides k) &&
  match frame_shape c, parts c, analyse c with
  | Some (n, q), Some (_, b, _), Some an =>
    [&& Nat.eqb (q * n) (dimension c), check_option (are_rotations c n q) (rotations k),
        check_option (fun e => check_orthonormal c an b n q e && (some (rotations k) || negb (some (reflection e)))) (frames k) &
        same_verdict (settled k) (if some (frames k) then GlobalMinimizer else claimed (lagrangian (besides k)))]
  | _, _, _ => false
  end.
