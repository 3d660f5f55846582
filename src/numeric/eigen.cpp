// Enclosures of whole spectra: split into connected components, scale each to unit size, then
//     approximate basis -> verified enclosures -> too wide? -> refined basis -> verified enclosures -> ...
// from double upwards; where refinement stalls (clusters), the solver is run again with more digits.

#include "exact/arb.hpp"
#include "numeric/eigenbasis.hpp"
#include "numeric/verified_spectrum.hpp"

#include <rankscape/error.hpp>
#include <rankscape/exact/deadline.hpp>
#include <rankscape/numeric/eigen.hpp>

#include <algorithm>
#include <cmath>
#include <limits>
#include <stdexcept>

namespace rankscape {
namespace {

constexpr double bits_of_digit = 3.3219280948873623;

// Binary exponent of the largest entry: largest |entry| is in (2^(e-2), 2^e).
long binary_exponent(const RationalMatrix& a) {
  long exponent = std::numeric_limits<long>::min();
  for (Index k = 0; k < a.size(); ++k) {
    const mpq_srcptr entry = a.data()[k].backend().data();
    if (mpq_sgn(entry) == 0) continue;
    const long numerator = static_cast<long>(mpz_sizeinbase(mpq_numref(entry), 2));
    const long denominator = static_cast<long>(mpz_sizeinbase(mpq_denref(entry), 2));
    exponent = std::max(exponent, numerator - denominator + 1);
  }
  return exponent;
}

struct Spectrum {
  std::vector<Enclosure> values;
  unsigned digits = 0;
};

// a has entries of about unit size and at least two rows.
Spectrum scaled_spectrum(const RationalMatrix& a, const Rational& width, unsigned max_digits) {
  constexpr long guard_bits = 64;
  const long max_bits = static_cast<long>(bits_of_digit * max_digits) + guard_bits;
  // A basis exact to so many bits gives the width; there is no use in more.
  const RationalMatrix width_as_matrix = RationalMatrix::Constant(1, 1, Rational(1) / width);
  const long useful_bits = std::max(0L, binary_exponent(width_as_matrix)) + 2 * guard_bits;
  for (const unsigned solver : numeric::solver_digits) {
    if (solver > std::max(max_digits, numeric::solver_digits.front())) break;
    numeric::BallMatrix basis = numeric::approximate_eigenbasis(a, solver);
    double best = std::numeric_limits<double>::infinity();
    long bits = static_cast<long>(bits_of_digit * solver) + guard_bits;
    while (true) {
      check_deadline();
      const numeric::VerifiedSpectrum spectrum = numeric::verify_spectrum(a, basis, bits);
      if (spectrum.values.empty()) break;
      if (spectrum.width <= width) {
        return {spectrum.values, std::max(solver, static_cast<unsigned>(static_cast<double>(bits) / bits_of_digit))};
      }
      const double achieved = std::log2(spectrum.residual + spectrum.gram_error);
      constexpr double worthwhile = 8;  // bits that a step of refinement has to gain
      if (!std::isfinite(achieved) || achieved > best - worthwhile || bits >= max_bits) break;
      best = achieved;
      bits = std::min({max_bits, useful_bits, static_cast<long>(-2 * achieved) + guard_bits});
      basis = numeric::improved_basis(basis, spectrum, bits);
    }
  }
  throw WidthNotReached("the eigenvalues are not enclosed: " + std::to_string(max_digits) +
                        " digits do not suffice for entries so far apart");
}

Spectrum spectrum_of(const RationalMatrix& a, const Rational& width, unsigned max_digits) {
  if (a.rows() == 1) return {{Enclosure(a(0, 0))}, 0};
  const long exponent = binary_exponent(a);
  RationalMatrix scaled(a.rows(), a.cols());
  for (Index k = 0; k < a.size(); ++k)
    scaled.data()[k] = exact::times_power_of_two(a.data()[k], -exponent);
  Spectrum out = scaled_spectrum(scaled, exact::times_power_of_two(width, -exponent), max_digits);
  for (Enclosure& value : out.values) {
    value = Enclosure(exact::times_power_of_two(value.lo, exponent), exact::times_power_of_two(value.hi, exponent));
  }
  return out;
}

// The spectra of the parts of a block diagonal matrix.
struct Parts {
  std::vector<RationalMatrix> blocks;
  std::vector<Spectrum> spectra;

