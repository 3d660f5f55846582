#include "models/phase_retrieval/model.hpp"

#include <nlohmann/json.hpp>
#include <rankscape/error.hpp>

#include "models/phase_retrieval/instance.hpp"
#include "models/spectral_blocks.hpp"
#include "symbolic/formula.hpp"

namespace rankscape::phase_retrieval {

namespace {

const std::vector<std::string> positions{"aligned", "generic"};
const std::vector<std::string> data{"signal", "zero"};

struct PhaseRecipe final : CaseRecipe {
  std::string kind;  ///< "zero signal", "origin", "signal", "minus signal", "orthogonal"
  std::string position;

  [[nodiscard]] rankscape::Point build(std::uint64_t seed) const override;
  [[nodiscard]] std::string mismatch(const Instance& instance) const override;
};

void check_sizes(const Shape& sizes) {
  if (sizes.size() != 1) throw InputError("phase-retrieval: sizes are one number, [n]");
  if (sizes[0] < 1 || sizes[0] > 1000) throw InputError("phase-retrieval: n is from 1 to 1000, found " + joined(sizes));
}

Places places_of(const Scope& scope) {
  return checked_places(scope, "phase-retrieval", positions, {positions, data, 1}, data);
}

std::vector<std::string> kinds_of(long n, const std::string& data_kind) {
  if (data_kind == "zero") return {"zero signal"};
  std::vector<std::string> kinds{"origin", "signal", "minus signal"};
  if (n >= 3) kinds.emplace_back("orthogonal");
  return kinds;
}

}  // namespace

std::string PhaseRetrieval::description() const {
  return "1/4 E[((a^T x)^2 - (a^T u)^2)^2], a standard normal, x and u of length n; sizes n";
}

const std::vector<FeatureDeclaration>& PhaseRetrieval::features() const {
  return feature_declarations();
}

std::vector<TableColumn> PhaseRetrieval::table_columns() const {
  return {{"shape", "$n$"}, {"kind", "critical point"}};
}

symbolic::Formula PhaseRetrieval::formula(const Shape& sizes) const {
  check_sizes(sizes);
  symbolic::Formula formula;
  const symbolic::ExpressionMatrix x = symbolic::symbol_matrix("x", sizes[0], 1, formula.variables);
  const symbolic::ExpressionMatrix u = symbolic::symbol_matrix("u", sizes[0], 1, formula.parameters);
  const symbolic::Expression xx = x.squaredNorm();
  const symbolic::Expression uu = u.squaredNorm();
  const symbolic::Expression xu = (x.transpose() * u)(0, 0);
  formula.loss = (3 * xx * xx + 3 * uu * uu - 2 * xx * uu - 4 * xu * xu) / 4;
  return formula;
}

std::unique_ptr<Instance> PhaseRetrieval::instance(Point point) const {
  return std::make_unique<PhaseInstance>(std::move(point));
}

std::vector<std::unique_ptr<const CaseRecipe>> PhaseRetrieval::cases(const Scope& scope) const {
  const Places places = places_of(scope);
  std::vector<std::unique_ptr<const CaseRecipe>> list;
  for (const Shape& sizes : scope.shapes) {
    check_sizes(sizes);
    for (const std::string& data_kind : places.data) {
      for (const std::string& kind : kinds_of(sizes[0], data_kind)) {
        for (const std::string& position : places.positions) {
          for (int sample = 0; sample < places.samples; ++sample) {
            PhaseRecipe recipe;
            recipe.shape = sizes;
            recipe.kind = kind;
            recipe.position = position;
            recipe.key = joined(sizes);
            recipe.key.append(" ").append(kind).append(" ").append(position).append(" #").append(
                std::to_string(sample));
            list.push_back(std::make_unique<const PhaseRecipe>(std::move(recipe)));
          }
        }
      }
    }
  }
  return list;
}

std::uint64_t PhaseRetrieval::count_cases(const Scope& scope) const {
  const Places places = places_of(scope);
  const std::uint64_t repeats = places.positions.size() * static_cast<std::uint64_t>(places.samples);
  std::uint64_t total = 0;
  for (const Shape& sizes : scope.shapes) {
    check_sizes(sizes);
    for (const std::string& data_kind : places.data)
      total = saturating_add(total, saturating_multiply(kinds_of(sizes[0], data_kind).size(), repeats));
  }
  return total;
}

Point PhaseRecipe::build(std::uint64_t seed) const {
  const PhaseRecipe& wanted = *this;
  Random random(seed, wanted.key);
  const Index n = wanted.shape[0];
  const bool aligned = wanted.position == "aligned";
  RationalMatrix u = RationalMatrix::Zero(n, 1);
  RationalMatrix x = RationalMatrix::Zero(n, 1);
  if (wanted.kind == "orthogonal" && n == 3) {
    u << 1, 1, 0;  // |u|^2 = 2 and |x|^2 = 1/9 + 1/9 + 4/9 = 2/3
    x << Rational(1, 3), Rational(-1, 3), Rational(2, 3);
  } else if (wanted.kind == "orthogonal") {
    u.topRows(3).setConstant(Rational(1));
    x(3) = 1;
  } else if (wanted.kind != "zero signal" && aligned) {
    u(0) = 1;
  } else if (wanted.kind != "zero signal") {
    u = random_integers(n, 1, 3, random);
    u(random.integer(0, n - 1)) = random.integer(1, 4);
  }
  const Rational scale = Rational(random.integer(1, 5), random.integer(1, 3));
  const RationalMatrix rotation = scale * (aligned ? random_permutation(n, random) : random_orthogonal(n, random));
  u = multiply(rotation, u);
  x = wanted.kind == "signal" ? u : wanted.kind == "minus signal" ? RationalMatrix(-u) : multiply(rotation, x);
  Point point;
  point.model = "phase-retrieval";
  point.data.emplace("u", u);
  point.weights.push_back(x);
  return point;
}

std::string PhaseRecipe::mismatch(const Instance& instance) const {
  const auto& at = dynamic_cast<const PhaseInstance&>(instance);
  if (!at.critical()) return "the point built is not critical";
  const std::string wanted = kind == "minus signal" ? "signal" : kind;
  const std::string found = *find_label(at.labels(), "kind").as<std::string>();
  return found == wanted ? "" : "built as " + wanted + ", recovered as " + found;
}

std::vector<Scope> PhaseRetrieval::excursions(const std::vector<Shape>& shapes) const {
  return {{shapes.empty() ? std::vector<Shape>{{1}, {2}, {3}} : shapes, positions, {"zero"}, 1}};
}

}  // namespace rankscape::phase_retrieval
