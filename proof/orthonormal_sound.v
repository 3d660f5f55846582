(** A loss of a matrix with orthonormal columns that is nowhere smaller, and determinants: what the checker accepts, holds. *)
From Coq Require Import ZArith PeanoNat List.
From mathcomp Require Import ssreflect ssrfun ssrbool eqtype ssrnat seq div fintype bigop.
From mathcomp Require Import order ssralg ssrnum ssrint ssrZ zmodp matrix mxalgebra ring.
From rankscape Require Import program parametricity scalars certificate convexity traces constrained orthonormal asymptotics expansions.
From rankscape Require Import landscape forms local kyfan matrices frames evidence bounds bounds_sound soundness convexity_sound.
From rankscape Require Import traces_sound feasible quadratic_sound constrained_sound theorem constrained_theorem.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import Order.Theory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Local Arguments zero_scalar : simpl never.
Local Arguments Z.eqb : simpl never.
Local Arguments Z.mul : simpl never.
Local Arguments Z.sub : simpl never.

(** ** Indices of matrices that are read column by column *)

Lemma nth_blocks T (d : T) n k (f : nat -> nat -> T) p : (p < k * n)%N ->
  nth d (in_blocks n k f) p = f (p %/ n) (p %% n).
Proof.
suff h s : (p < k * n)%N -> nth d (seq.flatten [seq [seq f j i | i <- iota 0 n] | j <- iota s k]) p = f (s + p %/ n)%N (p %% n)%N.
  by move/h => ->; rewrite add0n.
elim: k s p => [|k ih] s p //=; rewrite mulSn nth_cat size_map size_iota => lt; case: (ltnP p n) => [pn|ge].
  by rewrite (nth_map 0%N) ?size_iota // nth_iota // add0n divn_small // modn_small // addn0.
have n0 : (0 < n)%N by move: lt; case: (posnP n) => // ->; rewrite muln0.
rewrite ih ?ltn_subLR //; have e : p = (n + (p - n))%N by rewrite subnKC.
have -> : (p %/ n)%N = ((p - n) %/ n).+1 by rewrite [in LHS]e divnDl // divnn n0.
by have -> : (p %% n)%N = ((p - n) %% n)%N; [rewrite [in LHS]e modnDl | rewrite addSnnS].
Qed.

Section Sums.
Variable F : realFieldType.

Lemma sum_blocks n k (f : nat -> F) : \sum_(p < k * n) f p = \sum_(j < k) \sum_(i < n) f (j * n + i)%N.
Proof.
elim: k f => [|k ih] f; first by rewrite !big_ord0.
rewrite big_ord_recl /= mul0n mulSn big_split_ord /=; congr (_ + _).
by rewrite (ih (fun p => f (n + p)%N)); apply: eq_bigr => j _; apply: eq_bigr => i _; rewrite /bump /= add1n mulSn addnA.
Qed.

