// rankscape inertia: files of three formats, exact answers, certificates that verify, and errors that name the place.
#include <doctest/doctest.h>

#include <algorithm>
#include <cstring>
#include <limits>
#include <nlohmann/json.hpp>

#include "cli/program.hpp"

using namespace rankscape::test;
using Json = nlohmann::json;

namespace {

std::string npy(const std::string& descr, const std::string& shape, const std::string& data, bool fortran = false) {
  std::string header =
      "{'descr': '" + descr + "', 'fortran_order': " + (fortran ? "True" : "False") + ", 'shape': (" + shape + "), }";
  header += std::string(64 - (10 + header.size() + 1) % 64, ' ') + "\n";
  const char low = static_cast<char>(header.size() % 256);
  const char high = static_cast<char>(header.size() / 256);
  return std::string("\x93NUMPY\x01\x00", 8) + low + high + header + data;
}

template <class T>
std::string bytes(std::initializer_list<T> values) {
  std::string text;
  for (const T value : values) {
    char part[sizeof(T)];
    std::memcpy(part, &value, sizeof(T));
    text.append(part, sizeof(T));
  }
  return text;
}

}  // namespace

TEST_SUITE("quick") {
  TEST_CASE("inertia of matrices in JSON, CSV and NumPy files, with certificates that verify") {
    const TemporaryFolder folder;
    const auto inertia = [&](const std::string& name, const std::string& text) {
      CAPTURE(name);
      write_text(folder / name, text);
      const std::string certificate = (folder / "c.json").string();
      const Outcome outcome =
          shell("rankscape inertia '" + (folder / name).string() + "' --json - --certificate '" + certificate + "'");
      CAPTURE(outcome.err);
      REQUIRE(outcome.code == 0);
      const Outcome verified = shell("rankscape-verify '" + certificate + "'");
      CHECK(verified.code == 0);
      CHECK(verified.out.find("inertia; lambda_min; lambda_max") != std::string::npos);
      const Json found = Json::parse(outcome.out)["inertia"];
      return std::vector<int>{found["neg"], found["zero"], found["pos"]};
    };
    using Numbers = std::vector<int>;
    CHECK(inertia("a.json", "[[0, 1], [1, 0]]") == Numbers{1, 0, 1});
    CHECK(inertia("b.json", R"([["1/3", 0.5], ["0.5", "3/4"]])") == Numbers{0, 1, 1});
    CHECK(inertia("c2.json", R"({"denominator": 3, "entries": [[-1, 0], [0, -2]]})") == Numbers{2, 0, 0});
    // a near miss: 1e-30 below a singular matrix
    CHECK(inertia("d.json", R"([[1, 1], [1, "999999999999999999999999999999/1000000000000000000000000000000"]])") ==
          Numbers{1, 0, 1});
    CHECK(inertia("a.csv", "2, -1, 0\n-1, 2, -1\n0, -1, 2\n") == Numbers{0, 0, 3});
    CHECK(inertia("b.csv", "0 0\n0 0\n") == Numbers{0, 2, 0});
    CHECK(inertia("f8.npy", npy("<f8", "2, 2", bytes<double>({0.5, 1, 1, 2}))) == Numbers{0, 1, 1});
    // 0.1 * 0.1 is not 0.01 in binary fractions
    CHECK(inertia("g8.npy", npy("<f8", "2, 2", bytes<double>({0.01, 0.1, 0.1, 1}))) != Numbers{0, 1, 1});
    CHECK(inertia("f4.npy", npy("<f4", "1, 1", bytes<float>({-1e-30F}))) == Numbers{1, 0, 0});
    CHECK(inertia("i8.npy", npy("<i8", "2, 2", bytes<std::int64_t>({-9007199254740993, 0, 0, 1}), true)) ==
          Numbers{1, 0, 1});
    CHECK(inertia("big-endian.npy", npy(">i2", "1, 1", std::string("\xff\x00", 2))) == Numbers{1, 0, 0});
  }

  TEST_CASE("inertia: bad input is one line that names the entry, and exit code 2") {
    const TemporaryFolder folder;
    const double nan = std::numeric_limits<double>::quiet_NaN();
    struct Refused {
      std::string name;
      std::string text;
      std::string phrase;
    };
    for (const Refused& refused :
         std::vector<Refused>{{"a.json", "[[1, 2], [3, 4]]", "not symmetric: entry (2, 1) is 3, entry (1, 2) is 2"},
                              {"b.json", "[[1, 2]]", "a 1 x 2 matrix"},
                              {"c.json", "[[1, 2], [2]]", "row 2 has 1 entries, expected 2"},
                              {"d.json", "[[null]]", "entry (1, 1) is null"},
                              {"e.json", "{}", "expected an array of rows"},
                              {"f.json", "[]", "an empty matrix"},
                              {"g.json", R"([["NaN"]])", "entry (1, 1) is NaN"},
                              {"a.csv", "1, nan\nnan, 1\n", "entry (1, 2) is nan"},
                              {"b.csv", "1,,2\n", "entry (1, 2) is missing"},
                              {"c.csv", "1, x\nx, 1\n", "entry (1, 2)"},
                              {"a.npy", npy("<f8", "2, 2", bytes<double>({1, nan, nan, 1})), "entry (1, 2) is NaN"},
                              {"b.npy", npy("<c16", "1, 1", std::string(16, '\0')), "entries of type '<c16'"},
                              {"c.npy", npy("<f8", "2,", bytes<double>({1, 2})), "1 dimensions"},
                              {"d.npy", npy("<f8", "2, 2", bytes<double>({1})), "not as many bytes"},
                              {"e.npy", "x", "not a file of NumPy's format"},
                              {"a.txt", "1", "a name that ends in"}}) {
      CAPTURE(refused.name);
      write_text(folder / refused.name, refused.text);
      const Outcome outcome = shell("rankscape inertia '" + (folder / refused.name).string() + "'");
      CAPTURE(outcome.err);
      CHECK(outcome.code == 2);
      CHECK(outcome.out.empty());
      CHECK(outcome.err.find(refused.phrase) != std::string::npos);
      CHECK(std::count(outcome.err.begin(), outcome.err.end(), '\n') == 1);
    }
    CHECK(shell("rankscape inertia none.csv").code == 2);
  }
}
