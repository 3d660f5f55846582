// The case table in LaTeX: booktabs rules, headers repeated on every page, numbers aligned at their decimal points,
// blocks of one shape kept together where they are short.

#include "report/latex_table.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <ostream>
#include <rankscape/report/latex_report.hpp>

#include "report/escape.hpp"
#include "report/format.hpp"

namespace rankscape::report {
namespace {

constexpr std::size_t most_notes = 24;
constexpr std::size_t longest_kept_together = 16;  // lines of one block that no page break may divide
constexpr std::size_t longest_unbroken_cell = 24;  // characters

std::string latex_cell(const Cell& cell, const TableColumn& column) {
  const Brackets brackets = brackets_of(column);
  if (cell.empty()) return "--";
  if (cell.as<Cell::List>() != nullptr) {
    std::string text = cell_text(cell, brackets);
    std::string escaped;
    for (const char c : text)
      escaped += c == '{' ? "\\{" : c == '}' ? "\\}" : std::string(1, c);
    return "$" + escaped + "$";
  }
  if (cell.as<long>() != nullptr) return "$" + cell_text(cell, brackets) + "$";
  return latex_text(cell_text(cell, brackets));
}

std::string centred(const std::string& text) {
  return "\\multicolumn{1}{c}{" + text + "}";
}

// "-1.2e-9" as -1.2\cdot10^{-9}.
std::string latex_number(const std::string& decimal) {
  const auto e = decimal.find('e');
  if (e == std::string::npos) return decimal;
  return decimal.substr(0, e) + "\\cdot10^{" + decimal.substr(e + 1) + "}";
}

std::size_t places(const std::string& decimal) {
  const auto point = decimal.find('.');
  return point == std::string::npos ? 0 : decimal.size() - point - 1;
}

// `decimal` filled up with invisible digits, so that right-aligned columns align at the point.
std::string aligned_number(const std::string& decimal, std::size_t most_places) {
  if (decimal.find('e') != std::string::npos || places(decimal) == most_places)
    return "$" + latex_number(decimal) + "$";
  std::string missing(most_places - places(decimal), '0');
  if (places(decimal) == 0) missing.insert(0, ".");
  return "$" + decimal + "$\\phantom{$" + missing + "$}";
}

// Beside the number of cases the number that agree suffices, unless only some are judged.
std::string agreement(const CaseGroup& group) {
  if (group.judged() == 0) return "--";
  return group.judged() == group.cases ? std::to_string(group.count(Outcome::agrees)) : agreement_text(group);
}

bool needs_note(const CaseGroup& group) {
  return group.alarming() || group.count(Outcome::undecided) > 0;
}

class TableWriter {
 public:
  TableWriter(std::ostream& out, const CaseTable& table, const StatementHead& head)
      : out_(out), table_(table), head_(head), order_(table.order()) {}

  void write() {
    measure();
    out_ << "\\begingroup\\rankscapetablesize\\setlength{\\LTcapwidth}{\\linewidth}%\n";
    out_ << "\\begin{longtable}{@{}" << column_types() << "@{}}\n";
    out_ << "\\caption{" << latex_text(head_.title) << ": the cases checked" << validity_of_all()
         << ".}\\label{tab:" << label() << "}\\\\\n";
    write_header();
    out_ << "\\endfirsthead\n";
    out_ << "\\multicolumn{" << columns() << "}{@{}l}{\\footnotesize\\tablename~\\thetable, continued}\\\\[2pt]\n";
    write_header();
    out_ << "\\endhead\n\\midrule\n\\multicolumn{" << columns()
         << "}{r@{}}{\\footnotesize continued on the next page}\\\\\n\\endfoot\n\\bottomrule\n\\endlastfoot\n";
    for (std::size_t begin = 0; begin < order_.size();)
      begin = write_block(begin);
    out_ << "\\end{longtable}\n\\endgroup\n";
    write_notes();
  }

 private:
  [[nodiscard]] std::size_t columns() const { return table_.columns().size() + (validity_differs_ ? 9 : 8); }
  [[nodiscard]] const CaseGroup& group(std::size_t line) const { return table_.groups()[order_[line]]; }

