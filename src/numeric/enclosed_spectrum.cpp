#include "numeric/enclosed_spectrum.hpp"

#include <rankscape/numeric/eigen.hpp>

#include <algorithm>

#include "exact/decompositions.hpp"
#include "numeric/krawczyk.hpp"

namespace rankscape {

namespace {

constexpr unsigned kept_bits = 200;

Rational middle_of(const Enclosure& a) {
  return a.lo == a.hi ? a.lo : rounded_down((a.lo + a.hi) / 2, kept_bits);
}

// Is every matrix inside invertible? |I - C A| < 1 for an approximate inverse C.
bool is_regular(const EnclosedMatrix& a) {
  RationalMatrix middle(a.rows, a.cols);
  for (Index j = 0; j < a.cols; ++j) {
    for (Index i = 0; i < a.rows; ++i)
      middle(i, j) = middle_of(a(i, j));
  }
  const auto inverted = approximate_inverse(middle);
  if (!inverted) return false;
  const EnclosedMatrix product = enclosed(*inverted) * a;
  for (Index i = 0; i < a.rows; ++i) {
    Rational sum = 0;
    for (Index j = 0; j < a.cols; ++j) {
      const Enclosure off = Enclosure(Rational(i == j ? 1 : 0)) - product(i, j);
      sum += std::max(Rational(abs(off.lo)), Rational(abs(off.hi)));
    }
    if (sum >= 1) return false;
  }
  return true;
}

}  // namespace

Index rank_at_least(const EnclosedMatrix& a) {
  if (a.rows == 0 || a.cols == 0) return 0;
  if (a.is_exact()) return rank(a.midpoint());
  Eigen::MatrixXd rough(a.rows, a.cols);
  for (Index j = 0; j < a.cols; ++j) {
    for (Index i = 0; i < a.rows; ++i)
      rough(i, j) = middle_of(a(i, j)).convert_to<double>();
  }
  const Eigen::FullPivLU<Eigen::MatrixXd> lu(rough);
  const auto& rows = lu.permutationP().indices();  // row i goes to rows(i)
  const auto& cols = lu.permutationQ().indices();  // column j comes from cols(j)
  std::vector<Index> row_at(static_cast<std::size_t>(a.rows));
  for (Index i = 0; i < a.rows; ++i)
    row_at[static_cast<std::size_t>(rows(i))] = i;
  for (Index k = lu.rank(); k > 0; --k) {
    EnclosedMatrix block(k, k);
    for (Index j = 0; j < k; ++j) {
      for (Index i = 0; i < k; ++i)
        block(i, j) = a(row_at[static_cast<std::size_t>(i)], cols(j));
    }
    if (is_regular(block)) return k;
  }
  return 0;
}

const Rational& fine_width() {
  static const Rational width = parse_rational("1e-40");
  return width;
}

std::vector<Enclosure> enclosed_eigenvalues(const EnclosedMatrix& a, const Rational& width) {
  if (a.rows == 0) return {};
  RationalMatrix center(a.rows, a.cols);
  Rational error = 0;  // of the spectral norm, by the largest row sum
  for (Index i = 0; i < a.rows; ++i) {
    Rational row = 0;
    for (Index j = 0; j < a.cols; ++j) {
      center(i, j) = middle_of(a(std::min(i, j), std::max(i, j)));
      row += std::max(Rational(abs(a(i, j).hi - center(i, j))), Rational(abs(center(i, j) - a(i, j).lo)));
    }
    error = std::max(error, row);
  }
  const std::vector<Enclosure> middle = enclose_eigenvalues(center, {.width = width}).values;
  std::vector<Enclosure> values;
  values.reserve(middle.size());
  for (const Enclosure& value : middle)
    values.emplace_back(value.lo - error, value.hi + error);
  std::reverse(values.begin(), values.end());
  return values;
}

}  // namespace rankscape
