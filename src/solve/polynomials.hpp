#pragma once
// Polynomials as computer algebra spells them, and division by several of them. A remainder of zero proves membership
// in the ideal of the divisors, whether or not they are a Groebner basis; another remainder proves nothing.
//
// The order of symmetry::Polynomial (degree, then lexicographic by positions) is degrevlex with the first variable
// last, so its last term is the leading one, and a ring that lists the variables in reverse order has the same order.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "symmetry/polynomial.hpp"

namespace rankscape::critical_set {

using symmetry::Monomial;
using symmetry::Polynomial;
using symmetry::PolynomialRing;
using Polynomials = std::vector<Polynomial>;
/// Coefficients of generators, by their position; those that are zero are left out.
using Cofactors = std::vector<std::pair<std::size_t, Polynomial>>;

/// `(1/4)*x1^2*x3-x2`: variables x1, x2, .. for positions 0, 1, ..; the highest terms first. `0` for zero.
[[nodiscard]] std::string to_text(const Polynomial& polynomial);
/// The same without parentheses: `1/4*x1^2*x3-x2`, as certificates have it.
[[nodiscard]] std::string to_plain_text(const Polynomial& polynomial);
/// Reads both; also coefficients in any place of a product. \return nothing where it is no such text, or a variable
/// beyond `variables`
[[nodiscard]] std::optional<Polynomial> parse_polynomial(std::string_view text, std::size_t variables);

[[nodiscard]] Polynomial derivative(const Polynomial& polynomial, std::size_t position);
/// In place of each variable a polynomial. \throws symmetry::TooLarge
[[nodiscard]] Polynomial substitute(const Polynomial& polynomial, const Polynomials& values, PolynomialRing& ring);

struct Division {
  Polynomial remainder;
  Polynomials quotients;  ///< dividend = sum quotients[k] divisors[k] + remainder
};
/// No term of the remainder is divisible by a leading term. Divisors that are zero are passed over.
/// \throws symmetry::TooLarge  more products of terms than the ring allows; DeadlineExceeded
[[nodiscard]] Division divide(const Polynomial& dividend, const Polynomials& divisors, PolynomialRing& ring);
/// The remainder alone, which is cheaper.
[[nodiscard]] Polynomial remainder(const Polynomial& dividend, const Polynomials& divisors, PolynomialRing& ring);

/// The monic polynomial of least degree, at most `most_degree`, that the remainders of powers of `element` satisfy:
/// its coefficients, the constant first. Its value at `element` lies in the ideal. Nothing where there is none.
[[nodiscard]] std::optional<std::vector<Rational>> minimal_polynomial(const Polynomial& element,
                                                                      const Polynomials& divisors,
                                                                      std::size_t most_degree, PolynomialRing& ring);
/// sum c_k element^k. \throws symmetry::TooLarge, DeadlineExceeded
[[nodiscard]] Polynomial evaluate_at(const std::vector<Rational>& coefficients, const Polynomial& element,
                                     PolynomialRing& ring);

/// Monomials that no leading term divides: a basis of the quotient, where the divisors are a Groebner basis. Nothing
/// where there are infinitely many, or more than `most`.
[[nodiscard]] std::optional<std::vector<Monomial>> standard_monomials(const Polynomials& divisors,
                                                                      std::size_t variables, std::size_t most);

}  // namespace rankscape::critical_set
