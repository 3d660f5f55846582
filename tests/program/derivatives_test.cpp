// Gradients and Hessians of random programs against exact series along lines, which know nothing of differentiation.

#include "program/compiled_loss.hpp"
#include "program/differentiate.hpp"

#include <doctest/doctest.h>

#include "random_program.hpp"

using namespace rankscape;
using namespace rankscape::program;
using rankscape::program::test::RandomPrograms;
using rankscape::program::test::stacked;

namespace {

// All first and second derivatives: q(e_i + e_j) - q(e_i) - q(e_j) = H_ij, with q the coefficient of t^2.
struct BySeries {
  RationalVector gradient;
  RationalMatrix hessian;
};

BySeries by_series(const CompiledLoss& loss, const std::vector<RationalMatrix>& at) {
  const Index n = loss.parameters();
  std::vector<std::vector<RationalMatrix>> units;
  for (const std::size_t k : loss.loss().weights()) {
    for (Index entry = 0; entry < at[k].size(); ++entry) {
      std::vector<RationalMatrix> direction;
      for (const std::size_t l : loss.loss().weights()) {
        direction.push_back(RationalMatrix::Constant(at[l].rows(), at[l].cols(), Rational(0)));
        if (l == k) direction.back()(entry) = 1;
      }
      units.push_back(std::move(direction));
    }
  }
  BySeries result{RationalVector(n), RationalMatrix(n, n)};
  RationalVector pure(n);
  for (Index i = 0; i < n; ++i) {
    const std::vector<std::vector<RationalMatrix>> line{units[static_cast<std::size_t>(i)]};
    const std::vector<Rational> c = loss.along(at, line, 2);
    result.gradient(i) = c[1];
    pure(i) = c[2];
    result.hessian(i, i) = 2 * c[2];
  }
  for (Index i = 0; i < n; ++i) {
    for (Index j = 0; j < i; ++j) {
      std::vector<RationalMatrix> direction = units[static_cast<std::size_t>(i)];
      for (std::size_t w = 0; w < direction.size(); ++w)
        direction[w] += units[static_cast<std::size_t>(j)][w];
      const std::vector<std::vector<RationalMatrix>> line{direction};
      const Rational mixed = loss.along(at, line, 2)[2] - pure(i) - pure(j);
      result.hessian(i, j) = result.hessian(j, i) = mixed;
    }
  }
  return result;
}

RationalMatrix hessian_by_products(const CompiledLoss& loss, const std::vector<RationalMatrix>& at) {
  const Index n = loss.parameters();
  RationalMatrix result(n, n);
  Index column = 0;
  for (const std::size_t k : loss.loss().weights()) {
    for (Index entry = 0; entry < at[k].size(); ++entry) {
      std::vector<RationalMatrix> direction;
      for (const std::size_t l : loss.loss().weights()) {
        direction.push_back(RationalMatrix::Constant(at[l].rows(), at[l].cols(), Rational(0)));
        if (l == k) direction.back()(entry) = 1;
      }
      result.col(column++) = stacked(loss.hessian_times(at, direction));
    }
  }
  return result;
}

void check_derivatives(const Program& program, const std::vector<RationalMatrix>& at) {
  const CompiledLoss loss(program);
  const BySeries expected = by_series(loss, at);
  CHECK(loss.gradient(at) == expected.gradient);
  CHECK(loss.hessian(at) == expected.hessian);
  CHECK(hessian_by_products(loss, at) == expected.hessian);
  CHECK(CompiledJacobian(program)(at) == RationalMatrix(expected.gradient.transpose()));
}

}  // namespace

