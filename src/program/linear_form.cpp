#include "program/linear_form.hpp"

#include <stdexcept>

namespace rankscape::program {
namespace {

using Kind = LinearTerm::Kind;

// What a linear map does to the terms of a form. `map_left` and so on act on the matrix value of a term.
class Forms {
 public:
  Forms(Builder& builder, const Program& program, const std::vector<Node>& node)
      : builder_(builder), program_(program), node_(node), forms_(program.instructions.size()) {}

  std::vector<std::optional<LinearForm>> all() {
    std::size_t weight = 0;
    std::vector<std::size_t> weight_of(program_.inputs.size());
    for (const std::size_t k : program_.weights())
      weight_of[k] = weight++;
    for (std::size_t k = 0; k < program_.instructions.size(); ++k) {
      const Instruction& step = program_.instructions[k];
      if (step.operation == Operation::input) {
        LinearForm form;
        if (program_.inputs[step.a].is_weight) form.push_back(of_weight(weight_of[step.a], step.rows, step.cols));
        forms_[k] = std::move(form);
      } else {
        forms_[k] = of(step, node_[k]);
        if (forms_[k] && forms_[k]->size() > most_linear_terms) forms_[k] = std::nullopt;
      }
    }
    return std::move(forms_);
  }

 private:
  LinearTerm of_weight(std::size_t weight, Index rows, Index cols) {
    if (rows == 1 && cols == 1)
      return {Kind::inner, weight, builder_.scalar(Rational(1)), builder_.scalar(Rational(1))};
    return {Kind::straight, weight, builder_.identity(rows), builder_.identity(cols)};
  }

  std::optional<LinearForm> of(const Instruction& step, Node self) {
    LinearForm result;
    const int operands = operands_of(step.operation);
    if (operands >= 1 && !forms_[step.a]) return std::nullopt;
    if (operands == 2 && !forms_[step.b]) return std::nullopt;
    const auto each = [&](Node operand, auto map) {
      for (const LinearTerm& term : *forms_[operand])
        add_term(builder_, result, map(term));
    };
    const auto at = [&](Node operand) { return node_[operand]; };
    switch (step.operation) {
      case Operation::input:
      case Operation::constant:
        break;
      case Operation::add:
      case Operation::subtract: {
        const Rational sign = step.operation == Operation::add ? 1 : -1;
        each(step.a, [&](const LinearTerm& t) { return t; });
        each(step.b, [&](const LinearTerm& t) { return scaled(sign, t); });
        break;
      }
      case Operation::multiply:
        each(step.a, [&](const LinearTerm& t) { return right(t, at(step.b)); });
        each(step.b, [&](const LinearTerm& t) { return left(at(step.a), t); });
        break;
      case Operation::hadamard: {
        const bool a_moves = !forms_[step.a]->empty();
        const bool b_moves = !forms_[step.b]->empty();
        if (step.rows != 1 && step.cols != 1 && (a_moves || b_moves)) {
          if (a_moves && b_moves) return std::nullopt;
          const RationalMatrix* fixed = builder_.value_of(at(a_moves ? step.b : step.a));
          if (fixed == nullptr) return std::nullopt;
          return masked(*forms_[a_moves ? step.a : step.b], RationalMatrix(*fixed));
        }
        each(step.a, [&](const LinearTerm& t) { return entrywise(t, at(step.b)); });
        each(step.b, [&](const LinearTerm& t) { return entrywise(t, at(step.a)); });
        break;
      }
      case Operation::dot:
        each(step.a, [&](const LinearTerm& t) { return dot(t, at(step.b)); });
        each(step.b, [&](const LinearTerm& t) { return dot(t, at(step.a)); });
        break;
      case Operation::scale:
        each(step.a, [&](const LinearTerm& t) { return scaled(program_.factors[step.b], t); });
        break;
      case Operation::scalar_multiply:
        each(step.a, [&](const LinearTerm& t) { return spread(t, at(step.b)); });
        each(step.b, [&](const LinearTerm& t) { return times(at(step.a), t); });
        break;
      case Operation::transpose:
        each(step.a, [&](const LinearTerm& t) { return transposed(t); });
        break;
      case Operation::reciprocal: {
        const Node slope = builder_.negate(builder_.scalar_multiply(self, self));
        each(step.a, [&](const LinearTerm& t) { return times(slope, t); });
        break;
      }
    }
    return result;
  }

