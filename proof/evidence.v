(** What the tests of the checker say: dense rows, dominance, null spaces, bounds of eigenvalues, over the field. *)
From Coq Require Import ZArith PeanoNat.
From mathcomp Require Import ssreflect ssrfun ssrbool eqtype ssrnat seq fintype bigop.
From mathcomp Require Import order ssralg ssrnum ssrint ssrZ zmodp matrix mxalgebra ring.
From rankscape Require Import program scalars certificate asymptotics expansions landscape forms.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import Order.Theory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Lemma NateqP i j : reflect (i = j) (Nat.eqb i j).
Proof. exact: PeanoNat.Nat.eqb_spec. Qed.

Lemma NatltP i j : reflect (i < j)%N (Nat.ltb i j).
Proof.
by apply: (iffP (PeanoNat.Nat.ltb_spec0 i j)) => h; apply/ssrnat.ltP.
Qed.

Lemma all_iotaP (p : nat -> bool) n : reflect (forall i : 'I_n, p i) (all p (iota 0 n)).
Proof.
apply: (iffP allP) => h i; first by apply: h; rewrite mem_iota /= add0n.
by rewrite mem_iota add0n => /andP[_ i_n]; exact: (h (Ordinal i_n)).
Qed.

Section Evidence.
Variable F : realFieldType.
Notation toF := (@toF F).

Definition ratF (q : number) : F := toF q.1 / toF q.2.

Lemma equal_numbersP p q : wf_number p -> wf_number q -> equal_numbers p q -> ratF p = ratF q.
Proof.
move=> /Z.ltb_spec0/(@toF_gt0 F) p0 /Z.ltb_spec0/(@toF_gt0 F) q0 /Z.eqb_spec e.
by apply/eqP; rewrite /ratF eqr_div ?lt0r_neq0 // -!toFM e.
Qed.

Lemma less_numbersP p q : wf_number p -> wf_number q -> less_numbers p q -> ratF p < ratF q.
Proof.
move=> /Z.ltb_spec0/(@toF_gt0 F) p0 /Z.ltb_spec0/(@toF_gt0 F) q0 /Z.ltb_spec0/(@toF_lt F).
by rewrite !toFM /ratF ltr_pdivr_mulr // mulrAC ltr_pdivl_mulr.
Qed.

Lemma at_mostP p q : wf_number p -> wf_number q -> at_most p q -> ratF p <= ratF q.
Proof.
move=> /Z.ltb_spec0/(@toF_gt0 F) p0 /Z.ltb_spec0/(@toF_gt0 F) q0 /Z.leb_spec0/(@toF_le F).
by rewrite !toFM /ratF ler_pdivr_mulr // mulrAC ler_pdivl_mulr.
Qed.

Lemma toFN z : toF (Z.opp z) = - toF z.
Proof. by rewrite -[Z.opp z]Z.sub_0_l toFB toF0 sub0r. Qed.

(** ** Dense rows *)

Section Dense.
Variables (n : nat) (w : 'rV[F]_n).

Lemma spread_sound (V : Type) (z : V) (e : V -> F) : e z = 0 ->
  let s := foldr (fun x a => e x.2 * coordinate w x.1 + a) 0 in
  forall len start row s' r, spread z len start row = (s', r) ->
  size s' = len /\ s row = \sum_(k < len) e (nth z s' k) * coordinate w (start + k) + s r.
Proof.
move=> ez s; have s0 : s [::] = 0 by [].
have s1 i a l : s ((i, a) :: l) = e a * coordinate w i + s l by [].
move: s s0 s1 => s s0 s1; elim=> [|l ih] start row s' r /=; first by case=> <- <-; rewrite big_ord0 add0r.
have step s2 r2 t : size s2 = l -> s t = \sum_(k < l) e (nth z s2 k) * coordinate w (start.+1 + k) + s r2 ->
  forall a, size (a :: s2) = l.+1 /\ e a * coordinate w start + s t =
    \sum_(k < l.+1) e (nth z (a :: s2) k) * coordinate w (start + k) + s r2.
  move=> sz h a; rewrite /= sz big_ord_recl addn0 h addrA; split=> //.
  by under eq_bigr do rewrite addSnnS.
