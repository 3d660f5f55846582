// Proofs that all second-order points of one loss are global minimizers: found for the graphs for which a computation
// by hand or the theory says so, never at a loss that has a spurious second-order point, and the optimum is that of all
// signs.
#include <rankscape/check/evidence.hpp>

#include <doctest/doctest.h>

#include <fmt/format.h>
#include <algorithm>
#include <nlohmann/json.hpp>
#include <random>

#include "check/benign.hpp"
#include "check/certificate.hpp"
#include "landscapes.hpp"
#include "verifier/verify.hpp"

using namespace rankscape;

namespace {

struct CostAt {
  Library::Located located;
  std::unique_ptr<Instance> instance;
};

CostAt at(const Json& json) {
  CostAt result;
  result.located = test::library().point(json);
  result.instance = result.located.landscape->instance(result.located.point);
  return result;
}

Json rows_of(const std::vector<std::vector<long>>& rows) {
  Json json = Json::array();
  for (const std::vector<long>& row : rows) {
    json.push_back(Json::array());
    for (const long x : row)
      json.back().push_back(x);
  }
  return json;
}

using Rows = std::vector<std::vector<long>>;

// <C, V V^T> with these rows of V, or all of them the first unit vector.
CostAt synchronization(const Rows& c, std::size_t p, const std::vector<long>& signs = {}) {
  Rows v;
  for (std::size_t i = 0; i < c.size(); ++i) {
    v.emplace_back(p, 0);
    v.back().front() = signs.empty() ? 1 : signs[i];
  }
  Json json;
  json["format"] = "rankscape-point/1";
  json["model"] = "burer-monteiro";
  json["data"]["C"] = rows_of(c);
  json["weights"]["V"] = rows_of(v);
  return at(json);
}

// Of a graph with n vertices: minus the adjacency matrix; the bits are the edges.
Rows graph(std::size_t n, unsigned edges) {
  Rows c(n, std::vector<long>(n, 0));
  unsigned bit = 0;
  for (std::size_t i = 0; i < n; ++i)
    for (std::size_t j = i + 1; j < n; ++j)
      c[i][j] = c[j][i] = (edges >> bit++ & 1U) != 0 ? -1 : 0;
  return c;
}

long cost(const Rows& c, const std::vector<long>& signs) {
  long sum = 0;
  for (std::size_t i = 0; i < c.size(); ++i)
    for (std::size_t j = 0; j < c.size(); ++j)
      sum += c[i][j] * signs[i] * signs[j];
  return sum;
}

std::vector<long> signs_of(unsigned bits, std::size_t n) {
  std::vector<long> signs;
  signs.reserve(n);
  for (std::size_t i = 0; i < n; ++i)
    signs.push_back((bits >> i & 1U) != 0 ? -1 : 1);
  return signs;
}

// The certificate says it, and nothing in it is rejected.
bool verifies(const CostAt& point) {
  const Evidence evidence = examine(*point.instance);
  const auto report = verifier::verify_certificate(certificate_json(*point.instance, evidence, "", {}).dump());
  CHECK(report.reason == "");
  return std::find(report.verified.begin(), report.verified.end(), "all second-order points are global minimizers") !=
         report.verified.end();
}

bool by_condition(const CostAt& point) {
  const auto found = prove_benign(*point.instance);
  return found && found->condition;
}

}  // namespace

