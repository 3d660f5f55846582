#pragma once
// near --certificate: writes what rankscape-verify checks.

#include <rankscape/exact_json.hpp>

#include <optional>
#include <string>

namespace rankscape::cli {

/// \param certificate  nothing where nothing can be claimed. \param parameters  rows of the largest matrix with a frame
/// \return was it written? If not, one line on the standard error says why.
[[nodiscard]] bool write_near_certificate(const std::string& path, const std::optional<Json>& certificate,
                                          long parameters = 0);

}  // namespace rankscape::cli
