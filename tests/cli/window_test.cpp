// The memory of a run is that of a window of its cases, reports and all, however many cases there are.
#include <doctest/doctest.h>

#include <sys/resource.h>

#include <algorithm>

#include "cli/program.hpp"

using namespace rankscape::test;

namespace {

struct Measured {
  long kibibytes = 0;
  long cases = 0;
};

std::string reports_in(const TemporaryFolder& folder) {
  const auto at = [&](const char* name) { return "'" + (folder / name).string() + "'"; };
  return " --csv " + at("cases.csv") + " --json " + at("report.json") + " --junit " + at("junit.xml") + " --html " +
         at("report.html");
}

// The most memory that a command of rankscape had.
long peak_of(const std::string& arguments, int code) {
  const std::string line = "exec '" RANKSCAPE_BINARY_DIR "/rankscape' " + arguments + " >/dev/null";
  const pid_t child = fork();
  REQUIRE(child >= 0);
  if (child == 0) {
    execl("/bin/sh", "sh", "-c", line.c_str(), nullptr);
    _exit(127);
  }
  int status = 0;
  rusage used{};
  REQUIRE(wait4(child, &status, 0, &used) == child);
  REQUIRE(WIFEXITED(status));
  CHECK(WEXITSTATUS(status) == code);
  return used.ru_maxrss;
}

// Of a command that writes reports_in the folder.
Measured reporting(const std::string& arguments, int code, const TemporaryFolder& folder) {
  const long kibibytes = peak_of(arguments + reports_in(folder), code);
  const std::string text = read_file(folder / "cases.csv");
  // the unnamed files beside the reports are gone
  for (const auto& entry : std::filesystem::directory_iterator(folder / ""))
    CHECK_MESSAGE(!entry.path().filename().string().starts_with('.'), entry.path().string());
  return {kibibytes, std::count(text.begin(), text.end(), '\n') - 1};
}

void check_same_memory(const std::string& what, const Measured& few, const Measured& many, long times) {
  CAPTURE(what);
  MESSAGE(what << ": " << few.cases << " cases: " << few.kibibytes << " KiB; " << many.cases
               << " cases: " << many.kibibytes << " KiB");
  CHECK(many.cases == times * few.cases);
  CHECK(many.kibibytes < few.kibibytes + 8192);
}

const std::string check_deep_linear =
    "check '" RANKSCAPE_SOURCE_DIR "/theorems/achour2024-classification.toml' --jobs 2";

}  // namespace

TEST_SUITE("standard") {
  TEST_CASE("four times the cases in the same memory") {
    const TemporaryFolder folder;
    // all cases are undecided, as the time is up: what is measured is their coming and going
    const auto at = [&](int samples) {
      return reporting(check_deep_linear + " --widths 3,3,3 --time-limit 0.001 --samples " + std::to_string(samples), 3,
                       folder);
    };
    const Measured few = at(90);
    REQUIRE(few.cases > 4096);  // a full window
    check_same_memory("check", few, at(360), 4);
  }

  TEST_CASE("five times the journal in the same memory") {
    const TemporaryFolder folder;
    std::vector<Measured> resumed;
    std::vector<Measured> merged;
    const auto measure = [&](const std::string& samples) {
      const std::string journal = (folder / samples).string();
      const std::string run = check_deep_linear + " --widths 1,1,1 --samples " + samples + " --resume " + journal;
      peak_of(run, 0);
      resumed.push_back(reporting(run, 0, folder));
      const std::string report = read_file(folder / "report.json");
      merged.push_back(reporting("merge --jobs 2 " + journal, 0, folder));
      CHECK(read_file(folder / "report.json") == report);
    };
    measure("100");
    measure("500");
    check_same_memory("resumed", resumed.front(), resumed.back(), 5);
    check_same_memory("merged", merged.front(), merged.back(), 5);
  }
}
