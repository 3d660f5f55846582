(** The statement [holds] of a certificate, and what its analysis, its points and its curves say. *)
From Coq Require Import ZArith PeanoNat List.
From mathcomp Require Import ssreflect ssrfun ssrbool eqtype ssrnat seq fintype bigop.
From mathcomp Require Import order ssralg ssrnum ssrint ssrZ zmodp matrix mxalgebra ring.
From rankscape Require Import program parametricity scalars certificate asymptotics expansions landscape forms local evidence.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import Order.Theory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Section Statement.
Variables (F : realFieldType) (c : certificate).
Notation toF := (@toF F).
Notation ratF := (@ratF F).
Notation n := (dimension c).

(** The loss of a certificate: its program over the field. *)
Definition loss (y : 'rV[F]_n) : F :=
  value_of (field_operations F) (inputs c) (instructions c) (loss_position c) (coordinate y).

Definition vector (p : seq number) : 'rV[F]_n := \row_i ratF (coordinate_of p i).

(** The point. *)
Definition point : 'rV[F]_n := vector (flatten (weights c)).

(** The curve t V_1 + t^2 V_2 + .. *)
Definition curve_function (v : seq (seq number)) (i : nat) (t : F) : F :=
  foldr (fun p a => ratF (coordinate_of p i) + t * a) 0 v.
Definition curve_at (v : seq (seq number)) (t : F) : 'rV[F]_n := \row_i (t * curve_function v i t).

(** L(x + c(t)) - L(x) = c_0 + c_1 t + .. + O(t^(m+1)). *)
Definition expands_along (e : curve_evidence) : Prop :=
  let m := size (coefficients e) in
  exists C d : F, 0 < d /\ forall t, `|t| <= d ->
    `|loss (point + curve_at (rows_of (curve e)) t) - loss point
      - \sum_(i < m) ratF (nth (Z0, Zpos xH) (coefficients e) i) * t ^+ i| <= C * `|t| ^+ m.

Definition on (T : Type) (o : option T) (P : T -> Prop) : Prop := if o is Some a then P a else True.

(** What the claims on the Hessian say of its matrix A. *)
Definition hessian_claims (A : 'M[F]_n) : Prop :=
  [/\ on (hessian_inertia c) (fun e => inertia A (Z.to_nat (neg e)) (Z.to_nat (zero e)) (Z.to_nat (pos e))),
      on (lambda_min c) (fun b => least_eigenvalue A (ratF b.1) (ratF b.2)) &
      on (lambda_max c) (fun b => greatest_eigenvalue A (ratF b.1) (ratF b.2))].

Definition meaning (v : verdict) : Prop :=
  match v with
  | NotCritical => exists g A, expansion loss point g A /\ g != 0
  | GlobalMinimizer => critical_point loss point /\ global_min loss point
  | Undecided => critical_point loss point
  | LocalMaximizer => critical_point loss point /\ strict_local_max loss point
  | StrictSaddle => exists A, [/\ expansion loss point 0 A, (exists w, form A w < 0) & descends loss point]
  | LocalMinimizer => [/\ critical_point loss point, strict_local_min loss point & ~ global_min loss point]
  | NonStrictSaddle =>
    exists A, [/\ expansion loss point 0 A, (forall w, 0 <= form A w) & descends loss point]
  | SecondOrder => exists A, expansion loss point 0 A /\ (forall w, 0 <= form A w)
  end.

(** All results of the program, its last is the loss. *)
Definition results_at (y : 'rV[F]_n) : seq (matrix F) :=
  eval (field_operations F) (fill (field_operations F) (coordinate y) 0 (inputs c)) (instructions c).

(** The datum r.2 is 1 divided by node r.1, whatever the weights are. *)
Definition is_one_over (r : Z * Z) : Prop := forall y : 'rV[F]_n,
  scalar (field_operations F) (position (fill (field_operations F) (coordinate y) 0 (inputs c)) r.2) =
  (scalar (field_operations F) (position (results_at y) r.1))^-1 /\
  scalar (field_operations F) (position (results_at y) r.1) != 0.

Record holds : Prop := Holds {
  holds_reciprocals : forall r, List.In r (reciprocals c) -> is_one_over r;
  holds_value : loss point = ratF (value c);
  holds_hessian : exists g A, [/\ expansion loss point g A, (critical c <-> g = 0) & hessian_claims A];
  holds_descent : on (descent c) (fun e => expands_along e /\ descends loss point);
  holds_ascent : on (ascent c) (fun e => expands_along e /\ ascends loss point);
  holds_better : on (better c) (fun w => loss (vector (head [::] (rows_of w))) < loss point);
  holds_global : on (global c) (fun _ => global_min loss point);
  holds_verdict : meaning (claimed c) }.

End Statement.

Lemma entry_symmetrized n m (i j : 'I_n) : entry (symmetrize n m) i j = Z.add (entry m i j) (entry m j i).
Proof.
rewrite {1}/entry /symmetrize (nth_map 0%N) ?size_iota // nth_iota // add0n.
by rewrite (nth_map 0%N) ?size_iota // nth_iota.
Qed.

(** The quadratic part of a jet, as the form of a symmetric matrix. *)
Lemma symmetrized_sound (F : realFieldType) n (w : 'rV[F]_n) h h' m : dense [::] n h = Some h' -> dense_rows n h' = Some m ->
  form (toM F n n (symmetrize n m)) w = 2%:R * quadratic h w.
Proof.
move=> Dh Dm.
have hq : quadratic h w = \sum_(i < n) \sum_(j < n) toF F (entry m i j) * w 0 i * w 0 j.
  have [sh hh] := @dense_sound F n w (sparse Z) [::] (fun l => linear l w) h h' erefl Dh; rewrite [quadratic h w]hh.
  have [_ hr] := dense_rows_sound w Dm; apply: eq_bigr => i _.
  rewrite hr mulr_suml; apply: eq_bigr => j _; by rewrite mulrAC.
rewrite hq form_sum; set q := (X in 2%:R * X).
have -> : 2%:R * q = q + \sum_(i < n) \sum_(j < n) toF F (entry m j i) * w 0 j * w 0 i.
  by rewrite mulr_natl mulr2n; congr (_ + _); exact: exchange_big.
rewrite -big_split; apply: eq_bigr => i _; rewrite -big_split; apply: eq_bigr => j _ /=.
by rewrite mxE entry_symmetrized toFD; ring.
Qed.

Section Proof.
Variables (F : realFieldType) (c : certificate).
Notation toF := (@toF F).
Notation ratF := (@ratF F).
Notation n := (dimension c).
Notation L := (@loss F c).
Notation x := (@point F c).
Let p := flatten (weights c).

Hypothesis wfc : well_formed c.

Let wfp : wf (inputs c) (instructions c). Proof. by case/and5P: wfc. Qed.
Let sp : size p = n. Proof. by case/and5P: wfc => _ _ _ /NateqP. Qed.
Let dp : all wf_number p. Proof. by case/and5P: wfc => _ _ _ _ /andP[]. Qed.
Let wv : wf_number (value c). Proof. by case/and5P: wfc => _ _ _ _ /andP[]. Qed.

Lemma positive_denominator q i : all wf_number q -> Z.lt Z0 (coordinate_of q i).2.
Proof.
move=> h; rewrite /coordinate_of; have [lt|ge] := ltnP i (size q); last by rewrite nth_default.
by apply: Z.ltb_spec0; move/all_nthP: h; apply.
Qed.

Lemma vector_coordinate q i : (size q <= n)%N -> coordinate (vector F c q) i = ratF (coordinate_of q i).
Proof.
move=> s; rewrite /coordinate; case: insubP => [j _ <-|]; first by rewrite mxE.
rewrite -leqNgt => ni; rewrite /coordinate_of nth_default ?(leq_trans s) //.
by rewrite /ratF mul0r.
Qed.

Lemma value_ext (y z : nat -> F) : y =1 z ->
  value_of (field_operations F) (inputs c) (instructions c) (loss_position c) y =
  value_of (field_operations F) (inputs c) (instructions c) (loss_position c) z.
Proof. by move=> e; apply: (@parametricity.R_value _ _ _ _ eq) => //= *; congruence. Qed.

Lemma value_at_sound q : all wf_number q -> (size q <= n)%N ->
  wf_number (swap (value_at c q)) /\ L (vector F c q) = ratF (swap (value_at c q)).
Proof.
move=> dq sq; have [a0 e] := value_sound F wfp (fun i => positive_denominator i dq) (erefl (value_at c q)).
split; first exact/Z.ltb_spec0.
by rewrite /loss -[RHS]e; apply: value_ext => i; rewrite vector_coordinate.
Qed.

(** ** Value, gradient, Hessian *)

(** The point, displaced by variables. *)
Definition displaced_point (i : nat) : Z * jet := let q := coordinate_of p i in (q.2, Jet q.1 [:: (i, q.2)] [::]).

Lemma analyse_parts a : analyse c = Some a -> exists g h,
  [/\ value_of (fractions jets) (inputs c) (instructions c) (loss_position c) displaced_point = (over a, Jet (value_part a) g h),
      wide n (hessian_part a), (toM F n n (hessian_part a))^T = toM F n n (hessian_part a), size (gradient_part a) = n &
      forall w : 'rV[F]_n, linear g w = \sum_(k < n) toF (nth Z0 (gradient_part a) k) * w 0 k /\
                           form (toM F n n (hessian_part a)) w = 2%:R * quadratic h w].
Proof.
rewrite /analyse -/p -/displaced_point; case: (value_of _ _ _ _ _) => d [v g h].
case Dg: (dense Z0 n g) => [g'|] //; case Dh: (dense [::] n h) => [h'|] //.
case Dm: (dense_rows n h') => [m|] // [<-] /=; exists g, h.
have es := @entry_symmetrized n m.
split=> //.
- split=> [|i]; first by rewrite size_map size_iota.
  have [lt|ge] := ltnP i n; last by rewrite nth_default // size_map size_iota.
  by rewrite (nth_map 0%N) ?size_iota // size_map size_iota.
- by apply/matrixP => i j; rewrite !mxE !es Z.add_comm.
- by have [] := dense_sound (0 : 'rV[F]_n) (toF0 F) Dg.
move=> w; split; first by have [_] := dense_sound w (toF0 F) Dg.
exact: symmetrized_sound Dh Dm.
Qed.

Lemma loss_at w : L (x + w) = value_of (field_operations F) (inputs c) (instructions c) (loss_position c)
  (fun i => ratF (coordinate_of p i) + coordinate w i).
Proof. by apply: value_ext => i; rewrite coordinateD vector_coordinate // sp. Qed.

Lemma analyse_sound a : analyse c = Some a ->
  let d := over a in
  let A := (toF d)^-1 *: toM F n n (hessian_part a) in
  [/\ Z.lt Z0 d, L x = toF (value_part a) / toF d, wide n (hessian_part a),
      (toM F n n (hessian_part a))^T = toM F n n (hessian_part a) &
      expansion L x (\row_i (toF (nth Z0 (gradient_part a) i) / toF d)) A /\ size (gradient_part a) = n].
Proof.
case/analyse_parts=> g [h [ev wd sym sg gh]] /=.
have [] := @fraction_value F 'rV[F]_n jet jets (@jet_of F n) (@jets_respected F n) (inputs c) (instructions c) (loss_position c)
  displaced_point (fun i w => ratF (coordinate_of p i) + coordinate w i) wfp
  (fun i => @jet_coordinate_sound F n _ _ i (positive_denominator i dp)).
rewrite ev /=; set d := over a; set v := value_part a => d0 jo.
have d0' := toF_gt0 F d0; have dn0 := lt0r_neq0 d0'.
have vx : toF d * L x = toF v.
  have z0 : @norm1 F n 0 = 0 by apply/eqP; rewrite norm1_eq0.
  have := bigO_at0 z0 jo; rewrite -[in X in X -> _]loss_at addr0 /jet_function /=.
  have [-> q0] := gh 0; have -> : quadratic h (0 : 'rV[F]_n) = 0.
    by apply/eqP; move: q0; rewrite form0 => /eqP; rewrite eq_sym mulf_eq0 pnatr_eq0.
  rewrite big1 => [|i _]; last by rewrite mxE mulr0.
  by rewrite !addr0 => /eqP; rewrite subr_eq0 => /eqP.
split=> //; first by rewrite -vx mulrAC mulfV ?mul1r.
split=> //; split; first by rewrite linearZ /= sym.
case: jo => C [e [C0 e0 _ he]]; exists ((toF d)^-1 * C), e; split=> // w /he.
rewrite -[in X in X -> _]loss_at /jet_function /= -vx => le; have [lg fq] := gh w.
have -> : L (x + w) - L x - (w *m (\row_i (toF (nth Z0 (gradient_part a) i) / toF d))^T) 0 0 -
          form ((toF d)^-1 *: toM F n n (hessian_part a)) w / 2%:R
  = (toF d)^-1 * (toF d * L (x + w) - (toF d * L x + linear g w + quadratic h w)).
  rewrite formZ fq lg.
  have -> : (w *m (\row_i (toF (nth Z0 (gradient_part a) i) / toF d))^T) 0 0 =
            (toF d)^-1 * (\sum_(k < n) toF (nth Z0 (gradient_part a) k) * w 0 k).
    rewrite mxE mulr_sumr; apply: eq_bigr => i _; by rewrite !mxE mulrA mulrC [w _ _ * _]mulrC.
  move: (L (x + w)) (L x) (\sum_k _) (quadratic h w) => u0 u1 t q; field.
  by rewrite ?dn0 ?pnatr_eq0.
by rewrite normrM gtr0_norm ?invr_gt0 // -mulrA ler_wpmul2l // invr_ge0 ltW.
Qed.

(** ** Curves *)

Notation absolute := (fun t : F => `|t|).

