#include "program/lower.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace rankscape::program {

using language::Expr;
using language::Function;
using language::Operator;
using language::Quantifier;

namespace {

constexpr std::size_t most_instructions = 200'000;
constexpr Index most_entries = 4'000'000;
constexpr long most_terms = 1'000'000;
constexpr long largest_exponent = 1000;

[[noreturn]] void fail(const Expr& tree, const std::string& what) {
  throw NotLowered(what, tree.place);
}

std::string shape_text(const Builder& builder, Node a) {
  return fmt::format("{} x {}", builder.rows(a), builder.cols(a));
}

bool is_number(const Expr& tree) {
  return tree.kind == Kind::real || tree.kind == Kind::integer;
}

}  // namespace

Meanings::Body Meanings::of_definition(std::size_t /*position*/, const std::vector<long>& /*arguments*/) const {
  throw Undefined("a definition of a statement in a loss");
}

Node Lowering::lower(const Expr& tree, std::vector<long> variables) {
  variables_ = std::move(variables);
  return node(tree);
}

Node Lowering::node(const Expr& tree) {
  try {
    const Node result = matching_kind(tree);
    if (builder_.size() > most_instructions) fail(tree, fmt::format("more than {} operations", most_instructions));
    return result;
  } catch (const NotLowered&) {
    throw;
  } catch (const Undefined& undefined) {
    fail(tree, undefined.what());
  } catch (const std::domain_error&) {
    fail(tree, fmt::format("division by zero in {}", to_text(tree)));
  } catch (const std::invalid_argument&) {
    fail(tree, fmt::format("found {}, of shapes that do not fit", to_text(tree)));
  }
}

Node Lowering::matching_kind(const Expr& tree) {
  if (tree.kind == Kind::integer) return builder_.scalar(Rational(integer(tree)));
  if (const auto* number = tree.as<language::Number>()) return builder_.scalar(number->value);
  if (const auto* of = tree.as<language::Feature>()) return feature(tree, *of);
  if (const auto* of = tree.as<language::DefinitionCall>()) return definition(tree, *of);
  if (const auto* of = tree.as<language::Call>()) return call(tree, of->function);
  if (const auto* of = tree.as<language::Operation>()) return operation(tree, of->op);
  if (const auto* of = tree.as<language::Quantified>()) return collected(tree, *of);
  if (const auto* of = tree.as<language::Blocks>()) return blocks(tree, *of);
  if (tree.is<language::Negation>()) return builder_.negate(node(tree.child(0)));
  if (tree.is<language::Conditional>()) return node(tree.child(holds(tree.child(0)) ? 1 : 2));
  if (tree.is<language::EntryOf>()) {
    const Node sequence = node(tree.child(0));
    const long i = integer(tree.child(1));
    if (i < 1 || i > builder_.rows(sequence)) {
      fail(tree,
           fmt::format("{} has {} entries, asked for number {}", to_text(tree.child(0)), builder_.rows(sequence), i));
    }
    return builder_.entry(sequence, i - 1, 0);
  }
  return evaluated(tree);
}

Node Lowering::operation(const Expr& tree, Operator op) {
  const Expr& left = tree.child(0);
  const Expr& right = tree.child(1);
  const Node a = node(left);
  if (op == Operator::power) {
    const long exponent = integer(right);
    if (std::abs(exponent) > largest_exponent) fail(tree, fmt::format("an exponent beyond {}", largest_exponent));
    return builder_.power(a, exponent);
  }
  const Node b = node(right);
  switch (op) {
    case Operator::add:
    case Operator::subtract:
      if (builder_.rows(a) != builder_.rows(b) || builder_.cols(a) != builder_.cols(b)) {
        fail(tree, fmt::format("found {}, a {} matrix and a {} one", to_text(tree), shape_text(builder_, a),
                               shape_text(builder_, b)));
      }
      return op == Operator::add ? builder_.add(a, b) : builder_.subtract(a, b);
    case Operator::multiply:
      if (is_number(left)) return builder_.scalar_multiply(a, b);
      if (is_number(right)) return builder_.scalar_multiply(b, a);
      if (builder_.cols(a) != builder_.rows(b)) {
        fail(tree, fmt::format("found {}, a {} matrix times a {} one", to_text(tree), shape_text(builder_, a),
                               shape_text(builder_, b)));
      }
      if (builder_.rows(a) * builder_.cols(b) > most_entries) fail(tree, "a matrix that is too large");
      return builder_.multiply(a, b);
    case Operator::divide:
      return builder_.divide(a, b);
    default:
      break;
  }
  return evaluated(tree);
}

