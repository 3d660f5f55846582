#pragma once
// What the rows of one statement come to: counts, what each hypothesis keeps outside, what was asked of no point.

#include <rankscape/check/run.hpp>

#include <vector>

namespace rankscape {

class Tally {
 public:
  explicit Tally(const Statement& statement);

  void add(const Row& row);
  /// Everything but Summary::reach.
  [[nodiscard]] Summary summary() const;

 private:
  void add_outside(const Row& row);

  Summary summary_;
  std::vector<std::string> cases_;  ///< names
  std::vector<std::string> claims_;
  std::vector<bool> matched_;  ///< by some point inside
  std::vector<bool> asked_;
};

[[nodiscard]] std::vector<Summary> summaries_of(const std::vector<Tally>& tallies);

}  // namespace rankscape
