#include "program/enclosure_ring.hpp"

#include "program/differentiate.hpp"
#include "program/formulas.hpp"
#include "program/hessian.hpp"

namespace rankscape::program {
namespace {

std::vector<RationalMatrix> midpoints(std::span<const EnclosedMatrix> box) {
  std::vector<RationalMatrix> result;
  for (const EnclosedMatrix& input : box)
    result.push_back(input.midpoint());
  return result;
}

bool is_exact(std::span<const EnclosedMatrix> box) {
  return std::all_of(box.begin(), box.end(), [](const EnclosedMatrix& input) { return input.is_exact(); });
}

// The second differential alone; the directions are inputs that are no weights.
Program second_form(const Program& loss) {
  Program all = derivation(loss);
  all.outputs = {all.outputs.back()};
  return pruned(all);
}

EnclosedMatrix hessian_over(const CompiledLoss& loss, std::span<const EnclosedMatrix> box) {
  const EnclosureRing ring;
  const Index n = loss.parameters();
  EnclosedMatrix result(n, n);
  if (const std::optional<SecondDifferential>& terms = loss.second()) {
    const std::vector<EnclosedMatrix> values = evaluate_all(terms->program, box, ring);
    assemble(
        *terms, [&](Node node, Index i, Index j) -> const Enclosure& { return values[node](i, j); },
        [](const Enclosure& x, const Enclosure& y, const Rational& factor) {
          return Enclosure(factor) * (&x == &y ? square(x) : x * y);
        },
        [&](Index row, Index col, const Enclosure& entry) { result(row, col) = result(row, col) + entry; });
    return result;
  }
  std::vector<EnclosedMatrix> with_direction(box.begin(), box.end());
  for (const std::size_t k : loss.loss().weights())
    with_direction.emplace_back(loss.loss().inputs[k].rows, loss.loss().inputs[k].cols);
  Index col = 0;
  for (std::size_t w = box.size(); w < with_direction.size(); ++w) {
    for (Enclosure& entry : with_direction[w].entries) {
      entry = Enclosure(Rational(1));
      std::size_t row = static_cast<std::size_t>(col++ * n);
      for (const EnclosedMatrix& part :
           evaluate(loss.hessian_vector_program(), std::span<const EnclosedMatrix>(with_direction), ring)) {
        for (const Enclosure& derivative : part.entries)
          result.entries[row++] = derivative;
      }
      entry = Enclosure();
    }
  }
  for (Index j = 0; j < n; ++j) {
    for (Index i = 0; i < j; ++i)
      result(i, j) = result(j, i) = intersection(result(i, j), result(j, i));
  }
  return result;
}

}  // namespace

EnclosedMatrix EnclosureRing::hadamard(const Value& a, const Value& b) const {
  Value result(a.rows, a.cols);
  for (std::size_t k = 0; k < result.entries.size(); ++k)
    result.entries[k] = &a == &b ? square(a.entries[k]) : a.entries[k] * b.entries[k];
  return result;
}

EnclosedMatrix EnclosureRing::dot(const Value& a, const Value& b) const {
  Value result(1, 1);
  if (&a == &b) {
    result(0, 0) = norm2(a);
    return result;
  }
  for (std::size_t k = 0; k < a.entries.size(); ++k)
    result(0, 0) = result(0, 0) + a.entries[k] * b.entries[k];
  return result;
}

EnclosedMatrix EnclosureRing::scalar_multiply(const Value& s, const Value& a) const {
  if (&s != &a) return s(0, 0) * a;
  Value result(1, 1);
  result(0, 0) = square(s(0, 0));
  return result;
}

EnclosedMatrix EnclosureRing::reciprocal(const Value& s) const {
  Value result(1, 1);
  result(0, 0) = Enclosure(Rational(1)) / s(0, 0);
  return result;
}

Enclosure EnclosedFunction::operator()(std::span<const EnclosedMatrix> box) const {
  const EnclosureRing ring;
  const Program& gradient = function_.gradient_program();
  if (is_exact(box)) return evaluate(function_.loss(), box, ring)[0](0, 0);
  const std::vector<EnclosedMatrix> values = evaluate(gradient, box, ring);
  const std::vector<RationalMatrix> middle = midpoints(box);
  const RationalVector slope = function_.gradient(middle);
  const EnclosedMatrix bend = hessian_over(function_, box);
  std::vector<Rational> radii;
  Enclosure first(function_.value(middle));  // f(c) + <gradient over the box, W - c>
  Enclosure second = first;  // f(c) + <gradient at c, W - c> + 1/2 <W - c, Hessian over the box (W - c)>
  const std::vector<std::size_t> weights = gradient.weights();
  for (std::size_t w = 0; w < weights.size(); ++w) {
    const EnclosedMatrix& at = box[weights[w]];
    for (std::size_t k = 0; k < at.entries.size(); ++k) {
      radii.push_back(at.entries[k].width() / 2);
      const Enclosure offset(-radii.back(), radii.back());
      first = first + values[w + 1].entries[k] * offset;
      second = second + Enclosure(slope(static_cast<Index>(radii.size()) - 1)) * offset;
    }
  }
  for (Index j = 0; j < bend.cols; ++j) {
    for (Index i = 0; i <= j; ++i) {
      const Rational size = radii[static_cast<std::size_t>(i)] * radii[static_cast<std::size_t>(j)];
      const Enclosure product = i == j ? Enclosure(Rational(0), size / 2) : Enclosure(-size, size);
      second = second + bend(i, j) * product;
    }
  }
  return intersection(intersection(values[0](0, 0), first), second);
}

EnclosedLoss::EnclosedLoss(Program loss) : value_(loss), form_(second_form(loss)) {}

EnclosedMatrix EnclosedLoss::gradient(std::span<const EnclosedMatrix> box) const {
  const Program& program = loss().gradient_program();
  const std::vector<EnclosedMatrix> values = evaluate(program, box, EnclosureRing());
  EnclosedMatrix result(loss().parameters(), 1);
  std::vector<Rational> radii;
  std::size_t position = 0;
  const std::vector<std::size_t> weights = program.weights();
  for (std::size_t w = 0; w < weights.size(); ++w) {
    for (std::size_t k = 0; k < values[w + 1].entries.size(); ++k) {
      result.entries[position++] = values[w + 1].entries[k];
      radii.push_back(box[weights[w]].entries[k].width() / 2);
    }
  }
  if (is_exact(box)) return result;
  const RationalVector middle = loss().gradient(midpoints(box));
  const EnclosedMatrix slope = hessian_over(loss(), box);
  for (Index i = 0; i < slope.rows; ++i) {
    Enclosure centered(middle(i));
    for (Index j = 0; j < slope.cols; ++j) {
      const Rational& radius = radii[static_cast<std::size_t>(j)];
      if (!radius.is_zero()) centered = centered + slope(i, j) * Enclosure(-radius, radius);
    }
    result(i, 0) = intersection(result(i, 0), centered);
  }
  return result;
}

EnclosedMatrix EnclosedLoss::hessian(std::span<const EnclosedMatrix> box) const {
  return hessian_over(loss(), box);
}

Enclosure EnclosedLoss::second_derivative(std::span<const EnclosedMatrix> box,
                                          std::span<const RationalMatrix> z) const {
  std::vector<EnclosedMatrix> all(box.begin(), box.end());
  for (const RationalMatrix& part : z)
    all.push_back(enclosed(part));
  return Enclosure(Rational(2)) * form_(all);
}

}  // namespace rankscape::program
