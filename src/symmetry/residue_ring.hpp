#pragma once
// Matrices of residues modulo a 59-bit prime, as a ring for matrix programs: what is found at random points of it is a
// proposal, cheap at any size of the exact numbers.

#include <stdexcept>

#include "exact/prime_field.hpp"
#include "program/evaluate.hpp"

namespace rankscape::symmetry {

class ResidueRing {
 public:
  using Value = Matrix<std::uint64_t>;

  explicit ResidueRing(std::uint64_t prime) : field_(prime) {}
  [[nodiscard]] const exact::PrimeField& field() const { return field_; }

  /// \throws std::domain_error  the denominator is a multiple of the prime
  [[nodiscard]] std::uint64_t residue(const Rational& value) const {
    const std::uint64_t below = field_.reduce(Integer(boost::multiprecision::denominator(value)));
    const std::uint64_t above = field_.reduce(Integer(boost::multiprecision::numerator(value)));
    return below == 1 ? above : field_.multiply(above, inverse(below));
  }
  [[nodiscard]] Value copy(const Value& a) const { return a; }
  [[nodiscard]] Value constant(const RationalMatrix& a) const {
    Value result(a.rows(), a.cols());
    for (Index k = 0; k < a.size(); ++k)
      result(k) = residue(a(k));
    return result;
  }
  [[nodiscard]] Value add(const Value& a, const Value& b) const {
    Value result(a.rows(), a.cols());
    for (Index k = 0; k < a.size(); ++k)
      result(k) = field_.subtract(a(k), field_.subtract(0, b(k)));
    return result;
  }
  [[nodiscard]] Value subtract(const Value& a, const Value& b) const {
    Value result(a.rows(), a.cols());
    for (Index k = 0; k < a.size(); ++k)
      result(k) = field_.subtract(a(k), b(k));
    return result;
  }
  [[nodiscard]] Value multiply(const Value& a, const Value& b) const {
    const Value rows = a.transpose();  // so that both factors of a dot product are contiguous
    Value result(a.rows(), b.cols());
    for (Index j = 0; j < b.cols(); ++j) {
      for (Index i = 0; i < a.rows(); ++i)
        result(i, j) = field_.dot(rows.data() + i * a.cols(), b.data() + j * b.rows(), a.cols());
    }
    return result;
  }
  [[nodiscard]] Value hadamard(const Value& a, const Value& b) const {
    Value result(a.rows(), a.cols());
    for (Index k = 0; k < a.size(); ++k)
      result(k) = field_.multiply(a(k), b(k));
    return result;
  }
  [[nodiscard]] Value dot(const Value& a, const Value& b) const {
    return Value::Constant(1, 1, field_.dot(a.data(), b.data(), a.size()));
  }
  [[nodiscard]] Value scale(const Rational& factor, const Value& a) const { return times(residue(factor), a); }
  [[nodiscard]] Value scalar_multiply(const Value& s, const Value& a) const { return times(s(0, 0), a); }
  [[nodiscard]] Value transpose(const Value& a) const { return a.transpose(); }
  /// \throws std::domain_error  s = 0
  [[nodiscard]] Value reciprocal(const Value& s) const { return Value::Constant(1, 1, inverse(s(0, 0))); }

 private:
  [[nodiscard]] std::uint64_t inverse(std::uint64_t a) const {
    if (a == 0) throw std::domain_error("division by a multiple of the prime");
    return field_.invert(a);
  }
  [[nodiscard]] Value times(std::uint64_t s, const Value& a) const {
    Value result(a.rows(), a.cols());
    for (Index k = 0; k < a.size(); ++k)
      result(k) = field_.multiply(s, a(k));
    return result;
  }
  exact::PrimeField field_;
};

}  // namespace rankscape::symmetry
