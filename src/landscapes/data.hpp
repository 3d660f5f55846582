#pragma once
// A landscape as it was read: everything typed, nothing evaluated. Immutable.

#include "landscapes/declaration.hpp"

#include <rankscape/landscape.hpp>

#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace rankscape {

class ConstraintsHere;  // constraints.hpp

/// A named condition ([domain], [constraints], kinds of a family), for every index of its pattern.
struct Condition {
  std::string name;
  Pattern pattern;
  Expression holds;
};

/// An entry of a table that gives values to arrays: set, descent, bend, moves.
struct Assignment {
  std::size_t array = 0;  ///< position of the declaration among data and weights, data first
  std::string key;
  Place place;
  Pattern pattern;
  Expression value;
};

struct Symmetry {
  std::string name;
  std::unique_ptr<Words> words;  ///< the landscape's, then the generators
  std::vector<Declaration> over;
  std::optional<Expression> where;  ///< linear in the generators
  std::vector<Assignment> moves;
};

struct Bound {
  DeclaredBound::Kind kind = DeclaredBound::Kind::convex;
  Expression in;
  std::optional<Expression> rank;
};

/// What one name of a family is drawn as.
struct Draw {
  enum class Form : unsigned char { scalar, sequence, decreasing, matrix, symmetric, orthogonal, invertible };
  enum class Scalar : unsigned char { number, nonzero, positive, between };
  std::size_t position = 0;
  std::string key;
  Place place;
  Pattern pattern;
  Form form = Form::scalar;
  std::vector<ExprPtr> extents;
  Scalar scalar = Scalar::number;
  ExprPtr low;  ///< of between
  ExprPtr high;
};

struct Choice {
  enum class Form : unsigned char { element, subset, sequence };
  std::string name;
  std::size_t position = 0;
  Form form = Form::element;
  ExprPtr from;    ///< the set
  ExprPtr length;  ///< of a sequence
};

struct Realized {
  std::string key;
  std::size_t feature = 0;  ///< position in the landscape's vocabulary
  Indices indices;
  Expression value;
};

/// Linear coordinates of the directions at a family's points, and the second-order term of the loss in them.
struct AdaptedBasis {
  std::unique_ptr<Words> words;  ///< the family's, then the coordinates
  std::vector<Declaration> over;
  std::vector<Assignment> moves;
  std::optional<Expression> form;
};

struct Family {
  std::string name;
  Place place;
  std::unique_ptr<Words> words;  ///< sizes, what depends on sizes alone, its own
  std::optional<Expression> where;
  std::optional<Expression> accept;
  std::vector<Choice> choices;
  std::vector<Condition> kinds;
  std::vector<Draw> draws;
  std::vector<Assignment> set;
  std::vector<Assignment> descent;
  std::vector<Assignment> bend;
  std::vector<Realized> realizes;
  std::optional<AdaptedBasis> basis;
  /// The weights are floats beside the critical points that are meant.
  bool approximate = false;

  /// Does it draw orthogonal or invertible matrices? Otherwise its points have no positions.
  [[nodiscard]] bool has_positions() const;
};

struct Landscape::Data {
  std::string id;
  std::string title;
  std::string source;
  std::string note;
  std::string filename;
  std::string input;
  std::string shape_key = "sizes";
  const Adviser* adviser = nullptr;
  std::shared_ptr<const InlineLoss> inline_loss;  ///< of a point's own landscape

  std::unique_ptr<Words> words;
  std::vector<SizeItem> sizes;
  std::optional<Expression> require;
  std::vector<Shape> examples;
  std::vector<Declaration> arrays;  ///< data, then weights, in order
  std::size_t data_count = 0;       ///< how many of them are data
  Expression loss;
  std::vector<std::size_t> loss_data;  ///< which data the loss and the bounds reach
  bool loss_of_data = false;           ///< the matrix program depends on values of data: made anew for each point
  std::vector<Condition> domain;
  std::vector<Condition> constraints;
  std::vector<Symmetry> symmetries;
  std::vector<Bound> bounds;
  std::vector<Family> families;
  std::vector<TableColumn> columns;
  std::vector<std::size_t> column_features;  ///< of columns but the first

  [[nodiscard]] bool is_weight(std::size_t array) const { return array >= data_count; }
  /// See constraints.hpp.
  [[nodiscard]] static const ConstraintsHere* constraints_at(const Instance& instance);
  /// See instance.hpp.
  [[nodiscard]] static std::shared_ptr<const RationalMatrix> hessian_at(const Instance& instance);
  static void for_each_velocity(const Instance& instance, const std::function<void(const Weights&)>& visit);
  [[nodiscard]] std::optional<std::size_t> array_named(std::string_view name) const;
};

}  // namespace rankscape
