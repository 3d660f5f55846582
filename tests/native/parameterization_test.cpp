// The parameterization of the critical points of the deep linear network holds for all parameter values: with D_h, the
// entries of Z_h and sigma symbols, the derived gradient is identically zero.
//
// Z_h runs through the zero patterns that satisfy the cycle equations whatever the other entries are. Only the maximal
// patterns are tried: a smaller one is a maximal one with some symbols set to zero, and an identity survives that.

#include <doctest/doctest.h>
#include <fmt/ranges.h>
#include <symbolic/matrix.hpp>

#include <algorithm>

#include "native/formulas.hpp"

using namespace rankscape;
using symbolic::Expression;
using symbolic::ExpressionMatrix;

namespace {

using Widths = std::vector<long>;
using Pattern = std::vector<bool>;  // which entries of Z_1, Z_2, ... may be nonzero, matrices column by column

struct Canonical {
  Widths widths;
  std::vector<long> S;  // 0-based here
  std::vector<long> Q;
  [[nodiscard]] long layers() const { return static_cast<long>(widths.size()) - 1; }
  [[nodiscard]] long rank() const { return static_cast<long>(S.size()); }
  [[nodiscard]] long rows(long h) const { return widths[static_cast<std::size_t>(h)] - rank(); }
  /// Z_1 reads all inputs, the others what lies outside the product.
  [[nodiscard]] long cols(long h) const { return h == 1 ? widths.front() : rows(h - 1); }
};

Canonical canonical(const Widths& widths, const std::vector<long>& S) {
  Canonical c{widths, S, {}};
  for (long q = 0; q < widths.back(); ++q) {
    if (std::find(S.begin(), S.end(), q) == S.end()) c.Q.push_back(q);
  }
  return c;
}

/// Z_1..Z_H with symbols where the pattern allows; M = Sxy U_Q = diag(sigma) on Q in canonical data.
std::vector<ExpressionMatrix> blocks(const Canonical& c, const Pattern& pattern) {
  std::vector<ExpressionMatrix> z;
  std::size_t next = 0;
  for (long h = 1; h <= c.layers(); ++h) {
    std::vector<GiNaC::symbol> fresh;
    ExpressionMatrix block = symbolic::symbol_matrix("Z" + std::to_string(h), c.rows(h), c.cols(h), fresh);
    for (Expression& entry : block.reshaped()) {
      if (!pattern[next++]) entry = 0;
    }
    z.push_back(block);
  }
  REQUIRE(next == pattern.size());
  return z;
}

/// Do the cycle equations hold for the pattern, whatever the values? With positive numbers at all places nothing
/// cancels.
bool satisfies_cycle_equations(const Canonical& c, const Pattern& pattern) {
  using IntMatrix = Eigen::MatrixXi;
  std::vector<IntMatrix> path;  // Z_1, .., Z_H, M
  std::size_t next = 0;
  for (long h = 1; h <= c.layers(); ++h) {
    IntMatrix block(c.rows(h), c.cols(h));
    for (int& entry : block.reshaped())
      entry = pattern[next++] ? 1 : 0;
    path.push_back(block);
  }
  IntMatrix data = IntMatrix::Zero(c.widths.front(), static_cast<Index>(c.Q.size()));
  for (std::size_t k = 0; k < c.Q.size(); ++k)
    data(c.Q[k], static_cast<Index>(k)) = 1;
  path.push_back(data);
  const std::size_t arrows = path.size();
  for (std::size_t removed = 0; removed + 1 < arrows; ++removed) {
    IntMatrix product = path[(removed + 1) % arrows];
    for (std::size_t k = 2; k < arrows; ++k)
      product = path[(removed + k) % arrows] * product;
    if (!product.isZero(0)) return false;
  }
  return true;
}

std::vector<Pattern> maximal_patterns(const Canonical& c) {
  std::size_t entries = 0;
  for (long h = 1; h <= c.layers(); ++h)
    entries += static_cast<std::size_t>(c.rows(h) * c.cols(h));
  REQUIRE(entries <= 16);
  std::vector<unsigned> valid;
  for (unsigned bits = 0; bits < (1U << entries); ++bits) {
    Pattern pattern;
    for (std::size_t i = 0; i < entries; ++i)
      pattern.push_back((bits >> i & 1U) != 0);
    if (satisfies_cycle_equations(c, pattern)) valid.push_back(bits);
  }
  std::vector<Pattern> maximal;
  for (const unsigned bits : valid) {
    if (std::any_of(valid.begin(), valid.end(), [&](unsigned o) { return o != bits && (o & bits) == bits; })) continue;
    Pattern pattern;
    for (std::size_t i = 0; i < entries; ++i)
      pattern.push_back((bits >> i & 1U) != 0);
    maximal.push_back(pattern);
  }
  return maximal;
}

struct Data {
  ExpressionMatrix X, Y, U;
  ExpressionMatrix whitening;  ///< V^T A^{-1}: the coordinates in which M = Sxy U_Q is diag(sigma) on Q
};

ExpressionMatrix inverse(const ExpressionMatrix& a) {
  return (symbolic::adjugate(a) * Expression(1 / symbolic::determinant(a))).eval();
}

/// X = I, Y = [diag(sigma) 0], U = I.
Data canonical_data(const Widths& widths) {
  Data data{symbolic::identity_matrix(widths.front()), symbolic::zero_matrix(widths.back(), widths.front()),
            symbolic::identity_matrix(widths.back()), symbolic::identity_matrix(widths.front())};
  for (Index i = 0; i < widths.back(); ++i)
    data.Y(i, i) = GiNaC::symbol("sigma" + std::to_string(i + 1));
  return data;
}

/// A rotation with rational entries in the symbol: every rotation of the plane but -I.
ExpressionMatrix rotation(const std::string& name) {
  const GiNaC::symbol t(name);
  const Expression norm = 1 + t * t;
  ExpressionMatrix result(2, 2);
  result << (1 - t * t) / norm, -2 * t / norm, 2 * t / norm, (1 - t * t) / norm;
  return result;
}

/// X = A [I 0], Y = U diag(sigma) V^T [I 0] + [0 N], everything symbolic, for dx = dy = 2.
Data rotated_data() {
  std::vector<GiNaC::symbol> symbols;
  Data data{symbolic::zero_matrix(2, 3), symbolic::zero_matrix(2, 3), rotation("u"), {}};
  const ExpressionMatrix a = symbolic::symbol_matrix("A", 2, 2, symbols);
  const ExpressionMatrix v = rotation("v");
  data.X.leftCols(2) = a;
  data.whitening = v.transpose() * inverse(a);
  const ExpressionMatrix diagonal = canonical_data({2, 2, 2}).Y;
  data.Y.leftCols(2) = data.U * diagonal * v.transpose();
  data.Y.rightCols(1) = symbolic::symbol_matrix("N", 2, 1, symbols);
  return data;
}

/// W_1 = D_1 [U_S^T P_*; Z_1], W_h = D_h [I 0; 0 Z_h] D_{h-1}^{-1}, W_H = [U_S, U_Q Z_H] D_{H-1}^{-1}.
std::vector<ExpressionMatrix> parameterized(const Canonical& c, const Data& data,
                                            const std::vector<ExpressionMatrix>& z) {
  const long r = c.rank();
  ExpressionMatrix u_s(c.widths.back(), r);
  for (Index k = 0; k < r; ++k)
    u_s.col(k) = data.U.col(c.S[static_cast<std::size_t>(k)]);
  ExpressionMatrix u_q(c.widths.back(), static_cast<Index>(c.Q.size()));
  for (Index k = 0; k < u_q.cols(); ++k)
    u_q.col(k) = data.U.col(c.Q[static_cast<std::size_t>(k)]);
  const ExpressionMatrix sxx = data.X * data.X.transpose();
  const ExpressionMatrix p = data.Y * data.X.transpose() * inverse(sxx);

  std::vector<ExpressionMatrix> weights;
  ExpressionMatrix last_d;
  for (long h = 1; h <= c.layers(); ++h) {
    const ExpressionMatrix& block = z[static_cast<std::size_t>(h - 1)];
    ExpressionMatrix inner;
    if (h == 1) {
      inner = ExpressionMatrix(c.widths[1], c.widths[0]);
      inner << ExpressionMatrix(u_s.transpose() * p), ExpressionMatrix(block * data.whitening);
    } else if (h < c.layers()) {
      inner = symbolic::zero_matrix(c.widths[static_cast<std::size_t>(h)], c.widths[static_cast<std::size_t>(h - 1)]);
      inner.topLeftCorner(r, r) = symbolic::identity_matrix(r);
      inner.bottomRightCorner(block.rows(), block.cols()) = block;
    } else {
      inner = ExpressionMatrix(c.widths.back(), r + block.cols());
      inner << u_s, ExpressionMatrix(u_q * block);
    }
    ExpressionMatrix w = h > 1 ? ExpressionMatrix(inner * inverse(last_d)) : inner;
    if (h < c.layers()) {
      std::vector<GiNaC::symbol> fresh;
      const long d = c.widths[static_cast<std::size_t>(h)];
      last_d = symbolic::symbol_matrix("D" + std::to_string(h), d, d, fresh);
      w = (last_d * w).eval();
    }
    weights.push_back(w);
  }
  return weights;
}

/// The derived gradient, with the point and the data put in.
std::vector<Expression> gradient_at(const Canonical& c, const Data& data,
                                    const std::vector<ExpressionMatrix>& weights) {
  const symbolic::Formula formula = test::deep_linear_formula(c.widths, data.X.cols());
  GiNaC::exmap at;
  auto variable = formula.variables.begin();
  for (const ExpressionMatrix& w : weights) {
    for (const Expression& entry : w.reshaped())
      at[*variable++] = entry.normal();
  }
  REQUIRE(variable == formula.variables.end());
  auto parameter = formula.parameters.begin();
  for (const Expression& entry : data.X.reshaped())
    at[*parameter++] = entry;
  for (const Expression& entry : data.Y.reshaped())
    at[*parameter++] = entry;
  REQUIRE(parameter == formula.parameters.end());
  std::vector<Expression> result;
  for (const Expression& derivative : symbolic::gradient(formula)) {
    result.push_back(derivative.subs(at, GiNaC::subs_options::no_pattern));
  }
  return result;
}

void check_parameterization(const Widths& widths, const std::vector<long>& S, const Data& data) {
  CAPTURE(fmt::format("{} S0={}", fmt::join(widths, ","), fmt::join(S, ",")));
  const Canonical c = canonical(widths, S);
  const std::vector<Pattern> patterns = maximal_patterns(c);
  CHECK(!patterns.empty());
  for (const Pattern& pattern : patterns) {
    CAPTURE(fmt::format("{}", fmt::join(pattern, "")));
    const std::vector<ExpressionMatrix> weights = parameterized(c, data, blocks(c, pattern));
    for (const Expression& derivative : gradient_at(c, data, weights)) {
      CHECK(symbolic::is_identically_zero_rational(derivative));
    }
  }
}

}  // namespace

