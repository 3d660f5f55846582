#include "landscapes/family_symbols.hpp"

#include "program/evaluate.hpp"
#include "program/lower.hpp"
#include "symbolic/matrix.hpp"
#include "symbolic/normal_ring.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace rankscape {

namespace {

using symbolic::ExpressionMatrix;
using Symbolic = symbolic::Expression;

// Normal forms grow with the number of symbols; beyond these nobody waits for them.
constexpr std::size_t most_symbols = 12;
constexpr Index most_parameters = 8;
constexpr Index most_parameters_at_a_point = 40;
constexpr Index largest_rotation = 2;

// The words of a family: draws and coordinates are inputs.
class FamilyMeanings final : public program::Meanings {
 public:
  /// \param numbers  the values know what is drawn
  FamilyMeanings(const Family& family, const Environment& values, bool numbers)
      : family_(family), values_(values), numbers_(numbers) {}

  [[nodiscard]] Meaning of_feature(std::size_t position, const std::vector<long>& arguments) const override {
    const std::vector<Value> values(arguments.begin(), arguments.end());
    if (position >= values_.words().all().size()) throw Undefined("a feature of points");
    const Word& word = values_.words()[position];
    if (word.role == Role::let) {
      for (const Word::Body& body : word.bodies) {
        if (matches(body.pattern, arguments, values_))
          return Body{body.formula.tree.get(), variables_of(body.pattern, arguments)};
      }
      throw Undefined("there is no such index");
    }
    if (word.role == Role::generator) {
      for (const Declaration& one : family_.basis->over) {
        if (one.position != position || !matches(one.pattern, arguments, values_)) continue;
        const Extents extents = extents_of(one.type, values_, arguments);
        return program::Input{name_at(word.declaration.name, arguments), extents.rows, extents.cols, false};
      }
      throw Undefined("there is no such index");
    }
    if (word.role != Role::draw || numbers_) return values_.feature(position, values);
    for (const Draw& draw : family_.draws) {
      if (draw.position != position || !matches(draw.pattern, arguments, values_)) continue;
      const auto [rows, cols] = extents(draw, variables_of(draw.pattern, arguments));
      return program::Input{name_at(word.declaration.name, arguments), rows, cols, false};
    }
    throw Undefined("there is no such index");
  }

  [[nodiscard]] Value value(const Expr& tree, const std::vector<long>& variables) const override {
    return evaluate_tree(tree, values_, variables);
  }

  [[nodiscard]] std::pair<Index, Index> extents(const Draw& draw, const std::vector<long>& variables) const {
    std::vector<long> sizes;
    for (const ExprPtr& extent : draw.extents)
      sizes.push_back(evaluate_integer(*extent, values_, variables));
    using Form = Draw::Form;
    if (draw.form == Form::scalar) return {1, 1};
    if (draw.form == Form::sequence || draw.form == Form::decreasing) return {sizes.at(0), 1};
    if (draw.form == Form::matrix) return {sizes.at(0), sizes.at(1)};
    return {sizes.at(0), sizes.at(0)};
  }

 private:
  const Family& family_;
  const Environment& values_;
  bool numbers_;
};

// By cosine and sine.
ExpressionMatrix rotation(const std::string& name, Index n, std::vector<GiNaC::symbol>& symbols) {
  ExpressionMatrix q = symbolic::identity_matrix(n);
  if (n == 2) {
    const GiNaC::symbol c("cos(" + name + ")");
    const GiNaC::symbol s("sin(" + name + ")");
    symbols = {c, s};
    q << c, -s, s, c;
  }
  return q;
}

}  // namespace

