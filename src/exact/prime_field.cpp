// The table of primes, grown on demand and shared by all threads.

#include "exact/prime_field.hpp"

#include <deque>
#include <mutex>
#include <stdexcept>

namespace rankscape::exact {

std::uint64_t prime(std::size_t k) {
  if (k >= 1'000'000) throw std::length_error("prime: an exact computation on numbers of 59 million bits");
  static std::mutex guard;
  static std::deque<PrimeField::Word> found;
  const std::lock_guard lock(guard);
  while (found.size() <= k) {
    PrimeField::Word candidate = (found.empty() ? PrimeField::Word{1} << prime_bits : found.back()) - 1;
    while (n_is_prime(candidate) == 0)
      --candidate;  // proved, not probable, for all 64-bit numbers
    found.push_back(candidate);
  }
  return found[k];
}

}  // namespace rankscape::exact
