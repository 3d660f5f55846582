// Exact quantities of one point: the spectrum, S, the stratum, global minimality, descents.
#include "native/deep_linear/advice.hpp"

#include <algorithm>
#include <rankscape/error.hpp>

#include "exact/selection.hpp"
#include "native/deep_linear/adviser.hpp"
#include "native/subsets.hpp"

namespace rankscape::deep_linear {

namespace {

// The features of a point under one choice of S.
class WithSet final : public FeatureSource {
 public:
  WithSet(const Instance& at, std::size_t position_of_S, IndexSet S)
      : at_(&at), position_(position_of_S), S_(std::move(S)) {}

  [[nodiscard]] Value feature(std::size_t position, std::span<const Value> arguments) const override {
    if (position == position_) return S_;
    return at_->feature(position, arguments);
  }

 private:
  const Instance* at_;
  std::size_t position_;
  IndexSet S_;
};

std::string to_string(const IndexSet& set) {
  std::string text;
  for (const long k : set)
    text += (text.empty() ? "" : ", ") + std::to_string(k);
  return "{" + text + "}";
}

}  // namespace

DeepLinearAdvice::DeepLinearAdvice(const Instance& at)
    : at_(at),
      X_(at.matrix("X")),
      Y_(at.matrix("Y")),
      widths_(at.shape().numbers()),
      sxx_(multiply(X_, X_.transpose())),
      products_(at.point().weights, multiply(X_, Y_.transpose())) {}

Value DeepLinearAdvice::word(std::size_t position, std::span<const Value> arguments) const {
  return words().evaluate(*this, position, arguments);
}

const RationalMatrix& DeepLinearAdvice::sigma() const {
  if (!sigma_) {
    // orthogonal projection onto the row space of X, through a basis of it: valid for singular Sxx too
    const RationalMatrix rows = column_basis(X_.transpose());
    const RationalMatrix y = multiply(Y_, rows);
    const RationalMatrix gram = multiply(rows.transpose(), rows);
    sigma_ = multiply({y, inverse(gram).value(), y.transpose()});
  }
  return *sigma_;
}

const std::vector<RealRoot>& DeepLinearAdvice::lambda() const {
  if (!lambda_) lambda_ = real_eigenvalues(sigma());
  return *lambda_;
}

Index DeepLinearAdvice::rmax() const {
  return *std::min_element(widths_.begin(), widths_.end());
}

const std::optional<std::vector<RealRoot>>& DeepLinearAdvice::selected_eigenvalues() const {
  if (!selected_) selected_.emplace(eigenvalues_on_range(sigma(), products_.product()));
  return *selected_;
}

IndexSet DeepLinearAdvice::S() const {
  const auto& selected = selected_eigenvalues();
  if (!at_.critical() || !selected) throw Undefined("S: the point is not critical");
  const auto selection = select_from(lambda(), *selected);
  if (!selection || !selection->set) throw Undefined("S is not unique: an eigenvalue of Sigma is repeated across it");
  return *selection->set;
}

bool DeepLinearAdvice::tightened() const {
  if (!at_.critical()) throw Undefined("tightened: the point is not critical");
  const Index rank_of_product = r();
  for (int i = 2; i <= layers(); ++i) {
    for (int j = 1; j < i; ++j) {
      const bool tight = products_.path_rank(j, i - j) == rank_of_product ||
                         products_.path_rank(i, layers() - i + 1 + j) == rank_of_product;
      if (!tight) return false;
    }
  }
  return true;
}

bool DeepLinearAdvice::strata_make_sense() const {
  const Index dx = widths_.front();
  const Index dy = widths_.back();
  return dy <= dx && rank(sxx()) == dx && rank(sxy()) == dy;
}

const Stratum& DeepLinearAdvice::stratum() const {
  if (!stratum_) {
    if (!at_.critical()) throw Undefined("stratum: the point is not critical");
    if (!strata_make_sense()) throw Undefined("stratum: outside the hypotheses H1, H2, H3");
    const Index base = r();
    auto found = stratum_from_ranks(
        layers(), [&](int start, int length) { return static_cast<long>(products_.path_rank(start, length) - base); });
    if (!found) {
      throw InternalDisagreement("the ranks of the partial products of a critical point belong to no stratum");
    }
    stratum_ = std::move(*found);
  }
  return *stratum_;
}

GlobalComparison DeepLinearAdvice::global_comparison() const {
  // inf = tr(Syy) - sum of the rmax largest eigenvalues of Sigma (Eckart-Young, for any X and Y)
  const auto top = static_cast<std::size_t>(std::min<Index>(rmax(), widths_.back()));
  Real infimum{trace(multiply(Y_, Y_.transpose()))};
  for (std::size_t i = 0; i < top; ++i)
    infimum = infimum - Real(lambda()[i]);
  GlobalComparison result;
  result.infimum = infimum;
  const auto& selected = selected_eigenvalues();
  if (at_.critical() && selected) {
    // value = tr(Syy) - sum of the selected eigenvalues: equal to the infimum exactly when they are, up to zeros, the
    // largest ones; decided on algebraic numbers, not on their sums
    bool leading = true;
    const RealRoot zero{Rational(0)};
    for (std::size_t i = 0; i < top; ++i) {
      const RealRoot& taken = i < selected->size() ? (*selected)[i] : zero;
      leading = leading && taken == lambda()[i];
    }
    result.is_minimum = truth(leading);
    result.reason = "the eigenvalues selected by the product are compared with the rmax largest of Sigma";
  } else {
    result.is_minimum = equal(Real(at_.value()), infimum);
    result.reason = "the value is compared with the rank-constrained optimum";
  }
  return result;
}

std::vector<Curve> DeepLinearAdvice::descents() const {
  // the strings exist as soon as the product determines what the loss sees of it, or its range all of the output
  if (rank(sxx()) != widths_.front() && rank(sxy()) != widths_.back()) return {};
  const StringBasis basis = string_basis(products_, column_basis(products_.product()));
  const Stratum found = basis.stratum();
  if (strata_make_sense() && !(found == stratum())) {
    throw InternalDisagreement("the strings found (" + to_string(found) + ") and the ranks of the partial products (" +
                               to_string(stratum()) + ") disagree");
  }
  const auto chain = shortest_chain(found);
  if (!chain) return {};
  Weights forward = chain_direction(basis, *chain);
  Weights backward = forward;
  const auto last = static_cast<std::size_t>(chain->front()) - 1;
  backward[last] = -backward[last];
  return {{std::move(forward), {}}, {std::move(backward), {}}};
}

std::vector<IndexSet> DeepLinearAdvice::admissible_sets() const {
  const auto& selected = selected_eigenvalues();
  if (!at_.critical() || !selected) throw Undefined("S: the point is not critical");
  std::vector<IndexSet> sets{{}};
  const auto& roots = lambda();
  for (std::size_t i = 0; i < roots.size();) {
    const auto equal = [&](const RealRoot& other) { return other == roots[i]; };
    const auto size = std::count_if(roots.begin(), roots.end(), equal);
    const auto chosen = std::count_if(selected->begin(), selected->end(), equal);
    std::vector<IndexSet> longer;
    for (const IndexSet& set : sets) {
      for_each_subset(static_cast<int>(size), static_cast<int>(chosen), [&](const std::vector<int>& subset) {
        if (longer.size() == most_sets) return;
        longer.push_back(set);
        for (const int k : subset)
          longer.back().insert(static_cast<long>(i) + k);
      });
    }
    sets = std::move(longer);
    i += static_cast<std::size_t>(size);
  }
  return sets;
}

std::vector<Reading> DeepLinearAdvice::readings() const {
  std::vector<Reading> result;
  if (!at_.critical() || !selected_eigenvalues()) return result;
  const std::vector<IndexSet> sets = admissible_sets();
  const auto position = at_.landscape().vocabulary().find("S");
  if (sets.size() < 2 || !position) return result;
  for (const IndexSet& set : sets)
    result.push_back({"S = " + to_string(set), std::make_unique<WithSet>(at_, *position, set)});
  return result;
}

std::string DeepLinearAdvice::family() const {
  if (!at_.critical() || !strata_make_sense()) return {};
  const auto& roots = lambda();
  if (std::adjacent_find(roots.begin(), roots.end()) != roots.end()) return {};
  const IndexSet selected = S();
  return family_name({selected.begin(), selected.end()}, stratum());
}

Labels DeepLinearAdvice::labels() const {
  Cell S;
  Cell type;
  Cell tight;
  Cell strings;
  if (at_.critical()) {
    tight = tightened();
    const auto& selected = selected_eigenvalues();
    if (const auto selection = selected ? select_from(lambda(), *selected) : std::nullopt;
        selection && selection->set) {
      const IndexSet& set = *selection->set;
      S = set;
      type = set.empty() || *set.rbegin() == static_cast<long>(set.size()) ? "leading" : "other";
    }
    if (strata_make_sense()) {
      Cell::List list;
      for (const auto& [string, count] : stratum().multiplicity)
        list.emplace_back(Cell::List{string.start, string.length, count});
      strings = list;
    }
  }
  return {{"rmax", rmax()}, {"S", S}, {"S_type", type}, {"tightened", tight}, {"stratum", strings}};
}

}  // namespace rankscape::deep_linear
