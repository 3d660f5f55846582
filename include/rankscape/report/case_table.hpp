#pragma once
// The lines of the case tables: rows with equal values in the model's columns, put together. LaTeX, HTML and the text
// summary print these groups and count nothing themselves.

#include <rankscape/report/statement_head.hpp>

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

namespace rankscape {

/// What one row means for its statement. The first that applies.
enum class Outcome : unsigned char {
  fault,      ///< the point was not critical: a defect of the program, not of the statement
  outside,    ///< of the hypotheses (or they are not decided): neither agreement nor refutation
  refuted,    ///< the statement says something else than what was certified
  agrees,     ///< what was certified is what the statement says
  uncovered,  ///< no case of the statement applies, and its claims do not decide either
  undecided,
};
[[nodiscard]] Outcome outcome_of(const Row& row);
[[nodiscard]] std::string_view to_string(Outcome outcome);

/// One line: why the row disagrees or is undecided ("predicted strict_saddle, found global_minimizer").
[[nodiscard]] std::string explain(const Row& row);

struct CountRange {
  Index least = 0;
  Index greatest = 0;
};

using InertiaRange = std::array<CountRange, 3>;  // negative, zero, positive

struct CaseGroup {
  /// One for each column, from the row's labels; empty where the label is missing.
  std::vector<Cell> cells;
  bool outside = false;  ///< rows outside the hypotheses are never in one group with rows inside
  std::uint64_t cases = 0;
  std::map<Outcome, std::uint64_t> outcomes;
  std::map<Verdict, std::uint64_t> found;
  std::optional<InertiaRange> inertia;  ///< of the rows that have one
  std::optional<Enclosure> lambda_min;  ///< hull of the rows' enclosures
  bool all_have_lambda_min = true;
  bool all_parameters = true;  ///< every row holds for all parameter values, not only at samples
  /// The first rows that are refuted or faulty, then undecided ones.
  struct Example {
    std::string key;
    Outcome outcome;
    std::string explanation;
  };
  std::vector<Example> examples;

  [[nodiscard]] std::uint64_t count(Outcome outcome) const;
  /// Rows that the statement says something about.
  [[nodiscard]] std::uint64_t judged() const;
  /// Something in it is refuted or faulty.
  [[nodiscard]] bool alarming() const;
};

struct ClaimTally {
  std::uint64_t yes = 0;
  std::uint64_t no = 0;
  std::uint64_t unknown = 0;
};

class CaseTable {
 public:
  static constexpr std::size_t examples_kept = 3;  ///< for each group

  explicit CaseTable(std::vector<TableColumn> columns);

  /// \return position in groups()
  std::size_t add(const Row& row);

  [[nodiscard]] const std::vector<TableColumn>& columns() const noexcept { return columns_; }
  /// In the order in which they appeared.
  [[nodiscard]] const std::vector<CaseGroup>& groups() const noexcept { return groups_; }
  /// Positions in groups() in the order of the table: column by column, integers by size, anything else by first
  /// appearance; outside the hypotheses last.
  [[nodiscard]] std::vector<std::size_t> order() const;
  /// Inside the hypotheses, by the names of the rows' claims.
  [[nodiscard]] ClaimTally claim(const std::string& name) const;

 private:
  std::vector<TableColumn> columns_;
  std::vector<CaseGroup> groups_;
  std::unordered_map<std::string, std::size_t> position_;
  std::vector<std::map<std::string, std::size_t>> appearance_;  ///< for each column, by the value's text
  std::map<std::string, ClaimTally> claims_;
};

}  // namespace rankscape
