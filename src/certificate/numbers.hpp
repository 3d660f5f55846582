#pragma once
// The words of docs/certificates.md that every kind of certificate uses: NUMBER, MATRIX, INERTIA.

#include <rankscape/exact_json.hpp>

#include "certificate/claims.hpp"

namespace rankscape::certificate {

[[nodiscard]] Json number(const Rational& value);
[[nodiscard]] Json matrix(const RationalMatrix& a);
[[nodiscard]] Json inertia_json(const InertiaClaim& claim);
/// data, weights, constants, program
void add_loss(const Workspace& workspace, Json& json);

}  // namespace rankscape::certificate
