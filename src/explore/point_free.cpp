#include "explore/point_free.hpp"

#include <algorithm>

#include "landscapes/data.hpp"
#include "landscapes/openness.hpp"
#include "landscapes/words.hpp"

namespace rankscape::explore {

namespace {

std::optional<RealRoot> least_value(const critical_set::Solution& solution) {
  std::optional<RealRoot> least;
  for (const critical_set::Component& component : solution.components) {
    for (const critical_set::Sample& sample : component.samples) {
      if (!least || sample.value < *least) least = sample.value;
    }
  }
  return least;
}

VerdictSet classes_of_inertia(const Inertia& inertia) {
  const VerdictSet possible = classes_of(inertia.negative > 0 ? Verdict::strict_saddle : Verdict::second_order);
  return inertia.positive > 0 ? possible & not_maximizers() : possible;
}

}  // namespace

PointFree::PointFree(const Instance& instance)
    : instance_(instance), of_data_(words_of_data(*instance.landscape().internals().words)) {}

Value PointFree::Source::feature(std::size_t position, std::span<const Value> arguments) const {
  const std::size_t common = of_->instance_.landscape().vocabulary().model_size();
  if (position < common) {
    if (position < of_->of_data_.size() && of_->of_data_[position] != 0)
      return of_->instance_.feature(position, arguments);
    throw Undefined("depends on the weights, which are no rational numbers here");
  }
  switch (static_cast<EngineFeature>(position - common)) {
    case EngineFeature::value:
      if (value_) return Real(*value_);
      break;
    case EngineFeature::parameters:
      return static_cast<long>(of_->instance_.parameters());
    case EngineFeature::index:
      if (inertia_) return static_cast<long>(inertia_->negative);
      if (minimizers_) return 0L;
      break;
    case EngineFeature::nullity:
      if (inertia_) return static_cast<long>(inertia_->zero);
      break;
    case EngineFeature::coindex:
      if (inertia_) return static_cast<long>(inertia_->positive);
      break;
    default:
      break;
  }
  throw Undefined("not known where the weights are no rational numbers");
}

PointFree::Source PointFree::at(const critical_set::Sample& sample) const {
  Source source;
  source.of_ = this;
  source.value_ = sample.value;
  if (sample.has_inertia) source.inertia_ = sample.inertia;
  return source;
}

PointFree::Source PointFree::on(const critical_set::Component& component, VerdictSet possible) const {
  Source source;
  source.of_ = this;
  source.minimizers_ = possible.subset_of({Verdict::global_minimizer, Verdict::local_minimizer});
  if (component.value) {
    const auto roots = real_roots(component.value->satisfies);
    if (roots.size() == 1) source.value_ = roots.front();
  }
  if (component.constant_inertia && !component.samples.empty() && component.samples.front().has_inertia)
    source.inertia_ = component.samples.front().inertia;
  return source;
}

VerdictSet classes_at(const critical_set::Solution& solution, const critical_set::Sample& sample) {
  VerdictSet possible = classes_of(sample.verdict);
  if (sample.local) possible = possible & VerdictSet{Verdict::global_minimizer, Verdict::local_minimizer};
  if (sample.has_inertia) possible = possible & classes_of_inertia(sample.inertia);
  if (sample.value > *least_value(solution)) possible = possible & not_global_minimizers();
  return possible;
}

VerdictSet classes_on(const critical_set::Solution& solution, const critical_set::Component& component) {
  VerdictSet possible = VerdictSet::all();
  if (component.samples.empty()) return possible;
  const critical_set::Sample& sample = component.samples.front();
  if (component.constant_inertia && sample.has_inertia) possible = possible & classes_of_inertia(sample.inertia);
  if (component.negative_everywhere) possible = possible & classes_of(Verdict::strict_saddle);
  if (!component.value) return possible;
  const auto values = real_roots(component.value->satisfies);
  if (values.back() > *least_value(solution)) possible = possible & not_global_minimizers();
  if (values.size() == 1 && sample.verdict == Verdict::global_minimizer) possible = {Verdict::global_minimizer};
  return possible;
}

}  // namespace rankscape::explore
