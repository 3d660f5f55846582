#pragma once
// The program of a loss at one exact point, with the values of all its nodes, and further matrices computed from them:
// what the claims of a certificate speak about.

#include <map>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "program/program.hpp"

namespace rankscape::certificate {

using program::Node;

class Workspace {
 public:
  /// \param loss  its first output is the loss, 1 x 1; other outputs are not kept
  /// \param inputs  the values of loss.inputs: data, then weights
  /// \throws std::invalid_argument  shapes do not fit; std::domain_error  a reciprocal of 0
  Workspace(const program::Program& loss, std::vector<RationalMatrix> inputs);

  /// Instructions of the loss, which is the last, then those added here.
  [[nodiscard]] const program::Program& program() const { return program_; }
  [[nodiscard]] Node loss() const { return loss_; }
  [[nodiscard]] std::size_t loss_constants() const { return loss_constants_; }
  [[nodiscard]] const std::vector<RationalMatrix>& inputs() const { return inputs_; }
  [[nodiscard]] const RationalMatrix& value(Node node) const { return values_[node]; }
  /// Number of parameters, and the point as one vector: the weights in order, each column by column.
  [[nodiscard]] Index parameters() const { return program_.parameters(); }
  [[nodiscard]] RationalVector point() const;

  // Each is written once. \throws std::invalid_argument  shapes do not fit
  [[nodiscard]] Node input(std::string_view name);  ///< \throws std::out_of_range
  [[nodiscard]] Node constant(const RationalMatrix& value);
  [[nodiscard]] Node identity(Index size) { return constant(RationalMatrix::Identity(size, size)); }
  [[nodiscard]] Node multiply(Node a, Node b) { return write(program::Operation::multiply, a, b); }
  [[nodiscard]] Node subtract(Node a, Node b) { return write(program::Operation::subtract, a, b); }
  [[nodiscard]] Node add(Node a, Node b) { return write(program::Operation::add, a, b); }
  [[nodiscard]] Node transpose(Node a) { return write(program::Operation::transpose, a, 0); }
  /// The difference a - b, claimed to vanish. \throws std::invalid_argument  it does not
  void equate(Node a, Node b);
  [[nodiscard]] const std::vector<Node>& vanishing() const { return vanishing_; }

 private:
  Node write(program::Operation operation, std::uint32_t a, std::uint32_t b);
  void evaluate_new();

  program::Program program_;
  Node loss_ = 0;
  std::size_t loss_constants_ = 0;
  std::vector<RationalMatrix> inputs_;
  std::vector<RationalMatrix> values_;
  std::vector<Node> vanishing_;
};

}  // namespace rankscape::certificate
