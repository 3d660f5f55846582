#pragma once
// Lower bounds of a loss over all weights, read off its program: lemmas bound single nodes from evidence, and bounds of
// nodes follow from bounds of operands. docs/certificates.md, "Global bounds", has the proofs.

#include "verifier/growth.hpp"
#include "verifier/point.hpp"

namespace verifier {

class Bounds {
 public:
  explicit Bounds(const Point& point)
      : point_(point),
        program_(point.program),
        values_(point.at),
        moving_(point.moving()),
        lowest_(program_.size()),
        evident_(program_.size()),
        form_of_(program_.size()) {}

  /// A number that no value of the loss is below, or nothing.
  std::optional<Q> of_loss(const Field& bounds) {
    std::multimap<std::size_t, Field> by_node;
    for (const Field& bound : bounds.list()) {
      bound.require(bound.json->contains("node"), "names no node");
      const Field node{&bound.json->at("node"), bound.place + "/node", bound.untaken};
      by_node.emplace(node.position(program_.size()), bound);
    }
    for (std::size_t k = 0; k < program_.size(); ++k) {
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

  [[nodiscard]] const Instruction& step(std::size_t k) const { return program_[k]; }
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
    std::optional<Q> otherwise = squared(k) ? std::optional<Q>(0) : std::nullopt;
    if (operation == Operation::leaf || !lowest[a]) return otherwise;
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
    Object claim(field);
    claim.take("node");
    const Field by = claim.take("by");
    if (by.text() == "form") return form(k, field, claim);
    if (by.text() == "convex") return convex(k, field, claim);
    if (by.text() == "rank_trace" || by.text() == "gram_trace")
      return trace(k, by.text() == "gram_trace", field, claim);
    if (by.text() == "nearest") return nearest(k, field, claim);
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
      check_semidefinite(claim.take("psd"), symmetric_part(middle));
      form_of_[k] = step(v).b;
      return 0;
    }
    field.reject("the node is not a quadratic form with a constant matrix");
  }

