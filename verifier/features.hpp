#pragma once
// Claims about named matrices, computed from those of the program: ranks, which eigenvalues belong to an invariant
// subspace, lists of ranks. docs/certificates.md, "Named matrices", has the proofs.

#include "verifier/point.hpp"

namespace verifier {

class Features {
 public:
  Features(const Point& point, Texts& verified) : program_(point.program), verified_(verified) {
    leaves_ = point.leaves;
    inputs_ = point.inputs;
  }

  void check(const Field& field) {
    Object claim(field);
    read_program(claim.take("constants"), claim.take("program"), inputs_, program_, leaves_);
    values_ = Values<Z>(program_, leaves_);
    for (std::size_t k = 0; k < program_.size(); ++k) static_cast<void>(values_[k]);
    const Field vanish = claim.take("vanish");
    for (const Field& item : vanish.list()) item.require(matrix(item).is_zero(), "the matrix is not zero");
    for (const Field& item : claim.take("ranks").list()) check_rank(item);
    for (const Field& item : claim.take("selections").list()) check_selection(item);
    for (const Field& item : claim.take("lists").list()) check_list(item);
  }

 private:
  struct Rank {
    std::size_t rank = 0;
    std::size_t node = 0;
    std::vector<std::size_t> cols;
  };

  [[nodiscard]] const Matrix<Z>& matrix(const Field& node) const { return values_[node.position(program_.size())]; }
  [[nodiscard]] const Rank& named(const Field& name) const {
    const auto found = ranks_.find(name.text());
    name.require(found != ranks_.end(), "no rank of this name");
    return found->second;
  }
  static Matrix<Z> part(const Matrix<Z>& a, const std::vector<std::size_t>* rows,
                        const std::vector<std::size_t>& cols) {
    Matrix<Z> b(rows != nullptr ? rows->size() : a.rows, cols.size());
    b.denominator = a.denominator;
    for (std::size_t i = 0; i < b.rows; ++i)
      for (std::size_t j = 0; j < b.cols; ++j) b(i, j) = a(rows != nullptr ? (*rows)[i] : i, cols[j]);
    return b;
  }

  // The inverse of a minor (so the rank is not smaller), and a[:, cols] combine = a (not larger).
  void check_rank(const Field& field) {
    Object claim(field);
    const Field node = claim.take("node");
    const Matrix<Z>& a = matrix(node);
    Rank rank{claim.take("rank").count(0, std::min(a.rows, a.cols)), node.position(program_.size()), {}};
    const auto rows = claim.take("rows").positions(rank.rank, a.rows);
    rank.cols = claim.take("cols").positions(rank.rank, a.cols);
    const Matrix<Z> inverse = read_matrix(claim.take("inverse"));
    field.require(equal(inverse * part(a, &rows, rank.cols), identity(rank.rank)), "not the inverse of the minor");
    const Matrix<Z> combine = read_matrix(claim.take("combine"));
    field.require(equal(part(a, nullptr, rank.cols) * combine, a), "the columns are not combined to the matrix");
    const std::string& name = claim.take("name").text();
    field.require(ranks_.emplace(name, rank).second, "the name stands twice");
    verified_.push_back("rank " + name);
  }

  // A and the restriction of A to the range have, above a separator c, as many eigenvalues as A - c I and its
  // compression have positive ones. Between two separators all or none must be selected.
  void check_selection(const Field& field) {
    Object claim(field);
    const Matrix<Z>& a = matrix(claim.take("node"));
    field.require(equal(a, transposed(a)), "the matrix is not symmetric");
    const Rank& range = named(claim.take("range"));
    const Matrix<Z> basis = part(values_[range.node], nullptr, range.cols);
    const Field restricted = claim.take("restricted");
    restricted.require(equal(a * basis, basis * read_matrix(restricted)), "A B = B C does not hold");
    std::vector<std::size_t> selected;
    std::size_t all = 0;
    std::size_t taken = 0;
    const auto next_block = [&](std::size_t all_above, std::size_t taken_above, const Field& place) {
      // what is above in the range follows: the range is invariant
      place.require(all_above >= all, "separators do not decrease");
      place.require(taken_above == taken || taken_above - taken == all_above - all, "a block is selected in part");
      for (std::size_t k = all + 1; taken_above != taken && k <= all_above; ++k) selected.push_back(k);
      all = all_above, taken = taken_above;
    };
    const Field separators = claim.take("separators");
    for (const Field& item : separators.list()) {
      Object separator(item);
      const Matrix<Z> c = scaled(separator.take("at").number(), identity(a.rows));
      const Matrix<Z> shifted = a - c;
      const Matrix<Z> compressed = transposed(basis) * shifted * basis;
      const Spectrum above = read_inertia(separator.take("all"), a.rows, symmetric(shifted));
      item.require(above.zero == 0, "is an eigenvalue");
      next_block(above.pos, read_inertia(separator.take("inside"), range.rank, symmetric(compressed)).pos, item);
    }
    next_block(a.rows, range.rank, separators);
    const Field indices = claim.take("indices");
    std::vector<std::size_t> claimed;
    for (const Field& item : indices.list()) claimed.push_back(item.count(1, a.rows));
    indices.require(claimed == selected, "not the set that the counts show");
    verified_.push_back("selection " + claim.take("name").text());
  }

  // In every pair at least one matrix has the rank.
  void check_list(const Field& field) {
    Object claim(field);
    const std::size_t rank = named(claim.take("rank")).rank;
    bool all = true;
    for (const Field& item : claim.take("pairs").list()) {
      const auto pair = item.list();
      item.require(pair.size() == 2, "not a pair");
      all = all && (named(pair[0]).rank == rank || named(pair[1]).rank == rank);
    }
    claim.take("holds").require(claim.take("holds").boolean() == all, "not what the ranks say");
    verified_.push_back("list " + claim.take("name").text());
  }

  Program program_;
  std::vector<Matrix<Z>> leaves_;
  std::size_t inputs_ = 0;
  Values<Z> values_;
  Texts& verified_;
  std::map<std::string, Rank> ranks_;
};

}  // namespace verifier
