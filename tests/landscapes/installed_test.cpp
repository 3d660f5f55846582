// The landscapes of the project: they are right, and they know the words and scopes of the statements about them.
#include <doctest/doctest.h>
#include <rankscape/audit.hpp>
#include <rankscape/error.hpp>

#include "landscapes/example_files.hpp"
#include "landscapes/statement_words.hpp"

#include <toml++/toml.h>

#include <map>
#include <set>

using namespace rankscape;

namespace {

// The words that the project's advisers add.
class KnownWords final : public Adviser {
 public:
  explicit KnownWords(std::vector<FeatureDeclaration> words) : words_(std::move(words)) {}
  [[nodiscard]] std::string name() const override { return "words"; }
  [[nodiscard]] const std::vector<FeatureDeclaration>& words() const override { return words_; }
  [[nodiscard]] std::unique_ptr<Advice> at(const Instance& /*instance*/) const override {
    return std::make_unique<examples::NoAdvice>();
  }

 private:
  std::vector<FeatureDeclaration> words_;
};

FeatureDeclaration word(const std::string& name, std::vector<Kind> parameters, Kind result) {
  FeatureDeclaration declaration;
  declaration.name = name;
  declaration.parameters = std::move(parameters);
  declaration.result = result;
  return declaration;
}

const Adviser* adviser(std::string_view name) {
  static const KnownWords deep_linear(
      {word("mult", {Kind::integer, Kind::integer}, Kind::integer), word("chain_length", {}, Kind::integer)});
  static const KnownWords sensing({word("least_squares", {}, Kind::matrix), word("rip_lower", {}, Kind::real),
                                   word("rip_upper", {}, Kind::real), word("delta", {}, Kind::real),
                                   word("delta_exact", {}, Kind::truth)});
  return name == "deep-linear" ? &deep_linear : name == "matrix-sensing" ? &sensing : nullptr;
}

const std::vector<std::string>& ids() {
  static const std::vector<std::string> all = Library({RANKSCAPE_SOURCE_DIR "/landscapes"}, adviser).ids();
  return all;
}

// [2, 2, 2], or [[2, 2], [1]]
std::vector<Shape::Item> items(const toml::array& shape) {
  std::vector<Shape::Item> result;
  result.reserve(shape.size());
  for (const toml::node& item : shape) {
    if (const toml::array* list = item.as_array()) {
      std::vector<long> numbers;
      numbers.reserve(list->size());
      for (const toml::node& number : *list)
        numbers.push_back(number.value_or(0L));
      result.emplace_back(std::move(numbers));
    } else {
      result.emplace_back(item.value_or(0L));
    }
  }
  return result;
}

std::shared_ptr<const Landscape> installed(const std::string& id) {
  return Landscape::read(RANKSCAPE_SOURCE_DIR "/landscapes/" + id + ".toml", adviser);
}

}  // namespace

TEST_SUITE("standard") {
  TEST_CASE("the installed landscapes are right") {
    CHECK(ids().size() >= 6);
    for (const std::string& id : ids()) {
      const auto landscape = installed(id);
      CAPTURE(id);
      CHECK(landscape->id() == id);
      CHECK(audit(*landscape, {}, [&](const Finding& finding) {
        const std::string text = finding.subject + ": " + finding.text;
        CAPTURE(text);
        CHECK(finding.kind != Finding::Kind::bad);
      }));
    }
  }
}

TEST_SUITE("quick") {
  TEST_CASE("statements know the words of their landscapes, and their scopes have cases") {
    std::size_t statements = 0;
    std::size_t scopes = 0;
    std::map<std::string, std::set<std::string>> cases;  // by landscape
    std::vector<std::string> files;
    for (const auto& entry : std::filesystem::directory_iterator(RANKSCAPE_SOURCE_DIR "/theorems")) {
      if (entry.path().extension() == ".toml") files.push_back(entry.path().string());
    }
    for (const std::string& path : files) {
      const toml::table file = toml::parse_file(path);
      const std::string model = file["model"].value_or("");
      const auto landscape = installed(model);
      const Language language{model, landscape->shape_key(), landscape->vocabulary()};
      CHECK(examples::statement_complaint(path, language) == "");
      ++statements;
      if (landscape->adviser() != nullptr) continue;  // the advisers have the cases
      Scope scope;
      const toml::table* table = file["scope"].as_table();
      REQUIRE(table != nullptr);
      const toml::array* shapes = (*table)[landscape->shape_key()].as_array();
      REQUIRE(shapes != nullptr);
      for (const toml::node& shape : *shapes) {
        scope.shapes.emplace_back(items(*shape.as_array()));
      }
      for (const auto& [key, list] : {std::pair{"data", &scope.data}, std::pair{"positions", &scope.positions}}) {
        const toml::array* names = (*table)[key].as_array();
        if (names == nullptr) continue;
        for (const toml::node& name : *names)
          list->push_back(name.value_or(std::string()));
      }
      scope.samples = (*table)["samples"].value_or(1);
      CAPTURE(path);
      const auto recipes = landscape->cases(scope);
      CHECK(!recipes.empty());
      CHECK(recipes.size() == landscape->count_cases(scope));
      for (const auto& recipe : recipes)
        cases[model].insert(recipe->key());
      ++scopes;
    }
    for (const std::string& id : ids()) {
      if (installed(id)->adviser() != nullptr) continue;
      CAPTURE(id);
      // phase retrieval has one family with three choices
      CHECK(cases[id].size() >= (id == "phase-retrieval" ? 50 : 100));
    }
    CHECK(statements >= 34);
    CHECK(scopes >= 9);
  }

  TEST_CASE("a library finds landscapes by id and by path") {
    const Library library({RANKSCAPE_SOURCE_DIR "/landscapes", examples::folder()}, adviser);
    CHECK(library.at("weight-decay").id() == "weight-decay");
    CHECK(library.find("weight-decay") == &library.at("weight-decay"));
    CHECK(library.find("nothing") == nullptr);
    CHECK(library.find("../landscapes/weight-decay") == nullptr);
    CHECK(library.at((examples::folder() / "brockett.toml").string()).id() == "brockett");
    CHECK(library.at("brockett.toml", examples::folder()).id() == "brockett");
    CHECK_THROWS_AS(static_cast<void>(library.at("weight-decai")), InputError);
    CHECK(library.ids().size() >= 19);
  }
}
