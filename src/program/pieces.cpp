#include "program/pieces.hpp"

#include <algorithm>
#include <cctype>

namespace rankscape::program {
namespace {

std::string joined(const std::vector<std::string>& parts, const char* separator) {
  std::string result;
  for (const std::string& part : parts)
    result += (result.empty() ? "" : separator) + part;
  return result;
}

std::vector<Piece> powers(const std::vector<Piece>& scalars) {
  std::vector<Piece> result;
  std::vector<Piece> seen;
  for (const Piece& scalar : scalars) {
    if (std::find(seen.begin(), seen.end(), scalar) != seen.end()) continue;
    seen.push_back(scalar);
    const auto count = std::count(scalars.begin(), scalars.end(), scalar);
    if (count == 1) {
      result.push_back(scalar);
      continue;
    }
    const Piece base = in_parentheses(scalar, Level::primary);
    const bool bare = std::isalpha(static_cast<unsigned char>(base.latex.back())) != 0 || base.latex.back() == ')' ||
                      base.latex.back() == '}';
    const std::string exponent = std::to_string(count);
    result.push_back({base.text + "^" + exponent,
                      (bare ? base.latex : "\\left(" + base.latex + "\\right)") + "^{" + exponent + "}",
                      Level::primary});
  }
  return result;
}

}  // namespace

Piece in_parentheses(const Piece& a, Level least) {
  if (a.level >= least) return a;
  return {"(" + a.text + ")", "\\left(" + a.latex + "\\right)", Level::primary};
}

bool are_alike(const Product& a, const Product& b) {
  const auto same = [](const std::vector<Piece>& x, const std::vector<Piece>& y) {
    return std::is_permutation(x.begin(), x.end(), y.begin(), y.end());
  };
  return a.factors == b.factors && same(a.scalars, b.scalars) && same(a.divisors, b.divisors);
}

Piece written(Product product) {
  for (auto divisor = product.divisors.begin(); divisor != product.divisors.end();) {
    const auto same = std::find(product.scalars.begin(), product.scalars.end(), *divisor);
    if (same == product.scalars.end()) {
      ++divisor;
    } else {
      product.scalars.erase(same);
      divisor = product.divisors.erase(divisor);
    }
  }
  const bool minus = product.coefficient < 0;
  const Rational size = abs(product.coefficient);
  std::vector<Piece> above = powers(product.scalars);
  for (const Piece& factor : product.factors)
    above.push_back(factor);
  const std::vector<Piece> below = powers(product.divisors);
  if (size == 1 && !minus && above.size() == 1 && below.empty()) return above.front();
  std::vector<std::string> text;
  std::string latex_text;
  if (size != 1 || above.empty()) {
    text.push_back(to_string(size));
    latex_text = to_latex(size) + (above.empty() ? "" : " ");
  }
  std::string above_latex;
  for (const Piece& piece : above) {
    const Piece factor = in_parentheses(piece, piece.text.starts_with("hadamard(") ? Level::product : Level::primary);
    text.push_back(factor.text);
    above_latex += (above_latex.empty() ? "" : " ") +
                   (above.size() == 1 ? piece.latex : in_parentheses(piece, Level::primary).latex);
  }
  Piece result{(minus ? "-" : "") + joined(text, "*"), "", minus ? Level::sum : Level::product};
  if (below.empty()) {
    if (above.size() == 1) above_latex = in_parentheses(above.front(), Level::primary).latex;
    result.latex = (minus ? "-" : "") + latex_text + above_latex;
    if (text.size() == 1 && !minus) result.level = Level::primary;
    return result;
  }
  std::vector<std::string> divisors;
  std::string below_latex;
  for (const Piece& piece : below) {
    divisors.push_back(in_parentheses(piece, Level::primary).text);
    below_latex += (below_latex.empty() ? "" : " ") +
                   (below.size() == 1 ? piece.latex : in_parentheses(piece, Level::primary).latex);
  }
  const std::string divisor = joined(divisors, "*");
  result.text += "/" + (divisors.size() == 1 ? divisor : "(" + divisor + ")");
  result.latex = (minus ? "-" : "") + latex_text + "\\frac{" + (above_latex.empty() ? "1" : above_latex) + "}{" +
                 below_latex + "}";
  return result;
}

Piece literal(const RationalMatrix& a) {
  const std::string rows = std::to_string(a.rows());
  const std::string cols = std::to_string(a.cols());
  if (a.rows() == 1 && a.cols() == 1) return {to_string(a(0, 0)), to_latex(a(0, 0)), Level::sum};
  if (is_zero(a)) return {"zeros(" + rows + ", " + cols + ")", "0", Level::primary};
  if (a.rows() == a.cols() && a == RationalMatrix(RationalMatrix::Identity(a.rows(), a.cols()))) {
    return {"identity(" + rows + ")", "I_{" + rows + "}", Level::primary};
  }
  if (a == RationalMatrix(RationalMatrix::Constant(a.rows(), a.cols(), Rational(1)))) {
    return {"ones(" + rows + ", " + cols + ")", "\\mathbf{1}_{" + rows + " \\times " + cols + "}", Level::primary};
  }
  std::vector<std::string> text;
  std::vector<std::string> latex_rows;
  for (Index i = 0; i < a.rows(); ++i) {
    std::vector<std::string> row;
    std::vector<std::string> latex_row;
    for (Index j = 0; j < a.cols(); ++j) {
      row.push_back(to_string(a(i, j)));
      latex_row.push_back(to_latex(a(i, j)));
    }
    text.push_back(joined(row, ", "));
    latex_rows.push_back(joined(latex_row, " & "));
  }
  return {"[" + joined(text, "; ") + "]", "\\begin{pmatrix} " + joined(latex_rows, " \\\\ ") + " \\end{pmatrix}",
          Level::primary};
}

}  // namespace rankscape::program
