#pragma once
// Polynomials as a straight-line program: a list of additions, multiplications and powers in which every common
// subexpression is computed once. A Program is plain data; evaluating it needs no computer algebra and is safe from any
// number of threads. It is compiled from expressions by compile.hpp.

#include <rankscape/exact/rational.hpp>

#include <cstdint>
#include <span>
#include <stdexcept>
#include <vector>

namespace rankscape::symbolic {

class Program {
 public:
  enum class Operation : unsigned char {
    add,       ///< slot a + slot b
    multiply,  ///< slot a * slot b
    power,     ///< slot a to the b-th power, b >= 2
  };
  struct Instruction {
    Operation operation = Operation::add;
    std::uint32_t a = 0;
    std::uint32_t b = 0;
  };

  /// Slots are numbered: the inputs, then the constants, then the results of the instructions in order.
  /// \throws std::invalid_argument  an instruction or output refers to a slot that is not computed before it
  Program(std::uint32_t inputs, std::vector<Rational> constants, std::vector<Instruction> instructions,
          std::vector<std::uint32_t> outputs);

  [[nodiscard]] std::size_t inputs() const { return inputs_; }
  [[nodiscard]] std::size_t outputs() const { return outputs_.size(); }
  [[nodiscard]] const std::vector<Instruction>& instructions() const { return instructions_; }

  /// The outputs at given inputs, over any scalar with copies, +, * .
  /// \param lift  turns a rational constant into a scalar
  /// \throws std::invalid_argument  the number of values is not inputs()
  template <class Scalar, class Lift>
  [[nodiscard]] std::vector<Scalar> evaluate(std::span<const Scalar> values, Lift&& lift) const {
    if (values.size() != inputs_) throw std::invalid_argument("Program: wrong number of input values");
    std::vector<Scalar> slots(values.begin(), values.end());
    slots.reserve(inputs_ + constants_.size() + instructions_.size());
    for (const Rational& constant : constants_)
      slots.push_back(lift(constant));
    for (const Instruction& step : instructions_) {
      switch (step.operation) {
        case Operation::add:
          slots.push_back(slots[step.a] + slots[step.b]);
          break;
        case Operation::multiply:
          slots.push_back(slots[step.a] * slots[step.b]);
          break;
        case Operation::power:
          slots.push_back(power(slots[step.a], step.b));
          break;
      }
    }
    std::vector<Scalar> results;
    results.reserve(outputs_.size());
    for (const std::uint32_t slot : outputs_)
      results.push_back(slots[slot]);
    return results;
  }
  /// For scalars that are constructed from a Rational.
  template <class Scalar>
  [[nodiscard]] std::vector<Scalar> evaluate(std::span<const Scalar> values) const {
    return evaluate<Scalar>(values, [](const Rational& constant) { return Scalar(constant); });
  }

 private:
  template <class Scalar>
  [[nodiscard]] static Scalar power(const Scalar& base, std::uint32_t exponent) {
    if (exponent == 1) return base;
    const Scalar half = power(base, exponent / 2);
    const Scalar square = half * half;
    return exponent % 2 == 0 ? square : Scalar(square * base);
  }

  std::uint32_t inputs_;
  std::vector<Rational> constants_;
  std::vector<Instruction> instructions_;
  std::vector<std::uint32_t> outputs_;
};

}  // namespace rankscape::symbolic
