// What the program writes for LaTeX, in the articles of its readers: nothing sticks out of the column.
#include <doctest/doctest.h>

#include "cli/program.hpp"

using namespace rankscape::test;

namespace {

// Compiled twice, until the widths of long tables are settled. \return what LaTeX complains of
std::string complaints(const TemporaryFolder& folder, const std::string& source) {
  write_text(folder / "article.tex", source);
  const std::string once = "pdflatex -interaction=nonstopmode -halt-on-error article.tex >/dev/null";
  const Outcome compiled = shell("cd " + (folder / "").string() + " && " + once + " && " + once);
  const std::string log = read_file(folder / "article.log");
  std::string found = compiled.code == 0 ? "" : "pdflatex failed\n";
  for (const char* bad : {"Overfull \\hbox", "\n! ", "Missing character"}) {
    for (auto at = log.find(bad); at != std::string::npos; at = log.find(bad, at + 1))
      found += log.substr(at, 200) + "\n";
  }
  return found;
}

}  // namespace

TEST_SUITE("standard") {
  TEST_CASE("the fragment, tables and figures fit articles of one and of two columns") {
    const TemporaryFolder folder;
    const auto file = [&](const std::string& name) { return (folder / name).string(); };
    CHECK(shell("rankscape check theorems/achour2024-classification.toml theorems/zhu2018.toml "
                "theorems/kawaguchi2016.toml --widths 2,2,2 --latex-fragment " +
                file("fragment.tex") + " --latex-table " + file("table.tex") + " --latex " + file("document.tex"))
              .code == 0);
    CHECK(shell("rankscape check theorems/achour2024-classification.toml --widths 2,2,2,2 --latex-table " +
                file("narrow.tex") + " --latex-columns widths,r,S_type,verdict,inertia")
              .code == 0);
    for (const char* widths : {"2,2,2", "3,3,3,3"}) {
      const std::string name = std::string("strata") + (widths[0] == '2' ? "2" : "3") + ".tex";
      CHECK(shell(std::string("rankscape strata --count --fragment --widths ") + widths + " --figure " + file(name))
                .code == 0);
    }
    CHECK(complaints(folder,
                     "\\documentclass{article}\n"
                     "\\usepackage{amsmath,amssymb,array,booktabs,longtable,tikz}\n\\begin{document}\n"
                     "\\input{fragment}\n"
                     "\\begin{figure}\\centering\\input{strata3}\\caption{Strata}\\end{figure}\n"
                     "\\end{document}\n") == "");
    CHECK(complaints(folder,
                     "\\documentclass[twocolumn]{article}\n\\usepackage{amsmath,array,booktabs,tikz}\n"
                     "\\begin{document}\n\\begin{table*}\\centering\\small\\input{table}\\caption{All}\\end{table*}\n"
                     "\\begin{table}\\centering\\footnotesize\\setlength{\\tabcolsep}{3pt}\n\\input{narrow}\n"
                     "\\caption{Some}\\end{table}\n"
                     "\\begin{figure}\\input{strata2}\\caption{Strata}\\end{figure}\n\\end{document}\n") == "");
    CHECK(complaints(folder, read_file(folder / "document.tex")) == "");
    // marks are explained where they stand, and only there
    CHECK(shell("rankscape check docs/examples/both-blocks.toml --widths 2,2,2,2 --latex-table " + file("marked.tex"))
              .code == 1);
    const std::string marked = read_file(folder / "marked.tex");
    CHECK(marked.find("{\\footnotesize $\\dagger$: with refuted cases}\\\\\n\\end{tabular}") != std::string::npos);
    CHECK(read_file(folder / "table.tex").find("dagger") == std::string::npos);
    CHECK(complaints(
              folder,
              "\\documentclass[twocolumn]{article}\n\\usepackage{amsmath,array,booktabs}\n\\begin{document}\n"
              "\\begin{table*}\\centering\\small\\input{marked}\\caption{All}\\end{table*}\n\\end{document}\n") == "");
    CHECK(read_file(folder / "narrow.tex").find("{$\\geq$}") == std::string::npos);
    const Outcome unknown =
        shell("rankscape check theorems/achour2024-classification.toml --widths 2,2,2 --latex-table " +
              file("none.tex") + " --latex-columns r,eigenvalue");
    CHECK(unknown.code == 2);
    CHECK(unknown.err.find("no table has a column 'eigenvalue'; there are S_type, agree, cases") != std::string::npos);
    CHECK_FALSE(std::filesystem::exists(folder / "none.tex"));
  }
}
