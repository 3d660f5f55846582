// Losses that people asked about in public, put to the program in one line: the verdict, and a certificate that the
// independent program accepts.
#include <doctest/doctest.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <vector>

#include "cli/program.hpp"

using namespace rankscape::test;
using Json = nlohmann::json;

namespace {

struct Question {
  std::string loss;
  std::string at;
  std::string data;
  std::string verdict;
  std::vector<int> inertia;
  std::string value;
  int escape_order = 0;  // 0: none
};

const std::string sensing =
    "(entry(U*U',1,1) + 161/289*entry(U*U',2,2) - 161)^2 + (30/17*entry(U*U',1,2))^2 + (240/289*entry(U*U',2,2))^2"
    " + (20*entry(U*U',1,3))^2 + (20*entry(U*U',2,3))^2 + (entry(U*U',3,3) - 1)^2";
const std::string decayed = "norm2(W2*W1 - Y) + norm2(W1) + norm2(W2)";
const std::string zeros = "W1 = [0, 0; 0, 0], W2 = [0, 0; 0, 0]";

const std::vector<Question>& questions() {
  static const std::vector<Question> list{
      {"x^4 + y^4", "x = 0, y = 0", "", "global_minimizer", {0, 2, 0}, "0"},
      {"x^3 - 3*x*y^2", "x = 0, y = 0", "", "non_strict_saddle", {0, 2, 0}, "0", 3},
      {"(x - y^2)*(x - 2*y^2)", "x = 0, y = 0", "", "non_strict_saddle", {0, 1, 1}, "0", 4},
      {"(x-1)^4 - (x-y)^4 - (y-z)^4", "x = 1, y = 1, z = 1", "", "non_strict_saddle", {0, 3, 0}, "0", 4},
      {"(x^3 - y^2)*(x - 1)", "x = 0, y = 0", "", "non_strict_saddle", {0, 1, 1}, "0", 3},
      // only the symmetric part of A matters
      {"norm2(A - x*x')/2", "x = [2; 0]", "A = [4, 1; -1, 1]", "global_minimizer", {0, 0, 2}, "3/2"},
      // masked entries of a product of three layers
      {"((entry(W3*W2*W1,1,1) - 1)^2 + (entry(W3*W2*W1,2,2) - 1)^2)/2",
       "W1 = [1, 0; 0, 0], W2 = [1, 0; 0, 0], W3 = [1, 0; 0, 0]",
       "",
       "strict_saddle",
       {1, 9, 2},
       "1/2",
       2},
      // tied weights: no ascent exists
      {"norm2(x - w*w'*x)", "w = [0; 0]", "x = [1/2; 1/2]", "local_maximizer", {1, 1, 0}, "1/2", 2},
      {"norm2(W*X - Y)", "W = [1, 2]", "X = [1, 1; 0, 1], Y = [1, 3]", "global_minimizer", {0, 0, 2}, "0"},
      // weight decay: a strict saddle at the origin iff the largest singular value of Y is above 1
      {decayed, zeros, "Y = [2, 0; 0, 1]", "strict_saddle", {2, 2, 4}, "5", 2},
      {decayed, zeros, "Y = [1, 0; 0, 1/2]", "global_minimizer", {0, 2, 6}, "5/4"},
      // constant along e_2
      {"(entry(u, 1, 1)^2 - 1)^2", "u = [0; 0]", "", "local_maximizer", {1, 1, 0}, "1", 2},
      // a spurious local minimizer of matrix sensing; the null direction is a rotation
      {sensing, "U = [0, 0; 161/17, 0; 0, 1]", "", "local_minimizer", {0, 1, 5}, "1493049600/83521"},
  };
  return list;
}

}  // namespace

