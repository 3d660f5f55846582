// Layers, order within layers, coordinates: see hasse.hpp.
#include <algorithm>
#include <numeric>

#include "report/hasse.hpp"

namespace rankscape::report {

namespace {

constexpr double character_width = 4.9;  // of the small lines
constexpr double line_height = 11;
constexpr double padding = 7;
constexpr double node_gap = 12;
constexpr double bend_width = 6;
constexpr double layer_gap = 34;  // at least
constexpr int sweeps = 40;

// A node, or a bend of an edge that crosses a layer.
struct Vertex {
  std::size_t layer = 0;
  double width = 0;
  double x = 0;
  std::vector<std::size_t> below;
  std::vector<std::size_t> above;
};

std::size_t characters(const std::vector<Powered>& line) {
  std::size_t count = line.empty() ? 0 : line.size() - 1;
  for (const Powered& part : line)
    count += part.text.size() + (part.exponent == 1 ? 0 : 1);
  return count;
}

// Least-squares coordinates with the order and the distances kept: x_k - offset_k has to be nondecreasing, and the best
// nondecreasing sequence is found by pooling neighbours that violate it.
std::vector<double> spread(const std::vector<double>& wanted, const std::vector<double>& offset) {
  struct Pool {
    double sum;
    std::size_t count;
    [[nodiscard]] double mean() const { return sum / static_cast<double>(count); }
  };
  std::vector<Pool> pools;
  for (std::size_t k = 0; k < wanted.size(); ++k) {
    pools.push_back({wanted[k] - offset[k], 1});
    while (pools.size() > 1 && pools[pools.size() - 2].mean() > pools.back().mean()) {
      const Pool last = pools.back();
      pools.pop_back();
      pools.back().sum += last.sum;
      pools.back().count += last.count;
    }
  }
  std::vector<double> placed;
  for (const Pool& pool : pools) {
    for (std::size_t k = 0; k < pool.count; ++k)
      placed.push_back(pool.mean() + offset[placed.size()]);
  }
  return placed;
}

class Layering {
 public:
  Layering(const HasseDiagram& diagram, double node_width) : diagram_(diagram) {
    vertices_.resize(diagram.nodes.size());
    for (Vertex& vertex : vertices_)
      vertex.width = node_width;
    assign_layers();
    insert_bends();
    order_layers();
    place();
  }

  [[nodiscard]] const std::vector<Vertex>& vertices() const { return vertices_; }
  [[nodiscard]] const std::vector<std::vector<std::size_t>>& bends() const { return bends_; }
  [[nodiscard]] std::size_t layers() const { return layers_.size(); }

 private:
  // Longest path from below, then every node as high as its upper neighbours allow when that shortens more edges.
  void assign_layers() {
    for (bool changed = true; changed;) {
      changed = false;
      for (const HasseEdge& edge : diagram_.edges) {
        const std::size_t least = vertices_[edge.lower].layer + 1;
        if (vertices_[edge.upper].layer >= least) continue;
        vertices_[edge.upper].layer = least;
        changed = true;
      }
    }
    for (bool changed = true; changed;) {
      changed = false;
      for (std::size_t v = 0; v < vertices_.size(); ++v) {
        std::size_t room = vertices_.size();
        std::size_t up = 0;
        std::size_t down = 0;
        for (const HasseEdge& edge : diagram_.edges) {
          if (edge.lower == v) room = std::min(room, vertices_[edge.upper].layer - 1);
          up += edge.lower == v ? 1 : 0;
          down += edge.upper == v ? 1 : 0;
        }
        if (up <= down || room <= vertices_[v].layer) continue;
        vertices_[v].layer = room;
        changed = true;
      }
    }
  }

  void insert_bends() {
    for (const HasseEdge& edge : diagram_.edges) {
      std::vector<std::size_t> chain;
      std::size_t before = edge.lower;
      for (std::size_t layer = vertices_[edge.lower].layer + 1; layer <= vertices_[edge.upper].layer; ++layer) {
        std::size_t next = edge.upper;
        if (layer < vertices_[edge.upper].layer) {
          next = vertices_.size();
          vertices_.push_back({layer, bend_width, 0, {}, {}});
          chain.push_back(next);
        }
        vertices_[before].above.push_back(next);
        vertices_[next].below.push_back(before);
        before = next;
      }
      bends_.push_back(std::move(chain));
    }
    for (std::size_t v = 0; v < vertices_.size(); ++v) {
      if (vertices_[v].layer >= layers_.size()) layers_.resize(vertices_[v].layer + 1);
      layers_[vertices_[v].layer].push_back(v);
    }
  }

