// Hash-consing and folding of the eleven instructions.

#include "program/builder.hpp"

#include <algorithm>
#include <stdexcept>

namespace rankscape::program {
namespace {

void require(bool condition, const char* what) {
  if (!condition) throw std::invalid_argument(std::string("matrix program: ") + what);
}

std::size_t mix(std::size_t seed, std::size_t value) {
  return (seed ^ (value + 0x9e3779b97f4a7c15U + (seed << 6U) + (seed >> 2U))) * 0x100000001b3U;
}

std::size_t hash_of(const RationalMatrix& a) {
  std::size_t seed = mix(static_cast<std::size_t>(a.rows()), static_cast<std::size_t>(a.cols()));
  for (Index k = 0; k < a.size(); ++k) {
    if (a(k).is_zero()) continue;
    const auto& value = a(k).backend().data();
    seed = mix(seed, static_cast<std::size_t>(k));
    seed = mix(seed, mpz_get_ui(mpq_numref(value)) * 2 + (a(k).sign() < 0 ? 1 : 0));
    seed = mix(seed, mpz_get_ui(mpq_denref(value)));
  }
  return seed;
}

bool is_multiple_of_identity(const RationalMatrix& a) {
  if (a.rows() != a.cols()) return false;
  for (Index j = 0; j < a.cols(); ++j) {
    for (Index i = 0; i < a.rows(); ++i) {
      if (i == j ? a(i, j) != a(0, 0) : !a(i, j).is_zero()) return false;
    }
  }
  return true;
}

bool is_ones(const RationalMatrix* a) {
  return a != nullptr && std::all_of(a->data(), a->data() + a->size(), [](const Rational& x) { return x == 1; });
}

}  // namespace

std::size_t Builder::Hash::operator()(const Instruction& step) const {
  return mix(mix(static_cast<std::size_t>(step.operation), step.a), step.b);
}

const RationalMatrix* Builder::value_of(Node a) const {
  const Instruction& step = program_.instructions[a];
  return step.operation == Operation::constant ? &program_.constants[step.a] : nullptr;
}

const Rational* Builder::scalar_value(Node a) const {
  const RationalMatrix* value = is_scalar(a) ? value_of(a) : nullptr;
  return value == nullptr ? nullptr : &(*value)(0, 0);
}

Builder::Scaled Builder::without_factor(Node a) const {
  const Instruction& step = program_.instructions[a];
  if (step.operation != Operation::scale) return {1, a};
  return {program_.factors[step.b], step.a};
}

Node Builder::emit(Operation operation, std::uint32_t a, std::uint32_t b, Index rows, Index cols) {
  const Instruction step{operation, a, b, rows, cols};
  const auto [found, is_new] = written_.emplace(step, static_cast<Node>(program_.instructions.size()));
  if (!is_new) return found->second;
  program_.instructions.push_back(step);
  Traits traits;
  switch (operation) {
    case Operation::input:
      traits.depends = program_.inputs[a].is_weight;
      traits.symmetric = program_.inputs[a].is_symmetric || (rows == 1 && cols == 1);
      break;
    case Operation::constant: {
      const RationalMatrix& value = program_.constants[a];
      traits.zero = rankscape::is_zero(value);
      traits.multiple_of_identity = is_multiple_of_identity(value);
      traits.identity = traits.multiple_of_identity && (value.size() == 0 || value(0, 0) == 1);
      traits.symmetric = value.rows() == value.cols() && is_symmetric(value);
      break;
    }
    case Operation::add:
    case Operation::subtract:
    case Operation::hadamard:
      traits.symmetric = traits_[a].symmetric && traits_[b].symmetric;
      break;
    case Operation::multiply:
      traits.symmetric = (this->operation(a) == Operation::transpose && program_.instructions[a].a == b) ||
                         (this->operation(b) == Operation::transpose && program_.instructions[b].a == a);
      break;
    case Operation::scalar_multiply:
      traits.symmetric = traits_[b].symmetric;
      break;
    case Operation::scale:
      traits.symmetric = traits_[a].symmetric;
      break;
    case Operation::transpose:
      break;
    case Operation::dot:
    case Operation::reciprocal:
      traits.symmetric = true;
      break;
  }
  const int operands = operands_of(operation);
  if (operands >= 1) traits.depends = traits_[a].depends;
  if (operands == 2) traits.depends = traits.depends || traits_[b].depends;
  traits_.push_back(traits);
  return found->second;
}

Node Builder::input(const Input& wanted) {
  require(!wanted.is_symmetric || (wanted.rows == wanted.cols && !wanted.is_weight),
          "a symmetric input that cannot be");
  for (std::size_t k = 0; k < program_.inputs.size(); ++k) {
    if (program_.inputs[k].name != wanted.name) continue;
    require(program_.inputs[k] == wanted, "an input again, with another shape or kind");
    return emit(Operation::input, static_cast<std::uint32_t>(k), 0, wanted.rows, wanted.cols);
  }
  program_.inputs.push_back(wanted);
  return emit(Operation::input, static_cast<std::uint32_t>(program_.inputs.size() - 1), 0, wanted.rows, wanted.cols);
}

Node Builder::constant(RationalMatrix value) {
  const std::size_t hash = hash_of(value);
  const auto [begin, end] = constants_.equal_range(hash);
  for (auto found = begin; found != end; ++found) {
    const RationalMatrix& known = program_.constants[found->second];
    if (known.rows() == value.rows() && known.cols() == value.cols() && known == value) {
      return emit(Operation::constant, found->second, 0, value.rows(), value.cols());
    }
  }
  const auto position = static_cast<std::uint32_t>(program_.constants.size());
  constants_.emplace(hash, position);
  program_.constants.push_back(std::move(value));
  return emit(Operation::constant, position, 0, program_.constants.back().rows(), program_.constants.back().cols());
}

Node Builder::zeros(Index rows, Index cols) {
  return constant(RationalMatrix::Constant(rows, cols, Rational(0)));
}
Node Builder::ones(Index rows, Index cols) {
  return constant(RationalMatrix::Constant(rows, cols, Rational(1)));
}
Node Builder::identity(Index size) {
  RationalMatrix value = RationalMatrix::Constant(size, size, Rational(0));
  for (Index i = 0; i < size; ++i)
    value(i, i) = 1;
  return constant(std::move(value));
}

// p a + q b where scalar factors are gathered.
Node Builder::combine(const Scaled& a, const Scaled& b) {
  if (a.core == b.core) return scale(a.factor + b.factor, a.core);
  const auto plain = [&](Operation operation, Node x, Node y) {
    return emit(operation, x, y, rows(a.core), cols(a.core));
  };
  const auto plus = [&](Node x, Node y) { return plain(Operation::add, std::min(x, y), std::max(x, y)); };
  if (a.factor == b.factor) return scale(a.factor, plus(a.core, b.core));
  if (a.factor == -b.factor) {
    return a.factor > 0 ? scale(a.factor, plain(Operation::subtract, a.core, b.core))
                        : scale(b.factor, plain(Operation::subtract, b.core, a.core));
  }
  if (b.factor < 0) {
    const Node less = scale(Rational(-b.factor), b.core);
    return plain(Operation::subtract, scale(a.factor, a.core), less);
  }
  if (a.factor < 0) {
    const Node less = scale(Rational(-a.factor), a.core);
    return plain(Operation::subtract, scale(b.factor, b.core), less);
  }
  const Node more = scale(b.factor, b.core);
  return plus(scale(a.factor, a.core), more);
}

Node Builder::add(Node a, Node b) {
  require(rows(a) == rows(b) && cols(a) == cols(b), "add: shapes differ");
  if (is_zero(a)) return b;
  if (is_zero(b)) return a;
  if (value_of(a) != nullptr && value_of(b) != nullptr) return constant(*value_of(a) + *value_of(b));
  if (gathers()) return combine(without_factor(a), without_factor(b));
  return emit(Operation::add, std::min(a, b), std::max(a, b), rows(a), cols(a));
}

Node Builder::subtract(Node a, Node b) {
  require(rows(a) == rows(b) && cols(a) == cols(b), "subtract: shapes differ");
  if (is_zero(b)) return a;
  if (is_zero(a)) return negate(b);
  if (a == b) return zeros(rows(a), cols(a));
  if (value_of(a) != nullptr && value_of(b) != nullptr) return constant(*value_of(a) - *value_of(b));
  if (gathers()) {
    const Scaled negative = without_factor(b);
    return combine(without_factor(a), {Rational(-negative.factor), negative.core});
  }
  return emit(Operation::subtract, a, b, rows(a), cols(a));
}

Node Builder::multiply(Node a, Node b) {
  require(cols(a) == rows(b), "multiply: shapes do not fit");
  if (is_zero(a) || is_zero(b) || cols(a) == 0) return zeros(rows(a), cols(b));
  if (is_identity(a)) return b;
  if (is_identity(b)) return a;
  if (is_scalar(a)) return scalar_multiply(a, b);
  if (is_scalar(b)) return scalar_multiply(b, a);
  if (value_of(a) != nullptr && value_of(b) != nullptr)
    return constant(rankscape::multiply(*value_of(a), *value_of(b)));
  if (gathers()) {
    if (traits_[a].multiple_of_identity) return scale(Rational((*value_of(a))(0, 0)), b);
    if (traits_[b].multiple_of_identity) return scale(Rational((*value_of(b))(0, 0)), a);
    const Scaled x = without_factor(a);
    const Scaled y = without_factor(b);
    if (x.core != a || y.core != b) return scale(x.factor * y.factor, multiply(x.core, y.core));
    if (operation(a) == Operation::scalar_multiply) {
      return scalar_multiply(instruction(a).a, multiply(instruction(a).b, b));
    }
    if (operation(b) == Operation::scalar_multiply) {
      return scalar_multiply(instruction(b).a, multiply(a, instruction(b).b));
    }
    if (operation(a) == Operation::transpose && operation(b) == Operation::transpose) {
      return transpose(multiply(instruction(b).a, instruction(a).a));
    }
  }
  return emit(Operation::multiply, a, b, rows(a), cols(b));
}

Node Builder::hadamard(Node a, Node b) {
  require(rows(a) == rows(b) && cols(a) == cols(b), "hadamard: shapes differ");
  if (is_scalar(a)) return scalar_multiply(a, b);
  if (is_zero(a) || is_ones(value_of(b))) return a;
  if (is_zero(b) || is_ones(value_of(a))) return b;
  if (value_of(a) != nullptr && value_of(b) != nullptr) return constant(value_of(a)->cwiseProduct(*value_of(b)));
  if (gathers()) {
    const Scaled x = without_factor(a);
    const Scaled y = without_factor(b);
    if (x.core != a || y.core != b) return scale(x.factor * y.factor, hadamard(x.core, y.core));
    if (operation(a) == Operation::scalar_multiply) {
      return scalar_multiply(instruction(a).a, hadamard(instruction(a).b, b));
    }
    if (operation(b) == Operation::scalar_multiply) {
      return scalar_multiply(instruction(b).a, hadamard(a, instruction(b).b));
    }
    if (operation(a) == Operation::transpose && operation(b) == Operation::transpose) {
      return transpose(hadamard(instruction(a).a, instruction(b).a));
    }
  }
  return emit(Operation::hadamard, std::min(a, b), std::max(a, b), rows(a), cols(a));
}

Node Builder::dot(Node a, Node b) {
  require(rows(a) == rows(b) && cols(a) == cols(b), "dot: shapes differ");
  if (is_scalar(a)) return scalar_multiply(a, b);
  if (is_zero(a) || is_zero(b) || rows(a) == 0 || cols(a) == 0) return scalar(Rational(0));
  if (value_of(a) != nullptr && value_of(b) != nullptr) {
    return scalar(value_of(a)->cwiseProduct(*value_of(b)).sum());
  }
  if (gathers()) {
    const Scaled x = without_factor(a);
    const Scaled y = without_factor(b);
    if (x.core != a || y.core != b) return scale(x.factor * y.factor, dot(x.core, y.core));
    if (operation(a) == Operation::scalar_multiply) {
      return scalar_multiply(instruction(a).a, dot(instruction(a).b, b));
    }
    if (operation(b) == Operation::scalar_multiply) {
      return scalar_multiply(instruction(b).a, dot(a, instruction(b).b));
    }
    if (operation(a) == Operation::transpose && operation(b) == Operation::transpose) {
      return dot(instruction(a).a, instruction(b).a);
    }
    if (is_identity(a) && operation(b) == Operation::multiply) {  // tr(CD) = <C^T, D>, without the product
      const Instruction product = instruction(b);
      return dot(transpose(product.a), product.b);
    }
    if (is_identity(b)) return dot(b, a);
  }
  return emit(Operation::dot, std::min(a, b), std::max(a, b), 1, 1);
}

Node Builder::scale(const Rational& factor, Node a) {
  if (factor == 1 || is_zero(a)) return a;
  if (factor.is_zero()) return zeros(rows(a), cols(a));
  if (const RationalMatrix* value = value_of(a)) return constant(*value * factor);
  const Scaled inner = without_factor(a);
  if (inner.core != a) return scale(inner.factor * factor, inner.core);
  const auto [found, is_new] = factors_.emplace(factor, static_cast<std::uint32_t>(program_.factors.size()));
  if (is_new) program_.factors.push_back(factor);
  return emit(Operation::scale, a, found->second, rows(a), cols(a));
}

Node Builder::scalar_multiply(Node s, Node a) {
  require(is_scalar(s), "scalar_multiply: the first operand is not 1 x 1");
  if (is_zero(a)) return a;
  if (const Rational* value = scalar_value(s)) return scale(Rational(*value), a);
  if (const Rational* value = scalar_value(a)) return scale(Rational(*value), s);
  if (gathers()) {
    const Scaled x = without_factor(s);
    const Scaled y = without_factor(a);
    if (x.core != s || y.core != a) return scale(x.factor * y.factor, scalar_multiply(x.core, y.core));
    if (!is_scalar(a) && operation(a) == Operation::scalar_multiply) {
      return scalar_multiply(scalar_multiply(s, instruction(a).a), instruction(a).b);
    }
  }
  if (is_scalar(a)) return emit(Operation::scalar_multiply, std::min(s, a), std::max(s, a), 1, 1);
  return emit(Operation::scalar_multiply, s, a, rows(a), cols(a));
}

Node Builder::transpose(Node a) {
  if (traits_[a].symmetric || is_scalar(a)) return a;
  if (operation(a) == Operation::transpose) return instruction(a).a;
  if (const RationalMatrix* value = value_of(a)) return constant(value->transpose());
  if (gathers()) {
    const Scaled x = without_factor(a);
    if (x.core != a) return scale(x.factor, transpose(x.core));
    if (operation(a) == Operation::scalar_multiply) {
      return scalar_multiply(instruction(a).a, transpose(instruction(a).b));
    }
    const Instruction product = instruction(a);  // (A S)^T = S A^T, so that it is found where it is needed anyway
    if (product.operation == Operation::multiply && (traits_[product.a].symmetric || traits_[product.b].symmetric)) {
      const Node right = transpose(product.a);
      return multiply(transpose(product.b), right);
    }
  }
  return emit(Operation::transpose, a, 0, cols(a), rows(a));
}

Node Builder::reciprocal(Node s) {
  require(is_scalar(s), "reciprocal: the operand is not 1 x 1");
  if (const Rational* value = scalar_value(s)) {
    if (value->is_zero()) throw std::domain_error("matrix program: 1/0");
    return scalar(1 / *value);
  }
  if (gathers()) {
    const Scaled x = without_factor(s);
    if (x.core != s) return scale(1 / x.factor, reciprocal(x.core));
  }
  return emit(Operation::reciprocal, s, 0, 1, 1);
}

std::vector<Node> Builder::append(const Program& program) {
  const Style style = style_;
  style_ = Style::as_written;
  std::vector<Node> inputs(program.inputs.size());
  for (std::size_t k = 0; k < inputs.size(); ++k) {
    const Input& input = program.inputs[k];
    inputs[k] = this->input(input);
    require(rows(inputs[k]) == input.rows && cols(inputs[k]) == input.cols, "an input of another shape");
  }
  std::vector<Node> node;
  node.reserve(program.instructions.size());
  for (const Instruction& step : program.instructions) {
    const auto a = [&] { return node[step.a]; };
    const auto b = [&] { return node[step.b]; };
    switch (step.operation) {
      case Operation::input:
        node.push_back(inputs[step.a]);
        break;
      case Operation::constant:
        node.push_back(constant(program.constants[step.a]));
        break;
      case Operation::add:
        node.push_back(add(a(), b()));
        break;
      case Operation::subtract:
        node.push_back(subtract(a(), b()));
        break;
      case Operation::multiply:
        node.push_back(multiply(a(), b()));
        break;
      case Operation::hadamard:
        node.push_back(hadamard(a(), b()));
        break;
      case Operation::dot:
        node.push_back(dot(a(), b()));
        break;
      case Operation::scale:
        node.push_back(scale(program.factors[step.b], a()));
        break;
      case Operation::scalar_multiply:
        node.push_back(scalar_multiply(a(), b()));
        break;
      case Operation::transpose:
        node.push_back(transpose(a()));
        break;
      case Operation::reciprocal:
        node.push_back(reciprocal(a()));
        break;
    }
  }
  style_ = style;
  return node;
}

Program Builder::finish(std::vector<Output> outputs) const {
  Program complete = program_;
  complete.outputs = std::move(outputs);
  return pruned(complete);
}

}  // namespace rankscape::program
