// Certificates made by hand verify, and the answer says what was checked and what was not.
#include <doctest/doctest.h>

#include <algorithm>

#include "verifier/samples.hpp"
#include "verifier/verify.hpp"

using verifier::Outcome;

TEST_SUITE("quick") {
  TEST_CASE("certificates made by hand verify") {
    for (const auto& sample : samples::all()) {
      CAPTURE(sample.name);
      const verifier::Report report = verifier::verify_certificate(sample.json.dump());
      CHECK(report.reason == "");
      CHECK(report.outcome == Outcome::verified);
      CHECK(report.verdict == sample.json["claims"]["verdict"].get<std::string>());
    }
  }

  TEST_CASE("equivalent spellings and another order of the fields make no difference") {
    samples::Json changed = samples::with(samples::named("strict"),
                                          {{"/claims/value", "0008/2"}, {"/claims/inertia/frame", {{2, 2}, {-3, 3}}}});
    samples::Json reversed;
    for (auto field = changed.rbegin(); field != changed.rend(); ++field)
      reversed[field.key()] = field.value();
    CHECK(verifier::verify_certificate(reversed.dump(2)).outcome == Outcome::verified);
  }

  TEST_CASE("fields that are not checked are listed, wherever they stand") {
    const auto report = verifier::verify_certificate(
        samples::with(samples::named("strict"), {{"/comment", "hello"},
                                                 {"/claims/conjecture", true},
                                                 {"/claims/features/stratum", {1, 2}},
                                                 {"/claims/features/ranks/1/why", "x"},
                                                 {"/claims/features/ranks/1/inverse/note", "x"},
                                                 {"/data/0/source", "a book"},
                                                 {"/statements/0/cases/0/line", 4}})
            .dump());
    REQUIRE(report.outcome == Outcome::verified);
    for (const char* place :
         {"/comment", "/claims/conjecture", "/claims/features/stratum", "/claims/features/ranks/1/why",
          "/claims/features/ranks/1/inverse/note", "/data/0/source", "/statements/0/cases/0/line",
          "/statements/0/cases/0/name", "/key (only against a manifest)"}) {
      CAPTURE(place);
      CHECK(std::count(report.not_verified.begin(), report.not_verified.end(), place) == 1);
    }
  }

  TEST_CASE("claims that were checked are named") {
    const auto report = verifier::verify_certificate(samples::named("non_strict").dump());
    CHECK(report.verified == std::vector<std::string>{"critical", "value", "inertia", "descent of order 3", "verdict"});
  }
}
