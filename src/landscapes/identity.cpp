// Critical for all parameter values: the road of a family walked with symbols. Choices and sizes have values; lets and
// sets become a matrix program whose inputs are the draws, it is evaluated over GiNaC's expressions, and what comes out
// is put into the gradient of the loss.
#include <rankscape/audit.hpp>

#include "landscapes/compiled.hpp"
#include "landscapes/constraints.hpp"
#include "landscapes/family.hpp"

#include "exact/columns.hpp"
#include "program/lagrangian.hpp"
#include "program/lower.hpp"
#include "symbolic/derivation.hpp"

#include <rankscape/error.hpp>

#include <ginac/ginac.h>

#include <algorithm>
#include <map>

namespace rankscape {

namespace {

using symbolic::Expression;
using symbolic::ExpressionMatrix;

// Normal forms grow with the number of symbols; beyond these nobody waits for them.
constexpr std::size_t most_symbols = 12;
constexpr Index most_parameters = 8;
constexpr Index largest_cayley = 2;
constexpr std::size_t most_multipliers = 4;

// The words of a family: draws are inputs.
class FamilyMeanings final : public program::Meanings {
 public:
  FamilyMeanings(const Family& family, const Environment& values) : family_(family), values_(values) {}

  [[nodiscard]] Meaning of_feature(std::size_t position, const std::vector<long>& arguments) const override {
    const std::vector<Value> values(arguments.begin(), arguments.end());
    if (position >= family_.words->all().size()) throw Undefined("a feature of points");
    const Word& word = (*family_.words)[position];
    if (word.role == Role::let) {
      for (const Word::Body& body : word.bodies) {
        if (matches(body.pattern, arguments, values_))
          return Body{body.formula.tree.get(), variables_of(body.pattern, arguments)};
      }
      throw Undefined("there is no such index");
    }
    if (word.role != Role::draw) return values_.feature(position, values);
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
};

// Symbols of the draws.
class Symbols {
 public:
  std::optional<ExpressionMatrix> of(const Draw& draw, const std::string& name, Index rows, Index cols) {
    using Form = Draw::Form;
    if (draw.form == Form::invertible && rows > 0) return std::nullopt;  // NOTE: its inverse is what it is drawn for
    if (draw.form == Form::orthogonal) return cayley(name, rows);
    ExpressionMatrix matrix = symbolic::symbol_matrix(name, rows, cols, symbols_);
    if (draw.form == Form::symmetric) {
      for (Index j = 0; j < cols; ++j) {
        for (Index i = 0; i < j; ++i)
          matrix(j, i) = matrix(i, j);
      }
    }
    return matrix;
  }
  [[nodiscard]] std::size_t count() const { return symbols_.size(); }

 private:
  // (I - K)(I + K)^-1
  std::optional<ExpressionMatrix> cayley(const std::string& name, Index n) {
    if (n > largest_cayley) return std::nullopt;
    ExpressionMatrix q = ExpressionMatrix::Constant(n, n, Expression(n == 1 ? 1 : 0));
    if (n < 2) return q;
    const GiNaC::symbol t(name);
    symbols_.push_back(t);
    const Expression norm = 1 + t * t;
    q(0, 0) = (1 - t * t) / norm;
    q(1, 1) = q(0, 0);
    q(0, 1) = -2 * t / norm;
    q(1, 0) = 2 * t / norm;
    return q;
  }

  std::vector<GiNaC::symbol> symbols_;
};

class Identity {
 public:
  Identity(const Landscape& landscape, const FamilyRecipe& recipe)
      : landscape_(landscape), data_(landscape.internals()), recipe_(recipe) {}

