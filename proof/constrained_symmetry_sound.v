(** The theorem of points under constraints with a symmetry. *)
From Coq Require Import ZArith PeanoNat List.
From mathcomp Require Import ssreflect ssrfun ssrbool eqtype ssrnat seq fintype bigop.
From mathcomp Require Import order ssralg ssrnum ssrint ssrZ zmodp matrix mxalgebra ring.
From rankscape Require Import program parametricity scalars certificate convexity traces constrained symmetry constrained_symmetry.
From rankscape Require Import asymptotics expansions landscape forms local evidence bounds bounds_sound soundness convexity_sound.
From rankscape Require Import theorem traces_sound bordered feasible orbits quadratic_sound constrained_sound constrained_theorem.
From rankscape Require Import symmetry_sound feasible_orbits.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import Order.Theory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Local Arguments zero_scalar : simpl never.
Local Arguments Z.eqb : simpl never.

(** ** Inputs, when the last is free *)

Section Inputs.
Variables (T : Type) (o : operations T).

Lemma fill_rcons (y : nat -> T) k s i : fill o y k (rcons s i) = fill o y k s ++ fill o y (k + coordinates s) [:: i].
Proof.
elim: s k => [|[m|r c] s ih] k /=; first by rewrite addn0.
  by rewrite ih.
by rewrite ih addnA.
Qed.

Lemma size_fill (y : nat -> T) k s : size (fill o y k s) = size s.
Proof. by elim: s k => [|[m|r c] s ih] k //=; rewrite ih. Qed.

Lemma fill_ext (y z : nat -> T) k s : (forall i, (i < k + coordinates s)%N -> y i = z i) -> fill o y k s = fill o z k s.
Proof.
elim: s k => [|[m|r c] s ih] k //= h; first by rewrite ih.
congr (_ :: _); last by apply: ih => i lt; apply: h; rewrite addnA.
apply/eq_in_map => i; rewrite mem_iota add0n => /andP[_ ir]; apply/eq_in_map => j; rewrite mem_iota add0n => /andP[_ jc].
apply: h; apply: leq_trans (_ : (k + Z.to_nat r * Z.to_nat c <= _)%N); last by rewrite leq_add2l leq_addr.
rewrite -addnA ltn_add2l; apply: leq_trans (_ : (j * Z.to_nat r + Z.to_nat r <= _)%N); first by rewrite ltn_add2l.
by rewrite -mulSnr mulnC leq_mul2l jc orbT.
Qed.

End Inputs.

Lemma coordinates_rcons s i : coordinates (rcons s i) = (coordinates s + coordinates [:: i])%N.
Proof. by elim: s => [|[m|r c] s ih] //=; rewrite ih addnA. Qed.

