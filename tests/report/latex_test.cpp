// LaTeX tables: golden files, and pdflatex itself as the judge of what compiles.

#include <doctest/doctest.h>

#include <fstream>
#include <nlohmann/json.hpp>
#include <rankscape/report/latex_report.hpp>

#include "report/golden.hpp"
#include "report/sample.hpp"

using namespace rankscape;
using test::ScratchDirectory;

namespace {

std::string written(const test::Sample& sample, LatexForm form, const std::vector<std::string>& columns = {}) {
  const ScratchDirectory scratch;
  LatexReport report(scratch.file("tables.tex"), form, columns, test::fixed_tool());
  test::play(sample, report);
  return test::file_content(scratch.file("tables.tex"));
}

struct Typeset {
  bool success = false;
  std::string log;
  std::string text;  // of the PDF
};

// Three runs, until longtable's widths are settled.
Typeset compile(const std::string& source, const std::string& fragment = "") {
  const ScratchDirectory scratch;
  std::ofstream(scratch.file("main.tex"), std::ios::binary) << source;
  std::ofstream(scratch.file("fragment.tex"), std::ios::binary) << fragment;
  Typeset result;
  const std::string pdflatex =
      "cd " + scratch.path.string() + " && pdflatex -interaction=nonstopmode -halt-on-error main.tex";
  result.success = test::run_command(pdflatex + " && " + pdflatex + " && " + pdflatex).status == 0;
  result.log = test::file_content(scratch.file("main.log"));
  if (result.success) result.text = test::run_command("pdftotext -layout " + scratch.file("main.pdf") + " -").output;
  return result;
}

std::string complaints(const Typeset& compiled) {
  std::string found;
  for (const char* bad :
       {"Overfull \\hbox", "LaTeX Warning", "LaTeX Error", "Missing character", "Table widths have changed", "! "}) {
    if (const auto at = compiled.log.find(bad); at != std::string::npos) found += compiled.log.substr(at, 200) + "\n";
  }
  return found;
}

// A run as large as the tables of a paper: many shapes, every rank, long numbers, all verdicts, lines refuted.
test::Sample large() {
  test::Sample sample = test::sample(3);
  sample.rows.clear();
  std::vector<Row> rows;
  for (const Shape& shape :
       {Shape{2, 2, 2}, Shape{4, 3, 3}, Shape{3, 3, 3, 3}, Shape{4, 4, 4, 4, 4, 4}, Shape{10, 8, 8, 9}}) {
    for (long r = 0; r <= 8; ++r) {
      for (const char* kind : {"leading", "other"}) {
        for (const bool tightened : {true, false}) {
          Row row = test::complete_row();
          row.shape = shape;
          test::relabel(row, "r", r);
          test::relabel(row, "S_type", kind);
          test::relabel(row, "tightened", tightened);
          row.key += " r=" + std::to_string(r);
          row.found = tightened ? Verdict::non_strict_saddle : Verdict::strict_saddle;
          row.inertia = Inertia{r, 100 + 7 * r, 60};
          row.lambda_min = Enclosure(Rational(-100000 * (r + 1), 7), Rational(-1, 1 + 30 * r));
          for (int i = 0; i < 3; ++i) {
            row.inertia->negative += 20;
            rows.push_back(row);
          }
          if (r == 4) {
            rows.back().found = Verdict::global_minimizer;
            rows.back().agrees = Truth::no;
          }
        }
      }
    }
  }
  for (const Row& row : rows)
    sample.rows.emplace_back(0, row);
  for (const Row& row : rows)
    sample.rows.emplace_back(1, row);
  sample.summaries = {test::summarize(rows), test::summarize(rows), test::summarize({})};
  return sample;
}

}  // namespace

