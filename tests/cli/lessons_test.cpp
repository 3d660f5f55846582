// Statements that earlier versions judged wrongly, each as somebody would write it: what was wrong then stands beside
// it.
#include <doctest/doctest.h>

#include <utility>
#include <vector>

#include "cli/program.hpp"

using namespace rankscape::test;

namespace {

// A statement of one case or claim, checked.
Outcome check(const TemporaryFolder& folder, const std::string& model, const std::string& body) {
  const std::string file = (folder / "s.toml").string();
  std::string text = "format = \"rankscape-statement/1\"\nid = \"s\"\ntitle = \"t\"\nsource = \"none\"\nmodel = \"";
  text += model;
  text += "\"\n";
  text += body;
  write_text(file, text);
  return shell("rankscape check '" + file + "'");
}

std::string claim(const std::string& holds, const std::string& when = "true") {
  return "[[claim]]\nname = \"c\"\nwhen = \"" + when + "\"\nholds = \"" + holds + "\"\n";
}

const std::string case_of_saddles =
    "[[case]]\nname = \"a\"\nwhen = \"otherwise\"\nthen = \"global_minimizer or saddle\"\n";
const std::string smallest_scope = "[scope]\nwidths = [[1, 1, 1]]\n";

}  // namespace

TEST_SUITE("standard") {
  TEST_CASE("hypotheses that exclude everything: never certified") {
    const TemporaryFolder folder;
    const Outcome equal =
        check(folder, "deep-linear",
              "[hypotheses]\nequal = \"X == Y\"\n" + case_of_saddles + "[scope]\nwidths = [[2, 2, 2]]\n");
    CHECK(equal.code == 3);
    CHECK(equal.out.find("16 outside the hypotheses: equal 16\n") != std::string::npos);
    CHECK(equal.out.find("certified") == std::string::npos);
  }

  TEST_CASE("a saddle is no maximizer: 6 of 30 are refuted, which were certified once") {
    const TemporaryFolder folder;
    const Outcome outcome =
        check(folder, "symmetric-factorization",
              case_of_saddles + "[scope]\nsizes = [[2, 2], [2, 1], [3, 3]]\ndata = [\"distinct\"]\n");
    CHECK(outcome.code == 1);
    CHECK(outcome.out.find("6 local maximizer\n") != std::string::npos);
    CHECK(outcome.out.find("24 of 30 cases certified; 6 refuted\n") != std::string::npos);
  }

  TEST_CASE("n is no number of parameters") {
    const TemporaryFolder folder;
    const Outcome foreign = check(folder, "deep-linear", claim("index + nullity + coindex == n") + smallest_scope);
    CHECK(foreign.code == 2);
    CHECK(foreign.err.find("found 'n', expected a name that is known") != std::string::npos);
    CHECK(check(folder, "deep-linear", claim("index + nullity + coindex == parameters") + smallest_scope).code == 0);
  }

  TEST_CASE("two cases that apply and say different things are both named, though one word contains the other") {
    const TemporaryFolder folder;
    const Outcome outcome =
        check(folder, "deep-linear",
              "[[case]]\nname = \"a\"\nwhen = \"true\"\nthen = \"non_strict_saddle\"\n[[case]]\nname = "
              "\"b\"\nwhen = \"r >= 0\"\nthen = \"strict_saddle\"\n" +
                  smallest_scope);
    CHECK(outcome.code == 1);
    CHECK(outcome.out.find("predicted non_strict_saddle and strict_saddle, found") != std::string::npos);
  }

  TEST_CASE("integers of any size are exact; where they overflow nothing is decided") {
    const TemporaryFolder folder;
    for (const auto& known : std::vector<std::pair<std::string, int>>{
             {"9007199254740993 == 9007199254740992", 1},
             {"9007199254740993 > 9007199254740992", 0},
             {"9223372036854775807 > 0", 0},
             {"9223372036854775807 * 9223372036854775807 > 9223372036854775807 or r < 0", 3}}) {
      CAPTURE(known.first);
      CHECK(check(folder, "deep-linear", claim(known.first) + smallest_scope).code == known.second);
    }
    CHECK(check(folder, "deep-linear",
                "[hypotheses]\nlarge = \"9223372036854775807 > 0\"\n" + claim("r >= 0") + smallest_scope)
              .code == 0);
  }

  TEST_CASE("bounds that are attained are decided") {
    const TemporaryFolder folder;
    const std::string scope = "[scope]\nsizes = [[2, 1], [3, 2]]\ndata = [\"distinct\", \"irrational\"]\n";
    // between a selected eigenvalue and one that is left out, mixed in one column
    const std::string when = "index > 0 and q == k and unselected(1) > selected(q)";
    const Outcome attained =
        check(folder, "symmetric-factorization", claim("lambda_min <= selected(q) - unselected(1)", when) + scope);
    CHECK(attained.code == 0);
    CHECK(attained.out.find("undecided") == std::string::npos);
    CHECK(check(folder, "symmetric-factorization", claim("lambda_min < selected(q) - unselected(1)", when) + scope)
              .code == 1);
  }

  TEST_CASE("one key of 200 kB is refused before it is read") {
    const TemporaryFolder folder;
    std::string dotted = "a";
    for (int k = 0; k < 100'000; ++k)
      dotted += ".a";
    write_text(folder / "s.toml", dotted + " = 1\n");
    const Outcome outcome = shell("rankscape check '" + (folder / "s.toml").string() + "'");
    CHECK(outcome.code == 2);
    CHECK(outcome.err.find("more than 64 levels") != std::string::npos);
  }
}
