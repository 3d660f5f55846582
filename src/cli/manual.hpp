#pragma once
// The manual page and the completions of shells, from the same description that parses the command line: none of them
// can know an option that the program does not, or lack one.

#include <CLI/App.hpp>
#include <string>

namespace rankscape::cli {

/// rankscape(1) in troff's man macros. \param version  of the program
[[nodiscard]] std::string manual_page(const CLI::App& app, const std::string& version);
/// For bash: completes subcommands, options, files. To be sourced, or installed as
/// bash-completion/completions/rankscape.
[[nodiscard]] std::string bash_completion(const CLI::App& app);
/// For zsh: a file `_rankscape` in a folder of $fpath.
[[nodiscard]] std::string zsh_completion(const CLI::App& app);

}  // namespace rankscape::cli
