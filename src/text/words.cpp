// Messages: quoting, suggestions, hints.
#include "text/words.hpp"

#include "text/utf8.hpp"

#include <fmt/format.h>
#include <algorithm>
#include <array>
#include <cctype>
#include <numeric>
#include <utility>

namespace rankscape::text {

namespace {

constexpr std::size_t longest_quote = 40;

bool is_word(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_';
}

// Optimal string alignment: insertions, deletions, substitutions and exchanges of neighbours.
std::size_t edit_distance(std::string_view a, std::string_view b) {
  std::vector<std::vector<std::size_t>> d(a.size() + 1, std::vector<std::size_t>(b.size() + 1));
  std::iota(d[0].begin(), d[0].end(), std::size_t{0});
  for (std::size_t i = 1; i <= a.size(); ++i) {
    d[i][0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      d[i][j] = std::min({d[i - 1][j] + 1, d[i][j - 1] + 1, d[i - 1][j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1)});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
        d[i][j] = std::min(d[i][j], d[i - 2][j - 2] + 1);
      }
    }
  }
  return d[a.size()][b.size()];
}

}  // namespace

std::string quote(std::string_view text) {
  std::string out = "'";
  std::size_t characters = 0;
  while (!text.empty()) {
    if (characters++ == longest_quote) {
      out += "...";
      break;
    }
    const std::size_t length = character_length(text);
    const auto byte = static_cast<unsigned char>(text.front());
    if (length == 1 && (byte < 0x20 || byte >= 0x7F)) {
      out += fmt::format("\\x{:02x}", byte);
    } else {
      out += text.substr(0, length);
    }
    text.remove_prefix(length);
  }
  return out + "'";
}

std::string found_at(std::string_view text, std::size_t offset) {
  if (offset >= text.size()) return "the end";
  const std::string_view rest = text.substr(offset);
  if (is_word(rest.front())) {
    const auto end = std::find_if_not(rest.begin(), rest.end(), is_word);
    return quote(rest.substr(0, static_cast<std::size_t>(end - rest.begin())));
  }
  for (const std::string_view two : {"==", "!=", "<=", ">=", "&&", "||", ".."}) {
    if (rest.starts_with(two)) return quote(two);
  }
  return quote(rest.substr(0, character_length(rest)));
}

std::string spelling_hint(std::string_view text) {
  static constexpr std::array<std::pair<std::string_view, std::string_view>, 18> hints = {{
      {"==", ""},
      {"=", "equality is '=='"},
      {"&", "conjunction is 'and'"},
      {"||", "disjunction is 'or'"},
      {"!=", ""},
      {"!", "negation is 'not'"},
      {"<>", "inequality is '!='"},
      {"\u2264", "write '<='"},
      {"\u2265", "write '>='"},
      {"\u2260", "write '!='"},
      {"\u2208", "write 'in'"},
      {"\u2227", "write 'and'"},
      {"\u2228", "write 'or'"},
      {"\u00ac", "write 'not'"},
      {"\u2286", "write 'subset'"},
      {"\u222a", "write 'union'"},
      {"\u2229", "write 'intersect'"},
      {"\\", "set difference is 'minus'; formulas are not written in TeX"},
  }};
  for (const auto& [spelling, hint] : hints) {
    if (text.starts_with(spelling)) return hint.empty() ? std::string() : fmt::format(" ({})", hint);
  }
  return {};
}

std::string suggestion(std::string_view word, const std::vector<std::string>& candidates) {
  if (word.size() > longest_quote) return {};
  const std::string* best = nullptr;
  std::size_t best_distance = 1 + std::max<std::size_t>(1, word.size() / 3);
  for (const std::string& candidate : candidates) {
    if (candidate.size() > 2 * longest_quote) continue;
    const std::size_t distance = edit_distance(word, candidate);
    if (distance < best_distance && distance < std::max(word.size(), candidate.size())) {
      best = &candidate;
      best_distance = distance;
    }
  }
  return best == nullptr ? std::string() : fmt::format(" (did you mean {}?)", quote(*best));
}

std::string suggestion_for_word(std::string_view word, const std::vector<std::string>& candidates) {
  static constexpr std::array<std::pair<std::string_view, std::string_view>, 26> other_words = {{
      {"norm", "norm2"},
      {"number", "count"},
      {"trace", "tr"},
      {"determinant", "det"},
      {"dot", "inner"},
      {"diagonal", "diag"},
      {"eye", "identity"},
      {"null", "kernel"},
      {"nullspace", "kernel"},
      {"null_space", "kernel"},
      {"ker", "kernel"},
      {"eig", "eigenvalues"},
      {"spectrum", "eigenvalues"},
      {"svd", "singular"},
      {"sigma", "singular"},
      {"vec", "entries"},
      {"product", "prod"},
      {"exists", "any"},
      {"some", "any"},
      {"forall", "all"},
      {"every", "all"},
      {"size", "card"},
      {"len", "length"},
      {"inv", "inverse"},
      {"submatrix", "block"},
      {"kronecker", "kron"},
  }};
  for (const auto& [other, ours] : other_words) {
    if (word == other && std::find(candidates.begin(), candidates.end(), ours) != candidates.end()) {
      return fmt::format(" (did you mean {}?)", quote(ours));
    }
  }
  return suggestion(word, candidates);
}

std::string listed(const std::vector<std::string>& words, std::string_view last) {
  std::string out;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (i > 0) out += i + 1 == words.size() ? fmt::format(" {} ", last) : ", ";
    out += words[i];
  }
  return out;
}

}  // namespace rankscape::text
