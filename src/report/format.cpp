// Words and numbers of the tables.

#include "report/format.hpp"

#include <algorithm>
#include <rankscape/report/text_summary.hpp>

namespace rankscape {
namespace report {
namespace {

std::string spaced(std::string_view name) {
  std::string text(name);
  constexpr std::string_view compound = "non_strict";
  if (text.starts_with(compound)) text[3] = '-';
  std::replace(text.begin(), text.end(), '_', ' ');
  return text;
}

bool is_word(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

constexpr unsigned usual_places = 3;
constexpr unsigned most_places = 5;

Rational power_of_ten(unsigned exponent) {
  return Rational(boost::multiprecision::pow(Integer(10), exponent));
}

// floor(value * 10^places) as a decimal with just so many places.
std::string decimal_below(const Rational& value, unsigned places) {
  const Rational scaled = value * power_of_ten(places);
  const Integer top = numerator(scaled);
  const Integer bottom = denominator(scaled);
  Integer quotient = top / bottom;  // towards zero
  if (top < 0 && quotient * bottom != top) quotient -= 1;
  const bool negative = quotient < 0;
  std::string digits = to_string(negative ? Integer(-quotient) : quotient);
  if (digits.size() <= places) digits.insert(0, places + 1 - digits.size(), '0');
  digits.insert(digits.size() - places, 1, '.');
  return (negative ? "-" : "") + digits;
}

std::string decimal_above(const Rational& value, unsigned places) {
  std::string text = decimal_below(Rational(-value), places);
  const bool zero = text.find_first_not_of("-0.") == std::string::npos;
  if (text.front() == '-') return text.substr(1);
  return zero ? text : "-" + text;
}

bool is_short(const Rational& value) {
  return denominator(Rational(value * power_of_ten(usual_places))) == 1;
}

std::string trimmed(std::string decimal) {
  decimal.resize(decimal.find_last_not_of('0') + 1);
  if (decimal.back() == '.') decimal.pop_back();
  return decimal;
}

// Three significant digits and a power of ten: "-1.23e-9". value != 0
std::string scientific(const Rational& value, bool upper) {
  Rational mantissa = value;
  int exponent = 0;
  for (; abs(mantissa) >= 10; ++exponent)
    mantissa /= 10;
  for (; abs(mantissa) < 1; --exponent)
    mantissa *= 10;
  const std::string digits = upper ? decimal_above(mantissa, 2) : decimal_below(mantissa, 2);
  return digits + "e" + std::to_string(exponent);
}

std::string bound(const Rational& value, bool upper) {
  if (sign(value) == 0) return "0";
  const Rational size = sign(value) < 0 ? Rational(-value) : value;
  if (size < power_of_ten(6)) {
    if (is_short(value)) return trimmed(decimal_below(value, usual_places));
    unsigned places = usual_places;
    // Two significant digits keep the sign whichever way the rounding goes.
    while (places <= most_places && size * power_of_ten(places) < 10)
      ++places;
    if (places <= most_places) return upper ? decimal_above(value, places) : decimal_below(value, places);
  }
  return scientific(value, upper);
}

}  // namespace

std::string display_name(Verdict verdict) {
  return spaced(to_string(verdict));
}

std::string display_prediction(std::string_view predicted) {
  std::string text;
  while (!predicted.empty()) {
    const auto end =
        static_cast<std::size_t>(std::find_if_not(predicted.begin(), predicted.end(), is_word) - predicted.begin());
    if (end == 0) {
      text += predicted.front();
      predicted.remove_prefix(1);
      continue;
    }
    const std::string_view word = predicted.substr(0, end);
    text += classes_named(word) || parse_verdict(word) ? spaced(word) : std::string(word);
    predicted.remove_prefix(end);
  }
  return text;
}

std::string column_name(const TableColumn& column, const std::string& shape_key) {
  if (column.label == "shape") return shape_key;
  std::string name = column.label;
  std::replace(name.begin(), name.end(), '_', ' ');
  return name;
}

Brackets brackets_of(const TableColumn& column) {
  return column.label == "shape" ? Brackets::shape : Brackets::set;
}

std::string cell_text(const Cell& cell, Brackets brackets) {
  if (cell.empty()) return "-";
  if (const auto* truth = cell.as<bool>()) return *truth ? "yes" : "no";
  if (const auto* words = cell.as<std::string>()) return *words;
  if (const auto* number = cell.as<long>()) return std::to_string(*number);
  std::string text = brackets == Brackets::shape ? "(" : "{";
  bool first = true;
  for (const Cell& item : *cell.as<Cell::List>()) {
    text += (first ? "" : ",") + cell_text(item, item.as<Cell::List>() != nullptr ? Brackets::shape : brackets);
    first = false;
  }
  return text + (brackets == Brackets::shape ? ")" : "}");
}

std::string range_text(const CountRange& range, std::string_view dash) {
  std::string text = std::to_string(range.least);
  if (range.greatest != range.least) text += std::string(dash) + std::to_string(range.greatest);
  return text;
}

Bounds bounds_text(const Enclosure& enclosure) {
  Bounds bounds{bound(enclosure.lo, false), bound(enclosure.hi, true), false};
  bounds.exact = enclosure.is_exact() && (sign(enclosure.lo) == 0 || bounds.lower == bounds.upper);
  return bounds;
}

std::string agreement_text(const CaseGroup& group) {
  if (group.outside) return "outside";
  if (group.judged() == 0) return "not covered";
  return std::to_string(group.count(Outcome::agrees)) + "/" + std::to_string(group.judged());
}

std::string verdict_counts(const Summary& summary) {
  std::string text;
  for (const auto& [verdict, count] : summary.by_verdict) {
    if (count == 0) continue;
    if (!text.empty()) text += ", ";
    text += std::to_string(count) + " " + display_name(verdict);
  }
  return text;
}

std::string_view mood(const CaseGroup& group) {
  if (group.alarming()) return "refuted";
  if (group.count(Outcome::undecided) > 0) return "undecided";
  if (group.outside) return "outside";
  return group.judged() == 0 ? "uncovered" : "agrees";
}

std::string_view mood(const StatementHead& head, const Summary& summary) {
  if (summary.vacuous()) return "uncovered";
  if (head.status == Status::known_false) return summary.refuted > 0 ? "agrees" : "undecided";
  if (summary.refuted > 0) return "refuted";
  return summary.undecided > 0 ? "undecided" : "agrees";
}

std::string status_text(Status status) {
  switch (status) {
    case Status::theorem:
      return "theorem";
    case Status::conjecture:
      return "conjecture";
    case Status::known_false:
      return "known to be false";
  }
  return std::string(to_string(status));
}

std::string validity_text(const CaseGroup& group) {
  return group.all_parameters ? "all" : "samples";
}

}  // namespace report

std::string certified_line(const Summary& summary) {
  const std::uint64_t judged = summary.agree + summary.refuted + summary.undecided;
  std::string line = summary.vacuous()
                         ? "vacuous: nothing was judged"
                         : std::to_string(summary.agree) + " of " + std::to_string(judged) + " cases certified";
  const auto add = [&](std::uint64_t count, const char* what) {
    if (count > 0) line += "; " + std::to_string(count) + " " + what;
  };
  add(summary.refuted, "refuted");
  add(summary.undecided, "undecided");
  add(summary.uncovered, "not covered by the statement");
  add(summary.outside, "outside the hypotheses");
  std::string excluded;
  for (const Excluded& one : summary.excluded) {
    excluded += (excluded.empty() ? ": " : ", ") + one.hypothesis + " " + std::to_string(one.points);
    if (one.alone != one.points) excluded += " (" + std::to_string(one.alone) + " alone)";
  }
  return line + excluded;
}

std::string idle_line(const Summary& summary) {
  std::string line;
  for (const std::string& part : summary.idle)
    line += (line.empty() ? "asked of no point: " : ", ") + part;
  return line;
}

std::string closing_line(const StatementHead& head, const Summary& summary) {
  if (head.status != Status::known_false || summary.vacuous()) return certified_line(summary);
  const std::string judged = std::to_string(summary.agree + summary.refuted + summary.undecided);
  if (summary.refuted > 0)
    return "Refuted at " + std::to_string(summary.refuted) + " of " + judged + " cases, as expected";
  return "Known to be false, but not refuted at any of " + judged + " cases";
}

}  // namespace rankscape
