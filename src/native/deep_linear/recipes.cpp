// The stream of exact critical points of deep linear networks.
#include "native/deep_linear/recipes.hpp"

#include <algorithm>
#include <functional>
#include <rankscape/error.hpp>
#include <stdexcept>

#include "native/deep_linear/advice.hpp"
#include "native/subsets.hpp"

namespace rankscape::deep_linear {

namespace {

std::string join(const std::vector<long>& numbers) {
  std::string text;
  for (const long n : numbers)
    text += (text.empty() ? "" : ",") + std::to_string(n);
  return text;
}

std::string join(const std::vector<int>& numbers) {
  return join(std::vector<long>(numbers.begin(), numbers.end()));
}

const std::string zero_pattern = "zero-pattern";
constexpr std::uint64_t most_counted = std::uint64_t{1} << 62U;

const std::vector<std::string> usual_positions{"aligned", "generic"};
const std::vector<std::string> usual_data{"canonical", "general"};

struct Places {
  std::vector<std::string> positions = usual_positions;
  std::vector<std::string> data = usual_data;
};

// Positions and data of a scope, checked, with the model's defaults.
Places places_of(const Scope& scope) {
  Places places;
  if (!scope.positions.empty()) places.positions = scope.positions;
  if (!scope.data.empty()) places.data = scope.data;
  for (const std::string& position : places.positions) {
    if (std::find(positions().begin(), positions().end(), position) == positions().end()) {
      throw InputError("position '" + position + "' is unknown; deep-linear knows aligned, generic, zero-pattern");
    }
  }
  for (const std::string& kind : places.data)
    static_cast<void>(parse_data_kind(kind));
  if (scope.samples < 1 || scope.samples > 1000000) throw InputError("samples: expected a number from 1 to 1000000");
  return places;
}

std::vector<long> node_dimensions(const Widths& widths, long r) {
  std::vector<long> dimensions;
  for (const long d : widths)
    dimensions.push_back(d - r);
  return dimensions;
}

// The zero patterns of the blocks for which the cycle equations hold whatever the other blocks are: at least two zero
// blocks, or any when a node has dimension zero. Blocks without entries count as zero, so that no pattern comes twice.
void for_each_zero_pattern(const std::vector<long>& dimensions,
                           const std::function<void(const std::vector<int>&)>& visit) {
  const auto layers = static_cast<int>(dimensions.size()) - 1;
  const bool automatic = std::find(dimensions.begin(), dimensions.end(), 0L) != dimensions.end();
  for (int count = automatic ? 0 : 2; count <= layers; ++count) {
    for_each_subset(layers, count, [&](const std::vector<int>& zero) {
      for (int h = 1; h <= layers; ++h) {
        const auto node = static_cast<std::size_t>(h);
        const bool no_entries = dimensions[node] == 0 || dimensions[node - 1] == 0;
        if (no_entries && std::find(zero.begin(), zero.end(), h) == zero.end()) return;
      }
      visit(zero);
    });
  }
}

std::string position_name(const Plan& plan) {
  return !plan.stratum ? zero_pattern : plan.position == Position::aligned ? "aligned" : "generic";
}

std::string key_of(const Plan& plan) {
  const std::string place = plan.stratum ? to_string(*plan.stratum) : "Z=0:" + join(plan.zero_blocks);
  return join(plan.widths) + " S=" + join(plan.S) + " [" + place + "] " + position_name(plan) + " " + plan.data + " #" +
         std::to_string(plan.sample);
}

// The sets S and the dimensions of the nodes that data of one kind leave open.
struct Openings {
  Index positive = 0;  // S is a set of indices up to this
  Widths dimensions;   // of the nodes, before the r that S takes from each
  long kernel = 0;     // of M
};

Openings openings(const Widths& widths, Defect defect) {
  check_layers(widths);
  const Index dx = widths.front();
  const Index dy = widths.back();
  if (const auto reason = obstacle(defect, dx, dy)) throw InputError("widths " + join(widths) + ": " + *reason);
  Openings open{positive_values(defect, dx, dy), widths, 0};
  open.dimensions.front() = input_rank(defect, dx);
  open.kernel = dy - open.positive;
  return open;
}

// Visits every S and stratum or zero pattern that the widths have with data of one kind.
void for_each_place(const Widths& widths, Defect defect, const std::function<void(const Plan&)>& visit) {
  const Openings open = openings(widths, defect);
  const long rmax = std::min<long>(open.positive, *std::min_element(widths.begin(), widths.end()));
  for (long r = 0; r <= rmax; ++r) {
    const std::vector<long> dimensions = node_dimensions(open.dimensions, r);
    for_each_subset(static_cast<int>(open.positive), static_cast<int>(r), [&](const std::vector<int>& S) {
      Plan plan;
      plan.widths = widths;
      plan.S = S;
      const auto at_stratum = [&](const Stratum& stratum) {
        plan.stratum = stratum;
        visit(plan);
      };
      for_each_stratum(dimensions, at_stratum, open.kernel);
      plan.stratum.reset();
      for_each_zero_pattern(dimensions, [&](const std::vector<int>& zero) {
        plan.zero_blocks = zero;
        visit(plan);
      });
    });
  }
}

Defect defect_of(const Plan& plan) {
  return plan.given ? Defect::none : parse_data_kind(plan.data).defect;
}

void check_widths_of(const Widths& widths, const GivenData& given) {
  if (widths.front() == given.inputs() && widths.back() == given.outputs()) return;
  throw InputError("widths " + join(widths) + ": the data have dx = " + std::to_string(given.inputs()) +
                   " and dy = " + std::to_string(given.outputs()));
}

// Kinds of data that leave the same places open are taken together, so that the order is by S and stratum.
std::vector<std::pair<Defect, std::vector<std::string>>> kinds_by_defect(const std::vector<std::string>& texts) {
  std::vector<std::pair<Defect, std::vector<std::string>>> kinds;
  for (const std::string& text : texts) {
    const Defect defect = parse_data_kind(text).defect;
    const auto same =
        std::find_if(kinds.begin(), kinds.end(), [&](const auto& entry) { return entry.first == defect; });
    if (same == kinds.end()) {
      kinds.push_back({defect, {text}});
    } else {
      same->second.push_back(text);
    }
  }
  return kinds;
}

// Everything in a scope, in the fixed order.
void for_each_plan(const Scope& scope, const std::function<void(Plan)>& visit) {
  const Places places = places_of(scope);
  const auto kinds = kinds_by_defect(places.data);
  for (const Shape& shape : scope.shapes) {
    for (const auto& group : kinds) {
      for_each_place(shape.numbers(), group.first, [&](const Plan& plan) {
        for (const std::string& position : places.positions) {
          if ((position == zero_pattern) == plan.stratum.has_value()) continue;
          for (const std::string& kind : group.second) {
            for (int sample = 0; sample < scope.samples; ++sample) {
              Plan placed = plan;
              placed.position = position == "aligned" ? Position::aligned : Position::generic;
              placed.data = kind;
              placed.sample = sample;
              visit(std::move(placed));
            }
          }
        }
      });
    }
  }
}

std::uint64_t binomial(std::uint64_t n, std::uint64_t k) {
  std::uint64_t value = 1;
  for (std::uint64_t i = 1; i <= k; ++i) {
    if (__builtin_mul_overflow(value, n - k + i, &value)) return std::uint64_t{1} << 62U;
    value /= i;
  }
  return value;
}

}  // namespace

std::unique_ptr<const DeepLinearRecipe> make_recipe(Plan plan) {
  if (!plan.stratum) throw std::invalid_argument("make_recipe: a stratum is needed");
  if (plan.given) check_widths_of(plan.widths, *plan.given);
  const Openings open = openings(plan.widths, defect_of(plan));
  std::vector<int>& S = plan.S;
  std::sort(S.begin(), S.end());
  if (std::adjacent_find(S.begin(), S.end()) != S.end()) throw InputError("S: an index is given twice");
  if (!S.empty() && (S.front() < 1 || S.back() > open.positive)) {
    const std::string last = open.kernel == 0 ? "dy = " : "the number of positive eigenvalues, ";
    throw InputError("S: an index is not between 1 and " + last + std::to_string(open.positive));
  }
  const long rmax = *std::min_element(plan.widths.begin(), plan.widths.end());
  const auto r = static_cast<long>(S.size());
  if (r > rmax) throw InputError("S: more than rmax = " + std::to_string(rmax) + " indices");
  const std::vector<long> expected = node_dimensions(open.dimensions, r);
  if (plan.stratum->node_dimensions() != expected) {
    throw InputError("stratum: its strings fill the nodes " + join(plan.stratum->node_dimensions()) +
                     ", the widths minus |S| are " + join(expected));
  }
  const long ending = expected.back() - plan.stratum->passing(plan.stratum->layers, 2);
  if (ending != open.kernel) {
    throw InputError("stratum: " + std::to_string(ending) + " strings end at the output node, the kernel of M has " +
                     "dimension " + std::to_string(open.kernel));
  }
  return std::make_unique<const DeepLinearRecipe>(std::move(plan));
}

const std::vector<std::string>& positions() {
  static const std::vector<std::string> names{"aligned", "generic", zero_pattern};
  return names;
}

std::vector<std::unique_ptr<const Recipe>> list_recipes_at(const std::string& landscape, const Scope& scope,
                                                           std::shared_ptr<const GivenData> given,
                                                           const std::string& name) {
  Scope plain = scope;
  plain.data = {"general"};  // of the kinds within the hypotheses, as the given data are
  std::vector<std::unique_ptr<const Recipe>> list;
  for_each_plan(plain, [&](Plan plan) {
    check_widths_of(plan.widths, *given);
    plan.landscape = landscape;
    plan.data = name;
    plan.given = given;
    list.push_back(std::make_unique<const DeepLinearRecipe>(std::move(plan)));
  });
  return list;
}

void for_each_recipe(const std::string& landscape, const Scope& scope, const CaseVisitor& visit) {
  for_each_plan(scope, [&](Plan plan) {
    plan.landscape = landscape;
    visit(std::make_unique<const DeepLinearRecipe>(std::move(plan)));
  });
}

// Which places there are depends on the widths and the kind of data alone.
std::size_t occurrences_in(const Plan& plan, const Scope& scope) {
  if (plan.sample >= scope.samples || plan.given) return 0;
  const auto times = [](const std::string& name, const std::vector<std::string>& asked,
                        const std::vector<std::string>& usual) {
    const std::vector<std::string>& names = asked.empty() ? usual : asked;
    return static_cast<std::size_t>(std::count(names.begin(), names.end(), name));
  };
  const std::size_t placed =
      times(plan.data, scope.data, usual_data) * times(position_name(plan), scope.positions, usual_positions);
  if (placed == 0) return 0;
  const auto shapes = std::count(scope.shapes.begin(), scope.shapes.end(), Shape(plan.widths));
  return placed * static_cast<std::size_t>(shapes);
}

std::uint64_t count_recipes(const Scope& scope, std::uint64_t enough) {
  const Places places = places_of(scope);
  const auto patterns =
      static_cast<std::uint64_t>(std::count(places.positions.begin(), places.positions.end(), zero_pattern));
  const std::uint64_t strata_positions = places.positions.size() - patterns;
  const auto kinds = kinds_by_defect(places.data);
  std::uint64_t total = 0;
  const auto add = [&](std::uint64_t strata, std::uint64_t zero_patterns, std::uint64_t sets) {
    std::uint64_t cases = 0;
    if (__builtin_mul_overflow(strata, strata_positions, &cases) ||
        __builtin_add_overflow(cases, zero_patterns * patterns, &cases) ||
        __builtin_mul_overflow(cases, static_cast<std::uint64_t>(scope.samples), &cases) ||
        __builtin_mul_overflow(cases, sets, &cases) || __builtin_add_overflow(total, cases, &total)) {
      total = most_counted;
    }
    total = std::min(total, most_counted);
  };
  const auto by_formula = [](Defect defect) { return defect == Defect::none || defect == Defect::repeated; };
  for (const Shape& shape : scope.shapes) {
    const Widths widths = shape.numbers();
    for (const auto& group : kinds) {
      static_cast<void>(openings(widths, group.first));
      if (!by_formula(group.first)) continue;
      if (strata_positions > 0 && enough < most_counted && has_more_strata(widths, enough)) return enough + 1;
      const std::vector<std::uint64_t> by_rank = count_strata(widths);
      for (std::size_t r = 0; r < by_rank.size(); ++r) {
        std::uint64_t zero_patterns = 0;
        if (patterns > 0) {
          for_each_zero_pattern(node_dimensions(widths, static_cast<long>(r)), [&](const auto&) { ++zero_patterns; });
        }
        const std::uint64_t sets = binomial(static_cast<std::uint64_t>(widths.back()), r);
        for (std::size_t kind = 0; kind < group.second.size(); ++kind)
          add(by_rank[r], zero_patterns, sets);
      }
      if (total > enough) return total;
    }
  }
  // off the hypotheses places are counted by visiting them, as far as anybody asks
  for (const Shape& shape : scope.shapes) {
    for (const auto& group : kinds) {
      if (by_formula(group.first)) continue;
      struct Enough {};
      try {
        for_each_place(shape.numbers(), group.first, [&](const Plan& plan) {
          add(plan.stratum ? 1 : 0, plan.stratum ? 0 : 1, group.second.size());
          if (total > enough) throw Enough();
        });
      } catch (const Enough&) {  // a lower bound suffices
        return total;
      }
    }
  }
  return total;
}

DeepLinearRecipe::DeepLinearRecipe(Plan plan) : plan_(std::move(plan)), shape_(plan_.widths), key_(key_of(plan_)) {}

std::string DeepLinearRecipe::position() const {
  return position_name(plan_);
}

Point DeepLinearRecipe::build(std::uint64_t seed) const {
  const auto& [landscape, widths, S, stratum, zero_blocks, position, kind, sample, given] = plan_;
  Random random(seed, key_);
  const ExactData data = given ? given->selecting(S) : make_data(kind, widths.front(), widths.back(), random);
  Blocks blocks;
  if (stratum) {
    std::vector<Rational> outside;
    for (std::size_t k = 0; k < data.sigma.size(); ++k) {
      if (std::find(S.begin(), S.end(), static_cast<int>(k) + 1) == S.end()) outside.push_back(data.sigma[k]);
    }
    blocks = string_blocks(*stratum, outside, position, random);
  } else {
    Widths effective = widths;
    effective.front() = data.inputs;
    blocks = zero_pattern_blocks(node_dimensions(effective, static_cast<long>(S.size())), zero_blocks, random);
  }
  Point point;
  point.model = landscape;
  point.weights = critical_weights(widths, data, S, blocks, position, random);
  point.data.emplace("X", data.X);
  point.data.emplace("Y", data.Y);
  return point;
}

std::string DeepLinearRecipe::mismatch(const Instance& instance, std::uint64_t /*seed*/) const {
  const auto* at = dynamic_cast<const DeepLinearAdvice*>(instance.advice());
  if (at == nullptr) throw std::logic_error("a recipe of deep linear networks, asked of another landscape");
  if (!instance.critical()) return "the point built is not critical";
  const IndexSet built(plan_.S.begin(), plan_.S.end());
  const std::string built_text = "S was built as {" + join(plan_.S) + "}, ";
  if (defect_of(plan_) != Defect::none) {
    const auto sets = at->admissible_sets();
    const bool admissible = std::find(sets.begin(), sets.end(), built) != sets.end();
    return admissible || sets.size() == DeepLinearAdvice::most_sets ? ""
                                                                    : built_text + "which the point does not admit";
  }
  const IndexSet found = at->S();
  if (found != built) {
    return built_text + "recovered as {" + join(std::vector<long>(found.begin(), found.end())) + "}";
  }
  if (plan_.stratum && !(at->stratum() == *plan_.stratum)) {
    return "the stratum was built as " + to_string(*plan_.stratum) + ", recovered as " + to_string(at->stratum());
  }
  return {};
}

}  // namespace rankscape::deep_linear
