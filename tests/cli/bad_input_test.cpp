// Whatever is given to the commands: one clear line, exit code 2, nothing half-written.
#include <doctest/doctest.h>

#include <algorithm>
#include <vector>

#include "cli/program.hpp"

using namespace rankscape::test;

TEST_SUITE("quick") {
  TEST_CASE("files that are no points") {
    const TemporaryFolder folder;
    const std::string file = (folder / "p.json").string();
    check_refused("rankscape classify /nonexistent.json");
    check_refused("rankscape classify /");
    for (const std::string& text : std::vector<std::string>{
             "", "{", "null", "[1, 2", std::string("\0\1\2", 3), std::string(100000, '['),
             "{\"format\": \"rankscape-point/1\", \"model\": \"no\\nsuch\", \"data\": {}, \"weights\": []}",
             "{\"format\": \"rankscape-point/1\", \"model\": \"deep-linear\", \"data\": {\"X\": [[1]], \"Y\": "
             "[[\"1/0\"]]}, \"weights\": [[[1]], [[1]]]}",
             "{\"format\": \"rankscape-point/1\", \"loss\": \"norm2(x)\", \"data\": {}, \"weights\": {\"x\": []}}",
             "{\"format\": \"rankscape-point/1\", \"loss\": \"norm2(x)\", \"data\": {}, \"weights\": {\"x\": [[]]}}",
             "{\"format\": \"rankscape-point/1\", \"loss\": \"norm2(x - a)\", \"data\": {\"a\": [[]]}, \"weights\": "
             "{\"x\": [1]}}"}) {
      CAPTURE(text.substr(0, 80));
      write_text(file, text);
      check_refused("rankscape classify " + file);
    }
  }

  TEST_CASE("files that are no statements") {
    const TemporaryFolder folder;
    const std::string file = (folder / "s.toml").string();
    check_refused("rankscape check /nonexistent.toml");
    check_refused("rankscape check /");
    for (const std::string& text : std::vector<std::string>{
             "", "[", "format = 1", "format = \"rankscape-statement/1\"\nid = \"a\"\nmodel = \"none\"",
             std::string("\xff\xfe\0", 3), std::string(100000, '[')}) {
      CAPTURE(text.substr(0, 80));
      write_text(file, text);
      check_refused("rankscape check " + file);
    }
  }

  TEST_CASE("a column of a landscape's own with the name of a field of the report") {
    const TemporaryFolder folder;
    const std::string at = (folder / "").string();
    const auto write = [&](const std::string& column) {
      write_text(folder / "line.toml",
                 "format = 'rankscape-landscape/1'\nid = 'line'\ntitle = 'a line'\nsource = 'ours'\n"
                 "columns = ['" +
                     column +
                     "']\nloss = 'x^4 - a*x^2'\n[sizes]\nsizes = 'n'\n"
                     "examples = [[1]]\n[data]\na = { is = 'number', means = 'slope' }\n[weights]\n"
                     "x = { is = 'number', means = 'point' }\n[define]\n" +
                     column +
                     " = { is = 'x', means = 'the point' }\n[[family]]\nname = 'zero'\n"
                     "[family.set]\na = '1'\nx = '0'\n");
      write_text(folder / "s.toml",
                 "format = 'rankscape-statement/1'\nid = 's'\ntitle = 's'\nsource = 'ours'\n"
                 "model = 'line.toml'\n[[case]]\nname = 'zero'\nwhen = 'true'\n"
                 "then = 'local_maximizer'\n[scope]\nsizes = [[1]]\n");
    };
    write("inside");
    check_refused("rankscape check " + at + "s.toml --json " + at + "r.json",
                  "column 'inside' has the name of a field");
    CHECK_FALSE(std::filesystem::exists(folder / "r.json"));
    write("place");
    CHECK(shell("rankscape check " + at + "s.toml --json " + at + "r.json").code == 0);
  }

  TEST_CASE("targets that cannot be written leave nothing behind") {
    const TemporaryFolder folder;
    check_refused("rankscape check theorems/achour2024-classification.toml --widths 2,2,2 --json " +
                  std::string("/dev/null/report.json"));
    check_refused("rankscape check theorems/achour2024-classification.toml --widths 2,2,2 --latex " +
                  (folder / "").string());
    check_refused("rankscape point --widths 2,2,2 --S 1,2 --stratum '-' --json " + std::string("/dev/null/point.json"));
  }
}

