#include "check/certificate.hpp"

#include <map>

#include <nlohmann/json.hpp>
#include <rankscape/adviser.hpp>
#include <rankscape/error.hpp>

#include "certificate/bounds.hpp"
#include "certificate/evidence.hpp"
#include "check/benign.hpp"
#include "check/local_problem.hpp"
#include "check/nearby_point.hpp"
#include "check/orthonormal_bound.hpp"
#include "exact/columns.hpp"
#include "landscapes/constraints.hpp"
#include "near/orbit_certificate.hpp"
#include "symmetry/local_analysis.hpp"

namespace rankscape {

namespace {

using certificate::Claims;
using certificate::CurveClaim;
using certificate::LocalClaim;

RationalMatrix rows_of(const std::vector<RationalVector>& vectors, Index size) {
  RationalMatrix rows(static_cast<Index>(vectors.size()), size);
  for (std::size_t k = 0; k < vectors.size(); ++k)
    rows.row(static_cast<Index>(k)) = vectors[k].transpose();
  return rows;
}

CurveClaim curve_claim(const CurveExpansion& line, Index parameters) {
  CurveClaim claim;
  std::vector<RationalVector> directions;
  for (const Weights& direction : line.curve)
    directions.push_back(symmetry::as_vector(direction));
  claim.directions = rows_of(directions, parameters);
  claim.coefficients.assign(line.coefficients.begin(), line.coefficients.begin() + line.order + 1);
  claim.order = line.order;
  return claim;
}

std::vector<int> exponents_of(const symmetry::Monomial& monomial, Index variables) {
  std::vector<int> exponents(static_cast<std::size_t>(variables), 0);
  for (const char16_t position : monomial)
    ++exponents[position];
  return exponents;
}

// A polynomial map without constant term, by its monomials.
LocalClaim::Map map_claim(const symmetry::Reduction& reduction, Index parameters) {
  std::map<std::vector<int>, RationalVector> by_powers;
  for (Index row = 0; row < static_cast<Index>(reduction.map.size()); ++row) {
    for (const auto& [monomial, coefficient] : reduction.map[static_cast<std::size_t>(row)].terms()) {
      std::vector<int> powers = exponents_of(monomial, reduction.parameters);
      if (monomial.empty()) continue;  // the point itself
      auto& direction = by_powers.try_emplace(std::move(powers), RationalVector::Zero(parameters)).first->second;
      direction(row) = coefficient;
    }
  }
  LocalClaim::Map map;
  std::vector<RationalVector> directions;
  for (auto& [powers, direction] : by_powers) {
    map.powers.push_back(powers);
    directions.push_back(std::move(direction));
  }
  map.directions = rows_of(directions, parameters);
  return map;
}

LocalClaim local_claim(const symmetry::LocalProof& proof, Index parameters) {
  LocalClaim claim;
  for (const symmetry::Field& field : proof.fields) {
    auto& entries = claim.fields.emplace_back();
    for (const auto& [row, column, value] : field.linear)
      entries.push_back({row, column, value});
    for (const auto& [row, value] : field.constant)
      entries.push_back({row, parameters, value});
  }
  if (proof.kind == symmetry::LocalProof::Kind::fields) return claim;
  claim.map = map_claim(proof.reduction, parameters);
  claim.order = proof.kind == symmetry::LocalProof::Kind::form ? proof.reduction.order : 0;
  if (proof.gram) {
    claim.gram.emplace();
    for (const symmetry::Monomial& monomial : proof.gram->monomials)
      claim.gram->exponents.push_back(exponents_of(monomial, proof.reduction.parameters));
    claim.gram->matrix = proof.gram->matrix;
  }
  return claim;
}

certificate::ConstraintsClaim constraints_claim(const Instance& instance, const ConstraintsHere& constraints,
                                                const Evidence& evidence,
                                                const std::optional<certificate::BenignClaim>* benign) {
  certificate::ConstraintsClaim claim;
  claim.count = constraints.count();
  claim.benign = benign != nullptr ? *benign : prove_benign(instance);
  claim.rotations = of_rotations_only(instance);
  if (!constraints.regular()) return claim;
  claim.columns = independent_columns(constraints.jacobian());
  claim.inverse = inverse(RationalMatrix(constraints.jacobian()(Eigen::all, claim.columns))).value();
  if (!evidence.critical) claim.slope = constraints.gradient();
  if (evidence.verdict != Verdict::global_minimizer) return claim;
  if (is_convex_quadratic_lagrangian(instance)) {
    claim.quadratic = certificate::semidefinite(constraints.second_derivatives()).value();
  } else {
    claim.orthonormal = prove_global_by_columns(instance);
  }
  return claim;
}

// Of a landscape with constraints: everything is said of the Lagrangian, in weights and multipliers.
certificate::Claims constrained_claims(const Instance& instance, const ConstraintsHere& constraints,
                                       const Evidence& evidence,
                                       const std::optional<certificate::BenignClaim>* benign) {
  Claims claims(workspace_at(instance));
  claims.critical = evidence.critical;
  claims.value = evidence.value;
  claims.constraints = constraints_claim(instance, constraints, evidence, benign);
  const Index size = claims.workspace.parameters();
  if (evidence.bordered)
    claims.inertia = certificate::inertia_claim(evidence.bordered->matrix, evidence.bordered->inertia, {}, {});
  if (evidence.descent) claims.descent = curve_claim(*evidence.descent, size);
  if (evidence.ascent) claims.ascent = curve_claim(*evidence.ascent, size);
  if (evidence.local) claims.local = local_claim(*evidence.local, size);
  if (evidence.better) claims.better = symmetry::as_vector(*evidence.better);
  return claims;
}

}  // namespace

certificate::Claims claims_of(const Instance& instance, const Evidence& evidence,
                              const std::optional<certificate::BenignClaim>* benign) {
  if (const ConstraintsHere* constraints = constraints_at(instance))
    return constrained_claims(instance, *constraints, evidence, benign);
  Claims claims(workspace_at(instance));
  claims.critical = evidence.critical;
  claims.value = evidence.value;
  const Index parameters = evidence.parameters;
  if (evidence.by_normal_form)
    throw InputError("there is no certificate of an inertia by the normal form: the Hessian was not formed");
  if (evidence.hessian && !evidence.hessian_matrix && certificate::evidently_flat(claims.workspace)) {
    claims.inertia = certificate::flat_claim(parameters);
  } else if (evidence.hessian) {
    const RationalMatrix hessian =
        evidence.hessian_matrix ? *evidence.hessian_matrix : RationalMatrix::Zero(parameters, parameters);
    claims.inertia = certificate::inertia_claim(hessian, *evidence.hessian, evidence.lambda_min, evidence.lambda_max);
  }
  if (evidence.descent) claims.descent = curve_claim(*evidence.descent, parameters);
  if (evidence.ascent) claims.ascent = curve_claim(*evidence.ascent, parameters);
  if (evidence.local) claims.local = local_claim(*evidence.local, parameters);
  if (evidence.better) claims.better = symmetry::as_vector(*evidence.better);
  if (evidence.bounds) {
    claims.global = *evidence.bounds;
  } else if (evidence.verdict == Verdict::global_minimizer) {
    claims.global = certificate::prove_global(claims.workspace);
  }
  if (instance.advice() != nullptr) instance.advice()->certify(claims);
  return claims;
}

Json certificate_json(const Instance& instance, const Evidence& evidence, const std::string& key,
                      const std::vector<CertifiedStatement>& statements,
                      const std::optional<certificate::BenignClaim>* benign) {
  return certificate::to_json(claims_of(instance, evidence, benign),
                              {instance.landscape().id(), instance.shape().to_text(), key}, statements);
}

std::optional<Json> certificate_of_case(const Instance& instance, const Evidence& evidence, const std::string& key,
                                        const std::vector<CertifiedStatement>& statements) {
  if (!evidence.nearby) return certificate_json(instance, evidence, key, statements);
  const symmetry::Loss loss(instance.program(), instance.program_data());
  auto json = near::orbit_certificate_of(loss, symmetry::as_vector(instance.point().weights), evidence.nearby->proved(),
                                         {instance.landscape().id(), instance.shape().to_text(), key}, statements);
  const Index border = evidence.nearby->proved().proof.N.cols();
  if (json && certificate::beyond_limits(certificate::to_text(*json), evidence.parameters + border))
    return std::nullopt;
  return json;
}

}  // namespace rankscape
