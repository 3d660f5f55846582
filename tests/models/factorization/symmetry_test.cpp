// Symmetry as a check of every model: for A in the Lie algebra of a group that leaves the loss invariant,
// <grad(W), A W> = 0 and Hess(W) A W = -A^T grad(W) at every W, as polynomial identities in what is derived from the
// formula, and exactly at points. An algebra that is too large, or derivatives that are wrong, break them.

#include <doctest/doctest.h>
#include <fmt/ranges.h>
#include <models/asymmetric_factorization/calculus.hpp>
#include <models/deep_linear/generators.hpp>
#include <models/phase_retrieval/calculus.hpp>
#include <models/symmetric_factorization/calculus.hpp>
#include <symbolic/formula.hpp>
#include <symbolic/matrix.hpp>

#include <algorithm>

#include "models/factorization/helpers.hpp"

using namespace rankscape;
using symbolic::Expression;
using symbolic::ExpressionMatrix;
using symbolic::ExpressionVector;

namespace {

std::vector<std::pair<Index, Index>> weight_shapes(const std::string& model, const Shape& shape) {
  if (model == "symmetric-factorization") return {{shape[0], shape[1]}};
  if (model == "asymmetric-factorization") return {{shape[0], shape[2]}, {shape[1], shape[2]}};
  if (model == "phase-retrieval") return {{shape[0], 1}};
  std::vector<std::pair<Index, Index>> shapes;
  for (std::size_t h = 1; h < shape.size(); ++h)
    shapes.emplace_back(shape[h], shape[h - 1]);
  return shapes;
}

template <class S>
std::vector<Generator<S>> generators_of(const std::string& model, const Shape& shape, const Matrix<S>& u,
                                        bool balanced) {
  if (model == "symmetric-factorization") return symmetric_factorization::generators<S>(shape[0], shape[1]);
  if (model == "asymmetric-factorization")
    return asymmetric_factorization::generators<S>(shape[0], shape[1], shape[2], balanced);
  if (model == "phase-retrieval") return phase_retrieval::generators<S>(u, false);
  return deep_linear::generators<S>(shape);
}

// \return how many of the identities fail
int symbolic_failures(const symbolic::Formula& formula, const std::vector<std::pair<Index, Index>>& shapes,
                      const std::vector<Generator<Expression>>& generators) {
  const ExpressionVector gradient = symbolic::gradient(formula);
  const ExpressionMatrix hessian = symbolic::hessian(formula, gradient);
  ExpressionVector variables(gradient.size());
  for (Index i = 0; i < variables.size(); ++i)
    variables(i) = formula.variables[static_cast<std::size_t>(i)];
  const auto weights = test::unstacked<Expression>(variables, shapes);
  int failures = 0;
  for (const Generator<Expression>& a : generators) {
    const ExpressionVector tangent = stacked(a(weights));
    const ExpressionVector turned = stacked(a.transposed()(test::unstacked<Expression>(gradient, shapes)));
    const ExpressionMatrix second = hessian * tangent + turned;
    Expression first = 0;
    for (Index i = 0; i < tangent.size(); ++i)
      first += gradient(i) * tangent(i);
    failures += symbolic::is_identically_zero(first) && symbolic::is_identically_zero(second) ? 0 : 1;
  }
  return failures;
}

void check_symbolically(const std::string& model, const Shape& shape, std::size_t expected, bool balanced = true) {
  CAPTURE(model);
  CAPTURE(fmt::format("{}", fmt::join(shape, ",")));
  symbolic::Formula formula = find_model(model)->formula(shape);
  ExpressionMatrix u(0, 1);
  if (model == "phase-retrieval") {
    u.resize(shape[0], 1);
    for (Index i = 0; i < u.size(); ++i)
      u(i) = formula.parameters[static_cast<std::size_t>(i)];
  }
  if (!balanced) formula.loss = formula.loss.subs(formula.parameters.back() == 0);
  const auto generators = generators_of<Expression>(model, shape, u, balanced);
  CHECK(generators.size() == expected);
  CHECK(symbolic_failures(formula, weight_shapes(model, shape), generators) == 0);
}

void check_at(const Instance& instance, const std::vector<Generator<Rational>>& generators) {
  const Weights& weights = instance.point().weights;
  const RationalVector gradient = instance.gradient();
  const RationalMatrix hessian = instance.hessian();
  for (const Generator<Rational>& a : generators) {
    const RationalVector tangent = stacked(a(weights));
    const RationalVector turned =
        stacked(a.transposed()(test::unstacked<Rational>(gradient, test::shapes_of(weights))));
    CHECK(gradient.dot(tangent) == 0);
    CHECK(is_zero(RationalMatrix(hessian * tangent + turned)));
  }
}

std::vector<Generator<Rational>> generators_at(const Instance& instance) {
  const Point& point = instance.point();
  RationalMatrix u(0, 1);
  bool balanced = true;
  if (point.data.contains("u")) u = std::get<RationalMatrix>(point.data.at("u"));
  if (point.data.contains("balance")) balanced = std::get<Rational>(point.data.at("balance")) != 0;
  return generators_of<Rational>(point.model, instance.shape(), u, balanced);
}

}  // namespace

