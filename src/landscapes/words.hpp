#pragma once
// The words of a landscape, or of one of its families: sizes, data, weights, definitions, choices, draws. Declared once
// while a file is read (Words); given values, or formulas that are evaluated on demand and remembered, at a shape or at
// a point (Environment).

#include "language/tree.hpp"

#include <rankscape/language/expression.hpp>
#include <rankscape/language/vocabulary.hpp>

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace rankscape {

using language::Expr;
using language::ExprPtr;
using Indices = std::vector<long>;

enum class Role : unsigned char {
  size,
  datum,
  weight,
  definition,
  word,       ///< of an adviser
  common,     ///< of every landscape: value, index, ..
  choice,     ///< of a family, as the following
  draw,       ///<
  let,        ///<
  generator,  ///< of a symmetry
};
/// "data", "a weight", ..: what a name is, for messages.
[[nodiscard]] std::string_view what_is(Role role);

/// Which indices an entry speaks of: the key of a table.
struct Pattern {
  enum class Form : unsigned char {
    plain,  ///< `P`: no indices
    every,  ///< `W(h in 1..H)`: all of a list
    one,    ///< `W(1)`
    any,    ///< `lft(h)`: a function
  };
  Form form = Form::plain;
  std::vector<std::string> names;  ///< of binders or parameters: slots 0, 1, .. of what the entry says
  std::vector<ExprPtr> domains;    ///< of binders; domain k may use the binders before it
  std::vector<ExprPtr> indices;    ///< of form `one`

  /// How many indices.
  [[nodiscard]] std::size_t arity() const { return form == Form::one ? indices.size() : names.size(); }
};

/// All indices of a pattern (not a function), in order. \throws Undefined  a domain is, or more than a million indices
[[nodiscard]] std::vector<Indices> indices_of(const Pattern& pattern, const FeatureSource& source);
/// Is this one of them? Any indices are of a function.
[[nodiscard]] bool matches(const Pattern& pattern, const Indices& indices, const FeatureSource& source);
/// The variables of the entry at these indices.
[[nodiscard]] std::vector<long> variables_of(const Pattern& pattern, const Indices& indices);

/// The value of a tree whose variables have these values. \throws Undefined
[[nodiscard]] Value evaluate_tree(const Expr& tree, const FeatureSource& source,
                                  const std::vector<long>& variables = {});
/// Of a condition: unknown where something in it is undefined; the reason is kept if wanted.
[[nodiscard]] Truth evaluate_condition(const Expr& tree, const FeatureSource& source, std::string* reason = nullptr,
                                       const std::vector<long>& variables = {});
/// \throws Undefined  also when it is no integer
[[nodiscard]] long evaluate_integer(const Expr& tree, const FeatureSource& source,
                                    const std::vector<long>& variables = {});

struct Word {
  struct Body {
    Pattern pattern;
    Expression formula;
  };
  FeatureDeclaration declaration;
  Role role = Role::definition;
  /// Of definitions, lets, data with a default: the first whose pattern matches says the value where none is stored.
  std::vector<Body> bodies;
  bool of_sizes = false;  ///< its value depends on sizes alone
};

class Words {
 public:
  explicit Words(std::vector<Word> words, bool with_common = false);

  [[nodiscard]] const std::vector<Word>& all() const { return words_; }
  [[nodiscard]] const Word& operator[](std::size_t position) const { return words_[position]; }
  [[nodiscard]] const Vocabulary& vocabulary() const { return vocabulary_; }
  [[nodiscard]] std::optional<std::size_t> find(std::string_view name) const;

 private:
  std::vector<Word> words_;
  Vocabulary vocabulary_;
  std::map<std::string, std::size_t, std::less<>> positions_;
};

/// Values of words. Not safe for concurrent use (formulas are evaluated on demand); refers to `words`.
class Environment : public FeatureSource {
 public:
  explicit Environment(const Words& words) : words_(&words), slots_(words.all().size()) {}

  [[nodiscard]] const Words& words() const { return *words_; }
  void put(std::size_t position, Value value) { put(position, {}, std::move(value)); }
  void put(std::size_t position, const Indices& indices, Value value);
  /// Takes the values of all words of equal names that the other has stored.
  void take_sizes(const Environment& other);
  [[nodiscard]] bool has(std::size_t position, const Indices& indices = {}) const;
  /// Values that were put, by indices.
  [[nodiscard]] const std::map<Indices, Value>& stored(std::size_t position) const { return slots_[position].stored; }

  [[nodiscard]] Value feature(std::size_t position, std::span<const Value> arguments) const override;
  [[nodiscard]] RationalMatrix jacobian(std::size_t position, std::span<const Value> arguments) const override;

  /// Answers for words without value and formula: an adviser's, the common ones.
  std::function<Value(std::size_t position, std::span<const Value> arguments)> otherwise;
  std::function<RationalMatrix(std::size_t position, std::span<const Value> arguments)> derivative;

 private:
  struct Slot {
    std::map<Indices, Value> stored;
    std::map<Indices, Value> computed;
    std::map<Indices, std::string> undefined;
  };
  const Words* words_;
  mutable std::vector<Slot> slots_;
  mutable int depth_ = 0;
};

}  // namespace rankscape
