#include "answers/strata_figure.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <numeric>
#include <ostream>
#include <rankscape/check/evidence.hpp>
#include <rankscape/error.hpp>
#include <rankscape/report/output.hpp>

#include "answers/library.hpp"
#include "native/deep_linear/rank_order.hpp"
#include "native/deep_linear/recipes.hpp"
#include "report/hasse.hpp"

namespace rankscape::answers {

namespace {

using namespace rankscape::deep_linear;
using report::HasseDiagram;
using report::Powered;

constexpr std::size_t strings_a_line = 3;

enum Style : std::size_t { minimizer, non_strict, strict, other };

std::size_t style_of(Verdict verdict) {
  switch (verdict) {
    case Verdict::global_minimizer:
      return Style::minimizer;
    case Verdict::non_strict_saddle:
      return Style::non_strict;
    case Verdict::strict_saddle:
      return Style::strict;
    default:
      return Style::other;
  }
}

// Strings of two nodes or more; the others fill the nodes and need not be said.
std::vector<std::vector<Powered>> string_lines(const Stratum& stratum) {
  std::vector<std::vector<Powered>> lines;
  std::size_t count = 0;
  for (const auto& [string, multiplicity] : stratum.multiplicity) {
    if (string.length == 1) continue;
    if (count++ % strings_a_line == 0) lines.emplace_back();
    lines.back().push_back({fmt::format("{}:{}", string.start, string.length), multiplicity});
  }
  if (lines.empty()) lines.push_back({{"no arrow left", 1}});
  return lines;
}

HasseDiagram diagram_of(const Widths& widths) {
  const std::vector<RankedStratum> strata = ranked_strata(widths);
  if (strata.size() > most_drawn) {
    throw InputError(fmt::format("widths {}: {} strata are too many for a figure, which holds {}",
                                 fmt::join(widths, ","), strata.size(), most_drawn));
  }
  HasseDiagram diagram;
  diagram.title = fmt::format("Strata of the critical set, widths ({})", fmt::join(widths, ", "));
  diagram.styles = {{"CFEBD6", "2C8C4F", "global minimizers for S = {1..r}"},
                    {"FFE0A8", "CC8400", "non-strict saddles for S = {1..r}"},
                    {"D9E5F5", "3E6FA8", "strict saddles for S = {1..r}"}};
  const auto library = landscape_library("");
  const Landscape& landscape = library->at("deep-linear");
  for (const RankedStratum& place : strata) {
    std::vector<int> leading(static_cast<std::size_t>(place.r));
    std::iota(leading.begin(), leading.end(), 1);
    Plan plan;
    plan.landscape = landscape.id();
    plan.widths = widths;
    plan.S = leading;
    plan.stratum = place.stratum;
    plan.position = Position::aligned;
    plan.data = "canonical";
    const auto recipe = make_recipe(std::move(plan));
    const auto instance = landscape.instance(recipe->build(1));
    const Evidence evidence = examine(*instance, {.form_hessian = false, .eigenvalues = false});
    if (!evidence.critical) throw InternalDisagreement(recipe->key() + ": the point built is not critical");
    const Inertia& inertia = *evidence.hessian;
    const std::size_t style = style_of(evidence.verdict);
    if (style == Style::other && diagram.styles.size() == Style::other) {
      diagram.styles.push_back({"F5C6C6", "B03030", "anything else"});
    }
    const std::string signs = fmt::format("({}, {}, {})", inertia.negative, inertia.zero, inertia.positive);
    diagram.nodes.push_back({{{fmt::format("r = {}", place.r), 1}, {signs, 1}}, string_lines(place.stratum), style});
  }
  std::vector<std::vector<bool>> less(strata.size(), std::vector<bool>(strata.size()));
  for (std::size_t i = 0; i < strata.size(); ++i) {
    for (std::size_t j = 0; j < strata.size(); ++j)
      less[i][j] = i != j && ranks_at_most(strata[i], strata[j]);
  }
  for (const auto& [lower, upper] : report::covering_relations(less))
    diagram.edges.push_back({lower, upper, strata[lower].r != strata[upper].r});
  diagram.notes = {
      "In a box: rank r of the product; (negative, zero, positive) eigenvalues of the Hessian at an exact point with "
      "S = {1..r};",
      "strings start:length of the quiver with two nodes or more, multiplicities as exponents.",
      "Upwards: no partial product loses rank. Dashed: the ranks r differ, so these compare rank patterns, not "
      "closures."};
  return diagram;
}

}  // namespace

std::string strata_svg(const Widths& widths) {
  return report::hasse_svg(diagram_of(widths));
}

void write_strata_figure(const Widths& widths, const std::string& path, bool fragment) {
  const bool svg = path.ends_with(".svg");
  if (!svg && !path.ends_with(".tex"))
    throw InputError("--figure " + path + ": expected a name ending in .svg or .tex");
  if (svg && fragment) throw InputError("--fragment: only a figure in LaTeX is one, " + path + " is not");
  const HasseDiagram diagram = diagram_of(widths);
  const std::string text = svg ? report::hasse_svg(diagram) : report::hasse_tikz(diagram, fragment);
  write_file(path, [&](std::ostream& out) { out << text; });
}

}  // namespace rankscape::answers
