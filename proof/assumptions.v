From rankscape Require Import theorem stated.
Print Assumptions check_sound.
Print Assumptions stated_value.
Print Assumptions stated_verdict.
Print Assumptions stated_hessian.
