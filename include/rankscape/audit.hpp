#pragma once
// Does a landscape file say what it means to? What a compiler would check, at every shape: shapes, the derivation
// against an independent one, declared symmetries, families (docs/landscapes.md).

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
};

/// \param found  called for each finding, in order. \return whether all is good
/// Not safe for concurrent use (symbolic derivation). \throws InputError  no shape of the landscape; DeadlineExceeded
bool audit(const Landscape& landscape, const AuditOptions& options, const std::function<void(const Finding&)>& found);

/// Does the gradient vanish identically in everything that the recipe draws? Decided by normal forms of rational
/// functions, where orthogonal matrices are Cayley transforms of skew symbols and all other draws symbols; nothing
/// where that is not possible (a draw is compared, an inverse, too many symbols). Not safe for concurrent use.
[[nodiscard]] std::optional<bool> critical_for_all_parameters(const Landscape& landscape, const Recipe& recipe);

}  // namespace rankscape
