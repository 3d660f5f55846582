#include "native/matrix_sensing/search.hpp"

#include <algorithm>
#include <cmath>
#include <memory>
#include <stdexcept>

#include "exact/decompositions.hpp"
#include "exact/doubles.hpp"
#include "exact/random.hpp"
#include "native/matrix_sensing/form.hpp"

namespace rankscape::matrix_sensing {

namespace {

using Eigen::MatrixXd;
using Eigen::VectorXd;

// Exactly what the doubles are.
RationalMatrix to_rational(const MatrixXd& a) {
  return a.unaryExpr([](double x) { return Rational(x); });
}

EnclosedMatrix symmetric_part_of(const EnclosedMatrix& x, Index n) {  // from coordinates
  EnclosedMatrix a(n, n);
  Index at = 0;
  for (Index j = 0; j < n; ++j) {
    for (Index i = 0; i <= j; ++i) {
      a(i, j) = x(at++, 0);
      a(j, i) = a(i, j);
    }
  }
  return a;
}

// The loss for one set of measurements, over enclosures and exactly.
class Landscape {
 public:
  Landscape(const std::vector<RationalMatrix>& A, const RationalMatrix& M)
      : n_(M.rows()),
        weights_(coordinate_weights(n_)),
        form_(form_of(A, n_)),
        M_(M),
        form_box_(enclosed(relative(form_))) {}

  [[nodiscard]] Index n() const { return n_; }

  // A*A(X - M) for symmetric X
  [[nodiscard]] RationalMatrix slope(const RationalMatrix& u) const {
    const RationalMatrix error = multiply(u, u.transpose()) - M_;
    const RationalMatrix x = coordinates(error);
    return from_coordinates(multiply(relative(form_), x), n_);
  }
  [[nodiscard]] EnclosedMatrix error(const EnclosedMatrix& u) const { return u * transposed(u) + enclosed(-M_); }
  [[nodiscard]] EnclosedMatrix adjoint(const EnclosedMatrix& symmetric) const {  // A*A
    EnclosedMatrix x(form_box_.cols, 1);
    Index at = 0;
    for (Index j = 0; j < n_; ++j) {
      for (Index i = 0; i <= j; ++i)
        x(at++, 0) = symmetric(i, j);
    }
    return symmetric_part_of(form_box_ * x, n_);
  }

  // d(G U) in the direction of each entry of U; 1/4 of the Hessian
  [[nodiscard]] EnclosedMatrix jacobian(const EnclosedMatrix& u) const {
    const EnclosedMatrix g = adjoint(error(u));
    EnclosedMatrix result(u.rows * u.cols, u.rows * u.cols);
    for (Index j = 0; j < u.cols; ++j) {
      for (Index b = 0; b < n_; ++b) {
        EnclosedMatrix turn(n_, n_);  // E_bj U^T + U E_bj^T
        for (Index a = 0; a < n_; ++a) {
          turn(b, a) = turn(b, a) + u(a, j);
          turn(a, b) = turn(a, b) + u(a, j);
        }
        const EnclosedMatrix moved = adjoint(turn) * u;
        for (Index i = 0; i < u.cols; ++i) {
          for (Index a = 0; a < n_; ++a)
            result(a + n_ * i, b + n_ * j) = i == j ? moved(a, i) + g(a, b) : moved(a, i);
        }
      }
    }
    return result;
  }

 private:
  [[nodiscard]] RationalMatrix relative(RationalMatrix form) const {  // A*A in coordinates
    for (Index p = 0; p < form.rows(); ++p)
      form.row(p) /= weights_(p);
    return form;
  }

  Index n_;
  RationalVector weights_;
  RationalMatrix form_;
  RationalMatrix M_;
  EnclosedMatrix form_box_;
};

Enclosure squared_norm(const EnclosedMatrix& a) {
  Enclosure sum;
  for (const Enclosure& x : a.entries) {
    const Rational least = x.lo > 0 ? x.lo : x.hi < 0 ? Rational(-x.hi) : Rational(0);
    const Rational most = std::max(abs(x.lo), abs(x.hi));
    sum = sum + Enclosure(least * least, most * most);
  }
  return sum;
}

// Is every symmetric matrix inside positive definite? Elimination with pivots that are certainly positive.
bool certainly_positive_definite(EnclosedMatrix a) {
  for (Index k = 0; k < a.rows; ++k) {
    if (a(k, k).lo <= 0) return false;
    for (Index i = k + 1; i < a.rows; ++i) {
      const Enclosure factor = a(i, k) / a(k, k);
      for (Index j = k + 1; j < a.cols; ++j)
        a(i, j) = a(i, j) - factor * a(k, j);
    }
  }
  return true;
}

// The unknowns: U column by column, then the entries of B above the diagonal, column by column.
struct Gauge {
  const Landscape& landscape;
  RationalMatrix U0;

  [[nodiscard]] Index skew() const { return U0.cols() * (U0.cols() - 1) / 2; }
  [[nodiscard]] Index size() const { return U0.size() + skew(); }

