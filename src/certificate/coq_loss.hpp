#pragma once
// The loss of a certificate as a term of proof/program.v: constructor and operands, and beside each instruction a
// formula for the reader.

#include <rankscape/exact_json.hpp>

#include <string>
#include <vector>

namespace rankscape::certificate::coq {

/// A result whose formula is long is called r0, r1, .. where it is used.
class Loss {
 public:
  /// \throws InputError  it has what proof/ does not speak of; the message says what
  explicit Loss(const Json& certificate);

  /// Of a certificate under constraints the last weight are the multipliers, data of the program: `the_multipliers`.
  [[nodiscard]] std::string inputs() const { return given_ + "]"; }
  [[nodiscard]] std::string instructions() const;
  /// 1 divided by a datum or a constant is one more datum: pairs of the node and the input.
  [[nodiscard]] std::string reciprocals() const;

 private:
  [[nodiscard]] std::string operand(const Json& position, bool factor) const;
  void add_input(std::string name, const std::string& term);
  void add(const Json& instruction, const Json& certificate);
  void add_reciprocal(std::size_t node, const Json& certificate);
  void push(std::string term, std::string formula, bool sum = false);

  std::string given_;
  std::vector<std::string> inputs_;
  std::vector<std::string> terms_;
  std::vector<std::string> formulas_;
  std::vector<bool> sum_;  // is the formula a sum
  std::vector<std::string> reciprocals_;
};

}  // namespace rankscape::certificate::coq
