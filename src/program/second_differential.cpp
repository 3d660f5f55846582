#include "program/second_differential.hpp"

#include "program/differentiate.hpp"
#include "program/linear_form.hpp"

namespace rankscape::program {
namespace {

using Kind = SecondDifferential::Kind;
using Term = SecondDifferential::Term;
using FormKind = LinearTerm::Kind;

constexpr std::size_t most_terms = 4000;

class Second {
 public:
  explicit Second(const Program& program) : program_(program), builder_(Builder::Style::gather_scalars) {}

  std::optional<SecondDifferential> all() {
    const Adjoints known = adjoints(builder_, program_, program_.outputs.at(0).node);
    const auto forms = linear_forms(builder_, program_, known.node);
    for (std::size_t k = 0; k < program_.instructions.size(); ++k) {
      if (!known.adjoint[k]) continue;
      const Instruction& step = program_.instructions[k];
      const int operands = operands_of(step.operation);
      if (operands >= 1 && !forms[step.a]) return std::nullopt;
      if (operands == 2 && !forms[step.b]) return std::nullopt;
      if (!contribute(step, known.node[k], *known.adjoint[k], forms)) return std::nullopt;
      if (terms_.size() > most_terms) return std::nullopt;
    }
    SecondDifferential result;
    std::vector<Output> outputs;
    for (const Term& term : terms_) {
      outputs.push_back({"A", term.a});
      outputs.push_back({"B", term.b});
    }
    result.program = builder_.finish(std::move(outputs));
    result.terms = std::move(terms_);
    for (std::size_t k = 0; k < result.terms.size(); ++k) {
      result.terms[k].a = result.program.outputs[2 * k].node;
      result.terms[k].b = result.program.outputs[2 * k + 1].node;
    }
    return result;
  }

 private:
  bool contribute(const Instruction& step, Node self, Node g, const std::vector<std::optional<LinearForm>>& forms) {
    switch (step.operation) {
      case Operation::multiply:
        pairs(*forms[step.a], *forms[step.b], [&](const LinearTerm& x, const LinearTerm& y) { product(g, x, y); });
        return true;
      case Operation::dot: {
        const auto contribution = [&](const LinearTerm& x, const LinearTerm& y) { inner(g, x, y); };
        if (step.a == step.b) {
          squares(*forms[step.a], contribution);
        } else {
          pairs(*forms[step.a], *forms[step.b], contribution);
        }
        return true;
      }
      case Operation::scalar_multiply: {
        const auto contribution = [&](const LinearTerm& x, const LinearTerm& y) {
          put({Kind::inner, 1, x.weight, y.weight, x.a, gradient_of(builder_.scalar_multiply(x.b, g), y)});
        };
        if (step.a == step.b) {
          squares(*forms[step.a], contribution);
        } else {
          pairs(*forms[step.a], *forms[step.b], contribution);
        }
        return true;
      }
      case Operation::hadamard: {
        const LinearForm& a = *forms[step.a];
        const LinearForm& b = *forms[step.b];
        if (a.empty() || b.empty()) return true;
        if (step.rows != 1 && step.cols != 1) return false;
        const bool column = step.cols == 1;
        const Node diagonal = builder_.diag(column ? g : builder_.transpose(g));
        pairs(a, b, [&](const LinearTerm& x, const LinearTerm& y) {
          if (column) {
            inner_through(x, diagonal, y);
          } else {
            const LinearTerm y_transposed = transposed(y);
            inner_through(transposed(x), diagonal, y_transposed);
          }
        });
        return true;
      }
      case Operation::reciprocal: {
        const Node cube = builder_.scalar_multiply(self, builder_.scalar_multiply(self, self));
        const Node bend = builder_.scalar_multiply(g, cube);
        squares(*forms[step.a], [&](const LinearTerm& x, const LinearTerm& y) {
          const Node factor = builder_.scalar_multiply(bend, builder_.scalar_multiply(x.b, y.b));
          put({Kind::inner, 1, x.weight, y.weight, x.a, builder_.scalar_multiply(factor, y.a)});
        });
        return true;
      }
      default:
        return true;
    }
  }

