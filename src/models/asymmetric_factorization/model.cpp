#include "models/asymmetric_factorization/model.hpp"

#include <algorithm>
#include <rankscape/error.hpp>

#include "models/asymmetric_factorization/instance.hpp"
#include "models/spectral_blocks.hpp"
#include "symbolic/formula.hpp"

namespace rankscape::asymmetric_factorization {

namespace {

const std::vector<std::string> positions{"aligned", "generic", "unbalanced"};
const std::vector<std::string> kinds{"distinct", "repeated", "singular", "irrational"};

struct AsymmetricRecipe final : SpectralRecipe {
  Index spare_x = 0;  ///< unbalanced: columns of X2 that may differ from zero; those of Y2 are the others

  [[nodiscard]] rankscape::Point build(std::uint64_t seed) const override;
  [[nodiscard]] std::string mismatch(const Instance& instance) const override;
};

void check_sizes(const Shape& sizes) {
  if (sizes.size() != 3) throw InputError("asymmetric-factorization: sizes are three numbers, [n, m, k]");
  if (*std::min_element(sizes.begin(), sizes.end()) < 1 || *std::max_element(sizes.begin(), sizes.end()) > 1000)
    throw InputError("asymmetric-factorization: n, m and k are from 1 to 1000, found " + joined(sizes));
}

Places places_of(const Scope& scope) {
  return checked_places(scope, "asymmetric-factorization", positions, {positions, kinds, 1}, kinds);
}

// Columns in the null space of a, small random integer combinations.
RationalMatrix random_null_columns(const RationalMatrix& a, Index count, Random& random) {
  const RationalMatrix basis = null_space(a);
  return multiply(basis, random_integers(basis.cols(), count, 2, random));
}

}  // namespace

std::string AsymmetricFactorization::description() const {
  return "1/2 ||X Y^T - M||_F^2 + mu/4 ||X^T X - Y^T Y||_F^2, X n x k, Y m x k; sizes n, m, k";
}

const std::vector<FeatureDeclaration>& AsymmetricFactorization::features() const {
  return feature_declarations();
}

std::vector<TableColumn> AsymmetricFactorization::table_columns() const {
  return {{"shape", "$n, m, k$"},
          {"balance", "$\\mu$"},
          {"q", "$q$"},
          {"S_type", "$\\mathcal{S}$"},
          {"left_out", "$\\max_{i \\notin \\mathcal{S}} \\sigma_i$"}};
}

symbolic::Formula AsymmetricFactorization::formula(const Shape& sizes) const {
  check_sizes(sizes);
  const Index n = sizes[0];
  const Index m = sizes[1];
  const Index k = sizes[2];
  if ((n + m) * k + n * m + 1 > 2000)
    throw InputError("asymmetric-factorization: the formula would have more than 2000 symbols");
  symbolic::Formula formula;
  const symbolic::ExpressionMatrix x = symbolic::symbol_matrix("X", n, k, formula.variables);
  const symbolic::ExpressionMatrix y = symbolic::symbol_matrix("Y", m, k, formula.variables);
  const symbolic::ExpressionMatrix data = symbolic::symbol_matrix("M", n, m, formula.parameters);
  formula.parameters.emplace_back("mu");
  const symbolic::Expression mu = formula.parameters.back();
  formula.loss =
      (x * y.transpose() - data).squaredNorm() / 2 + mu * (x.transpose() * x - y.transpose() * y).squaredNorm() / 4;
  return formula;
}

std::unique_ptr<Instance> AsymmetricFactorization::instance(rankscape::Point point) const {
  return std::make_unique<AsymmetricInstance>(std::move(point));
}

std::vector<std::unique_ptr<const CaseRecipe>> AsymmetricFactorization::cases(const Scope& scope) const {
  const Places places = places_of(scope);
  std::vector<std::unique_ptr<const CaseRecipe>> list;
  for (const Shape& sizes : scope.shapes) {
    check_sizes(sizes);
    const Index p = std::min(sizes[0], sizes[1]);
    for (const std::string& kind : places.data) {
      const std::vector<BlockShape> shapes = block_shapes(kind, p);
      if (shapes.empty()) continue;
      for_each_choice(shapes, std::min<Index>(p, sizes[2]), [&](const std::vector<std::size_t>& chosen) {
        for (const std::string& position : places.positions) {
          const bool unbalanced = position == "unbalanced";
          for (int sample = 0; sample < places.samples; ++sample) {
            AsymmetricRecipe recipe;
            const auto put = [&](const std::string& detail) {
              plan(recipe, sizes, kind, position, shapes, chosen, sample, detail);
              list.push_back(std::make_unique<const AsymmetricRecipe>(recipe));
            };
            put(unbalanced ? " spare=0" : "");
            for (recipe.spare_x = 1; unbalanced && recipe.spare_x <= sizes[2] - recipe.q; ++recipe.spare_x)
              put(" spare=" + std::to_string(recipe.spare_x));
          }
        }
      });
    }
  }
  return list;
}

std::uint64_t AsymmetricFactorization::count_cases(const Scope& scope) const {
  const Places places = places_of(scope);
  const auto unbalanced =
      static_cast<std::uint64_t>(std::count(places.positions.begin(), places.positions.end(), "unbalanced"));
  const std::uint64_t balanced = places.positions.size() - unbalanced;
  std::uint64_t total = 0;
  for (const Shape& sizes : scope.shapes) {
    check_sizes(sizes);
    const Index p = std::min(sizes[0], sizes[1]);
    for (const std::string& kind : places.data) {
      const std::vector<BlockShape> shapes = block_shapes(kind, p);
      if (shapes.empty()) continue;
      const std::vector<std::uint64_t> ways = count_choices(shapes, std::min<Index>(p, sizes[2]));
      for (std::size_t q = 0; q < ways.size(); ++q) {
        const std::uint64_t splits = static_cast<std::uint64_t>(sizes[2]) - q + 1;
        const std::uint64_t repeats = (balanced + unbalanced * splits) * static_cast<std::uint64_t>(places.samples);
        total = saturating_add(total, saturating_multiply(ways[q], repeats));
      }
    }
  }
  return total;
}

rankscape::Point AsymmetricRecipe::build(std::uint64_t seed) const {
  const AsymmetricRecipe& wanted = *this;
  Random random(seed, wanted.key);
  const Index n = wanted.shape[0];
  const Index m = wanted.shape[1];
  const Index k = wanted.shape[2];
  const std::vector<SpectralBlock> blocks = make_blocks(wanted.data, std::min(n, m), random);
  const auto rotation = [&](Index size) {
    return wanted.position == "aligned" ? random_permutation(size, random) : random_orthogonal(size, random);
  };
  const RationalMatrix u = rotation(n);
  const RationalMatrix v = rotation(m);
  const RationalMatrix M = multiply({u, place_blocks(blocks, n, m), v.transpose()});
  const RationalMatrix left = multiply(u, place_factors(blocks, wanted.chosen, n));
  const RationalMatrix right = multiply(v, place_factors(blocks, wanted.chosen, m));
  rankscape::Point point;
  point.model = "asymmetric-factorization";
  point.data.emplace("M", M);
  if (wanted.position == "unbalanced") {
    point.data.emplace("balance", Rational(0));
    RationalMatrix x = RationalMatrix::Zero(n, k);
    RationalMatrix y = RationalMatrix::Zero(m, k);
    x.leftCols(wanted.q) = left;
    y.leftCols(wanted.q) = right;
    const Index spare_y = k - wanted.q - wanted.spare_x;
    x.middleCols(wanted.q, wanted.spare_x) = random_null_columns(M.transpose(), wanted.spare_x, random);
    y.rightCols(spare_y) = random_null_columns(M, spare_y, random);
    const RationalMatrix g = random_unimodular(k, random);
    point.weights = {multiply(x, g), multiply(y, inverse(g).value().transpose())};
  } else {
    point.data.emplace("balance", Rational(random.integer(1, 6), random.integer(1, 4)));
    const RationalMatrix theta = rotation(k).topRows(wanted.q);
    point.weights = {multiply(left, theta), multiply(right, theta)};
  }
  return point;
}

std::string AsymmetricRecipe::mismatch(const Instance& instance) const {
  const auto& at = dynamic_cast<const AsymmetricInstance&>(instance);
  if (!at.critical()) return "the point built is not critical";
  return selection_mismatch(*this, at.sigma(), at.selection());
}

std::vector<Scope> AsymmetricFactorization::excursions(const std::vector<Shape>& shapes) const {
  // without the balancing term; no spectrum is excluded
  const std::vector<Shape> small{{1, 1, 1}, {2, 1, 1}, {2, 2, 1}, {2, 2, 2}};
  return {{shapes.empty() ? small : shapes, {"unbalanced"}, kinds, 1}};
}

}  // namespace rankscape::asymmetric_factorization
