// rankscape help: what a command takes; the manual page and the completions of shells.
#include <iostream>
#include <memory>
#include <rankscape/error.hpp>
#include <rankscape/report/tool.hpp>

#include "cli/command.hpp"
#include "cli/manual.hpp"

namespace rankscape::cli {

namespace {

struct Options {
  std::string command;
  bool man = false;
  bool bash = false;
  bool zsh = false;
};

int help(const CLI::App& app, const Options& options) {
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
    std::cout << app.help();
  } else {
    const auto named =
        app.get_subcommands([&](const CLI::App* command) { return command->get_name() == options.command; });
    if (named.empty()) throw InputError("help " + options.command + ": no such command; `rankscape help` names them");
    std::cout << named.front()->help(app.get_name());
  }
  return success;
}

}  // namespace

void add_help(CLI::App& app, Action& chosen) {
  CLI::App* command = app.add_subcommand("help", "what a command takes; the manual page, completions for shells");
  auto options = std::make_shared<Options>();
  command->add_option("command", options->command, "the command");
  command->add_flag("--man", options->man, "print the manual page, for man -l");
  command->add_flag("--bash", options->bash, "print the completions for bash");
  command->add_flag("--zsh", options->zsh, "print the completions for zsh");
  command->callback([options, &app, &chosen] { chosen = [options, &app] { return help(app, *options); }; });
}

}  // namespace rankscape::cli
