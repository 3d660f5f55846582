// Theorems in Coq from a certificate: its parts as terms of proof/certificate.v, its loss with a formula beside each
// instruction, and the sentences of proof/stated.v spelled out.
#include "certificate/coq.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cctype>
#include <nlohmann/json.hpp>
#include <rankscape/error.hpp>
#include <string_view>
#include <vector>

namespace rankscape::certificate {

namespace {

std::string coq_integer(const Json& value) {
  std::string text = value.is_string() ? value.get<std::string>() : value.dump();
  return text.starts_with('-') ? "(" + text + ")" : text;
}

// A pair: numerator, denominator.
std::string coq_number(const Json& value) {
  if (!value.is_string()) return fmt::format("({}, 1)", coq_integer(value));
  const auto text = value.get<std::string>();
  const std::size_t slash = text.find('/');
  if (slash == std::string::npos) return fmt::format("({}, 1)", coq_integer(value));
  return fmt::format("({}, {})", coq_integer(Json(text.substr(0, slash))), text.substr(slash + 1));
}

template <typename Write>
std::string coq_list(const Json& values, Write write) {
  if (values.empty()) return "[::]";
  std::vector<std::string> items;
  items.reserve(values.size());
  for (const Json& value : values)
    items.push_back(write(value));
  return fmt::format("[:: {}]", fmt::join(items, "; "));
}

std::string coq_rows(const Json& rows) {
  return coq_list(rows, [](const Json& row) { return coq_list(row, coq_integer); });
}

std::string coq_matrix(const Json& matrix) {
  return fmt::format("RationalMatrix {} {}", coq_integer(matrix.at("denominator")), coq_rows(matrix.at("entries")));
}

template <typename Write>
std::string coq_option(const Json& claims, const char* name, Write write) {
  return claims.contains(name) ? fmt::format("Some ({})", write(claims.at(name))) : "None";
}

std::string coq_inertia(const Json& inertia) {
  return fmt::format("InertiaEvidence {} {} {}\n      {}\n      {}\n      {}", inertia.at("neg").dump(),
                     inertia.at("zero").dump(), inertia.at("pos").dump(), coq_rows(inertia.at("frame")),
                     coq_rows(inertia.at("null")), coq_list(inertia.at("null_columns"), coq_integer));
}

std::string coq_curve(const Json& curve) {
  return fmt::format("CurveEvidence ({}) {} {}", coq_matrix(curve.at("curve")),
                     coq_list(curve.at("coefficients"), coq_number), curve.at("order").dump());
}

std::string coq_enclosure(const Json& bounds) {
  return fmt::format("{}, {}", coq_number(bounds.at("lo")), coq_number(bounds.at("hi")));
}

// A name that can stand in a comment, or the position.
std::string shown_name(const Json& named, std::size_t position) {
  const auto name = named.at("name").get<std::string>();
  const bool plain = std::all_of(name.begin(), name.end(), [](unsigned char c) {
    return std::isalnum(c) != 0 || std::string_view("_(),.").find(static_cast<char>(c)) != std::string_view::npos;
  });
  return plain ? name : fmt::format("input{}", position);
}

// A scalar as it is, a matrix by its position.
std::string shown_constant(const Json& matrix, const std::string& position) {
  const Json& rows = matrix.at("entries");
  if (rows.size() != 1 || rows.at(0).size() != 1) return "constant" + position;
  const std::string entry = coq_integer(rows.at(0).at(0));
  const std::string denominator = coq_integer(matrix.at("denominator"));
  return denominator == "1" ? entry : fmt::format("{}/{}", entry, denominator);
}

// The program: constructor and operands as in proof/program.v, and formulas for the reader. A result whose formula is
// long is called r0, r1, .. where it is used.
class Program {
 public:
  explicit Program(const Json& certificate) {
    for (const char* list : {"data", "weights"}) {
      for (const Json& input : certificate.at(list))
        inputs_.push_back(shown_name(input, inputs_.size()));
    }
    for (const Json& instruction : certificate.at("program"))
      add(instruction, certificate.at("constants"));
  }

  [[nodiscard]] std::string lines() const {
    std::string text;
    for (std::size_t k = 0; k < terms_.size(); ++k) {
      text += fmt::format("{}{}  (* r{} = {} *)\n", k == 0 ? "  [:: " : "      ",
                          terms_[k] + (k + 1 < terms_.size() ? ";" : "]."), k, formulas_[k]);
    }
    return text;
  }

  [[nodiscard]] const std::string& input(std::size_t k) const { return inputs_[k]; }

 private:
  static constexpr std::size_t longest = 60;

  [[nodiscard]] std::string operand(const Json& position, bool factor) const {
    const auto k = position.get<std::size_t>();
    if (formulas_[k].size() > longest) return fmt::format("r{}", k);
    return factor && sum_[k] ? "(" + formulas_[k] + ")" : formulas_[k];
  }

