#pragma once
// Lower bounds of a loss over all weights, read off its program: lemmas bound single nodes from evidence, and bounds of
// nodes follow from bounds of operands. docs/certificates.md, "Global bounds", has the proofs.

#include "verifier/symmetric.hpp"

namespace verifier {

class Bounds {
 public:
  /// \param values  of the nodes at the point; \param first_weight  the first input that is a weight
  Bounds(const Program& program, const std::vector<Matrix<Z>>& values, std::size_t first_weight, Untaken& untaken)
      : program_(program),
        values_(values),
        moving_(program.depends(program.inputs_from(first_weight))),
        untaken_(untaken),
        lowest_(program.steps.size()),
        evident_(program.steps.size()),
        form_of_(program.steps.size()) {}

  /// A number that no value of the loss is below, or nothing.
  std::optional<Q> of_loss(const Field& bounds) {
    std::multimap<std::size_t, Field> by_node;
    for (const Field& bound : bounds.list()) {
      bound.require(bound.json->is_object() && bound.json->contains("node"), "names no node");
      const Field node{&bound.json->at("node"), bound.place + "/node"};
      by_node.emplace(node.count(0, program_.steps.size() - 1), bound);
    }
    for (std::size_t k = 0; k < program_.steps.size(); ++k) {
      lowest_[k] = by_rule(k, lowest_);
      evident_[k] = by_rule(k, evident_);
      const auto [first, last] = by_node.equal_range(k);
      for (auto bound = first; bound != last; ++bound) {
        bound->second.require(values_[k].is_scalar(), "the node is not 1 x 1");
        const Q shown = by_evidence(k, bound->second);
        if (form_of_[k]) evident_[k] = 0;
        if (!lowest_[k] || *lowest_[k] < shown) lowest_[k] = shown;
      }
    }
    return lowest_.back();
  }

 private:
  enum class Kind { none, constant, affine, convex };  // the last includes those before, but for none

  [[nodiscard]] const Instruction& step(std::size_t k) const { return program_.steps[k]; }
  [[nodiscard]] bool is(std::size_t k, Operation operation) const { return step(k).operation == operation; }
  [[nodiscard]] bool transposes(std::size_t a, std::size_t b) const {
    return (is(a, Operation::transpose) && step(a).a == b) || (is(b, Operation::transpose) && step(b).a == a);
  }
  [[nodiscard]] bool is_gram(std::size_t k) const {
    return is(k, Operation::multiply) && transposes(step(k).a, step(k).b);
  }
  /// Of each entry of one node; that is the result.
  [[nodiscard]] std::optional<std::size_t> squared(std::size_t k) const {
    const auto [operation, a, b, factor] = step(k);
    const bool product = operation == Operation::multiply || operation == Operation::scalar_multiply;
    if (a == b && (operation == Operation::dot || operation == Operation::hadamard)) return a;
    if (product && a == b && values_[a].is_scalar()) return a;
    if (is_gram(k) && values_[k].is_scalar()) return a;
    return {};
  }
  [[nodiscard]] static Q least(const Matrix<Z>& a, int sign = 1) {  // of sign a; an empty matrix: 0
    if (a.entries.empty()) return 0;
    Z x = sign * a.entries[0];
    for (const Z& y : a.entries)
      if (sign * y < x) x = sign * y;
    return Q(x) / Q(a.denominator);
  }
  using Numbers = std::vector<std::optional<Q>>;

