(** What the checker accepts of curves under constraints, holds: the coefficients that are claimed, of the Lagrangian; a curve that is
    feasible to more than their order and along which the loss has the same first coefficient; and that no multiple of the violation of
    the constraints makes up for the fall of the loss. So x is no local minimizer where points can be made feasible by steps that are no
    longer than a multiple of the violation: of the real numbers, the implicit function theorem. *)
From Coq Require Import ZArith PeanoNat List.
From mathcomp Require Import ssreflect ssrfun ssrbool eqtype ssrnat seq fintype bigop.
From mathcomp Require Import order ssralg ssrnum ssrint ssrZ zmodp matrix mxalgebra ring.
From rankscape Require Import program parametricity scalars certificate convexity constrained symmetry constrained_symmetry constrained_curves.
From rankscape Require Import asymptotics expansions landscape forms local evidence bounds_sound soundness theorem feasible feasible_orbits second_order.
From rankscape Require Import constrained_sound constrained_theorem constrained_symmetry_sound.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import Order.Theory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Local Arguments zero_scalar : simpl never.
Local Arguments Z.eqb : simpl never.

Notation absolute := (fun t => `|t|).

(** ** Falling where the constraints hold nearly *)

Section Terms.
Variables (F : realFieldType) (n m : nat) (f : 'rV[F]_n -> F) (g : 'rV[F]_n -> 'rV[F]_m) (x : 'rV[F]_n).

(** At points arbitrarily near x the loss is smaller (larger) by more than any given multiple of the violation of the constraints. *)
Definition falls_on : Prop := forall M : F, descends (fun y => f y + M * norm1 (g y)) x.
Definition rises_on : Prop := forall M : F, ascends (fun y => f y - M * norm1 (g y)) x.

(** Along x + w(t) the loss is f(x) + a t^k and the constraints are 0, up to O(t^(k+1)). *)
Definition first_term_on (w : F -> 'rV[F]_n) (a : F) (k : nat) : Prop :=
  bigO absolute k.+1 (fun t => f (x + w t) - (f x + t ^+ k * a)) /\ bigO absolute k.+1 (fun t => norm1 (g (x + w t))).

Variables (w : F -> 'rV[F]_n) (a : F) (k : nat).
Hypothesis gx : g x = 0.
Hypothesis w1 : bigO absolute 1 (fun t => norm1 (w t)).
Hypothesis h : first_term_on w a k.

Let penalized (M : F) : bigO absolute k.+1 (fun t => f (x + w t) + M * norm1 (g (x + w t)) -
  (f x + M * norm1 (g x) + t ^+ k * (a + t * 0))).
Proof.
case: h => hf hg; apply: bigO_ext (bigOD hf (bigO_scale M hg)) => t.
have -> : norm1 (g x) = 0 by apply/eqP; rewrite gx norm1_eq0.
by rewrite !mulr0 !addr0; move: (f _) (f x) (M * _) (t ^+ k * a) => u0 u1 u2 u3; ring.
Qed.

Lemma first_term_falls : a < 0 -> falls_on.
Proof. by move=> a0 M; exact: (@curve_descends F n (fun y => f y + M * norm1 (g y)) x w (fun=> 0) a k a0 (bigO0 absolute 0) w1 (penalized M)). Qed.

Lemma first_term_rises : 0 < a -> rises_on.
Proof.
move=> a0 M; have hp : bigO absolute k.+1 (fun t => f (x + w t) - M * norm1 (g (x + w t)) -
    (f x - M * norm1 (g x) + t ^+ k * (a + t * 0))) by apply: bigO_ext (penalized (- M)) => t; rewrite !mulNr.
exact: (@curve_ascends F n (fun y => f y - M * norm1 (g y)) x w (fun=> 0) a k a0 (bigO0 absolute 0) w1 hp).
Qed.

(** What the implicit function theorem gives over the real numbers where the derivatives are independent: a feasible point no further
    than a multiple of the violation. *)
Definition correctable : Prop := exists K d : F, [/\ 0 <= K, 0 < d &
  forall u, norm1 u <= d -> exists v, g (x + v) = 0 /\ norm1 (v - u) <= K * norm1 (g (x + u))].
Definition lipschitz_near : Prop := exists B d : F, [/\ 0 <= B, 0 < d &
  forall u v, norm1 u <= d -> norm1 v <= d -> `|f (x + u) - f (x + v)| <= B * norm1 (u - v)].

