// What formulas mean: exact values, Kleene's connectives, undefined quantities, bounds on the work.
#include "language/toy_language.hpp"

#include <doctest/doctest.h>

namespace rankscape {
namespace {

using toy::truth_of;
using toy::value_of;

constexpr Truth yes = Truth::yes;
constexpr Truth no = Truth::no;
constexpr Truth unknown = Truth::unknown;

// Formulas of each truth value.
const std::vector<std::pair<std::string, Truth>> samples = {
    {"1 < 2", yes}, {"2 < 1", no}, {"fuzzy == 2", unknown}, {"nowhere == 1", unknown}, {"flag", unknown}};

std::string undefined(const std::string& text) {
  try {
    static_cast<void>(value_of(text));
  } catch (const Undefined& error) {
    return error.what();
  }
  return "defined";
}

TEST_SUITE("quick") {
  TEST_CASE("connectives follow Kleene's tables, whatever makes an operand unknown") {
    const auto kleene_and = [](Truth a, Truth b) {
      return a == no || b == no ? no : a == yes && b == yes ? yes : unknown;
    };
    const auto kleene_or = [](Truth a, Truth b) {
      return a == yes || b == yes ? yes : a == no && b == no ? no : unknown;
    };
    for (const auto& left : samples) {
      CAPTURE(left.first);
      const Truth not_a = left.second == yes ? no : left.second == no ? yes : unknown;
      CHECK(truth_of("not (" + left.first + ")") == not_a);
      for (const auto& right : samples) {
        CAPTURE(right.first);
        CHECK(truth_of("(" + left.first + ") and (" + right.first + ")") == kleene_and(left.second, right.second));
        CHECK(truth_of("(" + left.first + ") or (" + right.first + ")") == kleene_or(left.second, right.second));
        CHECK(truth_of("(" + left.first + ") implies (" + right.first + ")") == kleene_or(not_a, right.second));
        CHECK(truth_of("(" + left.first + ") iff (" + right.first + ")") ==
              (left.second == unknown || right.second == unknown ? unknown
               : left.second == right.second                     ? yes
                                                                 : no));
        // Over left.second two-element range, the quantifiers are the connectives.
        const std::string choice = "if i == 1 then " + left.first + " else (" + right.first + ")";
        CHECK(truth_of("all(i in 1..2 : " + choice + ")") == kleene_and(left.second, right.second));
        CHECK(truth_of("any(i in 1..2 : " + choice + ")") == kleene_or(left.second, right.second));
        CHECK(truth_of("all(i in {1} where " + left.first + " : " + right.first + ")") ==
              kleene_or(not_a, right.second));
        CHECK(truth_of("any(i in {1} where " + left.first + " : " + right.first + ")") ==
              kleene_and(left.second, right.second));
        for (const auto& [s, c] : samples) {
          const Truth expected = c == yes                      ? left.second
                                 : c == no                     ? right.second
                                 : left.second == right.second ? left.second
                                                               : unknown;
          CHECK(truth_of("if " + s + " then (" + left.first + ") else (" + right.first + ")") == expected);
        }
      }
    }
  }

  TEST_CASE("conditions that hold, and those that do not") {
    const std::vector<std::pair<std::string, Truth>> table = {
        {"true", yes},
        {"false", no},
        {"0.1 == 1/10", yes},
        {"1/3 + 1/3 + 1/3 == 1", yes},
        {"1/3 == 0.333333333333", no},
        {"1e-3 == 0.001", yes},
        {"2.5E+2 == 250", yes},
        {"007 == 7", yes},
        {"123456789012345678901234567890 > 1e29", yes},
        {"1 + 2 * 3 == 7", yes},
        {"2 * 3 ^ 2 == 18", yes},
        {"-2 ^ 2 == -4", yes},
        {"2 ^ -1 == 1/2", yes},
        {"10 - 3 - 2 == 5", yes},
        {"12 / 3 / 2 == 2", yes},
        {"-2/5 * 5 == -2", yes},
        {"2 - -3 == 5", yes},
        {"x ^ 3 * 27 == 1", yes},
        {"0 ^ 0 == 1", yes},
        {"2 ^ 62 == huge", yes},
        {"1 < 2 <= 2 < 3", yes},
        {"1 < 2 > 3", no},
        {"1 == 1 != 2", yes},
        {"1 < nowhere < 0", unknown},
        {"2 < 1 < nowhere", no},
        {"nowhere < 2 < 1", no},
        {"S == {1..r}", yes},
        {"S == {}", no},
        {"T == {3, 1, 1..0}", yes},
        {"T != {1..3}", yes},
        {"{1..3} minus T == {2}", yes},
        {"S union T == T", yes},
        {"S intersect {2..9} == {}", yes},
        {"S subset T", yes},
        {"T subset S", no},
        {"3 in T", yes},
        {"2 not in T", yes},
        {"|T| == 2", yes},
        {"{1..2} union {4} minus {1} == {2, 4}", yes},
        {"card({1, 2..4}) == 4", yes},
        {"{1} union {1, 2} intersect {2} == {1, 2}", yes},
        {"all(i in 1..0 : 1 == 2)", yes},
        {"any(i in 1..0 : 1 == 1)", no},
        {"sum(i in {} : i) == 0", yes},
        {"sum(i in T : lambda(i)) == 10", yes},
        {"sum(i in 1..3, j in 1..i-1 : i * j) == 11", yes},
        {"sum(i in 1..10 where i not in T : 1) == 8", yes},
        {"count(i in 1..10 : i ^ 2 > 50) == 3", yes},
        {"min(i in 1..3 : lambda(i)) == 1", yes},
        {"max(i in T, j in T : i - j) == 2", yes},
        {"min(3, 1/2, 2) == 0.5", yes},
        {"max(r, rmax) == 2", yes},
        {"max(x, fuzzy) > 1.9", yes},
        {"abs(-3) == 3", yes},
        {"abs(x - 1) == 2/3", yes},
        {"sqrt(4) == 2", yes},
        {"sqrt(2) ^ 2 < 2.0000001", yes},
        {"sqrt(2) < 3/2", yes},
        {"sqrt(2) == sqrt(2)", yes},
        {"sqrt(2) != 1.41421356237309504880168872420969807857", yes},
        {"sqrt(fuzzy) < 1.5", yes},
        {"sqrt(fuzzy) > 1.4", yes},
        {"sqrt(-1) == 0", unknown},
        {"rank(A) == 2 and rank(B) == 1", yes},
        {"rank(A * B) == 1", yes},
        {"rank(A + B - A) == 1", yes},
        {"A * B != B * A", yes},
        {"transpose(B) == B", yes},
        {"inverse(A) * A == A * inverse(A) and entry(inverse(A), 1, 1) == -2", yes},
        {"rank(inverse(B)) == 2", unknown},
        {"rank(inverse(C)) == 1", unknown},
        {"projector(A) == A * inverse(A)", yes},
        {"5 * projector(B) == B", yes},  // B = v v^T with |v|^2 = 5
        {"projector(transpose(C)) * transpose(C) == transpose(C) and tr(projector(transpose(C))) == rank(C)", yes},
        {"rank(projector(B - B)) == 0 and rows(projector(B - B)) == 2", yes},
        {"2 * A == A + A", yes},
        {"A * x == A * (1/3)", yes},
        {"-A == A - 2 * A", yes},
        {"tr(A) == 5 and det(A) == -2 and norm2(A) == 30", yes},
        {"entry(A, 2, 1) == 3", yes},
        {"symmetric(B) and not symmetric(A)", yes},
        {"invertible(A) and not invertible(B)", yes},
        {"not invertible(C) and rows(C) == 1 and cols(C) == 3", yes},
        {"eigenvalues(B)(1) == 5 and eigenvalues(B)(2) == 0", yes},
        {"length(eigenvalues(B)) == 2", yes},
        {"lambda(1) == 9", yes},
        {"lambda == lambda", yes},
        {"lambda == eigenvalues(B)", no},
        {"length(lambda) == 3", yes},
        {"distinct(lambda) and positive(lambda)", yes},
        {"positive(eigenvalues(B))", no},
        {"nonnegative(eigenvalues(B))", yes},
        {"d(r + 1) == 4", yes},
        {"(if r == 1 then 5 else 1/2) == 5", yes},
        {"value == 17/4 and index == 2", yes},
        {"fuzzy < 3 and fuzzy > 1", yes},
        {"fuzzy <= 2", unknown},
        {"fuzzy != 3", yes},
        {"r < dy and lambda(r + 1) > 0", yes},
        {"dy < r and lambda(9) > 0", no},
    };
    for (const auto& row : table) {
      CAPTURE(row.first);
      CHECK(truth_of(row.first) == row.second);
    }
  }

  TEST_CASE("undefined quantities say why") {
    CHECK(undefined("lambda(4)") == "`lambda` has 3 entries, asked for number 4");
    CHECK(undefined("lambda(0)") == "`lambda` has 3 entries, asked for number 0");
    CHECK(undefined("min(i in {} : i)") == "the min of nothing");
    CHECK(undefined("huge * 2") == "an integer beyond 64 bits");
    CHECK(undefined("-huge - huge - huge") == "an integer beyond 64 bits");
    CHECK(undefined("sum(i in 1..2 : huge)") == "an integer beyond 64 bits");
    CHECK(undefined("tr(C)") == "the trace of a 1 x 3 matrix");
    CHECK(undefined("tr(A * C)") == "the product of a 2 x 2 and a 1 x 3 matrix");
    CHECK(undefined("tr(A + C)") == "a 2 x 2 and a 1 x 3 matrix have different shapes");
    CHECK(undefined("sqrt(-1/2)") == "the square root of a negative number");
    CHECK(undefined("sqrt(fuzzy - 2)") == "the square root of a number that cannot be told from a negative one");
    CHECK(undefined("eigenvalues(A)(1)") == "the eigenvalues of a matrix that is not symmetric");
    CHECK(undefined("count(i in 1..3 : fuzzy == i)") == "`fuzzy == i` is undecided");
    CHECK(undefined("if flag then 1 else 2") == "`flag` is undecided");
    CHECK(undefined("tr(fuzzy * A)") == "a matrix and a number that is not known to be rational");
    CHECK(undefined("2 ^ huge") == "the exponent 4611686018427387904 (at most 1000 in absolute value)");
    CHECK(undefined("1 / (r - 1)") != "defined");
    CHECK(undefined("((10.0 ^ 1000) ^ 1000) ^ 2") == "a number of more than 1048576 bits");
    CHECK(undefined("entry(A, 3, 1)") == "entry (3, 1) of a 2 x 2 matrix");
  }

  TEST_CASE("values have the kind that was inferred") {
    CHECK(std::get<long>(value_of("1 + 2 * 3")) == 7);
    CHECK(*std::get<Real>(value_of("7 / 2")).exact() == Rational(7, 2));
    CHECK(std::get<IndexSet>(value_of("{1..3} minus {2}")) == IndexSet{1, 3});
    CHECK(std::get<RationalMatrix>(value_of("A * B"))(0, 1) == 10);
    CHECK(toy::parse("2 ^ 3").kind() == Kind::integer);
    CHECK(toy::parse("2 ^ r").kind() == Kind::real);
    CHECK(toy::parse("sum(i in S : i)").kind() == Kind::integer);
    CHECK(toy::parse("sum(i in S : lambda(i))").kind() == Kind::real);
    CHECK(toy::parse("99999999999999999999").kind() == Kind::real);
  }
}

TEST_SUITE("standard") {
  TEST_CASE("work is bounded: large loops end as unknown") {
    CHECK(truth_of("all(i in 1..1000000, j in 1..1000000 : i + j > 0)") == unknown);
    CHECK(truth_of("any(i in 1..huge : i < 0)") == unknown);
    CHECK(truth_of("{1..huge} == {}") == unknown);
    // The last value of the range type does not run over.
    CHECK(truth_of("all(i in huge + (huge - 1)..huge + (huge - 1) : i > huge)") == yes);
  }
}

}  // namespace
}  // namespace rankscape
