(** The scalars that the checker computes with: fractions with integer, truncated-series and second-order-jet
    numerators. Fractions are not reduced: a certificate has one denominator per matrix, so that nearly all sums are
    between equal denominators and no gcd is ever taken. Jets are sparse in the coordinates: the gradient is a list
    of (position, coefficient), the quadratic part a list of rows. *)
From Coq Require Import ZArith PeanoNat.
From mathcomp Require Import ssreflect ssrfun ssrbool eqtype ssrnat seq.
From rankscape Require Import program.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Local Open Scope Z_scope.

(** ** Fractions over any numerators *)

Record numerators (J : Type) := Numerators {
  inject : Z -> J;
  scale : Z -> J -> J;
  nplus : J -> J -> J;
  nminus : J -> J -> J;
  ntimes : J -> J -> J }.

Section Fractions.
Variables (J : Type) (o : numerators J).

Definition combine (f : J -> J -> J) (a b : Z * J) : Z * J :=
  let: (d, x) := a in
  let: (e, y) := b in
  if Z.eqb d e then (d, f x y)
  else if Z.eqb d 1 then (e, f (scale o e x) y)
  else if Z.eqb e 1 then (d, f x (scale o d y))
  else (d * e, f (scale o e x) (scale o d y)).

Definition fractions : operations (Z * J) :=
  {| constant := fun n d => (d, inject o n);
     plus := combine (nplus o);
     minus := combine (nminus o);
     times := fun a b => (a.1 * b.1, ntimes o a.2 b.2) |}.

End Fractions.

(** ** Integers *)

Definition integers : numerators Z := Numerators id Z.mul Z.add Z.sub Z.mul.
Definition rationals : operations (Z * Z) := fractions integers.

(** ** Polynomials in t without their terms of degree >= k; missing coefficients are zero *)

Fixpoint series_plus (a b : seq Z) : seq Z :=
  match a, b with
  | [::], _ => b
  | _, [::] => a
  | x :: a', y :: b' => (x + y) :: series_plus a' b'
  end.

Definition series_scale (z : Z) (a : seq Z) : seq Z := if Z.eqb z 0 then [::] else [seq z * x | x <- a].

Definition series_minus (a b : seq Z) : seq Z := series_plus a (series_scale (-1) b).

Fixpoint series_times (k : nat) (a b : seq Z) : seq Z :=
  match k, a with
  | k'.+1, x :: a' => series_plus (series_scale x (take k b)) (0 :: series_times k' a' b)
  | _, _ => [::]
  end.

Definition series (k : nat) : numerators (seq Z) :=
  {| inject := fun z => [:: z];
     scale := series_scale;
     nplus := series_plus;
     nminus := series_minus;
     ntimes := series_times k |}.

(** Multiplication of a fraction by t. *)
Definition shift (a : Z * seq Z) : Z * seq Z := (a.1, 0 :: a.2).

(** ** Second-order jets in any number of displacements *)

Definition sparse (V : Type) := seq (nat * V).

Record jet := Jet { jet_value : Z; jet_linear : sparse Z; jet_quadratic : sparse (sparse Z) }.

Section Merge.
Variables (V : Type) (add : V -> V -> V).

Fixpoint merge (a : sparse V) : sparse V -> sparse V :=
  fix inner (b : sparse V) : sparse V :=
    match a, b with
    | [::], _ => b
    | _, [::] => a
    | (i, x) :: a', (j, y) :: b' =>
      if Nat.ltb i j then (i, x) :: merge a' b
      else if Nat.ltb j i then (j, y) :: inner b'
      else (i, add x y) :: merge a' b'
    end.
End Merge.

Definition linear_plus := merge Z.add.
Definition quadratic_plus := merge linear_plus.

Definition linear_scale (z : Z) (a : sparse Z) : sparse Z :=
  if Z.eqb z 0 then [::] else [seq (x.1, z * x.2) | x <- a].
Definition quadratic_scale (z : Z) (a : sparse (sparse Z)) : sparse (sparse Z) :=
  if Z.eqb z 0 then [::] else [seq (x.1, linear_scale z x.2) | x <- a].

Definition outer (a b : sparse Z) : sparse (sparse Z) :=
  if b is [::] then [::] else [seq (x.1, linear_scale x.2 b) | x <- a].

Definition jet_scale (z : Z) (a : jet) : jet :=
  Jet (z * jet_value a) (linear_scale z (jet_linear a)) (quadratic_scale z (jet_quadratic a)).

Definition jet_plus (a b : jet) : jet :=
  Jet (jet_value a + jet_value b) (linear_plus (jet_linear a) (jet_linear b))
      (quadratic_plus (jet_quadratic a) (jet_quadratic b)).

Definition jet_minus (a b : jet) : jet := jet_plus a (jet_scale (-1) b).

Definition jet_times (a b : jet) : jet :=
  let: Jet c g h := a in
  let: Jet c' g' h' := b in
  Jet (c * c') (linear_plus (linear_scale c g') (linear_scale c' g))
      (quadratic_plus (quadratic_plus (quadratic_scale c h') (quadratic_scale c' h)) (outer g g')).

Definition jets : numerators jet :=
  {| inject := fun z => Jet z [::] [::];
     scale := jet_scale;
     nplus := jet_plus;
     nminus := jet_minus;
     ntimes := jet_times |}.
