#include "solve/components.hpp"

#include <algorithm>

#include <rankscape/error.hpp>
#include <rankscape/exact/deadline.hpp>

#include <fmt/format.h>

#include "solve/emptiness.hpp"
#include "solve/spectrum.hpp"
#include "symmetry/loss.hpp"

namespace rankscape::critical_set {

namespace {

// Products of terms: what takes longer is left open. Each is a fraction of a second to some seconds.
constexpr std::int64_t most_products = 20'000'000;
constexpr std::size_t most_value_degree = 100;
constexpr std::size_t most_zeros = 100;          // of a component of dimension 0
constexpr std::size_t most_section_degree = 16;  // of a section by coordinate planes
constexpr std::size_t most_inertia_degree = 16;  // of the field in which the Hessian is formed
constexpr std::size_t most_inertia_unknowns = 24;
constexpr std::size_t most_rational_samples = 2;
constexpr std::size_t most_aims = 9;

Cofactors cofactors_of(Division division) {
  Cofactors cofactors;
  for (std::size_t k = 0; k < division.quotients.size(); ++k) {
    if (!division.quotients[k].is_zero()) cofactors.emplace_back(k, std::move(division.quotients[k]));
  }
  return cofactors;
}

std::optional<Relation> relation(const Polynomial& of, const Univariate& satisfies, const Polynomials& generators,
                                 PolynomialRing& ring) {
  Division division = divide(evaluate_at(satisfies, of, ring), generators, ring);
  if (!division.remainder.is_zero()) return std::nullopt;
  return Relation{of, satisfies, cofactors_of(std::move(division))};
}

class Examination {
 public:
  Examination(const System& system, const Instance& instance, const ProposedComponent& proposed)
      : system_(system), instance_(instance), proposed_(proposed) {
    component_.dimension = proposed.ideal.dimension;
    component_.degree = proposed.ideal.degree;
    component_.generators = proposed.ideal.generators;
  }

  Component run() {
    check_critical();
    attempt([&] { find_value(); });
    attempt([&] { find_points(); });
    if (component_.reality == Reality::open) attempt([&] { find_no_points(); });
    if (component_.reality == Reality::open && component_.open_because.empty())
      component_.open_because = "no real point was found";
    if (component_.dimension > 0) attempt([&] { find_spectrum(); });
    return std::move(component_);
  }

 private:
  // What grows beyond its limit stays open.
  template <class Step>
  void attempt(const Step& step) {
    try {
      step();
    } catch (const symmetry::TooLarge&) {
      // open
    }
  }

  void check_critical() {
    PolynomialRing ring(most_products);
    for (const Polynomial& equation : system_.equations) {
      Division division;
      try {
        division = divide(equation, component_.generators, ring);
      } catch (const symmetry::TooLarge&) {
        throw NoProposal("a component is too large to be checked");
      }
      if (!division.remainder.is_zero())
        throw NoProposal("a component that Singular proposed is not shown to be critical");
      component_.critical.push_back(cofactors_of(std::move(division)));
    }
  }

  void find_value() {
    PolynomialRing ring(most_products);
    Division loss = divide(system_.loss, component_.generators, ring);
    const Polynomial rest = std::move(loss.remainder);
    const auto found = minimal_polynomial(rest, component_.generators, most_value_degree, ring);
    if (!found) return;
    component_.value = relation(rest, *found, component_.generators, ring);
    component_.loss = cofactors_of(std::move(loss));
    if (component_.value && real_roots(*found).empty()) {
      component_.reality = Reality::none;
      component_.not_real = component_.value;
    }
  }

