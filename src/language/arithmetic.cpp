// The arithmetic that Real does not have, with bounds on the size of its results.
#include "language/functions.hpp"
#include "language/limits.hpp"

#include <fmt/format.h>
#include <algorithm>
#include <boost/multiprecision/gmp.hpp>
#include <iterator>

namespace rankscape::language {

namespace {

constexpr std::size_t max_bits = 1U << 20U;

std::size_t bits(const Rational& value) {
  const Integer top = abs(numerator(value));
  return (top.is_zero() ? 1 : msb(top)) + msb(denominator(value));
}

// Both must keep the width asked for: |min(a, b) - min(a', b')| <= max(|a - a'|, |b - b'|).
template <Enclosure (*Choose)(const Enclosure&, const Enclosure&)>
Real enclosed_choice(const Real& a, const Real& b) {
  return Real(Real::Refine([a, b](const Rational& width) { return Choose(a.enclose(width), b.enclose(width)); }));
}

}  // namespace

void integer_overflow() {
  throw Undefined("an integer beyond 64 bits");
}

Real as_real(const Value& value) {
  if (const long* integer = std::get_if<long>(&value)) return Real(Rational(*integer));
  return std::get<Real>(value);
}

bool accepts(Kind wanted, Kind given) {
  return wanted == given || (wanted == Kind::real && given == Kind::integer);
}

Real bounded(Real value) {
  if (const Rational* exact = value.exact(); exact != nullptr && bits(*exact) > max_bits) {
    throw Undefined(fmt::format("a number of more than {} bits", max_bits));
  }
  return value;
}

Real smaller(const Real& a, const Real& b) {
  const Truth first = less(a, b);
  if (first != Truth::unknown) return first == Truth::yes ? a : b;
  return enclosed_choice<min>(a, b);
}

Real larger(const Real& a, const Real& b) {
  const Truth second = less(a, b);
  if (second != Truth::unknown) return second == Truth::yes ? b : a;
  return enclosed_choice<max>(a, b);
}

Value power(const Value& base, long exponent, Kind result) {
  if (exponent > max_exponent || exponent < -max_exponent) {
    throw Undefined(fmt::format("the exponent {} (at most {} in absolute value)", exponent, max_exponent));
  }
  if (result == Kind::integer) {
    long value = 1;
    for (long k = 0; k < exponent; ++k) {
      if (__builtin_mul_overflow(value, std::get<long>(base), &value)) integer_overflow();
    }
    return value;
  }
  Real square = as_real(base);
  Real value = Real(Rational(1));
  for (auto rest = static_cast<unsigned long>(std::abs(exponent)); rest != 0; rest /= 2) {
    if (rest % 2 == 1) value = bounded(value * square);
    if (rest > 1) square = bounded(square * square);
  }
  return exponent < 0 ? Real(Rational(1)) / value : value;
}

IndexSet combine(const IndexSet& a, const IndexSet& b, Operator op) {
  IndexSet result;
  const auto out = std::inserter(result, result.end());
  if (op == Operator::unite) std::set_union(a.begin(), a.end(), b.begin(), b.end(), out);
  if (op == Operator::intersect) std::set_intersection(a.begin(), a.end(), b.begin(), b.end(), out);
  if (op == Operator::difference) std::set_difference(a.begin(), a.end(), b.begin(), b.end(), out);
  return result;
}

long combine(long a, long b, Operator op) {
  long result = 0;
  const bool lost = op == Operator::add        ? __builtin_add_overflow(a, b, &result)
                    : op == Operator::subtract ? __builtin_sub_overflow(a, b, &result)
                                               : __builtin_mul_overflow(a, b, &result);
  if (lost) integer_overflow();
  return result;
}

Real combine(const Real& a, const Real& b, Operator op) {
  switch (op) {
    case Operator::add:
      return bounded(a + b);
    case Operator::subtract:
      return bounded(a - b);
    case Operator::multiply:
      return bounded(a * b);
    default:
      return bounded(a / b);
  }
}

Rational rational_entry(const Value& value) {
  if (const long* integer = std::get_if<long>(&value)) return Rational(*integer);
  const Rational* exact = std::get<Real>(value).exact();
  if (exact == nullptr) throw Undefined("an entry of a matrix that is not known to be rational");
  return *exact;
}

RationalMatrix side_by_side(const std::vector<RationalMatrix>& blocks) {
  Index cols = 0;
  for (const RationalMatrix& block : blocks) {
    cols += block.cols();
    if (block.rows() != blocks.front().rows()) {
      throw Undefined(fmt::format("blocks of {} and {} rows side by side", blocks.front().rows(), block.rows()));
    }
  }
  RationalMatrix result(blocks.front().rows(), cols);
  Index at = 0;
  for (const RationalMatrix& block : blocks) {
    result.middleCols(at, block.cols()) = block;
    at += block.cols();
  }
  return result;
}

RationalMatrix stacked(const std::vector<RationalMatrix>& blocks) {
  Index rows = 0;
  for (const RationalMatrix& block : blocks) {
    rows += block.rows();
    if (block.cols() != blocks.front().cols()) {
      throw Undefined(fmt::format("blocks of {} and {} columns above each other", blocks.front().cols(), block.cols()));
    }
  }
  RationalMatrix result(rows, blocks.front().cols());
  Index at = 0;
  for (const RationalMatrix& block : blocks) {
    result.middleRows(at, block.rows()) = block;
    at += block.rows();
  }
  return result;
}

RationalMatrix combine(const RationalMatrix& a, const RationalMatrix& b, Operator op) {
  if (op == Operator::multiply) {
    if (a.cols() != b.rows()) {
      throw Undefined(
          fmt::format("the product of a {} x {} and a {} x {} matrix", a.rows(), a.cols(), b.rows(), b.cols()));
    }
    return multiply(a, b);
  }
  if (a.rows() != b.rows() || a.cols() != b.cols()) {
    throw Undefined(
        fmt::format("a {} x {} and a {} x {} matrix have different shapes", a.rows(), a.cols(), b.rows(), b.cols()));
  }
  return op == Operator::add ? RationalMatrix(a + b) : RationalMatrix(a - b);
}

}  // namespace rankscape::language