Node Lowering::call(const Expr& tree, Function function) {
  const auto argument = [&](std::size_t k) { return node(tree.child(k)); };
  const auto size = [&](std::size_t k) {
    const long value = integer(tree.child(k));
    if (value < 0 || value > most_entries) fail(tree, fmt::format("found the size {}", value));
    return static_cast<Index>(value);
  };
  const auto bounded = [&](Index rows, Index cols) {
    if (rows > 0 && cols > most_entries / rows) fail(tree, "a matrix that is too large");
  };
  switch (function) {
    case Function::transpose:
      return builder_.transpose(argument(0));
    case Function::trace:
      return builder_.trace(argument(0));
    case Function::norm2:
      return builder_.norm2(argument(0));
    case Function::inner: {
      const Node right = argument(1);
      return builder_.dot(argument(0), right);
    }
    case Function::hadamard: {
      const Node right = argument(1);
      return builder_.hadamard(argument(0), right);
    }
    case Function::kronecker: {
      const Node a = argument(0);
      const Node b = argument(1);
      bounded(builder_.rows(a) * builder_.rows(b), builder_.cols(a) * builder_.cols(b));
      return builder_.kron(a, b);
    }
    case Function::entry: {
      const Node a = argument(0);
      const long i = integer(tree.child(1));
      const long j = integer(tree.child(2));
      if (i < 1 || i > builder_.rows(a) || j < 1 || j > builder_.cols(a)) {
        fail(tree, fmt::format("found ({}, {}) in a {} matrix", i, j, shape_text(builder_, a)));
      }
      return builder_.entry(a, i - 1, j - 1);
    }
    case Function::entries:
      return builder_.entries(argument(0));
    case Function::block: {
      const Node a = argument(0);
      return builder_.block(a, positions(tree.child(1), builder_.rows(a)), positions(tree.child(2), builder_.cols(a)));
    }
    case Function::diagonal: {
      const Node s = argument(0);
      bounded(builder_.rows(s), builder_.rows(s));
      return builder_.diag(s);
    }
    case Function::identity:
      bounded(size(0), size(0));
      return builder_.identity(size(0));
    case Function::zeros:
      bounded(size(0), size(1));
      return builder_.zeros(size(0), size(1));
    case Function::ones:
      bounded(size(0), size(1));
      return builder_.ones(size(0), size(1));
    default:
      break;
  }
  return evaluated(tree);
}

template <class Visit>
void Lowering::for_each(const Expr& tree, const language::Quantified& quantified, std::size_t binder,
                        const Visit& visit) {
  if (binder == quantified.binders.size()) {
    if (!quantified.conditional || holds(*tree.where())) visit();
    return;
  }
  const std::size_t slots = variables_.size();
  for (const long i : elements(tree.domain(binder))) {
    variables_.push_back(i);
    for_each(tree, quantified, binder + 1, visit);
    variables_.resize(slots);
  }
}

