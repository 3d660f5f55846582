// rankscape solve as a user runs it, with Singular: known critical sets, certificates that verify, refusals; and
// without.
#include <doctest/doctest.h>

#include <nlohmann/json.hpp>
#include <set>

#include "solve/with_singular.hpp"

using namespace rankscape::test;
using Json = nlohmann::json;

namespace {

struct Found {
  Json solution;
  Outcome outcome;
};

// The certificate of a complete list verifies.
Found solved(const std::string& arguments) {
  const TemporaryFolder folder;
  const std::string json = (folder / "solution.json").string();
  const std::string certificate = (folder / "complete.json").string();
  CAPTURE(arguments);
  Found found;
  found.outcome = shell("rankscape solve " + arguments + " --json '" + json + "' --certificate '" + certificate + "'");
  CAPTURE(found.outcome.err);
  REQUIRE((found.outcome.code == 0 || found.outcome.code == 3));
  found.solution = Json::parse(read_file(json));
  REQUIRE(found.solution["complete"] == true);
  const Outcome verified = shell("rankscape-verify '" + certificate + "'");
  CAPTURE(verified.out);
  CHECK(verified.code == 0);
  return found;
}

// "dimension:degree value-polynomial" of each, sorted; "!" where there are provably no real points.
std::multiset<std::string> summary(const Json& solution) {
  std::multiset<std::string> all;
  for (const Json& component : solution["components"]) {
    std::string text = component["real"] == false ? "!" : component["real"] == true ? "" : "?";
    text += std::to_string(component["dimension"].get<int>()) + ":" + std::to_string(component["degree"].get<int>());
    const Json& value = component["value"];
    if (value.size() == 2) {
      std::string number = value[0].get<std::string>();  // of L - v
      text += " " + (number == "0" ? number : number.front() == '-' ? number.substr(1) : "-" + number);
    }
    all.insert(text);
  }
  return all;
}

std::multiset<std::string> verdicts(const Json& solution) {
  std::multiset<std::string> all;
  for (const Json& component : solution["components"]) {
    for (const Json& sample : component["samples"])
      all.insert(sample["verdict"].get<std::string>());
  }
  return all;
}

using Lines = std::multiset<std::string>;

const std::string canonical = " --data 'X = [1, 0; 0, 1], Y = [2, 0; 0, 1]'";

}  // namespace

