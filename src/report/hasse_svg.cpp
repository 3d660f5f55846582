#include <fmt/format.h>

#include <algorithm>

#include "report/escape.hpp"
#include "report/hasse.hpp"

namespace rankscape::report {

namespace {

constexpr double margin = 24;
constexpr double title_height = 34;
constexpr double legend_line = 17;

std::string number(double value) {
  std::string text = fmt::format("{:.1f}", value);
  return text == "-0.0" ? "0.0" : text;
}

std::string label(const std::vector<Powered>& line, const std::string& separator) {
  std::string text;
  for (const Powered& part : line) {
    if (!text.empty()) text += separator;
    text += xml(part.text);
    // the shift is undone by what follows, an empty span at the end of the line
    if (part.exponent != 1) {
      text += fmt::format("<tspan class=\"power\" dy=\"-3\">{}</tspan><tspan dy=\"3\">&#8203;</tspan>", part.exponent);
    }
  }
  return text;
}

}  // namespace

std::string hasse_svg(const HasseDiagram& diagram) {
  const HasseLayout layout = lay_out(diagram);
  const double legend_top = margin + title_height + layout.height + 30;
  const double text_lines = static_cast<double>(diagram.styles.size() + diagram.notes.size());
  std::size_t longest = diagram.title.size() * 4 / 3;
  for (const std::string& note : diagram.notes)
    longest = std::max(longest, note.size());
  const double width = std::max(layout.width, 5.4 * static_cast<double>(longest)) + 2 * margin;
  const double height = legend_top + legend_line * text_lines + margin;
  const double shift = margin + (width - 2 * margin - layout.width) / 2;
  const auto x = [&](double at) { return number(at + shift); };
  const auto y = [&](double at) { return number(at + margin + title_height); };

  std::string svg = fmt::format(
      "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{0}\" height=\"{1}\" viewBox=\"0 0 {0} {1}\" "
      "role=\"img\">\n<title>{2}</title>\n<style>\n"
      "text {{ font-family: 'DejaVu Sans', Verdana, Arial, sans-serif; fill: #1b1f24; }}\n"
      ".title {{ font-size: 15px; font-weight: bold; }}\n"
      ".head {{ font-size: 9px; font-weight: bold; text-anchor: middle; }}\n"
      ".line {{ font-size: 8px; text-anchor: middle; }}\n.power {{ font-size: 6px; }}\n"
      ".legend {{ font-size: 10px; }}\n"
      ".edge {{ fill: none; stroke: #6b7480; stroke-width: 1; }}\n.faint {{ stroke: #a9b0b8; stroke-dasharray: 4 3; "
      "}}\n",
      number(width), number(height), xml(diagram.title));
  for (std::size_t k = 0; k < diagram.styles.size(); ++k) {
    svg += fmt::format(".s{} {{ fill: #{}; stroke: #{}; stroke-width: 1.2; }}\n", k, diagram.styles[k].fill,
                       diagram.styles[k].border);
  }
  svg += fmt::format(
      "</style>\n<rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>\n"
      "<text class=\"title\" x=\"{}\" y=\"{}\">{}</text>\n",
      number(margin), number(margin + 8), xml(diagram.title));

  const double half = layout.node_height / 2;
  for (const bool faint : {true, false}) {
    for (std::size_t k = 0; k < diagram.edges.size(); ++k) {
      const HasseEdge& edge = diagram.edges[k];
      if (edge.faint != faint) continue;
      // vertical tangents at both ends of each piece; bends are crossed straight up
      HasseLayout::Place from = layout.nodes[edge.lower];
      from.y -= half;
      std::string path = fmt::format("M{} {}", x(from.x), y(from.y));
      std::vector<HasseLayout::Place> stops = layout.bends[k];
      stops.push_back(layout.nodes[edge.upper]);
      for (std::size_t s = 0; s < stops.size(); ++s) {
        const double bottom = stops[s].y + half;
        const double middle = (from.y + bottom) / 2;
        path += fmt::format(" C{0} {1} {2} {1} {2} {3}", x(from.x), y(middle), x(stops[s].x), y(bottom));
        if (s + 1 < stops.size()) path += fmt::format(" V{}", y(stops[s].y - half));
        from = {stops[s].x, stops[s].y - half};
      }
      svg += fmt::format("<path class=\"edge{}\" data-lower=\"{}\" data-upper=\"{}\" d=\"{}\"/>\n",
                         faint ? " faint" : "", edge.lower, edge.upper, path);
    }
  }
  for (std::size_t v = 0; v < diagram.nodes.size(); ++v) {
    const HasseNode& node = diagram.nodes[v];
    const HasseLayout::Place at = layout.nodes[v];
    svg += fmt::format("<rect class=\"s{}\" x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" rx=\"6\"/>\n", node.style,
                       x(at.x - layout.node_width / 2), y(at.y - half), number(layout.node_width),
                       number(layout.node_height));
    const double lines = static_cast<double>(node.lines.size());
    double base = at.y - 5.5 * lines + 3;
    svg += fmt::format("<text class=\"head\" x=\"{}\" y=\"{}\">{}</text>\n", x(at.x), y(base),
                       label(node.heading, "&#8195;"));
    for (const auto& line : node.lines) {
      base += 11;
      svg +=
          fmt::format("<text class=\"line\" x=\"{}\" y=\"{}\">{}</text>\n", x(at.x), y(base), label(line, "&#8194;"));
    }
  }
  double base = legend_top;
  for (std::size_t k = 0; k < diagram.styles.size(); ++k) {
    svg += fmt::format("<rect class=\"s{}\" x=\"{}\" y=\"{}\" width=\"20\" height=\"11\" rx=\"3\"/>\n", k,
                       number(margin), number(base - 9));
    svg += fmt::format("<text class=\"legend\" x=\"{}\" y=\"{}\">{}</text>\n", number(margin + 28), number(base),
                       xml(diagram.styles[k].meaning));
    base += legend_line;
  }
  base += 5;
  for (const std::string& note : diagram.notes) {
    svg += fmt::format("<text class=\"legend\" x=\"{}\" y=\"{}\">{}</text>\n", number(margin), number(base), xml(note));
    base += legend_line;
  }
  return svg + "</svg>\n";
}

}  // namespace rankscape::report
