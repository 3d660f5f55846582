#include "symmetry/feasible_point.hpp"

#include <algorithm>
#include <cmath>

#include "exact/decompositions.hpp"
#include "exact/random.hpp"

namespace rankscape::symmetry {

namespace {

using Doubles = Vector<double>;
using Matrices = Eigen::MatrixXd;

// A part of the coordinates as a matrix that rotations multiply from the left: entry (i, j) is coordinate
// first + i * down + j * across.
struct Part {
  Index first = 0;
  Index rows = 0;
  Index cols = 0;
  Index down = 1;
  Index across = 1;

  template <class Number>
  [[nodiscard]] Eigen::Matrix<Number, Eigen::Dynamic, Eigen::Dynamic> of(const Vector<Number>& x) const {
    Eigen::Matrix<Number, Eigen::Dynamic, Eigen::Dynamic> part(rows, cols);
    for (Index j = 0; j < cols; ++j) {
      for (Index i = 0; i < rows; ++i)
        part(i, j) = x(first + i * down + j * across);
    }
    return part;
  }
  template <class Number>
  void put(const Eigen::Matrix<Number, Eigen::Dynamic, Eigen::Dynamic>& part, Vector<Number>& x) const {
    for (Index j = 0; j < cols; ++j) {
      for (Index i = 0; i < rows; ++i)
        x(first + i * down + j * across) = part(i, j);
    }
  }
};
using Parts = std::vector<Part>;

Index dimension(const Parts& parts) {
  Index sum = 0;
  for (const Part& part : parts)
    sum += part.rows * (part.rows - 1) / 2;
  return sum;
}

// How rotations may act on a weight, the freest first: on rows, on columns, from the left, from the right.
std::vector<Parts> actions(Index first, Index rows, Index cols) {
  Parts by_rows;
  Parts by_columns;
  for (Index i = 0; i < rows; ++i)
    by_rows.push_back({first + i, cols, 1, rows, 1});
  for (Index j = 0; j < cols; ++j)
    by_columns.push_back({first + j * rows, rows, 1, 1, 1});
  std::vector<Parts> all{by_rows, by_columns, {{first, rows, cols, 1, rows}}, {{first, cols, rows, rows, 1}}};
  std::stable_sort(all.begin(), all.end(), [](const Parts& a, const Parts& b) { return dimension(a) > dimension(b); });
  return all;
}

Doubles in_double(const RationalVector& x) {
  Doubles result(x.size());
  for (Index k = 0; k < x.size(); ++k)
    result(k) = x(k).convert_to<double>();
  return result;
}

Matrices cayley(const Matrices& skew) {
  const Matrices one = Matrices::Identity(skew.rows(), skew.cols());
  return (one + skew).partialPivLu().solve(one - skew);
}

// A rational orthogonal matrix near q: with signs D such that I + q D is far from singular, q D is the Cayley transform
// of a skew matrix, which is rounded.
RationalMatrix rounded_rotation(const Matrices& q, int bits, Random& random) {
  const Index n = q.rows();
  const Matrices one = Matrices::Identity(n, n);
  Matrices best;
  Doubles signs = Doubles::Ones(n);
  Doubles chosen = signs;
  double greatest = -1;
  for (int k = 0; k < 8; ++k) {
    const double size = std::abs((one + q * signs.asDiagonal()).determinant());
    if (size > greatest) {
      greatest = size;
      chosen = signs;
    }
    for (Index i = 0; i < n; ++i)
      signs(i) = random.integer(0, 1) == 0 ? 1 : -1;
  }
  const Matrices turned = q * chosen.asDiagonal();
  best = (one + turned).partialPivLu().solve(one - turned);
  RationalMatrix skew = RationalMatrix::Zero(n, n);
  RationalMatrix flips = RationalMatrix::Zero(n, n);
  for (Index j = 0; j < n; ++j) {
    flips(j, j) = chosen(j) > 0 ? 1 : -1;
    for (Index i = 0; i < j; ++i) {
      const double entry = std::isfinite(best(i, j)) ? std::clamp(best(i, j), -1e6, 1e6) : 0.0;
      skew(i, j) = Rational(static_cast<long>(std::llround(std::ldexp(entry, bits)))) / Rational(Integer(1) << bits);
      skew(j, i) = -skew(i, j);
    }
  }
  const RationalMatrix identity = RationalMatrix::Identity(n, n);
  const RationalMatrix inverted = inverse(RationalMatrix(identity + skew)).value();  // I + K is never singular
  return multiply({RationalMatrix(identity - skew), inverted, flips});
}

// In general position: no rotation by quarter turns.
RationalMatrix tilted(Index n, Random& random) {
  RationalMatrix skew = RationalMatrix::Zero(n, n);
  for (Index j = 0; j < n; ++j) {
    for (Index i = 0; i < j; ++i) {
      skew(i, j) = Rational(random.integer(2, 9), 11);
      skew(j, i) = -skew(i, j);
    }
  }
  const RationalMatrix identity = RationalMatrix::Identity(n, n);
  return multiply(RationalMatrix(identity - skew), inverse(RationalMatrix(identity + skew)).value());
}

class FeasibleSearch {
 public:
  FeasibleSearch(const Loss& lagrangian, const RationalVector& x, Index multipliers,
                 const FeasiblePointOptions& options)
      : loss_(lagrangian), options_(options), multipliers_(multipliers), x_(x), random_(1) {
    x_.tail(multipliers) = RationalVector::Zero(multipliers);
    value_ = loss_.value(x_);
    for (const auto& [first, rows, cols] : weights()) {
      for (const Parts& action : actions(first, rows, cols)) {
        if (!keeps_feasible(action)) continue;
        parts_.insert(parts_.end(), action.begin(), action.end());
        break;
      }
    }
  }

