// The reference of the language: what `rankscape list` prints of all words, and of one.
#include <rankscape/language/vocabulary.hpp>

#include "language/functions.hpp"

#include <algorithm>

namespace rankscape {

namespace {

struct Example {
  std::string_view word;
  std::string_view formula;  // which holds; A, B, s, S, r are the reader's
};

}  // namespace

const std::vector<LanguageEntry>& language_reference() {
  static const std::vector<LanguageEntry> reference = [] {
    std::vector<LanguageEntry> entries = {
        {"12, 0.25, 1e-3",
         "exact numbers; a decimal is the fraction that it spells, 1/3 is an exact third",
         "0.1 == 1/10",
         {}},
        {"a + b, a - b, a * b, a / b, -a",
         "arithmetic of numbers; + - * also of matrices, a number times a matrix, a matrix by a number",
         "[2, 4] / 2 == [1, 2]",
         {"+", "-", "*", "/"}},
        {"a^k", "power with an integer exponent", "2^-1 == 1/2", {"^"}},
        {"a == b, a != b, a < b, a <= b, a > b, a >= b",
         "comparison; chains a < b <= c are allowed",
         "1 < 2 <= 2",
         {"==", "!=", "<", "<=", ">", ">="}},
        {"p and q, p or q, not p, p implies q, p iff q",
         "connectives (Kleene's, for conditions that are undecided)",
         "1 == 2 implies not true",
         {"and", "or", "not", "implies", "iff"}},
        {"if p then a else b", "a where p holds, else b", "(if 1 == 2 then 3 else 4) == 4", {"if", "then", "else"}},
        {"true, false", "the conditions that always and never hold", "true or false", {"true", "false"}},
        {"{}, {1, 3}, {1..r}, {1, 3..r}", "sets of integers", "{1, 3..5} == {1, 3, 4, 5}", {"{"}},
        {"A union B, A intersect B, A minus B",
         "operations on sets",
         "{1, 2} minus {2} == {1}",
         {"union", "intersect", "minus"}},
        {"i in A, i not in A, A subset B", "membership and inclusion", "{1} subset {1..3}", {"in", "subset"}},
        {"all(i in A, j in 1..i-1 where p : q)",
         "q for all values of the binders (where p); true over nothing",
         "all(i in 1..3 where i > 1 : i^2 > i)",
         {"all", "where"}},
        {"any(i in A : q)", "q for some values of the binders; false over nothing", "any(i in 1..3 : i == 2)", {"any"}},
        {"count(i in A : q)",
         "number of values of the binders for which q holds",
         "count(i in 1..5 : i > 3) == 2",
         {"count"}},
        {"sum(i in A : x)",
         "sum of numbers or matrices over all values of the binders; 0 over nothing",
         "sum(i in 1..3 : i) == 6",
         {"sum"}},
        {"prod(i in A : x)",
         "ordered product of numbers or matrices; over nothing 1, or the identity where the product telescopes",
         "prod(h in 3 downto 1 : [1, h; 0, 1]) == [1, 6; 0, 1]",
         {"prod"}},
        {"a downto b",
         "counts down, where a..b counts up; empty if a < b",
         "sequence(i in 3 downto 1 : i)(1) == 3",
         {"downto", ".."}},
        {"min(i in A : x), max(i in A : x)",
         "least and largest value; undefined over nothing",
         "max(i in {1, 3} : i^2) == 9",
         {"min", "max"}},
        {"s(i)", "entry of a sequence, counted from 1", "sequence(i in 1..3 : i^2)(2) == 4", {}},
        {"sequence(i in A where p : x)",
         "the sequence of the values of x, in order",
         "length(sequence(i in 1..9 where i > 4 : 1/i)) == 5",
         {"sequence"}},
        {"matrix(i in A, j in B : x)",
         "the matrix with a row for each i and a column for each j",
         "matrix(i in 1..2, j in 1..2 : i - j) == [0, -1; 1, 0]",
         {"matrix"}},
        {"[1, 2; 3, 4], [A, B; C, D]",
         "matrix by its entries, or by blocks, row by row",
         "[identity(2), [1; 2]] == [1, 0, 1; 0, 1, 2]",
         {"["}},
        {"A'", "transpose of a matrix", "[1, 2]' == [1; 2]", {"'"}},
    };
    const std::vector<Example> examples = {
        {"rank", "rank([1, 2; 2, 4]) == 1"},
        {"tr", "tr([1, 2; 3, 4]) == 5"},
        {"norm2", "norm2([3, 4]) == 25"},
        {"det", "det([1, 2; 3, 4]) == -2"},
        {"transpose", "transpose([1, 2]) == [1; 2]"},
        {"inverse", "inverse([2, 0; 0, 4]) == [1/2, 0; 0, 1/4]"},
        {"projector", "projector([1; 1]) == [1, 1; 1, 1] / 2"},
        {"rows", "rows([1, 2]) == 1"},
        {"cols", "cols([1, 2]) == 2"},
        {"entry", "entry([1, 2; 3, 4], 2, 1) == 3"},
        {"entries", "entries([1, 2; 3, 4])(3) == 3"},
        {"block", "block([1, 2; 3, 4], {1, 2}, {2}) == [2; 4]"},
        {"diag", "diag(entries([1, 2])) == [1, 0; 0, 2]"},
        {"hadamard", "hadamard([1, 2], [3, 4]) == [3, 8]"},
        {"kron", "kron([1, 2], [1; 1]) == [1, 2; 1, 2]"},
        {"inner", "inner([1, 2], [3, 4]) == 11"},
        {"zeros", "zeros(1, 2) == [0, 0]"},
        {"ones", "ones(1, 2) == [1, 1]"},
        {"identity", "identity(2) == [1, 0; 0, 1]"},
        {"kernel", "[1, 2] * kernel([1, 2]) == zeros(1, 1)"},
        {"symmetric", "symmetric([1, 2; 2, 3])"},
        {"invertible", "not invertible([1, 2; 2, 4])"},
        {"eigenvalues", "eigenvalues([0, 1; 1, 0])(2) == -1"},
        {"eigenvalues_on", "eigenvalues_on([3, 0; 0, 4], [1; 0])(1) == 3"},
        {"singular", "singular([0, 2; 0, 0])(1) == 2"},
        {"singular_on", "singular_on([0, 2; 3, 0], [0; 1])(1) == 3"},
        {"positions", "positions(entries([4]), entries([9, 4, 1])) == {2}"},
        {"jacobian", "rank(jacobian(P)) == rows(P) * cols(P)"},
        {"length", "length(entries([1, 2])) == 2"},
        {"distinct", "distinct(entries([1, 2]))"},
        {"positive", "positive(entries([1, 2]))"},
        {"nonnegative", "nonnegative(entries([0, 2]))"},
        {"card", "|{1, 3}| == 2"},
        {"abs", "abs(-3) == 3"},
        {"sqrt", "sqrt(4) == 2"},
        {"min", "min(2, 1) == 1"},
        {"max", "max(2, 1) == 2"},
    };
    for (const language::Signature& function : language::signatures()) {
      if (function.form.empty()) continue;
      const auto example =
          std::find_if(examples.begin(), examples.end(), [&](const Example& e) { return e.word == function.name; });
      entries.push_back({std::string(function.form),
                         std::string(function.description),
                         std::string(example == examples.end() ? "" : example->formula),
                         {std::string(function.name)}});
    }
    return entries;
  }();
  return reference;
}

std::vector<LanguageEntry> language_entries(std::string_view word) {
  std::vector<LanguageEntry> found;
  for (const LanguageEntry& entry : language_reference()) {
    if (std::find(entry.words.begin(), entry.words.end(), word) != entry.words.end()) found.push_back(entry);
  }
  return found;
}

std::vector<std::string> language_words() {
  std::vector<std::string> words;
  for (const LanguageEntry& entry : language_reference())
    words.insert(words.end(), entry.words.begin(), entry.words.end());
  return words;
}

}  // namespace rankscape
