// near --certificate: what the program claims the independent checker finds true; planted wrong claims it refuses.
#include <doctest/doctest.h>

#include <nlohmann/json.hpp>
#include <random>

#include "near/arrays.hpp"
#include "near/certificate.hpp"
#include "verifier/verify.hpp"

using namespace rankscape;
using namespace rankscape::near;
using verifier::Outcome;

namespace {

verifier::Report checked(const Json& json) {
  return verifier::verify_certificate(json.dump());
}

std::string with_scale(const Json& number, const Rational& factor) {
  const Rational value = parse_rational(number.is_string() ? number.get<std::string>() : number.dump());
  return to_string(Rational(value * factor));
}

void expect_rejected(const Json& json, const std::string& pointer, const Json& value) {
  Json changed = json;
  changed[Json::json_pointer(pointer)] = value;
  CAPTURE(pointer);
  const verifier::Report report = checked(changed);
  CHECK_MESSAGE(report.outcome == Outcome::rejected, report.reason);
}

void check_certificate(const Problem& problem, const Answer& answer) {
  const auto json = certificate_of(problem, answer);
  REQUIRE(json.has_value());
  const verifier::Report report = checked(*json);
  REQUIRE_MESSAGE(report.outcome == Outcome::verified, report.reason);
  if (answer.found.empty()) return;
  const Json& point = json->at("points").at(0);
  CHECK(report.verdict == to_string(answer.found.front().verdict));
  const std::string at = "/points/0";
  expect_rejected(*json, at + "/distance/hi", with_scale(point["distance"]["hi"], Rational(999, 1000)));
  Json other = Json::array();  // S with its least index in or out
  if (point["S"].empty() || point["S"][0] != 1) other.push_back(1);
  for (const Json& i : point["S"])
    if (i != 1) other.push_back(i);
  expect_rejected(*json, at + "/S", other);
  for (std::size_t k = 0; k < point["stratum"].size(); ++k) {
    const std::string string = at + "/stratum/" + std::to_string(k);
    expect_rejected(*json, string + "/2", point["stratum"][k][2].get<long>() + 1);
    expect_rejected(*json, string + "/0", (point["stratum"][k][0].get<long>() + 1) % 2);
  }
  expect_rejected(*json, at + "/verdict", report.verdict == "strict_saddle" ? "global_minimizer" : "strict_saddle");
  expect_rejected(*json, at + "/inertia/neg", point["inertia"]["neg"].get<long>() + 1);
  if (json->contains("only_S")) {
    expect_rejected(*json, "/only_S/radius", with_scale((*json)["only_S"]["radius"], Rational(1001, 1000)));
    // where both could be shown there would be no point at all within
    const auto value = [](const Json& number) { return parse_rational(number.get<std::string>()); };
    if (value((*json)["only_S"]["radius"]) > value(point["distance"]["hi"])) expect_rejected(*json, "/only_S/S", other);
  }
  if (json->contains("empty"))
    expect_rejected(*json, "/empty/radius", with_scale((*json)["empty"]["radius"], Rational(1001, 1000)));
  const Json& lo = point["distance"]["lo"];
  if (lo != 0) expect_rejected(*json, at + "/distance/lo", with_scale(lo, Rational(1001, 1000)));
}

RationalMatrix random_matrix(Index rows, Index cols, std::mt19937& random) {
  RationalMatrix a(rows, cols);
  for (Index k = 0; k < a.size(); ++k)
    a.data()[k] = Rational(static_cast<long>(random() % 15) - 7, 4);
  return a;
}

// How many the point's Hessian has: as many as the user has parameters.
long eigenvalues(const Json& point) {
  const Json& inertia = point["inertia"];
  return inertia["neg"].get<long>() + inertia["zero"].get<long>() + inertia["pos"].get<long>();
}

// Weights about `noise` from a critical point of a random S and stratum.
Problem planted(const std::vector<long>& widths, const Rational& noise, std::mt19937& random) {
  const Index dx = widths.front();
  const Index dy = widths.back();
  const RationalMatrix x = random_matrix(dx, dx + 3, random);
  const RationalMatrix xt = x.transpose();
  const RationalMatrix y = random_matrix(dy, dx + 3, random);
  const RationalMatrix yt = y.transpose();
  std::vector<RationalMatrix> zeros;
  for (std::size_t h = 1; h < widths.size(); ++h)
    zeros.push_back(RationalMatrix::Zero(widths[h], widths[h - 1]));
  Network network = make_network(zeros, multiply(x, xt), multiply(x, yt));
  CriticalPoint point;
  for (Index i = 0; i < dy; ++i)
    if (random() % 2 == 0 && static_cast<long>(point.S.size()) < network.rmax()) point.S.insert(i);
  const auto r = static_cast<long>(point.S.size());
  std::vector<long> nodes;
  for (const long width : widths)
    nodes.push_back(width - r);
  std::vector<Stratum> strata;
  deep_linear::for_each_stratum(nodes, [&](const Stratum& stratum) { strata.push_back(stratum); });
  point.stratum = strata[random() % strata.size()];
  for (std::size_t h = 0; h + 1 < widths.size(); ++h) {
    const Index n = h == 0 ? dx - r : widths[h];
    RationalMatrix g = random_matrix(n, n, random) / Rational(8) + 2 * RationalMatrix::Identity(n, n);
    if (h == 0) g.bottomLeftCorner(dx - dy, dy - r).setZero();
    point.G.push_back(g);
  }
  const auto located = locate(network, point);
  REQUIRE(located.has_value());
  network.W = located->W;
  for (RationalMatrix& w : network.W) {
    w += noise * random_matrix(w.rows(), w.cols(), random);
    w = w.unaryExpr([](const Rational& entry) { return Rational(entry.convert_to<double>()); });
  }
  return problem_of(network);
}

}  // namespace

