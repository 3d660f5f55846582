#pragma once
// Homogeneous forms H(z): a rational z with H(z) < 0, or a proof that H is positive definite, H = m^T G m with G
// positive definite and m all monomials of half the degree.

#include <optional>
#include <vector>

#include <rankscape/exact/matrix.hpp>

#include "symmetry/polynomial.hpp"

namespace rankscape::symmetry {

struct Gram {
  std::vector<Monomial> monomials;  ///< all of half the degree
  RationalMatrix matrix;            ///< positive definite
};

/// \param variables  H is in variables 0 .. variables - 1
/// \return nothing when none was found, which proves nothing
[[nodiscard]] std::optional<RationalVector> negative_value(const Polynomial& form, Index variables);

/// \pre of even degree. \return nothing when none was found (there may be none, though H is positive definite)
[[nodiscard]] std::optional<Gram> positive_definite_gram(const Polynomial& form, Index variables);

/// Multiplies out: form == m^T G m, G positive definite, and m contains a power of every variable.
[[nodiscard]] bool proves_positive_definite(const Gram& gram, const Polynomial& form, Index variables);

}  // namespace rankscape::symmetry
