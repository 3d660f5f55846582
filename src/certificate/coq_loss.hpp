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
  [[nodiscard]] const std::string& inputs() const { return given_; }
  [[nodiscard]] std::string instructions() const;

 private:
  [[nodiscard]] std::string operand(const Json& position, bool factor) const;
  void add(const Json& instruction, const Json& constants);
  void push(std::string term, std::string formula, bool sum = false);

  std::string given_;
  std::vector<std::string> inputs_;
  std::vector<std::string> terms_;
  std::vector<std::string> formulas_;
  std::vector<bool> sum_;  // is the formula a sum
};

}  // namespace rankscape::certificate::coq