  void find_points() {
    if (component_.reality == Reality::none) return;
    PolynomialRing ring(most_products);
    if (component_.dimension == 0) {
      const auto zeros = real_zeros(component_.generators, system_.unknowns(), most_zeros, ring);
      if (!zeros) {
        component_.open_because =
            fmt::format("{} complex points, real ones are isolated among at most {}", component_.degree, most_zeros);
        return;
      }
      for (std::size_t k = 0; k < zeros->points.size(); ++k) {
        const FieldPoint& point = zeros->points[k];
        add_samples(point, zeros->roots[k]);
      }
      if (!component_.samples.empty()) {
        component_.reality = Reality::points;
        return;
      }
      // its powers are expanded: of what is left of the form
      const Polynomial form = remainder(zeros->form, component_.generators, ring);
      component_.not_real = relation(form, zeros->polynomial, component_.generators, ring);
      if (component_.not_real) component_.reality = Reality::none;
      return;
    }
    for (const ProposedIdeal& section : proposed_.sections) {
      const bool rational = section.degree == 1;
      const bool enough = component_.samples.size() >= (rational ? most_rational_samples : 1);
      if (enough && values_without_point(component_).empty()) break;
      const auto zeros = real_zeros(section.generators, system_.unknowns(), most_section_degree, ring);
      if (!zeros || zeros->points.empty()) continue;
      const FieldPoint& point = zeros->points.front();
      const auto off = [&](const Polynomial& generator) { return !value_at(generator, point).empty(); };
      if (std::any_of(component_.generators.begin(), component_.generators.end(), off)) continue;
      add_samples(point, of_new_values(point, zeros->roots.front(), !enough));
    }
    if (!component_.samples.empty()) component_.reality = Reality::points;
  }

  // Roots at which the loss has a value that no sample has; the first one in any case where `one` is wanted.
  [[nodiscard]] std::vector<RealRoot> of_new_values(const FieldPoint& point, const std::vector<RealRoot>& roots,
                                                    bool one) const {
    std::vector<RealRoot> chosen;
    std::vector<RealRoot> values;
    for (const Sample& sample : component_.samples)
      values.push_back(sample.value);
    const Univariate loss = value_at(system_.loss, point);
    for (const RealRoot& root : roots) {
      const RealRoot value = value_of(loss, root);
      const bool known = std::find(values.begin(), values.end(), value) != values.end();
      if (known && !(one && chosen.empty())) continue;
      chosen.push_back(root);
      values.push_back(value);
    }
    return chosen;
  }

  void add_samples(const FieldPoint& point, const std::vector<RealRoot>& roots) {
    if (point.field.degree() == 1) {
      std::vector<Rational> at;
      for (const Univariate& coordinate : point.coordinates)
        at.push_back(coordinate.empty() ? Rational(0) : coordinate.front());
      const auto known = [&](const Sample& sample) { return sample.rational == at; };
      if (std::any_of(component_.samples.begin(), component_.samples.end(), known)) return;
      Sample sample;
      sample.rational = std::move(at);
      judge(sample);
      component_.samples.push_back(std::move(sample));
      return;
    }
    std::vector<Univariate> characteristic;
    if (point.field.degree() <= most_inertia_degree && system_.unknowns() <= most_inertia_unknowns)
      characteristic = characteristic_polynomial(hessian_at(point), point.field);
    for (const RealRoot& root : roots) {
      Sample sample;
      sample.field = point;
      sample.root = root;
      sample.value = value_of(value_at(system_.loss, point), root);
      judge(sample, characteristic);
      component_.samples.push_back(std::move(sample));
    }
  }

  // A real algebraic number, from an element of the field.
  [[nodiscard]] RealRoot value_of(const Univariate& element, const RealRoot& root) const {
    if (element.empty()) return RealRoot(Rational(0));
    if (element.size() == 1) return RealRoot(element.front());
    if (!component_.value) throw symmetry::TooLarge();
    const std::vector<RealRoot> candidates = real_roots(component_.value->satisfies);
    for (Rational width(1, 1024);; width *= width) {
      check_deadline();
      const Enclosure near = enclose(element, root, width);
      std::vector<const RealRoot*> left;
      for (const RealRoot& candidate : candidates) {
        const Enclosure there = candidate.enclose(width);
        if (there.lo <= near.hi && near.lo <= there.hi) left.push_back(&candidate);
      }
      if (left.empty()) throw InternalDisagreement("solve: the loss at a point is no root of its polynomial");
      if (left.size() == 1) return *left.front();
    }
  }

  [[nodiscard]] std::vector<std::vector<Univariate>> hessian_at(const FieldPoint& point) const {
    const std::size_t n = system_.unknowns();
    std::vector<std::vector<Univariate>> hessian(n, std::vector<Univariate>(n));
    for (std::size_t i = 0; i < n; ++i) {
      for (std::size_t j = 0; j <= i; ++j)
        hessian[i][j] = hessian[j][i] = value_at(derivative(system_.gradient[i], j), point);
    }
    return hessian;
  }

