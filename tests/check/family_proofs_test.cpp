// Rows of `check` say of a family whether the gradient vanishes whatever it draws, and whether all its points have one
// inertia. "Yes" is a strong claim: it has to be there where that can be multiplied out, and neither where it is too
// large nor where it is wrong.
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
    CHECK(seen["2,1aligned"] == std::set{Truth::unknown});  // some permutations are no rotations
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

TEST_SUITE("standard") {
  TEST_CASE("one inertia for all parameter values, or under conditions that are said") {
    const auto rows = [](const std::string& model, const std::string& shape) {
      const Statement statement = Statement::parse(
          "format = 'rankscape-statement/1'\nid = 's'\ntitle = 't'\nsource = 's'\nmodel = '" + model +
              "'\n[[case]]\nname = 'all'\nwhen = 'otherwise'\nthen = 'strict_saddle'\n[scope]\nsizes = [" + shape +
              "]\npositions = ['generic']\n",
          "s.toml", test::languages());
      return test::rows_of(statement, {});
    };
    std::size_t saddles = 0;
    for (const Row& row : rows("symmetric-factorization", "[2, 1]")) {
      CAPTURE(row.key);
      const bool spectral = row.family == "spectral";
      CHECK(row.family_inertia == spectral);
      CHECK(row.family_where.empty());
      // a negative eigenvalue makes a strict saddle of all of them; that a minimizer is no saddle needs more than a
      // look
      const bool saddle = spectral && row.inertia->negative > 0;
      CHECK((row.validity == "all parameters") == saddle);
      saddles += saddle ? 1 : 0;
    }
    CHECK(saddles >= 5);
    // the order of two singular values of the data is not among the choices
    std::set<std::string> conditions;
    for (const Row& row : rows("linear-autoencoder", "[2, 1], [2, 2]")) {
      CAPTURE(row.key);
      if (row.family != "principal components") continue;
      // at a tie, which the family may draw, a sign is missing
      CHECK((row.family_inertia || row.inertia->zero > 0));
      for (const std::string& one : row.family_where)
        conditions.insert(one);
      if (!row.family_where.empty()) CHECK(row.validity == "samples");
    }
    CHECK(!conditions.empty());
    for (const Row& row : rows("rayleigh", "[2]"))
      CHECK(row.family_inertia == (row.family == "eigenvector"));
    const std::map<std::string, std::string> everywhere = {{"orthogonal-tensor", "[2, 3], [2, 4]"},
                                                           {"principal-components", "[2, 1], [2, 2]"},
                                                           {"linear-autoencoder-tied", "[1, 1], [1, 2]"}};
    for (const auto& one : everywhere)
      for (const Row& row : rows(one.first, one.second))
        if (row.family == "support" || row.family == "invariant subspace" || row.family == "principal components") {
          CAPTURE(row.key);
          CHECK(row.family_inertia);
          CHECK(row.family_where.empty());
        }
  }
}
