// Points of losses with constraints, against charts of the feasible set (where the same loss is one without
// constraints) and against small examples of the literature that are known by hand.
#include <rankscape/check/evidence.hpp>

#include <doctest/doctest.h>

#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <random>
#include <rankscape/error.hpp>

#include "certificate/write.hpp"
#include "check/certificate.hpp"
#include "check/evidence_features.hpp"
#include "landscapes.hpp"
#include "landscapes/constraints.hpp"
#include "verifier/verify.hpp"

using namespace rankscape;

namespace {

struct Constrained {
  Library::Located located;
  std::unique_ptr<Instance> instance;
  Evidence evidence;
};

Constrained at(const std::string& loss, const std::string& constraints, const std::string& weights,
               const std::string& data = "{}") {
  Json json;
  json["format"] = "rankscape-point/1";
  json["loss"] = loss;
  if (!constraints.empty()) json["constraints"] = Json::parse(constraints);
  json["data"] = Json::parse(data);
  json["weights"] = Json::parse(weights);
  Constrained result;
  result.located = test::library().point(json);
  result.instance = result.located.landscape->instance(result.located.point);
  result.evidence = examine(*result.instance);
  return result;
}

constexpr const char* unit_rows =
    R"json({"unit": "matrix(i in 1..rows(C), j in 1..1 : entry(V * V', i, i)) == ones(rows(C), 1)"})json";

Constrained rows_of_unit_length(const std::string& cost, const std::string& v) {
  return at("inner(C, V * V')", unit_rows, "{\"V\": " + v + "}", "{\"C\": " + cost + "}");
}

// A cubic polynomial in three variables with small random coefficients.
struct Cubic {
  std::vector<long> coefficients;

  explicit Cubic(std::mt19937& random) {
    std::uniform_int_distribution<long> small(-3, 3);
    for (int k = 0; k < 19; ++k)
      coefficients.push_back(small(random));
  }
  [[nodiscard]] std::string of(const std::string& x, const std::string& y, const std::string& z) const {
    const std::string* v[] = {&x, &y, &z};
    std::string text = "0";
    std::size_t next = 0;
    for (int i = 0; i < 3; ++i) {
      text += fmt::format(" + ({}) * ({})", coefficients[next++], *v[i]);
      for (int j = i; j < 3; ++j) {
        text += fmt::format(" + ({}) * ({}) * ({})", coefficients[next++], *v[i], *v[j]);
        for (int k = j; k < 3; ++k)
          text += fmt::format(" + ({}) * ({}) * ({}) * ({})", coefficients[next++], *v[i], *v[j], *v[k]);
      }
    }
    return text;
  }
};

Json certified(const Constrained& at) {
  return certificate_json(*at.instance, at.evidence, "", {});
}

verifier::Report checked(const Json& certificate) {
  return verifier::verify_certificate(certificate::to_text(certificate));
}

// Why a certificate with this value at this place is rejected.
std::string rejected(Json certificate, const std::string& place, const Json& value) {
  certificate[Json::json_pointer(place)] = value;
  const verifier::Report report = checked(certificate);
  CHECK(report.outcome == verifier::Outcome::rejected);
  return report.reason;
}

bool contains(const std::string& text, const char* part) {
  INFO(text);
  return text.find(part) != std::string::npos;
}

}  // namespace

TEST_SUITE("quick") {
  TEST_CASE("the sphere in a chart is a landscape without constraints") {
    std::mt19937 random(7);
    std::uniform_int_distribution<long> small(-3, 3);
    std::size_t indefinite = 0;
    for (int trial = 0; trial < 12; ++trial) {
      const Cubic cubic(random);
      const long u = small(random);
      const long v = small(random);
      CAPTURE(trial);
      const Rational norm = 1 + Rational(u * u + v * v);
      const RationalVector x{{Rational(2 * u) / norm, Rational(2 * v) / norm, (2 - norm) / norm}};
      const auto point = [&](const char* names) {
        Json json;
        for (int k = 0; k < 3; ++k)
          json[std::string(1, names[k])] = to_string(x(k));
        return json.dump();
      };
      // a linear term makes the point critical: it takes away what is tangent of the gradient there
      const auto plain = at(cubic.of("x", "y", "z"), "", point("xyz"));
      const RationalVector slope = plain.instance->gradient();
      const RationalVector tangent = slope - x * slope.dot(x);
      const auto loss = [&](const std::string& a, const std::string& b, const std::string& c) {
        return fmt::format("{} - ({}) * ({}) - ({}) * ({}) - ({}) * ({})", cubic.of(a, b, c), to_string(tangent(0)), a,
                           to_string(tangent(1)), b, to_string(tangent(2)), c);
      };
      const auto here = at(loss("x", "y", "z"), R"json({"sphere": "x^2 + y^2 + z^2 == 1"})json", point("xyz"));
      const std::string n = "(1 + u^2 + v^2)";
      const auto chart = at(loss("2 * u / " + n, "2 * v / " + n, "(1 - u^2 - v^2) / " + n), "",
                            fmt::format(R"json({{"u": {}, "v": {}}})json", u, v));
      REQUIRE(here.evidence.critical);
      REQUIRE(chart.evidence.critical);
      CHECK(here.evidence.value == chart.evidence.value);
      CHECK(*here.evidence.hessian == *chart.evidence.hessian);
      // the chart's metric is that of the sphere times (2/n)^2: eigenvalues of the Riemannian Hessian, exactly
      const Rational scale = norm * norm / 4;
      CHECK(trace(here.instance->hessian()) == trace(chart.instance->hessian()) * scale);
      CHECK(constraints_at(*here.instance)->multipliers()(0) * 2 == (slope - tangent).dot(x));
      indefinite += here.evidence.verdict == Verdict::strict_saddle ? 1 : 0;
      const EvidenceFeatures features(*here.instance, here.evidence);
      const auto& words = here.located.landscape->vocabulary();
      const auto index = std::get<long>(features.feature(*words.find("index"), {}));
      CHECK(index == chart.evidence.hessian->negative);
    }
    CHECK(indefinite > 2);
  }

  TEST_CASE("equations that depend on others do not count") {
    const auto square = at("inner(A, X)", R"json({"o": "X' * X == identity(2)", "again": "X' * X == identity(2)"})json",
                           R"json({"X": [[1, 0], [0, 1]]})json", R"json({"A": [[1, 2], [2, 5]]})json");
    const ConstraintsHere& constraints = *constraints_at(*square.instance);
    CHECK(constraints.names() == std::vector<std::string>{"o[1,1]", "o[1,2]", "o[2,2]"});
    CHECK(constraints.regular());
    // d^2/dt^2 tr(A R(t)) at 0 is -tr A, and |V|^2 = 2 for V the velocity of R
    CHECK(square.evidence.verdict == Verdict::local_maximizer);
    CHECK(*square.evidence.hessian == Inertia{1, 0, 0});
    CHECK(trace(*square.evidence.hessian_matrix) == Rational(-3));
    CHECK(square.evidence.lambda_max->contains(-3));
    // different equations of one set: no polynomial depends on the others, so that full rank proves nothing here
    const auto both = at("inner(A, X)", R"json({"o": "X' * X == identity(2)", "p": "X * X' == identity(2)"})json",
                         R"json({"X": [[1, 0], [0, 1]]})json", R"json({"A": [[1, 2], [2, 5]]})json");
    CHECK(constraints_at(*both.instance)->count() == 5);
    CHECK(constraints_at(*both.instance)->rank() == 3);
    CHECK(both.evidence.verdict == Verdict::undecided);
  }

  TEST_CASE("where the Jacobian has not full rank nothing is claimed") {
    for (const char* loss : {"x", "y^2 - x^2", "x + y"}) {
      const auto line = at(loss == std::string("x") ? "x + 0 * y" : loss, R"json({"c": "y^2 + x^4 == 0"})json",
                           R"json({"x": 0, "y": 0})json");
      CHECK(line.evidence.verdict == Verdict::undecided);
      CHECK(line.evidence.possible == VerdictSet::all());
      CHECK(line.evidence.reason.find("rank 0, and 1 are independent") != std::string::npos);
    }
  }

  TEST_CASE("feasible, critical") {
    const char* const circle = R"json({"circle": "x^2 + y^2 == 25"})json";
    try {
      static_cast<void>(at("x + y", circle, R"json({"x": 3, "y": 3})json"));
      FAIL_CHECK("no complaint");
    } catch (const InputError& error) {
      CHECK(error.what() == std::string("the point is not feasible: the constraint circle is -7, expected 0"));
    }
    const auto slope = at("x + y", circle, R"json({"x": 3, "y": 4})json");
    CHECK(slope.evidence.verdict == Verdict::not_critical);
    CHECK(slope.evidence.largest_gradient_entry == Rational(4, 25));  // (1, 1) - 7/25 (3, 4)
    CHECK(slope.instance->gradient()(1) == Rational(-3, 25));
    const auto lowest = at("3 * x + 4 * y", circle, R"json({"x": -3, "y": -4})json");
    CHECK(lowest.evidence.verdict == Verdict::global_minimizer);
    CHECK(lowest.evidence.lambda_min->contains(1));
    CHECK(at("3 * x + 4 * y", circle, R"json({"x": 3, "y": 4})json").evidence.verdict == Verdict::local_maximizer);
    // nothing is near an isolated point
    const auto isolated = at("a * b", R"json({"a": "a^2 == 1", "b": "b^2 == 1"})json", R"json({"a": 1, "b": 1})json");
    CHECK(*isolated.evidence.hessian == Inertia{0, 0, 0});
    CHECK(isolated.evidence.verdict == Verdict::local_minimizer);  // of a reflection there
  }

  TEST_CASE("unit vectors in the plane: degenerate points") {
    const auto four =
        rows_of_unit_length("[[0,-1,0,-1],[-1,0,-1,0],[0,-1,0,-1],[-1,0,-1,0]]", "[[1,0],[0,1],[-1,0],[0,-1]]");
    CHECK(four.evidence.verdict == Verdict::non_strict_saddle);
    CHECK(*four.evidence.hessian == Inertia{0, 4, 0});
    CHECK(four.evidence.descent->order == 3);
    const auto five = rows_of_unit_length("[[0,2,4,5,-15],[2,0,4,-1,-5],[4,4,0,1,-10],[5,-1,1,0,-5],[-15,-5,-10,-5,0]]",
                                          R"([[1,0],[1,0],[0,1],[0,1],["4/5","3/5"]])");
    CHECK(five.evidence.verdict == Verdict::local_minimizer);  // modulo rotations
    CHECK(*five.evidence.hessian == Inertia{0, 1, 4});
    CHECK(five.evidence.value == -44);
    const auto pairs =
        rows_of_unit_length("[[1,-1,2,-2],[-1,1,-2,2],[2,-2,1,-1],[-2,2,-1,1]]", "[[1,0],[1,0],[0,1],[0,1]]");
    CHECK(*pairs.evidence.hessian == Inertia{0, 2, 2});
  }

  TEST_CASE("a better feasible point is rational, and one of the other component where there are reflections") {
    // max <X, diag(2, 1)>: of the reflections diag(1, -1) is the best, of all orthogonal matrices it is not
    const char* const matrix = R"json({"A": [[-2, 0], [0, -1]]})json";
    const auto reflection = [&](const char* constraints) {
      return at("inner(A, X)", constraints, R"json({"X": [[1, 0], [0, -1]]})json", matrix);
    };
    const auto spurious = reflection(R"json({"o": "X' * X == identity(2)"})json");
    CHECK(spurious.evidence.verdict == Verdict::local_minimizer);
    REQUIRE(spurious.evidence.better);
    const RationalMatrix& x = spurious.evidence.better->front();
    CHECK(multiply(RationalMatrix(x.transpose()), x) == RationalMatrix(RationalMatrix::Identity(2, 2)));
    CHECK(-2 * x(0, 0) - x(1, 1) < spurious.evidence.value);
    CHECK(spurious.evidence.value == -1);
    // where all of them are reflections there is nothing better, and nobody says so
    const auto least = reflection(R"json({"o": "X' * X == identity(2)", "r": "entry(X, 1, 2) == entry(X, 2, 1)"})json");
    CHECK(least.evidence.verdict != Verdict::local_minimizer);
    // rotations of the plane, -cos^3 of the angle: the reflection with a smaller value is not feasible
    const auto turn = at("inner(A, X)^3",
                         R"json({"a": "entry(X, 1, 1) == entry(X, 2, 2)", "b": "entry(X, 1, 2) == -entry(X, 2, 1)",
                                 "c": "norm2(X) == 2"})json",
                         R"json({"X": [[1, 0], [0, 1]]})json", R"json({"A": [[-2, 0], [0, 1]]})json");
    CHECK(*turn.evidence.hessian == Inertia{0, 0, 1});
    CHECK(turn.evidence.verdict == Verdict::second_order);
    CHECK_FALSE(turn.evidence.better);
    // signs alone: a quarter turn of the column keeps them, other rotations do not
    CHECK(rows_of_unit_length("[[0,1],[1,0]]", "[[1],[1]]").evidence.verdict == Verdict::local_minimizer);
    // no rotation keeps an ellipse: nothing is found, and nothing concluded
    const auto ellipse =
        at("y^3 - y - x", R"json({"ellipse": "x^2 + 4 * y^2 == 4"})json", R"json({"x": 2, "y": 0})json");
    CHECK(ellipse.evidence.verdict != Verdict::local_minimizer);
    CHECK_FALSE(ellipse.evidence.better);
    for (const Constrained* one : {&spurious, &least}) {
      const verifier::Report report = checked(certified(*one));
      CHECK(report.reason == "");
      CHECK(report.verdict == to_string(one->evidence.verdict));
    }
    CHECK(contains(rejected(certified(spurious), "/claims/better/entries/0/0", 2), "not feasible"));
    // feasible, and no better: the point itself
    Json same = certified(spurious);
    same["claims"]["better"] = Json::parse(R"json({"denominator": 1, "entries": [[1, 0, 0, -1, 0, 0, 0]]})json");
    CHECK(contains(checked(same).reason, "not smaller"));
  }

  TEST_CASE("a curve counts as far as it is feasible") {
    // On the sphere at the pole h = (1/4 - a - b^2/8) x^4 along the null direction (theory of truncated maps).
    struct Pole {
      int a;
      int b;
      bool falls;
    };
    for (const Pole& p : {Pole{0, 0, false}, Pole{1, 0, true}, Pole{0, 2, true}, Pole{0, 1, false}}) {
      CAPTURE(p.a);
      CAPTURE(p.b);
      const auto pole = at(fmt::format("y^2 - x^2 - 2 * z - {} * x^4 + {} * x^2 * y", p.a, p.b),
                           R"json({"sphere": "x^2 + y^2 + z^2 == 1"})json", R"json({"x": 0, "y": 0, "z": 1})json");
      CHECK(*pole.evidence.hessian == Inertia{0, 1, 1});
      CHECK((pole.evidence.verdict == Verdict::non_strict_saddle) == p.falls);
      const bool minimizer = pole.evidence.local_minimizer() || pole.evidence.verdict == Verdict::global_minimizer;
      CHECK(minimizer == !p.falls);
      if (p.falls) CHECK(pole.evidence.descent->order == 4);
    }
  }

  TEST_CASE("certificates, and forged ones") {
    const char* const sphere = R"json({"sphere": "norm2(x) == 1"})json";
    const char* const a = R"json({"A": [[1, 0, 0], [0, 2, 0], [0, 0, 3]]})json";
    const auto middle = at("inner(x, A * x)", sphere, R"json({"x": [0, 1, 0]})json", a);
    const auto least = at("inner(x, A * x)", sphere, R"json({"x": [1, 0, 0]})json", a);
    const auto none = at("inner(x, A * x)", sphere, R"json({"x": [0, "3/5", "4/5"]})json", a);
    const auto four =
        rows_of_unit_length("[[0,-1,0,-1],[-1,0,-1,0],[0,-1,0,-1],[-1,0,-1,0]]", "[[1,0],[0,1],[-1,0],[0,-1]]");
    const auto five = rows_of_unit_length("[[0,2,4,5,-15],[2,0,4,-1,-5],[4,4,0,1,-10],[5,-1,1,0,-5],[-15,-5,-10,-5,0]]",
                                          R"json([[1,0],[1,0],[0,1],[0,1],["4/5","3/5"]])json");
    const auto pole = at("y^2 - x^2 - 2 * z + x^2 * y", R"json({"sphere": "x^2 + y^2 + z^2 == 1"})json",
                         R"json({"x": 0, "y": 0, "z": 1})json");
    const auto turned = at("inner(A, X)", R"json({"o": "X' * X == identity(2)"})json",
                           R"json({"X": [[1, 0], [0, 1]]})json", R"json({"A": [[1, 2], [2, 5]]})json");
    for (const Constrained* one : {&middle, &least, &none, &four, &five, &pole, &turned}) {
      const verifier::Report report = checked(certified(*one));
      CHECK(report.reason == "");
      CHECK(report.outcome == verifier::Outcome::verified);
      CHECK(report.verdict == to_string(one->evidence.verdict));
    }
    const Json saddle = certified(middle);
    CHECK(contains(rejected(saddle, "/weights/1/value/entries/0/0", 3), "the gradient is not zero"));
    CHECK(contains(rejected(saddle, "/weights/0/value/entries/1/0", 2), "not feasible"));
    CHECK(contains(rejected(saddle, "/claims/constraints/columns/0", 0), "not the inverse of that minor"));
    CHECK(contains(rejected(saddle, "/claims/constraints/inverse/entries/0/0", 3), "not the inverse of that minor"));
    CHECK(contains(rejected(saddle, "/claims/constraints", Json::object()), "not shown to be regular"));
    CHECK(contains(rejected(saddle, "/claims/inertia/neg", 1), "does not add up"));
    CHECK(contains(rejected(saddle, "/claims/verdict", "local_maximizer"), "the evidence gives"));
    // of a saddle: a minimizer in a frame of too few negative directions
    Json forged = saddle;
    forged["claims"]["inertia"]["neg"] = 1;
    forged["claims"]["inertia"]["pos"] = 3;
    CHECK(contains(rejected(forged, "/claims/verdict", "second_order"), "positive definite"));
    // multipliers elsewhere than in <mu, c>
    forged = saddle;
    auto& program = forged["program"];
    program.back()[1] = program.back()[2];
    CHECK(checked(forged).outcome == verifier::Outcome::rejected);
    CHECK(contains(rejected(certified(none), "/claims/slope/0/1", 1000), "not tangent"));
    CHECK(contains(rejected(certified(least), "/claims/global/quadratic/diagonal/0", -1), "is negative"));
    CHECK(contains(rejected(certified(least), "/claims/global/quadratic/diagonal/0", 7), "M^T diag(e) M"));
    // the multipliers of a curve matter: without them it is not critical to the order needed
    Json line = certified(four);
    CHECK(line["claims"]["descent"]["order"] == 3);
    line["claims"]["descent"]["curve"]["entries"][0][0] = 1;  // not tangent any more
    CHECK(checked(line).outcome == verifier::Outcome::rejected);
    // the same file as one of a loss without constraints
    Json plain = certified(least);
    plain["format"] = "rankscape-certificate/2";
    CHECK(checked(plain).outcome == verifier::Outcome::rejected);
  }

  TEST_CASE("what is smaller outside of the domain is no better point") {
    const auto verdict_on = [](const char* domain) {
      Json json = Json::parse(R"json({"format": "rankscape-point/1", "loss": "x^4/4 + x^3/3 - x^2", "data": {},
                              "weights": {"x": 1}})json");
      json["domain"]["side"] = domain;
      const auto located = test::library().point(json);
      const Evidence evidence = examine(*located.landscape->instance(located.point));
      CHECK(evidence.local_minimizer());
      return evidence.verdict;
    };
    CHECK(verdict_on("x > -3") == Verdict::local_minimizer);  // -8/3 at -2
    CHECK(verdict_on("x > 0") ==
          Verdict::second_order);  // in truth a global minimizer: there is no other critical point
    const auto reflection_on = [](const char* domain) {
      Json json = Json::parse(R"json({"format": "rankscape-point/1", "loss": "-inner(M, X)",
                              "constraints": {"o": "X' * X == identity(2)"}, "data": {"M": [[2, 0], [0, 1]]},
                              "weights": {"X": [[1, 0], [0, -1]]}})json");
      json["domain"]["component"] = domain;
      const auto located = test::library().point(json);
      return examine(*located.landscape->instance(located.point)).verdict;
    };
    CHECK(reflection_on("det(X) != 0") == Verdict::local_minimizer);
    CHECK(reflection_on("det(X) < 0") == Verdict::second_order);
    // verdicts are about neighbours: a domain is open
    for (const char* closed : {"x >= 0", "x == 1", "not x < 0", "rank([x]) != 0", "sqrt(x) > -1",
                               "(if x > 0 then 1 else 0) > 1/2", "x > 0 implies x < 2", "value > 0"}) {
      CAPTURE(closed);
      CHECK_THROWS_WITH_AS(static_cast<void>(verdict_on(closed)), doctest::Contains("open by its form"), InputError);
    }
    CHECK(verdict_on("(x > 0 or x < -9) and invertible([x]) and x^3 + 1 != 0") == Verdict::second_order);
  }
}
