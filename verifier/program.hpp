#pragma once
// The program of a loss, interpreted over any ring: values, gradients by reverse differentiation, derivatives along a
// vector field by forward differentiation.

#include <optional>

#include "verifier/matrix.hpp"

namespace verifier {

enum class Operation {
  input,
  constant,
  add,
  subtract,
  multiply,
  hadamard,
  dot,
  scale,
  scalar_multiply,
  transpose,
  reciprocal
};

struct Instruction {
  Operation operation;
  std::size_t a = 0;  // operands; of input and constant the position in a list
  std::size_t b = 0;
  Q factor;  // of scale
  [[nodiscard]] bool has_operands() const { return operation != Operation::input && operation != Operation::constant; }
  [[nodiscard]] bool has_two() const {
    return has_operands() && operation != Operation::scale && operation != Operation::transpose &&
           operation != Operation::reciprocal;
  }
};

struct Program {
  std::vector<Instruction> steps;
  std::vector<Matrix<Z>> constants;

  /// For each node: does it depend on one of these?
  [[nodiscard]] std::vector<char> depends(std::vector<char> leaves) const {
    for (std::size_t k = 0; k < steps.size(); ++k) {
      const Instruction& s = steps[k];
      if (s.has_operands() && (leaves[s.a] != 0 || (s.has_two() && leaves[s.b] != 0))) leaves[k] = 1;
    }
    return leaves;
  }
  /// The nodes that are inputs from `first` on.
  [[nodiscard]] std::vector<char> inputs_from(std::size_t first) const {
    std::vector<char> found(steps.size(), 0);
    for (std::size_t k = 0; k < steps.size(); ++k)
      found[k] = steps[k].operation == Operation::input && steps[k].a >= first ? 1 : 0;
    return found;
  }
};

/// The part of an instruction that is linear in each of a and b.
template <class R>
Matrix<R> bilinear(Operation operation, const Matrix<R>& a, const Matrix<R>& b) {
  switch (operation) {
    case Operation::multiply:
      return a * b;
    case Operation::hadamard:
      return hadamard(a, b);
    case Operation::dot:
      return dot(a, b);
    default:
      return scaled(a, b);
  }
}

/// `value(k)` is that of an earlier node.
template <class R, class Value>
Matrix<R> result(const Program& program, const Instruction& s, const std::vector<Matrix<R>>& inputs,
                 const Value& value) {
  switch (s.operation) {
    case Operation::input:
      return inputs.at(s.a);
    case Operation::constant:
      return lift<R>(program.constants[s.a]);
    case Operation::add:
      return plus(value(s.a), 1, value(s.b));
    case Operation::subtract:
      return plus(value(s.a), -1, value(s.b));
    case Operation::scale:
      return scaled(number<R>(s.factor), value(s.a));
    case Operation::transpose:
      return transposed(value(s.a));
    case Operation::reciprocal: {
      Matrix<R> a = value(s.a);
      require_fit(a.is_scalar());
      if (a.entries[0] == R(0)) throw Rejected("a reciprocal of zero");
      if (constant_term(a.entries[0]) < 0)
        a.entries[0] = product(a.entries[0], R(-1)), a.denominator = product(a.denominator, R(-1));
      std::swap(a.entries[0], a.denominator);
      return a;
    }
    default:
      return bilinear(s.operation, value(s.a), value(s.b));
  }
}

/// Of the nodes from values.size() on.
template <class R>
void evaluate(const Program& program, const std::vector<Matrix<R>>& inputs, std::vector<Matrix<R>>& values) {
  while (values.size() < program.steps.size())
    values.push_back(result<R>(program, program.steps[values.size()], inputs,
                               [&](std::size_t k) -> const Matrix<R>& { return values[k]; }));
}
template <class R>
std::vector<Matrix<R>> evaluate(const Program& program, const std::vector<Matrix<R>>& inputs) {
  std::vector<Matrix<R>> values;
  evaluate(program, inputs, values);
  return values;
}

/// The derivatives of the 1 x 1 node `root` by the leaves, as if those were independent variables; at other nodes
/// without meaning. Leaves that have no influence get a matrix of zeros.
template <class R>
std::vector<Matrix<R>> gradient(const Program& program, const std::vector<Matrix<R>>& values, std::size_t root,
                                const std::vector<char>& leaves) {
  const std::vector<char> active = program.depends(leaves);
  std::vector<std::optional<Matrix<R>>> sum(root + 1);
  const auto add = [&](std::size_t k, const Matrix<R>& term) {
    if (active[k] != 0) sum[k] = sum[k] ? plus(*sum[k], 1, term) : term;
  };
  sum[root] = number<R>(1);
  for (std::size_t k = root + 1; k-- > 0;) {
    const Instruction& s = program.steps[k];
    if (!sum[k] || leaves[k] != 0 || !s.has_operands()) continue;
    const Matrix<R>& g = *sum[k];
    const bool left = active[s.a] != 0;
    const bool right = s.has_two() && active[s.b] != 0;
    const Matrix<R>& a = values[s.a];
    const Matrix<R>& b = values[s.b];
    switch (s.operation) {
      case Operation::add:
      case Operation::subtract:
        add(s.a, g);
        if (right) add(s.b, scaled(number<R>(s.operation == Operation::add ? 1 : -1), g));
        break;
      case Operation::multiply:
        if (left) add(s.a, g * transposed(b));
        if (right) add(s.b, transposed(a) * g);
        break;
      case Operation::hadamard:
        if (left) add(s.a, hadamard(g, b));
        if (right) add(s.b, hadamard(g, a));
        break;
      case Operation::dot:
        if (left) add(s.a, scaled(g, b));
        if (right) add(s.b, scaled(g, a));
        break;
      case Operation::scalar_multiply:
        if (left) add(s.a, dot(g, b));
        if (right) add(s.b, scaled(a, g));
        break;
      case Operation::scale:
        add(s.a, scaled(number<R>(s.factor), g));
        break;
      case Operation::transpose:
        add(s.a, transposed(g));
        break;
      case Operation::reciprocal:
        add(s.a, scaled(number<R>(-1), g * values[k] * values[k]));
        break;
      default:
        break;
    }
    sum[k].reset();
  }
  std::vector<Matrix<R>> result(root + 1);
  for (std::size_t k = 0; k <= root; ++k)
    if (leaves[k] != 0) result[k] = sum[k] ? std::move(*sum[k]) : Matrix<R>(values[k].rows, values[k].cols);
  return result;
}

/// Derivatives along vector fields, as polynomials in all parameters. Nothing is expanded that a derivative does not
/// need: where it is zero, as that of W_2 W_1 along (W_2 A, -A W_1), the expansion ends.
class Expansion {
 public:
  using Move = std::optional<Matrix<Polynomial>>;  // nothing is zero