FamilySymbols::FamilySymbols(const Landscape& landscape, const FamilyRecipe& recipe, std::optional<std::uint64_t> seed)
    : data_(landscape.internals()), recipe_(recipe), instance_(landscape.instance(recipe.build(seed.value_or(1)))) {
  if (instance_->parameters() > (seed ? most_parameters_at_a_point : most_parameters))
    throw NotPossible("too many parameters");
  if (seed) numbers_ = recipe.drawn(*seed);
  if (data_.loss_of_data) throw NotPossible("the loss depends on data as no program does");
  const Family& family = recipe.of();
  values_ = recipe.chosen(family.basis ? *family.basis->words : *family.words);
  // a size of the same name must not stand for what is drawn
  values_->values.otherwise = [&words = values_->values.words(), otherwise = values_->values.otherwise,
                               numbers = numbers_.get()](std::size_t position, std::span<const Value> arguments) {
    const bool drawn = position < words.all().size() && words[position].role == Role::draw;
    if (drawn && numbers != nullptr) return numbers->values.feature(position, arguments);
    if (drawn || (position < words.all().size() && words[position].role == Role::generator))
      throw Undefined(words[position].declaration.name + " is drawn");
    return otherwise(position, arguments);
  };
  const FamilyMeanings meanings(family, values_->values, numbers_ != nullptr);
  program::Builder builder;
  program::Lowering lowering(builder, meanings);
  std::vector<program::Output> outputs;
  for (const Assignment& assignment : family.set) {
    for (const Indices& at : indices_of(assignment.pattern, values_->values)) {
      outputs.push_back({name_at(data_.arrays[assignment.array], at),
                         lowering.lower(*assignment.value.tree, variables_of(assignment.pattern, at))});
    }
  }
  const program::Program road = builder.finish(std::move(outputs));
  std::vector<ExpressionMatrix> draws;
  for (const program::Input& input : road.inputs)
    draws.push_back(drawn(input.name, input.rows, input.cols));
  const std::vector<ExpressionMatrix> arrays =
      program::evaluate(road, std::span<const ExpressionMatrix>(draws), symbolic::NormalRing(normal_));
  for (std::size_t k = 0; k < arrays.size(); ++k)
    arrays_.emplace(road.outputs[k].name, arrays[k]);
}

const ExpressionMatrix& FamilySymbols::drawn(const std::string& name, Index rows, Index cols) {
  if (const auto known = draws_.find(name); known != draws_.end()) return known->second.matrix;
  const Family& family = recipe_.of();
  std::optional<Drawn> found;
  for (const Draw& draw : family.draws) {
    const std::string& word = (*family.words)[draw.position].declaration.name;
    for (const Indices& at : indices_of(draw.pattern, values_->values)) {
      if (name_at(word, at) != name) continue;
      if (found) throw NotPossible(name + " is drawn twice");
      found = Drawn{&draw, at, {}, {}};
    }
  }
  if (!found) throw NotPossible(name + " is no draw");
  put_symbols(name, rows, cols, *found);
  count_ += found->draw->form == Draw::Form::orthogonal ? found->symbols.size() / 2 : found->symbols.size();
  if (count_ > most_symbols) throw NotPossible("too many symbols");
  return draws_.emplace(name, std::move(*found)).first->second.matrix;
}

void FamilySymbols::put_symbols(const std::string& name, Index rows, Index cols, Drawn& drawn) {
  using Form = Draw::Form;
  const Form form = drawn.draw->form;
  // NOTE: the inverse of such a matrix is what it is drawn for
  if (form == Form::invertible && rows > 0) throw NotPossible(name + " is drawn invertible");
  if (form == Form::orthogonal) {
    if (rows > largest_rotation) throw NotPossible(name + " is a rotation of space");
    drawn.matrix = rotation(name, rows, drawn.symbols);
    if (rows > 1) normal_.add_unit_vector(drawn.symbols);
    return;
  }
  const bool scalar = form == Form::scalar;
  const bool sequence = form == Form::sequence || form == Form::decreasing;
  drawn.matrix = symbolic::zero_matrix(rows, cols);
  for (Index j = 0; j < cols; ++j) {
    for (Index i = 0; i < rows; ++i) {
      const std::string text = scalar     ? name
                               : sequence ? fmt::format("{}({})", name, i + 1)
                                          : fmt::format("entry({}, {}, {})", name, i + 1, j + 1);
      drawn.symbols.emplace_back(text);
      drawn.matrix(i, j) = drawn.symbols.back();
    }
  }
  if (form == Form::symmetric)
    drawn.matrix.triangularView<Eigen::StrictlyLower>() = ExpressionMatrix(drawn.matrix.transpose());
  if (scalar || sequence) note_scalars(*drawn.draw, variables_of(drawn.draw->pattern, drawn.indices), drawn.symbols);
}

