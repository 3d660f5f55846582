// Statements and their case tables as a LaTeX document or fragment.

#include <rankscape/report/case_table.hpp>
#include <rankscape/report/latex_report.hpp>
#include <rankscape/report/output.hpp>
#include <rankscape/report/text_summary.hpp>

#include <ostream>
#include <rankscape/error.hpp>
#include <set>

#include "report/format.hpp"
#include "report/latex_table.hpp"

namespace rankscape {
namespace {

// Letters that the old default encoding lacks; ignored where the encoding has them.
constexpr std::string_view preamble = R"(\documentclass[a4paper,10pt]{article}
\usepackage[utf8]{inputenc}
\IfFileExists{lmodern.sty}{\usepackage[T1]{fontenc}\usepackage{lmodern}}{}
\ProvideTextCommandDefault{\k}[1]{\c{#1}}
\ProvideTextCommandDefault{\dj}{d}
\ProvideTextCommandDefault{\DJ}{D}
\ProvideTextCommandDefault{\dh}{d}
\ProvideTextCommandDefault{\DH}{D}
\ProvideTextCommandDefault{\th}{th}
\ProvideTextCommandDefault{\TH}{Th}
\usepackage[margin=20mm]{geometry}
\usepackage{amsmath,amssymb,array,booktabs,longtable}
\IfFileExists{microtype.sty}{\usepackage{microtype}}{}
\setlength{\parindent}{0pt}
\setlength{\parskip}{4pt plus 1pt}
\setlength{\emergencystretch}{3em}
\begin{document}
{\LARGE Machine-checked case tables\par}\bigskip
)";

// Authors redefine it where their page is narrow.
constexpr std::string_view table_size =
    "\\providecommand{\\rankscapetablesize}{\\small\\setlength{\\tabcolsep}{4pt}}\n";

constexpr std::string_view fragment_table_size =
    "\\providecommand{\\rankscapetablesize}{\\footnotesize\\setlength{\\tabcolsep}{3pt}}\n";

constexpr std::string_view legend =
    R"(Each line of a table gathers the critical points that agree in its first columns. \emph{Inertia} counts the negative,
zero and positive eigenvalues of the Hessian, exactly; two numbers $a$--$b$ are the least and the greatest count in the
line. The two columns under $\lambda_{\min}$ bound its least eigenvalue from below and above over all cases of the line,
rounded outward. \emph{Agree} says in how many of the cases the certified verdict and the claims are as stated; it reads
$a/b$ where only $b$ of them are judged, and -- where none is, because no case of the statement applies. \emph{Valid} is
\emph{samples} where sampled points were checked, \emph{all} where the result holds for all parameter values. A dagger
($\dagger$) marks lines with refuted cases, a double dagger ($\ddagger$) lines with undecided ones.
)";

std::string math(const PrintedFormula& formula) {
  return "$" + formula.latex + "$";
}

struct Section {
  StatementHead head;
  CaseTable table;
};

void write_list(std::ostream& out, const std::string& title, const std::vector<std::string>& items) {
  if (items.empty()) return;
  out << "\\par\\smallskip\\noindent\\textbf{" << title << ".}\\nopagebreak\n\\begin{list}{$\\cdot$}{"
      << "\\setlength{\\topsep}{1pt}\\setlength{\\partopsep}{0pt}\\setlength{\\parskip}{0pt}\\setlength{\\itemsep}{1pt}"
      << "\\setlength{\\parsep}{0pt}\\setlength{\\leftmargin}{2.6em}\\setlength{\\labelwidth}{2em}}\\raggedright\n";
  for (const std::string& item : items)
    out << item << "\n";
  out << "\\end{list}\n";
}

std::vector<std::string> hypotheses(const Section& section) {
  std::vector<std::string> items;
  for (const auto& one : section.head.hypotheses)
    items.push_back("\\item[(" + latex_text(one.name) + ")] " + math(one.holds));
  return items;
}

std::vector<std::string> definitions(const Section& section) {
  std::vector<std::string> items;
  for (const auto& one : section.head.definitions)
    items.push_back("\\item " + math(one));
  return items;
}

std::vector<std::string> cases(const Section& section) {
  std::vector<std::string> items;
  for (const auto& one : section.head.cases) {
    const std::string when = one.when.latex.empty() ? "otherwise" : "if " + math(one.when);
    items.push_back("\\item \\emph{" + latex_text(one.name) + "}: " + latex_text(report::display_prediction(one.then)) +
                    " " + when + ".");
  }
  return items;
}

std::vector<std::string> claims(const Section& section) {
  std::vector<std::string> items;
  for (const auto& one : section.head.claims) {
    std::string item = "\\item \\emph{" + latex_text(one.name) + "}";
    if (one.status) item += " (" + report::status_text(*one.status) + ")";
    item += ": " + math(one.holds);
    if (!one.when.latex.empty()) item += " if " + math(one.when);
    const ClaimTally tally = section.table.claim(one.name);
    item += ". Holds at " + std::to_string(tally.yes) + " of " + std::to_string(tally.yes + tally.no + tally.unknown) +
            " points";
    if (tally.no > 0) item += ", \\textbf{fails at " + std::to_string(tally.no) + "}";
    if (tally.unknown > 0) item += ", undecided at " + std::to_string(tally.unknown);
    items.push_back(item + ".");
  }
  return items;
}

void write_section(std::ostream& out, const Section& section, const Summary& summary, LatexForm form,
                   const std::set<std::string>& columns) {
  const StatementHead& head = section.head;
  out << "\n% " << std::string(76, '-') << "\n";
  out << (form == LatexForm::document ? "\\section*{" : "\\subsection*{") << latex_text(head.title) << "}\n";
  // The sentence ends with one full stop.
  const std::string source = head.source.ends_with('.') ? head.source.substr(0, head.source.size() - 1) : head.source;
  out << "\\noindent " << latex_text(source);
  if (head.status != Status::theorem) out << " \\emph{(" << report::status_text(head.status) << ")}";
  out << ".\\enspace Statement " << report::latex_code(head.id) << ", model " << report::latex_code(head.model)
      << ".\n";
  write_list(out, "Hypotheses", hypotheses(section));
  write_list(out, "Definitions", definitions(section));
  write_list(out, "Cases", cases(section));
  write_list(out, "Claims", claims(section));
  if (!section.table.groups().empty()) report::write_latex_table(out, section.table, head, columns);
  out << "\\par\\smallskip\\noindent\\textbf{" << latex_text(closing_line(head, summary)) << ".}\n";
  const std::string idle = idle_line(summary);
  if (!idle.empty()) out << "\\emph{" << latex_text("A" + idle.substr(1)) << ".}\n";
}

}  // namespace

struct LatexReport::State {
  std::string path;
  LatexForm form;
  std::vector<std::string> asked;  // columns
  ToolInfo tool;
  std::uint64_t seed = 0;
  std::vector<Section> sections;