  [[nodiscard]] std::optional<Q> by_rule(std::size_t k, const Numbers& lowest) const {
    const auto [operation, a, b, factor] = step(k);
    if (moving_[k] == 0) return least(values_[k]);
    const std::optional<Q> otherwise = squared(k) ? std::optional<Q>(0) : std::nullopt;
    if (operation == Operation::input || !lowest[a]) return otherwise;
    const Q& lo = *lowest[a];
    switch (operation) {
      case Operation::add:
        return lowest[b] ? std::optional<Q>(lo + *lowest[b]) : std::nullopt;
      case Operation::subtract:
        return moving_[b] == 0 ? std::optional<Q>(lo + least(values_[b], -1)) : std::nullopt;
      case Operation::scale:
        return factor >= 0 ? std::optional<Q>(factor * lo) : std::nullopt;
      case Operation::transpose:
        return lo;
      case Operation::reciprocal:
        return lo >= 0 ? std::optional<Q>(0) : std::nullopt;
      default:
        break;
    }
    if (lo < 0 || !lowest[b] || *lowest[b] < 0) return otherwise;
    Q bound = lo * *lowest[b];
    if (operation == Operation::multiply) bound *= Q(Z(values_[a].cols));
    if (operation == Operation::dot) bound *= Q(Z(values_[a].entries.size()));
    return bound;
  }

  Q by_evidence(std::size_t k, const Field& field) {
    Object claim(field, untaken_);
    static_cast<void>(claim.take("node"));
    const Field by = claim.take("by");
    if (by.text() == "form") return form(k, field, claim);
    if (by.text() == "convex") return convex(k, field, claim);
    if (by.text() == "rank_trace" || by.text() == "gram_trace")
      return trace(k, by.text() == "gram_trace", field, claim);
    by.reject("unknown kind of bound");
  }

  // dot u (B u), dot (B u) u, or u^T (B u)
  Q form(std::size_t k, const Field& field, Object& claim) {
    const auto [operation, a, b, factor] = step(k);
    for (const auto& [u, v] : {std::pair(a, b), std::pair(b, a)}) {
      const bool dot = operation == Operation::dot;
      const bool product = operation == Operation::multiply && u == a && is(u, Operation::transpose);
      if ((!dot && !product) || !is(v, Operation::multiply) || moving_[step(v).a] != 0) continue;
      if (step(v).b != (dot ? u : step(u).a)) continue;
      const Matrix<Z>& middle = values_[step(v).a];
      check_semidefinite(claim.take("psd"), symmetric_part(middle), untaken_);
      form_of_[k] = step(v).b;
      return 0;
    }
    field.reject("the node is not a quadratic form with a constant matrix");
  }

  static Matrix<Z> symmetric_part(const Matrix<Z>& a) { return scaled(number<Z>(Q(1, 2)), plus(a, 1, transposed(a))); }

  // Evidently constant, affine or convex in the leaves, as independent variables.
  [[nodiscard]] Kind kind(std::size_t k, const std::vector<char>& leaves, const std::vector<Kind>& kinds) const {
    const auto [operation, a, b, factor] = step(k);
    if (leaves[k] != 0) return Kind::affine;
    if (moving_[k] == 0) return Kind::constant;
    if (operation == Operation::input || operation == Operation::reciprocal) return Kind::none;
    if (form_of_[k] && (kinds[*form_of_[k]] == Kind::affine || kinds[*form_of_[k]] == Kind::constant))
      return Kind::convex;
    if (kinds[a] == Kind::none || (step(k).has_two() && kinds[b] == Kind::none)) return Kind::none;
    switch (operation) {
      case Operation::transpose:
        return kinds[a];
      case Operation::scale:
        return kinds[a] == Kind::convex && factor < 0 ? Kind::none : kinds[a];
      case Operation::subtract:
        return kinds[b] == Kind::convex ? Kind::none : std::max(kinds[a], kinds[b]);
      case Operation::add:
        return std::max(kinds[a], kinds[b]);
      default:
        break;
    }
    for (const auto& [c, x] : {std::pair(a, b), std::pair(b, a)}) {
      if (moving_[c] != 0) continue;
      return kinds[x] == Kind::convex && least(values_[c]) < 0 ? Kind::none : kinds[x];
    }
    const auto base = squared(k);
    return base && (kinds[*base] != Kind::convex || (evident_[*base] && *evident_[*base] >= 0)) ? Kind::convex
                                                                                                : Kind::none;
  }

