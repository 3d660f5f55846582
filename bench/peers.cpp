// The inertia of Hessians at exact critical points, n = 12 .. 1200, by this program and by its peers in one run:
// PARI (qfsign), FLINT and LinBox (characteristic polynomial and Descartes' rule, which is exact as all roots are
// real), IML (null space), LAPACK (dsyevd) and Eigen in floating point, with whether their answer was right. Three
// families: short entries (canonical data, unimodular changes of basis), long ones (general data, dense changes of
// basis), and saddles whose null space is that of the symmetries, where this program is also given those (an argument
// after the limits names the one to measure). Prints a line for each: family, n, method, seconds of processor time,
// inertia. A method that does not come to its end within the limit is stopped, and not tried at larger sizes.

#include <rankscape/exact/inertia.hpp>
#include <rankscape/native.hpp>

#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <flint/flint.h>
#include <flint/fmpz_mat.h>
#include <flint/fmpz_poly.h>
#include <fmt/format.h>
#include <Eigen/Eigenvalues>

#include <algorithm>
#include <array>
#include <cmath>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <limits>
#include <optional>
#include <random>
#include <stdexcept>
#include <string>
#include <vector>

#include "exact/deflation.hpp"
#include "integer_peers.hpp"
#include "landscapes/instance.hpp"
#include "native/deep_linear/recipes.hpp"
#include "timing.hpp"

// the last one: its macros have names such as coeff, which Eigen uses
#include <pari/pari.h>

// LAPACK's eigenvalues of a symmetric matrix, by divide and conquer
extern "C" void dsyevd_(const char* job, const char* triangle, const int* n, double* a, const int* lda, double* w,
                        double* work, const int* lwork, int* iwork, const int* liwork, int* info);

using namespace rankscape;

