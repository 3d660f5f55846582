// What is proved of a family for all parameter values: symbols are put into the gradient of the loss, and into its
// second differential along the directions of the family's adapted basis.
#include <rankscape/audit.hpp>

#include "landscapes/compiled.hpp"
#include "landscapes/constraints.hpp"
#include "landscapes/family_symbols.hpp"

#include "exact/columns.hpp"
#include "program/evaluate.hpp"
#include "program/lagrangian.hpp"
#include "symbolic/matrix.hpp"
#include "symbolic/normal_ring.hpp"

#include <rankscape/error.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <map>
#include <memory>
#include <span>

namespace rankscape {

namespace {

using symbolic::Expression;
using symbolic::ExpressionMatrix;

constexpr std::size_t most_multipliers = 4;
constexpr std::size_t most_multipliers_at_a_point = 10;

// Kept by what is proved, for the points of other samples.
class Identity {
 public:
  /// \param seed  at one point only
  Identity(const Landscape& landscape, const FamilyRecipe& recipe, std::optional<std::uint64_t> seed = {})
      : family_(landscape, recipe, seed),
        recipe_(recipe),
        constraints_(constraints_at(family_.instance())),
        at_a_point_(seed.has_value()) {
    program::Program alone = family_.instance().program();
    alone.outputs.resize(1);
    loss_ = program::CompiledLoss(constraints_ == nullptr ? program::pruned(alone) : constraints_->lagrangian());
  }

  FamilyProof decide() {
    FamilyProof proof;
    proof.critical = critical();
    if (proof.critical != true || !recipe_.of().basis) return proof;
    try {
      inertia_ = proved_inertia(proof);
    } catch (const FamilySymbols::NotPossible&) {  // left open
    } catch (const Undefined& undefined) {
      proof.fault = undefined.what();
    }
    return proof;
  }

  [[nodiscard]] const std::optional<symbolic::InertiaBySigns>& inertia() const { return inertia_; }

  [[nodiscard]] std::optional<ProvedInertia> inertia_at(const FamilyRecipe& recipe, std::uint64_t seed) const {
    const GiNaC::exmap values = family_.values_at(recipe, seed);
    const auto here = inertia_->at(values);
    if (!here) return std::nullopt;
    ProvedInertia proved{*here, {}};
    for (const Expression& factor : inertia_->factors) {
      const auto [text, negated] = symbolic::text_of(factor);
      const bool positive = symbolic::to_rational(factor.subs(values).normal()) > 0;
      proved.where.push_back(text + (positive != negated ? " > 0" : " < 0"));
    }
    std::sort(proved.where.begin(), proved.where.end());
    return proved;
  }

 private:
  [[nodiscard]] std::optional<bool> critical() {
    const program::Program& gradient = loss_->gradient_program();
    std::map<std::string, ExpressionMatrix> others;
    if (constraints_ != nullptr) {
      others.emplace(program::multipliers_input, symbolic::symbol_matrix("mu", constraints_->count(), 1, multipliers_));
      if (multipliers_.size() > (at_a_point_ ? most_multipliers_at_a_point : most_multipliers)) return std::nullopt;
    }
    const std::vector<ExpressionMatrix> derivatives = evaluate(gradient, family_.inputs_of(gradient, others));
    for (std::size_t k = 1; k < derivatives.size(); ++k)
      slopes_.insert(slopes_.end(), derivatives[k].data(), derivatives[k].data() + derivatives[k].size());
    if (constraints_ != nullptr) return is_combination();
    return std::all_of(slopes_.begin(), slopes_.end(), zero_);
  }

  // Of the gradient (grad f - J^T mu, -c) of the Lagrangian, linear in mu: is c = 0, and do some columns I of J, which
  // are independent at a point and so almost everywhere, tell multipliers that make the rest vanish? By Cramer's rule
  // that is det [J_I, J_j; grad_I f, grad_j f] = 0 for the other columns j.
  [[nodiscard]] std::optional<bool> is_combination() {
    const RationalMatrix& jacobian = constraints_->jacobian();
    const std::size_t m = multipliers_.size();
    const std::size_t n = slopes_.size() - m;
    if (!std::all_of(slopes_.begin() + static_cast<std::ptrdiff_t>(n), slopes_.end(), zero_)) return false;
    const std::vector<Index> columns = independent_columns(jacobian);
    if (columns.size() != m) return std::nullopt;
    chosen_.assign(columns.begin(), columns.end());
    std::vector<std::size_t> others;
    for (std::size_t j = 0; j < n; ++j) {
      if (!std::binary_search(chosen_.begin(), chosen_.end(), j)) others.push_back(j);
    }
    for (const std::size_t j : others) {
      GiNaC::matrix minor(static_cast<unsigned>(m) + 1, static_cast<unsigned>(m) + 1);
      for (std::size_t c = 0; c <= m; ++c) {
        const std::size_t column = c < m ? chosen_[c] : j;
        for (std::size_t k = 0; k < m; ++k)
          minor(static_cast<unsigned>(k), static_cast<unsigned>(c)) = -constraint_slope(k, column);
        minor(static_cast<unsigned>(m), static_cast<unsigned>(c)) = loss_slope(column);
      }
      if (!zero_(minor.determinant())) return false;
    }
    // where J loses rank the minors vanish, and the gradient may be no combination
    return regular() ? std::optional(true) : std::nullopt;
  }

