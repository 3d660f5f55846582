#pragma once
// What the nodes of a loss are, as its lower bounds read them: squares, Gram matrices, products of two factors,
// residuals f (M - Y), and bounds of ranks. Nothing here is evidence: what is found is written into a bound that is
// checked.

#include <optional>

#include "certificate/workspace.hpp"

namespace rankscape::certificate {

class Patterns {
 public:
  explicit Patterns(const Workspace& at) : at_(at), moving_(program::depends_on_weights(at.program())) {}

  [[nodiscard]] const Workspace& workspace() const { return at_; }
  [[nodiscard]] std::size_t size() const { return at_.loss() + std::size_t{1}; }  ///< nodes of the loss, the last one
  [[nodiscard]] const program::Instruction& step(Node k) const { return at_.program().instructions[k]; }
  [[nodiscard]] bool is(Node k, program::Operation operation) const { return step(k).operation == operation; }
  [[nodiscard]] bool moves(Node k) const { return moving_[k] != 0; }  ///< with the weights
  [[nodiscard]] const RationalMatrix& value(Node k) const { return at_.value(k); }
  [[nodiscard]] const Rational& factor(Node k) const { return at_.program().factors[step(k).b]; }
  [[nodiscard]] bool scalar(Node k) const { return value(k).size() == 1; }
  /// A product that moves in both factors, numbers or not.
  [[nodiscard]] bool is_moving_product(Node k) const {
    return is(k, program::Operation::multiply) && moves(step(k).a) && moves(step(k).b);
  }
  [[nodiscard]] bool is_gram(Node k) const;  ///< U U^T
  /// u of |u|^2, u o u
  [[nodiscard]] std::optional<Node> squared(Node k) const;

  struct Factors {
    Node u = 0;
    Node v = 0;
  };
  /// P = U V of weights, also where a factor is a number.
  [[nodiscard]] std::optional<Factors> factors(Node k) const;

  /// f (M - Y), M the part that varies.
  struct Residual {
    Rational factor = 1;
    RationalMatrix target;
    Node moving = 0;
  };
  [[nodiscard]] Residual residual(Node m) const;
  /// Of factor (moving - target), with what moves multiplied by `data`: scales and constant summands of what moves.
  void split_off(Residual& r, const RationalMatrix* data = nullptr) const;

  [[nodiscard]] Index rank_bound(Node k) const;
  /// D of U D U^T; c of c x^2, x a number
  [[nodiscard]] std::optional<RationalMatrix> middle(Node k) const;

 private:
  [[nodiscard]] bool transposes(Node a, Node b) const;
  [[nodiscard]] bool is_number_times_number(Node k) const;
  [[nodiscard]] std::optional<Rational> times(Node k, Node x) const;

  const Workspace& at_;
  std::vector<char> moving_;
};

/// <a, b>, of one shape
[[nodiscard]] Rational inner(const RationalMatrix& a, const RationalMatrix& b);
/// The least entry, 0 where there is none.
[[nodiscard]] Rational least(const RationalMatrix& a);

}  // namespace rankscape::certificate
