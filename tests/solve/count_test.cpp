// All critical points by counting: of x^4 + y^4 - x y they are 0 and (w/2, w^3/2) for the eighth roots w of 1, nine as
// Bezout says, three of them real.
#include <doctest/doctest.h>

#include <complex>
#include <fstream>
#include <functional>
#include <nlohmann/json.hpp>
#include <numbers>

#include "exact/random.hpp"
#include "solve/polydisc.hpp"
#include "solve/rejected.hpp"
#include "solve/with_singular.hpp"
#include "verifier/verify.hpp"

using namespace rankscape;
using namespace rankscape::test;
using Json = nlohmann::json;
using critical_set::Complex;
using critical_set::ComplexPoint;

namespace {

Json nine_zeros() {
  std::ifstream in(RANKSCAPE_SOLVE_DATA "/zeros.json");
  REQUIRE(in);
  return Json::parse(in);
}

Json& zeros_of(Json& json) {
  return json["components"][0]["zeros"];
}

ComplexPoint complex_point(Complex a, Complex b) {
  return (ComplexPoint(2) << a, b).finished();
}

std::vector<ComplexPoint> the_nine() {
  std::vector<ComplexPoint> all{complex_point(0, 0)};
  for (int k = 0; k < 8; ++k)
    all.push_back(
        complex_point(std::polar(0.5, k * std::numbers::pi / 4), std::polar(0.5, 3 * k * std::numbers::pi / 4)));
  return all;
}

double number_in(const Json& text) {
  return static_cast<double>(parse_rational(text.get<std::string>()));
}

bool holds_zero(const Json& disc, const ComplexPoint& zero) {
  for (Index k = 0; k < zero.size(); ++k) {
    const Json& at = disc["at"][static_cast<std::size_t>(k)];
    const Complex centre(number_in(at[0]), number_in(at[1]));
    if (std::abs(centre - zero(k)) > number_in(disc["radius"]) + 1e-12) return false;
  }
  return true;
}

// Each zero lies in a disc of its own.
bool all_there(Json json) {
  std::size_t found = 0;
  for (const ComplexPoint& zero : the_nine()) {
    std::size_t here = 0;
    for (const Json& disc : zeros_of(json))
      here += holds_zero(disc, zero) ? 1 : 0;
    found += here == 1 ? 1 : 0;
  }
  return found == 9 && zeros_of(json).size() == 9;
}

void check_forged(const std::string& why, const std::function<void(Json&)>& edit) {
  Json json = nine_zeros();
  edit(json);
  check_not_accepted(json, why);
}

critical_set::Polynomials polynomials_of(const std::vector<std::string>& texts) {
  critical_set::Polynomials all;
  for (const std::string& text : texts)
    all.push_back(*critical_set::parse_polynomial(text, texts.size()));
  return all;
}

}  // namespace

