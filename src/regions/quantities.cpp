// The quantities, enclosed over a box by rational interval arithmetic.
#include "regions/quantities.hpp"

#include <rankscape/error.hpp>
#include <rankscape/exact/inertia.hpp>
#include <rankscape/numeric/eigen.hpp>

#include <Eigen/Eigenvalues>
#include <algorithm>
#include <cmath>

#include "models/feature_table.hpp"
#include "models/symmetric_factorization/calculus.hpp"

namespace rankscape::regions {

namespace {

constexpr unsigned root_bits = 64;

Enclosure square(const Enclosure& a) {
  const Enclosure product = a * a;
  const Rational lo = a.contains(0) ? Rational(0) : std::min(Rational(a.lo * a.lo), Rational(a.hi * a.hi));
  return {lo, product.hi};
}

Enclosure nonnegative(const Enclosure& a) {
  return {std::max(Rational(0), a.lo), std::max(Rational(0), a.hi)};
}

Enclosure squared_norm(const IntervalMatrix& a) {
  Enclosure sum;
  for (const Enclosure& entry : a.entries)
    sum = sum + square(entry);
  return sum;
}

IntervalMatrix product(const IntervalMatrix& a, const IntervalMatrix& b) {
  IntervalMatrix c(a.rows, b.cols);
  for (Index j = 0; j < c.cols; ++j) {
    for (Index i = 0; i < c.rows; ++i) {
      for (Index l = 0; l < a.cols; ++l)
        c(i, j) = c(i, j) + a(i, l) * b(l, j);
    }
  }
  return c;
}

IntervalMatrix difference(const IntervalMatrix& a, const IntervalMatrix& b) {
  IntervalMatrix c(a.rows, a.cols);
  for (std::size_t k = 0; k < c.entries.size(); ++k)
    c.entries[k] = a.entries[k] - b.entries[k];
  return c;
}

// a a^T, with squares on the diagonal; of the transpose when `columns`.
IntervalMatrix gram(const IntervalMatrix& a, bool columns) {
  const Index size = columns ? a.cols : a.rows;
  const Index length = columns ? a.rows : a.cols;
  const auto at = [&](Index i, Index l) -> const Enclosure& { return columns ? a(l, i) : a(i, l); };
  IntervalMatrix c(size, size);
  for (Index j = 0; j < size; ++j) {
    for (Index i = 0; i < size; ++i) {
      for (Index l = 0; l < length; ++l)
        c(i, j) = c(i, j) + (i == j ? square(at(i, l)) : at(i, l) * at(j, l));
    }
  }
  return c;
}

// Second derivatives over the box: the closed form of models/symmetric_factorization/calculus.hpp on intervals.
IntervalMatrix hessian(const RegionData& data, const IntervalMatrix& x) {
  const IntervalMatrix residual = difference(gram(x, false), IntervalMatrix(data.M()));
  const IntervalMatrix inner = gram(x, true);
  IntervalMatrix h(x.rows * x.cols, x.rows * x.cols);
  for (Index q = 0; q < x.cols; ++q) {
    for (Index b = 0; b < x.rows; ++b) {
      for (Index p = 0; p < x.cols; ++p) {
        for (Index a = 0; a < x.rows; ++a) {
          Enclosure entry = a == b && p == q ? square(x(a, q)) : x(a, q) * x(b, p);
          if (a == b) entry = entry + inner(p, q);
          if (p == q) entry = entry + residual(a, b);
          h(p * x.rows + a, q * x.rows + b) = entry;
        }
      }
    }
  }
  return h;
}

Enclosure intersection(const Enclosure& a, const Enclosure& b) {
  return {std::max(a.lo, b.lo), std::min(a.hi, b.hi)};  // both enclose the same set
}

// Evaluated as it stands, and in the mean value form g(c) + H (X - c); both enclose the gradient over the box.
IntervalMatrix gradient(const RegionData& data, const IntervalMatrix& x) {
  IntervalMatrix g = product(difference(gram(x, false), IntervalMatrix(data.M())), x);
  if (x.is_exact()) return g;
  const RationalMatrix middle = x.midpoint();
  const RationalVector at_middle = symmetric_factorization::gradient(middle, data.M());
  const IntervalMatrix slope = hessian(data, x);
  const IntervalMatrix offset = difference(x, IntervalMatrix(middle));
  for (Index i = 0; i < at_middle.size(); ++i) {
    Enclosure centered(at_middle(i));
    for (Index j = 0; j < at_middle.size(); ++j)
      centered = centered + slope(i, j) * offset.entries[static_cast<std::size_t>(j)];
    Enclosure& entry = g.entries[static_cast<std::size_t>(i)];
    entry = intersection(entry, centered);
  }
  return g;
}

// Z^T H Z = 1/2 ||Z X^T + X Z^T||^2 + ||X^T Z||^2 - <M, Z Z^T>: squares of affine functions of X, so nearly no
// overestimation over a box.
Enclosure second_derivative(const RegionData& data, const IntervalMatrix& x, const RationalMatrix& z) {
  Enclosure sum;
  for (Index i = 0; i < x.rows; ++i) {
    const Rational weight = i < x.cols ? data.squares[static_cast<std::size_t>(i)] : Rational(0);
    sum = sum - Enclosure(Rational(weight * z.row(i).squaredNorm()));
    for (Index j = 0; j <= i; ++j) {  // symmetric: off the diagonal twice, and once halved
      Enclosure entry;
      for (Index l = 0; l < x.cols; ++l)
        entry = entry + (i == j ? Enclosure(Rational(2 * z(i, l))) * x(i, l)
                                : Enclosure(z(i, l)) * x(j, l) + x(i, l) * Enclosure(z(j, l)));
      sum = sum + (i == j ? Enclosure(Rational(1, 2)) : Enclosure(Rational(1))) * square(entry);
    }
  }
  for (Index i = 0; i < x.cols; ++i) {
    for (Index j = 0; j < x.cols; ++j) {
      Enclosure entry;
      for (Index l = 0; l < x.rows; ++l)
        entry = entry + x(l, i) * Enclosure(z(l, j));
      sum = sum + square(entry);
    }
  }
  return sum;
}

// The tangent of the orbit, vec(X J): its orthogonal complement is { Z : X^T Z symmetric }. For k = 1 there is none.
IntervalMatrix orbit_tangent(const IntervalMatrix& x) {
  IntervalMatrix a(x.rows * x.cols, x.cols == 2 ? 1 : 0);
  for (Index i = 0; x.cols == 2 && i < x.rows; ++i) {
    a(i, 0) = -x(i, 1);
    a(x.rows + i, 0) = x(i, 0);
  }
  return a;
}

// The least eigenvalue over a box of symmetric matrices. Floating point proposes a bound and a vector at the midpoint;
// the bound is proved there by an exact inertia and moved by the radius, the vector's Rayleigh quotient is enclosed.
struct LeastEigenvalue {
  Rational below;
  RationalVector vector;  ///< not zero; nearly an eigenvector at the midpoint
};

LeastEigenvalue least_eigenvalue(const IntervalMatrix& h) {
  const Index n = h.rows;
  const RationalMatrix middle = h.midpoint();
  Rational radius = 0;
  Rational size = 1;
  for (Index i = 0; i < n; ++i) {
    Rational row = 0;
    for (Index j = 0; j < n; ++j) {
      row += h(i, j).width() / 2;
      size = std::max(size, Rational(abs(middle(i, j)) * n));
    }
    radius = std::max(radius, row);
  }
  Matrix<double> approximate(n, n);
  for (Index k = 0; k < n * n; ++k)
    approximate(k) = middle(k).convert_to<double>();
  const Eigen::SelfAdjointEigenSolver<Matrix<double>> solver(approximate);
  LeastEigenvalue result{-size, RationalVector::Zero(n)};  // below every eigenvalue, by Gershgorin's theorem
  const double proposed = solver.eigenvalues()(0);
  if (std::isfinite(proposed)) {
    const Rational bound = Rational(proposed) - (size + radius) / (1 << 20);
    if (inertia(middle - bound * RationalMatrix::Identity(n, n)).negative == 0) result.below = bound;
    for (Index i = 0; i < n; ++i)
      result.vector(i) = static_cast<long>(std::lround(solver.eigenvectors()(i, 0) * (1 << 16)));
  }
  if (is_zero(result.vector)) result.vector(0) = 1;
  result.below -= radius;
  return result;
}

Real of_box(const Enclosure& enclosure) {
  if (enclosure.is_exact()) return Real(enclosure.lo);
  return Real(Real::Refine([enclosure](const Rational&) { return enclosure; }));
}

Real least_eigenvalue_at(RationalMatrix h) {
  return Real(Real::Refine([matrix = std::move(h)](const Rational& width) {
    return enclose_eigenvalues(matrix, {.width = width}).values.front();
  }));
}

Value lambda_min(const RegionData& data, const IntervalMatrix& x) {
  if (!x.is_exact()) {
    const LeastEigenvalue least = least_eigenvalue(hessian(data, x));
    // Z^T H Z / |Z|^2 is at least the least eigenvalue, whatever Z != 0
    const Enclosure form = second_derivative(data, x, least.vector.reshaped(x.rows, x.cols));
    return of_box({least.below, Rational(form.hi / least.vector.squaredNorm())});
  }
  return least_eigenvalue_at(symmetric_factorization::hessian(x.midpoint(), data.M()));
}

// Least value of Z^T H Z / |Z|^2 over Z orthogonal to the tangent a. From below, over a box: the least eigenvalue of
// H + a a^T. At a point: that of P H P + s a a^T / |a|^2 with P the projection and s above all eigenvalues of H.
Value curvature(const RegionData& data, const IntervalMatrix& x) {
  const IntervalMatrix a = orbit_tangent(x);
  if (!x.is_exact()) {
    IntervalMatrix h = hessian(data, x);
    Rational above = 0;
    for (const Enclosure& entry : h.entries)
      above += std::max(Rational(abs(entry.lo)), Rational(abs(entry.hi)));
    if (a.cols == 1) {
      const IntervalMatrix outer = gram(a, false);
      for (std::size_t k = 0; k < h.entries.size(); ++k)
        h.entries[k] = h.entries[k] + outer.entries[k];
    }
    return of_box({least_eigenvalue(h).below, above});
  }
  const RationalMatrix h = symmetric_factorization::hessian(x.midpoint(), data.M());
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
std::vector<Enclosure> squared_singular_values(const IntervalMatrix& a) {
  const IntervalMatrix g = gram(a, true);
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

Enclosure frobenius_distance(const RegionData& data, const IntervalMatrix& x) {
  // |X|^2 + |U|^2 - 2 ||U^T X||_*, the nuclear norm of a 2 x 2 matrix A being sqrt(|A|^2 + 2 |det A|)
  IntervalMatrix a(2, 2);
  Enclosure sum = squared_norm(x);
  for (Index i = 0; i < 2; ++i) {
    const Rational& s = data.sigma[static_cast<std::size_t>(i)];
    sum = sum + Enclosure(Rational(s * s));
    for (Index j = 0; j < 2; ++j)
      a(i, j) = Enclosure(s) * x(i, j);
  }
  const Enclosure det = a(0, 0) * a(1, 1) - a(0, 1) * a(1, 0);
  const Enclosure size = max(det, -det);
  const Enclosure nuclear = sqrt(squared_norm(a) + Enclosure(Rational(2)) * nonnegative(size), root_bits);
  return nonnegative(sum - Enclosure(Rational(2)) * nuclear);
}

// min over orthogonal Psi of ||X - U Psi||_2^2. For k = 2 between half the Frobenius distance and the norm for one Psi,
// the rational rotation or reflection next to the best one at the midpoint.
Enclosure distance(const RegionData& data, const IntervalMatrix& x) {
  if (data.sigma.empty()) throw Undefined("distance2: U is not rational");
  const auto to = [&](const RationalMatrix& psi) {
    RationalMatrix u = RationalMatrix::Zero(data.n, data.k());
    for (Index i = 0; i < data.k(); ++i)
      u.row(i) = data.sigma[static_cast<std::size_t>(i)] * psi.row(i);
    return difference(x, IntervalMatrix(u));
  };
  if (data.k() == 1) {
    const RationalMatrix one = RationalMatrix::Constant(1, 1, Rational(1));
    return min(squared_norm(to(one)), squared_norm(to(-one)));
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

struct At {
  const RegionData& data;
  const IntervalMatrix& x;
};

const FeatureTable<At>& table() {
  using A = std::span<const Value>;
  constexpr Kind integer = Kind::integer;
  constexpr Kind real = Kind::real;
  static const FeatureTable<At> features({
      {{"n", {}, integer, "n", "rows of X"}, [](const At& at, A) -> Value { return long{at.data.n}; }},
      {{"k", {}, integer, "k", "columns of X, rank of M"}, [](const At& at, A) -> Value { return long{at.data.k()}; }},
      {{"lambda_min", {}, real, "\\lambda_{\\min}", "least eigenvalue of the Hessian"},
       [](const At& at, A) -> Value { return lambda_min(at.data, at.x); }},
      {{"curvature", {}, real, "\\kappa", "least curvature along the Z with X^T Z symmetric"},
       [](const At& at, A) -> Value { return curvature(at.data, at.x); }},
      {{"gradient2", {}, real, "\\lVert \\nabla L \\rVert_F^2", "squared norm of the gradient"},
       [](const At& at, A) -> Value { return of_box(squared_norm(gradient(at.data, at.x))); }},
      {{"norm2_X", {}, real, "\\lVert X \\rVert_F^2", "squared Frobenius norm of X"},
       [](const At& at, A) -> Value { return of_box(squared_norm(at.x)); }},
      {{"gram2_X", {}, real, "\\lVert XX^T \\rVert_F^2", "squared Frobenius norm of X X^T"},
       [](const At& at, A) -> Value { return of_box(squared_norm(gram(at.x, true))); }},
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
