#pragma once
// The exact critical point near floats on any landscape: what `near --point` and `near --loss` answer on the command
// line and in Python.

#include <rankscape/exact_json.hpp>
#include <rankscape/landscape.hpp>

#include <memory>
#include <optional>
#include <string>

#include "near/nearby.hpp"

namespace rankscape::answers {

struct LandscapeNearness {
  Library::Located located;
  std::unique_ptr<Instance> instance;
  near::NearbyAnswer answer;
  std::optional<Rational> radius;  ///< is there a critical point within?

  /// "yes", "no", "undecided"; empty where no radius was asked for.
  [[nodiscard]] std::string within() const;
  [[nodiscard]] Json json() const;  ///< rankscape-near/1
};

/// \param library  outlives the answer
/// \param file     the point's, for messages and for the landscapes that lie beside it; empty where there is none
/// \throws InputError  no point of a landscape, or none where its loss is defined; one line
[[nodiscard]] LandscapeNearness near_on_landscape(const Library& library, const Json& point, const std::string& file,
                                                  std::optional<Rational> radius);

}  // namespace rankscape::answers