TEST_SUITE("quick") {
  TEST_CASE("the parameterization is critical for all parameter values, two layers") {
    for (const std::vector<long>& S : std::vector<std::vector<long>>{{}, {0}, {1}, {0, 1}}) {
      check_parameterization({2, 2, 2}, S, canonical_data({2, 2, 2}));
    }
  }

  TEST_CASE("a block that breaks a cycle equation is not critical") {
    const Canonical c = canonical({2, 2, 2}, {0});
    // Z_1 is 1 x 2, Z_2 is 1 x 1; Z_2 nonzero violates the equation h = 1, Z_1 on the direction outside S the one h
    // = 2.
    CHECK_FALSE(satisfies_cycle_equations(c, {false, false, true}));
    CHECK_FALSE(satisfies_cycle_equations(c, {false, true, false}));
    CHECK(satisfies_cycle_equations(c, {true, false, false}));
    const Data data = canonical_data(c.widths);
    bool all_zero = true;
    for (const Expression& derivative : gradient_at(c, data, parameterized(c, data, blocks(c, {false, false, true})))) {
      all_zero = all_zero && symbolic::is_identically_zero_rational(derivative);
    }
    CHECK_FALSE(all_zero);
  }
}

TEST_SUITE("standard") {
  TEST_CASE("the parameterization is critical for all parameter values, three layers") {
    for (const std::vector<long>& S : std::vector<std::vector<long>>{{}, {0}, {1}, {0, 1}}) {
      check_parameterization({2, 2, 2, 2}, S, canonical_data({2, 2, 2, 2}));
      if (S.size() < 2) check_parameterization({2, 1, 2, 2}, S, canonical_data({2, 1, 2, 2}));
    }
  }

  TEST_CASE("the parameterization is critical for all parameter values and all data") {
    for (const std::vector<long>& S : std::vector<std::vector<long>>{{}, {0}, {1}, {0, 1}}) {
      check_parameterization({2, 2, 2}, S, rotated_data());
    }
  }
}
