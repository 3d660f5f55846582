From rankscape Require Import soundness.
Print Assumptions check_sound.
