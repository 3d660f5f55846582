// The HTML report: a page that needs nothing but itself. Groups come from the shared case table; under each stand its
// cases, folded away.

#include <algorithm>
#include <nlohmann/json.hpp>
#include <ostream>
#include <rankscape/report/case_table.hpp>
#include <rankscape/report/html_report.hpp>
#include <rankscape/report/output.hpp>
#include <rankscape/report/text_summary.hpp>

#include "report/chunked_text.hpp"
#include "report/escape.hpp"
#include "report/format.hpp"
#include "report/html_style.hpp"

namespace rankscape {
namespace {

using report::mood;
using report::xml;

constexpr std::string_view minus = "\xE2\x88\x92";
constexpr std::string_view dash = "\xE2\x80\x93";

std::string number(const std::string& decimal) {
  return decimal.front() == '-' ? std::string(minus) + decimal.substr(1) : decimal;
}

std::string enclosure(const Enclosure& value) {
  const report::Bounds bounds = report::bounds_text(value);
  if (bounds.exact) return number(bounds.lower);
  return "[" + number(bounds.lower) + ", " + number(bounds.upper) + "]";
}

std::string verdict(Verdict value) {
  // "undecided" is also the class of a line of the table.
  const std::string name(value == Verdict::undecided ? "undecided-verdict" : to_string(value));
  return "<span class=\"verdict " + name + "\">" + report::display_name(value) + "</span>";
}

std::string element(const char* tag, const std::string& attributes, const std::string& content) {
  return std::string("<") + tag + (attributes.empty() ? "" : " " + attributes) + ">" + content + "</" + tag + ">";
}

std::string cell(const std::string& content) {
  return element("td", "", content);
}
std::string number_cell(const std::string& content) {
  return element("td", "class=\"n\"", content);
}

std::string_view weight(std::string_view mood) {
  return mood == "agrees" ? "good" : mood == "refuted" ? "bad" : mood == "uncovered" ? "soft" : "open";
}

// A certificate's relative path as a link; anything that could be another scheme stays text.
std::string certificate_link(const std::string& path) {
  if (path.empty()) return "";
  const bool linkable = path.find(':') == std::string::npos && path.front() != '/';
  return linkable ? "<a href=\"" + xml(path) + "\">" + xml(path) + "</a>" : xml(path);
}

std::string case_line(const Row& row) {
  const Outcome outcome = outcome_of(row);
  std::string line = "<tr class=\"" + std::string(to_string(outcome)) + "\">";
  line += element("td", "class=\"wide\"", "<code>" + xml(row.key) + "</code>");
  line += cell(xml(report::display_prediction(joined(row.predicted)))) + cell(verdict(row.found));
  line += cell(std::string(to_string(outcome)));
  line += number_cell(xml(to_string(row.value)));
  line += number_cell(std::to_string(row.inertia.negative) + ", " + std::to_string(row.inertia.zero) + ", " +
                      std::to_string(row.inertia.positive));
  line += number_cell(row.lambda_min ? enclosure(*row.lambda_min) : "");
  line += number_cell(row.escape_order ? std::to_string(*row.escape_order) : "");
  const bool agrees = outcome == Outcome::agrees;
  std::string remark = agrees ? xml(row.reason) : xml(explain(row));
  const std::string certificate = certificate_link(row.certificate);
  if (!remark.empty() && !certificate.empty()) remark += "; ";
  return line + element("td", "class=\"wide\"", remark + certificate) + "</tr>\n";
}

struct Section {
  StatementHead head;
  CaseTable table;
  std::vector<report::ChunkedText> cases;  // for each group
  std::vector<std::uint64_t> listed;       // agreeing cases in it
};

constexpr std::size_t own_columns = 8;  // after the model's

void write_group(std::ostream& out, const Section& section, std::size_t position) {
  const CaseGroup& group = section.table.groups()[position];
  const std::vector<TableColumn>& columns = section.table.columns();
  out << "<tr class=\"" << mood(group) << "\">";
  for (std::size_t i = 0; i < columns.size(); ++i) {
    out << cell(xml(report::cell_text(group.cells[i], report::brackets_of(columns[i]))));
  }
  out << number_cell(std::to_string(group.cases));
  std::string verdicts;
  for (const auto& [value, count] : group.found) {
    if (!verdicts.empty()) verdicts += "<br>";
    verdicts += verdict(value);
    if (group.found.size() > 1) verdicts += " (" + std::to_string(count) + ")";
  }
  out << cell(verdicts);
  for (std::size_t i = 0; i < 3; ++i)
    out << number_cell(group.inertia ? report::range_text((*group.inertia)[i], dash) : "");
  out << number_cell(group.lambda_min ? enclosure(*group.lambda_min) : "");
  out << element("td", "class=\"n " + std::string(weight(mood(group))) + "\"", report::agreement_text(group));
  out << cell(report::validity_text(group)) << "</tr>\n";
  out << "<tr class=\"cases\"><td colspan=\"" << columns.size() + own_columns << "\"><details><summary>" << group.cases
      << (group.cases == 1 ? " case" : " cases") << "</summary><div class=\"scroll\"><table>\n<thead><tr><th>case</th>"
      << "<th>predicted</th><th>found</th><th>outcome</th><th class=\"n\">value</th><th class=\"n\">inertia</th>"
      << "<th class=\"n\">\xCE\xBB<sub>min</sub></th><th class=\"n\">escape "
         "order</th><th>remark</th></tr></thead>\n<tbody>\n"
      << section.cases[position] << "</tbody></table></div>";
  const std::uint64_t agreeing = group.count(Outcome::agrees);
  if (agreeing > section.listed[position]) {
    out << "<p class=\"soft\">" << agreeing - section.listed[position] << " more cases that agree are not listed.</p>";
  }
  out << "</details></td></tr>\n";
}

void write_formulas(std::ostream& out, const Section& section) {
  const StatementHead& head = section.head;
  const auto code = [](const std::string& text) { return "<code>" + xml(text) + "</code>"; };
  if (head.hypotheses.empty() && head.definitions.empty() && head.cases.empty() && head.claims.empty()) return;
  out << "<dl>\n";
  for (const auto& one : head.hypotheses) {
    out << "<dt>hypothesis " << xml(one.name) << "</dt><dd>" << code(one.holds.text) << "</dd>\n";
  }
  for (const auto& one : head.definitions)
    out << "<dt>definition</dt><dd>" << code(one.text) << "</dd>\n";
  for (const auto& one : head.cases) {
    out << "<dt>case " << xml(one.name) << "</dt><dd>"
        << "<strong>" << xml(report::display_prediction(one.then)) << "</strong> "
        << (one.when.text.empty() ? std::string("otherwise") : "if " + code(one.when.text)) << "</dd>\n";
  }
  for (const auto& one : head.claims) {
    const ClaimTally tally = section.table.claim(one.name);
    out << "<dt>claim " << xml(one.name);
    if (one.status) out << " (" << report::status_text(*one.status) << ")";
    out << "</dt><dd>" << code(one.holds.text);
    if (!one.when.text.empty()) out << " if " << code(one.when.text);
    out << " "
        << element(
               "span",
               tally.no > 0        ? "class=\"bad\""
               : tally.unknown > 0 ? "class=\"open\""
                                   : "class=\"good\"",
               "holds at " + std::to_string(tally.yes) + " of " + std::to_string(tally.yes + tally.no + tally.unknown))
        << "</dd>\n";
  }
  out << "</dl>\n";
}

void write_section(std::ostream& out, const Section& section, const Summary& summary, std::size_t number_of_section) {
  const StatementHead& head = section.head;
  out << "<section class=\"" << mood(head, summary) << "\" id=\"s" << number_of_section << "\">\n<h2>"
      << xml(head.title) << "</h2>\n<p class=\"soft\">" << xml(head.source) << " \xC2\xB7 <code>" << xml(head.id)
      << "</code> \xC2\xB7 " << report::status_text(head.status) << " \xC2\xB7 model <code>" << xml(head.model)
      << "</code></p>\n";
  if (!head.note.empty()) out << "<p>" << xml(head.note) << "</p>\n";
  write_formulas(out, section);
  if (!section.table.groups().empty()) {
    out << "<div class=\"scroll\"><table>\n<thead><tr>";
    for (const TableColumn& column : section.table.columns()) {
      out << "<th>" << xml(report::column_name(column, head.shape_key)) << "</th>";
    }
    out << "<th class=\"n\">cases</th><th>verdict</th><th class=\"n\">neg</th><th class=\"n\">zero</th>"
        << "<th class=\"n\">pos</th><th class=\"n\">\xCE\xBB<sub>min</sub></th><th class=\"n\">agree</th><th>valid</th>"
        << "</tr></thead>\n<tbody>\n";
    for (const std::size_t position : section.table.order())
      write_group(out, section, position);
    out << "</tbody></table></div>\n";
  }
  out << "<p class=\"" << weight(mood(head, summary)) << "\">" << xml(closing_line(head, summary)) << "</p>\n";
  if (const std::string idle = idle_line(summary); !idle.empty()) out << "<p class=\"open\">" << xml(idle) << "</p>\n";
  if (!summary.reach.empty()) out << "<p class=\"soft\">hint: " << xml(summary.reach) << "</p>\n";
  out << "<p class=\"soft\">SHA-256 of "
      << "the statement file: <code>" << head.input_sha256 << "</code></p>\n</section>\n";
}

}  // namespace

struct HtmlReport::State {
  std::string path;
  ToolInfo tool;
  std::uint64_t seed = 0;
  std::vector<Section> sections;

