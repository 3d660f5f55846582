(** Certificates and the tests of their evidence: what runs. All numbers are integers [Z]; nothing of the reader is believed, in
    particular denominators are tested here. *)
From Coq Require Import ZArith PeanoNat.
From mathcomp Require Import ssreflect ssrfun ssrbool eqtype ssrnat seq.
From rankscape Require Import program scalars.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Local Open Scope Z_scope.

(** A rational number: numerator, denominator. *)
Definition number := (Z * Z)%type.

Record inertia_evidence := InertiaEvidence {
  neg : Z; zero : Z; pos : Z;
  frame : seq (seq Z);
  null : seq (seq Z);
  null_columns : seq Z }.

(** The curve x + t V_1 + t^2 V_2 + .., V_j the rows of a matrix; the claimed coefficients of L along it, less its
    value at x; the order. *)
Record curve_evidence := CurveEvidence {
  curve : rational_matrix;
  coefficients : seq number;
  order : Z }.

Inductive verdict :=
| NotCritical | GlobalMinimizer | Undecided | LocalMaximizer | StrictSaddle | LocalMinimizer | NonStrictSaddle
| SecondOrder.

(** That a symmetric matrix S is positive semidefinite: scaled_by 2 S = F^T diag(squares) F. *)
Record psd := Psd { scaled_by : Z; squares : seq Z; factor : seq (seq Z) }.

(** Of a node that is convex in others: <slope, those> is 0 (free), least where all entries are at their lower bound (bounded), a form
    of a matrix whose Gram matrix the node is (and whose square another node), or of two factors, whose product is the first node and
    whose squares are the others. *)
Inductive term := Free of Z | Bounded of Z | Gram of Z & psd | NormedGram of Z & Z & psd | Nuclear of Z & Z & Z & psd.

(** What the distance of a matrix of bounded rank from a given one is measured with: t and t - s + separator I are positive
    semidefinite. *)
Record cover := Cover { separator : number; covering : rational_matrix; cover_psd : psd; rest_psd : psd }.

(** Of what grows as <D, A D B> at least in a matrix of bounded rank: A, B, both positive semidefinite, the matrix that is to come
    near, and what covers it. *)
Record nearest_rank := NearestRank {
  left_weight : rational_matrix; left_psd : psd;
  right_weight : rational_matrix; right_psd : psd;
  rank_growth : psd;
  rank_target : rational_matrix;
  rank_cover : cover }.

(** Of a matrix U D U^T: D is nowhere negative where some rows vanish; a projection, on whose range the target is as far below 0 as
    another matrix, which is nowhere above a level. *)
Record side := Side {
  vanishing : rational_matrix; signature_psd : psd;
  within : rational_matrix;
  fitted : rational_matrix; fitted_psd : psd;
  level : number; level_psd : psd;
  beyond_psd : psd }.

(** Of what grows as a multiple of the square in a matrix U D U^T: the matrix that is to come near, what is below 0 and what is above. *)
Record nearest_signature := NearestSignature {
  unit_weight : number; signature_growth : psd;
  signature_target : rational_matrix;
  below_zero : side; above_zero : side }.

(** That a node is nowhere below a number; of a least-squares problem, also its solution. *)
Inductive bound :=
| Convex of Z & seq term
| RankTrace of Z & cover & option rational_matrix
| GramTrace of Z & cover
| Decay of Z & (Z * Z * Z) & cover    (* convex in a squared distance of a product, and the squares of its factors *)
| OfRank of Z & Z & nearest_rank      (* of degree 2 in a node of bounded rank *)
| OfSignature of Z & Z & nearest_signature.

Record certificate := Certificate {
  inputs : seq input;
  weights : seq rational_matrix;     (* the point *)
  instructions : seq instruction;    (* the loss is the last *)
  reciprocals : seq (Z * Z);         (* a node, the same for all weights, and the input that is 1 divided by it *)
  value : number;
  critical : bool;
  hessian_inertia : option inertia_evidence;
  lambda_min : option (number * number);
  lambda_max : option (number * number);
  descent : option curve_evidence;
  ascent : option curve_evidence;
  better : option rational_matrix;     (* one row *)
  global : option (seq bound);       (* a global minimizer, by lower bounds of nodes *)
  claimed : verdict }.

Definition loss_position (c : certificate) : Z := Z.of_nat (size (instructions c)).-1.
Definition dimension (c : certificate) : nat := coordinates (inputs c).

(** ** Numbers *)

Definition wf_number (q : number) : bool := Z.ltb 0 q.2.
Definition equal_numbers (p q : number) : bool := Z.eqb (p.1 * q.2) (q.1 * p.2).
Definition less_numbers (p q : number) : bool := Z.ltb (p.1 * q.2) (q.1 * p.2).
Definition at_most (p q : number) : bool := Z.leb (p.1 * q.2) (q.1 * p.2).
Definition opposite (p : number) : number := (- p.1, p.2).

