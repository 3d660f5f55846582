(** What the checker accepts of a point under constraints, holds. *)
From Coq Require Import ZArith PeanoNat List.
From mathcomp Require Import ssreflect ssrfun ssrbool eqtype ssrnat seq fintype bigop.
From mathcomp Require Import order ssralg ssrnum ssrint ssrZ zmodp matrix mxalgebra ring.
From rankscape Require Import program parametricity scalars certificate convexity traces constrained asymptotics expansions.
From rankscape Require Import landscape forms local kyfan matrices evidence bounds bounds_sound soundness convexity_sound.
From rankscape Require Import traces_sound bordered feasible.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import Order.Theory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Local Arguments zero_scalar : simpl never.
Local Arguments Z.eqb : simpl never.

Section Statement.
Variables (F : realFieldType) (c : certificate) (a b : Z) (mu : rational_matrix) (m : nat).
Notation ops := (field_operations F).
Notation n := (dimension c).

(** The loss, the constraints and the multipliers: two results of the program, and one of its data. *)
Definition objective (y : 'rV[F]_n) : F := scalar ops (position (results_at y) a).
Definition constraints (y : 'rV[F]_n) : 'rV[F]_m := \row_i nth 0 (seq.flatten (position (results_at y) b)) i.
Definition multipliers : 'rV[F]_m := \row_i nth 0 (seq.flatten (embed ops mu)) i.

Definition constrained_meaning (x : 'rV[F]_n) (J : 'M[F]_(m, n)) (A : 'M[F]_n) (v : verdict) : Prop :=
  match v with
  | GlobalMinimizer => global_min_on objective constraints x
  | LocalMaximizer => strict_max_on objective constraints x
  | LocalMinimizer => strict_min_on objective constraints x /\ ~ global_min_on objective constraints x
  | StrictSaddle => exists w : 'rV[F]_n, w *m J^T = 0 /\ form A w < 0
  | SecondOrder => forall w : 'rV[F]_n, w *m J^T = 0 -> 0 <= form A w
  | Undecided => True
  | NotCritical | NonStrictSaddle => False
  end.

End Statement.

(** There are m constraints; A is the Hessian of the Lagrangian, the rows of J are the gradients of the constraints. *)
Definition holds_constrained (F : realFieldType) (k : constrained) : Prop :=
  let c := lagrangian k in
  let x := point F c in
  exists a b mu m (J : 'M[F]_(m, dimension c)) (A : 'M[F]_(dimension c)),
    [/\ [/\ critical c, parts c = Some (a, b, mu) & forall y : 'rV[F]_(dimension c), size (seq.flatten (position (results_at y) b)) = m],
        objective a x = ratF F (value c),
        critical_on (objective a) (@constraints F c b m) x (multipliers F mu m) A /\ derivative_on (@constraints F c b m) x J,
        on (regular k) (fun _ => row_free J) /\
        on (hessian_inertia c) (fun e => row_free J /\ inertia_on A J (Z.to_nat (neg e) - m) (Z.to_nat (zero e)) (Z.to_nat (pos e) - m)) &
        on (better c) (fun w => let y := vector F c (head [::] (rows_of w)) in
                                constraints b m y = 0 /\ objective a y < objective a x) /\
        constrained_meaning a b x J A (claimed c)].

Lemma flatten_F2 (A B : Type) (Q : A -> B -> Prop) (u : matrix A) (v : matrix B) :
  Forall2 (Forall2 Q) u v -> Forall2 Q (seq.flatten u) (seq.flatten v).
Proof. by elim=> //= r q u' v' rq _ ih; apply: Forall2_app. Qed.

Section Proof.
Variables (F : realFieldType) (c : certificate).
Hypothesis wfc : well_formed c.
Notation ops := (field_operations F).
Notation toF := (@toF F).
Notation ratF := (@ratF F).
Notation n := (dimension c).
Notation x := (point F c).
Let p := flatten (weights c).

Let wfp : wf (inputs c) (instructions c). Proof. by case/and5P: wfc. Qed.
Let wi : all wf_input (inputs c). Proof. by case/andP: wfp. Qed.
Let wp : all wf_instruction (instructions c). Proof. by case/andP: wfp. Qed.
Let sp : size p = n. Proof. by case/and5P: wfc => _ _ _ /NateqP. Qed.
Let dp : all wf_number p. Proof. by case/and5P: wfc => _ _ _ _ /andP[]. Qed.

(** ** Values *)

Lemma results_of_computed q : all wf_number q -> (size q <= n)%N ->
  Forall2 (Forall2 (Forall2 (@computed F))) (results_of c q) (results_at (vector F c q)).
Proof.
move=> dq sq; apply: (R_run (@c_constant F)) wp _ _.
- exact: c_plus.
- exact: c_minus.
- exact: c_times.
- apply: (R_fill (@c_constant F)) => // i; rewrite vector_coordinate //; apply: c_constant; exact: positive_denominator.
- by constructor.
Qed.

Lemma vanish_sound (v : matrix (Z * Z)) (u : matrix F) : Forall2 (Forall2 (@computed F)) v u -> entries_vanish v ->
  forall i, nth 0 (seq.flatten u) i = 0.
Proof.
move=> /flatten_computed; rewrite /entries_vanish; elim=> [|r s v' u' rs _ ih] /=; first by move=> _ [].
case/andP=> /Z.eqb_spec r0 /ih h [|i] //=; have [_ ->] := computedE rs; by rewrite /evidence.ratF /= r0 toF0 mul0r.
Qed.

Lemma dot_cat (u v u' v' : seq F) : size u = size v -> dot ops (u ++ u') (v ++ v') = dot ops u v + dot ops u' v'.
Proof. by elim: u v => [|s u ih] [|t v] //= => [_|[/ih->]]; rewrite ?addrA // /zero_scalar /= toF0 mul0r add0r. Qed.

Lemma dot_flatten (u v : matrix F) : Forall2 (Forall2 (fun _ _ => True)) u v ->
  total ops [seq dot ops r.1 r.2 | r <- zip u v] = dot ops (seq.flatten u) (seq.flatten v).
Proof. by elim=> //= r s u' v' rs _ ->; rewrite dot_cat // (F2_size rs). Qed.

Lemma dot_nth k (u v : seq F) : size u = k -> size v = k -> dot ops u v = \sum_(i < k) nth 0 u i * nth 0 v i.
Proof.
elim: k u v => [|k ih] [|s u] [|t v] //=; first by rewrite big_ord0 /zero_scalar /= toF0 mul0r.
by case=> su [sv]; rewrite big_ord_recl /= (ih _ _ su sv).
Qed.

Section Parts.
Variables (a b : Z) (mu : rational_matrix).
Hypothesis pc : parts c = Some (a, b, mu).
Hypothesis oa : one_by_one (results_at_point c) a.
Hypothesis sb : certificate.same_shape (shape_of (embed rationals mu)) (shaped (results_at_point c) b).
Let m := size (seq.flatten (position (results_at_point c) b)).

Lemma constraints_size (y : 'rV[F]_n) : size (seq.flatten (position (results_at y) b)) = m.
Proof. by rewrite /m (size_flatten_shape (R_position b (results_shape wfc y))). Qed.

Lemma wf_mu : wf_matrix mu.
Proof.
move: pc; rewrite /parts; case: (step _ _) => [[| | |a' d| | | | | |]|] //; case: (step _ d) => [[| | | | | |u b'| | |]|] //.
case: (step _ u) => [[k| | | | | | | | |]|] //; case E: (nth _ _ _) => [m'|] // [_ _ e]; subst m'.
have [lt|ge] := ltnP (Z.to_nat k) (size (inputs c)); last by rewrite nth_default in E.
by have := all_nthP (Weight Z0 Z0) wi _ lt; rewrite E.
Qed.

Lemma multipliers_shape (y : 'rV[F]_n) : Forall2 (Forall2 (fun _ _ => True)) (embed ops mu) (position (results_at y) b).
Proof.
case E: (shaped (results_at_point c) b) sb => [[r q]|]; last by case: (shape_of _) => [[]|].
move=> h; have [M ->] := @embedded F r q mu wf_mu h; have [_ _ [B ->]] := shaped_sound (results_shape wfc y) E.
by apply: F2_map => i; apply: F2_map.
Qed.

Lemma loss_lagrangian y : loss y = lagrangian_of (objective a) (@constraints F c b m) (multipliers F mu m) y.
Proof.
rewrite /loss /value_of -/(results_at y) /lagrangian_of /objective.
have same := results_shape wfc y; have [v ev] := one_by_one_sound same oa.
move: pc; rewrite /parts; case E1: (step _ _) => [[| | |a' d| | | | | |]|] //; case E2: (step _ d) => [[| | | | | |u b'| | |]|] //.
case E3: (step _ u) => [[k| | | | | | | | |]|] //; case E: (nth _ _ _) => [m'|] // [ea eb em]; subst a' b' m'.
rewrite [position _ (loss_position c)](step_sound ops (fill ops (coordinate y) 0 (inputs c)) E1) /= -/(results_at y).
rewrite [position _ d](step_sound ops (fill ops (coordinate y) 0 (inputs c)) E2) /= -/(results_at y).
rewrite [position _ u](step_sound ops (fill ops (coordinate y) 0 (inputs c)) E3) /= -/(results_at y).
rewrite [position (fill _ _ _ _) k](fill_data _ _ E) ev /scalar /=; congr (_ - _).
rewrite (dot_flatten (multipliers_shape y)) (@dot_nth m) ?constraints_size //; last first.
  rewrite -(constraints_size y); elim: (multipliers_shape y) => //= r s u' v' rs _ ih.
  by rewrite !size_cat ih (F2_size rs).
by rewrite mxE; apply: eq_bigr => i _; rewrite !mxE mulrC.
Qed.

Lemma constraints_zero q : all wf_number q -> (size q <= n)%N -> entries_vanish (position (results_of c q) b) ->
  @constraints F c b m (vector F c q) = 0.
Proof.
move=> dq sq ev; apply/rowP => i; rewrite !mxE.
exact: (vanish_sound (R_position b (results_of_computed dq sq)) ev).
Qed.

End Parts.

(** ** The derivative of the constraints *)

Lemma gradients_sound l s : gradients n l = Some s -> size s = size l /\ forall i, (i < size l)%N ->
  let j := nth (Zpos xH, Jet Z0 [::] [::]) l i in
  (nth no_gradient s i).1 = j.1 /\ dense Z0 n (jet_linear j.2) = Some (nth no_gradient s i).2.
Proof.
elim: l s => [|[d j] l ih] s /=; first by case=> <-.
case E: (dense _ _ _) => [g|] //; case G: (gradients _ _) => [r|] // [<-] /=.
by have [-> h] := ih _ G; split=> // -[|i] //= /h.
Qed.

Section Derivative.
Variables (b : Z) (s : seq (Z * seq Z)).
Hypothesis ds : derivative c b = Some s.
Let jl := seq.flatten (position (jets_at_point c) b).
Notation jet0 := (Zpos xH, Jet Z0 [::] [::]).

Lemma derivative_size : size (seq.flatten (position (results_at_point c) b)) = size s.
Proof.
have [-> _] := gradients_sound ds.
have h : Forall2 (Forall2 (Forall2 (fun _ _ => True))) (results_at_point c) (jets_at_point c).
  by apply: (@R_run _ _ rationals (fractions jets) (fun _ _ => True)) => //; exact: R_fill.
by elim: (R_position b h) => //= r q u v rq _ ih; rewrite !size_cat ih (F2_size rq).
Qed.

Definition jacobian : 'M[F]_(size s, n) :=
  \matrix_(i, k) (toF (nth Z0 (nth no_gradient s i).2 k) / toF (nth no_gradient s i).1).

Lemma jet_function_at i : exists f : 'rV[F]_n -> F, fraction_of (@jet_of F n) (nth jet0 jl i) f /\
  forall w, f w = nth 0 (seq.flatten (position (results_at (x + w)) b)) i.
Proof.
pose y0 (k : nat) (w : 'rV[F]_n) := ratF (coordinate_of p k) + coordinate w k.
pose fs := position (eval (function_operations F 'rV[F]_n) (fill (function_operations F 'rV[F]_n) y0 0 (inputs c)) (instructions c)) b.
have h : Forall2 (Forall2 (fraction_of (@jet_of F n))) (position (jets_at_point c) b) fs.
  by apply: (fraction_result (@jets_respected F n)) => // k; apply: jet_coordinate_sound; exact: positive_denominator.
exists (nth (fun=> 0) (seq.flatten fs) i); split.
  apply: F2_nth; first exact: flatten_F2.
  by split=> //=; apply: bigO_ext (bigO0 _ 3) => w; rewrite /jet_function /= toF0 mulr0 !addr0 subrr.
move=> w; have h' : Forall2 (Forall2 (fun (f : 'rV[F]_n -> F) v => f w = v)) fs (position (results_at (x + w)) b).
  apply: (@R_result _ _ (function_operations F 'rV[F]_n) ops (fun f v => f w = v)) => //=; try by move=> *; subst.
  by move=> k; rewrite /y0 coordinateD vector_coordinate // sp.
exact: (F2_nth i (flatten_F2 h')).
Qed.

Lemma denominators_positive i : (i < size s)%N -> Z.lt Z0 (nth no_gradient s i).1.
Proof.
have [sz h] := gradients_sound ds; rewrite sz => /h[-> _].
by have [f [[]]] := jet_function_at i.
Qed.

Lemma constraint_order (i : 'I_(size s)) : bigO (@norm1 F n) 2
  (fun w => (@constraints F c b (size s) (x + w) - @constraints F c b (size s) x - w *m jacobian^T) 0 i).
Proof.
have [f [[d0 jo] ef]] := jet_function_at i; have [sz h] := gradients_sound ds.
have lt : (i < size jl)%N by rewrite /jl -sz.
have [e1 e2] := h _ lt; move: d0 jo e1 e2; rewrite -/jl; set j := nth _ jl i => d0 jo e1 e2.
have dn0 := lt0r_neq0 (toF_gt0 F d0).
have v0 : toF j.1 * f 0 = toF (jet_value j.2).
  have z0 : @norm1 F n 0 = 0 by apply/eqP; rewrite norm1_eq0.
  have := bigO_at0 z0 jo; rewrite /jet_function.
  have -> : linear (jet_linear j.2) (0 : 'rV[F]_n) = 0 by apply: (bigO_at0 z0); exact: linear_order.
  have -> : quadratic (jet_quadratic j.2) (0 : 'rV[F]_n) = 0.
    by apply: (bigO_at0 z0); apply: (bigO_weak (@norm1_ge0 F n) (leqnSn 1)); exact: quadratic_order.
  by rewrite !addr0 => /eqP; rewrite subr_eq0 => /eqP.
have o2 := bigOD (bigO_weak (@norm1_ge0 F n) (leqnSn 2) jo) (@quadratic_order F n (jet_quadratic j.2)).
apply: bigO_ext (bigO_scale (toF j.1)^-1 o2) => w.
have [_ lg] := dense_sound w (toF0 F) e2.
have -> : (constraints b (size s) (x + w) - constraints b (size s) x - w *m jacobian^T) 0 i =
          f w - f 0 - (toF j.1)^-1 * linear (jet_linear j.2) w.
  rewrite !mxE -ef -[in X in _ - X - _](addr0 x) -ef; congr (_ - _ - _).
  by rewrite [linear _ _]lg mulr_sumr; apply: eq_bigr => k _; rewrite !mxE e1 mulrA mulrC [w _ _ * _]mulrC.
rewrite /jet_function -v0; move: (f w) (f 0) (linear _ w) (quadratic _ w) => u v l q; field; exact: dn0.
Qed.

Lemma derivative_sound : derivative_on (@constraints F c b (size s)) x jacobian.
Proof.
have o2 : bigO (@norm1 F n) 2
    (fun w => norm1 (@constraints F c b (size s) (x + w) - @constraints F c b (size s) x - w *m jacobian^T)).
  suff sums (l : seq 'I_(size s)) : bigO (@norm1 F n) 2 (fun w =>
      \sum_(i <- l) `|(@constraints F c b (size s) (x + w) - @constraints F c b (size s) x - w *m jacobian^T) 0 i|).
    exact: sums.
  elim: l => [|i l ih]; first by apply: bigO_ext (bigO0 _ 2) => w; rewrite big_nil.
  have [C [d [C0 d0 d1 h]]] := constraint_order i.
  have hi : bigO (@norm1 F n) 2 (fun w => `|(@constraints F c b (size s) (x + w) - @constraints F c b (size s) x - w *m jacobian^T) 0 i|).
    by exists C, d; split=> // w /h; rewrite normr_id.
  by apply: bigO_ext (bigOD hi ih) => w; rewrite big_cons.
by case: o2 => C [d [C0 d0 _ h]]; exists C, d; split=> // w /h; rewrite ger0_norm ?norm1_ge0.
Qed.

Lemma regular_sound e : is_regular s e -> row_free jacobian.
Proof.
case/andP=> /Z.ltb_spec0/(@toF_gt0 F)/lt0r_neq0 e0 /all_iotaP al.
set m := size s; set cols := [seq Z.to_nat k | k <- take m e.1].
apply: free_from_kernel => u u0; apply/rowP => j; rewrite mxE.
have main (i : 'I_m) : \sum_(k < m) (toF (nth Z0 [seq nth Z0 (nth no_gradient s i).2 q | q <- cols] k) / toF (nth no_gradient s i).1) *
    (toF (nth Z0 [seq nth Z0 q j | q <- entries e.2] k) / toF (denominator e.2)) = (i == j)%:R.
  have d0 := lt0r_neq0 (toF_gt0 F (denominators_positive (ltn_ord i))).
  move: (al i) => /all_iotaP/(_ j)/Z.eqb_spec/(congr1 toF).
  rewrite (@idot_sum F m); last by rewrite size_map size_take; case: ltnP.
  have -> : [seq nth Z0 (nth no_gradient s i).2 q | q <- cols] = [seq nth Z0 (nth no_gradient s i).2 (Z.to_nat k) | k <- take m e.1].
    by rewrite /cols -map_comp.
  move=> eq; under eq_bigr => k _ do rewrite mulrACA -invfM.
  rewrite -mulr_suml eq.
  case: NateqP => [/val_inj ij|ne]; first by rewrite -ij eqxx toFM mulfV // mulf_neq0.
  by rewrite toF0 mul0r; case: eqP => // e'; case: ne; rewrite e'.
have zero (k : nat) : \sum_(i < m) u 0 i * (toF (nth Z0 (nth no_gradient s i).2 k) / toF (nth no_gradient s i).1) = 0.
  have [lt|ge] := ltnP k n.
    by have := congr1 (fun r : 'rV_n => r 0 (Ordinal lt)) u0; rewrite [LHS]mxE [RHS]mxE => e1; rewrite -[RHS]e1; apply: eq_bigr => i _; rewrite mxE.
  have [sz h] := gradients_sound ds; apply: big1 => i _; rewrite nth_default ?toF0 ?mul0r ?mulr0 //.
  by have [_ /(dense_sound (0 : 'rV[F]_n) (toF0 F))[-> _]] := h i (eq_ind _ (fun k => (i < k)%N) (ltn_ord i) _ sz).
have : \sum_(i < m) u 0 i * (i == j)%:R = 0.
  under eq_bigr => i _ do rewrite -main mulr_sumr.
  rewrite exchange_big big1 // => k _.
  have [lt|ge] := ltnP k (size cols); last first.
    apply: big1 => i _; have -> : nth Z0 [seq nth Z0 (nth no_gradient s i).2 q | q <- cols] k = Z0 by apply: nth_default; rewrite size_map.
    by rewrite toF0 !mul0r mulr0.
  apply: etrans (_ : (\sum_(i < m) u 0 i * (toF (nth Z0 (nth no_gradient s i).2 (nth 0%N cols k)) / toF (nth no_gradient s i).1)) *
    (toF (nth Z0 [seq nth Z0 q j | q <- entries e.2] k) / toF (denominator e.2)) = _); last by rewrite zero mul0r.
  rewrite mulr_suml.
  by apply: eq_bigr => i _; rewrite (nth_map 0%N) // mulrA.
rewrite (bigD1 j) //= eqxx mulr1 big1 ?addr0 // => i /negPf ->; exact: mulr0.
Qed.

(** ** The bordered Hessian *)

Lemma divides_sound D d z : Z.lt Z0 d -> divides D d -> toF (Z.mul z (Z.div D d)) = toF D * (toF z / toF d).
Proof.
move=> /(@toF_gt0 F)/lt0r_neq0 d0 /Z.eqb_spec e.
have eD : toF (Z.div D d) * toF d = toF D by rewrite -toFM e.
by rewrite toFM -eD; move: (toF (Z.div D d)) (toF z) => q y; field.
Qed.

Section Bordered.
Variables (D d : Z) (h : matrix Z).
Hypothesis d0 : Z.lt Z0 d.
Hypothesis dD : divides D d.
Hypothesis sD : all (fun r => divides D r.1) s.
Let K := bordered_hessian n D d h s.
Let m := size s.

Lemma bordered_row i : size (nth [::] K i) = if (i < n + m)%N then (n + m)%N else 0%N.
Proof.
rewrite /K /bordered_hessian nth_cat size_map size_iota; case: ltnP => ni.
  by rewrite (nth_map 0%N) ?size_iota // size_cat !size_map size_iota ltn_addr.
have [lt|ge] := ltnP (i - n) (size s).
  by rewrite (nth_map no_gradient) // size_cat size_map size_iota size_nseq -ltn_subLR // /m lt.
by rewrite nth_default ?size_map // ltnNge -leq_subRL // /m ge.
Qed.

Lemma bordered_wide : wide (n + m) K.
Proof.
split=> [|i]; first by rewrite size_cat !size_map size_iota.
by rewrite bordered_row; case: ifP.
Qed.

Lemma bordered_hessianE : toM F (n + m) (n + m) K = toF D *: bordered ((toF d)^-1 *: toM F n n h) jacobian.
Proof.
have dn (i : 'I_m) : Z.lt Z0 (nth no_gradient s i).1 by exact: denominators_positive.
have dv (i : 'I_m) : divides D (nth no_gradient s i).1 by exact: (all_nthP no_gradient sD).
apply/matrixP => i j; rewrite [LHS]mxE [RHS]mxE /entry /K /bordered_hessian nth_cat size_map size_iota /bordered.
case: (split_ordP i) => i' ->; case: (split_ordP j) => j' -> /=.
- rewrite (nth_map 0%N) ?size_iota // nth_iota // add0n nth_cat size_map size_iota ltn_ord.
  by rewrite (nth_map 0%N) ?size_iota // nth_iota // add0n divides_sound // block_mxEul !mxE [_^-1 * _]mulrC.
- rewrite (nth_map 0%N) ?size_iota // nth_iota // add0n nth_cat size_map size_iota ltnNge leq_addr /= addKn.
  by rewrite (nth_map no_gradient) ?ltn_ord // toFN divides_sound // block_mxEur !mxE mulrN.
- rewrite ?ltnNge ?leq_addr /= ?addKn (nth_map no_gradient) ?ltn_ord // nth_cat size_map size_iota ltn_ord.
  by rewrite (nth_map 0%N) ?size_iota // nth_iota // add0n toFN divides_sound // block_mxEdl !mxE mulrN.
rewrite ?ltnNge ?leq_addr /= ?addKn (nth_map no_gradient) ?ltn_ord // nth_cat size_map size_iota ltnNge leq_addr /= addKn.
by rewrite nth_nseq ltn_ord toF0 block_mxEdr mxE mulr0.
Qed.

End Bordered.

Lemma check_bordered_sound an e : Z.lt Z0 (over an) -> (toM F n n (hessian_part an))^T = toM F n n (hessian_part an) ->
  check_bordered n an s e ->
  let A := (toF (over an))^-1 *: toM F n n (hessian_part an) in
  framed (bordered A jacobian) (Z.to_nat (neg e)) (Z.to_nat (zero e)) (Z.to_nat (pos e)).
Proof.
move=> d0 sy /and4P[/Z.ltb_spec0 D0 dD sD ci] A; set D := common_denominator (over an) s in D0 dD sD ci.
have Dn := lt0r_neq0 (toF_gt0 F D0).
have KE := bordered_hessianE (hessian_part an) d0 dD sD.
have As : A^T = A by rewrite /A linearZ /= sy.
have ks : (toM F (n + size s) (n + size s) (bordered_hessian n D (over an) (hessian_part an) s))^T =
  toM F (n + size s) (n + size s) (bordered_hessian n D (over an) (hessian_part an) s).
  by rewrite KE linearZ /= bordered_sym.
have := check_inertia_sound (bordered_wide D (over an) (hessian_part an)) ks D0 ci.
by rewrite KE scalerA mulVf // scale1r.
Qed.

End Derivative.

Lemma expansion_ext (L L' : 'rV[F]_n -> F) y g A : (forall z, L z = L' z) -> expansion L y g A -> expansion L' y g A.
Proof. by move=> e [s [C [d [d0 h]]]]; split=> //; exists C, d; split=> // w /h; rewrite !e. Qed.

End Proof.
