// A hundred thousand rows: memory, and that the report is still a report.

#include <doctest/doctest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fstream>
#include <nlohmann/json.hpp>
#include <rankscape/report/html_report.hpp>
#include <rankscape/report/json_report.hpp>
#include <rankscape/report/junit_report.hpp>
#include <rankscape/report/latex_report.hpp>
#include <string>

#include "report/golden.hpp"
#include "report/sample.hpp"

using namespace rankscape;
using test::ScratchDirectory;

namespace {

constexpr std::size_t many = 100'000;

// Most memory that this process ever had, in MiB.
long peak_mebibytes() {
  std::ifstream status("/proc/self/status");
  for (std::string line; std::getline(status, line);) {
    if (line.starts_with("VmHWM:")) return std::stol(line.substr(6)) / 1024;
  }
  return -1;
}

// Runs `work` in a process of its own, so that its peak is not that of earlier tests.
// \return the peak in MiB, or -1 when work failed
template <class Work>
long peak_of(const Work& work) {
  const ScratchDirectory scratch;
  const std::string answer = scratch.file("peak");
  const pid_t child = ::fork();
  REQUIRE(child >= 0);
  if (child == 0) {
    int status = 1;
    try {
      if (work()) {
        std::ofstream(answer) << peak_mebibytes();
        status = 0;
      }
    } catch (const std::exception& error) {
      std::fprintf(stderr, "%s\n", error.what());
    }
    ::_exit(status);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  if (status != 0) return -1;
  return std::stol(test::file_content(answer));
}

}  // namespace

TEST_SUITE("standard") {
  TEST_CASE("a hundred thousand rows stay below 300 MiB, written and read") {
    const ScratchDirectory scratch;
    const long written = peak_of([&] {
      test::Sample sample = test::sample(1);
      JsonReport json(scratch.file("report.json"), test::fixed_tool());
      HtmlReport html(scratch.file("report.html"), test::fixed_tool());
      JunitReport junit(scratch.file("junit.xml"));
      LatexReport latex(scratch.file("tables.tex"), LatexForm::document, {}, test::fixed_tool());
      const std::vector<ReportListener*> listeners = {&json, &html, &junit, &latex};
      for (ReportListener* listener : listeners)
        listener->start(sample.plan);
      for (std::size_t i = 0; i < many; ++i) {
        Row row = sample.rows[i % sample.rows.size()].second;
        row.key += " " + std::to_string(i);
        for (ReportListener* listener : listeners)
          listener->row(0, row);
      }
      for (ReportListener* listener : listeners)
        listener->end(sample.summaries);
      return true;
    });
    MESSAGE("written with " << written << " MiB");
    CHECK(written > 0);
    CHECK(written < 300);
    const long read = peak_of([&] {
      const std::vector<SavedReport> reports = read_reports(scratch.file("report.json"));
      return reports.size() == 1 && reports[0].rows.size() == many &&
             reports[0].rows.back().key.ends_with(" " + std::to_string(many - 1));
    });
    MESSAGE("read with " << read << " MiB");
    CHECK(read > 0);
    CHECK(read < 300);
  }
}
