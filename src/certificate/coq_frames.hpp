#pragma once
// Evidence of one matrix with orthonormal columns, or of positive determinant, as terms of proof/orthonormal.v.

#include <rankscape/exact_json.hpp>

#include <string>

namespace rankscape::certificate::coq {

[[nodiscard]] std::string orthonormal(const Json& evidence);
/// Two matrices with ones on the diagonal, lower and upper triangular, after which the square matrix is lower
/// triangular: that its determinant is positive. A certificate has no such evidence, as rankscape-verify computes it.
[[nodiscard]] std::string orientation(const Json& matrix);
/// A row of coordinates, column by column, as a matrix of so many rows.
[[nodiscard]] Json squared(const Json& row, std::size_t rows);

}  // namespace rankscape::certificate::coq
