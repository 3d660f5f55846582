(** Convex functions of results of a program: scalars that carry a linear lower bound, and terms that a bound is made of. What runs.

    A loss is often not convex in the weights, but it is so in some results of its program: a Gram matrix, a product and the
    squares of its factors. These (the leaves) are made variables. A scalar then is c + <g, w>, w the displacement of the
    leaves from the point, or at least that. *)
From Coq Require Import ZArith PeanoNat.
From mathcomp Require Import ssreflect ssrfun ssrbool eqtype ssrnat seq.
From rankscape Require Import program scalars certificate bounds.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Local Open Scope Z_scope.

(** ** Tangents *)

Inductive curvature := Exact | Above | Unknown.

(** Exact: c + <g, w>; Above: nowhere less. *)
Record tangent := Tangent { bend : curvature; tangent_value : Z; slope : sparse Z }.

Definition join (a b : curvature) : curvature :=
  match a, b with
  | Exact, Exact => Exact
  | Unknown, _ | _, Unknown => Unknown
  | _, _ => Above
  end.

Definition tangent_scale (z : Z) (a : tangent) : tangent :=
  let bent := if bend a is Above then if Z.leb 0 z then Above else Unknown else bend a in
  Tangent bent (z * tangent_value a) (linear_scale z (slope a)).

Definition tangent_plus (a b : tangent) : tangent :=
  Tangent (join (bend a) (bend b)) (tangent_value a + tangent_value b) (linear_plus (slope a) (slope b)).

Definition tangent_minus (a b : tangent) : tangent := tangent_plus a (tangent_scale (-1) b).

Fixpoint same_slope (g h : sparse Z) : bool :=
  match g, h with
  | [::], [::] => true
  | (i, x) :: g', (j, y) :: h' => [&& Nat.eqb i j, Z.eqb x y & same_slope g' h']
  | _, _ => false
  end.

Definition is_exact (a : tangent) : bool := if bend a is Exact then true else false.
Definition is_fixed (a : tangent) : bool := is_exact a && (if slope a is [::] then true else false).

(** A fixed number times anything, and the square of what is exact. *)
Definition tangent_times (a b : tangent) : tangent :=
  if is_fixed a then tangent_scale (tangent_value a) b
  else if is_fixed b then tangent_scale (tangent_value b) a
  else if [&& is_exact a, is_exact b, Z.eqb (tangent_value a) (tangent_value b) & same_slope (slope a) (slope b)]
  then Tangent Above (tangent_value a * tangent_value a) (linear_scale (2 * tangent_value a) (slope a))
  else Tangent Unknown 0 [::].

Definition tangents : numerators tangent :=
  {| inject := fun z => Tangent Exact z [::];
     scale := tangent_scale;
     nplus := tangent_plus;
     nminus := tangent_minus;
     ntimes := tangent_times |}.

(** ** Leaves are inputs *)

(** The leaves, in order, are the inputs from [first] on. *)
Definition cut (leaves : seq Z) (first k : nat) (i : instruction) : instruction :=
  let j := find (Z.eqb (Z.of_nat k)) leaves in
  if Nat.ltb j (size leaves) then Input (Z.of_nat (first + j)) else i.

Fixpoint cut_all (leaves : seq Z) (first k : nat) (p : seq instruction) : seq instruction :=
  if p is i :: p' then cut leaves first k i :: cut_all leaves first k.+1 p' else [::].

(** Values at the point, each displaced by a variable; variables are numbered along the rows. *)
Fixpoint displaced_row (k : nat) (r : seq (Z * Z)) : seq (Z * tangent) :=
  if r is a :: r' then (a.1, Tangent Exact a.2 [:: (k, a.1)]) :: displaced_row k.+1 r' else [::].

Fixpoint displaced (k : nat) (m : matrix (Z * Z)) : matrix (Z * tangent) :=
  if m is r :: m' then displaced_row k r :: displaced (k + size r) m' else [::].

Fixpoint displaced_all (k : nat) (s : seq (matrix (Z * Z))) : seq (matrix (Z * tangent)) :=
  if s is m :: s' then displaced k m :: displaced_all (k + size (seq.flatten m)) s' else [::].

Definition entries_of (T : Type) (s : seq (matrix T)) : seq T := seq.flatten [seq seq.flatten m | m <- s].

(** ** Instructions and shapes *)

