#include "certificate/bounds.hpp"

#include <algorithm>
#include <functional>
#include <set>
#include <tuple>

#include "certificate/evidence.hpp"
#include "certificate/nearest.hpp"
#include "exact/simplest.hpp"

namespace rankscape::certificate {

namespace {

using program::Instruction;
using program::Operation;
using Numbers = std::vector<std::optional<Rational>>;
using Leaves = std::vector<char>;

Rational inner(const RationalMatrix& a, const RationalMatrix& b) {
  Rational sum = 0;
  for (Index k = 0; k < a.size(); ++k)
    sum += a(k) * b(k);
  return sum;
}

Rational least(const RationalMatrix& a) {
  Rational x = a.size() == 0 ? Rational(0) : a(0);
  for (Index k = 1; k < a.size(); ++k)
    x = std::min<Rational>(x, a(k));
  return x;
}

class Search {
 public:
  explicit Search(const Workspace& at)
      : at_(at), size_(at.loss() + std::size_t{1}), moving_(program::depends_on_weights(at.program())) {}

  std::optional<std::vector<Bound>> run() {
    for (Node k = 0; k < size_; ++k)
      if (moving_[k] != 0 && scalar(k)) try_form(k);
    if (proves_value()) return bounds_;
    for (Node k = 0; k < size_; ++k)
      if (is(k, Operation::dot) && step(k).a == step(k).b && moving_[k] != 0) try_trace(k);
    if (proves_value()) return bounds_;
    // the sum first, then its summands: a square beside a convex part needs no convexity
    std::vector<Node> summands{at_.loss()};
    for (std::size_t next = 0; next < summands.size(); ++next) {
      const Node k = summands[next];
      if (try_convex(k) && proves_value()) return bounds_;
      if (is(k, Operation::add)) summands.insert(summands.end(), {step(k).a, step(k).b});
      if (is(k, Operation::scale)) summands.push_back(step(k).a);
    }
    for (const Node k : summands)
      if (moving_[k] != 0 && try_nearest(k) && proves_value()) return bounds_;
    return std::nullopt;
  }

 private:
  [[nodiscard]] const Instruction& step(Node k) const { return at_.program().instructions[k]; }
  [[nodiscard]] bool is(Node k, Operation operation) const { return step(k).operation == operation; }
  [[nodiscard]] const RationalMatrix& value(Node k) const { return at_.value(k); }
  [[nodiscard]] const Rational& factor(Node k) const { return at_.program().factors[step(k).b]; }
  [[nodiscard]] bool scalar(Node k) const { return value(k).size() == 1; }
  // Is one the transpose of the other?
  [[nodiscard]] bool transposes(Node a, Node b) const {
    return (is(a, Operation::transpose) && step(a).a == b) || (is(b, Operation::transpose) && step(b).a == a);
  }
  [[nodiscard]] bool is_gram(Node k) const { return is(k, Operation::multiply) && transposes(step(k).a, step(k).b); }
  [[nodiscard]] std::optional<Node> squared(Node k) const {
    const auto& [operation, a, b, rows, cols] = step(k);
    const bool product = operation == Operation::multiply || operation == Operation::scalar_multiply;
    if (a == b && (operation == Operation::dot || operation == Operation::hadamard)) return a;
    if (product && a == b && scalar(a)) return a;
    if (is_gram(k) && scalar(k)) return a;
    return std::nullopt;
  }

