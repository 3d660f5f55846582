(** The theorem of points under constraints: what the checker accepts, holds. *)
From Coq Require Import ZArith PeanoNat List.
From mathcomp Require Import ssreflect ssrfun ssrbool eqtype ssrnat seq fintype bigop.
From mathcomp Require Import order ssralg ssrnum ssrint ssrZ zmodp matrix mxalgebra ring.
From rankscape Require Import program parametricity scalars certificate convexity traces constrained asymptotics expansions.
From rankscape Require Import landscape forms local evidence bounds bounds_sound soundness convexity_sound theorem.
From rankscape Require Import traces_sound bordered feasible quadratic_sound constrained_sound.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import Order.Theory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Local Arguments zero_scalar : simpl never.
Local Arguments Z.eqb : simpl never.

(** ** Extrema from inertias *)

Section Extrema.
Variables (F : realFieldType) (n m : nat) (A : 'M[F]_n) (J : 'M[F]_(m, n)).
Hypothesis As : A^T = A.
Hypothesis Jf : row_free J.

Lemma on_neg_vector a c b : (0 < a)%N -> inertia_on A J a c b -> exists w : 'rV[F]_n, w *m J^T = 0 /\ form A w < 0.
Proof.
case: a => // a _ h; have [U [_ UJ ng]] := on_neg h.
have d0 : delta_mx 0 0 != 0 :> 'rV[F]_a.+1 by apply/eqP => /matrixP/(_ 0 0)/eqP; rewrite !mxE eqxx oner_eq0.
by exists (delta_mx 0 0 *m U); split; [rewrite -mulmxA UJ mulmx0 | exact: ng].
Qed.

Lemma on_semidefinite c b : inertia_on A J 0 c b -> forall w : 'rV[F]_n, w *m J^T = 0 -> 0 <= form A w.
Proof.
move=> h w wJ; rewrite leNgt; apply/negP => neg.
have ng : negative_on A w.
  move=> u u0; rewrite (mx11_scalar u) mul_scalar_mx form_scale nmulr_llt0 // exprn_even_gt0 //.
  by apply: contra_neq u0 => e; apply/rowP => i; rewrite ord1 e mxE.
by have := on_neg_max h (negative_free ng) wJ ng.
Qed.

Lemma rank_le : (m <= n)%N. Proof. by rewrite -(eqP Jf) rank_leq_col. Qed.

Lemma on_definite a b : inertia (bordered A J) a 0 b -> (a + b)%N = (n + m)%N -> (a - m)%N = 0%N ->
  exists2 mu : F, 0 < mu & forall w : 'rV[F]_n, w *m J^T = 0 -> mu * norm1 w ^+ 2 <= form A w.
Proof.
move=> h e am; have [ma mb] := bordered_dimensions As Jf h.
have ea : a = m by apply/eqP; rewrite eqn_leq ma -subn_eq0 am.
have eb : b = n by move: e; rewrite ea addnC => /addIn.
have [P [Pf PJ pP]] := on_pos (inertia_bordered As Jf h).
by apply: coercive_on pP => //; rewrite eb subnK ?rank_le.
Qed.

End Extrema.

