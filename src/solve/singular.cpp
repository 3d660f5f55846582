#include "solve/singular.hpp"

#include <algorithm>
#include <charconv>
#include <map>
#include <utility>

#include <fmt/format.h>

#include "solve/singular_scripts.hpp"

namespace rankscape::critical_set {

namespace {

constexpr std::string_view last_line = "@end";

std::string ring_of(const System& system) {
  std::string text = "LIB \"primdec.lib\";\nring r = 0, (";
  for (std::size_t k = system.unknowns(); k > 0; --k)
    text += fmt::format("x{}{}", k, k > 1 ? "," : "");
  return text + "), dp;\n";
}

std::string ideal_of(const Polynomials& generators) {
  std::string text;
  for (const Polynomial& generator : generators)
    text += fmt::format("{}{}", text.empty() ? "" : ",\n  ", to_text(generator));
  return text.empty() ? "0" : text;
}

std::string question_of(const System& system) {
  return fmt::format("{}{}ideal I = {};\n", ring_of(system), script::prelude, ideal_of(system.equations));
}

// What starts with `@`, in order; checked to be whole.
std::vector<std::string_view> answer(const std::string& output) {
  std::vector<std::string_view> lines;
  std::string_view rest = output;
  while (!rest.empty()) {
    const std::size_t end = std::min(rest.find('\n'), rest.size());
    const std::string_view line = rest.substr(0, end);
    rest.remove_prefix(std::min(end + 1, rest.size()));
    if (line.starts_with("   ?"))
      throw NoProposal(
          fmt::format("Singular reports an error: {}", line.substr(std::min<std::size_t>(5, line.size()))));
    if (line.starts_with('@')) lines.push_back(line);
  }
  if (lines.empty() || lines.back() != last_line) throw NoProposal("Singular ended before its answer was complete");
  lines.pop_back();
  return lines;
}

std::string ask(const std::string& question, const ProcessLimits& limits) {
  ProcessOutcome outcome = run_process("Singular", {"-q", "--no-rc"}, question, limits);
  using End = ProcessOutcome::End;
  switch (outcome.end) {
    case End::exited:
      return std::move(outcome.output);
    case End::missing:
      throw NoSingular();
    case End::time:
      throw NoProposal(fmt::format("Singular did not answer within {:.3g} s", limits.seconds.count()));
    case End::output:
      throw NoProposal(fmt::format("Singular's answer is longer than {} MiB", limits.output >> 20U));
    case End::killed:
      break;
  }
  throw NoProposal(fmt::format("Singular was killed, as when it needs more than {} GiB", limits.memory >> 30U));
}

// `@tag word word rest`
class Line {
 public:
  Line(std::string_view line, std::size_t unknowns) : whole_(line), rest_(line), unknowns_(unknowns) { tag_ = word(); }
  [[nodiscard]] std::string_view tag() const { return tag_; }
  [[nodiscard]] long number() {
    const std::string_view text = word();
    long value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size()) fail();
    return value;
  }
  /// From 1 to `most`; \return counted from 0
  [[nodiscard]] std::size_t position(std::size_t most) {
    const long value = number();
    if (value < 1 || static_cast<std::size_t>(value) > most) fail();
    return static_cast<std::size_t>(value) - 1;
  }
  [[nodiscard]] Polynomial polynomial() {
    auto value = parse_polynomial(rest_, unknowns_);
    if (!value) fail();
    return std::move(*value);
  }
  [[noreturn]] void fail() const {
    throw NoProposal(fmt::format("Singular's answer is not understood: {}", whole_.substr(0, 100)));
  }

