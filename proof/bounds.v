(** Lower bounds of all entries of the results of a program, for all weights at once. What runs. *)
From Coq Require Import ZArith PeanoNat.
From mathcomp Require Import ssreflect ssrfun ssrbool eqtype ssrnat seq.
From rankscape Require Import program scalars certificate.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Local Open Scope Z_scope.

(** Is the result the same for all weights, and a lower bound of its entries. *)
Definition knowledge := (bool * option number)%type.

Definition best (a b : option number) : option number :=
  match a, b with
  | Some p, Some q => if less_numbers p q then b else a
  | None, _ => b
  | _, None => a
  end.

(** The least of all (opposite) entries. *)
Fixpoint least_entry (s : seq (Z * Z)) : option number :=
  match s with
  | [::] => None
  | [:: a] => Some (swap a)
  | a :: s' => if least_entry s' is Some q then (if less_numbers (swap a) q then Some (swap a) else if at_most q (swap a) then Some q else None) else None
  end.

Definition least (v : matrix (Z * Z)) : option number := least_entry (seq.flatten v).
Definition least_opposite (v : matrix (Z * Z)) : option number :=
  least_entry (seq.flatten [seq [seq (a.1, - a.2) | a <- r] | r <- v]).

Definition is_scalar (v : matrix (Z * Z)) : bool := if v is [:: [:: _]] then true else false.

Definition sum_numbers (p q : number) : number := (p.1 * q.2 + q.1 * p.2, p.2 * q.2).
Definition product_numbers (p q : number) : number := (p.1 * q.1, p.2 * q.2).
Definition nonnegative (p : option number) : bool := if p is Some q then Z.leb 0 q.1 else false.
Definition nought : option number := Some (0, 1).

Definition of_product (a b : option number) : option number :=
  match a, b with
  | Some p, Some q => if Z.leb 0 p.1 && Z.leb 0 q.1 then Some (product_numbers p q) else None
  | _, _ => None
  end.

Section Lower.
Variables (ins : seq input) (extra : seq (Z * number)).

Definition rule (vals : seq (matrix (Z * Z))) (lo : Z -> option number) (constant : Z -> bool) (i : instruction) :
    option number :=
  match i with
  | Add a b =>
    match lo a, lo b with Some p, Some q => Some (sum_numbers p q) | _, _ => None end
  | Subtract a b =>
    if constant b then
      match lo a, least_opposite (position vals b) with Some p, Some q => Some (sum_numbers p q) | _, _ => None end
    else None
  | Hadamard a b =>
    best (if Z.eqb a b then nought else None) (of_product (lo a) (lo b))
  | Dot a b => if Z.eqb a b || (nonnegative (lo a) && nonnegative (lo b)) then nought else None
  | Multiply a b =>
    if (Z.eqb a b && is_scalar (position vals a)) || (nonnegative (lo a) && nonnegative (lo b)) then nought else None
  | ScalarMultiply a b =>
    if is_scalar (position vals a) then best (if Z.eqb a b then nought else None) (of_product (lo a) (lo b)) else None
  | Scale n d a => if Z.leb 0 n then (if lo a is Some q then Some (product_numbers (n, d) q) else None) else None
  | Transpose a => if nonnegative (lo a) then nought else None
  | Input _ | Constant _ => None
  end.

Definition is_constant (constant : Z -> bool) (i : instruction) : bool :=
  match i with
  | Input k => if nth (Weight 0 0) ins (Z.to_nat k) is Data _ then true else false
  | Constant _ => true
  | Add a b | Subtract a b | Multiply a b | Hadamard a b | Dot a b | ScalarMultiply a b => constant a && constant b
  | Scale _ _ a | Transpose a => constant a
  end.

(** The bounds claimed for result number k. *)
Definition claimed_bound (k : nat) (v : matrix (Z * Z)) : option number :=
  if is_scalar v then
    foldr (fun e o => if Nat.eqb (Z.to_nat e.1) k then best (Some e.2) o else o) None extra
  else None.

Definition learn (vals : seq (matrix (Z * Z))) (done : seq knowledge) (v : matrix (Z * Z)) (i : instruction) : knowledge :=
  let known k := nth (false, None) done (Z.to_nat k) in
  let lo k := (known k).2 in
  let constant k := (known k).1 in
  let c := is_constant constant i in
  (c, best (if c then least v else None) (best (rule vals lo constant i) (claimed_bound (size vals) v))).

Fixpoint lower (inputs vals : seq (matrix (Z * Z))) (done : seq knowledge) (p : seq instruction) : seq knowledge :=
  match p with
  | [::] => done
  | i :: p' =>
    let v := execute rationals inputs vals i in
    lower inputs (rcons vals v) (rcons done (learn vals done v i)) p'
  end.

End Lower.

Definition inputs_at_point (c : certificate) : seq (matrix (Z * Z)) :=
  let p := flatten (weights c) in
  fill rationals (fun i => constant rationals (coordinate_of p i).1 (coordinate_of p i).2) 0 (inputs c).

(** A number that the entries of node k are never below: bounds of nodes in [extra] are believed. *)
Definition lowest (c : certificate) (extra : seq (Z * number)) (k : Z) : option number :=
  (nth (false, None) (lower (inputs c) extra (inputs_at_point c) [::] [::] (instructions c)) (Z.to_nat k)).2.

(** L is at least its value at the point, for all weights. *)
Definition bounded_below (c : certificate) (extra : seq (Z * number)) : bool :=
  is_scalar (position (eval rationals (inputs_at_point c) (instructions c)) (loss_position c)) &&
  (if lowest c extra (loss_position c) is Some q then at_most (value c) q else false).
