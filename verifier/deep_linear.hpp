#pragma once
// What a certificate of a deep linear network may claim beyond the loss and its derivatives: ranks, the index set S,
// tightened pivots, and global minimality. docs/certificates.md, "Deep linear networks", has the proofs.

#include "verifier/losses.hpp"

namespace verifier {

class DeepLinearFacts {
 public:
  DeepLinearFacts(const DeepLinear& model, const Weights<Q>& w)
      : w_(w), sxx_(model.X * transposed(model.X)), sxy_(model.X * transposed(model.Y)), syy_(square(model.Y)) {
    rmax_ = w.front().cols;
    for (const Matrix<Q>& a : w) rmax_ = std::min(rmax_, a.rows);
  }

  /// Checks every feature that is claimed; `checked` receives their names.
  void check_features(bool critical, Object& features, std::vector<std::string>& untaken,
                      std::vector<std::string>& checked) const {
    const std::size_t layers = w_.size();
    const Rank product = proved_rank(chain(0, layers), features.take("product"), untaken);
    if (features.take("r").integer(0, most_parameters) != product.rank)
      throw Rejected("/claims/features/r: not the rank");
    features.take("rmax").require(features.take("rmax").integer(0, most_parameters) == rmax_, "not the least width");
    checked.insert(checked.end(), {"r", "rmax"});
    if (features.has("S")) {
      features.take("S").require(critical, "has a meaning at critical points only");
      check_selection(product, features);
      checked.emplace_back("S");
    }
    if (!features.has("blocks")) return;
    const Field field = features.take("blocks");
    const auto blocks = field.list();
    field.require(blocks.size() == layers * (layers - 1) / 2, "not one entry for each pivot");
    bool tightened = true;
    std::size_t next = 0;
    for (std::size_t i = 2; i <= layers; ++i) {
      for (std::size_t j = 1; j < i; ++j) {
        Object block(blocks[next++], untaken);
        static_cast<void>(block.take("i").integer(i, i) + block.take("j").integer(j, j));
        const Rank mid = proved_rank(chain(j, i - 1), block.take("mid"), untaken);
        const Rank out = proved_rank(chain(0, j - 1) * sxy_ * chain(i, layers), block.take("out"), untaken);
        tightened = tightened && (mid.rank == product.rank || out.rank == product.rank);
      }
    }
    checked.emplace_back("ranks of all complementary blocks");
    if (!features.has("tightened")) return;
    const Field claim = features.take("tightened");
    claim.require(critical && claim.boolean() == tightened, "not what the ranks say, or the point is not critical");
    checked.emplace_back("tightened");
  }

  /// L(W) >= value for all W: with any rational c and symmetric T such that T and T - Sigma + c I are positive
  /// semidefinite, L >= tr(Syy) - rmax c - tr(T).
  void check_trace_bound(const Q& value, Object& evidence) const {
    const Matrix<Q> s = sigma(evidence.take("least_squares"));
    const Q c = evidence.take("separator").number();
    const Field cover = evidence.take("cover");
    const Matrix<Q> t = cover.matrix(s.rows, s.rows);
    cover.require(inertia(t).neg == 0, "not positive semidefinite");
    cover.require(inertia(plus(plus(t, -1, s), c, identity(s.rows))).neg == 0, "T - Sigma + c I is not semidefinite");
    cover.require(syy_ - Q(Z(rmax_)) * c - inner(t, identity(s.rows)) == value, "the bound is not the value");
  }

 private:
  struct Rank {
    std::size_t rank;
    Matrix<Q> basis;  // columns of the matrix that span the others
  };

  [[nodiscard]] Matrix<Q> chain(std::size_t from, std::size_t to) const {  // W_to ... W_{from+1}
    Matrix<Q> product = identity(from == 0 ? w_.front().cols : w_[from - 1].rows);
    for (std::size_t h = from; h < to; ++h) product = w_[h] * product;
    return product;
  }

  // Sigma = Z^T Sxy for any Z with Sxx Z = Sxy: the same for every solution, and no inverse is needed.
  [[nodiscard]] Matrix<Q> sigma(const Field& least_squares) const {
    const Matrix<Q> z = least_squares.matrix(sxy_.rows, sxy_.cols);
    least_squares.require(sxx_ * z == sxy_, "Sxx Z = Sxy does not hold");
    return transposed(z) * sxy_;
  }

  // Evidence: the inverse of a minor (so the rank is not smaller), and `combine` with a[:, cols] combine = a (not
  // larger).
  static Rank proved_rank(const Matrix<Q>& a, const Field& field, std::vector<std::string>& untaken) {
    Object claim(field, untaken);
    const std::size_t rank = claim.take("rank").integer(0, std::min(a.rows, a.cols));
    const auto rows = claim.take("rows").positions(rank, a.rows);
    const auto cols = claim.take("cols").positions(rank, a.cols);
    Matrix<Q> minor(rank, rank);
    Matrix<Q> basis(a.rows, rank);
    for (std::size_t k = 0; k < rank; ++k) {
      for (std::size_t i = 0; i < rank; ++i) minor(i, k) = a(rows[i], cols[k]);
      for (std::size_t i = 0; i < a.rows; ++i) basis(i, k) = a(i, cols[k]);
    }
    field.require(minor * claim.take("inverse").matrix(rank, rank) == identity(rank), "not the inverse of the minor");
    field.require(basis * claim.take("combine").matrix(rank, a.cols) == a, "the named columns do not span the others");
    return {rank, std::move(basis)};
  }

  // S is found by counting: each separator c is no eigenvalue of Sigma; so many eigenvalues of Sigma are above c, and
  // so many of Sigma restricted to the range of the product. Between two separators all or none must be selected.
  void check_selection(const Rank& product, Object& features) const {
    const Matrix<Q> s = sigma(features.take("least_squares"));
    const Field restricted = features.take("restricted");
    const Matrix<Q> c = restricted.matrix(product.rank, product.rank);
    restricted.require(s * product.basis == product.basis * c, "Sigma B = B C does not hold");
    std::vector<std::size_t> selected;
    Inertia above;  // neg: how many indices are decided, pos: how many of them are selected
    const auto next_block = [&](std::size_t all, std::size_t taken, const Field& place) {
      place.require(all >= above.neg && taken >= above.pos, "separators do not decrease");
      place.require(taken == above.pos || taken - above.pos == all - above.neg, "a block is selected in part");
      for (std::size_t k = above.neg + 1; taken != above.pos && k <= all; ++k) selected.push_back(k);
      above = {all, 0, taken};
    };
    const Field separators = features.take("separators");
    for (const Field& separator : separators.list()) {
      const Matrix<Q> shifted = plus(s, -separator.number(), identity(s.rows));
      const Inertia all = inertia(shifted);
      separator.require(all.zero == 0, "is an eigenvalue");
      next_block(all.pos, inertia(transposed(product.basis) * shifted * product.basis).pos, separator);
    }
    next_block(s.rows, product.rank, separators);
    const Field claim = features.take("S");
    std::vector<std::size_t> claimed;
    for (const Field& item : claim.list()) claimed.push_back(item.integer(1, s.rows));
    claim.require(claimed == selected, "not the set that the counts show");
  }

  const Weights<Q>& w_;
  Matrix<Q> sxx_, sxy_;
  Q syy_;
  std::size_t rmax_;
};

}  // namespace verifier
