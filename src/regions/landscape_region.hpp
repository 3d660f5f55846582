#pragma once
// Boxes of weights of any landscape, at exact data: what a statement may say of all points in them.
//
// Real quantities that depend on weights and have a matrix program (norm2(X * X' - M), an entry, a definition of the
// file) are enclosed by running the program, and its derivatives, over intervals; so are value, gradient2 and
// lambda_min. What no program computes (a rank, an index) is undefined over a box and exact at a point.

#include "regions/branch_and_bound.hpp"

#include <rankscape/landscape.hpp>

#include <memory>
#include <string>

namespace rankscape::regions {

/// The words of a landscape, gradient2 (the squared norm of the gradient), and the common features.
[[nodiscard]] Vocabulary region_vocabulary(const Landscape& landscape);
/// The same of all landscapes of a library, which must last as long.
[[nodiscard]] LanguageLookup region_languages(const Library& library);

class LandscapeRegion final : public Region {
 public:
  /// At the sizes and data of `at`; its weights do not matter. Keeps a reference to the landscape.
  /// \throws InputError  constraints, or a domain for weights: not supported
  explicit LandscapeRegion(const Instance& at);
  ~LandscapeRegion() override;

  /// All weights with entries in [-bound, bound].
  [[nodiscard]] WeightBox cube(const Rational& bound) const;
  [[nodiscard]] RegionFormulas formulas(const Statement& statement, std::size_t claim) const override;
  [[nodiscard]] std::unique_ptr<const FeatureSource> over(const WeightBox& box) const override;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace rankscape::regions
