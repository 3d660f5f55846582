// Verdicts at points of functions whose landscape is known by hand: from the formula to the class.
#include <rankscape/check/evidence.hpp>

#include <doctest/doctest.h>

#include <nlohmann/json.hpp>
#include <rankscape/error.hpp>
#include <rankscape/exact/real_roots.hpp>

#include "check/certificate.hpp"
#include "check/evidence_features.hpp"
#include "landscapes.hpp"
#include "native/recipes.hpp"
#include "symmetry/local_analysis.hpp"

using namespace rankscape;

namespace {

struct Case {
  Library::Located located;
  std::unique_ptr<Instance> instance;
  Evidence evidence;
};

/// weights and data: JSON objects
Case examined_at(const std::string& loss, const std::string& weights, const std::string& data = "{}",
                 const ExamineOptions& options = {}) {
  Json json;
  json["format"] = "rankscape-point/1";
  json["loss"] = loss;
  json["data"] = Json::parse(data);
  json["weights"] = Json::parse(weights);
  Case result;
  result.located = test::library().point(json);
  result.instance = result.located.landscape->instance(result.located.point);
  result.evidence = examine(*result.instance, options);
  return result;
}

Truth says(const Case& one, const char* word) {
  return agrees(one.evidence.possible, classes_named(word).value());
}

}  // namespace

