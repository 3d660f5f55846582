(** The theorem of certificates where terms of order 4 decide. *)
From Coq Require Import ZArith PeanoNat List.
From mathcomp Require Import ssreflect ssrfun ssrbool eqtype ssrnat seq fintype bigop.
From mathcomp Require Import order ssralg ssrnum ssrint ssrZ zmodp matrix mxalgebra ring.
From rankscape Require Import program parametricity scalars certificate asymptotics expansions landscape forms local evidence soundness.
From rankscape Require Import bounds convexity traces matrices checker symmetry degenerate bounds_sound convexity_sound traces_sound theorem feasible orbits symmetry_sound.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import Order.Theory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

(** ** Polynomials at one point *)

Section Point.
Variables (F : realFieldType) (v : nat -> F).
Notation toF := (@toF F).

Definition exact_dual (a : dual) (f : unit -> F) : Prop := f tt = poly_value v (rest a).

Lemma exact_dual_respected : respected duals exact_dual.
Proof.
rewrite /exact_dual; split=> /=.
- by move=> a f g e <-; rewrite e.
- by move=> z; case: Z.eqb_spec => [->|_] /=; rewrite ?toF0 ?mulr1 ?addr0.
- by move=> z a f ->; rewrite poly_scaleE.
- by move=> a b f g -> ->; rewrite poly_plusE.
- by move=> a b f g -> ->; rewrite poly_plusE poly_scaleE toFN1 mulN1r.
by move=> a b f g -> ->; rewrite poly_timesE.
Qed.

End Point.

(** ** Weights *)

Section Weights.
Variables (F : realFieldType) (e : degenerate) (v : nat -> F) (s b : F).
Hypotheses (s0 : 0 <= s) (b0 : 0 <= b) (s1 : s <= 1) (b1 : b <= 1).
Hypothesis light_small : forall i, is_light e i -> `|v i| <= s.
Hypothesis heavy_small : forall i, ~~ is_light e i -> `|v i| <= b.

Definition excess : F := (s + b) * (s ^+ 4 + b ^+ 2).

Lemma monomial_bound a : exists i j, (i + 2 * j)%N = weight_of e a /\ `|monomial_value v a| <= s ^+ i * b ^+ j.
Proof.
elim: a => [|k a [i [j [w le]]]] /=; first by exists 0%N, 0%N; rewrite normr1 !expr0 mulr1.
rewrite normrM; case l: (is_light e k).
  exists i.+1, j; rewrite -w; split; first by rewrite addSn.
  by rewrite exprS -mulrA; apply: ler_pmul => //; exact: light_small.
exists i, j.+1; rewrite -w; split; first by rewrite mulnS addnCA.
by rewrite [b ^+ _]exprS mulrCA; apply: ler_pmul => //; apply: heavy_small; rewrite l.
Qed.

Lemma power_le1 (x : F) i : 0 <= x -> x <= 1 -> 0 <= x ^+ i <= 1.
Proof. by move=> x0 x1; rewrite exprn_ge0 // exprn_ile1. Qed.

Lemma excess_bound i j : (4 < i + 2 * j)%N -> s ^+ i * b ^+ j <= excess.
Proof.
have le x k : 0 <= x -> x * (s ^+ k) <= x by move=> x0; have /andP[_ h] := power_le1 k s0 s1; rewrite ler_pimulr.
have lb x k : 0 <= x -> x * (b ^+ k) <= x by move=> x0; have /andP[_ h] := power_le1 k b0 b1; rewrite ler_pimulr.
have p4 : 0 <= s ^+ 4 by rewrite exprn_ge0.
have p2 : 0 <= b ^+ 2 by rewrite exprn_ge0.
have sb0 : 0 <= s * b ^+ 2 by rewrite mulr_ge0.
have b3 : 0 <= b * b ^+ 2 by rewrite mulr_ge0.
have s5 : 0 <= s * s ^+ 4 by rewrite mulr_ge0.
have bs : 0 <= b * s ^+ 4 by rewrite mulr_ge0.
have ex : excess = s * s ^+ 4 + s * b ^+ 2 + (b * s ^+ 4 + b * b ^+ 2) by rewrite /excess; ring.
rewrite ex; case: j => [|[|[|j]]].
- rewrite muln0 addn0 expr0 mulr1 => lt; have -> : s ^+ i = s * s ^+ 4 * s ^+ (i - 5) by rewrite -exprS -exprD subnKC.
  by apply: le_trans (le _ _ s5) _; rewrite -addrA ler_addl !addr_ge0.
- rewrite muln1 addn2 !ltnS => lt; have -> : s ^+ i * b ^+ 1 = s * (s ^+ 2 * b) * s ^+ (i - 3).
    by rewrite -{1}(subnKC lt) exprD; ring.
  apply: le_trans (le _ _ _) _; first by rewrite !mulr_ge0 // exprn_ge0.
  apply: le_trans (_ : s * s ^+ 4 + s * b ^+ 2 <= _); last by rewrite ler_addl addr_ge0.
  rewrite -mulrDr ler_wpmul2l // -subr_ge0.
  have -> : s ^+ 4 + b ^+ 2 - s ^+ 2 * b = (s ^+ 2 - b / 2%:R) ^+ 2 + 3%:R / 4%:R * b ^+ 2 by field.
  by rewrite addr_ge0 ?sqr_ge0 // mulr_ge0 // divr_ge0 ?ler0n.
- move=> lt; have i1 : (0 < i)%N by move: lt; case: i.
  have -> : s ^+ i * b ^+ 2 = s * b ^+ 2 * s ^+ i.-1 by rewrite -{1}(prednK i1) exprS; ring.
  by apply: le_trans (le _ _ sb0) _; rewrite -addrA addrCA ler_addl !addr_ge0.
move=> _; have -> : s ^+ i * b ^+ j.+3 = b * b ^+ 2 * b ^+ j * s ^+ i by rewrite -exprS -exprD mulrC.
apply: le_trans (le _ _ _) _; first by rewrite mulr_ge0 ?exprn_ge0.
by apply: le_trans (lb _ _ b3) _; rewrite addrA ler_addr !addr_ge0.
Qed.

Definition total_mass (p : poly) : F := \sum_(t <- p) `|toF F t.2|.

