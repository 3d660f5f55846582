// Damaged files: whatever happens to the bytes, the answer is a statement or one line that says where the fault is.
#include "statements/toy_statements.hpp"

#include <doctest/doctest.h>
#include <fstream>
#include <random>
#include <regex>
#include <sstream>

namespace rankscape {
namespace {

const std::string seed_file = toy::file(
    "note = '''two\nlines'''\n"
    "[hypotheses]\nH1 = \"r <= \\u0064y\" # comment\n"
    "[define]\nleading = 'S == {1..r}'\n\"f(i, j)\" = \"\"\"\n  rank(mid(i, j)) == r \\\n  or rank(out(i,j)) == "
    "r\"\"\"\n"
    "[[case]]\nname = \"a\"\nwhen = 'r == rmax and leading and all(i in 2..H, j in 1..i-1 where i > 2 : f(i, j))'\n"
    "then = 'global_minimizer or saddle'\n[[case]]\nname = 'b'\nwhen = 'otherwise'\nthen = 'strict_saddle'\n"
    "[[claim]]\nname = 'c'\nholds = 'value == 17/4 - sum(i in S : lambda(i)) ^ 2'\n"
    "[scope]\nwidths = [[2,2,2], [3,3]]\nsamples = 2\n");

// Reads, judges, prints: nothing but InputError may come out, on one line and with a place.
bool survives(const std::string& text) {
  static const std::regex form(R"(f\.toml:\d+:\d+: found [^\n]*)");
  try {
    const Statement statement = Statement::parse(text, "f.toml", toy::lookup());
    static_cast<void>(statement.judge(toy::Point(), VerdictSet::all()));
    return Statement::parse(statement.to_toml(), "f.toml", toy::lookup()) == statement;
  } catch (const InputError& error) {
    const std::string what = error.what();
    return std::regex_match(what, form);
  }
}

TEST_SUITE("quick") {
  TEST_CASE("the file that is damaged below is sound") {
    CHECK(toy::complaint(seed_file) == "no complaint");
    CHECK(survives(seed_file));
  }

  TEST_CASE("every prefix is refused in good order or is a statement") {
    for (std::size_t length = 0; length < seed_file.size(); length += 3) {
      CAPTURE(length);
      CHECK(survives(seed_file.substr(0, length)));
    }
  }
}

TEST_SUITE("standard") {
  TEST_CASE("random damage never escapes as anything but a complaint") {
    const std::string tokens = "(){}[]|,:.=<>!+-*/^'\"\\ \n\t#0129eEirS";
    int sound = 0;
    for (std::uint64_t seed = 0; seed < 20000; ++seed) {
      std::mt19937_64 random(seed);
      const auto below = [&](std::size_t n) { return std::uniform_int_distribution<std::size_t>(0, n - 1)(random); };
      std::string text = seed_file;
      for (std::size_t damage = 1 + below(4); damage > 0; --damage) {
        const std::size_t at = below(text.size());
        switch (below(6)) {
          case 0:
            text[at] = static_cast<char>(below(256));
            break;
          case 1:
            text.erase(at, 1 + below(5));
            break;
          case 2:
            text.insert(at, 1, tokens[below(tokens.size())]);
            break;
          case 3: {
            const std::size_t from = below(text.size());
            text.insert(at, text.substr(from, 1 + below(20)));
            break;
          }
          case 4:
            text[at] = tokens[below(tokens.size())];
            break;
          default:
            std::swap(text[at], text[below(text.size())]);
            break;
        }
        if (text.empty()) text = " ";
      }
      CAPTURE(seed);
      CAPTURE(text);
      CHECK(survives(text));
      if (toy::complaint(text) == "no complaint") ++sound;
    }
    CHECK(sound > 200);
    CHECK(sound < 15000);
  }

  TEST_CASE("bytes of any kind") {
    for (std::uint64_t seed = 0; seed < 3000; ++seed) {
      std::mt19937_64 random(seed);
      std::string text;
      const std::size_t length = random() % 300;
      for (std::size_t k = 0; k < length; ++k)
        text += static_cast<char>(random() % 256);
      CAPTURE(seed);
      CHECK(survives(text));
    }
  }
}

}  // namespace
}  // namespace rankscape
