#pragma once
// Integers, limits, and the two ways in which a certificate can fail. Every multiplication is counted before it is
// made, so that no file can keep the checker busy for long.

#include <gmpxx.h>

#include <ctime>
#include <stdexcept>
#include <string>

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

inline Z common_multiple(const Z& a, const Z& b) {
  budget.spend(1 + mpz_size(a.get_mpz_t()) * mpz_size(b.get_mpz_t()));
  return lcm(a, b);
}

}  // namespace verifier
