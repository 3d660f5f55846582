#pragma once
// rankscape-complete/1: the critical points of a polynomial loss are the zeros of some ideals, the components. A tree
// shows that every complex zero of the gradient is one of theirs, and cofactors that theirs are zeros of the gradient.
// Polynomials are multiplied out; nothing is divided or searched for. The loss is the program's, and its derivatives
// are derived here.

#include <set>
#include <string_view>
#include <vector>

#include "verifier/point.hpp"
#include "verifier/reader.hpp"

namespace verifier {

/// A polynomial over the rationals.
class Sparse {
 public:
  Sparse() = default;
  explicit Sparse(const Q& number) {
    if (number != 0) terms_.emplace(Monomial(), number);
  }
  /// numerator / denominator, the latter constant
  Sparse(const Polynomial& numerator, const Polynomial& denominator) {
    if (denominator != Polynomial(denominator[{}])) throw Rejected("the loss is no polynomial");
    for (const auto& [monomial, coefficient] : numerator.terms) {
      Q value(coefficient, denominator[{}]);
      value.canonicalize();
      terms_.emplace(monomial, value);
    }
  }
  [[nodiscard]] bool is_zero() const { return terms_.empty(); }
  void add(const Monomial& monomial, const Q& coefficient) {
    const auto found = terms_.try_emplace(monomial).first;
    found->second += coefficient;
    if (found->second == 0) terms_.erase(found);
  }
  /// this += factor a b
  void add_product(const Sparse& a, const Sparse& b, const Q& factor = 1) {
    for (const auto& [m, x] : a.terms_) {
      for (const auto& [n, y] : b.terms_) {
        budget.spend(20 + m.size() + n.size() + words(x) * words(y));
        Monomial product(m.size() + n.size(), u'\0');
        std::merge(m.begin(), m.end(), n.begin(), n.end(), product.begin());
        add(product, factor * x * y);
      }
    }
  }
  [[nodiscard]] Q value(const std::vector<Q>& at) const {
    Q sum = 0;
    for (const auto& [monomial, coefficient] : terms_) {
      Q product = coefficient;
      for (const char16_t position : monomial) {
        budget.spend(1 + words(product) * words(at.at(position)));
        product *= at.at(position);
      }
      sum += product;
    }
    return sum;
  }

 private:
  static std::size_t words(const Q& x) { return mpz_size(x.get_num_mpz_t()) + mpz_size(x.get_den_mpz_t()); }
  std::map<Monomial, Q> terms_;
};

/// `3/2*x1^2*x3-x2+1`, in the variables x1 .. xn.
inline Sparse read_polynomial(const Field& field, std::size_t variables) {
  const std::string_view text = field.text();
  std::size_t at = 0;
  const auto take = [&](char c) { return at < text.size() && text[at] == c && ++at > 0; };
  const auto digits = [&] {
    const std::size_t begin = at;
    while (at < text.size() && text[at] >= '0' && text[at] <= '9') ++at;
    field.require(at > begin, "not a polynomial");
    if (at - begin > most_digits) throw Unreadable("limits: " + field.place + ": a number is too long");
    budget.spend(1 + (at - begin) * (at - begin) / 100);
    return Z(std::string(text.substr(begin, at - begin)), 10);
  };
  Sparse sum;
  do {
    const bool minus = take('-');
    field.require(minus || take('+') || at == 0, "not a polynomial");
    Q coefficient = minus ? -1 : 1;
    Monomial monomial;
    do {
      if (!take('x')) {
        coefficient *= digits();
        if (!take('/')) continue;
        const Z below = digits();
        field.require(below != 0, "a denominator is zero");
        coefficient /= below;
        continue;
      }
      const Z index = digits();
      field.require(index >= 1 && index <= variables, "an unknown that does not exist");
      const Z power = take('^') ? digits() : Z(1);
      field.require(power <= 1000, "an exponent is too large");
      budget.spend(power.get_ui());
      monomial.append(power.get_ui(), static_cast<char16_t>(index.get_ui() - 1));
    } while (take('*'));
    std::sort(monomial.begin(), monomial.end());
    sum.add(monomial, coefficient);
  } while (at < text.size());
  return sum;
}

class Completeness {
 public:
  explicit Completeness(Object& root) : point_(root), variables_(point_.parameters) {
    root.take("weights").require(variables_ <= 1000, "too many unknowns");
    most_degree = any_degree;
    const Values<Polynomial> values(point_.derived, point_.leaves_with(point_.split<Polynomial>(1, [](std::size_t i) {
      Polynomial variable;
      variable.add(Monomial(1, static_cast<char16_t>(i)), 1);
      return variable;
    })));
    const Matrix<Polynomial>& loss = values[point_.program.size() - 1];
    loss_ = Sparse(loss.entries[0], loss.denominator);
    for (std::size_t h = 0; h < point_.weights().size(); ++h) {
      const Matrix<Polynomial>* slope = point_.slope(values, h);
      const Matrix<Z>& w = point_.weights()[h];
      for (std::size_t j = 0; j < w.cols; ++j)
        for (std::size_t i = 0; i < w.rows; ++i)
          ideal_.push_back(slope == nullptr ? Sparse() : Sparse((*slope)(i, j), slope->denominator));
    }
    for (const Field& field : root.take("components").list()) read_component(field);
    nodes_ = root.take("tree").list();
    root.take("tree").require(!nodes_.empty(), "empty");
    visit();
  }

