#include "answers/spectra_figure.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <iterator>
#include <map>
#include <ostream>
#include <rankscape/check/evidence.hpp>
#include <rankscape/error.hpp>
#include <rankscape/exact/deadline.hpp>
#include <rankscape/report/output.hpp>

#include "check/nearby_point.hpp"
#include "numeric/enclosed_spectrum.hpp"
#include "numeric/tangent_spectrum.hpp"
#include "report/escape.hpp"
#include "report/format.hpp"

namespace rankscape::answers {

namespace {

constexpr std::size_t most_lines = 14;
constexpr Index most_dots = 60;  // on a line
constexpr double lines_top = 52;
constexpr double strip_left = 300;
constexpr double strip_width = 400;
constexpr double picture_width = 940;
constexpr double dot = 3.2;  // radius

// A kind of critical point: one inertia, verdict and label, and the first point of it.
struct Kind {
  std::string label;
  std::string family;
  Verdict verdict = Verdict::undecided;
  Inertia inertia;
  double value = 0;
  std::size_t points = 1;
  std::vector<double> eigenvalues;
};

std::string label_of(const Landscape& landscape, const Labels& labels) {
  std::string text;
  const std::vector<TableColumn> columns = landscape.columns();
  for (const TableColumn& column : columns) {
    if (column.label == "shape") continue;
    const std::string cell = report::cell_text(find_label(labels, column.label), report::brackets_of(column));
    text += fmt::format("{}{} {}", text.empty() ? "" : ", ", column.label, cell);
  }
  return text;
}

// Signs and order are kept, large values drawn together.
class Axis {
 public:
  explicit Axis(const std::vector<Kind>& kinds) {
    std::vector<double> sizes;
    for (const Kind& kind : kinds)
      for (const double value : kind.eigenvalues)
        if (value != 0) sizes.push_back(std::abs(value));
    std::sort(sizes.begin(), sizes.end());
    if (!sizes.empty()) unit_ = sizes[sizes.size() / 2];
    for (const Kind& kind : kinds) {
      if (kind.eigenvalues.empty()) continue;
      least_ = std::min(least_, std::asinh(kind.eigenvalues.front() / unit_));
      greatest_ = std::max(greatest_, std::asinh(kind.eigenvalues.back() / unit_));
    }
    if (least_ == greatest_) greatest_ = 1;
  }
  [[nodiscard]] double at(double value) const {
    return strip_left + (std::asinh(value / unit_) - least_) / (greatest_ - least_) * strip_width;
  }

