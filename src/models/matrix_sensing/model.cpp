// The stream of exact critical points of matrix sensing.
#include "models/matrix_sensing/model.hpp"

#include <algorithm>
#include <functional>
#include <rankscape/error.hpp>

#include "models/matrix_sensing/families.hpp"
#include "models/matrix_sensing/formula.hpp"
#include "models/matrix_sensing/instance.hpp"

namespace rankscape::matrix_sensing {

namespace {

constexpr long most_rows = 6;

void check_shape(const Shape& shape) {
  if (shape.size() != 2 || shape[0] < 2 || shape[0] > most_rows || shape[1] < 1 || shape[1] > shape[0]) {
    throw InputError("matrix-sensing: a shape is [n, k] with 2 <= n <= 6 rows and 1 <= k <= n columns of U");
  }
}

std::string key_of(const SensingRecipe& recipe, int sample) {
  std::string key = std::to_string(recipe.shape[0]) + "," + std::to_string(recipe.shape[1]) + " " + recipe.data;
  if (recipe.data == "planted") {
    key += " rank=" + std::to_string(recipe.rank) + " off=" + to_string(recipe.perturbation);
  } else if (recipe.data == "noisy") {
    key += " delta=" + to_string(recipe.delta) + " rank=" + std::to_string(recipe.rank) +
           " slope=" + std::to_string(recipe.variant);
  } else {
    key += " delta=" + to_string(recipe.delta) + (recipe.convex ? " convex" : "") + " S={";
    for (std::size_t i = 0; i < recipe.support.size(); ++i)
      key += (i > 0 ? "," : "") + std::to_string(recipe.support[i]);
    key += "}";
    if (recipe.null_vectors > 0) key += "+" + std::to_string(recipe.null_vectors);
  }
  return key + (recipe.generic ? " generic #" : " aligned #") + std::to_string(sample);
}

void for_each_recipe(const Scope& scope, const std::function<void(SensingRecipe)>& visit) {
  const std::vector<std::string>& kinds = scope.data.empty() ? default_data_kinds() : scope.data;
  const std::vector<std::string> positions =
      scope.positions.empty() ? std::vector<std::string>{"aligned", "generic"} : scope.positions;
  for (const std::string& kind : kinds) {
    if (std::find(data_kinds().begin(), data_kinds().end(), kind) == data_kinds().end()) {
      throw InputError("data '" + kind +
                       "' is unknown; matrix-sensing knows isotropic, sign-symmetric, planted, noisy, high-rank");
    }
  }
  for (const std::string& position : positions) {
    if (position != "aligned" && position != "generic") {
      throw InputError("position '" + position + "' is unknown; matrix-sensing knows aligned, generic");
    }
  }
  if (scope.samples < 1 || scope.samples > 1000000) throw InputError("samples: expected a number from 1 to 1000000");
  for (const Shape& shape : scope.shapes) {
    check_shape(shape);
    for (const std::string& kind : kinds) {
      for (const std::string& position : positions) {
        for (const SensingRecipe& recipe : recipes(shape, kind, position == "generic")) {
          for (int sample = 0; sample < scope.samples; ++sample) {
            SensingRecipe placed = recipe;
            placed.key = key_of(recipe, sample);
            visit(std::move(placed));
          }
        }
      }
    }
  }
}

}  // namespace

std::string MatrixSensing::description() const {
  return "sum_l (<A_l, U U^T> - b_l)^2, sizes n, k: U is n x k";
}

const std::vector<FeatureDeclaration>& MatrixSensing::features() const {
  return feature_declarations();
}

std::vector<TableColumn> MatrixSensing::table_columns() const {
  return {{"shape", "$n,k$"}, {"rank", "$\\mathrm{rank}\\,U$"}};
}

symbolic::Formula MatrixSensing::formula(const Shape& shape) const {
  return loss_formula(shape, 2);
}

std::unique_ptr<Instance> MatrixSensing::instance(Point point) const {
  return std::make_unique<MatrixSensingInstance>(std::move(point));
}

std::vector<std::unique_ptr<const CaseRecipe>> MatrixSensing::cases(const Scope& scope) const {
  std::vector<std::unique_ptr<const CaseRecipe>> list;
  for_each_recipe(
      scope, [&](SensingRecipe recipe) { list.push_back(std::make_unique<const SensingRecipe>(std::move(recipe))); });
  return list;
}

std::uint64_t MatrixSensing::count_cases(const Scope& scope) const {
  Scope once = scope;
  if (scope.samples > 1) once.samples = 1;
  std::uint64_t count = 0;
  for_each_recipe(once, [&](const SensingRecipe&) { ++count; });
  return count * static_cast<std::uint64_t>(std::max(scope.samples, 1));
}

Point SensingRecipe::build(std::uint64_t seed) const {
  Random random(seed, key);
  Point point = build_point(*this, random);
  point.model = "matrix-sensing";
  return point;
}

std::string SensingRecipe::mismatch(const Instance& instance) const {
  const auto& at = dynamic_cast<const MatrixSensingInstance&>(instance);
  if (!is_zero(at.gradient())) return "the point built is not critical";
  if (rankscape::rank(at.u()) != rank) {
    return "U was built with rank " + std::to_string(rank) + ", it has rank " + std::to_string(rankscape::rank(at.u()));
  }
  if (rankscape::rank(at.reference()) != rank_of_M) {
    return "M was built with rank " + std::to_string(rank_of_M) + ", recovered with rank " +
           std::to_string(rankscape::rank(at.reference()));
  }
  if (data != "noisy" && at.noise() != 0) return "built without noise, recovered with some";
  if (data != "planted" && equal(at.delta(), Real(delta)) != Truth::yes) {
    return "delta was built as " + to_string(delta) + ", recovered as another number";
  }
  return {};
}

std::vector<Scope> MatrixSensing::excursions(const std::vector<Shape>& shapes) const {
  // off the usual hypotheses: noise, and matrices of too large a rank
  Scope scope;
  scope.shapes = shapes.empty() ? std::vector<Shape>{{2, 1}, {3, 1}, {3, 2}} : shapes;
  scope.data = {"noisy", "high-rank"};
  return {scope};
}

}  // namespace rankscape::matrix_sensing
