#include "program/differentiate.hpp"

#include <algorithm>
#include <stdexcept>

namespace rankscape::program {

Adjoints adjoints(Builder& builder, const Program& program, Node loss) {
  const Instruction& last = program.instructions.at(loss);
  if (last.rows != 1 || last.cols != 1) throw std::invalid_argument("matrix program: the loss is not 1 x 1");
  Adjoints result;
  result.node = builder.append(program);
  result.adjoint.resize(program.instructions.size());
  const std::vector<char> depends = depends_on_weights(program);
  result.adjoint[loss] = builder.scalar(Rational(1));
  for (Node k = loss + 1; k-- > 0;) {
    if (!result.adjoint[k] || depends[k] == 0) continue;
    const Instruction& step = program.instructions[k];
    const Node g = *result.adjoint[k];
    const auto pass = [&](Node to, auto contribution) {
      if (depends[to] == 0) return;
      const Node added = contribution();
      std::optional<Node>& sum = result.adjoint[to];
      sum = sum ? builder.add(*sum, added) : added;
    };
    const auto at = [&](Node operand) { return result.node[operand]; };
    switch (step.operation) {
      case Operation::input:
      case Operation::constant:
        break;
      case Operation::add:
        pass(step.a, [&] { return g; });
        pass(step.b, [&] { return g; });
        break;
      case Operation::subtract:
        pass(step.a, [&] { return g; });
        pass(step.b, [&] { return builder.negate(g); });
        break;
      case Operation::multiply:
        pass(step.a, [&] { return builder.multiply(g, builder.transpose(at(step.b))); });
        pass(step.b, [&] { return builder.multiply(builder.transpose(at(step.a)), g); });
        break;
      case Operation::hadamard:
        pass(step.a, [&] { return builder.hadamard(g, at(step.b)); });
        pass(step.b, [&] { return builder.hadamard(g, at(step.a)); });
        break;
      case Operation::dot:
        pass(step.a, [&] { return builder.scalar_multiply(g, at(step.b)); });
        pass(step.b, [&] { return builder.scalar_multiply(g, at(step.a)); });
        break;
      case Operation::scale:
        pass(step.a, [&] { return builder.scale(program.factors[step.b], g); });
        break;
      case Operation::scalar_multiply:
        pass(step.a, [&] { return builder.dot(g, at(step.b)); });
        pass(step.b, [&] { return builder.scalar_multiply(at(step.a), g); });
        break;
      case Operation::transpose:
        pass(step.a, [&] { return builder.transpose(g); });
        break;
      case Operation::reciprocal:
        pass(step.a, [&] { return builder.negate(builder.scalar_multiply(g, builder.scalar_multiply(at(k), at(k)))); });
        break;
    }
  }
  return result;
}

Program gradient(const Program& program) {
  Builder builder(Builder::Style::gather_scalars);
  const Adjoints all = adjoints(builder, program, program.outputs.at(0).node);
  std::vector<std::optional<Node>> of_input(program.inputs.size());
  for (std::size_t k = 0; k < program.instructions.size(); ++k) {
    if (program.instructions[k].operation == Operation::input) of_input[program.instructions[k].a] = all.adjoint[k];
  }
  std::vector<Output> outputs{{"value", all.node[program.outputs[0].node]}};
  for (const std::size_t k : program.weights()) {
    const Input& weight = program.inputs[k];
    const Node derivative = of_input[k] ? *of_input[k] : builder.zeros(weight.rows, weight.cols);
    outputs.push_back({"d/d" + weight.name, derivative});
  }
  return builder.finish(std::move(outputs));
}

std::vector<std::optional<Node>> tangents(Builder& builder, const Program& program, const std::vector<Node>& node,
                                          std::span<const Node> directions) {
  const std::vector<std::size_t> weights = program.weights();
  std::vector<std::optional<Node>> direction(program.inputs.size());
  for (std::size_t w = 0; w < weights.size(); ++w)
    direction[weights[w]] = directions[w];
  std::vector<std::optional<Node>> tangents(program.instructions.size());
  const auto sum = [&](std::optional<Node> x, std::optional<Node> y) -> std::optional<Node> {
    if (!x || !y) return x ? x : y;
    return builder.add(*x, *y);
  };
  // of a product: combine(da, b) + combine(a, db)
  const auto product = [&](const Instruction& step, auto combine) {
    std::optional<Node> first;
    std::optional<Node> second;
    if (tangents[step.a]) first = combine(*tangents[step.a], node[step.b]);
    if (tangents[step.b]) second = combine(node[step.a], *tangents[step.b]);
    return sum(first, second);
  };
  for (std::size_t k = 0; k < program.instructions.size(); ++k) {
    const Instruction& step = program.instructions[k];
    switch (step.operation) {
      case Operation::input:
        tangents[k] = direction[step.a];
        break;
      case Operation::constant:
        break;
      case Operation::add:
        tangents[k] = sum(tangents[step.a], tangents[step.b]);
        break;
      case Operation::subtract: {
        const std::optional<Node> b = tangents[step.b];
        if (b && tangents[step.a]) {
          tangents[k] = builder.subtract(*tangents[step.a], *b);
        } else {
          tangents[k] = b ? builder.negate(*b) : tangents[step.a];
        }
        break;
      }
      case Operation::multiply:
        tangents[k] = product(step, [&](Node a, Node b) { return builder.multiply(a, b); });
        break;
      case Operation::hadamard:
        tangents[k] = product(step, [&](Node a, Node b) { return builder.hadamard(a, b); });
        break;
      case Operation::dot:
        tangents[k] = product(step, [&](Node a, Node b) { return builder.dot(a, b); });
        break;
      case Operation::scalar_multiply:
        tangents[k] = product(step, [&](Node a, Node b) { return builder.scalar_multiply(a, b); });
        break;
      case Operation::scale:
        if (tangents[step.a]) tangents[k] = builder.scale(program.factors[step.b], *tangents[step.a]);
        break;
      case Operation::transpose:
        if (tangents[step.a]) tangents[k] = builder.transpose(*tangents[step.a]);
        break;
      case Operation::reciprocal:
        if (tangents[step.a]) {
          const Node squared = builder.scalar_multiply(node[k], node[k]);
          tangents[k] = builder.negate(builder.scalar_multiply(squared, *tangents[step.a]));
        }
        break;
    }
  }
  return tangents;
}

Program tangent(const Program& program) {
  Builder builder(Builder::Style::gather_scalars);
  const std::vector<Node> node = builder.append(program);
  std::string letter = "V";
  const auto taken = [&letter](const Input& input) {
    return input.name.compare(0, letter.size() + 1, letter + "(") == 0;
  };
  while (std::any_of(program.inputs.begin(), program.inputs.end(), taken))
    letter += "'";
  std::vector<Node> directions;
  for (const std::size_t k : program.weights()) {
    const Input& weight = program.inputs[k];
    directions.push_back(
        builder.input(letter + "(" + std::to_string(directions.size() + 1) + ")", weight.rows, weight.cols, false));
  }
  const std::vector<std::optional<Node>> derivatives = tangents(builder, program, node, directions);
  std::vector<Output> outputs;
  for (const Output& output : program.outputs) {
    const Instruction& step = program.instructions[output.node];
    const std::optional<Node> derivative = derivatives[output.node];
    outputs.push_back({"d " + output.name, derivative ? *derivative : builder.zeros(step.rows, step.cols)});
  }
  return builder.finish(std::move(outputs));
}

Program hessian_vector(const Program& program) {
  Program first = gradient(program);
  first.outputs.erase(first.outputs.begin());
  Program result = tangent(pruned(first));
  for (std::size_t w = 0; w < result.outputs.size(); ++w)
    result.outputs[w].name = "H V(" + std::to_string(w + 1) + ")";
  return result;
}

}  // namespace rankscape::program
