#pragma once
// Theorems of a point under constraints: evidence as terms of proof/constrained.v, constrained_symmetry.v and
// orthonormal.v, and the sentences of proof/stated_constraints.v and stated_frames.v on value and Hessian.

#include <rankscape/exact_json.hpp>

#include <string>

#include "certificate/coq_sentences.hpp"

namespace rankscape::certificate::coq {

/// The last weight of a certificate under constraints.
[[nodiscard]] const Json& multipliers(const Json& certificate);
/// All but the verdict, of the certificate `c`.
[[nodiscard]] std::string constrained_theorems(Kind kind, const Json& certificate);

}  // namespace rankscape::certificate::coq
