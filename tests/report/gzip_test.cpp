// Compressed files: gzip itself is the oracle, and nothing damaged or boundless is taken.

#include <doctest/doctest.h>

#include <cstdlib>
#include <fstream>
#include <ostream>
#include <random>
#include <rankscape/error.hpp>
#include <rankscape/report/json_report.hpp>
#include <rankscape/report/output.hpp>

#include "report/golden.hpp"
#include "report/sample.hpp"
#include "text/gzip.hpp"
#include "text/read_file.hpp"

using namespace rankscape;
using test::ScratchDirectory;

namespace {

constexpr std::size_t mebibyte = std::size_t{1} << 20U;

std::string compressed(const std::string& text) {
  const ScratchDirectory scratch;
  write_file(scratch.file("a.gz"), [&](std::ostream& out) { out << text; });
  return test::file_content(scratch.file("a.gz"));
}

void put(const std::string& path, const std::string& bytes) {
  std::ofstream(path, std::ios::binary) << bytes;
}

// Words of different lengths, some of them often.
std::string some_text(std::mt19937_64& random, std::size_t length) {
  std::string text;
  while (text.size() < length) {
    text += std::string(1 + random() % 9, static_cast<char>(random() % (random() % 3 == 0 ? 256 : 4)));
  }
  return text.substr(0, length);
}

std::string refusal(const std::string& bytes, std::size_t most = mebibyte) {
  try {
    static_cast<void>(text::gunzip(bytes, "a.gz", most));
  } catch (const InputError& error) {
    return error.what();
  }
  return "";
}

}  // namespace

TEST_SUITE("quick") {
  TEST_CASE("gzip reads what is written, and what gzip writes is read") {
    const std::uint64_t seed = 20260711;
    CAPTURE(seed);
    std::mt19937_64 random(seed);
    const ScratchDirectory scratch;
    for (const std::size_t length : {0, 1, 1000, 65535, 65536, 65537, 300000}) {
      CAPTURE(length);
      const std::string text = some_text(random, length);
      write_file(scratch.file("ours.gz"), [&](std::ostream& out) { out << text; });
      REQUIRE(std::system(("gzip -dc " + scratch.file("ours.gz") + " > " + scratch.file("ours")).c_str()) == 0);
      CHECK(test::file_content(scratch.file("ours")) == text);
      CHECK(text::read_file(scratch.file("ours.gz"), mebibyte) == text);
      put(scratch.file("theirs"), text);
      REQUIRE(std::system(("gzip -9 -f " + scratch.file("theirs")).c_str()) == 0);
      CHECK(text::read_file(scratch.file("theirs.gz"), mebibyte) == text);
      CHECK(compressed(text) == test::file_content(scratch.file("ours.gz")));  // no time, no name
      if (length > 0) CHECK(test::file_content(scratch.file("ours.gz")).size() < length + 100);
    }
    // gzip concatenates
    CHECK(text::gunzip(compressed("one ") + compressed("") + compressed("two"), "a.gz", mebibyte) == "one two");
  }

  TEST_CASE("cut off, damaged, or followed by something else: refused") {
    const std::string whole = compressed("A report of some length, of some length, of some length.");
    for (std::size_t length = 2; length < whole.size(); ++length) {
      CAPTURE(length);
      CHECK(refusal(whole.substr(0, length)) == "a.gz: the compressed file is cut off");
    }
    std::size_t refused = 0;
    for (std::size_t bit = 0; bit < 8 * whole.size(); ++bit) {
      CAPTURE(bit);
      std::string flipped = whole;
      flipped[bit / 8] = static_cast<char>(flipped[bit / 8] ^ (1 << (bit % 8)));
      // the time, the system and the like may be any, and so may the bits that fill the last byte before the checksum
      if (refusal(flipped).empty()) {
        CHECK(text::gunzip(flipped, "a.gz", mebibyte) == text::gunzip(whole, "a.gz", mebibyte));
      } else {
        ++refused;
      }
    }
    CHECK(refused >= 8 * (whole.size() - 10) - 7);
    CHECK(refusal(whole + "{}") == "a.gz: the compressed file is damaged");
    CHECK(refusal(whole + whole.substr(0, 5)) == "a.gz: the compressed file is cut off");
  }

  TEST_CASE("a small file that is large when it is decompressed is refused at the limit") {
    const std::string bomb = compressed(std::string(8 * mebibyte, '0'));
    CHECK(bomb.size() < mebibyte / 16);
    CHECK(refusal(bomb) == "a.gz: larger than 1 MiB when it is decompressed, which no such file is");
    CHECK(text::gunzip(bomb, "a.gz", 8 * mebibyte).size() == 8 * mebibyte);
    CHECK(refusal(bomb + bomb, 8 * mebibyte) != "");  // members are counted together
  }

  TEST_CASE("a report whose name ends in .gz is the same report") {
    const ScratchDirectory scratch;
    const test::Sample played = test::sample(3);
    for (const std::string name : {"report.json", "report.jsonl"}) {
      for (const std::string& path : {scratch.file(name), scratch.file(name + ".gz")}) {
        JsonReport report(path, test::fixed_tool());
        test::play(played, report);
      }
      CHECK(text::read_file(scratch.file(name + ".gz"), mebibyte) == test::file_content(scratch.file(name)));
      CHECK(test::file_content(scratch.file(name + ".gz")).starts_with("\x1f\x8b"));
      CHECK(read_reports(scratch.file(name + ".gz")).size() == 3);
      put(scratch.file("cut.gz"), test::file_content(scratch.file(name + ".gz")).substr(0, 700));
      CHECK_THROWS_AS(static_cast<void>(read_reports(scratch.file("cut.gz"))), InputError);
    }
  }

  TEST_CASE("a full disk is noticed under compression") {
    try {
      write_file("/dev/full", [](std::ostream& out) { out << "x"; });
      FAIL("written");
    } catch (const InputError&) {
    }
    const ScratchDirectory scratch;
    std::filesystem::create_symlink("/dev/full", scratch.path / "full.gz");
    CHECK_THROWS_AS(write_file(scratch.file("full.gz"), [](std::ostream& out) { out << "x"; }), InputError);
  }
}
