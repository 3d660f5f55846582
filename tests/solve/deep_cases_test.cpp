// docs/complete.md, case by case: in which components of the certified lists the (S, stratum) cases of deep linear
// networks lie, and what their points are. The cases come from the adviser's theory, the components from Singular;
// neither knows the other. RANKSCAPE_UPDATE_GOLDEN=1 writes the table anew.
#include <doctest/doctest.h>

#include <cstdlib>
#include <map>
#include <nlohmann/json.hpp>
#include <rankscape/cases.hpp>
#include <rankscape/check/evidence.hpp>
#include <rankscape/landscape.hpp>
#include <rankscape/native.hpp>

#include "solve/polynomials.hpp"
#include "solve/with_singular.hpp"

using namespace rankscape;
using test::has_singular;
using test::Outcome;
using test::read_file;
using test::shell;
using test::TemporaryFolder;
using test::write_text;

namespace {

constexpr const char* page_path = RANKSCAPE_SOURCE_DIR "/docs/complete.md";
constexpr const char* section = "\n## Case by case\n";

// "4:8 at 0" of each component, whose generators are read as the certificate has them
struct Listed {
  std::string name;
  critical_set::Polynomials generators;
  int cases = 0;
};

std::vector<Listed> components_of(const std::string& shape, std::size_t unknowns) {
  const TemporaryFolder folder;
  const std::string json = (folder / "solution.json").string();
  const Outcome outcome = shell("rankscape solve deep-linear --size " + shape +
                                " --data 'X = [1, 0; 0, 1], Y = [2, 0; 0, 1]' --time-limit 900 --json '" + json + "'");
  REQUIRE((outcome.code == 0 || outcome.code == 3));
  const Json solution = Json::parse(read_file(json));
  CHECK(solution["complete"] == true);
  std::vector<Listed> all;
  for (const Json& component : solution["components"]) {
    Listed& listed = all.emplace_back();
    REQUIRE(component["value"].size() == 2);
    const std::string value = component["value"][0].get<std::string>();
    listed.name = component["dimension"].dump() + ":" + component["degree"].dump() + " at " +
                  (value.front() == '-' ? value.substr(1) : value);
    for (const Json& text : component["generators"]) {
      const auto generator = critical_set::parse_polynomial(text.get<std::string>(), unknowns);
      REQUIRE(generator);
      listed.generators.push_back(*generator);
    }
  }
  return all;
}

bool holds(const Listed& component, const std::vector<Rational>& at) {
  return std::all_of(component.generators.begin(), component.generators.end(),
                     [&](const auto& generator) { return symmetry::evaluate(generator, at) == 0; });
}

}  // namespace

TEST_SUITE("extreme") {
  TEST_CASE("the 42 (S, stratum) cases of four deep shapes lie in the certified components, and each has one") {
    if (!has_singular()) return;
    const Library library({RANKSCAPE_SOURCE_DIR "/landscapes"}, find_adviser);
    const Landscape& landscape = library.at("deep-linear");
    std::string table = "\n| widths | case | components that hold it | (-, 0, +) | verdict |\n|---|---|---|---|---|\n";
    int all = 0;
    for (const std::string shape : {"2,2,2", "2,1,1,2", "2,1,2,2", "2,2,2,2"}) {
      CAPTURE(shape);
      Scope scope;
      scope.shapes = {Shape::parse(shape)};
      scope.positions = {"aligned"};
      scope.data = {"canonical"};
      std::vector<Listed> components;
      for (const auto& recipe : landscape.cases(scope)) {
        CAPTURE(recipe->key());
        const Point point = recipe->build(1);
        std::vector<Rational> at;
        for (const RationalMatrix& w : point.weights)
          at.insert(at.end(), w.reshaped().begin(), w.reshaped().end());
        if (components.empty()) components = components_of(shape, at.size());
        const auto instance = landscape.instance(point);
        std::map<std::string, int> inside;
        for (Listed& component : components) {
          if (!holds(component, at)) continue;
          ++inside[component.name];
          ++component.cases;
        }
        CHECK(!inside.empty());
        std::string where;
        for (const auto& [name, count] : inside)
          where += (where.empty() ? "" : ", ") + (count > 1 ? std::to_string(count) + " x " : std::string()) + name;
        const Evidence evidence = examine(*instance, {.form_hessian = false, .eigenvalues = false});
        REQUIRE(evidence.hessian);
        std::string verdict(to_string(evidence.verdict));
        std::replace(verdict.begin(), verdict.end(), '_', ' ');
        std::string name = recipe->key().substr(shape.size() + 1);
        name = name.substr(0, name.find(" aligned"));
        table += "| " + shape + " | " + name + " | " + where + " | " + std::to_string(evidence.hessian->negative) +
                 ", " + std::to_string(evidence.hessian->zero) + ", " + std::to_string(evidence.hessian->positive) +
                 " | " + verdict + " |\n";
        ++all;
      }
      for (const Listed& component : components)
        CHECK_MESSAGE(component.cases > 0, component.name);
    }
    CHECK(all == 42);
    const std::string page = read_file(page_path);
    CHECK_MESSAGE(page.find(table) != std::string::npos, table);
    const char* update = std::getenv("RANKSCAPE_UPDATE_GOLDEN");
    const std::size_t begin = page.find(section);
    if (update == nullptr || std::string(update) != "1" || begin == std::string::npos) return;
    const std::size_t end = std::min(page.find("\n## ", begin + 1), page.size());
    const std::size_t old = page.find("\n| widths | case |", begin);
    const std::string text = page.substr(0, std::min(old, end)) + table;
    write_text(page_path, text + (end < page.size() ? page.substr(end) : ""));
  }
}
