// Which choices a family has at a shape.
#include "landscapes/family.hpp"

#include <rankscape/error.hpp>
#include <rankscape/exact/deadline.hpp>

#include <fmt/format.h>

#include <algorithm>

namespace rankscape {

namespace {

constexpr std::size_t most_combinations = 100'000;

// The values of one choice, given those before it.
class Options {
 public:
  Options(const Choice& choice, const Environment& values) {
    const auto from = std::get<IndexSet>(evaluate_tree(*choice.from, values));
    elements_.assign(from.begin(), from.end());
    switch (choice.form) {
      case Choice::Form::element:
        for (const long element : elements_)
          add(element);
        break;
      case Choice::Form::subset:
        if (elements_.size() >= 17) too_many();
        for (std::size_t size = 0; size <= elements_.size(); ++size)
          subsets(size, 0, {});
        break;
      case Choice::Form::sequence: {
        const long length = evaluate_integer(*choice.length, values);
        if (length < 0 || length > 64) throw Undefined(fmt::format("sequences of {} elements", length));
        sequences(static_cast<std::size_t>(length), {});
        break;
      }
    }
  }

  [[nodiscard]] const std::vector<Value>& values() const { return values_; }

 private:
  [[noreturn]] static void too_many() {
    throw Undefined(fmt::format("more than {} combinations of choices", most_combinations));
  }
  void add(Value value) {
    if (values_.size() >= most_combinations) too_many();
    values_.push_back(std::move(value));
  }
  // by number of elements, then lexicographically
  void subsets(std::size_t size, std::size_t first, const IndexSet& begin) {
    if (begin.size() == size) {
      add(begin);
      return;
    }
    for (std::size_t k = first; k < elements_.size(); ++k) {
      IndexSet longer = begin;
      longer.insert(elements_[k]);
      subsets(size, k + 1, longer);
    }
  }
  void sequences(std::size_t length, const std::vector<Real>& begin) {
    if (begin.size() == length) {
      add(begin);
      return;
    }
    for (const long element : elements_) {
      std::vector<Real> longer = begin;
      longer.emplace_back(Rational(element));
      sequences(length, longer);
    }
  }

  std::vector<long> elements_;
  std::vector<Value> values_;
};

class Enumeration {
 public:
  Enumeration(const Family& family, const Environment& sizes) : family_(family), sizes_(sizes) { extend({}); }

  std::vector<Choices> all;

 private:
  void extend(const Choices& begin) {
    check_deadline();
    const auto values = environment(begin);
    if (begin.size() == family_.choices.size()) {
      if (++combinations_ > most_combinations)
        throw Undefined(fmt::format("more than {} combinations of choices", most_combinations));
      if (!family_.where) {
        all.push_back(begin);
        return;
      }
      std::string reason;
      const Truth holds = evaluate_condition(*family_.where->tree, *values, &reason);
      if (holds == Truth::unknown) throw Undefined("where = \"" + family_.where->text + "\" is not defined: " + reason);
      if (holds == Truth::yes) all.push_back(begin);
      return;
    }
    const Options options(family_.choices[begin.size()], *values);
    for (const Value& value : options.values()) {
      Choices longer = begin;
      longer.push_back(value);
      extend(longer);
    }
  }

  [[nodiscard]] std::unique_ptr<Environment> environment(const Choices& choices) const {
    auto values = std::make_unique<Environment>(*family_.words);
    values->take_sizes(sizes_);
    defer_to(*values, sizes_);
    for (std::size_t k = 0; k < choices.size(); ++k)
      values->put(family_.choices[k].position, choices[k]);
    return values;
  }

  const Family& family_;
  const Environment& sizes_;
  std::size_t combinations_ = 0;
};

}  // namespace

void defer_to(Environment& family, const Environment& sizes) {
  family.otherwise = [&words = family.words(), &sizes](std::size_t position, std::span<const Value> arguments) {
    if (position >= words.all().size()) throw Undefined("a feature of points");
    const std::string& name = words[position].declaration.name;
    const auto known = sizes.words().find(name);
    if (!known) throw Undefined(name + " has no value");
    return sizes.feature(*known, arguments);
  };
}

Environment sizes_at(const Landscape::Data& data, const Shape& shape) {
  Environment sizes(*data.words);
  try {
    put_sizes(data.sizes, shape, sizes);
    if (data.require && evaluate_condition(*data.require->tree, sizes) != Truth::yes)
      throw InputError(fmt::format("it does not satisfy require = \"{}\"", data.require->text));
  } catch (const InputError& error) {
    throw InputError(fmt::format("{}: the shape [{}]: {}", data.id, shape.to_text(), error.what()));
  } catch (const Undefined& undefined) {
    throw InputError(fmt::format("{}: the shape [{}]: {}", data.id, shape.to_text(), undefined.what()));
  }
  return sizes;
}

std::vector<Choices> choices_at(const Landscape& landscape, const Family& family, const Environment& sizes) {
  try {
    return std::move(Enumeration(family, sizes).all);
  } catch (const Undefined& undefined) {
    const Landscape::Data& data = landscape.internals();
    throw InputError(fmt::format("{}:{}:{}: family '{}' at [{}]: {}", data.filename, family.place.line,
                                 family.place.column, family.name, shape_of(data.sizes, sizes).to_text(),
                                 undefined.what()));
  }
}

bool of_kind(const Family& family, const Condition& kind, const Choices& choices, const Environment& sizes) {
  Environment values(*family.words);
  values.take_sizes(sizes);
  defer_to(values, sizes);
  for (std::size_t k = 0; k < choices.size(); ++k)
    values.put(family.choices[k].position, choices[k]);
  return evaluate_condition(*kind.holds.tree, values) == Truth::yes;
}

std::string to_text(const Value& choice) {
  const auto joined = [](const auto& items, const auto& text) {
    std::string all;
    for (const auto& item : items)
      all += (all.empty() ? "" : ",") + text(item);
    return all;
  };
  if (const long* integer = std::get_if<long>(&choice)) return std::to_string(*integer);
  if (const auto* set = std::get_if<IndexSet>(&choice))
    return "{" + joined(*set, [](long k) { return std::to_string(k); }) + "}";
  if (const auto* sequence = std::get_if<std::vector<Real>>(&choice)) {
    return "(" +
           joined(*sequence,
                  [](const Real& x) {
                    return x.exact() != nullptr ? rankscape::to_string(*x.exact())
                                                : to_decimal(x.enclose(Rational(1, 1000)), 3).lo;
                  }) +
           ")";
  }
  if (const auto* real = std::get_if<Real>(&choice)) {
    return real->exact() != nullptr ? rankscape::to_string(*real->exact())
                                    : "about " + to_decimal(real->enclose(Rational(1, 1'000'000)), 6).lo;
  }
  if (const Truth* truth = std::get_if<Truth>(&choice))
    return *truth == Truth::yes ? "true" : *truth == Truth::no ? "false" : "unknown";
  const auto& matrix = std::get<RationalMatrix>(choice);
  return fmt::format("a {} x {} matrix", matrix.rows(), matrix.cols());
}

std::string to_text(const Family& family, const Choices& choices) {
  std::string text;
  for (std::size_t k = 0; k < choices.size(); ++k)
    text += (k > 0 ? "," : "") + family.choices[k].name + "=" + to_text(choices[k]);
  return text.empty() ? text : "[" + text + "]";
}

}  // namespace rankscape
