// The vocabulary of symmetric factorization.
#include "models/feature_table.hpp"
#include "models/symmetric_factorization/instance.hpp"

namespace rankscape::symmetric_factorization {

namespace {

const FeatureTable<SymmetricInstance>& table() {
  using I = const SymmetricInstance&;
  using A = std::span<const Value>;
  constexpr Kind integer = Kind::integer;
  constexpr Kind sequence = Kind::sequence;
  constexpr Kind matrix = Kind::matrix;
  static const FeatureTable<SymmetricInstance> features({
      {{"n", {}, integer, "n", "rows of X, size of M"}, [](I at, A) -> Value { return long{at.n()}; }},
      {{"k", {}, integer, "k", "columns of X"}, [](I at, A) -> Value { return long{at.k()}; }},
      {{"q", {}, integer, "q", "rank of X"}, [](I at, A) -> Value { return long{at.q()}; }},
      {{"S", {}, Kind::set, "\\mathcal{S}", "indices of the eigenvalues selected: X X^T = V_S diag(lambda_S) V_S^T"},
       [](I at, A) -> Value { return at.S(); }},
      {{"lambda", {}, sequence, "\\lambda", "eigenvalues of M, decreasing"},
       [](I at, A) -> Value { return as_reals(at.lambda()); }},
      {{"selected",
        {},
        sequence,
        "\\lambda^{\\mathcal{S}}",
        "eigenvalues of M on the range of X, decreasing; unlike S defined at every critical point"},
       [](I at, A) -> Value { return as_reals(at.selection().selected); }},
      {{"unselected", {}, sequence, "\\lambda^{\\mathcal{Q}}", "the other eigenvalues of M, decreasing"},
       [](I at, A) -> Value { return as_reals(at.selection().unselected); }},
      {{"M", {}, matrix, "M", "the symmetric matrix to factorize"}, [](I at, A) -> Value { return at.M(); }},
      {{"X", {}, matrix, "X", "the factor, n x k"}, [](I at, A) -> Value { return at.X(); }},
      {{"hessian", {}, matrix, "\\nabla^2 L", "second derivatives of the loss, nk x nk"},
       [](I at, A) -> Value { return at.hessian(); }},
      {{"orbit_dimension", {}, integer, "\\dim X O(k)", "dimension of the orbit of X under rotations of its columns"},
       [](I at, A) -> Value { return long{at.orbit()}; }},
  });
  return features;
}

}  // namespace

const std::vector<FeatureDeclaration>& feature_declarations() {
  return table().declarations();
}

Value SymmetricInstance::feature(std::size_t position, std::span<const Value> arguments) const {
  return table().evaluate(*this, position, arguments);
}

}  // namespace rankscape::symmetric_factorization
