#pragma once
// Landscapes and statements by the names that users give them.

#include <rankscape/landscape.hpp>
#include <rankscape/statements/statement.hpp>

#include <memory>
#include <string>

namespace rankscape {

/// The landscapes there are: those installed, and of the folder that `--landscapes` names (or empty).
/// \throws InputError  it is no folder
[[nodiscard]] std::unique_ptr<const Library> landscape_library(const std::string& folder);

/// The file of a statement: `name` itself where there is such a file, else the statement of the installed library that
/// has this id (`kawaguchi2016`). \throws InputError  there is neither
[[nodiscard]] std::string statement_file(const std::string& name);
/// What stands there, read with the landscapes of `library` and those beside the file. \throws InputError
[[nodiscard]] Statement read_statement(const std::string& name, const Library& library);

}  // namespace rankscape