  void add(const Json& instruction, const Json& constants) {
    const auto name = instruction.at(0).get<std::string>();
    const auto at = [&](std::size_t k) { return instruction.at(k).dump(); };
    const auto plain = [&](std::size_t k) { return operand(instruction.at(k), false); };
    const auto factor = [&](std::size_t k) { return operand(instruction.at(k), true); };
    const auto binary = [&](const char* constructor) { return fmt::format("{} {} {}", constructor, at(1), at(2)); };
    if (name == "input") {
      push("Input " + at(1), inputs_.at(instruction.at(1).get<std::size_t>()));
    } else if (name == "constant") {
      const Json& matrix = constants.at(instruction.at(1).get<std::size_t>());
      push("Constant (" + coq_matrix(matrix) + ")", shown_constant(matrix, at(1)));
    } else if (name == "add") {
      push(binary("Add"), fmt::format("{} + {}", plain(1), plain(2)), true);
    } else if (name == "subtract") {
      push(binary("Subtract"), fmt::format("{} - {}", plain(1), factor(2)), true);
    } else if (name == "multiply") {
      push(binary("Multiply"), fmt::format("{} {}", factor(1), factor(2)));
    } else if (name == "hadamard") {
      push(binary("Hadamard"), fmt::format("{} o {}", factor(1), factor(2)));
    } else if (name == "dot") {
      push(binary("Dot"),
           at(1) == at(2) ? fmt::format("|{}|^2", plain(1)) : fmt::format("<{}, {}>", plain(1), plain(2)));
    } else if (name == "scalar_multiply") {
      push(binary("ScalarMultiply"), fmt::format("{} {}", factor(1), factor(2)));
    } else if (name == "transpose") {
      push("Transpose " + at(1), fmt::format("({})^T", plain(1)));
    } else if (name == "scale") {
      const std::string q = coq_number(instruction.at(1));  // "(n, d)"
      const std::size_t comma = q.rfind(", ");
      push(fmt::format("Scale {} {} {}", q.substr(1, comma - 1), q.substr(comma + 2, q.size() - comma - 3), at(2)),
           fmt::format("{} {}", instruction.at(1).is_string() ? instruction.at(1).get<std::string>() : at(1),
                       factor(2)));
    } else {
      throw InputError(fmt::format("the loss has the instruction {}, of which the proved checker says nothing", name));
    }
  }

  void push(std::string term, std::string formula, bool sum = false) {
    terms_.push_back(std::move(term));
    formulas_.push_back(std::move(formula));
    sum_.push_back(sum);
  }

