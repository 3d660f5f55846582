#pragma once
// All critical values of a deep linear network: what `values` answers on the command line and in Python.

#include <rankscape/exact/rational.hpp>
#include <rankscape/exact_json.hpp>

#include <optional>
#include <string>
#include <vector>

#include "native/deep_linear/strata.hpp"

namespace rankscape::answers {

/// \param lambda  eigenvalues of Sigma, decreasing; or dy^2, .., 4, 1 \throws InputError
[[nodiscard]] Json values(const deep_linear::Widths& widths, const std::optional<std::vector<Rational>>& lambda);
/// \param data  X and Y, or anything with such a "data" (a rankscape-point/1)
/// \param file  theirs, for messages; empty where there is none \throws InputError
[[nodiscard]] Json values_at(const deep_linear::Widths& widths, const Json& data, const std::string& file);

}  // namespace rankscape::answers
