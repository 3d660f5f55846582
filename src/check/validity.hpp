#pragma once
// For which points a row speaks: for the sample that was examined, or for all data and positions of its family.

#include <rankscape/adviser.hpp>
#include <rankscape/check/evidence.hpp>
#include <rankscape/statements/statement.hpp>

#include <optional>

namespace rankscape {

/// The classes that an inertia leaves possible by itself.
[[nodiscard]] VerdictSet classes_left_by(const Inertia& inertia);

/// "all parameters" when the inertia is proved for the whole family, the statement speaks of nothing that varies in it,
/// and it holds with no other evidence than that inertia; else "samples". A verdict that rests on a descent line or on
/// the value of the loss is therefore one at samples.
/// \param proved  what is proved for the family of the point, if anything
/// \param constant  statements::constant_on_family of the statement
/// \throws InternalDisagreement  proved and certified inertia differ
[[nodiscard]] std::string validity(const Statement& statement, bool constant, const std::optional<Inertia>& proved,
                                   const Evidence& evidence, const FeatureSource& features, PointCache& cache);

/// For statements::constant_on_family: features that the adviser says are constant on its families, and the common ones
/// that an inertia determines. \param adviser  nullptr: of families of a file, on which sizes are constant
[[nodiscard]] bool constant_on_families(const Vocabulary& vocabulary, const Adviser* adviser, std::size_t position);

}  // namespace rankscape
