#pragma once
// A claim over a box: certified, refuted by an exact point, or undecided on what is left.
//
// Boxes on which the enclosures decide the claim are done; others are cut in half across their widest side, the largest
// first. Before a box is cut, its midpoint and a corner are tried as counterexamples.

#include <rankscape/statements/statement.hpp>

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "numeric/enclosed_matrix.hpp"

namespace rankscape::regions {

/// One matrix of intervals for each weight.
using WeightBox = std::vector<EnclosedMatrix>;

/// What is checked on each box: if all hypotheses and `when` hold, then `holds`.
struct RegionFormulas {
  std::vector<language::ExprPtr> hypotheses;
  language::ExprPtr when;  ///< or nullptr
  language::ExprPtr holds;
  std::vector<Definition> definitions;
};

/// Where a statement about regions takes its values from.
class Region {
 public:
  Region() = default;
  Region(const Region&) = delete;
  Region& operator=(const Region&) = delete;
  Region(Region&&) = delete;
  Region& operator=(Region&&) = delete;
  virtual ~Region() = default;

  /// As the statement says them; a region may prepare them for its own sources.
  [[nodiscard]] virtual RegionFormulas formulas(const Statement& statement, std::size_t claim) const;
  /// Enclosures over a box (kept by reference), exact where it is a point.
  [[nodiscard]] virtual std::unique_ptr<const FeatureSource> over(const WeightBox& box) const = 0;
};

struct RegionOptions {
  std::uint64_t boxes = 3000;  ///< examined at most, for each claim and domain
};

struct RegionResult {
  /// yes: at every point of the domain; no: there is a counterexample; unknown: undecided on the rest.
  Truth holds = Truth::unknown;
  /// Is a point of the domain inside the hypotheses and `when`? yes: one was seen; no: there is none, so that nothing
  /// was checked (and `holds` is yes for want of points); unknown: none was seen, though there may be some.
  Truth reached = Truth::unknown;
  /// Share of the volume on which the claim is certified (1 when it holds).
  Rational certified = 0;
  std::uint64_t boxes = 0;
  std::optional<std::vector<RationalMatrix>> counterexample;
  /// Share of the volume on which each hypothesis, in the order of the file, certainly fails; behind them that of
  /// `when` (0 without one). Several may fail at the same points.
  std::vector<Rational> excluded;
};

/// One claim (`when` implies `holds`) of a statement. The hypotheses of the statement join `when`.
/// \throws InternalDisagreement  enclosures over a box refute what its midpoint, examined by itself, does not
[[nodiscard]] RegionResult examine_region(const Statement& statement, std::size_t claim, const Region& region,
                                          const WeightBox& domain, const RegionOptions& options = {});

}  // namespace rankscape::regions