  void measure() {
    for (const CaseGroup& one : table_.groups()) {
      several_verdicts_ = several_verdicts_ || one.found.size() > 1;
      validity_differs_ = validity_differs_ || one.all_parameters != table_.groups().front().all_parameters;
      if (!one.lambda_min) continue;
      const Bounds bounds = bounds_text(*one.lambda_min);
      lower_places_ = std::max(lower_places_, bounds.lower.find('e') == std::string::npos ? places(bounds.lower) : 0);
      upper_places_ = std::max(upper_places_, bounds.upper.find('e') == std::string::npos ? places(bounds.upper) : 0);
    }
  }

  [[nodiscard]] std::string column_types() const {
    std::string types;
    for (std::size_t i = 0; i < table_.columns().size(); ++i) {
      bool numbers = true;
      std::size_t longest = 0;
      for (const CaseGroup& one : table_.groups()) {
        const Cell& cell = one.cells[i];
        numbers = numbers && (cell.as<long>() != nullptr || cell.empty());
        longest = std::max(longest, code_points(cell_text(cell, brackets_of(table_.columns()[i]))));
      }
      types += numbers ? "c" : longest > longest_unbroken_cell ? ">{\\raggedright\\arraybackslash}p{34mm}" : "l";
    }
    types += "r";
    types += several_verdicts_ ? ">{\\raggedright\\arraybackslash}p{30mm}" : "l";
    // Room for the marks that stand to the right of the numbers.
    return types + (validity_differs_ ? "rrrrrr@{\\hspace{2.4em}}l" : "rrrrrr");
  }

  [[nodiscard]] std::string label() const {
    std::string text;
    for (const char c : head_.id) {
      const bool safe = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-';
      text += safe ? c : '-';
    }
    return text;
  }

  // One validity for the whole table is said once.
  [[nodiscard]] std::string validity_of_all() const {
    if (validity_differs_) return "";
    return table_.groups().front().all_parameters ? ", for all parameter values" : ", at sampled points";
  }

  void write_header() {
    const std::size_t own = table_.columns().size();
    out_ << "\\toprule\n";
    for (const TableColumn& column : table_.columns())
      out_ << column.header << " & ";
    out_ << "cases & verdict & \\multicolumn{3}{c}{inertia} & \\multicolumn{2}{c}{$\\lambda_{\\min}$} & agree"
         << (validity_differs_ ? " & valid" : "") << "\\\\\n\\cmidrule(lr){" << own + 3 << "-" << own + 5
         << "}\\cmidrule(lr){" << own + 6 << "-" << own + 7 << "}\n";
    for (std::size_t i = 0; i < own; ++i)
      out_ << "& ";
    out_ << "& & " << centred("$-$") << " & " << centred("$0$") << " & " << centred("$+$") << " & "
         << centred("$\\geq$") << " & " << centred("$\\leq$") << " & " << (validity_differs_ ? "& " : "")
         << "\\\\\n\\midrule\n";
  }

  // Lines that begin with the same cell. A short block shows it once and stays on one page; in a long one every line
  // says where it belongs.
  std::size_t write_block(std::size_t begin) {
    std::size_t end = begin + 1;
    while (end < order_.size() && group(end).cells.size() > 1 && group(end).cells[0] == group(begin).cells[0] &&
           group(end).outside == group(begin).outside) {
      ++end;
    }
    const bool together = end - begin <= longest_kept_together;
    // Tables with one line for each shape are not pulled apart.
    if (begin > 0 && (end - begin > 1 || previous_block_ > 1)) out_ << "\\addlinespace\n";
    previous_block_ = end - begin;
    if (group(begin).outside && (begin == 0 || !group(begin - 1).outside)) {
      out_ << "\\multicolumn{" << columns() << "}{@{}l}{\\emph{outside the hypotheses, not judged}}\\\\*\n";
    }
    for (std::size_t line = begin; line < end; ++line) {
      write_line(line, !together || line == begin);
      out_ << (together && line + 1 < end ? "\\\\*\n" : "\\\\\n");
    }
    return end;
  }

