// `rankscape strata --figure`: the diagram against the covering relations, derived here from the strings that
// `strata --json` lists and from nothing else of the program; and golden files of the smallest one.
#include <doctest/doctest.h>

#include <nlohmann/json.hpp>
#include <regex>
#include <set>

#include "cli/program.hpp"

using namespace rankscape::test;

namespace {

using Pair = std::pair<std::size_t, std::size_t>;

/// Rank of every path of the cycle of H + 1 nodes, strings walked node by node.
std::vector<long> path_ranks(const nlohmann::json& entry, long nodes) {
  std::vector<long> ranks;
  for (long first = 0; first < nodes; ++first) {
    for (long length = 2; length <= nodes; ++length) {
      long rank = entry["r"];
      for (const auto& string : entry["stratum"]) {
        for (long offset = 0; offset + length <= string[1].get<long>(); ++offset) {
          if ((string[0].get<long>() + offset) % nodes == first) rank += string[2].get<long>();
        }
      }
      ranks.push_back(rank);
    }
  }
  return ranks;
}

std::set<Pair> covers(const nlohmann::json& list, long nodes) {
  std::vector<std::vector<long>> ranks;
  for (const auto& entry : list)
    ranks.push_back(path_ranks(entry, nodes));
  const auto less = [&](std::size_t i, std::size_t j) {
    for (std::size_t k = 0; k < ranks[i].size(); ++k) {
      if (ranks[i][k] > ranks[j][k]) return false;
    }
    return i != j;
  };
  std::set<Pair> result;
  for (std::size_t i = 0; i < ranks.size(); ++i) {
    for (std::size_t j = 0; j < ranks.size(); ++j) {
      if (!less(i, j)) continue;
      bool direct = true;
      for (std::size_t k = 0; k < ranks.size(); ++k)
        direct = direct && !(less(i, k) && less(k, j));
      if (direct) result.emplace(i, j);
    }
  }
  return result;
}

std::size_t count(const std::string& text, const std::string& part) {
  std::size_t found = 0;
  for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1))
    ++found;
  return found;
}

std::string quoted(const std::filesystem::path& path) {
  return "'" + path.string() + "'";
}

/// Byte by byte, unless RANKSCAPE_UPDATE_GOLDEN=1 asks to write the file anew.
void compare_with_golden(const std::string& name, const std::string& actual) {
  const std::filesystem::path path = std::filesystem::path(RANKSCAPE_SOURCE_DIR "/tests/cli/golden") / name;
  const char* update = std::getenv("RANKSCAPE_UPDATE_GOLDEN");
  if (update != nullptr && std::string(update) == "1") write_text(path, actual);
  CAPTURE(name);
  CHECK(read_file(path) == actual);
}

void check_figure(const std::string& widths, long nodes, std::size_t strata) {
  CAPTURE(widths);
  const TemporaryFolder folder;
  const Outcome outcome = shell("rankscape strata --widths " + widths + " --json " + quoted(folder / "list.json") +
                                " --figure " + quoted(folder / "figure.svg"));
  CAPTURE(outcome.err);
  REQUIRE(outcome.code == 0);
  const auto list = nlohmann::json::parse(read_file(folder / "list.json")).at("list");
  REQUIRE(list.size() == strata);
  const std::string svg = read_file(folder / "figure.svg");
  std::set<Pair> drawn;
  const std::regex edge("<path class=\"edge( faint)?\" data-lower=\"([0-9]+)\" data-upper=\"([0-9]+)\"");
  for (auto at = std::sregex_iterator(svg.begin(), svg.end(), edge); at != std::sregex_iterator(); ++at) {
    const Pair pair{std::stoul((*at)[2]), std::stoul((*at)[3])};
    CHECK(drawn.insert(pair).second);
    CHECK((*at)[1].matched == (list[pair.first]["r"] != list[pair.second]["r"]));
  }
  CHECK(drawn == covers(list, nodes));
  CHECK(count(svg, "<text class=\"head\"") == strata);
  // one box a stratum and one for each line of the legend; colours by the verdict that the strings imply
  std::size_t minimizers = 0;
  std::size_t non_strict = 0;
  for (const auto& entry : list) {
    if (entry["chain_length"].is_null()) ++minimizers;
    if (!entry["chain_length"].is_null() && entry["tightened"]) ++non_strict;
  }
  CHECK(count(svg, "<rect class=\"s0\"") == minimizers + 1);
  CHECK(count(svg, "<rect class=\"s1\"") == non_strict + 1);
  CHECK(count(svg, "<rect class=\"s2\"") == strata - minimizers - non_strict + 1);
  CHECK(count(svg, "<rect class=\"s3\"") == 0);
}

}  // namespace

