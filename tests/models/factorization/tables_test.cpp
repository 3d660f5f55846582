// The case tables of docs/factorization.md and docs/phase-retrieval.md are what the runner finds on the default scope
// of the statements, row by row: a table that says something else fails. RANKSCAPE_UPDATE_GOLDEN=1 rewrites the tables.

#include <rankscape/check/run.hpp>

#include <doctest/doctest.h>
#include <fmt/format.h>
#include <cstdlib>
#include <fstream>
#include <functional>
#include <iterator>
#include <map>
#include <nlohmann/json.hpp>
#include <set>

using namespace rankscape;

namespace {

struct Line {
  std::set<std::string> verdicts;
  std::uint64_t cases = 0;
};

class Table final : public RunListener {
 public:
  using Key = std::function<std::string(const Row&)>;
  explicit Table(Key key) : key_(std::move(key)) {}
  void row(std::size_t, const Row& row) override {
    CHECK(row.agrees != Truth::no);
    if (row.inside != Truth::yes) return;
    Line& cell = cells_[key_(row)];
    cell.verdicts.insert(std::string(to_string(row.found)));
    ++cell.cases;
  }
  [[nodiscard]] std::string markdown(const std::string& header) const {
    std::string text = header;
    for (const auto& [key, cell] : cells_) {
      std::string verdicts;
      for (const std::string& verdict : cell.verdicts)
        verdicts += (verdicts.empty() ? "`" : ", `") + verdict + "`";
      text += fmt::format("| {} | {} | {} |\n", key, verdicts, cell.cases);
    }
    return text;
  }

 private:
  Key key_;
  std::map<std::string, Line> cells_;
};

std::string run_table(const std::string& id, const std::string& header, Table::Key key) {
  const Statement statement = Statement::read(std::string(RANKSCAPE_SOURCE_DIR "/theorems/") + id + ".toml");
  Table table(std::move(key));
  RunOptions options;
  options.examine = {.witness = false, .eigenvalues = false};
  static_cast<void>(run({statement}, options, {&table}));
  return table.markdown(header);
}

// The text between `<!-- table NAME -->` and `<!-- end -->` of a page must be `table`.
void check_documented(const std::string& page, const std::string& name, const std::string& table) {
  const std::string path = RANKSCAPE_SOURCE_DIR "/docs/" + page;
  std::ifstream in(path, std::ios::binary);
  REQUIRE(in);
  std::string text{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
  const std::string open = "<!-- table " + name + " -->\n";
  const std::size_t begin = text.find(open);
  REQUIRE(begin != std::string::npos);
  const std::size_t from = begin + open.size();
  const std::size_t end = text.find("<!-- end -->", from);
  REQUIRE(end != std::string::npos);
  const char* update = std::getenv("RANKSCAPE_UPDATE_GOLDEN");
  if (update != nullptr && std::string(update) == "1") {
    text.replace(from, end - from, table);
    std::ofstream(path, std::ios::binary) << text;
    return;
  }
  CHECK(text.substr(from, end - from) == table);
}

std::string spectral_key(const Row& row, std::size_t k_position) {
  const long q = *find_label(row.labels, "q").as<long>();
  const long k = row.shape[k_position];
  const std::string filled = q == k ? "q = k" : q == 0 ? "q = 0 < k" : "0 < q < k";
  const auto label = [&](const char* name) { return *find_label(row.labels, name).as<std::string>(); };
  return filled + " | " + label("S_type") + " | " + label("left_out");
}

}  // namespace

TEST_SUITE("quick") {
  TEST_CASE("the case table of symmetric factorization") {
    check_documented(
        "factorization.md", "symmetric",
        run_table("symmetric-factorization-classification",
                  "| rank of X | S | largest eigenvalue left out | verdict | cases |\n|---|---|---|---|---|\n",
                  [](const Row& row) { return spectral_key(row, 1); }));
  }

  TEST_CASE("the case table of asymmetric factorization") {
    check_documented("factorization.md", "asymmetric",
                     run_table("asymmetric-factorization-classification",
                               "| mu | rank of X Y^T | S | largest singular value left out | verdict | cases "
                               "|\n|---|---|---|---|---|---|\n",
                               [](const Row& row) {
                                 return *find_label(row.labels, "balance").as<std::string>() + " | " +
                                        spectral_key(row, 2);
                               }));
  }

  TEST_CASE("the case table of phase retrieval") {
    check_documented("phase-retrieval.md", "phase-retrieval",
                     run_table("phase-retrieval",
                               "| critical point | index, nullity, coindex | verdict | cases |\n|---|---|---|---|\n",
                               [](const Row& row) {
                                 return fmt::format("{}, n = {} | {}, {}, {}",
                                                    *find_label(row.labels, "kind").as<std::string>(), row.shape[0],
                                                    row.inertia.negative, row.inertia.zero, row.inertia.positive);
                               }));
  }
}
