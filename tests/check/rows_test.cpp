// What a row of a run says: the point, what the statement says of it, what was found.
#include <doctest/doctest.h>

#include <set>

#include "check/run_rows.hpp"

using namespace rankscape;

namespace {

Statement networks(const std::string& body) {
  return Statement::parse(
      "format = \"rankscape-statement/1\"\nid = \"a\"\ntitle = \"a\"\nsource = \"a\"\nmodel = \"deep-linear\"\n" + body,
      "a.toml", test::languages());
}

}  // namespace

TEST_SUITE("quick") {
  TEST_CASE("rows of one layer, one unit: the origin and the minimum, by hand") {
    const Statement statement = networks(
        "[hypotheses]\nsmall = \"r <= 1\"\n[[case]]\nname = \"all of it\"\nwhen = \"r == 1\"\nthen = "
        "\"global_minimizer\"\n[[claim]]\nname = \"index\"\nholds = \"index == 1 - r\"\n[[claim]]\nname = "
        "\"wrong\"\nholds = \"index == r\"\n[scope]\nwidths = [[1, 1, 1]]\nsamples = 2\n");
    std::size_t origins = 0;
    std::size_t minima = 0;
    std::set<std::string> keys;
    for (const Row& row : test::rows_of(statement, {})) {
      CAPTURE(row.key);
      keys.insert(row.key);
      CHECK(row.shape == Shape{1, 1, 1});
      CHECK((row.key.ends_with(" #0") || row.key.ends_with(" #1")));
      CHECK(row.key.find(row.position) != std::string::npos);
      CHECK(row.inside == Truth::yes);
      CHECK(row.violated.empty());
      REQUIRE(row.claims.size() == 2);
      CHECK(row.claims[0] == std::pair<std::string, Truth>("index", Truth::yes));
      CHECK(row.claims[1] == std::pair<std::string, Truth>("wrong", Truth::no));
      CHECK(row.agrees == Truth::no);
      CHECK(row.reason.empty());
      CHECK(row.recipe != nullptr);
      if (find_label(row.labels, "r") == Cell(1)) {
        ++minima;
        CHECK(row.matched == std::vector<std::string>{"all of it"});
        CHECK(row.predicted == std::vector<std::string>{"global_minimizer"});
        CHECK(row.covered);
        CHECK(row.found == Verdict::global_minimizer);
        CHECK(row.inertia == Inertia{0, 1, 1});
        CHECK_FALSE(row.escape_order.has_value());
      } else {
        ++origins;
        CHECK(row.matched.empty());
        CHECK(row.predicted.empty());
        CHECK_FALSE(row.covered);
        CHECK(row.found == Verdict::strict_saddle);
        CHECK(row.inertia == Inertia{1, 0, 1});
        CHECK(row.escape_order == 2);
      }
    }
    CHECK(origins == minima);
    CHECK(keys.size() == origins + minima);
  }

  TEST_CASE("an undecided row says why, others say nothing") {
    // an index out of range where r = rmax: undefined, so unknown
    const Statement statement =
        networks("[[claim]]\nname = \"c\"\nholds = \"lambda(r + 1) > 0\"\n[scope]\nwidths = [[1, 1, 1]]\n");
    for (const Row& row : test::rows_of(statement, {})) {
      const bool defined = find_label(row.labels, "r") == Cell(0);
      CHECK(row.agrees == (defined ? Truth::yes : Truth::unknown));
      CHECK(row.reason.empty() == defined);
      CHECK((row.reason.find("`lambda` has 1 entr") != std::string::npos) != defined);
    }
  }

  TEST_CASE("a statement known to be false is open until something refutes it") {
    const std::string known = "status = \"known-false\"\nnote = \"n\"\n";
    const auto code = [&](const std::vector<std::string>& claims) {
      std::vector<Statement> statements;
      statements.reserve(claims.size());
      for (const std::string& claim : claims) {
        statements.push_back(
            networks(known + "[[claim]]\nname = \"c\"\nholds = \"" + claim + "\"\n[scope]\nwidths = [[1, 1, 1]]\n"));
      }
      RunOptions options;
      options.library = &test::library();
      options.examine = {.form_hessian = false, .eigenvalues = false};
      return exit_code(statements, run(statements, options, {}));
    };
    CHECK(code({"index == 0"}) == 0);
    CHECK(code({"index <= 1"}) == 3);
    // one that is open is enough, wherever it stands
    CHECK(code({"index <= 1", "index == 0"}) == 3);
    CHECK(code({"index == 0", "index <= 1"}) == 3);
  }
}
