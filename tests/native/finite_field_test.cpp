// Nothing missed, nothing invented: over a finite field the solutions of the cycle equations are counted one by one and
// compared, stratum by stratum, with the sizes of the orbits of the representations that the strata stand for.
//
// Let G = prod_a GL(d_a, F_q) act on the tuples (Z_1, ..., Z_H, M) of the cyclic quiver. Nilpotent representations are
// direct sums of strings over any field, so the orbit of a stratum has |G| / |Aut| elements, with |Aut| = q^(dim rad
// End) prod_s |GL(m_s, F_q)| and dim rad End = dim End - sum_s m_s^2. G is transitive on the injective M, so that with
// M held fixed each orbit contributes its share: its size divided by the number of injective M.
#include <doctest/doctest.h>

#include <map>
#include <rankscape/exact/matrix.hpp>

#include "native/deep_linear/strata.hpp"

using namespace rankscape;
using namespace rankscape::deep_linear;

namespace {

constexpr int most_rows = 3;  // nodes are small here: no heap in the innermost loop
using Small = Eigen::Matrix<int, Eigen::Dynamic, Eigen::Dynamic, Eigen::ColMajor, most_rows, most_rows>;

Small times(const Small& a, const Small& b, int q) {
  Small c = Small::Zero(a.rows(), b.cols());
  for (Index j = 0; j < b.cols(); ++j) {
    for (Index k = 0; k < b.rows(); ++k) {
      for (Index i = 0; i < a.rows(); ++i)
        c(i, j) = (c(i, j) + a(i, k) * b(k, j)) % q;
    }
  }
  return c;
}

/// Rank over the prime field F_q by elimination.
long rank_modulo(Small a, int q) {
  Index rank = 0;
  for (Index col = 0; col < a.cols() && rank < a.rows(); ++col) {
    Index pivot = rank;
    while (pivot < a.rows() && a(pivot, col) == 0)
      ++pivot;
    if (pivot == a.rows()) continue;
    a.row(pivot).swap(a.row(rank));
    int inverse = 1;
    while (inverse * a(rank, col) % q != 1)
      ++inverse;
    for (Index i = rank + 1; i < a.rows(); ++i) {
      const int factor = a(i, col) * inverse % q;
      for (Index j = col; j < a.cols(); ++j)
        a(i, j) = ((a(i, j) - factor * a(rank, j)) % q + q) % q;
    }
    ++rank;
  }
  return static_cast<long>(rank);
}

/// arrow[a] leads from node a to node a + 1 modulo H + 1: Z_1, ..., Z_H, then M.
using Representation = std::vector<Small>;

/// The product of the arrows along `length` nodes from `start` on.
Small path(const Representation& arrow, std::size_t start, std::size_t length, int q) {
  const std::size_t nodes = arrow.size();
  Small product = Small::Identity(arrow[start].cols(), arrow[start].cols());
  for (std::size_t j = 0; j + 1 < length; ++j)
    product = times(arrow[(start + j) % nodes], product, q);
  return product;
}

/// (C): Z_{h-1} ... Z_1 M Z_H ... Z_{h+1} = 0 for every h, the path from node h once around to node h - 1.
bool solves_cycle_equations(const Representation& arrow, int q) {
  for (std::size_t h = 1; h < arrow.size(); ++h) {
    if (!path(arrow, h, arrow.size(), q).isZero()) return false;
  }
  return true;
}

/// All (Z_1, ..., Z_H) that solve (C) for the given M, counted by the stratum that their ranks belong to.
std::map<std::string, std::uint64_t> brute_force(const std::vector<long>& dimensions, const Small& M, int q) {
  const int layers = static_cast<int>(dimensions.size()) - 1;
  Representation arrow;
  for (std::size_t h = 1; h < dimensions.size(); ++h)
    arrow.push_back(Small::Zero(dimensions[h], dimensions[h - 1]));
  arrow.push_back(M);
  std::map<std::string, std::uint64_t> found;
  while (true) {
    if (solves_cycle_equations(arrow, q)) {
      const auto stratum = stratum_from_ranks(layers, [&](int start, int length) {
        return rank_modulo(path(arrow, static_cast<std::size_t>(start), static_cast<std::size_t>(length), q), q);
      });
      REQUIRE(stratum.has_value());
      ++found[to_string(*stratum)];
    }
    bool carry = true;  // odometer over all entries of all Z_h
    for (std::size_t h = 0; carry && h + 1 < dimensions.size(); ++h) {
      for (Index k = 0; carry && k < arrow[h].size(); ++k) {
        int& entry = arrow[h].data()[k];
        entry = (entry + 1) % q;
        carry = entry == 0;
      }
    }
    if (carry) return found;
  }
}

Integer power(int q, long exponent) {
  Integer result = 1;
  for (long k = 0; k < exponent; ++k)
    result *= q;
  return result;
}

/// Number of injective linear maps F_q^from -> F_q^to; for from = to the order of GL.
Integer injections(long from, long to, int q) {
  Integer count = 1;
  for (long k = 0; k < from; ++k)
    count *= power(q, to) - power(q, k);
  return count;
}

/// Hom from one string to another: the image is a quotient of the first (its first k nodes) and a submodule of the
/// second (its last k nodes), and every such k gives one dimension.
long homomorphisms(const String& from, const String& to, int layers) {
  const int nodes = layers + 1;
  long dimension = 0;
  for (int k = 1; k <= std::min(from.length, to.length); ++k)
    dimension += (to.start + to.length - k - from.start) % nodes == 0 ? 1 : 0;
  return dimension;
}

Integer automorphisms(const Stratum& stratum, int q) {
  long radical = 0;
  Integer semisimple = 1;
  for (const auto& [from, count] : stratum.multiplicity) {
    for (const auto& [to, other] : stratum.multiplicity)
      radical += count * other * homomorphisms(from, to, stratum.layers);
    radical -= count * count;
    semisimple *= injections(count, count, q);
  }
  return power(q, radical) * semisimple;
}

std::map<std::string, std::uint64_t> orbit_sizes(const std::vector<long>& dimensions, int q) {
  Integer group = 1;
  for (const long d : dimensions)
    group *= injections(d, d, q);
  std::map<std::string, std::uint64_t> sizes;
  for_each_stratum(dimensions, [&](const Stratum& stratum) {
    const Integer stabilizers = automorphisms(stratum, q) * injections(dimensions.back(), dimensions.front(), q);
    REQUIRE(group % stabilizers == 0);
    sizes[to_string(stratum)] = static_cast<std::uint64_t>(Integer(group / stabilizers));
  });
  return sizes;
}

struct Quiver {
  int q;
  std::vector<long> dimensions;
};

void check(const std::vector<Quiver>& quivers) {
  for (const Quiver& quiver : quivers) {
    const int q = quiver.q;
    const std::vector<long>& dimensions = quiver.dimensions;
    std::string name;
    for (const long d : dimensions)
      name += " " + std::to_string(d);
    CAPTURE(q);
    CAPTURE(name);
    // an M that is not a coordinate inclusion: the count may not depend on it
    Small M = Small::Identity(dimensions.front(), dimensions.back());
    for (Index j = 0; j + 1 < M.cols(); ++j)
      M.col(j + 1) += M.col(j);
    REQUIRE(rank_modulo(M, q) == dimensions.back());
    const auto counted = brute_force(dimensions, M, q);
    const auto predicted = orbit_sizes(dimensions, q);
    CHECK(counted == predicted);
    std::uint64_t total = 0;
    std::uint64_t expected = 0;
    for (const auto& [stratum, count] : counted)
      total += count;
    for (const auto& [stratum, count] : predicted)
      expected += count;
    CHECK(total == expected);
    CHECK(total > 0);
  }
}

}  // namespace

