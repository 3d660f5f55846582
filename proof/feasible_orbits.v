(** Minima under constraints, modulo a symmetry of the Lagrangian. Steps along the symmetry move the point and the multipliers, and
    leave the feasible set by as little as one likes: how far is the defect of [sweep]. *)
From mathcomp Require Import ssreflect ssrfun ssrbool eqtype ssrnat seq fintype bigop.
From mathcomp Require Import order ssralg ssrnum zmodp matrix mxalgebra ring.
From rankscape Require Import expansions landscape forms kyfan evidence bordered feasible orbits constrained_theorem.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import Order.Theory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Definition local_min_on (F : realFieldType) n m (f : 'rV[F]_n -> F) (c : 'rV[F]_n -> 'rV[F]_m) x : Prop :=
  exists2 d : F, 0 < d & forall w, norm1 w <= d -> c (x + w) = 0 -> f x <= f (x + w).
Definition local_max_on (F : realFieldType) n m (f : 'rV[F]_n -> F) (c : 'rV[F]_n -> 'rV[F]_m) x : Prop :=
  exists2 d : F, 0 < d & forall w, norm1 w <= d -> c (x + w) = 0 -> f (x + w) <= f x.

Lemma norm1_row (F : realFieldType) n m (a : 'rV[F]_n) (b : 'rV[F]_m) : norm1 (row_mx a b) = norm1 a + norm1 b.
Proof.
rewrite /norm1 big_split_ord; congr (_ + _); apply: eq_bigr => i _; first by rewrite row_mxEl.
by rewrite row_mxEr.
Qed.

Lemma dot_bound (F : realFieldType) m (a b : 'rV[F]_m) : `|(a *m b^T) 0 0| <= norm1 a * norm1 b.
Proof.
have := norm1_mul a b^T; have -> : norm1 (a *m b^T) = `|(a *m b^T) 0 0| by rewrite /norm1 big_ord1.
congr (_ <= _ * _); apply: eq_bigr => i _; by rewrite big_ord1 mxE.
Qed.

(** ** The form is coercive beside the symmetry *)

Section Beside.
Variables (F : realFieldType) (n m z b : nat) (A : 'M[F]_n) (J : 'M[F]_(m, n)) (Y : 'M[F]_(z, n)) (N : 'M[F]_(z, m)).
Variable (T : 'M[F]_(n, z)).
Hypothesis As : A^T = A.
Hypothesis Jf : row_free J.
Hypothesis ion : inertia_on A J 0 z b.
Hypothesis YJ : Y *m J^T = 0.
Hypothesis YA : Y *m A = N *m J.
Hypothesis YT : Y *m T = 1%:M.

Lemma rows_of_orthogonal (q : 'rV[F]_n) : (forall v : 'rV[F]_n, v *m J^T = 0 -> q *m v^T = 0) -> exists nu, q = nu *m J.
Proof.
move=> h; pose K := kermx J^T; have KJ : J *m K^T = 0.
  by rewrite -[J]trmxK -trmx_mul; have /sub_kermxP -> : (K <= kermx J^T)%MS by []; rewrite trmx0.
have qK : q *m K^T = 0.
  apply/rowP => j; rewrite [RHS]mxE; have vJ : row j K *m J^T = 0.
    by rewrite -row_mul; have /sub_kermxP -> : (K <= kermx J^T)%MS by []; rewrite row0.
  by have := h _ vJ; rewrite tr_row colE mulmxA -colE => /(congr1 (fun M : 'M_1 => M 0 0)); rewrite [LHS]mxE [RHS]mxE.
have le : (J <= kermx K^T)%MS by apply/sub_kermxP.
have : (kermx K^T <= J)%MS.
  rewrite -(geq_leqif (mxrank_leqif_sup le)) mxrank_ker mxrank_tr mxrank_ker mxrank_tr (eqP Jf) subKn //.
  by rewrite -(eqP Jf) rank_leq_col.
move=> le'; have /submxP[nu e] : (q <= J)%MS by apply: submx_trans le'; apply/sub_kermxP.
by exists nu.
Qed.

Lemma beside_positive (w : 'rV[F]_n) : w *m J^T = 0 -> w *m T = 0 -> w != 0 -> 0 < form A w.
Proof.
move=> wJ wT w0; have sd := on_semidefinite ion.
rewrite lt_def (sd _ wJ) andbT; apply/negP => /eqP fw.
have cross (v : 'rV[F]_n) : v *m J^T = 0 -> (w *m A *m v^T) 0 0 = 0.
  move=> vJ; apply/eqP; apply: contraT => b0; set e := (w *m A *m v^T) 0 0 in b0.
  pose s := - (form A v + 1) / (2%:R * e).
  have : 0 <= form A (v + s *: w) by apply: sd; rewrite mulmxDl -scalemxAl wJ vJ scaler0 addr0.
  rewrite form_plus // form_scale fw mulr0 addr0 -!scalemxAl scale00 -/e.
  have -> : form A v + 2%:R * (s * e) = -1 by rewrite /s; move: (form A v) => a; field.
  by rewrite ler0N1.
have [|nu wA] := @rows_of_orthogonal (w *m A).
  by move=> v vJ; apply/matrixP => i j; rewrite !ord1 [RHS]mxE cross.
have : (z + 1 <= z)%N.
  apply: (on_null_max ion (Z := col_mx Y w) (nu := col_mx N nu)).
  - apply: free_from_kernel => u; rewrite -[u]hsubmxK mul_row_col => e.
    have u0 : lsubmx u = 0.
      by have := congr1 (mulmx^~ T) e; rewrite mulmxDl mul0mx -!mulmxA YT wT mulmx1 mulmx0 addr0.
    rewrite u0 mul0mx add0r in e *; move: e; rewrite (mx11_scalar (rsubmx u)) mul_scalar_mx => /eqP.
    by rewrite scaler_eq0 (negPf w0) orbF => /eqP ->; rewrite -scalemx1 scale0r row_mx0.
  - by rewrite mul_col_mx YJ wJ col_mx0.
  by rewrite !mul_col_mx YA wA.
by rewrite addn1 ltnn.
Qed.

Let J' := col_mx J T^T.

Lemma beside_free : row_free J'.
Proof.
apply: free_from_kernel => u; rewrite -[u]hsubmxK mul_row_col => e.
have u1 : rsubmx u = 0.
  have := congr1 (mulmx^~ Y^T) e; rewrite mulmxDl mul0mx -!mulmxA -trmx_mul YT trmx1 mulmx1.
  by rewrite -[J]trmxK -trmx_mul YJ trmx0 mulmx0 add0r.
by rewrite u1 mul0mx addr0 in e *; rewrite (row_free_eq0 Jf e) row_mx0.
Qed.

Lemma beside_parts (v : 'rV[F]_n) : v *m J'^T = row_mx (v *m J^T) (v *m T).
Proof. by rewrite /J' tr_col_mx trmxK mul_mx_row. Qed.

Lemma coercive_beside : exists2 mu : F, 0 < mu & forall w : 'rV[F]_n, w *m J'^T = 0 -> mu * norm1 w ^+ 2 <= form A w.
Proof.
pose U := row_base (kermx J'^T); have UJ : U *m J'^T = 0 by apply/sub_kermxP; rewrite eq_row_base.
apply: (@coercive_on _ _ _ A J' As beside_free _ U) => //.
- rewrite mxrank_ker mxrank_tr (eqP beside_free) subnK // -(eqP beside_free); exact: rank_leq_col.
- exact: row_base_free.
move=> u u0; have : u *m U *m J'^T = 0 by rewrite -mulmxA UJ mulmx0.
have : u *m U != 0 by apply: contra_neq u0; exact: row_free_eq0 (row_base_free _).
move: (u *m U) => v vn; rewrite beside_parts => e; apply: beside_positive => //.
- by have := congr1 lsubmx e; rewrite row_mxKl linear0.
by have := congr1 rsubmx e; rewrite row_mxKr linear0.
Qed.

End Beside.

(** ** A lower bound near the point *)

Lemma quadratic_bound (F : realFieldType) (mu K1 KA C k S tau sigma N f a b e : F) :
  0 < mu -> 0 <= KA -> 0 <= C -> 0 <= k -> 0 <= S -> 0 <= N -> K1 = KA ^+ 2 / mu + KA / 2%:R ->
  mu * tau ^+ 2 <= a -> - (KA * sigma * tau) <= b -> - (KA * sigma ^+ 2) <= e -> (a + 2%:R * b + e) / 2%:R - C * N ^+ 2 <= f ->
  sigma ^+ 2 <= S + k * N ^+ 2 -> N <= tau + sigma -> 4%:R * k <= 1 -> 32%:R * k * K1 <= mu -> 32%:R * C <= mu ->
  - ((2%:R * K1 + mu / 8%:R) * S) <= f.
Proof.
move=> mu0 KA0 C0 k0 S0 N0 eK ha hb he hf hs hN hk hkK hC.
have K10 : 0 <= K1 by rewrite eK addr_ge0 // divr_ge0 ?sqr_ge0 ?ler0n // ltW.
have hN2 : N ^+ 2 <= 2%:R * tau ^+ 2 + 2%:R * sigma ^+ 2.
  apply: le_trans (_ : (tau + sigma) ^+ 2 <= _); first by rewrite ler_sqr ?nnegrE // (le_trans N0 hN).
  rewrite -subr_ge0; have -> : 2%:R * tau ^+ 2 + 2%:R * sigma ^+ 2 - (tau + sigma) ^+ 2 = (tau - sigma) ^+ 2 by ring.
  exact: sqr_ge0.
have n1 : N ^+ 2 <= 4%:R * tau ^+ 2 + 4%:R * S.
  rewrite -subr_ge0; have -> : 4%:R * tau ^+ 2 + 4%:R * S - N ^+ 2 = 2%:R * (2%:R * tau ^+ 2 + 2%:R * sigma ^+ 2 - N ^+ 2) +
    4%:R * (S + k * N ^+ 2 - sigma ^+ 2) + (1 - 4%:R * k) * N ^+ 2 by ring.
  by rewrite !addr_ge0 // mulr_ge0 ?subr_ge0 ?ler0n ?sqr_ge0.
have s1 : sigma ^+ 2 <= 2%:R * S + 4%:R * k * tau ^+ 2.
  rewrite -subr_ge0; have -> : 2%:R * S + 4%:R * k * tau ^+ 2 - sigma ^+ 2 = (S + k * N ^+ 2 - sigma ^+ 2) +
    k * (4%:R * tau ^+ 2 + 4%:R * S - N ^+ 2) + (1 - 4%:R * k) * S by ring.
  by apply: addr_ge0; [apply: addr_ge0; [rewrite subr_ge0 | rewrite mulr_ge0 ?subr_ge0] | rewrite mulr_ge0 ?subr_ge0].
have f1 : mu / 4%:R * tau ^+ 2 - K1 * sigma ^+ 2 - C * N ^+ 2 <= f.
  rewrite -subr_ge0; have -> : f - (mu / 4%:R * tau ^+ 2 - K1 * sigma ^+ 2 - C * N ^+ 2) =
    (f - ((a + 2%:R * b + e) / 2%:R - C * N ^+ 2)) + (a - mu * tau ^+ 2) / 2%:R + (b - - (KA * sigma * tau)) +
    (e - - (KA * sigma ^+ 2)) / 2%:R + mu / 4%:R * (tau - 2%:R * KA / mu * sigma) ^+ 2.
    by rewrite eK; field; exact: lt0r_neq0.
  apply: addr_ge0; last by rewrite mulr_ge0 ?sqr_ge0 ?divr_ge0 ?ler0n ?ltW.
  apply: addr_ge0; last by rewrite divr_ge0 ?subr_ge0 ?ler0n.
  apply: addr_ge0; last by rewrite subr_ge0.
  apply: addr_ge0; first by rewrite subr_ge0.
  by rewrite divr_ge0 ?subr_ge0 ?ler0n.
rewrite -subr_ge0; have -> : f - - ((2%:R * K1 + mu / 8%:R) * S) = (f - (mu / 4%:R * tau ^+ 2 - K1 * sigma ^+ 2 - C * N ^+ 2)) +
  K1 * (2%:R * S + 4%:R * k * tau ^+ 2 - sigma ^+ 2) + C * (4%:R * tau ^+ 2 + 4%:R * S - N ^+ 2) +
  (mu - 32%:R * k * K1) / 8%:R * tau ^+ 2 + (mu - 32%:R * C) / 8%:R * (tau ^+ 2 + S) by field.
apply: addr_ge0; last by rewrite mulr_ge0 ?divr_ge0 ?subr_ge0 ?ler0n ?addr_ge0 ?sqr_ge0.
apply: addr_ge0; last by rewrite mulr_ge0 ?divr_ge0 ?subr_ge0 ?ler0n ?sqr_ge0.
apply: addr_ge0; last by rewrite mulr_ge0 ?subr_ge0.
by apply: addr_ge0; rewrite ?subr_ge0 // mulr_ge0 ?subr_ge0.
Qed.

(** ** Minima *)

Section Orbits.
Variables (F : archiFieldType) (n m z b : nat) (f : 'rV[F]_n -> F) (c : 'rV[F]_n -> 'rV[F]_m) (x : 'rV[F]_n) (mu : 'rV[F]_m).
Variables (A : 'M[F]_n) (J : 'M[F]_(m, n)) (X : 'rV[F]_(n + m) -> 'M[F]_(z, n + m)) (B : F).
Hypothesis crit : critical_on f c x mu A.
Hypothesis der : derivative_on c x J.
Hypothesis Jf : row_free J.
Hypothesis ion : inertia_on A J 0 z b.
Notation x0 := (row_mx x mu).
Hypothesis XK : X x0 *m bordered A J = 0.
Hypothesis Xf : row_free (X x0).
Hypothesis B0 : 0 <= B.
Hypothesis lipschitz : forall y w, mass (X (y + w) - X y) <= B * norm1 w.
(** Points move independently of the multipliers. *)
Hypothesis apart : forall y nu nu', lsubmx (X (row_mx y nu)) = lsubmx (X (row_mx y nu')).

Definition free_lagrangian (q : 'rV[F]_(n + m)) : F := f (lsubmx q) - (c (lsubmx q) *m (rsubmx q)^T) 0 0.
Notation L := free_lagrangian.
Hypothesis constant : forall r, exists C d : F, [/\ 0 <= C, 0 < d & forall y (s : 'rV_z) t,
  norm1 y <= r -> norm1 s <= r -> `|t| <= d -> `|L (y + t *: (s *m X y)) - L y| <= C * t ^+ 2].

Let Y := lsubmx (X x0).
Let N := rsubmx (X x0).

Lemma symmetry_null : Y *m J^T = 0 /\ Y *m A = N *m J.
Proof.
move: XK; rewrite -[X x0]hsubmxK -/Y -/N mul_row_block mulmx0 addr0 !mulmxN => e; split.
  by apply/eqP; rewrite -oppr_eq0; apply/eqP; have := congr1 rsubmx e; rewrite row_mxKr linear0.
by apply/eqP; rewrite -subr_eq0; apply/eqP; have := congr1 lsubmx e; rewrite row_mxKl linear0.
Qed.

Lemma symmetry_inverse : exists T : 'M[F]_(n, z), Y *m T = 1%:M.
Proof.
have [YJ YA] := symmetry_null; suff /row_freeP : row_free Y by [].
apply: free_from_kernel => u u0; apply: (row_free_eq0 Xf).
have uN : u *m N = 0 by apply: (row_free_eq0 Jf); rewrite -mulmxA -YA mulmxA u0 mul0mx.
by rewrite -[X x0]hsubmxK -/Y -/N mul_mx_row u0 uN row_mx0.
Qed.

(** Of a displacement of point and multipliers. *)
Definition infeasible (w : 'rV[F]_(n + m)) : F := norm1 (c (x + lsubmx w)).

Lemma lower_bound (T : 'M[F]_(n, z)) : Y *m T = 1%:M -> exists M P rho : F, [/\ 0 <= M, 0 <= P, 0 < rho &
  forall w, norm1 w <= rho -> - M * norm1 (w *m col_mx T 0) ^+ 2 - P * infeasible w <= L (x0 + w) - L x0].
Proof.
move=> YT; have [YJ YA] := symmetry_null; have As : A^T = A by case: crit => _ [].
set J' := col_mx J T^T.
have J'f : row_free J' := beside_free Jf YJ YT.
have [eta eta0 co] := coercive_beside As Jf ion YJ YA YT.
have [R RJ] := right_inverse J'f.
case: (crit) => cx [_ [C0 [d0 [d00 h0]]]]; case: der => C1 [d1 [d10 h1]].
set H := mass R; have H0 : 0 <= H by exact: mass_ge0.
set KA := mass A; have KA0 : 0 <= KA by exact: mass_ge0.
set KJ := mass J^T; have KJ0 : 0 <= KJ by exact: mass_ge0.
have C00 := normr_ge0 C0; have C10 := normr_ge0 C1.
set K1 := KA ^+ 2 / eta + KA / 2%:R.
have K10 : 0 <= K1 by rewrite addr_ge0 // divr_ge0 ?sqr_ge0 ?ler0n // ltW.
set E := 3%:R * H ^+ 2 * C1 ^+ 2; have E0 : 0 <= E by rewrite mulr_ge0 ?sqr_ge0 // mulr_ge0 ?ler0n ?sqr_ge0.
have p v : 0 <= v -> 0 < v + 1 by move=> v0; rewrite ltr_paddl ?ltr01.
have KE : 0 <= 32%:R * E * K1 by rewrite mulr_ge0 // mulr_ge0 ?ler0n.
have [rho [rho0 [r1 [rd0 [rd1 [rE [rK [rC rg]]]]]]]] : exists rho, 0 < rho /\ rho <= 1 /\ rho <= d0 /\ rho <= d1 /\
    4%:R * (E * rho) <= 1 /\ 32%:R * (E * rho) * K1 <= eta /\ 32%:R * (`|C0| * rho) <= eta /\ (KJ + `|C1|) * rho <= 1.
  pose r := Num.min (Num.min 1 (Num.min d0 d1)) (Num.min (Num.min (1 / (4%:R * E + 1)) (eta / (32%:R * E * K1 + 1)))
    (Num.min (eta / (32%:R * `|C0| + 1)) (1 / (KJ + `|C1| + 1)))).
  have q1 : 0 <= 4%:R * E by rewrite mulr_ge0 ?ler0n.
  have q2 : 0 <= 32%:R * `|C0| by rewrite mulr_ge0 ?ler0n.
  have q3 : 0 <= KJ + `|C1| by rewrite addr_ge0.
  have pos : 0 < r by rewrite !lt_minr ltr01 d00 d10 !divr_gt0 ?ltr01 ?p.
  exists r; split=> //.
  have l1 : r <= 1 by rewrite !le_minl lexx.
  have l2 : r <= d0 by rewrite !le_minl lexx ?orbT.
  have l3 : r <= d1 by rewrite !le_minl lexx ?orbT.
  have l4 : r <= 1 / (4%:R * E + 1) by rewrite !le_minl lexx ?orbT.
  have l5 : r <= eta / (32%:R * E * K1 + 1) by rewrite !le_minl lexx ?orbT.
  have l6 : r <= eta / (32%:R * `|C0| + 1) by rewrite !le_minl lexx ?orbT.
  have l7 : r <= 1 / (KJ + `|C1| + 1) by rewrite !le_minl lexx ?orbT.
  move: r pos l1 l2 l3 l4 l5 l6 l7 => r pos l1 l2 l3; rewrite !ler_pdivl_mulr ?p //.
  have ex v u : r * (v + 1) <= u -> v * r <= u by move=> h; apply: le_trans h; rewrite mulrDr mulr1 mulrC ler_addl ltW.
  move=> /ex l4 /ex l5 /ex l6 /ex l7; do 3 split=> //.
  split; first by rewrite (mulrA 4%:R).
  split; first by rewrite (mulrA 32%:R) (mulrAC _ r).
  by split=> //; rewrite (mulrA 32%:R).
exists ((2%:R * K1 + eta / 8%:R) * (3%:R * H ^+ 2)), ((2%:R * K1 + eta / 8%:R) * (3%:R * H ^+ 2) + 1), rho.
have m0 : 0 <= (2%:R * K1 + eta / 8%:R) * (3%:R * H ^+ 2).
  apply: mulr_ge0; last by rewrite mulr_ge0 ?ler0n ?sqr_ge0.
  by apply: addr_ge0; [apply: mulr_ge0; rewrite ?ler0n | rewrite divr_ge0 ?ler0n // ltW].
split=> // [|w wr]; first by rewrite addr_ge0 ?ler01.
set v := lsubmx w; set nu := rsubmx w.
have ew : w = row_mx v nu by rewrite hsubmxK.
have wn : norm1 w = norm1 v + norm1 nu by rewrite {1}ew norm1_row.
have vr : norm1 v <= rho by apply: le_trans wr; rewrite wn ler_addl norm1_ge0.
have nr : norm1 nu <= 1 by apply: le_trans r1; apply: le_trans wr; rewrite wn ler_addr norm1_ge0.
have -> : norm1 (w *m col_mx T 0) = norm1 (v *m T) by rewrite {1}ew mul_row_col mulmx0 addr0.
rewrite /infeasible -/v; set g := norm1 (c (x + v)); have g0 : 0 <= g by exact: norm1_ge0.
set u := norm1 (v *m T).
have dv := h1 v (le_trans vr rd1); rewrite cx subr0 in dv.
have dv' : norm1 (c (x + v) - v *m J^T) <= `|C1| * norm1 v ^+ 2.
  by apply: le_trans dv _; rewrite ler_wpmul2r ?sqr_ge0 ?ler_norm.
have jb : norm1 (v *m J^T) <= g + `|C1| * norm1 v ^+ 2.
  have -> : v *m J^T = c (x + v) + - (c (x + v) - v *m J^T) by rewrite opprB addrC subrK.
  by apply: le_trans (norm1D _ _) _; rewrite norm1N ler_add2l.
have g1 : g <= 1.
  apply: le_trans rg; have -> : g = norm1 (v *m J^T + (c (x + v) - v *m J^T)) by rewrite addrC subrK.
  apply: le_trans (norm1D _ _) _; rewrite mulrDl; apply: ler_add.
    by apply: le_trans (norm1_mass _ _) _; rewrite mulrC ler_wpmul2l.
  apply: le_trans dv' _; rewrite ler_wpmul2l // expr2; apply: (le_trans _ vr).
  by rewrite ler_pimull ?norm1_ge0 // (le_trans vr).
pose s := v *m J'^T *m R; pose t := v - s.
have tJ : t *m J'^T = 0 by rewrite mulmxBl -[s *m J'^T]mulmxA RJ mulmx1 subrr.
have sb : norm1 s <= H * (u + g + `|C1| * norm1 v ^+ 2).
  apply: le_trans (norm1_mass _ _) _; rewrite -/H mulrC ler_wpmul2l // beside_parts norm1_row -/u.
  by rewrite addrC -addrA ler_add2l.
have sq : norm1 s ^+ 2 <= 3%:R * H ^+ 2 * (u ^+ 2 + g ^+ 2) + E * rho * norm1 v ^+ 2.
  apply: le_trans (_ : (H * (u + g + `|C1| * norm1 v ^+ 2)) ^+ 2 <= _).
    by rewrite ler_sqr ?nnegrE ?norm1_ge0 ?(le_trans (norm1_ge0 s) sb).
  have u0 : 0 <= u by exact: norm1_ge0.
  have v4 : norm1 v ^+ 2 ^+ 2 <= rho * norm1 v ^+ 2.
    rewrite [X in X <= _]expr2 ler_wpmul2r ?sqr_ge0 // expr2; apply: (le_trans _ vr).
    by rewrite ler_pimull ?norm1_ge0 // (le_trans vr).
  rewrite -subr_ge0; move: v4; rewrite -subr_ge0 => v4.
  have cc : C1 ^+ 2 = `|C1| ^+ 2 by rewrite -normrX ger0_norm ?sqr_ge0.
  rewrite /E cc; have -> : 3%:R * H ^+ 2 * (u ^+ 2 + g ^+ 2) + 3%:R * H ^+ 2 * `|C1| ^+ 2 * rho * norm1 v ^+ 2 -
    (H * (u + g + `|C1| * norm1 v ^+ 2)) ^+ 2 = 3%:R * H ^+ 2 * `|C1| ^+ 2 * (rho * norm1 v ^+ 2 - norm1 v ^+ 2 ^+ 2) +
    H ^+ 2 * ((u - g) ^+ 2 + (u - `|C1| * norm1 v ^+ 2) ^+ 2 + (g - `|C1| * norm1 v ^+ 2) ^+ 2).
    by move: (`|C1|) (norm1 v) => a a'; ring.
  apply: addr_ge0; last by apply: mulr_ge0; [exact: sqr_ge0 | do 2 (apply: addr_ge0; last exact: sqr_ge0); exact: sqr_ge0].
  apply: mulr_ge0 => //; apply: mulr_ge0; last by rewrite exprn_ge0.
  by apply: mulr_ge0; [rewrite ler0n | exact: sqr_ge0].
have low := h0 v (le_trans vr rd0); move: low; rewrite trmx0 mulmx0 [(0 : 'M_1) 0 0]mxE subr0 ler_norml => /andP[low _].
set l := lagrangian_of f c mu (x + v) - lagrangian_of f c mu x in low.
have fp : form A v = form A t + 2%:R * (s *m A *m t^T) 0 0 + form A s by rewrite -form_plus // subrK.
have main : - ((2%:R * K1 + eta / 8%:R) * (3%:R * H ^+ 2 * (u ^+ 2 + g ^+ 2))) <= l.
  apply: (@quadratic_bound _ eta K1 KA (`|C0| * rho) (E * rho) _ (norm1 t) (norm1 s) (norm1 v) l (form A t)
           ((s *m A *m t^T) 0 0) (form A s)) => //.
  - by rewrite mulr_ge0 // ltW.
  - by rewrite mulr_ge0 // ltW.
  - by rewrite mulr_ge0 ?addr_ge0 ?sqr_ge0 // mulr_ge0 ?ler0n ?sqr_ge0.
  - exact: norm1_ge0.
  - exact: co tJ.
  - have := cross_bound A s t; rewrite -/(mass A) -/KA ler_norml => /andP[+ _]; apply: le_trans; rewrite ler_opp2.
    by rewrite le_eqVlt; apply/orP; left; apply/eqP; ring.
  - have := cross_bound A s s; rewrite -/(mass A) -/KA ler_norml => /andP[+ _]; apply: le_trans; rewrite ler_opp2.
    by rewrite le_eqVlt; apply/orP; left; apply/eqP; ring.
  - rewrite -fp; rewrite ler_subr_addl in low; apply: le_trans low; rewrite ler_add2l ler_opp2.
    apply: le_trans (_ : `|C0| * norm1 v ^+ 3 <= _); first by rewrite ler_wpmul2r ?exprn_ge0 ?norm1_ge0 ?ler_norm.
    by rewrite -mulrA ler_wpmul2l // exprS ler_wpmul2r ?sqr_ge0.
  by have -> : v = t + s; [rewrite subrK | exact: norm1D].
have eL : L (x0 + w) - L x0 = l - (c (x + v) *m nu^T) 0 0.
  have -> : x0 + w = row_mx (x + v) (mu + nu) by rewrite {1}ew add_row_mx.
  rewrite /L !row_mxKl !row_mxKr /l /lagrangian_of cx mul0mx [(0 : 'M_1) 0 0]mxE trD mulmxDr plus00.
  by move: (f _) (f x) ((c _ *m mu^T) 0 0) ((c _ *m nu^T) 0 0) => a1 a2 a3 a4; ring.
rewrite eL.
have cn : (c (x + v) *m nu^T) 0 0 <= g.
  apply: le_trans (ler_norm _) _; apply: le_trans (dot_bound _ _) _; rewrite -/g ler_pimulr //.
apply: le_trans (ler_sub main cn).
set M := _ * (3%:R * H ^+ 2) in m0 *; have -> : (2%:R * K1 + eta / 8%:R) * (3%:R * H ^+ 2 * (u ^+ 2 + g ^+ 2)) = M * u ^+ 2 + M * g ^+ 2.
  by rewrite /M; ring.
rewrite mulNr mulrDl mul1r opprD opprD addrA ler_add2r ler_add2l ler_opp2 ler_wpmul2l // expr2 ler_pimulr //.
Qed.

Lemma lsub_step (p : 'rV[F]_(n + m)) t (s : 'rV_z) (M : 'M[F]_(z, n + m)) :
  lsubmx (p + t *: (s *m M)) = lsubmx p + t *: (s *m lsubmx M).
Proof. by rewrite linearD linearZ /= mulmx_lsub. Qed.

Lemma rsub_step (p : 'rV[F]_(n + m)) t (s : 'rV_z) (M : 'M[F]_(z, n + m)) :
  rsubmx (p + t *: (s *m M)) = rsubmx p + t *: (s *m rsubmx M).
Proof. by rewrite linearD linearZ /= mulmx_rsub. Qed.

Lemma infeasible_steps (C d : F) : 0 <= C ->
  (forall y (s : 'rV_z) t, norm1 y <= norm1 x0 + 2%:R -> norm1 s <= norm1 x0 + 2%:R -> `|t| <= d ->
    `|L (y + t *: (s *m X y)) - L y| <= C * t ^+ 2) ->
  2%:R * (m%:R * B * d) <= 1 ->
  forall w (s : 'rV_z) t, norm1 w <= 1 -> norm1 s <= 1 -> `|t| <= d ->
  infeasible (w + t *: (s *m X (x0 + w))) <= (1 + 2%:R * (m%:R * B) * `|t|) * infeasible w + 4%:R * m%:R * C * t ^+ 2.
Proof.
move=> C0 con small w s t w1 s1 td; pose q := x0 + w; pose y := lsubmx q; pose y' := lsubmx (q + t *: (s *m X q)).
have ey : x + lsubmx w = y by rewrite /y /q linearD /= row_mxKl.
have ey' : x + lsubmx (w + t *: (s *m X (x0 + w))) = y'.
  by rewrite /y' /q -addrA [in RHS]linearD /= row_mxKl.
rewrite /infeasible ey ey'; set g := norm1 (c y); set g' := norm1 (c y').
have g0 : 0 <= g' by exact: norm1_ge0.
have x00 : 0 <= norm1 x0 by exact: norm1_ge0.
have qr : norm1 q <= norm1 x0 + 1 by apply: le_trans (norm1D _ _) _; rewrite ler_add2l.
have qr2 : norm1 q <= norm1 x0 + 2%:R by apply: le_trans qr _; rewrite ler_add2l ler1n.
have sr : norm1 s <= norm1 x0 + 2%:R by apply: le_trans s1 _; rewrite -[X in X <= _]add0r ler_add ?ler1n.
have each i : `|c y' 0 i| <= `|c y 0 i| + (`|t| * B * g' + 2%:R * C * t ^+ 2).
  pose e : 'rV[F]_m := delta_mx 0 i; pose q2 := q + row_mx 0 e.
  have e1 : norm1 e = 1.
    rewrite /norm1 (bigD1 i) //= mxE !eqxx normr1 big1 ?addr0 // => k ki; by rewrite mxE (negPf ki) andbF normr0.
  have en : norm1 (row_mx (0 : 'rV[F]_n) e) = 1 by rewrite norm1_row e1 /norm1 big1 ?add0r // => k _; rewrite mxE normr0.
  have q2r : norm1 q2 <= norm1 x0 + 2%:R.
    by apply: le_trans (norm1D _ _) _; rewrite en -[2%:R]/(1 + 1 : F) addrA ler_add2r.
  have same : lsubmx (X q2) = lsubmx (X q).
    rewrite -[q]hsubmxK /q2 -[q in X (q + _)]hsubmxK add_row_mx addr0; exact: apart.
  have ly : lsubmx q2 = y by rewrite /q2 linearD /= row_mxKl addr0.
  have ly' : lsubmx (q2 + t *: (s *m X q2)) = y'.
    by rewrite /y' !lsub_step same ly.
  have a1 := con q s t qr2 sr td; have a2 := con q2 s t q2r sr td.
  pose D := s *m (rsubmx (X q2) - rsubmx (X q)).
  have Db : norm1 D <= B.
    apply: le_trans (norm1_mass _ _) _; have := lipschitz q (row_mx 0 e); rewrite en mulr1 -/q2 => le.
    apply: le_trans (_ : 1 * mass (rsubmx (X q2) - rsubmx (X q)) <= _); first by rewrite ler_wpmul2r ?mass_ge0.
    rewrite mul1r; apply: le_trans le; rewrite /mass; apply: ler_sum => k _.
    rewrite big_split_ord /= ler_paddl //; first by apply: sumr_ge0.
    by apply: ler_sum => j _; rewrite !mxE.
  have dif : (L (q2 + t *: (s *m X q2)) - L q2) - (L (q + t *: (s *m X q)) - L q) =
      c y 0 i - c y' 0 i - t * (c y' *m D^T) 0 0.
    have rq : rsubmx q2 = rsubmx q + e by rewrite /q2 linearD /= row_mxKr.
    rewrite /L ly ly' -/y -/y' !rsub_step rq.
    have ce (v : 'rV[F]_m) : (v *m e^T) 0 0 = v 0 i.
      by rewrite /e trmx_delta -colE mxE.
    have trN (u : 'rV[F]_m) : (- u)^T = - u^T by exact: linearN.
    rewrite /D mulmxBr !trD trN !trZ !mulmxDr mulmxN -!scalemxAr !plus00 opp00 !scale00 !ce.
    move: (f y) (f y') (c y 0 i) (c y' 0 i) => b1 b2 b3 b4.
    move: ((c y' *m (s *m rsubmx (X q2))^T) 0 0) ((c y' *m (s *m rsubmx (X q))^T) 0 0) => b5 b6.
    move: ((c y' *m (rsubmx q)^T) 0 0) ((c y *m (rsubmx q)^T) 0 0) => b7 b8; ring.
  have : `|c y' 0 i - (c y 0 i - t * (c y' *m D^T) 0 0)| <= 2%:R * C * t ^+ 2.
    have -> : c y' 0 i - (c y 0 i - t * (c y' *m D^T) 0 0) =
      (L (q + t *: (s *m X q)) - L q) - (L (q2 + t *: (s *m X q2)) - L q2).
      by rewrite -[RHS]opprB dif; ring.
    apply: le_trans (ler_norm_sub _ _) _; apply: le_trans (ler_add a1 a2) _.
    by rewrite le_eqVlt; apply/orP; left; apply/eqP; ring.
  have tr : `|c y 0 i - t * (c y' *m D^T) 0 0| <= `|c y 0 i| + `|t| * B * g'.
    apply: le_trans (ler_norm_sub _ _) _; rewrite ler_add2l normrM -mulrA ler_wpmul2l //.
    apply: le_trans (dot_bound _ _) _; rewrite -/g' mulrC ler_wpmul2r //.
  move=> h; have -> : c y' 0 i = (c y' 0 i - (c y 0 i - t * (c y' *m D^T) 0 0)) + (c y 0 i - t * (c y' *m D^T) 0 0) by rewrite subrK.
  by apply: le_trans (ler_norm_add _ _) _; apply: le_trans (ler_add h tr) _; rewrite [X in X <= _]addrC -addrA.
have sum : g' <= g + m%:R * (`|t| * B * g' + 2%:R * C * t ^+ 2).
  apply: le_trans (_ : \sum_i (`|c y 0 i| + (`|t| * B * g' + 2%:R * C * t ^+ 2)) <= _).
    by apply: ler_sum => i _; exact: each.
  rewrite big_split /= sumr_const card_ord (mulr_natl _ m); exact: lexx.
set a := m%:R * B * `|t|; have a0 : 0 <= a by rewrite !mulr_ge0 ?ler0n.
have a2 : 2%:R * a <= 1.
  by apply: le_trans small; rewrite ler_wpmul2l ?ler0n // ler_wpmul2l // mulr_ge0 ?ler0n.
have -> : 2%:R * (m%:R * B) * `|t| = 2%:R * a by rewrite /a; ring.
set k := m%:R * C * t ^+ 2; have k0 : 0 <= k by rewrite mulr_ge0 ?sqr_ge0 // mulr_ge0 ?ler0n.
have -> : 4%:R * m%:R * C * t ^+ 2 = 4%:R * k by rewrite /k; ring.
have {}sum : g' <= g + a * g' + 2%:R * k.
  apply: le_trans sum _; rewrite le_eqVlt; apply/orP; left; apply/eqP; rewrite /a /k; ring.
move: a a0 a2 k k0 sum => {}a a0 a2 k k0 sum; rewrite -subr_ge0; have -> : (1 + 2%:R * a) * g + 4%:R * k - g' =
  (1 + 2%:R * a) * (g + a * g' + 2%:R * k - g') + a * (1 - 2%:R * a) * g' + 2%:R * k * (1 - 2%:R * a) by ring.
apply: addr_ge0; last by rewrite mulr_ge0 ?subr_ge0 // mulr_ge0 ?ler0n.
apply: addr_ge0; last by rewrite mulr_ge0 // mulr_ge0 ?subr_ge0.
by rewrite mulr_ge0 ?subr_ge0 // addr_ge0 ?ler01 ?mulr_ge0 ?ler0n.
Qed.

Theorem orbit_min_on : local_min_on f c x.
Proof.
have [T YT] := symmetry_inverse; have [M [P [rho [M0 P0 rho0 low]]]] := lower_bound YT.
have [C [d [C0 d0 con]]] := constant (norm1 x0 + 2%:R).
pose G := 2%:R * (m%:R * B); have G0 : 0 <= G by rewrite !mulr_ge0 ?ler0n.
pose d' := Num.min d (1 / (G + 1)); have g1 : 0 < G + 1 by rewrite ltr_paddl ?ltr01.
have d'0 : 0 < d' by rewrite lt_minr d0 divr_gt0 ?ltr01.
have dd : d' <= d by rewrite le_minl lexx.
have small : 2%:R * (m%:R * B * d') <= 1.
  have : d' <= 1 / (G + 1) by rewrite le_minl lexx orbT.
  by rewrite ler_pdivl_mulr // mulrDr mulr1 mulrA -/G [G * _]mulrC; apply: le_trans; rewrite ler_addl ltW.
have con' y (s : 'rV_z) t : norm1 y <= norm1 x0 + 2%:R -> norm1 s <= norm1 x0 + 2%:R -> `|t| <= d' ->
  `|L (y + t *: (s *m X y)) - L y| <= C * t ^+ 2 by move=> yr sr td; apply: con => //; exact: le_trans dd.
have XT : X x0 *m col_mx T 0 = 1%:M by rewrite -[X x0]hsubmxK -/Y -/N mul_row_col mulmx0 addr0.
pose C' := C + 4%:R * m%:R * C; have C'0 : 0 <= C' by rewrite addr_ge0 ?mulr_ge0 ?ler0n.
have x00 : 0 <= norm1 x0 by exact: norm1_ge0.
have [|||d2 d20 h] := @sweep _ _ _ L x0 (col_mx T 0) X infeasible B C' 1 d' G XT B0 (lipschitz x0) C'0 ltr01 d'0 _ G0 _ _ M P rho M0 P0 rho0 low.
- move=> w s t w1 s1 td; apply: le_trans (con' _ _ _ _ _ td) _.
  + by apply: le_trans (norm1D _ _) _; rewrite ler_add2l (le_trans w1) ?ler1n.
  + by apply: le_trans s1 _; rewrite -[X in X <= _]add0r ler_add ?ler1n.
  by rewrite ler_wpmul2r ?sqr_ge0 // ler_addl !mulr_ge0 ?ler0n.
- by move=> w; exact: norm1_ge0.
- move=> w s t w1 s1 td; apply: le_trans (infeasible_steps C0 con' small w1 s1 td) _.
  by rewrite ler_add2l ler_wpmul2r ?sqr_ge0 // ler_addr.
exists d2 => // w wd cw; have w0 : norm1 (row_mx w (0 : 'rV[F]_m)) <= d2.
  by rewrite norm1_row [norm1 0]big1 ?addr0 // => i _; rewrite mxE normr0.
have := h _ w0; rewrite /infeasible row_mxKl cw; have -> : norm1 (0 : 'rV[F]_m) = 0 by apply: big1 => i _; rewrite mxE normr0.
have cx : c x = 0 by case: crit.
by move/(_ erefl); rewrite /L add_row_mx !row_mxKl cw cx !mul0mx [(0 : 'M_1) 0 0]mxE !subr0.
Qed.

End Orbits.
