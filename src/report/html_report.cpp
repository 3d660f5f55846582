// The HTML report: a page that needs nothing but itself. An index, a section a statement, the glossary.

#include <nlohmann/json.hpp>
#include <ostream>
#include <rankscape/report/html_report.hpp>
#include <rankscape/report/output.hpp>
#include <set>

#include "report/escape.hpp"
#include "report/format.hpp"
#include "report/html_pieces.hpp"
#include "report/html_script.hpp"
#include "report/html_section.hpp"
#include "report/html_style.hpp"

namespace rankscape {

struct HtmlReport::State {
  std::string path;
  ToolInfo tool;
  std::string given;
  std::uint64_t seed = 0;
  std::vector<report::HtmlSection> sections;

  void write_head(std::ostream& out) const {
    out << "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
        << "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
        << "<title>rankscape report</title>\n<style>" << report::style_sheet << "</style>\n</head>\n<body>\n"
        << "<h1>Machine-checked case tables</h1>\n<p class=\"soft\">rankscape " << report::xml(tool.version) << " ("
        << report::xml(tool.git) << "), seed " << seed << "</p>\n"
        << "<p class=\"tools\"><label>Filter <input type=\"search\" id=\"filter\" "
           "placeholder=\"words: title, author, verdict, (2,2,2), refuted\"></label> <output id=\"shown\"></output> "
           "<button type=\"button\" id=\"fold\">fold all</button></p>\n";
  }

  void write_index(std::ostream& out, const std::vector<Summary>& summaries) const {
    out << "<nav class=\"scroll\"><table id=\"index\">\n<caption>Statements</caption>\n<thead><tr>";
    for (const char* title : {"statement", "result", "status"})
      out << "<th scope=\"col\">" << title << "</th>";
    for (const char* title : {"agree", "refuted", "undecided", "not covered", "outside"})
      out << "<th scope=\"col\" class=\"n\">" << title << "</th>";
    out << "<th scope=\"col\">verdicts</th></tr></thead>\n<tbody>\n";
    for (std::size_t i = 0; i < sections.size(); ++i) {
      const Summary& summary = summaries.at(i);
      const StatementHead& head = sections[i].head();
      const std::string_view mood = report::mood(head, summary);
      const bool as_expected = head.status == Status::known_false && summary.refuted > 0;
      out << "<tr class=\"" << mood << "\" data-section=\"" << sections[i].id()
          << "\"><th scope=\"row\" class=\"wide\"><a href=\"#" << sections[i].id() << "\">" << report::xml(head.title)
          << "</a></th><td>"
          << (summary.vacuous() ? "vacuous"
              : as_expected     ? "refuted, as expected"
                                : mood)
          << "</td><td>" << report::status_text(head.status) << "</td>";
      for (const std::uint64_t count :
           {summary.agree, summary.refuted, summary.undecided, summary.uncovered, summary.outside}) {
        out << "<td class=\"n\">" << count << "</td>";
      }
      out << "<td class=\"wide\">" << report::verdict_counts(summary) << "</td></tr>\n";
    }
    out << "</tbody></table></nav>\n"
        << "<p class=\"soft\">Intervals under \xCE\xBB<sub>min</sub> contain the least eigenvalue of the Hessian, "
           "rounded outward. <a href=\"#word-inertia\">Inertia</a> counts the Hessian&#39;s negative, zero and "
           "positive "
           "eigenvalues exactly. <a href=\"#word-valid--all--samples\">Valid</a> says whether a line holds at the "
           "sampled "
           "points or for all parameter values. <a href=\"#glossary\">Glossary</a>.</p>\n";
  }
};

HtmlReport::HtmlReport(std::string path, ToolInfo tool, std::string given)
    : state_(new State{std::move(path), std::move(tool), std::move(given), 0, {}}) {
  check_writable(state_->path);
}

HtmlReport::~HtmlReport() = default;

void HtmlReport::start(const ReportPlan& plan) {
  state_->seed = plan.seed;
  state_->sections.clear();
  std::set<std::string> ids = {"filter", "shown", "fold", "index", "glossary"};
  for (std::size_t s = 0; s < plan.statements.size(); ++s) {
    const StatementHead& head = plan.statements[s];
    // ids of statements are unique, what is left of strange ones may not be
    std::string id = report::fragment_id(head.id);
    while (!ids.insert(id).second)
      id += "-" + std::to_string(s + 1);
    state_->sections.emplace_back(head, id, s < plan.landscapes.size() ? plan.landscapes[s] : nullptr, plan.seed,
                                  state_->given);
  }
}

void HtmlReport::row(std::size_t statement, const Row& row) {
  state_->sections.at(statement).add(row);
}

void HtmlReport::end(const std::vector<Summary>& summaries) {
  write_file(state_->path, [&](std::ostream& out) {
    state_->write_head(out);
    state_->write_index(out, summaries);
    for (std::size_t i = 0; i < state_->sections.size(); ++i)
      state_->sections[i].write(out, summaries.at(i));
    out << "<details class=\"words\" id=\"glossary\"><summary>Glossary</summary>\n"
        << report::glossary_html() << "</details>\n<script>" << report::page_script << "</script>\n</body>\n</html>\n";
  });
}

}  // namespace rankscape
