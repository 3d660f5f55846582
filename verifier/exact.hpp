#pragma once
// Integers, limits, and the two ways in which a certificate can fail. Every multiplication is counted before it is
// made, so that no file can keep the checker busy for long.

#include <gmpxx.h>

#include <ctime>
#include <stdexcept>
#include <string>
#include <utility>

namespace verifier {

using Z = mpz_class;
using Q = mpq_class;

/// Not a file of a known format, or checking it would cost more than the limits allow.
struct Unreadable : std::runtime_error {
  using std::runtime_error::runtime_error;
};
/// Something that the file claims is false, or lacks its evidence.
struct Rejected : std::runtime_error {
  using std::runtime_error::runtime_error;
};

inline constexpr std::size_t most_bytes = 64U << 20U;         // of a certificate
inline constexpr std::size_t most_manifest = 256U << 20U;     // bytes of a manifest
inline constexpr std::size_t most_depth = 16;                 // of nested arrays and objects
inline constexpr std::size_t most_digits = 20'000;            // characters of one number
inline constexpr std::size_t most_instructions = 20'000;      // of a program
inline constexpr std::size_t most_entries = 4'000'000;        // of a matrix
inline constexpr std::size_t most_steps = 10'000'000'000ULL;  // multiplications of machine words
inline constexpr std::size_t words_for_a_step = 8;            // multiplications in a dense product (words.hpp)
inline constexpr double most_seconds = 300;                   // of processor time
inline constexpr std::size_t most_held = 1U << 30U;           // bytes of all polynomials at one time

struct Budget {
  std::clock_t start = std::clock();
  std::size_t spent = 0;
  void spend(std::size_t steps) {
    const bool look_at_the_clock = spent >> 16U != (spent + steps) >> 16U;
    spent += steps;
    if (spent > most_steps) throw Unreadable("limits: checking needs too many multiplications");
    if (look_at_the_clock && double(std::clock() - start) / CLOCKS_PER_SEC > most_seconds)
      throw Unreadable("limits: checking takes longer than five minutes");
  }
};
inline thread_local Budget budget;  // of the certificate that is being checked

/// Memory of an object that grows: copies count again, what is moved goes on counting.
class Holding {
 public:
  Holding() = default;
  Holding(const Holding& other) { add(other.bytes_); }
  Holding(Holding&& other) noexcept : bytes_(std::exchange(other.bytes_, 0)) {}
  Holding& operator=(Holding other) noexcept {
    std::swap(bytes_, other.bytes_);
    return *this;
  }
  ~Holding() { held_ -= bytes_; }
  void add(std::size_t bytes) {
    if (bytes > most_held - held_) throw Unreadable("limits: polynomials have too many terms");
    held_ += bytes;
    bytes_ += bytes;
  }
  void drop(std::size_t bytes) {
    held_ -= bytes;
    bytes_ -= bytes;
  }
  [[nodiscard]] static std::size_t held() { return held_; }

 private:
  static inline thread_local std::size_t held_ = 0;  // by all
  std::size_t bytes_ = 0;
};

inline std::size_t words(const Z& x) { return mpz_size(x.get_mpz_t()); }
inline std::size_t words(const Q& x) { return mpz_size(x.get_num_mpz_t()) + mpz_size(x.get_den_mpz_t()); }

inline Z common_multiple(const Z& a, const Z& b) {
  budget.spend(1 + mpz_size(a.get_mpz_t()) * mpz_size(b.get_mpz_t()));
  return lcm(a, b);
}

}  // namespace verifier
