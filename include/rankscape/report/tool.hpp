#pragma once
// Which program made a report: its version, the commit it was built from, the libraries whose arithmetic it relies on.

#include <string>
#include <utility>
#include <vector>

namespace rankscape {

struct ToolInfo {
  std::string version;
  std::string git;                                             ///< `git describe` at build time, or "unknown"
  std::vector<std::pair<std::string, std::string>> libraries;  ///< name, version; sorted by name
};

/// Of this build; the same for every call.
[[nodiscard]] const ToolInfo& tool_info();

}  // namespace rankscape
