// rankscape classify where the adviser knows the structure: large deep linear networks by the normal form.
#include <doctest/doctest.h>

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "cli/program.hpp"

using namespace rankscape::test;

namespace {

using Answer = nlohmann::json;

// `options` of rankscape point, then classify.
Answer classified(const std::string& options, const std::string& more = {}) {
  const TemporaryFolder folder;
  const std::string file = (folder / "point.json").string();
  const Outcome built = shell("rankscape point " + options + " --json '" + file + "'");
  CAPTURE(built.err);
  REQUIRE(built.code == 0);
  const Outcome outcome = shell("rankscape classify '" + file + "' " + more);
  CAPTURE(outcome.err);
  REQUIRE(outcome.code == 0);
  CHECK(outcome.err.empty());
  return Answer::parse(outcome.out);
}

std::string range(int first, int last) {
  std::string text;
  for (int k = first; k <= last; ++k)
    text += fmt::format("{}{}", k == first ? "" : ",", k);
  return text;
}

}  // namespace

TEST_SUITE("quick") {
  TEST_CASE("a large network by the normal form, and by the Hessian when asked") {
    // 28 x 28, two layers: S lacks the third eigenvalue; 1568 parameters
    const std::string options =
        "--widths 28,28,28 --S 1,2,4 --stratum '2:2*25 1:1*25' --position aligned --data canonical";
    const Answer quick = classified(options);
    CHECK(quick["inertia_by"] == "normal form");
    CHECK(quick["verdict"] == "strict_saddle");
    CHECK(quick["certified"] == true);
    CHECK(quick["reason"] == "the Hessian has a negative eigenvalue (inertia by the normal form)");
    CHECK_FALSE(quick.contains("lambda_min"));
    // 1 inversion, 25 x 25 planes; coindex 3 (28 + 28 - 3) - 1 + 625
    CHECK(quick["inertia"] == Answer({{"neg", 626}, {"zero", 1568 - 626 - 783}, {"pos", 783}}));
    const Answer slow = classified(options, "--hessian");
    CHECK_FALSE(slow.contains("inertia_by"));
    CHECK(slow["inertia"] == quick["inertia"]);
    CHECK(slow["verdict"] == quick["verdict"]);
    CHECK(slow["S"] == quick["S"]);
    CHECK(slow["stratum"] == quick["stratum"]);
  }
}

TEST_SUITE("extreme") {
  TEST_CASE("a network of a million parameters, in seconds") {
    const std::string options = "--widths 500,500,500,500,500 --position aligned --data canonical --S ";
    const Answer strict = classified(options + range(1, 240) + "," + range(246, 255) +
                                     " --stratum '4:2*100 4:3*50 3:3*50 2:4*50 1:3*100 1:1*100 2:2*50 2:1*50'");
    CHECK(strict["verdict"] == "strict_saddle");
    CHECK(strict["inertia_by"] == "normal form");
    CHECK(strict["inertia"] == Answer({{"neg", 35050}, {"zero", 742500}, {"pos", 222450}}));
    const Answer flat = classified(options + range(1, 250) + " --stratum '4:2*250 1:1*250 2:1*250 3:1*250'");
    CHECK(flat["verdict"] == "non_strict_saddle");
    CHECK(flat["inertia"] == Answer({{"neg", 0}, {"zero", 812500}, {"pos", 187500}}));
  }
}
