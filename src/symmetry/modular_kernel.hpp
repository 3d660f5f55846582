#pragma once
// The null space over Q of a linear system that is known only through its residues: each prime gives equations (random
// ones, more than there are unknowns), their reduced echelon form has the residues of a basis over Q, and Chinese
// remainders with rational reconstruction give its numbers. A proposal: neither that the equations sufficed nor that
// the primes did is proved here.

#include <rankscape/exact/matrix.hpp>

#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

namespace rankscape::symmetry {

using Residues = std::vector<std::uint64_t>;

/// Equations modulo a prime, each a list of as many residues as there are unknowns.
using EquationsModulo = std::function<std::vector<Residues>(std::uint64_t prime)>;

struct KernelOptions {
  int primes = 8;  ///< at most
};

/// Columns: the basis in which each vector is 1 at its free unknown and 0 at the others, scaled to integers without
/// common factor. \return nothing when the numbers do not settle within the primes allowed
[[nodiscard]] std::optional<RationalMatrix> modular_kernel(Index unknowns, const EquationsModulo& equations,
                                                           const KernelOptions& options = {});

/// Positions of the leftmost maximal independent columns, each given by its residues.
[[nodiscard]] std::vector<std::size_t> independent_modulo(const std::vector<Residues>& columns, std::uint64_t prime);

}  // namespace rankscape::symmetry
