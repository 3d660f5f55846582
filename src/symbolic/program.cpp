// Checks of a straight-line program's slots, once, so that evaluation needs none.

#include <symbolic/program.hpp>

namespace rankscape::symbolic {

Program::Program(std::uint32_t inputs, std::vector<Rational> constants, std::vector<Instruction> instructions,
                 std::vector<std::uint32_t> outputs)
    : inputs_(inputs),
      constants_(std::move(constants)),
      instructions_(std::move(instructions)),
      outputs_(std::move(outputs)) {
  std::size_t ready = inputs_ + constants_.size();
  for (const Instruction& step : instructions_) {
    if (step.a >= ready || (step.operation != Operation::power && step.b >= ready)) {
      throw std::invalid_argument("Program: an instruction reads a slot that is not computed yet");
    }
    if (step.operation == Operation::power && step.b < 2) throw std::invalid_argument("Program: exponent below 2");
    ++ready;
  }
  for (const std::uint32_t slot : outputs_) {
    if (slot >= ready) throw std::invalid_argument("Program: an output is not computed");
  }
}

}  // namespace rankscape::symbolic
