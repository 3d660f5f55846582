#pragma once
// A symmetric matrix with null vectors that somebody knows, such as the values of symmetries at a critical point:
// <grad f, xi> = 0 for all weights, so H xi = 0 there. What is called a null vector is multiplied out before it counts.
//
// Let t have c null vectors of a as columns, with the rows J of t independent, and let I be the other rows. Then
// p = [e_I, t] is not singular, and p^T a p has a_II on its diagonal and zeros elsewhere. So the inertia of a is that
// of a_II and c zeros: exactly, whatever else is unknown.

#include "exact/inertia_sandwich.hpp"

#include <rankscape/exact/inertia.hpp>
#include <rankscape/exact/matrix.hpp>

#include <functional>
#include <utility>
#include <vector>

namespace rankscape::exact {

/// The entries of a vector that are not zero, by position.
using SparseVector = std::vector<std::pair<Index, Rational>>;

/// The rows J of the head of this file, ascending, for those of the vectors that a sends to zero.
/// \param a  symmetric \param vectors  positions are rows of a
/// Cost: an operation modulo a word for each entry of the vectors and each row, and an elimination modulo a prime.
[[nodiscard]] std::vector<Index> rows_of_null_vectors(const IntegerMatrix& a, const std::vector<SparseVector>& vectors);

/// inertia(a). Vectors that are no null vectors cost time, nothing else.
/// \param known  asked only where a, or a block of it (up to a permutation), has at least `from` rows
/// \throws std::invalid_argument  a not symmetric
[[nodiscard]] Inertia inertia_beside(const RationalMatrix& a, const std::function<std::vector<SparseVector>()>& known,
                                     Index from = sandwich_size);

}  // namespace rankscape::exact
