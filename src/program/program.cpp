// Checks of a program, once, so that evaluation needs none; and what is read off its instructions alone.

#include "program/program.hpp"

#include <algorithm>
#include <stdexcept>

namespace rankscape::program {

const char* name_of(Operation operation) {
  switch (operation) {
    case Operation::input:
      return "input";
    case Operation::constant:
      return "constant";
    case Operation::add:
      return "add";
    case Operation::subtract:
      return "subtract";
    case Operation::multiply:
      return "multiply";
    case Operation::hadamard:
      return "hadamard";
    case Operation::dot:
      return "dot";
    case Operation::scale:
      return "scale";
    case Operation::scalar_multiply:
      return "scalar_multiply";
    case Operation::transpose:
      return "transpose";
    case Operation::reciprocal:
      return "reciprocal";
  }
  throw std::logic_error("unknown operation");
}

int operands_of(Operation operation) {
  switch (operation) {
    case Operation::input:
    case Operation::constant:
      return 0;
    case Operation::scale:
    case Operation::transpose:
    case Operation::reciprocal:
      return 1;
    default:
      return 2;
  }
}

std::vector<std::size_t> Program::weights() const {
  std::vector<std::size_t> result;
  for (std::size_t k = 0; k < inputs.size(); ++k) {
    if (inputs[k].is_weight) result.push_back(k);
  }
  return result;
}

Index Program::parameters() const {
  Index sum = 0;
  for (const Input& input : inputs)
    sum += input.is_weight ? input.rows * input.cols : 0;
  return sum;
}

Node Program::output(std::string_view name) const {
  for (const Output& candidate : outputs) {
    if (candidate.name == name) return candidate.node;
  }
  throw std::out_of_range("the program has no output '" + std::string(name) + "'");
}

namespace {

bool fits(const Program& program, const Instruction& step) {
  const auto has = [&](const Instruction& of, Index rows, Index cols) { return of.rows == rows && of.cols == cols; };
  const auto at = [&](Node node) -> const Instruction& { return program.instructions[node]; };
  switch (step.operation) {
    case Operation::input:
      return step.a < program.inputs.size() && program.inputs[step.a].rows == step.rows &&
             program.inputs[step.a].cols == step.cols;
    case Operation::constant:
      return step.a < program.constants.size() && program.constants[step.a].rows() == step.rows &&
             program.constants[step.a].cols() == step.cols;
    case Operation::add:
    case Operation::subtract:
    case Operation::hadamard:
      return has(at(step.a), step.rows, step.cols) && has(at(step.b), step.rows, step.cols);
    case Operation::multiply:
      return at(step.a).cols == at(step.b).rows && step.rows == at(step.a).rows && step.cols == at(step.b).cols;
    case Operation::dot:
      return has(at(step.b), at(step.a).rows, at(step.a).cols) && has(step, 1, 1);
    case Operation::scale:
      return step.b < program.factors.size() && has(at(step.a), step.rows, step.cols);
    case Operation::scalar_multiply:
      return has(at(step.a), 1, 1) && has(at(step.b), step.rows, step.cols);
    case Operation::transpose:
      return has(at(step.a), step.cols, step.rows);
    case Operation::reciprocal:
      return has(at(step.a), 1, 1) && has(step, 1, 1);
  }
  return false;
}

}  // namespace

void validate(const Program& program) {
  const auto fail = [](std::size_t k, const std::string& what) {
    throw std::invalid_argument("matrix program, instruction " + std::to_string(k) + ": " + what);
  };
  for (std::size_t k = 0; k < program.instructions.size(); ++k) {
    const Instruction& step = program.instructions[k];
    const int operands = operands_of(step.operation);
    if (step.rows < 0 || step.cols < 0) fail(k, "a negative size");
    if ((operands >= 1 && step.a >= k) || (operands == 2 && step.b >= k)) fail(k, "an operand is not computed yet");
    if (!fits(program, step)) fail(k, std::string(name_of(step.operation)) + " does not fit its operands");
  }
  for (const Output& output : program.outputs) {
    if (output.node >= program.instructions.size()) {
      throw std::invalid_argument("matrix program: the output '" + output.name + "' is not computed");
    }
  }
}

std::vector<char> depends_on_weights(const Program& program) {
  std::vector<char> result;
  result.reserve(program.instructions.size());
  for (const Instruction& step : program.instructions) {
    const int operands = operands_of(step.operation);
    bool depends = step.operation == Operation::input && program.inputs[step.a].is_weight;
    if (operands >= 1) depends = result[step.a] != 0;
    if (operands == 2) depends = depends || result[step.b] != 0;
    result.push_back(depends ? 1 : 0);
  }
  return result;
}

std::vector<long> degrees(const Program& program) {
  std::vector<long> result;
  result.reserve(program.instructions.size());
  for (const Instruction& step : program.instructions) {
    long degree = 0;
    switch (step.operation) {
      case Operation::input:
        degree = program.inputs[step.a].is_weight ? 1 : 0;
        break;
      case Operation::constant:
        break;
      case Operation::add:
      case Operation::subtract:
        degree = std::min(result[step.a], result[step.b]) < 0 ? -1 : std::max(result[step.a], result[step.b]);
        break;
      case Operation::multiply:
      case Operation::hadamard:
      case Operation::dot:
      case Operation::scalar_multiply:
        degree = std::min(result[step.a], result[step.b]) < 0 ? -1 : result[step.a] + result[step.b];
        break;
      case Operation::scale:
      case Operation::transpose:
        degree = result[step.a];
        break;
      case Operation::reciprocal:
        degree = result[step.a] == 0 ? 0 : -1;
        break;
    }
    result.push_back(degree);
  }
  return result;
}

Program pruned(const Program& program) {
  std::vector<char> needed(program.instructions.size(), 0);
  for (const Output& output : program.outputs)
    needed[output.node] = 1;
  for (std::size_t k = program.instructions.size(); k-- > 0;) {
    if (needed[k] == 0) continue;
    const Instruction& step = program.instructions[k];
    const int operands = operands_of(step.operation);
    if (operands >= 1) needed[step.a] = 1;
    if (operands == 2) needed[step.b] = 1;
  }
  Program result;
  result.inputs = program.inputs;
  constexpr std::uint32_t absent = ~std::uint32_t{0};
  std::vector<std::uint32_t> node(program.instructions.size(), absent);
  std::vector<std::uint32_t> constant(program.constants.size(), absent);
  std::vector<std::uint32_t> factor(program.factors.size(), absent);
  for (std::size_t k = 0; k < program.instructions.size(); ++k) {
    if (needed[k] == 0) continue;
    Instruction step = program.instructions[k];
    const int operands = operands_of(step.operation);
    if (step.operation == Operation::constant) {
      if (constant[step.a] == absent) {
        constant[step.a] = static_cast<std::uint32_t>(result.constants.size());
        result.constants.push_back(program.constants[step.a]);
      }
      step.a = constant[step.a];
    }
    if (step.operation == Operation::scale) {
      if (factor[step.b] == absent) {
        factor[step.b] = static_cast<std::uint32_t>(result.factors.size());
        result.factors.push_back(program.factors[step.b]);
      }
      step.b = factor[step.b];
    }
    if (operands >= 1) step.a = node[step.a];
    if (operands == 2) step.b = node[step.b];
    node[k] = static_cast<std::uint32_t>(result.instructions.size());
    result.instructions.push_back(step);
  }
  for (const Output& output : program.outputs)
    result.outputs.push_back({output.name, node[output.node]});
  return result;
}

}  // namespace rankscape::program
