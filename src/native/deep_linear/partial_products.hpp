#pragma once
// All partial products of the layers, computed once, and the ranks that the theory speaks about.

#include <rankscape/exact/matrix.hpp>

#include <map>
#include <utility>
#include <vector>

namespace rankscape::deep_linear {

class PartialProducts {
 public:
  /// Copies the weights W_1..W_H (shapes d_h x d_{h-1}) and Sxy (d_0 x d_H). Cost: H^2/2 products of layers.
  PartialProducts(const std::vector<RationalMatrix>& weights, RationalMatrix sxy);

  [[nodiscard]] int layers() const { return layers_; }

  /// W_to ... W_{from+1}, of shape d_to x d_from, for 0 <= from <= to <= H; the identity when from == to.
  [[nodiscard]] const RationalMatrix& between(int from, int to) const {
    return between_[static_cast<std::size_t>(from) * static_cast<std::size_t>(layers_ + 1) +
                    static_cast<std::size_t>(to)];
  }
  /// W_to ... W_1 Sxy W_H ... W_{from+1}: the path from node `from` through the data to node `to`.
  [[nodiscard]] RationalMatrix through_data(int from, int to) const;
  [[nodiscard]] const RationalMatrix& product() const { return between(0, layers()); }
  [[nodiscard]] const RationalMatrix& sxy() const { return sxy_; }

  // The names of [AMG24], with 1-based layers.
  [[nodiscard]] const RationalMatrix& left(int h) const { return between(h, layers()); }
  [[nodiscard]] const RationalMatrix& right(int h) const { return between(0, h - 1); }
  [[nodiscard]] const RationalMatrix& mid(int i, int j) const { return between(j, i - 1); }
  [[nodiscard]] RationalMatrix out(int i, int j) const { return through_data(i, j - 1); }

  /// Rank of the path through the `length` nodes start, start+1, ... (modulo H + 1), 1 <= length <= H + 1; remembered.
  [[nodiscard]] Index path_rank(int start, int length) const;

 private:
  int layers_;
  std::vector<RationalMatrix> between_;  // by from and to
  RationalMatrix sxy_;
  mutable std::map<std::pair<int, int>, Index> ranks_;
};

}  // namespace rankscape::deep_linear
