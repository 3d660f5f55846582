#include "models/factorization/helpers.hpp"

namespace rankscape::test {

namespace {

RationalMatrix random_rationals(Index rows, Index cols, Random& random) {
  RationalMatrix a(rows, cols);
  for (Index k = 0; k < a.size(); ++k)
    a(k) = Rational(random.integer(-6, 6), random.integer(1, 4));
  return a;
}

}  // namespace

const std::vector<ModelShapes>& small_shapes() {
  static const std::vector<ModelShapes> list{
      {"symmetric-factorization", {{1, 1}, {2, 1}, {2, 2}, {3, 2}, {2, 3}}},
      {"asymmetric-factorization", {{1, 1, 1}, {2, 1, 1}, {1, 2, 2}, {2, 2, 2}, {3, 2, 1}}},
      {"phase-retrieval", {{1}, {2}, {3}, {5}}},
  };
  return list;
}

Point random_point(const std::string& model, const Shape& shape, Random& random) {
  Point point;
  point.model = model;
  if (model == "symmetric-factorization") {
    const RationalMatrix a = random_rationals(shape[0], shape[0], random);
    point.data.emplace("M", RationalMatrix(a + a.transpose()));
    point.weights.push_back(random_rationals(shape[0], shape[1], random));
  } else if (model == "asymmetric-factorization") {
    point.data.emplace("M", random_rationals(shape[0], shape[1], random));
    point.data.emplace("balance", random.integer(0, 2) == 0 ? Rational(0) : Rational(random.integer(1, 9), 4));
    point.weights = {random_rationals(shape[0], shape[2], random), random_rationals(shape[1], shape[2], random)};
  } else {
    point.data.emplace("u", random_rationals(shape[0], 1, random));
    point.weights.push_back(random_rationals(shape[0], 1, random));
  }
  return point;
}

std::vector<Rational> values_of(const Point& point) {
  std::vector<Rational> values;
  for (const RationalMatrix& w : point.weights)
    values.insert(values.end(), w.reshaped().begin(), w.reshaped().end());
  if (point.model == "symmetric-factorization") {
    const auto& m = std::get<RationalMatrix>(point.data.at("M"));
    for (Index j = 0; j < m.cols(); ++j) {
      for (Index i = j; i < m.rows(); ++i)
        values.push_back(m(i, j));
    }
    return values;
  }
  const auto& matrix = std::get<RationalMatrix>(point.data.at(point.model == "phase-retrieval" ? "u" : "M"));
  values.insert(values.end(), matrix.reshaped().begin(), matrix.reshaped().end());
  if (point.data.contains("balance")) values.push_back(std::get<Rational>(point.data.at("balance")));
  return values;
}

Rational slope(const Instance& instance, const Weights& direction) {
  return along_line(instance, direction).coefficients.at(1);
}

Rational curvature(const Instance& instance, const Weights& direction) {
  return 2 * along_line(instance, direction).coefficients.at(2);
}

std::vector<std::pair<Index, Index>> shapes_of(const Weights& weights) {
  std::vector<std::pair<Index, Index>> shapes;
  for (const RationalMatrix& w : weights)
    shapes.emplace_back(w.rows(), w.cols());
  return shapes;
}

}  // namespace rankscape::test
