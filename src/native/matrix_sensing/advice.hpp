#pragma once
// What is known of the loss sum_l ( <A_l, U U^T> - b_l )^2 at one exact point beyond its formulas: the restricted
// isometry constants of the measurements, global minimality, better points.
//
// The reference M is the matrix that was measured. Where the measurements determine it (||A(X)||^2 is definite on
// symmetric matrices) it is the least squares solution of A(M) = b, unless the point names another: a noisy b = A(M) +
// w does not tell M, so theorems about noise need the optional datum "M". They hold for every M, so nothing is
// believed.

#include <rankscape/adviser.hpp>

#include <optional>

#include "native/matrix_sensing/form.hpp"

namespace rankscape::matrix_sensing {

class MatrixSensingAdvice final : public Advice {
 public:
  explicit MatrixSensingAdvice(const Instance& at);

  [[nodiscard]] Value word(std::size_t position, std::span<const Value> arguments) const override;
  /// rank, delta, delta_exact
  [[nodiscard]] Labels labels() const override;
  [[nodiscard]] GlobalComparison global_comparison() const override;
  void certify(certificate::Claims& claims) const override;

  [[nodiscard]] const RationalMatrix& u() const { return U_; }
  /// A*(A(U U^T) - b): the gradient is 4 slope() U.
  [[nodiscard]] const RationalMatrix& slope() const;
  /// The symmetric X that minimizes ||A(X) - b||. \throws Undefined  it is not unique
  [[nodiscard]] const RationalMatrix& least_squares() const;
  /// The datum M, or least_squares(). \throws Undefined  not named and not determined
  [[nodiscard]] const RationalMatrix& reference() const;
  /// ||b - A(M)||^2. \throws Undefined  as reference()
  [[nodiscard]] Rational noise() const;
  /// Of rank <= 2 r, r the number of columns of U. \throws Undefined  more than 12 rows: out of reach
  [[nodiscard]] const RestrictedBounds& bounds() const;
  /// The constant of the restricted isometry property, max(upper - 1, 1 - lower); an upper bound of it where the bounds
  /// are not exact.
  [[nodiscard]] Real delta() const;

 private:
  /// b = A(M), M positive semidefinite of rank at most that of U: then the infimum is 0.
  [[nodiscard]] bool attainable() const;
  /// Weights with a smaller loss, if some are found: floating point proposes, the exact loss decides.
  [[nodiscard]] const std::optional<RationalMatrix>& better() const;

  const Instance& at_;
  const RationalMatrix& U_;
  const std::vector<RationalMatrix>& A_;
  const std::vector<Rational>& b_;
  mutable std::optional<RationalMatrix> form_;
  mutable std::optional<RationalMatrix> slope_;
  mutable std::optional<std::optional<RationalMatrix>> least_squares_;
  mutable std::optional<RestrictedBounds> bounds_;
  mutable std::optional<std::optional<RationalMatrix>> better_;

  [[nodiscard]] const RationalMatrix& form() const;
};

}  // namespace rankscape::matrix_sensing
