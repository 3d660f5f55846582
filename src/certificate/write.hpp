#pragma once
// Certificates and manifests as JSON (docs/certificates.md), and what the claims of a certificate prove.

#include <rankscape/exact_json.hpp>
#include <rankscape/verdict.hpp>

#include <cstdint>

#include "certificate/claims.hpp"

namespace rankscape::certificate {

/// What one statement says of the point.
struct CertifiedStatement {
  std::string id;
  std::string sha256;  ///< of the statement file's bytes
  struct Case {
    std::string name;
    std::string then;  ///< "global_minimizer or strict_saddle"
  };
  std::vector<Case> matched;  ///< whose `when` holds
};

/// Who and what the certificate is about, for the reader and the manifest; all may be empty.
struct Labels {
  std::string landscape;
  std::string shape;
  std::string key;
};

/// What the claims prove, by the table of docs/certificates.md, and the classes that they leave possible.
struct Proved {
  Verdict verdict = Verdict::undecided;
  VerdictSet possible;
  /// A local minimizer or maximizer, by the sign of the Hessian.
  bool local = false;
};
[[nodiscard]] Proved proved(const Claims& claims);

/// The parts that certificates of all points share.
void add_labels(const Labels& labels, Json& certificate);
/// \throws std::invalid_argument  a case predicts a class that does not exist
void add_statements(const std::vector<CertifiedStatement>& statements, const Proved& proved, Json& certificate);

/// A rankscape-certificate/2. \throws std::invalid_argument  a case predicts a class that does not exist
[[nodiscard]] Json to_json(const Claims& claims, const Labels& labels = {},
                           const std::vector<CertifiedStatement>& statements = {});

/// A rankscape-inertia/1 of a symmetric matrix.
[[nodiscard]] Json to_json(const RationalMatrix& matrix, const InertiaClaim& inertia);

/// As it stands in a file: arrays of numbers on one line.
[[nodiscard]] std::string to_text(const Json& certificate);

/// Why rankscape-verify could not read this text (its limits), or nothing. A certificate that cannot be read is not
/// written: the command says so and exits with 3. (Time is not foreseen: 10^10 multiplications of words or 300 s.)
/// \param parameters  size of the Hessian or the matrix; \param instructions  of the program
[[nodiscard]] std::optional<std::string> beyond_limits(const std::string& text, Index parameters = 0,
                                                       std::size_t instructions = 0);

struct ManifestStatement {
  std::string id;
  std::string sha256;
  std::string text;                                          ///< the file's bytes
  std::uint64_t cases = 0;                                   ///< certificates that must name this statement
  std::vector<std::pair<std::string, std::uint64_t>> scope;  ///< of each shape; or empty
};

struct ManifestEntry {
  std::string file;  ///< relative to the manifest
  std::string sha256;
  std::string key;
  std::string verdict;  ///< the certificate's
  /// The first file of the list with the same loss, data and weights, when that is another one: two recipes may build
  /// one point (all weights zero, aligned or generic).
  std::string same_point_as = {};
};

/// A rankscape-manifest/2, to be written as manifest.json next to the certificates.
/// \param tool  name, version, libraries: as in the report
[[nodiscard]] Json manifest(const std::vector<ManifestStatement>& statements, const std::vector<ManifestEntry>& entries,
                            std::uint64_t seed, const Json& tool);

}  // namespace rankscape::certificate
