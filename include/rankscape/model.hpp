#pragma once
// What the engine knows of a landscape: a model gives a loss (as a formula), its exact gradient and Hessian at exact
// points, a stream of exact critical points for a scope, and named features. The engine knows nothing else, and a model
// knows nothing of statements, verdicts or reports.

#include <rankscape/exact/inertia.hpp>
#include <rankscape/interface.hpp>
#include <rankscape/label.hpp>
#include <rankscape/value.hpp>

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <rankscape/exact_json.hpp>
#include <string>
#include <variant>
#include <vector>

namespace rankscape {

namespace symbolic {
struct Formula;  // src/symbolic/formula.hpp
}

using Shape = std::vector<long>;
using Weights = std::vector<RationalMatrix>;

/// A datum of a point file: a number, a list of numbers, a matrix (array of rows), a list of matrices.
using Datum = std::variant<Rational, std::vector<Rational>, RationalMatrix, std::vector<RationalMatrix>>;

/// One exact point, as in POINT.json. Nothing is checked here beyond being rectangular; Model::instance checks.
struct Point {
  std::string model;
  std::map<std::string, Datum> data;
  Weights weights;
};

/// \throws InputError  with a JSON pointer to the place
[[nodiscard]] Point point_from_json(const Json& json);
[[nodiscard]] Json to_json(const Point& point);

/// Where the value of a point stands relative to the infimum of the loss.
struct GlobalComparison {
  Truth is_minimum = Truth::unknown;
  /// The infimum, where the model knows it.
  std::optional<Real> infimum;
  /// One line: how it was decided.
  std::string reason;
};

/// One of several admissible choices of a quantity that is not unique at a point, and the features under that choice.
struct Reading {
  std::string choice;  ///< "S = {2}"
  std::unique_ptr<const FeatureSource> features;
};

/// A model's loss at one exact point. Features refer to the model's declarations. Not safe for concurrent use (features
/// are computed on demand); different instances are independent.
class Instance : public FeatureSource {
 public:
  [[nodiscard]] virtual const Point& point() const = 0;
  /// The shape it belongs to (for deep-linear: the widths).
  [[nodiscard]] virtual Shape shape() const = 0;
  /// Degree of the loss as a polynomial in all weights.
  [[nodiscard]] virtual int degree() const = 0;
  [[nodiscard]] virtual Rational loss(const Weights& weights) const = 0;
  /// All partial derivatives at this point, weights in order, each column by column: length n.
  [[nodiscard]] virtual RationalVector gradient() const = 0;
  /// The same at other weights of these shapes, with the data of this point.
  [[nodiscard]] virtual RationalVector gradient_at(const Weights& weights) const = 0;
  /// The matrix of second partial derivatives, n x n, same order.
  [[nodiscard]] virtual RationalMatrix hessian() const = 0;
  /// Is this point a global minimizer? Must be valid at every point, inside hypotheses or not.
  [[nodiscard]] virtual GlobalComparison global_comparison() const = 0;
  /// Proposals V for descent lines t -> W + tV, best first. Only asked at critical points with positive semidefinite
  /// Hessian; the engine certifies the exact polynomial and believes nothing else.
  [[nodiscard]] virtual std::vector<Weights> descent_proposals() const = 0;
  /// The family of critical points of its shape that it belongs to: points that differ in data and position, but in
  /// none of the model's discrete invariants. Empty where the model has none, or none that holds this point.
  [[nodiscard]] virtual std::string family() const;
  /// Where a feature is not unique (off a theorem's hypotheses: S, when an eigenvalue is repeated across it), a
  /// statement about "the" value speaks of every admissible one: the features for each choice, at most 1000. Empty
  /// where nothing is left to choose. The sources refer to this instance.
  [[nodiscard]] virtual std::vector<Reading> readings() const;
  /// What identifies the point for the reader: r, S, stratum, tightened ..., in the order of the report.
  [[nodiscard]] virtual Labels labels() const = 0;
  /// Claims of a certificate that only the model can give evidence for: an object that may hold "features" and "global"
  /// as docs/certificates.md specifies them. Empty where a model has none.
  [[nodiscard]] virtual Json certificate_claims() const;
};

/// Where a statement is to be checked. Empty lists mean the model's default.
struct Scope {
  std::vector<Shape> shapes;
  std::vector<std::string> positions;  ///< how points lie in their stratum, e.g. "aligned", "generic"
  std::vector<std::string> data;       ///< kinds of data, e.g. "square", "wide", "repeated"
  int samples = 1;                     ///< points for each combination
};

/// A recipe for one critical point: it builds the point, and checks what is recovered from it. Derived by each model.
struct CaseRecipe {
  CaseRecipe() = default;
  CaseRecipe(const CaseRecipe&) = default;
  CaseRecipe& operator=(const CaseRecipe&) = default;
  CaseRecipe(CaseRecipe&&) = default;
  CaseRecipe& operator=(CaseRecipe&&) = default;
  virtual ~CaseRecipe() = default;
  Shape shape;
  /// Unique in its scope and stable over versions: `2,2,2 S=1 0:2*1 generic #0`. Random choices are seeded by it.
  std::string key;

