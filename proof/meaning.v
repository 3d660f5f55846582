(** What generated programs are, in matrices that a reader knows: the program of a linear network of any depth and any
    widths, on data X, Y, is the trace of (W_H .. W_1 X - Y)(W_H .. W_1 X - Y)^T. *)
From Coq Require Import ZArith.
From mathcomp Require Import ssreflect ssrfun ssrbool eqtype ssrnat seq fintype bigop.
From mathcomp Require Import order ssralg ssrnum zmodp matrix mxalgebra.
From rankscape Require Import program asymptotics expansions certificate matrices soundness.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import Order.Theory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Local Arguments zero_scalar : simpl never.

Section Layers.
Variable F : realFieldType.

(** ** Linear networks *)

(** Layers from the first applied (outermost) to the last: W_H .. W_1 : 'M_(r, c). *)
Inductive layers (r : nat) : nat -> Type :=
| Last c of 'M[F]_(r, c) : layers r c
| After k c of layers r k & 'M[F]_(k, c) : layers r c.

Fixpoint product r c (l : layers r c) : 'M[F]_(r, c) :=
  match l with Last _ W => W | After _ _ l' W => product l' *m W end.

(** W_1, .., W_H. *)
Fixpoint weights_of r c (l : layers r c) : seq (matrix F) :=
  match l with Last _ W => [:: mat W] | After _ _ l' W => mat W :: weights_of l' end.

Fixpoint depth r c (l : layers r c) : nat := if l is After _ _ l' _ then (depth l').+1 else 1.

Fixpoint widths_positive r c (l : layers r c) : bool :=
  match l with Last _ _ => true | After k _ l' _ => (0 < k)%N && widths_positive l' end.

End Layers.

(** W_m' .. W_d, from the left, when n results are there. *)
Fixpoint chain (m d n : nat) : seq instruction :=
  match m with
  | (m'.+1 as k).+1 => chain k d.+1 n ++ [:: Multiply (Z.of_nat (n + m' - 1)) (Z.of_nat d)]
  | _ => [::]
  end.

(** The program of depth H: inputs X, Y, W_1, .., W_H. *)
Definition deep_linear (H : nat) : seq instruction :=
  [seq Input (Z.of_nat k) | k <- iota 0 (H + 2)] ++ chain H 2 (H + 2) ++
  [:: Multiply (Z.of_nat (2 * H)) 0; Subtract (Z.of_nat (2 * H + 1)) 1; Dot (Z.of_nat (2 * H + 2)) (Z.of_nat (2 * H + 2))].

Section DeepLinear.
Variable F : realFieldType.
Notation ops := (field_operations F).
Implicit Types ins res : seq (matrix F).

Lemma run_cat ins res p q : run ops ins res (p ++ q) = run ops ins (run ops ins res p) q.
Proof. by elim: p res => //= i p ih res; rewrite ih. Qed.

Lemma run_inputs ins m k : k = size ins -> (m <= k)%N ->
  run ops ins (take (k - m) ins) [seq Input (Z.of_nat i) | i <- iota (k - m) m] = ins.
Proof.
elim: m => [|m ih] ek mk; first by rewrite subn0 ek take_size.
have lt : (k - m.+1 < size ins)%N by rewrite -ek ltn_subrL /= (leq_trans _ mk).
rewrite /= /position Nat2Z.id -take_nth // subnSK // ih // ltnW //.
Qed.

Lemma depth_gt0 r c (l : layers F r c) : (0 < depth l)%N. Proof. by case: l. Qed.
Lemma size_weights r c (l : layers F r c) : size (weights_of l) = depth l.
Proof. by elim: l => //= k c' l -> . Qed.

Lemma run_chain r c (l : layers F r c) d ins res : widths_positive l ->
  size res = (d + depth l)%N -> (forall i, (i < depth l)%N -> nth [::] res (d + i) = nth [::] (weights_of l) i) ->
  exists extra, [/\ run ops ins res (chain (depth l) d (size res)) = res ++ extra, size extra = (depth l).-1 &
                    nth [::] (res ++ extra) (size res + depth l - 2) = mat (product l)].
Proof.
elim: l d => [c' W|k c' l ih W] d pos sz h.
  exists [::]; rewrite cats0; split=> //; rewrite sz.
  by have := h 0%N isT; rewrite /= addn0 => <-; congr nth; rewrite addn1 addn1 subn2.
have ed : depth (After l W) = (depth l).+1 by [].
rewrite {}ed in sz h *; case/andP: pos => k0 pos; have dl := depth_gt0 l.
have [|i lt|extra [e se eq]] := ih d.+1 pos.
- by rewrite sz addnS.
- by rewrite addSnnS (h i.+1).
exists (rcons extra (mat (product l *m W))); split; last first.
- rewrite -rcons_cat nth_rcons size_cat se.
  have -> : (size res + (depth l).+1 - 2 = size res + (depth l).-1)%N by rewrite -(prednK dl) addnS addnS subSS subn1.
  by rewrite ltnn eqxx.
- by rewrite size_rcons se prednK.
have -> : chain (depth l).+1 d (size res) =
          chain (depth l) d.+1 (size res) ++ [:: Multiply (Z.of_nat (size res + depth l - 2)) (Z.of_nat d)].
  case: (depth l) dl => // m _; rewrite [chain m.+2 _ _]/=.
  by congr (_ ++ [:: Multiply (Z.of_nat _) _]); rewrite addnS subSS subn1.
rewrite run_cat e /= /position !Nat2Z.id eq.
have -> : nth [::] (res ++ extra) d = mat W.
  have dr : (d < size res)%N by rewrite sz -[X in (X < _)%N]addn0 ltn_add2l.
  by rewrite nth_cat dr -[d in nth _ _ d]addn0 (h 0%N).
