#pragma once
// Losses, and how their derivatives are found: by evaluating the loss over polynomials. Each model is one formula,
// written once for any ring T. Over the rationals it gives the value; over polynomials in n unknowns without their
// terms of degree > 2 it gives value, gradient and Hessian at once.

#include <map>
#include <variant>

#include "verifier/reader.hpp"

namespace verifier {

/// Polynomial in x_1..x_n without terms of degree > 2. The monomial x_i x_j, i <= j, has the key (i, j) where x_0 = 1.
struct Jet {
  std::map<std::pair<std::size_t, std::size_t>, Q> terms;
  Jet(const Q& constant = 0) {
    if (constant != 0) terms[{0, 0}] = constant;
  }
};
inline void add_product(Jet& sum, const Jet& a, const Jet& b) {
  using Monomial = std::pair<std::size_t, std::size_t>;
  const auto degree = [](const Monomial& m) { return (m.first > 0 ? 1 : 0) + (m.second > 0 ? 1 : 0); };
  for (const auto& [m, x] : a.terms) {
    for (const auto& [n, y] : b.terms) {
      if (degree(m) + degree(n) > 2) break;  // keys are ordered by degree: the constant, (0, j), then the rest
      Monomial product = degree(m) == 0 ? n : m;
      if (degree(m) == 1 && degree(n) == 1) product = std::minmax(m.second, n.second);
      add_product(sum.terms[product], x, y);
    }
  }
}

template <class T>
using Weights = std::vector<Matrix<T>>;

template <class T>
Matrix<T> lift(const Matrix<Q>& a) {
  Matrix<T> b(a.rows, a.cols);
  std::copy(a.entries.begin(), a.entries.end(), b.entries.begin());
  return b;
}
template <class T>
T square(const Matrix<T>& a) {
  return inner(a, a);
}

struct DeepLinear {  // || W_H ... W_1 X - Y ||^2
  Matrix<Q> X, Y;
  template <class T>
  T loss(const Weights<T>& w) const {
    Matrix<T> product = w.back();
    for (std::size_t h = w.size() - 1; h-- > 0;) product = product * w[h];
    return square(plus(product * lift<T>(X), -1, lift<T>(Y)));
  }
};

struct SymmetricFactorization {  // 1/4 || X X^T - M ||^2
  Matrix<Q> M;
  template <class T>
  T loss(const Weights<T>& w) const {
    T sum(0);
    add_product(sum, T(Q(1, 4)), square(plus(w[0] * transposed(w[0]), -1, lift<T>(M))));
    return sum;
  }
};

struct AsymmetricFactorization {  // 1/2 || X Y^T - M ||^2 + balance/4 || X^T X - Y^T Y ||^2
  Matrix<Q> M;
  Q balance;
  template <class T>
  T loss(const Weights<T>& w) const {
    T sum(0);
    add_product(sum, T(Q(1, 2)), square(plus(w[0] * transposed(w[1]), -1, lift<T>(M))));
    add_product(sum, T(balance / 4), square(plus(transposed(w[0]) * w[0], -1, transposed(w[1]) * w[1])));
    return sum;
  }
};

struct MatrixSensing {  // sum_i ( <A_i, U U^T> - b_i )^2
  std::vector<Matrix<Q>> A;
  std::vector<Q> b;
  template <class T>
  T loss(const Weights<T>& w) const {
    const Matrix<T> gram = w[0] * transposed(w[0]);
    T sum(0);
    for (std::size_t i = 0; i < A.size(); ++i) {
      T residual(-b[i]);
      add_product(residual, T(1), inner(lift<T>(A[i]), gram));
      add_product(sum, residual, residual);
    }
    return sum;
  }
  [[nodiscard]] Matrix<Q> slope(const Matrix<Q>& u) const {  // sum_i ( <A_i, U U^T> - b_i ) (A_i + A_i^T)
    const Matrix<Q> gram = u * transposed(u);
    Matrix<Q> sum(u.rows, u.rows);
    for (std::size_t i = 0; i < A.size(); ++i)
      sum = plus(sum, inner(A[i], gram) - b[i], plus(A[i], 1, transposed(A[i])));
    return sum;
  }
};

struct PhaseRetrieval {  // ( 3 |x|^4 + 3 |u|^4 - 2 |x|^2 |u|^2 - 4 (x^T u)^2 ) / 4, an expectation of squares
  Matrix<Q> u;
  template <class T>
  T loss(const Weights<T>& w) const {
    const Q uu = square(u);
    const T xx = square(w[0]);
    const T xu = inner(w[0], lift<T>(u));
    T sum(3 * uu * uu / 4);
    T twice(-uu / 2);
    add_product(twice, T(Q(3, 4)), xx);
    add_product(sum, twice, xx);
    T negative(0);
    add_product(negative, T(-1), xu);
    add_product(sum, negative, xu);
    return sum;
  }
};

/// A model, its data and a point: what a certificate speaks about.
struct Landscape {
  std::variant<DeepLinear, SymmetricFactorization, AsymmetricFactorization, MatrixSensing, PhaseRetrieval> model;
  std::string name;
  Weights<Q> point;
  std::size_t parameters = 0;