  [[nodiscard]] std::optional<Rational> by_rule(Node k, const Numbers& lowest) const {
    if (moving_[k] == 0) return least(value(k));
    std::optional<Rational> otherwise = squared(k) ? std::optional<Rational>(0) : std::nullopt;
    if (is(k, Operation::input) || !lowest[step(k).a]) return otherwise;
    const Rational& lo = *lowest[step(k).a];
    const Node b = step(k).b;
    switch (step(k).operation) {
      case Operation::add:
        return lowest[b] ? std::optional<Rational>(lo + *lowest[b]) : std::nullopt;
      case Operation::subtract:
        return moving_[b] == 0 ? std::optional<Rational>(lo + least(-value(b))) : std::nullopt;
      case Operation::scale:
        return factor(k) >= 0 ? std::optional<Rational>(factor(k) * lo) : std::nullopt;
      case Operation::transpose:
        return lo;
      case Operation::reciprocal:
        return lo >= 0 ? std::optional<Rational>(0) : std::nullopt;
      default:
        break;
    }
    if (lo < 0 || !lowest[b] || *lowest[b] < 0) return otherwise;
    Rational bound = lo * *lowest[b];
    if (is(k, Operation::multiply)) bound *= Rational(value(step(k).a).cols());
    if (is(k, Operation::dot)) bound *= Rational(value(step(k).a).size());
    return bound;
  }

  bool proves_value() {
    lowest_.assign(size_, std::nullopt);
    evident_.assign(size_, std::nullopt);
    for (Node k = 0; k < size_; ++k) {
      lowest_[k] = by_rule(k, lowest_);
      evident_[k] = form_of_.contains(k) ? Rational(0) : by_rule(k, evident_);
      const auto shown = shown_.find(k);
      if (shown != shown_.end() && (!lowest_[k] || *lowest_[k] < shown->second)) lowest_[k] = shown->second;
    }
    return lowest_.back() == value(at_.loss())(0, 0);
  }

  void show(Node k, const Rational& number, decltype(Bound::evidence) evidence) {
    shown_[k] = number;
    bounds_.push_back({k, std::move(evidence)});
  }

  // inner(u, B u), or u^T (B u), with a constant B that is positive semidefinite.
  void try_form(Node k) {
    const auto& [operation, a, b, rows, cols] = step(k);
    if (operation != Operation::dot && operation != Operation::multiply) return;
    for (const auto& [u, v] : {std::pair(a, b), std::pair(b, a)}) {
      const bool dot = operation == Operation::dot;
      const bool product = !dot && u == a && is(u, Operation::transpose);
      if ((!dot && !product) || !is(v, Operation::multiply) || moving_[step(v).a] != 0) continue;
      if (step(v).b != (dot ? u : step(u).a)) continue;
      auto evidence = semidefinite(symmetric_part(value(step(v).a)));
      if (!evidence) return;
      form_of_.emplace(k, step(v).b);
      show(k, 0, Bound::Form{*std::move(evidence)});
      return;
    }
  }

  struct Factors {
    Node u = 0;
    Node v = 0;
  };
  // P = U V of weights, also where a factor is a number.
  [[nodiscard]] std::optional<Factors> factors(Node k) const {
    const auto& [operation, a, b, rows, cols] = step(k);
    if (is(k, Operation::input) || is(k, Operation::constant) || program::operands_of(operation) < 2)
      return std::nullopt;
    if (a == b || moving_[a] == 0 || moving_[b] == 0) return std::nullopt;
    const bool of_numbers = operation == Operation::hadamard || operation == Operation::dot;
    if (operation == Operation::multiply || (of_numbers && scalar(a))) return Factors{a, b};
    if (operation == Operation::scalar_multiply && cols == 1) return Factors{b, a};
    if (operation == Operation::scalar_multiply && rows == 1) return Factors{a, b};
    return std::nullopt;
  }

  // f (M - Y), M the part that varies.
  struct Residual {
    Rational factor = 1;
    RationalMatrix target;
    Node moving = 0;
  };
  [[nodiscard]] Residual residual(Node m) const {
    Residual found;
    found.target = RationalMatrix::Zero(value(m).rows(), value(m).cols());
    found.moving = m;
    split_off(found);
    return found;
  }
  // Of factor (moving - target), with what moves multiplied by `data`: scales and constant summands of what moves.
  void split_off(Residual& r, const RationalMatrix* data = nullptr) const {
    for (;;) {
      const auto& [operation, a, b, rows, cols] = step(r.moving);
      if (operation == Operation::scale && factor(r.moving) != 0) {
        r.target /= factor(r.moving);
        r.factor *= factor(r.moving);
        r.moving = a;
        continue;
      }
      const bool sum = operation == Operation::add || operation == Operation::subtract;
      if (!sum || (moving_[a] == 0) == (moving_[b] == 0)) return;
      const bool left = moving_[a] == 0;
      const RationalMatrix constant = data == nullptr ? value(left ? a : b) : multiply(value(left ? a : b), *data);
      if (operation == Operation::add) {
        r.target -= constant;
      } else if (left) {
        r.target = constant - r.target;
        r.factor = -r.factor;
      } else {
        r.target += constant;
      }
      r.moving = left ? b : a;
    }
  }

