#include "symmetry/local_analysis.hpp"

#include <algorithm>

#include "symmetry/symmetries.hpp"

namespace rankscape::symmetry {

namespace {

// Fields whose values at x are independent, as many as there are.
std::vector<Field> independent_at(const std::vector<Field>& fields, const RationalVector& x) {
  std::vector<Field> result;
  if (fields.empty()) return result;
  const RationalMatrix values = values_at(fields, x);
  const RationalMatrix basis = column_basis(values);  // the leftmost independent columns, in order
  for (Index k = 0; k < values.cols() && static_cast<Index>(result.size()) < basis.cols(); ++k) {
    if (values.col(k) == basis.col(static_cast<Index>(result.size())))
      result.push_back(fields[static_cast<std::size_t>(k)]);
  }
  return result;
}

// Vectors of the null basis that complete the fields' values to a basis of the null space.
RationalMatrix complement(const RationalMatrix& kernel, const std::vector<Field>& fields, const RationalVector& x) {
  const auto orbit = static_cast<Index>(fields.size());
  if (orbit == 0) return kernel;
  RationalMatrix all(kernel.rows(), orbit + kernel.cols());
  all << values_at(fields, x), kernel;
  return column_basis(all).rightCols(kernel.cols() - orbit);
}

Polynomial negated(const Polynomial& form) {
  Polynomial result;
  result.add(form, Rational(-1));
  return result;
}

class Analysis {
 public:
  Analysis(const Loss& loss, const RationalVector& x, const RationalMatrix* hessian, const Inertia& inertia,
           const LocalOptions& options)
      : loss_(loss), x_(x), hessian_(hessian), inertia_(inertia), options_(options) {
    const bool down = inertia.negative == 0;
    if (is_orbit(common_symmetries(loss.program())->fields)) return;
    if (inertia.zero == x.size()) {  // the Hessian is zero
      search(Direction::down);
      search(Direction::up);
    } else {
      search(down ? Direction::down : Direction::up);
    }
    if (turns_back() || hessian == nullptr || x.size() > options.largest_size) return;
    for (const Ansatz ansatz : {Ansatz::layers, Ansatz::affine}) {
      if (ansatz == Ansatz::layers && loss.data().empty()) continue;  // the common ones are all
      if (is_orbit(find_symmetries(loss.program(), loss.data(), ansatz).fields)) return;
    }
    along_kernel();
  }

  [[nodiscard]] LocalAnalysis result() && { return std::move(result_); }

 private:
  [[nodiscard]] Direction extreme() const { return inertia_.negative == 0 ? Direction::down : Direction::up; }
  /// A local extremum is out of the question.
  [[nodiscard]] bool turns_back() const {
    return extreme() == Direction::down ? result_.descent.has_value() : result_.ascent.has_value();
  }

  void search(Direction direction) {
    auto found = find_descent(loss_, x_, hessian_, direction, options_.descent).best;
    (direction == Direction::down ? result_.descent : result_.ascent) = std::move(found);
  }

  // Keeps the fields if they reach further than those so far; \return whether they span the null space.
  bool is_orbit(const std::vector<Field>& fields) {
    std::vector<Field> here = independent_at(fields, x_);
    if (here.size() > fields_.size()) fields_ = std::move(here);
    if (static_cast<Index>(fields_.size()) != inertia_.zero) return false;
    result_.local = LocalProof{LocalProof::Kind::fields, fields_, {}, {}};
    return true;
  }

  void along_kernel() {
    const RationalMatrix kernel = null_space(*hessian_);
    const RationalMatrix rest = complement(kernel, fields_, x_);
    if (rest.cols() <= options_.most_directions) {
      auto reduction = reduce(loss_, x_, *hessian_, rest);
      if (reduction && reduction->order > 0) by_form(std::move(*reduction));
    }
    for (const Graph graph : {Graph::over_first, Graph::over_last}) {
      if (result_.local || turns_back()) return;
      auto reduction = reduce(loss_, x_, *hessian_, kernel, graph);
      if (reduction && reduction->critical) by_family(std::move(*reduction));
    }
  }

  void by_form(Reduction reduction) {
    const bool down = extreme() == Direction::down;
    const Polynomial form = down ? reduction.form : negated(reduction.form);
    if (const auto z = negative_value(form, reduction.parameters)) {
      auto found = directed(leading_term(loss_, x_, curve_along(reduction.map, *z), reduction.order), extreme());
      (down ? result_.descent : result_.ascent) = std::move(found);
      return;
    }
    LocalProof proof{LocalProof::Kind::form, fields_, std::move(reduction), {}};
    if (proof.reduction.order % 2 != 0) return;
    if (proof.reduction.parameters > 1) {
      proof.gram = positive_definite_gram(form, proof.reduction.parameters);
      if (!proof.gram || !proves_positive_definite(*proof.gram, form, proof.reduction.parameters)) return;
    }
    result_.local = std::move(proof);
  }

  void by_family(Reduction reduction) {
    if (reduction.parameters != inertia_.zero) return;
    result_.local = LocalProof{LocalProof::Kind::family, {}, std::move(reduction), {}};
  }

  const Loss& loss_;
  const RationalVector& x_;
  const RationalMatrix* hessian_;
  Inertia inertia_;
  LocalOptions options_;
  std::vector<Field> fields_;
  LocalAnalysis result_;
};

}  // namespace

LocalAnalysis analyse(const Loss& loss, const RationalVector& x, const RationalMatrix* hessian, const Inertia& inertia,
                      const LocalOptions& options) {
  return Analysis(loss, x, hessian, inertia, options).result();
}

}  // namespace rankscape::symmetry
