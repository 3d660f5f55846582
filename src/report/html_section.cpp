// A statement of the HTML report. What agrees is counted, and one case a line is named from which the others can be
// made again; what does not is shown.

#include "report/html_section.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <ostream>
#include <rankscape/report/case_table.hpp>
#include <rankscape/report/html_report.hpp>
#include <rankscape/report/text_summary.hpp>
#include <set>

#include "report/chunked_text.hpp"
#include "report/escape.hpp"
#include "report/format.hpp"
#include "report/html_pieces.hpp"
#include "text/shell.hpp"

namespace rankscape::report {
namespace {

constexpr std::string_view dash = "\xE2\x80\x93";
constexpr std::string_view lambda_min = "\xCE\xBB<sub>min</sub>";
constexpr std::size_t expected_in_full = 2;  // refutations of a statement that is known to be false

// Of thousands of lines nothing is written that style and script can tell by the place of a cell, and no end tag that
// HTML lets one leave out.
std::string cell(const std::string& content) {
  return "<td>" + content;
}
std::string column(const std::string& content, bool number = false) {
  return element("th", number ? "scope=\"col\" class=\"n\"" : "scope=\"col\"", content);
}

std::string_view weight(std::string_view mood) {
  return mood == "agrees" ? "good" : mood == "refuted" ? "bad" : mood == "uncovered" ? "soft" : "open";
}

// A certificate's relative path as a link; anything that could be another scheme stays text.
std::string certificate_link(const std::string& path) {
  const bool linkable = path.find(':') == std::string::npos && path.front() != '/';
  return linkable ? "<a href=\"" + xml(path) + "\">" + xml(path) + "</a>" : xml(path);
}

void pair(std::string& list, const std::string& term, const std::string& definition) {
  list += element("dt", "", term) + element("dd", "", definition) + "\n";
}

}  // namespace

struct HtmlSection::State {
  StatementHead head;
  std::string id;
  const Landscape* landscape = nullptr;
  std::uint64_t seed = 1;
  std::string given;
  CaseTable table;
  std::vector<std::string> first;  // key of the first case of each group
  ChunkedText cases;               // that disagree or are undecided, in full
  std::size_t in_full = 0;
  ChunkedText others;  // further ones, a line each
  std::size_t listed = 0;
  std::size_t unlisted = 0;
  std::string spectra;
  std::set<Verdict> pictured;

  [[nodiscard]] std::string command(const std::string& key) const {
    const std::string file = head.file.empty() ? head.id + ".toml" : text::shell_word(head.file);
    if (given == "--point") return "rankscape check " + file + " --point " + text::shell_word(key);
    return "rankscape point --statement " + file + " --seed " + std::to_string(seed) +
           (given.empty() ? "" : " " + given) + " --key " + text::shell_word(key);
  }

  [[nodiscard]] std::string regenerate(const std::string& key) const {
    return copy_button("") + element("code", "class=\"text\"", xml(command(key)));
  }

  void add_in_full(const Row& row, Outcome outcome) {
    std::string list;
    pair(list, "predicted", row.predicted.empty() ? "nothing" : xml(display_prediction(joined(row.predicted))));
    pair(list, "found", verdict_html(row.found));
    // what is more than the two lines above
    if (const std::string why = explain(row); why.find("; ") != std::string::npos) pair(list, "why", xml(why));
    if (row.value || row.value_within) pair(list, "value", element("code", "", xml(value_text(row))));
    if (row.inertia) {
      pair(list, "inertia",
           std::to_string(row.inertia->negative) + ", " + std::to_string(row.inertia->zero) + ", " +
               std::to_string(row.inertia->positive));
    }
    if (row.lambda_min) pair(list, std::string(lambda_min), enclosure_html(*row.lambda_min));
    if (row.escape_order) pair(list, "escape order", std::to_string(*row.escape_order));
    if (!row.certificate.empty()) pair(list, "certificate", certificate_link(row.certificate));
    pair(list, "again", regenerate(row.key));
    const std::string name = case_id(id, row);
    std::string point;
    if (const auto instance = instance_of(row, landscape, seed)) {
      point = point_html(*instance);
      if (row.value_within) pair(list, "point", "the critical point proved beside these weights");
      if (has_picture(row)) point += spectrum_html(*instance, *row.inertia, "Hessian: ");
    }
    cases.append("<article class=\"case " + std::string(to_string(outcome)) + "\" id=\"" + name +
                 "\">\n<h4><a href=\"#" + name + "\">" + xml(row.key) + "</a></h4>\n" + element("dl", "", list) + "\n" +
                 point + "</article>\n");
    ++in_full;
  }

