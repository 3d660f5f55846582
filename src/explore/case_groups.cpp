#include "explore/case_groups.hpp"

#include <map>
#include <rankscape/error.hpp>
#include <rankscape/limits.hpp>
#include <set>

namespace rankscape::explore {

std::vector<CaseGroup> case_groups(const Landscape& landscape, const std::vector<Scope>& scopes, std::uint64_t seed,
                                   const std::function<Recipes()>& more) {
  std::uint64_t total = 0;
  for (const Scope& scope : scopes) {
    total += std::min(landscape.count_cases(scope), most_cases + 1);
    if (total > most_cases) {
      throw InputError("the scope has more than the " + std::to_string(most_cases) +
                       " cases that are explored at most; ask for fewer or smaller shapes");
    }
  }
  std::map<Index, CaseGroup> groups;
  std::map<Shape, Index> parameters;
  std::set<std::string> keys;
  const auto add = [&](std::unique_ptr<const Recipe> recipe) {
    if (!keys.insert(recipe->key()).second) return;
    const auto [known, fresh] = parameters.try_emplace(recipe->shape(), 0);
    if (fresh) known->second = parameters_of(recipe->build(seed).weights);
    CaseGroup& group = groups[known->second];
    group.parameters = known->second;
    group.recipes.push_back(std::move(recipe));
  };
  for (const Scope& scope : scopes) {
    for (auto& recipe : landscape.cases(scope))
      add(std::move(recipe));
  }
  for (auto& recipe : more())
    add(std::move(recipe));
  std::vector<CaseGroup> result;
  result.reserve(groups.size());
  for (auto& [n, group] : groups)
    result.push_back(std::move(group));
  return result;
}

}  // namespace rankscape::explore
