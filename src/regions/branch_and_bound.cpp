#include "regions/branch_and_bound.hpp"

#include <deque>
#include <rankscape/error.hpp>
#include <rankscape/exact/deadline.hpp>

#include "language/evaluate.hpp"
#include "statements/statement_data.hpp"

namespace rankscape::regions {

namespace {

// Over all points of a box. yes: at every one; no: at none.
struct Judged {
  Truth inside;                // the hypotheses and `when`
  Truth claim;                 // where they hold
  std::vector<bool> excludes;  // which hypotheses fail at every point, then whether `when` does
};

struct Piece {
  WeightBox box;
  Rational share;  // of the domain's volume
};

class Search {
 public:
  Search(RegionFormulas formulas, const Region& region) : formulas_(std::move(formulas)), region_(region) {}

  [[nodiscard]] Judged judge(const WeightBox& box) const {
    const auto source = region_.over(box);
    PointCache cache;
    language::Evaluator evaluator(*source, formulas_.definitions, cache.table());
    std::vector<std::string> reasons;
    Judged judged{Truth::yes, Truth::yes, {}};
    const auto ask = [&](const language::ExprPtr& condition) {
      const Truth truth = condition ? evaluator.condition(*condition, reasons) : Truth::yes;
      judged.inside = judged.inside && truth;
      judged.excludes.push_back(truth == Truth::no);
    };
    for (const language::ExprPtr& hypothesis : formulas_.hypotheses)
      ask(hypothesis);
    ask(formulas_.when);
    if (judged.inside != Truth::no)
      judged.claim = implies(judged.inside, evaluator.condition(*formulas_.holds, reasons));
    return judged;
  }

  [[nodiscard]] Judged judge(const std::vector<RationalMatrix>& point) const {
    WeightBox box;
    for (const RationalMatrix& weight : point)
      box.push_back(enclosed(weight));
    return judge(box);
  }

 private:
  RegionFormulas formulas_;
  const Region& region_;
};

std::vector<RationalMatrix> midpoint(const WeightBox& box) {
  std::vector<RationalMatrix> point;
  for (const EnclosedMatrix& weight : box)
    point.push_back(weight.midpoint());
  return point;
}

std::vector<RationalMatrix> corner(const WeightBox& box) {
  std::vector<RationalMatrix> point;
  for (const EnclosedMatrix& weight : box) {
    point.emplace_back(weight.rows, weight.cols);
    for (std::size_t k = 0; k < weight.entries.size(); ++k)
      point.back()(static_cast<Index>(k)) = weight.entries[k].lo;
  }
  return point;
}

Enclosure& widest(WeightBox& box) {
  Enclosure* best = nullptr;
  for (EnclosedMatrix& weight : box) {
    for (Enclosure& entry : weight.entries) {
      if (best == nullptr || entry.width() > best->width()) best = &entry;
    }
  }
  if (best == nullptr) throw std::invalid_argument("regions: a box of no weights");
  return *best;
}

}  // namespace

RegionFormulas Region::formulas(const Statement& statement, std::size_t claim) const {
  const Statement::Data& data = statement.data();
  RegionFormulas result;
  for (const Hypothesis& hypothesis : data.hypotheses)
    result.hypotheses.push_back(hypothesis.holds.tree);
  const Claim& of = data.claims.at(claim);
  if (of.when) result.when = of.when->tree;
  result.holds = of.holds.tree;
  result.definitions = data.definitions;
  return result;
}

RegionResult examine_region(const Statement& statement, std::size_t claim, const Region& region,
                            const WeightBox& domain, const RegionOptions& options) {
  const Search search(region.formulas(statement, claim), region);
  RegionResult result;
  std::deque<Piece> open{{domain, Rational(1)}};
  result.excluded.resize(statement.hypotheses().size() + 1);
  Rational outside = 0;  // share of the volume on which the hypotheses fail
  const auto refutes = [&](std::vector<RationalMatrix> point) {
    const Judged at = search.judge(point);
    if (at.inside == Truth::yes) result.reached = Truth::yes;
    if (at.claim != Truth::no) return false;
    result.holds = Truth::no;
    result.counterexample = std::move(point);
    return true;
  };
  while (!open.empty() && result.boxes < options.boxes) {
    check_deadline();
    Piece piece = std::move(open.front());
    open.pop_front();
    ++result.boxes;
    const Judged on_box = search.judge(piece.box);
    if (on_box.inside == Truth::yes) result.reached = Truth::yes;
    if (on_box.inside == Truth::no) {
      outside += piece.share;
      for (std::size_t k = 0; k < on_box.excludes.size(); ++k)
        result.excluded[k] += on_box.excludes[k] ? piece.share : Rational(0);
    }
    if (on_box.claim == Truth::yes) {
      result.certified += piece.share;
      const bool seen = on_box.inside == Truth::no || result.reached == Truth::yes;
      if (!seen && search.judge(midpoint(piece.box)).inside == Truth::yes) result.reached = Truth::yes;
      continue;
    }
    if (refutes(midpoint(piece.box))) return result;
    if (on_box.claim == Truth::no) {
      throw InternalDisagreement("the claim '" + statement.claims()[claim].name +
                                 "' fails on a box, but its midpoint does not refute it");
    }
    if (refutes(corner(piece.box))) return result;
    Enclosure& side = widest(piece.box);
    const Enclosure interval = side;
    if (interval.is_exact()) break;  // a point, and undecided there
    const Rational cut = (interval.lo + interval.hi) / 2;
    for (const Enclosure& half : {Enclosure(interval.lo, cut), Enclosure(cut, interval.hi)}) {
      side = half;
      open.push_back({piece.box, piece.share / 2});
    }
  }
  if (open.empty() && result.certified == 1) result.holds = Truth::yes;
  if (outside == 1) result.reached = Truth::no;
  return result;
}

}  // namespace rankscape::regions
