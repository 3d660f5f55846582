// Printing: as text that reads back to an equal tree, and as LaTeX that looks as in a paper.
#include "language/random_formula.hpp"
#include "language/toy_language.hpp"

#include <doctest/doctest.h>
#include <algorithm>

namespace rankscape {
namespace {

using toy::parse;

void check_round_trip(const std::string& text) {
  CAPTURE(text);
  const Expression formula = parse(text);
  const std::string printed = formula.to_text();
  CAPTURE(printed);
  const Expression again = parse(printed);
  CHECK(again == formula);
  CHECK(again.to_text() == printed);
  // no longer, but for transposes that were written as primes
  const auto primes = static_cast<std::size_t>(std::count(text.begin(), text.end(), '\''));
  CHECK(printed.size() <= text.size() + std::string("transpose()").size() * primes);
}

bool fits_nowhere(const std::string& text) {
  try {
    static_cast<void>(parse(text));
    return false;
  } catch (const InputError& error) {
    const std::string message = error.what();
    return message.find("counts up") != std::string::npos ||
           (message.find("matrix") != std::string::npos && message.find(" == ") != std::string::npos);
  }
}

TEST_SUITE("quick") {
  TEST_CASE("text has the parentheses that it needs and no others") {
    const std::vector<std::pair<std::string, std::string>> table = {
        {"((1))+ (2*3)", "1 + 2 * 3"},
        {"(1+2)*3", "(1 + 2) * 3"},
        {"1-(2-3)", "1 - (2 - 3)"},
        {"(1-2)-3", "1 - 2 - 3"},
        {"x/(2/3)", "x/(2/3)"},
        {"-(2/5)*x", "-(2/5) * x"},
        {"(-2)/5*x", "-2/5 * x"},
        {"(-2)^2", "(-2)^2"},
        {"-2^2", "-2^2"},
        {"2^(-1)", "2^-1"},
        {"(2^3)^2", "(2^3)^2"},
        {"lambda( r+1 )", "lambda(r+1)"},
        {"{ 1 .. r-1 , 5 }", "{1..r-1, 5}"},
        {"card(S)==1", "|S| == 1"},
        {"(S union T)minus{}", "S union T minus {}"},
        {"S union (T minus {})", "S union (T minus {})"},
        {"r==1 and(r<2 and r<3)", "r == 1 and (r < 2 and r < 3)"},
        {"(flag or flag) and not(flag and true)", "(flag or flag) and not (flag and true)"},
        {"flag implies (flag implies flag)", "flag implies flag implies flag"},
        {"(flag implies flag) implies flag", "(flag implies flag) implies flag"},
        {"flag iff flag iff true", "flag iff flag iff true"},
        {"flag iff (flag iff true)", "flag iff (flag iff true)"},
        {"not(r in T)", "not r in T"},
        {"r not  in T", "r not in T"},
        {"all(i in 2..H,j in 1..i-1 where i!=j:rank(mid(i,j))==r)",
         "all(i in 2..H, j in 1..i-1 where i != j : rank(mid(i, j)) == r)"},
        {"(if flag then 1 else 2)+1", "(if flag then 1 else 2) + 1"},
        {"if flag then 1 else (if flag then 2 else 3)", "if flag then 1 else if flag then 2 else 3"},
        {"1<2<=3", "1 < 2 <= 3"},
        {"eigenvalues(B)(1)", "eigenvalues(B)(1)"},
        {"A' *B''", "transpose(A) * transpose(transpose(B))"},
        {"[ 1,2 ;r+1 , -x]", "[1, 2; r + 1, -x]"},
        {"[A,B;C]", "[A, B; C]"},
        {"(A*B)/(1+1)", "A * B/(1 + 1)"},
        {"prod(h in H  downto r+1:mid(h,r))", "prod(h in H downto r+1 : mid(h, r))"},
        {"{3 downto 1, 5}", "{3 downto 1, 5}"},
        {"matrix(i in 1..2,j in S:i-j)", "matrix(i in 1..2, j in S : i - j)"},
        {"sequence(i in S where i>1:lambda(i))(1)", "sequence(i in S where i > 1 : lambda(i))(1)"},
    };
    for (const auto& row : table) {
      CAPTURE(row.first);
      CHECK(parse(row.first).to_text() == row.second);
      CHECK(parse(row.second) == parse(row.first));
    }
  }

  TEST_CASE("different trees are not equal") {
    const std::vector<std::pair<std::string, std::string>> different = {
        {"1 - (2 - 3)", "1 - 2 - 3"},
        {"r == 1 and (flag and true)", "r == 1 and flag and true"},
        {"S subset T", "T subset S"},
        {"r < 1", "r <= 1"},
        {"r < 1", "rmax < 1"},
        {"all(i in S : flag)", "any(i in S : flag)"},
        {"all(i in S where flag : flag)", "all(i in S, j in S : flag)"},
        {"2", "2.0"},
        {"1", "2"},
        {"sum(i in S, j in S : i)", "sum(i in S, j in S : j)"},
        {"min(1, 2)", "max(1, 2)"},
    };
    for (const auto& pair : different) {
      CAPTURE(pair.first);
      CHECK(parse(pair.first) == parse(pair.first));
      CHECK_FALSE(parse(pair.first) == parse(pair.second));
    }
    CHECK(parse("0.10") == parse("1e-1"));
  }

  TEST_CASE("conditions print as in a paper") {
    const std::vector<std::pair<std::string, std::string>> table = {
        {"r == rmax and S == {1..r}", R"(r = r_{\max} \land \mathcal{S} = \{1,\dots,r\})"},
        {"r < rmax or not (r != 1)", R"(r < r_{\max} \lor \neg (r \neq 1))"},
        {"all(i in 2..H, j in 1..i-1 : rank(mid(i,j)) == r or rank(out(i,j)) == r)",
         R"(\forall i \in \{2,\dots,H\},\ j \in \{1,\dots,i - 1\}:\ \mathrm{rank}(\mathrm{mid}_{i,j}) = r \lor \mathrm{rank}(i^{j}) = r)"},
        {"rank(out(r + 1, 2)) == 1", R"(\mathrm{rank}((r + 1)^{2}) = 1)"},
        {"value == tr(A) - sum(i in S : lambda(i))", R"(L = \mathrm{tr}(A) - \sum_{i \in \mathcal{S}} \lambda_{i})"},
        {"sum(k in 1..r : lambda(k)) * 2", R"(\left(\sum_{k=1}^{r} \lambda_{k}\right) \cdot 2)"},
        {"2 * sum(k in 1..r : lambda(k) + 1)", R"(2 \sum_{k=1}^{r} (\lambda_{k} + 1))"},
        {"lambda_min <= -2/5 * x", R"(\lambda_{\min} \leq -\frac{2}{5} x)"},
        {"x * 3 >= 1", R"(x \cdot 3 \geq 1)"},
        {"(x + 1) * (x - 1) > 0", R"((x + 1) \cdot (x - 1) > 0)"},
        {"(1/2)^2 < 1", R"(\left(\frac{1}{2}\right)^{2} < 1)"},
        {"x - -x == 0", R"(x - (-x) = 0)"},
        {"norm2(A - B) ^ 2 > 0", R"((\lVert A - B \rVert_F^2)^{2} > 0)"},
        {"transpose(A * B) == transpose(B) * transpose(A)", R"((A B)^{T} = B^{T} A^{T})"},
        {"projector(A) * inverse(B) == A", R"(P_{\mathrm{range}(A)} B^{-1} = A)"},
        {"inverse(A * B) == A", R"((A B)^{-1} = A)"},
        {"distinct(lambda) and positive(lambda)", R"(\lambda \text{ pairwise distinct} \land \lambda > 0)"},
        {"not positive(lambda)", R"(\neg (\lambda > 0))"},
        {"any(i in T where i not in S : lambda(i) >= 1e-3)",
         R"(\exists i \in \mathcal{T},\ i \notin \mathcal{S}:\ \lambda_{i} \geq 10^{-3})"},
        {"all(i in S : flag) and flag", R"((\forall i \in \mathcal{S}:\ \mathrm{flag}) \land \mathrm{flag})"},
        {"|S union {}| == 0 implies S subset T minus S",
         R"(\lvert \mathcal{S} \cup \emptyset \rvert = 0 \Rightarrow \mathcal{S} \subseteq \mathcal{T} \setminus \mathcal{S})"},
        {"flag iff abs(x) < sqrt(x)", R"(\mathrm{flag} \Leftrightarrow \lvert x \rvert < \sqrt{x})"},
        {"eigenvalues(B)(2) == min(x, max(r, 2))", R"(\mathrm{eig}(B)_{2} = \min(x, \max(r, 2)))"},
        {"huge == d(r + 1)", R"(\mathrm{huge} = d_{r + 1})"},
        {"[1, x; A, B] == A'", R"(\begin{pmatrix} 1 & x \\ A & B \end{pmatrix} = A^{T})"},
        {"rank(prod(h in H downto 1 : mid(h, 1))) == 1", R"(\mathrm{rank}(\prod_{h=H}^{1} \mathrm{mid}_{h,1}) = 1)"},
        {"matrix(i in 1..2, j in S : i - j) == A", R"((i - j)_{i \in \{1,\dots,2\},\ j \in \mathcal{S}} = A)"},
        {"distinct(sequence(i in S : 1/i))",
         R"(\left(\frac{1}{i}\right)_{i \in \mathcal{S}} \text{ pairwise distinct})"},
        {"block(A, S, {1..r}) == kron(A, B)", R"(A_{\mathcal{S},\{1,\dots,r\}} = A \otimes B)"},
        {"zeros(2, r) == A / 2", R"(0_{2 \times r} = \frac{A}{2})"},
        {"count(row in S : flag) == 1", R"(\#\{\mathit{row} \in \mathcal{S} : \mathrm{flag}\} = 1)"},
        {"sum(i1 in S, j2 in S : i1 * j2) == 1",
         R"(\sum_{i_{1} \in \mathcal{S},\ j_{2} \in \mathcal{S}} i_{1} j_{2} = 1)"},
        {"(if flag then 1 else 2) == r",
         R"(\left(\begin{cases} 1 & \text{if } \mathrm{flag} \\ 2 & \text{otherwise} \end{cases}\right) = r)"},
    };
    for (const auto& row : table) {
      CAPTURE(row.first);
      CHECK(parse(row.first).to_latex() == row.second);
    }
  }

  TEST_CASE("random formulas read back from their text (few)") {
    for (std::uint64_t seed = 1; seed <= 200; ++seed) {
      CAPTURE(seed);
      toy::RandomFormula random(seed);
      const std::string text = random.of(static_cast<Kind>(seed % 6), 3);
      if (!fits_nowhere(text)) check_round_trip(text);
    }
  }
}

TEST_SUITE("standard") {
  TEST_CASE("random formulas read back from their text, and mean the same") {
    int decided = 0;
    int refused = 0;  // matrices whose shapes do not fit, seen while reading
    for (std::uint64_t seed = 1000; seed < 6000; ++seed) {
      CAPTURE(seed);
      toy::RandomFormula random(seed);
      const Kind kind = static_cast<Kind>(seed % 6);
      const std::string text = random.of(kind, 4);
      if (fits_nowhere(text)) {
        ++refused;
        continue;
      }
      check_round_trip(text);
      const Expression formula = parse(text);
      CHECK(formula.kind() == kind);
      CHECK_FALSE(formula.to_latex().empty());
      if (kind != Kind::truth) continue;
      const Truth truth = toy::truth_of(text);
      CHECK(toy::truth_of(formula.to_text()) == truth);
      CHECK(toy::truth_of("not " + text) == !truth);
      if (truth != Truth::unknown) ++decided;
    }
    CHECK(decided > 300);
    CHECK(refused < 500);
  }
}

}  // namespace
}  // namespace rankscape
