#pragma once
// The words of an adviser as one table: each declaration stands next to the function that answers it.

#include <rankscape/value.hpp>

#include <vector>

namespace rankscape {

/// \tparam A  the adviser's Advice
template <class A>
class WordTable {
 public:
  struct Entry {
    FeatureDeclaration declaration;
    Value (*evaluate)(const A& at, std::span<const Value> arguments);
  };
  explicit WordTable(std::vector<Entry> entries) : entries_(std::move(entries)) {
    for (const Entry& entry : entries_)
      declarations_.push_back(entry.declaration);
  }
  [[nodiscard]] const std::vector<FeatureDeclaration>& declarations() const { return declarations_; }
  /// \throws Undefined
  [[nodiscard]] Value evaluate(const A& at, std::size_t position, std::span<const Value> arguments) const {
    return entries_.at(position).evaluate(at, arguments);
  }

 private:
  std::vector<Entry> entries_;
  std::vector<FeatureDeclaration> declarations_;
};

}  // namespace rankscape
