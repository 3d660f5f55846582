// Biases, weighted samples and data that do not span their inputs, against the loss itself: exact critical points put
// together by hand, whose Hessian the general engine derives from the formula with biases and samples.
#include <doctest/doctest.h>
#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <random>
#include <rankscape/check/evidence.hpp>
#include <rankscape/error.hpp>

#include "landscapes.hpp"
#include "near/report.hpp"
#include "near/trajectory.hpp"

using namespace rankscape;
using namespace rankscape::near;

namespace {

struct Case {
  int layers;
  std::vector<bool> biased;  // by layer
  std::vector<int> S;        // 1-based
  bool spanning = true;      // does X have full row rank?
  bool weighted = false;
  bool extra = false;  // an arrow of the last layer outside the product
};

struct Planted {
  std::vector<RationalMatrix> W;
  std::vector<std::optional<RationalMatrix>> b;
  RationalMatrix X, Y;  // each sample as often as its weight says
  std::vector<NamedMatrix> data;
};

// Rows of a Hadamard matrix other than the row of ones: orthogonal, of sum zero.
RationalMatrix hadamard(Index rows) {
  RationalMatrix z(rows, 8);
  for (Index i = 0; i < rows; ++i)
    for (Index k = 0; k < 8; ++k)
      z(i, k) = __builtin_parityl(static_cast<unsigned long>((i + 1) & k)) == 0 ? 1 : -1;
  return z;
}

class Maker {
 public:
  explicit Maker(unsigned seed) : random_(seed) {}
  RationalMatrix matrix(Index rows, Index cols) {
    RationalMatrix a(rows, cols);
    for (Index i = 0; i < rows; ++i)
      for (Index j = 0; j < cols; ++j)
        a(i, j) = Rational(static_cast<long>(random_() % 7) - 3, static_cast<long>(random_() % 3) + 1);
    return a;
  }
  RationalMatrix invertible(Index n) {
    while (true) {
      RationalMatrix a = matrix(n, n);
      if (determinant(a) != 0) return a;
    }
  }

