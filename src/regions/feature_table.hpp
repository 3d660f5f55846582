#pragma once
// The vocabulary of a model as one table: each feature's declaration stands next to the function that answers it.

#include <rankscape/value.hpp>

#include <vector>

namespace rankscape {

/// \tparam I  the model's instance
template <class I>
class FeatureTable {
 public:
  struct Entry {
    FeatureDeclaration declaration;
    Value (*evaluate)(const I& at, std::span<const Value> arguments);
  };
  explicit FeatureTable(std::vector<Entry> entries) : entries_(std::move(entries)) {
    for (const Entry& entry : entries_)
      declarations_.push_back(entry.declaration);
  }
  [[nodiscard]] const std::vector<FeatureDeclaration>& declarations() const { return declarations_; }
  /// \throws Undefined
  [[nodiscard]] Value evaluate(const I& at, std::size_t position, std::span<const Value> arguments) const {
    return entries_.at(position).evaluate(at, arguments);
  }

 private:
  std::vector<Entry> entries_;
  std::vector<FeatureDeclaration> declarations_;
};

}  // namespace rankscape
