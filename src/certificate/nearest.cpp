#include "certificate/nearest.hpp"

#include <algorithm>

#include "certificate/evidence.hpp"

namespace rankscape::certificate {

namespace {

using program::Operation;

// q with a = q b, where b is not zero.
std::optional<Rational> multiple(const RationalMatrix& a, const RationalMatrix& b) {
  for (Index k = 0; k < b.size(); ++k) {
    if (b(k) == 0) continue;
    const Rational q = a(k) / b(k);
    return is_zero(RationalMatrix(a - q * b)) ? std::optional<Rational>(q) : std::nullopt;
  }
  return std::nullopt;
}

// The summands of a convex node, and the squares of affine ones among them.
class Squares {
 public:
  Squares(const Patterns& loss, Node leaf) : loss_(loss), leaf_(leaf) {}

  std::vector<Growth> of(Node root) {
    std::vector<std::pair<Node, Rational>> summands{{root, 1}};
    while (!summands.empty()) {
      const auto [k, weight] = summands.back();
      summands.pop_back();
      if (weight <= 0 || !loss_.moves(k) || k == leaf_) continue;
      const auto& [operation, a, b, rows, cols] = loss_.step(k);
      if (operation == Operation::input) continue;
      if (operation == Operation::add) {
        summands.insert(summands.end(), {{a, weight}, {b, weight}});
      } else if (operation == Operation::subtract) {
        summands.emplace_back(a, weight);
      } else if (operation == Operation::scale) {
        summands.emplace_back(a, weight * loss_.factor(k));
      } else if (a == b && program::operands_of(operation) == 2 && (operation == Operation::dot || loss_.scalar(a))) {
        square(a, weight);
      } else if (program::operands_of(operation) == 2 && loss_.scalar(a) && loss_.scalar(b) &&
                 loss_.moves(a) != loss_.moves(b)) {
        const bool left = !loss_.moves(a);
        summands.emplace_back(left ? b : a, weight * loss_.value(left ? a : b)(0, 0));
      }
    }
    return std::move(found_);
  }

 private:
  // Node m is constant + left P right, or its transpose.
  void square(Node m, const Rational& weight) {
    RationalMatrix left = RationalMatrix::Identity(loss_.value(m).rows(), loss_.value(m).rows());
    RationalMatrix right = RationalMatrix::Identity(loss_.value(m).cols(), loss_.value(m).cols());
    while (m != leaf_) {
      const auto& [operation, a, b, rows, cols] = loss_.step(m);
      if (operation == Operation::input) return;
      const bool one = program::operands_of(operation) == 1;
      if (!one && loss_.moves(a) == loss_.moves(b)) return;
      const bool first = one || loss_.moves(a);
      const Node next = first ? a : b;
      if (operation == Operation::scale) {
        left *= loss_.factor(m);
      } else if (operation == Operation::transpose) {
        left.swap(right);
        left.transposeInPlace();
        right.transposeInPlace();
      } else if (operation == Operation::multiply && first) {
        right = multiply(loss_.value(b), right);
      } else if (operation == Operation::multiply) {
        left = multiply(left, loss_.value(a));
      } else if (operation == Operation::scalar_multiply && !first) {
        left *= loss_.value(a)(0, 0);
      } else if (operation != Operation::add && operation != Operation::subtract) {
        return;
      }
      m = next;
    }
    Growth grows{multiply(left.transpose(), left), multiply(right, right.transpose())};
    grows.left *= weight;
    if (!is_zero(grows.left) && !is_zero(grows.right)) found_.push_back(std::move(grows));
  }

