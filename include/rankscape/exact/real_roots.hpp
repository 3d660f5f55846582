#pragma once
// Real algebraic numbers as roots of rational polynomials: isolated once, refined on demand, compared exactly.

#include <rankscape/exact/enclosure.hpp>
#include <rankscape/exact/matrix.hpp>

#include <compare>
#include <memory>
#include <optional>
#include <string>

namespace rankscape {

/// One real root of a rational polynomial. Copies share the polynomial. Value semantics, safe to use in several
/// threads.
class RealRoot {
 public:
  /// The rational number itself.
  explicit RealRoot(const Rational& value);

  [[nodiscard]] int multiplicity() const noexcept;
  /// The value when it is rational.
  [[nodiscard]] std::optional<Rational> rational() const;
  /// Coefficients c_0 .. c_d of the minimal polynomial over the rationals: primitive integers, c_d > 0.
  [[nodiscard]] std::vector<Rational> minimal_polynomial() const;
  /// An enclosure of width at most `width` (> 0); exact (lo == hi) when the root is rational.
  [[nodiscard]] Enclosure enclose(const Rational& width) const;
  /// Exact, also for roots of different polynomials (decided by a common factor, never by a tolerance).
  [[nodiscard]] std::strong_ordering operator<=>(const RealRoot& other) const;
  [[nodiscard]] bool operator==(const RealRoot& other) const;

 private:
  struct State;
  std::shared_ptr<const State> state_;
  RealRoot() = default;  // for real_roots, which fills in the state
  friend std::vector<RealRoot> real_roots(const std::vector<Rational>& coefficients);
};

/// All distinct real roots of c_0 + c_1 t + ... + c_n t^n in decreasing order, with multiplicities. Exact.
/// \throws std::invalid_argument  the zero polynomial
[[nodiscard]] std::vector<RealRoot> real_roots(const std::vector<Rational>& coefficients);

/// Eigenvalues of a matrix all of whose eigenvalues are real (for instance symmetric, or a product of a symmetric and a
/// positive definite matrix), decreasing, each repeated according to its multiplicity.
/// \throws InternalDisagreement  fewer real roots than a.rows(), counted with multiplicity
[[nodiscard]] std::vector<RealRoot> real_eigenvalues(const RationalMatrix& a);

/// Arithmetic of real algebraic numbers, exact. The minimal polynomial of the result divides the characteristic
/// polynomial of a matrix made of companion matrices, of the product of the degrees; nothing beyond `most_degree`.
inline constexpr std::size_t most_degree = 64;
[[nodiscard]] RealRoot negated(const RealRoot& a);
[[nodiscard]] std::optional<RealRoot> sum(const RealRoot& a, const RealRoot& b);
[[nodiscard]] std::optional<RealRoot> product(const RealRoot& a, const RealRoot& b);
/// \pre a is not zero
[[nodiscard]] RealRoot reciprocal(const RealRoot& a);

}  // namespace rankscape
