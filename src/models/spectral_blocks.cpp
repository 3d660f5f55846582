#include "models/spectral_blocks.hpp"

#include <algorithm>
#include <rankscape/error.hpp>

namespace rankscape {

namespace {

constexpr std::uint64_t most_counted = std::uint64_t{1} << 62U;

SpectralBlock square_of(const Rational& root) {
  return {RationalMatrix::Constant(1, 1, root * root), RationalMatrix::Constant(1, 1, root)};
}

// Values strictly decreasing to a number > 0.
std::vector<Rational> decreasing(std::size_t count, Random& random) {
  std::vector<Rational> values(count);
  Rational current = 0;
  for (std::size_t i = count; i-- > 0;) {
    current += Rational(random.integer(1, 4), 2);
    values[i] = current;
  }
  return values;
}

}  // namespace

const std::vector<std::string>& spectrum_kinds() {
  static const std::vector<std::string> kinds{"distinct", "repeated", "indefinite",
                                              "singular", "negative", "irrational"};
  return kinds;
}

std::vector<BlockShape> block_shapes(std::string_view kind, Index size) {
  std::vector<BlockShape> shapes;
  if (size < 2 && (kind == "repeated" || kind == "indefinite" || kind == "irrational")) return shapes;
  const auto n = static_cast<int>(size);
  if (kind == "irrational") {
    shapes.push_back({2, true, 0, {1, n}});
    for (int i = 2; i < n; ++i)
      shapes.push_back({1, true, i, {i}});
    return shapes;
  }
  const int positive = kind == "negative" ? 0 : kind == "singular" ? n / 2 : kind == "indefinite" ? (n + 1) / 2 : n;
  for (int i = 1; i <= n; ++i) {
    const int group = kind == "repeated" ? (i - 1) / 2 : i;
    shapes.push_back({1, i <= positive, group, {i}});
  }
  return shapes;
}

std::vector<SpectralBlock> make_blocks(std::string_view kind, Index size, Random& random) {
  const std::vector<BlockShape> shapes = block_shapes(kind, size);
  std::vector<SpectralBlock> blocks;
  if (kind == "irrational" && !shapes.empty()) {
    // (3 - sqrt 5)/2 < 5/4 .. 25/16 .. < (3 + sqrt 5)/2: the others lie between the two eigenvalues of the first block
    RationalMatrix factor(2, 2);
    factor << 1, 0, 1, 1;
    const Rational scale = random.integer(1, 3);
    factor *= scale;
    blocks.push_back({multiply(factor, factor.transpose()), factor});
    const auto others = static_cast<long>(shapes.size());
    for (long i = 1; i < others; ++i)
      blocks.push_back(square_of(scale * (1 + Rational(others - i, 2 * others))));
    return blocks;
  }
  const std::vector<Rational> roots = decreasing(shapes.size(), random);
  const std::vector<Rational> below = decreasing(shapes.size(), random);
  for (std::size_t i = 0; i < shapes.size(); ++i) {
    if (shapes[i].selectable) {
      const bool again = i > 0 && shapes[i - 1].group == shapes[i].group;
      blocks.push_back(again ? blocks.back() : square_of(roots[i]));
    } else {
      const bool zero = kind == "singular" || (kind == "negative" && i == 0 && shapes.size() > 1);
      blocks.push_back({RationalMatrix::Constant(1, 1, zero ? Rational(0) : -below[shapes.size() - 1 - i]), {}});
    }
  }
  return blocks;
}

void for_each_choice(const std::vector<BlockShape>& shapes, Index most,
                     const std::function<void(const std::vector<std::size_t>&)>& visit) {
  std::vector<std::size_t> chosen;
  const std::function<void(std::size_t, Index)> extend = [&](std::size_t block, Index left) {
    if (block == shapes.size()) {
      visit(chosen);
      return;
    }
    const BlockShape& shape = shapes[block];
    extend(block + 1, left);
    const bool follows = block > 0 && shapes[block - 1].group == shape.group;
    if (!shape.selectable || shape.size > left) return;
    if (follows && (chosen.empty() || chosen.back() != block - 1)) return;
    chosen.push_back(block);
    extend(block + 1, left - shape.size);
    chosen.pop_back();
  };
  extend(0, most);
}

std::vector<std::uint64_t> count_choices(const std::vector<BlockShape>& shapes, Index most) {
  constexpr std::uint64_t cap = std::uint64_t{1} << 40U;
  std::vector<std::uint64_t> ways(static_cast<std::size_t>(most) + 1, 0);
  ways[0] = 1;
  for (std::size_t first = 0; first < shapes.size();) {
    std::size_t last = first;
    while (last < shapes.size() && shapes[last].group == shapes[first].group)
      ++last;
    std::vector<std::uint64_t> next = ways;
    const auto size = static_cast<std::size_t>(shapes[first].size);
    for (std::size_t taken = 1; shapes[first].selectable && taken <= last - first; ++taken) {
      for (std::size_t q = taken * size; q < ways.size(); ++q)
        next[q] = std::min(cap, next[q] + ways[q - taken * size]);
    }
    ways = std::move(next);
    first = last;
  }
  return ways;
}

void plan(SpectralRecipe& recipe, const Shape& shape, const std::string& data, const std::string& position,
          const std::vector<BlockShape>& shapes, const std::vector<std::size_t>& chosen, int sample,
          const std::string& detail) {
  recipe.S.clear();
  recipe.q = 0;
  recipe.shape = shape;
  recipe.data = data;
  recipe.position = position;
  recipe.chosen = chosen;
  for (const std::size_t b : chosen) {
    recipe.S.insert(recipe.S.end(), shapes[b].positions.begin(), shapes[b].positions.end());
    recipe.q += shapes[b].size;
  }
  std::sort(recipe.S.begin(), recipe.S.end());
  recipe.key = joined(shape);
  recipe.key.append(" S=").append(joined(recipe.S)).append(" ").append(data).append(" ").append(position);
  recipe.key.append(detail).append(" #").append(std::to_string(sample));
}

std::string selection_mismatch(const SpectralRecipe& recipe, const std::vector<RealRoot>& spectrum,
                               const Selection& found) {
  bool same = recipe.S.size() == found.selected.size();
  for (std::size_t i = 0; same && i < recipe.S.size(); ++i)
    same = spectrum[static_cast<std::size_t>(recipe.S[i]) - 1] == found.selected[i];
  if (same) return {};
  const std::string recovered = found.set
                                    ? "{" + joined(std::vector<long>(found.set->begin(), found.set->end())) + "}"
                                    : std::to_string(found.selected.size()) + " eigenvalues, some of a repeated one";
  return "S was built as {" + joined(recipe.S) + "}, recovered as " + recovered;
}

RationalMatrix place_blocks(const std::vector<SpectralBlock>& blocks, Index rows, Index cols) {
  RationalMatrix result = RationalMatrix::Zero(rows, cols);
  Index at = 0;
  for (const SpectralBlock& block : blocks) {
    result.block(at, at, block.matrix.rows(), block.matrix.cols()) = block.matrix;
    at += block.matrix.rows();
  }
  return result;
}

RationalMatrix place_factors(const std::vector<SpectralBlock>& blocks, const std::vector<std::size_t>& chosen,
                             Index rows) {
  Index q = 0;
  for (const std::size_t b : chosen)
    q += blocks[b].factor.cols();
  RationalMatrix result = RationalMatrix::Zero(rows, q);
  Index row = 0;
  Index col = 0;
  for (std::size_t b = 0; b < blocks.size(); ++b) {
    if (std::find(chosen.begin(), chosen.end(), b) != chosen.end()) {
      const RationalMatrix& factor = blocks[b].factor;
      result.block(row, col, factor.rows(), factor.cols()) = factor;
      col += factor.cols();
    }
    row += blocks[b].matrix.rows();
  }
  return result;
}

Places checked_places(const Scope& scope, std::string_view model, const std::vector<std::string>& all_positions,
                      const Places& defaults, const std::vector<std::string>& all_data) {
  Places places = defaults;
  if (!scope.positions.empty()) places.positions = scope.positions;
  if (!scope.data.empty()) places.data = scope.data;
  places.samples = scope.samples;
  const auto check = [&](const char* what, const std::vector<std::string>& given, const std::vector<std::string>& all) {
    for (const std::string& name : given) {
      if (std::find(all.begin(), all.end(), name) != all.end()) continue;
      std::string known;
      for (const std::string& one : all)
        known += (known.empty() ? "" : ", ") + one;
      std::string message = what;
      message.append(" '").append(name).append("' is unknown; ").append(model).append(" knows ").append(known);
      throw InputError(message);
    }
  };
  check("position", places.positions, all_positions);
  check("data", places.data, all_data);
  if (scope.samples < 1 || scope.samples > 1000000) throw InputError("samples: expected a number from 1 to 1000000");
  return places;
}

std::string joined(const std::vector<long>& numbers) {
  std::string text;
  for (const long n : numbers)
    text += (text.empty() ? "" : ",") + std::to_string(n);
  return text;
}

std::string joined(const std::vector<int>& numbers) {
  return joined(std::vector<long>(numbers.begin(), numbers.end()));
}

std::uint64_t saturating_add(std::uint64_t a, std::uint64_t b) {
  return a > most_counted - std::min(b, most_counted) ? most_counted : a + b;
}

std::uint64_t saturating_multiply(std::uint64_t a, std::uint64_t b) {
  std::uint64_t product = 0;
  return __builtin_mul_overflow(a, b, &product) || product > most_counted ? most_counted : product;
}

}  // namespace rankscape
