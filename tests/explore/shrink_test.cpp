// Counterexamples made small: from a network of four layers to a handful of numbers, each step certified.
#include "explore/shrink.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <rankscape/explore/latex.hpp>
#include <rankscape/explore/search.hpp>
#include <set>

#include "explore/statements.hpp"

using namespace rankscape;
using namespace rankscape::test;
using namespace rankscape::explore;

namespace {

const Landscape& shrinking_model() {
  return landscape("deep-linear");
}

ExploreOptions all_landscapes() {
  ExploreOptions options;
  options.library = &library();
  return options;
}

// Some large counterexample of a scope; the last, so that nothing was chosen for being small.
Counterexample last_counterexample(const Statement& statement, const Scope& scope, std::uint64_t seed) {
  CAPTURE(seed);
  std::optional<Counterexample> last;
  for (const auto& recipe : shrinking_model().cases(scope)) {
    auto found = counterexample_at(shrinking_model(), statement, recipe->build(seed), recipe->key());
    if (found) last = std::move(found);
  }
  REQUIRE(last.has_value());
  return *last;
}

}  // namespace

TEST_SUITE("quick") {
  TEST_CASE("sizes: parameters, then entries, then how many numbers there are") {
    Point small;
    small.model = "deep-linear";
    small.data.emplace("X", RationalMatrix::Identity(1, 1));
    small.weights = {RationalMatrix::Zero(1, 1)};
    Point half = small;
    half.weights[0](0, 0) = Rational(-1, 2);
    CHECK(size_of(small) == PointSize{1, 1, 2});
    CHECK(size_of(half) == PointSize{1, 3, 2});
    CHECK(size_of(small) < size_of(half));
    CHECK(PointSize{1, 100, 2} < PointSize{2, 0, 0});
    CHECK(PointSize{1, 1, 2} < PointSize{1, 1, 3});
  }

  TEST_CASE("smaller shapes: each once, nothing larger, the shape itself first") {
    const auto shapes = smaller_shapes({2, 1, 2}, 1000);
    CHECK(shapes.front() == Shape{2, 1, 2});
    CHECK(std::set<Shape>(shapes.begin(), shapes.end()).size() == shapes.size());
    // three entries: 2 * 1 * 2; two: {2,1},{1,2},{2,2},{1,1}; one: {1},{2}
    CHECK(shapes.size() == 4 + 4 + 2);
    CHECK(smaller_shapes({9, 9, 9, 9}, 50).size() <= 50 + 8);
  }

  TEST_CASE("without H3, without H4: at most eight parameters, from a general point of a larger network") {
    for (const auto& [line, data] : std::vector<std::pair<std::string, std::string>>{
             {"H3 = \"rank(Sxy) == dy\"", "general+deficient"}, {"H4 = \"distinct(lambda)\"", "general+repeated"}}) {
      const Statement statement = classification(line, "");
      Scope scope;
      scope.shapes = {{3, 2, 3, 2}};
      scope.positions = {"generic"};
      scope.data = {data};
      const Counterexample start = last_counterexample(statement, scope, 7);
      REQUIRE(start.size.parameters == 18);
      const Counterexample end = shrunk(shrinking_model(), statement, {3, 2, 3, 2}, start, all_landscapes());
      CHECK(end.size.parameters <= 8);
      CHECK(end.size < start.size);
      // certified again from nothing but the point
      CHECK(counterexample_at(shrinking_model(), statement, end.point, "").has_value());
    }
  }

  TEST_CASE("point by point, without recipes: fewer units and samples, smaller entries") {
    const Statement statement = classification("H3 = \"rank(Sxy) == dy\"", "");
    Scope scope;
    scope.shapes = {{2, 3, 2}};
    scope.positions = {"generic"};
    scope.data = {"general+deficient"};
    const Counterexample start = last_counterexample(statement, scope, 3);
    const Counterexample end = simplified(shrinking_model(), statement, start);
    CHECK(end.size < start.size);
    CHECK(counterexample_at(shrinking_model(), statement, end.point, "").has_value());
    // nothing is left to remove: once more changes nothing
    CHECK(simplified(shrinking_model(), statement, end).size == end.size);
  }

  TEST_CASE("points that are nothing to the statement are no counterexamples") {
    const Statement statement = classification("H3 = \"rank(Sxy) == dy\"", "");
    Point point;
    point.model = "deep-linear";
    point.data.emplace("X", RationalMatrix::Identity(1, 1));
    point.data.emplace("Y", RationalMatrix::Zero(1, 1));
    const RationalMatrix one = RationalMatrix::Identity(1, 1);
    point.weights = {one, one};
    CHECK_FALSE(counterexample_at(shrinking_model(), statement, point, "").has_value());  // not critical
    point.weights = {one, 0 * one};
    point.weights[0](0, 0) = 0;
    CHECK(counterexample_at(shrinking_model(), statement, point, "").has_value());
    point.data.at("Y") = one;  // inside all hypotheses, and the statement is right
    CHECK_FALSE(counterexample_at(shrinking_model(), statement, point, "").has_value());
    point.weights.pop_back();  // no network
    CHECK_FALSE(counterexample_at(shrinking_model(), statement, point, "").has_value());
  }

  TEST_CASE("the search finds what is wrong, and the same whatever the number of threads") {
    const Statement statement = classification("rank(mid(i, j)) == r or rank", "rank(mid(i, j)) == r and rank");
    ExploreOptions options = all_landscapes();
    options.seed = 5;
    options.jobs = 1;
    const SearchReport one = explore_variations(statement, options, {});
    options.jobs = 3;
    const SearchReport three = explore_variations(statement, options, {});
    REQUIRE(one.smallest.has_value());
    REQUIRE(three.smallest.has_value());
    CHECK(one.tries == three.tries);
    CHECK(one.first->key == three.first->key);
    CHECK(one.smallest->point.weights == three.smallest->point.weights);
    CHECK(one.smallest->size <= one.first->size);
    // one input, one output, three layers: both blocks of every pivot are never both tight at the origin
    CHECK(one.smallest->size.parameters == 3);
  }

  TEST_CASE("the search does not refute what is true, and stops when told to") {
    SearchOptions search;
    search.tries = 150;
    const SearchReport report = explore_variations(classification(), all_landscapes(), search);
    CHECK(report.tries == 150);
    CHECK(report.inside > 20);
    CHECK(report.shapes > 20);
    CHECK_FALSE(report.first.has_value());
    search.tries = 1'000'000'000;
    search.time_limit = std::chrono::duration<double>(0.2);
    const SearchReport late = explore_variations(classification(), all_landscapes(), search);
    CHECK(late.out_of_time);
    CHECK(late.tries < search.tries);
  }

  TEST_CASE("LaTeX: every matrix of the point, what is said and what is found") {
    const Statement statement = classification("H4 = \"distinct(lambda)\"", "");
    Point point;
    point.model = "deep-linear";
    point.data.emplace("X", RationalMatrix::Identity(2, 2));
    point.data.emplace("Y", Rational(1, 2) * RationalMatrix::Identity(2, 2));
    RationalMatrix row = RationalMatrix::Zero(1, 2);
    row(0, 0) = Rational(-1, 2);
    RationalMatrix column = RationalMatrix::Zero(2, 1);
    column(0, 0) = -1;
    point.weights = {row, column};
    const auto found = counterexample_at(shrinking_model(), statement, point, "by hand");
    REQUIRE(found.has_value());
    const std::string text = to_latex(*found, statement);
    CHECK(text.find("W_{1} = \\begin{pmatrix} -\\frac{1}{2} & 0 \\end{pmatrix}") != std::string::npos);
    CHECK(text.find("W_{2} = \\begin{pmatrix} -1 \\\\ 0 \\end{pmatrix}") != std::string::npos);
    CHECK(text.find("$S = \\{2\\}$") != std::string::npos);
    CHECK(text.find("strict\\_saddle") != std::string::npos);
    CHECK(text.find("global\\_minimizer") != std::string::npos);
  }
}
