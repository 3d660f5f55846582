// rankscape-verify on certificates of completeness: good ones, and single forgeries that each break one rule.
#include <doctest/doctest.h>

#include <functional>
#include <nlohmann/json.hpp>
#include <set>

#include "solve/polynomials.hpp"
#include "solve/rejected.hpp"
#include "verifier/verify.hpp"

using namespace rankscape;
using namespace rankscape::test;
using Json = nlohmann::json;

namespace {

void check_rejected(const std::string& name, const std::string& why, const std::function<void(Json&)>& edit) {
  Json json = certificate(name);
  edit(json);
  check_not_accepted(json, why);
}

using RationalPoint = std::vector<Rational>;

// Of all slices, where there are some.
std::vector<Json> components_of(const Json& json) {
  if (!json.contains("slices")) return json.at("components").get<std::vector<Json>>();
  std::vector<Json> all;
  for (const Json& slice : json.at("slices")) {
    for (const Json& component : slice.at("components"))
      all.push_back(component);
  }
  return all;
}

std::vector<RationalPoint> known_points(const Json& json) {
  std::vector<RationalPoint> points;
  for (const Json& component : components_of(json)) {
    for (const Json& row : component.value("points", Json::array())) {
      RationalPoint& point = points.emplace_back();
      for (const Json& number : row)
        point.push_back(parse_rational(number.get<std::string>()));
    }
  }
  return points;
}

// Some component's generators vanish there, as this side reads them.
bool covered(const Json& json, const RationalPoint& point) {
  for (const Json& component : components_of(json)) {
    bool inside = true;
    for (const Json& text : component.at("generators")) {
      const auto generator = critical_set::parse_polynomial(text.get<std::string>(), point.size());
      inside = inside && generator && evaluate(*generator, point) == 0;
    }
    if (inside) return true;
  }
  return false;
}

}  // namespace

