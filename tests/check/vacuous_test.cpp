// Statements that judge nothing: hypotheses that exclude everything, premises that never hold, and what to ask for
// instead.
#include <doctest/doctest.h>

#include <rankscape/check/run.hpp>
#include <rankscape/error.hpp>

#include "check/run_rows.hpp"
#include "landscapes.hpp"
#include "landscapes/neighbours.hpp"

using namespace rankscape;

namespace {

Statement deep_linear(const std::string& body) {
  return Statement::parse(
      "format = \"rankscape-statement/1\"\nid = \"a\"\ntitle = \"a\"\nsource = \"a\"\nmodel = \"deep-linear\"\n" + body,
      "a.toml", test::languages());
}

struct Result {
  Summary summary;
  int code = 0;
  std::vector<Row> rows;
};

Result check(const std::string& body) {
  const std::vector<Statement> statements{deep_linear(body)};
  RunOptions options;
  options.library = &test::library();
  options.examine = {.form_hessian = false, .eigenvalues = false};
  test::Rows rows;
  const std::vector<Summary> summaries = run(statements, options, {&rows});
  return {summaries.at(0), exit_code(statements, summaries), std::move(rows.rows)};
}

const std::string false_claim = "[[claim]]\nname = \"c\"\nholds = \"1 == 2\"\n";

}  // namespace

TEST_SUITE("quick") {
  TEST_CASE("hypotheses that exclude everything: vacuous, exit code 3, and what each keeps outside") {
    const Result never = check("[hypotheses]\nbalanced = \"X == Y\"\ndeep = \"H == 4\"\n" + false_claim +
                               "[scope]\nwidths = [[2, 2, 2]]\n");
    CHECK(never.summary.vacuous());
    CHECK(never.code == 3);
    REQUIRE(never.summary.outside > 0);
    // every point violates both, so none of the two does it alone
    CHECK(never.summary.excluded ==
          std::vector<Excluded>{{"balanced", never.summary.outside, 0}, {"deep", never.summary.outside, 0}});
    CHECK(never.summary.reach.starts_with("no point of "));

    const Result mixed = check("[hypotheses]\nrank = \"r == 0\"\nshallow = \"H == 2\"\n" + false_claim +
                               "[scope]\nwidths = [[1, 1, 1], [1, 1, 1, 1]]\n");
    // counted from the rows, apart from the code under test
    std::uint64_t rank = 0;
    std::uint64_t rank_alone = 0;
    std::uint64_t deep = 0;
    std::uint64_t deep_alone = 0;
    for (const Row& row : mixed.rows) {
      const bool zero = find_label(row.labels, "r") == Cell(0);
      const bool shallow = row.shape.numbers().size() == 3;
      rank += zero ? 0 : 1;
      deep += shallow ? 0 : 1;
      rank_alone += !zero && shallow ? 1 : 0;
      deep_alone += zero && !shallow ? 1 : 0;
    }
    REQUIRE(rank_alone > 0);
    REQUIRE(deep > deep_alone);
    CHECK(mixed.summary.excluded == std::vector<Excluded>{{"rank", rank, rank_alone}, {"shallow", deep, deep_alone}});
    CHECK(mixed.code == 1);
  }

  TEST_CASE("the hint names a shape or data that reach a statement; the run that it asks for is not vacuous") {
    const std::string deep = "[hypotheses]\ndeep = \"H == 4\"\n" + false_claim;
    CHECK(check(deep + "[scope]\nwidths = [[1, 1, 1, 1]]\n").summary.reach == "--widths 1,1,1,1,1 reaches it");
    CHECK(check(deep + "[scope]\nwidths = [[1, 1, 1, 1, 1]]\n").code == 1);
    const std::string repeated = "[hypotheses]\nrepeated = \"not distinct(lambda)\"\n" + false_claim;
    CHECK(check(repeated + "[scope]\nwidths = [[2, 1, 2]]\n").summary.reach ==
          "data = [\"canonical+repeated\"] reaches it");
    CHECK(check(repeated + "[scope]\nwidths = [[2, 1, 2]]\ndata = [\"canonical+repeated\"]\n").code == 1);
    CHECK(check("[hypotheses]\nmany = \"m > dx\"\n" + false_claim +
                "[scope]\nwidths = [[2, 1, 2]]\ndata = [\"canonical\"]\n")
              .summary.reach == "other data reach it: leave out `data`");
    CHECK(check("[hypotheses]\nrepeated = \"not distinct(lambda)\"\n" + false_claim + "[scope]\nwidths = [[1, 1, 1]]\n")
              .summary.reach.find(" at --widths ") != std::string::npos);
  }

  TEST_CASE("no case applies anywhere: vacuous; a case or premise that no point reaches is named") {
    const std::string never = "[[case]]\nname = \"never\"\nwhen = \"r == 100\"\nthen = \"strict_saddle\"\n";
    const Result empty = check(never + "[scope]\nwidths = [[1, 1, 1]]\n");
    CHECK(empty.summary.vacuous());
    CHECK(empty.summary.uncovered == empty.rows.size());
    CHECK(empty.summary.idle.empty());
    CHECK(empty.code == 3);

    const std::string some = "[[case]]\nname = \"some\"\nwhen = \"r == 0\"\nthen = \"strict_saddle\"\n";
    const Result idle = check(never + some +
                              "[[claim]]\nname = \"asked\"\nholds = \"r == 0 implies index == 1\"\n"
                              "[[claim]]\nname = \"premise\"\nholds = \"r == 2 implies index == 1\"\n"
                              "[[claim]]\nname = \"condition\"\nwhen = \"r == 2\"\nholds = \"index == 1\"\n"
                              "[scope]\nwidths = [[1, 1, 1]]\n");
    CHECK(idle.code == 0);
    CHECK(idle.summary.idle == std::vector<std::string>{"case 'never'", "claim 'premise'", "claim 'condition'"});
    REQUIRE_FALSE(idle.rows.empty());
    for (const Row& row : idle.rows)
      CHECK(row.idle.size() == (find_label(row.labels, "r") == Cell(0) ? 2 : 3));
  }

  TEST_CASE("neighbours of a shape: one number one more or less, one number more or less") {
    CHECK(neighbours(Shape{1, 2}) == std::vector<Shape>{{2}, {1}, {1, 1}, {2, 2}, {1, 1, 2}, {1, 3}, {1, 2, 2}});
    const Shape mixed(std::vector<Shape::Item>{2L, std::vector<long>{3}});
    std::vector<std::string> texts;
    for (const Shape& shape : neighbours(mixed))
      texts.push_back(shape.to_text());
    CHECK(texts == std::vector<std::string>{"2,[]", "1,[3]", "2,[2]", "3,[3]", "2,[4]", "2,[3,3]"});
  }
}
