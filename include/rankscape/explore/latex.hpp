#pragma once
// A counterexample as one can put it in a paper.

#include <rankscape/explore/counterexample.hpp>
#include <rankscape/statements/statement.hpp>

#include <string>

namespace rankscape {

/// A paragraph with the matrices in a display (amsmath), what is said and what is found; a fragment for \input.
/// \param refuted  the statement that is wrong there
[[nodiscard]] std::string to_latex(const Counterexample& counterexample, const Statement& refuted);

}  // namespace rankscape