  std::vector<std::string> inputs_;
  std::vector<std::string> terms_;
  std::vector<std::string> formulas_;
  std::vector<bool> sum_;  // is the formula a sum
};

std::string coq_inputs(const Json& certificate, const Program& program) {
  std::string text = "  [::";
  std::size_t k = 0;
  const char* separator = " ";
  for (const Json& matrix : certificate.at("data")) {
    text += fmt::format("{}Data ({}) (* {} *)", separator, coq_matrix(matrix.at("value")), program.input(k++));
    separator = ";\n      ";
  }
  for (const Json& matrix : certificate.at("weights")) {
    const Json& rows = matrix.at("value").at("entries");
    if (rows.empty() || rows.at(0).empty()) throw InputError("the loss has a matrix without entries");
    text += fmt::format("{}Weight {} {} (* {} *)", separator, rows.size(), rows.at(0).size(), program.input(k++));
    separator = ";\n      ";
  }
  return text + "].\n";
}

struct Sentence {
  const char* constructor;
  const char* words;
  const char* formula;
};

Sentence sentence(const std::string& verdict) {
  if (verdict == "not_critical")
    return {"NotCritical", "x is not a critical point of L: its gradient g is not 0",
            "exists g A, expansion (L F) (x F) g A /\\ g != 0%R"};
  if (verdict == "global_minimizer")
    return {"GlobalMinimizer", "x is a critical point of L, and a global minimizer",
            "critical_point (L F) (x F) /\\ global_min (L F) (x F)"};
  if (verdict == "local_maximizer")
    return {"LocalMaximizer", "x is a critical point of L, and a strict local maximizer",
            "critical_point (L F) (x F) /\\ strict_local_max (L F) (x F)"};
  if (verdict == "strict_saddle")
    return {"StrictSaddle", "x is a critical point of L, and not a local minimizer",
            "critical_point (L F) (x F) /\\ ~ local_min (L F) (x F)"};
  if (verdict == "non_strict_saddle")
    return {"NonStrictSaddle", "x is a critical point of L, and not a local minimizer",
            "critical_point (L F) (x F) /\\ ~ local_min (L F) (x F)"};
  if (verdict == "local_minimizer")
    return {"LocalMinimizer", "x is a critical point of L, a strict local minimizer, and not a global one",
            "[/\\ critical_point (L F) (x F), strict_local_min (L F) (x F) & ~ global_min (L F) (x F)]"};
  if (verdict == "second_order")
    return {"SecondOrder", "x is a critical point of L, and the Hessian A is positive semidefinite",
            "exists A, expansion (L F) (x F) 0%R A /\\ (forall w, (0 <= form A w)%R)"};
  return {"Undecided", "x is a critical point of L", "critical_point (L F) (x F)"};
}

void refuse_what_is_not_proved(const Json& certificate) {
  const Json& claims = certificate.at("claims");
  if (certificate.at("format") != "rankscape-certificate/2") throw InputError("the loss is under constraints");
  if (claims.contains("local")) throw InputError("the claim is that of a local minimizer modulo symmetry");
  if (claims.contains("inertia") && claims.at("inertia").contains("flat"))
    throw InputError("the Hessian is claimed to vanish by degrees");
  if (claims.contains("global") && !claims.at("global").at("bounds").empty())
    throw InputError(fmt::format("the claim is that of a global minimizer by {}",
                                 claims.at("global").at("bounds").at(0).at("by").get<std::string>()));
}

}  // namespace

std::string coq_theorems(const Json& certificate) {
  refuse_what_is_not_proved(certificate);
  const Json& claims = certificate.at("claims");
  const Program program(certificate);
  const Sentence said = sentence(claims.at("verdict").get<std::string>());
  std::string text = fmt::format(
      "(** {}.\n    Written by rankscape. coqc -Q PROOF rankscape FILE.v compiles it, where PROOF is the folder in "
      "which\n"
      "    proof/ of rankscape was built. L and the terms of the theorems are defined in program.v and landscape.v. "
      "*)\n"
      "Set Warnings \"-notation-overridden,-ambiguous-paths\".\nFrom Coq Require Import ZArith.\n"
      "From mathcomp Require Import ssreflect ssrfun ssrbool eqtype ssrnat seq order ssralg ssrnum matrix.\n"
      "From rankscape Require Import program certificate checker evidence landscape soundness stated.\n\n"
      "Local Open Scope Z_scope.\n\n",
      said.words);
  text += "(** The data, the shapes of the weights, and the loss: a program whose last result is L. *)\n";
  text += "Definition the_inputs : seq input :=\n" + coq_inputs(certificate, program);
  text += "\nDefinition the_loss : seq instruction :=\n" + program.lines();
  text += fmt::format("\n(** The point: the weights. *)\nDefinition the_point : seq rational_matrix :=\n  {}.\n",
                      coq_list(certificate.at("weights"), [](const Json& w) { return coq_matrix(w.at("value")); }));
  text += fmt::format(
      "\n(** What is claimed, and the evidence. *)\nDefinition c : certificate :=\n"
      "  {{| inputs := the_inputs; weights := the_point; instructions := the_loss; reciprocals := [::];\n"
      "     value := {}; critical := {};\n     hessian_inertia := {};\n     lambda_min := {};\n     lambda_max := {};\n"
      "     descent := {};\n     ascent := {};\n     better := {};\n     global := {};\n     claimed := {} |}}.\n",
      coq_number(claims.at("value")), claims.at("critical").get<bool>() ? "true" : "false",
      coq_option(claims, "inertia", coq_inertia), coq_option(claims, "lambda_min", coq_enclosure),
      coq_option(claims, "lambda_max", coq_enclosure), coq_option(claims, "descent", coq_curve),
      coq_option(claims, "ascent", coq_curve), coq_option(claims, "better", coq_matrix),
      claims.contains("global") ? "Some [::]" : "None", said.constructor);
  text +=
      "\n(** Over every ordered field: the rational, the real algebraic, the real numbers. *)\n"
      "Definition L (F : realFieldType) := @loss F c.\nDefinition x (F : realFieldType) := point F c.\n\n"
      "Lemma checked : check c.\nProof. by vm_compute. Qed.\n\n";
  text += fmt::format(
      "(** The value of L at x. *)\nTheorem value_there (F : realFieldType) : L F (x F) = ratF F {}.\n"
      "Proof. exact: (stated_value F checked). Qed.\n\n",
      coq_number(claims.at("value")));
  if (claims.contains("inertia")) {
    const Json& inertia = claims.at("inertia");
    text += fmt::format(
        "(** A is the Hessian of L at x: it has {0} negative, {1} zero and {2} positive eigenvalues. *)\n"
        "Theorem hessian_there (F : realFieldType) :\n"
        "  exists g A, expansion (L F) (x F) g A /\\ inertia A {0} {1} {2}.\n"
        "Proof. exact: (stated_hessian F checked). Qed.\n\n",
        inertia.at("neg").dump(), inertia.at("zero").dump(), inertia.at("pos").dump());
  }
  text += fmt::format(
      "(** {}. *)\nTheorem verdict_there (F : realFieldType) :\n  {}.\n"
      "Proof. exact: (stated_verdict F checked). Qed.\n\nPrint Assumptions verdict_there.\n",
      said.words, said.formula);
  return text;
}

}  // namespace rankscape::certificate
