// The commands end to end: exit codes, output that does not depend on --jobs, broken statements refuted.
#include <doctest/doctest.h>

#include <nlohmann/json.hpp>
#include <rankscape/exact/rational.hpp>

#include "cli/program.hpp"

using namespace rankscape;
using namespace rankscape::test;
using Json = nlohmann::ordered_json;

namespace {

// The shipped statement with one edit, checked on small shapes.
int check_edited(const std::string& from, const std::string& to) {
  std::string text = read_file(RANKSCAPE_SOURCE_DIR "/theorems/achour2024-classification.toml");
  const std::size_t at = text.find(from);
  REQUIRE(at != std::string::npos);
  text.replace(at, from.size(), to);
  const TemporaryFolder folder;
  write_text(folder / "edited.toml", text);
  const Outcome outcome =
      shell("rankscape check '" + (folder / "edited.toml").string() + "' --widths 2,2,2 --widths 2,2,2,2");
  CAPTURE(outcome.out);
  CAPTURE(outcome.err);
  return outcome.code;
}

}  // namespace

TEST_SUITE("quick") {
  TEST_CASE("the shipped classification agrees on small shapes, whatever the number of threads") {
    const std::string command =
        "rankscape check theorems/achour2024-classification.toml --widths 2,2,2 --widths 2,2,2,2 --json - --jobs ";
    const Outcome one = shell(command + "1");
    const Outcome three = shell(command + "3");
    CHECK(one.code == 0);
    CHECK(one.out == three.out);
    const Json report = Json::parse(one.out);
    // two kinds of data; (4 + 20) (S, stratum) cases at two positions; zero patterns of the blocks: for (2,2,2) one for
    // each of the four S, for (2,2,2,2) the four patterns with two zeros or more for r < 2 and one for r = 2
    const int cases = 2 * (2 * (4 + 20) + 4 + (3 * 4 + 1));
    CHECK(report["summary"]["cases"] == cases);
    CHECK(report["summary"]["agree"] == cases);
    CHECK(report["cases"].size() == cases);
    CHECK(report["cases"][0]["widths"] == Json({2, 2, 2}));
  }

  TEST_CASE("point and classify: what is built is recognized; a point moved by 1e-30 is not critical") {
    const TemporaryFolder folder;
    const std::string file = (folder / "p.json").string();
    CHECK(shell("rankscape point --widths 2,2,2,2 --S 2 --stratum '0:1*1 1:1*1 2:1*1 3:2*1' --json " + file).code == 2);
    const Outcome built = shell("rankscape point --widths 2,2,2,2 --S 2 --stratum '1:1*1 2:1*1 3:2*1' --json " + file);
    CHECK(built.err == "");
    REQUIRE(built.code == 0);
    const Outcome classified = shell("rankscape classify " + file);
    REQUIRE(classified.code == 0);
    const Json verdict = Json::parse(classified.out);
    CHECK(verdict["format"] == "rankscape-verdict/1");
    CHECK(verdict["verdict"] == "strict_saddle");
    CHECK(verdict["S"] == Json({2}));
    CHECK(verdict["r"] == 1);
    CHECK(verdict["stratum"] == Json({{1, 1, 1}, {2, 1, 1}, {3, 2, 1}}));
    CHECK(verdict["tightened"] == true);
    CHECK(verdict["inertia"]["neg"] == 1);  // inv(S) = 1, no hyperbolic plane

    Json point = Json::parse(read_file(file));
    Json& entry = point["weights"][0][0][0];
    const Rational before = parse_rational(entry.is_string() ? entry.get<std::string>() : entry.dump());
    entry = to_string(Rational(before + parse_rational("1e-30")));
    write_text(file, point.dump());
    const Outcome moved = shell("rankscape classify " + file);
    CHECK(moved.code == 0);
    const Json answer = Json::parse(moved.out);
    CHECK(answer["critical"] == false);
    CHECK(answer["verdict"] == "not_critical");
    CHECK(parse_rational(answer["gradient_norm"]["lo"].get<std::string>()) > 0);
    CHECK(parse_rational(answer["gradient_norm"]["hi"].get<std::string>()) < parse_rational("1e-20"));
    CHECK(answer.contains("largest_gradient_entry"));
    CHECK(moved.err.find("critical up to rounding only") != std::string::npos);
    entry = to_string(Rational(before + parse_rational("1e-3")));
    write_text(file, point.dump());
    CHECK(shell("rankscape classify " + file).err == "");
  }

  TEST_CASE("nothing passes by being empty: exit code 3, and 2 where there is no scope at all") {
    const TemporaryFolder folder;
    const std::string file = (folder / "empty.toml").string();
    const std::string head = "format = \"rankscape-statement/1\"\nid = \"empty\"\ntitle = \"t\"\nsource = \"s\"\n";
    const std::string claim = "[[claim]]\nname = \"c\"\nholds = \"1 == 2\"\n";
    write_text(file, head + "model = \"deep-linear\"\n[hypotheses]\ndeep = \"H == 4\"\n" + claim +
                         "[scope]\nwidths = [[2, 2, 2, 2]]\n");
    const Outcome vacuous = shell("rankscape check '" + file + "'");
    CHECK(vacuous.code == 3);
    CHECK(vacuous.out.find("vacuous: nothing was judged; ") != std::string::npos);
    CHECK(vacuous.out.find("  hint: --widths 2,2,2,2,2 reaches it\n") != std::string::npos);
    CHECK(shell("rankscape check '" + file + "' --widths 1,1,1,1,1").code == 1);
    write_text(folder / "square.toml",
               "format = \"rankscape-landscape/1\"\nid = \"square\"\ntitle = \"t\"\nsource = \"s\"\n"
               "loss = \"norm2(w)\"\n[sizes]\nsizes = \"n\"\n[weights]\nw = \"matrix(n, 1)\"\n");
    write_text(file, head + "model = \"square.toml\"\n" + claim);
    const Outcome nowhere = shell("rankscape check '" + file + "'");
    CHECK(nowhere.code == 2);
    CHECK(nowhere.out.empty());
    CHECK(nowhere.err.find(file + ": ") != std::string::npos);
    // a scope without any case
    CHECK(shell("rankscape check '" + file + "' --sizes 2").code == 3);
  }

  TEST_CASE("strata and values") {
    const Outcome strata = shell("rankscape strata --widths 2,2,2,2 --json -");
    REQUIRE(strata.code == 0);
    const Json json = Json::parse(strata.out);
    CHECK(json["strata"] == 16);
    CHECK(json["cases"] == 20);
    CHECK(json["list"].size() == 16);
    const Outcome values = shell("rankscape values --widths 3,3,3 --lambda 9,4,1 --json -");
    REQUIRE(values.code == 0);
    const Json list = Json::parse(values.out);
    CHECK(list["values"].size() == 8);
    CHECK(list["values"][0]["value"] == "14");
    CHECK(list["values"][7]["value"] == "0");
    CHECK(list["values"][7]["global_minimum"] == true);
  }

  TEST_CASE("list names statements, models, features and functions") {
    const Outcome outcome = shell("rankscape list");
    CHECK(outcome.code == 0);
    for (const char* word :
         {"achour2024-classification", "deep-linear", "mid(integer, integer)", "lambda_min", "rank("}) {
      CAPTURE(word);
      CHECK(outcome.out.find(word) != std::string::npos);
    }
  }

  TEST_CASE("list explains one word, with an example") {
    const Outcome kron = shell("rankscape list kron");
    CHECK(kron.code == 0);
    CHECK(kron.out == "kron(M, N)\n  Kronecker product\n  example: kron([1, 2], [1; 1]) == [1, 2; 1, 2]\n");
    CHECK(shell("rankscape list min").out.find("min(i in A : x)") != std::string::npos);
    CHECK(shell("rankscape list lambda_min").out.find("least eigenvalue of the Hessian") != std::string::npos);
    const Outcome unknown = shell("rankscape list norm");
    CHECK(unknown.code == 2);
    CHECK(unknown.err.find("did you mean 'norm2'?") != std::string::npos);
  }

  TEST_CASE("a time limit leaves cases undecided: exit code 3") {
    const Outcome outcome = shell(
        "rankscape check theorems/achour2024-classification.toml --widths 4,4,4,4 --time-limit 0.000001 --json -");
    CHECK(outcome.code == 3);
    const Json report = Json::parse(outcome.out);
    CHECK(report["summary"]["agree"] == 0);
    CHECK(report["summary"]["undecided"].get<int>() > 0);
  }
}

TEST_SUITE("standard") {
  TEST_CASE("edits of the shipped statement are refuted") {
    CHECK(check_edited("# A pivot", "# an edit that changes nothing: A pivot") == 0);
    CHECK(check_edited("rank(mid(i, j)) == r or rank", "rank(mid(i, j)) == r and rank") == 1);
    CHECK(check_edited("\"all(i in 2..H", "\"any(i in 2..H") == 1);
    CHECK(check_edited("when = \"r < rmax", "when = \"r <= rmax") == 1);
    CHECK(check_edited("then = \"non_strict_saddle\"", "then = \"strict_saddle\"") == 1);
    CHECK(check_edited("then = \"strict_saddle\"", "then = \"non_strict_saddle\"") == 1);
    CHECK(check_edited("then = \"global_minimizer\"", "then = \"strict_saddle\"") == 1);
  }

  TEST_CASE("twelve layers of width two are counted without listing: listing would take hours") {
    const Outcome outcome = shell(guarded("rankscape strata --widths 2,2,2,2,2,2,2,2,2,2,2,2,2 --count --json -"));
    REQUIRE(outcome.code == 0);
    CHECK(Json::parse(outcome.out)["by_rank"][1] == 4083);
  }
}
