// A run may be killed at any moment: with the same journal it goes on and ends with the same bytes.
#include <doctest/doctest.h>

#include <algorithm>
#include <csignal>
#include <nlohmann/json.hpp>
#include <random>
#include <rankscape/error.hpp>
#include <rankscape/journal.hpp>
#include <rankscape/report/json_report.hpp>
#include <sstream>
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
  TEST_CASE("a journal of points under constraints: the inertia is that of the tangent space, which may be a point") {
    const TemporaryFolder folder;
    for (const std::string check :
         {"theorems/principal-components.toml --size 1,1", "theorems/kuramoto-trees.toml --size 2,2"}) {
      CAPTURE(check);
      const std::string journal = (folder / "journal").string();
      const Outcome first = shell("rankscape check " + check + " --resume " + journal + " --json -");
      REQUIRE(first.code == 0);
      const Outcome again = shell("rankscape check " + check + " --resume " + journal + " --json -");
      CHECK(again.code == 0);
      CHECK(again.err.find("contradicts") == std::string::npos);
      CHECK(again.out == first.out);
      std::filesystem::remove(journal);
    }
  }

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
    // a crash may leave zero bytes where the last line should be
    write_text(journal, lines + lines.substr(0, 40) + std::string(300, '\0'));
    CHECK(shell(check + " --json -").out == first.out);
    CHECK(read_file(journal) == lines);
    const std::string header = lines.substr(0, lines.find('\n'));
    for (const std::string& torn :
         {std::string(), header.substr(0, 1), header, header.substr(0, 70) + std::string(9, '\0')}) {
      write_text(journal, torn);
      CHECK(shell(check + " --json -").out == first.out);
      CHECK(read_file(journal) == lines);
    }
    // lines of a run that was gone on with for cases that it had left
    std::vector<std::string> line_of;
    std::istringstream in(lines);
    for (std::string line; std::getline(in, line);)
      line_of.push_back(line + "\n");
    std::string in_turns = line_of.front();
    for (const std::size_t start : {2U, 1U, 3U}) {
      for (std::size_t k = start; k < line_of.size(); k += 3)
        in_turns += line_of[k];
    }
    write_text(journal, in_turns);
    CHECK(shell(check + " --json -").out == first.out);
    CHECK(read_file(journal) == in_turns);
    write_text(journal, in_turns.substr(0, in_turns.size() / 2));
    CHECK(shell(check + " --json -").out == first.out);
    CHECK(read_file(journal).size() == lines.size());
    // anything else stays what it is
    const std::size_t second = lines.find('\n', header.size() + 1) + 1;
    for (const std::string& other :
         {lines + "rubbish\n", lines + "rubbish\n" + "torn", std::string("rubbish\n"), std::string("a note"),
          std::string("{\"format\": \"rankscape-point/1\"}"), std::string(40, '\0'), std::string("{\"x"),
          lines.substr(header.size() + 1), lines + lines.substr(header.size() + 1, second - header.size() - 1)}) {
      CAPTURE(other.substr(0, 60));
      write_text(journal, other);
      const Outcome refused = shell(check);
      CHECK(refused.code == 2);
      CHECK(refused.out == "");
      CHECK(read_file(journal) == other);
    }
  }

  TEST_CASE("rows that follow the checksums and contradict themselves") {
    const TemporaryFolder folder;
    const std::string journal = (folder / "journal").string();
    const std::string check =
        "rankscape check " + statement + " --widths 1,1,1 --samples 1 --json - --resume " + journal;
    REQUIRE(shell(check).code != 2);
    const std::string lines = read_file(journal);
    const std::string header = lines.substr(0, lines.find('\n'));
    const std::string line = lines.substr(header.size() + 1, lines.find('\n', header.size() + 1) - header.size() - 1);
    const auto forged = [&](const std::string& from, const std::string& to) {
      std::string object = line.substr(0, line.rfind(",\"sum\"")) + "}";
      const std::size_t at = object.find(from);
      REQUIRE(at != std::string::npos);
      object.replace(at, from.size(), to);
      const std::string sum = rankscape::sha256(header + "\n" + object).substr(0, 16);
      write_text(journal, header + "\n" + object.substr(0, object.size() - 1) + ",\"sum\":\"" + sum + "\"}\n");
      return shell(check);
    };
    CHECK(forged("\"case\"", "\"case\"").code != 2);
    for (const auto& [number, reason] :
         std::vector<std::pair<std::string, std::string>>{{"1", "case 1: is another case in this run"},
                                                          {"77", "case 77: the run has no such case"},
                                                          {"18446744073709551615", "the run has no such case"},
                                                          {"18446744073709551616", "not a line of a journal"},
                                                          {"-1", "not a line of a journal"},
                                                          {"\"0\"", "not a line of a journal"}}) {
      const Outcome outcome = forged("{\"case\":0,", "{\"case\":" + number + ",");
      CHECK(outcome.code == 2);
      CHECK(outcome.err.find(reason) != std::string::npos);
    }
    const std::size_t found = line.find("\"found\":\"") + 9;
    const std::string verdict = line.substr(found, line.find('"', found) - found);
    const std::size_t zero = line.find("\"zero\":");
    for (const auto& edit : std::vector<std::pair<std::string, std::string>>{
             {"\"found\":\"" + verdict,
              verdict == "strict_saddle" ? "\"found\":\"global_minimizer" : "\"found\":\"strict_saddle"},
             {line.substr(zero, 8), "\"zero\":1"},
             {"\"agrees\":true", "\"agrees\":false"},
             {"\"predicted\":\"", "\"predicted\":\"strict_saddle or "}}) {
      CAPTURE(edit.second);
      const Outcome outcome = forged(edit.first, edit.second);
      CHECK(outcome.code == 2);
      CHECK(outcome.err.find("contradicts itself") != std::string::npos);
    }
  }

  TEST_CASE("a journal or a folder that cannot be written") {
    const Outcome journal = shell("rankscape check " + statement + " --widths 2,2,2 --resume /dev/null/journal");
    CHECK(journal.code == 2);
    CHECK(journal.err.find("/dev/null/journal") != std::string::npos);
    const Outcome folder = shell("rankscape check " + statement + " --widths 2,2,2 --certificates /dev/null/folder");
    CHECK(folder.code == 2);
    const Outcome full = shell("rankscape check " + statement + " --widths 2,2,2 --json /dev/full");
    CHECK(full.code == 2);
    CHECK(full.err.find("/dev/full") != std::string::npos);
  }
}