TEST_SUITE("quick") {
  TEST_CASE("solve without Singular, and what it refuses, is one line and exit code 2") {
    check_refused("env PATH=/nowhere '" RANKSCAPE_BINARY_DIR "/rankscape' solve --loss '(x*y - 1)^2'",
                  "Singular is not in the PATH");
    check_refused("rankscape solve", "expected a landscape with --size");
    check_refused("rankscape solve deep-linear", "--size is missing");
    check_refused("rankscape solve --loss '1/x'", "no polynomial");
    for (const std::string way : {"", "--count "})
      check_refused("rankscape solve " + way + "--loss 'x^2/d + x^4' --data 'd = 0' --at 'x = 0'", "division by zero");
    check_refused("rankscape solve --loss 'x +'", "--loss: at character");
    check_refused("rankscape solve --loss 'a + 1' --data 'a = 1'", "no unknown");
    check_refused("rankscape solve --loss 'x^2' --size 2", "--size goes with a landscape");
    check_refused("rankscape solve deep-linear --size 9,9,9", "expected at most 40");
    check_refused("rankscape solve rayleigh --size 2", "constraints");
    check_refused("rankscape solve --loss 'x^2' --time-limit 0", "--time-limit");
    check_refused("rankscape solve --loss 'x^2' --certificate /dev/null/c.json", "/dev/null");
  }

  TEST_CASE("one line of a newcomer: isolated points, rational and not, a line, and none that are real") {
    if (!has_singular()) return;
    const Found line = solved("--loss '(x^2 - 1)^2 + y^2*(x - 1)^2'");
    CHECK(line.outcome.code == 0);
    CHECK(summary(line.solution) == Lines{"1:1 0", "0:1 0", "0:1 1"});
    CHECK(line.outcome.out.find("complete: every critical point") != std::string::npos);
    CHECK(line.solution["compact_sublevel_sets"] == false);  // x = 1, y large
    const Found roots = solved("--loss 'x^4 + 2*x^2*y^2 + y^4 - 3*x^2'");
    CHECK(summary(roots.solution) == Lines{"0:1 0", "0:2 -9/4"});
    CHECK(verdicts(roots.solution) == Lines{"strict_saddle", "global_minimizer", "global_minimizer"});
    CHECK(roots.solution["compact_sublevel_sets"] == true);
    const Found none = solved("--loss '(x^2 + y^2 + 1)^2 + z^4'");
    CHECK(summary(none.solution) == Lines{"!1:2 0", "0:1 1"});
    // a constant, and an unknown that the loss does not depend on
    CHECK(summary(solved("--loss '0*x + y^2'").solution) == Lines{"1:1 0"});
  }

  TEST_CASE("Y = diag(2, 1): deep linear networks have the components that theory says") {
    if (!has_singular()) return;
    CHECK(summary(solved("deep-linear --size 2,1,2" + canonical).solution) == Lines{"0:1 5", "1:2 1", "1:2 4"});
    const Found deep = solved("deep-linear --size 2,2,2" + canonical);
    CHECK(summary(deep.solution) == Lines{"4:8 0", "3:2 1", "3:2 4", "0:1 5"});
    CHECK(verdicts(deep.solution).count("local_minimizer") == 0);
  }

  TEST_CASE("--real leaves out what sums of squares exclude; equations of balance are lemmas of the tree") {
    if (!has_singular()) return;
    const std::string loss = "--loss '(x^2 + 2*y^2)^2 + (z^2 + 1)^2'";
    CHECK(summary(solved(loss).solution) == Lines{"!1:4 0", "1:2 1"});
    const Found real = solved(loss + " --real");
    CHECK(summary(real.solution) == Lines{"0:1 1"});
    CHECK(real.solution["real_points_only"] == true);
    CHECK(real.outcome.out.find("complete: every real critical point lies in") != std::string::npos);
    // no real point, and nothing to say of squares
    CHECK(solved("--real --loss 'x^3 + 3*x'").solution["components"].empty());
    CHECK(solved("--real --loss 'x^3 - 3*x'").solution["real_points_only"] == false);
    const TemporaryFolder folder;
    const std::string certificate = (folder / "complete.json").string();
    const std::string data = " --data 'Y = 2, decay = [1/4; 1/4]' --certificate '";
    CHECK(shell("rankscape solve weight-decay --size 1,1,1" + data + certificate + "'").code == 0);
    CHECK(Json::parse(read_file(certificate))["tree"][0] ==
          Json::parse("{\"split\": [[\"-1/2*x2^2+1/2*x1^2\", 1]], \"cofactors\": [[0, \"x1\"], [1, \"-x2\"]], "
                      "\"children\": [1]}"));
  }

  TEST_CASE("--real says no less than solve without it, where pieces that it gives up are no sums of squares at once") {
    if (!has_singular()) return;
    for (const char* loss :
         {"x^4 + y^4 - x*y", "x^4 + y^4 - x*y - x", "(x^2 + y^2 + 1)^2*x + y", "x^2*y^2 + x^2 + y^4"}) {
      CAPTURE(loss);
      const Found all = solved(std::string("--loss '") + loss + "'");
      const Found real = solved(std::string("--real --loss '") + loss + "'");
      CHECK(real.outcome.code == all.outcome.code);
      CHECK(verdicts(real.solution) == verdicts(all.solution));
    }
    // pieces without real points are not in the proof
    CHECK(summary(solved("--real --loss 'x^4 + y^4 - x*y'").solution) == Lines{"0:1 -1/8", "0:1 -1/8", "0:1 0"});
  }

  TEST_CASE("degenerate losses: constant, linear, in one unknown, without one of them; their certificates verify") {
    if (!has_singular()) return;
    struct Row {
      const char* loss;
      Lines components;
    };
    for (const Row& row : std::vector<Row>{{"5 + 0*x", {"1:1 5"}},

                                           {"0*x + 0*y*z", {"3:1 0"}},
                                           {"2*x + 1", {}},
                                           {"x + y^2", {}},
                                           {"7*x^4 - 3", {"0:1 -3"}},
                                           {"(x - 1)^2 + 0*y + 0*z", {"2:1 0"}}}) {
      CAPTURE(row.loss);
      const Found found = solved(std::string("--loss '") + row.loss + "'");
      CHECK(found.outcome.code == 0);
      CHECK(summary(found.solution) == row.components);
      if (row.components.empty()) CHECK(found.outcome.out.find("there is no critical point") != std::string::npos);
    }
    CHECK(summary(solved("--real --loss '5 + 0*x'").solution) == Lines{"1:1 5"});
  }

  TEST_CASE("a limit that is reached is said, and undecided") {
    if (!has_singular()) return;
    const Outcome outcome = shell("rankscape solve deep-linear --size 3,3,3 --time-limit 0.01");
    CHECK(outcome.code == 3);
    CHECK(outcome.out.empty());
    CHECK(outcome.err.find("undecided: Singular did not answer within 0.01 s") != std::string::npos);
  }
}

