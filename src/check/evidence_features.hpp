#pragma once
// The features of one examined point: the landscape's, answered by the instance, and the common ones, answered by the
// evidence.

#include <rankscape/check/evidence.hpp>

namespace rankscape {

class EvidenceFeatures final : public FeatureSource {
 public:
  /// Keeps references; \pre both outlive this object, and `evidence` belongs to `instance`
  EvidenceFeatures(const Instance& instance, const Evidence& evidence) : instance_(&instance), evidence_(&evidence) {}

  [[nodiscard]] Value feature(std::size_t position, std::span<const Value> arguments) const override;
  [[nodiscard]] RationalMatrix jacobian(std::size_t position, std::span<const Value> arguments) const override {
    return instance_->jacobian(position, arguments);
  }

 private:
  const Instance* instance_;
  const Evidence* evidence_;
};

}  // namespace rankscape
