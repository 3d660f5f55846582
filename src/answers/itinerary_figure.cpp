// The picture of a run: loss over steps with its visits, and the distances to the collapsed strata. Coordinates are
// doubles, labels are rounded outwards as everywhere.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "answers/itinerary.hpp"
#include "answers/near_text.hpp"
#include "report/escape.hpp"

namespace rankscape::answers {

namespace {

constexpr double panel_left = 70;
constexpr double panel_width = 760;
constexpr double panel_height = 220;
constexpr double panel_gap = 60;
constexpr double panel_top = 90;
constexpr std::array colours{"#3e6fa8", "#cc8400", "#2c8c4f", "#b03030", "#7a4fa3", "#4f8f99"};

// A logarithmic axis from the least to the greatest positive value.
struct LogAxis {
  double lo = INFINITY;
  double hi = -INFINITY;
  double y0 = 0;  // of the panel_height's upper edge
  void take(double value) {
    if (!(value > 0) || !std::isfinite(value)) return;
    lo = std::min(lo, std::floor(std::log10(value)));
    hi = std::max(hi, std::ceil(std::log10(value)));
  }
  void close() {
    if (!(lo <= hi)) lo = hi = 0;
    if (lo == hi) hi = lo + 1;
  }
  [[nodiscard]] double at(double value) const {
    const double place = value > 0 ? (std::log10(value) - lo) / (hi - lo) : 0;
    return y0 + panel_height * (1 - std::clamp(place, 0.0, 1.0));
  }
};

std::string axis(const LogAxis& a, const std::string& label) {
  std::string svg = fmt::format("<rect class=\"panel\" x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\"/>\n", panel_left,
                                a.y0, panel_width, panel_height);
  const double every = std::max(1.0, std::ceil((a.hi - a.lo) / 8));
  for (double power = a.lo; power <= a.hi; power += every) {
    const double y = a.at(std::pow(10.0, power));
    svg += fmt::format(
        "<line class=\"grid\" x1=\"{0}\" x2=\"{1}\" y1=\"{2:.1f}\" y2=\"{2:.1f}\"/>\n"
        "<text class=\"tick end\" x=\"{3}\" y=\"{4:.1f}\">1e{5:.0f}</text>\n",
        panel_left, panel_left + panel_width, y, panel_left - 6, y + 3, power);
  }
  return svg +
         fmt::format("<text class=\"label\" x=\"{}\" y=\"{}\">{}</text>\n", panel_left, a.y0 - 8, report::xml(label));
}

std::string line(const std::vector<std::pair<double, double>>& points, const char* colour) {
  std::string path;
  std::string dots;
  for (const auto& [x, y] : points) {
    path += fmt::format("{}{:.1f} {:.1f}", path.empty() ? "M" : " L", x, y);
    dots += fmt::format("<circle cx=\"{:.1f}\" cy=\"{:.1f}\" r=\"2.5\" fill=\"{}\"/>\n", x, y, colour);
  }
  return fmt::format("<path class=\"curve\" stroke=\"{}\" d=\"{}\"/>\n{}", colour, path, dots);
}

}  // namespace

std::string Itinerary::svg() const {
  const std::vector<Curve>& drawn = curves();
  const double first = static_cast<double>(stops_.front().step);
  const double span = std::max(1.0, static_cast<double>(stops_.back().step) - first);
  const auto x = [&](long step) { return panel_left + panel_width * (static_cast<double>(step) - first) / span; };
  LogAxis loss{.y0 = panel_top};
  LogAxis distance{.y0 = panel_top + panel_height + panel_gap};
  for (const near::Stop& stop : stops_)
    if (stop.loss) loss.take(stop.loss->convert_to<double>());
  for (const Curve& curve : drawn)
    for (const auto& value : curve.distance)
      if (value) distance.take(value->convert_to<double>());
  loss.close();
  distance.close();
  const double height = distance.y0 + panel_height + 50 + 16 * static_cast<double>(drawn.size());

  std::string svg = fmt::format(
      "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{0}\" height=\"{1}\" viewBox=\"0 0 {0} {1}\" role=\"img\">\n"
      "<title>{2}</title>\n<style>\n"
      "text {{ font-family: 'DejaVu Sans', Verdana, Arial, sans-serif; fill: #1b1f24; font-size: 10px; }}\n"
      ".title {{ font-size: 15px; font-weight: bold; }}\n.label {{ font-size: 11px; font-weight: bold; }}\n"
      ".end {{ text-anchor: end; }}\n.middle {{ text-anchor: middle; }}\n.panel {{ fill: none; stroke: #6b7480; }}\n"
      ".grid {{ stroke: #e3e6ea; }}\n.curve {{ fill: none; stroke-width: 1.5; }}\n.visit {{ fill: #ffe0a8; "
      "fill-opacity: 0.5; }}\n</style>\n<rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>\n"
      "<text class=\"title\" x=\"{3}\" y=\"24\">{2}</text>\n",
      panel_left + panel_width + 30, height, report::xml(title_), panel_left);
  for (std::size_t k = 0; k < visits_.size(); ++k) {
    const near::Visit& visit = visits_[k];
    const double from = x(stops_[visit.first].step);
    const double to = std::max(from + 3, x(stops_[visit.last].step));
    const near::Certified& nearest = stops_[visit.closest].answer.found.front();
    svg += fmt::format(
        "<rect class=\"visit\" data-visit=\"{0}\" x=\"{1:.1f}\" y=\"{2}\" width=\"{3:.1f}\" height=\"{4}\"/>\n"
        "<text class=\"middle\" x=\"{5:.1f}\" y=\"{6}\">S = {7}, index {8}, &#8804; {9}</text>\n",
        braces(visit.S), from, loss.y0, to - from, distance.y0 + panel_height - loss.y0, (from + to) / 2,
        44 + 12 * static_cast<double>(k % 2), braces(visit.S), nearest.inertia.negative,
        rounded_above(nearest.above, 3));
  }
  svg += axis(loss, "loss");
  std::vector<std::pair<double, double>> points;
  for (const near::Stop& stop : stops_)
    if (stop.loss) points.emplace_back(x(stop.step), loss.at(stop.loss->convert_to<double>()));
  svg += line(points, "#1b1f24");
  svg += axis(distance, "distance to the collapsed stratum, at most");
  double base = distance.y0 + panel_height + 46;
  for (std::size_t c = 0; c < drawn.size(); ++c) {
    const char* colour = colours.at(c % colours.size());
    points.clear();
    for (std::size_t k = 0; k < stops_.size(); ++k)
      if (const auto& value = drawn[c].distance[k])
        points.emplace_back(x(stops_[k].step), distance.at(value->convert_to<double>()));
    svg += line(points, colour);
    svg += fmt::format(
        "<rect x=\"{}\" y=\"{}\" width=\"16\" height=\"4\" fill=\"{}\"/>\n<text x=\"{}\" y=\"{}\">{}</text>\n",
        panel_left, base - 5, colour, panel_left + 24, base, report::xml("S = " + braces(drawn[c].S)));
    base += 16;
  }
  for (const auto& [step, anchor] : {std::pair(stops_.front().step, ""), std::pair(stops_.back().step, " end")})
    svg += fmt::format("<text class=\"tick{}\" x=\"{:.1f}\" y=\"{}\">step {}</text>\n", anchor, x(step),
                       distance.y0 + panel_height + 16, step);
  return svg + "</svg>\n";
}

}  // namespace rankscape::answers
