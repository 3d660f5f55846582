#include "report/golden.hpp"

#include <array>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <memory>
#include <sstream>
#include <stdexcept>

namespace rankscape::test {

namespace fs = std::filesystem;

std::string file_content(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) throw std::runtime_error("cannot read " + path.string());
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

std::string golden_difference(const std::string& name, const std::string& actual) {
  const fs::path golden = fs::path(RANKSCAPE_SOURCE_DIR) / "tests/report/golden" / name;
  const char* update = std::getenv("RANKSCAPE_UPDATE_GOLDEN");
  if (update != nullptr && std::string(update) == "1") {
    std::ofstream(golden, std::ios::binary) << actual;
  }
  if (!fs::exists(golden)) return golden.string() + " is missing; RANKSCAPE_UPDATE_GOLDEN=1 writes it";
  if (file_content(golden) == actual) return "";
  const ScratchDirectory scratch;
  std::ofstream(scratch.file("actual"), std::ios::binary) << actual;
  const CommandResult diff = run_command("diff -u '" + golden.string() + "' '" + scratch.file("actual") + "'");
  return diff.output.empty() ? "differs, and diff did not run" : diff.output;
}

ScratchDirectory::ScratchDirectory() {
  std::string pattern = (fs::temp_directory_path() / "rankscape-report-XXXXXX").string();
  if (::mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("no scratch directory");
  path = pattern;
}

ScratchDirectory::~ScratchDirectory() {
  std::error_code ignored;  // a destructor has nobody to tell
  fs::remove_all(path, ignored);
}

std::size_t ScratchDirectory::entries() const {
  return static_cast<std::size_t>(std::distance(fs::directory_iterator(path), fs::directory_iterator()));
}

CommandResult run_command(const std::string& command) {
  CommandResult result;
  FILE* pipe = ::popen((command + " 2>&1").c_str(), "r");
  if (pipe == nullptr) throw std::runtime_error("cannot start: " + command);
  std::array<char, 4096> buffer{};
  while (const std::size_t count = std::fread(buffer.data(), 1, buffer.size(), pipe)) {
    result.output.append(buffer.data(), count);
  }
  result.status = ::pclose(pipe);
  return result;
}

}  // namespace rankscape::test
