// Symmetry algebras of known dimension, and fields that are no symmetries.
#include <doctest/doctest.h>

#include "symmetry/losses.hpp"
#include "symmetry/symmetries.hpp"

using namespace rankscape;
using namespace rankscape::symmetry;
using namespace rankscape::symmetry::test;

namespace {

RationalVector random_vector(Index n, Random& random) {
  RationalVector x(n);
  for (Index i = 0; i < n; ++i)
    x(i) = Rational(random.integer(-9, 9), 4);
  return x;
}

// <grad f, xi> at random points, without polynomials.
void check_annihilates(const Loss& loss, const std::vector<Field>& fields, Random& random) {
  for (int k = 0; k < 3; ++k) {
    const RationalVector x = random_vector(loss.parameters(), random);
    const RationalVector gradient = loss.gradient(x);
    for (const Field& field : fields)
      CHECK(gradient.dot(value_at(field, x)) == 0);
  }
}

program::Program radial() {  // a function of x^2 + y^2
  return scalars({"x", "y"}, [](Builder& b, const std::vector<Node>& v) {
    const Node r = b.add(b.power(v[0], 2), b.power(v[1], 2));
    return b.add(b.power(r, 3), b.scale(Rational(-5, 2), b.power(r, 2)));
  });
}

}  // namespace