TEST_SUITE("quick") {
  TEST_CASE("a theorem for Coq is written where the proved checker covers the claims, and only there") {
    const TemporaryFolder folder;
    const std::string file = (folder / "theorem.v").string();
    const std::string at = " --at 'x = 0' --coq " + file;
    CHECK(shell("rankscape classify --loss 'x^2/(1 + x^2)'" + at).code == 3);
    CHECK_FALSE(std::filesystem::exists(file));
    CHECK(shell("rankscape classify --loss '(x - 1/2)*(x + 1/2)^2'" + at).code == 0);
    const std::string text = read_file(file);
    CHECK(text.find("claimed := NotCritical") != std::string::npos);
    CHECK(text.find("exists g A, expansion (L F) (x F) g A /\\ g != 0%R.") != std::string::npos);
    CHECK(text.find("(x - 1/2)") != std::string::npos);
    CHECK(shell("rankscape classify --loss '(norm2(V) - 1)^2*(5 - norm2(V))' --at 'V = [1; 0]' --coq " + file).code ==
          0);
    CHECK(read_file(file).find("Theorem verdict_there (F : archiFieldType)") != std::string::npos);
    check_refused("rankscape classify --loss x --at 'x = 0' --coq " + file + " --certificate " + file, "one file");
  }

  TEST_CASE("a loss of one's own is answered in one line, with a certificate that verifies") {
    const TemporaryFolder folder;
    for (const Question& question : questions()) {
      CAPTURE(question.loss);
      CAPTURE(question.data);
      const std::string certificate = (folder / "c.json").string();
      std::string line = "rankscape classify --loss \"" + question.loss + "\" --at \"" + question.at + "\"";
      if (!question.data.empty()) line += " --data \"" + question.data + "\"";
      const Outcome outcome = shell(line + " --certificate '" + certificate + "'");
      CAPTURE(outcome.err);
      REQUIRE(outcome.code == 0);
      const Json answer = Json::parse(outcome.out);
      CHECK(answer.at("critical") == true);
      CHECK(answer.at("certified") == true);
      CHECK(answer.at("verdict") == question.verdict);
      CHECK(answer.at("value") == question.value);
      const Json& inertia = answer.at("inertia");
      CHECK(std::vector<int>{inertia.at("neg"), inertia.at("zero"), inertia.at("pos")} == question.inertia);
      if (question.escape_order == 0) {
        CHECK((!answer.contains("escape_order") || answer.at("escape_order").is_null()));
      } else {
        CHECK(answer.at("escape_order") == question.escape_order);
      }
      const Outcome verified = shell("rankscape-verify '" + certificate + "'");
      CAPTURE(verified.out);
      CHECK(verified.code == 0);
      CHECK(verified.out.find(": VERIFIED") != std::string::npos);
      CHECK(verified.out.find("; verdict") != std::string::npos);
    }
  }

  TEST_CASE("5,500 parameters, all zero: a saddle of order 4, with a certificate") {
    const TemporaryFolder folder;
    const std::vector<int> widths{5, 50, 50, 50, 5};
    Json point{{"format", "rankscape-point/1"}, {"model", "deep-linear"}};
    const auto zeros = [](int rows, int cols) { return Json(std::vector(rows, std::vector<int>(cols))); };
    point["data"] = {{"X", zeros(5, 5)}, {"Y", zeros(5, 5)}};
    for (int i = 0; i < 5; ++i) {
      point["data"]["X"][i][i] = 1;
      point["data"]["Y"][i][i] = 10 * (i + 1);
    }
    for (std::size_t h = 1; h < widths.size(); ++h)
      point["weights"].push_back(zeros(widths[h], widths[h - 1]));
    write_text(folder / "point.json", point.dump());
    const std::string certificate = (folder / "c.json").string();
    const Outcome outcome =
        shell("rankscape classify '" + (folder / "point.json").string() + "' --certificate '" + certificate + "'");
    CAPTURE(outcome.err);
    REQUIRE(outcome.code == 0);
    const Json answer = Json::parse(outcome.out);
    CHECK(answer.at("verdict") == "non_strict_saddle");
    CHECK(answer.at("escape_order") == 4);
    CHECK(answer.at("inertia") == Json{{"neg", 0}, {"zero", 5500}, {"pos", 0}});
    CHECK(shell("rankscape-verify '" + certificate + "'").code == 0);
    // another entry: the Hessian is not zero, and of a size that no evidence is made for
    point["weights"][0][0][0] = 1;
    point["weights"][1][0][0] = 1;
    point["weights"][2][0][0] = 1;
    point["data"]["X"][0][0] = 0;
    write_text(folder / "point.json", point.dump());
    const Outcome large = shell("rankscape classify --hessian '" + (folder / "point.json").string() + "'");
    CHECK(large.code == 2);
    CHECK(large.out.empty());
    CHECK(large.err.find("more than 5000 parameters where the Hessian is not zero") != std::string::npos);
    CHECK(std::count(large.err.begin(), large.err.end(), '\n') == 1);
    // but for the normal form
    const Outcome by_strings = shell("rankscape classify '" + (folder / "point.json").string() + "'");
    REQUIRE(by_strings.code == 0);
    CHECK(Json::parse(by_strings.out).at("inertia_by") == "normal form");
  }

  TEST_CASE("a point beside a critical one is not critical, and bad input is one line") {
    const Outcome beside =
        shell("rankscape classify --loss 'x^4 + y^4' --at 'x = 1/1000000000000000000000000000000, y = 0'");
    REQUIRE(beside.code == 0);
    CHECK(Json::parse(beside.out).at("critical") == false);
    for (const char* arguments :
         {"--loss 'x^4 + z' --at 'x = 0'", "--loss 'x^' --at 'x = 0'", "--loss 'rank(W)' --at 'W = [1]'",
          "--loss 'x' --at 'x = nan'", "--loss 'x^2'", "--loss 'W*V' --at 'W = [1, 2], V = [1, 2]'"}) {
      CAPTURE(arguments);
      const Outcome outcome = shell(std::string("rankscape classify ") + arguments);
      CHECK(outcome.code == 2);
      CHECK(outcome.out.empty());
      REQUIRE_FALSE(outcome.err.empty());
      CHECK(outcome.err.find('\n') == outcome.err.size() - 1);
    }
  }

  TEST_CASE("derivatives that other programs get wrong or refuse") {
    const Outcome outcome = shell(
        "rankscape derive --loss \"norm2(A - U*V') + norm2(U)\" --at 'U = [1; 0], V = [1; 0]' --data 'A = [1, 0; 0, "
        "1]'");
    CAPTURE(outcome.err);
    REQUIRE(outcome.code == 0);
    CHECK(outcome.out.find("d/dU = 2*U - 2*R*V") != std::string::npos);
    CHECK(outcome.out.find("d/dV = -2*R'*U") != std::string::npos);
    CHECK(outcome.out.find("where R = A - U*V'") != std::string::npos);
    CHECK(outcome.out.find("identities in weights and data") != std::string::npos);
  }

  TEST_CASE("printed floats: classify names the command whose answer is proved") {
    const auto next_command = [](const std::string& arguments) {
      const Outcome outcome = shell("rankscape classify " + arguments);
      CHECK(Json::parse(outcome.out)["verdict"] == "not_critical");
      const std::size_t at = outcome.err.find("rankscape near");
      REQUIRE(at != std::string::npos);
      return outcome.err.substr(at, outcome.err.find('\n', at) - at);
    };
    const Outcome root = shell(next_command("--loss \"norm2(A - x*x')/4\" --at 'x = [1.224744871391589; "
                                            "1.224744871391589]' --data 'A = [2, 1; 1, 2]'") +
                               " --json -");
    CHECK(root.code == 0);
    CHECK(Json::parse(root.out)["nearest"]["inertia"] == Json{{"neg", 0}, {"zero", 0}, {"pos", 2}});
    const TemporaryFolder folder;
    write_text(folder / "point.json",
               R"({"format": "rankscape-point/1", "model": "phase-retrieval", "data": {"u": [[1], [0]]},)"
               R"( "weights": [[[0], ["0.5773502691896258"]]]})");
    const std::string command = next_command("'" + std::string(folder / "point.json") + "'");
    const Outcome saddle = shell(command + " --radius 1e-12 --json -");
    CHECK(saddle.code == 0);
    const Json answer = Json::parse(saddle.out);
    CHECK(answer["model"] == "phase-retrieval");
    CHECK(answer["nearest"]["verdict"] == "strict_saddle");
    CHECK(answer["within_radius"]["critical_point"] == "yes");
    CHECK(shell("rankscape near --loss 'x^4' --at 'x = 1e-9'").code == 3);
    // nothing is certified, and a proved "no" is an answer
    const Outcome none = shell("rankscape near --loss 'x^4 + y' --at 'x = 0, y = 1' --radius 1/10");
    CHECK(none.code == 0);
    CHECK(none.out.ends_with("a critical point within 1/10: no\n"));
    for (const char* wrong : {"", "--loss x^2", "--at 'x = 1'", "--loss x^2 --at 'x = 1' --convention torch",
                              "--loss x^2 --at 'x = 1' --landscape phase-retrieval", "--loss 1/x --at 'x = 0'",
                              "--point nowhere.json", "--loss x^2 --at 'x = 1' --radius 0"}) {
      CAPTURE(wrong);
      const Outcome outcome = shell(std::string("rankscape near ") + wrong);
      CHECK(outcome.code == 2);
      CHECK(outcome.out.empty());
      CHECK(std::count(outcome.err.begin(), outcome.err.end(), '\n') == 1);
    }
  }
}
