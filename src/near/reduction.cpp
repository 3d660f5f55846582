#include "near/reduction.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <rankscape/error.hpp>

#include "exact/decompositions.hpp"

namespace rankscape::near {

namespace {

RationalMatrix below_each_other(const RationalMatrix& a, const RationalMatrix& b) {
  RationalMatrix both(a.rows() + b.rows(), a.cols());
  both << a, b;
  return both;
}

RationalMatrix beside_each_other(const RationalMatrix& a, const RationalMatrix& b) {
  RationalMatrix both(a.rows(), a.cols() + b.cols());
  both << a, b;
  return both;
}

// A row of ones below X.
void append_ones(Samples& samples) {
  const RationalMatrix total = RationalMatrix::Constant(1, 1, samples.sums->weight);
  const RationalMatrix row = samples.sums->x.transpose();
  samples.Sxx = below_each_other(beside_each_other(samples.Sxx, samples.sums->x), beside_each_other(row, total));
  samples.Sxy = below_each_other(samples.Sxy, samples.sums->y.transpose());
}

// Coordinates of the inputs, as many as the rank of Sxx, whose rows of X are independent.
std::vector<Index> independent_inputs(const RationalMatrix& Sxx) {
  const RationalMatrix basis = column_basis(Sxx);
  // doubles propose a well conditioned choice
  const Eigen::ColPivHouseholderQR<Matrix<double>> pivoted(truncated(Sxx));
  std::vector<Index> chosen;
  for (Index k = 0; k < basis.cols(); ++k)
    chosen.push_back(pivoted.colsPermutation().indices()(k));
  std::sort(chosen.begin(), chosen.end());
  if (rank(RationalMatrix(Sxx(chosen, chosen))) == basis.cols()) return chosen;
  chosen.clear();
  for (Index j = 0; j < Sxx.cols() && static_cast<Index>(chosen.size()) < basis.cols(); ++j)
    if (Sxx.col(j) == basis.col(static_cast<Index>(chosen.size()))) chosen.push_back(j);
  return chosen;
}

// Norms that the checker of certificates gets by multiplication too: |B|^2 = |B^T B| in the spectral norm.
void set_span_norms(Problem& problem) {
  const RationalMatrix bt = problem.span.transpose();
  RationalMatrix gram = multiply(bt, problem.span);
  gram.diagonal().array() -= Rational(1);
  problem.stretch = root_above(1 + norm_above(gram));
  problem.span_inverse_norm = norm_above(problem.span_inverse);
}

// X = B X' with X' of full row rank and B nearly orthonormal. With R independent rows of X, X = B_0 X_R; X' = U X_R,
// B = B_0 U^-1 for a rounded triangular U, which doubles propose: short numbers in X', where the work is.
void restrict_to_span(Problem& problem, RationalMatrix& Sxx, RationalMatrix& Sxy) {
  const std::vector<Index> chosen = independent_inputs(Sxx);
  const auto dx = Sxx.rows();
  const auto rank_x = static_cast<Index>(chosen.size());
  if (rank_x == dx) return;
  if (rank_x == 0)
    throw InputError(problem.centred ? "all inputs are the same, and biases take the mean away: nothing is left"
                                     : "all inputs are zero");
  if (rank(beside_each_other(Sxx, Sxy)) != rank_x)
    throw InputError("the columns of Sxy are not among those of Sxx: no data have these moments");
  const RationalMatrix inner = Sxx(chosen, chosen);
  const RationalMatrix columns = Sxx(Eigen::all, chosen);
  const RationalMatrix b0 = multiply(columns, *inverse(inner));
  const Matrix<double> r = Eigen::HouseholderQR<Matrix<double>>(truncated(b0)).matrixQR().topRows(rank_x);
  RationalMatrix u = RationalMatrix::Identity(rank_x, rank_x);
  for (Index i = 0; i < rank_x; ++i)
    for (Index j = i; j < rank_x; ++j)
      if (std::isfinite(r(i, j)) && (i != j || r(i, j) != 0)) u(i, j) = Rational(r(i, j));
  const RationalMatrix ut = u.transpose();
  problem.span = multiply(b0, *inverse(u));
  const RationalMatrix bt = problem.span.transpose();
  // B^+ = (B^T B)^-1 B^T
  problem.span_inverse = multiply(*inverse(multiply(bt, problem.span)), bt);
  set_span_norms(problem);
  problem.added.zero += problem.W1.rows() * (dx - rank_x);
  problem.notes.push_back(
      fmt::format("the data span {} of {} inputs: what of the first layer they do not meet is free", rank_x, dx));
  Sxx = multiply({u, inner, ut});
  Sxy = multiply(u, RationalMatrix(Sxy(chosen, Eigen::all)));
}

}  // namespace

Problem problem_of(Network network) {
  Problem problem;
  problem.W1 = network.W.front();
  problem.network = std::move(network);
  return problem;
}

Problem reduce(const Inputs& inputs) {
  Problem problem;
  problem.samples = inputs.samples;
  Samples samples = inputs.samples;
  std::vector<RationalMatrix> weights;
  Problem::Centred centred;
  std::size_t biases = 0;
  for (const Layer& layer : inputs.layers) {
    weights.push_back(layer.W);
    centred.b.push_back(layer.b);
    if (layer.b) ++biases;
  }
  problem.biases = centred.b;
  const bool last = centred.b.back().has_value();
  const bool first_alone = biases == 1 && centred.b.front();
  if (biases > 0 && !last && !first_alone) {
    problem.open = "a bias in a middle layer without one in the last: no theorem covers it";
    return problem;
  }
  if (biases > 0) {
    if (!samples.sums) throw InputError("biases need the means: Sx, Sy and S1 beside Sxx and Sxy");
    const Rational& total = samples.sums->weight;
    if (total == 0) throw InputError("all weights of samples are zero");
    if (last) {
      centred.x_mean = samples.sums->x / total;
      centred.y_mean = samples.sums->y / total;
      const RationalMatrix xt = centred.x_mean.transpose();
      const RationalMatrix yt = centred.y_mean.transpose();
      samples.Sxx -= total * multiply(centred.x_mean, xt);
      samples.Sxy -= total * multiply(centred.x_mean, yt);
      for (std::size_t h = 0; h + 1 < centred.b.size(); ++h)
        if (centred.b[h]) problem.added.zero += centred.b[h]->rows();
      problem.added.positive += centred.b.back()->rows();
      problem.centred = std::move(centred);
      problem.notes.emplace_back("a bias in the last layer: the data are centred; biases of hidden layers are free");
    } else {
      append_ones(samples);
      weights.front() = beside_each_other(weights.front(), *centred.b.front());
      problem.notes.emplace_back("a bias in the first layer: one more input, of ones");
    }
  }
  problem.W1 = weights.front();
  restrict_to_span(problem, samples.Sxx, samples.Sxy);
  if (problem.span.size() > 0) weights.front() = multiply(problem.W1, problem.span);
  problem.network = make_network(std::move(weights), samples.Sxx, samples.Sxy);
  return problem;
}

namespace {

// Of the mean input, what is orthogonal to the columns of B.
RationalMatrix unseen_mean(const Problem& problem) {
  const RationalMatrix& mean = problem.centred->x_mean;
  return mean - multiply({problem.span, problem.span_inverse, mean});
}

// Hidden biases, and what of the first layer the samples do not meet, are free: those nearest to the user's, together
// with the last bias that they leave, are those of LastBias, in doubles, since any values are critical.
void settle_biases(const Problem& problem, UserPoint& point) {
  const auto& b = problem.centred->b;
  const RationalMatrix& x_mean = problem.centred->x_mean;
  std::vector<RationalMatrix>& W = point.layers.W;
  const std::size_t H = W.size();
  point.b = b;
  // what reaches the last layer at the mean input, and how far off that is
  const auto last_bias = [&]() -> std::pair<RationalMatrix, Rational> {
    RationalMatrix z = multiply(W.front(), x_mean);
    Rational error = point.layers.errors.front() * norm_above(x_mean);
    if (point.b.front()) z += *point.b.front();
    for (std::size_t h = 1; h + 1 < H; ++h) {
      error = norm_above(W[h]) * error + point.layers.errors[h] * (norm_above(z) + error);
      z = multiply(W[h], z);
      if (point.b[h]) z += *point.b[h];
    }
    error = norm_above(W.back()) * error + point.layers.errors.back() * (norm_above(z) + error);
    return {problem.centred->y_mean - multiply(W.back(), z), error};
  };
  std::vector<Real> layers;
  layers.reserve(H);
  for (const RationalMatrix& w : W)
    layers.push_back(truncated(w));
  if (problem.span.size() > 0) layers.front() = layers.front() * truncated(problem.span);
  const LastBias about(offsets_of(problem).value(), layers);
  const Real share = about.weighted(truncated(*b.back() - last_bias().first));
  for (std::size_t h = 0; h + 1 < H; ++h)
    if (b[h]) *point.b[h] -= exactly(about.left(h).transpose() * share);
  if (problem.span.size() > 0) {
    const RationalMatrix row = unseen_mean(problem).transpose();
    point.unseen = -multiply(exactly(about.left(0).transpose() * share), row);
    W.front() += point.unseen;
  }
  auto [bias, error] = last_bias();
  point.b.back() = std::move(bias);
  point.bias_error = error;
}

}  // namespace

std::optional<Offsets> offsets_of(const Problem& problem) {
  if (!problem.centred) return std::nullopt;
  const Problem::Centred& centred = *problem.centred;
  Offsets offsets;
  offsets.x = truncated(centred.x_mean);
  offsets.y = truncated(centred.y_mean - *centred.b.back());
  for (std::size_t h = 0; h + 1 < centred.b.size(); ++h) {
    offsets.b.emplace_back(centred.b[h] ? truncated(*centred.b[h]) : Real(Real::Zero(problem.network.W[h].rows(), 1)));
    offsets.freedom.push_back(centred.b[h] ? 1 : 0);
  }
  if (problem.span.size() > 0) {  // W_1 x = (W_1 B) B^+ x + W_1 (x - B B^+ x)
    const RationalMatrix unseen = unseen_mean(problem);
    offsets.x = truncated(multiply(problem.span_inverse, centred.x_mean));
    offsets.b.front() += truncated(multiply(problem.W1, unseen));
    offsets.freedom.front() += square_norm(unseen).convert_to<double>();
  }
  return offsets;
}

std::optional<UserPoint> locate(const Problem& problem, const CriticalPoint& point) {
  auto located = locate(problem.network, point);
  if (!located) return std::nullopt;
  UserPoint found;
  found.layers = std::move(*located);
  if (problem.span.size() > 0) {  // W_1 changes by (W_1'* - W_1 B) B^+
    const RationalMatrix moved = found.layers.W.front() - problem.network.W.front();
    found.layers.W.front() = problem.W1 + multiply(moved, problem.span_inverse);
    found.layers.errors.front() *= problem.span_inverse_norm;
  }
  if (problem.centred) settle_biases(problem, found);
  return found;
}

std::optional<Rational> distance_above(const Problem& problem, const CriticalPoint& point) {
  const auto located = locate(problem, point);
  if (!located) return std::nullopt;
  Rational square = 0;
  const auto add = [&](const RationalMatrix& difference, const Rational& error) {
    const Rational distance = norm_above(difference) + error;
    square += distance * distance;
  };
  for (std::size_t h = 0; h < located->layers.W.size(); ++h)
    add((h == 0 ? problem.W1 : problem.network.W[h]) - located->layers.W[h], located->layers.errors[h]);
  for (std::size_t h = 0; h < located->b.size(); ++h)
    if (located->b[h])
      add(*problem.centred->b[h] - *located->b[h], h + 1 == located->b.size() ? located->bias_error : Rational(0));
  return root_above(square);
}

}  // namespace rankscape::near
