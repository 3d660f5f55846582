#pragma once
// The loss of the deep linear network as a formula, for derivation.

#include <rankscape/model.hpp>

namespace rankscape::deep_linear {

/// || W_H...W_1 X - Y ||_F^2 with every entry of W_1..W_H (variables), X and Y (parameters, in this order) a symbol.
/// \param widths   d_0 .. d_H
/// \param samples  columns of X and Y
/// \throws InputError  fewer than two layers, a width or sample count below 1, more than 2,000 symbols
[[nodiscard]] symbolic::Formula loss_formula(const Shape& widths, long samples);

}  // namespace rankscape::deep_linear
