#pragma once
// A loss, its data and a point: what a certificate speaks about, and its derivatives.

#include <span>

#include "verifier/symmetric.hpp"

namespace verifier {

/// The same for equal matrices, however their numbers are written.
inline std::string matrix_text(const Matrix<Z>& a) {
  Z common = a.denominator;
  for (const Z& x : a.entries) {
    budget.spend(1 + mpz_size(common.get_mpz_t()) * mpz_size(x.get_mpz_t()));
    common = gcd(common, x);
  }
  std::string text =
      std::to_string(a.rows) + " " + std::to_string(a.cols) + " " + Z(a.denominator / common).get_str(62);
  for (const Z& x : a.entries) text += " " + Z(x / common).get_str(62);
  return text + "\n";
}

class Point {
 public:
  Program program;                // of the loss
  Program derived;                // goes on with the gradient
  std::vector<Matrix<Z>> leaves;  // of the programs: 1, the data, the weights, constants
  std::size_t inputs = 0;         // data and weights
  std::size_t data = 0;           // how many
  std::size_t parameters = 0;
  Values<Z> at;          // of the nodes of `derived`
  std::string identity;  // the same for the same program, data and weights, however their numbers are written

  explicit Point(Object& root) {
    const auto read = [&](const char* name) {
      for (const Field& field : root.take(name).list()) {
        Object input(field);
        if (const auto label = input.find("name")) static_cast<void>(label->text());
        leaves.push_back(read_matrix(input.take("value")));
      }
    };
    leaves.emplace_back(Q(1));
    read("data");
    data = leaves.size() - 1;
    read("weights");
    inputs = leaves.size() - 1;
    for (const Matrix<Z>& w : weights()) parameters += w.entries.size();
    root.take("weights").require(parameters > 0, "no parameters");
    const Field steps = root.take("program");
    read_program(root.take("constants"), steps, inputs, program, leaves);
    steps.require(!program.empty(), "empty");
    std::vector<char> used(program.size(), 0);
    used.back() = 1;
    for (const Instruction& s : program) {
      if (s.has_operands()) used[s.a] = used[s.b] = 1;
      identity += std::to_string(static_cast<int>(s.operation)) + " " + std::to_string(s.a) + " " +
                  std::to_string(s.b) + " " + s.factor.get_str(62) + "\n";
    }
    steps.require(std::find(used.begin(), used.end(), 0) == used.end(), "a result is not used");
    identity += std::to_string(data) + " " + std::to_string(inputs) + "\n";
    for (const Matrix<Z>& a : leaves) identity += matrix_text(a);
    differentiate_loss();
    steps.require(at[program.size() - 1].is_scalar(), "the last result is not 1 x 1");
  }

  [[nodiscard]] std::span<const Matrix<Z>> weights() const { return {&leaves[1 + data], inputs - data}; }
  [[nodiscard]] bool is_weight(const Instruction& s) const { return !s.has_operands() && s.a > data && s.a <= inputs; }
  /// For each node of the loss: does it depend on weights?
  [[nodiscard]] std::vector<char> moving() const { return depends(program, weight_nodes()); }
  [[nodiscard]] Q value() const { return at[program.size() - 1].at(0, 0); }

  /// Matrices of the weights' shapes, number(i) for the i-th parameter: each matrix column by column.
  template <class R, class Number>
  [[nodiscard]] std::vector<Matrix<R>> split(const Z& denominator, const Number& number) const {
    std::vector<Matrix<R>> parts;
    std::size_t next = 0;
    for (const Matrix<Z>& w : weights()) {
      Matrix<R>& part = parts.emplace_back(w.rows, w.cols, R(denominator));
      for (std::size_t j = 0; j < w.cols; ++j)
        for (std::size_t i = 0; i < w.rows; ++i) part(i, j) = number(next++);
    }
    return parts;
  }
  /// The inverse: a row for each list of matrices, over one denominator. Nothing is zero.
  [[nodiscard]] Matrix<Z> join(const std::vector<std::vector<Values<Z>::Move>>& lists) const {
    Matrix<Z> rows(lists.size(), parameters);
    for (const auto& list : lists)
      for (const auto& part : list)
        if (part) rows.denominator = common_multiple(rows.denominator, part->denominator);
    for (std::size_t k = 0; k < lists.size(); ++k) {
      std::size_t next = 0;
      for (std::size_t h = 0; h < lists[k].size(); next += weights()[h++].entries.size()) {
        if (!lists[k][h]) continue;
        const Matrix<Z>& part = *lists[k][h];
        const Z factor = rows.denominator / part.denominator;
        for (std::size_t i = 0; i < part.rows; ++i)
          for (std::size_t j = 0; j < part.cols; ++j)
            add_product(rows(k, next + j * part.rows + i), part(i, j), factor);
      }
    }
    return rows;
  }
  /// The parameters, as a row.
  [[nodiscard]] Matrix<Z> row() const { return join({{weights().begin(), weights().end()}}); }

