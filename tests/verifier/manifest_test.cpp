// A directory of certificates: none missing, none twice, none superfluous, none modified; and the program's exit codes.
#include <doctest/doctest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "verifier/samples.hpp"
#include "verifier/verify.hpp"

using samples::Json;
using verifier::Outcome;
namespace fs = std::filesystem;

namespace {

class Directory {
 public:
  Directory()
      : path_(fs::temp_directory_path() /
              ("rankscape-verify-test-" + std::to_string(getpid()) + "-" + std::to_string(count++))) {
    fs::create_directories(path_);
  }
  ~Directory() { fs::remove_all(path_); }
  Directory(const Directory&) = delete;
  Directory& operator=(const Directory&) = delete;

  void write(const std::string& name, const std::string& text) const {
    fs::create_directories((path_ / name).parent_path());
    std::ofstream(path_ / name, std::ios::binary) << text;
  }
  [[nodiscard]] std::string path(const std::string& name = {}) const {
    return name.empty() ? path_.string() : (path_ / name).string();
  }
  void remove(const std::string& name) const { fs::remove(path_ / name); }

 private:
  static inline int count = 0;
  fs::path path_;
};

const std::string text_of_statement = "id = \"every-saddle-is-strict\"\n";

// Two certificates of one statement, in a folder, and their manifest.
Json fill(const Directory& directory) {
  const std::string hash = verifier::sha256(text_of_statement);
  Json manifest = {
      {"format", "rankscape-manifest/2"},
      {"seed", 1},
      {"count", 2},
      {"statements", {{{"id", "every-saddle-is-strict"}, {"sha256", hash}, {"text", text_of_statement}, {"cases", 2}}}},
      {"certificates", Json::array()}};
  for (const char* name : {"strict", "global"}) {
    const Json json = samples::with(samples::named(name),
                                    {{"/statements/0/id", "every-saddle-is-strict"}, {"/statements/0/sha256", hash}});
    const std::string file = std::string("certificates/") + name + ".json";
    directory.write(file, json.dump());
    manifest["certificates"].push_back({{"file", file},
                                        {"sha256", verifier::sha256(json.dump())},
                                        {"key", json["key"]},
                                        {"verdict", json["claims"]["verdict"]}});
  }
  directory.write("manifest.json", manifest.dump());
  return manifest;
}

verifier::DirectoryReport check(const Directory& directory) {
  return verifier::verify_directory(directory.path(), [](std::size_t, std::size_t) {});
}

void expect_problem(const Directory& directory, const std::string& phrase, Outcome outcome = Outcome::rejected) {
  const auto report = check(directory);
  std::string all;
  for (const std::string& problem : report.problems)
    all += problem + "\n";
  CAPTURE(all);
  CAPTURE(phrase);
  CHECK(report.outcome == outcome);
  CHECK(all.find(phrase) != std::string::npos);
}

int exit_code_of(const std::string& arguments) {
  const int status =
      std::system((std::string(RANKSCAPE_BINARY_DIR) + "/rankscape-verify " + arguments + " > /dev/null 2>&1").c_str());
  REQUIRE(WIFEXITED(status));
  return WEXITSTATUS(status);
}

}  // namespace

