#pragma once
// rankscape-verify as functions. A certificate carries a loss, one exact point and claims; each fact is recomputed, or
// follows from evidence that is multiplied out. Nothing is searched for and nothing is believed. The format and the
// proofs are in docs/certificates.md.

#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace verifier {

enum class Outcome { verified, rejected, unreadable };

/// Texts of a report are as the file has them: escape them with `printable` before they reach a terminal.
struct Report {
  Outcome outcome = Outcome::unreadable;
  std::string reason;                     ///< why not verified
  std::vector<std::string> verified;      ///< claims that were checked
  std::vector<std::string> not_verified;  ///< places in the file that were not
  std::string landscape;
  std::string shape;
  std::string key;
  std::string verdict;
  std::string point;  ///< SHA-256 of program, data and weights, with reduced numbers
  struct StatementRef {
    std::string id;
    std::string sha256;
    std::string agrees;
  };
  std::vector<StatementRef> statements;
};

/// Never throws for bad input.
[[nodiscard]] Report verify_certificate(std::string_view text);
[[nodiscard]] Report verify_file(const std::string& path);

struct DirectoryReport {
  Outcome outcome = Outcome::unreadable;
  std::vector<std::string> problems;  ///< one line each, at most 100
  std::string summary;                ///< for a paper's artifact appendix; escaped, several lines
};
/// Checks manifest.json and every certificate that it lists. \param progress  called with (finished, total)
[[nodiscard]] DirectoryReport verify_directory(const std::string& path,
                                               const std::function<void(std::size_t, std::size_t)>& progress);

/// Control characters, line separators, direction marks, backslashes and what is not UTF-8 as \xNN; at most 2,000
/// bytes.
[[nodiscard]] std::string printable(std::string_view text);

/// 64 lower-case hexadecimal digits.
[[nodiscard]] std::string sha256(std::string_view bytes);

/// 0, 4 or 2.
[[nodiscard]] constexpr int exit_code(Outcome outcome) {
  return outcome == Outcome::verified ? 0 : outcome == Outcome::rejected ? 4 : 2;
}

}  // namespace verifier
