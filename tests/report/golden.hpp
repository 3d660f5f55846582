#pragma once
// Golden files: expected outputs that stand in tests/report/golden and are compared byte by byte. They are rewritten
// when the environment variable RANKSCAPE_UPDATE_GOLDEN is 1; review the difference before committing.

#include <filesystem>
#include <string>

namespace rankscape::test {

/// \return an empty string when `actual` is the content of the golden file, else what differs (unified diff)
[[nodiscard]] std::string golden_difference(const std::string& name, const std::string& actual);

[[nodiscard]] std::string file_content(const std::filesystem::path& path);

/// A directory of its own for a test, removed at the end.
class ScratchDirectory {
 public:
  ScratchDirectory();
  ScratchDirectory(const ScratchDirectory&) = delete;
  ScratchDirectory& operator=(const ScratchDirectory&) = delete;
  ScratchDirectory(ScratchDirectory&&) = delete;
  ScratchDirectory& operator=(ScratchDirectory&&) = delete;
  ~ScratchDirectory();
  [[nodiscard]] std::string file(const std::string& name) const { return (path / name).string(); }
  [[nodiscard]] std::size_t entries() const;
  std::filesystem::path path;
};

struct CommandResult {
  int status = -1;  ///< as of wait(): 0 for success
  std::string output;
};
/// Through the shell; `command` is the test's own text, never input.
[[nodiscard]] CommandResult run_command(const std::string& command);

}  // namespace rankscape::test
