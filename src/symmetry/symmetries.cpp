#include "symmetry/symmetries.hpp"

#include <rankscape/exact/deadline.hpp>

#include <algorithm>
#include <cstring>
#include <map>
#include <mutex>
#include <numeric>

#include "exact/random.hpp"
#include "symmetry/expansion.hpp"
#include "symmetry/loss.hpp"
#include "symmetry/modular_kernel.hpp"
#include "symmetry/residue_ring.hpp"

namespace rankscape::symmetry {

namespace {

using ResidueMatrix = ResidueRing::Value;

// What one unknown of the ansatz means: the field that it multiplies.
std::vector<Field> basis_of(const program::Program& loss, Ansatz ansatz) {
  std::vector<Field> basis;
  const Index n = loss.parameters();
  if (ansatz == Ansatz::affine) {
    for (Index i = 0; i < n; ++i) {
      for (Index j = 0; j < n; ++j)
        basis.push_back({{{i, j, 1}}, {}});
      basis.push_back({{}, {{i, 1}}});
    }
    return basis;
  }
  Index first = 0;
  for (const program::Input& input : loss.inputs) {
    if (!input.is_weight) continue;
    const Index rows = input.rows;
    const Index cols = input.cols;
    const auto at = [&](Index i, Index j) { return first + i + j * rows; };
    for (Index i = 0; i < rows && (rows > 1 || cols == 1); ++i) {  // one row alone: Q_h does it
      for (Index k = 0; k < rows; ++k) {
        Field& field = basis.emplace_back();
        for (Index j = 0; j < cols; ++j)
          field.linear.push_back({at(i, j), at(k, j), 1});
      }
    }
    for (Index j = 0; j < cols && cols > 1; ++j) {
      for (Index k = 0; k < cols; ++k) {
        Field& field = basis.emplace_back();
        for (Index i = 0; i < rows; ++i)
          field.linear.push_back({at(i, j), at(i, k), 1});
      }
    }
    for (Index j = 0; j < cols; ++j) {
      for (Index i = 0; i < rows; ++i)
        basis.push_back({{}, {{at(i, j), 1}}});
    }
    first += rows * cols;
  }
  return basis;
}

ResidueMatrix random_residues(Index rows, Index cols, std::uint64_t prime, Random& random) {
  ResidueMatrix result(rows, cols);
  for (Index k = 0; k < result.size(); ++k)
    result(k) = random.bits() % prime;
  return result;
}

// The loss modulo a prime at random points.
class RandomPoints {
 public:
  RandomPoints(const program::Program& gradient, const std::optional<std::vector<RationalMatrix>>& data,
               std::uint64_t prime)
      : gradient_(gradient), data_(data), ring_(prime), random_(prime) {}

  struct Sample {
    Residues x;
    Residues gradient;
  };
  /// \return nothing when every attempt divided by zero
  [[nodiscard]] std::optional<Sample> next() {
    constexpr int attempts = 20;
    for (int k = 0; k < attempts; ++k) {
      try {
        return attempt();
      } catch (const std::domain_error&) {
        continue;
      }
    }
    return std::nullopt;
  }
  [[nodiscard]] const ResidueRing& ring() const { return ring_; }

 private:
  Sample attempt() {
    Sample sample;
    std::vector<ResidueMatrix> inputs;
    std::size_t datum = 0;
    for (const program::Input& input : gradient_.inputs) {
      if (!input.is_weight && data_) {
        inputs.push_back(ring_.constant((*data_)[datum++]));
        continue;
      }
      inputs.push_back(random_residues(input.rows, input.cols, ring_.field().prime(), random_));
      // the gradient was derived for data that are symmetric, and is that of no function elsewhere
      if (input.is_symmetric)
        inputs.back().triangularView<Eigen::StrictlyUpper>() = ResidueMatrix(inputs.back().transpose());
      if (input.is_weight)
        sample.x.insert(sample.x.end(), inputs.back().data(), inputs.back().data() + inputs.back().size());
    }
    for (const ResidueMatrix& part : program::evaluate(gradient_, std::span<const ResidueMatrix>(inputs), ring_))
      sample.gradient.insert(sample.gradient.end(), part.data(), part.data() + part.size());
    return sample;
  }

