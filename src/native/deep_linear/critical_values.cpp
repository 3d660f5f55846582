#include "native/deep_linear/critical_values.hpp"

#include <algorithm>
#include <map>
#include <numeric>
#include <rankscape/error.hpp>

#include "native/subsets.hpp"

namespace rankscape::deep_linear {

namespace {

std::vector<std::vector<int>> subsets(int n, int k) {
  std::vector<std::vector<int>> list;
  for_each_subset(n, k, [&](const std::vector<int>& S) { list.push_back(S); });
  return list;
}

// The root among `sums` that is the sum of the given eigenvalues: enclosures are refined until only one distinct root
// is left, which then is the sum, because the sum is one of them.
RealRoot identify(const std::vector<RealRoot>& sums, const std::vector<RealRoot>& lambda, const std::vector<int>& S) {
  Rational width = 1;
  while (true) {
    width /= 1024;
    Enclosure sum{Rational(0)};
    for (const int i : S)
      sum = sum + lambda[static_cast<std::size_t>(i) - 1].enclose(width);
    const RealRoot* candidate = nullptr;
    bool unique = true;
    for (const RealRoot& root : sums) {
      if (equal(root.enclose(width), sum) == Truth::no) continue;
      unique = unique && (candidate == nullptr || *candidate == root);
      candidate = &root;
    }
    if (candidate == nullptr)
      throw InternalDisagreement("a sum of eigenvalues is no eigenvalue of the additive compound");
    if (unique) return *candidate;
  }
}

}  // namespace

RationalMatrix additive_compound(const RationalMatrix& a, int k) {
  const std::vector<std::vector<int>> index = subsets(static_cast<int>(a.rows()), k);
  std::map<std::vector<int>, Index> position;
  for (std::size_t i = 0; i < index.size(); ++i)
    position[index[i]] = static_cast<Index>(i);
  RationalMatrix compound = RationalMatrix::Zero(static_cast<Index>(index.size()), static_cast<Index>(index.size()));
  // the derivation of a on the k-th exterior power: e_S -> sum over s in S of e_S with e_s replaced by a e_s
  for (std::size_t column = 0; column < index.size(); ++column) {
    for (std::size_t place = 0; place < index[column].size(); ++place) {
      for (Index row = 0; row < a.rows(); ++row) {
        std::vector<int> target = index[column];
        const Rational& entry = a(row, target[place] - 1);
        if (entry == 0) continue;
        target[place] = static_cast<int>(row) + 1;
        int sign = 1;  // of sorting the wedge; zero when an index repeats
        for (std::size_t p = 0; p < target.size(); ++p) {
          for (std::size_t q = p + 1; q < target.size(); ++q) {
            if (target[p] == target[q]) sign = 0;
            if (target[p] > target[q]) sign = -sign;
          }
        }
        if (sign == 0) continue;
        std::sort(target.begin(), target.end());
        compound(position.at(target), static_cast<Index>(column)) += Rational(sign) * entry;
      }
    }
  }
  return compound;
}

std::vector<CriticalValue> critical_values(const RationalMatrix& sigma, Index rmax) {
  const auto dy = static_cast<int>(sigma.rows());
  const std::vector<RealRoot> lambda = real_eigenvalues(sigma);
  const bool rational =
      std::all_of(lambda.begin(), lambda.end(), [](const RealRoot& root) { return root.rational().has_value(); });
  if (dy > 17) throw InputError("more than 2^17 sets S: dy is at most 17");
  std::vector<CriticalValue> values;
  for (int k = 0; k <= std::min<Index>(rmax, dy); ++k) {
    const std::vector<std::vector<int>> sets = subsets(dy, k);
    std::vector<RealRoot> sums;
    if (!rational) {
      if (sets.size() > 84) {
        throw InputError(
            "Sigma has irrational eigenvalues; coincidences are then decided for at most 84 sets of one size, not " +
            std::to_string(sets.size()));
      }
      sums = real_eigenvalues(additive_compound(sigma, k));
    }
    for (const std::vector<int>& S : sets) {
      if (rational) {
        Rational sum = 0;
        for (const int i : S)
          sum += *lambda[static_cast<std::size_t>(i) - 1].rational();
        values.push_back({S, RealRoot(sum), 0});
      } else {
        values.push_back({S, identify(sums, lambda, S), 0});
      }
    }
  }
  // number the distinct values upwards: the largest selected sum is the smallest value
  std::vector<std::size_t> order(values.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return values[a].selected > values[b].selected; });
  for (std::size_t k = 1; k < order.size(); ++k) {
    const bool same = values[order[k]].selected == values[order[k - 1]].selected;
    values[order[k]].distinct = values[order[k - 1]].distinct + (same ? 0 : 1);
  }
  return values;
}

}  // namespace rankscape::deep_linear
