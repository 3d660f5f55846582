// Writing programs as formulas. A node becomes a sum of products; a product is a number, scalar factors and divisors,
// and matrix factors in order.

#include "program/formulas.hpp"

#include <algorithm>
#include <cctype>
#include <map>
#include <optional>
#include <set>

#include "program/pieces.hpp"

namespace rankscape::program {
namespace {

// "name(i, j)" in two parts
struct Name {
  std::string head;
  std::string indices;
};
Name parts_of(const std::string& name) {
  const std::size_t open = name.find('(');
  if (open == std::string::npos || name.back() != ')') return {name, ""};
  return {name.substr(0, open), name.substr(open + 1, name.size() - open - 2)};
}

class Writer {
 public:
  Writer(const Program& program, const PrintingOptions& options) : program_(program), options_(options) {
    for (const Input& input : program.inputs)
      taken_.insert(parts_of(input.name).head);
  }

  PrintedProgram all() {
    choose_names();
    PrintedProgram result;
    for (const Output& output : program_.outputs) {
      const Piece piece = sum_of(output.node, false, true);
      result.outputs.push_back({output.name, latex(output.name), piece.text, piece.latex});
    }
    for (const auto& [node, name] : names_) {
      const Piece piece = sum_of(node, false, true);
      result.where.push_back({name, latex(name), piece.text, piece.latex});
    }
    return result;
  }

 private:
  [[nodiscard]] const Instruction& at(Node node) const { return program_.instructions[node]; }
  [[nodiscard]] bool is_scalar(Node node) const { return at(node).rows == 1 && at(node).cols == 1; }
  [[nodiscard]] bool is_input(const std::string& name) const {
    return std::any_of(program_.inputs.begin(), program_.inputs.end(),
                       [&](const Input& input) { return input.name == name; });
  }
  [[nodiscard]] std::string latex(const std::string& name) const {
    if (name.starts_with("d/d")) return "\\nabla_{" + latex(name.substr(3)) + "} L";
    if (name.starts_with('d') && is_input(name.substr(1))) return "\\mathrm{d}" + latex(name.substr(1));
    return options_.latex ? options_.latex(name) : latex_of_name(name);
  }

  // norm2(a), s^2
  static bool printed_once(const Instruction& step) {
    return step.a == step.b && (step.operation == Operation::dot || step.operation == Operation::scalar_multiply);
  }

  // Sums that occur more than once are residuals: they get a name. So does whatever is long.
  void choose_names() {
    const std::size_t size = program_.instructions.size();
    std::vector<double> occurrences(size, 0);
    std::vector<double> leaves(size, 1);
    constexpr double most_leaves = 60;
    for (std::size_t k = 0; k < size; ++k) {
      const Instruction& step = at(static_cast<Node>(k));
      const int operands = operands_of(step.operation);
      if (operands == 1) leaves[k] = leaves[step.a];
      if (operands == 2) leaves[k] = leaves[step.a] + (printed_once(step) ? 0 : leaves[step.b]);
    }
    for (const Output& output : program_.outputs)
      occurrences[output.node] += 1;
    std::vector<Node> chosen;
    for (std::size_t k = size; k-- > 0;) {
      const Instruction& step = at(static_cast<Node>(k));
      const int operands = operands_of(step.operation);
      const bool sum = step.operation == Operation::add || step.operation == Operation::subtract;
      const bool is_output = std::any_of(program_.outputs.begin(), program_.outputs.end(),
                                         [&](const Output& output) { return output.node == k; });
      double inherited = occurrences[k];
      if (!is_output && occurrences[k] > 1 && operands > 0 && ((sum && leaves[k] > 2) || leaves[k] > most_leaves)) {
        chosen.push_back(static_cast<Node>(k));
        inherited = 1;
      }
      if (operands >= 1) occurrences[step.a] += inherited;
      if (operands == 2 && !printed_once(step)) occurrences[step.b] += inherited;
    }
    std::reverse(chosen.begin(), chosen.end());
    const auto matrices = std::count_if(chosen.begin(), chosen.end(), [&](Node node) { return !is_scalar(node); });
    const auto scalars = static_cast<std::ptrdiff_t>(chosen.size()) - matrices;
    int matrix = 0;
    int scalar = 0;
    for (const Node node : chosen)
      names_.emplace(node, is_scalar(node) ? fresh('s', scalar, scalars == 1) : fresh('R', matrix, matrices == 1));
  }
  std::string fresh(char letter, int& counter, bool alone) {
    std::string name(1, letter);
    if (alone && !taken_.contains(name)) return name;
    do {
      name = letter + std::to_string(++counter);
    } while (taken_.contains(name));
    return name;
  }

