// The HTML report in a real browser, opened as a file, 400 pixels wide: a page beside it holds it in a frame, types in
// its filter, presses its buttons, and writes down what it saw.
#include <doctest/doctest.h>

#include <string>

#include "cli/program.hpp"

using namespace rankscape::test;

namespace {

// Each line that it writes is "name: value".
constexpr const char* harness = R"page(<!DOCTYPE html><meta charset="utf-8">
<iframe id="frame" width="400" height="900" style="border:0" src="report.html"></iframe><pre id="seen"></pre>
<script>
const seen = [];
const say = (name, value) => seen.push(`${name}: ${value}`);
const frame = document.getElementById("frame");
frame.addEventListener("load", async () => {
  try {
    const page = frame.contentDocument, window_ = frame.contentWindow;
    const all = selector => Array.from(page.querySelectorAll(selector));
    const visible = selector => all(selector).filter(part => part.checkVisibility()).length;
    window_.addEventListener("error", event => say("error", event.message));
    say("width", window_.innerWidth);
    say("fits", page.documentElement.scrollWidth <= 400);
    say("sections", visible("section"));
    const lines = visible("table.cases tbody tr");
    say("lines", lines > 10);
    const filter = page.getElementById("filter");
    const type = text => { filter.value = text; filter.dispatchEvent(new window_.Event("input")); };
    type("second-order classification");
    say("by title", `${visible("section")} ${visible("#index tbody tr")}`);
    type("both global");
    say("by line", `${visible("section")} ${visible("table.cases tbody tr")} ${visible("article")}`);
    type("no such word");
    say("nothing", visible("section"));
    type("");
    say("all again", visible("section") === 2 && visible("table.cases tbody tr") === lines);
    const articles = visible("article");
    page.getElementById("fold").click();
    say("folded", `${articles > 0} ${visible("article")} ${visible("table.cases tbody tr")}`);
    const last = all("article").pop();
    window_.location.hash = last.id;
    await new Promise(resolve => setTimeout(resolve, 50));
    say("unfolded by its address", last.checkVisibility());
    page.getElementById("fold").click();
    const press = async button => {
      button.click();
      for (let k = 0; k < 6000 && !button.dataset.copied; ++k) await new Promise(resolve => setTimeout(resolve, 10));
      return button.dataset.copied;
    };
    say("command", await press(all("table.cases button.copy")[0]));
    const point = JSON.parse(await press(last.querySelector(":scope details button.copy")));
    say("point", `${point.format} ${point.weights.length}`);
    say("pictures", all("article svg.spectrum circle").length > 0);
    say("scopes", all("thead th:not([scope])").length);
say("captions", all("table.cases").length - all("table.cases > caption").length);
say("loaded", window_.performance.getEntriesByType("resource").length);
say("fits still", page.documentElement.scrollWidth <= 400);
for (const part of all("summary"))
  part.parentElement.open = true;
say("fits unfolded", page.documentElement.scrollWidth <= 400);
}
catch (problem) {
  say("error", problem);
}
document.getElementById("seen").textContent = seen.join("\n") + "\nend";
});
</script>
)page";

std::string between(const std::string& text, const std::string& begin, const std::string& end) {
  const std::size_t from = text.find(begin);
  if (from == std::string::npos) return "";
  const std::size_t start = from + begin.size();
  return text.substr(start, text.find(end, start) - start);
}

}  // namespace

TEST_SUITE("standard") {
  TEST_CASE("the report is read with a browser, from a file, on a narrow screen") {
    const TemporaryFolder folder;
    const std::string page = (folder / "report.html").string();
    const Outcome written = shell(
        "rankscape check docs/examples/both-blocks.toml theorems/achour2024-classification.toml --widths 2,2,2,2 "
        "--html " +
        page);
    REQUIRE(written.code == 1);  // the first is refuted
    write_text(folder / "harness.html", harness);
    const Outcome browser = shell(
        "timeout 300 chromium --headless --no-sandbox --disable-gpu --disable-quic --no-first-run "
        "--disable-background-networking --disable-component-update --disable-sync --disable-dev-shm-usage "
        "--allow-file-access-from-files --enable-logging=stderr --virtual-time-budget=20000 --user-data-dir=" +
        (folder / "profile").string() + " --dump-dom file://" + (folder / "harness.html").string());
    REQUIRE(browser.code == 0);
    CHECK(
        between(browser.out, "<pre id=\"seen\">", "</pre>") ==
        "width: 400\nfits: true\nsections: 2\nlines: true\nby title: 1 1\nby line: 1 1 0\nnothing: 0\nall again: true\n"
        "folded: true 0 0\nunfolded by its address: true\n"
        "command: rankscape point --statement 'docs/examples/both-blocks.toml' --seed 1 --key '2,2,2,2 S= [1:1*2 2:1*2 "
        "3:2*2] aligned canonical #0'\n"
        "point: rankscape-point/1 3\npictures: true\nscopes: 0\ncaptions: 0\nloaded: 0\nfits still: true\n"
        "fits unfolded: true\nend");
    // what the page complains of stands in lines with CONSOLE
    CHECK(browser.err.find("CONSOLE") == std::string::npos);
    // and the command does what it says
    const std::string command = between(browser.out, "command: ", "\n");
    const Outcome again = shell(command);
    CHECK(again.code == 0);
    CHECK(again.out.find("\"rankscape-point/1\"") != std::string::npos);
    CHECK(shell(command + "0 --seed 1").code == 2);
  }
}
