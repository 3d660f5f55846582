// The closed forms of the deep linear network against what GiNaC derives from the loss: equality as polynomials in
// every entry of W, X and Y, and the same at random points of larger shapes.

#include <doctest/doctest.h>
#include <fmt/ranges.h>
#include <models/deep_linear/calculus.hpp>
#include <models/deep_linear/formula.hpp>
#include <symbolic/compile.hpp>
#include <symbolic/formula.hpp>

#include <rankscape/error.hpp>

#include <random>

using namespace rankscape;
using deep_linear::Network;
using symbolic::Expression;

namespace {

/// Fills matrices from a sequence of entries in the order of Formula::variables, then parameters.
template <class S>
Network<S> network_from(const Shape& widths, long samples, const std::vector<S>& entries) {
  auto next = entries.begin();
  const auto take = [&](long rows, long cols) {
    Matrix<S> a(rows, cols);
    for (Index col = 0; col < cols; ++col) {
      for (Index row = 0; row < rows; ++row)
        a(row, col) = *next++;
    }
    return a;
  };
  Network<S> network;
  for (std::size_t h = 1; h < widths.size(); ++h)
    network.weights.push_back(take(widths[h], widths[h - 1]));
  network.X = take(widths.front(), samples);
  network.Y = take(widths.back(), samples);
  REQUIRE(next == entries.end());
  return network;
}

std::vector<GiNaC::symbol> all_symbols(const symbolic::Formula& formula) {
  std::vector<GiNaC::symbol> symbols = formula.variables;
  symbols.insert(symbols.end(), formula.parameters.begin(), formula.parameters.end());
  return symbols;
}

void check_identities(const Shape& widths, long samples) {
  CAPTURE(fmt::format("{}", fmt::join(widths, ",")));
  const symbolic::Formula formula = deep_linear::loss_formula(widths, samples);
  const std::vector<GiNaC::symbol> symbols = all_symbols(formula);
  const Network<Expression> network =
      network_from<Expression>(widths, samples, std::vector<Expression>(symbols.begin(), symbols.end()));
  CHECK(symbolic::is_identically_zero(formula.loss - deep_linear::loss(network)));

  const symbolic::ExpressionVector derived_gradient = symbolic::gradient(formula);
  const symbolic::ExpressionVector gradient = deep_linear::gradient(network);
  REQUIRE(gradient.size() == derived_gradient.size());
  for (Index i = 0; i < gradient.size(); ++i) {
    CAPTURE(i);
    CHECK(symbolic::is_identically_zero(derived_gradient(i) - gradient(i)));
  }
  const symbolic::ExpressionMatrix derived_hessian = symbolic::hessian(formula, derived_gradient);
  const symbolic::ExpressionMatrix hessian = deep_linear::hessian(network);
  REQUIRE(hessian.rows() == gradient.size());
  REQUIRE(hessian.cols() == gradient.size());
  for (Index col = 0; col < hessian.cols(); ++col) {
    for (Index row = 0; row < hessian.rows(); ++row) {
      CAPTURE(row);
      CAPTURE(col);
      if (row >= col) CHECK(symbolic::is_identically_zero(derived_hessian(row, col) - hessian(row, col)));
      if (row < col) CHECK(hessian(row, col).is_equal(hessian(col, row)));
    }
  }
}

Network<Rational> random_network(std::mt19937_64& random, const Shape& widths, long samples, bool integers) {
  std::size_t count = static_cast<std::size_t>(samples * (widths.front() + widths.back()));
  for (std::size_t h = 1; h < widths.size(); ++h)
    count += static_cast<std::size_t>(widths[h] * widths[h - 1]);
  std::vector<Rational> entries;
  for (std::size_t i = 0; i < count; ++i) {
    const long numerator = random() % 3 == 0 ? 0 : static_cast<long>(random() % 13) - 6;
    entries.push_back(Rational(numerator) / Rational(integers ? 1 : static_cast<long>(random() % 7) + 1));
  }
  return network_from<Rational>(widths, samples, entries);
}

void check_at_random_points(const Shape& widths, long samples, int points, std::uint64_t seed) {
  CAPTURE(fmt::format("{}", fmt::join(widths, ",")));
  CAPTURE(seed);
  std::mt19937_64 random(seed);
  const symbolic::Formula formula = deep_linear::loss_formula(widths, samples);
  const symbolic::ExpressionVector derived_gradient = symbolic::gradient(formula);
  const symbolic::ExpressionMatrix derived_hessian = symbolic::hessian(formula, derived_gradient);
  std::vector<Expression> outputs{formula.loss};
  outputs.insert(outputs.end(), derived_gradient.begin(), derived_gradient.end());
  outputs.insert(outputs.end(), derived_hessian.reshaped().begin(), derived_hessian.reshaped().end());
  const symbolic::Program program = symbolic::compile(outputs, all_symbols(formula));
  const Index n = derived_gradient.size();
  for (int point = 0; point < points; ++point) {
    CAPTURE(point);
    const Network<Rational> network = random_network(random, widths, samples, point % 2 == 0);
    std::vector<Rational> values;
    for (const RationalMatrix& w : network.weights)
      values.insert(values.end(), w.reshaped().begin(), w.reshaped().end());
    values.insert(values.end(), network.X.reshaped().begin(), network.X.reshaped().end());
    values.insert(values.end(), network.Y.reshaped().begin(), network.Y.reshaped().end());
    const std::vector<Rational> derived = program.evaluate<Rational>(values);
    const RationalVector gradient = Eigen::Map<const RationalVector>(derived.data() + 1, n);
    const RationalMatrix hessian = Eigen::Map<const RationalMatrix>(derived.data() + 1 + n, n, n);
    const deep_linear::Moments<Rational> data = deep_linear::moments(network.X, network.Y);
    CHECK(deep_linear::loss(network) == derived.front());
    CHECK(deep_linear::gradient(network) == gradient);
    CHECK(deep_linear::hessian(network) == hessian);
    // The integer path is what the overload above chose; here the template, by name.
    CHECK(deep_linear::gradient<Rational>(network.weights, data) == gradient);
    CHECK(deep_linear::hessian<Rational>(network.weights, data) == hessian);
  }
}

}  // namespace

