// Matrix sensing: the two instances of the literature, the measurements made for a form, the isometry constants against
// samples, global minimality, and completeness of the explicit critical points against an independent search.
#include <doctest/doctest.h>

#include <Eigen/Dense>
#include <fstream>
#include <native/matrix_sensing/adviser.hpp>
#include <native/matrix_sensing/families.hpp>
#include <native/matrix_sensing/form.hpp>
#include <random>
#include <rankscape/check/evidence.hpp>
#include <rankscape/error.hpp>

#include "check/certificate.hpp"
#include "landscapes.hpp"

using namespace rankscape;
using namespace rankscape::matrix_sensing;

namespace {

RationalMatrix matrix(std::initializer_list<std::initializer_list<Rational>> rows) {
  RationalMatrix a(static_cast<Index>(rows.size()), static_cast<Index>(rows.begin()->size()));
  Index i = 0;
  for (const auto& row : rows) {
    Index j = 0;
    for (const Rational& entry : row)
      a(i, j++) = entry;
    ++i;
  }
  return a;
}

Point point_of(std::vector<RationalMatrix> A, std::vector<Rational> b, RationalMatrix u) {
  Point point;
  point.model = "matrix-sensing";
  point.weights = {std::move(u)};
  point.data.emplace("A", std::move(A));
  point.data.emplace("b", std::move(b));
  return point;
}

const Landscape& sensing() {
  return test::landscape("matrix-sensing");
}

// A point and what is known of it.
struct Known {
  std::unique_ptr<Instance> instance;

  explicit Known(Point point) : instance(sensing().instance(std::move(point))) {}
  explicit Known(const Recipe& recipe, std::uint64_t seed) : Known(recipe.build(seed)) {}
  [[nodiscard]] const MatrixSensingAdvice* operator->() const {
    return dynamic_cast<const MatrixSensingAdvice*>(instance->advice());
  }
};

// ||A(X)||^2 of Zhang, Josz, Sojoudi, Lavaei (2018), with M = diag(2, 0) so that the point (0, 1) is rational; s^2 =
// 3/4 comes from three copies with s = 1/2.
Point second_order_at_one_half() {
  std::vector<RationalMatrix> A{matrix({{1, 0}, {0, Rational(1, 2)}})};
  std::vector<Rational> b{2};
  for (int copy = 0; copy < 3; ++copy) {
    A.push_back(matrix({{0, Rational(1, 2)}, {Rational(1, 2), 0}}));
    A.push_back(matrix({{0, 0}, {0, Rational(1, 2)}}));
    b.insert(b.end(), {0, 0});
  }
  return point_of(std::move(A), std::move(b), matrix({{0}, {1}}));
}

Rational norm2(const RationalMatrix& a) {
  return inner_product(a, a);
}

RationalMatrix random_symmetric(Index n, Index rank_at_most, Random& random) {
  RationalMatrix sum = RationalMatrix::Zero(n, n);
  for (Index k = 0; k < rank_at_most; ++k) {
    const RationalMatrix v = random_integers(n, 1, 3, random);
    sum += Rational(random.integer(-2, 2)) * multiply(v, v.transpose());
  }
  return sum;
}

}  // namespace

