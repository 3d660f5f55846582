// Formulas by themselves: read, printed, evaluated.
#include <rankscape/error.hpp>
#include <rankscape/language/expression.hpp>

#include "language/evaluate.hpp"
#include "language/syntax.hpp"
#include "language/typing.hpp"
#include "text/utf8.hpp"

#include <fmt/format.h>
#include <algorithm>

namespace rankscape {

Kind Expression::kind() const {
  return tree->kind;
}
std::string Expression::to_text() const {
  return language::to_text(*tree);
}
std::string Expression::to_latex() const {
  return language::to_latex(*tree);
}
bool Expression::operator==(const Expression& other) const {
  return language::equal_trees(*tree, *other.tree);
}

std::string Definition::signature() const {
  if (parameters.empty()) return name;
  std::string text = name + "(";
  for (std::size_t k = 0; k < parameters.size(); ++k)
    text += (k == 0 ? "" : ", ") + parameters[k];
  return text + ")";
}

std::string Definition::to_latex() const {
  std::string head = language::latex_name(name);
  for (std::size_t k = 0; k < parameters.size(); ++k) {
    head += (k == 0 ? "(" : ", ") + parameters[k] + (k + 1 == parameters.size() ? ")" : "");
  }
  return head + (body.kind() == Kind::truth ? " :\\Leftrightarrow " : " := ") + body.to_latex();
}

PointCache::PointCache() : table_(std::make_unique<Table>()) {}
PointCache::PointCache(PointCache&&) noexcept = default;
PointCache& PointCache::operator=(PointCache&&) noexcept = default;
PointCache::~PointCache() = default;

Expression parse_expression(std::string_view text, const Vocabulary& vocabulary) {
  std::vector<Place> places;
  int column = 0;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t length = text::character_length(text.substr(at));
    ++column;
    places.insert(places.end(), length, Place{1, column});
    at += length;
  }
  places.push_back({1, column + 1});
  try {
    return {std::string(text), {1, 1}, language::type_check(language::parse_syntax(text), {&vocabulary, {}}, places)};
  } catch (const language::SyntaxError& error) {
    throw InputError(fmt::format("1:{}: {}", places.at(std::min(error.offset, text.size())).column, error.what()));
  }
}

Value evaluate(const Expression& expression, const FeatureSource& point) {
  PointCache cache;
  return language::Evaluator(point, {}, cache.table()).closed_value(*expression.tree);
}

}  // namespace rankscape
