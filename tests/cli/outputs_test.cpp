// What is written, and what must not be: outputs over inputs or each other, folders that hold something, full devices;
// and values of options that readers of numbers would bend.
#include <doctest/doctest.h>

#include <algorithm>
#include <vector>

#include "cli/program.hpp"

using namespace rankscape::test;

namespace {

const std::string checked = "theorems/achour2024-classification.toml";

}  // namespace

TEST_SUITE("quick") {
  TEST_CASE("no output is written over an input or another output") {
    const TemporaryFolder folder;
    const auto at = [&](const std::string& name) { return (folder / name).string(); };
    const std::string statement = read_file(std::string(RANKSCAPE_SOURCE_DIR "/") + checked);
    write_text(folder / "s.toml", statement);
    std::filesystem::create_symlink(folder / "s.toml", folder / "link");
    std::filesystem::create_hard_link(folder / "s.toml", folder / "hard");
    std::filesystem::create_directory_symlink(std::filesystem::path(at("")), folder / "self");
    std::filesystem::create_directory(folder / "sub");
    const std::string check = "rankscape check " + at("s.toml") + " --widths 2,2,2 ";
    for (const char* name : {"s.toml", "./s.toml", "link", "hard", "self/s.toml", "sub/../self/./s.toml"}) {
      check_refused(check + "--json " + at(name), "over what is read");
      check_refused(check + "--resume " + at(name), "over what is read");
    }
    for (const char* name : {"x", "./x", "self/x", "y/../x"}) {
      check_refused(check + "--html " + at("x") + " --json " + at(name), "one file");
      check_refused(check + "--resume " + at("x") + " --junit " + at(name), "one file");
    }
    check_refused(check + "--json - --latex -", "standard output");
    check_refused(check + "--certificates " + at("c") + " --json " + at("c/manifest.json"), "lies in the folder");
    check_refused(check + "--certificates " + at("c") + " --resume " + at("./c/journal"), "lies in the folder");
    check_refused("rankscape inertia " + at("s.toml") + " --json " + at("hard"), "over what is read");
    check_refused("rankscape explore " + at("s.toml") + " --vary --json " + at("a") + " --point " + at("./a"),
                  "one file");
    CHECK(read_file(folder / "s.toml") == statement);
    for (const char* name : {"x", "a", "c"})
      CHECK_FALSE(std::filesystem::exists(folder / name));
    CHECK(shell(check + "--json /dev/null --html /dev/null").code == 0);
  }

  TEST_CASE("a folder that holds something is filled only when told") {
    const TemporaryFolder folder;
    const std::string certificates = (folder / "a/b").string();
    const std::string check = "rankscape check " + checked + " --widths 2,2,2 --certificates " + certificates;
    REQUIRE(shell(check).code == 0);
    const std::string manifest = read_file(certificates + "/manifest.json");
    check_refused(check, "not empty");
    check_refused("rankscape explore " + checked + " --drop H3 --certificates " + certificates, "not empty");
    check_refused("rankscape check " + checked + " --overwrite", "--certificates");
    CHECK(read_file(certificates + "/manifest.json") == manifest);
    CHECK(shell(check + " --overwrite").code == 0);
    CHECK(read_file(certificates + "/manifest.json") == manifest);
    CHECK(shell("rankscape-verify " + certificates).code == 0);
    write_text(folder / "note", "mine");
    check_refused("rankscape check " + checked + " --certificates " + (folder / "").string(), "not empty");
  }

  TEST_CASE("folders on the way to an output are made") {
    const TemporaryFolder folder;
    const std::string journal = (folder / "j/k/journal").string();
    CHECK(shell("rankscape check " + checked + " --widths 2,2,2 --json " + (folder / "r/s/report.json").string() +
                " --resume " + journal)
              .code == 0);
    CHECK_FALSE(read_file(folder / "r/s/report.json").empty());
    CHECK_FALSE(read_file(journal).empty());
  }

  TEST_CASE("values that a reader of numbers would bend, and names that are empty") {
    const std::string check = "rankscape check " + checked + " --widths 2,2,2 ";
    for (const char* seed : {"-1", "18446744073709551616", "1e3", "''", "0x1", "' 1'"}) {
      CAPTURE(seed);
      CHECK(shell(check + "--seed " + seed).code == 2);
      CHECK(shell(std::string("rankscape point --widths 2,2,2 --S 1,2 --stratum - --seed ") + seed).code == 2);
    }
    CHECK(shell(check + "--seed 18446744073709551615").code == 0);
    for (const char* option : {"--time-limit", "--json", "--resume", "--certificates", "--against", "--html"})
      check_refused(check + option + " ''", option);
  }

  TEST_CASE("what cannot be written is said") {
    for (const char* command : {"rankscape --help >/dev/full", "rankscape check --help >/dev/full",
                                "rankscape --version >/dev/full", "rankscape list >/dev/full"}) {
      check_refused(command, "standard output");
    }
    CHECK(shell("rankscape-verify --help >/dev/full").code == 2);
    const TemporaryFolder folder;
    const std::string report = (folder / "report.json").string();
    // more than the 512 bytes that one block allows
    check_refused(
        "sh -c 'ulimit -f 1; exec rankscape check " + checked + " --widths 2,2,2,2 --html " + report + " >/dev/null'",
        "File too large");
    CHECK_FALSE(std::filesystem::exists(report));
  }

  TEST_CASE("a command that was probably meant") {
    check_refused("rankscape chekc " + checked, "did you mean 'check'");
    const Outcome all = shell("rankscape help");
    CHECK(all.code == 0);
    CHECK(all.out == shell("rankscape --help").out);
    CHECK(all.out.find("\n  classify ") != std::string::npos);
    CHECK(shell("rankscape help check").out == shell("rankscape check --help").out);
    check_refused("rankscape help chekc", "did you mean 'check'");
    check_refused("rankscape nonsense", "no command 'nonsense'");
  }

  TEST_CASE("'otherwise' is a word of the language") {
    const TemporaryFolder folder;
    const std::string head =
        "format = \"rankscape-statement/1\"\nid = \"a\"\ntitle = \"A\"\nsource = \"none\"\nmodel = \"deep-linear\"\n";
    const std::string claim = "[[claim]]\nname = \"c\"\nholds = \"r >= 0\"\n";
    const std::string path = (folder / "s.toml").string();
    write_text(path, head + claim);
    REQUIRE(shell("rankscape check " + path + " --widths 2,2,2").code == 0);
    for (const char* part : {"[define]\notherwise = \"r\"\n", "[hypotheses]\notherwise = \"r >= 0\"\n",
                             "[define]\n\"f(otherwise)\" = \"otherwise\"\n"}) {
      write_text(path, head + part + claim);
      check_refused("rankscape check " + path + " --widths 2,2,2", "found 'otherwise', which the language has taken");
    }
  }
}
