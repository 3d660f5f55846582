#pragma once
// The languages of the landscapes of a library: how statements learn the words of the landscape that they name.

#include <rankscape/landscape.hpp>
#include <rankscape/statements/vocabulary.hpp>

#include <filesystem>

namespace rankscape {

/// \param library  outlives what is returned
/// \param beside   the folder of the statement's file: paths of landscapes are looked for there first
[[nodiscard]] LanguageLookup languages_of(const Library& library, std::filesystem::path beside = {});

}  // namespace rankscape
