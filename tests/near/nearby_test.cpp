// near on any landscape: exact critical points that are known by algebra, found from floats beside them; what is no
// critical point, or a degenerate one, is not certified.
#include <doctest/doctest.h>

#include <cmath>
#include <nlohmann/json.hpp>

#include "exact/decompositions.hpp"
#include "near/nearby.hpp"
#include "near/orbit_certificate.hpp"
#include "near/report.hpp"
#include "symmetry/losses.hpp"
#include "verifier/verify.hpp"

using namespace rankscape;
using namespace rankscape::near;
using symmetry::Loss;
using symmetry::test::Builder;
using symmetry::test::matrix;
using symmetry::test::Node;
using symmetry::test::scalars;
using symmetry::test::vector;

namespace {

using Doubles = Vector<double>;

RationalVector exactly(const Doubles& x) {
  return x.unaryExpr([](double entry) { return Rational(entry); });
}

Doubles single_precision(const Doubles& x) {
  return x.unaryExpr([](double entry) { return static_cast<double>(static_cast<float>(entry)); });
}

double uniform(Random& random) {
  return static_cast<double>(random.integer(-1'000'000, 1'000'000)) / 1e6;
}

Doubles random_doubles(Index n, double size, Random& random) {
  Doubles x(n);
  for (Index i = 0; i < n; ++i)
    x(i) = size * uniform(random);
  return x;
}

Matrix<double> hessian_by_differences(const Loss& loss, const Doubles& x) {
  constexpr double step = 1e-5;
  Matrix<double> h(x.size(), x.size());
  for (Index j = 0; j < x.size(); ++j) {
    Doubles there = x;
    there(j) += step;
    Doubles back = x;
    back(j) -= step;
    h.col(j) = (loss.gradient(there) - loss.gradient(back)) / (2 * step);
  }
  return (h + h.transpose()) / 2;
}

// Levenberg-Marquardt for |grad f|^2 = min.
Doubles least_gradient(const Loss& loss, Doubles x, int steps) {
  double damping = 1;
  Doubles g = loss.gradient(x);
  for (int k = 0; k < steps && g.norm() > 1e-13; ++k) {
    const Matrix<double> h = hessian_by_differences(loss, x);
    const Matrix<double> normal = h * h + damping * Matrix<double>::Identity(x.size(), x.size());
    const Doubles next = x - normal.ldlt().solve(h * g);
    const Doubles there = loss.gradient(next);
    if (there.norm() < g.norm()) {
      x = next;
      g = there;
      damping /= 5;
    } else {
      damping *= 4;
    }
  }
  return x;
}

Inertia by_tolerance(const Loss& loss, const Doubles& x, double tolerance) {
  const Doubles values = Eigen::SelfAdjointEigenSolver<Matrix<double>>(hessian_by_differences(loss, x)).eigenvalues();
  return {(values.array() < -tolerance).count(), (values.array().abs() <= tolerance).count(),
          (values.array() > tolerance).count()};
}

bool contains_root(const Enclosure& a, const Rational& square) {  // a > 0
  return a.lo > 0 && a.lo * a.lo <= square && square <= a.hi * a.hi;
}

// The answer; what it says of a polynomial loss the independent checker finds true, and less than that false.
NearbyAnswer certified_near(const Loss& loss, const RationalVector& x) {
  NearbyAnswer answer = critical_point_near(loss, x);
  const auto json = answer.point ? orbit_certificate_of(loss, x, *answer.point) : std::nullopt;
  CHECK(json.has_value() == (answer.point.has_value() && loss.degree().has_value()));
  if (!json) return answer;
  const auto outcome = [](const Json& changed) { return verifier::verify_certificate(changed.dump()); };
  const verifier::Report report = outcome(*json);
  CHECK_MESSAGE(report.outcome == verifier::Outcome::verified, report.reason);
  Json nearer = *json;
  const Json& hi = (*json)["distance"]["hi"];
  nearer["distance"]["hi"] =
      to_string(Rational(parse_rational(hi.is_string() ? hi.get<std::string>() : hi.dump()) * Rational(999, 1000)));
  if ((*json)["distance"]["lo"] != 0) CHECK(outcome(nearer).outcome == verifier::Outcome::rejected);
  CHECK(json->contains("alone") == (answer.point->alone > 0));
  if (json->contains("alone")) {
    Json wider = *json;
    wider["alone"]["within"] = to_string(Rational(answer.point->alone * Rational(1001, 1000)));
    CHECK(outcome(wider).outcome == verifier::Outcome::rejected);
  }
  Json lower = *json;
  std::swap(lower["value"]["lo"], lower["value"]["hi"]);
  CHECK(outcome(lower).outcome == verifier::Outcome::rejected);
  Json other = *json;
  other["inertia"]["zero"] = answer.point->inertia.zero + 1;
  CHECK(outcome(other).outcome == verifier::Outcome::rejected);
  return answer;
}

Loss quarter_factorization() {  // 1/4 ||A - x x^T||^2, A = [[2, 1], [1, 2]]
  Builder b;
  const Node a = b.input("A", 2, 2, false);
  const Node x = b.input("x", 2, 1, true);
  const Node rest = b.subtract(a, b.multiply(x, b.transpose(x)));
  return {b.finish({{"loss", b.scale(Rational(1, 4), b.norm2(rest))}}), {matrix({{2, 1}, {1, 2}})}};
}

// As in landscapes/phase-retrieval.toml, with the signal (1, 0).
Loss phase_retrieval() {
  return {scalars({"x", "y"},
                  [](Builder& b, const std::vector<Node>& v) {
                    const Node x2 = b.power(v[0], 2);
                    const Node y2 = b.power(v[1], 2);
                    const Node one = b.scalar(1);
                    const Node cross = b.scale(2, b.multiply(x2, y2));
                    const Node trace = b.power(b.subtract(b.add(x2, y2), one), 2);
                    const Node matrix = b.add(b.add(b.power(b.subtract(x2, one), 2), b.power(y2, 2)), cross);
                    return b.add(b.scale(Rational(1, 2), matrix), b.scale(Rational(1, 4), trace));
                  }),
          {}};
}

// U = Q_S sqrt(Lambda_S) [I, 0] is critical for ||U U^T - Q Lambda Q^T||^2; from D = q_j e_i^T in the second
// derivative 2 ||U D^T + D U^T||^2 + 4 <U U^T - M, D D^T> follows the inertia, all eigenvalues distinct and not 0.
Inertia inertia_of_factorization(const std::vector<Rational>& lambda, const std::set<Index>& S, Index k) {
  const auto q = static_cast<Index>(S.size());
  Inertia inertia{0, q * (q - 1) / 2 + q * (k - q), q * (q + 1) / 2};
  for (Index j = 0; j < static_cast<Index>(lambda.size()); ++j) {
    if (S.count(j) != 0) continue;
    const Rational& other = lambda[static_cast<std::size_t>(j)];
    (other > 0 ? inertia.negative : inertia.positive) += k - q;
    for (const Index i : S)
      ++(other > lambda[static_cast<std::size_t>(i)] ? inertia.negative : inertia.positive);
  }
  return inertia;
}

}  // namespace

