#pragma once
// rankscape near on any landscape: a point file, or a function and a point on the command line.

#include <rankscape/exact/rational.hpp>

#include <optional>
#include <string>

namespace rankscape::cli {

struct NearLandscape {
  std::string point;       ///< POINT.json, or
  std::string loss;        ///< a function, with
  std::string at;          ///< its point
  std::string data;        ///< and its constants
  std::string landscape;   ///< of a point file that names none
  std::string landscapes;  ///< folder of more
  std::optional<Rational> radius;
  std::string json;
  std::string certificate;
};

/// \return the exit code. \throws InputError
[[nodiscard]] int near_on_landscape(const NearLandscape& question);

}  // namespace rankscape::cli
