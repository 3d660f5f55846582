// Statements written down: definitions and cases as LaTeX, whole files that read back to equal statements.
#include "statements/toy_statements.hpp"

#include <doctest/doctest.h>

namespace rankscape {
namespace {

TEST_SUITE("quick") {
  TEST_CASE("definitions print by name, and their own line says what they mean") {
    const Statement s = toy::statement(
        "[define]\n\"is_ok(i, j)\" = 'rank(mid(i, j)) == r'\nlevel = 'x + 1'\n"
        "[[claim]]\nname = 'c'\nholds = 'all(i in S : is_ok(i + 1, i)) and level > 1'\n");
    CHECK(s.claims()[0].holds.to_latex() ==
          R"((\forall i \in \mathcal{S}:\ \mathrm{is\_ok}(i + 1, i)) \land \mathrm{level} > 1)");
    CHECK(s.definitions()[0].to_latex() ==
          R"(\mathrm{is\_ok}(i, j) :\Leftrightarrow \mathrm{rank}(\mathrm{mid}_{i,j}) = r)");
    CHECK(s.definitions()[1].to_latex() == R"(\mathrm{level} := x + 1)");
    CHECK(s.definitions()[0].signature() == "is_ok(i, j)");
  }

  TEST_CASE("a statement prints as a file that reads back to it") {
    const Statement s = toy::statement(
        "status = \"conjecture\"\nnote = \"a \\\"quoted\\\" note\\nof two lines \\\\ \\u0007 \u00e9\"\npartial = "
        "false\n"
        "[hypotheses]\n\"H 1\" = 'r == 1'\n[define]\n'f(i)' = 'lambda(i) > x'\n"
        "[[case]]\nname = 'a'\nwhen = 'f(1)'\nthen = 'global_minimizer  or\tstrict_saddle'\n"
        "[[case]]\nname = 'b'\nwhen = 'otherwise'\nthen = 'saddle'\n"
        "[[claim]]\nname = 'c'\nwhen = 'r<2'\nholds = 'x>0'\nstatus = 'known-false'\n"
        "[scope]\nwidths = [[2, 2], [3, 1, 3]]\npositions = ['aligned']\ndata = ['square', 'wide']\nsamples = 3\n");
    const Statement again = Statement::parse(s.to_toml(), "again.toml", toy::lookup());
    CHECK(again == s);
    CHECK(again.to_toml() == s.to_toml());
    CHECK(again.note() == "a \"quoted\" note\nof two lines \\ \a \u00e9");
    CHECK(again.status() == Status::conjecture);
    CHECK(again.claims()[0].status == Status::known_false);
    CHECK(again.cases()[0].then.text == "global_minimizer or strict_saddle");
    CHECK(again.cases()[0].then.classes ==
          VerdictSet{Verdict::global_minimizer, Verdict::strict_saddle, Verdict::local_maximizer});
    CHECK(again.scope().shapes == std::vector<Shape>{{2, 2}, {3, 1, 3}});
    CHECK(again.scope().data == std::vector<std::string>{"square", "wide"});
    CHECK(again.scope().samples == 3);
    CHECK_FALSE(again.partial());
    CHECK(s.input() == toy::file(s.input().substr(toy::file("").size())));
    CHECK_FALSE(s == s.without_hypothesis("H 1"));
  }
}

}  // namespace
}  // namespace rankscape