TEST_SUITE("quick") {
  TEST_CASE("golden") {
    CHECK(test::golden_difference("tables.tex", written(test::sample(3), LatexForm::document)) == "");
    CHECK(test::golden_difference("fragment.tex", written(test::sample(1), LatexForm::fragment)) == "");
  }

  TEST_CASE("the output is ASCII, and hostile text is escaped") {
    const std::string text = written(test::sample(3), LatexForm::document);
    bool ascii = true;
    for (const char c : text)
      ascii = ascii && (c == '\n' || (c >= 0x20 && c < 0x7F));
    CHECK(ascii);
    CHECK(test::contains(text, "\\section*{100\\% of \\$x\\_1\\$ \\& \\#2 \\textbackslash{}input\\{/etc/passwd\\}"));
    CHECK_FALSE(test::contains(text, "\\input{"));
  }

  TEST_CASE("refuted and undecided lines are marked and explained") {
    const std::string text = written(test::sample(2), LatexForm::document);
    CHECK(test::contains(text, "\\textbf{0}\\rlap{$^{\\dagger1}$}"));
    CHECK(test::contains(text, "$^{\\dagger1}$~1 refuted; for instance"));
    CHECK(test::contains(text, "predicted strict saddle, found global minimizer."));
    CHECK(test::contains(text, "\\ddagger"));
    CHECK(test::contains(text, "\\textbf{8 of 8 cases certified.}"));
    CHECK(test::contains(
        text, "\\textbf{1 of 6 cases certified; 2 refuted; 3 undecided; 1 not covered by the statement; 1 outside"));
    CHECK_FALSE(test::contains(written(test::sample(1), LatexForm::document), "\\dagger1"));
  }
}

TEST_SUITE("standard") {
  TEST_CASE("the document compiles without a complaint and says what it should") {
    const Typeset compiled = compile(written(test::sample(3), LatexForm::document));
    CHECK(compiled.success);
    CHECK(complaints(compiled) == "");
    CHECK(test::contains(compiled.text, "8 of 8 cases certified."));
    CHECK(test::contains(compiled.text, "100% of $x_1$ & #2 \\input{/etc/passwd} ~{}"));
    CHECK(test::contains(compiled.text, "Refuted at 1 of 2 cases, as expected."));
  }

  TEST_CASE("long tables break pages under repeated headers, nothing sticks out") {
    const Typeset compiled = compile(written(large(), LatexForm::document));
    CHECK(compiled.success);
    CHECK(complaints(compiled) == "");
    std::size_t headers = 0;
    for (auto at = compiled.text.find("verdict  "); at != std::string::npos;
         at = compiled.text.find("verdict  ", at + 1))
      ++headers;
    CHECK(headers >= 6);
    CHECK(test::contains(compiled.text, "continued"));
  }

  TEST_CASE("the fragment compiles inside another document") {
    const Typeset compiled = compile(
        "\\documentclass{article}\\usepackage[margin=25mm]{geometry}\n"
        "\\usepackage{amsmath,amssymb,array,booktabs,longtable}\n\\begin{document}\n"
        "\\section{Tables}See "
        "Table~\\ref{tab:achour2024-classification}.\n\\input{fragment}\nAfter.\n\\end{document}\n",
        written(test::sample(3), LatexForm::fragment));
    CHECK(compiled.success);
    CHECK(complaints(compiled) == "");
    CHECK(test::contains(compiled.text, "See Table 1."));
  }

  TEST_CASE("every character compiles") {
    std::string text;
    for (int c = 1; c < 0x180; ++c) {
      if (c < 0x80) {
        text += static_cast<char>(c);
      } else {
        text += static_cast<char>(0xC0 | (c >> 6));
        text += static_cast<char>(0x80 | (c & 0x3F));
      }
      text += ' ';
    }
    test::Sample sample = test::sample(1);
    sample.plan.statements[0].source = text;
    sample.plan.statements[0].cases[0].name = test::hostile;
    const Typeset compiled = compile(written(sample, LatexForm::document));
    CHECK(compiled.success);
    CHECK(complaints(compiled) == "");
  }
}
