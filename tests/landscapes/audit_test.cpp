// rankscape landscape: every check finds what is right, and each kind of fault by its own line.
#include <doctest/doctest.h>
#include <rankscape/audit.hpp>
#include <rankscape/error.hpp>

#include "landscapes/example_files.hpp"

#include <algorithm>
#include <iostream>

using namespace rankscape;

namespace {

struct Result {
  bool good = false;
  std::vector<Finding> findings;
  [[nodiscard]] std::string first_fault() const {
    for (const Finding& finding : findings) {
      if (finding.kind == Finding::Kind::bad) return finding.subject + ": " + finding.text;
    }
    return "none";
  }
};

Result audited(const Landscape& landscape, AuditOptions options = {}) {
  Result result;
  result.good = audit(landscape, options, [&](const Finding& finding) { result.findings.push_back(finding); });
  return result;
}

std::string replaced(std::string text, const std::string& from, const std::string& to) {
  const std::size_t at = text.find(from);
  REQUIRE(at != std::string::npos);
  return text.replace(at, from.size(), to);
}

// The origin of a quadratic form with eigenvalues c(1) > c(2) in the axes of a rotation.
std::string rotated(const std::string& drawn, const std::string& move, const std::string& form) {
  return "format = 'rankscape-landscape/1'\nid = 't'\ntitle = 't'\nsource = 't'\n"
         "loss = 'inner(x, A * x) * (1 + norm2(x))'\n[sizes]\nsizes = 'n'\nexamples = [[2]]\n"
         "[data]\nA = 'symmetric(n)'\n[weights]\nx = 'matrix(n, 1)'\n"
         "[[family]]\nname = 'origin'\n[family.draw]\nQ = 'orthogonal(n)'\nc = 'decreasing(n, " +
         drawn +
         ")'\n[family.set]\nA = \"Q * diag(c) * Q'\"\nx = 'zeros(n, 1)'\n"
         "[family.basis]\nover = { z = 'matrix(n, 1)' }\nmoves = { x = '" +
         move + "' }\nform = '" + form + "'\n";
}

// Of its one family; compared with the inertia at a point.
FamilyProof proof_of(const std::string& text) {
  const auto landscape = Landscape::parse(text, "t.toml");
  const auto recipes = landscape->cases({{{2}}, {"generic"}, {}, 1});
  REQUIRE(recipes.size() == 1);
  FamilyProof proof = prove_family(*landscape, *recipes[0]);
  if (!proof.inertia) return proof;
  const auto here = proof.inertia(*recipes[0], 1);
  REQUIRE(here);
  CHECK(here->where.empty() == proof.one_inertia);
  CHECK(here->inertia == inertia(landscape->instance(recipes[0]->build(1))->hessian()));
  return proof;
}

}  // namespace

TEST_SUITE("standard") {
  TEST_CASE("every example is right") {
    std::size_t files = 0;
    std::size_t symmetries = 0;
    std::size_t derivations = 0;
    for (const auto& path : examples::files()) {
      const auto landscape = Landscape::read(path, examples::adviser);
      CAPTURE(landscape->id());
      const Result result = audited(*landscape);
      CHECK(result.first_fault() == "none");
      CHECK(result.good);
      for (const Finding& finding : result.findings) {
        if (finding.kind != Finding::Kind::good) continue;
        symmetries += finding.subject.starts_with("symmetry") ? 1 : 0;
        derivations += finding.subject == "derivation" ? 1 : 0;
      }
      ++files;
    }
    CHECK(files == 19);
    CHECK(symmetries >= 55);
    CHECK(derivations > 60);
  }
}

