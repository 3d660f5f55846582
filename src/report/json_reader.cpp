// Reads reports back. Rows are taken out of the document while it is parsed, so a report of a hundred thousand rows
// never exists as a tree; a report in lines is read line by line.

#include <array>
#include <nlohmann/json.hpp>
#include <rankscape/error.hpp>
#include <rankscape/report/json_report.hpp>
#include <string_view>
#include <utility>

#include "text/json_bytes.hpp"
#include "text/read_file.hpp"

namespace rankscape {
namespace {

constexpr std::size_t largest_file = std::size_t{1} << 30U;
constexpr std::size_t most_objects = 2'000;
constexpr int deepest = 64;  // reports nest about six levels; labels of a model may add some

[[noreturn]] void refuse(const std::string& place, const std::string& problem) {
  throw InputError((place.empty() ? "/" : place) + ": " + problem);
}

const Json& member(const Json& json, const std::string& name, const std::string& place) {
  if (!json.is_object()) refuse(place, "expected an object");
  const auto found = json.find(name);
  if (found == json.end()) refuse(place, "\"" + name + "\" is missing");
  return *found;
}

std::string text_of(const Json& json, const std::string& name, const std::string& place) {
  const Json& found = member(json, name, place);
  if (!found.is_string()) refuse(place + "/" + name, "expected a string");
  return found.get<std::string>();
}

std::uint64_t count(const Json& json, const std::string& name, const std::string& place) {
  const Json& found = member(json, name, place);
  if (!found.is_number_unsigned()) refuse(place + "/" + name, "expected a non-negative integer");
  return found.get<std::uint64_t>();
}

Summary summary_from_json(const Json& json, const std::string& place) {
  Summary summary;
  summary.cases = count(json, "cases", place);
  summary.agree = count(json, "agree", place);
  summary.refuted = count(json, "refuted", place);
  summary.undecided = count(json, "undecided", place);
  summary.outside = count(json, "outside", place);
  summary.uncovered = count(json, "uncovered", place);
  const Json& by_verdict = member(json, "by_verdict", place);
  if (!by_verdict.is_object()) refuse(place + "/by_verdict", "expected an object");
  for (const auto& [name, value] : by_verdict.items()) {
    const auto verdict = parse_verdict(name);
    if (!verdict) refuse(place + "/by_verdict", "unknown verdict \"" + name + "\"");
    summary.by_verdict.emplace_back(*verdict, count(by_verdict, name, place + "/by_verdict"));
  }
  return summary;
}

// All but the rows.
SavedReport head_from_json(const Json& json, const std::string& place) {
  SavedReport report;
  report.statement = text_of(json, "statement", place);
  report.title = text_of(json, "title", place);
  report.source = text_of(json, "source", place);
  report.model = text_of(json, "model", place);
  report.shape_key = text_of(json, "shape_key", place);
  report.input_sha256 = text_of(json, "input_sha256", place);
  report.git = text_of(member(json, "tool", place), "git", place + "/tool");
  report.seed = count(json, "seed", place);
  report.summary = summary_from_json(member(json, "summary", place), place + "/summary");
  return report;
}

// What nlohmann's callbacks leave to be refused: deep nesting, and so many objects that its look through the parent at
// the end of each would take long. A case has a few dozen.
class Bounds {
 public:
  /// Empty where there is nothing against the event.
  [[nodiscard]] std::string problem(int depth, Json::parse_event_t event) {
    if (depth > deepest) return "nested too deeply";
    if (event != Json::parse_event_t::object_end || ++objects_ <= most_objects) return {};
    return "more than " + std::to_string(most_objects) + " objects in one case";
  }
  void next() { objects_ = 0; }

 private:
  std::size_t objects_ = 0;
};

// Listens to the parser. Depths are those of nlohmann's callback: the root is at 0, its keys and values at 1.
class Reader {
 public:
  bool operator()(int depth, Json::parse_event_t event, Json& parsed) {
    using Event = Json::parse_event_t;
    if (const std::string problem = bounds_.problem(depth, event); !problem.empty()) refuse(place_of_row(), problem);
    const auto level = static_cast<std::size_t>(depth);
    if (event == Event::key && level < keys_.size()) keys_[level] = parsed.get<std::string>();
    if (event == Event::value && level < keys_.size() && level % 2 == 1 && keys_[level] == "shape_key") {
      if (!parsed.is_string()) refuse(base(level - 1) + "/shape_key", "expected a string");
      shape_key_ = parsed.get<std::string>();
    }
    if (event == Event::object_end && is_row(level)) {
      if (shape_key_.empty()) refuse(base(level - 2), "\"shape_key\" is missing before \"cases\"");
      rows_.push_back(row_from_json(parsed, shape_key_, place_of_row()));
      bounds_.next();
      return false;  // out of the tree
    }
    if (event == Event::object_end && level == 2 && keys_[1] == "reports") {
      finish(parsed, "/reports/" + std::to_string(reports_.size()));
      return false;
    }
    return true;
  }