  [[nodiscard]] Index rank_bound(Node k) const {
    std::vector<Index> bound;
    for (Node i = 0; i <= k; ++i) {
      const auto& [operation, a, b, rows, cols] = step(i);
      Index most = std::min(rows, cols);
      if (operation == Operation::multiply) most = std::min({most, bound[a], bound[b]});
      if (operation == Operation::add || operation == Operation::subtract) most = std::min(most, bound[a] + bound[b]);
      if (operation == Operation::scale || operation == Operation::transpose) most = std::min(most, bound[a]);
      if (operation == Operation::scalar_multiply) most = std::min(most, bound[b]);
      bound.push_back(most);
    }
    return bound[k];
  }

  // || f (P X - Y) ||^2 at a P that is a best approximation of bounded rank.
  void try_trace(Node s) {
    Residual r = residual(step(s).a);
    const Node m = r.moving;
    const bool with_data = is(m, Operation::multiply) && moving_[step(m).a] != 0 && moving_[step(m).b] == 0;
    if (with_data) {
      r.moving = step(m).a;
      split_off(r, &value(step(m).b));
    }
    const auto& [f, y, p] = r;
    Bound::Trace trace;
    trace.gram = !with_data && is_gram(m);
    RationalMatrix sigma = trace.gram ? symmetric_part(y) : multiply(y, y.transpose());
    if (with_data) {
      const RationalMatrix& x = value(step(m).b);
      const RationalMatrix sxy = multiply(x, y.transpose());
      trace.least_squares = solve(multiply(x, x.transpose()), sxy).value();
      sigma = multiply(trace.least_squares->transpose(), sxy);
    }
    const Index most = rank_bound(p);
    const RationalMatrix range = column_basis(value(p));
    const Index n = sigma.rows();
    trace.cover = sigma;
    if (range.cols() == most && most < n) {
      const std::vector<RealRoot> spectrum = real_eigenvalues(sigma);
      const RealRoot& unselected = spectrum[static_cast<std::size_t>(most)];
      const RealRoot zero{Rational(0)};
      const bool separated = !trace.gram || unselected > zero;
      if (separated) {
        // of a repeated eigenvalue, the two sides of the cut, the value must be rational to serve
        const RealRoot& upper = most > 0 ? spectrum[static_cast<std::size_t>(most) - 1] : unselected;
        if (upper == unselected && !upper.rational()) return;
        trace.separator = most > 0 ? separator(upper, unselected) : unselected.enclose(Rational(1, 16)).hi;
      }
    }
    if (trace.gram || range.cols() == most) {
      const RationalMatrix shifted = sigma - trace.separator * RationalMatrix::Identity(n, n);
      trace.cover = symmetric_part(multiply(shifted, projector_onto_range(range)));
    }
    const Rational& c = trace.separator;
    const Rational k(most);
    const Rational bound = trace.gram ? Rational(inner(y, y) - inner(trace.cover, trace.cover) -
                                                 2 * c * rankscape::trace(trace.cover) - k * c * c)
                                      : Rational(inner(y, y) - k * c - rankscape::trace(trace.cover));
    if (bound <= 0) return;  // a square is that without evidence
    if (f * f * bound != value(s)(0, 0)) return;
    auto cover = semidefinite(trace.cover);
    auto rest = semidefinite(RationalMatrix(trace.cover - sigma + c * RationalMatrix::Identity(n, n)));
    if (!cover || !rest) return;
    trace.cover_evidence = *std::move(cover);
    trace.rest_evidence = *std::move(rest);
    show(s, f * f * bound, std::move(trace));
  }

