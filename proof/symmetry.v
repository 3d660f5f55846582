(** Local minimizers modulo symmetry: fields along which the loss is constant, whose values at the point span the null space of the
    Hessian. What runs: that the derivative of the loss along the fields is zero is multiplied out, as polynomials. *)
From Coq Require Import ZArith PeanoNat.
From mathcomp Require Import ssreflect ssrfun ssrbool eqtype ssrnat seq.
From rankscape Require Import program scalars certificate checker.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Local Open Scope Z_scope.

(** ** Polynomials: a monomial is the descending list of its variables; terms descend *)

Definition monomial := seq nat.
Definition poly := seq (monomial * Z).

Fixpoint monomial_times (a : monomial) : monomial -> monomial :=
  fix inner (b : monomial) : monomial :=
    match a, b with
    | [::], _ => b
    | _, [::] => a
    | i :: a', j :: b' => if Nat.ltb j i then i :: monomial_times a' b else j :: inner b'
    end.

Fixpoint same_monomial (a b : monomial) : bool :=
  match a, b with
  | [::], [::] => true
  | i :: a', j :: b' => Nat.eqb i j && same_monomial a' b'
  | _, _ => false
  end.

Fixpoint comes_first (a b : monomial) : bool :=
  match a, b with
  | i :: a', j :: b' => Nat.ltb j i || (Nat.eqb i j && comes_first a' b')
  | _ :: _, [::] => true
  | [::], _ => false
  end.

Fixpoint poly_plus (a : poly) : poly -> poly :=
  fix inner (b : poly) : poly :=
    match a, b with
    | [::], _ => b
    | _, [::] => a
    | (m, x) :: a', (k, y) :: b' =>
      if same_monomial m k then
        let s := x + y in if Z.eqb s 0 then poly_plus a' b' else (m, s) :: poly_plus a' b'
      else if comes_first m k then (m, x) :: poly_plus a' b
      else (k, y) :: inner b'
    end.

Definition poly_scale (z : Z) (a : poly) : poly := if Z.eqb z 0 then [::] else [seq (t.1, z * t.2) | t <- a].

Definition term_times (t : monomial * Z) (b : poly) : poly := [seq (monomial_times t.1 s.1, t.2 * s.2) | s <- b].

Definition poly_times (a b : poly) : poly := foldr (fun t s => poly_plus (term_times t b) s) [::] a.

(** ** a + t b, up to t^2 *)

Record dual := Dual { rest : poly; rate : poly }.

Definition dual_plus (a b : dual) : dual := Dual (poly_plus (rest a) (rest b)) (poly_plus (rate a) (rate b)).
Definition dual_scale (z : Z) (a : dual) : dual := Dual (poly_scale z (rest a)) (poly_scale z (rate a)).
Definition dual_minus (a b : dual) : dual := dual_plus a (dual_scale (-1) b).
Definition dual_times (a b : dual) : dual :=
  Dual (poly_times (rest a) (rest b)) (poly_plus (poly_times (rest a) (rate b)) (poly_times (rate a) (rest b))).

Definition duals : numerators dual :=
  {| inject := fun z => Dual (if Z.eqb z 0 then [::] else [:: ([::], z)]) [::];
     scale := dual_scale;
     nplus := dual_plus;
     nminus := dual_minus;
     ntimes := dual_times |}.

(** ** Fields *)

(** [(i, j, a), ..]: velocity i is the sum of a x_j; x_n is 1. *)
Definition field := seq (Z * Z * Z).

Section Fields.
Variables (T : Type) (o : operations T) (n : nat).

Definition velocity (y : nat -> T) (f : field) (i : nat) : T :=
  total o [seq times o (constant o e.2 1) (let j := Z.to_nat e.1.2 in if Nat.eqb j n then constant o 1 1 else y j)
          | e <- f & Nat.ltb i n && Nat.eqb (Z.to_nat e.1.1) i].

(** y + t (s_1 xi_1 + .. + s_m xi_m)(y) *)
Definition moved (fs : seq field) (y : nat -> T) (s : nat -> T) (t : T) (i : nat) : T :=
  plus o (y i) (times o t (total o [seq times o (s k) (velocity y (nth [::] fs k) i) | k <- iota 0 (size fs)])).

End Fields.

Record symmetry := Symmetry { fields : seq field; columns : seq Z; inverse : rational_matrix }.

Definition variable (i : nat) : Z * dual := (1, Dual [:: ([:: i], 1)] [::]).
Definition parameter (n i : nat) : Z * dual := if Nat.ltb i n then variable i else (1, Dual [::] [::]).
Definition time : Z * dual := (1, Dual [::] [:: ([::], 1)]).

Definition rate_along (c : certificate) (fs : seq field) : poly :=
  let n := dimension c in
  rate (value_of (fractions duals) (inputs c) (instructions c) (loss_position c)
          (moved (fractions duals) n fs (parameter n) (fun k => variable (n + k)) time)).2.

(** ** At the point *)

Definition at_point (c : certificate) (i : nat) : Z * Z :=
  let q := coordinate_of (flatten (weights c)) i in constant rationals q.1 q.2.

Definition velocity_here (c : certificate) (f : field) (i : nat) : Z * Z := velocity rationals (dimension c) (at_point c) f i.

(** Entry (i, j) of the matrix that is [inverse] in the rows [columns], and 0 in the others. *)
Definition coordinates_of (c : certificate) (e : symmetry) (i j : nat) : Z * Z :=
  total rationals [seq if Nat.eqb (Z.to_nat (nth 0 (columns e) k)) i
                       then constant rationals (entry (entries (inverse e)) k j) (denominator (inverse e))
                       else zero_scalar rationals | k <- iota 0 (size (fields e))].

Definition equals (a : Z * Z) (z : Z) : bool := Z.eqb a.2 (z * a.1).

(** The fields annihilate the loss, are independent at the point, and lie in the null space of the matrix h. *)
Definition check_along (c : certificate) (e : symmetry) (h : matrix Z) : bool :=
  let n := dimension c in
  let m := size (fields e) in
  [&& wf_matrix (inverse e), (if rate_along c (fields e) is [::] then true else false),
      all (fun k => all (fun j => equals (total rationals [seq times rationals (velocity_here c (nth [::] (fields e) k) i)
                                                                            (coordinates_of c e i j) | i <- iota 0 n])
                                        (if Nat.eqb k j then 1 else 0)) (iota 0 m)) (iota 0 m) &
      all (fun k => all (fun j => equals (total rationals [seq times rationals (velocity_here c (nth [::] (fields e) k) i)
                                                                 (1, entry h i j) | i <- iota 0 n]) 0)
                    (iota 0 n)) (iota 0 m)].

Definition check_symmetry (c : certificate) (e : symmetry) : bool :=
  if analyse c is Some a then check_along c e (hessian_part a) else false.

(** A certificate with a symmetry, and the verdict with it. *)
Record symmetric := Symmetric { without : certificate; along : symmetry; concluded : verdict }.

Definition symmetric_verdict (k : symmetric) : verdict :=
  let c := without k in
  match verdict_of c, hessian_inertia c with
  | SecondOrder, Some e => if some (better c) then LocalMinimizer else SecondOrder
  | v, _ => v
  end.

Definition check_symmetric (k : symmetric) : bool :=
  let c := without k in
  [&& check c, critical c, check_symmetry c (along k), same_verdict (concluded k) (symmetric_verdict k) &
      if hessian_inertia c is Some e then Z.eqb (neg e) 0 && Nat.eqb (Z.to_nat (zero e)) (size (fields (along k))) else false].
