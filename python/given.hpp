#pragma once
// Input from Python: a file, or JSON text that Python has made of its objects; and time limits.

#include <chrono>
#include <nlohmann/json.hpp>
#include <optional>
#include <rankscape/exact_json.hpp>
#include <string>

#include "answers/arguments.hpp"
#include "answers/point_file.hpp"

namespace rankscape::python {

struct Given {
  std::string file;
  std::string text;

  [[nodiscard]] Json point() const { return file.empty() ? parse_exact_json(text, "point") : read_point_file(file); }
};

using Seconds = std::optional<std::chrono::duration<double>>;

inline Seconds seconds(const std::string& text) {
  if (text.empty()) return std::nullopt;
  return std::chrono::duration<double>(parse_seconds(text, "time_limit"));
}

}  // namespace rankscape::python
