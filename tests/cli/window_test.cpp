// The memory of a run is that of a window of its cases, reports and all, however many cases there are.
#include <doctest/doctest.h>

#include <sys/resource.h>

#include <algorithm>

#include "cli/program.hpp"

using namespace rankscape::test;

namespace {

// Of a run whose cases all are undecided, as the time is up: what is measured is their coming and going.
struct Measured {
  long kibibytes = 0;
  long cases = 0;
};

Measured peak_of(int samples, const TemporaryFolder& folder) {
  const std::string csv = (folder / "cases.csv").string();
  const std::string line = "exec '" RANKSCAPE_BINARY_DIR "/rankscape' check '" RANKSCAPE_SOURCE_DIR
                           "/theorems/achour2024-classification.toml' --widths 3,3,3 --jobs 2 --time-limit 0.001 "
                           "--samples " +
                           std::to_string(samples) + " --csv '" + csv + "' --json '" +
                           (folder / "report.json").string() + "' --junit '" + (folder / "junit.xml").string() +
                           "' --html '" + (folder / "report.html").string() + "' >/dev/null";
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
  CHECK(WEXITSTATUS(status) == 3);
  const std::string text = read_file(csv);
  // the unnamed files beside the reports are gone
  for (const auto& entry : std::filesystem::directory_iterator(folder / ""))
    CHECK_MESSAGE(!entry.path().filename().string().starts_with('.'), entry.path().string());
  return {used.ru_maxrss, std::count(text.begin(), text.end(), '\n') - 1};
}

}  // namespace

TEST_SUITE("standard") {
  TEST_CASE("eight times the cases in the same memory") {
    const TemporaryFolder folder;
    const Measured few = peak_of(150, folder);
    const Measured many = peak_of(1200, folder);
    MESSAGE(few.cases << " cases: " << few.kibibytes << " KiB; " << many.cases << " cases: " << many.kibibytes
                      << " KiB");
    REQUIRE(few.cases > 4096);  // a full window
    CHECK(many.cases == 8 * few.cases);
    CHECK(many.kibibytes < few.kibibytes + 8192);
  }
}