Lemma falls_not_min : correctable -> lipschitz_near -> falls_on -> ~ local_min_on f g x.
Proof.
case=> K [d1 [K0 d10 cor]] [B [d2 [B0 d20 lip]]] fall [_ [d3 d30 mn]].
pose d := Num.min d1 (Num.min (d2 / 2%:R) (d3 / 2%:R)).
have d0 : 0 < d by rewrite !lt_minr d10 !divr_gt0 ?ltr0n.
pose M := B * K + K * B + 1.
have BK : 0 <= B * K by exact: mulr_ge0.
have M0 : 0 < M by rewrite /M [K * B]mulrC ltr_paddl ?addr_ge0 ?ltr01.
have [u ud] := fall M d d0; have -> : norm1 (g x) = 0 by apply/eqP; rewrite gx norm1_eq0.
rewrite mulr0 addr0 => lt; move: (ud); rewrite !le_minr !ler_pdivl_mulr ?ltr0n // => /andP[u1 /andP[u2 u3]].
have [v [gv near]] := cor u u1; have g0 := norm1_ge0 (g (x + u)); set r := norm1 (g (x + u)) in near lt g0.
have u0 := norm1_ge0 u.
have two (y : F) : y * 2%:R = y + y by rewrite mulr_natr mulr2n.
have ud2 : norm1 u <= d2 by apply: le_trans u2; rewrite two ler_addl.
have lu : f x - f (x + u) <= B * norm1 u.
  have n0 : @norm1 F n 0 = 0 by apply/eqP; rewrite norm1_eq0.
  have := lip 0 u _ ud2; rewrite n0 addr0 sub0r norm1N => /(_ (ltW d20)); apply: le_trans; exact: ler_norm.
have Kr : K * r <= norm1 u.
  have Mr : M * r <= B * norm1 u.
    by apply: le_trans lu; rewrite ler_subr_addl; exact: ltW.
  rewrite leNgt; apply/negP => lt'.
  have : B * norm1 u <= B * (K * r) by rewrite ler_wpmul2l // ltW.
  move/(le_trans Mr); rewrite /M mulrA !mulrDl mul1r -addrA ger_addl => le.
  have KB : 0 <= K * B * r by rewrite !mulr_ge0.
  have r0 : r <= 0 by apply: le_trans le; rewrite ler_addr.
  by move: lt'; rewrite (@le_anti _ _ r 0) ?r0 // mulr0 ltNge u0.
have vu : norm1 v <= norm1 u + norm1 u.
  have -> : v = u + (v - u) by rewrite addrC subrK.
  by apply: le_trans (norm1D _ _) _; rewrite ler_add2l (le_trans near).
have vd2 : norm1 v <= d2 by apply: le_trans vu _; rewrite -two.
have vd3 : norm1 v <= d3 by apply: le_trans vu _; rewrite -two.
have := mn v vd3 gv; rewrite leNgt => /negP; apply; apply: le_lt_trans lt.
rewrite -ler_subl_addl; apply: le_trans (ler_norm _) _; apply: le_trans (lip v u vd2 ud2) _.
apply: le_trans (_ : B * (K * r) <= _); first by rewrite ler_wpmul2l.
by rewrite mulrA ler_wpmul2r // /M -addrA ler_addl addr_ge0 ?ler01 // mulr_ge0.
Qed.

End Terms.

