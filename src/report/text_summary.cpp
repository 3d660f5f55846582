// The summary on the terminal.

#include <algorithm>
#include <ostream>
#include <rankscape/report/case_table.hpp>
#include <rankscape/report/text_summary.hpp>

#include "report/escape.hpp"
#include "report/format.hpp"

namespace rankscape {

struct TextSummary::State {
  std::ostream& out;
  struct Section {
    StatementHead head;
    CaseTable table;
  };
  std::vector<Section> sections;

  // "widths (2,2,2), r 1, S type other"
  static std::string place(const Section& section, const CaseGroup& group) {
    std::string text;
    for (std::size_t i = 0; i < group.cells.size(); ++i) {
      const TableColumn& column = section.table.columns()[i];
      if (!text.empty()) text += ", ";
      text += report::column_name(column, section.head.shape_key) + " " +
              report::cell_text(group.cells[i], report::brackets_of(column));
    }
    return report::printable(text);
  }

  // Lines of the table with refuted (or faulty) rows first, then those with undecided ones.
  void list(const Section& section, bool alarming) const {
    std::size_t listed = 0;
    std::uint64_t left_out = 0;
    for (const std::size_t position : section.table.order()) {
      const CaseGroup& group = section.table.groups()[position];
      const std::uint64_t refuted = group.count(Outcome::refuted) + group.count(Outcome::fault);
      const std::uint64_t count = alarming ? refuted : group.count(Outcome::undecided);
      if (count == 0) continue;
      if (listed >= examples_listed) {
        left_out += count;
        continue;
      }
      out << "  "
          << (!alarming                           ? "undecided"
              : group.count(Outcome::refuted) > 0 ? "refuted"
                                                  : "not critical")
          << ": " << place(section, group) << ": " << count << " of " << group.judged() << "\n";
      std::uint64_t shown = 0;
      for (const CaseGroup::Example& example : group.examples) {
        if ((example.outcome != Outcome::undecided) != alarming || listed >= examples_listed) continue;
        out << "    " << report::printable(example.key) << ": " << report::printable(example.explanation) << "\n";
        ++listed;
        ++shown;
      }
      left_out += count - shown;
    }
    if (left_out > 0) out << "    and " << left_out << " more\n";
  }
};

TextSummary::TextSummary(std::ostream& out) : state_(new State{out, {}}) {}

TextSummary::~TextSummary() = default;

void TextSummary::start(const ReportPlan& plan) {
  state_->sections.clear();
  for (const StatementHead& head : plan.statements)
    state_->sections.push_back({head, CaseTable(head.columns)});
}

void TextSummary::row(std::size_t statement, const Row& row) {
  state_->sections.at(statement).table.add(row);
}

void TextSummary::end(const std::vector<Summary>& summaries) {
  Summary total;
  std::size_t known_false = 0;
  std::size_t vacuous = 0;
  std::size_t as_expected = 0;
  for (std::size_t i = 0; i < state_->sections.size(); ++i) {
    const State::Section& section = state_->sections[i];
    const Summary& summary = summaries.at(i);
    state_->out << report::printable(section.head.id) << ": " << report::printable(section.head.title);
    if (section.head.status != Status::theorem) state_->out << " (" << report::status_text(section.head.status) << ")";
    state_->out << "\n";
    const std::string verdicts = report::verdict_counts(summary);
    if (!verdicts.empty()) state_->out << "  " << verdicts << "\n";
    state_->list(section, true);
    state_->list(section, false);
    state_->out << "  " << report::printable(closing_line(section.head, summary)) << "\n";
    const std::string idle = idle_line(summary);
    if (!idle.empty()) state_->out << "  " << report::printable(idle) << "\n";
    if (!summary.reach.empty()) state_->out << "  hint: " << report::printable(summary.reach) << "\n";
    vacuous += summary.vacuous() ? 1U : 0U;
    if (section.head.status == Status::known_false) {
      known_false += 1;
      as_expected += summary.refuted > 0 ? 1U : 0U;
      continue;
    }
    total.agree += summary.agree;
    total.refuted += summary.refuted;
    total.undecided += summary.undecided;
    total.outside += summary.outside;
    total.uncovered += summary.uncovered;
  }
  if (state_->sections.size() > 1) {
    state_->out << state_->sections.size() << " statements: " << certified_line(total);
    if (known_false > 0) state_->out << "; " << as_expected << " of " << known_false << " false statements refuted";
    if (vacuous > 0) state_->out << "; " << vacuous << (vacuous == 1 ? " is" : " are") << " vacuous";
    state_->out << "\n";
  }
  state_->out.flush();
}

}  // namespace rankscape