namespace {

// W_h <- G_h W_h G_{h-1}^-1 at the hidden nodes, which changes no product: with dense G of small integers the inverse,
// and with it the Hessian, has entries of hundreds of bits.
void change_bases(Weights& weights) {
  std::mt19937_64 random(20260);
  for (std::size_t h = 0; h + 1 < weights.size(); ++h) {
    RationalMatrix g(weights[h].rows(), weights[h].rows());
    std::optional<RationalMatrix> back;
    while (!back) {
      for (Index k = 0; k < g.size(); ++k)
        g.data()[k] = static_cast<long>(random() % 19) - 9;
      back = inverse(g);
    }
    weights[h] = multiply(g, weights[h]);
    weights[h + 1] = multiply(weights[h + 1], *back);
  }
}

// The Hessian at a critical point, and the velocities of the symmetries.
struct Given {
  RationalMatrix hessian;
  std::vector<exact::SparseVector> velocities;
};

std::vector<exact::SparseVector> velocities_at(const Instance& instance) {
  std::vector<exact::SparseVector> out;
  for_each_velocity(instance, [&](const Weights& velocity) {
    out.emplace_back();
    Index offset = 0;
    for (const RationalMatrix& part : velocity) {
      for (Index k = 0; k < part.size(); ++k) {
        if (!part.data()[k].is_zero()) out.back().emplace_back(offset + k, part.data()[k]);
      }
      offset += part.size();
    }
  });
  return out;
}

// X <- R X, W_1 <- W_1 R^-1, R unimodular with short entries: no product changes, and the Hessian falls into no blocks.
void mix_inputs(Point& point) {
  std::mt19937_64 random(20261);
  auto& inputs = std::get<RationalMatrix>(point.data.at("X"));
  RationalMatrix& first = point.weights.front();
  const auto d = static_cast<std::uint64_t>(inputs.rows());
  for (std::uint64_t k = 0; k < 2 * d; ++k) {
    const auto i = static_cast<Index>(random() % d);
    const auto j = static_cast<Index>(random() % d);
    if (i == j) continue;
    inputs.row(i) += inputs.row(j);
    first.col(j) -= first.col(i);
  }
}

// Widths (d, k, k, d) and a product of rank k that leaves out the first eigenvector: the critical points of this S near
// it are one orbit.
Given saddle_at(const Landscape& networks, long d, int k) {
  using namespace deep_linear;
  Plan plan;
  plan.landscape = networks.id();
  plan.widths = {d, k, k, d};
  for (int s = 2; s <= k + 1; ++s)
    plan.S.push_back(s);
  plan.stratum = Stratum{3, {}};
  plan.stratum->multiplicity[{3, 2}] = d - k;  // nodes 3, 0: what neither the input nor the output passes on
  plan.data = "canonical";
  Point point = make_recipe(std::move(plan))->build(1);
  mix_inputs(point);
  const auto instance = networks.instance(std::move(point));
  if (!instance->critical()) throw std::runtime_error("a saddle that is not critical");
  return {instance->hessian(), velocities_at(*instance)};
}

// Widths (d, d, d, d), S = {1 .. d/2}, four kinds of strings.
RationalMatrix hessian_at(const Landscape& networks, long d, bool dense) {
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
  plan.data = dense ? "general" : "canonical";
  Point point = make_recipe(std::move(plan))->build(1);
  if (dense) change_bases(point.weights);
  return networks.instance(std::move(point))->hessian();
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

// What is timed, after the matrix was given to the library.
using Work = std::function<Inertia()>;

// Of a polynomial all of whose roots are real, from the signs of its coefficients, the constant one first: Descartes'
// rule counts the positive ones exactly.
Inertia by_descartes(const std::vector<int>& signs) {
  Inertia out;
  int last = 0;
  for (const int sign : signs) {
    if (sign == 0 && last == 0) ++out.zero;
    if (sign * last < 0) ++out.positive;
    if (sign != 0) last = sign;
  }
  out.negative = static_cast<Index>(signs.size()) - 1 - out.zero - out.positive;
  return out;
}

#if defined(RANKSCAPE_LINBOX) || defined(RANKSCAPE_IML)
bench::Digits digits(const IntegerMatrix& a) {
  bench::Digits out;
  out.reserve(static_cast<std::size_t>(a.size()));
  for (Index k = 0; k < a.size(); ++k)
    out.push_back(a.data()[k].str());  // by columns: the matrix is symmetric
  return out;
}
#endif

Work by_flint(const IntegerMatrix& a) {
  auto* const matrix = new fmpz_mat_struct;  // kept until the process ends, as is PARI's stack
  fmpz_mat_init(matrix, a.rows(), a.cols());
  for (Index i = 0; i < a.rows(); ++i)
    for (Index j = 0; j < a.cols(); ++j)
      fmpz_set_mpz(fmpz_mat_entry(matrix, i, j), a(i, j).backend().data());
  return [matrix] {
    fmpz_poly_t polynomial;
    fmpz_poly_init(polynomial);
    fmpz_mat_charpoly(polynomial, matrix);
    std::vector<int> signs;
    for (slong k = 0; k <= fmpz_poly_degree(polynomial); ++k)
      signs.push_back(fmpz_sgn(fmpz_poly_get_coeff_ptr(polynomial, k)));
    fmpz_poly_clear(polynomial);
    return by_descartes(signs);
  };
}

Work by_pari(const IntegerMatrix& a) {
  GEN matrix = cgetg(a.cols() + 1, t_MAT);
  for (Index j = 0; j < a.cols(); ++j) {
    GEN column = cgetg(a.rows() + 1, t_COL);
    for (Index i = 0; i < a.rows(); ++i)
      gel(column, i + 1) = gp_read_str(a(i, j).str().c_str());
    gel(matrix, j + 1) = column;
  }
  return [matrix, n = a.rows()] {
    const pari_sp top = avma;
    const GEN signature = qfsign(matrix);
    Inertia out{itos(gel(signature, 2)), 0, itos(gel(signature, 1))};
    out.zero = n - out.negative - out.positive;
    avma = top;
    return out;
  };
}

struct Measured {
  double seconds = 0;
  Inertia inertia;
};

// In a process of its own, which may take this much processor time. \return nothing where that was not enough
std::optional<Measured> within(double limit, const std::function<Work()>& prepare) {
  std::array<int, 2> ends{};
  if (pipe(ends.data()) != 0) throw std::runtime_error("pipe failed");
  const pid_t child = fork();
  if (child < 0) throw std::runtime_error("fork failed");
  if (child == 0) {
    const Work work = prepare();
    const auto most = static_cast<rlim_t>(std::ceil(bench::processor_seconds() + limit));
    const rlimit bound{most, most};
    setrlimit(RLIMIT_CPU, &bound);
    Measured measured;
    measured.seconds = bench::seconds_once([&] { measured.inertia = work(); });
    if (measured.seconds < 1)
      measured.seconds = std::min(measured.seconds, bench::best_seconds([&] { measured.inertia = work(); }));
    _exit(::write(ends[1], &measured, sizeof measured) == sizeof measured ? 0 : 1);
  }
  ::close(ends[1]);
  Measured measured;
  const bool whole = ::read(ends[0], &measured, sizeof measured) == sizeof measured;
  ::close(ends[0]);
  int status = 0;
  waitpid(child, &status, 0);
  if (whole && WIFEXITED(status) && WEXITSTATUS(status) == 0) return measured;
  if (WIFSIGNALED(status) && (WTERMSIG(status) == SIGKILL || WTERMSIG(status) == SIGXCPU)) return std::nullopt;
  throw std::runtime_error("a method failed");
}

}  // namespace

int main(int argc, char** argv) {
  const double limit = argc > 1 ? std::atof(argv[1]) : 120;
  const double limit_of_pari = argc > 2 ? std::atof(argv[2]) : limit;
  const std::string only = argc > 3 ? argv[3] : "";
  constexpr std::size_t stack_bytes = std::size_t{4} << 30U;
  pari_init_opts(stack_bytes, 2, INIT_DFTm);
  const Library library({RANKSCAPE_LANDSCAPES}, find_adviser);
  const Landscape& networks = library.at("deep-linear");
  enum class Answer { exact, rounded, nullity };
  struct Forms {
    Given given;
    IntegerMatrix whole;
    Eigen::MatrixXd floating;
  };
  struct Method {
    std::string name;
    Answer answer;
    std::function<Work(const Forms&)> prepare;
    bool stopped = false;
  };
  const std::vector<Method> all{
      {"rankscape", Answer::exact, [](const Forms& a) { return [&a] { return inertia(a.given.hessian); }; }},
      {"rankscape, symmetries", Answer::exact,
       [](const Forms& a) {
         return [&a] { return exact::inertia_beside(a.given.hessian, [&a] { return a.given.velocities; }); };
       }},
      {"PARI qfsign", Answer::exact, [](const Forms& a) { return by_pari(a.whole); }},
      {"FLINT charpoly", Answer::exact, [](const Forms& a) { return by_flint(a.whole); }},
#ifdef RANKSCAPE_LINBOX
      {"LinBox charpoly", Answer::exact,
       [](const Forms& a) {
         return [signs = bench::by_linbox(static_cast<std::size_t>(a.whole.rows()), digits(a.whole))] {
           return by_descartes(signs());
         };
       }},
#endif
#ifdef RANKSCAPE_IML
      {"IML nullspace", Answer::nullity,
       [](const Forms& a) {
         return [nullity = bench::by_iml(static_cast<std::size_t>(a.whole.rows()), digits(a.whole))] {
           return Inertia{0, nullity(), 0};
         };
       }},
#endif
      {"LAPACK dsyevd", Answer::rounded, [](const Forms& a) { return [&a] { return by_lapack(a.floating); }; }},
      {"Eigen", Answer::rounded, [](const Forms& a) { return [&a] { return by_eigen(a.floating); }; }},
  };
  struct Family {
    std::string name;
    std::vector<std::pair<long, int>> sizes;  // widths d, and k of saddles
    std::function<Given(long, int)> make;
  };
  const std::vector<Family> families{
      {"unimodular",
       {{2, 0}, {3, 0}, {4, 0}, {6, 0}, {10, 0}, {16, 0}, {20, 0}},
       [&](long d, int) {
         return Given{hessian_at(networks, d, false), {}};
       }},
      {"dense",
       {{4, 0}, {10, 0}, {16, 0}},
       [&](long d, int) {
         return Given{hessian_at(networks, d, true), {}};
       }},
      {"saddles", {{22, 6}, {26, 12}, {44, 12}}, [&](long d, int k) { return saddle_at(networks, d, k); }},
  };
  bool agree = true;
  for (const Family& family : families) {
    if (!only.empty() && family.name != only) continue;
    std::vector<Method> methods = all;
    for (const auto& [d, k] : family.sizes) {
      Forms forms{family.make(d, k), {}, {}};
      forms.whole = integers(forms.given.hessian);
      forms.floating = doubles(forms.given.hessian);
      Inertia ours;
      for (Method& method : methods) {
        if (method.stopped || (method.name == "rankscape, symmetries" && forms.given.velocities.empty())) continue;
        const double most = method.name == "PARI qfsign" ? limit_of_pari : limit;
        const auto found = within(most, [&] { return method.prepare(forms); });
        method.stopped = !found;
        const Measured measured = found.value_or(Measured{});
        const Inertia& inertia = measured.inertia;
        if (method.name == "rankscape") ours = inertia;
        const bool right = method.answer == Answer::nullity ? inertia.zero == ours.zero : inertia == ours;
        if (found && method.answer != Answer::rounded && !right) agree = false;
        fmt::print("{};{};{};{:.9f};{};{};{};{}\n", family.name, forms.whole.rows(), method.name, measured.seconds,
                   inertia.negative, inertia.zero, inertia.positive,
                   !found  ? "stopped"
                   : right ? "right"
                           : "wrong");
        std::fflush(stdout);
      }
    }
  }
  return agree ? EXIT_SUCCESS : EXIT_FAILURE;
}
