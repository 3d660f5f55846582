#pragma once
// The cases of a scope one after the other, so that nobody need hold all of them: of a scope with ten million cases one
// recipe exists at a time.

#include <rankscape/landscape.hpp>

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>

namespace rankscape {

/// May throw; the enumeration ends then.
using CaseVisitor = std::function<void(std::unique_ptr<const Recipe>)>;

class ScopeCases {
 public:
  /// \param landscape  outlives the object
  /// \throws InputError  shape, position or data unknown or absurd
  ScopeCases(const Landscape& landscape, const Scope& scope);

  /// In a fixed order: the adviser's, then those of the families. What stands in one of the scope's lists twice comes
  /// twice.
  void for_each(const CaseVisitor& visit) const;
  /// The first one for which `wanted` holds; the rest is not made. nullptr: there is none
  [[nodiscard]] std::unique_ptr<const Recipe> first(const std::function<bool(const Recipe&)>& wanted) const;
  /// How many that are, without making them.
  /// \param enough  where there are more, some larger number will do
  [[nodiscard]] std::uint64_t count(std::uint64_t enough) const;
  /// How often for_each comes to a case, which any scope of the landscape has made.
  [[nodiscard]] std::size_t occurrences(const Recipe& recipe) const;

 private:
  template <class Visit>
  void for_each_family_case(const Shape& shape, const Visit& visit) const;

  const Landscape* landscape_;
  Scope scope_;
  std::optional<Scope> advised_;  // the adviser's part of it
};

}  // namespace rankscape