TEST_SUITE("quick") {
  TEST_CASE("a second-order point at delta = 1/2 that is no local minimizer") {
    const Known at(second_order_at_one_half());
    CHECK(*at->bounds().lower.exact() == Rational(1, 2));
    CHECK(*at->bounds().upper.exact() == Rational(3, 2));
    CHECK(at->bounds().exact);
    CHECK(at->reference() == matrix({{2, 0}, {0, 0}}));
    CHECK(at->noise() == 0);
    const Evidence evidence = examine(*at.instance);
    CHECK(evidence.verdict == Verdict::non_strict_saddle);
    CHECK(*evidence.hessian == Inertia{0, 1, 1});
    REQUIRE(evidence.descent.has_value());
    CHECK(evidence.descent->order == 4);
    // (t, 1 + w t^2): t^4 (1 + 8 w + 4 w^2), least at w = -1
    REQUIRE(evidence.descent->curve.size() >= 2);
    const Rational& speed = evidence.descent->curve[0][0](0);
    CHECK(evidence.descent->coefficients[4] == -3 * speed * speed * speed * speed);
    CHECK(evidence.descent->curve[1][0](1) == -speed * speed);
    // no line descends: along all of them the lowest term is positive
    for (int slope = -6; slope <= 6; ++slope) {
      const auto line = at.instance->along({{matrix({{1}, {Rational(slope, 3)}})}});
      const auto lowest = std::find_if(line.begin(), line.end(), [](const Rational& c) { return c != 0; });
      REQUIRE(lowest != line.end());
      CHECK(*lowest > 0);
    }
  }

  TEST_CASE("a spurious local minimizer at delta = 161/289") {
    const Known at(
        point_of({matrix({{1, 0}, {0, Rational(161, 289)}}), matrix({{0, Rational(15, 17)}, {Rational(15, 17), 0}}),
                  matrix({{0, 0}, {0, Rational(240, 289)}})},
                 {161, 0, 0}, matrix({{0}, {Rational(161, 17)}})));
    CHECK(*at->delta().exact() == Rational(161, 289));
    const Evidence evidence = examine(*at.instance);
    CHECK(evidence.verdict == Verdict::local_minimizer);
    CHECK(evidence.value > 0);
    // a better point is named, exactly
    const certificate::Claims claims = claims_of(*at.instance, evidence);
    REQUIRE(claims.better.has_value());
    CHECK_FALSE(claims.global.has_value());
    CHECK(at.instance->loss_at({RationalMatrix(claims.better->reshaped(2, 1))}) < evidence.value);
  }

  TEST_CASE("every nonnegative rational is a sum of four squares, and those returned are") {
    Random random(5);
    for (int k = 0; k < 300; ++k) {
      Integer n = k;
      if (k >= 200) n = Integer(random.bits()) * Integer(random.bits()) * Integer(random.bits()) + k;
      const Rational value(n, Integer(1 + k % 7));
      Rational sum = 0;
      for (const Rational& part : four_squares(value))
        sum += part * part;
      CHECK(sum == value);
    }
    CHECK_THROWS_AS(static_cast<void>(four_squares(Rational(-1, 3))), std::invalid_argument);
  }

  TEST_CASE("measurements have the form that they are made for") {
    Random random(7);
    for (int k = 0; k < 20; ++k) {
      const Index n = 2 + k % 3;
      const Index size = symmetric_dimension(n);
      const RationalMatrix root = random_integers(k % 4 == 0 ? size - 1 : size + 1, size, 2, random);
      const RationalMatrix form = multiply(root.transpose(), root);
      const std::vector<RationalMatrix> A = measurements_of(form, n);
      CHECK(form_of(A, n) == form);
      const RationalMatrix X = random_symmetric(n, n, random);
      Rational sum = 0;
      for (const RationalMatrix& a : A)
        sum += inner_product(a, X) * inner_product(a, X);
      const RationalMatrix x = coordinates(X);
      CHECK(sum == multiply({x.transpose(), form, x})(0, 0));
    }
    RationalMatrix indefinite = RationalMatrix::Identity(3, 3);
    indefinite(2, 2) = -1;
    CHECK_THROWS_AS(static_cast<void>(measurements_of(indefinite, 2)), std::invalid_argument);
  }

  TEST_CASE("constants of isotropic forms at restricted rank: attained, and not exceeded") {
    const Index n = 5;
    const RationalMatrix e = coordinates(RationalMatrix::Identity(n, n));
    for (const Rational& theta : {Rational(1, 6), Rational(-2, 3)}) {
      RationalMatrix form = -theta * multiply(e, e.transpose());
      form.diagonal() += coordinate_weights(n);
      const RestrictedBounds bounds = restricted_bounds(form, n, 4);
      REQUIRE(bounds.exact);
      const auto ratio = [&](const RationalMatrix& X) {
        const RationalMatrix x = coordinates(X);
        return Rational(multiply({x.transpose(), form, x})(0, 0) / norm2(X));
      };
      RationalMatrix projection = RationalMatrix::Identity(n, n);
      projection(4, 4) = 0;
      RationalMatrix traceless = RationalMatrix::Zero(n, n);
      traceless(0, 0) = 1;
      traceless(1, 1) = -1;
      const Rational a = ratio(projection);
      const Rational b = ratio(traceless);
      CHECK(*bounds.lower.exact() == std::min(a, b));
      CHECK(*bounds.upper.exact() == std::max(a, b));
      // over all matrices it is wider, which the restricted one must not be
      CHECK(ratio(RationalMatrix::Identity(n, n)) != a);
      CHECK(*restricted_bounds(form, n, n).lower.exact() <= *bounds.lower.exact());
    }
    RationalMatrix other = coordinate_weights(n).asDiagonal();
    other(1, 1) = 3;
    CHECK_FALSE(restricted_bounds(other, n, 4).exact);
  }

  TEST_CASE("no matrix of restricted rank leaves the bounds, at every kind of data") {
    Random random(11);
    Scope scope;
    scope.shapes = {{3, 1}, {4, 1}, {3, 2}};
    scope.data = data_kinds();
    int seen = 0;
    const auto recipes = sensing().cases(scope);
    for (std::size_t c = 0; c < recipes.size(); c += 37) {
      CAPTURE(recipes[c]->key());
      const Known at(*recipes[c], 3);
      for (int k = 0; k < 4; ++k) {
        const RationalMatrix X = random_symmetric(at->u().rows(), 2 * at->u().cols(), random);
        Rational measured = 0;
        for (const RationalMatrix& a : at.instance->matrices("A"))
          measured += inner_product(a, X) * inner_product(a, X);
        CHECK(less(Real(measured), at->bounds().lower * Real(norm2(X))) == Truth::no);
        CHECK(less(at->bounds().upper * Real(norm2(X)), Real(measured)) == Truth::no);
      }
      ++seen;
    }
    CHECK(seen > 10);
  }

  TEST_CASE("what is built is critical and what the recipe says; counts agree with lists") {
    Scope scope;
    scope.shapes = {{2, 1}, {2, 2}, {3, 2}};
    scope.data = data_kinds();
    const auto recipes = sensing().cases(scope);
    CHECK(recipes.size() == sensing().count_cases(scope));
    for (const auto& recipe : recipes) {
      CAPTURE(recipe->key());
      const Known at(*recipe, 8);
      CHECK(recipe->mismatch(*at.instance, 8) == "");
    }
    // a recipe that promises something is not satisfied by the point of another
    const Known other(*recipes.front(), 8);
    std::size_t refused = 0;
    for (const auto& recipe : recipes)
      refused += recipe->mismatch(*other.instance, 8).empty() ? 0 : 1;
    CHECK(refused > recipes.size() / 2);
  }

  TEST_CASE("data and weights that do not fit are told") {
    const RationalMatrix u = matrix({{1}, {0}});
    const RationalMatrix a = matrix({{1, 0}, {0, 1}});
    CHECK_THROWS_AS(Known(point_of({a}, {1, 2}, u)), InputError);
    CHECK_THROWS_AS(Known(point_of({matrix({{1}})}, {1}, u)), InputError);
    Point extra = point_of({a}, {1}, u);
    extra.data.emplace("C", a);
    CHECK_THROWS_AS(Known(std::move(extra)), InputError);
    Point skew = point_of({a}, {1}, u);
    skew.data.emplace("M", matrix({{0, 1}, {-1, 0}}));
    CHECK_THROWS_AS(Known(std::move(skew)), InputError);
    CHECK_THROWS_AS(static_cast<void>(sensing().cases({.shapes = {{1, 1}}, .positions = {}, .data = {}})), InputError);
    CHECK_THROWS_AS(static_cast<void>(sensing().cases({.shapes = {{2, 1}}, .positions = {}, .data = {"x"}})),
                    InputError);
  }

  TEST_CASE("measurements that do not determine M leave it undefined, and nothing depends on it") {
    const Known at(point_of({matrix({{1, 0}, {0, 0}})}, {4}, matrix({{0}, {1}})));
    CHECK_THROWS_AS(static_cast<void>(at->reference()), Undefined);
    const Evidence evidence = examine(*at.instance);  // f = (u_1^2 - 4)^2, constant in u_2
    CHECK(evidence.verdict == Verdict::local_maximizer);
    const Known best(point_of({matrix({{1, 0}, {0, 0}})}, {-4}, matrix({{0}, {1}})));
    CHECK(examine(*best.instance).verdict == Verdict::global_minimizer);  // value 16, convex: no square is -4
    CHECK(claims_of(*best.instance, examine(*best.instance)).global.has_value());
  }
}