  Q convex(std::size_t k, const Field& field, Object& claim) {
    const auto node = [&](const Field& f) { return f.count(0, k); };
    struct Term {
      Field evidence;
      std::vector<std::size_t> nodes;
    };
    std::vector<Term> terms;
    std::vector<char> leaves(program_.steps.size(), 0);
    for (const Field& item : claim.take("terms").list()) {
      item.require(item.json->is_object(), "not an object");
      Term term{item, {}};
      std::size_t kinds_named = 0;  // one: every node that becomes a variable is checked as what its term says
      for (const char* name : {"free", "above", "gram", "nuclear", "decay"}) {
        if (!item.json->contains(name)) continue;
        ++kinds_named;
        const Field named{&item.json->at(name), item.place + "/" + name};
        if (named.json->is_array()) {
          for (const Field& one : named.list()) term.nodes.push_back(node(one));
        } else {
          term.nodes.push_back(node(named));
        }
      }
      item.require(kinds_named == 1, "not one kind of term");
      for (const std::size_t p : term.nodes) item.require(std::exchange(leaves[p], 1) == 0, "a node is named twice");
      terms.push_back(std::move(term));
    }
    std::vector<Kind> kinds;
    for (std::size_t i = 0; i <= k; ++i) kinds.push_back(kind(i, leaves, kinds));
    field.require(kinds[k] != Kind::none, "not evidently a convex function of the nodes");
    const auto slopes = gradient(program_, values_, k, leaves);
    for (const Term& term : terms) check_term(term.evidence, term.nodes, slopes);
    return entry(values_[k], 0, 0);
  }

  void check_term(const Field& field, const std::vector<std::size_t>& nodes, const std::vector<Matrix<Z>>& slopes) {
    Object term(field, untaken_);
    const bool with_trace = term.has("gram") && nodes.size() == 2;
    const bool of_three = term.has("nuclear") || term.has("decay");
    field.require(with_trace || nodes.size() == (of_three ? 3 : 1), "not as many nodes as the term has");
    const std::size_t p = nodes[0];
    const auto norm = [&](std::size_t s, std::size_t of) { return values_[s].is_scalar() && squared(s) == of; };
    const Matrix<Z>& slope = slopes[p];
    const Matrix<Z>& at = values_[p];
    if (term.has("free")) {
      static_cast<void>(term.take("free"));
      field.require(slope.is_zero(), "the slope is not zero");
    } else if (term.has("above")) {
      static_cast<void>(term.take("above"));
      field.require(lowest_[p].has_value(), "the node has no lower bound");
      Matrix<Z> bound(at.rows, at.cols);
      bound.denominator = lowest_[p]->get_den();
      for (Z& x : bound.entries) x = lowest_[p]->get_num();
      field.require(least(slope) >= 0 && dot(slope, plus(at, -1, bound)).is_zero(), "the slope is not complementary");
    } else if (term.has("gram")) {
      static_cast<void>(term.take("gram"));
      field.require(is_gram(p), "the node is not a matrix times its transpose");
      Matrix<Z> slack = symmetric_part(slope);
      if (with_trace) {  // the trace of u u^T is the norm of u
        field.require(norm(nodes[1], step(p).a) || norm(nodes[1], step(p).b), "not the norm of the factor");
        slack = plus(slack, 1, scaled(slopes[nodes[1]], identity(at.rows)));
      }
      check_semidefinite(term.take("psd"), slack, untaken_);
      field.require(dot(slack, at).is_zero(), "the slope is not complementary");
    } else if (term.has("decay")) {
      static_cast<void>(term.take("decay"));
      decay(field, term, nodes, slopes);
    } else {
      static_cast<void>(term.take("nuclear"));
      const auto of = factors(p);
      field.require(of && norm(nodes[1], of->first) && norm(nodes[2], of->second),
                    "the nodes are not a product and the norms of its factors");
      const Matrix<Z>& a = slopes[nodes[1]];
      const Matrix<Z>& b = slopes[nodes[2]];
      const auto embedded = [&](const Matrix<Z>& m, std::size_t row, std::size_t col) {
        Matrix<Z> big(at.rows + at.cols, at.rows + at.cols);
        big.denominator = m.denominator;
        for (std::size_t i = 0; i < m.rows; ++i)
          for (std::size_t j = 0; j < m.cols; ++j) big(row + i, col + j) = m(i, j);
        return big;
      };
      const Matrix<Z> two = number<Z>(2);
      const Matrix<Z> diagonal = plus(embedded(scaled(two * a, identity(at.rows)), 0, 0), 1,
                                      embedded(scaled(two * b, identity(at.cols)), at.rows, at.rows));
      const Matrix<Z> off = plus(embedded(slope, 0, at.rows), 1, embedded(transposed(slope), at.rows, 0));
      check_semidefinite(term.take("psd"), plus(diagonal, 1, off), untaken_);
      const Matrix<Z> norms = plus(a * values_[nodes[1]], 1, b * values_[nodes[2]]);
      field.require(plus(dot(slope, at), 1, norms).is_zero(), "the slope is not complementary");
    }
  }

