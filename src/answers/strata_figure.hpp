#pragma once
// The strata of a shape as a Hasse diagram: ordered by ranks, coloured by what was certified at an exact point of each.

#include <string>
#include <vector>

namespace rankscape::answers {

/// Beyond this a diagram cannot be read.
constexpr std::size_t most_drawn = 150;

/// The diagram as SVG. \throws InputError  too many strata
[[nodiscard]] std::string strata_svg(const std::vector<long>& widths);

/// Writes `path`, whole or not at all, as SVG or as a LaTeX document by its ending.
/// \param fragment  of a document in LaTeX only what goes into another one
/// \throws InputError  another ending, too many strata, a file that cannot be written
void write_strata_figure(const std::vector<long>& widths, const std::string& path, bool fragment);

}  // namespace rankscape::answers