  LinearTerm scaled(const Rational& factor, LinearTerm t) {
    t.b = builder_.scale(factor, t.b);
    return t;
  }
  LinearTerm times(Node s, LinearTerm t) {
    t.b = builder_.scalar_multiply(s, t.b);
    return t;
  }
  // t is a scalar, so of the kind inner: <A, V> becomes M <A, V>
  LinearTerm spread(LinearTerm t, Node m) {
    t.b = builder_.scalar_multiply(t.b, m);
    return t;
  }
  LinearTerm left(Node a, LinearTerm t) {
    Node& factor = t.kind == Kind::inner ? t.b : t.a;
    factor = builder_.multiply(a, factor);
    return scalar_if_possible(t);
  }
  LinearTerm right(LinearTerm t, Node b) {
    t.b = builder_.multiply(t.b, b);
    return scalar_if_possible(t);
  }
  LinearTerm transposed(LinearTerm t) {
    if (t.kind == Kind::inner) {
      t.b = builder_.transpose(t.b);
      return t;
    }
    const Kind flipped = t.kind == Kind::straight ? Kind::transposed : Kind::straight;
    return {flipped, t.weight, builder_.transpose(t.b), builder_.transpose(t.a)};
  }
  // A 1 x 1 value is an inner product with V: A V B = <A^T B^T, V>, A V^T B = <B A, V>.
  LinearTerm scalar_if_possible(LinearTerm t) {
    if (t.kind == Kind::inner || builder_.rows(t.a) != 1 || builder_.cols(t.b) != 1) return t;
    return {Kind::inner, t.weight, gradient_of(t), builder_.scalar(Rational(1))};
  }
  Node gradient_of(const LinearTerm& t) {
    if (t.kind != Kind::straight) return builder_.multiply(t.b, t.a);
    const Node right = builder_.transpose(t.b);
    return builder_.multiply(builder_.transpose(t.a), right);
  }
  // <value, N>
  LinearTerm dot(const LinearTerm& t, Node n) {
    const Node one = builder_.scalar(Rational(1));
    switch (t.kind) {
      case Kind::straight: {
        const Node right = builder_.transpose(t.b);
        return {Kind::inner, t.weight, builder_.multiply(builder_.transpose(t.a), n, right), one};
      }
      case Kind::transposed:
        return {Kind::inner, t.weight, builder_.multiply(t.b, builder_.transpose(n), t.a), one};
      case Kind::inner:
        break;
    }
    return {Kind::inner, t.weight, t.a, builder_.dot(t.b, n)};
  }
  // Of columns or rows: v o n = diag(n) v, or v diag(n).
  LinearTerm entrywise(LinearTerm t, Node n) {
    if (t.kind == Kind::inner) {
      t.b = builder_.hadamard(t.b, n);
      return t;
    }
    if (builder_.cols(n) == 1) return left(builder_.diag(n), t);
    return right(t, builder_.diag(builder_.transpose(n)));
  }
  // C o value for a constant C = sum u_k v_k^T: diag(u_k) value diag(v_k)
  std::optional<LinearForm> masked(const LinearForm& form, const RationalMatrix& mask) {
    const RationalMatrix basis = column_basis(mask);
    if (form.size() * static_cast<std::size_t>(basis.cols()) > most_linear_terms) return std::nullopt;
    const RationalMatrix rows = *solve(basis, mask);
    LinearForm result;
    const Node all = builder_.constant(mask);
    for (const LinearTerm& term : form) {
      if (term.kind == Kind::inner) {
        LinearTerm t = term;
        t.b = builder_.hadamard(t.b, all);
        add_term(builder_, result, t);
        continue;
      }
      for (Index k = 0; k < basis.cols(); ++k) {
        const Node u = builder_.diag(builder_.constant(basis.col(k)));
        const Node v = builder_.diag(builder_.constant(rows.row(k).transpose()));
        add_term(builder_, result, right(left(u, term), v));
      }
    }
    return result;
  }

  Builder& builder_;
  const Program& program_;
  const std::vector<Node>& node_;
  std::vector<std::optional<LinearForm>> forms_;
};

}  // namespace

void add_term(Builder& builder, LinearForm& form, LinearTerm term) {
  if (builder.is_zero(term.a) || builder.is_zero(term.b)) return;
  const bool of_scalar = term.kind == LinearTerm::Kind::inner && builder.is_scalar(term.b);
  if (of_scalar) {
    // the derivative of a scalar is one inner product a weight, 1 <A, V>
    term.a = builder.scalar_multiply(term.b, term.a);
    term.b = builder.scalar(Rational(1));
  } else {
    // scalar factors to the second factor, so that equal first factors are seen
    const Builder::Scaled first = builder.without_factor(term.a);
    term.a = first.core;
    term.b = builder.scale(first.factor, term.b);
  }
  for (std::size_t k = 0; k < form.size(); ++k) {
    LinearTerm& known = form[k];
    if (known.kind != term.kind || known.weight != term.weight) continue;
    if (known.a == term.a && !of_scalar) {
      known.b = builder.add(known.b, term.b);
    } else if (known.b == term.b) {
      known.a = builder.add(known.a, term.a);
    } else {
      continue;
    }
    if (builder.is_zero(known.a) || builder.is_zero(known.b)) form.erase(form.begin() + static_cast<std::ptrdiff_t>(k));
    return;
  }
  form.push_back(term);
}

std::vector<std::optional<LinearForm>> linear_forms(Builder& builder, const Program& program,
                                                    const std::vector<Node>& node) {
  return Forms(builder, program, node).all();
}

}  // namespace rankscape::program
