// Values on demand.
#include "landscapes/words.hpp"

#include "language/evaluate.hpp"

#include <rankscape/exact/deadline.hpp>

#include <fmt/format.h>

#include <algorithm>

namespace rankscape {

namespace {

constexpr std::size_t most_indices = 1'000'000;
// Functions may call themselves only through smaller formulas; a circle of functions with parameters is refused while
// the file is read, so this only bounds the stack.
constexpr int deepest = 200;

std::vector<long> domain_elements(const Expr& domain, const FeatureSource& source, const std::vector<long>& variables) {
  const auto fail = [] { throw Undefined("a list of more than a million elements"); };
  std::vector<long> elements;
  if (const auto* range = domain.as<language::Range>()) {
    const long first = evaluate_integer(domain.child(0), source, variables);
    const long last = evaluate_integer(domain.child(1), source, variables);
    const bool empty = range->down ? first < last : last < first;
    if (empty) return elements;
    const auto span = range->down ? static_cast<unsigned long>(first) - static_cast<unsigned long>(last)
                                  : static_cast<unsigned long>(last) - static_cast<unsigned long>(first);
    if (span >= most_indices) fail();
    for (unsigned long k = 0; k <= span; ++k)
      elements.push_back(range->down ? first - static_cast<long>(k) : first + static_cast<long>(k));
    return elements;
  }
  const Value value = evaluate_tree(domain, source, variables);
  const auto& set = std::get<IndexSet>(value);
  if (set.size() > most_indices) fail();
  elements.assign(set.begin(), set.end());
  return elements;
}

std::string indexed_name(const std::string& name, const Indices& indices) {
  if (indices.empty()) return name;
  std::string text = name + "(";
  for (std::size_t k = 0; k < indices.size(); ++k)
    text += (k > 0 ? ", " : "") + std::to_string(indices[k]);
  return text + ")";
}

}  // namespace

std::string_view what_is(Role role) {
  switch (role) {
    case Role::size:
      return "a size";
    case Role::datum:
      return "data";
    case Role::weight:
      return "a weight";
    case Role::definition:
      return "a definition";
    case Role::word:
      return "a word of the adviser";
    case Role::common:
      return "a feature of points";
    case Role::choice:
      return "a choice";
    case Role::draw:
      return "a draw";
    case Role::let:
      return "a let";
    case Role::generator:
      return "a generator";
  }
  return "";
}

std::vector<Indices> indices_of(const Pattern& pattern, const FeatureSource& source) {
  if (pattern.form == Pattern::Form::plain) return {{}};
  if (pattern.form == Pattern::Form::one) {
    Indices one;
    for (const ExprPtr& index : pattern.indices)
      one.push_back(evaluate_integer(*index, source));
    return {one};
  }
  std::vector<Indices> all{{}};
  for (const ExprPtr& domain : pattern.domains) {
    std::vector<Indices> longer;
    for (const Indices& begin : all) {
      for (const long next : domain_elements(*domain, source, begin)) {
        if (longer.size() >= most_indices) throw Undefined("a list of more than a million elements");
        longer.push_back(begin);
        longer.back().push_back(next);
      }
    }
    all = std::move(longer);
  }
  return all;
}

bool matches(const Pattern& pattern, const Indices& indices, const FeatureSource& source) {
  if (pattern.arity() != indices.size()) return false;
  if (pattern.form == Pattern::Form::any || pattern.form == Pattern::Form::plain) return true;
  if (pattern.form == Pattern::Form::one) return indices_of(pattern, source).front() == indices;
  Indices begin;
  for (std::size_t k = 0; k < indices.size(); ++k) {
    const Expr& domain = *pattern.domains[k];
    if (domain.is<language::Range>()) {
      const long a = evaluate_integer(domain.child(0), source, begin);
      const long b = evaluate_integer(domain.child(1), source, begin);
      const bool down = domain.as<language::Range>()->down;
      if (down ? indices[k] > a || indices[k] < b : indices[k] < a || indices[k] > b) return false;
    } else {
      const std::vector<long> elements = domain_elements(domain, source, begin);
      if (std::find(elements.begin(), elements.end(), indices[k]) == elements.end()) return false;
    }
    begin.push_back(indices[k]);
  }
  return true;
}

std::vector<long> variables_of(const Pattern& pattern, const Indices& indices) {
  const bool bound = pattern.form == Pattern::Form::every || pattern.form == Pattern::Form::any;
  return bound ? indices : Indices{};
}

Value evaluate_tree(const Expr& tree, const FeatureSource& source, const std::vector<long>& variables) {
  static const std::vector<Definition> none;
  PointCache::Table table;
  return language::Evaluator(source, none, table).closed_value(tree, variables);
}

Truth evaluate_condition(const Expr& tree, const FeatureSource& source, std::string* reason,
                         const std::vector<long>& variables) {
  static const std::vector<Definition> none;
  PointCache::Table table;
  if (!variables.empty()) {
    try {
      return std::get<Truth>(language::Evaluator(source, none, table).closed_value(tree, variables));
    } catch (const Undefined& undefined) {
      if (reason != nullptr) *reason = undefined.what();
      return Truth::unknown;
    }
  }
  std::vector<std::string> reasons;
  const Truth truth = language::Evaluator(source, none, table).condition(tree, reasons);
  if (reason != nullptr && !reasons.empty()) *reason = reasons.front();
  return truth;
}

long evaluate_integer(const Expr& tree, const FeatureSource& source, const std::vector<long>& variables) {
  const Value value = evaluate_tree(tree, source, variables);
  if (const long* integer = std::get_if<long>(&value)) return *integer;
  if (const Real* real = std::get_if<Real>(&value); real != nullptr && real->exact() != nullptr) {
    if (const auto integer = language::to_long(*real->exact())) return *integer;
  }
  throw Undefined("not an integer");
}

Words::Words(std::vector<Word> words, bool with_common)
    : words_(std::move(words)), vocabulary_([&] {
        std::vector<FeatureDeclaration> declarations;
        for (const Word& word : words_)
          declarations.push_back(word.declaration);
        return with_common ? Vocabulary(std::move(declarations)) : Vocabulary(std::move(declarations), {});
      }()) {
  for (std::size_t k = 0; k < words_.size(); ++k)
    positions_.emplace(words_[k].declaration.name, k);
}

std::optional<std::size_t> Words::find(std::string_view name) const {
  const auto found = positions_.find(name);
  return found == positions_.end() ? std::nullopt : std::optional(found->second);
}

void Environment::put(std::size_t position, const Indices& indices, Value value) {
  slots_[position].stored.insert_or_assign(indices, std::move(value));
}

void Environment::take_sizes(const Environment& other) {
  for (std::size_t k = 0; k < other.words().all().size(); ++k) {
    const Word& word = other.words()[k];
    if (word.role != Role::size) continue;
    const auto position = words_->find(word.declaration.name);
    if (position) slots_[*position].stored = other.slots_[k].stored;
  }
}

bool Environment::has(std::size_t position, const Indices& indices) const {
  return slots_[position].stored.contains(indices);
}

Value Environment::feature(std::size_t position, std::span<const Value> arguments) const {
  if (position >= slots_.size()) {
    if (!otherwise) throw Undefined("this is known of examined points only");
    return otherwise(position, arguments);
  }
  const Word& word = (*words_)[position];
  Indices indices;
  for (const Value& argument : arguments)
    indices.push_back(std::get<long>(argument));
  Slot& slot = slots_[position];
  if (const auto found = slot.stored.find(indices); found != slot.stored.end()) return found->second;
  if (const auto found = slot.computed.find(indices); found != slot.computed.end()) return found->second;
  if (const auto found = slot.undefined.find(indices); found != slot.undefined.end()) throw Undefined(found->second);
  if (word.bodies.empty() && otherwise) return otherwise(position, arguments);
  check_deadline();
  try {
    for (const Word::Body& body : word.bodies) {
      if (!matches(body.pattern, indices, *this)) continue;
      if (depth_ >= deepest) throw Undefined("formulas nested too deeply");
      struct Level {
        explicit Level(int& d) : depth(d) { ++depth; }
        ~Level() { --depth; }
        Level(const Level&) = delete;
        Level& operator=(const Level&) = delete;
        int& depth;
      } const level(depth_);
      Value value = evaluate_tree(*body.formula.tree, *this, variables_of(body.pattern, indices));
      const long* integer = std::get_if<long>(&value);
      if (integer != nullptr && word.declaration.result == Kind::real) value = Real(Rational(*integer));
      return slot.computed.emplace(indices, std::move(value)).first->second;
    }
    throw Undefined(indexed_name(word.declaration.name, indices) +
                    (word.declaration.parameters.empty() ? " has no value" : ": there is no such index"));
  } catch (const Undefined& undefined) {
    slot.undefined.emplace(indices, undefined.what());
    throw;
  }
}

RationalMatrix Environment::jacobian(std::size_t position, std::span<const Value> arguments) const {
  if (!derivative) throw Undefined("derivatives are known at points only");
  return derivative(position, arguments);
}

}  // namespace rankscape
