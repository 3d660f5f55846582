(** Lower bounds of squared distances from matrices of bounded rank hold for all weights. *)
From Coq Require Import ZArith PeanoNat List.
From mathcomp Require Import ssreflect ssrfun ssrbool eqtype ssrnat seq fintype bigop.
From mathcomp Require Import order ssralg ssrnum ssrint ssrZ zmodp matrix mxalgebra ring.
From rankscape Require Import program parametricity scalars certificate convexity traces asymptotics expansions landscape.
From rankscape Require Import forms kyfan matrices evidence bounds bounds_sound soundness convexity_sound.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import Order.Theory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Local Arguments zero_scalar : simpl never.
Local Arguments Z.eqb : simpl never.

Section Traces.
Variables (F : realFieldType) (c : certificate).
Hypothesis wfc : well_formed c.
Notation ops := (field_operations F).
Notation toF := (@toF F).
Notation computedM := (Forall2 (Forall2 (@computed F))).
Let p := instructions c.
Let vals := results_at_point c.

Let wfp : wf (inputs c) (instructions c). Proof. by case/and5P: wfc. Qed.
Let wi : all wf_input (inputs c). Proof. by case/andP: wfp. Qed.
Let wp : all wf_instruction (instructions c). Proof. by case/andP: wfp. Qed.

(** ** The rational formulas *)

Lemma c_constant n d : Z.lt Z0 d -> computed (constant rationals n d) (constant ops n d).
Proof. by move=> h; exact: (fraction_constant (@integers_respected F) n h). Qed.
Lemma c_plus a u b v : computed a u -> computed b v -> computed (plus rationals a b) (plus ops u v).
Proof. exact: (fraction_plus (@integers_respected F)). Qed.
Lemma c_minus a u b v : computed a u -> computed b v -> computed (minus rationals a b) (minus ops u v).
Proof. exact: (fraction_minus (@integers_respected F)). Qed.
Lemma c_times a u b v : computed a u -> computed b v -> computed (times rationals a b) (times ops u v).
Proof. exact: (fraction_times (@integers_respected F)). Qed.

Lemma c_multiply a b u v : computedM a u -> computedM b v -> computedM (multiply rationals a b) (multiply ops u v).
Proof. exact: (R_multiply (@c_constant) (@c_plus) (@c_times)). Qed.
Lemma c_transpose a u : computedM a u -> computedM (transpose rationals a) (transpose ops u).
Proof. exact: (R_transpose (@c_constant)). Qed.
Lemma c_map22_plus a b u v : computedM a u -> computedM b v -> computedM (map22 (plus rationals) a b) (map22 (plus ops) u v).
Proof. by apply: R_map22 => *; exact: c_plus. Qed.
Lemma c_map22_minus a b u v : computedM a u -> computedM b v -> computedM (map22 (minus rationals) a b) (map22 (minus ops) u v).
Proof. by apply: R_map22 => *; exact: c_minus. Qed.
Lemma c_embed m : wf_matrix m -> computedM (embed rationals m) (embed ops m).
Proof. exact: (R_embed (@c_constant)). Qed.

Lemma c_inner a b u v : computedM a u -> computedM b v ->
  computed (total rationals [seq dot rationals r.1 r.2 | r <- zip a b]) (total ops [seq dot ops r.1 r.2 | r <- zip u v]).
Proof.
move=> h h'; apply: (R_total (@c_constant) (@c_plus)).
elim: h b v h' => [|x y a' b' xy _ ih] d e; first by case=> *; constructor.
case=> [|z w d' e' zw de] /=; constructor; last exact: ih.
exact: (R_dot (@c_constant) (@c_plus) (@c_times)).
Qed.

Lemma c_multiple n s v : computed s v -> computedM (multiple_of_one rationals n s) (multiple_of_one ops n v).
Proof.
move=> h; apply: F2_map => i; apply: F2_map => j; case: ifP => // _; exact: c_constant.
Qed.

