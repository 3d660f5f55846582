// The quantities, enclosed over a box by rational interval arithmetic.
#include "regions/quantities.hpp"

#include <rankscape/error.hpp>

#include <algorithm>
#include <cmath>

#include "regions/feature_table.hpp"

#include "regions/spectrum.hpp"

namespace rankscape::regions {

namespace {

constexpr unsigned root_bits = 64;

Enclosure nonnegative(const Enclosure& a) {
  return {std::max(Rational(0), a.lo), std::max(Rational(0), a.hi)};
}

// The columns of a, by their inner products.
EnclosedMatrix gram_of_columns(const EnclosedMatrix& a) {
  return gram(transposed(a));
}

struct At {
  const RegionData& data;
  const EnclosedMatrix& x;

  [[nodiscard]] std::vector<EnclosedMatrix> inputs() const { return {enclosed(data.M()), x}; }
  [[nodiscard]] EnclosedMatrix gradient() const { return data.loss->gradient(inputs()); }
  [[nodiscard]] EnclosedMatrix hessian() const { return data.loss->hessian(inputs()); }
};

// The tangent of the orbit, vec(X J): its orthogonal complement is { Z : X^T Z symmetric }. For k = 1 there is none.
EnclosedMatrix orbit_tangent(const EnclosedMatrix& x) {
  EnclosedMatrix a(x.rows * x.cols, x.cols == 2 ? 1 : 0);
  for (Index i = 0; x.cols == 2 && i < x.rows; ++i) {
    a(i, 0) = -x(i, 1);
    a(x.rows + i, 0) = x(i, 0);
  }
  return a;
}

// Least value of Z^T H Z / |Z|^2 over Z orthogonal to the tangent a. From below, over a box: the least eigenvalue of
// H + a a^T. At a point: that of P H P + s a a^T / |a|^2 with P the projection and s above all eigenvalues of H.
Value curvature(const At& at) {
  const EnclosedMatrix a = orbit_tangent(at.x);
  EnclosedMatrix enclosed_hessian = at.hessian();
  if (!at.x.is_exact()) {
    EnclosedMatrix& h = enclosed_hessian;
    Rational above = 0;
    for (const Enclosure& entry : h.entries)
      above += std::max(Rational(abs(entry.lo)), Rational(abs(entry.hi)));
    if (a.cols == 1) h = h + gram(a);
    return of_box({least_eigenvalue(h).below, above});
  }
  const RationalMatrix h = enclosed_hessian.midpoint();
  const RationalMatrix tangent = a.midpoint();
  if (a.cols == 0 || is_zero(tangent)) return least_eigenvalue_at(h);
  Rational above = 1;
  for (Index k = 0; k < h.size(); ++k)
    above += abs(h(k));
  const RationalMatrix onto = multiply(tangent, tangent.transpose()) / tangent.squaredNorm();
  const RationalMatrix rest = RationalMatrix::Identity(h.rows(), h.rows()) - onto;
  return least_eigenvalue_at(multiply({rest, h, rest}) + above * onto);
}

// Squared singular values of a matrix with one or two columns, the larger first.
std::vector<Enclosure> squared_singular_values(const EnclosedMatrix& a) {
  const EnclosedMatrix g = gram_of_columns(a);
  if (g.rows == 1) return {nonnegative(g(0, 0))};
  const Enclosure sum = g(0, 0) + g(1, 1);
  const Enclosure root =
      sqrt(nonnegative(square(g(0, 0) - g(1, 1)) + Enclosure(Rational(4)) * square(g(0, 1))), root_bits);
  const Enclosure half(Rational(1, 2));
  const Enclosure larger = half * (sum + root);
  Enclosure smaller = nonnegative(half * (sum - root));
  if (larger.lo > 0) {
    // the product of both is the sum of the squared minors (Cauchy and Binet)
    Enclosure minors;
    for (Index i = 0; i < a.rows; ++i) {
      for (Index j = 0; j < i; ++j)
        minors = minors + square(a(i, 0) * a(j, 1) - a(i, 1) * a(j, 0));
    }
    smaller = intersection(smaller, minors / larger);
  }
  return {larger, smaller};
}

Enclosure frobenius_distance(const RegionData& data, const EnclosedMatrix& x) {
  // |X|^2 + |U|^2 - 2 ||U^T X||_*, the nuclear norm of a 2 x 2 matrix A being sqrt(|A|^2 + 2 |det A|)
  EnclosedMatrix a(2, 2);
  Enclosure sum = norm2(x);
  for (Index i = 0; i < 2; ++i) {
    const Rational& s = data.sigma[static_cast<std::size_t>(i)];
    sum = sum + Enclosure(Rational(s * s));
    for (Index j = 0; j < 2; ++j)
      a(i, j) = Enclosure(s) * x(i, j);
  }
  const Enclosure det = a(0, 0) * a(1, 1) - a(0, 1) * a(1, 0);
  const Enclosure size = max(det, -det);
  const Enclosure nuclear = sqrt(norm2(a) + Enclosure(Rational(2)) * nonnegative(size), root_bits);
  return nonnegative(sum - Enclosure(Rational(2)) * nuclear);
}

// min over orthogonal Psi of ||X - U Psi||_2^2. For k = 2 between half the Frobenius distance and the norm for one Psi,
// the rational rotation or reflection next to the best one at the midpoint.
Enclosure distance(const RegionData& data, const EnclosedMatrix& x) {
  if (data.sigma.empty()) throw Undefined("distance2: U is not rational");
  const auto to = [&](const RationalMatrix& psi) {
    RationalMatrix u = RationalMatrix::Zero(data.n, data.k());
    for (Index i = 0; i < data.k(); ++i)
      u.row(i) = data.sigma[static_cast<std::size_t>(i)] * psi.row(i);
    return x - enclosed(u);
  };
  if (data.k() == 1) {
    const RationalMatrix one = RationalMatrix::Constant(1, 1, Rational(1));
    return min(norm2(to(one)), norm2(to(-one)));
  }
  const RationalMatrix middle = x.midpoint();
  const auto entry = [&](Index i, Index j) {
    return data.sigma[static_cast<std::size_t>(i)].convert_to<double>() * middle(i, j).convert_to<double>();
  };
  const int sign = entry(0, 0) * entry(1, 1) - entry(0, 1) * entry(1, 0) < 0 ? -1 : 1;
  // Psi = [c s; -sign s, sign c] maximizes tr(A^T Psi)
  const double angle = std::atan2(entry(0, 1) - sign * entry(1, 0), entry(0, 0) + sign * entry(1, 1));
  const Rational t = Rational(std::lround(std::clamp(std::tan(angle / 2), -1e6, 1e6) * 4096)) / 4096;
  const Rational c = (1 - t * t) / (1 + t * t);
  const Rational s = 2 * t / (1 + t * t);
  RationalMatrix psi(2, 2);
  psi << c, s, -sign * s, sign * c;
  const Rational hi = squared_singular_values(to(psi)).front().hi;
  const Rational lo = frobenius_distance(data, x).lo / 2;
  return {std::min(lo, hi), hi};
}

std::size_t position(std::span<const Value> arguments, std::size_t count, const char* what) {
  const long i = std::get<long>(arguments[0]);
  if (i < 1 || i > static_cast<long>(count)) {
    throw Undefined(std::string(what) + ": " + std::to_string(i) + " is not between 1 and " + std::to_string(count));
  }
  return static_cast<std::size_t>(i) - 1;
}

const FeatureTable<At>& table() {
  using A = std::span<const Value>;
  constexpr Kind integer = Kind::integer;
  constexpr Kind real = Kind::real;
  static const FeatureTable<At> features({
      {{"n", {}, integer, "n", "rows of X"}, [](const At& at, A) -> Value { return long{at.data.n}; }},
      {{"k", {}, integer, "k", "columns of X, rank of M"}, [](const At& at, A) -> Value { return long{at.data.k()}; }},
      {{"lambda_min", {}, real, "\\lambda_{\\min}", "least eigenvalue of the Hessian"},
       [](const At& at, A) -> Value { return lambda_min(*at.data.loss, at.inputs()); }},
      {{"curvature", {}, real, "\\kappa", "least curvature along the Z with X^T Z symmetric"},
       [](const At& at, A) -> Value { return curvature(at); }},
      {{"gradient2", {}, real, "\\lVert \\nabla L \\rVert_F^2", "squared norm of the gradient"},
       [](const At& at, A) -> Value { return of_box(norm2(at.gradient())); }},
      {{"norm2_X", {}, real, "\\lVert X \\rVert_F^2", "squared Frobenius norm of X"},
       [](const At& at, A) -> Value { return of_box(norm2(at.x)); }},
      {{"gram2_X", {}, real, "\\lVert XX^T \\rVert_F^2", "squared Frobenius norm of X X^T"},
       [](const At& at, A) -> Value { return of_box(norm2(gram_of_columns(at.x))); }},
      {{"gram2_U", {}, real, "\\lVert UU^T \\rVert_F^2", "squared Frobenius norm of M = U U^T"},
       [](const At& at, A) -> Value {
         Rational sum = 0;
         for (const Rational& square : at.data.squares)
           sum += square * square;
         return Real(sum);
       }},
      {{"overlap", {}, real, "\\langle M, XX^T \\rangle", "inner product of M and X X^T"},
       [](const At& at, A) -> Value {
         Enclosure sum;
         for (Index i = 0; i < at.data.k(); ++i) {
           for (Index j = 0; j < at.x.cols; ++j)
             sum = sum + Enclosure(at.data.squares[static_cast<std::size_t>(i)]) * square(at.x(i, j));
         }
         return of_box(sum);
       }},
      {{"sigma2_X", {integer}, real, "\\sigma_{#1}(X)^2", "squared singular value of X, 1 <= i <= k"},
       [](const At& at, A a) -> Value {
         const auto values = squared_singular_values(at.x);
         return of_box(values[position(a, values.size(), "sigma2_X")]);
       }},
      {{"sigma2_U", {integer}, real, "\\sigma_{#1}(U)^2", "squared singular value of U, 1 <= i <= k"},
       [](const At& at, A a) -> Value {
         return Real(at.data.squares[position(a, at.data.squares.size(), "sigma2_U")]);
       }},
      {{"distance2", {}, real, "\\min_\\Psi \\lVert X - U\\Psi \\rVert_2^2", "squared distance from the minimizers"},
       [](const At& at, A) -> Value { return of_box(distance(at.data, at.x)); }},
  });
  return features;
}

}  // namespace

const std::vector<FeatureDeclaration>& region_features() {
  return table().declarations();
}

const LanguageLookup& region_languages() {
  static const LanguageLookup lookup = {
      [](std::string_view name) -> std::optional<Language> {
        if (name != "symmetric-factorization") return std::nullopt;
        return Language{std::string(name), "sizes", Vocabulary(region_features(), {})};
      },
      [] { return std::vector<std::string>{"symmetric-factorization"}; },
  };
  return lookup;
}

Value RegionSource::feature(std::size_t position, std::span<const Value> arguments) const {
  return table().evaluate({*data_, *x_}, position, arguments);
}

}  // namespace rankscape::regions
