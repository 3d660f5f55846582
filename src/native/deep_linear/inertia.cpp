#include "native/deep_linear/inertia.hpp"

#include <algorithm>
#include <functional>

namespace rankscape::deep_linear {

StringForm string_form(const Stratum& strings) {
  const int H = strings.layers;
  StringForm form;
  for (const auto& [v, m_v] : strings.multiplicity) {
    const int v_last = last_node(v, H);
    const bool v_outer = is_outer(v, H);
    for (const auto& [u, m_u] : strings.multiplicity) {
      const bool reaches = v.start <= last_node(u, H) + 1;
      const bool u_outer = is_outer(u, H);
      if (v_outer && reaches && (u_outer || u.start <= v_last + 1)) form.planes += m_v * m_u;
      if (!v_outer && v_last == H && !u_outer && u.start == 0 && reaches) form.squares += m_v * m_u;
    }
  }
  return form;
}

SpectralOrder spectral_order(const std::vector<RealRoot>& selected, const std::vector<RealRoot>& unselected) {
  SpectralOrder order;
  std::size_t above = 0;
  std::size_t not_below = 0;
  for (const RealRoot& s : selected) {
    while (above < unselected.size() && unselected[above] > s)
      ++above;
    not_below = std::max(not_below, above);
    while (not_below < unselected.size() && unselected[not_below] == s)
      ++not_below;
    order.inversions += static_cast<long>(above);
    order.ties += static_cast<long>(not_below - above);
  }
  return order;
}

Inertia inertia_of(long parameters, long inputs, long outputs, long r, const SpectralOrder& order,
                   const StringForm& strings) {
  Inertia inertia;
  inertia.negative = order.inversions + strings.planes;
  inertia.positive = r * (inputs + outputs - r) - order.inversions - order.ties + strings.planes + strings.squares;
  inertia.zero = parameters - inertia.negative - inertia.positive;
  return inertia;
}

std::vector<RealRoot> eigenvalues_by_blocks(const RationalMatrix& symmetric) {
  std::vector<RealRoot> all;
  all.reserve(static_cast<std::size_t>(symmetric.rows()));
  for (const std::vector<Index>& block : connected_components(symmetric)) {
    if (block.size() == 1) {
      all.emplace_back(symmetric(block.front(), block.front()));
      continue;
    }
    for (RealRoot& root : real_eigenvalues(symmetric(block, block)))
      all.push_back(std::move(root));
  }
  std::sort(all.begin(), all.end(), std::greater<>());
  return all;
}

Index largest_block(const RationalMatrix& symmetric) {
  std::size_t largest = 0;
  for (const std::vector<Index>& block : connected_components(symmetric))
    largest = std::max(largest, block.size());
  return static_cast<Index>(largest);
}

}  // namespace rankscape::deep_linear
