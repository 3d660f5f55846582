#pragma once
// Real phase retrieval, population loss, as a model. Its critical points are the origin, +-u, and all x orthogonal to u
// with |x|^2 = |u|^2/3. For n = 2 no point of the last kind is rational (|x| |u| would be a rational number, and its
// square |u|^4/3); for n >= 3 there are rational pairs (x, u), which rotations and dilations carry around.

#include <rankscape/model.hpp>

namespace rankscape::phase_retrieval {

/// Shapes are [n]; data `signal` (u != 0) and `zero` (u = 0: one critical point); positions `aligned` (few entries that
/// are not zero) and `generic` (rotated and scaled).
class PhaseRetrieval final : public Model {
 public:
  [[nodiscard]] std::string name() const override { return "phase-retrieval"; }
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

}  // namespace rankscape::phase_retrieval