TEST_SUITE("quick") {
  TEST_CASE("random programs inside the algebra of second differentials") {
    int inside = 0;
    for (unsigned seed = 1; seed <= 40; ++seed) {
      CAPTURE(seed);
      RandomPrograms random(seed);
      const Program program = random.loss({.hadamard = false});
      const CompiledLoss loss(program);
      CHECK(loss.second().has_value());
      inside += loss.second().has_value() ? 1 : 0;
      check_derivatives(program, random.inputs(program));
    }
    CHECK(inside == 40);
  }

  TEST_CASE("random programs with entrywise products") {
    int outside = 0;
    for (unsigned seed = 101; seed <= 140; ++seed) {
      CAPTURE(seed);
      RandomPrograms random(seed);
      const Program program = random.loss({.steps = 16});
      outside += CompiledLoss(program).second().has_value() ? 0 : 1;
      check_derivatives(program, random.inputs(program));
    }
    CHECK(outside > 3);
  }

  TEST_CASE("random polynomials, and at zero") {
    for (unsigned seed = 201; seed <= 220; ++seed) {
      CAPTURE(seed);
      RandomPrograms random(seed);
      const Program program = random.loss({.reciprocal = false, .steps = 14});
      std::vector<RationalMatrix> at = random.inputs(program);
      check_derivatives(program, at);
      for (std::size_t k = 1; k < at.size(); ++k)
        at[k].setZero();
      check_derivatives(program, at);
    }
  }

  TEST_CASE("||A - UV||^2 + ||U||^2 by U, which public tools give as 0") {
    Builder b;
    const Node A = b.input("A", 2, 3, false);
    const Node U = b.input("U", 2, 2, true);
    const Node V = b.input("V", 2, 3, true);
    const Node loss = b.add(b.norm2(b.subtract(A, b.multiply(U, V))), b.norm2(U));
    const Program program = b.finish({{"loss", loss}});
    RandomPrograms random(7);
    const std::vector<RationalMatrix> at = random.inputs(program);
    const RationalMatrix residual = at[0] - at[1] * at[2];
    const RationalMatrix by_u = residual * at[2].transpose() * Rational(-2) + at[1] * Rational(2);
    const RationalMatrix by_v = at[1].transpose() * residual * Rational(-2);
    CHECK(CompiledLoss(program).gradient(at) == stacked({by_u, by_v}));
    CHECK(!is_zero(by_u));
    check_derivatives(program, at);
  }

  TEST_CASE("inputs that are named as directions are") {
    Builder b;
    const Node A = b.input("V(1)", 2, 3, false);
    const Node U = b.input("V'(2)", 2, 2, true);
    const Node V = b.input("V(2)", 2, 3, true);
    const Program program = b.finish({{"loss", b.norm2(b.subtract(A, b.multiply(U, V)))}});
    RandomPrograms random(11);
    check_derivatives(program, random.inputs(program));
  }

  TEST_CASE("derived operations are differentiated") {
    RandomPrograms random(21);
    Builder b;
    const Node A = b.input("A", 2, 3, true);
    const Node x = b.input("x", 3, 1, true);
    const Node y = b.input("y", 2, 1, true);
    const RationalMatrix fixed = random.matrix(2, 2);
    const RationalMatrix target = random.matrix(6, 1);
    const std::vector<Index> rows{1, 0};
    const std::vector<Index> cols{2, 0};
    const auto distance = [&](Node node) {
      return b.norm2(b.subtract(node, b.constant(random.matrix(b.rows(node), b.cols(node)))));
    };
    const std::vector<Node> losses{
        distance(b.block(A, rows, cols)),
        distance(b.multiply(b.diag(y), A)),
        distance(b.kron(x, y)),
        distance(b.kron(A, y)),
        distance(b.kron(A, b.constant(fixed))),
        distance(b.kron(A, A)),
        distance(b.entries(b.hadamard(A, b.multiply(y, b.transpose(x))))),
        distance(b.hadamard(A, b.constant(random.matrix(2, 3)))),
        distance(b.hadamard(b.multiply(A, x), y)),
        distance(b.hadamard(b.transpose(b.multiply(A, x)), b.transpose(y))),
        b.power(b.dot(x, b.multiply(b.transpose(A), y)), 4),
        b.divide(b.norm2(A), b.add(b.norm2(x), b.scalar(Rational(1)))),
        b.divide(b.power(b.entry(x, 1, 0), 2), b.norm2(A)),
        b.reciprocal(b.norm2(y)),
        b.divide(b.dot(y, b.multiply(A, x)), b.dot(y, y)),
        b.reciprocal(b.dot(y, b.multiply(A, x))),
        distance(b.divide(A, b.add(b.norm2(x), b.scalar(Rational(1))))),
        b.power(b.subtract(b.entry(A, 0, 1), b.entry(x, 2, 0)), 3),
    };
    for (std::size_t k = 0; k < losses.size(); ++k) {
      CAPTURE(k);
      const Program program = b.finish({{"loss", losses[k]}});
      check_derivatives(program, random.inputs(program));
    }
  }

  TEST_CASE("the Jacobian of a matrix is counted column by column") {
    RandomPrograms random(22);
    Builder b;
    const Node A = b.input("A", 2, 2, true);
    const Node B = b.input("B", 2, 3, true);
    const Program program = b.finish({{"P", b.multiply(A, B)}});
    const std::vector<RationalMatrix> at = random.inputs(program);
    RationalMatrix expected(6, 10);
    expected << kronecker(at[1].transpose(), RationalMatrix::Identity(2, 2)),
        kronecker(RationalMatrix::Identity(3, 3), at[0]);
    CHECK(CompiledJacobian(program)(at) == expected);
  }
}
