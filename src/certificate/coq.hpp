#pragma once
// A certificate as a file of theorems that Coq compiles against the library of proof/.

#include <rankscape/exact_json.hpp>

#include <string>

namespace rankscape::certificate {

/// Theorems on the value, the verdict and the Hessian at the point, for every (archimedean) ordered field, with the
/// certificate as a term and its check by computation as the proof (docs/trust.md).
/// \param certificate  a rankscape-certificate/2 or /3 as to_json() makes it
/// \throws InputError  it claims what proof/ does not prove; the message says what
[[nodiscard]] std::string coq_theorems(const Json& certificate);

}  // namespace rankscape::certificate
