#include "cli/manual.hpp"

#include <algorithm>
#include <vector>

namespace rankscape::cli {

namespace {

std::vector<const CLI::App*> commands_of(const CLI::App& app) {
  return app.get_subcommands([](const CLI::App* command) { return !command->get_group().empty(); });
}

std::vector<const CLI::Option*> options_of(const CLI::App& command) {
  return command.get_options([](const CLI::Option* option) { return option->nonpositional(); });
}

std::vector<const CLI::Option*> positionals_of(const CLI::App& command) {
  return command.get_options([](const CLI::Option* option) { return option->get_positional(); });
}

// {"-h", "--help"}
std::vector<std::string> spellings(const CLI::Option& option) {
  std::vector<std::string> names;
  for (const std::string& name : option.get_snames())
    names.push_back("-" + name);
  for (const std::string& name : option.get_lnames())
    names.push_back("--" + name);
  return names;
}

bool takes_value(const CLI::Option& option) {
  return option.get_items_expected_max() > 0;
}

// For troff: a backslash is its escape, a line must not begin with its control characters, - is not a hyphen.
std::string troff(const std::string& text) {
  std::string result;
  for (const char c : text) {
    if (c == '\\') {
      result += "\\e";
    } else if (c == '-') {
      result += "\\-";
    } else if ((c == '.' || c == '\'') && result.empty()) {
      result += std::string("\\&") + c;
    } else {
      result += c;
    }
  }
  return result;
}

std::string positional_text(const CLI::Option& option) {
  std::string name = option.get_name(true);
  std::transform(name.begin(), name.end(), name.begin(),
                 [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; });
  if (option.get_items_expected_max() > 1) name += " ...";
  return option.get_required() ? name : "[" + name + "]";
}

std::string troff_options(const CLI::App& command) {
  std::string text;
  for (const CLI::Option* option : positionals_of(command))
    text += ".TP\n.I " + troff(positional_text(*option)) + "\n" + troff(option->get_description()) + "\n";
  for (const CLI::Option* option : options_of(command)) {
    std::string names;
    for (const std::string& name : spellings(*option))
      names += (names.empty() ? "\\fB" : ", \\fB") + troff(name) + "\\fR";
    if (takes_value(*option)) names += " \\fIVALUE\\fR";
    text += ".TP\n" + names + "\n" + troff(option->get_description()) + (option->get_required() ? " (required)" : "") +
            "\n";
  }
  return text;
}

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words)
    text += (text.empty() ? "" : " ") + word;
  return text;
}

std::vector<std::string> all_spellings(const CLI::App& command, bool only_with_value) {
  std::vector<std::string> names;
  for (const CLI::Option* option : options_of(command)) {
    if (only_with_value && !takes_value(*option)) continue;
    for (std::string& name : spellings(*option))
      names.push_back(std::move(name));
  }
  return names;
}

// Inside '..[..]..' of zsh's _arguments.
std::string zsh_text(const std::string& text) {
  std::string result;
  for (const char c : text) {
    if (c == '\'') {
      result += "'\\''";
    } else if (c == '[' || c == ']' || c == ':' || c == '\\') {
      result += std::string("\\") + c;
    } else {
      result += c;
    }
  }
  return result;
}

std::string zsh_options(const CLI::App& command, const std::string& indent) {
  std::string text;
  for (const CLI::Option* option : options_of(command)) {
    const bool repeatable = option->get_multi_option_policy() == CLI::MultiOptionPolicy::TakeAll;
    for (const std::string& name : spellings(*option)) {
      text += " \\\n";
      text += indent;
      text += repeatable ? "'*" : "'";
      text += name;
      text += '[';
      text += zsh_text(option->get_description());
      text += takes_value(*option) ? "]:value:_files'" : "]'";
    }
  }
  return text;
}

}  // namespace

