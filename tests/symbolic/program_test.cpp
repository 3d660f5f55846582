// Formulas and straight-line programs: derivation against hand-computed derivatives, programs against substitution.

#include <doctest/doctest.h>
#include <symbolic/compile.hpp>
#include <symbolic/formula.hpp>
#include <symbolic/jet.hpp>

#include <rankscape/exact/enclosure.hpp>

#include <random>
#include <thread>

using namespace rankscape;
using symbolic::Expression;
using symbolic::Program;

namespace {

Rational small_rational(std::mt19937_64& random) {
  return Rational(static_cast<long>(random() % 19) - 9) / Rational(static_cast<long>(random() % 5) + 1);
}

/// A random polynomial expression tree, unexpanded.
Expression random_expression(std::mt19937_64& random, const std::vector<GiNaC::symbol>& symbols, int depth) {
  if (depth == 0) {
    if (random() % 4 == 0) return symbolic::to_expression(small_rational(random));
    return symbols[random() % symbols.size()];
  }
  const Expression a = random_expression(random, symbols, depth - 1);
  const Expression b = random_expression(random, symbols, depth - 1);
  switch (random() % 4) {
    case 0:
      return a * b;
    case 1:
      return GiNaC::pow(a, static_cast<int>(random() % 4) + 1);
    case 2:
      return a - b;
    default:
      return a + b;
  }
}

std::vector<Rational> substitute(const std::vector<Expression>& expressions, const std::vector<GiNaC::symbol>& symbols,
                                 const std::vector<Rational>& values) {
  GiNaC::exmap map;
  for (std::size_t i = 0; i < symbols.size(); ++i)
    map[symbols[i]] = symbolic::to_expression(values[i]);
  std::vector<Rational> results;
  for (const Expression& e : expressions)
    results.push_back(symbolic::to_rational(e.subs(map).expand()));
  return results;
}

}  // namespace

