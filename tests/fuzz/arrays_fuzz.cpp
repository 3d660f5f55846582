// Reading arrays ends in named matrices or in an InputError, whatever the format is that the bytes begin as.
#include <algorithm>
#include <cstdlib>
#include <rankscape/error.hpp>

#include "fuzz/target.hpp"
#include "near/arrays.hpp"

namespace {

const char* name_of(std::string_view bytes) {
  if (bytes.starts_with("PK")) return "fuzz.npz";
  if (bytes.starts_with("\x93NUMPY")) return "fuzz.npy";
  if (bytes.starts_with("{")) return "fuzz.json";
  return bytes.size() > 8 && bytes[8] == '{' ? "fuzz.safetensors" : "fuzz.csv";
}

}  // namespace

void fuzz(std::string_view bytes) {
  using rankscape::near::NamedMatrix;
  try {
    const auto arrays = rankscape::near::arrays_of(bytes, name_of(bytes));
    const bool sorted = std::is_sorted(arrays.begin(), arrays.end(), [](const NamedMatrix& a, const NamedMatrix& b) {
      return rankscape::near::natural_less(a.name, b.name);
    });
    if (!sorted) std::abort();
    for (const NamedMatrix& array : arrays)
      if (array.vector && array.value.cols() != 1) std::abort();
  } catch (const rankscape::InputError& error) {
    if (std::string_view(error.what()).empty()) std::abort();
  }
}
