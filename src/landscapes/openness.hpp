#pragma once
// Which words and conditions speak of the weights, and which conditions on weights hold at all neighbours of a point
// where they hold: verdicts are about neighbourhoods.

#include <vector>

#include <rankscape/landscape.hpp>

#include "landscapes/words.hpp"

namespace rankscape {

/// By position: the word depends on sizes and data alone.
[[nodiscard]] std::vector<char> words_of_data(const Words& words);
/// Does the formula depend on sizes and data alone?
[[nodiscard]] bool is_of_data(const Expr& tree, const std::vector<char>& of_data);

/// \throws InputError  the domain leaves out some weights
void check_domain_of_data(const Landscape& landscape);

/// Is the set of weights at which the condition holds open, by its form? Conditions without weights are; `<`, `>`, `!=`
/// between numbers or matrices that are continuous by their form; `invertible`; and, or, all, any of these.
[[nodiscard]] bool is_open(const Expr& condition, const Words& words);

/// Of an open condition: where it speaks of weights, the same with equality admitted, so that it holds on the boundary
/// too.
[[nodiscard]] ExprPtr with_boundary(const ExprPtr& condition, const std::vector<char>& of_data);

}  // namespace rankscape
