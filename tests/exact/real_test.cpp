// The language's reals: rationals stay exact, everything else is enclosed, comparison is three-valued.

#include <rankscape/value.hpp>

#include <doctest/doctest.h>

using namespace rankscape;

namespace {

Real square_root(long n) {
  return Real(real_roots({Rational(-n), Rational(0), Rational(1)}).front());
}

// A number known through enclosures only.
Real fuzzy(const Rational& center) {
  return Real([center](const Rational& width) { return Enclosure(center - width / 3, center + width / 2); });
}

}  // namespace

TEST_SUITE("quick") {
  TEST_CASE("rationals stay rationals") {
    const Real a(Rational(2, 3));
    const Real b(Rational(-5, 7));
    REQUIRE((a * b).exact() != nullptr);
    CHECK(*(a + b).exact() == Rational(-1, 21));
    CHECK(*(a - b).exact() == Rational(29, 21));
    CHECK(*(a * b).exact() == Rational(-10, 21));
    CHECK(*(a / b).exact() == Rational(-14, 15));
    CHECK(*(-a).exact() == Rational(-2, 3));
    CHECK(Real(RealRoot(Rational(3))).exact() != nullptr);
    CHECK(Real().exact()->is_zero());
  }

  TEST_CASE("arithmetic encloses the result as narrowly as asked") {
    const Real a = square_root(2);
    const Real b = square_root(3);
    const Real big = fuzzy(parse_rational("1e20"));
    for (const char* text : {"10", "1e-3", "1e-80"}) {
      const Rational width = parse_rational(text);
      CHECK((a * a).enclose(width).contains(2));
      CHECK((a * a).enclose(width).width() <= width);
      CHECK((a * big).enclose(width).width() <= width);
      CHECK((big / a).enclose(width).width() <= width);
      CHECK((a / a).enclose(width).contains(1));
      CHECK((a / a).enclose(width).width() <= width);
      CHECK(((a + b) * (a - b)).enclose(width).contains(-1));
      CHECK((a + b).enclose(width).width() <= width);
      CHECK((a - b).enclose(width).width() <= width);
    }
    const Enclosure root = (-a).enclose(parse_rational("1e-30"));
    CHECK(root.lo * root.lo > 2);
    CHECK(root.hi * root.hi < 2);
    CHECK(root.hi < 0);
  }

  TEST_CASE("comparison is exact for algebraic numbers and honest for others") {
    const Real a = square_root(2);
    CHECK(equal(a, square_root(2)) == Truth::yes);
    CHECK(less(a, square_root(2)) == Truth::no);
    CHECK(less(a, Real(parse_rational("1.4142135623730950488016887242096980785697"))) == Truth::yes);
    CHECK(less(a, Real(parse_rational("1.4142135623730950488016887242096980785696"))) == Truth::no);
    CHECK(equal(a * a, Real(Rational(2))) == Truth::yes);
    CHECK(equal(fuzzy(2), Real(Rational(2))) == Truth::unknown);  // enclosures never show equality
    CHECK(less(a * a, Real(2 + parse_rational("1e-50"))) == Truth::yes);
    CHECK(less(fuzzy(2), Real(2 + parse_rational("1e-70"))) == Truth::unknown);
    CHECK(equal(a * a, Real(2 + parse_rational("1e-50"))) == Truth::no);
  }

  TEST_CASE("sums, products and quotients of algebraic numbers are compared exactly") {
    const Real a = square_root(2);
    const Real b = square_root(3);
    const Real six = square_root(6);
    CHECK(equal(a * b, six) == Truth::yes);
    CHECK(equal((a + b) * (a + b), Real(Rational(5)) + Real(Rational(2)) * six) == Truth::yes);
    CHECK(equal(Real(Rational(1)) / (b - a), a + b) == Truth::yes);
    CHECK(equal(-a, -square_root(2)) == Truth::yes);
    CHECK(less(-a, -square_root(2)) == Truth::no);
    CHECK(equal(Real(Rational(6)) / a, Real(Rational(3)) * a) == Truth::yes);
    // near misses at 70 digits
    const Real tiny(parse_rational("1e-70"));
    CHECK(equal(a * b, six + tiny) == Truth::no);
    CHECK(less(a * b, six + tiny) == Truth::yes);
    CHECK(less(six + tiny, a * b) == Truth::no);
    // the sum of the roots of t^3 - 4 t^2 + t + 1 is 4, their product -1
    const auto roots = real_roots({Rational(1), Rational(1), Rational(-4), Rational(1)});
    REQUIRE(roots.size() == 3);
    const Real x(roots[0]);
    const Real y(roots[1]);
    const Real z(roots[2]);
    CHECK(equal(x + y + z, Real(Rational(4))) == Truth::yes);
    CHECK(equal(x * y * z, Real(Rational(-1))) == Truth::yes);
    CHECK(equal(x * x + y, x * x + z) == Truth::no);
    // beyond the degree that is tried nothing is guessed
    const auto wide = real_roots({Rational(-2), 0, 0, 0, 0, 0, 0, 0, 0, Rational(1)});
    const auto other = real_roots({Rational(-3), 0, 0, 0, 0, 0, 0, 0, 0, 0, Rational(1)});
    CHECK(equal(Real(wide.front()) * Real(other.front()), Real(other.front()) * Real(wide.front())) == Truth::unknown);
  }

  TEST_CASE("a number is asked for its algebraic form only where enclosures do not decide") {
    int asked = 0;
    const Real two(Real::Refine([](const Rational& width) { return Enclosure(2 - width / 3, 2 + width / 3); }),
                   [&asked]() -> std::optional<RealRoot> {
                     ++asked;
                     return RealRoot(Rational(2));
                   });
    CHECK(less(two, Real(Rational(3))) == Truth::yes);
    CHECK(asked == 0);
    CHECK(equal(two, Real(Rational(2))) == Truth::yes);
    CHECK(less(two, Real(Rational(2))) == Truth::no);
    CHECK(asked == 1);
  }

  TEST_CASE("division by what may be zero is undefined") {
    const Real one(Rational(1));
    const Real a = square_root(2);
    CHECK_THROWS_AS((void)(one / Real(Rational(0))), Undefined);
    CHECK_THROWS_AS((void)(one / (a * a - Real(Rational(2)))), Undefined);
    CHECK((one / (a * a - Real(2 - parse_rational("1e-40")))).enclose(Rational(1)).contains(parse_rational("1e40")));
    CHECK(*(Real(Rational(0)) * a).exact() == 0);
  }

  TEST_CASE("names of kinds") {
    CHECK(to_string(Kind::truth) == "truth");
    CHECK(to_string(Kind::sequence) == "sequence");
    CHECK(to_string(Kind::matrix) == "matrix");
  }
}
