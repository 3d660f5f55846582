// Tables of definitions: any order, no circles; keys with indices and sizes as landscapes spell them.
#include "language/definitions.hpp"
#include "language/toy_language.hpp"
#include "language/tree.hpp"

#include <doctest/doctest.h>
#include <string>

namespace rankscape {
namespace {

using namespace language;  // NOLINT: what is tested

text::PlacedText placed(const std::string& text) {
  text::PlacedText placed{text, {}};
  for (std::size_t k = 0; k <= text.size(); ++k)
    placed.places.push_back({1, static_cast<int>(k) + 1});
  return placed;
}

std::vector<Definition> read(const std::vector<std::pair<std::string, std::string>>& table) {
  static const Vocabulary vocabulary(toy::features());
  Names names{&vocabulary, {}};
  std::vector<DefinitionSource> sources;
  for (const auto& entry : table)
    sources.push_back({placed(entry.first), placed(entry.second)});
  return read_definitions(sources, names);
}

template <class Read>
std::string complaint(const Read& run) {
  try {
    static_cast<void>(run());
  } catch (const PlacedError& error) {
    return std::to_string(error.place.column) + ": " + error.what();
  } catch (const SyntaxError& error) {
    return std::to_string(error.offset + 1) + ": " + error.what();
  }
  return "no complaint";
}

TEST_SUITE("quick") {
  TEST_CASE("definitions stand in any order, and know kinds and integer sequences of each other") {
    const auto table = read({{"last", "place(3) + 1"}, {"place", "sequence(i in 1..3 : f(i))"}, {"f(i)", "i^2 + r"}});
    REQUIRE(table.size() == 3);
    CHECK(table[0].body.kind() == Kind::integer);
    CHECK(table[2].signature() == "f(i)");
    CHECK(table[1].body.tree->of_integers);
    // The word of a quantifier means that only before a binder.
    const auto counts = read({{"count", "2"}, {"larger", "count + count(i in 1..5 : i > count)"}});
    CHECK(counts[1].body.to_text() == "count + count(i in 1..5 : i > count)");
  }

  TEST_CASE("what is wrong with definitions") {
    CHECK(complaint([] {
            return read({{"a", "b + 1"}, {"b", "a + 1"}});
          }) == "1: found the circular definition a -> b -> a, expected definitions that come to an end");
    CHECK(complaint([] {
            return read({{"a", "1"}, {"a", "2"}});
          }) == "1: found a second definition of 'a', expected one");
    CHECK(complaint([] {
            return read({{"f(i, i)", "1"}});
          }) == "6: found the parameter 'i', expected a name that is not in use");
    CHECK(complaint([] {
            return read({{"f(a)", "1"}, {"a", "2"}});
          }) == "1: found the parameter 'a', which is also a definition, expected another name");
    CHECK(complaint([] {
            return read({{"rank", "1"}});
          }) == "1: found 'rank', which the language has taken, expected another name");
  }

  TEST_CASE("keys with indices") {
    CHECK(parse_key_syntax(" X ").construct == Construct::name);
    const Syntax list = parse_key_syntax("W(h in 1..H, j in {1, h})");
    REQUIRE(list.children.size() == 2);
    REQUIRE(list.children[1].children.size() == 2);
    CHECK(list.children[1].children[0].construct == Construct::binder);
    CHECK(list.children[1].children[0].children[1].construct == Construct::range);
    const Syntax one = parse_key_syntax("W(r + 1, 2)");
    CHECK(one.children[1].children[0].construct == Construct::sum);
    CHECK(complaint([] { return parse_key_syntax("W("); }) ==
          "3: found the end, expected a binder such as i in 1..n, or an index");
    CHECK(complaint([] { return parse_key_syntax("W(h in 1..H"); }) == "12: found the end, expected ')' or ','");
    CHECK(complaint([] { return parse_key_syntax("1W"); }) == "1: found '1W', expected a name");
    CHECK(complaint([] { return parse_key_syntax("W(1) x"); }) == "6: found 'x', expected the end of the name");
  }

  TEST_CASE("sizes") {
    const std::vector<Syntax> items = parse_sizes_syntax("n, d(0..H), bias in 0..1");
    REQUIRE(items.size() == 3);
    CHECK(items[0].construct == Construct::name);
    REQUIRE(items[1].children.size() == 2);
    CHECK(items[1].children[1].children[1].text == "H");
    REQUIRE(items[2].children.size() == 3);
    CHECK(items[2].children[1].text == "in");
    CHECK(complaint([] { return parse_sizes_syntax("n,"); }) ==
          "3: found the end, expected a size such as n, d(0..H) or bias in 0..1");
    CHECK(complaint([] { return parse_sizes_syntax("n n"); }) == "3: found 'n', expected ',' or the end of the sizes");
    CHECK(complaint([] { return parse_sizes_syntax("d("); }) ==
          "3: found the end, expected the indices of the list, such as 0..H");
  }
}

}  // namespace
}  // namespace rankscape
