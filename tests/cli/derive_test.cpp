// rankscape derive, and regions of any landscape, as typed.
#include <doctest/doctest.h>
#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "cli/program.hpp"

using namespace rankscape::test;
using Json = nlohmann::json;

TEST_SUITE("quick") {
  TEST_CASE("derive prints a landscape's gradient and second differential") {
    const Outcome outcome = shell("rankscape derive deep-linear --size 2,2,2");
    CHECK(outcome.code == 0);
    CHECK(outcome.err.empty());
    CHECK(outcome.out ==
          "deep-linear at 2,2,2, m = 2\n"
          "  loss    = norm2(R)\n"
          "  d/dW(1) = 2*W(2)'*R*X'\n"
          "  d/dW(2) = 2*R*X'*W(1)'\n"
          "  q       = 2*inner(R*X', dW(2)*dW(1)) + norm2(dW(2)*W(1)*X + W(2)*dW(1)*X)\n"
          "  where R = W(2)*W(1)*X - Y\n"
          "  q is the second differential, 1/2 d^2/dt^2 of the loss at W + t dW; checked against GiNaC: identities in "
          "the weights, at random data\n");
  }

  TEST_CASE("derive takes a function, and writes JSON and LaTeX") {
    const std::string function =
        "rankscape derive --loss 'norm2(A - U*V) + norm2(U)' --at 'U = [1; 0], V = [1, 2]' --data 'A = [1, 0; 0, 1]'";
    const Outcome json = shell(function + " --json -");
    REQUIRE(json.code == 0);
    const Json derivation = Json::parse(json.out);
    CHECK(derivation["format"] == "rankscape-derivation/1");
    CHECK_FALSE(derivation.contains("free_sizes"));
    CHECK(Json::parse(shell("rankscape derive deep-linear --size 3,2,2 --json -").out)["free_sizes"] == Json{{"m", 3}});
    CHECK(derivation["gradient"][0]["name"] == "d/dU");
    CHECK(derivation["gradient"][0]["text"] == "2*U - 2*R*V'");
    CHECK(derivation["where"][0]["text"] == "A - U*V");
    CHECK(derivation["checked"] == "identities in weights and data");
    const Outcome latex = shell(function + " --latex -");
    CHECK(latex.code == 0);
    CHECK(latex.out.find("\\nabla_{U} L &= 2 U - 2 R V^{\\top} \\\\\n") != std::string::npos);
  }

  TEST_CASE("derive at sizes that no shape says") {
    const auto terms = [](const Json& derivation) {
      const std::string text = derivation["value"]["text"].get<std::string>() + derivation["where"].dump();
      std::size_t count = 0;
      for (std::size_t at = text.find("b("); at != std::string::npos; at = text.find("b(", at + 1))
        ++count;
      return count;
    };
    for (const long m : {2L, 3L, 5L}) {
      const Outcome out = shell(fmt::format("rankscape derive matrix-sensing --size 2,1 --free m={} --json -", m));
      CAPTURE(out.err);
      REQUIRE(out.code == 0);
      const Json derivation = Json::parse(out.out);
      CHECK(derivation["free_sizes"] == Json{{"m", m}});
      CHECK(terms(derivation) == static_cast<std::size_t>(m));  // one squared residual for each measurement
    }
    CHECK(
        shell("rankscape derive deep-linear --size 3,2,2 --free m=7").out.starts_with("deep-linear at 3,2,2, m = 7\n"));
  }

  TEST_CASE("derive: bad input is one line and exit code 2") {
    for (const char* arguments :
         {"", "deep-linear --free m=0", "deep-linear --free k=2", "deep-linear --free m", "deep-linear --free m=2,m=2",
          "deep-linear --free m=-1", "symmetric-factorization --free m=2", "--loss 'x' --at 'x = 1' --free m=2",
          "no-such-landscape", "deep-linear --size 2", "deep-linear --size x", "deep-linear --at 'x = 1'",
          "--loss 'rank(x)' --at 'x = [1]'", "--loss 'x + y' --at 'x = 1'", "nothing.json"}) {
      CAPTURE(arguments);
      const Outcome outcome = shell(std::string("rankscape derive ") + arguments);
      CHECK(outcome.code == 2);
      CHECK(outcome.out.empty());
      CHECK(std::count(outcome.err.begin(), outcome.err.end(), '\n') == 1);
    }
  }

  TEST_CASE("regions of a landscape that nobody wrote C++ for") {
    const TemporaryFolder folder;
    const auto run = [&](const std::string& claim) {
      write_text(folder / "t.toml",
                 "format = \"rankscape-statement/1\"\nid = \"t\"\ntitle = \"t\"\nsource = \"t\"\nmodel = "
                 "\"weight-decay\"\n[[claim]]\nname = \"c\"\n" +
                     claim + "\n[scope]\nwidths = [[1, 1, 1]]\ndata = [\"aligned\"]\n");
      return shell("rankscape regions '" + (folder / "t.toml").string() + "' --boxes 200");
    };
    CHECK(run("holds = \"value >= 0\"").code == 0);
    CHECK(run("holds = \"norm2(W(1)) + norm2(W(2)) <= 8\"").code == 0);
    const Outcome refuted = run("holds = \"norm2(W(1)) <= 3\"");
    CHECK(refuted.code == 1);
    CHECK(refuted.out.find("refuted at W(1) = [[") != std::string::npos);
    CHECK(run("holds = \"rank(W(1)) <= 1\"").code == 3);
  }
}
