// The recipes of docs/recipes.md, as printed, in a folder of their own.
#include <doctest/doctest.h>

#include <nlohmann/json.hpp>

#include "outputs/fenced.hpp"

using namespace rankscape::test;
using Json = nlohmann::json;

namespace {

std::string recipe(const std::string& first_line) {
  return fenced("docs/recipes.md", first_line);
}

}  // namespace

TEST_SUITE("standard") {
  TEST_CASE("a paper's Makefile, a hook and an action do what the page says") {
    const TemporaryFolder folder;
    const std::string at = (folder / "").string();
    const auto run = [&](const std::string& command) { return shell("cd " + at + " && " + command); };
    std::filesystem::create_directory(folder / "statements");
    const std::string right = read_file(RANKSCAPE_SOURCE_DIR "/docs/examples/rank-of-the-middle.toml");
    const std::string wrong = read_file(RANKSCAPE_SOURCE_DIR "/docs/examples/both-blocks.toml");
    write_text(folder / "Makefile", recipe("# Makefile"));
    write_text(folder / "paper.tex", recipe("% paper.tex"));
    write_text(folder / "statements/right.toml", right);

    Outcome made = run("make paper.pdf certificates/manifest.json");
    CAPTURE(made.out);
    CAPTURE(made.err);
    CHECK(made.code == 0);
    CHECK(std::filesystem::file_size(folder / "paper.pdf") > 1000);
    CHECK(read_file(folder / "paper.log").find("Overfull \\hbox") == std::string::npos);
    CHECK(run("make -q paper.pdf").code == 0);  // nothing is made twice

    const std::string git = "git -c user.name=a -c user.email=a@b ";
    CHECK(run("git init -q . && git add statements").code == 0);
    write_text(folder / ".git/hooks/pre-commit", recipe("# pre-commit"));
    CHECK(run("chmod +x .git/hooks/pre-commit && " + git + "commit -q -m right").code == 0);
    write_text(folder / "statements/wrong.toml", wrong);
    const Outcome refused = run("git add statements && " + git + "commit -q -m wrong");
    CHECK(refused.code == 1);
    CHECK(refused.err.find("refuted") != std::string::npos);
    CHECK(run("git log --oneline | wc -l").out == "1\n");
    CHECK(run("make paper.pdf").code == 2);  // of make: a command failed
  }

  TEST_CASE("what the action runs, step by step, as GitHub would: against a good report, and with a wrong statement") {
    const TemporaryFolder folder;
    const std::string at = (folder / "").string();
    write_text(folder / "action.yml", recipe("# .github/workflows/statements.yml"));
    const Outcome parsed = shell("/usr/bin/python3 tests/outputs/action_steps.py < " + at + "action.yml");
    CAPTURE(parsed.err);
    REQUIRE(parsed.code == 0);
    const Json action = Json::parse(parsed.out);
    const auto steps = action["run"].get<std::vector<std::string>>();
    REQUIRE(steps.size() == 3);
    CHECK(steps[0] == "apt-get update && apt-get install -y git");  // as in Debian; not run here
    // A repository that is built by linking the program of this build; the real one has the script of that name.
    REQUIRE(shell("test -x scripts/run").code == 0);
    const Outcome repository =
        shell("mkdir -p " + at + "origin/scripts " + at + "work/statements && cd " + at +
              "origin && git init -q . && printf '#!/bin/sh\nmkdir /opt/rankscape/build && ln -s \"%s\"/rankscape "
              "/opt/rankscape/build/\n' '" RANKSCAPE_BINARY_DIR
              "' > scripts/run && chmod +x scripts/run && git add . && "
              "git -c user.name=a -c user.email=a@b commit -q -m a");
    REQUIRE(repository.code == 0);
    // /opt and the repository are elsewhere here
    const auto step = [&](std::size_t k) {
      std::string script = "set -e\n" + steps.at(k);
      write_text(folder / "step.sh", script);
      const std::string here = at + "opt/rankscape";
      return shell("mkdir -p " + at + "opt && sed -i 's|/opt/rankscape|" + here + "|g' " + at + "step.sh " + at +
                   "origin/scripts/run && (cd " + at +
                   "origin && git -c user.name=a -c user.email=a@b commit -q -a -m here || true) && cd " + at +
                   "work && export RANKSCAPE_REPOSITORY=" + at + "origin GITHUB_PATH=" + at +
                   "path && touch $GITHUB_PATH && PATH=\"$(tr '\\n' ':' < $GITHUB_PATH)/usr/bin:/bin\" sh " + at +
                   "step.sh");
    };
    CHECK(action["env"].contains("RANKSCAPE_REPOSITORY"));
    const std::filesystem::path statements = folder / "work/statements";
    write_text(statements / "right.toml", read_file(RANKSCAPE_SOURCE_DIR "/docs/examples/rank-of-the-middle.toml"));
    REQUIRE(shell("cd " + at + "work && rankscape check statements/*.toml --json report.json").code == 0);
    const Outcome built = step(1);
    CAPTURE(built.out);
    CAPTURE(built.err);
    REQUIRE(built.code == 0);
    const Outcome good = step(2);
    CHECK(good.code == 0);
    CHECK(good.out.find("no loss") != std::string::npos);
    REQUIRE(action["upload"].size() == 1);
    const auto uploaded = action["upload"][0].get<std::vector<std::string>>();
    REQUIRE(!uploaded.empty());
    for (const std::string& name : uploaded)
      CHECK_MESSAGE(std::filesystem::exists(folder / ("work/" + name)), name);
    write_text(statements / "wrong.toml", read_file(RANKSCAPE_SOURCE_DIR "/docs/examples/both-blocks.toml"));
    CHECK(step(2).code == 1);
  }

  TEST_CASE("what the container is made of is there, and what is built here stays here") {
    const std::vector<std::string> dockerfile = lines(read_file(RANKSCAPE_SOURCE_DIR "/Dockerfile"));
    std::size_t copied = 0;
    std::size_t started = 0;
    for (const std::string& line : dockerfile) {
      std::istringstream words(line);
      std::vector<std::string> all;
      for (std::string word; words >> word;)
        all.push_back(word);
      if (all.empty()) continue;
      if (all[0] == "COPY") {
        for (std::size_t k = 1; k + 1 < all.size(); ++k, ++copied)
          CHECK_MESSAGE(std::filesystem::exists(RANKSCAPE_SOURCE_DIR "/" + all[k]), line);
      }
      for (const char* script : {"scripts/run", "scripts/test", "scripts/packages"}) {
        if ((all[0] == "RUN" || all[0] == "CMD" || all[0] == "&&") && line.find(script) != std::string::npos) {
          CHECK(shell(std::string("test -x ") + script).code == 0);
          ++started;
        }
      }
    }
    CHECK(copied == 3);  // the list of packages with its script, and all
    CHECK(started == 3);
    const Outcome packages = shell("scripts/packages test");
    CHECK(packages.code == 0);
    for (const char* package : {"git", "ninja-build", "doctest-dev"})
      CHECK(packages.out.find(package + std::string("\n")) != std::string::npos);
    // a build folder of another machine would stop the configuration
    const std::string ignored = read_file(RANKSCAPE_SOURCE_DIR "/.dockerignore");
    const std::vector<std::string> built = lines(read_file(RANKSCAPE_SOURCE_DIR "/.gitignore"));
    REQUIRE(!built.empty());
    for (std::string folder : built) {
      std::erase(folder, '/');
      CHECK_MESSAGE(("\n" + ignored).find("\n" + folder + "\n") != std::string::npos, folder);
    }
    // the lines of the README: what they start is there
    const std::string readme = read_file(RANKSCAPE_SOURCE_DIR "/README.md");
    CHECK(readme.find("docker build -t rankscape .") != std::string::npos);
    CHECK(readme.find("docker run --rm rankscape build/rankscape list") != std::string::npos);
    CHECK(shell("rankscape list").code == 0);
  }

  TEST_CASE("a sweep in shards, with make and as the tasks of an array, gives the report of one run") {
    const TemporaryFolder folder;
    const std::string at = (folder / "").string();
    const auto run = [&](const std::string& command) { return shell("cd " + at + " && " + command); };
    std::filesystem::create_directory(folder / "statements");
    for (const char* name : {"rank-of-the-middle.toml", "both-blocks.toml"})
      write_text(folder / "statements" / name, read_file(std::string(RANKSCAPE_SOURCE_DIR "/docs/examples/") + name));
    write_text(folder / "sweep.mk", recipe("# sweep.mk"));
    write_text(folder / "sweep.sh", recipe("# sweep.sh"));
    // a false statement stops make, as it does in the Makefile of a paper
    CHECK(run("make -f sweep.mk -j2").code == 2);
    std::filesystem::remove(folder / "statements/both-blocks.toml");
    REQUIRE(run("rankscape check statements/*.toml --json right.json").code == 0);
    run("rm -f shard-*");
    const Outcome made = run("make -f sweep.mk -j2");
    CAPTURE(made.err);
    CHECK(made.code == 0);
    CHECK(read_file(folder / "report.json") == read_file(folder / "right.json"));

    run("rm -f shard-* report.json && sed -i 's:/100:/3:' sweep.sh");
    for (const char* task : {"1", "2", "3"})
      CHECK(run(std::string("SLURM_ARRAY_TASK_ID=") + task + " sh sweep.sh").code == 0);
    CHECK(run("rankscape merge shard-*.journal --json report.json").code == 0);
    CHECK(read_file(folder / "report.json") == read_file(folder / "right.json"));
  }
}
