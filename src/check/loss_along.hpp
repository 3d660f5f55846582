#pragma once
// The loss along a polynomial curve, as an exact polynomial in its parameter.

#include <rankscape/model.hpp>

#include <vector>

namespace rankscape {

/// from + t curve[0] + t^2 curve[1] + ...
[[nodiscard]] Weights at_parameter(const Weights& from, const std::vector<Weights>& curve, const Rational& t);

/// Coefficients of L(W + t curve[0] + t^2 curve[1] + ...) - L(W), exactly, from t^0 (which is 0) to
/// t^(degree * curve.size()): interpolation of as many values of the loss.
[[nodiscard]] std::vector<Rational> loss_along(const Instance& instance, const std::vector<Weights>& curve);

/// Position of the lowest nonzero coefficient; 0 when there is none (coefficients[0] is 0).
[[nodiscard]] int lowest_order(const std::vector<Rational>& coefficients);

/// Coefficients of the polynomial of degree < values.size() that takes values[k] at t = k.
[[nodiscard]] std::vector<Rational> interpolate(std::vector<Rational> values);

}  // namespace rankscape
