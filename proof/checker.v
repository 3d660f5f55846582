(** The checker: every claim of a certificate is proved by its evidence. *)
From Coq Require Import ZArith.
From mathcomp Require Import ssreflect ssrfun ssrbool eqtype ssrnat seq.
From rankscape Require Import program scalars certificate bounds.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Definition check (c : certificate) : bool :=
  well_formed c &&
  (if analyse c is Some a then
     [&& equal_numbers (value c) (value_part a, over a),
         Bool.eqb (critical c) (vanishes (gradient_part a)),
         check_inertias c a,
         check_option (fun e => is_less (check_curve c e)) (descent c),
         check_option (fun e => is_greater (check_curve c e)) (ascent c),
         check_option (fun w => rows_fit (dimension c) w &&
                                less_numbers (swap (value_at c (head [::] (rows_of w)))) (value c)) (better c),
         check_option (fun _ => bounded_below c [::]) (global c) &
         same_verdict (claimed c) (verdict_of c)]
   else false).