TEST_SUITE("quick") {
  TEST_CASE("random planted points: certificates hold, wrong claims are refused") {
    for (const unsigned seed : {1U, 2U, 3U, 4U}) {
      CAPTURE(seed);
      std::mt19937 random(seed);
      const std::vector<std::vector<long>> shapes = {{2, 2, 2}, {3, 2, 2}, {2, 2, 1}, {2, 1, 2, 1}};
      const Problem problem = planted(shapes[seed % shapes.size()], Rational(1, 1000), random);
      check_certificate(problem, analyse(problem));
    }
  }

  TEST_CASE("biases: the certificate is of the user's weights, biases and data") {
    std::mt19937 random(5);
    const RationalMatrix x = random_matrix(2, 6, random);
    const RationalMatrix y = random_matrix(1, 6, random);
    const RationalMatrix w1 = random_matrix(2, 2, random) / Rational(64);
    const RationalMatrix w2 = random_matrix(1, 2, random) / Rational(64);
    const RationalMatrix b1 = random_matrix(2, 1, random) / Rational(64);
    const RationalMatrix b2 = random_matrix(1, 1, random) / Rational(64);
    RationalMatrix shares = RationalMatrix::Constant(6, 1, Rational(1, 2));
    shares(0) = 2;
    const Json other = Json::array({Json::array({1000}), Json::array({1000})});
    const Json one = Json::array({Json::array({1000})});
    for (const bool first : {true, false})
      for (const bool last : {true, false}) {
        if (!first && !last) continue;
        std::vector<NamedMatrix> weights = {{"W1", w1}, {"W2", w2}};
        if (first) weights.push_back({"b1", b1, true});
        if (last) weights.push_back({"b2", b2, true});
        const Inputs sampled =
            read_inputs(weights, "w", {{"X", x}, {"Y", y}, {"sample_weight", shares, true}}, "d", {"columns", {}});
        const auto& sums = *sampled.samples.sums;
        const std::vector<NamedMatrix> moments = {{"Sxx", sampled.samples.Sxx},
                                                  {"Sxy", sampled.samples.Sxy},
                                                  {"Sx", sums.x},
                                                  {"Sy", sums.y},
                                                  {"S1", RationalMatrix::Constant(1, 1, sums.weight)}};
        for (const Inputs& inputs : {sampled, read_inputs(weights, "w", moments, "d", {"columns", {}})}) {
          const Problem problem = reduce(inputs);
          const Answer answer = analyse(problem);
          REQUIRE_FALSE(answer.found.empty());
          check_certificate(problem, answer);
          const Json json = certificate_of(problem, answer).value();
          CHECK(checked(json).not_verified.empty());
          CHECK(json["weights"][0]["entries"][0].size() == 2);  // what stands there is what the user has
          CHECK(eigenvalues(json["points"][0]) == 6 + (first ? 2 : 0) + (last ? 1 : 0));
          for (std::size_t k = 0; k < json["biases"].size(); ++k)
            expect_rejected(json, "/biases/" + std::to_string(k) + "/1/entries",
                            json["biases"][k][0] == 1 ? other : one);
          if (first && last) {
            expect_rejected(json, "/points/0/hidden_biases/0/entries", other);
            expect_rejected(json, "/points/0/hidden_biases", Json::array());
          }
          if (json["data"].contains("X")) {
            expect_rejected(json, "/data/sample_weight/entries/0/0", 1000);
          } else {
            expect_rejected(json, "/data/Sx/entries", other);
            expect_rejected(json, "/data/Sy/entries", one);
            expect_rejected(json, "/data/S1/entries/0/0", -1);
          }
          Json without = json;
          without.erase("biases");
          CHECK(checked(without).outcome == Outcome::rejected);
        }
      }
  }

  TEST_CASE("inputs that the data do not span: the certificate is of the user's weights, biases and data") {
    std::mt19937 random(6);
    for (const bool first : {true, false})
      for (const bool last : {true, false}) {
        CAPTURE(first);
        CAPTURE(last);
        const RationalMatrix x = random_matrix(4, first == last ? 2 : 3, random);  // with ones, or less the mean: 2
        const RationalMatrix y = random_matrix(1, x.cols(), random);
        std::vector<NamedMatrix> weights;
        weights.push_back({"W1", random_matrix(2, 4, random) / Rational(64)});
        weights.push_back({"W2", random_matrix(1, 2, random) / Rational(64)});
        if (first) weights.push_back({"b1", random_matrix(2, 1, random) / Rational(64), true});
        if (last) weights.push_back({"b2", random_matrix(1, 1, random) / Rational(64), true});
        const Inputs inputs = read_inputs(weights, "w", {{"X", x}, {"Y", y}}, "d", {"columns", {}});
        const Problem problem = reduce(inputs);
        REQUIRE(problem.span.cols() < problem.span.rows());
        const Answer answer = analyse(problem);
        REQUIRE_FALSE(answer.found.empty());
        check_certificate(problem, answer);
        const Json json = certificate_of(problem, answer).value();
        CHECK(checked(json).not_verified.empty());
        CHECK(json["weights"][0]["entries"][0].size() == 4);  // what stands there is what the user has
        CHECK(eigenvalues(json["points"][0]) == 10 + (first ? 2 : 0) + (last ? 1 : 0));
        CHECK(json["points"][0].contains("unseen") == last);
        for (const char* place : {"/span/entries/0/0", "/span_inverse/entries/0/0", "/data/X/entries/0/0"})
          expect_rejected(json, place, 1000);
        if (last) expect_rejected(json, "/points/0/unseen/entries/0/0", 1);
      }
  }

  TEST_CASE("weights that are a critical point exactly, and weights near nothing") {
    const RationalMatrix zero = RationalMatrix::Zero(2, 2);
    const RationalMatrix one = RationalMatrix::Identity(2, 2);
    RationalMatrix y = one;
    y(0, 0) = 2;
    const Problem exact = problem_of(make_network({zero, zero}, one, y));
    const auto json = certificate_of(exact, analyse(exact));
    REQUIRE(json.has_value());
    CHECK(checked(*json).outcome == Outcome::verified);
    Answer answer = analyse(problem_of(make_network({one, one}, one, y)));
    answer.found.clear();
    const Problem away = problem_of(make_network({one, one}, one, y));
    const auto empty = certificate_of(away, answer);
    REQUIRE(empty.has_value());
    CHECK(empty->at("format") == "rankscape-free/1");
    CHECK(checked(*empty).outcome == Outcome::verified);
    answer.only.reset();
    answer.by_gradient = answer.by_strings.radius = answer.only_radius = 0;
    CHECK_FALSE(certificate_of(away, answer).has_value());
  }
}