  // By the classifier.
  void judge(Sample& sample) const {
    Point point = instance_.point();
    RationalVector x(static_cast<Index>(sample.rational.size()));
    for (Index k = 0; k < x.size(); ++k)
      x(k) = sample.rational[static_cast<std::size_t>(k)];
    point.weights = symmetry::as_weights(x, instance_.program());
    const auto there = instance_.landscape().instance(std::move(point));
    const Evidence evidence = examine(*there, {.form_hessian = false, .eigenvalues = false});
    if (!evidence.critical) throw InternalDisagreement("solve: a point of a component is not critical");
    sample.value = RealRoot(evidence.value);
    if (evidence.hessian) {
      sample.has_inertia = true;
      sample.inertia = *evidence.hessian;
    }
    sample.verdict = evidence.verdict;
    sample.local = evidence.verdict == Verdict::second_order && evidence.local_minimizer();
    sample.reason = evidence.reason;
  }

  // By the inertia alone.
  static void judge(Sample& sample, const std::vector<Univariate>& characteristic) {
    if (characteristic.empty()) {
      sample.reason = fmt::format("coordinates of degree {} over the rationals", sample.field.field.degree());
      return;
    }
    sample.has_inertia = true;
    sample.inertia = inertia_at(characteristic, *sample.root);
    if (sample.inertia.negative > 0) {
      const bool definite = sample.inertia.zero == 0 && sample.inertia.positive == 0;
      sample.verdict = definite ? Verdict::local_maximizer : Verdict::strict_saddle;
      sample.reason = "the Hessian has a negative eigenvalue";
    } else {
      sample.verdict = Verdict::second_order;
      sample.local = sample.inertia.zero == 0;
      sample.reason = sample.local ? "positive definite Hessian" : "positive semidefinite Hessian";
    }
  }

  void find_no_points() {
    PolynomialRing ring(most_products);
    const SquaresOfLoss squares = squares_of_loss(instance_, ring);
    component_.positive = positive_combination(component_.generators, system_.unknowns(), squares.squares, ring);
    if (component_.positive) component_.reality = Reality::none;
  }

  void find_spectrum() {
    if (component_.reality != Reality::points) return;
    const Spectrum spectrum = spectrum_on(system_.gradient, component_.generators);
    component_.constant_spectrum = spectrum.constant();
    component_.negative_everywhere = spectrum.negative();
    const auto everywhere = spectrum.inertia();
    component_.constant_inertia = everywhere.has_value();
    component_.rank = spectrum.rank();
    for (const Sample& sample : component_.samples) {
      if (everywhere && sample.has_inertia && sample.inertia != *everywhere)
        throw InternalDisagreement("solve: a point of a component has another inertia than all of its points");
    }
    component_.rank_proved = component_.rank == 0 || spectrum.signs[component_.rank - 1].has_value();
    if (!component_.rank_proved) component_.rank_drops = spectrum.coefficients[component_.rank - 1];
  }

  const System& system_;
  const Instance& instance_;
  const ProposedComponent& proposed_;
  Component component_;
};

}  // namespace

bool Component::constant_rank() const {
  return rank_proved ||
         (rank_drops && drops_complete &&
          std::all_of(drops.begin(), drops.end(), [](const Component& drop) { return drop.reality == Reality::none; }));
}

std::vector<RealRoot> values_without_point(const Component& component) {
  std::vector<RealRoot> open;
  if (component.dimension == 0 || component.samples.empty() || !component.value) return open;
  for (const RealRoot& root : real_roots(component.value->satisfies)) {
    if (std::none_of(component.samples.begin(), component.samples.end(),
                     [&](const Sample& sample) { return sample.value == root; }))
      open.push_back(root);
  }
  return open;
}

Component examined(const System& system, const Instance& instance, const ProposedComponent& proposed) {
  return Examination(system, instance, proposed).run();
}

Component examined_with_aims(const System& system, const Instance& instance, ProposedComponent& proposed,
                             const ProcessLimits& limits) {
  Component component = examined(system, instance, proposed);
  const bool open = component.reality == Reality::open;
  if (component.dimension == 0 || (!open && values_without_point(component).empty())) return component;
  const std::vector<Aim> aimed =
      aims(component.generators, system.unknowns(), static_cast<std::size_t>(component.dimension), most_aims);
  if (aimed.empty()) return component;
  try {
    const std::vector<ProposedIdeal> more = propose_sections(system, component.generators, aimed, limits);
    proposed.sections.insert(proposed.sections.end(), more.begin(), more.end());
  } catch (const NoProposal&) {
    if (open) throw;
    return component;
  }
  return examined(system, instance, proposed);
}

}  // namespace rankscape::critical_set
