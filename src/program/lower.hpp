#pragma once
// From the typed tree of a formula to a matrix program, at a shape: sizes have values, sums and products are unrolled,
// definitions are followed, and data and weights are inputs. Numbers become 1 x 1, sequences columns.
//
// What a program has no instruction for (a projector, a rank, the condition of an `if`) is evaluated, and so may not
// depend on weights; it is a constant of the program then.

#include "language/tree.hpp"
#include "program/builder.hpp"

#include <map>
#include <variant>

namespace rankscape::program {

/// What the words of a formula mean at a shape.
class Meanings {
 public:
  Meanings() = default;
  Meanings(const Meanings&) = delete;
  Meanings& operator=(const Meanings&) = delete;
  Meanings(Meanings&&) = delete;
  Meanings& operator=(Meanings&&) = delete;
  virtual ~Meanings() = default;

  /// The formula of a definition, with the values of its variables.
  struct Body {
    const language::Expr* tree = nullptr;
    std::vector<long> variables;
  };
  /// Of a feature: an input (a sequence is a column, a number 1 x 1), a formula, or a value.
  using Meaning = std::variant<Input, Body, Value>;
  /// \throws Undefined  the indices are out of range
  [[nodiscard]] virtual Meaning of_feature(std::size_t position, const std::vector<long>& arguments) const = 0;
  /// Of a definition of a statement file.
  [[nodiscard]] virtual Body of_definition(std::size_t position, const std::vector<long>& arguments) const;
  /// The value of a formula without weights. \throws Undefined  it has none, also because it needs a weight or data
  /// that are not known
  [[nodiscard]] virtual Value value(const language::Expr& tree, const std::vector<long>& variables) const = 0;
};

/// A formula, or part of one, that is no program at this shape.
class NotLowered : public Undefined {
 public:
  NotLowered(const std::string& message, Place where) : Undefined(message), place(where) {}
  Place place;
};

class Lowering {
 public:
  /// Keeps references. Inputs that are wanted in some order are to be declared in the builder before.
  Lowering(Builder& builder, const Meanings& meanings) : builder_(builder), meanings_(meanings) {}

  /// The node of a number, sequence or matrix. The same formula again is the same node.
  /// \throws NotLowered  something without derivative depends on a weight, or is undefined; shapes do not fit; more
  /// than
  ///                     200,000 instructions
  [[nodiscard]] Node lower(const language::Expr& tree, std::vector<long> variables = {});

 private:
  Node node(const language::Expr& tree);
  Node matching_kind(const language::Expr& tree);
  Node operation(const language::Expr& tree, language::Operator op);
  Node call(const language::Expr& tree, language::Function function);
  Node collected(const language::Expr& tree, const language::Quantified& quantified);
  Node blocks(const language::Expr& tree, const language::Blocks& shape);
  Node feature(const language::Expr& tree, const language::Feature& feature);
  Node definition(const language::Expr& tree, const language::DefinitionCall& call);
  Node body(const Meanings::Body& body);
  Node evaluated(const language::Expr& tree);
  Node constant(const Value& value, const language::Expr& tree);
  [[nodiscard]] bool holds(const language::Expr& tree);
  [[nodiscard]] long integer(const language::Expr& tree);
  [[nodiscard]] std::vector<long> integers(const language::Expr& tree);
  [[nodiscard]] std::vector<long> elements(const language::Expr& domain);
  [[nodiscard]] std::vector<Index> positions(const language::Expr& set, Index size);
  template <class Visit>
  void for_each(const language::Expr& tree, const language::Quantified& quantified, std::size_t binder,
                const Visit& visit);

  Builder& builder_;
  const Meanings& meanings_;
  std::vector<long> variables_;
  std::map<std::pair<std::size_t, std::vector<long>>, Node> features_;
  std::map<std::pair<std::size_t, std::vector<long>>, Node> definitions_;
};

}  // namespace rankscape::program
