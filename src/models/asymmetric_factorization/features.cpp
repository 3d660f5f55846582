// The vocabulary of asymmetric factorization.
#include "models/asymmetric_factorization/instance.hpp"
#include "models/feature_table.hpp"

namespace rankscape::asymmetric_factorization {

namespace {

const FeatureTable<AsymmetricInstance>& table() {
  using I = const AsymmetricInstance&;
  using A = std::span<const Value>;
  constexpr Kind integer = Kind::integer;
  constexpr Kind sequence = Kind::sequence;
  constexpr Kind matrix = Kind::matrix;
  static const FeatureTable<AsymmetricInstance> features({
      {{"rows_x", {}, integer, "n_x", "rows of X and of M"}, [](I at, A) -> Value { return long{at.X().rows()}; }},
      {{"rows_y", {}, integer, "n_y", "rows of Y, columns of M"}, [](I at, A) -> Value { return long{at.Y().rows()}; }},
      {{"k", {}, integer, "k", "columns of X and Y"}, [](I at, A) -> Value { return long{at.k()}; }},
      {{"q", {}, integer, "q", "rank of X Y^T"}, [](I at, A) -> Value { return long{at.q()}; }},
      {{"mu", {}, Kind::real, "\\mu", "weight of the balancing term"},
       [](I at, A) -> Value { return Real(at.balance()); }},
      {{"S", {}, Kind::set, "\\mathcal{S}", "indices of the singular values selected: X Y^T = U_S diag(sigma_S) V_S^T"},
       [](I at, A) -> Value { return at.S(); }},
      {{"sigma", {}, sequence, "\\sigma", "the min(rows_x, rows_y) singular values of M, decreasing"},
       [](I at, A) -> Value { return as_reals(at.sigma()); }},
      {{"selected",
        {},
        sequence,
        "\\sigma^{\\mathcal{S}}",
        "singular values of M on the range of X Y^T, decreasing; unlike S defined when some are repeated"},
       [](I at, A) -> Value { return as_reals(at.selection().selected); }},
      {{"unselected", {}, sequence, "\\sigma^{\\mathcal{Q}}", "the other singular values of M, decreasing"},
       [](I at, A) -> Value { return as_reals(at.selection().unselected); }},
      {{"M", {}, matrix, "M", "the matrix to factorize"}, [](I at, A) -> Value { return at.M(); }},
      {{"X", {}, matrix, "X", "the left factor"}, [](I at, A) -> Value { return at.X(); }},
      {{"Y", {}, matrix, "Y", "the right factor"}, [](I at, A) -> Value { return at.Y(); }},
      {{"hessian", {}, matrix, "\\nabla^2 L", "second derivatives of the loss"},
       [](I at, A) -> Value { return at.hessian(); }},
      {{"orbit_dimension",
        {},
        integer,
        "\\dim (X, Y) G",
        "dimension of the orbit under rotations of the columns; with mu = 0 under all invertible changes of them"},
       [](I at, A) -> Value { return long{at.orbit()}; }},
  });
  return features;
}

}  // namespace

const std::vector<FeatureDeclaration>& feature_declarations() {
  return table().declarations();
}

Value AsymmetricInstance::feature(std::size_t position, std::span<const Value> arguments) const {
  return table().evaluate(*this, position, arguments);
}

}  // namespace rankscape::asymmetric_factorization
