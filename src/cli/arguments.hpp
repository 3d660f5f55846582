#pragma once
// Arguments that several subcommands share: lists of numbers, JSON output.

#include <rankscape/exact/rational.hpp>
#include <rankscape/exact_json.hpp>

#include <string>
#include <vector>

namespace rankscape::cli {

/// `3,3,3`: integers from 0 to 10^6, separated by commas. \param option  named in messages \throws InputError
[[nodiscard]] std::vector<long> parse_integers(const std::string& text, const std::string& option);

/// `9,4,1/2`: exact rationals, separated by commas. \throws InputError
[[nodiscard]] std::vector<Rational> parse_rationals(const std::string& text, const std::string& option);

/// Seconds, a positive decimal. \throws InputError
[[nodiscard]] double parse_seconds(const std::string& text, const std::string& option);

/// Indented, a matrix with a line a row; whole or not at all ("-" is the standard output). \throws InputError
void write_json(const std::string& path, const Json& json);

}  // namespace rankscape::cli
