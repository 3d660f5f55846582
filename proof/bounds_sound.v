(** Lower bounds hold for all weights. *)
From Coq Require Import ZArith PeanoNat List.
From mathcomp Require Import ssreflect ssrfun ssrbool eqtype ssrnat seq fintype bigop.
From mathcomp Require Import order ssralg ssrnum ssrint ssrZ zmodp matrix mxalgebra ring.
From rankscape Require Import program parametricity scalars certificate bounds asymptotics expansions evidence.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import Order.Theory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Local Arguments zero_scalar : simpl never.

Section Bounds.
Variable F : realFieldType.
Notation toF := (@toF F).
Notation ratF := (@ratF F).
Notation ops := (field_operations F).

(** A computed fraction and its value. *)
Definition computed (a : Z * Z) (v : F) : Prop := fraction_of (@integer_of F) a (fun=> v).

Lemma computedE a v : computed a v -> wf_number (swap a) /\ v = ratF (swap a).
Proof.
case=> d0 h; split; first exact/Z.ltb_spec0.
rewrite /ratF /= -h mulrAC mulfV ?mul1r // lt0r_neq0 // toF_gt0 //.
Qed.

Definition same_shape (A B : Type) (a : matrix A) (b : matrix B) : Prop :=
  Forall2 (Forall2 (fun _ _ => True)) a b.

(** Every entry is at least q. *)
Definition above (q : F) (m : matrix F) : bool := all (all (fun v => q <= v)) m.

Definition holds_at (o : option number) (m : matrix F) : Prop :=
  if o is Some q then wf_number q /\ above (ratF q) m else True.

Lemma above_weak p q m : p <= q -> above q m -> above p m.
Proof. by move=> pq; apply: sub_all => r; apply: sub_all => v; exact: le_trans. Qed.

Lemma best_holds a b m : holds_at a m -> holds_at b m -> holds_at (best a b) m.
Proof. by case: a; case: b => //= p q; case: ifP. Qed.

Lemma least_entry_sound (s : seq (Z * Z)) (t : seq F) q : Forall2 computed s t -> least_entry s = Some q ->
  wf_number q /\ all (fun v => ratF q <= v) t.
Proof.
move=> h; elim: h q => // a v s' t' av st ih q; have [wa ->] := computedE av.
case: s' st ih => [|b s'] st ih.
  by case=> <-; split=> //=; rewrite lexx; inversion st.
rewrite [least_entry _]/= -/(least_entry (b :: s')); case: (least_entry (b :: s')) ih => // q' /(_ _ erefl)[wq al].
case: ifP => [lt [<-]|_].
  split=> //=; rewrite lexx; apply: sub_all al => u; apply: le_trans; exact/ltW/less_numbersP.
by case: ifP => // le [<-]; split=> //=; rewrite al andbT; exact: at_mostP.
Qed.

Lemma flatten_computed (m : matrix (Z * Z)) (u : matrix F) :
  Forall2 (Forall2 computed) m u -> Forall2 computed (seq.flatten m) (seq.flatten u).
Proof. by elim=> //= r s m' u' rs _ ih; apply: Forall2_app. Qed.

Lemma all_flatten (P : pred F) (m : matrix F) : all P (seq.flatten m) = all (all P) m.
Proof. by elim: m => //= r m ih; rewrite all_cat ih. Qed.

Lemma least_sound m u : Forall2 (Forall2 computed) m u -> holds_at (least m) u.
Proof.
move/flatten_computed=> h; rewrite /holds_at /least; case E: (least_entry _) => [q|] //.
by have [wq] := least_entry_sound h E; rewrite all_flatten.
Qed.

Lemma least_opposite_sound m u : Forall2 (Forall2 computed) m u ->
  holds_at (least_opposite m) (mapm (fun v => - v) u).
Proof.
move=> h; apply: least_sound; rewrite /mapm; elim: h => //= r s m' u' rs _ ih; constructor=> //.
elim: rs => //= a v r' s' [d0 av] _ ih'; constructor=> //; split=> //=.
by move: av; rewrite /integer_of /= toFN mulrN => ->.
Qed.

