(** All second-order points are global minimizers: what the checker accepts, holds. *)
From Coq Require Import ZArith PeanoNat List.
From mathcomp Require Import ssreflect ssrfun ssrbool eqtype ssrnat seq div fintype bigop.
From mathcomp Require Import order ssralg ssrnum ssrint ssrZ zmodp matrix mxalgebra ring.
From rankscape Require Import program parametricity scalars certificate convexity traces constrained orthonormal benign asymptotics expansions.
From rankscape Require Import landscape forms matrices evidence bounds_sound soundness convexity_sound traces_sound quadratic_sound.
From rankscape Require Import feasible unit_vectors second_order unit_curves constrained_sound orthonormal_sound.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import Order.Theory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Local Arguments zero_scalar : simpl never.
Local Arguments Z.eqb : simpl never.
Local Arguments Z.mul : simpl never.

(** Every second-order point of f where c = 0 is a global minimizer there, and so is every local minimizer; under a [condition] they are
    the points whose vectors are one unit vector, but for the signs. *)
Definition holds_benign (F : realFieldType) (c : certificate) (e : benign) : Prop :=
  exists a b mu m, let f := objective a in let g := @constraints F c b m in
    let candidate y := second_order_on f g y \/ local_min_on f g y in
    [/\ parts c = Some (a, b, mu), forall y : 'rV[F]_(dimension c), size (seq.flatten (position (results_at y) b)) = m,
        forall y, candidate y -> global_min_on f g y &
        on (well_conditioned e) (fun k => forall y, candidate y ->
          let p := Z.to_nat (extent e) in
          exists2 u : nat -> F, \sum_(i < p) u i * u i = 1 &
            forall i j, (i < m)%N -> (j < p)%N ->
            coordinate y (Z.to_nat (nth Z0 (positions e) (i * p + j))) = toF F (nth Z0 (signs k) i) * u j)].

Section Lists.
Variable F : realFieldType.
Notation ops := (field_operations F).

Lemma zero_field : zero_scalar ops = 0. Proof. by rewrite /zero_scalar /= toF0 mul0r. Qed.

Lemma dot_iota (r : seq F) n (g : nat -> F) : dot ops r [seq g j | j <- iota 0 n] = \sum_(j < n) nth 0 r j * g j.
Proof.
suff h s : dot ops r [seq g j | j <- iota s n] = \sum_(j < n) nth 0 r j * g (s + j)%N by rewrite h; apply: eq_bigr => j _; rewrite add0n.
elim: n r s => [|n ih] [|a r] s /=; rewrite ?zero_field ?big_ord0 //.
  by rewrite big1 // => j _; rewrite nth_nil mul0r.
by rewrite big_ord_recl /= addn0 ih; congr (_ + _); apply: eq_bigr => j _; rewrite addSnnS.
Qed.

Lemma total_iota n (g : nat -> F) : total ops [seq g j | j <- iota 0 n] = \sum_(j < n) g j.
Proof. by rewrite total_sum -[iota 0 n]val_enum_ord big_map big_enum. Qed.

Lemma embed_entry m i j : nth 0 (nth [::] (embed ops m) i) j = toF F (entry (entries m) i j) / toF F (denominator m).
Proof.
rewrite /embed /entry; have [lt|ge] := ltnP i (size (entries m)); last first.
  by rewrite (nth_default [::]) ?size_map // (nth_default [::] ge) !nth_nil toF0 mul0r.
rewrite (nth_map [::]) //; set r := nth [::] _ i; have [lt'|ge'] := ltnP j (size r); first by rewrite (nth_map Z0).
by rewrite !nth_default ?size_map // toF0 mul0r.
Qed.
End Lists.

(** ** Parametricity *)

Section Vectors.
Variables (A B : Type) (oa : operations A) (ob : operations B) (R : A -> B -> Prop).
Hypothesis R_constant : forall n d, Z.lt Z0 d -> R (constant oa n d) (constant ob n d).
Hypothesis R_plus : forall a b c d, R a b -> R c d -> R (plus oa a c) (plus ob b d).
Hypothesis R_minus : forall a b c d, R a b -> R c d -> R (minus oa a c) (minus ob b d).
Hypothesis R_times : forall a b c d, R a b -> R c d -> R (times oa a c) (times ob b d).
Variables (p : nat) (at_ : seq nat) (x : nat -> A) (y : nat -> B).
Hypothesis xy : forall i, R (x i) (y i).