  template <class T>
  T loss(const Weights<T>& w) const {
    return std::visit([&](const auto& formula) { return formula.loss(w); }, model);
  }
  [[nodiscard]] bool nonnegative() const {  // everywhere
    const auto* asymmetric = std::get_if<AsymmetricFactorization>(&model);
    return asymmetric == nullptr || asymmetric->balance >= 0;
  }
  [[nodiscard]] std::size_t degree() const {  // of the loss as a polynomial
    return std::holds_alternative<DeepLinear>(model) ? 2 * point.size() : 4;
  }
  [[nodiscard]] Weights<Q> weights(const Field& field) const {  // of the shapes of the point
    Weights<Q> w = field.matrices();
    const auto same = [](const auto& a, const auto& b) { return a.rows == b.rows && a.cols == b.cols; };
    field.require(std::equal(w.begin(), w.end(), point.begin(), point.end(), same), "not of the shapes of the weights");
    return w;
  }
};

/// That all shapes fit is found out when the loss is evaluated.
inline Landscape read_landscape(const Field& field, std::vector<std::string>& untaken) {
  Object object(field, untaken);
  field.require(object.take("format").text() == "rankscape-point/1", "not a rankscape-point/1");
  Landscape landscape;
  landscape.name = object.take("model").text();
  landscape.point = object.take("weights").matrices();
  for (const Matrix<Q>& a : landscape.point) landscape.parameters += a.entries.size();
  if (landscape.parameters > most_parameters) throw Unreadable("limits: too many parameters");
  Object data(object.take("data"), untaken);
  std::size_t count = 1;  // of the weights
  if (landscape.name == "deep-linear") {
    landscape.model = DeepLinear{data.take("X").matrix(), data.take("Y").matrix()};
    count = std::max<std::size_t>(landscape.point.size(), 2);
  } else if (landscape.name == "symmetric-factorization") {
    landscape.model = SymmetricFactorization{data.take("M").matrix()};
  } else if (landscape.name == "asymmetric-factorization") {
    landscape.model = AsymmetricFactorization{data.take("M").matrix(), data.take("balance").number()};
    count = 2;
  } else if (landscape.name == "matrix-sensing") {
    const MatrixSensing model{data.take("A").matrices(), data.take("b").numbers()};
    field.require(model.A.size() == model.b.size(), "A and b have different lengths");
    landscape.model = model;
  } else if (landscape.name == "phase-retrieval") {
    landscape.model = PhaseRetrieval{data.take("u").matrix()};
  } else {
    throw Unreadable("unknown model");
  }
  field.require(landscape.point.size() == count, "not as many weights as the model has");
  return landscape;
}

/// Derivatives at the point; parameters are the entries of the weights in order, each matrix column by column.
struct Derivatives {
  Q value;
  std::vector<Q> gradient;
  Matrix<Q> hessian;
};
inline Derivatives derivatives(const Landscape& landscape) {
  const std::size_t n = landscape.parameters;
  Weights<Jet> moved;
  std::size_t variable = 0;
  for (const Matrix<Q>& a : landscape.point) {
    moved.push_back(lift<Jet>(a));
    for (std::size_t j = 0; j < a.cols; ++j)
      for (std::size_t i = 0; i < a.rows; ++i) moved.back()(i, j).terms[{0, ++variable}] = 1;
  }
  Derivatives result{0, std::vector<Q>(n), Matrix<Q>(n, n)};
  for (const auto& [monomial, coefficient] : landscape.loss(moved).terms) {
    const auto [i, j] = monomial;
    if (i == 0) {
      (j == 0 ? result.value : result.gradient[j - 1]) = coefficient;
    } else {  // c x_i x_j: the second derivative is c, or 2 c on the diagonal
      result.hessian(i - 1, j - 1) += coefficient;
      result.hessian(j - 1, i - 1) += coefficient;
    }
  }
  return result;
}

}  // namespace verifier
