// Derivations as formulas: what a person would write. (That what is printed is what is computed: lowering_test.cpp.)

#include "program/formulas.hpp"
#include "program/builder.hpp"

#include <doctest/doctest.h>

using namespace rankscape;
using namespace rankscape::program;

namespace {

// "name = text" a line; names last.
std::string text_of(const Program& loss) {
  const PrintedProgram printed = to_formulas(derivation(loss));
  std::string text;
  for (const Formula& f : printed.outputs)
    text += f.name + " = " + f.text + "\n";
  for (const Formula& f : printed.where)
    text += "where " + f.name + " = " + f.text + "\n";
  return text;
}

Program deep_linear() {
  Builder b;
  const Node X = b.input("X", 2, 3, false);
  const Node Y = b.input("Y", 2, 3, false);
  const Node W1 = b.input("W(1)", 2, 2, true);
  const Node W2 = b.input("W(2)", 2, 2, true);
  const Node W3 = b.input("W(3)", 2, 2, true);
  return b.finish({{"loss", b.norm2(b.subtract(b.multiply(b.multiply(b.multiply(W3, W2), W1), X), Y))}});
}

}  // namespace

TEST_SUITE("quick") {
  TEST_CASE("deep linear networks") {
    CHECK(text_of(deep_linear()) ==
          "loss = norm2(R)\n"
          "d/dW(1) = 2*W(2)'*W(3)'*R*X'\n"
          "d/dW(2) = 2*W(3)'*R*X'*W(1)'\n"
          "d/dW(3) = 2*R*X'*W(1)'*W(2)'\n"
          "q = 2*inner(R*X'*W(1)', dW(3)*dW(2)) + 2*inner(R*X', (dW(3)*W(2) + W(3)*dW(2))*dW(1)) + "
          "norm2(dW(3)*W(2)*W(1)*X + W(3)*dW(2)*W(1)*X + W(3)*W(2)*dW(1)*X)\n"
          "where R = W(3)*W(2)*W(1)*X - Y\n");
  }

  TEST_CASE("||A - UV||^2 + ||U||^2") {
    Builder b;
    const Node A = b.input("A", 2, 3, false);
    const Node U = b.input("U", 2, 2, true);
    const Node V = b.input("V", 2, 3, true);
    const Node fit = b.norm2(b.subtract(A, b.multiply(U, V)));
    CHECK(text_of(b.finish({{"loss", b.add(fit, b.norm2(U))}})) ==
          "loss = norm2(R) + norm2(U)\n"
          "d/dU = 2*U - 2*R*V'\n"
          "d/dV = -2*U'*R\n"
          "q = norm2(dU*V + U*dV) - 2*inner(R, dU*dV) + norm2(dU)\n"
          "where R = A - U*V\n");
  }

  TEST_CASE("symmetric data make one term of two") {
    Builder b;
    const Node M = b.input(Input{"M", 3, 3, false, true});
    const Node X = b.input("X", 3, 2, true);
    const Node residual = b.subtract(b.multiply(X, b.transpose(X)), M);
    CHECK(text_of(b.finish({{"loss", b.scale(Rational(1, 4), b.norm2(residual))}})) ==
          "loss = 1/4*norm2(R)\n"
          "d/dX = R*X\n"
          "q = 1/2*inner(R, dX*dX') + 1/4*norm2(dX*X' + X*dX')\n"
          "where R = X*X' - M\n");
  }

  TEST_CASE("a function of two numbers") {
    Builder b;
    const Node x = b.input("x", 1, 1, true);
    const Node y = b.input("y", 1, 1, true);
    const Node cube = b.power(x, 3);
    const Node cubic = b.subtract(cube, b.power(y, 2));
    const Node shifted = b.subtract(x, b.scalar(Rational(1)));
    CHECK(text_of(b.finish({{"loss", b.scalar_multiply(cubic, shifted)}})) ==
          "loss = s*(x - 1)\n"
          "d/dx = 3*x^2*(x - 1) + s\n"
          "d/dy = -2*y*(x - 1)\n"
          "q = 3*x*(x - 1)*dx^2 - (x - 1)*dy^2 + dx*(3*x^2*dx - 2*y*dy)\n"
          "where s = x^3 - y^2\n");
  }

  TEST_CASE("quotients, entrywise products, and names that are taken") {
    Builder b;
    const Node A = b.input(Input{"A", 3, 3, false, true});
    const Node x = b.input("x", 3, 1, true);
    const Node quadratic = b.dot(x, b.multiply(A, x));
    CHECK(text_of(b.finish({{"loss", b.divide(quadratic, b.norm2(x))}})) ==
          "loss = inner(x, A*x)/norm2(x)\n"
          "d/dx = 2*A*x/norm2(x) - 2*inner(x, A*x)*x/norm2(x)^2\n"
          "q = inner(dx, A*dx)/norm2(x) - inner(x, A*x)*norm2(dx)/norm2(x)^2 + "
          "4*inner(x, dx)^2*inner(x, A*x)/norm2(x)^3 - 4*inner(A*x, dx)*inner(x, dx)/norm2(x)^2\n");
    Builder c;
    const Node R = c.input("R", 2, 2, false);
    const Node U = c.input("U", 2, 2, true);
    const Node residual = c.subtract(c.multiply(U, U), R);
    CHECK(text_of(c.finish({{"loss", c.norm2(residual)}})).find("where R1 = U*U - R\n") != std::string::npos);
  }

  TEST_CASE("entries of sequences") {
    Builder b;
    const Node decay = b.input("decay", 2, 1, false);
    const Node w = b.input("w", 2, 2, true);
    const Node second = b.entry(decay, 1, 0);
    const Program loss = b.finish({{"loss", b.scalar_multiply(second, b.norm2(w))}});
    CHECK(to_formulas(derivation(loss)).outputs[1].text == "2*entry(decay, 2, 1)*w");
    PrintingOptions options;
    options.is_sequence = [](const std::string& name) { return name == "decay"; };
    CHECK(to_formulas(derivation(loss), options).outputs[1].text == "2*decay(2)*w");
  }

  TEST_CASE("LaTeX") {
    const PrintedProgram printed = to_formulas(derivation(deep_linear()));
    CHECK(printed.outputs[1].name_latex == "\\nabla_{W_{1}} L");
    CHECK(printed.outputs[1].latex == "2 W_{2}^{\\top} W_{3}^{\\top} R X^{\\top}");
    CHECK(printed.outputs[0].latex == "\\lVert R \\rVert_F^2");
    CHECK(printed.where[0].latex == "W_{3} W_{2} W_{1} X - Y");
    PrintingOptions options;
    options.latex = [](const std::string& name) {
      return name.starts_with("W(") ? "\\Omega_" + name.substr(2, 1) : name;
    };
    const PrintedProgram named = to_formulas(derivation(deep_linear()), options);
    CHECK(named.outputs[3].latex == "2 R X^{\\top} \\Omega_1^{\\top} \\Omega_2^{\\top}");
  }
}
