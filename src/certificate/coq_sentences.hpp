#pragma once
// What is said of a point, in words and as a formula: the sentences of proof/stated.v, stated_symmetry.v,
// stated_constraints.v and stated_frames.v spelled out.

#include <rankscape/exact_json.hpp>

#include <string>

namespace rankscape::certificate::coq {

/// What a certificate is to proof/: which of its checks speaks of it.
enum class Kind {
  alone,    // check
  modulo,   // check_symmetric: a local minimizer modulo a symmetry
  under,    // check_constrained
  orbit,    // check_constrained_symmetric
  frame,    // check_on_frames: a global minimizer among matrices with orthonormal columns
  rotation  // check_on_frames: one matrix, only those of positive determinant count
};

struct Sentence {
  std::string words;
  std::string formula;  // of a field F
};

/// \throws InputError  there is none: the message says which claim it is
[[nodiscard]] Kind kind_of(const Json& certificate);
/// No better point is known, and the Hessian is positive definite: a strict local minimizer.
[[nodiscard]] bool is_definite(Kind kind, const Json& claims);
/// The constructor of proof/certificate.v.
[[nodiscard]] std::string verdict_term(const std::string& verdict);
/// \param rows  of the point, a square matrix, where only those of positive determinant count
[[nodiscard]] Sentence sentence_of(Kind kind, const Json& claims, std::size_t rows);

}  // namespace rankscape::certificate::coq
