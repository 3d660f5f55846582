// Complaints about landscape files: where they point and what they say (docs/landscapes.md lists the likeliest).
#include <doctest/doctest.h>
#include <fmt/format.h>
#include <rankscape/error.hpp>
#include <rankscape/landscape.hpp>

#include <nlohmann/json.hpp>

using namespace rankscape;

namespace {

// Line 5 is the loss; the rest follows.
std::string file(const std::string& loss, const std::string& rest) {
  return "format = 'rankscape-landscape/1'\nid = 't'\ntitle = 't'\nsource = 't'\nloss = '" + loss + "'\n" + rest;
}

std::string complaint(const std::string& text) {
  try {
    static_cast<void>(Landscape::parse(text, "t.toml"));
  } catch (const InputError& error) {
    return error.what();
  }
  return "none";
}

// What is said of the points of a file's families, at all its examples.
std::string complaint_of_points(const std::string& text) {
  try {
    const auto landscape = Landscape::parse(text, "t.toml");
    for (const auto& recipe : landscape->cases({})) {
      const auto at = landscape->instance(recipe->build(1));
      if (const std::string mismatch = recipe->mismatch(*at, 1); !mismatch.empty()) return mismatch;
    }
  } catch (const InputError& error) {
    return error.what();
  }
  return "none";
}

const std::string network = R"TOML([sizes]
widths = 'd(0..H)'
free = 'm'
examples = [[2, 1, 2], [1, 1, 1]]
[data]
X = 'matrix(d(0), m)'
Y = 'matrix(d(H), m)'
[weights]
'W(h in 1..H)' = 'matrix(d(h), d(h-1))'
)TOML";

const std::string factor = R"TOML([sizes]
sizes = 'n, k'
examples = [[2, 1]]
[data]
M = 'symmetric(n)'
[weights]
X = 'matrix(n, k)'
)TOML";

}  // namespace

