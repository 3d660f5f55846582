// Matrix sensing: the identity for the Hessian in the direction of a solution, on which the theorems of Bhojanapalli,
// Neyshabur and Srebro rest.

#include <doctest/doctest.h>
#include <symbolic/formula.hpp>

#include "native/formulas.hpp"

using namespace rankscape;
using symbolic::Expression;
using symbolic::ExpressionMatrix;

namespace {

struct Symbols {
  struct {
    std::vector<ExpressionMatrix> A;
    std::vector<Expression> b;
  } data;
  ExpressionMatrix U;
};

ExpressionMatrix take(std::vector<GiNaC::symbol>::const_iterator& next, Index rows, Index cols) {
  ExpressionMatrix a(rows, cols);
  for (Index k = 0; k < a.size(); ++k)
    a(k) = *next++;
  return a;
}

// In the order of Formula::variables and parameters: column by column, as Eigen stores.
Symbols symbols_of(const symbolic::Formula& formula, const std::vector<long>& shape, long measurements) {
  Symbols s;
  auto next = formula.variables.cbegin();
  s.U = take(next, shape[0], shape[1]);
  REQUIRE(next == formula.variables.cend());
  next = formula.parameters.cbegin();
  for (long l = 0; l < measurements; ++l)
    s.data.A.push_back(take(next, shape[0], shape[0]));
  for (long l = 0; l < measurements; ++l)
    s.data.b.emplace_back(*next++);
  REQUIRE(next == formula.parameters.cend());
  return s;
}

// For f/2 and b = A(V V^T) + w, with D = U - V and E = U U^T - V V^T:
//   <Hess D, D> = ||A(D D^T)||^2 - 3 ||A(E)||^2 + 4 <grad, D> + 2 <w, A(D D^T)> + 4 <w, A(E)>.
// Gradient and Hessian are those that GiNaC derives. V stands for any factor U* R of the matrix measured.
void check_identity(const std::vector<long>& shape, long measurements, bool noise) {
  CAPTURE(noise);
  const symbolic::Formula formula = test::matrix_sensing_formula(shape[0], shape[1], measurements);
  const Symbols s = symbols_of(formula, shape, measurements);
  std::vector<GiNaC::symbol> fresh;
  const ExpressionMatrix V = symbolic::symbol_matrix("V", shape[0], shape[1], fresh);
  const ExpressionMatrix w = symbolic::symbol_matrix("w", measurements, 1, fresh);
  const auto measure = [&](long l, const ExpressionMatrix& x) {
    const ExpressionMatrix product = s.data.A[static_cast<std::size_t>(l)].transpose() * x;
    return Expression(product.trace());
  };
  const ExpressionMatrix D = s.U - V;
  const ExpressionMatrix square = D * D.transpose();
  const ExpressionMatrix solution = V * V.transpose();
  const ExpressionMatrix E = s.U * s.U.transpose() - solution;
  GiNaC::exmap measured;
  Expression right = 0;
  for (long l = 0; l < measurements; ++l) {
    const Expression noise_l = noise ? Expression(w(l, 0)) : Expression(0);
    measured[s.data.b[static_cast<std::size_t>(l)]] = measure(l, solution) + noise_l;
    right += GiNaC::pow(measure(l, square), 2) - 3 * GiNaC::pow(measure(l, E), 2) +
             noise_l * (2 * measure(l, square) + 4 * measure(l, E));
  }
  const symbolic::ExpressionVector gradient = symbolic::gradient(formula);
  const symbolic::ExpressionMatrix hessian = symbolic::hessian(formula, gradient);
  Expression left = 0;
  for (Index p = 0; p < gradient.size(); ++p) {
    right += 4 * gradient(p).subs(measured) * D(p) / 2;
    for (Index q = 0; q < gradient.size(); ++q)
      left += hessian(p, q).subs(measured) * D(p) * D(q) / 2;
  }
  CHECK(symbolic::is_identically_zero(left - right));
  // the identity is one of this point: without the gradient's part it fails
  CHECK_FALSE(symbolic::is_identically_zero(left - right + gradient(0).subs(measured)));
}

}  // namespace

TEST_SUITE("quick") {
  TEST_CASE("the Hessian in the direction of a solution") {
    check_identity({2, 1}, 2, false);
    check_identity({2, 1}, 2, true);
    check_identity({2, 2}, 1, false);
    check_identity({2, 2}, 1, true);
  }
}

TEST_SUITE("standard") {
  TEST_CASE("the Hessian in the direction of a solution, larger shapes") {
    check_identity({3, 2}, 1, true);
    check_identity({3, 1}, 2, true);
  }
}
