// Sizes read off arrays.
#include "landscapes/locate.hpp"

#include <rankscape/error.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <numeric>

namespace rankscape {

namespace {

using language::Feature;

class Locator {
 public:
  Locator(const Landscape::Data& data, const std::vector<Run>& runs)
      : data_(data), runs_(runs), found_{Environment(*data.words), {}, {}} {
    found_.arrays.resize(data.arrays.size());
    found_.given.assign(data.arrays.size(), false);
    for (const Run& run : runs) {
      for (const std::size_t a : run.arrays)
        found_.given[a] = true;
    }
  }

  Found run(const std::map<std::string, Shape::Item>& fixed) {
    fix(fixed);
    infer();
    check_sizes();
    for (const Run& run : runs_)
      place(run);
    return std::move(found_);
  }

  // Repeats until nothing is new.
  void infer() {
    for (bool progress = true; progress;) {
      progress_ = false;
      for (const Run& run : runs_)
        infer_from(run);
      progress = progress_;
    }
  }

  [[nodiscard]] bool known(const SizeItem& item) {
    if (!item.list) return found_.values.has(item.position);
    const auto first = integer(item.first, {});
    const auto last = integer(item.last, {});
    if (!first || !last) return false;
    for (long k = *first; k <= *last; ++k) {
      if (!found_.values.has(item.position, {k})) return false;
    }
    return true;
  }

 private:
  void fix(const std::map<std::string, Shape::Item>& fixed);
  void infer_from(const Run& run);
  void unify(const Declaration& array, const Indices& indices, const GivenArray& item);
  void unify(const Expr& extent, const Indices& indices, long value);
  void check_sizes();
  void place(const Run& run);
  [[nodiscard]] RationalMatrix checked(const Declaration& array, const Indices& indices, const GivenArray& item) const;

  std::optional<long> integer(const ExprPtr& tree, const Indices& variables) const {
    try {
      return evaluate_integer(*tree, found_.values, variables);
    } catch (const Undefined&) {
      return std::nullopt;
    }
  }
  std::optional<std::vector<Indices>> indices(const Declaration& array) const {
    try {
      return indices_of(array.pattern, found_.values);
    } catch (const Undefined&) {
      return std::nullopt;
    }
  }
  void set(std::size_t position, const Indices& at, long value) {
    if (found_.values.has(position, at)) return;
    // NOTE: what was tried before this size was known is remembered as undefined
    Environment fresh(*data_.words);
    fresh.take_sizes(found_.values);
    fresh.put(position, at, value);
    found_.values = std::move(fresh);
    progress_ = true;
  }