 private:
  std::mt19937 random_;
};

constexpr Index dy = 2;
constexpr Index hidden = 3;

Planted plant(const Case& c, Maker& make) {
  const RationalMatrix z = hadamard(3);  // the inputs, up to a linear map
  const Index dx = c.spanning ? 3 : 4;
  const RationalMatrix a = c.spanning ? make.invertible(3) : make.matrix(4, 3);
  RationalMatrix p = RationalMatrix::Zero(dy, 3);  // P_* in these inputs
  p(0, 0) = 3;
  p(1, 1) = 2;
  const RationalMatrix one = RationalMatrix::Constant(1, 8, Rational(1));
  const bool any = std::any_of(c.biased.begin(), c.biased.end(), [](bool b) { return b; });
  Planted planted;
  planted.X = multiply(a, z);
  planted.Y = multiply(p, z);
  RationalMatrix shift = RationalMatrix::Zero(dx, 1);
  RationalMatrix up = RationalMatrix::Zero(dy, 1);
  if (any) {  // means that are not zero
    shift = make.matrix(dx, 1);
    if (c.biased.back()) up = make.matrix(dy, 1);
    planted.X += multiply(shift, one);
    planted.Y += multiply(up, one);
  }

  const auto r = static_cast<Index>(c.S.size());
  RationalMatrix front = RationalMatrix::Zero(hidden, 3);
  RationalMatrix back = RationalMatrix::Zero(dy, hidden);
  for (Index i = 0; i < r; ++i) {
    front.row(i) = p.row(c.S[static_cast<std::size_t>(i)] - 1);
    back(c.S[static_cast<std::size_t>(i)] - 1, i) = 1;
  }
  if (c.extra)
    for (Index q = 0; q < dy; ++q)
      if (std::find(c.S.begin(), c.S.end(), q + 1) == c.S.end()) back(q, hidden - 1) = 1;
  RationalMatrix middle = RationalMatrix::Zero(hidden, hidden);
  for (Index i = 0; i < r; ++i)
    middle(i, i) = 1;
  // W_1 a = G front; where a has a left kernel, W_1 has a free part
  const RationalMatrix at = a.transpose();
  RationalMatrix left = multiply(*inverse(multiply(at, a)), at);
  RationalMatrix g = make.invertible(hidden);
  RationalMatrix first = multiply({g, front, left});
  if (!c.spanning) {
    const RationalMatrix kernel = null_space(at).transpose();
    first += multiply(make.matrix(hidden, kernel.rows()), kernel);
  }
  planted.W.push_back(first);
  for (int h = 2; h < c.layers; ++h) {
    const RationalMatrix next = make.invertible(hidden);
    planted.W.push_back(multiply({next, middle, *inverse(g)}));
    g = next;
  }
  planted.W.push_back(multiply(back, *inverse(g)));

  RationalMatrix mean = shift;  // of what reaches a layer
  for (std::size_t h = 0; h < planted.W.size(); ++h) {
    mean = multiply(planted.W[h], mean);
    planted.b.emplace_back();
    if (!c.biased[h]) continue;
    planted.b[h] = h + 1 == planted.W.size() ? RationalMatrix(up - mean) : make.matrix(planted.W[h].rows(), 1);
    if (!c.biased.back()) planted.b[h] = RationalMatrix(-multiply(planted.W[h], shift));  // the first alone
    mean += *planted.b[h];
  }

  planted.data = {{"X", planted.X}, {"Y", planted.Y}};
  if (c.weighted) {  // split the first sample: weights 1/3 and 2/3, and a sample of weight 0
    RationalMatrix w = RationalMatrix::Constant(10, 1, Rational(1));
    RationalMatrix x(dx, 10);
    RationalMatrix y(dy, 10);
    x << planted.X, planted.X.col(0), make.matrix(dx, 1);
    y << planted.Y, planted.Y.col(0), make.matrix(dy, 1);
    w(0, 0) = Rational(1, 3);
    w(8, 0) = Rational(2, 3);
    w(9, 0) = 0;
    planted.data = {{"X", x}, {"Y", y}, {"sample_weight", w}};
  }
  return planted;
}

Inputs inputs_of(const Planted& planted) {
  std::vector<NamedMatrix> arrays;
  for (std::size_t h = 0; h < planted.W.size(); ++h) {
    arrays.push_back({fmt::format("W{}", h + 1), planted.W[h], false});
    if (planted.b[h]) arrays.push_back({fmt::format("b{}", h + 1), *planted.b[h], true});
  }
  return read_inputs(arrays, "weights", planted.data, "data", {"columns", {}});
}

Json rows(const RationalMatrix& a) {
  Json list = Json::array();
  for (Index i = 0; i < a.rows(); ++i) {
    Json row = Json::array();
    for (Index j = 0; j < a.cols(); ++j)
      row.push_back(to_string(a(i, j)));
    list.push_back(row);
  }
  return list;
}

// The loss as it is written, at these weights and biases, by the engine of any landscape.
Evidence by_the_formula(const Planted& planted) {
  std::string inside = "X";
  Json weights;
  for (std::size_t h = 0; h < planted.W.size(); ++h) {
    inside = fmt::format("(W{}*{}{})", h + 1, inside, planted.b[h] ? fmt::format(" + b{}*one", h + 1) : "");
    weights[fmt::format("W{}", h + 1)] = rows(planted.W[h]);
    if (planted.b[h]) weights[fmt::format("b{}", h + 1)] = rows(*planted.b[h]);
  }
  Json point{{"format", "rankscape-point/1"},
             {"loss", fmt::format("norm2({} - Y)", inside)},
             {"data", {{"X", rows(planted.X)}, {"Y", rows(planted.Y)}}},
             {"weights", weights}};
  if (inside.find("one") != std::string::npos)
    point["data"]["one"] = rows(RationalMatrix::Constant(1, planted.X.cols(), Rational(1)));
  const auto located = test::library().point(point);
  return examine(*located.landscape->instance(located.point), {.form_hessian = false, .eigenvalues = false});
}

Rational square_distance(const Planted& a, const Planted& b) {
  Rational square = 0;
  for (std::size_t h = 0; h < a.W.size(); ++h) {
    square += square_norm(a.W[h] - b.W[h]);
    if (a.b[h]) square += square_norm(*a.b[h] - *b.b[h]);
  }
  return square;
}

// The critical point of the user's loss that a candidate stands for, its last bias once more as the mean residual of
// the samples.
Planted user_point(const Planted& planted, const Problem& problem, const CriticalPoint& point) {
  Planted at = planted;
  const auto located = locate(problem, point);
  REQUIRE(located);
  for (const Rational& error : located->layers.errors)
    CHECK(error == 0);  // the eigenvectors of these data are rational
  at.W = located->layers.W;
  const bool appended = !problem.centred && planted.b.front().has_value();
  if (appended) {
    const RationalMatrix both = at.W.front();
    at.W.front() = both.leftCols(both.cols() - 1);
    at.b.front() = both.rightCols(1);
  }
  if (problem.centred) {
    at.b = located->b;
    RationalMatrix value = planted.X;
    for (std::size_t h = 0; h < at.W.size(); ++h) {
      value = multiply(at.W[h], value);
      if (h + 1 < at.W.size() && at.b[h]) value.colwise() += at.b[h]->col(0);
    }
    at.b.back() = RationalMatrix((planted.Y - value).rowwise().sum() / Rational(planted.Y.cols()));
    CHECK(*at.b.back() == *located->b.back());
  }
  return at;
}

const std::vector<Case>& cases() {
  static const std::vector<Case> list{
      {2, {false, false}, {1}},
      {2, {false, true}, {1}},
      {2, {true, true}, {2}, true, true},
      {2, {true, false}, {1}},
      {2, {true, false}, {1, 2}, false},
      {2, {false, false}, {2}, false, true},
      {2, {true, true}, {}, false},
      {3, {false, true, true}, {1}, false, true},
      {3, {true, true, true}, {1}, true, false, true},
      {3, {true, false, false}, {2}},
      {3, {false, false, true}, {1, 2}, false},
      {3, {false, false, false}, {1}, false, false, true},
  };
  return list;
}

}  // namespace

