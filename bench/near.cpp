// Which exact critical point lies near floats: time and memory of the proof against the number n of weights, with the
// float answer (norm of the gradient, eigenvalues of the Hessian counted with a tolerance) in the same run where n
// allows it, and what it gets wrong. Networks of widths (d, d, d, d), n = 3 d^2, as trained from small initial weights:
// on the plateau of S = {1, 2, 3}, the other directions at 1e-3; data and weights in single precision, seeded.
//
//   bench_near [--svg FILE] [WIDTH]...       10, 16, 20 unless told; 30 is n = 2,700, 100 is 30,000, 577 is 10^6
//
// Fails where nothing is certified.

#include <fmt/format.h>
#include <sys/resource.h>

#include <Eigen/Cholesky>
#include <Eigen/Eigenvalues>
#include <Eigen/SVD>
#include <cmath>
#include <cstdlib>
#include <fstream>
#include <random>
#include <string>

#include "near/report.hpp"
#include "timing.hpp"

using namespace rankscape;
using namespace rankscape::near;
using Real = Matrix<double>;

namespace {

Real single(const Real& a) {
  return a.cast<float>().cast<double>();
}

struct Plateau {
  std::vector<Real> W;
  Real X, Y;
};

Plateau plateau(Index d, unsigned seed) {
  std::mt19937_64 engine(seed);
  const auto normal = [&](Index rows, Index cols) {
    Real a(rows, cols);
    for (Index k = 0; k < a.size(); ++k) {  // Box and Muller's method: the same numbers with every library
      const double u = (static_cast<double>(engine() >> 11U) + 1) / 9007199254740993.0;
      const double v = static_cast<double>(engine() >> 11U) / 9007199254740992.0;
      a.data()[k] = std::sqrt(-2 * std::log(u)) * std::cos(6.283185307179586 * v);
    }
    return a;
  };
  Plateau found;
  found.X = single(normal(d, 2 * d));
  Vector<double> sizes(d);
  for (Index i = 0; i < d; ++i)
    sizes(i) = 10 / std::sqrt(1.0 + static_cast<double>(i));
  const Real teacher = normal(d, d) * sizes.asDiagonal() / std::sqrt(static_cast<double>(d));
  found.Y = single(teacher * found.X + normal(d, 2 * d) / 2);
  const Real sxy = found.X * found.Y.transpose();
  const Real p = (found.X * found.X.transpose()).ldlt().solve(sxy).transpose();
  const Eigen::SelfAdjointEigenSolver<Real> sigma(p * sxy);
  const Real u = sigma.eigenvectors().rightCols(3);
  const Eigen::BDCSVD<Real> product(u * u.transpose() * p, Eigen::ComputeThinU | Eigen::ComputeThinV);
  const Real root = product.singularValues().head(3).array().pow(1.0 / 3).matrix().asDiagonal();
  const Real inner = Eigen::BDCSVD<Real>(normal(d, 3), Eigen::ComputeThinU).matrixU();
  const Real outer = Eigen::BDCSVD<Real>(normal(d, 3), Eigen::ComputeThinU).matrixU();
  found.W = {inner * root * product.matrixV().leftCols(3).transpose(), outer * root * inner.transpose(),
             product.matrixU().leftCols(3) * root * outer.transpose()};
  for (Real& w : found.W)
    w = single(w + normal(d, d) / 1000);
  return found;
}

// Half the gradient, and half the Hessian by its products with unit vectors, of ||W_3 W_2 W_1 X - Y||^2.
struct FloatAnswer {
  double gradient = 0;
  Vector<double> eigenvalues;
};

FloatAnswer float_answer(const Plateau& at) {
  const Real sxx = at.X * at.X.transpose();
  const Real syx = at.Y * at.X.transpose();
  const auto gradient = [&](const std::vector<Real>& w) {
    const Real error = w[2] * w[1] * w[0] * sxx - syx;
    return std::vector<Real>{w[1].transpose() * w[2].transpose() * error, w[2].transpose() * error * w[0].transpose(),
                             error * w[0].transpose() * w[1].transpose()};
  };
  FloatAnswer answer;
  for (const Real& part : gradient(at.W))
    answer.gradient += part.squaredNorm();
  answer.gradient = std::sqrt(answer.gradient);
  const Index size = at.W[0].size();
  Real hessian(3 * size, 3 * size);
  for (std::size_t h = 0; h < 3; ++h)
    for (Index k = 0; k < size; ++k) {
      std::vector<Real> there = at.W;
      std::vector<Real> back = at.W;
      constexpr double step = 1e-4;  // central differences of a polynomial of degree 5
      there[h].data()[k] += step;
      back[h].data()[k] -= step;
      const auto plus = gradient(there);
      const auto minus = gradient(back);
      for (std::size_t g = 0; g < 3; ++g)
        hessian.col(static_cast<Index>(h) * size + k).segment(static_cast<Index>(g) * size, size) =
            (plus[g] - minus[g]).reshaped() / (2 * step);
    }
  answer.eigenvalues = Eigen::SelfAdjointEigenSolver<Real>(hessian, Eigen::EigenvaluesOnly).eigenvalues();
  return answer;
}

RationalMatrix exact(const Real& a) {
  return a.unaryExpr([](double x) { return Rational(x); });
}

std::string text(const Inertia& inertia) {
  return fmt::format("({}, {}, {})", inertia.negative, inertia.zero, inertia.positive);
}

std::string picture(const std::vector<std::pair<double, double>>& times) {
  const auto x = [](double n) { return 60 + 100 * (std::log10(n) - 2); };
  const auto y = [](double seconds) { return 300 - 60 * (std::log10(seconds) + 2); };
  std::string svg =
      "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 520 350\" font-family=\"sans-serif\" font-size=\"12\">\n"
      "<title>rankscape near: time of fit and proof against the number of weights</title>\n"
      "<rect width=\"520\" height=\"350\" fill=\"white\"/>\n";
  for (int k = 2; k <= 6; ++k)
    svg += fmt::format(
        "<path d=\"M{0:.1f} 20V300\" stroke=\"#ddd\"/><text x=\"{0:.1f}\" y=\"318\" "
        "text-anchor=\"middle\">10^{1}</text>\n",
        x(std::pow(10, k)), k);
  for (int k = -2; k <= 2; ++k)
    svg += fmt::format(
        "<path d=\"M60 {0:.1f}H480\" stroke=\"#ddd\"/><text x=\"54\" y=\"{0:.1f}\" text-anchor=\"end\">{1}</text>\n",
        y(std::pow(10, k)), std::pow(10, k));
  svg +=
      "<text x=\"270\" y=\"340\" text-anchor=\"middle\">weights n = 3 d^2</text><text x=\"64\" y=\"14\">seconds; grey: "
      "n^1.5, that is d^3</text>\n";
  std::string line;
  for (const auto& [n, seconds] : times) {
    line += fmt::format("{}{:.1f} {:.1f}", line.empty() ? "M" : "L", x(n), y(seconds));
    svg += fmt::format("<circle cx=\"{:.1f}\" cy=\"{:.1f}\" r=\"3\" fill=\"#06c\"/>\n", x(n), y(seconds));
  }
  const double n = times.back().first;
  const double slope = times.back().second / std::pow(n, 1.5);
  svg += fmt::format("<path d=\"{}\" fill=\"none\" stroke=\"#06c\"/>\n", line);
  svg +=
      fmt::format("<path d=\"M{:.1f} {:.1f}L{:.1f} {:.1f}\" stroke=\"#999\" stroke-dasharray=\"4\"/>\n</svg>\n",
                  x(times.front().first), y(slope * std::pow(times.front().first, 1.5)), x(n), y(times.back().second));
  return svg;
}

}  // namespace

