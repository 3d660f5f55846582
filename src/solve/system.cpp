#include "solve/system.hpp"

#include <rankscape/error.hpp>

#include <fmt/format.h>

#include <stdexcept>

#include "symmetry/loss.hpp"
#include "symmetry/polynomial_program.hpp"

namespace rankscape::critical_set {

namespace {

constexpr std::int64_t most_gradient_products = 20'000'000;

std::vector<std::string> names_of(const Instance& instance) {
  std::vector<std::string> names;
  names.reserve(static_cast<std::size_t>(instance.parameters()));
  const std::vector<std::string> weights = instance.landscape().weight_names(instance);
  for (std::size_t h = 0; h < weights.size(); ++h) {
    const RationalMatrix& weight = instance.point().weights[h];
    for (Index j = 0; j < weight.cols(); ++j) {
      for (Index i = 0; i < weight.rows(); ++i) {
        if (weight.size() == 1) {
          names.push_back(weights[h]);
        } else if (weight.cols() == 1) {
          names.push_back(fmt::format("{}[{}]", weights[h], i + 1));
        } else {
          names.push_back(fmt::format("{}[{},{}]", weights[h], i + 1, j + 1));
        }
      }
    }
  }
  return names;
}

}  // namespace

System critical_equations(const Instance& instance) {
  if (!instance.degree()) throw InputError("solve: the loss is no polynomial in the weights, expected one");
  System system;
  system.names = names_of(instance);
  const Polynomials unknowns = symmetry::variables(static_cast<Index>(system.unknowns()));
  try {
    const symmetry::Loss loss(instance.program(), instance.program_data());
    PolynomialRing ring(most_gradient_products);
    system.loss = symmetry::evaluate_along(loss.program(), loss.data(), unknowns, ring).front().entries.front();
    for (const auto& part : symmetry::evaluate_along(loss.gradient_program(), loss.data(), unknowns, ring))
      system.gradient.insert(system.gradient.end(), part.entries.begin(), part.entries.end());
  } catch (const symmetry::TooLarge&) {
    throw InputError("solve: the loss is too large a polynomial");
  } catch (const std::domain_error&) {
    throw InputError("solve: the loss has a division by zero");
  }
  if (system.gradient.size() != system.unknowns()) throw InternalDisagreement("solve: a gradient of the wrong length");
  for (std::size_t k = 0; k < system.unknowns(); ++k) {
    if (derivative(system.loss, k) != system.gradient[k])
      throw InternalDisagreement("solve: the gradient's program differs from the derivative by " + system.names[k]);
  }
  system.equations = system.gradient;
  return system;
}

}  // namespace rankscape::critical_set
