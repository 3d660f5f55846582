// What `cmake --install` leaves works from anywhere, by itself.
#include <doctest/doctest.h>

#include "cli/program.hpp"

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
    for (const char* file : {"share/man/man1/rankscape.1", "share/rankscape/landscapes/deep-linear.toml",
                             "share/rankscape/theorems/regions/li2019-region-1.toml"}) {
      CAPTURE(file);
      CHECK(std::filesystem::file_size(prefix + "/" + file) > 100);
    }
    // its own files, not those of the sources
    std::filesystem::remove(prefix + "/share/rankscape/theorems/kawaguchi2016.toml");
    const Outcome gone = shell("cd / && '" + prefix + "/bin/rankscape' check kawaguchi2016 --widths 2,2,2");
    CHECK(gone.code == 2);
    CHECK(gone.err.find("no statement of the library has this id") != std::string::npos);
  }
}
