// The falsifier against functions whose descents are known by hand: where the certified descent is deliberately not the
// steepest it has to find the better one, and where there is none it must not invent one.
#include "check/falsify.hpp"

#include <doctest/doctest.h>

#include "check/evidence_features.hpp"
#include "check/loss_along.hpp"
#include "models/deep_linear/model.hpp"

using namespace rankscape;

namespace {

/// A function of (x, y, z) with Hessian diag(2 x_square, 0, 0) at the origin, and the descent z that is proposed there.
class HandMade final : public Instance {
 public:
  using Function = std::function<Rational(const Rational& x, const Rational& y, const Rational& z)>;
  HandMade(Function function, int degree, int x_square) : function_(std::move(function)), degree_(degree) {
    point_.weights = {RationalMatrix::Zero(3, 1)};
    hessian_ = RationalMatrix::Zero(3, 3);
    hessian_(0, 0) = 2 * x_square;
  }
  [[nodiscard]] const Point& point() const override { return point_; }
  [[nodiscard]] Shape shape() const override { return {3}; }
  [[nodiscard]] int degree() const override { return degree_; }
  [[nodiscard]] Rational loss(const Weights& w) const override { return function_(w[0](0), w[0](1), w[0](2)); }
  [[nodiscard]] RationalVector gradient() const override { return RationalVector::Zero(3); }
  /// A partial derivative is the coefficient of s of the loss along the line w + s e_k.
  [[nodiscard]] RationalVector gradient_at(const Weights& at) const override {
    RationalVector gradient(3);
    for (Index k = 0; k < 3; ++k) {
      std::vector<Rational> values;
      for (int s = 0; s <= degree_; ++s) {
        Weights moved = at;
        moved[0](k) += s;
        values.push_back(loss(moved));
      }
      gradient(k) = interpolate(std::move(values))[1];
    }
    return gradient;
  }
  [[nodiscard]] RationalMatrix hessian() const override { return hessian_; }
  [[nodiscard]] GlobalComparison global_comparison() const override {
    return {Truth::no, std::nullopt, "unbounded below"};
  }
  [[nodiscard]] std::vector<Weights> descent_proposals() const override {
    RationalMatrix z = RationalMatrix::Zero(3, 1);
    z(2) = 1;
    return {{z}};
  }
  [[nodiscard]] Labels labels() const override { return {}; }
  [[nodiscard]] Value feature(std::size_t, std::span<const Value>) const override { throw Undefined("no features"); }

 private:
  Function function_;
  int degree_;
  Point point_;
  RationalMatrix hessian_;
};

Attempts attempts(const HandMade& instance, int certified, const FalsifyOptions& options = {}) {
  const Evidence evidence = examine(instance, {.witness = false, .eigenvalues = false});
  REQUIRE(evidence.verdict == Verdict::non_strict_saddle);
  REQUIRE(escape_order(evidence) == certified);
  return try_lower_orders(instance, evidence, options);
}

/// The curve found goes down for small t on one side at least, by the values of the function itself.
bool goes_down(const Instance& instance, const std::vector<Weights>& curve) {
  const Rational t(1, 1000);
  const Rational here = instance.loss(instance.point().weights);
  return instance.loss(at_parameter(instance.point().weights, curve, t)) < here ||
         instance.loss(at_parameter(instance.point().weights, curve, -t)) < here;
}

}  // namespace

