#pragma once
// What sign conditions on symbols say of rational functions and of symmetric matrices of them: the inertia of a form
// for all values of its parameters.

#include <symbolic/formula.hpp>

#include <rankscape/exact/inertia.hpp>

#include <optional>
#include <vector>

namespace rankscape::symbolic {

enum class Sign : signed char { negative = -1, positive = 1 };

/// Conditions on real symbols. Each is expressed by symbols that are positive and otherwise free, so that a polynomial
/// has a sign where all its coefficients have one.
class SignConditions {
 public:
  void positive(const GiNaC::symbol& x) { positive_.push_back(x); }
  void nonzero(const GiNaC::symbol& x) { nonzero_.push_back(x); }
  /// low < x < high
  void between(const GiNaC::symbol& x, const Expression& low, const Expression& high);
  /// x[0] > x[1] > .. > low, or without low. \param high  of all, if any
  void decreasing(const std::vector<GiNaC::symbol>& x, const std::optional<Expression>& low,
                  const std::optional<Expression>& high);

  /// The sign of a rational function at all values that satisfy the conditions (its denominator vanishes at none of
  /// them); nothing where it was not seen to have one. Sufficient: in the new symbols each irreducible factor has
  /// coefficients of one sign, even powers of the free symbols, and a term that does not vanish.
  [[nodiscard]] std::optional<Sign> sign(const Expression& rational_function) const;
  /// The irreducible factors of numerator and denominator that were not seen to have a sign, added to those known.
  void add_undecided(const Expression& rational_function, std::vector<Expression>& factors) const;

 private:
  [[nodiscard]] std::optional<Sign> sign_of_polynomial(const Expression& polynomial) const;
  [[nodiscard]] std::optional<Sign> sign_of_factor(const Expression& polynomial) const;
  [[nodiscard]] bool is_positive(const Expression& symbol) const;
  [[nodiscard]] bool is_nonzero(const Expression& symbol) const;

  GiNaC::exmap substitution_;
  std::vector<GiNaC::symbol> positive_;
  std::vector<GiNaC::symbol> nonzero_;
};

/// What symmetric elimination says of the inertia at all values that satisfy the conditions.
struct InertiaBySigns {
  Inertia certain;                  ///< by pivots of known sign, and the null space
  std::vector<Expression> pivots;   ///< the others: each adds one to `positive` or `negative` by its sign
  std::vector<Expression> factors;  ///< polynomials; where none of them vanishes, no pivot does or has a pole

  /// The inertia where these have values. \return nothing where a factor vanishes
  [[nodiscard]] std::optional<Inertia> at(const GiNaC::exmap& values) const;
};

/// Of a symmetric matrix of rational functions; nothing where no pivot was found.
[[nodiscard]] std::optional<InertiaBySigns> inertia_by_signs(ExpressionMatrix a, const SignConditions& conditions);
/// The inertia where it is the same at all values that satisfy the conditions, as far as was seen.
[[nodiscard]] std::optional<Inertia> inertia(ExpressionMatrix a, const SignConditions& conditions);

}  // namespace rankscape::symbolic