TEST_SUITE("quick") {
  TEST_CASE("graphs with four vertices in the plane") {
    // edges 12 13 14 23 24 34
    const unsigned all = 0b111111;
    const unsigned but_one = 0b011111;  // ratio 2 with equal weights, 5/3 with degrees
    const unsigned cycle = 0b101101;    // 4/2 = 2, and a spurious second-order point
    CHECK(by_condition(synchronization(graph(4, all), 2)));
    CHECK(by_condition(synchronization(graph(4, but_one), 2)));
    CHECK_FALSE(by_condition(synchronization(graph(4, cycle), 2)));
    CHECK_FALSE(verifies(synchronization(graph(4, cycle), 2)));
    const auto found = prove_benign(*synchronization(graph(4, but_one), 2).instance);
    CHECK(found.value().condition.value().weights.front() != Rational(1, 4));
    CHECK(verifies(synchronization(graph(4, but_one), 2)));
    // with three columns the number of vectors is enough, also for the cycle; disconnected
    CHECK_FALSE(by_condition(synchronization(graph(4, 0b100001), 3)));
    CHECK(verifies(synchronization(graph(4, 0b100001), 3)));
  }

  TEST_CASE("at signs of random costs: if all second-order points are the optimum, the others are strict saddles") {
    std::mt19937 random(12);
    int proved = 0;
    for (int round = 0; round < 12; ++round) {
      CAPTURE(round);
      const std::size_t n = 4;
      Rows c(n, std::vector<long>(n, 0));
      std::vector<long> planted;
      for (std::size_t i = 0; i < n; ++i)
        planted.push_back(random() % 2 == 0 ? 1 : -1);
      for (std::size_t i = 0; i < n; ++i) {
        c[i][i] = static_cast<long>(random() % 5);
        for (std::size_t j = i + 1; j < n; ++j)
          c[i][j] = c[j][i] = planted[i] * planted[j] * (static_cast<long>(random() % 4) - 4);
      }
      const CostAt first = synchronization(c, 2);
      const auto found = prove_benign(*first.instance);
      if (!found) continue;
      ++proved;
      REQUIRE(found->condition);
      long least = 0;
      for (unsigned bits = 0; bits < 8; ++bits)
        least = std::min(least, cost(c, signs_of(bits, n)));
      for (unsigned bits = 0; bits < 8; ++bits) {
        const std::vector<long> signs = signs_of(bits, n);
        const Evidence evidence = examine(*synchronization(c, 2, signs).instance);
        const bool optimum = cost(c, signs) == least;
        CHECK(evidence.verdict == (optimum ? Verdict::global_minimizer : evidence.verdict));
        CHECK((evidence.hessian.value().negative == 0) == optimum);
        const Rational sign = found->condition->signs[0] * signs[0];
        bool same = true;
        for (std::size_t i = 0; i < n; ++i)
          same = same && found->condition->signs[i] == sign * signs[i];
        CHECK(same == optimum);
      }
    }
    CHECK(proved >= 6);
  }

  TEST_CASE("the vectors as columns, as a list; what are no unit vectors, or no inner products") {
    using Equations = std::vector<std::pair<std::string, std::string>>;
    const auto point = [](const char* loss, const Equations& constraints, const char* weights) {
      Json json;
      json["format"] = "rankscape-point/1";
      json["loss"] = loss;
      for (const auto& [name, equation] : constraints)
        json["constraints"][name] = equation;
      json["weights"] = Json::parse(weights);
      return prove_benign(*at(json).instance).has_value();
    };
    CHECK(point("-inner(V' * V, ones(4, 4) + identity(4))",
                {{"unit", "matrix(i in 1..4, j in 1..1 : entry(V' * V, i, i)) == ones(4, 1)"}},
                "{\"V\": [[1, 1, 1, 1], [0, 0, 0, 0]]}"));
    const char* const weights = "{\"u\": [1, 0], \"v\": [1, 0]}";
    const Equations unit{{"u", "norm2(u) == 1"}, {"v", "norm2(v) == 1"}};
    CHECK(point("inner(u, v) + 3", unit, weights));
    CHECK(point("inner(u, v)", {{"u", "2 - norm2(u) == norm2(v)"}, {"v", "3 * norm2(v) == 3"}}, weights));
    CHECK_FALSE(
        point("inner(u, v)", {{"u", "norm2(u) == 2"}, {"v", "norm2(v) == 1"}}, "{\"u\": [1, 1], \"v\": [1, 0]}"));
    CHECK_FALSE(point("inner(u, v)", {{"u", "norm2(u) + norm2(v) == 2"}}, weights));
    CHECK_FALSE(point("inner(u, v) + entry(u, 1, 1)", unit, weights));
    CHECK_FALSE(point("entry(u, 1, 1) * entry(v, 2, 1)", unit, weights));
    CHECK_FALSE(point("inner(u, v) * norm2(u)", unit, weights));
  }
}

TEST_SUITE("extreme") {
  TEST_CASE("connected graphs with five vertices in the plane") {
    std::vector<bool> seen(1024, false);
    int graphs = 0;
    int proved = 0;
    int equal = 0;  // weights
    for (unsigned edges = 0; edges < 1024; ++edges) {
      if (seen[edges]) continue;
      std::vector<std::size_t> order{0, 1, 2, 3, 4};
      do {  // the class of the graph
        unsigned image = 0;
        unsigned bit = 0;
        const Rows c = graph(5, edges);
        for (std::size_t i = 0; i < 5; ++i)
          for (std::size_t j = i + 1; j < 5; ++j)
            image |= c[order[i]][order[j]] != 0 ? 1U << bit++ : (++bit, 0U);
        seen[image] = true;
      } while (std::next_permutation(order.begin(), order.end()));
      RationalMatrix laplacian = RationalMatrix::Zero(5, 5);
      const Rows c = graph(5, edges);
      for (Index i = 0; i < 5; ++i) {
        for (Index j = 0; j < 5; ++j) {
          const long weight = c[static_cast<std::size_t>(i)][static_cast<std::size_t>(j)];
          laplacian(i, j) += weight;
          laplacian(i, i) -= weight;
        }
      }
      if (rank(laplacian) < 4) continue;
      ++graphs;
      const CostAt point = synchronization(c, 2);
      const auto found = prove_benign(*point.instance);
      if (!found) continue;
      ++proved;
      CHECK(verifies(point));
      const std::vector<Rational>& weights = found->condition.value().weights;
      equal += std::count(weights.begin(), weights.end(), weights.front()) == 5 ? 1 : 0;
    }
    CHECK(graphs == 21);
    CHECK(proved == 7);
    CHECK(equal == 3);
  }
}
