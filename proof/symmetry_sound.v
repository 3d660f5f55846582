(** The theorem of certificates with a symmetry. *)
From Coq Require Import ZArith PeanoNat List.
From mathcomp Require Import ssreflect ssrfun ssrbool eqtype ssrnat seq fintype bigop.
From mathcomp Require Import order ssralg ssrnum ssrint ssrZ zmodp matrix mxalgebra ring.
From rankscape Require Import program parametricity scalars certificate asymptotics expansions landscape forms local evidence soundness.
From rankscape Require Import bounds convexity traces checker symmetry bounds_sound convexity_sound traces_sound theorem feasible orbits.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import Order.Theory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

(** ** Polynomials *)

Section Polynomials.
Variables (F : realFieldType) (v : nat -> F).
Notation toF := (@toF F).

Definition monomial_value (m : monomial) : F := foldr (fun i a => v i * a) 1 m.
Definition poly_value (p : poly) : F := foldr (fun t a => toF t.2 * monomial_value t.1 + a) 0 p.

Lemma monomial_timesE a b : monomial_value (monomial_times a b) = monomial_value a * monomial_value b.
Proof.
elim: a b => [|i a iha] b; first by case: b => *; rewrite /= mul1r.
elim: b => [|j b ihb]; first by rewrite /= mulr1.
rewrite /=; case: (Nat.ltb j i); first by rewrite /= iha /= mulrA.
by rewrite /= [monomial_value _]ihb /=; ring.
Qed.

Lemma same_monomialP a b : same_monomial a b -> a = b.
Proof. by elim: a b => [|i a ih] [|j b] //= /andP[/NateqP -> /ih ->]. Qed.

Lemma poly_plusE a b : poly_value (poly_plus a b) = poly_value a + poly_value b.
Proof.
elim: a b => [|[m s] a iha] b; first by case: b => *; rewrite /= add0r.
elim: b => [|[k t] b ihb]; first by rewrite /= addr0.
rewrite /=; case sm: (same_monomial m k).
  have -> := same_monomialP sm; case: Z.eqb_spec => [st|_]; rewrite /= iha.
    have /eqP : toF s + toF t = 0 by rewrite -toFD st.
    by rewrite addr_eq0 => /eqP ->; ring.
  by rewrite toFD; ring.
case: (comes_first m k); first by rewrite /= iha /=; ring.
by rewrite /= [poly_value _]ihb /=; ring.
Qed.

Lemma poly_scaleE z a : poly_value (poly_scale z a) = toF z * poly_value a.
Proof.
rewrite /poly_scale; case: Z.eqb_spec => [->|_]; first by rewrite toF0 mul0r.
by elim: a => [|t a ih] /=; rewrite ?mulr0 // ih toFM; ring.
Qed.

Lemma term_timesE t b : poly_value (term_times t b) = toF t.2 * monomial_value t.1 * poly_value b.
Proof. by elim: b => [|s b ih] /=; rewrite ?mulr0 // ih toFM monomial_timesE; ring. Qed.

Lemma poly_timesE a b : poly_value (poly_times a b) = poly_value a * poly_value b.
Proof. by elim: a => [|t a ih] /=; rewrite ?mul0r // poly_plusE ih term_timesE; ring. Qed.

End Polynomials.

(** ** Functions of bounded variables and a small time *)

Section Duals.
Variables (F : realFieldType) (r : F).
Notation toF := (@toF F).

