// The whole spectrum as a polynomial identity: det(t I - Hess) at the canonical critical points equals the product of
// t - (claimed eigenvalue), with t, the roots of the selected eigenvalues and all other eigenvalues symbols. Every
// critical point is a rotation of a canonical one, so this holds for all parameter values of the shape. And exactly at
// points with irrational eigenvalues, where the claimed polynomial is made of rational matrices.

#include <doctest/doctest.h>

#include <symbolic/formula.hpp>
#include <symbolic/matrix.hpp>

#include <algorithm>

#include "landscapes.hpp"
#include "native/deep_linear/critical_values.hpp"
#include "native/formulas.hpp"

using namespace rankscape;
using Expr = symbolic::Expression;
using symbolic::ExpressionMatrix;

namespace {

// Values of a spectrum and how many of them are selected; the selected ones are squares of symbols.
struct Symbols {
  Index q = 0;
  std::vector<Expr> roots;   // of the first q values
  std::vector<Expr> values;  // all
};

Symbols symbols(Index size, Index q) {
  Symbols result;
  result.q = q;
  for (Index i = 0; i < size; ++i) {
    const GiNaC::symbol symbol((i < q ? "r" : "v") + std::to_string(i + 1));
    if (i < q) result.roots.emplace_back(symbol);
    result.values.push_back(i < q ? Expr(symbol * symbol) : Expr(symbol));
  }
  return result;
}

bool has_spectrum(const ExpressionMatrix& hessian, const std::vector<Expr>& claimed) {
  if (hessian.rows() != static_cast<Index>(claimed.size())) return false;
  const GiNaC::symbol t("t");
  ExpressionMatrix shifted = -hessian;
  Expr product = 1;
  for (Index i = 0; i < hessian.rows(); ++i) {
    shifted(i, i) += t;
    product *= t - claimed[static_cast<std::size_t>(i)];
  }
  return symbolic::is_identically_zero(symbolic::determinant(symbolic::expanded(shifted)) - product);
}

std::vector<Expr> symmetric_claim(const Symbols& s, Index k) {
  std::vector<Expr> claimed;
  const auto n = static_cast<Index>(s.values.size());
  const auto value = [&](Index i) { return s.values[static_cast<std::size_t>(i)]; };
  for (Index a = 0; a < s.q; ++a) {
    for (Index b = a; b < s.q; ++b)
      claimed.push_back(value(a) + value(b));
    for (Index i = s.q; i < n; ++i)
      claimed.push_back(value(a) - value(i));
  }
  for (Index i = s.q; i < n; ++i)
    claimed.insert(claimed.end(), static_cast<std::size_t>(k - s.q), -value(i));
  claimed.insert(claimed.end(), static_cast<std::size_t>(s.q * (s.q - 1) / 2 + s.q * (k - s.q)), Expr(0));
  return claimed;
}

std::vector<Expr> asymmetric_claim(const Symbols& s, Index n, Index m, Index k, const Expr& mu) {
  std::vector<Expr> claimed;
  const Index p = std::min(n, m);
  const Index d = std::max(n, m) - p;
  const auto value = [&](Index i) { return s.values[static_cast<std::size_t>(i)]; };
  const auto add = [&](Index times, const Expr& eigenvalue) {
    claimed.insert(claimed.end(), static_cast<std::size_t>(times), eigenvalue);
  };
  for (Index a = 0; a < s.q; ++a) {
    for (Index b = 0; b < s.q; ++b) {
      add(1, value(a) + value(b));
      if (a <= b) add(1, 2 * mu * (value(a) + value(b)));
    }
    add(k - s.q, 2 * mu * value(a));
    add(d, value(a));
    for (Index i = s.q; i < p; ++i) {
      add(1, value(a) + value(i));
      add(1, value(a) - value(i));
    }
  }
  for (Index i = s.q; i < p; ++i) {
    add(k - s.q, value(i));
    add(k - s.q, -value(i));
  }
  add(s.q * (s.q - 1) / 2 + s.q * (k - s.q) + d * (k - s.q), 0);
  return claimed;
}

ExpressionMatrix diagonal(const std::vector<Expr>& entries, Index rows, Index cols) {
  ExpressionMatrix a = symbolic::zero_matrix(rows, cols);
  for (std::size_t i = 0; i < entries.size(); ++i)
    a(static_cast<Index>(i), static_cast<Index>(i)) = entries[i];
  return a;
}

std::vector<Expr> entries_of(const ExpressionMatrix& a) {
  return {a.reshaped().begin(), a.reshaped().end()};
}

std::vector<Expr> lower_triangle(const ExpressionMatrix& a) {
  std::vector<Expr> entries;
  for (Index j = 0; j < a.cols(); ++j) {
    for (Index i = j; i < a.rows(); ++i)
      entries.push_back(a(i, j));
  }
  return entries;
}

// Derived from the loss, at X = diag(roots), M = diag(values).
ExpressionMatrix symmetric_hessian(const Symbols& s, Index n, Index k) {
  return test::hessian_at(test::symmetric_formula(n, k), entries_of(diagonal(s.roots, n, k)),
                          lower_triangle(diagonal(s.values, n, n)));
}

ExpressionMatrix asymmetric_hessian(const Symbols& s, Index n, Index m, Index k, const Expr& mu) {
  std::vector<Expr> variables = entries_of(diagonal(s.roots, n, k));
  for (const Expr& entry : entries_of(diagonal(s.roots, m, k)))
    variables.push_back(entry);
  std::vector<Expr> parameters = entries_of(diagonal(s.values, n, m));
  parameters.push_back(mu);
  return test::hessian_at(test::asymmetric_formula(n, m, k), variables, parameters);
}

ExpressionMatrix phase_hessian(const ExpressionMatrix& x, const ExpressionMatrix& u) {
  return test::hessian_at(test::phase_formula(u.rows()), entries_of(x), entries_of(u));
}

using Polynomial = std::vector<Rational>;

Polynomial operator*(const Polynomial& a, const Polynomial& b) {
  Polynomial c(a.size() + b.size() - 1, Rational(0));
  for (std::size_t i = 0; i < a.size(); ++i) {
    for (std::size_t j = 0; j < b.size(); ++j)
      c[i + j] += a[i] * b[j];
  }
  return c;
}

RationalMatrix identity(Index size) {
  return RationalMatrix::Identity(size, size);
}

}  // namespace

