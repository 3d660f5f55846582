#pragma once
// The loss of matrix sensing as a formula in the entries of U, A_1, ..., A_m, b.

#include <rankscape/model.hpp>

#include "symbolic/formula.hpp"

namespace rankscape::matrix_sensing {

/// \param shape  {n, k}: U is n x k. Parameters: the A_l (n x n, not taken to be symmetric) in order, then b.
/// \throws InputError  shape not two positive numbers; more than 2000 symbols
[[nodiscard]] symbolic::Formula loss_formula(const Shape& shape, long measurements);

}  // namespace rankscape::matrix_sensing
