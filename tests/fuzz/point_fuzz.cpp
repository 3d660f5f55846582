// Reading a point ends in an instance or in an InputError; what was read is written back to what reads the same.
#include <cstdlib>
#include <nlohmann/json.hpp>
#include <rankscape/error.hpp>

#include "fuzz/target.hpp"
#include "landscapes.hpp"

void fuzz(std::string_view bytes) {
  try {
    const auto located = rankscape::test::library().point(rankscape::parse_exact_json(bytes, "fuzz"));
    const rankscape::Json written = located.landscape->to_json(located.point);
    const auto again = rankscape::test::library().point(written);
    if (again.landscape->to_json(again.point) != written) std::abort();
    const auto instance = located.landscape->instance(located.point);
    if (instance->parameters() == 0) std::abort();
  } catch (const rankscape::InputError& error) {
    if (std::string_view(error.what()).empty()) std::abort();
  }
}