  // Evidently constant, affine or convex in the leaves, as independent variables.
  [[nodiscard]] Kind kind(std::size_t k, const std::vector<char>& leaves, const std::vector<Kind>& kinds) const {
    const auto [operation, a, b, factor] = step(k);
    if (leaves[k] != 0) return Kind::affine;
    if (moving_[k] == 0) return Kind::constant;
    if (operation == Operation::leaf || operation == Operation::reciprocal) return Kind::none;
    if (form_of_[k] && (kinds[*form_of_[k]] == Kind::affine || kinds[*form_of_[k]] == Kind::constant))
      return Kind::convex;
    if (kinds[a] == Kind::none || kinds[b] == Kind::none) return Kind::none;
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
    std::vector<char> leaves(program_.size(), 0);
    for (const Field& item : claim.take("terms").list()) {
      Term term{item, {}};
      std::size_t kinds_named = 0;  // one: every node that becomes a variable is checked as what its term says
      for (const char* name : {"free", "above", "gram", "nuclear", "decay"}) {
        if (!item.json->contains(name)) continue;
        ++kinds_named;
        const Field named{&item.json->at(name), item.place + "/" + name, item.untaken};
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
    Program derived = program_;
    const auto by_node = differentiate(derived, k, leaves);
    const Values<Z> at(derived, point_.leaves);
    const auto slopes = [&](std::size_t p) {
      return by_node[p] == 0 ? Matrix<Z>(values_[p].rows, values_[p].cols) : at[by_node[p]];
    };
    for (const Term& term : terms) check_term(term.evidence, term.nodes, slopes);
    return values_[k].at(0, 0);
  }

  // Is k, a number, c x with a constant c?
  [[nodiscard]] std::optional<Q> multiple_of(std::size_t k, std::size_t x) const {
    const auto [operation, a, b, factor] = step(k);
    if (k == x) return Q(1);
    if (operation == Operation::scale) return a == x ? std::optional<Q>(factor) : std::nullopt;
    if (!is_number_times_number(k)) return {};
    if (a == x && moving_[b] == 0) return values_[b].at(0, 0);
    if (b == x && moving_[a] == 0) return values_[a].at(0, 0);
    return {};
  }
  [[nodiscard]] bool is_number_times_number(std::size_t k) const {
    const bool product = is(k, Operation::multiply) || is(k, Operation::hadamard) || is(k, Operation::dot) ||
                         is(k, Operation::scalar_multiply);
    return product && values_[step(k).a].is_scalar() && values_[step(k).b].is_scalar();
  }

  // D of a node U D U^T, or c of a node c x^2, x a number.
  [[nodiscard]] std::optional<Matrix<Z>> middle(std::size_t p) const {
    const std::size_t u = step(p).a;
    const std::size_t v = step(p).b;
    if (is_number_times_number(p))
      for (const auto& c : {multiple_of(u, v), multiple_of(v, u)})
        if (c) return scaled(*c, identity(1));
    if (!is(p, Operation::multiply)) return {};
    if (transposes(u, v)) return identity(values_[u].cols);
    if (is(u, Operation::scalar_multiply) && moving_[step(u).a] == 0 && transposes(step(u).b, v))
      return scaled(values_[step(u).a], identity(values_[u].cols));
    std::optional<std::size_t> d;
    if (is(u, Operation::multiply) && transposes(step(u).a, v)) d = step(u).b;
    if (is(v, Operation::multiply) && transposes(u, step(v).b)) d = step(v).a;
    if (!d || moving_[*d] != 0) return {};
    return values_[*d];
  }

  // Convex in one node P, of bounded rank or signature, and least where that is nearest to P - half the slope.
  Q nearest(std::size_t k, const Field& field, Object& claim) const {
    const std::size_t p = claim.take("variable").count(0, k);
    std::vector<char> leaves(program_.size(), 0);
    leaves[p] = 1;
    std::vector<Kind> kinds;
    for (std::size_t i = 0; i <= k; ++i) kinds.push_back(kind(i, leaves, kinds));
    field.require(kinds[k] != Kind::none, "not evidently a convex function of the variable");
    Program derived = program_;
    const std::size_t derivative = differentiate(derived, k, leaves)[p];
    const Matrix<Z>& at = values_[p];
    const Matrix<Z> slope =
        derivative == 0 ? Matrix<Z>(at.rows, at.cols) : Values<Z>(derived, point_.leaves)[derivative];
    const Matrix<Z> left = read_matrix(claim.take("left"));
    const Matrix<Z> right = read_matrix(claim.take("right"));
    field.require(left.rows == at.rows && left.cols == at.rows && right.rows == at.cols && right.cols == at.cols,
                  "the weights are not of the shape of the variable");
    field.require(Growth(program_, values_, moving_).at_least(k, p, left, right), "does not grow like this");
    const auto separators = claim.take("separators").list();
    const auto psd = claim.take("psd").list();
    if (separators.size() == 1) {
      field.require(psd.size() == 2, "evidence for two matrices is needed");
      nearest_of_rank(p, slope, left, right, separators[0].number(), psd, field, claim);
    } else {
      field.require(separators.size() == 2 && psd.size() == 3, "evidence for three matrices is needed");
      nearest_of_signature(p, slope, left, right, {separators[0].number(), separators[1].number()}, psd, field, claim);
    }
    return values_[k].at(0, 0);
  }

  void nearest_of_rank(std::size_t p, const Matrix<Z>& slope, const Matrix<Z>& left, const Matrix<Z>& right, const Q& s,
                       const std::vector<Field>& psd, const Field& field, Object& claim) const {
    const Matrix<Z>& at = values_[p];
    const std::size_t m = at.rows;
    field.require((slope * transposed(at)).is_zero() && (transposed(at) * slope).is_zero(),
                  "the slope is not orthogonal to the variable");
    const Matrix<Z> x = at * right * transposed(at);
    const Matrix<Z> weighted = left * x * left;
    field.require(read_inertia(claim.take("inertia"), m, symmetric(weighted)).pos == ranks()[p],
                  "the rank is not the greatest");
    check_semidefinite(psd[0], matrix_of(m + at.cols, m + at.cols, [&](std::size_t i, std::size_t j) {
                         if (i < m && j < m) return Q(s * left.at(i, j));
                         if (i >= m && j >= m) return right.at(i - m, j - m);
                         return Q(slope.at(std::min(i, j), std::max(i, j) - m) / 2);
                       }));
    check_semidefinite(psd[1], x * left * x - scaled(s, x));
  }

  void nearest_of_signature(std::size_t p, const Matrix<Z>& slope, const Matrix<Z>& left, const Matrix<Z>& right,
                            const std::pair<Q, Q>& separators, const std::vector<Field>& psd, const Field& field,
                            Object& claim) const {
    const auto& [up, down] = separators;
    const Matrix<Z>& at = values_[p];
    const auto d = middle(p);
    field.require(d && equal(*d, transposed(*d)), "the variable is no U D U^T");
    const Q unit = Growth::multiple(left, right);
    field.require(unit > 0, "the weights are not multiples of each other");
    field.require(up >= 0 && down >= 0, "a separator is negative");
    const Matrix<Z> half = scaled(Q(1 / (2 * unit)), symmetric_part(slope));
    field.require((at * half).is_zero(), "the slope is not orthogonal to the variable");
    const Matrix<Z> weighted = right * at * right;
    const Spectrum fitted = read_inertia(claim.take("inertia"), at.rows, symmetric(weighted));
    const Spectrum allowed = read_inertia(claim.take("middle"), d->rows, symmetric(*d));
    field.require(up == 0 || fitted.pos == allowed.pos, "more positive eigenvalues are allowed");
    field.require(down == 0 || fitted.neg == allowed.neg, "more negative eigenvalues are allowed");
    check_semidefinite(psd[0], scaled(up, right) + half);
    check_semidefinite(psd[1], scaled(down, right) - half);
    const Matrix<Z> twice = at * right * at;
    const Matrix<Z> thrice = twice * right * at;
    const Matrix<Z> fourfold = thrice * right * at;
    check_semidefinite(psd[2], fourfold + scaled(Q(down - up), thrice) - scaled(Q(up * down), twice));
  }

  // f (m - y), m the node that varies.
  struct Residual {
    Q factor = 1;
    Matrix<Z> y;
    std::size_t m = 0;
  };

  using Slopes = std::function<Matrix<Z>(std::size_t)>;

  // By its kind the sum of all <G_p, p> is at least some number, whatever the weights are; here it is that number.
  void check_term(const Field& field, const std::vector<std::size_t>& nodes, const Slopes& slopes) {
    Object term(field);
    const bool free = term.find("free").has_value();
    const bool above = term.find("above").has_value();
    const bool gram = term.find("gram").has_value();
    const bool of_three = term.find("nuclear").has_value() || term.find("decay").has_value();
    field.require(nodes.size() == (of_three ? 3 : 1) || (gram && nodes.size() == 2),
                  "not as many nodes as the term has");
    const std::size_t p = nodes[0];
    const Matrix<Z> slope = slopes(p);
    const auto scalar = [&](std::size_t k) { return slopes(nodes[k]).at(0, 0); };
    const auto is_norm = [&](std::size_t k, std::size_t of) {
      return values_[nodes[k]].is_scalar() && squared(nodes[k]) == of;
    };
    Q bound = 0;
    if (free) {
      field.require(slope.is_zero(), "the slope is not zero");
    } else if (above) {
      field.require(lowest_[p].has_value(), "the node has no lower bound");
      field.require(least(slope) >= 0, "the slope is negative");
      for (const Z& x : slope.entries) bound += *lowest_[p] * Q(x) / Q(slope.denominator);
    } else if (gram) {
      field.require(is_gram(p), "the node is not a matrix times its transpose");
      Matrix<Z> slack = symmetric_part(slope);
      if (nodes.size() == 2) {  // the trace of u u^T is the norm of u
        field.require(is_norm(1, step(p).a) || is_norm(1, step(p).b), "not the norm of the factor");
        slack = slack + scaled(scalar(1), identity(slack.rows));
      }
      check_semidefinite(term.take("psd"), slack);
    } else {
      const bool decays = term.find("decay").has_value();
      const Residual r = decays ? residual(p, field) : Residual{1, {}, p};
      const auto [u, v] = factors(r.m, field);
      field.require(is_norm(1, u) && is_norm(2, v), not_factors);
      const std::size_t m = slope.rows;
      if (decays) {
        bound = decay(r, u, {scalar(0), scalar(1), scalar(2)}, field, term);
      } else {
        check_semidefinite(term.take("psd"), matrix_of(m + slope.cols, m + slope.cols, [&](auto i, auto j) {
                             if (i == j) return Q(2 * scalar(i < m ? 1 : 2));
                             return (i < m) == (j < m) ? Q(0) : slope.at(std::min(i, j), std::max(i, j) - m);
                           }));
      }
    }
    Q here = 0;
    for (const std::size_t node : nodes) here += dot(slopes(node), values_[node]).at(0, 0);
    field.require(here == bound, "the slope is not complementary");
  }

  static constexpr const char* not_factors = "the nodes are not a product or distance and the norms of its factors";
  // U and V of a product U V; a factor may be a number.
  [[nodiscard]] std::pair<std::size_t, std::size_t> factors(std::size_t p, const Field& field) const {
    const auto [operation, a, b, factor] = step(p);
    const bool entrywise = operation == Operation::hadamard || operation == Operation::dot;
    if (operation == Operation::multiply || (entrywise && values_[a].is_scalar())) return std::pair(a, b);
    if (operation == Operation::scalar_multiply && values_[b].cols == 1) return std::pair(b, a);
    if (operation == Operation::scalar_multiply && values_[b].rows == 1) return std::pair(a, b);
    field.reject(not_factors);
  }

  // What ||f (U V - Y)||^2, ||U||^2 and ||V||^2, times their slopes, are together at least: U is of bounded rank.
  Q decay(const Residual& r, std::size_t u, const std::array<Q, 3>& slopes, const Field& field, Object& term) const {
    const Q unit = r.factor * r.factor * slopes[0];
    field.require(unit > 0 && slopes[1] > 0 && slopes[2] > 0, "a slope is not positive");
    const Q c = slopes[1] * slopes[2] / (unit * unit);
    const Matrix<Z> gram = r.y * transposed(r.y);
    const auto [e, d, evidence] = read_cover(term, gram.rows);
    field.require(e >= 0, "the separator is negative");
    const Matrix<Z> one = identity(d.rows);
    check_semidefinite(evidence[0], d - scaled(e, one));
    const Matrix<Z> shifted = d + scaled(c, one);
    check_semidefinite(evidence[1], shifted * shifted - scaled(c, gram));
    const Q complement{Z(d.rows - std::min(d.rows, ranks()[u]))};
    return unit * (norm2(r.y) - (norm2(d) - complement * e * e) / c);
  }
  static Q norm2(const Matrix<Z>& a) { return dot(a, a).at(0, 0); }

  struct Cover {
    Q separator;
    Matrix<Z> cover;
    std::vector<Field> evidence;  // that two matrices are positive semidefinite
  };
  static Cover read_cover(Object& claim, std::size_t rows) {
    const Field cover = claim.take("cover");
    const Field psd = claim.take("psd");
    Cover read{claim.take("separator").number(), read_matrix(cover), psd.list()};
    psd.require(read.evidence.size() == 2, "evidence for two matrices is needed");
    cover.require(read.cover.rows == rows && read.cover.cols == rows, "not of the shape of the matrix that it covers");
    return read;
  }

  // Of which node k is the square.
  [[nodiscard]] Residual residual(std::size_t k, const Field& field) const {
    const auto root = squared(k);
    field.require(root && values_[k].is_scalar(), "the node is not a sum of squares");
    Residual r{1, Matrix<Z>(values_[*root].rows, values_[*root].cols), *root};
    split_off(r);
    return r;
  }
  // Of factor (m - y), with m multiplied by `data`: scales and constant summands of m.
  void split_off(Residual& r, const Matrix<Z>* data = nullptr) const {
    for (;;) {
      const auto [operation, a, b, scale] = step(r.m);
      if (operation == Operation::scale && scale != 0) {
        r.factor *= scale;
        r.y = scaled(Q(1 / scale), r.y);
        r.m = a;
        continue;
      }
      const bool sum = operation == Operation::add || operation == Operation::subtract;
      if (!sum || (moving_[a] == 0) == (moving_[b] == 0)) return;
      const bool minuend = moving_[a] == 0;
      const Matrix<Z>& alone = values_[minuend ? a : b];
      const Matrix<Z> constant = data == nullptr ? alone : alone * *data;
      if (operation == Operation::add) {
        r.y = r.y - constant;
      } else if (!minuend) {
        r.y = r.y + constant;
      } else {
        r.y = constant - r.y;
        r.factor = -r.factor;
      }
      r.m = minuend ? b : a;
    }
  }

  // An upper bound of the rank of a node, whatever the weights are.
  [[nodiscard]] std::vector<std::size_t> ranks() const {
    std::vector<std::size_t> rank;
    for (std::size_t k = 0; k < program_.size(); ++k) {
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
  Q trace(std::size_t k, bool gram, const Field& field, Object& claim) const {
    Residual r = residual(k, field);
    const std::size_t m = r.m;
    const bool with_data = is(m, Operation::multiply) && moving_[step(m).a] != 0 && moving_[step(m).b] == 0;
    if (with_data && !gram) {
      r.m = step(m).a;
      split_off(r, &values_[step(m).b]);
    }
    const auto& [factor, y, p] = r;
    Matrix<Z> sigma = y * transposed(y);
    if (gram) {
      field.require(is_gram(m), "no matrix times its transpose");
      sigma = symmetric_part(y);
    } else if (with_data) {
      const Matrix<Z>& x = values_[step(m).b];
      const Field least_squares = claim.take("least_squares");
      const Matrix<Z> z = read_matrix(least_squares);
      const Matrix<Z> sxy = x * transposed(y);
      least_squares.require(equal(x * transposed(x) * z, sxy), "Sxx Z = Sxy does not hold");
      sigma = transposed(z) * sxy;
    }
    const auto [c, t, evidence] = read_cover(claim, sigma.rows);
    field.require(!gram || c >= 0, "the separator is negative");
    const Matrix<Z> one = identity(t.rows);
    check_semidefinite(evidence[0], t);
    check_semidefinite(evidence[1], t - sigma + scaled(c, one));
    const Q rank{Z(ranks()[p])};
    const Q tr = dot(t, one).at(0, 0);
    const Q below = gram ? Q(norm2(t) + 2 * c * tr + rank * c * c) : Q(rank * c + tr);
    return factor * factor * (norm2(y) - below);
  }

  const Point& point_;
  const Program& program_;
  const Values<Z>& values_;
  std::vector<char> moving_;  // depends on weights
  Numbers lowest_;            // for all weights
  Numbers evident_;           // from rules and forms alone: these also hold between the values that a node takes
  std::vector<std::optional<std::size_t>> form_of_;
};

}  // namespace verifier