Lemma R_between i j : R (between oa p at_ x i j) (between ob p at_ y i j).
Proof. by apply: R_dot => //; apply: F2_map. Qed.

Lemma R_length_gap r s u v i : Forall2 R r s -> Forall2 R u v -> R (length_gap oa p at_ x r u i) (length_gap ob p at_ y s v i).
Proof.
move=> rs uv; apply: R_minus; last exact: R_dot.
by apply: R_minus; [exact: R_between | exact: R_constant].
Qed.

Lemma R_loss_gap n r s u v : Forall2 (Forall2 R) r s -> R u v -> R (loss_gap oa p at_ x n r u) (loss_gap ob p at_ y n s v).
Proof.
move=> rs uv; apply: R_minus => //; apply: R_total => //; apply: F2_map => i; apply: R_dot => //.
  by apply: F2_nth => //; constructor.
by apply: F2_map => j; exact: R_between.
Qed.

Variables (n : nat) (s d : nat -> A) (t e : nat -> B) (ca : nat -> nat -> A) (cb : nat -> nat -> B).
Hypothesis st : forall i, (i < n)%N -> R (s i) (t i).
Hypothesis de : forall i, (i < n)%N -> R (d i) (e i).
Hypothesis cc : forall i j, R (ca i j) (cb i j).

Let Rz : R (zero_scalar oa) (zero_scalar ob). Proof. exact: R_constant. Qed.

Lemma R_signed_cost i j : (i < n)%N -> (j < n)%N -> R (signed_cost oa s ca i j) (signed_cost ob t cb i j).
Proof. by move=> lti ltj; apply: R_times; [exact: st | apply: R_times; [exact: cc | exact: st]]. Qed.

Lemma R_slack_entry i j : (i < n)%N -> (j < n)%N -> R (slack_entry oa n s ca i j) (slack_entry ob n t cb i j).
Proof.
move=> lti ltj; rewrite /slack_entry; case: ifP => _; last exact: R_signed_cost.
apply: R_minus => //; apply: R_total => //.
have : all (fun k => (k < n)%N) (iota 0 n) by apply/allP => k; rewrite mem_iota.
elim: (iota 0 n) => //= k l ih /andP[kn /ih h]; constructor=> //.
by case: ifP => _ //; exact: R_signed_cost.
Qed.

