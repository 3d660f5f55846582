#pragma once
// Eigenvalues of a symmetric matrix that acts on a subspace: on the complement it is zero, and those zeros do not
// count.

#include <rankscape/numeric/eigen.hpp>

namespace rankscape {

/// The eigenvalues of `a` on a subspace that it maps into itself and outside of which it is zero, increasing.
/// \param on_subspace  its inertia there; the numbers add up to the dimension
[[nodiscard]] inline std::vector<Enclosure> enclose_eigenvalues_on(const Inertia& on_subspace, const RationalMatrix& a,
                                                                   const EigenOptions& options = {}) {
  const Index others = a.rows() - on_subspace.negative - on_subspace.zero - on_subspace.positive;
  const Inertia whole{on_subspace.negative, on_subspace.zero + others, on_subspace.positive};
  std::vector<Enclosure> values = enclose_eigenvalues(a, whole, options).values;
  const auto first = values.begin() + on_subspace.negative;
  values.erase(first, first + others);
  return values;
}

}  // namespace rankscape