  const program::Program& gradient_;
  const std::optional<std::vector<RationalMatrix>>& data_;
  ResidueRing ring_;
  Random random_;
};

std::uint64_t pairing(const Field& field, const RandomPoints::Sample& at, const exact::PrimeField& modulo) {
  std::uint64_t sum = 0;
  const auto plus = [&](std::uint64_t term) { sum = modulo.subtract(sum, modulo.subtract(0, term)); };
  for (const Field::Entry& entry : field.linear)
    plus(modulo.multiply(at.gradient[static_cast<std::size_t>(entry.row)],
                         at.x[static_cast<std::size_t>(entry.column)]));
  for (const auto& [row, value] : field.constant)
    plus(at.gradient[static_cast<std::size_t>(row)]);
  return sum;
}

Residues value_modulo(const Field& field, const Residues& x, const ResidueRing& ring) {
  Residues value(x.size(), 0);
  const auto plus = [&](Index row, std::uint64_t term) {
    std::uint64_t& sum = value[static_cast<std::size_t>(row)];
    sum = ring.field().subtract(sum, ring.field().subtract(0, term));
  };
  for (const Field::Entry& entry : field.linear)
    plus(entry.row, ring.field().multiply(ring.residue(entry.value), x[static_cast<std::size_t>(entry.column)]));
  for (const auto& [row, entry] : field.constant)
    plus(row, ring.residue(entry));
  return value;
}

Field combination(const std::vector<Field>& basis, const RationalMatrix& coefficients, Index column) {
  std::map<std::pair<Index, Index>, Rational> linear;
  std::map<Index, Rational> constant;
  for (std::size_t k = 0; k < basis.size(); ++k) {
    const Rational& c = coefficients(static_cast<Index>(k), column);
    if (c == 0) continue;
    for (const Field::Entry& entry : basis[k].linear)
      linear[{entry.row, entry.column}] += c * entry.value;
    for (const auto& [row, value] : basis[k].constant)
      constant[row] += c * value;
  }
  Field field;
  for (const auto& [at, value] : linear) {
    if (value != 0) field.linear.push_back({at.first, at.second, value});
  }
  for (const auto& [row, value] : constant) {
    if (value != 0) field.constant.emplace_back(row, value);
  }
  return field;
}

std::size_t size_of(const Field& field) {
  return field.linear.size() + field.constant.size();
}

// Independent as maps: their values at enough random points are. The sparsest first.
std::vector<Field> independent(std::vector<Field> fields, Index n) {
  std::stable_sort(fields.begin(), fields.end(),
                   [](const Field& a, const Field& b) { return size_of(a) < size_of(b); });
  const std::uint64_t prime = exact::prime(0);
  const ResidueRing ring(prime);
  Random random(2);
  const std::size_t points = fields.size() / static_cast<std::size_t>(std::max<Index>(n, 1)) + 2;
  std::vector<Residues> columns(fields.size());
  for (std::size_t k = 0; k < points; ++k) {
    const ResidueMatrix at = random_residues(n, 1, prime, random);
    const Residues x(at.data(), at.data() + n);
    for (std::size_t f = 0; f < fields.size(); ++f) {
      const Residues value = value_modulo(fields[f], x, ring);
      columns[f].insert(columns[f].end(), value.begin(), value.end());
    }
  }
  std::vector<Field> result;
  for (const std::size_t f : independent_modulo(columns, prime))
    result.push_back(std::move(fields[f]));
  return result;
}

void clear_content(Field& field) {
  RationalMatrix all(static_cast<Index>(size_of(field)), 1);
  Index k = 0;
  for (const Field::Entry& entry : field.linear)
    all(k++) = entry.value;
  for (const auto& [row, entry] : field.constant)
    all(k++) = entry;
  CommonDenominator integers = with_common_denominator(all);
  Integer content = 0;
  for (Index i = 0; i < all.rows(); ++i)
    content = gcd(content, integers.numerators(i));
  k = 0;
  for (Field::Entry& entry : field.linear)
    entry.value = Rational(integers.numerators(k++) / content);
  for (auto& [row, entry] : field.constant)
    entry = Rational(integers.numerators(k++) / content);
}

std::string key_of(const program::Program& loss) {
  std::string key;
  const auto append = [&](std::int64_t value) { key += std::to_string(value) + ' '; };
  for (const program::Input& input : loss.inputs) {
    append(input.rows);
    append(input.cols);
    append((input.is_weight ? 1 : 0) + (input.is_symmetric ? 2 : 0));
  }
  for (const program::Instruction& step : loss.instructions) {
    for (const std::int64_t value : {static_cast<std::int64_t>(step.operation), static_cast<std::int64_t>(step.a),
                                     static_cast<std::int64_t>(step.b), static_cast<std::int64_t>(step.rows),
                                     static_cast<std::int64_t>(step.cols)})
      append(value);
  }
  for (const RationalMatrix& constant : loss.constants) {
    for (Index k = 0; k < constant.size(); ++k)
      key += to_string(constant(k)) + ' ';
  }
  for (const Rational& factor : loss.factors)
    key += to_string(factor) + ' ';
  append(loss.outputs.front().node);
  return key;
}

}  // namespace

Index unknowns(const program::Program& loss, Ansatz ansatz) {
  const Index n = loss.parameters();
  if (ansatz == Ansatz::affine) return n * (n + 1);
  Index sum = 0;
  for (const program::Input& input : loss.inputs) {
    if (!input.is_weight) continue;
    sum += input.rows * input.cols;
    if (input.rows > 1 || input.cols == 1) sum += input.rows * input.rows;
    if (input.cols > 1) sum += input.cols * input.cols;
  }
  return sum;
}

Proof prove_symmetry(const program::Program& loss, const std::optional<std::vector<RationalMatrix>>& data,
                     const Field& field, std::int64_t products) {
  try {
    Expansion expansion(loss, loss.outputs.front().node, data);
    return expansion.is_invariant(field, products) ? Proof::proved : Proof::disproved;
  } catch (const TooLarge&) {
    return Proof::too_large;
  }
}

Algebra find_symmetries(const program::Program& loss, const std::optional<std::vector<RationalMatrix>>& data,
                        Ansatz ansatz, const SymmetryOptions& options) {
  if (unknowns(loss, ansatz) > options.unknowns) return {};
  program::Program alone = loss;
  alone.outputs.resize(1);
  alone = program::pruned(alone);
  const program::Program gradient = gradient_alone(alone);
  const std::vector<Field> basis = basis_of(alone, ansatz);
  const auto equations = [&](std::uint64_t prime) {
    constexpr std::size_t spare = 4;
    RandomPoints points(gradient, data, prime);
    std::vector<Residues> rows;
    while (rows.size() < basis.size() + spare) {
      check_deadline();
      const auto sample = points.next();
      if (!sample) throw TooLarge();
      Residues row;
      row.reserve(basis.size());
      for (const Field& field : basis)
        row.push_back(pairing(field, *sample, points.ring().field()));
      rows.push_back(std::move(row));
    }
    return rows;
  };
  std::optional<RationalMatrix> kernel;
  try {
    kernel = modular_kernel(static_cast<Index>(basis.size()), equations);
  } catch (const TooLarge&) {  // a loss that divides by zero wherever it was tried
  }
  if (!kernel) return {};

  std::vector<Field> candidates;
  for (Index k = 0; k < kernel->cols(); ++k) {
    Field field = combination(basis, *kernel, k);
    if (size_of(field) > 0) candidates.push_back(std::move(field));
  }
  Algebra algebra;
  algebra.complete = true;
  Expansion expansion(alone, alone.outputs.front().node, data);
  const std::vector<Field> fields = independent(std::move(candidates), alone.parameters());
  std::int64_t left = options.products;
  for (Field field : fields) {  // the sparsest first: one that is too large spends what is left, and ends the search
    check_deadline();
    clear_content(field);
    bool proved = false;
    try {
      proved = expansion.is_invariant(field, left);
    } catch (const TooLarge&) {
      algebra.complete = false;
      break;
    }
    if (proved) {
      algebra.fields.push_back(std::move(field));
    } else {
      algebra.complete = false;
    }
  }
  return algebra;
}

std::shared_ptr<const Algebra> common_symmetries(const program::Program& loss) {
  static std::mutex guard;
  static std::map<std::string, std::shared_ptr<const Algebra>> known;
  const std::string key = key_of(loss);
  {
    const std::lock_guard lock(guard);
    if (const auto found = known.find(key); found != known.end()) return found->second;
  }
  auto algebra = std::make_shared<const Algebra>(find_symmetries(loss, std::nullopt, Ansatz::layers));
  const std::lock_guard lock(guard);
  return known.try_emplace(key, std::move(algebra)).first->second;
}

}  // namespace rankscape::symmetry
