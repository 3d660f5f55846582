// The library of published theorems under the program: every file agrees with what is certified, on enough cases inside
// its hypotheses, and a wrong variant of every file is refuted. Regression against an older report.
#include <doctest/doctest.h>

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <filesystem>
#include <map>
#include <nlohmann/json.hpp>
#include <regex>
#include <set>
#include <sstream>
#include <vector>

#include "cli/library_entries.hpp"
#include "cli/program.hpp"

using namespace rankscape::test;
using Json = nlohmann::ordered_json;

namespace {

const std::string folder_of_theorems = RANKSCAPE_SOURCE_DIR "/theorems/";

// Theorems that are marked as known to be false.
bool known_false(const std::string& text) {
  return text.find("\nstatus = \"known-false\"\n") != std::string::npos;
}

// Text as a regular expression that matches nothing else.
std::string escaped(const std::string& text) {
  std::string result;
  for (const char c : text) {
    if (std::string("^$\\.*+?()[]{}|").find(c) != std::string::npos) result += '\\';
    result += c;
  }
  return result;
}

// Claims that are made under a condition: (1) up to what is claimed, (2) the name.
const std::regex conditional(
    R"re((\[\[claim\]\]\nname +?= "([^"]+)"\n(status +?= "[^"]+"\n)?when +?= "[^"]+"\nholds +?= )"[^"]+")re");

// Reports without what is not asked of their rows, which are many.
Json reports_of(const std::string& text) {
  static const std::set<std::string> asked = {"inside", "case", "claims"};
  constexpr int row = 5;  // {reports: [{cases: [{
  return Json::parse(text, [](int depth, Json::parse_event_t event, Json& parsed) {
    return event != Json::parse_event_t::key || depth != row || asked.contains(parsed.get_ref<const std::string&>());
  })["reports"];
}

// What the program says of edited statements: the library with each conditional claim made false, and the wrong
// variants. In one run, which examines each critical point once.
struct Edited {
  std::vector<Json> emptied;             // one for each entry of the library
  std::vector<std::vector<Json>> wrong;  // one for each variant of each entry
};

const Edited& edited() {
  static const Edited result = [] {
    const TemporaryFolder folder;
    const auto file = [&](std::size_t entry) { return fmt::format("emptied-{}", entry); };
    const auto variant = [&](std::size_t entry, std::size_t k) { return fmt::format("wrong-{}-{}", entry, k); };
    std::string command = "rankscape check";
    const auto add = [&](std::string text, const std::string& id, const std::string& own) {
      text.replace(text.find('"' + id + '"'), id.size() + 2, '"' + own + '"');
      write_text(folder / (own + ".toml"), text);
      command += " '" + (folder / (own + ".toml")).string() + "'";
    };
    for (std::size_t e = 0; e < library().size(); ++e) {
      const Entry& entry = library()[e];
      const std::string text = read_file(folder_of_theorems + entry.id + ".toml");
      add(std::regex_replace(text, conditional, "$1\"0 == 1\""), entry.id, file(e));
      for (std::size_t k = 0; k < entry.wrong.size(); ++k) {
        CAPTURE(entry.wrong[k].from);
        const std::size_t at = text.find(entry.wrong[k].from);
        REQUIRE(at != std::string::npos);
        add(std::string(text).replace(at, entry.wrong[k].from.size(), entry.wrong[k].to), entry.id, variant(e, k));
      }
    }
    const Outcome outcome = shell(command + " --json -");
    CAPTURE(outcome.err);
    REQUIRE(outcome.code == 1);
    std::map<std::string, Json> by_id;
    for (Json& report : reports_of(outcome.out)) {
      const std::string id = report["statement"];
      by_id[id] = std::move(report);
    }
    Edited answer;
    for (std::size_t e = 0; e < library().size(); ++e) {
      answer.emptied.push_back(std::move(by_id.at(file(e))));
      answer.wrong.emplace_back();
      for (std::size_t k = 0; k < library()[e].wrong.size(); ++k)
        answer.wrong.back().push_back(std::move(by_id.at(variant(e, k))));
    }
    return answer;
  }();
  return result;
}

}  // namespace

TEST_SUITE("standard") {
  TEST_CASE("every true statement that ships is listed here, and all of them on the page") {
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
    int files = 0;
    for (const auto& entry : std::filesystem::directory_iterator(folder_of_theorems)) {
      if (entry.path().extension() != ".toml") continue;
      ++files;
      const std::string id = entry.path().stem().string();
      CAPTURE(id);
      CHECK(page.find("\n| [" + id + "](../theorems/" + id + ".toml) | ") != std::string::npos);
      CHECK(listed.contains(id) != known_false(read_file(entry.path())));
    }
    CHECK(files >= 35);
    CHECK(sources.size() >= 8);
  }

  TEST_CASE("every statement agrees everywhere in its scope, inside its hypotheses") {
    std::string command = "rankscape check";
    for (const Entry& entry : library())
      command += " theorems/" + entry.id + ".toml";
    const Outcome outcome = shell(command + " --json -");
    CAPTURE(outcome.err);
    REQUIRE(outcome.code == 0);
    const Json reports = reports_of(outcome.out);
    REQUIRE(reports.size() == library().size());
    for (std::size_t k = 0; k < library().size(); ++k) {
      const Entry& entry = library()[k];
      const Json& report = reports[k];
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

  TEST_CASE("docs/achour2024.md names cases and claims that there are") {
    const std::regex link(R"(\]\(\.\./theorems/([a-z0-9-]+\.toml)\))");
    const std::regex quoted(R"re("([^"]+)")re");
    std::istringstream page(read_file(RANKSCAPE_SOURCE_DIR "/docs/achour2024.md"));
    const std::sregex_iterator end;
    int names = 0;
    for (std::string line; std::getline(page, line);) {
      if (!line.starts_with("| ")) continue;
      CAPTURE(line);
      std::string files;
      for (std::sregex_iterator file(line.begin(), line.end(), link); file != end; ++file)
        files += read_file(folder_of_theorems + (*file)[1].str());
      for (std::sregex_iterator name(line.begin(), line.end(), quoted); name != end; ++name, ++names) {
        CAPTURE((*name)[1].str());
        CHECK(std::regex_search(files, std::regex("\nname +?= \"" + escaped((*name)[1].str()) + "\"\n")));
      }
    }
    CHECK(names >= 30);
  }

  // Existence is no property of a point, so no statement says it: what occurs is counted.
  TEST_CASE("[AMG24] Propositions 2 and 8: every set S occurs, and both kinds of points with a leading set") {
    const Outcome outcome = shell("rankscape check theorems/achour2024-classification.toml --json -");
    REQUIRE(outcome.code == 0);
    std::map<std::vector<long>, std::set<std::vector<long>>> sets;
    std::map<std::pair<std::vector<long>, long>, std::set<bool>> kinds;
    const Json report = Json::parse(outcome.out);
    for (const Json& row : report["cases"]) {
      const auto widths = row["widths"].get<std::vector<long>>();
      const auto S = row["S"].get<std::vector<long>>();
      sets[widths].insert(S);
      if (row["S_type"] == "leading") kinds[{widths, row["r"].get<long>()}].insert(row["tightened"].get<bool>());
    }
    REQUIRE(sets.size() == 12);
    for (const auto& entry : sets) {
      const std::vector<long>& widths = entry.first;
      CAPTURE(widths);
      const long rmax = *std::min_element(widths.begin(), widths.end());
      std::size_t subsets = 0;  // of {1..dy}, with rmax elements at most
      for (unsigned bits = 0; bits < 1U << static_cast<unsigned>(widths.back()); ++bits)
        subsets += std::popcount(bits) <= rmax ? 1 : 0;
      CHECK(entry.second.size() == subsets);
      for (long r = 0; r <= rmax; ++r) {
        CAPTURE(r);
        const std::set<bool>& found = kinds[{widths, r}];
        const bool shallow = widths.size() == 3;
        if (r == rmax) {
          CHECK(found == std::set<bool>{true});
        } else {
          CHECK(found == (shallow ? std::set<bool>{false} : std::set<bool>{false, true}));
        }
      }
    }
  }

  TEST_CASE("no case and no claim is empty: every condition holds somewhere in the scope") {
    // what is claimed under a condition becomes false, and then has to fail somewhere
    const std::regex named_case(R"re(\[\[case\]\]\nname = "([^"]+)")re");
    const std::sregex_iterator end;
    int conditions = 0;
    for (std::size_t k = 0; k < library().size(); ++k) {
      CAPTURE(library()[k].id);
      const std::string text = read_file(folder_of_theorems + library()[k].id + ".toml");
      std::set<std::string> failed;
      std::string reached;
      for (const Json& row : edited().emptied[k]["cases"]) {
        if (row["inside"] != true) continue;
        const std::string name = row["case"].is_string() ? "\n" + row["case"].get<std::string>() : "";
        if (reached.find(name) == std::string::npos) reached += name;
        for (const auto& claim : row["claims"].items()) {
          if (claim.value() == false) failed.insert(claim.key());
        }
      }
      for (std::sregex_iterator claim(text.begin(), text.end(), conditional); claim != end; ++claim, ++conditions) {
        CAPTURE((*claim)[2].str());
        CHECK(failed.contains((*claim)[2].str()));
      }
      // where several cases hold the row names them all
      for (std::sregex_iterator one(text.begin(), text.end(), named_case); one != end; ++one, ++conditions) {
        CAPTURE((*one)[1].str());
        CHECK(reached.find((*one)[1].str()) != std::string::npos);
      }
    }
    CHECK(conditions >= 80);
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
                                              {"trager2020", 500},
                                              {"lu-kawaguchi2017", 300}}) {
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
    for (std::size_t e = 0; e < library().size(); ++e) {
      const Entry& entry = library()[e];
      CAPTURE(entry.id);
      REQUIRE_FALSE(entry.wrong.empty());
      for (std::size_t k = 0; k < entry.wrong.size(); ++k) {
        CAPTURE(entry.wrong[k].from);
        CAPTURE(entry.wrong[k].to);
        CHECK(edited().wrong[e][k]["summary"]["refuted"].get<int>() > 0);
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

    // the report that is compared with is not written over: after a loss there would be nothing to compare with
    const std::string kept = read_file(old);
    CHECK(shell("rankscape check " + files + shapes + " --against " + old + " --json " + old).code == 2);
    CHECK(read_file(old) == kept);

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
          shell(guarded("rankscape check theorems/zhu2018.toml --widths 2,2,2 --against '") + old + "'");
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
      const std::size_t row = page.find("\n| [" + entry.id + "]");
      REQUIRE(row != std::string::npos);
      const std::string line = page.substr(row + 1, page.find('\n', row + 1) - row - 1);
      CAPTURE(line);
      const Outcome outcome = shell("rankscape explore theorems/" + entry.id + ".toml --mutate --json - 2>/dev/null");
      if (line.ends_with(" | not counted |")) {  // under constraints
        CHECK(outcome.code == 2);
        continue;
      }
      REQUIRE(outcome.code == 0);
      const Json score = Json::parse(outcome.out)["score"];
      CHECK(line.ends_with(" | " + score["killed"].dump() + " of " + score["of"].dump() + " |"));
    }
  }

  TEST_CASE("formulas of the inertia, on as many cases as were computed beside the program when they were derived") {
    struct Computed {
      const char* statements;
      int samples;  // in place of those of the default run
      long cases;   // computed then
    };
    const std::vector<Computed> all = {{"weight-decay-deep weight-decay-shallow", 11, 1680},
                                       {"ridge-regression", 2, 250},
                                       {"ridge-regression-pass", 15, 30},
                                       {"linear-autoencoder", 2, 300},
                                       {"linear-autoencoder-one-sided", 1, 8},
                                       {"unconstrained-features", 8, 1020 + 120 + 114 + 129},
                                       {"quadratic-population", 3, 690 + 60},
                                       {"quadratic-sample quadratic-sample-positive", 5, 336},
                                       {"attention-separate", 1, 178},
                                       {"attention-merged", 4, 120},
                                       {"symmetric-tensor-rank-one", 4, 300},
                                       {"symmetric-tensor", 2, 150},
                                       {"residual-network hardt-ma2017", 2, 200},
                                       {"linear-convolution-double-root", 17, 387},
                                       {"rayleigh", 3, 220},
                                       {"brockett principal-components", 1, 96},
                                       {"burer-monteiro burer-monteiro-pairs", 2, 206},
                                       {"kuramoto-rings", 8, 161},
                                       {"kuramoto-frustrated", 2, 41},
                                       {"orthogonal-tensor", 1, 112},
                                       {"procrustes procrustes-rotations", 1, 56 + 14}};
    for (const Computed& row : all) {
      CAPTURE(std::string(row.statements));
      const Outcome outcome = shell(fmt::format("rankscape check {} --samples {}", row.statements, row.samples));
      CHECK(outcome.code == 0);
      const std::regex count("([0-9]+) of ([0-9]+) cases certified");
      std::smatch last;
      for (std::sregex_iterator it(outcome.out.begin(), outcome.out.end(), count); it != std::sregex_iterator(); ++it)
        last = *it;
      REQUIRE(last.size() == 3);
      CHECK(last[1] == last[2]);
      CHECK(std::stol(last[1]) >= row.cases);
    }
  }
}
