#pragma once
// Tests that need Singular.

#include <doctest/doctest.h>

#include "cli/program.hpp"

namespace rankscape::test {

// Said, not silent: what needs Singular is not tested where it is not installed.
inline bool has_singular() {
  static const bool there = shell("command -v Singular").code == 0;
  if (!there) MESSAGE("SKIPPED: Singular is not installed (scripts/packages.txt, part [test])");
  return there;
}

}  // namespace rankscape::test