  // U and V of a product U V; a factor may be a number.
  [[nodiscard]] std::optional<std::pair<std::size_t, std::size_t>> factors(std::size_t p) const {
    const auto [operation, a, b, factor] = step(p);
    const bool entrywise = operation == Operation::hadamard || operation == Operation::dot;
    if (operation == Operation::multiply || (entrywise && values_[a].is_scalar())) return std::pair(a, b);
    if (operation == Operation::scalar_multiply && values_[b].cols == 1) return std::pair(b, a);
    if (operation == Operation::scalar_multiply && values_[b].rows == 1) return std::pair(a, b);
    return {};
  }

  // ||f (U V - Y)||^2, ||U||^2 and ||V||^2, with their slopes: U of bounded rank.
  void decay(const Field& field, Object& term, const std::vector<std::size_t>& nodes,
             const std::vector<Matrix<Z>>& slopes) {
    const auto root = squared(nodes[0]);
    field.require(values_[nodes[0]].is_scalar() && root, "the node is not a sum of squares");
    const Residual r = residual(*root);
    const auto of = factors(r.m);
    const auto norm = [&](std::size_t s, std::size_t a) { return values_[s].is_scalar() && squared(s) == a; };
    field.require(of && norm(nodes[1], of->first) && norm(nodes[2], of->second),
                  "the nodes are not a distance and the norms of factors");
    const auto slope = [&](std::size_t k) { return entry(slopes[nodes[k]], 0, 0); };
    const Q unit = r.factor * r.factor * slope(0);
    field.require(unit > 0 && slope(1) > 0 && slope(2) > 0, "a slope is not positive");
    const Q ab = slope(1) * slope(2) / (unit * unit);
    const Q e = term.take("separator").number();
    const Field cover = term.take("cover");
    const Matrix<Z> d = read_matrix(cover, untaken_);
    const Matrix<Z> gram = r.y * transposed(r.y);
    field.require(e >= 0, "the separator is negative");
    cover.require(d.same_shape(gram), "not of the shape of the matrix that it covers");
    const auto evidence = term.take("psd").list();
    field.require(evidence.size() == 2, "evidence for two matrices is needed");
    const Matrix<Z> one = identity(d.rows);
    cover.require(equal(d, transposed(d)), "is not symmetric");
    check_semidefinite(evidence[0], plus(d, -1, scaled(number<Z>(e), one)), untaken_);
    const Matrix<Z> shifted = plus(d, 1, scaled(number<Z>(ab), one));
    check_semidefinite(evidence[1], plus(shifted * shifted, -1, scaled(number<Z>(ab), gram)), untaken_);
    const Q complement{Z(d.rows - std::min(d.rows, ranks()[of->first]))};
    const Q bound = entry(dot(r.y, r.y), 0, 0) - (entry(dot(d, d), 0, 0) - complement * e * e) / ab;
    Q here = 0;
    for (std::size_t k = 0; k < 3; ++k) here += slope(k) * entry(values_[nodes[k]], 0, 0);
    field.require(here == unit * bound, "the slope is not complementary");
  }

