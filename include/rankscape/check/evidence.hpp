#pragma once
// From an exact point to a certified verdict. All evidence is exact: the gradient is compared with zero, the inertia
// comes with a rational congruence, descent is an exact polynomial in one variable. Enclosed eigenvalues are reported
// and must be consistent with the inertia; they decide nothing.

#include <rankscape/exact/inertia.hpp>
#include <rankscape/model.hpp>
#include <rankscape/verdict.hpp>

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace rankscape {

/// L(W + tV) - L(W) = sum_k coefficients[k] t^k, exactly; `order` is the least k with a nonzero coefficient. With a
/// bend U it is the curve W + tV + t^2 U.
struct LinePolynomial {
  Weights direction;
  Weights bend;  ///< empty for a line
  std::vector<Rational> coefficients;
  int order = 0;
};

/// Exact, by interpolation of the loss at degree + 1 integers.
[[nodiscard]] LinePolynomial along_line(const Instance& instance, const Weights& direction);

struct Evidence {
  bool critical = false;
  Rational value;
  Index parameters = 0;
  /// Of the gradient, when not critical: the entry of largest absolute value and an enclosure of the Euclidean norm.
  Rational largest_gradient_entry;
  Enclosure gradient_norm;
  // The rest only at critical points.
  std::shared_ptr<const RationalMatrix> hessian_matrix;
  std::optional<WitnessedInertia> hessian;  ///< its inertia; the witness is empty when not asked for
  GlobalComparison global;
  /// A line or curve whose lowest term is negative for t > 0 (order >= 3): certifies that a second-order point is not a
  /// local minimizer.
  std::optional<LinePolynomial> descent;
  /// A line or curve whose lowest term is positive: with no positive eigenvalue only this shows that the point is no
  /// local maximizer. Not looked for where there is one.
  std::optional<LinePolynomial> ascent;
  std::optional<Enclosure> lambda_min;
  std::optional<Enclosure> lambda_max;
  Verdict verdict = Verdict::undecided;
  /// The classes that the evidence leaves possible.
  VerdictSet possible = VerdictSet::all();
  /// How the verdict was reached, or why it is undecided; one line.
  std::string reason;
};

struct ExamineOptions {
  bool witness = true;      ///< keep the congruence (needed for certificates)
  bool eigenvalues = true;  ///< enclose lambda_min and lambda_max
  Rational width = Rational(1, 1000000000);
};

/// \throws InternalDisagreement  two derivations of one fact differ
[[nodiscard]] Evidence examine(const Instance& instance, const ExamineOptions& options = {});

/// Order of the certified descent: 2 at strict saddles (a negative eigenvalue), the order of `descent` at non-strict
/// ones.
[[nodiscard]] std::optional<int> escape_order(const Evidence& evidence);

}  // namespace rankscape
