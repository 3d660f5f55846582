// Escaping: hostile text stays text.

#include <doctest/doctest.h>

#include <rankscape/report/latex_report.hpp>
#include <rankscape/report/statement_head.hpp>
#include <string>

#include "report/escape.hpp"
#include "report/latex_table.hpp"

using namespace rankscape;

TEST_SUITE("quick") {
  TEST_CASE("LaTeX special characters print as themselves") {
    CHECK(latex_text(R"(50% of x_1 & #2: {a}\b $c$ ^d ~e)") ==
          R"(50\% of x\_1 \& \#2: \{a\}\textbackslash{}b \$c\$ \textasciicircum{}d \textasciitilde{}e)");
    CHECK(latex_text("<a|b>") == "\\textless{}a\\textbar{}b\\textgreater{}");
    CHECK(latex_text("\"so\" (\"he\") said") == "``so'' (``he'') said");
    CHECK(latex_text("two\nlines") == "two lines");
  }

  TEST_CASE("accents become TeX commands, composed or combining") {
    CHECK(latex_text("\xC3\xA9") == "\\'{e}");    // e acute
    CHECK(latex_text("e\xCC\x81") == "\\'{e}");   // e, combining acute
    CHECK(latex_text("\xC3\xAD") == "\\'{\\i}");  // i acute: without its dot
    CHECK(latex_text("\xC4\xB1") == "\\i{}");     // dotless i
    CHECK(latex_text("\xC5\x81\xC3\xB3") == "\\L{}\\'{o}");
    CHECK(latex_text("\xC5\x91") == "\\H{o}");  // o double acute
    CHECK(latex_text("\xC3\xB8\xC3\x9F") == "\\o{}\\ss{}");
    CHECK(latex_text("\xC3\xA7\xC4\x85") == "\\c{c}\\k{a}");
    CHECK(latex_text("\xC4\x8D\xC3\xA5") == "\\v{c}\\r{a}");
    // the first and the last of the composed ones, and of the letters that take an accent
    CHECK(latex_text("\xC3\x80\xC5\xBE") == "\\`{A}\\v{z}");
    CHECK(latex_text("A\xCC\x81Z\xCC\x81") == "\\'{A}\\'{Z}");
    CHECK(latex_text("a\xCC\x81z\xCC\x81") == "\\'{a}\\'{z}");
    CHECK(latex_text("\xC3\xBC\xC3\xB1") == "\\\"{u}\\~{n}");
  }

  TEST_CASE("other characters print as commands or as their code points; the output is ASCII") {
    CHECK(latex_text("\xCE\xBB \xE2\x89\xA4") == "\\ensuremath{\\lambda} \\ensuremath{\\leq}");
    CHECK(latex_text("\xE4\xB8\xAD") == "[U+4E2D]");
    CHECK(latex_text("\xF0\x9F\x98\x80") == "[U+1F600]");
    CHECK(latex_text("\x07") == "[U+0007]");
    std::string everything;
    for (char32_t c = 1; c < 0x2400; ++c)
      report::append_utf8(everything, c);
    bool ascii = true;
    for (const char c : latex_text(everything))
      ascii = ascii && c >= 0x20 && c < 0x7F;
    CHECK(ascii);
  }

  TEST_CASE("what is not UTF-8 is escaped byte by byte") {
    CHECK(report::printable("a\xFF\xFE") == "a\\xff\\xfe");
    CHECK(report::printable("\xC0\xAF") == "\\xc0\\xaf");           // overlong /
    CHECK(report::printable("\xE0\x80\xAF") == "\\xe0\\x80\\xaf");  // overlong, three bytes
    CHECK(report::printable("\xED\xA0\x80") == "\\xed\\xa0\\x80");  // a surrogate
    CHECK(report::printable("\xE4\xB8") == "\\xe4\\xb8");           // cut off
    CHECK(report::printable("\xEF\xBF\xBD") == "\xEF\xBF\xBD");     // which stands there itself
    CHECK(report::printable("\xE4\xB8\xAD") == "\xE4\xB8\xAD");
    for (const char32_t c : {U'\x24', U'\xA3', U'\u20AC', U'\U0010348A'}) {
      std::string text;
      report::append_utf8(text, c);
      std::string_view view = text;
      CHECK(report::next_code_point(view) == c);
      CHECK(view.empty());
    }
    CHECK(report::code_points("caf\xC3\xA9") == 4);
  }

  TEST_CASE("XML") {
    CHECK(report::xml("<a href=\"x\">O'Neil & co</a>") == "&lt;a href=&quot;x&quot;&gt;O&#39;Neil &amp; co&lt;/a&gt;");
    CHECK(report::xml("a\tb\nc\rd") == "a&#9;b&#10;c&#13;d");
    CHECK(report::xml(std::string("\x00\x01\x1B", 3)) == "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD");
    CHECK(report::xml("]]>") == "]]&gt;");
  }

  TEST_CASE("a terminal gets no control characters") {
    CHECK(report::printable("a\x1B[2Jb\nc\rd\te") == "a\\x1b[2Jb\\nc\\rd\\te");
    CHECK(report::printable(std::string("\0\x7F", 2)) == "\\x00\\x7f");
    CHECK(report::printable("\xC2\x9B") == "\\u{9b}");        // the one-byte CSI
    CHECK(report::printable("\xE2\x80\xAE") == "\\u{202e}");  // writes the rest of the line backwards
    // both ends of what steers, and their neighbours
    CHECK(report::printable("\x1F \x7E\x7F") == "\\x1f ~\\x7f");
    CHECK(report::printable("\xC2\x80\xC2\x9F\xC2\xA0") == "\\u{80}\\u{9f}\xC2\xA0");
    for (const char* mark : {"\xE2\x80\xA8", "\xE2\x80\xA9", "\xE2\x80\x8E", "\xE2\x80\x8F", "\xD8\x9C", "\xE2\x80\xAA",
                             "\xE2\x81\xA6", "\xE2\x81\xA9", "\xEF\xBB\xBF"})
      CHECK_MESSAGE(report::printable(mark).starts_with("\\u{"), mark);
    for (const char* letter : {"\xE2\x80\xA7", "\xE2\x80\xAF", "\xE2\x81\xA5", "\xE2\x81\xAA", "\xE2\x80\x90"})
      CHECK_MESSAGE(report::printable(letter) == letter, letter);
    CHECK(report::printable("caf\xC3\xA9 \\x") == "caf\xC3\xA9 \\x");
  }

  TEST_CASE("typewriter type breaks after signs and keeps quotes straight") {
    CHECK(report::latex_code("2,2 S=1") == "\\texttt{2,\\allowbreak{}2 S=\\allowbreak{}1}");
    CHECK(report::latex_code("a\"b") == "\\texttt{a\\char34{}\\allowbreak{}b}");
  }

  TEST_CASE("SHA-256 of the standard's examples") {
    // FIPS 180-4, examples "abc" and the empty message.
    CHECK(sha256("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    CHECK(sha256("") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  }
}
