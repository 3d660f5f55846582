#pragma once
// The one place where advisers are registered.

#include <rankscape/adviser.hpp>

namespace rankscape {

/// An AdviserLookup: the adviser of that name, or nullptr.
[[nodiscard]] const Adviser* find_adviser(std::string_view name);

}  // namespace rankscape