TEST_SUITE("quick") {
  TEST_CASE("a file that is right") {
    CHECK(complaint(file("norm2(prod(h in H downto 1 : W(h)) * X - Y)", network)) == "none");
    CHECK(complaint(file("norm2(X * transpose(X) - M)", factor)) == "none");
  }

  TEST_CASE("a word that every landscape has keeps its meaning") {
    CHECK(complaint("format = 'rankscape-landscape/1'\nid = 't'\ntitle = 't'\nsource = 't'\nloss = 'norm2(X - value)'\n"
                    "[sizes]\nsizes = 'n, k'\nexamples = [[2, 1]]\n[data]\nvalue = 'matrix(n, k)'\n"
                    "[weights]\nX = 'matrix(n, k)'\n") ==
          "t.toml:10:1: found 'value', which every landscape has (the loss at the point), expected a name of its own");
    CHECK(complaint(file("norm2(X * transpose(X) - M)", factor + "[define]\n'parameters' = 'n * k'\n")) ==
          "t.toml:14:2: found 'parameters', which every landscape has (number of parameters: entries of all weights), "
          "expected a name of its own");
  }

  TEST_CASE("the likeliest mistakes") {
    CHECK(complaint(file("norm2(prod(h in H..1 : W(h)) * X - Y)", network)) ==
          "t.toml:5:25: found H..1, which is empty when H > 1, expected a range that counts up (backwards it is "
          "'H downto 1')");
    CHECK(complaint(file("norm2(X * W(1) - Y)", network)) ==
          "t.toml:5:15: found X * W(1), a d(0) x m matrix times a d(1) x d(0) one, expected m == d(1)");
    CHECK(complaint(file("norm2(X^T * X - M)", factor)) ==
          "t.toml:5:17: found 'T', expected an integer (the transpose is transpose(A) or A')");
    CHECK(complaint(file("rank(X)", factor)) ==
          "t.toml:5:9: found 'rank', which has no derivative, of something that depends on the weight X, expected "
          "+ - * / ^ and the functions of docs/landscapes.md that have one");
    CHECK(complaint(file("tr(transpose(X) * X + 1)", factor))
              .find("found '1' (an integer), expected a matrix like the other side") != std::string::npos);
    CHECK(complaint(file("a(1)^2", "[sizes]\nsizes = 'k'\n[weights]\n'a(i in 1..k)' = 'number'\n")) ==
          "t.toml:9:19: found a list of numbers, expected \"sequence(k)\" (a(i) is then its entry)");
    CHECK(complaint(file("norm2(X * transpose(X) - M)",
                         factor + "[[family]]\nname = 'f'\n[family.set]\nM = 'M'\nX = '0 * zeros(n, k)'\n")) ==
          "t.toml:16:6: found 'M', which is data, expected a name of the family (a size, or under choose, draw, let)");
  }

  TEST_CASE("what has to be there") {
    CHECK(complaint("") == "t.toml:1:1: found no key 'format' in the landscape, expected one");
    CHECK(complaint(file("1", "[weights]\n")) == "t.toml:1:1: found no weight under [weights], expected at least one");
    CHECK(complaint(file("norm2(M)", factor)) ==
          "t.toml:12:1: found no 'X' in the loss, expected every weight to occur there");
    CHECK(complaint(file("norm2(X * transpose(X) - M)",
                         factor + "[[family]]\nname = 'f'\n[family.set]\nX = 'zeros(n, k)'\n")) ==
          "t.toml:13:1: found no 'M' in [family.set] of 'f', expected every weight, and every datum without default");
  }

  TEST_CASE("unknown keys and names") {
    CHECK(complaint(file("norm2(X)", factor + "[constraint]\n")).find("found the unknown key 'constraint'") !=
          std::string::npos);
    CHECK(complaint(file("norm2(X)", factor + "[[bound]]\nkind = 'convx'\nin = 'X'\n")) ==
          "t.toml:14:9: found the bound 'convx', expected convex, gram or nuclear (did you mean 'convex'?)");
    CHECK(
        complaint(file("norm2(X)", "[weights]\nX = 'matix(2, 2)'\n")) ==
        "t.toml:7:6: found 'matix', expected number, sequence(n), matrix(p, q), symmetric(n) or skew(n) (did you mean "
        "'matrix'?)");
    CHECK(complaint(file("norm2(X)", "[weights]\nX = 'matrix(2)'\n"))
              .find("found 'matrix(2)' with 1 argument, expected number, sequence(n)") != std::string::npos);
    CHECK(complaint(file("norm2(X)", "[weights]\nX = 'symmetric(2)'\n")) ==
          "t.toml:7:6: found 'symmetric(2)' for a weight, expected number, sequence(n) or matrix(p, q)");
    CHECK(complaint("columns = ['q']\n" + file("norm2(X)", "[weights]\nX = 'matrix(2, 2)'\n")) ==
          "t.toml:1:13: found the column 'q', expected a feature of the landscape");
    CHECK(complaint("adviser = 'nobody'\n" + file("norm2(X)", "[weights]\nX = 'matrix(2, 2)'\n")) ==
          "t.toml:1:12: found the adviser 'nobody', expected one that this program has");
    CHECK(complaint(file("norm2(X)", "[weights]\nX = 'matrix(p, 2)'\n"))
              .find("found 'p', expected a name that is known") != std::string::npos);
  }

  TEST_CASE("names are in one space without doubles") {
    CHECK(complaint(file("norm2(X)", factor + "[define]\nM = '1'\n"))
              .find("found a second 'M', which is data, expected one") != std::string::npos);
    CHECK(complaint(file("norm2(X)", factor + "[define]\nrank = '1'\n")).find("which the language has taken") !=
          std::string::npos);
    CHECK(complaint(file("norm2(X)", factor + "[define]\na = 'b'\nb = 'a'\n"))
              .find("found the circular definition a -> b -> a") != std::string::npos);
    CHECK(complaint(file("norm2(X)", factor + "[define]\n'a(1)' = '1'\n'a(i in 2..n)' = 'i'\n")) == "none");
  }

  TEST_CASE("sizes") {
    CHECK(complaint(file("norm2(X)", "[sizes]\nsizes = 'n'\nwidths = 'd(0..H)'\n[weights]\nX = 'matrix(n, n)'\n"))
              .find("found the unknown key 'widths' in [sizes]") != std::string::npos);
    CHECK(complaint(file("norm2(X)", "[sizes]\nsizes = 'n'\nexamples = [[1, 1]]\n[weights]\nX = 'matrix(n, n)'\n")) ==
          "t.toml:8:13: found the shape [1,1]: found 2 sizes, expected 1");
    CHECK(complaint(file("norm2(X)",
                         "[sizes]\nsizes = 'n'\nrequire = 'n >= 2'\nexamples = [[1]]\n[weights]\nX = "
                         "'matrix(n, n)'\n")) ==
          "t.toml:9:13: found the shape [1], which does not satisfy require = \"n >= 2\"");
    CHECK(complaint(
              file("norm2(X)", "[sizes]\nsizes = 'n in 1..3'\nexamples = [[4]]\n[weights]\nX = 'matrix(n, n)'\n")) ==
          "t.toml:8:13: found the shape [4]: n is 4, expected an integer from 1 to 3");
  }

  TEST_CASE("what the loss may not contain") {
    CHECK(complaint(file("norm2(X) + index", factor)).find("found 'index', a feature of points, in the loss") !=
          std::string::npos);
    CHECK(complaint(file("if norm2(X) > 1 then norm2(X) else 0", factor))
              .find("found the condition of an 'if' that depends on the weight X") != std::string::npos);
    CHECK(complaint(file("min(norm2(X), 1)", factor)).find("found 'min', which has no derivative") !=
          std::string::npos);
    CHECK(complaint(file("norm2(P)", factor + "[define]\nP = 'inverse(transpose(X) * X)'\n"))
              .find("t.toml:14:6: found 'inverse'") == 0);
    CHECK(complaint(file("norm2(X) * rank(M)", factor)) == "none");
  }

  TEST_CASE("a domain is open in the weights, by its form") {
    const auto domain = [](const std::string& condition, const std::string& definitions = "") {
      return complaint(file("norm2(X * transpose(X) - M)",
                            factor + "[domain]\nhere = '" + condition + "'\n[define]\n" + definitions));
    };
    CHECK(domain("norm2(M) >= 0 and rank(M) == 1") == "none");
    CHECK(domain("norm2(X) > 1 and (norm2(X) < 4 or det(M) == 0)") == "none");
    // a chain of definitions, each of which names the one before twice, is read at once
    std::string chain = "c0 = 'norm2(X)'\n";
    for (int k = 1; k <= 60; ++k)
      chain += fmt::format("c{} = 'c{} + c{}'\n", k, k - 1, k - 1);
    CHECK(domain("c60 > 0", chain) == "none");
    for (const auto& [condition, definitions] :
         std::vector<std::pair<std::string, std::string>>{{"norm2(X) >= 1", ""},
                                                          {"rank(X) < 2", ""},
                                                          {"c60 <= 0", chain},
                                                          {"r > 0", "r = 'rank(X)'\n"},
                                                          {"f(rank(X)) > 1", "'f(j)' = 'norm2(M)^j'\n"},
                                                          {"norm2(projector(X)) > 0", ""},
                                                          {"not norm2(X) < 1", ""},
                                                          {"norm2(X) > 1 implies norm2(X) < 2", ""}}) {
      const std::string& what = condition;
      CAPTURE(what);
      CHECK(domain(condition, definitions).find("open by its form") != std::string::npos);
    }
  }

  TEST_CASE("families at their shapes") {
    const std::string loss = "norm2(X * transpose(X) - M)";
    CHECK(complaint_of_points(file(loss, factor + "[[family]]\nname = 'f'\n[family.set]\nM = 'identity(n)'\nX = "
                                                  "'ones(n, k)'\n")) ==
          "family 'f' at [2, 1], generic, sample 1: dL/dX at (1, 1) is 4, expected 0");
    CHECK(complaint_of_points(file(loss, factor + "[[family]]\nname = 'f'\n[family.draw]\ns = 'between(2, 3)'\n[family."
                                                  "set]\nM = 'identity(n)'\nX = 'sqrt(2) * ones(n, k)'\n")) ==
          "t.toml:19:1: family 'f' at [2, 1], generic, sample 1: found an irrational number for X: expected rationals "
          "(draw the root and square it)");
    CHECK(
        complaint_of_points(file("s^2",
                                 "[sizes]\nsizes = 'n'\nexamples = [[1]]\n[weights]\ns = 'number'\n[[family]]\n"
                                 "name = 'f'\n[family.set]\ns = 'sqrt(2)'\n")) ==
        "t.toml:14:1: family 'f' at [1], generic, sample 1: found an irrational number for s: expected rationals (draw "
        "the root and square it)");
    const std::string layers = "norm2(prod(h in H downto 1 : W(h)) * X - Y)";
    CHECK(complaint_of_points(file(layers,
                                   "[sizes]\nwidths = 'd(0..H)'\nfree = 'm'\nexamples = [[2, 2]]\n[data]\nX = "
                                   "'matrix(d(0), m)'\nY = 'matrix(d(H), m)'\n[weights]\n'W(h in 1..H)' = "
                                   "'matrix(d(h), d(h-1))'\n[[family]]\nname = 'f'\n[family.set]\nX = "
                                   "'identity(d(0))'\nY = 'zeros(d(H), d(0))'\n'W(1)' = 'zeros(d(1), d(0))'\n"
                                   "'W(H)' = 'zeros(d(H), d(H-1))'\n")) ==
          "t.toml:21:2: family 'f' at [2, 2], generic, sample 1: found W(1) set twice at [2, 2], expected once (a "
          "'require' on the sizes?)");
    CHECK(complaint_of_points(file(loss, factor + "[define]\nq = 'rank(X)'\n[[family]]\nname = 'f'\n[family.set]\nM = "
                                                  "'identity(n)'\nX = 'zeros(n, k)'\n[family.realizes]\nq = '1'\n")) ==
          "family 'f' at [2, 1], generic, sample 1: the feature q is 0, and not 1");
    CHECK(complaint_of_points(file(loss, factor + "[[family]]\nname = 'f'\n[family.choose]\na = '1..1000'\nb = "
                                                  "'1..1000'\n[family.set]\nM = 'identity(n)'\nX = 'zeros(n, k)'\n"))
              .find("more than 100000 combinations of choices") != std::string::npos);
    CHECK(complaint_of_points(file(loss, factor +
                                             "[[family]]\nname = 'f'\naccept = 'x > 9'\n[family.draw]\nx = "
                                             "'between(0, 1)'\n[family.set]\nM = 'identity(n)'\nX = 'zeros(n, k)'\n"))
              .find("'accept' did not hold for any of 100 draws") != std::string::npos);
  }

  TEST_CASE("a point without what cannot be read off it") {
    const std::string text =
        file("inner(P - c, P - c)",
             "[sizes]\nsizes = 'k(1..H), s(1..H-1)'\nexamples = [[[2, 2], [1]]]\n[data]\nc = "
             "'matrix(L(H), 1)'\n[weights]\n'w(h in 1..H)' = 'matrix(k(h), 1)'\n[define]\n'step(h)' = "
             "'prod(i in 1..h-1 : s(i))'\n'L(h)' = '1 + sum(i in 1..h : (k(i) - 1) * step(i))'\n"
             "'times(h)' = 'matrix(i in 1..L(h), j in 1..L(h-1) : sum(a in 1..k(h) where i - j == (a "
             "- 1) * step(h) : entry(w(h), a, 1)))'\nP = 'prod(h in H downto 1 : times(h))'\n");
    const auto landscape = Landscape::parse(text, "t.toml");
    Json json = {{"format", "rankscape-point/1"}, {"model", "t"}};
    json["data"]["c"] = {0, 1, 0, 1};
    json["weights"] = Json::parse("[[0, 1, 0], [1, 0]]");
    try {
      static_cast<void>(landscape->point(json));
      FAIL_CHECK("no complaint");
    } catch (const InputError& error) {
      CHECK(std::string(error.what()) ==
            "/sizes/s: missing; it cannot be read off data and weights, expected an array of H - 1 integers");
    }
    json["sizes"]["s"] = {1};
    const auto at = landscape->instance(landscape->point(json));
    CHECK(at->shape().to_text() == "[3,2],[1]");
    CHECK(at->value() == 1);
    CHECK(landscape->to_json(at->point()).at("sizes").at("s").dump() == "[1]");
  }

  TEST_CASE("hostile files") {
    CHECK(complaint(std::string("\xff\xfe", 2)) != "none");
    CHECK(complaint(file("norm2(X)", "[sizes]\nsizes = 'n'\nexamples = [[999999]]\n[weights]\nX = 'matrix(n, n)'\n")) !=
          "none");
    CHECK(complaint(file(std::string(10'000, '('), factor)) != "none");
    std::string chain = "a0 = '1'\n";
    for (int k = 1; k < 900; ++k)
      chain += "a" + std::to_string(k) + " = 'a" + std::to_string(k - 1) + " + a" + std::to_string(k - 1) + "'\n";
    CHECK(complaint(file("norm2(X) + 0 * a899", factor + "[define]\n" + chain)) != "none of the above");
    CHECK(complaint(file("norm2(X)", "[weights]\nX = 'matrix(1000000000, 1000000000)'\n")) == "none");
  }
}
