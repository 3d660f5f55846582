// What `cmake --install` leaves works from anywhere, by itself.
#include <doctest/doctest.h>

#include "outputs/fenced.hpp"

using namespace rankscape::test;

TEST_SUITE("standard") {
  TEST_CASE("the installed program checks statements of the library by their ids") {
    const TemporaryFolder folder;
    const std::string prefix = (folder / "usr").string();
    const Outcome installed =
        shell("cmake --install " RANKSCAPE_BINARY_DIR " --prefix '" + prefix + "' >/dev/null && cd / && '" + prefix +
              "/bin/rankscape' check kawaguchi2016 --widths 2,2,2 --certificates '" + (folder / "c").string() +
              "' && '" + prefix + "/bin/rankscape-verify' '" + (folder / "c").string() + "'");
    CAPTURE(installed.err);
    CHECK(installed.code == 0);
    CHECK(installed.out.starts_with("kawaguchi2016: "));
    CHECK(installed.out.find(" 0 problems.") != std::string::npos);
    for (const char* file :
         {"share/man/man1/rankscape.1", "share/man/man1/rankscape-verify.1",
          "share/rankscape/landscapes/deep-linear.toml", "share/rankscape/theorems/regions/li2019-region-1.toml"}) {
      CAPTURE(file);
      CHECK(std::filesystem::file_size(prefix + "/" + file) > 100);
    }
    // its own files, not those of the sources
    std::filesystem::remove(prefix + "/share/rankscape/theorems/kawaguchi2016.toml");
    const Outcome gone = shell("cd / && '" + prefix + "/bin/rankscape' check kawaguchi2016 --widths 2,2,2");
    CHECK(gone.code == 2);
    CHECK(gone.err.find("no statement of the library has this id") != std::string::npos);
  }

  TEST_CASE("another project finds the installed package, and the program of the README says what it says") {
    const TemporaryFolder folder;
    const std::string at = (folder / "").string();
    std::filesystem::create_directory(folder / "saddle");
    write_text(folder / "saddle/CMakeLists.txt", fenced("README.md", "# CMakeLists.txt"));
    write_text(folder / "saddle/saddle.cpp", fenced("README.md", "// saddle.cpp"));
    const Outcome built =
        shell("cmake --install " RANKSCAPE_BINARY_DIR " --prefix '" + at + "usr' >/dev/null && cd " + at +
              " && cmake -S saddle -B build -DCMAKE_PREFIX_PATH='" + at +
              "usr' -DCMAKE_CXX_COMPILER=" RANKSCAPE_COMPILER " >/dev/null && cmake --build build >/dev/null");
    CAPTURE(built.err);
    REQUIRE(built.code == 0);
    const std::string verdict =
        "non_strict_saddle: positive semidefinite Hessian; along a curve the loss falls at order 4";
    CHECK(shell(at + "build/saddle").out == verdict + "\n");
    CHECK(read_file(RANKSCAPE_SOURCE_DIR "/README.md").find("It prints `" + verdict + "`") != std::string::npos);

    // nothing of it leads back to the sources
    const Outcome sources = shell("grep -rl '" RANKSCAPE_SOURCE_DIR "' " + at + "usr/lib*/cmake " + at + "usr/include");
    CHECK(sources.out == "");
    write_text(folder / "saddle/CMakeLists.txt",
               "cmake_minimum_required(VERSION 3.25)\nproject(other LANGUAGES CXX)\nfind_package(rankscape 0.2)\n"
               "message(STATUS \"found ${rankscape_FOUND}, ${rankscape_CONSIDERED_VERSIONS}\")\n");
    const Outcome other = shell("cd " + at + " && cmake -S saddle -B other -DCMAKE_PREFIX_PATH='" + at +
                                "usr' -DCMAKE_CXX_COMPILER=" RANKSCAPE_COMPILER);
    CAPTURE(other.out);
    CHECK(other.out.find("found 0, 0.1.0") != std::string::npos);
  }
}
