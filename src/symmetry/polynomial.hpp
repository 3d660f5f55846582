#pragma once
// Sparse polynomials in many variables over the rationals: what identities are multiplied out in (fields annihilate a
// loss, families are critical) and, truncated, what a loss becomes along a map of several parameters. All work is
// counted, so that a computation that would grow beyond its limit stops instead.

#include <rankscape/exact/rational.hpp>

#include <cstdint>
#include <map>
#include <stdexcept>
#include <string>
#include <vector>

namespace rankscape::symmetry {

/// Positions of variables, ascending, each as often as its exponent says: x_0^2 x_3 is {0, 0, 3}.
using Monomial = std::u16string;

/// By degree, then lexicographically.
struct ByDegree {
  [[nodiscard]] bool operator()(const Monomial& a, const Monomial& b) const {
    return a.size() != b.size() ? a.size() < b.size() : a < b;
  }
};

class Polynomial {
 public:
  using Terms = std::map<Monomial, Rational, ByDegree>;

  Polynomial() = default;
  explicit Polynomial(const Rational& constant) {
    if (constant != 0) terms_.emplace(Monomial(), constant);
  }
  /// \throws std::length_error  more than 65,535 variables
  [[nodiscard]] static Polynomial variable(std::int64_t position);
  [[nodiscard]] static Polynomial term(Monomial monomial, const Rational& coefficient);

  [[nodiscard]] const Terms& terms() const { return terms_; }  ///< none is zero
  [[nodiscard]] bool is_zero() const { return terms_.empty(); }
  [[nodiscard]] bool is_constant() const { return terms_.empty() || terms_.rbegin()->first.empty(); }
  [[nodiscard]] Rational constant_term() const;
  [[nodiscard]] Rational coefficient(const Monomial& monomial) const;
  [[nodiscard]] std::size_t degree() const { return terms_.empty() ? 0 : terms_.rbegin()->first.size(); }
  /// The homogeneous part of a degree.
  [[nodiscard]] Polynomial part(std::size_t degree) const;
  /// Coefficients by powers of one variable: this = sum_k result[k] x^k, x not in result[k].
  [[nodiscard]] std::vector<Polynomial> by_powers_of(std::int64_t position) const;

  void add(const Polynomial& other, const Rational& times = 1);
  void add(const Monomial& monomial, const Rational& coefficient);
  [[nodiscard]] bool operator==(const Polynomial&) const = default;

 private:
  Terms terms_;
};

/// The value at rational numbers, one for each variable that occurs.
[[nodiscard]] Rational evaluate(const Polynomial& polynomial, const std::vector<Rational>& at);

/// The limit of a computation with polynomials was reached.
class TooLarge : public std::runtime_error {
 public:
  TooLarge() : std::runtime_error("an expansion in polynomials is too large") {}
};

/// Multiplies, drops what is beyond a degree, and counts.
class PolynomialRing {
 public:
  static constexpr std::size_t no_truncation = static_cast<std::size_t>(-1);

  explicit PolynomialRing(std::int64_t products, std::size_t truncation = no_truncation)
      : left_(products), truncation_(truncation) {}
  /// sum += a * b. \throws TooLarge  more products of terms than the ring was made for, in all its calls together
  void add_product(Polynomial& sum, const Polynomial& a, const Polynomial& b);
  [[nodiscard]] Polynomial product(const Polynomial& a, const Polynomial& b) {
    Polynomial result;
    add_product(result, a, b);
    return result;
  }
  [[nodiscard]] std::int64_t left() const { return left_; }
  [[nodiscard]] std::size_t truncation() const { return truncation_; }

 private:
  std::int64_t left_;
  std::size_t truncation_;
};

}  // namespace rankscape::symmetry