TEST_SUITE("standard") {
  TEST_CASE("more planted points, of more shapes and noises") {
    for (unsigned seed = 1; seed <= 24; ++seed) {
      CAPTURE(seed);
      std::mt19937 random(seed);
      const std::vector<std::vector<long>> shapes = {{2, 2, 2}, {3, 2, 2},    {3, 3, 3},    {2, 2, 2, 2},
                                                     {4, 3, 2}, {3, 2, 3, 2}, {3, 4, 2, 1}, {2, 2, 2, 2, 2}};
      const Rational noise(1, seed % 3 == 0 ? 10 : seed % 3 == 1 ? 10'000 : 1'000'000'000'000);
      const Problem problem = planted(shapes[seed % shapes.size()], noise, random);
      check_certificate(problem, analyse(problem));
    }
  }

  TEST_CASE("checkpoints of runs, the collapsed stratum with it") {
    for (const std::string step : {"narrow-step-003800", "narrow-step-160000", "square-step-013800"}) {
      const std::string folder = std::string(RANKSCAPE_NEAR_DATA) + "/";
      const std::string data = folder + step.substr(0, 6) + "-data.npz";
      const Inputs inputs =
          read_inputs(read_arrays(folder + step + ".npz"), step, read_arrays(data), data, {"columns", {}});
      const Problem problem = reduce(inputs);
      const Answer answer = analyse(problem);
      check_certificate(problem, answer);
      const auto json = certificate_of(problem, answer);
      for (std::size_t k = 1; k < json->at("points").size(); ++k) {
        const std::string at = "/points/" + std::to_string(k);
        const Json& distance = json->at("points")[k]["distance"];
        // lo / hi is 1 - 3e-7 here: what is below 0.999 hi is false, and refused
        expect_rejected(*json, at + "/distance/hi", with_scale(distance["hi"], Rational(999, 1000)));
        expect_rejected(*json, at + "/stratum", json->at("points")[0]["stratum"]);
        expect_rejected(*json, at + "/verdict", json->at("points")[0]["verdict"]);
      }
      // other weights, other data
      Json moved = json->at("weights")[0]["entries"];
      moved[0][0] = with_scale(moved[0][0], Rational(2));
      expect_rejected(*json, "/weights/0/entries", moved);
      Json y = json->at("data")["Y"]["entries"];
      y[0][0] = with_scale(y[0][0], Rational(2));
      expect_rejected(*json, "/data/Y/entries", y);
    }
  }
}
