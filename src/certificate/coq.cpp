// Theorems in Coq from a certificate: its parts as terms of proof/certificate.v, its loss with a formula beside each
// instruction, and the sentences of proof/ spelled out.
#include "certificate/coq.hpp"

#include "certificate/coq_bounds.hpp"
#include "certificate/coq_constrained.hpp"
#include "certificate/coq_loss.hpp"
#include "certificate/coq_sentences.hpp"
#include "certificate/coq_terms.hpp"

namespace rankscape::certificate {

namespace {

using coq::Kind;

struct Modules {
  const char* mathcomp;   // besides those that every file needs
  const char* rankscape;  // where the terms of the sentences are
};

Modules modules(Kind kind) {
  switch (kind) {
    case Kind::modulo:
      return {"", "checker symmetry evidence landscape soundness stated stated_symmetry"};
    case Kind::under:
      return {" mxalgebra",
              "constrained evidence landscape bordered feasible soundness constrained_sound stated_constraints"};
    case Kind::orbit:
      return {
          " mxalgebra",
          "symmetry constrained constrained_symmetry evidence landscape bordered feasible feasible_orbits soundness\n"
          "  constrained_sound stated_constraints"};
    case Kind::frame:
    case Kind::rotation:
      return {
          " mxalgebra",
          "constrained orthonormal evidence landscape bordered feasible soundness constrained_sound orthonormal_sound\n"
          "  stated_constraints stated_frames"};
    case Kind::alone:
      break;
  }
  return {"", "checker evidence landscape soundness stated"};
}

std::string head(Kind kind, const std::string& words) {
  const Modules needed = modules(kind);
  return fmt::format(
      "(** {}.\n    Written by rankscape. coqc -Q PROOF rankscape FILE.v compiles it, where PROOF is the folder in "
      "which\n"
      "    proof/ of rankscape was built. The terms of the theorems are defined in {}. *)\n"
      "Set Warnings \"-notation-overridden,-ambiguous-paths\".\nFrom Coq Require Import ZArith.\n"
      "From mathcomp Require Import ssreflect ssrfun ssrbool eqtype ssrnat seq order ssralg ssrnum matrix{}.\n"
      "From rankscape Require Import program certificate {}.\n\n"
      "Local Open Scope Z_scope.\n\n",
      words,
      kind == Kind::alone || kind == Kind::modulo ? "program.v and landscape.v"
                                                  : "program.v, landscape.v and feasible.v",
      needed.mathcomp, needed.rankscape);
}

bool is_constrained(Kind kind) {
  return kind != Kind::alone && kind != Kind::modulo;
}

// The claims of one certificate for proof/: under constraints the multipliers are no weights.
struct Told {
  Json weights = Json::array();
  Json claims;
};

Told told(Kind kind, const Json& certificate) {
  Told result;
  result.claims = certificate.at("claims");
  std::size_t parameters = 0;
  for (const Json& weight : certificate.at("weights")) {
    result.weights.push_back(weight.at("value"));
    parameters += weight.at("value").at("entries").size() * weight.at("value").at("entries").at(0).size();
  }
  if (!is_constrained(kind)) return result;
  result.weights.erase(result.weights.size() - 1);
  parameters -= coq::multipliers(certificate).at("entries").size();
  result.claims.erase("global");
  if (result.claims.contains("better")) {
    for (Json& row : result.claims.at("better").at("entries"))
      row.erase(row.begin() + static_cast<std::ptrdiff_t>(parameters), row.end());
  }
  return result;
}

// What the other claims prove, without a symmetry and without orthonormal columns.
std::string plain_verdict(const Json& claims, std::int64_t constraints) {
  if (!claims.contains("inertia")) return "undecided";
  const auto count = [&](const char* name) { return claims.at("inertia").at(name).get<std::int64_t>(); };
  const bool no_zeros = count("zero") == 0;
  if (count("pos") == constraints && count("neg") > constraints && no_zeros) return "local_maximizer";
  if (count("neg") > constraints) return "strict_saddle";
  return claims.contains("better") && no_zeros ? "local_minimizer" : "second_order";
}

std::string claimed(Kind kind, const Json& claims, std::int64_t constraints) {
  const bool quadratic = claims.contains("global") && claims.at("global").contains("quadratic");
  const bool whole = kind == Kind::alone || kind == Kind::under || quadratic;
  return coq::verdict_term(whole ? claims.at("verdict").get<std::string>() : plain_verdict(claims, constraints));
}

std::string definitions(Kind kind, const Json& certificate, const coq::Loss& loss) {
  const Told it = told(kind, certificate);
  const Json& claims = it.claims;
  std::string text;
  std::int64_t constraints = 0;
  if (is_constrained(kind)) {
    const Json& multipliers = coq::multipliers(certificate);
    constraints = static_cast<std::int64_t>(multipliers.at("entries").size());
    text = fmt::format("(** The multipliers. *)\nDefinition the_multipliers : rational_matrix := {}.\n\n",
                       coq::filled_matrix(multipliers));
  }
  text += fmt::format("(** The data, the shapes of the weights, and the loss: a program whose last result is {}. *)\n",
                      is_constrained(kind) ? "f - <mu, g>" : "L");
  text += fmt::format("Definition the_inputs : seq input :=\n  {}.\n", loss.inputs());
  text += "\nDefinition the_loss : seq instruction :=\n" + loss.instructions();
  text += fmt::format("\n(** The point: the weights. *)\nDefinition the_point : seq rational_matrix :=\n  {}.\n",
                      coq::list(it.weights, coq::matrix));
  text += fmt::format(
      "\n(** What is claimed, and the evidence. *)\nDefinition c : certificate :=\n"
      "  {{| inputs := the_inputs; weights := the_point; instructions := the_loss;\n     reciprocals := {};\n"
      "     value := {}; critical := {};\n     hessian_inertia := {};\n     lambda_min := {};\n     lambda_max := {};\n"
      "     descent := {};\n     ascent := {};\n     better := {};\n     global := {};\n     claimed := {} |}}.\n",
      loss.reciprocals(), coq::number(claims.at("value")), claims.at("critical").get<bool>() ? "true" : "false",
      coq::option(claims, "inertia", coq::inertia), coq::option(claims, "lambda_min", coq::enclosure),
      coq::option(claims, "lambda_max", coq::enclosure), coq::option(claims, "descent", coq::curve),
      coq::option(claims, "ascent", coq::curve), coq::option(claims, "better", coq::matrix),
      coq::option(claims, "global",
                  [&](const Json& global) {
                    return coq::list(global.at("bounds"), [&](const Json& evidence) {
                      return coq::bound(evidence, certificate.at("program"));
                    });
                  }),
      claimed(kind, certificate.at("claims"), constraints));
  return text;
}

constexpr const char* reciprocals_theorem =
    "(** A datum of the pairs (node, input) is 1 divided by the node, which is not 0, whatever the weights are. *)\n"
    "Theorem reciprocals_there (F : realFieldType) r : List.In r (reciprocals c) -> is_one_over F c r.\n"
    "Proof. exact: (stated_reciprocals checked). Qed.\n\n";

std::string free_hessian(const Json& inertia) {
  return fmt::format(
      "(** A is the Hessian of L at x: it has {0} negative, {1} zero and {2} positive eigenvalues. *)\n"
      "Theorem hessian_there (F : realFieldType) :\n"
      "  exists g A, expansion (L F) (x F) g A /\\ inertia A {0} {1} {2}.\n"
      "Proof. exact: (stated_hessian F checked). Qed.\n\n",
      inertia.at("neg").dump(), inertia.at("zero").dump(), inertia.at("pos").dump());
}

std::string free_theorems(Kind kind, const Json& claims) {
  std::string text;
  if (kind == Kind::modulo)
    text = fmt::format(
        "\n(** Fields along which L does not change. *)\nDefinition k : symmetric :=\n"
        "  {{| without := c; along := {};\n     concluded := {} |}}.\n",
        coq::symmetry(claims.at("local")), coq::verdict_term(claims.at("verdict").get<std::string>()));
  text +=
      "\n(** Over every ordered field: the rational, the real algebraic, the real numbers. *)\n"
      "Definition L (F : realFieldType) := @loss F c.\nDefinition x (F : realFieldType) := point F c.\n\n";
  if (kind == Kind::modulo) {
    text +=
        "Lemma checked_modulo : check_symmetric k.\nProof. by vm_compute. Qed.\n\n"
        "Lemma checked : check c.\nProof. exact: (symmetric_checked checked_modulo). Qed.\n\n";
  } else {
    text += "Lemma checked : check c.\nProof. by vm_compute. Qed.\n\n";
  }
  text += fmt::format(
      "(** The value of L at x. *)\nTheorem value_there (F : realFieldType) : L F (x F) = ratF F {}.\n"
      "Proof. exact: (stated_value F checked). Qed.\n\n",
      coq::number(claims.at("value")));
  return claims.contains("inertia") ? text + free_hessian(claims.at("inertia")) : text;
}

// Of a field, and where the sentence is proved.
struct ProvedBy {
  const char* field;
  const char* by;
};

ProvedBy proved(Kind kind, bool definite) {
  if (definite && kind == Kind::alone) return {"realFieldType", "stated_strict_min F checked positive"};
  if (definite) return {"realFieldType", "stated_strict_min_on F checked read positive"};
  switch (kind) {
    case Kind::modulo:
      return {"archiFieldType", "stated_symmetric_verdict F checked_modulo"};
    case Kind::orbit:
      return {"archiFieldType", "stated_orbit_verdict F checked_orbit read"};
    case Kind::under:
      return {"realFieldType", "stated_constrained_verdict F checked read"};
    case Kind::frame:
      return {"realFieldType", "stated_frames_verdict F checked_frames read isT erefl"};
    case Kind::rotation:
      return {"realFieldType", "stated_rotation_verdict F checked_frames read turns"};
    case Kind::alone:
      break;
  }
  return {"realFieldType", "stated_verdict F checked"};
}

// That the Hessian is positive definite, on the tangent vectors if there are constraints.
std::string positive_lemma(Kind kind, const Json& certificate) {
  return fmt::format("Lemma positive : {}.\nProof. by vm_compute. Qed.\n\n",
                     kind == Kind::alone
                         ? "definite c"
                         : fmt::format("definite_on k {}", coq::multipliers(certificate).at("entries").size()));
}

}  // namespace

std::string coq_theorems(const Json& certificate) {
  const Kind kind = coq::kind_of(certificate);
  const Json& claims = certificate.at("claims");
  const std::size_t rows = certificate.at("weights").at(0).at("value").at("entries").size();
  const coq::Loss loss(certificate);
  const coq::Sentence said = coq::sentence_of(kind, claims, rows);
  std::string text = head(kind, said.words) + definitions(kind, certificate, loss);
  text += is_constrained(kind) ? coq::constrained_theorems(kind, certificate) : free_theorems(kind, claims);
  if (loss.reciprocals() != "[::]") text += reciprocals_theorem;
  const bool definite = coq::is_definite(kind, claims);
  if (definite) text += positive_lemma(kind, certificate);
  const ProvedBy by = proved(kind, definite);
  return text + fmt::format(
                    "(** {}. *)\nTheorem verdict_there (F : {}) :\n  {}.\nProof. exact: ({}). Qed.\n\n"
                    "Print Assumptions verdict_there.\n",
                    said.words, by.field, said.formula, by.by);
}

}  // namespace rankscape::certificate
