// The fates of mutants of statements about which everything is known.
#include <doctest/doctest.h>

#include <rankscape/error.hpp>
#include <rankscape/explore/hypotheses.hpp>
#include <rankscape/explore/mutants.hpp>

#include "explore/statements.hpp"

using namespace rankscape;
using namespace rankscape::test;

namespace {

const MutantReport& mutant(const MutationReport& report, const std::string& edit) {
  for (const MutantReport& one : report.mutants) {
    if (one.mutation.edit == edit) return one;
  }
  throw std::invalid_argument("no mutant: " + edit);
}

ExploreOptions on(std::vector<Shape> shapes, unsigned jobs = 1) {
  ExploreOptions options;
  options.library = &library();
  options.shapes = std::move(shapes);
  options.jobs = jobs;
  return options;
}

// One hypothesis and one case that is true of every critical point: only the hypothesis can be edited without harm.
const char* const simple = R"(
format = "rankscape-statement/1"
id = "simple"
title = "Full rank and leading"
source = "none"
model = "deep-linear"
[hypotheses]
H = "rank(Sxy) == dy and invertible(Sxx) and distinct(lambda) and d(1) >= 2"
[[case]]
name = "global"
when = "r == rmax and S == {1..r}"
then = "global_minimizer"
[scope]
widths = [[2, 1, 2], [2, 2, 2], [2, 3, 2]]
)";

// Deep networks only, at shapes with three layers: what is false of two layers is seen one step away.
const std::string only_deep =
    "format = \"rankscape-statement/1\"\nid = \"deep\"\ntitle = \"t\"\nsource = \"s\"\nmodel = \"deep-linear\"\n"
    "[hypotheses]\nH2 = \"invertible(Sxx)\"\nH3 = \"rank(Sxy) == dy\"\nH4 = \"distinct(lambda)\"\n"
    "deep = \"H >= 3\"\n[[claim]]\nname = \"the origin is no strict saddle\"\n"
    "holds = \"all(h in 1..H : norm2(W(h)) == 0) implies index == 0\"\n[scope]\nwidths = [[1, 1, 1, 1], [2, 2, 2, "
    "2]]\n";

}  // namespace

