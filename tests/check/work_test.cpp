// The work of a run is enumerated without being kept. It has to be what a list with a map from keys would give: every
// distinct case once, in the order of the scopes, with the statements that ask for it. And of many cases few exist,
// also of those that an earlier run finished.
#include <doctest/doctest.h>

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <map>
#include <random>
#include <rankscape/error.hpp>

#include "check/run_rows.hpp"
#include "check/work.hpp"
#include "landscapes.hpp"

using namespace rankscape;

namespace {

using Listed = std::vector<std::pair<std::string, std::vector<std::size_t>>>;

std::string quoted(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words)
    text += fmt::format("{}'{}'", text.empty() ? "" : ", ", word);
  return text;
}

struct Asked {
  std::string model;
  std::string shapes;
  std::vector<std::string> positions;
  std::vector<std::string> data;
  int samples = 1;

  [[nodiscard]] Statement statement(std::size_t number) const {
    const std::string text = fmt::format(
        "format = 'rankscape-statement/1'\nid = 's{}'\ntitle = 't'\nsource = 's'\nmodel = '{}'\n[[case]]\nname = "
        "'all'\nwhen = 'otherwise'\nthen = 'strict_saddle'\n[scope]\n{} = [{}]\npositions = [{}]\ndata = [{}]\nsamples "
        "= {}\n",
        number, model, model == "deep-linear" ? "widths" : "sizes", shapes, quoted(positions), quoted(data), samples);
    return Statement::parse(text, fmt::format("s{}.toml", number), test::languages());
  }
};

template <class T>
std::vector<T> some_of(const std::vector<T>& all, std::mt19937& random) {
  std::vector<T> some;
  for (std::size_t count = random() % 3; count > 0; --count)
    some.push_back(all[random() % all.size()]);  // with repetition
  return some;
}

Asked random_question(std::mt19937& random) {
  struct Kind {
    std::string model;
    std::vector<std::string> shapes;
    std::vector<std::string> positions;
    std::vector<std::string> data;
  };
  static const std::vector<Kind> kinds{
      {"deep-linear",
       {"[1, 1, 1]", "[2, 1, 2]", "[2, 2, 2]"},
       {"aligned", "generic", "zero-pattern"},
       {"canonical", "general", "square", "general+repeated", "canonical+deficient"}},
      {"matrix-sensing", {"[2, 1]", "[3, 1]"}, {"aligned", "generic"}, {"isotropic", "planted", "noisy"}},
      {"symmetric-factorization", {"[2, 1]", "[2, 2]", "[3, 1]"}, {"aligned", "generic"}, {"spectral"}},
      {"phase-retrieval", {"[1]", "[2]", "[3]"}, {"aligned", "generic"}, {"signal", "zero", "orthogonal"}}};
  const Kind& kind = kinds[random() % kinds.size()];
  Asked asked{kind.model, "", some_of(kind.positions, random), some_of(kind.data, random), 1};
  for (std::size_t count = 1 + random() % 3; count > 0; --count)
    asked.shapes += (asked.shapes.empty() ? "" : ", ") + kind.shapes[random() % kind.shapes.size()];
  // off the hypotheses not every width will do
  const bool defect = std::any_of(asked.data.begin(), asked.data.end(),
                                  [](const std::string& name) { return name.find('+') != std::string::npos; });
  if (defect) asked.shapes = "[2, 2, 2], [2, 1, 2]";
  asked.samples = 1 + static_cast<int>(random() % 2);
  return asked;
}

// As runs once listed their cases.
Listed by_listing(const std::vector<Statement>& statements, const RunPlan& plan) {
  Listed listed;
  std::map<std::pair<const Landscape*, std::string>, std::size_t> position;
  for (std::size_t s = 0; s < statements.size(); ++s) {
    for (const auto& recipe : plan.landscapes[s]->cases(statements[s].scope())) {
      const auto [entry, added] = position.try_emplace({plan.landscapes[s], recipe->key()}, listed.size());
      if (added) listed.push_back({recipe->key(), {}});
      listed[entry->second].second.push_back(s);
    }
  }
  return listed;
}

RunPlan plan_of(const std::vector<Statement>& statements) {
  RunPlan plan;
  for (const Statement& statement : statements) {
    plan.statements.push_back(&statement);
    plan.landscapes.push_back(&landscape_of(statement, test::library()));
  }
  return plan;
}

Listed by_streaming(const std::vector<Statement>& statements, const RunOptions& options, RunPlan& plan) {
  plan = plan_of(statements);
  const Work work(statements, options, plan);
  Listed listed;
  work.for_each([&](const WorkItem& item) { listed.push_back({item.recipe->key(), item.statements}); });
  return listed;
}