GiNaC::exmap FamilySymbols::values_at(const FamilyRecipe& recipe, std::uint64_t seed) const {
  const auto at = recipe.drawn(seed);
  GiNaC::exmap values;
  for (const auto& [name, draw] : draws_) {
    const std::vector<Value> indices(draw.indices.begin(), draw.indices.end());
    const RationalMatrix value = item_of(at->values.feature(draw.draw->position, indices)).value;
    for (std::size_t k = 0; k < draw.symbols.size(); ++k)  // of a rotation its first column
      values[draw.symbols[k]] = symbolic::to_expression(value(static_cast<Index>(k)));
  }
  return values;
}

// What is said of numbers that are drawn, for the signs of what is made of them.
void FamilySymbols::note_scalars(const Draw& draw, const std::vector<long>& variables,
                                 const std::vector<GiNaC::symbol>& symbols) {
  using Scalar = Draw::Scalar;
  std::optional<Symbolic> low;
  std::optional<Symbolic> high;
  if (draw.scalar == Scalar::positive) low = 0;
  if (draw.scalar == Scalar::between) {
    const auto end = [&](const ExprPtr& tree) -> std::optional<Symbolic> {
      const Value value = evaluate_tree(*tree, values_->values, variables);
      if (const long* integer = std::get_if<long>(&value)) return Symbolic(*integer);
      const Rational* rational = std::get<Real>(value).exact();
      return rational == nullptr ? std::nullopt : std::optional(symbolic::to_expression(*rational));
    };
    try {
      low = end(draw.low);
      high = end(draw.high);
    } catch (const Undefined&) {  // ends that are drawn themselves: nothing is said
    }
    if (!low || !high) return;
  }
  if (draw.form == Draw::Form::decreasing) {
    if (draw.scalar == Scalar::nonzero) return;  // NOTE: zero may lie between two of them
    conditions_.decreasing(symbols, low, high);
    return;
  }
  for (const GiNaC::symbol& symbol : symbols) {
    if (draw.scalar == Scalar::positive) conditions_.positive(symbol);
    if (draw.scalar == Scalar::nonzero) conditions_.nonzero(symbol);
    if (draw.scalar == Scalar::between) conditions_.between(symbol, *low, *high);
  }
}

std::vector<ExpressionMatrix> FamilySymbols::inputs_of(const program::Program& program,
                                                       const std::map<std::string, ExpressionMatrix>& others) const {
  std::vector<ExpressionMatrix> inputs;
  inputs.reserve(program.inputs.size());
  for (const program::Input& input : program.inputs) {
    const auto other = others.find(input.name);
    const auto set = other != others.end() ? other : arrays_.find(input.name);
    if (other == others.end() && set == arrays_.end()) throw NotPossible(input.name + " has a default");
    inputs.push_back(set->second);
  }
  return inputs;
}

