// Instructions and derived operations against Eigen's own expressions over rationals; the rings against each other.

#include "program/compiled_loss.hpp"
#include "program/evaluate.hpp"
#include "program/series_ring.hpp"

#include <doctest/doctest.h>

#include "random_program.hpp"

using namespace rankscape;
using namespace rankscape::program;
using rankscape::program::test::RandomPrograms;

namespace {

RationalMatrix value_of(const Builder& builder, Node node, const std::vector<RationalMatrix>& inputs) {
  const Program program = builder.finish({{"value", node}});
  validate(program);
  const auto values = evaluate<FractionRing>(program, to_fractions(inputs), {});
  return values[0].to_rational();
}

}  // namespace

TEST_SUITE("quick") {
  TEST_CASE("instructions") {
    RandomPrograms random(11);
    for (const Builder::Style style : {Builder::Style::as_written, Builder::Style::gather_scalars}) {
      Builder b(style);
      const Node A = b.input("A", 2, 3, true);
      const Node B = b.input("B", 2, 3, true);
      const Node C = b.input("C", 3, 2, true);
      const Node s = b.input("s", 1, 1, true);
      const std::vector<RationalMatrix> at{random.matrix(2, 3), random.matrix(2, 3), random.matrix(3, 2),
                                           RationalMatrix::Constant(1, 1, Rational(-3, 7))};
      const auto is = [&](Node node, const RationalMatrix& expected) { CHECK(value_of(b, node, at) == expected); };
      is(A, at[0]);
      is(b.add(A, B), at[0] + at[1]);
      is(b.add(A, A), at[0] * Rational(2));
      is(b.subtract(A, B), at[0] - at[1]);
      is(b.subtract(b.scale(Rational(2), A), b.scale(Rational(-3, 2), B)),
         at[0] * Rational(2) + at[1] * Rational(3, 2));
      is(b.multiply(A, C), at[0] * at[2]);
      is(b.multiply(b.transpose(A), b.transpose(C)), (at[2] * at[0]).transpose());
      is(b.multiply(b.scale(Rational(1, 2), A), b.scalar_multiply(s, C)), at[0] * at[2] * (at[3](0) / 2));
      is(b.hadamard(A, B), at[0].cwiseProduct(at[1]));
      is(b.hadamard(b.transpose(A), b.transpose(B)), at[0].cwiseProduct(at[1]).transpose());
      is(b.dot(A, B), RationalMatrix::Constant(1, 1, at[0].cwiseProduct(at[1]).sum()));
      is(b.trace(b.multiply(A, C)), RationalMatrix::Constant(1, 1, (at[0] * at[2]).trace()));
      is(b.scale(Rational(-2, 3), A), at[0] * Rational(-2, 3));
      is(b.scalar_multiply(s, A), at[0] * at[3](0));
      is(b.transpose(b.scalar_multiply(s, b.scale(Rational(5), A))), at[0].transpose() * (5 * at[3](0)));
      is(b.reciprocal(b.scale(Rational(2), s)), RationalMatrix::Constant(1, 1, 1 / (2 * at[3](0))));
      is(b.power(s, 5), RationalMatrix::Constant(1, 1, at[3](0) * at[3](0) * at[3](0) * at[3](0) * at[3](0)));
      is(b.power(s, -2), RationalMatrix::Constant(1, 1, 1 / (at[3](0) * at[3](0))));
      is(b.divide(A, s), at[0] / at[3](0));
    }
  }

  TEST_CASE("derived operations") {
    RandomPrograms random(12);
    Builder b;
    const Node A = b.input("A", 2, 3, true);
    const Node B = b.input("B", 3, 2, true);
    const Node x = b.input("x", 3, 1, true);
    const std::vector<RationalMatrix> at{random.matrix(2, 3), random.matrix(3, 2), random.matrix(3, 1)};
    const auto is = [&](Node node, const RationalMatrix& expected) { CHECK(value_of(b, node, at) == expected); };
    const std::vector<Index> rows{1, 0, 1};
    const std::vector<Index> cols{2, 0};
    RationalMatrix selected(3, 2);
    for (Index i = 0; i < 3; ++i) {
      for (Index j = 0; j < 2; ++j)
        selected(i, j) = at[0](rows[static_cast<std::size_t>(i)], cols[static_cast<std::size_t>(j)]);
    }
    is(b.block(A, rows, cols), selected);
    is(b.entry(A, 1, 2), RationalMatrix::Constant(1, 1, at[0](1, 2)));
    const RationalMatrix fixed = random.matrix(2, 2);
    is(b.kron(A, B), kronecker(at[0], at[1]));
    is(b.kron(b.constant(fixed), A), kronecker(fixed, at[0]));
    is(b.kron(A, b.constant(fixed)), kronecker(at[0], fixed));
    is(b.kron(x, A), kronecker(at[2], at[0]));
    is(b.kron(x, b.transpose(x)), kronecker(at[2], at[2].transpose()));
    is(b.kron(b.transpose(x), x), kronecker(at[2].transpose(), at[2]));
    for (const auto& [node, value] : {std::pair(A, at[0]), std::pair(B, at[1])}) {
      RationalMatrix by_rows(6, 1);
      for (Index k = 0; k < 6; ++k)
        by_rows(k) = value(k / value.cols(), k % value.cols());
      is(b.entries(node), by_rows);
    }
    RationalMatrix diagonal = RationalMatrix::Constant(3, 3, Rational(0));
    for (Index i = 0; i < 3; ++i)
      diagonal(i, i) = at[2](i);
    is(b.diag(x), diagonal);
    is(b.norm2(A), RationalMatrix::Constant(1, 1, at[0].cwiseProduct(at[0]).sum()));
    RationalMatrix both(5, 5);
    both << at[0], fixed, RationalMatrix(at[1] * at[0]), at[1];
    const std::vector<std::vector<Node>> grid{{A, b.constant(fixed)}, {b.multiply(B, A), B}};
    is(b.blocks(grid), both);
    std::vector<Node> scalars;
    for (Index j = 0; j < 2; ++j) {
      for (Index i = 0; i < 2; ++i)
        scalars.push_back(i == j ? b.scalar(Rational(7)) : b.scale(Rational(3), b.entry(A, i, j)));
    }
    RationalMatrix assembled(2, 2);
    assembled << Rational(7), 3 * at[0](0, 1), 3 * at[0](1, 0), Rational(7);
    is(b.assemble(2, 2, scalars), assembled);
    // entries of one matrix are a block of it
    const std::vector<Node> swapped{b.entry(A, 1, 2), b.entry(A, 1, 0), b.entry(A, 0, 2), b.entry(A, 0, 0)};
    is(b.assemble(2, 2, swapped),
       RationalMatrix(at[0](std::vector<Index>{1, 0}, std::vector<Index>{2, 0}).transpose()));
    CHECK(b.instruction(b.assemble(2, 2, swapped)).operation == Operation::multiply);
  }

  TEST_CASE("every common subexpression is written once, and constants are folded") {
    Builder b;
    const Node A = b.input("A", 2, 2, true);
    CHECK(b.add(A, b.transpose(A)) == b.add(b.transpose(A), A));
    CHECK(b.transpose(b.transpose(A)) == A);
    CHECK(b.multiply(b.identity(2), A) == A);
    CHECK(b.is_zero(b.multiply(b.zeros(3, 2), A)));
    CHECK(b.is_zero(b.subtract(b.multiply(A, A), b.multiply(A, A))));
    CHECK(b.scale(Rational(1, 2), b.scale(Rational(2), A)) == A);
    CHECK(b.value_of(b.dot(b.identity(2), b.ones(2, 2))) != nullptr);
    const Node gram = b.multiply(A, b.transpose(A));
    CHECK(b.transpose(gram) == gram);
    CHECK_THROWS_AS(b.add(A, b.ones(1, 2)), std::invalid_argument);
    CHECK_THROWS_AS(b.multiply(A, b.ones(3, 2)), std::invalid_argument);
    CHECK_THROWS_AS(b.divide(A, b.scalar(Rational(0))), std::domain_error);
    CHECK_THROWS_AS(b.input("A", 2, 2, false), std::invalid_argument);
  }

  TEST_CASE("programs that are not programs are refused") {
    Builder b;
    const Node A = b.input("A", 2, 2, true);
    const Program good = b.finish({{"loss", b.norm2(b.multiply(A, A))}});
    CHECK_NOTHROW(validate(good));
    Program bad = good;
    bad.instructions.back().a = 7;
    CHECK_THROWS_AS(validate(bad), std::invalid_argument);
    bad = good;
    bad.instructions[1].cols = 3;
    CHECK_THROWS_AS(validate(bad), std::invalid_argument);
    bad = good;
    bad.outputs[0].node = 3;
    CHECK_THROWS_AS(validate(bad), std::invalid_argument);
  }

  TEST_CASE("all rings agree on random programs") {
    for (unsigned seed = 1; seed <= 60; ++seed) {
      CAPTURE(seed);
      RandomPrograms random(seed);
      const Program program = random.loss({});
      validate(program);
      const std::vector<RationalMatrix> at = random.inputs(program);
      const auto exact_ring = matrix_ring<Rational>([](const Rational& x) { return x; });
      const Rational expected = evaluate(program, std::span<const RationalMatrix>(at), exact_ring)[0](0, 0);
      CHECK(CompiledLoss(program).value(at) == expected);
      std::vector<Matrix<double>> approximate;
      for (const RationalMatrix& input : at)
        approximate.push_back(double_ring().constant(input));
      const double value = evaluate(program, std::span<const Matrix<double>>(approximate), double_ring())[0](0, 0);
      CHECK(value == doctest::Approx(expected.convert_to<double>()).epsilon(1e-6));
      // what the data determine computed once, then at two points of the weights
      std::vector<RationalMatrix> moved = at;
      for (std::size_t k = 0; k < moved.size(); ++k) {
        if (program.inputs[k].is_weight) moved[k] = moved[k] * Rational(2);
      }
      const FixedData<decltype(exact_ring)> fixed(program, at, exact_ring);
      CHECK(fixed(at)[0](0, 0) == expected);
      CHECK(fixed(moved)[0](0, 0) == CompiledLoss(program).value(moved));
    }
  }

  TEST_CASE("a series is the value at every t, coefficient by coefficient") {
    for (unsigned seed = 1; seed <= 40; ++seed) {
      CAPTURE(seed);
      RandomPrograms random(seed);
      const Program program = random.loss({.reciprocal = false, .steps = 8});
      const CompiledLoss loss(program);
      REQUIRE(loss.degree().has_value());
      std::vector<RationalMatrix> at = random.inputs(program);
      const std::vector<std::vector<RationalMatrix>> curve{random.direction(program), random.direction(program)};
      const std::vector<Rational> coefficients = loss.along(at, curve);
      CHECK(static_cast<long>(coefficients.size()) <= 2 * *loss.degree() + 1);
      const Rational t(-2, 3);
      Rational expected = 0;
      for (std::size_t k = coefficients.size(); k-- > 0;)
        expected = expected * t + coefficients[k];
      const std::vector<std::size_t> weights = program.weights();
      for (std::size_t w = 0; w < weights.size(); ++w)
        at[weights[w]] += curve[0][w] * t + curve[1][w] * Rational(t * t);
      CHECK(loss.value(at) == expected);
    }
  }

  TEST_CASE("quotients of series") {
    Builder b;
    const Node s = b.input("s", 1, 1, true);
    const Node r = b.input("r", 1, 1, true);
    // s / (r - 2) at s = 1 + t, r = 3/2 + t: (1 + t) / (t - 1/2) = -2 - 6 t - 12 t^2 - 24 t^3 ..
    const Program program = b.finish({{"loss", b.divide(s, b.subtract(r, b.scalar(Rational(2))))}});
    const CompiledLoss loss(program);
    CHECK(!loss.degree().has_value());
    const auto one = [](const Rational& x) { return RationalMatrix(RationalMatrix::Constant(1, 1, x)); };
    const std::vector<RationalMatrix> at{one(1), one(Rational(3, 2))};
    const std::vector<std::vector<RationalMatrix>> curve{{one(1), one(1)}};
    CHECK(loss.along(at, curve, 4) == std::vector<Rational>{-2, -6, -12, -24, -48});
    CHECK_THROWS_AS(static_cast<void>(loss.along(at, curve)), std::invalid_argument);
    const std::vector<RationalMatrix> pole{one(1), one(2)};
    CHECK_THROWS_AS(static_cast<void>(loss.value(pole)), std::domain_error);
    CHECK_THROWS_AS(static_cast<void>(loss.along(pole, curve, 2)), std::domain_error);
  }
}
