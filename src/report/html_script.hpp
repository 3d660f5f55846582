#pragma once
// What the page does when it is touched: filter, fold, copy. Without it the page is complete, only longer to read.

#include <string_view>

namespace rankscape::report {

inline constexpr std::string_view page_script = R"(
"use strict";
const all = (selector, root) => Array.from((root || document).querySelectorAll(selector));
for (const key of all("table.cases td:last-child > code")) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "copy";
  button.textContent = "copy";
  key.before(button);
}
const rows = all("section").map(section => ({
  section, entry: document.querySelector(`#index tr[data-section="${section.id}"]`),
  head: section.querySelector("h2").textContent + " " + section.querySelector("p").textContent + " " + section.className,
  lines: all("table.cases tbody tr, .case", section).map(line => ({line, text: null})),
  pictures: all(".pictures", section) }));
const filter = document.getElementById("filter"), shown = document.getElementById("shown");
function apply() {
  const words = filter.value.toLowerCase().split(/\s+/).filter(word => word !== "");
  let sections = 0, lines = 0;
  for (const one of rows) {
    const head = one.head.toLowerCase();
    const rest = words.filter(word => !head.includes(word));
    let visible = rest.length === 0;
    for (const item of one.lines) {
      if (item.text === null) item.text = (item.line.textContent + " " + (item.line.className || "agrees")).toLowerCase();
      const match = rest.every(word => item.text.includes(word));
      item.line.hidden = !match;
      if (match) { visible = true; ++lines; }
    }
    one.section.hidden = !visible;
    one.entry.hidden = !visible;
    if (visible) ++sections;
  }
  shown.textContent = words.length === 0 ? "" : `${sections} of ${rows.length} statements, ${lines} lines`;
}
filter.addEventListener("input", apply);
const fold = document.getElementById("fold");
fold.addEventListener("click", () => {
  const open = fold.textContent !== "fold all";
  all("section details").forEach(part => { part.open = open; });
  fold.textContent = open ? "fold all" : "open all";
});
function fallback(text) {
  const area = document.createElement("textarea");
  area.value = text;
  document.body.append(area);
  area.select();
  const done = document.execCommand("copy");
  area.remove();
  return done;
}
document.addEventListener("click", async event => {
  const button = event.target.closest("button.copy");
  if (!button) return;
  const source = button.nextElementSibling;
  let text = source.textContent;
  if (source.matches("table.cases td:last-child > code"))
    text = button.closest("table").dataset.command.replace("'KEY'", () => "'" + text.replaceAll("'", "'\\''") + "'");
  let done = true;
  try { await navigator.clipboard.writeText(text); } catch (refused) { done = fallback(text); }
  const label = button.textContent;
  button.textContent = done ? "copied" : "not copied";
  button.dataset.copied = text;
  setTimeout(() => { button.textContent = label; }, 1500);
});
function reveal() {
  const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (!target) return;
  for (let part = target; part; part = part.parentElement) if (part.tagName === "DETAILS") part.open = true;
  target.scrollIntoView();
}
addEventListener("hashchange", reveal);
reveal();
)";

}  // namespace rankscape::report
