(** Lower bounds by convexity hold for all weights. *)
From Coq Require Import ZArith PeanoNat List.
From mathcomp Require Import ssreflect ssrfun ssrbool eqtype ssrnat seq fintype bigop.
From mathcomp Require Import order ssralg ssrnum ssrint ssrZ zmodp matrix mxalgebra ring.
From rankscape Require Import program parametricity scalars certificate convexity asymptotics expansions landscape forms kyfan matrices evidence.
From rankscape Require Import bounds bounds_sound soundness.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import Order.Theory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Local Arguments zero_scalar : simpl never.
Local Arguments Z.eqb : simpl never.

(** ** Tangents *)

Section Tangents.
Variables (F : realFieldType) (n : nat) (w : 'rV[F]_n).
Notation toF := (@toF F).

Definition tangent_function (a : tangent) : F := toF (tangent_value a) + linear (slope a) w.

Definition tangent_of (a : tangent) (f : unit -> F) : Prop :=
  match bend a with
  | Exact => f tt = tangent_function a
  | Above => tangent_function a <= f tt
  | Unknown => True
  end.

Lemma tangent_scale_sound z a f : tangent_of a f -> tangent_of (tangent_scale z a) (fun u => toF z * f u).
Proof.
have e : tangent_function (tangent_scale z a) = toF z * tangent_function a.
  by rewrite /tangent_function /= toFM linear_scale_sound mulrDr.
rewrite /tangent_of e /=; case: (bend a) => // h; first by rewrite h.
by case: Z.leb_spec0 => // /(@toF_le F) z0; rewrite ler_wpmul2l.
Qed.

Lemma tangent_plus_sound a b f g : tangent_of a f -> tangent_of b g -> tangent_of (tangent_plus a b) (fun u => f u + g u).
Proof.
have e : tangent_function (tangent_plus a b) = tangent_function a + tangent_function b.
  by rewrite /tangent_function /= toFD linear_plus_sound; ring.
rewrite /tangent_of e /=; case: (bend a); case: (bend b) => //= ha hb.
- by rewrite ha hb.
- by rewrite ha ler_add.
- by rewrite hb ler_add.
- exact: ler_add.
Qed.

Lemma same_slope_sound g h : same_slope g h -> g = h.
Proof.
by elim: g h => [|[i x] g ih] [|[j y] h] //= /and3P[/NateqP -> /Z.eqb_spec -> /ih ->].
Qed.

Lemma is_fixed_sound a f : is_fixed a -> tangent_of a f -> f tt = toF (tangent_value a).
Proof.
by rewrite /is_fixed /is_exact /tangent_of /tangent_function; case: a => [[] c [|x g]] //= _ ->; rewrite addr0.
Qed.

Lemma tangents_respected : respected tangents tangent_of.
Proof.
split=> /=.
- by move=> a f g e; rewrite /tangent_of e.
- by move=> z; rewrite /tangent_of /tangent_function /= addr0.
- exact: tangent_scale_sound.
- exact: tangent_plus_sound.
- move=> a b f g ha hb; have := tangent_plus_sound ha (tangent_scale_sound (Zneg xH) hb).
  by rewrite /tangent_of toFN1 mulN1r.
move=> a b f g ha hb; rewrite /tangent_times.
case: ifP => [fa|_].
  have := tangent_scale_sound (tangent_value a) hb.
  by rewrite /tangent_of (is_fixed_sound fa ha).
case: ifP => [fb|_].
  have := tangent_scale_sound (tangent_value b) ha.
  by rewrite /tangent_of (is_fixed_sound fb hb) [f tt * _]mulrC.
case: ifP => // /and4P[ea eb /Z.eqb_spec ec /same_slope_sound es].
have {ea} fa : f tt = tangent_function a by move: ea ha; rewrite /is_exact /tangent_of; case: (bend a).
have {eb} gb : g tt = tangent_function a.
  by move: eb hb; rewrite /is_exact /tangent_of; case: (bend b) => //; rewrite /tangent_function ec es.
rewrite /tangent_of fa gb /tangent_function; set r := (_ <= _).
have -> : r = (toF (Z.mul (tangent_value a) (tangent_value a)) +
  linear (linear_scale (Z.mul (Zpos 2) (tangent_value a)) (slope a)) w <= (toF (tangent_value a) + linear (slope a) w) * (toF (tangent_value a) + linear (slope a) w)) by [].
rewrite linear_scale_sound !toFM -subr_ge0.
set c := toF (tangent_value a); set l := linear _ w.
have -> : toF (Zpos 2) = 2%:R by [].
have -> : (c + l) * (c + l) - (c * c + 2%:R * c * l) = l ^+ 2 by ring.
exact: sqr_ge0.
Qed.

End Tangents.

(** ** Programs with leaves cut *)

Section Cut.
Variables (T : Type) (o : operations T).
Implicit Types ins res : seq (matrix T).

Lemma execute_operands ins res full i : (forall a, (Z.to_nat a < size res)%N -> position res a = position full a) ->
  operands_before (size res) i -> execute o ins res i = execute o ins full i.
Proof.
move=> h; case: i => [k|m|a b|a b|a b|a b|a b|n d a|a b|a] //=; try by [case/andP=> /NatltP/h-> /NatltP/h-> | move/NatltP/h->].
Qed.

Lemma run_step ins res p k : (size res <= k < size res + size p)%N ->
  operands_before k (nth (Input Z0) p (k - size res)) ->
  nth [::] (run o ins res p) k = execute o ins (run o ins res p) (nth (Input Z0) p (k - size res)).
Proof.
elim: p res => [|i p ih] res; first by rewrite addn0 => /andP[a b]; move: (leq_ltn_trans a b); rewrite ltnn.
case/andP; rewrite leq_eqVlt => /orP[/eqP <- _|lt]; rewrite ?subnn /=.
  move=> ob; rewrite run_nth ?size_rcons // nth_rcons ltnn eqxx.
  by apply: execute_operands ob => a lt; rewrite /position run_nth ?size_rcons ?leqW // nth_rcons lt.
move=> lt'; have := ih (rcons res (execute o ins res i)); rewrite size_rcons => ih'.
rewrite -[(k - size res)%N]prednK ?subn_gt0 //= -subnS; apply: ih'; by rewrite lt /= addSnnS.
Qed.

Lemma step_sound ins p k i : step p k = Some i ->
  position (eval o ins p) k = execute o ins (eval o ins p) i.
Proof.
rewrite /step; case: ifP => // /andP[/NatltP lt ob] [<-].
by have := @run_step ins [::] p (Z.to_nat k); rewrite subn0; apply.
Qed.

Lemma cut_sound ins leaf leaves p res full :
  full = run o ins res p -> inputs_before (size ins) p ->
  (forall j, (j < size leaves)%N -> nth [::] leaf j = position full (nth Z0 leaves j)) ->
  run o (ins ++ leaf) res (cut_all leaves (size ins) (size res) p) = full.
Proof.
move=> ef + h; elim: p res ef => [|i p ih] res //= ef /andP[ib ip].
have ee : execute o (ins ++ leaf) res (cut leaves (size ins) (size res) i) = execute o ins res i.
  rewrite /cut; case: NatltP => [lt|_].
    rewrite /= {1}/position Nat2Z.id nth_cat ltnNge leq_addr /= addKn h //.
    have /Z.eqb_spec <- : Z.eqb (Z.of_nat (size res)) (nth Z0 leaves (find (Z.eqb (Z.of_nat (size res))) leaves)).
      by apply: (@nth_find _ Z0 (Z.eqb (Z.of_nat (size res)))); rewrite has_find.
    by rewrite /position Nat2Z.id ef run_nth ?size_rcons // nth_rcons ltnn eqxx.
  by case: i ib {ef} => //= k /NatltP lt; rewrite /position nth_cat lt.
by rewrite ee -[(size res).+1](size_rcons res (execute o ins res i)); apply: ih.
Qed.

Lemma cut_wf leaves first k p : all wf_instruction p -> all wf_instruction (cut_all leaves first k p).
Proof. by elim: p k => //= i p ih k /andP[wi /ih->]; rewrite andbT /cut; case: ifP. Qed.

Lemma size_fill x k s : size (fill o x k s) = size s.
Proof. by elim: s k => [|[m|r c] s ih] k //=; rewrite ih. Qed.

End Cut.

(** ** Shapes *)

Section Shapes.
Variable F : realFieldType.
Notation ops := (field_operations F).
Notation toF := (@toF F).

Definition of_rows r c (m : matrix F) : 'M[F]_(r, c) := \matrix_(i, j) nth 0 (nth [::] m i) j.

Lemma of_rowsK r c (m : matrix F) : size m = r -> all (fun row => size row == c) m -> mat (of_rows r c m) = m.
Proof.
move=> <- /allP h; apply: (@eq_from_nth _ [::]); first by rewrite size_map size_enum_ord.
move=> i; rewrite size_map size_enum_ord => lt; rewrite (nth_map (Ordinal lt)) ?size_enum_ord //.
have /eqP sc : size (nth [::] m i) == c by apply: h; rewrite mem_nth.
apply: (@eq_from_nth _ 0); first by rewrite size_map size_enum_ord.
move=> j; rewrite size_map size_enum_ord => lj; rewrite (nth_map (Ordinal lj)) ?size_enum_ord // mxE.
by rewrite !nth_enum_ord.
Qed.

Lemma shape_of_sound (A : Type) (m : matrix A) r c : shape_of m = Some (r, c) ->
  [/\ (0 < r)%N, (0 < c)%N, size m = r & forall row, List.In row m -> size row = c].
Proof.
rewrite /shape_of; case: ifP => // /and3P[/NatltP r0 /NatltP c0 al] [<- <-]; move: c0 al; move: (size (head [::] m)) => k c0 al; split=> //.
by elim: (m) al => //= a s ih /andP[/NateqP sa /ih h] row [<-|/h].
Qed.

Lemma shape_transfer (A : Type) (m : matrix A) (v : matrix F) r c : bounds_sound.same_shape m v -> shape_of m = Some (r, c) ->
  [/\ (0 < r)%N, (0 < c)%N & mat (of_rows r c v) = v].
Proof.
move=> sh /shape_of_sound[r0 c0 sr sc]; split=> //; apply: of_rowsK; first by rewrite -(F2_size sh).
elim: sh sc {sr} => //= a b m' v' ab _ ih h; rewrite -(F2_size ab) h ?eqxx /=; last by left.
by apply: ih => row ri; apply: h; right.
Qed.

Lemma size_flatten_shape (A : Type) (m : matrix A) (v : matrix F) : bounds_sound.same_shape m v ->
  size (seq.flatten m) = size (seq.flatten v).
Proof. by elim=> //= a b m' v' ab _ ih; rewrite !size_cat ih (F2_size ab). Qed.

(** Sums of products with a list. *)
Fixpoint pairing (g : seq Z) (v : seq F) : F := if g is z :: g' then (if v is a :: v' then toF z * a + pairing g' v' else 0) else 0.

