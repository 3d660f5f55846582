#pragma once
// Real algebraic numbers for a reader: exact where they are rational, else rounded and marked by `~`; --json has
// enclosures.

#include <rankscape/exact/real_roots.hpp>

#include <fmt/format.h>
#include <string>
#include <vector>

namespace rankscape::cli {

[[nodiscard]] inline std::string rounded(const Enclosure& near) {
  return fmt::format("~{:.7g}", static_cast<double>(near.lo + near.hi) / 2);
}

[[nodiscard]] inline std::string decimal(const RealRoot& root) {
  if (const auto exact = root.rational()) return to_string(*exact);
  return rounded(root.enclose(Rational(1, 1'000'000'000)));
}

/// What the loss may be on a component: its value, or how many there are.
[[nodiscard]] inline std::string values_text(const std::vector<RealRoot>& values) {
  return values.empty() ? "?" : values.size() == 1 ? decimal(values.front()) : fmt::format("{} values", values.size());
}

}  // namespace rankscape::cli
