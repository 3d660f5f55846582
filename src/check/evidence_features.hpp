#pragma once
// The features of one examined point: the landscape's, answered by the instance, and the common ones, answered by the
// evidence. Of a point proved beside floats all but what its inertia says is answered by that point.

#include <rankscape/check/evidence.hpp>

#include "language/enclosed_source.hpp"

namespace rankscape {

class EvidenceFeatures final : public FeatureSource, public language::EnclosedSource {
 public:
  /// Keeps references; \pre both outlive this object, and `evidence` belongs to `instance`
  EvidenceFeatures(const Instance& instance, const Evidence& evidence) : instance_(&instance), evidence_(&evidence) {}

  [[nodiscard]] Value feature(std::size_t position, std::span<const Value> arguments) const override;
  [[nodiscard]] RationalMatrix jacobian(std::size_t position, std::span<const Value> arguments) const override;
  [[nodiscard]] bool only_enclosed() const override { return evidence_->nearby != nullptr; }
  [[nodiscard]] std::optional<language::EnclosedFormula> enclosure(
      const language::Expr& tree, const std::vector<long>& variables,
      const std::vector<Definition>& definitions) const override;

 private:
  const Instance* instance_;
  const Evidence* evidence_;
};

}  // namespace rankscape