TEST_SUITE("quick") {
  TEST_CASE("a complete run verifies, and the summary counts it") {
    const Directory directory;
    fill(directory);
    std::vector<std::size_t> seen;
    const auto report = verifier::verify_directory(directory.path(), [&](std::size_t finished, std::size_t total) {
      CHECK(total == 2);
      seen.push_back(finished);
    });
    CHECK(report.problems == std::vector<std::string>{});
    CHECK(report.outcome == Outcome::verified);
    CHECK(seen == std::vector<std::size_t>{1, 2});
    for (const char* phrase : {"2 certificates, 2 verified, 0 not", "every-saddle-is-strict", "agrees yes: 1",
                               "agrees no: 1", "strict_saddle (1)", "global_minimizer (1)"}) {
      CAPTURE(std::string(phrase));
      CHECK(report.summary.find(phrase) != std::string::npos);
    }
  }

  TEST_CASE("missing, duplicated, superfluous and modified certificates") {
    const Directory directory;
    const Json manifest = fill(directory);
    const auto rewrite = [&](const std::vector<std::pair<std::string, Json>>& changes) {
      directory.write("manifest.json", samples::with(manifest, changes).dump());
    };
    const std::string strict = samples::named("strict").dump();

    directory.write("certificates/extra.json", strict);
    expect_problem(directory, "certificates/extra.json: superfluous");
    directory.remove("certificates/extra.json");

    rewrite({{"/certificates/0/sha256", verifier::sha256("")}});
    expect_problem(directory, "certificates/strict.json: modified");
    rewrite({{"/certificates/2", manifest["certificates"][0]}, {"/count", 3}});
    expect_problem(directory, "certificates/strict.json: listed twice");
    rewrite({{"/certificates/1", nullptr}});
    expect_problem(directory, "/count: ");
    rewrite({{"/certificates/1", nullptr}, {"/count", 1}});
    expect_problem(directory, "has 2 cases, but 1 certificates");
    rewrite({{"/statements/0/cases", 3}});
    expect_problem(directory, "has 3 cases, but 2 certificates");
    rewrite({{"/statements/0/text", "id = \"another\""}});
    expect_problem(directory, "/statements/0: the text does not have this SHA-256");
    rewrite({{"/statements/1", manifest["statements"][0]}});
    expect_problem(directory, "stands twice");
    rewrite({{"/statements/0/id", "renamed"}});
    expect_problem(directory, "the statement every-saddle-is-strict is not in the manifest");
    const std::string other = text_of_statement + "# of another statement\n";
    rewrite({{"/statements/0/text", other}, {"/statements/0/sha256", verifier::sha256(other)}});
    expect_problem(directory, "certificates/strict.json: the statement every-saddle-is-strict is not in the manifest");
    rewrite({{"/certificates/0/same_point_as", manifest["certificates"][0]["file"]}});
    expect_problem(directory, "not the first file with this point");
    rewrite({{"/certificates/0/key", "another"}});
    expect_problem(directory, "certificates/strict.json: key or verdict differ");
    rewrite({{"/certificates/0/verdict", "global_minimizer"}});
    expect_problem(directory, "certificates/strict.json: key or verdict differ");
    for (const char* outside : {"../strict.json", "/etc/passwd", "certificates/../certificates/strict.json"}) {
      rewrite({{"/certificates/0/file", outside}});
      expect_problem(directory, "not a plain path");
    }
    rewrite({{"/certificates/0/file", 3}});
    expect_problem(directory, "/certificates/0/file: not a string");
    rewrite({});
    CHECK(check(directory).outcome == Outcome::verified);
    directory.remove("certificates/strict.json");
    expect_problem(directory, "certificates/strict.json: no such file");
  }

  TEST_CASE("the same case twice, in two files") {
    const Directory directory;
    Json manifest = fill(directory);
    const Json again =
        samples::with(samples::named("global"), {{"/key", "1,1,1 S="},
                                                 {"/statements/0/id", "every-saddle-is-strict"},
                                                 {"/statements/0/sha256", verifier::sha256(text_of_statement)}});
    directory.write("z.json", again.dump());
    manifest["certificates"].push_back({{"file", "z.json"},
                                        {"sha256", verifier::sha256(again.dump())},
                                        {"key", "1,1,1 S="},
                                        {"verdict", "global_minimizer"}});
    manifest["count"] = 3;
    directory.write("manifest.json", manifest.dump());
    expect_problem(directory, "z.json: the case \"1,1,1 S=\" is certified twice");
  }

  TEST_CASE("the same point twice, under another key and in another spelling") {
    const Directory directory;
    Json manifest = fill(directory);
    manifest["statements"][0]["cases"] = 3;
    manifest["count"] = 3;
    const std::string hash = verifier::sha256(text_of_statement);
    const auto again = [&](const std::vector<std::pair<std::string, Json>>& changes) {
      const Json json =
          samples::with(samples::with(samples::named("global"), {{"/key", "1,1,1 S=1 again"},
                                                                 {"/statements/0/id", "every-saddle-is-strict"},
                                                                 {"/statements/0/sha256", hash}}),
                        changes);
      directory.write("z.json", json.dump());
      manifest["certificates"][2] = {{"file", "z.json"},
                                     {"sha256", verifier::sha256(json.dump())},
                                     {"key", json["key"]},
                                     {"verdict", json["claims"]["verdict"]}};
      directory.write("manifest.json", manifest.dump());
    };
    again({{"/weights/1/value", {{"denominator", 3}, {"entries", {{"6"}}}}}, {"/weights/1/name", "another"}});
    expect_problem(directory, "z.json: the same point as that of the case \"1,1,1 S=1\"");
    // unless the manifest says so, and names the file that has the point
    manifest["certificates"][2]["same_point_as"] = manifest["certificates"][0]["file"];
    directory.write("manifest.json", manifest.dump());
    const auto at_fault = check(directory);
    manifest["certificates"][2]["same_point_as"] = manifest["certificates"][1]["file"];
    directory.write("manifest.json", manifest.dump());
    const auto declared = check(directory);
    // of the two files that were there one has the point
    const bool second = declared.outcome == Outcome::verified;
    CHECK((at_fault.outcome == Outcome::verified) != second);
    CHECK((second ? declared : at_fault).summary.find("3 cases at 2 points") != std::string::npos);
    CHECK((second ? at_fault : declared).problems.front().find("not the first file with this point") !=
          std::string::npos);
    manifest["certificates"][2]["same_point_as"] = "z.json";
    directory.write("manifest.json", manifest.dump());
    expect_problem(directory, "z.json: /certificates/2/same_point_as: not the first file with this point");
    manifest["certificates"][2].erase("same_point_as");
    manifest["certificates"][1]["same_point_as"] = manifest["certificates"][0]["file"];
    directory.write("manifest.json", manifest.dump());
    CHECK(check(directory).outcome == Outcome::rejected);
    manifest["certificates"][1].erase("same_point_as");
    // for another statement it is no second case
    again({{"/statements/0/id", "other"}});
    manifest["statements"][1] = manifest["statements"][0];
    manifest["statements"][1]["id"] = "other";
    manifest["statements"][0]["cases"] = 2;
    manifest["statements"][1]["cases"] = 1;
    directory.write("manifest.json", manifest.dump());
    CHECK(check(directory).problems == std::vector<std::string>{});
  }

  TEST_CASE("shapes are counted where the manifest states the scope") {
    const Directory directory;
    Json manifest = fill(directory);
    const auto with_scope = [&](const Json& scope) {
      manifest["statements"][0]["scope"] = scope;
      directory.write("manifest.json", manifest.dump());
    };
    with_scope({{{"shape", "1,1,1"}, {"cases", 2}}});
    CHECK(check(directory).outcome == Outcome::verified);
    with_scope({{{"shape", "1,1,1"}, {"cases", 1}}, {{"shape", "2,2,2"}, {"cases", 1}}});
    expect_problem(directory, "has 1 cases of shape 1,1,1, but 2 certificates");
    expect_problem(directory, "has 1 cases of shape 2,2,2, but 0 certificates");
    with_scope({{{"shape", "2,2,2"}, {"cases", 2}}});
    expect_problem(directory, "has 0 cases of shape 1,1,1, but 2 certificates");
    with_scope({{{"shape", "1,1,1"}, {"cases", 1}}});
    expect_problem(directory, "the scope does not add up");
  }

  TEST_CASE("symbolic links are refused, listed or not") {
    const Directory directory;
    const Json manifest = fill(directory);
    const Directory elsewhere;
    elsewhere.write("strict.json", samples::named("strict").dump());
    fs::create_symlink(elsewhere.path("strict.json"), directory.path("link.json"));
    expect_problem(directory, "link.json: a symbolic link");
    directory.remove("link.json");
    fs::create_directory_symlink(elsewhere.path(), directory.path("more"));
    expect_problem(directory, "more: a symbolic link");
    directory.remove("more");
    fs::rename(directory.path("certificates"), elsewhere.path("certificates"));
    fs::create_directory_symlink(elsewhere.path("certificates"), directory.path("certificates"));
    expect_problem(directory, "certificates/strict.json: a symbolic link");
  }

  TEST_CASE("a false certificate fails the run although its hash is right") {
    const Directory directory;
    Json manifest = fill(directory);
    const Json forged = samples::with(samples::named("strict"), {{"/claims/value", 5}});
    directory.write("certificates/strict.json", forged.dump());
    manifest["certificates"][0]["sha256"] = verifier::sha256(forged.dump());
    directory.write("manifest.json", manifest.dump());
    expect_problem(directory, "certificates/strict.json: /claims/value");
  }

  TEST_CASE("no manifest, or one that is none") {
    const Directory directory;
    expect_problem(directory, "manifest.json: no such file", Outcome::unreadable);
    directory.write("manifest.json", "{");
    expect_problem(directory, "not JSON", Outcome::unreadable);
    directory.write("manifest.json", "{\"format\": \"rankscape-manifest/1\"}");
    expect_problem(directory, "not a rankscape-manifest/2", Outcome::unreadable);
    directory.write("manifest.json", "{\"format\": \"rankscape-manifest/2\"}");
    expect_problem(directory, "/statements: missing");
    fs::resize_file(directory.path("manifest.json"), (256U << 20U) + 1);  // sparse
    expect_problem(directory, "too large", Outcome::unreadable);
  }

  TEST_CASE("exit codes of the program") {
    const Directory directory;
    const Json manifest = fill(directory);
    const std::string good = directory.path("certificates/strict.json");
    CHECK(exit_code_of(good) == 0);
    CHECK(exit_code_of(directory.path()) == 0);
    CHECK(exit_code_of("--help") == 0);
    CHECK(exit_code_of("") == 2);
    CHECK(exit_code_of(directory.path("none.json")) == 2);
    CHECK(exit_code_of(directory.path("certificates")) == 2);
    directory.write("bad.json", samples::with(samples::named("strict"), {{"/claims/value", 5}}).dump());
    directory.write("broken.json", samples::named("strict").dump().substr(0, 200));
    CHECK(exit_code_of(directory.path("bad.json")) == 4);
    CHECK(exit_code_of(directory.path("broken.json")) == 2);
    directory.write("huge.json", "");
    fs::resize_file(directory.path("huge.json"), (64U << 20U) + 1);  // sparse
    CHECK(verifier::verify_file(directory.path("huge.json")).reason.find("too large") != std::string::npos);
    CHECK(exit_code_of(good + " " + directory.path("broken.json") + " " + good) == 2);
    CHECK(exit_code_of(directory.path("bad.json") + " " + directory.path("broken.json")) == 4);
    CHECK(exit_code_of(directory.path()) == 4);  // superfluous files
  }

  TEST_CASE("a file's name and texts cannot forge the result of another") {
    const Directory directory;
    directory.write("a\nb.json: VERIFIED",
                    samples::with(samples::named("strict"), {{"/claims/verdict", "x\ny: VERIFIED"}}).dump());
    const std::string out = directory.path("out");
    const std::string command = std::string(RANKSCAPE_BINARY_DIR) + "/rankscape-verify \"" +
                                directory.path("a\nb.json: VERIFIED") + "\" > " + out;
    CHECK(WEXITSTATUS(std::system(command.c_str())) == 4);
    std::ifstream in(out);
    const std::string text(std::istreambuf_iterator<char>(in), {});
    CHECK(std::count(text.begin(), text.end(), '\n') == 1);
    CHECK(text.find("a\\x0ab.json: VERIFIED: REJECTED: /claims/verdict") != std::string::npos);
  }
}
