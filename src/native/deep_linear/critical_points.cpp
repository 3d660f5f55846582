#include "native/deep_linear/critical_points.hpp"

#include <algorithm>

namespace rankscape::deep_linear {

namespace {

// Where the copies of the strings stand in the basis of each node: column[node][copy].
struct Layout {
  std::vector<std::map<std::size_t, Index>> column;
  std::vector<Index> dimension;
};

Layout lay_out(const Stratum& stratum) {
  const auto nodes = static_cast<std::size_t>(stratum.layers) + 1;
  Layout layout;
  layout.column.resize(nodes);
  layout.dimension.assign(nodes, 0);
  std::size_t copy = 0;
  for (const auto& [string, count] : stratum.multiplicity) {
    for (long k = 0; k < count; ++k, ++copy) {
      for (int j = 0; j < string.length; ++j) {
        const auto node = static_cast<std::size_t>(string.start + j) % nodes;
        layout.column[node][copy] = layout.dimension[node]++;
      }
    }
  }
  return layout;
}

// A basis at the output node: the last vectors span the kernel of M, the coordinates from `passing` on.
RationalMatrix output_basis(Index passing, Index outputs, Position position, Random& random) {
  const auto some = [&](Index n) {
    return position == Position::aligned ? random_permutation(n, random) : random_unimodular(n, random);
  };
  RationalMatrix basis = RationalMatrix::Zero(outputs, outputs);
  basis.topLeftCorner(passing, passing) = some(passing);
  const Index kernel = outputs - passing;
  if (kernel == 0) return basis;
  basis.bottomRightCorner(kernel, kernel) = some(kernel);
  if (position == Position::generic)
    basis.bottomLeftCorner(kernel, passing) = random_integers(kernel, passing, 1, random);
  return basis;
}

}  // namespace

Blocks string_blocks(const Stratum& stratum, const std::vector<Rational>& sigma_outside, Position position,
                     Random& random) {
  const auto layers = static_cast<std::size_t>(stratum.layers);
  const Layout layout = lay_out(stratum);
  Blocks blocks;
  for (std::size_t h = 1; h <= layers; ++h) {
    RationalMatrix z = RationalMatrix::Zero(layout.dimension[h], layout.dimension[h - 1]);
    for (const auto& [copy, from] : layout.column[h - 1]) {
      // a string with at most H of the H + 1 nodes that stands at h - 1 and h passes from one to the other
      const auto to = layout.column[h].find(copy);
      if (to != layout.column[h].end()) z(to->second, from) = 1;
    }
    blocks.Z.push_back(std::move(z));
  }
  // Bases at the output and the input node. M : e_q -> sigma_q e_q ties them: the vector of a string that passes from H
  // to 0 determines its vector at 0; strings that start at 0 take any complement of the image of M. Where sigma_q = 0
  // (off the hypothesis H3) are the vectors of the strings that end at H.
  const Index outputs = layout.dimension[layers];
  const Index inputs = layout.dimension[0];
  const Index passing =
      std::count_if(sigma_outside.begin(), sigma_outside.end(), [](const Rational& s) { return s > 0; });
  const RationalMatrix basis = output_basis(passing, outputs, position, random);
  std::map<std::size_t, Index> place;  // of the strings at H in that basis
  Index first = 0;
  Index last = passing;
  for (const auto& [copy, column] : layout.column[layers])
    place[copy] = layout.column[0].contains(copy) ? first++ : last++;
  RationalMatrix at_output(outputs, outputs);
  for (const auto& [copy, column] : layout.column[layers])
    at_output.col(column) = basis.col(place[copy]);
  RationalMatrix at_input = RationalMatrix::Zero(inputs, inputs);
  Index extra = passing;
  for (const auto& [copy, column] : layout.column[0]) {
    const auto from = layout.column[layers].find(copy);
    if (from != layout.column[layers].end()) {
      for (Index q = 0; q < passing; ++q) {
        at_input(q, column) = sigma_outside[static_cast<std::size_t>(q)] * at_output(q, from->second);
      }
    } else {
      at_input(extra++, column) = 1;
      if (position == Position::generic) {
        for (Index q = 0; q < passing; ++q)
          at_input(q, column) = random.integer(-1, 1);
      }
    }
  }
  blocks.Z.front() = multiply(blocks.Z.front(), inverse(at_input).value());
  blocks.Z.back() = multiply(at_output, blocks.Z.back());
  return blocks;
}

Blocks zero_pattern_blocks(const std::vector<long>& node_dimensions, const std::vector<int>& zero, Random& random) {
  Blocks blocks;
  for (std::size_t h = 1; h < node_dimensions.size(); ++h) {
    const bool vanishes = std::find(zero.begin(), zero.end(), static_cast<int>(h)) != zero.end();
    blocks.Z.push_back(random_integers(node_dimensions[h], node_dimensions[h - 1], vanishes ? 0 : 3, random));
  }
  return blocks;
}

Weights critical_weights(const Widths& widths, const ExactData& data, const std::vector<int>& S, const Blocks& blocks,
                         Position position, Random& random) {
  const auto layers = widths.size() - 1;
  const auto r = static_cast<Index>(S.size());
  const Index dx = widths.front();
  const Index dy = widths.back();
  const auto in_s = [&](Index k) { return std::find(S.begin(), S.end(), static_cast<int>(k + 1)) != S.end(); };

  Weights weights(layers);
  // canonical coordinates: block diagonal, W_1 = diag(sigma_S, Z_1), W_h = diag(I, Z_h)
  for (std::size_t h = 1; h <= layers; ++h) {
    const Index rows = widths[h];
    const Index cols = h == 1 ? data.inputs : widths[h - 1];
    RationalMatrix w = RationalMatrix::Zero(rows, cols);
    w.topLeftCorner(r, r) = RationalMatrix::Identity(r, r);
    w.bottomRightCorner(rows - r, cols - r) = blocks.Z[h - 1];
    weights[h - 1] = std::move(w);
  }
  // permute the canonical input and output coordinates so that S comes first, then undo it
  const auto s_first = [&](Index size) {
    RationalMatrix permutation = RationalMatrix::Zero(size, size);
    Index inside = 0;
    Index outside = r;
    for (Index k = 0; k < size; ++k)
      permutation(in_s(k) ? inside++ : outside++, k) = 1;
    return permutation;
  };
  RationalMatrix scaled = s_first(data.inputs);
  for (const int s : S)
    scaled.col(s - 1) *= data.sigma[static_cast<std::size_t>(s - 1)];
  // what the loss does not see: the canonical inputs beyond the rank of X
  RationalMatrix first_layer = RationalMatrix::Zero(widths[1], dx);
  first_layer.leftCols(data.inputs) = multiply(weights.front(), scaled);
  if (position == Position::generic && dx > data.inputs) {
    first_layer.rightCols(dx - data.inputs) = random_integers(widths[1], dx - data.inputs, 1, random);
  }
  weights.front() = multiply(first_layer, data.whitening);
  weights.back() = multiply({data.output_rotation, s_first(dy).transpose(), weights.back()});

  if (position == Position::generic) {
    for (std::size_t h = 1; h < layers; ++h) {
      const RationalMatrix d = random_unimodular(widths[h], random);
      weights[h - 1] = multiply(d, weights[h - 1]);
      weights[h] = multiply(weights[h], inverse(d).value());
    }
  }
  return weights;
}

}  // namespace rankscape::deep_linear
