// The JSON report: heads line by line, one row a line. Rows are kept as text, beyond a piece on disk, because the
// summary stands before them and statements may take turns.

#include <nlohmann/json.hpp>
#include <rankscape/report/json_report.hpp>
#include <rankscape/report/output.hpp>
#include <stdexcept>

#include "report/chunked_text.hpp"

namespace rankscape {
namespace {

// Names of files and titles may not be UTF-8; the report always is.
std::string dump(const Json& json) {
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

Json tool_json(const ToolInfo& tool) {
  Json libraries = Json::object();
  for (const auto& [name, version] : tool.libraries)
    libraries[name] = version;
  return {{"version", tool.version}, {"git", tool.git}, {"libraries", std::move(libraries)}};
}

Json summary_json(const Summary& summary) {
  Json by_verdict = Json::object();
  for (const auto& [verdict, count] : summary.by_verdict)
    by_verdict[std::string(to_string(verdict))] = count;
  Json excluded = Json::object();
  for (const Excluded& one : summary.excluded)
    excluded[one.hypothesis] = {{"points", one.points}, {"alone", one.alone}};
  Json json = {{"cases", summary.cases},          {"agree", summary.agree},
               {"refuted", summary.refuted},      {"undecided", summary.undecided},
               {"outside", summary.outside},      {"uncovered", summary.uncovered},
               {"vacuous", summary.vacuous()},    {"by_verdict", by_verdict},
               {"excluded", std::move(excluded)}, {"idle", summary.idle}};
  if (!summary.reach.empty()) json["reach"] = summary.reach;
  return json;
}

}  // namespace

struct JsonReport::State {
  std::string path;
  std::ostream* target = nullptr;  // instead of the path
  ToolInfo tool;
  ReportPlan plan;
  std::vector<report::ChunkedText> rows;  // for each statement

  bool lines = false;
  std::vector<std::uint64_t> counts;  // of the rows

  [[nodiscard]] Json head_json(std::size_t statement, const Summary& summary) const {
    const StatementHead& head = plan.statements[statement];
    return {{"format", lines ? "rankscape-report-lines/1" : "rankscape-report/1"},
            {"statement", head.id},
            {"title", head.title},
            {"source", head.source},
            {"status", to_string(head.status)},
            {"model", head.model},
            {"shape_key", head.shape_key},
            {"tool", tool_json(tool)},
            {"input_sha256", head.input_sha256},
            {"seed", plan.seed},
            {"summary", summary_json(summary)}};
  }

  void write_report(std::ostream& out, std::size_t statement, const Summary& summary) const {
    Json head = head_json(statement, summary);
    if (lines) {
      head["lines"] = counts[statement];
      out << dump(head) << '\n' << rows[statement];
      return;
    }
    out << "{\n";
    for (const auto& [name, value] : head.items())
      out << "  \"" << name << "\": " << dump(value) << ",\n";
    out << "  \"cases\": [" << rows[statement] << (rows[statement].empty() ? "" : "\n  ") << "]\n}";
  }
};

JsonReport::JsonReport(std::string path, ToolInfo tool) : state_(std::make_unique<State>()) {
  check_writable(path);
  state_->lines = path.ends_with(".jsonl") || path.ends_with(".jsonl.gz");
  state_->path = std::move(path);
  state_->tool = std::move(tool);
}

JsonReport::JsonReport(std::ostream& out, ToolInfo tool) : state_(std::make_unique<State>()) {
  state_->target = &out;
  state_->tool = std::move(tool);
}

JsonReport::~JsonReport() = default;

void JsonReport::start(const ReportPlan& plan) {
  state_->plan = plan;
  const auto file = std::make_shared<report::SpillFile>(state_->path);
  state_->rows.assign(plan.statements.size(), report::ChunkedText(file));
  state_->counts.assign(plan.statements.size(), 0);
}

void JsonReport::row(std::size_t statement, const Row& row) {
  report::ChunkedText& rows = state_->rows.at(statement);
  const StatementHead& head = state_->plan.statements[statement];
  const Json json = row_to_json(row, head.shape_key);
  ++state_->counts[statement];
  if (!state_->lines) {
    rows.append((rows.empty() ? "\n    " : ",\n    ") + dump(json));
    return;
  }
  Json line = {{"statement", head.id}};
  if (json.contains("statement")) throw std::logic_error("a label has the name of what names the statement in a line");
  line.update(json);
  rows.append(dump(line) + "\n");
}

void JsonReport::end(const std::vector<Summary>& summaries) {
  const auto write = [&](std::ostream& out) {
    const std::size_t count = state_->plan.statements.size();
    if (state_->lines) {
      for (std::size_t i = 0; i < count; ++i)
        state_->write_report(out, i, summaries.at(i));
      return;
    }
    if (count == 1) {
      state_->write_report(out, 0, summaries.at(0));
    } else {
      out << "{\"format\": \"rankscape-reports/1\", \"reports\": [";
      for (std::size_t i = 0; i < count; ++i) {
        out << (i == 0 ? "\n" : ",\n");
        state_->write_report(out, i, summaries.at(i));
      }
      out << "\n]}";
    }
    out << "\n";
  };
  if (state_->target != nullptr) {
    write(*state_->target);
  } else {
    write_file(state_->path, write);
  }
}

}  // namespace rankscape
