// Exact quantities of one point: the spectrum, S, the stratum, global minimality, descents.
#include "native/deep_linear/advice.hpp"

#include <algorithm>
#include <rankscape/error.hpp>

#include "exact/selection.hpp"
#include "native/deep_linear/adviser.hpp"
#include "native/deep_linear/inertia.hpp"
#include "native/deep_linear/proved_rank.hpp"
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

// Where the spectrum of Sigma has larger blocks than this, its characteristic polynomial takes too long.
constexpr Index largest_spectrum = 150;

// Of a positive semidefinite matrix, decreasing.
std::vector<RealRoot> nonzero_eigenvalues(const RationalMatrix& semidefinite) {
  std::vector<RealRoot> roots = eigenvalues_by_blocks(semidefinite);
  while (!roots.empty() && roots.back() == RealRoot(Rational(0)))
    roots.pop_back();
  return roots;
}

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

Index DeepLinearAdvice::input_rank() const {
  if (!input_rank_) input_rank_ = proved_rank(X_);
  return *input_rank_;
}

const RationalMatrix& DeepLinearAdvice::sigma() const {
  if (!sigma_ && input_rank() == X_.cols()) sigma_ = multiply(Y_, Y_.transpose());  // X^+ X = I
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
  if (!lambda_) lambda_ = eigenvalues_by_blocks(sigma());
  return *lambda_;
}

Index DeepLinearAdvice::rmax() const {
  return *std::min_element(widths_.begin(), widths_.end());
}

const std::optional<std::vector<RealRoot>>& DeepLinearAdvice::selected_eigenvalues() const {
  if (selected_) return *selected_;
  if (at_.critical() && input_rank() == widths_.front()) {
    selected_.emplace(nonzero_eigenvalues(selected_sigma()));
  } else {
    selected_.emplace(eigenvalues_on_range(sigma(), products_.product()));
  }
  return *selected_;
}

IndexSet DeepLinearAdvice::S() const {
  const auto& selected = selected_eigenvalues();
  if (!at_.critical() || !selected) throw Undefined("S: the point is not critical");
  const auto selection = select_from(lambda(), *selected);
  if (!selection || !selection->set) throw Undefined("S is not unique: an eigenvalue of Sigma is repeated across it");
  return *selection->set;
}

// At a critical point W_H...W_1 X = P Y X^+ X for an orthogonal projector P that commutes with Sigma, so this is P
// Sigma, the part of Sigma that the product selects.
RationalMatrix DeepLinearAdvice::selected_sigma() const {
  return multiply(products_.product(), sxy());
}

std::optional<Inertia> DeepLinearAdvice::known_inertia() const {
  if (!at_.critical()) return std::nullopt;
  const RationalMatrix inside = selected_sigma();
  const RationalMatrix outside = sigma() - inside;
  if (std::max(largest_block(inside), largest_block(outside)) > largest_spectrum) return std::nullopt;
  // what the loss sees of the inputs is the column space of X
  const Index inputs = input_rank();
  const bool all_inputs = inputs == widths_.front();
  const auto seen = [&](int length) {
    return all_inputs ? products_.path_rank(0, length) : proved_rank(multiply(products_.between(0, length - 1), X_));
  };
  const Index base = seen(layers() + 1);
  const auto strings = stratum_from_ranks(
      layers(),
      [&](int start, int length) {
        const Index through = start == 0 ? seen(length) : products_.path_rank(start, length);
        return static_cast<long>(through - base);
      },
      true);
  const SpectralOrder order = spectral_order(nonzero_eigenvalues(inside), nonzero_eigenvalues(outside));
  if (!strings)
    throw InternalDisagreement("the ranks of the partial products of a critical point belong to no strings");
  return inertia_of(at_.parameters(), inputs, widths_.back(), base, order, string_form(*strings));
}

std::string DeepLinearAdvice::local_minimizers_are_global() const {
  const auto& roots = lambda();
  if (!strata_make_sense() || std::adjacent_find(roots.begin(), roots.end()) != roots.end()) return {};
  return "under H1-H4 every local minimizer is a global one (Kawaguchi 2016)";
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
  return dy <= dx && input_rank() == dx && products_.path_rank(layers(), 2) == dy;
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
  if (input_rank() != widths_.front() && rank(sxy()) != widths_.back()) return {};
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
  return {{"r", r()}, {"rmax", rmax()}, {"S", S}, {"S_type", type}, {"tightened", tight}, {"stratum", strings}};
}

}  // namespace rankscape::deep_linear
