#include "certificate/workspace.hpp"

#include <algorithm>
#include <stdexcept>

#include "program/evaluate.hpp"

namespace rankscape::certificate {

using program::Operation;

namespace {

// Products in FLINT, the rest entry by entry.
class ExactRing {
 public:
  using Value = RationalMatrix;
  explicit ExactRing() = default;
  [[nodiscard]] static Value copy(const Value& a) { return a; }
  [[nodiscard]] static Value constant(const Value& a) { return a; }
  [[nodiscard]] static Value add(const Value& a, const Value& b) { return a + b; }
  [[nodiscard]] static Value subtract(const Value& a, const Value& b) { return a - b; }
  [[nodiscard]] static Value multiply(const Value& a, const Value& b) { return rankscape::multiply(a, b); }
  [[nodiscard]] static Value hadamard(const Value& a, const Value& b) { return a.cwiseProduct(b); }
  [[nodiscard]] static Value dot(const Value& a, const Value& b) {
    Rational sum = 0;
    for (Index k = 0; k < a.size(); ++k)
      sum += a(k) * b(k);
    return Value::Constant(1, 1, sum);
  }
  [[nodiscard]] static Value scale(const Rational& q, const Value& a) { return a * q; }
  [[nodiscard]] static Value scalar_multiply(const Value& s, const Value& a) { return a * s(0, 0); }
  [[nodiscard]] static Value transpose(const Value& a) { return a.transpose(); }
  [[nodiscard]] static Value reciprocal(const Value& s) {
    if (s(0, 0) == 0) throw std::domain_error("the reciprocal of 0");
    return Value::Constant(1, 1, Rational(1) / s(0, 0));
  }
};

}  // namespace

Workspace::Workspace(const program::Program& loss, std::vector<RationalMatrix> inputs)
    : program_(loss), inputs_(std::move(inputs)) {
  program_.outputs.resize(1);
  program_ = program::pruned(program_);
  loss_ = program_.outputs.front().node;
  loss_constants_ = program_.constants.size();
  if (inputs_.size() != program_.inputs.size()) throw std::invalid_argument("workspace: wrong number of inputs");
  for (std::size_t k = 0; k < inputs_.size(); ++k)
    if (inputs_[k].rows() != program_.inputs[k].rows || inputs_[k].cols() != program_.inputs[k].cols)
      throw std::invalid_argument("workspace: the shape of " + program_.inputs[k].name);
  if (loss_ + 1 != program_.instructions.size()) throw std::logic_error("workspace: the loss is not the last result");
  evaluate_new();
}

void Workspace::evaluate_new() {
  while (values_.size() < program_.instructions.size()) {
    values_.push_back(program::apply(
        program_, program_.instructions[values_.size()], ExactRing(),
        [&](std::uint32_t k) -> const RationalMatrix& { return inputs_[k]; },
        [&](Node node) -> const RationalMatrix& { return values_[node]; }));
  }
}

RationalVector Workspace::point() const {
  RationalVector x(parameters());
  Index next = 0;
  for (const std::size_t weight : program_.weights())
    for (Index k = 0; k < inputs_[weight].size(); ++k)
      x(next++) = inputs_[weight](k);
  return x;
}

Node Workspace::input(std::string_view name) {
  for (std::size_t k = 0; k < program_.inputs.size(); ++k)
    if (program_.inputs[k].name == name) return write(Operation::input, static_cast<std::uint32_t>(k), 0);
  throw std::out_of_range("no input is called " + std::string(name));
}

Node Workspace::constant(const RationalMatrix& value) {
  const auto same = [&](const RationalMatrix& a) {
    return a.rows() == value.rows() && a.cols() == value.cols() && a == value;
  };
  auto found = std::find_if(program_.constants.begin(), program_.constants.end(), same);
  const auto position = static_cast<std::uint32_t>(found - program_.constants.begin());
  if (found == program_.constants.end()) program_.constants.push_back(value);
  return write(Operation::constant, position, 0);
}

Node Workspace::write(Operation operation, std::uint32_t a, std::uint32_t b) {
  const auto same = [&](const program::Instruction& step) {
    return step.operation == operation && step.a == a && step.b == b;
  };
  const auto found = std::find_if(program_.instructions.begin(), program_.instructions.end(), same);
  if (found != program_.instructions.end()) return static_cast<Node>(found - program_.instructions.begin());
  const bool two = operation == Operation::add || operation == Operation::subtract;
  if ((operation == Operation::multiply && values_[a].cols() != values_[b].rows()) ||
      (two && (values_[a].rows() != values_[b].rows() || values_[a].cols() != values_[b].cols())))
    throw std::invalid_argument("workspace: shapes do not fit");
  program_.instructions.push_back({operation, a, b, 0, 0});
  evaluate_new();
  program_.instructions.back().rows = values_.back().rows();
  program_.instructions.back().cols = values_.back().cols();
  return static_cast<Node>(values_.size() - 1);
}

void Workspace::equate(Node a, Node b) {
  const Node difference = subtract(a, b);
  if (!is_zero(values_[difference])) throw std::invalid_argument("workspace: the matrices are not equal");
  vanishing_.push_back(difference);
}

}  // namespace rankscape::certificate
