#include "models/point_reader.hpp"

#include <algorithm>
#include <rankscape/error.hpp>

namespace rankscape {

namespace {
std::string shape_text(Index rows, Index cols) {
  return std::to_string(rows) + " x " + std::to_string(cols);
}
}  // namespace

void PointReader::require_data(std::initializer_list<std::string_view> names) const {
  for (const std::string_view name : names) {
    if (!point_.data.contains(std::string(name))) {
      throw InputError("/data/" + std::string(name) + ": missing; the model " + point_.model + " needs it");
    }
  }
  for (const auto& [name, value] : point_.data) {
    if (std::find(names.begin(), names.end(), name) == names.end()) {
      throw InputError("/data/" + name + ": unknown field for the model " + point_.model);
    }
  }
}

template <class T>
const T& PointReader::datum(std::string_view name, std::string_view kind) const {
  const auto& value = point_.data.at(std::string(name));
  const T* typed = std::get_if<T>(&value);
  if (typed == nullptr) throw InputError("/data/" + std::string(name) + ": expected " + std::string(kind));
  return *typed;
}

const RationalMatrix& PointReader::matrix(std::string_view name) const {
  return datum<RationalMatrix>(name, "a matrix (an array of rows)");
}
const Rational& PointReader::number(std::string_view name) const {
  return datum<Rational>(name, "a number");
}
const std::vector<Rational>& PointReader::numbers(std::string_view name) const {
  return datum<std::vector<Rational>>(name, "a list of numbers");
}
const std::vector<RationalMatrix>& PointReader::matrices(std::string_view name) const {
  return datum<std::vector<RationalMatrix>>(name, "a list of matrices");
}

void PointReader::require_shape(std::string_view place, const RationalMatrix& a, Index rows, Index cols,
                                std::string_view why) {
  if (a.rows() == rows && a.cols() == cols) return;
  throw InputError(std::string(place) + ": is " + shape_text(a.rows(), a.cols()) + ", expected " +
                   shape_text(rows, cols) + " (" + std::string(why) + ")");
}

void PointReader::require_weights(std::size_t count) const {
  if (point_.weights.size() != count) {
    throw InputError("/weights: " + std::to_string(point_.weights.size()) + " matrices, expected " +
                     std::to_string(count));
  }
}

void PointReader::require_parameters(Index limit) const {
  Index total = 0;
  for (const RationalMatrix& w : point_.weights)
    total += w.size();
  if (total > limit) {
    throw InputError("/weights: " + std::to_string(total) + " parameters; exact evidence is limited to " +
                     std::to_string(limit));
  }
}

}  // namespace rankscape
