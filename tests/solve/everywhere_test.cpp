// rankscape explore --solve: a statement on whole critical sets. What is said of them is known from theory: the scalar
// loss (w3 w2 w1 - y)^2 + decay has isolated critical points; that of two linear layers has curves of them.
#include <doctest/doctest.h>

#include <nlohmann/json.hpp>

#include "solve/with_singular.hpp"

using namespace rankscape::test;
using Json = nlohmann::json;

namespace {

struct Explored {
  Json report;
  Outcome outcome;
};

// A statement on a landscape with this scope, explored.
Explored explored(const std::string& model, const std::string& says, const std::string& scope,
                  const std::string& options = "") {
  const TemporaryFolder folder;
  write_text(folder / "statement.toml",
             "format = \"rankscape-statement/1\"\nid = \"test\"\ntitle = \"A test\"\nsource = \"none\"\nmodel = \"" +
                 model + "\"\n" + says + "\n[scope]\n" + scope + "\n");
  Explored found;
  found.outcome = shell("rankscape explore '" + (folder / "statement.toml").string() + "' --solve --json - " + options);
  CAPTURE(found.outcome.err);
  REQUIRE(found.outcome.code != 2);
  found.report = Json::parse(found.outcome.out);
  return found;
}

std::string one_case(const std::string& then) {
  return "[[case]]\nname = \"all\"\nwhen = \"true\"\nthen = \"" + then + "\"\n";
}

const std::string scalar = "widths = [[1, 1, 1, 1]]\ndata = [\"aligned\"]";

}  // namespace

TEST_SUITE("quick") {
  TEST_CASE("explore --solve refuses what it cannot do, and says it in one line") {
    const std::string kawaguchi = "explore theorems/kawaguchi2016.toml --solve";
    check_refused("env PATH=/nowhere '" RANKSCAPE_BINARY_DIR "/rankscape' " + kawaguchi + " --size 2,1,2",
                  "Singular is not in the PATH");
    check_refused("rankscape " + kawaguchi + " --vary", "one of --mutate");
    check_refused("rankscape " + kawaguchi + " --size 4,4,4", "no shape of the scope has at most 12 parameters");
    check_refused("rankscape explore theorems/kawaguchi2016.toml --mutate --time-limit 3", "--vary and --solve");
  }

  TEST_CASE("explore --solve: finitely many points, all judged; a component of which enough is proved; and samples") {
    if (!has_singular()) return;
    // y = 4 and others: the minimizers are rational
    const Explored benign =
        explored("weight-decay", one_case("global_minimizer or local_minimizer or strict_saddle"), scalar, "--tries 3");
    CHECK(benign.outcome.code == 0);
    CHECK(benign.report["holds"] == true);
    REQUIRE(benign.report["instances"].size() == 3);
    for (const Json& instance : benign.report["instances"]) {
      CHECK(instance["complete"] == true);
      for (const Json& component : instance["components"])
        CHECK(component["holds"] == true);
    }
    // curves of global minimizers, and of strict saddles: known as wholes
    const Explored curves =
        explored("deep-linear", one_case("global_minimizer or saddle"), "widths = [[2, 1, 2]]\ndata = [\"canonical\"]");
    CHECK(curves.outcome.code == 0);
    const Json& components = curves.report["instances"][0]["components"];
    REQUIRE(components.size() == 3);
    CHECK(components[0]["holds"] == true);
    CHECK(components[0]["values"] == Json::array({4}));
    CHECK(components[0]["of_cases"].get<int>() > 0);
    CHECK(components[1]["holds"] == true);
    CHECK(components[1]["values"] == Json::array({1}));
    CHECK(components[2]["holds"] == true);
    // zero, where the Hessian is zero, on a line of strict saddles: by samples and by the cases in it
    const Explored lines = explored("deep-linear", one_case("global_minimizer or saddle"),
                                    "widths = [[2, 1, 1, 2]]\ndata = [\"canonical\"]");
    CHECK(lines.outcome.code == 3);
    const Json& line = lines.report["instances"][0]["components"][3];
    CHECK(line["dimension"] == 1);
    CHECK(line["holds"].is_null());
    CHECK(line["of_cases"].get<int>() > 0);
  }

  TEST_CASE("explore --solve refutes at rational points with a certificate, and where no coordinate is rational") {
    if (!has_singular()) return;
    const TemporaryFolder folder;
    const std::string certificates = (folder / "certificates").string();
    // 0 is a strict local minimizer
    const Explored spurious = explored("weight-decay", one_case("global_minimizer or strict_saddle"), scalar,
                                       "--certificates '" + certificates + "'");
    CHECK(spurious.outcome.code == 1);
    CHECK(spurious.report["holds"] == false);
    CHECK(spurious.report["counterexample"]["found"] == "local_minimizer");
    CHECK(shell("rankscape-verify '" + certificates + "'").code == 0);
    // value and index of the other points, whose coordinates have degree 4 at this scope
    const std::string claim = "[[claim]]\nname = \"index\"\nholds = \"value == norm2(Y) or index >= 1\"\n";
    const Explored at_roots =
        explored("weight-decay", claim, "widths = [[2, 1, 1, 2]]\ndata = [\"aligned\"]", "--tries 3");
    CHECK(at_roots.outcome.code == 1);
    CHECK(at_roots.report["counterexample"].is_null());
  }
}
