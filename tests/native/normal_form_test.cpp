// The normal form of the Hessian on every stratum of small shapes: proved, and with the inertia that the counting
// formula gives (computed here on its own, from the strings). And the change of variables by D_h, once with everything
// symbolic.

#include <doctest/doctest.h>
#include <fmt/ranges.h>
#include <native/deep_linear/normal_form.hpp>
#include <symbolic/matrix.hpp>

#include <rankscape/error.hpp>

#include <algorithm>

using namespace rankscape;
using deep_linear::NormalFormProof;
using deep_linear::Stratum;
using deep_linear::String;
using symbolic::Expression;
using symbolic::ExpressionMatrix;

namespace {

/// A string as in the counting formula: first node a, last node b; outer when it passes from node H to node 0.
struct Ends {
  long a, b, count;
  bool outer;
};

std::vector<Ends> ends(const Stratum& stratum) {
  std::vector<Ends> result;
  for (const auto& [string, count] : stratum.multiplicity) {
    const long beyond = string.start + string.length - 1;
    const bool outer = beyond > stratum.layers;
    result.push_back({string.start, outer ? beyond - stratum.layers - 1 : beyond, count, outer});
  }
  return result;
}

/// h = sum over outer v of m_v (sum over inner u with a_v <= b_u + 1 and a_u <= b_v + 1 of m_u
///                            + sum over outer u with a_v <= b_u + 1 of m_u)
long planes(const Stratum& stratum) {
  long h = 0;
  for (const Ends& v : ends(stratum)) {
    if (!v.outer) continue;
    for (const Ends& u : ends(stratum)) {
      if (v.a <= u.b + 1 && (u.outer || u.a <= v.b + 1)) h += v.count * u.count;
    }
  }
  return h;
}

Inertia claimed(const deep_linear::Widths& widths, const std::vector<int>& S, const Stratum& stratum) {
  const long dx = widths.front();
  const long dy = widths.back();
  const long r = static_cast<long>(S.size());
  long inversions = 0;
  for (const int s : S) {
    for (int q = 1; q < s; ++q)
      inversions += std::find(S.begin(), S.end(), q) == S.end() ? 1 : 0;
  }
  const long h = planes(stratum);
  long n = 0;
  for (std::size_t i = 1; i < widths.size(); ++i)
    n += widths[i] * widths[i - 1];
  Inertia inertia;
  inertia.negative = inversions + h;
  inertia.positive = r * (dx + dy - r) - inversions + h;
  inertia.zero = n - inertia.negative - inertia.positive;
  return inertia;
}

/// Every (S, stratum) of a shape; `expected` is their number, known from the counts of strata.
void check_shape(const deep_linear::Widths& widths, int expected) {
  CAPTURE(fmt::format("{}", fmt::join(widths, ",")));
  const int dy = static_cast<int>(widths.back());
  const auto rmax = static_cast<std::size_t>(*std::min_element(widths.begin(), widths.end()));
  int cases = 0;
  for (unsigned mask = 0; mask < (1U << dy); ++mask) {
    std::vector<int> S;
    for (int i = 0; i < dy; ++i) {
      if ((mask >> i & 1U) != 0) S.push_back(i + 1);
    }
    if (S.size() > rmax) continue;
    std::vector<long> dimensions = widths;
    for (long& dimension : dimensions)
      dimension -= static_cast<long>(S.size());
    deep_linear::for_each_stratum(dimensions, [&](const Stratum& stratum) {
      CAPTURE(fmt::format("S={} {}", fmt::join(S, ","), deep_linear::to_string(stratum)));
      const NormalFormProof proof = deep_linear::prove_normal_form(widths, S, stratum);
      CAPTURE(proof.failure);
      CHECK(proof.proved);
      CHECK(proof.inertia == claimed(widths, S, stratum));
      CHECK(proof.hyperbolic_planes == planes(stratum));
      ++cases;
    });
  }
  CHECK(cases == expected);
}

}  // namespace

