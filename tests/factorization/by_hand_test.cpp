// Hessians and orbits that a page of paper gives, and one landscape seen through another: answers that owe nothing to
// the derivation from the file.

#include <doctest/doctest.h>

#include <nlohmann/json.hpp>
#include <random>
#include <rankscape/exact/inertia.hpp>
#include <string>
#include <thread>
#include <vector>

#include "landscapes.hpp"

using namespace rankscape;

namespace {

Json column(const std::vector<std::string>& entries) {
  Json rows = Json::array();
  for (const std::string& entry : entries)
    rows.push_back(Json::array({entry}));
  return rows;
}

Json point_file(const std::string& model, const Json& data, const Json& weights) {
  return {{"format", "rankscape-point/1"}, {"model", model}, {"data", data}, {"weights", weights}};
}

std::unique_ptr<Instance> instance(const std::string& model, const Json& data, const Json& weights) {
  const Landscape& landscape = test::landscape(model);
  return landscape.instance(landscape.point(point_file(model, data, weights)));
}

Inertia expected(Index negative, Index zero, Index positive) {
  Inertia result;
  result.negative = negative;
  result.zero = zero;
  result.positive = positive;
  return result;
}

Json json_of(const RationalMatrix& a) {
  Json rows = Json::array();
  for (Index i = 0; i < a.rows(); ++i) {
    Json row = Json::array();
    for (Index j = 0; j < a.cols(); ++j)
      row.push_back(a(i, j).str());
    rows.push_back(row);
  }
  return rows;
}

class Draws {
 public:
  explicit Draws(unsigned seed) : engine_(seed) {}
  RationalMatrix matrix(Index rows, Index cols) {
    RationalMatrix a(rows, cols);
    for (Index k = 0; k < a.size(); ++k)
      a.data()[k] = Rational(static_cast<int>(engine_() % 13) - 6) / (1 + static_cast<int>(engine_() % 4));
    return a;
  }

 private:
  std::mt19937 engine_;
};

}  // namespace