Lemma div_block n j (i : 'I_n) : ((j * n + i) %/ n = j)%N /\ ((j * n + i) %% n = i)%N.
Proof.
have n0 : (0 < n)%N by case: n i => // -[].
by rewrite divnMDl // divn_small ?addn0 // modnMDl modn_small.
Qed.

Definition block_part N n (G H : nat -> nat -> F) : 'M[F]_N :=
  \matrix_(p, q) ((if (p %/ n == q %/ n)%N then G (p %% n)%N (q %% n)%N else 0) -
                  (if (p %% n == q %% n)%N then H (p %/ n)%N (q %/ n)%N else 0)).

(** A block-diagonal form, and one that is the same in each row. *)
Lemma form_blocks N n k (A : 'M[F]_N) (w : 'rV[F]_N) (G H : nat -> nat -> F) : N = (k * n)%N ->
  let W j i := coordinate w (j * n + i) in
  form (A + block_part N n G H) w =
  form A w + (\sum_(j < k) \sum_(i < n) \sum_(i' < n) W j i * G i i' * W j i' -
              \sum_(i < n) \sum_(j < k) \sum_(j' < k) W j i * H j j' * W j' i).
Proof.
move=> e W; rewrite [form (A + _) w](_ : _ = form A w + form (block_part N n G H) w); last first.
  by rewrite /form mulmxDr mulmxDl mxE.
congr (_ + _); rewrite form_sum.
pose g p q := coordinate w p * (if (p %/ n == q %/ n)%N then G (p %% n)%N (q %% n)%N else 0) * coordinate w q.
pose h p q := coordinate w p * (if (p %% n == q %% n)%N then H (p %/ n)%N (q %/ n)%N else 0) * coordinate w q.
transitivity (\sum_(p < N) \sum_(q < N) (g p q - h p q)).
  by apply: eq_bigr => p _; apply: eq_bigr => q _; rewrite /block_part mxE /g /h !coordinateE mulrBr mulrBl.
under eq_bigr => p _ do rewrite sumrB; rewrite sumrB.
subst N; congr (_ - _).
  rewrite (sum_blocks n k (fun p => \sum_(q < k * n) g p q)); apply: eq_bigr => j _; apply: eq_bigr => i _.
  rewrite (sum_blocks n k (g (j * n + i)%N)) (bigD1 j) //= [X in _ + X]big1 ?addr0 => [|j' ne]; last first.
    apply: big1 => i' _; rewrite /g; have [-> _] := div_block j i; have [-> _] := div_block j' i'.
    by rewrite eq_sym -val_eqE in ne; rewrite (negPf ne) mulr0 mul0r.
  apply: eq_bigr => i' _; rewrite /g; have [-> ->] := div_block j i; have [-> ->] := div_block j i'.
  by rewrite eqxx.
rewrite (sum_blocks n k (fun p => \sum_(q < k * n) h p q)) exchange_big; apply: eq_bigr => i _; apply: eq_bigr => j _.
rewrite (sum_blocks n k (h (j * n + i)%N)); apply: eq_bigr => j' _; rewrite (bigD1 i) //= [X in _ + X]big1 ?addr0 => [|i' ne]; last first.
  rewrite /h; have [_ ->] := div_block j i; have [_ ->] := div_block j' i'.
  by rewrite eq_sym -val_eqE in ne; rewrite (negPf ne) mulr0 mul0r.
by rewrite /h; have [-> ->] := div_block j i; have [-> ->] := div_block j' i; rewrite eqxx.
Qed.

Definition frame_at N n k (y : 'rV[F]_N) : 'M[F]_(n, k) := \matrix_(i, j) coordinate y (j * n + i).

(** An entry of a matrix, at any positions. *)
Definition at_ r q (M : 'M[F]_(r, q)) (i j : nat) : F := nth 0 (nth [::] (mat M) i) j.

Lemma at_E r q (M : 'M[F]_(r, q)) (i : 'I_r) (j : 'I_q) : at_ M i j = M i j.
Proof. by rewrite /at_ (nth_map i) ?size_enum_ord // (nth_map j) ?size_enum_ord // !nth_ord_enum. Qed.

Lemma trace_columns n k (W : 'M[F]_(n, k)) (G : 'M[F]_n) :
  \tr (W^T *m G *m W) = \sum_(j < k) \sum_(i < n) \sum_(i' < n) W i j * G i i' * W i' j.
Proof.
apply: eq_bigr => j _; rewrite mxE exchange_big; apply: eq_bigr => i' _; rewrite mxE mulr_suml.
by apply: eq_bigr => i _; rewrite mxE.
Qed.

Lemma trace_rows n k (W : 'M[F]_(n, k)) (H : 'M[F]_k) :
  \tr (H *m (W^T *m W)) = \sum_(i < n) \sum_(j < k) \sum_(j' < k) W i j * H j j' * W i j'.
Proof.
rewrite exchange_big; apply: eq_bigr => j _; rewrite mxE exchange_big; apply: eq_bigr => j' _.
rewrite mxE mulr_sumr; apply: eq_bigr => i _; rewrite mxE.
move: (W i j) (W i j') (H j j') => a b d; ring.
Qed.

End Sums.

(** ** Computed entries *)

Lemma NatleP i j : reflect (i <= j)%N (Nat.leb i j).
Proof. by apply: (iffP (Nat.leb_spec0 i j)) => /ssrnat.leP. Qed.

Section Computed.
Variable F : realFieldType.
Notation ops := (field_operations F).
Notation toF := (@toF F).
Notation ratF := (@ratF F).
Notation computedM := (Forall2 (Forall2 (@computed F))).

Lemma computed_entry r q m (M : 'M[F]_(r, q)) i j : computedM m (mat M) -> computed (at_entry m i j) (at_ M i j).
Proof.
by move=> h; apply: F2_nth; [apply: F2_nth h _; constructor | split=> //=; rewrite /integer_of mulr0].
Qed.

Lemma computed_zero : computed (constant rationals Z0 (Zpos xH)) (0 : F).
Proof. by have := @c_constant F Z0 _ (erefl : Z.lt Z0 (Zpos xH)); rewrite /constant /= toF0 mul0r. Qed.

Lemma computed_twice a v : computed a v -> computed (times rationals (constant rationals (Zpos (xO xH)) (Zpos xH)) a) (2%:R * v : F).
Proof.
move=> h; have := c_times (@c_constant F (Zpos (xO xH)) _ (erefl : Z.lt Z0 (Zpos xH))) h.
by rewrite [constant ops _ _]/= toF1 divr1.
Qed.

(** The vector of a reflection, and the matrix. *)
Definition mirror_vector n (e : seq Z) : 'rV[F]_n := \row_j toF (nth Z0 e j).

Definition turned_by n (r : option (number * seq Z)) : 'M[F]_n :=
  if r is Some (s, e) then ratF s *: mirror (mirror_vector n e) else 0.

Lemma square_vector n e : size e = n -> ((mirror_vector n e) *m (mirror_vector n e)^T) 0 0 = toF (square_of e).
Proof.
move=> se; rewrite /square_of (@idot_sum F n) ?se // mxE; apply: eq_bigr => i _; by rewrite !mxE.
Qed.

Lemma turned_computed n r (i j : 'I_n) : is_reflection n r -> computed (turned r i j) (turned_by n r i j).
Proof.
case: r => [[s e]|] /= => [/and3P[/andP[/Z.ltb_spec0 s0 _] /NateqP se /Z.ltb_spec0 N0]|_]; last by rewrite mxE; exact: computed_zero.
have sn := lt0r_neq0 (toF_gt0 F s0); have Nn := lt0r_neq0 (toF_gt0 F N0).
split=> /=; first exact: Z.mul_pos_pos.
rewrite /integer_of /turned_by /mirror (square_vector se) !mxE big_ord1 !mxE !toFM /=.
rewrite [toF (Z.sub _ _)](_ : _ = (i == j)%:R * toF (square_of e) - 2%:R * (toF (nth Z0 e i) * toF (nth Z0 e j))); last first.
  rewrite -[Z.sub _ _]/(Z.add _ (Z.opp _)) toFD toFN !toFM; congr (_ - _ * _).
  case: NateqP => [/val_inj->|ne]; first by rewrite eqxx mul1r.
  by case: eqP => [e'|_]; [case: ne; rewrite e' | rewrite toF0 mul0r].
rewrite /evidence.ratF; move: (toF s.1) (toF s.2) sn (toF (square_of e)) Nn => a b b0 N1 N1n.
move: (_ == _)%:R (toF _) (toF _) => x y z; field; by rewrite b0 N1n.
Qed.

Lemma matrix_at_computed (c : certificate) q n k : all wf_number q -> (size q <= dimension c)%N ->
  computedM (matrix_at q n k) (mat (frame_at n k (vector F c q))).
Proof.
move=> dq sq; rewrite /matrix_at /mat -!val_enum_ord -map_comp; apply: F2_map => i /=; rewrite -map_comp; apply: F2_map => j /=.
rewrite mxE vector_coordinate //; apply: (@c_constant F (coordinate_of q _).1); exact: positive_denominator.
Qed.

(** ** Positive determinants *)

Lemma lower_sound n m (M : 'M[F]_n) : computedM m (mat M) -> is_lower n m -> is_trig_mx M.
Proof.
move=> cm /all_iotaP h; apply/is_trig_mxP => i j ij.
have /all_iotaP/(_ j) := h i; case/orP => [/NatleP|/Z.eqb_spec z0]; first by rewrite leqNgt ij.
have [_ e] := computedE (computed_entry i j cm); by rewrite -(at_E M) e /evidence.ratF /= z0 toF0 mul0r.
Qed.

Lemma ones_sound n m (M : 'M[F]_n) (i : 'I_n) : computedM m (mat M) -> has_ones n m -> M i i = 1.
Proof.
move=> cm /all_iotaP/(_ i)/Z.eqb_spec eq; have [w e] := computedE (computed_entry i i cm).
rewrite -(at_E M) e /evidence.ratF /= -eq divff // lt0r_neq0 // toF_gt0 //; exact/Z.ltb_spec0.
Qed.

Lemma unit_determinant n m (M : 'M[F]_n) : computedM m (mat M) -> is_lower n m -> has_ones n m -> \det M = 1.
Proof.
move=> cm lo on_; rewrite (det_trig (lower_sound cm lo)); apply: big1 => i _; exact: ones_sound cm on_.
Qed.

Lemma positive_determinant_sound (c : certificate) n q e : all wf_number q -> (size q <= dimension c)%N ->
  positive_determinant n q e -> 0 < \det (frame_at n n (vector F c q)).
Proof.
move=> dq sq; have [->|n0] := posnP n; first by rewrite det_mx00 ltr01.
rewrite /positive_determinant; set t := multiply _ _ _; case/and5P=> wl sl ll ol /and5P[wu su lu ou /andP[lt /Z.ltb_spec0 pos]].
have [L eL] := @embedded F n n _ wl sl; have cL := @c_embed F _ wl; rewrite eL in cL.
have [U eU] := @embedded F n n _ wu su; have cU := @c_embed F _ wu; rewrite eU in cU.
have cX := matrix_at_computed n n dq sq; set X := frame_at n n _ in cX *.
have cT := c_multiply (c_multiply cX cL) cU; rewrite !(mat_multiply _ _ n0) -/t in cT.
have cUt := c_transpose cU; rewrite (mat_transpose _ n0) in cUt.
have dU : \det U = 1.
  rewrite -det_tr (det_trig (lower_sound cUt lu)); apply: big1 => i _; rewrite mxE; exact: ones_sound cU ou.
have := det_trig (lower_sound cT lt); rewrite !det_mulmx (unit_determinant cL ll ol) dU !mulr1 => ->.
have [D D0 eD] : exists2 D : F, 0 < D & D * \prod_(i < n) (X *m L *m U) i i = toF (foldr (fun i z => Z.mul (at_entry t i i).2 z) (Zpos xH) (iota 0 n)).
  have -> : \prod_(i < n) (X *m L *m U) i i = \prod_(i <- iota 0 n) at_ (X *m L *m U) i i.
    by rewrite -[iota 0 n]val_enum_ord big_map big_enum /=; apply: eq_bigr => i _; rewrite at_E.
  elim: (iota 0 n) => [|i s [D D0 eD]]; first by exists 1; rewrite ?ltr01 // big_nil mulr1 /= toF1.
  have [/Z.ltb_spec0/(@toF_gt0 F) w0 ei] := computedE (computed_entry i i cT).
  exists (toF (at_entry t i i).1 * D); first exact: mulr_gt0.
  rewrite big_cons /= toFM -eD ei /evidence.ratF /=; have wn := lt0r_neq0 w0.
  move: (toF _) (toF _) wn (\prod_(_ <- _) _) => a b b0 x; field; exact: b0.
by rewrite -(pmulr_rgt0 _ D0) eD toF_gt0.
Qed.

End Computed.

(** ** The columns are orthonormal *)

Section Gap.
Variables (A B : Type) (oa : operations A) (ob : operations B) (R : A -> B -> Prop).
Hypothesis R_constant : forall n d, Z.lt Z0 d -> R (constant oa n d) (constant ob n d).
Hypothesis R_plus : forall a b c d, R a b -> R c d -> R (plus oa a c) (plus ob b d).
Hypothesis R_minus : forall a b c d, R a b -> R c d -> R (minus oa a c) (minus ob b d).
Hypothesis R_times : forall a b c d, R a b -> R c d -> R (times oa a c) (times ob b d).

Lemma R_gap n x y i j r s u v : (forall i, R (x i) (y i)) -> Forall2 R r s -> Forall2 R u v ->
  R (gap oa n x i j r u) (gap ob n y i j s v).
Proof.
move=> xy rs uv; apply: R_minus; last exact: R_dot.
apply: R_minus; last by case: ifP => _; exact: R_constant.
by apply: R_dot => //; apply: F2_map => k.
Qed.
End Gap.

Section Columns.
Variables (F : realFieldType) (c : certificate).
Hypothesis wfc : well_formed c.
Notation ops := (field_operations F).
Notation toF := (@toF F).
Notation n := (dimension c).
Notation x := (point F c).
Let p := flatten (weights c).

Let wfp : wf (inputs c) (instructions c). Proof. by case/and5P: wfc. Qed.
Let sp : size p = n. Proof. by case/and5P: wfc => _ _ _ /NateqP. Qed.
Let dp : all wf_number p. Proof. by case/and5P: wfc => _ _ _ _ /andP[]. Qed.

Lemma nought_sound a (w : 'rV[F]_n) : is_nought n a -> known a /\ jet_function (value_jet a) w = 0.
Proof.
case/and4P=> ka /Z.eqb_spec v0 l0; case Dh: (dense _ _ _) => [h|] //; case Dm: (dense_rows _ _) => [m|] // z0.
split=> //; rewrite /jet_function v0 toF0 add0r.
have -> : linear (jet_linear (value_jet a)) w = 0.
  by elim: (jet_linear _) l0 => //= e g ih /andP[/Z.eqb_spec-> /ih->]; rewrite toF0 mul0r addr0.
rewrite add0r; apply: (mulfI (_ : 2%:R != 0)); first by rewrite pnatr_eq0.
rewrite -(symmetrized_sound w Dh Dm) mulr0 [toM _ _ _ _](_ : _ = 0) ?/form ?mulmx0 ?mul0mx ?mxE //.
apply/matrixP => i j; rewrite !mxE /entry; have := all_nthP [::] z0 i; case: ltnP => [lt /(_ isT)/vanishesP->|ge _]; first exact: toF0.
by rewrite (nth_default [::] ge) nth_nil toF0.
Qed.

Lemma orthonormal_columns k r b m (y : 'rV[F]_n) : are_orthonormal c r k b m ->
  (forall i, nth 0 (seq.flatten (position (results_at y) b)) i = 0) -> (frame_at r k y)^T *m frame_at r k y = 1%:M.
Proof.
case/andP=> wm al y0; set rows := embed (fractions exacts) m in al.
have below (i j : 'I_k) : (i <= j)%N -> ((frame_at r k y)^T *m frame_at r k y) i j = (i == j)%:R.
  move=> ij; have /all_iotaP/(_ j) := all_iotaP _ _ al i; case/orP => [/NatltP|]; first by rewrite ltnNge ij.
  set row := nth [::] rows _; set cs := seq.flatten _; set w := y - x; case/(nought_sound w) => kn j0.
  pose o := function_operations F 'rV[F]_n.
  pose yf (i : nat) (w : 'rV[F]_n) := ratF F (coordinate_of p i) + coordinate w i.
  have xy i' : fraction_of (@exact_of F n) (exact_coordinate c i') (yf i').
    exact: exact_coordinate_sound (positive_denominator i' dp).
  pose rowf := nth [::] (embed o m) (row_for k i j).
  pose csf := seq.flatten (position (eval o (fill o yf 0 (inputs c)) (instructions c)) b).
  have rr : Forall2 (fraction_of (@exact_of F n)) row rowf.
    apply: F2_nth; last by constructor.
    by apply: R_embed => // *; exact: (fraction_constant (@exacts_respected F n)).
  have rc : Forall2 (fraction_of (@exact_of F n)) cs csf.
    apply: flatten_F2; exact: (fraction_result (@exacts_respected F n)).
  pose g := gap o r yf i j rowf csf.
  have [d0 /(_ kn w)] : fraction_of (@exact_of F n) (gap (fractions exacts) r (exact_coordinate c) i j row cs) g.
    apply: R_gap => // *; [exact: fraction_constant (@exacts_respected F n) _ _ _|exact: fraction_plus (@exacts_respected F n) _ _ _ _ _ _|
      exact: fraction_minus (@exacts_respected F n) _ _ _ _ _ _|exact: fraction_times (@exacts_respected F n) _ _ _ _ _ _].
  rewrite j0 => /eqP; rewrite mulf_eq0 (negPf (lt0r_neq0 (toF_gt0 F d0))) /= => /eqP.
  pose v := fun (f : 'rV[F]_n -> F) a => f w = a.
  have yc i' : v (yf i') (coordinate y i').
    have ew : y = x + w by rewrite /w addrC subrK.
    by rewrite /v /yf [in RHS]ew coordinateD vector_coordinate // sp.
  have vr : Forall2 v rowf (nth [::] (embed ops m) (row_for k i j)).
    apply: F2_nth; last by constructor.
    by apply: R_embed.
  have vc : Forall2 v csf (seq.flatten (position (results_at y) b)).
    by apply: flatten_F2; apply: (@R_result _ _ o ops v) => //= *; rewrite /v; congruence.
  have -> : g w = gap ops r (coordinate y) i j (nth [::] (embed ops m) (row_for k i j)) (seq.flatten (position (results_at y) b)).
    by apply: (@R_gap _ _ o ops v) => //= *; rewrite /v; congruence.
  rewrite /gap; have -> : dot ops (nth [::] (embed ops m) (row_for k i j)) (seq.flatten (position (results_at y) b)) = 0.
    move: y0; move: (seq.flatten _) (nth _ _ _) => cl; elim: cl => [|e cl ih] [|f rl] h //=; rewrite ?/zero_scalar /= ?toF0 ?mul0r //.
    by have /= -> := h 0%N; rewrite mulr0 add0r ih // => l; exact: (h l.+1).
  rewrite /= subr0 => /eqP; rewrite subr_eq0 => /eqP e.
  rewrite mxE; apply: etrans (_ : dot ops (column r (coordinate y) i) (column r (coordinate y) j) = _).
    rewrite /column dot_sum -[iota 0 r]val_enum_ord big_map big_enum /=; apply: eq_bigr => l _; by rewrite !mxE.
  rewrite e toF1 divr1; case: NateqP => [/val_inj->|ne]; first by rewrite eqxx toF1.
  by case: eqP => [e'|_]; [case: ne; rewrite e' | rewrite toF0].
apply/matrixP => i j; rewrite [RHS]mxE; case: (leqP i j) => ij; first exact: below.
have -> : (i == j)%:R = (j == i)%:R :> F by rewrite eq_sym.
by rewrite -below 1?ltnW // -[in LHS](trmxK (_ *m _)) [LHS]mxE trmx_mul trmxK.
Qed.

End Columns.

(** ** The loss, more convex on such matrices *)

Section Least.
Variables (F : realFieldType) (c : certificate) (an : analysis) (b : Z) (n k : nat) (e : orthonormal).
Hypothesis wfc : well_formed c.
Hypothesis ea : analyse c = Some an.
Hypothesis nk : (k * n)%N = dimension c.
Hypothesis ck : check_orthonormal c an b n k e.
Notation N := (dimension c).
Notation ops := (field_operations F).
Notation toF := (@toF F).
Notation X := (frame_at n k (point F c)).
Let A := (toF (over an))^-1 *: toM F N N (hessian_part an).

Lemma multipliers_sound : exists D : 'M[F]_k, [/\ Forall2 (Forall2 (@computed F)) (embed rationals (multipliers_of e)) (mat D),
  n = k \/ (forall w, 0 <= form D w) &
  forall w : 'rV[F]_N, 0 <= form (A + block_part N n (fun i i' => 2%:R * at_ (X *m D *m X^T) i i')
                                                 (fun j j' => 2%:R * at_ D j j' + at_ (turned_by F k (reflection e)) j j')) w].
Proof.
have dp : all wf_number (flatten (weights c)) by case/and5P: wfc => _ _ _ _ /andP[].
have sp : (size (flatten (weights c)) <= N)%N by case/and5P: wfc => _ _ _ /NateqP->.
have [d0 _ _ _ _] := analyse_sound F wfc ea.
case/and5P: ck => _ _ wd sd /and3P[rf wh md].
have [D eD] := @embedded F k k _ wd sd; have cD := @c_embed F _ wd; rewrite eD in cD.
exists D; split=> //.
  by case: (multipliers_psd e) md => [f sf|/NateqP]; [right; exact: semidefinite_mat cD sf | left].
have [n0|n0] := posnP n; first by move=> w; rewrite (_ : w = 0) ?form0 //; apply/rowP => -[i lt]; exfalso; move: lt; rewrite -nk n0 muln0.
have [k0|k0] := posnP k; first by move=> w; rewrite (_ : w = 0) ?form0 //; apply/rowP => -[i lt]; exfalso; move: lt; rewrite -nk k0.
have cX := matrix_at_computed F n k dp sp.
have cM := c_multiply (c_multiply cX cD) (c_transpose cX).
rewrite (mat_multiply _ _ k0) (mat_transpose _ n0) (mat_multiply _ _ k0) in cM.
apply: semidefinite_sound wh => p q.
have below (r : 'I_N) : [/\ (r < k * n)%N, (r %/ n < k)%N, (r %% n < n)%N & (r %/ n * n + r %% n)%N = r].
  by rewrite nk ltn_ord ltn_divLR // nk ltn_ord ltn_mod n0 -divn_eq.
have [lp jp ip ep] := below p; have [lq jq iq eq] := below q.
rewrite /whole nth_blocks // nth_blocks // /whole_entry ep eq !mxE.
apply: c_plus.
  split=> //=; rewrite /integer_of /= mulrA mulfV ?mul1r // lt0r_neq0 //; exact: toF_gt0.
apply: c_minus.
  by case: NateqP => [->|/eqP/negPf->]; rewrite ?eqxx; [apply: computed_twice; exact: computed_entry | exact: computed_zero].
case: NateqP => [->|/eqP/negPf->]; rewrite ?eqxx; last exact: computed_zero.
apply: c_plus; first by apply: computed_twice; exact: computed_entry.
by rewrite -[(p %/ n)%N]/(val (Ordinal jp)) -[(q %/ n)%N]/(val (Ordinal jq)) at_E; exact: turned_computed.
Qed.

Variables (a : Z) (m : nat) (mu : 'rV[F]_m).
Hypothesis vg : vanishes (gradient_part an).
Hypothesis lagrangian_loss : forall y, @loss F c y = lagrangian_of (objective a) (@constraints F c b m) mu y.
Hypothesis sizes : forall y : 'rV[F]_N, size (seq.flatten (position (results_at y) b)) = m.

Lemma orthonormal_at (y : 'rV[F]_N) : @constraints F c b m y = 0 -> (frame_at n k y)^T *m frame_at n k y = 1%:M.
Proof.
move=> cy; case/and5P: ck => _ oc _ _ _; apply: (orthonormal_columns wfc oc) => i.
have [lt|ge] := ltnP i m; last by rewrite nth_default ?sizes.
by have := congr1 (fun r : 'rV_m => r 0 (Ordinal lt)) cy; rewrite !mxE.
Qed.

Theorem check_orthonormal_sound (y : 'rV[F]_N) : @constraints F c b m (point F c) = 0 -> @constraints F c b m y = 0 ->
  (some (reflection e) -> n = k /\ 0 < \det (frame_at k k (point F c)) /\ 0 < \det (frame_at k k y)) ->
  objective a (point F c) <= objective a y.
Proof.
move=> cx cy turn; have [D [_ cases /(_ (y - point F c))]] := multipliers_sound.
have xx := orthonormal_at cx; have yy := orthonormal_at cy.
have iq : is_quadratic c by case/andP: ck.
have Lw := quadratic_expansion wfc ea vg iq (y - point F c); move: Lw; rewrite addrC subrK /= -/A => Lw.
rewrite -(lagrangian_feasible (objective a) mu cx) -(lagrangian_feasible (objective a) mu cy) -!lagrangian_loss Lw.
rewrite ler_addl; set w := y - _.
rewrite (@form_blocks F N n k) //=; set S1 := \sum_(j < k) _; set S2 := \sum_(i < n) _ => h.
have apart := frames_apart xx yy cases; set V := frame_at n k y - X in apart.
have eV : V = frame_at n k w.
  by apply/matrixP => i j; rewrite !mxE /w coordinateD -scaleN1r coordinateZ mulN1r.
have e1 : S1 = 2%:R * \tr (V^T *m (X *m D *m X^T) *m V).
  rewrite eV trace_columns mulr_sumr; apply: eq_bigr => j _; rewrite mulr_sumr; apply: eq_bigr => i _; rewrite mulr_sumr.
  apply: eq_bigr => i' _; rewrite at_E [frame_at _ _ _ i j]mxE [frame_at _ _ _ i' j]mxE; move: (_ i i') => z; ring.
set T := turned_by F k (reflection e) in S2 h.
have e2 : S2 = 2%:R * \tr (D *m (V^T *m V)) + \tr (T *m (V^T *m V)).
  rewrite eV !trace_rows mulr_sumr -big_split; apply: eq_bigr => i _; rewrite mulr_sumr -big_split; apply: eq_bigr => j _ /=.
  rewrite mulr_sumr -big_split; apply: eq_bigr => j' _ /=; rewrite !at_E [frame_at _ _ _ i j]mxE [frame_at _ _ _ i j']mxE; ring.
have tp : 0 <= \tr (T *m (V^T *m V)).
  move: turn; rewrite /T; case er: (reflection e) => [[s v]|] /= turn; last by rewrite mul0mx mxtrace0.
  case/and5P: ck => _ _ _ _ /and3P[]; rewrite er /= => /and3P[/andP[ws s0] /NateqP sv /Z.ltb_spec0 N0] _ _.
  have [enk [dx dy]] := turn isT; rewrite -scalemxAl linearZ /= mulr_ge0 ?ratF_ge0 //.
  move: xx yy; rewrite /V; clear -enk dx dy N0 sv; case: _ / enk in sv dx dy * => xx yy.
  by apply: rotations_apart => //; rewrite square_vector // lt0r_neq0 // toF_gt0.
rewrite divr_ge0 ?ler0n //; move: h; rewrite e1 e2; move: apart tp.
move: (\tr (_ *m _ *m _)) (\tr (D *m _)) (\tr (T *m _)) (form A w) => t1 t2 t3 f; rewrite -subr_ge0 => apart tp h.
have -> : f = (f + (2%:R * t1 - (2%:R * t2 + t3))) + 2%:R * (t2 - t1) + t3 by ring.
by rewrite addr_ge0 // addr_ge0 // mulr_ge0 ?ler0n.
Qed.
End Least.

(** ** The theorem *)

(** What holds of the point alone; with [rotations] only matrices of positive determinant count: the point and the better one are
    such, and no other such matrix is better. *)
Definition holds_on_frames (F : realFieldType) (k : on_frames) : Prop :=
  let c := lagrangian (besides k) in
  let x := point F c in
  holds_constrained F (besides k) /\
  exists a b mu m n q,
    [/\ parts c = Some (a, b, mu) /\ frame_shape c = Some (n, q),
        forall y : 'rV[F]_(dimension c), size (seq.flatten (position (results_at y) b)) = m,
        on (rotations k) (fun _ => [/\ n = q, 0 < \det (frame_at n n x) &
          on (better c) (fun w => 0 < \det (frame_at n n (vector F c (head [::] (rows_of w)))))]),
        on (frames k) (fun _ => forall y, @constraints F c b m y = 0 -> (some (rotations k) -> 0 < \det (frame_at n n y)) ->
          objective a x <= objective a y) &
        settled k = if some (frames k) then GlobalMinimizer else claimed c].

Theorem check_on_frames_sound (F : realFieldType) (k : on_frames) : check_on_frames k -> holds_on_frames F k.
Proof.
rewrite /check_on_frames; set c := lagrangian (besides k) => /andP[cc].
case fs: (frame_shape c) => [[n q]|] //; case pc: (parts c) => [[[a b] mu]|] //; case E: (analyse c) => [an|] //.
case/and4P=> /NateqP nk rots fr /same_verdictP sv; split; first exact: check_constrained_sound.
move: cc; rewrite /check_constrained -/c pc E => /andP[wfc]; case: (derivative c b) => [s|] //.
case/and5P=> _ vg _ oa /and5P[sb vb _ _ /and3P[eb _ _]].
have dp : all wf_number (flatten (weights c)) by case/and5P: wfc => _ _ _ _ /andP[].
have sp : (size (flatten (weights c)) <= dimension c)%N by case/and5P: wfc => _ _ _ /NateqP->.
set m := size (seq.flatten (position (results_at_point c) b)).
have cs := @constraints_size F c wfc b; rewrite -/m in cs.
have ll := @loss_lagrangian F c wfc a b mu pc oa sb; rewrite -/m in ll.
have cx : @constraints F c b m (point F c) = 0 by exact: (@constraints_zero F c wfc b _ dp sp vb).
have turned_point : on (rotations k) (fun _ => [/\ n = q, 0 < \det (frame_at n n (point F c)) &
    on (better c) (fun w => 0 < \det (frame_at n n (vector F c (head [::] (rows_of w)))))]).
  case: (rotations k) rots => //= e /and3P[/NateqP nq pd pb]; split=> //; first exact: positive_determinant_sound pd.
  case: (better c) eb pb => //= w /and3P[wf _ _]; case: e.2 => // f; have rfw := rows_fit_sound wf.
  apply: positive_determinant_sound; case: (rows_of w) rfw => // r l /(_ r (mem_head _ _))[wr sr] //=.
  by rewrite sr.
exists a, b, mu, m, n, q; split=> //.
case ef: (frames k) fr => [e|] //= /andP[ck re] y cy turn.
apply: (check_orthonormal_sound wfc E nk ck vg ll cs cx cy) => sr; move: re; rewrite sr orbF => rk.
by have := turn rk; move: turned_point; case: (rotations k) rk => //= _ _ [<- dx _] dy.
Qed.
