#include "answers/point.hpp"

#include <nlohmann/json.hpp>
#include <rankscape/error.hpp>

#include "native/deep_linear/recipes.hpp"

namespace rankscape::answers {

Json point(const Library& library, const DeepLinearPoint& asked) {
  using namespace deep_linear;
  check_widths(asked.widths);
  if (asked.position != "aligned" && asked.position != "generic")
    throw InputError("--position " + asked.position + ": expected aligned or generic");
  Plan plan;
  plan.landscape = "deep-linear";
  plan.widths = asked.widths;
  plan.S.reserve(asked.S.size());
  for (const long index : asked.S)
    plan.S.push_back(static_cast<int>(index));
  plan.stratum = parse_stratum(asked.stratum, static_cast<int>(asked.widths.size()) - 1);
  plan.position = asked.position == "aligned" ? Position::aligned : Position::generic;
  plan.data = asked.data;
  plan.given = asked.given;
  const Landscape& landscape = library.at(plan.landscape);
  return landscape.to_json(make_recipe(std::move(plan))->build(asked.seed));
}

}  // namespace rankscape::answers
