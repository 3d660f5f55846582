#pragma once
// A loss landscape: a loss in weights and data of any admissible sizes, read from a file (docs/landscapes.md); its loss
// at exact points; and recipes for exact critical points. Nothing here knows statements, verdicts or reports.

#include <rankscape/exact/matrix.hpp>
#include <rankscape/label.hpp>
#include <rankscape/point.hpp>
#include <rankscape/shape.hpp>
#include <rankscape/statements/vocabulary.hpp>
#include <rankscape/value.hpp>

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace rankscape::program {
struct Program;  // a list of matrix operations
}

namespace rankscape {

class Adviser;  // rankscape/adviser.hpp
class Advice;
class Environment;  // src/landscapes/words.hpp
struct Compiled;    // src/landscapes/compiled.hpp
class Landscape;

/// The adviser of a name, or nullptr. The one place where advisers are registered is src/native/registry.cpp; a program
/// without that room has none.
using AdviserLookup = const Adviser* (*)(std::string_view name);

/// Where a statement is to be checked. Empty lists mean the landscape's default.
struct Scope {
  std::vector<Shape> shapes;
  std::vector<std::string> positions;  ///< how points lie in their family: "aligned", "generic"
  std::vector<std::string> data;       ///< names of families, or of kinds of data
  int samples = 1;                     ///< points for each combination
};

/// Where the value of a point stands relative to the infimum of the loss.
struct GlobalComparison {
  Truth is_minimum = Truth::unknown;
  std::optional<Real> infimum;  ///< where it is known
  std::string reason;           ///< one line: how it was decided
};

/// One of several admissible choices of a quantity that is not unique at a point, and the features under that choice.
/// The source answers for Vocabulary positions below model_size().
struct Reading {
  std::string choice;  ///< "S = {2}"
  std::unique_ptr<const FeatureSource> features;
};

/// How the rows of the case tables are made: cases with equal values of these labels share a row. The first column is
/// the shape.
struct TableColumn {
  std::string label;   ///< a label's name, or "shape"
  std::string header;  ///< LaTeX
};

/// A declared lower bound at a point (landscape-format, [[bound]]): a lemma to try.
struct DeclaredBound {
  enum class Kind : unsigned char { convex, gram, nuclear };
  Kind kind = Kind::convex;
  std::size_t output = 0;    ///< Program output that holds the value of `in`, after the loss
  std::optional<long> rank;  ///< largest rank that `in` can have
};

/// The loss at one exact point, and everything derived from it. Values are computed on demand and kept; not safe for
/// concurrent use, different instances are independent. Outlives nothing but its landscape.
class Instance final : public FeatureSource {
 public:
  ~Instance() override;

  [[nodiscard]] const Landscape& landscape() const;
  [[nodiscard]] const Point& point() const;
  [[nodiscard]] const Shape& shape() const;
  /// Number of parameters n: entries of all weights.
  [[nodiscard]] Index parameters() const;
  /// Of the loss as a polynomial in the weights; nothing where it is none.
  [[nodiscard]] std::optional<int> degree() const;

  /// \throws Undefined  a division by zero
  [[nodiscard]] const Rational& value() const;
  /// All partial derivatives, weights in order, each column by column: length n. \throws Undefined
  [[nodiscard]] const RationalVector& gradient() const;
  [[nodiscard]] bool critical() const;
  /// The matrix of second partial derivatives, n x n, same order. \throws Undefined
  [[nodiscard]] const RationalMatrix& hessian() const;
  /// At other weights of the same shape. \throws Undefined
  [[nodiscard]] Rational loss_at(const Weights& weights) const;
  /// Coefficients of t^0 .. t^order of loss(W + t V_1 + t^2 V_2 + ..) - loss(W), exactly; all of them when the loss is
  /// a polynomial and `order` is left out. \throws Undefined; std::invalid_argument  no order, and no polynomial
  [[nodiscard]] std::vector<Rational> along(const std::vector<Weights>& curve,
                                            std::optional<int> order = std::nullopt) const;
  /// The loss at this shape: inputs are the data by name, then the weights in order; outputs are the loss, then `in` of
  /// every declared bound.
  [[nodiscard]] const program::Program& program() const;
  /// The data that the program takes, in its order: defaults are filled in.
  [[nodiscard]] const std::vector<RationalMatrix>& program_data() const;
  [[nodiscard]] std::vector<DeclaredBound> bounds() const;

  /// The velocities at this point of the declared symmetries: each a tangent vector (weights left out are 0), spanning
  /// the tangent space of the orbit, not independent.
  [[nodiscard]] std::vector<Weights> declared_velocities() const;
  [[nodiscard]] Index orbit_dimension() const;

  /// Sizes, data and weights by name, for advisers. \throws std::out_of_range  no such name
  [[nodiscard]] long size(std::string_view name) const;
  [[nodiscard]] const Datum& datum(std::string_view name) const;  ///< \throws Undefined  its default is not defined
  [[nodiscard]] const RationalMatrix& matrix(std::string_view name) const;
  [[nodiscard]] const std::vector<RationalMatrix>& matrices(std::string_view name) const;
  [[nodiscard]] const std::vector<Rational>& numbers(std::string_view name) const;

