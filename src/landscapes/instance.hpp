#pragma once
// What an instance keeps.

#include "landscapes/compiled.hpp"

#include <rankscape/adviser.hpp>
#include <rankscape/error.hpp>
#include <rankscape/exact/inertia.hpp>

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace rankscape {

struct Instance::State {
  State(const Landscape& of, Point at);

  const Landscape& landscape;
  const Landscape::Data& data;
  Point point;
  Found found;
  Shape shape;
  std::shared_ptr<const Compiled> compiled;
  std::vector<RationalMatrix> inputs;  ///< data, then weights, as the program takes them
  std::size_t first_weight = 0;        ///< in inputs
  std::vector<RationalMatrix> program_data;
  std::vector<Curve> proposed;

  std::optional<Rational> value;
  std::optional<RationalVector> gradient;
  std::shared_ptr<const RationalMatrix> hessian;
  std::optional<Inertia> inertia;
  std::optional<Index> orbit_dimension;
  std::unique_ptr<const ConstraintsHere> constraints;  ///< where there are any
  std::map<std::string, Datum, std::less<>> data_by_name;
  std::unique_ptr<Advice> advice;

  [[nodiscard]] std::vector<RationalMatrix> inputs_at(const Weights& weights) const;
};

/// Cells of the file's columns; empty where a feature has no value there.
[[nodiscard]] Labels labels_from(const Landscape::Data& data, const FeatureSource& point, const Labels& advised = {});

/// Is a point in the domain? Empty, or "outside the domain: .." or "not known to be in the domain: ..".
/// \param sizes  \param point  answer for the sizes, and for all words
[[nodiscard]] std::string outside_domain(const Landscape::Data& data, const FeatureSource& sizes,
                                         const FeatureSource& point);

/// The point lies on the boundary of the domain: a strict condition on the weights holds with equality, as at the kink
/// of a neuron. What the loss does beyond is not known.
class OnBoundary : public InputError {
 public:
  using InputError::InputError;
};

/// May the weights, with the instance's data, be a point of the landscape? False also where it is not known.
[[nodiscard]] bool lies_in_domain(const Instance& data, const Weights& weights);

/// The instance's own matrix, which lives as long as somebody has it: a copy of a large one would be most of the memory
/// of a run. \throws Undefined
[[nodiscard]] inline std::shared_ptr<const RationalMatrix> hessian_at(const Instance& instance) {
  return Landscape::Data::hessian_at(instance);
}

/// velocities.cpp
[[nodiscard]] std::vector<Weights> velocities(const Landscape::Data& data, const Symmetry& symmetry,
                                              const Found& found);
/// The velocities at the instance's point of the declared symmetries whose generators are free (no `where`), one after
/// the other: there may be many, and long ones.
inline void for_each_velocity(const Instance& instance, const std::function<void(const Weights&)>& visit) {
  Landscape::Data::for_each_velocity(instance, visit);
}

}  // namespace rankscape