TEST_SUITE("quick") {
  TEST_CASE("killed, equivalent, weaker, stronger") {
    const MutationReport report = explore_mutants(parse(simple), on({}));
    CHECK(report.cases > 0);
    CHECK_FALSE(report.refuted.has_value());
    // rank r never exceeds rmax
    CHECK(mutant(report, "`r == rmax` becomes `r >= rmax`").fate == Fate::equivalent);
    // points of lower rank are no global minimizers: S = {} at (2,2,2)
    const MutantReport& killed = mutant(report, "`r == rmax` becomes `r <= rmax`");
    CHECK(killed.fate == Fate::killed);
    REQUIRE(killed.counterexample.has_value());
    CHECK(killed.counterexample->size.parameters == 8);  // (2,1,2) with its 4 is outside: d(1) >= 2
    CHECK(killed.counterexample->predicted == std::vector<std::string>{"global_minimizer"});
    CHECK(killed.counterexample->found != Verdict::global_minimizer);
    const Inertia& inertia = killed.counterexample->inertia;
    CHECK(inertia.negative + inertia.zero + inertia.positive == 8);
    CHECK(inertia.negative > 0);
    // demanding more width says less
    CHECK(mutant(report, "`d(1) >= 2` becomes `d(1) > 2`").fate == Fate::weaker);
    // `d(1) >= 1` adds the points of (2,1,2), at which the case is true
    const MutantReport& stronger = mutant(report, "`d(1) >= 2` becomes `d(1) >= 1`");
    CHECK(stronger.fate == Fate::stronger);
    CHECK(stronger.analysis.find(",1,") != std::string::npos);
    CHECK(report.count(Fate::killed) + report.count(Fate::equivalent) + report.count(Fate::weaker) +
              report.count(Fate::stronger) + report.count(Fate::different) + report.count(Fate::untested) +
              report.count(Fate::undecided) ==
          report.mutants.size());
  }

  TEST_CASE("what is undefined at some point is undecided, not equivalent") {
    const Statement open = parse(
        "format = \"rankscape-statement/1\"\nid = \"open\"\ntitle = \"o\"\nsource = \"none\"\nmodel = "
        "\"deep-linear\"\n[[claim]]\nname = \"c\"\nholds = \"r >= 0 or lambda(9) > 0\"\n[scope]\nwidths = [[1, 1, "
        "1]]\n");
    const MutationReport report = explore_mutants(open, on({}));
    const MutantReport& undefined = mutant(report, "`r >= 0 or lambda(9) > 0` becomes `lambda(9) > 0`");
    CHECK(undefined.fate == Fate::undecided);
    CHECK(undefined.analysis.find("`lambda` has 1 entr") != std::string::npos);
    CHECK(mutant(report, "`r >= 0 or lambda(9) > 0` becomes `r >= 0`").fate == Fate::equivalent);
  }

  TEST_CASE("a hypothesis that no point violates alone is untested, not superfluous") {
    const Statement statement = parse(
        "format = \"rankscape-statement/1\"\nid = \"a\"\ntitle = \"t\"\nsource = \"s\"\nmodel = \"deep-linear\"\n"
        "[hypotheses]\nfar = \"dx <= 100 and H >= 2\"\n[[claim]]\nname = \"c\"\nholds = \"r <= rmax\"\n"
        "[scope]\nwidths = [[1, 1, 1]]\n");
    const MutationReport report = explore_mutants(statement, on({}));
    const MutantReport& dropped = mutant(report, "hypothesis `dx <= 100 and H >= 2` is dropped");
    CHECK(dropped.fate == Fate::untested);
    CHECK(dropped.analysis == "no point examined violates what is dropped and nothing else");
    // not dropped, only moved: that is no question of points off the hypotheses
    CHECK(mutant(report, "`dx <= 100` becomes `dx < 100`").fate == Fate::equivalent);
  }

  TEST_CASE("the number of threads changes nothing") {
    const auto one = explore_mutants(classification(), on({{2, 2, 2}}, 1));
    const auto three = explore_mutants(classification(), on({{2, 2, 2}}, 3));
    REQUIRE(one.mutants.size() == three.mutants.size());
    for (std::size_t k = 0; k < one.mutants.size(); ++k) {
      CHECK(one.mutants[k].fate == three.mutants[k].fate);
      CHECK(one.mutants[k].analysis == three.mutants[k].analysis);
      if (one.mutants[k].counterexample && three.mutants[k].counterexample) {
        CHECK(one.mutants[k].counterexample->key == three.mutants[k].counterexample->key);
      }
    }
  }
}

