// One case of the HTML report in full: the exact point, and a picture of the Hessian's eigenvalues.

#include <fmt/format.h>
#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>
#include <rankscape/landscape.hpp>
#include <rankscape/numeric/eigen.hpp>

#include "numeric/tangent_spectrum.hpp"
#include "report/escape.hpp"
#include "report/html_pieces.hpp"
#include "text/spell_json.hpp"

namespace rankscape::report {
namespace {

constexpr Index most_entries_shown = 144;     // of a matrix as a grid; larger ones stand in POINT.json alone
constexpr std::size_t most_eigenvalues = 60;  // in a picture

std::string matrix_html(const std::string& name, const RationalMatrix& matrix) {
  std::string rows;
  for (Index i = 0; i < matrix.rows(); ++i) {
    std::string cells;
    for (Index j = 0; j < matrix.cols(); ++j)
      cells += element("td", "", xml(to_string(matrix(i, j))));
    rows += element("tr", "", cells);
  }
  return element(
      "figure", "class=\"matrix\"",
      element("figcaption", "", xml(name)) + (matrix.size() > most_entries_shown
                                                  ? fmt::format("<span>{} x {}</span>", matrix.rows(), matrix.cols())
                                                  : element("table", "", rows)));
}

std::string datum_html(const std::string& name, const Datum& datum) {
  if (const auto* number = std::get_if<Rational>(&datum)) {
    return matrix_html(name, RationalMatrix::Constant(1, 1, *number));
  }
  if (const auto* matrix = std::get_if<RationalMatrix>(&datum)) return matrix_html(name, *matrix);
  if (const auto* numbers = std::get_if<std::vector<Rational>>(&datum)) {
    RationalMatrix column(static_cast<Index>(numbers->size()), 1);
    for (std::size_t i = 0; i < numbers->size(); ++i)
      column(static_cast<Index>(i), 0) = (*numbers)[i];
    return matrix_html(name, column);
  }
  std::string html;
  const auto& matrices = std::get<std::vector<RationalMatrix>>(datum);
  for (std::size_t i = 0; i < matrices.size(); ++i)
    html += matrix_html(name + "(" + std::to_string(i + 1) + ")", matrices[i]);
  return html;
}

// Where a value stands on the picture's line: signs and order are kept, large values drawn together.
double place(double value, double unit) {
  return std::asinh(value / unit);
}

}  // namespace

std::unique_ptr<Instance> instance_of(const Row& row, const Landscape* landscape, std::uint64_t seed) {
  if (!row.recipe || landscape == nullptr) return nullptr;
  return landscape->instance(row.recipe->build(seed));
}

std::string point_html(const Instance& instance) {
  const Landscape& landscape = instance.landscape();
  const Point& point = instance.point();
  const std::vector<std::string> names = landscape.weight_names(instance);
  std::string matrices;
  for (const auto& [name, datum] : point.data)
    matrices += datum_html(name, datum);
  for (std::size_t k = 0; k < point.weights.size(); ++k)
    matrices += matrix_html(names.at(k), point.weights[k]);
  return element("div", "class=\"matrices\"", matrices) + "\n<details><summary>POINT.json</summary>" +
         copy_button("POINT.json") + element("pre", "class=\"text\"", xml(text::spelled(landscape.to_json(point), 2))) +
         "</details>\n";
}

std::string spectrum_svg(const std::vector<Enclosure>& values, const Inertia& inertia) {
  constexpr double width = 640;
  constexpr double margin = 40;
  constexpr double radius = 3.5;
  std::vector<double> numbers;
  std::vector<double> sizes;
  for (const Enclosure& value : values) {
    numbers.push_back(Rational((value.lo + value.hi) / 2).convert_to<double>());
    if (numbers.back() != 0) sizes.push_back(std::abs(numbers.back()));
  }
  std::sort(sizes.begin(), sizes.end());
  const double unit = sizes.empty() ? 1 : sizes[sizes.size() / 2];
  const double least = std::min(0.0, place(numbers.front(), unit));
  const double greatest = std::max(0.0, place(numbers.back(), unit));
  const double range = greatest > least ? greatest - least : 1;
  const auto x = [&](double value) { return margin + (place(value, unit) - least) / range * (width - 2 * margin); };
  // Eigenvalues that would cover each other are stacked.
  std::vector<std::pair<double, int>> dots;
  int highest = 1;
  for (const double value : numbers) {
    const bool stacked = !dots.empty() && std::abs(x(value) - dots.back().first) < 2 * radius;
    dots.emplace_back(stacked ? dots.back().first : x(value), stacked ? dots.back().second + 1 : 1);
    highest = std::max(highest, dots.back().second);
  }
  const double step = std::min(2 * radius + 1, 120.0 / highest);
  const double base = 14 + step * highest;
  std::string svg = fmt::format(
      "<svg class=\"spectrum\" role=\"img\" viewBox=\"0 0 {:.0f} {:.0f}\" aria-label=\"{} negative, {} zero, {} "
      "positive eigenvalues\">",
      width, base + 22, inertia.negative, inertia.zero, inertia.positive);
  svg += fmt::format("<path class=\"axis\" d=\"M10 {0:.1f}H{1:.0f}M{2:.1f} 6V{3:.1f}\"/>", base, width - 10, x(0),
                     base + 5);
  for (std::size_t i = 0; i < dots.size(); ++i) {
    const auto position = static_cast<Index>(i);
    const char* sign = position < inertia.negative                  ? "neg"
                       : position < inertia.negative + inertia.zero ? "zero"
                                                                    : "pos";
    svg += fmt::format("<circle class=\"{}\" cx=\"{:.1f}\" cy=\"{:.1f}\" r=\"{}\"/>", sign, dots[i].first,
                       base - radius - 1 - step * (dots[i].second - 1), radius);
  }
  const auto label = [&](double at, const std::string& text) {
    svg += fmt::format("<text x=\"{:.1f}\" y=\"{:.1f}\">{}</text>", at, base + 18, text);
  };
  label(x(0), "0");
  // only where there is room beside the zero
  if (x(0) - x(numbers.front()) > 45) label(x(numbers.front()), fmt::format("{:.3g}", numbers.front()));
  if (x(numbers.back()) - x(0) > 45) label(x(numbers.back()), fmt::format("{:.3g}", numbers.back()));
  return svg + "</svg>";
}

bool has_picture(const Row& row) {
  if (!row.inertia) return false;
  const auto size = static_cast<std::size_t>(row.inertia->negative + row.inertia->zero + row.inertia->positive);
  // of floats beside the point the Hessian is another one
  return row.lambda_min && !row.value_within && size > 0 && size <= most_eigenvalues;
}

std::string spectrum_html(const Instance& instance, const Inertia& inertia, const std::string& caption) {
  const std::vector<Enclosure> eigenvalues = enclose_eigenvalues_on(inertia, instance.hessian());
  return element("figure", "class=\"picture\"",
                 spectrum_svg(eigenvalues, inertia) +
                     element("figcaption", "",
                             caption + fmt::format("{} negative, {} zero, {} positive", inertia.negative, inertia.zero,
                                                   inertia.positive))) +
         "\n";
}

}  // namespace rankscape::report
