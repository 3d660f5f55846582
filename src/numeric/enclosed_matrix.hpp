#pragma once
// Matrices of closed intervals with rational ends: what is known of a matrix, entry by entry. Where entries are exact,
// sums and products are; else products are rounded outwards to 200 bits, so that they do not grow without end.

#include <rankscape/exact/enclosure.hpp>
#include <rankscape/exact/matrix.hpp>

#include <vector>

namespace rankscape {

struct EnclosedMatrix {
  Index rows = 0;
  Index cols = 0;
  std::vector<Enclosure> entries;  ///< column by column

  EnclosedMatrix() = default;
  EnclosedMatrix(Index rows_, Index cols_)
      : rows(rows_), cols(cols_), entries(static_cast<std::size_t>(rows_ * cols_)) {}
  [[nodiscard]] Enclosure& operator()(Index i, Index j) { return entries[static_cast<std::size_t>(i + rows * j)]; }
  [[nodiscard]] const Enclosure& operator()(Index i, Index j) const {
    return entries[static_cast<std::size_t>(i + rows * j)];
  }
  [[nodiscard]] bool is_exact() const;
  /// \pre as it stands; the midpoint of an exact matrix is that matrix
  [[nodiscard]] RationalMatrix midpoint() const;
};

[[nodiscard]] EnclosedMatrix operator*(const EnclosedMatrix& a, const EnclosedMatrix& b);
[[nodiscard]] EnclosedMatrix operator+(const EnclosedMatrix& a, const EnclosedMatrix& b);
[[nodiscard]] EnclosedMatrix operator-(const EnclosedMatrix& a, const EnclosedMatrix& b);
[[nodiscard]] EnclosedMatrix operator*(const Enclosure& s, const EnclosedMatrix& a);
[[nodiscard]] EnclosedMatrix transposed(const EnclosedMatrix& a);
[[nodiscard]] EnclosedMatrix enclosed(const RationalMatrix& a);

/// x x: better than a product where x contains 0.
[[nodiscard]] Enclosure square(const Enclosure& a);
/// a a^T, with squares on the diagonal.
[[nodiscard]] EnclosedMatrix gram(const EnclosedMatrix& a);
[[nodiscard]] Enclosure norm2(const EnclosedMatrix& a);
/// What lies in both. \pre both enclose the same number
[[nodiscard]] Enclosure intersection(const Enclosure& a, const Enclosure& b);

/// Enclosure of the least eigenvalue of every symmetric matrix inside `a`. \pre square
/// \param width  of the enclosure for the midpoint; that of the result adds what the entries leave open (Weyl)
[[nodiscard]] Enclosure least_eigenvalue(const EnclosedMatrix& a, const Rational& width);

/// The rational multiple of 2^-bits next to `value` downwards.
[[nodiscard]] Rational rounded_down(const Rational& value, unsigned bits);

}  // namespace rankscape
