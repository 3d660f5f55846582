// What others see of a landscape.
#include <rankscape/adviser.hpp>
#include <rankscape/cases.hpp>
#include <rankscape/landscape.hpp>
#include <rankscape/limits.hpp>

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

std::vector<std::unique_ptr<const Recipe>> Landscape::cases(const Scope& scope) const {
  std::vector<std::unique_ptr<const Recipe>> all;
  ScopeCases(*this, scope).for_each([&](std::unique_ptr<const Recipe> recipe) { all.push_back(std::move(recipe)); });
  return all;
}

std::uint64_t Landscape::count_cases(const Scope& scope) const {
  return ScopeCases(*this, scope).count(most_cases);
}

std::vector<Scope> Landscape::excursions(const std::vector<Shape>& shapes) const {
  if (data_->adviser != nullptr) {
    if (auto advised = data_->adviser->excursions(shapes)) return std::move(*advised);
  }
  std::vector<Scope> scopes;
  for (const Shape& shape : shapes.empty() ? data_->examples : shapes) {
    Scope scope;
    scope.shapes = {shape};
    // at approximate ones much is undecided that nothing depends on: they are asked for by name
    for (const Family& family : data_->families) {
      if (!family.approximate) scope.data.push_back(family.name);
    }
    if (!scope.data.empty()) scopes.push_back(std::move(scope));
  }
  return scopes;
}

}  // namespace rankscape
