#pragma once
// Arguments that several subcommands share: lists of numbers, JSON output.

#include <rankscape/exact/rational.hpp>
#include <rankscape/landscape.hpp>
#include <rankscape/statements/statement.hpp>

#include <iosfwd>
#include <memory>
#include <string>
#include <vector>

namespace rankscape::cli {

/// `3,3,3`: integers from 0 to 10^6, separated by commas. \param option  named in messages \throws InputError
[[nodiscard]] std::vector<long> parse_integers(const std::string& text, const std::string& option);

/// `a,b`: the words between commas; none of an empty text.
[[nodiscard]] std::vector<std::string> parse_words(const std::string& text);

/// Shapes as the command line spells them: `2,2,2`, `[3,2],[1]`. \throws InputError
[[nodiscard]] std::vector<Shape> parse_shapes(const std::vector<std::string>& texts, const std::string& option);

/// The landscapes there are: those installed, and of the folder that `--landscapes` names (or empty).
/// \throws InputError  it is no folder
[[nodiscard]] std::unique_ptr<const Library> landscape_library(const std::string& folder);

/// The file of a statement: `name` itself where there is such a file, else the statement of the installed library that
/// has this id (`kawaguchi2016`). \throws InputError  there is neither
[[nodiscard]] std::string statement_file(const std::string& name);
/// What stands there, read with the landscapes of `library` and those beside the file. \throws InputError
[[nodiscard]] Statement read_statement(const std::string& name, const Library& library);

/// `9,4,1/2`: exact rationals, separated by commas. \throws InputError
[[nodiscard]] std::vector<Rational> parse_rationals(const std::string& text, const std::string& option);

/// Seconds, a positive decimal. \throws InputError
[[nodiscard]] double parse_seconds(const std::string& text, const std::string& option);

/// Where a command prints for people: the standard output, unless a file that it writes goes there.
[[nodiscard]] std::ostream& words_beside(const std::string& file);

/// Indented, a matrix with a line a row; whole or not at all ("-" is the standard output). \throws InputError
void write_json(const std::string& path, const Json& json);

}  // namespace rankscape::cli
