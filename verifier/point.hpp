#pragma once
// A loss, its data and a point: what a certificate speaks about, and its derivatives.

#include "verifier/symmetric.hpp"

namespace verifier {

struct Point {
  Program program;
  std::vector<Matrix<Z>> data;
  std::vector<Matrix<Z>> weights;
  std::size_t parameters = 0;
  std::vector<Matrix<Z>> values;  // of the nodes
  std::vector<char> leaves;       // the nodes that are weights

  /// Data, then these weights.
  template <class R>
  [[nodiscard]] std::vector<Matrix<R>> inputs(const std::vector<Matrix<R>>& w) const {
    std::vector<Matrix<R>> all;
    for (const Matrix<Z>& a : data) all.push_back(lift<R>(a));
    all.insert(all.end(), w.begin(), w.end());
    return all;
  }
  /// For each weight, at the values of the nodes.
  template <class R>
  [[nodiscard]] std::vector<Matrix<R>> slopes(const std::vector<Matrix<R>>& at) const {
    std::vector<Matrix<R>> result;
    for (const Matrix<Z>& w : weights) result.emplace_back(w.rows, w.cols);
    const auto all = gradient(program, at, program.steps.size() - 1, leaves);
    for (std::size_t k = 0; k < leaves.size(); ++k) {
      if (leaves[k] == 0) continue;
      Matrix<R>& sum = result[program.steps[k].a - data.size()];
      sum = plus(sum, 1, all[k]);
    }
    return result;
  }
  template <class R>
  [[nodiscard]] std::vector<Matrix<R>> slopes_at(const std::vector<Matrix<R>>& w) const {
    return slopes(evaluate(program, inputs(w)));
  }
  /// Calls with (number of the parameter, number of the weight, row, column): each matrix column by column.
  template <class Visit>
  void each_parameter(const Visit& visit) const {
    std::size_t i = 0;
    for (std::size_t h = 0; h < weights.size(); ++h)
      for (std::size_t col = 0; col < weights[h].cols; ++col)
        for (std::size_t row = 0; row < weights[h].rows; ++row) visit(i++, h, row, col);
  }

  /// The weights W + sum of z^powers[k] V_k, V_k the rows of `directions`.
  [[nodiscard]] std::vector<Matrix<Polynomial>> along(const Matrix<Z>& directions,
                                                      const std::vector<Monomial>& powers) const {
    std::vector<Matrix<Polynomial>> parts;
    for (const Matrix<Z>& w : weights) {
      parts.emplace_back(w.rows, w.cols);
      parts.back().denominator = Polynomial(directions.denominator);
    }
    each_parameter([&](std::size_t i, std::size_t h, std::size_t row, std::size_t col) {
      for (std::size_t k = 0; k < powers.size(); ++k) parts[h](row, col).add(powers[k], directions(k, i));
    });
    for (std::size_t h = 0; h < parts.size(); ++h) parts[h] = plus(lift<Polynomial>(weights[h]), 1, parts[h]);
    return parts;
  }
  /// L(weights) - L
  [[nodiscard]] Matrix<Polynomial> rise(const std::vector<Matrix<Polynomial>>& w) const {
    return plus(evaluate(program, inputs(w)).back(), -1, lift<Polynomial>(values.back()));
  }

  /// Does L(w + v) - L(w) start at degree 3 in v? Sufficient: for each node the degree at which it leaves its value, by
  /// the program alone; a factor that is 0 at w holds back what it is multiplied with.
  [[nodiscard]] bool flat() const {
    constexpr int far = 3;  // or never
    std::vector<int> starts;
    for (std::size_t k = 0; k < program.steps.size(); ++k) {
      const auto [operation, a, b, factor] = program.steps[k];
      const bool two = program.steps[k].has_two();
      if (operation == Operation::input) {
        starts.push_back(a < data.size() ? far : 1);
      } else if (operation == Operation::constant) {
        starts.push_back(far);
      } else if (!two) {
        starts.push_back(starts[a]);
      } else if (operation == Operation::add || operation == Operation::subtract) {
        starts.push_back(std::min(starts[a], starts[b]));
      } else {
        const int by_b = values[a].is_zero() ? far : starts[b];
        const int by_a = values[b].is_zero() ? far : starts[a];
        starts.push_back(std::min({by_a, by_b, starts[a] + starts[b]}));
      }
    }
    return starts.back() >= far;
  }