  // Derivatives by coordinate j of constraint k, and of the loss.
  [[nodiscard]] Expression constraint_slope(std::size_t k, std::size_t j) const {
    return family_.normal()(-slopes_[j].diff(multipliers_[k]));
  }
  [[nodiscard]] Expression loss_slope(std::size_t j) const {
    GiNaC::exmap without;
    for (const GiNaC::symbol& mu : multipliers_)
      without[mu] = 0;
    return family_.normal()(slopes_[j].subs(without));
  }

  // J_I^T mu = grad_I f. As continuous functions the multipliers are these wherever J has full rank.
  [[nodiscard]] ExpressionMatrix multipliers() const {
    const std::size_t m = multipliers_.size();
    GiNaC::matrix equations(static_cast<unsigned>(m), static_cast<unsigned>(m));
    GiNaC::matrix right(static_cast<unsigned>(m), 1);
    GiNaC::matrix unknown(static_cast<unsigned>(m), 1);
    for (unsigned c = 0; c < m; ++c) {
      for (unsigned k = 0; k < m; ++k)
        equations(c, k) = constraint_slope(k, chosen_[c]);
      right(c, 0) = loss_slope(chosen_[c]);
      unknown(c, 0) = multipliers_[c];
    }
    const GiNaC::matrix solved = equations.solve(unknown, right);
    ExpressionMatrix values(static_cast<Index>(m), 1);
    for (unsigned k = 0; k < m; ++k)
      values(k) = family_.normal()(solved(k, 0));
    return values;
  }

  // J J^T is positive definite at all parameter values.
  [[nodiscard]] bool regular() const {
    const auto m = static_cast<Index>(multipliers_.size());
    ExpressionMatrix gram = symbolic::zero_matrix(m, m);
    for (std::size_t j = 0; j + multipliers_.size() < slopes_.size(); ++j) {
      for (Index k = 0; k < m; ++k) {
        for (Index l = 0; l < m; ++l)
          gram(k, l) +=
              constraint_slope(static_cast<std::size_t>(k), j) * constraint_slope(static_cast<std::size_t>(l), j);
      }
    }
    return symbolic::inertia(family_.normal()(gram), family_.conditions()) == Inertia{0, 0, m};
  }

  // Where a direction has a pole the family has a point, but no basis, and a pole may cancel in every pivot.
  [[nodiscard]] bool defined_everywhere(const FamilySymbols::Basis& basis) const {
    const auto defined = [&](const Expression& e) { return family_.conditions().sign(e.normal().denom()).has_value(); };
    return std::all_of(basis.directions.begin(), basis.directions.end(), [&](const auto& direction) {
      return std::all_of(direction.begin(), direction.end(), [&](const ExpressionMatrix& part) {
        return std::all_of(part.data(), part.data() + part.size(), defined);
      });
    });
  }