// An earlier run that finished all but every fifth case, in a file as long as one likes. Counts what is read of it.
class Earlier final : public FinishedCases, public RunListener {
 public:
  [[nodiscard]] std::unique_ptr<Reading> read() const override { return std::make_unique<Counting>(); }
  [[nodiscard]] std::vector<Row> rows(const KeptCase& kept, const std::string& model,
                                      const std::string& key) const override {
    CHECK(kept.text == "kept");
    CHECK(model == "deep-linear");
    ++read_;
    Row row;
    row.key = key;
    row.matched = {"all"};
    row.predicted = {"strict_saddle"};
    row.covered = true;
    row.inside = Truth::no;
    row.found = Verdict::not_critical;
    return {row};
  }
  void begin(const RunPlan& plan) override { CHECK(read_.exchange(0) == plan.taken_cases); }
  void case_begins(std::uint64_t number, bool taken) override {
    CHECK(number == finished_);
    CHECK(taken == (number % 5 != 0));
    taken_ += taken ? 1U : 0U;
    ++finished_;
  }
  void case_finished() override { most = std::max<std::uint64_t>(most, read_ - taken_ + 1); }

  std::uint64_t most = 0;  // cases whose rows were read and not reported yet, at any time

 private:
  class Counting final : public Reading {
   public:
    [[nodiscard]] std::optional<KeptCase> take(std::uint64_t number) override {
      CHECK(number >= next_);
      next_ = number + 1;
      return number % 5 == 0 ? std::nullopt : std::optional<KeptCase>({"kept", "place", 0});
    }
    void finish() override {}

   private:
    std::uint64_t next_ = 0;
  };
  mutable std::atomic<std::uint64_t> read_ = 0;
  std::uint64_t taken_ = 0;
  std::uint64_t finished_ = 0;
};

}  // namespace

TEST_SUITE("quick") {
  TEST_CASE("cases come in the order, and for the statements, that a list of all of them would give") {
    constexpr unsigned seed = 20;
    MESSAGE("seed " << seed);
    std::mt19937 random(seed);
    std::size_t shared = 0;
    for (int round = 0; round < 12; ++round) {
      std::vector<Statement> statements;
      for (std::size_t s = 0; s < 1 + random() % 4; ++s)
        statements.push_back(random_question(random).statement(s));
      RunOptions options;
      options.library = &test::library();
      RunPlan plan;
      const Listed found = by_streaming(statements, options, plan);
      const Listed expected = by_listing(statements, plan);
      CAPTURE(round);
      CHECK(found == expected);
      CHECK(plan.distinct_cases == expected.size());
      for (const auto& [key, asking] : expected)
        shared += asking.size() > 1 ? 1U : 0U;

      options.shard = Shard{2, 3};
      const Listed part = by_streaming(statements, options, plan);
      Listed every_third;
      for (std::size_t k = 1; k < expected.size(); k += 3)
        every_third.push_back(expected[k]);
      CHECK(part == every_third);
      CHECK(plan.distinct_cases == every_third.size());
    }
    CHECK(shared > 50);
  }

  TEST_CASE("of a scope of more cases than any list would hold the first ones come at once") {
    const Asked asked{"deep-linear", "[4, 4, 4, 4, 4]", {}, {}, 1000000};
    std::vector<Statement> statements;
    statements.push_back(asked.statement(0));
    RunOptions options;
    options.library = &test::library();
    RunPlan plan = plan_of(statements);
    const Work work(statements, options, plan);
    CHECK(plan.distinct_cases > std::uint64_t{1} << 32U);
    struct Enough {};
    std::uint64_t seen = 0;
    CHECK_THROWS_AS(work.for_each([&](const WorkItem& item) {
      CHECK(item.number == seen);
      if (++seen == 10) throw Enough();
    }),
                    Enough);
    const Asked absurd{"deep-linear", "[4, 4, 4, 4, 4, 4, 4]", {}, {}, 1000000};
    statements.front() = absurd.statement(0);
    CHECK_THROWS_WITH_AS(Work(statements, options, plan),
                         "s0.toml: the scope has more than 1000000000000 cases, which no run would come to the end of; "
                         "ask for fewer or smaller shapes",
                         InputError);
  }

  TEST_CASE("windows end anywhere: more cases than one holds, in order, by several threads") {
    const Asked asked{"deep-linear", "[1, 1, 1]", {}, {}, 1500};
    const Statement statement = asked.statement(0);
    std::vector<std::string> expected;
    for (const auto& recipe : landscape_of(statement, test::library()).cases(statement.scope()))
      expected.push_back(recipe->key());
    REQUIRE(expected.size() > 4096);
    REQUIRE(expected.size() % 4096 != 0);
    RunOptions options;
    options.library = &test::library();
    options.jobs = 3;
    options.time_limit = std::chrono::nanoseconds(1);  // all are undecided: it is their coming that is tested
    test::Rows rows;
    static_cast<void>(run({statement}, options, {&rows}));
    std::vector<std::string> found;
    bool nothing_known = true;
    for (const Row& row : rows.rows) {
      found.push_back(row.key);
      nothing_known = nothing_known && !row.value && !row.inertia;
    }
    CHECK(found == expected);
    CHECK(nothing_known);  // rather than zeros

    Earlier earlier;
    options.finished = &earlier;
    test::Rows again;
    static_cast<void>(run({statement}, options, {&again, &earlier}));
    found.clear();
    for (const Row& row : again.rows)
      found.push_back(row.key);
    CHECK(found == expected);
    // those on their way through the pipeline, not those of the window
    CHECK(earlier.most > 0);
    CHECK(earlier.most <= std::size_t{options.jobs} * 8);
  }
}
