#pragma once
// A loss at infinity. Let F be its terms of the highest degree, and let their derivatives vanish together at 0 alone.
// If the loss is bounded below then F >= 0, as the loss is F at infinity; where F were 0 off 0 it would be least and
// its derivatives 0. So F > 0 off 0, and sublevel sets are compact.

#include "solve/polynomials.hpp"

namespace rankscape::critical_set {

/// The derivatives of the terms of the highest degree have no common complex zero but 0, as all monomials of some
/// degree are made of them (Macaulay): a rank modulo a prime proves it. \return false: not shown, or too large to be
/// tried
[[nodiscard]] bool regular_at_infinity(const Polynomial& loss, std::size_t unknowns);

}  // namespace rankscape::critical_set
