#pragma once
// The adviser of matrix sensing: restricted isometry constants, measurements made for given critical points, better
// points. The kinds of data are those of families.hpp; positions are "aligned" (axes of coordinates) and "generic"
// (rotated).

#include <rankscape/adviser.hpp>

#include "native/matrix_sensing/advice.hpp"
#include "native/word_table.hpp"

namespace rankscape::matrix_sensing {

class MatrixSensingAdviser final : public Adviser {
 public:
  [[nodiscard]] std::string name() const override { return "matrix-sensing"; }
  [[nodiscard]] const std::vector<FeatureDeclaration>& words() const override;
  [[nodiscard]] std::vector<std::string> description() const override;
  [[nodiscard]] std::unique_ptr<Advice> at(const Instance& instance) const override;
  [[nodiscard]] bool knows_data(std::string_view kind) const override;
  [[nodiscard]] bool knows_position(std::string_view position) const override;
  void for_each_case(const Landscape& landscape, const Scope& scope, const CaseVisitor& visit) const override;
  [[nodiscard]] std::uint64_t count_cases(const Landscape& landscape, const Scope& scope,
                                          std::uint64_t enough) const override;
  [[nodiscard]] std::size_t occurrences(const Recipe& recipe, const Scope& scope) const override;
  [[nodiscard]] bool replaces_families() const override { return true; }
  [[nodiscard]] std::optional<std::vector<Scope>> excursions(const std::vector<Shape>& shapes) const override;
};

[[nodiscard]] const WordTable<MatrixSensingAdvice>& words();

}  // namespace rankscape::matrix_sensing