TEST_SUITE("quick") {
  TEST_CASE("rotations of a factor: O(2) has dimension 1") {
    const program::Program loss = symmetric_factorization(3, 2);
    const Algebra common = find_symmetries(loss, std::nullopt, Ansatz::layers);
    CHECK(common.complete);
    REQUIRE(common.fields.size() == 1);
    const Loss at(loss, {matrix({{4, 1, 0}, {1, 2, 0}, {0, 0, 1}})});
    Random random(1);
    check_annihilates(at, common.fields, random);
    CHECK(orbit_dimension(common.fields, vector({1, 0, 0, 0, 1, 0})) == 1);
    CHECK(orbit_dimension(common.fields, vector({0, 0, 0, 0, 0, 0})) == 0);
    const RationalVector x = vector({1, 2, 3, 4, 5, 6});
    const RationalMatrix along = matrix({{4}, {5}, {6}, {-1}, {-2}, {-3}});
    const RationalMatrix velocity = values_at(common.fields, x);
    CHECK((velocity == along || velocity == -along));
    CHECK(common_symmetries(loss)->fields == common.fields);
  }

  TEST_CASE("symmetries may depend on the data: rotations of an eigenspace") {
    const program::Program loss = symmetric_factorization(3, 1);
    CHECK(find_symmetries(loss, std::nullopt, Ansatz::layers).fields.empty());
    const std::vector<RationalMatrix> tied{matrix({{2, 0, 0}, {0, 2, 0}, {0, 0, 1}})};
    CHECK(find_symmetries(loss, tied, Ansatz::layers).fields.size() == 1);
    CHECK(find_symmetries(loss, tied, Ansatz::affine).fields.size() == 1);
    CHECK(find_symmetries(loss, std::vector<RationalMatrix>{RationalMatrix(RationalMatrix::Identity(3, 3))},
                          Ansatz::affine)
              .fields.size() == 3);
    const std::vector<RationalMatrix> near{matrix({{2, 0, 0}, {0, Rational(2000001, 1000000), 0}, {0, 0, 1}})};
    CHECK(find_symmetries(loss, near, Ansatz::layers).fields.empty());
  }

  TEST_CASE("data that are symmetric are so where the gradient is taken: the same rotations are found") {
    Builder b;
    const Node m = b.input(program::Input{"M", 3, 3, false, true});
    const Node x = b.input("X", 3, 2, true);
    const Node square = b.multiply(x, b.transpose(x));
    const auto loss = b.finish({{"loss", b.norm2(b.subtract(square, m))}});
    const Algebra algebra = find_symmetries(loss, std::nullopt, Ansatz::layers);
    CHECK(algebra.complete);
    CHECK(algebra.fields == find_symmetries(symmetric_factorization(3, 2), std::nullopt, Ansatz::layers).fields);
    CHECK(algebra.fields.size() == 1);
  }

  TEST_CASE("data that are symmetric are so in the proofs too") {
    // |Mx|^2 - <x, M M x> is zero for symmetric M, and then every field is a symmetry
    for (const bool symmetric : {false, true}) {
      Builder b;
      const Node m = b.input(program::Input{"M", 2, 2, false, symmetric});
      const Node x = b.input("x", 2, 1, true);
      const Node mx = b.multiply(m, x);
      const auto loss = b.finish({{"loss", b.subtract(b.norm2(mx), b.dot(x, b.multiply(m, mx)))}});
      const Algebra algebra = find_symmetries(loss, std::nullopt, Ansatz::layers);
      CHECK(algebra.complete);
      CHECK(algebra.fields.empty() == !symmetric);
    }
  }

  TEST_CASE("the hidden layers of a network: GL") {
    Random random(2);
    using Expected = std::pair<std::vector<Index>, std::size_t>;
    for (const Expected& expected :
         std::vector<Expected>{{{2, 2, 2}, 4}, {{3, 2, 3}, 4}, {{2, 1, 2}, 1}, {{2, 2, 2, 2}, 8}, {{1, 3, 2}, 9}}) {
      const std::vector<Index>& widths = expected.first;
      const std::size_t dimension = expected.second;
      CAPTURE(dimension);
      const program::Program loss = network(widths);
      const Algebra algebra = find_symmetries(loss, std::nullopt, Ansatz::layers);
      CHECK(algebra.complete);
      CHECK(algebra.fields.size() == dimension);
      check_annihilates(Loss(loss, {random_integers(widths.back(), widths.front(), 5, random)}), algebra.fields,
                        random);
    }
    // weight decay leaves the orthogonal group
    CHECK(find_symmetries(network({3, 3, 3}, 1), std::nullopt, Ansatz::layers).fields.size() == 3);
    // for Y invertible as a matrix the affine ansatz finds no more, for one row of zeros in Y nothing less
    const std::vector<RationalMatrix> y{matrix({{2, 0}, {0, 1}})};
    CHECK(find_symmetries(network({2, 2, 2}), y, Ansatz::affine).fields.size() == 4);
  }

  TEST_CASE("functions of scalars: the affine ansatz") {
    const Algebra layers = find_symmetries(radial(), std::nullopt, Ansatz::layers);
    CHECK(layers.fields.empty());
    const Algebra affine = find_symmetries(radial(), std::nullopt, Ansatz::affine);
    REQUIRE(affine.fields.size() == 1);
    CHECK(to_text(affine.fields.front(), radial()) == "x' = -y, y' = x");
    // (xy - 1)^2: x' = x, y' = -y
    const auto hyperbola = scalars({"x", "y"}, [](Builder& b, const std::vector<Node>& v) {
      return b.power(b.subtract(b.multiply(v[0], v[1]), b.scalar(1)), 2);
    });
    CHECK(find_symmetries(hyperbola, std::nullopt, Ansatz::layers).fields.size() == 1);
    // a translation: (x - y)^2
    const auto valley =
        scalars({"x", "y"}, [](Builder& b, const std::vector<Node>& v) { return b.power(b.subtract(v[0], v[1]), 2); });
    const auto along = find_symmetries(valley, std::nullopt, Ansatz::layers);
    REQUIRE(along.fields.size() == 1);
    CHECK(to_text(along.fields.front(), valley) == "x' = 1, y' = 1");
    // all fields (l1 of x, y) * (1, 1): three dimensions
    CHECK(find_symmetries(valley, std::nullopt, Ansatz::affine).fields.size() == 3);
  }

  TEST_CASE("a quotient that does not see the length") {
    Builder b;
    const Node a = b.input("A", 2, 2, false);
    const Node x = b.input("x", 2, 1, true);
    const auto rayleigh = b.finish({{"loss", b.divide(b.dot(x, b.multiply(a, x)), b.norm2(x))}});
    const Algebra algebra = find_symmetries(rayleigh, std::nullopt, Ansatz::layers);
    REQUIRE(algebra.fields.size() == 1);
    CHECK(to_text(algebra.fields.front(), rayleigh) == "x_1' = x_1, x_2' = x_2");
  }

  TEST_CASE("on a sphere only, not everywhere: Procrustes has no symmetry of its own") {
    // ||X A - B||^2 with A A^T no multiple of the identity: rotations are symmetries only where X is orthogonal
    Builder b;
    const Node a = b.constant(matrix({{1, 2}, {0, 1}}));
    const Node right = b.constant(RationalMatrix::Identity(2, 2));
    const Node x = b.input("X", 2, 2, true);
    const auto loss = b.finish({{"loss", b.norm2(b.subtract(b.multiply(x, a), right))}});
    CHECK(find_symmetries(loss, std::nullopt, Ansatz::affine).fields.size() == 6);  // the rotations about the minimizer
    CHECK(orbit_dimension(find_symmetries(loss, std::nullopt, Ansatz::affine).fields,
                          vector({1, 0, Rational(-2), 1})) == 0);
  }

  TEST_CASE("fields that are nearly symmetries are not") {
    const program::Program loss = symmetric_factorization(2, 2);
    Field rotation = common_symmetries(loss)->fields.front();
    CHECK(prove_symmetry(loss, std::nullopt, rotation) == Proof::proved);
    CHECK(prove_symmetry(loss, std::nullopt, rotation, 3) == Proof::too_large);
    rotation.linear.front().value += Rational(1, 1000000000);
    CHECK(prove_symmetry(loss, std::nullopt, rotation) == Proof::disproved);
    const Field translation{{}, {{0, 1}}};
    CHECK(prove_symmetry(loss, std::nullopt, translation) == Proof::disproved);
  }
}

TEST_SUITE("standard") {
  TEST_CASE("300 parameters: the structure proves what an expansion of the loss could not") {
    const program::Program loss = network({10, 10, 10, 10});
    const Algebra algebra = find_symmetries(loss, std::nullopt, Ansatz::layers);
    CHECK(algebra.complete);
    CHECK(algebra.fields.size() == 200);
  }
}
