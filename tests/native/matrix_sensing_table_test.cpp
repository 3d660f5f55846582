// The table of docs/matrix-sensing.md is what is found at every explicit critical point without noise, by delta: a
// table that says something else fails. RANKSCAPE_UPDATE_GOLDEN=1 rewrites it.
#include <doctest/doctest.h>

#include <fmt/format.h>
#include <array>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <native/matrix_sensing/advice.hpp>
#include <rankscape/check/evidence.hpp>

#include "landscapes.hpp"

using namespace rankscape;
using namespace rankscape::matrix_sensing;

namespace {

struct Row {
  const char* name;
  Rational upper;     ///< of the values of delta in this row
  bool closed;        ///< upper itself is in it
  const char* bound;  ///< of lambda_min / sigma_r, from the theorem, at the upper end
  int solutions = 0;
  int strict = 0;
  int flat = 0;                                   ///< non-strict saddles
  int spurious = 0;                               ///< local minimizers that are not global
  std::optional<Enclosure> worst = std::nullopt;  ///< largest lambda_min / sigma_r where U U^T is not M
};

void count(const Instance& instance, const MatrixSensingAdvice& at, Row& row) {
  const Evidence evidence = examine(instance, {.form_hessian = false});
  const RationalMatrix& M = at.reference();
  const bool solution = multiply(at.u(), at.u().transpose()) == M;
  CHECK(solution == (evidence.verdict == Verdict::global_minimizer));
  switch (evidence.verdict) {
    case Verdict::global_minimizer:
      ++row.solutions;
      return;
    case Verdict::local_minimizer:
      ++row.spurious;
      break;
    case Verdict::non_strict_saddle:
      ++row.flat;
      break;
    case Verdict::strict_saddle:
    case Verdict::local_maximizer:
      ++row.strict;
      break;
    default:
      FAIL("a point without a verdict");
  }
  const auto k = static_cast<std::size_t>(at.u().cols());
  const Enclosure sigma = real_eigenvalues(M)[k - 1].enclose(Rational(1, 1'000'000'000));
  const Enclosure ratio = *evidence.lambda_min / sigma;
  row.worst = row.worst ? max(*row.worst, ratio) : ratio;
}

std::string table() {
  std::array<Row, 8> rows{Row{"0", 0, true, "-1.656"},
                          Row{"above 0, to 1/20", Rational(1, 20), true, "-1.242"},
                          Row{"to 1/10", Rational(1, 10), true, "-0.828"},
                          Row{"below 1/5", Rational(1, 5), false, "0"},
                          Row{"1/5 to 2/5", Rational(2, 5), true, ""},
                          Row{"below 1/2", Rational(1, 2), false, ""},
                          Row{"1/2", Rational(1, 2), true, ""},
                          Row{"above 1/2", 1, true, ""}};
  const Landscape& sensing = test::landscape("matrix-sensing");
  Scope scope;
  scope.shapes = {{2, 1}, {2, 2}, {3, 1}, {3, 2}};
  for (const auto& recipe : sensing.cases(scope)) {
    CAPTURE(recipe->key());
    const auto instance = sensing.instance(recipe->build(1));
    const auto& at = dynamic_cast<const MatrixSensingAdvice&>(*instance->advice());
    for (Row& row : rows) {
      const Truth above = less(Real(row.upper), at.delta());
      const Truth below = less(at.delta(), Real(row.upper));
      REQUIRE(above != Truth::unknown);
      if (above == Truth::yes || (!row.closed && below == Truth::no)) continue;
      count(*instance, at, row);
      break;
    }
  }
  std::string text =
      "| delta | solutions | strict saddles | non-strict saddles | spurious local minimizers | largest lambda_min / "
      "sigma_r off the solutions | bound |\n|---|---|---|---|---|---|---|\n";
  for (const Row& row : rows) {
    text += fmt::format("| {} | {} | {} | {} | {} | {} | {} |\n", row.name, row.solutions, row.strict, row.flat,
                        row.spurious, row.worst ? to_decimal(*row.worst, 3).hi : "", row.bound);
  }
  return text;
}

}  // namespace

TEST_SUITE("quick") {
  TEST_CASE("the table of matrix sensing by delta") {
    const std::string path = RANKSCAPE_SOURCE_DIR "/docs/matrix-sensing.md";
    std::ifstream in(path, std::ios::binary);
    REQUIRE(in);
    std::string text{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
    const std::string open = "<!-- table matrix-sensing -->\n";
    REQUIRE(text.find(open) != std::string::npos);
    const std::size_t from = text.find(open) + open.size();
    const std::size_t end = text.find("<!-- end -->", from);
    REQUIRE(end != std::string::npos);
    const std::string found = table();
    const char* update = std::getenv("RANKSCAPE_UPDATE_GOLDEN");
    if (update != nullptr && std::string(update) == "1") {
      text.replace(from, end - from, found);
      std::ofstream(path, std::ios::binary) << text;
      return;
    }
    CHECK(text.substr(from, end - from) == found);
  }
}
