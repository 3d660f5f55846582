// LinBox 1.7, which is C++ up to 17 (its constructors repeat their template arguments).
#include "integer_peers.hpp"

#include <linbox/linbox-config.h>

#include <givaro/zring.h>
#include <linbox/matrix/dense-matrix.h>
#include <linbox/solutions/charpoly.h>

#include <memory>

namespace rankscape::bench {

std::function<std::vector<int>()> by_linbox(std::size_t n, const Digits& entries) {
  using Ring = Givaro::ZRing<Givaro::Integer>;
  const auto ring = std::make_shared<Ring>();
  const auto matrix = std::make_shared<LinBox::DenseMatrix<Ring>>(*ring, n, n);
  for (std::size_t k = 0; k < entries.size(); ++k)
    matrix->setEntry(k / n, k % n, Givaro::Integer(entries[k].c_str()));
  return [ring, matrix] {
    LinBox::DensePolynomial<Ring> polynomial(*ring);
    LinBox::charpoly(polynomial, *matrix);
    std::vector<int> signs;
    for (std::size_t k = 0; k < polynomial.size(); ++k)
      signs.push_back(Givaro::sign(polynomial[k]));
    return signs;
  };
}

}  // namespace rankscape::bench