  [[nodiscard]] std::set<std::string> columns(const StatementHead& head) const {
    std::set<std::string> chosen(asked.begin(), asked.end());
    if (!chosen.empty() || form == LatexForm::document) return chosen;
    for (const std::string& name : report::latex_columns(head)) {
      if (name != "lambda_min" && name != "valid") chosen.insert(name);
    }
    return chosen;
  }

  void check_columns() const {
    std::set<std::string> known;
    for (const Section& section : sections) {
      for (const std::string& name : report::latex_columns(section.head))
        known.insert(name);
    }
    for (const std::string& name : asked) {
      if (known.contains(name)) continue;
      std::string names;
      for (const std::string& one : known)
        names += (names.empty() ? "" : ", ") + one;
      throw InputError("--latex-columns: no table has a column '" + name + "'; there are " + names);
    }
  }
};

LatexReport::LatexReport(std::string path, LatexForm form, std::vector<std::string> columns, ToolInfo tool)
    : state_(new State{std::move(path), form, std::move(columns), std::move(tool), 0, {}}) {
  check_writable(state_->path);
}

LatexReport::~LatexReport() = default;

void LatexReport::start(const ReportPlan& plan) {
  state_->seed = plan.seed;
  state_->sections.clear();
  for (const StatementHead& head : plan.statements)
    state_->sections.push_back({head, CaseTable(head.columns)});
  state_->check_columns();
}

void LatexReport::row(std::size_t statement, const Row& row) {
  state_->sections.at(statement).table.add(row);
}

void LatexReport::end(const std::vector<Summary>& summaries) {
  write_file(state_->path, [&](std::ostream& out) {
    out << "% Case tables by rankscape " << state_->tool.version << " (" << state_->tool.git << "), seed "
        << state_->seed << ".\n";
    if (state_->form == LatexForm::table) {
      out << "% For a table or table*; needs \\usepackage{amsmath,array,booktabs}.\n";
      for (const Section& section : state_->sections) {
        out << "% " << section.head.id << "\n";
        if (section.table.groups().empty()) continue;
        report::write_latex_tabular(out, section.table, section.head, state_->columns(section.head));
      }
      return;
    }
    if (state_->form == LatexForm::document) {
      out << preamble << table_size << legend;
    } else {
      out << "% Needs \\usepackage{amsmath,amssymb,array,booktabs,longtable}. Define \\rankscapetablesize before\n"
          << "% to have the tables in another size.\n"
          << fragment_table_size << "\\begingroup\\setlength{\\emergencystretch}{3em}\n\\noindent " << legend;
    }
    for (std::size_t i = 0; i < state_->sections.size(); ++i) {
      write_section(out, state_->sections[i], summaries.at(i), state_->form, state_->columns(state_->sections[i].head));
    }
    out << (state_->form == LatexForm::document ? "\\end{document}\n" : "\\par\\endgroup\n");
  });
}

}  // namespace rankscape