(** ** Bounds of operations *)

Lemma above_map22 (p q r : F) f a b : (forall u v, p <= u -> q <= v -> r <= f u v) -> above p a -> above q b ->
  above r (map22 f a b).
Proof.
rewrite /above => h; elim: a b => [|x a ih] [|y b] //= /andP[px pa] /andP[qy qb].
apply/andP; split; last exact: ih.
by elim: x y px qy {pa qb} => [|u x ihx] [|v y] //= /andP[pu px] /andP[qv qy]; rewrite h // ihx.
Qed.

Lemma above_map22_same r f a : (forall u, r <= f u u) -> above r (map22 f a a).
Proof.
rewrite /above => h; elim: a => //= x a ih; apply/andP; split=> //.
by elim: x => //= u x ->; rewrite h.
Qed.

Lemma above_mapm p r f a : (forall u, p <= u -> r <= f u) -> above p a -> above r (mapm f a).
Proof.
move=> h; rewrite /above /mapm all_map; apply: sub_all => x; rewrite /= all_map; apply: sub_all => u; exact: h.
Qed.

Let zF : zero_scalar ops = 0. Proof. by rewrite /zero_scalar /= toF0 mul0r. Qed.

Lemma dot_ge0 (a b : seq F) : all (fun v => 0 <= v) a -> all (fun v => 0 <= v) b -> 0 <= dot ops a b.
Proof.
elim: a b => [|x a ih] [|y b] /=; rewrite ?zF ?lexx // => /andP[x0 a0] /andP[y0 b0].
by rewrite addr_ge0 ?mulr_ge0 ?ih.
Qed.

Lemma dot_same_ge0 (a : seq F) : 0 <= dot ops a a.
Proof. by elim: a => [|x a ih] /=; rewrite ?zF ?lexx // addr_ge0 // -expr2 sqr_ge0. Qed.

Lemma total_ge0 (a : seq F) : all (fun v => 0 <= v) a -> 0 <= total ops a.
Proof. by elim: a => [|x a ih] /=; rewrite ?zF ?lexx // => /andP[x0 a0]; rewrite addr_ge0 ?ih. Qed.

Lemma nth_ge0 (a : seq F) i : all (fun v => 0 <= v) a -> 0 <= nth (zero_scalar ops) a i.
Proof.
move/all_nthP=> h; have [lt|ge] := ltnP i (size a); first exact: h.
by rewrite nth_default // zF lexx.
Qed.

Lemma above_transpose a : above 0 a -> above 0 (transpose ops a).
Proof.
move=> /allP h; rewrite /above /transpose all_map; apply/allP => i _; rewrite /= all_map.
by apply/allP => r /h /= r0; exact: nth_ge0.
Qed.

Lemma above_multiply a b : above 0 a -> above 0 b -> above 0 (multiply ops a b).
Proof.
move=> /allP ha /above_transpose/allP hb; rewrite /above /multiply all_map; apply/allP => r /ha r0.
by rewrite /= all_map; apply/allP => s /hb s0; exact: dot_ge0.
Qed.

Lemma above_dot a b : above 0 a -> above 0 b -> 0 <= total ops [seq dot ops x.1 x.2 | x <- zip a b].
Proof.
rewrite /above => ha hb; apply: total_ge0; rewrite all_map; elim: a b ha hb => [|x a ih] [|y b] //= /andP[x0 a0] /andP[y0 b0].
by rewrite dot_ge0 ?ih.
Qed.

Lemma above_dot_same a : 0 <= total ops [seq dot ops x.1 x.2 | x <- zip a a].
Proof. by apply: total_ge0; rewrite all_map; elim: a => //= x a ih; rewrite dot_same_ge0. Qed.

Lemma nonnegativeP o m : nonnegative o -> holds_at o m -> above 0 m.
Proof.
case: o => // q /= /Z.leb_spec0/(@toF_le F) q0 [/Z.ltb_spec0/(@toF_gt0 F) d0 h]; apply: above_weak h.
by rewrite divr_ge0 // ltW.
Qed.

