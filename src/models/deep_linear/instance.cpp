// Exact quantities of one point: the loss and its derivatives, the spectrum, S, the stratum, global minimality,
// descent.
#include "models/deep_linear/instance.hpp"

#include <algorithm>
#include <rankscape/error.hpp>

#include "exact/selection.hpp"
#include "models/point_reader.hpp"

namespace rankscape::deep_linear {

DeepLinearInstance::DeepLinearInstance(Point point) : point_(std::move(point)) {
  const PointReader reader(point_);
  reader.require_data({"X", "Y"});
  X_ = reader.matrix("X");
  Y_ = reader.matrix("Y");
  const Weights& w = point_.weights;
  if (w.size() < 2) throw InputError("weights: a deep linear network has at least two layers");
  if (w.size() > 64) throw InputError("weights: more than 64 layers");
  widths_.push_back(w.front().cols());
  for (std::size_t h = 0; h < w.size(); ++h) {
    reader.require_shape("/weights/" + std::to_string(h), w[h], w[h].rows(), widths_.back(),
                         "its columns are the rows of the layer before");
    widths_.push_back(w[h].rows());
  }
  reader.require_shape("/data/X", X_, widths_.front(), X_.cols(), "its rows are the columns of W_1");
  reader.require_shape("/data/Y", Y_, widths_.back(), X_.cols(), "as many rows as W_H, as many columns as X");
  reader.require_parameters(5000);
  moments_ = {multiply(X_, X_.transpose()), multiply(X_, Y_.transpose()), multiply(Y_, Y_.transpose())};
  products_ = std::make_unique<PartialProducts>(w, moments_.xy);
}

Rational DeepLinearInstance::loss(const Weights& weights) const {
  RationalMatrix image = X_;
  for (const RationalMatrix& w : weights)
    image = multiply(w, image);
  Rational sum = 0;
  for (Index j = 0; j < image.cols(); ++j) {
    for (Index i = 0; i < image.rows(); ++i) {
      const Rational residual = image(i, j) - Y_(i, j);
      sum += residual * residual;
    }
  }
  return sum;
}

RationalVector DeepLinearInstance::gradient() const {
  if (!gradient_) gradient_ = deep_linear::gradient(point_.weights, moments_);
  return *gradient_;
}

RationalVector DeepLinearInstance::gradient_at(const Weights& weights) const {
  return deep_linear::gradient(weights, moments_);
}

RationalMatrix DeepLinearInstance::hessian() const {
  return deep_linear::hessian(point_.weights, moments_);
}

bool DeepLinearInstance::critical() const {
  return is_zero(gradient());
}

const RationalMatrix& DeepLinearInstance::sigma() const {
  if (!sigma_) {
    // orthogonal projection onto the row space of X, through a basis of it: valid for singular Sxx too
    const RationalMatrix rows = column_basis(X_.transpose());
    const RationalMatrix y = multiply(Y_, rows);
    const RationalMatrix gram = multiply(rows.transpose(), rows);
    sigma_ = multiply({y, inverse(gram).value(), y.transpose()});
  }
  return *sigma_;
}

const std::vector<RealRoot>& DeepLinearInstance::lambda() const {
  if (!lambda_) lambda_ = real_eigenvalues(sigma());
  return *lambda_;
}

Index DeepLinearInstance::r() const {
  return products_->path_rank(0, layers() + 1);
}

Index DeepLinearInstance::rmax() const {
  return *std::min_element(widths_.begin(), widths_.end());
}

const std::optional<std::vector<RealRoot>>& DeepLinearInstance::selected_eigenvalues() const {
  if (!selected_) selected_.emplace(eigenvalues_on_range(sigma(), products_->product()));
  return *selected_;
}

IndexSet DeepLinearInstance::S() const {
  const auto& selected = selected_eigenvalues();
  if (!critical() || !selected) throw Undefined("S: the point is not critical");
  const auto selection = select_from(lambda(), *selected);
  if (!selection || !selection->set) throw Undefined("S is not unique: an eigenvalue of Sigma is repeated across it");
  return *selection->set;
}

bool DeepLinearInstance::tightened() const {
  if (!critical()) throw Undefined("tightened: the point is not critical");
  const Index rank_of_product = r();
  for (int i = 2; i <= layers(); ++i) {
    for (int j = 1; j < i; ++j) {
      const bool tight = products_->path_rank(j, i - j) == rank_of_product ||
                         products_->path_rank(i, layers() - i + 1 + j) == rank_of_product;
      if (!tight) return false;
    }
  }
  return true;
}

bool DeepLinearInstance::strata_make_sense() const {
  const Index dx = widths_.front();
  const Index dy = widths_.back();
  return dy <= dx && rank(sxx()) == dx && rank(sxy()) == dy;
}

const Stratum& DeepLinearInstance::stratum() const {
  if (!stratum_) {
    if (!critical()) throw Undefined("stratum: the point is not critical");
    if (!strata_make_sense()) throw Undefined("stratum: outside the hypotheses H1, H2, H3");
    const Index base = r();
    auto found = stratum_from_ranks(
        layers(), [&](int start, int length) { return static_cast<long>(products_->path_rank(start, length) - base); });
    if (!found) {
      throw InternalDisagreement("the ranks of the partial products of a critical point belong to no stratum");
    }
    stratum_ = std::move(*found);
  }
  return *stratum_;
}

GlobalComparison DeepLinearInstance::global_comparison() const {
  // inf = tr(Syy) - sum of the rmax largest eigenvalues of Sigma (Eckart-Young, for any X and Y)
  const auto top = static_cast<std::size_t>(std::min<Index>(rmax(), widths_.back()));
  Real infimum{trace(syy())};
  for (std::size_t i = 0; i < top; ++i)
    infimum = infimum - Real(lambda()[i]);
  GlobalComparison result;
  result.infimum = infimum;
  const auto& selected = selected_eigenvalues();
  if (critical() && selected) {
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
    result.is_minimum = equal(Real(loss(point_.weights)), infimum);
    result.reason = "the value is compared with the rank-constrained optimum";
  }
  return result;
}

std::vector<Weights> DeepLinearInstance::descent_proposals() const {
  // the strings exist as soon as the product determines what the loss sees of it, or its range all of the output
  if (rank(sxx()) != widths_.front() && rank(sxy()) != widths_.back()) return {};
  const StringBasis basis = string_basis(*products_, column_basis(products_->product()));
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
  return {std::move(forward), std::move(backward)};
}

Labels DeepLinearInstance::labels() const {
  Cell S;
  Cell type;
  Cell tight;
  Cell strings;
  if (critical()) {
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
