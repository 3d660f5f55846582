// Matrices and sequences that formulas build, against loops over plain arrays; exact literals; hostile sizes.
#include "exact/selection.hpp"
#include "language/evaluate.hpp"
#include "language/toy_language.hpp"
#include "language/tree.hpp"

#include <doctest/doctest.h>
#include <map>
#include <memory>
#include <random>

namespace rankscape {
namespace {

using toy::matrix;

// A chain of weights W(1), .., W(H) with declared shapes d(h) x d(h-1), random entries, a sequence of integers.
class Chain final : public FeatureSource {
 public:
  Chain(std::vector<long> widths, std::uint64_t seed) : widths_(std::move(widths)) {
    std::mt19937_64 random(seed);
    const auto entry = [&] {
      const auto denominator = static_cast<long>(random() % 3) + 1;
      return Rational(static_cast<long>(random() % 7) - 3, denominator);
    };
    for (std::size_t h = 1; h < widths_.size(); ++h) {
      RationalMatrix w(widths_[h], widths_[h - 1]);
      for (Index k = 0; k < w.size(); ++k)
        w(k) = entry();
      weights.push_back(w);
    }
  }

  [[nodiscard]] static const Vocabulary& vocabulary() {
    static const Vocabulary all = [] {
      std::vector<FeatureDeclaration> features = {
          {"H", {}, Kind::integer, "H", ""},
          {"d", {Kind::integer}, Kind::integer, "d_{#1}", ""},
      };
      features[0].size = features[1].size = true;
      const Vocabulary sizes(features, {});
      const auto extent = [&](const std::string& text) {
        // with the weight's index in slot 0, as a binder has it
        const Expression all_of = parse_expression("sum(i in 1..1 : " + text + ")", sizes);
        return all_of.tree->children.back();
      };
      FeatureDeclaration weight{"W", {Kind::integer}, Kind::matrix, "W_{#1}", ""};
      weight.shape =
          std::make_shared<const language::DeclaredShape>(language::DeclaredShape{{extent("d(i)"), extent("d(i-1)")}});
      features.push_back(weight);
      FeatureDeclaration place{"place", {}, Kind::sequence, "\\pi", ""};
      place.of_integers = true;
      features.push_back(place);
      features.push_back({"S", {}, Kind::set, "S", ""});
      return Vocabulary(features, {});
    }();
    return all;
  }

  [[nodiscard]] Value feature(std::size_t position, std::span<const Value> arguments) const override {
    const auto argument = [&] { return std::get<long>(arguments[0]); };
    switch (position) {
      case 0:
        return static_cast<long>(widths_.size()) - 1;
      case 1:
        if (argument() < 0 || argument() >= static_cast<long>(widths_.size())) throw Undefined("no such width");
        return widths_[static_cast<std::size_t>(argument())];
      case 2:
        if (argument() < 1 || argument() > static_cast<long>(weights.size())) throw Undefined("no such weight");
        return weights[static_cast<std::size_t>(argument() - 1)];
      case 3:
        return std::vector<Real>{Real(Rational(3)), Real(Rational(1)), Real(Rational(2))};
      default:
        return IndexSet{1, 3};
    }
  }
  [[nodiscard]] RationalMatrix jacobian(std::size_t position, std::span<const Value> arguments) const override {
    if (position != 2) throw Undefined("no derivative");
    return RationalMatrix::Constant(1, 1, Rational(std::get<long>(arguments[0])));
  }

  std::vector<RationalMatrix> weights;

