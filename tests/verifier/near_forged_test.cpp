// Critical points near weights: one forgery for each check, each rejected for its own reason; then every place of the
// files changed in turn.
#include <doctest/doctest.h>

#include <rankscape/exact/rational.hpp>

#include "verifier/near_samples.hpp"
#include "verifier/verify.hpp"

using samples::free_sample;
using samples::Json;
using samples::matrix;
using samples::minimizer_sample;
using samples::near_sample;
using samples::span_minimizer_sample;
using samples::span_sample;
using verifier::Outcome;

namespace {

verifier::Report verified(const Json& json) {
  return verifier::verify_certificate(json.dump());
}

struct Forgery {
  const char* phrase;  // of the reason
  std::vector<std::pair<std::string, Json>> changes;
};

void expect(const Json& sample, const std::vector<Forgery>& forgeries, Outcome expected = Outcome::rejected) {
  for (const Forgery& forgery : forgeries) {
    CAPTURE(std::string(forgery.phrase));
    const verifier::Report report = verified(samples::with(sample, forgery.changes));
    CAPTURE(report.reason);
    CHECK(report.outcome == expected);
    CHECK(report.reason.find(forgery.phrase) != std::string::npos);
  }
}

const Json none = Json::array();
const std::string at_point = "/points/0";

}  // namespace

