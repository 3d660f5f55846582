// Critical points that second derivatives do not decide: the inputs of the issue, examples that are known to be sharp,
// and points at which a wrong theorem would say something.
#include <doctest/doctest.h>

#include "symmetry/better_point.hpp"
#include "symmetry/local_analysis.hpp"
#include "symmetry/losses.hpp"

using namespace rankscape;
using namespace rankscape::symmetry;
using namespace rankscape::symmetry::test;

namespace {

using namespace std::string_literals;
using Scalars = std::vector<Node>;

struct Analysed {
  Inertia inertia;
  LocalAnalysis analysis;
};

Analysed analysed(const Loss& loss, const RationalVector& x) {
  REQUIRE(loss.gradient(x).isZero());
  const RationalMatrix hessian = loss.hessian(x);
  Analysed result{inertia(hessian), {}};
  result.analysis = analyse(loss, x, result.inertia.zero == x.size() ? nullptr : &hessian, result.inertia);
  if (result.analysis.descent) {  // once more, by values
    const Descent& found = *result.analysis.descent;
    const Rational t(1, 1000000);
    RationalVector at = x;
    Rational power = t;
    for (const RationalVector& v : found.curve) {
      at += power * v;
      power *= t;
    }
    CHECK(loss.value(at) < loss.value(x));
  }
  return result;
}

Loss function(const std::vector<std::string>& names, const std::function<Node(Builder&, const Scalars&)>& formula) {
  return {scalars(names, formula), {}};
}

Rational coefficient(const std::optional<Descent>& descent) {
  return descent ? descent->coefficients.back() : Rational(0);
}

}  // namespace

