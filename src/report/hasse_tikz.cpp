#include <fmt/format.h>

#include <algorithm>

#include <rankscape/report/latex_report.hpp>

#include "report/hasse.hpp"

namespace rankscape::report {

namespace {

// Room for the title above the diagram, and for the longest note; in points.
constexpr double above = 60;
constexpr double least_width = 440;

std::string number(double value) {
  std::string text = fmt::format("{:.1f}", value);
  return text == "-0.0" ? "0.0" : text;
}

std::string label(const std::vector<Powered>& line, const std::string& separator) {
  std::string text;
  for (const Powered& part : line) {
    if (!text.empty()) text += separator;
    text += latex_text(part.text);
    if (part.exponent != 1) text += fmt::format("\\textsuperscript{{{}}}", part.exponent);
  }
  return text;
}

}  // namespace

std::string hasse_tikz(const HasseDiagram& diagram, bool fragment) {
  const HasseLayout layout = lay_out(diagram);
  // NOTE: an article whose paper is as large as the figure, because the class `standalone` is not in every TeX
  const double legend = 26 + 14 * static_cast<double>(diagram.styles.size() + diagram.notes.size());
  std::string document = fmt::format(
      "\\documentclass{{article}}\n\\usepackage{{tikz}}\n"
      "\\usepackage[paperwidth={}pt,paperheight={}pt,margin=12pt]{{geometry}}\n"
      "\\renewcommand{{\\familydefault}}{{\\sfdefault}}\n"
      "\\pagestyle{{empty}}\\setlength{{\\parindent}}{{0pt}}\n\\begin{{document}}\n",
      number(std::max(layout.width, least_width) + 2 * 13), number(layout.height + legend + above + 2 * 12));
  // NOTE: a figure that is wider than the line is scaled down, never up
  std::string tex = fragment ? "% Needs \\usepackage{tikz}.\n\\begingroup\\sffamily\\setbox0=\\hbox{%\n" : document;
  for (std::size_t k = 0; k < diagram.styles.size(); ++k) {
    tex += fmt::format("\\definecolor{{fill{0}}}{{HTML}}{{{1}}}\\definecolor{{line{0}}}{{HTML}}{{{2}}}\n", k,
                       diagram.styles[k].fill, diagram.styles[k].border);
  }
  tex += fmt::format(
      "\\begin{{tikzpicture}}[x=1pt, y=-1pt, line width=0.6pt,\n"
      "  box/.style={{rectangle, rounded corners=4pt, align=center, inner sep=0pt, font=\\fontsize{{7}}{{9.5}}"
      "\\selectfont,\n    minimum width={}pt, minimum height={}pt}},\n"
      "  edge/.style={{draw=black!55}}, faint/.style={{draw=black!30, dashed}}]\n",
      number(layout.node_width), number(layout.node_height));
  tex +=
      fmt::format("\\node[anchor=south west, font=\\large\\bfseries] at (0,-16) {{{}}};\n", latex_text(diagram.title));
  const double half = layout.node_height / 2;
  for (const bool faint : {true, false}) {
    for (std::size_t k = 0; k < diagram.edges.size(); ++k) {
      const HasseEdge& edge = diagram.edges[k];
      if (edge.faint != faint) continue;
      HasseLayout::Place from = layout.nodes[edge.lower];
      from.y -= half;
      tex += fmt::format("\\draw[{}] ({},{})", faint ? "faint" : "edge", number(from.x), number(from.y));
      std::vector<HasseLayout::Place> stops = layout.bends[k];
      stops.push_back(layout.nodes[edge.upper]);
      for (std::size_t s = 0; s < stops.size(); ++s) {
        const double bottom = stops[s].y + half;
        const double middle = (from.y + bottom) / 2;
        tex += fmt::format(" .. controls ({0},{1}) and ({2},{1}) .. ({2},{3})", number(from.x), number(middle),
                           number(stops[s].x), number(bottom));
        from = {stops[s].x, stops[s].y - half};
        if (s + 1 < stops.size()) tex += fmt::format(" -- ({},{})", number(from.x), number(from.y));
      }
      tex += ";\n";
    }
  }
  for (std::size_t v = 0; v < diagram.nodes.size(); ++v) {
    const HasseNode& node = diagram.nodes[v];
    tex += fmt::format("\\node[box, fill=fill{0}, draw=line{0}] at ({1},{2}) {{\\textbf{{{3}}}", node.style,
                       number(layout.nodes[v].x), number(layout.nodes[v].y), label(node.heading, "\\quad "));
    for (const auto& line : node.lines)
      tex += "\\\\" + label(line, "\\enspace ");
    tex += "};\n";
  }
  double base = layout.height + 26;
  for (std::size_t k = 0; k < diagram.styles.size(); ++k) {
    tex += fmt::format(
        "\\node[box, minimum width=18pt, minimum height=9pt, anchor=west, fill=fill{0}, draw=line{0}] at (0,{1}) "
        "{{}};\n"
        "\\node[anchor=west, font=\\footnotesize] at (22,{1}) {{{2}}};\n",
        k, number(base), latex_text(diagram.styles[k].meaning));
    base += 14;
  }
  base += 5;
  for (const std::string& note : diagram.notes) {
    tex += fmt::format("\\node[anchor=west, inner xsep=0pt, font=\\footnotesize] at (0,{}) {{{}}};\n", number(base),
                       latex_text(note));
    base += 14;
  }
  tex += "\\end{tikzpicture}";
  return tex + (fragment
                    ? "}%\n\\ifdim\\wd0>\\linewidth\\resizebox{\\linewidth}{!}{\\box0}\\else\\box0\\fi\n\\endgroup\n"
                    : "\n\\end{document}\n");
}

}  // namespace rankscape::report
