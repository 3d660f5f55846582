// What the adviser of matrix sensing adds to the landscape's file, and its stream of exact critical points.
#include "native/matrix_sensing/adviser.hpp"

#include <algorithm>
#include <functional>
#include <rankscape/error.hpp>
#include <stdexcept>

#include "native/matrix_sensing/families.hpp"

namespace rankscape::matrix_sensing {

namespace {

constexpr long most_rows = 6;
const std::vector<std::string> usual_positions{"aligned", "generic"};

bool known_position(std::string_view position) {
  return position == "aligned" || position == "generic";
}

std::string key_of(const SensingPlan& plan) {
  std::string key = std::to_string(plan.n) + "," + std::to_string(plan.k) + " " + plan.data;
  if (plan.data == "planted") {
    key += " rank=" + std::to_string(plan.rank) + " off=" + to_string(plan.perturbation);
  } else if (plan.data == "noisy") {
    key += " delta=" + to_string(plan.delta) + " rank=" + std::to_string(plan.rank) +
           " slope=" + std::to_string(plan.variant);
  } else {
    key += " delta=" + to_string(plan.delta) + (plan.convex ? " convex" : "") + " S={";
    for (std::size_t i = 0; i < plan.support.size(); ++i)
      key += (i > 0 ? "," : "") + std::to_string(plan.support[i]);
    key += "}";
    if (plan.null_vectors > 0) key += "+" + std::to_string(plan.null_vectors);
  }
  return key + (plan.generic ? " generic #" : " aligned #") + std::to_string(plan.sample);
}

void for_each_plan(const Scope& scope, const std::function<void(SensingPlan)>& visit) {
  const std::vector<std::string>& kinds = scope.data.empty() ? default_data_kinds() : scope.data;
  const std::vector<std::string>& positions = scope.positions.empty() ? usual_positions : scope.positions;
  for (const std::string& kind : kinds) {
    if (std::find(data_kinds().begin(), data_kinds().end(), kind) == data_kinds().end()) {
      throw InputError("data '" + kind +
                       "' is unknown; matrix-sensing knows isotropic, sign-symmetric, planted, noisy, high-rank");
    }
  }
  for (const std::string& position : positions) {
    if (!known_position(position)) {
      throw InputError("position '" + position + "' is unknown; matrix-sensing knows aligned, generic");
    }
  }
  if (scope.samples < 1 || scope.samples > 1000000) throw InputError("samples: expected a number from 1 to 1000000");
  for (const Shape& shape : scope.shapes) {
    const std::vector<long> sizes = shape.numbers();
    if (sizes.size() != 2 || sizes[0] < 2 || sizes[0] > most_rows || sizes[1] < 1 || sizes[1] > sizes[0]) {
      throw InputError("matrix-sensing: a shape is [n, k] with 2 <= n <= 6 rows and 1 <= k <= n columns of U");
    }
    for (const std::string& kind : kinds) {
      for (const std::string& position : positions) {
        for (const SensingPlan& plan : plans(sizes[0], sizes[1], kind, position == "generic")) {
          for (int sample = 0; sample < scope.samples; ++sample) {
            SensingPlan placed = plan;
            placed.sample = sample;
            visit(std::move(placed));
          }
        }
      }
    }
  }
}

class SensingRecipe final : public Recipe {
 public:
  SensingRecipe(std::string landscape, SensingPlan plan)
      : landscape_(std::move(landscape)), plan_(std::move(plan)), shape_({plan_.n, plan_.k}), key_(key_of(plan_)) {}

  [[nodiscard]] const Shape& shape() const override { return shape_; }
  [[nodiscard]] const std::string& key() const override { return key_; }
  [[nodiscard]] std::string position() const override { return plan_.generic ? "generic" : "aligned"; }
  [[nodiscard]] int sample() const override { return plan_.sample; }
  [[nodiscard]] const std::string& data() const { return plan_.data; }

  [[nodiscard]] Point build(std::uint64_t seed) const override {
    Random random(seed, key_);
    Point point = build_point(plan_, random);
    point.model = landscape_;
    return point;
  }

  [[nodiscard]] std::string mismatch(const Instance& instance, std::uint64_t /*seed*/) const override {
    const auto* at = dynamic_cast<const MatrixSensingAdvice*>(instance.advice());
    if (at == nullptr) throw std::logic_error("a recipe of matrix sensing, asked of another landscape");
    if (!instance.critical()) return "the point built is not critical";
    if (rank(at->u()) != plan_.rank) {
      return "U was built with rank " + std::to_string(plan_.rank) + ", it has rank " + std::to_string(rank(at->u()));
    }
    if (rank(at->reference()) != plan_.rank_of_M) {
      return "M was built with rank " + std::to_string(plan_.rank_of_M) + ", recovered with rank " +
             std::to_string(rank(at->reference()));
    }
    if (plan_.data != "noisy" && at->noise() != 0) return "built without noise, recovered with some";
    if (plan_.data != "planted" && equal(at->delta(), Real(plan_.delta)) != Truth::yes) {
      return "delta was built as " + to_string(plan_.delta) + ", recovered as another number";
    }
    return {};
  }