  // The node as a sum. `defining`: what its own name stands for.
  Piece sum_of(Node node, bool transposed, bool defining = false) {
    std::vector<Product> terms;
    collect(node, transposed, 1, defining, terms);
    if (terms.size() == 1) return written(terms.front());
    if (terms.empty())
      return literal(RationalMatrix(RationalMatrix::Constant(at(node).rows, at(node).cols, Rational(0))));
    // a term that begins with a plus stands first
    const auto first =
        std::find_if(terms.begin(), terms.end(), [](const Product& term) { return term.coefficient > 0; });
    if (first != terms.end()) std::rotate(terms.begin(), first, first + 1);
    Piece result{"", "", Level::sum};
    for (Product& term : terms) {
      const bool minus = term.coefficient < 0;
      if (minus) term.coefficient = -term.coefficient;
      const Piece piece = in_parentheses(written(term), Level::product);
      if (result.text.empty()) {
        result.text = (minus ? "-" : "") + piece.text;
        result.latex = (minus ? "-" : "") + piece.latex;
      } else {
        result.text += (minus ? " - " : " + ") + piece.text;
        result.latex += (minus ? " - " : " + ") + piece.latex;
      }
    }
    return result;
  }

  void collect(Node node, bool transposed, const Rational& factor, bool defining, std::vector<Product>& terms) {
    const Instruction& step = at(node);
    if (defining || !names_.contains(node)) {
      if (step.operation == Operation::add || step.operation == Operation::subtract) {
        collect(step.a, transposed, factor, false, terms);
        collect(step.b, transposed, step.operation == Operation::add ? factor : Rational(-factor), false, terms);
        return;
      }
      if (step.operation == Operation::transpose) return collect(step.a, !transposed, factor, false, terms);
      if (step.operation == Operation::scale) {
        return collect(step.a, transposed, factor * program_.factors[step.b], false, terms);
      }
    }
    Product product = product_of(node, transposed, defining);
    product.coefficient *= factor;
    for (auto known = terms.begin(); known != terms.end(); ++known) {
      if (!are_alike(*known, product)) continue;
      known->coefficient += product.coefficient;
      if (known->coefficient.is_zero()) terms.erase(known);
      return;
    }
    terms.push_back(std::move(product));
  }

  Product product_of(Node node, bool transposed, bool defining = false) {
    const Instruction& step = at(node);
    const auto name = names_.find(node);
    if (!defining && name != names_.end())
      return leaf(named(name->second, latex(name->second), transposed, node), node);
    switch (step.operation) {
      case Operation::input:
        return leaf(named(program_.inputs[step.a].name, latex(program_.inputs[step.a].name), transposed, node), node);
      case Operation::constant:
        return constant(program_.constants[step.a], transposed);
      case Operation::add:
      case Operation::subtract:
        return leaf(sum_of(node, transposed, defining), node);
      case Operation::multiply: {
        Product result = product_of(transposed ? step.b : step.a, transposed);
        append(result, product_of(transposed ? step.a : step.b, transposed));
        return result;
      }
      case Operation::scale: {
        Product result = product_of(step.a, transposed);
        result.coefficient *= program_.factors[step.b];
        return result;
      }
      case Operation::scalar_multiply: {
        Product result = product_of(step.a, false);
        append(result, product_of(step.b, transposed));
        return result;
      }
      case Operation::transpose:
        return product_of(step.a, !transposed);
      case Operation::reciprocal: {
        Product inverse;
        Product of = product_of(step.a, false);
        inverse.coefficient = 1 / of.coefficient;
        inverse.scalars = std::move(of.divisors);
        inverse.divisors = std::move(of.scalars);
        return inverse;
      }
      case Operation::dot:
        return leaf(inner(step), node);
      case Operation::hadamard: {
        const Piece a = sum_of(step.a, transposed);
        const Piece b = sum_of(step.b, transposed);
        return leaf({"hadamard(" + a.text + ", " + b.text + ")",
                     in_parentheses(a, Level::product).latex + " \\circ " + in_parentheses(b, Level::product).latex,
                     Level::product},
                    node);
      }
    }
    return {};
  }

