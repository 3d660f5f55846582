#pragma once
// Statements read over a landscape's words. In a source of its own, for what statements include.

#include <rankscape/statements/vocabulary.hpp>

#include <string>

namespace rankscape::examples {

/// Reads a statement; `language` is that of its model. \return its complaint, or nothing
[[nodiscard]] std::string statement_complaint(const std::string& path, const Language& language);

}  // namespace rankscape::examples