Lemma pairing_cat g u v : pairing g (u ++ v) = pairing (take (size u) g) u + pairing (drop (size u) g) v.
Proof.
elim: u g => [|a u ih] [|z g] //=; rewrite ?add0r ?take0 ?drop0 //.
by rewrite ih addrA.
Qed.

Lemma pairing_zero g v : vanishes g -> pairing g v = 0.
Proof. by elim: g v => [|z g ih] [|a v] //= /andP[/Z.eqb_spec <- /ih ->]; rewrite toF0 mul0r addr0. Qed.

Lemma pairing_sum k (g : seq Z) (v : seq F) : size v = k -> pairing g v = \sum_(i < k) toF (nth Z0 g i) * nth 0 v i.
Proof.
move=> <-; elim: v g => [|a v ih] [|z g] /=; rewrite ?big_ord0 //.
  by rewrite big1 // => i _; rewrite nth_nil toF0 mul0r.
by rewrite big_ord_recl ih.
Qed.

Lemma in_rows_sound r c (g : seq Z) (m : matrix F) : size m = r -> all (fun row => size row == c) m ->
  pairing g (seq.flatten m) = \sum_(i < r) \sum_(j < c) toF (entry (in_rows r c g) i j) * nth 0 (nth [::] m i) j.
Proof.
move=> <-; elim: m g => [|row m ih] g /=; first by rewrite big_ord0; case: g.
case/andP=> /eqP sr al; rewrite pairing_cat big_ord_recl ih // sr; congr (_ + _).
by rewrite (pairing_sum _ sr).
Qed.