  /// The Hessian times v: the derivative of the gradient at w + e v, e^2 = 0.
  [[nodiscard]] Vector hessian_times(const std::vector<Z>& v) const {
    std::vector<Matrix<Dual>> moved;
    for (const Matrix<Z>& w : weights) moved.push_back(lift<Dual>(w));
    each_parameter([&](std::size_t i, std::size_t h, std::size_t row, std::size_t col) {
      moved[h](row, col).slope = v[i] * weights[h].denominator;
    });
    const auto slopes = slopes_at(moved);
    Vector result{std::vector<Z>(parameters), 1};
    for (const Matrix<Dual>& g : slopes) {
      const Z& below = g.denominator.value;
      result.denominator = lcm(result.denominator, g.denominator.slope == 0 ? below : Z(below * below));
    }
    each_parameter([&](std::size_t i, std::size_t h, std::size_t row, std::size_t col) {
      const Dual& below = slopes[h].denominator;
      const Dual& above = slopes[h](row, col);
      if (below.slope == 0) {
        add_product(result.entries[i], above.slope, Z(result.denominator / below.value));
      } else {  // (above / below)'
        const Z difference = above.slope * below.value - above.value * below.slope;
        add_product(result.entries[i], difference, Z(result.denominator / (below.value * below.value)));
      }
    });
    return result;
  }
};

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

/// Rows of n numbers each.
inline Matrix<Z> read_directions(const Field& field, std::size_t n, Untaken& untaken) {
  Matrix<Z> a = read_matrix(field, untaken);
  field.require(a.cols == n, "not one column for each parameter");
  return a;
}

/// Reads data, weights, constants and program, and evaluates it. \param identity  receives a text that is the same for
/// the same program, data and weights, however their numbers are written
inline Point read_point(Object& root, Untaken& untaken, std::string& identity) {
  Point point;
  const auto read = [&](const char* name, std::vector<Matrix<Z>>& list) {
    for (const Field& field : root.take(name).list()) {
      Object input(field, untaken);
      if (input.has("name")) static_cast<void>(input.take("name").text());
      list.push_back(read_matrix(input.take("value"), untaken));
    }
  };
  read("data", point.data);
  read("weights", point.weights);
  const Field steps = root.take("program");
  read_program(root.take("constants"), steps, point.data.size() + point.weights.size(), point.program, untaken);
  Program& program = point.program;
  steps.require(!program.steps.empty(), "empty");
  std::vector<char> used(program.steps.size(), 0);
  used.back() = 1;
  for (const Instruction& s : program.steps) {
    if (s.has_operands()) used[s.a] = 1;
    if (s.has_two()) used[s.b] = 1;
    identity += std::to_string(static_cast<int>(s.operation)) + " " + std::to_string(s.a) + " " + std::to_string(s.b) +
                " " + s.factor.get_str(62) + "\n";
  }
  steps.require(std::all_of(used.begin(), used.end(), [](char c) { return c != 0; }), "a result is not used");
  for (const auto* list : {&program.constants, &point.data, &point.weights})
    for (const Matrix<Z>& a : *list) identity += matrix_text(a);
  for (const Matrix<Z>& w : point.weights) point.parameters += w.entries.size();
  root.take("weights").require(point.parameters > 0, "no parameters");
  point.leaves = program.inputs_from(point.data.size());
  point.values = evaluate(program, point.inputs(point.weights));
  steps.require(point.values.back().is_scalar(), "the last result is not 1 x 1");
  return point;
}

}  // namespace verifier