Lemma rows_fit_sound m : rows_fit n m -> forall v, v \in rows_of m -> all wf_number v /\ size v = n.
Proof.
case/andP=> d /allP s v /mapP[r /s/NateqP sr ->]; split; last by rewrite size_map.
by apply/allP => q /mapP[z _ ->].
Qed.

Lemma direction_sound k v i : (forall q, q \in v -> all wf_number q) ->
  fraction_of (@series_of F k) (direction_series v i) (@curve_function F v i).
Proof.
elim: v => [|q v ih] h.
  split=> //=; apply: bigO_ext (bigO0 _ k) => t /=; by rewrite mulr0 subrr.
have hq : Z.lt Z0 (coordinate_of q i).2 by apply: positive_denominator; apply: h; rewrite mem_head.
have hc := fraction_constant (@series_respected F k) (coordinate_of q i).1 hq.
have hv := shift_sound (ih (fun r rv => h r (mem_behead (s := q :: v) rv))).
exact: (fraction_plus (@series_respected F k) hc hv).
Qed.

Lemma curve_function_bounded v i : bigO absolute 0 (@curve_function F v i).
Proof.
elim: v => [|q v ih]; first exact: bigO0.
have t1 : bigO absolute 1 (fun t : F => t) by apply: bigO_le => t; rewrite expr1.
have h := bigO_weak (fun t : F => normr_ge0 t) (leq0n (1 + 0)) (bigOM t1 ih).
exact: bigO_ext (bigOD (bigO_cst absolute (ratF (coordinate_of q i))) h).
Qed.

