#pragma once
// Gives formulas, keys and types their meaning over a growing list of words. Complaints carry their places.

#include "landscapes/declaration.hpp"
#include "landscapes/draft.hpp"

#include "language/syntax.hpp"

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace rankscape {

/// A key before its formulas mean something.
struct ParsedKey {
  PlacedText text;
  std::string name;
  std::vector<std::string> binders;
  std::vector<language::Syntax> domains;  ///< of binders
  std::vector<language::Syntax> indices;  ///< formulas in parentheses, without binders

  [[nodiscard]] Place place() const { return text.places.front(); }
  [[nodiscard]] bool plain() const { return binders.empty() && indices.empty(); }
};

class Typist {
 public:
  explicit Typist(const Draft& draft) : draft_(draft) {}

  std::vector<Word> words;
  bool with_common = false;  ///< the words of every landscape are known too
  /// Another message for a name that is not known.
  std::function<std::optional<std::string>(const std::string& name)> explain;

  [[nodiscard]] const Draft& draft() const { return draft_; }
  [[noreturn]] void fail(const PlacedText& text, std::size_t offset, const std::string& message) const;
  [[nodiscard]] std::optional<std::size_t> find(std::string_view name) const;

  /// Adds a word. Its name must be new and not the language's.
  std::size_t add(Word word, const PlacedText& text);
  void check_name(const std::string& name, const PlacedText& text) const;

  [[nodiscard]] language::Syntax parse(const PlacedText& text) const;
  [[nodiscard]] ParsedKey parse_key(const PlacedText& text) const;
  /// The pattern of a key. A `function` has bare names for indices.
  [[nodiscard]] Pattern pattern(const ParsedKey& key, bool function_allowed) const;

  [[nodiscard]] Expression formula(const PlacedText& text, const std::vector<std::string>& variables,
                                   std::optional<Kind> wanted) const;
  [[nodiscard]] Expression formula(const PlacedText& text, const language::Syntax& syntax,
                                   const std::vector<std::string>& variables, std::optional<Kind> wanted) const;
  [[nodiscard]] Type type(const PlacedText& text, const std::vector<std::string>& variables, bool weight,
                          bool generator) const;
  /// Of the head of a TYPE alone. Complains where it is none.
  [[nodiscard]] Type::Form form(const PlacedText& text) const;
  /// n, k, d(0..H): adds the words.
  [[nodiscard]] std::vector<SizeItem> size_items(const PlacedText& text, bool free);

  /// The declared shape of what has these extents; nothing for a number.
  [[nodiscard]] static std::shared_ptr<const language::DeclaredShape> shape_of(const Type& type);
  /// Of a formula, where reading tells it.
  [[nodiscard]] std::shared_ptr<const language::DeclaredShape> shape_of(
      const Expression& formula, const std::vector<std::string>& variables) const;

  /// Names that a formula mentions, binders of its own included.
  [[nodiscard]] static std::vector<std::string> mentioned(const language::Syntax& syntax);

 private:
  [[nodiscard]] Vocabulary vocabulary() const;
  template <class Run>
  auto placed(const PlacedText& text, const Run& run) const;

  const Draft& draft_;
};

/// Of what kind is an array of this form?
[[nodiscard]] Kind kind_of(Type::Form form);
/// A part of a text.
[[nodiscard]] PlacedText part(const PlacedText& text, std::size_t begin, std::size_t end);

}  // namespace rankscape
