// Thousands of machine-made corruptions. Every one that makes a claim false has to be rejected; none may crash.
#include <doctest/doctest.h>

#include <random>
#include <rankscape/exact/rational.hpp>

#include "verifier/claims_oracle.hpp"
#include "verifier/samples.hpp"
#include "verifier/verify.hpp"

using samples::Json;
using samples::Sample;
using verifier::Outcome;

namespace {

bool is_number(const Json& value) {
  if (value.is_number()) return true;
  if (!value.is_string()) return false;
  const auto& text = value.get_ref<const std::string&>();
  return !text.empty() && text.find_first_not_of("-0123456789/") == std::string::npos;
}

// Other values for one place: near misses, other spellings, other types, absurd sizes.
std::vector<Json> others(const Json& value) {
  std::vector<Json> list = {
      nullptr, true, false, 0, 1, -1, 0.5, "", "x", "1/0", Json::array(), Json::object(), Json::array({value})};
  if (is_number(value)) {
    const rankscape::Rational number =
        rankscape::parse_rational(value.is_string() ? value.get<std::string>() : value.dump());
    using rankscape::to_string;
    for (const rankscape::Rational& other :
         {rankscape::Rational(number + 1), rankscape::Rational(number - 1), rankscape::Rational(-number),
          rankscape::Rational(2 * number), rankscape::Rational(number + rankscape::Rational(1, 1000000007))})
      list.emplace_back(to_string(other));
    if (value.is_number_integer()) {
      list.emplace_back(value.get<std::int64_t>() + 1);
      list.emplace_back(value.get<std::int64_t>() - 1);
    }
    list.emplace_back(to_string(rankscape::Integer(2 * numerator(number))) + "/" +
                      to_string(rankscape::Integer(2 * denominator(number))));
    list.emplace_back(std::string(300, '9'));
    list.emplace_back("-1/" + std::string(300, '9'));
    list.emplace_back(18446744073709551615U);
  } else if (value.is_string()) {
    for (const char* word : {"global_minimizer",
                             "local_minimizer",
                             "non_strict_saddle",
                             "strict_saddle",
                             "local_maximizer",
                             "second_order",
                             "undecided",
                             "not_critical",
                             "saddle",
                             "yes",
                             "no",
                             "unknown",
                             "rank_trace",
                             "gram_trace",
                             "convex",
                             "form",
                             "add",
                             "subtract",
                             "multiply",
                             "hadamard",
                             "dot",
                             "scalar_multiply",
                             "transpose",
                             "reciprocal",
                             "scale"})
      list.emplace_back(word);
  } else if (value.is_array() && !value.empty()) {
    const std::size_t n = value.size();
    for (const std::size_t k : {std::size_t{0}, n - 1}) {
      Json shorter = value;
      shorter.erase(k);
      list.push_back(shorter);
      Json longer = value;
      longer.push_back(value[k]);
      list.push_back(longer);
    }
    for (std::size_t k = 0; k + 1 < n; ++k) {
      Json swapped = value;
      std::swap(swapped[k], swapped[k + 1]);
      list.push_back(swapped);
    }
  }
  return list;
}

void places(const Json& value, const Json::json_pointer& here, std::vector<Json::json_pointer>& list) {
  list.push_back(here);
  if (!value.is_structured()) return;
  for (const auto& [key, item] : value.items())
    places(item, value.is_array() ? here / std::stoul(key) : here / key, list);
}

struct Tally {
  std::uint64_t corruptions = 0;
  std::uint64_t rejected = 0;
  std::uint64_t unreadable = 0;
  std::uint64_t harmless = 0;  // accepted, and every claim is true
};

class Suite {
 public:
  /// Tries every `every`-th corruption only.
  explicit Suite(std::uint64_t every) : every_(every) {}

  void attack(const Json& corrupted, const Sample& base, const std::string& what) {
    if (++proposed_ % every_ != 0 || corrupted == base.json) return;
    const std::string text = corrupted.dump();
    const verifier::Report report = verifier::verify_certificate(text);
    ++tally.corruptions;
    if (report.outcome == Outcome::rejected) ++tally.rejected;
    if (report.outcome == Outcome::unreadable) ++tally.unreadable;
    if (report.outcome != Outcome::verified) return;
    const auto wrong = samples::false_claim(corrupted);
    CAPTURE(base.name);
    CAPTURE(what);
    CAPTURE(text);
    CHECK_MESSAGE(!wrong.has_value(), "accepted although this claim is false: ", wrong.value_or(""));
    ++tally.harmless;
  }

  // A text that must not even be read.
  void attack_text(const std::string& text, const Sample& base, const std::string& what) {
    if (++proposed_ % every_ != 0) return;
    CAPTURE(base.name);
    CAPTURE(what);
    ++tally.corruptions;
    ++tally.unreadable;
    CHECK(verifier::verify_certificate(text).outcome == Outcome::unreadable);
  }

