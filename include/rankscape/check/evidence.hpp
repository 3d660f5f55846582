#pragma once
// From an exact point to a certified verdict. All evidence is exact: the gradient is compared with zero, the inertia
// comes with a rational congruence, descents are exact series, local minimizers modulo symmetries are proved by
// identities. Enclosed eigenvalues are reported and must be consistent with the inertia; they decide nothing.

#include <rankscape/exact/inertia.hpp>
#include <rankscape/landscape.hpp>
#include <rankscape/verdict.hpp>

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace rankscape {

class NearbyPoint;  // src/check/nearby_point.hpp

namespace symmetry {
struct LocalProof;  // src/symmetry/local_analysis.hpp
}
namespace certificate {
struct Bound;  // src/certificate/claims.hpp
}

/// L(W + t V_1 + t^2 V_2 + ..) - L(W) = sum_k coefficients[k] t^k, exactly, up to `order`, the least k whose
/// coefficient is not zero.
struct CurveExpansion {
  std::vector<Weights> curve;
  std::vector<Rational> coefficients;
  int order = 0;
};

/// The Hessian of the Lagrangian in weights and multipliers, n + m, and its inertia.
struct Bordered {
  RationalMatrix matrix;
  Inertia inertia;
};

/// Of a point of a landscape with constraints: the Hessian is that of the Lagrangian on their tangent space, the
/// gradient is projected on it, and curves have the multipliers as their last weight.
struct Evidence {
  bool critical = false;
  Rational value;  ///< exact points only
  Index parameters = 0;
  /// Of the gradient, when not critical: the entry of largest absolute value and an enclosure of the Euclidean norm.
  Rational largest_gradient_entry;
  Enclosure gradient_norm;
  // The rest at critical points; the first two also elsewhere when asked for.
  /// nullptr with an inertia: it is zero, or it was not formed. With constraints it is zero on the normal space.
  std::shared_ptr<const RationalMatrix> hessian_matrix;
  /// Its inertia (on the tangent space).
  std::optional<Inertia> hessian;
  /// The inertia is the adviser's, proved by a normal form; the Hessian was not formed.
  bool by_normal_form = false;
  std::shared_ptr<const Bordered> bordered;  ///< with constraints
  /// The critical point proved beside floats: then it is what the rest speaks of, and only an inertia, without matrix,
  /// stands above. Refers to the instance.
  std::shared_ptr<const NearbyPoint> nearby;
  GlobalComparison global;
  /// Lower bounds that prove a global minimizer; empty where the adviser's word stands for it.
  std::shared_ptr<const std::vector<certificate::Bound>> bounds;
  /// Weights with a smaller loss.
  std::optional<Weights> better;
  /// A curve whose lowest term is negative for t > 0 (order >= 3): certifies that a second-order point is not a local
  /// minimizer.
  std::optional<CurveExpansion> descent;
  /// One whose lowest term is positive: with no positive eigenvalue only this shows that the point is no local
  /// maximizer. Not looked for where there is one.
  std::optional<CurveExpansion> ascent;
  /// With no negative eigenvalue a local minimizer, with no positive one (and a negative) a local maximizer, although
  /// the Hessian is singular.
  std::shared_ptr<const symmetry::LocalProof> local;
  std::optional<Enclosure> lambda_min;
  std::optional<Enclosure> lambda_max;
  Verdict verdict = Verdict::undecided;
  /// The classes that the evidence leaves possible.
  VerdictSet possible = VerdictSet::all();
  /// How the verdict was reached, or why it is undecided; one line.
  std::string reason;

  /// A local minimizer of which only being global is open: `second_order` with `"local": true`.
  [[nodiscard]] bool local_minimizer() const;
};

struct ExamineOptions {
  bool form_hessian = true;  ///< whatever an adviser knows: certificates need it
  bool eigenvalues = true;   ///< enclose lambda_min and lambda_max
  bool everywhere = false;   ///< the Hessian also where the gradient is not zero
  Rational width = Rational(1, 1000000000);
};

/// \throws InputError  the loss is not defined there (a division by zero)
/// \throws InternalDisagreement  two derivations of one fact differ
[[nodiscard]] Evidence examine(const Instance& instance, const ExamineOptions& options = {});

/// Order of the certified descent: 2 at strict saddles (a negative eigenvalue), the order of `descent` at non-strict
/// ones.
[[nodiscard]] std::optional<int> escape_order(const Evidence& evidence);

}  // namespace rankscape
