// Reading a landscape, and building the smallest points of its families, ends in points or in one line of an
// InputError.
#include <cstdlib>
#include <rankscape/error.hpp>
#include <rankscape/exact/deadline.hpp>
#include <rankscape/landscape.hpp>
#include <string>

#include "fuzz/target.hpp"

namespace {

void check_message(const char* what) {
  const std::string_view message = what;
  if (message.empty() || message.find('\n') != message.npos) std::abort();
}

}  // namespace

void fuzz(std::string_view bytes) {
  using namespace rankscape;
  const DeadlineScope scope(DeadlineScope::Clock::now() + std::chrono::seconds(2));
  try {
    const auto landscape = Landscape::parse(bytes, "fuzz.toml");
    if (landscape->examples().empty()) return;
    const Scope smallest{{landscape->examples().front()}, {}, {}, 1};
    if (landscape->count_cases(smallest) > 20) return;
    for (const auto& recipe : landscape->cases(smallest)) {
      const auto at = landscape->instance(recipe->build(1));
      if (at->parameters() > 20) return;
      static_cast<void>(recipe->mismatch(*at, 1));
    }
  } catch (const InputError& error) {
    check_message(error.what());
  } catch (const Undefined&) {  // a loss that divides by zero at its points
  } catch (const DeadlineExceeded&) {
  }
}
