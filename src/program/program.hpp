#pragma once
// Matrix programs: what a loss is at a shape. A program is a list of instructions in which every result is written
// once and is a matrix (a scalar is 1 x 1); operands are positions of earlier results. It is plain data: it is read off
// the tree of a formula (lower.hpp), differentiated into another program (differentiate.hpp), evaluated over any ring
// (evaluate.hpp), printed, and carried by certificates.

#include <rankscape/exact/matrix.hpp>

#include <cstdint>
#include <string>
#include <vector>

namespace rankscape::program {

/// A position in Program::instructions.
using Node = std::uint32_t;

/// The whole instruction set; everything else is expressed in it (builder.hpp).
enum class Operation : unsigned char {
  input,            ///< inputs[a]
  constant,         ///< constants[a]
  add,              ///< a + b
  subtract,         ///< a - b
  multiply,         ///< a * b
  hadamard,         ///< a o b, entry by entry
  dot,              ///< sum of the products of entries, 1 x 1
  scale,            ///< factors[b] * a
  scalar_multiply,  ///< a * b with a of size 1 x 1
  transpose,        ///< a^T
  reciprocal,       ///< 1 / a, of size 1 x 1; no value where a = 0
};
[[nodiscard]] const char* name_of(Operation operation);
/// Of the operands a, b: how many are nodes.
[[nodiscard]] int operands_of(Operation operation);

struct Instruction {
  Operation operation = Operation::input;
  std::uint32_t a = 0;
  std::uint32_t b = 0;
  Index rows = 0;
  Index cols = 0;

  [[nodiscard]] bool operator==(const Instruction&) const = default;
};

struct Input {
  std::string name;  ///< "X", "W(2)"
  Index rows = 0;
  Index cols = 0;
  bool is_weight = false;
  /// Of data: promised to be symmetric. Derivatives make use of it, and CompiledLoss checks it.
  bool is_symmetric = false;

  [[nodiscard]] bool operator==(const Input&) const = default;
};

struct Output {
  std::string name;
  Node node = 0;

  [[nodiscard]] bool operator==(const Output&) const = default;
};

/// Inputs: data first, then the weights in order. The coordinates of all weights are counted in that order, each matrix
/// column by column.
struct Program {
  std::vector<Input> inputs;
  std::vector<RationalMatrix> constants;
  std::vector<Rational> factors;
  std::vector<Instruction> instructions;
  std::vector<Output> outputs;

  /// Positions of the weights in `inputs`.
  [[nodiscard]] std::vector<std::size_t> weights() const;
  /// Number of entries of all weights.
  [[nodiscard]] Index parameters() const;
  /// \throws std::out_of_range  there is no such output
  [[nodiscard]] Node output(std::string_view name) const;
};

/// \throws std::invalid_argument  an operand is not an earlier result, shapes do not fit, or a position (of an input, a
///                                constant, a factor, an output) does not exist; the message names the instruction
void validate(const Program& program);

/// For each node: does its value depend on a weight?
[[nodiscard]] std::vector<char> depends_on_weights(const Program& program);

/// For each node an upper bound of its degree as a polynomial in the weights (exact where nothing cancels); -1 where it
/// is no polynomial, by the reciprocal of something that depends on weights.
[[nodiscard]] std::vector<long> degrees(const Program& program);

/// Without the instructions, constants and factors that no output needs. All inputs stay.
[[nodiscard]] Program pruned(const Program& program);

}  // namespace rankscape::program