TEST_SUITE("quick") {
  TEST_CASE("good certificates of completeness verify, and say what was verified") {
    for (const std::string& name : certificate_names()) {
      CAPTURE(name);
      const verifier::Report report = verifier::verify_certificate(certificate(name).dump());
      CAPTURE(report.reason);
      CHECK(report.outcome == verifier::Outcome::verified);
      const std::set<std::string> words = {"/landscape", "/shape", "/loss", "/unknowns"};  // for the reader
      for (const std::string& place : report.not_verified)
        CHECK_MESSAGE(words.contains(place), place);
      for (const RationalPoint& point : known_points(certificate(name)))
        CHECK(covered(certificate(name), point));
    }
  }

  TEST_CASE("forged certificates of completeness: each rule, broken alone") {
    // a component is lost: its leaf is sent to another one
    check_rejected("line", "a generator of the component is not made", [](Json& json) {
      for (Json& node : json["tree"]) {
        if (node.contains("leaf")) {
          node["leaf"] = 1;
          for (Json& cofactors : node["cofactors"])
            cofactors = Json::array();
          while (node["cofactors"].size() < json["components"][1]["generators"].size())
            node["cofactors"].push_back(Json::array());
        }
      }
    });
    check_rejected("line", "not an identity for each generator", [](Json& json) {
      for (Json& node : json["tree"]) {
        if (node.contains("leaf")) node["cofactors"].erase(0);
      }
    });
    check_rejected("line", "not a child for each factor", [](Json& json) { json["tree"][0]["children"].erase(0); });
    check_rejected("line", "not a child for each factor",
                   [](Json& json) { json["tree"][0]["children"] = json["tree"][0]["split"] = Json::array(); });
    check_rejected("line", "not a polynomial and an exponent",
                   [](Json& json) { json["tree"][0]["split"][0].push_back(1); });
    check_rejected("line", "too many unknowns", [](Json& json) {
      json["data"] = json["constants"] = Json::array();
      json["weights"] = Json::array({json["weights"][0]});
      json["weights"][0]["value"] = {{"denominator", 1}, {"entries", std::vector<std::vector<int>>(1001, {0})}};
      json["program"] = Json::parse(R"([["input", 0], ["dot", 0, 0]])");
    });
    check_rejected("line", "the product is not made", [](Json& json) { json["tree"][0]["split"][0][1] = 2; });
    check_rejected("line", "the product is not made", [](Json& json) { json["tree"][0]["split"][0][0] = "x1"; });
    // both children are one node, and the other is not reached
    check_rejected("line", "a child before its parent", [](Json& json) { json["tree"][0]["children"][0] = 0; });
    check_rejected("line", "reached twice",
                   [](Json& json) { json["tree"][0]["children"][0] = json["tree"][0]["children"][1]; });
    check_rejected("line", "not reached", [](Json& json) { json["tree"].push_back(json["tree"].back()); });
    check_rejected("line", "1 is not made", [](Json& json) {
      json["tree"] = Json::array({{{"empty", Json::array()}}});
    });
    check_rejected("line", "/tree: empty", [](Json& json) { json["tree"] = Json::array(); });
    // a component that is larger than the critical set
    check_rejected("line", "does not consist of critical points", [](Json& json) {
      json["components"][0]["generators"] = Json::array();
      json["components"][0]["critical"] = Json::array({Json::array(), Json::array()});
    });
    check_rejected("line", "not a derivative for each unknown",
                   [](Json& json) { json["components"][0]["critical"].erase(0); });
    check_rejected("line", "not a number for each unknown",
                   [](Json& json) { json["components"][0]["points"][0].push_back("0"); });
    check_rejected("line", "not a point of the component",
                   [](Json& json) { json["components"][0]["points"][0][0] = "7"; });
    check_rejected("line", "the loss does not satisfy the polynomial", [](Json& json) {
      json["components"][0]["value"]["satisfies"] = {"-5", "1"};
    });
    check_rejected("line", "not a polynomial of degree 1 at least", [](Json& json) {
      json["components"][0]["value"] = {{"satisfies", {"0"}}, {"cofactors", Json::array()}};
    });
    const std::vector<std::string> long_list(1001, "1");
    for (const auto& no_polynomial : std::vector<std::vector<std::string>>{{"1"}, {"1", "0"}, long_list}) {
      check_rejected("line", "not a polynomial of degree 1 at least",
                     [&](Json& json) { json["components"][0]["value"]["satisfies"] = no_polynomial; });
    }
    // x^2 - 2 of x has real roots, although 0 = 0 (x^2 - 2) is made of nothing
    check_rejected("line", "has a real root", [](Json& json) {
      json["components"][0]["not_real"] = {{"of", "0"}, {"satisfies", {"0", "0", "1"}}, {"cofactors", Json::array()}};
    });
    check_rejected("weight-decay", "the relation does not hold", [](Json& json) {
      for (Json& component : json["components"]) {
        if (component.contains("points"))
          component["not_real"] = {{"of", "x1"}, {"satisfies", {"1", "0", "1"}}, {"cofactors", Json::array()}};
      }
    });
    check_rejected("no-real-points", "not positive",
                   [](Json& json) { json["components"][0]["positive"]["constant"] = "0"; });
    check_rejected("no-real-points", "not a positive weight",
                   [](Json& json) { json["components"][0]["positive"]["squares"][0][0] = "-1"; });
    check_rejected("no-real-points", "not a positive weight",
                   [](Json& json) { json["components"][0]["positive"]["squares"][0].push_back("x1"); });
    check_rejected("no-real-points", "the sum of squares is not in the ideal",
                   [](Json& json) { json["components"][0]["positive"]["squares"][0][1] = "2*x1"; });
    check_rejected("no-real-points", "an unknown that does not exist",
                   [](Json& json) { json["components"][0]["generators"][0] = "x4"; });
    const auto first_generator = [](const char* text) {
      return [text](Json& json) { json["components"][0]["generators"][0] = text; };
    };
    check_rejected("line", "an unknown that does not exist", first_generator("x0"));
    check_rejected("line", "a degree is too large", first_generator("x1^1001"));
    check_rejected("line", "the loss is no polynomial", [](Json& json) {
      json["data"] = json["constants"] = Json::array();
      json["weights"] = Json::array({json["weights"][0]});
      json["weights"][0]["value"] = {{"denominator", 1}, {"entries", Json::array({Json::array({1})})}};
      json["program"] = Json::parse(R"([["input", 0], ["reciprocal", 0]])");
    });
    for (const char* text : {"", "x1+", "1/0", "x1 ", "(1)*x1", "x1^1001", "y", "++x1", "x1*"}) {
      CAPTURE(text);
      Json json = certificate("line");
      json["components"][0]["generators"][0] = text;
      CHECK(verifier::verify_certificate(json.dump()).outcome == verifier::Outcome::rejected);
    }
    // another loss
    check_rejected("deep-linear-2-1-2", "", [](Json& json) { json["data"][1]["value"]["entries"][0][0] = 5; });
  }

  TEST_CASE("forged sums of squares in the tree: each rule, broken alone") {
    const verifier::Report good = verifier::verify_certificate(certificate("real-squares").dump());
    CHECK(good.verified.front().starts_with("every real critical point lies in one of 1 components"));
    const auto first = [](Json& json, const char* kind) -> Json& {
      for (Json& node : json["tree"]) {
        if (node.contains(kind)) return node;
      }
      FAIL("no such node");
      return json;
    };
    check_rejected("real-squares", "not positive",
                   [&](Json& json) { first(json, "positive")["positive"]["constant"] = "0"; });
    check_rejected("real-squares", "not a positive weight",
                   [&](Json& json) { first(json, "positive")["positive"]["squares"][0][0] = "-1"; });
    check_rejected("real-squares", "the sum of squares is not in the ideal",
                   [&](Json& json) { first(json, "positive")["positive"]["constant"] = "2"; });
    check_rejected("real-squares", "not a positive weight",
                   [&](Json& json) { first(json, "squares")["squares"][0][0] = "0"; });
    // 2 y^2 - x^2 in place of 2 y^2 + x^2; a summand less; one more, of which the child would hold
    check_rejected("real-squares", "not a positive weight",
                   [&](Json& json) { first(json, "squares")["squares"][1][0] = "-1"; });
    check_rejected("real-squares", "the sum of squares is not made",
                   [&](Json& json) { first(json, "squares")["squares"].erase(0); });
    check_rejected("real-squares", "the sum of squares is not made", [&](Json& json) {
      first(json, "squares")["squares"].push_back({"1", "1"});
    });
    check_rejected("real-squares", "a child before its parent",
                   [&](Json& json) { first(json, "squares")["child"] = 0; });
    check_rejected("real-squares", "child: missing", [&](Json& json) { first(json, "squares").erase("child"); });
    // without the node that adds x and y its child has nothing to make them of
    check_rejected("real-squares", "", [&](Json& json) {
      Json& node = first(json, "squares");
      Json lemma;
      lemma["split"] = Json::array();
      lemma["split"].push_back({"2*x2^2+x1^2", 1});
      lemma["cofactors"] = node["cofactors"];
      lemma["children"] = Json::array();
      lemma["children"].push_back(node["child"]);
      node = lemma;
    });
    // what the loss equals on a component
    check_rejected("real-squares", "the loss is not this polynomial",
                   [](Json& json) { json["components"][0]["value"]["of"] = "2"; });
    check_rejected("real-squares", "the loss does not satisfy the polynomial", [](Json& json) {
      json["components"][0]["value"]["satisfies"] = {"-2", "1"};
    });
  }

  TEST_CASE("the key of a certificate is read, for manifests") {
    Json json = certificate("line");
    json["key"] = "a case";
    const verifier::Report report = verifier::verify_certificate(json.dump());
    CHECK(report.outcome == verifier::Outcome::verified);
    CHECK(report.key == "a case");
  }

  TEST_CASE("forged slices: each rule of normal forms, broken alone") {
    check_rejected("gauge-echelon", "not one for each normal form", [](Json& json) { json["slices"].erase(0); });
    check_rejected("gauge-echelon", "not the normal form that comes next",
                   [](Json& json) { std::swap(json["slices"][0], json["slices"][1]); });
    // more is fixed than the form has, or something else
    check_rejected("gauge-triangular", "not the normal form that comes next", [](Json& json) {
      json["slices"][0]["fixed"].push_back({1, "0"});
    });
    check_rejected("gauge-triangular", "not the normal form that comes next",
                   [](Json& json) { json["slices"][0]["fixed"][0][1] = "1"; });
    check_rejected("gauge-triangular", "not an unknown and a number",
                   [](Json& json) { json["slices"][0]["fixed"][0].push_back("0"); });
    check_rejected("gauge-triangular", "neither left nor right",
                   [](Json& json) { json["gauge"][0]["acts"][0]["side"] = "both"; });
    // groups that are none: not of the loss; only half of a pair; the wrong partner; twice
    check_rejected("gauge-triangular", "no symmetry of the loss",
                   [](Json& json) { json["gauge"][0]["group"] = "general_linear"; });
    check_rejected("gauge-triangular", "no symmetry of the loss",
                   [](Json& json) { json["gauge"][0]["acts"][0]["side"] = "left"; });
    check_rejected("gauge-echelon", "no symmetry of the loss", [](Json& json) { json["gauge"][0]["acts"].erase(1); });
    check_rejected("gauge-echelon", "no symmetry of the loss",
                   [](Json& json) { json["gauge"][0]["acts"][1]["dual"] = true; });
    check_rejected("gauge-echelon", "acts twice on one weight",
                   [](Json& json) { json["gauge"][0]["acts"][1]["weight"] = 1; });
    check_rejected("gauge-echelon", "acts on a weight in normal form",
                   [](Json& json) { json["gauge"].push_back(json["gauge"][0]); });
    check_rejected("gauge-echelon", "matrices of another size",
                   [](Json& json) { json["gauge"][0]["acts"][1]["side"] = "left"; });
    check_rejected("gauge-echelon", "no such group", [](Json& json) { json["gauge"][0]["group"] = "unitary"; });
    check_rejected("gauge-echelon", "no group", [](Json& json) { json["gauge"] = Json::array(); });
    check_rejected("gauge-echelon", "acts on nothing", [](Json& json) { json["gauge"][0]["acts"] = Json::array(); });
    // an orthogonal group is no reason to speak of complex points
    const verifier::Report real = verifier::verify_certificate(certificate("gauge-triangular").dump());
    CHECK(real.verified.front().starts_with("every real critical point is moved"));
    const verifier::Report complex = verifier::verify_certificate(certificate("gauge-echelon").dump());
    CHECK(complex.verified.front().starts_with("every complex critical point is moved"));
    // rotations of its columns leave the determinant alone, a reflection changes its sign
    Json odd = certificate("gauge-triangular");
    odd["program"] = {{"input", 1},       {"constant", 0},    {"constant", 1},    {"constant", 2},
                      {"multiply", 1, 0}, {"multiply", 4, 2}, {"multiply", 3, 0}, {"dot", 5, 6}};
    const auto matrix = [](const Json& entries) { return Json{{"denominator", 1}, {"entries", entries}}; };
    odd["constants"] = {matrix(Json::array({{1, 0}})), matrix({{0, 1}, {-1, 0}}), matrix(Json::array({{0, 1}}))};
    const verifier::Report report = verifier::verify_certificate(odd.dump());
    CAPTURE(report.reason);
    CHECK(report.outcome == verifier::Outcome::rejected);
    CHECK(report.reason.find("no symmetry of the loss") != std::string::npos);
  }
}
