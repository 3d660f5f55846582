// docs/complete.md: critical sets of small landscapes, each solved, certified complete and verified here. The tables
// are held against what comes out; RANKSCAPE_UPDATE_GOLDEN=1 writes them anew.
#include <doctest/doctest.h>

#include <cstdlib>
#include <fstream>
#include <nlohmann/json.hpp>
#include <set>

#include "solve/with_singular.hpp"

using namespace rankscape::test;
using Json = nlohmann::json;

namespace {

struct Heading {
  std::string title;
  std::vector<std::string> rows;  // arguments of rankscape solve
};

std::vector<Heading> headings() {
  std::vector<Heading> all;
  for (const std::string& line : lines(read_file(RANKSCAPE_SOLVE_DATA "/landscapes.txt"))) {
    if (line.starts_with("# ")) {
      all.push_back({line.substr(2), {}});
    } else if (!line.empty()) {
      all.back().rows.push_back(line);
    }
  }
  return all;
}

std::string joined(const std::vector<std::string>& texts, const std::string& between) {
  std::string all;
  for (const std::string& text : texts)
    all += (all.empty() ? "" : between) + text;
  return all;
}

std::string number(const Json& value) {
  if (value.is_string()) return value.get<std::string>();
  const double low = std::stod(value.at("lo").get<std::string>());
  char text[32];
  std::snprintf(text, sizeof text, "~%.6g", low);
  return text;
}

// "8: (4, 0, 4) strict saddle" of a sample; its value is said where it is another than the one before
std::string said(const Json& sample) {
  std::string text = number(sample.at("value")) + ":";
  if (sample.contains("inertia")) {
    const Json& inertia = sample.at("inertia");
    text += " (" + inertia.at("neg").dump() + ", " + inertia.at("zero").dump() + ", " + inertia.at("pos").dump() + ")";
  }
  std::string verdict = sample.at("verdict").get<std::string>();
  for (char& c : verdict) {
    if (c == '_') c = ' ';
  }
  return text + " " + verdict;
}

// The verdict at a sample is that of all real points of the component.
bool is_everywhere(const Json& component, const Json& sample) {
  const std::string verdict = sample.at("verdict").get<std::string>();
  return component.value("constant_inertia", false) && component.at("value").size() == 2 &&
         (verdict == "strict_saddle" || verdict == "second_order" || verdict == "global_minimizer");
}

// Also of the places where the rank drops.
void collect_texts(const Json& component, bool drop, std::vector<std::string>& texts) {
  std::set<std::string> here;
  const bool isolated = component.at("dimension") == 0;
  for (const Json& sample : component.at("samples")) {
    std::string text = said(sample);
    if (!isolated) text += is_everywhere(component, sample) ? " everywhere" : " at a sample";
    if (drop) text += " where the rank drops";
    if (isolated || here.insert(text).second) texts.push_back(text);
  }
  if (!component.contains("rank_drops")) return;
  for (const Json& place : component["rank_drops"]["components"])
    collect_texts(place, true, texts);
}

// A row: components over C with dimension and degree, how many have no real points, and what is at those that do.
std::string row_of(const std::string& arguments, const Json& solution) {
  std::map<std::string, int> shapes;
  std::map<std::string, int> points;
  std::vector<std::string> order;
  int none = 0;
  int open = 0;
  for (const Json& component : solution.at("components")) {
    ++shapes[component.at("dimension").dump() + ":" + component.at("degree").dump()];
    if (component.at("real") == false) ++none;
    if (component.at("real").is_null()) ++open;
    std::vector<std::string> texts;
    collect_texts(component, false, texts);
    for (const std::string& text : texts) {
      if (points[text]++ == 0) order.push_back(text);
    }
  }
  std::vector<std::string> components;
  for (auto shape = shapes.rbegin(); shape != shapes.rend(); ++shape)
    components.push_back((shape->second > 1 ? std::to_string(shape->second) + " x " : "") + shape->first);
  std::vector<std::string> real;
  for (const std::string& text : order)
    real.push_back((points[text] > 1 ? std::to_string(points[text]) + " x " : "") + text);
  std::string row = "| `" + arguments + "` | " + std::to_string(solution.at("unknowns").size()) + " | " +
                    std::to_string(solution.at("components").size()) + " = " + joined(components, ", ") + " | " +
                    std::to_string(none) + (open > 0 ? " (" + std::to_string(open) + " open)" : "") + " | " +
                    joined(real, "; ") + " |";
  for (std::size_t at = row.find("||"); at != std::string::npos; at = row.find("||"))
    row.replace(at, 2, "|");
  return row;
}

}  // namespace

TEST_SUITE("quick") {
  TEST_CASE("docs/complete.md has a row for each landscape that is certified in the extreme tests") {
    const std::string page = read_file(RANKSCAPE_SOURCE_DIR "/docs/complete.md");
    std::size_t rows = 0;
    for (const Heading& heading : headings()) {
      CHECK(page.find("## " + heading.title + "\n") != std::string::npos);
      for (const std::string& arguments : heading.rows) {
        CAPTURE(arguments);
        CHECK(page.find("| `" + arguments + "` |") != std::string::npos);
        ++rows;
      }
    }
    CHECK(rows >= 40);
  }
}

TEST_SUITE("extreme") {
  TEST_CASE("critical sets of small landscapes: certified complete, verified, and as docs/complete.md says") {
    if (!has_singular()) return;
    const TemporaryFolder folder;
    const std::string json = (folder / "solution.json").string();
    const std::string certificate = (folder / "complete.json").string();
    const std::string path = RANKSCAPE_SOURCE_DIR "/docs/complete.md";
    const std::string page = read_file(path);
    const std::string first = "\n## ";
    std::string fresh = page.substr(0, page.find(first));
    for (const Heading& heading : headings()) {
      fresh += first + heading.title +
               "\n\n| solve | unknowns | components (dimension:degree) | not real | real critical points "
               "|\n|---|---|---|---|---|\n";
      for (const std::string& arguments : heading.rows) {
        CAPTURE(arguments);
        const Outcome outcome = shell("rankscape solve " + arguments + " --time-limit 900 --json '" + json +
                                      "' --certificate '" + certificate + "'");
        CAPTURE(outcome.err);
        REQUIRE((outcome.code == 0 || outcome.code == 3));
        const Json solution = Json::parse(read_file(json));
        CHECK(solution["complete"] == true);
        CHECK(shell("rankscape-verify '" + certificate + "'").code == 0);
        const std::string row = row_of(arguments, solution) + "\n";
        CHECK_MESSAGE(page.find(row) != std::string::npos, row);
        fresh += row;
      }
    }
    const char* update = std::getenv("RANKSCAPE_UPDATE_GOLDEN");
    const std::size_t behind = page.find("\n## Case by case\n");  // deep_cases_test.cpp
    REQUIRE(behind != std::string::npos);
    if (update != nullptr && std::string(update) == "1") write_text(path, fresh + page.substr(behind));
  }
}
