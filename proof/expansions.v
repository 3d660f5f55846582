(** What the computed scalars say of the loss: its value, its series along a curve, its second-order expansion.
    Each is the parametricity of programs at a relation between computed scalars and functions of a displacement. *)
From Coq Require Import ZArith PeanoNat.
From mathcomp Require Import ssreflect ssrfun ssrbool eqtype ssrnat seq fintype bigop.
From mathcomp Require Import order ssralg ssrnum ssrint ssrZ matrix ring.
From rankscape Require Import program parametricity scalars asymptotics.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import Order.Theory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

(** ** Fractions *)

Section Fractions.
Variables (F : realFieldType) (W J : Type) (o : numerators J) (R : J -> (W -> F) -> Prop).
Notation toF := (@toF F).

Record respected := Respected {
  R_ext : forall j f g, f =1 g -> R j f -> R j g;
  R_inject : forall z, R (inject o z) (fun=> toF z);
  R_scale : forall z j f, R j f -> R (scale o z j) (fun w => toF z * f w);
  R_plus : forall j k f g, R j f -> R k g -> R (nplus o j k) (fun w => f w + g w);
  R_minus : forall j k f g, R j f -> R k g -> R (nminus o j k) (fun w => f w - g w);
  R_times : forall j k f g, R j f -> R k g -> R (ntimes o j k) (fun w => f w * g w) }.

Hypothesis H : respected.

Definition fraction_of (a : Z * J) (f : W -> F) : Prop := Z.lt Z0 a.1 /\ R a.2 (fun w => toF a.1 * f w).

Lemma fraction_ext a f g : f =1 g -> fraction_of a f -> fraction_of a g.
Proof. by move=> e [h r]; split=> //; apply: (R_ext H) r => w; rewrite e. Qed.

Lemma fraction_constant n d : Z.lt Z0 d ->
  fraction_of (constant (fractions o) n d) (constant (function_operations F W) n d).
Proof.
move=> h; split=> //=; apply: (R_ext H) (R_inject H n) => w.
by rewrite mulrCA divff ?mulr1 // lt0r_neq0 // toF_gt0.
Qed.

Lemma fraction_combine (p : J -> J -> J) (q : F -> F -> F) a b f g :
  (forall j k f g, R j f -> R k g -> R (p j k) (fun w => q (f w) (g w))) ->
  (forall c x y, q (c * x) (c * y) = c * q x y) ->
  fraction_of a f -> fraction_of b g -> fraction_of (combine o p a b) (fun w => q (f w) (g w)).
Proof.
move=> hp hq; case: a b => [d x] [e y] [/= d0 rx] [/= e0 ry]; rewrite /combine.
case: (Z.eqb_spec d e) => [<-|_] in ry *.
  by split=> //=; apply: (R_ext H) (hp _ _ _ _ rx ry) => w; rewrite hq.
case: (Z.eqb_spec d (Zpos xH)) => [d1|_].
  split=> //=; apply: (R_ext H) (hp _ _ _ _ (R_scale H e rx) ry) => w.
  by rewrite -hq d1 toF1 mul1r.
case: (Z.eqb_spec e (Zpos xH)) => [e1|_].
  split=> //=; apply: (R_ext H) (hp _ _ _ _ rx (R_scale H d ry)) => w.
  by rewrite -hq e1 toF1 mul1r.
split=> /=; first exact: Z.mul_pos_pos.
apply: (R_ext H) (hp _ _ _ _ (R_scale H e rx) (R_scale H d ry)) => w.
by rewrite -hq toFM !mulrA [toF e * _]mulrC.
Qed.

Lemma fraction_plus a b f g : fraction_of a f -> fraction_of b g ->
  fraction_of (plus (fractions o) a b) (plus (function_operations F W) f g).
Proof. by apply: fraction_combine; [exact: R_plus H | move=> c x y; rewrite mulrDr]. Qed.

Lemma fraction_minus a b f g : fraction_of a f -> fraction_of b g ->
  fraction_of (minus (fractions o) a b) (minus (function_operations F W) f g).
