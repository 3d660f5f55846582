#include "regions/landscape_region.hpp"

#include <rankscape/error.hpp>
#include <rankscape/exact/inertia.hpp>

#include <algorithm>
#include <map>

#include "landscapes/compiled.hpp"
#include "landscapes/instance.hpp"
#include "language/tree.hpp"
#include "program/enclosure_ring.hpp"
#include "regions/spectrum.hpp"
#include "statements/statement_data.hpp"

namespace rankscape::regions {

using language::Expr;
using language::ExprPtr;

namespace {

FeatureDeclaration gradient2() {
  FeatureDeclaration declaration;
  declaration.name = "gradient2";
  declaration.latex = "\\lVert \\nabla L \\rVert_F^2";
  declaration.description = "squared norm of the gradient";
  return declaration;
}

// A real subformula that runs as a program, with the variables of its surroundings as arguments.
struct Enclosed {
  ExprPtr tree;
  std::vector<Definition> definitions;  // of the statement
};

// Replaces the largest such subformulas by features behind all others.
class Rewriter {
 public:
  Rewriter(const Landscape::Data& data, const std::vector<Definition>& definitions, std::size_t features,
           std::vector<Enclosed>& found)
      : data_(data), definitions_(definitions), features_(features), found_(found) {}

  ExprPtr rewritten(const ExprPtr& tree) {
    if (tree->kind == Kind::real && depends(*tree) && is_program(*tree)) {
      std::vector<ExprPtr> arguments;
      for (std::size_t slot = 0; slot < slots_outside(*tree); ++slot)
        arguments.push_back(
            language::make(language::Variable{slot, "#" + std::to_string(slot)}, Kind::integer, tree->place));
      const std::size_t position = features_ + found_.size();
      found_.push_back({tree, definitions_});
      return language::make(language::Feature{position, language::to_text(*tree), ""}, Kind::real, tree->place,
                            std::move(arguments));
    }
    std::vector<ExprPtr> children;
    for (const ExprPtr& child : tree->children)
      children.push_back(rewritten(child));
    return children.empty() ? tree : language::with_children(*tree, std::move(children));
  }

 private:
  // How many variables are bound around it, of those that it could see.
  static std::size_t slots_outside(const Expr& tree) {
    if (const auto* quantified = tree.as<language::Quantified>()) return quantified->first_slot;
    if (const auto* variable = tree.as<language::Variable>()) return variable->slot + 1;
    std::size_t least = 0;
    std::size_t inner = ~std::size_t{0};
    for (const ExprPtr& child : tree.children) {
      const std::size_t count = slots_outside(*child);
      least = std::max(least, count);
      if (contains_binder(*child)) inner = std::min(inner, count);
    }
    return std::min(least, inner);
  }
  static bool contains_binder(const Expr& tree) {
    return tree.is<language::Quantified>() || std::any_of(tree.children.begin(), tree.children.end(),
                                                          [](const ExprPtr& child) { return contains_binder(*child); });
  }

