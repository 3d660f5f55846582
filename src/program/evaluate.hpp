#pragma once
// Evaluation of a matrix program over any ring. A ring is a class with a type Value of matrices and
//
//     constant(RationalMatrix) -> Value,    add, subtract, multiply, hadamard (a, b) -> Value,    dot(a, b) -> Value (1
//     x 1), scale(Rational, a),    scalar_multiply(s, a),    transpose(a),    reciprocal(s) -> Value
//
// MatrixRing<Scalar> makes one of any scalar; rationals and power series in t, where speed matters, have their own in
// fraction_ring.hpp and series_ring.hpp. Evaluation is as thread-safe as the ring.

#include "program/program.hpp"

#include <concepts>
#include <span>
#include <stdexcept>
#include <utility>

namespace rankscape::program {

/// One instruction. \param input  k -> value of inputs[k]. \param value  node -> its value
template <class Ring, class InputOf, class ValueOf>
[[nodiscard]] typename Ring::Value apply(const Program& program, const Instruction& step, const Ring& ring,
                                         InputOf&& input, ValueOf&& value) {
  switch (step.operation) {
    case Operation::input:
      return ring.copy(input(step.a));
    case Operation::constant:
      return ring.constant(program.constants[step.a]);
    case Operation::add:
      return ring.add(value(step.a), value(step.b));
    case Operation::subtract:
      return ring.subtract(value(step.a), value(step.b));
    case Operation::multiply:
      if constexpr (requires { ring.gram(value(step.a)); }) {
        const auto transposes = [&](Node a, Node b) {
          const Instruction& of = program.instructions[a];
          return of.operation == Operation::transpose && of.a == b;
        };
        if (transposes(step.b, step.a) || transposes(step.a, step.b)) return ring.gram(value(step.a));
      }
      return ring.multiply(value(step.a), value(step.b));
    case Operation::hadamard:
      return ring.hadamard(value(step.a), value(step.b));
    case Operation::dot:
      return ring.dot(value(step.a), value(step.b));
    case Operation::scale:
      return ring.scale(program.factors[step.b], value(step.a));
    case Operation::scalar_multiply:
      return ring.scalar_multiply(value(step.a), value(step.b));
    case Operation::transpose:
      return ring.transpose(value(step.a));
    case Operation::reciprocal:
      return ring.reciprocal(value(step.a));
  }
  throw std::logic_error("unknown operation");
}

/// Values of all nodes, those of inputs and constants included.
/// \throws std::invalid_argument  not one value for each input; whatever the ring throws (1/0)
template <class Ring>
[[nodiscard]] std::vector<typename Ring::Value> evaluate_all(const Program& program,
                                                             std::span<const typename Ring::Value> inputs,
                                                             const Ring& ring) {
  using Value = typename Ring::Value;
  if (inputs.size() != program.inputs.size()) throw std::invalid_argument("matrix program: wrong number of inputs");
  std::vector<Value> values;
  values.reserve(program.instructions.size());
  for (const Instruction& step : program.instructions) {
    values.push_back(apply(
        program, step, ring, [&](std::uint32_t k) -> const Value& { return inputs[k]; },
        [&](Node node) -> const Value& { return values[node]; }));
  }
  return values;
}

/// Values of the outputs, in order.
template <class Ring>
[[nodiscard]] std::vector<typename Ring::Value> evaluate(const Program& program,
                                                         std::span<const typename Ring::Value> inputs,
                                                         const Ring& ring) {
  const std::vector<typename Ring::Value> values = evaluate_all(program, inputs, ring);
  std::vector<typename Ring::Value> results;
  results.reserve(program.outputs.size());
  for (const Output& output : program.outputs)
    results.push_back(ring.copy(values[output.node]));
  return results;
}

/// A program that is evaluated again and again at the same data: what does not depend on weights is computed once. The
/// values are those of evaluate.
template <class Ring>
class FixedData {
 public:
  using Value = typename Ring::Value;
  /// \param inputs  one for each input; those of weights are not looked at
  FixedData(Program program, std::span<const Value> inputs, Ring ring)
      : program_(std::move(program)),
        ring_(std::move(ring)),
        moves_(depends_on_weights(program_)),
        fixed_(program_.instructions.size()) {
    for (Node node = 0; node < fixed_.size(); ++node) {
      if (moves_[node] != 0) continue;
      fixed_[node] = apply(
          program_, program_.instructions[node], ring_, [&](std::uint32_t k) -> const Value& { return inputs[k]; },
          [&](Node operand) -> const Value& { return fixed_[operand]; });
    }
  }

