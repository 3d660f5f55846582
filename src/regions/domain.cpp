// The instances that statements about regions are checked on, and the boxes of X's.
#include <rankscape/error.hpp>

#include "regions/quantities.hpp"

namespace rankscape::regions {

namespace {

std::shared_ptr<const program::EnclosedLoss> factorization(Index n, Index k) {
  program::Builder b;
  const program::Node m = b.input(program::Input{"M", n, n, false, true});
  const program::Node x = b.input("X", n, k, true);
  const program::Node residual = b.subtract(b.multiply(x, b.transpose(x)), m);
  return std::make_shared<program::EnclosedLoss>(b.finish({{"loss", b.scale(Rational(1, 4), b.norm2(residual))}}));
}

}  // namespace

RationalMatrix RegionData::M() const {
  RationalMatrix m = RationalMatrix::Zero(n, n);
  for (Index i = 0; i < k(); ++i)
    m(i, i) = squares[static_cast<std::size_t>(i)];
  return m;
}

RegionData region_data(const std::vector<long>& sizes, std::string_view name) {
  if (sizes.size() != 2 || sizes[1] < 1 || sizes[1] > 2 || sizes[0] < sizes[1] || sizes[0] > 4) {
    throw InputError("regions: sizes are [n, k] with k <= n <= 4 and k <= 2");
  }
  RegionData data;
  data.n = sizes[0];
  data.loss = factorization(sizes[0], sizes[1]);
  if (name == "steep" && sizes[1] == 2) {
    data.squares = {Rational(313, 1250), Rational(1, 1000)};
    return data;
  }
  if (name != "equal" && name != "graded") {
    throw InputError("data '" + std::string(name) + "' is unknown; regions know equal, graded and, for k = 2, steep");
  }
  for (long i = 1; i <= sizes[1]; ++i) {
    data.sigma.push_back(name == "equal" ? Rational(1, 2) : Rational(1, 2 * i));
    data.squares.emplace_back(data.sigma.back() * data.sigma.back());
  }
  return data;
}

EnclosedMatrix standard_domain(const RegionData& data, const Rational& bound) {
  EnclosedMatrix domain(data.n, data.k());
  for (Index j = 0; j < domain.cols; ++j) {
    for (Index i = j; i < domain.rows; ++i)
      domain(i, j) = {i == j ? Rational(0) : -bound, bound};
  }
  return domain;
}

}  // namespace rankscape::regions
