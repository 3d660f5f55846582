#pragma once
// A claim over a box: certified, refuted by an exact point, or undecided on what is left.
//
// Boxes on which the enclosures decide the claim are done; others are cut in half across their widest side, the largest
// first. Before a box is cut, its midpoint and a corner are tried as counterexamples.

#include <rankscape/statements/statement.hpp>

#include <cstdint>

#include "regions/quantities.hpp"

namespace rankscape::regions {

struct RegionOptions {
  std::uint64_t boxes = 3000;  ///< examined at most, for each claim and domain
};

struct RegionResult {
  /// yes: at every point of the domain; no: there is a counterexample; unknown: undecided on the rest.
  Truth holds = Truth::unknown;
  /// Share of the volume on which the claim is certified (1 when it holds).
  Rational certified = 0;
  std::uint64_t boxes = 0;
  std::optional<RationalMatrix> counterexample;
};

/// One claim (`when` implies `holds`) of a statement over region_languages(). The hypotheses of the statement join
/// `when`. \throws InternalDisagreement  enclosures over a box refute what its midpoint, examined by itself, does not
[[nodiscard]] RegionResult examine_region(const Statement& statement, std::size_t claim, const RegionData& data,
                                          const EnclosedMatrix& domain, const RegionOptions& options = {});

}  // namespace rankscape::regions
