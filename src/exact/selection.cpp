#include "exact/selection.hpp"

#include <algorithm>
#include <rankscape/error.hpp>

namespace rankscape {

bool Selection::leading() const {
  return selected.empty() || unselected.empty() || selected.back() >= unselected.front();
}

std::optional<Selection> select_from(const std::vector<RealRoot>& spectrum, std::vector<RealRoot> selected) {
  Selection result;
  IndexSet set;
  bool unique = true;
  std::size_t next = 0;  // of `selected`
  for (std::size_t i = 0; i < spectrum.size();) {
    std::size_t end = i;
    while (end < spectrum.size() && spectrum[end] == spectrum[i])
      ++end;
    std::size_t taken = 0;
    while (next < selected.size() && taken < end - i && selected[next] == spectrum[i]) {
      ++next;
      ++taken;
    }
    if (taken != 0 && taken != end - i) unique = false;
    for (std::size_t k = i; k < end; ++k) {
      if (k - i < taken) {
        set.insert(static_cast<long>(k) + 1);
      } else {
        result.unselected.push_back(spectrum[k]);
      }
    }
    i = end;
  }
  if (next != selected.size()) return std::nullopt;
  result.selected = std::move(selected);
  if (unique) result.set = std::move(set);
  return result;
}

std::optional<std::vector<RealRoot>> eigenvalues_on_range(const RationalMatrix& symmetric,
                                                          const RationalMatrix& range) {
  // A maps the range of B into itself exactly when A B = B C for some C; then C is A on the range
  const RationalMatrix basis = column_basis(range);
  const auto restricted = solve(basis, multiply(symmetric, basis));
  if (!restricted) return std::nullopt;
  return real_eigenvalues(*restricted);
}

std::vector<RealRoot> roots_of_eigenvalues(const RationalMatrix& a) {
  std::vector<RealRoot> roots;
  if (a.rows() == 0) return roots;
  const std::vector<Rational> polynomial = characteristic_polynomial(a);
  std::vector<Rational> even(2 * polynomial.size() - 1, Rational(0));
  for (std::size_t k = 0; k < polynomial.size(); ++k)
    even[2 * k] = polynomial[k];
  const RealRoot zero{Rational(0)};
  for (const RealRoot& root : real_roots(even)) {
    if (root < zero) continue;
    const int multiplicity = root == zero ? root.multiplicity() / 2 : root.multiplicity();
    roots.insert(roots.end(), static_cast<std::size_t>(multiplicity), root);
  }
  if (roots.size() != static_cast<std::size_t>(a.rows())) {
    throw InternalDisagreement("a matrix that should have " + std::to_string(a.rows()) + " eigenvalues >= 0 has " +
                               std::to_string(roots.size()));
  }
  return roots;
}

std::vector<Real> as_reals(const std::vector<RealRoot>& roots) {
  return {roots.begin(), roots.end()};
}

}  // namespace rankscape
