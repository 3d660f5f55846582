#pragma once
// Matrix programs over boxes: every input is known entry by entry in an interval, and so is every result. At a point
// (intervals of width zero) results are exact.

#include "numeric/enclosed_matrix.hpp"
#include "program/compiled_loss.hpp"

namespace rankscape::program {

class EnclosureRing {
 public:
  using Value = EnclosedMatrix;
  [[nodiscard]] Value copy(const Value& a) const { return a; }
  [[nodiscard]] Value constant(const RationalMatrix& a) const { return enclosed(a); }
  [[nodiscard]] Value add(const Value& a, const Value& b) const { return a + b; }
  [[nodiscard]] Value subtract(const Value& a, const Value& b) const { return a - b; }
  [[nodiscard]] Value multiply(const Value& a, const Value& b) const { return a * b; }
  [[nodiscard]] Value gram(const Value& a) const { return rankscape::gram(a); }
  [[nodiscard]] Value hadamard(const Value& a, const Value& b) const;
  [[nodiscard]] Value dot(const Value& a, const Value& b) const;
  [[nodiscard]] Value scale(const Rational& factor, const Value& a) const { return Enclosure(factor) * a; }
  [[nodiscard]] Value scalar_multiply(const Value& s, const Value& a) const;
  [[nodiscard]] Value transpose(const Value& a) const { return transposed(a); }
  /// \throws std::domain_error  s contains 0
  [[nodiscard]] Value reciprocal(const Value& s) const;
};

/// A function of the weights (the first output of a program, 1 x 1), enclosed over boxes: as it stands, and in Taylor's
/// forms of first and second order about the midpoint, the last derivative over the box.
class EnclosedFunction {
 public:
  explicit EnclosedFunction(Program function) : function_(std::move(function)) {}
  [[nodiscard]] const CompiledLoss& function() const { return function_; }
  /// \param box  all inputs. \throws std::domain_error  a divisor that contains 0
  [[nodiscard]] Enclosure operator()(std::span<const EnclosedMatrix> box) const;

 private:
  CompiledLoss function_;
};

/// A loss with its derivatives over boxes.
class EnclosedLoss {
 public:
  explicit EnclosedLoss(Program loss);
  [[nodiscard]] const CompiledLoss& loss() const { return value_.function(); }
  // `box`: all inputs. \throws std::domain_error  a divisor that contains 0
  [[nodiscard]] Enclosure value(std::span<const EnclosedMatrix> box) const { return value_(box); }
  /// n x 1. As it stands and in the mean value form with the Hessian over the box.
  [[nodiscard]] EnclosedMatrix gradient(std::span<const EnclosedMatrix> box) const;
  /// n x n.
  [[nodiscard]] EnclosedMatrix hessian(std::span<const EnclosedMatrix> box) const;
  /// Z^T H Z, one part of Z for each weight; tighter than by the entries of the Hessian.
  [[nodiscard]] Enclosure second_derivative(std::span<const EnclosedMatrix> box,
                                            std::span<const RationalMatrix> z) const;

 private:
  EnclosedFunction value_;
  EnclosedFunction form_;  // 1/2 Z^T H Z; the parts of Z are its last inputs
};

}  // namespace rankscape::program
