#pragma once
// Recipes for exact critical points of deep linear networks: all (S, stratum) of the widths asked for, and the zero
// patterns of the blocks Z_h, each at the positions and for the data asked for.

#include <rankscape/cases.hpp>
#include <rankscape/landscape.hpp>

#include <cstdint>
#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "native/deep_linear/critical_points.hpp"
#include "native/deep_linear/given_data.hpp"

namespace rankscape::deep_linear {

/// One critical point: either of a stratum or of a zero pattern.
struct Plan {
  std::string landscape;  ///< its id
  Widths widths;
  std::vector<int> S;              ///< 1-based, sorted
  std::optional<Stratum> stratum;  ///< of a stratum, or
  std::vector<int> zero_blocks;    ///< of a zero pattern: Z_h = 0 for these h
  Position position = Position::generic;
  std::string data;
  int sample = 0;
  std::shared_ptr<const GivenData> given;  ///< the data are these, and `data` is what they are called
};

class DeepLinearRecipe final : public Recipe {
 public:
  explicit DeepLinearRecipe(Plan plan);
  [[nodiscard]] const Shape& shape() const override { return shape_; }
  /// `2,2,2 S=1 [0:2*1] generic canonical #0`
  [[nodiscard]] const std::string& key() const override { return key_; }
  [[nodiscard]] Point build(std::uint64_t seed) const override;
  [[nodiscard]] std::string mismatch(const Instance& instance, std::uint64_t seed) const override;
  [[nodiscard]] std::string position() const override;
  [[nodiscard]] int sample() const override { return plan_.sample; }
  [[nodiscard]] const Plan& plan() const { return plan_; }

 private:
  Plan plan_;
  Shape shape_;
  std::string key_;
};

/// \throws InputError  S not a set of indices in 1..dy of size <= rmax; a stratum that does not fit widths - |S|; data
///                     unknown or not of these widths
[[nodiscard]] std::unique_ptr<const DeepLinearRecipe> make_recipe(Plan plan);

/// Every case of the scope (its shapes, positions and samples) at data of one's own, called `name` in the keys.
/// \throws InputError  widths that the data do not have; as for_each_recipe
[[nodiscard]] std::vector<std::unique_ptr<const Recipe>> list_recipes_at(const std::string& landscape,
                                                                         const Scope& scope,
                                                                         std::shared_ptr<const GivenData> given,
                                                                         const std::string& name);

/// In a fixed order. \throws InputError  a position, a kind of data, samples or widths that there are not
void for_each_recipe(const std::string& landscape, const Scope& scope, const CaseVisitor& visit);
/// How often for_each_recipe comes to it.
[[nodiscard]] std::size_t occurrences_in(const Plan& plan, const Scope& scope);
/// How many: without visiting their places under H1-H4.
/// \param enough  where there are more, some larger number will do
[[nodiscard]] std::uint64_t count_recipes(const Scope& scope,
                                          std::uint64_t enough = std::numeric_limits<std::uint64_t>::max());

/// "aligned", "generic", "zero-pattern".
[[nodiscard]] const std::vector<std::string>& positions();

}  // namespace rankscape::deep_linear