int main(int argc, char** argv) {
  std::vector<Index> widths;
  std::string svg;
  for (int k = 1; k < argc; ++k) {
    if (std::string(argv[k]) == "--svg" && k + 1 < argc) {
      svg = argv[++k];
    } else {
      widths.push_back(std::atol(argv[k]));
    }
  }
  if (widths.empty()) widths = {10, 16, 20};
  std::vector<std::pair<double, double>> times;
  for (const Index d : widths) {
    const Plateau at = plateau(d, 1);
    const RationalMatrix x = exact(at.X);
    const RationalMatrix xt = x.transpose();
    std::vector<RationalMatrix> weights;
    for (const Real& w : at.W)
      weights.push_back(exact(w));
    const Index n = 3 * d * d;
    double start = bench::processor_seconds();
    const RationalMatrix sxx = multiply(x, xt);
    const RationalMatrix sxy = multiply(x, RationalMatrix(exact(at.Y).transpose()));
    const Problem problem = problem_of(make_network(weights, sxx, sxy));
    const double read = bench::processor_seconds() - start;
    start = bench::processor_seconds();
    const Answer answer = analyse(problem);
    const double seconds = read + bench::processor_seconds() - start;
    if (answer.found.empty()) {
      fmt::print("n = {}: nothing certified\n", n);
      return EXIT_FAILURE;
    }
    times.emplace_back(static_cast<double>(n), seconds);
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    const Certified& nearest = answer.found.front();
    const Certified& degenerate = answer.found[answer.most_degenerate];
    fmt::print("n = {}: fit and proof {:.3f} s (data and spectrum {:.3f}), {} MB\n", n, seconds, read,
               usage.ru_maxrss / 1024);
    fmt::print("  nearest within {:.4g} (at least {:.4g}) {}; most degenerate within {:.4g} (at least {:.4g}) {}\n",
               nearest.above.convert_to<double>(), nearest.below.convert_to<double>(), text(nearest.inertia),
               degenerate.above.convert_to<double>(), degenerate.below.convert_to<double>(), text(degenerate.inertia));
    constexpr Index most = 1200;  // of the dense eigenvalue problem
    if (n > most) continue;
    start = bench::processor_seconds();
    const FloatAnswer floats = float_answer(at);
    const double theirs = bench::processor_seconds() - start;
    fmt::print("  floats {:.3f} s, ratio {:.2f}; gradient {:.3g}; eigenvalues below, within and above the tolerance:\n",
               theirs, theirs / seconds, 2 * floats.gradient);
    const double scale = floats.eigenvalues.cwiseAbs().maxCoeff();
    for (const double tolerance : {1e-3, 1e-4, 1e-5, 1e-6, 1e-8}) {
      Inertia counted{0, 0, 0};
      for (const double value : floats.eigenvalues)
        ++(value < -tolerance * scale ? counted.negative : value > tolerance * scale ? counted.positive : counted.zero);
      const bool right = counted == nearest.inertia || counted == degenerate.inertia;
      fmt::print("    {:.0e} {}: {}\n", tolerance, text(counted),
                 right ? "that of a point certified" : "of no point certified");
    }
  }
  if (!svg.empty() && times.size() > 1) std::ofstream(svg) << picture(times);
  return EXIT_SUCCESS;
}
