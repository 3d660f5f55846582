#pragma once
// The features of one examined point: the model's, answered by the instance, and the engine's, answered by the
// evidence.

#include <rankscape/check/evidence.hpp>
#include <rankscape/statements/vocabulary.hpp>

namespace rankscape {

class EvidenceFeatures final : public FeatureSource {
 public:
  /// Keeps references; \pre both outlive this object, and `evidence` belongs to `instance`
  EvidenceFeatures(const Instance& instance, const Evidence& evidence, std::size_t model_size)
      : instance_(&instance), evidence_(&evidence), model_size_(model_size) {}

  [[nodiscard]] Value feature(std::size_t position, std::span<const Value> arguments) const override;

 private:
  const Instance* instance_;
  const Evidence* evidence_;
  std::size_t model_size_;
};

}  // namespace rankscape
