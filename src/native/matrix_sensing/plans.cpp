// Which critical points there are of each kind: the feasible supports and ranks at each level of delta.
#include "native/matrix_sensing/families.hpp"

#include <algorithm>

namespace rankscape::matrix_sensing {

namespace {

// From 0 through 1/5, the bound of the theorem for all ranks, and 1/2, that for rank one, and beyond.
const std::vector<Rational>& levels() {
  static const std::vector<Rational> list{0,
                                          Rational(1, 20),
                                          Rational(1, 10),
                                          Rational(3, 20),
                                          Rational(19, 100),
                                          Rational(1, 5),
                                          Rational(1, 4),
                                          Rational(2, 5),
                                          Rational(12, 25),
                                          Rational(1, 2),
                                          Rational(161, 289),
                                          Rational(3, 5)};
  return list;
}

std::vector<std::vector<int>> subsets(long first, long last) {
  std::vector<std::vector<int>> list{{}};
  for (long i = first; i <= last; ++i) {
    const std::size_t count = list.size();
    for (std::size_t s = 0; s < count; ++s) {
      list.push_back(list[s]);
      list.back().push_back(static_cast<int>(i));
    }
  }
  return list;
}

// ||X||^2 - theta (tr X)^2 is positive definite
bool definite(const Rational& delta, bool convex, long n, long rho) {
  return convex ? delta < 1 : 2 * delta * Rational(n) < (1 + delta) * Rational(rho);
}

void isotropic(const SensingPlan& like, long n, long k, std::vector<SensingPlan>& list) {
  const long rank_of_M = like.data == "high-rank" ? n : k;
  for (const Rational& delta : levels()) {
    for (const bool convex : {false, true}) {
      if ((delta == 0 && convex) || !definite(delta, convex, n, std::min(2 * k, n))) continue;
      for (const std::vector<int>& support : subsets(1, rank_of_M)) {
        const auto taken = static_cast<long>(support.size());
        if (taken > k) continue;
        // vectors orthogonal to the range of M: only when the shift is positive
        const long most_null = convex && taken < rank_of_M ? std::min(k - taken, n - rank_of_M) : 0;
        for (long null_vectors = 0; null_vectors <= most_null; ++null_vectors) {
          SensingPlan recipe = like;
          recipe.delta = delta;
          recipe.convex = convex;
          recipe.support = support;
          recipe.null_vectors = null_vectors;
          recipe.rank_of_M = rank_of_M;
          recipe.rank = taken + null_vectors;
          list.push_back(std::move(recipe));
        }
      }
    }
  }
}

void sign_symmetric(const SensingPlan& like, long n, std::vector<SensingPlan>& list) {
  for (const Rational& delta : levels()) {
    std::vector<std::vector<int>> supports{{}, {1}};
    if (delta > 0) {
      for (std::vector<int>& support : subsets(2, n)) {
        if (!support.empty()) supports.push_back(std::move(support));
      }
    }
    if (2 * delta > 1) supports.push_back({1, 2});
    for (const std::vector<int>& support : supports) {
      SensingPlan recipe = like;
      recipe.delta = delta;
      recipe.support = support;
      recipe.rank_of_M = 1;
      recipe.rank = support.empty() ? 0 : 1;
      list.push_back(std::move(recipe));
    }
  }
}

void planted(const SensingPlan& like, long n, long k, std::vector<SensingPlan>& list) {
  for (long rank = 0; rank <= k; ++rank) {
    for (const Rational& perturbation : {Rational(0), Rational(1, 32), Rational(1, 8), Rational(1, 2)}) {
      if (perturbation != 0 && (rank == 0 || rank == n)) continue;
      SensingPlan recipe = like;
      recipe.perturbation = perturbation;
      recipe.rank_of_M = k;
      recipe.rank = rank;
      list.push_back(std::move(recipe));
    }
  }
}

void noisy(const SensingPlan& like, long n, long k, std::vector<SensingPlan>& list) {
  for (const Rational& delta : levels()) {
    if (delta > Rational(1, 4)) continue;
    for (long rank = 1; rank <= k; ++rank) {
      for (int variant = 0; variant <= (rank < n ? 2 : 0); ++variant) {
        SensingPlan recipe = like;
        recipe.delta = delta;
        recipe.rank_of_M = k;
        recipe.rank = rank;
        recipe.variant = variant;
        list.push_back(std::move(recipe));
      }
    }
  }
}

}  // namespace

const std::vector<std::string>& data_kinds() {
  static const std::vector<std::string> kinds{"isotropic", "sign-symmetric", "planted", "noisy", "high-rank"};
  return kinds;
}

const std::vector<std::string>& default_data_kinds() {
  static const std::vector<std::string> kinds{"isotropic", "sign-symmetric", "planted"};
  return kinds;
}

std::vector<SensingPlan> plans(long n, long k, const std::string& data, bool generic) {
  SensingPlan like;
  like.n = n;
  like.k = k;
  like.data = data;
  like.generic = generic;
  std::vector<SensingPlan> list;
  if (data == "isotropic" || data == "high-rank") isotropic(like, n, k, list);
  if (data == "sign-symmetric" && k == 1) sign_symmetric(like, n, list);
  if (data == "planted") planted(like, n, k, list);
  if (data == "noisy") noisy(like, n, k, list);
  return list;
}

}  // namespace rankscape::matrix_sensing
