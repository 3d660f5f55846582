// Shallow ReLU networks with an affine target on [0, 1] (Cheridito, Jentzen, Rossmannek 2021, Landscape analysis for
// shallow neural networks): the loss is a rational function of the parameters as long as no kink meets another or an
// end of [0, 1]; the listed saddles and the dead neuron's local minimizer.
//
//   L = int_0^1 ( c + sum_j v_j max(w_j x + b_j, 0) - alpha x - beta )^2 dx

#include <doctest/doctest.h>
#include <exact/random.hpp>
#include <symbolic/formula.hpp>

#include <rankscape/exact/inertia.hpp>

#include <algorithm>

using namespace rankscape;
using symbolic::Expression;

namespace {

struct Neuron {
  Rational w;
  Rational b;
  Rational v;
};

struct Network {
  std::vector<Neuron> neurons;
  Rational c;
};

struct Target {
  Rational alpha;
  Rational beta;
};

// By the definition: on each piece between kinks the integrand is a square of an affine function, and Simpson's rule is
// exact for it.
Rational direct_loss(const Network& network, const Target& target) {
  std::vector<Rational> nodes{0, 1};
  for (const Neuron& neuron : network.neurons) {
    if (neuron.w == 0) continue;
    const Rational kink = -neuron.b / neuron.w;
    if (kink > 0 && kink < 1) nodes.push_back(kink);
  }
  std::sort(nodes.begin(), nodes.end());
  const auto square = [&](const Rational& x) {
    Rational value = network.c - target.alpha * x - target.beta;
    for (const Neuron& neuron : network.neurons)
      value += neuron.v * std::max(Rational(neuron.w * x + neuron.b), Rational(0));
    return Rational(value * value);
  };
  Rational sum = 0;
  for (std::size_t k = 1; k < nodes.size(); ++k) {
    const Rational& lo = nodes[k - 1];
    const Rational& hi = nodes[k];
    sum += (hi - lo) / 6 * (square(lo) + 4 * square((lo + hi) / 2) + square(hi));
  }
  return sum;
}

// Neurons in the order of their kinks, which lie inside (0, 1); w_j > 0 for odd j (from 1), w_j < 0 for even j.
// Variables: w, b, v of each neuron, then c.
symbolic::Formula piece_formula(int n, const Target& target) {
  symbolic::Formula formula;
  std::vector<GiNaC::symbol>& x = formula.variables;
  for (int j = 1; j <= n; ++j) {
    for (const char* name : {"w", "b", "v"})
      x.emplace_back(name + std::to_string(j));
  }
  x.emplace_back("c");
  const auto at = [&](int j, int which) { return x[static_cast<std::size_t>(3 * (j - 1) + which)]; };
  const auto kink = [&](int j) -> Expression {
    if (j == 0) return 0;
    if (j == n + 1) return 1;
    return -at(j, 1) / at(j, 0);
  };
  formula.loss = 0;
  for (int i = 0; i <= n; ++i) {
    Expression slope = -symbolic::to_expression(target.alpha);
    Expression value = x.back() - symbolic::to_expression(target.beta);
    for (int j = 1; j <= n; ++j) {
      const bool active = j % 2 == 1 ? j <= i : j > i;
      if (!active) continue;
      slope += at(j, 2) * at(j, 0);
      value += at(j, 2) * at(j, 1);
    }
    const auto primitive = [&](const Expression& t) {
      return GiNaC::pow(slope, 2) * GiNaC::pow(t, 3) / 3 + slope * value * GiNaC::pow(t, 2) + GiNaC::pow(value, 2) * t;
    };
    formula.loss += primitive(kink(i + 1)) - primitive(kink(i));
  }
  return formula;
}

GiNaC::exmap assignment(const symbolic::Formula& formula, const Network& network) {
  GiNaC::exmap map;
  std::size_t k = 0;
  for (const Neuron& neuron : network.neurons) {
    for (const Rational& value : {neuron.w, neuron.b, neuron.v})
      map[formula.variables[k++]] = symbolic::to_expression(value);
  }
  map[formula.variables[k]] = symbolic::to_expression(network.c);
  return map;
}

// n even, kinks j / (n + 1), all jumps of the slope 2 alpha / (n + 1) in absolute value: the error is a zigzag with
// mean zero on every piece. `scale` moves along the orbit (w, b, v) -> (s w, s b, v / s).
Network zigzag(int n, const Target& target, Random& random) {
  Network network;
  const Rational jump = 2 * target.alpha / Rational(n + 1);
  for (int j = 1; j <= n; ++j) {
    const Rational kink(j, n + 1);
    const Rational scale(random.integer(1, 4), random.integer(1, 3));
    const Rational w = j % 2 == 1 ? scale : Rational(-scale);
    network.neurons.push_back({w, -w * kink, jump / w});
  }
  // the mean of the error is zero: on the first piece it is so when its value in the middle is
  const Rational middle(1, 2 * (n + 1));
  network.c = target.alpha * middle + target.beta;
  for (const Neuron& neuron : network.neurons)
    network.c -= neuron.v * std::max(Rational(neuron.w * middle + neuron.b), Rational(0));
  return network;
}

void check_saddle(int n, const Target& target, std::uint64_t seed) {
  CAPTURE(n);
  CAPTURE(seed);
  Random random(seed);
  const symbolic::Formula formula = piece_formula(n, target);
  const Network network = zigzag(n, target, random);
  const GiNaC::exmap values = assignment(formula, network);
  const Rational loss = symbolic::to_rational(formula.loss.subs(values));
  const Rational pieces = n + 1;
  CHECK(loss == target.alpha * target.alpha / (12 * pieces * pieces * pieces * pieces));
  CHECK(loss == direct_loss(network, target));
  const symbolic::ExpressionVector gradient = symbolic::gradient(formula);
  for (Index k = 0; k < gradient.size(); ++k)
    CHECK(symbolic::to_rational(gradient(k).subs(values)) == 0);
  const symbolic::ExpressionMatrix derived = symbolic::hessian(formula, gradient);
  RationalMatrix hessian(derived.rows(), derived.cols());
  for (Index k = 0; k < hessian.size(); ++k)
    hessian(k) = symbolic::to_rational(derived(k).subs(values));
  CHECK(inertia(hessian) == Inertia{n, n, n + 1});
}

}  // namespace

