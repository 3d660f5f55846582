#pragma once
// Dense products of short integers, exactly, by machine words instead of by one long multiplication for each pair. An
// integer is a sum of digits d_k 2^(56 k), |d_k| < 2^56, all of its sign; products of digits are below 2^112, so sums
// of up to 2^14 of them fit 128 bits without overflow. No modulus, no rounding: nothing has to be proved of the result.

#include <cstdint>
#include <vector>

#include "verifier/exact.hpp"

namespace verifier {

__extension__ using Wide = __int128;

class Words {
 public:
  static constexpr std::size_t bits = 56;                  // of a digit
  static constexpr std::size_t most_products = 1U << 14U;  // of digits, in one sum

  /// Rows of integers: number(i, k) for i < rows, k < cols.
  template <class Number>
  Words(std::size_t rows, std::size_t cols, std::size_t planes, const Number& number)
      : rows_(rows), cols_(cols), planes_(planes), digits_(rows * cols * planes) {
    static_assert(sizeof(std::int64_t) * 8 - bits == 8);
    std::vector<std::int64_t> of_one(planes);
    for (std::size_t i = 0; i < rows; ++i) {
      for (std::size_t k = 0; k < cols; ++k) {
        const Z& x = number(i, k);
        std::size_t count = 0;
        mpz_export(of_one.data(), &count, -1, sizeof(std::int64_t), 0, 8, x.get_mpz_t());
        for (std::size_t plane = 0; plane < count; ++plane)
          digits_[(plane * rows + i) * cols + k] = sgn(x) < 0 ? -of_one[plane] : of_one[plane];
      }
    }
  }

  /// How many digits the numbers have at most; 0: too many, or most of the numbers are zero.
  template <class Number>
  static std::size_t digits_of(std::size_t rows, std::size_t cols, const Number& number) {
    constexpr std::size_t most = 4;  // beyond, long multiplication is as fast
    std::size_t longest = 1;
    std::size_t present = 0;
    for (std::size_t i = 0; i < rows; ++i) {
      for (std::size_t k = 0; k < cols; ++k) {
        const Z& x = number(i, k);
        if (x == 0) continue;
        ++present;
        longest = std::max(longest, (mpz_sizeinbase(x.get_mpz_t(), 2) + bits - 1) / bits);
      }
    }
    return longest > most || present < rows * cols / 4 ? 0 : longest;
  }

  [[nodiscard]] const std::int64_t* row(std::size_t plane, std::size_t i) const {
    return &digits_[(plane * rows_ + i) * cols_];
  }

  /// store(i, j, sum of left(i, k) right(j, k)), for all rows i and j; with `lower` for i >= j only.
  template <class Store>
  static void multiply(const Words& left, const Words& right, bool lower, const Store& store) {
    constexpr std::size_t tile = 8;  // rows of `left` that stay in the cache
    Z sum;
    for (std::size_t first = 0; first < left.rows_; first += tile) {
      const std::size_t last = std::min(first + tile, left.rows_);
      for (std::size_t j = 0; j < (lower ? last : right.rows_); ++j) {
        budget.spend(1 + (last - first) * left.cols_ * left.planes_ * right.planes_ / words_for_a_step);
        for (std::size_t i = lower ? std::max(first, j) : first; i < last; ++i) {
          sum = 0;
          for (std::size_t s = left.planes_ + right.planes_ - 1; s-- > 0;) add_shifted(sum, at(left, i, right, j, s));
          store(i, j, sum);
        }
      }
    }
  }

 private:
  // Of 2^(56 s) in the sum of left(i, k) right(j, k).
  static Wide at(const Words& left, std::size_t i, const Words& right, std::size_t j, std::size_t s) {
    Wide sum = 0;
    for (std::size_t p = s < right.planes_ ? 0 : s - right.planes_ + 1; p < left.planes_ && p <= s; ++p) {
      const std::int64_t* const a = left.row(p, i);
      const std::int64_t* const b = right.row(s - p, j);
      for (std::size_t k = 0; k < left.cols_; ++k) sum += static_cast<Wide>(a[k]) * b[k];
    }
    return sum;
  }
  // sum = 2^56 sum + part
  static void add_shifted(Z& sum, Wide part) {
    sum <<= bits;
    const bool minus = part < 0;
    __extension__ const auto size = static_cast<unsigned __int128>(minus ? -part : part);
    Z high(static_cast<unsigned long>(size >> 64U));
    high <<= 64;
    high += static_cast<unsigned long>(size);
    if (minus) {
      sum -= high;
    } else {
      sum += high;
    }
  }

  std::size_t rows_;
  std::size_t cols_;
  std::size_t planes_;
  std::vector<std::int64_t> digits_;  // plane by plane, each row by row
};

}  // namespace verifier
