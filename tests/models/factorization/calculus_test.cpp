// The closed forms of the factorization models and of phase retrieval against what GiNaC derives from their formulas,
// as polynomials in every entry; and what instances answer against the loss itself at random rational points.

#include <doctest/doctest.h>
#include <fmt/ranges.h>
#include <models/asymmetric_factorization/calculus.hpp>
#include <models/phase_retrieval/calculus.hpp>
#include <models/symmetric_factorization/calculus.hpp>
#include <symbolic/compile.hpp>
#include <symbolic/formula.hpp>
#include <symbolic/matrix.hpp>

#include "models/factorization/helpers.hpp"

using namespace rankscape;
using symbolic::Expression;
using symbolic::ExpressionMatrix;
using symbolic::ExpressionVector;

namespace {

ExpressionMatrix take(std::vector<GiNaC::symbol>::const_iterator& next, Index rows, Index cols) {
  ExpressionMatrix a(rows, cols);
  for (Index k = 0; k < a.size(); ++k)
    a(k) = *next++;
  return a;
}

struct ClosedForms {
  Expression loss;
  ExpressionVector gradient;
  ExpressionMatrix hessian;
};

// The closed forms at the symbols of the formula.
ClosedForms closed_forms(const std::string& model, const Shape& shape, const symbolic::Formula& formula) {
  auto variable = formula.variables.begin();
  auto parameter = formula.parameters.begin();
  if (model == "symmetric-factorization") {
    const ExpressionMatrix x = take(variable, shape[0], shape[1]);
    ExpressionMatrix m(shape[0], shape[0]);
    for (Index j = 0; j < m.cols(); ++j) {
      for (Index i = j; i < m.rows(); ++i) {
        m(i, j) = *parameter++;
        m(j, i) = m(i, j);
      }
    }
    namespace f = symmetric_factorization;
    return {f::loss(x, m), f::gradient(x, m), f::hessian(x, m)};
  }
  if (model == "asymmetric-factorization") {
    namespace f = asymmetric_factorization;
    f::Point<Expression> at;
    at.X = take(variable, shape[0], shape[2]);
    at.Y = take(variable, shape[1], shape[2]);
    at.M = take(parameter, shape[0], shape[1]);
    at.mu = *parameter;
    return {f::loss(at), f::gradient(at), f::hessian(at)};
  }
  namespace f = phase_retrieval;
  const ExpressionMatrix x = take(variable, shape[0], 1);
  const ExpressionMatrix u = take(parameter, shape[0], 1);
  return {f::loss(x, u), f::gradient(x, u), f::hessian(x, u)};
}

void check_identities(const std::string& model, const Shape& shape) {
  CAPTURE(model);
  CAPTURE(fmt::format("{}", fmt::join(shape, ",")));
  const symbolic::Formula formula = find_model(model)->formula(shape);
  const ClosedForms closed = closed_forms(model, shape, formula);
  CHECK(symbolic::is_identically_zero(formula.loss - closed.loss));
  const ExpressionVector gradient = symbolic::gradient(formula);
  REQUIRE(closed.gradient.size() == gradient.size());
  CHECK(symbolic::is_identically_zero(ExpressionMatrix(gradient - closed.gradient)));
  const ExpressionMatrix hessian = symbolic::hessian(formula, gradient);
  REQUIRE(closed.hessian.rows() == hessian.rows());
  REQUIRE(closed.hessian.cols() == hessian.cols());
  CHECK(symbolic::is_identically_zero(ExpressionMatrix(hessian - closed.hessian)));
}

}  // namespace

TEST_SUITE("quick") {
  TEST_CASE("closed forms are the derivatives, as polynomials") {
    for (const auto& known : test::small_shapes()) {
      for (const Shape& shape : known.shapes)
        check_identities(known.model, shape);
    }
  }

  TEST_CASE("loss, gradient and Hessian of instances at random rational points") {
    constexpr std::uint64_t seed = 20240611;
    CAPTURE(seed);
    Random random(seed);
    for (const auto& known : test::small_shapes()) {
      for (const Shape& shape : known.shapes) {
        CAPTURE(known.model);
        CAPTURE(fmt::format("{}", fmt::join(shape, ",")));
        const symbolic::Formula formula = find_model(known.model)->formula(shape);
        const ExpressionVector derived = symbolic::gradient(formula);
        const ExpressionMatrix second = symbolic::hessian(formula, derived);
        std::vector<Expression> outputs{formula.loss};
        outputs.insert(outputs.end(), derived.begin(), derived.end());
        outputs.insert(outputs.end(), second.reshaped().begin(), second.reshaped().end());
        std::vector<GiNaC::symbol> symbols = formula.variables;
        symbols.insert(symbols.end(), formula.parameters.begin(), formula.parameters.end());
        const symbolic::Program program = symbolic::compile(outputs, symbols);
        for (int trial = 0; trial < 4; ++trial) {
          const Point point = test::random_point(known.model, shape, random);
          const std::vector<Rational> values = test::values_of(point);
          const std::vector<Rational> result = program.evaluate<Rational>(values);
          const auto instance = find_model(known.model)->instance(point);
          const Index n = derived.size();
          CHECK(instance->shape() == shape);
          CHECK(instance->loss(point.weights) == result.front());
          CHECK(instance->gradient() == Eigen::Map<const RationalVector>(result.data() + 1, n));
          CHECK(instance->hessian() == Eigen::Map<const RationalMatrix>(result.data() + 1 + n, n, n));
        }
      }
    }
  }

  TEST_CASE("a finite rational sample has the population loss of phase retrieval") {
    // a = sqrt(3) b with b in {-1, 0, 1}^n and product weights 1/6, 2/3, 1/6 has the fourth moments of the normal law
    for (const long n : {1L, 2L, 3L, 4L}) {
      CAPTURE(n);
      const symbolic::Formula formula = find_model("phase-retrieval")->formula({n});
      const auto term = [&](const std::vector<int>& b, const std::vector<GiNaC::symbol>& z) {
        Expression sum = 0;
        for (std::size_t i = 0; i < b.size(); ++i)
          sum += b[i] * z[i];
        return Expression(3 * sum * sum);  // (a^T z)^2
      };
      Expression expectation = 0;
      std::vector<int> b(static_cast<std::size_t>(n), -1);
      while (true) {
        Expression weight = 1;
        for (const int entry : b)
          weight *= entry == 0 ? GiNaC::numeric(2, 3) : GiNaC::numeric(1, 6);
        const Expression residual = term(b, formula.variables) - term(b, formula.parameters);
        expectation += weight * residual * residual / 4;
        std::size_t i = 0;
        while (i < b.size() && b[i] == 1)
          b[i++] = -1;
        if (i == b.size()) break;
        ++b[i];
      }
      CHECK(symbolic::is_identically_zero(expectation - formula.loss));
    }
  }
}
