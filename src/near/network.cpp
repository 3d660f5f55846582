#include "near/network.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <rankscape/error.hpp>

#include "native/deep_linear/inertia.hpp"

namespace rankscape::near {

RationalMatrix Network::product() const {
  RationalMatrix product = W.front();
  for (std::size_t h = 1; h < W.size(); ++h)
    product = multiply(W[h], product);
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
  const auto sxx_inverse = inverse(Sxx);
  if (!sxx_inverse) throw InputError("X X^T is singular: hypothesis H2 fails");
  network.W = std::move(weights);
  network.Sxx = Sxx;
  network.Sxy = Sxy;
  const RationalMatrix syx = Sxy.transpose();
  network.P = multiply(syx, *sxx_inverse);
  const RationalMatrix sigma = multiply(network.P, Sxy);
  const auto sigma_inverse = inverse(sigma);
  if (!sigma_inverse) throw InputError("X Y^T has not rank dy: hypothesis H3 fails");
  network.P_plus = multiply(*sigma_inverse, network.P);
  if (dx > dy) {
    network.null_rows = tidy_rows(null_space(syx).transpose());
    const RationalMatrix n = network.null_rows;
    const RationalMatrix nt = n.transpose();
    network.C = multiply({Sxx, nt, *inverse(multiply({n, Sxx, nt}))});
  } else {
    network.null_rows.resize(0, dx);
    network.C.resize(dx, 0);
  }
  network.sigma = enclose_spectrum(sigma);
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
  const RationalMatrix selected = basis.leftCols(r).transpose();
  const RationalMatrix others = basis.rightCols(q).transpose();

  const Index dx = network.widths.front();
  const auto j_first = connection<Rational>(layout, 1, r);
  const auto inner_inverse = inverse(point.G[0]);
  if (!inner_inverse) return std::nullopt;
  RationalMatrix k0(dx, dx);
  RationalMatrix below(dx - r, dx);
  below.topRows(q) = multiply(others, network.P_plus);
  below.bottomRows(dx - q - r) = network.null_rows;
  k0.topRows(r) = multiply(selected, network.P);
  k0.bottomRows(dx - r) = multiply(*inner_inverse, below);

  Located located;
  std::optional<RationalMatrix> previous;  // G_{h-1}^{-1}
  for (int h = 1; h <= H; ++h) {
    const RationalMatrix j = connection<Rational>(layout, h, r);
    RationalMatrix v;
    if (h == 1) {
      const RationalMatrix front = multiply(point.G[1], j);
      v = multiply(front, k0);
      const RationalMatrix rest = multiply(RationalMatrix(front.rightCols(dx - r)), *inner_inverse);
      located.first_error = *eps * (norm_above(front.leftCols(r)) * norm_above(network.P) +
                                    norm_above(rest.leftCols(q)) * norm_above(network.P_plus));
    } else if (h < H) {
      v = multiply({point.G[static_cast<std::size_t>(h)], j, *previous});
    } else {
      const RationalMatrix back = multiply(j, *previous);
      const RationalMatrix g = point.G[0].topLeftCorner(q, q);
      RationalMatrix left = basis;
      left.rightCols(q) = multiply(RationalMatrix(basis.rightCols(q)), g);
      v = multiply(left, back);
      located.last_error = *eps * (norm_above(back.topRows(r)) + norm_above(g) * norm_above(back.bottomRows(q)));
    }
    located.W.push_back(std::move(v));
    if (h < H) {
      previous = inverse(point.G[static_cast<std::size_t>(h)]);
      if (!previous) return std::nullopt;
    }
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
