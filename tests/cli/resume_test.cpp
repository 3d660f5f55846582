// A run may be killed at any moment: with the same journal it goes on and ends with the same bytes.
#include <doctest/doctest.h>

#include <algorithm>
#include <csignal>
#include <random>
#include <thread>

#include "cli/program.hpp"

using namespace rankscape::test;

namespace {

const std::string statement = RANKSCAPE_SOURCE_DIR "/theorems/achour2024-classification.toml";
const std::string scope = " --widths 2,2,2,2 --widths 3,3,3 ";

// Starts a check and kills it after the given time. \return whether it was killed before it ended
bool run_and_kill(const std::string& arguments, std::chrono::microseconds after) {
  const pid_t child = fork();
  REQUIRE(child >= 0);
  if (child == 0) {
    const std::string line =
        "exec '" RANKSCAPE_BINARY_DIR "/rankscape' check '" + statement + "'" + scope + arguments + " >/dev/null 2>&1";
    execl("/bin/sh", "sh", "-c", line.c_str(), nullptr);
    _exit(127);
  }
  std::this_thread::sleep_for(after);
  kill(child, SIGKILL);
  int status = 0;
  waitpid(child, &status, 0);
  return WIFSIGNALED(status);
}

}  // namespace

TEST_SUITE("quick") {
  TEST_CASE("a journal is taken up, refused to a second process, and refused to another run") {
    const TemporaryFolder folder;
    const std::string journal = (folder / "journal").string();
    const std::string check = "rankscape check " + statement + " --widths 2,2,2 --resume " + journal;
    const Outcome first = shell(check + " --json -");
    CHECK(first.code == 0);
    const std::string lines = read_file(journal);
    CHECK(std::count(lines.begin(), lines.end(), '\n') > 10);
    const Outcome again = shell(check + " --json -");
    CHECK(again.out == first.out);
    CHECK(read_file(journal) == lines);

    CHECK(shell(check + " --seed 2").code == 2);
    const Outcome locked = shell("flock -x " + journal + " " + check);
    CHECK(locked.code == 2);
    CHECK(locked.err.find("in use by another process") != std::string::npos);

    // a torn last line is dropped, a damaged one in the middle is refused
    write_text(journal, lines + "{\"model\": \"deep-l");
    CHECK(shell(check + " --json -").out == first.out);
    CHECK(read_file(journal) == lines);
    write_text(journal, lines + "rubbish\n");
    CHECK(shell(check).code == 2);
    write_text(journal, "rubbish\n");
    CHECK(shell(check).code == 2);
  }

  TEST_CASE("a journal or a folder that cannot be written") {
    const Outcome journal = shell("rankscape check " + statement + " --widths 2,2,2 --resume /nonexistent/journal");
    CHECK(journal.code == 2);
    CHECK(journal.err.find("/nonexistent/journal") != std::string::npos);
    const Outcome folder = shell("rankscape check " + statement + " --widths 2,2,2 --certificates /nonexistent/folder");
    CHECK(folder.code == 2);
    const Outcome full = shell("rankscape check " + statement + " --widths 2,2,2 --json /dev/full");
    CHECK(full.code == 2);
    CHECK(full.err.find("/dev/full") != std::string::npos);
  }
}

TEST_SUITE("standard") {
  TEST_CASE("fifty kills at random moments: every resumed run ends with the bytes of an undisturbed one") {
    const TemporaryFolder folder;
    const std::string undisturbed =
        shell("rankscape check " + statement + scope + "--certificates " + (folder / "other").string() + " --json -")
            .out;
    REQUIRE_FALSE(undisturbed.empty());
    const auto seed = std::random_device{}();
    CAPTURE(seed);
    std::mt19937 random(seed);
    int kills = 0;
    int finished = 0;
    for (int round = 0; kills < 50 && round < 400; ++round) {
      const std::string journal = (folder / ("journal" + std::to_string(finished))).string();
      const std::string certificates = (folder / ("certificates" + std::to_string(finished))).string();
      const std::string arguments = "--resume " + journal + " --certificates " + certificates;
      if (run_and_kill(arguments, std::chrono::microseconds(1000 + random() % 300000))) {
        ++kills;
        if (random() % 4 != 0) continue;  // mostly kill the resumed run too
      }
      const Outcome end =
          shell("rankscape check " + statement + scope + arguments + " --json " + (folder / "report").string());
      CAPTURE(end.err);
      CHECK(end.code == 0);
      CHECK(read_file(folder / "report") == undisturbed);
      CHECK(shell("diff -r " + certificates + " " + (folder / "other").string()).out == "");
      ++finished;
    }
    CHECK(kills == 50);
    CHECK(finished > 3);
  }
}