  Parts(const RationalMatrix& a, const EigenOptions& options) {
    if (!is_symmetric(a)) throw std::invalid_argument("enclose_eigenvalues: the matrix is not symmetric");
    if (options.width <= 0) throw std::invalid_argument("enclose_eigenvalues: the width must be positive");
    for (const std::vector<Index>& indices : connected_components(a)) {
      blocks.emplace_back(a(indices, indices));
      spectra.push_back(spectrum_of(blocks.back(), options.width, options.max_digits));
    }
  }

  // The k-th smallest eigenvalue lies between the k-th smallest lower end and the k-th smallest upper end, which are no
  // farther apart than the widest of the enclosures.
  [[nodiscard]] EigenEnclosures merged() const {
    std::vector<Rational> lower;
    std::vector<Rational> upper;
    EigenEnclosures out;
    for (const Spectrum& spectrum : spectra) {
      for (const Enclosure& value : spectrum.values) {
        lower.push_back(value.lo);
        upper.push_back(value.hi);
      }
      out.digits = std::max(out.digits, spectrum.digits);
    }
    std::sort(lower.begin(), lower.end());
    std::sort(upper.begin(), upper.end());
    for (std::size_t k = 0; k < lower.size(); ++k)
      out.values.emplace_back(lower[k], upper[k]);
    return out;
  }
};

std::string named(const Inertia& inertia) {
  return std::to_string(inertia.negative) + " negative, " + std::to_string(inertia.zero) + " zero, " +
         std::to_string(inertia.positive) + " positive";
}

// The sign that the inertia gives to the k-th smallest eigenvalue.
int sign_of(Index k, const Inertia& inertia) {
  if (k < inertia.negative) return -1;
  return k < inertia.negative + inertia.zero ? 0 : 1;
}

bool excludes(const Enclosure& value, int sign) {
  return sign < 0 ? value.lo >= 0 : sign > 0 ? value.hi <= 0 : !value.contains(0);
}

}  // namespace

EigenEnclosures enclose_eigenvalues(const RationalMatrix& a, const EigenOptions& options) {
  return Parts(a, options).merged();
}

EigenEnclosures enclose_eigenvalues(const RationalMatrix& a, const Inertia& inertia, const EigenOptions& options) {
  if (inertia.negative + inertia.zero + inertia.positive != a.rows()) {
    throw std::invalid_argument("enclose_eigenvalues: the inertia is that of a matrix of another size");
  }
  Parts parts(a, options);
  for (Rational width = options.width;;) {
    EigenEnclosures out = parts.merged();
    bool separated = true;
    for (Index k = 0; k < a.rows(); ++k) {
      Enclosure& value = out.values[static_cast<std::size_t>(k)];
      const int sign = sign_of(k, inertia);
      if (excludes(value, sign)) {
        const DecimalEnclosure shown = to_decimal(value);
        throw InternalDisagreement("exact inertia (" + named(inertia) + ") against enclosed eigenvalues: number " +
                                   std::to_string(k + 1) + " from below lies in [" + shown.lo + ", " + shown.hi + "]");
      }
      if (sign == 0) {
        value = Enclosure(Rational(0));
      } else if (value.contains(0)) {
        separated = false;
      }
    }
    if (separated) return out;
    width = exact::times_power_of_two(width, -64);
    for (std::size_t p = 0; p < parts.blocks.size(); ++p) {
      const auto in_question = [](const Enclosure& value) { return value.contains(0) && !value.is_exact(); };
      std::vector<Enclosure>& values = parts.spectra[p].values;
      if (std::none_of(values.begin(), values.end(), in_question)) continue;
      parts.spectra[p] = spectrum_of(parts.blocks[p], width, options.max_digits);
    }
  }
}

}  // namespace rankscape