Proof. by apply: (@fraction_combine _ (fun x y => x - y)); [exact: R_minus H | move=> c x y; rewrite mulrBr]. Qed.

Lemma fraction_times a b f g : fraction_of a f -> fraction_of b g ->
  fraction_of (times (fractions o) a b) (times (function_operations F W) f g).
Proof.
move=> [a0 ra] [b0 rb]; split=> /=; first exact: Z.mul_pos_pos.
apply: (R_ext H) (R_times H ra rb) => w; by rewrite toFM mulrACA.
Qed.

(** The value of a program at [f i w] is what the computation at related coordinates says. *)
Lemma fraction_result inputs p k (x : nat -> Z * J) (y : nat -> W -> F) :
  wf inputs p -> (forall i, fraction_of (x i) (y i)) ->
  List.Forall2 (List.Forall2 fraction_of)
    (position (eval (fractions o) (fill (fractions o) x 0 inputs) p) k)
    (position (eval (function_operations F W) (fill (function_operations F W) y 0 inputs) p) k).
Proof.
move=> h xy; apply: R_result => //.
- exact: fraction_constant.
- by move=> *; apply: fraction_plus.
- by move=> *; apply: fraction_minus.
- by move=> *; apply: fraction_times.
Qed.

Lemma fraction_value inputs p out (x : nat -> Z * J) (y : nat -> W -> F) :
  wf inputs p -> (forall i, fraction_of (x i) (y i)) ->
  fraction_of (value_of (fractions o) inputs p out x)
              (fun w => value_of (field_operations F) inputs p out (fun i => y i w)).
Proof.
move=> h xy.
have : fraction_of (value_of (fractions o) inputs p out x) (value_of (function_operations F W) inputs p out y).
  apply: R_value => //.
  - exact: fraction_constant.
  - by move=> *; apply: fraction_plus.
  - by move=> *; apply: fraction_minus.
  - by move=> *; apply: fraction_times.
apply: fraction_ext => w.
by apply: (@parametricity.R_value _ _ _ _ (fun f v => f w = v)) => //= *; subst.
Qed.

End Fractions.

(** ** Integers: values *)

Section Integers.
Variable F : realFieldType.
Definition integer_of (z : Z) (f : unit -> F) : Prop := f tt = toF F z.

Lemma integers_respected : respected integers integer_of.
Proof.
rewrite /integer_of; split=> //=.
- by move=> j f g e; rewrite e.
- by move=> z j f ->; rewrite toFM.
- by move=> j k f g -> ->; rewrite toFD.
- by move=> j k f g -> ->; rewrite toFB.
- by move=> j k f g -> ->; rewrite toFM.
Qed.

(** The exact value at a rational point, whose coordinate i is a fraction with a positive denominator. *)
Lemma value_sound inputs p out (x : nat -> Z * Z) r :
  wf inputs p -> (forall i, Z.lt Z0 (x i).2) ->
  value_of rationals inputs p out (fun i => constant rationals (x i).1 (x i).2) = r ->
  Z.lt Z0 r.1 /\ value_of (field_operations F) inputs p out (fun i => toF F (x i).1 / toF F (x i).2) = toF F r.2 / toF F r.1.
Proof.
move=> h x0 <-.
have [] := @fraction_value _ _ _ _ _ integers_respected inputs p out
  (fun i => constant rationals (x i).1 (x i).2) (fun i _ => toF F (x i).1 / toF F (x i).2) h.
  move=> i; exact: (fraction_constant integers_respected).
rewrite -/rationals /integer_of; move: (value_of rationals _ _ _ _) => q d0 e; split=> //; rewrite -e.
by rewrite mulrAC mulfV ?mul1r // lt0r_neq0 // toF_gt0.
Qed.

End Integers.

(** ** Series *)

