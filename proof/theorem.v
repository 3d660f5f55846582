(** The theorem: what the checker accepts, holds. *)
From Coq Require Import ZArith PeanoNat List.
From mathcomp Require Import ssreflect ssrfun ssrbool eqtype ssrnat seq fintype bigop.
From mathcomp Require Import order ssralg ssrnum ssrint ssrZ zmodp matrix mxalgebra ring.
From rankscape Require Import program parametricity scalars certificate asymptotics expansions landscape forms local evidence soundness bounds convexity traces checker.
From rankscape Require Import bounds_sound convexity_sound traces_sound decay decay_sound nearest nearest_sound.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import Order.Theory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Lemma is_lessP o : is_less o -> exists2 a, o = Some a & Z.lt a Z0.
Proof. by case: o => // a /Z.ltb_spec0; exists a. Qed.

Lemma is_greaterP o : is_greater o -> exists2 a, o = Some a & Z.lt Z0 a.
Proof. by case: o => // a /Z.ltb_spec0; exists a. Qed.

Lemma same_verdictP a b : same_verdict a b -> a = b.
Proof. by case: a; case: b. Qed.

Lemma Z_to_nat_pos z : Z.ltb 0 z -> (0 < Z.to_nat z)%N.
Proof. by case: z => // p _; rewrite /=; apply/ssrnat.ltP; exact: Pos2Nat.is_pos. Qed.

Lemma Z_to_nat_le z : Z.ltb 0 z = false -> Z.to_nat z = 0%N.
Proof. by case: z. Qed.

Lemma shown_sound (F : realFieldType) (c : certificate) b e : well_formed c -> shown c b = Some e -> @node_bound F c e.
Proof.
move=> wfc; case: b => [k ts|k t z|k t|k l t|k p t|k p t] /=.
- by case E: (convex_bound c k ts) => [q|] // [<-]; exact: convex_bound_sound E.
- by case E: (rank_bound c k t z) => [q|] // [<-]; exact: rank_bound_sound E.
- by case E: (gram_bound c k t) => [q|] // [<-]; exact: gram_bound_sound E.
- by case E: (decay_bound c k l t) => [q|] // [<-]; exact: decay_bound_sound E.
- by case E: (nearest_of_rank c k p t) => [q|] // [<-]; exact: nearest_of_rank_sound E.
by case E: (nearest_of_signature c k p t) => [q|] // [<-]; exact: nearest_of_signature_sound E.
Qed.

Lemma in_pmap (A B : Type) (f : A -> option B) s e : List.In e (pmap id [seq f a | a <- s]) -> exists a, f a = Some e.
Proof. by elim: s => //= a s ih; case E: (f a) => [b|] //= [<-|/ih//]; exists a. Qed.

Lemma check_global_sound (F : realFieldType) (c : certificate) s : well_formed c -> check_global c s ->
  forall y, ratF F (value c) <= @loss F c y.
Proof.
move=> wfc /andP[_ bb]; apply: (bounded_below_sound wfc _ bb) => e h.
by have [b eb] := in_pmap h; exact: shown_sound wfc eb.
Qed.

Theorem check_sound (F : realFieldType) (c : certificate) : check c -> holds F c.
Proof.
rewrite /check => /andP[wfc]; case E: (analyse c) => [a|] // /and5P[ev ec er ei].
case/and5P=> ed ea eb eg /same_verdictP cl.
have [d0 vx wd sy [ex gsize]] := analyse_sound F wfc E.
set A := (toF F (over a))^-1 *: toM F (dimension c) (dimension c) (hessian_part a) in ex.
set g := \row_i _ in ex.
have wv : wf_number (value c) by case/and5P: wfc => _ _ _ _ /andP[].
have ws : all wf_number (flatten (weights c)) by case/and5P: wfc => _ _ _ _ /andP[].
have hv : loss (point F c) = ratF F (value c).
  by rewrite vx (equal_numbersP F wv _ ev) //; exact/Z.ltb_spec0.
