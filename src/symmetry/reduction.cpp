#include "symmetry/reduction.hpp"

#include <algorithm>

#include "exact/columns.hpp"

namespace rankscape::symmetry {

namespace {

// One polynomial for each coordinate.
std::vector<Polynomial> gradient_on(const Loss& loss, const PolynomialMap& map, PolynomialRing& ring) {
  std::vector<Polynomial> gradient;
  for (PolynomialMatrix& part : evaluate_along(loss.gradient_program(), loss.data(), map, ring))
    gradient.insert(gradient.end(), part.entries.begin(), part.entries.end());
  return gradient;
}

bool all_zero(const std::vector<Polynomial>& polynomials) {
  return std::all_of(polynomials.begin(), polynomials.end(), [](const Polynomial& p) { return p.is_zero(); });
}

// c_{m+1}: one linear system with a right side for each monomial.
std::optional<PolynomialMap> next_terms(const RationalMatrix& hessian, const std::vector<Polynomial>& gradient,
                                        std::size_t degree) {
  std::map<Monomial, Index, ByDegree> columns;
  for (const Polynomial& entry : gradient) {
    for (const auto& [monomial, coefficient] : entry.terms()) {
      if (monomial.size() < degree) return std::nullopt;  // cannot be: those vanish by the steps before
      columns.try_emplace(monomial, static_cast<Index>(columns.size()));
    }
  }
  RationalMatrix right = RationalMatrix::Zero(hessian.rows(), static_cast<Index>(columns.size()));
  for (std::size_t i = 0; i < gradient.size(); ++i) {
    for (const auto& [monomial, coefficient] : gradient[i].terms())
      right(static_cast<Index>(i), columns.at(monomial)) = -coefficient;
  }
  const auto solution = solve(hessian, right);
  if (!solution) return std::nullopt;
  PolynomialMap terms(gradient.size());
  for (const auto& [monomial, column] : columns) {
    for (std::size_t i = 0; i < terms.size(); ++i)
      terms[i].add(monomial, (*solution)(static_cast<Index>(i), column));
  }
  return terms;
}

// Which rows of z make up an invertible matrix: the first ones, or the last ones.
std::vector<Index> chart(const RationalMatrix& z, Graph graph) {
  std::vector<Index> order(static_cast<std::size_t>(z.rows()));
  for (Index i = 0; i < z.rows(); ++i)
    order[static_cast<std::size_t>(i)] = graph == Graph::over_first ? i : z.rows() - 1 - i;
  std::vector<Index> rows;
  for (const Index i : independent_columns(z(order, Eigen::all).transpose()))
    rows.push_back(order[static_cast<std::size_t>(i)]);
  return rows;
}

PolynomialMap linear_map(const RationalVector& x, const RationalMatrix& directions) {
  PolynomialMap map;
  for (Index i = 0; i < x.size(); ++i) {
    Polynomial& entry = map.emplace_back(x(i));
    for (Index k = 0; k < directions.cols(); ++k)
      entry.add(Polynomial::variable(k), directions(i, k));
  }
  return map;
}

std::optional<Reduction> reduced(const Loss& loss, const RationalVector& x, const RationalMatrix& hessian,
                                 const RationalMatrix& kernel, Graph graph, const ReductionOptions& options) {
  const std::vector<Index> rows = chart(kernel, graph);
  const auto normalized = inverse(RationalMatrix(kernel(rows, Eigen::all)));
  if (!normalized) return std::nullopt;  // the directions are not independent
  const RationalMatrix directions = multiply(kernel, *normalized);
  Reduction result{directions.cols(), linear_map(x, directions), 0, {}, false};
  for (int m = 1; 2 * m + 1 <= options.largest_order; ++m) {
    PolynomialRing value_ring(options.products, static_cast<std::size_t>(2 * m + 1));
    Polynomial value = evaluate_along(loss.program(), loss.data(), result.map, value_ring).front().entries.front();
    value.add(Polynomial(Rational(-value.constant_term())));
    if (!value.is_zero()) {
      const std::size_t order = value.terms().begin()->first.size();
      result.order = static_cast<int>(order);
      result.form = value.part(order);
      return result;
    }
    PolynomialRing ring(options.products, static_cast<std::size_t>(m + 1));
    const std::vector<Polynomial> gradient = gradient_on(loss, result.map, ring);
    if (all_zero(gradient)) {
      try {
        PolynomialRing exact(options.products);
        result.critical = all_zero(gradient_on(loss, result.map, exact));
      } catch (const TooLarge&) {  // then it is not known to be a family, and the steps go on
      }
      if (result.critical) return result;
      continue;
    }
    auto next = next_terms(hessian, gradient, static_cast<std::size_t>(m) + 1);
    if (!next) return std::nullopt;
    // up to vectors of the kernel, so that the coordinates of the chart stay x + z
    for (std::size_t k = 0; k < rows.size(); ++k) {
      const Polynomial excess = (*next)[static_cast<std::size_t>(rows[k])];
      for (std::size_t i = 0; i < next->size() && !excess.is_zero(); ++i)
        (*next)[i].add(excess, -directions(static_cast<Index>(i), static_cast<Index>(k)));
    }
    for (std::size_t i = 0; i < result.map.size(); ++i)
      result.map[i].add((*next)[i]);
  }
  return result;
}

}  // namespace

std::optional<Reduction> reduce(const Loss& loss, const RationalVector& x, const RationalMatrix& hessian,
                                const RationalMatrix& directions, Graph graph, const ReductionOptions& options) {
  try {
    return reduced(loss, x, hessian, directions, graph, options);
  } catch (const TooLarge&) {
    return std::nullopt;
  }
}

CurveVectors curve_along(const PolynomialMap& map, const RationalVector& z) {
  std::size_t degree = 0;
  for (const Polynomial& entry : map)
    degree = std::max(degree, entry.degree());
  const std::vector<Rational> at(z.data(), z.data() + z.size());
  CurveVectors curve(degree, RationalVector::Zero(static_cast<Index>(map.size())));
  for (std::size_t i = 0; i < map.size(); ++i) {
    for (std::size_t k = 1; k <= degree; ++k)
      curve[k - 1](static_cast<Index>(i)) = evaluate(map[i].part(k), at);
  }
  return curve;
}

}  // namespace rankscape::symmetry
