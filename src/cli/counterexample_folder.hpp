#pragma once
// A folder of certificates of counterexamples with its manifest, as `rankscape-verify DIR` reads it.

#include <rankscape/explore/counterexample.hpp>

#include <string>

#include "check/certificate.hpp"

namespace rankscape::cli {

class CounterexampleFolder {
 public:
  /// Creates the folder when it is missing (its parent must exist); removes the manifest and the certificates that an
  /// earlier exploration left there. \throws InputError
  CounterexampleFolder(std::string folder, std::uint64_t seed);

  /// \param refuted  the statement that is wrong there; it is listed in the manifest under `id`
  /// \return the name of the file, relative to the folder
  std::string store(const Counterexample& counterexample, const Statement& refuted, const std::string& id);

  /// Writes manifest.json. Without it the folder is not complete.
  void finish();

 private:
  std::string folder_;
  std::uint64_t seed_;
  std::vector<certificate::ManifestStatement> statements_;
  std::vector<certificate::ManifestEntry> entries_;
};

}  // namespace rankscape::cli
