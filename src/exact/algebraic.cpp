// Arithmetic of real algebraic numbers. A number is an eigenvalue of the companion matrix of its minimal polynomial;
// sums and products of two are eigenvalues of Kronecker sums and products of these matrices (Loos, Computing in
// algebraic extensions, 1982, section 2). Which eigenvalue it is, enclosures of the operands tell.

#include <rankscape/exact/real_roots.hpp>

#include <algorithm>

namespace rankscape {
namespace {

// The root of the polynomial that lies in all enclosures that `enclose` gives. Ends, as distinct roots have a distance.
template <class Enclose>
RealRoot root_within(const std::vector<Rational>& polynomial, const Enclose& enclose) {
  std::vector<RealRoot> candidates = real_roots(polynomial);
  for (Rational width(1, 1024); candidates.size() > 1; width *= width) {
    const Enclosure wanted = enclose(width);
    std::erase_if(candidates, [&](const RealRoot& root) { return equal(root.enclose(width), wanted) == Truth::no; });
  }
  return candidates.at(0);
}

RationalMatrix companion(const RealRoot& a) {
  const std::vector<Rational> coefficients = a.minimal_polynomial();
  const auto degree = static_cast<Index>(coefficients.size()) - 1;
  RationalMatrix matrix = RationalMatrix::Zero(degree, degree);
  for (Index k = 0; k < degree; ++k) {
    if (k > 0) matrix(k, k - 1) = 1;
    matrix(k, degree - 1) = -coefficients[static_cast<std::size_t>(k)] / coefficients.back();
  }
  return matrix;
}

bool too_large(const RealRoot& a, const RealRoot& b) {
  return (a.minimal_polynomial().size() - 1) * (b.minimal_polynomial().size() - 1) > most_degree;
}

Rational size_of(const Enclosure& a) {
  return std::max(Rational(abs(a.lo)), Rational(abs(a.hi)));
}

// An enclosure of a b of at most that width.
Enclosure enclosed_product(const RealRoot& a, const RealRoot& b, const Rational& width) {
  const Rational size = size_of(a.enclose(1)) + size_of(b.enclose(1)) + 2;
  const Rational needed = std::min(Rational(1), Rational(width / size));
  return a.enclose(needed) * b.enclose(needed);
}

}  // namespace

RealRoot negated(const RealRoot& a) {
  std::vector<Rational> polynomial = a.minimal_polynomial();
  for (std::size_t k = 1; k < polynomial.size(); k += 2)
    polynomial[k] = -polynomial[k];
  return root_within(polynomial, [&](const Rational& width) { return -a.enclose(width); });
}

std::optional<RealRoot> sum(const RealRoot& a, const RealRoot& b) {
  if (too_large(a, b)) return std::nullopt;
  const RationalMatrix first = companion(a);
  const RationalMatrix second = companion(b);
  const RationalMatrix matrix = kronecker(first, RationalMatrix::Identity(second.rows(), second.rows())) +
                                kronecker(RationalMatrix::Identity(first.rows(), first.rows()), second);
  return root_within(characteristic_polynomial(matrix),
                     [&](const Rational& width) { return a.enclose(width / 2) + b.enclose(width / 2); });
}

std::optional<RealRoot> product(const RealRoot& a, const RealRoot& b) {
  if (too_large(a, b)) return std::nullopt;
  return root_within(characteristic_polynomial(kronecker(companion(a), companion(b))),
                     [&](const Rational& width) { return enclosed_product(a, b, width); });
}

RealRoot reciprocal(const RealRoot& a) {
  std::vector<Rational> polynomial = a.minimal_polynomial();
  std::reverse(polynomial.begin(), polynomial.end());
  return root_within(polynomial, [&](const Rational& width) {
    Rational needed = width;
    while (a.enclose(needed).contains(0))
      needed /= 1024;
    // |1/x - 1/y| = |x - y| / |x y|
    const Enclosure rough = a.enclose(needed);
    const Rational least = std::min(Rational(abs(rough.lo)), Rational(abs(rough.hi)));
    return Enclosure(Rational(1)) / a.enclose(std::min(needed, Rational(width * least * least / 4)));
  });
}

}  // namespace rankscape