  [[nodiscard]] std::vector<Rational> value(const std::vector<Rational>& x) const {
    RationalMatrix u(U0.rows(), U0.cols());
    std::copy_n(x.begin(), u.size(), u.reshaped().begin());
    RationalMatrix b = RationalMatrix::Zero(u.cols(), u.cols());
    std::size_t at = static_cast<std::size_t>(u.size());
    for (Index j = 0; j < u.cols(); ++j) {
      for (Index i = 0; i < j; ++i) {
        b(i, j) = x[at++];
        b(j, i) = -b(i, j);
      }
    }
    const RationalMatrix first = multiply(landscape.slope(u), u) + multiply(U0, b);
    const RationalMatrix overlap = multiply(U0.transpose(), u);
    std::vector<Rational> result(first.reshaped().begin(), first.reshaped().end());
    for (Index j = 0; j < u.cols(); ++j) {
      for (Index i = 0; i < j; ++i)
        result.push_back(overlap(i, j) - overlap(j, i));
    }
    return result;
  }

  [[nodiscard]] EnclosedMatrix weights_in(const Box& box) const {
    EnclosedMatrix u(U0.rows(), U0.cols());
    std::copy_n(box.begin(), u.entries.size(), u.entries.begin());
    return u;
  }

  [[nodiscard]] EnclosedMatrix jacobian(const Box& box) const {
    const EnclosedMatrix inner = landscape.jacobian(weights_in(box));
    EnclosedMatrix result(size(), size());
    for (Index q = 0; q < inner.cols; ++q) {
      for (Index p = 0; p < inner.rows; ++p)
        result(p, q) = inner(p, q);
    }
    const Index n = U0.rows();
    Index at = U0.size();
    for (Index j = 0; j < U0.cols(); ++j) {
      for (Index i = 0; i < j; ++i, ++at) {
        for (Index a = 0; a < n; ++a) {
          // B_ij = x, B_ji = -x: U0 B has x U0_i in column j and -x U0_j in column i
          result(a + n * j, at) = Enclosure(U0(a, i));
          result(a + n * i, at) = Enclosure(-U0(a, j));
          // (U0^T U)_ij - (U0^T U)_ji
          result(at, a + n * j) = Enclosure(U0(a, i));
          result(at, a + n * i) = Enclosure(-U0(a, j));
        }
      }
    }
    return result;
  }
};

// f in floating point, for proposals.
struct Proposal {
  std::vector<MatrixXd> A;  // symmetric parts, doubled
  std::vector<double> b;

  [[nodiscard]] VectorXd residuals(const MatrixXd& u) const {
    VectorXd e(static_cast<Index>(b.size()));
    for (std::size_t l = 0; l < b.size(); ++l)
      e(static_cast<Index>(l)) = (A[l].array() * (u * u.transpose()).array()).sum() / 2 - b[l];
    return e;
  }
  // a quarter of the second derivatives' part that the residuals weigh
  [[nodiscard]] MatrixXd slope(const MatrixXd& u) const {
    const VectorXd e = residuals(u);
    MatrixXd sum = MatrixXd::Zero(u.rows(), u.rows());
    for (std::size_t l = 0; l < b.size(); ++l)
      sum += e(static_cast<Index>(l)) * A[l];
    return sum;
  }
  [[nodiscard]] VectorXd gradient(const MatrixXd& u) const {
    const MatrixXd g = 2 * slope(u) * u;
    return Eigen::Map<const VectorXd>(g.data(), g.size());
  }
  [[nodiscard]] MatrixXd hessian(const MatrixXd& u) const {
    MatrixXd h = MatrixXd::Zero(u.size(), u.size());
    for (const MatrixXd& a : A) {
      const MatrixXd image = a * u;
      const Eigen::Map<const VectorXd> v(image.data(), image.size());
      h += 2 * v * v.transpose();
    }
    const MatrixXd curvature = 2 * slope(u);
    for (Index c = 0; c < u.cols(); ++c)
      h.block(c * u.rows(), c * u.rows(), u.rows(), u.rows()) += curvature;
    return h;
  }
};

// Levenberg-Marquardt on the gradient: converges to critical points of every index.
MatrixXd critical_nearby(const Proposal& data, MatrixXd u) {
  double damping = 1e-2;
  VectorXd slope = data.gradient(u);
  for (int step = 0; step < 300 && damping < 1e10; ++step) {
    const MatrixXd h = data.hessian(u);
    MatrixXd normal = h * h;
    normal.diagonal().array() += damping * (1e-12 + normal.diagonal().maxCoeff());
    const VectorXd move = normal.ldlt().solve(h * slope);
    const MatrixXd next = u - Eigen::Map<const MatrixXd>(move.data(), u.rows(), u.cols());
    const VectorXd there = data.gradient(next);
    if (there.squaredNorm() < slope.squaredNorm()) {
      u = next;
      slope = there;
      damping = std::max(damping / 5, 1e-18);
    } else {
      damping *= 8;
    }
  }
  return u;
}

class Search {
 public:
  Search(const std::vector<RationalMatrix>& A, const RationalMatrix& V, const SearchOptions& options)
      : V_(V), M_(multiply(V, V.transpose())), landscape_(A, M_), options_(options), random_(options.seed) {
    for (const RationalMatrix& a : A) {
      data_.A.push_back(in_doubles(a + a.transpose()));
      data_.b.push_back(inner_product(a, M_).convert_to<double>());
    }
  }

