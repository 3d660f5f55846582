// The declared symmetries at a point: generators, the linear conditions on them, and the velocity of each weight.
#include "landscapes/instance.hpp"

#include <rankscape/error.hpp>
#include <rankscape/exact/deadline.hpp>

#include <fmt/format.h>

namespace rankscape {

namespace {

// One coordinate of one generator.
struct Coordinate {
  std::size_t position = 0;
  Indices indices;
  Value unit;
};

std::vector<Coordinate> coordinates_of(const Declaration& generator, const Environment& values) {
  std::vector<Coordinate> all;
  using Form = Type::Form;
  for (const Indices& at : indices_of(generator.pattern, values)) {
    const Extents extents = extents_of(generator.type, values, at);
    const auto add = [&](Value unit) { all.push_back({generator.position, at, std::move(unit)}); };
    const auto zero = [&] { return RationalMatrix(RationalMatrix::Zero(extents.rows, extents.cols)); };
    if (generator.type.form == Form::number) {
      add(Real(Rational(1)));
      continue;
    }
    for (Index j = 0; j < extents.cols; ++j) {
      for (Index i = 0; i < extents.rows; ++i) {
        RationalMatrix unit = zero();
        unit(i, j) = 1;
        if (generator.type.form == Form::sequence) {
          add(value_of(Form::sequence, unit));
          continue;
        }
        if (generator.type.form == Form::symmetric || generator.type.form == Form::skew) {
          if (i > j || (i == j && generator.type.form == Form::skew)) continue;
          unit(j, i) = generator.type.form == Form::skew ? -1 : 1;
        }
        add(unit);
      }
    }
  }
  return all;
}

// left - right of every equation of a conjunction, one after the other.
void residuals(const Expr& condition, const FeatureSource& values, std::vector<Rational>& all) {
  if (condition.is(language::Logical::conjunction)) {
    for (const ExprPtr& child : condition.children)
      residuals(*child, values, all);
    return;
  }
  const auto* comparison = condition.as<language::Comparison>();
  if (comparison == nullptr || comparison->relations != std::vector{language::Relation::equal})
    throw Undefined("the condition of a symmetry is no equation, nor a conjunction of equations");
  const GivenArray left = item_of(evaluate_tree(condition.child(0), values));
  const GivenArray right = item_of(evaluate_tree(condition.child(1), values));
  if (left.value.rows() != right.value.rows() || left.value.cols() != right.value.cols())
    throw Undefined("the sides of the condition of a symmetry have different shapes");
  for (Index k = 0; k < left.value.size(); ++k)
    all.push_back(left.value(k) - right.value(k));
}

class Action {
 public:
  Action(const Landscape::Data& data, const Symmetry& symmetry, const Found& found)
      : data_(data), symmetry_(symmetry), found_(found) {
    for (const Declaration& generator : symmetry.over) {
      for (Coordinate& coordinate : coordinates_of(generator, found.values))
        coordinates_.push_back(std::move(coordinate));
    }
  }

  // Of the generators one by one, whatever the conditions on them.
  void for_each(const std::function<void(const Weights&)>& visit) const {
    for (const Coordinate& coordinate : coordinates_) {
      check_deadline();
      visit(velocity(*environment(&coordinate)));
    }
  }

  std::vector<Weights> basis() {
    std::vector<Weights> velocities;
    std::vector<std::vector<Rational>> conditions;
    for (const Coordinate& coordinate : coordinates_) {
      check_deadline();
      const auto values = environment(&coordinate);
      velocities.push_back(velocity(*values));
      if (!symmetry_.where) continue;
      conditions.emplace_back();
      residuals(*symmetry_.where->tree, *values, conditions.back());
    }
    if (!symmetry_.where || coordinates_.empty()) return velocities;
    RationalMatrix equations(static_cast<Index>(conditions.front().size()), static_cast<Index>(conditions.size()));
    for (std::size_t j = 0; j < conditions.size(); ++j) {
      for (std::size_t i = 0; i < conditions[j].size(); ++i)
        equations(static_cast<Index>(i), static_cast<Index>(j)) = conditions[j][i];
    }
    return combined(velocities, null_space(equations));
  }

 private:
  static std::vector<Weights> combined(const std::vector<Weights>& velocities, const RationalMatrix& kernel) {
    std::vector<Weights> all;
    for (Index k = 0; k < kernel.cols(); ++k) {
      Weights sum = velocities.front();
      for (RationalMatrix& part : sum)
        part.setZero();
      for (Index j = 0; j < kernel.rows(); ++j) {
        if (kernel(j, k) == 0) continue;
        for (std::size_t h = 0; h < sum.size(); ++h)
          sum[h] += kernel(j, k) * velocities[static_cast<std::size_t>(j)][h];
      }
      all.push_back(std::move(sum));
    }
    return all;
  }

  // The point, and one generator that is not zero.
  std::unique_ptr<Environment> environment(const Coordinate* coordinate) const {
    auto values = std::make_unique<Environment>(*symmetry_.words);
    values->otherwise = [this](std::size_t position, std::span<const Value> arguments) -> Value {
      if (position < found_.values.words().all().size()) return found_.values.feature(position, arguments);
      for (const Declaration& generator : symmetry_.over) {
        if (generator.position != position) continue;
        Indices at;
        for (const Value& argument : arguments)
          at.push_back(std::get<long>(argument));
        const Extents extents = extents_of(generator.type, found_.values, at);
        return value_of(generator.type.form, RationalMatrix::Zero(extents.rows, extents.cols));
      }
      throw Undefined("a feature of points");
    };
    for (std::size_t k = 0; k < found_.values.words().all().size(); ++k) {
      if ((*symmetry_.words)[k].role == Role::generator) continue;
      for (const auto& [indices, value] : found_.values.stored(k))
        values->put(k, indices, value);
    }
    if (coordinate != nullptr) values->put(coordinate->position, coordinate->indices, coordinate->unit);
    return values;
  }

  Weights velocity(const Environment& values) const {
    Weights velocity;
    for (std::size_t a = data_.data_count; a < data_.arrays.size(); ++a) {
      const Declaration& array = data_.arrays[a];
      for (const auto& [indices, weight] : found_.arrays[a]) {
        velocity.emplace_back(RationalMatrix::Zero(weight.rows(), weight.cols()));
        for (const Assignment& move : symmetry_.moves) {
          if (data_.arrays[move.array].position != array.position) continue;
          if (!matches(move.pattern, indices, values)) continue;
          const RationalMatrix value =
              item_of(evaluate_tree(*move.value.tree, values, variables_of(move.pattern, indices))).value;
          if (value.rows() != weight.rows() || value.cols() != weight.cols()) {
            throw Undefined(fmt::format("symmetry '{}': the velocity of {} is {} x {}, expected {} x {}",
                                        symmetry_.name, name_at(array, indices), value.rows(), value.cols(),
                                        weight.rows(), weight.cols()));
          }
          velocity.back() += value;
        }
      }
    }
    return velocity;
  }

  const Landscape::Data& data_;
  const Symmetry& symmetry_;
  const Found& found_;
  std::vector<Coordinate> coordinates_;
};

}  // namespace

std::vector<Weights> velocities(const Landscape::Data& data, const Symmetry& symmetry, const Found& found) {
  return Action(data, symmetry, found).basis();
}

void Landscape::Data::for_each_velocity(const Instance& instance, const std::function<void(const Weights&)>& visit) {
  const Instance::State& at = *instance.state_;
  for (const Symmetry& symmetry : at.data.symmetries) {
    if (!symmetry.where) Action(at.data, symmetry, at.found).for_each(visit);
  }
}

}  // namespace rankscape
