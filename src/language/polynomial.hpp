#pragma once
// Symbolic shapes: polynomials with integer coefficients in sizes, binders, |S| and whatever else an integer formula is
// made of, compared as polynomials while formulas are read.

#include <rankscape/truth.hpp>

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace rankscape::language {

// An indeterminate: a size, a binder, |S|; or, if open, a formula whose value only a shape or a point tells (an `if`,
// an entry of the data, a definition), so that it may equal anything.
struct Atom {
  std::string text;
  bool open = false;
  [[nodiscard]] auto operator<=>(const Atom&) const = default;
};

class Polynomial {
 public:
  Polynomial() = default;
  explicit Polynomial(long constant);
  explicit Polynomial(Atom atom);

  // Nothing where a coefficient leaves 64 bits or there are more than 1000 terms.
  friend std::optional<Polynomial> sum(const Polynomial& a, const Polynomial& b, long factor_of_b);
  friend std::optional<Polynomial> product(const Polynomial& a, const Polynomial& b);

  [[nodiscard]] std::optional<long> constant() const;
  [[nodiscard]] bool open() const;  // contains an open atom
  [[nodiscard]] bool operator==(const Polynomial&) const = default;
  // `d(0)`, `2*n - 1`: a formula of the language.
  [[nodiscard]] std::string text() const;

 private:
  using Monomial = std::vector<Atom>;  // sorted, with repetition
  std::map<Monomial, long> terms_;     // without zeros
};

// Have both the same value? yes: as polynomials; no: for no values of their indeterminates; unknown: for some.
[[nodiscard]] Truth same_value(const Polynomial& a, const Polynomial& b);

// Nothing where only a value tells.
struct Dimensions {
  std::optional<Polynomial> rows;
  std::optional<Polynomial> cols;
};

}  // namespace rankscape::language
