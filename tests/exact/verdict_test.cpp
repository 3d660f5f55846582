// Names and classes of verdicts, as the contract and the literature use them.

#include <rankscape/verdict.hpp>

#include <doctest/doctest.h>

using namespace rankscape;

TEST_SUITE("quick") {
  TEST_CASE("names go out and come back") {
    CHECK(to_string(Verdict::global_minimizer) == "global_minimizer");
    CHECK(to_string(Verdict::not_critical) == "not_critical");
    for (const Verdict v :
         {Verdict::global_minimizer, Verdict::local_minimizer, Verdict::non_strict_saddle, Verdict::strict_saddle,
          Verdict::local_maximizer, Verdict::second_order, Verdict::undecided, Verdict::not_critical}) {
      CHECK(parse_verdict(to_string(v)) == v);
    }
    CHECK_FALSE(parse_verdict("saddle").has_value());
    CHECK_FALSE(parse_verdict("").has_value());
  }

  TEST_CASE("what a certified verdict leaves possible") {
    CHECK(classes_of(Verdict::global_minimizer) == VerdictSet{Verdict::global_minimizer});
    // without higher values nearby it may be a maximum
    CHECK(classes_of(Verdict::strict_saddle) == VerdictSet{Verdict::strict_saddle, Verdict::local_maximizer});
    CHECK((classes_of(Verdict::strict_saddle) & not_maximizers()) == VerdictSet{Verdict::strict_saddle});
    CHECK((classes_of(Verdict::non_strict_saddle) & not_maximizers()) == VerdictSet{Verdict::non_strict_saddle});
    CHECK_FALSE(classes_of(Verdict::non_strict_saddle) == VerdictSet{Verdict::non_strict_saddle});
    CHECK(classes_of(Verdict::undecided) == VerdictSet::all());
    CHECK(classes_of(Verdict::not_critical).empty());
    CHECK_FALSE(classes_of(Verdict::second_order).contains(Verdict::strict_saddle));
    CHECK(classes_of(Verdict::second_order).contains(Verdict::non_strict_saddle));
  }

  TEST_CASE("what a statement's word admits") {
    CHECK(classes_named("strict_saddle")->contains(Verdict::local_maximizer));
    CHECK_FALSE(classes_named("strict_saddle")->contains(Verdict::non_strict_saddle));
    CHECK(classes_named("saddle")->contains(Verdict::non_strict_saddle));
    CHECK_FALSE(classes_named("saddle")->contains(Verdict::local_minimizer));
    CHECK_FALSE(classes_named("saddle")->contains(Verdict::local_maximizer));
    CHECK((*classes_named("saddle") & VerdictSet::flat_maximizer()).empty());
    CHECK(VerdictSet::flat_maximizer().subset_of(*classes_named("local_maximizer")));
    CHECK(classes_named("local_minimum") == VerdictSet{Verdict::global_minimizer, Verdict::local_minimizer});
    CHECK(classes_named("second_order") == classes_of(Verdict::second_order));
    CHECK_FALSE(classes_named("undecided").has_value());
    CHECK_FALSE(classes_named("not_critical").has_value());
    CHECK_FALSE(classes_named("minimum").has_value());
  }

  TEST_CASE("agreement is three-valued") {
    const VerdictSet saddle = classes_named("strict_saddle").value();
    CHECK(agrees(classes_of(Verdict::local_maximizer), saddle) == Truth::yes);
    CHECK(agrees(classes_of(Verdict::global_minimizer), saddle) == Truth::no);
    CHECK(agrees(classes_of(Verdict::second_order), saddle) == Truth::no);
    CHECK(agrees(classes_of(Verdict::second_order), classes_named("local_minimum").value()) == Truth::unknown);
    CHECK(agrees(VerdictSet{}, saddle) == Truth::unknown);
  }
}
