// The recipes of docs/recipes.md, as printed, in a folder of their own.
#include <doctest/doctest.h>

#include "outputs/fenced.hpp"

using namespace rankscape::test;

namespace {

std::string recipe(const std::string& first_line) {
  return fenced("docs/recipes.md", first_line);
}

}  // namespace

TEST_SUITE("standard") {
  TEST_CASE("a paper's Makefile, a hook and an action do what the page says") {
    const TemporaryFolder folder;
    const std::string at = (folder / "").string();
    const auto run = [&](const std::string& command) { return shell("cd " + at + " && " + command); };
    std::filesystem::create_directory(folder / "statements");
    const std::string right = read_file(RANKSCAPE_SOURCE_DIR "/docs/examples/rank-of-the-middle.toml");
    const std::string wrong = read_file(RANKSCAPE_SOURCE_DIR "/docs/examples/both-blocks.toml");
    write_text(folder / "Makefile", recipe("# Makefile"));
    write_text(folder / "paper.tex", recipe("% paper.tex"));
    write_text(folder / "statements/right.toml", right);

    Outcome made = run("make paper.pdf certificates/manifest.json");
    CAPTURE(made.out);
    CAPTURE(made.err);
    CHECK(made.code == 0);
    CHECK(std::filesystem::file_size(folder / "paper.pdf") > 1000);
    CHECK(read_file(folder / "paper.log").find("Overfull \\hbox") == std::string::npos);
    CHECK(run("make -q paper.pdf").code == 0);  // nothing is made twice

    // what the action runs, against the report that the Makefile left
    const std::string action = recipe("# .github/workflows/statements.yml");
    const std::size_t begin = action.find("rankscape check");
    REQUIRE(begin != std::string::npos);
    const std::string check = action.substr(begin, action.find('\n', begin) - begin);
    CHECK(run(check).code == 0);
    CHECK(std::filesystem::exists(folder / "report.html"));
    CHECK(std::filesystem::exists(folder / "junit.xml"));

    const std::string git = "git -c user.name=a -c user.email=a@b ";
    CHECK(run("git init -q . && git add statements").code == 0);
    write_text(folder / ".git/hooks/pre-commit", recipe("# pre-commit"));
    CHECK(run("chmod +x .git/hooks/pre-commit && " + git + "commit -q -m right").code == 0);
    write_text(folder / "statements/wrong.toml", wrong);
    const Outcome refused = run("git add statements && " + git + "commit -q -m wrong");
    CHECK(refused.code == 1);
    CHECK(refused.err.find("refuted") != std::string::npos);
    CHECK(run("git log --oneline | wc -l").out == "1\n");
    CHECK(run("make paper.pdf").code == 2);  // of make: a command failed
    CHECK(run(check).code == 1);
  }
}
