// Exact inertia against PARI's qfsign, on matrices shaped like Hessians: the same integers, in the same run, processor
// time of this thread. Prints the ratio that the targets are about and fails when the two disagree.

#include <rankscape/exact/inertia.hpp>

#include <fmt/format.h>
#include <pari/pari.h>

#include <algorithm>
#include <cstdlib>
#include <random>

#include "timing.hpp"

using namespace rankscape;
using bench::best_seconds;

namespace {

// F^T D F with D = diag(+1, -1, +1, ..) of size `rank`; entries of about `bits` bits.
RationalMatrix hessian_like(Index n, Index rank, unsigned bits, std::mt19937_64& random) {
  const double growth = 0.5 * std::log2(static_cast<double>(rank));
  const double magnitude = std::exp2(std::max(1.0, (bits - growth) / 2));
  std::uniform_int_distribution<long> entry(-static_cast<long>(magnitude), static_cast<long>(magnitude));
  RationalMatrix factor(rank, n);
  for (Index k = 0; k < factor.size(); ++k)
    factor.data()[k] = entry(random);
  RationalMatrix signed_factor = factor;
  for (Index k = 1; k < rank; k += 2)
    signed_factor.row(k) *= Rational(-1);
  return multiply(RationalMatrix(factor.transpose()), signed_factor);
}

// Many small blocks with small entries, as in string bases.
RationalMatrix sparse(Index n, std::mt19937_64& random) {
  RationalMatrix a = RationalMatrix::Zero(n, n);
  for (Index i = 0; i < n; ++i)
    a(i, i) = static_cast<long>(random() % 3);
  for (Index k = 0; k < n / 2; ++k) {
    const auto i = static_cast<Index>(random() % static_cast<std::uint64_t>(n));
    const auto j = static_cast<Index>(random() % static_cast<std::uint64_t>(n));
    a(i, j) = a(j, i) = static_cast<long>(random() % 5) - 2;
  }
  return a;
}

GEN to_pari(const RationalMatrix& a) {
  GEN out = cgetg(a.cols() + 1, t_MAT);
  for (Index j = 0; j < a.cols(); ++j) {
    GEN column = cgetg(a.rows() + 1, t_COL);
    for (Index i = 0; i < a.rows(); ++i)
      gel(column, i + 1) = gp_read_str(to_string(a(i, j)).c_str());
    gel(out, j + 1) = column;
  }
  return out;
}

bool compare(const char* name, const RationalMatrix& a) {
  Inertia ours;
  WitnessedInertia witnessed;
  const double without = best_seconds([&] { ours = inertia(a); });
  const double with = best_seconds([&] { witnessed = witnessed_inertia(a); });
  const double verified = best_seconds([&] {
    if (!inertia_proved_by(witnessed.witness, a)) std::abort();
  });
  const pari_sp top = avma;
  const GEN matrix = to_pari(a);
  Inertia theirs;
  const double pari = best_seconds([&] {
    const pari_sp mark = avma;
    const GEN signature = qfsign(matrix);
    theirs = {itos(gel(signature, 2)), 0, itos(gel(signature, 1))};
    theirs.zero = a.rows() - theirs.negative - theirs.positive;
    avma = mark;
  });
  avma = top;
  fmt::print("{:<28} {:>10.3f} {:>10.3f} {:>10.3f} {:>10.3f} {:>9.1f} {:>9.1f}\n", name, 1e3 * without, 1e3 * with,
             1e3 * verified, 1e3 * pari, pari / without, pari / with);
  std::fflush(stdout);
  if (ours == theirs && witnessed.inertia == theirs) return true;
  fmt::print("  DISAGREEMENT: {} {} {} against {} {} {}\n", ours.negative, ours.zero, ours.positive, theirs.negative,
             theirs.zero, theirs.positive);
  return false;
}

}  // namespace

int main() {
  constexpr std::size_t stack_bytes = std::size_t{2} << 30U;
  pari_init_opts(stack_bytes, 2, INIT_DFTm);
  constexpr std::uint64_t seed = 20240;
  std::mt19937_64 random(seed);
  fmt::print("seed {}; milliseconds of processor time; ratio = PARI / ours\n", seed);
  fmt::print("{:<28} {:>10} {:>10} {:>10} {:>10} {:>9} {:>9}\n", "matrix", "inertia", "witness", "verify", "qfsign",
             "ratio", "ratio(w)");
  bool agree = true;
  for (const Index n : {12, 24, 45, 48, 100}) {
    for (const unsigned bits : {10U, 50U, 60U}) {
      for (const Index rank : {n, 2 * n / 3}) {
        const std::string name = fmt::format("dense n={} bits={} rank={}", n, bits, rank);
        agree = compare(name.c_str(), hessian_like(n, rank, bits, random)) && agree;
      }
    }
  }
  agree = compare("sparse n=80", sparse(80, random)) && agree;
  return agree ? EXIT_SUCCESS : EXIT_FAILURE;
}
