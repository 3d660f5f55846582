#pragma once
// A small vocabulary with known values, independent of every model.

#include <rankscape/error.hpp>
#include <rankscape/language/expression.hpp>

#include <map>
#include <string>

namespace rankscape::toy {

inline RationalMatrix matrix(std::initializer_list<std::initializer_list<int>> rows) {
  const Index height = static_cast<Index>(rows.size());
  const Index width = height == 0 ? 0 : static_cast<Index>(rows.begin()->size());
  RationalMatrix m(height, width);
  Index i = 0;
  for (const auto& row : rows) {
    Index j = 0;
    for (const int entry : row)
      m(i, j++) = entry;
    ++i;
  }
  return m;
}

// A number that is only known through enclosures, however narrow, around its value.
inline Real enclosed(const Rational& value) {
  return Real(Real::Refine([value](const Rational& width) { return Enclosure(value - width / 3, value + width / 3); }));
}

inline std::vector<FeatureDeclaration> features() {
  using enum Kind;
  return {
      {"H", {}, integer, "H", "3"},
      {"r", {}, integer, "r", "1"},
      {"rmax", {}, integer, "r_{\\max}", "2"},
      {"dy", {}, integer, "d_y", "3"},
      {"huge", {}, integer, "", "2^62"},
      {"nowhere", {}, integer, "\\bot", "undefined"},
      {"x", {}, real, "x", "1/3"},
      {"fuzzy", {}, real, "\\phi", "2, known through enclosures only"},
      {"flag", {}, truth, "\\mathrm{flag}", "unknown"},
      {"S", {}, set, "\\mathcal{S}", "{1}"},
      {"T", {}, set, "\\mathcal{T}", "{1, 3}"},
      {"lambda", {}, sequence, "\\lambda", "9, 4, 1"},
      {"A", {}, matrix, "A", "[[1, 2], [3, 4]]"},
      {"B", {}, matrix, "B", "[[1, 2], [2, 4]]"},
      {"C", {}, matrix, "C", "[[1, 2, 3]]"},
      {"d", {integer}, integer, "d_{#1}", "h + 2"},
      {"mid", {integer, integer}, matrix, "\\mathrm{mid}_{#1,#2}", "diag(1, [i == j + 1])"},
      {"out", {integer, integer}, matrix, "#1^{#2}", "diag(1, 1)"},
  };
}

class Point final : public FeatureSource {
 public:
  // Values of features that differ from the usual ones.
  std::map<std::string, Value> changed;
  mutable std::map<std::string, int> calls;

  [[nodiscard]] Value feature(std::size_t position, std::span<const Value> arguments) const override {
    static const Vocabulary vocabulary(features());
    const std::string& name = vocabulary.features().at(position).name;
    ++calls[name];
    if (const auto it = changed.find(name); it != changed.end()) return it->second;
    const auto argument = [&](std::size_t k) { return std::get<long>(arguments[k]); };
    if (name == "H" || name == "dy") return 3L;
    if (name == "r") return 1L;
    if (name == "rmax") return 2L;
    if (name == "huge") return 1L << 62;
    if (name == "x") return Real(Rational(1, 3));
    if (name == "fuzzy") return enclosed(2);
    if (name == "flag") return Truth::unknown;
    if (name == "S") return IndexSet{1};
    if (name == "T") return IndexSet{1, 3};
    if (name == "lambda") return std::vector<Real>{Real(Rational(9)), Real(Rational(4)), Real(Rational(1))};
    if (name == "A") return matrix({{1, 2}, {3, 4}});
    if (name == "B") return matrix({{1, 2}, {2, 4}});
    if (name == "C") return matrix({{1, 2, 3}});
    if (name == "d") return argument(0) + 2;
    if (name == "mid") return matrix({{1, 0}, {0, argument(0) == argument(1) + 1 ? 1 : 0}});
    if (name == "out") return matrix({{1, 0}, {0, 1}});
    if (name == "value") return Real(Rational(17, 4));
    if (name == "index") return 2L;
    throw Undefined(name + " is not defined here");
  }
};

inline Expression parse(const std::string& text) {
  static const Vocabulary vocabulary(features());
  return parse_expression(text, vocabulary);
}

inline Value value_of(const std::string& text) {
  return evaluate(parse(text), Point());
}
inline Truth truth_of(const std::string& text) {
  return std::get<Truth>(value_of(text));
}

}  // namespace rankscape::toy
