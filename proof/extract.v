(** The checker in OCaml: Z is Zarith's, nat (positions, counts: never negative, made from Z or by counting) is int. *)
From Coq Require Import Extraction ExtrOcamlBasic ExtrOcamlNatInt ExtrOcamlZBigInt.
From rankscape Require Import program scalars certificate bounds traces nearest checker constrained orthonormal benign symmetry constrained_symmetry constrained_curves degenerate.
Extraction Language OCaml.
Set Extraction Optimize.
Extraction "checker.ml" check verdict_of check_constrained constrained_verdict check_on_frames parts same_verdict check_symmetric
  symmetric_verdict check_constrained_symmetric ending_verdict check_constrained_curves curves_verdict results_along rows_of series_along freed
  check_benign costs_of parabola congruence depth_of_ranks rank_of results_at_point check_leading
  leading_verdict expanded velocity_here.