  /// By position in landscape().vocabulary(). Of the common features those that need no further evidence: value, n,
  /// index, nullity, coindex, hessian_trace. \throws Undefined  the others
  [[nodiscard]] Value feature(std::size_t position, std::span<const Value> arguments) const override;
  /// Of a matrix that is a formula of data and weights. \throws Undefined
  [[nodiscard]] RationalMatrix jacobian(std::size_t position, std::span<const Value> arguments) const override;
  /// By name; without arguments. \throws Undefined; std::out_of_range
  [[nodiscard]] Value feature(std::string_view name) const;
  /// The file's `columns`, then the adviser's; an empty cell where a quantity has no meaning.
  [[nodiscard]] Labels labels() const;

  // The adviser's, or that nothing is known.
  [[nodiscard]] GlobalComparison global_comparison() const;
  /// Those handed over by propose(), then the adviser's.
  [[nodiscard]] std::vector<Curve> descents() const;
  void propose(std::vector<Curve> curves);
  [[nodiscard]] std::string family() const;
  [[nodiscard]] std::vector<Reading> readings() const;
  [[nodiscard]] const Advice* advice() const;  ///< nullptr without an adviser

  struct State;

 private:
  friend class Landscape;
  explicit Instance(std::unique_ptr<State> state);
  [[nodiscard]] const Compiled& compiled() const;
  [[nodiscard]] Value common(std::size_t position) const;
  std::unique_ptr<State> state_;
};

/// A recipe for one exact critical point, made by a family of the file or by an adviser. Immutable; safe for concurrent
/// use.
class Recipe {
 public:
  Recipe() = default;
  Recipe(const Recipe&) = delete;
  Recipe& operator=(const Recipe&) = delete;
  Recipe(Recipe&&) = delete;
  Recipe& operator=(Recipe&&) = delete;
  virtual ~Recipe() = default;

  [[nodiscard]] virtual const Shape& shape() const = 0;
  /// Unique in its landscape and stable over versions; holds the shape: `2,1 heads[S={1},active=1]/generic/1`. Random
  /// choices are seeded by it.
  [[nodiscard]] virtual const std::string& key() const = 0;
  /// Deterministic in (key, seed). \throws InputError  a family of the file is wrong: it says what, where
  [[nodiscard]] virtual Point build(std::uint64_t seed) const = 0;
  /// Do the features of the point built with this seed, recovered from the point alone, say what the recipe promised?
  /// \return an empty string, or one line that names both sides
  [[nodiscard]] virtual std::string mismatch(const Instance& instance, std::uint64_t seed) const = 0;
  /// Curves proposed for the built point (the family's descent and bend), for Instance::propose.
  [[nodiscard]] virtual std::vector<Curve> descents(std::uint64_t /*seed*/) const { return {}; }

  // How the row names its origin (JSON of cases); empty where the recipe has no such notion.
  [[nodiscard]] virtual std::string family() const { return {}; }
  [[nodiscard]] virtual std::vector<std::pair<std::string, std::string>> choices() const { return {}; }
  [[nodiscard]] virtual std::string position() const { return {}; }
  [[nodiscard]] virtual int sample() const { return 0; }
};

/// A declaration as it is printed.
struct DeclaredName {
  std::string key;   ///< "W(h in 1..H)"
  std::string type;  ///< "matrix(d(h), d(h-1))"
  std::string means;
};

class Landscape {
 public:
  /// \param advisers  nullptr: a file that names one is refused
  /// \throws InputError  `FILE:LINE:COLUMN: what was found, what was expected`, one line
  [[nodiscard]] static std::shared_ptr<const Landscape> read(const std::filesystem::path& path,
                                                             AdviserLookup advisers = nullptr);
  [[nodiscard]] static std::shared_ptr<const Landscape> parse(std::string_view text, const std::string& filename,
                                                              AdviserLookup advisers = nullptr);
  /// The landscape that a point file spells out: shapes from its values. \throws InputError  with a JSON pointer
  [[nodiscard]] static std::shared_ptr<const Landscape> of_point(const Json& file);
  Landscape(const Landscape&) = delete;
  Landscape& operator=(const Landscape&) = delete;
  Landscape(Landscape&&) = delete;
  Landscape& operator=(Landscape&&) = delete;
  ~Landscape();

