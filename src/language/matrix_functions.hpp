#pragma once
// What the functions of matrices mean that are more than one call of the exact linear algebra. All throw Undefined.

#include <rankscape/value.hpp>

#include <span>

namespace rankscape::language {

// --- built from others --------------------------------------------------------------------------------------------
[[nodiscard]] Value entry_of(std::span<const Value> v);                            // matrix, row, column
[[nodiscard]] Value entries_of(std::span<const Value> v);                          // matrix: row by row
[[nodiscard]] Value block_of(std::span<const Value> v);                            // matrix, rows, columns
[[nodiscard]] Value diagonal_of(std::span<const Value> v);                         // sequence
[[nodiscard]] Value hadamard_of(std::span<const Value> v);                         // two matrices
[[nodiscard]] Value kronecker_of(std::span<const Value> v);                        // two matrices
[[nodiscard]] Value inner_of(std::span<const Value> v);                            // two matrices
[[nodiscard]] Value norm2_of(std::span<const Value> v);                            // matrix
[[nodiscard]] Value constant_of(std::span<const Value> v, const Rational& entry);  // rows, columns
[[nodiscard]] Value identity_of(std::span<const Value> v);                         // rows

// Throws unless it is the shape of a matrix that may be built.
void check_shape(long rows, long cols);

// --- ranges and spectra -------------------------------------------------------------------------------------------
[[nodiscard]] Value inverse_of(std::span<const Value> v);
[[nodiscard]] Value projector_of(std::span<const Value> v);
[[nodiscard]] Value kernel_of(std::span<const Value> v);
[[nodiscard]] Value eigenvalues_of(std::span<const Value> v);
[[nodiscard]] Value eigenvalues_on_of(std::span<const Value> v);  // symmetric matrix, matrix whose range is meant
[[nodiscard]] Value singular_of(std::span<const Value> v);
[[nodiscard]] Value singular_on_of(std::span<const Value> v);  // matrix, matrix whose range is meant
[[nodiscard]] Value positions_of(std::span<const Value> v);    // sequence, sequence

// The matrix, if it is square. `what` is asked of it.
[[nodiscard]] const RationalMatrix& square_matrix(const Value& value, std::string_view what);

}  // namespace rankscape::language
