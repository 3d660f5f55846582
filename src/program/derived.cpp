// Derived operations, expressed in the eleven instructions by constant matrices that select and repeat.

#include "program/builder.hpp"

#include <stdexcept>

namespace rankscape::program {
namespace {

// |positions| x size: row k has its 1 at positions[k]
RationalMatrix selection(std::span<const Index> positions, Index size) {
  RationalMatrix result = RationalMatrix::Constant(static_cast<Index>(positions.size()), size, Rational(0));
  for (std::size_t k = 0; k < positions.size(); ++k) {
    if (positions[k] < 0 || positions[k] >= size) throw std::invalid_argument("matrix program: no such row or column");
    result(static_cast<Index>(k), positions[k]) = 1;
  }
  return result;
}

RationalMatrix unit(Index rows, Index cols, Index row, Index col) {
  RationalMatrix result = RationalMatrix::Constant(rows, cols, Rational(0));
  result(row, col) = 1;
  return result;
}

RationalMatrix identity_of(Index size) {
  RationalMatrix result = RationalMatrix::Constant(size, size, Rational(0));
  for (Index i = 0; i < size; ++i)
    result(i, i) = 1;
  return result;
}

RationalMatrix column_of_ones(Index size) {
  return RationalMatrix::Constant(size, 1, Rational(1));
}

// size x count, the rows `from`.. of the identity of `size` rows
RationalMatrix shifted(Index size, Index from, Index count) {
  RationalMatrix result = RationalMatrix::Constant(size, count, Rational(0));
  for (Index k = 0; k < count; ++k)
    result(from + k, k) = 1;
  return result;
}

// c = left * right with as many columns as its rank
struct Factored {
  RationalMatrix left;
  RationalMatrix right;
};
Factored rank_factored(const RationalMatrix& c) {
  RationalMatrix left = column_basis(c);
  RationalMatrix right = *solve(left, c);
  return {std::move(left), std::move(right)};
}

}  // namespace

Node Builder::block(Node a, std::span<const Index> rows, std::span<const Index> cols) {
  const Node left = constant(selection(rows, this->rows(a)));
  const Node right = constant(selection(cols, this->cols(a)).transpose());
  return multiply(left, a, right);
}

Node Builder::entry(Node a, Index row, Index col) {
  if (row < 0 || row >= rows(a) || col < 0 || col >= cols(a)) {
    throw std::invalid_argument("matrix program: no such entry");
  }
  return is_scalar(a) ? a : dot(constant(unit(rows(a), cols(a), row, col)), a);
}

Node Builder::kron(Node a, Node b) {
  if (is_scalar(a)) return scalar_multiply(a, b);
  if (is_scalar(b)) return scalar_multiply(b, a);
  if (cols(a) == 1 && rows(b) == 1) return multiply(a, b);
  if (rows(a) == 1 && cols(b) == 1) return multiply(b, a);
  const RationalMatrix* first = value_of(a);
  const RationalMatrix* second = value_of(b);
  if (first != nullptr && second != nullptr) return constant(kronecker(*first, *second));
  if (first != nullptr || second != nullptr) {
    // a constant factor of rank r leaves r linear terms, sum of (u_k (x) I) B (v_k (x) I)^T
    const Factored parts = rank_factored(first != nullptr ? *first : *second);
    const Node other = first != nullptr ? b : a;
    const auto beside = [&](const RationalMatrix& u, Index size) {
      return first != nullptr ? kronecker(u, identity_of(size)) : kronecker(identity_of(size), u);
    };
    Node sum = zeros(rows(a) * rows(b), cols(a) * cols(b));
    for (Index k = 0; k < parts.left.cols(); ++k) {
      const RationalMatrix u = parts.left.col(k);
      const RationalMatrix v = parts.right.row(k);
      const Node right = constant(beside(v, cols(other)));
      sum = add(sum, multiply(constant(beside(u, rows(other))), other, right));
    }
    return sum;
  }
  const auto repeated = [&](Node x, const RationalMatrix& left, const RationalMatrix& right) {
    const Node after = constant(right.transpose());
    return multiply(constant(left), x, after);
  };
  const Node outer = repeated(a, kronecker(identity_of(rows(a)), column_of_ones(rows(b))),
                              kronecker(identity_of(cols(a)), column_of_ones(cols(b))));
  const Node inner = repeated(b, kronecker(column_of_ones(rows(a)), identity_of(rows(b))),
                              kronecker(column_of_ones(cols(a)), identity_of(cols(b))));
  return hadamard(outer, inner);
}

Node Builder::entries(Node a) {
  const Index r = rows(a);
  const Index c = cols(a);
  if (c == 1) return a;
  if (r == 1) return transpose(a);
  Node sum = zeros(r * c, 1);
  if (c <= r) {
    for (Index j = 0; j < c; ++j) {
      const RationalMatrix e = unit(c, 1, j, 0);
      const Node column = multiply(a, constant(e));
      sum = add(sum, multiply(constant(kronecker(identity_of(r), e)), column));
    }
    return sum;
  }
  const Node transposed = transpose(a);
  for (Index i = 0; i < r; ++i) {
    const RationalMatrix e = unit(r, 1, i, 0);
    const Node row = multiply(transposed, constant(e));
    sum = add(sum, multiply(constant(kronecker(e, identity_of(c))), row));
  }
  return sum;
}

Node Builder::diag(Node s) {
  if (cols(s) != 1) throw std::invalid_argument("matrix program: diag of something that is no column");
  const Node mask = identity(rows(s));
  return hadamard(multiply(s, ones(1, rows(s))), mask);
}

Node Builder::trace(Node a) {
  if (rows(a) != cols(a)) throw std::invalid_argument("matrix program: the trace of a matrix that is not square");
  return dot(identity(rows(a)), a);
}

Node Builder::power(Node s, long exponent) {
  if (!is_scalar(s)) throw std::invalid_argument("matrix program: a power of something that is not 1 x 1");
  if (exponent < 0) return reciprocal(power(s, -exponent));
  if (exponent == 0) return scalar(Rational(1));
  if (exponent == 1) return s;
  if (exponent % 2 != 0) return scalar_multiply(s, power(s, exponent - 1));
  const Node half = power(s, exponent / 2);
  return scalar_multiply(half, half);
}

Node Builder::divide(Node a, Node s) {
  return scalar_multiply(reciprocal(s), a);
}

Node Builder::assemble(Index rows, Index cols, std::span<const Node> scalars) {
  if (static_cast<Index>(scalars.size()) != rows * cols) {
    throw std::invalid_argument("matrix program: a matrix of another number of entries");
  }
  if (scalars.size() == 1) return scalars[0];
  // all of them entries of one matrix, at row(i), col(j) or at row(j), col(i): a block
  const auto source = [&](Node s) -> std::optional<std::pair<Node, std::pair<Index, Index>>> {
    const Instruction& step = instruction(s);
    if (step.operation != Operation::dot) return std::nullopt;
    for (const auto& [mask, of] : {std::pair(step.a, step.b), std::pair(step.b, step.a)}) {
      const RationalMatrix* value = value_of(mask);
      if (value == nullptr || value->sum() != 1) continue;
      for (Index j = 0; j < value->cols(); ++j) {
        for (Index i = 0; i < value->rows(); ++i) {
          if ((*value)(i, j) == 1 && *value == unit(value->rows(), value->cols(), i, j)) {
            return std::pair(of, std::pair(i, j));
          }
        }
      }
    }
    return std::nullopt;
  };
  const auto as_block = [&]() -> std::optional<Node> {
    std::vector<std::pair<Index, Index>> at;
    std::optional<Node> of;
    for (const Node s : scalars) {
      const auto found = source(s);
      if (!found || (of && *of != found->first)) return std::nullopt;
      of = found->first;
      at.push_back(found->second);
    }
    if (!of) return std::nullopt;
    const auto position = [&](Index i, Index j) { return at[static_cast<std::size_t>(j * rows + i)]; };
    for (const bool transposed : {false, true}) {
      std::vector<Index> from_row;
      std::vector<Index> from_col;
      for (Index i = 0; i < rows; ++i)
        from_row.push_back(transposed ? position(i, 0).second : position(i, 0).first);
      for (Index j = 0; j < cols; ++j)
        from_col.push_back(transposed ? position(0, j).first : position(0, j).second);
      bool fits = true;
      for (Index j = 0; j < cols; ++j) {
        for (Index i = 0; i < rows; ++i) {
          const auto r = from_row[static_cast<std::size_t>(i)];
          const auto c = from_col[static_cast<std::size_t>(j)];
          fits = fits && position(i, j) == (transposed ? std::pair(c, r) : std::pair(r, c));
        }
      }
      if (fits) return block(transposed ? transpose(*of) : *of, from_row, from_col);
    }
    return std::nullopt;
  };
  if (const auto whole = as_block()) return *whole;
  // constants into one, the rest sorted by value
  RationalMatrix constants = RationalMatrix::Constant(rows, cols, Rational(0));
  std::vector<Node> order;
  std::map<Node, RationalMatrix> masks;
  for (std::size_t k = 0; k < scalars.size(); ++k) {
    if (!is_scalar(scalars[k])) throw std::invalid_argument("matrix program: an entry that is not 1 x 1");
    if (const Rational* value = scalar_value(scalars[k])) {
      constants(static_cast<Index>(k)) = *value;
      continue;
    }
    const Scaled scaled = without_factor(scalars[k]);
    const auto [found, is_new] = masks.emplace(scaled.core, RationalMatrix());
    if (is_new) {
      order.push_back(scaled.core);
      found->second = RationalMatrix::Constant(rows, cols, Rational(0));
    }
    found->second(static_cast<Index>(k)) = scaled.factor;
  }
  std::optional<Node> sum;
  for (const Node s : order) {
    const Node term = scalar_multiply(s, constant(masks.at(s)));
    sum = sum ? add(*sum, term) : term;
  }
  const Node rest = constant(std::move(constants));
  return sum ? add(*sum, rest) : rest;
}

Node Builder::blocks(std::span<const std::vector<Node>> grid) {
  if (grid.empty() || grid[0].empty()) return zeros(0, 0);
  std::vector<Index> widths;
  Index width = 0;
  for (const Node a : grid[0]) {
    widths.push_back(cols(a));
    width += cols(a);
  }
  Index height = 0;
  for (const auto& row : grid)
    height += row.empty() ? 0 : rows(row[0]);
  if (grid.size() == 1 && grid[0].size() == 1) return grid[0][0];
  RationalMatrix constants = RationalMatrix::Constant(height, width, Rational(0));
  std::optional<Node> sum;
  Index top = 0;
  for (const auto& row : grid) {
    if (row.size() != widths.size()) throw std::invalid_argument("matrix program: block rows of different lengths");
    Index left = 0;
    for (std::size_t j = 0; j < row.size(); ++j) {
      if (rows(row[j]) != rows(row[0]) || cols(row[j]) != widths[j]) {
        throw std::invalid_argument("matrix program: blocks that do not fit");
      }
      if (const RationalMatrix* value = value_of(row[j])) {
        constants.block(top, left, value->rows(), value->cols()) = *value;
      } else {
        const Node right = constant(shifted(width, left, widths[j]).transpose());
        const Node term = multiply(constant(shifted(height, top, rows(row[j]))), row[j], right);
        sum = sum ? add(*sum, term) : term;
      }
      left += widths[j];
    }
    top += rows(row[0]);
  }
  const Node rest = constant(std::move(constants));
  return sum ? add(*sum, rest) : rest;
}

Node Builder::multiply(Node a, Node b, Node c) {
  const auto cost = [](Index m, Index k, Index n) { return static_cast<double>(m * k) * static_cast<double>(n); };
  const double left = is_identity(a) || is_identity(b) ? 0 : cost(rows(a), cols(a), cols(b));
  const double then = is_identity(c) ? 0 : cost(rows(a), cols(b), cols(c));
  const double right = is_identity(b) || is_identity(c) ? 0 : cost(rows(b), cols(b), cols(c));
  const double first = is_identity(a) ? 0 : cost(rows(a), cols(a), cols(c));
  return left + then <= right + first ? multiply(multiply(a, b), c) : multiply(a, multiply(b, c));
}

}  // namespace rankscape::program
