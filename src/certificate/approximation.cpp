#include "certificate/approximation.hpp"

#include <algorithm>
#include <tuple>

#include "certificate/evidence.hpp"
#include "exact/simplest.hpp"

namespace rankscape::certificate {

using program::Operation;

std::optional<Bound> trace_bound(const Patterns& loss, Node s) {
  Patterns::Residual r = loss.residual(loss.step(s).a);
  const Node m = r.moving;
  const bool with_data = loss.is(m, Operation::multiply) && loss.moves(loss.step(m).a) && !loss.moves(loss.step(m).b);
  if (with_data) {
    r.moving = loss.step(m).a;
    loss.split_off(r, &loss.value(loss.step(m).b));
  }
  const auto& [f, y, p] = r;
  Bound::Trace trace;
  trace.gram = !with_data && loss.is_gram(m);
  RationalMatrix sigma = trace.gram ? symmetric_part(y) : multiply(y, y.transpose());
  if (with_data) {
    const RationalMatrix& x = loss.value(loss.step(m).b);
    const RationalMatrix sxy = multiply(x, y.transpose());
    trace.least_squares = solve(multiply(x, x.transpose()), sxy).value();
    sigma = multiply(trace.least_squares->transpose(), sxy);
  }
  const Index most = loss.rank_bound(p);
  const RationalMatrix range = column_basis(loss.value(p));
  const Index n = sigma.rows();
  trace.cover = sigma;
  if (range.cols() == most && most < n) {
    const std::vector<RealRoot> spectrum = real_eigenvalues(sigma);
    const RealRoot& unselected = spectrum[static_cast<std::size_t>(most)];
    const RealRoot zero{Rational(0)};
    const bool separated = !trace.gram || unselected > zero;
    if (separated) {
      // of a repeated eigenvalue, the two sides of the cut, the value must be rational to serve
      const RealRoot& upper = most > 0 ? spectrum[static_cast<std::size_t>(most) - 1] : unselected;
      if (upper == unselected && !upper.rational()) return std::nullopt;
      trace.separator = most > 0 ? separator(upper, unselected) : unselected.enclose(Rational(1, 16)).hi;
    }
  }
  if (trace.gram || range.cols() == most) {
    const RationalMatrix shifted = sigma - trace.separator * RationalMatrix::Identity(n, n);
    trace.cover = symmetric_part(multiply(shifted, projector_onto_range(range)));
  }
  const Rational& c = trace.separator;
  const Rational k(most);
  const Rational bound =
      trace.gram
          ? Rational(inner(y, y) - inner(trace.cover, trace.cover) - 2 * c * rankscape::trace(trace.cover) - k * c * c)
          : Rational(inner(y, y) - k * c - rankscape::trace(trace.cover));
  if (bound <= 0) return std::nullopt;  // a square is that without evidence
  if (f * f * bound != loss.value(s)(0, 0)) return std::nullopt;
  auto cover = semidefinite(trace.cover);
  auto rest = semidefinite(RationalMatrix(trace.cover - sigma + c * RationalMatrix::Identity(n, n)));
  if (!cover || !rest) return std::nullopt;
  trace.cover_evidence = *std::move(cover);
  trace.rest_evidence = *std::move(rest);
  return Bound{s, std::move(trace)};
}

bool shrinks(const Patterns& loss, const std::vector<RationalMatrix>& slope, Bound::Term& term) {
  const auto [square, norm_u, norm_v] = std::tuple(term.nodes[0], term.nodes[1], term.nodes[2]);
  const auto [f, y, p] = loss.residual(*loss.squared(square));
  const Rational unit = f * f * slope[square](0, 0);
  if (unit <= 0) return false;
  const Rational a = slope[norm_v](0, 0) / unit;
  const Rational b = slope[norm_u](0, 0) / unit;
  if (a <= 0 || b <= 0) return false;
  const RationalMatrix& u = loss.value(loss.factors(p)->u);
  const Index m = y.rows();
  const Index most = std::min(loss.rank_bound(loss.factors(p)->u), m);
  Bound::Term::Cover cover;
  if (rank(u) == most && most < std::min(m, y.cols())) {
    RationalMatrix both = RationalMatrix::Zero(m + y.cols(), m + y.cols());  // eigenvalues +- sqrt(a b) y_i
    both.topRightCorner(m, y.cols()) = a * y;
    both.bottomLeftCorner(y.cols(), m) = b * y.transpose();
    const std::vector<RealRoot> spectrum = real_eigenvalues(both);
    const RealRoot& left_out = spectrum[static_cast<std::size_t>(most)];
    const RealRoot& upper = most > 0 ? spectrum[static_cast<std::size_t>(most) - 1] : left_out;
    if (upper == left_out && !upper.rational()) return false;
    cover.separator = std::max<Rational>(separator(upper, left_out) - a * b, 0);
  }
  const Rational& e = cover.separator;
  const RationalMatrix one = RationalMatrix::Identity(m, m);
  cover.matrix = b * multiply(u, u.transpose()) + e * (one - projector_onto_range(u));
  const Rational bound = inner(y, y) - (inner(cover.matrix, cover.matrix) - Rational(m - most) * e * e) / (a * b);
  const Rational here = slope[square](0, 0) * loss.value(square)(0, 0) +
                        slope[norm_u](0, 0) * loss.value(norm_u)(0, 0) + slope[norm_v](0, 0) * loss.value(norm_v)(0, 0);
  if (unit * bound != here) return false;
  const RationalMatrix root = cover.matrix + a * b * one;
  auto above_separator = semidefinite(RationalMatrix(cover.matrix - e * one));
  auto rest = semidefinite(RationalMatrix(multiply(root, root) - a * b * multiply(y, y.transpose())));
  if (!above_separator || !rest) return false;
  cover.above_separator = *std::move(above_separator);
  cover.rest = *std::move(rest);
  term.cover = std::move(cover);
  return true;
}

}  // namespace rankscape::certificate
