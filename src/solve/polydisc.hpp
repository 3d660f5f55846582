#pragma once
// Polydiscs that hold one zero of n polynomials in n unknowns, a simple one: proved in exact arithmetic from a
// floating-point approximation.

#include <rankscape/exact/matrix.hpp>

#include <optional>
#include <vector>

#include "solve/homotopy.hpp"

namespace rankscape::critical_set {

struct Gaussian {
  Rational re = 0;
  Rational im = 0;
};

/// The polydisc |z_k - at_k| <= radius. It holds one zero, and that is simple: z - inverse * g(z) maps it into itself
/// and is a contraction there (Newton and Kantorovich; Krawczyk).
struct Polydisc {
  std::vector<Gaussian> at;
  Rational radius;
  std::vector<std::vector<Gaussian>> inverse;
  /// The centre is: the zero is real, too, being the only one in a polydisc that conjugation maps to itself. Else all
  /// of the polydisc is off the real points.
  bool real = false;
};

[[nodiscard]] bool disjoint(const Polydisc& a, const Polydisc& b);

class PolydiscTest {
 public:
  explicit PolydiscTest(const Polynomials& system);
  /// \return nothing where it is not shown, or where it is open whether the zero is real
  [[nodiscard]] std::optional<Polydisc> around(const ComplexPoint& approximation) const;
  /// The same polydisc around a real point. \return nothing where that is not shown
  [[nodiscard]] std::optional<Polydisc> centred(const Polydisc& polydisc, const std::vector<Rational>& at) const;
  /// The derivatives of all polynomials, each a row.
  [[nodiscard]] RationalMatrix slopes_at(const std::vector<Rational>& at) const;

 private:
  [[nodiscard]] bool holds(const Polydisc& polydisc) const;

  Polynomials system_;
  std::vector<Polynomials> slopes_;
};

/// How far the polynomial is, in the polydisc, from its value at the centre: a bound.
[[nodiscard]] Rational deviation(const Polynomial& polynomial, const Polydisc& polydisc);

}  // namespace rankscape::critical_set