  // c of c x: x itself, or the product with a constant number
  [[nodiscard]] std::optional<Rational> times(Node k, Node x) const {
    if (k == x) return Rational(1);
    if (is(k, Operation::scale) && step(k).a == x) return factor(k);
    if (!is_number_times_number(k)) return std::nullopt;
    for (const auto& [c, y] : {std::pair(step(k).a, step(k).b), std::pair(step(k).b, step(k).a)})
      if (y == x && moving_[c] == 0) return value(c)(0, 0);
    return std::nullopt;
  }
  [[nodiscard]] bool is_number_times_number(Node k) const {
    const bool product = is(k, Operation::multiply) || is(k, Operation::hadamard) || is(k, Operation::dot) ||
                         is(k, Operation::scalar_multiply);
    return product && scalar(step(k).a) && scalar(step(k).b);
  }

  // D of U D U^T; c of c x^2, x a number
  [[nodiscard]] std::optional<RationalMatrix> middle(Node k) const {
    if (is_number_times_number(k)) {
      auto c = times(step(k).a, step(k).b);
      if (!c) c = times(step(k).b, step(k).a);
      if (c) return RationalMatrix::Constant(1, 1, *c);
    }
    if (is_gram(k)) return RationalMatrix::Identity(value(step(k).a).cols(), value(step(k).a).cols());
    if (!is(k, Operation::multiply)) return std::nullopt;
    const auto& [operation, a, b, rows, cols] = step(k);
    if (is(a, Operation::scalar_multiply) && moving_[step(a).a] == 0 && transposes(step(a).b, b))
      return value(step(a).a)(0, 0) * RationalMatrix::Identity(value(a).cols(), value(a).cols());
    std::optional<Node> d;
    if (is(a, Operation::multiply) && transposes(step(a).a, b)) d = step(a).b;
    if (is(b, Operation::multiply) && transposes(a, step(b).b)) d = step(b).a;
    if (!d || moving_[*d] != 0 || !is_zero(RationalMatrix(value(*d) - value(*d).transpose()))) return std::nullopt;
    return value(*d);
  }

  // One node of bounded rank or signature through which everything goes; the innermost first, which moves most freely.
  bool try_nearest(Node root) {
    for (Node k = 0; k < root; ++k) {
      if (moving_[k] == 0 || is(k, Operation::input)) continue;
      const Index most = rank_bound(k);
      const auto d = middle(k);
      if (!d && most == std::min(step(k).rows, step(k).cols)) continue;
      const Leaves leaves = only(k);
      if (kind_of(root, leaves) == Kind::none) continue;
      const auto grows = growth_of(at_, moving_, root, k);
      if (!grows) continue;
      const RationalMatrix slope = slopes(root, leaves)[k];
      auto nearest =
          d ? nearest_of_signature(value(k), slope, *grows, *d) : nearest_of_rank(value(k), slope, *grows, most);
      if (!nearest) continue;
      nearest->variable = k;
      show(root, value(root)(0, 0), *std::move(nearest));
      return true;
    }
    return false;
  }

  enum class Kind { none, constant, affine, convex };