  const Patterns& loss_;
  Node leaf_;
  std::vector<Growth> found_;
};

// Numbers that nothing on the far side of a root is shown to pass: itself, or below it and closer and closer.
std::vector<Rational> just_below(const RealRoot& root) {
  if (const auto exactly = root.rational()) return {*exactly};
  std::vector<Rational> numbers;
  for (const int bits : {4, 12, 40}) {
    const Rational lo = root.enclose(Rational(1) / Rational(std::int64_t{1} << bits)).lo;
    if (lo > 0) numbers.push_back(lo);
  }
  return numbers;
}

// The separators to try on one side: nothing fitted there may be exchanged (none is left: what is fitted bounds it;
// none is allowed: any number will do), or there may be no slope on that side.
std::vector<Rational> separators(const std::vector<Rational>& fitted, bool all_used) {
  if (!all_used) return {Rational(0)};
  if (!fitted.empty()) return fitted;
  return {Rational(1), Rational(1 << 10), Rational(1 << 30)};
}

}  // namespace

std::optional<Growth> growth_of(const Patterns& loss, Node root, Node leaf) {
  const std::vector<Growth> squares = Squares(loss, leaf).of(root);
  if (squares.empty()) return std::nullopt;
  Growth by_right = squares.front();
  Growth by_left = squares.front();
  for (std::size_t k = 1; k < squares.size(); ++k) {
    if (const auto q = multiple(squares[k].right, squares.front().right)) by_right.left += *q * squares[k].left;
    if (const auto q = multiple(squares[k].left, squares.front().left)) by_left.right += *q * squares[k].right;
  }
  // it says more where it has grown
  return is_zero(RationalMatrix(by_right.left - squares.front().left)) ? by_left : by_right;
}

std::optional<Bound::Nearest> nearest_of_rank(const RationalMatrix& p, const RationalMatrix& slope, const Growth& grows,
                                              Index most) {
  const auto& [a, b] = grows;
  if (most == 0 || !is_zero(multiply(slope, p.transpose())) || !is_zero(multiply(p.transpose(), slope)))
    return std::nullopt;
  const RationalMatrix x = multiply(multiply(p, b), p.transpose());
  const RationalMatrix weighted = multiply(multiply(a, x), a);
  const Inertia signs = inertia(weighted);
  if (signs.positive != most) return std::nullopt;
  const Index m = a.rows();
  const std::vector<RealRoot> fitted = real_eigenvalues(multiply(x, a));
  for (const Rational& s : just_below(fitted[static_cast<std::size_t>(most) - 1])) {
    RationalMatrix block(m + b.rows(), m + b.rows());
    block.topLeftCorner(m, m) = s * a;
    block.bottomRightCorner(b.rows(), b.rows()) = b;
    block.topRightCorner(m, b.rows()) = slope / Rational(2);
    block.bottomLeftCorner(b.rows(), m) = slope.transpose() / Rational(2);
    auto left_out = semidefinite(block);
    if (!left_out) continue;
    auto taken = semidefinite(RationalMatrix(multiply(multiply(x, a), x) - s * x));
    if (!taken) continue;
    return Bound::Nearest{0, a, b, {s}, inertia_claim(weighted, signs), {*std::move(left_out), *std::move(taken)}, {}};
  }
  return std::nullopt;
}

std::optional<Bound::Nearest> nearest_of_signature(const RationalMatrix& p, const RationalMatrix& slope,
                                                   const Growth& grows, const RationalMatrix& middle) {
  const RationalMatrix g = symmetric_part(slope);
  if (!is_zero(multiply(p, g)) || grows.left.rows() != grows.right.rows()) return std::nullopt;
  const RationalMatrix& b = grows.right;
  const auto unit = multiple(grows.left, b);
  if (!unit) return std::nullopt;
  const RationalMatrix half = g / Rational(2 * *unit);
  const Inertia allowed = inertia(middle);
  const RationalMatrix weighted = multiply(multiply(b, p), b);
  const Inertia signs = inertia(weighted);
  const std::vector<RealRoot> fitted = real_eigenvalues(multiply(p, b));
  const std::vector<RealRoot> negated = real_eigenvalues(multiply(RationalMatrix(-p), b));
  const auto least = [](const std::vector<RealRoot>& roots, Index count) {
    return count == 0 ? std::vector<Rational>() : just_below(roots[static_cast<std::size_t>(count) - 1]);
  };
  const RationalMatrix once = multiply(multiply(p, b), p);
  const RationalMatrix twice = multiply(multiply(once, b), p);
  const RationalMatrix thrice = multiply(multiply(twice, b), p);
  for (const Rational& up : separators(least(fitted, signs.positive), signs.positive == allowed.positive)) {
    auto above = semidefinite(RationalMatrix(up * b + half));
    if (!above) continue;
    for (const Rational& down : separators(least(negated, signs.negative), signs.negative == allowed.negative)) {
      auto below = semidefinite(RationalMatrix(down * b - half));
      if (!below) continue;
      auto taken = semidefinite(RationalMatrix(thrice + (down - up) * twice - up * down * once));
      if (!taken) continue;
      return Bound::Nearest{0,
                            grows.left,
                            b,
                            {up, down},
                            inertia_claim(weighted, signs),
                            {*std::move(above), *std::move(below), *std::move(taken)},
                            inertia_claim(middle, allowed)};
    }
  }
  return std::nullopt;
}

}  // namespace rankscape::certificate