  template <class Test>
  bool some_body(const Expr& tree, const Test& test) const {
    if (const auto* call = tree.as<language::DefinitionCall>()) return test(*definitions_.at(call->position).body.tree);
    const auto* feature = tree.as<language::Feature>();
    if (feature == nullptr || feature->position >= data_.words->all().size()) return false;
    const Word& word = (*data_.words)[feature->position];
    return word.role == Role::definition && std::any_of(word.bodies.begin(), word.bodies.end(),
                                                        [&](const auto& body) { return test(*body.formula.tree); });
  }
  bool depends(const Expr& tree) const {
    const auto* feature = tree.as<language::Feature>();
    if (feature != nullptr && feature->position < data_.words->all().size() &&
        (*data_.words)[feature->position].role == Role::weight) {
      return true;
    }
    const auto test = [&](const Expr& inner) { return depends(inner); };
    return some_body(tree, test) || std::any_of(tree.children.begin(), tree.children.end(),
                                                [&](const ExprPtr& child) { return depends(*child); });
  }
  bool is_program(const Expr& tree) const {
    if (!depends(tree)) return true;  // has a value
    if (some_body(tree, [&](const Expr& inner) { return !is_program(inner); })) return false;
    using language::Quantifier;
    bool known = tree.is<language::Feature>() || tree.is<language::DefinitionCall>() ||
                 tree.is<language::Operation>() || tree.is<language::Negation>() || tree.is<language::EntryOf>() ||
                 tree.is<language::Blocks>();
    if (const auto* call = tree.as<language::Call>()) known = language::is_differentiable(call->function);
    if (tree.is<language::Conditional>()) known = !depends(tree.child(0));
    if (tree.is<language::Quantified>()) {
      known = tree.is(Quantifier::sum) || tree.is(Quantifier::product) || tree.is(Quantifier::sequence) ||
              tree.is(Quantifier::matrix);
    }
    return known && std::all_of(tree.children.begin(), tree.children.end(), [&](const ExprPtr& child) {
             return (child->kind == Kind::real || child->kind == Kind::matrix || child->kind == Kind::sequence)
                        ? is_program(*child)
                        : !depends(*child);
           });
  }

  const Landscape::Data& data_;
  const std::vector<Definition>& definitions_;
  std::size_t features_;
  std::vector<Enclosed>& found_;
};

class MeaningsInRegion final : public program::Meanings {
 public:
  MeaningsInRegion(const Meanings& words, const std::vector<Definition>& definitions)
      : words_(words), definitions_(definitions) {}
  [[nodiscard]] Meaning of_feature(std::size_t position, const std::vector<long>& arguments) const override {
    return words_.of_feature(position, arguments);
  }
  [[nodiscard]] Body of_definition(std::size_t position, const std::vector<long>& arguments) const override {
    return {definitions_.at(position).body.tree.get(), arguments};
  }
  [[nodiscard]] Value value(const Expr& tree, const std::vector<long>& variables) const override {
    return words_.value(tree, variables);
  }

 private:
  const Meanings& words_;
  const std::vector<Definition>& definitions_;
};

}  // namespace

Vocabulary region_vocabulary(const Landscape& landscape) {
  const Vocabulary& own = landscape.vocabulary();
  std::vector<FeatureDeclaration> words(own.features().begin(),
                                        own.features().begin() + static_cast<std::ptrdiff_t>(own.model_size()));
  words.push_back(gradient2());
  return Vocabulary(std::move(words));
}

struct LandscapeRegion::State {
  explicit State(const Instance& at)
      : landscape(at.landscape()),
        data(landscape.internals()),
        values(*data.words),
        vocabulary(region_vocabulary(landscape)),
        loss([&] {
          program::Program alone = at.program();
          alone.outputs.resize(1);
          return program::pruned(alone);
        }()) {
    // sizes and data, but no weights: those are boxes
    const Found found = locate_point(data, at.point());
    values.take_sizes(found.values);
    for (std::size_t a = 0; a < data.data_count; ++a) {
      for (const auto& [indices, value] : found.values.stored(data.arrays[a].position))
        values.put(data.arrays[a].position, indices, value);
    }
    const std::vector<RationalMatrix>& known = at.program_data();
    for (std::size_t k = 0; k < known.size(); ++k)
      fixed.emplace(loss.loss().loss().inputs[k].name, known[k]);
    for (const std::size_t k : loss.loss().loss().weights())
      weights.push_back(loss.loss().loss().inputs[k]);
    meanings = meanings_at(data, values);
  }

  const Landscape& landscape;
  const Landscape::Data& data;
  Environment values;
  Vocabulary vocabulary;
  program::EnclosedLoss loss;
  std::map<std::string, RationalMatrix> fixed;  // data by name
  std::vector<program::Input> weights;
  std::unique_ptr<program::Meanings> meanings;
  mutable std::vector<Enclosed> formulas;
  mutable std::map<std::pair<std::size_t, std::vector<long>>, program::EnclosedFunction> functions;

