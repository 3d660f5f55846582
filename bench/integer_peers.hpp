#pragma once
// Peers whose headers do not go together with others, each behind one function of plain types: the matrix is given to
// the library at once, by rows of numbers in decimal digits; what is returned computes.

#include <cstddef>
#include <functional>
#include <string>
#include <vector>

namespace rankscape::bench {

using Digits = std::vector<std::string>;

/// The signs of the coefficients of the characteristic polynomial, the constant one first. LinBox finds it modulo
/// primes until it is stable: right with high probability.
[[nodiscard]] std::function<std::vector<int>()> by_linbox(std::size_t n, const Digits& entries);

/// The nullity, from a basis of the null space.
[[nodiscard]] std::function<long()> by_iml(std::size_t n, const Digits& entries);

}  // namespace rankscape::bench
