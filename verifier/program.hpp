#pragma once
// Programs of matrix operations: their values over any ring, their gradients as programs (reverse differentiation), the
// derivatives of all results along a field (forward differentiation).

#include <optional>

#include "verifier/matrix.hpp"

namespace verifier {

/// In the order of their operands: a position in a list of given matrices, one result, two results.
enum class Operation { leaf, transpose, reciprocal, scale, add, subtract, multiply, hadamard, dot, scalar_multiply };

struct Instruction {
  Operation operation;
  std::size_t a;  // of a leaf the position in the list
  std::size_t b;  // where there is one operand, it again
  Q factor = 1;   // of scale
  [[nodiscard]] bool has_operands() const { return operation != Operation::leaf; }
  [[nodiscard]] bool has_two() const { return operation >= Operation::add; }
  [[nodiscard]] bool is_product() const { return operation >= Operation::multiply; }
};
using Program = std::vector<Instruction>;

/// For each node: does it depend on one of these?
inline std::vector<char> depends(const Program& program, std::vector<char> nodes) {
  for (std::size_t k = 0; k < program.size(); ++k)
    if (program[k].has_operands() && (nodes[program[k].a] != 0 || nodes[program[k].b] != 0)) nodes[k] = 1;
  return nodes;
}

/// Of an instruction with operands.
template <class R>
Matrix<R> apply(const Instruction& s, const Matrix<R>& a, const Matrix<R>& b) {
  if (s.operation == Operation::transpose) return transposed(a);
  if (s.operation == Operation::reciprocal) return reciprocal(a);
  if (s.operation == Operation::scale) return scaled(s.factor, a);
  if (s.operation == Operation::add) return a + b;
  if (s.operation == Operation::subtract) return a - b;
  if (s.operation == Operation::multiply) return a * b;
  if (s.operation == Operation::hadamard) return hadamard(a, b);
  if (s.operation == Operation::dot) return dot(a, b);
  return scaled(a, b);
}

/// Appends the derivatives of the 1 x 1 node `root` by some nodes, as if those were independent variables; tells the
/// position of each, 0: it is zero.
inline std::vector<std::size_t> differentiate(Program& program, std::size_t root, const std::vector<char>& variables) {
  using enum Operation;
  const std::vector<char> active = depends(program, variables);
  std::vector<std::size_t> slopes(program.size(), 0);
  const auto emit = [&](Operation operation, std::size_t a, std::size_t b, const Q& factor = 1) {
    program.push_back({operation, a, b, factor});
    return program.size() - 1;
  };
  const auto flip = [&](std::size_t k) { return emit(transpose, k, k); };
  const auto pass = [&](std::size_t to, Operation operation, std::size_t a, std::size_t b, const Q& factor = 1) {
    if (active[to] == 0) return;
    const std::size_t term = emit(operation, a, b, factor);
    slopes[to] = slopes[to] == 0 ? term : emit(add, slopes[to], term);
  };
  slopes[root] = emit(leaf, 0, 0);
  for (std::size_t k = root + 1; k-- > 0;) {
    const auto [operation, a, b, factor] = program[k];
    const std::size_t g = slopes[k];
    if (g == 0 || variables[k] != 0) continue;
    if (operation == transpose) {
      pass(a, transpose, g, g);
    } else if (operation == reciprocal) {
      const std::size_t square = emit(multiply, k, k);
      pass(a, hadamard, emit(scale, g, g, -1), square);
    } else if (operation == scale) {
      pass(a, scale, g, g, factor);
    } else if (operation == add || operation == subtract) {
      pass(a, scale, g, g);
      pass(b, scale, g, g, operation == add ? 1 : -1);
    } else if (operation == multiply) {
      pass(a, multiply, g, flip(b));
      pass(b, multiply, flip(a), g);
    } else if (operation == hadamard) {
      pass(a, hadamard, g, b);
      pass(b, hadamard, g, a);
    } else if (operation == dot) {
      pass(a, scalar_multiply, g, b);
      pass(b, scalar_multiply, g, a);
    } else if (operation == scalar_multiply) {
      pass(a, dot, g, b);
      pass(b, scalar_multiply, a, g);
    }
  }
  return slopes;
}

/// The values of a program's nodes where the leaves have these; each is computed when it is asked for.
template <class R>
class Values {
 public:
  using Move = std::optional<Matrix<R>>;  // nothing is zero

  Values() = default;
  Values(Program program, std::vector<Matrix<R>> leaves)
      : program_(std::move(program)), leaves_(std::move(leaves)), values_(program_.size()) {}

  [[nodiscard]] const Matrix<R>& operator[](std::size_t k) const {
    std::vector<std::size_t> open;
    if (!values_[k]) open.push_back(k);
    while (!open.empty()) {
      const std::size_t i = open.back();
      const Instruction& s = program_[i];
      if (s.has_operands() && !values_[s.a]) {
        open.push_back(s.a);
      } else if (s.has_operands() && !values_[s.b]) {
        open.push_back(s.b);
      } else {
        values_[i] = s.has_operands() ? apply(s, *values_[s.a], *values_[s.b]) : leaves_[s.a];
        open.pop_back();
      }
    }
    return *values_[k];
  }

  /// The derivatives of all nodes, where those of the leaves are these. Nothing is computed that they do not need:
  /// where one is zero, as that of W_2 W_1 along (W_2 A, -A W_1), it ends.
  [[nodiscard]] std::vector<Move> derivatives(const std::vector<Move>& of_leaves) const {
    std::vector<Move> moves(program_.size());
    for (std::size_t k = 0; k < program_.size(); ++k) {
      const Instruction& s = program_[k];
      if (!s.has_operands()) {
        moves[k] = of_leaves[s.a];
      } else if (moves[s.a] || moves[s.b]) {
        moves[k] = derivative(k, moves[s.a], moves[s.b]);
      }
      if (moves[k] && moves[k]->is_zero()) moves[k].reset();
    }
    return moves;
  }

 private:
  Matrix<R> derivative(std::size_t k, const Move& a, const Move& b) const {
    const Instruction& s = program_[k];
    const auto zero = [](const Matrix<R>& of) { return Matrix<R>(of.rows, of.cols); };
    if (s.operation == Operation::reciprocal) return scaled(Q(-1), *a * (*this)[k] * (*this)[k]);
    if (!s.is_product()) return apply(s, a ? *a : zero(*b), b ? *b : zero(*a));
    if (!b) return apply(s, *a, (*this)[s.b]);
    const Matrix<R> second = apply(s, (*this)[s.a], *b);
    return a ? apply(s, *a, (*this)[s.b]) + second : second;
  }

  Program program_;
  std::vector<Matrix<R>> leaves_;
  mutable std::vector<std::optional<Matrix<R>>> values_;
};

}  // namespace verifier