TEST_SUITE("quick") {
  TEST_CASE("nine zeros, certified: all are there, and what is forged is rejected") {
    const verifier::Report good = verifier::verify_certificate(nine_zeros().dump());
    CAPTURE(good.reason);
    REQUIRE(good.outcome == verifier::Outcome::verified);
    CHECK(all_there(nine_zeros()));
    const auto says = [&](const std::string& fact) {
      return std::count(good.verified.begin(), good.verified.end(), fact) == 1;
    };
    CHECK(says("all critical points are isolated and simple: 9 complex ones, of which 3 are real"));
    CHECK(says("inertia (0, 0, 2) of the Hessian: at 2 of them"));
    CHECK(says("inertia (1, 0, 1) of the Hessian: at 1 of them"));

    check_forged("not as many as the product", [](Json& json) { zeros_of(json).erase(4); });
    check_forged("not as many as the product", [](Json& json) { zeros_of(json).push_back(zeros_of(json)[0]); });
    check_forged("meets one before it", [](Json& json) { zeros_of(json)[4] = zeros_of(json)[5]; });
    check_forged("the radius is not positive", [](Json& json) { zeros_of(json)[0]["radius"] = "0"; });
    check_forged("no zero is proved", [](Json& json) { zeros_of(json)[0]["radius"] = "2"; });
    check_forged("no zero is proved", [](Json& json) { zeros_of(json)[0]["at"][0][0] = "1/1000"; });
    check_forged("no zero is proved", [](Json& json) { zeros_of(json)[0]["inverse"][0][0][0] = "5"; });
    // by nothing at all nothing moves, so that it stays within the disc
    check_forged("no zero is proved", [](Json& json) {
      for (Json& row : zeros_of(json)[0]["inverse"]) {
        for (Json& entry : row)
          entry = {"0", "0"};
      }
    });
    check_forged("not a row for each unknown", [](Json& json) { zeros_of(json)[0]["inverse"].erase(0); });
    check_forged("not a number for each unknown", [](Json& json) { zeros_of(json)[0]["at"].erase(0); });
    check_forged("not a real and an imaginary part", [](Json& json) { zeros_of(json)[0]["at"][0].erase(0); });
    check_forged("it is open whether the zero is real", [](Json& json) {
      for (Json& disc : zeros_of(json)) {
        if (disc.contains("inertia")) disc["at"][0][1] = "1/1000000000000";
      }
    });
    check_forged("the Hessian has another one", [](Json& json) {
      for (Json& disc : zeros_of(json)) {
        if (disc.contains("inertia")) disc["inertia"] = {{"neg", 0}, {"zero", 1}, {"pos", 1}};
      }
    });
    check_forged("of a point that is not real", [](Json& json) {
      for (Json& disc : zeros_of(json))
        if (!disc.contains("inertia")) disc["inertia"] = {{"neg", 1}, {"zero", 0}, {"pos", 1}};
    });
    check_forged("counted before", [](Json& json) { json["components"].push_back(json["components"][0]); });
    // the same ideal, by other generators: what is claimed is of the gradient
    check_forged("of the gradient alone", [](Json& json) {
      Json& component = json["components"][0];
      std::swap(component["generators"][0], component["generators"][1]);
      std::swap(component["critical"][0], component["critical"][1]);
      component["critical"][0][0][0] = 1;
      component["critical"][1][0][0] = 0;
    });
  }

  TEST_CASE("random edits of nine zeros: what is accepted has them all") {
    Random random(7);
    int rejected = 0;
    constexpr int edits = 120;
    for (int k = 0; k < edits; ++k) {
      Json json = nine_zeros();
      Json& zeros = zeros_of(json);
      Json& disc = zeros[static_cast<std::size_t>(random.integer(0, 8))];
      const auto entry = static_cast<std::size_t>(random.integer(0, 1));
      const long kind = random.integer(0, 4);
      if (kind == 0) {
        disc = zeros[static_cast<std::size_t>(random.integer(0, 8))];
      } else if (kind == 1) {
        disc["radius"] = "1/" + std::to_string(random.integer(1, 1'000'000'000'000));
      } else {
        Json& number = kind == 2 ? disc["at"][entry][static_cast<std::size_t>(random.integer(0, 1))]
                                 : disc["inverse"][entry][static_cast<std::size_t>(random.integer(0, 1))][0];
        std::string text = number.get<std::string>();
        text.back() = static_cast<char>('1' + random.integer(0, 8));
        number = text;
      }
      if (verifier::verify_certificate(json.dump()).outcome != verifier::Outcome::verified) {
        ++rejected;
        continue;
      }
      CAPTURE(json.dump());
      CHECK(all_there(json));
    }
    CHECK(rejected > edits / 4);
  }

  TEST_CASE("a polydisc is proved around a simple zero, not beside one and not around a double one") {
    const critical_set::PolydiscTest simple(polynomials_of({"x1^2+x2^2-5", "x1*x2-2"}));  // (1, 2) is one of four
    const auto here = simple.around(complex_point(1, 2));
    REQUIRE(here);
    CHECK(here->real);
    CHECK(!simple.around(complex_point(1 + 1e-6, 2)));
    CHECK(!simple.around(complex_point(Complex(1, 1e-6), 2)));
    const critical_set::PolydiscTest twice(polynomials_of({"x1^2+x2^2-2", "x1*x2-1"}));  // (1, 1) is double
    CHECK(!twice.around(complex_point(1, 1)));
    CHECK(critical_set::ends_of_paths(polynomials_of({"x1^2+x2^2-5", "x1*x2-2"}), 4).size() == 4);
    CHECK(critical_set::bezout_number(polynomials_of({"x1^3-x2", "x2^2"}), 6) == 6);
    CHECK(!critical_set::bezout_number(polynomials_of({"x1^3-x2", "x2^2"}), 5));
    CHECK(!critical_set::bezout_number(polynomials_of({"x1^3-x2", "7"}), 50));
  }

  TEST_CASE("solve without Singular: simple critical points are counted, and the certificate verifies") {
    const TemporaryFolder folder;
    const std::string certificate = (folder / "complete.json").string();
    const std::string solve = "env PATH=/nowhere '" RANKSCAPE_BINARY_DIR "/rankscape' solve ";
    const Outcome outcome = shell(solve + "--json - --certificate '" + certificate + "' --loss 'x^4 + y^4 - x*y'");
    CAPTURE(outcome.err);
    REQUIRE(outcome.code == 0);
    const Json found = Json::parse(outcome.out);
    CHECK(found["complete"] == true);
    CHECK(found["by"] == "count");
    CHECK(found["components"][0]["degree"] == 9);
    const auto half = [](const char* at, const char* value, const char* verdict) {
      return Json::array({Json::array({at, at}), value, verdict});
    };
    std::multiset<Json> points;
    for (const Json& sample : found["components"][0]["samples"])
      points.insert(Json::array({sample["at"], sample["value"], sample["verdict"]}));
    CHECK(points == std::multiset<Json>{half("0", "0", "strict_saddle"), half("1/2", "-1/8", "global_minimizer"),
                                        half("-1/2", "-1/8", "global_minimizer")});
    CHECK(shell("rankscape-verify '" + certificate + "'").code == 0);

    // irrational ones; a sum of squares without critical points at infinity has compact sublevel sets
    const Outcome squares = shell(solve + "--loss '((x + y)^2 - 3)^2 + ((x - 2*y)^2 - 5)^2 + (x^2 - 1)^2'");
    CAPTURE(squares.out);
    CHECK(squares.code == 0);
    CHECK(squares.out.find("9 complex critical points") != std::string::npos);
    CHECK(squares.out.find("global minimizer") != std::string::npos);
    CHECK(squares.out.find("global or not") == std::string::npos);
    // least at -1, as low as nothing: x^3 has no least value
    CHECK(shell(solve + "--loss 'x^3 - 3*x'").out.find("global or not") != std::string::npos);
  }

  TEST_CASE("what cannot be counted is undecided: multiple zeros, zeros at infinity, large bounds") {
    for (const char* loss : {"x^4", "(x*y - 1)^2", "2*x + 1", "x^731 - x"}) {
      CAPTURE(loss);
      const Outcome outcome = shell(std::string("rankscape solve --count --loss '") + loss + "'");
      CHECK(outcome.code == 3);
      CHECK(outcome.out.empty());
      CHECK(outcome.err.find("undecided: fewer simple critical points") != std::string::npos);
    }
    check_refused("rankscape solve --count --gauge --loss 'x^2'", "--count goes without --gauge");
  }
}