TEST_SUITE("quick") {
  TEST_CASE("every stratum of small shapes has the normal form, for all parameter values") {
    check_shape({2, 2, 2}, 4);
    check_shape({2, 1, 2}, 3);
    check_shape({2, 2, 2, 2}, 20);
  }

  TEST_CASE("known inertias") {
    // A network of one unit a layer at the origin: L = (w_2 w_1 - y)^2 has a hyperbolic plane there, w_3 w_2 w_1
    // nothing.
    const NormalFormProof two = deep_linear::prove_normal_form({1, 1, 1}, {}, Stratum{2, {{{2, 2}, 1}, {{1, 1}, 1}}});
    CHECK(two.proved);
    CHECK(two.inertia == Inertia{1, 0, 1});
    const NormalFormProof three =
        deep_linear::prove_normal_form({1, 1, 1, 1}, {}, Stratum{3, {{{3, 2}, 1}, {{1, 1}, 1}, {{2, 1}, 1}}});
    CHECK(three.proved);
    CHECK(three.inertia == Inertia{0, 3, 0});
    // With w_2 = 1 it is the two-layer network again.
    const NormalFormProof joined =
        deep_linear::prove_normal_form({1, 1, 1, 1}, {}, Stratum{3, {{{3, 2}, 1}, {{1, 2}, 1}}});
    CHECK(joined.proved);
    CHECK(joined.inertia == Inertia{1, 1, 1});
    const NormalFormProof global = deep_linear::prove_normal_form({1, 1, 1, 1}, {1}, Stratum{3, {}});
    CHECK(global.proved);
    CHECK(global.inertia == Inertia{0, 2, 1});
  }

  TEST_CASE("arguments that do not fit are refused") {
    const Stratum fits{2, {{{2, 2}, 1}, {{1, 1}, 1}}};
    CHECK_THROWS_AS(static_cast<void>(deep_linear::prove_normal_form({1, 1, 2}, {}, fits)), InputError);
    CHECK_THROWS_AS(static_cast<void>(deep_linear::prove_normal_form({1, 1, 1}, {2}, fits)), std::invalid_argument);
    CHECK_THROWS_AS(static_cast<void>(deep_linear::prove_normal_form({1, 1, 1}, {1}, fits)), std::invalid_argument);
    CHECK_THROWS_AS(static_cast<void>(deep_linear::prove_normal_form({2, 2, 2}, {2, 1}, Stratum{2, {}})),
                    std::invalid_argument);
    // Node dimensions right, but the string would end at node H.
    const Stratum ends_at_output{2, {{{1, 2}, 1}, {{0, 1}, 1}}};
    CHECK_THROWS_AS(static_cast<void>(deep_linear::prove_normal_form({1, 1, 1}, {}, ends_at_output)),
                    std::invalid_argument);
  }

  TEST_CASE("conjugation by D_h does not change the loss along a line, with everything symbolic") {
    for (const deep_linear::Widths& widths : {deep_linear::Widths{2, 2, 2}, deep_linear::Widths{1, 2, 1, 1}}) {
      CAPTURE(fmt::format("{}", fmt::join(widths, ",")));
      // || W_H .. W_1 x - y ||^2 at the line and at the conjugated line
      std::vector<GiNaC::symbol> data;
      const ExpressionMatrix x = symbolic::symbol_matrix("X", widths.front(), 1, data);
      const ExpressionMatrix y = symbolic::symbol_matrix("Y", widths.back(), 1, data);
      const GiNaC::symbol t("t");
      ExpressionMatrix plain = x;
      ExpressionMatrix conjugated = x;
      ExpressionMatrix spoilt = x;  // D_h on one side only
      ExpressionMatrix last = symbolic::identity_matrix(widths.front());
      for (std::size_t h = 1; h < widths.size(); ++h) {
        std::vector<GiNaC::symbol> fresh;
        const ExpressionMatrix line = symbolic::symbol_matrix("W", widths[h], widths[h - 1], fresh) +
                                      symbolic::symbol_matrix("V", widths[h], widths[h - 1], fresh) * Expression(t);
        const ExpressionMatrix d = h + 1 < widths.size() ? symbolic::symbol_matrix("D", widths[h], widths[h], fresh)
                                                         : symbolic::identity_matrix(widths[h]);
        const ExpressionMatrix moved =
            d * line * symbolic::adjugate(last) * Expression(1 / symbolic::determinant(last));
        plain = ExpressionMatrix(line * plain);
        conjugated = ExpressionMatrix(moved * conjugated);
        spoilt = ExpressionMatrix(d * line * spoilt);
        last = d;
      }
      const auto loss = [&](const ExpressionMatrix& image) { return Expression((image - y).squaredNorm()); };
      CHECK(symbolic::is_identically_zero_rational(loss(plain) - loss(conjugated)));
      CHECK_FALSE(symbolic::is_identically_zero_rational(loss(plain) - loss(spoilt)));
    }
  }
}

TEST_SUITE("standard") {
  TEST_CASE("every stratum of more shapes has the normal form, for all parameter values") {
    check_shape({2, 1, 2, 2}, 11);
    check_shape({3, 2, 2}, 7);
    check_shape({4, 3, 3}, 15);
    check_shape({2, 2, 2, 2, 2}, 95);
    check_shape({3, 3, 3, 3}, 69);
    check_shape({3, 3, 3, 3, 3}, 575);
  }
}