TEST_SUITE("standard") {
  // n = 2, r = 1, isotropic: for one set of data, predicted critical points (up to sign) from the formulas of
  // families.hpp against all that Newton's method finds from many starts.
  TEST_CASE("the explicit critical points of an isotropic form are all that there are") {
    for (const double theta : {0.3, -0.8}) {
      for (const double small : {0.0, 1.0}) {
        CAPTURE(theta);
        CAPTURE(small);
        const Eigen::Vector2d lambda(3, small);
        std::vector<Eigen::Vector2d> predicted{Eigen::Vector2d::Zero()};
        for (int i = 0; i < 2; ++i) {
          const double shift = -theta * lambda(1 - i) / (1 - theta);
          if (lambda(i) + shift > 1e-12) {
            predicted.emplace_back(Eigen::Vector2d::Unit(i) * std::sqrt(lambda(i) + shift));
          }
        }
        std::vector<bool> found(predicted.size(), false);
        std::mt19937_64 random(1);
        std::uniform_real_distribution<double> uniform(-3, 3);
        for (int start = 0; start < 500; ++start) {
          Eigen::Vector2d u(uniform(random), uniform(random));
          Eigen::Vector2d slope;
          for (int step = 0; step < 100; ++step) {
            Eigen::Matrix2d E = u * u.transpose();
            E.diagonal() -= lambda;
            const Eigen::Matrix2d G = E - theta * E.trace() * Eigen::Matrix2d::Identity();
            slope = 4 * G * u;
            const Eigen::Matrix2d hessian = 4 * (G + u.squaredNorm() * Eigen::Matrix2d::Identity() + u * u.transpose() -
                                                 2 * theta * u * u.transpose());
            u -= hessian.fullPivLu().solve(slope);
          }
          if (!(slope.norm() < 1e-10)) continue;
          bool known = false;
          for (std::size_t k = 0; k < predicted.size(); ++k) {
            if (std::min((u - predicted[k]).norm(), (u + predicted[k]).norm()) > 1e-6) continue;
            known = true;
            found[k] = true;
          }
          CHECK(known);
        }
        CHECK(std::count(found.begin(), found.end(), true) == static_cast<long>(found.size()));
      }
    }
  }
}
