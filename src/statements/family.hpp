#pragma once
// Does a statement have the same truth at all points that agree in certain features? Such a statement, once the
// features are known for a whole family of points, needs to be judged at one of them only.

#include <rankscape/statements/statement.hpp>

#include <functional>

namespace rankscape::statements {

/// Is the feature at this position constant on the family? For a matrix: is its rank? For a sequence: are the order of
/// its entries and their number?
using ConstantFeature = std::function<bool(std::size_t position)>;

/// Cases, claims and the definitions that they use are built from constant features alone: matrices only as rank(M),
/// sequences only as distinct(s) or in comparisons s(i) < s(j) of entries of one sequence. Hypotheses are not looked
/// at: they say where the statement speaks, not what it says. "No" only means that this was not seen.
[[nodiscard]] bool constant_on_family(const Statement& statement, const ConstantFeature& constant);

}  // namespace rankscape::statements
