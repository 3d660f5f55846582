// From a statement file to the head of its report.

#include <doctest/doctest.h>

#include <nlohmann/json.hpp>
#include <rankscape/report/statement_head.hpp>

#include "landscapes.hpp"

using namespace rankscape;

namespace {

constexpr const char* small = R"toml(format = "rankscape-statement/1"
id     = "small"
title  = "A small statement"
source = "Nobody (2024)"
status = "conjecture"
model  = "deep-linear"

[hypotheses]
H1 = "dy <= dx"

[define]
leading = "S == {1..r}"

[[case]]
name = "minimizers"
when = "r == rmax and leading"
then = "global_minimizer"

[[case]]
name = "others"
when = "otherwise"
then = "strict_saddle or non_strict_saddle"

[[claim]]
name  = "few"
when  = "leading"
holds = "index <= parameters"

[scope]
widths = [[2,2,2]]
)toml";

}  // namespace

TEST_SUITE("quick") {
  TEST_CASE("the head says what the statement says") {
    const Statement statement = Statement::parse(small, "small.toml", test::languages());
    const StatementHead head = head_of(statement, test::landscape("deep-linear"));
    CHECK(head.id == "small");
    CHECK(head.title == "A small statement");
    CHECK(head.source == "Nobody (2024)");
    CHECK(head.status == Status::conjecture);
    CHECK(head.model == "deep-linear");
    CHECK(head.shape_key == "widths");
    CHECK(head.columns.size() == test::landscape("deep-linear").columns().size());
    CHECK(head.columns.at(0).label == "shape");
    CHECK(head.input_sha256 == sha256(small));
    REQUIRE(head.hypotheses.size() == 1);
    CHECK(head.hypotheses[0].name == "H1");
    CHECK(head.hypotheses[0].holds.text == "dy <= dx");
    CHECK(head.hypotheses[0].holds.latex.find("\\le") != std::string::npos);
    REQUIRE(head.definitions.size() == 1);
    CHECK(head.definitions[0].text == "leading = S == {1..r}");
    REQUIRE(head.cases.size() == 2);
    CHECK(head.cases[0].when.text == "r == rmax and leading");
    CHECK(head.cases[0].then == "global_minimizer");
    CHECK(head.cases[1].when.latex.empty());
    CHECK(head.cases[1].then == "strict_saddle or non_strict_saddle");
    REQUIRE(head.claims.size() == 1);
    CHECK(head.claims[0].when.text == "leading");
    CHECK_FALSE(head.claims[0].status.has_value());
  }

  TEST_CASE("a run's plan reaches the reports") {
    struct Listener : ReportListener {
      void start(const ReportPlan& plan) override { seen = plan; }
      ReportPlan seen;
    };
    const Statement statement = Statement::parse(small, "small.toml", test::languages());
    RunPlan plan;
    plan.statements = {&statement};
    plan.landscapes = {&test::landscape("deep-linear")};
    plan.options.seed = 42;
    Listener listener;
    listener.begin(plan);
    CHECK(listener.seen.seed == 42);
    REQUIRE(listener.seen.statements.size() == 1);
    CHECK(listener.seen.statements[0].id == "small");
  }
}