case: row => [|[i a] rest].
  case E: (spread z l start.+1 [::]) => [s2 r2] [<- <-]; have [s2l h] := ih _ _ _ _ E.
  by have := step _ _ _ s2l h z; rewrite ez mul0r add0r.
case: NateqP => [->|_].
  case E: (spread z l start.+1 rest) => [s2 r2] [<- <-]; have [s2l h] := ih _ _ _ _ E.
  by rewrite s1; exact: step.
case E: (spread z l start.+1 ((i, a) :: rest)) => [s2 r2] [<- <-]; have [s2l h] := ih _ _ _ _ E.
by have := step _ _ _ s2l h z; rewrite ez mul0r add0r.
Qed.

Lemma dense_sound (V : Type) (z : V) (e : V -> F) row s' : e z = 0 -> dense z n row = Some s' ->
  size s' = n /\ foldr (fun x a => e x.2 * coordinate w x.1 + a) 0 row = \sum_(k < n) e (nth z s' k) * w 0 k.
Proof.
move=> ez; rewrite /dense; case E: (spread z n 0 row) => [s2 r]; case: r E => // E [<-].
have [-> ->] := spread_sound ez E; rewrite /= addr0; split=> //.
by apply: eq_bigr => k _; rewrite add0n coordinateE.
Qed.

Lemma dense_rows_sound rows m : dense_rows n rows = Some m -> size m = size rows /\
  forall i, linear (nth [::] rows i) w = \sum_(j < n) toF (entry m i j) * w 0 j.
Proof.
elim: rows m => [|r rows ih] m /=.
  by case=> <-; split=> // i; rewrite nth_nil big1 // => j _; rewrite /entry !nth_nil toF0 mul0r.
case D: (dense Z0 n r) => [s|] //; case E: (dense_rows n rows) => [m'|] // [<-].
have [sz h] := ih _ E; split=> [|[|i]]; rewrite /= ?sz //.
- by have [_] := dense_sound (toF0 F) D.
- exact: h.
Qed.

End Dense.

(** ** Matrices *)

Definition toM (m k : nat) (a : matrix Z) : 'M[F]_(m, k) := \matrix_(i, j) toF (entry a i j).

Lemma idot_sum n a b : (size a <= n)%N -> toF (idot a b) = \sum_(i < n) toF (nth Z0 a i) * toF (nth Z0 b i).
Proof.
elim: a n b => [|x a ih] n b.
  by move=> _; rewrite big1 // => i _; rewrite nth_nil toF0 mul0r.
case: n => // n; case: b => [|y b] sz.
  by rewrite big1 // => i _; rewrite nth_nil toF0 mulr0.
by rewrite big_ord_recl /= toFD toFM (ih n).
Qed.

Lemma nth_apply h v i : nth Z0 (apply h v) i = idot (nth [::] h i) v.
Proof.
have [lt|ge] := ltnP i (size h); first by rewrite (nth_map [::]).
by rewrite !nth_default // size_map.
Qed.

Variable n : nat.
Definition wide (h : matrix Z) : Prop := (size h <= n)%N /\ forall i, (size (nth [::] h i) <= n)%N.

Lemma apply_sum h v i : wide h -> toF (nth Z0 (apply h v) i) = \sum_(k < n) toF (entry h i k) * toF (nth Z0 v k).
Proof. by case=> _ hw; rewrite nth_apply (idot_sum _ (hw i)). Qed.

Lemma gram_sound h m v : wide h -> (toM n n h)^T = toM n n h ->
  toM m m (gram h m v) = toM m n v *m toM n n h *m (toM m n v)^T.