TEST_SUITE("quick") {
  TEST_CASE("closed forms are the derivatives, as polynomials") {
    check_identities({2, 2, 2}, 2);
    check_identities({3, 2, 2}, 2);
    check_identities({1, 1, 1, 1, 1}, 2);
    check_identities({2, 1, 2, 1, 2}, 2);
  }

  TEST_CASE("closed forms and derivatives agree at random rational points, both paths") {
    check_at_random_points({2, 3, 2}, 3, 6, 11);
    check_at_random_points({3, 2, 1, 2}, 2, 6, 12);
  }

  TEST_CASE("one layer is not a deep network, two that do not match are none") {
    CHECK_THROWS_AS(static_cast<void>(deep_linear::loss_formula({2, 2}, 2)), InputError);
    CHECK_THROWS_AS(static_cast<void>(deep_linear::loss_formula({2, 0, 2}, 2)), InputError);
    CHECK_THROWS_AS(static_cast<void>(deep_linear::loss_formula({2, 2, 2}, 0)), InputError);
    CHECK_THROWS_AS(static_cast<void>(deep_linear::loss_formula({2, 1999, 2}, 2)), InputError);
    const RationalMatrix a = RationalMatrix::Zero(2, 3);
    const RationalMatrix square = RationalMatrix::Zero(3, 3);
    const deep_linear::Moments<Rational> data{square, RationalMatrix::Zero(3, 2), RationalMatrix::Zero(2, 2)};
    CHECK_THROWS_AS(static_cast<void>(deep_linear::hessian({a, a}, data)), std::invalid_argument);
    CHECK_THROWS_AS(static_cast<void>(deep_linear::gradient({}, data)), std::invalid_argument);
    CHECK_THROWS_AS(static_cast<void>(deep_linear::gradient({a, square}, data)), std::invalid_argument);
  }
}

TEST_SUITE("standard") {
  TEST_CASE("closed forms are the derivatives, as polynomials: larger shapes") {
    check_identities({2, 2, 2, 2}, 2);
    check_identities({2, 3, 2, 1}, 2);
    check_identities({3, 2, 2}, 3);
    check_identities({3, 3, 3}, 2);
    check_identities({2, 2, 2, 2, 2}, 2);
  }

  TEST_CASE("closed forms and derivatives agree at random rational points of larger shapes") {
    check_at_random_points({4, 3, 3}, 5, 4, 21);
    check_at_random_points({3, 3, 3, 3}, 4, 4, 22);
    check_at_random_points({3, 2, 2, 2, 2, 2}, 3, 4, 23);
  }
}
