#pragma once
// Asymmetric matrix factorization as a model. With balance mu > 0 all critical points are X = U_S Sigma_S^{1/2} Theta,
// Y = V_S Sigma_S^{1/2} Theta, Theta with orthonormal rows. With mu = 0 (a linear network with one hidden layer and
// whitened inputs) they are X = [U_S, X2] G, Y = [V_S Sigma_S, Y2] G^{-T} with M^T X2 = 0, M Y2 = 0, X2 Y2^T = 0.

#include <rankscape/model.hpp>

namespace rankscape::asymmetric_factorization {

/// Shapes are [n, m, k]; data are kinds of spectral_blocks.hpp (distinct, repeated, singular, irrational); positions
/// `aligned` and `generic` (mu > 0), `unbalanced` (mu = 0, in each of the ways to divide the k - q spare columns
/// between X2 and Y2).
class AsymmetricFactorization final : public Model {
 public:
  [[nodiscard]] std::string name() const override { return "asymmetric-factorization"; }
  [[nodiscard]] std::string description() const override;
  [[nodiscard]] std::string shape_key() const override { return "sizes"; }
  [[nodiscard]] const std::vector<FeatureDeclaration>& features() const override;
  [[nodiscard]] std::vector<TableColumn> table_columns() const override;
  [[nodiscard]] symbolic::Formula formula(const Shape& sizes) const override;
  [[nodiscard]] std::unique_ptr<Instance> instance(Point point) const override;
  [[nodiscard]] std::vector<std::unique_ptr<const CaseRecipe>> cases(const Scope& scope) const override;
  [[nodiscard]] std::uint64_t count_cases(const Scope& scope) const override;
  [[nodiscard]] std::vector<Scope> excursions(const std::vector<Shape>& shapes) const override;
};

}  // namespace rankscape::asymmetric_factorization