Proof.
move=> hw sym; rewrite -{1}sym; apply/matrixP => i j; rewrite !mxE.
rewrite /entry /gram (nth_map 0%N) ?size_iota // nth_iota // add0n.
rewrite (nth_map 0%N) ?size_iota // nth_iota // add0n (idot_sum (n := n)); last by rewrite size_map; case: hw.
apply: eq_bigr => k _; rewrite apply_sum // [in RHS]mxE [in RHS]mxE; congr (_ * _); last by rewrite mxE.
by apply: eq_bigr => l _; rewrite !mxE mulrC.
Qed.

Lemma dominates_sound m g : dominates m g -> dominant (toM m m g).
Proof.
move/all_iotaP=> h; split=> [i|i j ij]; first by case/andP: (h i) => /Z.ltb_spec0/(@toF_gt0 F) ? _; rewrite mxE.
case/andP: (h i) => _ /all_iotaP/(_ j)/orP[/NateqP/val_inj e|]; first by rewrite e eqxx in ij.
rewrite (nth_map 0%N) ?size_iota // nth_iota // add0n => /Z.leb_spec0/(@toF_le F).
rewrite !toFM !mxE /entry exprMn expr2; congr (_ * _ <= _).
by rewrite -[m%:R]/(m%:R : F) /toF; case: m {h i j ij} => // m; rewrite /= SuccNat2Pos.id_succ.
Qed.

