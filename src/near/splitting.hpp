#pragma once
// Strings split off the weights, in double precision: directions x at each node of a string, each sent to the next, and
// functionals y that cut them out of what is left. Strings of one kind are split off several at a time, as the leading
// singular vectors of one product along the string. Nothing here decides anything.

#include <utility>
#include <vector>

#include "near/orbit.hpp"

namespace rankscape::near {

/// Basis vectors of the nodes: the product's directions and the strings'.
struct Splitting {
  Stratum stratum;
  std::vector<Real> product;  ///< d_h x r at the nodes 1..H-1
  /// The copies: vectors from the first node of the string to the last.
  std::vector<std::pair<String, std::vector<Vector<double>>>> strings;
};

class Splitter {
 public:
  /// \param scaled  Sxy U_S Lambda_S^-1, the product's directions at node 0
  Splitter(const Frame& frame, const std::vector<long>& widths, const std::vector<Real>& weights, const Real& scaled);

  /// The strings wanted, longest first; or all that cost more than the threshold to cut.
  [[nodiscard]] Splitting split(const Stratum* wanted, double threshold) const;

 private:
  struct Candidate;
  struct State;
  [[nodiscard]] std::size_t node(int h) const { return static_cast<std::size_t>(h % (layers_ + 1)); }
  [[nodiscard]] Candidate candidate(const State& state, const String& s, long most) const;
  void accept(State& state, const Candidate& c, Index copies) const;

  int layers_;
  std::vector<long> widths_;
  Index r_;
  std::vector<Real> product_;
  std::vector<Real> project_;  // at each node: onto what is outside the product
  std::vector<Real> arrow_;    // node h -> node h + 1, in coordinates outside the product at the ends
};

}  // namespace rankscape::near