Node Lowering::collected(const Expr& tree, const language::Quantified& quantified) {
  const Quantifier quantifier = quantified.quantifier;
  if (quantifier == Quantifier::matrix) {
    const std::vector<long> rows = elements(tree.domain(0));
    const std::vector<long> cols = elements(tree.domain(1));
    if (rows.empty() || cols.empty()) {
      return builder_.zeros(static_cast<Index>(rows.size()), static_cast<Index>(cols.size()));
    }
    if (cols.size() > static_cast<std::size_t>(most_entries) / rows.size()) fail(tree, "a matrix that is too large");
    std::vector<Node> entries;
    const std::size_t slots = variables_.size();
    for (const long j : cols) {
      for (const long i : rows) {
        variables_.push_back(i);
        variables_.push_back(j);
        entries.push_back(node(tree.body()));
        variables_.resize(slots);
      }
    }
    return builder_.assemble(static_cast<Index>(rows.size()), static_cast<Index>(cols.size()), entries);
  }
  const bool ordered = quantifier == Quantifier::sum || quantifier == Quantifier::product;
  if (!ordered && quantifier != Quantifier::sequence) return evaluated(tree);
  std::vector<Node> terms;
  for_each(tree, quantified, 0, [&] { terms.push_back(node(tree.body())); });
  if (quantifier == Quantifier::sequence) return builder_.assemble(static_cast<Index>(terms.size()), 1, terms);
  if (terms.empty()) return evaluated(tree);  // its value is a matter of shapes
  Node result = terms.front();
  for (std::size_t k = 1; k < terms.size(); ++k)
    result = quantifier == Quantifier::sum ? builder_.add(result, terms[k]) : builder_.multiply(result, terms[k]);
  return result;
}

Node Lowering::blocks(const Expr& tree, const language::Blocks& shape) {
  std::vector<Node> rows;
  std::size_t next = 0;
  // each row by itself: the blocks of one row need not stand under those of another
  for (const std::size_t length : shape.rows) {
    std::vector<std::vector<Node>> row(1);
    for (std::size_t k = 0; k < length; ++k)
      row[0].push_back(node(tree.child(next++)));
    const bool scalars = std::all_of(row[0].begin(), row[0].end(), [&](Node a) { return builder_.is_scalar(a); });
    rows.push_back(scalars ? builder_.assemble(1, static_cast<Index>(length), row[0]) : builder_.blocks(row));
  }
  std::vector<std::vector<Node>> stacked;
  for (const Node row : rows)
    stacked.push_back({row});
  return builder_.blocks(stacked);
}

Node Lowering::feature(const Expr& tree, const language::Feature& feature) {
  const std::pair key(feature.position, integers(tree));
  const auto known = features_.find(key);
  if (known != features_.end()) return known->second;
  const Meanings::Meaning meaning = meanings_.of_feature(feature.position, key.second);
  Node result = 0;
  if (const auto* input = std::get_if<Input>(&meaning)) {
    result = builder_.input(*input);
  } else if (const auto* formula = std::get_if<Meanings::Body>(&meaning)) {
    result = body(*formula);
  } else {
    result = constant(std::get<Value>(meaning), tree);
  }
  features_.emplace(key, result);
  return result;
}

Node Lowering::definition(const Expr& tree, const language::DefinitionCall& call) {
  const std::pair key(call.position, integers(tree));
  const auto known = definitions_.find(key);
  if (known != definitions_.end()) return known->second;
  const Node result = body(meanings_.of_definition(call.position, key.second));
  definitions_.emplace(key, result);
  return result;
}

// A body sees its parameters and nothing of the place where it is called.
Node Lowering::body(const Meanings::Body& body) {
  std::vector<long> outer = std::move(variables_);
  variables_ = body.variables;
  const Node result = node(*body.tree);
  variables_ = std::move(outer);
  return result;
}

Node Lowering::evaluated(const Expr& tree) {
  return constant(meanings_.value(tree, variables_), tree);
}