  [[nodiscard]] std::vector<EnclosedMatrix> inputs(const program::Program& program, const WeightBox& box) const {
    std::vector<EnclosedMatrix> result;
    for (const program::Input& input : program.inputs) {
      if (!input.is_weight) {
        const auto known = fixed.find(input.name);
        result.push_back(enclosed(known != fixed.end() ? known->second : value_of_datum(input)));
        continue;
      }
      const auto weight =
          std::find_if(weights.begin(), weights.end(), [&](const program::Input& w) { return w.name == input.name; });
      result.push_back(box.at(static_cast<std::size_t>(weight - weights.begin())));
    }
    return result;
  }
  // Of data that the loss does not use.
  [[nodiscard]] RationalMatrix value_of_datum(const program::Input& input) const {
    for (std::size_t a = 0; a < data.data_count; ++a) {
      for (const auto& [indices, name] : input_names(data.arrays[a], values)) {
        if (name != input.name) continue;
        const std::vector<Value> arguments(indices.begin(), indices.end());
        const Value value = values.feature(data.arrays[a].position, arguments);
        if (const auto* matrix = std::get_if<RationalMatrix>(&value)) return *matrix;
        const auto* numbers = std::get_if<std::vector<Real>>(&value);
        RationalMatrix column(numbers == nullptr ? 1 : static_cast<Index>(numbers->size()), 1);
        for (Index k = 0; k < column.size(); ++k) {
          const Real& number = numbers == nullptr ? std::get<Real>(value) : (*numbers)[static_cast<std::size_t>(k)];
          if (number.exact() == nullptr) throw Undefined(input.name + " is not rational");
          column(k) = *number.exact();
        }
        return column;
      }
    }
    throw Undefined(input.name + " has no value");
  }

  [[nodiscard]] Real enclosure(std::size_t k, const std::vector<long>& variables, const WeightBox& box) const {
    const std::pair key(k, variables);
    auto known = functions.find(key);
    if (known == functions.end()) {
      program::Builder builder;
      const MeaningsInRegion words(*meanings, formulas[k].definitions);
      program::Lowering lowering(builder, words);
      const program::Node node = lowering.lower(*formulas[k].tree, variables);
      known = functions.try_emplace(key, builder.finish({{"value", node}})).first;
    }
    try {
      return of_box(known->second(inputs(known->second.function().loss(), box)));
    } catch (const std::domain_error&) {
      throw Undefined("a divisor that may be zero");
    }
  }
};

namespace {

// Answers for one box.
class BoxSource final : public FeatureSource {
 public:
  template <class State>
  BoxSource(const State& state, const WeightBox& box, Environment values,
            std::function<Real(std::size_t, const std::vector<long>&)> enclosure)
      : vocabulary_(state.vocabulary),
        words_(state.data.words->all().size()),
        loss_(state.loss),
        inputs_(state.inputs(state.loss.loss().loss(), box)),
        values_(std::move(values)),
        enclosure_(std::move(enclosure)),
        exact_(std::all_of(box.begin(), box.end(), [](const EnclosedMatrix& w) { return w.is_exact(); })) {}

  [[nodiscard]] Value feature(std::size_t position, std::span<const Value> arguments) const override {
    const std::size_t known = vocabulary_.features().size();
    if (position >= known) {
      std::vector<long> variables;
      for (const Value& argument : arguments)
        variables.push_back(std::get<long>(argument));
      return enclosure_(position - known, variables);
    }
    if (position < words_) return values_.feature(position, arguments);
    try {
      return common(vocabulary_.features()[position].name);
    } catch (const std::domain_error&) {
      throw Undefined("a divisor that may be zero");
    }
  }

