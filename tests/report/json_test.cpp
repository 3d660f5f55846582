// JSON reports: the contract's fields, and rows that come back as they were.

#include <doctest/doctest.h>

#include <nlohmann/json.hpp>
#include <rankscape/error.hpp>
#include <rankscape/report/json_report.hpp>
#include <sstream>

#include "report/golden.hpp"
#include "report/sample.hpp"

using namespace rankscape;
using test::sample;
using test::ScratchDirectory;

namespace {

std::string written(const test::Sample& played, const std::string& name = "report.json") {
  const ScratchDirectory scratch;
  JsonReport report(scratch.file(name), test::fixed_tool());
  test::play(played, report);
  return test::file_content(scratch.file(name));
}

std::vector<SavedReport> read_text(const std::string& text) {
  return parse_reports(text, "old.json");
}

// The message for a text; empty when it is a report.
std::string refusal_of(const std::string& text) {
  try {
    static_cast<void>(read_text(text));
  } catch (const InputError& error) {
    return error.what();
  }
  return "";
}

void check_equal(const Row& a, const Row& b) {
  CHECK(a.key == b.key);
  CHECK(a.shape == b.shape);
  CHECK(a.labels == b.labels);
  CHECK(a.matched == b.matched);
  CHECK(a.predicted == b.predicted);
  CHECK(a.found == b.found);
  CHECK(a.inside == b.inside);
  CHECK(a.covered == b.covered);
  CHECK(a.agrees == b.agrees);
  CHECK(a.claims == b.claims);
  CHECK(a.value == b.value);
  CHECK(a.inertia == b.inertia);
  CHECK(a.escape_order == b.escape_order);
  REQUIRE(a.lambda_min.has_value() == b.lambda_min.has_value());
  if (a.lambda_min) {
    // Decimals round outward by less than 10^-15 relative to the value.
    CHECK(b.lambda_min->lo <= a.lambda_min->lo);
    CHECK(b.lambda_min->hi >= a.lambda_min->hi);
    CHECK(b.lambda_min->width() <= a.lambda_min->width() + abs(a.lambda_min->lo) / Rational(1000000000000000));
  }
  CHECK(a.certificate == b.certificate);
  CHECK(a.validity == b.validity);
  CHECK(a.family == b.family);
  CHECK(a.family_critical == b.family_critical);
  CHECK(a.family_inertia == b.family_inertia);
  CHECK(a.family_where == b.family_where);
  CHECK(a.reason == b.reason);
}

// The message for a report in which `edit` changed something; empty when it was accepted.
template <class Edit>
std::string refusal(const Edit& edit, std::size_t statements = 1) {
  Json json = Json::parse(written(sample(statements)));
  edit(json);
  return refusal_of(json.dump());
}

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);)
    lines.push_back(line);
  return lines;
}

std::string joined_lines(const std::vector<std::string>& lines) {
  std::string text;
  for (const std::string& line : lines)
    text += line + "\n";
  return text;
}

}  // namespace

