#pragma once
// Critical points that no rational numbers say: the weights of an approximate family are floats, and the point that is
// meant is the exact one that Theorem 1 (near/nearby.hpp) proves beside them. It is known through an enclosure, inertia
// and verdict are exact, and its features are three-valued: decided where the enclosure decides them.

#include <rankscape/check/evidence.hpp>
#include <rankscape/error.hpp>

#include <memory>
#include <string>
#include <vector>

#include "landscapes/locate.hpp"
#include "language/enclosed_source.hpp"
#include "near/nearby.hpp"

namespace rankscape {

/// The proved point, and what its enclosure says of a landscape's words. Safe for one thread.
class NearbyPoint final : public FeatureSource, public language::EnclosedSource {
 public:
  /// \param floats  outlives this
  NearbyPoint(const Instance& floats, near::NearbyPoint proved, EnclosedMatrix hessian);
  ~NearbyPoint() override;
  NearbyPoint(const NearbyPoint&) = delete;
  NearbyPoint& operator=(const NearbyPoint&) = delete;
  NearbyPoint(NearbyPoint&&) = delete;
  NearbyPoint& operator=(NearbyPoint&&) = delete;

  [[nodiscard]] const near::NearbyPoint& proved() const { return proved_; }
  [[nodiscard]] const EnclosedMatrix& hessian() const { return hessian_; }
  /// The extreme eigenvalues of the Hessian. \pre it has any
  [[nodiscard]] const Enclosure& lambda_min() const { return lambda_min_; }
  [[nodiscard]] const Enclosure& lambda_max() const { return lambda_max_; }
  /// Is it in the landscape's domain? Empty, or what is violated or open, in words.
  [[nodiscard]] std::string outside_domain() const;

  /// The landscape's words, and value, hessian, its trace, its extreme eigenvalues, orbit_dimension. \throws Undefined
  /// the enclosure does not tell
  [[nodiscard]] Value feature(std::size_t position, std::span<const Value> arguments) const override;
  [[nodiscard]] RationalMatrix jacobian(std::size_t position, std::span<const Value> arguments) const override;
  [[nodiscard]] bool only_enclosed() const override { return true; }
  [[nodiscard]] std::optional<language::EnclosedFormula> enclosure(
      const language::Expr& tree, const std::vector<long>& variables,
      const std::vector<Definition>& definitions) const override;

 private:
  class Words;
  [[nodiscard]] Value common(const std::string& name) const;
  [[nodiscard]] Value weight(std::size_t position, const Indices& indices) const;
  [[nodiscard]] Value definition(std::size_t position, const Indices& indices) const;
  [[nodiscard]] std::vector<EnclosedMatrix> inputs_of_program(const program::Program& program) const;

  const Landscape::Data& data_;
  near::NearbyPoint proved_;
  EnclosedMatrix hessian_;
  Enclosure lambda_min_;
  Enclosure lambda_max_;
  Found found_;                                    // of the floats: sizes and data
  Environment exact_;                              // sizes and data, no weights
  std::map<std::string, EnclosedMatrix> weights_;  // by name
};

/// The exact critical point beside the floats, where one is proved; a better one only in the landscape's domain.
/// \param loss  of the instance. \throws InputError  it is not defined there
[[nodiscard]] near::NearbyAnswer critical_point_beside(const Instance& floats, const symmetry::Loss& loss);

/// Evidence for floats that are no point of the landscape: undecided, as where nothing is proved near them.
[[nodiscard]] Evidence evidence_of_no_point(const InputError& refused);

/// Evidence for the point beside the floats of the instance: `undecided` with the reason where none is proved.
/// \throws InputError  the loss is not defined there; constraints
[[nodiscard]] Evidence examine_nearby(const Instance& floats, const ExamineOptions& options = {});

/// Of an exact point, or beside the floats of an approximate family: what the recipe says its point is.
/// \throws InternalDisagreement  the point is not what the recipe promised
[[nodiscard]] Evidence examine_recipe(const Recipe& recipe, const Instance& instance, std::uint64_t seed,
                                      const ExamineOptions& options = {});

/// Of a point of an approximate family: what is wrong with it, in words, or nothing (AuditOptions).
[[nodiscard]] std::string fault_of_approximate(const Recipe& recipe, const Instance& floats, std::uint64_t seed);

/// The file's columns and the adviser's, of an examined point.
[[nodiscard]] Labels labels_of(const Instance& instance, const Evidence& evidence);

}  // namespace rankscape
