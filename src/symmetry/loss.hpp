#pragma once
// A loss at fixed data, as the analysis of this room sees it: a matrix program, its gradient, and a point given by one
// vector of coordinates (the weights in order, each column by column).

#include <rankscape/exact/matrix.hpp>

#include <optional>
#include <vector>

#include "program/compiled_loss.hpp"
#include "program/evaluate.hpp"

namespace rankscape::symmetry {

/// x(t) = x + t curve[0] + t^2 curve[1] + ..
using CurveVectors = std::vector<RationalVector>;

class Loss {
 public:
  /// \param loss  its first output is the loss; others are ignored
  /// \param data  values of the inputs that are no weights, in order
  /// \throws std::invalid_argument  they do not fit
  Loss(program::CompiledLoss loss, std::vector<RationalMatrix> data);
  Loss(const program::Program& loss, std::vector<RationalMatrix> data)
      : Loss(program::CompiledLoss(loss), std::move(data)) {}

  [[nodiscard]] const program::Program& program() const { return value_; }  ///< one output
  /// One output for each weight. Derived at the first call: a loss is for one thread.
  [[nodiscard]] const program::Program& gradient_program() const;
  [[nodiscard]] const program::CompiledLoss& compiled() const { return compiled_; }
  [[nodiscard]] const std::vector<RationalMatrix>& data() const { return data_; }
  [[nodiscard]] Index parameters() const { return parameters_; }
  /// As a polynomial in the weights, an upper bound; nothing where it is none.
  [[nodiscard]] std::optional<int> degree() const { return degree_; }

  // Exact. \throws std::domain_error  a division by zero
  [[nodiscard]] Rational value(const RationalVector& x) const;
  [[nodiscard]] RationalVector gradient(const RationalVector& x) const;
  /// Coefficients of t^0 .. t^order of the loss along the curve.
  [[nodiscard]] std::vector<Rational> along(const RationalVector& x, const CurveVectors& curve, int order) const;
  /// The gradient along the curve: coefficients of t^0 .. t^order.
  [[nodiscard]] std::vector<RationalVector> gradient_along(const RationalVector& x, const CurveVectors& curve,
                                                           int order) const;
  [[nodiscard]] RationalMatrix hessian(const RationalVector& x) const;
  /// Every term of the second differential is zero at x: nothing of size n x n is computed. \return false also where
  /// that cannot be seen from the terms
  [[nodiscard]] bool hessian_vanishes(const RationalVector& x) const;
  // In floating point: proposals only.
  [[nodiscard]] double value(const Vector<double>& x) const;
  [[nodiscard]] Vector<double> gradient(const Vector<double>& x) const;

 private:
  program::CompiledLoss compiled_;
  program::Program value_;
  mutable std::optional<program::Program> gradient_;
  std::vector<RationalMatrix> data_;
  // in floating point, made at the first call
  mutable std::optional<program::FixedData<program::DoubleRing>> value_in_double_;
  mutable std::optional<program::FixedData<program::DoubleRing>> gradient_in_double_;
  Index parameters_;
  std::optional<int> degree_;
};

/// One output for each weight, and nothing else. \pre the first output of the program is the loss
[[nodiscard]] program::Program gradient_alone(const program::Program& loss);

/// The parts of x, one for each weight of the program.
[[nodiscard]] std::vector<RationalMatrix> as_weights(const RationalVector& x, const program::Program& program);
[[nodiscard]] RationalVector as_vector(const std::vector<RationalMatrix>& weights);

}  // namespace rankscape::symmetry
