#pragma once
// A formula of the language: typed when it is read, printed as text and as LaTeX, evaluated at a point.
//
// docs/statements.md teaches the language. Everything here is immutable after reading; copies share their trees, and
// different threads may evaluate the same formula.

#include <rankscape/language/vocabulary.hpp>
#include <rankscape/place.hpp>
#include <rankscape/value.hpp>

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace rankscape {

namespace language {
struct Expr;  // the typed tree: src/language/tree.hpp
using ExprPtr = std::shared_ptr<const Expr>;
}  // namespace language

/// A formula with its types inferred and checked.
struct Expression {
  std::string text;  ///< as written
  Place place;       ///< of its first character
  language::ExprPtr tree;

  [[nodiscard]] Kind kind() const;
  /// Canonical text with no more parentheses than needed; reads back to an equal tree.
  [[nodiscard]] std::string to_text() const;
  /// For use in mathematics mode. Features print as their declaration says, definitions by name.
  [[nodiscard]] std::string to_latex() const;
  /// Equality of the trees; text and place do not matter.
  [[nodiscard]] bool operator==(const Expression& other) const;
};

/// A formula with a name, and with integer parameters if it depends on some.
struct Definition {
  std::string name;
  std::vector<std::string> parameters;  ///< integers
  Expression body;

  /// `tightened`, `passes(i, j)`: the key of the file.
  [[nodiscard]] std::string signature() const;
  /// `\mathrm{tightened} :\Leftrightarrow ..` for a condition, `.. := ..` for anything else.
  [[nodiscard]] std::string to_latex() const;
};

/// Values that do not depend on the file that asks (ranks of matrix features and the like), kept for one point. Pass
/// the same object whenever formulas are evaluated at one FeatureSource over one Vocabulary.
class PointCache {
 public:
  PointCache();
  PointCache(PointCache&&) noexcept;
  PointCache& operator=(PointCache&&) noexcept;
  PointCache(const PointCache&) = delete;
  PointCache& operator=(const PointCache&) = delete;
  ~PointCache();

  struct Table;
  [[nodiscard]] Table& table() noexcept { return *table_; }

 private:
  std::unique_ptr<Table> table_;
};

/// One formula by itself, without definitions. \throws InputError  `1:COLUMN: ..`
[[nodiscard]] Expression parse_expression(std::string_view text, const Vocabulary& vocabulary);
/// Its value at a point; conditions never throw but are unknown. \throws Undefined  a value that is not defined there
[[nodiscard]] Value evaluate(const Expression& expression, const FeatureSource& point);

}  // namespace rankscape
