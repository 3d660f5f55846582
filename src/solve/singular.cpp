#include "solve/singular.hpp"

#include <algorithm>
#include <charconv>
#include <map>
#include <utility>

#include <fmt/format.h>

#include "solve/singular_scripts.hpp"
#include "solve/singular_tree_script.hpp"

namespace rankscape::critical_set {

namespace {

constexpr std::string_view last_line = "@end";

// The beginning of each question.
std::string prelude_of(const System& system) {
  std::string text = fmt::format("int real = {};\nLIB \"primdec.lib\";\nring r = 0, (", system.real ? 1 : 0);
  for (std::size_t k = system.unknowns(); k > 0; --k)
    text += fmt::format("x{}{}", k, k > 1 ? "," : "");
  return text + "), dp;\n" + script::prelude;
}

std::string ideal_of(const Polynomials& generators) {
  std::string text;
  for (const Polynomial& generator : generators)
    text += fmt::format("{}{}", text.empty() ? "" : ",\n  ", to_text(generator));
  return text.empty() ? "0" : text;
}

// Generators of the root of a tree, lemmas last.
std::string equations_of(const System& system) {
  Polynomials generators = system.equations;
  for (const Lemma& lemma : system.lemmas)
    generators.push_back(lemma.of);
  return ideal_of(generators);
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
  [[nodiscard]] Rational rational() {
    const auto value = parse_polynomial(word(), 0);
    if (!value || !value->is_constant()) fail();
    return value->constant_term();
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

// Components with their sections, as they come, of each system.
std::vector<std::vector<ProposedComponent>> components_of(const std::string& output, std::size_t unknowns) {
  std::vector<std::vector<ProposedComponent>> all;
  ProposedIdeal* ideal = nullptr;
  for (const std::string_view text : answer(output)) {
    Line line(text, unknowns);
    if (line.tag() == "@system") {
      all.emplace_back();
      continue;
    }
    if (all.empty()) line.fail();
    std::vector<ProposedComponent>& components = all.back();
    if (line.tag() == "@g") {
      if (components.empty()) line.fail();
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
  return all;
}

void sort_by_degree(std::vector<ProposedIdeal>& ideals) {
  std::stable_sort(ideals.begin(), ideals.end(), [](const auto& a, const auto& b) { return a.degree < b.degree; });
}

}  // namespace

std::vector<std::vector<ProposedComponent>> propose_components(const std::vector<System>& systems,
                                                               const ProcessLimits& limits) {
  const System& first = systems.front();
  std::string question = prelude_of(first);
  for (const char* part : {script::squares, script::isolated, script::section, script::components})
    question += part;
  for (const System& system : systems)
    question += fmt::format("say_components(ideal({}));\n", equations_of(system));
  question += script::end;
  auto all = components_of(ask(question, limits), first.unknowns());
  if (all.size() != systems.size()) throw NoProposal("Singular's answer is not one for each normal form");
  for (std::vector<ProposedComponent>& components : all) {
    for (ProposedComponent& component : components)
      sort_by_degree(component.sections);
    std::stable_sort(components.begin(), components.end(),
                     [](const auto& a, const auto& b) { return before(a.ideal, b.ideal); });
  }
  return all;
}

std::vector<ProposedIdeal> propose_sections(const System& system, const Polynomials& generators,
                                            const std::vector<Aim>& aims, const ProcessLimits& limits) {
  std::string question = prelude_of(system);
  for (const char* part : {script::isolated, script::section})
    question += part;
  question +=
      fmt::format("int least;\nideal P = {};\nprint(\"@system\");\nprint(\"@component 0 1\");\n", ideal_of(generators));
  for (const Aim& aim : aims) {
    question += "least = section(P";
    for (const auto& [unknown, value] : aim)
      question += fmt::format(" + ideal(x{} - ({}))", unknown + 1, to_string(value));
    question += ");\n";
  }
  question += script::end;
  auto found = components_of(ask(question, limits), system.unknowns());
  std::vector<ProposedIdeal> sections = std::move(found.front().front().sections);
  sort_by_degree(sections);
  return sections;
}

namespace {

// Lemmas come before what Singular was asked: each as a split with one factor.
Tree lemmas_of(const System& system) {
  Tree tree(system.lemmas.size());
  for (std::size_t k = 0; k < tree.size(); ++k) {
    tree[k].kind = TreeNode::Kind::split;
    tree[k].factors = {system.lemmas[k].of};
    tree[k].exponents = {1};
    tree[k].cofactors = {system.lemmas[k].cofactors};
  }
  for (std::size_t k = 1; k < tree.size(); ++k)
    tree[k - 1].children = {k};
  return tree;
}

// One more line of an answer about `tree`, whose root, for Singular, is the node behind the lemmas.
void read_tree(Line& line, const System& system, std::size_t components, Tree& tree) {
  const std::size_t root = system.lemmas.size();
  if (line.tag() == "@node") {
    const long parent = line.number();
    if ((parent == 0) != (tree.size() == root) || parent < 0 || parent > static_cast<long>(tree.size() - root))
      line.fail();
    const std::size_t above = root + static_cast<std::size_t>(parent);
    if (above > 0) tree[above - 1].children.push_back(tree.size());
    tree.emplace_back();
    return;
  }
  if (tree.size() == root) line.fail();
  TreeNode& node = tree.back();
  if (line.tag() == "@empty") {
    node.kind = TreeNode::Kind::empty;
  } else if (line.tag() == "@leaf") {
    node.kind = TreeNode::Kind::leaf;
    node.component = line.position(components);
  } else if (line.tag() == "@split") {
    node.kind = TreeNode::Kind::split;
  } else if (line.tag() == "@positive") {
    node.kind = TreeNode::Kind::positive;
    node.constant = line.rational();
  } else if (line.tag() == "@squares") {
    node.kind = TreeNode::Kind::squares;
  } else if (line.tag() == "@s") {
    node.weights.push_back(line.rational());
    node.factors.push_back(line.polynomial());
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

}  // namespace

std::vector<Tree> propose_trees(const std::vector<System>& systems,
                                const std::vector<std::vector<Polynomials>>& components, const ProcessLimits& limits) {
  std::string question = prelude_of(systems.front());
  for (const char* part : {script::squares, script::isolated, script::section, script::components, script::tree})
    question += part;
  for (std::size_t s = 0; s < systems.size(); ++s) {
    question += "P = list();\n";
    for (std::size_t k = 0; k < components[s].size(); ++k)
      question +=
          fmt::format("P[{0}] = ideal({1});\nattrib(P[{0}], \"isSB\", 1);\n", k + 1, ideal_of(components[s][k]));
    question += fmt::format("say_tree(ideal({}));\n", equations_of(systems[s]));
  }
  question += script::end;
  const std::string output = ask(question, limits);
  std::vector<Tree> trees;
  for (const std::string_view text : answer(output)) {
    Line line(text, systems.front().unknowns());
    if (line.tag() == "@system" && trees.size() < systems.size()) {
      trees.push_back(lemmas_of(systems[trees.size()]));
      continue;
    }
    if (trees.empty()) line.fail();
    const std::size_t at = trees.size() - 1;
    read_tree(line, systems[at], components[at].size(), trees.back());
  }
  if (trees.size() != systems.size()) throw NoProposal("Singular's answer is not one for each normal form");
  return trees;
}

}  // namespace rankscape::critical_set
