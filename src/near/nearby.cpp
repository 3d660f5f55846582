#include "near/nearby.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <rankscape/error.hpp>
#include <stdexcept>

#include "near/bordered.hpp"
#include "symmetry/better_point.hpp"
#include "symmetry/symmetries.hpp"

namespace rankscape::near {

namespace {

using symmetry::Field;

constexpr Index most_unknowns = 450;  // of a system for the symmetries that only these data have

Rational two_to(long exponent) {
  const Rational power(Integer(Integer(1) << static_cast<unsigned>(std::abs(exponent))));
  return exponent < 0 ? Rational(1 / power) : power;
}

bool is_skew(const Field& field) {
  return std::all_of(field.linear.begin(), field.linear.end(), [&](const Field::Entry& entry) {
    const Field::Entry mirrored{entry.column, entry.row, Rational(-entry.value)};
    return std::find(field.linear.begin(), field.linear.end(), mirrored) != field.linear.end();
  });
}

// On this box, when the functions are defined there.
std::optional<Box> image_within(const KrawczykTest& test, const Rational& radius) {
  try {
    return test.within(radius);
  } catch (const std::domain_error&) {
    return std::nullopt;
  }
}

// A box in which the zero is alone, about as large as the test admits. The row sums grow at least as fast as at first,
// which bounds it.
Rational isolating_radius(const KrawczykTest& test, const Rational& scale) {
  const Rational small = scale * two_to(-30);
  Rational radius = scale * 8;
  try {
    const auto none = test.contraction(Rational(0));
    const auto some = test.contraction(small);
    if (!none || !some || *some >= 1) return 0;
    if (*some > *none) radius = std::min(radius, Rational((1 - *none) * small / (*some - *none)));
  } catch (const std::domain_error&) {
    return 0;
  }
  constexpr int halvings = 12;
  for (int k = 0; k < halvings; ++k, radius /= 2) {
    for (const Rational& tried : {radius, Rational(radius * 3 / 4)}) {
      const Rational simple = rounded_down(tried, 80);
      if (simple > 0 && image_within(test, simple)) return simple;
    }
  }
  return 0;
}

Verdict verdict_of(const Inertia& inertia) {
  if (inertia.negative == 0) return Verdict::local_minimizer;
  return inertia.positive == 0 ? Verdict::local_maximizer : Verdict::strict_saddle;
}

Rational largest_difference(const RationalVector& a, const RationalVector& b) {
  Rational largest = 0;
  for (Index i = 0; i < a.size(); ++i)
    largest = std::max(largest, Rational(abs(a(i) - b(i))));
  return largest;
}

Enclosure distance_to(const Box& at, const RationalVector& x) {
  Enclosure sum;  // not rounded: it may be far below 2^-200
  for (Index i = 0; i < x.size(); ++i)
    sum = sum + square(at[static_cast<std::size_t>(i)] - Enclosure(x(i)));
  return sqrt(sum);
}

class Search {
 public:
  Search(const symmetry::Loss& loss, const RationalVector& x) : loss_(loss), x_(x), over_(loss), scale_(scale_of(x)) {}

  NearbyAnswer answer() {
    const std::vector<Field> common = symmetry::common_symmetries(loss_.program())->fields;
    if (tries(common)) return std::move(answer_);
    std::size_t most = common.size();
    for (const symmetry::Ansatz ansatz : {symmetry::Ansatz::layers, symmetry::Ansatz::affine}) {
      if (ansatz == symmetry::Ansatz::layers && loss_.data().empty()) continue;  // the common ones are all
      symmetry::SymmetryOptions limits;
      limits.unknowns = most_unknowns;
      const std::vector<Field> fields = symmetry::find_symmetries(loss_.program(), loss_.data(), ansatz, limits).fields;
      if (fields.size() <= most) continue;
      most = fields.size();
      if (tries(fields)) return std::move(answer_);
    }
    answer_.reason = reason(most);
    answer_.empty = radius_without_critical_point(loss_, x_);
    return std::move(answer_);
  }

 private:
  enum class Reached : unsigned char { nothing, regular, solved, enclosed };

  void reaches(Reached stage) { reached_ = std::max(reached_, stage); }

  bool tries(const std::vector<Field>& fields) {
    constexpr double singular = 1e-14;
    for (const Border& border : borders(loss_, x_, fields)) {
      if (border.quality < singular) continue;
      reaches(Reached::regular);
      try {
        if (proves(border, fields)) return true;
      } catch (const std::domain_error&) {  // 1/0 on the way
      }
    }
    return false;
  }

