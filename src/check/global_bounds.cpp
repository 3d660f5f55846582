#include "check/global_bounds.hpp"

#include "certificate/bounds.hpp"
#include "check/local_problem.hpp"

namespace rankscape {

std::optional<std::vector<certificate::Bound>> prove_global(const Instance& instance) {
  return certificate::prove_global(workspace_at(instance));
}

}  // namespace rankscape