Definition moment := {p : (nat -> F) * F | forall i, `|p.1 i| <= r}.
Definition at_ (p : moment) : nat -> F := (sval p).1.
Definition when (p : moment) : F := (sval p).2.
Definition size_ (p : moment) : F := `|when p|.
Notation bigO := (bigO size_).
Let size_ge0 p : 0 <= size_ p. Proof. exact: normr_ge0. Qed.

Lemma bounded_monomial m : bigO 0 (fun p => monomial_value (at_ p) m).
Proof.
elim: m => [|i m ih]; first exact: bigO_cst.
apply: (@bigOM _ _ _ 0 0) ih; exists `|r|, 1; split; rewrite ?ltr01 ?normr_ge0 // => p _.
rewrite expr0 mulr1 (le_trans (svalP p i)) //; exact: ler_norm.
Qed.

Lemma bounded_poly a : bigO 0 (fun p => poly_value (at_ p) a).
Proof.
elim: a => [|t a ih]; first exact: bigO0.
exact: bigOD (bigO_scale _ (bounded_monomial t.1)) ih.
Qed.

Lemma when_order : bigO 1 when.
Proof. by apply: bigO_le => p; rewrite expr1. Qed.

Definition dual_function (a : dual) (p : moment) : F := poly_value (at_ p) (rest a) + when p * poly_value (at_ p) (rate a).
Definition dual_of (a : dual) (f : moment -> F) : Prop := bigO 2 (fun p => f p - dual_function a p).

Lemma bounded_dual a : bigO 0 (dual_function a).
Proof.
have h := bigO_weak size_ge0 (leq0n (1 + 0)) (bigOM when_order (bounded_poly (rate a))).
exact: bigOD (bounded_poly (rest a)) h.
Qed.

Lemma dual_plusE a b p : dual_function (dual_plus a b) p = dual_function a p + dual_function b p.
Proof. by rewrite /dual_function /= !poly_plusE; ring. Qed.

Lemma dual_scaleE z a p : dual_function (dual_scale z a) p = toF z * dual_function a p.
Proof. by rewrite /dual_function /= !poly_scaleE; ring. Qed.

Lemma duals_respected : respected duals dual_of.
Proof.
split=> /=.
- by move=> a f g e; apply: bigO_ext => p; rewrite e.
- move=> z; apply: bigO_ext (bigO0 _ 2) => p; rewrite /dual_function /=.
  by case: Z.eqb_spec => [->|_] /=; rewrite ?toF0; ring.
- by move=> z a f h; apply: bigO_ext (bigO_scale (toF z) h) => p; rewrite dual_scaleE mulrBr.
- by move=> a b f g h h'; apply: bigO_ext (bigOD h h') => p; rewrite dual_plusE; ring.
- move=> a b f g h h'; apply: bigO_ext (bigOB h h') => p.
  by rewrite dual_plusE dual_scaleE toFN1; ring.
move=> a b f g h h'; have e := bigO_times size_ge0 (bounded_dual a) (bounded_dual b) h h'.
have sq := bigOM (bigOM when_order when_order) (bigOM (bounded_poly (rate a)) (bounded_poly (rate b))).
apply: bigO_ext (bigOD e sq) => p.
by rewrite /dual_function /= !poly_timesE poly_plusE !poly_timesE; ring.
Qed.

End Duals.

(** ** Fields, at related scalars *)

Section Related.
Variables (A B : Type) (oa : operations A) (ob : operations B) (R : A -> B -> Prop).
Hypothesis R_constant : forall n d, Z.lt Z0 d -> R (constant oa n d) (constant ob n d).
Hypothesis R_plus : forall a b c d, R a b -> R c d -> R (plus oa a c) (plus ob b d).
Hypothesis R_times : forall a b c d, R a b -> R c d -> R (times oa a c) (times ob b d).

Lemma R_velocity n f i x y : (forall j, R (x j) (y j)) -> R (velocity oa n x f i) (velocity ob n y f i).
Proof.
move=> xy; apply: (R_total (R := R)) => //; apply: F2_map => e; apply: R_times; first by apply: R_constant.
by rewrite /=; case: (Nat.eqb _ _); [apply: R_constant | apply: xy].
Qed.

Lemma R_moved n fs x y s s' t t' i : (forall j, R (x j) (y j)) -> (forall j, R (s j) (s' j)) -> R t t' ->
  R (moved oa n fs x s t i) (moved ob n fs y s' t' i).
Proof.
move=> xy ss tt; apply: R_plus => //; apply: R_times => //; apply: (R_total R_constant R_plus).
by apply: F2_map => k; apply: R_times => //; exact: R_velocity.
Qed.

End Related.

Section Symmetry.
Variables (F : archiFieldType) (c : certificate) (e : symmetry).
Notation ops := (field_operations F).
Notation toF := (@toF F).
Notation ratF := (@ratF F).
Notation n := (dimension c).
Notation m := (size (fields e)).
Notation x := (@point F c).
Notation loss := (@loss F c).
Hypothesis wfc : well_formed c.
Variable annihilated : matrix Z.
Hypothesis good : check_along c e annihilated.

Let wfp : wf (inputs c) (instructions c). Proof. by case/and5P: wfc. Qed.
Let dp : all wf_number (flatten (weights c)). Proof. by case/and5P: wfc => _ _ _ _ /andP[]. Qed.
Let sp : size (flatten (weights c)) = n. Proof. by case/and5P: wfc => _ _ _ /NateqP. Qed.

(** The fields at a point, as rows. *)
Definition rows_at (y : 'rV[F]_n) : 'M[F]_(m, n) :=
  \matrix_(k, i) velocity ops n (coordinate y) (nth [::] (fields e) k) i.

(** ** The loss is constant along them, up to the square of a step *)

Lemma velocity_ext f i (y z : nat -> F) : (forall j, (j < n)%N -> y j = z j) -> (forall j, (n < j)%N -> y j = z j) ->
  velocity ops n y f i = velocity ops n z f i.
Proof.
move=> h h'; congr (total _ _); apply: eq_map => t /=; congr (_ * _); case: NateqP => // ne.
by case: (ltngtP (Z.to_nat t.1.2) n) => [/h|/h'|].
Qed.

Lemma velocity_out f i (y : nat -> F) : (n <= i)%N -> velocity ops n y f i = 0.
Proof.
move=> ni; rewrite /velocity (eq_filter (a2 := pred0)) => [|t /=]; first by rewrite filter_pred0 /= /zero_scalar /= toF0 mul0r.
by case: NatltP => //; rewrite ltnNge ni.
Qed.

Lemma total_iota k (g : nat -> F) : total ops [seq g i | i <- iota 0 k] = \sum_(i < k) g i.
Proof.
rewrite -(big_mkord xpredT) /index_iota subn0; elim: (iota 0 k) => [|i l ih] /=; first by rewrite big_nil /zero_scalar /= toF0 mul0r.
by rewrite big_cons ih.
Qed.

Lemma constant_along (r : F) : exists C d : F, [/\ 0 <= C, 0 < d & forall (y : 'rV[F]_n) (s : 'rV_m) t,
  norm1 y <= r -> norm1 s <= r -> `|t| <= d -> `|loss (y + t *: (s *m rows_at y)) - loss y| <= C * t ^+ 2].
Proof.
pose W := moment r.
pose yp i : W -> F := fun p => if Nat.ltb i n then at_ p i else 0.
pose sf k : W -> F := fun p => at_ p (n + k)%N.
have var i : fraction_of (@dual_of F r) (variable i) (fun p => at_ p i).
  by split=> //=; apply: bigO_ext (bigO0 _ 2) => p; rewrite /dual_function /= toF1; ring.
have par i : fraction_of (@dual_of F r) (parameter n i) (yp i).
  rewrite /parameter /yp; case: (Nat.ltb i n) => //; split=> //=.
  by apply: bigO_ext (bigO0 _ 2) => p; rewrite /dual_function /= toF1; ring.
have tm : fraction_of (@dual_of F r) time (@when F r).
  by split=> //=; apply: bigO_ext (bigO0 _ 2) => p; rewrite /dual_function /= toF1; ring.
have H := @duals_respected F r.
have mv i : fraction_of (@dual_of F r) (moved (fractions duals) n (fields e) (parameter n) (fun k => variable (n + k)) time i)
    (moved (function_operations F W) n (fields e) yp sf (@when F r) i).
  apply: (R_moved (R := fraction_of (@dual_of F r))) => //.
  - by move=> a b d0; exact: fraction_constant.
  - by move=> a b u v; exact: fraction_plus.
  - by move=> a b u v; exact: fraction_times.
  by move=> j; exact: var.
have [] := fraction_value H (loss_position c) wfp mv.
case/and4P: good => _ ra _ _; move: ra; rewrite /rate_along.
case: (value_of (fractions duals) _ _ _ _) => d0 [p0 p1] /=; case: p1 => // _ dp0 [C [d [C0 dpos _ h]]].
have dn := toF_gt0 F dp0; exists (C / toF d0), d; split=> //; first by apply: divr_ge0 => //; exact: ltW.
move=> y s t yr sr td.
pose q i : F := if (i < n)%N then coordinate y i else coordinate s (i - n)%N.
have qr i : `|q i| <= r by rewrite /q; case: ifP => _; [apply: le_trans yr | apply: le_trans sr]; exact: norm1_coordinate.
have value tt (tr : `|tt| <= d) : `|toF d0 * loss (y + tt *: (s *m rows_at y)) - poly_value q p0| <= C * tt ^+ 2.
  pose pt : W := exist _ (q, tt) qr.
  have := h pt tr; rewrite /dual_function /= mulr0 addr0 /size_ /when /= -normrX [`|tt ^+ 2|]ger0_norm ?sqr_ge0 //.
  congr (`|_ * _ - _| <= _); rewrite /soundness.loss; apply: (value_ext wfc) => i.
  have mE : moved (function_operations F W) n (fields e) yp sf (@when F r) i pt =
      moved ops n (fields e) (fun j => yp j pt) (fun k => sf k pt) tt i.
    by apply: (R_moved (R := fun (f : W -> F) v => f pt = v)) => //= *; congruence.
  rewrite -[LHS]/(moved (function_operations F W) n (fields e) yp sf (@when F r) i pt) mE /moved /=.
  have yE j : yp j pt = coordinate y j.
    rewrite /yp /at_ /= /q; case: NatltP => [->//|/negP]; rewrite -leqNgt => nj.
    by rewrite /coordinate; case: insubP => // k kn; rewrite ltnNge nj in kn.
  rewrite coordinateD coordinateZ yE total_iota; congr (_ + _ * _).
  have [ni|ni] := ltnP i n; last first.
    have -> : coordinate (s *m rows_at y) i = 0 by rewrite /coordinate; case: insubP => // k kn; rewrite ltnNge ni in kn.
    by apply: big1 => k _; rewrite velocity_out ?mulr0.
  rewrite -[i]/(nat_of_ord (Ordinal ni)) coordinateE mxE; apply: eq_bigr => k _.
  rewrite mxE; congr (_ * _); last by apply: velocity_ext => j.
  by rewrite /sf /at_ /= /q ltnNge leq_addr /= addKn coordinateE.
have d0' : `|0 : F| <= d by rewrite normr0 ltW.
have := value 0 d0'; rewrite scale0r addr0 expr0n mulr0 normr_le0 subr_eq0 => /eqP pe.
have := value t td; rewrite -pe -mulrBr normrM gtr0_norm // => le.
by rewrite mulrAC ler_pdivl_mulr // [X in X <= _]mulrC.
Qed.

(** ** What is tested at the point *)

Lemma coordinates_sound : wf_matrix (inverse e) -> exists T : 'M[F]_(n, m), forall i (j : 'I_m),
  computed (coordinates_of c e i j) (if insub i is Some k then T (k : 'I_n) j else 0) \/ (n <= i)%N.
Proof.
move=> /Z.ltb_spec0 w.
pose val i j : F := total ops [seq if Nat.eqb (Z.to_nat (nth Z0 (columns e) k)) i
  then constant ops (entry (entries (inverse e)) k j) (denominator (inverse e)) else zero_scalar ops | k <- iota 0 m].
exists (\matrix_(i, j) val i j) => i j; have [ni|ni] := ltnP i n; [left | by right].
rewrite (insubT (fun k => (k < n)%N) ni) mxE /=.
apply: (R_total (R := @computed F)); [exact: c_constant | exact: c_plus | apply: F2_map => k].
by case: (Nat.eqb _ _); apply: c_constant.
Qed.

Lemma velocity_sound f i : computed (velocity_here c f i) (velocity ops n (coordinate x) f i).
Proof.
apply: (R_velocity (R := @computed F)); [exact: c_constant | exact: c_plus | exact: c_times | move=> j].
by rewrite vector_coordinate ?sp //; apply: c_constant; exact: positive_denominator.
Qed.

Lemma equals_sound a v z : computed a v -> equals a z -> v = toF z.
Proof.
move=> [d0 av] /Z.eqb_spec h; move: av; rewrite /integer_of h toFM => /eqP; rewrite mulrC.
by have dn := lt0r_neq0 (toF_gt0 F d0) => /eqP; apply: mulIf.
Qed.

Lemma sum_sound k (g : nat -> Z * Z) (u : nat -> F) z : (forall i, (i < k)%N -> computed (g i) (u i)) ->
  equals (total rationals [seq g i | i <- iota 0 k]) z -> \sum_(i < k) u i = toF z.
Proof.
move=> h; rewrite -total_iota; apply: equals_sound.
have : forall l, (forall i, i \in l -> (i < k)%N) -> computed (total rationals [seq g i | i <- l]) (total ops [seq u i | i <- l]).
  elim=> [|i l ih] hl /=; first exact: c_constant.
  by apply: c_plus; [apply: h; apply: hl; rewrite inE eqxx | apply: ih => j jl; apply: hl; rewrite inE jl orbT].
by apply=> i; rewrite mem_iota add0n => /andP[].
Qed.

Lemma symmetry_at_point d : exists T : 'M[F]_(n, m), rows_at x *m T = 1%:M /\ rows_at x *m (d *: toM F n n annihilated) = 0.
Proof.
case/and4P: good => wm _ /all_iotaP id /all_iotaP nul.
have [T hT] := coordinates_sound wm; exists T; split; apply/matrixP => k j; rewrite !mxE.
  have /all_iotaP/(_ j) := id k.
  move/(@sum_sound n _ (fun i => velocity ops n (coordinate x) (nth [::] (fields e) k) i * (if insub i is Some l then T (l : 'I_n) j else 0))) => /=.
  rewrite (eq_bigr (fun i : 'I_n => rows_at x k i * T i j)) => [->|i _]; last by rewrite mxE valK.
    by case: NateqP => [/val_inj->|ne]; rewrite ?eqxx //; case: eqP => // ke; case: ne; rewrite ke.
  move=> i ni; apply: c_times; first exact: velocity_sound.
  by case: (hT i j) => //; rewrite leqNgt ni.
have /all_iotaP/(_ j) := nul k.
move/(@sum_sound n _ (fun i => velocity ops n (coordinate x) (nth [::] (fields e) k) i * toF (entry annihilated i j))) => /= v0.
rewrite (eq_bigr (fun i : 'I_n => d * (velocity ops n (coordinate x) (nth [::] (fields e) k) i * toF (entry annihilated i j)))).
  have one s : computed (Zpos xH, s) (toF s) by split=> //; rewrite /integer_of /= toF1 mul1r.
  rewrite -mulr_sumr v0 ?toF0 ?mulr0 // => i ni.
  exact: (c_times (velocity_sound (nth [::] (fields e) k) i) (one (entry annihilated i j))).
by move=> i _; rewrite !mxE mulrCA.
Qed.

(** ** Fields are Lipschitz *)

Lemma velocity_near f i (y w : 'rV[F]_n) : `|velocity ops n (coordinate (y + w)) f i - velocity ops n (coordinate y) f i| <=
  (\sum_(t <- f) `|toF t.2|) * norm1 w.
Proof.
rewrite /velocity; elim: f => [|t f ih] /=; first by rewrite subrr normr0 big_nil mul0r.
rewrite big_cons mulrDl; case: ifP => _ /=; last by apply: le_trans ih _; rewrite ler_addr mulr_ge0 ?norm1_ge0.
rewrite opprD addrACA; apply: le_trans (ler_norm_add _ _) _; apply: ler_add => //.
rewrite toF1 divr1 -mulrBr normrM ler_wpmul2l //; case: (Nat.eqb _ _); first by rewrite subrr normr0 norm1_ge0.
by rewrite coordinateD addrAC subrr add0r norm1_coordinate.
Qed.

Lemma rows_near : exists B : F, 0 <= B /\ forall y w, mass (rows_at (y + w) - rows_at y) <= B * norm1 w.
Proof.
exists (\sum_(k < m) \sum_(i < n) \sum_(t <- nth [::] (fields e) k) `|toF t.2|); split.
  by apply: sumr_ge0 => k _; apply: sumr_ge0 => i _; apply: sumr_ge0.
move=> y w; rewrite /mass mulr_suml; apply: ler_sum => k _; rewrite mulr_suml; apply: ler_sum => i _.
rewrite !mxE; exact: velocity_near.
Qed.

End Symmetry.

(** ** The minimum *)

Theorem symmetry_min (F : archiFieldType) (c : certificate) (e : symmetry) b a : well_formed c -> check_symmetry c e -> analyse c = Some a ->
  let A := (toF F (over a))^-1 *: toM F (dimension c) (dimension c) (hessian_part a) in
  framed A 0 (size (fields e)) b -> expansion (@loss F c) (point F c) 0 A -> local_min (@loss F c) (point F c).
Proof.
move=> wfc + E A fr ex; rewrite /check_symmetry E => good; have As := ex.1.
have [T [XT XA]] := symmetry_at_point wfc good (toF F (over a))^-1.
have [mu mu0 co] := coercive_across As fr XA XT.
have [B [B0 nr]] := @rows_near F c e.
have r0 : 0 <= norm1 (point F c) + 1 by rewrite addr_ge0 ?norm1_ge0 ?ler01.
have [C [d [C0 d0 cn]]] := constant_along wfc good (norm1 (point F c) + 1).
apply: (orbit_min ex mu0 co XT B0 (nr _) C0 ltr01 d0) => w s t w1 s1 td; apply: cn => //.
  by apply: le_trans (norm1D _ _) _; rewrite ler_add2l.
by apply: le_trans s1 _; rewrite ler_addr norm1_ge0.
Qed.

(** What is said of a certificate of a local minimizer, and its verdict; over archimedean fields (rational, real algebraic, real
    numbers). *)
Definition holds_locally (F : archiFieldType) (c : certificate) (v : verdict) : Prop :=
  [/\ holds F c, critical_point (@loss F c) (point F c), local_min (@loss F c) (point F c) &
      if v is LocalMinimizer then ~ global_min (@loss F c) (point F c) else meaning F c v].

(** With a symmetry. *)
Definition holds_symmetric (F : archiFieldType) (k : symmetric) : Prop := holds_locally F (without k) (concluded k).

Theorem check_symmetric_sound (F : archiFieldType) (k : symmetric) : check_symmetric k -> holds_symmetric F k.
Proof.
rewrite /check_symmetric /holds_symmetric /holds_locally; set c := without k => /and5P[ck cr good /same_verdictP cv].
case he: (hessian_inertia c) => [e|] // /andP[/Z.eqb_spec n0 /NateqP zs].
have H := check_sound F ck; have [_ _ _ _ _ hb _ hv] := H.
move: (ck); rewrite /check => /andP[wfc]; case E: (analyse c) => [a|] // /and5P[_ /Bool.eqb_prop ec _ ei].
case/and5P=> _ _ _ _ /same_verdictP cl; rewrite cl in hv.
have [d0 _ wd sym [ex _]] := analyse_sound F wfc E.
have g0 : \row_i (toF F (nth Z0 (gradient_part a) i) / toF F (over a)) = 0 :> 'rV_(dimension c).
  by apply/rowP => i; rewrite !mxE vanishesP ?toF0 ?mul0r // -ec.
rewrite g0 in ex; move: ei; rewrite /check_inertias he => /and3P[hi _ _].
have fr := check_inertia_sound wd sym d0 hi; rewrite n0 zs in fr.
split=> //; [by exists ((toF F (over a))^-1 *: toM F _ _ (hessian_part a)) | exact: symmetry_min wfc good E fr ex |].
rewrite cv /symmetric_verdict -/c he; case: (verdict_of c) hv => //=; last by case sb: (some (better c)) => // _; case: (better c) sb hb => //= w _ lt /(_ (vector F c (head [::] (rows_of w)))); rewrite leNgt lt.
by case.
Qed.
