// Numbers are read exactly as spelled, and nothing else is read.

#include <rankscape/error.hpp>
#include <rankscape/exact/rational.hpp>

#include <doctest/doctest.h>

using namespace rankscape;

TEST_SUITE("quick") {
  TEST_CASE("numbers are read exactly as they are spelled") {
    CHECK(parse_rational("0") == 0);
    CHECK(parse_rational("-0") == 0);
    CHECK(parse_rational("-7") == -7);
    CHECK(parse_rational("007") == 7);  // decimal, not octal
    CHECK(parse_rational("-7/3") == Rational(-7, 3));
    CHECK(parse_rational("0.1") == Rational(1, 10));
    CHECK(parse_rational("1e-3") == Rational(1, 1000));
    CHECK(parse_rational("-2.5E+2") == -250);
    CHECK(parse_rational("12.50e1") == 125);
    CHECK(parse_rational("-1.") == -1);  // as NumPy prints it
    CHECK(parse_rational("2.e3") == 2000);
    CHECK(to_string(parse_rational("1e400")) == "1" + std::string(400, '0'));
  }

  TEST_CASE("fractions are reduced") {
    CHECK(to_string(parse_rational("2/4")) == "1/2");
    CHECK(to_string(parse_rational("-6/3")) == "-2");
    CHECK(parse_rational("2/4") == parse_rational("0.5"));
  }

  TEST_CASE("everything else is rejected in one line") {
    for (const std::string text : {"",
                                   "-",
                                   "+1",
                                   " 1",
                                   "1 ",
                                   "1/",
                                   "/2",
                                   "1/-2",
                                   "--1",
                                   ".5",
                                   "1e",
                                   "1e+",
                                   "e5",
                                   "1/2/3",
                                   "1/2e3",
                                   "1.5/2",
                                   "0x10",
                                   "1_000",
                                   "nan",
                                   "inf",
                                   "1e401",
                                   "1e-401",
                                   "1e99999999999999999999",
                                   "1/0",
                                   "1\n2",
                                   "1,5",
                                   "\xc3\xa9"}) {
      CAPTURE(text);
      try {
        (void)parse_rational(text);
        FAIL("accepted");
      } catch (const InputError& error) {
        const std::string message = error.what();
        CHECK(message.find('\n') == std::string::npos);
        CHECK(message.size() < 200);
      }
    }
    CHECK_THROWS_AS((void)parse_rational(std::string("1\0", 2)), InputError);
  }

  TEST_CASE("size limits") {
    CHECK(parse_rational(std::string(100'000, '0')) == 0);
    CHECK_THROWS_AS((void)parse_rational(std::string(100'001, '0')), InputError);
  }

  TEST_CASE("printing") {
    CHECK(to_string(Rational(-7, 3)) == "-7/3");
    CHECK(to_string(Rational(-7)) == "-7");
    CHECK(to_string(Integer(12)) == "12");
    CHECK(to_latex(Rational(-7, 3)) == "-\\frac{7}{3}");
    CHECK(to_latex(Rational(7, 3)) == "\\frac{7}{3}");
    CHECK(to_latex(Rational(-7)) == "-7");
    CHECK(sign(Rational(-1, 2)) == -1);
    CHECK(sign(Rational(0)) == 0);
    CHECK(sign(Integer(5)) == 1);
  }
}