TEST_SUITE("quick") {
  TEST_CASE("polynomials of a few variables") {
    const Case quartic = examined_at("x^4 + y^4", R"({"x": 0, "y": 0})");
    CHECK(quartic.evidence.verdict == Verdict::global_minimizer);
    CHECK(*quartic.evidence.hessian == Inertia{0, 2, 0});
    const Case monkey = examined_at("x^3 - 3*x*y^2", R"({"x": 0, "y": 0})");
    CHECK(monkey.evidence.verdict == Verdict::non_strict_saddle);
    CHECK(escape_order(monkey.evidence) == 3);
    const Case peano = examined_at("(x - y^2)*(x - 2*y^2)", R"({"x": 0, "y": 0})");
    CHECK(peano.evidence.verdict == Verdict::non_strict_saddle);
    CHECK(escape_order(peano.evidence) == 4);
    CHECK(peano.evidence.descent->curve.size() == 2);  // no line falls
    const Case chain = examined_at("(x-1)^4 - (x-y)^4 - (y-z)^4", R"({"x": 1, "y": 1, "z": 1})");
    CHECK(chain.evidence.verdict == Verdict::non_strict_saddle);
    CHECK(escape_order(chain.evidence) == 4);
  }

  TEST_CASE("a descent found goes down, by the values of the function itself") {
    for (const char* loss : {"(x - y^2)*(x - 2*y^2)", "x^2 + y*z*(y - z) - z^4", "(x - y^2/3)^2 - y^4/1000 - z^6"}) {
      CAPTURE(loss);
      const bool three = std::string(loss).find('z') != std::string::npos;
      const Case one = examined_at(loss, three ? R"({"x": 0, "y": 0, "z": 0})" : R"({"x": 0, "y": 0})");
      REQUIRE(one.evidence.descent.has_value());
      Weights there = one.instance->point().weights;
      Rational power = 1;
      for (const Weights& direction : one.evidence.descent->curve) {
        power *= Rational(1, 1000);
        for (std::size_t h = 0; h < there.size(); ++h)
          there[h] += power * direction[h];
      }
      CHECK(one.instance->loss_at(there) < one.evidence.value);
    }
  }

  TEST_CASE("only the symmetric part of the data matters") {
    const Case one =
        examined_at("1/2*norm2(A - x*transpose(x))", R"({"x": [[2], [0]]})", R"({"A": [[4, 1], [-1, 1]]})");
    CHECK(one.evidence.verdict == Verdict::global_minimizer);
    CHECK(one.evidence.value == Rational(3, 2));
  }

  TEST_CASE("a saddle rises somewhere: only then does a statement's word `saddle` hold") {
    // zero Hessian: -x^4 - y^4 is a maximum, x^4 - z^4 and x^3 are not
    const Case maximum = examined_at("-x^4 - y^4", R"({"x": 0, "y": 0})");
    CHECK(maximum.evidence.verdict == Verdict::non_strict_saddle);
    CHECK_FALSE(maximum.evidence.ascent.has_value());
    CHECK(says(maximum, "saddle") == Truth::unknown);
    CHECK(says(maximum, "non_strict_saddle") == Truth::yes);
    const Case quartic = examined_at("x^4 - z^4", R"({"x": 0, "z": 0})");
    REQUIRE(quartic.evidence.ascent.has_value());
    CHECK(quartic.evidence.ascent->coefficients.at(4) > 0);
    CHECK(says(quartic, "saddle") == Truth::yes);
    const Case cubic = examined_at("x^3", R"({"x": 0})");
    REQUIRE(cubic.evidence.ascent.has_value());
    CHECK(cubic.evidence.ascent->coefficients.at(3) > 0);
    CHECK(cubic.instance->along(cubic.evidence.ascent->curve).at(3) == cubic.evidence.ascent->coefficients.at(3));
    CHECK(says(cubic, "saddle") == Truth::yes);
    const Case rising = examined_at("y^4 - x^2", R"({"x": 0, "y": 0})");
    CHECK(rising.evidence.verdict == Verdict::strict_saddle);
    CHECK(says(rising, "saddle") == Truth::yes);
    // x^2 - 1 squared at 0, constant in a symmetry direction; tied weights
    const Case ridge = examined_at("(x^2 + y^2 - 1)^2", R"({"x": 0, "y": 0})");
    CHECK(ridge.evidence.verdict == Verdict::local_maximizer);
    const Case tied =
        examined_at("norm2(x - w*transpose(w)*x)", R"({"w": [[0], [0]]})", R"({"x": [["1/2"], ["1/2"]]})");
    CHECK(*tied.evidence.hessian == Inertia{1, 1, 0});
    CHECK(tied.evidence.verdict == Verdict::local_maximizer);
    CHECK(says(tied, "saddle") == Truth::no);
    CHECK(says(tied, "strict_saddle") == Truth::yes);
  }

  TEST_CASE("the least eigenvalue is an algebraic number: bounds that it attains are decided") {
    // Hessian [2, 4; 4, 2] plus a block [2, 2; 2, 4]: eigenvalues -2, 6, 3 - sqrt(5), 3 + sqrt(5)
    const Case one =
        examined_at("x^2 + 4 * x * y + y^2 + u^2 + 2 * u * v + 2 * v^2", R"({"x": 0, "y": 0, "u": 0, "v": 0})");
    const EvidenceFeatures features(*one.instance, one.evidence);
    const Vocabulary& vocabulary = one.instance->landscape().vocabulary();
    const auto real = [&](const char* name) {
      return std::get<Real>(features.feature(vocabulary.find(name).value(), {}));
    };
    CHECK(equal(real("lambda_min"), Real(Rational(-2))) == Truth::yes);
    CHECK(less(real("lambda_min"), Real(Rational(-2))) == Truth::no);
    CHECK(equal(real("lambda_max"), Real(Rational(6))) == Truth::yes);
    CHECK(equal(real("lambda_max"), real("lambda_min")) == Truth::no);
    const Case other = examined_at("u^2 + 2 * u * v + 2 * v^2", R"({"u": 0, "v": 0})");
    const EvidenceFeatures irrational(*other.instance, other.evidence);
    const Value least = irrational.feature(other.instance->landscape().vocabulary().find("lambda_min").value(), {});
    const Value greatest = irrational.feature(other.instance->landscape().vocabulary().find("lambda_max").value(), {});
    const Real root(real_roots({Rational(4), Rational(-6), Rational(1)}).back());  // 3 - sqrt(5)
    CHECK(equal(std::get<Real>(least), root) == Truth::yes);
    CHECK(equal(std::get<Real>(least) + std::get<Real>(greatest), Real(Rational(6))) == Truth::yes);
    CHECK(less(std::get<Real>(least), root + Real(parse_rational("1e-50"))) == Truth::yes);
  }

  TEST_CASE("features that come from the evidence") {
    const Case one = examined_at("x^3 - 3*x*y^2 + z^2 + 5", R"({"x": 0, "y": 0, "z": 0})");
    const EvidenceFeatures features(*one.instance, one.evidence);
    const auto feature = [&](const char* name) {
      return features.feature(one.instance->landscape().vocabulary().find(name).value(), {});
    };
    const std::vector<std::pair<const char*, long>> expected{
        {"parameters", 3}, {"index", 0}, {"nullity", 2}, {"coindex", 1}, {"escape_order", 3}, {"least_order_tried", 3}};
    for (const auto& one_of_them : expected) {
      CAPTURE(one_of_them.first);
      CHECK(std::get<long>(feature(one_of_them.first)) == one_of_them.second);
    }
    CHECK(equal(std::get<Real>(feature("value")), Real(Rational(5))) == Truth::yes);
    CHECK(equal(std::get<Real>(feature("hessian_trace")), Real(Rational(2))) == Truth::yes);
    const Case minimum = examined_at("x^2", R"({"x": 0})");
    const EvidenceFeatures none(*minimum.instance, minimum.evidence);
    CHECK_THROWS_AS(
        static_cast<void>(none.feature(minimum.instance->landscape().vocabulary().find("escape_order").value(), {})),
        Undefined);
  }

  TEST_CASE("what a verdict says of itself") {
    const auto reason = [](const char* loss, const char* weights) {
      return examined_at(loss, weights).evidence.reason;
    };
    CHECK(reason("x^2 - y^2", R"({"x": 0, "y": 0})") == "the Hessian has a negative eigenvalue");
    CHECK(reason("-x^2 - y^2", R"({"x": 0, "y": 0})") == "the Hessian is negative definite");
    CHECK(reason("x^3 + y^2", R"({"x": 0, "y": 0})") ==
          "positive semidefinite Hessian; along a line the loss falls at order 3");
    CHECK(reason("(x - y^2)*(x - 2*y^2)", R"({"x": 0, "y": 0})") ==
          "positive semidefinite Hessian; along a curve the loss falls at order 4");
    CHECK(reason("x^2", R"({"x": 0})") == "a lower bound of the loss is attained");
    CHECK(reason("x^2 + 4*x^3 + 3*x^4", R"({"x": 0})") ==
          "the Hessian is positive definite and the value is above the infimum");
    const Case beside = examined_at("x^2 + y^2", R"({"x": 3, "y": -4})");
    CHECK(beside.evidence.reason == "the gradient is not zero");
    CHECK(beside.evidence.largest_gradient_entry == -8);
    CHECK(beside.evidence.gradient_norm.contains(10));
    CHECK(beside.evidence.gradient_norm.width() < Rational(1, 1000));
    CHECK_FALSE(examined_at("x^2 - y^2", R"({"x": 0, "y": 0})").evidence.local_minimizer());
    CHECK(examined_at("x^2 + y^2", R"({"x": 0, "y": 0})").evidence.local_minimizer());
    // what rises at second order is no maximum
    CHECK(says(examined_at("x^2 - y^2", R"({"x": 0, "y": 0})"), "saddle") == Truth::yes);
    CHECK(says(examined_at("x^2 + y^3", R"({"x": 0, "y": 0})"), "saddle") == Truth::yes);
  }

  TEST_CASE("a minimizer of which no bound is found is local, global or not") {
    // Motzkin's polynomial: nowhere negative, and no sum of squares
    const Case motzkin = examined_at("x^4*y^2 + x^2*y^4 - 3*x^2*y^2", R"({"x": 1, "y": 1})");
    CHECK(motzkin.evidence.verdict == Verdict::second_order);
    CHECK(motzkin.evidence.local_minimizer());
    CHECK(says(motzkin, "local_minimum") == Truth::yes);
    CHECK(says(motzkin, "global_minimizer") == Truth::unknown);
    CHECK(says(motzkin, "non_strict_saddle") == Truth::no);
  }

  TEST_CASE("a local minimizer modulo symmetry") {
    // a circle of minimizers that is not global: the point is in the bottom of a far ring
    const Case ring =
        examined_at("(norm2(v) - 1)^2 * (1 + x^2) + x^2 + (norm2(v) - 1)^3", R"({"v": [["3/5"], ["4/5"]], "x": 0})");
    CHECK(*ring.evidence.hessian == Inertia{0, 1, 2});
    CHECK(ring.evidence.local != nullptr);
    CHECK(ring.evidence.local_minimizer());
  }

  TEST_CASE("where the gradient is not zero the Hessian is looked at when asked for") {
    const Case plain = examined_at("x^2 + y", R"({"x": 0, "y": 0})");
    CHECK(plain.evidence.verdict == Verdict::not_critical);
    CHECK_FALSE(plain.evidence.hessian.has_value());
    const Case asked = examined_at("x^2 + y - y^2", R"({"x": 0, "y": 0})", "{}", {.everywhere = true});
    CHECK(asked.evidence.verdict == Verdict::not_critical);
    CHECK(*asked.evidence.hessian == Inertia{1, 0, 1});
    CHECK_FALSE(escape_order(asked.evidence).has_value());
  }

  TEST_CASE("a division by zero is bad input") {
    CHECK_THROWS_AS(static_cast<void>(examined_at("x/y", R"({"x": 0, "y": 0})")), InputError);
  }
}

TEST_SUITE("standard") {
  TEST_CASE("the feature at a saddle of order four, the origin of a network of four layers") {
    using namespace deep_linear;
    const auto recipe =
        test::recipe(Widths(5, 2), {}, parse_stratum("4:2*2 1:1*2 2:1*2 3:1*2", 4), Position::generic, "general");
    const auto instance = test::landscape("deep-linear").instance(recipe->build(1));
    const Evidence evidence = examine(*instance, {.form_hessian = false, .eigenvalues = false});
    REQUIRE(escape_order(evidence) == 4);
    const Vocabulary& vocabulary = instance->landscape().vocabulary();
    const EvidenceFeatures features(*instance, evidence);
    CHECK(std::get<long>(features.feature(vocabulary.find("least_order_tried").value(), {})) == 4);
    Evidence unknown = evidence;
    unknown.descent.reset();
    const EvidenceFeatures nothing(*instance, unknown);
    CHECK_THROWS_AS(static_cast<void>(nothing.feature(vocabulary.find("least_order_tried").value(), {})), Undefined);
  }
}