  void write_line(std::size_t line, bool with_first_cell) {
    const CaseGroup& one = group(line);
    const bool bold = one.alarming();
    const auto emphasized = [&](const std::string& text) { return bold ? "\\textbf{" + text + "}" : text; };
    for (std::size_t i = 0; i < one.cells.size(); ++i) {
      if (i > 0 || with_first_cell) out_ << latex_cell(one.cells[i], table_.columns()[i]);
      out_ << " & ";
    }
    out_ << one.cases << " & " << emphasized(verdicts(one)) << " & ";
    for (std::size_t i = 0; i < 3; ++i)
      out_ << (one.inertia ? range_text((*one.inertia)[i], "--") : centred("--")) << " & ";
    if (one.lambda_min) {
      const Bounds bounds = bounds_text(*one.lambda_min);
      out_ << aligned_number(bounds.lower, lower_places_) << " & " << aligned_number(bounds.upper, upper_places_);
    } else {
      out_ << centred("--") << " & " << centred("--");
    }
    out_ << " & " << emphasized(agreement(one)) << mark(line);
    if (validity_differs_) out_ << " & " << validity_text(one);
  }

  static std::string verdicts(const CaseGroup& one) {
    std::string text;
    for (const auto& [verdict, count] : one.found) {
      if (!text.empty()) text += ", ";
      text += display_name(verdict);
      if (one.found.size() > 1) text += " (" + std::to_string(count) + ")";
    }
    return text;
  }

  // \rlap keeps the numbers aligned.
  std::string mark(std::size_t line) {
    if (!needs_note(group(line)) || noted_.size() == most_notes) return "";
    noted_.push_back(line);
    return "\\rlap{" + symbol(noted_.size() - 1) + "}";
  }

  [[nodiscard]] std::string symbol(std::size_t note) const {
    return std::string("$^{\\") + (group(noted_[note]).alarming() ? "dagger" : "ddagger") + std::to_string(note + 1) +
           "}$";
  }

  void write_notes() {
    if (noted_.empty()) return;
    out_ << "\\begingroup\\footnotesize\\raggedright\n";
    for (std::size_t note = 0; note < noted_.size(); ++note) {
      const CaseGroup& one = group(noted_[note]);
      out_ << "\\noindent" << symbol(note) << "~";
      const auto count = [&](Outcome outcome, const char* what) {
        if (one.count(outcome) > 0) out_ << one.count(outcome) << " " << what << "; ";
      };
      count(Outcome::refuted, "refuted");
      count(Outcome::fault, "not critical (a defect of the program)");
      count(Outcome::undecided, "undecided");
      out_ << "for instance " << latex_code(one.examples.front().key) << ": "
           << latex_text(display_prediction(one.examples.front().explanation)) << ".\\par\n";
    }
    const auto noteworthy = static_cast<std::size_t>(std::count_if(
        table_.groups().begin(), table_.groups().end(), [](const CaseGroup& one) { return needs_note(one); }));
    if (noteworthy > noted_.size()) {
      out_ << "\\noindent and " << noteworthy - noted_.size() << " more lines that are not in full agreement.\\par\n";
    }
    out_ << "\\endgroup\n";
  }

  std::ostream& out_;
  const CaseTable& table_;
  const StatementHead& head_;
  std::vector<std::size_t> order_;
  bool several_verdicts_ = false;
  bool validity_differs_ = false;
  std::size_t lower_places_ = 0;
  std::size_t upper_places_ = 0;
  std::size_t previous_block_ = 0;
  std::vector<std::size_t> noted_;  // lines with a note
};

}  // namespace

void write_latex_table(std::ostream& out, const CaseTable& table, const StatementHead& head) {
  TableWriter(out, table, head).write();
}

std::string latex_code(std::string_view text) {
  std::string code = "\\texttt{";
  while (!text.empty()) {
    std::string one;
    const char32_t c = next_code_point(text);
    append_utf8(one, c);
    const bool letter = (c >= U'a' && c <= U'z') || (c >= U'A' && c <= U'Z') || (c >= U'0' && c <= U'9');
    // A straight quote; what stands in typewriter type is to be copied.
    code += c == U'"' ? "\\char34{}" : latex_text(one);
    if (!letter && c != U' ') code += "\\allowbreak{}";
  }
  return code + "}";
}

}  // namespace rankscape::report
