#pragma once
// The proof that components are all: each identity of a proposed tree is multiplied out.

#include <optional>
#include <string>

#include "solve/singular.hpp"

namespace rankscape::critical_set {

/// \return nothing where the tree proves that every complex zero of the equations lies in one of the components; else
/// one line that says why it does not
[[nodiscard]] std::optional<std::string> flaw(const Tree& tree, const System& system,
                                              const std::vector<Polynomials>& components);

}  // namespace rankscape::critical_set
