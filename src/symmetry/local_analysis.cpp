#include "symmetry/local_analysis.hpp"

#include <algorithm>

#include "exact/columns.hpp"
#include "symmetry/symmetries.hpp"

namespace rankscape::symmetry {

namespace {

// Fields whose values at x are independent, as many as there are.
std::vector<Field> independent_at(const std::vector<Field>& fields, const RationalVector& x) {
  std::vector<Field> result;
  if (fields.empty()) return result;
  for (const Index k : independent_columns(values_at(fields, x)))
    result.push_back(fields[static_cast<std::size_t>(k)]);
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
    if (is_orbit(common_symmetries(loss.program())->fields)) return;
    search(extreme());
    if (inertia.negative == 0 && inertia.positive == 0) look_upwards();
    if (turns_back() || x.size() > (hessian == nullptr ? options.most_directions : options.largest_size)) return;
    for (const Ansatz ansatz : {Ansatz::layers, Ansatz::affine}) {
      if (ansatz == Ansatz::layers && loss.data().empty()) continue;  // the common ones are all
      SymmetryOptions limits;
      limits.unknowns = options.unknowns;
      if (is_orbit(find_symmetries(loss.program(), loss.data(), ansatz, limits).fields)) return;
    }
    along_kernel(hessian == nullptr ? RationalMatrix(RationalMatrix::Zero(x.size(), x.size())) : *hessian);
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

  // The Hessian is zero: what falls at an odd order rises the other way.
  void look_upwards() {
    if (result_.descent && result_.descent->order % 2 != 0) {
      result_.ascent = reversed(*result_.descent);
    } else {
      search(Direction::up);
    }
  }

  // Keeps the fields if they reach further than those so far; \return whether they span the null space.
  bool is_orbit(const std::vector<Field>& fields) {
    std::vector<Field> here = independent_at(fields, x_);
    if (here.size() > fields_.size()) fields_ = std::move(here);
    if (static_cast<Index>(fields_.size()) != inertia_.zero) return false;
    result_.local = LocalProof{LocalProof::Kind::fields, fields_, {}, {}};
    return true;
  }

  void along_kernel(const RationalMatrix& hessian) {
    const RationalMatrix rest = complement(null_space(hessian), fields_, x_);
    if (rest.cols() > options_.most_directions) return;
    for (const Graph graph : {Graph::over_first, Graph::over_last}) {
      auto reduction = reduce(loss_, x_, hessian, rest, graph);
      if (!reduction) continue;
      if (reduction->critical) {
        result_.local = LocalProof{LocalProof::Kind::family, fields_, std::move(*reduction), {}};
      } else if (reduction->order > 0) {
        by_form(std::move(*reduction));  // does not depend on the chart
        return;
      }
      if (result_.local) return;
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