  SearchResult result() && {
    if (const auto solution = prove(V_)) {
      found_.points.push_back(*solution);
      found_.points.back().solution = true;
    }
    grams_.push_back(in_doubles(M_));
    origin();
    const double scale = in_doubles(V_).norm();
    for (Index q = 1; q <= V_.cols(); ++q) {
      for (int start = 0; start < options_.starts; ++start) {
        MatrixXd u(V_.rows(), q);
        for (Index k = 0; k < u.size(); ++k)
          u(k) = scale * static_cast<double>(random_.integer(-1000, 1000)) / 1000;
        propose(critical_nearby(data_, u), scale);
      }
    }
    return std::move(found_);
  }

 private:
  void propose(const MatrixXd& u, double scale) {
    if (!u.allFinite() || data_.gradient(u).norm() > 1e-8 * scale * scale * scale) return;
    const MatrixXd gram = u * u.transpose();
    const bool deficient = u.jacobiSvd().singularValues().minCoeff() < 1e-3 * scale;  // found at its own rank
    const bool known = std::any_of(grams_.begin(), grams_.end(),
                                   [&](const MatrixXd& other) { return (gram - other).norm() < 1e-5 * scale * scale; });
    if (deficient || known) return;
    grams_.push_back(gram);
    if (auto point = prove(to_rational(u))) {
      found_.points.push_back(std::move(*point));
    } else {
      ++found_.unproved;
    }
  }

  [[nodiscard]] std::optional<EnclosedPoint> prove(const RationalMatrix& approximation) const {
    const Gauge gauge{landscape_, approximation};
    std::vector<Rational> start(approximation.reshaped().begin(), approximation.reshaped().end());
    start.resize(static_cast<std::size_t>(gauge.size()), Rational(0));
    const auto box =
        krawczyk({[&](const auto& x) { return gauge.value(x); }, [&](const auto& x) { return gauge.jacobian(x); }},
                 start, {Rational(1, 1'000'000'000'000), Rational(1, 1'000'000'000), Rational(1, 10'000'000)});
    if (!box) return std::nullopt;
    EnclosedPoint point;
    point.rank = approximation.cols();
    point.U = gauge.weights_in(*box);
    if (!certainly_positive_definite(transposed(point.U) * enclosed(approximation))) return std::nullopt;
    measure(point);
    return point;
  }

  void origin() {
    EnclosedPoint point;
    point.U = EnclosedMatrix(V_.rows(), 0);
    measure(point);
    found_.points.push_back(std::move(point));
    grams_.push_back(MatrixXd::Zero(V_.rows(), V_.rows()));
  }

  void measure(EnclosedPoint& point) const {
    const EnclosedMatrix error = point.rank == 0 ? enclosed(-M_) : landscape_.error(point.U);
    const EnclosedMatrix slope = landscape_.adjoint(error);
    point.error2 = squared_norm(error);
    for (std::size_t k = 0; k < slope.entries.size(); ++k)  // ||A(E)||^2 = <A*A(E), E>
      point.value = point.value + slope.entries[k] * error.entries[k];
    const Enclosure four{Rational(4)};
    if (point.rank > 0) point.lambda_min = four * least_eigenvalue(landscape_.jacobian(point.U), options_.width);
    if (point.rank == V_.cols()) return;
    const Enclosure normal = four * least_eigenvalue(slope, options_.width);
    point.lambda_min = point.rank == 0 ? normal : min(point.lambda_min, normal);
  }

  RationalMatrix V_;
  RationalMatrix M_;
  Landscape landscape_;
  SearchOptions options_;
  Random random_;
  Proposal data_;
  std::vector<MatrixXd> grams_;  // of what was proposed
  SearchResult found_;
};

}  // namespace

SearchResult find_critical_points(const std::vector<RationalMatrix>& A, const RationalMatrix& V,
                                  const SearchOptions& options) {
  if (rank(V) != V.cols()) throw std::invalid_argument("find_critical_points: V has not full column rank");
  return Search(A, V, options).result();
}

SquareSystem gauge_fixed_system(const std::vector<RationalMatrix>& A, const RationalMatrix& M,
                                const RationalMatrix& U0) {
  const auto landscape = std::make_shared<const Landscape>(A, M);
  return {[landscape, U0](const auto& x) {
            return Gauge{*landscape, U0}.value(x);
          },
          [landscape, U0](const auto& x) {
            return Gauge{*landscape, U0}.jacobian(x);
          }};
}

}  // namespace rankscape::matrix_sensing
