// The vocabulary of matrix sensing: what statements may speak about.
#include "models/matrix_sensing/instance.hpp"

namespace rankscape::matrix_sensing {

namespace {

using Arguments = std::span<const Value>;

struct Feature {
  FeatureDeclaration declaration;
  Value (*evaluate)(const MatrixSensingInstance&, Arguments);
};

const std::vector<Feature>& table() {
  using I = const MatrixSensingInstance&;
  using A = Arguments;
  constexpr Kind integer = Kind::integer;
  constexpr Kind matrix = Kind::matrix;
  constexpr Kind real = Kind::real;
  static const std::vector<Feature> features{
      {{"dim", {}, integer, "d", "number of rows of U"}, [](I at, A) -> Value { return long{at.u().rows()}; }},
      {{"r", {}, integer, "r", "number of columns of U"}, [](I at, A) -> Value { return long{at.u().cols()}; }},
      {{"m", {}, integer, "m", "number of measurements"},
       [](I at, A) -> Value { return static_cast<long>(at.measurements().A.size()); }},
      {{"U", {}, matrix, "U", "the factor, d x r"}, [](I at, A) -> Value { return at.u(); }},
      {{"M",
        {},
        matrix,
        "M^{\\star}",
        "the matrix measured: the point's M, else the least squares solution of A(M) = b, undefined if not unique"},
       [](I at, A) -> Value { return at.reference(); }},
      {{"noise2", {}, real, "\\lVert w \\rVert^2", "||b - A(M)||^2"},
       [](I at, A) -> Value { return Real(at.noise()); }},
      {{"A", {integer}, matrix, "A_{#1}", "measurement matrix l, 1 <= l <= m"},
       [](I at, A a) -> Value {
         const long l = std::get<long>(a[0]);
         const auto& list = at.measurements().A;
         if (l < 1 || l > static_cast<long>(list.size())) throw Undefined("A(l): no measurement " + std::to_string(l));
         return list[static_cast<std::size_t>(l) - 1];
       }},
      {{"slope", {}, matrix, "\\mathcal{A}^{*}(\\mathcal{A}(UU^{T})-b)", "A*(A(U U^T) - b); the gradient is 4 slope U"},
       [](I at, A) -> Value { return at.slope(); }},
      {{"rip_lower", {}, real, "\\alpha_{2r}", "rip_lower ||X||^2 <= ||A(X)||^2 for all symmetric X of rank <= 2r"},
       [](I at, A) -> Value { return at.bounds().lower; }},
      {{"rip_upper", {}, real, "\\beta_{2r}", "||A(X)||^2 <= rip_upper ||X||^2 for all symmetric X of rank <= 2r"},
       [](I at, A) -> Value { return at.bounds().upper; }},
      {{"delta", {}, real, "\\delta_{2r}", "max(rip_upper - 1, 1 - rip_lower)"},
       [](I at, A) -> Value { return at.delta(); }},
      {{"delta_exact",
        {},
        Kind::truth,
        "\\delta_{2r}\\text{ exact}",
        "are rip_lower and rip_upper attained at rank <= 2r?"},
       [](I at, A) -> Value { return truth(at.bounds().exact); }},
  };
  return features;
}

}  // namespace

const std::vector<FeatureDeclaration>& feature_declarations() {
  static const std::vector<FeatureDeclaration> declarations = [] {
    std::vector<FeatureDeclaration> list;
    for (const Feature& feature : table())
      list.push_back(feature.declaration);
    return list;
  }();
  return declarations;
}

Value MatrixSensingInstance::feature(std::size_t position, std::span<const Value> arguments) const {
  return table().at(position).evaluate(*this, arguments);
}

}  // namespace rankscape::matrix_sensing
