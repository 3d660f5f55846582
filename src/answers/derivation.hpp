#pragma once
// Gradient and second differential of a loss as matrix formulas: what `derive` answers on the command line and in
// Python.

#include <rankscape/landscape.hpp>

#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>

#include "program/formulas.hpp"

namespace rankscape::answers {

struct Derivation {
  std::string title;
  std::string multipliers;  ///< what they are called; empty without constraints
  program::PrintedProgram printed;
  std::string checked;  ///< how GiNaC agreed
  Json json;            ///< rankscape-derivation/1
};

// Derivation is symbolic, and GiNaC shares its numbers between threads without a lock: one call at a time.

/// \param size  as `--size` spells it; empty: the largest example
/// \param free  as `--free` spells it, sizes of the data alone; empty: those of the first family's points
/// \throws InputError
[[nodiscard]] Derivation derive(const Landscape& landscape, const std::string& size, const std::string& free);
/// At the shapes of a point. \throws InputError  with a JSON pointer
[[nodiscard]] Derivation derive_point(const Library& library, const Json& point, const std::filesystem::path& beside);

}  // namespace rankscape::answers
