#pragma once
// How a convex node of a program grows with one node p on which alone it depends: squares ||c + L p R||^2 among its
// summands. A node has a weight, how often it is a summand, and a form c + L p R or its transpose, as far as they are
// evident.

#include "verifier/program.hpp"

namespace verifier {

class Growth {
 public:
  Growth(const Program& program, const Values<Z>& values, const std::vector<char>& moving)
      : program_(program), values_(values), moving_(moving) {}

  /// For all D: s(p + D) - s(p) - <slope, D> >= <D, left D right>? Sufficient: one of the two makes up all squares in
  /// which the other stands. \pre s is evidently convex in p alone; left or right is not zero
  [[nodiscard]] bool at_least(std::size_t s, std::size_t p, const Matrix<Z>& left, const Matrix<Z>& right) const {
    const auto squares = squares_of(s, p);
    Matrix<Z> with_right(left.rows, left.cols);
    Matrix<Z> with_left(right.rows, right.cols);
    bool any = false;
    for (const auto& [l, r] : squares) {
      if (const Q q = multiple(r, right); q > 0) with_right = with_right + scaled(q, l), any = true;
      if (const Q q = multiple(l, left); q > 0) with_left = with_left + scaled(q, r), any = true;
    }
    return any && (equal(with_right, left) || equal(with_left, right));
  }

  /// q with a = q b, b not zero; 0 where there is none
  static Q multiple(const Matrix<Z>& a, const Matrix<Z>& b) {
    for (std::size_t k = 0; k < b.entries.size() && a.same_shape(b); ++k) {
      if (b.entries[k] == 0) continue;
      const Q q = a.at(k / b.cols, k % b.cols) / b.at(k / b.cols, k % b.cols);
      return equal(a, scaled(q, b)) ? q : Q(0);
    }
    return 0;
  }

 private:
  struct Form {
    Matrix<Z> left;
    Matrix<Z> right;
    bool transposed_variable = false;
  };

  [[nodiscard]] std::vector<std::pair<Matrix<Z>, Matrix<Z>>> squares_of(std::size_t s, std::size_t p) const {
    const auto weights = weights_below(s);
    const auto forms = forms_above(p, s);
    std::vector<std::pair<Matrix<Z>, Matrix<Z>>> squares;
    for (std::size_t k = p + 1; k <= s; ++k) {
      const auto [operation, a, b, factor] = program_[k];
      const bool product = operation == Operation::dot || operation == Operation::hadamard ||
                           operation == Operation::multiply || operation == Operation::scalar_multiply;
      if (weights[k] <= 0 || !product || !values_[k].is_scalar() || a != b || !forms[a]) continue;
      const auto& [left, right, flipped] = *forms[a];
      const Matrix<Z> by_rows = transposed(left) * left;
      const Matrix<Z> by_columns = right * transposed(right);
      squares.emplace_back(scaled(weights[k], flipped ? by_columns : by_rows), flipped ? by_rows : by_columns);
    }
    return squares;
  }

  // s is the sum of the nodes reached, times these, and of convex functions.
  [[nodiscard]] std::vector<Q> weights_below(std::size_t s) const {
    std::vector<Q> weights(s + 1);
    weights[s] = 1;
    for (std::size_t k = s + 1; k-- > 0;) {
      const auto [operation, a, b, factor] = program_[k];
      if (weights[k] <= 0 || operation == Operation::leaf) continue;
      const auto pass = [&](std::size_t to, const Q& times) {
        if (times > 0) weights[to] += weights[k] * times;
      };
      if (operation == Operation::add || operation == Operation::subtract) pass(a, 1);
      if (operation == Operation::add) pass(b, 1);
      if (operation == Operation::scale) pass(a, factor);
      const bool product = operation == Operation::multiply || operation == Operation::hadamard ||
                           operation == Operation::dot || operation == Operation::scalar_multiply;
      if (!product || !values_[a].is_scalar() || !values_[b].is_scalar()) continue;
      if (moving_[a] == 0) pass(b, values_[a].at(0, 0));
      if (moving_[b] == 0) pass(a, values_[b].at(0, 0));
    }
    return weights;
  }

  [[nodiscard]] std::vector<std::optional<Form>> forms_above(std::size_t p, std::size_t s) const {
    std::vector<std::optional<Form>> forms(s + 1);
    forms[p] = Form{identity(values_[p].rows), identity(values_[p].cols)};
    for (std::size_t k = p + 1; k <= s; ++k) {
      const auto [operation, a, b, factor] = program_[k];
      if (operation == Operation::transpose && forms[a]) {
        forms[k] = Form{transposed(forms[a]->right), transposed(forms[a]->left), !forms[a]->transposed_variable};
      } else if (operation == Operation::scale && forms[a]) {
        forms[k] = forms[a];
        forms[k]->left = scaled(factor, forms[k]->left);
      } else if (operation == Operation::add || operation == Operation::subtract) {
        if (moving_[b] == 0) forms[k] = forms[a];  // up to its constant and its sign
        if (moving_[a] == 0) forms[k] = forms[b];
      } else if (operation == Operation::multiply && moving_[b] == 0 && forms[a]) {
        forms[k] = forms[a];
        forms[k]->right = forms[k]->right * values_[b];
      } else if (operation == Operation::multiply && moving_[a] == 0 && forms[b]) {
        forms[k] = forms[b];
        forms[k]->left = values_[a] * forms[k]->left;
      } else if (operation == Operation::scalar_multiply && moving_[a] == 0 && forms[b]) {
        forms[k] = forms[b];
        forms[k]->left = scaled(values_[a].at(0, 0), forms[k]->left);
      }
    }
    return forms;
  }

  const Program& program_;
  const Values<Z>& values_;
  const std::vector<char>& moving_;
};

}  // namespace verifier