Section Series.
Variables (F : realFieldType) (k : nat).
Notation toF := (@toF F).
Let N (t : F) := `|t|.
Let N_ge0 (t : F) : 0 <= N t. Proof. exact: normr_ge0. Qed.
Notation bigO := (bigO N).

Definition polynomial (s : seq Z) (t : F) : F := foldr (fun z a => toF z + t * a) 0 s.

Lemma polynomial_plus a b t : polynomial (series_plus a b) t = polynomial a t + polynomial b t.
Proof.
elim: a b => [|x a ih] [|y b] //=; rewrite ?add0r ?addr0 // ih toFD; ring.
Qed.

Lemma polynomial_scale z a t : polynomial (series_scale z a) t = toF z * polynomial a t.
Proof.
rewrite /series_scale; case: Z.eqb_spec => [->|_]; first by rewrite toF0 mul0r.
by elim: a => [|x a ih] /=; rewrite ?mulr0 // ih toFM mulrDr mulrCA.
Qed.

Lemma polynomial_minus a b t : polynomial (series_minus a b) t = polynomial a t - polynomial b t.
Proof. by rewrite polynomial_plus polynomial_scale toFN1 mulN1r. Qed.

Lemma bigO_t : bigO 1 (fun t => t).
Proof. by apply: bigO_le => // t; rewrite expr1. Qed.

Lemma polynomial_bounded s : bigO 0 (polynomial s).
Proof.
elim: s => [|z s ih]; first exact: bigO0.
have h := bigO_weak N_ge0 (leq0n (1 + 0)) (bigOM bigO_t ih).
exact: bigO_ext (bigOD (bigO_cst N (toF z)) h).
Qed.

Lemma polynomial_take m s : bigO m (fun t => polynomial s t - polynomial (take m s) t).
Proof.
elim: m s => [|m ih] [|z s] /=; rewrite ?take0.
- by apply: bigO_ext (bigO0 N 0) => t; rewrite subrr.
- by apply: bigO_ext (polynomial_bounded (z :: s)) => t; rewrite subr0.
- by apply: bigO_ext (bigO0 N m.+1) => t; rewrite subrr.
- by apply: bigO_ext (bigOM bigO_t (ih s)) => t; rewrite mulrBr /=; ring.
Qed.

Lemma polynomial_times m a b :
  bigO m (fun t => polynomial a t * polynomial b t - polynomial (series_times m a b) t).
Proof.
elim: m a => [|m ih] [|x a] /=.
- by apply: bigO_ext (bigO0 N 0) => t; rewrite mul0r subrr.
- apply: bigO_ext (bigOM (polynomial_bounded (x :: a)) (polynomial_bounded b)) => t /=.
  by rewrite subr0.
- by apply: bigO_ext (bigO0 N m.+1) => t; rewrite mul0r subrr.
apply: bigO_ext (bigOD (bigO_scale (toF x) (polynomial_take m.+1 b)) (bigOM bigO_t (ih a))) => t /=.
by rewrite polynomial_plus polynomial_scale /= toF0; ring.
Qed.

Definition series_of (s : seq Z) (f : F -> F) : Prop := bigO k (fun t => f t - polynomial s t).

Lemma series_respected : respected (series k) series_of.
Proof.
split=> /=.
- by move=> j f g e; apply: bigO_ext => t; rewrite e.
- by move=> z; apply: bigO_ext (bigO0 N k) => t /=; ring.
- move=> z j f h; apply: bigO_ext (bigO_scale (toF z) h) => t /=.
  by rewrite polynomial_scale mulrBr.
- move=> a b f g h h'; apply: bigO_ext (bigOD h h') => t /=; rewrite polynomial_plus; ring.
- move=> a b f g h h'; apply: bigO_ext (bigOB h h') => t /=; rewrite polynomial_minus; ring.
- move=> a b f g h h'.
  have e := bigO_times N_ge0 (polynomial_bounded a) (polynomial_bounded b) h h'.
  by apply: bigO_ext (bigOD e (polynomial_times k a b)) => t /=; ring.
Qed.

Lemma shift_sound a f : fraction_of series_of a f -> fraction_of series_of (shift a) (fun t => t * f t).
Proof.
move=> [d0 h]; split=> //=.
apply: bigO_ext (bigO_weak N_ge0 (leqnSn k) (bigOM bigO_t h)) => t /=.
rewrite toF0; ring.
Qed.

End Series.

(** ** Jets *)

Section Jets.
Variables (F : realFieldType) (n : nat).
Notation toF := (@toF F).
Implicit Types w : 'rV[F]_n.

Definition norm1 w : F := \sum_i `|w ord0 i|.
Definition coordinate w (k : nat) : F := if insub k is Some i then w ord0 (i : 'I_n) else 0.

Lemma coordinateE w (i : 'I_n) : coordinate w i = w ord0 i.
Proof. by rewrite /coordinate valK. Qed.

Lemma coordinateD v w i : coordinate (v + w) i = coordinate v i + coordinate w i.
Proof. by rewrite /coordinate; case: insubP => [j _ _|_]; rewrite ?mxE ?addr0. Qed.

Lemma coordinateZ c w i : coordinate (c *: w) i = c * coordinate w i.
Proof. by rewrite /coordinate; case: insubP => [j _ _|_]; rewrite ?mxE ?mulr0. Qed.

Lemma norm1_ge0 w : 0 <= norm1 w.
Proof. exact: sumr_ge0. Qed.
Hint Resolve norm1_ge0 : core.

Lemma norm1_coordinate w i : `|coordinate w i| <= norm1 w.
Proof.
rewrite /coordinate; case: insubP => [j _ _|_]; last by rewrite normr0.
by rewrite /norm1 (bigD1 j) //= ler_addl sumr_ge0.
Qed.

Notation bigO := (bigO norm1).

Definition linear (g : sparse Z) w : F := foldr (fun x a => toF x.2 * coordinate w x.1 + a) 0 g.
Definition quadratic (h : sparse (sparse Z)) w : F := foldr (fun x a => linear x.2 w * coordinate w x.1 + a) 0 h.
Definition jet_function (j : jet) w : F := toF (jet_value j) + linear (jet_linear j) w + quadratic (jet_quadratic j) w.

Lemma merge_sound (V : Type) (add : V -> V -> V) (e : V -> F) w :
  (forall x y, e (add x y) = e x + e y) ->
  let s := foldr (fun x a => e x.2 * coordinate w x.1 + a) 0 in
  forall a b, s (merge add a b) = s a + s b.
Proof.
move=> he s; elim=> [|[i x] a iha] b; first by case: b => *; rewrite /= add0r.
elim: b => [|[j y] b ihb]; first by rewrite /= addr0.
rewrite /=; case: (Nat.ltb_spec i j) => ij; first by rewrite /= iha /=; ring.
case: (Nat.ltb_spec j i) => ji; first by rewrite /= [s _]ihb /=; ring.
have <- : i = j by apply: Nat.le_antisymm.
by rewrite /= iha he; ring.
Qed.

Lemma linear_plus_sound g h w : linear (linear_plus g h) w = linear g w + linear h w.
Proof. by apply: (@merge_sound Z Z.add toF w); exact: toFD. Qed.

Lemma quadratic_plus_sound g h w : quadratic (quadratic_plus g h) w = quadratic g w + quadratic h w.
Proof. by apply: (@merge_sound _ linear_plus (fun l => linear l w) w) => x y; exact: linear_plus_sound. Qed.

Lemma linear_scale_sound z g w : linear (linear_scale z g) w = toF z * linear g w.
Proof.
rewrite /linear_scale; case: Z.eqb_spec => [->|_]; first by rewrite toF0 mul0r.
by elim: g => [|x g ih] /=; rewrite ?mulr0 // ih toFM mulrDr mulrA.
Qed.

Lemma quadratic_scale_sound z h w : quadratic (quadratic_scale z h) w = toF z * quadratic h w.
Proof.
rewrite /quadratic_scale; case: Z.eqb_spec => [->|_]; first by rewrite toF0 mul0r.
by elim: h => [|x h ih] /=; rewrite ?mulr0 // ih linear_scale_sound mulrDr mulrA.
Qed.

Lemma outer_sound g h w : quadratic (outer g h) w = linear g w * linear h w.
Proof.
rewrite /outer; case: h => [|y h]; first by rewrite mulr0.
elim: g => [|x g ih]; first by rewrite mul0r.
by rewrite [quadratic _ _]/= ih linear_scale_sound [linear (_ :: _) _]/= mulrDl mulrAC.
Qed.

Lemma coordinate_order i : bigO 1 (fun w => coordinate w i).
Proof. by apply: bigO_le => w; rewrite expr1 norm1_coordinate. Qed.

Lemma linear_order g : bigO 1 (linear g).
Proof.
elim: g => [|x g ih]; first exact: bigO0.
exact: bigO_ext (bigOD (bigO_scale (toF x.2) (coordinate_order x.1)) ih).
Qed.

Lemma quadratic_order h : bigO 2 (quadratic h).
Proof.
elim: h => [|x h ih]; first exact: bigO0.
exact: bigO_ext (bigOD (bigOM (linear_order x.2) (coordinate_order x.1)) ih).
Qed.

Lemma jet_function_bounded j : bigO 0 (jet_function j).
Proof.
have l := bigO_weak norm1_ge0 (leq0n 1) (linear_order (jet_linear j)).
have q := bigO_weak norm1_ge0 (leq0n 2) (quadratic_order (jet_quadratic j)).
exact: bigO_ext (bigOD (bigOD (bigO_cst norm1 (toF (jet_value j))) l) q).
Qed.

Definition jet_of (j : jet) (f : 'rV[F]_n -> F) : Prop := bigO 3 (fun w => f w - jet_function j w).

Lemma jet_scale_sound z j w : jet_function (jet_scale z j) w = toF z * jet_function j w.
Proof. by rewrite /jet_function /= toFM linear_scale_sound quadratic_scale_sound; ring. Qed.

Lemma jet_plus_sound j k w : jet_function (jet_plus j k) w = jet_function j w + jet_function k w.
Proof. by rewrite /jet_function /= toFD linear_plus_sound quadratic_plus_sound; ring. Qed.

Lemma jet_times_sound j k : bigO 3 (fun w => jet_function j w * jet_function k w - jet_function (jet_times j k) w).
Proof.
case: j => c g h; case: k => c' g' h'.
have o1 := bigOM (linear_order g) (quadratic_order h').
have o2 := bigOM (linear_order g') (quadratic_order h).
have o3 := bigO_weak norm1_ge0 (leqnSn 3) (bigOM (quadratic_order h) (quadratic_order h')).
apply: bigO_ext (bigOD (bigOD o1 o2) o3) => w.
rewrite /jet_function /jet_times /= toFM linear_plus_sound !quadratic_plus_sound outer_sound.
by rewrite !linear_scale_sound !quadratic_scale_sound; ring.
Qed.

Lemma jets_respected : respected jets jet_of.
Proof.
split=> /=.
- by move=> j f g e; apply: bigO_ext => t; rewrite e.
- by move=> z; apply: bigO_ext (bigO0 _ 3) => w; rewrite /jet_function /=; ring.
- move=> z j f h; apply: bigO_ext (bigO_scale (toF z) h) => w.
  by rewrite jet_scale_sound mulrBr.
- move=> a b f g h h'; apply: bigO_ext (bigOD h h') => w; rewrite jet_plus_sound; ring.
- move=> a b f g h h'; apply: bigO_ext (bigOB h h') => w.
  by rewrite jet_plus_sound jet_scale_sound toFN1; ring.
- move=> a b f g h h'.
  have e := bigO_times norm1_ge0 (jet_function_bounded a) (jet_function_bounded b) h h'.
  by apply: bigO_ext (bigOD e (jet_times_sound a b)) => w; ring.
Qed.

(** Coordinate i of x + w, when x_i = c/d. *)
Definition jet_coordinate (c d : Z) (i : nat) : Z * jet := (d, Jet c [:: (i, d)] [::]).

Lemma jet_coordinate_sound c d i : Z.lt Z0 d ->
  fraction_of jet_of (jet_coordinate c d i) (fun w => toF c / toF d + coordinate w i).
Proof.
move=> d0; split=> //=; apply: bigO_ext (bigO0 _ 3) => w; rewrite /jet_function /=.
by rewrite mulrDr [X in X + _ - _]mulrCA divff ?mulr1 ?lt0r_neq0 ?toF_gt0 //; ring.
Qed.

End Jets.