Lemma rises_not_max (F : realFieldType) n m (f : 'rV[F]_n -> F) (g : 'rV[F]_n -> 'rV[F]_m) x : g x = 0 ->
  correctable g x -> lipschitz_near f x -> rises_on f g x -> ~ local_max_on f g x.
Proof.
move=> gx co [B [d [B0 d0 lip]]] rise [e e0 mx]; apply: (@falls_not_min F n m (fun y => - f y) g x gx co).
- exists B, d; split=> // u v ud vd; rewrite -opprD normrN; exact: lip.
- by move=> M d' d0'; have [w wd lt] := rise M d' d0'; exists w => //; rewrite -ltr_opp2 !opprD !opprK.
by split=> //; exists e => // w we gw; rewrite ler_opp2; exact: mx.
Qed.

(** ** The statement *)

Section Statement.
Variables (F : realFieldType) (c : certificate) (a b : Z) (mu : rational_matrix) (m : nat).

(** The program with free multipliers is f - <nu, g>. *)
Definition is_lagrangian : Prop :=
  let c' := freed c mu in
  dimension c' = (dimension c + m)%N /\
  forall (y : 'rV[F]_(dimension c)) (nu : 'rV[F]_m),
    value_of (field_operations F) (inputs c') (instructions c') (loss_position c') (coordinate (row_mx y nu)) =
    lagrangian_of (@objective F c a) (@constraints F c b m) nu y.

(** Its coefficients are those claimed; and a curve of the point. *)
Definition term_on (e : curve_evidence) : Prop :=
  [/\ is_lagrangian, expands_along F (freed c mu) e &
      exists v, first_term_on (@objective F c a) (@constraints F c b m) (point F c) (@curve_at F c v)
                              (ratF F (nth (Z0, Zpos xH) (coefficients e) (Z.to_nat (order e)))) (Z.to_nat (order e))].

End Statement.

Definition holds_constrained_curves (F : realFieldType) (k : constrained_curves) : Prop :=
  let c := lagrangian (of_point k) in
  let x := point F c in
  holds_constrained F (of_point k) /\
  forall a b mu m, parts c = Some (a, b, mu) ->
    (forall y : 'rV[F]_(dimension c), size (seq.flatten (position (results_at y) b)) = m) ->
    let f := @objective F c a in
    let g := @constraints F c b m in
    (* f has smaller (larger) values at feasible points arbitrarily near, where the constraints can be corrected *)
    [/\ on (descent c) (fun e => [/\ term_on F c a b mu m e, falls_on f g x & correctable g x -> ~ local_min_on f g x]),
        on (ascent c) (fun e => [/\ term_on F c a b mu m e, rises_on f g x & correctable g x -> ~ local_max_on f g x]) &
        if conclusion k is NonStrictSaddle then claimed c = SecondOrder /\ falls_on f g x else claimed c = conclusion k].

(** ** The proof *)

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
Let sp : size p = n. Proof. by case/and5P: wfc => _ _ _ /NateqP. Qed.
Let dp : all wf_number p. Proof. by case/and5P: wfc => _ _ _ _ /andP[]. Qed.

Section Along.
Variables (K : nat) (v : rational_matrix).
Hypothesis fit : rows_fit n v.
Notation w := (@curve_at F c (rows_of v)).

Lemma results_along_sound k : exists fs : matrix (F -> F),
  Forall2 (Forall2 (fraction_of (@series_of F K))) (position (results_along c K (rows_of v)) k) fs /\
  forall t, Forall2 (Forall2 (fun (h : F -> F) y => h t = y)) fs (position (results_at (x + w t)) k).
Proof.
have rf := rows_fit_sound fit.
pose y0 (i : nat) (t : F) := ratF (coordinate_of p i) + t * @curve_function F (rows_of v) i t.
exists (position (eval (function_operations F F) (fill (function_operations F F) y0 0 (inputs c)) (instructions c)) k); split.
  apply: (fraction_result (@series_respected F K)) => // i.
  have hc := fraction_constant (@series_respected F K) (coordinate_of p i).1 (positive_denominator i dp).
  have hv := shift_sound (direction_sound F K i (fun q qv => (rf q qv).1)).
  exact: (fraction_plus (@series_respected F K) hc hv).
move=> t; apply: (@R_result _ _ (function_operations F F) ops (fun h y => h t = y)) => //=; try by move=> *; subst.
move=> i; rewrite /y0 coordinateD vector_coordinate ?sp // curve_coordinate // => q qv.
by have [] := rf q qv.
Qed.

Lemma vanishing_polynomial s t : vanishes s -> @polynomial F s t = 0.
Proof. by elim: s => //= z s ih /andP[/Z.eqb_spec <- /ih->]; rewrite toF0 mulr0 addr0. Qed.

Lemma constraints_order b m : all (fun q => vanishes q.2) (seq.flatten (position (results_along c K (rows_of v)) b)) ->
  bigO absolute K (fun t => norm1 (@constraints F c b m (x + w t))).
Proof.
move=> van; have [fs [h1 h2]] := results_along_sound b.
have each i : bigO absolute K (fun t => nth 0 (seq.flatten (position (results_at (x + w t)) b)) i).
  have e t : nth (fun=> 0) (seq.flatten fs) i t = nth 0 (seq.flatten (position (results_at (x + w t)) b)) i.
    exact: (F2_nth i (flatten_F2 (h2 t))).
  apply: bigO_ext e _; have h := flatten_F2 h1.
  have [lt|ge] := ltnP i (size (seq.flatten fs)); last first.
    by apply: bigO_ext (bigO0 absolute K) => t; rewrite nth_default.
  have z0 : fraction_of (@series_of F K) (Zpos xH, [::]) (fun=> 0).
    by split=> //; apply: bigO_ext (bigO0 absolute K) => t /=; rewrite mulr0 subrr.
  have [] := F2_nth i h z0; have := F2_size h => sz; rewrite -sz in lt.
  have := all_nthP (Zpos xH, [::]) van _ lt; move: (nth _ _ i) => q qv d0 so.
  have dn := lt0r_neq0 (toF_gt0 F d0).
  apply: bigO_ext (bigO_scale (toF q.1)^-1 so) => t.
  by rewrite vanishing_polynomial // subr0 mulKf.
suff sums (l : seq 'I_m) : bigO absolute K (fun t => \sum_(i <- l) `|(@constraints F c b m (x + w t)) 0 i|) by exact: sums.
elim: l => [|i l ih]; first by apply: bigO_ext (bigO0 _ K) => t; rewrite big_nil.
have [C [d [C0 d0 d1 h]]] := each i.
have hi : bigO absolute K (fun t => `|(@constraints F c b m (x + w t)) 0 i|).
  by exists C, d; split=> // t /h; rewrite normr_id mxE.
by apply: bigO_ext (bigOD hi ih) => t; rewrite big_cons.
Qed.

End Along.

Lemma along_feasible_sound a b m e v z : along_feasible c a b e v = Some z ->
  let q := nth (Z0, Zpos xH) (coefficients e) (Z.to_nat (order e)) in
  [/\ rows_fit n v, exists2 d, 0 < toF d & ratF q = toF z / toF d &
      z <> Z0 -> first_term_on (@objective F c a) (@constraints F c b m) x (@curve_at F c (rows_of v)) (ratF q) (Z.to_nat (order e))].
Proof.
rewrite /along_feasible; set k := Z.to_nat (order e); set q := nth _ _ k.
case E: (scalar _ _) => [d s]; case El: (leading (behead s)) => [k' z'].
case: ifP => // /and5P[fit /NateqP ek van wq eq] [ez]; subst z'.
have [fs [h1 h2]] := results_along_sound k.+1 fit a.
have z0 : fraction_of (@series_of F k.+1) (zero_scalar (fractions (series k.+1))) (zero_scalar (function_operations F F)).
  exact: (fraction_constant (@series_respected F k.+1)).
have := F2_head (F2_head h1 (List.Forall2_nil _)) z0; rewrite -/(scalar _ _) E; case=> /= d0 so0.
have ef t : head (zero_scalar (function_operations F F)) (head [::] fs) t = objective a (x + @curve_at F c (rows_of v) t).
  exact: (F2_head (F2_head (h2 t) (List.Forall2_nil _))).
have so : bigO absolute k.+1 (fun t => toF d * objective a (x + @curve_at F c (rows_of v) t) - @polynomial F s t).
  by apply: bigO_ext so0 => t; rewrite ef.
have d0' := toF_gt0 F d0; have dn0 := lt0r_neq0 d0'.
have er : ratF q = toF z / toF d by rewrite (equal_numbersP F wq _ eq) //; exact/Z.ltb_spec0.
split=> //; first by exists d.
move=> zn; split; last exact: constraints_order.
have curve0 : @curve_at F c (rows_of v) 0 = 0 by apply/rowP => i; rewrite !mxE mul0r.
have vx : toF d * objective a x = toF (head Z0 s).
  have n0 : `|0 : F| = 0 by exact: normr0.
  have /eqP := bigO_at0 n0 so; rewrite curve0 addr0 subr_eq0 => /eqP ->.
  by case: (s) => [|y s'] /=; rewrite ?toF0 // mul0r addr0.
have s_split t : @polynomial F s t = toF (head Z0 s) + t * @polynomial F (behead s) t.
  by case: (s) => [|y s'] //=; rewrite toF0 mulr0 addr0.
have tk : bigO absolute k.+1 (fun t : F => t ^+ k.+1) by apply: bigO_le => t; rewrite normrX.
have rest := bigOM tk (polynomial_bounded F (drop k'.+1 (behead s))); rewrite addn0 in rest.
apply: bigO_ext (bigO_scale (toF d)^-1 (bigOD so rest)) => t.
rewrite s_split (leading_sound El zn) -vx er ek.
move: (objective a _) (objective a x) (polynomial _ _) => u0 u1 u2; rewrite !exprS; field; exact: dn0.
Qed.

End Proof.

(** ** Where the constraints can be corrected *)

Section Lipschitz.
Variables (F : realFieldType) (c : certificate).
Hypothesis wfc : well_formed c.
Notation ops := (field_operations F).
Notation n := (dimension c).
Notation x := (point F c).
Implicit Types h : 'rV[F]_n -> F.

Let wfp : wf (inputs c) (instructions c). Proof. by case/and5P: wfc. Qed.

Definition tame h : Prop := exists B d : F, [/\ 0 <= B, 0 < d &
  forall u v, norm1 u <= d -> norm1 v <= d -> `|h u| <= B /\ `|h u - h v| <= B * norm1 (u - v)].

Lemma tame_constant z : tame (fun=> z).
Proof.
exists `|z|, 1; split; rewrite ?ltr01 ?normr_ge0 // => u v _ _; split=> //.
by rewrite subrr normr0 mulr_ge0 ?normr_ge0 ?norm1_ge0.
Qed.

Lemma tame_plus h h' : tame h -> tame h' -> tame (fun w => h w + h' w).
Proof.
case=> B [d [B0 d0 hB]] [B' [d' [B0' d0' hB']]]; exists (B + B'), (Num.min d d').
split; rewrite ?addr_ge0 ?lt_minr ?d0 // => u v; rewrite !le_minr => /andP[u1 u2] /andP[v1 v2].
have [a1 a2] := hB u v u1 v1; have [b1 b2] := hB' u v u2 v2; split.
  exact: le_trans (ler_norm_add _ _) (ler_add a1 b1).
by rewrite opprD addrACA mulrDl; exact: le_trans (ler_norm_add _ _) (ler_add a2 b2).
Qed.

Lemma tame_times h h' : tame h -> tame h' -> tame (fun w => h w * h' w).
Proof.
case=> B [d [B0 d0 hB]] [B' [d' [B0' d0' hB']]]; exists (B * B' + B * B'), (Num.min d d').
have BB : 0 <= B * B' by exact: mulr_ge0.
split; rewrite ?addr_ge0 ?lt_minr ?d0 // => u v; rewrite !le_minr => /andP[u1 u2] /andP[v1 v2].
have [a1 a2] := hB u v u1 v1; have [b1 b2] := hB' u v u2 v2; have [e1 _] := hB v u v1 u1; split.
  by rewrite normrM; apply: le_trans (ler_pmul _ _ a1 b1) _; rewrite ?normr_ge0 // ler_addl.
have -> : h u * h' u - h v * h' v = (h u - h v) * h' u + h v * (h' u - h' v) by ring.
apply: le_trans (ler_norm_add _ _) _; rewrite !normrM mulrDl; apply: ler_add.
  by rewrite mulrAC; apply: ler_pmul; rewrite ?normr_ge0.
by rewrite -mulrA; apply: ler_pmul; rewrite ?normr_ge0.
Qed.

Lemma tame_ext h h' : h =1 h' -> tame h -> tame h'.
Proof. by move=> e [B [d [B0 d0 hB]]]; exists B, d; split=> // u v ud vd; rewrite -!e; exact: hB. Qed.

Lemma tame_coordinate i : tame (fun w => coordinate (x + w) i).
Proof.
apply: (tame_ext (h := fun w => coordinate x i + coordinate w i)) => [w|]; first by rewrite coordinateD.
apply: tame_plus; first exact: tame_constant.
exists 1, 1; split; rewrite ?ltr01 ?ler01 // => u v ud _; split; first exact: le_trans (norm1_coordinate u i) ud.
by rewrite mul1r -{1}(subrK v u) coordinateD addrK norm1_coordinate.
Qed.

Lemma objective_lipschitz a : lipschitz_near (@objective F c a) x.
Proof.
pose o := function_operations F 'rV[F]_n.
pose y0 (i : nat) (w : 'rV[F]_n) := coordinate (x + w) i.
pose fs := position (eval o (fill o y0 0 (inputs c)) (instructions c)) a.
have same : Forall2 (Forall2 (fun h h' : 'rV[F]_n -> F => tame h)) fs fs.
  apply: (@R_result _ _ o o (fun h _ => tame h)) => //=.
  - by move=> *; exact: tame_constant.
  - by move=> *; exact: tame_plus.
  - move=> h _ h' _ th th'; apply: (tame_ext (h := fun w => h w + (-1) * h' w)) => [w|]; first by rewrite mulN1r.
    by apply: tame_plus => //; apply: tame_times => //; exact: tame_constant.
  - by move=> *; exact: tame_times.
  by move=> i; exact: tame_coordinate.
have fe w : Forall2 (Forall2 (fun h y => h w = y)) fs (position (results_at (x + w)) a).
  by apply: (@R_result _ _ o ops (fun h y => h w = y)) => //=; move=> *; subst.
have z0 : tame (zero_scalar o) by exact: tame_constant.
have := F2_head (F2_head same (List.Forall2_nil _)) z0; rewrite -/(scalar o fs) => tm.
have ef w : scalar o fs w = objective a (x + w) by exact: (F2_head (F2_head (fe w) (List.Forall2_nil _))).
by case: (tame_ext ef (tm (fun=> 0))) => B [d [B0 d0 hB]]; exists B, d; split=> // u v ud vd; have [] := hB u v ud vd.
Qed.

End Lipschitz.

Theorem check_constrained_curves_sound (F : realFieldType) (k : constrained_curves) :
  check_constrained_curves k -> holds_constrained_curves F k.
Proof.
rewrite /check_constrained_curves /holds_constrained_curves; set c := lagrangian (of_point k).
case/andP=> ck; have H := check_constrained_sound F ck.
move: (ck); rewrite /check_constrained -/c => /andP[wfc].
case pc: (parts c) => [[[a b] mu]|] //; case E: (analyse c) => [an|] //; case ds: (derivative c b) => [s|] //.
case/and5P=> _ _ _ oa /and5P[sb _ _ _ /and3P[_ _ /same_verdictP cl]].
case/andP=> /and5P[la wfc' /NateqP dim col /andP[ia ib]] /and3P[ed ea /same_verdictP ce].
have em := derivative_size wfc ds.
split=> // a' b' mu' m [ea' eb emu] sizem; subst a' b' mu'.
have em' : m = size s by rewrite -(sizem (point F c)) (constraints_size wfc) em.
have lag : is_lagrangian F c a b mu m.
  subst m; split=> // y nu; pose k' := ConstrainedSymmetric (of_point k) (Symmetry [::] [::] mu) NotCritical.
  have := @freed_lossE F k' a b mu (size s) wfc wfc' pc la dim col oa sb em ia ib (row_mx y nu).
  by rewrite row_mxKl row_mxKr.
have cx : @constraints F c b m (point F c) = 0.
  case: H => a1 [b1 [mu1 [m1 [J1 [A1 [[_ pc1 sz1] _ [[c0 _] _] _ _]]]]]].
  rewrite -/c pc in pc1; case: pc1 => ea1 eb1 _; subst a1 b1.
  have em1 : m1 = m by rewrite -(sz1 (point F c)) sizem.
  by subst m1.
have hd : on (descent c) (fun e => [/\ term_on F c a b mu m e, falls_on (@objective F c a) (@constraints F c b m) (point F c) &
    correctable (@constraints F c b m) (point F c) -> ~ local_min_on (@objective F c a) (@constraints F c b m) (point F c)]).
  case: (descent c) ed => //= e; rewrite /check_feasible; case: (falling k) => // v /andP[].
  case cc: (check_curve _ _) => [y|] // _; case al: (along_feasible _ _ _ _ _) => [z|] //= /Z.ltb_spec0 z0.
  have [fit [d d0 er] ft] := @along_feasible_sound F c wfc a b m e v z al.
  have zn : z <> Z0 by move=> z1; move: z0; rewrite z1; exact: Z.lt_irrefl.
  have {}ft := ft zn.
  suff fall : falls_on (@objective F c a) (@constraints F c b m) (point F c).
    split=> //; last by move=> co; exact: (falls_not_min cx co (@objective_lipschitz F c wfc a) fall).
    by split=> //; [have [] := @check_curve_sound F _ wfc' e y cc | exists (rows_of v)].
  apply: (first_term_falls cx (@curve_order F c (rows_of v)) ft).
  by rewrite er pmulr_llt0 ?invr_gt0 // -(toF0 F); exact: toF_lt.
have ha : on (ascent c) (fun e => [/\ term_on F c a b mu m e, rises_on (@objective F c a) (@constraints F c b m) (point F c) &
    correctable (@constraints F c b m) (point F c) -> ~ local_max_on (@objective F c a) (@constraints F c b m) (point F c)]).
  case: (ascent c) ea => //= e; rewrite /check_feasible; case: (rising k) => // v /andP[].
  case cc: (check_curve _ _) => [y|] // _; case al: (along_feasible _ _ _ _ _) => [z|] //= /Z.ltb_spec0 z0.
  have [fit [d d0 er] ft] := @along_feasible_sound F c wfc a b m e v z al.
  have zn : z <> Z0 by move=> z1; move: z0; rewrite z1; exact: Z.lt_irrefl.
  have {}ft := ft zn.
  suff rise : rises_on (@objective F c a) (@constraints F c b m) (point F c).
    split=> //; last by move=> co; exact: (rises_not_max cx co (@objective_lipschitz F c wfc a) rise).
    by split=> //; [have [] := @check_curve_sound F _ wfc' e y cc | exists (rows_of v)].
  apply: (first_term_rises cx (@curve_order F c (rows_of v)) ft).
  by rewrite er divr_gt0 // toF_gt0.
split=> //; rewrite ce /curves_verdict.
case cv: (constrained_verdict (size s) (of_point k)) cl => cl //.
  by exfalso; move: cv; rewrite /constrained_verdict; do ?case: ifP => //; case: (hessian_inertia _) => // ?; do ?case: ifP => //.
by case: (descent c) hd => //= e [_ fall _].
Qed.
