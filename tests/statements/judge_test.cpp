// Statements at points: implications, coverage, hypotheses, reasons, and values that are computed once.
#include "statements/statement_data.hpp"
#include "statements/toy_statements.hpp"

#include <doctest/doctest.h>

namespace rankscape {
namespace {

using toy::Point;
using toy::statement;

constexpr Truth yes = Truth::yes;
constexpr Truth no = Truth::no;
constexpr Truth unknown = Truth::unknown;
const VerdictSet global = {Verdict::global_minimizer};
const VerdictSet strict = {Verdict::strict_saddle};
const VerdictSet flat = {Verdict::non_strict_saddle};

const std::string table =
    "[define]\nleading = 'S == {1..r}'\n"
    "[[case]]\nname = 'a'\nwhen = 'r == rmax and leading'\nthen = 'global_minimizer'\n"
    "[[case]]\nname = 'b'\nwhen = 'r < rmax and leading'\nthen = 'non_strict_saddle'\n"
    "[[case]]\nname = 'c'\nwhen = 'otherwise'\nthen = 'strict_saddle'\n";

Point with(std::map<std::string, Value> changed) {
  Point point;
  point.changed = std::move(changed);
  return point;
}

TEST_SUITE("quick") {
  TEST_CASE("each case is an implication; otherwise is what no other case covers") {
    const Statement s = statement(table);
    const Judgement b = s.judge(Point(), flat);
    CHECK(b.inside == yes);
    CHECK(b.when == std::vector{no, yes, no});
    CHECK(b.matched == std::vector<std::size_t>{1});
    CHECK(b.cases_agree == yes);
    CHECK(b.overall == yes);
    CHECK(b.covered == yes);
    CHECK_FALSE(b.overlapping);
    CHECK(s.judge(Point(), strict).cases_agree == no);
    CHECK(s.judge(Point(), flat | strict).cases_agree == unknown);

    const Point other = with({{"S", IndexSet{2}}});
    CHECK(s.judge(other, strict).matched == std::vector<std::size_t>{2});
    CHECK(s.judge(other, strict).overall == yes);
    CHECK(s.judge(other, flat).overall == no);
    CHECK(s.judge(with({{"r", 2L}, {"S", IndexSet{1, 2}}}), global).matched == std::vector<std::size_t>{0});
  }

  TEST_CASE("a case that may hold refutes nothing, and a verdict that suits every possible case agrees") {
    const Statement s = statement(
        "[[case]]\nname = 'a'\nwhen = 'flag'\nthen = 'global_minimizer'\n"
        "[[case]]\nname = 'b'\nwhen = 'otherwise'\nthen = 'global_minimizer or strict_saddle'\n");
    const Judgement wrong = s.judge(Point(), strict);
    CHECK(wrong.when == std::vector{unknown, unknown});
    CHECK(wrong.matched.empty());
    CHECK(wrong.cases_agree == unknown);
    CHECK(wrong.reasons == std::vector<std::string>{"`flag`: undecided"});
    CHECK(s.judge(Point(), global).cases_agree == yes);
    CHECK(s.judge(Point(), flat).cases_agree == unknown);
  }

  TEST_CASE("two cases that hold and say different things cannot both be right") {
    const Statement s = statement(
        "[[case]]\nname = 'a'\nwhen = 'r == 1'\nthen = 'global_minimizer'\n"
        "[[case]]\nname = 'b'\nwhen = 'r >= 1'\nthen = 'strict_saddle'\n"
        "[[case]]\nname = 'c'\nwhen = 'r >= 2'\nthen = 'saddle'\n");
    for (const VerdictSet possible : {global, strict, flat}) {
      const Judgement j = s.judge(Point(), possible);
      CHECK(j.overlapping);
      CHECK(j.conflicting);
      CHECK(j.cases_agree == no);
    }
    const Statement same = statement(
        "[[case]]\nname = 'a'\nwhen = 'r == 1'\nthen = 'strict_saddle'\n"
        "[[case]]\nname = 'b'\nwhen = 'r >= 1'\nthen = 'strict_saddle'\n");
    CHECK(same.judge(Point(), strict).overlapping);
    CHECK_FALSE(same.judge(Point(), strict).conflicting);
    CHECK(same.judge(Point(), strict).overall == yes);
  }

  TEST_CASE("points that no case covers are counted, not judged, unless the statement forbids them") {
    const std::string one = "[[case]]\nname = 'a'\nwhen = 'r == 9'\nthen = 'global_minimizer'\n";
    for (const std::string head : {"", "partial = true\n"}) {
      const Statement s = statement(head + one);
      const Judgement j = s.judge(Point(), strict);
      CHECK(s.partial());
      CHECK(j.covered == no);
      CHECK(j.cases_agree == unknown);
      CHECK(j.overall == unknown);
      // Its claims are judged all the same.
      CHECK(statement(head + one + "[[claim]]\nname = 'b'\nholds = 'r == 2'\n").judge(Point(), strict).overall == no);
      CHECK(statement(head + one + "[[claim]]\nname = 'b'\nholds = 'r == 1'\n").judge(Point(), strict).overall == yes);
    }
    const Statement asks = statements::hypotheses_of(statement("[hypotheses]\nH = 'r == 1'\n" + one));
    CHECK(asks.cases().empty());
    CHECK(asks.claims().empty());
    CHECK(asks.hypotheses().size() == 1);
    CHECK(asks.judge(Point(), strict).covered == yes);
    const Statement whole = statement("partial = false\n" + one);
    CHECK_FALSE(whole.partial());
    CHECK(whole.judge(Point(), strict).cases_agree == no);
    CHECK(whole.judge(Point(), strict).overall == no);
    CHECK(whole.judge(with({{"r", 9L}}), global).overall == yes);
    const Statement perhaps = statement("[[case]]\nname = 'a'\nwhen = 'flag'\nthen = 'global_minimizer'\n");
    CHECK(perhaps.judge(Point(), strict).covered == unknown);
  }

  TEST_CASE("outside the hypotheses nothing agrees and nothing is refuted") {
    for (const auto& known : {std::pair("r == 2", no), {"flag", unknown}, {"nowhere == 1", unknown}}) {
      CAPTURE(known.first);
      const Statement s = statement("[hypotheses]\nH2 = 'dy == 3'\nH1 = '" + std::string(known.first) + "'\n" + table +
                                    "[[claim]]\nname = 'z'\nholds = 'r == 7'\n");
      for (const VerdictSet possible : {global, flat}) {
        const Judgement j = s.judge(Point(), possible);
        CHECK(j.inside == known.second);
        CHECK(j.cases_agree == unknown);
        CHECK(j.overall == unknown);
      }
      // In the order of the file.
      CHECK(s.hypotheses()[0].name == "H2");
      CHECK(s.judge(Point(), flat).hypotheses[1] == std::pair<std::string, Truth>("H1", known.second));
      CHECK(s.without_hypothesis("H1").judge(Point(), flat).overall == no);
      CHECK_THROWS_WITH_AS(static_cast<void>(s.without_hypothesis("H3")),
                           "toy.toml: found no hypothesis 'H3', expected H2 or H1 (did you mean 'H2'?)", InputError);
    }
  }

  TEST_CASE("claims are demanded where their condition holds; known-false ones do not count") {
    const auto overall = [](const std::string& claim) {
      return statement("[[claim]]\nname = 'c'\n" + claim).judge(Point(), strict).overall;
    };
    CHECK(overall("holds = 'r == 1'\n") == yes);
    CHECK(overall("holds = 'r == 2'\n") == no);
    CHECK(overall("holds = 'fuzzy == 2'\n") == unknown);
    CHECK(overall("when = 'r == 2'\nholds = 'r == 3'\n") == yes);
    CHECK(overall("when = 'r == 1'\nholds = 'r == 3'\n") == no);
    CHECK(overall("when = 'flag'\nholds = 'r == 3'\n") == unknown);
    CHECK(overall("when = 'flag'\nholds = 'r == 1'\n") == yes);
    CHECK(overall("holds = 'r == 2'\nstatus = 'known-false'\n[[claim]]\nname = 'd'\nholds = 'r == 1'\n") == yes);
    const auto idle = [](const std::string& claim) {
      return statement("[[claim]]\nname = 'c'\n" + claim).judge(Point(), strict).idle.size();
    };
    CHECK(idle("holds = 'r == 1'\n") == 0);
    CHECK(idle("when = 'r == 2'\nholds = 'r == 3'\n") == 1);
    CHECK(idle("when = 'flag'\nholds = 'r == 1'\n") == 0);
    CHECK(idle("holds = 'r == 2 implies r == 3'\n") == 1);
    CHECK(idle("holds = 'r == 1 implies r == 1'\n") == 0);
    CHECK(idle("holds = 'r == 1 implies (r == 2 implies r == 3)'\n") == 1);
    CHECK(idle("holds = '(r == 2 implies r == 3) and r == 1'\n") == 0);
    CHECK(idle("holds = '(r == 2 implies r == 3) and (r == 4 implies r == 3)'\n") == 1);
    CHECK(idle("holds = 'flag implies r == 1'\n") == 0);
    const Statement false_one =
        statement("status = 'known-false'\nnote = 'counterexample known'\n[[claim]]\nname = 'c'\nholds = 'r == 2'\n");
    CHECK(false_one.status() == Status::known_false);
    CHECK(false_one.claims()[0].status == Status::known_false);
    CHECK(false_one.judge(Point(), strict).overall == no);
  }

  TEST_CASE("reasons name the atom, the values of its variables, and nothing that turned out not to matter") {
    const Statement s = statement(
        "[define]\n'ok(i)' = 'lambda(i + 2) > 0'\n"
        "[[claim]]\nname = 'a'\nholds = 'all(i in 1..2 : ok(i))'\n"
        "[[claim]]\nname = 'b'\nholds = 'r == 1 or nowhere == 2'\n"
        "[[claim]]\nname = 'c'\nholds = 'nowhere == 2 or r == 1'\n"
        "[[claim]]\nname = 'd'\nholds = 'all(i in 1..nowhere : i > 0)'\n"
        "[[claim]]\nname = 'e'\nholds = 'ok(2)'\n"
        // The first half is decided, so what was unknown in it is no reason.
        "[[claim]]\nname = 'f'\nholds = '(nowhere == 3 or r == 1) and flag'\n");
    const Judgement j = s.judge(Point(), strict);
    CHECK(j.claims[0].second == unknown);
    CHECK(j.claims[1].second == yes);
    CHECK(j.claims[2].second == yes);
    CHECK(j.claims[3].second == unknown);
    CHECK(j.claims[4].second == unknown);
    CHECK(j.reasons ==
          std::vector<std::string>{"`lambda(i+2) > 0` at i = 2: `lambda` has 3 entries, asked for number 4",
                                   "`1..nowhere`: nowhere is not defined here", "`flag`: undecided"});
  }

  TEST_CASE("ranks, definitions and constants are computed once a point") {
    const Statement s = statement(
        "[define]\n"
        "all_mid = 'all(i in 2..H, j in 1..i-1 : rank(mid(i, j)) >= 1)'\n"
        "'one(k, l)' = 'rank(mid(k, l)) >= 1'\n"
        "[[claim]]\nname = 'a'\nholds = 'all_mid and all_mid'\n"
        "[[claim]]\nname = 'b'\nholds = 'all(a in 2..H, b in 1..a-1 : one(a, b) and rank(mid(a, b)) <= 2)'\n"
        "[[claim]]\nname = 'c'\nholds = 'sum(i in 1..3 : lambda(i)) == sum(i in 1..3 : lambda(i))'\n");
    const Point point;
    PointCache cache;
    CHECK(s.judge(point, strict, cache).overall == yes);
    CHECK(point.calls["mid"] == 3);  // (2,1), (3,1), (3,2)
    CHECK(point.calls["lambda"] == 1);
    CHECK(s.judge(point, strict, cache).overall == yes);
    CHECK(point.calls["mid"] == 3);
    CHECK(s.judge(point, strict).overall == yes);
    CHECK(point.calls["mid"] == 6);
    // Different arguments, different values: (3, 1) has rank 1, (3, 2) rank 2; and i, j are not j, i.
    const Statement sums = statement(
        "[[claim]]\nname = 'a'\nholds = 'sum(i in 2..H, j in 1..i-1 : rank(mid(i, j))) == 5'\n"
        "[[claim]]\nname = 'b'\nholds = 'rank(mid(2, 1)) + rank(mid(1, 2)) == 3'\n");
    CHECK(sums.judge(point, strict, cache).overall == yes);
  }

  TEST_CASE("a definition sees its parameters, not the variables of its caller") {
    const Statement s = statement(
        "[define]\n'f(i, j)' = 'i - 10 * j'\n'g(j)' = 'sum(i in 1..2 : f(i, j))'\n"
        "[[claim]]\nname = 'a'\nholds = 'all(j in 1..3, i in 5..6 : f(j, i) == j - 10 * i)'\n"
        "[[claim]]\nname = 'b'\nholds = 'all(k in 4..5 : g(k) == 3 - 20 * k)'\n");
    CHECK(s.judge(Point(), strict).overall == yes);
  }
}

}  // namespace
}  // namespace rankscape
