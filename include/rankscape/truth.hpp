#pragma once
// Three-valued answers. "Not shown" is never "false": a function that decides something returns yes, no or unknown, and
// no conversion to bool exists, so that a caller has to say which of the three it means.

namespace rankscape {

enum class Truth : unsigned char { no, unknown, yes };

[[nodiscard]] constexpr Truth truth(bool decided) noexcept {
  return decided ? Truth::yes : Truth::no;
}

/// Kleene's strong three-valued logic.
[[nodiscard]] constexpr Truth operator!(Truth a) noexcept {
  return a == Truth::unknown ? a : truth(a == Truth::no);
}
[[nodiscard]] constexpr Truth operator&&(Truth a, Truth b) noexcept {
  return a < b ? a : b;
}
[[nodiscard]] constexpr Truth operator||(Truth a, Truth b) noexcept {
  return a < b ? b : a;
}
[[nodiscard]] constexpr Truth implies(Truth a, Truth b) noexcept {
  return !a || b;
}

}  // namespace rankscape
