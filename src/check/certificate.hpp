#pragma once
// Certificates: what was found at one exact point, with evidence that a program which shares nothing with this one can
// check without searching (verifier/, docs/certificates.md).

#include <rankscape/check/evidence.hpp>

#include <cstdint>
#include <string>
#include <vector>

namespace rankscape {

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

/// A rankscape-certificate/1. It claims what can be proved to the verifier, so its verdict may be weaker than the
/// evidence's where a model gives no proof of global minimality.
/// \param evidence  of examine(instance, {.witness = true})
/// \param key       the case's key, or empty for a point of its own
[[nodiscard]] Json certificate(const Instance& instance, const Evidence& evidence, const std::string& key,
                               const std::vector<CertifiedStatement>& statements);

struct ManifestStatement {
  std::string id;
  std::string sha256;
  std::string text;         ///< the file's bytes
  std::uint64_t cases = 0;  ///< certificates that must name this statement
};

struct ManifestEntry {
  std::string file;  ///< relative to the manifest
  std::string sha256;
  std::string key;
  std::string verdict;  ///< the certificate's
};

/// A rankscape-manifest/1, to be written as manifest.json next to the certificates.
/// \param tool  name, version, libraries: as in the report
[[nodiscard]] Json manifest(const std::vector<ManifestStatement>& statements, const std::vector<ManifestEntry>& entries,
                            std::uint64_t seed, const Json& tool);

}  // namespace rankscape