TEST_SUITE("standard") {
  TEST_CASE("however a run is cut into shards, stopped and gone on with, merge gives the bytes of one run") {
    const TemporaryFolder folder;
    const auto at = [&](const std::string& name) { return (folder / name).string(); };
    const std::string own = at("own.toml");
    write_text(own, read_file(statement));
    const std::string check =
        "rankscape check " + own + " kawaguchi2016 theorems/escape-order.toml --widths 2,2,2 --widths 2,2,2,2 ";
    const auto outputs = [&](const std::string& name) {
      return " --json " + at(name + ".json") + " --csv " + at(name + ".csv") + " --latex " + at(name + ".tex") +
             " --html " + at(name + ".html") + " --junit " + at(name + ".xml");
    };
    const auto same = [&] {
      for (const char* ending : {".json", ".csv", ".tex", ".html", ".xml"}) {
        CAPTURE(ending);
        CHECK(read_file(at("one") + ending) == read_file(at("merged") + ending));
      }
    };
    const Outcome one = shell(check + outputs("one"));
    REQUIRE(one.code == 0);
    std::size_t distinct = 0;
    for (const int count : {1, 2, 5}) {
      CAPTURE(count);
      std::string journals;
      std::size_t lines = 0;
      for (int k = count; k >= 1; --k) {
        const std::string journal = at(std::to_string(count) + "-" + std::to_string(k));
        const std::string shard =
            check + "--shard " + std::to_string(k) + "/" + std::to_string(count) + " --resume " + journal;
        CHECK(shell(shard).code == 0);
        const std::string text = read_file(journal);
        lines += static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n')) - 1;
        if (k == 2) {  // stopped in the middle of a line, and gone on with
          write_text(journal, text.substr(0, text.size() / 2));
          CHECK(shell(shard).code == 0);
        }
        if (k == 3) write_text(journal, text.substr(0, text.size() / 2));  // stopped, and left
        journals += " " + journal;
      }
      const Outcome merged = shell("rankscape merge" + journals + outputs("merged"));
      CHECK(merged.code == 0);
      CHECK(merged.out == one.out);
      CHECK((merged.err.find("stand in no journal and are examined now") != std::string::npos) == (count == 5));
      same();
      if (count == 1) distinct = lines;
      CHECK(distinct > 100);
      CHECK(lines == distinct);  // each case in one shard alone
    }
    const std::string two = at("2-1") + " " + at("2-2");
    CHECK(shell("rankscape merge " + two).out == one.out);
    for (const auto& [journals, reason] :
         std::vector<std::pair<std::string, std::string>>{{at("2-1"), "shard 2 of 2 is missing"},
                                                          {two + " " + at("2-2"), "given twice"},
                                                          {at("2-1") + " " + at("5-2"), "one of"},
                                                          {two + " " + own, "not a journal"},
                                                          {at("none"), "not a journal"},
                                                          {"/dev/zero", "not a journal"}}) {
      const std::string command = "rankscape merge " + journals + " --json " + at("refused.json");
      CAPTURE(command);
      const Outcome refused = shell(command);
      CHECK(refused.code == 2);
      CHECK(refused.err.find(reason) != std::string::npos);
      CHECK(std::count(refused.err.begin(), refused.err.end(), '\n') == 1);
      CHECK_FALSE(std::filesystem::exists(at("refused.json")));
    }
    // a journal is read as it was written: of this statement, and of these landscapes
    CHECK(shell("rankscape merge " + two + " --json " + at("2-1")).code == 2);
    write_text(own, read_file(statement) + "\n# edited\n");
    const Outcome edited = shell("rankscape merge " + two);
    CHECK(edited.code == 2);
    CHECK(edited.err.find("statements differs") != std::string::npos);
  }

  TEST_CASE("a journal is of the landscape's file too") {
    const TemporaryFolder folder;
    const auto at = [&](const std::string& name) { return (folder / name).string(); };
    const std::string landscape = read_file(RANKSCAPE_SOURCE_DIR "/landscapes/weight-decay.toml");
    const std::string model = "\"weight-decay\"";
    std::string text = read_file(RANKSCAPE_SOURCE_DIR "/theorems/weight-decay-shallow.toml");
    const std::size_t named = text.find(model);
    REQUIRE(named != std::string::npos);
    write_text(at("own.toml"), text.replace(named, model.size(), "\"mine.toml\""));
    write_text(at("mine.toml"), landscape);
    const std::string check = "rankscape check " + at("own.toml") + " --resume " + at("journal");
    REQUIRE(shell(check + " --shard 1/1").code == 0);
    CHECK(shell("rankscape merge " + at("journal")).code == 0);
    write_text(at("mine.toml"), landscape + "\n# edited\n");
    for (const std::string& command : {check + " --shard 1/1", "rankscape merge " + at("journal")}) {
      const Outcome edited = shell(command);
      CHECK(edited.code == 2);
      CHECK(edited.err.find("statements differs") != std::string::npos);
    }
  }

  TEST_CASE("a shard reports to its journal alone") {
    const TemporaryFolder folder;
    const std::string journal = (folder / "journal").string();
    const std::string check = "rankscape check " + statement + " --widths 2,2,2 ";
    for (const std::string& rest : std::vector<std::string>{
             "--shard 1/2", "--shard 0/2 --resume " + journal, "--shard 3/2 --resume " + journal,
             "--shard 1 --resume " + journal, "--shard 1/2/3 --resume " + journal, "--shard -1/2 --resume " + journal,
             "--shard 1/99999999999999999999 --resume " + journal, "--shard '' --resume " + journal,
             "--shard 1/2 --table --resume " + journal, "--shard 1/2 --json x --resume " + journal,
             "--shard 1/2 --resume " + journal + " --certificates " + (folder / "c").string()}) {
      CAPTURE(rest);
      const Outcome refused = shell(check + rest);
      REQUIRE(refused.code == 2);
      CHECK(std::count(refused.err.begin(), refused.err.end(), '\n') == 1);
      CHECK_FALSE(std::filesystem::exists(journal));
    }
    CHECK(shell("rankscape check - --shard 1/2 --resume " + journal + " <" + statement).code == 2);
    // gone on with as if it were of the whole run, or the other way round
    const std::string whole = (folder / "whole").string();
    REQUIRE(shell(check + "--shard 1/2 --resume " + journal).code == 0);
    REQUIRE(shell(check + "--resume " + whole).code == 0);
    for (const auto& asked : std::vector<std::pair<std::string, std::string>>{
             {"--resume " + journal,
              journal + ": the journal is of the run with --shard 1/2, and not of a run without"},
             {"--shard 2/2 --resume " + journal, "of the run with --shard 1/2, and not of the run with --shard 2/2"},
             {"--shard 1/2 --resume " + whole, "of a run without --shard, and not of the run with --shard 1/2"},
             {"--seed 2 --resume " + journal, "seed differs"}}) {
      CAPTURE(asked.first);
      const std::string before = read_file(journal) + read_file(whole);
      const Outcome refused = shell(check + asked.first);
      CHECK(refused.code == 2);
      CHECK(refused.err.find(asked.second) != std::string::npos);
      CHECK(std::count(refused.err.begin(), refused.err.end(), '\n') == 1);
      CHECK(read_file(journal) + read_file(whole) == before);
    }
  }

  TEST_CASE("no flipped bit of a journal changes a report (every seventh)") {
    const TemporaryFolder folder;
    const std::string journal = (folder / "journal").string();
    const std::string check =
        "rankscape check " + statement + " --widths 1,1,1 --samples 1 --json - --resume " + journal;
    const Outcome first = shell(check);
    REQUIRE(first.code != 2);
    std::string lines = read_file(journal);
    std::size_t end = 0;
    for (int k = 0; k < 3; ++k)  // the header and two cases
      end = lines.find('\n', end) + 1;
    lines.resize(end);
    write_text(journal, lines);
    // what a run reads of it: the same cases, perhaps without the last, or nothing
    const std::string header = lines.substr(0, lines.find('\n'));
    rankscape::Json run = rankscape::parse_exact_json(header, "header");
    run.erase("sum");
    const auto cases_of = [&](const rankscape::Journal& journal_read) {
      std::vector<std::string> cases;
      std::istringstream in(lines.substr(header.size() + 1));
      const auto reading = journal_read.read();
      for (std::string line; std::getline(in, line);) {
        const auto json = rankscape::parse_exact_json(line, "line");
        const auto kept = reading->take(json["case"].get<std::uint64_t>());
        if (!kept) continue;
        const auto rows = journal_read.rows(*kept, json["model"], json["rows"][0]["key"]);
        cases.push_back(rankscape::row_to_json(rows.front(), json["shape_key"]).dump());
      }
      reading->finish();
      return cases;
    };
    const std::vector<std::string> cases = cases_of(rankscape::Journal(journal, run));
    REQUIRE(cases.size() > 1);
    std::size_t refused = 0;
    for (std::size_t bit = 0; bit < lines.size() * 8; bit += 7) {
      std::string damaged = lines;
      damaged[bit / 8] = static_cast<char>(static_cast<unsigned char>(damaged[bit / 8]) ^ (1U << (bit % 8)));
      write_text(journal, damaged);
      try {
        const auto read = cases_of(rankscape::Journal(journal, run));
        if (bit / 8 + 1 != lines.size() || read.size() + 1 != cases.size()) FAIL("read although damaged: bit " << bit);
        if (!std::equal(read.begin(), read.end(), cases.begin())) FAIL("another case: bit " << bit);
      } catch (const rankscape::InputError&) {
        ++refused;
        if (read_file(journal) != damaged) FAIL("refused, and changed: bit " << bit);
      }
    }
    // all but those in the line feed of the last line
    CHECK(refused == ((lines.size() - 1) * 8 + 6) / 7);
  }

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