  const Landscape::Data& data_;
  const std::vector<Run>& runs_;
  Found found_;
  bool progress_ = false;
};

void Locator::fix(const std::map<std::string, Shape::Item>& fixed) {
  for (const auto& [name, value] : fixed) {
    const auto item = std::find_if(data_.sizes.begin(), data_.sizes.end(),
                                   [&, wanted = name](const SizeItem& s) { return s.name == wanted; });
    if (item == data_.sizes.end()) {
      // the end of a list is no item of its own
      const auto position = data_.words->find(name);
      const long* number = std::get_if<long>(&value);
      if (position && (*data_.words)[*position].role == Role::size && number != nullptr) {
        set(*position, {}, *number);
        continue;
      }
      throw InputError("/sizes/" + name + ": no such size");
    }
    if (const long* number = std::get_if<long>(&value)) {
      if (item->list) throw InputError("/sizes/" + name + ": expected an array of integers");
      set(item->position, {}, *number);
      continue;
    }
    if (!item->list) throw InputError("/sizes/" + name + ": expected an integer");
    const auto& list = std::get<std::vector<long>>(value);
    const auto first = integer(item->first, {});
    if (!first) throw InputError("/sizes/" + name + ": the first index is not known");
    if (item->defines) set(*item->defines, {}, *first + static_cast<long>(list.size()) - 1);
    for (std::size_t k = 0; k < list.size(); ++k)
      set(item->position, {*first + static_cast<long>(k)}, list[k]);
  }
}

void Locator::infer_from(const Run& run) {
  const bool explicit_indices =
      std::all_of(run.items.begin(), run.items.end(), [](const GivenArray& item) { return item.indices.has_value(); });
  if (explicit_indices && !run.items.empty() && run.arrays.size() == 1) {
    const Declaration& array = data_.arrays[run.arrays.front()];
    if (array.pattern.form == Pattern::Form::every && array.pattern.domains.size() == 1) {
      long largest = 0;
      for (const GivenArray& item : run.items)
        largest = std::max(largest, item.indices->front());
      if (const auto* range = array.pattern.domains.front()->as<language::Range>(); range != nullptr && !range->down)
        unify(array.pattern.domains.front()->child(1), {}, largest);
    }
    for (const GivenArray& item : run.items)
      unify(array, *item.indices, item);
    return;
  }
  std::vector<std::optional<std::vector<Indices>>> where;
  std::size_t total = 0;
  std::size_t unknown = run.arrays.size();
  std::size_t unknowns = 0;
  for (std::size_t k = 0; k < run.arrays.size(); ++k) {
    where.push_back(indices(data_.arrays[run.arrays[k]]));
    if (where.back()) {
      total += where.back()->size();
    } else {
      unknown = k;
      ++unknowns;
    }
  }
  if (unknowns == 1 && total <= run.items.size()) {
    const Declaration& array = data_.arrays[run.arrays[unknown]];
    const long count = static_cast<long>(run.items.size() - total);
    if (array.pattern.domains.size() == 1) {
      const Expr& domain = *array.pattern.domains.front();
      if (const auto* range = domain.as<language::Range>(); range != nullptr && !range->down) {
        if (const auto first = integer(domain.children[0], {})) unify(domain.child(1), {}, *first + count - 1);
      }
    }
    where[unknown] = indices(array);
  }
  std::size_t next = 0;
  for (std::size_t k = 0; k < run.arrays.size(); ++k) {
    if (!where[k]) return;  // those after it cannot be told apart yet
    for (const Indices& at : *where[k]) {
      if (next >= run.items.size()) return;
      unify(data_.arrays[run.arrays[k]], at, run.items[next++]);
    }
  }
}

void Locator::unify(const Declaration& array, const Indices& indices, const GivenArray& item) {
  const Type& type = array.type;
  if (type.extents.empty() || (item.value.size() == 0 && item.spelling == GivenArray::Spelling::list)) return;
  unify(*type.extents[0], indices, item.value.rows());
  if (type.extents.size() > 1) unify(*type.extents[1], indices, item.value.cols());
}

// A bare size, or an entry of a list of sizes.
void Locator::unify(const Expr& extent, const Indices& indices, long value) {
  const auto* feature = extent.as<Feature>();
  if (feature == nullptr || feature->position >= data_.words->all().size()) return;
  if ((*data_.words)[feature->position].role != Role::size) return;
  Indices at;
  for (const ExprPtr& argument : extent.children) {
    const auto index = integer(argument, indices);
    if (!index) return;
    at.push_back(*index);
  }
  set(feature->position, at, value);
}

void Locator::check_sizes() {
  for (const SizeItem& item : data_.sizes) {
    if (!known(item)) {
      std::string expected = "an integer";
      if (item.list) {
        const std::string first = language::to_text(*item.first);
        const std::string last = language::to_text(*item.last);
        expected = "an array of " +
                   (first == "1"   ? last
                    : first == "0" ? last + " + 1"
                                   : last + " - " + first + " + 1") +
                   " integers";
      }
      throw InputError("/sizes/" + item.name + ": missing; it cannot be read off data and weights, expected " +
                       expected);
    }
    const auto check = [&](long value, const std::string& name) {
      const auto least = item.least ? integer(item.least, {}) : std::optional(1L);
      const auto most = item.most ? integer(item.most, {}) : std::optional(1'000'000L);
      if (!least || !most || value < *least || value > *most) {
        throw InputError(fmt::format(
            "/sizes/{}: {} is {}, expected an integer {}", item.name, name, value,
            least && most && item.least ? fmt::format("from {} to {}", *least, *most) : std::string("of at least 1")));
      }
    };
    // entries beyond the declared indices come from arrays that are checked below
    for (const auto& [at, value] : found_.values.stored(item.position)) {
      if (item.list) {
        const long first = integer(item.first, {}).value();
        const long last = integer(item.last, {}).value();
        if (at.front() < first || at.front() > last)
          throw InputError(fmt::format("/sizes/{}: found {} numbers, expected {}", item.name,
                                       found_.values.stored(item.position).size(), std::max(0L, last - first + 1)));
      }
      check(std::get<long>(value), name_at(item.name, at));
    }
  }
  if (data_.require) {
    const Truth holds = evaluate_condition(*data_.require->tree, found_.values);
    if (holds != Truth::yes) {
      throw InputError(fmt::format("the shape [{}] does not satisfy require = \"{}\"",
                                   shape_of(data_.sizes, found_.values).to_text(), data_.require->text));
    }
  }
}

RationalMatrix Locator::checked(const Declaration& array, const Indices& indices, const GivenArray& item) const {
  using Form = Type::Form;
  using Spelling = GivenArray::Spelling;
  Extents wanted;
  try {
    wanted = extents_of(array.type, found_.values, indices);
  } catch (const Undefined& undefined) {
    throw InputError(fmt::format("{}: its shape {} is not defined: {}", item.place, array.type.text, undefined.what()));
  }
  const Form form = array.type.form;
  const bool right_kind = form == Form::number     ? item.spelling == Spelling::number || (item.value.size() == 1)
                          : form == Form::sequence ? item.spelling == Spelling::list || item.value.cols() == 1
                                                   : item.spelling != Spelling::number || item.value.size() == 1;
  const bool empty = item.value.size() == 0 && (wanted.rows == 0 || wanted.cols == 0);
  if (empty) return RationalMatrix(wanted.rows, wanted.cols);
  if (!right_kind || item.value.rows() != wanted.rows || item.value.cols() != wanted.cols) {
    const std::string found =
        item.spelling == Spelling::number
            ? "a number"
            : describe(item.spelling == Spelling::list && form == Form::sequence ? Form::sequence : Form::matrix,
                       {item.value.rows(), item.value.cols()});
    throw InputError(fmt::format("{}: found {}, expected {} ({} is {})", item.place, found, describe(form, wanted),
                                 name_at(array, indices), array.type.text));
  }
  if (form == Form::symmetric && !is_symmetric(item.value))
    throw InputError(fmt::format("{}: not symmetric ({} is {}); its symmetric part is ({} + {}^T)/2", item.place,
                                 name_at(array, indices), array.type.text, name_at(array, indices),
                                 name_at(array, indices)));
  return item.value;
}

void Locator::place(const Run& run) {
  std::size_t next = 0;
  const bool explicit_indices =
      !run.items.empty() &&
      std::all_of(run.items.begin(), run.items.end(), [](const GivenArray& item) { return item.indices.has_value(); });
  std::size_t expected = 0;
  std::vector<std::vector<Indices>> where;
  for (const std::size_t a : run.arrays) {
    const auto all = indices(data_.arrays[a]);
    if (!all) throw InputError(run.place + ": the indices of " + data_.arrays[a].key + " are not defined");
    expected += all->size();
    where.push_back(*all);
  }
  if (!explicit_indices && expected != run.items.size()) {
    throw InputError(fmt::format("{}: found {} array{}, expected {}", run.place, run.items.size(),
                                 run.items.size() == 1 ? "" : "s", expected));
  }
  for (std::size_t k = 0; k < run.arrays.size(); ++k) {
    const Declaration& array = data_.arrays[run.arrays[k]];
    auto& values = found_.arrays[run.arrays[k]];
    for (const Indices& at : where[k]) {
      const GivenArray* item = nullptr;
      if (explicit_indices) {
        for (const GivenArray& candidate : run.items) {
          if (*candidate.indices == at) item = &candidate;
        }
        if (item == nullptr) throw InputError(fmt::format("{}: {} is missing", run.place, name_at(array, at)));
      } else {
        item = &run.items[next++];
      }
      RationalMatrix value = checked(array, at, *item);
      found_.values.put(array.position, at, value_of(array.type.form, value));
      values.emplace(at, std::move(value));
    }
    if (explicit_indices) {
      for (const GivenArray& item : run.items) {
        if (std::find(where[k].begin(), where[k].end(), *item.indices) == where[k].end() && run.arrays.size() == 1)
          throw InputError(fmt::format("{}: there is no {}", run.place, name_at(array, *item.indices)));
      }
    }
  }
}

}  // namespace

Found locate(const Landscape::Data& data, const std::vector<Run>& runs,
             const std::map<std::string, Shape::Item>& fixed) {
  return Locator(data, runs).run(fixed);
}

std::vector<std::string> sizes_not_inferred(const Landscape::Data& data) {
  // what stands bare in the declarations can be read off; the length of a list with it
  std::vector<std::string> missing;
  const auto bare = [&](std::size_t position) {
    for (const Declaration& array : data.arrays) {
      std::vector<const Expr*> places;
      for (const ExprPtr& extent : array.type.extents)
        places.push_back(extent.get());
      for (const ExprPtr& domain : array.pattern.domains) {
        if (const auto* range = domain->as<language::Range>(); range != nullptr && !range->down)
          places.push_back(&domain->child(1));
      }
      for (const Expr* place : places) {
        const auto* feature = place->as<Feature>();
        if (feature != nullptr && feature->position == position && !array.has_default) return true;
      }
    }
    return false;
  };
  for (const SizeItem& item : data.sizes) {
    if (!bare(item.position)) missing.push_back(item.name);
  }
  return missing;
}

}  // namespace rankscape