Lemma F2_same (A B C : Type) (P : A -> bool) (R : A -> B -> Prop) (Q Q' : B -> C -> Prop) t fs v v' :
  (forall a b c c', R a b -> P a -> Q b c -> Q' b c' -> c = c') ->
  Forall2 R t fs -> all P t -> Forall2 Q fs v -> Forall2 Q' fs v' -> v = v'.
Proof.
move=> h; move=> H; elim: H v v' => [|a b t' fs' rab _ ih] v v' /=; first by move=> _ hv hv'; inversion hv; inversion hv'.
case/andP=> pa al hv hv'; inversion hv as [|? c ? vr qc qr]; inversion hv' as [|? c1 ? vr' qc' qr']; subst.
by congr (_ :: _); [exact: h rab pa qc qc' | exact: ih].
Qed.

Section Freed.
Variables (F : realFieldType) (k : constrained_symmetric).
Let c := lagrangian (under k).
Notation ops := (field_operations F).
Notation n := (dimension c).
Variables (a b : Z) (mu : rational_matrix) (m : nat).
Let c' := freed c mu.
Hypothesis wfc : well_formed c.
Hypothesis wfc' : well_formed c'.
Hypothesis pc : parts c = Some (a, b, mu).
Hypothesis last_ : multipliers_last c.
Hypothesis dim : dimension c' = (n + m)%N.

Let ins := take (size (inputs c)).-1 (inputs c).
Let free := Weight (Z.of_nat (size (entries mu))) (Z.of_nat (size (head [::] (entries mu)))).

(** The program over a field, at coordinates. *)
Definition results_of_coordinates (y : nat -> F) : seq (matrix F) :=
  eval ops (fill ops y 0 (inputs c')) (instructions c).

Lemma inputs_split : inputs c = rcons ins (Data mu).
Proof.
move: pc last_; rewrite /parts /multipliers_last.
case: (step _ _) => [[| | |a' d| | | | | |]|] //; case: (step _ d) => [[| | | | | |u b'| | |]|] //.
case: (step _ u) => [[q| | | | | | | | |]|] //; case E: (nth _ _ _) => [mm|] // [_ _ e] /NateqP s; subst mm.
rewrite /ins -s /= -[in LHS](cat_take_drop (Z.to_nat q) (inputs c)) -cats1; congr (_ ++ _).
by rewrite (drop_nth (Weight Z0 Z0)) -?s // E drop_oversize // -s.
Qed.

Lemma instructions_freed : exists u d q, [/\ step (instructions c) (loss_position c) = Some (Subtract a d),
  step (instructions c) d = Some (Dot u b), step (instructions c) u = Some (Input q) & Z.to_nat q = size ins].
Proof.
move: pc last_; rewrite /parts /multipliers_last.
case E1: (step _ _) => [[| | |a' d| | | | | |]|] //; case E2: (step _ d) => [[| | | | | |u b'| | |]|] //.
case E3: (step _ u) => [[q| | | | | | | | |]|] //; case E: (nth _ _ _) => [mm|] // [ea eb e] /NateqP s; subst.
by exists u, d, q; split=> //; rewrite /ins size_take -s /= ltnSn.
Qed.

Lemma dimension_ins : coordinates ins = n.
Proof. by rewrite /dimension inputs_split coordinates_rcons /= addn0. Qed.


Hypothesis column : all (fun r => Nat.eqb (size r) 1) (entries mu).
Hypothesis oa : one_by_one (results_at_point c) a.
Hypothesis sb : certificate.same_shape (shape_of (embed rationals mu)) (shaped (results_at_point c) b).
Hypothesis em : size (seq.flatten (position (results_at_point c) b)) = m.

Definition multiplier (i : nat) : Z := nth Z0 (nth [::] (entries mu) i) 0.

Lemma inputs_freed : inputs c' = rcons ins free. Proof. by []. Qed.

Lemma columns_freed : entries mu = [seq [:: multiplier i] | i <- iota 0 m].
Proof.
have sm : size (entries mu) = m.
  move: dim; rewrite /dimension inputs_freed coordinates_rcons dimension_ins /free /= !Nat2Z.id addn0 => /addnI.
  case: (entries mu) column => [|r l] /=; first by rewrite mul0n.
  by case/andP=> /NateqP -> _; rewrite muln1.
apply: (@eq_from_nth _ [::]); first by rewrite size_map size_iota.
move=> i im; rewrite (nth_map 0%N) ?size_iota -?sm // nth_iota // add0n /multiplier.
have /NateqP := all_nthP [::] column _ im.
by case: (nth _ _ _) => [|e [|e' l]].
Qed.

Lemma coordinate_row (y : 'rV[F]_n) (nu : 'rV[F]_m) i : (i < n)%N -> coordinate (row_mx y nu) i = coordinate y i.
Proof.
move=> h; have -> : coordinate (row_mx y nu) i = row_mx y nu 0 (lshift m (Ordinal h)) by rewrite -coordinateE.
by rewrite row_mxEl -coordinateE.
Qed.

Lemma coordinate_multiplier (y : 'rV[F]_n) (nu : 'rV[F]_m) (i : 'I_m) : coordinate (row_mx y nu) (n + i) = nu 0 i.
Proof. by have -> : coordinate (row_mx y nu) (n + i) = row_mx y nu 0 (rshift n i); [rewrite -coordinateE | rewrite row_mxEr]. Qed.

Lemma fill_freed (y : 'rV[F]_n) (nu : 'rV[F]_m) : fill ops (coordinate (row_mx y nu)) 0 (inputs c') =
  fill ops (coordinate y) 0 ins ++ [:: [seq [:: coordinate (row_mx y nu) (n + i)] | i <- iota 0 m]].
Proof.
rewrite inputs_freed fill_rcons add0n dimension_ins; congr (_ ++ _).
  by apply: fill_ext => i; rewrite add0n dimension_ins; exact: coordinate_row.
have one : (0 < m)%N -> size (head [::] (entries mu)) = 1%N.
  by move=> h; rewrite columns_freed -(prednK h).
have sm : size (entries mu) = m by rewrite columns_freed size_map size_iota.
rewrite /free /= !Nat2Z.id !sm; congr [:: _].
apply/eq_in_map => i; rewrite mem_iota add0n => /andP[_ im]; rewrite one ?(leq_ltn_trans _ im) //=.
by rewrite mul0n addn0.
Qed.

Lemma multipliers_freed (y : 'rV[F]_n) i : (i < m)%N ->
  coordinate (row_mx y (multipliers F mu m)) (n + i) = constant ops (multiplier i) (denominator mu).
Proof.
move=> im; rewrite -[i]/(nat_of_ord (Ordinal im)) coordinate_multiplier mxE /embed columns_freed.
have -> : seq.flatten [seq [seq constant ops e (denominator mu) | e <- r] | r <- [seq [:: multiplier j] | j <- iota 0 m]] =
  [seq constant ops (multiplier j) (denominator mu) | j <- iota 0 m].
  by elim: (iota 0 m) => //= j l ->.
by rewrite (nth_map 0%N) ?size_iota // nth_iota.
Qed.

Lemma fill_there (y : 'rV[F]_n) :
  fill ops (coordinate (row_mx y (multipliers F mu m))) 0 (inputs c') = fill ops (coordinate y) 0 (inputs c).
Proof.
rewrite fill_freed inputs_split fill_rcons /=; congr (_ ++ [:: _]).
rewrite /embed columns_freed -map_comp; apply/eq_in_map => i; rewrite mem_iota add0n => /andP[_ im] /=.
by rewrite multipliers_freed.
Qed.

Lemma independent_sound q (y : 'rV[F]_n) (nu nu' : 'rV[F]_m) : independent c' n q ->
  position (results_of_coordinates (coordinate (row_mx y nu))) q = position (results_of_coordinates (coordinate (row_mx y nu'))) q.
Proof.
move=> ind; pose W := 'rV[F]_m.
pose R (t : bool) (f : W -> F) := t -> forall u v, f u = f v.
pose x0 i (u : W) := coordinate (row_mx y u) i.
have wfp : wf (inputs c') (instructions c') by case/and5P: wfc'.
have h : Forall2 (Forall2 R) (position (eval truths (fill truths (fun i => Nat.ltb i n) 0 (inputs c')) (instructions c')) q)
   (position (eval (function_operations F W) (fill (function_operations F W) x0 0 (inputs c')) (instructions c')) q).
  apply: R_result => //.
  - by move=> f g f' g' h h' /andP[/h e /h' e'] u v /=; rewrite (e u v) (e' u v).
  - by move=> f g f' g' h h' /andP[/h e /h' e'] u v /=; rewrite (e u v) (e' u v).
  - by move=> f g f' g' h h' /andP[/h e /h' e'] u v /=; rewrite (e u v) (e' u v).
  by move=> i /NatltP lt u v; rewrite /x0 !coordinate_row.
have at_ u : Forall2 (Forall2 (fun (f : W -> F) v => f u = v))
   (position (eval (function_operations F W) (fill (function_operations F W) x0 0 (inputs c')) (instructions c')) q)
   (position (results_of_coordinates (coordinate (row_mx y u))) q).
  by apply: (@R_result _ _ (function_operations F W) ops (fun f v => f u = v)) => //=; move=> *; subst.
move: ind h (at_ nu) (at_ nu'); rewrite /independent.
move: (position (eval truths _ _) q) (position (eval (function_operations F W) _ _) q) => t fs al h.
move: (position _ q) (position _ q) => v v'.
apply: (F2_same (P := all id) _ h al) => r g u u' rg ar; apply: (F2_same (P := id) _ rg ar) => t1 g1 w w' rg1 t1t <- <-.
exact: rg1.
Qed.

Lemma same_sizes (U V : Type) (u u' : matrix U) (v : matrix V) : [seq size r | r <- u] = [seq size r | r <- u'] ->
  Forall2 (Forall2 (fun _ _ => True)) u v -> Forall2 (Forall2 (fun _ _ => True)) u' v.
Proof.
move=> e h; elim: h u' e => [|r s u1 v1 rs _ ih] [|r' u'] //= [er e]; constructor; last exact: ih.
elim: rs r' er => [|a1 b1 r1 s1 _ _ ihr] [|a' r'] //= [er]; constructor=> //; exact: ihr.
Qed.

Hypothesis ia : independent c' n a.
Hypothesis ib : independent c' n b.

Definition freed_loss N (q : 'rV[F]_N) : F := value_of ops (inputs c') (instructions c') (loss_position c') (coordinate q).

Lemma freed_lossE (q : 'rV[F]_(n + m)) :
  freed_loss q = lagrangian_of (objective a) (@constraints F c b m) (rsubmx q) (lsubmx q).
Proof.
rewrite -[q]hsubmxK; move: (lsubmx q) (rsubmx q) => y nu; rewrite /lagrangian_of row_mxKl row_mxKr.
rewrite /freed_loss /value_of -/(results_of_coordinates (coordinate (row_mx y nu))).
have there r : independent c' n r -> position (results_of_coordinates (coordinate (row_mx y nu))) r = position (results_at y) r.
  by move/(independent_sound y nu (multipliers F mu m)) ->; rewrite /results_of_coordinates fill_there.
have [v ev] := one_by_one_sound (results_shape wfc y) oa.
have [u [d [k0 [E1 E2 E3 kE]]]] := instructions_freed.
pose R := results_of_coordinates (coordinate (row_mx y nu)).
rewrite -[loss_position c']/(loss_position c).
rewrite [position _ (loss_position c)](convexity_sound.step_sound ops (fill ops (coordinate (row_mx y nu)) 0 (inputs c')) E1) /= -/R.
rewrite [position R d](convexity_sound.step_sound ops (fill ops (coordinate (row_mx y nu)) 0 (inputs c')) E2) /= -/R.
rewrite [position R u](convexity_sound.step_sound ops (fill ops (coordinate (row_mx y nu)) 0 (inputs c')) E3) /= -/R.
rewrite (there a ia) (there b ib) ev /scalar /= /objective ev /scalar /=; congr (_ - _).
pose M := [seq [:: coordinate (row_mx y nu) (n + i)] | i <- iota 0 m].
have -> : position (fill ops (coordinate (row_mx y nu)) 0 (inputs c')) k0 = M.
  by rewrite fill_freed /position kE nth_cat size_fill ltnn subnn.
have ms : Forall2 (Forall2 (fun _ _ => True)) M (position (results_at y) b).
  apply: same_sizes (multipliers_shape wfc pc sb y); rewrite /M /embed columns_freed -!map_comp.
  by apply: eq_map.
have fM : seq.flatten M = [seq coordinate (row_mx y nu) (n + i) | i <- iota 0 m] by rewrite /M; elim: (iota 0 m) => //= i l ->.
rewrite (dot_flatten ms) (@dot_nth F m) ?fM ?size_map ?size_iota //; last first.
  by rewrite (constraints_size wfc b y) em.
rewrite mxE; apply: eq_bigr => i _; rewrite !mxE (nth_map 0%N) ?size_iota // nth_iota // add0n coordinate_multiplier mulrC //.
Qed.

(** ** The fields *)

Variable e : symmetry.
Variable kernel : matrix Z.
Hypothesis good : check_along c' e kernel.
Notation z := (size (fields e)).

Definition freed_rows N (y : 'rV[F]_N) : 'M[F]_(z, N) :=
  \matrix_(l, i) velocity ops N (coordinate y) (nth [::] (fields e) l) i.

Notation x0 := (row_mx (point F c) (multipliers F mu m)).

Lemma freed_pointE : \row_(i < n + m) ratF F (coordinate_of (flatten (weights c')) i) = x0.
Proof.
have fw : flatten (weights c') = flatten (weights c) ++ [seq (multiplier i, denominator mu) | i <- iota 0 m].
  rewrite /flatten /= map_rcons -cats1 flatten_cat /= cats0; congr (_ ++ _).
  have sm : size (entries mu) = m by rewrite columns_freed size_map size_iota.
  have [m0|mp] := posnP m.
    by rewrite m0; case: (entries mu) sm => //=; rewrite m0.
  have -> : size (head [::] (entries mu)) = 1%N by rewrite columns_freed -(prednK mp).
  by rewrite /= cats0 columns_freed -map_comp.
have sp : size (flatten (weights c)) = n by case/and5P: wfc => _ _ _ /NateqP.
apply/rowP => i; rewrite mxE fw /coordinate_of nth_cat sp; case: (split_ordP i) => j ->.
  by rewrite row_mxEl mxE.
rewrite /= addKn row_mxEr (nth_map 0%N) ?size_iota // nth_iota // add0n.
by rewrite -(coordinate_multiplier (point F c)) multipliers_freed.
Qed.

Lemma freed_apart (y : 'rV[F]_n) (nu nu' : 'rV[F]_m) : moves_apart n (n + m) (fields e) ->
  lsubmx (freed_rows (row_mx y nu)) = lsubmx (freed_rows (row_mx y nu')).
Proof.
move=> /all_nthP ap; apply/matrixP => l i; rewrite !mxE /=; have := ap [::] l (ltn_ord l); set f := nth _ _ _ => /allP af.
rewrite /velocity; congr (total _ _); have : forall t, t \in f -> t \in f by [].
elim: {-2}f => //= t f' ih sub; have {}ih := ih (fun u h => sub u (mem_behead (s := t :: f') h)).
case: ifP => //= /andP[_ /NateqP ti]; rewrite ih; congr (_ * _ :: _).
have := af t (sub t (mem_head _ _)); rewrite ti; case/or3P=> [/Nat.leb_spec0/ssrnat.leP|/NatltP lt|/NateqP ->].
- by rewrite leqNgt ltn_ord.
- by rewrite !coordinate_row.
by rewrite Nat.eqb_refl.
Qed.

End Freed.

Lemma freed_constant (F : archiFieldType) (k : constrained_symmetric) (mu : rational_matrix) (m : nat) : let c := lagrangian (under k) in
  well_formed (freed c mu) -> dimension (freed c mu) = (dimension c + m)%N ->
  forall (e : symmetry) kernel, check_along (freed c mu) e kernel -> forall r : F,
  exists C d : F, [/\ 0 <= C, 0 < d & forall (y : 'rV[F]_(dimension c + m)) (s : 'rV_(size (fields e))) t,
    norm1 y <= r -> norm1 s <= r -> `|t| <= d -> `|freed_loss k mu (y + t *: (s *m freed_rows e y)) - freed_loss k mu y| <= C * t ^+ 2].
Proof.
move=> c wfc' dim e kernel good r.
suff: forall N, N = dimension (freed c mu) -> exists C d : F, [/\ 0 <= C, 0 < d & forall (y : 'rV[F]_N) (s : 'rV_(size (fields e))) t,
  norm1 y <= r -> norm1 s <= r -> `|t| <= d -> `|freed_loss k mu (y + t *: (s *m freed_rows e y)) - freed_loss k mu y| <= C * t ^+ 2].
  by apply.
move=> N ->; have [C [d [C0 d0 h]]] := constant_along wfc' good r; exists C, d; split=> // y s t yr sr td; exact: h.
Qed.

Lemma freed_near (F : archiFieldType) (k : constrained_symmetric) (mu : rational_matrix) (m : nat) : let c := lagrangian (under k) in
  dimension (freed c mu) = (dimension c + m)%N -> forall e : symmetry,
  exists B : F, 0 <= B /\ forall y w : 'rV[F]_(dimension c + m), mass (freed_rows e (y + w) - freed_rows e y) <= B * norm1 w.
Proof.
move=> c dim e; suff: forall N, N = dimension (freed c mu) ->
  exists B : F, 0 <= B /\ forall y w : 'rV[F]_N, mass (freed_rows e (y + w) - freed_rows e y) <= B * norm1 w.
  by apply.
by move=> N ->; have [B [B0 h]] := @rows_near F (freed c mu) e; exists B; split=> // y w; exact: h.
Qed.

Lemma freed_at_point (F : archiFieldType) (k : constrained_symmetric) a b mu m : let c := lagrangian (under k) in
  well_formed c -> well_formed (freed c mu) -> parts c = Some (a, b, mu) -> multipliers_last c ->
  dimension (freed c mu) = (dimension c + m)%N -> all (fun r => Nat.eqb (size r) 1) (entries mu) ->
  forall (e : symmetry) kernel, check_along (freed c mu) e kernel -> forall d : F,
  let x0 := row_mx (point F c) (multipliers F mu m) in
  row_free (freed_rows e x0) /\ freed_rows e x0 *m (d *: toM F (dimension c + m) (dimension c + m) kernel) = 0.
Proof.
move=> c wfc wfc' pc la dim col e kernel good d x0; rewrite /x0 -(freed_pointE F wfc pc la dim col).
suff: forall N, N = dimension (freed c mu) -> let q : 'rV[F]_N := \row_i ratF F (coordinate_of (flatten (weights (freed c mu))) i) in
  row_free (freed_rows e q) /\ freed_rows e q *m (d *: toM F N N kernel) = 0 by apply.
move=> N -> q; have [T [XT XA]] := symmetry_at_point wfc' good d.
by split=> //; apply/row_freeP; exists T.
Qed.

(** ** Maxima are minima of the opposites *)

Section Maximum.
Variables (F : archiFieldType) (n m z a : nat) (f : 'rV[F]_n -> F) (c : 'rV[F]_n -> 'rV[F]_m) (x : 'rV[F]_n) (mu : 'rV[F]_m).
Variables (A : 'M[F]_n) (J : 'M[F]_(m, n)) (X : 'rV[F]_(n + m) -> 'M[F]_(z, n + m)) (B : F).
Hypothesis crit : critical_on f c x mu A.
Hypothesis der : derivative_on c x J.
Hypothesis Jf : row_free J.
Hypothesis K : inertia (bordered A J) a z m.
Notation x0 := (row_mx x mu).
Hypothesis XK : X x0 *m bordered A J = 0.
Hypothesis Xf : row_free (X x0).
Hypothesis B0 : 0 <= B.
Hypothesis lipschitz : forall y w, mass (X (y + w) - X y) <= B * norm1 w.
Hypothesis apart : forall y nu nu', lsubmx (X (row_mx y nu)) = lsubmx (X (row_mx y nu')).
Hypothesis constant : forall r, exists C d : F, [/\ 0 <= C, 0 < d & forall y (s : 'rV_z) t,
  norm1 y <= r -> norm1 s <= r -> `|t| <= d -> `|free_lagrangian f c (y + t *: (s *m X y)) - free_lagrangian f c y| <= C * t ^+ 2].

Theorem orbit_max_on : local_max_on f c x.
Proof.
have As : A^T = A by case: crit => _ [].
have AsN : (- A)^T = - A by rewrite linearN /= As.
have JfN : row_free (- J) by rewrite /row_free mxrank_opp.
have KN := inertiaN K; rewrite borderedN in KN.
have ion := inertia_bordered AsN JfN KN; rewrite subnn in ion.
have critN : critical_on (fun y => - f y) (fun y => - c y) x mu (- A).
  case: crit => cx /expansionN; rewrite oppr0 => -[s [C [d [d0 h]]]]; split; first by rewrite cx oppr0.
  have e y : lagrangian_of (fun y => - f y) (fun y => - c y) mu y = - lagrangian_of f c mu y.
    by rewrite /lagrangian_of mulNmx opp00 opprB opprK addrC.
  by split=> //; exists C, d; split=> // w /h; rewrite !e.
have derN : derivative_on (fun y => - c y) x (- J).
  case: der => C [d [d0 h]]; exists C, d; split=> // w /h.
  have -> : - c (x + w) - - c x - w *m (- J)^T = - (c (x + w) - c x - w *m J^T).
    by rewrite [(- J)^T]linearN /= mulmxN !opprD !opprK.
  by rewrite norm1N.
have XKN : X x0 *m bordered (- A) (- J) = 0 by rewrite -borderedN mulmxN XK oppr0.
have [|d d0 h] := orbit_min_on critN derN JfN ion XKN Xf B0 lipschitz apart.
  move=> r; have [C [d [C0 d0 h]]] := constant r; exists C, d; split=> // y s t yr sr td; have := h y s t yr sr td.
  have e q : free_lagrangian (fun y => - f y) (fun y => - c y) q = - free_lagrangian f c q.
    by rewrite /free_lagrangian mulNmx opp00 opprB opprK addrC.
  by rewrite !e -opprD normrN.
exists d => // w wd cw; have := h w wd; rewrite cw oppr0 => /(_ erefl).
by rewrite ler_opp2.
Qed.

End Maximum.

(** ** The theorem *)

(** Over archimedean fields. f is the loss, g are the constraints, x is the point. *)
Definition holds_constrained_symmetric (F : archiFieldType) (k : constrained_symmetric) : Prop :=
  let c := lagrangian (under k) in
  let x := point F c in
  holds_constrained F (under k) /\
  forall a b mu m, parts c = Some (a, b, mu) ->
    (forall y : 'rV[F]_(dimension c), size (seq.flatten (position (results_at y) b)) = m) ->
    let f := @objective F c a in
    let g := @constraints F c b m in
    match ending k with
    | LocalMaximizer => local_max_on f g x
    | LocalMinimizer => local_min_on f g x /\ ~ global_min_on f g x
    | SecondOrder => local_min_on f g x
    | GlobalMinimizer => global_min_on f g x
    | _ => False
    end.

Theorem check_constrained_symmetric_sound (F : archiFieldType) (k : constrained_symmetric) :
  check_constrained_symmetric k -> holds_constrained_symmetric F k.
Proof.
rewrite /check_constrained_symmetric /holds_constrained_symmetric; set c := lagrangian (under k).
case/andP=> ck; have H := check_constrained_sound F ck.
move: (ck); rewrite /check_constrained -/c => /andP[wfc].
case pc: (parts c) => [[[a b] mu]|] //; case E: (analyse c) => [an|] //; case ds: (derivative c b) => [s|] //.
case/and5P=> cr vg ev oa /and5P[sb vb rg ci /and3P[eb cq /same_verdictP cl]].
case he: (hessian_inertia c) => [e|] //.
case/and5P=> la col wfc' /NateqP dim /and5P[ia ib ap good /and3P[/NateqP ze sg /same_verdictP ce]].
have [d0 vx wd sy [ex gsize]] := analyse_sound F wfc E.
set A := (toF F (over an))^-1 *: toM F (dimension c) (dimension c) (hessian_part an) in ex.
have g0 : \row_i (toF F (nth Z0 (gradient_part an) i) / toF F (over an)) = 0 :> 'rV_(dimension c).
  by apply/rowP => i; rewrite !mxE vanishesP // toF0 mul0r.
rewrite {}g0 in ex.
have As : A^T = A by case: ex.
have ws : all wf_number (flatten (weights c)) by case/and5P: wfc => _ _ _ _ /andP[].
have sw : (size (flatten (weights c)) <= dimension c)%N by case/and5P: wfc => _ _ _ /NateqP->.
have em := derivative_size wfc ds.
have ll := @loss_lagrangian F c wfc a b mu pc oa sb; rewrite em in ll.
have cs := @constraints_size F c wfc b; rewrite em in cs.
have cx : @constraints F c b (size s) (point F c) = 0.
  by have := @constraints_zero F c wfc b; rewrite em; exact.
have crit : critical_on (objective a) (@constraints F c b (size s)) (point F c) (multipliers F mu (size s)) A.
  by split=> //; exact: expansion_ext ll ex.
set J := jacobian F c s.
have der : derivative_on (@constraints F c b (size s)) (point F c) J by exact: (@derivative_sound F c wfc b s ds).
move: ci; rewrite he /= => /andP[sr cb].
have Jf : row_free J.
  by case: (regular (under k)) rg sr => //= r rs _; exact: (@regular_sound F c wfc b s ds r).
have fr := @check_bordered_sound F c wfc b s ds an e d0 sy cb; rewrite -/A -/J in fr.
have K := framed_inertia (bordered_sym J As) fr; rewrite ze in K.
case/and4P: cb => /Z.ltb_spec0 D0 dD sD _.
have KE := @bordered_hessianE F c wfc b s ds _ _ (hessian_part an) d0 dD sD; rewrite -/A -/J in KE.
set D := common_denominator _ _ in D0 dD sD KE good.
have [Xf XK] := @freed_at_point F k a b mu (size s) wfc wfc' pc la dim col (orbit k) _ good (toF F D)^-1.
rewrite -/c KE scalerA mulVf ?lt0r_neq0 ?toF_gt0 // scale1r in XK.
have [B [B0 near]] := @freed_near F k mu (size s) dim (orbit k).
have apart := @freed_apart F k (size s) (orbit k) _ _ _ ap.
have LE q : freed_loss k mu q = free_lagrangian (objective a) (@constraints F c b (size s)) q.
  exact: (@freed_lossE F k a b mu (size s) wfc wfc' pc la dim col oa sb em ia ib).
have con r := @freed_constant F k mu (size s) wfc' dim (orbit k) _ good r.
have con' r : exists C d : F, [/\ 0 <= C, 0 < d & forall (y : 'rV[F]_(dimension c + size s)) (t : 'rV_(size (fields (orbit k)))) u,
    norm1 y <= r -> norm1 t <= r -> `|u| <= d ->
    `|free_lagrangian (objective a) (@constraints F c b (size s)) (y + u *: (t *m freed_rows (orbit k) y)) -
      free_lagrangian (objective a) (@constraints F c b (size s)) y| <= C * u ^+ 2].
  have [C [d [C0 dp h]]] := con r; exists C, d; split=> // y t u yr tr ud; rewrite -!LE; exact: h.
have [mn mp] := bordered_dimensions As Jf K.
have ion := inertia_bordered As Jf K.
have lmin : (Z.to_nat (neg e) - size s)%N = 0%N -> local_min_on (objective a) (@constraints F c b (size s)) (point F c).
  move=> n0; rewrite n0 in ion; exact: (orbit_min_on crit der Jf ion XK Xf B0 near apart con').
have lmax : (Z.to_nat (pos e) - size s)%N = 0%N -> local_max_on (objective a) (@constraints F c b (size s)) (point F c).
  move=> p0; have ep : Z.to_nat (pos e) = size s by apply/eqP; rewrite eqn_leq mp -subn_eq0 p0.
  rewrite ep in K; exact: (orbit_max_on crit der Jf K XK Xf B0 near apart con').
split=> // a' b' mu' m [ea eb' emu] sizem; subst a' b' mu'.
have em' : m = size s by rewrite -(sizem (point F c)) cs.
subst m.
have glob : GlobalMinimizer = constrained_verdict (size s) (under k) -> global_min_on (objective a) (@constraints F c b (size s)) (point F c).
  case: H => a1 [b1 [mu1 [m1 [J1 [A1 [[_ pc1 sz1] _ _ _ [_ mean]]]]]]].
  rewrite -/c pc in pc1; case: pc1 => ea1 eb1 _; subst a1 b1.
  have em1 : m1 = size s by rewrite -(sz1 (point F c)) cs.
  subst m1; move=> g; move: mean; rewrite -/c cl -g; exact.
have nglob : some (better c) -> ~ global_min_on (objective a) (@constraints F c b (size s)) (point F c).
  case: H => a1 [b1 [mu1 [m1 [J1 [A1 [[_ pc1 sz1] _ _ _ [bet _]]]]]]].
  rewrite -/c pc in pc1; case: pc1 => ea1 eb1 _; subst a1 b1.
  have em1 : m1 = size s by rewrite -(sz1 (point F c)) cs.
  subst m1; move: bet; rewrite -/c; case: (better c) => //= w [cy lt] _ /(_ _ cy); by rewrite leNgt lt.
have sg' : (Z.to_nat (neg e) - size s)%N = 0%N \/ (Z.to_nat (pos e) - size s)%N = 0%N.
  by case/orP: sg => /NateqP; [left | right].
have rest : match (if Nat.eqb (less_constraints (size s) (neg e)) 0 then if some (better c) then LocalMinimizer else SecondOrder
                   else LocalMaximizer) with
    | LocalMaximizer => local_max_on (objective a) (@constraints F c b (size s)) (point F c)
    | LocalMinimizer => local_min_on (objective a) (@constraints F c b (size s)) (point F c) /\
                        ~ global_min_on (objective a) (@constraints F c b (size s)) (point F c)
    | SecondOrder => local_min_on (objective a) (@constraints F c b (size s)) (point F c)
    | _ => False
    end.
  case: NateqP => [n0|n0]; last by apply: lmax; case: sg'.
  by case sbe: (some (better c)); [split; [exact: lmin | exact: nglob] | exact: lmin].
rewrite /= ce /ending_verdict -/c he.
case cv: (constrained_verdict (size s) (under k)) => //; try by move: rest; case: ifP => _ //; case: ifP.
- by exfalso; move: cv; rewrite /constrained_verdict -/c he; case: ifP => // _; case: ifP => // _; case: ifP => // _; case: ifP.
- by apply: glob; rewrite cv.
- by exfalso; move: cv; rewrite /constrained_verdict -/c he; case: ifP => // _; case: ifP => // _; case: ifP => // _; case: ifP.
by exfalso; move: cv; rewrite /constrained_verdict -/c he; case: ifP => // _; case: ifP => // _; case: ifP => // _; case: ifP.
Qed.
