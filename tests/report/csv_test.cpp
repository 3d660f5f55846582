// Comma-separated values, read back by RFC 4180: every field of every row where the header says.

#include <doctest/doctest.h>

#include <map>
#include <nlohmann/json.hpp>
#include <rankscape/report/csv_report.hpp>

#include "report/golden.hpp"
#include "report/sample.hpp"

using namespace rankscape;

namespace {

std::vector<std::vector<std::string>> records_of(const std::string& text) {
  std::vector<std::vector<std::string>> records;
  std::vector<std::string> record;
  std::string field;
  bool quoted = false;
  for (std::size_t k = 0; k < text.size(); ++k) {
    const char c = text[k];
    if (quoted) {
      if (c != '"') {
        field += c;
      } else if (k + 1 < text.size() && text[k + 1] == '"') {
        field += text[++k];
      } else {
        quoted = false;
      }
    } else if (c == '"') {
      REQUIRE(field.empty());
      quoted = true;
    } else if (c == ',') {
      record.push_back(std::exchange(field, {}));
    } else if (c == '\r') {
      REQUIRE(k + 1 < text.size());
      REQUIRE(text[++k] == '\n');
      record.push_back(std::exchange(field, {}));
      records.push_back(std::exchange(record, {}));
    } else {
      REQUIRE(c != '\n');
      field += c;
    }
  }
  CHECK_FALSE(quoted);
  CHECK(record.empty());
  return records;
}

std::string csv_of(const test::Sample& sample) {
  const test::ScratchDirectory scratch;
  CsvReport report(scratch.file("report.csv"));
  test::play(sample, report);
  return test::file_content(scratch.file("report.csv"));
}

}  // namespace

TEST_SUITE("quick") {
  TEST_CASE("every field stands below its name") {
    const test::Sample played = test::sample(3);
    const auto records = records_of(csv_of(played));
    REQUIRE(records.size() == played.rows.size() + 1);
    REQUIRE(records.size() > 8);
    bool some_label = false;
    bool some_failing = false;
    for (std::size_t k = 1; k < records.size(); ++k) {
      CAPTURE(k);
      REQUIRE(records[k].size() == records[0].size());
      std::map<std::string, std::string> at;
      for (std::size_t column = 0; column < records[0].size(); ++column)
        at[records[0][column]] = records[k][column];
      REQUIRE(at.size() == 20);
      const std::size_t statement = played.rows[k - 1].first;
      const Row& row = played.rows[k - 1].second;
      CHECK(at["statement"] == played.plan.statements[statement].id);
      CHECK(at["model"] == played.plan.statements[statement].model);
      CHECK(at["key"] == row.key);
      CHECK(at["shape"] == row.shape.to_text());
      CHECK(at["case"] == joined(row.matched));
      CHECK(at["predicted"] == joined(row.predicted));
      CHECK(at["found"] == to_string(row.found));
      const bool judged = row.inside == Truth::yes && row.covered && row.found != Verdict::not_critical;
      if (judged) {
        CHECK(at["outcome"] == (row.agrees == Truth::yes  ? "agrees"
                                : row.agrees == Truth::no ? "refuted"
                                                          : "undecided"));
      }
      CHECK(at["value"] == (row.value ? to_string(*row.value) : ""));
      CHECK(at["neg"] == (row.inertia ? std::to_string(row.inertia->negative) : ""));
      CHECK(at["zero"] == (row.inertia ? std::to_string(row.inertia->zero) : ""));
      CHECK(at["pos"] == (row.inertia ? std::to_string(row.inertia->positive) : ""));
      CHECK(at["lambda_min_lo"].empty() == !row.lambda_min.has_value());
      if (row.lambda_min) {
        CHECK(parse_rational(at["lambda_min_lo"]) <= row.lambda_min->lo);
        CHECK(parse_rational(at["lambda_min_hi"]) >= row.lambda_min->hi);
      }
      CHECK(at["escape_order"] == (row.escape_order ? std::to_string(*row.escape_order) : ""));
      CHECK(at["validity"] == row.validity);
      std::string failing;
      for (const auto& [name, holds] : row.claims)
        failing += holds != Truth::no ? "" : failing.empty() ? name : "; " + name;
      CHECK(at["failing"] == failing);
      const auto labels = nlohmann::json::parse(at["labels"]);
      CHECK(labels.size() == row.labels.size());
      for (const NamedCell& label : row.labels)
        CHECK(labels.contains(label.name));
      CHECK(at["certificate"] == row.certificate);
      CHECK(at["reason"] == row.reason);
      some_label = some_label || !labels.empty();
      some_failing = some_failing || !failing.empty();
    }
    CHECK(some_label);
    CHECK(some_failing);
  }

  TEST_CASE("commas, quotes and line breaks stay inside their field") {
    test::Sample one = test::sample(1);
    one.rows.resize(1);
    for (const std::string hostile : {"a,b", "say \"no\"", "two\r\nlines", "\"", "one\nbreak", ",,"}) {
      CAPTURE(hostile);
      one.rows[0].second.reason = hostile;
      one.rows[0].second.key = hostile + hostile;
      const auto records = records_of(csv_of(one));
      REQUIRE(records.size() == 2);
      CHECK(records[1].back() == hostile);
      CHECK(records[1].at(2) == hostile + hostile);
    }
  }
}
