// How the closed lists of the language are spelled.
#include "language/names.hpp"

#include <array>
#include <utility>

namespace rankscape::language {

namespace {

template <class Enum, std::size_t N>
using Spellings = std::array<std::pair<Enum, std::string_view>, N>;

constexpr Spellings<Operator, 8> operators = {{
    {Operator::add, "+"},
    {Operator::subtract, "-"},
    {Operator::multiply, "*"},
    {Operator::divide, "/"},
    {Operator::power, "^"},
    {Operator::unite, "union"},
    {Operator::intersect, "intersect"},
    {Operator::difference, "minus"},
}};

constexpr Spellings<Relation, 9> relations = {{
    {Relation::equal, "=="},
    {Relation::not_equal, "!="},
    {Relation::less, "<"},
    {Relation::less_equal, "<="},
    {Relation::greater, ">"},
    {Relation::greater_equal, ">="},
    {Relation::in, "in"},
    {Relation::not_in, "not in"},
    {Relation::subset, "subset"},
}};

constexpr Spellings<Logical, 5> connectives = {{
    {Logical::negation, "not"},
    {Logical::conjunction, "and"},
    {Logical::disjunction, "or"},
    {Logical::implies, "implies"},
    {Logical::iff, "iff"},
}};

constexpr Spellings<Quantifier, 9> quantifiers = {{
    {Quantifier::all, "all"},
    {Quantifier::any, "any"},
    {Quantifier::sum, "sum"},
    {Quantifier::product, "prod"},
    {Quantifier::count, "count"},
    {Quantifier::least, "min"},
    {Quantifier::largest, "max"},
    {Quantifier::sequence, "sequence"},
    {Quantifier::matrix, "matrix"},
}};

template <class Table, class Enum>
std::string_view spelled(const Table& table, Enum value) {
  for (const auto& entry : table) {
    if (entry.first == value) return entry.second;
  }
  return {};
}

template <class Enum, class Table>
std::optional<Enum> named(const Table& table, std::string_view spelling) {
  for (const auto& entry : table) {
    if (entry.second == spelling) return entry.first;
  }
  return std::nullopt;
}

}  // namespace

std::string_view to_text(Operator op) {
  return spelled(operators, op);
}
std::string_view to_text(Relation relation) {
  return spelled(relations, relation);
}
std::string_view to_text(Logical op) {
  return spelled(connectives, op);
}
std::string_view to_text(Quantifier quantifier) {
  return spelled(quantifiers, quantifier);
}

std::optional<Operator> operator_named(std::string_view spelling) {
  return named<Operator>(operators, spelling);
}
std::optional<Relation> relation_named(std::string_view spelling) {
  return named<Relation>(relations, spelling);
}
std::optional<Quantifier> quantifier_named(std::string_view name) {
  return named<Quantifier>(quantifiers, name);
}

const std::vector<std::string_view>& quantifier_names() {
  static const std::vector<std::string_view> names = [] {
    std::vector<std::string_view> all;
    for (const auto& entry : quantifiers)
      all.push_back(entry.second);
    return all;
  }();
  return names;
}

bool is_differentiable(Function function) {
  switch (function) {
    case Function::trace:
    case Function::norm2:
    case Function::transpose:
    case Function::entry:
    case Function::entries:
    case Function::block:
    case Function::diagonal:
    case Function::hadamard:
    case Function::kronecker:
    case Function::inner:
      return true;
    default:
      return false;
  }
}

}  // namespace rankscape::language