 private:
  double unit_ = 1;
  double least_ = 0;
  double greatest_ = 0;
};

double middle(const Enclosure& value) {
  return Rational((value.lo + value.hi) / 2).convert_to<double>();
}

// One kind for each label, inertia and verdict, in the order of the cases.
std::vector<Kind> kinds_at(const Landscape& landscape, const Shape& shape, std::uint64_t seed) {
  std::vector<Kind> kinds;
  std::map<std::string, std::size_t> known;
  for (const auto& recipe : landscape.cases({{shape}, {}, {}, 1})) {
    check_deadline();
    const auto instance = landscape.instance(recipe->build(seed));
    if (instance->parameters() > most_dots) continue;
    instance->propose(recipe->descents(seed));
    const Evidence evidence = examine_recipe(*recipe, *instance, seed, {.form_hessian = false, .eigenvalues = false});
    if (!evidence.hessian) continue;  // not critical is not drawn, nor what is not regular
    Kind kind;
    kind.label = label_of(landscape, labels_of(*instance, evidence));
    kind.family = recipe->family();
    kind.verdict = evidence.verdict;
    kind.inertia = *evidence.hessian;
    const auto& [negative, zero, positive] = kind.inertia;
    const std::string name =
        fmt::format("{} {} {},{},{}", kind.label, to_string(kind.verdict), negative, zero, positive);
    const auto [entry, fresh] = known.try_emplace(name, kinds.size());
    if (!fresh) {
      ++kinds[entry->second].points;
      continue;
    }
    std::vector<Enclosure> spectrum;
    if (evidence.nearby) {
      kind.value = middle(evidence.nearby->proved().value);
      spectrum = enclosed_eigenvalues(evidence.nearby->hessian(), Rational(1, 1'000'000));
      std::reverse(spectrum.begin(), spectrum.end());
    } else {
      kind.value = evidence.value.convert_to<double>();
      spectrum = enclose_eigenvalues_on(kind.inertia, *evidence.hessian_matrix);
    }
    std::transform(spectrum.begin(), spectrum.end(), std::back_inserter(kind.eigenvalues), middle);
    kinds.push_back(std::move(kind));
  }
  return kinds;
}

// As many as there is room for, the first of each inertia and verdict before others; minimizers above, then by index.
std::vector<Kind> drawn(const std::vector<Kind>& kinds) {
  std::map<std::array<Index, 4>, int> seen;
  std::vector<std::pair<int, std::size_t>> order;
  for (std::size_t k = 0; k < kinds.size(); ++k) {
    const Inertia& i = kinds[k].inertia;
    order.emplace_back(seen[{static_cast<Index>(kinds[k].verdict), i.negative, i.zero, i.positive}]++, k);
  }
  std::sort(order.begin(), order.end());
  if (order.size() > most_lines) order.resize(most_lines);
  std::vector<Kind> chosen;
  for (const auto& [round, k] : order)
    chosen.push_back(kinds[k]);
  static constexpr std::array by_verdict{Verdict::global_minimizer, Verdict::local_minimizer,
                                         Verdict::second_order,     Verdict::non_strict_saddle,
                                         Verdict::strict_saddle,    Verdict::local_maximizer};
  const auto place = [](const Kind& kind) {
    const auto* const at = std::find(by_verdict.begin(), by_verdict.end(), kind.verdict);
    return std::tuple(at - by_verdict.begin(), kind.inertia.negative, kind.inertia.zero);
  };
  std::stable_sort(chosen.begin(), chosen.end(), [&](const Kind& a, const Kind& b) { return place(a) < place(b); });
  return chosen;
}

std::string colour(Verdict verdict) {
  switch (verdict) {
    case Verdict::global_minimizer:
      return "#14713d";
    case Verdict::local_minimizer:
      return "#7a3fb0";
    case Verdict::non_strict_saddle:
      return "#b06f00";
    case Verdict::strict_saddle:
      return "#2f4fb5";
    case Verdict::local_maximizer:
      return "#a03a78";
    default:
      return "#59636e";
  }
}

std::string text_at(double x, double y, const char* style, const std::string& text) {
  return fmt::format("<text class=\"{}\" x=\"{:.1f}\" y=\"{:.1f}\">{}</text>\n", style, x, y, report::xml(text));
}

// Eigenvalues that would cover each other are stacked. \return the height of the line
double draw_line(const Kind& kind, const Axis& axis, double top, std::string& svg) {
  std::vector<std::pair<double, int>> dots;
  int highest = 1;
  const auto sign_of = [&](std::size_t i) {
    const auto position = static_cast<Index>(i);
    return position < kind.inertia.negative ? -1 : position < kind.inertia.negative + kind.inertia.zero ? 0 : 1;
  };
  for (std::size_t i = 0; i < kind.eigenvalues.size(); ++i) {
    const int sign = sign_of(i);  // a small eigenvalue is not drawn as zero
    const double away = sign * (axis.at(kind.eigenvalues[i]) - axis.at(0));
    const double x = axis.at(0) + (sign == 0 ? 0 : sign * std::max(2.4 * dot, away));
    const bool stacked = !dots.empty() && sign == sign_of(i - 1) && std::abs(x - dots.back().first) < 2 * dot;
    dots.emplace_back(stacked ? dots.back().first : x, stacked ? dots.back().second + 1 : 1);
    highest = std::max(highest, dots.back().second);
  }
  const double step = std::min(2 * dot + 0.6, 60.0 / highest);
  const double height = std::max(36.0, step * highest + 14);
  const double base = top + height - 4;
  svg +=
      fmt::format("<path class=\"line\" d=\"M{} {:.1f}H{}\"/>\n", strip_left - 12, base, strip_left + strip_width + 12);
  for (std::size_t i = 0; i < dots.size(); ++i) {
    const char* sign = std::array{"neg", "zero", "pos"}.at(static_cast<std::size_t>(sign_of(i) + 1));
    svg += fmt::format("<circle class=\"{}\" cx=\"{:.1f}\" cy=\"{:.1f}\" r=\"{}\"/>\n", sign, dots[i].first,
                       base - dot - 1.5 - step * (dots[i].second - 1), dot);
  }
  const double middle = top + height / 2;
  std::string label = kind.label.empty() ? kind.family : kind.label;
  if (text::code_points(label) > 44) label = label.substr(0, 42) + "..";
  svg += text_at(16, middle - 1, "label", label);
  const std::string count = kind.points == 1 ? "1 point" : fmt::format("{} points", kind.points);
  svg += text_at(16, middle + 12, "soft",
                 kind.family.empty() || kind.label.empty() ? count : fmt::format("{}, {}", kind.family, count));
  const double right = strip_left + strip_width + 26;
  const auto& [negative, zero, positive] = kind.inertia;
  svg += fmt::format("<text class=\"label\" style=\"fill: {}\" x=\"{:.1f}\" y=\"{:.1f}\">{}</text>\n",
                     colour(kind.verdict), right, middle - 1, report::display_name(kind.verdict));
  svg += text_at(right, middle + 12, "soft",
                 fmt::format("({}, {}, {}), value {:.4g}", negative, zero, positive, kind.value));
  return height;
}

}  // namespace

std::string spectra_svg(const Landscape& landscape, const Shape& shape, std::uint64_t seed) {
  landscape.check_shape(shape);
  const std::vector<Kind> all = kinds_at(landscape, shape, seed);
  const std::string where = fmt::format("{} {}", landscape.shape_key(), shape.to_text());
  if (all.empty())
    throw InputError(fmt::format("{}: no critical point of at most {} parameters is known", where, most_dots));
  const std::vector<Kind> kinds = drawn(all);
  const Axis axis(kinds);
  std::string lines;
  double y = lines_top;
  for (const Kind& kind : kinds)
    y += draw_line(kind, axis, y, lines) + 2;
  std::string notes = fmt::format(
      "Eigenvalues of the {}Hessian at one point of each kind; the scale is that of the inverse hyperbolic sine.",
      landscape.constrained() ? "Riemannian " : "");
  if (all.size() > kinds.size()) notes += fmt::format(" Not drawn: {} more.", all.size() - kinds.size());
  const double height = y + 44;
  const std::string title = fmt::format("{}, {}", landscape.title(), where);
  std::string svg = fmt::format(
      "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{0}\" height=\"{1:.1f}\" viewBox=\"0 0 {0} {1:.1f}\" "
      "role=\"img\">\n<title>{2}</title>\n<style>\n"
      "text {{ font-family: 'DejaVu Sans', Verdana, Arial, sans-serif; fill: #1b1f24; }}\n"
      ".title {{ font-size: 14px; font-weight: bold; }}\n.label {{ font-size: 11px; font-weight: bold; }}\n"
      ".soft {{ font-size: 10px; fill: #59636e; }}\n.middle {{ font-size: 10px; text-anchor: middle; }}\n"
      ".line {{ stroke: #d4dae1; }}\n.origin {{ stroke: #6b7480; stroke-dasharray: 3 3; }}\n.neg {{ fill: #b3261e; }}\n"
      ".zero {{ fill: #ffffff; stroke: #1b1f24; }}\n.pos {{ fill: #3e6fa8; }}\n</style>\n"
      "<rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>\n<text class=\"title\" x=\"16\" y=\"26\">{2}</text>\n",
      picture_width, height, report::xml(title));
  svg += fmt::format("<path class=\"origin\" d=\"M{0:.1f} {1}V{2:.1f}\"/>\n", axis.at(0), lines_top - 6, y);
  svg += fmt::format("<text class=\"middle\" x=\"{:.1f}\" y=\"{:.1f}\">0</text>\n", axis.at(0), y + 12);
  return svg + lines + text_at(16, y + 30, "soft", notes) + "</svg>\n";
}

void write_spectra_figure(const Landscape& landscape, const Shape& shape, std::uint64_t seed, const std::string& path) {
  if (!path.ends_with(".svg")) throw InputError("--figure " + path + ": expected a name ending in .svg");
  const std::string svg = spectra_svg(landscape, shape, seed);
  write_file(path, [&](std::ostream& out) { out << svg; });
}

}  // namespace rankscape::answers
