// Small numbers: points are to be read by people, and their heights multiply.
#include "landscapes/draw.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace rankscape {

namespace {

constexpr long most_entries = 1'000'000;

Rational exact(const Expr& tree, const FeatureSource& source, const Indices& variables) {
  const Value value = evaluate_tree(tree, source, variables);
  if (const long* integer = std::get_if<long>(&value)) return Rational(*integer);
  const Rational* rational = std::get<Real>(value).exact();
  if (rational == nullptr) throw Undefined("an end of between(a, b) is irrational");
  return *rational;
}

class Drawer {
 public:
  Drawer(const Draw& draw, bool aligned, const Environment& values, const Indices& indices, Random& random)
      : draw_(draw), aligned_(aligned), random_(random) {
    for (const ExprPtr& extent : draw.extents) {
      extents_.push_back(evaluate_integer(*extent, values, indices));
      if (extents_.back() < 0 || extents_.back() > most_entries)
        throw Undefined(fmt::format("{} is {}", language::to_text(*extent), extents_.back()));
    }
    if (draw.scalar == Draw::Scalar::between && draw.low) {
      low_ = exact(*draw.low, values, indices);
      high_ = exact(*draw.high, values, indices);
      if (low_ >= high_) throw Undefined(fmt::format("between({}, {}) is empty", to_string(low_), to_string(high_)));
    }
  }

  Value value() {
    using Form = Draw::Form;
    switch (draw_.form) {
      case Form::scalar:
        return Real(scalar(0));
      case Form::sequence: {
        std::vector<Real> entries;
        for (long k = 0; k < extents_[0]; ++k)
          entries.emplace_back(scalar(0));
        return entries;
      }
      case Form::decreasing:
        return decreasing();
      case Form::matrix:
        return random_integers(extents_[0], extents_[1], 2, random_);
      case Form::symmetric: {
        RationalMatrix a = random_integers(extents_[0], extents_[0], 2, random_);
        for (Index j = 0; j < a.cols(); ++j) {
          for (Index i = 0; i < j; ++i)
            a(i, j) = a(j, i);
        }
        return a;
      }
      case Form::orthogonal:
        return aligned_ ? random_permutation(extents_[0], random_) : random_orthogonal(extents_[0], random_);
      case Form::invertible:
        return aligned_ ? RationalMatrix(RationalMatrix::Identity(extents_[0], extents_[0]))
                        : random_unimodular(extents_[0], random_);
    }
    return Real(Rational(0));
  }

 private:
  /// \param spread  how many different values are wanted besides
  Rational scalar(long spread) {
    // one draw in each statement: of two in one call the compiler chooses the order
    using Scalar = Draw::Scalar;
    const long reach = 3 + spread;
    switch (draw_.scalar) {
      case Scalar::number: {
        const long denominator = random_.integer(1, 2);
        return Rational(random_.integer(-reach, reach), denominator);
      }
      case Scalar::nonzero: {
        const long size = random_.integer(1, reach);
        const long denominator = random_.integer(1, 2);
        return Rational(random_.integer(0, 1) == 0 ? size : -size, denominator);
      }
      case Scalar::positive: {
        const long denominator = random_.integer(1, 3);
        return Rational(random_.integer(1, reach + 1), denominator);
      }
      case Scalar::between: {
        const long parts = random_.integer(2, 6) + 2 * spread;
        return low_ + (high_ - low_) * Rational(random_.integer(1, parts - 1), parts);
      }
    }
    return 0;
  }

  Value decreasing() {
    const auto count = static_cast<std::size_t>(extents_[0]);
    std::vector<Rational> values;
    while (values.size() < count) {
      Rational next = scalar(extents_[0]);
      if (std::find(values.begin(), values.end(), next) == values.end()) values.push_back(std::move(next));
    }
    std::sort(values.begin(), values.end(), [](const Rational& a, const Rational& b) { return a > b; });
    return std::vector<Real>(values.begin(), values.end());
  }

  const Draw& draw_;
  bool aligned_;
  Random& random_;
  std::vector<long> extents_;
  Rational low_;
  Rational high_;
};

}  // namespace

void draw_value(const Draw& draw, bool aligned, Environment& values, Random& random) {
  for (const Indices& at : indices_of(draw.pattern, values)) {
    const Indices variables = variables_of(draw.pattern, at);
    Value value = Drawer(draw, aligned, values, variables, random).value();
    values.put(draw.position, at, std::move(value));
  }
}

}  // namespace rankscape
