// Off the hypotheses of [AMG24]: which data to try there, and how a point of a network is made simpler.
#include <algorithm>

#include "native/deep_linear/adviser.hpp"
#include "native/deep_linear/data.hpp"

namespace rankscape::deep_linear {

namespace {

// Small enough that everything on them is tried within a second or two.
const std::vector<Shape>& small_shapes() {
  static const std::vector<Shape> shapes{{1, 1, 1}, {2, 1, 1},    {2, 1, 2},    {2, 2, 1},    {2, 2, 2},    {3, 1, 2},
                                         {3, 2, 2}, {1, 1, 1, 1}, {2, 1, 1, 1}, {2, 1, 2, 2}, {2, 2, 2, 2}, {3, 2, 3},
                                         {3, 3, 3}, {1, 1, 2},    {1, 2, 2},    {2, 2, 3},    {2, 2, 2, 3}};
  return shapes;
}

RationalMatrix without_row(const RationalMatrix& a, Index row) {
  RationalMatrix b(a.rows() - 1, a.cols());
  b << a.topRows(row), a.bottomRows(a.rows() - row - 1);
  return b;
}

RationalMatrix without_col(const RationalMatrix& a, Index col) {
  return without_row(a.transpose(), col).transpose();
}

class Simplifier {
 public:
  explicit Simplifier(const Point& point) : point_(point) {}

  std::vector<Point> all() {
    const std::size_t layers = point_.weights.size();
    if (layers > 2) {
      for (std::size_t h = 0; h + 1 < layers; ++h)
        merge(h);
    }
    for (Index k = 0; k < X().rows() && X().rows() > 1; ++k) {
      for (Index s = -1; s < X().cols(); ++s)
        input(k, s);
    }
    for (Index k = 0; k < Y().rows() && Y().rows() > 1; ++k) {
      Point smaller = point_;
      data(smaller, "Y") = without_row(Y(), k);
      smaller.weights.back() = without_row(smaller.weights.back(), k);
      result_.push_back(std::move(smaller));
    }
    for (std::size_t h = 1; h < layers; ++h) {
      const Index width = point_.weights[h].cols();
      for (Index k = 0; k < width && width > 1; ++k) {
        Point smaller = point_;
        smaller.weights[h - 1] = without_row(smaller.weights[h - 1], k);
        smaller.weights[h] = without_col(smaller.weights[h], k);
        result_.push_back(std::move(smaller));
      }
    }
    for (Index k = 0; k < X().cols() && X().cols() > 1; ++k) {
      Point smaller = point_;
      data(smaller, "X") = without_col(X(), k);
      data(smaller, "Y") = without_col(Y(), k);
      result_.push_back(std::move(smaller));
    }
    plain_inputs();
    return std::move(result_);
  }

 private:
  static RationalMatrix& data(Point& point, const char* name) { return std::get<RationalMatrix>(point.data.at(name)); }
  [[nodiscard]] const RationalMatrix& X() const { return std::get<RationalMatrix>(point_.data.at("X")); }
  [[nodiscard]] const RationalMatrix& Y() const { return std::get<RationalMatrix>(point_.data.at("Y")); }

  // One layer instead of two.
  void merge(std::size_t h) {
    Point smaller = point_;
    smaller.weights[h] = multiply(smaller.weights[h + 1], smaller.weights[h]);
    smaller.weights.erase(smaller.weights.begin() + static_cast<std::ptrdiff_t>(h) + 1);
    result_.push_back(std::move(smaller));
  }

  // Without the input k and, unless s < 0, without the sample s.
  void input(Index k, Index s) {
    if (s >= 0 && X().cols() == 1) return;
    Point smaller = point_;
    data(smaller, "X") = without_row(X(), k);
    smaller.weights.front() = without_col(smaller.weights.front(), k);
    if (s >= 0) {
      data(smaller, "X") = without_col(data(smaller, "X"), s);
      data(smaller, "Y") = without_col(Y(), s);
    }
    result_.push_back(std::move(smaller));
  }

  // X = I where X is invertible: the same loss in other coordinates of the first layer.
  void plain_inputs() {
    if (X().rows() != X().cols() || rank(X()) != X().rows()) return;
    Point plain = point_;
    plain.weights.front() = multiply(plain.weights.front(), X());
    data(plain, "X") = RationalMatrix::Identity(X().rows(), X().rows());
    result_.push_back(std::move(plain));
  }

  const Point& point_;
  std::vector<Point> result_;
};

}  // namespace

std::optional<std::vector<Scope>> DeepLinearAdviser::excursions(const std::vector<Shape>& shapes) const {
  std::vector<Scope> scopes;
  for (const Shape& shape : shapes.empty() ? small_shapes() : shapes) {
    const Widths widths = shape.numbers();
    check_layers(widths);
    Scope scope;
    scope.shapes = {shape};
    scope.positions = {"aligned", "generic"};
    for (const Defect defect :
         {Defect::deficient, Defect::repeated, Defect::singular, Defect::few_samples, Defect::wide_output}) {
      if (obstacle(defect, widths.front(), widths.back())) continue;
      for (const char* base : {"canonical", "general"})
        scope.data.push_back(to_string(DataKind{base, defect}));
    }
    if (!scope.data.empty()) scopes.push_back(std::move(scope));
  }
  return scopes;
}

std::vector<Point> DeepLinearAdviser::simplifications(const Point& point) const {
  return Simplifier(point).all();
}

}  // namespace rankscape::deep_linear
