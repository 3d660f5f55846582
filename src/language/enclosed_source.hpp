#pragma once
// A point whose weights are known through enclosures, as formulas see it. Features that are matrices have no value
// there; formulas that are polynomial or rational in them have enclosures, and of these follow numbers, bounds of
// ranks, spectra: whatever the enclosure decides is decided, everything else is undefined.

#include "language/tree.hpp"
#include "numeric/enclosed_matrix.hpp"

#include <rankscape/language/expression.hpp>

#include <optional>
#include <vector>

namespace rankscape::language {

/// A matrix (a number is 1 x 1, a sequence a column), entry by entry.
struct EnclosedFormula {
  EnclosedMatrix entries;
  Index rank_at_most = 0;
  bool symmetric = false;  ///< by its form; false: not known
};

/// What a FeatureSource may be besides: a point that may be known through an enclosure only.
class EnclosedSource {
 public:
  EnclosedSource() = default;
  EnclosedSource(const EnclosedSource&) = default;
  EnclosedSource& operator=(const EnclosedSource&) = default;
  EnclosedSource(EnclosedSource&&) = default;
  EnclosedSource& operator=(EnclosedSource&&) = default;
  virtual ~EnclosedSource() = default;
  /// Is the point known through an enclosure? Else it is an exact one.
  [[nodiscard]] virtual bool only_enclosed() const = 0;
  /// Of a number, sequence or matrix. Nothing where it has no enclosure, or where everything is exact.
  [[nodiscard]] virtual std::optional<EnclosedFormula> enclosure(const Expr& tree, const std::vector<long>& variables,
                                                                 const std::vector<Definition>& definitions) const = 0;
};

/// A rank that an enclosure leaves open; comparisons with it may be decided all the same, not those with what is made
/// of it.
class OpenRank : public Undefined {
 public:
  OpenRank(const std::string& message, const Expr& call, Index least, Index most)
      : Undefined(message), of(&call), at_least(least), at_most(most) {}
  /// What has the rank as its value: the call of `rank`, or a word that is one. nullptr: the word that was asked for.
  const Expr* of;
  Index at_least;
  Index at_most;
};

/// A number known to lie there, and no better.
[[nodiscard]] Real known_within(const Enclosure& enclosure);

}  // namespace rankscape::language
