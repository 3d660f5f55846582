#pragma once
// What is said of a point, in words and as a formula: the sentences of proof/stated.v, stated_symmetry.v,
// stated_constraints.v and stated_frames.v spelled out.

#include <rankscape/exact_json.hpp>

#include <string>

namespace rankscape::certificate::coq {

/// What a certificate is to proof/: which of its checks speaks of it.
enum class Kind {
  alone,   // check
  modulo,  // check_symmetric: a local minimizer modulo a symmetry
  under,   // check_constrained
  orbit,   // check_constrained_symmetric
  frame    // check_on_frames: one matrix, with orthonormal columns or of positive determinant
};

struct Sentence {
  std::string words;
  std::string formula;  // of a field F
};

/// \throws InputError  there is none: the message says which claim it is
[[nodiscard]] Kind kind_of(const Json& certificate);
/// The constructor of proof/certificate.v.
[[nodiscard]] std::string verdict_term(const std::string& verdict);
[[nodiscard]] Sentence sentence_of(Kind kind, const Json& claims);

}  // namespace rankscape::certificate::coq