TEST_SUITE("quick") {
  TEST_CASE("1/4 ||X X' - M||^2 has the Hessian -M for each column at the origin") {
    struct Spectrum {
      std::vector<int> of;
      Index positive, zero;
    };
    const std::vector<Spectrum> spectra{
        {{2, 1}, 2, 0}, {{3, 3}, 2, 0}, {{1, 0}, 1, 1}, {{1, -1}, 1, 0}, {{0, 0}, 0, 2}};
    for (const Spectrum& spectrum : spectra) {
      for (const Index k : {1, 2, 3}) {
        const Json zeros = json_of(RationalMatrix::Zero(2, k));
        const auto origin = instance("symmetric-factorization", {{"M", {{spectrum.of[0], 0}, {0, spectrum.of[1]}}}},
                                     Json::array({zeros}));
        CAPTURE(spectrum.of[1]);
        CAPTURE(k);
        CHECK(origin->critical());
        const Index negative = 2 - spectrum.positive - spectrum.zero;
        CHECK(inertia(origin->hessian()) == expected(k * spectrum.positive, k * spectrum.zero, k * negative));
      }
    }
  }

  TEST_CASE("orbits under rotations of the columns: of dimension q k - q (q + 1) / 2") {
    const std::vector<std::vector<Json>> rows{{{0, 0, 0}, {0, 0, 0}, {0, 0, 0}},
                                              {{1, 0, 0}, {0, 0, 0}, {0, 0, 0}},
                                              {{1, 0, 0}, {1, 1, 0}, {0, 0, 0}},
                                              {{1, 0, 0}, {1, 1, 0}, {0, 1, 1}}};
    const std::vector<Index> dimension{0, 2, 3, 3};
    for (std::size_t q = 0; q < rows.size(); ++q) {
      const auto at =
          instance("symmetric-factorization", {{"M", {{3, 0, 0}, {0, 2, 0}, {0, 0, 1}}}}, Json::array({Json(rows[q])}));
      CAPTURE(q);
      CHECK(at->orbit_dimension() == dimension[q]);
    }
  }

  TEST_CASE("phase retrieval, n = 3: the saddle orthogonal to the signal, and the maximum at 0") {
    // 3 |x|^2 = |u|^2 and x orthogonal to u: Hessian 6 x x' - 2 u u', value 1/2 (4/9 + 4) + 1/4 (4/3)^2
    const auto saddle =
        instance("phase-retrieval", {{"u", column({"1", "1", "0"})}}, Json::array({column({"1/3", "-1/3", "2/3"})}));
    CHECK(saddle->critical());
    CHECK(saddle->value() == Rational("8/3"));
    RationalMatrix hessian(3, 3);
    const std::vector<Rational> x{Rational("1/3"), Rational("-1/3"), Rational("2/3")};
    const std::vector<Rational> u{1, 1, 0};
    for (Index i = 0; i < 3; ++i) {
      for (Index j = 0; j < 3; ++j) {
        const auto a = static_cast<std::size_t>(i);
        const auto b = static_cast<std::size_t>(j);
        hessian(i, j) = 6 * x[a] * x[b] - 2 * u[a] * u[b];
      }
    }
    CHECK(saddle->hessian() == hessian);
    CHECK(inertia(saddle->hessian()) == expected(1, 1, 1));

    const auto origin =
        instance("phase-retrieval", {{"u", column({"1", "2", "2"})}}, Json::array({column({"0", "0", "0"})}));
    CHECK(origin->critical());
    CHECK(origin->value() == Rational("243/4"));
    CHECK(inertia(origin->hessian()) == expected(3, 0, 0));
    CHECK(origin->hessian().trace() == Rational(-45));  // -9, -9, -27
  }

  TEST_CASE("asymmetric factorization without balance is half a network of two layers") {
    for (unsigned seed = 1; seed <= 6; ++seed) {
      CAPTURE(seed);
      Draws draws(seed);
      const Index rows = 1 + seed % 3;
      const Index cols = 1 + seed % 2;
      const Index k = 2;
      const RationalMatrix M = draws.matrix(rows, cols);
      const RationalMatrix left = draws.matrix(rows, k);
      const RationalMatrix right = draws.matrix(cols, k);
      const auto factors = instance("asymmetric-factorization", {{"M", json_of(M)}, {"balance", 0}},
                                    Json::array({json_of(left), json_of(right)}));
      const RationalMatrix identity = RationalMatrix::Identity(cols, cols);
      const RationalMatrix first = right.transpose();
      const auto network = instance("deep-linear", {{"X", json_of(identity)}, {"Y", json_of(M)}},
                                    Json::array({json_of(first), json_of(left)}));
      REQUIRE(factors->parameters() == network->parameters());
      CHECK(2 * factors->value() == network->value());
      // entry (i, j) of the left factor, then of the right one transposed, in the network's order
      std::vector<Index> position;
      for (Index j = 0; j < k; ++j) {
        for (Index i = 0; i < rows; ++i)
          position.push_back(k * cols + j * rows + i);
      }
      for (Index j = 0; j < k; ++j) {
        for (Index i = 0; i < cols; ++i)
          position.push_back(i * k + j);
      }
      const auto n = static_cast<Index>(position.size());
      REQUIRE(n == factors->parameters());
      bool same = true;
      for (Index a = 0; a < n; ++a) {
        const Index at = position[static_cast<std::size_t>(a)];
        same = same && 2 * factors->gradient()(a) == network->gradient()(at);
        for (Index b = 0; b < n; ++b)
          same = same && 2 * factors->hessian()(a, b) == network->hessian()(at, position[static_cast<std::size_t>(b)]);
      }
      CHECK(same);
    }
  }

  TEST_CASE("points of one shape share a compiled loss, in several threads at once") {
    const auto at = [](unsigned seed) {
      Draws draws(seed);
      const RationalMatrix M = draws.matrix(3, 3);
      const RationalMatrix symmetric = M + M.transpose();
      const auto point =
          instance("symmetric-factorization", {{"M", json_of(symmetric)}}, Json::array({json_of(draws.matrix(3, 2))}));
      return std::pair<Rational, RationalMatrix>(point->value(), point->hessian());
    };
    constexpr unsigned points = 24;
    std::vector<std::pair<Rational, RationalMatrix>> alone;
    for (unsigned seed = 0; seed < points; ++seed)
      alone.push_back(at(seed));
    std::vector<std::pair<Rational, RationalMatrix>> together(points);
    std::vector<std::thread> threads;
    threads.reserve(4);
    for (unsigned t = 0; t < 4; ++t) {
      threads.emplace_back([&, t] {
        for (unsigned seed = t; seed < points; seed += 4)
          together[seed] = at(seed);
      });
    }
    for (std::thread& thread : threads)
      thread.join();
    CHECK(together == alone);
    CHECK(alone[0].second != alone[1].second);
  }
}
