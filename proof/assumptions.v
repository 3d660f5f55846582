From rankscape Require Import theorem.
Print Assumptions check_sound.
