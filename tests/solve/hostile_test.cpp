// rankscape-verify on hostile certificates of completeness: whatever they hold, it ends within its budget of steps and
// memory, and says so in one line.
#include <doctest/doctest.h>

#include <fstream>
#include <nlohmann/json.hpp>

#include "verifier/sparse.hpp"
#include "verifier/verify.hpp"

using Json = nlohmann::json;

namespace {

Json line_certificate() {
  std::ifstream in(RANKSCAPE_SOLVE_DATA "/line.json");
  REQUIRE(in);
  return Json::parse(in);
}

std::string repeated(const std::string& text, int times) {
  std::string all;
  for (int k = 0; k < times; ++k)
    all += text;
  return all;
}

// ||w||^2 of one row, and a root that claims a power of the sum of all unknowns.
Json power_of_a_sum(int unknowns, int exponent) {
  Json json = line_certificate();
  json.erase("data");
  json["data"] = Json::array();
  json["constants"] = Json::array();
  Json row = Json::array();
  std::string sum;
  for (int k = 1; k <= unknowns; ++k) {
    row.push_back(0);
    sum += (k > 1 ? "+x" : "x") + std::to_string(k);
  }
  Json value;
  value["denominator"] = 1;
  value["entries"] = Json::array();
  value["entries"].push_back(row);
  Json weight;
  weight["value"] = value;
  json["weights"] = Json::array();
  json["weights"].push_back(weight);
  json["program"] = Json::parse("[[\"input\", 0], [\"dot\", 0, 0]]");
  json["components"] = Json::array();
  Json node;
  Json factor = Json::array();
  factor.push_back(sum);
  factor.push_back(exponent);
  node["split"] = Json::array();
  node["split"].push_back(factor);
  node["cofactors"] = Json::array();
  node["children"] = Json::array();
  node["children"].push_back(1);
  json["tree"] = Json::array();
  json["tree"].push_back(node);
  return json;
}

std::string reason(const Json& json) {
  const verifier::Report report = verifier::verify_certificate(json.dump());
  CHECK(report.outcome != verifier::Outcome::verified);
  return report.reason;
}

// What reading a generator costs.
std::size_t spent_on(const std::string& polynomial) {
  const Json json = polynomial;
  verifier::Texts untaken;
  verifier::budget = verifier::Budget();
  static_cast<void>(verifier::read_polynomial({&json, "", &untaken}, 9));
  return verifier::budget.spent;
}

}  // namespace

TEST_SUITE("quick") {
  TEST_CASE("polynomials of large degree, many terms, or a common denominator that grows are not read for nothing") {
    Json json = line_certificate();
    for (const std::string& text :
         {std::string("x1^1001"), std::string("x1^999*x2*x1"), repeated("x1^1000*", 50) + "x1"}) {
      json["components"][0]["generators"][0] = text;
      CHECK(reason(json).find("a degree is too large") != std::string::npos);
    }
    // sums: 1/1000003 + 1/1000005 + .. has as many words as terms
    std::string fractions;
    for (int k = 0; k < 400; ++k)
      fractions += (k > 0 ? "+1/" : "1/") + std::to_string(1000003 + 2 * k) + "*x1";
    CHECK(spent_on(fractions) > 400 * 400 / 8);
    // products
    CHECK(spent_on(repeated("12345678901234567890*", 400) + "x1") > 400 * 400 / 2);
    CHECK(spent_on("x1^1000") >= 10000);
    verifier::budget = verifier::Budget();
  }

  TEST_CASE("memory of polynomials is counted, copies too, and given back") {
    const std::size_t before = verifier::Holding::held();
    {
      verifier::Sparse f(verifier::Q(1));
      f.add(verifier::Monomial(1000, u'\0'), 3);
      const std::size_t once = verifier::Holding::held() - before;
      CHECK(once > 2000);
      verifier::Sparse copy = f;
      CHECK(verifier::Holding::held() - before == 2 * once);
      const verifier::Sparse moved = std::move(copy);
      CHECK(verifier::Holding::held() - before == 2 * once);
      f.add(verifier::Monomial(1000, u'\0'), -3);
      CHECK(verifier::Holding::held() - before < once + 1000);
    }
    CHECK(verifier::Holding::held() == before);
    // (x1 + .. + x30)^1000, with little memory left: the whole file is the next test
    verifier::Holding ballast;
    ballast.add(verifier::most_held - before - 1'000'000);
    CHECK(reason(power_of_a_sum(30, 1000)) == "limits: polynomials have too many terms");
    CHECK(verifier::Holding::held() == verifier::most_held - 1'000'000);
  }

  TEST_CASE("a tree of many nodes on one way down is walked, not recursed into") {
    constexpr int lemmas = 500;
    const Json good = line_certificate();
    const std::size_t equations = good["components"][0]["critical"].size();
    // lemmas that add 0, which is made of nothing, before the good tree
    Json json = good;
    json["tree"] = Json::array();
    for (int k = 0; k < lemmas; ++k)
      json["tree"].push_back(Json::parse("{\"split\": [[\"0\", 1000]], \"cofactors\": [], \"children\": [" +
                                         std::to_string(k + 1) + "]}"));
    const auto shift = [&](Json& cofactors) {
      for (Json& entry : cofactors) {
        if (entry[0].get<std::size_t>() >= equations) entry[0] = entry[0].get<int>() + lemmas;
      }
    };
    for (Json node : good["tree"]) {
      if (node.contains("leaf")) {
        for (Json& cofactors : node["cofactors"])
          shift(cofactors);
      } else {
        shift(node[node.contains("empty") ? "empty" : "cofactors"]);
      }
      if (node.contains("children")) {
        for (Json& child : node["children"])
          child = child.get<int>() + lemmas;
      }
      json["tree"].push_back(node);
    }
    const verifier::Report report = verifier::verify_certificate(json.dump());
    CAPTURE(report.reason);
    CHECK(report.outcome == verifier::Outcome::verified);
  }
}

TEST_SUITE("extreme") {
  TEST_CASE("a power that would fill the memory ends at its limit") {
    CHECK(reason(power_of_a_sum(40, 1000)) == "limits: polynomials have too many terms");
  }
}
