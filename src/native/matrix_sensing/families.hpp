#pragma once
// Exact critical points of matrix sensing, with measurements made for them. In all of them the form ||A(X)||^2 is
// chosen first; rational measurements with that form exist (form.hpp).
//
//  - isotropic: ||A(X)||^2 = c (||X||^2 - theta (tr X)^2). *All* critical points: those of ||U U^T - (M + s I)||^2 with
//    the shift s = theta tr(U U^T - M), solved backwards so that U is rational.
//  - sign-symmetric: r = 1, ||A(X)||^2 a form in the diagonal of X plus one in the rest, M = m e_1 e_1^T. In a_i =
//  u_i^2
//    the loss is quadratic, and a critical point is a support with a positive solution.
//  - planted: U and M at will; the form is the one of least restricted isometry constant for which U is critical.
//  - noisy: a form near the identity, U near a factor of M, and the noise that makes U critical.

#include <rankscape/point.hpp>

#include "exact/random.hpp"

namespace rankscape::matrix_sensing {

/// One critical point to be built; which fields matter depends on the kind.
struct SensingPlan {
  long n = 0;  ///< rows of U
  long k = 0;  ///< columns
  std::string data;
  bool generic = false;      ///< rotated by rational orthogonal matrices
  Rational delta;            ///< isotropic, sign-symmetric, noisy: the restricted isometry constant
  bool convex = false;       ///< isotropic: theta < 0
  std::vector<int> support;  ///< isotropic: eigenvectors of M in U; sign-symmetric: indices with u_i != 0; from 1
  long null_vectors = 0;     ///< isotropic: further columns, orthogonal to the range of M
  long rank_of_M = 0;
  long rank = 0;          ///< of U
  Rational perturbation;  ///< planted: how far U is from columns of a factor of M
  int variant = 0;        ///< noisy: A*(A(U U^T) - b) is 0: zero, 1: positive, 2: a little negative
  int sample = 0;
};

/// Largest and smallest shapes, levels of delta and so on are those of plans().
[[nodiscard]] const std::vector<std::string>& data_kinds();
[[nodiscard]] const std::vector<std::string>& default_data_kinds();

/// All plans of one shape, kind and position, in a fixed order, sample 0.
/// \pre 2 <= n, 1 <= k <= n, the kind is known
[[nodiscard]] std::vector<SensingPlan> plans(long n, long k, const std::string& data, bool generic);

/// Data A, b (M for the kind noisy) and weights.
[[nodiscard]] Point build_point(const SensingPlan& plan, Random& random);

}  // namespace rankscape::matrix_sensing
