// Points of one's own: statements at them, certificates in their place, messages about what is wrong with them; inputs
// without end.
#include <doctest/doctest.h>

#include <algorithm>
#include <csignal>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <thread>
#include <vector>

#include "cli/program.hpp"

using namespace rankscape::test;
using Json = nlohmann::ordered_json;

namespace {

const std::string classification = "theorems/achour2024-classification.toml";

void check_says(const Outcome& outcome, int code, const std::vector<std::string>& says) {
  CAPTURE(outcome.out);
  CAPTURE(outcome.err);
  CHECK(outcome.code == code);
  for (const std::string& text : says) {
    CAPTURE(text);
    CHECK((outcome.out + outcome.err).find(text) != std::string::npos);
  }
}

std::string point(const std::string& X, const std::string& Y, const std::string& weights) {
  return R"({"format": "rankscape-point/1", "model": "deep-linear", "data": {"X": )" + X + ", \"Y\": " + Y +
         "}, \"weights\": " + weights + "}";
}

}  // namespace

TEST_SUITE("quick") {
  TEST_CASE("a statement at points of one's own: each hypothesis, case and claim with its value") {
    const TemporaryFolder folder;
    const auto at = [&](const std::string& name) { return (folder / name).string(); };
    REQUIRE(shell("rankscape point --widths 2,2,2 --S 1,2 --stratum - --json " + at("minimum.json")).code == 0);
    REQUIRE(shell("rankscape point --widths 2,2,2 --S 2 --stratum '1:1*1 2:2*1' --json " + at("saddle.json")).code ==
            0);
    const Outcome outcome = shell("rankscape check " + classification + " --point " + at("minimum.json") + " --point " +
                                  at("saddle.json") + " --json " + at("report.json"));
    check_says(outcome, 0,
               {"achour2024-classification at " + at("minimum.json"), "hypothesis  H1", ": holds",
                "applies, says global_minimizer: true", "applies, says strict_saddle: true", ": does not apply"});
    const Json report = Json::parse(read_file(at("report.json")));
    REQUIRE(report["cases"].size() == 2);
    CHECK(report["cases"][0]["key"] == at("minimum.json"));
    CHECK(report["cases"][0]["found"] == "global_minimizer");
    CHECK(report["cases"][1]["found"] == "strict_saddle");
    CHECK(report["cases"][1]["agrees"] == true);
    for (const Json& one : report["cases"])
      CHECK(one["validity"] == "samples");
  }

  TEST_CASE("a condition of no index does not make orthogonal matrices rotations; data of any size end in an answer") {
    const TemporaryFolder folder;
    const std::string file = (folder / "point.json").string();
    const auto classified = [&](const std::string& point) {
      write_text(file, point);
      return shell("rankscape classify '" + file + "'");
    };
    const std::string plane =
        R"json({"format": "rankscape-point/1", "loss": "inner(X, M)", "data": {"M": [[-2, 0], [0, 1]]},
      "constraints": {"o": "X'*X == identity(2)"}, "weights": {"X": [[1, 0], [0, 1]]}, "domain": )json";
    check_says(classified(plane + R"json({"proper": "det(X) > 0"}})json"), 0, {"\"global_minimizer\""});
    // diag(1, -1) is feasible there, and better
    const Outcome vacuous = classified(plane + R"json({"proper(i in 3..2)": "det(X) > 0"}})json");
    CHECK(vacuous.code == 0);
    CHECK(vacuous.out.find("global_minimizer") == std::string::npos);
    for (const char* data : {R"json({"A": [[1, 0], [0, 1]], "B": [["3e308", 0], [0, "-2e308"]]})json",
                             R"json({"A": [[1, 0], [0, 1]], "B": [["1e400", 0], [0, "-1e399"]]})json"}) {
      const Outcome large =
          classified(R"json({"format": "rankscape-point/1", "model": "procrustes-rotations", "data": )json" +
                     std::string(data) + R"json(, "weights": {"X": [[1, 0], [0, 1]]}})json");
      CHECK(large.code == 0);
    }
    // p_2 + p_3 close to 0: half of the gap is less than what rounding moves it by
    const Outcome close =
        classified(R"json({"format": "rankscape-point/1", "loss": "inner(X, M)", "domain": {"p": "det(X) > 0"},
      "constraints": {"o": "X'*X == identity(3)"}, "weights": {"X": [[1, 0, 0], [0, 1, 0], [0, 0, 1]]},
      "data": {"M": [["-5494389155442193695392/390625", "-6355268997685726086144/390625", "-1148139914524772761152/78125"],
        ["-6355268997685726086144/390625", "-7017496931292448936808/390625", "-1338366268359494398464/78125"],
        ["-1148139914524772761152/78125", "-1338366268359494398464/78125", "-254264531205976794712/15625"]]}})json");
    CHECK(close.code == 0);
  }

  TEST_CASE("the kink of a neuron is undecided, beyond it the pattern is wrong") {
    const TemporaryFolder folder;
    const std::string file = (folder / "kink.json").string();
    const auto classify = [&](int bias, int active) {
      write_text(file, R"({"format": "rankscape-point/1", "model": "shallow-relu", "data": {"x": [[1]], "y": [[1]], )"
                       "\"active\": [[" +
                           std::to_string(active) + "]]}, \"weights\": {\"v\": [1], \"U\": [[1, " +
                           std::to_string(bias) + "]], \"c\": 0}}");
      return shell("rankscape classify '" + file + "' --certificate '" + (folder / "c.json").string() + "'");
    };
    for (const int active : {0, 1}) {
      const Outcome outcome = classify(-1, active);
      check_says(outcome, 3, {"\"undecided\"", "the point is on the boundary of the domain: cell = "});
      CHECK(outcome.err.empty());
      CHECK_FALSE(std::filesystem::exists(folder / "c.json"));
    }
    check_says(classify(-2, 1), 2, {"the point is outside the domain: cell = "});
    check_says(classify(-2, 0), 0, {"\"not_critical\""});
    // of data alone there is no boundary: weight decay has to be positive
    const std::string loss = "{\"format\": \"rankscape-point/1\", \"loss\": \"c * norm2(x)\", ";
    write_text(file, loss + "\"domain\": {\"decay\": \"c > 0\"}, \"data\": {\"c\": 0}, \"weights\": {\"x\": [[0]]}}");
    check_says(shell("rankscape classify '" + file + "'"), 2, {"the point is outside the domain: decay = "});
    write_text(file, loss +
                         "\"domain\": {\"regular\": \"c > 0 and invertible(x) and det(x) < 1\"}, \"data\": {\"c\": 1}, "
                         "\"weights\": {\"x\": [[0]]}}");
    check_says(shell("rankscape classify '" + file + "'"), 3, {"on the boundary of the domain: regular = "});
    // the other parts of a chain with != stay, and a point that is not feasible is none
    const std::string numbers = "{\"format\": \"rankscape-point/1\", \"loss\": \"c * x^2\", ";
    const auto chain = [&](int x) {
      write_text(file, numbers +
                           "\"domain\": {\"half\": \"0 < x != 1\"}, \"constraints\": {\"two\": \"x^2 == x\"}, "
                           "\"data\": {\"c\": 1}, \"weights\": {\"x\": " +
                           std::to_string(x) + "}}");
      return shell("rankscape classify '" + file + "'");
    };
    check_says(chain(-5), 2, {"the point is outside the domain: half = "});
    check_says(chain(0), 3, {"on the boundary of the domain: half = "});
    check_says(chain(1), 3, {"on the boundary of the domain: half = "});
    check_says(chain(2), 2, {"the point is not feasible: the constraint two"});
    write_text(file, numbers +
                         "\"domain\": {\"half\": \"0 < x != 1\"}, \"constraints\": {\"two\": \"x == 2\"}, "
                         "\"data\": {\"c\": 1}, \"weights\": {\"x\": 1}}");
    check_says(shell("rankscape classify '" + file + "'"), 2, {"the point is not feasible: the constraint two"});
    // an isolated point has no eigenvalues to enclose
    write_text(file,
               numbers + "\"constraints\": {\"two\": \"x == 2\"}, \"data\": {\"c\": 1}, \"weights\": {\"x\": 2}}");
    CHECK(shell("rankscape classify '" + file + "'").err.empty());
  }

  TEST_CASE("the page shows points of one's own exactly, with commands that come to the same again") {
    const TemporaryFolder folder;
    const auto at = [&](const std::string& name) { return (folder / name).string(); };
    const std::string wrong = "docs/examples/every-saddle-strict.toml";
    write_text(folder / "zero.json", point("[[\"7/3\"]]", "[[1]]", "[[[0]], [[0]], [[0]]]"));
    const auto again = [&](const std::string& html, const std::string& begin) {
      const std::string page = read_file(html);
      const std::size_t from = page.find(begin, page.find("<dt>again</dt>"));
      REQUIRE(from != std::string::npos);
      std::string command = page.substr(from, page.find("</code>", from) - from);
      for (std::size_t k = 0; (k = command.find("&#39;")) != std::string::npos;)
        command.replace(k, 5, "'");
      return command;
    };
    CHECK(shell("rankscape check " + wrong + " --point " + at("zero.json") + " --html " + at("p.html")).code == 1);
    CHECK(read_file(folder / "p.html").find("<td>7/3</td>") != std::string::npos);
    const std::string command = again(at("p.html"), "rankscape check");
    CAPTURE(command);
    check_says(shell(command), 1, {"every-saddle-strict at " + at("zero.json"), "1 refuted"});
    // at data of one's own: the point itself
    CHECK(shell("rankscape check " + wrong + " --data " + at("zero.json") + " --widths 1,1,1,1 --html " + at("d.html"))
              .code == 1);
    CHECK(read_file(folder / "d.html").find("<td>7/3</td>") != std::string::npos);
    const std::string made = again(at("d.html"), "rankscape point");
    CAPTURE(made);
    CHECK(shell(made + " --json " + at("made.json")).code == 0);
    check_says(shell("rankscape check " + wrong + " --point " + at("made.json")), 1, {"1 refuted"});
  }

  TEST_CASE("outside the hypotheses, not critical, of another landscape") {
    const TemporaryFolder folder;
    const auto at = [&](const std::string& name) { return (folder / name).string(); };
    const std::string check = "rankscape check " + classification + " --point ";
    // Y = 0: H3 does not hold
    write_text(at("outside.json"),
               point("[[1, 0], [0, 1]]", "[[0, 0], [0, 0]]", "[[[0, 0], [0, 0]], [[0, 0], [0, 0]]]"));
    check_says(shell(check + at("outside.json")), 3, {": does not hold", "1 outside"});
    write_text(at("regular.json"), point("[[1]]", "[[2]]", "[[[1]], [[1]]]"));
    check_says(shell(check + at("regular.json")), 3, {"not_critical", "speaks of critical points"});
    write_text(at("other.json"), R"({"format": "rankscape-point/1", "model": "symmetric-factorization",
      "data": {"M": [[1]]}, "weights": [[[1]]]})");
    check_refused(check + at("other.json"), "the statement achour2024-classification speaks of 'deep-linear'");
    write_text(at("refuting.toml"),
               "format = \"rankscape-statement/1\"\nid = \"low\"\ntitle = \"A\"\nsource = \"none\"\n"
               "model = \"deep-linear\"\n[[claim]]\nname = \"c\"\nholds = \"r == 1\"\n");
    write_text(at("zero.json"), point("[[1]]", "[[2]]", "[[[0]], [[0]]]"));
    check_says(shell("rankscape check " + at("refuting.toml") + " --point " + at("zero.json")), 1,
               {"claim       c  r == 1: false"});
    check_refused(check + at("zero.json") + " --widths 1,1,1", "do not go with it");
    check_refused(check + at("zero.json") + " --json " + at("zero.json"), "over what is read");
  }

  TEST_CASE("a balanced point whose selected singular value is not 1, with rotations between the layers") {
    const TemporaryFolder folder;
    const std::string file = (folder / "balanced.json").string();
    // W_h = Q_h diag(2, 0) Q_{h-1}^T and Y = Q_3 diag(8, 1) Q_0^T, Q_h by (3, 4, 5), (5, 12, 13), (8, 15, 17), (4, 3,
    // 5)
    write_text(file, point("[[1, 0], [0, 1]]", R"([["108/25", "119/25"], ["56/25", "108/25"]])",
                           R"([[["6/13", "8/13"], ["72/65", "96/65"]], [["80/221", "192/221"], ["150/221", "360/221"]],
                               [["64/85", "24/17"], ["48/85", "18/17"]]])"));
    check_says(shell("rankscape check theorems/achour2024-remarks.toml --point " + file), 0,
               {"non_strict_saddle", "of_rank_r == H and tightened: true", "W(H) * transpose(W(H))): true",
                "1 of 1 cases certified"});
    // of two layers alone it is not the square
    write_text(folder / "wrong.toml",
               "format = \"rankscape-statement/1\"\nid = \"w\"\ntitle = \"w\"\nsource = \"none\"\nmodel = "
               "\"deep-linear\"\n[[claim]]\nname = \"c\"\nholds = \"product * transpose(product) == prod(h in 2..H : "
               "W(H) * transpose(W(H)))\"\n");
    check_says(shell("rankscape check " + (folder / "wrong.toml").string() + " --point " + file), 1, {": false"});
  }

  TEST_CASE("certificates are taken where points are, and from the standard input") {
    const TemporaryFolder folder;
    const auto at = [&](const std::string& name) { return (folder / name).string(); };
    REQUIRE(shell("rankscape point --widths 3,2,2 --S 1 --stratum '0:1*1 1:1*1 2:2*1' --json " + at("p.json")).code ==
            0);
    const Outcome verdict = shell("rankscape classify " + at("p.json") + " --certificate " + at("c.json"));
    REQUIRE(verdict.code == 0);
    CHECK(shell("rankscape classify " + at("c.json")).out == verdict.out);
    CHECK(shell("rankscape classify - <" + at("p.json")).out == verdict.out);
    CHECK(shell("cat " + at("c.json") + " | rankscape classify -").out == verdict.out);
    CHECK(shell("rankscape derive " + at("c.json")).out == shell("rankscape derive " + at("p.json")).out);
    CHECK(shell("rankscape check " + classification + " --point " + at("c.json")).code == 0);
    CHECK(shell("rankscape classify --loss 'x^2' --at 'x = 0' --certificate " + at("x.json")).code == 0);
    check_refused("rankscape classify " + at("x.json"), "its loss was spelled out");
    // statements and matrices likewise
    CHECK(shell("rankscape check - --widths 2,2,2 <" + classification).code == 0);
    write_text(at("m.csv"), "2,1\n1,2\n");
    write_text(at("m.json"), "[[2, 1], [1, 2]]");
    CHECK(shell("rankscape inertia - <" + at("m.csv")).out == shell("rankscape inertia " + at("m.json")).out);
    CHECK(shell("rankscape inertia - <" + at("m.json")).code == 0);
  }

  TEST_CASE("statements that the shapes or the point do not fit are skipped, and said to be") {
    const TemporaryFolder folder;
    const std::string both =
        "rankscape check theorems/index-formula.toml theorems/symmetric-factorization-spectrum.toml ";
    check_says(shell(both + "--widths 2,2,2"), 0, {"skipped theorems/symmetric-factorization-spectrum.toml"});
    const std::string zero = (folder / "zero.json").string();
    write_text(zero, point("[[1]]", "[[2]]", "[[[0]], [[0]]]"));
    check_says(shell(both + "--point " + zero), 0, {"skipped theorems/symmetric-factorization-spectrum.toml"});
    CHECK(shell("rankscape check theorems/symmetric-factorization-spectrum.toml --widths 2,2,2").code == 2);
  }

  TEST_CASE("what is wrong with a point is named") {
    const TemporaryFolder folder;
    const auto said = [&](const std::string& text, const std::string& says) {
      const std::string file = (folder / "p.json").string();
      write_text(file, text);
      check_refused("rankscape classify " + file, says);
    };
    said(point("[[NaN]]", "[[2]]", "[[[0]], [[0]]]"), "NaN is no number");
    said(point("[[1]]", "[[-Infinity]]", "[[[0]], [[0]]]"), "Infinity is no number");
    said(point("[[\"nan\"]]", "[[2]]", "[[[0]], [[0]]]"), "is NaN, expected a number");
    said(point("[[1, 0, 0], [0, 1, 0], [0, 0, 1]]", "[[1, 0, 0]]", "[[[0, 0], [0, 0], [0, 0]], [[0], [0]]]"),
         "the transposed weights would fit");
    said(R"({"format": "rankscape-point/1", "model": "symmetric-factorization", "data": {"M": [[1, 2], [3, 4]]},
            "weights": [[[1], [1]]]})",
         "its symmetric part is (M + M^T)/2");
    said(R"({"format": "rankscape-point/1", "model": "deep-liner", "data": {}, "weights": []})",
         "did you mean 'deep-linear'");
    const std::string file = (folder / "p.json").string();
    write_text(file, point("[[\"1.\"]]", "[[\"2.\"]]", "[[[\"0.\"]], [[0]]]"));
    CHECK(shell("rankscape classify " + file).code == 0);
  }

  TEST_CASE("data of one's own with a rational spectrum") {
    const TemporaryFolder folder;
    const auto at = [&](const std::string& name) { return (folder / name).string(); };
    // Sigma = [2, 1; 1, 2] has eigenvalues 3 and 1, and eigenvectors of irrational length
    write_text(at("d.json"), R"({"X": [[1, 0, 0], [0, 1, 0], [0, 0, 1]], "Y": [[1, 1, 0], [0, 1, 1]]})");
    for (const char* S : {"1", "2"}) {
      REQUIRE(shell(std::string("rankscape point --widths 3,2,2 --S ") + S + " --stratum '0:1*1 1:1*1 2:2*1' --data " +
                    at("d.json") + " --json " + at("p.json"))
                  .code == 0);
      const Json point = Json::parse(read_file(at("p.json")));
      CHECK(point["data"]["Y"] == Json::parse("[[1, 1, 0], [0, 1, 1]]"));
      const Json verdict = Json::parse(shell("rankscape classify " + at("p.json")).out);
      CHECK(verdict["critical"] == true);
      CHECK(verdict["S"] == Json::parse(std::string("[") + S + "]"));
      CHECK(verdict["value"] == (S[0] == '1' ? "1" : "3"));
    }
    const std::string check = "rankscape check " + classification + " --data " + at("d.json");
    const Outcome all =
        shell(check + " --widths 3,2,2 --widths 3,3,2 --json " + at("r.json") + " --certificates " + at("c"));
    check_says(all, 0, {"cases certified"});
    const Json report = Json::parse(read_file(at("r.json")));
    REQUIRE(report["cases"].size() > 10);
    CHECK(report["summary"]["agree"] == report["cases"].size());
    CHECK(shell("rankscape-verify " + at("c")).code == 0);
    check_refused(check + " --widths 2,2,2", "the data have dx = 3 and dy = 2");
    // without --widths: the shapes of the scope that the data have
    const auto of_scope = [&](const std::string& widths) {
      write_text(at("s.toml"),
                 "format = \"rankscape-statement/1\"\nid = \"s\"\ntitle = \"s\"\nsource = \"none\"\nmodel = "
                 "\"deep-linear\"\n[[claim]]\nname = \"c\"\nholds = \"r <= rmax\"\n[scope]\nwidths = " +
                     widths + "\n");
      return "rankscape check " + at("s.toml") + " --data " + at("d.json") + " --json " + at("s.json");
    };
    const std::string other = " theorems/li2019-symmetric-classification.toml";
    check_says(shell(of_scope("[[2, 2, 2], [3, 2, 2], [3, 2, 3]]") + other), 0, {"cases certified", "it speaks of"});
    const Json fitting = Json::parse(read_file(at("s.json")));
    REQUIRE(fitting["cases"].size() > 0);
    for (const Json& row : fitting["cases"])
      CHECK(row["widths"] == Json({3, 2, 2}));
    check_refused(of_scope("[[2, 2, 2], [3, 2, 3]]"), "no shape of the scope has dx = 3 and dy = 2");
    check_refused("rankscape check" + other + " --data " + at("d.json"), "data are taken for deep-linear");
    const auto refused = [&](const std::string& data, const std::string& says) {
      write_text(at("e.json"), data);
      check_refused("rankscape point --widths 2,2,2 --S 1 --stratum '1:1*1 2:2*1' --data " + at("e.json"), says);
    };
    refused(R"({"X": [[1, 0], [0, 1]], "Y": [[1, 1], [0, 1]]})", "is irrational (of degree 2)");
    refused(R"({"X": [[1, 1], [1, 1]], "Y": [[1, 1], [0, 1]]})", "the hypothesis H2 excludes");
    refused(R"({"X": [[1, 0], [0, 1]], "Y": [[1, 1], [1, 1]]})", "the hypothesis H3 excludes");
    refused(R"({"X": [[1, 0], [0, 1]], "Y": [[2, 0], [0, 2]]})", "is repeated, which the hypothesis H4 excludes");
    refused(R"({"X": [[1, 0], [0, 1]]})", "/Y: missing");
  }

  TEST_CASE("critical values where X X^T is singular are those of the rows that span") {
    const TemporaryFolder folder;
    const auto at = [&](const std::string& name) { return (folder / name).string(); };
    write_text(at("all.json"), R"({"X": [[1, 0, 2], [0, 1, 1], [1, 1, 3]], "Y": [[1, 2, 5]]})");
    write_text(at("two.json"), R"({"X": [[1, 0, 2], [0, 1, 1]], "Y": [[1, 2, 5]]})");
    const Outcome all = shell("rankscape values --widths 3,2,1 --data " + at("all.json"));
    CHECK(all.code == 0);
    CHECK(all.out == shell("rankscape values --widths 2,2,1 --data " + at("two.json")).out);
  }

  TEST_CASE("entries of any size: a verdict, with bounds or without") {
    const TemporaryFolder folder;
    const std::string file = (folder / "p.json").string();
    const std::string big = "\"1" + std::string(399, '0') + "7\"";  // 10^400 + 7
    write_text(file, point("[[1]]", "[[" + big + "]]", "[[[" + big + "]], [[1]]]"));
    const Outcome wide = shell("rankscape classify " + file);
    check_says(wide, 0, {"global_minimizer", "not enclosed"});
    CHECK_FALSE(Json::parse(wide.out).contains("lambda_min"));
    const std::string check = "rankscape check " + classification + " --point " + file + " --json -";
    CHECK(Json::parse(shell(check).out)["cases"][0]["lambda_min"] == nullptr);
    const std::string huge = "\"1" + std::string(90000, '0') + "\"";
    write_text(folder / "m.json", "[[" + huge + "]]");
    check_says(shell("rankscape inertia " + (folder / "m.json").string() + " --json -"), 0, {"\"lambda_min\": null"});
    write_text(folder / "m.json", "[[" + huge + ", 1], [1, 1]]");
    check_says(shell("rankscape inertia " + (folder / "m.json").string()), 0, {"0 negative, 0 zero, 2 positive"});
  }

  TEST_CASE("a byte order mark before JSON, and what stands behind a NUL byte, are not passed over") {
    const TemporaryFolder folder;
    const std::string file = (folder / "p.json").string();
    const std::string report = (folder / "r.json").string();
    const std::string check = "rankscape check theorems/kawaguchi2016.toml --widths 2,2,2 ";
    REQUIRE(shell(check + "--json " + report).code == 0);
    const std::string point = read_file(RANKSCAPE_SOURCE_DIR "/docs/examples/fibonacci-strict.json");
    const std::string whole = read_file(report);
    for (const auto& [before, after] : std::vector<std::pair<std::string, std::string>>{
             {"\xEF\xBB\xBF", ""}, {"", std::string("\0{}", 3)}, {"", std::string(1, '\0')}}) {
      write_text(file, before + point + after);
      check_refused("rankscape classify " + file, ", expected JSON");
      check_refused("rankscape inertia " + file, ", expected JSON");
      check_refused("rankscape values --widths 2,2,2 --data " + file, ", expected JSON");
      check_refused("rankscape check " + classification + " --point " + file, ", expected JSON");
      CHECK(shell("rankscape-verify " + file).code == 2);
      write_text(report, before + whole + after);
      check_refused(check + "--against " + report, ", expected JSON");
    }
  }

  TEST_CASE("a named pipe that nobody writes to is refused at once; pipes of the shell are read") {
    const TemporaryFolder folder;
    const std::string fifo = (folder / "fifo").string();
    REQUIRE(shell("mkfifo " + fifo + " && mkfifo " + fifo + ".toml " + fifo + ".csv " + fifo + ".npz").code == 0);
    const std::string said = ": is a named pipe, which may never be written to";
    check_refused("rankscape classify " + fifo, fifo + said);
    check_refused("rankscape check " + fifo, fifo + said);
    check_refused("rankscape check " + classification + " --widths 2,2,2 --against " + fifo, fifo + said);
    check_refused("rankscape check " + classification + " --point " + fifo, fifo + said);
    check_refused("rankscape check " + classification + " --widths 2,2,2 --data " + fifo, fifo + said);
    check_refused("rankscape check " + classification + " --widths 2,2,2 --resume " + fifo, "is not a journal");
    check_refused("rankscape landscape " + fifo + ".toml", fifo + ".toml" + said);
    check_refused("rankscape values --widths 2,2,2 --data " + fifo, fifo + said);
    check_refused("rankscape inertia " + fifo + ".csv", fifo + ".csv" + said);
    check_refused("rankscape near " + fifo + ".npz --data x.npz --convention columns", fifo + ".npz" + said);
    check_refused("rankscape regions " + fifo + ".toml", fifo + ".toml" + said);
    check_refused("rankscape explore --vary " + fifo + ".toml", fifo + ".toml" + said);
    check_refused("rankscape classify /dev/null", "/dev/null: is a device");
    CHECK(shell(guarded("rankscape-verify " + fifo)).code == 2);
    const std::string p = "docs/examples/fibonacci-strict.json";
    const std::string direct = shell("rankscape classify " + p).out;
    REQUIRE(direct.find("\"verdict\"") != std::string::npos);
    for (const std::string& command :
         {"cat " + p + " | rankscape classify -", "cat " + p + " | rankscape classify /dev/stdin",
          "rankscape classify - < " + p, "rankscape classify /dev/stdin < " + p,
          "rankscape classify <(sleep 0.2; cat " + p + ")", "gzip -c " + p + " | rankscape classify -",
          "{ cat " + p + " > " + fifo + " & } && rankscape classify - < " + fifo}) {
      CAPTURE(command);
      const Outcome outcome = shell(guarded("bash -c '" + command + "'"));
      CHECK(outcome.code == 0);
      CHECK(outcome.out == direct);
    }
    CHECK(shell("bash -c 'rankscape check <(cat " + classification + ") --widths 2,2,2'").code == 0);
  }

  TEST_CASE("reports compressed and in lines are written and compared with; certificates are never compressed") {
    const TemporaryFolder folder;
    const std::string at = (folder / "").string();
    const std::string check = "rankscape check " + classification + " theorems/kawaguchi2016.toml --widths 2,2,2 ";
    for (const std::string name : {"r.json", "r.json.gz", "r.jsonl", "r.jsonl.gz"}) {
      CAPTURE(name);
      CHECK(shell(check + "--json " + at + name).code == 0);
      const Outcome again = shell(check + "--against " + at + name);
      check_says(again, 0, {"no loss; 2 statements unchanged"});
    }
    CHECK(shell("gzip -dc " + at + "r.json.gz | cmp - " + at + "r.json").code == 0);
    CHECK(shell("gzip -dc " + at + "r.jsonl.gz | cmp - " + at + "r.jsonl").code == 0);
    CHECK(shell("head -c 900 " + at + "r.json.gz > " + at + "cut.gz").code == 0);
    check_refused(check + "--against " + at + "cut.gz", "cut.gz: the compressed file is cut off");
    check_refused("rankscape classify docs/examples/fibonacci-strict.json --certificate " + at + "c.json.gz",
                  "certificates are not compressed");
    CHECK_FALSE(std::filesystem::exists(folder / "c.json.gz"));
  }

  TEST_CASE("names that come from files reach the terminal escaped") {
    const TemporaryFolder folder;
    const std::string file = (folder / "a\x1b[31mb\xff\nrankscape: fine").string();
    const Outcome outcome = shell("rankscape classify '" + file + "'");
    CHECK(outcome.code == 2);
    CHECK(outcome.err.find("a\\x1b[31mb\\xff\\nrankscape: fine") != std::string::npos);
    CHECK(std::count(outcome.err.begin(), outcome.err.end(), '\n') == 1);
    write_text(file, point("[[1]]", "[[2]]", "[[[0]], [[0]]]"));
    const Outcome check = shell("rankscape check " + classification + " --point '" + file + "' --json -");
    CHECK(check.code != 70);
    CHECK((check.out + check.err).find('\x1b') == std::string::npos);
  }

  TEST_CASE("Ctrl-C says how to go on") {
    const TemporaryFolder folder;
    const std::string journal = (folder / "journal").string();
    for (const bool kept : {false, true}) {
      const pid_t child = fork();
      REQUIRE(child >= 0);
      const std::string err = (folder / "err").string();
      if (child == 0) {
        const std::string line = "exec '" RANKSCAPE_BINARY_DIR "/rankscape' check '" RANKSCAPE_SOURCE_DIR "/" +
                                 classification + "' --widths 5,5,5,5,5 " + (kept ? "--resume " + journal : "") +
                                 " >/dev/null 2>'" + err + "'";
        execl("/bin/sh", "sh", "-c", line.c_str(), nullptr);
        _exit(127);
      }
      // once the run has come so far that it answers
      const std::string process = "/proc/" + std::to_string(child);
      const auto answers = [&] {
        if (read_file(process + "/comm") != "rankscape\n") return false;
        const std::string signals = read_file(process + "/status");
        const std::size_t caught = signals.find("SigCgt:");
        return caught != std::string::npos && (std::stoull(signals.substr(caught + 7), nullptr, 16) & 2U) != 0;
      };
      int status = 0;
      pid_t ended = 0;
      while ((ended = waitpid(child, &status, WNOHANG)) == 0 && !answers())
        std::this_thread::sleep_for(std::chrono::milliseconds(5));
      if (ended == 0) {
        kill(child, SIGINT);
        ended = waitpid(child, &status, 0);
      }
      REQUIRE(ended == child);
      const std::string said = read_file(err);
      CAPTURE(said);
      REQUIRE(WIFEXITED(status));
      CHECK(WEXITSTATUS(status) == 130);
      CHECK(said.find(kept ? "run the same command again" : "nothing is kept") != std::string::npos);
    }
  }
}

TEST_SUITE("standard") {
  TEST_CASE("inputs without end are refused in one line") {
    check_refused("rankscape classify /dev/zero", "/dev/zero");
    check_refused("sh -c 'yes \" \" | rankscape classify -'", "larger than 256 MiB");
    check_refused("rankscape check /dev/zero", "/dev/zero");
    check_refused("sh -c 'yes \"#\" | rankscape check -'", "larger than 1 MiB");
    check_refused("rankscape check " + classification + " --widths 2,2,2 --against /dev/zero", "/dev/zero");
    check_refused("rankscape landscape /dev/zero", "/dev/zero");
    check_refused("rankscape values --widths 2,2,2 --data /dev/zero", "/dev/zero");
    check_refused("sh -c 'yes 1 | rankscape inertia -'", "rankscape: ");
    check_refused("sh -c '{ printf [; yes 0, ; } | rankscape classify -'", "larger than 256 MiB");
    check_refused("sh -c '{ printf [; yes 0, ; } | head -c 40000000 | rankscape classify -'",
                  "more than 10000000 values");
    check_refused("rankscape inertia /", "/");
    check_refused("rankscape check " + classification + " --widths 2,2,2 --resume /dev/zero", "/dev/zero");
  }
}
