#pragma once
// Pieces of printed formulas: text and LaTeX side by side, and products of them.

#include <rankscape/exact/matrix.hpp>

#include <string>
#include <vector>

namespace rankscape::program {

enum class Level : unsigned char { sum, product, primary };

struct Piece {
  std::string text;
  std::string latex;
  Level level = Level::primary;
  [[nodiscard]] bool operator==(const Piece& other) const { return text == other.text; }
};

struct Product {
  Rational coefficient = 1;
  std::vector<Piece> scalars;
  std::vector<Piece> divisors;
  std::vector<Piece> factors;  // matrices, in order
};

[[nodiscard]] Piece in_parentheses(const Piece& a, Level least);
/// Do they differ by their coefficients only?
[[nodiscard]] bool are_alike(const Product& a, const Product& b);
/// Equal scalars are powers; what stands above and below a fraction is cancelled.
[[nodiscard]] Piece written(Product product);
/// A constant: `identity(2)`, `ones(2, 1)`, `[1, 2; 3, 4]`.
[[nodiscard]] Piece literal(const RationalMatrix& a);

}  // namespace rankscape::program
