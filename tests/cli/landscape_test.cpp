// rankscape landscape, as typed: what a good file says of itself, and what a wrong one is told.
#include <doctest/doctest.h>

#include <nlohmann/json.hpp>
#include <utility>
#include <vector>

#include "cli/program.hpp"

using namespace rankscape::test;
using Json = nlohmann::json;

namespace {

bool has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

// |x - u|^2 with a family that sits at a multiple of u.
std::string shifted(const std::string& multiple, const std::string& loss = "norm2(x - u)") {
  return "format = \"rankscape-landscape/1\"\nid = \"shifted\"\ntitle = \"t\"\nsource = \"s\"\nloss = \"" + loss +
         "\"\n[sizes]\nsizes = \"n\"\nexamples = [[2]]\n[data]\nu = \"matrix(n, 1)\"\n[weights]\nx = \"matrix(n, "
         "1)\"\n[[family]]\nname = \"there\"\n[family.kinds]\nany = \"true\"\n[family.draw]\nc = \"positive\"\n"
         "[family.set]\nu = \"c * ones(n, 1)\"\nx = \"" +
         multiple + " * c * ones(n, 1)\"\n";
}

}  // namespace

TEST_SUITE("quick") {
  TEST_CASE("a family that is critical at some of its choices only: check says so in one line and writes nothing") {
    const TemporaryFolder folder;
    std::string text = shifted("(if k == 3 then 2 else 1)");
    text.insert(text.find("[family.kinds]"), "[family.choose]\nk = \"0..3\"\n");
    write_text(folder / "shifted.toml", text);
    write_text(folder / "least.toml",
               "format = \"rankscape-statement/1\"\nid = \"least\"\ntitle = \"t\"\nsource = \"s\"\nmodel = "
               "\"shifted.toml\"\n[[case]]\nname = \"all\"\nwhen = \"true\"\nthen = "
               "\"global_minimizer\"\n");
    const std::string report = (folder / "report.json").string();
    for (const std::string& command :
         {"rankscape check " + (folder / "least.toml").string() + " --json " + report,
          "rankscape explore " + (folder / "least.toml").string() + " --mutate --json " + report}) {
      CAPTURE(command);
      const Outcome outcome = shell(command);
      CHECK(outcome.code == 2);
      CHECK(has(outcome.err,
                "rankscape: the landscape's file is wrong: family 'there' at [2], k=3, generic, sample 1: "));
      CHECK(has(outcome.err, "expected 0\n"));
      CHECK_FALSE(std::filesystem::exists(report));
    }
  }

  TEST_CASE("the families of the library are critical for all parameter values, where that can be multiplied out") {
    const std::vector<std::pair<std::string, std::vector<std::string>>> proved = {
        {"symmetric-factorization --size 2,2", {"spectral", "irrational"}},
        {"asymmetric-factorization --size 2,2,1", {"balanced"}},
        {"phase-retrieval --size 2", {"on the line of the signal", "no signal"}},
        {"matrix-sensing --size 2,1", {"isotropic"}},
        {"weight-decay --widths 2,1,2", {"aligned", "ties"}},
        {"weight-decay --widths 2,1,1,2", {"double root", "a double root left of a larger value"}}};
    for (const auto& row : proved) {
      const std::string& what = row.first;
      CAPTURE(what);
      const Outcome outcome = shell("rankscape landscape " + what);
      CAPTURE(outcome.out);
      CHECK(outcome.code == 0);
      CHECK(outcome.err.empty());
      CHECK(outcome.out.ends_with("all is well\n"));
      for (const std::string& family : row.second) {
        CAPTURE(family);
        const std::size_t at = outcome.out.find("family '" + family + "': ");
        REQUIRE(at != std::string::npos);
        CHECK(has(outcome.out.substr(at, outcome.out.find('\n', at) - at), "; critical for all parameter values"));
      }
    }
  }

  TEST_CASE("symmetries that hold for all data are found: rotations of two columns") {
    for (const char* id : {"symmetric-factorization", "matrix-sensing"}) {
      const Outcome outcome = shell(std::string("rankscape landscape ") + id + " --size 3,2");
      CHECK(has(outcome.out, "symmetry 'rotations of the columns': 1 generator"));
      CHECK(has(outcome.out, "symmetries: 1 independent field found"));
    }
  }

  TEST_CASE("a family that is not critical is told so, and its point is written where that is asked for") {
    const TemporaryFolder folder;
    const std::string file = (folder / "shifted.toml").string();
    const std::string point = (folder / "point.json").string();
    write_text(file, shifted("1"));
    const Outcome right = shell("rankscape landscape " + file);
    CHECK(right.code == 0);
    CHECK(has(right.out, "family 'there': 1 point, critical; critical for all parameter values"));
    write_text(file, shifted("2"));
    const Outcome wrong = shell("cd " + (folder / "").string() + " && rankscape landscape shifted.toml");
    CHECK(wrong.code == 2);
    CHECK(has(wrong.out, "(--point FILE writes the point)"));
    CHECK(wrong.out.ends_with("something is wrong with the file\n"));
    CHECK(std::distance(std::filesystem::directory_iterator(folder / ""), {}) == 1);  // nothing unasked
    CHECK(shell("rankscape landscape " + file + " --point " + point + " --json " + point + "2").code == 2);
    CHECK(
        Json::parse(shell("rankscape classify " + point + " --landscapes " + (folder / "").string()).out)["verdict"] ==
        "not_critical");
    CHECK(Json::parse(read_file(point + "2"))["good"] == false);
  }

  TEST_CASE("where the time ends first, the JSON says what was found and that it is open") {
    const TemporaryFolder folder;
    const std::string json = (folder / "f.json").string();
    const Outcome stopped = shell("rankscape landscape phase-retrieval --size 2 --time-limit 0.000001 --json " + json);
    CHECK(stopped.code == 3);
    CHECK(stopped.out.find("stopped: ") != std::string::npos);
    CHECK(stopped.out.find("all is well") == std::string::npos);
    const Json report = Json::parse(read_file(json));
    CHECK(report["good"].is_null());
    CHECK(report["findings"].is_array());
  }

  TEST_CASE("errors are one line with their place") {
    const TemporaryFolder folder;
    const std::string file = (folder / "shifted.toml").string();
    for (const auto& row :
         std::vector<std::pair<std::string, std::string>>{{"norm2(x - v)", "v"},
                                                          {"norm2(x^T - u)", "transpose"},
                                                          {"norm(x - u)", "norm2"},
                                                          {"norm2(x - u')", "a n x 1 matrix and a 1 x n one"},
                                                          {"x - u", "number"},
                                                          {"norm2(x - u", "expected"}}) {
      const std::string& loss = row.first;
      CAPTURE(loss);
      write_text(file, shifted("1", loss));
      const Outcome outcome = shell("rankscape landscape " + file);
      CAPTURE(outcome.out);
      CAPTURE(outcome.err);
      CHECK(outcome.code == 2);
      CHECK(outcome.err.starts_with("rankscape: " + file + ":"));
      CHECK(has(outcome.err, row.second));
      CHECK(outcome.err.find('\n') == outcome.err.size() - 1);
    }
  }

  TEST_CASE("approximate families go through check, its journal and reports, and explore") {
    const TemporaryFolder folder;
    const std::string check = "rankscape check theorems/phase-retrieval-plane.toml --certificates '" +
                              (folder / "certificates").string() + "' --resume '" + (folder / "journal").string() +
                              "' --json ";
    const Outcome first = shell(check + "-");
    CHECK(first.code == 0);
    const Json report = Json::parse(first.out);
    CHECK(report["summary"]["agree"] == 8);
    for (const Json& row : report["cases"]) {
      CHECK(row["value"]["lo"].is_string());
      CHECK(row["certificate"].is_string());
      CHECK(row["critical_for_all_parameters"].is_null());
    }
    CHECK(shell(check + "-").out == first.out);
    const Outcome verified = shell("rankscape-verify '" + (folder / "certificates").string() + "'");
    CHECK(verified.code == 0);
    CHECK(has(verified.out, "statement phase-retrieval-plane"));
    CHECK(has(verified.out, ": 8 cases"));
    // what is said of the point is part of what is verified
    const std::string certificate =
        (folder / "certificates" / report["cases"][0]["certificate"].get<std::string>()).string();
    Json claimed = Json::parse(read_file(certificate));
    CHECK(claimed["format"] == "rankscape-orbit/1");
    CHECK(claimed["statements"][0]["agrees"] == "yes");
    claimed["statements"][0]["cases"][0]["then"] = "local_minimum";
    write_text(certificate, claimed.dump());
    CHECK(shell("rankscape-verify '" + certificate + "'").code == 4);
    // beyond the plane the same points have a null space: outside, not refuted
    const std::string beyond = (folder / "beyond.json").string();
    write_text(beyond, R"json({"format": "rankscape-point/1", "model": "phase-retrieval", "data": {"u": [1, 1, 0]},
                               "weights": {"x": ["1/3", "-1/3", "2/3"]}})json");
    const Outcome outside = shell("rankscape check theorems/phase-retrieval-plane.toml --point '" + beyond + "'");
    CHECK(outside.code == 3);
    CHECK(has(outside.out, "plane"));
    CHECK(shell("rankscape check theorems/rank-one-no-saddles.toml").code == 0);  // refuted, as it says
    CHECK(shell("rankscape check docs/examples/rank-one-eigenvectors.toml").code == 3);
    const Outcome found = shell("rankscape explore theorems/rank-one-no-saddles.toml --vary --json -");
    CHECK(found.code == 1);
    const Json smallest = Json::parse(found.out);
    CAPTURE(found.out);
    CHECK(has(found.out, "\"found\": \"strict_saddle\""));
    CHECK(has(found.out, "\"lo\": \""));
    CHECK(smallest["statement"] == "rank-one-no-saddles");
  }

  TEST_CASE("floats outside the domain are undecided cases, for check and for the search") {
    const TemporaryFolder folder;
    write_text((folder / "half.toml").string(),
               "format = \"rankscape-landscape/1\"\nid = \"half\"\ntitle = \"t\"\nsource = \"s\"\n"
               "loss = \"norm2(A - x * x') / 4\"\n[sizes]\nsizes = \"n\"\nexamples = [[2]]\n"
               "[data]\nA = \"symmetric(n)\"\n[weights]\nx = \"matrix(n, 1)\"\n"
               "[domain]\nright = \"entry(x, 1, 1) > 0\"\n"
               "[[family]]\nname = \"f\"\napproximate = true\n[family.choose]\ni = \"1..2\"\n[family.set]\n"
               "A = \"diag(sequence(j in 1..n : if j == 1 then 2 else 1))\"\n"
               "x = \"(3 - 2 * i) * 1.4142135623730951 * block(diag(sequence(j in 1..n : 1)), {1..n}, {1})\"\n");
    const std::string statement = (folder / "statement.toml").string();
    write_text(statement,
               "format = \"rankscape-statement/1\"\nid = \"a\"\ntitle = \"t\"\nsource = \"s\"\nmodel = \"half\"\n"
               "[[case]]\nname = \"all\"\nwhen = \"otherwise\"\nthen = \"local_minimum\"\n"
               "[scope]\nsizes = [[2]]\ndata = [\"f\"]\n");
    const std::string there = "' --landscapes '" + (folder / "").string() + "'";
    const Outcome checked = shell("rankscape check '" + statement + there + " --json -");
    CAPTURE(checked.err);
    CHECK(checked.code == 3);
    CHECK(Json::parse(checked.out)["summary"]["agree"] == 1);
    CHECK(has(checked.out, "outside the domain"));
    const Outcome searched = shell("rankscape explore '" + statement + there + " --vary --tries 16 --json -");
    CAPTURE(searched.out);
    CAPTURE(searched.err);
    CHECK(searched.code == 0);
    CHECK(Json::parse(searched.out)["undecided"] > 0);
  }
}
