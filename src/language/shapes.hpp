#pragma once
// Rows and columns of the matrices that a formula builds, from declared shapes alone: symbolic while formulas are read,
// in numbers where evaluation needs the shape of a matrix that nobody can compute (an empty sum, an empty product).

#include "language/tree.hpp"

#include <optional>
#include <vector>

namespace rankscape::language {

class ShapeRules {
 public:
  using Values = std::vector<std::optional<Polynomial>>;  // of the variables, by slot; nothing: stands for itself

  ShapeRules() = default;
  ShapeRules(const ShapeRules&) = delete;
  ShapeRules& operator=(const ShapeRules&) = delete;
  ShapeRules(ShapeRules&&) = delete;
  ShapeRules& operator=(ShapeRules&&) = delete;
  virtual ~ShapeRules() = default;

  // Of a matrix or a sequence (its entries are rows of one column); nothing for other kinds. `variables` are the values
  // of the variables that are bound around expr.
  [[nodiscard]] Dimensions dimensions(const Expr& expr, const Values& variables) const;

  // The value of an integer formula, the number of elements of a set. Nothing: not known.
  [[nodiscard]] virtual std::optional<Polynomial> integer(const Expr& expr, const Values& variables) const = 0;
  [[nodiscard]] virtual std::optional<Polynomial> size(const Expr& set, const Values& variables) const = 0;

 protected:
  // Shapes that were found before, or nullptr.
  [[nodiscard]] virtual const Dimensions* known(const Expr& expr, const Values& variables) const = 0;
  // Nothing: not known.
  [[nodiscard]] virtual const Expr* body(const DefinitionCall& call) const = 0;

 private:
  [[nodiscard]] Dimensions within(const Expr& expr, const Values& variables) const;
  [[nodiscard]] Dimensions built(const Expr& expr, const Values& variables) const;
  [[nodiscard]] Dimensions declared(const Expr& expr, const Feature& feature, const Values& variables) const;
  [[nodiscard]] Dimensions called(const Expr& expr, const Call& call, const Values& variables) const;
  [[nodiscard]] Dimensions quantified(const Expr& expr, const Quantified& node, const Values& variables) const;
  [[nodiscard]] Dimensions accumulated(const Expr& expr, const Quantified& node, const Values& variables) const;
  [[nodiscard]] Dimensions blocks(const Expr& expr, const Blocks& node, const Values& variables) const;

  mutable std::size_t steps_ = 0;  // bodies are looked at several times for each quantifier around them
};

// Rules while formulas are read: variables stand for themselves, definitions for their bodies.
class SymbolicShapes final : public ShapeRules {
 public:
  explicit SymbolicShapes(std::vector<const Expr*> definitions) : definitions_(std::move(definitions)) {}

  [[nodiscard]] std::optional<Polynomial> integer(const Expr& expr, const Values& variables) const override;
  [[nodiscard]] std::optional<Polynomial> size(const Expr& set, const Values& variables) const override;

 private:
  [[nodiscard]] const Expr* body(const DefinitionCall& call) const override { return definitions_.at(call.position); }
  [[nodiscard]] const Dimensions* known(const Expr& expr, const Values& variables) const override {
    return variables.empty() ? &expr.dimensions : nullptr;
  }
  [[nodiscard]] std::optional<Polynomial> operation(const Expr& expr, Operator op, const Values& variables) const;
  [[nodiscard]] std::optional<Polynomial> feature(const Expr& expr, const Feature& node, const Values& variables) const;
  [[nodiscard]] std::optional<Values> arguments(const Expr& expr, const Values& variables) const;

  std::vector<const Expr*> definitions_;  // nullptr: not known
};

}  // namespace rankscape::language
