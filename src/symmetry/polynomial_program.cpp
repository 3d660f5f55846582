#include "symmetry/polynomial_program.hpp"

#include <map>

namespace rankscape::symmetry {

using program::Instruction;
using program::Operation;

namespace {

void add(PolynomialMatrix& sum, const PolynomialMatrix& term, const Rational& times) {
  for (std::size_t k = 0; k < sum.entries.size(); ++k)
    sum.entries[k].add(term.entries[k], times);
}

PolynomialMatrix constants(const RationalMatrix& from) {
  PolynomialMatrix to(from.rows(), from.cols());
  for (Index k = 0; k < from.size(); ++k)
    to.entries[static_cast<std::size_t>(k)] = Polynomial(from(k));
  return to;
}

// 1 / (c + p) = sum_k (-p)^k / c^(k+1)
Polynomial reciprocal(const Polynomial& s, PolynomialRing& ring) {
  const Rational c = s.constant_term();
  if (c == 0) throw std::domain_error("the reciprocal of something that vanishes at the point");
  if (s.is_constant()) return Polynomial(Rational(1 / c));
  if (ring.truncation() == PolynomialRing::no_truncation) throw TooLarge();
  Polynomial q = Polynomial(Rational(1));
  q.add(s, Rational(-1 / c));  // -p / c
  Polynomial sum;
  Polynomial power(Rational(1 / c));
  while (!power.is_zero()) {  // q has no constant term, so its powers end at the truncation
    sum.add(power);
    power = ring.product(power, q);
  }
  return sum;
}

}  // namespace

PolynomialMap variables(Index n) {
  PolynomialMap map;
  map.reserve(static_cast<std::size_t>(n));
  for (Index i = 0; i < n; ++i)
    map.push_back(Polynomial::variable(i));
  return map;
}

std::vector<PolynomialMatrix> evaluate_along(const program::Program& program, const std::vector<RationalMatrix>& data,
                                             const PolynomialMap& map, PolynomialRing& ring) {
  std::vector<PolynomialMatrix> inputs;
  std::size_t next_datum = 0;
  std::size_t next_coordinate = 0;
  for (const program::Input& input : program.inputs) {
    if (!input.is_weight) {
      inputs.push_back(constants(data.at(next_datum++)));
      continue;
    }
    PolynomialMatrix weight(input.rows, input.cols);
    for (Polynomial& entry : weight.entries)
      entry = map.at(next_coordinate++);
    inputs.push_back(std::move(weight));
  }

  std::vector<PolynomialMatrix> values;
  values.reserve(program.instructions.size());
  for (const Instruction& step : program.instructions) {
    PolynomialMatrix result(step.rows, step.cols);
    switch (step.operation) {
      case Operation::input:
        result = inputs[step.a];
        break;
      case Operation::constant:
        result = constants(program.constants[step.a]);
        break;
      case Operation::add:
      case Operation::subtract:
        add(result, values[step.a], 1);
        add(result, values[step.b], step.operation == Operation::add ? 1 : -1);
        break;
      case Operation::scale:
        add(result, values[step.a], program.factors[step.b]);
        break;
      case Operation::transpose:
        for (Index i = 0; i < step.rows; ++i) {
          for (Index j = 0; j < step.cols; ++j)
            result(i, j) = values[step.a](j, i);
        }
        break;
      case Operation::reciprocal:
        result.entries.front() = reciprocal(values[step.a].entries.front(), ring);
        break;
      default:
        add_bilinear(step.operation, values[step.a], values[step.b], ring, result);
    }
    values.push_back(std::move(result));
  }
  std::vector<PolynomialMatrix> outputs;
  for (const program::Output& output : program.outputs)
    outputs.push_back(values[output.node]);
  return outputs;
}

std::optional<RationalMatrix> as_combinations(const std::vector<Polynomial>& wanted,
                                              const std::vector<Polynomial>& given) {
  std::map<Monomial, Index> rows;
  for (const auto* list : {&given, &wanted})
    for (const Polynomial& polynomial : *list)
      for (const auto& term : polynomial.terms())
        rows.try_emplace(term.first, static_cast<Index>(rows.size()));
  const auto coefficients = [&](const std::vector<Polynomial>& list) {
    RationalMatrix a = RationalMatrix::Zero(static_cast<Index>(rows.size()), static_cast<Index>(list.size()));
    for (std::size_t k = 0; k < list.size(); ++k)
      for (const auto& [monomial, coefficient] : list[k].terms())
        a(rows.at(monomial), static_cast<Index>(k)) = coefficient;
    return a;
  };
  const auto solution = solve(coefficients(given), coefficients(wanted));
  if (!solution) return std::nullopt;
  return RationalMatrix(solution->transpose());
}

}  // namespace rankscape::symmetry