  [[nodiscard]] std::size_t crossings() const {
    std::vector<std::size_t> position(vertices_.size());
    for (const auto& layer : layers_) {
      for (std::size_t k = 0; k < layer.size(); ++k)
        position[layer[k]] = k;
    }
    std::size_t count = 0;
    for (const auto& layer : layers_) {
      std::vector<std::size_t> ends;  // upper ends in the order of the lower ones
      for (const std::size_t v : layer) {
        std::vector<std::size_t> own;
        for (const std::size_t w : vertices_[v].above)
          own.push_back(position[w]);
        std::sort(own.begin(), own.end());
        ends.insert(ends.end(), own.begin(), own.end());
      }
      for (std::size_t i = 0; i < ends.size(); ++i) {
        for (std::size_t j = i + 1; j < ends.size(); ++j)
          count += ends[i] > ends[j] ? 1 : 0;
      }
    }
    return count;
  }

  void order_layers() {
    auto best = layers_;
    std::size_t fewest = crossings();
    std::vector<double> position(vertices_.size());
    const auto number = [&](const std::vector<std::size_t>& layer) {
      for (std::size_t k = 0; k < layer.size(); ++k)
        position[layer[k]] = static_cast<double>(k) - static_cast<double>(layer.size() - 1) / 2;
    };
    for (const auto& layer : layers_)
      number(layer);
    for (int sweep = 0; sweep < sweeps; ++sweep) {
      const bool upwards = sweep % 2 == 0;
      for (std::size_t k = 0; k < layers_.size(); ++k) {
        auto& layer = layers_[upwards ? k : layers_.size() - 1 - k];
        std::vector<double> wanted(vertices_.size());
        for (const std::size_t v : layer) {
          const auto& neighbours = upwards ? vertices_[v].below : vertices_[v].above;
          wanted[v] = neighbours.empty() ? position[v] : mean(neighbours, position);
        }
        std::stable_sort(layer.begin(), layer.end(),
                         [&](std::size_t a, std::size_t b) { return wanted[a] < wanted[b]; });
        number(layer);
      }
      exchange_neighbours();
      for (const auto& layer : layers_)
        number(layer);
      if (const std::size_t now = crossings(); now < fewest) {
        fewest = now;
        best = layers_;
      }
    }
    layers_ = std::move(best);
  }

  // Swaps adjacent vertices wherever that removes crossings.
  void exchange_neighbours() {
    std::vector<std::size_t> position(vertices_.size());
    for (const auto& layer : layers_) {
      for (std::size_t k = 0; k < layer.size(); ++k)
        position[layer[k]] = k;
    }
    const auto inversions = [&](const std::vector<std::size_t>& left, const std::vector<std::size_t>& right) {
      long count = 0;
      for (const std::size_t a : left) {
        for (const std::size_t b : right)
          count += position[a] > position[b] ? 1 : position[a] < position[b] ? -1 : 0;
      }
      return count;
    };
    for (auto& layer : layers_) {
      for (bool changed = true; changed;) {
        changed = false;
        for (std::size_t k = 0; k + 1 < layer.size(); ++k) {
          const Vertex& a = vertices_[layer[k]];
          const Vertex& b = vertices_[layer[k + 1]];
          if (inversions(a.below, b.below) + inversions(a.above, b.above) <= 0) continue;
          std::swap(layer[k], layer[k + 1]);
          std::swap(position[layer[k]], position[layer[k + 1]]);
          changed = true;
        }
      }
    }
  }

  [[nodiscard]] bool is_bend(std::size_t vertex) const { return vertex >= diagram_.nodes.size(); }

  static double mean(const std::vector<std::size_t>& indices, const std::vector<double>& values) {
    double sum = 0;
    for (const std::size_t i : indices)
      sum += values[i];
    return sum / static_cast<double>(indices.size());
  }

