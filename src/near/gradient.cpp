#include "near/gradient.hpp"

#include <algorithm>
#include <cmath>

#include "exact/decompositions.hpp"
#include "near/last_bias.hpp"

namespace rankscape::near {

namespace {

Real transposed(const Real& a) {
  return a.transpose();
}

// A value and its derivative along a direction.
template <class M>
struct Jet {
  M value;
  M slope;
};

template <class M>
Jet<M> operator*(const Jet<M>& a, const Jet<M>& b) {
  return {M(a.value * b.value), M(a.slope * b.value + a.value * b.slope)};
}
template <class M>
Jet<M> operator-(const Jet<M>& a, const Jet<M>& b) {
  return {M(a.value - b.value), M(a.slope - b.slope)};
}
template <class M>
Jet<M> transposed(const Jet<M>& a) {
  return {transposed(a.value), transposed(a.slope)};
}

// (W_H..W_{h+1})^T (W_H..W_1 Sxx - Syx) (W_{h-1}..W_1)^T, half the gradient.
template <class Number>
std::vector<Number> half_gradient(const std::vector<Number>& w, const Number& sxx, const Number& syx) {
  const std::size_t H = w.size();
  std::vector<Number> right{w.front()};
  right.reserve(H);
  for (std::size_t h = 1; h < H; ++h)
    right.push_back(w[h] * right.back());
  const Number error = right.back() * sxx - syx;
  std::vector<Number> gradient(H);
  Number left = transposed(w.back());
  for (std::size_t h = H; h-- > 0;) {
    const Number across = h + 1 == H ? error : left * error;
    gradient[h] = h == 0 ? across : across * transposed(right[h - 1]);
    if (h + 1 < H && h > 0) left = transposed(w[h]) * left;
  }
  return gradient;
}

// What <v, half the gradient> may lose within rho beyond the first order, for |v| = 1: the sum of these times rho^k, k
// = 0, 1, 2, ..; with |P_q(d, .., d)| <= c_q rho^q and |P_q(d, .., d; v)| <= e_q rho^(q-1) for the terms P_q of the
// product.
std::vector<Rational> higher_terms(const Network& network, const Products& products) {
  const auto H = static_cast<std::size_t>(network.layers());
  const Approximation product =
      network.product() * Approximation{network.Sxx, 0} - Approximation{network.Sxy.transpose(), 0};
  const Rational error = norm_above(product.value) + product.error;
  const Rational sxx = enclose_singular_values(network.Sxx).norm_upper;
  const std::vector<Rational> sums = products.piece_sums(0, network.layers() + 1);
  const std::vector<Rational>& c = products.whole_product_coefficients();
  std::vector<Rational> e(1, Rational(0));
  Rational binomial = 1;  // C(H, q - 1) / H^(q - 1)
  for (std::size_t q = 1; q <= H; ++q) {
    e.push_back(root_above(sums[q] * binomial * static_cast<long>(q)));
    binomial *= Rational(static_cast<long>(H + 1 - q)) / Rational(static_cast<long>(q * H));
  }
  std::vector<Rational> terms(2 * H, Rational(0));
  for (std::size_t b = 1; b <= H; ++b) {
    if (b >= 3) terms[b - 1] += error * e[b];
    for (std::size_t a = 1; a <= H; ++a)
      if (a + b >= 3) terms[a + b - 1] += sxx * c[a] * e[b];
  }
  return terms;
}

using Layers = std::vector<Real>;

double inner(const Layers& a, const Layers& b) {
  double sum = 0;
  for (std::size_t h = 0; h < a.size(); ++h)
    sum += a[h].cwiseProduct(b[h]).sum();
  return sum;
}

void add_multiple(Layers& a, double factor, const Layers& b) {
  for (std::size_t h = 0; h < a.size(); ++h)
    a[h] += factor * b[h];
}

// The loss near the weights, in doubles.
struct Slopes {
  Layers W;
  Jet<Real> sxx, syx;

