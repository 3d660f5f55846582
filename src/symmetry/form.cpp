#include "symmetry/form.hpp"

#include <rankscape/exact/inertia.hpp>

#include <algorithm>
#include <cmath>
#include <map>

#include "exact/decompositions.hpp"
#include "exact/random.hpp"

namespace rankscape::symmetry {

namespace {

using Eigen::MatrixXd;
using Eigen::VectorXd;

std::vector<Rational> entries_of(const RationalVector& z) {
  return {z.data(), z.data() + z.size()};
}

// All monomials of a degree in the variables from `first` on.
void append_monomials(std::size_t degree, Index first, Index variables, Monomial& prefix, std::vector<Monomial>& out) {
  if (degree == 0) {
    out.push_back(prefix);
    return;
  }
  for (Index k = first; k < variables; ++k) {
    prefix.push_back(static_cast<char16_t>(k));
    append_monomials(degree - 1, k, variables, prefix, out);
    prefix.pop_back();
  }
}

Monomial product(const Monomial& a, const Monomial& b) {
  Monomial result(a.size() + b.size(), 0);
  std::merge(a.begin(), a.end(), b.begin(), b.end(), result.begin());
  return result;
}

// The places of a Gram matrix whose monomials multiply to one and the same.
using Places = std::map<Monomial, std::vector<std::pair<Index, Index>>, ByDegree>;

// Nearest to `g` with m^T G m = form: what a monomial lacks is shared among its places.
RationalMatrix corrected(RationalMatrix g, const Places& places, const Polynomial& form) {
  for (const auto& [monomial, at] : places) {
    Rational lacks = form.coefficient(monomial);
    for (const auto& [i, j] : at)
      lacks -= g(i, j);
    lacks /= Rational(static_cast<long>(at.size()));
    for (const auto& [i, j] : at)
      g(i, j) += lacks;
  }
  return g;
}

bool is_positive_definite(const RationalMatrix& g) {
  return inertia(g).positive == g.rows();
}

RationalMatrix rounded(const MatrixXd& a, int bits) {
  RationalMatrix result(a.rows(), a.cols());
  for (Index k = 0; k < a.size(); ++k)
    result(k) = Rational(static_cast<long>(std::llround(std::ldexp(a(k), bits)))) / Rational(Integer(1) << bits);
  return result;
}

// Alternating projections between the Gram matrices of the form and the matrices with eigenvalues >= margin: floating
// point that only proposes.
std::optional<MatrixXd> searched_gram(const MatrixXd& start, const Places& places, const Polynomial& form) {
  MatrixXd g = start;
  double scale = 1e-30;
  for (Index k = 0; k < g.size(); ++k)
    scale = std::max(scale, std::abs(g(k)));
  for (const double margin : {1e-1, 1e-2, 1e-4}) {
    for (int step = 0; step < 300; ++step) {
      const Eigen::SelfAdjointEigenSolver<MatrixXd> solver(g);
      if (solver.eigenvalues()(0) > margin * scale / 2) return g;
      const VectorXd lifted = solver.eigenvalues().cwiseMax(margin * scale);
      g = solver.eigenvectors() * lifted.asDiagonal() * solver.eigenvectors().transpose();
      for (const auto& [monomial, at] : places) {
        double lacks = form.coefficient(monomial).convert_to<double>();
        for (const auto& [i, j] : at)
          lacks -= g(i, j);
        for (const auto& [i, j] : at)
          g(i, j) += lacks / static_cast<double>(at.size());
      }
    }
  }
  return std::nullopt;
}

}  // namespace

std::optional<RationalVector> negative_value(const Polynomial& form, Index variables) {
  if (form.is_zero()) return std::nullopt;
  const auto is_negative = [&](const RationalVector& z) { return evaluate(form, entries_of(z)) < 0; };
  Random random(1);
  RationalVector best = RationalVector::Zero(variables);
  Rational least;
  bool any = false;
  const auto attempt = [&](const RationalVector& z) {
    // compared on the sphere, in doubles: only a proposal where to look closer
    if (is_negative(z)) return true;
    const double norm2 = Rational(z.squaredNorm()).convert_to<double>();
    if (norm2 == 0) return false;
    const double value =
        evaluate(form, entries_of(z)).convert_to<double>() / std::pow(norm2, static_cast<double>(form.degree()) / 2);
    if (!any || Rational(value) < least) {
      least = Rational(value);
      best = z;
      any = true;
    }
    return false;
  };
  RationalVector z = RationalVector::Zero(variables);
  for (Index k = 0; k < variables; ++k) {
    for (const int s : {1, -1}) {
      z.setZero();
      z(k) = s;
      if (attempt(z)) return z;
    }
  }
  constexpr int samples = 200;
  for (int k = 0; k < samples; ++k) {
    for (Index i = 0; i < variables; ++i)
      z(i) = random.integer(-4, 4);
    if (attempt(z)) return z;
  }
  for (Rational step(1); step > Rational(1, 200); step /= 2) {  // a pattern search around the best one
    for (bool better = true; better;) {
      better = false;
      for (Index i = 0; i < variables; ++i) {
        for (const int s : {1, -1}) {
          const Rational before = least;
          z = best;
          z(i) += Rational(s) * step;
          if (attempt(z)) return z;
          better = better || least < before;
        }
      }
    }
  }
  return std::nullopt;
}

std::optional<Gram> positive_definite_gram(const Polynomial& form, Index variables) {
  if (form.degree() == 0 || form.degree() % 2 != 0) return std::nullopt;
  constexpr std::size_t most = 120;  // monomials
  Gram gram;
  Monomial prefix;
  append_monomials(form.degree() / 2, 0, variables, prefix, gram.monomials);
  if (gram.monomials.size() > most) return std::nullopt;
  const auto size = static_cast<Index>(gram.monomials.size());
  Places places;
  for (Index i = 0; i < size; ++i) {
    for (Index j = 0; j < size; ++j)
      places[product(gram.monomials[static_cast<std::size_t>(i)], gram.monomials[static_cast<std::size_t>(j)])]
          .emplace_back(i, j);
  }
  gram.matrix = corrected(RationalMatrix::Zero(size, size), places, form);
  if (is_positive_definite(gram.matrix)) return gram;
  MatrixXd start(size, size);
  for (Index k = 0; k < start.size(); ++k)
    start(k) = gram.matrix(k).convert_to<double>();
  const auto found = searched_gram(start, places, form);
  if (!found) return std::nullopt;
  for (const int bits : {4, 10, 20, 40}) {
    gram.matrix = corrected(rounded(*found, bits), places, form);
    if (is_positive_definite(gram.matrix)) return gram;
  }
  return std::nullopt;
}

bool proves_positive_definite(const Gram& gram, const Polynomial& form, Index variables) {
  if (gram.matrix.rows() != static_cast<Index>(gram.monomials.size()) || !is_symmetric(gram.matrix)) return false;
  Polynomial sum;
  for (Index i = 0; i < gram.matrix.rows(); ++i) {
    for (Index j = 0; j < gram.matrix.cols(); ++j)
      sum.add(product(gram.monomials[static_cast<std::size_t>(i)], gram.monomials[static_cast<std::size_t>(j)]),
              gram.matrix(i, j));
  }
  if (!(sum == form)) return false;
  // m(z) = 0 only at z = 0
  for (Index k = 0; k < variables; ++k) {
    const auto is_power = [k](const Monomial& m) {
      return !m.empty() && std::all_of(m.begin(), m.end(), [k](char16_t v) { return v == static_cast<char16_t>(k); });
    };
    if (std::none_of(gram.monomials.begin(), gram.monomials.end(), is_power)) return false;
  }
  return is_positive_definite(gram.matrix);
}

}  // namespace rankscape::symmetry
