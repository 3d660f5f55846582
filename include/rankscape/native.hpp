#pragma once
// The advisers there are: what a library of landscapes is made with (`Library library({installed_landscapes()},
// find_adviser)`). src/native/registry.cpp is the one place where they are registered.

#include <rankscape/adviser.hpp>

#include <string_view>

namespace rankscape {

/// An AdviserLookup: the adviser of that name, or nullptr.
[[nodiscard]] const Adviser* find_adviser(std::string_view name);

}  // namespace rankscape
