#pragma once
// Arguments as text: lists of numbers, shapes, seconds. Errors name the option.

#include <rankscape/exact/rational.hpp>
#include <rankscape/landscape.hpp>

#include <string>
#include <vector>

namespace rankscape {

/// `3,3,3`: integers from 0 to 10^6, separated by commas. \param option  named in messages \throws InputError
[[nodiscard]] std::vector<long> parse_integers(const std::string& text, const std::string& option);

/// `a,b`: the words between commas; none of an empty text.
[[nodiscard]] std::vector<std::string> parse_words(const std::string& text);

/// Shapes as the command line spells them: `2,2,2`, `[3,2],[1]`. \throws InputError
[[nodiscard]] std::vector<Shape> parse_shapes(const std::vector<std::string>& texts, const std::string& option);

/// `9,4,1/2`: exact rationals, separated by commas. \throws InputError
[[nodiscard]] std::vector<Rational> parse_rationals(const std::string& text, const std::string& option);

/// Seconds, a positive decimal. \throws InputError
[[nodiscard]] double parse_seconds(const std::string& text, const std::string& option);

}  // namespace rankscape