  template <class Contribution>
  void pairs(const LinearForm& a, const LinearForm& b, Contribution contribution) {
    for (const LinearTerm& x : a) {
      for (const LinearTerm& y : b)
        contribution(x, y);
    }
  }
  // of a form with itself: mixed pairs once, and doubled
  template <class Contribution>
  void squares(const LinearForm& form, Contribution contribution) {
    for (std::size_t k = 0; k < form.size(); ++k) {
      contribution(form[k], form[k]);
      multiple_ = 2;
      for (std::size_t l = 0; l < k; ++l)
        contribution(form[k], form[l]);
      multiple_ = 1;
    }
  }

  // <G, x y>
  void product(Node g, const LinearTerm& x, const LinearTerm& y) {
    const Node g_transposed = builder_.transpose(g);
    if (x.kind == FormKind::inner) {  // <G, M y> <A, V>
      put({Kind::inner, 1, x.weight, y.weight, x.a, gradient_of(builder_.multiply(builder_.transpose(x.b), g), y)});
      return;
    }
    if (y.kind == FormKind::inner) {
      put({Kind::inner, 1, x.weight, y.weight, gradient_of(builder_.multiply(g, builder_.transpose(y.b)), x), y.a});
      return;
    }
    const Node between = builder_.multiply(x.b, y.a);
    sandwich(builder_.multiply(y.b, g_transposed, x.a), x, between, y);
  }

  // g <x, y>
  void inner(Node g, const LinearTerm& x, const LinearTerm& y) {
    if (x.kind == FormKind::inner || y.kind == FormKind::inner) {
      const LinearTerm& fixed = x.kind == FormKind::inner ? x : y;
      const LinearTerm& other = x.kind == FormKind::inner ? y : x;
      put({Kind::inner, 1, fixed.weight, other.weight, fixed.a,
           gradient_of(builder_.scalar_multiply(g, fixed.b), other)});
      return;
    }
    const LinearTerm t = transposed(x);
    const Node between = gram(t.b, y.a);
    sandwich(builder_.scalar_multiply(g, gram(y.b, t.a)), t, between, y);
  }

  // tr(x^T D y)
  void inner_through(const LinearTerm& x, Node d, const LinearTerm& y) {
    if (x.kind == FormKind::inner || y.kind == FormKind::inner) {
      const LinearTerm& fixed = x.kind == FormKind::inner ? x : y;
      const LinearTerm& other = x.kind == FormKind::inner ? y : x;
      put({Kind::inner, 1, fixed.weight, other.weight, fixed.a, gradient_of(builder_.multiply(d, fixed.b), other)});
      return;
    }
    const LinearTerm t = transposed(x);
    const Node between = builder_.multiply(t.b, d, y.a);
    sandwich(builder_.multiply(y.b, t.a), t, between, y);
  }

  // C D^T of two products that end alike, (P X)(Q X)^T, by the smaller X X^T: sums over samples once
  Node gram(Node c, Node d) {
    const Node other = builder_.transpose(d);
    const auto ends = [&](Node n) -> std::optional<Node> {
      const Instruction& step = builder_.instruction(n);
      if (step.operation == Operation::multiply) return step.b;
      return n;
    };
    const Node c_core = builder_.without_factor(c).core;
    const Node other_core = builder_.without_factor(other).core;
    const std::optional<Node> x = ends(c_core);
    if (x && x == ends(other_core) && builder_.cols(*x) > builder_.rows(*x) && !builder_.is_identity(*x)) {
      const auto start = [&](Node n) {
        return n == *x ? builder_.identity(builder_.rows(*x)) : builder_.instruction(n).a;
      };
      const Node moment = builder_.multiply(*x, builder_.transpose(*x));
      const Node right = builder_.transpose(start(other_core));
      const Node result = builder_.multiply(builder_.multiply(start(c_core), moment), right);
      return builder_.scale(builder_.without_factor(c).factor * builder_.without_factor(other).factor, result);
    }
    return builder_.multiply(c, d);
  }

