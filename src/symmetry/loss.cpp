#include "symmetry/loss.hpp"

#include "exact/doubles.hpp"

#include <algorithm>
#include <stdexcept>

#include "program/differentiate.hpp"
#include "program/fraction_ring.hpp"
#include "program/series_ring.hpp"

namespace rankscape::symmetry {

namespace {

program::Program loss_alone(program::Program loss) {
  loss.outputs.resize(1);
  return program::pruned(loss);
}

// Data and weights in the order of the program's inputs; `weight` makes the k-th weight, `datum` the k-th of the data.
template <class Value, class MakeDatum, class MakeWeight>
std::vector<Value> inputs_of(const program::Program& program, const MakeDatum& datum, const MakeWeight& weight) {
  std::vector<Value> inputs;
  inputs.reserve(program.inputs.size());
  std::size_t data = 0;
  Index coordinate = 0;
  for (const program::Input& input : program.inputs) {
    if (input.is_weight) {
      inputs.push_back(weight(input, coordinate));
      coordinate += input.rows * input.cols;
    } else {
      inputs.push_back(datum(data++));
    }
  }
  return inputs;
}

template <class Scalar>
Matrix<Scalar> part(const Vector<Scalar>& x, const program::Input& input, Index coordinate) {
  return x.segment(coordinate, input.rows * input.cols).reshaped(input.rows, input.cols);
}

std::vector<RationalMatrix> exactly_at(const program::Program& program, const std::vector<RationalMatrix>& data,
                                       const RationalVector& x) {
  return inputs_of<RationalMatrix>(
      program, [&](std::size_t k) { return data[k]; },
      [&](const program::Input& input, Index at) { return part(x, input, at); });
}

std::vector<program::SeriesMatrix> series_at(const program::Program& program, const std::vector<RationalMatrix>& data,
                                             const RationalVector& x, const CurveVectors& curve,
                                             const program::SeriesRing& ring) {
  return inputs_of<program::SeriesMatrix>(
      program, [&](std::size_t k) { return ring.constant(data[k]); },
      [&](const program::Input& input, Index at) {
        std::vector<RationalMatrix> coefficients{part(x, input, at)};
        for (const RationalVector& v : curve)
          coefficients.push_back(part(v, input, at));
        return ring.series(coefficients);
      });
}

program::FixedData<program::DoubleRing> in_double(const program::Program& program,
                                                  const std::vector<RationalMatrix>& data) {
  const auto inputs = inputs_of<Matrix<double>>(
      program, [&](std::size_t k) { return in_doubles(data[k]); },
      [](const program::Input&, Index) { return Matrix<double>(); });
  return {program, inputs, program::double_ring()};
}

std::vector<Matrix<double>> doubles_at(const program::Program& program, const Vector<double>& x) {
  return inputs_of<Matrix<double>>(
      program, [](std::size_t) { return Matrix<double>(); },
      [&](const program::Input& input, Index at) { return part(x, input, at); });
}

}  // namespace

Loss::Loss(program::CompiledLoss loss, std::vector<RationalMatrix> data)
    : compiled_(std::move(loss)),
      value_(loss_alone(compiled_.loss())),
      data_(std::move(data)),
      parameters_(value_.parameters()) {
  const auto is_datum = [](const program::Input& input) { return !input.is_weight; };
  if (static_cast<std::size_t>(std::count_if(value_.inputs.begin(), value_.inputs.end(), is_datum)) != data_.size())
    throw std::invalid_argument("Loss: one matrix for each input that is no weight is needed");
  if (const auto degree = compiled_.degree()) degree_ = static_cast<int>(*degree);
}

const program::Program& Loss::gradient_program() const {
  if (!gradient_) gradient_ = gradient_alone(value_);
  return *gradient_;
}

Rational Loss::value(const RationalVector& x) const {
  return compiled_.value(exactly_at(compiled_.loss(), data_, x));
}

RationalVector Loss::gradient(const RationalVector& x) const {
  return compiled_.gradient(exactly_at(compiled_.loss(), data_, x));
}

RationalMatrix Loss::hessian(const RationalVector& x) const {
  return compiled_.hessian(exactly_at(compiled_.loss(), data_, x));
}

bool Loss::hessian_vanishes(const RationalVector& x) const {
  const auto& second = compiled_.second();
  if (!second) return false;
  const auto inputs = program::to_fractions(exactly_at(second->program, data_, x));
  const auto values = program::evaluate_all<program::FractionRing>(second->program, inputs, {});
  const auto is_zero = [&](program::Node node) { return fmpz_mat_is_zero(values[node].numerators.get()) != 0; };
  return std::all_of(second->terms.begin(), second->terms.end(),
                     [&](const auto& term) { return is_zero(term.a) || is_zero(term.b); });
}

std::vector<Rational> Loss::along(const RationalVector& x, const CurveVectors& curve, int order) const {
  const program::SeriesRing ring(order);
  const auto inputs = series_at(value_, data_, x, curve, ring);
  const auto values = program::evaluate<program::SeriesRing>(value_, inputs, ring);
  std::vector<Rational> coefficients;
  for (Index k = 0; k <= order; ++k)
    coefficients.push_back(values.front().coefficient(0, 0, k));
  return coefficients;
}

std::vector<RationalVector> Loss::gradient_along(const RationalVector& x, const CurveVectors& curve, int order) const {
  const program::SeriesRing ring(order);
  const auto inputs = series_at(gradient_program(), data_, x, curve, ring);
  const auto values = program::evaluate<program::SeriesRing>(gradient_program(), inputs, ring);
  std::vector<RationalVector> coefficients(static_cast<std::size_t>(order) + 1, RationalVector(parameters_));
  Index at = 0;
  for (const program::SeriesMatrix& value : values) {
    for (Index j = 0; j < value.cols(); ++j) {
      for (Index i = 0; i < value.rows(); ++i, ++at) {
        for (Index k = 0; k <= order; ++k)
          coefficients[static_cast<std::size_t>(k)](at) = value.coefficient(i, j, k);
      }
    }
  }
  return coefficients;
}

double Loss::value(const Vector<double>& x) const {
  if (!value_in_double_) value_in_double_ = in_double(value_, data_);
  return (*value_in_double_)(doubles_at(value_, x)).front()(0, 0);
}

Vector<double> Loss::gradient(const Vector<double>& x) const {
  if (!gradient_in_double_) gradient_in_double_ = in_double(gradient_program(), data_);
  Vector<double> result(parameters_);
  Index at = 0;
  for (const Matrix<double>& part : (*gradient_in_double_)(doubles_at(gradient_program(), x))) {
    for (Index k = 0; k < part.size(); ++k)
      result(at++) = part(k);
  }
  return result;
}

program::Program gradient_alone(const program::Program& loss) {
  program::Program gradient = program::gradient(loss);
  gradient.outputs.erase(gradient.outputs.begin());  // the value
  return program::pruned(gradient);
}

std::vector<RationalMatrix> as_weights(const RationalVector& x, const program::Program& program) {
  std::vector<RationalMatrix> weights;
  Index at = 0;
  for (const program::Input& input : program.inputs) {
    if (!input.is_weight) continue;
    weights.push_back(part(x, input, at));
    at += input.rows * input.cols;
  }
  return weights;
}

RationalVector as_vector(const std::vector<RationalMatrix>& weights) {
  Index size = 0;
  for (const RationalMatrix& w : weights)
    size += w.size();
  RationalVector x(size);
  Index at = 0;
  for (const RationalMatrix& w : weights) {
    for (Index k = 0; k < w.size(); ++k)
      x(at++) = w(k);
  }
  return x;
}

}  // namespace rankscape::symmetry
