#pragma once
// The second differential of a loss as a formula. Each result c = a * b of a program contributes <G, da * db>, with G
// its adjoint and da, db the linear forms of its operands (linear_form.hpp); so
//
//     q(V) = 1/2 d^2/dt^2 L(W + tV) at t = 0
//          = sum of  f tr(A V_i B V_j),   f tr(A V_i^T B V_j),   f <A, V_i> <B, V_j>
//
// with small matrices A, B of one program. Each term is the Kronecker product of A and B in a block of the Hessian; for
// deep linear networks this is the closed form of [AMG24].

#include "program/builder.hpp"

namespace rankscape::program {

struct SecondDifferential {
  enum class Kind : unsigned char {
    straight,    ///< f tr(A V_i B V_j)
    transposed,  ///< f tr(A V_i^T B V_j)
    inner,       ///< f <A, V_i> <B, V_j>
  };
  struct Term {
    Kind kind = Kind::straight;
    Rational factor = 1;
    std::size_t i = 0;  ///< positions among the weights, i >= j
    std::size_t j = 0;
    Node a = 0;  ///< outputs of the program
    Node b = 0;
  };
  Program program;  ///< inputs as those of the loss
  std::vector<Term> terms;
};

/// \pre the first output is 1 x 1: the loss
/// \return nothing where the loss leaves the algebra: entrywise products of matrices that depend on weights, or too
/// many terms. Then hessian_vector() (differentiate.hpp) gives the Hessian by directions.
[[nodiscard]] std::optional<SecondDifferential> second_differential(const Program& program);

}  // namespace rankscape::program