  void add_line(const Row& row, Outcome outcome) {
    if (listed == HtmlReport::listed_in_statement) {
      ++unlisted;
      return;
    }
    ++listed;
    others.append("<li class=\"case " + std::string(to_string(outcome)) + "\" id=\"" + case_id(id, row) + "\"><code>" +
                  xml(row.key) + "</code> " + xml(explain(row)) + "</li>\n");
  }

  void write_formulas(std::ostream& out, const Summary& summary) const {
    const auto code = [](const std::string& text) { return element("code", "", xml(text)); };
    std::string list;
    for (const auto& one : head.hypotheses) {
      const auto excluded = std::find_if(summary.excluded.begin(), summary.excluded.end(),
                                         [&](const auto& entry) { return entry.hypothesis == one.name; });
      pair(list, "hypothesis " + xml(one.name),
           code(one.holds.text) + " " +
               element("span", "class=\"soft\"",
                       excluded == summary.excluded.end()
                           ? std::string("excludes no point")
                           : "excludes " + std::to_string(excluded->points) + " points, " +
                                 std::to_string(excluded->alone) + " of them alone"));
    }
    for (const auto& one : head.definitions)
      pair(list, "definition", code(one.text));
    for (const auto& one : head.cases) {
      pair(list, "case " + xml(one.name),
           element("strong", "", xml(display_prediction(one.then))) +
               (one.when.text.empty() ? " otherwise" : " if " + code(one.when.text)));
    }
    for (const auto& one : head.claims) {
      const ClaimTally tally = table.claim(one.name);
      const std::uint64_t all = tally.yes + tally.no + tally.unknown;
      const char* mood = tally.no > 0 ? "class=\"bad\"" : tally.unknown > 0 ? "class=\"open\"" : "class=\"good\"";
      pair(list, "claim " + xml(one.name) + (one.status ? std::string(" (") + status_text(*one.status) + ")" : ""),
           code(one.holds.text) + (one.when.text.empty() ? "" : " if " + code(one.when.text)) + " " +
               element("span", all == 0 ? "class=\"open\"" : mood,
                       all == 0 ? "asked at no point"
                                : "holds at " + std::to_string(tally.yes) + " of " + std::to_string(all)));
    }
    if (!list.empty()) out << "<dl>\n" << list << "</dl>\n";
  }

  void write_group(std::ostream& out, std::size_t position) const {
    const CaseGroup& group = table.groups()[position];
    out << (mood(group) == "agrees" ? std::string("<tr>") : "<tr class=\"" + std::string(mood(group)) + "\">");
    for (std::size_t i = 0; i < group.cells.size(); ++i)
      out << cell(xml(cell_text(group.cells[i], brackets_of(table.columns()[i]))));
    out << cell(std::to_string(group.cases));
    std::string verdicts;
    for (const auto& [value, count] : group.found) {
      if (!verdicts.empty()) verdicts += "<br>";
      verdicts += element("b", "class=\"" + verdict_class(value) + "\"", display_name(value));
      if (group.found.size() > 1) verdicts += " (" + std::to_string(count) + ")";
    }
    out << cell(verdicts);
    for (std::size_t i = 0; i < 3; ++i)
      out << cell(group.inertia ? range_text((*group.inertia)[i], dash) : "");
    out << cell(group.lambda_min ? enclosure_html(*group.lambda_min) : "");
    out << cell(agreement_text(group)) << cell(validity_text(group)) << cell(element("code", "", xml(first[position])))
        << '\n';
  }

