// Certificates of completeness, edited at random. Whether an edit loses a component is decided here, by division: the
// generators that Singular proposed are a Groebner basis of a prime ideal, so its zeros lie in a component of the
// edited list where all generators of that one have remainder 0. What loses one is never accepted.
#include <doctest/doctest.h>

#include <algorithm>
#include <functional>
#include <nlohmann/json.hpp>
#include <optional>

#include "exact/random.hpp"
#include "solve/polynomials.hpp"
#include "solve/rejected.hpp"
#include "verifier/verify.hpp"

using namespace rankscape;
using namespace rankscape::test;
using Json = nlohmann::json;
using critical_set::Polynomial;
using critical_set::Polynomials;

namespace {

class Editor {
 public:
  explicit Editor(std::uint64_t seed) : random_(seed) {}

  // Something of the list itself, and then perhaps of the tree, so that it fits again: for edits that lose a component.
  void lose(Json& whole) {
    Json& json = slice_of(whole);
    if (json["components"].empty()) return;
    const std::size_t at = below(json["components"].size());
    switch (random_.integer(0, 2)) {
      case 0:
        json["components"].erase(at);
        for (Json& node : json["tree"])
          leave(node, at, json["components"]);
        break;
      case 1:  // fewer points: still critical
        json["components"][at]["generators"].push_back(any_of({"x1", "x2-1", "x1*x2", "1", "x1^2+x2^2"}));
        for (Json& node : json["tree"]) {
          if (node.value("leaf", json["components"].size()) == at)
            node["cofactors"].push_back(chance(2) ? Json::array() : node["cofactors"][below(node["cofactors"].size())]);
        }
        break;
      default:
        change_one(json["components"][at]["generators"]);
    }
    if (chance(3)) change_one(json["tree"]);
  }

  // Anything.
  void edit(Json& whole) {
    if (whole.contains("slices") && chance(4)) {
      Json& slices = whole["slices"];
      Json& fixed = slices[below(slices.size())]["fixed"];
      if (fixed.empty() || chance(3)) {
        slices.erase(below(slices.size()));
      } else if (chance(2)) {
        fixed.erase(below(fixed.size()));
      } else {
        fixed[below(fixed.size())][1] = std::to_string(random_.integer(-1, 2));
      }
      return;
    }
    Json& json = slice_of(whole);
    change_one(json[chance(2) ? "components" : "tree"]);
  }

 private:
  std::size_t below(std::size_t size) {
    return static_cast<std::size_t>(random_.integer(0, static_cast<long>(size) - 1));
  }
  bool chance(long of) { return random_.integer(0, of - 1) == 0; }
  std::string any_of(const std::vector<std::string>& texts) { return texts[below(texts.size())]; }
  Json& slice_of(Json& whole) {
    return whole.contains("slices") ? whole["slices"][below(whole["slices"].size())] : whole;
  }

  // A leaf after component `gone` was erased: later ones are numbered anew, its own names another, or claims that there
  // is nothing.
  void leave(Json& node, std::size_t gone, const Json& components) {
    if (!node.contains("leaf") || node["leaf"].get<std::size_t>() < gone) return;
    if (node["leaf"].get<std::size_t>() > gone) {
      node["leaf"] = node["leaf"].get<std::size_t>() - 1;
      return;
    }
    const Json cofactors = node["cofactors"];
    node = Json::object();
    if (components.empty() || chance(3)) {
      node["empty"] = cofactors[below(cofactors.size())];
      return;
    }
    const std::size_t other = below(components.size());
    node["leaf"] = other;
    node["cofactors"] = Json::array();
    for (std::size_t k = 0; k < components[other]["generators"].size(); ++k)
      node["cofactors"].push_back(k < cofactors.size() ? cofactors[k] : Json::array());
  }

  static void collect(Json& json, std::vector<Json*>& all) {
    if (json.is_object() || json.is_array()) {
      for (Json& item : json)
        collect(item, all);
    }
    if (!json.is_object()) all.push_back(&json);
  }

  // A string, a number or an array below a value.
  void change_one(Json& json) {
    std::vector<Json*> all;
    collect(json, all);
    Json& at = *all[below(all.size())];
    if (at.is_string()) {
      std::string text = at.get<std::string>();
      if (text.empty()) return;
      const std::size_t place = below(text.size());
      const std::string put = any_of({"0", "1", "2", "3", "4", "7", "x", "-", "+", "*", "/", "^"});
      const long kind = random_.integer(0, 2);
      text.replace(place, kind == 2 ? 0 : 1, kind == 1 ? "" : put);
      at = text;
    } else if (at.is_number_integer()) {
      at = random_.integer(0, 4);
    } else if (at.is_array() && !at.empty()) {
      const std::size_t a = below(at.size());
      const std::size_t b = below(at.size());
      if (chance(2)) {
        at.erase(a);
      } else {
        std::swap(at[a], at[b]);
      }
    }
  }