FamilySymbols::Basis FamilySymbols::basis() {
  const AdaptedBasis& basis = recipe_.of().basis.value();
  const Environment& values = values_->values;
  const FamilyMeanings meanings(recipe_.of(), values, numbers_ != nullptr);
  program::Builder builder;
  program::Lowering lowering(builder, meanings);
  std::map<std::string, program::Node> moves;
  for (const Assignment& move : basis.moves) {
    for (const Indices& at : indices_of(move.pattern, values)) {
      const program::Node node = lowering.lower(*move.value.tree, variables_of(move.pattern, at));
      if (!moves.emplace(name_at(data_.arrays[move.array], at), node).second)
        throw Undefined(name_at(data_.arrays[move.array], at) + " moves twice");
    }
  }
  std::vector<program::Output> outputs;
  for (const auto& [name, node] : moves)
    outputs.push_back({name, node});
  if (basis.form) outputs.push_back({"form", lowering.lower(*basis.form->tree)});
  const program::Program program = builder.finish(std::move(outputs));

  std::vector<GiNaC::symbol> coordinates;
  std::map<std::string, ExpressionMatrix> free;
  for (const Declaration& array : basis.over) {
    for (const Indices& at : indices_of(array.pattern, values)) {
      const Extents extents = extents_of(array.type, values, at);
      std::vector<GiNaC::symbol> entries;
      ExpressionMatrix matrix = symbolic::symbol_matrix(array.name, extents.rows, extents.cols, entries);
      const bool skew = array.type.form == Type::Form::skew;
      const bool symmetric = array.type.form == Type::Form::symmetric;
      for (Index j = 0; j < matrix.cols(); ++j) {
        for (Index i = 0; i < matrix.rows(); ++i) {
          if ((skew && i == j) || (i > j && (skew || symmetric))) {
            matrix(i, j) = i == j ? Symbolic(0) : skew ? Symbolic(-matrix(j, i)) : matrix(j, i);
          } else {
            coordinates.push_back(entries[static_cast<std::size_t>(j * matrix.rows() + i)]);
          }
        }
      }
      free.emplace(name_at(array.name, at), std::move(matrix));
    }
  }
  std::vector<ExpressionMatrix> inputs;
  for (const program::Input& input : program.inputs) {
    const auto coordinate = free.find(input.name);
    const bool free_here = coordinate != free.end();
    inputs.push_back(free_here ? coordinate->second : drawn(input.name, input.rows, input.cols));
  }
  const std::vector<ExpressionMatrix> found =
      program::evaluate(program, std::span<const ExpressionMatrix>(inputs), symbolic::NormalRing(normal_));
  GiNaC::exmap origin;
  for (const GiNaC::symbol& z : coordinates)
    origin[z] = 0;
  const auto depends = [&](const Symbolic& e) {
    return std::any_of(coordinates.begin(), coordinates.end(), [&](const GiNaC::symbol& z) { return e.has(z); });
  };
  const auto vanishes = [&](const Symbolic& e) { return normal_(e.subs(origin)).is_zero(); };

  Basis result;
  const std::vector<std::string> names = instance_->landscape().weight_names(*instance_);
  for (const GiNaC::symbol& z : coordinates) {
    std::vector<ExpressionMatrix>& direction = result.directions.emplace_back();
    for (std::size_t w = 0; w < names.size(); ++w) {
      const RationalMatrix& weight = instance_->point().weights[w];
      ExpressionMatrix part = symbolic::zero_matrix(weight.rows(), weight.cols());
      for (std::size_t k = 0; k < found.size(); ++k) {
        if (program.outputs[k].name != names[w]) continue;
        if (found[k].rows() != part.rows() || found[k].cols() != part.cols()) {
          throw Undefined(fmt::format("{} moves by a {} x {} matrix, expected {} x {}", names[w], found[k].rows(),
                                      found[k].cols(), part.rows(), part.cols()));
        }
        for (Index i = 0; i < part.size(); ++i) {
          part(i) = normal_(found[k](i).diff(z));
          if (depends(part(i)) || !vanishes(found[k](i)))
            throw Undefined(names[w] + " does not move linearly in the coordinates");
        }
      }
      direction.push_back(std::move(part));
    }
  }
  if (basis.form) {
    const Symbolic& form = found.back()(0, 0);
    const auto n = static_cast<Index>(coordinates.size());
    result.form = symbolic::zero_matrix(n, n);
    bool quadratic = vanishes(form);
    for (Index i = 0; i < n; ++i) {
      const Symbolic slope = form.diff(coordinates[static_cast<std::size_t>(i)]);
      quadratic = quadratic && vanishes(slope);
      for (Index j = 0; j < n; ++j) {
        (*result.form)(i, j) = normal_(slope.diff(coordinates[static_cast<std::size_t>(j)]) / 2);
        quadratic = quadratic && !depends((*result.form)(i, j));
      }
    }
    if (!quadratic) throw Undefined("the form is no quadratic form in the coordinates");
  }
  return result;
}

}  // namespace rankscape
