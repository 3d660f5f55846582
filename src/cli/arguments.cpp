#include "cli/arguments.hpp"

#include <iostream>
#include <nlohmann/json.hpp>
#include <rankscape/report/output.hpp>

#include "text/spell_json.hpp"

namespace rankscape::cli {

std::ostream& words_beside(const std::string& file) {
  return file == "-" ? std::cerr : std::cout;
}

void write_json(const std::string& path, const Json& json) {
  write_file(path, [&](std::ostream& out) { out << text::spelled(json, 2) << '\n'; });
}

}  // namespace rankscape::cli