  std::vector<SavedReport> result(const Json& root) {
    const std::string format = text_of(root, "format", "");
    if (format == "rankscape-reports/1") {
      // Every report was taken out; what is left is not an object.
      const Json& reports = member(root, "reports", "");
      if (!reports.is_array() || !reports.empty()) refuse("/reports", "expected an array of reports");
    } else {
      finish(root, "");
    }
    return std::move(reports_);
  }

 private:
  [[nodiscard]] bool is_row(std::size_t level) const {
    if (level == 2) return keys_[1] == "cases";
    return level == 4 && keys_[1] == "reports" && keys_[3] == "cases";
  }
  [[nodiscard]] std::string base(std::size_t level) const {
    return level == 0 ? std::string() : "/reports/" + std::to_string(reports_.size());
  }
  [[nodiscard]] std::string place_of_row() const {
    return base(keys_[1] == "reports" ? 2 : 0) + "/cases/" + std::to_string(rows_.size());
  }

  void finish(const Json& json, const std::string& place) {
    if (const std::string format = text_of(json, "format", place); format != "rankscape-report/1") {
      refuse(place + "/format", "expected \"rankscape-report/1\", found \"" + format + "\"");
    }
    const Json& cases = member(json, "cases", place);
    if (!cases.is_array() || !cases.empty()) refuse(place + "/cases", "expected an array of objects");
    SavedReport report = head_from_json(json, place);
    report.rows = std::exchange(rows_, {});
    reports_.push_back(std::move(report));
    shape_key_.clear();
    bounds_.next();
  }

  Bounds bounds_;
  std::array<std::string, 4> keys_;  // the key last read at each depth
  std::string shape_key_;
  std::vector<Row> rows_;
  std::vector<SavedReport> reports_;
};

constexpr const char* lines_format = "rankscape-report-lines/1";

// A head on a line of its own. A report that is one document may stand on one line, too, but has another format.
bool is_in_lines(std::string_view text) {
  const std::string_view first = text.substr(0, text.find('\n'));
  return first.starts_with("{") && first.substr(0, 80).find(lines_format) != std::string_view::npos;
}

std::vector<SavedReport> parse_lines(std::string_view text) {
  std::vector<SavedReport> reports;
  std::uint64_t left = 0;  // cases of the last head
  for (std::size_t number = 1; !text.empty(); ++number) {
    const std::size_t end = text.find('\n');
    const std::string place = "line " + std::to_string(number);
    if (end == std::string_view::npos) refuse(place, "is cut off");
    Json json;
    try {
      Bounds bounds;
      json = Json::parse(text.substr(0, end), [&](int depth, Json::parse_event_t event, Json&) {
        if (const std::string problem = bounds.problem(depth, event); !problem.empty()) refuse(place, problem);
        return true;
      });
    } catch (const Json::parse_error&) {
      refuse(place, "is no JSON object");
    }
    text.remove_prefix(end + 1);
    const std::string statement = text_of(json, "statement", place);
    if (left == 0) {
      if (text_of(json, "format", place) != lines_format)
        refuse(place + "/format", std::string("expected \"") + lines_format + "\"");
      reports.push_back(head_from_json(json, place));
      left = count(json, "lines", place);
      continue;
    }
    if (statement != reports.back().statement) refuse(place, "is a case of another statement");
    json.erase("statement");
    reports.back().rows.push_back(row_from_json(json, reports.back().shape_key, place));
    --left;
  }
  if (left != 0) throw InputError("cut off: " + std::to_string(left) + " cases of the last statement are missing");
  return reports;
}

}  // namespace

std::vector<SavedReport> parse_reports(std::string_view text, const std::string& name) {
  text::check_json_bytes(text, name);
  try {
    if (is_in_lines(text)) return parse_lines(text);
    Reader reader;
    const Json root = Json::parse(text, std::ref(reader));
    return reader.result(root);
  } catch (const Json::parse_error& error) {
    // "[json.exception.parse_error.101] parse error at line 1, column 2: .." without the part about the library
    std::string message = error.what();
    if (const auto end = message.find("] "); end != std::string::npos) message = message.substr(end + 2);
    throw InputError(name + ": " + message);
  } catch (const InputError& error) {
    throw InputError(name + ": " + error.what());
  }
}

std::vector<SavedReport> read_reports(const std::string& path) {
  return parse_reports(text::read_file(path, largest_file), path);
}

}  // namespace rankscape
