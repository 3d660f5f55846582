// The JSON report: heads line by line, one row a line. Rows are kept as text, because the summary stands before them
// and statements may take turns.

#include <nlohmann/json.hpp>
#include <rankscape/report/json_report.hpp>
#include <rankscape/report/output.hpp>

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
  ToolInfo tool;
  ReportPlan plan;
  std::vector<report::ChunkedText> rows;  // for each statement

  void write_report(std::ostream& out, std::size_t statement, const Summary& summary) const {
    const StatementHead& head = plan.statements[statement];
    const auto field = [&](const char* name, const Json& value) {
      out << "  \"" << name << "\": " << dump(value) << ",\n";
    };
    out << "{\n";
    field("format", "rankscape-report/1");
    field("statement", head.id);
    field("title", head.title);
    field("source", head.source);
    field("status", to_string(head.status));
    field("model", head.model);
    field("shape_key", head.shape_key);
    field("tool", tool_json(tool));
    field("input_sha256", head.input_sha256);
    field("seed", plan.seed);
    field("summary", summary_json(summary));
    out << "  \"cases\": [" << rows[statement] << (rows[statement].empty() ? "" : "\n  ") << "]\n}";
  }
};

JsonReport::JsonReport(std::string path, ToolInfo tool) : state_(std::make_unique<State>()) {
  check_writable(path);
  state_->path = std::move(path);
  state_->tool = std::move(tool);
}

JsonReport::~JsonReport() = default;

void JsonReport::start(const ReportPlan& plan) {
  state_->plan = plan;
  state_->rows.assign(plan.statements.size(), {});
}

void JsonReport::row(std::size_t statement, const Row& row) {
  report::ChunkedText& rows = state_->rows.at(statement);
  const std::string line = dump(row_to_json(row, state_->plan.statements[statement].shape_key));
  rows.append((rows.empty() ? "\n    " : ",\n    ") + line);
}

void JsonReport::end(const std::vector<Summary>& summaries) {
  write_file(state_->path, [&](std::ostream& out) {
    const std::size_t count = state_->plan.statements.size();
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
  });
}

}  // namespace rankscape
