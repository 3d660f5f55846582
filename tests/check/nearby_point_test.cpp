// Approximate families: the point that is judged is the exact one proved beside the floats, and what its enclosure
// leaves open is undecided. The oracles are critical points that are rational, given by floats on purpose: whatever the
// enclosure decides there must be what exact arithmetic says, and numbers must contain the exact ones.
#include <doctest/doctest.h>

#include <fmt/format.h>
#include <rankscape/audit.hpp>
#include <rankscape/check/run.hpp>
#include <rankscape/error.hpp>

#include <random>

#include "check/evidence_features.hpp"
#include "check/nearby_point.hpp"
#include "check/run_rows.hpp"
#include "landscapes.hpp"
#include "numeric/enclosed_spectrum.hpp"

using namespace rankscape;

namespace {

std::string file_of(const std::string& loss, const std::string& families) {
  return "format = \"rankscape-landscape/1\"\nid = \"near\"\ntitle = \"t\"\nsource = \"s\"\nloss = \"" + loss +
         "\"\n[sizes]\nsizes = \"n\"\nexamples = [[2]]\n[data]\nA = \"symmetric(n)\"\n[weights]\nx = \"matrix(n, 1)\"\n"
         "[define]\nlambda = \"eigenvalues(A)\"\n\"power(k)\" = \"norm2(x)^k\"\nr = \"rank(x * x')\"\n"
         "gap = \"rank(A - x * x')\"\n" +
         families;
}

std::shared_ptr<const Landscape> factorization(const std::string& set, const std::string& more = "") {
  return Landscape::parse(
      file_of("norm2(A - x * x') / 4", "[[family]]\nname = \"f\"\napproximate = true\n[family.set]\n" + set + more),
      "near.toml");
}

Statement statement_of(const Landscape& landscape, const std::string& body) {
  return Statement::parse(
      "format = \"rankscape-statement/1\"\nid = \"a\"\ntitle = \"a\"\nsource = \"a\"\nmodel = \"near\"\n" + body,
      "a.toml",
      {[&](std::string_view) {
         return Language{"near", "sizes", landscape.vocabulary()};
       },
       [] { return std::vector<std::string>{"near"}; }});
}

// A landscape with its one point, examined.
struct Beside {
  std::shared_ptr<const Landscape> landscape;
  std::vector<std::unique_ptr<const Recipe>> recipes;
  std::unique_ptr<Instance> instance;
  Evidence evidence;

  explicit Beside(std::shared_ptr<const Landscape> of) : landscape(std::move(of)) {
    Scope scope;
    scope.shapes = landscape->examples();
    recipes = landscape->cases(scope);
    REQUIRE(!recipes.empty());
    instance = landscape->instance(recipes.front()->build(1));
    evidence = examine_recipe(*recipes.front(), *instance, 1);
  }
  [[nodiscard]] Truth holds(const std::string& formula) const {
    const Statement statement =
        statement_of(*landscape, "[[claim]]\nname = \"c\"\nholds = \"" + formula + "\"\n[scope]\nsizes = [[2]]\n");
    return statement.judge(EvidenceFeatures(*instance, evidence), VerdictSet::all()).claims.at(0).second;
  }
};

const std::string paper = "A = \"[2, 1; 1, 2]\"\nx = \"[1.224744871391589; 1.224744871391589]\"\n";

}  // namespace