TEST_SUITE("quick") {
  TEST_CASE("faults that an audit finds") {
    const std::string text = examples::contents("residual-network.toml");
    AuditOptions small;
    small.shapes = {{1, 2}};
    const auto fault = [&](const std::string& changed) {
      return audited(*Landscape::parse(changed, "t.toml"), small).first_fault();
    };
    CHECK(fault(text) == "none");
    // a symmetry that is none
    CHECK(fault(replaced(text, "B(h) * W(h) - W(h) * B(h-1)", "B(h) * W(h) + W(h) * B(h-1)"))
              .find("symmetry 'changes of basis between the layers': the loss changes along it") == 0);
    // a family that is not critical
    CHECK(fault(replaced(text, "R = \"prod(h in 1..H : B)\"", "R = \"identity(n) + prod(h in 1..H : B)\""))
              .find("family 'equal layers': family 'equal layers' at [1, 2], generic, sample 1: dL/dA(1) is") == 0);
    // a label that differs
    CHECK(fault(replaced(text, "r = \"|S|\"", "r = \"|S| + 1\"")).find("the feature r is") != std::string::npos);
    // a family that no example reaches
    const auto unreached = Landscape::parse(replaced(text, "where = \"H >= 2\"", "where = \"H >= 9\""), "t.toml");
    CHECK(audited(*unreached).first_fault() == "family 'part of the map': none of the examples reaches it");
  }

  TEST_CASE("critical for all parameter values") {
    const auto identity = [](const std::string& name, const Shape& shape, const std::string& family) {
      const auto landscape = Landscape::read(examples::folder() / name, examples::adviser);
      std::vector<std::optional<bool>> answers;
      for (const auto& recipe : landscape->cases({{shape}, {"generic"}, {family}, 1}))
        answers.push_back(prove_family(*landscape, *recipe).critical);
      REQUIRE(!answers.empty());
      return answers;
    };
    for (const auto& answer : identity("symmetric-factorization.toml", {2, 1}, "spectral"))
      CHECK(answer == true);
    for (const auto& answer : identity("residual-network.toml", {1, 2}, "equal layers"))
      CHECK(answer == true);
    // critical at a point by chance only: x = 1 of (x^2 - c)^2 for c drawn as 1
    const auto landscape = Landscape::parse(
        "format = 'rankscape-landscape/1'\nid = 't'\ntitle = 't'\nsource = 't'\nloss = '(x - c)^2'\n[sizes]\nsizes = "
        "'n'\nexamples = [[1]]\n[data]\nc = 'number'\n[weights]\nx = 'number'\n[[family]]\nname = "
        "'f'\n[family.draw]\na = "
        "'positive'\n[family.set]\nc = 'a'\nx = 'a + a - a * 1'\n[[family]]\nname = 'g'\n[family.draw]\na = "
        "'number'\n[family.set]\nc = 'a'\nx = 'a + a'\n",
        "t.toml");
    const auto recipes = landscape->cases({});
    REQUIRE(recipes.size() == 2);
    CHECK(prove_family(*landscape, *recipes[0]).critical == true);
    CHECK(prove_family(*landscape, *recipes[1]).critical == false);
  }

  TEST_CASE("the inertia for all parameter values, in an adapted basis") {
    const std::string form = "sum(i in 1..n : c(i) * entry(z, i, 1)^2)";
    const FamilyProof positive = proof_of(rotated("positive", "Q * z", form));
    CHECK(positive.critical == true);
    CHECK(positive.one_inertia);
    CHECK(positive.form);
    CHECK(positive.fault.empty());
    // the signs of the eigenvalues decide
    const FamilyProof by_signs = proof_of(rotated("nonzero", "Q * z", form));
    CHECK(by_signs.inertia);
    CHECK_FALSE(by_signs.one_inertia);
    CHECK(by_signs.form);
    // any invertible move will do; without a form none is compared
    const FamilyProof another =
        proof_of(replaced(rotated("positive", "3 * Q * matrix(i in 1..n, j in 1..n : if i <= j then 1 else 0) * z", ""),
                          "\nform", "\n# form"));
    CHECK(another.one_inertia);
    CHECK_FALSE(another.form);
  }

  TEST_CASE("of points where a basis has a pole, or J loses rank, and of draws behind other names nothing is said") {
    const std::string head =
        "format = 'rankscape-landscape/1'\nid = 't'\ntitle = 't'\nsource = 't'\n[sizes]\nsizes = 'n'\nexamples = "
        "[[2]]\n";
    const auto with = [&](const std::string& loss, const std::string& rest) {
      return proof_of(replaced(head, "[sizes]", "loss = '" + loss + "'\n[sizes]") + rest);
    };
    const std::string plane =
        "[data]\na = 'number'\n[weights]\nx = 'number'\ny = 'number'\n[[family]]\nname = 'origin'\n"
        "[family.draw]\nt = 'number'\n[family.set]\na = 't^2'\nx = '0'\ny = '0'\n"
        "[family.basis]\nover = { z = 'matrix(2, 1)' }\nmoves = { x = 'entry(z, 1, 1)', y = 'entry(z, 1, 1) / t + "
        "entry(z, 2, 1)' }\n";
    CHECK(with("a * y^2 + x^4", replaced(plane, "'number'\n[family.set]", "'positive'\n[family.set]")).one_inertia);
    CHECK_FALSE(with("a * y^2 + x^4", plane).inertia);  // at t = 0 the form is zero
    const std::string line =
        "[weights]\nx = 'number'\n[[family]]\nname = 'origin'\n[family.draw]\nDRAW\n[family.set]\nSET\nx = '0'\n"
        "[family.basis]\nover = { z = 'matrix(1, 1)' }\nmoves = { x = 'entry(z, 1, 1)' }\n";
    const auto drawn = [&](const std::string& draw, const std::string& set) {
      return replaced(replaced(line, "DRAW", draw), "SET", set);
    };
    const std::string data = "[data]\na = 'number'\ndecay = { is = 'number', default = '1' }\n";
    CHECK(with("a * x^2 + decay * x^2", data + drawn("t = 'positive'", "a = 't'\ndecay = '0'")).one_inertia);
    CHECK_FALSE(with("a * x^2 + decay * x^2",
                     data + drawn("decay = 'nonzero'", "a = 'if decay > 0 then 1 else -1'\ndecay = '0'"))
                    .inertia);
    CHECK_FALSE(
        with("a * x^2", "[data]\na = 'number'\n" +
                            drawn("\"s(i in 1..2)\" = 'sequence(1, positive)'\n\"s(1)\" = 'sequence(1, nonzero)'",
                                  "a = 'sum(e in 1..1 : entry(diag(s(1)), e, e))'"))
            .inertia);
    // where t = 0 the constraints are one, and the gradient is no multiple of it
    const FamilyProof irregular = with(
        "x",
        "[data]\nb = 'number'\n[weights]\nx = 'number'\n[constraints]\nroot = 'x^2 == b'\n[[family]]\nname = 'root'\n"
        "[family.draw]\nt = 'number'\n[family.set]\nb = 't^2'\nx = 't'\n");
    CHECK_FALSE(irregular.critical.has_value());
  }

  TEST_CASE("faults of adapted bases") {
    const auto fault = [](const std::string& move, const std::string& form) {
      return proof_of(rotated("positive", move, form)).fault;
    };
    const std::string form = "sum(i in 1..n : c(i) * entry(z, i, 1)^2)";
    const std::string another = "the second-order term is not the form: their products of coordinates 1 and 1 differ";
    CHECK(fault("Q * z", "2 * " + form) == another);
    CHECK(fault("z", form) == another);
    CHECK(fault("Q * z * entry(z, 1, 1)", form) == "x does not move linearly in the coordinates");
    CHECK(fault("Q * z + ones(n, 1)", form) == "x does not move linearly in the coordinates");
    CHECK(fault("Q * z", form + " + entry(z, 1, 1)") == "the form is no quadratic form in the coordinates");
    // of rotations of space nothing is proved; the basis is compared at a point
    const auto in_space = [](const std::string& move, const std::string& stated) {
      const auto landscape = Landscape::parse(replaced(rotated("positive", move, stated), "[[2]]", "[[3]]"), "t.toml");
      const auto recipes = landscape->cases({{{3}}, {"generic"}, {}, 1});
      REQUIRE(recipes.size() == 1);
      CHECK_FALSE(prove_family(*landscape, *recipes[0]).critical.has_value());
      return fault_of_basis(*landscape, *recipes[0], 1);
    };
    CHECK(in_space("Q * z", form).empty());
    CHECK(in_space("Q * z", "2 * " + form) == another);
    CHECK(in_space("z", form).starts_with("the second-order term is not the form"));
    CHECK(in_space("Q * z * entry(z, 1, 1)", form) == "x does not move linearly in the coordinates");
    const std::string one_axis = "Q * matrix(i in 1..n, j in 1..n : if i + j == 2 then 1 else 0) * z";
    CHECK(in_space(one_axis, "c(1) * entry(z, 1, 1)^2") == "the directions are dependent");
    // a basis that does not span: nothing is said
    const FamilyProof flat = proof_of(rotated(
        "positive", "Q * matrix(i in 1..n, j in 1..n : if i + j == 2 then 1 else 0) * z", "c(1) * entry(z, 1, 1)^2"));
    CHECK(flat.fault.empty());
    CHECK_FALSE(flat.inertia);
    CHECK(
        proof_of(replaced(rotated("positive", "z * ones(n, 1)", "z^2"), "z = 'matrix(n, 1)'", "z = 'number'")).fault ==
        "the basis has 1 coordinates, expected 2");
  }
}
