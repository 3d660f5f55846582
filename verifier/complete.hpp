#pragma once
// rankscape-complete/1: the critical points of a polynomial loss are the zeros of some ideals, the components. A tree
// shows that every complex zero of the gradient is one of theirs (every real one, where it argues with sums of
// squares), and cofactors that theirs are zeros of the gradient. Polynomials are multiplied out; nothing is divided or
// searched for. The loss is the program's, and its derivatives are derived here. Where some unknowns are fixed,
// slices.hpp says why that is enough: all of this then holds of each slice, with the gradient there and the equations
// that fix them in place of the gradient.

#include <set>
#include <vector>

#include "verifier/slices.hpp"
#include "verifier/zeros.hpp"

namespace verifier {

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
          gradient_.push_back(slope == nullptr ? Sparse() : Sparse((*slope)(i, j), slope->denominator));
    }
    const auto gauge = root.find("gauge");
    if (!gauge) {
      check_slice(root, {});
      return;
    }
    const Gauge groups(*gauge, point_.weights(), gradient_, loss_);
    real_ = groups.real();
    const auto slices = root.take("slices").list();
    const std::vector<Fixed> needed = groups.slices();
    root.take("slices").require(slices.size() == needed.size(), "not one for each normal form");
    for (std::size_t k = 0; k < slices.size(); ++k) {
      Object slice(slices[k]);
      const Field fixed = slice.take("fixed");
      fixed.require(read_fixed(fixed, variables_) == needed[k], "not the normal form that comes next");
      check_slice(slice, needed[k]);
    }
    slices_ = slices.size();
  }

  [[nodiscard]] Texts verified() const {
    const std::string every = real_ ? "every real critical point " : "every complex critical point ";
    Texts facts{
        slices_ == 0
            ? every + "lies in one of " + std::to_string(found_) + " components, and these consist of critical points"
            : every + "is moved by a symmetry of the loss into one of " + std::to_string(found_) +
                  " components, and these consist of critical points; normal forms: " + std::to_string(slices_)};
    if (values_ > 0) facts.push_back("values of the loss on " + std::to_string(values_));
    if (not_real_ > 0) facts.push_back("no real point of " + std::to_string(not_real_));
    facts.insert(facts.end(), counted_.begin(), counted_.end());
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
          budget.spend(20 + words(factor) * words(b[k]) + words(rest[rest.size() - b.size() + k]));
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

  // Adds a sum of squares with positive weights; tells of what.
  Ideal add_squares(const Field& list, Sparse& sum) const {
    Ideal roots;
    for (const Field& square : list.list()) {
      const auto parts = square.list();
      square.require(parts.size() == 2 && parts[0].number() > 0, "not a positive weight and a polynomial");
      const Sparse& f = roots.emplace_back(polynomial(parts[1]));
      sum.add_product(f, f, parts[0].number());
    }
    return roots;
  }
  // A positive number and a sum of squares lie in the ideal: it has no real zero.
  void require_positive(Object& claim, const Ideal& of) const {
    const Field constant = claim.take("constant");
    constant.require(constant.number() > 0, "not positive");
    Sparse sum(constant.number());
    static_cast<void>(add_squares(claim.take("squares"), sum));
    require_made(claim.take("cofactors"), std::move(sum), of, "the sum of squares is not in the ideal");
  }

  // Components and tree of one slice.
  void check_slice(Object& object, const Fixed& fixed) {
    ideal_.clear();
    for (const Sparse& part : gradient_) ideal_.push_back(on_slice(part, fixed));
    for (const auto& [unknown, value] : fixed) {
      Sparse equation;
      equation.add(Monomial(1, static_cast<char16_t>(unknown)), 1);
      equation.add(Monomial(), -value);
      ideal_.push_back(equation);
    }
    components_.clear();
    for (const Field& field : object.take("components").list()) read_component(field);
    found_ += components_.size();
    const Field tree = object.take("tree");
    nodes_ = tree.list();
    tree.require(!nodes_.empty(), "empty");
    visit();
  }

  void read_component(const Field& field) {
    Object object(field);
    Ideal& generators = components_.emplace_back();
    for (const Field& text : object.take("generators").list()) generators.push_back(polynomial(text));
    const auto critical = object.take("critical").list();
    field.require(critical.size() == ideal_.size(), "not a derivative for each unknown");
    for (std::size_t k = 0; k < critical.size(); ++k)
      require_made(critical[k], ideal_[k], generators, "the component does not consist of critical points");
    if (const auto value = object.find("value")) {
      Object claim(*value);
      Sparse on_it = loss_;  // or what it equals there
      if (const auto of = claim.find("of")) {
        on_it = polynomial(*of);
        Sparse rest = loss_;
        rest.add_product(on_it, Sparse(Q(-1)));
        require_made(claim.take("loss"), std::move(rest), generators, "the loss is not this polynomial");
      }
      require_made(claim.take("cofactors"), evaluated(read_coefficients(claim.take("satisfies")), on_it), generators,
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
      require_positive(claim, generators);
      real = false;
    }
    if (!real) ++not_real_;
    if (const auto list = object.find("zeros")) {
      list->require(counted_.empty(), "counted before");
      list->require(generators.size() == gradient_.size() &&
                        std::equal(generators.begin(), generators.end(), gradient_.begin(),
                                   [](const Sparse& a, const Sparse& b) { return a.terms() == b.terms(); }),
                    "zeros are counted of the gradient alone");
      Zeros zeros(gradient_);
      zeros.check(*list);
      counted_ = zeros.verified();
    }
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
  // its generators are in the ideal; nowhere, as 1 is, or, if real, a positive number and squares; at a split in a
  // child, as a product is in the ideal, and where it vanishes a factor does; if real, where a sum of squares vanishes
  // all of them do. Children stand behind their parents, so that every way down ends.
  void visit() {
    struct Open {
      std::size_t node;
      std::size_t size;  // of its parent's ideal
      Ideal added;
    };
    std::vector<Open> open;
    std::vector<char> used(nodes_.size(), 0);
    open.push_back({0, ideal_.size(), {}});
    while (!open.empty()) {
      Open next = std::move(open.back());
      open.pop_back();
      ideal_.resize(next.size);
      for (Sparse& f : next.added) ideal_.push_back(std::move(f));
      const Field& field = nodes_[next.node];
      const auto child = [&](const Field& position, Ideal added) {
        const std::size_t at = position.position(nodes_.size());
        position.require(at > next.node, "a child before its parent");
        open.push_back({at, ideal_.size(), std::move(added)});
      };
      budget.spend(1);
      field.require(std::exchange(used[next.node], 1) == 0, "reached twice");
      Object node(field);
      if (const auto empty = node.find("empty")) {
        require_made(*empty, Sparse(Q(1)), ideal_, "1 is not made");
        continue;
      }
      if (const auto positive = node.find("positive")) {
        Object claim(*positive);
        require_positive(claim, ideal_);
        real_ = true;
        continue;
      }
      const Field cofactors = node.take("cofactors");
      if (const auto squares = node.find("squares")) {
        Sparse sum;
        Ideal roots = add_squares(*squares, sum);
        require_made(cofactors, std::move(sum), ideal_, "the sum of squares is not made");
        child(node.take("child"), std::move(roots));
        real_ = true;
        continue;
      }
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
        child(children[k], {factor});
      }
      require_made(cofactors, product, ideal_, "the product is not made");
    }
    for (std::size_t k = 0; k < nodes_.size(); ++k) nodes_[k].require(used[k] != 0, "not reached");
  }

  Point point_;
  std::size_t variables_;
  Sparse loss_;
  Ideal gradient_;
  Ideal ideal_;  // of the slice: the gradient; later of the node that is visited
  std::vector<Ideal> components_;
  std::vector<Field> nodes_;
  bool real_ = false;       // real points only
  std::size_t slices_ = 0;  // 0: no gauge
  std::size_t found_ = 0;   // components
  std::size_t values_ = 0;
  std::size_t not_real_ = 0;
  Texts counted_;
  std::set<std::vector<Q>> points_;  // as sets of components may meet
};

}  // namespace verifier
