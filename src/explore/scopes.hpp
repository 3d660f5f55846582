#pragma once
// Which cases an exploration goes through.

#include <rankscape/explore/mutants.hpp>

namespace rankscape::explore {

/// \throws InputError  the statement names no landscape
[[nodiscard]] const Landscape& landscape_of(const Statement& statement, const ExploreOptions& options);
/// The statement's scope with the shapes and samples asked for.
[[nodiscard]] Scope scope_of(const Statement& statement, const ExploreOptions& options);
/// That, and the landscape's excursions off the usual hypotheses.
[[nodiscard]] std::vector<Scope> scopes_around(const Statement& statement, const ExploreOptions& options);

}  // namespace rankscape::explore
