#pragma once
// A folder of certificates with a manifest, as `rankscape-verify DIR` reads it.

#include <rankscape/check/run.hpp>

#include <map>
#include <string>
#include <vector>

namespace rankscape {

class CertificateFolder final : public RunListener, public CertificateSink {
 public:
  /// Creates the folder when it is missing (its parent must exist). A manifest of an earlier run is removed, so that an
  /// interrupted run never looks complete; at the end, so are certificates (case-*.json) that are not of this run.
  /// \param statements  of the run; outlive this object \throws InputError  the folder cannot be created or written
  CertificateFolder(std::string folder, const std::vector<Statement>& statements);

  [[nodiscard]] std::string store(std::size_t number, const Instance& instance, const Evidence& evidence,
                                  const std::vector<std::size_t>& statements, const std::vector<Row>& rows) override;

  void begin(const RunPlan& plan) override;
  void row(std::size_t statement, const Row& row) override;
  /// Writes manifest.json. \throws InputError  a certificate of a resumed case is not there any more
  void end(const std::vector<Summary>& summaries) override;

 private:
  std::string folder_;
  const std::vector<Statement>* statements_;
  std::vector<std::string> digests_;  // of the statements' bytes
  std::uint64_t seed_ = 0;
  std::vector<std::uint64_t> cases_;                            // certified, of each statement
  std::vector<std::map<std::string, std::uint64_t>> shapes_;    // the same, of each shape
  std::vector<std::pair<std::string, std::string>> certified_;  // file, key: one a case, in the order of the run
};

}  // namespace rankscape
