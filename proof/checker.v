(** The checker: every claim of a certificate is proved by its evidence. *)
From Coq Require Import ZArith.
From mathcomp Require Import ssreflect ssrfun ssrbool eqtype ssrnat seq.
From rankscape Require Import program scalars certificate bounds convexity traces decay nearest.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

(** The number that a node is shown to be nowhere below. *)
Definition shown (c : certificate) (b : bound) : option (Z * number) :=
  match b with
  | Convex k ts => omap (pair k) (convex_bound c k ts)
  | RankTrace k t solution => omap (pair k) (rank_bound c k t solution)
  | GramTrace k t => omap (pair k) (gram_bound c k t)
  | Decay k leaves t => omap (pair k) (decay_bound c k leaves t)
  | OfRank k p e => omap (pair k) (nearest_of_rank c k p e)
  | OfSignature k p e => omap (pair k) (nearest_of_signature c k p e)
  end.

Definition check_global (c : certificate) (s : seq bound) : bool :=
  let o := [seq shown c b | b <- s] in all (@some _) o && bounded_below c (pmap id o).

Definition check (c : certificate) : bool :=
  well_formed c &&
  (if analyse c is Some a then
     [&& equal_numbers (value c) (value_part a, over a),
         Bool.eqb (critical c) (vanishes (gradient_part a)),
         all (is_reciprocal c) (reciprocals c),
         check_inertias c a,
         check_option (fun e => is_less (check_curve c e)) (descent c),
         check_option (fun e => is_greater (check_curve c e)) (ascent c),
         check_option (fun w => rows_fit (dimension c) w &&
                                less_numbers (swap (value_at c (head [::] (rows_of w)))) (value c)) (better c),
         check_option (check_global c) (global c) &
         same_verdict (claimed c) (verdict_of c)]
   else false).
