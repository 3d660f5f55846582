#pragma once
// What a loss does along a polynomial map c(z) = x + Z z + .. of q parameters that follows the kernel of its Hessian H:
// step by step H c_{m+1} = -(terms of degree m + 1 in the gradient along c so far), so that the gradient vanishes to
// one order more. Then the terms of f(c(z)) up to degree 2 m + 1 decide (Lyapunov and Schmidt; with symmetry fields
// that span the rest of the kernel): a first form that is positive definite proves a local minimizer, one that is
// negative somewhere a descent. Where the gradient vanishes along c identically, c is a family of critical points.

#include <rankscape/exact/matrix.hpp>

#include <optional>

#include "symmetry/loss.hpp"
#include "symmetry/polynomial_program.hpp"

namespace rankscape::symmetry {

struct Reduction {
  Index parameters = 0;  ///< q
  PolynomialMap map;     ///< one polynomial for each coordinate, in variables 0 .. q - 1
  int order = 0;         ///< degree of the first form of f(c(z)) - f(x); 0: none was met
  Polynomial form;
  bool critical = false;  ///< grad f(c(z)) = 0 identically
};

struct ReductionOptions {
  int largest_order = 9;              ///< of the form
  std::int64_t products = 2'000'000;  ///< of terms
};

/// The map is a graph over q coordinates: those of the first rows of `directions` that are independent, or of the last.
enum class Graph : unsigned char { over_first, over_last };

/// \param hessian  at the critical point x, semidefinite
/// \param directions  columns: vectors of its kernel, independent
/// \return nothing where the computation becomes too large, or a step has no solution
[[nodiscard]] std::optional<Reduction> reduce(const Loss& loss, const RationalVector& x, const RationalMatrix& hessian,
                                              const RationalMatrix& directions, Graph graph = Graph::over_first,
                                              const ReductionOptions& options = {});

/// c(t z) as a curve.
[[nodiscard]] CurveVectors curve_along(const PolynomialMap& map, const RationalVector& z);

}  // namespace rankscape::symmetry
