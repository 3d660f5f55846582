// The nearest set S where the product of the layers says another one: exact critical points put together by hand, whose
// gradient is checked to vanish exactly, with layers of very different sizes, then moved. What is reported as nearest
// must not be farther than the point that is known to be there.
#include <doctest/doctest.h>
#include <fmt/format.h>

#include "exact/random.hpp"
#include "near/fit.hpp"
#include "near/report.hpp"

using namespace rankscape;
using namespace rankscape::near;

namespace {

struct Moved {
  std::vector<RationalMatrix> W;  // what the user has
  RationalMatrix Sxx, Sxy;
  Selection S;        // of the critical point
  Rational distance;  // to it
};

RationalMatrix chain(const std::vector<RationalMatrix>& W, std::size_t from, std::size_t to, Index n) {
  RationalMatrix p = RationalMatrix::Identity(n, n);
  for (std::size_t h = from; h < to; ++h)
    p = multiply(W[h], p);
  return p;
}

bool gradient_vanishes(const std::vector<RationalMatrix>& W, const RationalMatrix& Sxx, const RationalMatrix& Sxy) {
  const std::size_t H = W.size();
  const Index dx = Sxx.rows();
  const RationalMatrix residual = multiply(chain(W, 0, H, dx), Sxx) - RationalMatrix(Sxy.transpose());
  for (std::size_t h = 0; h < H; ++h) {
    const RationalMatrix left = chain(W, h + 1, H, W[h].rows()).transpose();
    const RationalMatrix right = chain(W, 0, h, dx).transpose();
    if (!is_zero(multiply({left, residual, right}))) return false;
  }
  return true;
}

Rational power_of_two(long exponent) {
  const Rational power(Integer(1) << static_cast<unsigned>(std::abs(exponent)));
  return exponent < 0 ? Rational(1 / power) : power;
}

// W_h = G_h diag(I, Z_h) G_{h-1}^-1 with 0-1 matrices Z_h, drawn until the gradient vanishes; the sizes of the G_h
// differ by up to 2^(2 spread).
Moved planted_with_sizes(const std::vector<long>& d, long spread, std::uint64_t seed) {
  Random random(seed);
  const Index dx = d.front();
  const Index dy = d.back();
  const std::size_t H = d.size() - 1;
  Moved moved;
  const RationalMatrix u = random_orthogonal(dy, random);
  const RationalMatrix v = random_orthogonal(dx, random);
  std::vector<Rational> sigma{5};  // so that none is 1, where a string through all layers would belong to the product
  for (Index i = 1; i < dy; ++i)
    sigma.emplace_back(sigma.back() * Rational(random.integer(2, 7), 8));
  moved.Sxx = RationalMatrix::Identity(dx, dx);
  moved.Sxy = RationalMatrix::Zero(dx, dy);
  for (Index i = 0; i < dy; ++i)
    moved.Sxy += sigma[static_cast<std::size_t>(i)] * v.col(i) * u.col(i).transpose();
  for (Index i = 0; i < dy; ++i)
    if (random.integer(0, 2) > 0) moved.S.insert(i);
  const auto r = static_cast<Index>(moved.S.size());
  RationalMatrix inputs(dx, dx);  // of S, then the others
  RationalMatrix outputs(dy, dy);
  Index selected = 0;
  Index other = r;
  for (Index i = 0; i < dx; ++i) {
    const bool in = moved.S.contains(i);
    const Index at = in ? selected++ : other++;
    inputs.row(at) = v.col(i).transpose();
    if (in) inputs.row(at) *= sigma[static_cast<std::size_t>(i)];
    if (i < dy) outputs.col(at) = u.col(i);
  }
  std::vector<RationalMatrix> exact;
  do {
    exact.clear();
    RationalMatrix before = inputs;
    for (std::size_t h = 1; h <= H; ++h) {
      RationalMatrix z = RationalMatrix::Zero(d[h], d[h - 1]);
      for (Index i = 0; i < r; ++i)
        z(i, i) = 1;
      for (Index i = r; i < d[h]; ++i)
        for (Index j = r; j < d[h - 1]; ++j)
          if (random.integer(0, 3) == 0) z(i, j) = 1;
      RationalMatrix g = outputs;
      if (h < H) {
        g = random_unimodular(d[h], random);
        g *= power_of_two(random.integer(-spread, spread));
      }
      exact.push_back(multiply({g, z, before}));
      if (h < H) before = *inverse(g);
    }
  } while (!gradient_vanishes(exact, moved.Sxx, moved.Sxy));
  const Rational noise = power_of_two(-random.integer(4, 10));
  Rational square = 0;
  for (const RationalMatrix& w : exact) {
    const RationalMatrix off = noise / 8 * random_integers(w.rows(), w.cols(), 8, random);
    const RationalMatrix there = w + off;
    moved.W.push_back(there.unaryExpr([](const Rational& x) { return Rational(x.convert_to<double>()); }));
    square += square_norm(moved.W.back() - w);
  }
  moved.distance = root_above(square);
  return moved;
}

// Does the product of the layers suggest another set?
bool hides_its_set(const Moved& at) {
  const Network network = make_network(at.W, at.Sxx, at.Sxy);
  return Proposer(network).selections(Products(network)).front().S != at.S;
}

void check_nearest(const Moved& at) {
  const Network network = make_network(at.W, at.Sxx, at.Sxy);
  const Answer answer = analyse(problem_of(network), 400);
  REQUIRE_FALSE(answer.found.empty());
  CHECK(answer.found.front().above <= at.distance);
  CHECK(answer.empty_radius() <= at.distance);
  const Products products(network);
  const SelectionBounds bounds(network, products);
  CHECK_FALSE(bounds.excludes(at.S, at.distance));
  // within the radius of one S every other one is excluded
  const Selection first = Proposer(network).selections(products).front().S;
  const Rational radius = bounds.radius(first);
  for (Index i = 0; i < network.widths.back() && radius > 0; ++i) {
    Selection changed = first;
    if (changed.erase(i) == 0) changed.insert(i);
    if (static_cast<long>(changed.size()) <= network.rmax()) CHECK(bounds.excludes(changed, radius));
  }
}

// So many points whose set is hidden, from this seed on.
void check_hidden(const std::vector<long>& widths, std::uint64_t seed, int wanted) {
  constexpr long spread = 5;
  constexpr int most = 200;
  for (int tried = 0; wanted > 0; ++seed) {
    REQUIRE(++tried <= most);
    const Moved at = planted_with_sizes(widths, spread, seed);
    if (!hides_its_set(at)) continue;
    --wanted;
    const std::string which = fmt::format("widths {}, seed {}", fmt::join(widths, ","), seed);
    CAPTURE(which);
    check_nearest(at);
  }
}

}  // namespace

TEST_SUITE("quick") {
  TEST_CASE("a planted point whose S the product of the layers hides is found") {
    check_hidden({4, 3, 3}, 0, 2);
    check_hidden({3, 3, 3, 3}, 0, 2);
  }
}

TEST_SUITE("standard") {
  TEST_CASE("planted points, hidden by layers of different sizes or not: the nearest reported is at least as near") {
    check_hidden({4, 3, 3}, 100, 4);
    check_hidden({3, 3, 3, 3}, 100, 4);
    check_hidden({5, 4, 4, 3}, 100, 2);
    for (std::uint64_t seed = 1; seed <= 4; ++seed) {
      CAPTURE(seed);
      check_nearest(planted_with_sizes({3, 3, 3, 3}, 1, seed));
    }
  }
}