(** What is not of weight 4, and not the value, is small. *)
Lemma small_rest p : all (fun t => is_empty t.1 || Nat.leb 4 (weight_of e t.1)) p ->
  poly_value (fun=> 0) p + poly_value v (of_weight4 e p) - total_mass p * excess <= poly_value v p.
Proof.
have x0 : 0 <= excess by rewrite /excess mulr_ge0 ?addr_ge0 ?exprn_ge0.
rewrite /total_mass; elim: p => [|[a z] p ih] /=; first by move=> _; rewrite big_nil mul0r subr0 addr0.
rewrite big_cons /= => /andP[h /ih le]; rewrite mulrDl.
have m0 : 0 <= `|toF F z| * excess by rewrite mulr_ge0.
have zero : ~~ is_empty a -> monomial_value (fun=> 0 : F) a = 0 by case: (a) => //= *; rewrite mul0r.
case em: (is_empty a) h zero => /= h zero.
  have -> : a = [::] by case: (a) em.
  rewrite /= !mulr1 -subr_ge0; move: le m0; rewrite -subr_ge0; move: (poly_value _ _) (poly_value _ _) (poly_value _ _) (_ * excess) (_ * excess) => a1 a2 a3 a4 a5 le m0.
  by apply: le_trans (addr_ge0 le m0) _; rewrite le_eqVlt; apply/orP; left; apply/eqP; ring.
rewrite zero // mulr0 add0r; case: NateqP => [w4|ne] /=.
  rewrite -subr_ge0; move: le m0; rewrite -subr_ge0; move: (poly_value _ _) (poly_value _ _) (poly_value _ _) (_ * excess) (_ * excess) (_ * monomial_value _ _) => a1 a2 a3 a4 a5 a6 le m0.
  by apply: le_trans (addr_ge0 le m0) _; rewrite le_eqVlt; apply/orP; left; apply/eqP; ring.
have w5 : (4 < weight_of e a)%N by move: ne h; case: (weight_of e a) => [|[|[|[|[|k]]]]].
have small : `|toF F z * monomial_value v a| <= `|toF F z| * excess.
  rewrite normrM ler_wpmul2l //; have [i [j [w l]]] := monomial_bound a; apply: le_trans l _; apply: excess_bound; by rewrite w.
move: small; rewrite ler_norml => /andP[+ _]; move: le; rewrite -subr_ge0 => le; rewrite -subr_ge0 => small; rewrite -subr_ge0.
move: (poly_value _ _) (poly_value _ _) (poly_value _ _) (_ * excess) (_ * excess) (_ * monomial_value _ _) le small => a1 a2 a3 a4 a5 a6 le small.
by apply: le_trans (addr_ge0 le small) _; rewrite le_eqVlt; apply/orP; left; apply/eqP; ring.
Qed.

End Weights.

(** ** Powers and norms *)

Section Norms.
Variables (F : realFieldType) (m q r : nat).

Definition fourths (z : 'rV[F]_q) : F := \sum_i z 0 i ^+ 4.
Definition squares_of (y : 'rV[F]_r) : F := \sum_i y 0 i ^+ 2.

Lemma fourth_power (z : 'rV[F]_q) : norm1 z ^+ 4 <= q%:R ^+ 3 * fourths z.
Proof.
have h1 := cauchy z; pose y : 'rV[F]_q := \row_i (z 0 i ^+ 2).
have ny : norm1 y = \sum_i z 0 i ^+ 2 by rewrite /norm1; apply: eq_bigr => i _; rewrite mxE ger0_norm ?sqr_ge0.
have h2 := cauchy y; rewrite ny in h2.
have -> : norm1 z ^+ 4 = (norm1 z ^+ 2) ^+ 2 by rewrite -exprM.
have q0 : 0 <= q%:R :> F by exact: ler0n.
have s0 : 0 <= \sum_i z 0 i ^+ 2 by apply: sumr_ge0 => i _; exact: sqr_ge0.
apply: le_trans (_ : (q%:R * \sum_i z 0 i ^+ 2) ^+ 2 <= _).
  by rewrite ler_sqr ?nnegrE ?sqr_ge0 ?mulr_ge0.
have -> : q%:R ^+ 3 * fourths z = q%:R ^+ 2 * (q%:R * fourths z) by ring.
rewrite exprMn ler_wpmul2l ?sqr_ge0 //; apply: le_trans h2 _; rewrite ler_wpmul2l // le_eqVlt; apply/orP; left; apply/eqP.
by apply: eq_bigr => i _; rewrite mxE -exprM.
Qed.

Lemma sum_square (y : 'rV[F]_r) (u : 'rV[F]_m) : (norm1 y + norm1 u) ^+ 2 <= 2%:R * r%:R * squares_of y + 2%:R * norm1 u ^+ 2.
Proof.
have := cauchy y; rewrite -/(squares_of y) => h; have h2 := sqr_ge0 (norm1 y - norm1 u); rewrite -subr_ge0.
rewrite -subr_ge0 in h; have -> : 2%:R * r%:R * squares_of y + 2%:R * norm1 u ^+ 2 - (norm1 y + norm1 u) ^+ 2 =
  2%:R * (r%:R * squares_of y - norm1 y ^+ 2) + (norm1 y - norm1 u) ^+ 2 by ring.
by rewrite addr_ge0 // mulr_ge0 ?ler0n.
Qed.

End Norms.

(** ** Forms in monomials *)

Section Forms.
Variables (F : realFieldType) (c : certificate) (e : degenerate) (v : nat -> F).
Notation toF := (@toF F).
Notation ops := (field_operations F).
Let n := dimension c.
Let m := size (fields (along_fields e)).
Let q := light e.
Let N := size (monomials c e).

Lemma embed_entry M i j : nth 0 (nth [::] (embed ops M) i) j = toF (entry (entries M) i j) / toF (denominator M).
Proof.
rewrite /embed /entry; have [lt|ge] := ltnP i (size (entries M)); last first.
  by rewrite !(nth_default [::]) ?size_map // !nth_nil toF0 mul0r.
rewrite (nth_map [::]) //; have [lt'|ge'] := ltnP j (size (nth [::] (entries M) i)); last first.
  by rewrite (nth_default Z0) // nth_default ?size_map // toF0 mul0r.
by rewrite (nth_map Z0).
Qed.

Definition monomial_row : 'rV[F]_N := \row_a monomial_value v (nth [::] (monomials c e) a).

Lemma sum_iota k l (g : nat -> F) : \sum_(i <- iota k l) g i = \sum_(i < l) g (k + i)%N.
Proof. by rewrite -{1}[k]addn0 iotaDl big_map -{1}[l]subn0 -/(index_iota 0 l) big_mkord. Qed.

Lemma gram_value : poly_value v (gram_poly c e) = \sum_(a < N) \sum_(b < N) toF (entry (entries (gram_of e)) a b) * (monomial_row 0 a * monomial_row 0 b).
Proof.
have fold l : poly_value v (foldr poly_plus [::] l) = \sum_(p <- l) poly_value v p.
  by elim: l => [|p l ih] /=; rewrite ?big_nil // big_cons poly_plusE ih.
rewrite /gram_poly fold big_map big_allpairs_dep /= sum_iota; apply: eq_bigr => a _; rewrite sum_iota; apply: eq_bigr => b _.
by rewrite poly_scaleE /= toF1 mul1r addr0 monomial_timesE !mxE.
Qed.

Definition light_row : 'rV[F]_q := \row_i v (m + i).
Definition heavy_row : 'rV[F]_(n - (m + q)) := \row_i v (m + q + i).

Lemma monomials_large : fourths light_row + squares_of heavy_row <= \sum_(a < N) monomial_row 0 a ^+ 2.
Proof.
have -> : \sum_(a < N) monomial_row 0 a ^+ 2 = \sum_(t <- monomials c e) monomial_value v t ^+ 2.
  by rewrite (big_nth [::]) big_mkord; apply: eq_bigr => a _; rewrite mxE.
rewrite /monomials /squares_first !big_cat /= !big_map !sum_iota -[X in X <= _]addr0; apply: ler_add.
  rewrite le_eqVlt; apply/orP; left; apply/eqP; rewrite -/m -/q -/n; congr (_ + _); apply: eq_bigr => i _; rewrite mxE /= mulr1 //.
  by rewrite -expr2 -exprM.
by apply: sumr_ge0 => t _; exact: sqr_ge0.
Qed.

Lemma gram_large : wf_matrix (gram_of e) -> shaped_as N N (embed rationals (gram_of e)) -> wf_number (margin e) ->
  semidefinite N (map22 (minus rationals) (embed rationals (gram_of e)) (multiple_of_one rationals N (at_rationals (margin e)))) (gram_psd e) ->
  toF (denominator (gram_of e)) * (ratF F (margin e) * \sum_(a < N) monomial_row 0 a ^+ 2) <= poly_value v (gram_poly c e).
Proof.
move=> wg sg wm sd; have g0 : 0 < toF (denominator (gram_of e)) by apply: toF_gt0; exact/Z.ltb_spec0.
have [S eS] := embedded F wg sg; have cS := c_embed F wg; rewrite eS in cS.
have cm := c_number F wm.
have cd := c_map22_minus cS (c_multiple N cm); rewrite mat_multiple mat_subtract in cd.
have h := semidefinite_mat cd sd monomial_row; rewrite formB subr_ge0 in h.
have eF : form S monomial_row = (toF (denominator (gram_of e)))^-1 * poly_value v (gram_poly c e).
  rewrite form_sum gram_value mulr_sumr; apply: eq_bigr => a _; rewrite mulr_sumr; apply: eq_bigr => b _.
  have -> : S a b = toF (entry (entries (gram_of e)) a b) / toF (denominator (gram_of e)).
    by rewrite -embed_entry eS (nth_map a) ?size_enum_ord // (nth_map b) ?size_enum_ord // !nth_ord_enum.
  by ring.
rewrite eF form_scalar in h; rewrite mulrC -ler_pdivl_mulr // [X in _ <= X]mulrC; apply: le_trans h.
rewrite /evidence.square le_eqVlt; apply/orP; left; apply/eqP; congr (_ * _); rewrite [RHS]mxE.
by apply: eq_bigr => a _; rewrite [X in _ = _ * X]mxE expr2.
Qed.

(** ** From below *)

Variables (s b : F) (p : poly) (D : F).
Let r := (n - (m + q))%N.
Definition fields_row : 'rV[F]_m := \row_i v i.
Hypothesis out : forall i, (n <= i)%N -> v i = 0.

Definition room : F := norm1 light_row + (norm1 heavy_row + norm1 fields_row).
Definition widths : F := q%:R ^+ 3 + 2%:R * r%:R.

Lemma norm_entry k (w : 'rV[F]_k) (i : 'I_k) : `|w 0 i| <= norm1 w.
Proof. by have := norm1_coordinate w i; rewrite coordinateE. Qed.

