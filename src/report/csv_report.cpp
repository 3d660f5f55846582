// The report as comma-separated values. Rows of statements take turns as the run has them.

#include <nlohmann/json.hpp>
#include <ostream>
#include <rankscape/report/case_table.hpp>
#include <rankscape/report/csv_report.hpp>
#include <rankscape/report/output.hpp>

#include "report/chunked_text.hpp"
#include "report/label_json.hpp"

namespace rankscape {
namespace {

constexpr std::string_view header =
    "statement,model,key,shape,case,predicted,found,outcome,value,neg,zero,pos,lambda_min_lo,lambda_min_hi,"
    "escape_order,validity,failing,labels,certificate,reason\r\n";

// RFC 4180: a field with a comma, a quote or a line break is quoted, quotes are doubled.
std::string field(const std::string& text) {
  if (text.find_first_of(",\"\r\n") == std::string::npos) return text;
  std::string quoted = "\"";
  for (const char c : text)
    quoted += c == '"' ? std::string("\"\"") : std::string(1, c);
  return quoted + "\"";
}

}  // namespace

struct CsvReport::State {
  std::string path;
  std::vector<StatementHead> heads;
  report::ChunkedText lines;
};

CsvReport::CsvReport(std::string path) : state_(new State{std::move(path), {}, {}}) {
  check_writable(state_->path);
}

CsvReport::~CsvReport() = default;

void CsvReport::start(const ReportPlan& plan) {
  state_->heads = plan.statements;
  state_->lines = report::ChunkedText(std::make_shared<report::SpillFile>(state_->path));
}

void CsvReport::row(std::size_t statement, const Row& row) {
  const StatementHead& head = state_->heads.at(statement);
  std::string line;
  const auto put = [&](const std::string& text) { line += (line.empty() ? "" : ",") + field(text); };
  put(head.id);
  put(head.model);
  put(row.key);
  put(row.shape.to_text());
  put(joined(row.matched));
  put(joined(row.predicted));
  put(std::string(to_string(row.found)));
  put(std::string(to_string(outcome_of(row))));
  put(value_text(row));
  for (const auto count : {&Inertia::negative, &Inertia::zero, &Inertia::positive})
    put(row.inertia ? std::to_string((*row.inertia).*count) : "");
  const auto bounds = row.lambda_min ? to_decimal(*row.lambda_min) : DecimalEnclosure{};
  put(bounds.lo);
  put(bounds.hi);
  put(row.escape_order ? std::to_string(*row.escape_order) : "");
  put(row.validity);
  std::string failing;
  for (const auto& [name, holds] : row.claims) {
    if (holds == Truth::no) failing += (failing.empty() ? "" : "; ") + name;
  }
  put(failing);
  Json labels = Json::object();
  report::add_labels(labels, row.labels);
  put(labels.dump(-1, ' ', false, Json::error_handler_t::replace));
  put(row.certificate);
  put(row.reason);
  state_->lines.append(line + "\r\n");
}

void CsvReport::end(const std::vector<Summary>& /*summaries*/) {
  write_file(state_->path, [&](std::ostream& out) { out << header << state_->lines; });
}

}  // namespace rankscape