TEST_SUITE("quick") {
  TEST_CASE("x^3 - 3 x y^2 falls at order 3") {
    const Loss loss = function({"x", "y"}, [](Builder& b, const Scalars& v) {
      return b.subtract(b.power(v[0], 3), b.scale(3, b.multiply(v[0], b.power(v[1], 2))));
    });
    const auto [at, found] = analysed(loss, vector({0, 0}));
    CHECK(at == Inertia{0, 2, 0});
    REQUIRE(found.descent);
    CHECK(found.descent->order == 3);
    REQUIRE(found.ascent);
    CHECK(found.ascent->order == 3);
    CHECK_FALSE(found.local);
  }

  TEST_CASE("(x - y^2)(x - 2 y^2): no line falls, a parabola does") {
    const Loss loss = function({"x", "y"}, [](Builder& b, const Scalars& v) {
      const Node y2 = b.power(v[1], 2);
      return b.multiply(b.subtract(v[0], y2), b.subtract(v[0], b.scale(2, y2)));
    });
    const auto [at, found] = analysed(loss, vector({0, 0}));
    CHECK(at == Inertia{0, 1, 1});
    REQUIRE(found.descent);
    CHECK(found.descent->order == 4);
    REQUIRE(found.descent->curve.size() == 2);
    const Rational scale = found.descent->curve[0](1);  // the speed of y
    CHECK(found.descent->curve[0](0) == 0);
    CHECK(found.descent->curve[1](0) == Rational(3, 2) * scale * scale);
    CHECK(coefficient(found.descent) == Rational(-1, 4) * scale * scale * scale * scale);
    CHECK_FALSE(found.local);
  }

  TEST_CASE("(x-1)^4 - (x-y)^4 - (y-z)^4 at (1,1,1) falls at order 4") {
    const Loss loss = function({"x", "y", "z"}, [](Builder& b, const Scalars& v) {
      return b.subtract(b.power(b.subtract(v[0], b.scalar(1)), 4),
                        b.add(b.power(b.subtract(v[0], v[1]), 4), b.power(b.subtract(v[1], v[2]), 4)));
    });
    const auto [at, found] = analysed(loss, vector({1, 1, 1}));
    CHECK(at == Inertia{0, 3, 0});
    REQUIRE(found.descent);
    CHECK(found.descent->order == 4);
    REQUIRE(found.ascent);
    CHECK(found.ascent->order == 4);
  }

  TEST_CASE("tied weights at zero: a local maximizer along a line of critical points") {
    Builder b;
    const Node x = b.input("x", 2, 1, false);
    const Node w = b.input("w", 2, 1, true);
    const Node encoded = b.dot(w, x);
    const Loss loss(b.finish({{"loss", b.norm2(b.subtract(x, b.scalar_multiply(encoded, w)))}}),
                    {matrix({{Rational(1, 2)}, {Rational(1, 2)}})});
    const auto [at, found] = analysed(loss, vector({0, 0}));
    CHECK(at == Inertia{1, 1, 0});
    CHECK_FALSE(found.ascent);
    REQUIRE(found.local);
    CHECK(found.local->kind == LocalProof::Kind::family);
  }

  TEST_CASE("matrix sensing: a spurious local minimizer modulo the rotation") {
    const Rational a(161, 289);
    const auto loss = Loss(sensing(3, 2,
                                   {{RationalMatrix(unit(3, 0, 0) + a * unit(3, 1, 1)), 161},
                                    {RationalMatrix(Rational(30, 17) * unit(3, 0, 1)), 0},
                                    {RationalMatrix(Rational(240, 289) * unit(3, 1, 1)), 0},
                                    {RationalMatrix(20 * unit(3, 0, 2)), 0},
                                    {RationalMatrix(20 * unit(3, 1, 2)), 0},
                                    {unit(3, 2, 2), 1}}),
                           {});
    const RationalVector u = vector({0, Rational(161, 17), 0, 0, 0, 1});
    const auto [at, found] = analysed(loss, u);
    CHECK(at == Inertia{0, 1, 5});
    CHECK(loss.value(u) == Rational(1493049600, 83521));
    REQUIRE(found.local);
    CHECK(found.local->kind == LocalProof::Kind::fields);
    CHECK(found.local->fields.size() == 1);
    const auto better = find_better_point(loss, u);
    REQUIRE(better);
    CHECK(loss.value(*better) < loss.value(u));
  }

  TEST_CASE("(u_1^2 - 1)^2 of two variables at 0: a local maximizer along e_2") {
    const auto loss = Loss(sensing(2, 1, {{unit(2, 0, 0), 1}}), {});
    const auto [at, found] = analysed(loss, vector({0, 0}));
    CHECK(at == Inertia{1, 1, 0});
    REQUIRE(found.local);
    CHECK(found.local->kind == LocalProof::Kind::fields);
    CHECK_FALSE(found.ascent);
  }

  TEST_CASE("the radial polynomial: a circle of local minimizers, not global") {
    // the derivative by s = x^2 + y^2 is (s - 1)(s - 4)(s - 9)
    const Loss loss = function({"x", "y"}, [](Builder& b, const Scalars& v) {
      const Node s = b.add(b.power(v[0], 2), b.power(v[1], 2));
      Node sum = b.scale(Rational(1, 4), b.power(s, 4));
      sum = b.add(sum, b.scale(Rational(-14, 3), b.power(s, 3)));
      sum = b.add(sum, b.scale(Rational(49, 2), b.power(s, 2)));
      return b.add(sum, b.scale(-36, s));
    });
    const RationalVector x = vector({Rational(3, 5), Rational(4, 5)});
    const auto [at, found] = analysed(loss, x);
    CHECK(at == Inertia{0, 1, 1});
    CHECK(loss.value(x) == Rational(-191, 12));
    REQUIRE(found.local);
    CHECK(found.local->kind == LocalProof::Kind::fields);
    CHECK(find_better_point(loss, x));
    CHECK_FALSE(find_better_point(loss, vector({3, 0})));  // the global minimizer
  }

  TEST_CASE("better points: the easy ones, and those that no double holds") {
    const auto cubic = [](const Rational& c) {
      return function({"x", "y"}, [&](Builder& b, const Scalars& v) {
        const Node squares = b.add(b.power(v[0], 2), b.power(v[1], 2));
        return b.subtract(squares, b.scale(c, b.power(v[1], 3)));
      });
    };
    for (const Rational& c : {Rational(1), Rational(1, 50), Rational(1) / pow(Integer(10), 400)}) {
      const Loss loss = cubic(c);
      const auto better = find_better_point(loss, vector({0, 0}));
      REQUIRE(better);
      CHECK(loss.value(*better) < 0);
    }
    const Loss quartic = function({"x"}, [](Builder& b, const Scalars& v) {
      const Node sum = b.subtract(b.scale(Rational(1, 4), b.power(v[0], 4)), b.scale(Rational(1, 3), b.power(v[0], 3)));
      return b.subtract(sum, b.power(v[0], 2));
    });
    const auto better = find_better_point(quartic, vector({-1}));
    REQUIRE(better);
    CHECK(quartic.value(*better) < quartic.value(vector({-1})));
    CHECK_FALSE(find_better_point(quartic, vector({2})));  // the global minimizer
    // not a line through the origin nor along a coordinate
    const Loss oblique = function({"x", "y"}, [](Builder& b, const Scalars& v) {
      const Node u = b.subtract(v[0], v[1]);
      const Node w = b.add(v[0], v[1]);
      return b.subtract(b.add(b.power(u, 2), b.power(w, 2)),
                        b.scale(Rational(1) / pow(Integer(10), 300), b.power(u, 3)));
    });
    CHECK(find_better_point(oblique, vector({0, 0})));
  }

  TEST_CASE("constant along the null space is not enough: (y + s^2)^2 - s^4") {
    const Loss loss = function({"s", "y"}, [](Builder& b, const Scalars& v) {
      return b.subtract(b.power(b.add(v[1], b.power(v[0], 2)), 2), b.power(v[0], 4));
    });
    const auto [at, found] = analysed(loss, vector({0, 0}));
    CHECK(at == Inertia{0, 1, 1});
    CHECK_FALSE(found.local);
    REQUIRE(found.descent);
    CHECK(found.descent->order == 4);
  }

  TEST_CASE("the order that decides is sharp: (y - z^2)^2 - z^4/2 is no minimizer") {
    const Loss loss = function({"y", "z"}, [](Builder& b, const Scalars& v) {
      return b.subtract(b.power(b.subtract(v[0], b.power(v[1], 2)), 2), b.scale(Rational(1, 2), b.power(v[1], 4)));
    });
    const auto [at, found] = analysed(loss, vector({0, 0}));
    CHECK_FALSE(found.local);
    REQUIRE(found.descent);
    CHECK(found.descent->order == 4);
    // the reduction alone, no curves: it may not stop with the line (0, z), whose form is z^4/2
    const auto reduction = reduce(loss, vector({0, 0}), loss.hessian(vector({0, 0})), matrix({{0}, {1}}));
    REQUIRE(reduction);
    CHECK(reduction->order == 4);
    CHECK(reduction->form == Polynomial::term(u"\0\0\0\0"s, Rational(-1, 2)));
    // with the other sign it is one, and q = 1 decides it
    const Loss other = function({"y", "z"}, [](Builder& b, const Scalars& v) {
      return b.add(b.power(b.subtract(v[0], b.power(v[1], 2)), 2), b.scale(Rational(1, 2), b.power(v[1], 4)));
    });
    const auto minimizer = analysed(other, vector({0, 0})).analysis;
    CHECK_FALSE(minimizer.descent);
    REQUIRE(minimizer.local);
    CHECK(minimizer.local->kind == LocalProof::Kind::form);
    CHECK(minimizer.local->reduction.order == 4);
  }

  TEST_CASE("two null directions: |x|^4/4 - b^2 x_1^2 x_2^2 / 8 decides") {
    for (int k = 0; k <= 3; ++k) {  // definite exactly for k^2 < 8
      CAPTURE(k);
      // y^2 + k x_1 x_2 y + |x|^4/4 + k^2/8 x_1^2 x_2^2, whose minimum over y has that form
      const Loss loss = function({"a", "b", "y"}, [k](Builder& b, const Scalars& v) {
        const Node r = b.add(b.power(v[0], 2), b.power(v[1], 2));
        const Node ab = b.multiply(v[0], v[1]);
        Node sum = b.add(b.power(v[2], 2), b.scale(Rational(1, 4), b.power(r, 2)));
        sum = b.add(sum, b.scale(k, b.multiply(ab, v[2])));
        return b.add(sum, b.scale(Rational(k * k, 8), b.power(ab, 2)));
      });
      const auto [at, found] = analysed(loss, vector({0, 0, 0}));
      CHECK(at == Inertia{0, 2, 1});
      CHECK(found.local.has_value() == (k * k < 8));
      CHECK(found.descent.has_value() == (k * k > 8));
      if (found.local) CHECK(found.local->kind == LocalProof::Kind::form);
    }
  }

  TEST_CASE("symmetries and a form together") {
    // (|u|^2 - 1)^2 + (z^2 - |u|^2 + 1)^2 ..: rotation of u, and z^4 beyond it
    const Loss loss = function({"u", "v", "z"}, [](Builder& b, const Scalars& v) {
      const Node r = b.subtract(b.add(b.power(v[0], 2), b.power(v[1], 2)), b.scalar(1));
      return b.add(b.power(r, 2), b.add(b.multiply(r, b.power(v[2], 2)), b.power(v[2], 4)));
    });
    const auto [at, found] = analysed(loss, vector({Rational(3, 5), Rational(-4, 5), 0}));
    CHECK(at == Inertia{0, 2, 1});
    REQUIRE(found.local);
    CHECK(found.local->kind == LocalProof::Kind::form);
    CHECK(found.local->fields.size() == 1);
    CHECK(found.local->reduction.parameters == 1);
    CHECK(found.local->reduction.order == 4);
  }

  TEST_CASE("a family of critical points that is no orbit") {
    // (y - x^3)^2 (1 + x^2): the curve y = x^3 of minimizers; no affine field keeps it
    const Loss loss = function({"x", "y"}, [](Builder& b, const Scalars& v) {
      return b.multiply(b.power(b.subtract(v[1], b.power(v[0], 3)), 2), b.add(b.scalar(1), b.power(v[0], 2)));
    });
    const auto [at, found] = analysed(loss, vector({1, 1}));
    CHECK(at == Inertia{0, 1, 1});
    REQUIRE(found.local);
    CHECK(found.local->kind == LocalProof::Kind::family);
  }

  TEST_CASE("a family and its rotations together") {
    // (y - x^3)^2 (1 + x^2) with x^2 in place of x: x^2 = u^2 + v^2 turns, and the curve y = (u^2 + v^2)^2 goes on
    const Loss loss = function({"u", "v", "y"}, [](Builder& b, const Scalars& v) {
      const Node r = b.add(b.power(v[0], 2), b.power(v[1], 2));
      return b.multiply(b.power(b.subtract(v[2], b.power(r, 2)), 2), b.add(b.scalar(1), b.power(v[2], 2)));
    });
    const auto [at, found] = analysed(loss, vector({0, 2, 16}));
    CHECK(at == Inertia{0, 2, 1});
    REQUIRE(found.local);
    CHECK(found.local->kind == LocalProof::Kind::family);
    CHECK(found.local->fields.size() + static_cast<std::size_t>(found.local->reduction.parameters) == 2);
  }

  TEST_CASE("a zero Hessian and a definite form: no sum of squares is needed") {
    const Loss loss = function({"x", "y"}, [](Builder& b, const Scalars& v) {
      const Node mixed = b.multiply(b.power(v[0], 3), v[1]);
      return b.add(b.add(b.power(v[0], 4), b.power(v[1], 4)), mixed);
    });
    const auto [at, found] = analysed(loss, vector({0, 0}));
    CHECK(at == Inertia{0, 2, 0});
    CHECK_FALSE(found.descent);
    CHECK(found.ascent);
    REQUIRE(found.local);
    CHECK(found.local->kind == LocalProof::Kind::form);
  }

  TEST_CASE("a quotient: the Rayleigh quotient at its least eigenvector") {
    Builder b;
    const Node x = b.input("x", 3, 1, true);
    const Node a = b.constant(matrix({{1, 0, 0}, {0, 1, 0}, {0, 0, 3}}));
    const Loss loss(b.finish({{"loss", b.divide(b.dot(x, b.multiply(a, x)), b.norm2(x))}}), {});
    const auto [at, found] = analysed(loss, vector({3, 4, 0}));
    CHECK(at == Inertia{0, 2, 1});
    REQUIRE(found.local);
    CHECK(found.local->fields.size() == 2);
    const auto top = analysed(loss, vector({0, 0, 2}));
    CHECK(top.inertia == Inertia{2, 1, 0});
    REQUIRE(top.analysis.local);
    CHECK_FALSE(top.analysis.ascent);
  }

  TEST_CASE("random polynomials: what is proved agrees with values nearby") {
    Random random(5);
    int proved = 0;
    int falling = 0;
    for (int turn = 0; turn < 60; ++turn) {
      CAPTURE(turn);
      const auto small = [&] { return Rational(random.integer(-2, 2), 2); };
      const Rational c[6] = {small(), small(), small(), small(), Rational(random.integer(0, 2)), small()};
      // y^2 + terms that vanish to third order: one null direction, z
      const Loss loss = function({"y", "z"}, [&c](Builder& b, const Scalars& v) {
        const Node z2 = b.power(v[1], 2);
        Node sum = b.power(v[0], 2);
        sum = b.add(sum, b.scale(c[0], b.multiply(v[0], z2)));
        sum = b.add(sum, b.scale(c[1], b.power(v[0], 3)));
        sum = b.add(sum, b.scale(c[2], b.multiply(b.power(v[0], 2), v[1])));
        sum = b.add(sum, b.scale(c[3], b.multiply(v[0], b.power(v[1], 3))));
        sum = b.add(sum, b.scale(c[4], b.power(v[1], 4)));
        return b.add(sum, b.scale(c[5], b.power(v[1], 5)));
      });
      const auto found = analysed(loss, vector({0, 0})).analysis;
      CHECK_FALSE((found.local && found.descent));
      const auto reduction = reduce(loss, vector({0, 0}), loss.hessian(vector({0, 0})), matrix({{0}, {1}}));
      REQUIRE(reduction);
      if (reduction->order > 0) {
        const bool falls = reduction->order % 2 != 0 || reduction->form.terms().begin()->second < 0;
        CHECK(falls == found.descent.has_value());
        CHECK(falls != found.local.has_value());
      }
      proved += found.local ? 1 : 0;
      falling += found.descent ? 1 : 0;
      if (!found.local) continue;
      for (int k = 0; k < 40; ++k) {
        const Rational z(random.integer(-50, 50), 5000);
        const Rational y = Rational(random.integer(-40, 40), 20) * z * z;
        if (y != 0 || z != 0) CHECK(loss.value(vector({y, z})) >= 0);
      }
    }
    CHECK(proved > 5);
    CHECK(falling > 5);
  }

  TEST_CASE("orders below a known one") {
    Random random(12);
    const Loss loss(network({2, 2, 2, 2, 2}), {random_unimodular(2, random)});
    const RationalVector x = RationalVector::Zero(16);
    const auto first = find_descent(loss, x, nullptr);
    REQUIRE(first.best);
    CHECK(first.best->order == 4);
    DescentOptions options;
    options.below = 4;
    const auto lower = find_descent(loss, x, nullptr, Direction::down, options);
    CHECK_FALSE(lower.best);
    CHECK(lower.lines > 0);
    options.below = 3;
    CHECK(find_descent(loss, x, nullptr, Direction::down, options).lines == 0);
    CHECK_FALSE(directed(first.best, Direction::up));
    CHECK(directed(first.best, Direction::down)->order == 4);
  }

  TEST_CASE("networks: global minimizers are minimizers modulo GL, zero weights fall") {
    Random random(11);
    for (int turn = 0; turn < 4; ++turn) {
      const RationalMatrix g = random_unimodular(2, random);
      const RationalMatrix w = random_unimodular(2, random);
      const Loss loss(network({2, 2, 2}), {multiply(w, g)});
      const auto [at, found] = analysed(loss, as_vector({g, w}));
      CHECK(at == Inertia{0, 4, 4});
      REQUIRE(found.local);
      CHECK(found.local->fields.size() == 4);
    }
    const Loss loss(network({2, 2, 2, 2}), {random_unimodular(2, random)});
    const auto [at, found] = analysed(loss, RationalVector(RationalVector::Zero(12)));
    CHECK(at == Inertia{0, 12, 0});
    REQUIRE(found.descent);
    CHECK(found.descent->order == 3);
  }
}

TEST_SUITE("standard") {
  TEST_CASE("zero weights of widths 5,50,50,50,5: order 4 without a matrix of size n") {
    RationalMatrix y = RationalMatrix::Zero(5, 5);
    for (Index i = 0; i < 5; ++i)
      y(i, i) = 10 * (i + 1);
    const Loss loss(network({5, 50, 50, 50, 5}), {y});
    const RationalVector x = RationalVector::Zero(loss.parameters());
    CHECK(loss.parameters() == 5500);
    CHECK(loss.gradient(x).isZero());
    REQUIRE(loss.hessian_vanishes(x));
    const LocalAnalysis found = analyse(loss, x, nullptr, {0, 5500, 0});
    REQUIRE(found.descent);
    CHECK(found.descent->order == 4);
    REQUIRE(found.ascent);
    CHECK(found.ascent->order == 4);
  }
}
