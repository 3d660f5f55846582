#pragma once
// The deep linear network as a model: its cases are all (S, stratum) of the widths asked for, and the zero patterns of
// the blocks Z_h, each at the positions and for the data asked for.

#include <optional>
#include <rankscape/model.hpp>

#include "models/deep_linear/critical_points.hpp"

namespace rankscape::deep_linear {

/// One critical point: either of a stratum or of a zero pattern.
struct DeepLinearRecipe final : CaseRecipe {
  std::vector<int> S;              ///< 1-based, sorted
  std::optional<Stratum> stratum;  ///< of a stratum, or
  std::vector<int> zero_blocks;    ///< of a zero pattern: Z_h = 0 for these h
  Position position = Position::generic;
  std::string data;

  [[nodiscard]] Point build(std::uint64_t seed) const override;
  [[nodiscard]] std::string mismatch(const Instance& instance) const override;
};

/// \throws InputError  S not a set of indices in 1..dy of size <= rmax; a stratum that does not fit widths - |S|
[[nodiscard]] DeepLinearRecipe make_recipe(const Shape& widths, std::vector<int> S, Stratum stratum, Position position,
                                           std::string data, int sample);

class DeepLinear final : public Model {
 public:
  [[nodiscard]] std::string name() const override { return "deep-linear"; }
  [[nodiscard]] std::string description() const override;
  [[nodiscard]] std::string shape_key() const override { return "widths"; }
  [[nodiscard]] const std::vector<FeatureDeclaration>& features() const override;
  [[nodiscard]] std::vector<TableColumn> table_columns() const override;
  [[nodiscard]] symbolic::Formula formula(const Shape& widths) const override;
  [[nodiscard]] std::unique_ptr<Instance> instance(Point point) const override;
  [[nodiscard]] std::vector<std::unique_ptr<const CaseRecipe>> cases(const Scope& scope) const override;
  [[nodiscard]] std::uint64_t count_cases(const Scope& scope) const override;
  [[nodiscard]] std::map<std::string, Inertia> proved_inertias(const Shape& widths) const override;
  [[nodiscard]] bool constant_on_families(std::size_t feature) const override;
  [[nodiscard]] std::vector<Scope> excursions(const std::vector<Shape>& shapes) const override;
  [[nodiscard]] std::vector<Point> simplifications(const Point& point) const override;
};

/// Visits all subsets of {1..n} with k elements, in lexicographic order.
void for_each_subset(int n, int k, const std::function<void(const std::vector<int>&)>& visit);

}  // namespace rankscape::deep_linear
