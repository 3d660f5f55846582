// The verifier never throws and never crashes, and says the same twice.
#include <cstdlib>

#include "fuzz/target.hpp"
#include "verifier/verify.hpp"

void fuzz(std::string_view bytes) {
  const verifier::Report report = verifier::verify_certificate(bytes);
  const bool verified = report.outcome == verifier::Outcome::verified;
  if (verified != report.reason.empty()) std::abort();
  if (verified && report.verified.empty()) std::abort();
  for (const char c : verifier::printable(report.reason))
    if (c < ' ' || c > '~') std::abort();
  if (verifier::verify_certificate(bytes).outcome != report.outcome) std::abort();
}
