#pragma once
// The adviser of deep linear networks: strata, their families, words of the theory, proofs of the normal form.

#include <rankscape/adviser.hpp>

#include "native/deep_linear/advice.hpp"
#include "native/word_table.hpp"

namespace rankscape::deep_linear {

class DeepLinearAdviser final : public Adviser {
 public:
  [[nodiscard]] std::string name() const override { return "deep-linear"; }
  [[nodiscard]] const std::vector<FeatureDeclaration>& words() const override;
  [[nodiscard]] std::vector<std::string> description() const override;
  [[nodiscard]] std::vector<TableColumn> columns(std::vector<TableColumn> of_file) const override;
  [[nodiscard]] std::unique_ptr<Advice> at(const Instance& instance) const override;
  [[nodiscard]] Index most_parameters() const override { return 4'000'000; }
  [[nodiscard]] bool knows_data(std::string_view kind) const override;
  [[nodiscard]] bool knows_position(std::string_view position) const override;
  void for_each_case(const Landscape& landscape, const Scope& scope, const CaseVisitor& visit) const override;
  [[nodiscard]] std::uint64_t count_cases(const Landscape& landscape, const Scope& scope,
                                          std::uint64_t enough) const override;
  [[nodiscard]] std::size_t occurrences(const Recipe& recipe, const Scope& scope) const override;
  [[nodiscard]] bool replaces_families() const override { return true; }
  [[nodiscard]] std::map<std::string, Inertia> proved_inertias(const Shape& shape) const override;
  [[nodiscard]] bool constant_on_families(std::string_view feature) const override;
  [[nodiscard]] std::optional<std::vector<Scope>> excursions(const std::vector<Shape>& shapes) const override;
  [[nodiscard]] std::vector<Point> simplifications(const Point& point) const override;
};

[[nodiscard]] const WordTable<DeepLinearAdvice>& words();

}  // namespace rankscape::deep_linear
