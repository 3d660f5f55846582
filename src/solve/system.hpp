#pragma once
// The critical equations of a landscape at fixed data: its loss and all partial derivatives as polynomials in n
// unknowns.

#include <rankscape/landscape.hpp>

#include <string>
#include <vector>

#include "solve/polynomials.hpp"

namespace rankscape::critical_set {

/// An element of an ideal, and how its generators make it.
struct Lemma {
  Polynomial of;
  Cofactors cofactors;
};

struct System {
  std::vector<std::string> names;  ///< "x", "W(1)[2,1]", "v[3]": of each unknown, in the order of the weights
  Polynomial loss;
  Polynomials gradient;  ///< one for each unknown; zero where the loss does not depend on it
  /// What is solved: the gradient, or where some unknowns are fixed (gauge.hpp) the gradient there and what fixes them.
  Polynomials equations;
  /// Polynomials that the equations make and that are of lower degree: hints.
  std::vector<Lemma> lemmas;
  bool real = false;  ///< only real zeros are of interest

  [[nodiscard]] std::size_t unknowns() const { return names.size(); }
};

/// The gradient is expanded from the loss's derived program, and must be the derivatives of the expanded loss.
/// \throws InputError  the loss is no polynomial in the weights, too large a one, or has a division by zero
/// \throws InternalDisagreement  the two gradients differ
[[nodiscard]] System critical_equations(const Instance& instance);

}  // namespace rankscape::critical_set
