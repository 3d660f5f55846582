#pragma once
// The continuous symmetries of a loss, found and proved. For fields of an ansatz, <grad f, xi> == 0 is one linear
// system with an equation for every point: it is solved modulo primes at random points, lifted to the rationals, and
// every field of the solution is proved to annihilate f by multiplying out (expansion.hpp).
//
// What comes out is exact: each field is a symmetry. And since each equation is necessary, there are no others in the
// ansatz if none of the solution failed its proof.

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "program/program.hpp"
#include "symmetry/field.hpp"

namespace rankscape::symmetry {

enum class Ansatz : unsigned char {
  layers,  ///< W_h -> P_h W_h + W_h Q_h + C_h for every weight: about sum of squares of the sizes unknowns
  affine,  ///< x -> A x + b: n (n + 1) unknowns
};

struct Algebra {
  std::vector<Field> fields;  ///< independent as maps, integer coefficients without common factor
  /// All symmetries of the ansatz are combinations of these. False where the system was too large, or a proof.
  bool complete = false;
};

struct SymmetryOptions {
  Index unknowns = 1000;              ///< a larger system is not solved
  std::int64_t products = 3'000'000;  ///< of terms in all proofs together
};

/// Unknowns of the linear system.
[[nodiscard]] Index unknowns(const program::Program& loss, Ansatz ansatz);

/// \param loss  the first output is the loss
/// \param data  left out: symmetries that hold for all data
/// Cost: a gradient modulo a prime for each unknown, and elimination of a matrix of that size, for two primes or more.
[[nodiscard]] Algebra find_symmetries(const program::Program& loss,
                                      const std::optional<std::vector<RationalMatrix>>& data, Ansatz ansatz,
                                      const SymmetryOptions& options = {});

/// Those of the layers' ansatz that hold for all data: computed once for each program, and kept. Thread-safe.
[[nodiscard]] std::shared_ptr<const Algebra> common_symmetries(const program::Program& loss);

/// Is the field a symmetry? yes and no are exact; unknown: the expansion is too large.
enum class Proof : unsigned char { proved, disproved, too_large };
[[nodiscard]] Proof prove_symmetry(const program::Program& loss, const std::optional<std::vector<RationalMatrix>>& data,
                                   const Field& field, std::int64_t products = 3'000'000);

}  // namespace rankscape::symmetry