  [[nodiscard]] Leaves only(Node k) const {
    Leaves leaves(size_, 0);
    leaves[k] = 1;
    return leaves;
  }
  [[nodiscard]] Kind kind_of(Node root, const Leaves& leaves) const {
    std::vector<Kind> kinds;
    for (Node k = 0; k <= root; ++k)
      kinds.push_back(kind(k, leaves, kinds));
    return kinds.back();
  }
  [[nodiscard]] Kind kind(Node k, const Leaves& leaves, const std::vector<Kind>& kinds) const {
    const auto& [operation, a, b, rows, cols] = step(k);
    if (leaves[k] != 0) return Kind::affine;
    if (moving_[k] == 0) return Kind::constant;
    if (operation == Operation::input || operation == Operation::reciprocal) return Kind::none;
    if (const auto form = form_of_.find(k);
        form != form_of_.end() && kinds[form->second] != Kind::none && kinds[form->second] != Kind::convex)
      return Kind::convex;
    if (kinds[a] == Kind::none) return Kind::none;
    if (operation == Operation::transpose) return kinds[a];
    if (operation == Operation::scale) return kinds[a] == Kind::convex && factor(k) < 0 ? Kind::none : kinds[a];
    if (kinds[b] == Kind::none) return Kind::none;
    if (operation == Operation::add) return std::max(kinds[a], kinds[b]);
    if (operation == Operation::subtract) return kinds[b] == Kind::convex ? Kind::none : std::max(kinds[a], kinds[b]);
    for (const auto& [c, x] : {std::pair(a, b), std::pair(b, a)})
      if (moving_[c] == 0) return kinds[x] == Kind::convex && least(value(c)) < 0 ? Kind::none : kinds[x];
    const auto base = squared(k);
    const bool convex = base && (kinds[*base] != Kind::convex || (evident_[*base] && *evident_[*base] >= 0));
    return convex ? Kind::convex : Kind::none;
  }

  // Derivatives of a node by the leaves as independent variables.
  [[nodiscard]] std::vector<RationalMatrix> slopes(Node root, const Leaves& leaves) const {
    std::vector<RationalMatrix> sum(root + std::size_t{1});
    for (Node k = 0; k <= root; ++k)
      sum[k] = RationalMatrix::Zero(value(k).rows(), value(k).cols());
    sum[root](0, 0) = 1;
    for (Node k = root + 1; k-- > 0;) {
      const auto& [operation, a, b, rows, cols] = step(k);
      const RationalMatrix& g = sum[k];
      if (leaves[k] != 0 || moving_[k] == 0 || is_zero(g)) continue;
      switch (operation) {
        case Operation::add:
          sum[a] += g, sum[b] += g;
          break;
        case Operation::subtract:
          sum[a] += g, sum[b] -= g;
          break;
        case Operation::multiply:
          sum[a] += multiply(g, value(b).transpose());
          sum[b] += multiply(value(a).transpose(), g);
          break;
        case Operation::hadamard:
          sum[a] += g.cwiseProduct(value(b));
          sum[b] += g.cwiseProduct(value(a));
          break;
        case Operation::dot:
          sum[a] += g(0, 0) * value(b), sum[b] += g(0, 0) * value(a);
          break;
        case Operation::scalar_multiply:
          sum[a](0, 0) += inner(g, value(b));
          sum[b] += value(a)(0, 0) * g;
          break;
        case Operation::scale:
          sum[a] += factor(k) * g;
          break;
        case Operation::transpose:
          sum[a] += g.transpose();
          break;
        default:
          break;
      }
    }
    return sum;
  }

