#pragma once
// Writes matrix programs: the eleven instructions with every common subexpression written once, and what is expressed
// in them by constant selection matrices (blocks, Kronecker products, diagonals, traces, powers, ..).
//
// Folded always: operations on constants, zeros, identities, double transposes, a scale of a scale; a product with a 1
// x 1 matrix is a scalar_multiply. Everything else stays as it was written, so that an expression that is built a
// second time is found at the node of the first.

#include "program/program.hpp"

#include <map>
#include <optional>
#include <span>
#include <unordered_map>

namespace rankscape::program {

class Builder {
 public:
  enum class Style {
    as_written,      ///< folding as above and no more: a loss keeps its structure
    gather_scalars,  ///< scalar factors move out of products, transposes of products are shared: for derivatives
  };
  explicit Builder(Style style = Style::as_written) : style_(style) {}

  /// The same name again is the same node. \throws std::invalid_argument  with another shape or kind
  Node input(const Input& wanted);
  Node input(const std::string& name, Index rows, Index cols, bool is_weight) {
    return input(Input{name, rows, cols, is_weight});
  }
  Node constant(RationalMatrix value);
  Node scalar(const Rational& value) { return constant(RationalMatrix::Constant(1, 1, value)); }
  Node zeros(Index rows, Index cols);
  Node ones(Index rows, Index cols);
  Node identity(Index size);

  // The other instructions. \throws std::invalid_argument  shapes do not fit
  Node add(Node a, Node b);
  Node subtract(Node a, Node b);
  Node multiply(Node a, Node b);
  Node hadamard(Node a, Node b);
  Node dot(Node a, Node b);
  Node scale(const Rational& factor, Node a);
  Node scalar_multiply(Node scalar, Node a);
  Node transpose(Node a);
  /// \throws std::domain_error  of the constant 0
  Node reciprocal(Node scalar);

  // Derived operations; positions are counted from 0.
  Node negate(Node a) { return scale(Rational(-1), a); }
  Node block(Node a, std::span<const Index> rows, std::span<const Index> cols);
  Node entry(Node a, Index row, Index col);
  Node kron(Node a, Node b);
  /// The entries of a as a column, row by row.
  Node entries(Node a);
  /// The square matrix with the column s on its diagonal.
  Node diag(Node s);
  Node trace(Node a);
  Node norm2(Node a) { return dot(a, a); }
  /// Even powers are squares. \throws std::domain_error  a negative power of the constant 0
  Node power(Node scalar, long exponent);
  /// \throws std::domain_error  s is the constant 0
  Node divide(Node a, Node scalar);
  /// The matrix with these scalars, column by column.
  Node assemble(Index rows, Index cols, std::span<const Node> scalars);
  /// Block matrix, row by row; the blocks of a row are equally high, those of a column equally wide.
  Node blocks(std::span<const std::vector<Node>> rows);
  /// a b c, multiplied in the order that is cheaper.
  Node multiply(Node a, Node b, Node c);

  [[nodiscard]] Index rows(Node a) const { return program_.instructions[a].rows; }
  [[nodiscard]] Index cols(Node a) const { return program_.instructions[a].cols; }
  [[nodiscard]] bool is_scalar(Node a) const { return rows(a) == 1 && cols(a) == 1; }
  [[nodiscard]] bool depends_on_weights(Node a) const { return traits_[a].depends; }
  [[nodiscard]] bool is_zero(Node a) const { return traits_[a].zero; }
  [[nodiscard]] bool is_identity(Node a) const { return traits_[a].identity; }
  /// The value of a constant, else nullptr; valid until the next call that adds an instruction.
  [[nodiscard]] const RationalMatrix* value_of(Node a) const;
  /// a = factor * core, with a core that is no scale.
  struct Scaled {
    Rational factor;
    Node core;
  };
  [[nodiscard]] Scaled without_factor(Node a) const;
  [[nodiscard]] const Instruction& instruction(Node a) const { return program_.instructions[a]; }
  [[nodiscard]] std::size_t size() const { return program_.instructions.size(); }

  /// Writes the instructions of `program` as they are, its inputs known by their names. \return where its nodes
  /// are now
  std::vector<Node> append(const Program& program);

  /// What these outputs need.
  [[nodiscard]] Program finish(std::vector<Output> outputs) const;

 private:
  struct Traits {
    bool depends = false;
    bool zero = false;
    bool identity = false;
    bool symmetric = false;
    bool multiple_of_identity = false;
  };
  struct Hash {
    std::size_t operator()(const Instruction& step) const;
  };
  Node emit(Operation operation, std::uint32_t a, std::uint32_t b, Index rows, Index cols);
  Node combine(const Scaled& a, const Scaled& b);
  [[nodiscard]] bool gathers() const { return style_ == Style::gather_scalars; }
  [[nodiscard]] Operation operation(Node a) const { return program_.instructions[a].operation; }
  [[nodiscard]] const Rational* scalar_value(Node a) const;

  Style style_;
  Program program_;
  std::vector<Traits> traits_;
  std::unordered_map<Instruction, Node, Hash> written_;
  std::unordered_multimap<std::size_t, std::uint32_t> constants_;
  std::map<Rational, std::uint32_t> factors_;
};

}  // namespace rankscape::program
