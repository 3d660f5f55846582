// docs/why-exact.md, line by line: what double precision makes of two points whose exact verdicts are certified.
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <iterator>
#include <limits>
#include <nlohmann/json.hpp>
#include <rankscape/check/evidence.hpp>
#include <sstream>

#include "exact/decompositions.hpp"
#include "landscapes.hpp"
#include "native/closed_form.hpp"

using namespace rankscape;

namespace {

std::string content(const std::string& file) {
  std::ifstream in(std::string(RANKSCAPE_SOURCE_DIR "/") + file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

Matrix<double> rounded(const RationalMatrix& a) {
  return a.unaryExpr([](const Rational& x) { return static_cast<double>(x); });
}

struct Compared {
  Evidence exact;
  std::vector<double> computed;  ///< eigenvalues in double precision, increasing
  [[nodiscard]] double largest() const { return computed.back(); }
  [[nodiscard]] long below(double tolerance) const {
    return std::count_if(computed.begin(), computed.end(), [&](double x) { return x < -tolerance; });
  }
};

Compared compare(const std::string& file) {
  const auto located = test::library().point(Json::parse(content(file)));
  const Point& point = located.point;
  const auto instance = located.landscape->instance(point);
  Compared result;
  result.exact = examine(*instance, {.width = Rational(1, 1000000000)});
  std::vector<Matrix<double>> weights;
  for (const RationalMatrix& w : point.weights)
    weights.push_back(rounded(w));
  const auto data = test::moments<double>(rounded(std::get<RationalMatrix>(point.data.at("X"))),
                                          rounded(std::get<RationalMatrix>(point.data.at("Y"))));
  const Matrix<double> hessian = test::hessian<double>(weights, data);
  // nothing is lost on the way to the eigenvalues
  const RationalMatrix exact = instance->hessian();
  CHECK(test::gradient<double>(weights, data).isZero(0));
  for (Index k = 0; k < hessian.size(); ++k)
    CHECK(Rational(hessian(k)) == exact(k));
  const Eigen::SelfAdjointEigenSolver<Matrix<double>> solver(hessian, Eigen::EigenvaluesOnly);
  REQUIRE(solver.info() == Eigen::Success);
  result.computed.assign(solver.eigenvalues().begin(), solver.eigenvalues().end());
  return result;
}

std::vector<std::string> cells(const std::string& line) {
  std::vector<std::string> result;
  std::istringstream in(line.substr(1));
  for (std::string cell; std::getline(in, cell, '|');) {
    const auto from = cell.find_first_not_of(' ');
    result.push_back(from == std::string::npos ? "" : cell.substr(from, cell.find_last_not_of(' ') - from + 1));
  }
  return result;
}

double tolerance(const std::string& text, const Compared& at) {
  if (text == "n eps max") {
    return static_cast<double>(at.computed.size()) * std::numeric_limits<double>::epsilon() * at.largest();
  }
  const bool relative = text.ends_with(" max");
  return std::stod(text) * (relative ? at.largest() : 1);
}

std::string verdict(bool strict, bool right) {
  return std::string(strict ? "strict" : "semidefinite") + (right ? ", right" : ", **wrong**");
}

}  // namespace

TEST_SUITE("quick") {
  TEST_CASE("two critical points for which no tolerance is right") {
    const Compared a = compare("docs/examples/fibonacci-strict.json");
    const Compared b = compare("docs/examples/fibonacci-second-order.json");
    CHECK(a.exact.verdict == Verdict::strict_saddle);
    CHECK(*a.exact.hessian == Inertia{1, 7, 4});
    CHECK(b.exact.verdict == Verdict::non_strict_saddle);
    CHECK(*b.exact.hessian == Inertia{0, 9, 3});
    CHECK(b.exact.descent->order == 3);

    // the negative eigenvalue of A is the third lowest of the computed ones
    REQUIRE(a.exact.lambda_min.has_value());
    const double truth = static_cast<double>(a.exact.lambda_min->lo);
    CHECK(std::abs(truth / -5.1e-6 - 1) < 0.01);
    CHECK(a.computed[0] < 10 * truth);
    CHECK(a.computed[1] < 10 * truth);
    CHECK(std::abs(a.computed[2] / truth - 1) < 0.01);

    // absolute or in units of max, whatever sees something negative at A sees something negative at B
    CHECK(b.computed[0] < 2 * a.computed[0]);
    CHECK(b.computed[0] / b.largest() < 2 * a.computed[0] / a.largest());
  }

  TEST_CASE("the table of the page") {
    const Compared a = compare("docs/examples/fibonacci-strict.json");
    const Compared b = compare("docs/examples/fibonacci-second-order.json");
    std::istringstream page(content("docs/why-exact.md"));
    int rows = 0;
    for (std::string line; std::getline(page, line);) {
      if (!line.starts_with("| ") || line.starts_with("| tolerance")) continue;
      const auto row = cells(line);
      REQUIRE(row.size() == 5);
      CAPTURE(line);
      const long below_a = a.below(tolerance(row[0], a));
      const long below_b = b.below(tolerance(row[0], b));
      // how many zeros come out below 0 is a matter of rounding
      CHECK(row[1] == (row[0] == "0" ? "some" : std::to_string(below_a)));
      CHECK(row[3] == (row[0] == "0" ? "some" : std::to_string(below_b)));
      CHECK(row[2] == verdict(below_a > 0, below_a > 0));
      CHECK(row[4] == verdict(below_b > 0, below_b == 0));
      ++rows;
    }
    CHECK(rows == 7);
  }
}