TEST_SUITE("quick") {
  TEST_CASE("invariance of the loss, as polynomial identities") {
    check_symbolically("symmetric-factorization", {2, 2}, 1);
    check_symbolically("symmetric-factorization", {2, 3}, 3);
    check_symbolically("asymmetric-factorization", {2, 1, 2}, 1);
    check_symbolically("asymmetric-factorization", {2, 2, 2}, 4, false);
    check_symbolically("phase-retrieval", {2}, 1);
    check_symbolically("phase-retrieval", {3}, 3);
    check_symbolically("deep-linear", {2, 2, 1}, 4);
    check_symbolically("deep-linear", {2, 1, 2, 1}, 5);
  }

  TEST_CASE("a map that is not in the algebra fails the identity") {
    // E_12 without -E_21: no rotation
    const std::vector<Generator<Expression>> shear{{{zeros<Expression>(2, 2)}, {unit<Expression>(2, 0, 1, false)}}};
    CHECK(symbolic_failures(find_model("symmetric-factorization")->formula({2, 2}), {{2, 2}}, shear) == 1);
    // all invertible changes of columns do not respect the balancing term
    const auto general = asymmetric_factorization::generators<Expression>(1, 1, 2, false);
    CHECK(symbolic_failures(find_model("asymmetric-factorization")->formula({1, 1, 2}), {{1, 2}, {1, 2}}, general) > 0);
    // rotations that move u
    const std::vector<Generator<Expression>> rotation{{{unit<Expression>(2, 0, 1, true)}, {zeros<Expression>(1, 1)}}};
    CHECK(symbolic_failures(find_model("phase-retrieval")->formula({2}), {{2, 1}}, rotation) == 1);
  }

  TEST_CASE("invariance exactly at random points that are not critical") {
    constexpr std::uint64_t seed = 4711;
    CAPTURE(seed);
    Random random(seed);
    for (const auto& [name, shapes] : test::small_shapes()) {
      for (const Shape& shape : shapes) {
        for (int trial = 0; trial < 3; ++trial) {
          const auto instance = find_model(name)->instance(test::random_point(name, shape, random));
          check_at(*instance, generators_at(*instance));
        }
      }
    }
  }

  TEST_CASE("at critical points the tangent space of the orbit lies in the null space") {
    const std::vector<std::pair<std::string, std::vector<Shape>>> models{
        {"symmetric-factorization", {{3, 2}, {2, 3}}},
        {"asymmetric-factorization", {{2, 3, 2}, {2, 2, 3}}},
        {"phase-retrieval", {{4}}},
        {"deep-linear", {{2, 2, 2}, {3, 2, 2}, {2, 1, 2, 2}}}};
    for (const auto& [name, shapes] : models) {
      const Model& model = *find_model(name);
      for (const auto& recipe : model.cases({shapes, {}, {}, 1})) {
        CAPTURE(recipe->key);
        const auto instance = model.instance(recipe->build(2));
        const auto generators = generators_at(*instance);
        check_at(*instance, generators);
        const RationalMatrix hessian = instance->hessian();
        CHECK(orbit_dimension(generators, instance->point().weights) <= hessian.rows() - rank(hessian));
      }
    }
  }

  TEST_CASE("the feature orbit_dimension, by hand") {
    // X of rank 1 with 3 columns: the stabilizer of a line in O(3) has dimension 1, so the orbit has 3 - 1
    const RationalMatrix x = unit<Rational>(3, 0, 0, false);
    CHECK(orbit_dimension(symmetric_factorization::generators<Rational>(3, 3), {x}) == 2);
    // a network of ones: GL(1) acts on the product of two numbers
    const RationalMatrix one = RationalMatrix::Constant(1, 1, Rational(1));
    CHECK(orbit_dimension(deep_linear::generators<Rational>({1, 1, 1}), {one, one}) == 1);
    CHECK(orbit_dimension(deep_linear::generators<Rational>({1, 1, 1}), {RationalMatrix(0 * one), one}) == 1);
    CHECK(orbit_dimension(deep_linear::generators<Rational>({1, 1, 1}),
                          {RationalMatrix(0 * one), RationalMatrix(0 * one)}) == 0);
    CHECK(orbit_dimension(symmetric_factorization::generators<Rational>(2, 1), {RationalMatrix(2, 1)}) == 0);
  }
}
