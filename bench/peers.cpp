// The inertia of Hessians at exact critical points, n = 12 .. 1200, by this program and by its peers in one run:
// PARI (qfsign), FLINT (characteristic polynomial and Descartes' rule, which is exact as all roots are real), LAPACK
// (dsyevd) and Eigen in floating point, with whether their answer was right. Prints a line for each: n, method, seconds
// of processor time, inertia. Left out where the method would take longer than the limit, as its last size shows.

#include <rankscape/exact/inertia.hpp>
#include <rankscape/native.hpp>

#include <flint/flint.h>
#include <flint/fmpz_mat.h>
#include <flint/fmpz_poly.h>
#include <fmt/format.h>
#include <Eigen/Eigenvalues>

#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <limits>
#include <stdexcept>
#include <string>
#include <vector>

#include "native/deep_linear/recipes.hpp"
#include "timing.hpp"

// the last one: its macros have names such as coeff, which Eigen uses
#include <pari/pari.h>

// LAPACK's eigenvalues of a symmetric matrix, by divide and conquer
extern "C" void dsyevd_(const char* job, const char* triangle, const int* n, double* a, const int* lda, double* w,
                        double* work, const int* lwork, int* iwork, const int* liwork, int* info);

using namespace rankscape;

namespace {

// Widths (d, d, d, d), S = {1 .. d/2}, four kinds of strings, dense unimodular changes of basis.
RationalMatrix hessian_at(const Landscape& networks, long d) {
  using namespace deep_linear;
  Plan plan;
  plan.landscape = networks.id();
  plan.widths = {d, d, d, d};
  plan.S.reserve(static_cast<std::size_t>(d / 2));
  for (int s = 1; s <= d / 2; ++s)
    plan.S.push_back(s);
  const long left = d - d / 2;
  const long some = left / 2;
  plan.stratum = Stratum{3, {}};
  const auto add = [&](String s, long count) {
    if (count > 0) plan.stratum->multiplicity[s] = count;
  };
  add({3, 3}, some);         // nodes 3, 0, 1
  add({3, 2}, left - some);  // nodes 3, 0
  add({1, 2}, left - some);
  add({2, 1}, some);
  plan.data = "canonical";
  return networks.instance(make_recipe(std::move(plan))->build(1))->hessian();
}

// The same matrix for those who want integers or floating point: times a positive number that clears denominators.
IntegerMatrix integers(const RationalMatrix& a) {
  return with_common_denominator(a).numerators;
}

Eigen::MatrixXd doubles(const RationalMatrix& a) {
  Eigen::MatrixXd out(a.rows(), a.cols());
  for (Index k = 0; k < a.size(); ++k)
    out.data()[k] = a.data()[k].convert_to<double>();
  return out;
}

Inertia counted(const Eigen::VectorXd& eigenvalues) {
  // the usual tolerance: n times the unit roundoff times the largest
  const double tolerance = static_cast<double>(eigenvalues.size()) * std::numeric_limits<double>::epsilon() *
                           eigenvalues.cwiseAbs().maxCoeff();
  Inertia out;
  for (const double value : eigenvalues)
    ++(value < -tolerance ? out.negative : value > tolerance ? out.positive : out.zero);
  return out;
}

Inertia by_lapack(Eigen::MatrixXd a) {
  const int n = static_cast<int>(a.rows());
  Eigen::VectorXd values(n);
  const int work_size = 2 * n + 1;
  const int integer_size = 1;
  std::vector<double> work(static_cast<std::size_t>(work_size));
  int integer_work = 0;
  int info = 0;
  dsyevd_("N", "L", &n, a.data(), &n, values.data(), work.data(), &work_size, &integer_work, &integer_size, &info);
  if (info != 0) throw std::runtime_error("dsyevd failed");
  return counted(values);
}

Inertia by_eigen(const Eigen::MatrixXd& a) {
  return counted(Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd>(a, Eigen::EigenvaluesOnly).eigenvalues());
}

Inertia by_flint(const IntegerMatrix& a) {
  fmpz_mat_t matrix;
  fmpz_mat_init(matrix, a.rows(), a.cols());
  for (Index i = 0; i < a.rows(); ++i)
    for (Index j = 0; j < a.cols(); ++j)
      fmpz_set_mpz(fmpz_mat_entry(matrix, i, j), a(i, j).backend().data());
  fmpz_poly_t polynomial;
  fmpz_poly_init(polynomial);
  fmpz_mat_charpoly(polynomial, matrix);
  Inertia out;
  int last = 0;
  for (slong k = 0; k <= fmpz_poly_degree(polynomial); ++k) {
    const int sign = fmpz_sgn(fmpz_poly_get_coeff_ptr(polynomial, k));
    if (sign == 0 && last == 0) ++out.zero;
    if (sign * last < 0) ++out.positive;
    if (sign != 0) last = sign;
  }
  out.negative = a.rows() - out.zero - out.positive;
  fmpz_poly_clear(polynomial);
  fmpz_mat_clear(matrix);
  return out;
}

Inertia by_pari(const IntegerMatrix& a) {
  const pari_sp top = avma;
  GEN matrix = cgetg(a.cols() + 1, t_MAT);
  for (Index j = 0; j < a.cols(); ++j) {
    GEN column = cgetg(a.rows() + 1, t_COL);
    for (Index i = 0; i < a.rows(); ++i)
      gel(column, i + 1) = gp_read_str(a(i, j).str().c_str());
    gel(matrix, j + 1) = column;
  }
  const GEN signature = qfsign(matrix);
  Inertia out{itos(gel(signature, 2)), 0, itos(gel(signature, 1))};
  out.zero = a.rows() - out.negative - out.positive;
  avma = top;
  return out;
}

}  // namespace

