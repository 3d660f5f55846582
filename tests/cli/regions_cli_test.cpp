// rankscape regions and classify, as typed: exit codes, and points of the factorization models from files.
#include <doctest/doctest.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "cli/program.hpp"

using namespace rankscape::test;
using Json = nlohmann::json;

TEST_SUITE("quick") {
  TEST_CASE("regions: certified, refuted, open, false as expected") {
    const TemporaryFolder folder;
    const std::string head =
        "format = \"rankscape-statement/1\"\nid = \"t\"\ntitle = \"t\"\nsource = \"t\"\nmodel = "
        "\"symmetric-factorization\"\n";
    const std::string scope = "[scope]\nsizes = [[2, 1]]\ndata = [\"equal\"]\n";
    const auto run = [&](const std::string& status, const std::string& holds) {
      write_text(folder / "t.toml", head + status + "[[claim]]\nname = \"c\"\nholds = \"" + holds + "\"\n" + scope);
      return shell("rankscape regions '" + (folder / "t.toml").string() + "' --boxes 200 --json '" +
                   (folder / "t.json").string() + "'");
    };
    CHECK(run("", "norm2_X < 9").code == 0);
    const Outcome refuted = run("", "norm2_X < 7");
    CHECK(refuted.code == 1);
    CHECK(refuted.out.find("refuted at X = [[") != std::string::npos);
    const Json json = Json::parse(read_file(folder / "t.json"));
    CHECK(json["format"] == "rankscape-regions/1");
    CHECK(json["statements"][0]["results"][0]["holds"] == false);
    CHECK(run("status = \"known-false\"\nnote = \"n\"\n", "norm2_X < 7").code == 0);
    CHECK(run("status = \"known-false\"\nnote = \"n\"\n", "norm2_X < 9").code == 3);
    // equal on both sides: never certified by enclosures, never refuted
    CHECK(run("", "norm2_X^2 <= gram2_X").code == 3);
    CHECK(run("status = \"conjecture\"\n", "norm2_X^2 <= gram2_X").code == 0);
    // of several claims, and of several statements, the worst counts, wherever it stands
    const auto codes = [&](const std::vector<std::string>& claims) {
      std::string body;
      std::string files;
      for (const std::string& holds : claims) {
        const std::string number = std::to_string(files.size());
        const std::string claim = "[[claim]]\nname = \"c" + number + "\"\nholds = \"" + holds + "\"\n";
        const std::string name = (folder / (number + ".toml")).string();
        write_text(name, head + claim + scope);
        body += claim;
        files += " '" + name + "'";
      }
      write_text(folder / "t.toml", head + body + scope);
      return std::pair(shell("rankscape regions '" + (folder / "t.toml").string() + "' --boxes 200").code,
                       shell("rankscape regions" + files + " --boxes 200").code);
    };
    const std::string certified = "norm2_X < 9";
    const std::string false_one = "norm2_X < 7";
    const std::string open = "norm2_X^2 <= gram2_X";
    CHECK(codes({false_one, certified}) == std::pair(1, 1));
    CHECK(codes({certified, false_one}) == std::pair(1, 1));
    CHECK(codes({open, certified}) == std::pair(3, 3));
    CHECK(codes({open, false_one}) == std::pair(1, 1));
    CHECK(codes({false_one, open}) == std::pair(1, 1));
  }

  TEST_CASE("regions: hypotheses that admit nothing are vacuous; a claim that is asked of no point is named") {
    const TemporaryFolder folder;
    const std::string head = "format = \"rankscape-statement/1\"\nid = \"t\"\ntitle = \"t\"\nsource = \"t\"\nmodel = ";
    const auto run = [&](const std::string& model, const std::string& rest) {
      write_text(folder / "t.toml", head + "\"" + model + "\"\n" + rest);
      return shell("rankscape regions '" + (folder / "t.toml").string() + "' --boxes 300 --json '" +
                   (folder / "t.json").string() + "'");
    };
    const std::string impossible = "[[claim]]\nname = \"c\"\nholds = \"norm2_X < 0\"\n";
    const std::string scope = "[scope]\nsizes = [[2, 1], [1, 1]]\ndata = [\"equal\"]\n";
    // known-false is no excuse: nothing was refuted
    for (const std::string status : {"", "status = \"known-false\"\nnote = \"n\"\n"}) {
      const Outcome nothing =
          run("symmetric-factorization", status + "[hypotheses]\nfar = \"norm2_X > 100\"\n" + impossible + scope);
      CHECK(nothing.code == 3);
      CHECK(nothing.out.find("certified") == std::string::npos);
      CHECK(nothing.out.find("2,1 equal    vacuous: no point of the box is inside the hypotheses (1 boxes); hypothesis "
                             "far excludes 100.000 %\n") != std::string::npos);
      CHECK(nothing.out.ends_with("  vacuous: nothing was judged\n"));
      const Json json = Json::parse(read_file(folder / "t.json"))["statements"][0];
      CHECK(json["vacuous"] == true);
      CHECK(json["idle"] == Json::array({"c"}));
      REQUIRE(json["results"].size() == 2);
      for (const Json& result : json["results"]) {
        CHECK(result["vacuous"] == true);
        CHECK(result["reached"] == false);
        CHECK(result["holds"].is_null());
        CHECK(result["excluded"] == Json::parse(R"([{"by": "hypothesis far", "share": "1"}])"));
      }
    }
    // which hypothesis excludes what: X is 1 x 1, its entry in [0, 2], and halves of that interval are looked at
    const Outcome shares = run("symmetric-factorization",
                               "[hypotheses]\nhigh = \"norm2_X > 1\"\nany = \"norm2_X >= 0\"\n[[claim]]\nname = "
                               "\"c\"\nwhen = \"norm2_X < 1\"\nholds = \"norm2_X < 0\"\n[scope]\nsizes = [[1, "
                               "1]]\ndata = [\"equal\"]\n");
    CHECK(shares.code == 3);
    CHECK(shares.out.find("hypothesis high excludes 50.000 %; when excludes 50.000 %\n") != std::string::npos);
    CHECK(shares.out.find("any") == std::string::npos);
    // one claim of two, in one shape of two: the other results count
    const std::string two = "[[claim]]\nname = \"d\"\nwhen = \"norm2_X > 7\"\nholds = \"norm2_X > 6\"\n";
    const Outcome some =
        run("symmetric-factorization",
            "[[claim]]\nname = \"c\"\nwhen = \"norm2_X > 9\"\nholds = \"norm2_X < 0\"\n" + two + scope);
    CHECK(some.code == 0);
    CHECK(some.out.find("  asked of no point: claim 'c'\n") != std::string::npos);
    CHECK(some.out.find("claim 'd'") == std::string::npos);
    const Json json = Json::parse(read_file(folder / "t.json"))["statements"][0];
    CHECK(json["vacuous"] == false);
    CHECK(json["idle"] == Json::array({"c"}));
    std::vector<bool> vacuous;
    for (const Json& result : json["results"])
      vacuous.push_back(result["vacuous"]);
    CHECK(vacuous == std::vector<bool>{true, true, false, true});  // 2,1 and 1,1 of c; 2,1 and 1,1 of d
    // certified on the whole box at once, on whose two sides the hypothesis holds and does not: asked of its middle
    const Outcome across = run("symmetric-factorization",
                               "[hypotheses]\nfar = \"norm2_X > 1/2\"\n[[claim]]\nname = \"c\"\nholds = "
                               "\"norm2_X >= 0\"\n[scope]\nsizes = [[1, 1]]\ndata = [\"equal\"]\n");
    CHECK(across.code == 0);
    CHECK(Json::parse(read_file(folder / "t.json"))["statements"][0]["results"][0]["reached"] == true);
    // of any landscape, and with a hypothesis about the data
    const Outcome data = run("phase-retrieval",
                             "[hypotheses]\nlarge = \"n == 7\"\n[[claim]]\nname = \"c\"\nholds = "
                             "\"value < 0\"\n[scope]\nsizes = [[2]]\ndata = [\"signal\"]\n");
    CHECK(data.code == 3);
    // without constraints: a box is no set of feasible points
    const Outcome sphere = run("rayleigh",
                               "[[claim]]\nname = \"c\"\nholds = \"value >= 0\"\n[scope]\nsizes = "
                               "[[2]]\ndata = [\"eigenvector\"]\n");
    CHECK(sphere.code == 2);
    CHECK(sphere.err.find("it has constraints") != std::string::npos);
    CHECK(data.out.ends_with("  vacuous: nothing was judged\n"));
    // a premise that holds at one point only: whoever certifies everything around it says whether it was seen
    const Outcome point = run("symmetric-factorization",
                              "[[claim]]\nname = \"c\"\nwhen = \"norm2_X <= 0\"\nholds = "
                              "\"norm2_X < 9\"\n" +
                                  scope);
    CHECK(point.code == 0);
    CHECK(point.out.find("no point inside the hypotheses was seen") != std::string::npos);
  }

  TEST_CASE("regions: the JSON alone stands on the standard output") {
    const Outcome outcome =
        shell("rankscape regions theorems/regions/li2019-region-1-larger-constant.toml --boxes 50 --json -");
    CHECK(Json::parse(outcome.out)["format"] == "rankscape-regions/1");
    CHECK(outcome.err.find("with a larger constant than published") != std::string::npos);
    const Outcome landscape = shell("rankscape landscape phase-retrieval --size 2 --json -");
    CHECK(Json::parse(landscape.out)["good"] == true);
    CHECK(landscape.err.find("all is well") != std::string::npos);
  }

  TEST_CASE("regions: bad input is one line and exit code 2") {
    for (const char* arguments :
         {"", "theorems/li2019-symmetric-classification.toml", "theorems/nothing.toml",
          "theorems/regions/li2019-region-2.toml --bound x", "theorems/regions/li2019-region-2.toml --bound 0",
          "theorems/regions/li2019-region-2.toml --bound -1", "theorems/regions/li2019-region-2.toml --boxes 0"}) {
      CAPTURE(arguments);
      const Outcome outcome = shell(std::string("rankscape regions ") + arguments);
      CHECK(outcome.code == 2);
      CHECK(outcome.out.empty());
      CHECK(std::count(outcome.err.begin(), outcome.err.end(), '\n') == 1);
    }
  }

  TEST_CASE("classify knows the factorization models, and its certificates verify") {
    const TemporaryFolder folder;
    const auto verdict = [&](const std::string& model, const std::string& data, const std::string& weights) {
      write_text(folder / "p.json", R"({"format": "rankscape-point/1", "model": ")" + model + R"(", "data": )" + data +
                                        R"(, "weights": )" + weights + "}");
      const std::string certificate = (folder / "c.json").string();
      const Outcome outcome =
          shell("rankscape classify '" + (folder / "p.json").string() + "' --certificate '" + certificate + "'");
      REQUIRE(outcome.code == 0);
      CHECK(shell("rankscape-verify '" + certificate + "'").code == 0);
      return Json::parse(outcome.out)["verdict"].get<std::string>();
    };
    CHECK(verdict("symmetric-factorization", R"({"M": [[4, 0], [0, 1]]})", "[[[2], [0]]]") == "global_minimizer");
    CHECK(verdict("symmetric-factorization", R"({"M": [[4, 0], [0, 1]]})", "[[[0], [1]]]") == "strict_saddle");
    CHECK(verdict("symmetric-factorization", R"({"M": [[4, 0], [0, 1]]})", "[[[0], [0]]]") == "local_maximizer");
    CHECK(verdict("symmetric-factorization", R"({"M": [[4, 0], [0, 1]]})", "[[[1], [0]]]") == "not_critical");
    CHECK(verdict("asymmetric-factorization", R"({"M": [[2, 0, 0], [0, 1, 0]], "balance": "1/4"})",
                  "[[[0], [1]], [[0], [1], [0]]]") == "strict_saddle");
    CHECK(verdict("asymmetric-factorization", R"({"M": [[2]], "balance": 0})", R"([[[4]], [["1/2"]]])") ==
          "global_minimizer");
    CHECK(verdict("phase-retrieval", R"({"u": [[1], [0.5]]})", R"([[[-1], ["-1/2"]]])") == "global_minimizer");
    CHECK(verdict("phase-retrieval", R"({"u": [[1], [0.5]]})", "[[[0], [0]]]") == "local_maximizer");
  }
}
