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
  TableWriter(std::ostream& out, const CaseTable& table, const StatementHead& head,
              const std::set<std::string>& columns)
      : out_(out), table_(table), head_(head), order_(table.order()) {
    const auto wanted = [&](const std::string& name) { return columns.empty() || columns.contains(name); };
    for (std::size_t i = 0; i < table.columns().size(); ++i) {
      if (wanted(column_of(table.columns()[i], head))) own_.push_back(i);
    }
    cases_ = wanted("cases");
    verdict_ = wanted("verdict");
    inertia_ = wanted("inertia");
    lambda_min_ = wanted("lambda_min");
    agree_ = wanted("agree");
    valid_ = wanted("valid");
    measure();
  }

  void write_longtable() {
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

  // What the marks mean stands under the table; which cases they are is for the author to say.
  void write_tabular() {
    breakable_ = false;
    out_ << "\\begin{tabular}{@{}" << column_types() << "@{}}\n";
    write_header();
    for (std::size_t begin = 0; begin < order_.size();)
      begin = write_block(begin);
    out_ << "\\bottomrule\n";
    write_marks();
    out_ << "\\end{tabular}\n";
  }

  static std::string column_of(const TableColumn& column, const StatementHead& head) {
    return column.label == "shape" ? head.shape_key : column.label;
  }

 private:
  [[nodiscard]] std::size_t columns() const {
    return own_.size() + (cases_ ? 1 : 0) + (verdict_ ? 1 : 0) + (inertia_ ? 3 : 0) + (lambda_min_ ? 2 : 0) +
           (agree_ ? 1 : 0) + (valid() ? 1 : 0);
  }
  [[nodiscard]] bool valid() const { return valid_ && validity_differs_; }
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
    for (const std::size_t i : own_) {
      bool numbers = true;
      std::size_t longest = 0;
      for (const CaseGroup& one : table_.groups()) {
        const Cell& cell = one.cells[i];
        numbers = numbers && (cell.as<long>() != nullptr || cell.empty());
        longest = std::max(longest, code_points(cell_text(cell, brackets_of(table_.columns()[i]))));
      }
      types += numbers ? "c" : longest > longest_unbroken_cell ? ">{\\raggedright\\arraybackslash}p{34mm}" : "l";
    }
    if (cases_) types += "r";
    if (verdict_) types += several_verdicts_ ? ">{\\raggedright\\arraybackslash}p{30mm}" : "l";
    if (inertia_) types += "rrr";
    if (lambda_min_) types += "rr";
    if (agree_) types += "r";
    // Room for the marks that stand to the right of the numbers.
    return types + (valid() ? "@{\\hspace{2.4em}}l" : "");
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
    out_ << "\\toprule\n";
    std::string first;
    std::string rules;
    std::string second;
    std::size_t at = 0;
    const auto add = [&](const std::string& above, const std::vector<std::string>& below) {
      for (std::size_t k = 0; k < below.size(); ++k)
        second += (at + k == 0 ? "" : " & ") + below[k];
      first += at == 0 ? above : " & " + above;
      if (below.size() > 1)
        rules += "\\cmidrule(lr){" + std::to_string(at + 1) + "-" + std::to_string(at + below.size()) + "}";
      at += below.size();
    };
    for (const std::size_t i : own_)
      add(table_.columns()[i].header, {""});
    if (cases_) add("cases", {""});
    if (verdict_) add("verdict", {""});
    if (inertia_) add("\\multicolumn{3}{c}{inertia}", {centred("$-$"), centred("$0$"), centred("$+$")});
    if (lambda_min_) add("\\multicolumn{2}{c}{$\\lambda_{\\min}$}", {centred("$\\geq$"), centred("$\\leq$")});
    if (agree_) add("agree", {""});
    if (valid()) add("valid", {""});
    out_ << first << "\\\\\n";
    if (!rules.empty()) out_ << rules << "\n" << second << "\\\\\n";
    out_ << "\\midrule\n";
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
      out_ << "\\multicolumn{" << columns() << "}{@{}l}{\\emph{outside the hypotheses, not judged}}\\\\"
           << (breakable_ ? "*\n" : "\n");
    }
    for (std::size_t line = begin; line < end; ++line) {
      write_line(line, !together || line == begin);
      out_ << (breakable_ && together && line + 1 < end ? "\\\\*\n" : "\\\\\n");
    }
    return end;
  }

  void write_line(std::size_t line, bool with_first_cell) {
    const CaseGroup& one = group(line);
    const bool bold = one.alarming();
    const auto emphasized = [&](const std::string& text) { return bold ? "\\textbf{" + text + "}" : text; };
    bool first = true;
    const auto put = [&](const std::string& text) {
      out_ << (first ? "" : " & ") << text;
      first = false;
    };
    for (const std::size_t i : own_) {
      const bool repeated = i == 0 && !with_first_cell;
      put(repeated ? "" : latex_cell(one.cells[i], table_.columns()[i]));
    }
    if (cases_) put(std::to_string(one.cases));
    if (verdict_) put(emphasized(verdicts(one)));
    for (std::size_t i = 0; inertia_ && i < 3; ++i)
      put(one.inertia ? range_text((*one.inertia)[i], "--") : centred("--"));
    if (lambda_min_ && one.lambda_min) {
      const Bounds bounds = bounds_text(*one.lambda_min);
      put(aligned_number(bounds.lower, lower_places_));
      put(aligned_number(bounds.upper, upper_places_));
    } else if (lambda_min_) {
      put(centred("--"));
      put(centred("--"));
    }
    if (agree_) put(emphasized(agreement(one)) + mark(line));
    if (valid()) put(validity_text(one));
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

  void write_marks() {
    if (noted_.empty()) return;
    std::string marks;
    for (const bool alarming : {true, false}) {
      const bool occurs = std::any_of(noted_.begin(), noted_.end(),
                                      [&](std::size_t line) { return group(line).alarming() == alarming; });
      if (!occurs) continue;
      marks += marks.empty() ? "" : "; ";
      marks += alarming ? "$\\dagger$: with refuted cases" : "$\\ddagger$: with undecided cases";
    }
    out_ << "\\multicolumn{" << columns() << "}{@{}l@{}}{\\footnotesize " << marks << "}\\\\\n";
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
  std::vector<std::size_t> own_;  // the landscape's columns
  bool cases_ = true;
  bool verdict_ = true;
  bool inertia_ = true;
  bool lambda_min_ = true;
  bool agree_ = true;
  bool valid_ = true;
  bool breakable_ = true;  // between pages
  bool several_verdicts_ = false;
  bool validity_differs_ = false;
  std::size_t lower_places_ = 0;
  std::size_t upper_places_ = 0;
  std::size_t previous_block_ = 0;
  std::vector<std::size_t> noted_;  // lines with a note
};

}  // namespace

void write_latex_table(std::ostream& out, const CaseTable& table, const StatementHead& head,
                       const std::set<std::string>& columns) {
  TableWriter(out, table, head, columns).write_longtable();
}

void write_latex_tabular(std::ostream& out, const CaseTable& table, const StatementHead& head,
                         const std::set<std::string>& columns) {
  TableWriter(out, table, head, columns).write_tabular();
}

std::vector<std::string> latex_columns(const StatementHead& head) {
  std::vector<std::string> names;
  for (const TableColumn& column : head.columns)
    names.push_back(TableWriter::column_of(column, head));
  for (const char* name : {"cases", "verdict", "inertia", "lambda_min", "agree", "valid"})
    names.emplace_back(name);
  return names;
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
