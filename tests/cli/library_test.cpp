// The library of published theorems under the program: every file agrees with what is certified, on enough cases inside
// its hypotheses, and a wrong variant of every file is refuted. Regression against an older report.
#include <doctest/doctest.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>
#include <vector>

#include "cli/program.hpp"

using namespace rankscape::test;
using Json = nlohmann::ordered_json;

namespace {

const std::string folder_of_theorems = RANKSCAPE_SOURCE_DIR "/theorems/";

struct Variant {
  std::string from;
  std::string to;
};

struct Entry {
  std::string id;
  int at_least;       // cases inside the hypotheses
  bool some_outside;  // its scope also has cases outside of them
  std::vector<Variant> wrong;
};

const std::vector<Entry>& library() {
  static const std::vector<Entry> entries = {
      {"achour2024-classification", 2000, false, {{"mid(i, j)) == r or rank", "mid(i, j)) == r and rank"}}},
      {"achour2024-critical-values", 2000, false, {{"sum(i in S : lambda(i))", "sum(i in 1..r : lambda(i))"}}},
      {"achour2024-parameterization",
       2000,
       false,
       {{"where s <= i", "where s < i"},
        {"product == projection * Syx * inverse(Sxx)", "product == Syx * inverse(Sxx)"},
        {"Z_rank(h) <= min(d(h), d(h - 1)) - r", "Z_rank(h) < min(d(h), d(h - 1)) - r"},
        {"rank(projection * lft(h)) == r", "rank(lft(h)) == r"}}},
      {"achour2024-rank-constrained",
       2000,
       false,
       {{"then = \"strict_saddle\"", "then = \"non_strict_saddle\""},
        {"index == 0 implies", "index == 0 iff"},
        {"when = \"r < rmax and solves_rank_problem\"\nthen = \"saddle\"",
         "when = \"r < rmax and solves_rank_problem\"\nthen = \"non_strict_saddle\""},
        {"sum(i in 1..r : lambda(i))\"\nsolves", "sum(i in 1..rmax : lambda(i))\"\nsolves"}}},
      {"achour2024-vanishing-blocks",
       1000,
       false,
       {{"vanishing >= 3", "vanishing >= 2"},
        {"rank(mid(i, j)) > r and rank(out(i, j)) > r", "rank(mid(i, j)) > r or rank(out(i, j)) > r"},
        {"rank(mid(i, j)) > r and rank(out(i, j)) > r", "rank(mid(i, j)) > r"},
        {"rank(mid(i, j)) > r and rank(out(i, j)) > r", "rank(out(i, j)) > r"},
        {"not leading and vanishing >= 2", "vanishing >= 2"}}},
      {"baldi-hornik1989",
       200,
       true,
       {{"when = \"full_rank and principal\"", "when = \"full_rank\""},
        {"sum(i in 1..p : lambda(i))\"", "sum(i in 1..dy : lambda(i))\""},
        {"bottleneck    = \"d(1) <= dx and d(1) <= dy\"\n", ""},
        {"full-rank     = \"invertible(Sigma)\"\n", ""},
        {"product == on_range_of_A * Syx", "product == Syx"},
        {"on_range_of_A = \"projector(W(2))\"", "on_range_of_A = \"projector(Syx)\""}}},
      {"escape-order", 2000, false, {{"escape_order <= H and", "escape_order < H and"}}},
      {"index-formula", 2000, false, {{"inversions + hyperbolic", "inversions - hyperbolic"}}},
      {"kawaguchi2016",
       2000,
       false,
       {{"when = \"rank(between_hidden) == p\"", "when = \"rank(between_hidden) >= p - 1\""},
        {"then = \"global_minimizer or saddle\"", "then = \"global_minimizer or strict_saddle\""},
        {"mid(H, 1)", "mid(H, H - 1)"}}},
      {"laurent-vonbrecht2018",
       2000,
       true,
       {{"stationary = \"product * Sxx == Syx\"", "stationary = \"rank(product) == r\""},
        {"[hypotheses]\nwide = \"all(h in 1..H-1 : d(h) >= min(dx, dy))\"\n", ""},
        {"then = \"saddle or local_maximizer\"", "then = \"strict_saddle\""}}},
      {"trager2020",
       1000,
       true,
       {{"full-rank        = \"rank(Sxy) == min(dx, dy)\"\n", ""},
        {"else r == rmax and normal\"", "else normal\""},
        {"rank(lft(i)) == dy or rank(rgt(i + 1)) == dx", "rank(lft(i)) == dy and rank(rgt(i + 1)) == dx"},
        {"rmax * (dx + dy - rmax)", "rmax * (dx + dy)"},
        {"when  = \"filling\"\nholds", "holds"},
        {"holds = \"rank(tangent) == r * (dx + dy - r)\"", "holds = \"rank(differential) == r * (dx + dy - r)\""},
        {"when  = \"r == rmax\"\nholds", "holds"}}},
      {"yun2018-bottleneck",
       500,
       true,
       {{"when = \"full_product and all(p in 1..H-1 where d(p) == k : behind(p))\"",
         "when = \"all(p in 1..H-1 where d(p) == k : behind(p))\""},
        {"when = \"full_product and all(p in 1..H-1 where d(p) == k : behind(p))\"", "when = \"full_product\""},
        {"when = \"full_product and all(p in 1..H-1 where d(p) == k : behind(p))\"",
         "when = \"full_product and all(p in 1..H-1 : behind(p))\""},
        {"lambda(i))\"\nfull", "lambda(i + 1))\"\nfull"}}},
      {"yun2018-wide",
       2000,
       true,
       {{"when = \"rank(product) == min(dx, dy)\"", "when = \"rank(product) >= min(dx, dy) - 1\""},
        {"full-rank        = \"rank(Syx) == min(dx, dy)\"\n", ""},
        {"wide             = \"min(h in 1..H-1 : d(h)) >= min(dx, dy)\"\n", ""},
        {"then = \"saddle\"", "then = \"strict_saddle\""}}},
      {"zhou-liang2018",
       1000,
       false,
       {{"when = \"not optimal_order and H > 2\"\nthen = \"saddle\"",
         "when = \"not optimal_order and H > 2\"\nthen = \"strict_saddle\""},
        {"sum(i in 1..min(rmax, dy)", "sum(i in 1..r"},
        {"holds = \"value == tr(Syy) - selected\"", "holds = \"value == tr(Syy - Sigma)\""},
        {"when  = \"H == 2\"\nholds", "holds"}}},
      {"zhu2018",
       200,
       true,
       {{"shallow         = \"H == 2\"\n", ""},
        {"then = \"global_minimizer or strict_saddle\"", "then = \"strict_saddle\""},
        {"then = \"global_minimizer or strict_saddle\"", "then = \"global_minimizer\""}}},
  };
  return entries;
}

}  // namespace

