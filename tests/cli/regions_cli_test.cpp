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
  }

  TEST_CASE("regions: bad input is one line and exit code 2") {
    for (const char* arguments :
         {"", "theorems/li2019-symmetric-classification.toml", "theorems/nothing.toml",
          "theorems/regions/li2019-region-2.toml --bound x", "theorems/regions/li2019-region-2.toml --bound -1",
          "theorems/regions/li2019-region-2.toml --boxes 0"}) {
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