int main(int argc, char** argv) {
  const double limit = argc > 1 ? std::atof(argv[1]) : 60;
  constexpr std::size_t stack_bytes = std::size_t{4} << 30U;
  pari_init_opts(stack_bytes, 2, INIT_DFTm);
  const Library library({RANKSCAPE_LANDSCAPES}, find_adviser);
  const Landscape& networks = library.at("deep-linear");
  struct Method {
    std::string name;
    double cost;  // grows like this power of n
    bool exact;
    std::function<Inertia(const RationalMatrix&, const IntegerMatrix&, const Eigen::MatrixXd&)> run;
    double seconds = 0;
    Index size = 0;
  };
  std::vector<Method> methods{
      {"rankscape", 3, true, [](const auto& a, const auto&, const auto&) { return inertia(a); }},
      {"PARI qfsign", 4, true, [](const auto&, const auto& a, const auto&) { return by_pari(a); }},
      {"FLINT charpoly", 4, true, [](const auto&, const auto& a, const auto&) { return by_flint(a); }},
      {"LAPACK dsyevd", 3, false, [](const auto&, const auto&, const auto& a) { return by_lapack(a); }},
      {"Eigen", 3, false, [](const auto&, const auto&, const auto& a) { return by_eigen(a); }},
  };
  bool agree = true;
  for (const long d : {2, 3, 4, 6, 10, 16, 20}) {
    const RationalMatrix hessian = hessian_at(networks, d);
    const IntegerMatrix whole = integers(hessian);
    const Eigen::MatrixXd floating = doubles(hessian);
    Inertia ours;
    for (Method& method : methods) {
      const double expected =
          method.size == 0
              ? 0
              : method.seconds *
                    std::pow(static_cast<double>(hessian.rows()) / static_cast<double>(method.size), method.cost);
      if (expected > limit) continue;
      Inertia found;
      const auto work = [&] { found = method.run(hessian, whole, floating); };
      const double seconds = expected > 1 ? bench::seconds_once(work) : bench::best_seconds(work);
      method.seconds = seconds;
      method.size = hessian.rows();
      if (method.name == "rankscape") ours = found;
      if (method.exact && !(found == ours)) agree = false;
      fmt::print("{},{},{:.9f},{},{},{},{}\n", hessian.rows(), method.name, seconds, found.negative, found.zero,
                 found.positive, found == ours ? "right" : "wrong");
      std::fflush(stdout);
    }
  }
  return agree ? EXIT_SUCCESS : EXIT_FAILURE;
}
