// Matrix sensing: closed forms against what GiNaC derives from the loss, and the identity for the Hessian in the
// direction of a solution, on which the theorems of Bhojanapalli, Neyshabur and Srebro rest.

#include <doctest/doctest.h>
#include <models/matrix_sensing/calculus.hpp>
#include <models/matrix_sensing/formula.hpp>
#include <symbolic/formula.hpp>

#include <rankscape/error.hpp>

using namespace rankscape;
using matrix_sensing::Measurements;
using symbolic::Expression;
using symbolic::ExpressionMatrix;

namespace {

struct Symbols {
  Measurements<Expression> data;
  ExpressionMatrix U;
};

ExpressionMatrix take(std::vector<GiNaC::symbol>::const_iterator& next, Index rows, Index cols) {
  ExpressionMatrix a(rows, cols);
  for (Index k = 0; k < a.size(); ++k)
    a(k) = *next++;
  return a;
}

// In the order of Formula::variables and parameters: column by column, as Eigen stores.
Symbols symbols_of(const symbolic::Formula& formula, const Shape& shape, long measurements) {
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

void check_closed_forms(const Shape& shape, long measurements) {
  CAPTURE(shape[0]);
  CAPTURE(shape[1]);
  const symbolic::Formula formula = matrix_sensing::loss_formula(shape, measurements);
  const Symbols s = symbols_of(formula, shape, measurements);
  const symbolic::ExpressionVector derived_gradient = symbolic::gradient(formula);
  const symbolic::ExpressionVector gradient = matrix_sensing::gradient(s.data, s.U);
  REQUIRE(gradient.size() == derived_gradient.size());
  for (Index i = 0; i < gradient.size(); ++i)
    CHECK(symbolic::is_identically_zero(derived_gradient(i) - gradient(i)));
  const symbolic::ExpressionMatrix derived_hessian = symbolic::hessian(formula, derived_gradient);
  const symbolic::ExpressionMatrix hessian = matrix_sensing::hessian(s.data, s.U);
  for (Index q = 0; q < gradient.size(); ++q) {
    for (Index p = 0; p <= q; ++p) {
      CAPTURE(p);
      CAPTURE(q);
      CHECK(symbolic::is_identically_zero(derived_hessian(p, q) - hessian(p, q)));
    }
  }
}

// For f/2 and b = A(V V^T) + w, with D = U - V and E = U U^T - V V^T:
//   <Hess D, D> = ||A(D D^T)||^2 - 3 ||A(E)||^2 + 4 <grad, D> + 2 <w, A(D D^T)> + 4 <w, A(E)>.
// Gradient and Hessian are those that GiNaC derives. V stands for any factor U* R of the matrix measured.
void check_identity(const Shape& shape, long measurements, bool noise) {
  CAPTURE(noise);
  const symbolic::Formula formula = matrix_sensing::loss_formula(shape, measurements);
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
  TEST_CASE("closed forms of matrix sensing are the derivatives, as polynomials") {
    check_closed_forms({2, 1}, 2);
    check_closed_forms({2, 2}, 2);
    check_closed_forms({3, 1}, 1);
  }

  TEST_CASE("the Hessian in the direction of a solution") {
    check_identity({2, 1}, 2, false);
    check_identity({2, 1}, 2, true);
    check_identity({2, 2}, 1, false);
    check_identity({2, 2}, 1, true);
  }

  TEST_CASE("shapes that are none") {
    CHECK_THROWS_AS(static_cast<void>(matrix_sensing::loss_formula({2}, 2)), InputError);
    CHECK_THROWS_AS(static_cast<void>(matrix_sensing::loss_formula({2, 0}, 2)), InputError);
    CHECK_THROWS_AS(static_cast<void>(matrix_sensing::loss_formula({2, 1}, 0)), InputError);
    CHECK_THROWS_AS(static_cast<void>(matrix_sensing::loss_formula({40, 1}, 2)), InputError);
  }
}

TEST_SUITE("standard") {
  TEST_CASE("closed forms and identity of matrix sensing, larger shapes") {
    check_closed_forms({3, 2}, 2);
    check_closed_forms({4, 3}, 1);
    check_identity({3, 2}, 1, true);
    check_identity({3, 1}, 2, true);
  }
}
