// Rows of `check` say of a family whether the gradient vanishes whatever it draws. "Yes" is a strong claim: it has to
// be there where that can be multiplied out, and neither where it is too large nor where it is wrong.
#include <doctest/doctest.h>

#include <map>
#include <set>

#include "check/run_rows.hpp"

using namespace rankscape;

TEST_SUITE("quick") {
  TEST_CASE("families of the library: yes in general position where it can be multiplied out, open elsewhere") {
    const Statement statement = test::theorem("symmetric-factorization-classification.toml");
    std::map<std::string, std::set<Truth>> seen;
    for (const unsigned jobs : {1U, 3U}) {
      for (const Row& row : test::rows_of(statement, {{2, 1}, {3, 1}}, test::library(), jobs))
        seen[row.shape.to_text() + row.position].insert(row.family_critical);
    }
    CHECK(seen["2,1generic"] == std::set{Truth::yes});
    CHECK(seen["2,1aligned"] == std::set{Truth::unknown});  // permutations are no Cayley transforms
    CHECK(seen["3,1generic"] == std::set{Truth::unknown});  // a rotation of space has too many terms
    // the adviser's points belong to no family of a file
    for (const Row& row : test::rows_of(test::theorem("kawaguchi2016.toml"), {{1, 1, 1}}))
      CHECK(row.family_critical == Truth::unknown);
  }

  TEST_CASE("a family whose draws are critical, one by one, is not critical for all parameter values") {
    const Library library({RANKSCAPE_SOURCE_DIR "/tests/check"}, find_adviser);
    const Statement statement = Statement::parse(
        "format = 'rankscape-statement/1'\nid = 's'\ntitle = 't'\nsource = 's'\nmodel = 'roots'\n[[case]]\nname = "
        "'all'\nwhen = 'otherwise'\nthen = 'global_minimizer'\n[scope]\nsizes = [[1]]\nsamples = 3\n",
        "s.toml", languages_of(library));
    std::map<std::string, std::vector<Truth>> seen;
    for (const Row& row : test::rows_of(statement, {}, library)) {
      CHECK(row.agrees == Truth::yes);
      seen[row.family].push_back(row.family_critical);
    }
    CHECK(seen["by chance"] == std::vector<Truth>(3, Truth::no));
    CHECK(seen["always"] == std::vector<Truth>(39, Truth::yes));
  }
}
