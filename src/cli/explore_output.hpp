#pragma once
// What `rankscape explore` prints: tables for the eye, and JSON.

#include <rankscape/explore/everywhere.hpp>
#include <rankscape/explore/hypotheses.hpp>
#include <rankscape/explore/mutants.hpp>
#include <rankscape/explore/search.hpp>

#include <iosfwd>
#include <string>
#include <vector>

namespace rankscape::cli {

/// \param certificate  its name in the folder of certificates, or empty
[[nodiscard]] Json to_json(const Counterexample& counterexample, const std::string& certificate);
/// The point with its matrices, and what is said and found there.
void print(std::ostream& out, const Counterexample& counterexample, const std::string& indent);

/// \param certificates  one for each mutant, empty where there is none
[[nodiscard]] Json to_json(const Statement& statement, const MutationReport& report, std::uint64_t seed,
                           const std::vector<std::string>& certificates);
void print(std::ostream& out, const Statement& statement, const MutationReport& report);

/// \param certificate  of the counterexample, or empty
[[nodiscard]] Json to_json(const Statement& statement, const DropReport& report, std::uint64_t seed,
                           const std::string& certificate);
void print(std::ostream& out, const Statement& statement, const DropReport& report);

[[nodiscard]] Json to_json(const Statement& statement, const SearchReport& report, std::uint64_t seed,
                           const std::string& certificate);
void print(std::ostream& out, const Statement& statement, const SearchReport& report);

[[nodiscard]] Json to_json(const Statement& statement, const EverywhereReport& report, std::uint64_t seed,
                           const std::string& certificate);
void print(std::ostream& out, const Statement& statement, const EverywhereReport& report);

}  // namespace rankscape::cli
