#pragma once
// Slices. A group of matrices that acts on some weights and leaves the loss alone moves every point to one in which a
// weight has a normal form: triangular under the orthogonal group (QR), reduced row echelon form under the general
// linear group (Gauss). So it is enough to solve with the entries that these forms fix: crit(L) is the union of the
// orbits of what is found there.

#include "solve/system.hpp"

namespace rankscape::critical_set {

/// How G acts on a weight W: by G W or, dual, by G^-T W; from the right by W G^-1 or, dual, by W G^T.
struct Action {
  std::size_t weight = 0;
  bool left = true;
  bool dual = false;
};

/// A group that is used up to bring the weight of its first action to normal form. Groups are used in order, and none
/// acts on a weight that one before it has normalized.
struct Normalization {
  enum class Group : unsigned char { orthogonal, general_linear };
  Group group = Group::orthogonal;
  Index size = 0;  ///< G is size x size
  std::vector<Action> acts;
};

/// Unknowns that have a value, in increasing order.
using Slice = std::vector<std::pair<std::size_t, Rational>>;

/// Groups under which the loss is invariant, as polynomial identities: of each weight's rows or columns, alone or
/// together with those of one other weight. Empty: none was found.
/// \throws symmetry::TooLarge
[[nodiscard]] std::vector<Normalization> normalizations(const System& system, const Instance& instance);

/// What symmetries leave that the loss does not quite have: where its derivative along a group of two weights, grad L
/// times a velocity that is linear, has a lower degree than the gradient. With weight decay these are the equations of
/// balance, W_2^T W_2 = W_1 W_1^T; computer algebra finds them with effort only.
[[nodiscard]] std::vector<Lemma> relations(const System& system, const Instance& instance);

/// All combinations of normal forms: one for triangular forms, one for each set of pivots of an echelon form. One
/// without equations where there are no groups. Nothing: more than `most`.
[[nodiscard]] std::vector<Slice> slices(const std::vector<Normalization>& gauge, const Instance& instance,
                                        std::size_t most);

/// The same loss; its equations are the gradient on the slice, and the slice. Lemmas are restricted.
[[nodiscard]] System sliced(const System& system, const Slice& slice);

}  // namespace rankscape::critical_set