 private:
  std::string landscape_;
  SensingPlan plan_;
  Shape shape_;
  std::string key_;
};

}  // namespace

const WordTable<MatrixSensingAdvice>& words() {
  using I = const MatrixSensingAdvice&;
  using A = std::span<const Value>;
  constexpr Kind real = Kind::real;
  static const WordTable<MatrixSensingAdvice> table({
      {{"least_squares",
        {},
        Kind::matrix,
        "\\hat{M}",
        "the symmetric matrix X that minimizes ||A(X) - b||; undefined if not unique"},
       [](I at, A) -> Value { return at.least_squares(); }},
      {{"rip_lower", {}, real, "\\alpha_{2r}", "rip_lower ||X||^2 <= ||A(X)||^2 for all symmetric X of rank <= 2r"},
       [](I at, A) -> Value { return at.bounds().lower; }},
      {{"rip_upper", {}, real, "\\beta_{2r}", "||A(X)||^2 <= rip_upper ||X||^2 for all symmetric X of rank <= 2r"},
       [](I at, A) -> Value { return at.bounds().upper; }},
      {{"delta", {}, real, "\\delta_{2r}", "max(rip_upper - 1, 1 - rip_lower)"},
       [](I at, A) -> Value { return at.delta(); }},
      {{"delta_exact",
        {},
        Kind::truth,
        "\\delta_{2r}\\text{ exact}",
        "are rip_lower and rip_upper attained at rank <= 2r?"},
       [](I at, A) -> Value { return truth(at.bounds().exact); }},
  });
  return table;
}

const std::vector<FeatureDeclaration>& MatrixSensingAdviser::words() const {
  return matrix_sensing::words().declarations();
}

std::vector<std::string> MatrixSensingAdviser::description() const {
  return {"data isotropic, sign-symmetric, planted (measurements made for a critical point), noisy, high-rank",
          "positions aligned, generic (rotated)",
          "global minimality by a positive semidefinite slope, or by a better point"};
}

std::unique_ptr<Advice> MatrixSensingAdviser::at(const Instance& instance) const {
  return std::make_unique<MatrixSensingAdvice>(instance);
}

bool MatrixSensingAdviser::knows_data(std::string_view kind) const {
  return std::find(data_kinds().begin(), data_kinds().end(), kind) != data_kinds().end();
}

bool MatrixSensingAdviser::knows_position(std::string_view position) const {
  return known_position(position);
}

void MatrixSensingAdviser::for_each_case(const Landscape& landscape, const Scope& scope,
                                         const CaseVisitor& visit) const {
  for_each_plan(
      scope, [&](SensingPlan plan) { visit(std::make_unique<const SensingRecipe>(landscape.id(), std::move(plan))); });
}

// Which plans there are depends on the shape and the kind of data alone.
std::size_t MatrixSensingAdviser::occurrences(const Recipe& recipe, const Scope& scope) const {
  const auto* const own = dynamic_cast<const SensingRecipe*>(&recipe);
  if (own == nullptr || own->sample() >= scope.samples) return 0;
  const auto times = [](const std::string& name, const std::vector<std::string>& asked,
                        const std::vector<std::string>& usual) {
    const std::vector<std::string>& names = asked.empty() ? usual : asked;
    return static_cast<std::size_t>(std::count(names.begin(), names.end(), name));
  };
  const auto shapes = std::count(scope.shapes.begin(), scope.shapes.end(), own->shape());
  return static_cast<std::size_t>(shapes) * times(own->data(), scope.data, default_data_kinds()) *
         times(own->position(), scope.positions, usual_positions);
}

std::uint64_t MatrixSensingAdviser::count_cases(const Landscape& /*landscape*/, const Scope& scope,
                                                std::uint64_t /*enough*/) const {
  Scope once = scope;
  if (scope.samples > 1) once.samples = 1;
  std::uint64_t count = 0;
  for_each_plan(once, [&](const SensingPlan&) { ++count; });
  return count * static_cast<std::uint64_t>(std::max(scope.samples, 1));
}

std::optional<std::vector<Scope>> MatrixSensingAdviser::excursions(const std::vector<Shape>& shapes) const {
  // off the usual hypotheses: noise, and matrices of too large a rank
  Scope scope;
  scope.shapes = shapes.empty() ? std::vector<Shape>{{2, 1}, {3, 1}, {3, 2}} : shapes;
  scope.data = {"noisy", "high-rank"};
  return std::vector<Scope>{scope};
}

}  // namespace rankscape::matrix_sensing