  void append(Product& to, const Product& more) {
    to.coefficient *= more.coefficient;
    to.scalars.insert(to.scalars.end(), more.scalars.begin(), more.scalars.end());
    to.divisors.insert(to.divisors.end(), more.divisors.begin(), more.divisors.end());
    to.factors.insert(to.factors.end(), more.factors.begin(), more.factors.end());
  }

  Product leaf(Piece piece, Node node) {
    Product result;
    (is_scalar(node) ? result.scalars : result.factors).push_back(std::move(piece));
    return result;
  }
  Piece named(const std::string& text, const std::string& latex_text, bool transposed, Node node) {
    if (!transposed || is_scalar(node)) return {text, latex_text, Level::primary};
    return {text + "'", latex_text + "^{\\top}", Level::primary};
  }

  Piece inner(const Instruction& step) {
    if (step.a == step.b) {
      const Piece a = sum_of(step.a, false);
      return {"norm2(" + a.text + ")", "\\lVert " + a.latex + " \\rVert_F^2", Level::primary};
    }
    for (const auto& [fixed, other] : {std::pair(step.a, step.b), std::pair(step.b, step.a)}) {
      if (at(fixed).operation != Operation::constant) continue;
      const RationalMatrix& value = program_.constants[at(fixed).a];
      const Piece a = sum_of(other, false);
      if (value.rows() == value.cols() &&
          value == RationalMatrix(RationalMatrix::Identity(value.rows(), value.cols()))) {
        return {"tr(" + a.text + ")", "\\operatorname{tr}\\left(" + a.latex + "\\right)", Level::primary};
      }
      if (const auto position = single_one(value)) {
        const std::string i = std::to_string(position->first + 1);
        const Instruction& of = at(other);
        if (of.operation == Operation::input && of.cols == 1 && options_.is_sequence &&
            options_.is_sequence(program_.inputs[of.a].name)) {
          return {a.text + "(" + i + ")", in_parentheses(a, Level::primary).latex + "_{" + i + "}", Level::primary};
        }
        const std::string j = std::to_string(position->second + 1);
        return {"entry(" + a.text + ", " + i + ", " + j + ")",
                in_parentheses(a, Level::primary).latex + "_{" + i + "," + j + "}", Level::primary};
      }
    }
    const Piece a = sum_of(step.a, false);
    const Piece b = sum_of(step.b, false);
    return {"inner(" + a.text + ", " + b.text + ")", "\\langle " + a.latex + ", " + b.latex + " \\rangle",
            Level::primary};
  }
  static std::optional<std::pair<Index, Index>> single_one(const RationalMatrix& a) {
    std::optional<std::pair<Index, Index>> found;
    for (Index j = 0; j < a.cols(); ++j) {
      for (Index i = 0; i < a.rows(); ++i) {
        if (a(i, j).is_zero()) continue;
        if (found || a(i, j) != 1) return std::nullopt;
        found = {i, j};
      }
    }
    return found;
  }

  Product constant(const RationalMatrix& value, bool transposed) {
    Product result;
    if (value.rows() == 1 && value.cols() == 1) {
      result.coefficient = value(0, 0);
      return result;
    }
    const RationalMatrix a = transposed ? RationalMatrix(value.transpose()) : value;
    result.factors.push_back(literal(a));
    return result;
  }
  const Program& program_;
  const PrintingOptions& options_;
  std::set<std::string> taken_;
  std::map<Node, std::string> names_;
};

}  // namespace

std::string latex_of_name(const std::string& name) {
  if (name == "loss") return "L";
  const Name parts = parts_of(name);
  const std::string indices = parts.indices.empty() ? "" : "_{" + parts.indices + "}";
  const std::string& head = parts.head;
  if (head.size() == 1) return head + indices;
  if (head.size() == 2 && (head[0] == 'R' || head[0] == 's') &&
      std::isdigit(static_cast<unsigned char>(head[1])) != 0) {
    return head.substr(0, 1) + "_{" + head.substr(1) + "}";
  }
  std::string escaped;
  for (const char c : head)
    escaped += c == '_' ? "\\_" : std::string(1, c);
  return "\\mathrm{" + escaped + "}" + indices;
}

PrintedProgram to_formulas(const Program& program, const PrintingOptions& options) {
  return Writer(program, options).all();
}

}  // namespace rankscape::program
