// Files appear whole or not at all.

#include <doctest/doctest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <iostream>
#include <optional>
#include <rankscape/error.hpp>
#include <rankscape/report/json_report.hpp>
#include <rankscape/report/output.hpp>
#include <sstream>
#include <stdexcept>

#include "report/golden.hpp"
#include "report/sample.hpp"

using namespace rankscape;
using test::file_content;
using test::ScratchDirectory;
namespace fs = std::filesystem;

namespace {

template <class Action>
std::string input_error(const Action& action) {
  try {
    action();
  } catch (const InputError& error) {
    return error.what();
  }
  return "no InputError";
}

// Permissions mean nothing to the superuser; the tests of them run as nobody then.
class Unprivileged {
 public:
  Unprivileged() : superuser_(::geteuid() == 0) {
    if (superuser_) REQUIRE(::seteuid(65534) == 0);
  }
  Unprivileged(const Unprivileged&) = delete;
  Unprivileged& operator=(const Unprivileged&) = delete;
  Unprivileged(Unprivileged&&) = delete;
  Unprivileged& operator=(Unprivileged&&) = delete;
  ~Unprivileged() {
    if (superuser_ && ::seteuid(0) != 0) std::abort();
  }

 private:
  bool superuser_;
};

void write_text(const std::string& path, const std::string& text) {
  write_file(path, [&](std::ostream& out) { out << text; });
}

class CaptureStandardOutput {
 public:
  CaptureStandardOutput() : previous_(std::cout.rdbuf(text.rdbuf())) {}
  CaptureStandardOutput(const CaptureStandardOutput&) = delete;
  CaptureStandardOutput& operator=(const CaptureStandardOutput&) = delete;
  CaptureStandardOutput(CaptureStandardOutput&&) = delete;
  CaptureStandardOutput& operator=(CaptureStandardOutput&&) = delete;
  ~CaptureStandardOutput() { std::cout.rdbuf(previous_); }
  std::ostringstream text;

 private:
  std::streambuf* previous_;
};

}  // namespace

TEST_SUITE("quick") {
  TEST_CASE("a file is created and replaced, and nothing else is left") {
    const ScratchDirectory scratch;
    const std::string path = scratch.file("out.json");
    check_writable(path);
    CHECK(scratch.entries() == 0);
    write_text(path, "first");
    CHECK(file_content(path) == "first");
    fs::permissions(path, fs::perms::owner_read | fs::perms::owner_write);
    check_writable(path);
    CHECK(file_content(path) == "first");
    write_text(path, "second");
    CHECK(file_content(path) == "second");
    CHECK((fs::status(path).permissions() & fs::perms::all) == (fs::perms::owner_read | fs::perms::owner_write));
    CHECK(scratch.entries() == 1);
  }

  TEST_CASE("a writer that fails leaves the old file") {
    const ScratchDirectory scratch;
    const std::string path = scratch.file("out.json");
    write_text(path, "old");
    const auto fails = [&] {
      write_file(path, [](std::ostream& out) {
        out << "half of it";
        throw std::runtime_error("stop");
      });
    };
    CHECK_THROWS_AS(fails(), std::runtime_error);
    CHECK(file_content(path) == "old");
    CHECK(scratch.entries() == 1);
    const auto stream_fails = [&] {
      write_file(path, [](std::ostream& out) {
        out << "half of it";
        out.setstate(std::ios::badbit);
      });
    };
    CHECK(test::contains(input_error(stream_fails), path));
    CHECK(file_content(path) == "old");
    CHECK(scratch.entries() == 1);
  }

  TEST_CASE("a missing directory is made; a file on the way, a directory, an empty name") {
    const ScratchDirectory scratch;
    const std::string file = scratch.file("file");
    write_text(file, "kept");
    for (const auto& action :
         {std::function<void(const std::string&)>([](const std::string& p) { check_writable(p); }),
          std::function<void(const std::string&)>([](const std::string& p) { write_text(p, "x"); })}) {
      CHECK(test::contains(input_error([&] { action(file + "/out.json"); }), "Not a directory"));
      CHECK(test::contains(input_error([&] { action(file + "/no/such/out.json"); }), "Not a directory"));
      fs::remove_all(scratch.file("new"));
      action(scratch.file("new/folder/out.json"));
      CHECK(fs::is_directory(scratch.file("new/folder")));
      CHECK(input_error([&] { action(scratch.path.string()); }) ==
            scratch.path.string() + ": cannot be written: Is a directory");
      CHECK(test::contains(input_error([&] { action(""); }), "empty"));
    }
    CHECK(file_content(scratch.file("new/folder/out.json")) == "x");
    CHECK(file_content(file) == "kept");
    CHECK(scratch.entries() == 2);
  }

  TEST_CASE("a read-only directory and a read-only file") {
    const ScratchDirectory scratch;
    const std::string directory = scratch.file("locked");
    fs::create_directory(directory);
    const std::string file = scratch.file("kept.json");
    write_text(file, "kept");
    fs::permissions(scratch.path, fs::perms::all);
    fs::permissions(directory,
                    fs::perms::owner_read | fs::perms::owner_exec | fs::perms::others_read | fs::perms::others_exec);
    fs::permissions(file, fs::perms::owner_read | fs::perms::others_read);
    {
      const Unprivileged unprivileged;
      CHECK(input_error([&] { check_writable(directory + "/out.json"); }) ==
            directory + "/out.json: cannot be written: Permission denied");
      CHECK(test::contains(input_error([&] { check_writable(file); }), "Permission denied"));
      CHECK(test::contains(input_error([&] { write_text(file, "lost"); }), "Permission denied"));
    }
    CHECK(file_content(file) == "kept");
    fs::permissions(directory, fs::perms::owner_all);
    CHECK(scratch.entries() == 2);
  }

  TEST_CASE("a full disk is an error") {
    REQUIRE(fs::exists("/dev/full"));
    const auto fails = [] { write_text("/dev/full", "x"); };
    CHECK(test::contains(input_error(fails), "/dev/full: cannot be written: No space left on device"));
    CHECK(fs::is_character_file("/dev/full"));
  }

  TEST_CASE("devices are written, not replaced; links are followed, not replaced") {
    write_text("/dev/null", "gone");
    CHECK(fs::is_character_file("/dev/null"));
    const ScratchDirectory scratch;
    write_text(scratch.file("real.json"), "old");
    fs::create_symlink("real.json", scratch.file("link.json"));
    write_text(scratch.file("link.json"), "new");
    CHECK(fs::is_symlink(scratch.file("link.json")));
    CHECK(file_content(scratch.file("real.json")) == "new");
    fs::create_symlink("nowhere.json", scratch.file("dangling.json"));
    CHECK(test::contains(input_error([&] { check_writable(scratch.file("dangling.json")); }), "symbolic link"));
  }

  TEST_CASE("- is the standard output") {
    check_writable("-");
    CaptureStandardOutput capture;
    write_text("-", "to the pipe");
    CHECK(capture.text.str() == "to the pipe");
    CHECK_FALSE(fs::exists("-"));
  }

  TEST_CASE("reports refuse unwritable targets when they are made, before anything runs") {
    const ScratchDirectory scratch;
    CHECK(test::contains(input_error([&] { JsonReport report(scratch.path.string()); }), scratch.path.string()));
  }
}