  // In the order in which they are tried: convex in Gram matrices, with norms of factors, in products, in the weights,
  // in the distance from a matrix to a product and the norms of its factors.
  bool try_convex(Node root) {
    if (!scalar(root) || moving_[root] == 0) return false;
    using TermKind = Bound::Term::Kind;
    std::vector<std::vector<Bound::Term>> proposals(5);
    std::map<Node, Node> norms;  // of U: norm2(U)
    for (Node k = 0; k < root; ++k)
      if (const auto base = squared(k); base && scalar(k)) norms[*base] = k;
    std::set<Node> inside;  // of a product that varies
    std::set<Node> traces;  // norms that belong to a Gram matrix
    for (Node k = root + 1; k-- > 0;) {
      const auto of = factors(k);
      const bool product = is(k, Operation::multiply) && moving_[step(k).a] != 0 && moving_[step(k).b] != 0;
      if (inside.contains(k) || product) inside.insert({step(k).a, step(k).b});
      if (!(product || of) || k == root) continue;
      const auto u = norms.find(of ? of->u : step(k).a);
      const auto v = norms.find(of ? of->v : step(k).b);
      if (is_gram(k)) {  // with the norm of its factor, which is its trace
        Bound::Term& term = proposals[0].emplace_back(Bound::Term{TermKind::gram, {k}, {}, {}});
        // a row times its transpose is itself a norm
        const auto other = [&](const auto& norm) { return norm != norms.end() && norm->second != k; };
        const auto norm = other(u) ? u : v;
        if (other(norm) && traces.insert(norm->second).second) term.nodes.push_back(norm->second);
      }
      if (u != norms.end() && v != norms.end())
        proposals[1].push_back({TermKind::nuclear, {k, u->second, v->second}, {}, {}});
      if (!inside.contains(k)) proposals[2].push_back({TermKind::free, {k}, {}, {}});
    }
    for (const auto& [r, square] : norms) {
      const auto of = factors(residual(r).moving);
      const auto u = of ? norms.find(of->u) : norms.end();
      const auto v = of ? norms.find(of->v) : norms.end();
      if (u != norms.end() && v != norms.end())
        proposals[4].push_back({TermKind::decay, {square, u->second, v->second}, {}, {}});
    }
    for (const auto& [u, norm] : norms)
      if (is(u, Operation::input) && !traces.contains(norm)) proposals[0].push_back({TermKind::above, {norm}, {}, {}});
    return std::any_of(proposals.begin(), proposals.end(),
                       [&](const std::vector<Bound::Term>& terms) { return convex_in(root, terms); });
  }

  bool convex_in(Node root, std::vector<Bound::Term> terms) {
    Leaves leaves(size_, 0);
    for (const Bound::Term& term : terms)
      for (const Node p : term.nodes)
        if (std::exchange(leaves[p], 1) != 0) return false;
    // what is reached beside them must be free
    Leaves reached(size_, 0);
    reached[root] = 1;
    for (Node k = root + 1; k-- > 0;) {
      if (reached[k] == 0 || leaves[k] != 0 || moving_[k] == 0) continue;
      if (is(k, Operation::input)) {
        leaves[k] = 1;
        terms.push_back({Bound::Term::Kind::free, {k}, {}, {}});
      } else {
        reached[step(k).a] = 1;
        if (program::operands_of(step(k).operation) == 2) reached[step(k).b] = 1;
      }
    }
    std::erase_if(terms, [&](const Bound::Term& term) {
      return std::none_of(term.nodes.begin(), term.nodes.end(), [&](Node p) { return reached[p] != 0; });
    });
    if (kind_of(root, leaves) == Kind::none) return false;
    const auto slope = slopes(root, leaves);
    for (Bound::Term& term : terms)
      if (!complementary(term, slope)) return false;
    show(root, value(root)(0, 0), Bound::Convex{std::move(terms)});
    return true;
  }

  bool complementary(Bound::Term& term, const std::vector<RationalMatrix>& slope) const {
    const Node p = term.nodes[0];
    const RationalMatrix& g = slope[p];
    switch (term.kind) {
      case Bound::Term::Kind::free:
        return is_zero(g);
      case Bound::Term::Kind::above: {
        if (!lowest_[p] || least(g) < 0) return false;
        const RationalMatrix excess = value(p).array() - *lowest_[p];
        return inner(g, excess) == 0;
      }
      case Bound::Term::Kind::gram: {
        RationalMatrix slack = symmetric_part(g);
        if (term.nodes.size() > 1) slack.diagonal().array() += slope[term.nodes[1]](0, 0);
        if (inner(slack, value(p)) != 0) return false;
        term.evidence = semidefinite(slack);
        return term.evidence.has_value();
      }
      case Bound::Term::Kind::decay:
        return truncated(term, slope);
      case Bound::Term::Kind::nuclear:
        break;
    }
    const Rational& a = slope[term.nodes[1]](0, 0);
    const Rational& b = slope[term.nodes[2]](0, 0);
    if (inner(g, value(p)) + a * value(term.nodes[1])(0, 0) + b * value(term.nodes[2])(0, 0) != 0) return false;
    RationalMatrix block = RationalMatrix::Zero(g.rows() + g.cols(), g.rows() + g.cols());
    block.topLeftCorner(g.rows(), g.rows()).diagonal().setConstant(2 * a);
    block.bottomRightCorner(g.cols(), g.cols()).diagonal().setConstant(2 * b);
    block.topRightCorner(g.rows(), g.cols()) = g;
    block.bottomLeftCorner(g.cols(), g.rows()) = g.transpose();
    term.evidence = semidefinite(block);
    return term.evidence.has_value();
  }

