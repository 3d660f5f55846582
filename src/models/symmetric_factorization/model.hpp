#pragma once
// Symmetric matrix factorization as a model: all critical points of 1/4 ||X X^T - M||_F^2 from their explicit form
// X = V_S diag(lambda_S)^{1/2} Theta, V_S eigenvectors of M for positive eigenvalues, Theta with orthonormal rows.

#include <rankscape/model.hpp>

namespace rankscape::symmetric_factorization {

/// Shapes are [n, k]; data are the kinds of spectral_blocks.hpp; positions `aligned` (V and Theta permutations) and
/// `generic` (rational rotations).
class SymmetricFactorization final : public Model {
 public:
  [[nodiscard]] std::string name() const override { return "symmetric-factorization"; }
  [[nodiscard]] std::string description() const override;
  [[nodiscard]] std::string shape_key() const override { return "sizes"; }
  [[nodiscard]] const std::vector<FeatureDeclaration>& features() const override;
  [[nodiscard]] std::vector<TableColumn> table_columns() const override;
  [[nodiscard]] symbolic::Formula formula(const Shape& sizes) const override;
  [[nodiscard]] std::unique_ptr<Instance> instance(Point point) const override;
  [[nodiscard]] std::vector<std::unique_ptr<const CaseRecipe>> cases(const Scope& scope) const override;
  [[nodiscard]] std::uint64_t count_cases(const Scope& scope) const override;
  [[nodiscard]] std::vector<Scope> excursions(const std::vector<Shape>& shapes) const override;
  [[nodiscard]] std::vector<Point> simplifications(const Point& point) const override;
};

}  // namespace rankscape::symmetric_factorization
