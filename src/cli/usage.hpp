#pragma once
// What no single option can see: outputs that would overwrite an input or each other, values that a reader of numbers
// would bend. Options say by their type what they name.

#include <CLI/App.hpp>
#include <string>

namespace rankscape::cli {

inline constexpr const char* input_file = "INPUT";      ///< type_name of what is read
inline constexpr const char* output_file = "OUTPUT";    ///< of a file that is written ("-" is the standard output)
inline constexpr const char* output_folder = "FOLDER";  ///< of a folder that is filled

/// Before anything runs: every output is another file than all inputs and outputs, whatever links and spellings lead
/// there, and none lies in a folder that is filled; no name is empty; --seed is an integer from 0 to 2^64 - 1 and
/// --time-limit a number of seconds. \throws InputError  names the options
void check_usage(const CLI::App& command);

/// What an earlier run left in a folder is not overwritten unasked; the halves of files of a killed run do not count.
/// \throws InputError  the folder holds something
void check_empty(const std::string& folder);

/// \throws InputError  there is no such subcommand; names the nearest
void check_subcommand(const CLI::App& app, const std::string& name);

}  // namespace rankscape::cli
