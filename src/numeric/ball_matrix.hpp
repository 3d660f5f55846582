#pragma once
// An owner for Arb's matrices of balls.

#include <arb_mat.h>

#include <utility>

namespace rankscape::numeric {

class BallMatrix {
 public:
  BallMatrix(long rows, long cols) { arb_mat_init(value_, rows, cols); }
  BallMatrix(BallMatrix&& other) noexcept {
    arb_mat_init(value_, 0, 0);
    arb_mat_swap(value_, other.value_);
  }
  BallMatrix& operator=(BallMatrix&& other) noexcept {
    arb_mat_swap(value_, other.value_);
    return *this;
  }
  BallMatrix(const BallMatrix&) = delete;
  BallMatrix& operator=(const BallMatrix&) = delete;
  ~BallMatrix() { arb_mat_clear(value_); }
  [[nodiscard]] arb_mat_struct* get() { return value_; }
  [[nodiscard]] const arb_mat_struct* get() const { return value_; }
  [[nodiscard]] arb_ptr at(long i, long j) { return arb_mat_entry(value_, i, j); }
  [[nodiscard]] arb_srcptr at(long i, long j) const { return arb_mat_entry(value_, i, j); }
  [[nodiscard]] long size() const { return arb_mat_nrows(value_); }

 private:
  arb_mat_t value_;
};

}  // namespace rankscape::numeric
