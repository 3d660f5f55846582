#pragma once
// Certificates made by hand: every number in them was computed on paper or follows from a formula in one line, none was
// written by the program. The tests of the verifier start from them.

#include <nlohmann/json.hpp>

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace samples {

using Json = nlohmann::ordered_json;

struct Sample {
  std::string name;
  Json json;
};
/// One for each verdict and kind of evidence.
[[nodiscard]] const std::vector<Sample>& all();
/// \throws std::out_of_range  no such sample
[[nodiscard]] Json named(std::string_view name);

/// A MATRIX of rows of numbers (integers, or strings like "1/2"). \param cols  where there are no rows
[[nodiscard]] Json matrix(const Json& rows, std::size_t cols = 0);

/// A copy with some places (JSON pointers) changed; a null value removes the place.
[[nodiscard]] Json with(Json json, const std::vector<std::pair<std::string, Json>>& changes);

}  // namespace samples