 private:
  std::vector<long> widths_;
};

Value at(const Chain& chain, const std::string& text) {
  return evaluate(parse_expression(text, Chain::vocabulary()), chain);
}
RationalMatrix matrix_at(const Chain& chain, const std::string& text) {
  return std::get<RationalMatrix>(at(chain, text));
}
std::string undefined(const Chain& chain, const std::string& text) {
  try {
    static_cast<void>(at(chain, text));
  } catch (const Undefined& error) {
    return error.what();
  }
  return "defined";
}
bool holds(const std::string& text) {
  return toy::truth_of(text) == Truth::yes;
}

RationalMatrix naive_product(const RationalMatrix& a, const RationalMatrix& b) {
  RationalMatrix c = RationalMatrix::Zero(a.rows(), b.cols());
  for (Index i = 0; i < a.rows(); ++i) {
    for (Index j = 0; j < b.cols(); ++j) {
      for (Index k = 0; k < a.cols(); ++k)
        c(i, j) += a(i, k) * b(k, j);
    }
  }
  return c;
}

TEST_SUITE("quick") {
  TEST_CASE("ordered products telescope, empty ones included") {
    for (std::uint64_t seed = 1; seed <= 10; ++seed) {
      CAPTURE(seed);
      const Chain chain({2, 3, 1, 2}, seed);
      const auto& w = chain.weights;
      const RationalMatrix all = naive_product(w[2], naive_product(w[1], w[0]));
      CHECK(matrix_at(chain, "prod(h in H downto 1 : W(h))") == all);
      CHECK(matrix_at(chain, "prod(h in 1..H : W(h)')") == RationalMatrix(all.transpose()));
      CHECK(matrix_at(chain, "prod(h in 2 downto 2 : W(h))") == w[1]);
      CHECK(matrix_at(chain, "prod(h in {1} : W(h))") == w[0]);
    }
    const Chain chain({2, 3, 1, 2}, 1);
    // between layers h and h the identity of width d(h), at both ends, too
    CHECK(matrix_at(chain, "prod(h in 0 downto 1 : W(h))") == RationalMatrix(RationalMatrix::Identity(2, 2)));
    CHECK(matrix_at(chain, "prod(h in 1 downto 2 : W(h))") == RationalMatrix(RationalMatrix::Identity(3, 3)));
    CHECK(matrix_at(chain, "prod(h in H downto H + 1 : W(h))") == RationalMatrix(RationalMatrix::Identity(2, 2)));
    CHECK(matrix_at(chain, "prod(h in 2..1 : W(h)')") == RationalMatrix(RationalMatrix::Identity(3, 3)));
    CHECK(undefined(chain, "prod(h in 1 downto 3 : W(h))") == "the product of no matrices, from 1 columns to 3 rows");
    CHECK(undefined(chain, "prod(h in {} : W(h))") == "the prod of no matrices of a shape that is not declared");
    CHECK(undefined(chain, "sum(h in {} : W(h))") == "the sum of no matrices of a shape that is not declared");
    CHECK(matrix_at(chain, "sum(i in {} : i * W(2))") == RationalMatrix(RationalMatrix::Zero(1, 3)));
    CHECK(matrix_at(chain, "sum(h in 1..H, i in {} : [1, 2] * W(1)')").cols() == 3);
  }

  TEST_CASE("sums of matrices, quotients, entries by formula") {
    for (std::uint64_t seed = 1; seed <= 10; ++seed) {
      CAPTURE(seed);
      const Chain chain({2, 2, 2}, seed);
      const RationalMatrix& a = chain.weights[0];
      const RationalMatrix& b = chain.weights[1];
      CHECK(matrix_at(chain, "sum(h in 1..2 : h * W(h))") == RationalMatrix(a + Rational(2) * b));
      CHECK(matrix_at(chain, "W(1) / 3") == RationalMatrix(a / Rational(3)));
      RationalMatrix built(2, 3);
      RationalMatrix kron(4, 4);
      Rational inner = 0;
      for (Index i = 0; i < 2; ++i) {
        for (Index j = 0; j < 3; ++j)
          built(i, j) = Rational(i + 1) * a(0, 1) - Rational(j + 1);
        for (Index j = 0; j < 2; ++j) {
          inner += a(i, j) * b(i, j);
          for (Index p = 0; p < 2; ++p) {
            for (Index q = 0; q < 2; ++q)
              kron(2 * i + p, 2 * j + q) = a(i, j) * b(p, q);
          }
        }
      }
      CHECK(matrix_at(chain, "matrix(i in 1..2, j in 1..3 : i * entry(W(1), 1, 2) - j)") == built);
      CHECK(matrix_at(chain, "kron(W(1), W(2))") == kron);
      CHECK(*std::get<Real>(at(chain, "inner(W(1), W(2))")).exact() == inner);
      CHECK(*std::get<Real>(at(chain, "tr(W(1)' * W(2))")).exact() == inner);
      CHECK(matrix_at(chain, "[W(1), W(2); W(2), W(1)]") ==
            matrix_at(chain, "kron(identity(2), W(1)) + kron([0, 1; 1, 0], W(2))"));
      CHECK(matrix_at(chain, "hadamard(W(1), W(2))") == RationalMatrix(a.cwiseProduct(b)));
      CHECK(matrix_at(chain, "block(W(1), {2}, {1, 2})") == RationalMatrix(a.row(1)));
      CHECK(matrix_at(chain, "block(W(1), {}, {1, 2})").rows() == 0);
      CHECK(std::get<Truth>(at(chain,
                               "all(i in 1..4 : entries(W(1))(i) == "
                               "sum(p in 1..2, q in 1..2 where i == 2 * (p - 1) + q : entry(W(1), p, q)))")) ==
            Truth::yes);
    }
    const Chain chain({2, 3}, 1);
    CHECK(undefined(chain, "W(1) / (H - 1)") == "division by zero");
    CHECK(undefined(chain, "block(W(1), {4}, {1})") == "row 4 of a matrix with 3");
    CHECK(undefined(chain, "hadamard(W(1), W(1)')") == "a 3 x 2 and a 2 x 3 matrix have different shapes");
    CHECK(undefined(chain, "diag(sequence(i in 1..2 : sqrt(2)))") ==
          "an entry of a matrix that is not known to be rational");
    CHECK(undefined(chain, "[W(1); W(1)']") == "blocks of 2 and 3 columns above each other");
    CHECK(undefined(chain, "zeros(-1, 2)") == "a -1 x 2 matrix");
    CHECK(undefined(chain, "identity(100000)") == "a matrix of more than 1000000 entries");
    CHECK(undefined(chain, "kron(ones(2000, 1), ones(3000, 1))") == "a matrix of more than 1000000 entries");
    CHECK(matrix_at(chain, "zeros(0, 2) * zeros(2, 0)").size() == 0);
    CHECK(matrix_at(chain, "zeros(2, 0) * zeros(0, 2)") == RationalMatrix(RationalMatrix::Zero(2, 2)));
  }

  TEST_CASE("sequences: in order, with conditions, of integers") {
    const Chain chain({2, 2, 2}, 1);
    CHECK(std::get<long>(at(chain, "place(1) + place(3)")) == 5);
    CHECK(std::get<long>(at(chain, "d(place(2))")) == 2);
    CHECK(std::get<long>(at(chain, "sequence(i in S : i^2)(2)")) == 9);
    CHECK(std::get<long>(at(chain, "sequence(i in 5 downto 1 where i != 4 : i)(2)")) == 3);
    CHECK(std::get<Truth>(at(chain, "distinct(place)")) == Truth::yes);
    CHECK(*std::get<Real>(at(chain, "sequence(i in 1..3 : 1/i)(3)")).exact() == Rational(1, 3));
    CHECK(std::get<long>(at(chain, "length(sequence(i in {} : i))")) == 0);
    CHECK(std::get<long>(at(chain, "prod(i in 1..5 : i)")) == 120);
    CHECK(std::get<long>(at(chain, "prod(i in 5..1 : i)")) == 1);
    CHECK(*std::get<Real>(at(chain, "prod(i in S : i/2)")).exact() == Rational(3, 4));
    CHECK(std::get<IndexSet>(at(chain, "{3 downto 2, 7}")) == IndexSet{2, 3, 7});
    CHECK(std::get<IndexSet>(at(chain, "if H == 2 then S else {}")) == IndexSet{1, 3});
  }

  TEST_CASE("the jacobian is asked of the point") {
    const Chain chain({1, 1, 1}, 1);
    CHECK(matrix_at(chain, "jacobian(W(2))") == matrix({{2}}));
    CHECK_THROWS_AS(toy::value_of("jacobian(A)"), Undefined);
  }

  TEST_CASE("spectra on ranges, positions") {
    CHECK(holds("eigenvalues_on([3, 0; 0, 4], [0; 2])(1) == 4"));
    CHECK(holds("length(eigenvalues_on([3, 0; 0, 4], zeros(2, 1))) == 0"));
    CHECK(holds("singular([0, 2; 0, 0; 3, 0])(1) == 3 and singular([0, 2; 0, 0; 3, 0])(2) == 2"));
    CHECK(holds("length(singular([1, 2, 3])) == 1 and singular([1, 2, 2])(1) == 3"));
    CHECK(holds("singular([1, 1; 0, 1])(1)^2 == (3 + sqrt(5)) / 2"));
    CHECK(holds("singular_on([0, 2; 3, 0], [0; 1])(1) == 3"));
    CHECK(holds("singular_on(zeros(3, 1), kernel(zeros(1, 3)))(3) == 0"));
    CHECK(holds("positions(entries([4, 1]), lambda) == {2, 3}"));
    CHECK(holds("positions(entries([5, 5]), entries([7, 5, 5])) == {2, 3}"));
    CHECK(holds("positions(eigenvalues([1, 1; 1, 0]), eigenvalues([1, 1; 1, 0])) == {1, 2}"));
    const auto why = [](const std::string& text) {
      try {
        static_cast<void>(toy::value_of(text));
      } catch (const Undefined& error) {
        return std::string(error.what());
      }
      return std::string("defined");
    };
    CHECK(why("positions(entries([5]), entries([7, 5, 5]))") ==
          "positions, where a repeated value is selected in part");
    CHECK(why("positions(entries([6]), lambda)") == "positions of numbers that the sequence does not have");
    CHECK(why("eigenvalues_on([0, 1; 1, 0], [1; 0])") ==
          "eigenvalues on a space that the matrix does not map into itself");
    CHECK(why("eigenvalues_on([0, 1; 0, 0], [1; 0])") == "the eigenvalues of a matrix that is not symmetric");
    CHECK(why("singular_on([1, 1; 0, 1], [1; 0])") == "singular values on a space that A A^T does not map into itself");
    CHECK(why("singular_on(C, A)") == "a 1 x 3 matrix on the range of a 2 x 2 one");
  }

  TEST_CASE("positions agree with the selection of spectra") {
    std::mt19937_64 random(7);
    const Vocabulary vocabulary(toy::features());
    const Expression positions = parse_expression("positions(eigenvalues(A), lambda)", vocabulary);
    for (int round = 0; round < 50; ++round) {
      CAPTURE(round);
      std::vector<Rational> spectrum;
      for (int k = 0; k < 4; ++k)
        spectrum.emplace_back(static_cast<long>(random() % 4));
      std::sort(spectrum.rbegin(), spectrum.rend());
      std::vector<RealRoot> roots;
      std::vector<Real> lambda;
      std::vector<RealRoot> chosen;
      std::vector<Rational> diagonal;
      for (const Rational& value : spectrum) {
        roots.emplace_back(value);
        lambda.emplace_back(value);
        if (random() % 2 == 0) continue;
        chosen.emplace_back(value);
        diagonal.push_back(value);
      }
      const auto size = static_cast<Index>(diagonal.size());
      RationalMatrix a = RationalMatrix::Zero(size, size);
      for (Index k = 0; k < size; ++k)
        a(k, k) = diagonal[static_cast<std::size_t>(k)];
      toy::Point point;
      point.changed["A"] = a;
      point.changed["lambda"] = lambda;
      const auto selection = select_from(roots, chosen);
      REQUIRE(selection);
      if (selection->set) {
        CHECK(std::get<IndexSet>(evaluate(positions, point)) == *selection->set);
      } else {
        CHECK_THROWS_AS(static_cast<void>(evaluate(positions, point)), Undefined);
      }
    }
  }

  TEST_CASE("literals are exact at any size, and overflow is never another number") {
    CHECK(toy::truth_of("9007199254740993 == 9007199254740992") == Truth::no);
    CHECK(toy::truth_of("9223372036854775807 > 0") == Truth::yes);
    CHECK(toy::truth_of("9223372036854775807 == 9223372036854775808 - 1") == Truth::yes);
    CHECK(toy::truth_of("9223372036854775807 + 1 > 0") == Truth::unknown);
    CHECK(toy::truth_of("-9223372036854775807 - 2 < 0") == Truth::unknown);
    CHECK(toy::truth_of("-9223372036854775808 < 0") == Truth::yes);
    CHECK(toy::truth_of("123456789012345678901234567890 - 123456789012345678901234567889 == 1") == Truth::yes);
    CHECK(toy::truth_of("9007199254740993 in {9007199254740992}") == Truth::no);
    CHECK(toy::truth_of("prod(i in 1..25 : i) > 0") == Truth::unknown);
    CHECK(toy::truth_of("prod(i in 1..25 : i * 1.0) == 15511210043330985984000000") == Truth::yes);
    CHECK(toy::truth_of("{9223372036854775806..9223372036854775807} == {9223372036854775806, 9223372036854775807}") ==
          Truth::yes);
    CHECK(toy::truth_of("-(0 - 9223372036854775807 - 1) > 0") == Truth::unknown);
  }

  TEST_CASE("a formula with variables is evaluated at their values") {
    const Expression formula = toy::parse("sum(i in 1..3 : 10 * i + r)");
    const toy::Point point;
    PointCache cache;
    language::Evaluator evaluator(point, {}, cache.table());
    CHECK(std::get<long>(evaluator.closed_value(formula.tree->body(), {7})) == 71);
    CHECK(std::get<long>(evaluator.closed_value(formula.tree->body(), {8})) == 81);
    CHECK(std::get<long>(evaluator.closed_value(*formula.tree)) == 63);
  }
}

TEST_SUITE("standard") {
  TEST_CASE("large products and long numbers come to an end") {
    for (const char* formula :
         {"rank(prod(i in 1..1000000 : ones(100, 100))) == 1", "entry(prod(i in 1..1000000 : [3]), 1, 1) > 0",
          "rank(sum(i in 1..1000000 : ones(100, 100))) == 1",
          "det(prod(i in 1..1000000 : [i, 1/i; 1/(i + 1), 7])) > 0"}) {
      CAPTURE(formula);
      const Expression parsed = toy::parse(formula);
      const toy::Point point;
      PointCache cache;
      language::Evaluator evaluator(point, {}, cache.table());
      std::vector<std::string> reasons;
      CHECK(evaluator.condition(*parsed.tree, reasons) == Truth::unknown);
      REQUIRE_FALSE(reasons.empty());
      CHECK(reasons[0] == "the formula takes more than 2000000 steps");
    }
  }
}

}  // namespace
}  // namespace rankscape
