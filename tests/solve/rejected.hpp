#pragma once
// A forged certificate of completeness, as rankscape-verify answers it.

#include <doctest/doctest.h>

#include <nlohmann/json.hpp>
#include <string>

#include "verifier/verify.hpp"

namespace rankscape::test {

inline void check_not_accepted(const nlohmann::json& certificate, const std::string& why) {
  const verifier::Report report = verifier::verify_certificate(certificate.dump());
  CAPTURE(why);
  CAPTURE(report.reason);
  CHECK(report.outcome == verifier::Outcome::rejected);
  CHECK(report.reason.find(why) != std::string::npos);
}

}  // namespace rankscape::test
