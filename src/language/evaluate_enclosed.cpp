// What enclosures of matrices decide (enclosed_source.hpp).
#include "language/enclosed_source.hpp"

#include "language/evaluate.hpp"

#include "numeric/enclosed_spectrum.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace rankscape::language {

namespace {

Truth same_entries(const EnclosedMatrix& a, const EnclosedMatrix& b) {
  if (a.rows != b.rows || a.cols != b.cols)
    throw Undefined(
        fmt::format("a {} x {} and a {} x {} matrix have different shapes", a.rows, a.cols, b.rows, b.cols));
  Truth all = Truth::yes;
  for (std::size_t k = 0; k < a.entries.size(); ++k)
    all = all && equal(a.entries[k], b.entries[k]);
  return all;
}

}  // namespace

Real known_within(const Enclosure& enclosure) {
  if (enclosure.lo == enclosure.hi) return Real(enclosure.lo);
  return Real(Real::Refine([enclosure](const Rational&) { return enclosure; }));
}

std::optional<EnclosedFormula> Evaluator::enclosure(const Expr& expr) const {
  return enclosed_ == nullptr ? std::nullopt : enclosed_->enclosure(expr, variables_, definitions_);
}

std::optional<Value> Evaluator::of_enclosures(const Expr& expr, Function function) const {
  if (enclosed_ == nullptr) return std::nullopt;
  switch (function) {
    case Function::trace:
    case Function::norm2:
    case Function::inner:
    case Function::entry:
      if (const auto number = enclosure(expr)) return Value(known_within(number->entries(0, 0)));
      return std::nullopt;
    case Function::rows:
    case Function::cols:
      if (const auto matrix = enclosure(expr.child(0)))
        return Value(static_cast<long>(function == Function::rows ? matrix->entries.rows : matrix->entries.cols));
      return std::nullopt;
    case Function::entries: {
      const auto sequence = enclosure(expr);
      if (!sequence) return std::nullopt;
      std::vector<Real> all;
      all.reserve(sequence->entries.entries.size());
      for (const Enclosure& entry : sequence->entries.entries)
        all.push_back(known_within(entry));
      return Value(std::move(all));
    }
    case Function::rank:
    case Function::invertible: {
      const auto matrix = enclosure(expr.child(0));
      if (!matrix) return std::nullopt;
      const Index least = rank_at_least(matrix->entries);
      const Index most = std::max(least, matrix->rank_at_most);
      if (function == Function::invertible) {
        if (matrix->entries.rows != matrix->entries.cols) return std::nullopt;
        if (least == matrix->entries.rows) return Value(Truth::yes);
        return Value(most < matrix->entries.rows ? Truth::no : Truth::unknown);
      }
      if (least == most) return Value(static_cast<long>(least));
      throw OpenRank(fmt::format("the enclosure of the point leaves open whether it is {} or up to {}", least, most),
                     expr, least, most);
    }
    case Function::eigenvalues: {
      const auto matrix = enclosure(expr.child(0));
      if (!matrix || !matrix->symmetric) return std::nullopt;
      const std::vector<Enclosure> values = enclosed_eigenvalues(matrix->entries);
      std::vector<Real> all;
      all.reserve(values.size());
      for (const Enclosure& value : values)
        all.push_back(known_within(value));
      return Value(std::move(all));
    }
    default:
      return std::nullopt;
  }
}

std::optional<Truth> Evaluator::compared_by_enclosures(const Expr& left, Relation relation, const Expr& right) const {
  const bool asked = relation == Relation::equal || relation == Relation::not_equal;
  if (enclosed_ == nullptr || !asked || left.kind != Kind::matrix || right.kind != Kind::matrix) return std::nullopt;
  const auto a = enclosure(left);
  const auto b = a ? enclosure(right) : std::nullopt;
  if (!b) return std::nullopt;
  const Truth same = same_entries(a->entries, b->entries);
  return relation == Relation::equal ? same : !same;
}

}  // namespace rankscape::language