Lemma mat_add r q (A B : 'M[F]_(r, q)) : map22 (plus ops) (mat A) (mat B) = mat (A + B).
Proof. by rewrite /mat map22_map; apply: eq_map => i; apply: eq_map => j; rewrite !mxE. Qed.

Lemma mat_multiple n (s : F) : multiple_of_one ops n s = mat (s%:M : 'M[F]_n).
Proof.
rewrite /multiple_of_one /mat -!val_enum_ord -map_comp; apply: eq_map => i /=; rewrite -map_comp; apply: eq_map => j /=.
rewrite mxE; case: NateqP => [/val_inj->|ne]; first by rewrite eqxx.
by case: eqP => [e|_]; [case: ne; rewrite e | rewrite /zero_scalar /= toF0 mul0r].
Qed.

Lemma of_matK r q (A : 'M[F]_(r, q)) : of_rows r q (mat A) = A.
Proof. by apply/matrixP => i j; rewrite mxE (nth_map i) ?size_enum_ord // (nth_map j) ?size_enum_ord // !nth_ord_enum. Qed.

Lemma mat_inj r q (A B : 'M[F]_(r, q)) : mat A = mat B -> A = B.
Proof. by move=> e; rewrite -[A]of_matK e of_matK. Qed.

Lemma semidefinite_mat n s (S : 'M[F]_n) e : computedM s (mat S) -> semidefinite n s e -> forall w, 0 <= form S w.
Proof.
move=> cs; apply: semidefinite_sound => i j.
have -> : S i j = nth 0 (nth [::] (mat S) i) j.
  by rewrite (nth_map i) ?size_enum_ord // (nth_map j) ?size_enum_ord // !nth_ord_enum.
by apply: F2_nth; [apply: F2_nth cs _; constructor | split=> //=; rewrite /integer_of mulr0].
Qed.

Lemma c_number s : wf_number s -> computed (at_rationals s) (ratF F s).
Proof. by move=> /Z.ltb_spec0 h; exact: (c_constant s.1 h). Qed.

Lemma c_natural k : computed (Zpos xH, Z.of_nat k) (k%:R : F).
Proof.
split=> //; rewrite /integer_of toF1 mul1r [(_, _).2]/=; elim: k => [|k ih]; first by [].
by rewrite Nat2Z.inj_succ -Z.add_1_r toFD -ih toF1 mulrSr.
Qed.

Lemma embedded r q m : wf_matrix m -> shaped_as r q (embed rationals m) -> exists A : 'M[F]_(r, q), embed ops m = mat A.
Proof.
move=> wm; rewrite /shaped_as; case E: (shape_of _) => [[r' q']|] //= /andP[/NateqP er /NateqP eq]; subst r' q'.
have sh : bounds_sound.same_shape (embed rationals m) (embed ops m).
  by apply: (@R_embed _ _ rationals ops (fun _ _ => True)).
by have [_ _ e] := shape_transfer sh E; exists (of_rows r q (embed ops m)).
Qed.

Lemma covers_sound n t a (A : 'M[F]_n) : computedM a (mat A) -> covers n t a ->
  let s := separator t in
  [/\ computed (at_rationals s) (ratF F s), 0 <= ratF F s & exists T : 'M[F]_n,
    [/\ computedM (embed rationals (covering t)) (mat T), (forall w, 0 <= form T w) & forall w, 0 <= form (T - A + (ratF F s)%:M) w]].
Proof.
move=> ca /and5P[/andP[ws s0] wc sc se sf] s; have cs := c_number ws.
have [T eT] := embedded wc sc; have cT := c_embed wc; rewrite eT in cT; split=> //; first exact: ratF_ge0.
exists T; split=> //; first exact: semidefinite_mat se.
apply: semidefinite_mat sf; rewrite -mat_add -mat_subtract -mat_multiple.
by apply: c_map22_plus; [exact: c_map22_minus | exact: c_multiple].
Qed.

Lemma c_one n : computedM (multiple_of_one rationals n (constant rationals (Zpos xH) (Zpos xH)))
  (multiple_of_one ops n (constant ops (Zpos xH) (Zpos xH))).
Proof. by apply: c_multiple; apply: c_constant. Qed.

Lemma c_rank_formula n y u t v s a k b : computedM y u -> computedM t v -> computed s a -> computed k b ->
  computed (rank_bound_formula rationals n y t s k) (rank_bound_formula ops n u v a b).
Proof.
move=> hy ht hs hk; apply: c_minus; first exact: c_inner.
by apply: c_plus; [exact: c_times | exact: c_inner (c_one n)].
Qed.

Lemma c_gram_formula n y u t v s a k b : computedM y u -> computedM t v -> computed s a -> computed k b ->
  computed (gram_bound_formula rationals n y t s k) (gram_bound_formula ops n u v a b).
Proof.
move=> hy ht hs hk; apply: c_minus; first exact: c_inner.
apply: c_plus; last by apply: c_times hk; exact: c_times.
apply: c_plus; first exact: c_inner.
apply: c_times; first exact: c_constant.
by apply: c_times hs _; exact: c_inner (c_one n).
Qed.

Lemma trace_mat n (T : 'M[F]_n) : trace_of ops n (mat T) = \tr T.
Proof.
rewrite /trace_of mat_multiple mat_dot tr_scalar_mx.
by rewrite [constant _ _ _]/= toF1 divr1 mulmx1.
Qed.

Lemma rank_formula n N (Y : 'M[F]_(n, N)) (T : 'M[F]_n) a b :
  rank_bound_formula ops n (mat Y) (mat T) a b = \tr (Y *m Y^T) - (a * b + \tr T).
Proof. by rewrite /rank_bound_formula /sum_of_squares trace_mat mat_dot. Qed.

Lemma gram_formula n (Y T : 'M[F]_n) a b :
  gram_bound_formula ops n (mat Y) (mat T) a b = \tr (Y *m Y^T) - (\tr (T *m T^T) + 2%:R * (a * \tr T) + a * a * b).
Proof.
rewrite /gram_bound_formula /sum_of_squares trace_mat !mat_dot; congr (_ - (_ + _ * _ + _)).
by rewrite [constant _ _ _]/= toF1 divr1.
Qed.

Lemma computed_swap a v : computed a v -> wf_number (swap a) /\ ratF F (swap a) = v.
Proof. by case/computedE=> w ->. Qed.

(** ** Nodes *)

Section At.
Variable y : 'rV[F]_(dimension c).
Let R := results_at y.
Let same := results_shape wfc y.

Lemma fixed_value_sound k m : fixed_value c k = Some m -> computedM m (position R k).
Proof.
pose w : 'rV[F]_0 := 0.
have cc n d : Z.lt Z0 d -> bounded w (constant (fractions tangents) n d) (constant ops n d).
  by move=> h; exact: (fraction_constant (tangents_respected w) n h).
have FR : Forall2 (Forall2 (Forall2 (bounded w))) (results_fixed c) R.
  apply: (R_run cc) => //.
  - by move=> a b u v; exact: (fraction_plus (tangents_respected w)).
  - by move=> a b u v; exact: (fraction_minus (tangents_respected w)).
  - by move=> a b u v; exact: (fraction_times (tangents_respected w)).
  - exact: (R_fill cc).
rewrite /fixed_value; case: ifP => // al [<-]; elim: (R_position k FR) al => //= r r' s s' rr _ ih /andP[ar /ih h].
constructor=> //; elim: rr ar => //= a v q q' [d0 av] _ ih' /andP[fa /ih' h']; constructor=> //; split=> //=.
exact: is_fixed_sound fa av.
Qed.

Lemma is_reciprocal_sound r : is_reciprocal c r ->
  scalar ops (position (fill ops (coordinate y) 0 (inputs c)) r.2) = (scalar ops (position R r.1))^-1 /\
  scalar ops (position R r.1) != 0.
Proof.
rewrite /is_reciprocal; case E: (fixed_value c r.1) => [[|[|a [|? ?]] [|? ?]]|] //; case D: (nth _ _ _) => [m|] //.
case en: (entries m) => [|[|z [|? ?]] [|? ?]] // /Z.eqb_spec/(congr1 toF); rewrite !toFM => e.
have wm : wf_matrix m.
  have [lt|ge] := ltnP (Z.to_nat r.2) (size (inputs c)); last by rewrite nth_default in D.
  by have := all_nthP (Weight Z0 Z0) wi _ lt; rewrite D.
rewrite [position (fill _ _ _ _) _](fill_data _ _ D) /embed en /=.
have := fixed_value_sound E; move: (position R r.1) => u h.
inversion h as [|? ? ? ? hr hm]; subst; inversion hr as [|? v ? ? [d0 av] hr']; subst; rewrite /scalar /=.
have dn := lt0r_neq0 (toF_gt0 F d0); have mn := lt0r_neq0 (toF_gt0 F (Z.ltb_spec0 _ _ wm)).
have ez : v * toF z = toF (denominator m) by apply: (mulfI dn); rewrite -e -av mulrA.
have v0 : v != 0 by apply: contra_neq mn => v0; rewrite -ez v0 mul0r.
by split=> //; apply: (mulfI v0); rewrite mulrA ez !mulfV.
Qed.

Lemma shapedE k r q : certificate.same_shape (shaped vals k) (Some (r, q)) -> shaped vals k = Some (r, q).
Proof. by case: (shaped vals k) => [[r' q']|] //= /andP[/NateqP-> /NateqP->]. Qed.

Lemma rank_of_sound fuel k r q (A : 'M[F]_(r, q)) : shaped vals k = Some (r, q) -> position R k = mat A ->
  (\rank A <= rank_of c fuel k)%N.
Proof.
elim: fuel k r q A => [|fuel ih] k r q A sk ek /=; rewrite sk; have most : (\rank A <= minn r q)%N by rewrite leq_min rank_leq_row rank_leq_col.
  by [].
case E: (step _ k) => [[| |a b| |a b| | | | |]|] //; case Ea: (shaped _ a) => [[r1 q1]|] //; case Eb: (shaped _ b) => [[r2 q2]|] //.
  case: ifP => // /and4P[/NateqP e1 /NateqP e2 /NateqP e3 /NateqP e4]; subst r1 q1 r2 q2.
  have [_ _ [U eU]] := shaped_sound same Ea; have [_ _ [V eV]] := shaped_sound same Eb.
  have eA : A = U + V by apply: mat_inj; rewrite -ek (step_sound ops _ E) /= -/R eU eV mat_add.
  rewrite leq_min; apply/andP; split=> //; rewrite eA; apply: leq_trans (mxrank_add _ _) _.
  by apply: leq_add; [exact: ih Ea eU | exact: ih Eb eV].
case: ifP => // /and3P[/NateqP e1 /NateqP e2 /NateqP e3]; subst r1 r2 q2.
have [_ q0 [U eU]] := shaped_sound same Ea; have [_ _ [V eV]] := shaped_sound same Eb.
have eA : A = U *m V by apply: mat_inj; rewrite -ek (step_sound ops _ E) /= -/R eU eV mat_multiply.
rewrite leq_min; apply/andP; split=> //; rewrite eA leq_min; apply/andP; split.
  by apply: leq_trans (mxrankM_maxl _ _) _; exact: ih Ea eU.
by apply: leq_trans (mxrankM_maxr _ _) _; exact: ih Eb eV.
Qed.

Lemma size_mat r q (A : 'M[F]_(r, q)) : size (mat A) = r.
Proof. by rewrite size_map size_enum_ord. Qed.

Lemma size_head_mat r q (A : 'M[F]_(r.+1, q)) : size (head [::] (mat A)) = q.
Proof. by rewrite /mat enum_ordSl /= size_map size_enum_ord. Qed.

Lemma mat_sizes r q r' q' (A : 'M[F]_(r, q)) (B : 'M[F]_(r', q')) : (0 < r)%N -> mat A = mat B -> r = r' /\ q = q'.
Proof.
move=> r0 e; have er : r = r' by rewrite -(size_mat A) e size_mat.
by subst r'; case: r A B r0 e => // r A B _ e; split=> //; rewrite -(size_head_mat A) e size_head_mat.
Qed.

Lemma is_norm_mat k b r q (A : 'M[F]_(r, q)) : (0 < r)%N -> is_norm p vals k b -> position R b = mat A ->
  scalar ops (position R k) = \tr (A *m A^T).
Proof.
move=> r0 nk eA; have [[r' q'] sb] : exists s, shaped vals b = Some s.
  move: nk; rewrite /is_norm /one_by_one; case: (step p k) => [[| | | |a a'|a a'|a a'| |a a'|]|] //.
  - by case/and3P=> _ _; case: (shaped vals b) => // s _; exists s.
  - by case/and3P=> _ _; case: (shaped vals b) => // s _; exists s.
  - by case/andP=> _; case: (shaped vals b) => // s _; exists s.
  by case/and3P=> _ _; case: (shaped vals b) => // s _; exists s.
have [_ _ [B eB]] := shaped_sound same sb.
have eAB : mat A = mat B by rewrite -[LHS]eA -[RHS]eB.
have [er eq] := mat_sizes r0 eAB; subst r' q'; move: eAB => /mat_inj eAB.
by rewrite [position _ _](is_norm_sound same sb eB nk) eAB.
Qed.

Lemma root_sound k b : root c k = Some b -> is_norm p vals k b.
Proof. by rewrite /root; case: (step _ k) => [[| | | |a a'|a a'|a a'| |a a'|]|] //; case: ifP => // h [<-]. Qed.

Lemma distance_sound k m y' v r q (P : 'M[F]_(r, q)) : distance c k = Some (m, y', v) ->
  shaped vals m = Some (r, q) -> shaped vals y' = Some (r, q) -> position R m = mat P ->
  exists Y : 'M[F]_(r, q), computedM v (mat Y) /\ scalar ops (position R k) = \tr ((P - Y) *m (P - Y)^T).
Proof.
rewrite /distance => + sm sy em; have [r0 _ [Y eY]] := shaped_sound same sy.
case Er: (root c k) => [b|] //; have nk := root_sound Er.
case E: (step _ b) => [[| | |a a'| | | | | |]|] // h; exists Y.
have eb := step_sound ops (fill ops (coordinate y) 0 (inputs c)) E; rewrite /= -/R in eb.
case Ea': (fixed_value c a') h => [v'|].
  case=> e1 e2 e3; subst m y' v; split; first by rewrite -eY; exact: fixed_value_sound.
  by apply: (is_norm_mat r0 nk); rewrite eb em eY mat_subtract.
case Ea: (fixed_value c a) => [v'|] // [e1 e2 e3]; subst m y' v; split; first by rewrite -eY; exact: fixed_value_sound.
have -> : (P - Y) *m (P - Y)^T = (Y - P) *m (Y - P)^T by rewrite -opprB linearN /= mulNmx mulmxN opprK.
by apply: (is_norm_mat r0 nk); rewrite eb em eY mat_subtract.
Qed.

Lemma same_row_sound r s (u v : seq F) : Forall2 (@computed F) r u -> Forall2 (@computed F) s v -> size u = size v ->
  all (fun x => equal_numbers (swap x.1) (swap x.2)) (zip r s) -> u = v.
Proof.
move=> h; elim: h s v => [|a x r' u' ax _ ih] s v hs; first by case: hs.
case: hs => // b z s' v' bz sv [e] /= /andP[eq al]; rewrite (ih s' v') //; congr (_ :: _).
have [wa <-] := computed_swap ax; have [wb <-] := computed_swap bz; exact: equal_numbersP.
Qed.

Lemma same_numbers_sound a b r q (A B : 'M[F]_(r, q)) : computedM a (mat A) -> computedM b (mat B) -> same_numbers a b -> A = B.
Proof.
have sr (C : 'M[F]_(r, q)) : all (fun row => size row == q) (mat C).
  by apply/allP => row /mapP[i _ ->]; rewrite size_map size_enum_ord.
have ss : size (mat A) = size (mat B) by rewrite !size_mat.
move=> ca cb h; apply: mat_inj; move: ca cb h ss (sr A) (sr B); rewrite /same_numbers.
move: (mat A) (mat B) => u v ca; elim: ca b v => [|m x a' u' mx _ ih] b v cb; first by case: cb.
case: cb => // k z b' v' kz cb /= /andP[e h] [sz] /andP[/eqP sx su] /andP[/eqP sk sv].
by rewrite (ih b' v') // (same_row_sound mx kz) // sx sk.
Qed.

Lemma root_ge0 k b : root c k = Some b -> 0 <= scalar ops (position R k).
Proof.
move/root_sound=> nk; have [[r q] sb] : exists s, shaped vals b = Some s.
  move: nk; rewrite /is_norm /one_by_one; case: (step p k) => [[| | | |a a'|a a'|a a'| |a a'|]|] //.
  - by case/and3P=> _ _; case: (shaped vals b) => // s _; exists s.
  - by case/and3P=> _ _; case: (shaped vals b) => // s _; exists s.
  - by case/andP=> _; case: (shaped vals b) => // s _; exists s.
  by case/and3P=> _ _; case: (shaped vals b) => // s _; exists s.
have [r0 _ [B eB]] := shaped_sound same sb.
rewrite (is_norm_mat r0 nk eB); exact: trace_square_ge0.
Qed.

Lemma rank_bound_at k t solution q : rank_bound c k t solution = Some q ->
  wf_number q /\ ratF F q <= scalar ops (position R k).
Proof.
rewrite /rank_bound; case D: (distance c k) => [[[m y'] v]|]; last first.
  by case E: (root c k) => [b|] // [<-]; split=> //; rewrite /ratF /= toF0 mul0r (root_ge0 E).
case: solution => [solved|]; last first.
  case Em: (shaped _ m) => [[n N]|] //; case: ifP => // /andP[/shapedE Ey cov] [<-].
  have [n0 _ [P eP]] := shaped_sound same Em.
  have [Y [cY ->]] := distance_sound D Em Ey eP; have [_ N0 _] := shaped_sound same Ey.
  have cYY := c_multiply cY (c_transpose cY); rewrite (mat_transpose _ n0) (mat_multiply _ _ N0) in cYY.
  have [cs s0 [T [cT Tp Sp]]] := covers_sound cYY cov.
  have [wq ->] := computed_swap (c_rank_formula n cY cT cs (c_natural (rank_of c depth_of_ranks m))).
  rewrite rank_formula; split=> //.
  have := @rank_trace F n N N P 1%:M Y Y^T T (ratF F (separator t)) (rank_of c depth_of_ranks m).
  rewrite trmxK trmx1 !mul1mx mulmx1; apply=> //; exact: rank_of_sound Em eP.
case Es: (step _ m) => [[| | | |a b| | | | |]|] //; case Ex: (fixed_value c b) => [x|] //.
case Ea: (shaped _ a) => [[n i]|] //; case Eb: (shaped _ b) => [[i' N]|] //.
case: ifP => // /and5P[/NateqP ei /shapedE Ey wz sz /and3P[/shapedE Em sn cov]] [<-]; subst i'.
have [n0 i0 [P eP]] := shaped_sound same Ea; have [_ N0 [X eX]] := shaped_sound same Eb.
have eM : position R m = mat (P *m X).
  by rewrite (step_sound ops (fill ops (coordinate y) 0 (inputs c)) Es) /= -/R eP eX mat_multiply.
have [Y [cY ->]] := distance_sound D Em Ey eM.
have cX := fixed_value_sound Ex; rewrite eX in cX.
have [Z eZ] := embedded wz sz; have cZ := c_embed wz; rewrite eZ in cZ.
have cXY := c_multiply cX (c_transpose cY); rewrite (mat_transpose _ n0) (mat_multiply _ _ N0) in cXY.
have cXX := c_multiply (c_multiply cX (c_transpose cX)) cZ.
rewrite (mat_transpose _ i0) (mat_multiply _ _ N0) (mat_multiply _ _ i0) in cXX.
have eq := same_numbers_sound cXX cXY sn.
have cS := c_multiply (c_transpose cZ) cXY; rewrite (mat_transpose _ i0) (mat_multiply _ _ i0) in cS.
have [cs s0 [T [cT Tp Sp]]] := covers_sound cS cov.
have [wq ->] := computed_swap (c_rank_formula n cY cT cs (c_natural (rank_of c depth_of_ranks a))).
rewrite rank_formula; split=> //; apply: rank_trace eq _ s0 Tp Sp; exact: rank_of_sound Ea eP.
Qed.

Lemma gram_bound_at k t q : gram_bound c k t = Some q ->
  wf_number q /\ ratF F q <= scalar ops (position R k).
Proof.
rewrite /gram_bound; case D: (distance c k) => [[[m y'] v]|] //; case Eg: (gram_rows _ _ m) => [n|] //.
case: ifP => // /and3P[/shapedE Ey /shapedE Em cov] [<-].
have [r [U eU]] := gram_rows_sound same Eg.
have [Y [cY ->]] := distance_sound D Em Ey eU.
have [cs s0 [T [cT Tp Sp]]] := covers_sound cY cov.
have [wq ->] := computed_swap (c_gram_formula n cY cT cs (c_natural (rank_of c depth_of_ranks m))).
rewrite gram_formula; split=> //; apply: gram_trace s0 Tp Sp; exact: rank_of_sound Em eU.
Qed.

End At.

Theorem rank_bound_sound k t solution q : rank_bound c k t solution = Some q -> @node_bound F c (k, q).
Proof.
by move=> h; split=> [|y]; [have [] := rank_bound_at 0 h | have [] := rank_bound_at y h].
Qed.

Theorem gram_bound_sound k t q : gram_bound c k t = Some q -> @node_bound F c (k, q).
Proof.
by move=> h; split=> [|y]; [have [] := gram_bound_at 0 h | have [] := gram_bound_at y h].
Qed.

End Traces.
