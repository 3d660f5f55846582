#pragma once
// The critical points of a landscape at one shape as a picture: for each kind of them the eigenvalues of the Hessian on
// one line, and what was certified.

#include <rankscape/landscape.hpp>

#include <cstdint>
#include <string>

namespace rankscape::answers {

/// Of the points that the families (and the adviser) build, one for each kind, as far as there is room. Signs, counts
/// and verdicts are exact; floating point decides where a dot stands. \throws InputError  no family reaches the shape;
/// all points have more eigenvalues than a line holds
[[nodiscard]] std::string spectra_svg(const Landscape& landscape, const Shape& shape, std::uint64_t seed);

/// Writes `path`, whole or not at all. \throws InputError  another ending than .svg; see spectra_svg
void write_spectra_figure(const Landscape& landscape, const Shape& shape, std::uint64_t seed, const std::string& path);

}  // namespace rankscape::answers
