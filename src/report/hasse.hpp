#pragma once
// Hasse diagrams: the covering relations of a finite order, drawn in layers, as self-contained SVG or as a LaTeX
// document with TikZ.
//
// The drawing is Sugiyama's: layers by longest paths, edges over several layers through bends, crossings reduced by
// medians swept up and down, and coordinates by least squares under minimal distances (pool adjacent violators). The
// floating point of the layout decides where things stand, never what is drawn.

#include <cstddef>
#include <string>
#include <vector>

namespace rankscape::report {

/// Pairs (lower, upper) of positions with lower < upper in the order and nothing in between.
using Covers = std::vector<std::pair<std::size_t, std::size_t>>;

/// The covering relations of the order on 0..less.size()-1, by position. \param less  less[i][j]: i < j strictly;
/// transitive
[[nodiscard]] Covers covering_relations(const std::vector<std::vector<bool>>& less);

/// Text with an exponent: "3:2" to the power 2.
struct Powered {
  std::string text;
  long exponent = 1;
};

struct HasseNode {
  std::vector<Powered> heading;             ///< first line, in bold
  std::vector<std::vector<Powered>> lines;  ///< further lines, in a smaller size
  std::size_t style = 0;
};

struct HasseEdge {
  std::size_t lower = 0;
  std::size_t upper = 0;
  bool faint = false;  ///< drawn dashed
};

struct HasseStyle {
  std::string fill;    ///< six hexadecimal digits
  std::string border;  ///< likewise
  std::string meaning;
};

struct HasseDiagram {
  std::string title;
  std::vector<HasseNode> nodes;
  std::vector<HasseEdge> edges;  ///< acyclic
  std::vector<HasseStyle> styles;
  std::vector<std::string> notes;  ///< lines under the legend
};

/// Where everything stands; x to the right, y downwards, in points.
struct HasseLayout {
  struct Place {
    double x = 0;  ///< centre
    double y = 0;
  };
  std::vector<Place> nodes;
  std::vector<std::vector<Place>> bends;  ///< for each edge, from the lower node to the upper one
  double node_width = 0;
  double node_height = 0;
  double width = 0;
  double height = 0;
};
[[nodiscard]] HasseLayout lay_out(const HasseDiagram& diagram);

/// One file without references to others.
[[nodiscard]] std::string hasse_svg(const HasseDiagram& diagram);
/// A document of class standalone; or, as a fragment, for \input where tikz is loaded, scaled down to the line's width.
[[nodiscard]] std::string hasse_tikz(const HasseDiagram& diagram, bool fragment = false);

}  // namespace rankscape::report
