// Escaping. The LaTeX side writes ASCII only: letters are split into base and accents by a table of Latin letters, and
// accents are TeX's, which every font encoding and every engine has.

#include "report/escape.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <rankscape/report/latex_report.hpp>
#include <utility>

namespace rankscape {
namespace report {
namespace {

constexpr char32_t replacement = 0xFFFD;

}  // namespace

std::string xml(std::string_view text) {
  std::string escaped;
  escaped.reserve(text.size());
  while (!text.empty()) {
    const char32_t c = next_code_point(text);
    switch (c) {
      case U'&':
        escaped += "&amp;";
        break;
      case U'<':
        escaped += "&lt;";
        break;
      case U'>':
        escaped += "&gt;";
        break;
      case U'"':
        escaped += "&quot;";
        break;
      case U'\'':
        escaped += "&#39;";
        break;
      case U'\t':
      case U'\n':
      case U'\r':
        escaped += "&#" + std::to_string(static_cast<unsigned>(c)) + ";";
        break;
      default:
        // NEL and the other C1 controls are allowed by XML 1.0 but rewritten by HTML parsers.
        append_utf8(escaped, c < 0x20 || (c >= 0x7F && c < 0xA0) || c == 0xFFFE || c == 0xFFFF ? replacement : c);
    }
  }
  return escaped;
}

}  // namespace report

namespace {

// U+00C0 .. U+017F as base letter and accent command; a space where there is none; three lines of 64.
constexpr std::string_view latin_bases =
    "AAAAAA CEEEEIIII NOOOOO  UUUUY  aaaaaa ceeeeiiii nooooo  uuuuy y"
    "AaAaAaCcCcCcCcDd  EeEeEeEeEeGgGgGgGgHh  IiIiIiIiI   JjKk LlLlLl "
    "   NnNnNn   OoOoOo  RrRrRrSsSsSsSsTtTt  UuUuUuUuUuUuWwYyYZzZzZz ";
constexpr std::string_view latin_accents =
    "`'^~\"r c`'^\"`'^\" ~`'^~\"  `'^\"'  `'^~\"r c`'^\"`'^\" ~`'^~\"  `'^\"' \""
    "==uukk''^^..vvvv  ==uu..kkvv^^uu..cc^^  ~~==uukk.   ^^cc ''ccvv "
    "   ''ccvv   ==uuHH  ''ccvv''^^ccvvccvv  ~~==uurrHHkk^^^^\"''..vv ";
static_assert(latin_bases.size() == 0x180 - 0xC0 && latin_accents.size() == latin_bases.size());

constexpr std::array<std::pair<char32_t, char>, 13> combining = {{{0x300, '`'},
                                                                  {0x301, '\''},
                                                                  {0x302, '^'},
                                                                  {0x303, '~'},
                                                                  {0x304, '='},
                                                                  {0x306, 'u'},
                                                                  {0x307, '.'},
                                                                  {0x308, '"'},
                                                                  {0x30A, 'r'},
                                                                  {0x30B, 'H'},
                                                                  {0x30C, 'v'},
                                                                  {0x327, 'c'},
                                                                  {0x328, 'k'}}};

constexpr std::array special = std::to_array<std::pair<char32_t, std::string_view>>({
    {U'\\', "\\textbackslash{}"},
    {U'{', "\\{"},
    {U'}', "\\}"},
    {U'$', "\\$"},
    {U'&', "\\&"},
    {U'#', "\\#"},
    {U'%', "\\%"},
    {U'_', "\\_"},
    {U'^', "\\textasciicircum{}"},
    {U'~', "\\textasciitilde{}"},
    {U'<', "\\textless{}"},
    {U'>', "\\textgreater{}"},
    {U'|', "\\textbar{}"},
    {U'\n', " "},
    {U'\r', " "},
    {U'\t', " "},
    {0xA0, "~"},
    {0xA7, "\\S{}"},
    {0xA9, "\\ensuremath{\\copyright}"},
    {0xAB, "\\ensuremath{\\ll}"},
    {0xAD, "\\-"},
    {0xB0, "\\ensuremath{^\\circ}"},
    {0xB1, "\\ensuremath{\\pm}"},
    {0xB2, "\\ensuremath{^2}"},
    {0xB3, "\\ensuremath{^3}"},
    {0xB5, "\\ensuremath{\\mu}"},
    {0xB6, "\\P{}"},
    {0xB7, "\\ensuremath{\\cdot}"},
    {0xBC, "\\ensuremath{\\frac14}"},
    {0xBD, "\\ensuremath{\\frac12}"},
    {0xBE, "\\ensuremath{\\frac34}"},
    {0xB9, "\\ensuremath{^1}"},
    {0xBB, "\\ensuremath{\\gg}"},
    {0xC6, "\\AE{}"},
    {0xD0, "\\DH{}"},
    {0xD7, "\\ensuremath{\\times}"},
    {0xD8, "\\O{}"},
    {0xDE, "\\TH{}"},
    {0xDF, "\\ss{}"},
    {0xE6, "\\ae{}"},
    {0xF0, "\\dh{}"},
    {0xF7, "\\ensuremath{\\div}"},
    {0xF8, "\\o{}"},
    {0xFE, "\\th{}"},
    {0x110, "\\DJ{}"},
    {0x111, "\\dj{}"},
    {0x131, "\\i{}"},
    {0x141, "\\L{}"},
    {0x142, "\\l{}"},
    {0x152, "\\OE{}"},
    {0x153, "\\oe{}"},
    {0x218, "\\c{S}"},
    {0x219, "\\c{s}"},
    {0x21A, "\\c{T}"},
    {0x21B, "\\c{t}"},
    {0x393, "\\ensuremath{\\Gamma}"},
    {0x394, "\\ensuremath{\\Delta}"},
    {0x398, "\\ensuremath{\\Theta}"},
    {0x39B, "\\ensuremath{\\Lambda}"},
    {0x39E, "\\ensuremath{\\Xi}"},
    {0x3A0, "\\ensuremath{\\Pi}"},
    {0x3A3, "\\ensuremath{\\Sigma}"},
    {0x3A6, "\\ensuremath{\\Phi}"},
    {0x3A8, "\\ensuremath{\\Psi}"},
    {0x3A9, "\\ensuremath{\\Omega}"},
    {0x3B1, "\\ensuremath{\\alpha}"},
    {0x3B2, "\\ensuremath{\\beta}"},
    {0x3B3, "\\ensuremath{\\gamma}"},
    {0x3B4, "\\ensuremath{\\delta}"},
    {0x3B5, "\\ensuremath{\\varepsilon}"},
    {0x3B6, "\\ensuremath{\\zeta}"},
    {0x3B7, "\\ensuremath{\\eta}"},
    {0x3B8, "\\ensuremath{\\theta}"},
    {0x3BA, "\\ensuremath{\\kappa}"},
    {0x3BB, "\\ensuremath{\\lambda}"},
    {0x3BC, "\\ensuremath{\\mu}"},
    {0x3BD, "\\ensuremath{\\nu}"},
    {0x3BE, "\\ensuremath{\\xi}"},
    {0x3C0, "\\ensuremath{\\pi}"},
    {0x3C1, "\\ensuremath{\\rho}"},
    {0x3C3, "\\ensuremath{\\sigma}"},
    {0x3C4, "\\ensuremath{\\tau}"},
    {0x3C6, "\\ensuremath{\\varphi}"},
    {0x3C7, "\\ensuremath{\\chi}"},
    {0x3C8, "\\ensuremath{\\psi}"},
    {0x3C9, "\\ensuremath{\\omega}"},
    {0x2010, "-"},
    {0x2011, "\\mbox{-}"},
    {0x2013, "--"},
    {0x2014, "---"},
    {0x2018, "`"},
    {0x2019, "'"},
    {0x201C, "``"},
    {0x201D, "''"},
    {0x2020, "\\ensuremath{\\dagger}"},
    {0x2021, "\\ensuremath{\\ddagger}"},
    {0x2022, "\\ensuremath{\\bullet}"},
    {0x2026, "\\dots{}"},
    {0x2032, "\\ensuremath{'}"},
    {0x2190, "\\ensuremath{\\leftarrow}"},
    {0x2192, "\\ensuremath{\\to}"},
    {0x21D2, "\\ensuremath{\\Rightarrow}"},
    {0x21D4, "\\ensuremath{\\Leftrightarrow}"},
    {0x2200, "\\ensuremath{\\forall}"},
    {0x2203, "\\ensuremath{\\exists}"},
    {0x2207, "\\ensuremath{\\nabla}"},
    {0x2208, "\\ensuremath{\\in}"},
    {0x2211, "\\ensuremath{\\sum}"},
    {0x2212, "\\ensuremath{-}"},
    {0x221E, "\\ensuremath{\\infty}"},
    {0x2227, "\\ensuremath{\\wedge}"},
    {0x2228, "\\ensuremath{\\vee}"},
    {0x2248, "\\ensuremath{\\approx}"},
    {0x2260, "\\ensuremath{\\neq}"},
    {0x2264, "\\ensuremath{\\leq}"},
    {0x2265, "\\ensuremath{\\geq}"},
    {0x2282, "\\ensuremath{\\subset}"},
    {0x2286, "\\ensuremath{\\subseteq}"},
});

std::string accented(char accent, const std::string& letter) {
  // The dot of i and j gives way to an accent above, not to one below.
  const bool above = accent != 'c' && accent != 'k';
  const std::string base = above && (letter == "i" || letter == "j") ? "\\" + letter : letter;
  return std::string("\\") + accent + "{" + base + "}";
}

std::optional<std::string> accented_latin(char32_t c) {
  if (c < 0xC0 || c >= 0x180 || latin_bases[c - 0xC0] == ' ') return std::nullopt;
  return accented(latin_accents[c - 0xC0], std::string(1, latin_bases[c - 0xC0]));
}

std::string latex_character(char32_t c) {
  for (const auto& [code_point, command] : special) {
    if (code_point == c) return std::string(command);
  }
  if (c >= 0x20 && c < 0x7F) return std::string(1, static_cast<char>(c));
  if (auto letter = accented_latin(c)) return *letter;
  constexpr std::string_view hexadecimal = "0123456789ABCDEF";
  std::string code;
  for (char32_t rest = c; rest != 0 || code.size() < 4; rest >>= 4U)
    code.insert(code.begin(), hexadecimal[rest & 15U]);
  return "[U+" + code + "]";
}

std::optional<char> combining_accent(std::string_view text) {
  if (text.empty()) return std::nullopt;
  const char32_t c = report::next_code_point(text);
  for (const auto& [code_point, accent] : combining) {
    if (code_point == c) return accent;
  }
  return std::nullopt;
}

}  // namespace

std::string latex_text(std::string_view utf8) {
  std::string text;
  char32_t previous = U' ';
  for (char32_t c = 0; !utf8.empty(); previous = c) {
    c = report::next_code_point(utf8);
    const bool letter = (c >= U'A' && c <= U'Z') || (c >= U'a' && c <= U'z');
    if (const auto accent = combining_accent(utf8); letter && accent) {
      text += accented(*accent, std::string(1, static_cast<char>(c)));
      static_cast<void>(report::next_code_point(utf8));
    } else if (c == U'"') {
      const bool opening = previous == U' ' || previous == U'(' || previous == U'[';
      text += opening ? "``" : "''";
    } else {
      text += latex_character(c);
    }
  }
  return text;
}

}  // namespace rankscape
