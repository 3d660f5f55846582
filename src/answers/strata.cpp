#include "answers/strata.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <nlohmann/json.hpp>
#include <numeric>
#include <rankscape/error.hpp>
#include <rankscape/exact/deadline.hpp>

#include "native/deep_linear/recipes.hpp"

namespace rankscape::answers {

namespace {

using namespace rankscape::deep_linear;

constexpr std::uint64_t most_listed = 2'000'000;

Json stratum_json(long r, const Stratum& stratum) {
  Json strings = Json::array();
  for (const auto& [string, count] : stratum.multiplicity)
    strings.push_back({string.start, string.length, count});
  const auto chain = shortest_chain(stratum);
  Json json;
  json["r"] = r;
  json["stratum"] = std::move(strings);
  json["tightened"] = !chain || chain->size() > 2;
  json["chain_length"] = chain ? Json(chain->size()) : Json(nullptr);
  return json;
}

}  // namespace

StrataCount count_strata(const Widths& widths) {
  StrataCount count;
  count.widths = widths;
  count.by_rank = deep_linear::count_strata(widths);
  count.strata = std::accumulate(count.by_rank.begin(), count.by_rank.end(), std::uint64_t{0});
  Scope every_case;
  every_case.shapes = {Shape(widths)};
  every_case.positions = {"aligned"};
  every_case.data = {"canonical"};
  count.cases = count_recipes(every_case);
  return count;
}

Json StrataCount::json() const {
  return {{"widths", widths}, {"strata", strata}, {"cases", cases}, {"by_rank", by_rank}};
}

Json list_strata(const StrataCount& count, const std::function<void(long, const Stratum&)>& visit) {
  if (count.strata > most_listed) {
    throw InputError(fmt::format("widths {}: {} strata are too many to list; --count counts them",
                                 fmt::join(count.widths, ","), count.strata));
  }
  Json list = Json::array();
  for (std::size_t r = 0; r < count.by_rank.size(); ++r) {
    std::vector<long> dimensions = count.widths;
    for (long& d : dimensions)
      d -= static_cast<long>(r);
    std::uint64_t listed = 0;
    for_each_stratum(dimensions, [&](const Stratum& stratum) {
      check_deadline();
      ++listed;
      list.push_back(stratum_json(static_cast<long>(r), stratum));
      visit(static_cast<long>(r), stratum);
    });
    if (listed != count.by_rank[r]) {
      throw InternalDisagreement(fmt::format("rank {}: {} strata listed, {} counted", r, listed, count.by_rank[r]));
    }
  }
  return list;
}

}  // namespace rankscape::answers
