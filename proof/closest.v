(** How near a matrix of bounded rank, in weighted squares, or of bounded signature, comes to a given one: lower bounds by matrices of
    which only forms are known to be nowhere negative. No square root is taken, and no eigenvalue. *)
From mathcomp Require Import ssreflect ssrfun ssrbool eqtype ssrnat seq fintype bigop.
From mathcomp Require Import order ssralg ssrnum zmodp matrix mxalgebra ring.
From rankscape Require Import landscape forms kyfan.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import Order.Theory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Section Closest.
Variable F : realFieldType.

Definition nonneg n (A : 'M[F]_n) : Prop := forall w, 0 <= form A w.

Lemma nonneg_frame m n (A : 'M[F]_n) (V : 'M[F]_(m, n)) : nonneg A -> nonneg (V *m A *m V^T).
Proof. by move=> h w; rewrite -form_frame. Qed.

Lemma row_square_ge0 n (u : 'rV[F]_n) : 0 <= (u *m u^T) 0 0.
Proof. by rewrite mxE sumr_ge0 // => i _; rewrite mxE -expr2 sqr_ge0. Qed.

Lemma nonneg_square m n (V : 'M[F]_(m, n)) : nonneg (V *m V^T).
Proof. by move=> w; rewrite /form mulmxA -mulmxA -trmx_mul; exact: row_square_ge0. Qed.

(** ** Products *)

Lemma bilinear_sym n (A : 'M[F]_n) (u v : 'rV[F]_n) : A^T = A -> (v *m A *m u^T) 0 0 = (u *m A *m v^T) 0 0.
Proof. by move=> s; rewrite -[v *m A *m u^T]trmxK mxE !trmx_mul trmxK s mulmxA. Qed.

Lemma dot_sym n (u v : 'rV[F]_n) : (u *m v^T) 0 0 = (v *m u^T) 0 0.
Proof. by rewrite !mxE; apply: eq_bigr => i _; rewrite !mxE mulrC. Qed.

Lemma form_plus n (A : 'M[F]_n) (u v : 'rV[F]_n) : A^T = A ->
  form A (u + v) = form A u + 2%:R * (u *m A *m v^T) 0 0 + form A v.
Proof.
move=> s; rewrite /form [(u + v)^T]linearD /= !mulmxDl !mulmxDr !mxE.
have := bilinear_sym u v s; rewrite !mxE => ->; ring.
Qed.

Lemma form_shift n (A : 'M[F]_n) (u v : 'rV[F]_n) t : A^T = A ->
  form A (t *: u + v) = t ^+ 2 * form A u + 2%:R * (t * (u *m A *m v^T) 0 0) + form A v.
Proof. by move=> s; rewrite form_plus // form_scale -!scalemxAl [X in 2%:R * X]mxE. Qed.

(** Where the form is 0, so is the product with the matrix. *)
Lemma form_eq0 n (A : 'M[F]_n) (u : 'rV[F]_n) : A^T = A -> nonneg A -> form A u = 0 -> u *m A = 0.
Proof.
move=> s h u0; apply: square_eq0; set v := u *m A.
have q0 := row_square_ge0 v; set q := (v *m v^T) 0 0 in q0 *.
apply/eqP; rewrite eq_le q0 andbT leNgt; apply/negP => qp.
have qn : q != 0 by exact: lt0r_neq0.
pose t := - (form A v + 1) / (2%:R * q); have := h (t *: u + v).
rewrite (form_shift _ _ _ s) u0 mulr0 add0r -/v -/q.
have -> : 2%:R * (t * q) = - (form A v + 1) by rewrite /t; field.
by rewrite opprD addrAC addNr add0r oppr_ge0 ler10.
Qed.

Lemma trace_product n (A B : 'M[F]_n) : A^T = A -> nonneg A -> nonneg B -> 0 <= \tr (A *m B).
Proof.
move=> + + hB; have [k] := ubnP #|[pred i | A i i != 0]|; elim: k A => // k ih A; rewrite ltnS => lt As hA.
have unit_form i : form A (delta_mx 0 i) = A i i by rewrite /form -rowE trmx_delta -colE !mxE.
have [i /= Ai|none] := pickP [pred i | A i i != 0]; last first.
  have -> : A = 0.
    apply/row_matrixP => i; rewrite row0 rowE; apply: form_eq0 => //; rewrite unit_form.
    by have := none i; rewrite /= => /negbFE/eqP.
  by rewrite mul0mx mxtrace0.
have a0 : 0 < A i i by rewrite lt_neqAle eq_sym Ai -unit_form; exact: hA.
pose a := A i i; pose r := row i A; rewrite -/a in a0.
have an := lt0r_neq0 a0.
have sym j l : A j l = A l j by rewrite -{1}As mxE.
pose A' := A - a^-1 *: (r^T *m r).
have As' : A'^T = A' by rewrite /A' linearB linearZ /= trmx_mul trmxK As.
have cross (w : 'rV[F]_n) : ((delta_mx 0 i : 'rV[F]_n) *m A *m w^T) 0 0 = (w *m r^T) 0 0.
  by rewrite -rowE -/r dot_sym.
have formA' w : form A' w = form A w - a^-1 * ((w *m r^T) 0 0) ^+ 2.
  rewrite /A' formB formZ; congr (_ - _ * _); rewrite /form mulmxA -mulmxA mxE big_ord1 expr2; congr (_ * _).
  exact: dot_sym.
have hA' : nonneg A'.
  move=> w; rewrite formA'; have := hA ((- (a^-1 * (w *m r^T) 0 0)) *: delta_mx 0 i + w).
  rewrite (form_shift _ _ _ As) unit_form cross -/a.
  by congr (_ <= _); move: (form A w) ((w *m r^T) 0 0) => x y; field.
have diag j : A' j j = A j j - a^-1 * A i j ^+ 2 by rewrite /A' !mxE big_ord1 !mxE expr2.
have lt' : (#|[pred j | A' j j != 0%R]| < k)%N.
  apply: leq_trans lt; apply: proper_card; apply/properP; split.
    apply/subsetP => j; rewrite !inE diag; apply: contra_neq => Aj.
    have : (delta_mx 0 j : 'rV[F]_n) *m A = 0 by apply: form_eq0; rewrite ?unit_form.
    by rewrite -rowE => /rowP/(_ i); rewrite !mxE sym => ->; rewrite Aj expr0n mulr0 subr0.
  by exists i; rewrite !inE ?Ai // diag -/a expr2 mulKf // subrr eqxx.
have eA : A = A' + a^-1 *: (r^T *m r) by rewrite subrK.
rewrite eA mulmxDl linearD /= addr_ge0 //; first exact: ih.
rewrite -scalemxAl linearZ /= mulr_ge0 ?invr_ge0 ?(ltW a0) // -mulmxA mxtrace_mulC.
have := hB r; rewrite /form; congr (_ <= _); by rewrite /mxtrace big_ord1.
Qed.

(** ** Projections that are symmetric for a weight *)

Lemma weighted_projection m n (A : 'M[F]_m) (X : 'M[F]_(m, n)) : A^T = A -> nonneg A ->
  exists Z : 'M[F]_m, [/\ Z^T = Z, nonneg Z, Z *m A *m Z = Z, A *m Z *m A *m X = A *m X &
    exists2 K, Z = X *m K & \tr (Z *m A) = (\rank (X^T *m A))%:R].
Proof.
move=> As hA; pose B := X^T *m A.
have : (row_base B <= B)%MS by rewrite eq_row_base submx_refl.
have : (B <= row_base B)%MS by rewrite eq_row_base submx_refl.
move: (row_base B) (row_base_free B) => C Cf /submxP[D eB] /submxP[E eC].
have [U eU] : exists U, U = X *m E^T by exists (X *m E^T).
have UA : U^T *m A = C by rewrite eU trmx_mul trmxK -mulmxA.
have [M M0] : exists M, M = C *m U by exists (C *m U).
have eM : M = U^T *m A *m U by rewrite UA.
have Ms : M^T = M by rewrite eM !trmx_mul trmxK As mulmxA.
have Mu : M \in unitmx.
  rewrite -row_free_unit; apply: free_from_kernel => u uM; apply: (row_free_eq0 Cf); rewrite -UA mulmxA.
  apply: form_eq0 => //; rewrite /form trmx_mul trmxK -[u *m U^T *m A]mulmxA UA !mulmxA -[u *m C *m U]mulmxA -M0 uM.
  by rewrite !mul0mx mxE.
have Mis : (invmx M)^T = invmx M by rewrite trmx_inv Ms.
pose Z := U *m invmx M *m U^T.
have ZA : Z *m A = U *m invmx M *m C by rewrite /Z -mulmxA UA.
have Zs : Z^T = Z by rewrite /Z !trmx_mul trmxK Mis mulmxA.
have BZA : B *m (Z *m A) = B by rewrite ZA {1}eB !mulmxA -[D *m C *m U]mulmxA -M0 mulmxK // -eB.
exists Z; split=> //.
- have e : Z = (U *m invmx M) *m M *m (U *m invmx M)^T by rewrite /Z trmx_mul Mis !mulmxA mulmxKV.
  rewrite e; apply: nonneg_frame; rewrite eM; have := nonneg_frame U^T hA; by rewrite trmxK.
- by rewrite ZA /Z !mulmxA -[_ *m C *m U]mulmxA -M0 mulmxKV.
- apply: trmx_inj; rewrite 2!trmx_mul [(A *m Z)^T]trmx_mul Zs [(A *m X)^T]trmx_mul As mulmxA; exact: BZA.
exists (E^T *m invmx M *m U^T); first by rewrite /Z {1}eU !mulmxA.
by rewrite ZA mxtrace_mulC mulmxA -M0 mulmxV // mxtrace1.
Qed.

(** ** Bounded rank *)

Section Rank.
Variables (m n : nat) (A T : 'M[F]_m) (B : 'M[F]_n) (N X : 'M[F]_(m, n)) (c : F) (k : nat).
Hypotheses (As : A^T = A) (hA : nonneg A) (Bs : B^T = B) (hB : nonneg B) (Ts : T^T = T) (hT : nonneg T) (c0 : 0 <= c).
Hypothesis cover : nonneg (A *m T *m A + c *: A - A *m N *m B *m N^T *m A).

Theorem closest_rank : (\rank X <= k)%N ->
  - (\tr (T *m A) + c * k%:R) <= \tr (A *m X *m B *m X^T) - 2%:R * \tr (A *m N *m B *m X^T).
Proof.
move=> rk; have [Z [Zs hZ ZAZ AZAX [_ _ trZ]]] := weighted_projection X As hA.
have trk : \tr (Z *m A) <= k%:R.
  by rewrite trZ ler_nat; apply: leq_trans rk; apply: leq_trans (mxrankM_maxl _ _) _; rewrite mxrank_tr.
pose V := X - Z *m A *m N.
have h1 : 0 <= \tr (V^T *m A *m V *m B).
  by apply: trace_product => //; [rewrite !trmx_mul trmxK As mulmxA | rewrite -{2}(trmxK V); exact: nonneg_frame].
have h2 := trace_product Zs hZ cover.
have h3 : 0 <= \tr (T *m (A - A *m Z *m A)).
  apply: trace_product => //; have -> : A - A *m Z *m A = (1%:M - A *m Z) *m A *m (1%:M - A *m Z)^T.
    rewrite [(1%:M - _)^T]linearB /= trmx1 trmx_mul As Zs mulmxBl mul1mx mulmxBr mulmx1 mulmxBl.
    have e : A *m Z *m A *m Z = A *m Z by rewrite -!mulmxA [Z *m (A *m Z)]mulmxA ZAZ.
    by rewrite !mulmxA e subrr subr0.
  exact: nonneg_frame.
have tr4 i j l o (P : 'M[F]_(i, j)) (Q : 'M[F]_(j, l)) (R : 'M[F]_(l, o)) (S : 'M[F]_(o, i)) :
  \tr (P *m Q *m R *m S) = \tr (Q *m R *m S *m P) by rewrite -!mulmxA mxtrace_mulC !mulmxA.
have XAZ : X^T *m A *m Z *m A = X^T *m A by have := congr1 trmx AZAX; rewrite !trmx_mul Zs As !mulmxA.
have e1 : \tr (V^T *m A *m V *m B) = \tr (A *m X *m B *m X^T) - 2%:R * \tr (A *m N *m B *m X^T) + \tr (Z *m (A *m N *m B *m N^T *m A)).
  have x1 : \tr (X^T *m A *m X *m B) = \tr (A *m X *m B *m X^T) by rewrite tr4.
  have x2 : \tr (X^T *m A *m (Z *m A *m N) *m B) = \tr (A *m N *m B *m X^T) by rewrite !mulmxA XAZ tr4.
  have x3 : \tr ((Z *m A *m N)^T *m A *m X *m B) = \tr (A *m N *m B *m X^T).
    have -> : (Z *m A *m N)^T *m A *m X *m B = N^T *m (A *m Z *m A *m X) *m B by rewrite !trmx_mul As Zs !mulmxA.
    by rewrite AZAX -mxtrace_tr !trmx_mul trmxK As Bs !mulmxA 2!tr4.
  have x4 : \tr ((Z *m A *m N)^T *m A *m (Z *m A *m N) *m B) = \tr (Z *m (A *m N *m B *m N^T *m A)).
    have -> : (Z *m A *m N)^T *m A *m (Z *m A *m N) *m B = N^T *m A *m (Z *m A *m Z) *m (A *m N *m B) by rewrite !trmx_mul As Zs !mulmxA.
    by rewrite ZAZ -[N^T *m A *m Z *m _]mulmxA [LHS]mxtrace_mulC !mulmxA.
  rewrite /V [(X - _)^T]linearB /= !mulmxBl !mulmxBr !mulmxBl !linearB /= x1 x2 x3 x4.
  by move: (\tr _) (\tr _) (\tr _) => x y z; ring.
have e2 : \tr (Z *m (A *m T *m A + c *: A - A *m N *m B *m N^T *m A)) =
  \tr (T *m (A *m Z *m A)) + c * \tr (Z *m A) - \tr (Z *m (A *m N *m B *m N^T *m A)).
  rewrite mulmxBr mulmxDr linearB linearD /= -scalemxAr linearZ /=; congr (_ + _ - _).
  by rewrite !mulmxA; do 2 rewrite [LHS]tr4.
move: h1 h2 h3; rewrite e1 e2 mulmxBr linearB /=.
move: (\tr (A *m X *m _ *m _)) (\tr (A *m N *m B *m X^T)) (\tr (Z *m (A *m N *m _ *m _ *m _))) (\tr (T *m A)) (\tr (T *m (A *m _ *m _))).
move=> x y z t u h1 h2 h3; have h4 : 0 <= c * (k%:R - \tr (Z *m A)) by rewrite mulr_ge0 ?subr_ge0.
rewrite -subr_ge0; have -> : x - 2%:R * y - - (t + c * k%:R) = (x - 2%:R * y + z) + (u + c * \tr (Z *m A) - z) + (t - u) + c * (k%:R - \tr (Z *m A)) by ring.
exact: (addr_ge0 (addr_ge0 (addr_ge0 h1 h2) h3) h4).
Qed.
End Rank.

(** ** Bounded signature *)

(** A is nowhere negative where l numbers vanish: some matrix on that space, where N is as far below 0 as Y at least. *)
Lemma one_side n l (X N E Y : 'M[F]_n) (C : 'M[F]_(l, n)) (d : F) : E^T = E -> E *m E = E -> Y^T = Y -> E *m Y = Y -> 0 <= d ->
  (forall w, w *m C^T = 0 -> 0 <= form X w) -> nonneg Y -> nonneg (d *: Y - Y *m Y) -> nonneg (E *m (- N - Y) *m E) ->
  exists Z, [/\ Z^T = Z, nonneg Z, 0 <= \tr (Z *m X) & \tr (Y *m Y) - d * d * l%:R <= - (2%:R * \tr (Z *m N)) - \tr (Z *m Z)].
Proof.
move=> Es EE Ys EY d0 hX hY dY far.
have one w : 0 <= form (1%:M : 'M[F]_n) w by rewrite /form mulmx1; exact: row_square_ge0.
have [Q [Qs hQ]] := weighted_projection (E *m C^T) (trmx1 F n) one.
rewrite !mulmx1 !mul1mx => QQ QC [K eK trQ].
have EQ : E *m Q = Q by rewrite eK !mulmxA EE.
have QE : Q *m E = Q by apply: trmx_inj; rewrite trmx_mul Es Qs EQ.
have YE : Y *m E = Y by apply: trmx_inj; rewrite trmx_mul Es Ys EY.
have Ql : \tr Q <= l%:R by rewrite trQ ler_nat; exact: rank_leq_row.
have [P eP] : exists P, P = E - Q by exists (E - Q).
have Ps : P^T = P by rewrite eP linearB /= Es Qs.
have PP : P *m P = P by rewrite eP mulmxBl !mulmxBr EE EQ QE QQ subrr subr0.
have PE : P *m E = P by rewrite eP mulmxBl EE QE.
have EP : E *m P = P by rewrite eP mulmxBr EE EQ.
have PC : P *m C^T = 0 by rewrite eP mulmxBl -[X in _ - X *m _]QE -[Q *m E *m _]mulmxA QC subrr.
exists (P *m Y *m P); split.
- by rewrite !trmx_mul Ps Ys mulmxA.
- by rewrite -{2}Ps; exact: nonneg_frame.
- have -> : \tr (P *m Y *m P *m X) = \tr (Y *m (P *m X *m P)) by rewrite -!mulmxA mxtrace_mulC !mulmxA.
  by apply: trace_product => // w; rewrite -{2}Ps -form_frame; apply: hX; rewrite -mulmxA PC mulmx0.
have Z2 : \tr (P *m Y *m P *m (P *m Y *m P)) = \tr (P *m Y *m P *m Y).
  by rewrite !mulmxA -[_ *m P *m P]mulmxA PP mxtrace_mulC !mulmxA PP.
have ZN : 2%:R * \tr (P *m Y *m P *m (P *m Y *m P)) <= - (2%:R * \tr (P *m Y *m P *m N)).
  rewrite Z2; have : 0 <= \tr (Y *m (P *m (E *m (- N - Y) *m E) *m P^T)) by apply: trace_product => //; exact: nonneg_frame.
  rewrite Ps !mulmxA -[Y *m P *m E]mulmxA PE -[_ *m E *m P]mulmxA EP mulmxBr mulmxN mulmxBl linearB /= mulNmx linearN /=.
  have x1 R : \tr (Y *m P *m R *m P) = \tr (P *m Y *m P *m R) by rewrite mxtrace_mulC !mulmxA.
  rewrite !x1; move: (\tr (P *m Y *m P *m N)) (\tr (P *m Y *m P *m Y)) => x y h; rewrite -subr_ge0.
  have -> : - (2%:R * x) - 2%:R * y = 2%:R * (- x - y) by ring.
  by rewrite mulr_ge0 ?ler0n.
have YY : \tr (Y *m Y) = \tr (P *m Y *m P *m Y) + 2%:R * \tr (Q *m (Y *m Y)) - \tr (Q *m Y *m (Q *m Y)).
  have eE : E = P + Q by rewrite eP subrK.
  have -> : \tr (Q *m (Y *m Y)) = \tr (Q *m Y *m (P *m Y)) + \tr (Q *m Y *m (Q *m Y)).
    by rewrite -linearD -mulmxDr -mulmxDl -eE EY mulmxA.
  have -> : \tr (Y *m Y) = \tr ((P + Q) *m Y *m ((P + Q) *m Y)) by rewrite -eE EY.
  rewrite !mulmxDl !mulmxDr !linearD /= [\tr (P *m Y *m (Q *m Y))]mxtrace_mulC.
  by rewrite [P *m Y *m (P *m Y)]mulmxA; move: (\tr _) (\tr _) (\tr _) => x y z; ring.
have h1 : \tr (Q *m (Y *m Y)) <= d * \tr (Q *m Y).
  have := trace_product Qs hQ dY; by rewrite mulmxBr linearB /= -scalemxAr linearZ /= subr_ge0.
have h2 : 0 <= \tr ((d *: Q - Q *m Y *m Q) *m (d *: Q - Q *m Y *m Q)^T) by exact: trace_square_ge0.
have e2 : \tr ((d *: Q - Q *m Y *m Q) *m (d *: Q - Q *m Y *m Q)^T) = d * d * \tr Q - 2%:R * (d * \tr (Q *m Y)) + \tr (Q *m Y *m (Q *m Y)).
  rewrite [(d *: Q - _)^T]linearB linearZ /= !trmx_mul Ys Qs mulmxBl !mulmxBr -!scalemxAl -!scalemxAr !linearB /= !linearZ /= QQ.
  have -> : \tr (Q *m (Q *m (Y *m Q))) = \tr (Q *m Y) by rewrite mulmxA QQ mulmxA mxtrace_mulC mulmxA QQ.
  have -> : \tr (Q *m Y *m Q *m Q) = \tr (Q *m Y) by rewrite -mulmxA QQ mxtrace_mulC mulmxA QQ.
  have -> : \tr (Q *m Y *m Q *m (Q *m (Y *m Q))) = \tr (Q *m Y *m (Q *m Y)).
    by rewrite !mulmxA -[_ *m Q *m Q]mulmxA QQ mxtrace_mulC !mulmxA QQ.
  by move: (\tr _) (\tr _) (\tr _) => x y z; ring.
have h3 : d * d * \tr Q <= d * d * l%:R by rewrite ler_wpmul2l ?mulr_ge0.
move: ZN h1 h2 h3; rewrite e2 Z2 YY.
move: (\tr (P *m Y *m P *m N)) (\tr (P *m Y *m P *m Y)) (\tr (Q *m (Y *m Y))) (\tr (Q *m Y *m _)) (\tr (Q *m Y)) (\tr Q) => x z u v y q.
rewrite -subr_ge0 => ZN; rewrite -subr_ge0 => h1 h2; rewrite -subr_ge0 => h3; rewrite -subr_ge0.
have -> : - (2%:R * x) - z - (z + 2%:R * u - v - d * d * l%:R) =
  (- (2%:R * x) - 2%:R * z) + 2%:R * (d * y - u) + (d * d * q - 2%:R * (d * y) + v) + (d * d * l%:R - d * d * q) by ring.
have h4 : 0 <= 2%:R * (d * y - u) by rewrite mulr_ge0 ?ler0n.
exact: (addr_ge0 (addr_ge0 (addr_ge0 ZN h4) h2) h3).
Qed.

(** X is nowhere negative where l numbers vanish, and nowhere positive where k others do: its distance from N. *)
Theorem closest_signature n l k (X N : 'M[F]_n) (E1 Y1 E2 Y2 : 'M[F]_n) (C1 : 'M[F]_(l, n)) (C2 : 'M[F]_(k, n)) (d c : F) :
  X^T = X -> N^T = N ->
  E1^T = E1 -> E1 *m E1 = E1 -> Y1^T = Y1 -> E1 *m Y1 = Y1 -> 0 <= d ->
  (forall w, w *m C1^T = 0 -> 0 <= form X w) -> nonneg Y1 -> nonneg (d *: Y1 - Y1 *m Y1) -> nonneg (E1 *m (- N - Y1) *m E1) ->
  E2^T = E2 -> E2 *m E2 = E2 -> Y2^T = Y2 -> E2 *m Y2 = Y2 -> 0 <= c ->
  (forall w, w *m C2^T = 0 -> 0 <= form (- X) w) -> nonneg Y2 -> nonneg (c *: Y2 - Y2 *m Y2) -> nonneg (E2 *m (N - Y2) *m E2) ->
  (\tr (Y1 *m Y1) - d * d * l%:R) + (\tr (Y2 *m Y2) - c * c * k%:R) <= \tr ((X - N) *m (X - N)).
Proof.
move=> Xs Ns e11 e12 y11 y12 d0 x1 p1 q1 r1 e21 e22 y21 y22 c0 x2 p2 q2 r2.
have [Z1 [s1 n1 t1 b1]] := one_side e11 e12 y11 y12 d0 x1 p1 q1 r1.
have r2' : nonneg (E2 *m (- (- N) - Y2) *m E2) by rewrite opprK.
have [Z2 [s2 n2 t2 b2]] := one_side e21 e22 y21 y22 c0 x2 p2 q2 r2'.
have t3 := trace_product s1 n1 n2.
have := trace_square_ge0 (X - N - (Z1 - Z2)).
have -> : (X - N - (Z1 - Z2))^T = X - N - (Z1 - Z2) by rewrite !linearB /= Xs Ns s1 s2.
have [D eD] : exists D, D = X - N by exists (X - N).
rewrite -eD; have -> : \tr ((D - (Z1 - Z2)) *m (D - (Z1 - Z2))) = \tr (D *m D) - 2%:R * (\tr (Z1 *m X) - \tr (Z1 *m N)) +
  2%:R * (\tr (Z2 *m X) - \tr (Z2 *m N)) + \tr (Z1 *m Z1) + \tr (Z2 *m Z2) - 2%:R * \tr (Z1 *m Z2).
  have t Z : \tr (Z *m X) - \tr (Z *m N) = \tr (Z *m D) by rewrite eD mulmxBr linearB.
  rewrite !t !mulmxBl !mulmxBr !linearB /= [\tr (D *m Z1)]mxtrace_mulC [\tr (D *m Z2)]mxtrace_mulC [\tr (Z2 *m Z1)]mxtrace_mulC.
  by move: (\tr (D *m D)) (\tr (Z1 *m D)) (\tr (Z2 *m D)) (\tr (Z1 *m Z1)) (\tr (Z2 *m Z2)) (\tr (Z1 *m Z2)) => a1 a2 a3 a4 a5 a6; ring.
move: b1 b2 t1 t2 t3; rewrite !mulmxN !linearN /=; move: (\tr (D *m D)) (\tr (Z1 *m X)) (\tr (Z1 *m N)) (\tr (Z2 *m X)) (\tr (Z2 *m N)) => dd zx1 zn1 zx2 zn2.
move: (\tr (Z1 *m Z1)) (\tr (Z2 *m Z2)) (\tr (Z1 *m Z2)) => z1 z2 z12.
rewrite -subr_ge0 => b1; rewrite -subr_ge0 => b2 t1 t2 t3 h; rewrite -subr_ge0.
set m1 := \tr (Y1 *m Y1) - _ in b1 *; set m2 := \tr (Y2 *m Y2) - _ in b2 *.
have -> : dd - (m1 + m2) = (dd - 2%:R * (zx1 - zn1) + 2%:R * (zx2 - zn2) + z1 + z2 - 2%:R * z12) + (- (2%:R * zn1) - z1 - m1) +
  (- (2%:R * - zn2) - z2 - m2) + 2%:R * zx1 + 2%:R * - zx2 + 2%:R * z12 by ring.
have two (y : F) : 0 <= y -> 0 <= 2%:R * y by move=> y0; rewrite mulr_ge0 ?ler0n.
exact: (addr_ge0 (addr_ge0 (addr_ge0 (addr_ge0 (addr_ge0 h b1) b2) (two _ t1)) (two _ t2)) (two _ t3)).
Qed.

End Closest.