  Random random_;
};

// Of a slice; of the certificate where there are none.
std::vector<Json> lists_of(const Json& json) {
  return json.contains("slices") ? json["slices"].get<std::vector<Json>>() : std::vector<Json>{json};
}

// Nothing: a generator cannot be read.
std::optional<Polynomials> generators_of(const Json& component, std::size_t unknowns) {
  Polynomials all;
  if (!component.is_object()) return std::nullopt;
  for (const Json& text : component.value("generators", Json::array())) {
    if (!text.is_string()) return std::nullopt;
    const auto generator = critical_set::parse_polynomial(text.get<std::string>(), unknowns);
    if (!generator) return std::nullopt;
    all.push_back(*generator);
  }
  return all;
}

// Of some component of the good list no component of the other holds all points. Where a proof speaks of real points
// those that have none do not count.
bool loses_a_component(const Json& good, const Json& other, std::size_t unknowns, bool real) {
  for (const Json& component : good["components"]) {
    if (real && (component.contains("positive") || component.contains("not_real"))) continue;
    const Polynomials ideal = *generators_of(component, unknowns);
    const auto holds_it = [&](const Json& candidate) {
      const auto generators = generators_of(candidate, unknowns);
      return generators && std::all_of(generators->begin(), generators->end(), [&](const Polynomial& generator) {
               critical_set::PolynomialRing ring(10'000'000);
               return critical_set::remainder(generator, ideal, ring).is_zero();
             });
    };
    const Json& rest = other["components"];
    if (std::none_of(rest.begin(), rest.end(), holds_it)) return true;
  }
  return false;
}

bool loses(const Json& good, const Json& edited) {
  const std::vector<Json> lists = lists_of(good);
  const std::vector<Json> others = lists_of(edited);
  if (lists.size() != others.size()) return true;
  const std::size_t unknowns = good["unknowns"].size();
  const bool real = verifier::verify_certificate(good.dump()).verified.front().starts_with("every real");
  for (std::size_t k = 0; k < lists.size(); ++k) {
    if (loses_a_component(lists[k], others[k], unknowns, real)) return true;
  }
  return false;
}

// Until so many edits of each of both kinds have lost something.
void edit_and_verify(int losses, std::uint64_t seed) {
  MESSAGE("seed " << seed);
  Editor editor(seed);
  int lost = 0;
  int accepted = 0;
  int edits = 0;
  for (; lost < losses; ++edits) {
    REQUIRE(edits < 20 * losses);
    const Json good = certificate(certificate_names()[static_cast<std::size_t>(edits) % certificate_names().size()]);
    Json json = good;
    if (edits % 3 == 0) {
      editor.edit(json);
    } else {
      editor.lose(json);
    }
    if (json == good) continue;
    const bool verified = verifier::verify_certificate(json.dump()).outcome == verifier::Outcome::verified;
    const bool loss = loses(good, json);
    lost += loss ? 1 : 0;
    accepted += verified ? 1 : 0;
    CAPTURE(edits);
    CHECK_MESSAGE(!(loss && verified), json.dump());
  }
  MESSAGE(edits << " edits: " << lost << " lost a component, " << accepted << " were accepted");
}

}  // namespace

TEST_SUITE("quick") {
  TEST_CASE("random edits of certificates of completeness that lose a component are rejected") {
    edit_and_verify(60, 1);
  }

  TEST_CASE("what loses a component, as these tests see it: one less, or with fewer points; not by another spelling") {
    const Json good = certificate("deep-linear-2-1-2");
    Json json = good;
    json["components"].erase(2);
    CHECK(loses(good, json));
    json = good;
    json["components"][0]["generators"].push_back("x2-1");
    CHECK(loses(good, json));
    json = good;
    json["components"][0]["generators"][2] = "2*x2*x4-2+x1";
    CHECK(!loses(good, json));
    std::swap(json["components"][0], json["components"][1]);
    CHECK(!loses(good, json));
  }
}

TEST_SUITE("extreme") {
  TEST_CASE("a thousand random edits that lose a component are rejected") {
    edit_and_verify(1000, 2);
  }
}