Lemma inertiaN (F : realFieldType) n (A : 'M[F]_n) a c b : inertia A a c b -> inertia (- A) b c a.
Proof.
case=> [[U [fU nU]] nmax [P [fP pP]] pmax nul]; split.
- by exists P; split=> //; apply/negative_onN.
- by move=> k V fV /negative_onN; exact: pmax.
- by exists U; split=> //; apply/positive_onN.
- by move=> k V fV /positive_onN; exact: nmax.
by move: nul; rewrite !mxrank_ker mxrank_opp.
Qed.

(** ** The theorem *)

Theorem check_constrained_sound (F : realFieldType) (k : constrained) : check_constrained k -> holds_constrained F k.
Proof.
rewrite /check_constrained; set c := lagrangian k => /andP[wfc].
case pc: (parts c) => [[[a b] mu]|] //; case E: (analyse c) => [an|] //; case ds: (derivative c b) => [s|] //.
case/and5P=> cr vg ev oa /and5P[sb vb rg ci /and3P[eb cq /same_verdictP cl]].
have [d0 vx wd sy [ex gsize]] := analyse_sound F wfc E.
set A := (toF F (over an))^-1 *: toM F (dimension c) (dimension c) (hessian_part an) in ex.
have g0 : \row_i (toF F (nth Z0 (gradient_part an) i) / toF F (over an)) = 0 :> 'rV_(dimension c).
  by apply/rowP => i; rewrite !mxE vanishesP // toF0 mul0r.
rewrite {}g0 in ex.
have As : A^T = A by case: ex.
have wv : wf_number (value c) by case/and5P: wfc => _ _ _ _ /andP[].
have ws : all wf_number (flatten (weights c)) by case/and5P: wfc => _ _ _ _ /andP[].
have sw : (size (flatten (weights c)) <= dimension c)%N by case/and5P: wfc => _ _ _ /NateqP->.
have em := derivative_size wfc ds.
have ll := @loss_lagrangian F c wfc a b mu pc oa sb; rewrite em in ll.
have cs := @constraints_size F c wfc b; rewrite em in cs.
have cz := @constraints_zero F c wfc b; rewrite em in cz.
have cx : @constraints F c b (size s) (point F c) = 0 by exact: cz ws sw vb.
have hv : objective a (point F c) = ratF F (value c).
  rewrite -(lagrangian_feasible (objective a) (multipliers F mu (size s)) cx) -ll vx.
  by rewrite (equal_numbersP F wv _ ev) //; exact/Z.ltb_spec0.
have crit : critical_on (objective a) (@constraints F c b (size s)) (point F c) (multipliers F mu (size s)) A.
  by split=> //; exact: expansion_ext ll ex.
set J := jacobian F c s.
have rf : on (regular k) (fun _ => row_free J).
  by case: (regular k) rg => //= e; exact: (@regular_sound F c wfc b s ds e).
have der : derivative_on (@constraints F c b (size s)) (point F c) J by exact: (@derivative_sound F c wfc b s ds).
have fr e : hessian_inertia c = Some e ->
  row_free J /\ framed (bordered A J) (Z.to_nat (neg e)) (Z.to_nat (zero e)) (Z.to_nat (pos e)).
  move=> he; move: ci; rewrite he /= => /andP[sr cb]; split; first by case: (regular k) sr rf.
  exact: (@check_bordered_sound F c wfc b s ds an e d0 sy cb).
have hi e : hessian_inertia c = Some e ->
  row_free J /\ inertia (bordered A J) (Z.to_nat (neg e)) (Z.to_nat (zero e)) (Z.to_nat (pos e)).
  by move/fr=> [Jf h]; split=> //; apply: framed_inertia h; exact: bordered_sym.
have hb : on (better c) (fun w => let y := vector F c (head [::] (rows_of w)) in
    constraints b (size s) y = 0 /\ objective a y < objective a (point F c)).
  case: (better c) eb => //= w /and3P[wf ev' lt]; have rfw := rows_fit_sound wf.
  set q := head [::] (rows_of w) in ev' lt *.
  have [dq sq] : all wf_number q /\ (size q <= dimension c)%N.
    rewrite /q; case: (rows_of w) rfw => // r l /(_ r (mem_head _ _))[? ->]; by split.
  have cy := cz q dq sq ev'; split=> //; have [wq eq] := value_at_sound F wfc dq sq.
  by rewrite hv -(lagrangian_feasible (objective a) (multipliers F mu (size s)) cy) -ll eq; exact: less_numbersP.
exists a, b, mu, (size s), J, A; split.
- by split.
- exact: hv.
- by split.
- split=> //; case he: (hessian_inertia c) => [e|] //=; have [Jf h] := hi e he; split=> //; exact: inertia_bordered.
split=> //; rewrite cl /constrained_verdict; case: (convex_lagrangian k) cq => [q|_] /=.
  move=> cq y cy; rewrite -(lagrangian_feasible (objective a) (multipliers F mu (size s)) cx).
  rewrite -(lagrangian_feasible (objective a) (multipliers F mu (size s)) cy) -!ll.
  exact: (@check_convex_sound F c an q wfc E vg cq y).
case he: (hessian_inertia c) => [e|] //.
have [Jf h] := hi e he; have ion := inertia_bordered As Jf h.
have sizes : (Z.to_nat (neg e) + (Z.to_nat (zero e) + Z.to_nat (pos e)))%N = (dimension c + size s)%N.
  by have [_ [U [Z [P []]]]] := fr e he.
case: ifP => [/and3P[/NateqP b0 _ /Z.eqb_spec z0]|_].
  rewrite z0 /= in h sizes; have hN := inertiaN h; rewrite borderedN in hN.
  have AsN : (- A)^T = - A by rewrite linearN /= As.
  have JfN : row_free (- J) by rewrite /row_free mxrank_opp.
  have [|mu' mu0 co] := on_definite AsN JfN hN _ b0; first by rewrite addnC.
  have critN : critical_on (fun y => - objective a y) (@constraints F c b (size s)) (point F c) (- multipliers F mu (size s)) (- A).
    split=> //; case: crit => _ /expansionN; rewrite oppr0; apply: expansion_ext => z.
    by rewrite /lagrangian_of linearN /= mulmxN opp00 opprB opprK addrC.
  have [|d dp hd] := coercive_min_on AsN Jf critN der mu0.
    by move=> w wJ; apply: co; rewrite linearN /= mulmxN wJ oppr0.
  by exists d => // w w0 wn cw; have := hd w w0 wn cw; rewrite ltr_oppl opprK.
case: ifP => [/NatltP a0|/negbT a0]; first exact: on_neg_vector a0 ion.
have a0' : (Z.to_nat (neg e) - size s)%N = 0%N by apply/eqP; rewrite -leqn0 leqNgt; apply: contra a0 => h'; apply/NatltP.
case: ifP => [/andP[sb' /Z.eqb_spec z0]|_] /=; last by rewrite a0' in ion; exact: on_semidefinite ion.
rewrite z0 /= in h sizes; have [mu' mu0 co] := on_definite As Jf h sizes a0'.
split; first exact: coercive_min_on crit der mu0 co.
case: (better c) sb' hb => //= w _ [cy lt] /(_ (vector F c (head [::] (rows_of w))) cy); by rewrite leNgt lt.
Qed.
