From rankscape Require Import theorem constrained_theorem orthonormal_sound benign_sound second_order symmetry_sound constrained_symmetry_sound feasible_orbits orbits stated meaning kyfan.
Print Assumptions check_sound.
Print Assumptions check_constrained_sound.
Print Assumptions check_on_frames_sound.
Print Assumptions check_benign_sound.
Print Assumptions few_benign.
Print Assumptions conditioned_benign.
Print Assumptions check_symmetric_sound.
Print Assumptions check_constrained_symmetric_sound.
Print Assumptions orbit_min.
Print Assumptions orbit_min_on.
Print Assumptions stated_value.
Print Assumptions stated_verdict.
Print Assumptions stated_hessian.
Print Assumptions deep_linear_meaning.
Print Assumptions deep_linear_loss.
Print Assumptions kyfan.rank_trace.
Print Assumptions kyfan.gram_trace.
