// Differentiation of formulas, the two decisions "is this identically zero", and polynomials as text.

#include <symbolic/formula.hpp>

#include <rankscape/exact/rational.hpp>

#include <algorithm>
#include <map>
#include <sstream>
#include <stdexcept>

namespace rankscape::symbolic {

ExpressionMatrix symbol_matrix(const std::string& name, Index rows, Index cols, std::vector<GiNaC::symbol>& symbols) {
  ExpressionMatrix result(rows, cols);
  for (Index col = 0; col < cols; ++col) {
    for (Index row = 0; row < rows; ++row) {
      const GiNaC::symbol entry(name + "_" + std::to_string(row + 1) + "_" + std::to_string(col + 1));
      symbols.push_back(entry);
      result(row, col) = entry;
    }
  }
  return result;
}

Expression to_expression(const Rational& value) {
  return GiNaC::numeric(rankscape::to_string(value).c_str());
}

ExpressionMatrix to_expression(const RationalMatrix& a) {
  ExpressionMatrix result(a.rows(), a.cols());
  for (Index col = 0; col < a.cols(); ++col) {
    for (Index row = 0; row < a.rows(); ++row)
      result(row, col) = to_expression(a(row, col));
  }
  return result;
}

Rational to_rational(const Expression& value) {
  if (!GiNaC::is_a<GiNaC::numeric>(value) || !GiNaC::ex_to<GiNaC::numeric>(value).is_rational()) {
    std::ostringstream text;
    text << value;
    throw std::invalid_argument("not a rational number: " + text.str());
  }
  std::ostringstream text;
  text << value;
  return Rational(text.str());
}

ExpressionVector gradient(const Formula& formula) {
  ExpressionVector result(static_cast<Index>(formula.variables.size()));
  for (Index i = 0; i < result.size(); ++i) {
    result(i) = formula.loss.diff(formula.variables[static_cast<std::size_t>(i)]);
  }
  return result;
}

ExpressionMatrix hessian(const Formula& formula, const ExpressionVector& gradient) {
  const Index n = gradient.size();
  ExpressionMatrix result(n, n);
  for (Index col = 0; col < n; ++col) {
    const GiNaC::symbol& variable = formula.variables[static_cast<std::size_t>(col)];
    for (Index row = col; row < n; ++row) {
      result(row, col) = gradient(row).diff(variable);
      result(col, row) = result(row, col);
    }
  }
  return result;
}

ExpressionMatrix hessian(const Formula& formula) {
  return hessian(formula, gradient(formula));
}

bool is_identically_zero(const Expression& polynomial) {
  return polynomial.expand().is_zero();
}

bool is_identically_zero_rational(const Expression& rational_function) {
  return rational_function.normal().is_zero();
}

namespace {

// Powers of symbols, by name, and the number they are multiplied by.
struct Term {
  int degree = 0;
  std::map<std::string, int> powers;
  GiNaC::numeric coefficient = 1;

  explicit Term(const Expression& term) {
    const bool product = GiNaC::is_a<GiNaC::mul>(term);
    for (std::size_t k = 0; k < (product ? term.nops() : 1); ++k) {
      const Expression factor = product ? term.op(k) : term;
      if (GiNaC::is_a<GiNaC::numeric>(factor)) {
        coefficient *= GiNaC::ex_to<GiNaC::numeric>(factor);
        continue;
      }
      const bool power = GiNaC::is_a<GiNaC::power>(factor);
      const int exponent = power ? GiNaC::ex_to<GiNaC::numeric>(factor.op(1)).to_int() : 1;
      std::ostringstream name;
      name << (power ? factor.op(0) : factor);
      powers[name.str()] += exponent;
      degree += exponent;
    }
  }

  [[nodiscard]] std::string to_text(bool first) const {
    std::ostringstream text;
    if (!first && coefficient.is_positive()) text << '+';
    if (powers.empty()) {
      text << coefficient;
    } else if (coefficient == -1) {
      text << '-';
    } else if (coefficient != 1) {
      text << coefficient << '*';
    }
    bool between = false;
    for (const auto& [name, exponent] : powers) {
      text << (between ? "*" : "") << name;
      if (exponent != 1) text << '^' << exponent;
      between = true;
    }
    return text.str();
  }
};

}  // namespace

PolynomialText text_of(const Expression& polynomial) {
  const Expression expanded = polynomial.expand();
  const bool sum = GiNaC::is_a<GiNaC::add>(expanded);
  std::vector<Term> terms;
  terms.reserve(sum ? expanded.nops() : 1);
  for (std::size_t k = 0; k < (sum ? expanded.nops() : 1); ++k)
    terms.emplace_back(sum ? expanded.op(k) : expanded);
  std::sort(terms.begin(), terms.end(), [](const Term& a, const Term& b) {
    if (a.degree != b.degree) return a.degree > b.degree;
    return std::lexicographical_compare(
        a.powers.begin(), a.powers.end(), b.powers.begin(), b.powers.end(),
        [](const auto& p, const auto& q) { return p.first != q.first ? p.first < q.first : p.second > q.second; });
  });
  PolynomialText result{{}, terms.front().coefficient.is_negative()};
  for (std::size_t k = 0; k < terms.size(); ++k) {
    if (result.negated) terms[k].coefficient = -terms[k].coefficient;
    result.text += terms[k].to_text(k == 0);
  }
  return result;
}

}  // namespace rankscape::symbolic
