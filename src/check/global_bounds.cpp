#include "check/global_bounds.hpp"

#include "certificate/bounds.hpp"

namespace rankscape {

certificate::Workspace workspace_at(const Instance& instance) {
  std::vector<RationalMatrix> inputs = instance.program_data();
  inputs.insert(inputs.end(), instance.point().weights.begin(), instance.point().weights.end());
  return {instance.program(), std::move(inputs)};
}

std::optional<std::vector<certificate::Bound>> prove_global(const Instance& instance) {
  return certificate::prove_global(workspace_at(instance));
}

}  // namespace rankscape
