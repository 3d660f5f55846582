(** Bounds by what comes nearest hold for all weights. *)
From Coq Require Import ZArith PeanoNat List.
From mathcomp Require Import ssreflect ssrfun ssrbool eqtype ssrnat seq fintype bigop.
From mathcomp Require Import order ssralg ssrnum ssrint ssrZ zmodp matrix mxalgebra ring.
From rankscape Require Import program parametricity scalars certificate convexity traces constrained nearest asymptotics expansions landscape.
From rankscape Require Import forms kyfan closest matrices evidence bounds bounds_sound soundness convexity_sound traces_sound decay_sound.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import Order.Theory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Local Arguments zero_scalar : simpl never.
Local Arguments Z.eqb : simpl never.
Local Arguments Z.mul : simpl never.

(** ** Polynomials of degree 2 at one displacement *)

Section Exact.
Variables (F : realFieldType) (n : nat) (w : 'rV[F]_n).
Notation toF := (@toF F).

Definition exact_at (a : exact) (f : unit -> F) : Prop := known a -> f tt = jet_function (value_jet a) w.

Let affine j : is_affine j -> expansions.quadratic (jet_quadratic j) w = 0.
Proof. by rewrite /is_affine; case: (jet_quadratic j). Qed.
Let number j : is_number j -> expansions.quadratic (jet_quadratic j) w = 0 /\ linear (jet_linear j) w = 0.
Proof. by case/andP=> /affine->; case: (jet_linear j). Qed.

Lemma exact_at_respected : respected exacts exact_at.
Proof.
split=> /=.
- by move=> a f g e h k; rewrite -e h.
- by move=> z _; rewrite /jet_function /= !addr0.
- by move=> z a f h k; rewrite jet_scale_sound h.
- by move=> a b f g ha hb /andP[ka kb]; rewrite jet_plus_sound ha ?hb.
- by move=> a b f g ha hb /andP[ka kb]; rewrite jet_plus_sound jet_scale_sound toFN1 mulN1r ha ?hb.
move=> [ka [u g h]] [kb [v g' h']] f f' ha hb /and3P[/= ta tb deg]; rewrite (ha ta) (hb tb) /jet_function /=.
rewrite toFM linear_plus_sound !quadratic_plus_sound outer_sound !linear_scale_sound !quadratic_scale_sound.
case/or3P: deg => [/andP[/affine /= -> /affine /= ->]|/number[/= -> ->]|/number[/= -> ->]]; ring.
Qed.

Definition exactly (a : Z * exact) (v : F) : Prop := fraction_of exact_at a (fun=> v).

Lemma x_constant z d : Z.lt Z0 d -> exactly (constant (fractions exacts) z d) (constant (field_operations F) z d).
Proof. by move=> h; exact: (fraction_constant exact_at_respected z h). Qed.
Lemma x_plus a u b v : exactly a u -> exactly b v -> exactly (plus (fractions exacts) a b) (plus (field_operations F) u v).
Proof. exact: (fraction_plus exact_at_respected). Qed.
Lemma x_minus a u b v : exactly a u -> exactly b v -> exactly (minus (fractions exacts) a b) (minus (field_operations F) u v).
Proof. exact: (fraction_minus exact_at_respected). Qed.
Lemma x_times a u b v : exactly a u -> exactly b v -> exactly (times (fractions exacts) a b) (times (field_operations F) u v).
Proof. exact: (fraction_times exact_at_respected). Qed.

Lemma F2_entries (A B C D : Type) (Q : A -> B -> Prop) (S : C -> D -> Prop) (f : A -> C) (g : B -> D) m v :
  (forall a b, Q a b -> S (f a) (g b)) -> Forall2 (Forall2 Q) m v -> Forall2 (Forall2 S) (map_entries f m) (map_entries g v).
Proof. by move=> h; elim=> //= r s m' v' rs _ ih; constructor=> //; elim: rs => //= a b r' s' ab _ ih'; constructor=> //; exact: h. Qed.

Lemma x_displaced a v : bounded w a v -> exactly (displaced_exactly a) v.
Proof.
case: a => d [b z s] [/= d0 h]; split=> //= k; rewrite /jet_function /= addr0.
by move: k h; rewrite /is_exact /tangent_of /=; case: b.
Qed.

Lemma x_lift a (v : F) : computed a v -> exactly (constant (fractions exacts) a.2 a.1) v.
Proof.
case=> d0 h; apply: fraction_ext (x_constant a.2 d0); first exact: exact_at_respected.
by move=> t /=; rewrite -h mulrAC mulfV ?mul1r // lt0r_neq0 // toF_gt0.
Qed.

Lemma x_inner a b u v : Forall2 (Forall2 exactly) a u -> Forall2 (Forall2 exactly) b v ->
  exactly (inner (fractions exacts) a b) (inner (field_operations F) u v).
Proof.
move=> h h'; apply: (R_total x_constant x_plus).
elim: h b v h' => [|x y a' b' xy _ ih] d e; first by case=> *; constructor.
case=> [|z v d' e' zv de] /=; constructor; last exact: ih.
exact: (R_dot x_constant x_plus x_times).
Qed.

Lemma delta_row_sound r u v k : Forall2 (@computed F) r u -> size v = size u -> differences w k v u ->
  Forall2 exactly [seq displacement a | a <- displaced_row k r] (map2 (minus (field_operations F)) v u).
Proof.
move=> h; elim: h v k => [|a b r' u' [d0 ab] _ ih] [|x v] k //= [s] df; constructor.
  split=> //= _; rewrite /jet_function /= toF0 !addr0 add0r; have := df 0%N isT; rewrite addn0 /= => ->; ring.
by apply: ih => // i lt; have := df i.+1 lt; rewrite /= addSnnS.
Qed.

Lemma delta_sound m u v k : Forall2 (Forall2 (@computed F)) m u -> bounds_sound.same_shape m v ->
  differences w k (seq.flatten v) (seq.flatten u) ->
  Forall2 (Forall2 exactly) (map_entries displacement (displaced k m)) (map22 (minus (field_operations F)) v u).
Proof.
move=> h; elim: h v k => [|a b m' u' ab _ ih] v k sh; first by inversion sh; constructor.
have [x [v' [-> hx hv]]] := F2_cons sh; have sx : size x = size b by rewrite -(F2_size hx) (F2_size ab).
move=> /= /differences_cat[//|df df']; constructor; first exact: (delta_row_sound ab sx df).
by apply: (ih _ _ hv); rewrite (F2_size hx).
Qed.

End Exact.

Section Nearest.
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
Let sp : size (flatten (weights c)) = dimension c. Proof. by case/and5P: wfc => _ _ _ /NateqP. Qed.

Lemma fill_ext (x y : nat -> F) k s : x =1 y -> fill ops x k s = fill ops y k s.
Proof.
move=> e; elim: s k => [|[m|r q] s ih] k //=; rewrite ih //; congr (_ :: _).
by apply: eq_map => i; apply: eq_map => j.
Qed.

(** What is computed at the point is so there. *)
Lemma computed_here k : computedM (position vals k) (position (results_at (point F c)) k).
Proof.
have -> : results_at (point F c) = results_here F c.
  by rewrite /results_at /results_here; congr (run _ _ _ _); apply: fill_ext => i; rewrite vector_coordinate ?sp.
exact: (R_position _ (results_computed F wfc)).
Qed.

Lemma in_rows_size r s (g : seq Z) : size g = (r * s)%N -> size (in_rows r s g) = r /\ all (fun l => size l == s) (in_rows r s g).
Proof.
elim: r g => //= r ih g sg; have [|sr ar] := ih (drop s g); first by rewrite size_drop sg mulSn addKn.
by rewrite sr ar andbT size_takel // sg mulSn leq_addr.
Qed.

Lemma c_gradient d r s (g : seq Z) : Z.lt Z0 d -> size g = (r * s)%N ->
  computedM (over_denominator d (in_rows r s g)) (mat ((toF d)^-1 *: coefficients F r s g)).
Proof.
move=> d0 /in_rows_size[sr ar]; pose m : matrix F := map_entries (fun z => toF z / toF d) (in_rows r s g).
have -> : mat ((toF d)^-1 *: coefficients F r s g) = m.
  have am : all (fun row => size row == s) m by rewrite all_map; apply: sub_all ar => l /=; rewrite size_map.
  rewrite -(@of_rowsK F r s m) ?size_map //; congr (mat _); apply/matrixP => i j; rewrite !mxE /entry.
  have si : size (nth [::] (in_rows r s g) i) = s by apply/eqP; move/all_nthP: ar; apply; rewrite sr.
  by rewrite (nth_map [::]) ?sr // (nth_map Z0) ?si // mulrC.
apply: F2_map => l; apply: F2_map => z; exact: c_fraction.
Qed.

Lemma grows_sound k q r s (A : 'M[F]_r) (B : 'M[F]_s) a b e v g (P : 'M[F]_(r, s)) :
  shaped vals q = Some (r, s) -> computedM a (mat A) -> computedM b (mat B) -> position (results_at (point F c)) q = mat P ->
  grows c k q r s a b e = Some (v, g) ->
  wf_number v /\ exists G : 'M[F]_(r, s), computedM g (mat G) /\ forall (y : 'rV[F]_(dimension c)) (X : 'M[F]_(r, s)), position (results_at y) q = mat X ->
    ratF F v + \tr (G *m (X - P)^T) + \tr (A *m (X - P) *m B *m (X - P)^T) <= scalar ops (position (results_at y) k).
Proof.
move=> sq ca cb eP; rewrite /grows /parabola -/vals; set leaf := displaced 0 _; set e0 := fractions exacts.
set moved := fill _ _ _ _ ++ _; set n := size (seq.flatten _).
case E: (minus e0 _ _) => [d [kn [u gr h]]]; rewrite /=; case: ifP => // /andP[kt ib].
case D: (dense _ _ gr) => [g'|] //; case Dh: (dense _ _ h) => [h'|] //; case Dm: (dense_rows _ h') => [m|] //=.
case: ifP => // sd [<- <-].
have [r0 s0 _] := shaped_sound (results_shape wfc (point F c)) sq.
have en : n = (r * s)%N.
  by rewrite /n (size_flatten_shape (R_position q (results_shape wfc (point F c)))) eP flatten_mat.
rewrite -en in sd.
pose diff (X : 'M[F]_(r, s)) : 'rV[F]_n := \row_i (nth 0 (seq.flatten (mat X)) i - nth 0 (seq.flatten (mat P)) i).
have cP : computedM (position vals q) (mat P) by rewrite -eP; exact: computed_here.
have main (y : 'rV[F]_(dimension c)) (X : 'M[F]_(r, s)) : position (results_at y) q = mat X ->
  Z.lt Z0 d /\ toF d * (scalar ops (position (results_at y) k) - \tr (A *m (X - P) *m B *m (X - P)^T)) = jet_function (Jet u gr h) (diff X).
  move=> eX; set w := diff X.
  have df : differences w 0 (seq.flatten (mat X)) (seq.flatten (mat P)).
    by move=> i; rewrite flatten_mat -en add0n => lt; rewrite /coordinate insubT mxE.
  have shX : bounds_sound.same_shape (position vals q) (mat X) by rewrite -eX; exact: (R_position q (results_shape wfc y)).
  have xc := x_constant w.
  have FL : Forall2 (Forall2 (exactly w)) (map_entries displaced_exactly leaf) (mat X).
    have := displaced_sound cP shX df; rewrite -/leaf; elim=> //= l v0 m0 v1 lv _ ih; constructor=> //.
    by elim: lv => //= a0 b0 l' v' ab _ ih'; constructor=> //; exact: x_displaced.
  have FD : Forall2 (Forall2 (exactly w)) (map_entries displacement leaf) (mat (X - P)).
    by rewrite -mat_subtract; exact: delta_sound.
  have FI : Forall2 (Forall2 (Forall2 (exactly w))) moved (fill ops (coordinate y) 0 (inputs c) ++ [:: mat X]).
    by apply: Forall2_app; [exact: (R_fill xc) | constructor].
  have FR : Forall2 (Forall2 (Forall2 (exactly w))) (eval e0 moved (cut_all [:: q] (size (inputs c)) 0 p))
    (run ops (fill ops (coordinate y) 0 (inputs c) ++ [:: mat X]) [::] (cut_all [:: q] (size (inputs c)) 0 p)).
    by apply: (R_run xc (@x_plus F n w) (@x_minus F n w) (@x_times F n w)) => //; exact: cut_wf.
  have sf : size (fill ops (coordinate y) 0 (inputs c)) = size (inputs c) by exact: size_fill.
  have ec := @cut_sound F ops (fill ops (coordinate y) 0 (inputs c)) [:: mat X] [:: q] p [::] (results_at y) erefl.
  rewrite sf in ec; rewrite {}ec // in FR; last by case.
  have lift N' m0 (M : 'M[F]_(N', m0)) l : computedM l (mat M) ->
    Forall2 (Forall2 (exactly w)) (map_entries (fun z : Z * Z => constant e0 z.2 z.1) l) (mat M).
    elim=> //= l0 v0 m1 v1 lv _ ih; constructor=> //.
    by elim: lv => //= a0 b0 l' v' ab _ ih'; constructor=> //; exact: x_lift.
  have mul a1 b1 u1 v1 := @R_multiply _ _ e0 ops (exactly w) xc (@x_plus F n w) (@x_times F n w) a1 b1 u1 v1.
  have := x_minus (R_scalar xc (R_position k FR)) (x_inner (mul _ _ _ _ (mul _ _ _ _ (lift _ _ A a ca) FD) (lift _ _ B b cb)) FD).
  rewrite E (mat_multiply _ _ r0) (mat_multiply _ _ s0) /inner mat_dot => -[d0 hx]; split=> //; exact: hx.
have [d0 _] := main (point F c) P eP; have dn0 := lt0r_neq0 (toF_gt0 F d0).
split; first exact/Z.ltb_spec0.
have [sg _] := dense_sound (0 : 'rV[F]_n) (toF0 F) D; rewrite en in sg.
exists ((toF d)^-1 *: coefficients F r s g'); split; first exact: c_gradient.
move=> y X eX; have [_ h1] := main y X eX.
have [_ el] := dense_sound (diff X) (toF0 F) D.
have q0 : 0 <= expansions.quadratic h (diff X).
  have := over_denominator_sound d0 sd (diff X); rewrite (symmetrized_sound _ Dh Dm).
  by rewrite pmulr_rge0 ?ltr0Sn.
have lin : linear gr (diff X) = \tr (coefficients F r s g' *m (X - P)^T).
  rewrite [linear gr _]el [(X - P)^T]linearB /= mulmxBr linearB /= -!pairing_mat !(@pairing_sum F n) ?flatten_mat // -sumrB.
  by apply: eq_bigr => i _; rewrite mxE mulrBr.
move: h1; rewrite /jet_function /= lin -scalemxAl linearZ /= => h1.
have -> : scalar ops (position (results_at y) k) = \tr (A *m (X - P) *m B *m (X - P)^T) +
  (toF d)^-1 * (toF u + \tr (coefficients F r s g' *m (X - P)^T) + expansions.quadratic h (diff X)).
  by rewrite -h1 mulKf // addrC subrK.
rewrite /ratF /= -subr_ge0; set z := expansions.quadratic _ _ in q0 *.
move: (\tr (A *m _ *m _ *m _)) (\tr (coefficients _ _ _ _ *m _)) => t1 t2; have -> : t1 + (toF d)^-1 * (toF u + t2 + z) - (toF u / toF d + (toF d)^-1 * t2 + t1) = (toF d)^-1 * z.
  by field; exact: dn0.
by rewrite mulr_ge0 // invr_ge0 ltW // toF_gt0.
Qed.

Lemma leb_sound x (v : F) : computed x v -> Z.leb Z0 x.2 -> 0 <= v.
Proof. by case=> d0 h /Z.leb_spec0/(@toF_le F); rewrite -h toF0 pmulr_rge0 ?toF_gt0. Qed.

Lemma nonnegative_matrix_sound n m e : (0 < n)%N -> nonnegative_matrix n m e -> exists A : 'M[F]_n, [/\ computedM (embed rationals m) (mat A), A^T = A & nonneg A].
Proof.
move=> n0 /and4P[wm sm sn sd]; have [A eA] := embedded F wm sm; have cA := c_embed F wm; rewrite eA in cA.
exists A; split=> //; last exact: (semidefinite_mat cA sd).
by have cT := c_transpose cA; rewrite (mat_transpose _ n0) in cT; exact: same_numbers_sound cT cA sn.
Qed.

Lemma c_twice a r s (A : 'M[F]_(r, s)) : computedM a (mat A) -> computedM (twice rationals a) (mat (A + A)).
Proof. by move=> h; rewrite -mat_add; exact: c_map22_plus. Qed.

Lemma c_product a b r s t (A : 'M[F]_(r, s)) (B : 'M[F]_(s, t)) : (0 < s)%N -> computedM a (mat A) -> computedM b (mat B) ->
  computedM (multiply rationals a b) (mat (A *m B)).
Proof. by move=> s0 ha hb; rewrite -(mat_multiply _ _ s0); exact: c_multiply. Qed.

Lemma c_turned a r s (A : 'M[F]_(r, s)) : (0 < r)%N -> computedM a (mat A) -> computedM (transpose rationals a) (mat A^T).
Proof. by move=> r0 ha; rewrite -(mat_transpose _ r0); exact: c_transpose. Qed.

Lemma c_sum a b r s (A B : 'M[F]_(r, s)) : computedM a (mat A) -> computedM b (mat B) -> computedM (map22 (plus rationals) a b) (mat (A + B)).
Proof. by move=> ha hb; rewrite -mat_add; exact: c_map22_plus. Qed.

Lemma c_difference a b r s (A B : 'M[F]_(r, s)) : computedM a (mat A) -> computedM b (mat B) -> computedM (map22 (minus rationals) a b) (mat (A - B)).
Proof. by move=> ha hb; rewrite -mat_subtract; exact: c_map22_minus. Qed.

Lemma c_times_matrix x v a r s (A : 'M[F]_(r, s)) : computed x v -> computedM a (mat A) -> computedM (mapm (times rationals x) a) (mat (v *: A)).
Proof. by move=> hx ha; rewrite -mat_scale; exact: c_scaled. Qed.

Lemma c_trace a b r s (A B : 'M[F]_(r, s)) : computedM a (mat A) -> computedM b (mat B) -> computed (inner rationals a b) (\tr (A *m B^T)).
Proof. by move=> ha hb; rewrite -mat_dot; exact: c_inner. Qed.

Let trB n (A B : 'M[F]_n) : \tr (A - B) = \tr A - \tr B. Proof. exact: linearB. Qed.

Theorem nearest_of_rank_sound k q e v : nearest_of_rank c k q e = Some v -> @node_bound F c (k, v).
Proof.
rewrite /nearest_of_rank -/vals; case sq: (shaped vals q) => [[r s]|] //.
case eg: (grows _ _ _ _ _ _ _ _) => [[v' g]|] //; case: ifP => // /and5P[nA nB nT wx /and5P[sx s0 sn sr lt]] [<-] {v}.
have [r0 q0 [P eP]] := shaped_sound (results_shape wfc (point F c)) sq.
have cP : computedM (position vals q) (mat P) by rewrite -eP; exact: computed_here.
have [A [cA As hA]] := nonnegative_matrix_sound r0 nA; have [B [cB Bs hB]] := nonnegative_matrix_sound q0 nB.
have [T [cT Ts hT]] := nonnegative_matrix_sound r0 nT.
have [N eN] := embedded F wx sx; have cN := c_embed F wx; rewrite eN in cN.
have [wv [G [cG low]]] := grows_sound sq cA cB eP eg; split=> // y.
have [_ _ [X eX]] := shaped_sound (results_shape wfc y) sq; have := low y X eX; apply: le_trans.
rewrite -addrA ler_addl; set z := ratF F (separator (rank_cover e)); have z0 : 0 <= z by case/andP: s0; exact: ratF_ge0.
have cz : computed (at_rationals (separator (rank_cover e))) z by case/andP: s0 => ws _; exact: c_number.
have cAN := c_product r0 cA cN; have cANB := c_product q0 cAN cB; have cAPB := c_product q0 (c_product r0 cA cP) cB.
have eG := same_numbers_sound (c_sum cG (c_twice cANB)) (c_twice cAPB) sn.
have hr : nonneg (A *m T *m A + z *: A - A *m N *m B *m N^T *m A).
  apply: semidefinite_mat sr; apply: c_difference; first by apply: c_sum (c_times_matrix cz cA); do !apply: c_product => //.
  by apply: c_product => //; apply: c_product (c_turned r0 cN).
have rk := rank_of_sound wfc depth_of_ranks sq eX.
have lt' := leb_sound (c_minus (c_minus (c_trace cAPB cP) (c_trace cG cP)) (c_plus (c_trace cT cA) (c_times cz (c_natural F _)))) lt.
have := closest_rank As hA Bs hB Ts hT z0 hr rk; move: lt'; rewrite As.
have sym : \tr (A *m X *m B *m P^T) = \tr (A *m P *m B *m X^T).
  by rewrite -mxtrace_tr !trmx_mul trmxK As Bs !mulmxA mxtrace_mulC !mulmxA.
have eGX : \tr (G *m X^T) = 2%:R * \tr (A *m P *m B *m X^T) - 2%:R * \tr (A *m N *m B *m X^T).
  have -> : G = (A *m P *m B + A *m P *m B) - (A *m N *m B + A *m N *m B) by rewrite -eG addrK.
  by rewrite mulmxBl !mulmxDl trB !mxtraceD; move: (\tr _) (\tr _) => *; ring.
have -> : \tr (G *m (X - P)^T) = \tr (G *m X^T) - \tr (G *m P^T) by rewrite [(X - P)^T]linearB /= mulmxBr trB.
have -> : \tr (A *m (X - P) *m B *m (X - P)^T) = \tr (A *m X *m B *m X^T) - \tr (A *m P *m B *m X^T) - (\tr (A *m X *m B *m P^T) - \tr (A *m P *m B *m P^T)).
  have e3 (U V : 'M[F]_(r, s)) : \tr ((U - V) *m (X - P)^T) = \tr (U *m X^T) - \tr (V *m X^T) - (\tr (U *m P^T) - \tr (V *m P^T)).
    by rewrite [(X - P)^T]linearB /= mulmxBr (mulmxBl U V X^T) (mulmxBl U V P^T) !trB.
  by rewrite -e3 mulmxBr mulmxBl.
rewrite eGX sym; move: (rank_of _ _ _) => kk; rewrite [plus _ _ _]/= [minus _ _ _]/=.
move: (\tr (A *m X *m B *m X^T)) (\tr (A *m P *m B *m X^T)) (\tr (A *m N *m B *m X^T)) (\tr (A *m P *m B *m P^T)) (\tr (G *m P^T)) (\tr (T *m A)) => xx px nx pp gp t.
move: (z * _) => zk lt1; rewrite -subr_ge0 => lt2; have h := addr_ge0 lt1 lt2.
by apply: le_trans h _; rewrite le_eqVlt; apply/orP; left; apply/eqP; ring.
Qed.


(** ** Bounded signature *)

Lemma computed_value a v : computedM a v -> v = map_entries (fun q => ratF F (swap q)) a.
Proof.
elim=> //= r u a' v' ru _ ->; congr (_ :: _); elim: ru => //= q x r' u' /computed_swap[_ <-] _ -> //.
Qed.

Lemma congruence_of_matrices_sound q u d n0 w : congruence_of_matrices c q = Some (u, d) -> shaped vals u = Some (n0, w) -> shaped_as w w d ->
  exists D : 'M[F]_w, computedM d (mat D) /\ forall y : 'rV[F]_(dimension c), exists U : 'M[F]_(n0, w), position (results_at y) q = mat (U *m D *m U^T).
Proof.
move=> ec su sd.
have [n1 w0 _] := shaped_sound (results_shape wfc (point F c)) su.
suff [D cD]: exists D : 'M[F]_w, computedM d (mat D).
  exists D; split=> // y; have [_ _ [U eU]] := shaped_sound (results_shape wfc y) su; exists U.
  move: ec; rewrite /congruence_of_matrices; case E: (step _ q) => [[| | | |a b| | | | |]|] //.
  case Eb: (step _ b) => [[| | | | | | | | |u1]|] //; case Ea: (step _ a) => [[| | | |u2 m| | | |t u2|]|] //.
    case: Z.eqb_spec => // eu; case Em: (fixed_value c m) => [d'|] // [e1 e2]; subst u2 u1 d'.
    have eD : position (results_at y) m = mat D by rewrite (computed_value cD) (computed_value (fixed_value_sound wfc y Em)).
    rewrite (step_sound ops _ E) /= (step_sound ops _ Ea) (step_sound ops _ Eb) /= -/(results_at y) eU eD.
    by rewrite (mat_transpose _ n1) !mat_multiply.
  case: ifP => // /andP[/Z.eqb_spec eu ot]; case Em: (fixed_value c t) => [m|] //.
  case Eu: (shaped _ u1) => [[n2 w2]|] // [e1 e2]; subst u2 u1 d; move: Eu; rewrite -/vals su => -[_ e3]; subst w2.
  have [x ex] := one_by_one_sound (results_shape wfc y) ot.
  have cm := fixed_value_sound wfc y Em; rewrite ex in cm.
  have cx : computed (scalar rationals m) x by have := R_scalar (@c_constant F) cm.
  have eD : D = x%:M.
    by apply: mat_inj; rewrite (computed_value cD) -mat_multiple; apply/esym/computed_value; exact: c_multiple.
  rewrite (step_sound ops _ E) /= (step_sound ops _ Ea) (step_sound ops _ Eb) /= -/(results_at y) eU ex /scalar /= mat_scale.
  by rewrite (mat_transpose _ n1) mat_multiply // eD mul_mx_scalar.
pose D0 := map_entries (fun z : Z * Z => ratF F (swap z)) d.
have sh : bounds_sound.same_shape d D0.
  by rewrite /D0; elim: (d) => //= r d' ih; constructor=> //; elim: (r) => //= z r' ih'; constructor.
have [_ _ eD] : [/\ (0 < w)%N, (0 < w)%N & mat (of_rows w w D0) = D0].
  apply: shape_transfer sh _; move: sd; rewrite /shaped_as; case: (shape_of d) => [[r' q']|] //= /andP[/NateqP-> /NateqP->] //.
exists (of_rows w w D0); rewrite eD.
have cd : exists v, computedM d v.
  pose y : 'rV[F]_(dimension c) := point F c; move: ec; rewrite /congruence_of_matrices.
  case E: (step _ q) => [[| | | |a b| | | | |]|] //; case Eb: (step _ b) => [[| | | | | | | | |u1]|] //.
  case Ea: (step _ a) => [[| | | |u2 m| | | |t u2|]|] //.
    case: ifP => // _; case Em: (fixed_value c m) => [d'|] // [_ <-]; by exists (position (results_at y) m); exact: (fixed_value_sound wfc y Em).
  case: ifP => // _; case Em: (fixed_value c t) => [m|] //; case: (shaped _ _) => [[? w']|] // [_ <-].
  have cm := fixed_value_sound wfc y Em; exists (multiple_of_one ops w' (scalar ops (position (results_at y) t))); apply: c_multiple.
  exact: (R_scalar (@c_constant F) cm).
by have [v cv] := cd; rewrite /D0 -(computed_value cv).
Qed.

Lemma numbers_sound k a b (y : 'rV[F]_(dimension c)) : numbers c k = Some (a, b) ->
  [/\ shaped vals a = Some (1, 1)%N, shaped vals b = Some (1, 1)%N &
      exists A B : 'M[F]_1, [/\ position (results_at y) a = mat A, position (results_at y) b = mat B & position (results_at y) k = mat (A *m B)]].
Proof.
rewrite /numbers -/vals; case Ef: (factors _ _ k) => [[a' b']|] //; case: ifP => // /andP[/shapedE sa /shapedE sb] [e1 e2]; subst a' b'.
split=> //; have same := results_shape wfc y.
have [_ _ [A eA]] := shaped_sound same sa; have [_ _ [B eB]] := shaped_sound same sb; exists A, B; split=> //.
exact: (factors_sound same sa sb Ef eA eB).
Qed.

Lemma multiple_of_number_sound k x m : multiple_of_number c k x = Some m -> shaped vals x = Some (1, 1)%N ->
  exists D : 'M[F]_1, computedM m (mat D) /\
  forall (y : 'rV[F]_(dimension c)) (X : 'M[F]_1), position (results_at y) x = mat X -> position (results_at y) k = mat (D *m X).
Proof.
rewrite /multiple_of_number; case En: (numbers c k) => [[a b]|] // h sx.
have fixed t : fixed_value c t = Some m -> shaped vals t = Some (1, 1)%N ->
  exists D : 'M[F]_1, computedM m (mat D) /\ forall y : 'rV[F]_(dimension c), position (results_at y) t = mat D.
  move=> Em st; have [_ _ [D eD]] := shaped_sound (results_shape wfc (point F c)) st.
  have cD := fixed_value_sound wfc (point F c) Em; rewrite [position _ _]eD in cD; exists D; split=> // y.
  by rewrite (computed_value (fixed_value_sound wfc y Em)) (computed_value cD).
have [sa sb _] := numbers_sound (point F c) En.
move: h; case: Z.eqb_spec => [ea Em|_].
  subst a; have [D [cD eD]] := fixed b Em sb; exists D; split=> // y X eX.
  have [_ _ [A [B [eA eB ->]]]] := numbers_sound y En; congr (mat _).
  have -> : A = X by apply: mat_inj; rewrite -eA.
  have -> : B = D by apply: mat_inj; rewrite -eB.
  by apply/matrixP => i j; rewrite !ord1 !mul11 mulrC.
case: Z.eqb_spec => // eb Em; subst b; have [D [cD eD]] := fixed a Em sa; exists D; split=> // y X eX.
have [_ _ [A [B [eA eB ->]]]] := numbers_sound y En; congr (mat (_ *m _)); apply: mat_inj; first by rewrite -eA.
by rewrite -eB.
Qed.

Lemma congruence_sound q u d n0 w : congruence c q = Some (u, d) -> shaped vals u = Some (n0, w) -> shaped_as w w d ->
  exists D : 'M[F]_w, computedM d (mat D) /\ forall y : 'rV[F]_(dimension c), exists U : 'M[F]_(n0, w), position (results_at y) q = mat (U *m D *m U^T).
Proof.
rewrite /congruence; case Es: (square_of_number c q) => [s|]; last exact: congruence_of_matrices_sound.
move=> [es] su _; subst s; move: Es; rewrite /square_of_number; case En: (numbers c q) => [[a b]|] //.
have [sa sb _] := numbers_sound (point F c) En.
case Em: (multiple_of_number c b a) => [m|].
  move=> [e1 e2]; subst a m; move: su; rewrite sa => -[e1 e2]; subst n0 w.
  have [D [cD mD]] := multiple_of_number_sound Em sa; exists D; split=> // y.
  have [_ _ [A [B [eA eB ->]]]] := numbers_sound y En; exists A; congr (mat _).
  have -> : B = D *m A by apply: mat_inj; rewrite -eB; exact: mD.
  by apply/matrixP => i j; rewrite !ord1 !mul11 [A^T 0 0]mxE mulrA.
case Em': (multiple_of_number c a b) => [m|] // [e1 e2]; subst b m; move: su; rewrite sb => -[e1 e2]; subst n0 w.
have [D [cD mD]] := multiple_of_number_sound Em' sb; exists D; split=> // y.
have [_ _ [A [B [eA eB ->]]]] := numbers_sound y En; exists B; congr (mat _).
have -> : A = D *m B by apply: mat_inj; rewrite -eA; exact: mD.
by apply/matrixP => i j; rewrite !ord1 !mul11 [B^T 0 0]mxE [B 0 0 * D 0 0]mulrC.
Qed.

Lemma rows_total (l : seq (seq F)) w (C : 'M[F]_(size l, w)) (i j : 'I_w) : C = of_rows (size l) w l ->
  total ops [seq nth 0 r i * nth 0 r j | r <- l] = (C^T *m C) i j.
Proof.
move=> ->; rewrite total_sum (big_nth [::]) big_mkord mxE; apply: eq_bigr => k _; by rewrite !mxE.
Qed.

Lemma side_sound n w target d e (N : 'M[F]_n) (D : 'M[F]_w) : (0 < n)%N -> computedM target (mat N) -> computedM d (mat D) ->
  side_holds n w target d e -> let l := ratF F (level e) in
  exists E Y (C : 'M[F]_(size (entries (vanishing e)), w)),
  [/\ [/\ E^T = E, E *m E = E, Y^T = Y & E *m Y = Y],
      [/\ 0 <= l, (forall v, v *m C^T = 0 -> 0 <= form D v), nonneg Y, nonneg (l *: Y - Y *m Y) & nonneg (E *m (- N - Y) *m E)] &
      computed (side_value e) (\tr (Y *m Y) - l * l * (size (entries (vanishing e)))%:R)].
Proof.
move=> n0 cN cD /and5P[wv sv wE sE /and5P[sn si nY sy /and3P[l0 sl sb]]] l.
have [E eE] := embedded F wE sE; have cE := c_embed F wE; rewrite eE in cE.
have [Y [cY Ys hY]] := nonnegative_matrix_sound n0 nY.
have l1 : 0 <= l by case/andP: l0; exact: ratF_ge0.
have cl : computed (at_rationals (level e)) l by case/andP: l0 => wl _; exact: c_number.
have cL := c_embed F wv; set LF := embed ops _ in cL.
have sL : size (entries (vanishing e)) = size LF by rewrite size_map.
have [C eC] : exists C, C = of_rows (size LF) w LF by eexists.
have sv' : forall v, 0 <= form (D + C^T *m C) v.
  apply: semidefinite_sound sv => i j.
  have -> : nth (Zpos xH, Z0) (nth [::] (plus_squares w d (embed rationals (vanishing e))) i) j =
    plus rationals (nth (Zpos xH, Z0) (nth [::] d i) j) (total rationals [seq times rationals (nth (Zpos xH, Z0) r i) (nth (Zpos xH, Z0) r j) | r <- embed rationals (vanishing e)]).
    by rewrite /plus_squares (nth_map 0%N) ?size_iota // (nth_map 0%N) ?size_iota // !nth_iota.
  have z1 : computed (Zpos xH, Z0) (0 : F) by split=> //=; rewrite /integer_of mulr0.
  rewrite mxE -(rows_total i j eC); apply: c_plus.
    have -> : D i j = nth 0 (nth [::] (mat D) i) j.
      by rewrite (nth_map i) ?size_enum_ord // (nth_map j) ?size_enum_ord // !nth_ord_enum.
    by apply: F2_nth z1; apply: F2_nth cD _; constructor.
  apply: (R_total (@c_constant F) (@c_plus F)); elim: cL => //= r u a v ru _ ih; constructor=> //.
  by apply: c_times; apply: F2_nth z1.
exists E, Y; rewrite sL; exists C; split; [split=> //|split=> //|].
- exact: same_numbers_sound (c_turned n0 cE) cE sn.
- exact: same_numbers_sound (c_product n0 cE cE) cE si.
- exact: same_numbers_sound (c_product n0 cE cY) cY sy.
- move=> v v0; have := sv' v; rewrite /form mulmxDr mulmxDl mulmxA v0 !mul0mx addr0; exact.
- by apply: semidefinite_mat sl; apply: c_difference; [exact: c_times_matrix | exact: c_product].
- apply: semidefinite_mat sb; apply: c_product => //; apply: c_product => //; apply: c_difference => //.
  have -> : - N = (- 1) *: N by rewrite scaleN1r.
  apply: c_times_matrix => //; by split=> //=; rewrite /integer_of /= toF1 mul1r toFN1.
rewrite -sL; apply: c_minus; last by apply: c_times (c_natural F _); exact: c_times.
have -> : \tr (Y *m Y) = \tr (Y *m Y^T) by rewrite Ys.
exact: c_trace.
Qed.

Theorem nearest_of_signature_sound k q e v : nearest_of_signature c k q e = Some v -> @node_bound F c (k, v).
Proof.
rewrite /nearest_of_signature -/vals; case sq: (shaped vals q) => [[n n']|] //; case ec: (congruence c q) => [[u d]|] //.
case su: (shaped vals u) => [[n0 w]|] //; case eg: (grows _ _ _ _ _ _ _ _) => [[v' g]|] //.
case: ifP => // /and5P[/NateqP en sd ds s0 /and5P[wx sx xs sg /and3P[b1 b2 lt]]] [<-] {v}; subst n'.
have [r0 _ [P eP]] := shaped_sound (results_shape wfc (point F c)) sq.
have cP : computedM (position vals q) (mat P) by rewrite -eP; exact: computed_here.
have [N eN] := embedded F wx sx; have cN := c_embed F wx; rewrite eN in cN.
have Ns := same_numbers_sound (c_turned r0 cN) cN xs.
have [_ w0 _] := shaped_sound (results_shape wfc (point F c)) su.
have [D [cD shape_at]] := congruence_sound ec su sd.
have Ds := same_numbers_sound (c_turned w0 cD) cD ds.
have [z ez] : exists z, z = ratF F (unit_weight e) by eexists.
have z0 : 0 <= z by rewrite ez; case/andP: s0; exact: ratF_ge0.
have cz : computed (at_rationals (unit_weight e)) z by rewrite ez; case/andP: s0 => ws _; exact: c_number.
have cA : computedM (multiple_of_one rationals n (at_rationals (unit_weight e))) (mat (z%:M : 'M[F]_n)) by rewrite -mat_multiple; exact: c_multiple.
have cB : computedM (multiple_of_one rationals n (constant rationals (Zpos xH) (Zpos xH))) (mat (1%:M : 'M[F]_n)).
  rewrite -mat_multiple; have -> : (1 : F) = constant ops (Zpos xH) (Zpos xH) by rewrite /= toF1 divr1.
  exact: c_one.
have [wv [G [cG low]]] := grows_sound sq cA cB eP eg; split=> // y.
have at_y (t : 'rV[F]_(dimension c)) : exists U : 'M[F]_(n, w), position (results_at t) q = mat (U *m D *m U^T).
  have [U eU] := shape_at t; have [_ _ [X eX]] := shaped_sound (results_shape wfc t) sq.
  have [e1 _] := mat_sizes r0 (etrans (esym eX) eU); subst n0; by exists U.
have [U eU] := at_y y; have [U0 eU0] := at_y (point F c).
have symmetric (V : 'M[F]_(n, w)) : (V *m D *m V^T)^T = V *m D *m V^T by rewrite !trmx_mul trmxK Ds mulmxA.
have eP' : P = U0 *m D *m U0^T by apply: mat_inj; rewrite -eP.
have Ps : P^T = P by rewrite eP'; exact: symmetric.
have [X eX] : exists X, X = U *m D *m U^T by eexists.
rewrite -eX in eU; have Xs : X^T = X by rewrite eX; exact: symmetric.
have := low y X eU; apply: le_trans; rewrite -addrA ler_addl mulmx1 mul_scalar_mx -scalemxAl linearZ /=.
have cOff := c_difference cP cN.
have eG := same_numbers_sound (c_sum cG (c_turned r0 cG)) (c_times_matrix cz (c_twice (c_twice cOff))) sg.
have cm1 : computed (Zpos xH, Zneg xH) (- 1 : F) by split=> //=; rewrite /integer_of /= toF1 mul1r toFN1.
have cN' : computedM (negated (embed rationals (signature_target e))) (mat (- N)) by rewrite -scaleN1r; exact: c_times_matrix.
have cD' : computedM (negated d) (mat (- D)) by rewrite -scaleN1r; exact: c_times_matrix.
have [E1 [Y1 [C1 [[e11 e12 e13 e14] [f11 f12 f13 f14 f15] v1]]]] := side_sound r0 cN cD b1.
have [E2 [Y2 [C2 [[e21 e22 e23 e24] [f21 f22 f23 f24 f25] v2]]]] := side_sound r0 cN' cD' b2.
have turn (l : nat) (M : 'M[F]_w) (C : 'M[F]_(l, w)) : (forall x, x *m C^T = 0 -> 0 <= form M x) ->
  forall x, x *m (C *m U^T)^T = 0 -> 0 <= form (U *m M *m U^T) x.
  by move=> h x; rewrite trmx_mul trmxK mulmxA -form_frame; exact: h.
have x1 := turn _ _ _ f12; have x2 := turn _ _ _ f22; rewrite mulmxN mulNmx -eX in x2; rewrite -eX in x1.
rewrite opprK in f25.
have := closest_signature Xs Ns e11 e12 e13 e14 f11 x1 f13 f14 f15 e21 e22 e23 e24 f21 x2 f23 f24 f25.
have := leb_sound (c_minus (c_plus v1 v2) (c_trace cOff cOff)) lt; rewrite [(P - N)^T]linearB /= Ps Ns.
set m1 := \tr (Y1 *m Y1) - _; set m2 := \tr (Y2 *m Y2) - _ => lt1 lt2.
have [O eO] : exists O, O = P - N by eexists.
have [B eB] : exists B, B = X - P by eexists.
have Bs : B^T = B by rewrite eB linearB /= Xs Ps.
rewrite -eB Bs; rewrite -eO in lt1 eG; have eXN : X - N = B + O by rewrite eB eO addrA subrK.
have gb : \tr (G *m B) = 2%:R * (z * \tr (O *m B)).
  have h : \tr (G^T *m B) = \tr (G *m B) by rewrite -mxtrace_tr trmx_mul trmxK Bs mxtrace_mulC.
  have : \tr ((G + G^T) *m B) = \tr ((z *: (O + O + (O + O))) *m B) by rewrite eG.
  rewrite mulmxDl -scalemxAl !mulmxDl linearZ /= !mxtraceD h; move: (\tr (G *m B)) (\tr (O *m B)) => a b hab.
  have two : (2%:R : F) != 0 by rewrite pnatr_eq0.
  apply: (mulfI two); have -> : 2%:R * a = a + a by ring.
  by rewrite hab; ring.
rewrite eXN mulmxDl !mulmxDr !mxtraceD [\tr (B *m O)]mxtrace_mulC in lt2.
rewrite gb; move: lt1 lt2.
move: (\tr (O *m B)) (\tr (B *m B)) (\tr (O *m O)) m1 m2 => ob bb oo {}m1 {}m2 lt1; rewrite -subr_ge0 => lt2.
have := mulr_ge0 z0 (addr_ge0 lt1 lt2).
have -> : z * (m1 + m2 - oo + (bb + ob + (ob + oo) - (m1 + m2))) = 2%:R * (z * ob) + z * bb by ring.
by [].
Qed.

End Nearest.
