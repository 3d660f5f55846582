#include "near/bounds.hpp"

#include <functional>
#include <stdexcept>

#include "near/simplex.hpp"

namespace rankscape::near {

namespace {

Rational binomial(long n, long k) {
  Rational value = 1;
  for (long i = 0; i < k; ++i)
    value = value * Rational(n - i) / Rational(i + 1);
  return value;
}

Rational power(const Rational& base, long exponent) {
  Rational value = 1;
  for (long i = 0; i < exponent; ++i)
    value *= base;
  return value;
}

// The largest radius, of about 40 bits, for which a property that gets lost holds.
Rational largest_radius(const std::function<bool(const Rational&)>& holds) {
  Rational lo = 0;
  Rational hi = Rational(1, 1) / Rational(Integer(1) << 60U);
  if (!holds(hi)) return 0;
  int doublings = 0;
  while (holds(hi) && ++doublings < 160) {
    lo = hi;
    hi *= 2;
  }
  for (int k = 0; k < 36; ++k) {
    const Rational middle = (lo + hi) / 2;
    (holds(middle) ? lo : hi) = middle;
  }
  return lo;
}

}  // namespace

std::size_t Products::index(int a, int length) const {
  return static_cast<std::size_t>(a * (layers_ + 1) + length - 1);
}

Products::Products(const Network& network) : layers_(network.layers()) {
  const int nodes = layers_ + 1;
  bounds_.resize(static_cast<std::size_t>(nodes) * static_cast<std::size_t>(nodes));
  spectra_.resize(bounds_.size());
  coefficients_.resize(bounds_.size());
  for (int a = 0; a < nodes; ++a) {
    Approximation product;
    bounds_[index(a, 1)].norm_upper = 1;
    for (int length = 2; length <= nodes; ++length) {
      const int from = (a + length - 2) % nodes;
      const Approximation step{from == layers_ ? network.Sxy : network.W[static_cast<std::size_t>(from)], 0};
      product = length == 2 ? step : step * product;
      spectra_[index(a, length)] = enclose_gram_spectrum(product);
      bounds_[index(a, length)] = singular_bounds(spectra_[index(a, length)]);
    }
  }
  for (int a = 0; a < nodes; ++a)
    for (int length = 2; length <= nodes; ++length) {
      const std::vector<Rational> sums = piece_sums(a, length);
      const long k = static_cast<long>(sums.size()) - 1;
      std::vector<Rational>& c = coefficients_[index(a, length)];
      c.emplace_back(0);
      for (long q = 1; q <= k; ++q)
        c.push_back(root_above(binomial(k, q) / power(Rational(k), q) * sums[static_cast<std::size_t>(q)]));
    }
}

const std::vector<Rational>& Products::layer_squares(int h) const {
  return bounds_[index(h - 1, 2)].square_lower;
}

Rational Products::norm_above(int a, int length) const {
  return bounds_[index(a % (layers_ + 1), length)].norm_upper;
}

std::vector<Rational> Products::piece_sums(int a, int length) const {
  const int steps = length - 1;
  const auto is_layer = [&](int t) { return (a + t) % (layers_ + 1) != layers_; };
  int k = 0;
  for (int t = 0; t < steps; ++t)
    if (is_layer(t)) ++k;
  std::vector<Rational> sums(static_cast<std::size_t>(k) + 1, Rational(0));
  // by the last layer taken out
  std::vector<Rational> ending(static_cast<std::size_t>(steps), Rational(0));
  for (int q = 1; q <= k; ++q) {
    std::vector<Rational> next(static_cast<std::size_t>(steps), Rational(0));
    for (int t = 0; t < steps; ++t) {
      if (!is_layer(t)) continue;
      if (q == 1) next[static_cast<std::size_t>(t)] = power(norm_above(a, t + 1), 2);
      for (int s = 0; q > 1 && s < t; ++s)
        next[static_cast<std::size_t>(t)] +=
            ending[static_cast<std::size_t>(s)] * power(norm_above(a + s + 1, t - s), 2);
      sums[static_cast<std::size_t>(q)] +=
          next[static_cast<std::size_t>(t)] * power(norm_above(a + t + 1, steps - t), 2);
    }
    for (Rational& value : next)
      value = rounded_up(value);
    ending = std::move(next);
  }
  return sums;
}

Rational Products::moves(int a, int length, const Rational& rho) const {
  Rational sum = 0;
  Rational rho_q = 1;
  for (const Rational& c : coefficients_[index(a, length)]) {
    sum += c * rho_q;
    rho_q *= rho;
  }
  return sum;
}

long Products::surviving_rank(int a, int length, const Rational& rho) const {
  const Rational moved = power(moves(a, length, rho), 2);
  long rank = 0;
  for (const Rational& square : bounds_[index(a, length)].square_lower)
    if (square > moved) ++rank;
  return rank;
}

std::optional<Farkas> no_strings(const Network& network, const Products& products, long r, const Rational& rho) {
  const int H = network.layers();
  const int nodes = H + 1;
  const auto strings = deep_linear::admissible_strings(H);
  // a row: coefficients . m = right (a node) or >= right (a product that keeps its rank)
  LinearProgram program;
  Farkas farkas;
  farkas.r = r;
  const auto add = [&](int a, int length, long required) {
    std::vector<Rational> row;
    for (const String& s : strings) {
      const int offset = (a - s.start + nodes) % nodes;
      row.emplace_back(offset + length <= s.length ? 1 : 0);
    }
    program.rows.push_back(std::move(row));
    program.right.emplace_back(required);
    program.equality.push_back(length == 1);
    farkas.terms.push_back({a, length, Rational(required), Rational(0)});
  };
  for (int h = 0; h < nodes; ++h)
    add(h, 1, network.widths[static_cast<std::size_t>(h)] - r);
  for (int a = 0; a < nodes; ++a)
    for (int length = 2; length <= nodes; ++length) {
      const long required = products.surviving_rank(a, length, rho) - r;
      if (required > 0) add(a, length, required);
    }
  const auto y = farkas_vector(program);
  if (!y) return std::nullopt;
  for (std::size_t i = 0; i < y->size(); ++i)
    farkas.terms[i].weight = (*y)[i];
  std::erase_if(farkas.terms, [](const Farkas::Term& term) { return term.weight == 0; });
  return farkas;
}

SelectionBounds::SelectionBounds(const Network& network, const Products& products)
    : network_(network), products_(products) {
  const Spectrum& sigma = network.sigma;
  const Approximation psxy = network.product() * Approximation{network.Sxy, 0};
  const RationalMatrix qt = sigma.Q.transpose();
  const RationalMatrix in_basis = multiply({qt, psxy.value, sigma.Q});
  const RationalMatrix pushed = multiply(network.Sxy, sigma.Q);
  const Rational psxy_norm = norm_above(psxy.value) + psxy.error;
  const Rational sxy_norm = norm_above(network.Sxy);
  Index first = 0;
  for (const Index size : sigma.clusters()) {
    const Index end = first + size;
    const Rational count(static_cast<long>(size));
    Cluster c{first, size, 0, 0, sigma.d[static_cast<std::size_t>(end) - 1] - sigma.f, 0, count * sigma.f, 0};
    Selection block;
    for (Index i = first; i < end; ++i) {
      block.insert(i);
      c.trace += in_basis(i, i);
      c.sum += sigma.d[static_cast<std::size_t>(i)];
    }
    const auto eps = sigma.basis_error(block);
    first = end;
    if (!eps) {
      separated_ = false;
      continue;
    }
    // columns of norm^2 <= 1 + e < 2: what psxy is off counts twice for each
    c.doubt = psxy_norm * root_above(count) * (2 * *eps + *eps * *eps) + 2 * count * psxy.error;
    c.norm = norm_above(pushed.middleCols(c.first, size)) + sxy_norm * *eps;
    clusters_.push_back(std::move(c));
  }
}

namespace {

bool is_cut(const Selection& S, Index first, Index size) {
  for (Index i = first; i < first + size; ++i)
    if (S.contains(i) != S.contains(first)) return true;
  return false;
}

}  // namespace

Rational SelectionBounds::radius(const Selection& S) const {
  if (!separated_) return 0;
  std::vector<Rational> slack;
  for (const Cluster& c : clusters_) {
    if (is_cut(S, c.first, c.size)) return 0;
    const Rational off = S.contains(c.first) ? Rational(c.sum + c.sum_doubt - c.trace) : c.trace;
    slack.push_back(c.least - off - c.doubt);
  }
  return largest_radius([&](const Rational& rho) {
    const Rational moved = products_.whole_product_moves(rho);
    for (std::size_t k = 0; k < clusters_.size(); ++k)
      if (moved * clusters_[k].norm >= slack[k]) return false;
    return true;
  });
}

bool SelectionBounds::excludes(const Selection& S, const Rational& rho) const {
  const Rational moved = products_.whole_product_moves(rho);
  for (const Cluster& c : clusters_) {  // there the trace is that of Pi_S Sigma
    if (is_cut(S, c.first, c.size)) continue;
    const Rational off = abs(S.contains(c.first) ? Rational(c.sum - c.trace) : c.trace);
    const Rational doubt = S.contains(c.first) ? Rational(c.doubt + c.sum_doubt) : c.doubt;
    if (off > doubt + moved * c.norm) return true;
  }
  return no_strings(network_, products_, static_cast<long>(S.size()), rho).has_value();
}

EmptyRadius strings_radius(const Network& network, const Products& products, const Rational& only_radius, long only_r) {
  EmptyRadius found;
  const auto prove = [&](const Rational& rho) {
    std::vector<Farkas> proofs;
    for (long r = 0; r <= network.rmax(); ++r) {
      if (rho <= only_radius && r != only_r) continue;
      auto proof = no_strings(network, products, r, rho);
      if (!proof) return false;
      proofs.push_back(std::move(*proof));
    }
    found.proofs = std::move(proofs);
    return true;
  };
  found.radius = largest_radius(prove);
  if (found.radius > 0) prove(found.radius);
  return found;
}

Rational distance_below(const Network& network, const Products& products, long r, const Stratum& stratum) {
  Rational square = 0;
  for (int h = 1; h <= network.layers(); ++h) {
    const std::vector<Rational>& values = products.layer_squares(h);
    for (auto k = static_cast<std::size_t>(r + stratum.passing(h - 1, 2)); k < values.size(); ++k)
      square += values[k];
  }
  const int nodes = network.layers() + 1;
  const Rational by_ranks = largest_radius([&](const Rational& rho) {
    for (int a = 0; a < nodes; ++a)
      for (int length = 2; length <= nodes; ++length)
        if (products.surviving_rank(a, length, rho) > r + stratum.passing(a, length)) return true;
    return false;
  });
  return std::max(root_below(square), by_ranks);
}

}  // namespace rankscape::near
