#pragma once
// Shared by the tests of the factorization models and of phase retrieval: random exact points that are not critical,
// and what the loss alone says of its derivatives.

#include <rankscape/check/evidence.hpp>
#include <rankscape/model.hpp>

#include <string>

#include "exact/random.hpp"

namespace rankscape::test {

/// The three models with a few shapes of each, small enough for symbolic derivation.
struct ModelShapes {
  std::string model;
  std::vector<Shape> shapes;
};
[[nodiscard]] const std::vector<ModelShapes>& small_shapes();

/// Random rational data and weights of a shape; balance is > 0, and zero for every third draw.
[[nodiscard]] Point random_point(const std::string& model, const Shape& shape, Random& random);

/// Values of Formula::variables and then Formula::parameters at a point.
[[nodiscard]] std::vector<Rational> values_of(const Point& point);

/// Coefficients 1 and 2 of the loss along a line, which is all of the first and second derivative there.
[[nodiscard]] Rational slope(const Instance& instance, const Weights& direction);
[[nodiscard]] Rational curvature(const Instance& instance, const Weights& direction);

/// A vector of parameters as weights of the shapes of `like`.
template <class S>
[[nodiscard]] std::vector<Matrix<S>> unstacked(const Vector<S>& vector,
                                               const std::vector<std::pair<Index, Index>>& shapes) {
  std::vector<Matrix<S>> weights;
  Index at = 0;
  for (const auto& [rows, cols] : shapes) {
    Matrix<S> w(rows, cols);
    for (Index k = 0; k < w.size(); ++k)
      w(k) = vector(at++);
    weights.push_back(std::move(w));
  }
  return weights;
}
[[nodiscard]] std::vector<std::pair<Index, Index>> shapes_of(const Weights& weights);

}  // namespace rankscape::test
