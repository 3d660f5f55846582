#pragma once
// Statements for tests, parsed from text.

#include <rankscape/statements/statement.hpp>

#include <fstream>
#include <iterator>
#include <stdexcept>
#include <string>

#include "landscapes.hpp"

namespace rankscape::test {

inline Statement parse(const std::string& text) {
  return Statement::parse(text, "test.toml", languages());
}

/// The shipped classification with one piece of text replaced.
inline Statement classification(const std::string& from = "", const std::string& to = "") {
  std::ifstream in(RANKSCAPE_SOURCE_DIR "/theorems/achour2024-classification.toml", std::ios::binary);
  std::string text{std::istreambuf_iterator<char>(in), {}};
  const std::size_t at = text.find(from);
  if (at == std::string::npos) throw std::invalid_argument("classification: no " + from);
  return parse(text.replace(at, from.size(), to));
}

}  // namespace rankscape::test
