#include "near/spectrum.hpp"

#include <algorithm>
#include <cmath>
#include <rankscape/exact/enclosure.hpp>
#include <stdexcept>

#include "exact/arb.hpp"
#include "exact/decompositions.hpp"
#include "near/approximation.hpp"
#include "numeric/eigenbasis.hpp"

namespace rankscape::near {

Rational rounded_down(const Rational& a) {
  if (a == 0) return a;
  const Integer n = numerator(a);
  const Integer d = denominator(a);
  const long shift = 200 - (static_cast<long>(msb(abs(n))) - static_cast<long>(msb(d)));
  Rational scaled = exact::times_power_of_two(a, shift);
  Integer floor;
  mpz_fdiv_q(floor.backend().data(), mpq_numref(scaled.backend().data()), mpq_denref(scaled.backend().data()));
  return exact::times_power_of_two(Rational(floor), -shift);
}

Rational rounded_up(const Rational& a) {
  return -rounded_down(-a);
}

Rational root_above(const Rational& square) {
  return sqrt(Enclosure(rounded_up(square))).hi;
}

Rational root_below(const Rational& square) {
  return square <= 0 ? Rational(0) : sqrt(Enclosure(rounded_down(square))).lo;
}

Rational square_norm(const RationalMatrix& a) {
  if (a.size() == 0) return 0;
  const CommonDenominator over = with_common_denominator(a);
  Integer sum = 0;
  for (Index k = 0; k < a.size(); ++k)
    sum += over.numerators.data()[k] * over.numerators.data()[k];
  return Rational(sum, Integer(over.denominator * over.denominator));
}

Rational norm_above(const RationalMatrix& a) {
  return root_above(square_norm(a));
}

namespace {

RationalMatrix solved_basis(const RationalMatrix& a) {
  const numeric::BallMatrix basis = numeric::approximate_eigenbasis(a, numeric::solver_digits[1]);
  RationalMatrix q(a.rows(), a.rows());
  for (Index i = 0; i < q.rows(); ++i)
    for (Index j = 0; j < q.cols(); ++j) {
      if (arb_is_finite(basis.at(i, j)) == 0) throw std::runtime_error("no approximate eigenbasis");
      q(i, j) = exact::enclosure_of(basis.at(i, j)).lo;
    }
  return q;
}

// A step of Ogita and Aishima: Q (I + E) is orthonormal and diagonalizes `a` to second order in what Q is off. Where
// eigenvalues are closer than that, the block of Q^T a Q is diagonalized first, relative to its own size.
RationalMatrix refined_basis(const RationalMatrix& a, const RationalMatrix& q, unsigned bits) {
  const Index n = q.rows();
  const RationalMatrix qt = q.transpose();
  const RationalMatrix s = multiply(qt, multiply(a, q));
  RationalMatrix r = -multiply(qt, q);
  r.diagonal().array() += Rational(1);
  const Matrix<double> rd = truncated(r);
  const Matrix<double> sd = truncated(s);
  Matrix<double> e(n, n);
  std::vector<Index> group(static_cast<std::size_t>(n));
  for (Index i = 0; i < n; ++i)
    group[static_cast<std::size_t>(i)] = i;
  const auto root = [&](Index i) {
    while (group[static_cast<std::size_t>(i)] != i)
      i = group[static_cast<std::size_t>(i)];
    return i;
  };
  for (Index j = 0; j < n; ++j)
    for (Index i = 0; i < n; ++i) {
      e(i, j) = rd(i, j) / 2;
      if (i == j) continue;
      const Rational difference = s(j, j) - s(i, i);
      const double apart = mpq_get_d(difference.backend().data()) + sd(j, j) * rd(j, j) - sd(i, i) * rd(i, i);
      const double off = sd(i, j) + sd(j, j) * rd(i, j);
      constexpr double small = 1e-3;
      if (std::abs(off) < small * std::abs(apart)) {
        e(i, j) = off / apart;
      } else if (off != 0) {
        group[static_cast<std::size_t>(std::max(root(i), root(j)))] = std::min(root(i), root(j));
      }
    }
  std::vector<std::vector<Index>> members(static_cast<std::size_t>(n));
  for (Index i = 0; i < n; ++i)
    members[static_cast<std::size_t>(root(i))].push_back(i);
  Matrix<double> turn = Matrix<double>::Identity(n, n);
  bool turns = false;
  for (const auto& block : members) {
    if (block.size() < 2) continue;
    turns = true;
    RationalMatrix inner = s(block, block);
    const Rational middle = inner.trace() / Rational(static_cast<long>(block.size()));
    inner += middle * RationalMatrix(r(block, block));  // as Q (I + R/2) would give it
    inner.diagonal().array() -= middle;
    const Eigen::SelfAdjointEigenSolver<Matrix<double>> solver(truncated(inner));
    turn(block, block) = solver.eigenvectors();
    for (const Index i : block)
      for (const Index j : block)
        e(i, j) = rd(i, j) / 2;
  }
  constexpr unsigned correction_bits = 60;
  RationalMatrix better = shortened(RationalMatrix(q + multiply(q, shortened(exactly(e), correction_bits))), bits);
  if (turns) better = shortened(multiply(better, exactly(turn)), bits);
  return better;
}

// Of doubles, refined; a solver with more digits costs n^3 of its operations, ten times over.
RationalMatrix wide_basis(const RationalMatrix& a, bool sharp) {
  constexpr unsigned first_bits = 56;
  constexpr Index wide = 64;
  const Eigen::SelfAdjointEigenSolver<Matrix<double>> solver(truncated(a));
  if (!solver.eigenvectors().allFinite()) throw std::runtime_error("no approximate eigenbasis");
  RationalMatrix q = shortened(exactly(solver.eigenvectors()), first_bits);
  const int steps = (a.rows() <= wide ? 1 : 0) + (sharp ? 1 : 0);
  for (int step = 0; step < steps; ++step)
    q = refined_basis(a, q, working_bits(a.rows()));
  return q;
}

}  // namespace

Spectrum enclose_spectrum(const RationalMatrix& symmetric, const Rational& doubt, bool sharp) {
  const Index n = symmetric.rows();
  Spectrum found;
  if (n == 0) return found;
  const Approximation near = shortened(Approximation{symmetric, doubt});
  const RationalMatrix& a = near.value;
  const RationalMatrix q = n <= exact_width ? solved_basis(a) : wide_basis(a, sharp);
  const RationalMatrix transposed = q.transpose();
  RationalMatrix diagonal = multiply({transposed, a, q});
  std::vector<Index> order;
  for (Index i = 0; i < n; ++i)
    order.push_back(i);
  std::stable_sort(order.begin(), order.end(), [&](Index i, Index j) { return diagonal(i, i) > diagonal(j, j); });
  found.Q.resize(n, n);
  Rational largest = 0;
  for (Index k = 0; k < n; ++k) {
    const Index i = order[static_cast<std::size_t>(k)];
    found.Q.col(k) = q.col(i);
    found.d.push_back(rounded_down(diagonal(i, i)));
    largest = std::max<Rational>(largest, abs(found.d.back()));
    diagonal(i, i) -= found.d.back();
  }
  RationalMatrix gram = multiply(transposed, q);
  for (Index i = 0; i < n; ++i)
    gram(i, i) -= 1;
  found.e = norm_above(gram);
  if (2 * found.e >= 1) throw std::runtime_error("no approximate eigenbasis");
  const Rational eb = rounded_up(found.e / (1 - found.e));
  const Rational off = norm_above(diagonal) + near.error * (1 + found.e);  // |Q|^2 <= 1 + e
  found.f = rounded_up(largest * (2 * eb + eb * eb) + off * (1 + eb) * (1 + eb));
  return found;
}

std::optional<Rational> Spectrum::basis_error(const std::set<Index>& part) const {
  std::optional<Rational> gap;  // none: the part is empty or everything
  for (const Index s : part)
    for (Index q = 0; q < static_cast<Index>(d.size()); ++q) {
      if (part.contains(q)) continue;
      const Rational between = abs(d[static_cast<std::size_t>(s)] - d[static_cast<std::size_t>(q)]);
      if (!gap || between < *gap) gap = between;
    }
  if (!gap) return e;
  if (*gap <= 2 * f) return std::nullopt;
  const Rational th = rounded_up(f / (*gap - f));
  return th + th * th + e;
}

std::vector<Index> Spectrum::clusters() const {
  constexpr long wide = 1000;
  std::vector<Index> sizes;
  for (std::size_t i = 0; i < d.size(); ++i) {
    if (i == 0 || d[i - 1] - d[i] > wide * f) sizes.push_back(0);
    ++sizes.back();
  }
  return sizes;
}

Spectrum enclose_gram_spectrum(const Approximation& a) {
  const Approximation mirrored = transposed(a);
  const Approximation gram = a.value.rows() < a.value.cols() ? a * mirrored : mirrored * a;
  return enclose_spectrum(gram.value, gram.error);
}

SingularBounds singular_bounds(const Spectrum& gram) {
  SingularBounds bounds;
  for (const Rational& d : gram.d)
    bounds.square_lower.push_back(std::max<Rational>(0, d - gram.f));
  if (!gram.d.empty()) bounds.norm_upper = root_above(gram.d.front() + gram.f);
  return bounds;
}

SingularBounds enclose_singular_values(const RationalMatrix& a) {
  return singular_bounds(enclose_gram_spectrum({a, 0}));
}

}  // namespace rankscape::near