TEST_SUITE("standard") {
  TEST_CASE("the library is listed here, with twelve statements at least from eight sources at least") {
    std::set<std::string> listed;
    std::set<std::string> sources;
    for (const Entry& entry : library()) {
      CAPTURE(entry.id);
      listed.insert(entry.id);
      const std::string text = read_file(folder_of_theorems + entry.id + ".toml");
      const std::string key = "\nsource = \"";
      const std::size_t source = text.find(key);
      REQUIRE(source != std::string::npos);
      // "Baldi and Hornik (1989), ..", "rankscape, .."
      const std::size_t begin = source + key.size();
      sources.insert(text.substr(begin, text.find_first_of(",(;", begin) - begin));
    }
    const std::string page = read_file(RANKSCAPE_SOURCE_DIR "/docs/library.md");
    for (const std::string& id : listed) {
      CAPTURE(id);
      CHECK(page.find("\n| [" + id + "](../theorems/" + id + ".toml) | ") != std::string::npos);
    }
    CHECK(listed.size() >= 12);
    CHECK(sources.size() >= 8);
  }

  TEST_CASE("every statement agrees everywhere in its scope, inside its hypotheses") {
    std::string command = "rankscape check";
    for (const Entry& entry : library())
      command += " theorems/" + entry.id + ".toml";
    const Outcome outcome = shell(command + " --json -");
    CAPTURE(outcome.err);
    REQUIRE(outcome.code == 0);
    const Json all = Json::parse(outcome.out);
    REQUIRE(all["reports"].size() == library().size());
    for (std::size_t k = 0; k < library().size(); ++k) {
      const Entry& entry = library()[k];
      const Json& report = all["reports"][k];
      const Json& summary = report["summary"];
      CAPTURE(entry.id);
      CHECK(report["statement"] == entry.id);
      CHECK(summary["refuted"] == 0);
      CHECK(summary["undecided"] == 0);
      CHECK(summary["agree"].get<int>() >= entry.at_least);
      CHECK((summary["outside"].get<int>() > 0) == entry.some_outside);
      // no claim is a bystander: each is decided at every case inside
      for (const Json& row : report["cases"]) {
        if (row["inside"] != true) continue;
        for (const auto& claim : row["claims"].items()) {
          CAPTURE(claim.key());
          if (claim.value() != true) FAIL(row.dump());
        }
      }
    }
  }

  TEST_CASE("what does not need H1 holds for outputs wider than the input too") {
    const TemporaryFolder folder;
    struct Wide {
      std::string id;
      int at_least;
    };
    for (const auto& wide : std::vector<Wide>{{"zhu2018", 100},
                                              {"laurent-vonbrecht2018", 400},
                                              {"zhou-liang2018", 500},
                                              {"yun2018-wide", 200},
                                              {"yun2018-bottleneck", 50},
                                              {"trager2020", 500}}) {
      CAPTURE(wide.id);
      std::string text = read_file(folder_of_theorems + wide.id + ".toml");
      text.erase(text.find("[scope]"));
      text +=
          "[scope]\nwidths = [[2, 2, 3], [2, 3, 3], [1, 2, 2], [2, 1, 3], [2, 2, 2, 3], [2, 3, 2, 3], [1, 2, 2, 2], "
          "[2, 1, 2, 3]]\npositions = [\"aligned\", \"generic\", \"zero-pattern\"]\n"
          "data = [\"canonical+wide-output\", \"general+wide-output\"]\n";
      write_text(folder / "wide.toml", text);
      const Outcome outcome = shell("rankscape check '" + (folder / "wide.toml").string() + "' --json -");
      CAPTURE(outcome.err);
      REQUIRE(outcome.code == 0);
      const Json summary = Json::parse(outcome.out)["summary"];
      CHECK(summary["agree"].get<int>() >= wide.at_least);
      CHECK(summary["agree"] == summary["cases"]);
    }
  }

  TEST_CASE("wrong variants of every statement are refuted") {
    const TemporaryFolder folder;
    for (const Entry& entry : library()) {
      REQUIRE_FALSE(entry.wrong.empty());
      for (const Variant& variant : entry.wrong) {
        CAPTURE(entry.id);
        CAPTURE(variant.from);
        CAPTURE(variant.to);
        std::string text = read_file(folder_of_theorems + entry.id + ".toml");
        const std::size_t at = text.find(variant.from);
        REQUIRE(at != std::string::npos);
        text.replace(at, variant.from.size(), variant.to);
        write_text(folder / "wrong.toml", text);
        const Outcome outcome = shell("rankscape check '" + (folder / "wrong.toml").string() + "'");
        CAPTURE(outcome.out);
        CAPTURE(outcome.err);
        CHECK(outcome.code == 1);
      }
    }
  }

  TEST_CASE("check --against an older report: exit code 1 on a loss, the usual one otherwise") {
    const TemporaryFolder folder;
    const std::string old = (folder / "old.json").string();
    const std::string files = "theorems/achour2024-classification.toml theorems/zhu2018.toml";
    const std::string shapes = " --widths 2,2,2 --widths 2,2,2,2";
    REQUIRE(shell("rankscape check " + files + shapes + " --json " + old).code == 0);

    const Outcome same = shell("rankscape check " + files + shapes + " --against " + old);
    CHECK(same.code == 0);
    CHECK(same.out.ends_with("against " + old + "\n  no loss; 2 statements unchanged\n"));

    // the report that is compared with may be written over
    CHECK(shell("rankscape check " + files + shapes + " --against " + old + " --json " + old).code == 0);

    const Outcome fewer = shell("rankscape check " + files + " --widths 2,2,2 --against " + old);
    CHECK(fewer.code == 1);
    CHECK(fewer.out.find("now missing\n") != std::string::npos);

    const Outcome one = shell("rankscape check theorems/zhu2018.toml" + shapes + " --against " + old);
    CHECK(one.code == 1);
    CHECK(one.out.find("  achour2024-classification: not checked any more\n") != std::string::npos);

    const Outcome more = shell("rankscape check " + files + shapes + " --widths 3,2,2 --against " + old);
    CHECK(more.code == 0);
    CHECK(more.out.find("    new: ") != std::string::npos);

    // a statement that says something else now
    std::string text = read_file(folder_of_theorems + "achour2024-classification.toml");
    text.replace(text.find("== r or rank"), 12, "== r and rank");
    write_text(folder / "wrong.toml", text);
    const Outcome wrong = shell("rankscape check '" + (folder / "wrong.toml").string() + "' theorems/zhu2018.toml" +
                                shapes + " --against " + old);
    CHECK(wrong.code == 1);
    CHECK(wrong.out.find("agreed (non_strict_saddle), now refuted: ") != std::string::npos);
    CHECK(wrong.out.find("note: the statement file has changed\n") != std::string::npos);

    // undecided is a loss: exit code 1, not 3
    CHECK(shell("rankscape check " + files + shapes + " --time-limit 0.000001 --against " + old).code == 1);
    CHECK(shell("rankscape check " + files + shapes + " --time-limit 0.000001").code == 3);
  }

  TEST_CASE("check --against something else than a report: one line, exit code 2, before anything runs") {
    const TemporaryFolder folder;
    write_text(folder / "text.json", "no report");
    write_text(folder / "other.json", R"({"format": "rankscape-point/1"})");
    for (const std::string& old : {(folder / "missing.json").string(), (folder / "text.json").string(),
                                   (folder / "other.json").string(), std::string("/tmp"), std::string("/dev/null")}) {
      CAPTURE(old);
      const Outcome outcome =
          shell("timeout 20 rankscape check theorems/zhu2018.toml --widths 2,2,2 --against '" + old + "'");
      CAPTURE(outcome.err);
      CHECK(outcome.code == 2);
      CHECK(outcome.out.empty());
      CHECK(outcome.err.starts_with("rankscape: " + old));
      CHECK(std::count(outcome.err.begin(), outcome.err.end(), '\n') == 1);
    }
  }
}

TEST_SUITE("extreme") {
  TEST_CASE("the mutation scores of docs/library.md are those that explore gives") {
    const std::string page = read_file(RANKSCAPE_SOURCE_DIR "/docs/library.md");
    for (const Entry& entry : library()) {
      CAPTURE(entry.id);
      const Outcome outcome = shell("rankscape explore theorems/" + entry.id + ".toml --mutate --json - 2>/dev/null");
      REQUIRE(outcome.code == 0);
      const Json score = Json::parse(outcome.out)["score"];
      const std::size_t row = page.find("\n| [" + entry.id + "]");
      REQUIRE(row != std::string::npos);
      const std::string line = page.substr(row + 1, page.find('\n', row + 1) - row - 1);
      CAPTURE(line);
      CHECK(line.ends_with(" | " + score["killed"].dump() + " of " + score["of"].dump() + " |"));
    }
  }
}
