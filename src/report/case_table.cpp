// Grouping of rows into the lines of the case tables.

#include <algorithm>
#include <limits>
#include <rankscape/report/case_table.hpp>
#include <stdexcept>

namespace rankscape {
namespace {

Cell cell_of(const Shape& shape) {
  Cell::List cells;
  for (const Shape::Item& item : shape.items()) {
    const auto* number = std::get_if<long>(&item);
    cells.push_back(number != nullptr ? Cell(*number) : Cell(std::get<std::vector<long>>(item)));
  }
  return cells;
}

Cell cell_of(const Row& row, const std::string& label) {
  return label == "shape" ? cell_of(row.shape) : find_label(row.labels, label);
}

void widen(std::optional<InertiaRange>& range, const Inertia& inertia) {
  const std::array<Index, 3> counts = {inertia.negative, inertia.zero, inertia.positive};
  if (!range) range = InertiaRange{{{counts[0], counts[0]}, {counts[1], counts[1]}, {counts[2], counts[2]}}};
  for (std::size_t i = 0; i < counts.size(); ++i) {
    CountRange& one = (*range)[i];
    one = {std::min(one.least, counts[i]), std::max(one.greatest, counts[i])};
  }
}

}  // namespace

Outcome outcome_of(const Row& row) {
  if (row.found == Verdict::not_critical) return Outcome::fault;
  if (row.inside == Truth::no) return Outcome::outside;
  if (row.inside == Truth::unknown) return Outcome::undecided;
  if (row.agrees == Truth::no) return Outcome::refuted;
  if (row.agrees == Truth::yes) return Outcome::agrees;
  return row.covered ? Outcome::undecided : Outcome::uncovered;
}

std::string_view to_string(Outcome outcome) {
  switch (outcome) {
    case Outcome::fault:
      return "fault";
    case Outcome::outside:
      return "outside";
    case Outcome::refuted:
      return "refuted";
    case Outcome::agrees:
      return "agrees";
    case Outcome::uncovered:
      return "uncovered";
    case Outcome::undecided:
      return "undecided";
  }
  throw std::logic_error("outcome without a name");
}

std::string explain(const Row& row) {
  std::string text;
  const auto add = [&](const std::string& part) {
    if (!text.empty()) text += "; ";
    text += part;
  };
  const std::string found(to_string(row.found));
  const std::string predicted = joined(row.predicted);
  // Where the verdict is the predicted one, the reason is a claim's.
  add(predicted.empty() || predicted == found ? "found " + found : "predicted " + predicted + ", found " + found);
  for (const auto& [name, holds] : row.claims) {
    if (holds == Truth::no) add("claim '" + name + "' fails");
    if (holds == Truth::unknown) add("claim '" + name + "' undecided");
  }
  if (row.inside == Truth::unknown) add("hypotheses undecided");
  if (!row.reason.empty()) add(row.reason);
  return text;
}

std::uint64_t CaseGroup::count(Outcome outcome) const {
  const auto found_count = outcomes.find(outcome);
  return found_count == outcomes.end() ? 0 : found_count->second;
}

std::uint64_t CaseGroup::judged() const {
  return count(Outcome::agrees) + count(Outcome::refuted) + count(Outcome::undecided) + count(Outcome::fault);
}

bool CaseGroup::alarming() const {
  return count(Outcome::refuted) + count(Outcome::fault) > 0;
}

CaseTable::CaseTable(std::vector<TableColumn> columns) : columns_(std::move(columns)), appearance_(columns_.size()) {}

std::size_t CaseTable::add(const Row& row) {
  const Outcome outcome = outcome_of(row);
  std::vector<Cell> cells;
  std::string key = outcome == Outcome::outside ? "outside" : "inside";
  for (std::size_t i = 0; i < columns_.size(); ++i) {
    cells.push_back(cell_of(row, columns_[i].label));
    const std::string text = to_string(cells.back());
    appearance_[i].try_emplace(text, appearance_[i].size());
    key += std::to_string(text.size()) + ' ' + text;  // no two lists of cells have the same key
  }
  const auto [place, is_new] = position_.try_emplace(key, groups_.size());
  if (is_new) {
    groups_.emplace_back();
    groups_.back().cells = std::move(cells);
    groups_.back().outside = outcome == Outcome::outside;
  }
  CaseGroup& group = groups_[place->second];
  ++group.cases;
  ++group.outcomes[outcome];
  ++group.found[row.found];
  if (row.inertia) widen(group.inertia, *row.inertia);
  if (row.lambda_min) {
    const Enclosure& known = group.lambda_min ? *group.lambda_min : *row.lambda_min;
    group.lambda_min = Enclosure(std::min(known.lo, row.lambda_min->lo), std::max(known.hi, row.lambda_min->hi));
  } else {
    group.all_have_lambda_min = false;
  }
  group.all_parameters = group.all_parameters && row.validity == "all parameters";
  const bool of_interest = outcome == Outcome::refuted || outcome == Outcome::undecided || outcome == Outcome::fault;
  if (of_interest) {
    group.examples.push_back({row.key, outcome, explain(row)});
    // A refutation matters more than what is only undecided.
    std::stable_partition(group.examples.begin(), group.examples.end(),
                          [](const CaseGroup::Example& example) { return example.outcome != Outcome::undecided; });
    if (group.examples.size() > examples_kept) group.examples.pop_back();
  }
  if (outcome != Outcome::outside) {
    for (const auto& [name, holds] : row.claims) {
      ClaimTally& tally = claims_[name];
      ++(holds == Truth::yes ? tally.yes : holds == Truth::no ? tally.no : tally.unknown);
    }
  }
  return place->second;
}

std::vector<std::size_t> CaseTable::order() const {
  // Sort keys first: integers before anything else, by size; the rest by appearance.
  using Key = std::vector<std::pair<long, std::size_t>>;
  std::vector<Key> keys(groups_.size());
  for (std::size_t g = 0; g < groups_.size(); ++g) {
    for (std::size_t i = 0; i < columns_.size(); ++i) {
      const Cell& cell = groups_[g].cells[i];
      const auto* number = cell.as<long>();
      keys[g].emplace_back(number != nullptr ? *number : std::numeric_limits<long>::max(),
                           appearance_[i].at(to_string(cell)));
    }
  }
  std::vector<std::size_t> positions(groups_.size());
  for (std::size_t g = 0; g < positions.size(); ++g)
    positions[g] = g;
  std::stable_sort(positions.begin(), positions.end(), [&](std::size_t a, std::size_t b) {
    if (groups_[a].outside != groups_[b].outside) return groups_[b].outside;
    return keys[a] < keys[b];
  });
  return positions;
}

ClaimTally CaseTable::claim(const std::string& name) const {
  const auto found = claims_.find(name);
  return found == claims_.end() ? ClaimTally{} : found->second;
}

}  // namespace rankscape
