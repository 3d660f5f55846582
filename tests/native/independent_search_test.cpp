// Nothing missed, by a search that does not know the parameterization: Levenberg-Marquardt steps on the gradient from
// random starts, in double precision and then with 100 digits, and recognition of what they converge to. Every value
// has to be one of the predicted ones, and the ranks of all partial products have to be those of an enumerated stratum.
//
// These are search statistics, not verdicts: a rank is read off a gap of many orders of magnitude between pivots, and a
// point is near a critical point, not one. A point whose pivots leave no such gap is not used (and they must be few).
#include <doctest/doctest.h>

#include <algorithm>
#include <boost/multiprecision/mpfr.hpp>
#include <map>
#include <nlohmann/json.hpp>
#include <numeric>
#include <set>

#include "exact/decompositions.hpp"
#include "native/closed_form.hpp"
#include "native/deep_linear/data.hpp"
#include "native/deep_linear/rank_order.hpp"

using namespace rankscape;
using namespace rankscape::deep_linear;

namespace {

using Digits100 =
    boost::multiprecision::number<boost::multiprecision::mpfr_float_backend<100>, boost::multiprecision::et_off>;

template <class S>
S from_rational(const Rational& value) {
  return S(numerator(value).str()) / S(denominator(value).str());
}
template <>
double from_rational<double>(const Rational& value) {
  return static_cast<double>(value);
}

template <class To, class From, class Convert>
Matrix<To> convert(const Matrix<From>& a, const Convert& one) {
  Matrix<To> b(a.rows(), a.cols());
  for (Index k = 0; k < a.size(); ++k)
    b(k) = one(a(k));
  return b;
}

template <class S>
test::Moments<S> moments_of(const ExactData& data) {
  const auto as = [](const RationalMatrix& a) { return convert<S>(a, from_rational<S>); };
  const test::Moments<Rational> exact = test::moments<Rational>(data.X, data.Y);
  return {as(exact.xx), as(exact.xy), as(exact.yy)};
}

template <class S>
std::vector<Matrix<S>> moved(std::vector<Matrix<S>> weights, const Vector<S>& step) {
  Index at = 0;
  for (Matrix<S>& w : weights) {
    for (Index k = 0; k < w.size(); ++k)
      w(k) += step(at++);
  }
  return weights;
}

/// Steps on |grad|^2 / 2 with Jacobian Hess, until |grad| < target. \return did it get there?
template <class S>
bool descend(std::vector<Matrix<S>>& weights, const test::Moments<S>& data, const S& target, int most_steps) {
  using std::pow;
  using std::sqrt;
  Vector<S> gradient = test::gradient<S>(weights, data);
  S norm = sqrt(gradient.squaredNorm());
  S factor(1);
  for (int step = 0; step < most_steps && norm > target; ++step) {
    const Matrix<S> hessian = test::hessian<S>(weights, data);
    // |grad|^(3/2): fast where the Hessian's kernel is tangent to the critical set, and not too slow where it is larger
    const S damping = factor * norm * sqrt(norm);
    Matrix<S> normal = hessian * hessian;
    for (Index k = 0; k < normal.rows(); ++k)
      normal(k, k) += damping;
    const Vector<S> right = hessian * gradient;
    const Vector<S> direction = Eigen::LLT<Matrix<S>>(normal).solve(right);
    const auto next = moved<S>(weights, Vector<S>(-direction));
    const Vector<S> gradient_there = test::gradient<S>(next, data);
    const S norm_there = sqrt(gradient_there.squaredNorm());
    if (norm_there < norm) {
      weights = next;
      gradient = gradient_there;
      norm = norm_there;
      if (factor > S(1) / 1000) factor /= 3;
    } else {
      factor *= 10;
      if (factor > S(1e12)) return false;
    }
  }
  return norm <= target;
}

/// Number of large pivots of Gaussian elimination with complete pivoting; nothing when a pivot is neither large nor
/// small.
std::optional<long> clear_rank(Matrix<Digits100> a) {
  using boost::multiprecision::abs;
  const Digits100 large("1e-5");
  const Digits100 small("1e-14");
  long rank = 0;
  while (rank < std::min(a.rows(), a.cols())) {
    Index row = rank;
    Index col = rank;
    for (Index j = rank; j < a.cols(); ++j) {
      for (Index i = rank; i < a.rows(); ++i) {
        if (abs(a(i, j)) > abs(a(row, col))) {
          row = i;
          col = j;
        }
      }
    }
    const Digits100 pivot = abs(a(row, col));
    if (pivot < small) return rank;
    if (pivot < large) return std::nullopt;
    a.row(row).swap(a.row(rank));
    a.col(col).swap(a.col(rank));
    for (Index i = rank + 1; i < a.rows(); ++i) {
      const Digits100 factor = a(i, rank) / a(rank, rank);
      for (Index j = rank; j < a.cols(); ++j)
        a(i, j) -= factor * a(rank, j);
    }
    ++rank;
  }
  return rank;
}

/// Ranks of the paths through `length` nodes from `start` on, from the numbers; nothing when one is not clear.
std::optional<std::map<std::pair<int, int>, long>> path_ranks(const std::vector<Matrix<Digits100>>& weights,
                                                              const Matrix<Digits100>& sxy) {
  std::vector<Matrix<Digits100>> arrow = weights;
  arrow.push_back(sxy);
  const int nodes = static_cast<int>(arrow.size());
  std::map<std::pair<int, int>, long> ranks;
  for (int start = 0; start < nodes; ++start) {
    const Index width = arrow[static_cast<std::size_t>(start)].cols();
    Matrix<Digits100> path = Matrix<Digits100>::Identity(width, width);
    for (int length = 1; length <= nodes; ++length) {
      const auto rank = clear_rank(path);
      if (!rank) return std::nullopt;
      ranks[{start, length}] = *rank;
      path = test::product<Digits100>(arrow[static_cast<std::size_t>((start + length - 1) % nodes)], path);
    }
  }
  return ranks;
}

std::vector<Matrix<double>> random_start(const Widths& widths, Random& random, bool low_rank, double scale) {
  std::vector<Matrix<double>> weights;
  const auto uniform = [&] { return static_cast<double>(random.integer(-1000, 1000)) / 1000; };
  for (std::size_t h = 1; h < widths.size(); ++h) {
    const Index rank = low_rank ? random.integer(0, std::min(widths[h], widths[h - 1])) : widths[h];
    const Matrix<double> left = Matrix<double>::NullaryExpr(widths[h], rank, uniform);
    const Matrix<double> right = Matrix<double>::NullaryExpr(rank, widths[h - 1], uniform);
    Matrix<double> w = scale * (left * right);
    for (Index k = 0; k < w.size(); ++k)
      w(k) += 0.01 * uniform();
    weights.push_back(std::move(w));
  }
  return weights;
}

struct Statistics {
  int starts = 0;
  int converged = 0;
  int unclear = 0;
  std::set<std::string> strata;
};

Statistics search(const Widths& widths, int starts, std::uint64_t seed) {
  Random random(seed);
  const ExactData data = make_data("general", widths.front(), widths.back(), random);
  const auto coarse = moments_of<double>(data);
  const auto fine = moments_of<Digits100>(data);
  const int layers = static_cast<int>(widths.size()) - 1;
  const auto dy = static_cast<std::size_t>(widths.back());

  // the predicted values, by S
  const Rational total = trace(test::moments<Rational>(data.X, data.Y).yy);
  std::map<std::vector<int>, Digits100> values;
  for (unsigned mask = 0; mask < (1U << dy); ++mask) {
    std::vector<int> S;
    Rational value = total;
    for (std::size_t i = 0; i < dy; ++i) {
      if ((mask >> i & 1U) == 0) continue;
      S.push_back(static_cast<int>(i) + 1);
      value -= data.sigma[i] * data.sigma[i];
    }
    if (S.size() <= static_cast<std::size_t>(*std::min_element(widths.begin(), widths.end()))) {
      values[S] = from_rational<Digits100>(value);
    }
  }
  std::set<std::string> enumerated;
  for (const RankedStratum& place : ranked_strata(widths))
    enumerated.insert(std::to_string(place.r) + " " + to_string(place.stratum));

  Statistics statistics;
  statistics.starts = starts;
  for (int k = 0; k < starts; ++k) {
    CAPTURE(k);
    auto rough = random_start(widths, random, k % 2 == 1, 1 << (k / 2 % 4));
    static_cast<void>(descend<double>(rough, coarse, 1e-9, 200));
    std::vector<Matrix<Digits100>> point;
    for (const Matrix<double>& w : rough)
      point.push_back(convert<Digits100>(w, [](double x) { return Digits100(x); }));
    if (!descend<Digits100>(point, fine, Digits100("1e-66"), 400)) continue;
    ++statistics.converged;

    const auto ranks = path_ranks(point, fine.xy);
    if (!ranks) {
      ++statistics.unclear;
      continue;
    }
    const long r = ranks->at({0, layers + 1});
    const Digits100 value = test::loss<Digits100>(point, fine);
    const auto match = std::find_if(values.begin(), values.end(), [&](const auto& entry) {
      return static_cast<long>(entry.first.size()) == r &&
             boost::multiprecision::abs(entry.second - value) < Digits100("1e-25");
    });
    CAPTURE(r);
    CAPTURE(value.str(30));
    REQUIRE(match != values.end());
    const auto stratum = stratum_from_ranks(layers, [&](int a, int length) { return ranks->at({a, length}) - r; });
    REQUIRE(stratum.has_value());
    const std::string name = std::to_string(r) + " " + to_string(*stratum);
    CAPTURE(name);
    CHECK(enumerated.count(name) == 1);
    statistics.strata.insert(name);
  }
  MESSAGE("widths with ", layers, " layers: ", statistics.converged, " of ", starts, " starts converged, ",
          statistics.unclear, " not recognized; strata hit: ", statistics.strata.size(), " of ", enumerated.size());
  for (const std::string& name : statistics.strata)
    MESSAGE("  r, strings: ", name);
  return statistics;
}

}  // namespace

TEST_SUITE("standard") {
  TEST_CASE("what an independent search finds is enumerated and has a predicted value") {
    const std::uint64_t seed = 20240617;
    CAPTURE(seed);
    const Statistics two = search({2, 2, 2}, 60, seed);
    CHECK(two.strata.size() == 3);  // all of them
    const Statistics wide = search({3, 2, 2}, 120, seed);
    CHECK(wide.strata.size() >= 4);  // of 5
    const Statistics three = search({2, 2, 2, 2}, 200, seed);
    CHECK(three.strata.size() >= 10);  // of 16
    for (const Statistics& found : {two, wide, three}) {
      CHECK(2 * found.converged > found.starts);
      CHECK(4 * found.unclear < found.converged);
    }
  }
}