  [[nodiscard]] std::optional<symbolic::InertiaBySigns> proved_inertia(FamilyProof& proof) {
    const FamilySymbols::Basis basis = family_.basis();
    const auto n = static_cast<Index>(basis.directions.size());
    const Index wanted = family_.instance().parameters() - static_cast<Index>(multipliers_.size());
    if (n != wanted) {
      throw Undefined(fmt::format("the basis has {} coordinates, expected {}", n, wanted));
    }
    std::map<std::string, ExpressionMatrix> others;
    if (constraints_ != nullptr) others.emplace(program::multipliers_input, multipliers());
    const std::size_t parts = family_.instance().point().weights.size();
    if (loss_->loss().weights().size() != parts + (constraints_ == nullptr ? 0 : 1))
      throw FamilySymbols::NotPossible("the loss does not depend on all weights");
    // the Hessian times a direction: what does not depend on the direction is computed once
    program::Program times = loss_->hessian_vector_program();
    const std::size_t first = loss_->loss().inputs.size();
    if (times.inputs.size() != first + loss_->loss().weights().size())
      throw FamilySymbols::NotPossible("a name of the loss is that of a direction");
    for (std::size_t k = 0; k < times.inputs.size(); ++k)
      times.inputs[k].is_weight = k >= first;
    if (constraints_ != nullptr)
      others.emplace(times.inputs.back().name, symbolic::zero_matrix(static_cast<Index>(multipliers_.size()), 1));
    const auto put = [&](Index j) {
      for (std::size_t w = 0; w < parts; ++w)
        others[times.inputs[first + w].name] = basis.directions[static_cast<std::size_t>(j)][w];
      return family_.inputs_of(times, others);
    };
    if (constraints_ != nullptr && !regular()) return std::nullopt;
    if (n == 0) return symbolic::InertiaBySigns{};
    const program::FixedData<symbolic::NormalRing> hessian(times, put(0), symbolic::NormalRing(family_.normal()));
    ExpressionMatrix form = symbolic::zero_matrix(n, n);
    ExpressionMatrix gram = symbolic::zero_matrix(n, n);
    for (Index j = 0; j < n; ++j) {
      const auto& direction = basis.directions[static_cast<std::size_t>(j)];
      const std::vector<ExpressionMatrix> product = hessian(put(j));
      if (constraints_ != nullptr &&
          !std::all_of(product.back().data(), product.back().data() + product.back().size(), zero_))
        throw Undefined(fmt::format("direction {} of the basis is not tangent to the constraints", j + 1));
      for (Index i = 0; i <= j; ++i) {
        Expression second = 0;
        Expression inner = 0;
        for (std::size_t w = 0; w < parts; ++w) {
          const ExpressionMatrix& other = basis.directions[static_cast<std::size_t>(i)][w];
          for (Index e = 0; e < other.size(); ++e) {
            second += other(e) * product[w](e);
            inner += other(e) * direction[w](e);
          }
        }
        form(i, j) = form(j, i) = family_.normal()(second / 2);
        gram(i, j) = gram(j, i) = family_.normal()(inner);
      }
    }
    if (basis.form) {
      for (Index j = 0; j < n; ++j) {
        for (Index i = 0; i <= j; ++i) {
          if (!zero_(form(i, j) - (*basis.form)(i, j))) {
            throw Undefined(fmt::format(
                "the second-order term is not the form: their products of coordinates {} and {} differ", i + 1, j + 1));
          }
        }
      }
      proof.form = true;
    }
    if (!defined_everywhere(basis)) return std::nullopt;
    if (symbolic::inertia(gram, family_.conditions()) != Inertia{0, 0, n}) {
      if (at_a_point_) throw Undefined("the directions are dependent");
      return std::nullopt;
    }
    return symbolic::inertia_by_signs(form, family_.conditions());
  }

  [[nodiscard]] std::vector<ExpressionMatrix> evaluate(const program::Program& program,
                                                       const std::vector<ExpressionMatrix>& inputs) const {
    return program::evaluate(program, std::span<const ExpressionMatrix>(inputs),
                             symbolic::NormalRing(family_.normal()));
  }

  FamilySymbols family_;
  std::function<bool(const Expression&)> zero_ = [this](const Expression& e) { return family_.normal()(e).is_zero(); };
  const FamilyRecipe& recipe_;
  const ConstraintsHere* constraints_;
  bool at_a_point_;
  std::optional<program::CompiledLoss> loss_;
  std::vector<GiNaC::symbol> multipliers_;
  std::vector<Expression> slopes_;  // the gradient: by the weights, then by the multipliers
  std::optional<symbolic::InertiaBySigns> inertia_;
  std::vector<std::size_t> chosen_;  // coordinates at which J has independent columns
};

}  // namespace

FamilyProof prove_family(const Landscape& landscape, const Recipe& recipe) {
  const auto* of_family = dynamic_cast<const FamilyRecipe*>(&recipe);
  if (of_family == nullptr || of_family->of().approximate) return {};
  try {
    const auto identity = std::make_shared<Identity>(landscape, *of_family);
    FamilyProof proof = identity->decide();
    if (!identity->inertia()) return proof;
    proof.one_inertia = identity->inertia()->pivots.empty();
    proof.inertia = [identity](const Recipe& at, std::uint64_t seed) {
      return identity->inertia_at(dynamic_cast<const FamilyRecipe&>(at), seed);
    };
    return proof;
  } catch (const Undefined&) {  // a draw is compared, or an operation that programs do not have
    return {};
  } catch (const std::domain_error&) {  // division by zero
    return {};
  }
}

std::string fault_of_basis(const Landscape& landscape, const Recipe& recipe, std::uint64_t seed) {
  const auto* of_family = dynamic_cast<const FamilyRecipe*>(&recipe);
  if (of_family == nullptr || of_family->of().approximate || !of_family->of().basis) return {};
  try {
    return Identity(landscape, *of_family, seed).decide().fault;
  } catch (const Undefined&) {  // an operation that programs do not have
    return {};
  } catch (const std::domain_error&) {  // division by zero
    return {};
  }
}

}  // namespace rankscape