  void write_head(std::ostream& out, const std::vector<Summary>& summaries) const {
    out << "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
        << "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
        << "<title>rankscape report</title>\n<style>" << report::style_sheet << "</style>\n</head>\n<body>\n"
        << "<h1>Machine-checked case tables</h1>\n<p class=\"soft\">rankscape " << xml(tool.version) << " ("
        << xml(tool.git) << "), seed " << seed << "</p>\n<div class=\"scroll\"><table>\n<thead><tr><th>statement</th>"
        << "<th>status</th><th class=\"n\">agree</th><th class=\"n\">refuted</th><th class=\"n\">undecided</th>"
        << "<th class=\"n\">not covered</th><th class=\"n\">outside</th><th>verdicts</th></tr></thead>\n<tbody>\n";
    for (std::size_t i = 0; i < sections.size(); ++i) {
      const Summary& summary = summaries.at(i);
      out << "<tr class=\"" << mood(sections[i].head, summary) << "\"><td class=\"wide\"><a href=\"#s" << i + 1 << "\">"
          << xml(sections[i].head.title) << "</a></td>" << cell(report::status_text(sections[i].head.status));
      for (const std::uint64_t count :
           {summary.agree, summary.refuted, summary.undecided, summary.uncovered, summary.outside}) {
        out << number_cell(std::to_string(count));
      }
      out << element("td", "class=\"wide\"", report::verdict_counts(summary)) << "</tr>\n";
    }
    out << "</tbody></table></div>\n"
        << "<p class=\"soft\">Intervals under \xCE\xBB<sub>min</sub> contain the least eigenvalue of the Hessian, "
           "rounded "
        << "outward. Inertia counts the Hessian's negative, zero and positive eigenvalues exactly. Valid says whether "
           "a "
        << "line holds at the sampled points or for all parameter values.</p>\n";
  }
};

HtmlReport::HtmlReport(std::string path, ToolInfo tool) : state_(new State{std::move(path), std::move(tool), 0, {}}) {
  check_writable(state_->path);
}

HtmlReport::~HtmlReport() = default;

void HtmlReport::start(const ReportPlan& plan) {
  state_->seed = plan.seed;
  state_->sections.clear();
  for (const StatementHead& head : plan.statements)
    state_->sections.push_back({head, CaseTable(head.columns), {}, {}});
}

void HtmlReport::row(std::size_t statement, const Row& row) {
  Section& section = state_->sections.at(statement);
  const std::size_t group = section.table.add(row);
  if (group == section.cases.size()) {
    section.cases.emplace_back();
    section.listed.push_back(0);
  }
  if (outcome_of(row) == Outcome::agrees) {
    if (section.listed[group] == listed_in_group) return;
    ++section.listed[group];
  }
  section.cases[group].append(case_line(row));
}

void HtmlReport::end(const std::vector<Summary>& summaries) {
  write_file(state_->path, [&](std::ostream& out) {
    state_->write_head(out, summaries);
    for (std::size_t i = 0; i < state_->sections.size(); ++i)
      write_section(out, state_->sections[i], summaries.at(i), i + 1);
    out << "</body>\n</html>\n";
  });
}

}  // namespace rankscape
