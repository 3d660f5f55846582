#include "native/deep_linear/partial_products.hpp"

#include "native/deep_linear/proved_rank.hpp"

namespace rankscape::deep_linear {

PartialProducts::PartialProducts(const std::vector<RationalMatrix>& weights, RationalMatrix sxy)
    : layers_(static_cast<int>(weights.size())), sxy_(std::move(sxy)) {
  between_.resize((weights.size() + 1) * (weights.size() + 1));
  const auto at = [&](std::size_t from, std::size_t to) -> RationalMatrix& {
    return between_[from * (weights.size() + 1) + to];
  };
  for (std::size_t from = 0; from <= weights.size(); ++from) {
    const Index width = from == 0 ? weights.front().cols() : weights[from - 1].rows();
    at(from, from) = RationalMatrix::Identity(width, width);
    for (std::size_t to = from + 1; to <= weights.size(); ++to)
      at(from, to) = to == from + 1 ? weights[to - 1] : multiply(weights[to - 1], at(from, to - 1));
  }
}

RationalMatrix PartialProducts::through_data(int from, int to) const {
  return multiply({between(0, to), sxy_, between(from, layers())});
}

Index PartialProducts::path_rank(int start, int length) const {
  const auto [entry, added] = ranks_.try_emplace({start, length}, 0);
  if (added) {
    const int last = start + length - 1;
    entry->second = proved_rank(last <= layers() ? between(start, last) : through_data(start, last - layers() - 1));
  }
  return entry->second;
}

}  // namespace rankscape::deep_linear