TEST_SUITE("quick") {
  TEST_CASE("symmetric factorization: the spectrum for all eigenvalues") {
    for (const auto& sizes :
         std::vector<std::pair<Index, Index>>{{1, 1}, {2, 1}, {1, 2}, {2, 2}, {3, 1}, {3, 2}, {2, 3}}) {
      const Index n = sizes.first;
      const Index k = sizes.second;
      for (Index q = 0; q <= std::min(n, k); ++q) {
        CAPTURE(n);
        CAPTURE(k);
        CAPTURE(q);
        const Symbols s = symbols(n, q);
        const ExpressionMatrix hessian = symmetric_hessian(s, n, k);
        CHECK(has_spectrum(hessian, symmetric_claim(s, k)));
        // the check can fail: one eigenvalue of another sign
        std::vector<Expr> wrong = symmetric_claim(s, k);
        const auto nonzero = std::find_if(wrong.begin(), wrong.end(), [](const Expr& e) { return !e.is_zero(); });
        *nonzero = -*nonzero;
        CHECK_FALSE(has_spectrum(hessian, wrong));
      }
    }
  }

  TEST_CASE("asymmetric factorization: the spectrum for all singular values and balances") {
    const GiNaC::symbol mu("mu");
    for (const auto& sizes :
         std::vector<std::tuple<Index, Index, Index>>{{1, 1, 1}, {2, 1, 1}, {1, 1, 2}, {2, 2, 1}, {1, 2, 2}}) {
      const Index n = std::get<0>(sizes);
      const Index m = std::get<1>(sizes);
      const Index k = std::get<2>(sizes);
      for (Index q = 0; q <= std::min({n, m, k}); ++q) {
        CAPTURE(n);
        CAPTURE(m);
        CAPTURE(k);
        CAPTURE(q);
        const Symbols s = symbols(std::min(n, m), q);
        CHECK(has_spectrum(asymmetric_hessian(s, n, m, k, mu), asymmetric_claim(s, n, m, k, mu)));
      }
    }
  }

  TEST_CASE("phase retrieval: the spectrum for all signals") {
    for (const Index n : {1, 2, 3}) {
      CAPTURE(n);
      std::vector<GiNaC::symbol> list;
      const ExpressionMatrix u = symbolic::symbol_matrix("u", n, 1, list);
      const Expr uu = u.squaredNorm();
      std::vector<Expr> origin(static_cast<std::size_t>(n), -uu);
      origin[0] = -3 * uu;
      std::vector<Expr> signal(static_cast<std::size_t>(n), 2 * uu);
      signal[0] = 6 * uu;
      CHECK(has_spectrum(phase_hessian(symbolic::zero_matrix(n, 1), u), origin));
      CHECK(has_spectrum(phase_hessian(u, u), signal));
      CHECK_FALSE(has_spectrum(phase_hessian(u, u), origin));
    }
  }

  TEST_CASE("symmetric factorization at irrational eigenvalues, as polynomials with rational coefficients") {
    const Landscape& model = test::landscape("symmetric-factorization");
    int irrational = 0;
    for (const auto& recipe : model.cases({{{2, 2}, {3, 2}, {4, 3}}, {}, {"irrational"}, 1})) {
      CAPTURE(recipe->key());
      const auto at = model.instance(recipe->build(5));
      const RationalMatrix& M = at->matrix("M");
      const RationalMatrix& X = at->point().weights.front();
      const auto restricted = [&](const RationalMatrix& basis) { return solve(basis, multiply(M, basis)).value(); };
      // M on the range of X and on its complement; their eigenvalues are those selected and the others
      const RationalMatrix a = restricted(column_basis(X));
      const RationalMatrix b = restricted(null_space(X.transpose()));
      for (const RealRoot& value : real_eigenvalues(M))
        irrational += value.rational() ? 0 : 1;
      // pairs a <= b: all pairs without those of the exterior square
      const RationalMatrix pairs = kronecker(a, identity(a.rows())) + kronecker(identity(a.rows()), a);
      const RationalMatrix across = kronecker(a, identity(b.rows())) - kronecker(identity(a.rows()), b);
      Polynomial claimed = characteristic_polynomial(pairs) * characteristic_polynomial(across);
      const Index q = rank(X);
      const Index k = X.cols();
      for (Index i = 0; i < k - q; ++i)
        claimed = claimed * characteristic_polynomial(RationalMatrix(-b));
      for (Index i = 0; i < q * (q - 1) / 2 + q * (k - q); ++i)
        claimed = claimed * Polynomial{0, 1};
      const Polynomial exterior =
          q < 2 ? Polynomial{1} : characteristic_polynomial(deep_linear::additive_compound(a, 2));
      CHECK(characteristic_polynomial(at->hessian()) * exterior == claimed);
    }
    CHECK(irrational > 10);
  }
}

TEST_SUITE("standard") {
  TEST_CASE("larger shapes for all parameter values") {
    for (const Index q : {0, 1, 2}) {
      CAPTURE(q);
      const Symbols s = symbols(4, q);
      CHECK(has_spectrum(symmetric_hessian(s, 4, 2), symmetric_claim(s, 2)));
      const GiNaC::symbol mu("mu");
      const Symbols two = symbols(2, q);
      CHECK(has_spectrum(asymmetric_hessian(two, 2, 2, 2, mu), asymmetric_claim(two, 2, 2, 2, mu)));
    }
  }
}