std::string manual_page(const CLI::App& app, const std::string& version) {
  std::string page = ".TH RANKSCAPE 1 \"\" \"rankscape " + troff(version) + "\" \"User Commands\"\n.SH NAME\n" +
                     "rankscape \\- machine\\-checked case tables for theorems about loss landscapes\n.SH SYNOPSIS\n";
  for (const CLI::App* command : commands_of(app)) {
    if (!page.ends_with("SYNOPSIS\n")) page += ".br\n";
    page += ".B rankscape " + troff(command->get_name()) + "\n";
    for (const CLI::Option* option : positionals_of(*command))
      page += ".I " + troff(positional_text(*option)) + "\n";
    page += "[\\fIOPTION\\fR ...]\n";
  }
  page +=
      ".SH DESCRIPTION\nBuilds critical points of loss landscapes exactly, certifies each second\\-order verdict by "
      "exact "
      "arithmetic, and compares it with what a statement file says. Results go to the standard output, progress and "
      "messages to the standard error.\n.SH OPTIONS\n" +
      troff_options(app) + ".SH COMMANDS\n";
  for (const CLI::App* command : commands_of(app)) {
    page += ".SS " + troff(command->get_name()) + "\n" + troff(command->get_description()) + ".\n" +
            troff_options(*command);
  }
  page += ".SH EXIT STATUS\n";
  const std::vector<std::pair<const char*, const char*>> codes = {
      {"0", "everything in agreement"},
      {"1", "refuted, with a certified counterexample"},
      {"2", "unusable input; one line on the standard error says what, where and why"},
      {"3", "undecided, or nothing was judged"},
      {"4", "a certificate was rejected"},
      {"70", "a defect of the program"}};
  for (const auto& [code, meaning] : codes)
    page += std::string(".TP\n.B ") + code + "\n" + meaning + "\n";
  return page + ".SH SEE ALSO\n.BR rankscape\\-verify (1)\n";
}

std::string bash_completion(const CLI::App& app) {
  std::vector<std::string> names;
  std::string options;
  std::string values;
  for (const CLI::App* command : commands_of(app)) {
    names.push_back(command->get_name());
    options += "    " + command->get_name() + ") options=\"" + joined(all_spellings(*command, false)) + "\" values=\"" +
               joined(all_spellings(*command, true)) + "\" ;;\n";
  }
  return "# Completion of rankscape for bash; written by `rankscape help --bash`.\n"
         "_rankscape() {\n"
         "  local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD-1]} options values\n"
         "  local commands=\"" +
         joined(names) +
         "\"\n"
         "  if [ \"$COMP_CWORD\" -eq 1 ]; then\n"
         "    COMPREPLY=($(compgen -W \"$commands " +
         joined(all_spellings(app, false)) +
         "\" -- \"$current\"))\n"
         "    return\n  fi\n"
         "  if [ \"${COMP_WORDS[1]}\" = help ]; then\n"
         "    COMPREPLY=($(compgen -W \"$commands\" -- \"$current\"))\n"
         "    [ \"${current:0:1}\" = - ] || return\n  fi\n"
         "  case ${COMP_WORDS[1]} in\n" +
         options +
         "  esac\n"
         "  if [ \"${current:0:1}\" = - ] && [[ \" $values \" != *\" $previous \"* ]]; then\n"
         "    COMPREPLY=($(compgen -W \"$options\" -- \"$current\"))\n"
         "  else\n"
         "    COMPREPLY=($(compgen -f -- \"$current\"))\n  fi\n"
         "}\n"
         "complete -o filenames -F _rankscape rankscape\n";
}

std::string zsh_completion(const CLI::App& app) {
  std::string described;
  std::string cases;
  for (const CLI::App* command : commands_of(app)) {
    described += "  '" + command->get_name() + ":" + zsh_text(command->get_description()) + "'\n";
    cases += "  " + command->get_name() + ")\n    _arguments -S" + zsh_options(*command, "      ") +
             (command->get_name() == "help"      ? " \\\n      '1:command:->command'\n"
              : positionals_of(*command).empty() ? "\n"
                                                 : " \\\n      '*:file:_files'\n") +
             (command->get_name() == "help" ? "    [ \"$state\" = command ] && _describe command commands\n" : "") +
             "    ;;\n";
  }
  return "#compdef rankscape\n# Completion of rankscape for zsh; written by `rankscape help --zsh`.\n"
         "_rankscape() {\nlocal state\nlocal -a commands\ncommands=(\n" +
         described +
         ")\n"
         "if (( CURRENT == 2 )); then\n  _arguments" +
         zsh_options(app, "    ") +
         " \\\n    '1:command:->command'\n  [ \"$state\" = command ] && _describe command commands\n  return\nfi\n"
         "local command=$words[2]\nshift words\n(( CURRENT-- ))\n"
         "case $command in\n" +
         cases + "esac\n}\n_rankscape \"$@\"\n";
}

}  // namespace rankscape::cli
