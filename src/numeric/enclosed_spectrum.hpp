#pragma once
// What intervals say of the rank and the eigenvalues of the matrix inside: lower bounds and enclosures. That a rank is
// not larger, no interval of positive width says.

#include "numeric/enclosed_matrix.hpp"

#include <vector>

namespace rankscape {

/// Every matrix inside has at least this rank: a block of that size, chosen in doubles, is shown to be regular.
[[nodiscard]] Index rank_at_least(const EnclosedMatrix& a);

/// 10^-40, below what the entries of a proved point leave open.
[[nodiscard]] const Rational& fine_width();

/// The k-th encloses the k-th largest eigenvalue of every symmetric matrix inside: those of the midpoint, and what the
/// entries leave open (Weyl). \pre square
/// \param width  of the enclosures for the midpoint
[[nodiscard]] std::vector<Enclosure> enclosed_eigenvalues(const EnclosedMatrix& a,
                                                          const Rational& width = fine_width());

}  // namespace rankscape
