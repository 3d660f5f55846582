#pragma once
// From expressions to a straight-line program.

#include <symbolic/formula.hpp>
#include <symbolic/program.hpp>

namespace rankscape::symbolic {

/// A program for all `expressions` together, with inputs in the order of `inputs`. Equal subexpressions, and equal
/// pairs of operands, are computed once; the order of operations is GiNaC's canonical one. \throws
/// std::invalid_argument  an expression is not written as a polynomial with rational coefficients, or has
///                                a symbol that is not an input; the message prints the offending part
[[nodiscard]] Program compile(const std::vector<Expression>& expressions, const std::vector<GiNaC::symbol>& inputs);

}  // namespace rankscape::symbolic
