#pragma once
// Runs the built program as a user would and keeps what it said.

#include <sys/wait.h>

#include <unistd.h>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

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

}  // namespace rankscape::test