TEST_SUITE("quick") {
  TEST_CASE("the figure of widths 2,2,2 is the golden one, as SVG and as TikZ") {
    const TemporaryFolder folder;
    for (const char* ending : {"svg", "tex"}) {
      const std::string name = std::string("strata-2-2-2.") + ending;
      REQUIRE(shell("rankscape strata --widths 2,2,2 --figure " + quoted(folder / name)).code == 0);
      compare_with_golden(name, read_file(folder / name));
    }
  }

  TEST_CASE("names and sizes that cannot be drawn are refused, and nothing is written") {
    const TemporaryFolder folder;
    for (const std::string& arguments :
         {"2,2,2 --figure " + quoted(folder / "figure.png"), "4,4,4,4,4,4 --figure " + quoted(folder / "figure.svg")}) {
      CAPTURE(arguments);
      const Outcome outcome = shell("rankscape strata --count --widths " + arguments);
      CHECK(outcome.code == 2);
      CHECK(count(outcome.err, "\n") == 1);
      CHECK_FALSE(std::filesystem::exists(folder / "figure.svg"));
      CHECK_FALSE(std::filesystem::exists(folder / "figure.png"));
    }
  }
}

TEST_SUITE("standard") {
  TEST_CASE("the TikZ figure compiles to one page") {
    const TemporaryFolder folder;
    for (const std::string widths : {"2,2,2", "3,3,3,3"}) {
      CAPTURE(widths);
      REQUIRE(shell("rankscape strata --widths " + widths + " --figure " + quoted(folder / "figure.tex")).code == 0);
      const Outcome outcome =
          shell("cd " + quoted(folder / ".") + " && pdflatex -interaction=nonstopmode -halt-on-error figure.tex");
      CHECK(outcome.code == 0);
      CHECK(outcome.out.find("(1 page,") != std::string::npos);
      CHECK(outcome.out.find("Overfull") == std::string::npos);
    }
  }

  TEST_CASE("boxes, colours and covering relations of larger shapes") {
    check_figure("2,2,2", 3, 3);
    check_figure("2,2,2,2", 4, 16);
    check_figure("3,3,3,3", 4, 39);
    check_figure("2,2,2,2,2", 5, 84);
  }

  TEST_CASE("the picture of a run: a rectangle for each visit, a dot for each loss and each certified distance") {
    const TemporaryFolder folder;
    const std::string at = (folder / "").string();
    const Outcome made = shell(
        "rankscape near --trajectory docs/examples/near/run.npz --data docs/examples/near/data.npz --strata 0 "
        "--figure " +
        at + "run.svg --json " + at +
        "run.json && /usr/bin/python3 -c 'import sys, "
        "xml.dom.minidom; xml.dom.minidom.parse(sys.argv[1])' " +
        at + "run.svg");
    CAPTURE(made.err);
    REQUIRE(made.code == 0);
    const std::string svg = read_file(folder / "run.svg");
    const auto json = nlohmann::json::parse(read_file(folder / "run.json"));
    const auto count = [&](const std::string& what) {
      std::size_t found = 0;
      for (std::size_t k = svg.find(what); k != std::string::npos; k = svg.find(what, k + 1))
        ++found;
      return found;
    };
    std::size_t dots = 0;
    for (const auto& stop : json["stops"]) {
      dots += stop.contains("loss") ? 1 : 0;
      for (const auto& distance : stop["collapsed"])
        dots += distance.is_null() ? 0 : 1;
    }
    CHECK(json["visits"].size() == 4);
    CHECK(count("data-visit=") == json["visits"].size());
    CHECK(count("<circle") == dots);
    for (const auto& visit : json["visits"])
      CHECK(count("index " + std::to_string(visit["nearest"]["inertia"]["neg"].get<int>()) + ",") >= 1);
  }
}
