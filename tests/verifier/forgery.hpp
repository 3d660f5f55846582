#pragma once
// A forgery is a sample with a false claim, or with evidence that proves nothing, and everything else in order. It must
// be rejected *for its own reason*: a verifier that lacks the check gives another answer.

#include <doctest/doctest.h>

#include <utility>
#include <vector>

#include "verifier/samples.hpp"
#include "verifier/verify.hpp"

namespace samples {

using Changes = std::vector<std::pair<std::string, Json>>;

struct Forgery {
  const char* sample;
  const char* phrase;  // of the reason
  Changes changes;
};

inline void expect_rejected(const Json& sample, const Changes& changes, const char* phrase,
                            verifier::Outcome expected = verifier::Outcome::rejected) {
  CAPTURE(std::string(phrase));
  const auto report = verifier::verify_certificate(with(sample, changes).dump());
  CAPTURE(report.reason);
  CHECK(report.outcome == expected);
  CHECK(report.reason.find(phrase) != std::string::npos);
}

inline void expect_rejected(const std::vector<Forgery>& forgeries,
                            verifier::Outcome expected = verifier::Outcome::rejected) {
  for (const auto& forgery : forgeries) {
    CAPTURE(std::string(forgery.sample));
    expect_rejected(named(forgery.sample), forgery.changes, forgery.phrase, expected);
  }
}

inline const Json none = Json::array();
inline const Json empty = matrix(Json::array(), 0);
inline const Json one = matrix({{1}});

inline Json list(std::initializer_list<Json> items) {
  Json json = Json::array();
  for (const Json& item : items)
    json.push_back(item);
  return json;
}

}  // namespace samples
