// rankscape explore as typed: killed mutants, dropped hypotheses, the search; certificates that the verifier accepts.
#include <doctest/doctest.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <rankscape/exact/rational.hpp>

#include "cli/program.hpp"

using namespace rankscape::test;
using Json = nlohmann::ordered_json;

namespace {

const std::string explored = "theorems/achour2024-classification.toml";

std::string edited(const TemporaryFolder& folder, const std::string& from, const std::string& to) {
  std::string text = read_file(RANKSCAPE_SOURCE_DIR "/" + explored);
  const std::size_t at = text.find(from);
  REQUIRE(at != std::string::npos);
  write_text(folder / "edited.toml", text.replace(at, from.size(), to));
  return "'" + (folder / "edited.toml").string() + "'";
}

// A matrix of a certificate (integers over one denominator) or of a point (rows of rationals), row by row.
std::vector<rankscape::Rational> rationals(const Json& matrix) {
  const auto number = [](const Json& json) {
    return rankscape::parse_rational(json.is_string() ? json.get<std::string>() : json.dump());
  };
  const bool scaled = matrix.is_object();
  const rankscape::Rational denominator = scaled ? number(matrix.at("denominator")) : rankscape::Rational(1);
  std::vector<rankscape::Rational> entries;
  for (const Json& row : scaled ? matrix.at("entries") : matrix) {
    for (const Json& entry : row)
      entries.push_back(number(entry) / denominator);
  }
  REQUIRE_FALSE(entries.empty());
  return entries;
}

}  // namespace