  [[nodiscard]] Texts verified() const {
    Texts facts{"every complex critical point lies in one of " + std::to_string(components_.size()) +
                " components, and these consist of critical points"};
    if (values_ > 0) facts.push_back("values of the loss on " + std::to_string(values_));
    if (not_real_ > 0) facts.push_back("no real point of " + std::to_string(not_real_));
    if (!points_.empty()) facts.push_back("real critical points: " + std::to_string(points_.size()));
    return facts;
  }
  [[nodiscard]] const std::string& identity() const { return point_.identity; }

 private:
  using Ideal = std::vector<Sparse>;

  [[nodiscard]] Sparse polynomial(const Field& field) const { return read_polynomial(field, variables_); }

  // Is `wanted` the sum of the cofactors times these generators?
  void require_made(const Field& cofactors, Sparse wanted, const Ideal& of, const char* why) const {
    for (const Field& entry : cofactors.list()) {
      const auto parts = entry.list();
      entry.require(parts.size() == 2, "not a position and a polynomial");
      wanted.add_product(polynomial(parts[1]), of[parts[0].position(of.size())], -1);
    }
    cofactors.require(wanted.is_zero(), why);
  }

  // q(f), q by its coefficients, the constant first
  [[nodiscard]] static Sparse evaluated(const std::vector<Q>& q, const Sparse& f) {
    Sparse sum;
    for (auto coefficient = q.rbegin(); coefficient != q.rend(); ++coefficient) {
      Sparse next{*coefficient};
      next.add_product(sum, f);
      sum = std::move(next);
    }
    return sum;
  }
  [[nodiscard]] static std::vector<Q> read_coefficients(const Field& field) {
    std::vector<Q> q;
    for (const Field& number : field.list()) q.push_back(number.number());
    field.require(q.size() > 1 && q.back() != 0 && q.size() <= 1000, "not a polynomial of degree 1 at least");
    return q;
  }

  // Sturm: as many changes of sign at -infinity as at +infinity.
  [[nodiscard]] static bool has_real_root(std::vector<Q> a) {
    std::vector<Q> b;
    for (std::size_t k = 1; k < a.size(); ++k) b.push_back(a[k] * Q(Z(k)));
    int changes = 0;  // at -infinity less those at +infinity
    while (!b.empty()) {
      const int lead = sgn(a.back()) * sgn(b.back());
      const int parity = (a.size() - b.size()) % 2 == 0 ? 1 : -1;
      changes += (lead * parity < 0 ? 1 : 0) - (lead < 0 ? 1 : 0);
      std::vector<Q> rest = a;
      while (rest.size() >= b.size()) {
        const Q factor = rest.back() / b.back();
        for (std::size_t k = 0; k < b.size(); ++k) {
          budget.spend(20 + mpz_size(factor.get_num_mpz_t()) * mpz_size(b[k].get_num_mpz_t()));
          rest[rest.size() - b.size() + k] -= factor * b[k];
        }
        rest.pop_back();
      }
      while (!rest.empty() && rest.back() == 0) rest.pop_back();
      for (Q& x : rest) x = -x;
      a = std::move(b);
      b = std::move(rest);
    }
    return changes != 0;
  }