  /// The outputs, in order. \param inputs  one for each input; those of data are not looked at
  [[nodiscard]] std::vector<Value> operator()(std::span<const Value> inputs) const {
    std::vector<Value> moving(fixed_.size());
    const auto value = [&](Node node) -> const Value& { return moves_[node] != 0 ? moving[node] : fixed_[node]; };
    for (Node node = 0; node < moving.size(); ++node) {
      if (moves_[node] == 0) continue;
      moving[node] = apply(
          program_, program_.instructions[node], ring_, [&](std::uint32_t k) -> const Value& { return inputs[k]; },
          value);
    }
    std::vector<Value> results;
    results.reserve(program_.outputs.size());
    for (const Output& output : program_.outputs)
      results.push_back(ring_.copy(value(output.node)));
    return results;
  }

 private:
  Program program_;
  Ring ring_;
  std::vector<char> moves_;
  std::vector<Value> fixed_;
};

/// Eigen matrices over any Scalar with +, -, *, / and Scalar(0), and `lift` from rationals: double, Rational (the slow
/// oracle), Enclosure, GiNaC::ex, residues.
template <class Scalar, class Lift>
class MatrixRing {
 public:
  using Value = Matrix<Scalar>;
  explicit MatrixRing(Lift lift) : lift_(std::move(lift)) {}

  [[nodiscard]] Value copy(const Value& a) const { return a; }
  [[nodiscard]] Value constant(const RationalMatrix& a) const {
    Value result(a.rows(), a.cols());
    for (Index k = 0; k < a.size(); ++k)
      result(k) = lift_(a(k));
    return result;
  }
  [[nodiscard]] Value add(const Value& a, const Value& b) const {
    return entrywise(a, b, [](const Scalar& x, const Scalar& y) { return Scalar(x + y); });
  }
  [[nodiscard]] Value subtract(const Value& a, const Value& b) const {
    return entrywise(a, b, [](const Scalar& x, const Scalar& y) { return Scalar(x - y); });
  }
  [[nodiscard]] Value hadamard(const Value& a, const Value& b) const {
    return entrywise(a, b, [](const Scalar& x, const Scalar& y) { return Scalar(x * y); });
  }
  [[nodiscard]] Value multiply(const Value& a, const Value& b) const {
    Value result(a.rows(), b.cols());
    for (Index j = 0; j < b.cols(); ++j) {
      for (Index i = 0; i < a.rows(); ++i) {
        Scalar sum(0);
        for (Index k = 0; k < a.cols(); ++k)
          sum = Scalar(sum + a(i, k) * b(k, j));
        result(i, j) = std::move(sum);
      }
    }
    return result;
  }
  [[nodiscard]] Value dot(const Value& a, const Value& b) const {
    Scalar sum(0);
    for (Index k = 0; k < a.size(); ++k)
      sum = Scalar(sum + a(k) * b(k));
    return Value::Constant(1, 1, sum);
  }
  [[nodiscard]] Value scale(const Rational& factor, const Value& a) const { return times(lift_(factor), a); }
  [[nodiscard]] Value scalar_multiply(const Value& s, const Value& a) const { return times(s(0, 0), a); }
  [[nodiscard]] Value transpose(const Value& a) const { return a.transpose(); }
  [[nodiscard]] Value reciprocal(const Value& s) const {
    return Value::Constant(1, 1, Scalar(lift_(Rational(1)) / s(0, 0)));
  }

 private:
  template <class Combine>
  [[nodiscard]] static Value entrywise(const Value& a, const Value& b, Combine combine) {
    Value result(a.rows(), a.cols());
    for (Index k = 0; k < a.size(); ++k)
      result(k) = combine(a(k), b(k));
    return result;
  }
  [[nodiscard]] static Value times(const Scalar& s, const Value& a) {
    Value result(a.rows(), a.cols());
    for (Index k = 0; k < a.size(); ++k)
      result(k) = Scalar(s * a(k));
    return result;
  }
  Lift lift_;
};

template <class Scalar, class Lift>
[[nodiscard]] MatrixRing<Scalar, Lift> matrix_ring(Lift lift) {
  return MatrixRing<Scalar, Lift>(std::move(lift));
}

/// Floating point, for proposals only.
[[nodiscard]] inline auto double_ring() {
  return matrix_ring<double>([](const Rational& value) { return value.convert_to<double>(); });
}

using DoubleRing = decltype(double_ring());

}  // namespace rankscape::program