  [[nodiscard]] const std::string& id() const;  ///< empty for an inline loss
  [[nodiscard]] const std::string& title() const;
  [[nodiscard]] const std::string& source() const;
  [[nodiscard]] const std::string& note() const;
  [[nodiscard]] const std::string& filename() const;
  /// The bytes that were read.
  [[nodiscard]] const std::string& input() const;
  /// The word for shapes in [scope] and on the command line: "widths", "sizes".
  [[nodiscard]] const std::string& shape_key() const;
  /// Sizes, data, weights, definitions, the adviser's words; then the common features.
  [[nodiscard]] const Vocabulary& vocabulary() const;
  /// The file's, or what the adviser makes of them.
  [[nodiscard]] std::vector<TableColumn> columns() const;
  /// As written.
  [[nodiscard]] const std::string& loss() const;
  [[nodiscard]] std::vector<DeclaredName> data() const;
  [[nodiscard]] std::vector<DeclaredName> weights() const;
  [[nodiscard]] const Adviser* adviser() const;
  /// Constraints are read; verdicts on landscapes that have them are refused by check_unconstrained.
  [[nodiscard]] bool constrained() const;
  /// \throws InputError  "..: constraints are not supported yet", one line
  void check_unconstrained() const;

  /// Names of the weights at a shape, in order: {"W(1)", "W(2)"}, {"X"}.
  [[nodiscard]] std::vector<std::string> weight_names(const Instance& instance) const;

  /// \throws InputError  names, kinds or shapes that do not fit; a point outside the domain; with a JSON pointer
  [[nodiscard]] Point point(const Json& file) const;
  [[nodiscard]] std::unique_ptr<Instance> instance(Point point) const;
  /// POINT.json: weights as an array where they are matrices, or one list of them, alone; else by name.
  [[nodiscard]] Json to_json(const Point& point) const;

  /// The shapes to check the file at, smallest first.
  [[nodiscard]] const std::vector<Shape>& examples() const;
  /// A scope with `examples` for shapes where it has none.
  [[nodiscard]] Scope with_defaults(Scope scope) const;
  /// \throws InputError  no shape of this landscape
  void check_shape(const Shape& shape) const;
  /// All cases of a scope in a fixed order: the adviser's, then those of the families; rankscape/cases.hpp takes them
  /// one after the other. \throws InputError  shape, position or data unknown or absurd
  [[nodiscard]] std::vector<std::unique_ptr<const Recipe>> cases(const Scope& scope) const;
  /// How many that would be, without listing them; above most_cases some number above it.
  [[nodiscard]] std::uint64_t count_cases(const Scope& scope) const;
  /// Names of families, and of kinds of data.
  [[nodiscard]] std::vector<std::string> families() const;
  [[nodiscard]] std::vector<std::string> kinds() const;

  /// Scopes beyond the usual ones, for `explore`: small shapes, or those of `shapes` that admit it when there are any.
  /// The adviser's; else all families and kinds.
  [[nodiscard]] std::vector<Scope> excursions(const std::vector<Shape>& shapes) const;
  /// Points that are simpler than this one (sizes smaller by one) and may be critical when it is, the simplest first.
  /// Nothing is promised of them: whoever asks examines them.
  [[nodiscard]] std::vector<Point> simplifications(const Point& point) const;

  struct Data;
  [[nodiscard]] const Data& internals() const { return *data_; }

 private:
  friend class Instance;
  explicit Landscape(std::unique_ptr<Data> data);
  [[nodiscard]] std::shared_ptr<const Compiled> compiled(const Environment& values) const;
  std::unique_ptr<Data> data_;
  struct Cache;
  std::unique_ptr<Cache> cache_;
};

/// What `rankscape classify --loss .. --at .. --data ..` says, as a point file: names and values in the language, such
/// as `x = 0, V = [1; 0]`. \throws InputError
[[nodiscard]] Json point_file_of(const std::string& loss, const std::string& at, const std::string& data);

/// The folder of the landscapes that come with the program: beside an installed one, or of the source tree.
[[nodiscard]] std::filesystem::path installed_landscapes();

/// The landscapes there are: those of folders, files, and points that spell out theirs.
class Library {
 public:
  /// \param folders  later ones first where an id is in several
  Library(std::vector<std::filesystem::path> folders, AdviserLookup advisers);
  ~Library();
  Library(const Library&) = delete;
  Library& operator=(const Library&) = delete;
  Library(Library&&) = delete;
  Library& operator=(Library&&) = delete;

  /// By id, or by a path that ends in .toml (relative to `beside`, else to the working directory). Read once; the
  /// reference lasts as long as the library. Safe for concurrent use.
  /// \return nullptr for an unknown id. \throws InputError  the file is wrong
  [[nodiscard]] const Landscape* find(std::string_view name, const std::filesystem::path& beside = {}) const;
  /// As find. \throws InputError  unknown, with the nearest id
  [[nodiscard]] const Landscape& at(std::string_view name, const std::filesystem::path& beside = {}) const;
  /// All ids, sorted.
  [[nodiscard]] std::vector<std::string> ids() const;

  /// A point file's landscape and point. \throws InputError  with a JSON pointer
  struct Located {
    std::shared_ptr<const Landscape> inline_landscape;  ///< keeps it alive where the point spells it out
    const Landscape* landscape = nullptr;
    Point point;
  };
  [[nodiscard]] Located point(const Json& json, const std::filesystem::path& beside = {}) const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace rankscape
