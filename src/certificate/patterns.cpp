#include "certificate/patterns.hpp"

#include <algorithm>

#include "certificate/evidence.hpp"

namespace rankscape::certificate {

using program::Operation;

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

// Is one the transpose of the other?
bool Patterns::transposes(Node a, Node b) const {
  return (is(a, Operation::transpose) && step(a).a == b) || (is(b, Operation::transpose) && step(b).a == a);
}

bool Patterns::is_gram(Node k) const {
  return is(k, Operation::multiply) && transposes(step(k).a, step(k).b);
}

std::optional<Node> Patterns::squared(Node k) const {
  const auto& [operation, a, b, rows, cols] = step(k);
  const bool product = operation == Operation::multiply || operation == Operation::scalar_multiply;
  if (a == b && (operation == Operation::dot || operation == Operation::hadamard)) return a;
  if (product && a == b && scalar(a)) return a;
  if (is_gram(k) && scalar(k)) return a;
  return std::nullopt;
}

std::optional<Patterns::Factors> Patterns::factors(Node k) const {
  const auto& [operation, a, b, rows, cols] = step(k);
  if (is(k, Operation::input) || is(k, Operation::constant) || program::operands_of(operation) < 2) return std::nullopt;
  if (a == b || !moves(a) || !moves(b)) return std::nullopt;
  const bool of_numbers = operation == Operation::hadamard || operation == Operation::dot;
  if (operation == Operation::multiply || (of_numbers && scalar(a))) return Factors{a, b};
  if (operation == Operation::scalar_multiply && cols == 1) return Factors{b, a};
  if (operation == Operation::scalar_multiply && rows == 1) return Factors{a, b};
  return std::nullopt;
}

Patterns::Residual Patterns::residual(Node m) const {
  Residual found;
  found.target = RationalMatrix::Zero(value(m).rows(), value(m).cols());
  found.moving = m;
  split_off(found);
  return found;
}

void Patterns::split_off(Residual& r, const RationalMatrix* data) const {
  for (;;) {
    const auto& [operation, a, b, rows, cols] = step(r.moving);
    if (operation == Operation::scale && factor(r.moving) != 0) {
      r.target /= factor(r.moving);
      r.factor *= factor(r.moving);
      r.moving = a;
      continue;
    }
    const bool sum = operation == Operation::add || operation == Operation::subtract;
    if (!sum || moves(a) == moves(b)) return;
    const bool left = !moves(a);
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

Index Patterns::rank_bound(Node k) const {
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

// c of c x: x itself, or the product with a constant number
std::optional<Rational> Patterns::times(Node k, Node x) const {
  if (k == x) return Rational(1);
  if (is(k, Operation::scale) && step(k).a == x) return factor(k);
  if (!is_number_times_number(k)) return std::nullopt;
  for (const auto& [c, y] : {std::pair(step(k).a, step(k).b), std::pair(step(k).b, step(k).a)})
    if (y == x && !moves(c)) return value(c)(0, 0);
  return std::nullopt;
}

bool Patterns::is_number_times_number(Node k) const {
  const bool product = is(k, Operation::multiply) || is(k, Operation::hadamard) || is(k, Operation::dot) ||
                       is(k, Operation::scalar_multiply);
  return product && scalar(step(k).a) && scalar(step(k).b);
}

std::optional<RationalMatrix> Patterns::middle(Node k) const {
  if (is_number_times_number(k)) {
    auto c = times(step(k).a, step(k).b);
    if (!c) c = times(step(k).b, step(k).a);
    if (c) return RationalMatrix::Constant(1, 1, *c);
  }
  if (is_gram(k)) return RationalMatrix::Identity(value(step(k).a).cols(), value(step(k).a).cols());
  if (!is(k, Operation::multiply)) return std::nullopt;
  const auto& [operation, a, b, rows, cols] = step(k);
  if (is(a, Operation::scalar_multiply) && !moves(step(a).a) && transposes(step(a).b, b))
    return value(step(a).a)(0, 0) * RationalMatrix::Identity(value(a).cols(), value(a).cols());
  std::optional<Node> d;
  if (is(a, Operation::multiply) && transposes(step(a).a, b)) d = step(a).b;
  if (is(b, Operation::multiply) && transposes(a, step(b).b)) d = step(b).a;
  if (!d || moves(*d) || !is_zero(RationalMatrix(value(*d) - value(*d).transpose()))) return std::nullopt;
  return value(*d);
}

}  // namespace rankscape::certificate