  // ||U V - Y||^2 + b ||U||^2 + a ||V||^2 is least where the singular values of Y, as many as U has columns, are shrunk
  // by the root of a b. Times that root everything is rational.
  bool truncated(Bound::Term& term, const std::vector<RationalMatrix>& slope) const {
    const auto [square, norm_u, norm_v] = std::tuple(term.nodes[0], term.nodes[1], term.nodes[2]);
    const auto [f, y, p] = residual(*squared(square));
    const Rational unit = f * f * slope[square](0, 0);
    if (unit <= 0) return false;
    const Rational a = slope[norm_v](0, 0) / unit;
    const Rational b = slope[norm_u](0, 0) / unit;
    if (a <= 0 || b <= 0) return false;
    const RationalMatrix& u = value(factors(p)->u);
    const Index m = y.rows();
    const Index most = std::min(rank_bound(factors(p)->u), m);
    Bound::Term::Cover cover;
    if (rank(u) == most && most < std::min(m, y.cols())) {
      RationalMatrix both = RationalMatrix::Zero(m + y.cols(), m + y.cols());  // eigenvalues +- sqrt(a b) y_i
      both.topRightCorner(m, y.cols()) = a * y;
      both.bottomLeftCorner(y.cols(), m) = b * y.transpose();
      const std::vector<RealRoot> spectrum = real_eigenvalues(both);
      const RealRoot& left_out = spectrum[static_cast<std::size_t>(most)];
      const RealRoot& upper = most > 0 ? spectrum[static_cast<std::size_t>(most) - 1] : left_out;
      if (upper == left_out && !upper.rational()) return false;
      cover.separator = std::max<Rational>(separator(upper, left_out) - a * b, 0);
    }
    const Rational& e = cover.separator;
    const RationalMatrix one = RationalMatrix::Identity(m, m);
    cover.matrix = b * multiply(u, u.transpose()) + e * (one - projector_onto_range(u));
    const Rational bound = inner(y, y) - (inner(cover.matrix, cover.matrix) - Rational(m - most) * e * e) / (a * b);
    const Rational here = slope[square](0, 0) * value(square)(0, 0) + slope[norm_u](0, 0) * value(norm_u)(0, 0) +
                          slope[norm_v](0, 0) * value(norm_v)(0, 0);
    if (unit * bound != here) return false;
    const RationalMatrix root = cover.matrix + a * b * one;
    auto above_separator = semidefinite(RationalMatrix(cover.matrix - e * one));
    auto rest = semidefinite(RationalMatrix(multiply(root, root) - a * b * multiply(y, y.transpose())));
    if (!above_separator || !rest) return false;
    cover.above_separator = *std::move(above_separator);
    cover.rest = *std::move(rest);
    term.cover = std::move(cover);
    return true;
  }

  const Workspace& at_;
  std::size_t size_;
  std::vector<char> moving_;
  Numbers lowest_;
  Numbers evident_;
  std::map<Node, Node> form_of_;  // of u: of what a node is a quadratic form
  std::map<Node, Rational> shown_;
  std::vector<Bound> bounds_;
};

}  // namespace

std::optional<std::vector<Bound>> prove_global(const Workspace& at) {
  return Search(at).run();
}

}  // namespace rankscape::certificate
