#pragma once
// Losses that a point spells out.

#include "landscapes/data.hpp"

#include <memory>

namespace rankscape {

/// \throws InputError  with a JSON pointer
[[nodiscard]] std::unique_ptr<Landscape::Data> read_inline(const Json& json);

}  // namespace rankscape
