#pragma once
// Runs the built program as a user would and keeps what it said.

#include <sys/wait.h>

#include <doctest/doctest.h>
#include <unistd.h>
#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>
#include <string>
#include <vector>

namespace rankscape::test {

inline std::string read_file(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

inline void write_text(const std::filesystem::path& path, const std::string& text) {
  std::ofstream out(path, std::ios::binary);
  out << text;
}

/// A folder that goes away with the object.
class TemporaryFolder {
 public:
  TemporaryFolder() {
    std::string name = (std::filesystem::temp_directory_path() / "rankscape-test-XXXXXX").string();
    if (mkdtemp(name.data()) == nullptr) throw std::runtime_error("no temporary folder");
    path_ = name;
  }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  TemporaryFolder(TemporaryFolder&&) = delete;
  TemporaryFolder& operator=(TemporaryFolder&&) = delete;
  ~TemporaryFolder() { std::filesystem::remove_all(path_); }
  [[nodiscard]] std::filesystem::path operator/(const std::string& name) const { return path_ / name; }

 private:
  std::filesystem::path path_;
};

struct Outcome {
  int code = -1;
  std::string out;
  std::string err;
};

/// A command that a test of refusals runs: against hangs, far beyond what any machine takes, so that no speed is
/// tested.
inline std::string guarded(const std::string& command) {
  return "timeout 900 " + command;
}

/// Runs a shell command from the root of the sources; `rankscape` is the program under test.
inline Outcome shell(const std::string& command) {
  const TemporaryFolder folder;
  const std::string line = "cd '" RANKSCAPE_SOURCE_DIR "' && PATH='" RANKSCAPE_BINARY_DIR ":'\"$PATH\" && { " +
                           command + "\n} >'" + (folder / "out").string() + "' 2>'" + (folder / "err").string() +
                           "' </dev/null";
  const int status = std::system(line.c_str());
  Outcome outcome;
  outcome.code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  outcome.out = read_file(folder / "out");
  outcome.err = read_file(folder / "err");
  return outcome;
}

inline std::vector<std::string> lines(const std::string& text) {
  std::vector<std::string> result;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);)
    result.push_back(line);
  return result;
}

/// Exit code 2, nothing on the standard output, one line that names the program and, somewhere, `part`.
inline void check_refused(const std::string& command, const std::string& part = "") {
  CAPTURE(command);
  const Outcome outcome = shell(guarded(command));
  CAPTURE(outcome.err);
  CHECK(outcome.code == 2);
  CHECK(outcome.out == "");
  CHECK(outcome.err.starts_with("rankscape: "));
  CHECK(std::count(outcome.err.begin(), outcome.err.end(), '\n') == 1);
  CHECK(outcome.err.find(part) != std::string::npos);
}

}  // namespace rankscape::test
