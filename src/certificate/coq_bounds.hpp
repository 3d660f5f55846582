#pragma once
// Evidence of a global minimizer without constraints as terms of proof/certificate.v: bounds of nodes.

#include <rankscape/exact_json.hpp>

#include <string>

namespace rankscape::certificate::coq {

/// \param program  of the certificate, in which bounds name nodes
/// \throws InputError  it is a bound of which nothing is proved in proof/; the message says which
[[nodiscard]] std::string bound(const Json& evidence, const Json& program);

}  // namespace rankscape::certificate::coq