have As : A^T = A by case: ex.
have hc : critical c <-> g = 0.
  move/Bool.eqb_prop: ec => ->; split=> [v|g0].
    by apply/rowP => i; rewrite !mxE vanishesP // toF0 mul0r.
  apply/allP => z /(nthP Z0)[i]; rewrite gsize => lt <-; apply/Z.eqb_spec/esym/(@toF_eq0 F).
  have := congr1 (fun r : 'rV_(dimension c) => r 0 (Ordinal lt)) g0; rewrite !mxE => /eqP.
  by rewrite mulf_eq0 invr_eq0 [X in _ || X]negbTE ?orbF ?lt0r_neq0 ?toF_gt0 // => /eqP.
have fr e : hessian_inertia c = Some e ->
  framed A (Z.to_nat (neg e)) (Z.to_nat (zero e)) (Z.to_nat (pos e)).
  by move: ei; rewrite /check_inertias => + he; rewrite he => /and3P[hi _ _]; exact: check_inertia_sound.
have hh : @hessian_claims F c A.
  move: ei fr; rewrite /check_inertias /hessian_claims; case: (hessian_inertia c) => [e|]; last first.
    by case: (lambda_min c) => //; case: (lambda_max c).
  case/and3P=> hi lmin lmax /(_ e erefl) fr; split=> /=; first exact: framed_inertia.
    case: (lambda_min c) lmin => //= b lmin.
    apply: (check_least_sound wd sy d0 _ _ lmin fr) => [n0|]; last first.
      by move/NatltP => pn; exact: framed_nonpositive pn fr.
    case: (posnP (Z.to_nat (neg e))) fr => [->|np] fr; first exact: (framed_semidefinite As fr).
    by case: NatltP n0 => //; rewrite np.
  case: (lambda_max c) lmax => //= b lmax.
  have sy' : (toM F (dimension c) (dimension c) (negate (hessian_part a)))^T =
             toM F (dimension c) (dimension c) (negate (hessian_part a)).
    by rewrite toM_negate linearN /= sy.
  have AN : (toF F (over a))^-1 *: toM F (dimension c) (dimension c) (negate (hessian_part a)) = - A.
    by rewrite toM_negate scalerN.
  have frN := framedN fr; rewrite -AN in frN.
  have [] := check_least_sound (wide_negate wd) sy' d0 _ _ lmax frN.
  - move=> n0; case: (posnP (Z.to_nat (pos e))) frN => [->|np] frN'; last by case: NatltP n0 => //; rewrite np.
    by apply: (framed_semidefinite _ frN'); rewrite AN linearN /= As.
  - by move/NatltP => pn; exact: framed_nonpositive pn frN.
  have ropp q : ratF F (opposite q) = - ratF F q by rewrite /ratF /= toFN mulNr.
  rewrite !ropp AN => lo [w w0 hi']; split=> [u|]; first by have := lo u; rewrite formN mulNr ler_opp2.
  by exists w => //; move: hi'; rewrite formN mulNr ler_opp2.
have hd : on (descent c) (fun e => expands_along F c e /\ descends (@loss F c) (point F c)).
  case: (descent c) ed => //= e /is_lessP[z ez z0].
  by have [he [h _]] := check_curve_sound F wfc ez; split=> //; exact: h.
have ha : on (ascent c) (fun e => expands_along F c e /\ ascends (@loss F c) (point F c)).
  case: (ascent c) ea => //= e /is_greaterP[z ez z0].
  by have [he [_ h]] := check_curve_sound F wfc ez; split=> //; exact: h.
have hb : on (better c) (fun w => loss (vector F c (head [::] (rows_of w))) < loss (point F c)).
  case: (better c) eb => //= w /andP[wf lt]; have rf := rows_fit_sound wf.
  set q := head [::] (rows_of w) in lt *.
  have [dq sq] : all wf_number q /\ (size q <= dimension c)%N.
    rewrite /q; case: (rows_of w) rf => // r s /(_ r (mem_head _ _))[? ->]; by split.
  have [wq ->] := value_at_sound F wfc dq sq; rewrite hv; exact: less_numbersP.
have hg : on (global c) (fun _ => global_min (@loss F c) (point F c)).
  by case: (global c) eg => //= s cg y; rewrite hv; exact: check_global_sound wfc cg y.
split=> //; [|by exists g, A|].
  move=> r ir y; apply: is_reciprocal_sound => //; elim: (reciprocals c) er ir => //= q s ih /andP[rq rs] [<-|/ih]//; exact.
rewrite cl /verdict_of; case cr: (critical c) => /=; last first.
  by exists g, A; split=> //; apply/eqP => g0; move: hc; rewrite cr => [[_ /(_ g0)]].
have g0 : g = 0 by apply/hc.
rewrite g0 in ex.
have crit : critical_point (@loss F c) (point F c) by exists A.
case sg: (some (global c)); first by split=> //; case: (global c) sg hg.
case he: (hessian_inertia c) => [e|] //.
have fre := fr e he.
have sizes : (Z.to_nat (neg e) + (Z.to_nat (zero e) + Z.to_nat (pos e)))%N = dimension c.
  by case: fre => [U [Z [P []]]].
case: ifP => [/andP[/andP[/Z.eqb_spec p0 _] /Z.eqb_spec z0]|_] /=.
  split=> //; have := framedN fre; rewrite p0 z0 /= => frN.
  move: sizes frN; rewrite p0 z0 /= !addn0 => -> frN.
  have [mu mu0 co] := framed_coercive frN.
  by apply: (coercive_max ex mu0) => w; rewrite -formN.
case: ifP => [/Z_to_nat_pos np|/Z_to_nat_le n0] /=.
  have [w w0 wn] := framed_negative np fre.
  by exists A; split=> //; [exists w | exact: negative_descends ex wn].
have psd : forall w, 0 <= form A w by move: fre; rewrite n0 => fre0; exact: (framed_semidefinite As fre0).
case: ifP => [/andP[sb /Z.eqb_spec z0]|_] /=.
  split=> //.
    move: sizes fre; rewrite n0 z0 /= !add0n => -> fre.
    by have [mu mu0 co] := framed_coercive fre; exact: (coercive_min ex mu0 co).
  by case: (better c) sb hb => //= w _ lt /(_ (vector F c (head [::] (rows_of w)))); rewrite leNgt lt.
case: ifP => sd /=; last by exists A.
exists A; split=> //; by case: (descent c) sd hd => //= d _ [].
Qed.
