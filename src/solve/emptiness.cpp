#include "solve/emptiness.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "near/simplex.hpp"
#include "symmetry/loss.hpp"
#include "symmetry/polynomial_program.hpp"

namespace rankscape::critical_set {

namespace {

using program::Operation;

constexpr std::size_t most_candidates = 60;
constexpr std::size_t most_monomials = 400;

std::optional<Positive> combination_of(const Polynomials& candidates, const Polynomials& generators,
                                       PolynomialRing& ring) {
  // the first candidate is 1
  std::map<Monomial, std::size_t> columns;
  Polynomials used;
  Polynomials rests;
  for (const Polynomial& candidate : candidates) {
    Polynomial rest = remainder(ring.product(candidate, candidate), generators, ring);
    if (rest.is_zero()) continue;
    used.push_back(candidate);
    rests.push_back(std::move(rest));
    for (const auto& [monomial, coefficient] : rests.back().terms())
      columns.emplace(monomial, columns.size());
  }
  if (columns.size() > most_monomials) return std::nullopt;
  near::LinearProgram program;
  for (const Polynomial& rest : rests) {
    std::vector<Rational> row(2 * columns.size(), 0);
    for (const auto& [monomial, coefficient] : rest.terms()) {
      row[2 * columns.at(monomial)] = coefficient;
      row[2 * columns.at(monomial) + 1] = -coefficient;
    }
    program.rows.push_back(std::move(row));
    program.right.emplace_back(program.right.empty() ? 1 : 0);
    program.equality.push_back(false);
  }
  const auto weights = near::farkas_vector(program);
  if (!weights) return std::nullopt;
  Positive found;
  found.constant = weights->front();
  Polynomial sum(found.constant);
  for (std::size_t k = 1; k < used.size(); ++k) {
    if ((*weights)[k] == 0) continue;
    found.squares.emplace_back((*weights)[k], used[k]);
    sum.add(ring.product(used[k], used[k]), (*weights)[k]);
  }
  Division division = divide(sum, generators, ring);
  if (!division.remainder.is_zero()) return std::nullopt;
  for (std::size_t k = 0; k < division.quotients.size(); ++k) {
    if (!division.quotients[k].is_zero()) found.cofactors.emplace_back(k, std::move(division.quotients[k]));
  }
  return found;
}

// The terms of a sum of scalars: weights of nodes that are no sums themselves.
bool add_terms(const program::Program& loss, program::Node node, const Rational& weight,
               std::vector<std::pair<program::Node, Rational>>& terms) {
  if (terms.size() > 1000) return false;
  const program::Instruction& step = loss.instructions[node];
  if (step.operation == Operation::add || step.operation == Operation::subtract) {
    return add_terms(loss, step.a, weight, terms) &&
           add_terms(loss, step.b, step.operation == Operation::add ? weight : Rational(-weight), terms);
  }
  if (step.operation == Operation::scale) return add_terms(loss, step.a, weight * loss.factors[step.b], terms);
  terms.emplace_back(node, weight);
  return true;
}

}  // namespace

std::optional<Positive> positive_combination(const Polynomials& generators, std::size_t unknowns,
                                             const Polynomials& others, PolynomialRing& ring) {
  Polynomials candidates{Polynomial(Rational(1))};
  candidates.insert(candidates.end(), others.begin(), others.end());
  for (std::size_t k = 0; k < unknowns; ++k)
    candidates.push_back(Polynomial::variable(static_cast<std::int64_t>(k)));
  if (candidates.size() > most_candidates) return std::nullopt;
  if (auto found = combination_of(candidates, generators, ring)) return found;
  for (std::size_t i = 0; i < unknowns; ++i) {
    for (std::size_t j = i; j < unknowns; ++j) {
      candidates.push_back(Polynomial::term(Monomial{static_cast<char16_t>(i), static_cast<char16_t>(j)}, Rational(1)));
    }
  }
  if (candidates.size() > most_candidates) return std::nullopt;
  return combination_of(candidates, generators, ring);
}

SquaresOfLoss squares_of_loss(const Instance& instance, PolynomialRing& ring) {
  SquaresOfLoss result;
  const symmetry::Loss loss(instance.program(), instance.program_data());
  program::Program program = loss.program();
  const program::Node root = program.outputs.front().node;
  std::vector<std::pair<program::Node, Rational>> terms;
  if (!add_terms(program, root, 1, terms)) return result;
  result.bounded_below = true;
  std::set<std::size_t> decayed;  // inputs
  program.outputs.clear();
  const std::vector<char> moves = program::depends_on_weights(program);
  for (const auto& [node, weight] : terms) {
    if (moves[node] == 0 || weight == 0) continue;
    const program::Instruction& step = program.instructions[node];
    const bool product = step.operation == Operation::dot || step.operation == Operation::hadamard ||
                         step.operation == Operation::multiply || step.operation == Operation::scalar_multiply;
    const bool square = product && step.a == step.b && (step.operation == Operation::dot || step.rows * step.cols == 1);
    if (!square || weight < 0) {
      result.bounded_below = false;
      continue;
    }
    program.outputs.push_back({"square", step.a});
    const program::Instruction& of = program.instructions[step.a];
    if (of.operation == Operation::input) decayed.insert(of.a);
  }
  const auto weights = program.weights();
  result.coercive = result.bounded_below && std::all_of(weights.begin(), weights.end(),
                                                        [&](std::size_t input) { return decayed.count(input) > 0; });
  Polynomials unknowns;
  for (Index k = 0; k < instance.parameters(); ++k)
    unknowns.push_back(Polynomial::variable(k));
  for (const auto& matrix : symmetry::evaluate_along(program, loss.data(), unknowns, ring))
    result.squares.insert(result.squares.end(), matrix.entries.begin(), matrix.entries.end());
  return result;
}

}  // namespace rankscape::critical_set
