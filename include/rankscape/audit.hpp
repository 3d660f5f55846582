#pragma once
// Does a landscape file say what it means to? What a compiler would check, at every shape: shapes, the derivation
// against an independent one, declared symmetries, families (docs/landscapes.md).

#include <rankscape/exact/inertia.hpp>
#include <rankscape/landscape.hpp>

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace rankscape {

/// One line of an audit.
struct Finding {
  enum class Kind : unsigned char { good, bad, note };
  Kind kind = Kind::good;
  std::optional<Shape> shape;  ///< nothing: of the file as a whole
  std::string subject;         ///< "derivation", "symmetry 'rotations'", "family 'aligned'"
  std::string text;
  std::optional<Point> point;  ///< the offending one
};

struct AuditOptions {
  std::vector<Shape> shapes;  ///< left out: the file's examples
  std::uint64_t seed = 1;
  /// Families with more cases at a shape are sampled evenly.
  std::size_t most_points = 2000;
  /// Of a point of an approximate family: what is wrong with it, or nothing. Left out: such families are not checked.
  std::function<std::string(const Recipe& recipe, const Instance& floats)> examine_approximate = nullptr;
};

/// \param found  called for each finding, in order. \return whether all is good
/// Not safe for concurrent use (symbolic derivation). \throws InputError  no shape of the landscape; DeadlineExceeded
bool audit(const Landscape& landscape, const AuditOptions& options, const std::function<void(const Finding&)>& found);

/// An inertia that all points of a family have at which some functions of what is drawn have the signs that they have
/// at one of them.
struct ProvedInertia {
  Inertia inertia;
  std::vector<std::string> where;  ///< "w(1) - w(2) > 0"; none: all points
};

/// What is proved of all points that a recipe's family has with its choices.
struct FamilyProof {
  std::optional<bool> critical;  ///< does the gradient vanish identically in everything that is drawn?
  /// The inertia of the Hessian (with constraints: of the Riemannian one) about the point of a recipe of this family
  /// with these choices; empty where none is proved. Nothing at points where one of the functions is zero.
  std::function<std::optional<ProvedInertia>(const Recipe& recipe, std::uint64_t seed)> inertia;
  bool one_inertia = false;  ///< and it is the same at all of them
  bool form = false;         ///< the second-order term is the form that the family states
  std::string fault;         ///< of the family's basis, in words
};

/// Decided by normal forms of rational functions, where orthogonal matrices are rotations by symbolic cosines and sines
/// and all other draws symbols; open where that is not possible (a draw is compared, an inverse, too many symbols). The
/// inertia is read off the second differential in the family's [family.basis], by pivots whose signs follow from what
/// is said of the draws. Not safe for concurrent use.
[[nodiscard]] FamilyProof prove_family(const Landscape& landscape, const Recipe& recipe);

/// What is wrong with the family's [family.basis] at the recipe's point, whose numbers stand in place of symbols: so it
/// is found at sizes (up to 40 parameters) and of draws for which nothing is proved. Empty where it is right, or left
/// open.
[[nodiscard]] std::string fault_of_basis(const Landscape& landscape, const Recipe& recipe, std::uint64_t seed);

}  // namespace rankscape
