#pragma once
// A subcommand is one file: it declares its options on the application and leaves what to do when it is chosen.

#include <CLI/App.hpp>
#include <functional>
#include <string>
#include <vector>

namespace rankscape::cli {

/// Exit codes of the contract.
enum Exit : int { success = 0, refuted = 1, bad_input = 2, undecided = 3, rejected = 4, internal_fault = 70 };

/// Runs the chosen subcommand; returns the exit code.
using Action = std::function<int()>;

/// Each registers its subcommand on `app` and sets `chosen` when it is parsed.
void add_check(CLI::App& app, Action& chosen);
void add_classify(CLI::App& app, Action& chosen);
void add_derive(CLI::App& app, Action& chosen);
void add_values(CLI::App& app, Action& chosen);
void add_strata(CLI::App& app, Action& chosen);
void add_point(CLI::App& app, Action& chosen);
void add_inertia(CLI::App& app, Action& chosen);
void add_list(CLI::App& app, Action& chosen);
void add_regions(CLI::App& app, Action& chosen);
void add_explore(CLI::App& app, Action& chosen);
void add_landscape(CLI::App& app, Action& chosen);
void add_merge(CLI::App& app, Action& chosen);
void add_near(CLI::App& app, Action& chosen);
void add_solve(CLI::App& app, Action& chosen);
/// Last: it describes the others.
void add_help(CLI::App& app, Action& chosen);

}  // namespace rankscape::cli
