#include <symbolic/signs.hpp>

#include <algorithm>
#include <numeric>

namespace rankscape::symbolic {

namespace {

bool contains(const std::vector<GiNaC::symbol>& symbols, const Expression& one) {
  return std::any_of(symbols.begin(), symbols.end(),
                     [&](const GiNaC::symbol& symbol) { return symbol.is_equal(GiNaC::ex_to<GiNaC::basic>(one)); });
}

std::optional<Sign> product(std::optional<Sign> a, std::optional<Sign> b) {
  if (!a || !b) return std::nullopt;
  return *a == *b ? Sign::positive : Sign::negative;
}

}  // namespace

void SignConditions::between(const GiNaC::symbol& x, const Expression& low, const Expression& high) {
  const GiNaC::symbol u("u");
  positive(u);
  substitution_[x] = low + (high - low) * u / (1 + u);
}

void SignConditions::decreasing(const std::vector<GiNaC::symbol>& x, const std::optional<Expression>& low,
                                const std::optional<Expression>& high) {
  Expression last = low ? *low : Expression(0);
  for (std::size_t k = x.size(); k-- > 0;) {
    const GiNaC::symbol u("u");
    if (!low && k + 1 == x.size()) {
      last = u;  // free
    } else {
      positive(u);
      last = high ? last + (*high - last) * u / (1 + u) : last + u;
    }
    substitution_[x[k]] = last;
  }
}

bool SignConditions::is_positive(const Expression& symbol) const {
  return contains(positive_, symbol);
}

bool SignConditions::is_nonzero(const Expression& symbol) const {
  return is_positive(symbol) || contains(nonzero_, symbol);
}

// A sum of terms of one sign, one of which is not zero.
std::optional<Sign> SignConditions::sign_of_factor(const Expression& polynomial) const {
  const Expression sum = polynomial.expand();
  const std::size_t terms = GiNaC::is_a<GiNaC::add>(sum) ? sum.nops() : 1;
  std::optional<Sign> sign;
  bool strict = false;
  for (std::size_t k = 0; k < terms; ++k) {
    const Expression term = GiNaC::is_a<GiNaC::add>(sum) ? sum.op(k) : sum;
    const std::size_t factors = GiNaC::is_a<GiNaC::mul>(term) ? term.nops() : 1;
    bool negative = false;
    bool vanishes = false;
    for (std::size_t f = 0; f < factors; ++f) {
      const Expression factor = GiNaC::is_a<GiNaC::mul>(term) ? term.op(f) : term;
      if (GiNaC::is_a<GiNaC::numeric>(factor)) {
        const auto& number = GiNaC::ex_to<GiNaC::numeric>(factor);
        if (!number.is_rational() || number.is_zero()) return std::nullopt;
        negative = negative != number.is_negative();
        continue;
      }
      const bool power = GiNaC::is_a<GiNaC::power>(factor);
      const Expression base = power ? factor.op(0) : factor;
      if (!GiNaC::is_a<GiNaC::symbol>(base)) return std::nullopt;
      const bool even = power && factor.op(1).info(GiNaC::info_flags::even);
      if (power && !factor.op(1).info(GiNaC::info_flags::posint)) return std::nullopt;
      if (!even && !is_positive(base)) return std::nullopt;
      vanishes = vanishes || !is_nonzero(base);
    }
    const Sign here = negative ? Sign::negative : Sign::positive;
    if (sign && *sign != here) return std::nullopt;
    sign = here;
    strict = strict || !vanishes;
  }
  return strict ? sign : std::nullopt;
}

std::optional<Sign> SignConditions::sign_of_polynomial(const Expression& polynomial) const {
  if (polynomial.is_zero()) return std::nullopt;
  if (const auto whole = sign_of_factor(polynomial)) return whole;
  const Expression factored = GiNaC::factor(polynomial);
  const std::size_t count = GiNaC::is_a<GiNaC::mul>(factored) ? factored.nops() : 1;
  std::optional<Sign> sign = Sign::positive;
  for (std::size_t f = 0; f < count && sign; ++f) {
    const Expression factor = GiNaC::is_a<GiNaC::mul>(factored) ? factored.op(f) : factored;
    const bool power = GiNaC::is_a<GiNaC::power>(factor) && factor.op(1).info(GiNaC::info_flags::posint);
    const Expression base = power ? factor.op(0) : factor;
    const bool even = power && factor.op(1).info(GiNaC::info_flags::even);
    // a free symbol that is not zero has some sign, and its even powers are positive
    if (even && GiNaC::is_a<GiNaC::symbol>(base) && is_nonzero(base)) continue;
    const auto of_base = sign_of_factor(base);
    if (!of_base) return std::nullopt;
    if (!even) sign = product(sign, of_base);
  }
  return sign;
}

std::optional<Sign> SignConditions::sign(const Expression& rational_function) const {
  const Expression fraction = rational_function.subs(substitution_).normal().numer_denom();
  return product(sign_of_polynomial(fraction.op(0).expand()), sign_of_polynomial(fraction.op(1).expand()));
}

void SignConditions::add_undecided(const Expression& rational_function, std::vector<Expression>& factors) const {
  const Expression fraction = rational_function.normal().numer_denom();
  for (const Expression& part : {fraction.op(0).expand(), fraction.op(1).expand()}) {
    const Expression factored = GiNaC::factor(part);
    const std::size_t count = GiNaC::is_a<GiNaC::mul>(factored) ? factored.nops() : 1;
    for (std::size_t f = 0; f < count; ++f) {
      const Expression factor = GiNaC::is_a<GiNaC::mul>(factored) ? factored.op(f) : factored;
      const Expression base = GiNaC::is_a<GiNaC::power>(factor) ? factor.op(0) : factor;
      if (GiNaC::is_a<GiNaC::numeric>(base) || sign(base)) continue;
      const bool known = std::any_of(factors.begin(), factors.end(), [&](const Expression& other) {
        return (other - base).expand().is_zero() || (other + base).expand().is_zero();
      });
      if (!known) factors.push_back(base);
    }
  }
}

namespace {

class Elimination {
 public:
  Elimination(ExpressionMatrix a, const SignConditions& conditions) : a_(std::move(a)), conditions_(conditions) {
    for (Index k = 0; k < a_.size(); ++k)
      a_(k) = a_(k).normal();
    left_.resize(static_cast<std::size_t>(a_.rows()));
    std::iota(left_.begin(), left_.end(), Index{0});
  }

