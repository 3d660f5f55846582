#include "numeric/enclosed_matrix.hpp"

#include <rankscape/numeric/eigen.hpp>

#include <algorithm>

namespace rankscape {

namespace {

constexpr unsigned working_bits = 200;

Enclosure rounded(const Enclosure& a) {
  if (a.is_exact()) return a;
  return {rounded_down(a.lo, working_bits), -rounded_down(-a.hi, working_bits)};
}

}  // namespace

bool EnclosedMatrix::is_exact() const {
  return std::all_of(entries.begin(), entries.end(), [](const Enclosure& entry) { return entry.is_exact(); });
}

RationalMatrix EnclosedMatrix::midpoint() const {
  RationalMatrix middle(rows, cols);
  for (std::size_t k = 0; k < entries.size(); ++k)
    middle(static_cast<Index>(k)) = (entries[k].lo + entries[k].hi) / 2;
  return middle;
}

Rational rounded_down(const Rational& value, unsigned bits) {
  const Integer scaled = numerator(value) << bits;
  Integer quotient = scaled / denominator(value);
  if (scaled < 0 && quotient * denominator(value) != scaled) --quotient;
  return Rational(quotient, Integer(Integer(1) << bits));
}

EnclosedMatrix operator*(const EnclosedMatrix& a, const EnclosedMatrix& b) {
  EnclosedMatrix c(a.rows, b.cols);
  for (Index j = 0; j < b.cols; ++j) {
    for (Index i = 0; i < a.rows; ++i) {
      Enclosure sum;
      for (Index k = 0; k < a.cols; ++k)
        sum = sum + a(i, k) * b(k, j);
      c(i, j) = rounded(sum);
    }
  }
  return c;
}

EnclosedMatrix operator+(const EnclosedMatrix& a, const EnclosedMatrix& b) {
  EnclosedMatrix c = a;
  for (std::size_t k = 0; k < c.entries.size(); ++k)
    c.entries[k] = c.entries[k] + b.entries[k];
  return c;
}

EnclosedMatrix operator-(const EnclosedMatrix& a, const EnclosedMatrix& b) {
  EnclosedMatrix c = a;
  for (std::size_t k = 0; k < c.entries.size(); ++k)
    c.entries[k] = c.entries[k] - b.entries[k];
  return c;
}

EnclosedMatrix operator*(const Enclosure& s, const EnclosedMatrix& a) {
  EnclosedMatrix c = a;
  for (Enclosure& entry : c.entries)
    entry = rounded(s * entry);
  return c;
}

EnclosedMatrix transposed(const EnclosedMatrix& a) {
  EnclosedMatrix b(a.cols, a.rows);
  for (Index j = 0; j < a.cols; ++j) {
    for (Index i = 0; i < a.rows; ++i)
      b(j, i) = a(i, j);
  }
  return b;
}

EnclosedMatrix enclosed(const RationalMatrix& a) {
  EnclosedMatrix b(a.rows(), a.cols());
  for (Index k = 0; k < a.size(); ++k)
    b.entries[static_cast<std::size_t>(k)] = Enclosure(a(k));
  return b;
}

Enclosure square(const Enclosure& a) {
  const Enclosure product = a * a;
  const Rational lo = a.contains(0) ? Rational(0) : std::min(Rational(a.lo * a.lo), Rational(a.hi * a.hi));
  return {lo, product.hi};
}

EnclosedMatrix gram(const EnclosedMatrix& a) {
  EnclosedMatrix c(a.rows, a.rows);
  for (Index j = 0; j < a.rows; ++j) {
    for (Index i = 0; i <= j; ++i) {
      Enclosure sum;
      for (Index l = 0; l < a.cols; ++l)
        sum = sum + (i == j ? square(a(i, l)) : a(i, l) * a(j, l));
      c(i, j) = c(j, i) = rounded(sum);
    }
  }
  return c;
}

Enclosure norm2(const EnclosedMatrix& a) {
  Enclosure sum;
  for (const Enclosure& entry : a.entries)
    sum = sum + square(entry);
  return rounded(sum);
}

Enclosure intersection(const Enclosure& a, const Enclosure& b) {
  return {std::max(a.lo, b.lo), std::min(a.hi, b.hi)};
}

Enclosure least_eigenvalue(const EnclosedMatrix& a, const Rational& width) {
  RationalMatrix center(a.rows, a.cols);
  Rational error = 0;  // of the spectral norm, by the largest row sum
  for (Index i = 0; i < a.rows; ++i) {
    Rational row = 0;
    for (Index j = 0; j < a.cols; ++j) {
      const Enclosure& entry = a(std::min(i, j), std::max(i, j));
      center(i, j) = rounded_down((entry.lo + entry.hi) / 2, working_bits);
      row += std::max(Rational(a(i, j).hi - center(i, j)), Rational(center(i, j) - a(i, j).lo));
    }
    error = std::max(error, row);
  }
  const Enclosure middle = enclose_eigenvalues(center, {.width = width}).values.front();
  return {middle.lo - error, middle.hi + error};
}

}  // namespace rankscape
