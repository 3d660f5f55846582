(** Minima modulo symmetry. The loss is constant along fields up to squares of steps. From any point near x many small steps along
    the fields lead to where the semidefinite Hessian decides, and the squares of the steps add up to as little as one likes. So no
    flow is integrated; the field is archimedean. *)
From mathcomp Require Import ssreflect ssrfun ssrbool eqtype ssrnat seq fintype bigop.
From mathcomp Require Import order ssralg ssrnum zmodp matrix mxalgebra ring.
From rankscape Require Import expansions landscape forms evidence feasible.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import Order.Theory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Section Across.
Variables (F : realFieldType) (n : nat).

(** The sum of the absolute values of the entries. *)
Definition mass (r q : nat) (V : 'M[F]_(r, q)) : F := \sum_i \sum_j `|V i j|.

Lemma mass_ge0 r q (V : 'M[F]_(r, q)) : 0 <= mass V.
Proof. by apply: sumr_ge0 => i _; apply: sumr_ge0 => j _; exact: normr_ge0. Qed.

Lemma norm1_mass r q (u : 'rV[F]_r) (V : 'M[F]_(r, q)) : norm1 (u *m V) <= norm1 u * mass V.
Proof. exact: norm1_mul. Qed.

(** T gives the coordinates of the null space along the rows of X. *)
Lemma coercive_across (A : 'M[F]_n) z b (X : 'M[F]_(z, n)) (T : 'M[F]_(n, z)) :
  A^T = A -> framed A 0 z b -> X *m A = 0 -> X *m T = 1%:M ->
  exists2 mu : F, 0 < mu & forall w : 'rV_n, mu * norm1 (w - w *m T *m X) ^+ 2 <= form A w.
Proof.
move=> s fr XA XT; have rk := inertia_null (framed_inertia s fr).
case: fr => [U [Z [P [_ ZA Zf dP e]]]]; have [mu mu0 co] := coercive_rows dP.
have Xr : \rank X = z.
  by apply/eqP; rewrite -[_ == _]/(row_free X); apply/row_freeP; exists T.
have KX : (kermx A <= X)%MS.
  have XK : (X <= kermx A)%MS by apply/sub_kermxP.
  by rewrite -(geq_leqif (mxrank_leqif_sup XK)) Xr rk.
have /submxP[R ZR] : (Z <= X)%MS by apply: submx_trans KX; apply/sub_kermxP.
pose M : 'M[F]_n := 1%:M - T *m X.
have XM : X *m M = 0 by rewrite /M mulmxBr mulmx1 mulmxA XT mul1mx subrr.
have k0 : 0 < mass M + 1 by rewrite ltr_paddl ?mass_ge0 ?ltr01.
exists (mu / (mass M + 1) ^+ 2); first by rewrite divr_gt0 ?exprn_gt0.
move=> w; have qf := null_positive_free s ZA Zf (dominant_on dP).
have : (w <= col_mx Z P)%MS by apply: submx_full; rewrite -col_leq_rank (eqP qf) -e.
case/submxP=> q; rewrite -[q]hsubmxK mul_row_col => wq.
have -> : w - w *m T *m X = rsubmx q *m P *m M.
  have -> : w - w *m T *m X = w *m M by rewrite /M mulmxBr mulmx1 mulmxA.
  by rewrite {1}wq mulmxDl ZR mulmxA -[_ *m X *m M]mulmxA XM mulmx0 add0r.
rewrite wq form_null //; last by rewrite -mulmxA ZA mulmx0.
apply: le_trans (co (rsubmx q)); set v := _ *m P.
rewrite mulrAC ler_pdivr_mulr ?exprn_gt0 // -[X in _ <= X]mulrA; apply: ler_wpmul2l; first exact: ltW.
rewrite -exprMn ler_sqr ?nnegrE; last 2 first.
- exact: norm1_ge0.
- by rewrite mulr_ge0 ?norm1_ge0 ?(ltW k0).
apply: le_trans (norm1_mass _ _) _; apply: ler_wpmul2l; first exact: norm1_ge0.
by rewrite ler_addl ler01.
Qed.

End Across.

Lemma sweep_identity (F : realFieldType) (D C q a : F) : q != 0 -> q + 1 != 0 ->
  - (D / q * ((1 - 4%:R / (q + 1) / 2%:R) * a ^+ 2)) - C * (4%:R / (q + 1) * a) ^+ 2 - - (D / (q + 1)) * a ^+ 2 =
  a ^+ 2 / (q * (q + 1) ^+ 2) * (D * (q + 1) - 16%:R * C * q).
Proof. by move=> q0 q1; field; rewrite q0 q1. Qed.

Lemma defect_step (F : realFieldType) (G C h a a' g g' : F) : 0 <= G -> 0 <= C -> 0 <= h -> h <= 1 -> 0 <= a -> 0 <= a' ->
  a' <= (1 - h / 2%:R) * a -> 4%:R * G * a <= 1 -> 0 <= g -> g' <= (1 + G * (h * a)) * g + C * (h * a) ^+ 2 ->
  (1 + 4%:R * G * a') * g' <= (1 + 4%:R * G * a) * g + 2%:R * C * (h * a) ^+ 2.
Proof.
move=> G0 C0 h0 h1 a0 a0' le small g0 le'; have y0 : 0 <= 4%:R * G * a' by rewrite !mulr_ge0 ?ler0n.
have p0 : 0 <= 1 + 4%:R * G * a' by rewrite addr_ge0 ?ler01.
apply: le_trans (ler_wpmul2l p0 le') _; rewrite mulrDr; apply: ler_add.
  rewrite [X in X <= _]mulrA; apply: ler_wpmul2r => //; apply: le_trans (_ : (1 + 4%:R * G * ((1 - h / 2%:R) * a)) * (1 + G * (h * a)) <= _).
    by rewrite ler_wpmul2r ?addr_ge0 ?ler01 ?mulr_ge0 // ler_add2l ler_wpmul2l ?mulr_ge0 ?ler0n.
  rewrite -subr_ge0; have -> : 1 + 4%:R * G * a - (1 + 4%:R * G * ((1 - h / 2%:R) * a)) * (1 + G * (h * a)) =
    G * (h * a) * (1 - 4%:R * G * a) + 2%:R * (G * (h * a)) ^+ 2 by field.
  by rewrite addr_ge0 ?mulr_ge0 ?subr_ge0 ?ler0n ?sqr_ge0.
rewrite [X in X <= _]mulrA; apply: ler_wpmul2r; first exact: sqr_ge0.
apply: ler_wpmul2r => //; rewrite -[2%:R]/(1 + 1 : F) ler_add2l; apply: le_trans small; apply: ler_wpmul2l; first by rewrite mulr_ge0 ?ler0n.
by apply: le_trans le _; rewrite ler_pimull // ler_subl_addr ler_addl divr_ge0 ?ler0n.
Qed.

(** The loss L, constant along the rows of X up to squares of steps. [defect] is what a lower bound of L may also lack, of a displacement:
    steps hardly increase it. *)
Section Sweep.
Variables (F : archiFieldType) (n z : nat).
Variables (L : 'rV[F]_n -> F) (x : 'rV[F]_n) (T : 'M[F]_(n, z)) (X : 'rV[F]_n -> 'M[F]_(z, n)) (defect : 'rV[F]_n -> F).
Variables (B C r d G : F).
Hypothesis XT : X x *m T = 1%:M.
Hypothesis B0 : 0 <= B.
Hypothesis near : forall w, mass (X (x + w) - X x) <= B * norm1 w.
Hypothesis C0 : 0 <= C.
Hypothesis r0 : 0 < r.
Hypothesis d0 : 0 < d.
Hypothesis constant : forall w (s : 'rV_z) t, norm1 w <= r -> norm1 s <= 1 -> `|t| <= d ->
  `|L (x + w + t *: (s *m X (x + w))) - L (x + w)| <= C * t ^+ 2.
Hypothesis G0 : 0 <= G.
Hypothesis defect0 : forall w, 0 <= defect w.
Hypothesis defects : forall w (s : 'rV_z) t, norm1 w <= r -> norm1 s <= 1 -> `|t| <= d ->
  defect (w + t *: (s *m X (x + w))) <= (1 + G * `|t|) * defect w + C * t ^+ 2.

Let K := mass T.
Let K0 : 0 <= K. Proof. exact: mass_ge0. Qed.
Let E := mass (X x).
Let E0 : 0 <= E. Proof. exact: mass_ge0. Qed.

Notation u w := (norm1 (w *m T)).

(** Steps stay where they start. *)
Definition inside (rho k : F) w : Prop := norm1 w + k * u w <= rho.

Lemma step_sound rho k w h : 0 < rho -> rho <= r -> rho * K <= d -> B * rho * K <= 2%:R^-1 -> 2%:R * (E + B * rho) <= k ->
  0 <= h -> h <= 1 -> inside rho k w ->
  exists w', [/\ inside rho k w', u w' <= (1 - h / 2%:R) * u w, L (x + w') - C * (h * u w) ^+ 2 <= L (x + w) &
                 defect w' <= (1 + G * (h * u w)) * defect w + C * (h * u w) ^+ 2].
Proof.
move=> rho0 rr rd rB kB h0 h1 iw.
have Bp : 0 <= B * rho by apply: mulr_ge0 => //; exact: ltW.
have k0 : 0 <= k by apply: le_trans kB; apply: mulr_ge0; [exact: ler0n | exact: addr_ge0].
have wr : norm1 w <= rho by apply: le_trans iw; rewrite ler_addl; apply: mulr_ge0 => //; exact: norm1_ge0.
have u0 : 0 <= u w by exact: norm1_ge0.
have [uz|un] := eqVneq (u w) 0.
  exists w; split=> //; first by rewrite uz mulr0.
  - by rewrite uz mulr0 expr0n mulr0 subr0.
  by rewrite uz !mulr0 expr0n mulr0 !addr0 mul1r.
have up : 0 < u w by rewrite lt_def un.
have uK : u w <= norm1 w * K by exact: norm1_mass.
pose s := - (u w)^-1 *: (w *m T); pose t := h * u w.
have ns : norm1 s = 1 by rewrite norm1Z normrN gtr0_norm ?invr_gt0 // mulVf.
have ts v : t *: (s *m v) = - (h *: (w *m T *m v)) :> 'rV_n.
  by rewrite /t /s -scalemxAl scalerA mulrN -mulrA mulfV // mulr1 scaleNr.
exists (w + t *: (s *m X (x + w))).
have nX : norm1 (w *m T *m (X (x + w) - X x)) <= u w * (B * rho).
  apply: le_trans (norm1_mass _ _) _; apply: ler_wpmul2l => //; apply: le_trans (near w) _; exact: ler_wpmul2l.
have split_ : w *m T *m X (x + w) = w *m T *m X x + w *m T *m (X (x + w) - X x) by rewrite mulmxBr [RHS]addrC subrK.
have nw : norm1 (w + t *: (s *m X (x + w))) <= norm1 w + h * (u w * (E + B * rho)).
  rewrite ts; apply: le_trans (norm1D _ _) _; rewrite ler_add2l norm1N norm1Z (ger0_norm h0) ler_wpmul2l //.
  rewrite split_; apply: le_trans (norm1D _ _) _; rewrite mulrDr ler_add //; exact: norm1_mass.
have nu : u (w + t *: (s *m X (x + w))) <= (1 - h / 2%:R) * u w.
  rewrite ts split_ mulmxDl mulNmx -scalemxAl mulmxDl -[w *m T *m X x *m T]mulmxA XT mulmx1 scalerDr opprD addrA.
  have -> : w *m T - h *: (w *m T) = (1 - h) *: (w *m T) by rewrite scalerBl scale1r.
  apply: le_trans (norm1D _ _) _; rewrite norm1N !norm1Z (ger0_norm h0) ger0_norm ?subr_ge0 //.
  have -> : (1 - h / 2%:R) * u w = (1 - h) * u w + h * (u w / 2%:R).
    move: (u w) => v; by field.
  rewrite ler_add2l ler_wpmul2l //; apply: le_trans (norm1_mass _ _) _.
  apply: le_trans (ler_wpmul2r K0 nX) _; rewrite -mulrA ler_wpmul2l //.
have tp : `|t| = h * u w by rewrite ger0_norm ?mulr_ge0.
have td : `|t| <= d.
  rewrite tp; apply: le_trans rd; apply: le_trans (_ : u w <= _); first by rewrite ler_pimull.
  by apply: le_trans uK _; rewrite ler_wpmul2r.
split=> //.
- rewrite /inside; apply: le_trans (ler_add nw (ler_wpmul2l k0 nu)) _; apply: le_trans iw.
  have -> : norm1 w + h * (u w * (E + B * rho)) + k * ((1 - h / 2%:R) * u w) =
    norm1 w + k * u w - (k - 2%:R * (E + B * rho)) * (h * u w / 2%:R).
    move: (u w) (norm1 w) (B * rho) => v v' v''; by field.
  by rewrite ler_subl_addr ler_addl mulr_ge0 ?subr_ge0 // divr_ge0 ?ler0n // mulr_ge0.
- have := constant (le_trans wr rr) (_ : norm1 s <= 1) td; rewrite ns lexx => /(_ isT).
  by rewrite -addrA ler_norml => /andP[_]; rewrite ler_subl_addr [C * _ + _]addrC -ler_subl_addr.
by have := defects (le_trans wr rr) (_ : norm1 s <= 1) td; rewrite ns lexx tp => /(_ isT).
Qed.

Theorem sweep M0 P rho0 : 0 <= M0 -> 0 <= P -> 0 < rho0 ->
  (forall w, norm1 w <= rho0 -> - M0 * u w ^+ 2 - P * defect w <= L (x + w) - L x) ->
  exists2 d' : F, 0 < d' & forall w, norm1 w <= d' -> defect w = 0 -> L x <= L (x + w).
Proof.
move=> M00 P0 rho00 base.
(* the region *)
have [rho [rho0' [rr [rd [rB [rG rh]]]]]] : exists rho, 0 < rho /\ rho <= r /\ rho * K <= d /\ B * rho * K <= 2%:R^-1 /\
    4%:R * G * (rho * K) <= 1 /\ rho <= rho0.
  have p v : 0 <= v -> 0 < v + 1 by move=> v0; rewrite ltr_paddl ?ltr01.
  have BK : 0 <= B * K by exact: mulr_ge0.
  have GK : 0 <= 4%:R * G * K by rewrite !mulr_ge0 ?ler0n.
  exists (Num.min r (Num.min (d / (K + 1)) (Num.min (2%:R^-1 / (B * K + 1)) (Num.min (1 / (4%:R * G * K + 1)) rho0)))).
  set m1 := Num.min _ rho0; set m2 := Num.min (2%:R^-1 / _) _; set m3 := Num.min (d / _) _.
  have pos : 0 < Num.min r m3 by rewrite !lt_minr r0 rho00 !divr_gt0 ?invr_gt0 ?ltr0n ?ltr01 ?p.
  have l0 : Num.min r m3 <= r by rewrite le_minl lexx.
  have l3 : Num.min r m3 <= d / (K + 1) by rewrite !le_minl lexx ?orbT.
  have l2 : Num.min r m3 <= 2%:R^-1 / (B * K + 1) by rewrite !le_minl lexx ?orbT.
  have l1 : Num.min r m3 <= 1 / (4%:R * G * K + 1) by rewrite !le_minl lexx ?orbT.
  have l4 : Num.min r m3 <= rho0 by rewrite !le_minl lexx ?orbT.
  move: (Num.min r m3) pos l0 l1 l2 l3 l4 => rho pos l0 l1 l2 l3 l4.
  move: l1 l2 l3; rewrite !ler_pdivl_mulr ?p // !mulrDr !mulr1 => l1 l2 l3.
  split=> //; split=> //; split; first by apply: le_trans l3; rewrite ler_addl ltW.
  split; first by apply: le_trans l2; rewrite mulrAC mulrC ler_addl ltW.
  by split=> //; apply: le_trans l1; rewrite mulrCA ler_addl ltW.
pose k := 2%:R * (E + B * rho).
have Bp : 0 <= B * rho by apply: mulr_ge0 => //; exact: ltW.
have k0 : 0 <= k by apply: mulr_ge0; [exact: ler0n | exact: addr_ge0].
have inr w : inside rho k w -> norm1 w <= rho.
  by move=> iw; apply: le_trans iw; rewrite ler_addl; apply: mulr_ge0 => //; exact: norm1_ge0.
pose C' := C + P * (2%:R * C); have C0' : 0 <= C' by rewrite addr_ge0 // !mulr_ge0 ?ler0n.
pose D := 4%:R * M0 + 16%:R * C'.
have D0 : 0 <= D by rewrite addr_ge0 // mulr_ge0 ?ler0n.
have main i w : inside rho k w -> - (D / (i + 4)%:R) * u w ^+ 2 - P * ((1 + 4%:R * G * u w) * defect w) <= L (x + w) - L x.
  elim: i w => [|i ih] w iw.
    apply: le_trans (base w (le_trans (inr w iw) rh)); apply: ler_add.
      rewrite ler_wpmul2r ?sqr_ge0 // ler_opp2 add0n ler_pdivl_mulr ?ltr0n //.
      by rewrite mulrC ler_addl mulr_ge0 ?ler0n.
    rewrite ler_opp2 ler_wpmul2l // ler_pemull //.
    by rewrite ler_addl !mulr_ge0 ?ler0n ?norm1_ge0.
  pose q : F := (i + 4)%:R; have q0 : 0 < q by rewrite /q ltr0n addn4.
  have eq : (i.+1 + 4)%:R = q + 1 by rewrite /q addSn -addn1 natrD.
  have q4 : 4%:R <= q by rewrite /q ler_nat leq_addl.
  pose h := 4%:R / (q + 1); have q1 : 0 < q + 1 by rewrite ltr_paddr ?ler01.
  have hp : 0 <= h by rewrite divr_ge0 ?ler0n // ltW.
  have hl : h <= 1 by rewrite ler_pdivr_mulr // mul1r (le_trans q4) // ler_addl ler01.
  have [w' [iw' uw' le df]] := step_sound rho0' rr rd rB (lexx k) hp hl iw.
  have small : 4%:R * G * u w <= 1.
    apply: le_trans rG; rewrite ler_wpmul2l ?mulr_ge0 ?ler0n //; apply: le_trans (norm1_mass _ _) _.
    by rewrite ler_wpmul2r ?inr.
  have ds := defect_step G0 C0 hp hl (norm1_ge0 _) (norm1_ge0 _) uw' small (defect0 w) df.
  have := ih w' iw'; rewrite -/q eq => ih'.
  have up : 0 <= 1 - h / 2%:R by rewrite subr_ge0 ler_pdivr_mulr ?ltr0n // mul1r (le_trans hl) // ler1n.
  have sq : u w' ^+ 2 <= (1 - h / 2%:R) * u w ^+ 2.
    apply: le_trans (_ : ((1 - h / 2%:R) * u w) ^+ 2 <= _).
      by rewrite ler_sqr ?nnegrE ?norm1_ge0 ?mulr_ge0 ?norm1_ge0.
    rewrite exprMn ler_wpmul2r ?sqr_ge0 // expr2 ler_pimulr //.
    by rewrite ler_subl_addr ler_addl divr_ge0 ?ler0n.
  have step1 : L (x + w') - L x - C * (h * u w) ^+ 2 <= L (x + w) - L x.
    by rewrite addrAC ler_add2r.
  apply: le_trans step1; apply: le_trans (ler_add ih' (lexx (- (C * (h * u w) ^+ 2)))).
  have l1 : D / q * u w' ^+ 2 <= D / q * ((1 - h / 2%:R) * u w ^+ 2) by rewrite ler_wpmul2l // divr_ge0 // ltW.
  have l2 := ler_wpmul2l P0 ds.
  have id := sweep_identity D C' (u w) (lt0r_neq0 q0) (lt0r_neq0 q1).
  have fin : 0 <= u w ^+ 2 / (q * (q + 1) ^+ 2) * (D * (q + 1) - 16%:R * C' * q).
    apply: mulr_ge0; first by rewrite divr_ge0 ?sqr_ge0 // mulr_ge0 ?sqr_ge0 // ltW.
    rewrite subr_ge0; apply: le_trans (_ : D * q <= _); last by rewrite ler_wpmul2l // ler_addl ler01.
    by rewrite ler_wpmul2r ?(ltW q0) // ler_addr mulr_ge0 ?ler0n.
  rewrite -id -/h /C' in fin; rewrite -subr_ge0; move: l1 l2 fin; rewrite -subr_ge0 => l1; rewrite -subr_ge0 => l2 fin.
  move: (addr_ge0 (addr_ge0 l1 l2) fin); congr (0 <= _).
  move: (D / q) (D / (q + 1)) (u w) (u w') (defect w) (defect w') (h) (1 - _ / 2%:R) => a1 a2 a3 a4 a5 a6 a7 a8; ring.
have t0 : 0 < 1 + k * K by apply: ltr_paddr; [exact: mulr_ge0 | exact: ltr01].
exists (rho / (1 + k * K)); first by rewrite divr_gt0.
move=> w; rewrite ler_pdivl_mulr // => wd dw.
have iw : inside rho k w.
  apply: le_trans wd; rewrite mulrDr mulr1 ler_add2l mulrCA ler_wpmul2l //; exact: norm1_mass.
rewrite -subr_ge0 leNgt; apply/negP => neg; set f := L (x + w) - L x in neg.
have fp : 0 < - f by rewrite oppr_gt0.
have Du : 0 <= D * u w ^+ 2 / - f by apply: divr_ge0; [apply: mulr_ge0 => //; exact: sqr_ge0 | exact: ltW].
have := archi_boundP Du; set i := Num.bound _ => lt.
have := main i w iw; rewrite -/f dw !mulr0 subr0 leNgt => /negP; apply.
rewrite mulNr ltr_oppr mulrAC ltr_pdivr_mulr ?ltr0n ?addn4 // [- f * _]mulrC.
move: lt; rewrite ltr_pdivr_mulr // => lt; apply: lt_le_trans lt _.
by rewrite ler_wpmul2r ?(ltW fp) // ler_nat -addn4 leq_addr.
Qed.

End Sweep.

Section Orbits.
Variables (F : archiFieldType) (n z : nat).
Variables (L : 'rV[F]_n -> F) (x : 'rV[F]_n) (A : 'M[F]_n) (T : 'M[F]_(n, z)) (X : 'rV[F]_n -> 'M[F]_(z, n)).
Variables (mu B C r d : F).
Hypothesis ex : expansion L x 0 A.
Hypothesis mu0 : 0 < mu.
Hypothesis co : forall w, mu * norm1 (w - w *m T *m X x) ^+ 2 <= form A w.
Hypothesis XT : X x *m T = 1%:M.
Hypothesis B0 : 0 <= B.
Hypothesis near : forall w, mass (X (x + w) - X x) <= B * norm1 w.
Hypothesis C0 : 0 <= C.
Hypothesis r0 : 0 < r.
Hypothesis d0 : 0 < d.
Hypothesis constant : forall w (s : 'rV_z) t, norm1 w <= r -> norm1 s <= 1 -> `|t| <= d ->
  `|L (x + w + t *: (s *m X (x + w))) - L (x + w)| <= C * t ^+ 2.

Let E := mass (X x).
Let E0 : 0 <= E. Proof. exact: mass_ge0. Qed.

Notation u w := (norm1 (w *m T)).

Theorem orbit_min : local_min L x.
Proof.
case: ex => s [C1 [d1 [d10 h1]]].
have C1' : 0 <= `|C1| by exact: normr_ge0.
pose rho := Num.min d1 (mu / (4%:R * `|C1| + 1)).
have p1 : 0 < 4%:R * `|C1| + 1 by rewrite ltr_paddl ?ltr01 ?mulr_ge0 ?ler0n.
have rho0 : 0 < rho by rewrite lt_minr d10 divr_gt0.
have rd1 : rho <= d1 by rewrite le_minl lexx.
have rm : 4%:R * `|C1| * rho <= mu.
  have : rho <= mu / (4%:R * `|C1| + 1) by rewrite le_minl lexx orbT.
  by rewrite ler_pdivl_mulr // mulrDr mulr1; apply: le_trans; rewrite [rho * _]mulrC ler_addl ltW.
pose M0 := 2%:R * `|C1| * rho * E ^+ 2.
have M00 : 0 <= M0 by rewrite !mulr_ge0 ?ler0n ?sqr_ge0 // ltW.
have base w : norm1 w <= rho -> - M0 * u w ^+ 2 - 0 * 0 <= L (x + w) - L x.
  rewrite mulr0 subr0 => wr.
  have := h1 w (le_trans wr rd1); rewrite trmx0 mulmx0 mxE subr0 ler_norml => /andP[+ _].
  set f := L (x + w) - L x; rewrite ler_subr_addl => lo; apply: le_trans lo.
  pose v := norm1 (w - w *m T *m X x).
  have nv : norm1 w <= v + E * u w.
    have {1}-> : w = (w - w *m T *m X x) + w *m T *m X x by rewrite subrK.
    by apply: le_trans (norm1D _ _) _; rewrite ler_add2l mulrC; exact: norm1_mass.
  have c3 : C1 * norm1 w ^+ 3 <= 2%:R * `|C1| * rho * (v ^+ 2 + E ^+ 2 * u w ^+ 2).
    apply: le_trans (_ : `|C1| * (rho * (2%:R * (v ^+ 2 + E ^+ 2 * u w ^+ 2))) <= _); last first.
      by rewrite le_eqVlt; apply/orP; left; apply/eqP; move: (u w) (`|C1|) => a b; ring.
    apply: le_trans (_ : `|C1| * norm1 w ^+ 3 <= _); first by rewrite ler_wpmul2r ?exprn_ge0 ?norm1_ge0 ?ler_norm.
    rewrite ler_wpmul2l // exprS ler_pmul ?norm1_ge0 ?exprn_ge0 ?norm1_ge0 //.
    apply: le_trans (_ : (v + E * u w) ^+ 2 <= _).
      by rewrite ler_sqr ?nnegrE ?norm1_ge0 ?addr_ge0 ?mulr_ge0 ?norm1_ge0.
    rewrite -subr_ge0; have -> : 2%:R * (v ^+ 2 + E ^+ 2 * u w ^+ 2) - (v + E * u w) ^+ 2 = (v - E * u w) ^+ 2.
      by move: (u w) => a; ring.
    exact: sqr_ge0.
  have cv := co w; rewrite -/v in cv.
  have mv : 2%:R * `|C1| * rho * v ^+ 2 <= form A w / 2%:R.
    rewrite ler_pdivl_mulr ?ltr0n //; apply: le_trans cv.
    have -> : 2%:R * `|C1| * rho * v ^+ 2 * 2%:R = 4%:R * `|C1| * rho * v ^+ 2 by move: (`|C1|) (v ^+ 2) => a b; ring.
    by rewrite ler_wpmul2r ?sqr_ge0.
  rewrite mulNr -subr_ge0.
  have -> : form A w / 2%:R + - (C1 * norm1 w ^+ 3) - - (M0 * u w ^+ 2) =
    (form A w / 2%:R - 2%:R * `|C1| * rho * v ^+ 2) + (2%:R * `|C1| * rho * (v ^+ 2 + E ^+ 2 * u w ^+ 2) - C1 * norm1 w ^+ 3).
    rewrite /M0; by move: (u w) (`|C1|) (v ^+ 2) (norm1 w ^+ 3) (form A w / 2%:R) => a b a' b' c'; ring.
  by rewrite addr_ge0 ?subr_ge0.
have [|w|d' d0' h] := sweep XT B0 near C0 r0 d0 constant (lexx 0) _ _ M00 (lexx 0) rho0 base; [by [] | | by exists d' => // w /h; apply].
by move=> v t _ _ _; rewrite mulr0 add0r mulr_ge0 ?sqr_ge0.
Qed.

End Orbits.
