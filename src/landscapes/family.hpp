#pragma once
// The recipes of a family: which choices there are at a shape, and the points they give.

#include "landscapes/data.hpp"
#include "landscapes/locate.hpp"

#include <memory>
#include <string>
#include <vector>

namespace rankscape {

/// Values of a family's choices, in order.
using Choices = std::vector<Value>;

/// The sizes of a shape, and what depends on them alone. \throws InputError  no shape of this landscape
[[nodiscard]] Environment sizes_at(const Landscape::Data& data, const Shape& shape);

/// Lets a family ask the sizes of its shape for what it does not define itself. Both are kept alive by the caller.
void defer_to(Environment& family, const Environment& sizes);

/// All choices at a shape that satisfy `where`, in order. \throws InputError  more than 100,000 combinations
[[nodiscard]] std::vector<Choices> choices_at(const Landscape& landscape, const Family& family,
                                              const Environment& sizes);
/// Do the choices belong to this kind?
[[nodiscard]] bool of_kind(const Family& family, const Condition& kind, const Choices& choices,
                           const Environment& sizes);

/// `[S={1,3},active=1]`, or nothing without choices.
[[nodiscard]] std::string to_text(const Family& family, const Choices& choices);
[[nodiscard]] std::string to_text(const Value& choice);

class FamilyRecipe final : public Recipe {
 public:
  FamilyRecipe(const Landscape& landscape, const Family& family, Shape shape, Choices choices, std::string position,
               int sample);

  [[nodiscard]] const Shape& shape() const override { return shape_; }
  [[nodiscard]] const std::string& key() const override { return key_; }
  [[nodiscard]] Point build(std::uint64_t seed) const override;
  [[nodiscard]] std::string mismatch(const Instance& instance, std::uint64_t seed) const override;
  [[nodiscard]] std::vector<Curve> descents(std::uint64_t seed) const override;
  [[nodiscard]] std::string family() const override { return family_.name; }
  [[nodiscard]] std::vector<std::pair<std::string, std::string>> choices() const override;
  [[nodiscard]] std::string position() const override { return position_; }
  [[nodiscard]] int sample() const override { return sample_; }

  /// Which of the family's `realizes` the instance has, and which it leaves open.
  struct Recovery {
    int recovered = 0;
    int open = 0;           ///< undefined, or undecided
    std::string different;  ///< the first one that is different, in words
  };
  /// \param point  answers for the landscape's words
  [[nodiscard]] Recovery recovery(const FeatureSource& point, std::uint64_t seed) const;
  /// "family 'aligned' at [2, 1, 2], r=1, generic, sample 1"
  [[nodiscard]] std::string title() const;

  /// What has values before `set`: sizes and choices; and draws, at a seed.
  struct Drawn {
    explicit Drawn(const Words& words) : values(words) {}
    Environment values;
    std::unique_ptr<Environment> sizes;
  };
  [[nodiscard]] std::unique_ptr<Drawn> chosen() const { return chosen(*family_.words); }
  /// \param words  the family's, perhaps with others after them
  [[nodiscard]] std::unique_ptr<Drawn> chosen(const Words& words) const;
  [[nodiscard]] std::unique_ptr<Drawn> drawn(std::uint64_t seed) const;
  [[nodiscard]] const Family& of() const { return family_; }
  [[nodiscard]] const Choices& chosen_values() const { return choices_; }

 private:
  [[nodiscard]] std::vector<Run> runs(const Environment& values, const std::vector<Assignment>& assignments) const;
  [[nodiscard]] Weights direction(const Environment& values, const std::vector<Assignment>& assignments,
                                  const Found& at) const;
  [[noreturn]] void fail(Place place, const std::string& message) const;

  const Landscape& landscape_;
  const Landscape::Data& data_;
  const Family& family_;
  Shape shape_;
  Choices choices_;
  std::string position_;
  int sample_;
  std::string key_;
};

/// Are the weights of its points floats beside the critical points that are meant ([[family]], `approximate`)?
[[nodiscard]] bool is_approximate(const Recipe& recipe);
/// Recipe::mismatch where the point is known otherwise than as an instance: of its features alone.
[[nodiscard]] std::string mismatch_at(const Recipe& recipe, const FeatureSource& point, std::uint64_t seed);
/// What comes of a mismatch; nothing where it is empty. \throws InputError  of a family: the file that has it is wrong
/// \throws InternalDisagreement  of a recipe of an adviser
void complain_of(const Recipe& recipe, const std::string& mismatch);

}  // namespace rankscape