Node Lowering::constant(const Value& value, const Expr& tree) {
  const auto rational = [&](const Real& real) {
    if (real.exact() == nullptr) fail(tree, fmt::format("found {}, which is not known to be rational", to_text(tree)));
    return *real.exact();
  };
  if (const auto* matrix = std::get_if<RationalMatrix>(&value)) return builder_.constant(*matrix);
  if (const auto* real = std::get_if<Real>(&value)) return builder_.scalar(rational(*real));
  if (const auto* integer = std::get_if<long>(&value)) return builder_.scalar(Rational(*integer));
  if (const auto* sequence = std::get_if<std::vector<Real>>(&value)) {
    RationalMatrix column(static_cast<Index>(sequence->size()), 1);
    for (Index k = 0; k < column.rows(); ++k)
      column(k) = rational((*sequence)[static_cast<std::size_t>(k)]);
    return builder_.constant(std::move(column));
  }
  fail(tree, fmt::format("found {}, expected a number, a sequence or a matrix", to_text(tree)));
}

bool Lowering::holds(const Expr& tree) {
  const Value value = meanings_.value(tree, variables_);
  const Truth truth = std::get<Truth>(value);
  if (truth == Truth::unknown) fail(tree, fmt::format("{} is undecided at this shape", to_text(tree)));
  return truth == Truth::yes;
}

// Numbers of rows and columns are known without values.
long Lowering::integer(const Expr& tree) {
  if (const auto* number = tree.as<language::Number>()) {
    if (const auto value = language::to_long(number->value)) return *value;
  }
  if (const auto* variable = tree.as<language::Variable>()) return variables_.at(variable->slot);
  if (tree.is(Function::rows)) return builder_.rows(node(tree.child(0)));
  if (tree.is(Function::cols)) return builder_.cols(node(tree.child(0)));
  if (tree.is(Function::length)) return builder_.rows(node(tree.child(0)));
  if (const auto* operation = tree.as<language::Operation>()) {
    long result = 0;
    bool overflow = true;
    const auto combined = [&](auto combine) {
      overflow = combine(integer(tree.child(0)), integer(tree.child(1)), &result);
      if (overflow) fail(tree, fmt::format("{} is too large", to_text(tree)));
      return result;
    };
    if (operation->op == Operator::add)
      return combined([](long a, long b, long* c) { return __builtin_add_overflow(a, b, c); });
    if (operation->op == Operator::subtract)
      return combined([](long a, long b, long* c) { return __builtin_sub_overflow(a, b, c); });
    if (operation->op == Operator::multiply)
      return combined([](long a, long b, long* c) { return __builtin_mul_overflow(a, b, c); });
  }
  return std::get<long>(meanings_.value(tree, variables_));
}

std::vector<long> Lowering::integers(const Expr& tree) {
  std::vector<long> result;
  for (const language::ExprPtr& child : tree.children)
    result.push_back(integer(*child));
  return result;
}

std::vector<long> Lowering::elements(const Expr& domain) {
  std::vector<long> result;
  if (const auto* range = domain.as<language::Range>()) {
    const long first = integer(domain.child(0));
    const long last = integer(domain.child(1));
    if (range->down ? first < last : last < first) return result;
    long count = 0;
    if (__builtin_sub_overflow(last, first, &count) || std::abs(count) >= most_terms) fail(domain, "too many terms");
    for (long i = first;; i += range->down ? -1 : 1) {
      result.push_back(i);
      if (i == last) return result;
    }
  }
  if (domain.is<language::SetOf>()) {
    IndexSet set;
    for (const language::ExprPtr& item : domain.children) {
      const std::vector<long> part = item->is<language::Range>() ? elements(*item) : std::vector<long>{integer(*item)};
      set.insert(part.begin(), part.end());
    }
    return {set.begin(), set.end()};
  }
  const Value value = meanings_.value(domain, variables_);
  const IndexSet& set = std::get<IndexSet>(value);
  return {set.begin(), set.end()};
}

std::vector<Index> Lowering::positions(const Expr& set, Index size) {
  std::vector<Index> result;
  std::vector<long> all = elements(set);
  std::sort(all.begin(), all.end());  // a set, whichever way it was written
  for (const long i : all) {
    if (i < 1 || i > size) fail(set, fmt::format("found {}, expected 1 to {}", i, size));
    result.push_back(i - 1);
  }
  return result;
}

}  // namespace rankscape::program
