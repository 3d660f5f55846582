// Mutants: every kind of edit is there, each is a statement of its own, and nothing repeats.
#include "statements/toy_statements.hpp"

#include <rankscape/statements/mutation.hpp>

#include <doctest/doctest.h>
#include <algorithm>
#include <set>

namespace rankscape {
namespace {

const std::string sections =
    "[hypotheses]\nH1 = 'r <= dy'\nH4 = 'distinct(lambda)'\n"
    "[define]\n"
    "leading = 'S == {1..r}'\n"
    "tight = 'all(i in 2..H, j in 1..i-1 where i != 7 : rank(mid(i,j)) == r or rank(out(i,j)) == r)'\n"
    "unused = 'r == 77'\n"
    "[[case]]\nname = 'a'\nwhen = 'r < rmax and leading and not tight'\nthen = 'global_minimizer or strict_saddle'\n"
    "[[case]]\nname = 'b'\nwhen = 'otherwise'\nthen = 'strict_saddle'\n"
    "[[claim]]\nname = 'c'\nwhen = '1 in T implies r == 1'\nholds = 'value >= min(i in T : i ^ 2)'\n";

bool has(const std::vector<Mutation>& all, MutationOperator op, const std::string& edit) {
  return std::any_of(all.begin(), all.end(), [&](const Mutation& m) { return m.op == op && m.edit == edit; });
}

TEST_SUITE("quick") {
  TEST_CASE("every kind of edit is made") {
    const auto all = mutations(toy::statement(sections), {.also_exchange = {"H"}});
    using enum MutationOperator;
    CHECK(has(all, comparison, "`r <= dy` becomes `r < dy`"));
    CHECK(has(all, comparison, "`r < rmax` becomes `r >= rmax`"));
    CHECK(has(all, comparison, "`S == {1..r}` becomes `S subset {1..r}`"));
    CHECK(has(all, comparison, "`1 in T` becomes `1 not in T`"));
    CHECK(has(all, connective,
              "`rank(mid(i, j)) == r or rank(out(i, j)) == r` becomes "
              "`rank(mid(i, j)) == r and rank(out(i, j)) == r`"));
    CHECK(has(all, connective, "`1 in T implies r == 1` becomes `1 in T iff r == 1`"));
    CHECK(has(all, quantifier,
              "`all(i in 2..H, j in 1..i-1 where i != 7 : rank(mid(i, j)) == r or rank(out(i, j)) == r)` becomes "
              "`any(i in 2..H, j in 1..i-1 where i != 7 : rank(mid(i, j)) == r or rank(out(i, j)) == r)`"));
    CHECK(has(all, quantifier, "`value >= min(i in T : i^2)` becomes `value >= max(i in T : i^2)`"));
    for (const std::string domain :
         {"i in 3..H, j in 1..i-1", "i in 1..H, j in 1..i-1", "i in 2..H+1, j in 1..i-1", "i in 2..H-1, j in 1..i-1",
          "i in 2..H, j in 2..i-1", "i in 2..H, j in 0..i-1", "i in 2..H, j in 1..i", "i in 2..H, j in 1..i-2"}) {
      CHECK(has(all, bound,
                "`all(i in 2..H, j in 1..i-1 where i != 7 : rank(mid(i, j)) == r or rank(out(i, j)) == r)` becomes "
                "`all(" +
                    domain + " where i != 7 : rank(mid(i, j)) == r or rank(out(i, j)) == r)`"));
    }
    CHECK(has(all, dropped, "`r < rmax and leading and not tight` becomes `r < rmax and not tight`"));
    CHECK(has(all, dropped, "`rank(mid(i, j)) == r or rank(out(i, j)) == r` becomes `rank(out(i, j)) == r`"));
    CHECK(has(all, dropped,
              "`all(i in 2..H, j in 1..i-1 where i != 7 : rank(mid(i, j)) == r or rank(out(i, j)) == r)` becomes "
              "`all(i in 2..H, j in 1..i-1 : rank(mid(i, j)) == r or rank(out(i, j)) == r)`"));
    CHECK(has(all, hypothesis, "hypothesis `distinct(lambda)` is dropped"));
    CHECK(has(all, hypothesis, "the condition `1 in T implies r == 1` is dropped"));
    CHECK(has(all, feature, "`rank(mid(i, j)) == r` becomes `rank(out(i, j)) == r`"));
    CHECK(has(all, feature, "`r < rmax` becomes `r < r`"));
    CHECK(has(all, feature, "`r <= dy` becomes `H <= dy`"));
    CHECK(has(all, constant, "`i != 7` becomes `i != 8`"));
    CHECK(has(all, constant, "`i != 7` becomes `i != 6`"));
    CHECK(has(all, constant, "`value >= min(i in T : i^2)` becomes `value >= min(i in T : i^3)`"));
    CHECK(has(all, verdict, "`global_minimizer or strict_saddle` becomes `global_minimizer`"));
    CHECK(has(all, verdict, "`global_minimizer or strict_saddle` becomes `non_strict_saddle or strict_saddle`"));
    CHECK(has(all, verdict, "`strict_saddle` becomes `global_minimizer`"));
    CHECK(has(all, negation, "`leading` becomes `not leading`"));
    CHECK(has(all, negation, "`not tight` becomes `tight`"));
    CHECK(has(all, negation, "`distinct(lambda)` becomes `not distinct(lambda)`"));
  }

  TEST_CASE("mutants differ from the original and from each other, keep the types, and print") {
    const Statement original = toy::statement(sections);
    const std::string before = original.to_toml();
    std::set<std::string> seen = {before};
    const auto all = mutations(original);
    CHECK(all.size() > 60);
    CHECK(all.size() < 200);
    for (const Mutation& m : all) {
      CAPTURE(m.edit);
      CAPTURE(m.where);
      CHECK_FALSE(m.mutant == original);
      CHECK(seen.insert(m.mutant.to_toml()).second);
      CHECK(Statement::parse(m.mutant.to_toml(), "mutant.toml", toy::lookup()) == m.mutant);
      CHECK_FALSE(m.edit.empty());
      CHECK(m.where.find('\'') != std::string::npos);
      CHECK(m.mutant.input().empty());
      // What does not matter is not edited, and features that are not used do not come in.
      CHECK(m.mutant.definitions()[2].body == original.definitions()[2].body);
      CHECK(m.mutant.to_toml().find("huge") == std::string::npos);
      CHECK(m.mutant.judge(toy::Point(), VerdictSet::all()).claims.size() == 1);
    }
    CHECK(original.to_toml() == before);
  }

  TEST_CASE("a mutant's edit has a place in the file") {
    const auto all = mutations(toy::statement("[[claim]]\nname = 'c'\nholds = 'r == 1 and x > 0'\n"));
    CHECK(all.front().op == MutationOperator::connective);
    CHECK(all.front().where == "claim 'c', 8:10");
    const auto last =
        std::find_if(all.begin(), all.end(), [](const Mutation& m) { return m.edit == "`x > 0` becomes `x >= 0`"; });
    REQUIRE(last != all.end());
    CHECK(last->where == "claim 'c', 8:21");
  }

  TEST_CASE("edits at the limits of the types stay inside them") {
    for (const std::string text : {"x < 2 ^ 0", "any(i in 1..1000000 : x < i)", "{-1} == {} and r - 1 == 0",
                                   "9223372036854775807 > r", "not not flag", "r ^ 1000 == 1", "1 < r < 2"}) {
      CAPTURE(text);
      const auto all = mutations(toy::statement("[[claim]]\nname = 'c'\nholds = '" + text + "'\n"));
      CHECK_FALSE(all.empty());
      for (const Mutation& m : all) {
        CAPTURE(m.edit);
        CHECK(Statement::parse(m.mutant.to_toml(), "mutant.toml", toy::lookup()) == m.mutant);
      }
    }
  }

  TEST_CASE("statements that would have too many mutants are refused, not run out of memory over") {
    std::string chain = "flag";
    for (int k = 0; k < 2000; ++k)
      chain += " and flag";
    CHECK_THROWS_WITH_AS(
        static_cast<void>(mutations(toy::statement("[[claim]]\nname = 'c'\nholds = '" + chain + "'\n"))),
        "toy.toml: found a formula of more than 2000 operations in claim 'c', expected a shorter one to mutate",
        InputError);
    std::string many;
    for (int k = 0; k < 8000; ++k)
      many += "[[claim]]\nname = '" + std::to_string(k) + "'\nholds = 'r == 1'\n";
    const Statement large = toy::statement(many);
    CHECK_THROWS_AS(static_cast<void>(mutations(large)), InputError);
  }

  TEST_CASE("mutants can be mutated again") {
    const Statement original = toy::statement("[[claim]]\nname = 'c'\nholds = 'r < 1'\n");
    const auto first = mutations(original);
    REQUIRE(!first.empty());
    for (const Mutation& m : first) {
      const auto second = mutations(m.mutant);
      CHECK(std::any_of(second.begin(), second.end(), [&](const Mutation& n) { return n.mutant == original; }));
    }
  }
}

}  // namespace
}  // namespace rankscape
