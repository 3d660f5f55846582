// What others wrote cannot forge lines; hashes are those of sha256sum.
#include <doctest/doctest.h>

#include "verifier/verify.hpp"

TEST_SUITE("quick") {
  TEST_CASE("what a terminal would act on is spelled out") {
    CHECK(verifier::printable("case 2,2,2 S={1} #0") == "case 2,2,2 S={1} #0");
    CHECK(verifier::printable("a\nb.json: VERIFIED") == "a\\x0ab.json: VERIFIED");
    CHECK(verifier::printable("\x1b[31mred\x7f") == "\\x1b[31mred\\x7f");
    CHECK(verifier::printable("back\\slash") == "back\\x5cslash");
    CHECK(verifier::printable("\xff\xc0\x80") == "\\xff\\xc0\\x80");
    CHECK(verifier::printable("\xe2\x80\xae") == "\\xe2\\x80\\xae");  // right-to-left override
    CHECK(verifier::printable(std::string("\0", 1)) == "\\x00");
    CHECK(verifier::printable(std::string(5000, 'x')).size() == 2002);
  }

  TEST_CASE("SHA-256") {
    CHECK(verifier::sha256("") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    CHECK(verifier::sha256("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    CHECK(verifier::sha256(std::string(1'000'000, 'a')) ==
          "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
  }
}