(** ** Shapes: every operand fits, nothing is empty *)

Definition rectangle (m : rational_matrix) : option (nat * nat) :=
  let: (r, c) := (size (entries m), size (head [::] (entries m))) in
  if [&& Nat.ltb 0 r, Nat.ltb 0 c & all (fun row => Nat.eqb (size row) c) (entries m)] then Some (r, c) else None.

Definition input_shape (i : input) : option (nat * nat) :=
  match i with
  | Data m => rectangle m
  | Weight r c => if Z.ltb 0 r && Z.ltb 0 c then Some (Z.to_nat r, Z.to_nat c) else None
  end.

Definition same_shape (a b : option (nat * nat)) : bool :=
  match a, b with
  | Some (r, c), Some (r', c') => Nat.eqb r r' && Nat.eqb c c'
  | _, _ => false
  end.

Definition shape_at (s : seq (option (nat * nat))) (k : Z) : option (nat * nat) :=
  if Z.leb 0 k then nth None s (Z.to_nat k) else None.

Definition shape (ins done : seq (option (nat * nat))) (i : instruction) : option (nat * nat) :=
  match i with
  | Input k => shape_at ins k
  | Constant m => rectangle m
  | Add a b | Subtract a b | Hadamard a b =>
    if same_shape (shape_at done a) (shape_at done b) then shape_at done a else None
  | Multiply a b =>
    match shape_at done a, shape_at done b with
    | Some (r, k), Some (k', c) => if Nat.eqb k k' then Some (r, c) else None
    | _, _ => None
    end
  | Dot a b => if same_shape (shape_at done a) (shape_at done b) then Some (1, 1)%nat else None
  | Scale _ _ a => shape_at done a
  | ScalarMultiply s a => if same_shape (shape_at done s) (Some (1, 1)%nat) then shape_at done a else None
  | Transpose a => if shape_at done a is Some (r, c) then Some (c, r) else None
  end.

Fixpoint shapes_fit (ins done : seq (option (nat * nat))) (p : seq instruction) : bool :=
  match p with
  | [::] => same_shape (last None done) (Some (1, 1)%nat)
  | i :: p' => let s := shape ins done i in
               if s is Some _ then shapes_fit ins (rcons done s) p' else false
  end.

(** The weights have the shapes of the inputs. *)
Fixpoint weights_fit (ins : seq input) (w : seq rational_matrix) : bool :=
  match ins, w with
  | [::], [::] => true
  | Data _ :: ins', _ => weights_fit ins' w
  | Weight r c :: ins', m :: w' =>
    [&& wf_matrix m, same_shape (rectangle m) (Some (Z.to_nat r, Z.to_nat c)) & weights_fit ins' w']
  | _, _ => false
  end.

(** ** Points *)

(** The coordinates of weights, each matrix column by column. *)
Definition flatten (w : seq rational_matrix) : seq number :=
  flatten [seq seq.flatten [seq [seq (nth 0 r j, denominator m) | r <- entries m]
                           | j <- iota 0 (size (head [::] (entries m)))] | m <- w].

(** The rows of a matrix, as points or directions. *)
Definition rows_of (m : rational_matrix) : seq (seq number) := [seq [seq (z, denominator m) | z <- r] | r <- entries m].

Definition rows_fit (n : nat) (m : rational_matrix) : bool :=
  wf_matrix m && all (fun r => Nat.eqb (size r) n) (entries m).

Definition coordinate_of (p : seq number) (i : nat) : number := nth (0, 1) p i.

Definition value_at (c : certificate) (p : seq number) : Z * Z :=
  value_of rationals (inputs c) (instructions c) (loss_position c)
           (fun i => constant rationals (coordinate_of p i).1 (coordinate_of p i).2).

Definition results_at_point (c : certificate) : seq (matrix (Z * Z)) :=
  let p := flatten (weights c) in
  eval rationals (fill rationals (fun i => constant rationals (coordinate_of p i).1 (coordinate_of p i).2) 0 (inputs c))
       (instructions c).

(** A fraction of the evaluation has its denominator first. *)
Definition swap (q : Z * Z) : number := (q.2, q.1).

(** ** Value, gradient and Hessian *)

Section Spread.
Variables (V : Type) (z : V).

(** The entries of a sparse row at start, start + 1, .. (len of them), and what is left over. *)
Fixpoint spread (len start : nat) (row : sparse V) : seq V * sparse V :=
  match len with
  | O => ([::], row)
  | S l =>
    match row with
    | (i, a) :: rest =>
      if Nat.eqb i start then let: (s, r) := spread l start.+1 rest in (a :: s, r)
      else let: (s, r) := spread l start.+1 row in (z :: s, r)
    | [::] => let: (s, r) := spread l start.+1 row in (z :: s, r)
    end
  end.

Definition dense (n : nat) (row : sparse V) : option (seq V) :=
  let: (s, r) := spread n 0 row in if r is [::] then Some s else None.
End Spread.

Fixpoint dense_rows (n : nat) (rows : seq (sparse Z)) : option (matrix Z) :=
  match rows with
  | [::] => Some [::]
  | r :: rows' =>
    if dense 0 n r is Some s then if dense_rows n rows' is Some m then Some (s :: m) else None else None
  end.

Definition entry (m : matrix Z) (i j : nat) : Z := nth 0 (nth [::] m i) j.

Definition symmetrize (n : nat) (m : matrix Z) : matrix Z :=
  [seq [seq entry m i j + entry m j i | j <- iota 0 n] | i <- iota 0 n].

(** Denominator, value, gradient, Hessian: the last three over the first. *)
Record analysis := Analysis { over : Z; value_part : Z; gradient_part : seq Z; hessian_part : matrix Z }.

Definition analyse (c : certificate) : option analysis :=
  let n := dimension c in
  let p := flatten (weights c) in
  let: (d, Jet v g h) :=
    value_of (fractions jets) (inputs c) (instructions c) (loss_position c)
             (fun i => let q := coordinate_of p i in (q.2, Jet q.1 [:: (i, q.2)] [::])) in
  if dense 0 n g is Some g' then
    if dense [::] n h is Some h' then
      if dense_rows n h' is Some m then Some (Analysis d v g' (symmetrize n m)) else None
    else None
  else None.