  void read_component(const Field& field) {
    Object object(field);
    Ideal& generators = components_.emplace_back();
    for (const Field& text : object.take("generators").list()) generators.push_back(polynomial(text));
    const auto critical = object.take("critical").list();
    field.require(critical.size() == variables_, "not a derivative for each unknown");
    for (std::size_t k = 0; k < variables_; ++k)
      require_made(critical[k], ideal_[k], generators, "the component does not consist of critical points");
    if (const auto value = object.find("value")) {
      Object claim(*value);
      require_made(claim.take("cofactors"), evaluated(read_coefficients(claim.take("satisfies")), loss_), generators,
                   "the loss does not satisfy the polynomial");
      ++values_;
    }
    bool real = true;
    if (const auto relation = object.find("not_real")) {
      Object claim(*relation);
      const auto q = read_coefficients(claim.take("satisfies"));
      relation->require(!has_real_root(q), "the polynomial has a real root");
      require_made(claim.take("cofactors"), evaluated(q, polynomial(claim.take("of"))), generators,
                   "the relation does not hold");
      real = false;
    }
    if (const auto positive = object.find("positive")) {
      Object claim(*positive);
      const Field constant = claim.take("constant");
      constant.require(constant.number() > 0, "not positive");
      Sparse sum(constant.number());
      for (const Field& square : claim.take("squares").list()) {
        const auto parts = square.list();
        square.require(parts.size() == 2 && parts[0].number() > 0, "not a positive weight and a polynomial");
        const Sparse f = polynomial(parts[1]);
        sum.add_product(f, f, parts[0].number());
      }
      require_made(claim.take("cofactors"), sum, generators, "the sum of squares is not in the ideal");
      real = false;
    }
    if (!real) ++not_real_;
    if (const auto points = object.find("points")) {
      for (const Field& row : points->list()) {
        std::vector<Q> at;
        for (const Field& number : row.list()) at.push_back(number.number());
        row.require(at.size() == variables_, "not a number for each unknown");
        for (const Sparse& generator : generators)
          row.require(generator.value(at) == 0, "not a point of the component");
        points_.insert(at);
      }
    }
  }

  // Zeros of the ideal of a node (the gradient, and what was added on the way) lie in components: at a leaf in one, as
  // its generators are in the ideal; nowhere, as 1 is; at a split in a child, as a product is in the ideal, and where
  // it vanishes a factor does. Children stand behind their parents, so that every way down ends.
  void visit() {
    struct Open {
      std::size_t node;
      std::size_t depth;  // of polynomials that were added before it
      Sparse added;
    };
    std::vector<Open> open;
    const std::size_t gradient = ideal_.size();
    std::vector<char> used(nodes_.size(), 0);
    open.push_back({0, 0, Sparse()});
    while (!open.empty()) {
      Open next = std::move(open.back());
      open.pop_back();
      ideal_.resize(gradient + next.depth);
      if (next.node > 0) {
        ideal_.pop_back();
        ideal_.push_back(std::move(next.added));
      }
      const Field& field = nodes_[next.node];
      field.require(std::exchange(used[next.node], 1) == 0, "reached twice");
      Object node(field);
      if (const auto empty = node.find("empty")) {
        require_made(*empty, Sparse(Q(1)), ideal_, "1 is not made");
        continue;
      }
      const Field cofactors = node.take("cofactors");
      if (const auto leaf = node.find("leaf")) {
        const Ideal& component = components_[leaf->position(components_.size())];
        const auto lists = cofactors.list();
        cofactors.require(lists.size() == component.size(), "not an identity for each generator");
        for (std::size_t k = 0; k < lists.size(); ++k)
          require_made(lists[k], component[k], ideal_, "a generator of the component is not made");
        continue;
      }
      const auto factors = node.take("split").list();
      const auto children = node.take("children").list();
      field.require(!factors.empty() && factors.size() == children.size(), "not a child for each factor");
      Sparse product(Q(1));
      for (std::size_t k = 0; k < factors.size(); ++k) {
        const auto parts = factors[k].list();
        factors[k].require(parts.size() == 2, "not a polynomial and an exponent");
        const Sparse factor = polynomial(parts[0]);
        for (std::size_t power = parts[1].count(1, 1000); power > 0; --power) {
          Sparse more;
          more.add_product(product, factor);
          product = std::move(more);
        }
        const std::size_t child = children[k].position(nodes_.size());
        children[k].require(child > next.node, "a child before its parent");
        open.push_back({child, next.depth + 1, factor});
      }
      require_made(cofactors, product, ideal_, "the product is not made");
    }
    for (std::size_t k = 0; k < nodes_.size(); ++k) nodes_[k].require(used[k] != 0, "not reached");
  }

  Point point_;
  std::size_t variables_;
  Sparse loss_;
  Ideal ideal_;  // the gradient; later of the node that is visited
  std::vector<Ideal> components_;
  std::vector<Field> nodes_;
  std::size_t values_ = 0;
  std::size_t not_real_ = 0;
  std::set<std::vector<Q>> points_;  // as sets of components may meet
};

}  // namespace verifier