TEST_SUITE("standard") {
  TEST_CASE("near: files that are no weights or no data, or of another convention") {
    const std::string weights = "tests/near/data/narrow-step-003800.npz";
    const std::string data = "tests/near/data/narrow-data.npz";
    const std::string near = "rankscape near " + weights + " --data " + data + " --convention ";
    REQUIRE(shell(near + "columns").code == 0);
    REQUIRE(shell("rankscape near " + weights + " --data " + data).code == 0);
    for (const std::string& command :
         {near + "sideways", near + "torch", near + "keras", near + "columns --radius -1",
          near + "columns --radius abc", near + "columns --json " + weights,
          "rankscape near " + data + " --data " + data + " --convention columns",
          "rankscape near " + weights + " --data " + weights + " --convention columns",
          "rankscape near /nonexistent.npz --data " + data + " --convention columns",
          "rankscape near /dev/zero --data " + data + " --convention columns",
          "rankscape near README.md --data " + data + " --convention columns", "rankscape near model.pt --data " + data,
          "rankscape near " + weights + " --data " + data + " --layers layer_01,none",
          // the shapes of square layers do not say how they lie
          std::string("rankscape near tests/near/data/square-step-013800.npz --data "
                      "tests/near/data/square-data.npz")}) {
      check_refused(command);
    }
  }

  TEST_CASE("usage") {
    for (const char* command :
         {"rankscape",
          "rankscape nonsense",
          "rankscape check",
          "rankscape classify",
          "rankscape check --jobs 0 theorems/achour2024-classification.toml",
          "rankscape check theorems/achour2024-classification.toml --jobs many",
          "rankscape strata",
          "rankscape strata --widths 2",
          "rankscape strata --widths 2,2,x",
          "rankscape strata --widths 2,,2",
          "rankscape strata --widths 2,2,3",
          "rankscape strata --widths 2,0,2",
          "rankscape strata --widths -2,2,2",
          "rankscape strata --widths 99999999999999999999,2,2",
          "rankscape strata --widths 100,100,100,100,100",
          "rankscape values --widths 3,3,3 --lambda 1,2,3",
          "rankscape values --widths 3,3,3 --lambda 9,4",
          "rankscape values --widths 3,3,3 --lambda 9,4,1/0",
          "rankscape values --widths 3,3,3 --lambda 9,4,0",
          "rankscape values --widths 3,3,3 --lambda 9,4,1 --data x.json",
          "rankscape values --widths 40,40,40",
          "rankscape point --widths 2,2,2 --stratum nonsense",
          "rankscape point --widths 2,2,2 --S 3 --stratum '-'",
          "rankscape point --widths 2,2,2 --S 1,1 --stratum '-'",
          "rankscape point --widths 2,2,2 --S 1,2 --stratum '-' --data other",
          "rankscape point --widths 2,2,2 --S 1,2 --stratum '-' --position other",
          "rankscape check theorems/achour2024-classification.toml --widths 2,2,2 --time-limit -1",
          "rankscape check theorems/achour2024-classification.toml --widths 2,2,2 --time-limit soon",
          "rankscape check theorems/achour2024-classification.toml --widths 9,9,9,9,9,9,9 --samples 1000",
          "rankscape check theorems/achour2024-classification.toml theorems/achour2024-classification.toml",
          "rankscape list /nonexistent"}) {
      check_refused(command);
    }
  }
}