TEST_SUITE("standard") {
  TEST_CASE("a counterexample, examined by itself, refutes the mutant and not the statement") {
    const Statement statement = classification();
    const MutationReport report = explore_mutants(statement, on({{2, 2, 2}, {2, 2, 2, 2}}, 2));
    std::size_t killed = 0;
    for (const MutantReport& one : report.mutants) {
      CAPTURE(one.mutation.edit);
      CHECK((one.fate == Fate::killed) == one.counterexample.has_value());
      CHECK((one.fate == Fate::killed) == one.analysis.empty());
      if (!one.counterexample) continue;
      ++killed;
      Examined at(landscape("deep-linear"), one.counterexample->point, {.form_hessian = false, .eigenvalues = false});
      CHECK(at.evidence().critical);
      CHECK(at.refutation(one.mutation.mutant, "").has_value());
      CHECK_FALSE(at.refutation(statement, "").has_value());
      CHECK(size_of(one.counterexample->point) == one.counterexample->size);
    }
    CHECK(killed == report.count(Fate::killed));
    CHECK(killed > 50);
  }

  TEST_CASE("a statement that is wrong itself is said to be") {
    const auto report = explore_mutants(classification("\"all(i in 2..H", "\"any(i in 2..H"), on({{2, 2, 2, 2}}));
    REQUIRE(report.refuted.has_value());
    CHECK(report.refuted->predicted == std::vector<std::string>{"non_strict_saddle"});
    CHECK(report.refuted->found == Verdict::strict_saddle);
  }

  TEST_CASE("the counterexample shown is the smallest of all, one by one") {
    const Statement statement = parse(simple);
    const MutationReport report = explore_mutants(statement, on({}));
    const MutantReport& killed = mutant(report, "`r == rmax` becomes `r <= rmax`");
    const Landscape& model = landscape("deep-linear");
    std::vector<Scope> scopes = model.excursions({});
    scopes.push_back(statement.scope());
    std::optional<PointSize> smallest;
    std::size_t refuting = 0;
    for (const Scope& scope : scopes) {
      for (const auto& recipe : model.cases(scope)) {
        Examined at(model, recipe->build(1), {.form_hessian = false, .eigenvalues = false});
        if (!at.refutation(killed.mutation.mutant, "")) continue;
        ++refuting;
        const PointSize size = size_of(at.instance().point());
        if (!smallest || size < *smallest) smallest = size;
      }
    }
    CHECK(refuting > 1);
    REQUIRE(smallest.has_value());
    CHECK(killed.counterexample->size == *smallest);
  }

  TEST_CASE("a hypothesis on the shape is violated alone one layer away: dropping it is no equivalent mutant") {
    const Statement statement = parse(only_deep);
    const MutationReport report = explore_mutants(statement, on({}));
    CHECK_FALSE(report.refuted.has_value());
    const MutantReport& dropped = mutant(report, "hypothesis `H >= 3` is dropped");
    CHECK(dropped.fate == Fate::killed);
    REQUIRE(dropped.counterexample.has_value());
    CHECK(dropped.counterexample->size.parameters == 2);
    CHECK(dropped.counterexample->false_claims.size() == 1);

    const DropReport without = explore_without(statement, "deep", on({}));
    CHECK(without.alone > 0);
    REQUIRE(without.counterexample.has_value());
    CHECK(without.counterexample->size.parameters == 2);
  }

  TEST_CASE("a hypothesis on the data is violated alone by data that the scope does not name") {
    const std::string head = "format = \"rankscape-statement/1\"\nid = \"a\"\ntitle = \"t\"\nsource = \"s\"\n";
    // the excursions of deep linear networks violate H3, H4 and the like; what only other data do, they do not show
    const Statement whitened = parse(head +
                                     "model = \"deep-linear\"\n[hypotheses]\nwhite = \"X == identity(dx)\"\nH2 = "
                                     "\"invertible(Sxx)\"\nH3 = \"rank(Sxy) == dy\"\nH4 = \"distinct(lambda)\"\n"
                                     "wide = \"dx > 1\"\n[[claim]]\nname = \"c\"\nholds = \"tr(Sxx) == dx\"\n"
                                     "[scope]\nwidths = [[2, 2, 2]]\ndata = [\"canonical\"]\n");
    const DropReport without = explore_without(whitened, "white", on({}));
    CHECK(without.alone > 0);
    CHECK(without.refuted > 0);
    REQUIRE(without.counterexample.has_value());
    CHECK(mutant(explore_mutants(whitened, on({})), "hypothesis `X == identity(dx)` is dropped").fate == Fate::killed);

    // of a landscape that is a file, at shapes that are none of its examples
    const Statement positive = parse(head +
                                     "model = \"symmetric-factorization\"\n[hypotheses]\npositive = "
                                     "\"all(i in 1..n : lambda(i) > 0)\"\nhigh = \"n >= 5\"\n[[claim]]\nname = \"c\"\n"
                                     "holds = \"all(i in 1..n : lambda(i) != 0)\"\n"
                                     "[scope]\nsizes = [[5, 1]]\ndata = [\"distinct\"]\n");
    const DropReport singular = explore_without(positive, "positive", on({}));
    CHECK(singular.alone > 0);
    CHECK(singular.refuted > 0);
  }

  TEST_CASE("what fails without a hypothesis, and which cannot fail alone") {
    const DropReport without_h1 = explore_without(classification(), "H1", on({}));
    CHECK(without_h1.violating > 0);
    CHECK(without_h1.alone == 0);
    REQUIRE(without_h1.also_failing.size() == 2);  // m < dx makes Sxx singular, dy > dx makes Sxy rank-deficient
    CHECK(without_h1.also_failing[0].first == "H2");
    CHECK(without_h1.also_failing[1].first == "H3");
    CHECK(without_h1.also_failing[0].second + without_h1.also_failing[1].second >= without_h1.violating);
    CHECK_FALSE(without_h1.counterexample.has_value());

    const DropReport without_h2 = explore_without(classification(), "H2", on({}));
    CHECK(without_h2.alone > 0);
    CHECK(without_h2.refuted == 0);  // the loss does not see the kernel of X^T, and M is still injective
    CHECK(without_h2.agree == without_h2.alone);

    const DropReport without_h3 = explore_without(classification(), "H3", on({}));
    CHECK(without_h3.refuted > 0);
    CHECK(without_h3.agree > 0);
    REQUIRE(without_h3.counterexample.has_value());
    CHECK(without_h3.counterexample->size.parameters <= 8);
    CHECK(without_h3.counterexample->found == Verdict::global_minimizer);

    const DropReport without_h4 = explore_without(classification(), "H4", on({}));
    REQUIRE(without_h4.counterexample.has_value());
    CHECK(without_h4.counterexample->size.parameters <= 8);
    CHECK(without_h4.counterexample->choice == "S = {2}");
    CHECK(without_h4.counterexample->predicted == std::vector<std::string>{"strict_saddle"});
    CHECK(without_h4.counterexample->found == Verdict::global_minimizer);
    CHECK(without_h4.alone == without_h4.violating);

    // where another hypothesis has no truth nobody knows whether H4 alone is violated
    const Statement open = classification("H4 = ", "H5 = \"lambda(9) > 0\"\nH4 = ");
    const DropReport unclear = explore_without(open, "H4", on({{2, 2, 2}}));
    CHECK(unclear.violating > 0);
    CHECK(unclear.undecided_hypotheses == unclear.cases);
    CHECK(unclear.alone == 0);
    CHECK_FALSE(unclear.counterexample.has_value());

    CHECK_THROWS_AS(static_cast<void>(explore_without(classification(), "H9", on({}))), InputError);
  }

  TEST_CASE("a survivor that the scope cannot refute is refuted beyond it") {
    // with two layers there is one pivot: `all` and `any` are the same; with three they are not
    const std::string edit =
        "`all(i in 2..H, j in 1..i-1 : tightened_pivot(i, j))` becomes `any(i in 2..H, j in 1..i-1 : "
        "tightened_pivot(i, j))`";
    const MutationReport report = explore_mutants(classification(), on({{2, 2, 2}}), 200);
    const MutantReport& survivor = mutant(report, edit);
    CHECK(survivor.fate == Fate::killed);
    CHECK(survivor.beyond == Fate::equivalent);
    REQUIRE(survivor.counterexample.has_value());
    CHECK(survivor.counterexample->point.weights.size() > 2);
    CHECK(survivor.analysis.find("beyond the cases explored, on which it is equivalent") != std::string::npos);
    for (const MutantReport& one : report.mutants)
      CHECK((one.fate == Fate::killed) == one.counterexample.has_value());
  }

  TEST_CASE("the classification: nine of ten mutants that can be refuted are") {
    const MutationReport report = explore_mutants(classification(), on({}, 0));
    const std::size_t refutable = report.mutants.size() - report.count(Fate::equivalent) - report.count(Fate::weaker);
    CHECK(10 * report.count(Fate::killed) >= 9 * refutable);
    CHECK_FALSE(report.refuted.has_value());
  }
}
