#include "program/lagrangian.hpp"

namespace rankscape::program {

Program lagrangian(const Program& program) {
  Program result = program;
  result.outputs = {program.outputs.front(), {std::string(constraints_output), program.output(constraints_output)}};
  result = pruned(result);
  const Node loss = result.outputs[0].node;
  const Node constraints = result.outputs[1].node;
  const Index rows = result.instructions[constraints].rows;
  // NOTE: written without a builder, which would fold: certificates rely on the form of these three
  const auto input = static_cast<std::uint32_t>(result.inputs.size());
  result.inputs.push_back({std::string(multipliers_input), rows, 1, true, false});
  const auto multipliers = static_cast<Node>(result.instructions.size());
  result.instructions.push_back({Operation::input, input, 0, rows, 1});
  result.instructions.push_back({Operation::dot, multipliers, constraints, 1, 1});
  result.instructions.push_back({Operation::subtract, loss, multipliers + 1, 1, 1});
  result.outputs = {{"loss", multipliers + 2}};
  return result;
}

Program constraints_of(const Program& program) {
  Program result = program;
  result.outputs = {{std::string(constraints_output), program.output(constraints_output)}};
  return pruned(result);
}

}  // namespace rankscape::program
