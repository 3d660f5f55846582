// The manual page and the completions know every command and every option that the program knows: those are read from
// its
// --help, which is another way through the parser.
#include <doctest/doctest.h>

#include <algorithm>
#include <map>
#include <regex>
#include <set>
#include <sstream>
#include <vector>

#include "cli/program.hpp"

using namespace rankscape::test;

namespace {

// By the command: "--json", "-h". From the indented lines that begin with a dash.
std::map<std::string, std::set<std::string>> options_by_help() {
  std::map<std::string, std::set<std::string>> options;
  bool commands = false;
  for (const std::string& line : lines(shell("rankscape --help").out)) {
    if (line.starts_with("Subcommands:")) commands = true;
    if (commands && line.starts_with("  ") && line[2] != ' ') options[line.substr(2, line.find(' ', 2) - 2)] = {};
  }
  const std::regex option("(^|[ ,])(--?[a-z][a-z-]*)");
  for (auto& [command, names] : options) {
    for (const std::string& line : lines(shell("rankscape " + command + " --help").out)) {
      if (!line.starts_with("  -")) continue;
      // the names stand before the description, which two blanks separate
      const std::string head = line.substr(2, line.find("  ", 2) - 2);
      for (std::sregex_iterator it(head.begin(), head.end(), option); it != std::sregex_iterator(); ++it)
        names.insert((*it)[2]);
    }
  }
  return options;
}

std::string unescaped(const std::string& troff) {
  return std::regex_replace(troff, std::regex(R"(\\-)"), "-");
}

}  // namespace

TEST_SUITE("standard") {
  TEST_CASE("every option of every command is in the manual page and in the completions") {
    const auto options = options_by_help();
    CHECK(options.size() >= 12);
    const std::string page = unescaped(shell("rankscape help --man").out);
    const std::string zsh = shell("rankscape help --zsh").out;
    for (const auto& row : options) {
      const std::string& command = row.first;
      const auto& names = row.second;
      CAPTURE(command);
      CHECK(names.size() >= 2);
      const std::size_t begin = page.find("\n.SS " + command + "\n");
      REQUIRE(begin != std::string::npos);
      const std::string section = page.substr(begin, page.find("\n.S", begin + 1) - begin);
      const std::size_t zsh_begin = zsh.find("\n  " + command + ")\n");
      REQUIRE(zsh_begin != std::string::npos);
      const std::string zsh_section = zsh.substr(zsh_begin, zsh.find(";;", zsh_begin) - zsh_begin);
      // what bash completes after the command
      const Outcome completed = shell("bash -c '. <(rankscape help --bash); COMP_WORDS=(rankscape " + command +
                                      " -); COMP_CWORD=2; _rankscape; printf \"%s\\n\" \"${COMPREPLY[@]}\"'");
      const auto replies = lines(completed.out);
      for (const std::string& name : names) {
        CAPTURE(name);
        CHECK(section.find("\\fB" + name + "\\fR") != std::string::npos);
        CHECK(zsh_section.find(name + "[") != std::string::npos);
        CHECK(std::count(replies.begin(), replies.end(), name) == 1);
      }
      CHECK(shell("rankscape help " + command).out == shell("rankscape " + command + " --help").out);
      CHECK(shell("rankscape " + command + " --version").out == shell("rankscape --version").out);
    }
    const Outcome lint = shell("rankscape help --man | mandoc -T lint -W warning | grep -v \"missing date\"");
    CHECK(lint.out == "");
    CHECK(shell("rankscape help nothing").code == 2);
    CHECK(shell("rankscape help --man --zsh").code == 2);
  }

  TEST_CASE("zsh itself takes its completions: what it offers after two tabs") {
    const TemporaryFolder folder;
    const std::string at = (folder / "").string();
    REQUIRE(shell("rankscape help --zsh > " + at + "_rankscape && zsh -n " + at + "_rankscape").code == 0);
    // a shell in a pseudo-terminal; reads wait for what they name, however long that takes
    write_text(folder / "type.zsh", R"(zmodload zsh/zpty
zpty shell zsh -f -i
zpty -w shell "PS1=; fpath=($1 \$fpath); autoload -U compinit; compinit -u -D; print RE''ADY"
zpty -r shell answer '*READY*'
zpty -n -w shell $'rankscape check --lat\t\t'
zpty -r shell answer '*--latex-table*'
print -r -- "$answer"
zpty -d shell
)");
    const Outcome offered = shell(guarded("zsh -f " + at + "type.zsh " + at));
    CAPTURE(offered.err);
    CHECK(offered.code == 0);
    for (const char* option : {"--latex-fragment", "--latex-columns", "write the tables as a document"}) {
      CAPTURE(option);
      CHECK(offered.out.find(option) != std::string::npos);
    }
    CHECK(offered.out.find("--json") == std::string::npos);
  }

  TEST_CASE("the manual page of rankscape-verify says what the program says of itself") {
    const std::string page = unescaped(read_file(RANKSCAPE_SOURCE_DIR "/docs/rankscape-verify.1"));
    const Outcome help = shell("rankscape-verify --help");
    CHECK(help.code == 0);
    const auto said = lines(help.out);
    REQUIRE(said.size() == 3);
    for (const char* option : {"--help", "--version"}) {
      CHECK(said[0].find(option) != std::string::npos);
      CHECK(page.find(std::string(".TP\n.B ") + option + "\n") != std::string::npos);
    }
    CHECK(page.find(said[1].substr(0, said[1].size() - 1)) != std::string::npos);
    // "exit code: 0 all verified, 4 something rejected, 2 unreadable or wrong usage"
    const std::regex code("([0-9]) ([^,]+)");
    int codes = 0;
    for (std::sregex_iterator it(said[2].begin(), said[2].end(), code); it != std::sregex_iterator(); ++it, ++codes)
      CHECK(page.find(".B " + (*it)[1].str() + "\n" + (*it)[2].str() + "\n") != std::string::npos);
    CHECK(codes == 3);
    const std::string version = shell("rankscape --version").out;
    CHECK(shell("rankscape-verify --version").out.starts_with("rankscape-verify 0."));
    CHECK(version.starts_with("rankscape 0."));
  }
}
