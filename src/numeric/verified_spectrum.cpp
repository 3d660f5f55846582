// Weyl and Ostrowski: with Q^T Q = I + E and Q^T A Q = D + F, D diagonal, ||E|| <= e < 1 and ||F|| <= f, the k-th
// eigenvalue of A is that of Q^T A Q (within f of the k-th entry of D) divided by a number in [1 - e, 1 + e]. Spectral
// norms of symmetric matrices are bounded by the largest absolute row sum.

#include "numeric/verified_spectrum.hpp"

#include "exact/arb.hpp"

#include <algorithm>
#include <cmath>

namespace rankscape::numeric {
namespace {

BallMatrix balls(const RationalMatrix& a, long bits) {
  BallMatrix out(a.rows(), a.cols());
  fmpq_t entry;
  fmpq_init(entry);
  for (Index j = 0; j < a.cols(); ++j) {
    for (Index i = 0; i < a.rows(); ++i) {
      if (a(i, j).is_zero()) continue;
      fmpq_set_mpq(entry, a(i, j).backend().data());
      arb_set_fmpq(out.at(i, j), entry, bits);
    }
  }
  fmpq_clear(entry);
  return out;
}

// Upper bound of the largest absolute row sum, in Arb's magnitudes (30-bit upper bounds), of `m` minus the identity or
// minus the midpoints of its diagonal.
enum class Less : unsigned char { identity, own_diagonal };
void largest_row_sum(mag_t bound, const BallMatrix& m, Less what, long bits) {
  mag_zero(bound);
  mag_t row;
  mag_t entry;
  arb_t difference;
  mag_init(row);
  mag_init(entry);
  arb_init(difference);
  for (long i = 0; i < m.size(); ++i) {
    mag_zero(row);
    for (long j = 0; j < m.size(); ++j) {
      if (i != j) {
        arb_get_mag(entry, m.at(i, j));
      } else if (what == Less::own_diagonal) {
        mag_set(entry, arb_radref(m.at(i, i)));
      } else {
        arb_sub_ui(difference, m.at(i, i), 1, bits);
        arb_get_mag(entry, difference);
      }
      mag_add(row, row, entry);
    }
    mag_max(bound, bound, row);
  }
  mag_clear(row);
  mag_clear(entry);
  arb_clear(difference);
}

}  // namespace

VerifiedSpectrum verify_spectrum(const RationalMatrix& a, const BallMatrix& q, long bits) {
  const long n = q.size();
  VerifiedSpectrum out{BallMatrix(n, n), BallMatrix(n, n), 0, 0, {}, Rational(0)};
  BallMatrix transposed(n, n);
  BallMatrix product(n, n);
  arb_mat_transpose(transposed.get(), q.get());
  arb_mat_mul(out.gram.get(), transposed.get(), q.get(), bits);
  const BallMatrix exact = balls(a, bits);
  arb_mat_mul(product.get(), exact.get(), q.get(), bits);
  arb_mat_mul(out.congruent.get(), transposed.get(), product.get(), bits);

  mag_t e;
  mag_t f;
  mag_init(e);
  mag_init(f);
  largest_row_sum(e, out.gram, Less::identity, bits);
  largest_row_sum(f, out.congruent, Less::own_diagonal, bits);
  out.gram_error = mag_get_d(e);
  out.residual = mag_get_d(f);
  if (mag_cmp_2exp_si(e, -1) < 0 && mag_is_inf(f) == 0) {
    std::vector<long> order;
    for (long k = 0; k < n; ++k)
      order.push_back(k);
    const auto diagonal = [&](long k) { return arb_midref(out.congruent.at(k, k)); };
    std::sort(order.begin(), order.end(), [&](long i, long j) { return arf_cmp(diagonal(i), diagonal(j)) < 0; });
    arb_t value;
    arb_t scale;
    arb_init(value);
    arb_init(scale);
    arb_one(scale);
    arb_add_error_mag(scale, e);
    for (const long k : order) {
      arb_set_arf(value, diagonal(k));
      arb_add_error_mag(value, f);
      arb_div(value, value, scale, bits);
      out.values.push_back(exact::enclosure_of(value));
      out.width = std::max(out.width, out.values.back().width());
    }
    arb_clear(value);
    arb_clear(scale);
  }
  mag_clear(e);
  mag_clear(f);
  return out;
}

BallMatrix improved_basis(const BallMatrix& q, const VerifiedSpectrum& spectrum, long bits) {
  const long n = q.size();
  // Columns whose approximate eigenvalues are closer than this cannot be told apart; only their orthogonality is
  // improved.
  double largest = 0;
  for (const Enclosure& value : spectrum.values) {
    largest = std::max({largest, std::fabs(value.lo.convert_to<double>()), std::fabs(value.hi.convert_to<double>())});
  }
  arb_t cluster;
  arb_t gap;
  arb_t error;
  arb_init(cluster);
  arb_init(gap);
  arb_init(error);
  arb_set_d(cluster, 2 * (spectrum.residual + largest * spectrum.gram_error));
  BallMatrix lambda(n, 1);
  for (long k = 0; k < n; ++k) {
    arb_div(lambda.at(k, 0), spectrum.congruent.at(k, k), spectrum.gram.at(k, k), bits);
    mag_zero(arb_radref(lambda.at(k, 0)));
  }
  BallMatrix correction(n, n);
  for (long i = 0; i < n; ++i) {
    for (long j = 0; j < n; ++j) {
      arb_ptr entry = correction.at(i, j);
      arb_set_arf(entry, arb_midref(spectrum.gram.at(i, j)));  // - R, R = I - Q^T Q
      if (i == j) arb_sub_ui(entry, entry, 1, bits);
      arb_sub(gap, lambda.at(j, 0), lambda.at(i, 0), bits);
      arb_abs(error, gap);
      if (i != j && arb_gt(error, cluster) != 0) {
        arb_mul(entry, entry, lambda.at(j, 0), bits);
        arb_sub(entry, spectrum.congruent.at(i, j), entry, bits);
        arb_div(entry, entry, gap, bits);
      } else {
        arb_div_si(entry, entry, -2, bits);
      }
      mag_zero(arb_radref(entry));
    }
  }
  BallMatrix out(n, n);
  arb_mat_mul(out.get(), q.get(), correction.get(), bits);
  arb_mat_add(out.get(), out.get(), q.get(), bits);
  arb_mat_get_mid(out.get(), out.get());
  arb_clear(cluster);
  arb_clear(gap);
  arb_clear(error);
  return out;
}

}  // namespace rankscape::numeric
