// Enumerating, counting and recognizing the cases of a scope. A case belongs to a scope by its shape, position, kind
// and sample, so that nothing needs be kept to tell whether a scope has it.
#include <rankscape/adviser.hpp>
#include <rankscape/cases.hpp>

#include "landscapes/family.hpp"

#include "text/words.hpp"

#include <rankscape/error.hpp>

#include <fmt/format.h>

#include <algorithm>

namespace rankscape {

namespace {

constexpr std::uint64_t most_counted_cases = std::uint64_t{1} << 62U;

bool stands_in(const std::string& name, const std::vector<std::string>& names) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

bool position_asked(const Scope& scope, const std::string& position) {
  return scope.positions.empty() || stands_in(position, scope.positions);
}

}  // namespace

ScopeCases::ScopeCases(const Landscape& landscape, const Scope& scope)
    : landscape_(&landscape), scope_(landscape.with_defaults(scope)) {
  if (scope_.samples < 1 || scope_.samples > 1'000'000)
    throw InputError("samples: expected a number from 1 to 1000000");
  if (scope_.shapes.empty())
    throw InputError(fmt::format("{}: no shapes are given, and the file has no examples", landscape.id()));
  for (const Shape& shape : scope_.shapes)
    landscape.check_shape(shape);
  std::vector<std::string> known = landscape.families();
  for (std::string& kind : landscape.kinds())
    known.push_back(std::move(kind));
  const Adviser* const adviser = landscape.adviser();
  if (adviser != nullptr) advised_ = scope_;
  if (advised_) advised_->data.clear();
  for (const std::string& name : scope_.data) {
    const bool of_adviser = adviser != nullptr && adviser->knows_data(name);
    if (of_adviser) advised_->data.push_back(name);
    if (of_adviser || stands_in(name, known)) continue;
    std::string advised_kinds;  // as the adviser describes them
    for (const std::string& line : adviser != nullptr ? adviser->description() : std::vector<std::string>()) {
      if (line.starts_with("data ")) advised_kinds = fmt::format("; {}", line);
    }
    throw InputError(fmt::format("data '{}' is unknown; {} knows {}{}{}", name, landscape.id(),
                                 text::listed(known, "and"), text::suggestion(name, known), advised_kinds));
  }
  if (advised_ && !scope_.data.empty() && advised_->data.empty()) advised_.reset();
  for (const std::string& position : scope_.positions) {
    if (position == "aligned" || position == "generic") continue;
    if (adviser != nullptr && adviser->knows_position(position)) continue;
    throw InputError(fmt::format("position '{}' is unknown; {} knows aligned, generic", position, landscape.id()));
  }
}

// Calls visit(family, choices, positions) for everything that the families of the file have at a shape.
template <class Visit>
void ScopeCases::for_each_family_case(const Shape& shape, const Visit& visit) const {
  const Landscape::Data& data = landscape_->internals();
  const bool by_default = scope_.data.empty();
  if (by_default && data.adviser != nullptr && data.adviser->replaces_families()) return;
  const Environment sizes = sizes_at(data, shape);
  for (const Family& family : data.families) {
    std::vector<std::string> positions;
    if (family.has_positions() && position_asked(scope_, "aligned")) positions.emplace_back("aligned");
    if (position_asked(scope_, "generic")) positions.emplace_back("generic");
    if (positions.empty()) continue;
    std::vector<const Condition*> kinds;
    const bool whole = by_default || stands_in(family.name, scope_.data);
    for (const Condition& kind : family.kinds) {
      if (stands_in(kind.name, scope_.data)) kinds.push_back(&kind);
    }
    if (!whole && kinds.empty()) continue;
    for (Choices& choices : choices_at(*landscape_, family, sizes)) {
      const bool chosen = whole || std::any_of(kinds.begin(), kinds.end(), [&](const Condition* kind) {
                            return of_kind(family, *kind, choices, sizes);
                          });
      if (chosen) visit(family, choices, positions);
    }
  }
}

void ScopeCases::for_each(const CaseVisitor& visit) const {
  if (advised_) landscape_->adviser()->for_each_case(*landscape_, *advised_, visit);
  for (const Shape& shape : scope_.shapes) {
    for_each_family_case(
        shape, [&](const Family& family, const Choices& choices, const std::vector<std::string>& positions) {
          for (const std::string& position : positions) {
            for (int sample = 1; sample <= scope_.samples; ++sample)
              visit(std::make_unique<const FamilyRecipe>(*landscape_, family, shape, choices, position, sample));
          }
        });
  }
}

std::unique_ptr<const Recipe> ScopeCases::first(const std::function<bool(const Recipe&)>& wanted) const {
  struct Ended {};
  std::unique_ptr<const Recipe> found;
  try {
    for_each([&](std::unique_ptr<const Recipe> recipe) {
      if (!wanted(*recipe)) return;
      found = std::move(recipe);
      throw Ended();
    });
  } catch (const Ended&) {  // the way out of an enumeration
  }
  return found;
}

std::uint64_t ScopeCases::count(std::uint64_t enough) const {
  std::uint64_t count = 0;
  if (advised_)
    count = std::min(most_counted_cases, landscape_->adviser()->count_cases(*landscape_, *advised_, enough));
  for (const Shape& shape : scope_.shapes) {
    if (count > enough) break;
    for_each_family_case(shape, [&](const Family&, const Choices&, const std::vector<std::string>& positions) {
      count = std::min(most_counted_cases, count + positions.size() * static_cast<std::uint64_t>(scope_.samples));
    });
  }
  return count;
}

std::size_t ScopeCases::occurrences(const Recipe& recipe) const {
  const auto* const own = dynamic_cast<const FamilyRecipe*>(&recipe);
  if (own == nullptr) return advised_ ? landscape_->adviser()->occurrences(recipe, *advised_) : 0;
  const Landscape::Data& data = landscape_->internals();
  const bool by_default = scope_.data.empty();
  if (by_default && data.adviser != nullptr && data.adviser->replaces_families()) return 0;
  if (own->sample() > scope_.samples || !position_asked(scope_, own->position())) return 0;
  const auto shapes = static_cast<std::size_t>(std::count(scope_.shapes.begin(), scope_.shapes.end(), own->shape()));
  if (shapes == 0 || by_default || stands_in(own->family(), scope_.data)) return shapes;
  const Family& family = own->of();
  const Environment sizes = sizes_at(data, own->shape());
  const bool chosen = std::any_of(family.kinds.begin(), family.kinds.end(), [&](const Condition& kind) {
    return stands_in(kind.name, scope_.data) && of_kind(family, kind, own->chosen_values(), sizes);
  });
  return chosen ? shapes : 0;
}

}  // namespace rankscape
