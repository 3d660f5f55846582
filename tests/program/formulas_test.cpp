// Derivations as formulas: what a person would write.

#include "program/formulas.hpp"
#include "program/builder.hpp"

#include <doctest/doctest.h>
#include <cstdio>

using namespace rankscape;
using namespace rankscape::program;

namespace {
void show(const Program& loss) {
  const PrintedProgram p = to_formulas(derivation(loss));
  for (const Formula& f : p.outputs)
    std::printf("%s = %s\n", f.name.c_str(), f.text.c_str());
  for (const Formula& f : p.where)
    std::printf("  where %s = %s\n", f.name.c_str(), f.text.c_str());
  for (const Formula& f : p.outputs)
    std::printf("%s = %s\n", f.name_latex.c_str(), f.latex.c_str());
}
}  // namespace

TEST_SUITE("quick") {
  TEST_CASE("show") {
    {
      Builder b;
      const Node X = b.input("X", 2, 3, false);
      const Node Y = b.input("Y", 2, 3, false);
      const Node W1 = b.input("W(1)", 2, 2, true);
      const Node W2 = b.input("W(2)", 2, 2, true);
      const Node W3 = b.input("W(3)", 2, 2, true);
      show(b.finish({{"loss", b.norm2(b.subtract(b.multiply(b.multiply(b.multiply(W3, W2), W1), X), Y))}}));
    }
    {
      Builder b;
      const Node A = b.input("A", 2, 3, false);
      const Node U = b.input("U", 2, 2, true);
      const Node V = b.input("V", 2, 3, true);
      show(b.finish({{"loss", b.add(b.norm2(b.subtract(A, b.multiply(U, V))), b.norm2(U))}}));
    }
    {
      Builder b;
      const Node M = b.input(Input{"M", 3, 3, false, true});
      const Node X = b.input("X", 3, 2, true);
      show(b.finish({{"loss", b.scale(Rational(1, 4), b.norm2(b.subtract(b.multiply(X, b.transpose(X)), M)))}}));
    }
    {
      Builder b;
      const Node x = b.input("x", 1, 1, true);
      const Node y = b.input("y", 1, 1, true);
      show(b.finish({{"loss", b.scalar_multiply(b.subtract(b.power(x, 3), b.power(y, 2)),
                                                b.subtract(x, b.scalar(Rational(1))))}}));
    }
    {
      Builder b;
      const Node A = b.input("A", 3, 3, false);
      const Node x = b.input("x", 3, 1, true);
      show(b.finish({{"loss", b.divide(b.dot(x, b.multiply(A, x)), b.norm2(x))}}));
    }
    {
      Builder b;
      const Node A = b.input("A", 4, 4, false);
      const Node U = b.input("U", 4, 2, true);
      const Node m = b.input("mask", 4, 4, false);
      show(b.finish({{"loss", b.norm2(b.hadamard(m, b.subtract(b.multiply(U, b.transpose(U)), A)))}}));
    }
    {
      Builder b;
      const Node U = b.input("U", 4, 2, true);
      const Node y = b.input("y", 4, 1, false);
      const Node a = b.input("a", 2, 1, true);
      show(b.finish({{"loss", b.norm2(b.subtract(b.multiply(b.hadamard(U, U), a), y))}}));
    }
  }
}