  Tally tally;

 private:
  std::uint64_t every_;
  std::uint64_t proposed_ = 0;
};

void corrupt_places(const Sample& base, Suite& suite) {
  std::vector<Json::json_pointer> all;
  places(base.json, Json::json_pointer(), all);
  for (const auto& place : all) {
    const Json& value = base.json[place];
    for (const Json& other : others(value)) {
      Json corrupted = base.json;
      corrupted[place] = other;
      suite.attack(corrupted, base, place.to_string() + " = " + other.dump().substr(0, 80));
    }
    if (!value.is_object()) continue;
    for (const auto& [key, item] : value.items()) {
      Json dropped = base.json;
      dropped[place].erase(key);
      suite.attack(dropped, base, "without " + (place / key).to_string());
      Json renamed = dropped;
      renamed[place][key + "_"] = item;
      suite.attack(renamed, base, "renamed " + (place / key).to_string());
      for (const auto& [key2, item2] : value.items()) {
        if (key >= key2) continue;
        Json exchanged = base.json;
        exchanged[place][key] = item2;
        exchanged[place][key2] = item;
        suite.attack(exchanged, base, "exchanged " + (place / key).to_string() + " and " + key2);
      }
    }
  }
}

void exchange_matrices(const Sample& base, Suite& suite) {
  std::vector<Json::json_pointer> all;
  places(base.json, Json::json_pointer(), all);
  std::vector<Json::json_pointer> matrices;
  for (const auto& place : all)
    if (base.json[place].is_object() && base.json[place].contains("denominator")) matrices.push_back(place);
  for (const auto& a : matrices) {
    for (const auto& b : matrices) {
      Json corrupted = base.json;
      std::swap(corrupted[a], corrupted[b]);
      suite.attack(corrupted, base, "matrices " + a.to_string() + " and " + b.to_string());
    }
  }
}

void damage_text(const Sample& base, Suite& suite, std::mt19937_64& random) {
  const std::string text = base.json.dump();
  for (std::size_t k = 0; k < 40; ++k)
    suite.attack_text(text.substr(0, random() % text.size()), base, "truncated");
  // a key a second time in its object
  for (std::size_t at = text.find("\":"); at != std::string::npos; at = text.find("\":", at + 1)) {
    const std::size_t start = text.rfind('"', at - 1);
    const std::string key = text.substr(start, at - start + 2);
    suite.attack_text(text.substr(0, start) + key + "null," + text.substr(start), base, "twice " + key);
  }
  for (std::size_t k = 0; k < 60; ++k) {
    std::string damaged = text;
    damaged[random() % text.size()] = static_cast<char>(random() % 256);
    const Json read = Json::parse(damaged, nullptr, false);
    if (read.is_discarded()) {
      suite.attack_text(damaged, base, "a byte changed");
    } else {
      suite.attack(read, base, "a byte changed");
    }
  }
}

void hostile(std::uint64_t every, std::uint64_t least) {
  const std::uint64_t seed = 20240607;
  CAPTURE(seed);
  std::mt19937_64 random(seed);
  Suite suite(every);
  for (const Sample& base : samples::all()) {
    CAPTURE(base.name);
    REQUIRE(verifier::verify_certificate(base.json.dump()).outcome == Outcome::verified);
    const auto wrong = samples::false_claim(base.json);
    CHECK_MESSAGE(!wrong.has_value(), wrong.value_or(""));
    corrupt_places(base, suite);
    exchange_matrices(base, suite);
    damage_text(base, suite, random);
    for (const Sample& other : samples::all()) {
      // single claims of another certificate, and its program, data, weights
      for (const auto& [claim, value] : other.json["claims"].items())
        suite.attack(samples::with(base.json, {{"/claims/" + claim, value}}), base,
                     "claim " + claim + " of " + other.name);
      for (const char* part : {"/program", "/constants", "/data", "/weights"})
        suite.attack(samples::with(base.json, {{part, other.json[Json::json_pointer(part)]}}), base,
                     part + (" of " + other.name));
      suite.attack(samples::with(other.json, {{"/claims", base.json["claims"]}}), base, "the loss of " + other.name);
    }
  }
  MESSAGE(samples::all().size() << " certificates, " << suite.tally.corruptions
                                << " corruptions: " << suite.tally.rejected << " rejected, " << suite.tally.unreadable
                                << " unreadable, " << suite.tally.harmless << " accepted with true claims");
  CHECK(suite.tally.corruptions >= least);
  // a verifier that accepts nothing would pass everything above
  CHECK(suite.tally.harmless > 0);
}

}  // namespace

TEST_SUITE("quick") {
  TEST_CASE("corrupted certificates are not accepted (sample)") {
    hostile(29, 300);
  }
}

TEST_SUITE("standard") {
  TEST_CASE("corrupted certificates are not accepted") {
    hostile(1, 50000);
  }
}
