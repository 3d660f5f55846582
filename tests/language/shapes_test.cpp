// Symbolic shapes: what is accepted, what is refused and in which words, what is left to evaluation.
#include "language/tree.hpp"
#include "language/typing.hpp"

#include <doctest/doctest.h>
#include <rankscape/error.hpp>
#include <string>

namespace rankscape {
namespace {

using language::DeclaredShape;
using language::ExprPtr;
using language::Names;
using language::ShapeCheck;

std::vector<Place> places(std::string_view text) {
  std::vector<Place> all;
  for (std::size_t k = 0; k <= text.size(); ++k)
    all.push_back({1, static_cast<int>(k) + 1});
  return all;
}

// Sizes d(0..H), m, k; a data matrix X, a target Y, weights W(h), a sequence s of k numbers, a set S.
const Vocabulary& sizes() {
  static const Vocabulary vocabulary = [] {
    const auto size = [](const std::string& name, std::vector<Kind> parameters) {
      FeatureDeclaration declaration{name, std::move(parameters), Kind::integer, "", ""};
      declaration.size = true;
      return declaration;
    };
    std::vector<FeatureDeclaration> features = {size("H", {}), size("d", {Kind::integer}), size("m", {}),
                                                size("k", {})};
    features.push_back({"S", {}, Kind::set, "", ""});
    features.push_back({"level", {}, Kind::integer, "", "data, so not a size"});
    const Vocabulary first(features, {});
    const auto declare = [&](const std::string& name, Kind kind, std::vector<Kind> parameters,
                             const std::vector<std::string>& extents) {
      DeclaredShape shape;
      for (const std::string& extent : extents) {
        shape.extents.push_back(
            language::type_check(language::parse_syntax(extent), {&first, {}}, places(extent), {"i"}, Kind::integer));
      }
      FeatureDeclaration declaration{name, std::move(parameters), kind, "", ""};
      declaration.shape = std::make_shared<const DeclaredShape>(std::move(shape));
      features.push_back(declaration);
    };
    declare("X", Kind::matrix, {}, {"d(0)", "m"});
    declare("Y", Kind::matrix, {}, {"d(H)", "m"});
    declare("W", Kind::matrix, {Kind::integer}, {"d(i)", "d(i-1)"});
    declare("Q", Kind::matrix, {}, {"k", "k"});
    declare("V", Kind::matrix, {}, {"level", "k"});
    declare("s", Kind::sequence, {}, {"k"});
    return Vocabulary(features, {});
  }();
  return vocabulary;
}

std::string outcome(const std::string& text, ShapeCheck check = ShapeCheck::as_polynomials) {
  try {
    const Names names{&sizes(), {}, check};
    const ExprPtr tree = language::type_check(language::parse_syntax(text), names, places(text));
    const auto shown = [](const std::optional<language::Polynomial>& extent) {
      return extent ? extent->text() : std::string("?");
    };
    if (tree->kind == Kind::sequence) return shown(tree->dimensions.rows);
    return shown(tree->dimensions.rows) + " x " + shown(tree->dimensions.cols);
  } catch (const language::SyntaxError& error) {
    return std::to_string(error.offset + 1) + ": " + error.what();
  }
}

TEST_SUITE("quick") {
  TEST_CASE("shapes of what is built") {
    const std::vector<std::pair<std::string, std::string>> table = {
        {"X", "d(0) x m"},
        {"X'", "m x d(0)"},
        {"W(2) * W(1) * X", "d(2) x m"},
        {"W(H) * W(H-1)", "d(H) x d(H - 2)"},
        {"prod(h in H downto 1 : W(h))", "d(H) x d(0)"},
        {"prod(h in H downto 1 : W(h)) * X - Y", "d(H) x m"},
        {"prod(h in 1..H : W(h)')", "d(0) x d(H)"},
        {"sum(i in 1..k : entry(Q, i, i) * Q)", "k x k"},
        {"sum(i in 1..H : W(i))", "? x ?"},
        {"sum(i in 1..H : prod(h in i downto i : W(h)))", "? x ?"},
        {"kron(Q, X)", "d(0)*k x k*m"},
        {"hadamard(X, X) / 2", "d(0) x m"},
        {"[X, zeros(d(0), k)]", "d(0) x k + m"},
        {"[1, 2; 3, 4]", "2 x 2"},
        {"[Q, ones(k, 1); ones(1, k), 1]", "k + 1 x k + 1"},
        {"block(X, {1..k}, S)", "k x |S|"},
        {"block(X, S, {1, 2})", "|S| x 2"},
        {"block(X, {k..H}, {k})", "H - k + 1 x 1"},
        {"zeros(k - |S|, (k + 1)^2)", "k - |S| x k^2 + 2*k + 1"},
        {"diag(s)", "k x k"},
        {"diag(sequence(i in S : s(i)))", "|S| x |S|"},
        {"diag(sequence(i in S where i > 1 : s(i)))", "? x ?"},
        {"entries(X)", "d(0)*m"},
        {"matrix(i in 1..m, j in S : i + j)", "m x |S|"},
        {"kernel(X)", "m x ?"},
        {"projector(X)", "d(0) x d(0)"},
        {"jacobian(X)", "d(0)*m x ?"},
        {"if k == 1 then Q else 2 * Q", "k x k"},
        {"if k == 1 then Q else X", "? x ?"},
        {"eigenvalues(Q)", "k"},
        {"V * Q", "level x k"},
    };
    for (const auto& row : table) {
      CAPTURE(row.first);
      const std::string found = outcome(row.first);
      if (row.second == "? x ?") {
        CHECK(found.find('?') != std::string::npos);
      } else {
        CHECK(found == row.second);
      }
    }
  }

  TEST_CASE("what fits at no size is refused with the sizes' names") {
    const std::vector<std::pair<std::string, std::string>> table = {
        {"norm2(X * W(1) - Y)", "7: found X * W(1), a d(0) x m matrix times a d(1) x d(0) one, expected m == d(1)"},
        {"X + W(1)", "1: found X + W(1), a d(0) x m matrix and a d(1) x d(0) one, expected d(0) == d(1) and m == d(0)"},
        {"2 * X - X'",
         "1: found 2 * X - transpose(X), a d(0) x m matrix and a m x d(0) one, expected d(0) == m and "
         "m == d(0)"},
        {"X == Y", "1: found X == Y, a d(0) x m matrix and a d(H) x m one, expected d(0) == d(H)"},
        {"tr(X)", "1: found tr(X), of a d(0) x m matrix, expected d(0) == m"},
        {"inner(X, Y)", "1: found inner(X, Y), a d(0) x m matrix and a d(H) x m one, expected d(0) == d(H)"},
        {"[X, Q]", "1: found X beside Q, a d(0) x m matrix and a k x k one, expected d(0) == k"},
        {"[1, 2; 3]", "1: found rows of 2 and of 1 columns in one matrix, expected 2 == 1"},
        {"prod(h in H..1 : W(h))",
         "11: found H..1, which is empty when H > 1, expected a range that counts up (backwards it is 'H downto 1')"},
        {"prod(h in 1..H : W(h))",
         "1: found prod(h in 1..H : W(h)), whose neighbours are a d(h) x d(h - 1) matrix times a d(h + 1) x d(h) one, "
         "expected d(h - 1) == d(h + 1)"},
        {"X^T * X", "3: found 'T', expected an integer (the transpose is transpose(A) or A')"},
        {"Q^-1", "1: found 'Q' (a matrix), expected a number (the inverse is inverse(A))"},
        {"ones(k, 1)' * ones(k, 1) + 1",
         "1: found a matrix (1 x 1) and a number, expected two of a kind (the inner product is inner(x, y))"},
        {"Q + 1", "5: found '1' (an integer), expected a matrix like the other side"},
        {"norm(X)", "1: found 'norm', expected a name that is known (did you mean 'norm2'?)"},
        {"number(i in 1..k : i > 1)",
         "1: found 'number' before a binder, expected all, any, sum, prod, count, min, max, sequence or matrix (did "
         "you "
         "mean 'count'?)"},
        {"matrix(i in 1..k : i)", "1: found 1 binder, expected two, of the rows and of the columns"},
        {"matrix(i in 1..k, j in 1..i : i)",
         "24: found columns that depend on the row 'i', expected the same for all rows"},
        {"jacobian(2 * X)", "10: found '2 * X' (a matrix), expected a matrix that the landscape declares or defines"},
        {"[1, S]", "5: found 'S' (a set), expected a number or a matrix"},
        {"[]", "2: found ']', expected an entry of the matrix (an empty one is zeros(p, q))"},
        {"[1, 2", "6: found the end, expected ']', ',', ';' or an operator"},
        {"1 / Q", "5: found 'Q' (a matrix), expected a number"},
        {"k'", "1: found 'k' (an integer), expected a matrix"},
    };
    for (const auto& row : table) {
      CAPTURE(row.first);
      CHECK(outcome(row.first) == row.second);
    }
  }

  TEST_CASE("what hypotheses may settle is left to evaluation in statements, what nothing settles is not") {
    CHECK(outcome("X * W(1)", ShapeCheck::only_certain) == "d(0) x d(0)");
    CHECK(outcome("X == Y", ShapeCheck::only_certain).find("found") == std::string::npos);
    CHECK(outcome("zeros(k, k) + zeros(k, k + 1)", ShapeCheck::only_certain) ==
          "1: found zeros(k, k) + zeros(k, k+1), a k x k matrix and a k x k + 1 one, expected k == k + 1");
    // data, `if` and the like may have any value
    CHECK(outcome("V + X").find("found") != std::string::npos);  // k columns are not m
    CHECK(outcome("zeros(level, m) + X") == "level x m");
    CHECK(outcome("zeros(level, m) + zeros(level + 1, m)").find("level == level + 1") != std::string::npos);
    CHECK(outcome("zeros(if k > 1 then 1 else 2, m) + X").find("found") == std::string::npos);
  }

  TEST_CASE("definitions of sizes alone are looked through") {
    Names names{&sizes(), {}, ShapeCheck::as_polynomials};
    const std::string body = "m - i";
    language::DefinitionType type{"left", {"i"}, Kind::integer, {}, nullptr};
    type.body = language::type_check(language::parse_syntax(body), names, places(body), {"i"});
    names.definitions.push_back(type);
    const auto shape = [&](const std::string& formula) {
      try {
        return language::type_check(language::parse_syntax(formula), names, places(formula))->dimensions.rows->text();
      } catch (const language::SyntaxError& error) {
        return std::string(error.what());
      }
    };
    CHECK(shape("zeros(left(2), 1) + zeros(m - 2, 1)") == "m - 2");
    CHECK(shape("zeros(left(2), 1) + zeros(m - 1, 1)").find("expected m - 2 == m - 1") != std::string::npos);
  }

  TEST_CASE("many nested sums are not looked into for ever") {
    std::string text = "X";
    for (int k = 0; k < 50; ++k)
      text = "sum(i" + std::to_string(k) + " in 1..k : " + text + ")";
    CHECK(outcome(text).find("found") == std::string::npos);
  }
}

}  // namespace
}  // namespace rankscape
