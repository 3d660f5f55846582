#pragma once
// Matrix sensing as a model. A shape is {n, k}: U has n rows and k columns. The kinds of data are those of
// families.hpp; positions are "aligned" (axes of coordinates) and "generic" (rotated).

#include <rankscape/model.hpp>

namespace rankscape::matrix_sensing {

class MatrixSensing final : public Model {
 public:
  [[nodiscard]] std::string name() const override { return "matrix-sensing"; }
  [[nodiscard]] std::string description() const override;
  [[nodiscard]] std::string shape_key() const override { return "sizes"; }
  [[nodiscard]] const std::vector<FeatureDeclaration>& features() const override;
  [[nodiscard]] std::vector<TableColumn> table_columns() const override;
  [[nodiscard]] symbolic::Formula formula(const Shape& shape) const override;
  [[nodiscard]] std::unique_ptr<Instance> instance(Point point) const override;
  [[nodiscard]] std::vector<std::unique_ptr<const CaseRecipe>> cases(const Scope& scope) const override;
  [[nodiscard]] std::uint64_t count_cases(const Scope& scope) const override;
  [[nodiscard]] std::vector<Scope> excursions(const std::vector<Shape>& shapes) const override;
};

}  // namespace rankscape::matrix_sensing
