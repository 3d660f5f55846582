#pragma once
// Subsets of {1..n} of one size, in lexicographic order.

#include <functional>
#include <numeric>
#include <vector>

namespace rankscape {

inline void for_each_subset(int n, int k, const std::function<void(const std::vector<int>&)>& visit) {
  std::vector<int> subset(static_cast<std::size_t>(k));
  std::iota(subset.begin(), subset.end(), 1);
  while (true) {
    visit(subset);
    int i = k - 1;
    while (i >= 0 && subset[static_cast<std::size_t>(i)] == n - k + i + 1)
      --i;
    if (i < 0) return;
    int next = ++subset[static_cast<std::size_t>(i)];
    for (int j = i + 1; j < k; ++j)
      subset[static_cast<std::size_t>(j)] = ++next;
  }
}

}  // namespace rankscape
