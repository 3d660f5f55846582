#pragma once
// Zeros of n polynomials in n unknowns, in floating point: the paths of x_k^d_k = b_k, whose zeros are known, to the
// system (Garcia and Zangwill 1979; a random constant keeps them apart, Morgan and Sommese 1987). They are proposals.

#include <Eigen/Core>
#include <complex>
#include <optional>
#include <vector>

#include "solve/polynomials.hpp"

namespace rankscape::critical_set {

using Complex = std::complex<double>;
using ComplexPoint = Eigen::VectorXcd;
using ComplexMatrix = Eigen::MatrixXcd;

/// The product of the degrees; nothing where it is larger than `most`, or a polynomial is constant.
[[nodiscard]] std::optional<std::size_t> bezout_number(const Polynomials& system, std::size_t most);

/// Different ends of paths that do not run off, in lexicographical order. \param paths  bezout_number(system, ..)
/// \throws DeadlineExceeded
[[nodiscard]] std::vector<ComplexPoint> ends_of_paths(const Polynomials& system, std::size_t paths);

}  // namespace rankscape::critical_set
