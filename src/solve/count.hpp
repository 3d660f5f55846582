#pragma once
// All critical points by counting, without computer algebra: n equations of degrees d_1, .., d_n have at most
// d_1 .. d_n isolated zeros, and where they have as many, no others (Bezout's inequality, Heintz 1983, bounds the
// degrees of all components together). So that many disjoint boxes with a simple zero in each hold all of them.

#include <rankscape/exact/enclosure.hpp>
#include <rankscape/exact/inertia.hpp>
#include <rankscape/exact_json.hpp>
#include <rankscape/verdict.hpp>

#include <optional>

#include "solve/polydisc.hpp"
#include "solve/system.hpp"

namespace rankscape::critical_set {

struct CountedPoint {
  Polydisc around;
  bool exact = false;  ///< the centre is the point
  Enclosure value;
  Inertia inertia;  ///< the Hessian is invertible in the polydisc: it is that of the centre
  Verdict verdict = Verdict::undecided;
  bool local = false;  ///< second_order, and a local minimizer
  std::string reason;
};

struct Counted {
  System system;
  std::vector<CountedPoint> points;  ///< the real ones
  std::vector<Polydisc> others;
  bool coercive = false;
  [[nodiscard]] std::size_t bound() const { return points.size() + others.size(); }
};

/// \return nothing where the zeros that are found and proved are fewer than the bound: some may be multiple, or at
/// infinity, or the bound is large
/// \throws InputError  no polynomial; DeadlineExceeded
[[nodiscard]] std::optional<Counted> count_critical_points(const Instance& instance);

/// rankscape-solution/1 and rankscape-complete/1
[[nodiscard]] Json to_json(const Instance& instance, const Counted& counted);
[[nodiscard]] Json certificate_json(const Instance& instance, const Counted& counted);

}  // namespace rankscape::critical_set