  // tr(A x' B y') with the bare directions of x and y
  void sandwich(Node a, const LinearTerm& x, Node b, const LinearTerm& y) {
    const bool x_flipped = x.kind == FormKind::transposed;
    const bool y_flipped = y.kind == FormKind::transposed;
    if (!y_flipped) {
      put({x_flipped ? Kind::transposed : Kind::straight, 1, x.weight, y.weight, a, b});
    } else {  // tr(A V_i B V_j^T) = tr(B^T V_i^T A^T V_j)
      put({x_flipped ? Kind::straight : Kind::transposed, 1, x.weight, y.weight, builder_.transpose(b),
           builder_.transpose(a)});
    }
  }

  LinearTerm transposed(const LinearTerm& t) {
    if (t.kind == FormKind::inner) return {t.kind, t.weight, t.a, builder_.transpose(t.b)};
    return {t.kind == FormKind::straight ? FormKind::transposed : FormKind::straight, t.weight, builder_.transpose(t.b),
            builder_.transpose(t.a)};
  }

  // N with <G, value of t> = <N, V>
  Node gradient_of(Node g, const LinearTerm& t) {
    switch (t.kind) {
      case FormKind::straight: {
        const Node right = builder_.transpose(t.b);
        return builder_.multiply(builder_.transpose(t.a), g, right);
      }
      case FormKind::transposed:
        return builder_.multiply(t.b, builder_.transpose(g), t.a);
      case FormKind::inner:
        break;
    }
    return builder_.scalar_multiply(builder_.dot(g, t.b), t.a);
  }

  void put(Term term) {
    if (builder_.is_zero(term.a) || builder_.is_zero(term.b)) return;
    if (term.i < term.j) {
      std::swap(term.i, term.j);
      if (term.kind == Kind::transposed) {  // tr(A V_i^T B V_j) = tr(A^T V_j^T B^T V_i)
        term.a = builder_.transpose(term.a);
        term.b = builder_.transpose(term.b);
      } else {
        std::swap(term.a, term.b);
      }
    }
    const Builder::Scaled a = builder_.without_factor(term.a);
    const Builder::Scaled b = builder_.without_factor(term.b);
    term.a = a.core;
    term.b = b.core;
    term.factor = a.factor * b.factor * multiple_;
    for (std::size_t k = 0; k < terms_.size(); ++k) {
      Term& known = terms_[k];
      if (known.kind != term.kind || known.i != term.i || known.j != term.j) continue;
      if (known.a == term.a && known.b == term.b) {
        known.factor += term.factor;
      } else if (known.a == term.a) {
        merge(known, known.b, term.b, term.factor);
      } else if (known.b == term.b) {
        merge(known, known.a, term.a, term.factor);
      } else {
        continue;
      }
      if (known.factor == 0) terms_.erase(terms_.begin() + static_cast<std::ptrdiff_t>(k));
      return;
    }
    terms_.push_back(std::move(term));
  }
  void merge(Term& known, Node& part, Node other, const Rational& factor) {
    const Node more = builder_.scale(factor, other);
    const Builder::Scaled sum = builder_.without_factor(builder_.add(builder_.scale(known.factor, part), more));
    known.factor = builder_.is_zero(sum.core) ? Rational(0) : sum.factor;
    part = sum.core;
  }

  const Program& program_;
  Builder builder_;
  std::vector<Term> terms_;
  Rational multiple_ = 1;
};

}  // namespace

std::optional<SecondDifferential> second_differential(const Program& program) {
  return Second(program).all();
}

}  // namespace rankscape::program