TEST_SUITE("quick") {
  TEST_CASE("printed floats of square roots: the point, its distance and verdict") {
    const Rational float_root = parse_rational("1.224744871391589");
    const NearbyAnswer answer = certified_near(quarter_factorization(), vector({float_root, float_root}));
    REQUIRE(answer.point.has_value());
    CHECK(contains_root(answer.point->at[0], Rational(3, 2)));
    CHECK(contains_root(answer.point->at[1], Rational(3, 2)));
    CHECK(answer.point->verdict == Verdict::local_minimizer);
    CHECK(answer.point->inertia == Inertia{0, 0, 2});
    CHECK(answer.point->value.contains(Rational(1, 4)));
    // sqrt 2 |float - sqrt(3/2)| in [lo, hi]: the root is above the float
    const Enclosure distance = answer.point->distance;
    CHECK(distance.width() < distance.lo / 1'000'000'000);
    const Enclosure exact =
        sqrt(Enclosure(Rational(3)), 400) - sqrt(Enclosure(Rational(2)), 400) * Enclosure(float_root);
    CHECK(distance.lo <= exact.hi);
    CHECK(exact.lo <= distance.hi);
    CHECK(answer.empty > 0);
    CHECK(answer.empty <= exact.hi);
    // the next critical points are 0 and -x*
    CHECK(answer.point->alone > Rational(1, 100));
    CHECK(answer.point->alone < Rational(3, 2));
  }

  TEST_CASE("the saddle of phase retrieval at (0, 1/sqrt 3)") {
    const NearbyAnswer answer =
        certified_near(phase_retrieval(), vector({Rational(0), parse_rational("0.5773502691896258")}));
    REQUIRE(answer.point.has_value());
    CHECK(answer.point->at[0].contains(0));
    CHECK(contains_root(answer.point->at[1], Rational(1, 3)));
    CHECK(answer.point->verdict == Verdict::strict_saddle);
    CHECK(answer.point->inertia == Inertia{1, 0, 1});
    CHECK(answer.point->value.contains(Rational(2, 3)));  // 1/2 (1 + 1/9) + 1/4 (2/3)^2
  }

  TEST_CASE("an orbit: a circle of minima, its nearest point and no other within") {
    const Loss circle(scalars({"x", "y"},
                              [](Builder& b, const std::vector<Node>& v) {
                                const Node r = b.add(b.power(v[0], 2), b.power(v[1], 2));
                                return b.power(b.subtract(r, b.scalar(2)), 2);
                              }),
                      {});
    const NearbyAnswer answer = certified_near(circle, vector({1, Rational(1001, 1000)}));
    REQUIRE(answer.point.has_value());
    CHECK(answer.point->inertia == Inertia{0, 1, 1});
    CHECK(answer.point->verdict == Verdict::local_minimizer);
    const Enclosure exact = sqrt(Enclosure(Rational(2002001, 1000000)), 300) - sqrt(Enclosure(Rational(2)), 300);
    CHECK(answer.point->distance.lo <= exact.hi);
    CHECK(exact.lo <= answer.point->distance.hi);
    CHECK(answer.point->distance.width() < Rational(1, 1'000'000'000));
    CHECK(answer.point->alone < Rational(3, 2));  // the origin is critical too
    // of a closed ball: the point itself may lie at exactly its distance
    CHECK(answer.empty < answer.point->distance.lo);
    CHECK(answer.empty <= answer.point->alone);
    CHECK(answer.empty * Rational(1000001, 1000000) > std::min(answer.point->alone, answer.point->distance.lo));
    // beside the origin, where the rotation stands still
    const NearbyAnswer top = certified_near(circle, vector({Rational(1, 1'000'000), Rational(-3, 1'000'000)}));
    REQUIRE(top.point.has_value());
    CHECK(top.point->inertia == Inertia{2, 0, 0});
    CHECK(top.point->verdict == Verdict::local_maximizer);
    CHECK(top.point->alone > 0);
    CHECK(top.point->alone < Rational(3, 2));
  }

  TEST_CASE("an exact critical point is its own neighbour, at distance 0") {
    const NearbyAnswer answer = certified_near(quarter_factorization(), vector({0, 0}));
    REQUIRE(answer.point.has_value());
    CHECK(answer.point->distance.is_exact());
    CHECK(answer.point->distance.lo == 0);
    CHECK(answer.point->verdict == Verdict::local_maximizer);
  }

  TEST_CASE("a hyperbola of minima: the rescaling is no isometry, and nothing is said of other points") {
    const Loss loss(scalars({"x", "y"},
                            [](Builder& b, const std::vector<Node>& v) {
                              return b.power(b.subtract(b.multiply(v[0], v[1]), b.scalar(2)), 2);
                            }),
                    {});
    const NearbyAnswer answer = certified_near(loss, vector({parse_rational("2.83"), parse_rational("0.708")}));
    REQUIRE(answer.point.has_value());
    CHECK(answer.point->inertia == Inertia{0, 1, 1});
    const Enclosure product = answer.point->at[0] * answer.point->at[1];
    CHECK(product.contains(2));
    CHECK(answer.point->alone == 0);
    CHECK(answer.empty > 0);
    CHECK(answer.empty <= answer.point->distance.lo);
  }

  TEST_CASE("a spurious minimum is told from others") {
    const auto both = [](Index i, Index j) {
      return RationalMatrix(symmetry::test::unit(3, i, j) + symmetry::test::unit(3, j, i));
    };
    const RationalMatrix first = matrix({{1, 0, 0}, {0, Rational(161, 289), 0}, {0, 0, 0}});
    const RationalMatrix second = Rational(240, 289) * symmetry::test::unit(3, 1, 1);
    const Loss loss(symmetry::test::sensing(3, 2,
                                            {{first, 161},
                                             {Rational(15, 17) * both(0, 1), 0},
                                             {second, 0},
                                             {10 * both(0, 2), 0},
                                             {10 * both(1, 2), 0},
                                             {symmetry::test::unit(3, 2, 2), 1}}),
                    {});
    // beside U = [0, 0; 161/17, 0; 0, 1], and beside a zero of the loss
    RationalVector at = vector({0, Rational(161, 17), 0, 0, 0, 1});
    at(2) += Rational(1, 1'000'000'000);
    at(3) -= Rational(3, 1'000'000'000);
    const NearbyAnswer high = certified_near(loss, at);
    REQUIRE(high.point.has_value());
    CHECK(high.point->verdict == Verdict::local_minimizer);
    CHECK(high.point->inertia == Inertia{0, 1, 5});
    CHECK(high.point->value.contains(Rational(Integer(1493049600), Integer(83521))));
    REQUIRE(high.point->better.has_value());
    CHECK(loss.value(*high.point->better) < high.point->value.lo);
    const NearbyAnswer low = certified_near(loss, vector({parse_rational("12.688577540449518"), 0, 0, 0, 0, 1}));
    REQUIRE(low.point.has_value());
    CHECK(low.point->value.contains(0));
    CHECK_FALSE(low.point->better.has_value());
  }

  TEST_CASE("degenerate critical points, and points that are none, are not certified") {
    const auto power = [](int exponent) {
      return Loss(scalars({"x"}, [=](Builder& b, const std::vector<Node>& v) { return b.power(v[0], exponent); }), {});
    };
    for (const int exponent : {3, 4, 6}) {
      CAPTURE(exponent);
      for (const char* at : {"0", "1e-9", "1e-3", "0.5"}) {
        const NearbyAnswer answer = certified_near(power(exponent), vector({parse_rational(at)}));
        CHECK_FALSE(answer.point.has_value());
        CHECK_FALSE(answer.reason.empty());
        CHECK(answer.empty <= parse_rational(at));
      }
    }
    // x + y^2 + x^3: none at all
    const Loss none(scalars({"x", "y"},
                            [](Builder& b, const std::vector<Node>& v) {
                              return b.add(b.add(v[0], b.power(v[0], 3)), b.power(v[1], 2));
                            }),
                    {});
    const NearbyAnswer answer = certified_near(none, vector({Rational(1, 10), Rational(1, 1000)}));
    CHECK_FALSE(answer.point.has_value());
    CHECK(answer.empty > Rational(1, 5));
    // x^3/3 - 2^-80 x: two critical points at +-2^-40, too near for a double to tell from none
    const Rational tiny(Integer(1), Integer(Integer(1) << 80));
    const Loss pair(scalars({"x"},
                            [&](Builder& b, const std::vector<Node>& v) {
                              return b.subtract(b.scale(Rational(1, 3), b.power(v[0], 3)), b.scale(tiny, v[0]));
                            }),
                    {});
    const NearbyAnswer right = certified_near(pair, vector({parse_rational("1e-12")}));
    if (right.point) CHECK(contains_root(right.point->at[0], tiny));
  }

  TEST_CASE("where the loss is not defined nothing is proved across") {
    // x + 1/x: minimum at 1, maximum at -1
    const Loss loss(
        scalars({"x"}, [](Builder& b, const std::vector<Node>& v) { return b.add(v[0], b.reciprocal(v[0])); }), {});
    const NearbyAnswer answer = certified_near(loss, vector({Rational(101, 100)}));
    REQUIRE(answer.point.has_value());
    CHECK(answer.point->at[0].contains(1));
    CHECK(answer.point->verdict == Verdict::local_minimizer);
    CHECK(answer.point->alone < Rational(101, 100));
    if (answer.point->better) CHECK(loss.value(*answer.point->better) < 2);
  }

  TEST_CASE("factorizations with orthogonal orbits: rank, inertia and distance as the formula says") {
    const std::uint64_t seed = 20;
    CAPTURE(seed);
    Random random(seed);
    const std::vector<Rational> lambda{7, 5, 2, -3};
    constexpr Index n = 4;
    constexpr Index k = 2;
    const RationalMatrix basis = random_orthogonal(n, random);
    RationalMatrix m = RationalMatrix::Zero(n, n);
    for (Index i = 0; i < n; ++i)
      m += lambda[static_cast<std::size_t>(i)] * basis.col(i) * basis.col(i).transpose();
    const Loss loss(symmetry::test::symmetric_factorization(n, k), {m});
    for (const std::set<Index>& S : std::vector<std::set<Index>>{{}, {0}, {2}, {0, 1}, {1, 2}}) {
      CAPTURE(S.size());
      Matrix<double> u = Matrix<double>::Zero(n, k);
      Index column = 0;
      for (const Index i : S) {
        for (Index row = 0; row < n; ++row)
          u(row, column) =
              basis(row, i).convert_to<double>() * std::sqrt(lambda[static_cast<std::size_t>(i)].convert_to<double>());
        ++column;
      }
      const double angle = 3 * uniform(random);
      Matrix<double> turn(k, k);
      turn << std::cos(angle), -std::sin(angle), std::sin(angle), std::cos(angle);
      u = u * turn;
      const double noise = S.empty() ? 1e-7 : 1e-3;
      const Doubles there = single_precision(u.reshaped() + random_doubles(n * k, noise, random));
      const NearbyAnswer answer = certified_near(loss, exactly(there));
      if (S.size() == 1) {
        // beside a point of low rank the floats are of full rank: 1e-3 is too far to tell
        const Doubles closer = single_precision(u.reshaped() + random_doubles(n * k, 1e-8, random));
        const NearbyAnswer low = certified_near(loss, exactly(closer));
        REQUIRE(low.point.has_value());
        CHECK(low.point->inertia == inertia_of_factorization(lambda, S, k));
        CHECK(low.point->alone > 0);
        continue;
      }
      REQUIRE(answer.point.has_value());
      CHECK(answer.point->inertia == inertia_of_factorization(lambda, S, k));
      CHECK(answer.point->alone > 0);
      // min over rotations of |there - u R|^2 = |there|^2 + |u|^2 - 2 |there^T u|_nuclear
      const Matrix<double> given = there.reshaped(n, k);
      const double nuclear = (given.transpose() * u).jacobiSvd().singularValues().sum();
      const double exact = std::sqrt(std::max(0.0, given.squaredNorm() + u.squaredNorm() - 2 * nuclear));
      if (!S.empty()) CHECK(answer.point->distance.hi.convert_to<double>() == doctest::Approx(exact).epsilon(1e-5));
    }
  }
}

TEST_SUITE("standard") {
  TEST_CASE("matrix sensing: floats from minimizing the gradient, rounded to single precision, are all answered") {
    const std::uint64_t seed = 5;
    CAPTURE(seed);
    Random random(seed);
    constexpr Index n = 4;
    constexpr Index k = 2;
    const RationalMatrix truth = random_integers(n, k, 2, random);
    const RationalMatrix gram = truth * truth.transpose();
    std::vector<std::pair<RationalMatrix, Rational>> measurements;
    for (int l = 0; l < 16; ++l) {
      const RationalMatrix a = random_integers(n, n, 3, random);
      const RationalMatrix symmetric = a + RationalMatrix(a.transpose());
      measurements.emplace_back(symmetric, symmetric.cwiseProduct(gram).sum());
    }
    const Loss loss(symmetry::test::sensing(n, k, measurements), {});
    int answered = 0;
    std::set<std::string> kinds;
    for (int start = 0; start < 12; ++start) {
      CAPTURE(start);
      const Doubles x = least_gradient(loss, random_doubles(n * k, 2.5, random), 400);
      if (loss.gradient(x).norm() > 1e-9) continue;  // a minimum of the gradient's norm that is no critical point
      const NearbyAnswer answer = certified_near(loss, exactly(single_precision(x)));
      REQUIRE_MESSAGE(answer.point.has_value(), answer.reason);
      ++answered;
      const Inertia inertia = answer.point->inertia;
      CHECK(inertia == by_tolerance(loss, x, 1e-3));
      CHECK(answer.point->distance.hi < Rational(1, 1'000'000));
      kinds.insert(std::to_string(inertia.negative) + "," + std::to_string(inertia.zero));
      const Index q = (Matrix<double>(x.reshaped(n, k)).jacobiSvd().singularValues().array() > 1e-6).count();
      CHECK(inertia.zero == q * (q - 1) / 2 + q * (k - q));
    }
    CHECK(answered >= 8);
    CHECK(kinds.size() >= 3);
    MESSAGE(answered, " of 12 starts, ", kinds.size(), " kinds");
  }
}