by rewrite mat_multiply // -rcons_cat.
Qed.

(** The generated program is the loss. *)
Theorem deep_linear_meaning r c m (l : layers F r c) (X : 'M[F]_(c, m)) (Y : 'M[F]_(r, m)) :
  widths_positive l -> (0 < c)%N ->
  let E := product l *m X - Y in
  last [::] (eval ops (mat X :: mat Y :: weights_of l) (deep_linear (depth l))) = [:: [:: \tr (E *m E^T)]].
Proof.
move=> pos c0 E; set ins := _ :: _ :: _.
have si : size ins = (depth l + 2)%N by rewrite /= size_weights addn2.
rewrite /eval /deep_linear run_cat.
have := @run_inputs ins (depth l + 2) (depth l + 2) (esym si) (leqnn _); rewrite subnn take0 => ->.
have [||extra [e se eq]] := @run_chain _ _ l 2 ins ins pos; first by rewrite si addnC.
  by move=> i _; rewrite add2n.
rewrite run_cat -si e; have dl := depth_gt0 l.
have p1 : (size ins + depth l - 2 = 2 * depth l)%N by rewrite si addnAC addnK mul2n addnn.
have s0 : size (ins ++ extra) = (2 * depth l + 1)%N.
  by rewrite size_cat si se mul2n -addnn; case: (depth l) dl => // m' _; rewrite /= !addnS !addSn ?addn0.
rewrite p1 in eq; have e0 : nth [::] (ins ++ extra) 0 = mat X by [].
have e1 : nth [::] (ins ++ extra) 1 = mat Y by [].
move: eq s0 e0 e1; rewrite -/ins; move: (ins ++ extra) => res eq s0 e0 e1.
rewrite /= /position !Nat2Z.id eq [nth _ res (Z.to_nat 0)]e0 mat_multiply //; set P := rcons res _.
have sP : size P = (2 * depth l + 2)%N by rewrite size_rcons s0 !addnS.
have -> : nth [::] P (2 * depth l + 1) = mat (product l *m X) by rewrite nth_rcons s0 ltnn eqxx.
have -> : nth [::] P (Z.to_nat 1) = mat Y by rewrite nth_rcons s0 addn1 ltnS muln_gt0 dl.
by rewrite mat_subtract last_rcons -sP nth_rcons ltnn eqxx mat_dot.
Qed.

(** ** The loss of a certificate *)

Section Certificate.
Variable x : nat -> F.

(** The matrix of the coordinates from [first] on, column by column. *)
Definition block first r c : 'M[F]_(r, c) := \matrix_(i, j) x (first + j * r + i).

(** Layers of the same shapes, made of the coordinates in order. *)
Fixpoint filled r c (l : layers F r c) (first : nat) : layers F r c :=
  match l with
  | Last c' _ => Last (block first r c')
  | After k c' l' _ => After (filled l' (first + k * c')) (block first k c')
  end.

Fixpoint shapes r c (l : layers F r c) : seq input :=
  match l with
  | Last c' _ => [:: Weight (Z.of_nat r) (Z.of_nat c')]
  | After k c' l' _ => Weight (Z.of_nat k) (Z.of_nat c') :: shapes l'
  end.

Lemma mat_block first r c :
  [seq [seq x (first + j * r + i)%N | j <- iota 0 c] | i <- iota 0 r] = mat (block first r c).
Proof.
rewrite /mat -!val_enum_ord -map_comp; apply: eq_map => i /=; rewrite -map_comp; apply: eq_map => j /=.
by rewrite mxE.
Qed.

Lemma fill_shapes r c (l : layers F r c) first : fill ops x first (shapes l) = weights_of (filled l first).
Proof. by elim: l first => [c' W|k c' l ih W] first /=; rewrite !Nat2Z.id mat_block ?ih. Qed.

Lemma filled_depth r c (l : layers F r c) first : depth (filled l first) = depth l.
Proof. by elim: l first => //= k c' l ih W first; rewrite ih. Qed.

Lemma filled_positive r c (l : layers F r c) first : widths_positive (filled l first) = widths_positive l.
Proof. by elim: l first => //= k c' l ih W first; rewrite ih. Qed.

End Certificate.

Lemma size_run ins res p : size (run ops ins res p) = (size res + size p)%N.
Proof. by elim: p res => [|i p ih] res /=; rewrite ?addn0 // ih size_rcons addSnnS. Qed.

(** The loss that the theorems of a deep linear network's certificate speak of. *)
Theorem deep_linear_loss (cert : certificate) r c m (l : layers F r c) (X : 'M[F]_(c, m)) (Y : 'M[F]_(r, m)) x_ y_ :
  inputs cert = Data x_ :: Data y_ :: shapes l -> instructions cert = deep_linear (depth l) ->
  embed ops x_ = mat X -> embed ops y_ = mat Y -> widths_positive l -> (0 < c)%N ->
  forall w : 'rV[F]_(dimension cert),
    let E := product (filled (coordinate w) l 0) *m X - Y in loss w = \tr (E *m E^T).
Proof.
move=> ei ep ex ey pos c0 w E.
have -> : loss w = scalar ops (last [::] (eval ops (mat X :: mat Y :: weights_of (filled (coordinate w) l 0)) (instructions cert))).
  rewrite /loss /value_of ei /= ex ey fill_shapes /loss_position /position Nat2Z.id -nth_last.
  by rewrite {2}/eval size_run.
rewrite ep -(filled_depth (coordinate w) l 0) deep_linear_meaning ?filled_positive //.
Qed.

End DeepLinear.