TEST_SUITE("quick") {
  TEST_CASE("by hand: a saddle, a ball without critical points, a global minimizer") {
    for (const Json& json :
         {near_sample(), free_sample(), minimizer_sample(), span_sample(), span_minimizer_sample()}) {
      const verifier::Report report = verified(json);
      CAPTURE(report.reason);
      CHECK(report.outcome == Outcome::verified);
      for (const std::string& place : report.not_verified)
        CHECK(place == "/key (only against a manifest)");
    }
    CHECK(verified(near_sample()).verdict == "strict_saddle");
    CHECK(verified(near_sample()).verified.size() == 4);
    CHECK(verified(free_sample()).verified.size() == 2);
    CHECK(verified(minimizer_sample()).verdict == "global_minimizer");
    CHECK(verified(near_sample()).point != verified(free_sample()).point);
    // other ways to the same claims
    Json json = near_sample();
    json["data"] = {{"Sxx", matrix({{1, 0}, {0, 1}})}, {"Sxy", matrix({{2, 0}, {0, 1}})}};
    CHECK(verified(json).outcome == Outcome::verified);
    json = near_sample();
    json["data"] = {{"X", matrix({{1, 0, 1}, {0, "1/2", 0}})},
                    {"Y", matrix({{2, 0, 7}, {0, "1/2", 7}})},
                    {"sample_weight", matrix({{1}, {4}, {0}})}};
    CHECK(verified(json).outcome == Outcome::verified);
    json = near_sample();  // the lower end of a point of another S, and that by the ball without points
    json.erase("only_S");
    json["points"][0]["distance"]["lo"] = "1/20";
    CHECK(verified(json).outcome == Outcome::verified);
  }

  TEST_CASE("the answer without evidence is not a certificate") {
    expect({{"format", "rankscape-near/1"}, {"empty_radius", "0"}}, {{"an answer without evidence", {}}},
           Outcome::unreadable);
  }

  TEST_CASE("planted wrong claims") {
    const std::string hi = at_point + "/distance/hi";
    const std::string lo = at_point + "/distance/lo";
    expect(near_sample(),
           {
               {"not shown to be so near", {{hi, "999/10000"}}},
               {"not shown to be so near", {{hi, 0}}},
               {"not shown to be so near", {{hi, "-1/10"}}},
               {"may be nearer", {{lo, "1001/10000"}}},
               {"needs the products", {{"/products", nullptr}}},
               {"may be nearer", {{"/products", nullptr}, {"/only_S", nullptr}, {"/empty", nullptr}}},
               // another S, with the evidence for this one and with its own
               {"not that of the stratum", {{at_point + "/S", {1}}}},
               {"not shown to be so near",
                {{at_point + "/S", {1}}, {at_point + "/inertia", {{"neg", 1}, {"zero", 3}, {"pos", 4}}}}},
               {"do not add up", {{at_point + "/S", none}}},
               {"do not add up", {{at_point + "/S", {1, 2}}}},
               {"stands twice", {{at_point + "/S", {2, 2}}}},
               {"out of range", {{at_point + "/S", Json::array({3})}}},
               {"out of range", {{at_point + "/S", Json::array({0})}}},
               // another stratum
               {"do not add up", {{at_point + "/stratum", {{1, 1, 2}, {2, 2, 1}}}}},
               {"do not add up", {{at_point + "/stratum", Json::array({{2, 2, 1}})}}},
               {"not a string of a critical point", {{at_point + "/stratum", {{1, 1, 1}, {0, 1, 1}, {2, 1, 1}}}}},
               {"not a string of a critical point", {{at_point + "/stratum", Json::array({{1, 3, 1}})}}},
               {"not a string of a critical point", {{at_point + "/stratum", Json::array({{1, 2, 1}})}}},
               {"a string stands twice", {{at_point + "/stratum", {{1, 1, 1}, {1, 1, 1}}}}},
               {"out of range", {{at_point + "/stratum/0/2", 0}}},
               {"not [start, length, multiplicity]", {{at_point + "/stratum", Json::array({{1, 1}})}}},
               // what follows from them
               {"not that of the stratum", {{at_point + "/inertia/neg", 1}}},
               {"not that of the stratum", {{at_point + "/inertia/zero", 2}}},
               {"not that of the stratum", {{at_point + "/inertia/pos", 4}}},
               {"the stratum gives strict_saddle", {{at_point + "/verdict", "global_minimizer"}}},
               {"the stratum gives strict_saddle", {{at_point + "/verdict", "non_strict_saddle"}}},
           });
    expect(minimizer_sample(), {{"the stratum gives global_minimizer", {{at_point + "/verdict", "strict_saddle"}}},
                                {"not shown to be so near", {{hi, "999/10000"}}},
                                {"may be nearer", {{lo, "1/100"}}}});
  }

  TEST_CASE("data and hypotheses") {
    const std::string a = "/approximate";
    expect(near_sample(), {
                              {"does not fit the layer before", {{"/weights/1", matrix({{1, 0, 0}})}}},
                              {"not 2 to 64 layers", {{"/weights", Json::array({matrix({{1, 0}, {0, 1}})})}}},
                              {"a width is 0", {{"/weights/0", matrix(none, 2)}, {"/weights/1", matrix({none, none})}}},
                              {"not of the network's sizes", {{"/data/X", matrix({{1, 0}, {0, 1}, {0, 0}})}}},
                              {"matrices do not fit", {{"/data/X", matrix({{1, 0, 0}, {0, 1, 0}})}}},
                              {"not of the right shape", {{"/data/sample_weight", matrix({{1, 1}})}}},
                              {"is negative", {{"/data/sample_weight", matrix({{1}, {-1}})}}},
                              {"not shown to be positive definite", {{a + "/Sxx/values", {1, 0}}}},
                              {"X X^T is not shown", {{"/data/X", matrix({{1, 0}, {0, 0}})}}},
                              {"Sigma is not shown", {{"/data/Y", matrix({{2, 0}, {0, 0}})}}},
                              {"Sigma is not shown", {{a + "/P", matrix({{2, 0}, {0, 0}})}}},
                              {"not of the right shape", {{a + "/P", matrix({{2, 0}})}}},
                              {"not one for each column", {{a + "/Sigma/values", Json::array({4})}}},
                              {"not one for each column", {{a + "/Sigma/values", {1, 4}}}},
                              {"not nearly orthonormal", {{a + "/Sigma/basis", matrix({{2, 0}, {0, 1}})}}},
                              {"not of the right shape", {{a + "/Sigma/basis", matrix({{1, 0, 0}, {0, 1, 0}})}}},
                              {"no gap between",
                               {{"/data/Y", matrix({{1, 0}, {0, 1}})},
                                {a + "/P", matrix({{1, 0}, {0, 1}})},
                                {a + "/Sigma/values", {1, 1}},
                                {"/products", nullptr},
                                {"/only_S", nullptr},
                                {"/empty", nullptr}}},
                              {"needs P_plus", {{a + "/P_plus", nullptr}}},
                              {"null_rows: missing", {{a + "/null_rows", nullptr}}},
                              {"not of the right shape", {{a + "/null_rows", matrix({{0, 0}})}}},
                              {"not shown to be so near",
                               {{a + "/P_plus", matrix({{1, 0}, {0, 1}})},
                                {at_point + "/G/0/entries/0/0", 1},
                                {at_point + "/stratum", {{1, 1, 1}, {2, 2, 1}}},
                                {at_point + "/distance/hi", "1/11"}}},
                          });
    expect(minimizer_sample(),
           {
               {"not shown to span the left kernel", {{a + "/null_rows", matrix(Json::array({Json::array({0, 0})}))}}},
               {"not shown to span the left kernel", {{a + "/null_rows", matrix(Json::array({Json::array({1, 0})}))}}},
               {"Sxx is not symmetric", {{"/data/Sxx/entries/0/1", 1}}},
               {"X X^T is not shown", {{"/data/Sxx/entries/1/1", -1}}},
               {"more outputs than inputs",
                {{"/weights", {matrix(Json::array({Json::array({1})})), matrix({{1}, {1}})}},
                 {"/data", {{"Sxx", matrix(Json::array({Json::array({1})}))}, {"Sxy", matrix({{1, 1}})}}}}},
           });
  }

  TEST_CASE("inputs that the data do not span") {
    const std::string hi = at_point + "/distance/hi";
    const std::string lo = at_point + "/distance/lo";
    const std::string zero = at_point + "/inertia/zero";
    // |B| <= sqrt(1 + 3 sqrt 2) < 2.29 stretches distances: without that the first three would hold
    expect(span_sample(), {
                              {"the radius is not shown", {{"/only_S/radius", "26/100"}}},
                              {"the radius is not shown", {{"/empty/radius", "1/21"}}},
                              {"may be nearer", {{lo, "1/22"}}},
                              {"not shown to be so near", {{hi, "49/1000"}}},
                              {"not that of the stratum", {{zero, 3}}},
                              {"Sxx/basis: not of the right shape", {{"/span", nullptr}}},
                              {"span_inverse: missing", {{"/span_inverse", nullptr}}},
                              {"not of the right shape", {{"/span", matrix({{2, 0, 0}, {0, 2, 0}, {0, 0, 1}})}}},
                              {"not of the right shape", {{"/span", matrix({{2, 0}, {0, 2}})}}},
                              {"not of the right shape", {{"/span_inverse", matrix({{1, 0}, {0, 1}})}}},
                          });
    Json free = span_sample();
    free["empty"] = free_sample()["empty"];
    free["empty"]["radius"] = "1/50";
    CHECK(verified(free).outcome == Outcome::verified);
    expect(free, {{"proves nothing", {{"/empty/radius", "1/22"}}}});  // 1/20 is shown in the smaller network
    // the basis turned over where Y does not see it: Sxx' and Sxy' stay; what is left is that it is no inverse
    const Json turned = matrix({{1, 0, 0}, {0, -1, 0}});
    const std::string unseen = at_point + "/unseen";
    const auto row = [](const Json& a, const Json& b, const Json& c) {
      return matrix(Json::array({Json::array({a, b, c})}));
    };
    expect(span_minimizer_sample(),
           {
               {"not a left inverse", {{"/span_inverse", turned}}},
               {"not a left inverse", {{"/span_inverse", turned}, {hi, 10}}},
               {"does not span the inputs", {{"/data/Sxx/entries/2/2", 1}}},
               {"Sxy is not in the span", {{"/data/Sxy/entries/2/0", 1}}},
               {"not zero on the span", {{unseen, row("1/1000", 0, 0)}, {hi, 10}}},
               {"not of the right shape", {{unseen, matrix({{0, 0}})}}},
               {"not shown to be so near", {{unseen, row(0, 0, "1/10")}, {hi, "141/1000"}}},  // sqrt 2 / 10 is more
               {"not shown to be so near", {{"/span_inverse", matrix({{1, 0, 0}, {0, 1, 1}})}}},
           });
    for (const Json& moved : {samples::with(span_minimizer_sample(), {{unseen, row(0, 0, "1/10")}, {hi, "142/1000"}}),
                              samples::with(span_minimizer_sample(),
                                            {{"/span_inverse", matrix({{1, 0, 0}, {0, 1, 1}})}, {hi, "142/1000"}})})
      CHECK(verified(moved).outcome == Outcome::verified);
  }

  TEST_CASE("the point") {
    expect(near_sample(), {
                              {"not one matrix G and R for each layer", {{at_point + "/G", none}}},
                              {"not one matrix G and R for each layer", {{at_point + "/R", none}}},
                              {"not of the right shape", {{at_point + "/G/1", matrix({{1, 0}})}}},
                              {"not of the right shape", {{at_point + "/R/1", matrix({{1, 0}})}}},
                              {"not an approximate inverse", {{at_point + "/R/1", matrix({{0, 0}, {0, 1}})}}},
                              {"not an approximate inverse", {{at_point + "/G/1", matrix({{1, 0}, {0, 0}})}}},
                              {"not an approximate inverse", {{at_point + "/G/0/entries/0/0", 0}}},
                              {"not shown to be so near", {{at_point + "/G/1", matrix({{"1001/1000", 0}, {0, 1}})}}},
                              {"not shown to be so near", {{at_point + "/R/1", matrix({{"1001/1000", 0}, {0, 1}})}}},
                              {"points: there is none", {{"/points", none}}},
                              {"points: missing", {{"/points", nullptr}}},
                              {"hi: missing", {{at_point + "/distance/hi", nullptr}}},
                          });
    // r = 0 of the minimizer's network: G_0 has a corner that must vanish
    const Json corner = matrix({{1, 0}, {1, 1}});
    expect(minimizer_sample(), {{"not block triangular",
                                 {{at_point + "/S", none},
                                  {at_point + "/stratum", {{0, 1, 1}, {1, 1, 1}, {2, 2, 1}}},
                                  {at_point + "/G/0", corner},
                                  {at_point + "/R/0", matrix({{1, 0}, {-1, 1}})}}}});
  }

  TEST_CASE("what holds of all critical points within a radius") {
    const Json terms = {{0, 2, 1}, {0, 1, -1}, {2, 1, 1}};
    const std::string proof = "/empty/strings/0";
    expect(free_sample(), {
                              {"the radius is not shown", {{"/only_S/radius", "59/100"}}},  // 2 - sqrt 2 is less
                              {"is negative", {{"/only_S/radius", -1}}},
                              {"the radius is not shown", {{"/only_S/S", Json::array({1})}}},
                              {"the radius is not shown", {{"/only_S/S", none}}},
                              {"a block is cut by S", {{"/only_S/blocks", Json::array({2})}}},
                              {"the blocks do not cover", {{"/only_S/blocks", Json::array({1})}}},
                              {"out of range", {{"/only_S/blocks", {1, 2}}}},
                              {"needs the products", {{"/products", nullptr}}},
                              {"proves nothing", {{"/empty/radius", "1/10"}}},  // W_1 may lose its rank
                              {"a rank of the product is not excluded", {{"/only_S", nullptr}}},
                              {"a rank of the product is not excluded", {{"/only_S/radius", "1/21"}}},
                              {"a rank of the product is not excluded", {{"/empty/strings", none}}},
                              {"a string is not excluded", {{proof + "/terms", Json::array({{0, 2, 1}})}}},
                              {"proves nothing", {{proof + "/terms", none}}},
                              {"a weight is negative", {{proof + "/terms/0/2", -1}}},
                              {"not [start, length, weight]", {{proof + "/terms/0", {0, 2}}}},
                              {"out of range", {{proof + "/terms/0/1", 4}}},
                              {"proves nothing", {{proof + "/r", 2}}},
                              {"is negative", {{"/empty/radius", "-1/20"}}},
                              {"missing", {{"/empty", nullptr}, {"/only_S", nullptr}}},
                              {"not one list for each node", {{"/products", none}}},
                              {"not one basis for each length", {{"/products/0", none}}},
                          });
    // a direction in place of the gradient, which is -1/5 at one place of W_2 (half of it)
    const auto along = [](const Json& entry, const Json& elsewhere) {
      Json layers = Json::array();
      layers.push_back(matrix({{0, 0}, {0, 0}}));
      layers.push_back(matrix({{0, entry}, {0, elsewhere}}));
      return layers;
    };
    const std::string direction = "/empty/direction";
    CHECK(verified(samples::with(near_sample(), {{direction, along(-3, 0)}})).outcome == Outcome::verified);
    expect(near_sample(),
           {
               {"the radius is not shown", {{direction, along(-3, 0)}, {"/empty/radius", "1/10"}}},
               {"the radius is not shown", {{direction, along(3, 0)}}},
               {"the radius is not shown", {{direction, along(0, 1)}}},
               {"the radius is not shown", {{direction, along(0, 0)}}},
               {"not a matrix for each layer", {{direction, none}}},
               {"not of the right shape", {{direction, Json::array({matrix({{0, 0}}), matrix({{0, 0}})})}}},
           });
    expect(
        near_sample(),
        {{"the radius is not shown", {{"/empty/radius", "1/10"}}},
         {"the radius is not shown", {{"/empty/gradient", false}}},
         {"the radius is not shown",
          {{"/weights/0", matrix({{0, 1}, {0, 0}})}, {"/products/0/0/values/1", 0}, {"/products/2/1/values/1", 0}}}});
  }

  TEST_CASE("every place changed in turn: no claim gets stronger, nothing crashes") {
    std::size_t harmless = 0;
    std::size_t rejected = 0;
    for (const Json& sample : {near_sample(), free_sample(), minimizer_sample(), span_sample()}) {
      const Json flat = sample.flatten();
      for (const auto& item : flat.items()) {
        const std::string& place = item.key();
        const Json& value = item.value();
        const bool claim = (place.starts_with("/points") && place.find("/G/") == std::string::npos &&
                            place.find("/R/") == std::string::npos) ||
                           place.starts_with("/only_S/S");
        std::vector<Json> others = {nullptr,
                                    true,
                                    0,
                                    1,
                                    2,
                                    -1,
                                    0.5,
                                    1e300,
                                    "",
                                    "x",
                                    "1/0",
                                    "nan",
                                    "1e5",
                                    "0x1p3",
                                    none,
                                    Json::object(),
                                    Json::array({none}),
                                    std::string(300, '9'),
                                    "1/" + std::string(300, '9'),
                                    std::string(30'000, '9'),
                                    18446744073709551615U};
        if (value.is_number() ||
            (value.is_string() && value.get<std::string>().find_first_not_of("-/0123456789") == std::string::npos)) {
          const rankscape::Rational number =
              rankscape::parse_rational(value.is_string() ? value.get<std::string>() : value.dump());
          others.emplace_back(rankscape::to_string(rankscape::Rational(number + rankscape::Rational(1, 1000))));
          others.emplace_back(rankscape::to_string(rankscape::Rational(number - rankscape::Rational(1, 1000))));
          others.emplace_back(rankscape::to_string(rankscape::Rational(number * 999 / 1000)));
        }
        for (const Json& other : others) {
          if (other == value) continue;
          Json changed = sample;
          changed[Json::json_pointer(place)] = other;
          const verifier::Report report = verified(changed);
          (report.outcome == Outcome::verified ? harmless : rejected) += 1;
          if (!claim || report.outcome != Outcome::verified) continue;
          // then it is an end of the distance, wider than before, or another spelling
          CAPTURE(place);
          CAPTURE(other.dump().substr(0, 60));
          const auto number = [](const Json& a) {
            return rankscape::parse_rational(a.is_string() ? a.get<std::string>() : a.dump());
          };
          if (place.ends_with("/hi")) {
            CHECK(number(other) >= number(value));
          } else {
            REQUIRE(place.ends_with("/lo"));
            CHECK(number(other) <= number(value));
          }
        }
      }
    }
    CHECK(harmless > 0);
    CHECK(rejected > 1000);
  }

  TEST_CASE("hostile texts") {
    const std::string text = near_sample().dump();
    for (const std::string& bad :
         {text.substr(0, text.size() / 2), "{\"format\": \"rankscape-near/1\"," + text.substr(1), "\xEF\xBB\xBF" + text,
          text + "x"})
      CHECK(verifier::verify_certificate(bad).outcome == Outcome::unreadable);
    Json wide = near_sample();
    wide["weights"][0] = {{"denominator", 1}, {"entries", none}, {"cols", 3'000'000}};
    wide["weights"][1] = matrix({none, none});
    CHECK(verified(wide).outcome != Outcome::verified);
    Json many = free_sample();
    many["weights"] = none;
    for (int k = 0; k < 65; ++k)
      many["weights"].push_back(matrix({{1, 0}, {0, 1}}));
    CHECK(verified(many).reason.find("not 2 to 64 layers") != std::string::npos);
  }
}