  /// \param inputs  constants, and for weights matrices of variables
  Expansion(const Program& program, std::vector<Matrix<Polynomial>> inputs)
      : program_(program), inputs_(std::move(inputs)), values_(program.steps.size()) {}

  /// Is the derivative of the last node zero, identically? \param field  the derivatives of the inputs
  [[nodiscard]] bool annihilates(const std::vector<Move>& field) {
    std::vector<Move> moves;
    for (const Instruction& s : program_.steps) {
      moves.push_back(s.operation == Operation::input ? field[s.a] : derivative(s, moves));
      if (moves.back() && moves.back()->is_zero()) moves.back().reset();
    }
    return !moves.back();
  }

 private:
  // Of the node after `moves`.
  Move derivative(const Instruction& s, const std::vector<Move>& moves) {
    if (!s.has_operands()) return {};
    const Move& a = moves[s.a];
    const Move none;
    const Move& b = s.has_two() ? moves[s.b] : none;
    if (!a && !b) return {};
    const auto sign = [](int q, const Matrix<Polynomial>& m) { return scaled(number<Polynomial>(q), m); };
    switch (s.operation) {
      case Operation::scale:
        return scaled(number<Polynomial>(s.factor), *a);
      case Operation::transpose:
        return transposed(*a);
      case Operation::reciprocal:
        return sign(-1, *a * value(moves.size()) * value(moves.size()));
      case Operation::add:
      case Operation::subtract: {
        const int plus_or_minus = s.operation == Operation::add ? 1 : -1;
        return !b ? *a : a ? plus(*a, plus_or_minus, *b) : sign(plus_or_minus, *b);
      }
      default:
        break;
    }
    Move first;
    if (a) first = bilinear(s.operation, *a, value(s.b));
    if (!b) return first;
    const Matrix<Polynomial> second = bilinear(s.operation, value(s.a), *b);
    return first ? plus(*first, 1, second) : second;
  }

  const Matrix<Polynomial>& value(std::size_t k) {
    std::vector<char> needed(k + 1, 0);
    needed[k] = 1;
    for (std::size_t i = k + 1; i-- > 0;) {
      const Instruction& s = program_.steps[i];
      if (needed[i] == 0 || values_[i] || !s.has_operands()) continue;
      needed[s.a] = 1;
      if (s.has_two()) needed[s.b] = 1;
    }
    for (std::size_t i = 0; i <= k; ++i) {
      if (needed[i] == 0 || values_[i]) continue;
      values_[i] = result<Polynomial>(program_, program_.steps[i], inputs_,
                                      [&](std::size_t j) -> const Matrix<Polynomial>& { return *values_[j]; });
    }
    return *values_[k];
  }

  const Program& program_;
  std::vector<Matrix<Polynomial>> inputs_;
  std::vector<Move> values_;
};

}  // namespace verifier
