From rankscape Require Import theorem stated meaning.
Print Assumptions check_sound.
Print Assumptions stated_value.
Print Assumptions stated_verdict.
Print Assumptions stated_hessian.
Print Assumptions deep_linear_meaning.
Print Assumptions deep_linear_loss.
