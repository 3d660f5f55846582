// From a recipe to its point: choose, draw, let, set; and back: is the point what was promised?
#include "landscapes/family.hpp"

#include "landscapes/draw.hpp"

#include <rankscape/error.hpp>
#include <rankscape/exact/deadline.hpp>

#include <fmt/format.h>

#include <algorithm>

namespace rankscape {

namespace {

constexpr int most_draws = 100;

std::string shape_text(const Shape& shape) {
  std::string text;
  for (const char c : shape.to_text())
    text += c == ',' ? ", " : std::string(1, c);
  return text;
}

}  // namespace

FamilyRecipe::FamilyRecipe(const Landscape& landscape, const Family& family, Shape shape, Choices choices,
                           std::string position, int sample)
    : landscape_(landscape),
      data_(landscape.internals()),
      family_(family),
      shape_(std::move(shape)),
      choices_(std::move(choices)),
      position_(std::move(position)),
      sample_(sample),
      key_(shape_.to_text() + " " + family.name + to_text(family, choices_) + "/" + position_ + "/" +
           std::to_string(sample)) {}

std::vector<std::pair<std::string, std::string>> FamilyRecipe::choices() const {
  std::vector<std::pair<std::string, std::string>> all;
  for (std::size_t k = 0; k < choices_.size(); ++k)
    all.emplace_back(family_.choices[k].name, to_text(choices_[k]));
  return all;
}

std::string FamilyRecipe::title() const {
  std::string text = fmt::format("family '{}' at [{}]", family_.name, shape_text(shape_));
  for (const auto& [name, value] : choices())
    text += ", " + name + "=" + value;
  return text + ", " + position_ + ", sample " + std::to_string(sample_);
}

void FamilyRecipe::fail(Place place, const std::string& message) const {
  throw InputError(fmt::format("{}:{}:{}: {}: {}", data_.filename, std::max(place.line, 1), std::max(place.column, 1),
                               title(), message));
}

std::unique_ptr<FamilyRecipe::Drawn> FamilyRecipe::chosen(const Words& words) const {
  auto result = std::make_unique<Drawn>(words);
  result->sizes = std::make_unique<Environment>(sizes_at(data_, shape_));
  result->values.take_sizes(*result->sizes);
  defer_to(result->values, *result->sizes);
  for (std::size_t k = 0; k < choices_.size(); ++k)
    result->values.put(family_.choices[k].position, choices_[k]);
  return result;
}

std::unique_ptr<FamilyRecipe::Drawn> FamilyRecipe::drawn(std::uint64_t seed) const {
  Random random(seed, data_.id + "\n" + key_);
  for (int attempt = 0; attempt < most_draws; ++attempt) {
    check_deadline();
    auto result = chosen();
    for (const Draw& draw : family_.draws) {
      try {
        draw_value(draw, position_ == "aligned", result->values, random);
      } catch (const Undefined& undefined) {
        fail(draw.place, undefined.what());
      }
    }
    if (!family_.accept) return result;
    std::string reason;
    const Truth accepted = evaluate_condition(*family_.accept->tree, result->values, &reason);
    if (accepted == Truth::unknown) fail(family_.accept->place, "'accept' is not defined: " + reason);
    if (accepted == Truth::yes) return result;
  }
  fail(family_.accept->place, fmt::format("'accept' did not hold for any of {} draws", most_draws));
}

// What the entries of a table give, each with its indices.
std::vector<Run> FamilyRecipe::runs(const Environment& values, const std::vector<Assignment>& assignments) const {
  std::vector<Run> all;
  for (const Assignment& assignment : assignments) {
    const Declaration& array = data_.arrays[assignment.array];
    std::vector<Indices> where;
    try {
      where = indices_of(assignment.pattern, values);
    } catch (const Undefined& undefined) {
      fail(assignment.place, fmt::format("the indices of {}: {}", assignment.key, undefined.what()));
    }
    for (const Indices& at : where) {
      check_deadline();
      GivenArray item;
      const std::string name = name_at(array, at);
      try {
        item = item_of(evaluate_tree(*assignment.value.tree, values, variables_of(assignment.pattern, at)));
      } catch (const Undefined& undefined) {
        const std::string why = undefined.what();
        if (why.find("irrational") != std::string::npos || why.find("not known to be rational") != std::string::npos) {
          fail(
              assignment.place,
              fmt::format("found an irrational number for {}: expected rationals (draw the root and square it)", name));
        }
        fail(assignment.place, fmt::format("{} is not defined: {}", name, why));
      }
      item.place = name;
      item.indices = at;
      auto run = std::find_if(all.begin(), all.end(), [&](const Run& candidate) {
        return data_.arrays[candidate.arrays.front()].position == array.position;
      });
      if (run == all.end()) {
        Run fresh;
        fresh.place = array.name;
        for (std::size_t a = 0; a < data_.arrays.size(); ++a) {
          if (data_.arrays[a].position == array.position) fresh.arrays.push_back(a);
        }
        run = all.insert(all.end(), std::move(fresh));
      }
      for (const GivenArray& other : run->items) {
        if (*other.indices == at) {
          fail(assignment.place, fmt::format("found {} set twice at [{}], expected once{}", name, shape_text(shape_),
                                             data_.require ? "" : " (a 'require' on the sizes?)"));
        }
      }
      run->items.push_back(std::move(item));
    }
  }
  return all;
}

Point FamilyRecipe::build(std::uint64_t seed) const {
  const auto at = drawn(seed);
  std::vector<Run> given = runs(at->values, family_.set);
  // what is not set must be a list that is empty at this shape
  for (const Declaration& array : data_.arrays) {
    const bool known = std::any_of(given.begin(), given.end(), [&](const Run& run) {
      return data_.arrays[run.arrays.front()].position == array.position;
    });
    if (known || array.has_default) continue;
    Run empty;
    empty.place = array.name;
    for (std::size_t a = 0; a < data_.arrays.size(); ++a) {
      if (data_.arrays[a].position == array.position) empty.arrays.push_back(a);
    }
    given.push_back(std::move(empty));
  }
  std::map<std::string, Shape::Item> fixed;
  std::size_t next = 0;
  for (const SizeItem& item : data_.sizes) {
    if (item.free) continue;
    const bool single =
        std::count_if(data_.sizes.begin(), data_.sizes.end(), [](const SizeItem& s) { return !s.free; }) == 1;
    fixed[item.name] = item.list && single ? Shape::Item(shape_.numbers()) : shape_.items()[next];
    ++next;
  }
  try {
    return point_of(data_, locate(data_, given, fixed));
  } catch (const InputError& error) {
    fail(family_.place, error.what());
  }
}

Weights FamilyRecipe::direction(const Environment& values, const std::vector<Assignment>& assignments,
                                const Found& at) const {
  const std::vector<Run> given = runs(values, assignments);
  Weights direction;
  for (std::size_t a = data_.data_count; a < data_.arrays.size(); ++a) {
    const Declaration& array = data_.arrays[a];
    for (const auto& [indices, weight] : at.arrays[a]) {
      direction.emplace_back(RationalMatrix::Zero(weight.rows(), weight.cols()));
      for (const Run& run : given) {
        if (data_.arrays[run.arrays.front()].position != array.position) continue;
        for (const GivenArray& item : run.items) {
          if (*item.indices != indices) continue;
          if (item.value.rows() != weight.rows() || item.value.cols() != weight.cols()) {
            fail(family_.place, fmt::format("the descent of {} is {} x {}, expected {} x {}", item.place,
                                            item.value.rows(), item.value.cols(), weight.rows(), weight.cols()));
          }
          direction.back() = item.value;
        }
      }
    }
  }
  return direction;
}

std::vector<Curve> FamilyRecipe::descents(std::uint64_t seed) const {
  if (family_.descent.empty()) return {};
  const auto at = drawn(seed);
  const Found point = locate_point(data_, build(seed));
  Curve forward;
  forward.direction = direction(at->values, family_.descent, point);
  if (!family_.bend.empty()) forward.bend = direction(at->values, family_.bend, point);
  Curve backward = forward;  // of odd order the other way descends
  for (RationalMatrix& part : backward.direction)
    part = -part;
  return {std::move(forward), std::move(backward)};
}

FamilyRecipe::Recovery FamilyRecipe::recovery(const FeatureSource& point, std::uint64_t seed) const {
  Recovery recovery;
  if (family_.realizes.empty()) return recovery;
  const auto at = drawn(seed);
  for (const Realized& realized : family_.realizes) {
    std::vector<Value> arguments;
    for (const long index : realized.indices)
      arguments.emplace_back(index);
    try {
      const Value promised = evaluate_tree(*realized.value.tree, at->values);
      const Value found = point.feature(realized.feature, arguments);
      const Truth same = same_value(found, promised);
      if (same == Truth::yes) ++recovery.recovered;
      if (same == Truth::unknown) ++recovery.open;
      if (same == Truth::no && recovery.different.empty()) {
        recovery.different =
            fmt::format("the feature {} is {}, and not {}", realized.key, to_text(found), to_text(promised));
      }
    } catch (const Undefined&) {  // S at a tie: not recovered, and not different
      ++recovery.open;
    }
  }
  return recovery;
}

std::string FamilyRecipe::mismatch(const Instance& instance, std::uint64_t seed) const {
  if (family_.approximate) return {};  // the floats promise nothing, the point beside them does
  if (!instance.critical()) {
    const RationalVector& gradient = instance.gradient();
    const std::vector<std::string> names = landscape_.weight_names(instance);
    Index offset = 0;
    for (std::size_t h = 0; h < names.size(); ++h) {
      const RationalMatrix& weight = instance.point().weights[h];
      for (Index k = 0; k < weight.size(); ++k) {
        if (gradient(offset + k) == 0) continue;
        const std::string entry =
            weight.size() == 1 ? "" : fmt::format(" at ({}, {})", k % weight.rows() + 1, k / weight.rows() + 1);
        return fmt::format("{}: dL/d{}{} is {}, expected 0", title(), names[h], entry,
                           rankscape::to_string(gradient(offset + k)));
      }
      offset += weight.size();
    }
  }
  return mismatch_at(*this, instance, seed);
}

bool is_approximate(const Recipe& recipe) {
  const auto* of_family = dynamic_cast<const FamilyRecipe*>(&recipe);
  return of_family != nullptr && of_family->of().approximate;
}

std::string mismatch_at(const Recipe& recipe, const FeatureSource& point, std::uint64_t seed) {
  const auto* of_family = dynamic_cast<const FamilyRecipe*>(&recipe);
  if (of_family == nullptr) return {};
  const FamilyRecipe::Recovery found = of_family->recovery(point, seed);
  return found.different.empty() ? std::string() : of_family->title() + ": " + found.different;
}

void complain_of(const Recipe& recipe, const std::string& mismatch) {
  if (mismatch.empty()) return;
  if (dynamic_cast<const FamilyRecipe*>(&recipe) == nullptr)
    throw InternalDisagreement(fmt::format("{}: {}", recipe.key(), mismatch));
  throw InputError(fmt::format("the landscape's file is wrong: {}", mismatch));
}

}  // namespace rankscape
