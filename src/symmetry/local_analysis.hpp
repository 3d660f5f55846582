#pragma once
// What second derivatives alone do not decide at a critical point: whether it is a local extremum all the same (modulo
// symmetries, along a family of critical points, or by a form of higher order), or whether the loss falls, or rises,
// along a curve. Everything here is exact evidence; docs/certificates.md says what each kind proves.

#include <rankscape/exact/inertia.hpp>

#include <optional>
#include <vector>

#include "symmetry/descent.hpp"
#include "symmetry/field.hpp"
#include "symmetry/form.hpp"
#include "symmetry/reduction.hpp"

namespace rankscape::symmetry {

/// Of a Lagrangian (program/lagrangian.hpp) the same holds of its loss on the constraints, at points where they are
/// regular: fields are symmetries modulo the constraints, and `form` speaks of truncated feasible maps.
///
/// At a critical point with neg = 0: a local minimizer; with pos = 0 and neg > 0: a local maximizer.
struct LocalProof {
  enum class Kind : unsigned char {
    fields,  ///< their values at the point span the null space of the Hessian
    form,    ///< those and the derivatives of `map` do; the first form of the loss along the map is definite
    family,  ///< those and the derivatives of `map` do; the gradient vanishes along the map
  };
  Kind kind = Kind::fields;
  std::vector<Field> fields;  ///< symmetries, proved; their values at the point are independent
  Reduction reduction;        ///< of form and family
  std::optional<Gram> gram;   ///< of the form (its negative at a maximizer), when it has more than one variable
};

struct LocalAnalysis {
  std::optional<LocalProof> local;
  std::optional<Descent> descent;  ///< where neg = 0
  std::optional<Descent> ascent;   ///< where pos = 0
};

struct LocalOptions {
  DescentOptions descent;     ///< its `multipliers` say that the loss is a Lagrangian
  Index largest_size = 400;   ///< parameters up to which more than lines and curves is tried
  Index unknowns = 450;       ///< of a system for the symmetries that the data of the point have
  Index most_directions = 6;  ///< beyond the symmetries, for a form
};

/// \param hessian  at the critical point x; nullptr where it is zero
/// \param inertia  of the Hessian, with neg = 0 or pos = 0, and zero > 0
/// A descent is not looked for where a local minimizer is proved, nor the other way round.
[[nodiscard]] LocalAnalysis analyse(const Loss& loss, const RationalVector& x, const RationalMatrix* hessian,
                                    const Inertia& inertia, const LocalOptions& options = {});

}  // namespace rankscape::symmetry
