// Global minimizers among orthonormal columns: traces with planted spectra, whose least value is known by sorting, and
// quadratic functions that were made from their certificate. Every certificate goes through the verifier.
#include <rankscape/check/evidence.hpp>

#include <doctest/doctest.h>

#include <fmt/format.h>
#include <algorithm>
#include <nlohmann/json.hpp>
#include <numeric>
#include <random>

#include "check/certificate.hpp"
#include "landscapes.hpp"
#include "verifier/verify.hpp"

using namespace rankscape;

namespace {

struct At {
  Library::Located located;
  std::unique_ptr<Instance> instance;
  Evidence evidence;
};

std::string text(const RationalMatrix& a) {
  std::string rows;
  for (Index i = 0; i < a.rows(); ++i) {
    std::string row;
    for (Index j = 0; j < a.cols(); ++j)
      row += fmt::format("{}\"{}\"", row.empty() ? "" : ",", to_string(a(i, j)));
    rows += fmt::format("{}[{}]", rows.empty() ? "" : ",", row);
  }
  return "[" + rows + "]";
}

At on_stiefel(const std::string& loss, const RationalMatrix& x, const std::string& data) {
  Json json;
  json["format"] = "rankscape-point/1";
  json["loss"] = loss;
  json["constraints"] = {{"columns", fmt::format("X' * X == identity({})", x.cols())}};
  json["data"] = Json::parse("{" + data + "}");
  json["weights"] = Json::parse("{\"X\": " + text(x) + "}");
  At at;
  at.located = test::library().point(json);
  at.instance = at.located.landscape->instance(at.located.point);
  at.evidence = examine(*at.instance);
  return at;
}

verifier::Report verified(const At& at) {
  return verifier::verify_certificate(certificate_json(*at.instance, at.evidence, "", {}).dump());
}

class Draws {
 public:
  explicit Draws(unsigned seed) : random_(seed) {}
  [[nodiscard]] long integer(long lo, long hi) { return std::uniform_int_distribution<long>(lo, hi)(random_); }
  [[nodiscard]] RationalMatrix matrix(Index rows, Index cols) {
    RationalMatrix a(rows, cols);
    for (Index k = 0; k < a.size(); ++k)
      a(k) = Rational(integer(-3, 3));
    return a;
  }
  [[nodiscard]] RationalMatrix rotation(Index n) {  // Cayley
    const RationalMatrix a = matrix(n, n);
    const RationalMatrix skew = (a - a.transpose()) / Rational(4);
    const RationalMatrix one = RationalMatrix::Identity(n, n);
    return multiply(RationalMatrix(one - skew), inverse(RationalMatrix(one + skew)).value());
  }

 private:
  std::mt19937 random_;
};

RationalMatrix conjugated(const RationalMatrix& q, const std::vector<long>& diagonal) {
  RationalMatrix d = RationalMatrix::Zero(q.rows(), q.rows());
  for (Index i = 0; i < q.rows(); ++i)
    d(i, i) = Rational(diagonal[static_cast<std::size_t>(i)]);
  return multiply({q, d, q.transpose()});
}

}  // namespace

