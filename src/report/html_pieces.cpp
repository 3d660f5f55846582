// Elements, numbers and ids of the HTML report, and the words of the glossary, which travel with the page.

#include "report/html_pieces.hpp"

#include <nlohmann/json.hpp>
#include <rankscape/report/statement_head.hpp>

#include "glossary.hpp"
#include "report/escape.hpp"
#include "report/format.hpp"

namespace rankscape::report {
namespace {

constexpr std::string_view minus = "\xE2\x88\x92";

std::string number(const std::string& decimal) {
  return decimal.front() == '-' ? std::string(minus) + decimal.substr(1) : decimal;
}

// The part of `line` up to `mark`, which is taken away with it.
std::string_view take_until(std::string_view& line, std::string_view mark) {
  const std::size_t end = line.find(mark);
  const std::string_view part = line.substr(0, end);
  line.remove_prefix(end == std::string_view::npos ? line.size() : end + mark.size());
  return part;
}

// **bold**, `code` and [text](address) of one paragraph.
std::string inline_html(std::string_view line) {
  std::string html;
  while (!line.empty()) {
    const std::size_t special = line.find_first_of("*`[");
    html += xml(line.substr(0, special));
    line.remove_prefix(std::min(special, line.size()));
    if (line.starts_with("**") && line.find("**", 2) != std::string_view::npos) {
      line.remove_prefix(2);
      const std::string_view word = take_until(line, "**");
      html += element("dfn", "id=\"word-" + fragment_id(word) + "\"", xml(word));
    } else if (line.starts_with("`") && line.find('`', 1) != std::string_view::npos) {
      line.remove_prefix(1);
      html += element("code", "", xml(take_until(line, "`")));
    } else if (line.starts_with("[") && line.find("](") != std::string_view::npos) {
      line.remove_prefix(1);
      html += inline_html(take_until(line, "]("));
      take_until(line, ")");
    } else if (!line.empty()) {
      html += xml(line.substr(0, 1));
      line.remove_prefix(1);
    }
  }
  return html;
}

// | a | b |
std::string table_row(std::string_view line) {
  std::string html;
  line.remove_prefix(1);
  while (line.find('|') != std::string_view::npos)
    html += element("td", "", inline_html(take_until(line, "|")));
  return element("tr", "", html);
}

}  // namespace

std::string element(std::string_view tag, std::string_view attributes, std::string_view content) {
  std::string html = "<" + std::string(tag);
  if (!attributes.empty()) html += " " + std::string(attributes);
  html += ">";
  html += content;
  return html + "</" + std::string(tag) + ">";
}

std::string enclosure_html(const Enclosure& value) {
  const Bounds bounds = bounds_text(value);
  if (bounds.exact) return number(bounds.lower);
  return "[" + number(bounds.lower) + ", " + number(bounds.upper) + "]";
}

std::string verdict_class(Verdict value) {
  // "undecided" is also the class of a line of the table.
  return std::string(value == Verdict::undecided ? "undecided-verdict" : to_string(value));
}

std::string verdict_html(Verdict value) {
  return element("span", "class=\"verdict " + verdict_class(value) + "\"", display_name(value));
}

std::string copy_button(std::string_view what) {
  return "<button type=\"button\" class=\"copy\">copy" + (what.empty() ? "" : " " + std::string(what)) + "</button>";
}

std::string fragment_id(std::string_view text) {
  std::string id;
  for (const char c : text) {
    const bool safe =
        (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '.';
    id += safe ? c : '-';
  }
  return id;
}

std::string case_id(const std::string& section, const Row& row) {
  return section + "." + sha256(row.key).substr(0, 12);
}

std::string markdown_html(std::string_view markdown) {
  std::string html;
  std::string paragraph;
  std::string table;
  const auto finish = [&] {
    if (!paragraph.empty()) html += element("p", "", inline_html(paragraph)) + "\n";
    if (!table.empty()) html += element("div", "class=\"scroll\"", element("table", "", table)) + "\n";
    paragraph.clear();
    table.clear();
  };
  while (!markdown.empty()) {
    const std::string_view line = take_until(markdown, "\n");
    if (line.empty() || line.starts_with("# ")) {  // the page has its own heading
      finish();
    } else if (line.starts_with("## ")) {
      finish();
      html += element("h3", "", inline_html(line.substr(3))) + "\n";
    } else if (line.starts_with("|")) {
      if (!line.starts_with("|-")) table += table_row(line);
    } else {
      paragraph += (paragraph.empty() ? "" : " ") + std::string(line);
    }
  }
  finish();
  return html;
}

std::string glossary_html() {
  return markdown_html(glossary);
}

}  // namespace rankscape::report
