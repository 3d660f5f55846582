#include "near/simplex.hpp"

#include <stdexcept>

namespace rankscape::near {

std::optional<std::vector<Rational>> farkas_vector(const LinearProgram& program) {
  const std::size_t m = program.rows.size();
  const std::size_t n = m == 0 ? 0 : program.rows.front().size();
  // columns: the unknowns, a surplus for each row (used by inequalities), an artificial for each row, the right side
  const std::size_t width = n + 2 * m + 1;
  std::vector<std::vector<Rational>> table(m, std::vector<Rational>(width, Rational(0)));
  std::vector<int> flipped(m, 1);
  std::vector<std::size_t> basis(m);
  for (std::size_t i = 0; i < m; ++i) {
    flipped[i] = program.right[i] < 0 ? -1 : 1;
    for (std::size_t j = 0; j < n; ++j)
      table[i][j] = flipped[i] * program.rows[i][j];
    if (!program.equality[i]) table[i][n + i] = -flipped[i];
    table[i][n + m + i] = 1;
    table[i][width - 1] = flipped[i] * program.right[i];
    basis[i] = n + m + i;
  }
  // reduced costs of the sum of the artificials
  std::vector<Rational> cost(width, Rational(0));
  for (std::size_t j = 0; j < width; ++j) {
    if (j >= n + m && j + 1 < width) continue;
    for (std::size_t i = 0; i < m; ++i)
      cost[j] -= table[i][j];
  }
  while (true) {
    std::size_t entering = 0;  // Bland: the first column that helps, so that it ends
    while (entering < n + m && cost[entering] >= 0)
      ++entering;
    if (entering == n + m) break;
    std::optional<std::size_t> leaving;
    for (std::size_t i = 0; i < m; ++i) {
      if (table[i][entering] <= 0) continue;
      if (!leaving) {
        leaving = i;
        continue;
      }
      const Rational here = table[i][width - 1] * table[*leaving][entering];
      const Rational there = table[*leaving][width - 1] * table[i][entering];
      if (here < there || (here == there && basis[i] < basis[*leaving])) leaving = i;
    }
    if (!leaving) throw std::logic_error("phase one is unbounded");
    std::vector<Rational>& row = table[*leaving];
    const Rational pivot = row[entering];
    for (Rational& x : row)
      x /= pivot;
    const auto eliminate = [&](std::vector<Rational>& other) {
      const Rational factor = other[entering];
      if (factor == 0) return;
      for (std::size_t j = 0; j < width; ++j)
        if (row[j] != 0) other[j] -= factor * row[j];
    };
    for (std::size_t i = 0; i < m; ++i)
      if (i != *leaving) eliminate(table[i]);
    eliminate(cost);
    basis[*leaving] = entering;
  }
  if (cost[width - 1] == 0) return std::nullopt;
  // the dual: 1 - reduced cost of the artificial
  std::vector<Rational> y(m);
  for (std::size_t i = 0; i < m; ++i)
    y[i] = flipped[i] * (1 - cost[n + m + i]);
  Rational gain = 0;
  for (std::size_t i = 0; i < m; ++i) {
    gain += y[i] * program.right[i];
    if (!program.equality[i] && y[i] < 0) throw std::logic_error("a Farkas vector with a negative weight");
  }
  for (std::size_t j = 0; j < n; ++j) {
    Rational sum = 0;
    for (std::size_t i = 0; i < m; ++i)
      sum += y[i] * program.rows[i][j];
    if (sum > 0) throw std::logic_error("a Farkas vector that proves nothing");
  }
  if (gain <= 0) throw std::logic_error("a Farkas vector without gain");
  return y;
}

}  // namespace rankscape::near
