// What CPack packs and what `cmake --install` leaves works from anywhere, by itself.
#include <doctest/doctest.h>

#include "outputs/fenced.hpp"

using namespace rankscape::test;

TEST_SUITE("standard") {
  TEST_CASE("the Debian package, unpacked anywhere, holds all there is, and it works") {
    const TemporaryFolder folder;
    const std::string at = (folder / "").string();
    const Outcome packed = shell("cd '" + at +
                                 "' && cpack -G DEB --config " RANKSCAPE_BINARY_DIR
                                 "/CPackConfig.cmake -B packing >/dev/null && dpkg-deb -x packing/rankscape_*.deb . && "
                                 "dpkg-deb -f packing/rankscape_*.deb Package Version Depends");
    CAPTURE(packed.err);
    REQUIRE(packed.code == 0);
    CHECK(packed.out.starts_with("Package: rankscape\nVersion: 0.1.0\nDepends: "));
    for (const char* library : {"libginac", "libflint", "libtbb", "libc6"}) {
      CAPTURE(library);
      CHECK(packed.out.find(library) != std::string::npos);
    }
    const std::string prefix = at + "usr";
    const Outcome checked =
        shell("cd / && '" + prefix + "/bin/rankscape' check kawaguchi2016 --widths 2,2,2 " + "--certificates '" + at +
              "c' && '" + prefix + "/bin/rankscape-verify' '" + at + "c'");
    CAPTURE(checked.err);
    CHECK(checked.code == 0);
    CHECK(checked.out.starts_with("kawaguchi2016: "));
    CHECK(checked.out.find(" 0 problems.") != std::string::npos);
    for (const char* file :
         {"share/man/man1/rankscape.1", "share/man/man1/rankscape-verify.1",
          "share/rankscape/landscapes/deep-linear.toml", "share/rankscape/theorems/regions/li2019-region-1.toml",
          "share/bash-completion/completions/rankscape", "share/zsh/site-functions/_rankscape",
          "include/rankscape/check/evidence.hpp"}) {
      CAPTURE(file);
      CHECK(std::filesystem::file_size(prefix + "/" + file) > 100);
    }
    const Outcome found =
        shell("find '" + prefix + "/lib' -name librankscape_check.a -o -name rankscapeConfig.cmake | wc -l");
    CHECK(found.out == "2\n");
#ifdef RANKSCAPE_PYTHON
    CHECK(packed.out.find("python3 (>= ") != std::string::npos);
    const Outcome imported = shell(
        "cd / && PYTHONPATH='" + prefix +
        "/lib/python3/dist-packages' " RANKSCAPE_PYTHON
        " -c \"import rankscape; print(rankscape.__file__, rankscape.check('kawaguchi2016', sizes=[(2, 2, 2)]).ok)\"");
    CAPTURE(imported.err);
    CHECK(imported.out == prefix + "/lib/python3/dist-packages/rankscape/__init__.py True\n");
#endif
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
