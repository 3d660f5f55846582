// Off the hypotheses of [AMG24]: which data to try there, what S means when an eigenvalue is repeated across it, and
// how a point of a network is made simpler.
#include <rankscape/error.hpp>

#include <algorithm>

#include "models/deep_linear/instance.hpp"
#include "models/deep_linear/model.hpp"

namespace rankscape::deep_linear {

namespace {

// The features of a point under one choice of S.
class WithSet final : public FeatureSource {
 public:
  WithSet(const DeepLinearInstance& at, IndexSet S) : at_(&at), S_(std::move(S)) {}

  [[nodiscard]] Value feature(std::size_t position, std::span<const Value> arguments) const override {
    if (feature_declarations().at(position).name == "S") return S_;
    return at_->feature(position, arguments);
  }

 private:
  const DeepLinearInstance* at_;
  IndexSet S_;
};

std::string to_string(const IndexSet& set) {
  std::string text;
  for (const long k : set)
    text += (text.empty() ? "" : ", ") + std::to_string(k);
  return "{" + text + "}";
}

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

std::vector<IndexSet> DeepLinearInstance::admissible_sets() const {
  const auto& selected = selected_eigenvalues();
  if (!critical() || !selected) throw Undefined("S: the point is not critical");
  std::vector<IndexSet> sets{{}};
  const auto& roots = lambda();
  for (std::size_t i = 0; i < roots.size();) {
    const auto equal = [&](const RealRoot& other) { return other == roots[i]; };
    const auto size = std::count_if(roots.begin(), roots.end(), equal);
    const auto chosen = std::count_if(selected->begin(), selected->end(), equal);
    std::vector<IndexSet> longer;
    for (const IndexSet& set : sets) {
      for_each_subset(static_cast<int>(size), static_cast<int>(chosen), [&](const std::vector<int>& subset) {
        if (longer.size() == most_sets) return;
        longer.push_back(set);
        for (const int k : subset)
          longer.back().insert(static_cast<long>(i) + k);
      });
    }
    sets = std::move(longer);
    i += static_cast<std::size_t>(size);
  }
  return sets;
}

std::vector<Reading> DeepLinearInstance::readings() const {
  std::vector<Reading> result;
  if (!critical() || !selected_eigenvalues()) return result;
  const std::vector<IndexSet> sets = admissible_sets();
  if (sets.size() < 2) return result;
  for (const IndexSet& set : sets)
    result.push_back({"S = " + to_string(set), std::make_unique<WithSet>(*this, set)});
  return result;
}

std::vector<Scope> DeepLinear::excursions(const std::vector<Shape>& shapes) const {
  std::vector<Scope> scopes;
  const auto& candidates = shapes.empty() ? small_shapes() : shapes;
  for (const Shape& widths : candidates) {
    check_layers(widths);
    Scope scope;
    scope.shapes = {widths};
    scope.positions = {"aligned", "generic"};
    for (const Defect defect :
         {Defect::deficient, Defect::repeated, Defect::singular, Defect::few_samples, Defect::wide_output}) {
      if (obstacle(defect, widths.front(), widths.back())) continue;
      for (const char* base : {"canonical", "general"})
        scope.data.push_back(deep_linear::to_string(DataKind{base, defect}));
    }
    if (!scope.data.empty()) scopes.push_back(std::move(scope));
  }
  return scopes;
}

std::vector<Point> DeepLinear::simplifications(const Point& point) const {
  return Simplifier(point).all();
}

}  // namespace rankscape::deep_linear
