#include "integer_peers.hpp"

#include <gmp.h>

extern "C" {
#include <iml.h>
}

namespace rankscape::bench {

std::function<long()> by_iml(std::size_t n, const Digits& entries) {
  auto* const matrix = new mpz_t[n * n];  // kept until the process ends
  for (std::size_t k = 0; k < entries.size(); ++k)
    mpz_init_set_str(matrix[k], entries[k].c_str(), 10);
  return [matrix, n] {
    mpz_t* basis = nullptr;
    return nullspaceMP(static_cast<long>(n), static_cast<long>(n), matrix, &basis);
  };
}

}  // namespace rankscape::bench
