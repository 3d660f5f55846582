#include <rankscape/check/run.hpp>
#include <rankscape/exact/decimal.hpp>
#include <rankscape/explore/latex.hpp>

namespace rankscape {

namespace {

std::string matrix(const RationalMatrix& a) {
  std::string text = "\\begin{pmatrix} ";
  for (Index i = 0; i < a.rows(); ++i) {
    if (i > 0) text += " \\\\ ";
    for (Index j = 0; j < a.cols(); ++j)
      text += (j == 0 ? "" : " & ") + to_latex(a(i, j));
  }
  return text + " \\end{pmatrix}";
}

std::string datum_latex(const std::string& name, const Datum& datum) {
  std::string text;
  const auto equation = [&](const std::string& left, const std::string& right) {
    text += (text.empty() ? "" : ",\\quad\n  ") + left + " = " + right;
  };
  const std::string letter = name.size() == 1 ? name : "\\mathrm{" + name + "}";
  if (const auto* number = std::get_if<Rational>(&datum)) equation(letter, to_latex(*number));
  if (const auto* one = std::get_if<RationalMatrix>(&datum)) equation(letter, matrix(*one));
  if (const auto* numbers = std::get_if<std::vector<Rational>>(&datum)) {
    std::string list;
    for (const Rational& number : *numbers)
      list += (list.empty() ? "(" : ", ") + to_latex(number);
    equation(letter, list + ")");
  }
  if (const auto* many = std::get_if<std::vector<RationalMatrix>>(&datum)) {
    for (std::size_t k = 0; k < many->size(); ++k)
      equation(letter + "_{" + std::to_string(k + 1) + "}", matrix((*many)[k]));
  }
  return text;
}

std::string value_latex(const Counterexample& at) {
  if (!at.value_within) return to_latex(at.value);
  const DecimalEnclosure printed = to_decimal(*at.value_within, 9);
  return "\\in [" + printed.lo + ", " + printed.hi + "]";
}

// Names and verdicts in text mode.
std::string escaped(const std::string& text) {
  std::string result;
  for (const char c : text) {
    if (std::string_view("_%&#$").find(c) != std::string_view::npos) result += '\\';
    if (c == '{' || c == '}') result += '\\';
    result += c;
  }
  return result;
}

}  // namespace

std::string to_latex(const Counterexample& at, const Statement& refuted) {
  std::string text = "% " + at.key + "\n";
  text += "A counterexample to ``" + escaped(refuted.title().empty() ? refuted.id() : refuted.title()) + "'':\n\\[\n  ";
  bool first = true;
  for (const auto& [name, datum] : at.point.data) {
    text += (first ? "" : ",\\quad\n  ") + datum_latex(name, datum);
    first = false;
  }
  for (std::size_t h = 0; h < at.weight_names.size(); ++h) {
    std::string name = at.weight_names[h];  // W(1) is W_{1}
    if (const std::size_t index = name.find('('); index != std::string::npos && name.back() == ')') {
      name.replace(index, 1, "_{");
      name.back() = '}';
    }
    text += ",\\quad\n  " + name + (at.value_within ? " \\approx " : " = ") + matrix(at.point.weights[h]);
  }
  text += ".\n\\]\n";
  if (at.value_within) text += "The point is the critical one proved beside these weights. ";
  if (!at.choice.empty())
    text += "With $" + escaped(at.choice) + "$, t";
  else
    text += "T";
  if (!at.predicted.empty())
    text += "he statement says \\texttt{" + escaped(joined(at.predicted)) + "}";
  else
    text += "he statement fails";
  for (const std::string& claim : at.false_claims)
    text += " (the claim ``" + escaped(claim) + "'' is false)";
  text += "; the point is critical, its value is $" + value_latex(at) + "$, its Hessian has " +
          std::to_string(at.inertia.negative) + " negative, " + std::to_string(at.inertia.zero) + " zero and " +
          std::to_string(at.inertia.positive) + " positive eigenvalues, and it is certified as \\texttt{" +
          escaped(std::string(to_string(at.found))) + "}.\n";
  return text;
}

}  // namespace rankscape