  void write_table(std::ostream& out) const {
    if (table.groups().empty()) return;
    out << "<details open><summary>case table, " << table.groups().size()
        << (table.groups().size() == 1 ? " line" : " lines")
        << "</summary><div class=\"scroll\"><table class=\"cases\" data-command=\"" << xml(command("KEY"))
        << "\">\n<caption>Cases that agree in the first columns; one of each to make again: <code>"
        << xml(command("KEY")) << "</code></caption>\n<thead><tr>";
    for (const TableColumn& one : table.columns())
      out << column(xml(column_name(one, head.shape_key)));
    out << column("cases", true) << column("verdict") << column("neg", true) << column("zero", true)
        << column("pos", true) << column(std::string(lambda_min), true) << column("agree", true) << column("valid")
        << column("one of them") << "</tr></thead>\n<tbody>\n";
    for (const std::size_t position : table.order())
      write_group(out, position);
    out << "</tbody></table></div></details>\n";
  }
};

HtmlSection::HtmlSection(StatementHead head, std::string id, const Landscape* landscape, std::uint64_t seed,
                         std::string given)
    : state_(new State{std::move(head),
                       std::move(id),
                       landscape,
                       seed,
                       std::move(given),
                       CaseTable({}),
                       {},
                       {},
                       0,
                       {},
                       0,
                       0,
                       {},
                       {}}) {
  state_->table = CaseTable(state_->head.columns);
}
HtmlSection::HtmlSection(HtmlSection&&) noexcept = default;
HtmlSection& HtmlSection::operator=(HtmlSection&&) noexcept = default;
HtmlSection::~HtmlSection() = default;

void HtmlSection::add(const Row& row) {
  State& state = *state_;
  const std::size_t group = state.table.add(row);
  if (group == state.first.size()) state.first.push_back(row.key);
  const Outcome outcome = outcome_of(row);
  if (outcome == Outcome::refuted || outcome == Outcome::undecided || outcome == Outcome::fault) {
    const bool expected = outcome == Outcome::refuted && state.head.status == Status::known_false;
    if (state.in_full < (expected ? expected_in_full : HtmlReport::in_full_in_statement)) {
      state.add_in_full(row, outcome);
    } else {
      state.add_line(row, outcome);
    }
  } else if (outcome == Outcome::agrees && !state.pictured.contains(row.found) && has_picture(row)) {
    // the first of each verdict that has a picture
    if (const auto instance = instance_of(row, state.landscape, state.seed)) {
      state.pictured.insert(row.found);
      state.spectra +=
          spectrum_html(*instance, *row.inertia, verdict_html(row.found) + ", <code>" + xml(row.key) + "</code>: ");
    }
  }
}

void HtmlSection::write(std::ostream& out, const Summary& summary) const {
  const State& state = *state_;
  const StatementHead& head = state.head;
  out << "<section class=\"" << mood(head, summary) << "\" id=\"" << state.id << "\">\n<h2><a href=\"#" << state.id
      << "\">" << xml(head.title) << "</a></h2>\n<p class=\"soft\">" << xml(head.source) << " \xC2\xB7 <code>"
      << xml(head.id) << "</code> \xC2\xB7 " << status_text(head.status) << " \xC2\xB7 model <code>" << xml(head.model)
      << "</code></p>\n";
  if (!head.note.empty()) out << "<p>" << xml(head.note) << "</p>\n";
  out << "<p class=\"" << weight(mood(head, summary)) << "\">" << xml(closing_line(head, summary)) << "</p>\n";
  if (const std::string idle = idle_line(summary); !idle.empty()) out << "<p class=\"open\">" << xml(idle) << "</p>\n";
  if (!summary.reach.empty()) out << "<p class=\"soft\">hint: " << xml(summary.reach) << "</p>\n";
  state.write_formulas(out, summary);
  state.write_table(out);
  if (state.in_full > 0) {
    out << "<details open><summary>cases that do not agree: " << state.in_full << " in full</summary>\n"
        << state.cases << "</details>\n";
  }
  if (state.listed > 0) {
    out << "<details><summary>" << state.listed << " more that do not agree</summary>\n<ul>\n"
        << state.others << "</ul></details>\n";
  }
  if (state.unlisted > 0) {
    out << "<p class=\"soft\">" << state.unlisted << " further cases that do not agree are in the JSON report.</p>\n";
  }
  if (!state.spectra.empty()) {
    out << "<details class=\"pictures\"><summary>spectra of the Hessian, one case of each verdict</summary>\n"
        << "<p class=\"soft\">Drawn from enclosures on a scale that is linear near 0 and logarithmic far from it; dots "
           "that would cover each other are stacked. The signs are the exact inertia's.</p>\n<div class=\"row\">"
        << state.spectra << "</div></details>\n";
  }
  out << "<p class=\"soft\">SHA-256 of the statement file: <code>" << head.input_sha256 << "</code></p>\n</section>\n";
}

const StatementHead& HtmlSection::head() const {
  return state_->head;
}
const std::string& HtmlSection::id() const {
  return state_->id;
}

}  // namespace rankscape::report
