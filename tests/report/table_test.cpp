// Grouping: what is put together, in which order, and what is counted; numbers rounded outward.

#include <doctest/doctest.h>

#include <rankscape/report/case_table.hpp>

#include "report/format.hpp"
#include "report/sample.hpp"

using namespace rankscape;
using test::complete_row;

namespace {

const std::vector<TableColumn> columns = {{"shape", "widths"}, {"r", "$r$"}, {"kind", "kind"}};

Row labelled(const Shape& shape, const Cell& r, const Cell& kind) {
  Row row = complete_row();
  row.shape = shape;
  row.labels = {{"r", r}, {"kind", kind}};
  return row;
}

report::Bounds bounds(const char* lo, const char* hi) {
  return report::bounds_text(Enclosure(parse_rational(lo), parse_rational(hi)));
}

}  // namespace

TEST_SUITE("quick") {
  TEST_CASE("rows with equal cells share a group, in the order of the table") {
    CaseTable table(columns);
    // "1" the text and 1 the number are different values.
    CHECK(table.add(labelled({3, 3}, 10, "b")) == 0);
    CHECK(table.add(labelled({2, 2}, 9, "a")) == 1);
    CHECK(table.add(labelled({3, 3}, 9, "a")) == 2);
    CHECK(table.add(labelled({3, 3}, 10, "b")) == 0);
    CHECK(table.add(labelled({3, 3}, "10", "b")) == 3);
    CHECK(table.add(labelled({3, 3}, {}, "b")) == 4);
    CHECK(table.add(labelled({3, 3}, 10, "a")) == 5);
    REQUIRE(table.groups().size() == 6);
    CHECK(table.groups()[0].cases == 2);
    CHECK(table.groups()[2].cases == 1);
    // (3,3) came first; 9 before 10 by size; "b" appeared before "a"; what is no number after the numbers.
    CHECK(table.order() == std::vector<std::size_t>{2, 0, 5, 3, 4, 1});
  }

  TEST_CASE("a missing label is null and joins the rows whose label is null") {
    CaseTable table(columns);
    Row without = labelled({2, 2}, 1, {});
    without.labels.pop_back();
    table.add(without);
    CHECK(table.add(labelled({2, 2}, 1, {})) == 0);
    CHECK(table.groups()[0].cells[2].empty());
  }

  TEST_CASE("outcomes") {
    Row row = complete_row();
    CHECK(outcome_of(row) == Outcome::agrees);
    row.agrees = Truth::no;
    CHECK(outcome_of(row) == Outcome::refuted);
    row.agrees = Truth::unknown;
    CHECK(outcome_of(row) == Outcome::undecided);
    row.covered = false;
    CHECK(outcome_of(row) == Outcome::uncovered);
    row.agrees = Truth::no;  // a claim fails where no case applies
    CHECK(outcome_of(row) == Outcome::refuted);
    row.agrees = Truth::yes;
    CHECK(outcome_of(row) == Outcome::agrees);
    // Outside the hypotheses nothing is agreement or refutation; undecided hypotheses are not "outside".
    for (const Truth agrees : {Truth::no, Truth::unknown, Truth::yes}) {
      row.agrees = agrees;
      row.inside = Truth::no;
      CHECK(outcome_of(row) == Outcome::outside);
      row.inside = Truth::unknown;
      CHECK(outcome_of(row) == Outcome::undecided);
    }
    row.found = Verdict::not_critical;
    CHECK(outcome_of(row) == Outcome::fault);
  }

  TEST_CASE("outcomes add up to the runner's summary") {
    const test::Sample sample = test::sample();
    for (std::size_t s = 0; s < 3; ++s) {
      CAPTURE(s);
      CaseTable table(sample.plan.statements[s].columns);
      for (const auto& [statement, row] : sample.rows) {
        if (statement == s) table.add(row);
      }
      std::map<Outcome, std::uint64_t> total;
      for (const CaseGroup& group : table.groups()) {
        for (const auto& [outcome, count] : group.outcomes)
          total[outcome] += count;
      }
      const Summary& summary = sample.summaries[s];
      CHECK(total[Outcome::agrees] == summary.agree);
      CHECK(total[Outcome::refuted] == summary.refuted);
      CHECK(total[Outcome::undecided] + total[Outcome::fault] == summary.undecided);
      CHECK(total[Outcome::uncovered] == summary.uncovered);
      CHECK(total[Outcome::outside] == summary.outside);
    }
  }

  TEST_CASE("a group knows the ranges of its rows") {
    CaseTable table(columns);
    Row row = labelled({2, 2}, 1, "a");
    row.inertia = Inertia{3, 2, 3};
    row.lambda_min = Enclosure(Rational(-3), Rational(-2));
    row.validity = "all parameters";
    table.add(row);
    CHECK(table.groups()[0].all_parameters);
    row.inertia = Inertia{1, 5, 2};
    row.lambda_min = Enclosure(Rational(-5, 2), Rational(-1));
    row.validity = "samples";
    table.add(row);
    row.inertia.reset();  // not examined: must not pull the least counts to zero
    row.lambda_min.reset();
    row.found = Verdict::undecided;
    row.agrees = Truth::unknown;
    table.add(row);
    const CaseGroup& group = table.groups()[0];
    REQUIRE(group.inertia);
    CHECK(report::range_text((*group.inertia)[0], "--") == "1--3");
    CHECK(report::range_text((*group.inertia)[1], "--") == "2--5");
    CHECK(report::range_text((*group.inertia)[2], "--") == "2--3");
    REQUIRE(group.lambda_min);
    CHECK(group.lambda_min->lo == -3);
    CHECK(group.lambda_min->hi == -1);
    CHECK_FALSE(group.all_have_lambda_min);
    CHECK_FALSE(group.all_parameters);
    CHECK(group.found.at(Verdict::strict_saddle) == 2);
    CHECK(group.found.at(Verdict::undecided) == 1);
    CHECK(report::agreement_text(group) == "2/3");
    row.covered = false;
    row.agrees = Truth::unknown;
    table.add(row);
    CHECK(report::agreement_text(table.groups()[0]) == "2/3");
  }

  TEST_CASE("refuted rows are kept as examples before undecided ones") {
    CaseTable table(columns);
    Row row = labelled({2, 2}, 1, "a");
    const auto add = [&](const char* key, Truth agrees) {
      row.key = key;
      row.agrees = agrees;
      table.add(row);
    };
    add("u1", Truth::unknown);
    add("u2", Truth::unknown);
    add("u3", Truth::unknown);
    add("u4", Truth::unknown);
    add("fine", Truth::yes);
    add("r1", Truth::no);
    add("r2", Truth::no);
    std::vector<std::string> keys;
    for (const auto& example : table.groups()[0].examples)
      keys.push_back(example.key);
    CHECK(keys == std::vector<std::string>{"r1", "r2", "u1"});
    add("r3", Truth::no);
    add("r4", Truth::no);
    CHECK(table.groups()[0].examples.size() == CaseTable::examples_kept);
    CHECK(table.groups()[0].examples[2].key == "r3");
  }

  TEST_CASE("rows outside the hypotheses never share a line with others") {
    CaseTable table(columns);
    Row row = labelled({2, 2}, 1, "a");
    table.add(row);
    row.inside = Truth::no;
    CHECK(table.add(row) == 1);
    CHECK(report::agreement_text(table.groups()[1]) == "outside");
    CHECK(table.groups()[0].cases == 1);
  }

  TEST_CASE("bounds are rounded outward and keep their sign") {
    CHECK(bounds("-2618034/1000000", "-2618033/1000000").lower == "-2.619");
    CHECK(bounds("-2618034/1000000", "-2618033/1000000").upper == "-2.618");
    CHECK(bounds("1/3", "2/3").lower == "0.333");
    CHECK(bounds("1/3", "2/3").upper == "0.667");
    CHECK(bounds("-1/3", "1/3").lower == "-0.334");
    CHECK(bounds("-1/3", "1/3").upper == "0.334");
    CHECK(bounds("-9999/10000", "9999/10000").lower == "-1.000");
    CHECK(bounds("-2", "-3/2").lower == "-2");
    CHECK(bounds("-2", "-3/2").upper == "-1.5");
    // A negative upper bound must not become zero.
    CHECK(bounds("-1", "-1/3000").upper == "-0.00033");
    CHECK(bounds("-1", "-1.23456e-9").upper == "-1.23e-9");
    CHECK(bounds("-123456789012", "0").lower == "-1.24e11");
    CHECK(bounds("-1", "0").upper == "0");
  }

  TEST_CASE("a rounded bound contains what it stands for") {
    for (const char* text : {"-7/3", "7/3", "-1/7000", "1/7000", "-99999999/7", "22/7", "-5", "1/800000000"}) {
      CAPTURE(text);
      const Rational value = parse_rational(text);
      const report::Bounds rounded = report::bounds_text(Enclosure(value));
      CHECK(parse_rational(rounded.lower) <= value);
      CHECK(parse_rational(rounded.upper) >= value);
      CHECK(rounded.exact == (parse_rational(rounded.lower) == parse_rational(rounded.upper)));
      CHECK(sign(parse_rational(rounded.lower)) == sign(value));
      CHECK(sign(parse_rational(rounded.upper)) == sign(value));
    }
  }

  TEST_CASE("words") {
    CHECK(report::display_name(Verdict::non_strict_saddle) == "non-strict saddle");
    CHECK(report::display_name(Verdict::global_minimizer) == "global minimizer");
    CHECK(report::display_prediction("global_minimizer or non_strict_saddle") ==
          "global minimizer or non-strict saddle");
    CHECK(report::display_prediction("predicted saddle; lambda_min < 0") == "predicted saddle; lambda_min < 0");
    CHECK(report::cell_text(Cell::List{1, 2}, report::Brackets::set) == "{1,2}");
    CHECK(report::cell_text(Cell::List{2, 2, 2}, report::Brackets::shape) == "(2,2,2)");
    CHECK(report::cell_text(Cell::List{Cell(Cell::List{0, 1, 2})}, report::Brackets::set) == "{(0,1,2)}");
    CHECK(report::cell_text(true, report::Brackets::set) == "yes");
    CHECK(report::cell_text({}, report::Brackets::set) == "-");
    CHECK(report::column_name({"shape", "x"}, "widths") == "widths");
    CHECK(report::column_name({"S_type", "x"}, "widths") == "S type");
  }
}