  std::optional<InertiaBySigns> run() {
    while (!left_.empty()) {
      if (!drop_zero_rows() && !one() && !two() && !undecided()) return std::nullopt;
    }
    return std::move(found_);
  }

 private:
  bool drop_zero_rows() {
    const auto zero = [&](Index i) {
      return std::all_of(left_.begin(), left_.end(), [&](Index j) { return a_(i, j).is_zero(); });
    };
    std::vector<Index> others;
    std::copy_if(left_.begin(), left_.end(), std::back_inserter(others), [&](Index i) { return !zero(i); });
    found_.certain.zero += static_cast<Index>(left_.size() - others.size());
    left_.swap(others);
    return left_.size() < others.size();
  }

  // With few other entries in their row first: blocks stay small.
  [[nodiscard]] std::vector<Index> pivots() const {
    std::vector<Index> order = left_;
    std::erase_if(order, [&](Index i) { return a_(i, i).is_zero(); });
    const auto entries = [&](Index i) {
      return std::count_if(left_.begin(), left_.end(), [&](Index j) { return !a_(i, j).is_zero(); });
    };
    std::stable_sort(order.begin(), order.end(), [&](Index i, Index j) { return entries(i) < entries(j); });
    return order;
  }

  void eliminate(Index i) {
    std::erase(left_, i);
    for (const Index r : left_) {
      if (a_(r, i).is_zero()) continue;
      for (const Index c : left_) {
        if (!a_(i, c).is_zero()) a_(r, c) = (a_(r, c) - a_(r, i) * a_(i, c) / a_(i, i)).normal();
      }
    }
  }

  bool one() {
    for (const Index i : pivots()) {
      const auto sign = conditions_.sign(a_(i, i));
      if (!sign) continue;
      ++(*sign == Sign::positive ? found_.certain.positive : found_.certain.negative);
      eliminate(i);
      return true;
    }
    return false;
  }

  // A plane on which the form is indefinite, whatever the signs on the diagonal.
  bool two() {
    for (std::size_t k = 0; k < left_.size(); ++k) {
      for (std::size_t l = k + 1; l < left_.size(); ++l) {
        const Index i = left_[k];
        const Index j = left_[l];
        const Expression minor = (a_(i, i) * a_(j, j) - a_(i, j) * a_(i, j)).normal();
        if (minor.is_zero() || conditions_.sign(minor) != Sign::negative) continue;
        ++found_.certain.positive;
        ++found_.certain.negative;
        std::erase(left_, i);
        std::erase(left_, j);
        const ExpressionMatrix old = a_;
        for (const Index r : left_) {
          for (const Index c : left_) {
            const Expression correction = old(r, i) * (old(j, j) * old(i, c) - old(i, j) * old(j, c)) +
                                          old(r, j) * (old(i, i) * old(j, c) - old(i, j) * old(i, c));
            a_(r, c) = (old(r, c) - correction / minor).normal();
          }
        }
        return true;
      }
    }
    return false;
  }

  // One whose sign depends on the values.
  bool undecided() {
    const std::vector<Index> order = pivots();
    if (order.empty()) return false;
    const Index i = order.front();
    found_.pivots.push_back(a_(i, i));
    conditions_.add_undecided(a_(i, i), found_.factors);
    eliminate(i);
    return true;
  }

  ExpressionMatrix a_;
  const SignConditions& conditions_;
  std::vector<Index> left_;
  InertiaBySigns found_;
};

}  // namespace

std::optional<Inertia> InertiaBySigns::at(const GiNaC::exmap& values) const {
  const auto zero = [&](const Expression& factor) { return to_rational(factor.subs(values).normal()) == 0; };
  if (std::any_of(factors.begin(), factors.end(), zero)) return std::nullopt;
  Inertia inertia = certain;
  for (const Expression& pivot : pivots)
    ++(to_rational(pivot.subs(values).normal()) > 0 ? inertia.positive : inertia.negative);
  return inertia;
}

std::optional<InertiaBySigns> inertia_by_signs(ExpressionMatrix a, const SignConditions& conditions) {
  return Elimination(std::move(a), conditions).run();
}

std::optional<Inertia> inertia(ExpressionMatrix a, const SignConditions& conditions) {
  const auto found = inertia_by_signs(std::move(a), conditions);
  return found && found->pivots.empty() ? std::optional(found->certain) : std::nullopt;
}

}  // namespace rankscape::symbolic
