#pragma once
// Certificates of completeness: the good ones of data/, and a forged one as rankscape-verify answers it.

#include <doctest/doctest.h>

#include <fstream>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "verifier/verify.hpp"

namespace rankscape::test {

inline nlohmann::json certificate(const std::string& name) {
  std::ifstream in(std::string(RANKSCAPE_SOLVE_DATA "/") + name + ".json");
  REQUIRE(in);
  return nlohmann::json::parse(in);
}

inline const std::vector<std::string>& certificate_names() {
  static const std::vector<std::string> all{"line",          "deep-linear-2-1-2", "no-real-points", "weight-decay",
                                            "gauge-echelon", "gauge-triangular",  "real-squares"};
  return all;
}

inline void check_not_accepted(const nlohmann::json& certificate, const std::string& why) {
  const verifier::Report report = verifier::verify_certificate(certificate.dump());
  CAPTURE(why);
  CAPTURE(report.reason);
  CHECK(report.outcome == verifier::Outcome::rejected);
  CHECK(report.reason.find(why) != std::string::npos);
}

}  // namespace rankscape::test
