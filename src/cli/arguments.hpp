#pragma once
// What several subcommands share: how arguments are read, where results are written.

#include "answers/arguments.hpp"
#include "answers/library.hpp"

#include <rankscape/exact_json.hpp>

#include <iosfwd>
#include <string>

namespace rankscape::cli {

/// Where a command prints for people: the standard output, unless a file that it writes goes there.
[[nodiscard]] std::ostream& words_beside(const std::string& file);

/// Indented, a matrix with a line a row; whole or not at all ("-" is the standard output). \throws InputError
void write_json(const std::string& path, const Json& json);

}  // namespace rankscape::cli
