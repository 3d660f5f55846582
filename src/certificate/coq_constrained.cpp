#include "certificate/coq_constrained.hpp"

#include "certificate/coq_frames.hpp"
#include "certificate/coq_terms.hpp"

namespace rankscape::certificate::coq {

namespace {

// The results f and g of the program, and the number of entries of g: the last result is f - <mu, g>.
struct Results {
  std::size_t loss;
  std::size_t constraints;
  std::size_t count;
};

Results results_of(const Json& certificate) {
  const Json& program = certificate.at("program");
  const Json& last = program.back();
  return {last.at(1).get<std::size_t>(), program.at(last.at(2).get<std::size_t>()).at(2).get<std::size_t>(),
          multipliers(certificate).at("entries").size()};
}

std::string verdict_of(const Json& claims) {
  return verdict_term(claims.at("verdict").get<std::string>());
}

const Json& point_matrix(const Json& certificate) {
  return certificate.at("weights").at(0).at("value");
}

std::string frames_term(Kind kind, const Json& certificate, const Json& global) {
  const Json& claims = certificate.at("claims");
  std::string rotations = "None";
  if (kind == Kind::rotation) {
    const Json& x = point_matrix(certificate);
    rotations = fmt::format("Some ({},\n     {})", orientation(x), option(claims, "better", [&](const Json& better) {
                              return orientation(squared(better, x.at("entries").size()));
                            }));
  }
  return fmt::format(
      "\n(** {}. *)\nDefinition s : on_frames :=\n  {{| besides := k; rotations := {};\n     frames := {};\n"
      "     settled := {} |}}.\n",
      kind == Kind::rotation ? "Only matrices of positive determinant count" : "The columns are orthonormal", rotations,
      option(global, "orthonormal", orthonormal), verdict_of(claims));
}

// What the evidence is, the last of which is checked.
std::string evidence_terms(Kind kind, const Json& certificate) {
  const Json& claims = certificate.at("claims");
  const Json none = Json::object();
  const Json& global = claims.contains("global") ? claims.at("global") : none;
  std::string text = fmt::format(
      "\nDefinition k : constrained :=\n  {{| lagrangian := c; regular := {};\n     convex_lagrangian := {} |}}.\n",
      regular(claims.at("constraints")),
      option(global, "quadratic", [](const Json& evidence) { return psd(evidence); }));
  if (kind == Kind::frame || kind == Kind::rotation) text += frames_term(kind, certificate, global);
  if (kind == Kind::orbit)
    text += fmt::format(
        "\n(** Fields of the weights and the multipliers, along which f - <mu, g> does not change. *)\n"
        "Definition s : constrained_symmetric :=\n  {{| under := k; orbit := {};\n     ending := {} |}}.\n",
        symmetry(claims.at("local")), verdict_of(claims));
  return text;
}

std::string functions(const Results& at) {
  return fmt::format(
      "\n(** Over every ordered field: f is r{0} of the program, and g, with values of {2} entries, is r{1}; the "
      "feasible\n"
      "    points are those where g = 0. critical_on f g x mu A says that x is feasible, and that f - <mu, g> has "
      "there no\n"
      "    gradient, and the Hessian A; derivative_on g x J that the rows of J are the gradients of the entries of g. "
      "Tangent\n"
      "    vectors are the w with w J^T = 0. *)\n"
      "Definition f (F : realFieldType) := @objective F c {0}.\n"
      "Definition g (F : realFieldType) := @constraints F c {1} {2}.\n"
      "Definition x (F : realFieldType) := point F c.\n"
      "Definition mu (F : realFieldType) := multipliers F the_multipliers {2}.\n\n",
      at.loss, at.constraints, at.count);
}

std::string checked_by(const char* check, const char* name, const char* implies) {
  return fmt::format(
      "Lemma {1} : {0} s.\nProof. by vm_compute. Qed.\n\n"
      "Lemma checked : check_constrained k.\nProof. exact: ({2} {1}). Qed.\n\n",
      check, name, implies);
}

std::string checks(Kind kind, const Results& at) {
  std::string text;
  if (kind == Kind::orbit) {
    text = checked_by("check_constrained_symmetric", "checked_orbit", "orbit_checked");
  } else if (kind == Kind::under) {
    text = "Lemma checked : check_constrained k.\nProof. by vm_compute. Qed.\n\n";
  } else {
    text = checked_by("check_on_frames", "checked_frames", "frames_checked");
  }
  return text + fmt::format("Lemma read : reads_as c {} {} the_multipliers {}.\nProof. by split; vm_compute. Qed.\n\n",
                            at.loss, at.constraints, at.count);
}

std::string value_theorem(const Json& value) {
  return fmt::format(
      "(** x is feasible; the value of f there. *)\n"
      "Theorem value_there (F : realFieldType) : g F (x F) = 0%R /\\ f F (x F) = ratF F {}.\n"
      "Proof. exact: (stated_constrained_value F checked read). Qed.\n\n",
      number(value));
}

std::string rotation_theorem(std::size_t n) {
  return fmt::format(
      "Lemma turns : some (rotations s) /\\ frame_shape c = Some ({0}%nat, {0}%nat).\nProof. by split; vm_compute. "
      "Qed.\n\n"
      "(** frame_at {0} {0} y is the matrix of the coordinates y: that of x has a positive determinant. *)\n"
      "Theorem determinant_there (F : realFieldType) : (0 < \\det (frame_at {0} {0} (x F)))%R.\n"
      "Proof. exact: (stated_rotation F checked_frames read turns). Qed.\n\n",
      n);
}

std::string hessian_theorem(const Json& inertia, std::size_t constraints) {
  const auto tangent = [&](const char* name) {
    return inertia.at(name).get<std::int64_t>() - static_cast<std::int64_t>(constraints);
  };
  return fmt::format(
      "(** The gradients of g are independent. On the tangent vectors the Hessian A of f - <mu, g> has {0} negative,\n"
      "    {1} zero and {2} positive eigenvalues. *)\n"
      "Theorem hessian_there (F : realFieldType) :\n"
      "  exists A J, [/\\ critical_on (f F) (g F) (x F) (mu F) A, derivative_on (g F) (x F) J, row_free J &\n"
      "    inertia_on A J {0} {1} {2}].\n"
      "Proof. exact: (stated_constrained_hessian F checked read). Qed.\n\n",
      tangent("neg"), inertia.at("zero").dump(), tangent("pos"));
}

}  // namespace

const Json& multipliers(const Json& certificate) {
  return certificate.at("weights").back().at("value");
}

std::string constrained_theorems(Kind kind, const Json& certificate) {
  const Json& claims = certificate.at("claims");
  const Results at = results_of(certificate);
  std::string text =
      evidence_terms(kind, certificate) + functions(at) + checks(kind, at) + value_theorem(claims.at("value"));
  if (kind == Kind::rotation) text += rotation_theorem(point_matrix(certificate).at("entries").size());
  return claims.contains("inertia") ? text + hessian_theorem(claims.at("inertia"), at.count) : text;
}

}  // namespace rankscape::certificate::coq