TEST_SUITE("quick") {
  TEST_CASE("1/4 ||A - x x^T||^2 at (1.2247.., 1.2247..): a local minimizer, three-valued features") {
    const Beside at(factorization(paper));
    REQUIRE(at.evidence.nearby);
    CHECK(at.evidence.critical);
    CHECK(*at.evidence.hessian == Inertia{0, 0, 2});
    CHECK(at.evidence.verdict == Verdict::second_order);
    CHECK(at.evidence.local_minimizer());
    CHECK(at.evidence.possible == VerdictSet{Verdict::local_minimizer, Verdict::global_minimizer});
    CHECK(at.evidence.nearby->proved().value.contains(Rational(1, 4)));
    // by hand: x = sqrt(3/2) (1, 1); the Hessian |x|^2 I + 2 x x^T - A has the eigenvalues 6 and 2
    for (const std::string& yes :
         std::vector<std::string>{"r == 1",
                                  "rank(x) == 1",
                                  "rank([x, x]) >= 1",
                                  "not invertible(x * x')",
                                  "abs(norm2(x) - 3) < 1/10^18",
                                  "norm2(x) > 299/100 and 3 != norm2(x) + 1/10",
                                  "abs(entry(x, 1, 1)^2 - 3/2) < 1/10^18",
                                  "abs(value - 1/4) < 1/10^18",
                                  "index == 0 and nullity == 0 and coindex == n and orbit_dimension == 0",
                                  "abs(lambda_min - 2) < 1/10^12 and abs(lambda_max - 6) < 1/10^12",
                                  "abs(hessian_trace - 8) < 1/10^18",
                                  "abs(eigenvalues(hessian)(1) - 6) < 1/10^12",
                                  "abs(eigenvalues(x * x')(1) - 3) < 1/10^12",
                                  "rank(hessian) == 2",
                                  "power(2) > 8",
                                  "sum(i in 1..r : norm2(x)) > 2",
                                  "gap >= 1 and gap <= n",
                                  "lambda(1) == 3",
                                  "x != zeros(n, 1)",
                                  "rows(x * x') == 2",
                                  "abs(inner(x, A * x) - 9) < 1/10^18",
                                  "abs(max(entry(x, 1, 1), entry(x, 2, 1)) - sqrt(3/2)) < 1/10^12"}) {
      CAPTURE(yes);
      CHECK(at.holds(yes) == Truth::yes);
    }
    for (const std::string& no :
         std::vector<std::string>{"r == 2", "r > 1", "norm2(x) < 2", "x == zeros(n, 1)", "gap > 2", "value > 1"}) {
      CAPTURE(no);
      CHECK(at.holds(no) == Truth::no);
    }
    // all of these are true; no enclosure shows it
    for (const std::string& open : std::vector<std::string>{
             "norm2(x) == 3", "entry(x, 1, 1) == entry(x, 2, 1)", "gap == 1", "value == 1/4", "A * x == 3 * x",
             "lambda_min == 2", "eigenvalues_on(A, x)(1) == 3", "rank(kernel(x')) == 1",
             // of what is made of an open rank its bounds say nothing
             "gap + 1 == 2", "gap + 5 < 3", "4 * gap <= 2", "max(gap, 5) <= 2", "max(rank(A - x * x'), 5) <= 2",
             "sum(i in 1..3 : gap) <= 2", "rank(A - x * x') * A == A", "gap in {1, 2}", "power(gap) <= 2",
             "sequence(i in 1..2 : gap) == lambda"}) {
      CAPTURE(open);
      CHECK(at.holds(open) == Truth::unknown);
    }
  }

  TEST_CASE("random rational critical points given by floats: nothing is decided otherwise than exactly") {
    const unsigned seed = 20261126;
    CAPTURE(seed);
    std::mt19937 random(seed);
    const auto small = [&] { return static_cast<long>(random() % 9) - 4; };
    const std::vector<std::string> formulas{"r == 1",
                                            "r >= 1",
                                            "gap == 1",
                                            "gap >= 1",
                                            "norm2(x) > lambda(2)",
                                            "norm2(x) == lambda(1)",
                                            "norm2(x) < lambda(1)",
                                            "value > 1",
                                            "value == norm2(A - x * x') / 4",
                                            "index == 0",
                                            "lambda_min < 0",
                                            "lambda_max > norm2(x)",
                                            "rank(hessian) == n",
                                            "entry(x, 1, 1) > 0",
                                            "entry(x, 1, 1) == 0",
                                            "A * x == norm2(x) * x",
                                            "x == zeros(n, 1)",
                                            "hessian_trace > 2 * norm2(x)",
                                            "eigenvalues(hessian)(1) > 3",
                                            "power(3) > 5",
                                            "orbit_dimension == 0",
                                            "symmetric(x * x')"};
    int decided = 0;
    for (int k = 0; k < 12; ++k) {
      const long a = small();
      const long b = small();
      const long s = 1 + static_cast<long>(random() % 3);
      long other = small();
      if ((a == 0 && b == 0)) continue;
      const long length = a * a + b * b;
      // x = s v; A v = s^2 |v|^2 v, A w = other w for w orthogonal to v
      const long eigenvalue = s * s * length;
      if (other == eigenvalue) other -= 1;
      const std::string matrix = fmt::format("([{0}, {1}; {1}, {2}] * {3} + [{2}, -({1}); -({1}), {0}] * ({4})) / {5}",
                                             a * a, a * b, b * b, eigenvalue, other, length);
      const Beside exact(
          Landscape::parse(file_of("norm2(A - x * x') / 4",
                                   fmt::format("[[family]]\nname = \"f\"\n[family.set]\nA = \"{}\"\nx = \"[{}; {}]\"\n",
                                               matrix, s * a, s * b)),
                           "near.toml"));
      const Beside near(
          factorization(fmt::format("A = \"{}\"\nx = \"[{} + 1/10^9; {} - 1/10^9]\"\n", matrix, s * a, s * b)));
      CAPTURE(matrix);
      REQUIRE(exact.evidence.critical);
      REQUIRE(near.evidence.nearby);
      CHECK(*near.evidence.hessian == *exact.evidence.hessian);
      CHECK(near.evidence.nearby->proved().value.contains(exact.evidence.value));
      CHECK((exact.evidence.possible & near.evidence.possible) == exact.evidence.possible);
      for (const std::string& formula : formulas) {
        const Truth found = near.holds(formula);
        const Truth truth = exact.holds(formula);
        CAPTURE(formula);
        if (found == Truth::unknown) continue;
        CHECK(found == truth);
        ++decided;
      }
    }
    CHECK(decided > 100);
  }

  TEST_CASE("an undecided hypothesis counts as undecided, and so does a point that is not proved") {
    const Library library({RANKSCAPE_SOURCE_DIR "/tests/check"}, nullptr);
    const auto check = [&](const std::string& family, const std::string& statement) {
      const std::vector<Statement> statements{
          statement_of(library.at("near"), statement + "[scope]\nsizes = [[2]]\ndata = [\"" + family + "\"]\n")};
      RunOptions options;
      options.library = &library;
      test::Rows rows;
      const std::vector<Summary> summaries = run(statements, options, {&rows});
      return std::tuple(summaries.at(0), exit_code(statements, summaries), rows.rows.at(0));
    };
    const std::string claim = "[[claim]]\nname = \"c\"\nholds = \"coindex == 2\"\n";
    const auto [agree, agree_code, agree_row] = check("paper", claim);
    CHECK(agree.agree == 1);
    CHECK(agree_code == 0);
    REQUIRE(agree_row.value_within);
    CHECK(agree_row.value_within->contains(Rational(1, 4)));
    CHECK(agree_row.value_within->width() < Rational(1, 1000000));
    const auto [refuted, refuted_code, refuted_row] =
        check("paper", "[[claim]]\nname = \"c\"\nholds = \"index == 1\"\n");
    CHECK(refuted.refuted == 1);
    CHECK(refuted_code == 1);
    const auto [open, open_code, open_row] = check("paper", "[hypotheses]\nh = \"norm2(x) == 3\"\n" + claim);
    CHECK(open.undecided == 1);
    CHECK(open.agree + open.refuted + open.outside == 0);
    CHECK(open_code == 3);
    CHECK(open_row.inside == Truth::unknown);
    // the floats are not near a critical point, or near one of nullity that no symmetry explains
    for (const std::string& family :
         std::vector<std::string>{"no critical point", "too far off", "on a circle of them, to two digits"}) {
      CAPTURE(family);
      const auto [summary, code, row] = check(family, claim);
      CHECK(summary.undecided == 1);
      CHECK(code == 3);
      CHECK(row.found == Verdict::undecided);
      CHECK(row.reason.find("critical point") != std::string::npos);
    }
  }

  TEST_CASE("a file is told what approximate families cannot say, and audited") {
    const auto complaint = [](const std::string& family) {
      try {
        static_cast<void>(Landscape::parse(file_of("norm2(A - x * x') / 4", family), "near.toml"));
      } catch (const InputError& error) {
        return std::string(error.what());
      }
      return std::string();
    };
    const std::string head = "[[family]]\nname = \"f\"\n";
    CHECK(complaint(head + "approximate = 1\n[family.set]\n" + paper).find("expected true or false") !=
          std::string::npos);
    CHECK(complaint(head + "approximate = true\n[family.set]\n" + paper + "[family.descent]\nx = \"x\"\n") != "");
    CHECK(complaint(head + "approximate = true\n[family.set]\n" + paper + "[family.descent]\nx = \"ones(n, 1)\"\n")
              .find("found a descent in the approximate family") != std::string::npos);
    const auto audited = [](const std::string& set) {
      const auto landscape = factorization(set);
      AuditOptions options;
      options.examine_approximate = [](const Recipe& recipe, const Instance& floats) {
        return fault_of_approximate(recipe, floats, 1);
      };
      return audit(*landscape, options, [](const Finding&) {});
    };
    CHECK(audited(paper));
    CHECK(audited(paper + "[family.realizes]\nr = \"1\"\n"));
    CHECK(audited(paper + "[family.realizes]\ngap = \"1\"\n"));  // open, and so not different
    CHECK(!audited(paper + "[family.realizes]\nr = \"2\"\n"));
    CHECK(!audited("A = \"[2, 1; 1, 2]\"\nx = \"[1; 1/2]\"\n"));
  }

  TEST_CASE("ranks from below and spectra of enclosed matrices contain those of matrices inside") {
    const unsigned seed = 4711;
    CAPTURE(seed);
    std::mt19937 random(seed);
    const auto entry = [&] { return Rational(static_cast<long>(random() % 7) - 3); };
    for (int k = 0; k < 40; ++k) {
      const Index rows = 1 + static_cast<Index>(random() % 4);
      const Index cols = 1 + static_cast<Index>(random() % 4);
      const Index inner = 1 + static_cast<Index>(random() % 3);
      RationalMatrix left(rows, inner);
      RationalMatrix right(inner, cols);
      for (Rational& one : left.reshaped())
        one = entry();
      for (Rational& one : right.reshaped())
        one = entry();
      const RationalMatrix inside = multiply(left, right);
      const Rational radius = k % 2 == 0 ? Rational(1, 1000000) : Rational(1, 3);
      EnclosedMatrix box = enclosed(inside);
      for (Enclosure& one : box.entries)
        one = Enclosure(one.lo - radius, one.hi + radius / 2);
      CHECK(rank_at_least(box) <= rank(inside));
      if (k % 2 == 0) CHECK(rank_at_least(box) == rank(inside));
      const RationalMatrix symmetric = multiply(left, RationalMatrix(left.transpose()));
      EnclosedMatrix around = enclosed(symmetric);
      for (Enclosure& one : around.entries)
        one = Enclosure(one.lo - radius, one.hi + radius);
      const std::vector<Enclosure> values = enclosed_eigenvalues(around, Rational(1, 1000));
      Enclosure sum;
      for (const Enclosure& one : values)
        sum = sum + one;
      CHECK(sum.contains(trace(symmetric)));
      const auto exact = real_eigenvalues(symmetric);
      for (std::size_t i = 0; i < exact.size(); ++i) {
        CHECK(less(values[i], exact[i].enclose(Rational(1, 1000))) != Truth::yes);
        CHECK(less(exact[i].enclose(Rational(1, 1000)), values[i]) != Truth::yes);
      }
    }
  }
}
