#pragma once
// Certificates: what was found at one exact point, with evidence that a program which shares nothing with this one can
// check without searching (verifier/, docs/certificates.md).

#include <rankscape/check/evidence.hpp>

#include <optional>
#include <string>
#include <vector>

#include "certificate/write.hpp"

namespace rankscape {

using certificate::CertifiedStatement;

/// All that can be proved to the verifier of an examined point; its verdict may be weaker than the evidence's where
/// only the adviser's word stands for global minimality.
/// \param benign  what prove_benign found; nullptr: it is asked
[[nodiscard]] certificate::Claims claims_of(const Instance& instance, const Evidence& evidence,
                                            const std::optional<certificate::BenignClaim>* benign = nullptr);

/// A rankscape-certificate/2, or a rankscape-orbit/1 of the point proved beside floats: nothing where the loss is then
/// no polynomial, or rankscape-verify could not read it. \param key  the case's key, or empty for a point of its own
[[nodiscard]] std::optional<Json> certificate_of_case(const Instance& instance, const Evidence& evidence,
                                                      const std::string& key,
                                                      const std::vector<CertifiedStatement>& statements);
/// \pre an exact point \param benign  as for claims_of
[[nodiscard]] Json certificate_json(const Instance& instance, const Evidence& evidence, const std::string& key,
                                    const std::vector<CertifiedStatement>& statements,
                                    const std::optional<certificate::BenignClaim>* benign = nullptr);

}  // namespace rankscape
