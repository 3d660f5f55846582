// Between values of the language, exact arrays and names.
#include "landscapes/locate.hpp"

namespace rankscape {

Value value_of(Type::Form form, const RationalMatrix& array) {
  if (form == Type::Form::number) return Real(array(0, 0));
  if (form != Type::Form::sequence) return array;
  std::vector<Real> entries;
  for (const Rational& entry : array.reshaped())
    entries.emplace_back(entry);
  return entries;
}

std::string name_at(const std::string& name, const Indices& indices) {
  if (indices.empty()) return name;
  std::string text = name + "(";
  for (std::size_t k = 0; k < indices.size(); ++k)
    text += (k > 0 ? "," : "") + std::to_string(indices[k]);
  return text + ")";
}

std::string name_at(const Declaration& array, const Indices& indices) {
  return name_at(array.name, indices);
}

GivenArray item_of(const Value& value) {
  GivenArray item;
  const auto exact = [](const Real& real, const std::string& where) {
    if (real.exact() == nullptr) throw Undefined("found an irrational number" + where);
    return *real.exact();
  };
  if (const long* integer = std::get_if<long>(&value)) {
    item.value = RationalMatrix::Constant(1, 1, Rational(*integer));
    item.spelling = GivenArray::Spelling::number;
  } else if (const auto* real = std::get_if<Real>(&value)) {
    item.value = RationalMatrix::Constant(1, 1, exact(*real, ""));
    item.spelling = GivenArray::Spelling::number;
  } else if (const auto* sequence = std::get_if<std::vector<Real>>(&value)) {
    item.value.resize(static_cast<Index>(sequence->size()), 1);
    for (std::size_t k = 0; k < sequence->size(); ++k)
      item.value(static_cast<Index>(k), 0) = exact((*sequence)[k], " at entry " + std::to_string(k + 1));
    item.spelling = GivenArray::Spelling::list;
  } else if (const auto* matrix = std::get_if<RationalMatrix>(&value)) {
    item.value = *matrix;
    item.spelling = GivenArray::Spelling::matrix;
  } else {
    throw Undefined("found a condition or a set, expected a number, a sequence or a matrix");
  }
  return item;
}

Truth same_value(const Value& a, const Value& b) {
  const auto real = [](const Value& value) -> std::optional<Real> {
    if (const long* integer = std::get_if<long>(&value)) return Real(Rational(*integer));
    if (const auto* number = std::get_if<Real>(&value)) return *number;
    return std::nullopt;
  };
  if (const auto x = real(a), y = real(b); x && y) return equal(*x, *y);
  if (a.index() != b.index()) return Truth::no;
  if (const auto* set = std::get_if<IndexSet>(&a)) return truth(*set == std::get<IndexSet>(b));
  if (const auto* one = std::get_if<Truth>(&a)) {
    const Truth other = std::get<Truth>(b);
    return *one == Truth::unknown || other == Truth::unknown ? Truth::unknown : truth(*one == other);
  }
  if (const auto* matrix = std::get_if<RationalMatrix>(&a)) {
    const auto& other = std::get<RationalMatrix>(b);
    return truth(matrix->rows() == other.rows() && matrix->cols() == other.cols() && *matrix == other);
  }
  const auto& first = std::get<std::vector<Real>>(a);
  const auto& second = std::get<std::vector<Real>>(b);
  if (first.size() != second.size()) return Truth::no;
  Truth same = Truth::yes;
  for (std::size_t k = 0; k < first.size(); ++k)
    same = same && equal(first[k], second[k]);
  return same;
}

}  // namespace rankscape
