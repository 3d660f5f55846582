#pragma once
// What no formula says of a landscape, in C++: strata and families of a network, exact constants of measurements,
// special bounds and descents. An adviser only proposes or proves; losses, derivatives, features that are formulas,
// instances and points come from the landscape's file. A file names its adviser (`adviser = "deep-linear"`).

#include <rankscape/cases.hpp>
#include <rankscape/exact/inertia.hpp>
#include <rankscape/landscape.hpp>

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace rankscape::certificate {
struct Claims;  // src/certificate: typed claims and their evidence
}

namespace rankscape {

/// What an adviser knows of one point. Made on demand, once for each instance, which outlives it; caches what it likes.
/// Every answer must be valid at every point, critical or not, inside hypotheses or not.
class Advice {
 public:
  Advice() = default;
  Advice(const Advice&) = delete;
  Advice& operator=(const Advice&) = delete;
  Advice(Advice&&) = delete;
  Advice& operator=(Advice&&) = delete;
  virtual ~Advice() = default;

  /// The word at this position of Adviser::words(). \throws Undefined
  [[nodiscard]] virtual Value word(std::size_t position, std::span<const Value> arguments) const = 0;
  /// Labels besides the file's `columns`, in the order of the report.
  [[nodiscard]] virtual Labels labels() const { return {}; }
  /// Default: nothing is known.
  [[nodiscard]] virtual GlobalComparison global_comparison() const { return {}; }
  /// Curves along which the loss may fall, best first. Asked only at critical points with positive semidefinite
  /// Hessian; whoever asks certifies the exact series and believes nothing else.
  [[nodiscard]] virtual std::vector<Curve> descents() const { return {}; }
  /// The family of critical points of its shape that it belongs to: points that differ in data and position, but in
  /// none of the discrete invariants. Empty: none that is known.
  [[nodiscard]] virtual std::string family() const { return {}; }
  [[nodiscard]] virtual std::vector<Reading> readings() const { return {}; }
  /// The inertia of the Hessian at a critical point, proved without forming it, by a normal form. Default: not known.
  [[nodiscard]] virtual std::optional<Inertia> known_inertia() const { return std::nullopt; }
  /// Is a critical point with positive semidefinite Hessian that is no global minimizer no local one, by a theorem
  /// whose hypotheses hold there? The theorem in words; empty: none that is known.
  [[nodiscard]] virtual std::string local_minimizers_are_global() const { return {}; }
  /// Adds claims that only the adviser has evidence for.
  virtual void certify(certificate::Claims& /*claims*/) const {}
};

class Adviser {
 public:
  Adviser() = default;
  Adviser(const Adviser&) = delete;
  Adviser& operator=(const Adviser&) = delete;
  Adviser(Adviser&&) = delete;
  Adviser& operator=(Adviser&&) = delete;
  virtual ~Adviser() = default;

  [[nodiscard]] virtual std::string name() const = 0;
  /// Features that it adds to those of the file.
  [[nodiscard]] virtual const std::vector<FeatureDeclaration>& words() const = 0;
  /// What else it adds, a line each, for `rankscape landscape`: "data planted, noisy: ..".
  [[nodiscard]] virtual std::vector<std::string> description() const { return {}; }
  [[nodiscard]] virtual std::unique_ptr<Advice> at(const Instance& instance) const = 0;
  /// Up to so many parameters a point is examined. More than the Hessian admits make sense where Advice::inertia
  /// answers.
  [[nodiscard]] virtual Index most_parameters() const { return 20'000; }

  /// The columns of the case tables, given those of the file.
  [[nodiscard]] virtual std::vector<TableColumn> columns(std::vector<TableColumn> of_file) const { return of_file; }

  /// Is this data kind, this position one of the adviser's? Names that nobody knows are errors of the scope.
  [[nodiscard]] virtual bool knows_data(std::string_view /*kind*/) const { return false; }
  [[nodiscard]] virtual bool knows_position(std::string_view /*position*/) const { return false; }
  /// Visits recipes for the data kinds that it knows, or its default ones when `scope.data` is empty, in a fixed order.
  /// They stand before those of the file's families. `scope.shapes` are checked. \throws InputError
  virtual void for_each_case(const Landscape& /*landscape*/, const Scope& /*scope*/,
                             const CaseVisitor& /*visit*/) const {}
  /// How many that would be, without making them.
  /// \param enough  where there are more, some larger number will do
  [[nodiscard]] virtual std::uint64_t count_cases(const Landscape& /*landscape*/, const Scope& /*scope*/,
                                                  std::uint64_t /*enough*/) const {
    return 0;
  }
  /// How often for_each_case comes, in this scope, to a recipe that it made in whatever scope.
  [[nodiscard]] virtual std::size_t occurrences(const Recipe& /*recipe*/, const Scope& /*scope*/) const { return 0; }
  /// Where the file's families are not to be tried when `scope.data` is empty (the adviser's hold them already).
  [[nodiscard]] virtual bool replaces_families() const { return false; }

  /// The inertia of the Hessian at *every* critical point of a family (Advice::family), by family: those of a shape for
  /// which that is proved as an identity. May derive symbolically, so: one thread only. \throws DeadlineExceeded
  [[nodiscard]] virtual std::map<std::string, Inertia> proved_inertias(const Shape& /*shape*/) const { return {}; }
  /// Is the feature (of the file or a word of its own) the same at all points of such a family? For a matrix: its rank;
  /// for a sequence: the number and the order of its entries.
  [[nodiscard]] virtual bool constant_on_families(std::string_view /*feature*/) const { return false; }
  /// As Landscape::excursions. Nothing: the landscape's own.
  [[nodiscard]] virtual std::optional<std::vector<Scope>> excursions(const std::vector<Shape>& /*shapes*/) const {
    return std::nullopt;
  }
  /// As Landscape::simplifications, tried before the landscape's own.
  [[nodiscard]] virtual std::vector<Point> simplifications(const Point& /*point*/) const { return {}; }
};

}  // namespace rankscape
