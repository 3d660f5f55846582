#include "models/symmetric_factorization/model.hpp"

#include <algorithm>
#include <rankscape/error.hpp>

#include "models/spectral_blocks.hpp"
#include "models/symmetric_factorization/instance.hpp"
#include "symbolic/formula.hpp"

namespace rankscape::symmetric_factorization {

namespace {

struct SymmetricRecipe final : SpectralRecipe {
  [[nodiscard]] rankscape::Point build(std::uint64_t seed) const override;
  [[nodiscard]] std::string mismatch(const Instance& instance) const override;
};

const std::vector<std::string> positions{"aligned", "generic"};

void check_sizes(const Shape& sizes) {
  if (sizes.size() != 2) throw InputError("symmetric-factorization: sizes are two numbers, [n, k]");
  if (sizes[0] < 1 || sizes[1] < 1 || sizes[0] > 1000 || sizes[1] > 1000) {
    throw InputError("symmetric-factorization: n and k are from 1 to 1000, found " + joined(sizes));
  }
}

Places places_of(const Scope& scope) {
  return checked_places(scope, "symmetric-factorization", positions, {positions, spectrum_kinds(), 1},
                        spectrum_kinds());
}

}  // namespace

std::string SymmetricFactorization::description() const {
  return "1/4 ||X X^T - M||_F^2, X n x k, M symmetric; sizes n, k";
}

const std::vector<FeatureDeclaration>& SymmetricFactorization::features() const {
  return feature_declarations();
}

std::vector<TableColumn> SymmetricFactorization::table_columns() const {
  return {{"shape", "$n, k$"},
          {"q", "$q$"},
          {"S_type", "$\\mathcal{S}$"},
          {"left_out", "$\\max_{i \\notin \\mathcal{S}} \\lambda_i$"}};
}

symbolic::Formula SymmetricFactorization::formula(const Shape& sizes) const {
  check_sizes(sizes);
  const Index n = sizes[0];
  const Index k = sizes[1];
  if (n * k + n * (n + 1) / 2 > 2000)
    throw InputError("symmetric-factorization: the formula would have more than 2000 symbols");
  symbolic::Formula formula;
  const symbolic::ExpressionMatrix x = symbolic::symbol_matrix("X", n, k, formula.variables);
  // M is symmetric: the parameters are the entries on and below the diagonal, column by column
  symbolic::ExpressionMatrix m(n, n);
  for (Index j = 0; j < n; ++j) {
    for (Index i = j; i < n; ++i) {
      formula.parameters.emplace_back("M_" + std::to_string(i + 1) + "_" + std::to_string(j + 1));
      m(i, j) = formula.parameters.back();
      m(j, i) = formula.parameters.back();
    }
  }
  formula.loss = (x * x.transpose() - m).squaredNorm() / 4;
  return formula;
}

std::unique_ptr<Instance> SymmetricFactorization::instance(Point point) const {
  return std::make_unique<SymmetricInstance>(std::move(point));
}

std::vector<std::unique_ptr<const CaseRecipe>> SymmetricFactorization::cases(const Scope& scope) const {
  const Places places = places_of(scope);
  std::vector<std::unique_ptr<const CaseRecipe>> list;
  for (const Shape& sizes : scope.shapes) {
    check_sizes(sizes);
    for (const std::string& kind : places.data) {
      const std::vector<BlockShape> shapes = block_shapes(kind, sizes[0]);
      if (shapes.empty()) continue;
      for_each_choice(shapes, std::min(sizes[0], sizes[1]), [&](const std::vector<std::size_t>& chosen) {
        for (const std::string& position : places.positions) {
          for (int sample = 0; sample < places.samples; ++sample) {
            auto recipe = std::make_unique<SymmetricRecipe>();
            plan(*recipe, sizes, kind, position, shapes, chosen, sample);
            list.push_back(std::move(recipe));
          }
        }
      });
    }
  }
  return list;
}

std::uint64_t SymmetricFactorization::count_cases(const Scope& scope) const {
  const Places places = places_of(scope);
  const std::uint64_t repeats = places.positions.size() * static_cast<std::uint64_t>(places.samples);
  std::uint64_t total = 0;
  for (const Shape& sizes : scope.shapes) {
    check_sizes(sizes);
    for (const std::string& kind : places.data) {
      const std::vector<BlockShape> shapes = block_shapes(kind, sizes[0]);
      if (shapes.empty()) continue;
      for (const std::uint64_t ways : count_choices(shapes, std::min(sizes[0], sizes[1])))
        total = saturating_add(total, saturating_multiply(ways, repeats));
    }
  }
  return total;
}

Point SymmetricRecipe::build(std::uint64_t seed) const {
  const SymmetricRecipe& wanted = *this;
  Random random(seed, wanted.key);
  const Index n = wanted.shape[0];
  const Index k = wanted.shape[1];
  const std::vector<SpectralBlock> blocks = make_blocks(wanted.data, n, random);
  const auto rotation = [&](Index size) {
    return wanted.position == "aligned" ? random_permutation(size, random) : random_orthogonal(size, random);
  };
  const RationalMatrix v = rotation(n);
  const RationalMatrix theta = rotation(k).topRows(wanted.q);
  Point point;
  point.model = "symmetric-factorization";
  point.weights.push_back(multiply({v, place_factors(blocks, wanted.chosen, n), theta}));
  point.data.emplace("M", multiply({v, place_blocks(blocks, n, n), v.transpose()}));
  return point;
}

std::string SymmetricRecipe::mismatch(const Instance& instance) const {
  const auto& at = dynamic_cast<const SymmetricInstance&>(instance);
  if (!at.critical()) return "the point built is not critical";
  return selection_mismatch(*this, at.lambda(), at.selection());
}

std::vector<Scope> SymmetricFactorization::excursions(const std::vector<Shape>& shapes) const {
  // no spectrum is excluded, and k may be anything
  const std::vector<Shape> small{{1, 1}, {2, 1}, {1, 2}, {2, 2}, {3, 2}};
  return {{shapes.empty() ? small : shapes, positions, spectrum_kinds(), 1}};
}

std::vector<Point> SymmetricFactorization::simplifications(const Point& point) const {
  const RationalMatrix& x = point.weights.front();
  const auto& m = std::get<RationalMatrix>(point.data.at("M"));
  const auto kept = [](Index size, Index dropped) {
    std::vector<Index> rest;
    for (Index i = 0; i < size; ++i) {
      if (i != dropped) rest.push_back(i);
    }
    return rest;
  };
  std::vector<Point> simpler;
  for (Index j = 0; j < x.cols() && x.cols() > 1; ++j) {
    simpler.push_back(point);
    simpler.back().weights.front() = RationalMatrix(x(Eigen::all, kept(x.cols(), j)));
  }
  for (Index i = 0; i < x.rows() && x.rows() > 1; ++i) {
    const std::vector<Index> rest = kept(x.rows(), i);
    simpler.push_back(point);
    simpler.back().weights.front() = RationalMatrix(x(rest, Eigen::all));
    simpler.back().data.at("M") = RationalMatrix(m(rest, rest));
  }
  return simpler;
}

}  // namespace rankscape::symmetric_factorization
