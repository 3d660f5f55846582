// "All parameters" is a strong claim: it has to be there where the identity is proved and the statement says nothing
// else, and nowhere else.
#include "check/validity.hpp"

#include <doctest/doctest.h>

#include <map>
#include <nlohmann/json.hpp>
#include <rankscape/error.hpp>
#include <set>

#include "check/evidence_features.hpp"
#include "check/run_rows.hpp"
#include "native/deep_linear/normal_form.hpp"
#include "native/recipes.hpp"
#include "statements/family.hpp"

using namespace rankscape;

namespace {

/// Different (S, stratum) with a row that speaks for all parameters.
std::size_t families(const std::vector<Row>& rows) {
  std::set<std::string> found;
  for (const Row& row : rows) {
    if (row.validity == "all parameters")
      found.insert(to_string(find_label(row.labels, "S")) + to_string(find_label(row.labels, "stratum")));
  }
  return found.size();
}

Statement claiming(const std::string& formula, const std::string& when = "") {
  return Statement::parse(
      "format = \"rankscape-statement/1\"\nid = \"a\"\ntitle = \"a\"\nsource = \"a\"\n"
      "model = \"deep-linear\"\n[[claim]]\nname = \"c\"\nholds = \"" +
          formula + (when.empty() ? "" : "\"\nwhen = \"" + when) + "\"\n[scope]\nwidths = [[2, 2, 2]]\n",
      "test", test::languages());
}

bool constant(const std::string& formula, const std::string& when = "") {
  const Statement statement = claiming(formula, when);
  return statements::constant_on_family(statement, [&](std::size_t position) {
    return constant_on_families(statement.vocabulary(), test::landscape("deep-linear").adviser(), position);
  });
}

}  // namespace

TEST_SUITE("quick") {
  TEST_CASE("the index formula speaks for all parameters in every stratum of small shapes") {
    struct Known {
      Shape widths;
      std::size_t cases;
    };
    for (const auto& known : std::vector<Known>{{{2, 2, 2}, 4}, {{2, 2, 2, 2}, 20}, {{2, 1, 2, 2}, 11}}) {
      CAPTURE(known.widths.to_text());
      const auto rows = test::rows_of(test::theorem("index-formula.toml"), {known.widths});
      CHECK(families(rows) == known.cases);
      for (const Row& row : rows)
        CHECK(row.validity == "all parameters");
    }
  }

  TEST_CASE("a verdict that needs more than the inertia is one at samples") {
    std::map<std::string, int> seen;
    for (const Row& row : test::rows_of(test::theorem("achour2024-classification.toml"), {{2, 2, 2, 2}})) {
      CAPTURE(row.key);
      CHECK((row.validity == "all parameters") == (row.found == Verdict::strict_saddle));
      ++seen[row.validity];
    }
    CHECK(seen["all parameters"] > 0);
    CHECK(seen["samples"] > 0);
    // the order of escape rests on a descent line
    for (const Row& row : test::rows_of(test::theorem("escape-order.toml"), {{2, 2, 2}}))
      CHECK(row.validity == "samples");
  }

  TEST_CASE("formulas that vary inside a family are seen to do so") {
    for (const char* formula : {"index == 0", "nullity + coindex <= parameters", "rank(mid(2, 1)) == r",
                                "all(i in 2..H : rank(out(i, i - 1)) >= r)", "S == {1..r}", "lambda(1) > lambda(2)",
                                "count(i in 1..dy where lambda(i) < lambda(1) : true) >= 0", "distinct(lambda)",
                                "sum(a in 0..H : mult(a, 1)) >= 0", "rank(W(1)) <= rmax", "rank(Sxy) == dy"}) {
      CAPTURE(formula);
      CHECK(constant(formula));
    }
    for (const char* formula :
         {"value == 1", "lambda_min < 0", "escape_order == 2", "least_order_tried == 2", "norm2(W(1)) == 0", "m == 3",
          "lambda(1) == 2", "lambda(1) > 2 * lambda(2)", "lambda(1) + lambda(2) > lambda(1)", "rank(Y) == dy",
          "mult(escape_order, 1) >= 0", "lambda(escape_order) < lambda(1)", "rank(W(1) + W(2)) == 0", "tr(Syy) > 0",
          "W(1) == W(2)", "index == 0 or value == 0"}) {
      CAPTURE(formula);
      CHECK_FALSE(constant(formula));
      CHECK_FALSE(constant("index == 0", formula));
    }
    CHECK(constant("index == 0", "r == 1"));
  }

  TEST_CASE("classes left by an inertia") {
    CHECK(classes_left_by({1, 2, 3}) == VerdictSet{Verdict::strict_saddle});
    CHECK(classes_left_by({3, 0, 0}) == VerdictSet{Verdict::local_maximizer});
    CHECK(classes_left_by({0, 0, 3}) == VerdictSet{Verdict::global_minimizer, Verdict::local_minimizer});
    CHECK(classes_left_by({0, 1, 2}) == (classes_of(Verdict::second_order) & not_maximizers()));
    CHECK(classes_left_by({0, 3, 0}) == classes_of(Verdict::second_order));
    CHECK(classes_left_by({1, 2, 0}) == VerdictSet{Verdict::strict_saddle, Verdict::local_maximizer});
  }

  TEST_CASE("a proof that disagrees with a certified inertia is a fault, not a row") {
    using namespace deep_linear;
    const auto recipe = test::recipe({2, 2, 2}, {2}, parse_stratum("1:1*1 2:2*1", 2), Position::aligned, "canonical");
    const auto instance = test::landscape("deep-linear").instance(recipe->build(1));
    const Evidence evidence = examine(*instance, {.form_hessian = false, .eigenvalues = false});
    const EvidenceFeatures features(*instance, evidence);
    PointCache cache;
    const Statement statement = claiming("index >= 0");
    const Inertia right = *evidence.hessian;
    Inertia wrong = right;
    ++wrong.negative;
    --wrong.zero;
    CHECK(validity(statement, true, right, evidence, features, cache) == "all parameters");
    CHECK(validity(statement, false, right, evidence, features, cache) == "samples");
    CHECK(validity(statement, true, std::nullopt, evidence, features, cache) == "samples");
    CHECK_THROWS_AS(static_cast<void>(validity(statement, true, wrong, evidence, features, cache)),
                    InternalDisagreement);
  }
}