TEST_SUITE("quick") {
  TEST_CASE("real points off the coordinate planes; indices of sums are no unknowns; what is open says why") {
    if (!has_singular()) return;
    // a circle of radius 1 around (50, 70), one whose sections by rational lines are mostly irrational
    CHECK(summary(solved("--loss '((x - 50)^2 + (y - 70)^2 - 1)^2'").solution) == Lines{"1:2 0", "0:1 1"});
    const Found circle = solved("--loss '((x - 31)^2 + (y - 17)^2 - 3)^2 + z^2'");
    CHECK(summary(circle.solution) == Lines{"1:2 0", "0:1 9"});
    CHECK(circle.solution["components"][0]["samples"][0]["verdict"] == "global_minimizer");
    CHECK(solved("--loss 'sum(i in 1..2 : (x - i)^2)'").solution["unknowns"] == Json::array({"x"}));
    const Found many = solved("--loss 'x^731 - x'");
    CHECK(many.outcome.code == 3);
    CHECK(many.outcome.out.find("undecided: 730 complex points, real ones are isolated among at most 100") !=
          std::string::npos);
  }

  TEST_CASE("solve --gauge: normal forms under the symmetries that are found") {
    if (!has_singular()) return;
    // invertible matrices: one slice for each set of pivots of W(1), whose orbits are the three components
    const Found deep = solved("deep-linear --size 2,1,2 --gauge" + canonical);
    CHECK(summary(deep.solution) == Lines{"0:1 5", "0:1 1", "0:1 4"});
    CHECK(deep.outcome.out.find("every critical point, complex ones too, is moved by a symmetry") != std::string::npos);
    // orthogonal ones: circles are cut to points
    const Found symmetric = solved("symmetric-factorization --size 2,2 --gauge --data 'M = [2, 0; 0, 1]'");
    CHECK(symmetric.outcome.out.find("X triangular") != std::string::npos);
    CHECK(symmetric.outcome.out.find("every real critical point is moved by a symmetry") != std::string::npos);
    std::set<std::string> values;
    for (const Json& component : symmetric.solution["components"]) {
      CHECK(component["dimension"].get<int>() <= 1);
      values.insert(component["value"][0].get<std::string>());
    }
    CHECK(values == std::set<std::string>{"-1", "-1/4", "0", "-5/4"});
    const Outcome none = shell("rankscape solve --gauge --loss 'x^4 - x*y + y^4 - x'");
    CHECK(none.err.find("no symmetry") != std::string::npos);
    CHECK(none.out.find("complex ones too, lies in") != std::string::npos);
  }
}