TEST_SUITE("quick") {
  TEST_CASE("solutions of the cycle equations over F_2 and F_3 are the orbits of the strata") {
    check({{2, {1, 1, 1}},
           {2, {2, 1, 1}},
           {2, {2, 2, 2}},
           {2, {3, 2, 1}},
           {2, {2, 0, 1}},
           {2, {2, 1, 1, 1}},
           {2, {1, 1, 1, 1, 1}},
           {3, {1, 1, 1}},
           {3, {2, 1, 2}},
           {3, {1, 1, 1, 1}},
           {3, {1, 2, 1, 1}}});
  }

  TEST_CASE("one unit a layer, counted by hand: at least two of the H blocks vanish") {
    // sum over k >= 2 of C(3, k) (q - 1)^(3 - k)
    std::uint64_t total = 0;
    for (const auto& [stratum, count] : brute_force({1, 1, 1, 1}, Small::Ones(1, 1), 3))
      total += count;
    CHECK(total == 3 * 2 + 1);
  }
}

TEST_SUITE("standard") {
  TEST_CASE("larger nodes and more layers") {
    check({{2, {3, 2, 2}},
           {2, {3, 3, 3}},
           {2, {2, 2, 2, 2}},
           {2, {3, 2, 3, 2}},
           {2, {2, 2, 2, 2, 2}},
           {2, {2, 1, 2, 1, 2, 1}},
           {3, {2, 2, 2}},
           {3, {3, 2, 1}},
           {3, {2, 2, 1, 2}},
           {3, {2, 2, 2, 2}}});
  }
}