  std::optional<bool> decide() {
    const auto instance = landscape_.instance(recipe_.build(1));
    if (instance->parameters() > most_parameters || data_.loss_of_data) return std::nullopt;
    const Found found = locate_point(data_, instance->point());
    const Family& family = recipe_.of();
    const auto values = recipe_.chosen();
    const FamilyMeanings meanings(family, values->values);
    program::Builder builder;
    program::Lowering lowering(builder, meanings);
    std::vector<program::Output> outputs;
    std::map<std::string, std::size_t> by_name;
    for (const Assignment& assignment : family.set) {
      for (const Indices& at : indices_of(assignment.pattern, values->values)) {
        by_name[name_at(data_.arrays[assignment.array], at)] = outputs.size();
        outputs.push_back({name_at(data_.arrays[assignment.array], at),
                           lowering.lower(*assignment.value.tree, variables_of(assignment.pattern, at))});
      }
    }
    const program::Program road = builder.finish(std::move(outputs));
    Symbols symbols;
    std::vector<ExpressionMatrix> draws;
    for (const program::Input& input : road.inputs) {
      const auto drawn = draw_of(family, values->values, input.name);
      if (!drawn) return std::nullopt;
      auto matrix = symbols.of(*drawn, input.name, input.rows, input.cols);
      if (!matrix || symbols.count() > most_symbols) return std::nullopt;
      draws.push_back(std::move(*matrix));
    }
    const auto ring = symbolic::expression_ring();
    std::vector<ExpressionMatrix> arrays = program::evaluate(road, std::span<const ExpressionMatrix>(draws), ring);
    const ConstraintsHere* constraints = constraints_at(*instance);
    program::Program alone = instance->program();
    alone.outputs.resize(1);
    const program::CompiledLoss loss(constraints == nullptr ? program::pruned(alone) : constraints->lagrangian());
    const program::Program& gradient = loss.gradient_program();
    std::vector<ExpressionMatrix> inputs;
    for (const program::Input& input : gradient.inputs) {
      if (input.name == program::multipliers_input) {
        inputs.emplace_back(symbolic::symbol_matrix("mu", input.rows, 1, multipliers_));
        continue;
      }
      const auto set = by_name.find(input.name);
      if (set == by_name.end()) return std::nullopt;  // a default
      inputs.push_back(normal(arrays[set->second]));
    }
    if (multipliers_.size() > most_multipliers) return std::nullopt;
    const std::vector<ExpressionMatrix> derivatives =
        program::evaluate(gradient, std::span<const ExpressionMatrix>(inputs), ring);
    if (constraints != nullptr) return is_combination(derivatives, constraints->jacobian());
    for (std::size_t k = 1; k < derivatives.size(); ++k) {
      for (Index i = 0; i < derivatives[k].size(); ++i) {
        if (!symbolic::is_identically_zero_rational(derivatives[k](i))) return false;
      }
    }
    return true;
  }

 private:
  // Of the gradient (grad f - J^T mu, -c) of the Lagrangian, linear in mu: is c = 0, and do some columns I of J, which
  // are independent at a point and so almost everywhere, tell multipliers that make the rest vanish? By Cramer's rule
  // that is det [J_I, J_j; grad_I f, grad_j f] = 0 for the other columns j.
  [[nodiscard]] std::optional<bool> is_combination(const std::vector<ExpressionMatrix>& derivatives,
                                                   const RationalMatrix& jacobian) const {
    std::vector<Expression> slopes;
    for (std::size_t k = 1; k < derivatives.size(); ++k)
      slopes.insert(slopes.end(), derivatives[k].data(), derivatives[k].data() + derivatives[k].size());
    const std::size_t m = multipliers_.size();
    const std::size_t n = slopes.size() - m;
    const auto zero = [](const Expression& e) { return symbolic::is_identically_zero_rational(e); };
    if (!std::all_of(slopes.begin() + static_cast<std::ptrdiff_t>(n), slopes.end(), zero)) return false;
    const std::vector<Index> columns = independent_columns(jacobian);
    if (columns.size() != m) return std::nullopt;
    const std::vector<std::size_t> chosen(columns.begin(), columns.end());
    std::vector<std::size_t> others;
    for (std::size_t j = 0; j < n; ++j) {
      if (!std::binary_search(chosen.begin(), chosen.end(), j)) others.push_back(j);
    }
    GiNaC::exmap without;
    for (const GiNaC::symbol& mu : multipliers_)
      without[mu] = 0;
    for (const std::size_t j : others) {
      GiNaC::matrix minor(static_cast<unsigned>(m) + 1, static_cast<unsigned>(m) + 1);
      for (std::size_t c = 0; c <= m; ++c) {
        const Expression& slope = slopes[c < m ? chosen[c] : j];
        for (std::size_t k = 0; k < m; ++k)
          minor(static_cast<unsigned>(k), static_cast<unsigned>(c)) = slope.diff(multipliers_[k]).normal();
        minor(static_cast<unsigned>(m), static_cast<unsigned>(c)) = slope.subs(without).normal();
      }
      if (!zero(minor.determinant())) return false;
    }
    return true;
  }

  static ExpressionMatrix normal(const ExpressionMatrix& a) {
    ExpressionMatrix result = a;
    for (Index i = 0; i < a.size(); ++i)
      result(i) = a(i).normal();
    return result;
  }

  static const Draw* draw_of(const Family& family, const Environment& values, const std::string& name) {
    for (const Draw& draw : family.draws) {
      const std::string& word = (*family.words)[draw.position].declaration.name;
      for (const Indices& at : indices_of(draw.pattern, values)) {
        if (name_at(word, at) == name) return &draw;
      }
    }
    return nullptr;
  }

  const Landscape& landscape_;
  const Landscape::Data& data_;
  const FamilyRecipe& recipe_;
  std::vector<GiNaC::symbol> multipliers_;
};

}  // namespace

std::optional<bool> critical_for_all_parameters(const Landscape& landscape, const Recipe& recipe) {
  const auto* of_family = dynamic_cast<const FamilyRecipe*>(&recipe);
  if (of_family == nullptr) return std::nullopt;
  try {
    return Identity(landscape, *of_family).decide();
  } catch (const Undefined&) {  // a draw is compared, or an operation that programs do not have
    return std::nullopt;
  } catch (const std::domain_error&) {  // division by zero
    return std::nullopt;
  }
}

}  // namespace rankscape
