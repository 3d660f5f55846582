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
    CHECK(equal(a * a, Real(Rational(2))) == Truth::unknown);  // enclosures never show equality
    CHECK(less(a * a, Real(2 + parse_rational("1e-50"))) == Truth::yes);
    CHECK(less(fuzzy(2), Real(2 + parse_rational("1e-70"))) == Truth::unknown);
    CHECK(equal(a * a, Real(2 + parse_rational("1e-50"))) == Truth::no);
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