Lemma from_below G : 0 < D -> 0 < toF G -> 0 < ratF F (margin e) -> room <= 1 ->
  all (fun t => is_empty t.1 || Nat.leb 4 (weight_of e t.1)) p ->
  toF G * (ratF F (margin e) * \sum_(a < N) monomial_row 0 a ^+ 2) <= poly_value v (gram_poly c e) ->
  toF G * poly_value v (of_weight4 e p) = D * poly_value v (gram_poly c e) ->
  total_mass F p * room * widths <= D * ratF F (margin e) ->
  - (2%:R * total_mass F p) * norm1 fields_row ^+ 2 <= poly_value v p - poly_value (fun=> 0) p.
Proof.
move=> D0 G0 e0 r1 low large eq small.
have nl := norm1_ge0 light_row; have nh := norm1_ge0 heavy_row; have nf := norm1_ge0 fields_row.
have K0 : 0 <= total_mass F p by rewrite /total_mass; apply: sumr_ge0.
have l1 : norm1 light_row <= 1 by apply: le_trans r1; rewrite ler_addl addr_ge0.
have h1 : norm1 heavy_row + norm1 fields_row <= 1 by apply: le_trans r1; rewrite ler_addr.
have ls i : is_light e i -> `|v i| <= norm1 light_row.
  rewrite /is_light => /andP[/Nat.leb_spec0/ssrnat.leP mi /NatltP iq]; have lt : (i - m < q)%N by rewrite ltn_subLR.
  by have := norm_entry light_row (Ordinal lt); rewrite mxE /= subnKC.
have hs i : ~~ is_light e i -> `|v i| <= norm1 heavy_row + norm1 fields_row.
  rewrite /is_light -/m -/q; have [im|mi] := ltnP i m.
    by move=> _; have := norm_entry fields_row (Ordinal im); rewrite mxE /= => le; apply: le_trans le _; rewrite ler_addr.
  have -> : Nat.leb m i by apply/Nat.leb_spec0; apply/ssrnat.leP.
  case: NatltP => [//|/negP]; rewrite -leqNgt => qi _; have [ni|ni] := leqP n i; first by rewrite out // normr0 addr_ge0.
  have lt : (i - (m + q) < r)%N by rewrite ltn_sub2r // (leq_ltn_trans qi).
  by have := norm_entry heavy_row (Ordinal lt); rewrite mxE /= subnKC // => le; apply: le_trans le _; rewrite ler_addl.
have rest := small_rest nl (addr_ge0 nh nf) l1 h1 ls hs low.
have f4 := fourth_power light_row; have b2 := sum_square heavy_row fields_row.
have N0 : 0 <= fourths light_row + squares_of heavy_row.
  by apply: addr_ge0; apply: sumr_ge0 => i _; rewrite ?sqr_ge0 // (_ : 4 = 2 * 2)%N // exprM sqr_ge0.
set NN := fourths light_row + squares_of heavy_row in N0; set u2 := norm1 fields_row ^+ 2 in b2 *.
have u20 : 0 <= u2 by exact: sqr_ge0.
have W0 : 0 <= widths by rewrite /widths addr_ge0 ?exprn_ge0 ?mulr_ge0 ?ler0n.
have fo0 : 0 <= fourths light_row by apply: sumr_ge0 => i _; rewrite (_ : 4 = 2 * 2)%N // exprM sqr_ge0.
have sq0 : 0 <= squares_of heavy_row by apply: sumr_ge0 => i _; exact: sqr_ge0.
have ex : excess (norm1 light_row) (norm1 heavy_row + norm1 fields_row) <= room * (widths * NN) + 2%:R * u2.
  have room0 : 0 <= room by rewrite /room !addr_ge0.
  rewrite /excess; apply: le_trans (_ : room * (widths * NN + 2%:R * u2) <= _).
    apply: ler_wpmul2l => //; apply: le_trans (ler_add f4 b2) _; rewrite addrA ler_add2r /widths /NN -subr_ge0.
    have -> : (q%:R ^+ 3 + 2%:R * r%:R) * (fourths light_row + squares_of heavy_row) - (q%:R ^+ 3 * fourths light_row + 2%:R * r%:R * squares_of heavy_row) =
      q%:R ^+ 3 * squares_of heavy_row + 2%:R * r%:R * fourths light_row :> F by ring.
    by rewrite addr_ge0 // !mulr_ge0 ?exprn_ge0 ?ler0n.
  by rewrite mulrDr ler_add2l ler_pimull // mulr_ge0 ?ler0n.
have o4 : D * (ratF F (margin e) * NN) <= poly_value v (of_weight4 e p).
  rewrite -(ler_pmul2l G0) eq mulrCA ler_pmul2l //; apply: le_trans large; rewrite ler_pmul2l // ler_pmul2l //.
  exact: monomials_large.
have ex' := ler_wpmul2l K0 ex; have sm := ler_wpmul2r N0 small.
move: rest o4 ex' sm; rewrite -subr_ge0 => x1; rewrite -subr_ge0 => x2; rewrite -subr_ge0 => x3; rewrite -subr_ge0 => x4; rewrite -subr_ge0.
move: x1 x2 x3 x4; clearbody NN u2; move: (excess _ _) (poly_value v p) (poly_value _ p) (poly_value v _) (total_mass F p) room widths (ratF F _) => a1 a2 a3 a4 a5 a6 a7 a8 x1 x2 x3 x4.
apply: le_trans (addr_ge0 (addr_ge0 x1 x2) (addr_ge0 x3 x4)) _; rewrite le_eqVlt; apply/orP; left; apply/eqP; ring.
Qed.

End Forms.

(** ** The minimum *)

Section Minimum.
Variables (F : archiFieldType) (c : certificate) (e : degenerate).
Hypothesis wfc : well_formed c.
Hypothesis good : check_degenerate c e.
Notation ops := (field_operations F).
Notation toF := (@toF F).
Notation L := (@loss F c).
Notation x := (@point F c).
Let n := dimension c.
Let m := size (fields (along_fields e)).
Let q := light e.
Let wfp : wf (inputs c) (instructions c). Proof. by case/and5P: wfc. Qed.
Let dp : all wf_number (flatten (weights c)). Proof. by case/and5P: wfc => _ _ _ _ /andP[]. Qed.
Let sp : size (flatten (weights c)) = n. Proof. by case/and5P: wfc => _ _ _ /NateqP. Qed.

Let wb : wf_matrix (basis e). Proof. by move: good; rewrite /check_degenerate; case: (expanded c e) => d k /andP[]. Qed.
Let wk : wf_matrix (back e). Proof. by move: good; rewrite /check_degenerate; case: (expanded c e) => d k /and3P[]. Qed.

(** The basis, and the coordinates along it. *)
Let B : 'M[F]_n := of_rows n n (embed ops (basis e)).
Let R : 'M[F]_n := of_rows n n (embed ops (back e)).

Lemma coordinates_back : (0 < n)%N -> R *m B = 1%:M.
Proof.
move=> n0; move: good; rewrite /check_degenerate; case: (expanded c e) => d k /and5P[_ _ _ sb /and3P[sk same _]].
have [B' eB] := embedded F wb sb; have [R' eR] := embedded F wk sk.
have cB := c_embed F wb; have cR := c_embed F wk; rewrite eB in cB; rewrite eR in cR.
have -> : B = B' by rewrite /B eB of_matK.
have -> : R = R' by rewrite /R eR of_matK.
have cRB := c_multiply cR cB; rewrite (mat_multiply _ _ n0) in cRB.
have c1 := @c_one F n; rewrite mat_multiple in c1.
by rewrite (same_numbers_sound cRB c1 same) [constant _ _ _]/= toF1 divr1.
Qed.

Lemma expanded_sound (w : 'rV[F]_n) : (0 < n)%N -> let: (d, k) := expanded c e in
  Z.lt Z0 d /\ toF d * L (x + w) = poly_value (coordinate (w *m R)) (rest k).
Proof.
move=> n0; set v := coordinate (w *m R).
have H := exact_dual_respected v.
have cst a b : Z.lt Z0 b -> fraction_of (exact_dual v) (constant (fractions duals) a b) (fun=> constant ops a b).
  by move=> h; exact: (fraction_constant H a h).
have var i : fraction_of (exact_dual v) (variable i) (fun=> v i).
  by split=> //=; rewrite /exact_dual /= !toF1; ring.
have pl i : fraction_of (exact_dual v) (placed c e (fractions duals) variable i) (fun=> placed c e ops v i).
  apply: (fraction_plus H); first by apply: cst; exact: positive_denominator.
  apply: (@parametricity.R_total _ _ (fractions duals) ops (fun a u => fraction_of (exact_dual v) a (fun=> u))).
  - by move=> a b h; exact: cst.
  - by move=> a b a' b' h h'; exact: (fraction_plus H).
  apply: F2_map => k; apply: (fraction_times H); [by apply: cst; exact/Z.ltb_spec0 | exact: var].
have := fraction_value H (loss_position c) wfp pl; rewrite -/(expanded c e); case: (expanded c e) => d k [d0 h]; split=> //.
rewrite -h; congr (_ * _); rewrite (loss_at wfc); apply: value_ext => // i.
rewrite /placed /=; congr (_ + _); have -> : w = w *m R *m B by rewrite -mulmxA coordinates_back ?mulmx1.
rewrite total_iota; have [ni|ni] := ltnP i n; last first.
  have -> : coordinate (w *m R *m B) i = 0 by rewrite /coordinate; case: insubP => // j jn; rewrite ltnNge ni in jn.
  apply/esym; apply: big1 => j _; rewrite -embed_entry.
  have sb : shaped_as n n (embed rationals (basis e)) by move: good; rewrite /check_degenerate; case: (expanded c e) => ? ? /and5P[].
  have [B' ->] := embedded F wb sb.
  by rewrite (nth_map j) ?size_enum_ord // nth_ord_enum (nth_default 0) ?mul0r // size_map size_enum_ord.
rewrite -[i]/(nat_of_ord (Ordinal ni)) coordinateE mxE; apply: eq_bigr => j _.
by rewrite [B _ _]mxE embed_entry mulrC; congr (_ * _); rewrite /v coordinateE.
Qed.

(** The coordinates along the fields. *)
Let T : 'M[F]_(n, m) := \matrix_(i, j) nth 0 (nth [::] (embed ops (back e)) i) j.

Lemma fields_rowE (w : 'rV[F]_n) : fields_row e (coordinate (w *m R)) = w *m T.
Proof.
apply/rowP => k; rewrite !mxE; have [kn|nk] := ltnP k n.
  rewrite -[nat_of_ord k]/(nat_of_ord (Ordinal kn)) coordinateE mxE; apply: eq_bigr => l _; by rewrite !mxE.
have -> : coordinate (w *m R) k = 0 by rewrite /coordinate; case: insubP => // j jn; rewrite ltnNge nk in jn.
have sk : shaped_as n n (embed rationals (back e)).
  by move: good; rewrite /check_degenerate; case: (expanded c e) => ? ? /and5P[_ _ _ _ /andP[]].
have [R' eR] := embedded F wk sk; apply/esym; apply: big1 => l _; rewrite mxE eR.
by rewrite (nth_map l) ?size_enum_ord // nth_ord_enum (nth_default 0) ?mulr0 // size_map size_enum_ord.
Qed.

Lemma poly_value_ext (u v : nat -> F) p : u =1 v -> poly_value u p = poly_value v p.
Proof.
move=> h; have mono a : monomial_value u a = monomial_value v a by elim: a => //= i a ->; rewrite h.
by elim: p => //= t p ->; rewrite mono.
Qed.

Theorem degenerate_min : local_min L x.
Proof.
have [n0|n0] := posnP n.
  exists 1 => [|w _]; first exact: ltr01.
  by have -> : w = 0; [by apply/rowP => i; have : (i < 0)%N by rewrite -n0; exact: ltn_ord | rewrite addr0].
have at_w := expanded_sound ^~ n0.
move: (good); rewrite /check_degenerate; case E: (expanded c e) => [d k].
move=> /and5P[_ _ wg _ /and5P[_ _ sym /all_iotaP id /and5P[low zero sg /Z.ltb_spec0 e1 /andP[we sd]]]].
rewrite E in at_w; move: sym; rewrite /check_symmetry; case: (analyse c) => [a|] // along.
have D0 : 0 < toF d by have [d0 _] := at_w 0; exact: toF_gt0.
have G0 : 0 < toF (denominator (gram_of e)) by apply: toF_gt0; exact/Z.ltb_spec0.
have eps : 0 < ratF F (margin e) by rewrite /ratF divr_gt0 // toF_gt0 //; exact/Z.ltb_spec0.
set p := rest k in at_w low zero.
have P0 : toF d * L x = poly_value (fun=> 0) p.
  have [_] := at_w 0; rewrite addr0 => ->; apply: poly_value_ext => i; rewrite mul0mx /coordinate; case: insubP => // j _ _; by rewrite mxE.
have XT : @rows_at F c (along_fields e) x *m T = 1%:M.
  apply/matrixP => i j; rewrite !mxE; have /all_iotaP/(_ j) := id i.
  move/(@sum_sound F n _ (fun l => velocity ops n (coordinate x) (nth [::] (fields (along_fields e)) i) l * (toF (entry (entries (back e)) l j) / toF (denominator (back e))))) => /= h.
  rewrite (eq_bigr (fun l : 'I_n => velocity ops n (coordinate x) (nth [::] (fields (along_fields e)) i) l * (toF (entry (entries (back e)) l j) / toF (denominator (back e))))); last first.
    by move=> l _; rewrite !mxE embed_entry.
  rewrite h; first by case: NateqP => [/val_inj->|ne]; rewrite ?eqxx //; case: eqP => // ij; case: ne; rewrite ij.
  have wk' : Z.lt Z0 (denominator (back e)) by exact/Z.ltb_spec0.
  move=> l ln; have t1 := @velocity_sound F c wfc (nth [::] (fields (along_fields e)) i) l.
  have t2 := @c_constant F (entry (entries (back e)) l j) (denominator (back e)) wk'; have := c_times t1 t2; exact.
have [BB [B0 nr]] := @rows_near F c (along_fields e).
have r0 : 0 <= norm1 x + 1 by rewrite addr_ge0 ?norm1_ge0 ?ler01.
have [C [dd [C0 d0 cn]]] := constant_along wfc along (norm1 x + 1).
have K0 : 0 <= total_mass F p by rewrite /total_mass; apply: sumr_ge0.
pose J : F := (q%:R + ((n - (m + q))%:R + m%:R)) * mass R.
have J0 : 0 <= J by rewrite mulr_ge0 ?mass_ge0 // !addr_ge0 ?ler0n.
have roomJ (w : 'rV[F]_n) : room c e (coordinate (w *m R)) <= J * norm1 w.
  have each i : `|coordinate (w *m R) i| <= norm1 w * mass R by apply: le_trans (norm1_coordinate _ _) _; exact: norm1_mass.
  have sum l (g : 'I_l -> nat) : norm1 (\row_i coordinate (w *m R) (g i)) <= l%:R * (norm1 w * mass R).
    rewrite mulr_natl -[X in _ *+ X]card_ord -sumr_const /norm1; apply: ler_sum => i _; rewrite mxE; exact: each.
  have -> : J * norm1 w = q%:R * (norm1 w * mass R) + ((n - (m + q))%:R * (norm1 w * mass R) + m%:R * (norm1 w * mass R)).
    by rewrite /J; move: (mass R) => y; ring.
  by rewrite /room; apply: ler_add; [exact: sum | apply: ler_add; exact: sum].
have W0 : 0 <= widths F c e by rewrite /widths addr_ge0 ?exprn_ge0 ?mulr_ge0 ?ler0n.
pose Q := total_mass F p * widths F c e; have Q0 : 0 <= Q by rewrite mulr_ge0.
pose rho := Num.min (1 / (J + 1)) (toF d * ratF F (margin e) / (Q * J + 1)).
have p1 y : 0 <= y -> 0 < y + 1 :> F by move=> y0; rewrite ltr_paddl ?ltr01.
have QJ : 0 <= Q * J by rewrite mulr_ge0.
have rho0 : 0 < rho.
  rewrite lt_minr; apply/andP; split; apply: divr_gt0; [exact: ltr01 | exact: p1 | exact: (mulr_gt0 D0 eps) | exact: p1].
have base (w : 'rV[F]_n) : norm1 w <= rho -> - (2%:R * total_mass F p / toF d) * norm1 (w *m T) ^+ 2 - 0 * 0 <= L (x + w) - L x.
  rewrite le_minr !ler_pdivl_mulr ?p1 // => /andP[l1 l2]; have nw := norm1_ge0 w.
  have rm := roomJ w; have out i : (n <= i)%N -> coordinate (w *m R) i = 0.
    by move=> ni; rewrite /coordinate; case: insubP => // j jn; rewrite ltnNge ni in jn.
  have large := gram_large (coordinate (w *m R)) wg sg we sd.
  have eq : toF (denominator (gram_of e)) * poly_value (coordinate (w *m R)) (of_weight4 e p) = toF d * poly_value (coordinate (w *m R)) (gram_poly c e).
    move: zero; case z: (poly_plus _ _) => // _; have := congr1 (poly_value (coordinate (w *m R))) z.
    by rewrite poly_plusE !poly_scaleE toFN mulNr /= => /eqP; rewrite subr_eq0 => /eqP.
  have r1 : room c e (coordinate (w *m R)) <= 1.
    by apply: le_trans rm _; apply: le_trans l1; rewrite mulrC mulrDr ler_addl mulr1.
  have small : total_mass F p * room c e (coordinate (w *m R)) * widths F c e <= toF d * ratF F (margin e).
    rewrite mulrAC -/Q; apply: le_trans (ler_wpmul2l Q0 rm) _; apply: le_trans l2.
    by rewrite mulrA mulrC mulrDr ler_addl mulr1.
  have := from_below out D0 G0 eps r1 low large eq small; rewrite fields_rowE -P0; have [_ <-] := at_w w.
  rewrite -mulrBr => h; rewrite mul0r subr0 -(ler_pmul2l D0); apply: le_trans h; rewrite le_eqVlt; apply/orP; left; apply/eqP.
  by move: (norm1 _ ^+ 2) (total_mass F p) => y z; field; exact: lt0r_neq0.
have M0 : 0 <= 2%:R * total_mass F p / toF d by rewrite divr_ge0 ?mulr_ge0 ?ler0n // ltW.
have [] := @sweep F n m L x T (@rows_at F c (along_fields e)) (fun=> 0) BB C 1 dd 0 XT B0 (nr _) C0 ltr01 d0 _ (lexx 0) (fun=> lexx 0) _ _ 0 rho M0 (lexx 0) rho0 base.
- move=> w s t w1 s1 td; apply: cn => //.
    by apply: le_trans (norm1D _ _) _; rewrite ler_add2l.
  by apply: le_trans s1 _; rewrite ler_addr norm1_ge0.
- by move=> w s t _ _ _; rewrite mulr0 add0r mulr_ge0 ?sqr_ge0.
by move=> d' d'0 h; exists d' => // w wd; exact: h.
Qed.

End Minimum.

Definition holds_leading (F : archiFieldType) (k : quartic) : Prop := holds_locally F (apart k) (outcome k).

Theorem check_leading_sound (F : archiFieldType) (k : quartic) : check_leading k -> holds_leading F k.
Proof.
rewrite /check_leading /holds_leading /holds_locally; set c := apart k => /and4P[ck cr good /same_verdictP cv].
have H := check_sound F ck; have [_ _ hh _ _ hb _ hv] := H.
move: (ck); rewrite /check => /andP[wfc]; case E: (analyse c) => [a|] // /and5P[_ _ _ _].
case/and5P=> _ _ _ _ /same_verdictP cl; rewrite cl in hv.
split=> //.
- by case: hh => g [A [ex [/(_ cr) g0 _] _]]; exists A; rewrite g0 in ex.
- exact: degenerate_min wfc good.
rewrite cv /leading_verdict -/c; case: (verdict_of c) hv => //=; last by case sb: (some (better c)) => // _; case: (better c) sb hb => //= w _ lt /(_ (vector F c (head [::] (rows_of w)))); rewrite leNgt lt.
by case.
Qed.
