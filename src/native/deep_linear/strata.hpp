#pragma once
// Strata of the critical set of a deep linear network (theory: strings of a nilpotent representation of a cyclic
// quiver).
//
// At a critical point of rank r the remaining blocks (Z_1, ..., Z_H, M) are a representation of the cyclic quiver with
// nodes 0 = x, 1, ..., H-1, H = y of dimensions d_h - r. The cycle equations make it nilpotent with every string of
// length at most H, and the injectivity of M : H -> 0 forbids strings that end at H. A stratum is the vector of
// multiplicities of the H^2 possible strings; it is equivalent to the ranks of all partial products.

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace rankscape::deep_linear {

/// d_0, .., d_H
using Widths = std::vector<long>;

/// Basis vectors at nodes start, start + 1, ..., start + length - 1 (modulo H + 1), each sent to the next.
struct String {
  int start = 0;
  int length = 1;
  [[nodiscard]] auto operator<=>(const String&) const = default;  // NOLINT: clang-tidy 14 takes it for a null pointer
};

[[nodiscard]] int last_node(const String& string, int layers);
/// Does it pass through M, from node H to node 0?
[[nodiscard]] bool is_outer(const String& string, int layers);

/// Multiplicities of the strings of one critical point; strings of multiplicity zero are not listed.
struct Stratum {
  int layers = 0;  ///< H
  std::map<String, long> multiplicity;
  [[nodiscard]] bool operator==(const Stratum&) const = default;

  /// Number of strings, with multiplicity, through the nodes a, a+1, ..., a+length-1 (modulo H + 1), 1 <= length <= H
  /// + 1.
  [[nodiscard]] long passing(int a, int length) const;
  /// Number of strings through each node 0..H.
  [[nodiscard]] std::vector<long> node_dimensions() const;
};

/// Strings that may occur with H layers: 1 <= length <= H, last node not H. In lexicographic order.
[[nodiscard]] std::vector<String> admissible_strings(int layers);

/// `0:2*1 3:1*2`: start:length*multiplicity, in order; `-` for the empty stratum.
[[nodiscard]] std::string to_string(const Stratum& stratum);
/// \throws InputError  malformed, or a string not admissible for that many layers
[[nodiscard]] Stratum parse_stratum(std::string_view text, int layers);

/// All strata with the node dimensions given (entries >= 0, first >= last), in a fixed order.
/// Cost proportional to their number.
/// \param ending  dimension of the kernel of M, 0 under the hypothesis H3: so many strings end at H
void for_each_stratum(const std::vector<long>& node_dimensions, const std::function<void(const Stratum&)>& visit,
                      long ending = 0);

/// The number of strata with node dimensions widths - r, for r = 0..min(widths), without listing them: a coin-change
/// recursion over the strings in the lattice of node dimensions.
/// \throws InputError  the lattice has more than 2^26 points, or a number exceeds 2^63
[[nodiscard]] std::vector<std::uint64_t> count_strata(const Widths& widths);

/// Are there more than that of rank 0? "Yes" is certain; "no" only says that narrower widths, which are counted instead
/// from width 1 on, do not show it. Far cheaper than counting where there are many.
/// \throws InputError  as count_strata, before anything was shown
[[nodiscard]] bool has_more_strata(const Widths& widths, std::uint64_t than);

/// The stratum with the given excess ranks, by inversion: excess(a, length) = rank - r of the partial product through
/// the nodes a, ..., a+length-1, for 1 <= length <= H. Nothing when no multiplicities fit.
/// \param ending  strings may end at H: M need not be injective
[[nodiscard]] std::optional<Stratum> stratum_from_ranks(int layers, const std::function<long(int, int)>& excess,
                                                        bool ending = false);

/// Layers i_1 > ... > i_k whose removal leaves k nonzero paths: through the nodes i_{l+1}, ..., i_l - 1 for l < k, and
/// the outer one through i_1, ..., H, 0, ..., i_k - 1.
using Chain = std::vector<int>;

/// A chain of least length k >= 2, or nothing when there is none (then there is no outer string: global minimizers).
[[nodiscard]] std::optional<Chain> shortest_chain(const Stratum& stratum);

/// \throws InputError  fewer than three widths, a width < 1, more than 64 layers
void check_layers(const Widths& widths);
/// \throws InputError  as check_layers, or (hypothesis H1) d_H > d_0
void check_widths(const Widths& widths);

}  // namespace rankscape::deep_linear
