#pragma once
// The independent derivation of a loss: its matrix program evaluated over GiNaC's expressions and differentiated by
// GiNaC, entry by entry, against the gradient and the second differential that were derived as matrix programs and that
// run. Needs no knowledge of the loss.

#include "program/compiled_loss.hpp"
#include "program/evaluate.hpp"
#include "symbolic/formula.hpp"

#include <cstdint>
#include <string>

namespace rankscape::symbolic {

/// Matrix programs over expressions. A reciprocal of 0 is std::domain_error.
[[nodiscard]] inline auto expression_ring() {
  return program::matrix_ring<Expression>([](const Rational& value) { return to_expression(value); });
}

/// How far two derivations were compared.
enum class Compared : unsigned char {
  identities,     ///< as polynomials (rational functions) in all weights and data
  identities_at,  ///< as polynomials in all weights, at random rational data
  random_lines,   ///< first and second derivatives along random lines at random rational points
};

struct DerivationCheck {
  Compared compared = Compared::identities;
  /// Empty when both agree; else the first derivative that does not: "d/dW(1) at (1, 2)".
  std::string mismatch;
};

/// Identities where the expanded polynomials are small (some thousand terms), else random lines: a wrong derivative
/// passes those with a probability of about degree / 1000 each.
/// \param seed  of the random numbers. Not safe for concurrent use (GiNaC)
[[nodiscard]] DerivationCheck check_derivation(const program::CompiledLoss& loss, std::uint64_t seed = 1);
/// The same, as far as asked for.
[[nodiscard]] DerivationCheck check_derivation(const program::CompiledLoss& loss, Compared compared,
                                               std::uint64_t seed = 1);

}  // namespace rankscape::symbolic