TEST_SUITE("quick") {
  TEST_CASE("a line of lower order that no vector of the null basis shows") {
    const HandMade instance(
        [](const Rational& x, const Rational& y, const Rational& z) { return x * x + y * z * (y - z) - z * z * z * z; },
        4, 1);
    const Attempts found = attempts(instance, 4);
    CHECK(found.least_order == 3);
    REQUIRE(found.curve.size() == 1);
    CHECK(goes_down(instance, found.curve));
    CHECK(loss_along(instance, found.curve) == found.coefficients);
  }

  TEST_CASE("where Hess U = -grad c(V) cannot be solved, the obstruction is a line of order 3") {
    const HandMade instance(
        [](const Rational& x, const Rational& y, const Rational& z) { return x * x + y * z * (y - z) - z * z * z * z; },
        4, 1);
    const Attempts found = attempts(instance, 4, {.seed = 1, .lines = 0, .curves = 12});
    CHECK(found.least_order == 3);
    CHECK(found.lines > 0);
    CHECK(goes_down(instance, found.curve));
  }

  TEST_CASE("a curve of lower order where every line ascends") {
    // (x - y^2/3)^2 - y^4/1000 - z^6: along y the line ascends at order 4, the parabola x = y^2/3 descends, and those
    // with x an integer multiple of the square do not
    const HandMade instance(
        [](const Rational& x, const Rational& y, const Rational& z) {
          return (x - y * y / 3) * (x - y * y / 3) - y * y * y * y / 1000 - z * z * z * z * z * z;
        },
        6, 1);
    const Attempts found = attempts(instance, 6);
    CHECK(found.least_order == 4);
    REQUIRE(found.curve.size() == 2);
    CHECK(goes_down(instance, found.curve));
    // the curve is what does it: its tangent line does not descend at that order
    CHECK(loss_along(instance, {found.curve[0]})[4] >= 0);
    // without curves nothing below 6 can be found
    CHECK(attempts(instance, 6, {.seed = 1, .lines = 36, .curves = 0}).least_order == 6);
  }

  TEST_CASE("where nothing descends faster, nothing is reported, and the attempts are counted") {
    const HandMade instance(
        [](const Rational& x, const Rational& y, const Rational& z) { return x * x + y * y * y * y - z * z * z * z; },
        4, 1);
    const Attempts found = attempts(instance, 4);
    CHECK(found.least_order == 4);
    CHECK(found.curve.empty());
    CHECK(found.lines > 30);
    CHECK(found.curves > 30);
  }

  TEST_CASE("a saddle rises somewhere: only then does a statement's word `saddle` hold") {
    const VerdictSet saddle = classes_named("saddle").value();
    const auto evidence_of = [](HandMade::Function function, int degree, int x_square) {
      return examine(HandMade(std::move(function), degree, x_square), {.witness = false, .eigenvalues = false});
    };
    // zero Hessian: -z^4 - x^4 - y^4 is a maximum, z^4 - x^4 and x^3 are not
    const Evidence maximum =
        evidence_of([](const Rational& x, const Rational& y,
                       const Rational& z) { return -(x * x * x * x) - y * y * y * y - z * z * z * z; },
                    4, 0);
    CHECK(maximum.verdict == Verdict::non_strict_saddle);
    CHECK_FALSE(maximum.ascent.has_value());
    CHECK(agrees(maximum.possible, saddle) == Truth::unknown);
    CHECK(agrees(maximum.possible, classes_named("non_strict_saddle").value()) == Truth::yes);
    const Evidence quartic = evidence_of(
        [](const Rational& x, const Rational&, const Rational& z) { return x * x * x * x - z * z * z * z; }, 4, 0);
    REQUIRE(quartic.ascent.has_value());
    CHECK(quartic.ascent->coefficients[4] > 0);
    CHECK(agrees(quartic.possible, saddle) == Truth::yes);
    const Evidence cubic =
        evidence_of([](const Rational& x, const Rational&, const Rational&) { return x * x * x; }, 3, 0);
    REQUIRE(cubic.ascent.has_value());
    CHECK(cubic.ascent->order == 3);
    CHECK(cubic.ascent->coefficients[3] > 0);
    CHECK(loss_along(HandMade([](const Rational& x, const Rational&, const Rational&) { return x * x * x; }, 3, 0),
                     {cubic.ascent->direction}) == cubic.ascent->coefficients);
    CHECK(agrees(cubic.possible, saddle) == Truth::yes);
    // negative semidefinite: -x^2 is a maximum, -x^2 + y^4 is not
    const Evidence ridge =
        evidence_of([](const Rational& x, const Rational&, const Rational&) { return -(x * x); }, 2, -1);
    CHECK(ridge.verdict == Verdict::strict_saddle);
    CHECK(agrees(ridge.possible, saddle) == Truth::unknown);
    CHECK(agrees(ridge.possible, classes_named("strict_saddle").value()) == Truth::yes);
    const Evidence rising =
        evidence_of([](const Rational& x, const Rational& y, const Rational&) { return y * y * y * y - x * x; }, 4, -1);
    CHECK(agrees(rising.possible, saddle) == Truth::yes);
  }

  TEST_CASE("below orders 2 and 3 there is nothing to try") {
    const HandMade strict([](const Rational& x, const Rational&, const Rational&) { return -(x * x); }, 2, -1);
    const Evidence evidence = examine(strict, {.witness = false, .eigenvalues = false});
    const Attempts found = try_lower_orders(strict, evidence);
    CHECK(found.least_order == 2);
    CHECK(found.lines + found.curves == 0);
    const HandMade cubic([](const Rational& x, const Rational&, const Rational& z) { return x * x - z * z * z; }, 3, 1);
    CHECK(attempts(cubic, 3).lines == 0);
  }
}

TEST_SUITE("standard") {
  TEST_CASE("the feature at a saddle of order four, the origin of a network of four layers") {
    using namespace deep_linear;
    const Model& model = *find_model("deep-linear");
    const Shape widths(5, 2);
    const DeepLinearRecipe recipe =
        make_recipe(widths, {}, parse_stratum("4:2*2 1:1*2 2:1*2 3:1*2", 4), Position::generic, "general", 0);
    const auto instance = model.instance(recipe.build(1));
    const Evidence evidence = examine(*instance, {.witness = false, .eigenvalues = false});
    REQUIRE(escape_order(evidence) == 4);
    const Attempts found = try_lower_orders(*instance, evidence);
    CHECK(found.least_order == 4);
    CHECK(found.lines > 30);
    CHECK(found.curves > 30);

    const Vocabulary vocabulary(model.features());
    const EvidenceFeatures features(*instance, evidence, vocabulary.model_size());
    CHECK(std::get<long>(features.feature(vocabulary.find("least_order_tried").value(), {})) == 4);

    Evidence unknown = evidence;
    unknown.descent.reset();
    const EvidenceFeatures nothing(*instance, unknown, vocabulary.model_size());
    CHECK_THROWS_AS(static_cast<void>(nothing.feature(vocabulary.find("least_order_tried").value(), {})), Undefined);
  }

  TEST_CASE("the gradient of the model at moved weights is that of the loss") {
    const Model& model = *find_model("deep-linear");
    Scope scope;
    scope.shapes = {{2, 2, 2}};
    const auto instance = model.instance(model.cases(scope).back()->build(1));
    Weights moved = instance->point().weights;
    moved[0](0, 1) += 3;
    const RationalVector gradient = instance->gradient_at(moved);
    Point there = instance->point();
    there.weights = moved;
    const auto neighbour = model.instance(there);
    Weights direction;
    for (const RationalMatrix& w : moved)
      direction.push_back(RationalMatrix::Zero(w.rows(), w.cols()));
    direction[1](1, 0) = 1;  // coordinate 4 + 1
    CHECK(loss_along(*neighbour, {direction})[1] == gradient(5));
    CHECK(gradient(5) != 0);
  }
}