Lemma dominant_scale m (G : 'M[F]_m) c : 0 < c -> dominant G -> dominant (c *: G).
Proof.
move=> c0 [d h]; split=> [i|i j ij]; first by rewrite mxE mulr_gt0.
rewrite !mxE.
have -> : (m%:R * (c * G i j)) ^+ 2 = c ^+ 2 * (m%:R * G i j) ^+ 2 by ring.
have -> : c * G i i * (c * G j j) = c ^+ 2 * (G i i * G j j) by ring.
by rewrite ler_wpmul2l ?sqr_ge0 ?h.
Qed.

Lemma entry_negate h i j : entry (negate h) i j = Z.opp (entry h i j).
Proof.
rewrite /entry /negate; have [lt|ge] := ltnP i (size h); last by rewrite !(nth_default [::]) ?size_map ?nth_nil.
rewrite (nth_map [::]) //; set r := nth _ h i.
have [lt'|ge'] := ltnP j (size r); first by rewrite (nth_map Z0).
by rewrite !nth_default ?size_map.
Qed.

Lemma wide_negate h : wide h -> wide (negate h).
Proof.
case=> a b; split=> [|i]; first by rewrite size_map.
have [lt|ge] := ltnP i (size h); last by rewrite nth_default // size_map.
by rewrite (nth_map [::]) // size_map.
Qed.

Lemma toM_negate h : toM n n (negate h) = - toM n n h.
Proof. by apply/matrixP => i j; rewrite !mxE entry_negate toFN. Qed.

Section Inertia.
Variables (h : matrix Z) (d : Z).
Hypothesis hw : wide h.
Hypothesis hs : (toM n n h)^T = toM n n h.
Hypothesis d0 : Z.lt Z0 d.
Let A := (toF d)^-1 *: toM n n h.
Let d0' : 0 < (toF d)^-1. Proof. by rewrite invr_gt0 toF_gt0. Qed.

Lemma A_sym : A^T = A.
Proof. by rewrite /A linearZ /= hs. Qed.

Lemma dominates_frame m v : dominates m (gram h m v) -> dominant (toM m n v *m A *m (toM m n v)^T).
Proof.
move/dominates_sound; rewrite gram_sound // => /(dominant_scale d0').
by rewrite /A -scalemxAr -scalemxAl.
Qed.

Lemma vanishesP s i : vanishes s -> nth Z0 s i = Z0.
Proof.
move=> /allP v; have [lt|ge] := ltnP i (size s); last by rewrite nth_default.
by have /Z.eqb_spec <- := v _ (mem_nth Z0 lt).
Qed.

Lemma null_space_sound m v cols : null_space n m h v cols ->
  toM m n v *m A = 0 /\ row_free (toM m n v).
Proof.
case/andP=> /all_iotaP z /all_iotaP c; split.
  rewrite /A -scalemxAr -hs; apply/matrixP => i j; rewrite !mxE.
  have e : \sum_(k < n) toM m n v i k * (toM n n h)^T k j = 0.
    rewrite -[RHS](toF0 F) -(vanishesP j (z i)) apply_sum //.
    by apply: eq_bigr => k _; rewrite !mxE mulrC.
  by rewrite e mulr0.
apply: free_from_kernel => u e; apply/rowP => j; rewrite mxE.
case/andP: (c j) => /NatltP kn /all_iotaP h'.
have := congr1 (fun r : 'rV_n => r 0 (Ordinal kn)) e; rewrite !mxE (bigD1 j) //= big1 ?addr0.
  move/eqP; rewrite mulf_eq0 => /orP[/eqP//|]; rewrite mxE => /eqP/toF_eq0 /= ev.
  by have := h' j; rewrite ev /= Nat.eqb_refl.
move=> i ij; rewrite mxE /=; have := h' i.
case: NateqP => [/val_inj e'|_]; first by rewrite e' eqxx in ij.
by case: Z.eqb_spec => // -> _; rewrite toF0 mulr0.
Qed.

End Inertia.

(** What a successful test of inertia gives. *)
Definition framed (A : 'M[F]_n) (a c b : nat) : Prop :=
  exists (U : 'M[F]_(a, n)) (Z : 'M[F]_(c, n)) (P : 'M[F]_(b, n)),
    [/\ dominant (U *m - A *m U^T), Z *m A = 0, row_free Z, dominant (P *m A *m P^T) & (a + (c + b))%N = n].

Lemma check_inertia_sound h d e : wide h -> (toM n n h)^T = toM n n h -> Z.lt Z0 d -> check_inertia n h e ->
  framed ((toF d)^-1 *: toM n n h) (Z.to_nat (neg e)) (Z.to_nat (zero e)) (Z.to_nat (pos e)).
Proof.
move=> hw hs d0; rewrite /check_inertia => /and4P[_ _ _ /and4P[/NateqP s dn dp nl]].
have [z f] := null_space_sound d hw hs nl.
exists (toM (Z.to_nat (neg e)) n (frame e)), (toM (Z.to_nat (zero e)) n (null e)),
  (toM (Z.to_nat (pos e)) n (drop (Z.to_nat (neg e)) (frame e))); split=> //.
- have hs' : (toM n n (negate h))^T = toM n n (negate h) by rewrite toM_negate linearN /= hs.
  by have := dominates_frame (wide_negate hw) hs' d0 dn; rewrite toM_negate scalerN.
- exact: dominates_frame.
Qed.

Lemma framed_inertia A a c b : A^T = A -> framed A a c b -> inertia A a c b.
Proof.
move=> s [U [Z [P [u z f p e]]]]; apply: (inertia_frame s _ z f _ e); last exact: dominant_on p.
by apply/positive_onN; exact: dominant_on u.
Qed.

Lemma framed_semidefinite A c b : A^T = A -> framed A 0 c b -> forall w, 0 <= form A w.
Proof. by move=> s [U [Z [P [_ z f p e]]]]; apply: (semidefinite_frame s z f _ e); exact: dominant_on p. Qed.

Lemma framed_coercive A : framed A 0 0 n -> exists2 mu : F, 0 < mu & forall w, mu * norm1 w ^+ 2 <= form A w.
Proof. by move=> [U [Z [P [_ _ _ p _]]]]; exact: coercive_basis p _. Qed.

Lemma framed_negative A a c b : (0 < a)%N -> framed A a c b -> exists2 w, w != 0 & form A w < 0.
Proof.
case: a => // a _ [U [Z [P [u _ _ _ _]]]]; have /positive_onN ng := dominant_on u.
have d0 : delta_mx 0 0 != 0 :> 'rV[F]_a.+1.
  by apply/eqP => /matrixP/(_ 0 0)/eqP; rewrite !mxE eqxx oner_eq0.
exists (delta_mx 0 0 *m U); last exact: ng.
by apply: contraTneq (ng _ d0) => ->; rewrite form0 ltxx.
Qed.

Lemma framedN A a c b : framed A a c b -> framed (- A) b c a.
Proof.
move=> [U [Z [P [u z f p e]]]]; exists P, Z, U; split=> //; rewrite ?opprK ?mulmxN ?z ?oppr0 //.
by rewrite -e addnA addnC [(b + c)%N]addnC.
Qed.

Lemma framed_positive A a c b : (0 < b)%N -> framed A a c b -> exists2 w, w != 0 & 0 < form A w.
Proof.
move=> b0 /framedN/(framed_negative b0)[w w0]; rewrite formN oppr_lt0 => ?; by exists w.
Qed.

Lemma framed_nonpositive A a c b : (b < n)%N -> framed A a c b -> exists2 w, w != 0 & form A w <= 0.
Proof.
move=> bn h; have [a0|] := posnP a; last by case/framed_negative/(_ h) => w w0 /ltW; exists w.
case: h => [U [Z [P [_ z f _ e]]]]; subst a; have c0 : (0 < c)%N by rewrite -e -[X in (X < _)%N]add0n ltn_add2r in bn.
case: c c0 Z z f e => // c _ Z z f _.
exists (row 0 Z); first by apply/negP => /eqP r; have := row_free_eq0 f (_ : delta_mx 0 0 *m Z = 0);
  rewrite -rowE r => /(_ erefl)/matrixP/(_ 0 0)/eqP; rewrite !mxE eqxx oner_eq0.
by rewrite /form -row_mul z row0 mul0mx mxE.
Qed.

(** ** Bounds of eigenvalues *)

Definition square (w : 'rV[F]_n) : F := (w *m w^T) 0 0.

Lemma square_gt0 w : w != 0 -> 0 < square w.
Proof.
case/rV0Pn=> i wi; rewrite /square mxE (bigD1 i) //= mxE ltr_paddr //; last by rewrite -expr2 exprn_even_gt0.
by apply: sumr_ge0 => j _; rewrite mxE -expr2 sqr_ge0.
Qed.

Lemma square_ge0 w : 0 <= square w.
Proof. by rewrite /square mxE sumr_ge0 // => j _; rewrite mxE -expr2 sqr_ge0. Qed.

(** The least value of form A w / |w|^2 is in [lo, hi]. *)
Definition least_eigenvalue (A : 'M[F]_n) (lo hi : F) : Prop :=
  (forall w, lo * square w <= form A w) /\ exists2 w, w != 0 & form A w <= hi * square w.
Definition greatest_eigenvalue (A : 'M[F]_n) (lo hi : F) : Prop :=
  (forall w, form A w <= hi * square w) /\ exists2 w, w != 0 & lo * square w <= form A w.

Lemma shifted_entry h d q (i j : 'I_n) :
  toF (entry (shifted h n d q) i j) = toF q.2 * toF (entry h i j) - (if i == j then toF q.1 * toF d else 0).
Proof.
rewrite /entry /shifted (nth_map 0%N) ?size_iota // nth_iota // add0n.
rewrite (nth_map 0%N) ?size_iota // nth_iota // add0n toFB toFM -/(entry h i j); congr (_ - _).
by case: NateqP => [/val_inj->|ij]; [rewrite eqxx toFM | case: eqP => // e; case: ij; rewrite e].
Qed.

Lemma shifted_wide h d q : wide (shifted h n d q).
Proof.
split=> [|i]; first by rewrite size_map size_iota.
have [lt|ge] := ltnP i n; last by rewrite nth_default // size_map size_iota.
by rewrite (nth_map 0%N) ?size_iota // size_map size_iota.
Qed.

Lemma toM_shifted h d q : Z.lt Z0 d -> Z.lt Z0 q.2 ->
  toM n n (shifted h n d q) = (toF q.2 * toF d) *: ((toF d)^-1 *: toM n n h - (ratF q)%:M).
Proof.
move=> /(@toF_gt0 F)/lt0r_neq0 d0 /(@toF_gt0 F)/lt0r_neq0 q0; apply/matrixP => i j.
rewrite [LHS]mxE shifted_entry !mxE -mulrnAr -mulr_natr /ratF; case: (i == j) => /=; field; by rewrite d0 q0.
Qed.

Lemma form_scalar q w : form (q%:M) w = q * square w.
Proof. by rewrite /form -scalemx1 -scalemxAr mulmx1 -scalemxAl mxE. Qed.

Lemma check_least_sound h d e a c b (hn hr : bool) lo hi : wide h -> (toM n n h)^T = toM n n h -> Z.lt Z0 d ->
  let A := (toF d)^-1 *: toM n n h in
  (hn = false -> forall w, 0 <= form A w) -> (hr -> exists2 w, w != 0 & form A w <= 0) ->
  check_least n h d e hn hr lo hi -> framed A a c b -> least_eigenvalue A (ratF lo) (ratF hi).
Proof.
move=> hw hs d0 A nn hnr /and4P[wlo whi l u] fr.
have lo0 := Z.ltb_spec0 _ _ wlo; have hi0 := Z.ltb_spec0 _ _ whi.
split.
  move=> w; case/orP: l => [/andP[/Z.leb_spec0/(@toF_le F) lo1 /negbTE hn0]|dm].
    apply: le_trans (nn hn0 w); rewrite mulr_le0_ge0 ?square_ge0 //.
    by rewrite /ratF pmulr_lle0 ?invr_gt0 ?(toF_gt0 F lo0).
  have hs' : (toM n n (shifted h n d lo))^T = toM n n (shifted h n d lo).
    by rewrite toM_shifted // -/A linearZ /= linearB /= tr_scalar_mx /A linearZ /= hs.
  have := dominates_frame (shifted_wide h d lo) hs' (Z.mul_pos_pos _ _ lo0 d0) dm.
  rewrite toM_shifted // toFM scalerA mulVf ?scale1r ?mulf_neq0 ?lt0r_neq0 ?toF_gt0 // -/A => dm'.
  have [mu mu0 co] := coercive_basis dm' erefl.
  have := co w; rewrite formB form_scalar => le.
  by rewrite -subr_ge0 (le_trans _ le) // mulr_ge0 ?exprn_ge0 ?norm1_ge0 // ltW.
case/orP: u => [/andP[/Z.leb_spec0/(@toF_le F) hi1 /hnr[w w0 wn]]|/hasP[v _ /andP[/Z.ltb_spec0 v0 /Z.leb_spec0 le]]].
  exists w => //; apply: le_trans wn _; rewrite mulr_ge0 ?square_ge0 // /ratF divr_ge0 //.
  by apply/ltW/toF_gt0.
set v' := take n v in v0 le.
have sv : (size v' <= n)%N by rewrite size_take; case: ltnP.
pose w : 'rV[F]_n := \row_j toF (nth Z0 v' j).
have ew : square w = toF (idot v' v').
  by rewrite /square mxE (idot_sum _ sv); apply: eq_bigr => j _; rewrite !mxE.
have ef : form A w = (toF d)^-1 * toF (idot (apply h v') v').
  rewrite /A formZ; congr (_ * _); rewrite -hs /form mxE (idot_sum (n := n)); last by rewrite size_map; case: hw.
  apply: eq_bigr => j _; rewrite !mxE apply_sum //; congr (_ * _).
  by apply: eq_bigr => k _; rewrite !mxE mulrC.
have w0 : w != 0.
  apply: contraTneq (toF_gt0 F v0) => w0; rewrite -ew w0 /square mul0mx mxE ltxx //.
exists w => //; rewrite ef ew /ratF mulrC ler_pdivr_mulr ?toF_gt0 //.
have -> : toF hi.1 / toF hi.2 * toF (idot v' v') * toF d = toF hi.1 * toF d * toF (idot v' v') / toF hi.2.
  by move: (toF hi.2)^-1 => i; ring.
by rewrite ler_pdivl_mulr ?toF_gt0 // mulrC -!toFM; exact: toF_le.
Qed.

End Evidence.