TEST_SUITE("quick") {
  TEST_CASE("critical points of networks with biases: inertia by the formula, distances by the points themselves") {
    unsigned seed = 1;
    for (const Case& c : cases()) {
      CAPTURE(seed);
      Maker make(seed++);
      const Planted planted = plant(c, make);
      const Evidence evidence = by_the_formula(planted);
      REQUIRE(evidence.critical);
      Planted moved = planted;
      for (std::size_t h = 0; h < moved.W.size(); ++h) {
        moved.W[h] += make.matrix(moved.W[h].rows(), moved.W[h].cols()) / Rational(1000000);
        if (moved.b[h]) *moved.b[h] += make.matrix(moved.b[h]->rows(), 1) / Rational(1000000);
      }
      const Problem problem = reduce(inputs_of(moved));
      CHECK(problem.notes.size() == (moved.b[0] || moved.b.back() ? 1U : 0U) + (c.spanning ? 0U : 1U));
      const Answer answer = analyse(problem);
      const Rational planted_square = square_distance(planted, moved);
      CHECK(answer.empty_radius() * answer.empty_radius() <= planted_square);
      bool found = false;
      for (const Certified& candidate : answer.found) {
        // every candidate is a critical point of the loss, and so far away
        const Planted there = user_point(moved, problem, candidate.point);
        const Rational square = square_distance(there, moved);
        CHECK(square <= candidate.above * candidate.above);
        CHECK(candidate.above * candidate.above <= square * (1 + Rational(1, 1000000000)));
        CHECK(candidate.below * candidate.below <= square);
        Selection S;
        for (const int i : c.S)
          S.insert(i - 1);
        if (candidate.point.S != S || candidate.inertia.zero != evidence.hessian->zero) continue;
        CHECK(candidate.inertia.negative == evidence.hessian->negative);
        CHECK(candidate.inertia.positive == evidence.hessian->positive);
        // of several strata with these numbers one is the planted
        if (candidate.above * candidate.above <= planted_square * Rational(1001, 1000)) found = true;
        const Evidence again = by_the_formula(there);
        CHECK(again.critical);
        CHECK(again.hessian->negative == candidate.inertia.negative);
        CHECK(again.hessian->zero == candidate.inertia.zero);
      }
      CHECK(found);
    }
  }

  TEST_CASE("moments say as much as the samples that have them, biases included") {
    unsigned seed = 1;
    for (const Case& c : cases()) {
      CAPTURE(seed);
      Maker make(seed++);
      Planted planted = plant(c, make);
      const Inputs samples = inputs_of(planted);
      const RationalMatrix xt = planted.X.transpose();
      const RationalMatrix yt = planted.Y.transpose();
      planted.data = {
          {"Sxx", multiply(planted.X, xt)},  {"Sxy", multiply(planted.X, yt)},
          {"Syy", multiply(planted.Y, yt)},  {"Sx", planted.X.rowwise().sum(), true},
          {"Sy", planted.Y.rowwise().sum()}, {"S1", RationalMatrix::Constant(1, 1, Rational(planted.X.cols()))}};
      const Inputs moments = inputs_of(planted);
      CHECK(loss_of(moments) == loss_of(samples));
      const Problem a = reduce(samples);
      const Problem b = reduce(moments);
      CHECK(a.network.Sxx == b.network.Sxx);
      CHECK(a.network.Sxy == b.network.Sxy);
      CHECK(a.added == b.added);
      CHECK(a.centred.has_value() == b.centred.has_value());
      if (a.centred) CHECK(a.centred->x_mean == b.centred->x_mean);
      if (a.centred) CHECK(a.centred->y_mean == b.centred->y_mean);
      planted.data.pop_back();
      CHECK_THROWS_AS(static_cast<void>(inputs_of(planted)), InputError);  // all three, or none
      planted.data.push_back({"S1", RationalMatrix::Constant(1, 1, Rational(1, 1000))});
      if (!is_zero(RationalMatrix(planted.X.rowwise().sum())))
        CHECK_THROWS_AS(static_cast<void>(inputs_of(planted)), InputError);  // means too large for Sxx
    }
  }

  TEST_CASE("what no theorem covers is said") {
    Maker make(7);
    Planted planted = plant({3, {false, false, false}, {1}}, make);
    planted.b[1] = make.matrix(hidden, 1);
    CHECK(reduce(inputs_of(planted)).open.find("middle layer") != std::string::npos);
    planted = plant({2, {false, true}, {1}}, make);
    const RationalMatrix xt = planted.X.transpose();
    const RationalMatrix yt = planted.Y.transpose();
    planted.data = {{"Sxx", multiply(planted.X, xt)}, {"Sxy", multiply(planted.X, yt)}};
    CHECK_THROWS_AS(static_cast<void>(reduce(inputs_of(planted))), InputError);  // no means
    planted.b[1].reset();
    CHECK(reduce(inputs_of(planted)).open.empty());
    planted.data = {{"Sxx", RationalMatrix::Zero(3, 3)}, {"Sxy", multiply(planted.X, yt)}};
    CHECK_THROWS_AS(static_cast<void>(reduce(inputs_of(planted))), InputError);
  }
}