  explicit Slopes(const Network& network) : sxx(still(network.Sxx)), syx(still(network.Sxy.transpose())) {
    for (const RationalMatrix& w : network.W)
      W.push_back(truncated(w));
  }
  static Jet<Real> still(const RationalMatrix& a) { return {truncated(a), Real::Zero(a.rows(), a.cols())}; }
  [[nodiscard]] std::vector<Jet<Real>> along(const Layers& v) const {
    std::vector<Jet<Real>> w;
    for (std::size_t h = 0; h < v.size(); ++h)
      w.push_back({W[h], v[h]});
    return half_gradient(w, sxx, syx);
  }
  [[nodiscard]] Layers hessian(const Layers& v) const {
    Layers bent;
    for (const Jet<Real>& part : along(v))
      bent.push_back(part.slope);
    return bent;
  }
};

// The largest rho with bend rho + size (terms at rho) <= slope.
double radius_of(double slope, double bend, double size, const std::vector<double>& terms) {
  if (!(slope > 0)) return 0;
  const auto lost = [&](double rho) {
    double sum = 0;
    for (std::size_t k = terms.size(); k-- > 0;)
      sum = sum * rho + terms[k];
    return bend * rho + size * sum;
  };
  double lo = 0;
  double hi = 1e-40;
  while (lost(hi) < slope && hi < 1e100)
    hi *= 4;
  for (int k = 0; k < 48; ++k) {
    const double middle = (lo + hi) / 2;
    (lost(middle) < slope ? lo : hi) = middle;
  }
  return lo;
}

std::vector<double> in_doubles(const std::vector<Rational>& terms) {
  std::vector<double> values;
  values.reserve(terms.size());
  for (const Rational& term : terms)
    values.push_back(term.convert_to<double>());
  return values;
}

// Conjugate gradients for H^2 v = g: an iterate maximizes <v, g> / |H v| in its Krylov space. The one with the largest
// radius is taken, the gradient itself among them.
Layers proposed_direction(const Network& network, const std::vector<double>& terms) {
  const Slopes slopes(network);
  Layers g;
  for (const Jet<Real>& part : slopes.along(slopes.W))
    g.push_back(part.value);
  Layers best = g;
  const Layers along_g = slopes.hessian(g);
  double best_radius = radius_of(inner(g, g), std::sqrt(inner(along_g, along_g)), std::sqrt(inner(g, g)), terms);
  Layers v = g;
  Layers bent = g;
  for (std::size_t h = 0; h < g.size(); ++h) {
    v[h].setZero();
    bent[h].setZero();
  }
  Layers rest = g;
  Layers p = g;
  double square = inner(rest, rest);
  const long width = *std::max_element(network.widths.begin(), network.widths.end());
  constexpr long wide = 32;
  const int steps = width <= wide ? 40 : 4;
  for (int k = 0; k < steps && square > 0; ++k) {
    const Layers q = slopes.hessian(p);
    const double curvature = inner(q, q);
    const double step = square / curvature;
    if (!std::isfinite(step)) break;
    add_multiple(v, step, p);
    add_multiple(bent, step, q);
    add_multiple(rest, -step, slopes.hessian(q));
    const double next = inner(rest, rest);
    for (std::size_t h = 0; h < p.size(); ++h)
      p[h] = rest[h] + next / square * p[h];
    square = next;
    const double radius = radius_of(inner(v, g), std::sqrt(inner(bent, bent)), std::sqrt(inner(v, v)), terms);
    if (!(radius > best_radius)) continue;
    best_radius = radius;
    best = v;
  }
  return best;
}

// Of about length 1, in short numbers.
std::vector<RationalMatrix> direction_for(const Network& network, const std::vector<Rational>& terms) {
  Layers v = proposed_direction(network, in_doubles(terms));
  const double size = std::sqrt(inner(v, v));
  std::vector<RationalMatrix> direction;
  constexpr unsigned short_bits = 40;
  for (Real& layer : v) {
    if (size > 0) layer /= size;
    direction.push_back(shortened(exactly(layer), short_bits));
  }
  return direction;
}

}  // namespace

std::vector<RationalMatrix> gradient_direction(const Network& network, const Products& products) {
  return direction_for(network, higher_terms(network, products));
}

Rational gradient_radius(const Network& network, const Products& products) {
  const std::vector<Rational> terms = higher_terms(network, products);
  const std::vector<RationalMatrix> v = direction_for(network, terms);
  const auto still = [](const RationalMatrix& a) {
    return Jet<Approximation>{{a, 0}, {RationalMatrix::Zero(a.rows(), a.cols()), 0}};
  };
  std::vector<Jet<Approximation>> along;
  Rational size_square = 0;
  for (std::size_t h = 0; h < v.size(); ++h) {
    along.push_back({{network.W[h], 0}, {v[h], 0}});
    size_square += square_norm(v[h]);
  }
  Rational slope = 0;        // <v, half the gradient>
  Rational bend_square = 0;  // of its derivative along v
  const auto parts = half_gradient(along, still(network.Sxx), still(network.Sxy.transpose()));
  for (std::size_t h = 0; h < v.size(); ++h) {
    const Approximation& value = parts[h].value;
    slope += v[h].cwiseProduct(value.value).sum();
    if (value.error != 0) slope -= norm_above(v[h]) * value.error;
    const Rational bent = norm_above(parts[h].slope.value) + parts[h].slope.error;
    bend_square += bent * bent;
  }
  if (slope <= 0) return 0;
  const Rational size = root_above(size_square);
  const Rational bend = root_above(bend_square);
  double radius =
      radius_of(slope.convert_to<double>(), bend.convert_to<double>(), size.convert_to<double>(), in_doubles(terms));
  for (int k = 0; k < 8 && radius > 0; ++k) {
    radius *= 1 - 1e-10;
    Rational rho(radius);
    Rational lost = 0;
    for (std::size_t q = terms.size(); q-- > 0;)
      lost = lost * rho + terms[q];
    if (bend * rho + size * lost < slope) return rho;
  }
  return 0;
}

}  // namespace rankscape::near
