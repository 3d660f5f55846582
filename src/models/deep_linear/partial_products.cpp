#include "models/deep_linear/partial_products.hpp"

namespace rankscape::deep_linear {

RationalMatrix PartialProducts::through_data(int from, int to) const {
  return multiply({between(0, to), sxy_, between(from, layers())});
}

Index PartialProducts::path_rank(int start, int length) const {
  const auto [entry, added] = ranks_.try_emplace({start, length}, 0);
  if (added) {
    const int last = start + length - 1;
    entry->second = last <= layers() ? rank(between(start, last)) : rank(through_data(start, last - layers() - 1));
  }
  return entry->second;
}

}  // namespace rankscape::deep_linear