Definition vanishes (s : seq Z) : bool := all (Z.eqb 0) s.

(** ** Inertia *)

Fixpoint idot (a b : seq Z) : Z :=
  match a, b with
  | x :: a', y :: b' => x * y + idot a' b'
  | _, _ => 0
  end.

Definition apply (h : matrix Z) (v : seq Z) : seq Z := [seq idot r v | r <- h].

Definition gram (h : matrix Z) (m : nat) (v : seq (seq Z)) : matrix Z :=
  [seq let hv := apply h (nth [::] v i) in [seq idot hv (nth [::] v j) | j <- iota 0 m] | i <- iota 0 m].

(** (m G_ij)^2 <= G_ii G_jj off the diagonal, which is positive. *)
Definition dominates (m : nat) (g : matrix Z) : bool :=
  let diagonal := [seq entry g i i | i <- iota 0 m] in
  let m2 := Z.of_nat m * Z.of_nat m in
  all (fun i => let row := nth [::] g i in
                let a := nth 0 row i in
                Z.ltb 0 a &&
                all (fun j => Nat.eqb i j || (let b := nth 0 row j in Z.leb (m2 * (b * b)) (a * nth 0 diagonal j)))
                    (iota 0 m))
      (iota 0 m).

Definition negate (h : matrix Z) : matrix Z := [seq [seq - z | z <- r] | r <- h].

Definition null_space (n m : nat) (h : matrix Z) (v : seq (seq Z)) (columns : seq Z) : bool :=
  all (fun i => vanishes (apply h (nth [::] v i))) (iota 0 m) &&
  all (fun j => let k := Z.to_nat (nth 0 columns j) in
                Nat.ltb k n && all (fun i => Bool.eqb (Nat.eqb i j) (negb (Z.eqb (entry v i k) 0))) (iota 0 m))
      (iota 0 m).

Definition check_inertia (n : nat) (h : matrix Z) (e : inertia_evidence) : bool :=
  let: (a, c, b) := (Z.to_nat (neg e), Z.to_nat (zero e), Z.to_nat (pos e)) in
  [&& Z.leb 0 (neg e), Z.leb 0 (zero e), Z.leb 0 (pos e), Nat.eqb (a + (c + b)) n,
      dominates a (gram (negate h) a (frame e)),
      dominates b (gram h b (drop a (frame e))) &
      null_space n c h (null e) (null_columns e)].

(** ** Bounds of the least eigenvalue of h/d *)

Definition shifted (h : matrix Z) (n : nat) (d : Z) (q : number) : matrix Z :=
  [seq [seq q.2 * entry h i j - (if Nat.eqb i j then q.1 * d else 0) | j <- iota 0 n] | i <- iota 0 n].

