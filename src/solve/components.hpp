#pragma once
// A component of the critical set, from what was proposed to what is proved of it: it consists of critical points, the
// loss satisfies a polynomial on it, it has real points or has none, and what the Hessian is there.

#include <rankscape/check/evidence.hpp>

#include "solve/field.hpp"
#include "solve/singular.hpp"

namespace rankscape::critical_set {

/// A polynomial f with q(f) in the ideal, and how: sum of cofactors times generators.
struct Relation {
  Polynomial of;
  Univariate satisfies;
  Cofactors cofactors;
};

/// constant + sum of weights times squares lies in the ideal: no real point. constant, weights > 0.
struct Positive {
  Rational constant;
  std::vector<std::pair<Rational, Polynomial>> squares;
  Cofactors cofactors;
};

/// A real critical point of a component.
struct Sample {
  std::vector<Rational> rational;  ///< its coordinates, where they are rational
  FieldPoint field;                ///< else
  std::optional<RealRoot> root;    ///< of the field's modulus
  RealRoot value = RealRoot(Rational(0));
  bool has_inertia = false;
  Inertia inertia;
  Verdict verdict = Verdict::undecided;
  bool local = false;  ///< second_order, and a local minimizer
  std::string reason;
};

enum class Reality : unsigned char { points, none, open };

struct Component {
  int dimension = 0;  ///< as proposed: not proved
  int degree = 0;     ///< over C, as proposed
  Polynomials generators;
  std::size_t slice = 0;            ///< in which it lies: of Solution::slices
  std::vector<Cofactors> critical;  ///< for each equation of the system: made of generators
  std::optional<Relation> value;    ///< of what the loss is modulo the generators
  Cofactors loss;                   ///< of the loss less that
  Reality reality = Reality::open;
  std::string open_because;          ///< where it is
  std::optional<Relation> not_real;  ///< a relation without real roots
  std::optional<Positive> positive;
  std::vector<Sample> samples;  ///< of dimension 0: all real points
  /// The characteristic polynomial of the Hessian is the same at all points of the component.
  bool constant_spectrum = false;
  bool constant_inertia = false;     ///< and so, or for its signs alone, the inertia at all real points
  bool negative_everywhere = false;  ///< it has a negative eigenvalue at all real points
  /// Else: the Hessian's rank, which is nowhere larger, is smaller at the real zeros of this polynomial and at no other
  /// point of the component, so that the inertia is the same along each path that avoids them.
  std::optional<Polynomial> rank_drops;
  std::size_t rank = 0;
  bool rank_proved = false;      ///< the same everywhere, by the sign of that coefficient
  std::vector<Component> drops;  ///< the components of those zeros
  bool drops_complete = false;   ///< it is proved that these are all, of real points

  /// Of the Hessian at all real points: shown by the absence of others.
  [[nodiscard]] bool constant_rank() const;
};

/// Real values that the loss may have on a component of positive dimension (the roots of its polynomial), at none of
/// its samples: real points with them may or may not exist.
[[nodiscard]] std::vector<RealRoot> values_without_point(const Component& component);

/// \throws NoProposal  a component does not consist of critical points
[[nodiscard]] Component examined(const System& system, const Instance& instance, const ProposedComponent& proposed);
/// Where no real point is met, or none of some value, also sections near real zeros that floating point finds.
/// \throws NoProposal, NoSingular
[[nodiscard]] Component examined_with_aims(const System& system, const Instance& instance, ProposedComponent& proposed,
                                           const ProcessLimits& limits);

}  // namespace rankscape::critical_set
