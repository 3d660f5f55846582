#pragma once
// Is what a certificate claims true? Decided by the library (exact elimination, closed forms), never by the verifier
// and without looking at the evidence: the independent rule by which the hostile suite tells a wrong acceptance from
// the acceptance of another way to say something true.

#include <map>
#include <memory>
#include <optional>
#include <string>

#include "verifier/samples.hpp"

namespace samples {

class ClaimsOracle {
 public:
  ClaimsOracle();
  ~ClaimsOracle();
  ClaimsOracle(const ClaimsOracle&) = delete;
  ClaimsOracle& operator=(const ClaimsOracle&) = delete;

  /// \param original  a certificate that is known to be true; for models that the library does not know, a claim is
  ///                  true when it says the same as the original's about the same point
  /// \return nothing when every claim is true, else the place of one that is not (also one that makes no sense)
  [[nodiscard]] std::optional<std::string> false_claim(const Json& certificate, const Json& original);

 private:
  struct Known;
  std::map<std::string, std::unique_ptr<Known>> known_;  // by the point's text
};

}  // namespace samples
