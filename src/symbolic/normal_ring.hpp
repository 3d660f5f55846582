#pragma once
// Matrix programs over rational functions in normal form, modulo c^2 + s^2 = 1 for the cosines and sines of rotations
// of the plane. Each result is brought to it as it arises, so that what cancels early (rotations, mostly) is gone
// before it multiplies.

#include "symbolic/derivation.hpp"

#include <vector>

namespace rankscape::symbolic {

class NormalForm {
 public:
  /// Symbols whose squares add up to 1, at least two.
  void add_unit_vector(std::vector<GiNaC::symbol> entries) { units_.push_back(std::move(entries)); }

  /// Zero exactly if the rational function is identically zero, where all denominators are not.
  [[nodiscard]] Expression operator()(const Expression& rational_function) const;
  [[nodiscard]] ExpressionMatrix operator()(const ExpressionMatrix& a) const {
    return a.unaryExpr([this](const Expression& e) { return (*this)(e); });
  }

 private:
  [[nodiscard]] Expression reduced(Expression polynomial) const;
  std::vector<std::vector<GiNaC::symbol>> units_;
};

class NormalRing {
 public:
  using Value = ExpressionMatrix;
  /// Keeps a reference.
  explicit NormalRing(const NormalForm& normal) : normal_(&normal) {}

  [[nodiscard]] Value copy(const Value& a) const { return a; }
  [[nodiscard]] Value constant(const RationalMatrix& a) const { return ring_.constant(a); }
  [[nodiscard]] Value add(const Value& a, const Value& b) const { return (*normal_)(ring_.add(a, b)); }
  [[nodiscard]] Value subtract(const Value& a, const Value& b) const { return (*normal_)(ring_.subtract(a, b)); }
  [[nodiscard]] Value hadamard(const Value& a, const Value& b) const { return (*normal_)(ring_.hadamard(a, b)); }
  [[nodiscard]] Value multiply(const Value& a, const Value& b) const { return (*normal_)(ring_.multiply(a, b)); }
  [[nodiscard]] Value dot(const Value& a, const Value& b) const { return (*normal_)(ring_.dot(a, b)); }
  [[nodiscard]] Value scale(const Rational& factor, const Value& a) const { return ring_.scale(factor, a); }
  [[nodiscard]] Value scalar_multiply(const Value& s, const Value& a) const {
    return (*normal_)(ring_.scalar_multiply(s, a));
  }
  [[nodiscard]] Value transpose(const Value& a) const { return ring_.transpose(a); }
  [[nodiscard]] Value reciprocal(const Value& s) const { return (*normal_)(ring_.reciprocal(s)); }

 private:
  const NormalForm* normal_;
  decltype(expression_ring()) ring_ = expression_ring();
};

}  // namespace rankscape::symbolic
