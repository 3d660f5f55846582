// Inertia with a witness: split into connected components, clear denominators, eliminate each component symmetrically.
// The elimination itself (orders, minors) is in symmetric_minors.

#include "exact/inertia_sandwich.hpp"
#include "exact/prime_field.hpp"
#include "exact/symmetric_minors.hpp"

#include <rankscape/exact/inertia.hpp>

#include <algorithm>
#include <numeric>
#include <stdexcept>

namespace rankscape {
namespace {

mpz_ptr mpz(Integer& value) {
  return value.backend().data();
}
mpz_srcptr mpz(const Integer& value) {
  return value.backend().data();
}

// scale * integers is the part of a on `indices`, scale > 0, and the integers have no common factor.
struct Component {
  std::vector<Index> indices;
  IntegerMatrix integers;
  Rational scale = 1;
};

Component component_on(const RationalMatrix& a, std::vector<Index> indices) {
  const auto n = static_cast<Index>(indices.size());
  CommonDenominator cleared = n == a.rows() ? with_common_denominator(a) : with_common_denominator(a(indices, indices));
  Integer content = 0;
  for (Index k = 0; k < n * n && content != 1; ++k) {
    mpz_gcd(mpz(content), mpz(content), mpz(cleared.numerators.data()[k]));
  }
  if (content > 1) {
    for (Index k = 0; k < n * n; ++k) {
      mpz_ptr entry = mpz(cleared.numerators.data()[k]);
      mpz_divexact(entry, entry, mpz(content));
    }
  }
  return {std::move(indices), std::move(cleared.numerators),
          content.is_zero() ? Rational(1) : Rational(content, cleared.denominator)};
}

struct Eliminated {
  exact::EliminationOrder order;
  exact::SymmetricMinors minors;
};

Eliminated eliminate(const IntegerMatrix& a, exact::Wanted wanted) {
  // A prime that divides an essential minor shows a smaller rank; then a later prime, named by symmetric_minors, shows
  // a larger one, so the rank grows with every turn.
  for (std::uint64_t prime = exact::prime(0);;) {
    Eliminated out{exact::elimination_order(a, prime), {}};
    auto minors = exact::symmetric_minors(out.order.c, out.order.rank, wanted, prime);
    if (!minors) continue;
    out.minors = std::move(*minors);
    return out;
  }
}

// sign(P_k) is the sign of the product of the first k+1 pivots, so sign changes count negative eigenvalues.
Inertia inertia_of(const Eliminated& eliminated) {
  Inertia out;
  int previous = 1;
  for (const auto& row : eliminated.minors.rows) {
    const int current = row.front().sign();
    ++(current == previous ? out.positive : out.negative);
    previous = current;
  }
  out.zero = static_cast<Index>(eliminated.order.order.size() - eliminated.minors.rows.size());
  return out;
}

void add(Inertia& total, const Inertia& part) {
  total.negative += part.negative;
  total.zero += part.zero;
  total.positive += part.positive;
}

// Adds the rows of a component to those found so far.
void append_witness(const Component& component, const Eliminated& eliminated, InertiaWitness& witness) {
  const auto size = component.indices.size();
  Integer previous = 1;
  std::vector<Integer> row(size);
  for (std::size_t k = 0; k < eliminated.minors.rows.size(); ++k) {
    const std::vector<Integer>& minors = eliminated.minors.rows[k];
    std::fill(row.begin(), row.end(), Integer(0));
    for (std::size_t j = k; j < size; ++j)
      row[static_cast<std::size_t>(eliminated.order.order[j])] = minors[j - k];
    // c = T a T^T, so a row s of c's decomposition is the row s T^{-T} of a's: the additions are undone, last one
    // first.
    for (auto it = eliminated.order.additions.rbegin(); it != eliminated.order.additions.rend(); ++it) {
      row[static_cast<std::size_t>(it->to)] -= row[static_cast<std::size_t>(it->from)];
    }
    Integer content = 0;
    for (const Integer& entry : row) {
      if (content != 1) mpz_gcd(mpz(content), mpz(content), mpz(entry));
    }
    const auto at = static_cast<Index>(witness.diagonal.size());
    for (std::size_t j = 0; j < size; ++j) {
      if (row[j].is_zero()) continue;
      mpq_ptr entry = witness.rows(at, component.indices[j]).backend().data();
      mpz_divexact(mpq_numref(entry), mpz(row[j]), mpz(content));
    }
    witness.diagonal.push_back(component.scale * Rational(content * content, previous * minors.front()));
    previous = minors.front();
  }
}

// A set of indices, and the rows of a witness that are not zero there.
struct Part {
  std::vector<Index> indices;
  std::vector<Index> rows;
};

// The finest parts such that neither a nor any row of the witness connects two of them.
std::vector<Part> joint_parts(const RationalMatrix& rows, const RationalMatrix& a) {
  RationalMatrix pattern = a;
  std::vector<std::vector<Index>> rows_starting_at(static_cast<std::size_t>(a.rows()));
  for (Index k = 0; k < rows.rows(); ++k) {
    Index first = -1;
    for (Index j = 0; j < rows.cols(); ++j) {
      if (rows(k, j).is_zero()) continue;
      if (first < 0) {
        first = j;
        rows_starting_at[static_cast<std::size_t>(j)].push_back(k);
      }
      pattern(first, j) = 1;
      pattern(j, first) = 1;
    }
  }
  std::vector<Part> parts;
  for (std::vector<Index>& indices : connected_components(pattern)) {
    Part& part = parts.emplace_back(Part{std::move(indices), {}});
    for (const Index i : part.indices) {
      const auto& starting = rows_starting_at[static_cast<std::size_t>(i)];
      part.rows.insert(part.rows.end(), starting.begin(), starting.end());
    }
    std::sort(part.rows.begin(), part.rows.end());
  }
  return parts;
}

// Whether a = sum of the rows' squares with their weights, on one part.
bool multiplies_out(const InertiaWitness& witness, const RationalMatrix& a, const Part& part) {
  const auto n = static_cast<Index>(part.indices.size());
  // numerators / denominator = a - (the rows so far): one common denominator, kept reduced, so that for the rows of an
  // elimination the numbers stay as small as its minors. Only the upper triangle is used.
  CommonDenominator rest = with_common_denominator(a(part.indices, part.indices));
  for (const Index k : part.rows) {
    const CommonDenominator row = with_common_denominator(witness.rows(k, part.indices));
    const Rational weight = witness.diagonal[static_cast<std::size_t>(k)] / (row.denominator * row.denominator);
    const Integer lcm_denominator = lcm(rest.denominator, Integer(denominator(weight)));
    const Integer up = lcm_denominator / rest.denominator;
    const Integer factor = numerator(weight) * (lcm_denominator / denominator(weight));
    Integer content = lcm_denominator;
    Integer scaled;
    for (Index j = 0; j < n; ++j) {
      scaled = factor * row.numerators(0, j);
      for (Index i = 0; i <= j; ++i) {
        mpz_ptr entry = mpz(rest.numerators(i, j));
        if (up != 1) mpz_mul(entry, entry, mpz(up));
        if (!scaled.is_zero()) mpz_submul(entry, mpz(scaled), mpz(row.numerators(0, i)));
        if (content != 1) mpz_gcd(mpz(content), mpz(content), entry);
      }
    }
    rest.denominator = lcm_denominator / content;
    if (content == 1) continue;
    for (Index j = 0; j < n; ++j) {
      for (Index i = 0; i <= j; ++i) {
        mpz_ptr entry = mpz(rest.numerators(i, j));
        mpz_divexact(entry, entry, mpz(content));
      }
    }
  }
  for (Index j = 0; j < n; ++j) {
    for (Index i = 0; i <= j; ++i) {
      if (!rest.numerators(i, j).is_zero()) return false;
    }
  }
  return true;
}

}  // namespace

Inertia inertia(const RationalMatrix& a) {
  if (!is_symmetric(a)) throw std::invalid_argument("inertia: the matrix is not symmetric");
  Inertia total;
  for (const std::vector<Index>& indices : connected_components(a)) {
    const Component component = component_on(a, indices);
    if (component.integers.rows() >= exact::sandwich_size) {
      if (const auto found = exact::sandwiched_inertia(component.integers)) {
        add(total, *found);
        continue;
      }
    }
    add(total, inertia_of(eliminate(component.integers, exact::Wanted::principal_minors)));
  }
  return total;
}

WitnessedInertia witnessed_inertia(const RationalMatrix& a) {
  if (!is_symmetric(a)) throw std::invalid_argument("witnessed_inertia: the matrix is not symmetric");
  WitnessedInertia out;
  std::vector<std::pair<Component, Eliminated>> parts;
  for (std::vector<Index>& indices : connected_components(a)) {
    Component component = component_on(a, std::move(indices));
    Eliminated eliminated = eliminate(component.integers, exact::Wanted::rows);
    add(out.inertia, inertia_of(eliminated));
    parts.emplace_back(std::move(component), std::move(eliminated));
  }
  out.witness.rows.resize(out.inertia.negative + out.inertia.positive, a.cols());  // rationals start as zeros
  for (const auto& [component, eliminated] : parts)
    append_witness(component, eliminated, out.witness);
  return out;
}

std::optional<Inertia> inertia_proved_by(const InertiaWitness& witness, const RationalMatrix& a) {
  const Index count = witness.rows.rows();
  if (a.rows() != a.cols() || witness.rows.cols() != a.cols()) return std::nullopt;
  if (static_cast<Index>(witness.diagonal.size()) != count || count > a.rows() || !is_symmetric(a)) return std::nullopt;
  const auto zero = [](const Rational& d) { return d.is_zero(); };
  if (std::any_of(witness.diagonal.begin(), witness.diagonal.end(), zero)) return std::nullopt;

  for (const Part& part : joint_parts(witness.rows, a)) {
    if (!multiplies_out(witness, a, part)) return std::nullopt;
  }
  if (rank(witness.rows) != count) return std::nullopt;

  Inertia out;
  for (const Rational& d : witness.diagonal)
    ++(d > 0 ? out.positive : out.negative);
  out.zero = a.rows() - count;
  return out;
}

}  // namespace rankscape
