#include "symbolic/derivation.hpp"

#include "program/hessian.hpp"

#include <algorithm>
#include <cmath>
#include <random>
#include <rankscape/exact/deadline.hpp>

namespace rankscape::symbolic {
namespace {

using program::CompiledLoss;
using program::Input;
using program::Program;

constexpr double most_terms = 4000;
constexpr int lines = 3;

class RandomPoints {
 public:
  explicit RandomPoints(std::uint64_t seed) : random_(seed) {}
  RationalMatrix matrix(const Input& input) {
    RationalMatrix result(input.rows, input.cols);
    for (Index k = 0; k < result.size(); ++k) {
      const auto denominator = static_cast<long>(random_() % 7) + 1;
      result(k) = Rational(static_cast<long>(random_() % 1001) - 500, denominator);
    }
    if (input.is_symmetric) result.triangularView<Eigen::StrictlyUpper>() = RationalMatrix(result.transpose());
    return result;
  }

 private:
  std::mt19937_64 random_;
};

// Expressions that are expanded as they arise: polynomials in few symbols stay small, whatever the loss.
struct Expanded {
  Expression value;
  Expanded() = default;
  explicit Expanded(int number) : value(number) {}
  explicit Expanded(Expression expression) : value(std::move(expression)) {}
};
Expanded operator+(const Expanded& a, const Expanded& b) {
  return Expanded(Expression(a.value + b.value));
}
Expanded operator-(const Expanded& a, const Expanded& b) {
  return Expanded(Expression(a.value - b.value));
}
Expanded operator*(const Expanded& a, const Expanded& b) {
  check_deadline();
  return Expanded(Expression((a.value * b.value).expand()));
}
Expanded operator/(const Expanded& a, const Expanded& b) {
  return Expanded(Expression(a.value / b.value));
}

std::string position_text(const Input& weight, Index entry) {
  return "(" + std::to_string(entry % weight.rows + 1) + ", " + std::to_string(entry / weight.rows + 1) + ")";
}

std::string name_of_coordinate(const Program& loss, Index coordinate) {
  for (const std::size_t k : loss.weights()) {
    const Input& weight = loss.inputs[k];
    const Index size = weight.rows * weight.cols;
    if (coordinate < size) return "d/d" + weight.name + " at " + position_text(weight, coordinate);
    coordinate -= size;
  }
  return "?";
}

bool vanishes(const Expression& difference, bool polynomial) {
  check_deadline();
  return polynomial ? is_identically_zero(difference) : is_identically_zero_rational(difference);
}

std::string compare_identities(const CompiledLoss& compiled, bool data_too, std::uint64_t seed) {
  const Program& loss = compiled.loss();
  RandomPoints random(seed);
  std::vector<ExpressionMatrix> inputs;
  std::vector<GiNaC::symbol> variables;
  std::vector<GiNaC::symbol> parameters;
  for (std::size_t k = 0; k < loss.inputs.size(); ++k) {
    const Input& input = loss.inputs[k];
    if (!input.is_weight && !data_too) {
      inputs.push_back(to_expression(random.matrix(input)));
    } else {
      inputs.push_back(
          symbol_matrix("x" + std::to_string(k), input.rows, input.cols, input.is_weight ? variables : parameters));
      if (input.is_symmetric) {
        inputs.back().triangularView<Eigen::StrictlyUpper>() = ExpressionMatrix(inputs.back().transpose());
      }
    }
  }
  const auto ring = expression_ring();
  const std::span<const ExpressionMatrix> at(inputs);
  const Formula formula{program::evaluate(loss, at, ring)[0](0, 0), variables, parameters};
  const bool polynomial = compiled.degree().has_value();
  const ExpressionVector first = gradient(formula);
  const std::vector<ExpressionMatrix> derived = program::evaluate(compiled.gradient_program(), at, ring);
  Index coordinate = 0;
  for (std::size_t w = 1; w < derived.size(); ++w) {
    for (Index entry = 0; entry < derived[w].size(); ++entry, ++coordinate) {
      if (!vanishes(first(coordinate) - derived[w](entry), polynomial)) return name_of_coordinate(loss, coordinate);
    }
  }
  const ExpressionMatrix second = hessian(formula, first);
  const auto compare_column = [&](Index col, const auto& entry) -> std::string {
    for (Index row = 0; row < second.rows(); ++row) {
      if (!vanishes(second(row, col) - entry(row), polynomial)) {
        return name_of_coordinate(loss, row) + " of " + name_of_coordinate(loss, col);
      }
    }
    return {};
  };
  if (const auto& terms = compiled.second()) {
    const std::vector<ExpressionMatrix> values = program::evaluate_all(terms->program, at, ring);
    ExpressionMatrix assembled = ExpressionMatrix::Constant(second.rows(), second.cols(), Expression(0));
    program::assemble(
        *terms, [&](program::Node node, Index i, Index j) -> const Expression& { return values[node](i, j); },
        [](const Expression& x, const Expression& y, const Rational& factor) {
          return Expression(to_expression(factor) * x * y);
        },
        [&](Index row, Index col, const Expression& entry) { assembled(row, col) += entry; });
    for (Index col = 0; col < second.cols(); ++col) {
      std::string mismatch = compare_column(col, [&](Index row) { return assembled(row, col); });
      if (!mismatch.empty()) return mismatch;
    }
  }
  // the directional derivatives of the gradient are derived in another way
  const Program& times = compiled.hessian_vector_program();
  std::vector<ExpressionMatrix> with_direction = inputs;
  for (const std::size_t k : loss.weights())
    with_direction.push_back(ExpressionMatrix::Constant(loss.inputs[k].rows, loss.inputs[k].cols, Expression(0)));
  Index col = 0;
  for (std::size_t w = inputs.size(); w < with_direction.size(); ++w) {
    for (Index entry = 0; entry < with_direction[w].size(); ++entry, ++col) {
      with_direction[w](entry) = 1;
      const auto columns = program::evaluate(times, std::span<const ExpressionMatrix>(with_direction), ring);
      with_direction[w](entry) = 0;
      std::vector<Expression> stacked;
      for (const ExpressionMatrix& part : columns)
        stacked.insert(stacked.end(), part.data(), part.data() + part.size());
      std::string mismatch = compare_column(col, [&](Index row) { return stacked[static_cast<std::size_t>(row)]; });
      if (!mismatch.empty()) return mismatch;
    }
  }
  return {};
}

// L(W + sU + tV) has the derivatives <g, U> by s and U^T H V by s and t at s = t = 0.
std::string compare_line(const CompiledLoss& compiled, RandomPoints& random) {
  const Program& loss = compiled.loss();
  const GiNaC::symbol s("s");
  const GiNaC::symbol t("t");
  const auto ring =
      program::matrix_ring<Expanded>([](const Rational& value) { return Expanded(to_expression(value)); });
  std::vector<Matrix<Expanded>> inputs;
  std::vector<RationalMatrix> at;
  std::vector<RationalMatrix> u;
  std::vector<RationalMatrix> v;
  for (const Input& input : loss.inputs) {
    at.push_back(random.matrix(input));
    Matrix<Expanded> value(input.rows, input.cols);
    if (input.is_weight) {
      u.push_back(random.matrix(input));
      v.push_back(random.matrix(input));
    }
    for (Index k = 0; k < value.size(); ++k) {
      Expression entry = to_expression(at.back()(k));
      if (input.is_weight) entry += to_expression(u.back()(k)) * s + to_expression(v.back()(k)) * t;
      value(k) = Expanded(std::move(entry));
    }
    inputs.push_back(std::move(value));
  }
  const Expression along = program::evaluate(loss, std::span<const Matrix<Expanded>>(inputs), ring)[0](0, 0).value;
  const auto at_zero = [&](const Expression& e) { return to_rational(e.subs(GiNaC::lst{s == 0, t == 0}).normal()); };
  const RationalVector gradient = compiled.gradient(at);
  const RationalMatrix hessian = compiled.hessian(at);
  const std::vector<RationalMatrix> product = compiled.hessian_times(at, v);
  Rational slope = 0;
  Rational bend = 0;
  Rational bend_by_product = 0;
  RationalVector stacked_u(gradient.size());
  RationalVector stacked_v(gradient.size());
  Index coordinate = 0;
  for (std::size_t w = 0; w < u.size(); ++w) {
    for (Index k = 0; k < u[w].size(); ++k, ++coordinate) {
      stacked_u(coordinate) = u[w](k);
      stacked_v(coordinate) = v[w](k);
      slope += u[w](k) * gradient(coordinate);
      bend_by_product += u[w](k) * product[w](k);
    }
  }
  for (Index col = 0; col < hessian.cols(); ++col) {
    for (Index row = 0; row < hessian.rows(); ++row) {
      if (!hessian(row, col).is_zero()) bend += stacked_u(row) * hessian(row, col) * stacked_v(col);
    }
  }
  if (at_zero(along.diff(s)) != slope) return "the gradient along a random line";
  const Rational expected = at_zero(along.diff(s).diff(t));
  if (expected != bend) return "the Hessian along a random line";
  if (expected != bend_by_product) return "the product with the Hessian along a random line";
  return {};
}

// Monomials in so many symbols of at most this degree.
double terms(double symbols, double degree) {
  return std::exp(std::lgamma(symbols + degree + 1) - std::lgamma(symbols + 1) - std::lgamma(degree + 1));
}

}  // namespace

DerivationCheck check_derivation(const CompiledLoss& loss, Compared compared, std::uint64_t seed) {
  DerivationCheck result{compared, {}};
  if (compared != Compared::random_lines) {
    result.mismatch = compare_identities(loss, compared == Compared::identities, seed);
    return result;
  }
  RandomPoints random(seed);
  for (int line = 0; line < lines && result.mismatch.empty(); ++line) {
    try {
      result.mismatch = compare_line(loss, random);
    } catch (const std::domain_error&) {  // a division by zero at this point
    }
  }
  return result;
}

DerivationCheck check_derivation(const CompiledLoss& loss, std::uint64_t seed) {
  Program everything = loss.loss();
  double symbols = 0;
  for (Input& input : everything.inputs) {
    input.is_weight = true;
    symbols += static_cast<double>(input.rows * input.cols);
  }
  const long degree = program::degrees(everything)[everything.outputs[0].node];
  const bool quotient = degree < 0;
  const bool small = loss.loss().instructions.size() < 400;
  // quotients have no bound like this; what is left of them after normalization is small for few symbols
  if (small && (quotient ? symbols <= 8 : terms(symbols, static_cast<double>(degree)) <= most_terms)) {
    return check_derivation(loss, Compared::identities, seed);
  }
  const auto parameters = static_cast<double>(loss.parameters());
  if (small && loss.degree() && terms(parameters, static_cast<double>(*loss.degree())) <= most_terms) {
    return check_derivation(loss, Compared::identities_at, seed);
  }
  return check_derivation(loss, Compared::random_lines, seed);
}

}  // namespace rankscape::symbolic
