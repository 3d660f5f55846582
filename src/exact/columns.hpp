#pragma once
// Which columns are independent, where their positions count and not only their span.

#include <rankscape/exact/matrix.hpp>

#include <vector>

namespace rankscape {

/// The positions of the columns of column_basis(a), ascending.
[[nodiscard]] std::vector<Index> independent_columns(const RationalMatrix& a);

}  // namespace rankscape
