// The command line: one subcommand a file, and the one place where errors become exit codes.
#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <csignal>
#include <iostream>
#include <new>
#include <rankscape/error.hpp>
#include <rankscape/report/tool.hpp>

#include "cli/command.hpp"
#include "cli/usage.hpp"
#include "text/utf8.hpp"

namespace {

using namespace rankscape;

// Messages are one line, whatever stands in the file name or the token that they quote.
int complain(const std::string& message, int code) {
  std::cerr << "rankscape: " << text::printable(message) << '\n';
  return code;
}

void flush_output() {
  std::cout.flush();
  if (!std::cout) throw InputError("the standard output cannot be written");
}

int run_command(int argc, char** argv) {
  CLI::App app{"rankscape: machine-checked case tables for theorems about loss landscapes", "rankscape"};
  app.require_subcommand(1);
  app.set_version_flag("--version", "rankscape " + tool_info().version);
  cli::Action chosen;
  cli::add_check(app, chosen);
  cli::add_classify(app, chosen);
  cli::add_derive(app, chosen);
  cli::add_strata(app, chosen);
  cli::add_values(app, chosen);
  cli::add_point(app, chosen);
  cli::add_inertia(app, chosen);
  cli::add_list(app, chosen);
  cli::add_regions(app, chosen);
  cli::add_explore(app, chosen);
  cli::add_landscape(app, chosen);
  cli::add_merge(app, chosen);
  cli::add_near(app, chosen);
  cli::add_solve(app, chosen);
  cli::add_help(app, chosen);
  for (CLI::App* command : app.get_subcommands([](const CLI::App*) { return true; }))
    command->set_version_flag("--version", "rankscape " + tool_info().version);
  if (argc > 1 && argv[1][0] != '-') cli::check_subcommand(app, argv[1]);
  try {
    app.parse(argc, argv);
  } catch (const CLI::Success& wanted) {  // --help, --version
    const int code = app.exit(wanted);
    flush_output();
    return code;
  } catch (const CLI::ParseError& error) {
    return complain(std::string(error.what()) + " (see --help)", cli::bad_input);
  }
  for (const CLI::App* command : app.get_subcommands())
    cli::check_usage(*command);
  const int code = chosen();
  flush_output();
  return code;
}

}  // namespace

int main(int argc, char** argv) {
  std::signal(SIGXFSZ, SIG_IGN);  // a file that may not grow: writing then fails with a reason
  try {
    return run_command(argc, argv);
  } catch (const InputError& error) {
    return complain(error.what(), cli::bad_input);
  } catch (const std::bad_alloc&) {
    return complain("out of memory: the input is too large", cli::bad_input);
  } catch (const std::exception& error) {
    // a disagreement between two derivations, or another defect: never a verdict
    return complain(std::string("internal fault, please report it: ") + error.what(), cli::internal_fault);
  }
}
