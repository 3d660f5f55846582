#pragma once
// Critical points of matrix sensing for any rational measurements: proposed by floating point, proved by enclosures.
//
// Critical points come in orbits U R, R orthogonal, and U = [U_q 0] R with U_q of full column rank q. So U_q is
// searched for, and proved by Krawczyk's test on the square system in U_q and a skew B
//     G(U) U + U_0 B = 0,     U_0^T U symmetric,       G = A*(A(U U^T) - b), U_0 the approximation.
// A zero of it is critical: U^T times the first equation says that P B is symmetric, P = U^T U_0, and P B + B P = 0 has
// only the solution B = 0 where P is positive definite, which is checked. The Hessian of [U_q 0] is that of U_q and
// copies of 4 G.
//
// Nothing says that all critical points are found.

#include <rankscape/exact/enclosure.hpp>
#include <rankscape/truth.hpp>

#include <cstdint>
#include <optional>
#include <vector>

#include "numeric/krawczyk.hpp"

namespace rankscape::matrix_sensing {

struct EnclosedPoint {
  Index rank = 0;
  EnclosedMatrix U{0, 0};  ///< n x rank; a critical point lies in it, and none other of this gauge
  Enclosure value;
  Enclosure lambda_min;   ///< of the Hessian at [U 0], n x k
  Enclosure error2;       ///< ||U U^T - M||_F^2
  bool solution = false;  ///< proved to be in the orbit of the factor V of M
};

struct SearchOptions {
  int starts = 40;  ///< for each rank
  std::uint64_t seed = 1;
  Rational width = Rational(1, 1'000'000'000);  ///< of the eigenvalues of midpoints
};

struct SearchResult {
  std::vector<EnclosedPoint> points;  ///< pairwise different orbits; that of V first
  int unproved = 0;                   ///< proposals that did not pass the test: nothing is known of them
};

/// Critical points of f with b = A(V V^T), V of n rows and k columns and full column rank. Deterministic in the seed.
[[nodiscard]] SearchResult find_critical_points(const std::vector<RationalMatrix>& A, const RationalMatrix& V,
                                                const SearchOptions& options = {});

/// The square system that find_critical_points proves zeros of, for b = A(M): unknowns U column by column, then the
/// entries of B above the diagonal, column by column. For tests: its Jacobian is what the proofs rest on.
[[nodiscard]] SquareSystem gauge_fixed_system(const std::vector<RationalMatrix>& A, const RationalMatrix& M,
                                              const RationalMatrix& U0);

}  // namespace rankscape::matrix_sensing