  /// The leaves, with other weights.
  template <class R>
  [[nodiscard]] std::vector<Matrix<R>> leaves_with(const std::vector<Matrix<R>>& w) const {
    std::vector<Matrix<R>> all(leaves.begin(), leaves.end());
    std::copy(w.begin(), w.end(), all.begin() + static_cast<std::ptrdiff_t>(1 + data));
    return all;
  }
  /// The loss and its gradient at the weights W + sum of z^powers[k] V_k, V_k the rows of `directions`.
  [[nodiscard]] Values<Polynomial> along(const Matrix<Z>& directions, const std::vector<Monomial>& powers) const {
    auto w = split<Polynomial>(directions.denominator, [&](std::size_t i) {
      Polynomial sum;
      for (std::size_t k = 0; k < powers.size(); ++k) sum.add(powers[k], directions(k, i));
      return sum;
    });
    for (std::size_t h = 0; h < w.size(); ++h) w[h] = Matrix<Polynomial>(weights()[h]) + w[h];
    return {derived, leaves_with(w)};
  }
  /// L at other weights - L
  [[nodiscard]] Matrix<Polynomial> rise(const Values<Polynomial>& there) const {
    return there[program.size() - 1] - Matrix<Polynomial>(at[program.size() - 1]);
  }
  /// The derivatives by a weight, at the point or along a family; nullptr: they are zero.
  template <class R>
  [[nodiscard]] const Matrix<R>* slope(const Values<R>& there, std::size_t weight) const {
    return slopes_[weight] == 0 ? nullptr : &there[slopes_[weight]];
  }
  /// The gradient at the point, as a row.
  [[nodiscard]] Matrix<Z> gradient() const {
    std::vector<Values<Z>::Move> parts;
    for (const std::size_t node : slopes_) parts.push_back(node == 0 ? std::nullopt : Values<Z>::Move(at[node]));
    return join({parts});
  }
  /// Is the gradient zero, at the point or along a family?
  template <class R>
  [[nodiscard]] bool is_critical(const Values<R>& there) const {
    return std::all_of(slopes_.begin(), slopes_.end(), [&](auto node) { return node == 0 || there[node].is_zero(); });
  }

  /// Rows H v, H the Hessian, for rows v of integers.
  [[nodiscard]] Matrix<Z> hessian_times(const Matrix<Z>& vectors) const {
    std::vector<std::vector<Values<Z>::Move>> images(vectors.rows);
    for (std::size_t k = 0; k < vectors.rows; ++k) {
      auto moves = at.derivatives(moved(split<Z>(1, [&](std::size_t i) { return vectors(k, i); })));
      for (const std::size_t node : slopes_) images[k].push_back(node == 0 ? std::nullopt : std::move(moves[node]));
    }
    return join(images);
  }
  /// The derivatives of the leaves, of which only the weights move.
  template <class R>
  [[nodiscard]] std::vector<std::optional<Matrix<R>>> moved(std::vector<Matrix<R>> w) const {
    std::vector<std::optional<Matrix<R>>> moves(leaves.size());
    std::move(w.begin(), w.end(), moves.begin() + static_cast<std::ptrdiff_t>(1 + data));
    return moves;
  }

  /// Does L(w + v) - L(w) start at degree 3 in v? Sufficient: for each node the degree at which it leaves its value, by
  /// the program alone; a factor that is 0 at w holds back what it is multiplied with.
  [[nodiscard]] bool is_flat() const {
    constexpr int far = 3;  // or never
    std::vector<int> starts;
    for (const Instruction& s : program) {
      if (!s.has_operands()) {
        starts.push_back(is_weight(s) ? 1 : far);
      } else if (!s.is_product()) {
        starts.push_back(std::min(starts[s.a], starts[s.b]));
      } else {
        const int by_b = at[s.a].is_zero() ? far : starts[s.b];
        const int by_a = at[s.b].is_zero() ? far : starts[s.a];
        starts.push_back(std::min({by_a, by_b, starts[s.a] + starts[s.b]}));
      }
    }
    return starts.back() >= far;
  }

 private:
  [[nodiscard]] std::vector<char> weight_nodes() const {
    std::vector<char> found;
    for (const Instruction& s : program) found.push_back(is_weight(s) ? 1 : 0);
    return found;
  }
  void differentiate_loss() {
    derived = program;
    const auto variables = weight_nodes();
    const auto by_node = differentiate(derived, program.size() - 1, variables);
    slopes_.assign(inputs - data, 0);
    for (std::size_t k = 0; k < program.size(); ++k) {
      if (variables[k] == 0 || by_node[k] == 0) continue;
      std::size_t& sum = slopes_[program[k].a - 1 - data];
      if (sum != 0) derived.push_back({Operation::add, sum, by_node[k]});
      sum = sum == 0 ? by_node[k] : derived.size() - 1;
    }
    at = Values<Z>(derived, leaves);
  }

  std::vector<std::size_t> slopes_;  // the node of the derivative by each weight, or 0: it is zero
};

}  // namespace verifier