TEST_SUITE("standard") {
  TEST_CASE("explore: wrong usage and unusable input") {
    const TemporaryFolder folder;
    for (const std::string& arguments : std::vector<std::string>{"",
                                                                 explored,
                                                                 explored + " --mutate --vary",
                                                                 explored + " --mutate --drop H3",
                                                                 explored + " --drop H9",
                                                                 explored + " --drop H3 --tries 5",
                                                                 explored + " --drop ''",
                                                                 explored + " --drop",
                                                                 explored + " --vary --tries 0",
                                                                 explored + " --vary --tries many",
                                                                 explored + " --vary --time-limit -1",
                                                                 explored + " --mutate --time-limit 5",
                                                                 explored + " --mutate --point x.json",
                                                                 explored + " --mutate --latex x.tex",
                                                                 explored + " --mutate --widths 2,x",
                                                                 explored + " --mutate --widths 2,2",
                                                                 explored + " --mutate --widths 9,9,9,9,9,9,9",
                                                                 explored + " --mutate --jobs 0",
                                                                 "/nonexistent.toml --mutate",
                                                                 "/ --vary",
                                                                 "theorems --mutate"}) {
      check_refused("rankscape explore " + arguments);
    }
    check_refused("rankscape explore " + explored + " --vary --json " + std::string("/dev/null/x.json"));
    check_refused("rankscape explore " + explored + " --drop H3 --point " + std::string("/dev/null/x.json"));
    check_refused("rankscape explore " + explored + " --drop H3 --certificates " +
                  std::string("/dev/null/certificates"));
    for (const std::string kind : {"canonical+deficient", "general+", "general+other"}) {
      check_refused("rankscape point --widths 2,2,2 --S 1,2 --stratum '-' --data " + kind);
    }
  }

  TEST_CASE("explore --vary: a wrong statement is refuted and the point shrunk; the right one is not") {
    const TemporaryFolder folder;
    const std::string file = edited(folder, "rank(mid(i, j)) == r or rank", "rank(mid(i, j)) == r and rank");
    const std::string certificates = (folder / "certificates").string();
    const Outcome wrong = shell("rankscape explore " + file + " --vary --json - --certificates '" + certificates + "'");
    CAPTURE(wrong.err);
    REQUIRE(wrong.code == 1);
    const Json report = Json::parse(wrong.out);
    CHECK(report["counterexample"]["parameters"].get<int>() <= 4);
    CHECK(report["counterexample"]["parameters"].get<int>() <= report["first"]["parameters"].get<int>());
    CHECK(shell("rankscape-verify '" + certificates + "'").code == 0);
    const Outcome right = shell("rankscape explore " + explored + " --vary --tries 64 --json -");
    CHECK(right.code == 0);
    CHECK(Json::parse(right.out)["counterexample"].is_null());
    CHECK(Json::parse(right.out)["tries"] == 64);
    CHECK(shell("rankscape explore " + file + " --vary --jobs 1").out ==
          shell("rankscape explore " + file + " --vary --jobs 3").out);
  }

  TEST_CASE("explore --mutate: JSON, certificates that verify one by one and as a folder, the same for every --jobs") {
    const TemporaryFolder folder;
    const std::string certificates = (folder / "certificates").string();
    const std::string command = "rankscape explore " + explored + " --mutate --widths 2,2,2 --widths 2,2,2,2";
    const Outcome outcome = shell(command + " --json - --jobs 1 --certificates '" + certificates + "'");
    CAPTURE(outcome.err);
    REQUIRE(outcome.code == 0);
    const Json report = Json::parse(outcome.out);
    CHECK(report["statement"] == "achour2024-classification");
    CHECK(report["killed"].get<int>() + report["survived"].get<int>() == static_cast<int>(report["mutants"].size()));
    int killed = 0;
    for (const Json& mutant : report["mutants"]) {
      CAPTURE(mutant["edit"]);
      for (const char* key : {"edit", "where", "killed", "fate", "counterexample"})
        CHECK(mutant.contains(key));
      CHECK(mutant["killed"] == (mutant["fate"] == "killed"));
      if (mutant["killed"] == false) {
        CHECK(mutant["counterexample"].is_null());
        CHECK(mutant["analysis"].is_string());
        continue;
      }
      ++killed;
      const Json& at = mutant["counterexample"];
      for (const char* key : {"point", "predicted", "found", "certificate"})
        CHECK(at.contains(key));
      const std::string file = certificates + "/" + at["certificate"].get<std::string>();
      // the certificate is about the counterexample's point
      const Json weights = Json::parse(read_file(file))["weights"];
      REQUIRE(weights.size() == at["point"]["weights"].size());
      for (std::size_t h = 0; h < weights.size(); ++h)
        CHECK(rationals(weights[h]["value"]) == rationals(at["point"]["weights"][h]));
      // a case of the classification is wrong there, and the verifier says so too
      CHECK(Json::parse(read_file(file))["statements"][0]["agrees"] == "no");
      CHECK(shell("rankscape-verify '" + file + "'").code == 0);
    }
    CHECK(killed == report["killed"]);
    CHECK(killed > 50);
    const Outcome folder_verified = shell("rankscape-verify '" + certificates + "'");
    CAPTURE(folder_verified.err);
    CHECK(folder_verified.code == 0);
    CHECK(shell(command + " --json - --jobs 3").out == shell(command + " --json - --jobs 1").out);
    // again into the same folder: nothing of the earlier run is left over
    CHECK(shell(command + " --overwrite --certificates '" + certificates + "'").code == 0);
    CHECK(shell("rankscape-verify '" + certificates + "'").code == 0);
  }

  TEST_CASE("explore --drop: at most eight parameters without H3 and without H4, and what cannot fail alone") {
    const TemporaryFolder folder;
    for (const std::string hypothesis : {"H3", "H4"}) {
      CAPTURE(hypothesis);
      const std::string certificates = (folder / ("certificates-" + hypothesis)).string();
      const std::string point = (folder / (hypothesis + ".json")).string();
      const std::string latex = (folder / (hypothesis + ".tex")).string();
      const Outcome outcome = shell("rankscape explore " + explored + " --drop " + hypothesis + " --json - --point '" +
                                    point + "' --latex '" + latex + "' --certificates '" + certificates + "'");
      CAPTURE(outcome.err);
      REQUIRE(outcome.code == 1);
      const Json at = Json::parse(outcome.out)["counterexample"];
      CHECK(at["parameters"].get<int>() <= 8);
      CHECK(at["found"] == "global_minimizer");
      CHECK(shell("rankscape-verify '" + certificates + "'").code == 0);
      const Outcome classified = shell("rankscape classify '" + point + "'");
      CHECK(classified.code == 0);
      CHECK(Json::parse(classified.out)["verdict"] == "global_minimizer");
      CHECK(read_file(latex).find("\\begin{pmatrix}") != std::string::npos);
      // the matrices are printed
      const Outcome text = shell("rankscape explore " + explored + " --drop " + hypothesis);
      CHECK(text.out.find("W(1) = [[") != std::string::npos);
    }
    const Outcome h1 = shell("rankscape explore " + explored + " --drop H1");
    CHECK(h1.code == 0);
    CHECK(h1.out.find("no point violates it alone") != std::string::npos);
    const Outcome h2 = shell("rankscape explore " + explored + " --drop H2");
    CHECK(h2.code == 0);
    CHECK(h2.out.find("it still holds wherever it was decided") != std::string::npos);
  }
}
