#pragma once
// From the text of a statement file to what it says.

#include "statements/statement_data.hpp"

namespace rankscape::statements {

inline constexpr std::size_t max_file_bytes = 1U << 20U;

// Throws InputError: one line, FILE:LINE:COLUMN: what was found, what was expected.
[[nodiscard]] Statement::Data read_statement(std::string_view text, const std::string& filename,
                                             const LanguageLookup& languages);

}  // namespace rankscape::statements