TEST_SUITE("quick") {
  TEST_CASE("the rational piece is the loss, near and at the saddle") {
    const Target target{3, Rational(-1, 2)};
    Random random(3);
    const symbolic::Formula formula = piece_formula(2, target);
    for (int k = 0; k < 10; ++k) {
      Network network = zigzag(2, target, random);
      for (Neuron& neuron : network.neurons) {  // kinks stay within 1/100 of thirds
        neuron.w *= 1 + Rational(random.integer(-1, 1), 100);
        neuron.v += Rational(random.integer(-3, 3), 10);
      }
      network.c += Rational(random.integer(-3, 3), 10);
      CHECK(symbolic::to_rational(formula.loss.subs(assignment(formula, network))) == direct_loss(network, target));
    }
  }

  TEST_CASE("saddles with equispaced kinks: loss alpha^2 / (12 (n+1)^4), inertia (n, n, n+1)") {
    check_saddle(2, {3, Rational(-1, 2)}, 1);
    check_saddle(2, {-1, 2}, 2);
  }

  TEST_CASE("a dead neuron makes the best constant a local minimizer that is not global") {
    const Target target{Rational(5, 2), 1};
    const Network dead{{{1, -2, 3}}, target.alpha / 2 + target.beta};
    const Rational value = direct_loss(dead, target);
    CHECK(value == target.alpha * target.alpha / 12);
    Random random(4);
    for (int k = 0; k < 100; ++k) {  // up to 1/2 away the neuron stays dead: w + b < 0
      Network near = dead;
      for (Rational* entry : {&near.neurons[0].w, &near.neurons[0].b, &near.neurons[0].v, &near.c})
        *entry += Rational(random.integer(-49, 49), 100);
      CHECK(direct_loss(near, target) >= value);
    }
    CHECK(direct_loss({{{1, 0, target.alpha}}, target.beta}, target) == 0);
  }
}

TEST_SUITE("standard") {
  TEST_CASE("saddles with equispaced kinks, more neurons") {
    check_saddle(4, {2, 1}, 3);
    check_saddle(6, {1, 0}, 4);
  }
}
