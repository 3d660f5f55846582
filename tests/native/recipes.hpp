#pragma once
// Recipes of single critical points of deep linear networks, and instances.

#include "landscapes.hpp"
#include "native/deep_linear/advice.hpp"
#include "native/deep_linear/recipes.hpp"

namespace rankscape::test {

inline std::unique_ptr<const deep_linear::DeepLinearRecipe> recipe(const deep_linear::Widths& widths,
                                                                   std::vector<int> S, deep_linear::Stratum stratum,
                                                                   deep_linear::Position position, std::string data) {
  deep_linear::Plan plan;
  plan.landscape = "deep-linear";
  plan.widths = widths;
  plan.S = std::move(S);
  plan.stratum = std::move(stratum);
  plan.position = position;
  plan.data = std::move(data);
  return deep_linear::make_recipe(std::move(plan));
}

inline const deep_linear::DeepLinearAdvice& advice(const Instance& instance) {
  return dynamic_cast<const deep_linear::DeepLinearAdvice&>(*instance.advice());
}

inline std::unique_ptr<Instance> network(RationalMatrix x, RationalMatrix y, Weights weights) {
  Point point;
  point.model = "deep-linear";
  point.data.emplace("X", std::move(x));
  point.data.emplace("Y", std::move(y));
  point.weights = std::move(weights);
  return landscape("deep-linear").instance(std::move(point));
}

}  // namespace rankscape::test
