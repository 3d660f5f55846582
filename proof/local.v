(** What expansions say nearby: strict minima and maxima from definite forms, descent and ascent from the first
    coefficient along a curve. *)
From Coq Require Import ZArith.
From mathcomp Require Import ssreflect ssrfun ssrbool eqtype ssrnat seq fintype bigop.
From mathcomp Require Import order ssralg ssrnum zmodp matrix mxalgebra ring.
From rankscape Require Import program scalars asymptotics expansions landscape forms.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import Order.Theory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Section Local.
Variables (F : realFieldType) (n : nat).
Implicit Types (L : 'rV[F]_n -> F) (x w : 'rV[F]_n) (A : 'M[F]_n).

Notation absolute := (fun t : F => `|t|).

(** ** The leading term decides *)

Lemma leading_term (f p : F -> F) a c k : c != 0 -> bigO absolute 0 p ->
  bigO absolute k.+1 (fun t => f t - (a + t ^+ k * (c + t * p t))) ->
  exists2 d, 0 < d & forall t, t != 0 -> `|t| <= d -> 0 < c * t ^+ k * (f t - a).
Proof.
move=> c0 [P [dp [P0 dp0 _ hp]]] [C [dc [C0 dc0 _ hc]]].
have s0 : 0 < P + C + 1 by rewrite ltr_paddl ?addr_ge0 ?ltr01.
exists (Num.min (`|c| / (P + C + 1)) (Num.min dp dc)).
  by rewrite !lt_minr dp0 dc0 divr_gt0 // normr_gt0.
move=> t t0; rewrite !le_minr ler_pdivl_mulr // => /andP[tc /andP[/hp bp /hc bc]].
rewrite expr0 mulr1 in bp.
set r := f t - _ in bc.
have -> : c * t ^+ k * (f t - a) = c ^+ 2 * t ^+ k ^+ 2 + (c * t ^+ k) * (t ^+ k * t * p t + r).
  by rewrite /r; move: (t ^+ k) => u; ring.
have u0 : 0 < `|t| by rewrite normr_gt0.
have positive (y z : F) : `|z| < y -> 0 < y + z by rewrite ltr_norml => /andP[+ _]; rewrite -subr_gt0 opprK addrC.
apply: positive; rewrite normrM.
apply: le_lt_trans (_ : `|c * t ^+ k| * (`|t| ^+ k * (`|t| * (P + C))) < _).
  apply: ler_wpmul2l; first exact: normr_ge0.
  apply: le_trans (ler_norm_add _ _) _; rewrite [`|t| * _]mulrDr mulrDr; apply: ler_add.
    rewrite !normrM normrX -!mulrA ler_wpmul2l ?exprn_ge0 // ler_wpmul2l //.
  by rewrite (le_trans bc) // exprSr mulrC mulrA.
have -> : c ^+ 2 * t ^+ k ^+ 2 = `|c * t ^+ k| * (`|t| ^+ k * `|c|).
  by rewrite normrM normrX -[c ^+ 2]real_normK ?num_real // -[t ^+ k ^+ 2]real_normK ?num_real // normrX; move: `|c| (`|t| ^+ k) => u v; ring.
rewrite ltr_pmul2l ?normr_gt0 ?mulf_neq0 ?expf_neq0 // ltr_pmul2l ?exprn_gt0 //.
by apply: lt_le_trans tc; rewrite ltr_pmul2l // ltr_addl ltr01.
Qed.

(** Along a curve w(t) = O(t) from x. *)
Lemma curve_sign L x (w : F -> 'rV[F]_n) (p : F -> F) c k : c != 0 -> bigO absolute 0 p ->
  bigO absolute 1 (fun t => norm1 (w t)) ->
  bigO absolute k.+1 (fun t => L (x + w t) - (L x + t ^+ k * (c + t * p t))) ->
  forall d, 0 < d -> exists2 e, 0 < e & forall t, t != 0 -> `|t| <= e ->
    norm1 (w t) <= d /\ 0 < c * t ^+ k * (L (x + w t) - L x).
Proof.
move=> c0 hp [C [dw [C0 dw0 _ hw]]] hf d d0.
have [e e0 he] := leading_term c0 hp hf.
have s0 : 0 < C + 1 by rewrite ltr_paddl ?ltr01 ?normr_ge0.
exists (Num.min e (Num.min dw (d / (C + 1)))); first by rewrite !lt_minr e0 dw0 divr_gt0.
move=> t t0; rewrite !le_minr ler_pdivl_mulr // => /andP[te /andP[/hw]].
rewrite ger0_norm ?norm1_ge0 // expr1 => tw td; split; last exact: he.
apply: le_trans tw (le_trans _ td); by rewrite mulrC ler_wpmul2l // ler_addl ler01.
Qed.

Lemma curve_descends L x (w : F -> 'rV[F]_n) (p : F -> F) c k : c < 0 -> bigO absolute 0 p -> bigO absolute 1 (fun t => norm1 (w t)) ->
  bigO absolute k.+1 (fun t => L (x + w t) - (L x + t ^+ k * (c + t * p t))) -> descends L x.
Proof.
move=> c0 hp hw hf d d0; have [e e0 he] := curve_sign (ltr0_neq0 c0) hp hw hf d0.
have [] := he e (lt0r_neq0 e0) _; first by rewrite gtr0_norm.
by rewrite nmulr_rgt0 ?subr_lt0 ?nmulr_rlt0 ?exprn_gt0 // => ? ?; exists (w e).
Qed.

Lemma curve_ascends L x (w : F -> 'rV[F]_n) (p : F -> F) c k : 0 < c -> bigO absolute 0 p -> bigO absolute 1 (fun t => norm1 (w t)) ->
  bigO absolute k.+1 (fun t => L (x + w t) - (L x + t ^+ k * (c + t * p t))) -> ascends L x.
Proof.
move=> c0 hp hw hf d d0; have [e e0 he] := curve_sign (lt0r_neq0 c0) hp hw hf d0.
have [] := he e (lt0r_neq0 e0) _; first by rewrite gtr0_norm.
by rewrite pmulr_rgt0 ?subr_gt0 ?mulr_gt0 ?exprn_gt0 // => ? ?; exists (w e).
Qed.

(** An odd order: t -> -t. *)
Lemma curve_ascends_odd L x (w : F -> 'rV[F]_n) (p : F -> F) c k : odd k -> c < 0 -> bigO absolute 0 p -> bigO absolute 1 (fun t => norm1 (w t)) ->
  bigO absolute k.+1 (fun t => L (x + w t) - (L x + t ^+ k * (c + t * p t))) -> ascends L x.
Proof.
move=> ok c0 hp hw hf d d0; have [e e0 he] := curve_sign (ltr0_neq0 c0) hp hw hf d0.
have [] := he (- e) _ _; rewrite ?oppr_eq0 ?lt0r_neq0 ?normrN ?gtr0_norm //.
rewrite exprNn -signr_odd ok expr1 mulN1r mulrN -mulNr mulrAC pmulr_lgt0 ?exprn_gt0 //.
by rewrite pmulr_rgt0 ?oppr_gt0 // subr_gt0 => ? ?; exists (w (- e)).
Qed.

(** ** The second-order expansion *)

Lemma expansionN L x g A : expansion L x g A -> expansion (fun y => - L y) x (- g) (- A).
Proof.
case=> s [C [d [d0 h]]]; split; first by rewrite linearN /= s.
exists C, d; split=> // w /h; rewrite formN linearN /= mulmxN [(- (w *m _)) 0 0]mxE => le.
apply: le_trans le; rewrite -normrN le_eqVlt; apply/orP; left; apply/eqP; congr `|_|.
by move: (form A w) ((w *m _) 0 0) => u v; ring.
Qed.

Lemma expansion_line L x A w : expansion L x 0 A ->
  bigO absolute 3 (fun t => L (x + t *: w) - (L x + t ^+ 2 * (form A w / 2%:R + t * 0))).
Proof.
case=> s [C [d [d0 h]]].
have s0 : 0 < norm1 w + 1 by rewrite ltr_paddl ?norm1_ge0 ?ltr01.
exists (`|C| * norm1 w ^+ 3), (Num.min (d / (norm1 w + 1)) 1); split.
- by rewrite mulr_ge0 ?exprn_ge0 ?norm1_ge0.
- by rewrite lt_minr ltr01 divr_gt0.
- by rewrite le_minl lexx orbT.
move=> t; rewrite le_minr ler_pdivl_mulr // => /andP[td _].
have tw : norm1 (t *: w) <= d.
  by rewrite norm1Z (le_trans _ td) // ler_wpmul2l // ler_addl ler01.
have := h _ tw; rewrite trmx0 mulmx0 mxE subr0 form_scale norm1Z exprMn => le.
apply: le_trans (le_trans le _); last first.
  rewrite [X in _ <= X]mulrAC -[X in _ <= X]mulrA.
  by rewrite ler_wpmul2r ?mulr_ge0 ?exprn_ge0 ?norm1_ge0 ?ler_norm.
by rewrite le_eqVlt; apply/orP; left; apply/eqP; congr `|_|; rewrite mulr0 addr0 opprD addrA mulrA.
Qed.

Lemma line_order w : bigO absolute 1 (fun t => norm1 (t *: w)).
Proof.
exists (norm1 w), 1; rewrite norm1_ge0 ltr01; split=> // t _.
by rewrite norm1Z normrM normr_id (ger0_norm (norm1_ge0 w)) mulrC expr1.
Qed.

Lemma negative_descends L x A w : expansion L x 0 A -> form A w < 0 -> descends L x.
Proof.
move=> h q; apply: (@curve_descends L x (fun t => t *: w) (fun=> 0) (form A w / 2%:R) 2).
- by rewrite pmulr_llt0 ?invr_gt0 ?ltr0n.
- exact: bigO0.
- exact: line_order.
- exact: expansion_line.
Qed.

Lemma positive_ascends L x A w : expansion L x 0 A -> 0 < form A w -> ascends L x.
Proof.
move=> h q; apply: (@curve_ascends L x (fun t => t *: w) (fun=> 0) (form A w / 2%:R) 2).
- by rewrite divr_gt0 ?ltr0n.
- exact: bigO0.
- exact: line_order.
- exact: expansion_line.
Qed.

Lemma coercive_min L x A mu : expansion L x 0 A -> 0 < mu -> (forall w, mu * norm1 w ^+ 2 <= form A w) ->
  strict_local_min L x.
Proof.
case=> s [C [d [d0 h]]] mu0 co.
have s0 : 0 < `|C| + 1 by rewrite ltr_paddl ?ltr01 ?normr_ge0.
exists (Num.min d (mu / 2%:R / (`|C| + 1))); first by rewrite lt_minr d0 !divr_gt0 ?ltr0n.
move=> w w0; rewrite le_minr ler_pdivl_mulr // => /andP[/h le wm].
move: le; rewrite trmx0 mulmx0 mxE subr0 ler_norml => /andP[le _].
have N0 := norm1_gt0 w0.
rewrite -subr_gt0; apply: lt_le_trans (_ : form A w / 2%:R - C * norm1 w ^+ 3 <= _); last first.
  rewrite -subr_ge0; move: le; rewrite -subr_ge0; congr (0 <= _).
  by move: (L _) (L x) (form A w) (norm1 w ^+ 3) => l l0 q r; ring.
rewrite subr_gt0; apply: le_lt_trans (_ : `|C| * norm1 w ^+ 3 < _).
  by rewrite ler_wpmul2r ?exprn_ge0 ?norm1_ge0 // ler_norm.
apply: lt_le_trans (_ : mu * norm1 w ^+ 2 / 2%:R <= _); last by rewrite ler_wpmul2r ?invr_ge0 ?ler0n.
have -> : `|C| * norm1 w ^+ 3 = norm1 w ^+ 2 * (norm1 w * `|C|) by move: `|C| => c; ring.
have -> : mu * norm1 w ^+ 2 / 2%:R = norm1 w ^+ 2 * (mu / 2%:R) by rewrite mulrAC mulrC.
rewrite ltr_pmul2l ?exprn_gt0 //; apply: lt_le_trans wm.
by rewrite ltr_pmul2l // ltr_addl ltr01.
Qed.

Lemma coercive_max L x A mu : expansion L x 0 A -> 0 < mu -> (forall w, mu * norm1 w ^+ 2 <= - form A w) ->
  strict_local_max L x.
Proof.
move=> h mu0 co.
have hN : expansion (fun y => - L y) x 0 (- A) by rewrite -[0]oppr0; exact: expansionN.
have [|d d0 hd] := coercive_min hN mu0; first by move=> w; rewrite formN.
by exists d => // w w0 wd; have := hd w w0 wd; rewrite ltr_oppl opprK.
Qed.

End Local.
