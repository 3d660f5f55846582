#pragma once
// Points with coordinates in a number field Q[t]/p: one polynomial for each coordinate, and one point for each real
// root of p. Signs are exact, as p is the minimal polynomial of its roots: an element is zero where its representative
// is.

#include <rankscape/exact/inertia.hpp>
#include <rankscape/exact/real_roots.hpp>

#include <optional>
#include <vector>

#include "solve/polynomials.hpp"

namespace rankscape::critical_set {

/// Coefficients, the constant first; the last is not zero.
using Univariate = std::vector<Rational>;

struct NumberField {
  Univariate modulus;  ///< irreducible and monic
  [[nodiscard]] std::size_t degree() const { return modulus.size() - 1; }
};

struct FieldPoint {
  NumberField field;
  std::vector<Univariate> coordinates;  ///< of degree below the field's
};

/// The value of a polynomial there, reduced.
[[nodiscard]] Univariate value_at(const Polynomial& polynomial, const FieldPoint& point);
/// An enclosure of an element at a real root of the modulus, from one of the root. \pre width > 0
[[nodiscard]] Enclosure enclose(const Univariate& element, const RealRoot& root, const Rational& width);
/// -1, 0 or 1. \throws DeadlineExceeded
[[nodiscard]] int sign_at(const Univariate& element, const RealRoot& root);

/// Of a symmetric matrix of elements: the coefficients of its characteristic polynomial, c_0 .. c_n.
[[nodiscard]] std::vector<Univariate> characteristic_polynomial(const std::vector<std::vector<Univariate>>& matrix,
                                                                const NumberField& field);
/// Of a symmetric matrix with this characteristic polynomial at the root: all its zeros are real, so that Descartes'
/// rule counts the positive ones.
[[nodiscard]] Inertia inertia_at(const std::vector<Univariate>& characteristic, const RealRoot& root);

/// The real zeros of an ideal of dimension 0 with these generators, by the quotient ring: one for each factor, over Q,
/// of the minimal polynomial of a linear form that separates them. Each is checked: the generators vanish there.
/// \return nothing where the quotient has a dimension above `most_degree`, or no form of those tried separates (as
/// where the ideal is not radical)
struct Isolated {
  Polynomial form;                           ///< the linear form
  Univariate polynomial;                     ///< which it satisfies: its value at `form` lies in the ideal
  std::vector<FieldPoint> points;            ///< for each factor that has real roots
  std::vector<std::vector<RealRoot>> roots;  ///< of the factor, for each of `points`
};
[[nodiscard]] std::optional<Isolated> real_zeros(const Polynomials& generators, std::size_t unknowns,
                                                 std::size_t most_degree, PolynomialRing& ring);

}  // namespace rankscape::critical_set
