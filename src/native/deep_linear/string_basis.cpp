#include "native/deep_linear/string_basis.hpp"

#include <algorithm>
#include <rankscape/error.hpp>

namespace rankscape::deep_linear {

namespace {

RationalMatrix beside(const RationalMatrix& a, const RationalMatrix& b) {
  RationalMatrix both(a.rows(), a.cols() + b.cols());
  both << a, b;
  return both;
}

// Columns of `candidates` that extend the independent columns of `given` to a basis of the span of both.
std::vector<Index> extension(const RationalMatrix& given, const RationalMatrix& candidates) {
  std::vector<Index> chosen;
  RationalMatrix span = given;
  Index dimension = rank(span);
  for (Index k = 0; k < candidates.cols(); ++k) {
    RationalMatrix larger = beside(span, candidates.col(k));
    if (rank(larger) > dimension) {
      span = std::move(larger);
      ++dimension;
      chosen.push_back(k);
    }
  }
  return chosen;
}

// The representation on the complements of the product directions: a basis of each complement and the arrows in them.
struct Representation {
  std::vector<RationalMatrix> complement;  // at node h: d_h x (d_h - r)
  std::vector<RationalMatrix> arrow;       // from node h to h + 1 (modulo H + 1), in the complements' coordinates
};

Representation representation(const PartialProducts& products, const RationalMatrix& range) {
  const int layers = products.layers();
  const RationalMatrix onto_range = range.transpose();  // kernel: the complement at the output, orthogonal to the range
  Representation rep;
  for (int node = 0; node <= layers; ++node) {
    rep.complement.push_back(null_space(multiply(onto_range, products.between(node, layers))));
  }
  for (int node = 0; node <= layers; ++node) {
    const auto from = static_cast<std::size_t>(node);
    const auto to = static_cast<std::size_t>((node + 1) % (layers + 1));
    const RationalMatrix& map = node < layers ? products.between(node, node + 1) : products.sxy();
    auto arrow = solve(rep.complement[to], multiply(map, rep.complement[from]));
    if (!arrow) throw InternalDisagreement("string basis: layer " + std::to_string(to) + " leaves the complements");
    rep.arrow.push_back(std::move(*arrow));
  }
  return rep;
}

}  // namespace

Stratum StringBasis::stratum() const {
  Stratum result{static_cast<int>(basis.size()) - 1, {}};
  for (const String& s : strings)
    ++result.multiplicity[s];
  return result;
}

StringBasis string_basis(const PartialProducts& products, const RationalMatrix& projector_range) {
  const int layers = products.layers();
  const auto nodes = static_cast<std::size_t>(layers) + 1;
  const Representation rep = representation(products, projector_range);
  const auto next = [&](std::size_t node) { return (node + 1) % nodes; };

  StringBasis result;
  result.r = projector_range.cols();
  result.column.resize(nodes);
  // product directions: the images of Sxy times the range under the layers
  const RationalMatrix inputs = multiply(products.sxy(), projector_range);
  for (int node = 0; node <= layers; ++node)
    result.basis.push_back(multiply(products.between(0, node), inputs));

  // kernel[k][a]: the vectors at node a that k arrows send to zero. Strings of length k that start at a are a
  // complement, in kernel[k][a], of kernel[k-1][a] and of what arrives from kernel[k+1][a-1].
  const auto lengths = static_cast<std::size_t>(layers);
  std::vector<std::vector<RationalMatrix>> kernel(lengths + 2, std::vector<RationalMatrix>(nodes));
  for (std::size_t a = 0; a < nodes; ++a) {
    const Index dimension = rep.complement[a].cols();
    kernel[0][a] = RationalMatrix(dimension, 0);
    RationalMatrix path = RationalMatrix::Identity(dimension, dimension);
    std::size_t node = a;
    for (std::size_t k = 1; k <= lengths + 1; ++k) {
      path = multiply(rep.arrow[node], path);
      node = next(node);
      kernel[k][a] = null_space(path);
    }
  }
  for (std::size_t length = lengths; length >= 1; --length) {
    for (std::size_t start = 0; start < nodes; ++start) {
      const std::size_t before = (start + nodes - 1) % nodes;
      const RationalMatrix arriving = multiply(rep.arrow[before], kernel[length + 1][before]);
      RationalMatrix shorter = beside(kernel[length - 1][start], arriving);
      const RationalMatrix candidates = kernel[length][start];
      for (const Index k : extension(shorter, candidates)) {
        RationalMatrix vector = candidates.col(k);
        std::size_t node = start;
        for (std::size_t j = 0; j < length; ++j) {
          result.column[node][result.strings.size()] = result.basis[node].cols();
          result.basis[node] = beside(result.basis[node], multiply(rep.complement[node], vector));
          vector = multiply(rep.arrow[node], vector);
          node = next(node);
        }
        result.strings.push_back({static_cast<int>(start), static_cast<int>(length)});
      }
    }
  }
  for (const RationalMatrix& basis : result.basis) {
    auto dual = basis.rows() == basis.cols() ? inverse(basis) : std::nullopt;
    if (!dual) throw InternalDisagreement("string basis: the strings do not span a node");
    result.dual.push_back(std::move(*dual));
  }
  return result;
}

Weights chain_direction(const StringBasis& basis, const Chain& chain) {
  const auto layers = static_cast<int>(basis.basis.size()) - 1;
  // a copy through the nodes from..to (cyclically, `length` of them)
  const auto copy_through = [&](int from, int length) {
    for (std::size_t copy = 0; copy < basis.strings.size(); ++copy) {
      if (Stratum{layers, {{basis.strings[copy], 1}}}.passing(from, length) > 0) return copy;
    }
    throw InternalDisagreement("chain_direction: the chain does not belong to the stratum");
  };
  // path[l] carries the nodes from layer chain[l] on: the outer one for l = 0, else i_l .. i_{l-1} - 1
  std::vector<std::size_t> path;
  path.push_back(copy_through(chain.front(), layers - chain.front() + 1 + chain.back()));
  for (std::size_t l = 1; l < chain.size(); ++l)
    path.push_back(copy_through(chain[l], chain[l - 1] - chain[l]));

  Weights direction;
  for (int h = 1; h <= layers; ++h) {
    const auto node = static_cast<std::size_t>(h);
    direction.push_back(RationalMatrix::Zero(basis.basis[node].rows(), basis.basis[node - 1].rows()));
  }
  for (std::size_t l = 0; l < chain.size(); ++l) {
    const auto node = static_cast<std::size_t>(chain[l]);
    const std::size_t arriving = path[(l + 1) % chain.size()];  // ends at node i_l - 1
    const std::size_t leaving = path[l];                        // goes on at node i_l
    const auto x = basis.basis[node].col(basis.column[node].at(leaving));
    const auto y = basis.dual[node - 1].row(basis.column[node - 1].at(arriving));
    direction[node - 1] = multiply(x, y);
  }
  return direction;
}

}  // namespace rankscape::deep_linear