 private:
  Value common(const std::string& name) const {
    if (name == "gradient2") return of_box(norm2(loss_.gradient(inputs_)));
    if (name == "value") return of_box(loss_.value(inputs_));
    if (name == "lambda_min") return lambda_min(loss_, inputs_);
    if (name == "parameters") return static_cast<long>(loss_.loss().parameters());
    if (!exact_) throw Undefined(name + " over a box");
    const RationalMatrix h = loss_.hessian(inputs_).midpoint();
    if (name == "hessian_trace") return Real(trace(h));
    if (name == "index") return static_cast<long>(inertia(h).negative);
    if (name == "nullity") return static_cast<long>(inertia(h).zero);
    if (name == "coindex") return static_cast<long>(inertia(h).positive);
    throw Undefined(name + " in a region");
  }

  const Vocabulary& vocabulary_;
  std::size_t words_;
  const program::EnclosedLoss& loss_;
  std::vector<EnclosedMatrix> inputs_;
  Environment values_;
  std::function<Real(std::size_t, const std::vector<long>&)> enclosure_;
  bool exact_;
};

}  // namespace

LandscapeRegion::LandscapeRegion(const Instance& at) {
  at.landscape().check_unconstrained();
  state_ = std::make_unique<State>(at);
}

LandscapeRegion::~LandscapeRegion() = default;

WeightBox LandscapeRegion::cube(const Rational& bound) const {
  WeightBox box;
  for (const program::Input& weight : state_->weights) {
    box.emplace_back(weight.rows, weight.cols);
    std::fill(box.back().entries.begin(), box.back().entries.end(), Enclosure(-bound, bound));
  }
  return box;
}

RegionFormulas LandscapeRegion::formulas(const Statement& statement, std::size_t claim) const {
  const RegionFormulas written = Region::formulas(statement, claim);
  Rewriter rewriter(state_->data, written.definitions, state_->vocabulary.features().size(), state_->formulas);
  RegionFormulas result;
  for (const ExprPtr& hypothesis : written.hypotheses)
    result.hypotheses.push_back(rewriter.rewritten(hypothesis));
  // points outside the domain of the landscape are no points
  for (const Condition& condition : state_->data.domain) {
    if (!condition.pattern.names.empty()) throw InputError("regions: a domain with indices is not supported");
    result.hypotheses.push_back(rewriter.rewritten(condition.holds.tree));
  }
  if (written.when) result.when = rewriter.rewritten(written.when);
  result.holds = rewriter.rewritten(written.holds);
  for (const Definition& definition : written.definitions) {
    result.definitions.push_back(definition);
    result.definitions.back().body.tree = rewriter.rewritten(definition.body.tree);
  }
  return result;
}

std::unique_ptr<const FeatureSource> LandscapeRegion::over(const WeightBox& box) const {
  Environment values = state_->values;
  if (std::all_of(box.begin(), box.end(), [](const EnclosedMatrix& w) { return w.is_exact(); })) {
    std::size_t weight = 0;
    for (std::size_t a = state_->data.data_count; a < state_->data.arrays.size(); ++a) {
      const Declaration& array = state_->data.arrays[a];
      for (const Indices& indices : indices_of(array.pattern, values))
        values.put(array.position, indices, value_of(array.type.form, box.at(weight++).midpoint()));
    }
  }
  return std::make_unique<BoxSource>(
      *state_, box, std::move(values),
      [this, &box](std::size_t k, const std::vector<long>& variables) { return state_->enclosure(k, variables, box); });
}

LanguageLookup region_languages(const Library& library) {
  return {[&library](std::string_view name) -> std::optional<Language> {
            const Landscape* landscape = library.find(name);
            if (landscape == nullptr) return std::nullopt;
            return Language{std::string(name), landscape->shape_key(), region_vocabulary(*landscape)};
          },
          [&library] { return library.ids(); }};
}

}  // namespace rankscape::regions