TEST_SUITE("extreme") {
  TEST_CASE("modulo symmetries: the values that theory says, and no others") {
    if (!has_singular()) return;
    struct Row {
      std::string arguments;
      std::set<std::string> values;  // less their sign
    };
    for (const Row& row : std::vector<Row>{
             {"deep-linear --size 2,2,2,2" + canonical, {"0", "1", "4", "5"}},
             {"symmetric-factorization --size 3,3 --data 'M = [3, 0, 0; 0, 2, 0; 0, 0, 1]'",
              {"0", "1/4", "1", "5/4", "9/4", "5/2", "13/4", "7/2"}},
             {"weight-decay --size 2,2,2 --data 'Y = [2, 0; 0, 1], decay = [1/4; 1/4]'",
              {"5", "71/16", "31/16", "11/8"}},
         }) {
      CAPTURE(row.arguments);
      const Found found = solved(row.arguments + " --gauge");
      std::set<std::string> values;
      for (const Json& component : found.solution["components"]) {
        if (component["real"] == false) continue;
        REQUIRE(component["value"].size() == 2);
        const std::string value = component["value"][0].get<std::string>();
        values.insert(value.front() == '-' ? value.substr(1) : value);
      }
      CHECK(values == row.values);
    }
  }

  TEST_CASE("critical sets of small losses: components, degrees, what is real, all certified complete") {
    if (!has_singular()) return;
    const std::string decay = "'norm2([2, 0; 0, 1] - W*V) + norm2(W)/4 + norm2(V)/4' --at ";
    struct Row {
      std::string arguments;
      Lines components;
    };
    for (const Row& row : std::vector<Row>{
             // two layers with decay: circles and an orbit of O(2), five components without real points
             {"--loss " + decay + "'W = zeros(2, 2), V = zeros(2, 2)'",
              {"!1:2 -1/16", "!1:2 55/16", "!1:4 -13/8", "!1:4 -5/8", "!1:4 3/8", "0:1 5", "1:2 31/16", "1:2 71/16",
               "1:4 11/8"}},
             {"--loss 'norm2([2, 0; 0, 1] - W*V)' --at 'W = zeros(2, 3), V = zeros(3, 2)'",
              {"8:16 0", "5:2 1", "5:2 4", "0:1 5"}},
             {"deep-linear --size 2,1,1,2" + canonical, {"1:1 5", "2:3 1", "2:3 4", "3:2 5"}},
             {"deep-linear --size 2,1,2,2" + canonical, {"4:1 5", "4:3 5", "4:3 5", "5:6 1", "5:6 4"}},
             {"--loss '(x*y*z - 2)^2 + (x^2 + y^2 + z^2)/4'", {"0:1 4", "0:4", "0:4", "0:4", "0:4"}},
             {"--loss '(x*y*z*w - 2)^2 + (x^2 + y^2 + z^2 + w^2)/4'",
              {"!0:6", "!0:6", "!0:6", "!0:6", "0:1 4", "0:6", "0:6", "0:6", "0:6"}},
             // 0, and +-sqrt(lambda) v: values 14 - lambda^2
             {"--loss \"norm2([3, 0, 0; 0, 2, 0; 0, 0, 1] - A*A')\" --at 'A = zeros(3, 1)'",
              {"0:1 14", "0:1 13", "0:1 13", "0:2 10", "0:2 5"}},
         }) {
      CAPTURE(row.arguments);
      CHECK(summary(solved(row.arguments).solution) == row.components);
    }
  }
}

TEST_SUITE("standard") {
  TEST_CASE("data that were drawn are shown; a file of one's own comes before an installed landscape of its id") {
    if (!has_singular()) return;
    // R has an irrational spectrum: both conjugate values are met
    const Found drawn = solved("residual-network --size 2,2");
    CHECK(drawn.outcome.out.starts_with("R = [["));
    CHECK(drawn.outcome.code == 0);
    CHECK(drawn.solution["components"][1]["value"].size() == 3);
    CHECK(drawn.solution["components"][1]["samples"].size() == 2);
    // x^2 = 2 and y^2 = x: the value is -4/3 x, and y is real at one x only
    const Found half = solved("--loss '(x^2 - 2)^2*(z^2 + 1) + (y^2 - x)^2*(z^2 + 1) + x^3/3 - 2*x'");
    CHECK(half.outcome.code == 3);
    CHECK(half.outcome.out.find("undecided: no real point of this value was found") != std::string::npos);
    const TemporaryFolder folder;
    std::string text = read_file(RANKSCAPE_SOURCE_DIR "/landscapes/symmetric-factorization.toml");
    const std::string quarter = "norm2(X * transpose(X) - M) / 4";
    REQUIRE(text.find(quarter) != std::string::npos);
    text.replace(text.find(quarter), quarter.size(), "norm2(X * transpose(X) - M) / 8");
    write_text(folder / "mine.toml", text);
    const Found mine = solved("'" + (folder / "mine.toml").string() + "' --size 1,1 --data 'M = 4'");
    CHECK(summary(mine.solution) == Lines{"0:1 0", "0:1 0", "0:1 2"});
    CHECK(mine.outcome.out.find("M =") == std::string::npos);
    // a domain of the weights: of a number field's point it is not known whether it lies there
    text.insert(text.find("[weights]"), "[domain]\noff = \"entry(X, 1, 1) != 0\"\n\n");
    write_text(folder / "mine.toml", text);
    const Outcome refused =
        shell("rankscape solve '" + (folder / "mine.toml").string() + "' --size 1,1 --data 'M = 4'");
    CHECK(refused.code == 2);
    CHECK(refused.err.find("[domain] of symmetric-factorization has a condition on the weights") != std::string::npos);
  }
}