TEST_SUITE("quick") {
  TEST_CASE("tr(X' A X B): global exactly where the value is that of opposite orders, ties included") {
    Draws draws(20);
    int global = 0;
    for (int round = 0; round < 24; ++round) {
      const Index n = draws.integer(2, 3);
      const Index k = draws.integer(1, n);
      CAPTURE(round);
      std::vector<long> a;
      std::vector<long> b;
      for (Index i = 0; i < n; ++i)
        a.push_back(draws.integer(-1, 2));
      for (Index j = 0; j < k; ++j)
        b.push_back(draws.integer(-2, 2));
      if (round % 2 ==
          0) {  // so that the point is a minimizer: columns of b >= 0 take the least, the others the greatest
        std::sort(b.begin(), b.end());
        std::sort(a.begin(), a.end(), std::greater<>());
        const auto negative = std::count_if(b.begin(), b.end(), [](long x) { return x < 0; });
        std::rotate(a.begin() + negative, a.begin() + negative + (n - k), a.end());
      }
      const RationalMatrix u = draws.rotation(n);
      const RationalMatrix v = draws.rotation(k);
      const RationalMatrix x = multiply(RationalMatrix(u.leftCols(k)), RationalMatrix(v.transpose()));
      const At at = on_stiefel("tr(X' * A * X * B)", x,
                               fmt::format("\"A\": {}, \"B\": {}", text(conjugated(u, a)), text(conjugated(v, b))));
      std::vector<long> weights = b;
      weights.resize(static_cast<std::size_t>(n), 0);
      std::vector<long> sorted = a;
      std::sort(weights.begin(), weights.end());
      std::sort(sorted.begin(), sorted.end(), std::greater<>());
      const long least = std::inner_product(weights.begin(), weights.end(), sorted.begin(), 0L);
      CHECK((at.evidence.verdict == Verdict::global_minimizer) == (at.evidence.value == Rational(least)));
      global += at.evidence.verdict == Verdict::global_minimizer ? 1 : 0;
      const verifier::Report report = verified(at);
      CHECK(report.reason == "");
      CHECK(report.verdict == to_string(at.evidence.verdict));
    }
    CHECK(global >= 12);
  }

  TEST_CASE("quadratic functions made from multipliers: other ones are found") {
    Draws draws(21);
    for (const auto& shape : {std::pair<Index, Index>(2, 2), {3, 2}}) {
      const Index n = shape.first;
      const Index k = shape.second;
      CAPTURE(n);
      const RationalMatrix x = RationalMatrix(draws.rotation(n).leftCols(k));
      const RationalMatrix root = draws.matrix(k, k);
      RationalMatrix d = multiply(root, RationalMatrix(root.transpose()));
      if (n == k) d -= Rational(5) * RationalMatrix::Identity(k, k);
      // semidefinite, X in its null space
      const RationalMatrix column = x.reshaped(n * k, 1);
      const RationalMatrix factor =
          multiply(draws.matrix(n * k, n * k),
                   RationalMatrix(RationalMatrix::Identity(n * k, n * k) -
                                  multiply(column, RationalMatrix(column.transpose())) / Rational(k)));
      const RationalMatrix convex = multiply(RationalMatrix(factor.transpose()), factor);
      const RationalMatrix term = kronecker(RationalMatrix::Identity(k, k), multiply({x, d, x.transpose()})) -
                                  kronecker(d, RationalMatrix::Identity(n, n));
      const RationalMatrix q = convex - Rational(2) * term;
      const std::string parts = fmt::format("[block(X, {{1..{0}}}, {{1}}); block(X, {{1..{0}}}, {{2}})]", n);
      const At at = on_stiefel(fmt::format("tr({0}' * Q * {0}) / 2", parts), x, fmt::format("\"Q\": {}", text(q)));
      REQUIRE(at.evidence.critical);
      CHECK(at.evidence.verdict == Verdict::global_minimizer);
      const verifier::Report report = verified(at);
      CHECK(report.reason == "");
      CHECK(report.verdict == "global_minimizer");
    }
  }

  TEST_CASE("nothing is claimed of a reflection, nor where columns are not orthonormal by the constraints") {
    RationalMatrix x = RationalMatrix::Identity(2, 2);
    x(1, 1) = -1;
    const At reflection = on_stiefel("-2 * tr(M' * X)", x, R"("M": [[2, 0], [0, 1]])");
    CHECK(reflection.evidence.verdict == Verdict::local_minimizer);
    Json json;
    json["format"] = "rankscape-point/1";
    json["loss"] = "entry(X, 2, 1)^2 - entry(X, 1, 2)^2 + (entry(X, 1, 2) + entry(X, 2, 1))^2";
    json["constraints"] = {{"first", "entry(X' * X, 1, 1) == 1"}, {"angle", "entry(X' * X, 1, 2) == 0"}};
    json["weights"] = Json::parse(R"({"X": [[1, 0], [0, 1]]})");
    At at;
    at.located = test::library().point(json);
    at.instance = at.located.landscape->instance(at.located.point);
    CHECK(examine(*at.instance).verdict != Verdict::global_minimizer);
    json["constraints"]["second"] = "entry(X' * X, 2, 2) == 1";
    at.located = test::library().point(json);
    at.instance = at.located.landscape->instance(at.located.point);
    CHECK(examine(*at.instance).verdict == Verdict::global_minimizer);
  }
}
