#pragma once
// What a statement may ask where no rational point stands: of a component of the critical set as a whole, or of a point
// with coordinates in a number field. Words of sizes and data are answered by the instance, value and inertia by what
// was proved; every other word depends on the weights and is undefined, so that a judgement without it is one for all
// those points.

#include <rankscape/landscape.hpp>
#include <rankscape/verdict.hpp>

#include <optional>
#include <vector>

#include "solve/solution.hpp"

namespace rankscape::explore {

class PointFree {
 public:
  /// \pre the instance outlives this object
  explicit PointFree(const Instance& instance);

  class Source final : public FeatureSource {
   public:
    [[nodiscard]] Value feature(std::size_t position, std::span<const Value> arguments) const override;

   private:
    friend class PointFree;
    const PointFree* of_ = nullptr;
    std::optional<RealRoot> value_;
    std::optional<Inertia> inertia_;
    bool minimizers_ = false;
  };
  /// At one point, and at all real points of a component. \pre this object outlives the source
  [[nodiscard]] Source at(const critical_set::Sample& sample) const;
  /// \param possible  as classes_on
  [[nodiscard]] Source on(const critical_set::Component& component, VerdictSet possible) const;

 private:
  const Instance& instance_;
  std::vector<char> of_data_;  // each word: it depends on sizes and data alone
};

/// Classes that are possible at the point, and at every real point of the component: by the proved inertia, and by
/// whether the value is known to be the least one, or not to be.
[[nodiscard]] VerdictSet classes_at(const critical_set::Solution& solution, const critical_set::Sample& sample);
[[nodiscard]] VerdictSet classes_on(const critical_set::Solution& solution, const critical_set::Component& component);

}  // namespace rankscape::explore