  bool proves(const Border& border, const std::vector<Field>& fields) {
    const Bordered bordered(over_, x_, border, fields);
    const auto solution = bordered.solution();
    if (!solution) return false;
    reaches(Reached::solved);
    const Index n = x_.size();
    std::vector<Rational> y(solution->data(), solution->data() + n);
    y.resize(static_cast<std::size_t>(n + border.N.cols()));
    const KrawczykTest test(bordered.system(), y);
    std::optional<Box> box;
    Rational radius;
    for (const long exponent : {-150, -110, -80, -60, -40, -25}) {
      radius = scale_ * two_to(exponent);
      if ((box = image_within(test, radius))) break;
    }
    if (!box) return false;
    reaches(Reached::enclosed);
    box->resize(static_cast<std::size_t>(n));
    if (!bordered.crosses_orbits(*box)) return false;
    const Rational isolating = std::max(radius, isolating_radius(test, scale_));
    NearbyPoint point;
    point.proof = {fields, border.C, border.N, *solution, radius, isolating};
    point.at = std::move(*box);
    const Rational off = largest_difference(*solution, x_);
    // the floats are the point: then they are a zero in the box
    if (off < radius && is_zero(RationalMatrix(loss_.gradient(x_)))) {
      for (Index i = 0; i < n; ++i)
        point.at[static_cast<std::size_t>(i)] = Enclosure(x_(i));
    }
    point.distance = distance_to(point.at, x_);
    point.value = over_.value(point.at);
    point.inertia = inertia_within(bordered, *solution, isolating, border.N.cols());
    point.verdict = verdict_of(point.inertia);
    if (off < isolating &&
        (border.N.cols() == 0 || (loss_.degree() && std::all_of(fields.begin(), fields.end(), is_skew))))
      point.alone = isolating - off;
    // the point itself may lie at exactly that distance, and radii are those of closed balls
    const Rational before = point.distance.lo * (1 - Rational(1, 1'000'000'000));
    answer_.empty = std::min(point.alone, before);
    if (point.alone < before)
      answer_.empty = std::min(before, std::max(answer_.empty, radius_without_critical_point(loss_, x_)));
    if (point.verdict == Verdict::local_minimizer) look_for_better(point, *solution);
    answer_.point = std::move(point);
    return true;
  }

  // Of the Hessian at the zero: B is regular on the box about `middle`, so any point of it will do, and the one with
  // the fewest digits is the cheapest.
  static Inertia inertia_within(const Bordered& bordered, const RationalVector& middle, const Rational& radius,
                                Index orbit) {
    unsigned bits = 0;
    while (two_to(-static_cast<long>(bits)) > radius)
      ++bits;
    const RationalVector simple = middle.unaryExpr([bits](const Rational& entry) { return rounded_down(entry, bits); });
    const Inertia whole = inertia(bordered.matrix(simple));
    if (whole.zero != 0 || whole.negative < orbit || whole.positive < orbit)
      throw InternalDisagreement("near: Krawczyk's test says that a matrix is regular, its inertia does not");
    return {whole.negative - orbit, orbit, whole.positive - orbit};
  }

  void look_for_better(NearbyPoint& point, const RationalVector& solution) const {
    auto better = symmetry::find_better_point(loss_, solution);
    if (better && loss_.value(*better) < point.value.lo) point.better = std::move(better);
  }

  [[nodiscard]] std::string reason(std::size_t symmetries) const {
    switch (reached_) {
      case Reached::nothing:
        return fmt::format(
            "the Hessian is singular up to rounding in directions that the symmetries found ({}) do not explain",
            symmetries);
      case Reached::regular:
        return "Newton's iteration from there does not converge quadratically: no critical point, or a degenerate one";
      case Reached::solved:
        return "the interval test of a zero fails: the critical point is too nearly degenerate";
      case Reached::enclosed:
        return "a zero of the bordered system was proved, but not that it is a critical point";
    }
    return {};
  }

  const symmetry::Loss& loss_;
  const RationalVector& x_;
  LossOverBoxes over_;
  Rational scale_;
  Reached reached_ = Reached::nothing;
  NearbyAnswer answer_;
};

}  // namespace

NearbyAnswer critical_point_near(const symmetry::Loss& loss, const RationalVector& x) {
  if (x.size() > most_parameters) {
    NearbyAnswer answer;
    answer.reason = fmt::format("{} parameters, more than {} are not tried", x.size(), most_parameters);
    return answer;
  }
  return Search(loss, x).answer();
}

Rational radius_without_critical_point(const symmetry::Loss& loss, const RationalVector& x) {
  const RationalVector gradient = loss.gradient(x);
  Rational largest = 0;
  for (Index i = 0; i < x.size(); ++i)
    largest = std::max(largest, Rational(abs(gradient(i))));
  if (largest.is_zero()) return 0;
  constexpr unsigned direction_bits = 40;
  RationalMatrix v(x.size(), 1);
  Rational slope = 0;  // <v, grad f(x)>
  for (Index i = 0; i < x.size(); ++i) {
    v(i) = rounded_down(gradient(i) / largest, direction_bits);
    slope += v(i) * gradient(i);
  }
  const LossOverBoxes over(loss);
  const auto bend = [&](const Rational& radius) -> std::optional<Rational> {  // at least |Hess f v| on the box
    Box box;
    for (Index i = 0; i < x.size(); ++i)
      box.emplace_back(x(i) - radius, x(i) + radius);
    try {
      return sqrt(norm2(over.hessian(box) * enclosed(v))).hi;
    } catch (const std::domain_error&) {
      return std::nullopt;
    }
  };
  const auto at_point = bend(Rational(0));
  if (!at_point) return 0;
  const Rational scale = scale_of(x);
  const Rational most = at_point->is_zero() ? scale : std::min(scale, Rational(slope / *at_point));
  for (const long part : {255, 224, 192, 128, 64, 16, 1}) {
    const Rational radius = most * part / 256;
    const auto bent = bend(radius);
    if (bent && slope > radius * *bent) return radius;
  }
  return 0;
}

}  // namespace rankscape::near
