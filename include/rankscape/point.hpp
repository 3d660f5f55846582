#pragma once
// One exact point, as in POINT.json: a landscape by name or a loss spelled out, data by name, weights in the order of
// their declaration.

#include <rankscape/exact/matrix.hpp>
#include <rankscape/exact_json.hpp>
#include <rankscape/shape.hpp>

#include <map>
#include <memory>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace rankscape {

/// A datum, or a weight by name: a number, a sequence, a matrix, a list of matrices.
using Datum = std::variant<Rational, std::vector<Rational>, RationalMatrix, std::vector<RationalMatrix>>;

/// The weights of a landscape one after the other: a `number` is 1 x 1, a `sequence(n)` n x 1, a list of matrices its
/// matrices. Landscape::weight_names says which is which.
using Weights = std::vector<RationalMatrix>;

/// Their number of entries.
[[nodiscard]] Index parameters_of(const Weights& weights);

/// A loss that a point spells out instead of naming a landscape. Formulas as in a landscape file.
struct InlineLoss {
  std::string loss;
  std::vector<std::pair<std::string, std::string>> define;
  std::vector<std::pair<std::string, std::string>> domain;
  std::vector<std::pair<std::string, std::string>> constraints;
};

/// Rectangular arrays, and nothing more, are promised: Landscape::instance checks.
struct Point {
  std::string model;                              ///< id of the landscape; empty where the loss is spelled out
  std::shared_ptr<const InlineLoss> inline_loss;  ///< or nullptr
  std::map<std::string, Shape::Item> sizes;       ///< those that cannot be read off data and weights
  std::map<std::string, Datum> data;
  Weights weights;
};

/// A direction V, or with a bend U the curve W + t V + t^2 U.
struct Curve {
  Weights direction;
  Weights bend;  ///< empty for a line
};

/// A datum as point files spell it: numbers are JSON integers or strings, matrices arrays of rows.
[[nodiscard]] Json to_json(const Datum& datum);

}  // namespace rankscape
