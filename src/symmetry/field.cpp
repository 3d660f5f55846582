#include "symmetry/field.hpp"

#include <map>

namespace rankscape::symmetry {

RationalVector value_at(const Field& field, const RationalVector& x) {
  RationalVector value = RationalVector::Zero(x.size());
  for (const Field::Entry& entry : field.linear)
    value(entry.row) += entry.value * x(entry.column);
  for (const auto& [row, entry] : field.constant)
    value(row) += entry;
  return value;
}

RationalMatrix values_at(const std::vector<Field>& fields, const RationalVector& x) {
  RationalMatrix values(x.size(), static_cast<Index>(fields.size()));
  for (std::size_t k = 0; k < fields.size(); ++k)
    values.col(static_cast<Index>(k)) = value_at(fields[k], x);
  return values;
}

namespace {

std::vector<std::string> coordinate_names(const program::Program& loss) {
  std::vector<std::string> names;
  for (const program::Input& input : loss.inputs) {
    if (!input.is_weight) continue;
    for (Index j = 0; j < input.cols; ++j) {
      for (Index i = 0; i < input.rows; ++i) {
        std::string name = input.name;
        if (input.rows > 1 || input.cols > 1) name += "_" + std::to_string(i + 1);
        if (input.cols > 1) name += "," + std::to_string(j + 1);
        names.push_back(std::move(name));
      }
    }
  }
  return names;
}

void append_term(std::string& sum, const Rational& factor, const std::string& name) {
  const bool negative = factor < 0;
  sum += sum.empty() ? (negative ? "-" : "") : (negative ? " - " : " + ");
  const Rational size = abs(factor);
  if (name.empty()) {
    sum += to_string(size);
  } else {
    sum += (size == 1 ? "" : to_string(size) + " ") + name;
  }
}

}  // namespace

std::string to_text(const Field& field, const program::Program& loss) {
  const std::vector<std::string> names = coordinate_names(loss);
  std::map<Index, std::string> velocities;
  for (const Field::Entry& entry : field.linear)
    append_term(velocities[entry.row], entry.value, names[static_cast<std::size_t>(entry.column)]);
  for (const auto& [row, entry] : field.constant)
    append_term(velocities[row], entry, "");
  std::string text;
  for (const auto& [row, velocity] : velocities)
    text += (text.empty() ? "" : ", ") + names[static_cast<std::size_t>(row)] + "' = " + velocity;
  return text.empty() ? "0" : text;
}

}  // namespace rankscape::symmetry
