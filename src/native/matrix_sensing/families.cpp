#include "native/matrix_sensing/families.hpp"

#include <algorithm>
#include <rankscape/error.hpp>

#include "exact/simplest.hpp"
#include "native/matrix_sensing/form.hpp"

namespace rankscape::matrix_sensing {

namespace {

// A form, a point, and what is measured: b = A(measured), plus noise that A* does not see.
struct Plan {
  RationalMatrix form;
  RationalMatrix U;
  RationalMatrix measured;
  std::optional<RationalMatrix> M;  // when it is not `measured`
  bool hidden_noise = false;
};

RationalMatrix outer(const RationalMatrix& a) {
  return multiply(a, a.transpose());
}

RationalMatrix rotation(Index n, bool generic, Random& random) {
  return generic ? random_orthogonal(n, random) : RationalMatrix(RationalMatrix::Identity(n, n));
}

// The columns, then zero columns, mixed by an orthogonal matrix.
RationalMatrix padded(const RationalMatrix& columns, Index k, bool generic, Random& random) {
  RationalMatrix u = RationalMatrix::Zero(columns.rows(), k);
  u.leftCols(columns.cols()) = columns;
  return multiply(u, rotation(k, generic, random));
}

RationalMatrix identity_form(Index n) {
  const RationalVector weights = coordinate_weights(n);
  RationalMatrix form = RationalMatrix::Zero(weights.size(), weights.size());
  form.diagonal() = weights;
  return form;
}

// form + factor <Y, .><Z, .> symmetrized
void add_rank_one(RationalMatrix& form, const Rational& factor, const RationalMatrix& y, const RationalMatrix& z) {
  const RationalVector weights = coordinate_weights(y.rows());
  const RationalMatrix a = coordinates(y).cwiseProduct(weights);
  const RationalMatrix b = coordinates(z).cwiseProduct(weights);
  const RationalMatrix product = multiply(a, b.transpose());
  form += (factor / 2) * (product + product.transpose());
}

// I - P, P the orthogonal projection onto the range of u.
RationalMatrix complement(const RationalMatrix& u) {
  return RationalMatrix::Identity(u.rows(), u.rows()) - projector_onto_range(u);
}

RationalMatrix random_symmetric(Index n, Random& random) {
  const RationalMatrix a = random_integers(n, n, 2, random);
  return a + a.transpose();
}

// Theta of ||X||^2 - theta (tr X)^2, and the factor in front, for which the form lies between 1 - delta and 1 + delta
// on matrices of rank <= rho, both attained.
struct IsotropicForm {
  Rational theta;
  Rational factor;
};

IsotropicForm isotropic_form(const Rational& delta, bool convex, long rho) {
  if (convex) return {-2 * delta / ((1 - delta) * Rational(rho)), 1 - delta};
  return {2 * delta / ((1 + delta) * Rational(rho)), 1 + delta};
}

Plan isotropic(const SensingPlan& wanted, Random& random) {
  const Index n = wanted.n;
  const long k = wanted.k;
  const auto [theta, factor] = isotropic_form(wanted.delta, wanted.convex, std::min<long>(2 * k, n));
  const Rational q = wanted.rank;
  const auto taken = [&](int i) {
    return std::find(wanted.support.begin(), wanted.support.end(), i) != wanted.support.end();
  };

  RationalVector lambda = RationalVector::Zero(n);
  Rational outside = 0;
  for (int i = 1; i <= wanted.rank_of_M; ++i) {
    if (taken(i)) continue;
    lambda(i - 1) = random.integer(1, 5);
    outside += lambda(i - 1);
  }
  const Rational null_size = random.integer(1, 2);
  if (wanted.null_vectors > 0) {  // their eigenvalue of U U^T is the shift itself: make it a square
    const Rational needed = null_size * null_size * (1 - q * theta) / (-theta);
    lambda *= needed / outside;
    outside = needed;
  }
  const Rational shift = -theta * outside / (1 - q * theta);  // theta tr(U U^T - M)
  const RationalMatrix axes = rotation(n, wanted.generic, random);
  RationalMatrix columns(n, wanted.rank);
  Index at = 0;
  for (const int i : wanted.support) {
    Rational size = random.integer(1, 3);
    while (size * size <= shift)
      size += 1;
    lambda(i - 1) = size * size - shift;
    columns.col(at++) = size * axes.col(i - 1);
  }
  for (long p = 0; p < wanted.null_vectors; ++p)
    columns.col(at++) = null_size * axes.col(wanted.rank_of_M + p);

  Plan plan;
  plan.form = factor * identity_form(n);
  const RationalMatrix identity = RationalMatrix::Identity(n, n);
  add_rank_one(plan.form, -factor * theta, identity, identity);
  plan.U = padded(columns, k, wanted.generic, random);
  plan.measured = multiply({axes, RationalMatrix(lambda.asDiagonal()), axes.transpose()});
  return plan;
}

// In a_i = u_i^2 the loss is (a - m e_1)^T G (a - m e_1) + 2 sum_{i<j} h_ij a_i a_j with G = I + the first row and
// column g, whose gradient vanishes on the support S when K_SS a_S = m (G e_1)_S, K = G + h. For S without 1 this is
// solved for g, for S = {1, 2} for h_12.
Plan sign_symmetric(const SensingPlan& wanted, Random& random) {
  const Index n = wanted.n;
  const Rational& delta = wanted.delta;
  const std::vector<int>& support = wanted.support;
  RationalVector g = RationalVector::Zero(n);
  RationalMatrix h = RationalMatrix::Zero(n, n);
  for (Index j = 0; j < n; ++j) {
    for (Index i = 0; i < j; ++i)
      h(i, j) = h(j, i) = i == 0 ? Rational(1 + delta) : Rational(1 + Rational(random.integer(-1, 1)) * delta);
  }
  RationalMatrix u = RationalMatrix::Zero(n, 1);
  Rational m = 1;
  if (support.empty() || support == std::vector<int>{1}) {
    const Rational size = random.integer(1, 3);
    m = size * size;
    g(1) = delta;
    if (!support.empty()) u(0) = size;
  } else if (support.front() == 1) {  // {1, 2}: a_1 / a_2 = s^2 by the choice of h_12
    Rational s = Rational(1, 2);
    while (s * s >= 2 * delta - 1)
      s /= 2;
    g(1) = delta;
    h(0, 1) = h(1, 0) = (1 - delta * delta) / (delta - s * s);
    const Rational size = random.integer(1, 3);
    u(0) = size * s;
    u(1) = size;
    m = size * size * ((delta + h(0, 1)) * (delta + h(0, 1)) - 1) / h(0, 1);
  } else {
    RationalVector v = RationalVector::Zero(n);  // K_SS a_S
    for (const int i : support)
      u(i - 1) = random.integer(1, 3);
    for (const int i : support) {
      for (const int j : support)
        v(i - 1) += (i == j ? Rational(1) : h(i - 1, j - 1)) * u(j - 1) * u(j - 1);
    }
    Rational length2 = 0;
    for (const Rational& entry : v)
      length2 += entry * entry;
    const Enclosure length = sqrt(Enclosure(length2)) / Enclosure(delta);
    m = support.size() == 1 ? v(support.front() - 1) / delta
                            : simplest_between(length.hi, length.hi * Rational(11, 10));
    g = v / m;
  }
  Plan plan;
  plan.form = RationalMatrix::Zero(symmetric_dimension(n), symmetric_dimension(n));
  const auto unit = [n](Index i, Index j) {  // <unit, X> = x_ij
    RationalMatrix e = RationalMatrix::Zero(n, n);
    e(i, j) += Rational(1, 2);
    e(j, i) += Rational(1, 2);
    return e;
  };
  for (Index j = 0; j < n; ++j) {
    add_rank_one(plan.form, 1, unit(j, j), unit(j, j));
    if (j > 0) add_rank_one(plan.form, 2 * g(j), unit(0, 0), unit(j, j));
    for (Index i = 0; i < j; ++i)
      add_rank_one(plan.form, 2 * h(i, j), unit(i, j), unit(i, j));
  }
  plan.U = u;
  plan.measured = m * multiply(unit(0, 0), unit(0, 0));
  return plan;
}

// A factor of M with orthogonal columns, and U near its first `rank` columns.
struct Factor {
  RationalMatrix V;
  RationalMatrix U;
};

Factor planted_factor(const SensingPlan& wanted, const Rational& perturbation, Random& random) {
  const Index n = wanted.n;
  const Index k = wanted.k;
  RationalMatrix v = rotation(n, wanted.generic, random).leftCols(k);
  for (Index j = 0; j < k; ++j)
    v.col(j) *= Rational(random.integer(2, 4), 2);
  while (true) {
    RationalMatrix columns = v.leftCols(wanted.rank);
    if (perturbation != 0) columns += perturbation * random_integers(n, wanted.rank, 1, random);
    if (rank(columns) != wanted.rank) continue;
    return {v, padded(columns, k, wanted.generic, random)};
  }
}

// A*A maps E = U U^T - M to G with G U = 0. Of all forms that do so for some G, the one with the least constant takes
// for G the projection of E onto { G : G U = 0 }, and differs from the identity only on the plane of E and G, where its
// eigenvalues are 1 +- sin of the angle.
Plan planted(const SensingPlan& wanted, Random& random) {
  const Index n = wanted.n;
  Plan plan;
  plan.form = identity_form(n);
  while (true) {
    const Factor factor = planted_factor(wanted, wanted.perturbation, random);
    plan.U = factor.U;
    plan.measured = outer(factor.V);
    const RationalMatrix e = outer(plan.U) - plan.measured;
    const RationalMatrix away = complement(plan.U);
    const RationalMatrix g = multiply({away, e, away});
    if (is_zero(g) && !is_zero(e)) continue;  // the noise happened to miss what is left of M
    const RationalMatrix f = e - g;           // orthogonal to g
    const Rational g2 = inner_product(g, g);
    const Rational f2 = inner_product(f, f);
    if (f2 != 0) {
      const Rational sin2 = f2 / (g2 + f2);
      add_rank_one(plan.form, sin2 / g2, g, g);
      add_rank_one(plan.form, -sin2 / f2, f, f);
      add_rank_one(plan.form, -2 / (g2 + f2), f, g);
    }
    // so that not all forms are of this special kind: a little more or less of something orthogonal to both
    RationalMatrix z = random_symmetric(n, random);
    if (g2 != 0) z -= (inner_product(z, g) / g2) * g;
    if (f2 != 0) z -= (inner_product(z, f) / f2) * f;
    const Rational z2 = inner_product(z, z);
    if (z2 != 0) add_rank_one(plan.form, Rational(random.integer(-1, 1), 20) / z2, z, z);
    return plan;
  }
}

Plan noisy(const SensingPlan& wanted, Random& random) {
  const Index n = wanted.n;
  const Factor factor = planted_factor(wanted, Rational(1, 8), random);
  Plan plan;
  plan.form = identity_form(n);
  RationalMatrix z = random_symmetric(n, random);
  z(0, 0) += is_zero(z) ? 1 : 0;
  add_rank_one(plan.form, wanted.delta / inner_product(z, z), z, z);
  plan.U = factor.U;
  plan.M = outer(factor.V);
  RationalMatrix slope = RationalMatrix::Zero(n, n);
  if (wanted.variant > 0) {
    const RationalMatrix away = multiply(complement(plan.U), random_integers(n, 1, 2, random));
    slope = (wanted.variant == 1 ? Rational(1, 2) : Rational(-1, 50)) * outer(away);
  }
  // A*A(U U^T - measured) = slope
  const RationalVector weights = coordinate_weights(n);
  const RationalMatrix right = coordinates(slope).cwiseProduct(weights);
  plan.measured = outer(plan.U) - from_coordinates(solve(plan.form, right).value(), n);
  plan.hidden_noise = true;
  return plan;
}

}  // namespace

Point build_point(const SensingPlan& recipe, Random& random) {
  const Index n = recipe.n;
  Plan plan = recipe.data == "sign-symmetric" ? sign_symmetric(recipe, random)
              : recipe.data == "planted"      ? planted(recipe, random)
              : recipe.data == "noisy"        ? noisy(recipe, random)
                                              : isotropic(recipe, random);
  std::vector<RationalMatrix> A = measurements_of(plan.form, n);
  std::vector<Rational> b;
  for (const RationalMatrix& a : A)
    b.push_back(inner_product(a, plan.measured));
  if (plan.hidden_noise) {  // orthogonal to all that is measured
    RationalMatrix rows(static_cast<Index>(A.size()), n * n);
    for (std::size_t l = 0; l < A.size(); ++l)
      rows.row(static_cast<Index>(l)) = A[l].reshaped().transpose();
    const RationalMatrix unseen = null_space(rows.transpose());
    for (Index j = 0; j < std::min<Index>(unseen.cols(), 2); ++j) {
      const Rational size = Rational(random.integer(-1, 1), 4) / unseen.col(j).cwiseAbs().maxCoeff();
      for (std::size_t l = 0; l < A.size(); ++l)
        b[l] += size * unseen(static_cast<Index>(l), j);
    }
  }
  if (recipe.generic && recipe.data == "sign-symmetric") {
    const RationalMatrix turn = random_orthogonal(n, random);
    for (RationalMatrix& a : A)
      a = multiply({turn, a, turn.transpose()});
    plan.U = multiply(turn, plan.U);
  }
  Point point;
  point.weights = {plan.U};
  point.data.emplace("A", std::move(A));
  point.data.emplace("b", std::move(b));
  if (plan.M) point.data.emplace("M", *plan.M);
  return point;
}

}  // namespace rankscape::matrix_sensing
