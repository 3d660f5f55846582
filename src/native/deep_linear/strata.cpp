// Enumeration, counting and recognition of strata. See strata.hpp for the idea.
#include "native/deep_linear/strata.hpp"

#include <algorithm>
#include <charconv>
#include <limits>
#include <rankscape/error.hpp>

namespace rankscape::deep_linear {

int last_node(const String& s, int layers) {
  return (s.start + s.length - 1) % (layers + 1);
}

bool is_outer(const String& s, int layers) {
  return s.start + s.length - 1 > layers;
}

namespace {

bool admissible(const String& s, int layers) {
  return s.start >= 0 && s.start <= layers && s.length >= 1 && s.length <= layers && last_node(s, layers) != layers;
}

/// Does the string pass through all the nodes a, ..., a+length-1? A string visits no node twice (length <= H).
bool covers(const String& s, int a, int length, int layers) {
  const int nodes = layers + 1;
  const int offset = ((a - s.start) % nodes + nodes) % nodes;
  return offset + length <= s.length;
}

}  // namespace

long Stratum::passing(int a, int length) const {
  long total = 0;
  for (const auto& [string, count] : multiplicity) {
    if (covers(string, a, length, layers)) total += count;
  }
  return total;
}

std::vector<long> Stratum::node_dimensions() const {
  std::vector<long> dimensions;
  for (int node = 0; node <= layers; ++node)
    dimensions.push_back(passing(node, 1));
  return dimensions;
}

std::vector<String> admissible_strings(int layers) {
  std::vector<String> strings;
  for (int start = 0; start <= layers; ++start) {
    for (int length = 1; length <= layers; ++length) {
      if (admissible({start, length}, layers)) strings.push_back({start, length});
    }
  }
  return strings;
}

std::string to_string(const Stratum& stratum) {
  std::string text;
  for (const auto& [string, count] : stratum.multiplicity) {
    if (!text.empty()) text += ' ';
    text += std::to_string(string.start) + ':' + std::to_string(string.length) + '*' + std::to_string(count);
  }
  return text.empty() ? "-" : text;
}

Stratum parse_stratum(std::string_view text, int layers) {
  const auto fail = [&](std::string_view part, std::string_view why) {
    throw InputError("stratum: '" + std::string(part.substr(0, 40)) + "': " + std::string(why));
  };
  Stratum stratum{layers, {}};
  std::size_t at = 0;
  while (at < text.size()) {
    if (text[at] == ' ') {
      ++at;
      continue;
    }
    const std::size_t end = std::min(text.find(' ', at), text.size());
    const std::string_view part = text.substr(at, end - at);
    at = end;
    if (part == "-") continue;
    long numbers[3] = {0, 0, 0};
    const char* cursor = part.data();
    const char* const stop = part.data() + part.size();
    constexpr std::string_view separators = ":*";
    for (std::size_t k = 0; k < 3; ++k) {
      const auto [next, error] = std::from_chars(cursor, stop, numbers[k]);
      const bool last = k == 2;
      if (error != std::errc() || (last ? next != stop : next == stop || *next != separators[k])) {
        fail(part, "expected start:length*multiplicity, for example 0:2*1");
      }
      cursor = last ? next : next + 1;
    }
    if (numbers[0] < 0 || numbers[0] > layers || numbers[1] < 1 || numbers[1] > layers) {
      fail(part, "the start is between 0 and " + std::to_string(layers) + ", the length between 1 and " +
                     std::to_string(layers));
    }
    const String string{static_cast<int>(numbers[0]), static_cast<int>(numbers[1])};
    if (!admissible(string, layers)) fail(part, "no string may end at the output node, because M is injective");
    if (numbers[2] < 1 || numbers[2] > 1000000) fail(part, "the multiplicity is between 1 and 1000000");
    if (!stratum.multiplicity.emplace(string, numbers[2]).second) fail(part, "this string is given twice");
  }
  return stratum;
}

void for_each_stratum(const std::vector<long>& node_dimensions, const std::function<void(const Stratum&)>& visit,
                      long ending) {
  const int layers = static_cast<int>(node_dimensions.size()) - 1;
  // Strings of length 1 and the string (H, 2) are determined by the others: they fill what is left at each node. The
  // remaining, free strings can be chosen in any way that keeps the budgets nonnegative and leaves at node 0 at least
  // as much as passes there from node H, so the search has no dead ends.
  std::vector<String> free_strings;
  for (int start = 0; start <= layers; ++start) {
    for (int length = 2; length <= layers; ++length) {
      const String s{start, length};
      const bool filler = start == layers && length == 2;
      if (!filler && (ending > 0 || admissible(s, layers))) free_strings.push_back(s);
    }
  }
  std::vector<long> left = node_dimensions;
  long left_ending = ending;
  Stratum stratum{layers, {}};
  const auto possible = [&] {
    const long passing = left.back() - left_ending;
    return left_ending >= 0 && passing >= 0 && left.front() >= passing &&
           std::all_of(left.begin(), left.end(), [](long x) { return x >= 0; });
  };
  const auto complete = [&] {
    Stratum full = stratum;
    const auto add = [&](String s, long count) {
      if (count > 0) full.multiplicity[s] = count;
    };
    const long passing = left.back() - left_ending;
    add({layers, 2}, passing);
    add({layers, 1}, left_ending);
    add({0, 1}, left.front() - passing);
    for (int node = 1; node < layers; ++node)
      add({node, 1}, left[static_cast<std::size_t>(node)]);
    visit(full);
  };
  const std::function<void(std::size_t)> choose = [&](std::size_t k) {
    if (k == free_strings.size()) {
      complete();
      return;
    }
    const String s = free_strings[k];
    const auto take = [&](long count) {
      for (int j = 0; j < s.length; ++j)
        left[static_cast<std::size_t>((s.start + j) % (layers + 1))] -= count;
      if (last_node(s, layers) == layers) left_ending -= count;
    };
    long count = 0;
    while (possible()) {
      if (count > 0) stratum.multiplicity[s] = count;
      choose(k + 1);
      take(1);
      ++count;
    }
    take(-count);
    stratum.multiplicity.erase(s);
  };
  if (possible()) choose(0);
}

namespace {

// ways[s] = number of multisets of admissible strings whose node dimensions are s. Points of the lattice prod {0..d_h}
// are numbered in mixed radix, by `stride`; adding a string adds a constant to the number.
std::vector<std::uint64_t> ways_to_fill(const Widths& widths, std::vector<std::size_t>& stride) {
  const int layers = static_cast<int>(widths.size()) - 1;
  std::size_t points = 1;
  for (const long d : widths) {
    stride.push_back(points);
    points *= static_cast<std::size_t>(d) + 1;
    if (points > (std::size_t{1} << 26)) {
      throw InputError("these widths are too large to count: more than 2^26 vectors of node dimensions");
    }
  }
  std::vector<std::uint64_t> ways(points, 0);
  ways[0] = 1;
  std::vector<long> least(widths.size());  // of the points that hold the string once; most have none of its nodes
  for (const String& s : admissible_strings(layers)) {
    std::fill(least.begin(), least.end(), 0);
    std::size_t step = 0;
    for (int j = 0; j < s.length; ++j) {
      const auto node = static_cast<std::size_t>((s.start + j) % (layers + 1));
      least[node] = 1;
      step += stride[node];
    }
    std::vector<long> digit = least;
    for (std::size_t p = step;;) {
      std::uint64_t& here = ways[p];
      if (__builtin_add_overflow(here, ways[p - step], &here) || here >> 63 != 0) {
        throw InputError("these widths are too large to count: more than 2^63 strata");
      }
      std::size_t node = 0;  // odometer
      while (node < widths.size() && digit[node] == widths[node]) {
        p -= static_cast<std::size_t>(digit[node] - least[node]) * stride[node];
        digit[node] = least[node];
        ++node;
      }
      if (node == widths.size()) break;
      ++digit[node];
      p += stride[node];
    }
  }
  return ways;
}

}  // namespace

std::vector<std::uint64_t> count_strata(const Widths& widths) {
  check_widths(widths);
  std::vector<std::size_t> stride;
  const std::vector<std::uint64_t> ways = ways_to_fill(widths, stride);
  std::vector<std::uint64_t> by_rank;
  const long rmax = *std::min_element(widths.begin(), widths.end());
  for (long r = 0; r <= rmax; ++r) {
    std::size_t point = 0;
    for (std::size_t node = 0; node < widths.size(); ++node) {
      point += stride[node] * static_cast<std::size_t>(widths[node] - r);
    }
    by_rank.push_back(ways[point]);
  }
  return by_rank;
}

bool has_more_strata(const Widths& widths, std::uint64_t than) {
  check_widths(widths);
  const long widest = *std::max_element(widths.begin(), widths.end());
  for (long cap = 1; cap < widest; ++cap) {
    // NOTE: a stratum of the capped widths becomes one of the whole ones by strings (H, 2) and then (h, 1), h < H: of
    // node 0, which is no narrower than node H, the cap takes no less. Different ones stay different.
    Widths capped = widths;
    for (long& d : capped)
      d = std::min(d, cap);
    std::vector<std::size_t> stride;
    if (ways_to_fill(capped, stride).back() > than) return true;
  }
  return false;
}

std::optional<Stratum> stratum_from_ranks(int layers, const std::function<long(int, int)>& excess, bool ending) {
  const int nodes = layers + 1;
  const auto passing = [&](int a, int length) -> long {
    return length > layers ? 0 : excess((a % nodes + nodes) % nodes, length);
  };
  Stratum stratum{layers, {}};
  for (int start = 0; start <= layers; ++start) {
    for (int length = 1; length <= layers; ++length) {
      // strings with exactly these nodes: through them, but not one further on either side
      const long count = passing(start, length) - passing(start - 1, length + 1) - passing(start, length + 1) +
                         passing(start - 1, length + 2);
      if (count == 0) continue;
      if (count < 0 || (!ending && !admissible({start, length}, layers))) return std::nullopt;
      stratum.multiplicity[{start, length}] = count;
    }
  }
  return stratum;
}

std::optional<Chain> shortest_chain(const Stratum& stratum) {
  const int layers = stratum.layers;
  const auto inner = [&](int from, int to) { return stratum.passing(from, to - from + 1) > 0; };
  std::optional<Chain> best;
  for (int first = layers; first >= 2; --first) {
    // breadth first from i_1 = first: fewest layers from first down to each i_k
    std::vector<std::optional<Chain>> reached(static_cast<std::size_t>(layers) + 1);
    reached[static_cast<std::size_t>(first)] = Chain{first};
    std::vector<int> queue{first};
    for (std::size_t q = 0; q < queue.size(); ++q) {
      const int i = queue[q];
      const Chain path = *reached[static_cast<std::size_t>(i)];
      for (int j = i - 1; j >= 1; --j) {
        if (reached[static_cast<std::size_t>(j)] || !inner(j, i - 1)) continue;
        Chain longer = path;
        longer.push_back(j);
        reached[static_cast<std::size_t>(j)] = longer;
        queue.push_back(j);
      }
    }
    for (int last = first - 1; last >= 1; --last) {
      const auto& chain = reached[static_cast<std::size_t>(last)];
      if (!chain || (best && best->size() <= chain->size())) continue;
      if (stratum.passing(first, layers - first + 1 + last) > 0) best = chain;
    }
  }
  return best;
}

namespace {

[[noreturn]] void refuse(const Widths& widths, const std::string& why) {
  std::string text;
  for (const long d : widths)
    text += (text.empty() ? "" : ",") + std::to_string(d);
  throw InputError("widths " + text + ": " + why);
}

}  // namespace

void check_layers(const Widths& widths) {
  if (widths.size() < 3) refuse(widths, "a deep linear network has at least two layers, so at least three widths");
  if (widths.size() > 65) refuse(widths, "more than 64 layers");
  for (const long d : widths) {
    if (d < 1) refuse(widths, "every width is at least 1");
    if (d > 1000) refuse(widths, "a width above 1000");
  }
}

void check_widths(const Widths& widths) {
  check_layers(widths);
  if (widths.back() > widths.front()) {
    refuse(widths, "the output is wider than the input, dy > dx, which the hypothesis H1 (dy <= dx <= m) excludes");
  }
}

}  // namespace rankscape::deep_linear
