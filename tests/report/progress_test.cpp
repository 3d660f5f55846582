// The progress bar, on a terminal and a clock of the test's own.

#include <doctest/doctest.h>

#include <algorithm>
#include <rankscape/report/progress.hpp>
#include <sstream>

using namespace rankscape;
using namespace std::chrono_literals;

namespace {

struct Surroundings {
  std::ostringstream out;
  std::optional<unsigned> columns = 80;
  Terminal::Clock::time_point time{};

  Terminal terminal() {
    Terminal terminal;
    terminal.columns = [this] { return columns; };
    terminal.now = [this] { return time; };
    return terminal;
  }
  [[nodiscard]] std::size_t drawings() const {
    const std::string text = out.str();
    return static_cast<std::size_t>(std::count(text.begin(), text.end(), '%'));
  }
};

}  // namespace

TEST_SUITE("quick") {
  TEST_CASE("silent where there is no terminal") {
    Surroundings pipe;
    pipe.columns.reset();
    {
      ProgressBar bar(pipe.out, pipe.terminal());
      bar.start(10);
      for (int i = 0; i < 10; ++i) {
        pipe.time += 1s;
        bar.case_finished();
      }
      bar.end({});
    }
    CHECK(pipe.out.str().empty());
  }

  TEST_CASE("at most ten drawings a second") {
    Surroundings here;
    ProgressBar bar(here.out, here.terminal());
    bar.start(10000);
    for (int i = 0; i < 10000; ++i) {
      here.time += 1ms;
      bar.case_finished();
    }
    CHECK(here.drawings() <= 101);
    CHECK(here.drawings() >= 90);
  }

  TEST_CASE("erased at the end, also when the run ends in an exception") {
    for (const bool regular : {true, false}) {
      Surroundings here;
      {
        ProgressBar bar(here.out, here.terminal());
        bar.start(4);
        bar.case_finished();
        CHECK(here.drawings() == 1);
        CHECK_FALSE(here.out.str().ends_with("\r\x1b[K"));
        if (regular) bar.end({});
        CHECK(here.out.str().ends_with("\r\x1b[K") == regular);
      }
      CHECK(here.out.str().ends_with("\r\x1b[K"));
      CHECK(here.out.str().find('\n') == std::string::npos);
      // Erased once.
      CHECK_FALSE(here.out.str().ends_with("\r\x1b[K\r\x1b[K"));
    }
  }

  TEST_CASE("the remaining time follows the present speed") {
    Surroundings here;
    ProgressBar bar(here.out, here.terminal());
    bar.start(1000);
    for (int i = 0; i < 100; ++i) {
      here.time += 500ms;
      bar.case_finished();
    }
    CHECK(here.out.str().find("450/1000") == std::string::npos);
    CHECK(here.out.str().find(" 10%  100/1000  7 min 30 s left") != std::string::npos);
    // Ten times slower: after more than the memory of a minute the first half is forgotten.
    for (int i = 0; i < 40; ++i) {
      here.time += 5s;
      bar.case_finished();
    }
    CHECK(here.out.str().find(" 14%  140/1000  1 h 11 min left") != std::string::npos);
  }

  TEST_CASE("no line is longer than the terminal, whatever its width") {
    for (unsigned columns = 0; columns < 200; ++columns) {
      CAPTURE(columns);
      const std::string line = progress_line(123456, 7654321, std::chrono::seconds(123456), columns);
      CHECK(line.size() < std::max(columns, 1U));
      if (columns >= 6) CHECK(line.find("1%") != std::string::npos);
    }
    CHECK(progress_line(5, 10, std::nullopt, 6) == " 50%");
    CHECK(progress_line(5, 10, std::nullopt, 12) == " 50%  5/10");
    CHECK(progress_line(5, 10, std::nullopt, 30) == "[########.........] 50%  5/10");
    CHECK(progress_line(5, 10, std::chrono::seconds(61), 80) ==
          "[####################....................] 50%  5/10  1 min 1 s left");
  }

  TEST_CASE("100% means all") {
    CHECK(progress_line(999, 1000, std::nullopt, 6) == " 99%");
    CHECK(progress_line(1000, 1000, std::nullopt, 6) == "100%");
    CHECK(progress_line(0, 0, std::nullopt, 6) == "100%");
    CHECK(progress_line(7, 5, std::nullopt, 12) == "100%  5/5");
  }
}
