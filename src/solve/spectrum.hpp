#pragma once
// What the Hessian is on a whole component: its characteristic polynomial modulo the ideal. By Descartes' rule the
// signs of the coefficients are the inertia (all roots are real), so where each coefficient has one sign on the
// component the inertia is the same at all its real points, connected or not. A sign is proved by an identity: the
// coefficient is a number plus squares, modulo the ideal. Else the rank is least where the last coefficient vanishes:
// what changes of rank there are is there.

#include <rankscape/exact/inertia.hpp>

#include <optional>

#include "solve/polynomials.hpp"

namespace rankscape::critical_set {

struct Spectrum {
  Polynomials coefficients;               ///< of t^(n-1), .., 1, modulo the ideal
  std::vector<std::optional<int>> signs;  ///< at all real zeros: -1, 0, 1; nothing: not proved to be one of them
  [[nodiscard]] bool constant() const;    ///< all coefficients are numbers
  [[nodiscard]] std::optional<Inertia> inertia() const;  ///< of all real zeros
  [[nodiscard]] bool negative() const;                   ///< at all real zeros there is a negative eigenvalue
  [[nodiscard]] std::size_t rank() const;                ///< at no real zero it is larger
};
/// \pre the ideal has a real zero. \throws symmetry::TooLarge
[[nodiscard]] Spectrum spectrum_on(const Polynomials& gradient, const Polynomials& ideal);

}  // namespace rankscape::critical_set