TEST_SUITE("quick") {
  TEST_CASE("golden: one statement, several, none") {
    CHECK(test::golden_difference("one.json", written(sample(1))) == "");
    CHECK(test::golden_difference("several.json", written(sample(3))) == "");
    CHECK(Json::parse(written(sample(0))) == Json::parse(R"({"format": "rankscape-reports/1", "reports": []})"));
  }

  TEST_CASE("the contract's fields") {
    const Json json = Json::parse(written(sample(1)));
    CHECK(json["format"] == "rankscape-report/1");
    CHECK(json["statement"] == "achour2024-classification");
    CHECK(json["source"] == "Achour, Malgouyres, Gerchinovitz (2024), JMLR 25(242)");
    CHECK(json["tool"]["version"] == "9.8.7");
    CHECK(json["tool"]["git"] == "v9.8.7-1-g0123456");
    CHECK(json["tool"]["libraries"]["flint"] == "2.9.0");
    CHECK(json["input_sha256"] == sha256("the file"));
    CHECK(json["seed"] == 7);
    CHECK(json["summary"]["cases"] == 8);
    CHECK(json["summary"]["agree"] == 8);
    CHECK(json["summary"]["refuted"] == 0);
    CHECK(json["summary"]["undecided"] == 0);
    CHECK(json["summary"]["by_verdict"]["strict_saddle"] == 5);
    REQUIRE(json["cases"].size() == 8);
    const Json& row = json["cases"][1];
    CHECK(row["widths"] == Json::array({2, 2, 2}));
    CHECK(row["r"] == 1);
    CHECK(row["S"] == Json::array({1}));
    CHECK(row["stratum"] == Json::parse("[[0,1,1]]"));
    CHECK(row["tightened"] == false);
    CHECK(row["case"] == "strict saddles");
    CHECK(row["predicted"] == "strict_saddle");
    CHECK(row["found"] == "strict_saddle");
    CHECK(row["agrees"] == true);
    CHECK(row["value"] == "13/4");
    CHECK(row["inertia"] == Json::parse(R"({"neg": 1, "zero": 2, "pos": 5})"));
    CHECK(row["claims"] == Json::parse(R"({"critical value": true, "index": true})"));
    CHECK(row["escape_order"] == 2);
    CHECK(row["lambda_min"] == Json::parse(R"({"lo": "-2", "hi": "-2"})"));
    CHECK(row["certificate"] == "certificates/1.json");
    CHECK(row["validity"] == "samples");
    CHECK_FALSE(row.contains("reason"));
    CHECK_FALSE(row.contains("covered"));
  }

  TEST_CASE("three-valued answers are true, false and null") {
    const Json rows = Json::parse(written(sample(2)))["reports"][1]["cases"];
    CHECK(rows[0]["agrees"] == false);
    CHECK(rows[2]["agrees"].is_null());
    CHECK(rows[2]["reason"] == "no descent found & <none> excluded");
    CHECK(rows[3]["inside"] == false);
    CHECK(rows[4]["case"].is_null());
    CHECK(rows[4]["predicted"].is_null());
    CHECK(rows[4]["covered"] == false);
    CHECK(rows[5]["case"] == "one and two");
    CHECK(rows[5]["matched"] == Json::array({"one", "two"}));
    CHECK(rows[6]["inside"].is_null());
    CHECK(rows[6]["lambda_min"].is_null());
    CHECK(rows[6]["escape_order"].is_null());
    CHECK(rows[6]["certificate"].is_null());
    Row outside = test::complete_row();
    outside.inside = Truth::no;
    outside.agrees = Truth::no;
    CHECK(row_to_json(outside, "widths")["agrees"].is_null());
  }

  TEST_CASE("the family of a file that a point belongs to comes back, and what is proved of it") {
    Row row = test::complete_row();
    row.family = "ties";
    row.choices = {{"r", "1"}, {"S", "{1,3}"}};
    row.position = "generic";
    row.sample = 2;
    for (const Truth critical : {Truth::yes, Truth::no, Truth::unknown}) {
      row.family_critical = critical;
      Json json = row_to_json(row, "widths");
      const Row back = row_from_json(json, "widths", "");
      CHECK(back.choices == row.choices);
      check_equal(row, back);
      json.erase("critical_for_all_parameters");  // as in older reports
      CHECK(row_from_json(json, "widths", "").family_critical == Truth::unknown);
    }
    row.family_inertia = true;
    row.family_where = {"w(1)-w(2) > 0", "f < 0"};
    const Json json = row_to_json(row, "widths");
    CHECK(json["inertia_for_all_parameters"] == true);
    check_equal(row, row_from_json(json, "widths", ""));
  }

  TEST_CASE("what is not known of a case is null, also where an older report says zeros") {
    Row row = test::complete_row();
    row.value.reset();
    row.inertia.reset();
    Json json = row_to_json(row, "widths");
    CHECK(json["value"].is_null());
    CHECK(json["inertia"].is_null());
    check_equal(row, row_from_json(json, "widths", ""));
    json["inertia"] = {{"neg", 0}, {"zero", 0}, {"pos", 0}};
    CHECK(row_from_json(json, "widths", "").inertia == Inertia{});  // at an isolated feasible point
    json["found"] = "not_critical";
    CHECK_FALSE(row_from_json(json, "widths", "").inertia);
  }

  TEST_CASE("exact values are integers where 64 bits suffice, else strings") {
    Row row = test::complete_row();
    const auto value = [&](const char* text) {
      row.value = parse_rational(text);
      const Json json = row_to_json(row, "widths")["value"];
      CHECK(row_from_json(row_to_json(row, "widths"), "widths", "").value == row.value);
      return json.dump();
    };
    CHECK(value("9223372036854775807") == "9223372036854775807");
    CHECK(value("-9223372036854775808") == "-9223372036854775808");
    CHECK(value("9223372036854775808") == "\"9223372036854775808\"");
    CHECK(value("-9223372036854775809") == "\"-9223372036854775809\"");
    CHECK(value("-7/3") == "\"-7/3\"");
    CHECK(value("0") == "0");
  }

  TEST_CASE("one row stands on one line") {
    std::istringstream lines(written(sample(1)));
    std::size_t rows = 0;
    for (std::string line; std::getline(lines, line);) {
      if (line.starts_with("    {")) ++rows;
      if (line.starts_with("    {\"key\":\"2,2,2 S=1 generic #0\"")) {
        if (line.back() == ',') line.pop_back();
        CHECK(Json::parse(line)["r"] == 1);
      }
    }
    CHECK(rows == 8);
  }

  TEST_CASE("rows come back as they were") {
    const test::Sample played = sample(3);
    const std::vector<SavedReport> reports = read_text(written(played));
    REQUIRE(reports.size() == 3);
    for (std::size_t s = 0; s < 3; ++s) {
      CAPTURE(s);
      std::vector<Row> rows;
      for (const auto& [statement, row] : played.rows) {
        if (statement == s) rows.push_back(row);
      }
      REQUIRE(reports[s].rows.size() == rows.size());
      for (std::size_t i = 0; i < rows.size(); ++i) {
        CAPTURE(i);
        if (rows[i].key.find('\x01') == std::string::npos) check_equal(rows[i], reports[s].rows[i]);
        // Written again, the same bytes.
        CHECK(row_to_json(reports[s].rows[i], "widths").dump() == row_to_json(rows[i], "widths").dump());
      }
      CHECK(reports[s].summary.agree == played.summaries[s].agree);
      CHECK(reports[s].summary.refuted == played.summaries[s].refuted);
      CHECK(reports[s].summary.undecided == played.summaries[s].undecided);
      CHECK(reports[s].summary.uncovered == played.summaries[s].uncovered);
      CHECK(reports[s].summary.cases == played.summaries[s].cases);
      CHECK(reports[s].summary.outside == played.summaries[s].outside);
      CHECK(reports[s].summary.by_verdict == played.summaries[s].by_verdict);
      CHECK(reports[s].statement == played.plan.statements[s].id);
      CHECK(reports[s].shape_key == "widths");
      CHECK(reports[s].seed == 7);
      CHECK(reports[s].git == "v9.8.7-1-g0123456");
    }
    CHECK(read_text(written(sample(1))).size() == 1);
    CHECK(read_text(written(sample(0))).empty());
  }

  TEST_CASE("a report in lines says the same: heads, and every case with its statement") {
    for (const std::size_t statements : {1, 3}) {
      CAPTURE(statements);
      const test::Sample played = sample(statements);
      const Json whole = Json::parse(written(played));
      const Json reports = statements == 1 ? Json::array({whole}) : whole["reports"];
      const std::vector<std::string> lines = lines_of(written(played, "report.jsonl"));
      std::size_t at = 0;
      for (const Json& report : reports) {
        Json head = Json::parse(lines.at(at++));
        CHECK(head["lines"] == report["cases"].size());
        head.erase("lines");
        CHECK(head["format"] == "rankscape-report-lines/1");
        head["format"] = report["format"];
        head["cases"] = report["cases"];
        CHECK(head == report);
        for (const Json& one : report["cases"]) {
          Json line = Json::parse(lines.at(at++));
          CHECK(line["statement"] == report["statement"]);
          line.erase("statement");
          CHECK(line == one);
        }
      }
      CHECK(at == lines.size());
      const auto from_lines = read_text(joined_lines(lines));
      const auto from_whole = read_text(written(played));
      REQUIRE(from_lines.size() == from_whole.size());
      for (std::size_t k = 0; k < from_lines.size(); ++k) {
        CHECK(from_lines[k].statement == from_whole[k].statement);
        CHECK(from_lines[k].summary.by_verdict == from_whole[k].summary.by_verdict);
        CHECK(from_lines[k].git == from_whole[k].git);
        REQUIRE(from_lines[k].rows.size() == from_whole[k].rows.size());
        for (std::size_t i = 0; i < from_lines[k].rows.size(); ++i)
          check_equal(from_lines[k].rows[i], from_whole[k].rows[i]);
      }
    }
  }

  TEST_CASE("a report in lines that is cut off, mixed up or no report is refused with the number of the line") {
    const std::string text = written(sample(3), "report.jsonl");
    const std::vector<std::string> lines = lines_of(text);
    REQUIRE(refusal_of(text) == "");
    for (std::size_t length = 0; length < text.size(); length += 41) {
      CAPTURE(length);
      // whole statements are a report, too
      const bool between = text.substr(length).starts_with("{\"format\"") && length > 0;
      CHECK((refusal_of(text.substr(0, length)) == "") == between);
    }
    const auto with_line = [&](std::size_t number, const std::string& line) {
      std::vector<std::string> other = lines;
      other.at(number - 1) = line;
      return refusal_of(joined_lines(other));
    };
    const auto edited = [&](std::size_t number, const auto& edit) {
      Json json = Json::parse(lines.at(number - 1));
      edit(json);
      return with_line(number, json.dump());
    };
    std::vector<std::string> shorter = lines;
    shorter.pop_back();
    CHECK(refusal_of(joined_lines(shorter)) == "old.json: cut off: 1 cases of the last statement are missing");
    shorter = lines;
    shorter.erase(shorter.begin() + 2);
    CHECK(refusal_of(joined_lines(shorter)).find(": is a case of another statement") != std::string::npos);
    CHECK(with_line(2, "nonsense") == "old.json: line 2: is no JSON object");
    CHECK(with_line(2, "") == "old.json: line 2: is no JSON object");
    CHECK(with_line(2, "7") == "old.json: line 2: expected an object");
    CHECK(with_line(3, std::string(1000, '[')) == "old.json: line 3: nested too deeply");
    CHECK(edited(2, [](Json& j) { j["found"] = "saddle"; }) ==
          "old.json: line 2/found: expected a verdict, found \"saddle\"");
    CHECK(edited(2, [](Json& j) { j.erase("statement"); }) == "old.json: line 2: \"statement\" is missing");
    CHECK(edited(2, [](Json& j) { j["statement"] = 1; }) == "old.json: line 2/statement: expected a string");
    CHECK(edited(1, [](Json& j) { j["lines"] = -1; }).starts_with("old.json: line 1/lines: "));
    CHECK(edited(1, [](Json& j) { j["lines"] = 1; }).find("old.json: line 3: \"format\" is missing") !=
          std::string::npos);
    CHECK(edited(1, [](Json& j) { j["summary"].erase("agree"); }) == "old.json: line 1/summary: \"agree\" is missing");
  }

  TEST_CASE("malformed content is refused with its place") {
    CHECK(refusal([](Json&) {}) == "");
    CHECK(refusal([](Json&) {}, 3) == "");
    CHECK(refusal([](Json& j) { j["cases"][3]["found"] = "saddle"; }) ==
          "old.json: /cases/3/found: expected a verdict, found \"saddle\"");
    CHECK(refusal([](Json& j) { j["reports"][1]["cases"][2]["value"] = 0.5; }, 3) ==
          "old.json: /reports/1/cases/2/value: expected an exact number: an integer or a string such as \"-7/3\", "
          "found 0.5");
    CHECK(refusal([](Json& j) { j["cases"][0].erase("inertia"); }) == "old.json: /cases/0: \"inertia\" is missing");
    CHECK(
        refusal([](Json& j) { j["cases"][0]["inertia"]["neg"] = -1; }).starts_with("old.json: /cases/0/inertia/neg: "));
    CHECK(refusal([](Json& j) { j["cases"][0]["widths"][1] = "2"; }).starts_with("old.json: /cases/0/widths/1: "));
    CHECK(refusal([](Json& j) { j["cases"][0]["claims"]["a/b~c"] = 1; }) ==
          "old.json: /cases/0/claims/a~1b~0c: expected true, false or null, found 1");
    CHECK(refusal([](Json& j) {
            j["cases"][0]["lambda_min"]["hi"] = "-9";
          }).starts_with("old.json: /cases/0/lambda_min: "));
    CHECK(refusal([](Json& j) { j["cases"][0]["value"] = "1/0"; }).starts_with("old.json: /cases/0/value: "));
    CHECK(refusal([](Json& j) { j["cases"][0]["escape_order"] = 0; }).starts_with("old.json: /cases/0/escape_order: "));
    CHECK(refusal([](Json& j) { j["cases"][7] = 1; }).starts_with("old.json: /cases: "));
    CHECK(refusal([](Json& j) { j["reports"][1] = nullptr; }, 3).starts_with("old.json: /reports: "));
    CHECK(refusal([](Json& j) { j["format"] = "rankscape-report/2"; }).starts_with("old.json: /format: "));
    CHECK(refusal([](Json& j) { j["reports"][2]["summary"]["agree"] = -1; }, 3) ==
          "old.json: /reports/2/summary/agree: expected a non-negative integer");
    CHECK(refusal([](Json& j) {
            j["summary"]["by_verdict"]["saddle"] = 1;
          }).starts_with("old.json: /summary/by_verdict: "));
    CHECK(refusal([](Json& j) { j.erase("shape_key"); }).find("\"shape_key\" is missing") != std::string::npos);
    CHECK(refusal([](Json& j) { j = Json::array({1}); }).starts_with("old.json: /: expected an object"));
    CHECK(refusal([](Json& j) {
            Json deep = 1;
            for (int i = 0; i < 100; ++i)
              deep = Json::array({deep});
            j["cases"][0]["r"] = deep;
          }) == "old.json: /cases/0: nested too deeply");
    const Json many(3'000, Json::object());
    CHECK(refusal([&](Json& j) { j["cases"][0]["r"] = many; }) ==
          "old.json: /cases/0: more than 2000 objects in one case");
    CHECK(refusal([&](Json& j) { j["r"] = many; }).ends_with(": more than 2000 objects in one case"));
  }

  TEST_CASE("text that is not JSON is refused with line and column; a directory or a missing file with its name") {
    const auto message = [](const auto& action) -> std::string {
      try {
        action();
      } catch (const InputError& error) {
        return error.what();
      }
      return "";
    };
    CHECK(message([] {
            static_cast<void>(read_text("{\n \"format\": }"));
          }).starts_with("old.json: parse error at line 2, column 12"));
    CHECK(message([] { static_cast<void>(read_text("")); }).starts_with("old.json: parse error at line 1"));
    const ScratchDirectory scratch;
    CHECK(message([&] { static_cast<void>(read_reports(scratch.file("none.json"))); }) ==
          scratch.file("none.json") + ": no such file");
    CHECK(message([&] {
            static_cast<void>(read_reports(scratch.path.string()));
          }).starts_with(scratch.path.string() + ": "));
  }

  TEST_CASE("every truncation of a report is refused") {
    const std::string text = written(sample(1));
    for (std::size_t length = 0; length + 2 < text.size(); length += 37) {
      CAPTURE(length);
      CHECK_THROWS_AS(read_text(text.substr(0, length)), InputError);
    }
  }

  TEST_CASE("a label may not shadow a field") {
    Row row = test::complete_row();
    row.labels.push_back({"found", "x"});
    CHECK_THROWS_AS(static_cast<void>(row_to_json(row, "widths")), InputError);
    row = test::complete_row();
    row.labels.push_back({"widths", 1});
    CHECK_THROWS_AS(static_cast<void>(row_to_json(row, "widths")), InputError);
    CHECK_NOTHROW(static_cast<void>(row_to_json(row, "shape")));
  }

  TEST_CASE("this build says who it is") {
    const ToolInfo& tool = tool_info();
    CHECK_FALSE(tool.version.empty());
    CHECK_FALSE(tool.git.empty());
    std::vector<std::string> names;
    for (const auto& library : tool.libraries) {
      CAPTURE(library.first);
      names.push_back(library.first);
      CHECK(library.second.find_first_of("0123456789") != std::string::npos);
      CHECK(library.second.find('.') != std::string::npos);
    }
    CHECK(std::is_sorted(names.begin(), names.end()));
    CHECK(std::find(names.begin(), names.end(), "flint") != names.end());
  }
}
