#include "regions/branch_and_bound.hpp"

#include <deque>
#include <rankscape/error.hpp>
#include <rankscape/exact/deadline.hpp>

#include "language/evaluate.hpp"
#include "statements/statement_data.hpp"

namespace rankscape::regions {

namespace {

struct Piece {
  EnclosedMatrix box;
  Rational share;  // of the domain's volume
};

class Search {
 public:
  Search(const Statement& statement, std::size_t claim, const RegionData& data)
      : statement_(statement.data()), claim_(statement_.claims.at(claim)), data_(data) {}

  // yes: at every point of the box; no: at none.
  [[nodiscard]] Truth claim_on(const EnclosedMatrix& box) const {
    const RegionSource source(data_, box);
    PointCache cache;
    language::Evaluator evaluator(source, statement_.definitions, cache.table());
    std::vector<std::string> reasons;
    Truth when = Truth::yes;
    for (const Hypothesis& hypothesis : statement_.hypotheses)
      when = when && evaluator.condition(*hypothesis.holds.tree, reasons);
    if (claim_.when) when = when && evaluator.condition(*claim_.when->tree, reasons);
    return when == Truth::no ? Truth::yes : implies(when, evaluator.condition(*claim_.holds.tree, reasons));
  }

  [[nodiscard]] bool refutes(const RationalMatrix& x) const { return claim_on(enclosed(x)) == Truth::no; }

 private:
  const Statement::Data& statement_;
  const Claim& claim_;
  const RegionData& data_;
};

RationalMatrix corner(const EnclosedMatrix& box) {
  RationalMatrix x(box.rows, box.cols);
  for (Index k = 0; k < x.size(); ++k)
    x(k) = box.entries[static_cast<std::size_t>(k)].lo;
  return x;
}

std::size_t widest(const EnclosedMatrix& box) {
  std::size_t best = 0;
  for (std::size_t k = 1; k < box.entries.size(); ++k) {
    if (box.entries[k].width() > box.entries[best].width()) best = k;
  }
  return best;
}

}  // namespace

RegionResult examine_region(const Statement& statement, std::size_t claim, const RegionData& data,
                            const EnclosedMatrix& domain, const RegionOptions& options) {
  const Search search(statement, claim, data);
  RegionResult result;
  std::deque<Piece> open{{domain, Rational(1)}};
  const auto refuted_at = [&](RationalMatrix x) {
    result.holds = Truth::no;
    result.counterexample = std::move(x);
    return result;
  };
  while (!open.empty() && result.boxes < options.boxes) {
    check_deadline();
    const Piece piece = std::move(open.front());
    open.pop_front();
    ++result.boxes;
    const Truth holds = search.claim_on(piece.box);
    if (holds == Truth::yes) {
      result.certified += piece.share;
      continue;
    }
    RationalMatrix middle = piece.box.midpoint();
    if (search.refutes(middle)) return refuted_at(std::move(middle));
    if (holds == Truth::no) {
      throw InternalDisagreement("the claim '" + statement.claims()[claim].name +
                                 "' fails on a box, but its midpoint does not refute it");
    }
    RationalMatrix low = corner(piece.box);
    if (search.refutes(low)) return refuted_at(std::move(low));
    const std::size_t side = widest(piece.box);
    const Enclosure interval = piece.box.entries[side];
    if (interval.is_exact()) break;  // a point, and undecided there
    const Rational cut = (interval.lo + interval.hi) / 2;
    for (const Enclosure& half : {Enclosure(interval.lo, cut), Enclosure(cut, interval.hi)}) {
      Piece part{piece.box, piece.share / 2};
      part.box.entries[side] = half;
      open.push_back(std::move(part));
    }
  }
  if (open.empty() && result.certified == 1) result.holds = Truth::yes;
  return result;
}

}  // namespace rankscape::regions
