#include "symmetry/expansion.hpp"

#include <algorithm>
#include <stdexcept>

namespace rankscape::symmetry {

using program::Instruction;
using program::Node;
using program::Operation;

namespace {

PolynomialMatrix constants(const RationalMatrix& from) {
  PolynomialMatrix to(from.rows(), from.cols());
  for (Index k = 0; k < from.size(); ++k)
    to.entries[static_cast<std::size_t>(k)] = Polynomial(from(k));
  return to;
}

void add(PolynomialMatrix& sum, const PolynomialMatrix& term, const Rational& times) {
  for (std::size_t k = 0; k < sum.entries.size(); ++k)
    sum.entries[k].add(term.entries[k], times);
}

PolynomialMatrix transposed(const PolynomialMatrix& a) {
  PolynomialMatrix result(a.cols, a.rows);
  for (Index i = 0; i < a.rows; ++i) {
    for (Index j = 0; j < a.cols; ++j)
      result(j, i) = a(i, j);
  }
  return result;
}

}  // namespace

bool PolynomialMatrix::is_zero() const {
  return std::all_of(entries.begin(), entries.end(), [](const Polynomial& entry) { return entry.is_zero(); });
}

void add_bilinear(Operation operation, const PolynomialMatrix& a, const PolynomialMatrix& b, PolynomialRing& ring,
                  PolynomialMatrix& sum) {
  switch (operation) {
    case Operation::multiply:
      for (Index j = 0; j < b.cols; ++j) {
        for (Index k = 0; k < b.rows; ++k) {
          if (b(k, j).is_zero()) continue;
          for (Index i = 0; i < a.rows; ++i)
            ring.add_product(sum(i, j), a(i, k), b(k, j));
        }
      }
      return;
    case Operation::hadamard:
      for (std::size_t k = 0; k < a.entries.size(); ++k)
        ring.add_product(sum.entries[k], a.entries[k], b.entries[k]);
      return;
    case Operation::dot:
      for (std::size_t k = 0; k < a.entries.size(); ++k)
        ring.add_product(sum.entries.front(), a.entries[k], b.entries[k]);
      return;
    case Operation::scalar_multiply:
      for (std::size_t k = 0; k < b.entries.size(); ++k)
        ring.add_product(sum.entries[k], a.entries.front(), b.entries[k]);
      return;
    default:
      throw std::logic_error("add_bilinear: the instruction is not bilinear");
  }
}

Expansion::Expansion(const program::Program& loss, Node output, const std::optional<std::vector<RationalMatrix>>& data)
    : loss_(loss), output_(output), values_(loss.instructions.size()), inputs_(loss.inputs.size()) {
  std::size_t next_datum = 0;
  const auto symbols = [&](const program::Input& input) {
    PolynomialMatrix matrix(input.rows, input.cols);
    for (Polynomial& entry : matrix.entries)
      entry = Polynomial::variable(variables_++);
    for (Index i = 0; input.is_symmetric && i < input.rows; ++i) {
      for (Index j = 0; j < i; ++j)
        matrix(j, i) = matrix(i, j);
    }
    return matrix;
  };
  for (std::size_t k = 0; k < loss.inputs.size(); ++k) {
    const bool is_weight = loss.inputs[k].is_weight;
    first_coordinate_.push_back(is_weight ? variables_ : -1);
    if (is_weight) inputs_[k] = symbols(loss.inputs[k]);
  }
  for (std::size_t k = 0; k < loss.inputs.size(); ++k) {
    if (loss.inputs[k].is_weight) continue;
    inputs_[k] = data ? constants(data->at(next_datum++)) : symbols(loss.inputs[k]);
  }
  for (Node node = 0; node < loss.instructions.size(); ++node) {
    if (loss.instructions[node].operation == Operation::reciprocal) reciprocals_.emplace_back(variables_++, node);
  }
}

const PolynomialMatrix& Expansion::value(Node node, PolynomialRing& ring) {
  if (values_[node]) return *values_[node];
  const Instruction& step = loss_.instructions[node];
  PolynomialMatrix result(step.rows, step.cols);
  switch (step.operation) {
    case Operation::input:
      result = *inputs_[step.a];
      break;
    case Operation::constant:
      result = constants(loss_.constants[step.a]);
      break;
    case Operation::add:
    case Operation::subtract:
      add(result, value(step.a, ring), 1);
      add(result, value(step.b, ring), step.operation == Operation::add ? 1 : -1);
      break;
    case Operation::scale:
      add(result, value(step.a, ring), loss_.factors[step.b]);
      break;
    case Operation::transpose:
      result = transposed(value(step.a, ring));
      break;
    case Operation::reciprocal: {
      const auto here = [node](const auto& entry) { return entry.second == node; };
      const auto symbol = std::find_if(reciprocals_.begin(), reciprocals_.end(), here);
      result.entries.front() = Polynomial::variable(symbol->first);
      break;
    }
    default: {
      const PolynomialMatrix& a = value(step.a, ring);
      add_bilinear(step.operation, a, value(step.b, ring), ring, result);
    }
  }
  values_[node] = std::move(result);
  return *values_[node];
}

std::optional<PolynomialMatrix> Expansion::tangent(const Instruction& step,
                                                   const std::vector<std::optional<PolynomialMatrix>>& tangents,
                                                   const Field& field, PolynomialRing& ring, Node node) {
  PolynomialMatrix result(step.rows, step.cols);
  switch (step.operation) {
    case Operation::constant:
      return std::nullopt;
    case Operation::input: {
      const Index first = first_coordinate_[step.a];
      if (first < 0) return std::nullopt;
      const auto at = [&](Index row) -> Polynomial* {
        const bool here = row >= first && row < first + step.rows * step.cols;
        return here ? &result.entries[static_cast<std::size_t>(row - first)] : nullptr;
      };
      for (const Field::Entry& entry : field.linear) {
        if (Polynomial* const to = at(entry.row)) to->add(Polynomial::variable(entry.column), entry.value);
      }
      for (const auto& [row, entry] : field.constant) {
        if (Polynomial* const to = at(row)) to->add(Polynomial(entry));
      }
      break;
    }
    case Operation::add:
    case Operation::subtract:
      if (tangents[step.a]) add(result, *tangents[step.a], 1);
      if (tangents[step.b]) add(result, *tangents[step.b], step.operation == Operation::add ? 1 : -1);
      break;
    case Operation::scale:
      if (tangents[step.a]) add(result, *tangents[step.a], loss_.factors[step.b]);
      break;
    case Operation::transpose:
      if (tangents[step.a]) result = transposed(*tangents[step.a]);
      break;
    case Operation::reciprocal:  // -r^2 ds
      if (tangents[step.a]) {
        const Polynomial& r = value(node, ring).entries.front();
        Polynomial scaled;
        scaled.add(tangents[step.a]->entries.front(), -1);
        result.entries.front() = ring.product(ring.product(r, r), scaled);
      }
      break;
    default:
      if (tangents[step.a]) add_bilinear(step.operation, *tangents[step.a], value(step.b, ring), ring, result);
      if (tangents[step.b]) add_bilinear(step.operation, value(step.a, ring), *tangents[step.b], ring, result);
  }
  if (result.is_zero()) return std::nullopt;
  return result;
}

// A polynomial in the variables and the reciprocals r = 1/s: the latest reciprocal is cleared first, its s knows only
// earlier ones. As a rational function it is zero exactly if what is left is.
bool Expansion::vanishes(Polynomial function, PolynomialRing& ring) {
  for (auto latest = reciprocals_.rbegin(); latest != reciprocals_.rend() && !function.is_zero(); ++latest) {
    const std::vector<Polynomial> coefficients = function.by_powers_of(latest->first);
    const Polynomial& s = value(loss_.instructions[latest->second].a, ring).entries.front();
    Polynomial cleared;  // sum_k coefficients[k] s^(K-k), by Horner's rule
    for (const Polynomial& coefficient : coefficients) {
      cleared = ring.product(cleared, s);
      cleared.add(coefficient);
    }
    function = std::move(cleared);
  }
  return function.is_zero();
}

bool Expansion::is_invariant(const Field& field, std::int64_t& products) {
  PolynomialRing ring(products);
  std::vector<std::optional<PolynomialMatrix>> tangents(loss_.instructions.size());
  for (Node node = 0; node <= output_; ++node)
    tangents[node] = tangent(loss_.instructions[node], tangents, field, ring, node);
  const bool result = !tangents[output_] || vanishes(tangents[output_]->entries.front(), ring);
  products = ring.left();
  return result;
}

}  // namespace rankscape::symmetry
