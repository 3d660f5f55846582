#pragma once
// Where to cut a component so that the section has real points: coordinate planes through points near a real one that
// floating point found. Near a smooth real point every such section has a real point, if the coordinates that are fixed
// can be chosen freely there. Nothing is decided here.

#include "solve/polynomials.hpp"

namespace rankscape::critical_set {

/// Values of some unknowns.
using Aim = std::vector<std::pair<std::size_t, Rational>>;

/// At most `most` sections of the zeros of a Groebner basis of this dimension, with small numbers where these are near
/// enough. Deterministic. Empty: floating point found no real zero.
[[nodiscard]] std::vector<Aim> aims(const Polynomials& generators, std::size_t unknowns, std::size_t dimension,
                                    std::size_t most);

}  // namespace rankscape::critical_set
