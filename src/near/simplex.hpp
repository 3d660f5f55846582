#pragma once
// Phase one of the simplex method over the rationals, for linear programs of a few dozen unknowns.

#include <rankscape/exact/rational.hpp>

#include <optional>
#include <vector>

namespace rankscape::near {

/// m >= 0 with rows[i] . m = right[i] (equality) or >= right[i].
struct LinearProgram {
  std::vector<std::vector<Rational>> rows;
  std::vector<Rational> right;
  std::vector<bool> equality;
};

/// y with y . rows <= 0 in every column, y >= 0 on the inequalities and y . right > 0: no m exists. Nothing when there
/// is a solution. Checked exactly here. \throws std::logic_error  the check fails: a defect
[[nodiscard]] std::optional<std::vector<Rational>> farkas_vector(const LinearProgram& program);

}  // namespace rankscape::near
