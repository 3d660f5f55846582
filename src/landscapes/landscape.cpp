// What others see of a landscape.
#include <rankscape/adviser.hpp>
#include <rankscape/landscape.hpp>

#include "landscapes/compiled.hpp"
#include "landscapes/family.hpp"
#include "landscapes/inline.hpp"
#include "landscapes/instance.hpp"
#include "landscapes/point_file.hpp"
#include "landscapes/reader.hpp"

#include "text/read_file.hpp"
#include "text/words.hpp"

#include <rankscape/error.hpp>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>

namespace rankscape {

namespace {

constexpr std::size_t largest_file = 1U << 20U;

void check_samples(const Scope& scope) {
  if (scope.samples < 1 || scope.samples > 1'000'000) throw InputError("samples: expected a number from 1 to 1000000");
}

}  // namespace

struct Landscape::Cache {
  CompiledLosses losses;
};

Landscape::Landscape(std::unique_ptr<Data> data) : data_(std::move(data)), cache_(std::make_unique<Cache>()) {}
Landscape::~Landscape() = default;

std::shared_ptr<const Landscape> Landscape::parse(std::string_view text, const std::string& filename,
                                                  AdviserLookup advisers) {
  return std::shared_ptr<const Landscape>(new Landscape(read_landscape(draft_of_file(text, filename), advisers)));
}

std::shared_ptr<const Landscape> Landscape::read(const std::filesystem::path& path, AdviserLookup advisers) {
  return parse(text::read_file(path.string(), largest_file), path.string(), advisers);
}

std::shared_ptr<const Landscape> Landscape::of_point(const Json& file) {
  return std::shared_ptr<const Landscape>(new Landscape(read_inline(file)));
}

const std::string& Landscape::id() const {
  return data_->id;
}
const std::string& Landscape::title() const {
  return data_->title;
}
const std::string& Landscape::source() const {
  return data_->source;
}
const std::string& Landscape::note() const {
  return data_->note;
}
const std::string& Landscape::filename() const {
  return data_->filename;
}
const std::string& Landscape::input() const {
  return data_->input;
}
const std::string& Landscape::shape_key() const {
  return data_->shape_key;
}
const Vocabulary& Landscape::vocabulary() const {
  return data_->words->vocabulary();
}
std::vector<TableColumn> Landscape::columns() const {
  return data_->adviser == nullptr ? data_->columns : data_->adviser->columns(data_->columns);
}
const std::string& Landscape::loss() const {
  return data_->loss.text;
}
const Adviser* Landscape::adviser() const {
  return data_->adviser;
}
const std::vector<Shape>& Landscape::examples() const {
  return data_->examples;
}

std::vector<DeclaredName> Landscape::data() const {
  std::vector<DeclaredName> all;
  for (std::size_t a = 0; a < data_->data_count; ++a)
    all.push_back({data_->arrays[a].key, data_->arrays[a].type.text, data_->arrays[a].means});
  return all;
}

std::vector<DeclaredName> Landscape::weights() const {
  std::vector<DeclaredName> all;
  for (std::size_t a = data_->data_count; a < data_->arrays.size(); ++a)
    all.push_back({data_->arrays[a].key, data_->arrays[a].type.text, data_->arrays[a].means});
  return all;
}

bool Landscape::constrained() const {
  return !data_->constraints.empty();
}

void Landscape::check_unconstrained() const {
  if (!constrained()) return;
  throw InputError((data_->inline_loss ? std::string("/constraints") : data_->filename) +
                   ": it has constraints, which are not taken into account here");
}

std::vector<std::string> Landscape::weight_names(const Instance& instance) const {
  std::vector<std::string> names;
  for (std::size_t a = data_->data_count; a < data_->arrays.size(); ++a) {
    for (const auto& entry : instance.state_->found.arrays[a])
      names.push_back(name_at(data_->arrays[a], entry.first));
  }
  return names;
}

Point Landscape::point(const Json& file) const {
  return read_point(*data_, file);
}

std::unique_ptr<Instance> Landscape::instance(Point point) const {
  return std::unique_ptr<Instance>(new Instance(std::make_unique<Instance::State>(*this, std::move(point))));
}

Json Landscape::to_json(const Point& point) const {
  return write_point(*data_, point);
}

std::shared_ptr<const Compiled> Landscape::compiled(const Environment& values) const {
  return cache_->losses.at(*data_, values);
}

Scope Landscape::with_defaults(Scope scope) const {
  if (scope.shapes.empty()) scope.shapes = data_->examples;
  return scope;
}

void Landscape::check_shape(const Shape& shape) const {
  static_cast<void>(sizes_at(*data_, shape));
}

std::vector<std::string> Landscape::families() const {
  std::vector<std::string> names;
  for (const Family& family : data_->families)
    names.push_back(family.name);
  return names;
}

std::vector<std::string> Landscape::kinds() const {
  std::vector<std::string> names;
  for (const Family& family : data_->families) {
    for (const Condition& kind : family.kinds) {
      if (std::find(names.begin(), names.end(), kind.name) == names.end()) names.push_back(kind.name);
    }
  }
  return names;
}

// Calls visit(family, choices, positions) for everything that the families of the file have in a scope.
template <class Visit>
void Landscape::for_each_family_case(const Scope& scope, const Shape& shape, const Visit& visit) const {
  const bool by_default = scope.data.empty();
  if (by_default && data_->adviser != nullptr && data_->adviser->replaces_families()) return;
  const Environment sizes = sizes_at(*data_, shape);
  const auto wanted = [&](const std::string& name) {
    return std::find(scope.data.begin(), scope.data.end(), name) != scope.data.end();
  };
  for (const Family& family : data_->families) {
    std::vector<std::string> positions;
    const auto add = [&](const char* position) {
      const bool asked = scope.positions.empty() ||
                         std::find(scope.positions.begin(), scope.positions.end(), position) != scope.positions.end();
      if (asked) positions.emplace_back(position);
    };
    if (family.has_positions()) add("aligned");
    add("generic");
    if (positions.empty()) continue;
    std::vector<const Condition*> kinds;
    const bool whole = by_default || wanted(family.name);
    for (const Condition& kind : family.kinds) {
      if (wanted(kind.name)) kinds.push_back(&kind);
    }
    if (!whole && kinds.empty()) continue;
    for (Choices& choices : choices_at(*this, family, sizes)) {
      const bool chosen = whole || std::any_of(kinds.begin(), kinds.end(), [&](const Condition* kind) {
                            return of_kind(family, *kind, choices, sizes);
                          });
      if (chosen) visit(family, choices, positions);
    }
  }
}

Scope Landscape::checked(const Scope& given, std::optional<Scope>& advised) const {
  Scope scope = with_defaults(given);
  check_samples(scope);
  if (scope.shapes.empty())
    throw InputError(fmt::format("{}: no shapes are given, and the file has no examples", id()));
  for (const Shape& shape : scope.shapes)
    check_shape(shape);
  std::vector<std::string> known = families();
  for (std::string& kind : kinds())
    known.push_back(std::move(kind));
  const Adviser* const adviser = data_->adviser;
  if (adviser != nullptr) advised = scope;
  if (advised) advised->data.clear();
  for (const std::string& name : scope.data) {
    const bool of_adviser = adviser != nullptr && adviser->knows_data(name);
    if (of_adviser) advised->data.push_back(name);
    if (of_adviser || std::find(known.begin(), known.end(), name) != known.end()) continue;
    throw InputError(fmt::format("data '{}' is unknown; {} knows {}{}", name, id(), text::listed(known, "and"),
                                 text::suggestion(name, known)));
  }
  if (advised && !scope.data.empty() && advised->data.empty()) advised.reset();
  for (const std::string& position : scope.positions) {
    if (position == "aligned" || position == "generic") continue;
    if (adviser != nullptr && adviser->knows_position(position)) continue;
    throw InputError(fmt::format("position '{}' is unknown; {} knows aligned, generic", position, id()));
  }
  return scope;
}

std::vector<std::unique_ptr<const Recipe>> Landscape::cases(const Scope& given) const {
  std::optional<Scope> advised;
  const Scope scope = checked(given, advised);
  std::vector<std::unique_ptr<const Recipe>> all;
  if (advised) {
    for (auto& recipe : data_->adviser->cases(*this, *advised))
      all.push_back(std::move(recipe));
  }
  for (const Shape& shape : scope.shapes) {
    for_each_family_case(
        scope, shape, [&](const Family& family, const Choices& choices, const std::vector<std::string>& positions) {
          for (const std::string& position : positions) {
            for (int sample = 1; sample <= scope.samples; ++sample)
              all.push_back(std::make_unique<const FamilyRecipe>(*this, family, shape, choices, position, sample));
          }
        });
  }
  return all;
}

std::uint64_t Landscape::count_cases(const Scope& given) const {
  std::optional<Scope> advised;
  const Scope scope = checked(given, advised);
  constexpr std::uint64_t most = std::uint64_t{1} << 62U;
  std::uint64_t count = advised ? std::min(most, data_->adviser->count_cases(*this, *advised)) : 0;
  for (const Shape& shape : scope.shapes) {
    for_each_family_case(scope, shape, [&](const Family&, const Choices&, const std::vector<std::string>& positions) {
      count = std::min(most, count + positions.size() * static_cast<std::uint64_t>(scope.samples));
    });
  }
  return count;
}

std::vector<Scope> Landscape::excursions(const std::vector<Shape>& shapes) const {
  if (data_->adviser != nullptr) {
    if (auto advised = data_->adviser->excursions(shapes)) return std::move(*advised);
  }
  std::vector<Scope> scopes;
  for (const Shape& shape : shapes.empty() ? data_->examples : shapes) {
    Scope scope;
    scope.shapes = {shape};
    scope.data = families();
    if (!scope.data.empty()) scopes.push_back(std::move(scope));
  }
  return scopes;
}

}  // namespace rankscape
