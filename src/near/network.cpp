#include "near/network.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <rankscape/error.hpp>

#include "exact/decompositions.hpp"
#include "native/deep_linear/inertia.hpp"

namespace rankscape::near {

Approximation Network::product() const {
  Approximation product{W.front(), 0};
  for (std::size_t h = 1; h < W.size(); ++h)
    product = Approximation{W[h], 0} * product;
  return product;
}

long Network::rmax() const {
  return *std::min_element(widths.begin(), widths.end());
}

bool Network::distinct() const {
  for (std::size_t i = 0; i + 1 < sigma.d.size(); ++i)
    if (sigma.d[i] - sigma.d[i + 1] <= 2 * sigma.f) return false;
  return true;
}

namespace {

// Other rows with the same span, almost orthonormal: the integers of an exact null space leave the range of doubles.
RationalMatrix tidy_rows(RationalMatrix rows) {
  for (Index i = 0; i < rows.rows(); ++i)
    rows.row(i) /= norm_above(rows.row(i));
  RationalMatrix tidy(0, rows.cols());
  for (Index i = 0; i < rows.rows(); ++i) {  // Gram-Schmidt with rounded coefficients
    RationalMatrix row = rows.row(i);
    for (Index k = 0; k < i; ++k) {
      const RationalMatrix other = tidy.row(k);
      const RationalMatrix column = other.transpose();
      row -= rounded_down(multiply(row, column)(0, 0)) * other;
    }
    row /= norm_above(row);
    tidy.conservativeResize(i + 1, Eigen::NoChange);
    tidy.row(i) = row;
  }
  return tidy;
}

// A basis of the left kernel of Sxy: of doubles, made orthogonal to Sxy by P_plus, whose product with Sxy is I.
std::optional<Approximation> null_rows_near(const RationalMatrix& Sxy, const Approximation& P_plus) {
  const Index dx = Sxy.rows();
  const Index dy = Sxy.cols();
  const Eigen::HouseholderQR<Matrix<double>> qr(truncated(Sxy));
  const Matrix<double> q = qr.householderQ() * Matrix<double>::Identity(dx, dx);
  if (!q.allFinite()) return std::nullopt;
  const unsigned bits = working_bits(dx);
  RationalMatrix rows = shortened(exactly(q.rightCols(dx - dy).transpose()), bits);
  RationalMatrix left = multiply(rows, Sxy);
  for (int step = 0; step < 2; ++step) {
    rows = shortened(RationalMatrix(rows - multiply(shortened(left, bits), P_plus.value)), bits);
    left = multiply(rows, Sxy);
  }
  // rows - left P_plus is in the kernel; a basis, as it is near to orthonormal rows
  Approximation near{rows, rounded_up(norm_above(left) * (norm_above(P_plus.value) + P_plus.error))};
  RationalMatrix gram = multiply(rows, RationalMatrix(rows.transpose()));
  gram.diagonal().array() -= Rational(1);
  if (2 * norm_above(gram) >= 1 || 2 * near.error >= 1) return std::nullopt;
  return near;
}

// Of all matrices that `a` may be.
std::optional<Approximation> inverse_within(const Approximation& a) {
  auto inverse = inverse_near(a.value);
  if (!inverse || a.error == 0) return inverse;
  const Rational size = norm_above(inverse->value) + inverse->error;
  const Rational part = size * a.error;
  if (2 * part >= 1) return std::nullopt;
  inverse->error = rounded_up(inverse->error + size * part / (1 - part));
  return inverse;
}

}  // namespace

Network make_network(std::vector<RationalMatrix> weights, const RationalMatrix& Sxx, const RationalMatrix& Sxy) {
  Network network;
  if (weights.size() < 2) throw InputError(fmt::format("{} layers, expected at least two", weights.size()));
  network.widths.push_back(weights.front().cols());
  for (const RationalMatrix& w : weights) {
    if (w.rows() == 0 || w.cols() == 0) throw InputError("a layer without rows or columns");
    if (w.cols() != network.widths.back())
      throw InputError(fmt::format("layer {} is {} x {}, expected {} columns", network.widths.size(), w.rows(),
                                   w.cols(), network.widths.back()));
    network.widths.push_back(w.rows());
  }
  const long dx = network.widths.front();
  const long dy = network.widths.back();
  if (Sxx.rows() != dx || Sxx.cols() != dx || Sxy.rows() != dx || Sxy.cols() != dy)
    throw InputError(
        fmt::format("the data have {} inputs and {} outputs, the network {} and {}", Sxy.rows(), Sxy.cols(), dx, dy));
  if (dy > dx) throw InputError(fmt::format("{} outputs and {} inputs: dy <= dx (hypothesis H1) fails", dy, dx));
  const auto sxx_inverse = inverse_near(Sxx);
  if (!sxx_inverse) throw InputError("X X^T is singular: hypothesis H2 fails");
  network.W = std::move(weights);
  network.Sxx = Sxx;
  network.Sxy = Sxy;
  const RationalMatrix syx = Sxy.transpose();
  network.P = Approximation{syx, 0} * *sxx_inverse;
  Approximation sigma = network.P * Approximation{Sxy, 0};
  auto sigma_inverse = inverse_within(sigma);
  if (!sigma_inverse) {
    if (rank(Sxy) < dy) throw InputError("X Y^T has not rank dy: hypothesis H3 fails");
    network.P = {multiply(syx, *inverse(Sxx)), 0};
    sigma = {multiply(network.P.value, Sxy), 0};
    sigma_inverse = Approximation{*inverse(sigma.value), 0};
  }
  network.P_plus = *sigma_inverse * network.P;
  network.null_rows.value.resize(0, dx);
  if (dx > dy) {
    std::optional<Approximation> rows;
    if (dx > exact_width) rows = null_rows_near(Sxy, network.P_plus);
    network.null_rows = rows ? std::move(*rows) : Approximation{tidy_rows(null_space(syx).transpose()), 0};
  }
  const RationalMatrix mirrored = sigma.value.transpose();
  network.sigma = enclose_spectrum((sigma.value + mirrored) / Rational(2), sigma.error, true);
  return network;
}

Layout layout_of(const Stratum& stratum) {
  Layout layout;
  const int nodes = stratum.layers + 1;
  for (const auto& [string, count] : stratum.multiplicity)
    for (long k = 0; k < count; ++k)
      layout.copies.push_back(string);
  layout.at.resize(static_cast<std::size_t>(nodes));
  const auto through = [&](const String& s, int node) { return (node - s.start + nodes) % nodes < s.length; };
  for (int h = 0; h < nodes; ++h) {
    auto& here = layout.at[static_cast<std::size_t>(h)];
    for (std::size_t c = 0; c < layout.copies.size(); ++c)
      if (through(layout.copies[c], h)) here.push_back(static_cast<long>(c));
    if (h == 0)
      std::stable_partition(here.begin(), here.end(),
                            [&](long c) { return layout.copies[static_cast<std::size_t>(c)].start != 0; });
  }
  return layout;
}

namespace {

// W_1* = G_1 J_1 [U_S^T P_*; G_0^-1 [U_Q^T P_plus; N_x]]
Approximation first_layer(const Network& network, const CriticalPoint& point, const Layout& layout,
                          const RationalMatrix& basis, const Rational& eps, const Approximation& inner) {
  const auto r = static_cast<Index>(point.S.size());
  const Index q = basis.cols() - r;
  const Index dx = network.widths.front();
  RationalMatrix below(dx - r, dx);
  below.topRows(q) = multiply(RationalMatrix(basis.rightCols(q).transpose()), network.P_plus.value);
  below.bottomRows(dx - q - r) = network.null_rows.value;
  RationalMatrix inputs(dx, dx);
  inputs.topRows(r) = multiply(RationalMatrix(basis.leftCols(r).transpose()), network.P.value);
  inputs.bottomRows(dx - r) = multiply(inner.value, below);
  const RationalMatrix front = multiply(point.G[1], connection<Rational>(layout, 1, r));
  const RationalMatrix unselected = front.rightCols(dx - r);
  const RationalMatrix rest = multiply(unselected, inner.value);
  // |Q|^2 <= 1 + e < 4 in the spectral norm
  const Rational spread = norm_above(unselected) * inner.error;
  const Rational selected_off = eps * (norm_above(network.P.value) + network.P.error) + 2 * network.P.error;
  const Rational others_off =
      eps * (norm_above(network.P_plus.value) + network.P_plus.error) + 2 * network.P_plus.error;
  Rational error = norm_above(front.leftCols(r)) * selected_off + (norm_above(rest.leftCols(q)) + spread) * others_off;
  if (spread != 0) error += spread * norm_above(below);
  if (network.null_rows.error != 0)
    error += (norm_above(rest.rightCols(dx - r - q)) + spread) * network.null_rows.error;
  return shortened({multiply(front, inputs), error});
}

}  // namespace

std::optional<Located> locate(const Network& network, const CriticalPoint& point) {
  const int H = network.layers();
  const auto r = static_cast<Index>(point.S.size());
  const Index q = network.widths.back() - r;
  const Layout layout = layout_of(point.stratum);
  if (static_cast<int>(point.G.size()) != H) return std::nullopt;
  for (int h = 0; h <= H; ++h) {
    const long copies = static_cast<long>(layout.at[static_cast<std::size_t>(h)].size());
    if (copies != network.widths[static_cast<std::size_t>(h)] - r) return std::nullopt;
  }
  for (Index i = q; i < point.G[0].rows(); ++i)
    for (Index j = 0; j < q; ++j)
      if (point.G[0](i, j) != 0) return std::nullopt;
  if (network.sigma.d.back() <= network.sigma.f) return std::nullopt;
  const auto eps = network.sigma.basis_error(point.S);
  if (!eps) return std::nullopt;

  RationalMatrix basis(q + r, q + r);  // [Q_S, Q_Q]
  Index s = 0;
  Index t = r;
  for (Index i = 0; i < q + r; ++i)
    basis.col(point.S.contains(i) ? s++ : t++) = network.sigma.Q.col(i);
  std::vector<Approximation> inverses;
  inverses.reserve(point.G.size());
  for (const RationalMatrix& g : point.G) {
    auto inverse = inverse_near(g);
    if (!inverse) return std::nullopt;
    inverses.push_back(std::move(*inverse));
  }
  Located located;
  const Approximation first = first_layer(network, point, layout, basis, *eps, inverses.front());
  located.W.push_back(first.value);
  located.errors.push_back(first.error);
  for (int h = 2; h <= H; ++h) {
    const auto k = static_cast<std::size_t>(h);
    const RationalMatrix back = multiply(connection<Rational>(layout, h, r), inverses[k - 1].value);
    const Rational& off = inverses[k - 1].error;
    if (h < H) {
      const Approximation layer = shortened({multiply(point.G[k], back), off * norm_above(point.G[k])});
      located.W.push_back(layer.value);
      located.errors.push_back(layer.error);
      continue;
    }
    const RationalMatrix g = point.G[0].topLeftCorner(q, q);
    RationalMatrix left = basis;
    left.rightCols(q) = multiply(RationalMatrix(basis.rightCols(q)), g);
    const Rational spectral =
        *eps * (norm_above(back.topRows(r)) + off + norm_above(g) * (norm_above(back.bottomRows(q)) + off));
    const Approximation layer = shortened({multiply(left, back), spectral + off * norm_above(left)});
    located.W.push_back(layer.value);
    located.errors.push_back(layer.error);
  }
  return located;
}

bool is_leading(const Selection& S) {
  return S.empty() || *S.rbegin() + 1 == static_cast<Index>(S.size());
}

Inertia inertia_of(const Network& network, const Selection& S, const Stratum& stratum) {
  const long dx = network.widths.front();
  const long dy = network.widths.back();
  const auto r = static_cast<long>(S.size());
  long inversions = 0;
  for (const Index s : S)
    for (Index q = 0; q < s; ++q)
      if (!S.contains(q)) ++inversions;
  long n = 0;
  for (std::size_t h = 1; h < network.widths.size(); ++h)
    n += network.widths[h] * network.widths[h - 1];
  const long planes = deep_linear::string_form(stratum).planes;
  Inertia inertia;
  inertia.negative = inversions + planes;
  inertia.positive = r * (dx + dy - r) - inversions + planes;
  inertia.zero = n - inertia.negative - inertia.positive;
  return inertia;
}

Verdict verdict_of(const Network& network, const Selection& S, const Stratum& stratum) {
  if (!is_leading(S)) return Verdict::strict_saddle;
  if (static_cast<long>(S.size()) == network.rmax()) return Verdict::global_minimizer;
  if (deep_linear::string_form(stratum).planes > 0) return Verdict::strict_saddle;
  return network.distinct() ? Verdict::non_strict_saddle : Verdict::second_order;
}

}  // namespace rankscape::near