Lemma pairing_take g v : pairing (take (size v) g) v = pairing g v.
Proof. by elim: v g => [|a v ih] [|z g] //=; rewrite ih. Qed.

Lemma flatten_mat r c (P : 'M[F]_(r, c)) : size (seq.flatten (mat P)) = (r * c)%N.
Proof.
have sr : size (mat P) = r by rewrite size_map size_enum_ord.
have sc : all (fun row => size row == c) (mat P).
  by apply/allP => row /mapP[i _ ->]; rewrite size_map size_enum_ord.
rewrite -[in RHS]sr; elim: (mat P) sc => //= row m ih /andP[/eqP er /ih]; rewrite size_cat er => ->.
by rewrite mulSn.
Qed.

(** The matrix of a list. *)
Definition coefficients r c (g : seq Z) : 'M[F]_(r, c) := toM F r c (in_rows r c g).

Lemma pairing_mat r c g (P : 'M[F]_(r, c)) : pairing g (seq.flatten (mat P)) = \tr (coefficients r c g *m P^T).
Proof.
have sr : size (mat P) = r by rewrite size_map size_enum_ord.
have sc : all (fun row => size row == c) (mat P).
  by apply/allP => row /mapP[i _ ->]; rewrite size_map size_enum_ord.
rewrite (in_rows_sound _ sr sc) /mxtrace; apply: eq_bigr => i _; rewrite [RHS]mxE; apply: eq_bigr => j _; rewrite !mxE; congr (_ * _).
by rewrite (nth_map i) ?size_enum_ord // (nth_map j) ?size_enum_ord // !nth_ord_enum.
Qed.

(** ** Positive semidefinite *)

Lemma semidefinite_sound n s (S : 'M[F]_n) e :
  (forall i j : 'I_n, computed (nth (Zpos xH, Z0) (nth [::] s i) j) (S i j)) -> semidefinite n s e ->
  forall w, 0 <= form S w.
Proof.
move=> ent /and3P[/Z.ltb_spec0/(@toF_gt0 F) t0 /allP sq /all_iotaP al] w.
set t := toF (scaled_by e) in t0.
pose sqr (x : Z * seq Z) : F := toF x.1 * (\sum_(i < n) toF (nth Z0 x.2 i) * w 0 i) ^+ 2.
suff key : t * (2%:R * form S w) = \sum_(x <- zip (squares e) (factor e)) sqr x.
  rewrite -(pmulr_rge0 _ (ltr0Sn F 1)) -(pmulr_rge0 _ t0) key big_seq; apply: sumr_ge0 => x xz.
  have xs : x.1 \in squares e.
    by elim: (squares e) (factor e) xz => [|y ys ih] [|r rs] //=; rewrite !inE => /orP[/eqP->|/ih->]; rewrite ?eqxx ?orbT.
  by rewrite /sqr mulr_ge0 ?sqr_ge0 //; move/sq: xs => /Z.leb_spec0/(@toF_le F).
have -> : 2%:R * form S w = \sum_(i < n) \sum_(j < n) (S i j + S j i) * (w 0 i * w 0 j).
  rewrite mulr_natl mulr2n {2}form_sum exchange_big form_sum -big_split; apply: eq_bigr => i _.
  rewrite -big_split; apply: eq_bigr => j _ /=; ring.
pose m (x : Z * seq Z) (i j : nat) : F := toF x.1 * toF (nth Z0 x.2 i) * toF (nth Z0 x.2 j).
have each (i j : 'I_n) : t * (S i j + S j i) = \sum_(x <- zip (squares e) (factor e)) m x i j.
  move: (al i) => /all_iotaP/(_ j); have [] := fraction_plus (@integers_respected F) (ent i j) (ent j i).
  rewrite -/rationals; case: (plus rationals _ _) => d z /= d0 hz /Z.eqb_spec eq.
  have dn0 := lt0r_neq0 (toF_gt0 F d0).
  apply: (mulfI dn0); rewrite mulrCA hz -toFM eq toFM; congr (_ * _).
  rewrite (nth_map [::]) ?size_map ?size_iota // (nth_map 0%N) ?size_iota // (nth_map 0%N) ?size_iota // !nth_iota // !add0n.
  elim: (squares e) (factor e) => [|y ys ih] [|r rs] //=; rewrite ?big_nil // big_cons -ih toFD !toFM.
  by rewrite /m /= -!mulrA [toF y * _]mulrCA.
rewrite mulr_sumr; under eq_bigr => i _ do (rewrite mulr_sumr; under eq_bigr => j _ do rewrite mulrA each mulr_suml).
under eq_bigr => i _ do rewrite exchange_big /=.
rewrite exchange_big /=; apply: eq_bigr => x _; rewrite /sqr expr2 mulr_suml mulr_sumr; apply: eq_bigr => i _.
rewrite mulr_sumr mulr_sumr; apply: eq_bigr => j _; rewrite /m; ring.
Qed.

Lemma over_denominator_entry d (m : matrix Z) i j : Z.lt Z0 d ->
  computed (nth (Zpos xH, Z0) (nth [::] (over_denominator d m) i) j) (toF (entry m i j) / toF d).
Proof.
move=> d0; have dn0 := lt0r_neq0 (toF_gt0 F d0); have c0 : computed (Zpos xH, Z0) (toF Z0 / toF d).
  by split=> //=; rewrite /integer_of /= toF0 mul0r mulr0.
rewrite /entry /over_denominator; have [lt|ge] := ltnP i (size m); last first.
  by rewrite !(nth_default [::]) ?size_map // !nth_nil.
rewrite (nth_map [::]) //; have [lt'|ge'] := ltnP j (size (nth [::] m i)); last first.
  by rewrite (nth_default Z0) // nth_default ?size_map.
by rewrite (nth_map Z0) //; split=> //=; rewrite /integer_of /= mulrCA mulfV ?mulr1.
Qed.

Lemma over_denominator_sound d n (m : matrix Z) e : Z.lt Z0 d -> semidefinite n (over_denominator d m) e ->
  forall w, 0 <= form (toM F n n m) w.
Proof.
move=> d0 sd w; have d0' := toF_gt0 F d0.
have h : 0 <= form ((toF d)^-1 *: toM F n n m) w.
  by apply: semidefinite_sound sd w => i j; rewrite !mxE mulrC; exact: over_denominator_entry.
by move: h; rewrite formZ pmulr_rge0 ?invr_gt0.
Qed.

Lemma shifted_sound n g a : toM F n n (shifted n g a) = toM F n n g + (toF a)%:M.
Proof.
apply/matrixP => i j; rewrite !mxE /shifted /entry (nth_map 0%N) ?size_iota // (nth_map 0%N) ?size_iota // !nth_iota // !add0n toFD.
by congr (_ + _); case: NateqP => [/val_inj->|ne]; rewrite ?eqxx //; case: eqP => [e|_] //; case: ne; rewrite e.
Qed.

Lemma blocks_sound r c a g b : toM F (r + c) (r + c) (blocks r c a g b) =
  block_mx (toF a)%:M (toM F r c g) 0 (toF b)%:M.
Proof.
have diag n (i j : 'I_n) x : toF (nth Z0 (diagonal_row n i x) j) = (toF x *+ (i == j)).
  rewrite /diagonal_row (nth_map 0%N) ?size_iota // nth_iota // add0n.
  case: NateqP => [/val_inj->|ne]; first by rewrite eqxx.
  by case: eqP => [e|_] //; case: ne; rewrite e.
have sd n i x : size (diagonal_row n i x) = n by rewrite size_map size_iota.
apply/matrixP => i j; rewrite mxE /entry /blocks nth_cat size_map size_iota.
case: (split_ordP i) => i' ->; case: (split_ordP j) => j' -> /=.
- by rewrite (nth_map 0%N) ?size_iota // nth_iota // add0n nth_cat sd ltn_ord diag block_mxEul mxE.
- rewrite (nth_map 0%N) ?size_iota // nth_iota // add0n nth_cat sd ltnNge leq_addr /= addKn.
  by rewrite block_mxEur mxE.
- rewrite addKn (nth_map 0%N) ?size_iota // nth_cat size_nseq ltn_ord nth_nseq ltn_ord.
  by rewrite block_mxEdl mxE.
- rewrite addKn (nth_map 0%N) ?size_iota // nth_iota // add0n nth_cat size_nseq ltnNge leq_addr /= addKn.
  by rewrite diag block_mxEdr mxE.
Qed.

End Shapes.

(** ** Terms *)

Section Terms.
Variable F : realFieldType.
Notation toF := (@toF F).
Notation ops := (field_operations F).
Variables (p : seq instruction) (vals : seq (matrix (Z * Z))) (lo : Z -> option number) (d : Z) (ins : seq (matrix F)).
Let R := eval ops ins p.
Hypothesis d0 : Z.lt Z0 d.
Hypothesis same : Forall2 (Forall2 (Forall2 (fun (_ : Z * Z) (_ : F) => True))) vals R.

Hypothesis low : forall k, holds_at (lo k) (position R k).

Let same_at k : bounds_sound.same_shape (position vals k) (position R k).
Proof. exact: R_position same. Qed.

Lemma shaped_sound k r c : shaped vals k = Some (r, c) ->
  [/\ (0 < r)%N, (0 < c)%N & exists A : 'M[F]_(r, c), position R k = mat A].
Proof. by move=> h; have [r0 c0 e] := shape_transfer (same_at k) h; split=> //; exists (of_rows r c (position R k)). Qed.

Lemma one_by_one_sound k : one_by_one vals k -> exists a, position R k = [:: [:: a]].
Proof.
rewrite /one_by_one; case E: (shaped vals k) => [[r c]|] //= /andP[/NateqP er /NateqP ec]; subst.
have [_ _ [A ->]] := shaped_sound E; exists (A 0 0).
by rewrite /mat /= enum_ordSl enum_ord0.
Qed.

Lemma is_transpose_sound a b r c (B : 'M[F]_(r, c)) : (0 < r)%N -> is_transpose p a b -> position R b = mat B ->
  position R a = mat B^T.
Proof.
move=> r0; rewrite /is_transpose; case E: (step p a) => [[| | | | | | | | |t]|] //= /Z.eqb_spec tb e; subst t.
by rewrite (step_sound ops ins E) /= -/R e mat_transpose.
Qed.

Lemma gram_rows_sound k r : gram_rows p vals k = Some r -> exists q (B : 'M[F]_(r, q)), position R k = mat (B *m B^T).
Proof.
rewrite /gram_rows; case E: (step p k) => [[| | | |a b| | | | |]|] //.
case Ea: (shaped vals a) => [[r1 c1]|] //; case Eb: (shaped vals b) => [[r2 c2]|] //.
have [r10 c10 [A eA]] := shaped_sound Ea; have [r20 c20 [B eB]] := shaped_sound Eb.
rewrite (step_sound ops ins E) /= -/R.
case: ifP => [tb [<-]|_]; first by exists c1, A; rewrite (is_transpose_sound r10 tb eA) eA mat_multiply.
by case: ifP => // ta [<-]; exists r2, B^T; rewrite (is_transpose_sound r20 ta eB) eB mat_multiply ?trmxK.
Qed.

Lemma mat11 (A : 'M[F]_1) : mat A = [:: [:: A 0 0]].
Proof. by rewrite /mat enum_ordSl /= enum_ord0. Qed.

Lemma one_by_oneE k r c : shaped vals k = Some (r, c) -> one_by_one vals k -> r = 1%N /\ c = 1%N.
Proof. by rewrite /one_by_one => -> /andP[/NateqP-> /NateqP->]. Qed.

Lemma tr11 (A : 'M[F]_1) : \tr A = A 0 0.
Proof. by rewrite /mxtrace big_ord1. Qed.

Lemma mul11 (A B : 'M[F]_1) : (A *m B) 0 0 = A 0 0 * B 0 0.
Proof. by rewrite mxE big_ord1. Qed.

Let zF : zero_scalar ops = 0. Proof. by rewrite /zero_scalar /= toF0 mul0r. Qed.

Lemma mat_scale r c a (A : 'M[F]_(r, c)) : mapm (times ops a) (mat A) = mat (a *: A).
Proof. by rewrite /mapm /mat -map_comp; apply: eq_map => i /=; rewrite -map_comp; apply: eq_map => j /=; rewrite mxE. Qed.

Lemma factors_sound k u v r q c (U : 'M[F]_(r, q)) (V : 'M[F]_(q, c)) :
  shaped vals u = Some (r, q) -> shaped vals v = Some (q, c) ->
  factors p vals k = Some (u, v) -> position R u = mat U -> position R v = mat V -> position R k = mat (U *m V).
Proof.
move=> su sv; have [_ q0 _] := shaped_sound su.
rewrite /factors; case E: (step p k) => [[| | | |a b|a b|a b| |a b|]|] //.
- by case=> <- <- eu ev; rewrite (step_sound ops ins E) /= -/R eu ev mat_multiply.
- case: ifP => // /andP[oa ob] [ua vb]; subst a b.
  have [er eq] := one_by_oneE su oa; have [_ ec] := one_by_oneE sv ob; subst r q c.
  by rewrite (step_sound ops ins E) /= -/R => -> ->; rewrite !mat11 /= mul11.
- case: ifP => // /andP[oa ob] [ua vb]; subst a b.
  have [er eq] := one_by_oneE su oa; have [_ ec] := one_by_oneE sv ob; subst r q c.
  by rewrite (step_sound ops ins E) /= -/R => -> ->; rewrite !mat11 /= mul11 zF !addr0.
case: ifP => // oa; case sb: (shaped vals b) => [[r' c']|] //.
have left : Some (b, a) = Some (u, v) -> c' = 1%N -> position R u = mat U -> position R v = mat V -> position R k = mat (U *m V).
  case=> bu av e; subst b a; move: sb; rewrite su => -[_ eq]; have [_ ec] := one_by_oneE sv oa; subst c' q c.
  rewrite (step_sound ops ins E) /= -/R => -> ->; rewrite mat11 /scalar /= mat_scale; congr (mat _).
  by rewrite [V in RHS]mx11_scalar mul_mx_scalar.
have right : Some (a, b) = Some (u, v) -> r' = 1%N -> position R u = mat U -> position R v = mat V -> position R k = mat (U *m V).
  case=> au bv e; subst b a; have [er eq] := one_by_oneE su oa; subst r q.
  rewrite (step_sound ops ins E) /= -/R => -> ->; rewrite mat11 /scalar /= mat_scale; congr (mat _).
  by rewrite [U in RHS]mx11_scalar mul_scalar_mx.
move: left right; case: r' {sb} => [|[|r']]; case: c' => [|[|c']] // left right h; try exact: left; exact: right.
Qed.

Lemma is_norm_sound k a r q (A : 'M[F]_(r, q)) : shaped vals a = Some (r, q) -> position R a = mat A ->
  is_norm p vals k a -> position R k = [:: [:: \tr (A *m A^T)]].
Proof.
move=> sa ea; have [_ q0 _] := shaped_sound sa.
rewrite /is_norm; case E: (step p k) => [[| | | |b b'|b b'|b b'| |b b'|]|] //.
- case/and3P=> /Z.eqb_spec e1 /Z.eqb_spec e2 oa; subst b b'; have [er eq] := one_by_oneE sa oa; subst r q.
  by rewrite (step_sound ops ins E) /= -/R ea mat_multiply // mat11 tr11 !mul11 mxE.
- case/and3P=> /Z.eqb_spec e1 /Z.eqb_spec e2 oa; subst b b'; have [er eq] := one_by_oneE sa oa; subst r q.
  by rewrite (step_sound ops ins E) /= -/R ea !mat11 /= tr11 !mul11 mxE.
- case/andP=> /andP[/Z.eqb_spec e1 /Z.eqb_spec e2] _; subst b b'.
  by rewrite (step_sound ops ins E) /= -/R ea mat_dot.
case/and3P=> /Z.eqb_spec e1 /Z.eqb_spec e2 oa; subst b b'; have [er eq] := one_by_oneE sa oa; subst r q.
by rewrite (step_sound ops ins E) /= -/R ea !mat11 /= tr11 !mul11 mxE.
Qed.

Lemma size_mat m n (A : 'M[F]_(m, n)) : size (mat A) = m.
Proof. by rewrite size_map size_enum_ord. Qed.

Lemma shaped_mat k r c m n (A : 'M[F]_(m, n)) : shaped vals k = Some (r, c) -> position R k = mat A -> r = m /\ c = n.
Proof.
move=> h e; have [r0 c0 [B eB]] := shaped_sound h; move: eB; rewrite e => eB.
have rm : r = m by move: (congr1 size eB); rewrite (size_mat A) (size_mat B).
split=> //; subst m; have := congr1 (fun x => size (nth [::] x 0)) eB.
by rewrite /= (nth_map (Ordinal r0)) ?size_enum_ord // size_map size_enum_ord (nth_map (Ordinal r0)) ?size_enum_ord // size_map size_enum_ord.
Qed.

(** A Gram matrix, and the node that is its trace. *)
Lemma is_trace_sound k b r : gram_rows p vals k = Some r -> is_trace p vals k b ->
  exists q (B : 'M[F]_(r, q)), position R k = mat (B *m B^T) /\ position R b = [:: [:: \tr (B *m B^T)]].
Proof.
rewrite /gram_rows /is_trace; case E: (step p k) => [[| | | |u v| | | | |]|] //.
case Eu: (shaped vals u) => [[r1 c1]|] //; case Ev: (shaped vals v) => [[r2 c2]|] //.
have [r10 c10 [U eU]] := shaped_sound Eu; have [r20 c20 [V eV]] := shaped_sound Ev.
rewrite (step_sound ops ins E) /= -/R.
case: ifP => [tv [<-] H|_].
  have := is_transpose_sound r10 tv eU; move=> eV'; have [er ec] := shaped_mat Ev eV'; subst r2 c2.
  exists c1, U; rewrite eV' eU mat_multiply //; split=> //; case/orP: H => h.
    exact: is_norm_sound Eu eU h.
  by rewrite (is_norm_sound Ev eV' h) trmxK mxtrace_mulC.
case: ifP => // tu [<-] h.
have eU' := is_transpose_sound r20 tu eV; have [er ec] := shaped_mat Eu eU'; subst r1 c1.
exists r2, V^T; rewrite eU' eV mat_multiply ?trmxK //; split=> //; case/orP: h => h.
  by rewrite (is_norm_sound Eu eU' h) trmxK.
by rewrite (is_norm_sound Ev eV h) mxtrace_mulC.
Qed.

Definition floor (t : term) : F := if t is Bounded a then (if lo a is Some q then ratF F q else 0) else 0.
Definition floors_of (t : term) : seq F := nseq (sumn [seq area vals k | k <- leaves_of t]) (floor t).

Lemma floors_sound t : Forall2 (@computed F) (floors vals lo t) (floors_of t).
Proof.
have c0 : computed (Zpos xH, Z0) (0 : F) by split=> //=; rewrite /integer_of mulr0.
suff h : computed (if t is Bounded a then (if lo a is Some q then swap q else (Zpos xH, Z0)) else (Zpos xH, Z0)) (floor t).
  by rewrite /floors /floors_of; elim: (sumn _) => [|n ih]; constructor.
case: t => // a; rewrite /floor; case: (lo a) (low a) => // q [/Z.ltb_spec0 wq _]; split=> //=.
by rewrite /integer_of /ratF mulrC mulfVK // lt0r_neq0 // toF_gt0.
Qed.

Lemma pairing_above g (v : seq F) q : all (Z.leb Z0) g -> all (fun x => q <= x) v -> pairing g (nseq (size v) q) <= pairing g v.
Proof.
elim: g v => [|z g ih] [|a v] //= /andP[/Z.leb_spec0/(@toF_le F) z0 g0] /andP[qa qv].
by apply: ler_add; [exact: ler_wpmul2l | exact: ih].
Qed.

Lemma pairing_nought g n : pairing g (nseq n (0 : F)) = 0.
Proof. by elim: n g => [|n ih] [|z g] //=; rewrite ih mulr0 addr0. Qed.

Lemma term_sound t g : term_holds p vals lo d t g -> pairing g (floors_of t) <= pairing g (entries_of [seq position R k | k <- leaves_of t]).
Proof.
rewrite /floors_of; case: t => [a|a|a e|a b e|a b c e] /=; rewrite /floor ?pairing_nought /entries_of /=.
- by move=> v; rewrite pairing_zero.
- case E: (lo a) (low a) => [q|] // [_]; rewrite /above -all_flatten /area addn0 (size_flatten_shape (same_at a)) cats0.
  by move=> av g0; exact: pairing_above.
- case E: (gram_rows p vals a) => [r|] // sd; have [q [B ->]] := gram_rows_sound E.
  rewrite cats0 pairing_mat trmx_mul trmxK mulmxA mxtrace_mulC mulmxA.
  by have := trace_form B^T (over_denominator_sound d0 sd); rewrite trmxK.
- case E: (gram_rows p vals a) => [r|] // /andP[tr sd]; have [q [B [-> ->]]] := is_trace_sound E tr.
  rewrite /= pairing_cat pairing_take flatten_mat pairing_mat (@pairing_sum F 1) // big_ord1 nth_drop addn0 /=.
  have := trace_form B^T (over_denominator_sound d0 sd); rewrite shifted_sound trmxK.
  rewrite mulmxDr mulmxDl mxtraceD mul_mx_scalar -scalemxAl mxtraceZ [\tr (B^T *m B)]mxtrace_mulC.
  by rewrite trmx_mul trmxK [\tr (_ *m (B *m _))]mxtrace_mulC -[B *m _ *m _]mulmxA [\tr (B *m (_ *m _))]mxtrace_mulC.
case Ef: (factors p vals a) => [[u v]|] //; case Eu: (shaped vals u) => [[r q]|] //; case Ev: (shaped vals v) => [[q' k]|] //.
case/and4P=> /NateqP eq nb nc sd; subst q'.
have [_ _ [U eU]] := shaped_sound Eu; have [_ _ [V eV]] := shaped_sound Ev.
rewrite (factors_sound Eu Ev Ef eU eV) (is_norm_sound Eu eU nb) (is_norm_sound Ev eV nc) /=.
have h := trace_form (row_mx U^T V) (over_denominator_sound d0 sd).
rewrite blocks_sound mul_row_block mulmx0 addr0 tr_row_mx mul_row_col trmxK in h.
set G := toM F r k _ in h; set ga := toF _ in h; set gb := toF _ in h.
rewrite pairing_cat pairing_take flatten_mat pairing_mat (@pairing_sum F 2) // !big_ord_recl big_ord0 /= !nth_drop addn0 addn1 addr0.
move: h; rewrite mulmxDl mxtraceD !mul_mx_scalar -!scalemxAl !mxtraceZ [\tr (U^T *m U)]mxtrace_mulC.
have -> : \tr (coefficients F r k g *m (U *m V)^T) = \tr (U^T *m G *m V^T).
  by rewrite trmx_mul mulmxA mxtrace_mulC mulmxA.
by rewrite mxtraceD mxtraceZ addrCA.
Qed.

Lemma entries_of_cat (T : Type) (s t : seq (matrix T)) : entries_of (s ++ t) = entries_of s ++ entries_of t.
Proof. by rewrite /entries_of map_cat flatten_cat. Qed.

Lemma size_floors t : size (floors_of t) = sumn [seq area vals k | k <- leaves_of t].
Proof. by rewrite size_nseq. Qed.

Lemma size_entries s : sumn [seq area vals k | k <- s] = size (entries_of [seq position R k | k <- s]).
Proof.
elim: s => //= k s ->; rewrite -[position R k :: _]cat1s entries_of_cat size_cat; congr (_ + _)%N.
by rewrite /entries_of /= cats0 /area (size_flatten_shape (same_at k)).
Qed.

Lemma terms_sound ts g : terms_hold p vals lo d ts g -> pairing g (seq.flatten [seq floors_of t | t <- ts]) <=
  pairing g (entries_of [seq position R k | k <- seq.flatten [seq leaves_of t | t <- ts]]).
Proof.
elim: ts g => [|t ts ih] g; first by case: g.
rewrite [terms_hold _ _ _ _ _ _]/= => /andP[ht /ih h]; rewrite [seq.flatten [seq leaves_of _ | _ <- _]]/= map_cat entries_of_cat.
rewrite [seq.flatten [seq floors_of _ | _ <- _]]/= !pairing_cat -size_entries size_floors.
by apply: ler_add h; exact: term_sound.
Qed.

End Terms.

(** ** The bound *)

Lemma F2_cons (A B : Type) (Q : A -> B -> Prop) a s t : Forall2 Q (a :: s) t ->
  exists b t', [/\ t = b :: t', Q a b & Forall2 Q s t'].
Proof. by move=> h; inversion h as [|? b ? t' ab st]; exists b, t'. Qed.

Section Displaced.
Variables (F : realFieldType) (n : nat) (w : 'rV[F]_n).
Notation toF := (@toF F).

(** What is computed of a number that depends on the weights. *)
Definition bounded (a : Z * tangent) (v : F) : Prop := fraction_of (tangent_of w) a (fun=> v).

(** The variables from k on are the differences of two lists. *)
Definition differences (k : nat) (v u : seq F) : Prop :=
  forall i, (i < size v)%N -> coordinate w (k + i) = nth 0 v i - nth 0 u i.

Lemma differences_cat k v v' u u' : size v = size u -> differences k (v ++ v') (u ++ u') ->
  differences k v u /\ differences (k + size v) v' u'.
Proof.
move=> s h; split=> i lt.
  by have := h i; rewrite size_cat !nth_cat -s lt; apply; rewrite ltn_addr.
have ge : (size v + i < size v)%N = false by rewrite ltnNge leq_addr.
by have := h (size v + i)%N; rewrite size_cat !nth_cat -s ge addKn addnA; apply; rewrite ltn_add2l.
Qed.

Lemma displaced_row_sound r u v k : Forall2 (@computed F) r u -> size v = size u -> differences k v u ->
  Forall2 bounded (displaced_row k r) v.
Proof.
move=> h; elim: h v k => [|a b r' u' [d0 ab] _ ih] [|x v] k //= [s] df; constructor.
  split=> //=; rewrite /tangent_of /tangent_function /=; have := df 0%N isT; rewrite addn0 /= => ->.
  by rewrite /integer_of in ab; rewrite -ab; ring.
apply: ih => // i lt; have := df i.+1 lt; by rewrite /= addSnnS.
Qed.

Lemma displaced_sound m u v k : Forall2 (Forall2 (@computed F)) m u -> bounds_sound.same_shape m v ->
  differences k (seq.flatten v) (seq.flatten u) -> Forall2 (Forall2 bounded) (displaced k m) v.
Proof.
move=> h; elim: h v k => [|a b m' u' ab _ ih] v k sh; first by inversion sh; constructor.
have [x [v' [-> hx hv]]] := F2_cons sh; have sx : size x = size b by rewrite -(F2_size hx) (F2_size ab).
move=> /= /differences_cat[//|df df']; constructor; first exact: (displaced_row_sound ab sx df).
by apply: (ih _ _ hv); rewrite (F2_size hx).
Qed.

Lemma displaced_all_sound s us vs k : Forall2 (Forall2 (Forall2 (@computed F))) s us ->
  Forall2 (@bounds_sound.same_shape _ F) s vs -> differences k (entries_of vs) (entries_of us) ->
  Forall2 (Forall2 (Forall2 bounded)) (displaced_all k s) vs.
Proof.
move=> h; elim: h vs k => [|m u s' us' mu _ ih] vs k sh; first by inversion sh; constructor.
have [v [vs' [-> hv hvs]]] := F2_cons sh.
have sm := size_flatten_shape hv; have su : size (seq.flatten u) = size (seq.flatten m).
  by elim: mu => //= a b m' u' ab _ e; rewrite !size_cat e (F2_size ab).
rewrite /entries_of /= => /differences_cat[|df df']; first by rewrite -sm su.
by constructor; [exact: displaced_sound mu hv df | apply: (ih _ _ hvs); rewrite sm].
Qed.

End Displaced.

Section Convex.
Variables (F : realFieldType) (c : certificate).
Hypothesis wfc : well_formed c.
Notation ops := (field_operations F).
Notation toF := (@toF F).

Let wfp : wf (inputs c) (instructions c). Proof. by case/and5P: wfc. Qed.
Let wi : all wf_input (inputs c). Proof. by case/andP: wfp. Qed.
Let wp : all wf_instruction (instructions c). Proof. by case/andP: wfp. Qed.
Let dp : all wf_number (flatten (weights c)). Proof. by case/and5P: wfc => _ _ _ _ /andP[]. Qed.

(** All results at the point, and at y. *)
Definition results_here : seq (matrix F) :=
  eval ops (fill ops (fun i => ratF F (coordinate_of (flatten (weights c)) i)) 0 (inputs c)) (instructions c).

Lemma results_computed : Forall2 (Forall2 (Forall2 (@computed F))) (results_at_point c) results_here.
Proof.
have cc n d : Z.lt Z0 d -> computed (constant rationals n d) (constant ops n d).
  by move=> h; exact: (fraction_constant (@integers_respected F) n h).
apply: (R_run cc) wp _ _.
- by move=> a b u v; exact: (fraction_plus (@integers_respected F)).
- by move=> a b u v; exact: (fraction_minus (@integers_respected F)).
- by move=> a b u v; exact: (fraction_times (@integers_respected F)).
- by apply: (R_fill cc) => // i; apply: cc; exact: (positive_denominator i dp).
- by constructor.
Qed.

Lemma results_shape (y : 'rV[F]_(dimension c)) : Forall2 (Forall2 (Forall2 (fun (_ : Z * Z) (_ : F) => True))) (results_at_point c) (results_at y).
Proof.
apply: (@R_run _ _ rationals ops (fun _ _ => True)) => //; exact: R_fill.
Qed.

Lemma against_sound g s (v : seq F) : Forall2 (@computed F) s v -> computed (against g s) (pairing g v).
Proof.
have zero : computed (zero_scalar rationals) (0 : F) by split=> //=; rewrite /integer_of /= mulr0.
move=> h; rewrite /against; elim: h g => [|a b r r' ab _ ih] [|z g'] //=.
have z1 : computed (Zpos xH, z) (toF z) by split=> //=; rewrite /integer_of /= mul1r.
exact: (fraction_plus (@integers_respected F) (fraction_times (@integers_respected F) z1 ab) (ih g')).
Qed.

Theorem convex_from_sound k leaves test q :
  (forall (y : 'rV[F]_(dimension c)) d g b, Z.lt Z0 d -> test d g = Some b ->
    exists2 v, computed b v & v <= pairing g (entries_of [seq position (results_at y) a | a <- leaves])) ->
  convex_from c k leaves test = Some q -> @node_bound F c (k, q).
Proof.
move=> tested; rewrite /convex_from; set p := instructions c; set vals := results_at_point c.
set at_point := [seq _ | _ <- _]; set o := fractions tangents.
case E: (scalar o _) => [d t]; case D: (dense _ _ _) => [g|] //; case eb: (test d g) => [lo|] //.
case: ifP => // /and3P[bt ib /Z.leb_spec0 le] [<-].
suff main (y : 'rV[F]_(dimension c)) : Z.lt Z0 d /\ toF (tangent_value t) <= toF d * scalar ops (position (results_at y) k).
  split=> [|y]; first by apply/Z.ltb_spec0; have [] := main 0.
  have [d0 h] := main y; rewrite /ratF /= ler_pdivr_mulr ?toF_gt0 // mulrC; exact: h.
have VX := results_computed; have VY := results_shape y.
pose us := [seq position results_here a | a <- leaves]; pose vs := [seq position (results_at y) a | a <- leaves].
have VU : Forall2 (Forall2 (Forall2 (@computed F))) at_point us by apply: F2_map => a; exact: R_position VX.
have VV : Forall2 (@bounds_sound.same_shape _ F) at_point vs by apply: F2_map => a; exact: R_position VY.
set n := size (entries_of at_point) in D.
have sv : size (entries_of vs) = n.
  by rewrite /n; elim: VV => //= m v s s' mv _ ih; rewrite /entries_of /= !size_cat [X in (_ + X)%N]ih (size_flatten_shape mv).
have cu : Forall2 (@computed F) (entries_of at_point) (entries_of us).
  by rewrite /entries_of; elim: VU => //= m u s s' mu _ ih; apply: Forall2_app => //; exact: flatten_computed.
have su : size (entries_of us) = n by rewrite -(F2_size cu).
pose w : 'rV[F]_n := \row_i (nth 0 (entries_of vs) i - nth 0 (entries_of us) i).
have df : differences w 0 (entries_of vs) (entries_of us).
  by move=> i; rewrite sv add0n => lt; rewrite /coordinate insubT mxE.
have cc m e : Z.lt Z0 e -> bounded w (constant o m e) (constant ops m e).
  by move=> h; exact: (fraction_constant (tangents_respected w) m h).
have FI : Forall2 (Forall2 (Forall2 (bounded w))) (fill o (fun=> (Zpos xH, Tangent Unknown Z0 [::])) 0 (inputs c) ++ displaced_all 0 at_point)
    (fill ops (coordinate y) 0 (inputs c) ++ vs).
  by apply: Forall2_app; [exact: (R_fill cc) | exact: displaced_all_sound VU VV df].
have FR : Forall2 (Forall2 (Forall2 (bounded w))) (eval o (fill o (fun=> (Zpos xH, Tangent Unknown Z0 [::])) 0 (inputs c) ++ displaced_all 0 at_point) (cut_all leaves (size (inputs c)) 0 p))
    (run ops (fill ops (coordinate y) 0 (inputs c) ++ vs) [::] (cut_all leaves (size (inputs c)) 0 p)).
  apply: (R_run cc) => //.
  - by move=> a b u v; exact: (fraction_plus (tangents_respected w)).
  - by move=> a b u v; exact: (fraction_minus (tangents_respected w)).
  - by move=> a b u v; exact: (fraction_times (tangents_respected w)).
  - exact: cut_wf.
have sf : size (fill ops (coordinate y) 0 (inputs c)) = size (inputs c) by exact: size_fill.
have ec := @cut_sound F ops (fill ops (coordinate y) 0 (inputs c)) vs leaves p [::] (results_at y) erefl.
rewrite sf in ec; rewrite {}ec // in FR; last by move=> j lt; rewrite (nth_map Z0).
have : bounded w (d, t) (scalar ops (position (results_at y) k)).
  by rewrite -E; apply: (R_scalar cc); exact: R_position FR.
case=> /= d0; rewrite /tangent_of => ht; split=> //.
have {ht} : tangent_function w t <= toF d * scalar ops (position (results_at y) k) by move: bt ht; case: (bend t) => // _ ->.
apply: le_trans; rewrite /tangent_function ler_addl.
have [_ el] := dense_sound w (toF0 F) D; rewrite [linear _ w]el.
have -> : \sum_(i < n) toF (nth Z0 g i) * w 0 i = pairing g (entries_of vs) - pairing g (entries_of us).
  rewrite (pairing_sum _ sv) (pairing_sum _ su) -sumrB; apply: eq_bigr => i _; by rewrite mxE mulrBr.
have [v cv vle] := tested y d g lo d0 eb; rewrite subr_ge0; apply: le_trans vle.
have [m0] := fraction_minus (@integers_respected F) (against_sound g cu) cv.
by rewrite -/rationals /integer_of => hm; have := toF_le F le; rewrite -hm toF0 pmulr_rle0 ?toF_gt0 // subr_le0.
Qed.

Theorem convex_bound_sound k ts q : convex_bound c k ts = Some q -> @node_bound F c (k, q).
Proof.
apply: convex_from_sound => y d g b d0; case: ifP => // th [<-].
have low k' : @holds_at F (lowest c [::] k') (position (results_at y) k') by apply: lowest_sound => //.
exists (pairing g (seq.flatten [seq floors_of F (results_at_point c) (lowest c [::]) t | t <- ts])).
  by apply: against_sound; elim: ts {th} => [|t ts ih]; [constructor | apply: Forall2_app => //; exact: floors_sound low t].
exact: (@terms_sound F (instructions c) (results_at_point c) (lowest c [::]) d (fill ops (coordinate y) 0 (inputs c)) d0 (results_shape y) low ts g th).
Qed.

End Convex.
