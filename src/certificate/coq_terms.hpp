#pragma once
// The parts of a certificate as terms of proof/: numbers, matrices, and evidence of each kind (proof/certificate.v,
// symmetry.v, constrained.v).

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <nlohmann/json.hpp>
#include <rankscape/exact_json.hpp>

#include <string>
#include <vector>

namespace rankscape::certificate::coq {

/// An integer or a fraction as it is spelled.
[[nodiscard]] std::string digits(const Json& value);
[[nodiscard]] std::string integer(const Json& value);
/// A pair: numerator, denominator.
[[nodiscard]] std::string number(const Json& value);

template <typename Write>
std::string list(const Json& values, Write write) {
  if (values.empty()) return "[::]";
  std::vector<std::string> items;
  items.reserve(values.size());
  for (const Json& value : values)
    items.push_back(write(value));
  return fmt::format("[:: {}]", fmt::join(items, "; "));
}

template <typename Write>
std::string option(const Json& owner, const char* name, Write write) {
  return owner.contains(name) ? fmt::format("Some ({})", write(owner.at(name))) : "None";
}

[[nodiscard]] std::string matrix(const Json& value);
/// \throws InputError  it has no entries: the theorem knows no such matrices
[[nodiscard]] std::string filled_matrix(const Json& value);
[[nodiscard]] std::string inertia(const Json& claim);
[[nodiscard]] std::string curve(const Json& claim);
[[nodiscard]] std::string enclosure(const Json& bounds);
/// That a matrix S is positive semidefinite: the checker asks for scaled_by (S + S^T) = F^T diag(squares) F.
/// \param times  the evidence is of so many times S, 1 or 2
[[nodiscard]] std::string psd(const Json& evidence, int times = 1);
[[nodiscard]] std::string symmetry(const Json& local);
/// Columns of the derivative of the constraints that are independent, and their inverse, if there are any.
[[nodiscard]] std::string regular(const Json& constraints);

}  // namespace rankscape::certificate::coq
