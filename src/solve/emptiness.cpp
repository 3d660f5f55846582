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
  Polynomials used;
  Polynomials rests;
  for (const Polynomial& candidate : candidates) {
    Polynomial rest = remainder(ring.product(candidate, candidate), generators, ring);
    if (rest.is_zero()) continue;
    used.push_back(candidate);
    rests.push_back(std::move(rest));
  }
  const auto weights = vanishing_combination(rests);
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

// A term of a sum of scalars: a node that is no sum itself, times numbers that are there or that data make.
struct Term {
  program::Node node = 0;
  Rational weight;
  std::vector<program::Node> factors;
};

bool add_terms(const program::Program& loss, const std::vector<char>& moves, Term term, std::vector<Term>& terms) {
  if (terms.size() > 1000) return false;
  const program::Instruction& step = loss.instructions[term.node];
  const auto of = [&](program::Node node, const Rational& times) {
    Term part = term;
    part.node = node;
    part.weight *= times;
    return add_terms(loss, moves, std::move(part), terms);
  };
  if (step.operation == Operation::add || step.operation == Operation::subtract)
    return of(step.a, 1) && of(step.b, step.operation == Operation::add ? 1 : -1);
  if (step.operation == Operation::scale) return of(step.a, loss.factors[step.b]);
  const bool product = step.operation == Operation::dot || step.operation == Operation::hadamard ||
                       step.operation == Operation::multiply || step.operation == Operation::scalar_multiply;
  const auto number = [&](program::Node node) {
    return moves[node] == 0 && loss.instructions[node].rows * loss.instructions[node].cols == 1;
  };
  if (product && moves[term.node] != 0 && (number(step.a) || number(step.b))) {
    const bool first = number(step.a);
    term.factors.push_back(first ? step.a : step.b);
    term.node = first ? step.b : step.a;
    return add_terms(loss, moves, std::move(term), terms);
  }
  terms.push_back(std::move(term));
  return true;
}

}  // namespace

std::optional<std::vector<Rational>> vanishing_combination(const Polynomials& polynomials) {
  std::map<Monomial, std::size_t> columns;
  for (const Polynomial& polynomial : polynomials) {
    for (const auto& [monomial, coefficient] : polynomial.terms())
      columns.emplace(monomial, columns.size());
  }
  if (columns.size() > most_monomials) return std::nullopt;
  near::LinearProgram program;
  for (const Polynomial& polynomial : polynomials) {
    std::vector<Rational> row(2 * columns.size(), 0);
    for (const auto& [monomial, coefficient] : polynomial.terms()) {
      row[2 * columns.at(monomial)] = coefficient;
      row[2 * columns.at(monomial) + 1] = -coefficient;
    }
    program.rows.push_back(std::move(row));
    program.right.emplace_back(program.right.empty() ? 1 : 0);
    program.equality.push_back(false);
  }
  return near::farkas_vector(program);
}

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
  const std::vector<char> moves = program::depends_on_weights(program);
  std::vector<Term> terms;
  if (!add_terms(program, moves, {root, 1, {}}, terms)) return result;
  // all that terms are made of, at once
  const auto squared = [&](const Term& term) {
    const program::Instruction& step = program.instructions[term.node];
    const bool product = step.operation == Operation::dot || step.operation == Operation::hadamard ||
                         step.operation == Operation::multiply || step.operation == Operation::scalar_multiply;
    return product && step.a == step.b && (step.operation == Operation::dot || step.rows * step.cols == 1);
  };
  program.outputs.clear();
  for (const Term& term : terms) {
    for (const program::Node factor : term.factors)
      program.outputs.push_back({"factor", factor});
    program.outputs.push_back({"term", squared(term) ? program.instructions[term.node].a : term.node});
  }
  const auto values = symmetry::evaluate_along(program, loss.data(), symmetry::variables(instance.parameters()), ring);
  auto next = values.begin();
  result.bounded_below = true;
  std::set<std::size_t> decayed;  // inputs
  for (Term& term : terms) {
    for (std::size_t k = 0; k < term.factors.size(); ++k)
      term.weight *= (next++)->entries.front().constant_term();
    const auto& value = *next++;
    if (term.weight == 0) continue;
    const bool square = squared(term);
    if (moves[term.node] == 0) {
      Rational size = square ? 0 : value.entries.front().constant_term();
      for (std::size_t k = 0; square && k < value.entries.size(); ++k)
        size += value.entries[k].constant_term() * value.entries[k].constant_term();
      result.least += term.weight * size;
      continue;
    }
    if (!square || term.weight < 0) {
      result.bounded_below = false;
      continue;
    }
    const program::Instruction& of = program.instructions[program.instructions[term.node].a];
    if (of.operation == Operation::input) decayed.insert(of.a);
    result.squares.insert(result.squares.end(), value.entries.begin(), value.entries.end());
  }
  const auto weights = program.weights();
  result.coercive = result.bounded_below && std::all_of(weights.begin(), weights.end(),
                                                        [&](std::size_t input) { return decayed.count(input) > 0; });
  return result;
}

}  // namespace rankscape::critical_set
