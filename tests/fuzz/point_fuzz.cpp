// Reading a point ends in an instance or in an InputError; what was read is written back to what reads the same.
#include <cstdlib>
#include <nlohmann/json.hpp>
#include <rankscape/error.hpp>
#include <rankscape/model.hpp>

#include "fuzz/target.hpp"

void fuzz(std::string_view bytes) {
  try {
    const rankscape::Point point = rankscape::point_from_json(rankscape::parse_exact_json(bytes, "fuzz"));
    const rankscape::Json written = to_json(point);
    if (to_json(rankscape::point_from_json(written)) != written) std::abort();
    if (const rankscape::Model* model = rankscape::find_model(point.model)) {
      const auto instance = model->instance(point);
      if (instance->shape().empty()) std::abort();
    }
  } catch (const rankscape::InputError& error) {
    if (std::string_view(error.what()).empty()) std::abort();
  }
}
