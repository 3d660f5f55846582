#pragma once
// What a certificate claims of one exact point, and the evidence for each claim, as types. docs/certificates.md says
// what every kind of evidence proves; evidence.hpp and bounds.hpp make it; write.hpp spells it in JSON.

#include <rankscape/exact/enclosure.hpp>
#include <rankscape/exact/inertia.hpp>

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "certificate/workspace.hpp"

namespace rankscape::certificate {

/// Of a symmetric matrix of size n: integer vectors, the first `negative` of which span a negative definite space, the
/// next `positive` a positive definite one, and a basis of the null space that `null_columns` show to be independent.
struct InertiaClaim {
  Inertia inertia;
  RationalMatrix frame;  ///< rows
  RationalMatrix null;   ///< rows
  std::vector<Index> null_columns;
  /// Of the extreme eigenvalues; the frame then has n vectors.
  std::optional<Enclosure> lambda_min;
  std::optional<Enclosure> lambda_max;
};

/// S = factor^T diag(diagonal) factor, diagonal >= 0.
struct Semidefinite {
  std::vector<Rational> diagonal;
  RationalMatrix factor;
};

/// loss(W + t V_1 + t^2 V_2 + ..) - loss(W) = sum of coefficients[k] t^k + .., V_i the rows of `directions`. The first
/// coefficient that is not zero belongs to `order`.
struct CurveClaim {
  RationalMatrix directions;  ///< k x n, parameters in the order of the program
  std::vector<Rational> coefficients;
  int order = 0;
};

/// Directions that span the null space of the Hessian and along which the loss does not change more than it may.
struct LocalClaim {
  /// xi_row(x) = sum of value x_column; column n stands for the constant.
  struct FieldEntry {
    Index row = 0;
    Index column = 0;
    Rational value;
  };
  std::vector<std::vector<FieldEntry>> fields;  ///< they annihilate the loss; their values are independent
  /// z -> W + sum of z^powers[k] directions[k]
  struct Map {
    std::vector<std::vector<int>> powers;
    RationalMatrix directions;  ///< rows
  };
  std::optional<Map> map;
  int order = 0;  ///< of the leading form along the map; 0: the map is a family of critical points
  struct Gram {
    std::vector<std::vector<int>> exponents;  ///< of monomials u
    RationalMatrix matrix;                    ///< S, positive definite; the form is +-u^T S u
  };
  std::optional<Gram> gram;  ///< where the map has several parameters
};

/// A lower bound of a 1 x 1 node of the loss's program, valid for all weights.
struct Bound {
  Node node = 0;
  struct Form {  ///< the node is u^T B u
    Semidefinite symmetric_part;
  };
  struct Term {
    enum class Kind : unsigned char { free, above, gram, nuclear, decay };
    Kind kind = Kind::free;
    /// One; for gram U U^T, then perhaps norm2(U), its trace; for nuclear P = U V, norm2(U), norm2(V); for decay
    /// norm2(f (U V - Y)), norm2(U), norm2(V).
    std::vector<Node> nodes;
    std::optional<Semidefinite> evidence;  ///< gram, nuclear
    struct Cover {
      Rational separator;
      RationalMatrix matrix;
      Semidefinite above_separator;
      Semidefinite rest;
    };
    std::optional<Cover> cover;  ///< decay
  };
  struct Convex {  ///< convex in the nodes of the terms
    std::vector<Term> terms;
  };
  struct Trace {  ///< ||f (P X - Y)||^2, P of bounded rank, or with `gram` P = U U^T
    bool gram = false;
    Rational separator;
    RationalMatrix cover;
    std::optional<RationalMatrix> least_squares;  ///< where there is an X
    Semidefinite cover_evidence;
    Semidefinite rest_evidence;
  };
  /// Convex in the node `variable` alone, of bounded rank (one separator, of squares) or signature (two, of what is
  /// positive and negative), and least where that is nearest to what the slope asks for.
  struct Nearest {
    Node variable = 0;
    RationalMatrix left;  ///< it grows at least by <D, left D right>
    RationalMatrix right;
    std::vector<Rational> separators;
    InertiaClaim fitted;
    std::vector<Semidefinite> semidefinite;
    std::optional<InertiaClaim> middle;  ///< of D, where the variable is U D U^T
  };
  std::variant<Form, Convex, Trace, Nearest> evidence;
};

struct RankClaim {
  std::string name;
  Node node = 0;  ///< of the workspace
  std::vector<Index> rows;
  std::vector<Index> cols;
  RationalMatrix inverse;  ///< of the minor
  RationalMatrix combine;  ///< matrix[:, cols] combine = matrix
};

/// Which eigenvalues of a symmetric node belong to the range of a named matrix.
struct SelectionClaim {
  std::string name;
  Node node = 0;
  std::string range;          ///< name of a rank claim
  RationalMatrix restricted;  ///< A B = B C
  struct Separator {
    Rational at;
    InertiaClaim all;
    InertiaClaim inside;
  };
  std::vector<Separator> separators;
  std::vector<int> indices;  ///< from 1, increasing
};

/// In every pair one matrix has the rank of the matrix `rank`.
struct ListClaim {
  std::string name;
  std::string rank;
  std::vector<std::pair<std::string, std::string>> pairs;
  bool holds = false;
};

/// X^T X = I follows from the constraints on the one weight X, and with symmetric `multipliers` D the quadratic
/// function f - <mu, c> + <X D X^T, Y Y^T> - <D, Y^T Y> of Y, which at feasible Y is at most f, is convex. Among
/// rotations, with s (<Y, X F> - n + 2) in addition, F the reflection at a vector.
struct OrthonormalBound {
  RationalMatrix combine;  ///< times c: the entries of X^T X - I on and above the diagonal, row by row
  RationalMatrix multipliers;
  Semidefinite convex;
  std::optional<Semidefinite> above;  ///< of the multipliers, where X is not square
  struct Reflection {
    Rational scale;         ///< s >= 0
    RationalVector vector;  ///< of integers, not zero
  };
  std::optional<Reflection> reflection;
};

/// Every second-order point is a global minimizer: the loss is constant + sum of C_ij <v_i, v_j>, the constraints are
/// |v_i|^2 = 1, v_1, .., v_n in R^p.
struct BenignClaim {
  std::vector<std::vector<Index>> vectors;  ///< positions of their coordinates among the parameters
  RationalMatrix combine;                   ///< times c: the |v_i|^2 - 1
  /// With L_ij = x_i C_ij x_j beside the diagonal and rows of sum 0, Pi = diag(d) - d d^T: a Pi <= L <= b Pi, b < p a.
  /// Then all second-order points are the signs x, times a unit vector.
  struct Condition {
    std::vector<Rational> signs;    ///< x
    std::vector<Rational> weights;  ///< d, positive, of sum 1
    Rational least;                 ///< a
    Rational greatest;              ///< b
    Semidefinite above;             ///< of L - a Pi
    Semidefinite below;             ///< of b Pi - L
  };
  std::optional<Condition> condition;  ///< nothing where 2 p > n is enough
};

/// The loss of the workspace is a Lagrangian f - <mu, c> (program/lagrangian.hpp), and what is claimed speaks of f
/// under c = 0 at a feasible point; `inertia` is that of the Lagrangian.
struct ConstraintsClaim {
  Index count = 0;                        ///< m, of the multipliers
  std::vector<Index> columns;             ///< m independent ones of the Jacobian; none: not shown to be regular
  RationalMatrix inverse;                 ///< of that minor
  bool rotations = false;                 ///< the one weight is square, and only a positive determinant is feasible
  std::optional<RationalVector> slope;    ///< not critical: tangent, and f changes along it
  std::optional<Semidefinite> quadratic;  ///< f - <mu, c> is quadratic, and this shows its Hessian semidefinite
  std::optional<OrthonormalBound> orthonormal;
  std::optional<BenignClaim> benign;
};

struct Claims {
  explicit Claims(Workspace of_point) : workspace(std::move(of_point)) {}

  Workspace workspace;  ///< the loss, its data, the point; and the matrices that ranks and selections speak of
  bool critical = false;
  Rational value;
  std::optional<ConstraintsClaim> constraints;
  std::optional<InertiaClaim> inertia;
  std::optional<CurveClaim> descent;
  std::optional<CurveClaim> ascent;
  std::optional<LocalClaim> local;
  std::optional<RationalVector> better;      ///< parameters with a smaller loss
  std::optional<std::vector<Bound>> global;  ///< bounds from which that of the loss follows
  std::vector<RankClaim> ranks;
  std::vector<SelectionClaim> selections;
  std::vector<ListClaim> lists;
};

}  // namespace rankscape::certificate
