// rankscape help: what a command takes; the manual page and the completions of shells.
#include <iostream>
#include <memory>
#include <rankscape/error.hpp>
#include <rankscape/report/tool.hpp>

#include "cli/command.hpp"
#include "cli/manual.hpp"
#include "cli/usage.hpp"

namespace rankscape::cli {

namespace {

struct HelpOptions {
  std::string command;
  bool man = false;
  bool bash = false;
  bool zsh = false;
};

int help(const CLI::App& app, const HelpOptions& options) {
  if (static_cast<int>(options.man) + static_cast<int>(options.bash) + static_cast<int>(options.zsh) +
          static_cast<int>(!options.command.empty()) >
      1) {
    throw InputError("help: expected a command, or one of --man, --bash, --zsh");
  }
  if (options.man) {
    std::cout << manual_page(app, tool_info().version);
  } else if (options.bash) {
    std::cout << bash_completion(app);
  } else if (options.zsh) {
    std::cout << zsh_completion(app);
  } else if (options.command.empty()) {
    // app.help() would be that of the command that was parsed, this one
    std::cout << app.get_formatter()->make_help(&app, app.get_name(), CLI::AppFormatMode::Normal);
  } else {
    check_subcommand(app, options.command);
    std::cout << app.get_subcommand(options.command)->help(app.get_name());
  }
  return success;
}

}  // namespace

void add_help(CLI::App& app, Action& chosen) {
  CLI::App* command = app.add_subcommand("help", "what a command takes; the manual page, completions for shells");
  auto options = std::make_shared<HelpOptions>();
  command->add_option("command", options->command, "the command");
  command->add_flag("--man", options->man, "print the manual page, for man -l");
  command->add_flag("--bash", options->bash, "print the completions for bash");
  command->add_flag("--zsh", options->zsh, "print the completions for zsh");
  command->callback([options, &app, &chosen] { chosen = [options, &app] { return help(app, *options); }; });
}

}  // namespace rankscape::cli
