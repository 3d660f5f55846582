// The derivation of a loss as one program: gradient by adjoints G, and the second differential as the sum of <G, da *
// db> over all products c = a * b of the program.

#include "program/differentiate.hpp"
#include "program/formulas.hpp"
#include "program/linear_form.hpp"

namespace rankscape::program {
namespace {

constexpr std::size_t most_printed_terms = 8;

// The derivative of a node written out, "dW(2)*W(1) + W(2)*dW(1)": without sums inside of products.
Node written_out(Builder& builder, const LinearForm& form, std::span<const Node> directions, Index rows, Index cols) {
  Node sum = builder.zeros(rows, cols);
  for (const LinearTerm& term : form) {
    const Node v = directions[term.weight];
    switch (term.kind) {
      case LinearTerm::Kind::straight:
        sum = builder.add(sum, builder.multiply(term.a, v, term.b));
        break;
      case LinearTerm::Kind::transposed:
        sum = builder.add(sum, builder.multiply(term.a, builder.transpose(v), term.b));
        break;
      case LinearTerm::Kind::inner:
        sum = builder.add(sum, builder.scalar_multiply(builder.dot(term.a, v), term.b));
        break;
    }
  }
  return sum;
}

}  // namespace

Program derivation(const Program& loss) {
  Builder builder(Builder::Style::gather_scalars);
  const Adjoints known = adjoints(builder, loss, loss.outputs.at(0).node);
  std::vector<Node> directions;
  std::vector<Output> outputs{{"loss", known.node[loss.outputs[0].node]}};
  std::vector<std::optional<Node>> of_input(loss.inputs.size());
  for (std::size_t k = 0; k < loss.instructions.size(); ++k) {
    if (loss.instructions[k].operation == Operation::input) of_input[loss.instructions[k].a] = known.adjoint[k];
  }
  for (const std::size_t k : loss.weights()) {
    const Input& weight = loss.inputs[k];
    directions.push_back(builder.input("d" + weight.name, weight.rows, weight.cols, false));
    outputs.push_back({"d/d" + weight.name, of_input[k] ? *of_input[k] : builder.zeros(weight.rows, weight.cols)});
  }
  std::vector<std::optional<Node>> moves = tangents(builder, loss, known.node, directions);
  const auto forms = linear_forms(builder, loss, known.node);
  for (std::size_t k = 0; k < moves.size(); ++k) {
    if (!moves[k] || !forms[k] || forms[k]->size() > most_printed_terms) continue;
    moves[k] = written_out(builder, *forms[k], directions, loss.instructions[k].rows, loss.instructions[k].cols);
  }
  Node q = builder.scalar(Rational(0));
  for (std::size_t k = 0; k < loss.instructions.size(); ++k) {
    const Instruction& step = loss.instructions[k];
    if (!known.adjoint[k] || operands_of(step.operation) == 0 || !moves[step.a]) continue;
    const Node g = *known.adjoint[k];
    const Node da = *moves[step.a];
    if (step.operation == Operation::reciprocal) {
      const Node self = known.node[k];
      const Node cube = builder.scalar_multiply(self, builder.scalar_multiply(self, self));
      const Node square = builder.scalar_multiply(da, da);
      q = builder.add(q, builder.scalar_multiply(builder.scalar_multiply(g, cube), square));
      continue;
    }
    if (operands_of(step.operation) != 2 || !moves[step.b]) continue;
    const Node db = *moves[step.b];
    switch (step.operation) {
      case Operation::multiply:
        q = builder.add(q, builder.dot(g, builder.multiply(da, db)));
        break;
      case Operation::hadamard:
        q = builder.add(q, builder.dot(g, builder.hadamard(da, db)));
        break;
      case Operation::dot:
        q = builder.add(q, builder.scalar_multiply(g, builder.dot(da, db)));
        break;
      case Operation::scalar_multiply:
        q = builder.add(q, builder.dot(g, builder.scalar_multiply(da, db)));
        break;
      default:
        break;
    }
  }
  outputs.push_back({"q", q});
  return builder.finish(std::move(outputs));
}

}  // namespace rankscape::program
