#include "certificate/convexity.hpp"

#include <algorithm>
#include <set>
#include <utility>

#include "certificate/approximation.hpp"
#include "certificate/evidence.hpp"

namespace rankscape::certificate {

using program::Operation;

namespace {

enum class Kind { none, constant, affine, convex };

Kind kind(const Patterns& loss, const Known& known, Node k, const Leaves& leaves, const std::vector<Kind>& kinds) {
  const auto& [operation, a, b, rows, cols] = loss.step(k);
  if (leaves[k] != 0) return Kind::affine;
  if (!loss.moves(k)) return Kind::constant;
  if (operation == Operation::input || operation == Operation::reciprocal) return Kind::none;
  if (const auto form = known.form_of.find(k);
      form != known.form_of.end() && kinds[form->second] != Kind::none && kinds[form->second] != Kind::convex)
    return Kind::convex;
  if (kinds[a] == Kind::none) return Kind::none;
  if (operation == Operation::transpose) return kinds[a];
  if (operation == Operation::scale) return kinds[a] == Kind::convex && loss.factor(k) < 0 ? Kind::none : kinds[a];
  if (kinds[b] == Kind::none) return Kind::none;
  if (operation == Operation::add) return std::max(kinds[a], kinds[b]);
  if (operation == Operation::subtract) return kinds[b] == Kind::convex ? Kind::none : std::max(kinds[a], kinds[b]);
  for (const auto& [c, x] : {std::pair(a, b), std::pair(b, a)})
    if (!loss.moves(c)) return kinds[x] == Kind::convex && least(loss.value(c)) < 0 ? Kind::none : kinds[x];
  const auto base = loss.squared(k);
  const bool convex = base && (kinds[*base] != Kind::convex || (known.evident[*base] && *known.evident[*base] >= 0));
  return convex ? Kind::convex : Kind::none;
}

Kind kind_of(const Patterns& loss, const Known& known, Node root, const Leaves& leaves) {
  std::vector<Kind> kinds;
  for (Node k = 0; k <= root; ++k)
    kinds.push_back(kind(loss, known, k, leaves, kinds));
  return kinds.back();
}

bool complementary(const Patterns& loss, const Known& known, const std::vector<RationalMatrix>& slope,
                   Bound::Term& term) {
  const Node p = term.nodes[0];
  const RationalMatrix& g = slope[p];
  switch (term.kind) {
    case Bound::Term::Kind::free:
      return is_zero(g);
    case Bound::Term::Kind::above: {
      if (!known.lowest[p] || least(g) < 0) return false;
      const RationalMatrix excess = loss.value(p).array() - *known.lowest[p];
      return inner(g, excess) == 0;
    }
    case Bound::Term::Kind::gram: {
      RationalMatrix slack = symmetric_part(g);
      if (term.nodes.size() > 1) slack.diagonal().array() += slope[term.nodes[1]](0, 0);
      if (inner(slack, loss.value(p)) != 0) return false;
      term.evidence = semidefinite(slack);
      return term.evidence.has_value();
    }
    case Bound::Term::Kind::decay:
      return shrinks(loss, slope, term);
    case Bound::Term::Kind::nuclear:
      break;
  }
  const Rational& a = slope[term.nodes[1]](0, 0);
  const Rational& b = slope[term.nodes[2]](0, 0);
  if (inner(g, loss.value(p)) + a * loss.value(term.nodes[1])(0, 0) + b * loss.value(term.nodes[2])(0, 0) != 0)
    return false;
  RationalMatrix block = RationalMatrix::Zero(g.rows() + g.cols(), g.rows() + g.cols());
  block.topLeftCorner(g.rows(), g.rows()).diagonal().setConstant(2 * a);
  block.bottomRightCorner(g.cols(), g.cols()).diagonal().setConstant(2 * b);
  block.topRightCorner(g.rows(), g.cols()) = g;
  block.bottomLeftCorner(g.cols(), g.rows()) = g.transpose();
  term.evidence = semidefinite(block);
  return term.evidence.has_value();
}

std::optional<Bound> convex_in(const Patterns& loss, const Known& known, Node root, std::vector<Bound::Term> terms) {
  Leaves leaves(loss.size(), 0);
  for (const Bound::Term& term : terms)
    for (const Node p : term.nodes)
      if (std::exchange(leaves[p], 1) != 0) return std::nullopt;
  // what is reached beside them must be free
  Leaves reached(loss.size(), 0);
  reached[root] = 1;
  for (Node k = root + 1; k-- > 0;) {
    if (reached[k] == 0 || leaves[k] != 0 || !loss.moves(k)) continue;
    if (loss.is(k, Operation::input)) {
      leaves[k] = 1;
      terms.push_back({Bound::Term::Kind::free, {k}, {}, {}});
    } else {
      reached[loss.step(k).a] = 1;
      if (program::operands_of(loss.step(k).operation) == 2) reached[loss.step(k).b] = 1;
    }
  }
  std::erase_if(terms, [&](const Bound::Term& term) {
    return std::none_of(term.nodes.begin(), term.nodes.end(), [&](Node p) { return reached[p] != 0; });
  });
  if (!is_convex_in(loss, known, root, leaves)) return std::nullopt;
  const auto slope = slopes(loss, root, leaves);
  for (Bound::Term& term : terms)
    if (!complementary(loss, known, slope, term)) return std::nullopt;
  return Bound{root, Bound::Convex{std::move(terms)}};
}

}  // namespace

bool is_convex_in(const Patterns& loss, const Known& known, Node root, const Leaves& leaves) {
  return kind_of(loss, known, root, leaves) != Kind::none;
}

std::vector<RationalMatrix> slopes(const Patterns& loss, Node root, const Leaves& leaves) {
  std::vector<RationalMatrix> sum(root + std::size_t{1});
  for (Node k = 0; k <= root; ++k)
    sum[k] = RationalMatrix::Zero(loss.value(k).rows(), loss.value(k).cols());
  sum[root](0, 0) = 1;
  for (Node k = root + 1; k-- > 0;) {
    const auto& [operation, a, b, rows, cols] = loss.step(k);
    const RationalMatrix& g = sum[k];
    if (leaves[k] != 0 || !loss.moves(k) || is_zero(g)) continue;
    switch (operation) {
      case Operation::add:
        sum[a] += g, sum[b] += g;
        break;
      case Operation::subtract:
        sum[a] += g, sum[b] -= g;
        break;
      case Operation::multiply:
        sum[a] += multiply(g, loss.value(b).transpose());
        sum[b] += multiply(loss.value(a).transpose(), g);
        break;
      case Operation::hadamard:
        sum[a] += g.cwiseProduct(loss.value(b));
        sum[b] += g.cwiseProduct(loss.value(a));
        break;
      case Operation::dot:
        sum[a] += g(0, 0) * loss.value(b), sum[b] += g(0, 0) * loss.value(a);
        break;
      case Operation::scalar_multiply:
        sum[a](0, 0) += inner(g, loss.value(b));
        sum[b] += loss.value(a)(0, 0) * g;
        break;
      case Operation::scale:
        sum[a] += loss.factor(k) * g;
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

std::optional<Bound> convex_bound(const Patterns& loss, const Known& known, Node root) {
  if (!loss.scalar(root) || !loss.moves(root)) return std::nullopt;
  using TermKind = Bound::Term::Kind;
  std::vector<std::vector<Bound::Term>> proposals(5);
  std::map<Node, Node> norms;  // of U: norm2(U)
  for (Node k = 0; k < root; ++k)
    if (const auto base = loss.squared(k); base && loss.scalar(k)) norms[*base] = k;
  std::set<Node> inside;  // of a product that varies
  std::set<Node> traces;  // norms that belong to a Gram matrix
  for (Node k = root + 1; k-- > 0;) {
    const auto of = loss.factors(k);
    const bool product = loss.is_moving_product(k);
    if (inside.contains(k) || product) inside.insert({loss.step(k).a, loss.step(k).b});
    if (!(product || of) || k == root) continue;
    const auto u = norms.find(of ? of->u : loss.step(k).a);
    const auto v = norms.find(of ? of->v : loss.step(k).b);
    if (loss.is_gram(k)) {  // with the norm of its factor, which is its trace
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
    const auto of = loss.factors(loss.residual(r).moving);
    const auto u = of ? norms.find(of->u) : norms.end();
    const auto v = of ? norms.find(of->v) : norms.end();
    if (u != norms.end() && v != norms.end())
      proposals[4].push_back({TermKind::decay, {square, u->second, v->second}, {}, {}});
  }
  for (const auto& [u, norm] : norms)
    if (loss.is(u, Operation::input) && !traces.contains(norm))
      proposals[0].push_back({TermKind::above, {norm}, {}, {}});
  for (const std::vector<Bound::Term>& terms : proposals)
    if (auto bound = convex_in(loss, known, root, terms)) return bound;
  return std::nullopt;
}

}  // namespace rankscape::certificate
