#include "program/compiled_loss.hpp"

#include "program/differentiate.hpp"
#include "program/hessian.hpp"
#include "program/series_ring.hpp"

#include <mutex>
#include <stdexcept>

namespace rankscape::program {
namespace {

void require_shapes(const Program& program, std::span<const RationalMatrix> inputs) {
  if (inputs.size() != program.inputs.size()) throw std::invalid_argument("matrix program: wrong number of inputs");
  for (std::size_t k = 0; k < inputs.size(); ++k) {
    if (inputs[k].rows() != program.inputs[k].rows || inputs[k].cols() != program.inputs[k].cols) {
      throw std::invalid_argument("matrix program: the input '" + program.inputs[k].name + "' has another shape");
    }
    if (program.inputs[k].is_symmetric && !is_symmetric(inputs[k])) {
      throw std::invalid_argument("matrix program: the input '" + program.inputs[k].name + "' is not symmetric");
    }
  }
}

// Of a program with directions as its last inputs: all results that depend on a direction.
std::vector<char> depends_on_inputs_from(const Program& program, std::size_t first) {
  Program marked = program;
  for (std::size_t k = 0; k < marked.inputs.size(); ++k)
    marked.inputs[k].is_weight = k >= first;
  return depends_on_weights(marked);
}

FractionMatrix unit(Index rows, Index cols, Index row, Index col) {
  FractionMatrix result(rows, cols);
  fmpz_one(result.numerators.at(row, col));
  return result;
}

// Outputs in each coordinate direction, all at once: what does not depend on the direction is evaluated once.
// Calls put(coordinate, outputs).
template <class Put>
void for_each_direction(const Program& tangent, std::span<const RationalMatrix> inputs, Put put) {
  const FractionRing ring;
  const std::size_t first = inputs.size();
  const std::vector<FractionMatrix> given = to_fractions(inputs);
  std::vector<const FractionMatrix*> operands;
  for (const FractionMatrix& value : given)
    operands.push_back(&value);
  std::vector<FractionMatrix> zeros;
  for (std::size_t k = first; k < tangent.inputs.size(); ++k)
    zeros.emplace_back(tangent.inputs[k].rows, tangent.inputs[k].cols);
  for (const FractionMatrix& value : zeros)
    operands.push_back(&value);
  const std::vector<char> moves = depends_on_inputs_from(tangent, first);
  std::vector<const FractionMatrix*> at(tangent.instructions.size(), nullptr);
  const auto evaluated = [&](std::size_t k) {
    return apply(
        tangent, tangent.instructions[k], ring,
        [&](std::uint32_t input) -> const FractionMatrix& { return *operands[input]; },
        [&](Node node) -> const FractionMatrix& { return *at[node]; });
  };
  std::vector<FractionMatrix> fixed;
  fixed.reserve(at.size());
  for (std::size_t k = 0; k < at.size(); ++k) {
    if (moves[k] != 0) continue;
    fixed.push_back(evaluated(k));
    at[k] = &fixed.back();
  }
  std::vector<FractionMatrix> moving;
  moving.reserve(at.size());
  Index coordinate = 0;
  for (std::size_t w = first; w < tangent.inputs.size(); ++w) {
    const Input& weight = tangent.inputs[w];
    for (Index col = 0; col < weight.cols; ++col) {
      for (Index row = 0; row < weight.rows; ++row) {
        const FractionMatrix direction = unit(weight.rows, weight.cols, row, col);
        operands[w] = &direction;
        moving.clear();
        for (std::size_t k = 0; k < at.size(); ++k) {
          if (moves[k] == 0) continue;
          moving.push_back(evaluated(k));
          at[k] = &moving.back();
        }
        std::vector<const FractionMatrix*> outputs;
        for (const Output& output : tangent.outputs)
          outputs.push_back(at[output.node]);
        put(coordinate++, outputs);
        operands[w] = &zeros[w - first];
      }
    }
  }
}

// Entries of matrices in order, each column by column, as rationals.
template <class Put>
void for_each_entry(std::span<const FractionMatrix* const> values, Put put) {
  Index position = 0;
  for (const FractionMatrix* value : values) {
    for (Index col = 0; col < value->cols(); ++col) {
      for (Index row = 0; row < value->rows(); ++row, ++position) {
        const fmpz* const entry = value->numerators.at(row, col);
        if (!fmpz_is_zero(entry)) put(position, flint::to_rational(entry, value->denominator.get()));
      }
    }
  }
}

}  // namespace

struct CompiledLoss::Derived {
  Program loss;
  Program gradient;
  std::once_flag second_once;
  std::optional<SecondDifferential> second;
  std::once_flag hessian_vector_once;
  Program hessian_vector;
};

CompiledLoss::CompiledLoss(Program loss) : derived_(std::make_shared<Derived>()) {
  validate(loss);
  derived_->gradient = program::gradient(loss);
  derived_->loss = std::move(loss);
}

const Program& CompiledLoss::loss() const {
  return derived_->loss;
}
const Program& CompiledLoss::gradient_program() const {
  return derived_->gradient;
}
const std::optional<SecondDifferential>& CompiledLoss::second() const {
  std::call_once(derived_->second_once, [&] { derived_->second = second_differential(derived_->loss); });
  return derived_->second;
}
const Program& CompiledLoss::hessian_vector_program() const {
  std::call_once(derived_->hessian_vector_once, [&] { derived_->hessian_vector = hessian_vector(derived_->loss); });
  return derived_->hessian_vector;
}

Index CompiledLoss::parameters() const {
  return loss().parameters();
}

std::optional<long> CompiledLoss::degree() const {
  const long degree = degrees(loss())[loss().outputs[0].node];
  if (degree < 0) return std::nullopt;
  return degree;
}

Rational CompiledLoss::value(std::span<const RationalMatrix> inputs) const {
  require_shapes(loss(), inputs);
  const std::vector<FractionMatrix> values = evaluate_all<FractionRing>(loss(), to_fractions(inputs), {});
  return values[loss().outputs[0].node].scalar();
}

RationalVector CompiledLoss::gradient(std::span<const RationalMatrix> inputs) const {
  require_shapes(loss(), inputs);
  const Program& program = gradient_program();
  const std::vector<FractionMatrix> values = evaluate_all<FractionRing>(program, to_fractions(inputs), {});
  std::vector<const FractionMatrix*> parts;
  for (std::size_t k = 1; k < program.outputs.size(); ++k)
    parts.push_back(&values[program.outputs[k].node]);
  RationalVector result(parameters());
  for_each_entry(parts, [&](Index position, Rational entry) { result(position) = std::move(entry); });
  return result;
}

RationalMatrix CompiledLoss::hessian(std::span<const RationalMatrix> inputs) const {
  require_shapes(loss(), inputs);
  if (const std::optional<SecondDifferential>& terms = second()) {
    return program::hessian(*terms, evaluate_all<FractionRing>(terms->program, to_fractions(inputs), {}));
  }
  RationalMatrix result(parameters(), parameters());
  for_each_direction(
      hessian_vector_program(), inputs, [&](Index coordinate, std::span<const FractionMatrix* const> column) {
        for_each_entry(column, [&](Index row, Rational entry) { result(row, coordinate) = std::move(entry); });
      });
  return result;
}

std::vector<RationalMatrix> CompiledLoss::hessian_times(std::span<const RationalMatrix> inputs,
                                                        std::span<const RationalMatrix> direction) const {
  require_shapes(loss(), inputs);
  const Program& program = hessian_vector_program();
  std::vector<RationalMatrix> all(inputs.begin(), inputs.end());
  all.insert(all.end(), direction.begin(), direction.end());
  require_shapes(program, all);
  const std::vector<FractionMatrix> values = evaluate_all<FractionRing>(program, to_fractions(all), {});
  std::vector<RationalMatrix> result;
  for (const Output& output : program.outputs)
    result.push_back(values[output.node].to_rational());
  return result;
}

std::vector<Rational> CompiledLoss::along(std::span<const RationalMatrix> inputs,
                                          std::span<const std::vector<RationalMatrix>> curve,
                                          std::optional<Index> order) const {
  require_shapes(loss(), inputs);
  const std::optional<long> loss_degree = degree();
  if (!order && !loss_degree) {
    throw std::invalid_argument("matrix program: all coefficients of a loss that is not a polynomial in the weights");
  }
  const Index highest = order ? *order : *loss_degree * static_cast<Index>(curve.size());
  const SeriesRing ring(highest);
  std::vector<SeriesMatrix> series;
  std::size_t weight = 0;
  for (std::size_t k = 0; k < inputs.size(); ++k) {
    std::vector<RationalMatrix> coefficients{inputs[k]};
    if (loss().inputs[k].is_weight) {
      for (const std::vector<RationalMatrix>& direction : curve)
        coefficients.push_back(direction.at(weight));
      ++weight;
    }
    series.push_back(ring.series(coefficients));
  }
  const std::vector<SeriesMatrix> values = evaluate_all(loss(), std::span<const SeriesMatrix>(series), ring);
  const SeriesMatrix& value = values[loss().outputs[0].node];
  std::vector<Rational> result;
  for (Index k = 0; k <= highest; ++k)
    result.push_back(value.coefficient(0, 0, k));
  while (!order && result.size() > 1 && result.back().is_zero())
    result.pop_back();
  return result;
}

CompiledJacobian::CompiledJacobian(Program program) : program_(std::move(program)) {
  validate(program_);
  program_.outputs.resize(1);
  tangent_ = tangent(program_);
}

RationalMatrix CompiledJacobian::operator()(std::span<const RationalMatrix> inputs) const {
  require_shapes(program_, inputs);
  const Instruction& step = program_.instructions[program_.outputs[0].node];
  RationalMatrix result(step.rows * step.cols, program_.parameters());
  for_each_direction(tangent_, inputs, [&](Index coordinate, std::span<const FractionMatrix* const> column) {
    for_each_entry(column, [&](Index row, Rational entry) { result(row, coordinate) = std::move(entry); });
  });
  return result;
}

}  // namespace rankscape::program
