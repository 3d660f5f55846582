#include "check/local_problem.hpp"

#include "landscapes/constraints.hpp"
#include "program/lagrangian.hpp"

namespace rankscape {

LocalProblem::LocalProblem(const Instance& instance)
    : loss(constraints_at(instance) == nullptr ? instance.program() : constraints_at(instance)->lagrangian(),
           instance.program_data()),
      point(symmetry::as_vector(constraints_at(instance) == nullptr ? instance.point().weights
                                                                    : constraints_at(instance)->point())),
      multipliers(constraints_at(instance) == nullptr ? 0 : constraints_at(instance)->count()) {}

certificate::Workspace workspace_at(const Instance& instance) {
  const ConstraintsHere* constraints = constraints_at(instance);
  const std::vector<RationalMatrix> weights = constraints == nullptr ? instance.point().weights : constraints->point();
  std::vector<RationalMatrix> inputs = instance.program_data();
  inputs.insert(inputs.end(), weights.begin(), weights.end());
  return {constraints == nullptr ? instance.program() : constraints->lagrangian(), std::move(inputs)};
}

bool is_quadratic(const Instance& instance) {
  const program::Program& program = instance.program();
  const std::vector<long> degrees = program::degrees(program);
  for (const program::Node node : {program.outputs.front().node, program.output(program::constraints_output)}) {
    if (degrees[node] < 0 || degrees[node] > 2) return false;
  }
  return true;
}

bool is_convex_quadratic_lagrangian(const Instance& instance) {
  return is_quadratic(instance) && inertia(constraints_at(instance)->second_derivatives()).negative == 0;
}

}  // namespace rankscape