Definition operands_before (k : nat) (i : instruction) : bool :=
  let before a := Nat.ltb (Z.to_nat a) k in
  match i with
  | Input _ | Constant _ => true
  | Add a b | Subtract a b | Multiply a b | Hadamard a b | Dot a b | ScalarMultiply a b => before a && before b
  | Scale _ _ a | Transpose a => before a
  end.

Definition step (p : seq instruction) (k : Z) : option instruction :=
  let i := nth (Input 0) p (Z.to_nat k) in
  if Nat.ltb (Z.to_nat k) (size p) && operands_before (Z.to_nat k) i then Some i else None.

Definition shape_of (T : Type) (m : matrix T) : option (nat * nat) :=
  let: (r, c) := (size m, size (head [::] m)) in
  if [&& Nat.ltb 0 r, Nat.ltb 0 c & all (fun row => Nat.eqb (size row) c) m] then Some (r, c) else None.

Definition is_transpose (p : seq instruction) (a b : Z) : bool := if step p a is Some (Transpose t) then Z.eqb t b else false.

Section Products.
Variables (p : seq instruction) (vals : seq (matrix (Z * Z))).

Definition shaped (k : Z) : option (nat * nat) := shape_of (position vals k).
Definition one_by_one (k : Z) : bool := certificate.same_shape (shaped k) (Some (1, 1)%nat).

(** Node k is a matrix times its transpose; its number of rows. *)
Definition gram_rows (k : Z) : option nat :=
  if step p k is Some (Multiply a b) then
    match shaped a, shaped b with
    | Some (r, _), Some (_, c) => if is_transpose p b a then Some r else if is_transpose p a b then Some c else None
    | _, _ => None
    end
  else None.

(** Node k is the product of two nodes. *)
Definition factors (k : Z) : option (Z * Z) :=
  match step p k with
  | Some (Multiply a b) => Some (a, b)
  | Some (Hadamard a b) | Some (Dot a b) => if one_by_one a && one_by_one b then Some (a, b) else None
  | Some (ScalarMultiply a b) =>
    if one_by_one a then
      match shaped b with
      | Some (_, 1%nat) => Some (b, a)
      | Some (1%nat, _) => Some (a, b)
      | _ => None
      end
    else None
  | _ => None
  end.

