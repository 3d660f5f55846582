#pragma once
// Statements checked from Python: in one run, or shard by shard into journals of which a report is made.

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "call.hpp"
#include "given.hpp"

namespace rankscape::python {

struct CheckOptions {
  std::vector<std::string> statements;
  std::vector<std::string> sizes;
  std::vector<std::pair<std::string, Given>> points;
  unsigned jobs = 0;
  std::uint64_t seed = 1;
  std::optional<int> samples;
  std::string time_limit;
  std::string landscapes;
};

/// The report, after a line with the exit code that each statement would have alone.
[[nodiscard]] std::string check(const CheckOptions& options, Progress& progress);

/// Every `count`-th case from the `number`-th on, into a journal.
void check_shard(const CheckOptions& options, std::uint64_t number, std::uint64_t count, const std::string& journal,
                 Progress& progress);

/// As check, from the journals of all shards; what they lack is examined now.
/// \param report  where the report is written, as the command line's --json; what is returned has no cases then. Empty:
///                nowhere
[[nodiscard]] std::string merge(const CheckOptions& options, const std::vector<std::string>& journals,
                                const std::string& report, Progress& progress);

/// \throws InputError  the journal is not one of this shard of this run, or damaged
void check_journal(const CheckOptions& options, std::uint64_t number, std::uint64_t count, const std::string& journal);

}  // namespace rankscape::python