Lemma R_spread_entry i j : (i < n)%N -> (j < n)%N -> R (spread_entry oa d i j) (spread_entry ob e i j).
Proof. by move=> lti ltj; apply: R_minus; [case: ifP => _ // | apply: R_times]; exact: de. Qed.
End Vectors.

(** ** The loss and the lengths *)

Section Proof.
Variables (F : realFieldType) (c : certificate) (a b : Z) (n p : nat) (e : benign).
Hypothesis wfc : well_formed c.
Notation ops := (field_operations F).
Notation toF := (@toF F).
Notation N := (dimension c).
Notation x := (point F c).
Let q := flatten (weights c).

Let wfp : wf (inputs c) (instructions c). Proof. by case/and5P: wfc. Qed.
Let sp : size q = N. Proof. by case/and5P: wfc => _ _ _ /NateqP. Qed.
Let dp : all wf_number q. Proof. by case/and5P: wfc => _ _ _ _ /andP[]. Qed.

(** A number that is the value at y of a fraction that is known exactly. *)
Definition exactly (y : 'rV[F]_N) (j : Z * exact) (v : F) : Prop := exists2 g, fraction_of (@exact_of F N) j g & g (y - x) = v.

Section At.
Variable y : 'rV[F]_N.
Notation E := (exactly y).

Lemma e_constant k d : Z.lt Z0 d -> E (constant (fractions exacts) k d) (constant ops k d).
Proof. by move=> d0; eexists; first exact: (fraction_constant (@exacts_respected F N) k d0). Qed.

Lemma e_plus i u j v : E i u -> E j v -> E (plus (fractions exacts) i j) (plus ops u v).
Proof. by move=> [g hg <-] [h hh <-]; eexists; first exact: (fraction_plus (@exacts_respected F N) hg hh). Qed.

Lemma e_minus i u j v : E i u -> E j v -> E (minus (fractions exacts) i j) (minus ops u v).
Proof. by move=> [g hg <-] [h hh <-]; eexists; first exact: (fraction_minus (@exacts_respected F N) hg hh). Qed.

Lemma e_times i u j v : E i u -> E j v -> E (times (fractions exacts) i j) (times ops u v).
Proof. by move=> [g hg <-] [h hh <-]; eexists; first exact: (fraction_times (@exacts_respected F N) hg hh). Qed.

Lemma e_coordinate i : E (exact_coordinate c i) (coordinate y i).
Proof.
exists (fun w => ratF F (coordinate_of q i) + coordinate w i); first exact: exact_coordinate_sound (positive_denominator i dp).
rewrite -[y in RHS](subrK x) [RHS]coordinateD [RHS]addrC; congr (_ + _).
by rewrite /point vector_coordinate ?sp.
Qed.

Lemma e_results k : Forall2 (Forall2 E) (position (exact_results c) k) (position (results_at y) k).
Proof.
apply: R_result wfp e_coordinate; [exact: e_constant | exact: e_plus | exact: e_minus | exact: e_times].
Qed.

Lemma e_nought j v : E j v -> is_nought N j.2 -> v = 0.
Proof.
move=> [g [d0 h] <-] /(nought_sound (y - x))[kn z]; have := h kn (y - x); rewrite z => /eqP.
by rewrite mulf_eq0 (negPf (lt0r_neq0 (toF_gt0 F d0))) => /eqP.
Qed.
End At.

Definition vectors_at (y : 'rV[F]_N) : 'M[F]_(n, p) := \matrix_(i, j) coordinate y (nth 0%N (places e) (i * p + j)).

Lemma between_products y (i j : 'I_n) : between ops p (places e) (coordinate y) i j = products (vectors_at y) i j.
Proof.
rewrite /between /vector_of dot_sum -[iota 0 p]val_enum_ord big_map big_enum /=; apply: eq_bigr => l _; by rewrite !mxE.
Qed.

Section Lengths.
Hypothesis sizes : forall y : 'rV[F]_N, size (seq.flatten (position (results_at y) b)) = n.
Hypothesis cl : check_lengths c b n p e.

Lemma lengths_sound y (i : 'I_n) :
  \sum_j (\matrix_(i, j) (toF (entry (entries (lengths_by e)) i j) / toF (denominator (lengths_by e)))) i j * @constraints F c b n y 0 j =
  products (vectors_at y) i i - 1.
Proof.
case/and5P: cl => _ _ _ wl /all_iotaP/(_ i)/(e_nought (_ : exactly y _ _)) => /(_ (length_gap ops p (places e) (coordinate y)
  (nth [::] (embed ops (lengths_by e)) i) (seq.flatten (position (results_at y) b)) i)) h.
have : length_gap ops p (places e) (coordinate y) (nth [::] (embed ops (lengths_by e)) i) (seq.flatten (position (results_at y) b)) i = 0.
  apply: h; apply: R_length_gap; [exact: e_constant | exact: e_plus | exact: e_minus | exact: e_times | exact: e_coordinate | |].
    apply: F2_nth; last by constructor.
    by apply: R_embed wl; exact: e_constant.
  exact: flatten_F2 (e_results y b).
rewrite /length_gap between_products /= toF1 divr1 => /eqP; rewrite subr_eq0 => /eqP->.
rewrite -[X in dot _ _ X](mkseq_nth 0) /mkseq sizes dot_iota; apply: eq_bigr => j _; by rewrite embed_entry !mxE.
Qed.

Lemma distinct_uniq s : are_distinct s -> uniq s.
Proof.
elim: s => //= k s ih /andP[/allP h /ih->]; rewrite andbT; apply/negP => /h; by rewrite Nat.eqb_refl.
Qed.

(** Parameters for any vectors. *)
Definition parameters_of (Z : 'M[F]_(n, p)) : 'rV[F]_N :=
  \row_(l < N) \sum_(i < n) \sum_(j < p) (if nth 0%N (places e) (i * p + j) == l :> nat then Z i j else 0).

Lemma vectors_parameters Z : vectors_at (parameters_of Z) = Z.
Proof.
case/and5P: cl => /NateqP sz /allP below /distinct_uniq un _ _.
have inside (i : 'I_n) (j : 'I_p) : (i * p + j < size (places e))%N.
  by rewrite sz; apply: leq_trans (_ : i * p + p <= _)%N; [rewrite ltn_add2l | rewrite -mulSnr leq_mul2r ltn_ord orbT].
apply/matrixP => i j; rewrite mxE.
have /NatltP lt := below _ (mem_nth 0%N (inside i j)).
rewrite -[nth 0%N _ _]/(val (Ordinal lt)) coordinateE mxE /= (bigD1 i) //= [X in _ + X]big1 => [|i' ii].
  rewrite (bigD1 j) //= eqxx [X in _ + X + _]big1 ?addr0 // => j' jj; rewrite nth_uniq //.
  by rewrite eqn_add2l val_eqE (negPf jj).
apply: big1 => j' _; rewrite nth_uniq //; case: eqP => // eq; case/eqP: ii; apply: val_inj.
have p0 : (0 < p)%N by apply: leq_ltn_trans (ltn_ord j).
by have := congr1 (divn^~ p) eq; rewrite /= !divnMDl // !divn_small ?addn0.
Qed.

Lemma parameters_le (Z : 'M[F]_(n, p)) : norm1 (parameters_of Z) <= \sum_i \sum_j `|Z i j|.
Proof.
pose g (i : 'I_n) (j : 'I_p) (l : 'I_N) := if nth 0%N (places e) (i * p + j) == l :> nat then `|Z i j| else 0.
apply: (@le_trans _ _ (\sum_l \sum_i \sum_j g i j l)).
  apply: ler_sum => l _; rewrite mxE; apply: le_trans (ler_norm_sum _ _ _) _; apply: ler_sum => i _.
  by apply: le_trans (ler_norm_sum _ _ _) _; apply: ler_sum => j _; rewrite /g; case: ifP; rewrite ?normr0.
rewrite exchange_big; apply: ler_sum => i _; rewrite exchange_big; apply: ler_sum => j _; rewrite /g.
set at_ := nth _ _ _; have [lt|ge] := ltnP at_ N; last first.
  by rewrite big1 // => l _; case: eqP => // el; move: ge; rewrite el leqNgt ltn_ord.
rewrite (bigD1 (Ordinal lt)) //= eqxx big1 ?addr0 // => l /eqP ne; case: (at_ =P l) => // el; case: ne; exact: val_inj.
Qed.

End Lengths.

Definition cost_matrix : 'M[F]_n := \matrix_(i, j) (toF (entry (entries (costs e)) i j) / toF (denominator (costs e))).

Lemma costs_sound : check_costs c a n p e -> cost_matrix^T = cost_matrix /\
  exists k : F, forall y, objective a y = k + pairing cost_matrix (products (vectors_at y)).
Proof.
case/and3P=> wm sy; set g := loss_gap _ _ _ _ _ _ _ => ng; split.
  by apply/matrixP => i j; rewrite !mxE; have /all_iotaP/(_ j)/Z.eqb_spec := all_iotaP _ _ sy i; move=> ->.
have eg y : exactly y g (objective a y - pairing cost_matrix (products (vectors_at y))).
  have -> : objective a y - pairing cost_matrix (products (vectors_at y)) =
      loss_gap ops p (places e) (coordinate y) n (embed ops (costs e)) (objective a y).
    rewrite /loss_gap /=; congr (_ - _); rewrite total_iota; apply: eq_bigr => i _; rewrite dot_iota; apply: eq_bigr => j _.
    by rewrite embed_entry between_products mxE.
  apply: R_loss_gap; [exact: e_constant | exact: e_plus | exact: e_minus | exact: e_times | exact: e_coordinate | |].
    by apply: R_embed wm; exact: e_constant.
  by apply: R_scalar (e_results y a); exact: e_constant.
have [_ [d0 _] _] := eg 0.
exists (toF (jet_value (value_jet g.2)) / toF g.1) => y.
have := e_nought (e_minus (eg y) (e_constant y (jet_value (value_jet g.2)) d0)) ng.
by move/eqP; rewrite /= !subr_eq0 => /eqP <-; rewrite subrK.
Qed.

(** ** The condition *)

Section Condition.
Variable k : condition.
Hypothesis ck : check_condition n p (costs e) k.
Hypothesis wm : wf_matrix (costs e).

Definition sign_of (i : 'I_n) : F := toF (nth Z0 (signs k) i).
Definition share_of (i : 'I_n) : F := ratF F (coordinate_of (shares k) i).

Let entry_cost (i j : nat) : F := toF (entry (entries (costs e)) i j) / toF (denominator (costs e)).
Let sign_at (i : nat) : F := constant ops (nth Z0 (signs k) i) (Zpos xH).

Definition slack_matrix : 'M[F]_n := \matrix_(i, j) slack_entry ops n sign_at entry_cost i j.

Lemma sign_square i : sign_of i * sign_of i = 1.
Proof. by case/andP: ck => /all_iotaP/(_ i)/Z.eqb_spec h _; rewrite /sign_of -toFM h toF1. Qed.

Lemma share_gt0 i : 0 < share_of i.
Proof.
case/and3P: ck => _ /all_iotaP/(_ i)/andP[w0 /Z.ltb_spec0/(@toF_gt0 F) s0] _; rewrite /share_of /ratF divr_gt0 //.
exact: toF_gt0 (Z.ltb_spec0 _ _ w0).
Qed.

Let share_computed i : (i < n)%N -> computed (share k i) (ratF F (coordinate_of (shares k) i)).
Proof. by move=> lt; case/and3P: ck => _ /all_iotaP/(_ (Ordinal lt))/andP[w0 _] _; exact: c_number. Qed.

Lemma share_sum : \sum_i share_of i = 1.
Proof.
have h : computed (total rationals [seq share k i | i <- iota 0 n]) (total ops [seq ratF F (coordinate_of (shares k) i) | i <- iota 0 n]).
  apply: R_total; [exact: c_constant | exact: c_plus |].
  have : all (fun i => (i < n)%N) (iota 0 n) by apply/allP => i; rewrite mem_iota.
  by elim: (iota 0 n) => //= i l ih /andP[lt /ih]; constructor=> //; exact: share_computed.
rewrite total_iota in h; have [/Z.ltb_spec0/(@toF_gt0 F)/lt0r_neq0 d0 eq] := computedE h.
by case/and4P: ck => _ _ /Z.eqb_spec t1 _; rewrite /share_of eq /ratF /= -t1 divff.
Qed.

Let signs_computed i : computed (constant rationals (nth Z0 (signs k) i) (Zpos xH)) (sign_at i).
Proof. exact: c_constant. Qed.

Let costs_computed i j : computed (denominator (costs e), entry (entries (costs e)) i j) (entry_cost i j).
Proof. by move/Z.ltb_spec0: wm => d0; exact: (@c_constant F (entry (entries (costs e)) i j) _ d0). Qed.

Let square_entry (f : nat -> nat -> Z * Z) (i j : 'I_n) : nth (Zpos xH, Z0) (nth [::] (square_matrix n f) i) j = f i j.
Proof. by rewrite (nth_map 0%N) ?size_iota // (nth_map 0%N) ?size_iota // !nth_iota // !add0n. Qed.

Let slack_computed (i j : 'I_n) : computed (slack_entry rationals n (fun i => constant rationals (nth Z0 (signs k) i) (Zpos xH))
  (fun i j => (denominator (costs e), entry (entries (costs e)) i j)) i j) (slack_matrix i j).
Proof. by rewrite mxE; apply: R_slack_entry => //; [exact: c_constant | exact: c_plus | exact: c_minus | exact: c_times]. Qed.

Let spread_computed (i j : 'I_n) : computed (spread_entry rationals (share k) i j) (spread_of share_of i j).
Proof.
have -> : spread_of share_of i j = spread_entry ops (fun i => ratF F (coordinate_of (shares k) i)) i j.
  by rewrite mxE /spread_entry zero_field.
exact: (R_spread_entry (@c_constant F) (@c_minus F) (@c_times F) share_computed).
Qed.

Lemma slack_above w : 0 <= form (slack_matrix - ratF F (lower_factor k) *: spread_of share_of) w.
Proof.
case/and5P: ck => _ _ _ wl /and4P[_ _ sd _]; apply: semidefinite_sound sd w => i j.
by rewrite square_entry mxE [(- _ : 'M_n) i j]mxE [(_ *: _ : 'M_n) i j]mxE; apply: c_minus => //; apply: c_times => //; exact: c_number.
Qed.

Lemma slack_below w : 0 <= form (ratF F (upper_factor k) *: spread_of share_of - slack_matrix) w.
Proof.
case/and5P: ck => _ _ _ _ /and4P[wg _ _ sd]; apply: semidefinite_sound sd w => i j.
by rewrite square_entry mxE [(- _ : 'M_n) i j]mxE [(_ *: _ : 'M_n) i j]mxE; apply: c_minus => //; apply: c_times => //; exact: c_number.
Qed.

Lemma slack_ratio : ratF F (upper_factor k) < p%:R * ratF F (lower_factor k).
Proof.
have ep : toF (Z.of_nat p) = p%:R by have [_] := computedE (c_natural F p); rewrite /ratF /= toF1 divr1.
case/and5P: ck => _ _ _ wl /and4P[wg lt _ _]; have := less_numbersP F wg (_ : wf_number (_, (lower_factor k).2)) lt.
by rewrite /ratF /= toFM ep mulrA; apply; exact: wl.
Qed.

Lemma slack_off (i j : 'I_n) : i != j -> slack_matrix i j = sign_of i * (cost_matrix i j * sign_of j).
Proof.
move=> ij; rewrite !mxE /slack_entry; case: NateqP => [/val_inj e'|_]; first by rewrite e' eqxx in ij.
by rewrite /signed_cost /sign_at /= !toF1 !divr1.
Qed.

Lemma slack_rows (i : 'I_n) : \sum_j slack_matrix i j = 0.
Proof.
rewrite (bigD1 i) //= mxE /slack_entry Nat.eqb_refl /= zero_field sub0r total_iota (bigD1 i) //= Nat.eqb_refl add0r addrC.
apply/eqP; rewrite subr_eq0; apply/eqP; apply: eq_bigr => j ji; rewrite mxE /slack_entry.
by case: NateqP => // /val_inj e'; rewrite e' eqxx in ji.
Qed.
End Condition.
End Proof.

(** ** The theorem *)

Theorem check_benign_sound (F : realFieldType) (c : certificate) (e : benign) : check_benign c e -> holds_benign F c e.
Proof.
case/andP=> wfc; case pc: (parts c) => [[[a b] mu]|] //.
have sizes := @constraints_size F c wfc b; set n := size _ in sizes *; set p := Z.to_nat (extent e) => /and3P[cl cc cond].
have [Cs [k lossE]] := costs_sound F wfc cc; have lens := lengths_sound wfc sizes cl;
have VU (Z : 'M[F]_(n, p)) := vectors_parameters cl Z.
have VD (y w : 'rV[F]_(dimension c)) : vectors_at n p e (y + w) = vectors_at n p e y + vectors_at n p e w.
  by apply/matrixP => i j; rewrite !mxE coordinateD.
have VZ t (w : 'rV[F]_(dimension c)) : vectors_at n p e (t *: w) = t *: vectors_at n p e w.
  by apply/matrixP => i j; rewrite !mxE coordinateZ.
have wm : wf_matrix (costs e) by case/and3P: cc.
have slack y : second_order_on (objective a) (@constraints F c b n) y \/ local_min_on (objective a) (@constraints F c b n) y ->
    slack_at (vectors_at n p e) (cost_matrix F n e) y.
  case; first exact: second_order_slack_at VD VZ VU Cs lossE lens y.
  exact: (local_slack_at VD VU (@parameters_le F c n p e) Cs lossE lens).
have conditioned k' : check_condition n p (costs e) k' -> forall y, slack_at (vectors_at n p e) (cost_matrix F n e) y ->
    global_min_on (objective a) (@constraints F c b n) y /\
    exists2 u : 'I_p -> F, \sum_j u j * u j = 1 & forall (i : 'I_n) (j : 'I_p), vectors_at n p e y i j = sign_of F k' i * u j.
  move=> ck; apply: (conditioned_benign lossE lens (x := sign_of F k') (d := share_of F k') (L := slack_matrix F n e k')).
  - exact: sign_square ck.
  - exact: slack_off.
  - exact: slack_rows.
  - exact: share_gt0 ck.
  - exact: share_sum ck.
  - exact: slack_above ck wm.
  - exact: slack_below ck wm.
  exact: slack_ratio ck.
exists a, b, mu, n; split=> //.
  move=> y /slack so; case: (well_conditioned e) cond => [k' /conditioned/(_ y so)[]//|/NatltP np].
  exact: (few_benign lossE lens np so).
case: (well_conditioned e) cond => //= k' /conditioned h y /slack/h[_ [u u1 eu]].
exists (fun j => if insub j is Some j' then u j' else 0); first by rewrite -[RHS]u1; apply: eq_bigr => j _; rewrite valK.
move=> i j lti ltj; have := eu (Ordinal lti) (Ordinal ltj); rewrite insubT mxE /= => <-.
congr (coordinate y _); rewrite /places.
have [lt|ge] := ltnP (i * p + j) (size (positions e)); first by rewrite (nth_map Z0).
by rewrite !nth_default ?size_map.
Qed.