Lemma curve_order v : bigO absolute 1 (fun t => norm1 (@curve_at F c v t)).
Proof.
rewrite /norm1; elim: (index_enum _) => [|i s ih].
  by apply: bigO_ext (bigO0 _ 1) => t; rewrite big_nil.
have t1 : bigO absolute 1 (fun t : F => t) by apply: bigO_le => t; rewrite expr1.
have [C [d [C0 d0 d1 h]]] := bigOD (bigOM t1 (curve_function_bounded v i)) (bigO0 absolute 1).
have hi : bigO absolute 1 (fun t => `|(@curve_at F c v t) 0 i|).
  by exists C, d; split=> // t /h; rewrite normr_id !mxE addr0.
by apply: bigO_ext (bigOD hi ih) => t; rewrite big_cons.
Qed.

Lemma curve_coordinate v i t : (forall q, q \in v -> size q = n) ->
  coordinate (@curve_at F c v t) i = t * @curve_function F v i t.
Proof.
move=> h; rewrite /coordinate; case: insubP => [j _ <-|]; first by rewrite mxE.
rewrite -leqNgt => ni; suff -> : @curve_function F v i t = 0 by rewrite mulr0.
elim: v h => //= q v ih h; rewrite ih ?mulr0 ?addr0; last by move=> r rv; apply: h; rewrite inE rv orbT.
by rewrite /coordinate_of nth_default ?h ?mem_head // /ratF mul0r.
Qed.

Lemma leading_sound s k a : leading s = (k, a) -> a <> Z0 ->
  forall t, @polynomial F s t = t ^+ k * (toF a + t * @polynomial F (drop k.+1 s) t).
Proof.
elim: s k a => [|z s ih] k a /=; first by case=> _ <-.
case: (Z.eqb_spec z Z0) => [->|z0].
  case E: (leading s) => [k' a'] [<- <-] a0 t; rewrite (ih _ _ E a0) toF0 add0r exprS; ring.
by case=> <- <- _ t; rewrite drop0 mul1r.
Qed.

Lemma polynomial_take_sum m s t : @polynomial F (take m s) t = \sum_(i < m) toF (nth Z0 s i) * t ^+ i.
Proof.
elim: m s => [|m ih] [|z s] /=; rewrite ?big_ord0 //.
  by rewrite big1 // => i _; rewrite nth_nil toF0 mul0r.
rewrite big_ord_recl mulr1 ih mulr_sumr; congr (_ + _); apply: eq_bigr => i _.
by rewrite lift0 exprS mulrCA.
Qed.

Lemma check_curve_sound e a : check_curve c e = Some a ->
  expands_along F c e /\ (Z.lt a Z0 -> descends L x) /\ (Z.lt Z0 a -> ascends L x).
Proof.
rewrite /check_curve /series_along -/p; set m := size (coefficients e); set v := rows_of (curve e).
set y := fun i => combine _ _ _ _.
case E: (value_of _ _ _ _ y) => [d s]; case El: (leading (behead s)) => [k a'].
case: ifP => // /and5P[fit /NateqP ko /NatltP km cw /andP[/Z.eqb_spec c00 /allP ce]] [aa].
have rf := rows_fit_sound fit.
have yo i : fraction_of (@series_of F m) (y i) (fun t => ratF (coordinate_of p i) + t * @curve_function F v i t).
  have hc := fraction_constant (@series_respected F m) (coordinate_of p i).1 (positive_denominator i dp).
  have hv := shift_sound (direction_sound m i (fun q qv => (rf q qv).1)).
  exact: (fraction_plus (@series_respected F m) hc hv).
have [] := fraction_value (@series_respected F m) (loss_position c) wfp yo; rewrite E /= => d0.
have jf t : L (x + @curve_at F c v t) = value_of (field_operations F) (inputs c) (instructions c) (loss_position c)
    (fun i => ratF (coordinate_of p i) + t * @curve_function F v i t).
  apply: value_ext => i; rewrite coordinateD vector_coordinate ?sp // curve_coordinate // => q qv.
  by have [] := rf q qv.
rewrite /series_of => so0.
have so : bigO absolute m (fun t => toF d * L (x + @curve_at F c v t) - @polynomial F s t).
  by apply: bigO_ext so0 => t; rewrite jf.
have d0' := toF_gt0 F d0; have dn0 := lt0r_neq0 d0'.
have m0 : (0 < m)%N by exact: leq_trans km.
have curve0 : @curve_at F c v 0 = 0 by apply/rowP => i; rewrite !mxE mul0r.
have vx : toF d * L x = toF (head Z0 s).
  have so' := so; rewrite -(prednK m0) in so'.
  have /eqP := bigO_at0 (normr0 _ : `|0 : F| = 0) so'; rewrite curve0 addr0 subr_eq0 => /eqP ->.
  by case: (s) => [|z s'] /=; rewrite ?toF0 // mul0r addr0.
have s_split t : @polynomial F s t = toF (head Z0 s) + t * @polynomial F (behead s) t.
  by case: (s) => [|z s'] //=; rewrite toF0 mulr0 addr0.
split.
  have so2 := bigO_ext (fun t => erefl) (bigOD so (polynomial_take F m s)).
  have [C [f [C0 f0 _ hf]]] := bigO_scale (toF d)^-1 so2.
  exists C, f; split=> // t /hf; congr (`|_| <= _).
  rewrite addrA subrK polynomial_take_sum -/v -/x -/m.
  have -> : \sum_(i < m) ratF (nth (Z0, Zpos xH) (coefficients e) i) * t ^+ i =
            (toF d)^-1 * (\sum_(i < m) toF (nth Z0 s i) * t ^+ i - toF (head Z0 s)).
    have c0 : ratF (nth (Z0, Zpos xH) (coefficients e) 0) = 0 by rewrite nth0 /ratF c00 toF0 mul0r.
    have s0 : nth Z0 s 0 = head Z0 s by exact: nth0.
    rewrite -(prednK m0) !big_ord_recl c0 s0 expr0 !mulr1 add0r [in RHS]addrAC subrr add0r mulr_sumr.
    apply: eq_bigr => i _; rewrite !lift0 mulrA; congr (_ * _).
    have im : i.+1 \in iota 1 m.-1 by rewrite mem_iota /= add1n ltnS ltn_ord.
    have := ce _ im => /equal_numbersP ->; first by rewrite /ratF mulrC.
      by move/all_nthP: cw; apply; rewrite -/m -[X in (_ < X)%N](prednK m0) ltnS ltn_ord.
    exact/Z.ltb_spec0.
  by rewrite -vx; move: (L _) (L x) (\sum_(i < m) _) => u0 u1 u2; field.
rewrite -aa; have main : a' <> Z0 -> exists2 q : F -> F, bigO absolute 0 q &
    bigO absolute k.+2 (fun t => L (x + @curve_at F c v t) - (L x + t ^+ k.+1 * (toF a' / toF d + t * q t))).
  move=> a0; exists (fun t => (toF d)^-1 * @polynomial F (drop k.+1 (behead s)) t).
    by apply: bigO_scale; exact: polynomial_bounded.
  have km' : (k.+2 <= m)%N by rewrite -ko.
  have so1 := bigO_scale (toF d)^-1 (bigO_weak (fun t : F => normr_ge0 t) km' so).
  apply: bigO_ext so1 => t; rewrite s_split (leading_sound El a0) -vx.
  move: (L _) (L x) (polynomial _ _) => u0 u1 u2; rewrite exprS; field; exact: dn0.
split=> a0.
  have [q hq hf] := main (fun e0 => Z.lt_irrefl Z0 (eq_ind _ (fun z => Z.lt z Z0) a0 _ e0)).
  apply: (curve_descends _ hq (curve_order v) hf).
  by rewrite pmulr_llt0 ?invr_gt0 // -(toF0 F); exact: toF_lt.
have [q hq hf] := main (fun e0 => Z.lt_irrefl Z0 (eq_ind _ (fun z => Z.lt Z0 z) a0 _ e0)).
by apply: (curve_ascends _ hq (curve_order v) hf); rewrite divr_gt0 // toF_gt0.
Qed.

End Proof.