(** Node k is the sum of the squares of the entries of node a. *)
Definition is_norm (k a : Z) : bool :=
  match step p k with
  | Some (Dot b b') => Z.eqb a b && Z.eqb a b' && some (shaped a)
  | Some (Multiply b b') | Some (Hadamard b b') | Some (ScalarMultiply b b') => [&& Z.eqb a b, Z.eqb a b' & one_by_one a]
  | _ => false
  end.

(** Node b is the square of a factor of node k, a Gram matrix: the trace of that. *)
Definition is_trace (k b : Z) : bool := if step p k is Some (Multiply u v) then is_norm b u || is_norm b v else false.

End Products.

(** ** Positive semidefinite *)

(** (s + s^T) times [scaled_by] is F^T diag(squares) F. *)
Definition semidefinite (n : nat) (s : matrix (Z * Z)) (e : psd) : bool :=
  let at_ i j := nth (1, 0) (nth [::] s i) j in
  let columns := [seq [seq nth 0 r i | r <- factor e] | i <- iota 0 n] in
  let weighted := [seq [seq x.1 * x.2 | x <- zip (squares e) column] | column <- columns] in
  [&& Z.ltb 0 (scaled_by e), all (Z.leb 0) (squares e) &
      all (fun i => all (fun j =>
        let: (d, z) := plus rationals (at_ i j) (at_ j i) in
        Z.eqb (scaled_by e * z) (d * idot (nth [::] weighted i) (nth [::] columns j))) (iota 0 n)) (iota 0 n)].

(** ** Terms *)

Definition leaves_of (t : term) : seq Z :=
  match t with Free a | Bounded a | Gram a _ => [:: a] | NormedGram a b _ => [:: a; b] | Nuclear a b c _ => [:: a; b; c] end.

Fixpoint in_rows (r c : nat) (g : seq Z) : matrix Z := if r is S r' then take c g :: in_rows r' c (drop c g) else [::].

(** Over the denominator d: g, g + a I, or the blocks a I, g; 0, b I. *)
Definition over_denominator (d : Z) (m : matrix Z) : matrix (Z * Z) := [seq [seq (d, z) | z <- r] | r <- m].

Definition diagonal_row (n i : nat) (a : Z) : seq Z := [seq if Nat.eqb i j then a else 0 | j <- iota 0 n].

Definition shifted (n : nat) (g : matrix Z) (a : Z) : matrix Z :=
  [seq [seq nth 0 (nth [::] g i) j + (if Nat.eqb i j then a else 0) | j <- iota 0 n] | i <- iota 0 n].

Definition blocks (r c : nat) (a : Z) (g : matrix Z) (b : Z) : matrix Z :=
  [seq diagonal_row r i a ++ nth [::] g i | i <- iota 0 r] ++ [seq nseq r 0 ++ diagonal_row c i b | i <- iota 0 c].

Section Terms.
Variables (p : seq instruction) (vals : seq (matrix (Z * Z))) (lo : Z -> option number) (d : Z).

Definition area (k : Z) : nat := size (seq.flatten (position vals k)).

(** Numbers that stand for the entries of the leaves of a term: <g, .> of the leaves is nowhere below that of these. *)
Definition floors (t : term) : seq (Z * Z) :=
  nseq (sumn [seq area k | k <- leaves_of t]) (if t is Bounded a then (if lo a is Some q then swap q else (1, 0)) else (1, 0)).

Definition term_holds (t : term) (g : seq Z) : bool :=
  match t with
  | Free _ => vanishes g
  | Bounded a => some (lo a) && all (Z.leb 0) g
  | Gram a e => if gram_rows p vals a is Some r then semidefinite r (over_denominator d (in_rows r r g)) e else false
  | NormedGram a b e =>
    if gram_rows p vals a is Some r then
      is_trace p vals a b && semidefinite r (over_denominator d (shifted r (in_rows r r g) (nth 0 g (r * r)))) e
    else false
  | Nuclear a b c e =>
    if factors p vals a is Some (u, v) then
      match shaped vals u, shaped vals v with
      | Some (r, q), Some (q', k) =>
        [&& Nat.eqb q q', is_norm p vals b u, is_norm p vals c v &
            semidefinite (r + k) (over_denominator d (blocks r k (nth 0 g (r * k)) (in_rows r k g) (nth 0 g (r * k).+1))) e]
      | _, _ => false
      end
    else false
  end.

Fixpoint terms_hold (ts : seq term) (g : seq Z) : bool :=
  if ts is t :: ts' then
    let n := sumn [seq area k | k <- leaves_of t] in term_holds t (take n g) && terms_hold ts' (drop n g)
  else true.

End Terms.

Definition inputs_before (n : nat) (p : seq instruction) : bool :=
  all (fun i => if i is Input k then Nat.ltb (Z.to_nat k) n else true) p.

(** <g, .> of computed numbers. *)
Definition against (g : seq Z) (s : seq (Z * Z)) : Z * Z := dot rationals [seq (1, z) | z <- g] s.

(** A number that node k is never below: what is convex in the leaves is at least its tangent, and [test] gives what <g, .> of the
    leaves, d times their slopes, is nowhere below. *)
Definition convex_from (c : certificate) (k : Z) (leaves : seq Z) (test : Z -> seq Z -> option (Z * Z)) : option number :=
  let p := instructions c in
  let vals := results_at_point c in
  let at_point := [seq position vals a | a <- leaves] in
  let first := size (inputs c) in
  let o := fractions tangents in
  let ins := fill o (fun=> (1, Tangent Unknown 0 [::])) 0 (inputs c) ++ displaced_all 0 at_point in
  let: (d, t) := scalar o (position (eval o ins (cut_all leaves first 0 p)) k) in
  if dense 0 (size (entries_of at_point)) (slope t) is Some g then
    if test d g is Some b then
      if [&& (if bend t is Unknown then false else true), inputs_before first p &
             Z.leb (minus rationals (against g (entries_of at_point)) b).2 0]
      then Some (tangent_value t, d) else None
    else None
  else None.

Definition convex_bound (c : certificate) (k : Z) (ts : seq term) : option number :=
  convex_from c k (seq.flatten [seq leaves_of t | t <- ts])
    (fun d g => if terms_hold (instructions c) (results_at_point c) (lowest c [::]) d ts g
                then Some (against g (seq.flatten [seq floors (results_at_point c) (lowest c [::]) t | t <- ts])) else None).