TEST_SUITE("quick") {
  TEST_CASE("derivatives of a formula in two variables and a parameter") {
    const GiNaC::symbol x("x");
    const GiNaC::symbol y("y");
    const GiNaC::symbol p("p");
    const symbolic::Formula formula{GiNaC::pow(x * y - p, 2), {x, y}, {p}};
    const symbolic::ExpressionVector gradient = symbolic::gradient(formula);
    const symbolic::ExpressionMatrix hessian = symbolic::hessian(formula);
    CHECK(symbolic::is_identically_zero(gradient(0) - (2 * x * y * y - 2 * p * y)));
    CHECK(symbolic::is_identically_zero(gradient(1) - (2 * x * x * y - 2 * p * x)));
    CHECK(symbolic::is_identically_zero(hessian(0, 0) - 2 * y * y));
    CHECK(symbolic::is_identically_zero(hessian(1, 1) - 2 * x * x));
    CHECK(symbolic::is_identically_zero(hessian(0, 1) - (4 * x * y - 2 * p)));
    CHECK(symbolic::is_identically_zero(hessian(1, 0) - (4 * x * y - 2 * p)));
    CHECK_FALSE(symbolic::is_identically_zero(hessian(1, 0) - (4 * x * y - p)));
    CHECK(symbolic::is_identically_zero_rational((x * x - y * y) / (x - y) - x - y));
    CHECK_FALSE(symbolic::is_identically_zero_rational((x * x - y * y) / (x - y) - x + y));
  }

  TEST_CASE("symbols come column by column") {
    std::vector<GiNaC::symbol> symbols;
    const symbolic::ExpressionMatrix a = symbolic::symbol_matrix("A", 2, 3, symbols);
    REQUIRE(symbols.size() == 6);
    CHECK(a(0, 0).is_equal(symbols[0]));
    CHECK(a(1, 0).is_equal(symbols[1]));
    CHECK(a(0, 2).is_equal(symbols[4]));
    CHECK(symbols[5].get_name() == "A_2_3");
  }

  TEST_CASE("rationals survive the way to expressions and back") {
    for (const char* text : {"0", "-7/3", "123456789012345678901234567890/7", "-1"}) {
      CHECK(symbolic::to_rational(symbolic::to_expression(Rational(text))) == Rational(text));
    }
    CHECK_THROWS_AS(static_cast<void>(symbolic::to_rational(GiNaC::symbol("x"))), std::invalid_argument);
    CHECK_THROWS_AS(static_cast<void>(symbolic::to_rational(GiNaC::numeric(0.5))), std::invalid_argument);
  }

  TEST_CASE("a program computes what substitution computes") {
    const std::uint64_t seed = 20240601;
    CAPTURE(seed);
    std::mt19937_64 random(seed);
    const std::vector<GiNaC::symbol> symbols{GiNaC::symbol("x"), GiNaC::symbol("y"), GiNaC::symbol("z")};
    for (int round = 0; round < 30; ++round) {
      CAPTURE(round);
      std::vector<Expression> expressions;
      for (int i = 0; i < 3; ++i)
        expressions.push_back(random_expression(random, symbols, 3));
      expressions.emplace_back(0);
      expressions.push_back(symbols[2]);
      const Program program = symbolic::compile(expressions, symbols);
      REQUIRE(program.inputs() == 3);
      REQUIRE(program.outputs() == 5);
      std::vector<Rational> values;
      for (int i = 0; i < 3; ++i)
        values.push_back(small_rational(random));
      CHECK(program.evaluate<Rational>(values) == substitute(expressions, symbols, values));
    }
  }

  TEST_CASE("a common subexpression is computed once") {
    const GiNaC::symbol x("x");
    const GiNaC::symbol y("y");
    const Expression shared = GiNaC::pow(x + y, 3);
    const Program once = symbolic::compile({shared}, {x, y});
    const Program twice = symbolic::compile({shared, shared * x, shared + 1}, {x, y});
    CHECK(once.instructions().size() == 2);   // x + y, its third power
    CHECK(twice.instructions().size() == 4);  // and * x, + 1
    CHECK(twice.evaluate<Rational>(std::vector<Rational>{Rational(1), Rational(1)}) ==
          std::vector<Rational>{Rational(8), Rational(8), Rational(9)});
  }

  TEST_CASE("the same program over enclosures contains the exact value, and over polynomials is the polynomial") {
    const GiNaC::symbol x("x");
    const GiNaC::symbol y("y");
    const Expression e = GiNaC::pow(x - y, 2) * x / 3 + GiNaC::numeric(1, 7);
    const Program program = symbolic::compile({e}, {x, y});
    const std::vector<Enclosure> box{Enclosure(Rational(1), Rational(2)), Enclosure(Rational(3))};
    const Enclosure image = program.evaluate<Enclosure>(box).front();
    for (const Rational& at : {Rational(1), Rational("3/2"), Rational(2)}) {
      const std::vector<Rational> values{at, Rational(3)};
      CHECK(image.contains(program.evaluate<Rational>(values).front()));
    }
    const std::vector<Expression> back{x, y};
    const auto lift = [](const Rational& c) { return symbolic::to_expression(c); };
    CHECK(symbolic::is_identically_zero(program.evaluate<Expression>(back, lift).front() - e));
  }

  TEST_CASE("over jets a program gives value, slope and second-order coefficient along a line") {
    const GiNaC::symbol x("x");
    const GiNaC::symbol y("y");
    const GiNaC::symbol v("v");
    const Program program = symbolic::compile({GiNaC::pow(x, 3) * y + 5}, {x, y});
    const std::vector<symbolic::Jet> line{{{x, v, 0}}, {{y, 2, 0}}};  // (x + t v)^3 (y + 2 t) + 5
    const auto lift = [](const Rational& c) { return symbolic::Jet{{symbolic::to_expression(c), 0, 0}}; };
    const symbolic::Jet jet = program.evaluate<symbolic::Jet>(line, lift).front();
    CHECK(symbolic::is_identically_zero(jet.value[0] - (x * x * x * y + 5)));
    CHECK(symbolic::is_identically_zero(jet.value[1] - (3 * x * x * v * y + 2 * x * x * x)));
    CHECK(symbolic::is_identically_zero(jet.value[2] - (3 * x * v * v * y + 6 * x * x * v)));
  }

  TEST_CASE("what is not a polynomial in the inputs is refused") {
    const GiNaC::symbol x("x");
    const GiNaC::symbol y("y");
    CHECK_THROWS_AS(static_cast<void>(symbolic::compile({1 / x}, {x})), std::invalid_argument);
    CHECK_THROWS_AS(static_cast<void>(symbolic::compile({GiNaC::sin(x)}, {x})), std::invalid_argument);
    CHECK_THROWS_AS(static_cast<void>(symbolic::compile({GiNaC::sqrt(Expression(2)) * x}, {x})), std::invalid_argument);
    CHECK_THROWS_AS(static_cast<void>(symbolic::compile({x + y}, {x})), std::invalid_argument);
    CHECK_THROWS_AS(static_cast<void>(symbolic::compile({x}, {x, x})), std::invalid_argument);
    using Step = Program::Instruction;
    CHECK_THROWS_AS(Program(1, {}, {Step{Program::Operation::add, 0, 1}}, {1}), std::invalid_argument);
    CHECK_THROWS_AS(Program(1, {}, {Step{Program::Operation::power, 0, 1}}, {1}), std::invalid_argument);
    CHECK_THROWS_AS(Program(1, {}, {}, {1}), std::invalid_argument);
    const Program program = symbolic::compile({x}, {x});
    CHECK_THROWS_AS(static_cast<void>(program.evaluate<Rational>(std::vector<Rational>{})), std::invalid_argument);
  }

  TEST_CASE("a program may be evaluated from several threads") {
    const GiNaC::symbol x("x");
    const Program program = symbolic::compile({GiNaC::pow(x + 1, 9) - x}, {x});
    std::vector<Rational> results(4);
    {
      std::vector<std::jthread> threads;
      for (std::size_t i = 0; i < results.size(); ++i) {
        threads.emplace_back([&, i] {
          for (int k = 0; k < 50; ++k) {
            results[i] = program.evaluate<Rational>(std::vector<Rational>{Rational(static_cast<long>(i))}).front();
          }
        });
      }
    }
    CHECK(results == std::vector<Rational>{Rational(1), Rational(511), Rational(19681), Rational(262141)});
  }
}
