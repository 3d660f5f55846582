#pragma once
// What a page shows, as a test uses it.

#include <sstream>
#include <string>

#include "cli/program.hpp"

namespace rankscape::test {

/// The fenced block of a page of the sources that has this line; empty where there is none.
inline std::string fenced(const std::string& page, const std::string& line) {
  std::istringstream in(read_file(RANKSCAPE_SOURCE_DIR "/" + page));
  std::string block;
  bool inside = false;
  for (std::string next; std::getline(in, next);) {
    if (next.starts_with("```")) {
      if (inside && block.find(line + "\n") != std::string::npos) return block;
      inside = !inside;
      block.clear();
    } else if (inside) {
      block += next + "\n";
    }
  }
  return "";
}

}  // namespace rankscape::test
