// Formulas as programs against formulas as they are evaluated by the language, at random points of landscapes; and
// printed derivations, read back.

#include "landscapes/compiled.hpp"
#include "program/formulas.hpp"
#include "program/lower.hpp"

#include <doctest/doctest.h>
#include <rankscape/landscape.hpp>
#include <rankscape/native.hpp>

#include <filesystem>

#include "program/random_program.hpp"

using namespace rankscape;
using rankscape::program::test::RandomPrograms;

namespace {

std::vector<std::filesystem::path> landscape_files() {
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator(RANKSCAPE_SOURCE_DIR "/tests/landscapes/examples"))
    files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  return files;
}

// A language of inputs alone, "W(1)" a feature W of one integer; and the names of a derivation.
class Inputs final : public program::Meanings, public FeatureSource {
 public:
  Inputs(const program::Program& program, const program::PrintedProgram& printed) : program_(program) {
    for (const program::Input& input : program.inputs)
      add(input.name, input.rows == 1 && input.cols == 1);
    for (const program::Formula& formula : printed.where) {
      const Vocabulary words(features_, {});
      formulas_.emplace(formula.name, parse_expression(formula.text, words));
      add(formula.name, formulas_.at(formula.name).kind() != Kind::matrix);
    }
  }
  [[nodiscard]] Vocabulary vocabulary() const { return Vocabulary(features_, {}); }

  [[nodiscard]] Meaning of_feature(std::size_t position, const std::vector<long>& arguments) const override {
    std::string name = features_.at(position).name;
    if (const auto formula = formulas_.find(name); formula != formulas_.end())
      return Body{formula->second.tree.get(), {}};
    for (std::size_t k = 0; k < arguments.size(); ++k)
      name += (k == 0 ? "(" : ", ") + std::to_string(arguments[k]);
    if (!arguments.empty()) name += ")";
    for (const program::Input& input : program_.inputs) {
      if (input.name == name) return input;
    }
    throw Undefined(name);
  }
  [[nodiscard]] Value value(const language::Expr& tree, const std::vector<long>&) const override {
    return evaluate(Expression{"", {}, std::make_shared<const language::Expr>(tree)}, *this);
  }
  [[nodiscard]] Value feature(std::size_t, std::span<const Value>) const override { throw Undefined("a value"); }

 private:
  void add(const std::string& name, bool scalar) {
    const std::size_t open = name.find('(');
    const std::string head = name.substr(0, open);
    const auto count = open == std::string::npos ? 0 : 1 + std::count(name.begin(), name.end(), ',');
    for (const FeatureDeclaration& known : features_) {
      if (known.name == head) return;
    }
    FeatureDeclaration declaration;
    declaration.name = head;
    declaration.parameters.assign(static_cast<std::size_t>(count), Kind::integer);
    declaration.result = scalar ? Kind::real : Kind::matrix;
    features_.push_back(std::move(declaration));
  }

  const program::Program& program_;
  std::vector<FeatureDeclaration> features_;
  std::map<std::string, Expression> formulas_;
};

// Random data and weights of the declared types.
void fill(const Landscape::Data& data, Environment& values, RandomPrograms& random,
          std::map<std::string, RationalMatrix>& by_name) {
  for (std::size_t a = 0; a < data.arrays.size(); ++a) {
    const Declaration& array = data.arrays[a];
    for (const auto& [indices, name] : input_names(array, values)) {
      const Extents extents = extents_of(array.type, values, variables_of(array.pattern, indices));
      RationalMatrix entries = random.matrix(extents.rows, extents.cols);
      if (array.type.form == Type::Form::symmetric) entries = RationalMatrix(entries + entries.transpose());
      by_name[name] = entries;
      Value value = entries;
      if (array.type.form == Type::Form::number) value = Real(entries(0, 0));
      if (array.type.form == Type::Form::sequence) {
        std::vector<Real> numbers;
        for (Index k = 0; k < entries.size(); ++k)
          numbers.emplace_back(entries(k));
        value = numbers;
      }
      values.put(array.position, indices, std::move(value));
    }
  }
}

}  // namespace

TEST_SUITE("quick") {
  TEST_CASE("the program of a landscape's loss has the value of its formula, and its derivation reads back") {
    std::size_t landscapes = 0;
    for (const auto& file : landscape_files()) {
      CAPTURE(file.filename().string());
      const auto landscape = Landscape::read(file, find_adviser);
      const Landscape::Data& data = landscape->internals();
      RandomPrograms random(static_cast<unsigned>(++landscapes));
      std::size_t shapes = 0;
      for (const Shape& shape : landscape->examples()) {
        if (++shapes > 3) break;
        CAPTURE(shape.to_text());
        Environment values(*data.words);
        put_sizes(data.sizes, shape, values);
        for (const SizeItem& item : data.sizes) {
          if (item.free) values.put(item.position, 2L);
        }
        std::map<std::string, RationalMatrix> by_name;
        fill(data, values, random, by_name);
        program::Program alone = program_of(data, values);
        alone.outputs.resize(1);
        const program::CompiledLoss loss(program::pruned(alone));
        std::vector<RationalMatrix> inputs;
        for (const program::Input& input : loss.loss().inputs)
          inputs.push_back(by_name.at(input.name));
        try {
          const Value expected = evaluate_tree(*data.loss.tree, values);
          REQUIRE(std::get<Real>(expected).exact() != nullptr);
          CHECK(loss.value(inputs) == *std::get<Real>(expected).exact());
        } catch (const Undefined& undefined) {
          CHECK_THROWS_AS(static_cast<void>(loss.value(inputs)), std::domain_error);
          continue;
        }
        if (shapes > 1) continue;
        const program::Program derivation = program::derivation(loss.loss());
        const program::PrintedProgram printed = program::to_formulas(derivation);
        const Inputs language(derivation, printed);
        program::Builder builder;
        program::Lowering lowering(builder, language);
        for (const program::Input& input : derivation.inputs)
          builder.input(input);
        std::vector<program::Output> outputs;
        const Vocabulary words = language.vocabulary();
        for (const program::Formula& formula : printed.outputs) {
          CAPTURE(formula.text);
          const Expression expression = parse_expression(formula.text, words);
          outputs.push_back({formula.name, lowering.lower(*expression.tree)});
        }
        const program::Program again = builder.finish(std::move(outputs));
        while (inputs.size() < derivation.inputs.size()) {
          const program::Input& direction = derivation.inputs[inputs.size()];
          inputs.push_back(random.matrix(direction.rows, direction.cols));
        }
        const program::FractionRing ring;
        const auto fractions = program::to_fractions(inputs);
        const auto one = program::evaluate(derivation, std::span<const program::FractionMatrix>(fractions), ring);
        const auto other = program::evaluate(again, std::span<const program::FractionMatrix>(fractions), ring);
        for (std::size_t k = 0; k < one.size(); ++k) {
          CAPTURE(printed.outputs[k].text);
          CHECK(one[k].to_rational() == other[k].to_rational());
        }
      }
      CHECK(shapes > 0);
    }
    CHECK(landscapes == 19);
  }
}
