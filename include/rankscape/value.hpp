#pragma once
// The values that statements speak about, and where they come from.
//
// A *feature* is a named quantity of an instance: r, S, rank-bearing matrices such as mid(i,j), lambda, value. A model
// declares its features (name, types, how they print); an instance of the model evaluates them. The language of
// statements knows features only through these declarations, so a new model brings its own vocabulary without touching
// the language.

#include <rankscape/exact/enclosure.hpp>
#include <rankscape/exact/matrix.hpp>
#include <rankscape/exact/real_roots.hpp>
#include <rankscape/truth.hpp>

#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <variant>
#include <vector>

namespace rankscape {

/// A real number of the language: a rational, a real algebraic number, or a number known through enclosures that can be
/// made as narrow as asked.
class Real {
 public:
  using Refine = std::function<Enclosure(const Rational& width)>;
  /// The same number as an algebraic one, or nothing when that is not known or would cost too much; asked once, and
  /// only where enclosures cannot decide a comparison.
  using Exactly = std::function<std::optional<RealRoot>()>;

  Real() : Real(Rational(0)) {}
  explicit Real(Rational value) : value_(std::move(value)) {}
  explicit Real(RealRoot root);  ///< stored as a Rational when it is one
  explicit Real(Refine refine, Exactly exactly = nullptr);

  /// The value when it is known to be rational.
  [[nodiscard]] const Rational* exact() const { return std::get_if<Rational>(&value_); }
  /// An enclosure of width at most `width` > 0.
  [[nodiscard]] Enclosure enclose(const Rational& width) const;

  friend Real operator-(const Real& a);
  friend Real operator+(const Real& a, const Real& b);
  friend Real operator-(const Real& a, const Real& b);
  friend Real operator*(const Real& a, const Real& b);
  /// \throws Undefined  b cannot be told from zero
  friend Real operator/(const Real& a, const Real& b);

  /// Enclosures are refined to 60 digits; what they leave open is decided exactly where both numbers are algebraic
  /// (rationals, roots, sums, products and quotients of such of degree at most 64), and unknown elsewhere.
  friend Truth less(const Real& a, const Real& b);
  friend Truth equal(const Real& a, const Real& b);

 private:
  struct Recipe;  // of enclosures
  [[nodiscard]] std::optional<RealRoot> algebraic() const;
  template <class Compare, class Decide>
  static Truth compared(const Real& a, const Real& b, const Compare& compare, const Decide& decide);
  std::variant<Rational, RealRoot, std::shared_ptr<const Recipe>> value_;
};

/// The index is out of range, the quantity has no meaning at this point, a divisor may be zero: the formula in which it
/// stands has truth value unknown. The message says why.
class Undefined : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

using IndexSet = std::set<long>;

enum class Kind : unsigned char {
  truth,     ///< Truth
  integer,   ///< long
  real,      ///< Real; an integer is accepted wherever a real is expected
  set,       ///< IndexSet: a finite set of integers
  sequence,  ///< a finite sequence of reals, indexed from 1 by call syntax: lambda(i)
  matrix,    ///< RationalMatrix
};
[[nodiscard]] std::string_view to_string(Kind kind);

using Value = std::variant<Truth, long, Real, IndexSet, std::vector<Real>, RationalMatrix>;  // in the order of Kind

namespace language {
struct DeclaredShape;  // src/language/tree.hpp
}

struct FeatureDeclaration {
  std::string name;
  std::vector<Kind> parameters;  ///< empty for a constant
  Kind result = Kind::real;
  std::string latex;         ///< TeX in mathematics mode; #1, #2 stand for the arguments
  std::string description;   ///< one line, for `rankscape list`
  bool size = false;         ///< a size of the landscape: shapes are polynomials in these, and no two are the same
  bool of_integers = false;  ///< a sequence whose entries are integers
  /// Of a matrix or sequence: numbers of rows and columns (of entries), checked while formulas are read. Nothing: only
  /// its values tell.
  std::shared_ptr<const language::DeclaredShape> shape = nullptr;
};

/// Something that can be asked for features, by position in the list of declarations that belongs to it.
class FeatureSource {
 public:
  FeatureSource() = default;
  FeatureSource(const FeatureSource&) = default;
  FeatureSource& operator=(const FeatureSource&) = default;
  FeatureSource(FeatureSource&&) = default;
  FeatureSource& operator=(FeatureSource&&) = default;
  virtual ~FeatureSource() = default;
  /// \param arguments  as many and of the kinds declared (an integer where a real is declared is allowed)
  /// \throws Undefined
  [[nodiscard]] virtual Value feature(std::size_t position, std::span<const Value> arguments) const = 0;
  /// The derivative of a matrix feature by all parameters: a row for each of its entries, column by column, a column
  /// for each parameter. \throws Undefined
  [[nodiscard]] virtual RationalMatrix jacobian(std::size_t position, std::span<const Value> arguments) const;
};

}  // namespace rankscape