Lemma is_scalar_shape (v : matrix (Z * Z)) (m : matrix F) : is_scalar v -> same_shape v m -> exists u, m = [:: [:: u]].
Proof.
case: v => [|[|a [|? ?]] [|? ?]] // _ h; inversion h as [|? ? ? ? hr hm]; subst.
by inversion hr as [|? u ? ? _ hr']; subst; inversion hr'; inversion hm; subst; exists u.
Qed.

(** ** Programs *)

Let c_constant n d : Z.lt Z0 d -> computed (constant rationals n d) (constant ops n d).
Proof. by move=> h; exact: (fraction_constant (@integers_respected F) n h). Qed.
Let c_plus a b c d : computed a b -> computed c d -> computed (plus rationals a c) (plus ops b d).
Proof. exact: (fraction_plus (@integers_respected F)). Qed.
Let c_minus a b c d : computed a b -> computed c d -> computed (minus rationals a c) (minus ops b d).
Proof. exact: (fraction_minus (@integers_respected F)). Qed.
Let c_times a b c d : computed a b -> computed c d -> computed (times rationals a c) (times ops b d).
Proof. exact: (fraction_times (@integers_respected F)). Qed.

Section Run.
Variables (ins : seq input) (extra : seq (Z * number)).
Variables (VI : seq (matrix (Z * Z))) (XI YI : seq (matrix F)).
Hypothesis VX : Forall2 (Forall2 (Forall2 computed)) VI XI.
Hypothesis VY : Forall2 (Forall2 (Forall2 (fun (_ : Z * Z) (_ : F) => True))) VI YI.
Hypothesis data_equal : forall k m, nth (Weight Z0 Z0) ins k = Data m -> nth [::] YI k = nth [::] XI k.

Record invariant (vals : seq (matrix (Z * Z))) (rx ry : seq (matrix F)) (done : seq knowledge) : Prop := Invariant {
  inv_computed : Forall2 (Forall2 (Forall2 computed)) vals rx;
  inv_shape : Forall2 (Forall2 (Forall2 (fun (_ : Z * Z) (_ : F) => True))) vals ry;
  inv_size : size done = size vals;
  inv_known : forall k, ((nth (false, None) done k).1 -> nth [::] ry k = nth [::] rx k) /\
                        holds_at (nth (false, None) done k).2 (nth [::] ry k) }.

Lemma ratF_sum p q : wf_number p -> wf_number q ->
  wf_number (sum_numbers p q) /\ ratF (sum_numbers p q) = ratF p + ratF q.
Proof.
move=> /Z.ltb_spec0 p0 /Z.ltb_spec0 q0; split; first by apply/Z.ltb_spec0; exact: Z.mul_pos_pos.
by rewrite /ratF /= toFD !toFM addf_div ?lt0r_neq0 ?toF_gt0.
Qed.

Lemma ratF_product p q : wf_number p -> wf_number q ->
  wf_number (product_numbers p q) /\ ratF (product_numbers p q) = ratF p * ratF q.
Proof.
move=> /Z.ltb_spec0 p0 /Z.ltb_spec0 q0; split; first by apply/Z.ltb_spec0; exact: Z.mul_pos_pos.
by rewrite /ratF /= !toFM mulf_div.
Qed.

Lemma nought_holds m : above 0 m -> holds_at nought m.
Proof. by move=> h; split=> //; rewrite /ratF /= toF0 mul0r. Qed.

Lemma ratF_ge0 q : wf_number q -> Z.leb 0 q.1 -> 0 <= ratF q.
Proof. by move=> /Z.ltb_spec0/(@toF_gt0 F) d0 /Z.leb_spec0/(@toF_le F) q0; rewrite divr_ge0 // ltW. Qed.

Lemma of_product_sound o o' a b m : holds_at o a -> holds_at o' b ->
  (forall p q, 0 <= p -> 0 <= q -> above p a -> above q b -> above (p * q) m) -> holds_at (of_product o o') m.
Proof.
case: o => // p [wp hp]; case: o' => // q [wq hq] h /=; case: ifP => // /andP[p0 q0].
by have [w e] := ratF_product wp wq; split=> //; rewrite e; apply: h => //; exact: ratF_ge0.
Qed.

Lemma constant_sound vals rx ry done i : invariant vals rx ry done ->
  is_constant ins (fun k => (nth (false, None) done (Z.to_nat k)).1) i -> execute ops YI ry i = execute ops XI rx i.
Proof.
move=> inv; have eq k : (nth (false, None) done (Z.to_nat k)).1 -> position ry k = position rx k.
  by move=> h; exact: (inv_known inv _).1 h.
case: i => [k|m|a b|a b|a b|a b|a b|n d a|a b|a] //=;
  try by [case/andP=> /eq-> /eq-> | move/eq->].
by case E: (nth _ ins _) => [m|] // _; exact: data_equal E.
Qed.

Lemma rule_sound vals rx ry done i : invariant vals rx ry done -> wf_instruction i ->
  let known k := nth (false, None) done (Z.to_nat k) in
  holds_at (rule vals (fun k => (known k).2) (fun k => (known k).1) i) (execute ops YI ry i).
Proof.
move=> inv wi known.
have lo k : holds_at (known k).2 (position ry k) by exact: (inv_known inv _).2.
have shape k : same_shape (position vals k) (position ry k) by exact: R_position (inv_shape inv).
have squares a : is_scalar (position vals a) -> exists u, position ry a = [:: [:: u]].
  by move=> h; exact: is_scalar_shape h (shape a).
case: i wi => [k|m|a b|a b|a b|a b|a b|n d a|a b|a] //= wi.
- case: (known a).2 (lo a) => // p [wp hp]; case: (known b).2 (lo b) => // q [wq hq] /=.
  have [w e] := ratF_sum wp wq; split=> //; rewrite e; apply: above_map22 hp hq => u v; exact: ler_add.
- case cb: (known b).1 => //=; case: (known a).2 (lo a) => // p [wp hp].
  have := least_opposite_sound (R_position b (inv_computed inv)).
  case: (least_opposite _) => // q [wq hq]; have [w e] := ratF_sum wp wq; split=> //; rewrite e.
  have eb : position ry b = position rx b by exact: (inv_known inv _).1 cb.
  have -> : map22 (fun u v => u - v) (position ry a) (position ry b) =
            map22 +%R (position ry a) (mapm (fun v => - v) (position rx b)).
    rewrite eb; elim: (position ry a) (position rx b) => [|x m ih] [|y m'] //=; rewrite ih; congr (_ :: _).
    by elim: x y => [|u x ihx] [|v y] //=; rewrite ihx.
  by apply: above_map22 hp hq => u v; exact: ler_add.
- case: ifP => // /orP[/andP[/Z.eqb_spec <- /squares[u eu]]|/andP[na nb]]; apply: nought_holds.
    by rewrite eu /multiply /transpose /= /above /= !andbT zF addr0 -expr2 sqr_ge0.
  by apply: above_multiply; [exact: nonnegativeP na (lo a) | exact: nonnegativeP nb (lo b)].
- apply: best_holds; last first.
    apply: of_product_sound (lo a) (lo b) _ => p q p0 q0; apply: above_map22 => u v pu qv; exact: ler_pmul.
  case: Z.eqb_spec => // <-; apply: nought_holds; apply: above_map22_same => u /=; rewrite -expr2 sqr_ge0 //.
- case: ifP => // h; apply: nought_holds; rewrite /above /= !andbT.
  case/orP: h => [/Z.eqb_spec <-|/andP[na nb]]; first exact: above_dot_same.
  by apply: above_dot; [exact: nonnegativeP na (lo a) | exact: nonnegativeP nb (lo b)].
- case n0: (Z.leb 0 n) => //; case: (known a).2 (lo a) => // q [wq hq].
  have wn : wf_number (n, d) by [].
  have [w e] := ratF_product wn wq; split=> //; rewrite e; apply: above_mapm hq => u qu.
  by rewrite -[toF n / toF d]/(ratF (n, d)) ler_wpmul2l // ratF_ge0.
- case: ifP => // /squares[u eu]; apply: best_holds; last first.
    apply: of_product_sound (lo a) (lo b) _ => p q p0 q0; rewrite eu {1}/above /= !andbT => pu.
    by apply: above_mapm => v qv; exact: ler_pmul.
  case: Z.eqb_spec => // <-; apply: nought_holds; rewrite eu /above /= !andbT -expr2 sqr_ge0 //.
- by case: ifP => // na; apply: nought_holds; apply: above_transpose; exact: nonnegativeP na (lo a).
Qed.

Lemma run_nth T (o : operations T) inp res p k : (k < size res)%N -> nth [::] (run o inp res p) k = nth [::] res k.
Proof.
elim: p res => //= i p ih res lt; rewrite ih ?size_rcons ?leqW // nth_rcons lt //.
Qed.

Lemma claimed_sound v m k : is_scalar v -> same_shape v m ->
  (forall e, List.In e extra -> wf_number e.2 /\ (Z.to_nat e.1 = k -> ratF e.2 <= scalar ops m)) ->
  holds_at (foldr (fun e o => if Nat.eqb (Z.to_nat e.1) k then best (Some e.2) o else o) None extra) m.
Proof.
move=> sv sh; have [u ->] := is_scalar_shape sv sh; elim: extra => //= e s ih h.
have ih' := ih (fun e' es => h e' (or_intror es)).
case: NateqP => // ek; apply: (@best_holds (Some e.2) _ _ _ ih'); have [w le] := h e (or_introl erefl).
by split=> //; rewrite /above /= !andbT; exact: le ek.
Qed.

Theorem lower_sound vals rx ry done p : all wf_instruction p -> invariant vals rx ry done ->
  (forall e, List.In e extra -> wf_number e.2 /\ ratF e.2 <= scalar ops (position (run ops YI ry p) e.1)) ->
  forall k, holds_at (nth (false, None) (lower ins extra VI vals done p) k).2 (nth [::] (run ops YI ry p) k).
Proof.
elim: p vals rx ry done => [|i p ih] vals rx ry done /=; first by move=> _ inv _ k; exact: (inv_known inv k).2.
case/andP=> wi wp inv ex; apply: (ih _ (rcons rx (execute ops XI rx i)) _ _ wp _ ex).
have ec := R_execute c_constant c_plus c_minus c_times wi VX (inv_computed inv).
have es := @R_execute _ _ rationals ops (fun _ _ => True) (fun _ _ _ => I) (fun _ _ _ _ _ _ => I)
  (fun _ _ _ _ _ _ => I) (fun _ _ _ _ _ _ => I) _ _ _ _ _ wi VY (inv_shape inv).
split.
- exact: F2_rcons (inv_computed inv) ec.
- exact: F2_rcons (inv_shape inv) es.
- by rewrite !size_rcons (inv_size inv).
move=> k; have sx := F2_size (inv_computed inv); have sy := F2_size (inv_shape inv).
rewrite !nth_rcons -sx -sy (inv_size inv); case: ltnP => [_|_]; first exact: (inv_known inv k).
case: eqP => [_|_]; last by split.
split=> [|]; first exact: constant_sound inv.
rewrite /learn; apply: best_holds.
  case: ifP => // ci; rewrite (constant_sound inv ci); exact: least_sound ec.
apply: best_holds; first exact: rule_sound inv wi.
rewrite /claimed_bound; case: ifP => // sv; apply: claimed_sound sv es _ => e ein.
have [w le] := ex e ein; split=> // ek; move: le; rewrite /position ek run_nth ?size_rcons -?sy // nth_rcons.
by rewrite -sy ltnn eqxx.
Qed.

End Run.

Lemma fill_data (x : nat -> F) k0 s : forall k m, nth (Weight Z0 Z0) s k = Data m ->
  nth [::] (fill ops x k0 s) k = embed ops m.
Proof.
elim: s k0 => [|[m'|r c] s ih] k0 [|k] m //=; rewrite ?nth_nil //; try by [case=> -> | exact: ih].
Qed.

End Bounds.

From rankscape Require Import landscape soundness.

Section Global.
Variables (F : realFieldType) (c : certificate).

(** A bound of a node, for all weights. *)
Definition node_bound (e : Z * number) : Prop :=
  wf_number e.2 /\ forall y : 'rV[F]_(dimension c),
    ratF F e.2 <= scalar (field_operations F) (position (eval (field_operations F)
                    (fill (field_operations F) (coordinate y) 0 (inputs c)) (instructions c)) e.1).

Theorem lowest_sound extra k (y : 'rV[F]_(dimension c)) : well_formed c -> (forall e, List.In e extra -> node_bound e) ->
  holds_at (lowest c extra k) (position (eval (field_operations F)
    (fill (field_operations F) (coordinate y) 0 (inputs c)) (instructions c)) k).
Proof.
move=> wfc ex.
have /andP[wi wp] : wf (inputs c) (instructions c) by case/and5P: wfc.
have dp : all wf_number (flatten (weights c)) by case/and5P: wfc => _ _ _ _ /andP[].
rewrite /lowest /inputs_at_point; set p := flatten (weights c) in dp *.
pose xs i := constant rationals (coordinate_of p i).1 (coordinate_of p i).2.
pose xf i : F := ratF F (coordinate_of p i).
have cx i : computed (xs i) (xf i).
  exact: (fraction_constant (@integers_respected F) _ (positive_denominator i dp)).
have cc n d : Z.lt Z0 d -> computed (constant rationals n d) (constant (field_operations F) n d).
  by move=> h; exact: (fraction_constant (@integers_respected F) n h).
have VX := R_fill cc 0 wi cx.
have VY := @R_fill _ _ rationals (field_operations F) (fun _ _ => True) (fun _ _ _ => I) xs (coordinate y) 0 _ wi (fun=> I).
have data k' m : nth (Weight Z0 Z0) (inputs c) k' = Data m ->
  nth [::] (fill (field_operations F) (coordinate y) 0 (inputs c)) k' = nth [::] (fill (field_operations F) xf 0 (inputs c)) k'.
  by move=> h; rewrite !(fill_data _ _ h).
have i0 : @invariant F [::] [::] [::] [::] by split=> // k'; rewrite nth_nil.
exact: (lower_sound VX VY data wp i0 (fun e ein => conj (ex e ein).1 ((ex e ein).2 y))).
Qed.

Theorem bounded_below_sound extra : well_formed c -> (forall e, List.In e extra -> node_bound e) ->
  bounded_below c extra -> forall y, ratF F (value c) <= @loss F c y.
Proof.
move=> wfc ex; rewrite /bounded_below => /andP[sc]; case E: (lowest _ _ _) => [q|] // le y.
have := lowest_sound (loss_position c) y wfc ex; rewrite E => -[wq ab].
have wv : wf_number (value c) by case/and5P: wfc => _ _ _ _ /andP[].
apply: le_trans (at_mostP F wv wq le) _.
have wp : wf (inputs c) (instructions c) by case/and5P: wfc.
have sh := @R_result _ _ rationals (field_operations F) (fun _ _ => True) (fun _ _ _ => I) (fun _ _ _ _ _ _ => I)
  (fun _ _ _ _ _ _ => I) (fun _ _ _ _ _ _ => I) (inputs c) (instructions c) (loss_position c)
  (fun i => constant rationals (coordinate_of (flatten (weights c)) i).1 (coordinate_of (flatten (weights c)) i).2) (coordinate y)
  wp (fun=> I).
have [u eu] := is_scalar_shape sc sh.
rewrite /loss /value_of eu /scalar /=; move: ab; rewrite -/(position _ _) [X in above _ X]eu /above /= !andbT.
by [].
Qed.

End Global.
