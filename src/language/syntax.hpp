#pragma once
// What the grammar sees: a tree of constructs with the places where they start, before names and types mean anything.
// The grammar itself (PEGTL) is in grammar.cpp; typing.cpp gives the tree its meaning.

#include <cstddef>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace rankscape::language {

enum class Construct : unsigned char {
  number,       // text
  name,         // text
  call,         // name, then one list for each pair of parentheses
  arguments,    // the arguments between one pair of parentheses
  bound,        // binder..., condition?, body: the parentheses of a quantifier
  binder,       // text, domain
  condition,    // after `where`
  range,        // first, last; or first, the operation `downto`, last
  set,          // items
  cardinality,  // the set between bars
  blocks,       // rows
  row,          // entries
  transposed,   // operand, operation '..
  negate,       // operand
  power,        // base, exponent
  product,      // operand, operator, operand, ... with operator * / intersect
  sum,          // operand, operator, operand, ... with operator + - union minus
  comparison,   // operand, operator, operand, ...
  operation,    // text: one of the operators above
  logical_not,  // operand
  logical_and,  // two operands or more
  logical_or,   // two operands or more
  implies,      // premise, conclusion
  iff,          // two operands or more
  conditional,  // condition, then, else
};

struct Syntax {
  Construct construct = Construct::number;
  std::size_t begin = 0;  // byte offset
  std::string text;
  std::vector<Syntax> children;
};

// A fault at a byte offset of the text that was given.
class SyntaxError : public std::runtime_error {
 public:
  SyntaxError(std::size_t where, const std::string& message) : std::runtime_error(message), offset(where) {}
  std::size_t offset;
};

// Deeper nesting of parentheses, quantifiers, negations and signs than this is refused.
inline constexpr std::size_t max_nesting = 64;
inline constexpr std::size_t max_expression_bytes = 1U << 16U;

// Throws SyntaxError: "found X, expected Y".
[[nodiscard]] Syntax parse_syntax(std::string_view text);

// The key of a definition: `name` or `name(i, j)`. A `call` with names as arguments, or a `name`.
[[nodiscard]] Syntax parse_signature(std::string_view text);

// The key of a declaration: `name`, or a `call` whose arguments are binders and indices: W(h in 1..H), W(1), W(i, j).
[[nodiscard]] Syntax parse_key_syntax(std::string_view text);

// A list of sizes, each a `call`: its name alone; with the range of its indices, d(0..H); with `in` and its values,
// bias in 0..1.
[[nodiscard]] std::vector<Syntax> parse_sizes_syntax(std::string_view text);

}  // namespace rankscape::language