  /// The exact critical point; deterministic in (key, seed). Safe for concurrent use.
  [[nodiscard]] virtual Point build(std::uint64_t seed) const = 0;
  /// Do the features of a built point, recovered from the point alone, say what the recipe promised?
  /// \return an empty string, or one line that names both sides
  [[nodiscard]] virtual std::string mismatch(const Instance& instance) const = 0;
};

/// Beyond this, the list of cases itself would not fit the machine.
constexpr std::uint64_t most_cases = 4'000'000;

/// How the rows of the case tables are made: cases with equal values of these labels share a row.
struct TableColumn {
  std::string label;   ///< key in Instance::labels(), or "shape"
  std::string header;  ///< LaTeX
};

class Model : public Interface {
 public:
  [[nodiscard]] virtual std::string name() const = 0;
  [[nodiscard]] virtual std::string description() const = 0;
  /// The key under which shapes stand in a statement's [scope]: "widths" for deep-linear.
  [[nodiscard]] virtual std::string shape_key() const = 0;
  [[nodiscard]] virtual const std::vector<FeatureDeclaration>& features() const = 0;
  [[nodiscard]] virtual std::vector<TableColumn> table_columns() const = 0;

  /// The loss as a symbolic formula in the entries of the weights and of the data. \throws InputError  absurd shape
  [[nodiscard]] virtual symbolic::Formula formula(const Shape& shape) const = 0;
  /// \throws InputError  data or weights of the wrong names, kinds or shapes
  [[nodiscard]] virtual std::unique_ptr<Instance> instance(Point point) const = 0;
  /// All cases of a scope in a fixed order. \throws InputError  shape, position or data unknown or absurd
  [[nodiscard]] virtual std::vector<std::unique_ptr<const CaseRecipe>> cases(const Scope& scope) const = 0;
  /// How many that would be (a lower bound of at most 2^62 suffices), without listing them.
  [[nodiscard]] virtual std::uint64_t count_cases(const Scope& scope) const = 0;

  /// The inertia of the Hessian at *every* critical point of a family (Instance::family), whatever the data and
  /// positions, by family: those of a shape for which that is proved as an identity. May derive symbolically, so: one
  /// thread only. Default: none. \throws DeadlineExceeded
  [[nodiscard]] virtual std::map<std::string, Inertia> proved_inertias(const Shape& shape) const;
  /// Is the feature the same at all points of such a family? For a matrix: its rank; for a sequence: the number and the
  /// order of its entries. Default: no.
  [[nodiscard]] virtual bool constant_on_families(std::size_t feature) const;

  /// Scopes that leave the hypotheses under which statements on this model are usually made (degenerate spectra,
  /// singular data, ..), for `explore`: small shapes, or those of `shapes` that admit it when there are any. Default:
  /// none.
  [[nodiscard]] virtual std::vector<Scope> excursions(const std::vector<Shape>& shapes) const;
  /// Points that are simpler than this one (fewer weights, fewer or plainer data) and likely to be critical when it is,
  /// the simplest first. Nothing is promised of them: whoever asks examines them. Default: none.
  [[nodiscard]] virtual std::vector<Point> simplifications(const Point& point) const;
};

/// All models, in a fixed order. The one place where a model is registered is src/models/registry.cpp.
[[nodiscard]] const std::vector<const Model*>& models();
/// \return nullptr for an unknown name
[[nodiscard]] const Model* find_model(std::string_view name);

}  // namespace rankscape