 private:
  std::string_view word() {
    const std::size_t end = std::min(rest_.find(' '), rest_.size());
    const std::string_view found = rest_.substr(0, end);
    rest_.remove_prefix(std::min(end + 1, rest_.size()));
    return found;
  }
  std::string_view whole_;
  std::string_view rest_;
  std::size_t unknowns_;
  std::string_view tag_;
};

std::string text_of(const ProposedIdeal& ideal) {
  std::string text;
  for (const Polynomial& generator : ideal.generators)
    text += to_text(generator) + '\n';
  return text;
}

bool before(const ProposedIdeal& a, const ProposedIdeal& b) {
  if (a.dimension != b.dimension) return a.dimension > b.dimension;
  if (a.degree != b.degree) return a.degree < b.degree;
  return text_of(a) < text_of(b);
}

// Components with their sections, as they come.
std::vector<ProposedComponent> components_of(const std::string& output, std::size_t unknowns) {
  std::vector<ProposedComponent> components;
  ProposedIdeal* ideal = nullptr;
  for (const std::string_view text : answer(output)) {
    Line line(text, unknowns);
    if (line.tag() == "@g") {
      if (ideal == nullptr) line.fail();
      ideal->generators.push_back(line.polynomial());
      continue;
    }
    if (line.tag() == "@component") {
      ideal = &components.emplace_back().ideal;
    } else if (line.tag() == "@section" && !components.empty()) {
      ideal = &components.back().sections.emplace_back();
    } else {
      line.fail();
    }
    ideal->dimension = static_cast<int>(line.number());
    ideal->degree = static_cast<int>(line.number());
  }
  return components;
}

void sort_by_degree(std::vector<ProposedIdeal>& ideals) {
  std::stable_sort(ideals.begin(), ideals.end(), [](const auto& a, const auto& b) { return a.degree < b.degree; });
}

}  // namespace

std::vector<ProposedComponent> propose_components(const System& system, const ProcessLimits& limits) {
  const std::string output = ask(question_of(system) + script::isolated + script::section + script::components, limits);
  std::vector<ProposedComponent> components = components_of(output, system.unknowns());
  for (ProposedComponent& component : components)
    sort_by_degree(component.sections);
  std::stable_sort(components.begin(), components.end(),
                   [](const auto& a, const auto& b) { return before(a.ideal, b.ideal); });
  return components;
}

std::vector<ProposedIdeal> propose_sections(const System& system, const Polynomials& generators,
                                            const std::vector<Aim>& aims, const ProcessLimits& limits) {
  std::string question = question_of(system) + script::isolated + script::section;
  question += fmt::format("ideal P = {};\nprint(\"@component 0 1\");\n", ideal_of(generators));
  for (const Aim& aim : aims) {
    question += "section(P";
    for (const auto& [unknown, value] : aim)
      question += fmt::format(" + ideal(x{} - ({}))", unknown + 1, to_string(value));
    question += ");\n";
  }
  question += "print(\"@end\");\nquit;\n";
  std::vector<ProposedComponent> found = components_of(ask(question, limits), system.unknowns());
  std::vector<ProposedIdeal> sections = std::move(found.front().sections);
  sort_by_degree(sections);
  return sections;
}

Tree propose_tree(const System& system, const std::vector<Polynomials>& components, const ProcessLimits& limits) {
  std::string question = question_of(system) + "list P;\n";
  for (std::size_t k = 0; k < components.size(); ++k)
    question += fmt::format("P[{0}] = ideal({1});\nattrib(P[{0}], \"isSB\", 1);\n", k + 1, ideal_of(components[k]));
  const std::string output = ask(question + script::tree, limits);
  Tree tree;
  for (const std::string_view text : answer(output)) {
    Line line(text, system.unknowns());
    if (line.tag() == "@node") {
      const long parent = line.number();
      if ((parent == 0) != tree.empty() || parent < 0 || parent > static_cast<long>(tree.size())) line.fail();
      if (parent > 0) tree[static_cast<std::size_t>(parent) - 1].children.push_back(tree.size());
      tree.emplace_back();
      continue;
    }
    if (tree.empty()) line.fail();
    TreeNode& node = tree.back();
    if (line.tag() == "@empty") {
      node.kind = TreeNode::Kind::empty;
    } else if (line.tag() == "@leaf") {
      node.kind = TreeNode::Kind::leaf;
      node.component = line.position(components.size());
    } else if (line.tag() == "@split") {
      node.kind = TreeNode::Kind::split;
    } else if (line.tag() == "@f") {
      node.exponents.push_back(line.position(1000) + 1);
      node.factors.push_back(line.polynomial());
    } else if (line.tag() == "@i") {
      node.cofactors.emplace_back();
    } else if (line.tag() == "@c" && !node.cofactors.empty()) {
      const std::size_t generator = line.position(1'000'000);
      node.cofactors.back().emplace_back(generator, line.polynomial());
    } else {
      line.fail();
    }
  }
  return tree;
}

}  // namespace rankscape::critical_set
