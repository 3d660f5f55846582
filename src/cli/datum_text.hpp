#pragma once
// A datum of a point on a line.

#include <rankscape/point.hpp>

#include <string>

#include "exact/matrix_text.hpp"

namespace rankscape::cli {

[[nodiscard]] inline std::string datum_text(const Datum& datum) {
  if (const auto* number = std::get_if<Rational>(&datum)) return to_string(*number);
  if (const auto* matrix = std::get_if<RationalMatrix>(&datum)) return to_text(*matrix);
  std::string text = "[";
  if (const auto* numbers = std::get_if<std::vector<Rational>>(&datum)) {
    for (const Rational& number : *numbers)
      text += (text.size() == 1 ? "" : ", ") + to_string(number);
  } else {
    for (const RationalMatrix& matrix : std::get<std::vector<RationalMatrix>>(datum))
      text += (text.size() == 1 ? "" : ", ") + to_text(matrix);
  }
  return text + "]";
}

}  // namespace rankscape::cli