Definition check_least (n : nat) (h : matrix Z) (d : Z) (e : inertia_evidence) (has_neg has_rest : bool)
    (lo hi : number) : bool :=
  [&& wf_number lo, wf_number hi,
      (Z.leb lo.1 0 && negb has_neg) || dominates n (gram (shifted h n d lo) n (frame e)) &
      (Z.leb 0 hi.1 && has_rest) ||
      has (fun v => let v' := take n v in
                    Z.ltb 0 (idot v' v') && Z.leb (hi.2 * idot (apply h v') v') (hi.1 * d * idot v' v')) (frame e)].

Definition check_lambda_min n h d (e : inertia_evidence) (b : number * number) : bool :=
  check_least n h d e (Nat.ltb 0 (Z.to_nat (neg e))) (Nat.ltb (Z.to_nat (pos e)) n) b.1 b.2.

Definition check_lambda_max n h d (e : inertia_evidence) (b : number * number) : bool :=
  check_least n (negate h) d e (Nat.ltb 0 (Z.to_nat (pos e))) (Nat.ltb (Z.to_nat (neg e)) n)
              (opposite b.2) (opposite b.1).

(** ** Curves *)

(** Coordinate i of V_1 + t V_2 + .., as a series. *)
Definition direction_series (v : seq (seq number)) (i : nat) : Z * seq Z :=
  foldr (fun p s => combine (series 0) series_plus ((coordinate_of p i).2, [:: (coordinate_of p i).1]) (shift s)) (1, [::]) v.

Definition series_along (c : certificate) (k : nat) (v : seq (seq number)) : Z * seq Z :=
  let p := flatten (weights c) in
  value_of (fractions (series k)) (inputs c) (instructions c) (loss_position c)
           (fun i => combine (series k) series_plus ((coordinate_of p i).2, [:: (coordinate_of p i).1])
                             (shift (direction_series v i))).

(** The first coefficient that is not zero. *)
Fixpoint leading (s : seq Z) : nat * Z :=
  match s with
  | [::] => (0%nat, 0)
  | z :: s' => if Z.eqb z 0 then let: (k, a) := leading s' in (S k, a) else (0%nat, z)
  end.

(** The coefficients from degree 1 on are those claimed, the first that is not zero has the order claimed; its value. *)
Definition check_curve (c : certificate) (e : curve_evidence) : option Z :=
  let k := (Z.to_nat (order e)).-1 in
  let: (d, s) := series_along c (size (coefficients e)) (rows_of (curve e)) in
  let: (k', a) := leading (behead s) in
  if [&& rows_fit (dimension c) (curve e),
         Nat.eqb k k', Nat.ltb k.+1 (size (coefficients e)),
         all wf_number (coefficients e),
         Z.eqb (head (0, 1) (coefficients e)).1 0 &
         all (fun i => equal_numbers (nth (0, 1) (coefficients e) i) (nth 0 s i, d)) (iota 1 (size (coefficients e)).-1)]
  then Some a else None.

(** ** Everything *)

Definition check_option (T : Type) (f : T -> bool) (o : option T) : bool := if o is Some x then f x else true.

Definition well_formed (c : certificate) : bool :=
  [&& wf (inputs c) (instructions c),
      shapes_fit [seq input_shape i | i <- inputs c] [::] (instructions c),
      weights_fit (inputs c) (weights c),
      Nat.eqb (size (flatten (weights c))) (dimension c),
      all wf_number (flatten (weights c)) &
      wf_number (value c)].

Definition is_less (z : option Z) : bool := if z is Some a then Z.ltb a 0 else false.
Definition is_greater (z : option Z) : bool := if z is Some a then Z.ltb 0 a else false.

Definition some (T : Type) (o : option T) : bool := if o is Some _ then true else false.

Definition verdict_of (c : certificate) : verdict :=
  if negb (critical c) then NotCritical
  else if some (global c) then GlobalMinimizer
  else if hessian_inertia c is Some e then
    if Z.eqb (pos e) 0 && Z.ltb 0 (neg e) && Z.eqb (zero e) 0 then LocalMaximizer
    else if Z.ltb 0 (neg e) then StrictSaddle
    else if some (better c) && Z.eqb (zero e) 0 then LocalMinimizer
    else if some (descent c) then NonStrictSaddle
    else SecondOrder
  else Undecided.

Definition same_verdict (a b : verdict) : bool :=
  match a, b with
  | NotCritical, NotCritical | GlobalMinimizer, GlobalMinimizer | Undecided, Undecided
  | LocalMaximizer, LocalMaximizer | StrictSaddle, StrictSaddle | LocalMinimizer, LocalMinimizer
  | NonStrictSaddle, NonStrictSaddle | SecondOrder, SecondOrder => true
  | _, _ => false
  end.

Definition check_inertias (c : certificate) (a : analysis) : bool :=
  let n := dimension c in
  match hessian_inertia c with
  | Some e =>
    [&& check_inertia n (hessian_part a) e,
        check_option (check_lambda_min n (hessian_part a) (over a) e) (lambda_min c) &
        check_option (check_lambda_max n (hessian_part a) (over a) e) (lambda_max c)]
  | None => negb (some (lambda_min c)) && negb (some (lambda_max c))
  end.