  // f (m - y), m the node that varies.
  struct Residual {
    Q factor = 1;
    Matrix<Z> y;
    std::size_t m = 0;
  };
  [[nodiscard]] Residual residual(std::size_t m) const {
    Q factor = 1;
    for (; is(m, Operation::scale); m = step(m).a) factor *= step(m).factor;
    Matrix<Z> y(values_[m].rows, values_[m].cols);
    if (is(m, Operation::add) || is(m, Operation::subtract)) {
      const auto [sum, a, b, none] = step(m);
      if ((moving_[a] == 0) != (moving_[b] == 0)) {
        y = values_[moving_[a] == 0 ? a : b];
        if (sum == Operation::add) y = scaled(number<Z>(-1), y);
        m = moving_[a] == 0 ? b : a;
      }
    }
    return {factor, y, m};
  }

  // An upper bound of the rank of a node, whatever the weights are.
  [[nodiscard]] std::vector<std::size_t> ranks() const {
    std::vector<std::size_t> rank;
    for (std::size_t k = 0; k < program_.steps.size(); ++k) {
      const auto [operation, a, b, factor] = step(k);
      std::size_t most = std::min(values_[k].rows, values_[k].cols);
      if (operation == Operation::multiply) most = std::min({most, rank[a], rank[b]});
      if (operation == Operation::add || operation == Operation::subtract) most = std::min(most, rank[a] + rank[b]);
      if (operation == Operation::scale || operation == Operation::transpose) most = std::min(most, rank[a]);
      if (operation == Operation::scalar_multiply) most = std::min(most, rank[b]);
      rank.push_back(most);
    }
    return rank;
  }

  // || f (P X - Y) ||^2 for P of bounded rank, or for P = u u^T and X = I.
  Q trace(std::size_t k, bool gram, const Field& field, Object& claim) {
    const auto [operation, r, same, unused] = step(k);
    field.require(operation == Operation::dot && r == same, "the node is not a sum of squares");
    const auto [factor, y, m] = residual(r);
    const bool with_data = is(m, Operation::multiply) && moving_[step(m).a] != 0 && moving_[step(m).b] == 0;
    const std::size_t p = with_data ? step(m).a : m;
    const Q c = claim.take("separator").number();
    const Field cover = claim.take("cover");
    const Matrix<Z> t = read_matrix(cover, untaken_);
    Matrix<Z> sigma = y * transposed(y);
    if (gram) {
      field.require(is_gram(m), "no matrix times its transpose");
      field.require(c >= 0, "the separator is negative");
      sigma = symmetric_part(y);
    } else if (with_data) {
      const Matrix<Z>& x = values_[step(m).b];
      const Field least_squares = claim.take("least_squares");
      const Matrix<Z> z = read_matrix(least_squares, untaken_);
      const Matrix<Z> sxy = x * transposed(y);
      least_squares.require(equal(x * transposed(x) * z, sxy), "Sxx Z = Sxy does not hold");
      sigma = transposed(z) * sxy;
    }
    const auto evidence = claim.take("psd").list();
    field.require(evidence.size() == 2, "evidence for two matrices is needed");
    cover.require(t.same_shape(sigma), "not of the shape of the matrix that it covers");
    const Matrix<Z> one = identity(t.rows);
    check_semidefinite(evidence[0], t, untaken_);
    check_semidefinite(evidence[1], plus(plus(t, -1, sigma), 1, scaled(number<Z>(c), one)), untaken_);
    const Q rank{Z(ranks()[p])};
    const Q tr = entry(dot(t, one), 0, 0);
    const Q yy = entry(dot(y, y), 0, 0);
    const Q bound = gram ? Q(yy - entry(dot(t, t), 0, 0) - 2 * c * tr - rank * c * c) : Q(yy - rank * c - tr);
    return factor * factor * bound;
  }

  const Program& program_;
  const std::vector<Matrix<Z>>& values_;
  std::vector<char> moving_;  // depends on weights
  Untaken& untaken_;
  Numbers lowest_;   // for all weights
  Numbers evident_;  // from rules and forms alone: these also hold between the values that a node takes
  std::vector<std::optional<std::size_t>> form_of_;
};

}  // namespace verifier