  std::optional<RationalVector> run() {
    if (parts_.empty()) return std::nullopt;
    const double target = value_.convert_to<double>();
    if (!std::isfinite(target)) return std::nullopt;
    for (int k = 0; k < options_.starts; ++k) {
      start(k);
      descend(target);
      if (!(value_at_ < target)) continue;
      for (const int bits : {0, 1, 3, 6, 12, 24}) {
        RationalVector candidate = x_;
        for (std::size_t p = 0; p < parts_.size(); ++p)
          parts_[p].put(multiply(rounded_rotation(turns_[p], bits, random_), parts_[p].of(x_)), candidate);
        if (feasible(candidate) && loss_.value(candidate) < value_) return candidate;
      }
    }
    return std::nullopt;
  }

 private:
  struct Weight {
    Index first;
    Index rows;
    Index cols;
  };
  // Without the last one, the multipliers.
  [[nodiscard]] std::vector<Weight> weights() const {
    std::vector<Weight> result;
    Index next = 0;
    for (const RationalMatrix& w : as_weights(x_, loss_.program())) {
      result.push_back({next, w.rows(), w.cols()});
      next += w.size();
    }
    result.pop_back();
    return result;
  }

  [[nodiscard]] bool feasible(const RationalVector& x) const {
    return is_zero(RationalMatrix(loss_.gradient(x).tail(multipliers_)));
  }

  // All rotations at once, as random ones show.
  bool keeps_feasible(const Parts& action) {
    RationalVector turned = x_;
    for (const Part& part : action)
      part.put(multiply(tilted(part.rows, random_), part.of(x_)), turned);
    return feasible(turned);
  }

  // Near the point, and anywhere; reflections among them.
  void start(int number) {
    turns_.clear();
    for (const Part& part : parts_) {
      Matrices skew = Matrices::Zero(part.rows, part.rows);
      const double scale = number % 3 == 0 ? 0.2 : 1.5;
      for (Index j = 0; j < part.rows; ++j) {
        for (Index i = 0; i < j; ++i) {
          skew(i, j) = scale * static_cast<double>(random_.integer(-8, 8)) / 8;
          skew(j, i) = -skew(i, j);
        }
      }
      Doubles signs(part.rows);
      for (Index i = 0; i < part.rows; ++i)
        signs(i) = number % 3 == 0 || random_.integer(0, 1) == 0 ? 1 : -1;
      turns_.emplace_back(cayley(skew) * signs.asDiagonal());
    }
  }

  [[nodiscard]] Doubles there(const std::vector<Matrices>& turns) const {
    Doubles x = in_double(x_);
    const Doubles start = x;
    for (std::size_t p = 0; p < parts_.size(); ++p)
      parts_[p].put<double>(turns[p] * parts_[p].of(start), x);
    return x;
  }

  // Steepest descent with backtracking, along Cayley transforms; until the value is well below the target.
  void descend(double target) {
    Doubles x = there(turns_);
    value_at_ = loss_.value(x);
    double length = 1;
    const double enough = target - 0.02 * (1 + std::abs(target));
    for (int step = 0; step < options_.steps && std::isfinite(value_at_) && value_at_ > enough; ++step) {
      const Doubles gradient = loss_.gradient(x);
      std::vector<Matrices> slopes;
      double square = 0;
      for (const Part& part : parts_) {
        const Matrices product = part.of(gradient) * part.of(x).transpose();
        slopes.emplace_back(product - product.transpose());
        square += slopes.back().squaredNorm() / 2;
      }
      if (square <= 1e-12 * (1 + value_at_ * value_at_)) break;
      bool moved = false;
      const double before = value_at_;
      for (int halving = 0; halving < 30 && !moved; ++halving) {
        std::vector<Matrices> turned;
        for (std::size_t p = 0; p < parts_.size(); ++p)
          turned.emplace_back(cayley(length / 2 * slopes[p]) * turns_[p]);
        Doubles next = there(turned);
        const double lower = loss_.value(next);
        moved = std::isfinite(lower) && lower <= value_at_ - 1e-4 * length * square && lower < value_at_;
        if (moved) {
          turns_ = std::move(turned);
          x = std::move(next);
          value_at_ = lower;
        }
        length *= moved ? 2.0 : 0.5;
      }
      if (!moved || before - value_at_ <= 1e-9 * (1 + std::abs(before))) break;
    }
  }

  const Loss& loss_;
  FeasiblePointOptions options_;
  Index multipliers_;
  RationalVector x_;
  Rational value_;
  Random random_;
  Parts parts_;
  std::vector<Matrices> turns_;  // of each part
  double value_at_ = 0;
};

}  // namespace

std::optional<RationalVector> find_better_feasible_point(const Loss& lagrangian, const RationalVector& x,
                                                         Index multipliers, const FeasiblePointOptions& options) {
  return FeasibleSearch(lagrangian, x, multipliers, options).run();
}

}  // namespace rankscape::symmetry
