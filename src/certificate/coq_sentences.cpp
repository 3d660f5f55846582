#include "certificate/coq_sentences.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <rankscape/error.hpp>
#include <string_view>

namespace rankscape::certificate::coq {

namespace {

constexpr std::string_view global_verdict = "global_minimizer";

[[noreturn]] void not_covered(const std::string& what) {
  throw InputError(what);
}

void refuse_what_constraints_change(const Json& claims) {
  if (!claims.at("critical").get<bool>()) not_covered("the point is not critical under constraints");
  for (const char* name : {"descent", "ascent"}) {
    if (claims.contains(name)) not_covered(fmt::format("the claim is that of a curve under constraints ({})", name));
  }
}

Kind constrained_kind(const Json& claims) {
  const bool local = claims.contains("local") && claims.at("verdict") != global_verdict;
  if (claims.at("constraints").contains("rotations")) {
    if (local) not_covered("the claim is that of a local extremum modulo symmetry among rotations");
    return Kind::rotation;
  }
  if (claims.contains("global") && claims.at("global").contains("orthonormal")) return Kind::frame;
  return local ? Kind::orbit : Kind::under;
}

Kind free_kind(const Json& claims) {
  if (!claims.contains("local") || claims.at("verdict") == global_verdict) return Kind::alone;
  if (claims.at("inertia").at("neg") != 0) not_covered("the claim is that of a local maximizer modulo symmetry");
  return Kind::modulo;
}

Sentence alone(const std::string& verdict) {
  if (verdict == "not_critical")
    return {"x is not a critical point of L: its gradient g is not 0",
            "exists g A, expansion (L F) (x F) g A /\\ g != 0%R"};
  if (verdict == global_verdict)
    return {"x is a critical point of L, and a global minimizer",
            "critical_point (L F) (x F) /\\ global_min (L F) (x F)"};
  if (verdict == "local_maximizer")
    return {"x is a critical point of L, and a strict local maximizer",
            "critical_point (L F) (x F) /\\ strict_local_max (L F) (x F)"};
  if (verdict == "strict_saddle" || verdict == "non_strict_saddle")
    return {"x is a critical point of L, and not a local minimizer",
            "critical_point (L F) (x F) /\\ ~ local_min (L F) (x F)"};
  if (verdict == "local_minimizer")
    return {"x is a critical point of L, a strict local minimizer, and not a global one",
            "[/\\ critical_point (L F) (x F), strict_local_min (L F) (x F) & ~ global_min (L F) (x F)]"};
  if (verdict == "second_order")
    return {"x is a critical point of L, and the Hessian A is positive semidefinite",
            "exists A, expansion (L F) (x F) 0%R A /\\ (forall w, (0 <= form A w)%R)"};
  return {"x is a critical point of L", "critical_point (L F) (x F)"};
}

Sentence modulo(const std::string& verdict) {
  if (verdict == "local_minimizer")
    return {"x is a critical point of L, a local minimizer, and not a global one",
            "[/\\ critical_point (L F) (x F), local_min (L F) (x F) & ~ global_min (L F) (x F)]"};
  return {"x is a critical point of L, and a local minimizer", "critical_point (L F) (x F) /\\ local_min (L F) (x F)"};
}

const std::string critical_there = "(exists A, critical_on (f F) (g F) (x F) (mu F) A)";
const std::string critical_words = "x is a critical point of f where g = 0";

Sentence also(const char* words, const std::string& formula) {
  return {critical_words + words, critical_there + " /\\ " + formula};
}

Sentence but_not_global(const char* words, const std::string& formula) {
  return {critical_words + words,
          fmt::format("[/\\ {},\n      {} & ~ global_min_on (f F) (g F) (x F)]", critical_there, formula)};
}

Sentence tangent(const char* words, const char* formula) {
  return {
      critical_words + words,
      fmt::format("exists A J, [/\\ critical_on (f F) (g F) (x F) (mu F) A, derivative_on (g F) (x F) J, row_free J &\n"
                  "    {}]",
                  formula)};
}

Sentence under(const std::string& verdict) {
  if (verdict == global_verdict)
    return also(", and f is nowhere smaller where g = 0", "global_min_on (f F) (g F) (x F)");
  if (verdict == "local_maximizer")
    return also(", and a strict local maximizer of f there", "strict_max_on (f F) (g F) (x F)");
  if (verdict == "local_minimizer")
    return but_not_global(", a strict local minimizer of f there, and not a global one",
                          "strict_min_on (f F) (g F) (x F)");
  if (verdict == "strict_saddle")
    return tangent(", and the Hessian A of f - <mu, g> is negative on a tangent vector w",
                   "exists w, (w *m J^T = 0)%R /\\ (form A w < 0)%R");
  if (verdict == "second_order")
    return tangent(", and the Hessian A of f - <mu, g> is nowhere negative on tangent vectors w",
                   "forall w, (w *m J^T = 0)%R -> (0 <= form A w)%R");
  return {critical_words, critical_there};
}

// Of n x n matrices.
Sentence rotation(const std::string& verdict, std::size_t n) {
  const std::string turns = fmt::format("(0 < \\det (frame_at {0} {0} y))%R", n);
  if (verdict == global_verdict)
    return also(", and f is nowhere smaller where g = 0 and the determinant is positive",
                fmt::format("(forall y, g F y = 0%R -> {} -> (f F (x F) <= f F y)%R)", turns));
  if (verdict == "local_minimizer")
    return {
        critical_words + ", a strict local minimizer of f there, and f is smaller at a point of positive determinant",
        fmt::format("[/\\ {},\n      strict_min_on (f F) (g F) (x F) &\n"
                    "      exists y, [/\\ g F y = 0%R, {} & (f F y < f F (x F))%R]]",
                    critical_there, turns)};
  return under(verdict);
}

Sentence strict_minimizer(Kind kind) {
  if (kind == Kind::alone)
    return {"x is a critical point of L, and a strict local minimizer",
            "critical_point (L F) (x F) /\\ strict_local_min (L F) (x F)"};
  return also(", and a strict local minimizer of f there", "strict_min_on (f F) (g F) (x F)");
}

Sentence orbit(const std::string& verdict) {
  if (verdict == "local_maximizer") return also(", and a local maximizer of f there", "local_max_on (f F) (g F) (x F)");
  if (verdict == "local_minimizer")
    return but_not_global(", a local minimizer of f there, and not a global one", "local_min_on (f F) (g F) (x F)");
  return also(", and a local minimizer of f there", "local_min_on (f F) (g F) (x F)");
}

}  // namespace

Kind kind_of(const Json& certificate) {
  // `benign` speaks of all points, and `features` of statements; a theorem of one point leaves them out.
  constexpr std::array<std::string_view, 14> known = {"critical", "value",       "inertia",  "lambda_min", "lambda_max",
                                                      "descent",  "ascent",      "local",    "better",     "global",
                                                      "verdict",  "constraints", "features", "benign"};
  const Json& claims = certificate.at("claims");
  const bool constrained = claims.contains("constraints");
  if (constrained) refuse_what_constraints_change(claims);
  for (const auto& [name, claim] : claims.items()) {
    if (std::find(known.begin(), known.end(), name) == known.end()) not_covered("the claim is " + name);
  }
  if (claims.contains("inertia") && claims.at("inertia").contains("flat"))
    not_covered("the Hessian is claimed to vanish by degrees");
  if (claims.contains("local") && claims.at("local").contains("map") && claims.at("verdict") != global_verdict)
    not_covered("the claim is that of a local extremum modulo symmetry by a map");
  return constrained ? constrained_kind(claims) : free_kind(claims);
}

bool is_definite(Kind kind, const Json& claims) {
  return (kind == Kind::alone || kind == Kind::under || kind == Kind::rotation) &&
         claims.at("verdict") == "second_order" && claims.at("inertia").at("zero") == 0;
}

std::string verdict_term(const std::string& verdict) {
  std::string name;
  bool capital = true;
  for (const char letter : verdict) {
    if (letter != '_') name += capital ? static_cast<char>(letter - 'a' + 'A') : letter;
    capital = letter == '_';
  }
  return name;
}

Sentence sentence_of(Kind kind, const Json& claims, std::size_t rows) {
  const auto verdict = claims.at("verdict").get<std::string>();
  if (is_definite(kind, claims)) return strict_minimizer(kind);
  switch (kind) {
    case Kind::modulo:
      return modulo(verdict);
    case Kind::under:
    case Kind::frame:
      return under(verdict);
    case Kind::orbit:
      return orbit(verdict);
    case Kind::rotation:
      return rotation(verdict, rows);
    case Kind::alone:
      break;
  }
  return alone(verdict);
}

}  // namespace rankscape::certificate::coq