  void place() {
    std::vector<std::vector<double>> offset;
    for (const auto& layer : layers_) {
      std::vector<double> at;
      for (std::size_t k = 0; k < layer.size(); ++k) {
        const double own = vertices_[layer[k]].width / 2;
        at.push_back(k == 0 ? own : at.back() + vertices_[layer[k - 1]].width / 2 + node_gap + own);
      }
      const double total = at.back() + vertices_[layer.back()].width / 2;
      for (std::size_t k = 0; k < layer.size(); ++k)
        vertices_[layer[k]].x = at[k] - total / 2;
      offset.push_back(std::move(at));
    }
    for (int sweep = 0; sweep < 3 * sweeps; ++sweep) {
      for (std::size_t k = 0; k < layers_.size(); ++k) {
        const std::size_t l = sweep % 2 == 0 ? k : layers_.size() - 1 - k;
        std::vector<double> wanted;
        for (const std::size_t v : layers_[l]) {
          std::vector<std::size_t> around = vertices_[v].below;
          around.insert(around.end(), vertices_[v].above.begin(), vertices_[v].above.end());
          // long edges are to be straight: a piece between two bends pulls most
          double sum = 0;
          double weights = 0;
          for (const std::size_t w : around) {
            const double weight = 1 + (is_bend(v) ? 1 : 0) + (is_bend(w) ? 1 : 0) + (is_bend(v) && is_bend(w) ? 5 : 0);
            sum += weight * vertices_[w].x;
            weights += weight;
          }
          wanted.push_back(around.empty() ? vertices_[v].x : sum / weights);
        }
        const std::vector<double> placed = spread(wanted, offset[l]);
        for (std::size_t i = 0; i < placed.size(); ++i)
          vertices_[layers_[l][i]].x = placed[i];
      }
    }
  }

  const HasseDiagram& diagram_;
  std::vector<Vertex> vertices_;                  // nodes first, then bends
  std::vector<std::vector<std::size_t>> bends_;   // of each edge
  std::vector<std::vector<std::size_t>> layers_;  // from below, each from left to right
};

}  // namespace

Covers covering_relations(const std::vector<std::vector<bool>>& less) {
  Covers covers;
  for (std::size_t i = 0; i < less.size(); ++i) {
    for (std::size_t j = 0; j < less.size(); ++j) {
      bool between = false;
      for (std::size_t k = 0; k < less.size() && less[i][j] && !between; ++k)
        between = less[i][k] && less[k][j];
      if (less[i][j] && !between) covers.emplace_back(i, j);
    }
  }
  return covers;
}

HasseLayout lay_out(const HasseDiagram& diagram) {
  HasseLayout layout;
  std::size_t widest = 0;
  std::size_t most_lines = 0;
  for (const HasseNode& node : diagram.nodes) {
    widest = std::max(widest, characters(node.heading) + 3);
    most_lines = std::max(most_lines, node.lines.size());
    for (const auto& line : node.lines)
      widest = std::max(widest, characters(line));
  }
  layout.node_width = character_width * static_cast<double>(widest) + 2 * padding;
  layout.node_height = line_height * static_cast<double>(most_lines + 1) + 1.2 * padding;

  const Layering layering(diagram, layout.node_width);
  const auto& vertices = layering.vertices();
  double left = vertices.empty() ? 0 : vertices.front().x;
  double right = left;
  for (const Vertex& v : vertices) {
    left = std::min(left, v.x - v.width / 2);
    right = std::max(right, v.x + v.width / 2);
  }
  // wide layers need room between them, or their edges run flat
  const double gap = std::max(layer_gap, 0.03 * (right - left));
  const double step = layout.node_height + gap;
  const auto place = [&](std::size_t v) {
    return HasseLayout::Place{
        vertices[v].x - left,
        step * static_cast<double>(layering.layers() - 1 - vertices[v].layer) + layout.node_height / 2};
  };
  for (std::size_t v = 0; v < diagram.nodes.size(); ++v)
    layout.nodes.push_back(place(v));
  for (const auto& chain : layering.bends()) {
    layout.bends.emplace_back();
    for (const std::size_t v : chain)
      layout.bends.back().push_back(place(v));
  }
  layout.width = right - left;
  layout.height = diagram.nodes.empty() ? 0 : step * static_cast<double>(layering.layers()) - gap;
  return layout;
}

}  // namespace rankscape::report
