(** Loss programs, and the one evaluation that everything else is an instance of.

    A program is a list of instructions; operands are positions of earlier results; every value is a matrix (a list of
    rows), scalars are 1 x 1. [eval] is polymorphic over a record of four scalar operations, so that the loss itself
    (over an ordered field), its exact value, its series along a curve, and its gradient and Hessian are one function
    at different scalars. All numbers of a certificate are of type [Z], whose extraction has no values that the theorem
    does not speak of; a denominator that is not positive is rejected ([wf_instruction]). *)
From Coq Require Import ZArith.
From mathcomp Require Import ssreflect ssrfun ssrbool eqtype ssrnat seq.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

(** A matrix of rational numbers with one common denominator. *)
Record rational_matrix := RationalMatrix { denominator : Z; entries : seq (seq Z) }.

Inductive instruction :=
| Input of Z                   (* position in the list of inputs *)
| Constant of rational_matrix
| Add of Z & Z
| Subtract of Z & Z
| Multiply of Z & Z
| Hadamard of Z & Z
| Dot of Z & Z                 (* sum of products of entries, 1 x 1 *)
| Scale of Z & Z & Z           (* numerator, denominator, operand *)
| ScalarMultiply of Z & Z      (* 1 x 1 operand, operand *)
| Transpose of Z.

Inductive input :=
| Data of rational_matrix
| Weight of Z & Z.             (* rows, columns *)

(** The scalars: rational constants (numerator, denominator), sum, difference, product. *)
Record operations (T : Type) := Operations {
  constant : Z -> Z -> T;
  plus : T -> T -> T;
  minus : T -> T -> T;
  times : T -> T -> T }.

Definition matrix (T : Type) := seq (seq T).

Section Evaluation.
Variables (T : Type) (o : operations T).

Definition zero_scalar := constant o Z0 (Zpos xH).

Fixpoint map2 (f : T -> T -> T) (a b : seq T) : seq T :=
  match a, b with
  | x :: a', y :: b' => f x y :: map2 f a' b'
  | _, _ => [::]
  end.

Fixpoint map22 (f : T -> T -> T) (a b : matrix T) : matrix T :=
  match a, b with
  | x :: a', y :: b' => map2 f x y :: map22 f a' b'
  | _, _ => [::]
  end.

(** Sum of products of two lists. *)
Fixpoint dot (a b : seq T) : T :=
  match a, b with
  | x :: a', y :: b' => plus o (times o x y) (dot a' b')
  | _, _ => zero_scalar
  end.

Fixpoint total (a : seq T) : T := if a is x :: a' then plus o x (total a') else zero_scalar.

Definition transpose (a : matrix T) : matrix T :=
  [seq [seq nth zero_scalar r i | r <- a] | i <- iota 0 (size (head [::] a))].

Definition multiply (a b : matrix T) : matrix T :=
  let b' := transpose b in [seq [seq dot r c | c <- b'] | r <- a].

Definition mapm (f : T -> T) (a : matrix T) : matrix T := [seq [seq f x | x <- r] | r <- a].

Definition scalar (a : matrix T) : T := head zero_scalar (head [::] a).

Definition embed (m : rational_matrix) : matrix T :=
  [seq [seq constant o z (denominator m) | z <- r] | r <- entries m].

Definition position (s : seq (matrix T)) (k : Z) : matrix T := nth [::] s (Z.to_nat k).

Definition execute (inputs results : seq (matrix T)) (i : instruction) : matrix T :=
  match i with
  | Input k => position inputs k
  | Constant m => embed m
  | Add a b => map22 (plus o) (position results a) (position results b)
  | Subtract a b => map22 (minus o) (position results a) (position results b)
  | Multiply a b => multiply (position results a) (position results b)
  | Hadamard a b => map22 (times o) (position results a) (position results b)
  | Dot a b => [:: [:: total [seq dot x.1 x.2 | x <- zip (position results a) (position results b)]]]
  | Scale n d a => mapm (times o (constant o n d)) (position results a)
  | ScalarMultiply s a => mapm (times o (scalar (position results s))) (position results a)
  | Transpose a => transpose (position results a)
  end.

Fixpoint run (inputs results : seq (matrix T)) (p : seq instruction) : seq (matrix T) :=
  if p is i :: p' then run inputs (rcons results (execute inputs results i)) p' else results.

(** All results of a program. *)
Definition eval (inputs : seq (matrix T)) (p : seq instruction) : seq (matrix T) := run inputs [::] p.

(** The inputs, when coordinate i of the weights is [x i]: weights in order, each column by column. *)
Fixpoint fill (x : nat -> T) (offset : nat) (s : seq input) : seq (matrix T) :=
  match s with
  | [::] => [::]
  | Data m :: s' => embed m :: fill x offset s'
  | Weight r c :: s' =>
    let: (r, c) := (Z.to_nat r, Z.to_nat c) in
    [seq [seq x (offset + j * r + i)%N | j <- iota 0 c] | i <- iota 0 r] :: fill x (offset + r * c)%N s'
  end.

(** The value of result number [out], a scalar. *)
Definition value_of (inputs : seq input) (p : seq instruction) (out : Z) (x : nat -> T) : T :=
  scalar (position (eval (fill x 0 inputs) p) out).

End Evaluation.

(** Number of coordinates. *)
Fixpoint coordinates (s : seq input) : nat :=
  match s with
  | [::] => 0
  | Data _ :: s' => coordinates s'
  | Weight r c :: s' => Z.to_nat r * Z.to_nat c + coordinates s'
  end%N.

(** Denominators are positive. *)
Definition wf_matrix (m : rational_matrix) : bool := Z.ltb 0 (denominator m).

Definition wf_instruction (i : instruction) : bool :=
  match i with
  | Constant m => wf_matrix m
  | Scale _ d _ => Z.ltb 0 d
  | _ => true
  end.

Definition wf_input (i : input) : bool := if i is Data m then wf_matrix m else true.

Definition wf (inputs : seq input) (p : seq instruction) : bool := all wf_input inputs && all wf_instruction p.
