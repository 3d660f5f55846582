#include "landscapes/constraints.hpp"

#include "landscapes/instance.hpp"

#include "exact/columns.hpp"
#include "language/tree.hpp"
#include "program/lagrangian.hpp"
#include "symmetry/polynomial_program.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

namespace rankscape {

namespace {

using program::Builder;
using program::Node;

constexpr const char* name_prefix = "constraint ";
constexpr std::int64_t most_products = 1'000'000;  // of terms, to find dependent constraints

// Which entries of the outputs, one after the other and each column by column, do not depend linearly on earlier ones.
std::vector<char> independent_entries(program::Program program) {
  Index count = 0;
  for (const program::Output& output : program.outputs)
    count += program.instructions[output.node].rows * program.instructions[output.node].cols;
  std::vector<char> independent(static_cast<std::size_t>(count), 1);
  symmetry::PolynomialMap map;
  std::int64_t variables = 0;
  for (program::Input& input : program.inputs) {
    input.is_weight = true;  // data are symbols, too
    const std::int64_t first = variables;
    for (Index j = 0; j < input.cols; ++j) {
      for (Index i = 0; i < input.rows; ++i)
        map.push_back(symmetry::Polynomial::variable(input.is_symmetric && i < j ? first + j + i * input.rows
                                                                                 : first + i + j * input.rows));
    }
    variables += input.rows * input.cols;
  }
  std::vector<symmetry::Polynomial> entries;
  try {
    symmetry::PolynomialRing ring(most_products);
    for (symmetry::PolynomialMatrix& output : symmetry::evaluate_along(program, {}, map, ring))
      entries.insert(entries.end(), output.entries.begin(), output.entries.end());
  } catch (const symmetry::TooLarge&) {  // dependent ones stay, and points are not regular by rank alone
    return independent;
  } catch (const std::domain_error&) {
    return independent;
  }
  std::map<symmetry::Monomial, Index, symmetry::ByDegree> rows;
  for (const symmetry::Polynomial& entry : entries) {
    for (const auto& [monomial, coefficient] : entry.terms())
      rows.try_emplace(monomial, static_cast<Index>(rows.size()));
  }
  RationalMatrix coefficients = RationalMatrix::Zero(static_cast<Index>(rows.size()), count);
  for (std::size_t k = 0; k < entries.size(); ++k) {
    for (const auto& [monomial, coefficient] : entries[k].terms())
      coefficients(rows.at(monomial), static_cast<Index>(k)) = coefficient;
  }
  independent.assign(independent.size(), 0);
  for (const Index k : independent_columns(coefficients))
    independent[static_cast<std::size_t>(k)] = 1;
  return independent;
}

std::vector<std::string> names_in(const program::Program& program) {
  std::vector<std::string> names;
  for (const program::Output& output : program.outputs) {
    if (output.name.starts_with(name_prefix)) names.push_back(output.name.substr(std::string(name_prefix).size()));
  }
  return names;
}

}  // namespace

std::vector<program::Output> constraint_outputs(const Landscape::Data& data, const Environment& values,
                                                Builder& builder, program::Lowering& lowering) {
  std::vector<program::Output> equations;
  for (const Condition& constraint : data.constraints) {
    const std::string name = constraint.name.substr(0, constraint.name.find('('));
    const Expr& equation = *constraint.holds.tree;
    for (const Indices& at : indices_of(constraint.pattern, values)) {
      const std::vector<long> variables = variables_of(constraint.pattern, at);
      const Node left = lowering.lower(equation.child(0), variables);
      const Node right = lowering.lower(equation.child(1), variables);
      if (builder.rows(left) != builder.rows(right) || builder.cols(left) != builder.cols(right)) {
        throw program::NotLowered(
            fmt::format("the two sides of {} are {} x {} and {} x {}", constraint.name, builder.rows(left),
                        builder.cols(left), builder.rows(right), builder.cols(right)),
            constraint.holds.place);
      }
      equations.push_back({name_at(name, at), builder.subtract(left, right)});
    }
  }
  const std::vector<char> independent = independent_entries(builder.finish(equations));
  std::vector<program::Output> outputs;
  std::vector<Node> column;
  std::size_t next = 0;
  for (const program::Output& equation : equations) {
    const Index rows = builder.rows(equation.node);
    const Index cols = builder.cols(equation.node);
    for (Index j = 0; j < cols; ++j) {
      for (Index i = 0; i < rows; ++i) {
        if (independent[next++] == 0) continue;
        column.push_back(builder.entry(equation.node, i, j));
        const std::string entry =
            rows * cols == 1 ? std::string() : fmt::format("[{},{}]", std::min(i, j) + 1, std::max(i, j) + 1);
        outputs.push_back({name_prefix + equation.name + entry, column.back()});
      }
    }
  }
  if (column.empty()) return outputs;
  outputs.push_back(
      {std::string(program::constraints_output), builder.assemble(static_cast<Index>(column.size()), 1, column)});
  return outputs;
}

CompiledConstraints::CompiledConstraints(const program::Program& whole)
    : names(names_in(whole)), lagrangian(program::lagrangian(whole)), jacobian(program::constraints_of(whole)) {}

ConstraintsHere::ConstraintsHere(std::shared_ptr<const CompiledConstraints> compiled,
                                 std::vector<RationalMatrix> inputs)
    : compiled_(std::move(compiled)), inputs_(std::move(inputs)), jacobian_(compiled_->jacobian(inputs_)) {
  inputs_.emplace_back(RationalMatrix::Zero(count(), 1));
  const RationalVector slopes = compiled_->lagrangian.gradient(inputs_);  // (grad f, -c)
  const Index n = jacobian_.cols();
  values_ = -slopes.tail(count());
  const RationalVector of_loss = slopes.head(n);
  rank_ = rankscape::rank(jacobian_);
  // the normal equations have a solution whatever the rank
  const RationalMatrix normal = multiply(jacobian_, RationalMatrix(jacobian_.transpose()));
  multipliers_ = solve(normal, multiply(jacobian_, RationalMatrix(of_loss))).value().col(0);
  gradient_ = of_loss - multiply(RationalMatrix(jacobian_.transpose()), RationalMatrix(multipliers_)).col(0);
  inputs_.back() = multipliers_;
}

std::string ConstraintsHere::violated() const {
  for (Index k = 0; k < count(); ++k) {
    if (values_(k) != 0)
      return fmt::format("{} is {}, expected 0", names()[static_cast<std::size_t>(k)],
                         rankscape::to_string(values_(k)));
  }
  return {};
}

RationalMatrix ConstraintsHere::bordered() const {
  return compiled_->lagrangian.hessian(inputs_);
}

RationalMatrix ConstraintsHere::second_derivatives() const {
  return bordered().topLeftCorner(jacobian_.cols(), jacobian_.cols());
}

RationalMatrix ConstraintsHere::on_tangent_space() const {
  const RationalMatrix basis = null_space(jacobian_);
  return multiply({basis.transpose(), second_derivatives(), basis});
}

RationalMatrix ConstraintsHere::hessian() const {
  const RationalMatrix basis = null_space(jacobian_);
  const RationalMatrix gram = multiply(RationalMatrix(basis.transpose()), basis);
  const RationalMatrix projector = multiply({basis, inverse(gram).value(), basis.transpose()});
  return multiply({projector, second_derivatives(), projector});
}

std::vector<RationalMatrix> ConstraintsHere::point() const {
  const std::size_t weights = lagrangian().weights().size();
  return {inputs_.end() - static_cast<std::ptrdiff_t>(weights), inputs_.end()};
}

const ConstraintsHere* Landscape::Data::constraints_at(const Instance& instance) {
  return instance.state_->constraints.get();
}

}  // namespace rankscape
